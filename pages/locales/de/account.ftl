# Die Seiten des Kontos und die Frage, wer da fragt.

## Übersicht

account-title = Ihr Konto
account-password = Passwort
account-password-changed = Geändert am { $date }
account-password-set = Festgelegt
account-app-on = { $count ->
    [one] Eingeschaltet seit { $date }
   *[other] Eingeschaltet seit { $date }, { $count } Apps
}
account-app-off-email = Ausgeschaltet. Codes kommen per E‑Mail.
account-app-off = Ausgeschaltet
account-devices-count = { $count ->
    [0] Kein Gerät gemerkt
    [one] { $count } Gerät gemerkt
   *[other] { $count } Geräte gemerkt
}
recovery-count = Noch { $left } von { $total }
recovery-none = Noch keine

## Persönliche Angaben

details-title = Persönliche Angaben
details-first-name = Vorname
details-last-name = Nachname

## Sprache

language-title = Sprache
language-lead = Seiten und E‑Mails erhalten Sie in dieser Sprache
notice-language-changed = Ihre Sprache ist geändert.

## Passwort

password-title = Passwort ändern
password-current = Bisheriges Passwort
password-new = Neues Passwort
password-hint = Mindestens { $least } Zeichen. Vier zufällige Wörter eignen sich gut. Leerzeichen sind erlaubt.
password-consequence = Hier bleiben Sie angemeldet. Alle anderen Geräte werden abgemeldet, und bei der nächsten Anmeldung fragen wir auf jedem Gerät wieder nach einem Code.
password-save = Passwort ändern
notice-password-changed = Ihr Passwort ist geändert. Alle anderen Geräte sind abgemeldet.

## Authenticator-App

app-title = Authenticator-App
app-why = Mit einer App auf Ihrem Telefon erhalten Sie jederzeit einen Code, auch ohne Empfang. Sie schützt Ihr Konto besser als ein Code per E‑Mail.
app-why-alone = Mit einer App auf Ihrem Telefon erhalten Sie jederzeit einen Code, auch ohne Empfang. Sie schützt Ihr Konto besser als ein Passwort allein.
app-begin = App einrichten
app-another = Weitere App hinzufügen
app-replace-hint = Sie haben ein neues Telefon? Wählen Sie „Ersetzen“: Die alte App gilt, bis die neue eingerichtet ist.
app-setup-title = Authenticator-App einrichten
app-setup-replacing = { $name } gilt, bis die neue App eingerichtet ist.
app-setup-open = Öffnen Sie Ihre Authenticator-App
app-setup-none = Ich habe noch keine
app-setup-install = Suchen Sie im App-Store Ihres Telefons nach „Authenticator“. Jede App für zeitbasierte Codes ist geeignet. Sie kosten nichts.
app-setup-suggested = Diese Apps eignen sich gut: { $apps }.
app-setup-scan = Fügen Sie Ihr Konto hinzu
app-setup-scan-hint = Wählen Sie in der App „Hinzufügen“ oder „+“ und scannen Sie dieses Bild.
app-setup-link = In meiner Authenticator-App öffnen
app-setup-key = Scannen geht nicht? Dann tippen Sie diesen Schlüssel in die App ein:
app-setup-settings = Einstellungen, falls Ihre App danach fragt
app-setup-account = Konto
app-setup-issuer = Aussteller
app-setup-kind = Art
app-setup-kind-value = Zeitbasiert, SHA-1, 6 Ziffern, 30 Sekunden
app-setup-type = Geben Sie den Code ein, den die App zeigt
app-setup-code = Sechsstelliger Code aus der App
app-setup-name = Name für diese App
qr-title = QR-Code für Ihre Authenticator-App
qr-description = Derselbe Schlüssel steht darunter als Text.
notice-app-setup-expired = Diese Seite war zu lange offen. Hier ist ein neuer QR-Code – { $from }bitte löschen Sie den alten Eintrag aus Ihrer App{ $to }.
notice-app-added = Ihre App ist eingerichtet. Ab jetzt zeigt sie die Codes für Ihre Anmeldung.
notice-app-replaced = Die neue App ist eingerichtet. Die alte gilt nicht mehr.
notice-app-removed = Die App ist entfernt.
app-remove-title = Authenticator-App entfernen?
app-remove-lead = Sie sind dabei, { $name } zu entfernen.
app-remove-email-codes = Danach senden wir Ihnen die Codes per E‑Mail. Das ist weniger sicher als die App.
app-remove-another-app = Ihre andere App gilt weiterhin.
app-remove-password-only = Danach reicht Ihr Passwort allein. Das ist deutlich weniger sicher.
app-remove-set-up-anew = Bei der nächsten Anmeldung müssen Sie wieder eine App einrichten.
app-remove-blocked = { $brand } verlangt für jedes Konto eine Authenticator-App. Sie können die App durch eine neue ersetzen, aber nicht entfernen.
app-remove-also = Alle anderen Geräte werden abgemeldet, und wir merken uns kein Gerät mehr.
app-remove = App entfernen

