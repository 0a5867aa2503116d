# Words that every page shares. { $brand } is the operator's name for the portal and is there in every message.

## Dates and spans

# { $month } is one of the names below, { $year } four digits.
# Never behind a bare article, which would depend on the day: "il 7 marzo", but "l'8 marzo".
date = { $day ->
    [1] 1º { $month } { $year }
   *[other] { $day } { $month } { $year }
}
date-time = { $date }, ore { $time }
month-1 = gennaio
month-2 = febbraio
month-3 = marzo
month-4 = aprile
month-5 = maggio
month-6 = giugno
month-7 = luglio
month-8 = agosto
month-9 = settembre
month-10 = ottobre
month-11 = novembre
month-12 = dicembre

# Spans stand by themselves or behind "for", "wait": in the accusative, where a language has one.
span-seconds = { $seconds ->
    [one] { $seconds } secondo
   *[other] { $seconds } secondi
}
span-minutes = { $minutes ->
    [one] { $minutes } minuto
   *[other] { $minutes } minuti
}
span-hours = { $hours ->
    [one] { $hours } ora
   *[other] { $hours } ore
}
span-days = { $days ->
    [one] { $days } giorno
   *[other] { $days } giorni
}

## Around every page

skip = Vai al contenuto
error-prefix = Errore:
error-summary = C’è un problema
nav-you = Il Suo accesso
nav-account = Account
sign-out = Esci
to-portal = Vai a { $brand }
help-title = Serve aiuto?
help-page = Pagina di aiuto
# Stands before page, mail address and telephone number.
help-ask = Queste persone possono aiutarla:
# Above error pages' short reference, which people read out to support.
reference = Riferimento

## Used in several places

go-on = Continua
save = Salva
cancel = Annulla
back = Indietro
copy = Copia
copied = Copiato
print = Stampa
download = Scarica
remove = Rimuovi
replace = Sostituisci
# For screen readers, on buttons that just say "Remove" or "Replace".
remove-named = Rimuovi { $name }
replace-named = Sostituisci { $name }
added = Aggiunta
last-used = Ultimo utilizzo
never-used = Ancora nessuno
try-again = Riprova
back-to-sign-in = Torna all’accesso
# Under code fields; { $host } is bold.
you-are-on = Lei si trova su { $host }

## Pages of the operator's own

# In the footer of every page.
footer-privacy = Protezione dei dati
footer-imprint = Note legali
# On set-up pages.
link-app-help = Come installare un’app di autenticazione
link-why = Perché un secondo passo?
