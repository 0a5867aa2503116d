# Mails. `$brand` is the operator's name for the portal and is always known.
# Text parts show one message per line; keep each to one or two sentences.
# No urgency, no blame. Digits, host names and links stand as they are.

## Building blocks

# Browser and system, in the middle of a sentence: "with Firefox on Windows".
email-device-both =
    { $browser } op { $system ->
        [iPhone] een iPhone
        [iPad] een iPad
        [Mac] een Mac
       *[other] { $system }
    }
email-device-browser = { $browser }
email-device-system =
    een browser op { $system ->
        [iPhone] een iPhone
        [iPad] een iPad
        [Mac] een Mac
       *[other] { $system }
    }
email-device-unknown = een onbekende browser
email-footer = { $brand }
email-footer-help = { $brand } – hulp: { $help }

## Code mails

email-code-sign-in-subject = Uw inlogcode voor { $brand } ({ $time })
# `$code` is spaced here: 482 915.
email-code-sign-in-subject-digits = { $code } is uw inlogcode voor { $brand }
email-code-sign-in-title = Uw code voor { $brand }
# First line and preview. Must hold the digits, the word "code" and the purpose.
email-code-sign-in-line = { $code } is uw code voor { $brand }.
email-code-sign-in-who = Iemand heeft om { $time } uur ({ $zone }) met { $device } uw wachtwoord ingevuld.
email-code-confirm-subject = Uw code voor een wijziging in uw account bij { $brand } ({ $time })
email-code-confirm-subject-digits = { $code } is uw code voor een wijziging in uw account bij { $brand }
email-code-confirm-title = Uw code om uw account bij { $brand } te wijzigen
email-code-confirm-line = { $code } is uw code om een wijziging in uw account bij { $brand } te bevestigen.
email-code-confirm-who = Iemand die in uw account is ingelogd, heeft om { $time } uur ({ $zone }) met { $device } om deze code gevraagd.
email-code-enter =
    Vul de code in op { $host }. De code werkt { $minutes ->
        [one] { $minutes } minuut
       *[other] { $minutes } minuten
    } en maar één keer.
email-code-you = Was u dit zelf? Dan is alles in orde.
# A link follows on a line of its own.
email-code-not-you = Was u dit niet? Geef deze code dan aan niemand (wij vragen er nooit om) en wijzig uw wachtwoord:

## Text messages

# At most 100 characters with digits and a brand of 14 letters, and only these letters:
# A-Z a-z Ä Ö Ü ä ö ü ß à è é ù ì ò Ç Ñ ñ. Others (ç ê ł ř …) double the price: write them without marks.
# The digits come first; a line with the site's host follows.
sms-code-sign-in = { $code } is uw code voor { $brand }. Deel deze code met niemand.
sms-code-confirm = { $code } is uw code voor een wijziging in uw account bij { $brand }. Deel deze code met niemand.
sms-code-phone = { $code } is uw code om dit nummer te bevestigen bij { $brand }. Deel deze code met niemand.

## Notices: the parts they share

email-when = Wanneer: { $when } ({ $zone })
email-with = Met: { $device }
email-by-support = Door: de helpdesk
email-device-name = Apparaat: ‘{ $name }’
email-app-name = App: ‘{ $name }’
email-app-before = Vorige app: ‘{ $before }’
# { $number } looks like •••42.
email-phone-number = Telefoon: { $number }
email-phone-before = Vorige telefoon: { $before }
email-was-you = Was u dit zelf? Dan hoeft u niets te doen.
email-not-you = Was u dit niet?
# A link follows.
email-not-you-password = Wijzig uw wachtwoord:
email-not-you-help = Laat het ons weten: { $help }
email-not-you-tell = Was u dit niet? Laat het ons meteen weten: { $help }
email-not-you-tell-support = Was u dit niet? Laat het meteen aan de helpdesk weten.
email-not-asked-help = Had u dit niet verwacht? Laat het ons weten: { $help }
email-not-asked = Had u dit niet verwacht? Laat het aan de helpdesk weten.

## Notices: what happened (subject, first line, what it means)

