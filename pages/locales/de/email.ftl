# Mails. Anrede: Sie. Keine Dringlichkeit, kein Vorwurf.

## Bausteine

email-device-both =
    { $browser } { $system ->
        [iPhone] auf dem iPhone
        [iPad] auf dem iPad
        [Mac] auf dem Mac
       *[other] unter { $system }
    }
email-device-browser = { $browser }
email-device-system =
    einem Browser { $system ->
        [iPhone] auf dem iPhone
        [iPad] auf dem iPad
        [Mac] auf dem Mac
       *[other] unter { $system }
    }
email-device-unknown = einem unbekannten Browser
email-footer = { $brand }
email-footer-help = { $brand } - Hilfe: { $help }

## Codes

email-code-sign-in-subject = Ihr Anmeldecode für { $brand } ({ $time })
email-code-sign-in-subject-digits = { $code } ist Ihr Anmeldecode für { $brand }
email-code-sign-in-title = Ihr Code für { $brand }
email-code-sign-in-line = { $code } ist Ihr Code für { $brand }.
email-code-sign-in-who = Um { $time } Uhr ({ $zone }) hat jemand mit { $device } Ihr Passwort eingegeben.
email-code-confirm-subject = Ihr Code für eine Kontoänderung bei { $brand } ({ $time })
email-code-confirm-subject-digits = { $code } ist Ihr Code für eine Kontoänderung bei { $brand }
email-code-confirm-title = Ihr Code für eine Änderung an Ihrem Konto bei { $brand }
email-code-confirm-line = { $code } ist Ihr Code, um eine Änderung an Ihrem Konto bei { $brand } zu bestätigen.
email-code-confirm-who = Um { $time } Uhr ({ $zone }) hat ihn jemand, der in Ihrem Konto angemeldet ist, mit { $device } angefordert.
email-code-enter =
    Geben Sie ihn auf { $host } ein. Er gilt { $minutes ->
        [one] { $minutes } Minute
       *[other] { $minutes } Minuten
    } und nur einmal.
email-code-you = Wenn Sie das waren, ist alles in Ordnung.
email-code-not-you = Wenn nicht, geben Sie diesen Code niemandem - wir fragen nie danach - und ändern Sie Ihr Passwort:

## Textnachrichten

# Höchstens 100 Zeichen, und nur Buchstaben des GSM-Alphabets (ä ö ü ß gehören dazu).
sms-code-sign-in = { $code } ist Ihr Code für { $brand }. Geben Sie ihn nie weiter.
sms-code-confirm = { $code } ist Ihr Code für eine Kontoänderung bei { $brand }. Geben Sie ihn nie weiter.
sms-code-phone = { $code } bestätigt diese Nummer für { $brand }. Geben Sie den Code nie weiter.

## Mitteilungen: gemeinsame Teile

email-when = Wann: { $when } ({ $zone })
email-with = Mit: { $device }
email-by-support = Durch: Support
email-device-name = Gerät: „{ $name }“
email-app-name = App: „{ $name }“
email-app-before = Bisherige App: „{ $before }“
# { $number } sieht aus wie •••42.
email-phone-number = Telefon: { $number }
email-phone-before = Bisheriges Telefon: { $before }
email-was-you = Waren Sie das? Dann ist nichts zu tun.
email-not-you = Waren Sie das nicht?
email-not-you-password = Ändern Sie Ihr Passwort:
email-not-you-help = Sagen Sie uns Bescheid: { $help }
email-not-you-tell = Waren Sie das nicht? Sagen Sie uns gleich Bescheid: { $help }
email-not-you-tell-support = Waren Sie das nicht? Sagen Sie gleich Ihrem Support Bescheid.
email-not-asked-help = Sie haben das nicht erwartet? Sagen Sie uns Bescheid: { $help }
email-not-asked = Sie haben das nicht erwartet? Sagen Sie Ihrem Support Bescheid.

## Mitteilungen: was geschehen ist

email-device-remembered-subject = { $brand }: Ein Gerät ist gemerkt
email-device-remembered-line = Für Ihr Konto bei { $brand } ist ein Gerät gemerkt.
email-device-remembered-means = Bis { $until } genügt dort bei der Anmeldung Ihr Passwort.

