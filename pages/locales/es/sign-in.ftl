# Signing in and out, codes, the trust question, and the set-up that everybody goes through.

## Sign in

sign-in-title = Iniciar sesión en { $brand }
sign-in = Iniciar sesión
sign-in-again = Volver a iniciar sesión
sign-in-email = Correo electrónico
password = Contraseña
password-show = Mostrar
password-hide = Ocultar
password-show-label = Mostrar la contraseña
password-hide-label = Ocultar la contraseña
password-is-shown = Su contraseña está visible
password-is-hidden = Su contraseña está oculta
start-again = Empezar de nuevo con otra cuenta

notice-signed-out = Ha cerrado la sesión.
notice-session-ended = Su sesión ha caducado. Inicie sesión para continuar.
notice-start-again = Ha pasado demasiado tiempo. Vuelva a iniciar sesión, por favor.
notice-too-many-wrong-codes = Demasiados códigos incorrectos. Vuelva a iniciar sesión.
notice-too-many-wrong-answers = Demasiadas respuestas incorrectas. Para protegerle, hemos cerrado su sesión. Vuelva a iniciar sesión.
notice-sign-in-with-new-password = Su contraseña se ha cambiado. Inicie sesión con la nueva.

## Code by email

code-email-title = Escriba el código de 6 cifras que ha recibido por correo
# { $address } looks like a•••@example.com, { $length } like "10 minutes".
code-email-sent = Lo hemos enviado a { $address }. Es válido durante { $length }.
code-email-sent-at = Hora de envío: { $time }.
code-email-for = El código se envía a { $address }.
code-email-problems = ¿Problemas con el código?
code-email-spam = Puede tardar un minuto en llegar. Mire también en la carpeta de correo no deseado.
code-email-again = Enviar un código nuevo
another-way = Confirmar de otra manera
# Where no code was sent yet.
code-email-send-title = Recibir un código por correo
code-email-send-lead = Para confirmar que es usted, enviamos un código de 6 cifras a { $address }.
code-email-send = Enviar el código

notice-code-sent-again = Hemos enviado un código nuevo. Use el del correo más reciente.
notice-code-too-early = { $seconds ->
    [0] Acabamos de enviar un código. Espere un poco, por favor.
    [one] Hemos enviado un código hace { $seconds } segundo. Espere un poco, por favor.
   *[other] Hemos enviado un código hace { $seconds } segundos. Espere un poco, por favor.
}
notice-code-limit = Ya hemos enviado varios códigos. Podrá pedir otro dentro de { $wait }. El código más reciente sigue siendo válido.
notice-mail-failed = Ahora mismo no hemos podido enviar el correo. Inténtelo de nuevo, por favor.
# { $from } and { $to } are the ends of a link.
notice-mail-failed-other-ways = Ahora mismo no hemos podido enviar el correo. Inténtelo de nuevo o { $from }confirme de otra manera{ $to }.

## Code by text message

code-sms-title = Escriba el código de 6 cifras que ha recibido por SMS
# { $number } looks like •••42, { $length } like "10 minutes".
code-sms-sent = Lo hemos enviado al { $number }. Es válido durante { $length }.
code-sms-for = El código se envía al { $number }.
code-sms-reception = Puede tardar un minuto en llegar. Compruebe que su teléfono tiene cobertura.
# Where no code was sent yet.
code-sms-send-title = Recibir un código por SMS
code-sms-send-lead = Para confirmar que es usted, enviamos un código de 6 cifras al { $number }.
methods-sms = SMS al { $number }
notice-sms-sent-again = Hemos enviado un código nuevo. Use el del SMS más reciente.
notice-sms-failed = Ahora mismo no hemos podido enviar el SMS. Inténtelo de nuevo, por favor.
# { $from } and { $to } are the ends of a link.
notice-sms-failed-other-ways = Ahora mismo no hemos podido enviar el SMS. Inténtelo de nuevo o { $from }confirme de otra manera{ $to }.

## Code from the app

code-app-title = Escriba el código de 6 cifras de su aplicación de autenticación
# { $entry } looks like "Example Portal (anna@example.com)".
code-app-lead = Abra la aplicación y busque { $entry }.
code-app-problems = No puedo usar mi aplicación
code-app-problems-text = ¿Ha perdido el teléfono, se ha roto o no lo tiene a mano? Quizá haya otra manera.

## Recovery code

code-recovery-title = { $count ->
    [one] Escriba su código de recuperación
   *[other] Escriba uno de sus códigos de recuperación
}
# A sample code follows.
recovery-hint = { $count ->
    [one] El código sirve una sola vez. Tiene este aspecto:
   *[other] Cada código sirve una sola vez. Tiene este aspecto:
}
recovery-used-title = { $count ->
    [one] Ha usado su código de recuperación
   *[other] Ha usado un código de recuperación
}
recovery-used-left = { $left ->
    [0] No le queda ningún código de recuperación.
    [one] Le queda { $left } código.
   *[other] Le quedan { $left } códigos.
}
recovery-few = { $count ->
    [one] Cree pronto un código de recuperación nuevo, para que siempre pueda entrar.
   *[other] Cree pronto códigos de recuperación nuevos, para que siempre pueda entrar.
}
recovery-used-lead = ¿Ha perdido la aplicación o tiene un teléfono nuevo? Entonces configure de nuevo la aplicación.
recovery-used-app = Configurar de nuevo mi aplicación