email-device-remembered-subject = { $brand }: we onthouden een apparaat
email-device-remembered-line = We onthouden een apparaat voor uw account bij { $brand }.
email-device-remembered-means = Tot { $until } hebt u daar alleen uw wachtwoord nodig om in te loggen.

email-device-elsewhere-subject = { $brand }: een vertrouwd apparaat is op een nieuwe plek gebruikt
email-device-elsewhere-line = Met een vertrouwd apparaat is vanuit een nieuw netwerk en met een nieuwe browserversie ingelogd in uw account bij { $brand }.
email-device-elsewhere-means = Dat is normaal na een verhuizing of een update. Is geen van beide het geval? Dan heeft iemand het misschien gekopieerd.

email-new-sign-in-subject = { $brand }: ingelogd met een nieuw apparaat
email-new-sign-in-line = Iemand heeft met een nieuw apparaat of een nieuwe browser ingelogd in uw account bij { $brand }.
email-new-sign-in-means = Dat is normaal met een nieuw apparaat, in een privévenster of nadat cookies zijn gewist. Was u dit niet? Dan kent iemand uw wachtwoord.

email-devices-removed-subject = { $brand }: alle vertrouwde apparaten zijn verwijderd
email-devices-removed-line = Alle vertrouwde apparaten zijn verwijderd uit uw account bij { $brand }.
email-devices-removed-means = Bij de volgende keer inloggen vraagt elk apparaat weer om een code.

email-password-changed-subject = { $brand }: uw wachtwoord is gewijzigd
email-password-changed-line = Het wachtwoord van uw account bij { $brand } is gewijzigd.
email-password-changed-means = Alle andere browsers zijn uitgelogd en we onthouden geen enkel apparaat meer.

email-password-set-subject = { $brand }: de helpdesk heeft een nieuw wachtwoord ingesteld
email-password-set-line = De helpdesk heeft een nieuw wachtwoord ingesteld voor uw account bij { $brand }.
email-password-set-means = Alle browsers zijn uitgelogd en we onthouden geen enkel apparaat meer.

email-app-added-subject = { $brand }: een authenticator-app is toegevoegd
email-app-added-line = Een authenticator-app is toegevoegd aan uw account bij { $brand }.
email-app-added-means = Vanaf nu hebt u bij het inloggen een code uit de app nodig.

email-app-replaced-subject = { $brand }: uw authenticator-app is vervangen
email-app-replaced-line = In uw account bij { $brand } heeft een authenticator-app een andere vervangen.
email-app-replaced-means = Vanaf nu hebt u bij het inloggen een code uit de nieuwe app nodig. Codes uit de vorige werken niet meer.

email-app-removed-subject = { $brand }: uw authenticator-app is verwijderd
email-app-removed-line = Een authenticator-app is verwijderd uit uw account bij { $brand }.

email-phone-added-subject = { $brand }: een telefoonnummer is toegevoegd
email-phone-added-line = Een telefoonnummer is toegevoegd aan uw account bij { $brand }.
email-phone-added-means = Vanaf nu kunnen we codes voor uw account per sms naar dit nummer sturen.

email-phone-replaced-subject = { $brand }: uw telefoonnummer is vervangen
email-phone-replaced-line = In uw account bij { $brand } heeft een telefoonnummer het vorige vervangen.
email-phone-replaced-means = Vanaf nu kunnen we codes voor uw account per sms naar het nieuwe nummer sturen, en niet meer naar het vorige.

email-phone-removed-subject = { $brand }: uw telefoonnummer is verwijderd
email-phone-removed-line = Het telefoonnummer is verwijderd uit uw account bij { $brand }.
email-phone-removed-means = Naar dat nummer sturen we geen codes meer.

email-recovery-created-subject = { $brand }: nieuwe herstelcodes
email-recovery-created-line =
    { $count ->
        [one] Voor uw account bij { $brand } is een nieuwe herstelcode gemaakt.
       *[other] Voor uw account bij { $brand } zijn { $count } nieuwe herstelcodes gemaakt.
    }
email-recovery-created-means = Oudere herstelcodes werken niet meer.

