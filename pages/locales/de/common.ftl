# Wörter, die alle Seiten teilen. { $brand } ist der Name des Portals und in jeder Nachricht verfügbar.

## Tage und Zeiten

date = { $day }. { $month } { $year }
date-time = { $date }, { $time } Uhr
month-1 = Januar
month-2 = Februar
month-3 = März
month-4 = April
month-5 = Mai
month-6 = Juni
month-7 = Juli
month-8 = August
month-9 = September
month-10 = Oktober
month-11 = November
month-12 = Dezember

# Im Akkusativ ("Bitte warten Sie 4 Minuten"), nie hinter "seit" oder "nach".
span-seconds = { $seconds ->
    [one] { $seconds } Sekunde
   *[other] { $seconds } Sekunden
}
span-minutes = { $minutes ->
    [one] { $minutes } Minute
   *[other] { $minutes } Minuten
}
span-hours = { $hours ->
    [one] { $hours } Stunde
   *[other] { $hours } Stunden
}
span-days = { $days ->
    [one] { $days } Tag
   *[other] { $days } Tage
}

## Um jede Seite herum

skip = Zum Inhalt springen
error-prefix = Fehler:
error-summary = Das hat noch nicht geklappt
nav-you = Ihre Anmeldung
nav-account = Konto
sign-out = Abmelden
to-portal = Weiter zu { $brand }
help-title = Brauchen Sie Hilfe?
help-page = Hilfeseite
help-ask = Hier hilft man Ihnen gern weiter:
reference = Kennung für Rückfragen

## An mehreren Stellen

go-on = Weiter
save = Speichern
cancel = Abbrechen
back = Zurück
copy = Kopieren
copied = Kopiert
print = Drucken
download = Herunterladen
remove = Entfernen
replace = Ersetzen
remove-named = { $name } entfernen
replace-named = { $name } ersetzen
added = Hinzugefügt
last-used = Zuletzt benutzt
never-used = Noch nie
try-again = Noch einmal versuchen
back-to-sign-in = Zurück zur Anmeldung
you-are-on = Sie sind auf { $host }

## Pages of the operator's own

# In the footer of every page.
footer-privacy = Datenschutz
footer-imprint = Impressum
# On set-up pages.
link-app-help = So richten Sie eine Authenticator-App ein
link-why = Warum ein zweiter Schritt?
