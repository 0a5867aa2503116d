# The account's pages, and the question who is asking.

## Overview

account-title = Il Suo account
account-password = Password
account-password-changed = Ultima modifica: { $date }
account-password-set = Impostata
# { $date } is a day.
account-app-on = { $count ->
    [one] Attiva dal giorno { $date }
   *[other] Attiva dal giorno { $date }, { $count } app
}
account-app-off-email = Non attiva. I codici arrivano via email.
account-app-off = Non attiva
account-devices-count = { $count ->
    [0] Nessun dispositivo memorizzato
    [one] { $count } dispositivo memorizzato
   *[other] { $count } dispositivi memorizzati
}
recovery-count = Ancora { $left } su { $total }
recovery-none = Ancora nessuno

## Personal information

details-title = Dati personali
details-first-name = Nome
details-last-name = Cognome

## Language

language-title = Lingua
language-lead = Le pagine e le email saranno in questa lingua
notice-language-changed = La lingua è stata modificata.

## Password

password-title = Modificare la password
password-current = Password attuale
password-new = Nuova password
password-hint = Almeno { $least } caratteri. Quattro parole a caso vanno bene. Gli spazi sono ammessi.
password-consequence = Qui il Suo accesso resta attivo. Tutti gli altri dispositivi vengono disconnessi e, al prossimo accesso, ognuno chiederà di nuovo un codice.
password-save = Modifica la password
notice-password-changed = La Sua password è stata modificata. Tutti gli altri dispositivi sono stati disconnessi.

## Authenticator app

app-title = App di autenticazione
app-why = Con un’app sul telefono ha un codice in qualsiasi momento, anche senza rete. Protegge il Suo account meglio di un codice via email.
app-why-alone = Con un’app sul telefono ha un codice in qualsiasi momento, anche senza rete. Protegge il Suo account meglio della sola password.
app-begin = Configura l’app
app-another = Aggiungi un’altra app
app-replace-hint = Ha un nuovo telefono? Scelga «Sostituisci»: la vecchia app funziona finché la nuova non è pronta.
app-setup-title = Configurare l’app di autenticazione
app-setup-replacing = { $name } funziona finché la nuova app non è pronta.
app-setup-open = Apra la Sua app di autenticazione
app-setup-none = Non ne ho una
app-setup-install = Cerchi «authenticator» nel negozio di app del telefono. Vanno bene tutte le app per codici a tempo. Sono gratuite.
# { $apps } is a list of names.
app-setup-suggested = Queste app vanno bene: { $apps }.
app-setup-scan = Aggiunga il Suo account
app-setup-scan-hint = Nell’app scelga «Aggiungi» o «+» e scansioni questa immagine.
app-setup-link = Apri nella mia app di autenticazione
app-setup-key = Non riesce a scansionare? Scriva invece questa chiave nell’app:
app-setup-settings = Impostazioni, se l’app le chiede
app-setup-account = Account
app-setup-issuer = Emittente
app-setup-kind = Tipo
app-setup-kind-value = A tempo, SHA-1, 6 cifre, 30 secondi
app-setup-type = Inserisca il codice mostrato dall’app
app-setup-code = Codice di 6 cifre dell’app
app-setup-name = Nome di questa app
qr-title = Codice QR per la Sua app di autenticazione
qr-description = La stessa chiave si trova qui sotto come testo.
# { $from } and { $to } are the ends of what is bold.
notice-app-setup-expired = Questa pagina è rimasta aperta troppo a lungo. Ecco un nuovo codice QR – { $from }elimini la vecchia voce dalla Sua app{ $to }.
notice-app-added = La Sua app è configurata. D’ora in poi mostra i codici per accedere.
notice-app-replaced = La nuova app è configurata. La vecchia non funziona più.
notice-app-removed = L’app è stata rimossa.
app-remove-title = Rimuovere l’app di autenticazione?
app-remove-lead = Sta per rimuovere { $name }.
app-remove-email-codes = In seguito Le invieremo i codici via email. È meno sicuro dell’app.
app-remove-another-app = La Sua altra app continua a funzionare.
app-remove-password-only = In seguito basterà la sola password. È molto meno sicuro.
app-remove-set-up-anew = Al prossimo accesso dovrà configurare di nuovo un’app.
app-remove-blocked = { $brand } richiede un’app di autenticazione per ogni account. Può sostituire l’app con una nuova, ma non rimuoverla.
app-remove-also = Tutti gli altri dispositivi vengono disconnessi e nessun dispositivo resta memorizzato.
app-remove = Rimuovi l’app