email-device-elsewhere-subject = { $brand }: Ein gemerktes Gerät an einem neuen Ort
email-device-elsewhere-line = Ein gemerktes Gerät hat sich aus einem neuen Netz und mit einer neuen Browserversion in Ihrem Konto bei { $brand } angemeldet.
email-device-elsewhere-means = Nach einem Ortswechsel oder einer Aktualisierung ist das üblich. Wenn beides nicht zutrifft, kann es kopiert worden sein.

email-new-sign-in-subject = { $brand }: Anmeldung mit einem neuen Gerät
email-new-sign-in-line = In Ihrem Konto bei { $brand } hat sich jemand mit einem neuen Gerät oder Browser angemeldet.
email-new-sign-in-means = Mit einem neuen Gerät, in einem privaten Fenster oder nach dem Löschen von Cookies ist das üblich. Wenn Sie es nicht waren, kennt jemand Ihr Passwort.

email-devices-removed-subject = { $brand }: Alle gemerkten Geräte wurden entfernt
email-devices-removed-line = Alle gemerkten Geräte wurden aus Ihrem Konto bei { $brand } entfernt.
email-devices-removed-means = Jedes Gerät fragt bei der nächsten Anmeldung wieder nach einem Code.

email-password-changed-subject = { $brand }: Ihr Passwort wurde geändert
email-password-changed-line = Das Passwort Ihres Kontos bei { $brand } wurde geändert.
email-password-changed-means = Alle anderen Browser wurden abgemeldet, und kein Gerät ist mehr gemerkt.

email-password-set-subject = { $brand }: Der Support hat ein neues Passwort gesetzt
email-password-set-line = Der Support hat für Ihr Konto bei { $brand } ein neues Passwort gesetzt.
email-password-set-means = Alle Browser wurden abgemeldet, und kein Gerät ist mehr gemerkt.

email-app-added-subject = { $brand }: Eine Authenticator-App wurde hinzugefügt
email-app-added-line = Zu Ihrem Konto bei { $brand } wurde eine Authenticator-App hinzugefügt.
email-app-added-means = Ab jetzt fragt die Anmeldung nach einem Code aus der App.

email-app-replaced-subject = { $brand }: Ihre Authenticator-App wurde ersetzt
email-app-replaced-line = In Ihrem Konto bei { $brand } hat eine Authenticator-App eine andere ersetzt.
email-app-replaced-means = Ab jetzt fragt die Anmeldung nach einem Code aus der neuen App. Codes aus der bisherigen gelten nicht mehr.

email-app-removed-subject = { $brand }: Ihre Authenticator-App wurde entfernt
email-app-removed-line = Aus Ihrem Konto bei { $brand } wurde eine Authenticator-App entfernt.

email-phone-added-subject = { $brand }: Telefonnummer hinzugefügt
email-phone-added-line = Zu Ihrem Konto bei { $brand } wurde eine Telefonnummer hinzugefügt.
email-phone-added-means = Ab jetzt können Codes für Ihr Konto als SMS dorthin geschickt werden.

email-phone-replaced-subject = { $brand }: Ihre Telefonnummer wurde ersetzt
email-phone-replaced-line = In Ihrem Konto bei { $brand } hat eine Telefonnummer die bisherige ersetzt.
email-phone-replaced-means = Ab jetzt können Codes für Ihr Konto als SMS an die neue Nummer geschickt werden, an die bisherige nicht mehr.

email-phone-removed-subject = { $brand }: Ihre Telefonnummer wurde entfernt
email-phone-removed-line = Die Telefonnummer wurde aus Ihrem Konto bei { $brand } entfernt.
email-phone-removed-means = Codes werden nicht mehr dorthin geschickt.

email-recovery-created-subject = { $brand }: Neue Wiederherstellungscodes
email-recovery-created-line =
    { $count ->
        [one] Für Ihr Konto bei { $brand } wurde ein neuer Wiederherstellungscode erstellt.
       *[other] Für Ihr Konto bei { $brand } wurden { $count } neue Wiederherstellungscodes erstellt.
    }
email-recovery-created-means = Ältere Wiederherstellungscodes gelten nicht mehr.

email-recovery-used-subject = { $brand }: Ein Wiederherstellungscode wurde benutzt
email-recovery-used-line = In Ihrem Konto bei { $brand } wurde zur Bestätigung ein Wiederherstellungscode benutzt.
email-recovery-used-means =
    { $left ->
        [0] Es war der letzte. Erstellen Sie neue in Ihrem Konto.
        [one] Ein Wiederherstellungscode ist übrig. Erstellen Sie neue in Ihrem Konto.
       *[other] { $left } Wiederherstellungscodes sind übrig.
    }