email-recovery-used-subject = { $brand }: een herstelcode is gebruikt
email-recovery-used-line = Voor uw account bij { $brand } is een herstelcode gebruikt als bevestiging dat u het bent.
email-recovery-used-means =
    { $left ->
        [0] Het was de laatste. Maak nieuwe in uw account.
        [one] Er is nog één herstelcode over. Maak nieuwe in uw account.
       *[other] Er zijn nog { $left } herstelcodes over.
    }

email-recovery-used-replaced = In plaats daarvan is meteen een nieuwe code getoond. De gebruikte code werkt niet meer.

email-factor-failed-subject = { $brand }: verkeerde codes na uw wachtwoord
email-factor-failed-line =
    { $count ->
        [one] Iemand heeft voor uw account bij { $brand } uw juiste wachtwoord ingevuld en daarna een verkeerde code.
       *[other] Iemand heeft voor uw account bij { $brand } uw juiste wachtwoord ingevuld en daarna { $count } verkeerde codes.
    }
email-factor-failed-means = Er is niemand binnengekomen. Was u dit niet? Dan kent iemand uw wachtwoord.

email-locked-subject = { $brand }: veel verkeerde wachtwoorden
email-locked-line = Voor uw account bij { $brand } zijn veel verkeerde wachtwoorden ingevuld.
email-locked-means = Inloggen kan pas weer om { $until } uur ({ $zone }). In uw account is niets veranderd.
email-locked-you = Was u dit zelf? Wacht tot die tijd en probeer het opnieuw.
email-locked-not-you = Was u dit niet? U hoeft niets te doen.

email-signed-out-subject = { $brand }: overal uitgelogd
email-signed-out-line = Alle browsers zijn uitgelogd uit uw account bij { $brand }.
email-signed-out-means = Log weer in waar u dat nodig hebt.

email-factors-reset-subject = { $brand }: de helpdesk heeft uw extra bevestiging bij het inloggen gewist
email-factors-reset-line = De helpdesk heeft de authenticator-app, het telefoonnummer, de herstelcodes en de vertrouwde apparaten verwijderd uit uw account bij { $brand }.

email-factors-suspended-subject = { $brand }: voorlopig is alleen het wachtwoord genoeg
email-factors-suspended-line = De helpdesk heeft uw account bij { $brand } zo ingesteld dat alleen het wachtwoord genoeg is om in te loggen.
email-factors-suspended-means = Dat stopt vanzelf: { $until } ({ $zone }).

email-support-locked-subject = { $brand }: uw account is geblokkeerd
email-support-locked-line = De helpdesk heeft uw account bij { $brand } geblokkeerd.
email-support-locked-means = Alle browsers zijn uitgelogd. U kunt pas weer inloggen als de helpdesk de blokkering opheft.

email-support-unlocked-subject = { $brand }: uw account is niet meer geblokkeerd
email-support-unlocked-line = De helpdesk heeft de blokkering van uw account bij { $brand } opgeheven.
email-support-unlocked-means = U kunt weer inloggen.

## The test mail

email-test-subject = { $brand }: testmail ({ $time })
email-test-line = Dit is een testmail van { $brand }.
email-test-means = Als u deze mail kunt lezen, werkt het versturen van e-mail. Codes en meldingen zien er net zo uit.

## Registration

email-register-subject = Uw registratiecode voor { $brand } ({ $time })
# `$code` is spaced here: 482 915.
email-register-subject-digits = { $code } is uw registratiecode voor { $brand }
email-register-title = Uw code om u te registreren bij { $brand }
# First line and preview. Must hold the digits, the word "code" and the purpose.
email-register-line = { $code } is uw code om uw e-mailadres voor { $brand } te bevestigen.
# A link follows on a line of its own.
email-register-link =
    Of open deze link, op elk apparaat dat u wilt. De link werkt { $hours ->
        [one] { $hours } uur
       *[other] { $hours } uur
    }.
