# Signing in and out, codes, the trust question, and the set-up that everybody goes through.

## Sign in

sign-in-title = Inloggen bij { $brand }
sign-in = Inloggen
sign-in-again = Opnieuw inloggen
sign-in-email = E-mailadres
password = Wachtwoord
password-show = Tonen
password-hide = Verbergen
password-show-label = Wachtwoord tonen
password-hide-label = Wachtwoord verbergen
password-is-shown = Uw wachtwoord is zichtbaar
password-is-hidden = Uw wachtwoord is verborgen
start-again = Opnieuw beginnen met een ander account

notice-signed-out = U bent uitgelogd.
notice-session-ended = U bent niet meer ingelogd. Log in om door te gaan.
notice-start-again = Dat duurde iets te lang. Log alstublieft nog een keer in.
notice-too-many-wrong-codes = Te veel verkeerde codes. Log opnieuw in.
notice-too-many-wrong-answers = Te veel verkeerde antwoorden. Voor uw veiligheid bent u uitgelogd. Log opnieuw in.
notice-sign-in-with-new-password = Uw wachtwoord is gewijzigd. Log in met het nieuwe wachtwoord.

## Code by email

code-email-title = Vul de 6‑cijferige code uit uw e‑mail in
# { $address } looks like a•••@example.com, { $length } like "10 minutes".
code-email-sent = We hebben de code naar { $address } gestuurd. De code werkt { $length }.
code-email-sent-at = Verstuurd om { $time } uur.
code-email-for = De code gaat naar { $address }.
code-email-problems = Lukt het niet met de code?
code-email-spam = Het kan een minuut duren voordat de e‑mail er is. Kijk ook bij uw ongewenste e‑mail (spam).
code-email-again = Nieuwe code sturen
another-way = Een andere manier proberen
# Where no code was sent yet.
code-email-send-title = Een code per e‑mail krijgen
code-email-send-lead = Om zeker te weten dat u het bent, sturen we een 6‑cijferige code naar { $address }.
code-email-send = Code sturen

notice-code-sent-again = We hebben een nieuwe code gestuurd. Gebruik de nieuwste e‑mail.
notice-code-too-early = { $seconds ->
    [0] We hebben net een code gestuurd. Wacht alstublieft nog even.
    [one] We hebben { $seconds } seconde geleden een code gestuurd. Wacht alstublieft nog even.
   *[other] We hebben { $seconds } seconden geleden een code gestuurd. Wacht alstublieft nog even.
}
notice-code-limit = We hebben al meerdere codes gestuurd. Over { $wait } kunt u weer een code aanvragen. De nieuwste code werkt nog steeds.
notice-mail-failed = Het is niet gelukt om de e‑mail te sturen. Probeer het alstublieft opnieuw.
# { $from } and { $to } are the ends of a link.
notice-mail-failed-other-ways = Het is niet gelukt om de e‑mail te sturen. Probeer het opnieuw of { $from }probeer een andere manier{ $to }.

## Code by text message

code-sms-title = Vul de 6‑cijferige code uit de sms in
# { $number } looks like •••42, { $length } like "10 minutes".
code-sms-sent = We hebben de code naar { $number } gestuurd. De code werkt { $length }.
code-sms-for = De code gaat naar { $number }.
code-sms-reception = Het kan een minuut duren voordat de sms er is. Controleer of uw telefoon bereik heeft.
# Where no code was sent yet.
code-sms-send-title = Een code per sms krijgen
code-sms-send-lead = Om zeker te weten dat u het bent, sturen we een 6‑cijferige code naar { $number }.
methods-sms = Sms naar { $number }
notice-sms-sent-again = We hebben een nieuwe code gestuurd. Gebruik de nieuwste sms.
notice-sms-failed = Het is niet gelukt om de sms te sturen. Probeer het alstublieft opnieuw.
# { $from } and { $to } are the ends of a link.
notice-sms-failed-other-ways = Het is niet gelukt om de sms te sturen. Probeer het opnieuw of { $from }probeer een andere manier{ $to }.

## Code from the app

code-app-title = Vul de 6‑cijferige code uit uw authenticator-app in
# { $entry } looks like "Example Portal (anna@example.com)".
code-app-lead = Open de app en zoek { $entry }.
code-app-problems = Ik kan mijn app niet gebruiken
code-app-problems-text = Is uw telefoon kwijt of kapot, of hebt u hem niet bij u? Misschien kan het op een andere manier.

## Recovery code

code-recovery-title = { $count ->
    [one] Vul uw herstelcode in
   *[other] Vul een van uw herstelcodes in
}
# A sample code follows.
recovery-hint = { $count ->
    [one] De code werkt één keer. De code ziet er zo uit:
   *[other] Elke code werkt één keer. Een code ziet er zo uit:
}
recovery-used-title = { $count ->
    [one] U hebt uw herstelcode gebruikt
   *[other] U hebt een herstelcode gebruikt
}
recovery-used-left = { $left ->
    [0] U hebt geen herstelcodes meer.
    [one] U hebt nog { $left } code over.
   *[other] U hebt nog { $left } codes over.
}
recovery-few = { $count ->
    [one] Maak binnenkort een nieuwe herstelcode, zodat u altijd kunt inloggen.
   *[other] Maak binnenkort nieuwe herstelcodes, zodat u altijd kunt inloggen.
}
recovery-used-lead = Bent u uw app kwijt of hebt u een nieuwe telefoon? Stel de app dan opnieuw in.
recovery-used-app = Mijn app opnieuw instellen