## Another way

methods-title = ¿Cómo quiere confirmar que es usted?
methods-app = Código de su aplicación de autenticación
methods-app-hint = Seis cifras de la aplicación de su teléfono
methods-email = Código por correo a { $address }
methods-email-hint = Lo enviamos en cuanto elija esta opción
methods-recovery = { $count ->
    [one] Su código de recuperación
   *[other] Uno de sus códigos de recuperación
}
methods-recovery-hint = { $count ->
    [one] El que guardó o imprimió
   *[other] De la lista que guardó o imprimió
}
methods-none = Ninguna de estas opciones funciona
methods-none-text = Pida ayuda. Cuando se sepa con certeza que es usted, alguien podrá darle acceso de nuevo.
methods-no-way-title = Necesita ayuda para iniciar sesión

## Trust this device?

trust-title = ¿Entrar sin código en este dispositivo la próxima vez?
# { $length } looks like "90 days".
trust-lead = Si nadie más usa este dispositivo, podemos recordarlo durante { $length }. La contraseña seguirá siendo necesaria.
trust-name = Nombre de este dispositivo
trust-name-hint = Verá este nombre en su cuenta.
trust-yes = Sí, recordar este dispositivo
trust-no = No, preguntar cada vez
trust-shared = No lo haga en un ordenador compartido o público.
trust-limit = No podemos recordar más dispositivos. Si responde que sí, olvidaremos el más antiguo: { $name }.

## Sign out

sign-out-title = ¿Quiere cerrar la sesión?
sign-out-lead = Puede volver a iniciar sesión en cualquier momento.
sign-out-none-title = No ha iniciado sesión
signed-out-title = Ha cerrado la sesión en { $brand }
signed-out-lead = ¡Hasta pronto! Ya puede cerrar esta ventana.
forget-lead = Seguimos recordando este dispositivo: no le pide ningún código.
# Nobody is signed in, and the browser may or may not be remembered for some account.
forget-lead-maybe = Puede que todavía recordemos este dispositivo; en ese caso no pide ningún código al iniciar sesión.
forget = Olvidar este dispositivo
notice-device-forgotten = Hemos olvidado este dispositivo. La próxima vez volveremos a pedir un código.

## Set-up that everybody goes through

setup-step = Paso { $number } de { $total }
setup-why-title = Haga más segura su cuenta
setup-why-lead = Una contraseña se puede adivinar o robar. Por eso { $brand } pide una segunda prueba: un código que solo conoce su teléfono.
setup-why-what = Necesita una aplicación de autenticación, que es gratuita, y unos cinco minutos.
setup-why-phone = Primero le pedimos su número de teléfono móvil y enviamos un código a él.
setup-why-codes = { $count ->
    [one] Después recibirá un código de recuperación, por si pierde el teléfono.
   *[other] Después recibirá códigos de recuperación, por si pierde el teléfono.
}
setup-why-go = Configurar ahora
setup-why-no-phone = No tengo un teléfono inteligente
setup-why-no-phone-text = No pasa nada. Hay aplicaciones de autenticación para ordenador, y muchos gestores de contraseñas también pueden mostrar los códigos. Si nada de esto le sirve, pida ayuda.
setup-why-no-phone-email = O elija «Ahora no» y siga iniciando sesión con un código por correo.
setup-done-title = Todo listo
setup-done-lead = A partir de ahora inicia sesión con su contraseña y un código de su aplicación.
setup-done-finish = Terminar

## Set-up that may be put off

# { $date } is a day.
setup-why-from = A partir del { $date } necesitará una aplicación de autenticación para iniciar sesión en { $brand }. Hasta entonces puede dejarlo para más tarde.
setup-why-later = Ahora no

## A recovery code that is replaced when used

recovery-used-fresh = Aquí tiene uno nuevo en su lugar. Sirve a partir de ahora, una sola vez. Guárdelo, por favor: no podemos volver a mostrarlo.

## Registration

