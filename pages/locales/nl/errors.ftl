# What is wrong with a field, and pages for when something is in the way. Nobody is to blame.

## Forms

error-stale-form = Deze pagina stond te lang open. Uw invoer is niet verstuurd. Probeer het alstublieft opnieuw.
error-email-missing = Vul uw e‑mailadres in
error-password-missing = Vul uw wachtwoord in
# Never says which of the two is wrong.
error-sign-in-wrong = Het e‑mailadres of wachtwoord klopt niet. Controleer beide en probeer het opnieuw.
error-sign-in-wrong-warning = Het e‑mailadres of wachtwoord klopt niet. Controleer beide en probeer het opnieuw. Na { $limit ->
    [one] { $limit } verkeerd wachtwoord
   *[other] { $limit } verkeerde wachtwoorden
} moet u wachten.
error-password-wrong = Uw wachtwoord klopt niet.
error-password-too-long = Dit wachtwoord is te lang. Het mag hoogstens ongeveer 1.000 tekens hebben.
error-code-missing = Vul de 6‑cijferige code in
error-code-length = De code heeft 6 cijfers – u hebt er { $typed } ingevuld.
error-code-not-digits = De code bestaat alleen uit cijfers.
error-email-code-wrong = Deze code klopt niet. Kijk in de nieuwste e‑mail en probeer het opnieuw.
error-email-code-expired = Deze code werkt niet meer. Vraag alstublieft een nieuwe aan.
error-email-code-expired-resent = Deze code werkt niet meer. We hebben u een nieuwe gestuurd.
error-sms-code-wrong = Deze code klopt niet. Kijk in de nieuwste sms en probeer het opnieuw.
error-phone-missing = Vul uw mobiele nummer in
error-phone-unreadable = Dit nummer kunnen we niet lezen. Schrijf het met de landcode, bijvoorbeeld +41 79 123 45 67.
error-phone-no-country-code = Begin het nummer met de landcode, bijvoorbeeld +41 79 123 45 67.
error-phone-other-country = Naar dat land kunnen we geen sms sturen. Gebruik een ander nummer.
error-phone-not-mobile = Naar dat nummer kunnen we geen sms sturen. Gebruik een mobiel nummer.
error-app-code-wrong = Deze code klopt niet. Gebruik de nieuwste code uit de app en zet de klok van uw telefoon op automatisch.
error-app-code-late = Deze code is te oud: de klok van uw telefoon loopt achter. Zet hem op automatisch.
error-app-code-used = Deze code is al gebruikt. Wacht op de volgende.
error-setup-code-wrong = Deze code klopt niet. Controleer of u deze QR-code hebt gescand – en niet een oudere – en gebruik de nieuwste code.
error-recovery-code-missing = Vul een herstelcode in
error-recovery-code-wrong = Deze herstelcode klopt niet of is al gebruikt.
error-codes-not-saved = { $count ->
    [one] Zet een vinkje als u uw code hebt opgeslagen
   *[other] Zet een vinkje als u uw codes hebt opgeslagen
}
error-name-too-long = Deze naam is te lang. Gebruik hoogstens 60 tekens.
error-current-password-missing = Vul uw huidige wachtwoord in
error-current-password-wrong = Uw huidige wachtwoord klopt niet.
error-new-password-missing = Vul een nieuw wachtwoord in
error-new-password-short = Dat is te kort. Gebruik minstens { $least ->
    [one] { $least } teken
   *[other] { $least } tekens
}; vier willekeurige woorden werken goed.
error-new-password-guessable = Dit wachtwoord is makkelijk te raden. Kies er een dat alleen u kunt bedenken.
error-new-password-same = Dit is uw huidige wachtwoord. Kies een ander wachtwoord.
error-language-missing = Kies een taal
error-first-name-too-long = Deze voornaam is te lang. Gebruik hoogstens 100 tekens.
error-last-name-too-long = Deze achternaam is te lang. Gebruik hoogstens 100 tekens.

## In the way

