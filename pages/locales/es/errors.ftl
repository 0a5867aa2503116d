# What is wrong with a field, and pages for when something is in the way. Nobody is to blame.

## Forms

error-stale-form = Esta página ha estado abierta demasiado tiempo. Lo que escribió no se ha enviado. Inténtelo de nuevo, por favor.
error-email-missing = Escriba su dirección de correo electrónico
error-password-missing = Escriba su contraseña
# Never says which of the two is wrong.
error-sign-in-wrong = La dirección de correo o la contraseña no son correctas. Compruebe las dos e inténtelo de nuevo.
error-sign-in-wrong-warning = La dirección de correo o la contraseña no son correctas. Compruebe las dos e inténtelo de nuevo. Después de { $limit } contraseñas incorrectas tendrá que esperar.
error-password-wrong = Su contraseña no es correcta.
error-password-too-long = Esa contraseña es demasiado larga. Puede tener como máximo unos 1000 caracteres.
error-code-missing = Escriba el código de 6 cifras
error-code-length = El código tiene 6 cifras y usted ha escrito { $typed }.
error-code-not-digits = El código solo tiene cifras.
error-email-code-wrong = Ese código no es correcto. Mire el correo más reciente e inténtelo de nuevo.
error-email-code-expired = Ese código ha caducado. Pida uno nuevo, por favor.
error-email-code-expired-resent = Ese código ha caducado. Le hemos enviado uno nuevo.
error-sms-code-wrong = Ese código no es correcto. Mire el SMS más reciente e inténtelo de nuevo.
error-phone-missing = Escriba su número de teléfono móvil
error-phone-unreadable = No podemos leer ese número. Escríbalo con el prefijo del país, como +41 79 123 45 67.
error-phone-no-country-code = Empiece el número con el prefijo del país, como +41 79 123 45 67.
error-phone-other-country = No podemos enviar SMS a ese país. Use otro número.
error-phone-not-mobile = No podemos enviar SMS a ese número. Use un número de teléfono móvil.
error-app-code-wrong = Ese código no es correcto. Use el código más reciente de la aplicación; la hora de su teléfono debería ajustarse automáticamente.
error-app-code-late = Ese código es demasiado antiguo: el reloj de su teléfono va atrasado. Póngalo en hora automática.
error-app-code-used = Ese código ya se ha usado. Espere al siguiente.
error-setup-code-wrong = Ese código no es correcto. Compruebe que ha escaneado este código QR, y no uno anterior, y use el código más reciente.
error-recovery-code-missing = Escriba un código de recuperación
error-recovery-code-wrong = Ese código de recuperación no es correcto o ya se ha usado.
error-codes-not-saved = { $count ->
    [one] Marque la casilla cuando haya guardado el código
   *[other] Marque la casilla cuando haya guardado los códigos
}
error-name-too-long = Ese nombre es demasiado largo. Use 60 caracteres como máximo.
error-current-password-missing = Escriba su contraseña actual
error-current-password-wrong = Su contraseña actual no es correcta.
error-new-password-missing = Escriba una contraseña nueva
error-new-password-short = Es demasiado corta. Use al menos { $least } caracteres; cuatro palabras al azar van bien.
error-new-password-guessable = Esa contraseña es fácil de adivinar. Elija una que solo se le ocurra a usted.
error-new-password-same = Esa es su contraseña actual. Elija otra distinta.
error-language-missing = Elija un idioma
error-first-name-too-long = Ese nombre es demasiado largo. Use 100 caracteres como máximo.
error-last-name-too-long = Esos apellidos son demasiado largos. Use 100 caracteres como máximo.

## In the way