email-register-who = Iemand heeft om { $time } uur ({ $zone }) met { $device } dit adres ingevuld om zich te registreren.
email-register-not-you = Was u dit niet? Dan hoeft u niets te doen. Geef deze code aan niemand, wij vragen er nooit om.
email-exists-subject = { $brand }: u hebt al een account
email-exists-line = U hebt al een account bij { $brand }.
email-exists-means = Iemand heeft uw adres ingevuld om zich te registreren. In uw account is niets veranderd.
email-exists-not-you = Was u dit niet? Dan hoeft u niets te doen.
email-exists-you = Was u dit zelf?
# A link follows.
email-exists-sign-in = Log dan in:
# A link follows.
email-exists-reset = Wachtwoord vergeten? Kies hier een nieuw wachtwoord:
email-exists-invited = Uw account heeft nog geen wachtwoord. Open de link in uw uitnodiging om er een te kiezen. Hebt u geen link die werkt? Vraag dan om een nieuwe uitnodiging.
email-exists-waiting = Uw registratie wacht nog op goedkeuring. Zodra dat is gebeurd, krijgt u een e‑mail.

## Links

# { $length } looks like "30 minutes".
email-link-valid = De link werkt { $length }, en maar één keer.

## Forgotten password

email-reset-subject = { $brand }: een nieuw wachtwoord instellen
email-reset-line = Iemand heeft gevraagd om een nieuw wachtwoord in te stellen voor uw account bij { $brand }.
# A link follows on a line of its own.
email-reset-lead = Open deze pagina om een nieuw wachtwoord te kiezen:
email-reset-who = Dat is gevraagd om { $time } uur ({ $zone }) met { $device }.
email-reset-not-you = Was u dit niet? Dan hoeft u niets te doen: uw wachtwoord blijft zoals het is.

email-password-reset-subject = { $brand }: uw wachtwoord is opnieuw ingesteld
email-password-reset-line = Het wachtwoord van uw account bij { $brand } is opnieuw ingesteld met een link uit een e-mail.
email-password-reset-means = Alle browsers zijn uitgelogd en we onthouden geen enkel apparaat meer. De tweede stap van het inloggen is niet veranderd.
# A link follows.
email-not-you-reset = Stel een nieuw wachtwoord in:

## Notices: what support did

email-support-edited-subject = { $brand }: de helpdesk heeft uw gegevens gewijzigd
email-support-edited-line = De helpdesk heeft gegevens van uw account bij { $brand } gewijzigd: uw naam, adres, taal of groepen.
email-support-edited-means = U vindt ze in uw account bij ‘Persoonlijke gegevens’.
email-support-session-subject = { $brand }: de helpdesk heeft een browser uitgelogd
email-support-session-line = De helpdesk heeft één browser uitgelogd uit uw account bij { $brand }.
email-support-signed-out-subject = { $brand }: de helpdesk heeft u overal uitgelogd
email-support-signed-out-line = De helpdesk heeft alle browsers uitgelogd uit uw account bij { $brand }.
email-support-device-subject = { $brand }: de helpdesk heeft een vertrouwd apparaat verwijderd
email-support-device-line = De helpdesk heeft een vertrouwd apparaat verwijderd uit uw account bij { $brand }.
email-support-device-means = Bij de volgende keer inloggen vraagt het weer om een code.

## Another email address