email-recovery-used-replaced = An seiner Stelle wurde sofort ein neuer gezeigt. Der benutzte gilt nicht mehr.

email-factor-failed-subject = { $brand }: Falsche Codes nach Ihrem Passwort
email-factor-failed-line =
    { $count ->
        [one] Jemand hat für Ihr Konto bei { $brand } Ihr richtiges Passwort und danach einen falschen Code eingegeben.
       *[other] Jemand hat für Ihr Konto bei { $brand } Ihr richtiges Passwort und danach { $count } falsche Codes eingegeben.
    }
email-factor-failed-means = Niemand ist hineingekommen. Wenn Sie es nicht waren, kennt jemand Ihr Passwort.

email-locked-subject = { $brand }: Viele falsche Passwörter
email-locked-line = Für Ihr Konto bei { $brand } wurden viele falsche Passwörter eingegeben.
email-locked-means = Die Anmeldung wartet bis { $until } Uhr ({ $zone }). An Ihrem Konto hat sich nichts geändert.
email-locked-you = Waren Sie das? Versuchen Sie es danach noch einmal.
email-locked-not-you = Waren Sie das nicht? Sie müssen nichts tun.

email-signed-out-subject = { $brand }: Überall abgemeldet
email-signed-out-line = Alle Browser wurden von Ihrem Konto bei { $brand } abgemeldet.
email-signed-out-means = Melden Sie sich dort wieder an, wo Sie es brauchen.

email-factors-reset-subject = { $brand }: Der Support hat Ihre Anmeldebestätigung zurückgesetzt
email-factors-reset-line = Der Support hat Authenticator-App, Telefonnummer, Wiederherstellungscodes und gemerkte Geräte aus Ihrem Konto bei { $brand } entfernt.

email-factors-suspended-subject = { $brand }: Vorerst genügt das Passwort
email-factors-suspended-line = Der Support hat Ihr Konto bei { $brand } so eingestellt, dass zur Anmeldung das Passwort genügt.
email-factors-suspended-means = Das endet von selbst: { $until } ({ $zone }).

email-support-locked-subject = { $brand }: Ihr Konto ist gesperrt
email-support-locked-line = Der Support hat Ihr Konto bei { $brand } gesperrt.
email-support-locked-means = Alle Browser wurden abgemeldet. Eine Anmeldung ist erst möglich, wenn der Support das Konto entsperrt.

email-support-unlocked-subject = { $brand }: Ihr Konto ist entsperrt
email-support-unlocked-line = Der Support hat Ihr Konto bei { $brand } entsperrt.
email-support-unlocked-means = Sie können sich wieder anmelden.

## Testmail

email-test-subject = { $brand }: Testmail ({ $time })
email-test-line = Das ist eine Testmail von { $brand }.
email-test-means = Wenn Sie sie lesen können, funktioniert der Mailversand. Codes und Mitteilungen sehen so aus wie diese.

## Registrierung

email-register-subject = Ihr Registrierungscode für { $brand } ({ $time })
email-register-subject-digits = { $code } ist Ihr Registrierungscode für { $brand }
email-register-title = Ihr Code für die Registrierung bei { $brand }
email-register-line = { $code } ist Ihr Code, um Ihre E-Mail-Adresse für { $brand } zu bestätigen.
email-register-link =
    Oder öffnen Sie diesen Link, auf welchem Gerät Sie möchten. Er gilt { $hours ->
        [one] { $hours } Stunde
       *[other] { $hours } Stunden
    }.
email-register-who = Um { $time } Uhr ({ $zone }) hat jemand mit { $device } diese Adresse eingegeben, um sich zu registrieren.
email-register-not-you = Wenn Sie das nicht waren, ist nichts zu tun. Geben Sie diesen Code niemandem - wir fragen nie danach.
email-exists-subject = { $brand }: Sie haben schon ein Konto
email-exists-line = Sie haben schon ein Konto bei { $brand }.
email-exists-means = Jemand hat Ihre Adresse eingegeben, um sich zu registrieren. An Ihrem Konto hat sich nichts geändert.
email-exists-not-you = Waren Sie das nicht? Dann ist nichts zu tun.
email-exists-you = Waren Sie das?
email-exists-sign-in = Melden Sie sich stattdessen an:
email-exists-reset = Passwort vergessen? Wählen Sie hier ein neues:
email-exists-invited = Ihr Konto hat noch kein Passwort. Öffnen Sie den Link in Ihrer Einladung, um eines zu wählen. Wenn Sie keinen Link haben, der noch gilt, bitten Sie um eine neue Einladung.
email-exists-waiting = Ihre Registrierung wartet noch auf Freigabe. Sobald das geschehen ist, erhalten Sie eine E‑Mail.

