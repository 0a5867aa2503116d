# Words that every page shares. { $brand } is the operator's name for the portal and is there in every message.

## Dates and spans

# { $month } is one of the names below, { $year } four digits.
date = { $day } { $month } { $year }
date-time = { $date }, { $time }
month-1 = January
month-2 = February
month-3 = March
month-4 = April
month-5 = May
month-6 = June
month-7 = July
month-8 = August
month-9 = September
month-10 = October
month-11 = November
month-12 = December

# Spans stand by themselves or behind "for", "wait": in the accusative, where a language has one.
span-seconds = { $seconds ->
    [one] { $seconds } second
   *[other] { $seconds } seconds
}
span-minutes = { $minutes ->
    [one] { $minutes } minute
   *[other] { $minutes } minutes
}
span-hours = { $hours ->
    [one] { $hours } hour
   *[other] { $hours } hours
}
span-days = { $days ->
    [one] { $days } day
   *[other] { $days } days
}

## Around every page

skip = Skip to the content
error-prefix = Error:
error-summary = There is a problem
nav-you = Your sign-in
nav-account = Account
sign-out = Sign out
to-portal = Go to { $brand }
help-title = Need help?
help-page = Help page
# Stands before page, mail address and telephone number.
help-ask = These people can help you:
# Above error pages' short reference, which people read out to support.
reference = Reference

## Used in several places

go-on = Continue
save = Save
cancel = Cancel
back = Back
copy = Copy
copied = Copied
print = Print
download = Download
remove = Remove
replace = Replace
# For screen readers, on buttons that just say "Remove" or "Replace".
remove-named = Remove { $name }
replace-named = Replace { $name }
added = Added
last-used = Last used
never-used = Not used yet
try-again = Try again
back-to-sign-in = Back to sign-in
# Under code fields; { $host } is bold.
you-are-on = You are on { $host }

## Pages of the operator's own

# In the footer of every page.
footer-privacy = Privacy
footer-imprint = Legal notice
# On set-up pages.
link-app-help = How to install an authenticator app
link-why = Why a second step?
