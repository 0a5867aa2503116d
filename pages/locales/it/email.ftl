# Mails. `$brand` is the operator's name for the portal and is always known.
# Text parts show one message per line; keep each to one or two sentences.
# No urgency, no blame. Digits, host names and links stand as they are.

## Building blocks

# Browser and system, in the middle of a sentence: "with Firefox on Windows".
email-device-both = { $browser } su { $system }
email-device-browser = { $browser }
email-device-system = un browser su { $system }
email-device-unknown = un browser sconosciuto
email-footer = { $brand }
email-footer-help = { $brand } - aiuto: { $help }

## Code mails

email-code-sign-in-subject = Il Suo codice di accesso a { $brand } ({ $time })
# `$code` is spaced here: 482 915.
email-code-sign-in-subject-digits = { $code } è il Suo codice di accesso a { $brand }
email-code-sign-in-title = Il Suo codice per { $brand }
# First line and preview. Must hold the digits, the word "code" and the purpose.
email-code-sign-in-line = { $code } è il Suo codice per { $brand }.
email-code-sign-in-who = Qualcuno ha inserito la Sua password alle ore { $time } ({ $zone }) con { $device }.
email-code-confirm-subject = Il Suo codice per una modifica all’account { $brand } ({ $time })
email-code-confirm-subject-digits = { $code } è il Suo codice per una modifica all’account { $brand }
email-code-confirm-title = Il Suo codice per modificare il Suo account { $brand }
email-code-confirm-line = { $code } è il Suo codice per confermare una modifica al Suo account { $brand }.
email-code-confirm-who = Lo ha chiesto qualcuno che ha effettuato l’accesso al Suo account, alle ore { $time } ({ $zone }) con { $device }.
email-code-enter =
    Lo inserisca su { $host }. È valido per { $minutes ->
        [one] { $minutes } minuto
       *[other] { $minutes } minuti
    }, una volta sola.
email-code-you = Se era Lei, va tutto bene.
# A link follows on a line of its own.
email-code-not-you = Se non era Lei, non dia questo codice a nessuno - noi non lo chiederemo mai - e modifichi la Sua password:

## Text messages

# At most 100 characters with digits and a brand of 14 letters, and only these letters:
# A-Z a-z Ä Ö Ü ä ö ü ß à è é ù ì ò Ç Ñ ñ. Others (ç ê ł ř …) double the price: write them without marks.
# The digits come first; a line with the site's host follows.
sms-code-sign-in = { $code } è il Suo codice { $brand }. Non lo dia a nessuno.
sms-code-confirm = { $code } è il Suo codice { $brand } per modificare l'account. Non lo dia a nessuno.
sms-code-phone = { $code } è il Suo codice { $brand } per confermare questo numero. Non lo dia a nessuno.

## Notices: the parts they share

email-when = Quando: { $when } ({ $zone })
email-with = Con: { $device }
email-by-support = Da parte di: assistenza
email-device-name = Dispositivo: «{ $name }»
email-app-name = App: «{ $name }»
email-app-before = App precedente: «{ $before }»
# { $number } looks like •••42.
email-phone-number = Telefono: { $number }
email-phone-before = Telefono precedente: { $before }
email-was-you = Era Lei? Allora non deve fare nulla.
email-not-you = Non era Lei?
# A link follows.
email-not-you-password = Modifichi la Sua password:
email-not-you-help = Ci avvisi: { $help }
email-not-you-tell = Non era Lei? Ci avvisi subito: { $help }
email-not-you-tell-support = Non era Lei? Avvisi subito l’assistenza.
email-not-asked-help = Non se lo aspettava? Ci avvisi: { $help }
email-not-asked = Non se lo aspettava? Avvisi l’assistenza.

## Notices: what happened (subject, first line, what it means)

email-device-remembered-subject = { $brand }: un dispositivo è stato memorizzato
email-device-remembered-line = Un dispositivo è stato memorizzato per il Suo account { $brand }.
email-device-remembered-means = Fino al giorno { $until } per accedere da lì basta la Sua password.

email-device-elsewhere-subject = { $brand }: un dispositivo memorizzato è stato usato in un nuovo luogo
email-device-elsewhere-line = Un dispositivo memorizzato ha effettuato l’accesso al Suo account { $brand } da una nuova rete e con una nuova versione del browser.
email-device-elsewhere-means = È normale dopo uno spostamento o un aggiornamento. Se non è il Suo caso, forse qualcuno lo ha copiato.

email-new-sign-in-subject = { $brand }: accesso da un nuovo dispositivo
email-new-sign-in-line = Qualcuno ha effettuato l’accesso al Suo account { $brand } con un nuovo dispositivo o browser.
email-new-sign-in-means = È normale con un nuovo dispositivo, in una finestra privata o dopo aver cancellato i cookie. Se non era Lei, qualcuno conosce la Sua password.