## Links

email-link-valid = Der Link gilt { $length } lang und nur einmal.

## Passwort vergessen

email-reset-subject = { $brand }: Neues Passwort festlegen
email-reset-line = Jemand möchte für Ihr Konto bei { $brand } ein neues Passwort festlegen.
email-reset-lead = Um ein neues Passwort zu wählen, öffnen Sie diese Seite:
email-reset-who = Darum gebeten wurde um { $time } Uhr ({ $zone }) mit { $device }.
email-reset-not-you = Wenn Sie das nicht waren, müssen Sie nichts tun: Ihr Passwort bleibt, wie es ist.

email-password-reset-subject = { $brand }: Ihr Passwort wurde neu festgelegt
email-password-reset-line = Das Passwort Ihres Kontos bei { $brand } wurde über einen Link aus einer E-Mail neu festgelegt.
email-password-reset-means = Alle Browser wurden abgemeldet, und kein Gerät ist mehr gemerkt. Am zweiten Schritt der Anmeldung hat sich nichts geändert.
email-not-you-reset = Legen Sie ein neues Passwort fest:

## Eine andere E-Mail-Adresse

email-confirm-email-subject = { $brand }: Bestätigen Sie Ihre E-Mail-Adresse
email-confirm-email-line = Diese Adresse soll die Adresse eines Kontos bei { $brand } werden.
email-confirm-email-lead = Wenn sie Ihnen gehört, öffnen Sie diese Seite und drücken den Knopf:
email-confirm-email-who = Darum gebeten hat um { $time } Uhr ({ $zone }) mit { $device }, wer in diesem Konto angemeldet ist.
email-confirm-email-not-you = Wenn Sie das nicht waren, müssen Sie nichts tun.
email-new-address = Neue Adresse: { $address }
email-address-asked-subject = { $brand }: Eine andere E-Mail-Adresse wurde gewünscht
email-address-asked-line = Jemand, der in Ihrem Konto bei { $brand } angemeldet ist, wünscht eine andere E-Mail-Adresse.
email-address-asked-means = Noch hat sich nichts geändert: Die neue Adresse muss erst bestätigt werden.
email-address-changed-subject = { $brand }: Ihre E-Mail-Adresse wurde geändert
email-address-changed-line = Die E-Mail-Adresse Ihres Kontos bei { $brand } wurde geändert.
email-address-away-means = Ab jetzt gilt für die Anmeldung und für alle E-Mails die neue Adresse. Alle anderen Browser wurden abgemeldet.
email-address-here-means = Ab jetzt melden Sie sich mit dieser Adresse an, und alle E-Mails kommen hierher. Alle anderen Browser wurden abgemeldet.
email-not-you-revoke = Machen Sie die Änderung rückgängig, bis { $until } ({ $zone }):
email-address-revoked-subject = { $brand }: Die Änderung Ihrer E-Mail-Adresse wurde rückgängig gemacht
email-address-revoked-line = Die Änderung der E-Mail-Adresse Ihres Kontos bei { $brand } wurde von der alten Adresse aus rückgängig gemacht.
email-address-revoked-means = Sie melden sich wieder mit dieser Adresse an. Alle Browser wurden abgemeldet, kein Gerät ist mehr gemerkt, und was seit der Änderung für die Anmeldung eingerichtet wurde, ist entfernt.
email-address-lost-means = Mit dieser Adresse ist keine Anmeldung mehr möglich. Alle Browser wurden abgemeldet.
email-address-wanted-subject = { $brand }: Sie haben schon ein Konto
email-address-wanted-line = Jemand wollte diese Adresse für ein anderes Konto bei { $brand } benutzen.
email-address-wanted-means = Sie gehört schon zu Ihrem Konto, deshalb hat sich nichts geändert.

## In einer Sitzung

