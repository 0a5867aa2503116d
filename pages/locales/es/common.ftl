# Words that every page shares. { $brand } is the operator's name for the portal and is there in every message.

## Dates and spans

# { $month } is one of the names below, { $year } four digits.
date = { $day } de { $month } de { $year }
date-time = { $date }, { $time } h
month-1 = enero
month-2 = febrero
month-3 = marzo
month-4 = abril
month-5 = mayo
month-6 = junio
month-7 = julio
month-8 = agosto
month-9 = septiembre
month-10 = octubre
month-11 = noviembre
month-12 = diciembre

# Spans stand by themselves or behind "for", "wait": in the accusative, where a language has one.
span-seconds = { $seconds ->
    [one] { $seconds } segundo
   *[other] { $seconds } segundos
}
span-minutes = { $minutes ->
    [one] { $minutes } minuto
   *[other] { $minutes } minutos
}
span-hours = { $hours ->
    [one] { $hours } hora
   *[other] { $hours } horas
}
span-days = { $days ->
    [one] { $days } día
   *[other] { $days } días
}

## Around every page

skip = Ir al contenido
error-prefix = Error:
error-summary = Hay un problema
nav-you = Su sesión
nav-account = Cuenta
sign-out = Cerrar sesión
to-portal = Ir a { $brand }
help-title = ¿Necesita ayuda?
help-page = Página de ayuda
# Stands before page, mail address and telephone number.
help-ask = Estas personas pueden ayudarle:
# Above error pages' short reference, which people read out to support.
reference = Referencia

## Used in several places

go-on = Continuar
save = Guardar
cancel = Cancelar
back = Atrás
copy = Copiar
copied = Copiado
print = Imprimir
download = Descargar
remove = Quitar
replace = Sustituir
# For screen readers, on buttons that just say "Remove" or "Replace".
remove-named = Quitar { $name }
replace-named = Sustituir { $name }
added = Se añadió el
last-used = Último uso
never-used = Ninguno todavía
try-again = Intentarlo de nuevo
back-to-sign-in = Volver al inicio de sesión
# Under code fields; { $host } is bold.
you-are-on = Está usted en { $host }

## Pages of the operator's own

# In the footer of every page.
footer-privacy = Privacidad
footer-imprint = Aviso legal
# On set-up pages.
link-app-help = Cómo instalar una aplicación de autenticación
link-why = ¿Por qué un segundo paso?