sign-in-new = ¿Todavía no tiene cuenta?
register-create = Crear una cuenta
register-email-title = Crear una cuenta
register-email-lead = Primero necesitamos su dirección de correo. Enviamos un código a esa dirección, para comprobar que es suya.
register-code = Código de registro
register-code-optional = Código de registro, si tiene uno
register-code-hint = Se lo dio quien le invitó.
register-have-account = ¿Ya tiene una cuenta?
register-check-sent = Hemos enviado un correo a { $address }. El código que contiene es válido durante { $length }.
register-check-or-link = También puede abrir el enlace del correo, en el dispositivo que prefiera.
register-check-for = El correo se envía a { $address }.
register-check-again = Enviar el correo de nuevo
register-other-address = Usar otra dirección
register-link-title = Confirme su dirección de correo
register-link-lead = Ha abierto el enlace que enviamos a { $address }.
register-link-go = Confirmar esta dirección
register-details-title = Su nombre y su contraseña
register-details-for = Iniciará sesión con { $address }.
register-details-go = Crear la cuenta
register-method-title = ¿Cómo quiere confirmar los inicios de sesión?
register-method-lead = Además de la contraseña, pedimos un código cada vez que inicia sesión.
register-method-app = Aplicación de autenticación – más segura
register-method-app-hint = Una aplicación en su teléfono u ordenador muestra el código, incluso sin cobertura.
register-method-email = Código por correo
register-method-email-hint = Enviamos el código a { $address }. Puede configurar una aplicación más adelante, en cualquier momento.

notice-register-again = Ha pasado demasiado tiempo. Empiece de nuevo, por favor, o abra el enlace del correo que le enviamos.
notice-register-too-many = Demasiados códigos incorrectos. Empiece de nuevo, por favor.
notice-register-mail-limit = Ya hemos enviado varios correos a esta dirección. Busque el más reciente o inténtelo de nuevo dentro de { $wait }.
notice-register-sent-again = Hemos enviado el correo de nuevo. Use el más reciente.
notice-account-made = Su cuenta está lista. Inicie sesión para continuar.
notice-account-there = Ya existe una cuenta con esta dirección. Inicie sesión con ella.

## Forgotten password

sign-in-forgotten = ¿Ha olvidado su contraseña?
reset-title = ¿Ha olvidado su contraseña?
reset-lead = Escriba su dirección de correo. Le enviaremos un enlace para elegir una contraseña nueva.
reset-send = Enviar el enlace
reset-sent-title = Mire su correo
reset-sent-lead = Si existe una cuenta con esa dirección, hemos enviado un correo.
# { $length } looks like "30 minutes".
reset-sent-next = Abra el enlace que contiene, en este dispositivo o en otro. Es válido durante { $length }.
reset-sent-problems = ¿No ha recibido el correo?
reset-sent-limit = Si lo ha pedido varias veces, espere una hora, por favor. Solo sirve el enlace más reciente.
reset-sent-another = Probar con otra dirección
reset-password-title = Elija una contraseña nueva
reset-password-help = Para elegir una contraseña nueva necesita uno de sus códigos de recuperación, y en su cuenta no queda ninguno. Pida ayuda.
reset-password-consequence = La sesión se cerrará en todos los dispositivos. Después inicie sesión con la contraseña nueva; el segundo paso no cambia.
reset-password-save = Guardar la contraseña nueva
reset-done-sign-in = Su contraseña nueva se ha guardado. Inicie sesión ahora con ella.

## A form that was sent after the session had ended (resume)

# Above the sign-in form.
notice-form-kept = Su sesión caducó mientras enviaba un formulario. Inicie sesión y después podrá enviarlo.
# { $path } is an address on the site, such as /orders/save.
resume-title = ¿Enviar su formulario a { $path }?
resume-why = Su sesión había caducado cuando lo envió, así que lo hemos guardado para usted. Todavía no se ha enviado nada.
resume-send = Enviar ahora
resume-drop = No enviar
resume-foreign-title = Su formulario no está aquí
resume-foreign-text = En este navegador esperaba el formulario de otra persona. Se ha eliminado y no se ha enviado.
resume-nothing-title = No hay nada que enviar
resume-nothing-text = El formulario ya se envió, o esperó demasiado tiempo y se ha eliminado.

## Condiciones de uso

terms-title = Condiciones de uso
terms-version = Versión { $version }
terms-first = Léalas una vez, por favor. Después podrá continuar.
terms-changed = Han cambiado desde que las aceptó. Léalas de nuevo, por favor.
terms-changes-title = Qué ha cambiado
terms-gone = Ya no se aplican. Puede continuar.
terms-agree = Acepto las condiciones de uso de { $brand } (versión { $version })
terms-decline = Rechazar y cerrar sesión
notice-terms-declined = No ha aceptado las condiciones de uso, así que no se ha iniciado la sesión. Puede iniciar sesión y aceptarlas en cualquier momento.
notice-link-signed-in = Tiene una sesión abierta en este dispositivo. Para usar el enlace de su correo, cierre aquí la sesión y abra el enlace otra vez.

## Invitación

invite-title = Le damos la bienvenida a { $brand }
invite-lead = Se ha creado una cuenta para usted. Iniciará sesión con { $address } y la contraseña que elija aquí.

## A la espera de aprobación

register-waiting-title = A la espera de aprobación
register-waiting-lead = Su cuenta ya está creada. Antes de que pueda usarla, alguien la revisará.
register-waiting-next = En cuanto esté hecho recibirá un correo y podrá iniciar sesión.