## Another way

methods-title = Hoe wilt u bevestigen dat u het bent?
methods-app = Code uit uw authenticator-app
methods-app-hint = Zes cijfers uit de app op uw telefoon
methods-email = Code per e‑mail naar { $address }
methods-email-hint = We sturen de code zodra u dit kiest
methods-recovery = { $count ->
    [one] Uw herstelcode
   *[other] Een van uw herstelcodes
}
methods-recovery-hint = { $count ->
    [one] De code die u hebt opgeslagen of afgedrukt
   *[other] Van de lijst die u hebt opgeslagen of afgedrukt
}
methods-none = Niets hiervan lukt
methods-none-text = Vraag om hulp. Zodra duidelijk is dat u het bent, kan iemand u weer toegang geven.
methods-no-way-title = U hebt hulp nodig om in te loggen

## Trust this device?

trust-title = Volgende keer geen code op dit apparaat?
# { $length } looks like "90 days".
trust-lead = Als alleen u dit apparaat gebruikt, kunnen we het { $length } onthouden. Uw wachtwoord blijft nodig.
trust-name = Naam voor dit apparaat
trust-name-hint = U ziet deze naam in uw account.
trust-yes = Ja, dit apparaat onthouden
trust-no = Nee, elke keer vragen
trust-shared = Doe dit niet op een gedeelde of openbare computer.
trust-limit = Meer apparaten kunnen we niet onthouden. Als u ja zegt, vergeten we het oudste: { $name }.

## Sign out

sign-out-title = Wilt u uitloggen?
sign-out-lead = U kunt altijd weer inloggen.
sign-out-none-title = U bent niet ingelogd
signed-out-title = U bent uitgelogd bij { $brand }
signed-out-lead = Tot ziens. U kunt dit venster nu sluiten.
forget-lead = We onthouden dit apparaat nog: u hebt hier geen code nodig.
# Nobody is signed in, and the browser may or may not be remembered for some account.
forget-lead-maybe = Misschien onthouden we dit apparaat nog, zodat u hier geen code nodig hebt.
forget = Dit apparaat vergeten
notice-device-forgotten = We onthouden dit apparaat niet meer. De volgende keer vragen we weer om een code.

## Set-up that everybody goes through

setup-step = Stap { $number } van { $total }
setup-why-title = Maak uw account veiliger
setup-why-lead = Een wachtwoord kan geraden of gestolen worden. Daarom vraagt { $brand } om een tweede bewijs: een code die alleen uw telefoon kent.
setup-why-what = U hebt een gratis authenticator-app nodig en ongeveer vijf minuten.
setup-why-phone = Eerst vragen we uw mobiele nummer en sturen we er een code naartoe.
setup-why-codes = { $count ->
    [one] Daarna krijgt u een herstelcode voor als u uw telefoon kwijtraakt.
   *[other] Daarna krijgt u herstelcodes voor als u uw telefoon kwijtraakt.
}
setup-why-go = Nu instellen
setup-why-no-phone = Ik heb geen smartphone
setup-why-no-phone-text = Dat geeft niet. Er zijn ook authenticator-apps voor de computer, en veel wachtwoordmanagers kunnen de codes ook tonen. Past daar niets van bij u? Vraag dan om hulp.
setup-why-no-phone-email = Of kies ‘Niet nu’ en blijf inloggen met een code per e‑mail.
setup-done-title = Alles is klaar
setup-done-lead = Vanaf nu logt u in met uw wachtwoord en een code uit uw app.
setup-done-finish = Afronden

## Set-up that may be put off

# { $date } is a day.
setup-why-from = Vanaf { $date } hebt u een authenticator-app nodig om in te loggen bij { $brand }. Tot die tijd kunt u het later doen.
setup-why-later = Niet nu

## A recovery code that is replaced when used

recovery-used-fresh = In plaats daarvan is hier een nieuwe code. De code werkt vanaf nu, één keer. Sla de code alstublieft op: we kunnen hem niet nog eens tonen.

## Registration