email-devices-removed-subject = { $brand }: tutti i dispositivi memorizzati sono stati rimossi
email-devices-removed-line = Tutti i dispositivi memorizzati sono stati rimossi dal Suo account { $brand }.
email-devices-removed-means = Al prossimo accesso ogni dispositivo chiederà di nuovo un codice.

email-password-changed-subject = { $brand }: la Sua password è stata modificata
email-password-changed-line = La password del Suo account { $brand } è stata modificata.
email-password-changed-means = Tutti gli altri browser sono stati disconnessi e nessun dispositivo è più memorizzato.

email-password-set-subject = { $brand }: l’assistenza ha impostato una nuova password
email-password-set-line = L’assistenza ha impostato una nuova password per il Suo account { $brand }.
email-password-set-means = Tutti i browser sono stati disconnessi e nessun dispositivo è più memorizzato.

email-app-added-subject = { $brand }: è stata aggiunta un’app di autenticazione
email-app-added-line = Al Suo account { $brand } è stata aggiunta un’app di autenticazione.
email-app-added-means = D’ora in poi per accedere serve un codice dell’app.

email-app-replaced-subject = { $brand }: la Sua app di autenticazione è stata sostituita
email-app-replaced-line = Nel Suo account { $brand } un’app di autenticazione ha preso il posto di un’altra.
email-app-replaced-means = D’ora in poi per accedere serve un codice della nuova app. I codici di quella precedente non funzionano più.

email-app-removed-subject = { $brand }: la Sua app di autenticazione è stata rimossa
email-app-removed-line = Dal Suo account { $brand } è stata rimossa un’app di autenticazione.

email-phone-added-subject = { $brand }: è stato aggiunto un numero di telefono
email-phone-added-line = Al Suo account { $brand } è stato aggiunto un numero di telefono.
email-phone-added-means = D’ora in poi i codici per il Suo account possono arrivare lì via SMS.

email-phone-replaced-subject = { $brand }: il Suo numero di telefono è stato sostituito
email-phone-replaced-line = Nel Suo account { $brand } un numero di telefono ha preso il posto di quello precedente.
email-phone-replaced-means = D’ora in poi i codici per il Suo account possono arrivare via SMS al nuovo numero, e non più a quello precedente.

email-phone-removed-subject = { $brand }: il Suo numero di telefono è stato rimosso
email-phone-removed-line = Dal Suo account { $brand } è stato rimosso il numero di telefono.
email-phone-removed-means = A quel numero non arrivano più codici.

email-recovery-created-subject = { $brand }: nuovi codici di recupero
email-recovery-created-line =
    { $count ->
        [one] È stato creato un nuovo codice di recupero per il Suo account { $brand }.
       *[other] Sono stati creati { $count } nuovi codici di recupero per il Suo account { $brand }.
    }
email-recovery-created-means = I vecchi codici di recupero non sono più validi.

email-recovery-used-subject = { $brand }: è stato usato un codice di recupero
email-recovery-used-line = Nel Suo account { $brand } è stato usato un codice di recupero per confermare che è Lei.
email-recovery-used-means =
    { $left ->
        [0] Era l’ultimo. Ne crei di nuovi nel Suo account.
        [one] Resta un codice di recupero. Ne crei di nuovi nel Suo account.
       *[other] Restano { $left } codici di recupero.
    }

email-recovery-used-replaced = Ne è stato subito mostrato uno nuovo, che lo sostituisce. Quello usato non vale più.

email-factor-failed-subject = { $brand }: codici errati dopo la Sua password
email-factor-failed-line =
    { $count ->
        [one] Qualcuno ha inserito la Sua password corretta e poi un codice errato per il Suo account { $brand }.
       *[other] Qualcuno ha inserito la Sua password corretta e poi { $count } codici errati per il Suo account { $brand }.
    }
email-factor-failed-means = Nessuno è entrato. Se non era Lei, qualcuno conosce la Sua password.

email-locked-subject = { $brand }: molte password errate
email-locked-line = Sono state inserite molte password errate per il Suo account { $brand }.
email-locked-means = Per accedere bisogna attendere fino alle ore { $until } ({ $zone }). Nel Suo account non è cambiato nulla.
email-locked-you = Era Lei? Attenda fino a quell’ora e riprovi.
email-locked-not-you = Non era Lei? Non deve fare nulla.

email-signed-out-subject = { $brand }: uscita da tutti i browser
email-signed-out-line = Tutti i browser sono stati disconnessi dal Suo account { $brand }.
email-signed-out-means = Acceda di nuovo dove Le serve.

email-factors-reset-subject = { $brand }: l’assistenza ha azzerato la conferma dei Suoi accessi
email-factors-reset-line = L’assistenza ha rimosso app di autenticazione, numero di telefono, codici di recupero e dispositivi memorizzati dal Suo account { $brand }.

