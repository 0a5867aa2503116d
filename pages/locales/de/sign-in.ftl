# An- und Abmelden, Codes, die Frage nach dem Gerät und die Einrichtung, durch die alle gehen.

## Anmelden

sign-in-title = Bei { $brand } anmelden
sign-in = Anmelden
sign-in-again = Wieder anmelden
sign-in-email = E-Mail-Adresse
password = Passwort
password-show = Anzeigen
password-hide = Verbergen
password-show-label = Passwort anzeigen
password-hide-label = Passwort verbergen
password-is-shown = Ihr Passwort wird angezeigt
password-is-hidden = Ihr Passwort ist verborgen
start-again = Mit einem anderen Konto neu beginnen

notice-signed-out = Sie sind abgemeldet.
notice-session-ended = Ihre Sitzung ist abgelaufen. Bitte melden Sie sich wieder an.
notice-start-again = Das hat etwas zu lange gedauert. Bitte melden Sie sich noch einmal an.
notice-too-many-wrong-codes = Der Code war zu oft falsch. Bitte melden Sie sich noch einmal an.
notice-too-many-wrong-answers = Zu viele falsche Antworten. Zu Ihrer Sicherheit wurden Sie abgemeldet. Bitte melden Sie sich neu an.
notice-sign-in-with-new-password = Ihr Passwort wurde geändert. Bitte melden Sie sich mit dem neuen an.

## Code per E-Mail

code-email-title = Geben Sie den sechsstelligen Code aus der E‑Mail ein
code-email-sent = Wir haben ihn an { $address } geschickt. Er gilt { $length }.
code-email-sent-at = Gesendet um { $time } Uhr.
code-email-for = Der Code geht an { $address }.
code-email-problems = Probleme mit dem Code?
code-email-spam = Die E‑Mail kann eine Minute brauchen. Sehen Sie bitte auch im Spam-Ordner nach.
code-email-again = Neuen Code senden
another-way = Anders bestätigen
code-email-send-title = Code per E‑Mail erhalten
code-email-send-lead = Um sicherzugehen, dass Sie es sind, senden wir einen sechsstelligen Code an { $address }.
code-email-send = Code senden

notice-code-sent-again = Ein neuer Code ist unterwegs. Bitte nehmen Sie den aus der neuesten E‑Mail.
notice-code-too-early = { $seconds ->
    [0] Wir haben gerade einen Code gesendet. Bitte warten Sie noch ein wenig.
    [one] Wir haben vor { $seconds } Sekunde einen Code gesendet. Bitte warten Sie noch ein wenig.
   *[other] Wir haben vor { $seconds } Sekunden einen Code gesendet. Bitte warten Sie noch ein wenig.
}
notice-code-limit = Wir haben schon mehrere Codes gesendet. Warten Sie bitte { $wait }, bevor Sie einen weiteren anfordern. Der neueste Code gilt weiterhin.
notice-mail-failed = Wir konnten die E‑Mail gerade nicht senden. Bitte versuchen Sie es noch einmal.
notice-mail-failed-other-ways = Wir konnten die E‑Mail gerade nicht senden. Versuchen Sie es noch einmal oder { $from }bestätigen Sie anders{ $to }.

## Code per SMS

code-sms-title = Geben Sie den sechsstelligen Code aus der SMS ein
code-sms-sent = Wir haben ihn an { $number } geschickt. Er gilt { $length }.
code-sms-for = Der Code geht an { $number }.
code-sms-reception = Es kann eine Minute dauern, bis er ankommt. Prüfen Sie, ob Ihr Telefon Empfang hat.
code-sms-send-title = Code per SMS anfordern
code-sms-send-lead = Um zu bestätigen, dass Sie es sind, schicken wir einen sechsstelligen Code an { $number }.
methods-sms = SMS an { $number }
notice-sms-sent-again = Wir haben einen neuen Code geschickt. Nehmen Sie die neueste SMS.
notice-sms-failed = Wir konnten die SMS gerade nicht verschicken. Bitte versuchen Sie es noch einmal.
notice-sms-failed-other-ways = Wir konnten die SMS gerade nicht verschicken. Versuchen Sie es noch einmal, oder { $from }nehmen Sie einen anderen Weg{ $to }.

## Code aus der App

