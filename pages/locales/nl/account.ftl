# The account's pages, and the question who is asking.

## Overview

account-title = Uw account
account-password = Wachtwoord
account-password-changed = Gewijzigd op { $date }
account-password-set = Ingesteld
# { $date } is a day.
account-app-on = { $count ->
    [one] Aan sinds { $date }
   *[other] Aan sinds { $date }, { $count } apps
}
account-app-off-email = Uit. U krijgt codes per e‑mail.
account-app-off = Uit
account-devices-count = { $count ->
    [0] Geen vertrouwde apparaten
    [one] { $count } vertrouwd apparaat
   *[other] { $count } vertrouwde apparaten
}
recovery-count = Nog { $left } van de { $total } over
recovery-none = Nog geen

## Personal information

details-title = Persoonlijke gegevens
details-first-name = Voornaam
details-last-name = Achternaam

## Language

language-title = Taal
language-lead = Pagina’s en e‑mails krijgt u in deze taal
notice-language-changed = Uw taal is gewijzigd.

## Password

password-title = Wachtwoord wijzigen
password-current = Huidig wachtwoord
password-new = Nieuw wachtwoord
password-hint = Minstens { $least ->
    [one] { $least } teken
   *[other] { $least } tekens
}. Vier willekeurige woorden werken goed. Spaties mogen.
password-consequence = Hier blijft u ingelogd. Alle andere apparaten worden uitgelogd, en bij de volgende keer inloggen vragen we op elk apparaat weer om een code.
password-save = Wachtwoord wijzigen
notice-password-changed = Uw wachtwoord is gewijzigd. Alle andere apparaten zijn uitgelogd.

## Authenticator app

app-title = Authenticator-app
app-why = Met een app op uw telefoon hebt u altijd een code, ook zonder bereik. De app beschermt uw account beter dan een code per e‑mail.
app-why-alone = Met een app op uw telefoon hebt u altijd een code, ook zonder bereik. De app beschermt uw account beter dan een wachtwoord alleen.
app-begin = App instellen
app-another = Nog een app toevoegen
app-replace-hint = Hebt u een nieuwe telefoon? Kies ‘Vervangen’: de oude app werkt totdat de nieuwe werkt.
app-setup-title = Authenticator-app instellen
app-setup-replacing = { $name } werkt totdat de nieuwe app is ingesteld.
app-setup-open = Open uw authenticator-app
app-setup-none = Ik heb er nog geen
app-setup-install = Zoek in de appstore van uw telefoon naar ‘authenticator’. Elke app voor codes op basis van tijd werkt. Zulke apps kosten niets.
# { $apps } is a list of names.
app-setup-suggested = Deze apps werken goed: { $apps }.
app-setup-scan = Voeg uw account toe
app-setup-scan-hint = Kies in de app ‘Toevoegen’ of ‘+’ en scan deze afbeelding.
app-setup-link = Openen in mijn authenticator-app
app-setup-key = Lukt scannen niet? Typ dan deze sleutel in de app:
app-setup-settings = Instellingen, als uw app erom vraagt
app-setup-account = Account
app-setup-issuer = Uitgever
app-setup-kind = Soort
app-setup-kind-value = Op basis van tijd, SHA-1, 6 cijfers, 30 seconden
app-setup-type = Vul de code in die de app toont
app-setup-code = 6‑cijferige code uit de app
app-setup-name = Naam voor deze app
qr-title = QR-code voor uw authenticator-app
qr-description = Dezelfde sleutel staat hieronder als tekst.
# { $from } and { $to } are the ends of what is bold.
notice-app-setup-expired = Deze pagina stond te lang open. Hier is een nieuwe QR-code – { $from }verwijder de oude vermelding uit uw app{ $to }.
notice-app-added = Uw app is ingesteld. Vanaf nu toont de app de codes om in te loggen.
notice-app-replaced = De nieuwe app is ingesteld. De oude werkt niet meer.
notice-app-removed = De app is verwijderd.
app-remove-title = Uw authenticator-app verwijderen?
app-remove-lead = U staat op het punt { $name } te verwijderen.
app-remove-email-codes = Daarna sturen we u codes per e‑mail. Dat is minder veilig dan de app.
app-remove-another-app = Uw andere app blijft werken.
app-remove-password-only = Daarna is alleen uw wachtwoord genoeg. Dat is veel minder veilig.
app-remove-set-up-anew = De volgende keer dat u inlogt, moet u weer een app instellen.
app-remove-blocked = { $brand } vraagt voor elk account een authenticator-app. U kunt de app vervangen door een nieuwe, maar niet verwijderen.
app-remove-also = Alle andere apparaten worden uitgelogd en we onthouden geen enkel apparaat meer.
app-remove = App verwijderen