## Gemerkte Geräte

devices-title = Gemerkte Geräte
devices-lead = Auf diesen Geräten melden Sie sich { $length } lang ohne Code an. Entfernen Sie, was Sie nicht mehr benutzen.
devices-none = Wir merken uns kein Gerät. Sie werden jedes Mal nach einem Code gefragt.
devices-device = Gerät
devices-this = Dieses Gerät
devices-expires = Gilt bis
devices-rename = Umbenennen
devices-rename-named = { $name } umbenennen
devices-new-name = Neuer Name
devices-remember = Dieses Gerät merken
devices-remove-all = Alle entfernen
notice-device-remembered = Wir merken uns dieses Gerät.
notice-device-renamed = Das Gerät heißt jetzt { $name }.
notice-device-removed = { $name } ist entfernt.
notice-all-devices-removed = Alle Geräte sind entfernt. Ab jetzt fragen wir jedes Mal nach einem Code.

## Wiederherstellungscodes

recovery-title = { $count ->
    [one] Wieder{ "\u00AD" }herstellungs{ "\u00AD" }code
   *[other] Wieder{ "\u00AD" }herstellungs{ "\u00AD" }codes
}
recovery-lead = { $count ->
    [one] Wenn Sie Ihr Telefon verlieren, kommen Sie mit Ihrem Wiederherstellungscode hinein. Bewahren Sie ihn sicher auf.
   *[other] Wenn Sie Ihr Telefon verlieren, kommen Sie mit einem Wiederherstellungscode hinein. Bewahren Sie die Codes sicher auf.
}
recovery-created = Erstellt
recovery-used-on = Benutzt
recovery-create = { $count ->
    [one] Neuen Code erstellen
   *[other] Neue Codes erstellen
}
recovery-create-hint = { $count ->
    [one] Ihr alter Code gilt, bis Sie den neuen gespeichert haben.
   *[other] Ihre alten Codes gelten, bis Sie die neuen gespeichert haben.
}
recovery-new-title = { $count ->
    [one] Speichern Sie Ihren Wieder{ "\u00AD" }herstellungs{ "\u00AD" }code
   *[other] Speichern Sie Ihre Wieder{ "\u00AD" }herstellungs{ "\u00AD" }codes
}
recovery-new-lead = { $count ->
    [one] Wenn Sie Ihr Telefon verlieren, kommen Sie mit diesem Code hinein. Er gilt einmal. Wir können ihn nicht noch einmal zeigen.
   *[other] Wenn Sie Ihr Telefon verlieren, kommen Sie mit einem dieser Codes hinein. Jeder gilt einmal. Wir können sie nicht noch einmal zeigen.
}
recovery-new-printed = { $brand } ({ $host }), { $account }, { $date }
recovery-new-where = { $count ->
    [one] Ein Passwortmanager ist ein guter Platz dafür. Oder ein Ausdruck in einer Schublade zu Hause.
   *[other] Ein Passwortmanager ist ein guter Platz dafür. Oder ein Ausdruck in einer Schublade zu Hause.
}
recovery-new-replaces = { $count ->
    [one] Ihr alter Code gilt nicht mehr, sobald Sie fortfahren.
   *[other] Ihre alten Codes gelten nicht mehr, sobald Sie fortfahren.
}
recovery-new-saved = { $count ->
    [one] Ich habe diesen Code gespeichert
   *[other] Ich habe diese Codes gespeichert
}
notice-recovery-codes-saved = { $count ->
    [one] Ihr neuer Wiederherstellungscode gilt ab jetzt.
   *[other] Ihre neuen Wiederherstellungscodes gelten ab jetzt.
}