code-app-title = Geben Sie den sechsstelligen Code aus Ihrer Authenticator-App ein
code-app-lead = Öffnen Sie die App und suchen Sie { $entry }.
code-app-problems = Ich kann meine App nicht benutzen
code-app-problems-text = Ihr Telefon ist verloren, kaputt oder nicht zur Hand? Vielleicht geht es auch anders.

## Wiederherstellungscode

code-recovery-title = { $count ->
    [one] Geben Sie Ihren Wieder{ "\u00AD" }herstellungs{ "\u00AD" }code ein
   *[other] Geben Sie einen Ihrer Wieder{ "\u00AD" }herstellungs{ "\u00AD" }codes ein
}
recovery-hint = { $count ->
    [one] Der Code gilt einmal. Er sieht so aus:
   *[other] Jeder Code gilt einmal. Er sieht so aus:
}
recovery-used-title = { $count ->
    [one] Sie haben Ihren Wieder{ "\u00AD" }herstellungs{ "\u00AD" }code benutzt
   *[other] Sie haben einen Wieder{ "\u00AD" }herstellungs{ "\u00AD" }code benutzt
}
recovery-used-left = { $left ->
    [0] Sie haben keinen Wiederherstellungscode mehr.
    [one] Sie haben noch { $left } Code.
   *[other] Sie haben noch { $left } Codes.
}
recovery-few = { $count ->
    [one] Bitte erstellen Sie bald einen neuen Wiederherstellungscode, damit Sie immer hineinkommen.
   *[other] Bitte erstellen Sie bald neue Wiederherstellungscodes, damit Sie immer hineinkommen.
}
recovery-used-lead = Ist Ihre App verloren oder haben Sie ein neues Telefon? Dann richten Sie die App neu ein.
recovery-used-app = App neu einrichten

## Anders bestätigen

methods-title = Wie möchten Sie bestätigen, dass Sie es sind?
methods-app = Code aus Ihrer Authenticator-App
methods-app-hint = Sechs Ziffern aus der App auf Ihrem Telefon
methods-email = Code per E‑Mail an { $address }
methods-email-hint = Wir senden ihn, sobald Sie dies wählen
methods-recovery = { $count ->
    [one] Ihr Wiederherstellungscode
   *[other] Einer Ihrer Wiederherstellungscodes
}
methods-recovery-hint = { $count ->
    [one] Der, den Sie gespeichert oder gedruckt haben
   *[other] Von der Liste, die Sie gespeichert oder gedruckt haben
}
methods-none = Nichts davon geht
methods-none-text = Bitte fragen Sie nach Hilfe. Sobald klar ist, dass Sie es sind, kann man Sie wieder hineinlassen.
methods-no-way-title = Zum Anmelden brauchen Sie Hilfe

## Gerät merken?

trust-title = Auf diesem Gerät beim nächsten Mal ohne Code anmelden?
trust-lead = Wenn nur Sie dieses Gerät benutzen, merken wir es uns gern { $length } lang. Ihr Passwort brauchen Sie weiterhin.
trust-name = Name für dieses Gerät
trust-name-hint = Unter diesem Namen finden Sie es in Ihrem Konto wieder.
trust-yes = Ja, dieses Gerät merken
trust-no = Nein, jedes Mal fragen
trust-shared = Bitte nicht auf einem gemeinsam benutzten oder öffentlichen Computer.
trust-limit = Mehr Geräte können wir uns nicht merken. Wenn Sie Ja sagen, vergessen wir dafür das älteste: { $name }.

## Abmelden

sign-out-title = Möchten Sie sich abmelden?
sign-out-lead = Sie können sich jederzeit wieder anmelden.
sign-out-none-title = Sie sind nicht angemeldet
signed-out-title = Sie sind bei { $brand } abgemeldet
signed-out-lead = Bis bald! Sie können dieses Fenster jetzt schließen.
forget-lead = Auf diesem Gerät brauchen Sie weiterhin keinen Code.
forget-lead-maybe = Vielleicht ist dieses Gerät noch gemerkt. Dann fragt die Anmeldung hier nicht nach einem Code.
forget = Dieses Gerät vergessen
notice-device-forgotten = Dieses Gerät ist vergessen. Beim nächsten Mal fragen wir wieder nach einem Code.

## Einrichtung, durch die alle gehen