## Trusted devices

devices-title = Vertrouwde apparaten
# { $length } looks like "90 days".
devices-lead = Op deze apparaten logt u { $length } lang in zonder code. Verwijder de apparaten die u niet meer gebruikt.
devices-none = We onthouden geen enkel apparaat. U wordt elke keer om een code gevraagd.
devices-device = Apparaat
devices-this = Dit apparaat
devices-expires = Onthouden tot
devices-rename = Naam wijzigen
devices-rename-named = Naam wijzigen van { $name }
devices-new-name = Nieuwe naam
devices-remember = Dit apparaat onthouden
devices-remove-all = Alle apparaten verwijderen
notice-device-remembered = We onthouden dit apparaat.
notice-device-renamed = Het apparaat heet nu { $name }.
notice-device-removed = { $name } is verwijderd.
notice-all-devices-removed = Alle apparaten zijn verwijderd. Vanaf nu vragen we elke keer om een code.

## Recovery codes

recovery-title = { $count ->
    [one] Herstelcode
   *[other] Herstelcodes
}
recovery-lead = { $count ->
    [one] Als u uw telefoon kwijtraakt, kunt u met uw herstelcode inloggen. Bewaar de code op een veilige plek.
   *[other] Als u uw telefoon kwijtraakt, kunt u met een herstelcode inloggen. Bewaar de codes op een veilige plek.
}
recovery-created = Gemaakt
recovery-used-on = Gebruikt
recovery-create = { $count ->
    [one] Nieuwe code maken
   *[other] Nieuwe codes maken
}
recovery-create-hint = { $count ->
    [one] Uw oude code werkt totdat u de nieuwe hebt opgeslagen.
   *[other] Uw oude codes werken totdat u de nieuwe hebt opgeslagen.
}
recovery-new-title = { $count ->
    [one] Sla uw herstelcode op
   *[other] Sla uw herstelcodes op
}
recovery-new-lead = { $count ->
    [one] Als u uw telefoon kwijtraakt, kunt u met deze code inloggen. De code werkt één keer. We kunnen hem niet nog eens tonen.
   *[other] Als u uw telefoon kwijtraakt, kunt u met een van deze codes inloggen. Elke code werkt één keer. We kunnen ze niet nog eens tonen.
}
# On paper, above the codes.
recovery-new-printed = { $brand } ({ $host }), { $account }, { $date }
recovery-new-where = { $count ->
    [one] Een wachtwoordmanager is er een goede plek voor. Een afdruk in een la thuis ook.
   *[other] Een wachtwoordmanager is er een goede plek voor. Een afdruk in een la thuis ook.
}
recovery-new-replaces = { $count ->
    [one] Uw oude code werkt niet meer zodra u doorgaat.
   *[other] Uw oude codes werken niet meer zodra u doorgaat.
}
recovery-new-saved = { $count ->
    [one] Ik heb deze code opgeslagen
   *[other] Ik heb deze codes opgeslagen
}
notice-recovery-codes-saved = { $count ->
    [one] Uw nieuwe herstelcode werkt vanaf nu.
   *[other] Uw nieuwe herstelcodes werken vanaf nu.
}

## Phone number