email-confirm-email-subject = { $brand }: bevestig uw e-mailadres
email-confirm-email-line = Dit adres wordt het adres van een account bij { $brand }.
# A link follows on a line of its own.
email-confirm-email-lead = Is het van u? Open dan deze pagina en druk op de knop:
email-confirm-email-who = Iemand die in het account is ingelogd, heeft er om { $time } uur ({ $zone }) met { $device } om gevraagd.
email-confirm-email-not-you = Was u dit niet? Dan hoeft u niets te doen.
email-new-address = Nieuw adres: { $address }
email-address-asked-subject = { $brand }: er is om een ander e-mailadres gevraagd
email-address-asked-line = Iemand die in uw account bij { $brand } is ingelogd, heeft om een ander e-mailadres gevraagd.
email-address-asked-means = Er is nog niets veranderd: het nieuwe adres moet eerst worden bevestigd.
email-address-changed-subject = { $brand }: uw e-mailadres is gewijzigd
email-address-changed-line = Het e-mailadres van uw account bij { $brand } is gewijzigd.
email-address-away-means = Vanaf nu geldt voor inloggen en voor alle e-mails het nieuwe adres. Alle andere browsers zijn uitgelogd.
email-address-here-means = Vanaf nu logt u in met dit adres en komen alle e-mails hier aan. Alle andere browsers zijn uitgelogd.
# A link follows.
email-not-you-revoke = Maak de wijziging ongedaan, dat kan tot { $until } ({ $zone }):
email-address-revoked-subject = { $brand }: de wijziging van uw e-mailadres is ongedaan gemaakt
email-address-revoked-line = De wijziging van het e-mailadres van uw account bij { $brand } is vanaf het oude adres ongedaan gemaakt.
email-address-revoked-means = U logt weer in met dit adres. Alle browsers zijn uitgelogd, we onthouden geen enkel apparaat meer en alles wat sinds de wijziging voor het inloggen is ingesteld, is verwijderd.
email-address-lost-means = Met dit adres kunt u niet meer inloggen. Alle browsers zijn uitgelogd.
email-address-wanted-subject = { $brand }: u hebt al een account
email-address-wanted-line = Iemand wilde dit adres gebruiken voor een ander account bij { $brand }.
email-address-wanted-means = Het hoort al bij uw account, dus er is niets veranderd.

## Inside a session

email-misses-subject = { $brand }: verkeerde antwoorden in uw account
email-misses-line =
    { $count ->
        [one] In een browser die was ingelogd in uw account bij { $brand }, heeft iemand een verkeerd wachtwoord of een verkeerde code ingevuld.
       *[other] In een browser die was ingelogd in uw account bij { $brand }, heeft iemand { $count } keer een verkeerd wachtwoord of een verkeerde code ingevuld.
    }
email-misses-means = Die browser is uitgelogd en in uw account is niets veranderd. Was u dit niet? Dan heeft iemand een browser gebruikt waarin u was ingelogd.

## Support

email-support-deleted-subject = { $brand }: uw account is verwijderd
email-support-deleted-line = De helpdesk heeft uw account bij { $brand } verwijderd.
email-support-deleted-means = Alle browsers zijn uitgelogd. Inloggen is niet meer mogelijk.

## Uitnodiging

email-invite-subject = { $brand }: u bent uitgenodigd
email-invite-line = Er is voor u een account bij { $brand } gemaakt.
email-invite-lead = Open deze pagina om uw wachtwoord te kiezen en in te loggen:
email-invite-who = De uitnodiging is om { $time } uur ({ $zone }) verstuurd.
email-invite-not-you = Weet u niet waar dit over gaat? Dan hoeft u niets te doen: zonder de link kan niemand het account gebruiken.

## Wachten op goedkeuring

email-waits-subject = { $brand }: uw registratie wacht op goedkeuring
email-waits-line = U hebt een account bij { $brand } gemaakt.
email-waits-means = Voordat u kunt inloggen, kijkt iemand naar uw registratie. Zodra dat is gebeurd, krijgt u een e-mail.

email-approve-subject = { $brand }: een registratie wacht op goedkeuring
email-approve-line = Iemand heeft een account bij { $brand } gemaakt en wacht op uw goedkeuring.
email-approve-address = E-mailadres: { $address }
email-approve-means = Tot die tijd kan niemand met het account inloggen.
email-approve-do = Goedkeuren: { $command }
email-approve-refuse = Weigeren: { $command }

email-approved-subject = { $brand }: uw account is goedgekeurd
email-approved-line = Uw registratie bij { $brand } is goedgekeurd.
email-approved-means = U kunt nu inloggen.
email-approved-sign-in = Log hier in:

## Notices: what signing in asks for after a factor was removed

email-next-app = Bij het inloggen vragen we nog steeds om een code uit een app.
email-next-text-message = Bij het inloggen vragen we vanaf nu om een code per sms.
email-next-email = Bij het inloggen vragen we vanaf nu om een code per e-mail.
email-next-set-up = De volgende keer dat u inlogt, moet u weer een app instellen.
email-next-nothing = Vanaf nu is alleen uw wachtwoord genoeg om in te loggen.
