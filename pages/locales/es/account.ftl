# The account's pages, and the question who is asking.

## Overview

account-title = Su cuenta
account-password = Contraseña
account-password-changed = Cambiada el { $date }
account-password-set = Establecida
# { $date } is a day.
account-app-on = { $count ->
    [one] Activada desde el { $date }
   *[other] Activada desde el { $date }, { $count } aplicaciones
}
account-app-off-email = Desactivada. Los códigos llegan por correo.
account-app-off = Desactivada
account-devices-count = { $count ->
    [0] Ningún dispositivo recordado
    [one] { $count } dispositivo recordado
   *[other] { $count } dispositivos recordados
}
recovery-count = Disponibles: { $left } de { $total }
recovery-none = Ninguno todavía

## Personal information

details-title = Datos personales
details-first-name = Nombre
details-last-name = Apellidos

## Language

language-title = Idioma
language-lead = Las páginas y los correos estarán en este idioma
notice-language-changed = Se ha cambiado el idioma.

## Password

password-title = Cambiar su contraseña
password-current = Contraseña actual
password-new = Contraseña nueva
password-hint = Al menos { $least } caracteres. Cuatro palabras al azar van bien. Puede usar espacios.
password-consequence = Aquí su sesión sigue abierta. En todos los demás dispositivos se cierra, y cada uno volverá a pedir un código en el próximo inicio de sesión.
password-save = Cambiar la contraseña
notice-password-changed = Su contraseña se ha cambiado. La sesión se ha cerrado en todos los demás dispositivos.

## Authenticator app

app-title = Aplicación de autenticación
app-why = Con una aplicación en su teléfono tiene un código en cualquier momento, incluso sin cobertura. Protege su cuenta mejor que un código por correo.
app-why-alone = Con una aplicación en su teléfono tiene un código en cualquier momento, incluso sin cobertura. Protege su cuenta mejor que una contraseña sola.
app-begin = Configurar la aplicación
app-another = Añadir otra aplicación
app-replace-hint = ¿Tiene un teléfono nuevo? Elija «Sustituir»: la aplicación antigua funciona hasta que la nueva esté lista.
app-setup-title = Configurar su aplicación de autenticación
app-setup-replacing = { $name } funciona hasta que la aplicación nueva esté lista.
app-setup-open = Abra su aplicación de autenticación
app-setup-none = No tengo ninguna
app-setup-install = Busque «authenticator» en la tienda de aplicaciones de su teléfono. Sirven todas las aplicaciones de códigos temporales. Son gratuitas.
# { $apps } is a list of names.
app-setup-suggested = Estas aplicaciones funcionan bien: { $apps }.
app-setup-scan = Añada su cuenta
app-setup-scan-hint = En la aplicación, elija «Añadir» o «+» y escanee esta imagen.
app-setup-link = Abrir en mi aplicación de autenticación
app-setup-key = ¿No puede escanear? Escriba esta clave en la aplicación:
app-setup-settings = Ajustes, si su aplicación los pide
app-setup-account = Cuenta
app-setup-issuer = Emisor
app-setup-kind = Tipo
app-setup-kind-value = Basado en la hora, SHA-1, 6 cifras, 30 segundos
app-setup-type = Escriba el código que muestra la aplicación
app-setup-code = Código de 6 cifras de la aplicación
app-setup-name = Nombre de esta aplicación
qr-title = Código QR para su aplicación de autenticación
qr-description = La misma clave está escrita debajo como texto.
# { $from } and { $to } are the ends of what is bold.
notice-app-setup-expired = Esta página ha estado abierta demasiado tiempo. Aquí tiene un código QR nuevo: { $from }elimine la entrada antigua de su aplicación{ $to }.
notice-app-added = Su aplicación está configurada. A partir de ahora muestra los códigos para iniciar sesión.
notice-app-replaced = La aplicación nueva está configurada. La antigua ya no funciona.
notice-app-removed = La aplicación se ha quitado.
app-remove-title = ¿Quitar su aplicación de autenticación?
app-remove-lead = Está a punto de quitar { $name }.
app-remove-email-codes = Después le enviaremos los códigos por correo. Es menos seguro que la aplicación.
app-remove-another-app = Su otra aplicación sigue funcionando.
app-remove-password-only = Después bastará con su contraseña. Es mucho menos seguro.
app-remove-set-up-anew = La próxima vez que inicie sesión tendrá que configurar de nuevo una aplicación.
app-remove-blocked = { $brand } pide una aplicación de autenticación para cada cuenta. Puede sustituir la aplicación por una nueva, pero no quitarla.
app-remove-also = La sesión se cierra en todos los demás dispositivos, y ya no se recuerda ningún dispositivo.
app-remove = Quitar la aplicación