## Telefonnummer

phone-title = Telefonnummer
phone-number-title = Bestätigen Sie Ihre Mobilnummer
phone-code-title = Geben Sie den Code aus der SMS ein
phone-lead-recovery = Wenn Ihre App verloren oder nicht zur Hand ist, können wir Ihnen einen Code per SMS schicken. Für etwas anderes verwenden wir die Nummer nicht.
phone-lead-method = Wir können Ihnen Anmeldecodes per SMS schicken. Für etwas anderes verwenden wir die Nummer nicht.
phone-weak = Eine SMS ist weniger sicher als die App: Andere können sie unterwegs lesen, und Nummern können übernommen werden.
phone-not-in-use = SMS werden hier nicht mehr verwendet. Sie können die Nummer entfernen.
phone-number = Mobilnummer
phone-number-hint = Mit Ländervorwahl, zum Beispiel +41 79 123 45 67
phone-code = Sechsstelliger Code aus der SMS
phone-other = Andere Nummer verwenden
phone-skip = Ohne Telefonnummer weiter
phone-add = Telefonnummer hinzufügen
phone-replacing = { $number } funktioniert, bis die neue Nummer bestätigt ist.
phone-remove-email-codes = Ohne sie schicken wir Ihnen Codes per E-Mail.
phone-remove-app-only = Ohne sie kann Ihnen keine SMS helfen, wenn Ihre App verloren ist.
phone-remove-password-only = Ohne sie genügt Ihr Passwort allein. Das ist viel weniger sicher.
phone-remove-blocked = { $brand } braucht für jedes Konto eine Telefonnummer. Sie können sie ersetzen, aber nicht entfernen.
account-phone-on = { $number }, seit { $date }
account-phone-none = Noch keine Nummer
notice-phone-added = Ihre Telefonnummer ist bestätigt.
notice-phone-replaced = Die neue Telefonnummer ist bestätigt. Die alte wird nicht mehr verwendet.
notice-phone-removed = Die Telefonnummer ist entfernt.
confirm-phone-setup = Sie sind dabei, { $from }Ihre Telefonnummer zu ändern{ $to }.
confirm-phone-remove = Sie sind dabei, { $from }Ihre Telefonnummer zu entfernen{ $to }.
confirm-sms-first = Wir schicken zuerst einen sechsstelligen Code an { $number }.
app-remove-text-messages = Ab dann schicken wir Ihnen Codes per SMS. Das ist weniger sicher als die App.
app-setup-no-sms = { $brand } verschickt keine Codes per SMS: Das ist nicht sicher genug, und es braucht Empfang.

## Bestätigen

