# Words that every page shares. { $brand } is the operator's name for the portal and is there in every message.

## Dates and spans

# { $month } is one of the names below, { $year } four digits.
date = { $day } { $month } { $year }
date-time = { $date }, { $time } uur
month-1 = januari
month-2 = februari
month-3 = maart
month-4 = april
month-5 = mei
month-6 = juni
month-7 = juli
month-8 = augustus
month-9 = september
month-10 = oktober
month-11 = november
month-12 = december

# Spans stand by themselves or behind "for", "wait": in the accusative, where a language has one.
span-seconds = { $seconds ->
    [one] { $seconds } seconde
   *[other] { $seconds } seconden
}
span-minutes = { $minutes ->
    [one] { $minutes } minuut
   *[other] { $minutes } minuten
}
span-hours = { $hours ->
    [one] { $hours } uur
   *[other] { $hours } uur
}
span-days = { $days ->
    [one] { $days } dag
   *[other] { $days } dagen
}

## Around every page

skip = Naar de inhoud
error-prefix = Fout:
error-summary = Er klopt iets niet
nav-you = Account en uitloggen
nav-account = Account
sign-out = Uitloggen
to-portal = Naar { $brand }
help-title = Hulp nodig?
help-page = Hulppagina
# Stands before page, mail address and telephone number.
help-ask = Hier kunt u hulp krijgen:
# Above error pages' short reference, which people read out to support.
reference = Referentie

## Used in several places

go-on = Doorgaan
save = Opslaan
cancel = Annuleren
back = Terug
copy = Kopiëren
copied = Gekopieerd
print = Afdrukken
download = Downloaden
remove = Verwijderen
replace = Vervangen
# For screen readers, on buttons that just say "Remove" or "Replace".
remove-named = { $name } verwijderen
replace-named = { $name } vervangen
added = Toegevoegd
last-used = Laatst gebruikt
never-used = Nog niet gebruikt
try-again = Opnieuw proberen
back-to-sign-in = Terug naar inloggen
# Under code fields; { $host } is bold.
you-are-on = U bent op { $host }

## Pages of the operator's own

# In the footer of every page.
footer-privacy = Privacy
footer-imprint = Juridische informatie
# On set-up pages.
link-app-help = Zo installeert u een authenticator-app
link-why = Waarom een tweede stap?
