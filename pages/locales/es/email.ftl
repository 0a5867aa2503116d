# Mails. `$brand` is the operator's name for the portal and is always known.
# Text parts show one message per line; keep each to one or two sentences.
# No urgency, no blame. Digits, host names and links stand as they are.

## Building blocks

# Browser and system, in the middle of a sentence: "with Firefox on Windows".
email-device-both =
    { $browser } { $system ->
        [iPhone] en un iPhone
        [iPad] en un iPad
        [Mac] en un Mac
       *[other] en { $system }
    }
email-device-browser = { $browser }
email-device-system =
    un navegador { $system ->
        [iPhone] en un iPhone
        [iPad] en un iPad
        [Mac] en un Mac
       *[other] en { $system }
    }
email-device-unknown = un navegador desconocido
email-footer = { $brand }
email-footer-help = { $brand } - ayuda: { $help }

## Code mails

email-code-sign-in-subject = Su código para iniciar sesión en { $brand } ({ $time })
# `$code` is spaced here: 482 915.
email-code-sign-in-subject-digits = { $code } es su código para iniciar sesión en { $brand }
email-code-sign-in-title = Su código para { $brand }
# First line and preview. Must hold the digits, the word "code" and the purpose.
email-code-sign-in-line = { $code } es su código para { $brand }.
email-code-sign-in-who = Se ha usado su contraseña con { $device }. Hora: { $time } ({ $zone }).
email-code-confirm-subject = Su código para un cambio en la cuenta de { $brand } ({ $time })
email-code-confirm-subject-digits = { $code } es su código para un cambio en la cuenta de { $brand }
email-code-confirm-title = Su código para cambiar su cuenta de { $brand }
email-code-confirm-line = { $code } es su código para confirmar un cambio en su cuenta de { $brand }.
email-code-confirm-who = Se ha pedido desde una sesión abierta en su cuenta, con { $device }. Hora: { $time } ({ $zone }).
email-code-enter =
    Escríbalo en { $host }. Es válido durante { $minutes ->
        [one] { $minutes } minuto
       *[other] { $minutes } minutos
    }, una sola vez.
email-code-you = Si era usted, todo está bien.
# A link follows on a line of its own.
email-code-not-you = Si no era usted, no dé este código a nadie - nosotros nunca se lo pediremos - y cambie su contraseña:

## Text messages

# At most 100 characters with digits and a brand of 14 letters, and only these letters:
# A-Z a-z Ä Ö Ü ä ö ü ß à è é ù ì ò Ç Ñ ñ. Others (ç ê ł ř …) double the price: write them without marks.
# The digits come first; a line with the site's host follows.
sms-code-sign-in = { $code } es su codigo de { $brand }. No se lo dé a nadie.
sms-code-confirm = { $code } es su codigo de { $brand } para cambiar su cuenta. No se lo dé a nadie.
sms-code-phone = { $code } es su codigo de { $brand } para confirmar este numero. No se lo dé a nadie.

## Notices: the parts they share

email-when = Cuándo: { $when } ({ $zone })
email-with = Con: { $device }
email-by-support = Por: el servicio de asistencia
email-device-name = Dispositivo: «{ $name }»
email-app-name = Aplicación: «{ $name }»
email-app-before = Aplicación anterior: «{ $before }»
# { $number } looks like •••42.
email-phone-number = Teléfono: { $number }
email-phone-before = Teléfono anterior: { $before }
email-was-you = ¿Era usted? Entonces no tiene que hacer nada.
email-not-you = ¿No era usted?
# A link follows.
email-not-you-password = Cambie su contraseña:
email-not-you-help = Avísenos: { $help }
email-not-you-tell = ¿No era usted? Avísenos enseguida: { $help }
email-not-you-tell-support = ¿No era usted? Avise enseguida al servicio de asistencia.
email-not-asked-help = ¿No lo esperaba? Avísenos: { $help }
email-not-asked = ¿No lo esperaba? Avise al servicio de asistencia.