phone-title = Telefoonnummer
phone-number-title = Bevestig uw mobiele nummer
phone-code-title = Vul de code uit de sms in
phone-lead-recovery = Als u uw app kwijt bent of niet bij u hebt, kunnen we u een code per sms sturen. We gebruiken het nummer nergens anders voor.
phone-lead-method = We kunnen u codes om in te loggen per sms sturen. We gebruiken het nummer nergens anders voor.
phone-weak = Een sms is minder veilig dan de app: anderen kunnen de sms onderweg lezen, en nummers kunnen worden overgenomen.
phone-not-in-use = Sms wordt hier niet meer gebruikt. U kunt het nummer verwijderen.
phone-number = Mobiel nummer
phone-number-hint = Met de landcode, bijvoorbeeld +41 79 123 45 67
phone-code = 6‑cijferige code uit de sms
phone-other = Een ander nummer gebruiken
phone-skip = Doorgaan zonder telefoonnummer
phone-add = Telefoonnummer toevoegen
# { $number } looks like •••42.
phone-replacing = { $number } werkt totdat het nieuwe nummer is bevestigd.
phone-remove-email-codes = Zonder nummer sturen we u codes per e‑mail.
phone-remove-app-only = Zonder nummer kan een sms u niet helpen als u uw app kwijt bent.
phone-remove-password-only = Zonder nummer is alleen uw wachtwoord genoeg. Dat is veel minder veilig.
phone-remove-blocked = { $brand } vraagt voor elk account een telefoonnummer. U kunt het vervangen, maar niet verwijderen.
account-phone-on = { $number }, sinds { $date }
account-phone-none = Nog geen nummer
notice-phone-added = Uw telefoonnummer is bevestigd.
notice-phone-replaced = Het nieuwe telefoonnummer is bevestigd. Het oude wordt niet meer gebruikt.
notice-phone-removed = Het telefoonnummer is verwijderd.
confirm-phone-setup = U staat op het punt { $from }uw telefoonnummer te wijzigen{ $to }.
confirm-phone-remove = U staat op het punt { $from }uw telefoonnummer te verwijderen{ $to }.
confirm-sms-first = We sturen eerst een 6‑cijferige code naar { $number }.
app-remove-text-messages = Daarna sturen we u codes per sms. Dat is minder veilig dan de app.
# Where there are no codes by text message.
app-setup-no-sms = { $brand } stuurt geen codes per sms: dat is niet veilig genoeg, en u hebt er bereik voor nodig.

## Confirm it's you

confirm-title = Bevestig dat u het bent
confirm = Bevestigen
# { $from } and { $to } are the ends of what is bold.
confirm-app-setup = U staat op het punt { $from }een authenticator-app in te stellen{ $to }.
confirm-app-replace = U staat op het punt { $from }uw authenticator-app te vervangen{ $to }.
confirm-app-remove = U staat op het punt { $from }uw authenticator-app te verwijderen{ $to }.
confirm-recovery-codes = { $count ->
    [one] U staat op het punt { $from }een nieuwe herstelcode te maken{ $to }.
   *[other] U staat op het punt { $from }nieuwe herstelcodes te maken{ $to }.
}
confirm-password = U staat op het punt { $from }uw wachtwoord te wijzigen{ $to }.
confirm-remove-devices = U staat op het punt { $from }alle vertrouwde apparaten te verwijderen{ $to }.
confirm-remember-device = U staat op het punt { $from }dit apparaat te laten onthouden{ $to }.
confirm-open-page = U staat op het punt { $from }een extra beschermde pagina te openen{ $to }.
confirm-app-code = 6‑cijferige code uit uw authenticator-app
confirm-app-lost = Ik ben mijn app kwijt
confirm-email-code = 6‑cijferige code uit uw e‑mail
confirm-email-first = We sturen eerst een 6‑cijferige code naar { $address }.

# The name that the set-up proposes for an app.
app-setup-name-default = Mijn telefoon

# The file with recovery codes, line by line.
recovery-file-title = { $count ->
    [one] Herstelcode voor { $host }
   *[other] Herstelcodes voor { $host }
}
recovery-file-account = Account: { $account }
recovery-file-date = Gemaakt op { $date }
recovery-file-use = { $count ->
    [one] Als u uw telefoon kwijtraakt, log dan in met uw wachtwoord en deze code. De code werkt één keer. Bewaar dit bestand waar alleen u het kunt lezen.
   *[other] Als u uw telefoon kwijtraakt, log dan in met uw wachtwoord en een van deze codes. Elke code werkt één keer. Bewaar dit bestand waar alleen u het kunt lezen.
}

# The name proposed for a device: "Firefox on Windows".
device-browser-on-system = { $browser } op { $system }
device-unknown = Dit apparaat

## Several apps, and their names

app-several = Bij het inloggen kunt u de code uit elk van deze apps gebruiken.
notice-app-renamed = De app heet nu { $name }.

## Names

notice-details-saved = Uw naam is opgeslagen.

## Trusted devices: the list is full

devices-limit = Meer apparaten kunnen we niet onthouden. Als we dit apparaat onthouden, vergeten we het oudste: { $name }.

## Where you are signed in