## Trusted devices

devices-title = Dispositivos recordados
# { $length } looks like "90 days".
devices-lead = En estos dispositivos inicia sesión sin código durante { $length }. Quite los que ya no use.
devices-none = No se recuerda ningún dispositivo. Se le pide un código cada vez.
devices-device = Dispositivo
devices-this = Este dispositivo
devices-expires = Recordado hasta el
devices-rename = Cambiar el nombre
devices-rename-named = Cambiar el nombre de { $name }
devices-new-name = Nombre nuevo
devices-remember = Recordar este dispositivo
devices-remove-all = Quitar todos
notice-device-remembered = Ahora recordamos este dispositivo.
notice-device-renamed = El dispositivo ahora se llama { $name }.
notice-device-removed = El dispositivo { $name } se ha quitado.
notice-all-devices-removed = Se han quitado todos los dispositivos. A partir de ahora pedimos un código cada vez.

## Recovery codes

recovery-title = { $count ->
    [one] Código de recuperación
   *[other] Códigos de recuperación
}
recovery-lead = { $count ->
    [one] Si pierde el teléfono, puede entrar con su código de recuperación. Guárdelo en un lugar seguro.
   *[other] Si pierde el teléfono, puede entrar con un código de recuperación. Guarde los códigos en un lugar seguro.
}
recovery-created = Se crearon el
recovery-used-on = Usados el
recovery-create = { $count ->
    [one] Crear un código nuevo
   *[other] Crear códigos nuevos
}
recovery-create-hint = { $count ->
    [one] Su código antiguo sirve hasta que haya guardado el nuevo.
   *[other] Sus códigos antiguos sirven hasta que haya guardado los nuevos.
}
recovery-new-title = { $count ->
    [one] Guarde su código de recuperación
   *[other] Guarde sus códigos de recuperación
}
recovery-new-lead = { $count ->
    [one] Si pierde el teléfono, puede entrar con este código. Sirve una sola vez. No podemos volver a mostrarlo.
   *[other] Si pierde el teléfono, puede entrar con uno de estos códigos. Cada uno sirve una sola vez. No podemos volver a mostrarlos.
}
# On paper, above the codes.
recovery-new-printed = { $brand } ({ $host }), { $account }, { $date }
recovery-new-where = { $count ->
    [one] Un gestor de contraseñas es un buen lugar para guardarlo. También una hoja impresa en un cajón de casa.
   *[other] Un gestor de contraseñas es un buen lugar para guardarlos. También una hoja impresa en un cajón de casa.
}
recovery-new-replaces = { $count ->
    [one] Su código antiguo dejará de servir en cuanto continúe.
   *[other] Sus códigos antiguos dejarán de servir en cuanto continúe.
}
recovery-new-saved = { $count ->
    [one] He guardado este código
   *[other] He guardado estos códigos
}
notice-recovery-codes-saved = { $count ->
    [one] Su código de recuperación nuevo sirve a partir de ahora.
   *[other] Sus códigos de recuperación nuevos sirven a partir de ahora.
}

## Phone number

