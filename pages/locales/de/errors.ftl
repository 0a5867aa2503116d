# Was an einem Feld nicht stimmt, und Seiten für den Fall, dass etwas im Weg ist. Niemand ist schuld.

## Formulare

error-stale-form = Diese Seite war zu lange offen. Ihre Eingabe wurde nicht gesendet. Bitte versuchen Sie es noch einmal.
error-email-missing = Geben Sie Ihre E‑Mail-Adresse ein
error-password-missing = Geben Sie Ihr Passwort ein
error-sign-in-wrong = E‑Mail-Adresse oder Passwort stimmt nicht. Prüfen Sie bitte beides und versuchen Sie es noch einmal.
error-sign-in-wrong-warning = E‑Mail-Adresse oder Passwort stimmt nicht. Prüfen Sie bitte beides und versuchen Sie es noch einmal. Nach { $limit } falschen Passwörtern müssen Sie warten.
error-password-wrong = Ihr Passwort stimmt nicht.
error-password-too-long = Dieses Passwort ist zu lang. Es darf bis zu etwa 1.000 Zeichen haben.
error-code-missing = Geben Sie den sechsstelligen Code ein
error-code-length = Der Code hat 6 Ziffern – Sie haben { $typed } eingegeben.
error-code-not-digits = Der Code besteht nur aus Ziffern.
error-email-code-wrong = Dieser Code stimmt nicht. Sehen Sie in der neuesten E‑Mail nach und versuchen Sie es noch einmal.
error-email-code-expired = Dieser Code ist abgelaufen. Bitte fordern Sie einen neuen an.
error-email-code-expired-resent = Dieser Code ist abgelaufen. Wir haben Ihnen einen neuen gesendet.
error-sms-code-wrong = Dieser Code stimmt nicht. Sehen Sie in der neuesten SMS nach und versuchen Sie es noch einmal.
error-phone-missing = Geben Sie Ihre Mobilnummer ein
error-phone-unreadable = Wir können diese Nummer nicht lesen. Schreiben Sie sie mit Ländervorwahl, zum Beispiel +41 79 123 45 67.
error-phone-no-country-code = Beginnen Sie die Nummer mit der Ländervorwahl, zum Beispiel +41 79 123 45 67.
error-phone-other-country = In dieses Land können wir keine SMS schicken. Verwenden Sie eine andere Nummer.
error-phone-not-mobile = An diese Nummer können wir keine SMS schicken. Verwenden Sie eine Mobilnummer.
error-app-code-wrong = Dieser Code stimmt nicht. Nehmen Sie den neuesten Code aus der App. Die Uhr Ihres Telefons sollte sich automatisch stellen.
error-app-code-late = Dieser Code ist zu alt: Die Uhr Ihres Telefons geht nach. Stellen Sie sie auf „automatisch“.
error-app-code-used = Dieser Code wurde schon benutzt. Warten Sie auf den nächsten.
error-setup-code-wrong = Dieser Code stimmt nicht. Prüfen Sie, ob Sie diesen QR-Code gescannt haben und nicht einen älteren, und nehmen Sie den neuesten Code.
error-recovery-code-missing = Geben Sie einen Wiederherstellungscode ein
error-recovery-code-wrong = Dieser Wiederherstellungscode stimmt nicht oder wurde schon benutzt.
error-codes-not-saved = { $count ->
    [one] Setzen Sie das Häkchen, wenn Sie Ihren Code gespeichert haben
   *[other] Setzen Sie das Häkchen, wenn Sie Ihre Codes gespeichert haben
}
error-name-too-long = Dieser Name ist zu lang. Er darf höchstens 60 Zeichen haben.
error-current-password-missing = Geben Sie Ihr bisheriges Passwort ein
error-current-password-wrong = Ihr bisheriges Passwort stimmt nicht.
error-new-password-missing = Geben Sie ein neues Passwort ein
error-new-password-short = Das ist zu kurz. Nehmen Sie mindestens { $least } Zeichen; vier zufällige Wörter eignen sich gut.
error-new-password-guessable = Dieses Passwort ist leicht zu erraten. Wählen Sie eines, auf das nur Sie kommen.
error-new-password-same = Das ist Ihr bisheriges Passwort. Wählen Sie bitte ein anderes.
error-first-name-too-long = Dieser Vorname ist zu lang. Bitte höchstens 100 Zeichen.
error-last-name-too-long = Dieser Nachname ist zu lang. Bitte höchstens 100 Zeichen.
error-language-missing = Wählen Sie eine Sprache

## Im Weg