## Trusted devices

devices-title = Dispositivi memorizzati
# { $length } looks like "90 days".
devices-lead = Su questi dispositivi accede senza codice per { $length }. Rimuova quelli che non usa più.
devices-none = Nessun dispositivo è memorizzato. Le viene chiesto un codice ogni volta.
devices-device = Dispositivo
devices-this = Questo dispositivo
devices-expires = Scadenza
devices-rename = Rinomina
devices-rename-named = Rinomina { $name }
devices-new-name = Nuovo nome
devices-remember = Memorizza questo dispositivo
devices-remove-all = Rimuovi tutti
notice-device-remembered = Questo dispositivo è memorizzato.
notice-device-renamed = Ora il dispositivo si chiama { $name }.
notice-device-removed = Il dispositivo { $name } è stato rimosso.
notice-all-devices-removed = Tutti i dispositivi sono stati rimossi. D’ora in poi chiediamo un codice ogni volta.

## Recovery codes

recovery-title = { $count ->
    [one] Codice di recupero
   *[other] Codici di recupero
}
recovery-lead = { $count ->
    [one] Se perde il telefono, può accedere con il Suo codice di recupero. Lo conservi in un luogo sicuro.
   *[other] Se perde il telefono, può accedere con un codice di recupero. Conservi i codici in un luogo sicuro.
}
recovery-created = Creazione
recovery-used-on = Utilizzo
recovery-create = { $count ->
    [one] Crea un nuovo codice
   *[other] Crea nuovi codici
}
recovery-create-hint = { $count ->
    [one] Il vecchio codice vale finché non ha salvato quello nuovo.
   *[other] I vecchi codici valgono finché non ha salvato quelli nuovi.
}
recovery-new-title = { $count ->
    [one] Salvi il Suo codice di recupero
   *[other] Salvi i Suoi codici di recupero
}
recovery-new-lead = { $count ->
    [one] Se perde il telefono, può accedere con questo codice. Vale una volta sola. Non possiamo mostrarlo di nuovo.
   *[other] Se perde il telefono, può accedere con uno di questi codici. Ognuno vale una volta sola. Non possiamo mostrarli di nuovo.
}
# On paper, above the codes.
recovery-new-printed = { $brand } ({ $host }), { $account }, { $date }
recovery-new-where = { $count ->
    [one] Un programma per gestire le password è un buon posto per conservarlo. Anche un foglio stampato in un cassetto di casa.
   *[other] Un programma per gestire le password è un buon posto per conservarli. Anche un foglio stampato in un cassetto di casa.
}
recovery-new-replaces = { $count ->
    [one] Appena continua, il vecchio codice non vale più.
   *[other] Appena continua, i vecchi codici non valgono più.
}
recovery-new-saved = { $count ->
    [one] Ho salvato questo codice
   *[other] Ho salvato questi codici
}
notice-recovery-codes-saved = { $count ->
    [one] Il Suo nuovo codice di recupero è valido da ora.
   *[other] I Suoi nuovi codici di recupero sono validi da ora.
}

## Phone number