sign-in-new = Nieuw hier?
register-create = Account maken
register-email-title = Account maken
register-email-lead = Eerst hebben we uw e‑mailadres nodig. We sturen er een code naartoe, om te zien dat het van u is.
register-code = Registratiecode
register-code-optional = Registratiecode, als u die hebt
register-code-hint = U hebt de code gekregen van wie u heeft uitgenodigd.
register-have-account = Hebt u al een account?
register-check-sent = We hebben een e‑mail naar { $address } gestuurd. De code in de e‑mail werkt { $length }.
register-check-or-link = U kunt ook de link in de e‑mail openen, op elk apparaat dat u wilt.
register-check-for = De e‑mail gaat naar { $address }.
register-check-again = E‑mail opnieuw sturen
register-other-address = Een ander adres gebruiken
register-link-title = Bevestig uw e‑mailadres
register-link-lead = U hebt de link geopend die we naar { $address } hebben gestuurd.
register-link-go = Dit adres bevestigen
register-details-title = Uw naam en wachtwoord
register-details-for = U logt straks in met { $address }.
register-details-go = Account maken
register-method-title = Hoe wilt u bevestigen dat u het bent?
register-method-lead = Naast uw wachtwoord vragen we bij elke keer inloggen om een code.
register-method-app = Authenticator-app – veiliger
register-method-app-hint = Een app op uw telefoon of computer toont de code, ook zonder bereik.
register-method-email = Code per e‑mail
register-method-email-hint = We sturen de code naar { $address }. U kunt later altijd nog een app instellen.

notice-register-again = Dat duurde iets te lang. Begin alstublieft nog een keer, of open de link in de e‑mail die we u hebben gestuurd.
notice-register-too-many = Te veel verkeerde codes. Begin alstublieft nog een keer.
notice-register-mail-limit = We hebben al meerdere e‑mails naar dit adres gestuurd. Zoek de nieuwste, of probeer het opnieuw over { $wait }.
notice-register-sent-again = We hebben de e‑mail opnieuw gestuurd. Gebruik de nieuwste.
notice-account-made = Uw account is klaar. Log in om door te gaan.
notice-account-there = Er is al een account met dit adres. Log daarmee in.

## Forgotten password

sign-in-forgotten = Wachtwoord vergeten?
reset-title = Wachtwoord vergeten?
reset-lead = Vul uw e‑mailadres in. We sturen u een link waarmee u een nieuw wachtwoord kunt kiezen.
reset-send = Link sturen
reset-sent-title = Kijk in uw e‑mail
reset-sent-lead = Als er een account is met dat adres, hebben we een e‑mail gestuurd.
# { $length } looks like "30 minutes".
reset-sent-next = Open de link in de e‑mail, op dit apparaat of op een ander. De link werkt { $length }.
reset-sent-problems = Geen e‑mail gekregen?
reset-sent-limit = Hebt u het al meerdere keren gevraagd? Wacht dan een uur. Alleen de nieuwste link werkt.
reset-sent-another = Een ander adres proberen
reset-password-title = Kies een nieuw wachtwoord
reset-password-help = Om een nieuw wachtwoord in te stellen hebt u een van uw herstelcodes nodig, en uw account heeft er geen meer. Vraag om hulp.
reset-password-consequence = Alle apparaten worden uitgelogd. Log daarna in met uw nieuwe wachtwoord; de tweede stap blijft hetzelfde.
reset-password-save = Nieuw wachtwoord instellen
reset-done-sign-in = Uw nieuwe wachtwoord is ingesteld. Log er nu mee in.

## A form that was sent after the session had ended (resume)

# Above the sign-in form.
notice-form-kept = U was niet meer ingelogd toen u een formulier verstuurde. Log in, dan kunt u het versturen.
# { $path } is an address on the site, such as /orders/save.
resume-title = Uw formulier versturen naar { $path }?
resume-why = U was niet meer ingelogd toen u het verstuurde. Daarom hebben we het voor u bewaard. Er is nog niets verstuurd.
resume-send = Nu versturen
resume-drop = Niet versturen
resume-foreign-title = Uw formulier is hier niet
resume-foreign-text = In deze browser stond een formulier van iemand anders klaar. Het is verwijderd en niet verstuurd.
resume-nothing-title = Er is niets te versturen
resume-nothing-text = Het formulier is al verstuurd, of het stond te lang klaar en is verwijderd.

## Gebruiksvoorwaarden

terms-title = Gebruiksvoorwaarden
terms-version = Versie { $version }
terms-first = Lees ze alstublieft één keer. Daarna gaat u verder.
terms-changed = Ze zijn gewijzigd sinds u ermee akkoord ging. Lees ze alstublieft opnieuw.
terms-changes-title = Wat er is gewijzigd
terms-gone = Ze gelden niet meer. U kunt verdergaan.
terms-agree = Ik ga akkoord met de gebruiksvoorwaarden van { $brand } (versie { $version })
terms-decline = Weigeren en uitloggen
notice-terms-declined = U bent niet akkoord gegaan met de gebruiksvoorwaarden en bent daarom niet ingelogd. U kunt op elk moment inloggen en akkoord gaan.
notice-link-signed-in = U bent op dit apparaat ingelogd. Om de link uit uw e‑mail te gebruiken, logt u hier uit en opent u daarna de link opnieuw.

## Uitnodiging

invite-title = Welkom bij { $brand }
invite-lead = Er is een account voor u gemaakt. U logt in met { $address } en het wachtwoord dat u hier kiest.

## Wachten op goedkeuring

register-waiting-title = Wachten op goedkeuring
register-waiting-lead = Uw account is gemaakt. Voordat u het kunt gebruiken, kijkt iemand ernaar.
register-waiting-next = Zodra dat is gebeurd, krijgt u een e‑mail en kunt u inloggen.