no-cookies-title = Uw browser blokkeert cookies
no-cookies-text = Uw browser blokkeert cookies voor deze site. Zonder cookies kunnen we u niet laten inloggen. Sta cookies voor deze site toe in de instellingen van de browser en probeer het opnieuw.
forbidden-title = Dit kwam niet van ons
forbidden-text = Dit verzoek kwam van een andere website. Daarom hebben we niets gedaan. In uw account is niets veranderd. Wilde u dit zelf doen? Open dan zelf { $brand }.
refused-title = Deze pagina is niet voor u beschikbaar
refused-text = Dit deel van { $brand } kunt u van hieruit niet openen. Hebt u het nodig? Vraag dan om hulp.
throttled-title = Te veel pogingen
# { $wait } is bold, like "4 minutes"; { $time } is like "14:05".
throttled-text = Wacht alstublieft { $wait } (tot { $time } uur).
throttled-calm = U hoeft niets te doen. Was u dit niet? Dan is er niets met uw account gebeurd.
throttled-over = De wachttijd is voorbij. U kunt het nu weer proberen.
busy-title = Er loggen nu veel mensen tegelijk in
busy-text = Wacht een paar seconden en probeer het opnieuw.
closed-title = Voor uw account nemen we geen codes meer aan
closed-text = Er waren te veel verkeerde codes. Om uw account te beschermen nemen we er geen meer aan totdat iemand u heeft geholpen.
no-access-title = U hebt geen toegang tot { $brand }
no-access-text = U bent ingelogd, maar uw account heeft hier geen toegang. Klopt dat volgens u niet? Vraag dan om hulp.
upstream-down-title = { $brand } reageert op dit moment niet
upstream-down-text-signed-in = U bent nog steeds ingelogd. Probeer het over een minuut opnieuw.
upstream-down-text = Probeer het over een minuut opnieuw.
# { $from } and { $to } are the ends of what is bold.
upstream-down-not-sent = Uw laatste handeling is { $from }niet{ $to } verstuurd.
upstream-down-unknown = We weten niet of uw laatste handeling is opgeslagen. Controleer dat voordat u het opnieuw doet.
store-down-title = Inloggen kan op dit moment niet
store-down-text = Dit ligt aan ons. Probeer het later alstublieft opnieuw.
not-found-title = Deze pagina bestaat niet
not-found-text = Misschien staat er een typefout in het adres, of is de pagina verplaatst.
bad-request-title = Dat hebben we niet begrepen
bad-request-text = Uw browser heeft iets gestuurd dat we niet kunnen lezen. Ga terug en probeer het opnieuw.
too-large-title = Dat was te veel
too-large-text = Uw browser heeft meer gestuurd dan dit formulier aankan. Ga terug en maak uw invoer korter.
method-not-allowed-title = Dat kan hier niet
method-not-allowed-text = Dit adres kan niet op die manier worden gebruikt. Ga terug en probeer het opnieuw.

## Registration

error-registration-code-missing = Vul uw registratiecode in
error-registration-code-wrong = Deze registratiecode klopt niet. Controleer de code en probeer het opnieuw.
error-registration-domain = Met dit soort adres kunt u zich niet registreren. Gebruik een ander adres of vraag om hulp.
error-given-name-missing = Vul uw voornaam in
error-method-missing = Kies hoe u wilt bevestigen dat u het bent

## Links from letters

error-email-malformed = Dat is geen e‑mailadres. Het ziet eruit als naam@example.com.
link-expired-title = Deze link is verlopen
# { $length } looks like "30 minutes".
link-expired-text = Een link werkt { $length }, en alleen de nieuwste telt.
link-used-title = Deze link is al gebruikt
link-used-text = Elke link werkt één keer.
link-over-title = Deze link werkt niet meer
link-over-text = Er waren te veel verkeerde codes. Om uw account te beschermen werkt de link niet meer.
link-again = Nieuwe link aanvragen

## A form that came after the session had ended, and cannot be kept

not-kept-title = U bent niet meer ingelogd
not-kept-text = We konden uw invoer niet bewaren. Log in op een nieuw tabblad, kom daarna hier terug en gebruik Vorige in uw browser.
# A button; it opens a new tab.
not-kept-sign-in = Inloggen op een nieuw tabblad
link-revoke-expired-text = Zo’n link werkt { $length }, en maar één keer.
error-new-email-missing = Vul het nieuwe e‑mailadres in
error-new-email-same = Dit is uw huidige e‑mailadres. Vul een ander adres in.
error-new-email-too-many = Uw e‑mailadres is de afgelopen dagen meerdere keren gewijzigd. Wacht alstublieft voordat u het weer wijzigt.

## Gebruiksvoorwaarden

error-terms-not-accepted = Zet een vinkje als u akkoord gaat met de gebruiksvoorwaarden
error-terms-changed = Er is een nieuwe versie van de gebruiksvoorwaarden. Lees die, en zet een vinkje als u akkoord gaat.

## Een link in een uitnodiging

link-invite-over = Vraag een nieuwe aan wie u heeft uitgenodigd.
link-invite-used = U hebt er uw wachtwoord mee gekozen. Log daarmee in.