confirm-title = Bestätigen Sie, dass Sie es sind
confirm = Bestätigen
confirm-app-setup = Sie sind dabei, { $from }eine Authenticator-App einzurichten{ $to }.
confirm-app-replace = Sie sind dabei, { $from }Ihre Authenticator-App zu ersetzen{ $to }.
confirm-app-remove = Sie sind dabei, { $from }Ihre Authenticator-App zu entfernen{ $to }.
confirm-recovery-codes = { $count ->
    [one] Sie sind dabei, { $from }einen neuen Wiederherstellungscode zu erstellen{ $to }.
   *[other] Sie sind dabei, { $from }neue Wiederherstellungscodes zu erstellen{ $to }.
}
confirm-password = Sie sind dabei, { $from }Ihr Passwort zu ändern{ $to }.
confirm-remove-devices = Sie sind dabei, { $from }alle gemerkten Geräte zu entfernen{ $to }.
confirm-remember-device = Sie sind dabei, { $from }dieses Gerät merken zu lassen{ $to }.
confirm-open-page = Sie sind dabei, { $from }eine besonders geschützte Seite zu öffnen{ $to }.
confirm-app-code = Sechsstelliger Code aus Ihrer Authenticator-App
confirm-app-lost = Ich habe meine App verloren
confirm-email-code = Sechsstelliger Code aus der E‑Mail
confirm-email-first = Zuerst senden wir einen sechsstelligen Code an { $address }.

# Der Name, den die Einrichtung für eine App vorschlägt.
app-setup-name-default = Mein Handy

# Die Datei mit den Wiederherstellungscodes, Zeile für Zeile.
recovery-file-title = { $count ->
    [one] Wiederherstellungscode für { $host }
   *[other] Wiederherstellungscodes für { $host }
}
recovery-file-account = Konto: { $account }
recovery-file-date = Erstellt am { $date }
recovery-file-use = { $count ->
    [one] Wenn Sie Ihr Handy verlieren, melden Sie sich mit Ihrem Passwort und diesem Code an. Er gilt einmal. Bewahren Sie diese Datei so auf, dass nur Sie sie lesen können.
   *[other] Wenn Sie Ihr Handy verlieren, melden Sie sich mit Ihrem Passwort und einem dieser Codes an. Jeder Code gilt einmal. Bewahren Sie diese Datei so auf, dass nur Sie sie lesen können.
}

# Der Name, der für ein Gerät vorgeschlagen wird: „Firefox unter Windows“.
device-browser-on-system = { $browser } unter { $system }
device-unknown = Dieses Gerät

## E‑Mail-Adresse

details-change-email = E‑Mail-Adresse ändern
address-title = E‑Mail-Adresse ändern
address-lead = Sie melden sich mit { $address } an.
address-new = Neue E‑Mail-Adresse
address-consequence = Wir senden einen Link an die neue Adresse. Sobald Sie auf der Seite dahinter den Knopf drücken, melden Sie sich mit der neuen Adresse an, und alle anderen Geräte werden abgemeldet.
address-confirm-title = Ist das Ihre E‑Mail-Adresse?
address-confirm-lead = Ab jetzt möchten Sie sich mit { $address } anmelden.
address-confirm-consequence = Alle anderen Geräte werden abgemeldet, und wir merken uns kein Gerät mehr.
address-confirm-save = Ja, diese Adresse benutzen
address-confirm-not-you = Sie haben das nicht angefordert? Dann schließen Sie einfach diese Seite.
address-revoke-title = Änderung Ihrer E‑Mail-Adresse rückgängig machen?
address-revoke-lead = Die Adresse Ihres Kontos wurde von { $old } in { $new } geändert.
address-revoke-consequence = Wenn Sie das rückgängig machen, melden Sie sich wieder mit der alten Adresse an, und alle Geräte werden abgemeldet.
address-revoke-save = Rückgängig machen
address-revoke-was-you = Sie haben sie selbst geändert? Dann schließen Sie einfach diese Seite.
address-revoked-title = Die Änderung ist rückgängig gemacht
address-revoked-lead = Sie melden sich wieder mit Ihrer alten E‑Mail-Adresse an. Alle Geräte sind abgemeldet, und was seit der Änderung für die Anmeldung eingerichtet wurde, ist entfernt.
address-revoked-next = Wenn nicht Sie sie geändert haben, kennt vielleicht jemand Ihr Passwort. Legen Sie jetzt ein neues fest.
address-revoked-reset = Neues Passwort festlegen
address-revoked-locked-title = Ihr Konto ist gesperrt
address-revoked-locked = Ihre alte E‑Mail-Adresse gehört inzwischen zu einem anderen Konto, deshalb konnten wir die Änderung nicht rückgängig machen. Damit niemand sonst Ihr Konto benutzt, haben wir es gesperrt. Bitte fragen Sie nach Hilfe.
confirm-email = Sie sind dabei, { $from }Ihre E‑Mail-Adresse zu ändern{ $to }.
notice-email-link-sent = Wir haben einen Link an { $address } gesendet. Ihre Adresse ändert sich, sobald Sie auf der Seite dahinter den Knopf drücken.
notice-email-link-limit = Wir haben schon mehrere E‑Mails gesendet. Warten Sie bitte { $wait }, bevor Sie eine weitere anfordern.
notice-email-changed = Ihre E‑Mail-Adresse ist jetzt { $address }. Alle anderen Geräte sind abgemeldet.
notice-sign-in-with-new-email = Ihre E‑Mail-Adresse ist geändert. Bitte melden Sie sich mit der neuen an.