phone-title = Numero di telefono
phone-number-title = Confermi il Suo numero di cellulare
phone-code-title = Inserisca il codice ricevuto via SMS
phone-lead-recovery = Se ha perso l’app o non l’ha con sé, possiamo inviarle un codice via SMS. Non usiamo il numero per nient’altro.
phone-lead-method = Possiamo inviarle via SMS i codici per accedere. Non usiamo il numero per nient’altro.
phone-weak = Un SMS è meno sicuro dell’app: altri potrebbero leggerlo lungo il percorso, e un numero può finire in mano ad altri.
phone-not-in-use = Qui gli SMS non si usano più. Può rimuovere il numero.
phone-number = Numero di cellulare
phone-number-hint = Con il prefisso del Paese, come +41 79 123 45 67
phone-code = Codice di 6 cifre ricevuto via SMS
phone-other = Usa un altro numero
phone-skip = Continua senza numero di telefono
phone-add = Aggiungi un numero di telefono
# { $number } looks like •••42.
phone-replacing = { $number } resta valido finché il nuovo numero non è confermato.
phone-remove-email-codes = Senza il numero Le inviamo i codici via email.
phone-remove-app-only = Senza il numero nessun SMS potrà aiutarla se perde l’app.
phone-remove-password-only = Senza il numero basta la sola password. È molto meno sicuro.
phone-remove-blocked = { $brand } richiede un numero di telefono per ogni account. Può sostituirlo, ma non rimuoverlo.
account-phone-on = { $number }, dal giorno { $date }
account-phone-none = Ancora nessun numero
notice-phone-added = Il Suo numero di telefono è confermato.
notice-phone-replaced = Il nuovo numero di telefono è confermato. Il vecchio non viene più usato.
notice-phone-removed = Il numero di telefono è stato rimosso.
confirm-phone-setup = Sta per { $from }modificare il Suo numero di telefono{ $to }.
confirm-phone-remove = Sta per { $from }rimuovere il Suo numero di telefono{ $to }.
confirm-sms-first = Prima inviamo un codice di 6 cifre al numero { $number }.
app-remove-text-messages = In seguito Le invieremo i codici via SMS. È meno sicuro dell’app.
# Where there are no codes by text message.
app-setup-no-sms = { $brand } non invia codici via SMS: non è abbastanza sicuro e serve la rete.

## Confirm it's you

confirm-title = Confermi che è Lei
confirm = Conferma
# { $from } and { $to } are the ends of what is bold.
confirm-app-setup = Sta per { $from }configurare un’app di autenticazione{ $to }.
confirm-app-replace = Sta per { $from }sostituire la Sua app di autenticazione{ $to }.
confirm-app-remove = Sta per { $from }rimuovere la Sua app di autenticazione{ $to }.
confirm-recovery-codes = { $count ->
    [one] Sta per { $from }creare un nuovo codice di recupero{ $to }.
   *[other] Sta per { $from }creare nuovi codici di recupero{ $to }.
}
confirm-password = Sta per { $from }modificare la Sua password{ $to }.
confirm-remove-devices = Sta per { $from }rimuovere tutti i dispositivi memorizzati{ $to }.
confirm-remember-device = Sta per { $from }far memorizzare questo dispositivo{ $to }.
confirm-open-page = Sta per aprire { $from }una pagina con una protezione speciale{ $to }.
confirm-app-code = Codice di 6 cifre della Sua app di autenticazione
confirm-app-lost = Ho perso la mia app
confirm-email-code = Codice di 6 cifre ricevuto via email
confirm-email-first = Prima inviamo un codice di 6 cifre a { $address }.

# The name that the set-up proposes for an app.
app-setup-name-default = Il mio telefono

# The file with recovery codes, line by line.
recovery-file-title = { $count ->
    [one] Codice di recupero per { $host }
   *[other] Codici di recupero per { $host }
}
recovery-file-account = Account: { $account }
recovery-file-date = Data di creazione: { $date }
recovery-file-use = { $count ->
    [one] Se perde il telefono, acceda con la Sua password e questo codice. Vale una volta sola. Conservi questo file dove solo Lei può leggerlo.
   *[other] Se perde il telefono, acceda con la Sua password e uno di questi codici. Ogni codice vale una volta sola. Conservi questo file dove solo Lei può leggerlo.
}

# The name proposed for a device: "Firefox on Windows".
device-browser-on-system = { $browser } su { $system }
device-unknown = Questo dispositivo

## Several apps, and their names

app-several = All’accesso va bene il codice di una qualsiasi di queste app.
notice-app-renamed = Ora l’app si chiama { $name }.

## Names

notice-details-saved = Il Suo nome è salvato.

## Trusted devices: the list is full

devices-limit = Non possiamo memorizzare altri dispositivi. Se fa memorizzare questo dispositivo, dimenticheremo il più vecchio: { $name }.

## Where you are signed in