## Notices: what happened (subject, first line, what it means)

email-device-remembered-subject = { $brand }: ahora se recuerda un dispositivo
email-device-remembered-line = Ahora se recuerda un dispositivo para su cuenta de { $brand }.
email-device-remembered-means = Hasta el { $until } basta con su contraseña para iniciar sesión en él.

email-device-elsewhere-subject = { $brand }: se usó un dispositivo recordado en un lugar nuevo
email-device-elsewhere-line = Se usó un dispositivo recordado, desde una red nueva y con una versión nueva del navegador, para iniciar sesión en su cuenta de { $brand }.
email-device-elsewhere-means = Es normal después de un traslado o de una actualización. Si no es su caso, puede que alguien lo haya copiado.

email-new-sign-in-subject = { $brand }: inicio de sesión con un dispositivo nuevo
email-new-sign-in-line = Alguien inició sesión en su cuenta de { $brand } con un dispositivo o navegador nuevo.
email-new-sign-in-means = Es normal con un dispositivo nuevo, en una ventana privada o después de borrar las cookies. Si no era usted, alguien conoce la contraseña de su cuenta.

email-devices-removed-subject = { $brand }: se quitaron todos los dispositivos recordados
email-devices-removed-line = Se quitaron todos los dispositivos recordados de su cuenta de { $brand }.
email-devices-removed-means = Cada dispositivo volverá a pedir un código en el próximo inicio de sesión.

email-password-changed-subject = { $brand }: se cambió su contraseña
email-password-changed-line = Se cambió la contraseña de su cuenta de { $brand }.
email-password-changed-means = Se cerró la sesión en todos los demás navegadores, y ya no se recuerda ningún dispositivo.

email-password-set-subject = { $brand }: el servicio de asistencia puso una contraseña nueva
email-password-set-line = El servicio de asistencia puso una contraseña nueva en su cuenta de { $brand }.
email-password-set-means = Se cerró la sesión en todos los navegadores, y ya no se recuerda ningún dispositivo.

email-app-added-subject = { $brand }: se añadió una aplicación de autenticación
email-app-added-line = Se añadió una aplicación de autenticación a su cuenta de { $brand }.
email-app-added-means = A partir de ahora, para iniciar sesión se pide un código de la aplicación.

email-app-replaced-subject = { $brand }: se sustituyó su aplicación de autenticación
email-app-replaced-line = En su cuenta de { $brand }, una aplicación de autenticación sustituyó a otra.
email-app-replaced-means = A partir de ahora, para iniciar sesión se pide un código de la aplicación nueva. Los códigos de la anterior ya no funcionan.

email-app-removed-subject = { $brand }: se quitó su aplicación de autenticación
email-app-removed-line = Se quitó una aplicación de autenticación de su cuenta de { $brand }.

email-phone-added-subject = { $brand }: se añadió un número de teléfono
email-phone-added-line = Se añadió un número de teléfono a su cuenta de { $brand }.
email-phone-added-means = A partir de ahora, los códigos de su cuenta se pueden enviar a él por SMS.

email-phone-replaced-subject = { $brand }: se sustituyó su número de teléfono
email-phone-replaced-line = En su cuenta de { $brand }, un número de teléfono sustituyó al anterior.
email-phone-replaced-means = A partir de ahora, los códigos de su cuenta se pueden enviar por SMS al número nuevo, y ya no al anterior.

email-phone-removed-subject = { $brand }: se quitó su número de teléfono
email-phone-removed-line = Se quitó el número de teléfono de su cuenta de { $brand }.
email-phone-removed-means = Ya no se envían códigos a ese número.

email-recovery-created-subject = { $brand }: códigos de recuperación nuevos
email-recovery-created-line =
    { $count ->
        [one] Se creó un código de recuperación nuevo para su cuenta de { $brand }.
       *[other] Se crearon { $count } códigos de recuperación nuevos para su cuenta de { $brand }.
    }
email-recovery-created-means = Los códigos de recuperación anteriores ya no sirven.