email-factors-suspended-subject = { $brand }: per ora basta la sola password
email-factors-suspended-line = L’assistenza ha impostato il Suo account { $brand } in modo che per accedere basti la sola password.
email-factors-suspended-means = Finirà da sé: { $until } ({ $zone }).

email-support-locked-subject = { $brand }: il Suo account è bloccato
email-support-locked-line = L’assistenza ha bloccato il Suo account { $brand }.
email-support-locked-means = Tutti i browser sono stati disconnessi. Non è possibile accedere finché l’assistenza non lo sblocca.

email-support-unlocked-subject = { $brand }: il Suo account è sbloccato
email-support-unlocked-line = L’assistenza ha sbloccato il Suo account { $brand }.
email-support-unlocked-means = Può accedere di nuovo.

## The test mail

email-test-subject = { $brand }: email di prova ({ $time })
email-test-line = Questa è un’email di prova di { $brand }.
email-test-means = Se riesce a leggerla, l’invio delle email funziona. I codici e gli avvisi avranno questo aspetto.

## Registration

email-register-subject = Il Suo codice di registrazione a { $brand } ({ $time })
# `$code` is spaced here: 482 915.
email-register-subject-digits = { $code } è il Suo codice di registrazione a { $brand }
email-register-title = Il Suo codice per registrarsi a { $brand }
# First line and preview. Must hold the digits, the word "code" and the purpose.
email-register-line = { $code } è il Suo codice per confermare il Suo indirizzo email per { $brand }.
# A link follows on a line of its own.
email-register-link =
    Oppure apra questo link, sul dispositivo che preferisce. È valido per { $hours ->
        [one] { $hours } ora
       *[other] { $hours } ore
    }.
email-register-who = Qualcuno ha inserito questo indirizzo per registrarsi alle ore { $time } ({ $zone }) con { $device }.
email-register-not-you = Se non era Lei, non deve fare nulla. Non dia questo codice a nessuno - noi non lo chiederemo mai.
email-exists-subject = { $brand }: ha già un account
email-exists-line = Lei ha già un account { $brand }.
email-exists-means = Qualcuno ha inserito il Suo indirizzo per registrarsi. Nel Suo account non è cambiato nulla.
email-exists-not-you = Non era Lei? Allora non deve fare nulla.
email-exists-you = Era Lei?
# A link follows.
email-exists-sign-in = Acceda da qui:
# A link follows.
email-exists-reset = Ha dimenticato la password? Ne scelga una nuova qui:
email-exists-invited = Il Suo account non ha ancora una password. Apra il link del Suo invito per sceglierne una. Se non ha un link che funziona, chieda un nuovo invito.
email-exists-waiting = La Sua registrazione è ancora in attesa di approvazione. Appena sarà fatto riceverà un’email.

## Links

# { $length } looks like "30 minutes".
email-link-valid = Il link è valido per { $length }, una volta sola.

## Forgotten password

email-reset-subject = { $brand }: scegliere una nuova password
email-reset-line = Qualcuno ha chiesto una nuova password per il Suo account { $brand }.
# A link follows on a line of its own.
email-reset-lead = Per scegliere una nuova password, apra questa pagina:
email-reset-who = La richiesta è arrivata alle ore { $time } ({ $zone }) con { $device }.
email-reset-not-you = Se non era Lei, non deve fare nulla: la Sua password resta com’è.

email-password-reset-subject = { $brand }: è stata scelta una nuova password
email-password-reset-line = Per il Suo account { $brand } è stata scelta una nuova password con il link di un’email.
email-password-reset-means = Tutti i browser sono stati disconnessi e nessun dispositivo è più memorizzato. Il secondo passo dell’accesso non è cambiato.
# A link follows.
email-not-you-reset = Scelga una nuova password:

## Notices: what support did

email-support-edited-subject = { $brand }: l’assistenza ha modificato i Suoi dati
email-support-edited-line = L’assistenza ha modificato dei dati del Suo account { $brand }: nome, indirizzo, lingua o gruppi.
email-support-edited-means = Li trova nel Suo account, sotto «Dati personali».
email-support-session-subject = { $brand }: l’assistenza ha disconnesso un browser
email-support-session-line = L’assistenza ha disconnesso un browser dal Suo account { $brand }.
email-support-signed-out-subject = { $brand }: l’assistenza ha disconnesso tutti i browser
email-support-signed-out-line = L’assistenza ha disconnesso tutti i browser dal Suo account { $brand }.
email-support-device-subject = { $brand }: l’assistenza ha rimosso un dispositivo memorizzato
email-support-device-line = L’assistenza ha rimosso un dispositivo memorizzato dal Suo account { $brand }.
email-support-device-means = Al prossimo accesso chiederà di nuovo un codice.

## Another email address