no-cookies-title = Su navegador bloquea las cookies
no-cookies-text = Su navegador bloquea las cookies de este sitio. Sin ellas no es posible iniciar sesión. Permita las cookies de este sitio en los ajustes del navegador e inténtelo de nuevo.
forbidden-title = Esto no viene de nosotros
forbidden-text = Esta petición venía de otro sitio web, así que no hemos hecho nada. En su cuenta no ha cambiado nada. Si era lo que quería hacer, abra { $brand } directamente.
refused-title = No tiene acceso a esta página
refused-text = Esta parte de { $brand } no se puede abrir desde aquí. Si la necesita, pida ayuda.
throttled-title = Demasiados intentos
# { $wait } is bold, like "4 minutes"; { $time } is like "14:05".
throttled-text = Espere { $wait } (hasta las { $time } h), por favor.
throttled-calm = No tiene que hacer nada. Si no era usted, a su cuenta no le ha pasado nada.
throttled-over = La espera ha terminado. Ya puede intentarlo de nuevo.
busy-title = Muchas personas están iniciando sesión en este momento
busy-text = Espere unos segundos e inténtelo de nuevo, por favor.
closed-title = Ya no aceptamos códigos para su cuenta
closed-text = Ha habido demasiados códigos incorrectos. Para proteger su cuenta, no aceptamos más hasta que alguien le haya ayudado.
no-access-title = No tiene acceso a { $brand }
no-access-text = Ha iniciado sesión, pero su cuenta no tiene acceso a este sitio. Si cree que debería tenerlo, pida ayuda.
upstream-down-title = { $brand } no responde en este momento
upstream-down-text-signed-in = Su sesión sigue abierta. Inténtelo de nuevo dentro de un minuto.
upstream-down-text = Inténtelo de nuevo dentro de un minuto, por favor.
# { $from } and { $to } are the ends of what is bold.
upstream-down-not-sent = Su última acción { $from }no{ $to } se ha enviado.
upstream-down-unknown = No sabemos si su última acción se ha guardado. Compruébelo antes de repetirla.
store-down-title = En este momento no es posible iniciar sesión
store-down-text = El problema es nuestro. Inténtelo de nuevo más tarde, por favor.
not-found-title = Esta página no existe
not-found-text = Puede que la dirección esté mal escrita o que la página haya cambiado de lugar.
bad-request-title = No lo hemos entendido
bad-request-text = Su navegador ha enviado algo que no podemos leer. Vuelva atrás e inténtelo de nuevo, por favor.
too-large-title = Es demasiado para este formulario
too-large-text = Su navegador ha enviado más de lo que admite este formulario. Vuelva atrás y acorte lo que ha escrito, por favor.
method-not-allowed-title = Eso no funciona aquí
method-not-allowed-text = Esta dirección no se puede usar de esa manera. Vuelva atrás e inténtelo de nuevo, por favor.

## Registration

error-registration-code-missing = Escriba su código de registro
error-registration-code-wrong = Ese código de registro no es correcto. Compruébelo e inténtelo de nuevo.
error-registration-domain = No puede registrarse con una dirección de este tipo. Use otra o pida ayuda.
error-given-name-missing = Escriba su nombre
error-method-missing = Elija cómo quiere confirmar los inicios de sesión

## Links from letters

error-email-malformed = Eso no es una dirección de correo. Una dirección tiene este aspecto: nombre@example.com.
link-expired-title = Este enlace ha caducado
# { $length } looks like "30 minutes".
link-expired-text = Un enlace es válido durante { $length }, y solo cuenta el más reciente.
link-used-title = Este enlace ya se ha usado
link-used-text = Cada enlace sirve una sola vez.
link-over-title = Este enlace ya no funciona
link-over-text = Ha habido demasiados códigos incorrectos. Para proteger su cuenta, ya no aceptamos este enlace.
link-again = Recibir un enlace nuevo

## A form that came after the session had ended, and cannot be kept

not-kept-title = Su sesión ha caducado
not-kept-text = No se ha podido conservar lo que escribió. Inicie sesión en una pestaña nueva, vuelva después aquí y use el botón Atrás del navegador.
# A button; it opens a new tab.
not-kept-sign-in = Iniciar sesión en una pestaña nueva
link-revoke-expired-text = Un enlace de este tipo es válido durante { $length }, una sola vez.
error-new-email-missing = Escriba la dirección de correo nueva
error-new-email-same = Esa es su dirección de correo actual. Escriba otra distinta.
error-new-email-too-many = Su dirección de correo se ha cambiado varias veces en los últimos días. Espere antes de cambiarla de nuevo, por favor.

## Condiciones de uso

error-terms-not-accepted = Marque la casilla si acepta las condiciones de uso
error-terms-changed = Hay una versión nueva de las condiciones de uso. Léala, y marque la casilla si la acepta.

## Un enlace de invitación

link-invite-over = Pida uno nuevo a quien le invitó.
link-invite-used = Con este enlace eligió su contraseña. Inicie sesión con ella.