email-recovery-used-subject = { $brand }: se usó un código de recuperación
email-recovery-used-line = Se usó un código de recuperación para confirmar que es usted en su cuenta de { $brand }.
email-recovery-used-means =
    { $left ->
        [0] Era el último. Cree otros nuevos en su cuenta.
        [one] Queda un código de recuperación. Cree otros nuevos en su cuenta.
       *[other] Quedan { $left } códigos de recuperación.
    }

email-recovery-used-replaced = Se mostró enseguida uno nuevo que lo sustituye. El que se usó ya no sirve.

email-factor-failed-subject = { $brand }: códigos incorrectos después de su contraseña
email-factor-failed-line =
    { $count ->
        [one] En su cuenta de { $brand } se escribió la contraseña correcta y después un código incorrecto.
       *[other] En su cuenta de { $brand } se escribió la contraseña correcta y después { $count } códigos incorrectos.
    }
email-factor-failed-means = Nadie ha entrado. Si no era usted, alguien conoce la contraseña de su cuenta.

email-locked-subject = { $brand }: muchas contraseñas incorrectas
email-locked-line = Se escribieron muchas contraseñas incorrectas para su cuenta de { $brand }.
email-locked-means = Para iniciar sesión hay que esperar hasta las { $until } h ({ $zone }). En su cuenta no ha cambiado nada.
email-locked-you = ¿Era usted? Espere hasta entonces e inténtelo de nuevo.
email-locked-not-you = ¿No era usted? No tiene que hacer nada.

email-signed-out-subject = { $brand }: sesión cerrada en todas partes
email-signed-out-line = Se cerró la sesión de su cuenta de { $brand } en todos los navegadores.
email-signed-out-means = Vuelva a iniciar sesión donde lo necesite.

email-factors-reset-subject = { $brand }: el servicio de asistencia restableció la confirmación de sus inicios de sesión
email-factors-reset-line = El servicio de asistencia quitó la aplicación de autenticación, el número de teléfono, los códigos de recuperación y los dispositivos recordados de su cuenta de { $brand }.

email-factors-suspended-subject = { $brand }: por ahora basta con la contraseña
email-factors-suspended-line = El servicio de asistencia ha ajustado su cuenta de { $brand } para que baste con la contraseña al iniciar sesión.
email-factors-suspended-means = Terminará por sí solo: { $until } ({ $zone }).

email-support-locked-subject = { $brand }: su cuenta está bloqueada
email-support-locked-line = El servicio de asistencia bloqueó su cuenta de { $brand }.
email-support-locked-means = Se cerró la sesión en todos los navegadores. No es posible iniciar sesión hasta que el servicio de asistencia la desbloquee.

email-support-unlocked-subject = { $brand }: su cuenta está desbloqueada
email-support-unlocked-line = El servicio de asistencia desbloqueó su cuenta de { $brand }.
email-support-unlocked-means = Puede volver a iniciar sesión.

## The test mail

email-test-subject = { $brand }: correo de prueba ({ $time })
email-test-line = Este es un correo de prueba de { $brand }.
email-test-means = Si puede leerlo, el envío de correo funciona. Los códigos y los avisos tendrán este aspecto.

## Registration

email-register-subject = Su código de registro en { $brand } ({ $time })
# `$code` is spaced here: 482 915.
email-register-subject-digits = { $code } es su código de registro en { $brand }
email-register-title = Su código para registrarse en { $brand }
# First line and preview. Must hold the digits, the word "code" and the purpose.
email-register-line = { $code } es su código para confirmar su dirección de correo en { $brand }.
# A link follows on a line of its own.
email-register-link =
    O abra este enlace, en el dispositivo que prefiera. Es válido durante { $hours ->
        [one] { $hours } hora
       *[other] { $hours } horas
    }.