phone-title = Número de teléfono
phone-number-title = Confirme su número de teléfono móvil
phone-code-title = Escriba el código que ha recibido por SMS
phone-lead-recovery = Si pierde la aplicación o no la tiene a mano, podemos enviarle un código por SMS. No usamos el número para nada más.
phone-lead-method = Podemos enviarle por SMS los códigos para iniciar sesión. No usamos el número para nada más.
phone-weak = Un SMS es menos seguro que la aplicación: otros pueden leerlo por el camino, y un número puede acabar en manos ajenas.
phone-not-in-use = Aquí ya no se usan SMS. Puede quitar el número.
phone-number = Número de teléfono móvil
phone-number-hint = Con el prefijo del país, como +41 79 123 45 67
phone-code = Código de 6 cifras que ha recibido por SMS
phone-other = Usar otro número
phone-skip = Continuar sin número de teléfono
phone-add = Añadir un número de teléfono
# { $number } looks like •••42.
phone-replacing = { $number } sirve hasta que se confirme el número nuevo.
phone-remove-email-codes = Sin él le enviaremos los códigos por correo.
phone-remove-app-only = Sin él ningún SMS podrá ayudarle si pierde la aplicación.
phone-remove-password-only = Sin él bastará con su contraseña. Es mucho menos seguro.
phone-remove-blocked = { $brand } pide un número de teléfono para cada cuenta. Puede sustituirlo, pero no quitarlo.
account-phone-on = { $number }, desde el { $date }
account-phone-none = Ningún número todavía
notice-phone-added = Su número de teléfono está confirmado.
notice-phone-replaced = El número de teléfono nuevo está confirmado. El antiguo ya no se usa.
notice-phone-removed = El número de teléfono se ha quitado.
confirm-phone-setup = Está a punto de { $from }cambiar su número de teléfono{ $to }.
confirm-phone-remove = Está a punto de { $from }quitar su número de teléfono{ $to }.
confirm-sms-first = Primero enviamos un código de 6 cifras al { $number }.
app-remove-text-messages = Después le enviaremos los códigos por SMS. Es menos seguro que la aplicación.
# Where there are no codes by text message.
app-setup-no-sms = { $brand } no envía códigos por SMS: no es bastante seguro y hace falta cobertura.

## Confirm it's you

confirm-title = Confirme que es usted
confirm = Confirmar
# { $from } and { $to } are the ends of what is bold.
confirm-app-setup = Está a punto de { $from }configurar una aplicación de autenticación{ $to }.
confirm-app-replace = Está a punto de { $from }sustituir su aplicación de autenticación{ $to }.
confirm-app-remove = Está a punto de { $from }quitar su aplicación de autenticación{ $to }.
confirm-recovery-codes = { $count ->
    [one] Está a punto de { $from }crear un código de recuperación nuevo{ $to }.
   *[other] Está a punto de { $from }crear códigos de recuperación nuevos{ $to }.
}
confirm-password = Está a punto de { $from }cambiar su contraseña{ $to }.
confirm-remove-devices = Está a punto de { $from }quitar todos los dispositivos recordados{ $to }.
confirm-remember-device = Está a punto de { $from }hacer que se recuerde este dispositivo{ $to }.
confirm-open-page = Está a punto de abrir { $from }una página con protección especial{ $to }.
confirm-app-code = Código de 6 cifras de su aplicación de autenticación
confirm-app-lost = He perdido mi aplicación
confirm-email-code = Código de 6 cifras que ha recibido por correo
confirm-email-first = Primero enviamos un código de 6 cifras a { $address }.

# The name that the set-up proposes for an app.
app-setup-name-default = Mi teléfono

# The file with recovery codes, line by line.
recovery-file-title = { $count ->
    [one] Código de recuperación para { $host }
   *[other] Códigos de recuperación para { $host }
}
recovery-file-account = Cuenta: { $account }
recovery-file-date = Creados el { $date }
recovery-file-use = { $count ->
    [one] Si pierde el teléfono, inicie sesión con su contraseña y este código. Sirve una sola vez. Guarde este archivo donde solo usted pueda leerlo.
   *[other] Si pierde el teléfono, inicie sesión con su contraseña y uno de estos códigos. Cada código sirve una sola vez. Guarde este archivo donde solo usted pueda leerlo.
}

# The name proposed for a device: "Firefox on Windows".
device-browser-on-system = { $browser } en { $system }
device-unknown = Este dispositivo

## Several apps, and their names

app-several = Al iniciar sesión sirve el código de cualquiera de estas aplicaciones.
notice-app-renamed = La aplicación ahora se llama { $name }.

## Names

notice-details-saved = Su nombre se ha guardado.

## Trusted devices: the list is full

devices-limit = No podemos recordar más dispositivos. Si hace que se recuerde este dispositivo, olvidaremos el más antiguo: { $name }.

## Where you are signed in