sessions-title = Waar u bent ingelogd
account-sessions-count = { $count ->
    [one] Alleen hier
   *[other] In { $count } browsers
}
sessions-lead = Deze browsers zijn ingelogd in uw account. Log de browsers uit die u niet kent of niet meer gebruikt.
sessions-this = Deze browser
sessions-site = Adres
sessions-started = Ingelogd
sessions-end-named = { $name } uitloggen
sessions-end-others = Alle andere uitloggen
sessions-everywhere = Overal uitloggen
sessions-everywhere-hint = Denkt u dat iemand anders uw account gebruikt? Log dan overal uit, ook hier, en wijzig uw wachtwoord.
sessions-everywhere-devices = Denkt u dat iemand anders uw account gebruikt? Log dan overal uit, ook hier, en wijzig uw wachtwoord. Daarna onthouden we geen enkel apparaat meer.
notice-session-signed-out = Die browser is uitgelogd.
notice-sessions-signed-out = Alle andere browsers zijn uitgelogd.

## Recent activity

activity-title = Recente activiteit
account-activity-hint = Inloggen en wijzigingen
activity-lead = Wat er het laatst met uw account is gebeurd.
activity-none = Nog niets
activity-you = Was u dit zelf?
activity-was-you = Dan hoeft u niets te doen.
# The four are the ends of two links.
activity-not-you = Was u iets hiervan niet zelf? { $password-from }Wijzig dan uw wachtwoord{ $password-to } en bekijk { $sessions-from }waar u bent ingelogd{ $sessions-to }.
activity-tell = Laat het ons ook weten: hieronder staat hoe u ons bereikt.
activity-signed-in = Ingelogd
activity-signed-in-password = Ingelogd met alleen het wachtwoord
activity-signed-in-app = Ingelogd met een code uit de app
activity-signed-in-email = Ingelogd met een code per e‑mail
activity-signed-in-sms = Ingelogd met een code per sms
activity-signed-in-recovery = Ingelogd met een herstelcode
activity-signed-in-device = Ingelogd op een vertrouwd apparaat
activity-signed-out = Uitgelogd
activity-signed-out-everywhere = Overal uitgelogd
activity-session-ended = Een andere browser is uitgelogd
activity-session-misses = Een browser is uitgelogd na te veel verkeerde antwoorden
activity-password-failed = { $count ->
    [one] Er is een verkeerd wachtwoord ingevuld
   *[other] Er is { $count } keer een verkeerd wachtwoord ingevuld
}
activity-answer-failed = { $count ->
    [one] Bij het bevestigen is een verkeerde code of een verkeerd wachtwoord ingevuld
   *[other] Bij het bevestigen is { $count } keer een verkeerde code of een verkeerd wachtwoord ingevuld
}
activity-factor-closed = Na te veel verkeerde codes zijn er geen codes meer aangenomen
activity-waiting = Te veel pogingen: er was een wachttijd
activity-device-trusted = Een apparaat is onthouden
activity-device-elsewhere = Een vertrouwd apparaat is op een nieuwe plek gebruikt
activity-device-removed = Een vertrouwd apparaat is verwijderd
activity-devices-removed = Alle vertrouwde apparaten zijn verwijderd
activity-app-added = Een authenticator-app is ingesteld
activity-app-removed = Een authenticator-app is verwijderd
activity-phone-added = Een telefoonnummer is toegevoegd
activity-phone-removed = Het telefoonnummer is verwijderd
activity-recovery-created = Er zijn nieuwe herstelcodes gemaakt
activity-recovery-used = Een herstelcode is gebruikt
activity-password-changed = Het wachtwoord is gewijzigd
activity-registered = Het account is geregistreerd
activity-reset-asked = Iemand heeft een link aangevraagd om een nieuw wachtwoord in te stellen
activity-reset = Het wachtwoord is opnieuw ingesteld met een link uit een e‑mail
activity-support-added = Het account is gemaakt
activity-support-edited = De helpdesk heeft uw gegevens gewijzigd
activity-support-locked = De helpdesk heeft het account geblokkeerd
activity-support-unlocked = De helpdesk heeft de blokkering van het account opgeheven
activity-support-password = De helpdesk heeft een nieuw wachtwoord ingesteld
activity-support-reset = De helpdesk heeft uw app, herstelcodes en vertrouwde apparaten verwijderd
activity-support-signed-out = De helpdesk heeft u overal uitgelogd
activity-support-suspended = De helpdesk heeft de code tijdelijk uitgezet
activity-support-session = De helpdesk heeft een browser uitgelogd
activity-support-device = De helpdesk heeft een vertrouwd apparaat verwijderd