email-confirm-email-subject = { $brand }: confermi il Suo indirizzo email
email-confirm-email-line = Questo indirizzo deve diventare quello di un account { $brand }.
# A link follows on a line of its own.
email-confirm-email-lead = Se è Suo, apra questa pagina e prema il pulsante:
email-confirm-email-who = Lo ha chiesto qualcuno che ha effettuato l’accesso all’account, alle ore { $time } ({ $zone }) con { $device }.
email-confirm-email-not-you = Se non era Lei, non deve fare nulla.
email-new-address = Nuovo indirizzo: { $address }
email-address-asked-subject = { $brand }: è stato chiesto un altro indirizzo email
email-address-asked-line = Qualcuno che ha effettuato l’accesso al Suo account { $brand } ha chiesto un altro indirizzo email.
email-address-asked-means = Non è ancora cambiato nulla: prima il nuovo indirizzo deve essere confermato.
email-address-changed-subject = { $brand }: il Suo indirizzo email è stato modificato
email-address-changed-line = L’indirizzo email del Suo account { $brand } è stato modificato.
email-address-away-means = D’ora in poi per l’accesso e per tutte le email vale il nuovo indirizzo. Tutti gli altri browser sono stati disconnessi.
email-address-here-means = D’ora in poi accede con questo indirizzo e tutte le email arrivano qui. Tutti gli altri browser sono stati disconnessi.
# A link follows.
email-not-you-revoke = Annulli la modifica, entro il giorno { $until } ({ $zone }):
email-address-revoked-subject = { $brand }: la modifica del Suo indirizzo email è stata annullata
email-address-revoked-line = La modifica dell’indirizzo email del Suo account { $brand } è stata annullata dal vecchio indirizzo.
email-address-revoked-means = Ora accede di nuovo con questo indirizzo. Tutti i browser sono stati disconnessi, nessun dispositivo è più memorizzato e quanto configurato per l’accesso dopo la modifica è stato rimosso.
email-address-lost-means = Con questo indirizzo non è più possibile accedere. Tutti i browser sono stati disconnessi.
email-address-wanted-subject = { $brand }: ha già un account
email-address-wanted-line = Qualcuno voleva usare questo indirizzo per un altro account { $brand }.
email-address-wanted-means = Appartiene già al Suo, perciò non è cambiato nulla.

## Inside a session

email-misses-subject = { $brand }: risposte errate nel Suo account
email-misses-line =
    { $count ->
        [one] In un browser con accesso al Suo account { $brand }, qualcuno ha inserito una password o un codice errato.
       *[other] In un browser con accesso al Suo account { $brand }, qualcuno ha inserito { $count } volte una password o un codice errato.
    }
email-misses-means = Quel browser è stato disconnesso e nel Suo account non è cambiato nulla. Se non era Lei, qualcuno ha usato un browser in cui il Suo accesso era attivo.

## Support

email-support-deleted-subject = { $brand }: il Suo account è stato eliminato
email-support-deleted-line = L’assistenza ha eliminato il Suo account { $brand }.
email-support-deleted-means = Tutti i browser sono stati disconnessi. Non è più possibile accedere.

## Invito

email-invite-subject = { $brand }: ha ricevuto un invito
email-invite-line = Per Lei è stato creato un account { $brand }.
email-invite-lead = Per scegliere la password e accedere, apra questa pagina:
email-invite-who = L’invito è stato inviato alle ore { $time } ({ $zone }).
email-invite-not-you = Se non sa di che cosa si tratta, non deve fare nulla: senza il link nessuno può usare l’account.

## In attesa di approvazione

email-waits-subject = { $brand }: la Sua registrazione è in attesa di approvazione
email-waits-line = Ha creato un account { $brand }.
email-waits-means = Prima che possa accedere, qualcuno esamina la Sua registrazione. Appena sarà fatto riceverà un’email.

email-approve-subject = { $brand }: una registrazione è in attesa di approvazione
email-approve-line = Qualcuno ha creato un account { $brand } e attende la Sua approvazione.
email-approve-address = Indirizzo email: { $address }
email-approve-means = Fino ad allora nessuno può accedere con l’account.
email-approve-do = Per approvare: { $command }
email-approve-refuse = Per rifiutare: { $command }

email-approved-subject = { $brand }: il Suo account è approvato
email-approved-line = La Sua registrazione a { $brand } è stata approvata.
email-approved-means = Ora può accedere.
email-approved-sign-in = Acceda da qui:

## Notices: what signing in asks for after a factor was removed

email-next-app = Per accedere serve ancora un codice di un’app.
email-next-text-message = D’ora in poi per accedere serve un codice via SMS.
email-next-email = D’ora in poi per accedere serve un codice via email.
email-next-set-up = Al prossimo accesso dovrà configurare di nuovo un’app.
email-next-nothing = D’ora in poi per accedere basta la sola password.