no-cookies-title = Ihr Browser blockiert Cookies
no-cookies-text = Ihr Browser blockiert Cookies für diese Seite. Ohne sie können wir Sie nicht anmelden. Bitte erlauben Sie in den Einstellungen des Browsers Cookies für diese Seite und versuchen Sie es noch einmal.
forbidden-title = Das kam nicht von uns
forbidden-text = Diese Anfrage kam von einer anderen Website, deshalb haben wir nichts getan. An Ihrem Konto hat sich nichts geändert. Wenn Sie das selbst wollten, öffnen Sie bitte { $brand } und beginnen Sie dort.
refused-title = Diese Seite ist für Sie nicht freigegeben
refused-text = Dieser Teil von { $brand } lässt sich von hier aus nicht öffnen. Wenn Sie ihn brauchen, fragen Sie bitte nach.
throttled-title = Zu viele Versuche
throttled-text = Bitte warten Sie { $wait } (bis { $time } Uhr).
throttled-calm = Sie müssen nichts weiter tun. Wenn Sie das nicht waren: Ihrem Konto ist nichts geschehen.
throttled-over = Die Wartezeit ist vorbei. Sie können es jetzt wieder versuchen.
busy-title = Gerade melden sich viele Menschen an
busy-text = Bitte warten Sie ein paar Sekunden und versuchen Sie es noch einmal.
closed-title = Für Ihr Konto nehmen wir keine Codes mehr an
closed-text = Es gab zu viele falsche Codes. Um Ihr Konto zu schützen, nehmen wir keine weiteren an, bis Ihnen jemand geholfen hat.
no-access-title = Sie haben keinen Zugang zu { $brand }
no-access-text = Sie sind angemeldet, aber Ihr Konto ist hier nicht zugelassen. Wenn das ein Irrtum ist, fragen Sie bitte nach.
upstream-down-title = { $brand } antwortet gerade nicht
upstream-down-text-signed-in = Sie sind weiterhin angemeldet. Versuchen Sie es in einer Minute noch einmal.
upstream-down-text = Bitte versuchen Sie es in einer Minute noch einmal.
upstream-down-not-sent = Ihre letzte Eingabe wurde { $from }nicht{ $to } gesendet.
upstream-down-unknown = Wir wissen nicht, ob Ihre letzte Eingabe gespeichert wurde. Sehen Sie nach, bevor Sie sie wiederholen.
store-down-title = Die Anmeldung geht gerade nicht
store-down-text = Das liegt an uns. Bitte versuchen Sie es später noch einmal.
not-found-title = Diese Seite gibt es nicht
not-found-text = Vielleicht ist die Adresse falsch geschrieben, oder die Seite ist umgezogen.
bad-request-title = Das haben wir nicht verstanden
bad-request-text = Ihr Browser hat etwas gesendet, das wir nicht lesen können. Bitte gehen Sie zurück und versuchen Sie es noch einmal.
too-large-title = Das war zu viel
too-large-text = Ihr Browser hat mehr gesendet, als dieses Formular aufnimmt. Bitte gehen Sie zurück und kürzen Sie Ihre Eingabe.
method-not-allowed-title = Das geht hier nicht
method-not-allowed-text = Diese Adresse lässt sich so nicht benutzen. Bitte gehen Sie zurück und versuchen Sie es noch einmal.

## Registrierung

error-registration-code-missing = Geben Sie Ihren Registrierungscode ein
error-registration-code-wrong = Dieser Registrierungscode stimmt nicht. Bitte prüfen Sie ihn und versuchen Sie es noch einmal.
error-registration-domain = Mit einer solchen Adresse können Sie sich nicht registrieren. Nehmen Sie eine andere oder fragen Sie nach Hilfe.
error-given-name-missing = Geben Sie Ihren Vornamen ein
error-method-missing = Wählen Sie, wie Sie Anmeldungen bestätigen möchten

## Links aus Briefen

error-email-malformed = Das ist keine E‑Mail-Adresse. Sie sieht aus wie name@example.com.
link-expired-title = Dieser Link ist abgelaufen
link-expired-text = Ein Link gilt { $length } lang, und nur der neueste zählt.
link-used-title = Dieser Link wurde schon benutzt
link-used-text = Jeder Link gilt nur einmal.
link-over-title = Dieser Link gilt nicht mehr
link-over-text = Es gab zu viele falsche Codes. Um Ihr Konto zu schützen, gilt der Link nicht mehr.
link-again = Neuen Link anfordern
link-revoke-expired-text = Er gilt { $length } lang und nur einmal.
error-new-email-missing = Geben Sie die neue E‑Mail-Adresse ein
error-new-email-same = Das ist Ihre bisherige E‑Mail-Adresse. Geben Sie bitte eine andere ein.
error-new-email-too-many = Ihre E‑Mail-Adresse wurde in den letzten Tagen mehrmals geändert. Bitte warten Sie, bevor Sie sie wieder ändern.

## Nutzungsbedingungen

error-terms-not-accepted = Setzen Sie das Häkchen, wenn Sie den Nutzungsbedingungen zustimmen
error-terms-changed = Es gibt eine neue Version der Nutzungsbedingungen. Lesen Sie sie, und setzen Sie das Häkchen, wenn Sie zustimmen.

## Ein Formular, das nach dem Ende der Sitzung kam und nicht aufbewahrt werden kann

not-kept-title = Ihre Sitzung ist abgelaufen
not-kept-text = Ihre Eingabe konnte nicht aufbewahrt werden. Melden Sie sich in einem neuen Tab an und gehen Sie dann hier mit „Zurück“ zu Ihrem Formular.
# Eine Schaltfläche; sie öffnet einen neuen Tab.
not-kept-sign-in = In einem neuen Tab anmelden

## Ein Link, der einlädt

link-invite-over = Bitten Sie die Person, die Sie eingeladen hat, um einen neuen.
link-invite-used = Sie haben damit Ihr Passwort gewählt. Melden Sie sich damit an.