sessions-title = Dove ha effettuato l’accesso
account-sessions-count = { $count ->
    [one] Solo qui
   *[other] In { $count } browser
}
sessions-lead = In questi browser l’accesso al Suo account è attivo. Disconnetta quelli che non riconosce o non usa più.
sessions-this = Questo browser
sessions-site = Indirizzo
sessions-started = Accesso
sessions-end-named = Esci da { $name }
sessions-end-others = Esci da tutti gli altri
sessions-everywhere = Esci da tutti i browser
sessions-everywhere-hint = Pensa che qualcun altro usi il Suo account? Allora esca da tutti i browser, anche da questo, e modifichi la Sua password.
sessions-everywhere-devices = Pensa che qualcun altro usi il Suo account? Allora esca da tutti i browser, anche da questo, e modifichi la Sua password. Dopo, nessun dispositivo resta memorizzato.
notice-session-signed-out = Il browser scelto è stato disconnesso.
notice-sessions-signed-out = Tutti gli altri browser sono stati disconnessi.

## Recent activity

activity-title = Attività recente
account-activity-hint = Accessi e modifiche
activity-lead = Le ultime cose successe nel Suo account.
activity-none = Ancora nulla
activity-you = Era Lei?
activity-was-you = Allora non deve fare nulla.
# The four are the ends of two links.
activity-not-you = Se qualcosa qui non viene da Lei, { $password-from }modifichi la Sua password{ $password-to } e guardi { $sessions-from }dove ha effettuato l’accesso{ $sessions-to }.
activity-tell = E ci avvisi: qui sotto trova come contattarci.
activity-signed-in = Accesso
activity-signed-in-password = Accesso con la sola password
activity-signed-in-app = Accesso con un codice dell’app
activity-signed-in-email = Accesso con un codice via email
activity-signed-in-sms = Accesso con un codice via SMS
activity-signed-in-recovery = Accesso con un codice di recupero
activity-signed-in-device = Accesso da un dispositivo memorizzato
activity-signed-out = Uscita
activity-signed-out-everywhere = Uscita da tutti i browser
activity-session-ended = Un altro browser è stato disconnesso
activity-session-misses = Un browser è stato disconnesso dopo troppe risposte errate
activity-password-failed = { $count ->
    [one] È stata inserita una password errata
   *[other] È stata inserita una password errata { $count } volte
}
activity-answer-failed = { $count ->
    [one] Durante una conferma è stato inserito un codice o una password errata
   *[other] Durante una conferma è stato inserito { $count } volte un codice o una password errata
}
activity-factor-closed = Non sono stati più accettati codici dopo troppi codici errati
activity-waiting = Troppi tentativi: è stato necessario attendere
activity-device-trusted = Un dispositivo è stato memorizzato
activity-device-elsewhere = Un dispositivo memorizzato è stato usato in un nuovo luogo
activity-device-removed = Un dispositivo memorizzato è stato rimosso
activity-devices-removed = Tutti i dispositivi memorizzati sono stati rimossi
activity-app-added = È stata configurata un’app di autenticazione
activity-app-removed = È stata rimossa un’app di autenticazione
activity-phone-added = È stato aggiunto un numero di telefono
activity-phone-removed = Il numero di telefono è stato rimosso
activity-recovery-created = Sono stati creati nuovi codici di recupero
activity-recovery-used = È stato usato un codice di recupero
activity-password-changed = La password è stata modificata
activity-registered = L’account è stato creato con la registrazione
activity-reset-asked = Qualcuno ha chiesto un link per scegliere una nuova password
activity-reset = È stata scelta una nuova password con il link di un’email
activity-support-added = L’account è stato creato
activity-support-edited = L’assistenza ha modificato i Suoi dati
activity-support-locked = L’assistenza ha bloccato l’account
activity-support-unlocked = L’assistenza ha sbloccato l’account
activity-support-password = L’assistenza ha impostato una nuova password
activity-support-reset = L’assistenza ha rimosso la Sua app, i codici di recupero e i dispositivi memorizzati
activity-support-signed-out = L’assistenza ha disconnesso tutti i browser
activity-support-suspended = L’assistenza ha disattivato il codice per un certo tempo
activity-support-session = L’assistenza ha disconnesso un browser
activity-support-device = L’assistenza ha rimosso un dispositivo memorizzato

