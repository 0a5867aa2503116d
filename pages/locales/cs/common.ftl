# Words that every page shares. { $brand } is the operator's name for the portal and is there in every message.

## Dates and spans

# { $month } is one of the names below, { $year } four digits.
date = { $day }. { $month } { $year }
date-time = { $date }, { $time }
month-1 = ledna
month-2 = února
month-3 = března
month-4 = dubna
month-5 = května
month-6 = června
month-7 = července
month-8 = srpna
month-9 = září
month-10 = října
month-11 = listopadu
month-12 = prosince

# Spans stand by themselves or behind "for", "wait": in the accusative, where a language has one.
span-seconds = { $seconds ->
    [one] { $seconds } sekundu
    [few] { $seconds } sekundy
   *[other] { $seconds } sekund
}
span-minutes = { $minutes ->
    [one] { $minutes } minutu
    [few] { $minutes } minuty
   *[other] { $minutes } minut
}
span-hours = { $hours ->
    [one] { $hours } hodinu
    [few] { $hours } hodiny
   *[other] { $hours } hodin
}
span-days = { $days ->
    [one] { $days } den
    [few] { $days } dny
   *[other] { $days } dní
}

## Around every page

skip = Přejít k obsahu
error-prefix = Chyba:
error-summary = Něco není v pořádku
nav-you = Účet a odhlášení
nav-account = Účet
sign-out = Odhlásit
to-portal = Přejít do služby { $brand }
help-title = Potřebujete pomoc?
help-page = Stránka s nápovědou
# Stands before page, mail address and telephone number.
help-ask = Tady vám pomohou:
# Above error pages' short reference, which people read out to support.
reference = Referenční číslo

## Used in several places

go-on = Pokračovat
save = Uložit
cancel = Zrušit
back = Zpět
copy = Kopírovat
copied = Zkopírováno
print = Vytisknout
download = Stáhnout
remove = Odebrat
replace = Nahradit
# For screen readers, on buttons that just say "Remove" or "Replace".
remove-named = Odebrat „{ $name }“
replace-named = Nahradit „{ $name }“
added = Přidáno
last-used = Naposledy použito
never-used = Zatím nepoužito
try-again = Zkusit znovu
back-to-sign-in = Zpět k přihlášení
# Under code fields; { $host } is bold.
you-are-on = Jste na stránce { $host }

## Pages of the operator's own

# In the footer of every page.
footer-privacy = Ochrana osobních údajů
footer-imprint = Právní informace
# On set-up pages.
link-app-help = Jak nainstalovat ověřovací aplikaci
link-why = Proč druhý krok?