email-register-who = Alguien ha escrito esta dirección para registrarse con { $device }. Hora: { $time } ({ $zone }).
email-register-not-you = Si no era usted, no tiene que hacer nada. No dé este código a nadie - nosotros nunca se lo pediremos.
email-exists-subject = { $brand }: ya tiene una cuenta
email-exists-line = Ya tiene una cuenta de { $brand }.
email-exists-means = Alguien ha escrito su dirección para registrarse. En su cuenta no ha cambiado nada.
email-exists-not-you = ¿No era usted? Entonces no tiene que hacer nada.
email-exists-you = ¿Era usted?
# A link follows.
email-exists-sign-in = Inicie sesión aquí:
# A link follows.
email-exists-reset = ¿Ha olvidado su contraseña? Elija otra aquí:
email-exists-invited = Su cuenta todavía no tiene contraseña. Abra el enlace de su invitación para elegir una. Si no tiene un enlace que funcione, pida una nueva invitación.
email-exists-waiting = Su registro sigue a la espera de aprobación. En cuanto esté hecho recibirá un correo.

## Links

# { $length } looks like "30 minutes".
email-link-valid = El enlace es válido durante { $length }, una sola vez.

## Forgotten password

email-reset-subject = { $brand }: elegir una contraseña nueva
email-reset-line = Se ha pedido una contraseña nueva para su cuenta de { $brand }.
# A link follows on a line of its own.
email-reset-lead = Para elegir una contraseña nueva, abra esta página:
email-reset-who = Se ha pedido con { $device }. Hora: { $time } ({ $zone }).
email-reset-not-you = Si no era usted, no tiene que hacer nada: su contraseña no cambia.

email-password-reset-subject = { $brand }: se eligió una contraseña nueva
email-password-reset-line = Se eligió una contraseña nueva para su cuenta de { $brand } con el enlace de un correo.
email-password-reset-means = Se cerró la sesión en todos los navegadores, y ya no se recuerda ningún dispositivo. El segundo paso del inicio de sesión no ha cambiado.
# A link follows.
email-not-you-reset = Elija una contraseña nueva:

## Notices: what support did

email-support-edited-subject = { $brand }: el servicio de asistencia cambió sus datos
email-support-edited-line = El servicio de asistencia cambió datos de su cuenta de { $brand }: su nombre, su dirección, su idioma o sus grupos.
email-support-edited-means = Los encontrará en su cuenta, en «Datos personales».
email-support-session-subject = { $brand }: el servicio de asistencia cerró la sesión en un navegador
email-support-session-line = El servicio de asistencia cerró la sesión de su cuenta de { $brand } en un navegador.
email-support-signed-out-subject = { $brand }: el servicio de asistencia cerró su sesión en todas partes
email-support-signed-out-line = El servicio de asistencia cerró la sesión de su cuenta de { $brand } en todos los navegadores.
email-support-device-subject = { $brand }: el servicio de asistencia quitó un dispositivo recordado
email-support-device-line = El servicio de asistencia quitó un dispositivo recordado de su cuenta de { $brand }.
email-support-device-means = Volverá a pedir un código en el próximo inicio de sesión.

## Another email address