setup-step = Schritt { $number } von { $total }
setup-why-title = Machen Sie Ihr Konto sicherer
setup-why-lead = Ein Passwort kann erraten oder gestohlen werden. Deshalb bittet { $brand } um einen zweiten Nachweis: einen Code, den nur Ihr Telefon kennt.
setup-why-what = Sie brauchen dafür eine Authenticator-App (sie kostet nichts) und etwa fünf Minuten.
setup-why-phone = Zuerst fragen wir nach Ihrer Mobilnummer und schicken einen Code dorthin.
setup-why-codes = { $count ->
    [one] Danach erhalten Sie einen Wiederherstellungscode für den Fall, dass Sie Ihr Telefon verlieren.
   *[other] Danach erhalten Sie Wiederherstellungscodes für den Fall, dass Sie Ihr Telefon verlieren.
}
setup-why-go = Jetzt einrichten
setup-why-no-phone = Ich habe kein Smartphone
setup-why-no-phone-text = Das macht nichts. Es gibt Authenticator-Apps auch für den Computer, und viele Passwortmanager können die Codes ebenfalls anzeigen. Wenn nichts davon passt, fragen Sie bitte nach Hilfe.
setup-why-no-phone-email = Oder wählen Sie „Jetzt nicht“ und melden Sie sich weiter mit einem Code per E‑Mail an.
setup-done-title = Alles eingerichtet
setup-done-lead = Ab jetzt melden Sie sich mit Ihrem Passwort und einem Code aus Ihrer App an.
setup-done-finish = Fertig

## Einrichtung, die noch warten kann

setup-why-from = Ab dem { $date } brauchen Sie eine Authenticator-App, um sich bei { $brand } anzumelden. Bis dahin können Sie das auch später tun.
setup-why-later = Jetzt nicht

## Ein Wiederherstellungscode, der beim Benutzen ersetzt wird

recovery-used-fresh = Hier ist dafür ein neuer. Er gilt ab jetzt, einmal. Bitte speichern Sie ihn: Wir können ihn nicht noch einmal zeigen.

## Registrierung

sign-in-new = Sie sind neu hier?
register-create = Konto anlegen
register-email-title = Konto anlegen
register-email-lead = Zuerst brauchen wir Ihre E‑Mail-Adresse. Wir senden einen Code dorthin, um zu sehen, dass sie Ihnen gehört.
register-code = Registrierungscode
register-code-optional = Registrierungscode, falls Sie einen haben
register-code-hint = Sie haben ihn von der Stelle erhalten, die Sie eingeladen hat.
register-have-account = Sie haben schon ein Konto?
register-check-sent = Wir haben eine E‑Mail an { $address } gesendet. Der Code darin gilt { $length }.
register-check-or-link = Sie können auch den Link in der E‑Mail öffnen, auf welchem Gerät Sie möchten.
register-check-for = Die E‑Mail geht an { $address }.
register-check-again = E‑Mail noch einmal senden
register-other-address = Eine andere Adresse nehmen
register-link-title = Bestätigen Sie Ihre E‑Mail-Adresse
register-link-lead = Sie haben den Link geöffnet, den wir an { $address } gesendet haben.
register-link-go = Diese Adresse bestätigen
register-details-title = Ihr Name und Ihr Passwort
register-details-for = Sie melden sich künftig mit { $address } an.
register-details-go = Konto anlegen
register-method-title = Wie möchten Sie Anmeldungen bestätigen?
register-method-lead = Bei jeder Anmeldung fragen wir neben Ihrem Passwort nach einem Code.
register-method-app = Authenticator-App – sicherer
register-method-app-hint = Eine App auf Ihrem Telefon oder Computer zeigt den Code an, auch ohne Empfang.
register-method-email = Code per E‑Mail
register-method-email-hint = Wir senden den Code an { $address }. Eine App können Sie später jederzeit einrichten.

notice-register-again = Das hat etwas zu lange gedauert. Bitte beginnen Sie noch einmal oder öffnen Sie den Link in der E‑Mail, die wir Ihnen gesendet haben.
notice-register-too-many = Der Code war zu oft falsch. Bitte beginnen Sie noch einmal.
notice-register-mail-limit = Wir haben schon mehrere E‑Mails an diese Adresse gesendet. Nehmen Sie bitte die neueste, oder versuchen Sie es wieder, wenn Sie { $wait } gewartet haben.
notice-register-sent-again = Wir haben die E‑Mail noch einmal gesendet. Bitte nehmen Sie die neueste.
notice-account-made = Ihr Konto ist angelegt. Bitte melden Sie sich an.
notice-account-there = Zu dieser Adresse gibt es schon ein Konto. Bitte melden Sie sich damit an.