## Mehrere Apps und ihre Namen

app-several = Bei der Anmeldung genügt der Code einer beliebigen dieser Apps.
notice-app-renamed = Die App heißt jetzt { $name }.

## Namen

notice-details-saved = Ihr Name ist gespeichert.

## Gemerkte Geräte: die Liste ist voll

devices-limit = Mehr Geräte können wir uns nicht merken. Wenn Sie dieses Gerät merken lassen, vergessen wir dafür das älteste: { $name }.

## Wo Sie angemeldet sind

sessions-title = Wo Sie angemeldet sind
account-sessions-count = { $count ->
    [one] Nur hier
   *[other] In { $count } Browsern
}
sessions-lead = In diesen Browsern ist Ihr Konto angemeldet. Melden Sie ab, was Sie nicht kennen oder nicht mehr benutzen.
sessions-this = Dieser Browser
sessions-site = Adresse
sessions-started = Angemeldet
sessions-end-named = { $name } abmelden
sessions-end-others = Alle anderen abmelden
sessions-everywhere = Überall abmelden
sessions-everywhere-hint = Sie vermuten, dass jemand anders Ihr Konto benutzt? Dann melden Sie sich überall ab, auch hier, und ändern Sie Ihr Passwort.
sessions-everywhere-devices = Sie vermuten, dass jemand anders Ihr Konto benutzt? Dann melden Sie sich überall ab, auch hier, und ändern Sie Ihr Passwort. Danach merken wir uns kein Gerät mehr.
notice-session-signed-out = Dieser Browser ist abgemeldet.
notice-sessions-signed-out = Alle anderen Browser sind abgemeldet.

## Letzte Aktivitäten