sessions-title = Dónde ha iniciado sesión
account-sessions-count = { $count ->
    [one] Solo aquí
   *[other] En { $count } navegadores
}
sessions-lead = En estos navegadores la sesión de su cuenta está abierta. Cierre las que no conozca o ya no use.
sessions-this = Este navegador
sessions-site = Dirección
sessions-started = Inicio de sesión
sessions-end-named = Cerrar sesión en { $name }
sessions-end-others = Cerrar sesión en todos los demás
sessions-everywhere = Cerrar sesión en todas partes
sessions-everywhere-hint = ¿Cree que otra persona usa su cuenta? Entonces cierre la sesión en todas partes, también aquí, y cambie su contraseña.
sessions-everywhere-devices = ¿Cree que otra persona usa su cuenta? Entonces cierre la sesión en todas partes, también aquí, y cambie su contraseña. Después ya no se recuerda ningún dispositivo.
notice-session-signed-out = La sesión se ha cerrado en ese navegador.
notice-sessions-signed-out = La sesión se ha cerrado en todos los demás navegadores.

## Recent activity

activity-title = Actividad reciente
account-activity-hint = Inicios de sesión y cambios
activity-lead = Lo último que ha pasado en su cuenta.
activity-none = Nada todavía
activity-you = ¿Era usted?
activity-was-you = Entonces no tiene que hacer nada.
# The four are the ends of two links.
activity-not-you = Si algo de esto no lo hizo usted, { $password-from }cambie su contraseña{ $password-to } y mire { $sessions-from }dónde ha iniciado sesión{ $sessions-to }.
activity-tell = Y avísenos: más abajo verá cómo contactarnos.
activity-signed-in = Inicio de sesión
activity-signed-in-password = Inicio de sesión solo con la contraseña
activity-signed-in-app = Inicio de sesión con un código de la aplicación
activity-signed-in-email = Inicio de sesión con un código por correo
activity-signed-in-sms = Inicio de sesión con un código por SMS
activity-signed-in-recovery = Inicio de sesión con un código de recuperación
activity-signed-in-device = Inicio de sesión en un dispositivo recordado
activity-signed-out = Cierre de sesión
activity-signed-out-everywhere = Cierre de sesión en todas partes
activity-session-ended = Se cerró la sesión en otro navegador
activity-session-misses = Se cerró la sesión en un navegador después de demasiadas respuestas incorrectas
activity-password-failed = { $count ->
    [one] Se escribió una contraseña incorrecta
   *[other] Se escribió una contraseña incorrecta { $count } veces
}
activity-answer-failed = { $count ->
    [one] Se escribió un código o una contraseña incorrectos al confirmar
   *[other] Se escribió { $count } veces un código o una contraseña incorrectos al confirmar
}
activity-factor-closed = Se dejaron de aceptar códigos después de demasiados incorrectos
activity-waiting = Demasiados intentos: hubo que esperar
activity-device-trusted = Se recordó un dispositivo
activity-device-elsewhere = Se usó un dispositivo recordado en un lugar nuevo
activity-device-removed = Se quitó un dispositivo recordado
activity-devices-removed = Se quitaron todos los dispositivos recordados
activity-app-added = Se configuró una aplicación de autenticación
activity-app-removed = Se quitó una aplicación de autenticación
activity-phone-added = Se añadió un número de teléfono
activity-phone-removed = Se quitó el número de teléfono
activity-recovery-created = Se crearon códigos de recuperación nuevos
activity-recovery-used = Se usó un código de recuperación
activity-password-changed = Se cambió la contraseña
activity-registered = Se creó la cuenta con el registro
activity-reset-asked = Se pidió un enlace para elegir una contraseña nueva
activity-reset = Se eligió una contraseña nueva con el enlace de un correo
activity-support-added = Se creó la cuenta
activity-support-edited = El servicio de asistencia cambió sus datos
activity-support-locked = El servicio de asistencia bloqueó la cuenta
activity-support-unlocked = El servicio de asistencia desbloqueó la cuenta
activity-support-password = El servicio de asistencia puso una contraseña nueva
activity-support-reset = El servicio de asistencia quitó su aplicación, sus códigos de recuperación y sus dispositivos recordados
activity-support-signed-out = El servicio de asistencia cerró su sesión en todas partes
activity-support-suspended = El servicio de asistencia desactivó el código por un tiempo
activity-support-session = El servicio de asistencia cerró la sesión en un navegador
activity-support-device = El servicio de asistencia quitó un dispositivo recordado