## Passwort vergessen

sign-in-forgotten = Passwort vergessen?
reset-title = Passwort vergessen?
reset-lead = Geben Sie Ihre E‑Mail-Adresse ein. Wir senden Ihnen einen Link, über den Sie ein neues Passwort wählen können.
reset-send = Link senden
reset-sent-title = Sehen Sie in Ihr Postfach
reset-sent-lead = Wenn es zu dieser Adresse ein Konto gibt, haben wir eine E‑Mail gesendet.
reset-sent-next = Öffnen Sie den Link darin, auf diesem oder einem anderen Gerät. Er gilt { $length } lang.
reset-sent-problems = Keine E‑Mail?
reset-sent-limit = Wenn Sie den Link schon mehrmals angefordert haben, warten Sie bitte eine Stunde. Nur der neueste Link gilt.
reset-sent-another = Eine andere Adresse versuchen
reset-password-title = Wählen Sie ein neues Passwort
reset-password-help = Um ein neues Passwort festzulegen, brauchen Sie einen Ihrer Wiederherstellungscodes, und Ihr Konto hat keinen mehr. Bitte fragen Sie nach Hilfe.
reset-password-consequence = Alle Geräte werden abgemeldet. Melden Sie sich danach mit dem neuen Passwort an; der zweite Schritt bleibt, wie er ist.
reset-password-save = Neues Passwort festlegen
reset-done-sign-in = Ihr neues Passwort ist festgelegt. Melden Sie sich jetzt damit an.

## Nutzungsbedingungen

terms-title = Nutzungsbedingungen
terms-version = Version { $version }
terms-first = Bitte lesen Sie sie einmal durch. Danach geht es weiter.
terms-changed = Sie haben sich geändert, seit Sie ihnen zugestimmt haben. Bitte lesen Sie sie noch einmal.
terms-changes-title = Was sich geändert hat
# Der Betreiber hat sie entfernt, während jemand gefragt wurde.
terms-gone = Sie gelten nicht mehr. Sie können weitermachen.
terms-agree = Ich stimme den Nutzungsbedingungen von { $brand } zu (Version { $version })
terms-decline = Ablehnen und abmelden
notice-terms-declined = Sie haben den Nutzungsbedingungen nicht zugestimmt und sind deshalb nicht angemeldet. Sie können sich jederzeit anmelden und zustimmen.
notice-link-signed-in = Sie sind auf diesem Gerät angemeldet. Um den Link aus Ihrer E‑Mail zu nutzen, melden Sie sich hier ab und öffnen Sie dann den Link noch einmal.

## Ein Formular, das nach dem Ende der Sitzung abgeschickt wurde (resume)

# Über dem Anmeldeformular.
notice-form-kept = Ihre Sitzung ist abgelaufen, während Sie ein Formular abgeschickt haben. Melden Sie sich an, dann können Sie es senden.
# { $path } ist eine Adresse auf der Website, etwa /orders/save.
resume-title = Soll Ihr Formular an { $path } gesendet werden?
resume-why = Sie mussten sich zuerst anmelden oder einen Code eingeben. Wir haben es für Sie aufbewahrt. Gesendet wurde noch nichts.
resume-send = Jetzt senden
resume-drop = Nicht senden
resume-foreign-title = Ihr Formular ist nicht hier
resume-foreign-text = In diesem Browser wartete das Formular einer anderen Person. Es wurde gelöscht und nicht gesendet.
resume-nothing-title = Es gibt nichts zu senden
resume-nothing-text = Das Formular wurde bereits gesendet, oder es hat zu lange gewartet und wurde gelöscht.

## Einladung

invite-title = Willkommen bei { $brand }
# { $address } ist die E‑Mail-Adresse des Kontos.
invite-lead = Für Sie wurde ein Konto angelegt. Sie melden sich mit { $address } an und mit dem Passwort, das Sie hier wählen.

## Warten auf Freigabe

register-waiting-title = Warten auf Freigabe
register-waiting-lead = Ihr Konto ist angelegt. Bevor Sie es benutzen können, sieht es sich jemand an.
register-waiting-next = Sobald das geschehen ist, erhalten Sie eine E‑Mail und können sich anmelden.