email-confirm-email-subject = { $brand }: confirme su dirección de correo
email-confirm-email-line = Esta dirección va a ser la de una cuenta de { $brand }.
# A link follows on a line of its own.
email-confirm-email-lead = Si es suya, abra esta página y pulse el botón:
email-confirm-email-who = Se ha pedido desde una sesión abierta en la cuenta, con { $device }. Hora: { $time } ({ $zone }).
email-confirm-email-not-you = Si no era usted, no tiene que hacer nada.
email-new-address = Dirección nueva: { $address }
email-address-asked-subject = { $brand }: se ha pedido otra dirección de correo
email-address-asked-line = Desde una sesión abierta en su cuenta de { $brand } se ha pedido otra dirección de correo.
email-address-asked-means = Todavía no ha cambiado nada: primero hay que confirmar la dirección nueva.
email-address-changed-subject = { $brand }: se cambió su dirección de correo
email-address-changed-line = Se cambió la dirección de correo de su cuenta de { $brand }.
email-address-away-means = A partir de ahora, para iniciar sesión y para todos los correos vale la dirección nueva. Se cerró la sesión en todos los demás navegadores.
email-address-here-means = A partir de ahora inicia sesión con esta dirección, y todos los correos llegan aquí. Se cerró la sesión en todos los demás navegadores.
# A link follows.
email-not-you-revoke = Deshaga el cambio, hasta el { $until } ({ $zone }):
email-address-revoked-subject = { $brand }: se deshizo el cambio de su dirección de correo
email-address-revoked-line = El cambio de la dirección de correo de su cuenta de { $brand } se deshizo desde la dirección anterior.
email-address-revoked-means = Vuelve a iniciar sesión con esta dirección. Se cerró la sesión en todos los navegadores, ya no se recuerda ningún dispositivo y se quitó todo lo que se configuró para iniciar sesión desde el cambio.
email-address-lost-means = Ya no es posible iniciar sesión con esta dirección. Se cerró la sesión en todos los navegadores.
email-address-wanted-subject = { $brand }: ya tiene una cuenta
email-address-wanted-line = Alguien quiso usar esta dirección para otra cuenta de { $brand }.
email-address-wanted-means = Ya pertenece a la suya, así que no ha cambiado nada.

## Inside a session

email-misses-subject = { $brand }: respuestas incorrectas en su cuenta
email-misses-line =
    { $count ->
        [one] En un navegador con la sesión de su cuenta de { $brand } abierta, alguien escribió una contraseña o un código incorrectos.
       *[other] En un navegador con la sesión de su cuenta de { $brand } abierta, alguien escribió { $count } veces una contraseña o un código incorrectos.
    }
email-misses-means = Se cerró la sesión en ese navegador, y en su cuenta no ha cambiado nada. Si no era usted, alguien ha usado un navegador en el que su sesión estaba abierta.

## Support

email-support-deleted-subject = { $brand }: se eliminó su cuenta
email-support-deleted-line = El servicio de asistencia eliminó su cuenta de { $brand }.
email-support-deleted-means = Se cerró la sesión en todos los navegadores. Ya no es posible iniciar sesión.

## Invitación

email-invite-subject = { $brand }: tiene una invitación
email-invite-line = Se ha creado para usted una cuenta de { $brand }.
email-invite-lead = Para elegir su contraseña e iniciar sesión, abra esta página:
email-invite-who = La invitación se ha enviado. Hora: { $time } ({ $zone }).
email-invite-not-you = Si no sabe de qué se trata, no tiene que hacer nada: sin el enlace nadie puede usar la cuenta.

## A la espera de aprobación

email-waits-subject = { $brand }: su registro está a la espera de aprobación
email-waits-line = Ha creado una cuenta de { $brand }.
email-waits-means = Antes de que pueda iniciar sesión, alguien revisará su registro. En cuanto esté hecho recibirá un correo.

email-approve-subject = { $brand }: un registro está a la espera de aprobación
email-approve-line = Alguien ha creado una cuenta de { $brand } y espera su aprobación.
email-approve-address = Dirección de correo: { $address }
email-approve-means = Hasta entonces nadie puede iniciar sesión con la cuenta.
email-approve-do = Para aprobar: { $command }
email-approve-refuse = Para rechazar: { $command }

email-approved-subject = { $brand }: su cuenta está aprobada
email-approved-line = Se ha aprobado su registro en { $brand }.
email-approved-means = Ya puede iniciar sesión.
email-approved-sign-in = Inicie sesión aquí:

## Notices: what signing in asks for after a factor was removed

email-next-app = Para iniciar sesión se sigue pidiendo un código de una aplicación.
email-next-text-message = A partir de ahora, para iniciar sesión se pide un código por SMS.
email-next-email = A partir de ahora, para iniciar sesión se pide un código por correo.
email-next-set-up = La próxima vez que inicie sesión tendrá que configurar de nuevo una aplicación.
email-next-nothing = A partir de ahora basta con su contraseña para iniciar sesión.