## While support has suspended the code

# { $until } is a day and an hour.
account-suspended = El servicio de asistencia ha desactivado el código para usted: hasta el { $until } basta con su contraseña. Después se volverá a pedir el código.

## Email address

details-change-email = Cambiar la dirección de correo
address-title = Cambiar su dirección de correo
# { $address } is bold.
address-lead = Usted inicia sesión con { $address }.
address-new = Correo electrónico nuevo
address-consequence = Enviamos un enlace a la dirección nueva. En cuanto pulse el botón de la página que abre, iniciará sesión con la dirección nueva, y la sesión se cerrará en todos los demás dispositivos.
address-confirm-title = ¿Es esta su dirección de correo?
address-confirm-lead = A partir de ahora quiere iniciar sesión con { $address }.
address-confirm-consequence = La sesión se cierra en todos los demás dispositivos, y ya no se recuerda ningún dispositivo.
address-confirm-save = Sí, usar esta dirección
address-confirm-not-you = ¿No lo ha pedido usted? Entonces solo tiene que cerrar esta página.
address-revoke-title = ¿Deshacer el cambio de su dirección de correo?
# { $old } and { $new } are addresses in bold.
address-revoke-lead = La dirección de su cuenta se cambió de { $old } a { $new }.
address-revoke-consequence = Si lo deshace, volverá a iniciar sesión con la dirección anterior, y la sesión se cerrará en todos los dispositivos.
address-revoke-save = Deshacer el cambio
address-revoke-was-you = ¿La cambió usted? Entonces solo tiene que cerrar esta página.
address-revoked-title = El cambio se ha deshecho
address-revoked-lead = Vuelve a iniciar sesión con su dirección de correo anterior. La sesión se ha cerrado en todos los dispositivos, y se ha quitado todo lo que se configuró para iniciar sesión desde el cambio.
address-revoked-next = Si no la cambió usted, puede que alguien conozca su contraseña. Elija ahora una nueva.
address-revoked-reset = Elegir una contraseña nueva
address-revoked-locked-title = Su cuenta está bloqueada
address-revoked-locked = Su dirección de correo anterior pertenece ahora a otra cuenta, así que no hemos podido deshacer el cambio. Para que nadie más use su cuenta, la hemos bloqueado. Pida ayuda.
confirm-email = Está a punto de { $from }cambiar su dirección de correo{ $to }.
notice-email-link-sent = Hemos enviado un enlace a { $address }. Su dirección cambiará en cuanto pulse el botón de la página que abre.
notice-email-link-limit = Ya hemos enviado varios correos. Podrá pedir otro dentro de { $wait }.
notice-email-changed = Su dirección de correo es ahora { $address }. La sesión se ha cerrado en todos los demás dispositivos.
notice-sign-in-with-new-email = Su dirección de correo se ha cambiado. Inicie sesión con la nueva.

activity-email-asked = Se pidió otra dirección de correo
activity-email-changed = Se cambió la dirección de correo
activity-email-revoked = Se deshizo el cambio de la dirección de correo
activity-email-lost = No se pudo deshacer el cambio de la dirección de correo: se bloqueó la cuenta

## Actividad: Condiciones de uso

activity-terms = Aceptó las condiciones de uso

## Actividad: Invitación

activity-support-invited = El servicio de asistencia envió una invitación

## Actividad: A la espera de aprobación

activity-approved = Se aprobó el registro

## The method that is recommended

recommended = Recomendada

## Configuración: demasiados códigos incorrectos, configuración interrumpida

notice-app-setup-too-many = Demasiados códigos incorrectos. Aquí tiene un código QR nuevo: { $from }elimine la entrada antigua de su aplicación{ $to }.
notice-app-setup-left = Ya se le mostró un código QR. Solo vale este nuevo: { $from }si escaneó el anterior, elimine esa entrada de su aplicación{ $to }.
error-sms-codes-too-many = Demasiados códigos incorrectos. Compruebe el número y pida que le enviemos un código nuevo.