## While support has suspended the code

# { $until } is a day and an hour.
account-suspended = L’assistenza ha disattivato il codice per Lei: fino al giorno { $until } basta la Sua password. Dopo, il codice verrà chiesto di nuovo.

## Email address

details-change-email = Modifica l’indirizzo email
address-title = Modificare il Suo indirizzo email
# { $address } is bold.
address-lead = Lei accede con { $address }.
address-new = Nuovo indirizzo email
address-consequence = Inviamo un link al nuovo indirizzo. Appena preme il pulsante nella pagina del link, accede con il nuovo indirizzo e tutti gli altri dispositivi vengono disconnessi.
address-confirm-title = È il Suo indirizzo email?
address-confirm-lead = D’ora in poi vuole accedere con { $address }.
address-confirm-consequence = Tutti gli altri dispositivi vengono disconnessi e nessun dispositivo resta memorizzato.
address-confirm-save = Sì, usa questo indirizzo
address-confirm-not-you = Non lo ha chiesto Lei? Allora chiuda semplicemente questa pagina.
address-revoke-title = Annullare la modifica del Suo indirizzo email?
# { $old } and { $new } are addresses in bold.
address-revoke-lead = L’indirizzo del Suo account è stato modificato da { $old } a { $new }.
address-revoke-consequence = Se annulla la modifica, accederà di nuovo con il vecchio indirizzo e tutti i dispositivi verranno disconnessi.
address-revoke-save = Annulla la modifica
address-revoke-was-you = Lo ha modificato Lei? Allora chiuda semplicemente questa pagina.
address-revoked-title = La modifica è annullata
address-revoked-lead = Ora accede di nuovo con il Suo vecchio indirizzo email. Tutti i dispositivi sono stati disconnessi e quanto configurato per l’accesso dopo la modifica è stato rimosso.
address-revoked-next = Se non lo ha modificato Lei, forse qualcuno conosce la Sua password. Ne scelga ora una nuova.
address-revoked-reset = Scegli una nuova password
address-revoked-locked-title = Il Suo account è bloccato
address-revoked-locked = Il Suo vecchio indirizzo email appartiene ormai a un altro account, perciò non abbiamo potuto annullare la modifica. Per evitare che altri usino il Suo account, lo abbiamo bloccato. Chieda aiuto.
confirm-email = Sta per { $from }modificare il Suo indirizzo email{ $to }.
notice-email-link-sent = Abbiamo inviato un link a { $address }. L’indirizzo cambia appena preme il pulsante nella pagina del link.
notice-email-link-limit = Abbiamo già inviato diverse email. Potrà chiederne un’altra tra { $wait }.
notice-email-changed = Ora il Suo indirizzo email è { $address }. Tutti gli altri dispositivi sono stati disconnessi.
notice-sign-in-with-new-email = Il Suo indirizzo email è stato modificato. Acceda con quello nuovo.

activity-email-asked = È stato chiesto un altro indirizzo email
activity-email-changed = L’indirizzo email è stato modificato
activity-email-revoked = La modifica dell’indirizzo email è stata annullata
activity-email-lost = Non è stato possibile annullare la modifica dell’indirizzo email: l’account è stato bloccato

## Attività: Condizioni d’uso

activity-terms = Ha accettato le condizioni d’uso

## Attività: Invito

activity-support-invited = L’assistenza ha inviato un invito

## Attività: In attesa di approvazione

activity-approved = La registrazione è stata approvata

## The method that is recommended

recommended = Consigliata

## Configurazione: troppi codici errati, configurazione interrotta

notice-app-setup-too-many = Troppi codici errati. Ecco un nuovo codice QR – { $from }elimini la vecchia voce dalla Sua app{ $to }.
notice-app-setup-left = Le è già stato mostrato un codice QR. Vale solo questo nuovo – { $from }se ha scansionato quello vecchio, elimini la relativa voce dalla Sua app{ $to }.
error-sms-codes-too-many = Troppi codici errati. Controlli il numero e si faccia inviare un nuovo codice.
