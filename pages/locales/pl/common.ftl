# Words that every page shares. { $brand } is the operator's name for the portal and is there in every message.

## Dates and spans

# { $month } is one of the names below, { $year } four digits.
date = { $day } { $month } { $year }
date-time = { $date }, { $time }
month-1 = stycznia
month-2 = lutego
month-3 = marca
month-4 = kwietnia
month-5 = maja
month-6 = czerwca
month-7 = lipca
month-8 = sierpnia
month-9 = września
month-10 = października
month-11 = listopada
month-12 = grudnia

# Spans stand by themselves or behind "for", "wait": in the accusative, where a language has one.
span-seconds = { $seconds ->
    [one] { $seconds } sekundę
    [few] { $seconds } sekundy
    [many] { $seconds } sekund
   *[other] { $seconds } sekundy
}
span-minutes = { $minutes ->
    [one] { $minutes } minutę
    [few] { $minutes } minuty
    [many] { $minutes } minut
   *[other] { $minutes } minuty
}
span-hours = { $hours ->
    [one] { $hours } godzinę
    [few] { $hours } godziny
    [many] { $hours } godzin
   *[other] { $hours } godziny
}
span-days = { $days ->
    [one] { $days } dzień
    [few] { $days } dni
    [many] { $days } dni
   *[other] { $days } dnia
}

## Around every page

skip = Przejdź do treści
error-prefix = Błąd:
error-summary = Wystąpił problem
nav-you = Konto i wylogowanie
nav-account = Konto
sign-out = Wyloguj
to-portal = Przejdź do serwisu { $brand }
help-title = Potrzebna pomoc?
help-page = Strona pomocy
# Stands before page, mail address and telephone number.
help-ask = Tu można uzyskać pomoc:
# Above error pages' short reference, which people read out to support.
reference = Numer referencyjny

## Used in several places

go-on = Dalej
save = Zapisz
cancel = Anuluj
back = Wstecz
copy = Kopiuj
copied = Skopiowano
print = Drukuj
download = Pobierz
remove = Usuń
replace = Zastąp
# For screen readers, on buttons that just say "Remove" or "Replace".
remove-named = Usuń „{ $name }”
replace-named = Zastąp „{ $name }”
added = Dodano
last-used = Ostatnio użyto
never-used = Jeszcze nie użyto
try-again = Spróbuj ponownie
back-to-sign-in = Wróć do logowania
# Under code fields; { $host } is bold.
you-are-on = To jest strona { $host }

## Pages of the operator's own

# In the footer of every page.
footer-privacy = Prywatność
footer-imprint = Informacje prawne
# On set-up pages.
link-app-help = Jak zainstalować aplikację uwierzytelniającą
link-why = Po co drugi krok?