activity-title = Letzte Aktivitäten
account-activity-hint = Anmeldungen und Änderungen
activity-lead = Was mit Ihrem Konto zuletzt geschehen ist.
activity-none = Noch nichts
activity-you = Waren Sie das?
activity-was-you = Dann brauchen Sie nichts zu tun.
activity-not-you = Wenn etwas davon nicht von Ihnen war, { $password-from }ändern Sie Ihr Passwort{ $password-to } und sehen Sie nach, { $sessions-from }wo Sie angemeldet sind{ $sessions-to }.
activity-tell = Und sagen Sie uns Bescheid: Wie Sie uns erreichen, steht unten.
activity-signed-in = Angemeldet
activity-signed-in-password = Nur mit dem Passwort angemeldet
activity-signed-in-app = Mit einem Code aus der App angemeldet
activity-signed-in-email = Mit einem Code per E‑Mail angemeldet
activity-signed-in-sms = Mit einem Code per SMS angemeldet
activity-signed-in-recovery = Mit einem Wiederherstellungscode angemeldet
activity-signed-in-device = Auf einem gemerkten Gerät angemeldet
activity-signed-out = Abgemeldet
activity-signed-out-everywhere = Überall abgemeldet
activity-session-ended = Ein anderer Browser wurde abgemeldet
activity-session-misses = Ein Browser wurde nach zu vielen falschen Antworten abgemeldet
activity-password-failed = { $count ->
    [one] Ein falsches Passwort wurde eingegeben
   *[other] { $count }-mal wurde ein falsches Passwort eingegeben
}
activity-answer-failed = { $count ->
    [one] Beim Bestätigen wurde ein falscher Code oder ein falsches Passwort eingegeben
   *[other] Beim Bestätigen wurde { $count }-mal ein falscher Code oder ein falsches Passwort eingegeben
}
activity-factor-closed = Nach zu vielen falschen Codes werden keine mehr angenommen
activity-waiting = Zu viele Versuche: Es gab eine Wartezeit
activity-device-trusted = Ein Gerät wurde gemerkt
activity-device-elsewhere = Ein gemerktes Gerät wurde an einem neuen Ort benutzt
activity-device-removed = Ein gemerktes Gerät wurde entfernt
activity-devices-removed = Alle gemerkten Geräte wurden entfernt
activity-app-added = Eine Authenticator-App wurde eingerichtet
activity-app-removed = Eine Authenticator-App wurde entfernt
activity-phone-added = Eine Telefonnummer wurde hinzugefügt
activity-phone-removed = Die Telefonnummer wurde entfernt
activity-recovery-created = Neue Wiederherstellungscodes wurden erstellt
activity-recovery-used = Ein Wiederherstellungscode wurde benutzt
activity-password-changed = Das Passwort wurde geändert
activity-registered = Das Konto wurde registriert
activity-reset-asked = Jemand hat einen Link angefordert, um ein neues Passwort festzulegen
activity-reset = Das Passwort wurde über einen Link aus einer E‑Mail neu festgelegt
activity-email-asked = Eine andere E‑Mail-Adresse wurde gewünscht
activity-email-changed = Die E‑Mail-Adresse wurde geändert
activity-email-revoked = Die Änderung der E‑Mail-Adresse wurde rückgängig gemacht
activity-email-lost = Die Änderung der E‑Mail-Adresse ließ sich nicht rückgängig machen: Das Konto wurde gesperrt
activity-support-added = Das Konto wurde angelegt
activity-support-edited = Der Support hat Ihre Angaben geändert
activity-support-locked = Der Support hat das Konto gesperrt
activity-support-unlocked = Der Support hat das Konto entsperrt
activity-support-password = Der Support hat ein neues Passwort gesetzt
activity-support-reset = Der Support hat App, Wiederherstellungscodes und gemerkte Geräte entfernt
activity-support-signed-out = Der Support hat Sie überall abgemeldet
activity-support-suspended = Der Support hat den Code für eine Weile ausgesetzt
activity-support-session = Der Support hat einen Browser abgemeldet
activity-support-device = Der Support hat ein gemerktes Gerät entfernt

## Solange der Support den Code ausgesetzt hat

account-suspended = Der Support hat den Code für Sie ausgesetzt: Bis { $until } reicht Ihr Passwort allein. Danach fragen wir wieder nach dem Code.

## Verlauf: Nutzungsbedingungen

activity-terms = Sie haben den Nutzungsbedingungen zugestimmt

## Verlauf: Einladung

activity-support-invited = Der Support hat eine Einladung verschickt

## Verlauf: Freigabe

activity-approved = Die Registrierung wurde freigegeben

## The method that is recommended

# On a small tag in front of a sentence.
recommended = Empfohlen

## Einrichtung: zu viele falsche Codes, und eine abgebrochene Einrichtung

notice-app-setup-too-many = Der Code war zu oft falsch. Hier ist ein neuer QR-Code – { $from }bitte löschen Sie den alten Eintrag aus Ihrer App{ $to }.
notice-app-setup-left = Sie haben schon einmal einen QR-Code gesehen. Nur dieser neue gilt – { $from }wenn Sie den alten gescannt haben, löschen Sie bitte dessen Eintrag aus Ihrer App{ $to }.
error-sms-codes-too-many = Der Code war zu oft falsch. Prüfen Sie die Nummer und lassen Sie sich einen neuen Code senden.