## While support has suspended the code

# { $until } is a day and an hour.
account-suspended = De helpdesk heeft de code voor u uitgezet: tot { $until } is alleen uw wachtwoord genoeg. Daarna vragen we weer om de code.

## Email address

details-change-email = E‑mailadres wijzigen
address-title = E‑mailadres wijzigen
# { $address } is bold.
address-lead = U logt in met { $address }.
address-new = Nieuw e-mailadres
address-consequence = We sturen een link naar het nieuwe adres. Zodra u op de pagina achter die link op de knop drukt, logt u in met het nieuwe adres en worden alle andere apparaten uitgelogd.
address-confirm-title = Is dit uw e‑mailadres?
address-confirm-lead = U wilt vanaf nu inloggen met { $address }.
address-confirm-consequence = Alle andere apparaten worden uitgelogd en we onthouden geen enkel apparaat meer.
address-confirm-save = Ja, dit adres gebruiken
address-confirm-not-you = Hebt u hier niet om gevraagd? Sluit deze pagina dan gewoon.
address-revoke-title = De wijziging van uw e‑mailadres ongedaan maken?
# { $old } and { $new } are addresses in bold.
address-revoke-lead = Het adres van uw account is gewijzigd van { $old } in { $new }.
address-revoke-consequence = Als u dit ongedaan maakt, logt u weer in met het oude adres en worden alle apparaten uitgelogd.
address-revoke-save = Wijziging ongedaan maken
address-revoke-was-you = Hebt u het zelf gewijzigd? Sluit deze pagina dan gewoon.
address-revoked-title = De wijziging is ongedaan gemaakt
address-revoked-lead = U logt weer in met uw oude e‑mailadres. Alle apparaten zijn uitgelogd en alles wat sinds de wijziging voor het inloggen is ingesteld, is verwijderd.
address-revoked-next = Hebt u het niet zelf gewijzigd? Dan kent iemand misschien uw wachtwoord. Stel nu een nieuw wachtwoord in.
address-revoked-reset = Nieuw wachtwoord instellen
address-revoked-locked-title = Uw account is geblokkeerd
address-revoked-locked = Uw oude e‑mailadres hoort inmiddels bij een ander account. Daarom konden we de wijziging niet ongedaan maken. Om te voorkomen dat iemand anders uw account gebruikt, hebben we het geblokkeerd. Vraag om hulp.
confirm-email = U staat op het punt { $from }uw e‑mailadres te wijzigen{ $to }.
notice-email-link-sent = We hebben een link naar { $address } gestuurd. Uw adres verandert zodra u op de pagina achter die link op de knop drukt.
notice-email-link-limit = We hebben al meerdere e‑mails gestuurd. Over { $wait } kunt u weer een e‑mail aanvragen.
notice-email-changed = Uw e‑mailadres is nu { $address }. Alle andere apparaten zijn uitgelogd.
notice-sign-in-with-new-email = Uw e‑mailadres is gewijzigd. Log in met het nieuwe adres.

activity-email-asked = Er is om een ander e‑mailadres gevraagd
activity-email-changed = Het e‑mailadres is gewijzigd
activity-email-revoked = De wijziging van het e‑mailadres is ongedaan gemaakt
activity-email-lost = De wijziging van het e‑mailadres kon niet ongedaan worden gemaakt: het account is geblokkeerd

## Activiteit: Gebruiksvoorwaarden

activity-terms = U bent akkoord gegaan met de gebruiksvoorwaarden

## Activiteit: Uitnodiging

activity-support-invited = De helpdesk heeft een uitnodiging gestuurd

## Activiteit: Wachten op goedkeuring

activity-approved = De registratie is goedgekeurd

## The method that is recommended

recommended = Aanbevolen

## Instellen: te veel verkeerde codes, en instellen dat werd afgebroken

notice-app-setup-too-many = Te veel verkeerde codes. Hier is een nieuwe QR-code – { $from }verwijder de oude vermelding uit uw app{ $to }.
notice-app-setup-left = U hebt al eerder een QR-code gezien. Alleen deze nieuwe geldt – { $from }als u de oude hebt gescand, verwijder die vermelding dan uit uw app{ $to }.
error-sms-codes-too-many = Te veel verkeerde codes. Controleer het nummer en laat een nieuwe code sturen.