email-misses-subject = { $brand }: Falsche Antworten in Ihrem Konto
email-misses-line =
    { $count ->
        [one] In einem Browser, der in Ihrem Konto bei { $brand } angemeldet war, hat jemand ein falsches Passwort oder einen falschen Code eingegeben.
       *[other] In einem Browser, der in Ihrem Konto bei { $brand } angemeldet war, hat jemand { $count }-mal ein falsches Passwort oder einen falschen Code eingegeben.
    }
email-misses-means = Dieser Browser wurde abgemeldet, und in Ihrem Konto hat sich nichts geändert. Wenn Sie das nicht waren, hat jemand einen Browser benutzt, in dem Sie angemeldet waren.

## Mitteilungen: was der Support getan hat

email-support-edited-subject = { $brand }: Der Support hat Ihre Angaben geändert
email-support-edited-line = Der Support hat Angaben zu Ihrem Konto bei { $brand } geändert: Name, Adresse, Sprache oder Gruppen.
email-support-edited-means = Sie finden sie in Ihrem Konto unter den persönlichen Angaben.
email-support-session-subject = { $brand }: Der Support hat einen Browser abgemeldet
email-support-session-line = Der Support hat einen Browser von Ihrem Konto bei { $brand } abgemeldet.
email-support-signed-out-subject = { $brand }: Der Support hat Sie überall abgemeldet
email-support-signed-out-line = Der Support hat alle Browser von Ihrem Konto bei { $brand } abgemeldet.
email-support-device-subject = { $brand }: Der Support hat ein gemerktes Gerät entfernt
email-support-device-line = Der Support hat ein gemerktes Gerät aus Ihrem Konto bei { $brand } entfernt.
email-support-device-means = Bei der nächsten Anmeldung fragt es wieder nach einem Code.

## Einladung

email-invite-subject = { $brand }: Sie sind eingeladen
email-invite-line = Für Sie wurde bei { $brand } ein Konto angelegt.
# Der Link folgt.
email-invite-lead = Um Ihr Passwort zu wählen und sich anzumelden, öffnen Sie diese Seite:
email-invite-who = Eingeladen wurden Sie um { $time } Uhr ({ $zone }).
email-invite-not-you = Wenn Sie nicht wissen, worum es geht, müssen Sie nichts tun: Ohne den Link kann niemand das Konto benutzen.

## Registrierungen, die auf Freigabe warten

email-waits-subject = { $brand }: Ihre Registrierung wartet auf Freigabe
email-waits-line = Sie haben sich bei { $brand } registriert.
email-waits-means = Bevor Sie sich anmelden können, sieht sich jemand Ihre Registrierung an. Sobald das geschehen ist, erhalten Sie eine E‑Mail.

# An den Betreiber.
email-approve-subject = { $brand }: Jemand wartet auf Freigabe
email-approve-line = Jemand hat sich bei { $brand } registriert und wartet auf Ihre Freigabe.
email-approve-address = E‑Mail-Adresse: { $address }
email-approve-means = Vorher kann sich niemand mit dem Konto anmelden.
# { $command } ist, was man eingibt: doorward user approve EMAIL
email-approve-do = Zum Freigeben: { $command }
email-approve-refuse = Zum Ablehnen: { $command }

email-approved-subject = { $brand }: Ihr Konto ist freigegeben
email-approved-line = Ihre Registrierung bei { $brand } wurde freigegeben.
email-approved-means = Sie können sich jetzt anmelden.
# Ein Link folgt.
email-approved-sign-in = Anmelden:

email-support-deleted-subject = { $brand }: Ihr Konto wurde gelöscht
email-support-deleted-line = Der Support hat Ihr Konto bei { $brand } gelöscht.
email-support-deleted-means = Alle Browser wurden abgemeldet. Eine Anmeldung ist nicht mehr möglich.

## Mitteilungen: wonach die Anmeldung fragt, wenn etwas entfernt wurde

email-next-app = Die Anmeldung fragt weiterhin nach einem Code aus einer App.
email-next-text-message = Die Anmeldung fragt ab jetzt nach einem Code per SMS.
email-next-email = Die Anmeldung fragt ab jetzt nach einem Code per E-Mail.
email-next-set-up = Bei der nächsten Anmeldung müssen Sie wieder eine App einrichten.
email-next-nothing = Für die Anmeldung reicht ab jetzt Ihr Passwort allein.
