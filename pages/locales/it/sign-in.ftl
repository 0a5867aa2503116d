# Signing in and out, codes, the trust question, and the set-up that everybody goes through.

## Sign in

sign-in-title = Accesso a { $brand }
sign-in = Accedi
sign-in-again = Accedi di nuovo
sign-in-email = Indirizzo email
password = Password
password-show = Mostra
password-hide = Nascondi
password-show-label = Mostra la password
password-hide-label = Nascondi la password
password-is-shown = La password è visibile
password-is-hidden = La password è nascosta
start-again = Ricomincia con un altro account

notice-signed-out = Ha effettuato l’uscita.
notice-session-ended = Il Suo accesso è scaduto. Acceda di nuovo per continuare.
notice-start-again = È passato un po’ troppo tempo. Acceda di nuovo, per favore.
notice-too-many-wrong-codes = Troppi codici errati. Acceda di nuovo.
notice-too-many-wrong-answers = Troppe risposte errate. Per la Sua sicurezza abbiamo chiuso l’accesso. Acceda di nuovo.
notice-sign-in-with-new-password = La Sua password è stata modificata. Acceda con quella nuova.

## Code by email

code-email-title = Inserisca il codice di 6 cifre ricevuto via email
# { $address } looks like a•••@example.com, { $length } like "10 minutes".
code-email-sent = Lo abbiamo inviato a { $address }. È valido per { $length }.
code-email-sent-at = Inviato alle ore { $time }.
code-email-for = Il codice viene inviato a { $address }.
code-email-problems = Problemi con il codice?
code-email-spam = Può impiegare un minuto ad arrivare. Guardi anche nella cartella della posta indesiderata.
code-email-again = Invia un nuovo codice
another-way = Conferma in un altro modo
# Where no code was sent yet.
code-email-send-title = Ricevere un codice via email
code-email-send-lead = Per confermare che è Lei, inviamo un codice di 6 cifre a { $address }.
code-email-send = Invia il codice

notice-code-sent-again = Abbiamo inviato un nuovo codice. Usi quello dell’email più recente.
notice-code-too-early = { $seconds ->
    [0] Abbiamo appena inviato un codice. Attenda ancora un po’.
    [one] Abbiamo inviato un codice { $seconds } secondo fa. Attenda ancora un po’.
   *[other] Abbiamo inviato un codice { $seconds } secondi fa. Attenda ancora un po’.
}
notice-code-limit = Abbiamo già inviato diversi codici. Potrà chiederne un altro tra { $wait }. Il codice più recente è ancora valido.
notice-mail-failed = In questo momento non siamo riusciti a inviare l’email. Riprovi, per favore.
# { $from } and { $to } are the ends of a link.
notice-mail-failed-other-ways = In questo momento non siamo riusciti a inviare l’email. Riprovi oppure { $from }confermi in un altro modo{ $to }.

## Code by text message

code-sms-title = Inserisca il codice di 6 cifre ricevuto via SMS
# { $number } looks like •••42, { $length } like "10 minutes".
code-sms-sent = Lo abbiamo inviato al numero { $number }. È valido per { $length }.
code-sms-for = Il codice viene inviato al numero { $number }.
code-sms-reception = Può impiegare un minuto ad arrivare. Controlli che il telefono abbia rete.
# Where no code was sent yet.
code-sms-send-title = Ricevere un codice via SMS
code-sms-send-lead = Per confermare che è Lei, inviamo un codice di 6 cifre al numero { $number }.
methods-sms = SMS al numero { $number }
notice-sms-sent-again = Abbiamo inviato un nuovo codice. Usi quello dell’SMS più recente.
notice-sms-failed = In questo momento non siamo riusciti a inviare l’SMS. Riprovi, per favore.
# { $from } and { $to } are the ends of a link.
notice-sms-failed-other-ways = In questo momento non siamo riusciti a inviare l’SMS. Riprovi oppure { $from }confermi in un altro modo{ $to }.

## Code from the app

code-app-title = Inserisca il codice di 6 cifre della Sua app di autenticazione
# { $entry } looks like "Example Portal (anna@example.com)".
code-app-lead = Apra l’app e cerchi { $entry }.
code-app-problems = Non posso usare la mia app
code-app-problems-text = Ha perso il telefono, è rotto o non lo ha con sé? Forse c’è un altro modo.

## Recovery code

code-recovery-title = { $count ->
    [one] Inserisca il Suo codice di recupero
   *[other] Inserisca uno dei Suoi codici di recupero
}
# A sample code follows.
recovery-hint = { $count ->
    [one] Il codice vale una volta sola. Ha questo aspetto:
   *[other] Ogni codice vale una volta sola. Ha questo aspetto:
}
recovery-used-title = { $count ->
    [one] Ha usato il Suo codice di recupero
   *[other] Ha usato un codice di recupero
}
recovery-used-left = { $left ->
    [0] Non Le resta nessun codice di recupero.
    [one] Le resta { $left } codice.
   *[other] Le restano { $left } codici.
}
recovery-few = { $count ->
    [one] Crei presto un nuovo codice di recupero, così potrà sempre accedere.
   *[other] Crei presto nuovi codici di recupero, così potrà sempre accedere.
}
recovery-used-lead = Ha perso l’app o ha un nuovo telefono? Allora configuri di nuovo l’app.
recovery-used-app = Configura di nuovo la mia app

## Another way

methods-title = Come vuole confermare che è Lei?
methods-app = Codice della Sua app di autenticazione
methods-app-hint = Sei cifre dall’app sul Suo telefono
methods-email = Codice via email a { $address }
methods-email-hint = Lo inviamo appena fa questa scelta
methods-recovery = { $count ->
    [one] Il Suo codice di recupero
   *[other] Uno dei Suoi codici di recupero
}
methods-recovery-hint = { $count ->
    [one] Quello che ha salvato o stampato
   *[other] Dall’elenco che ha salvato o stampato
}
methods-none = Nessuno di questi modi funziona
methods-none-text = Chieda aiuto. Quando sarà certo che è Lei, qualcuno potrà farla entrare di nuovo.
methods-no-way-title = Per accedere Le serve aiuto

## Trust this device?

trust-title = Vuole accedere senza codice su questo dispositivo la prossima volta?
# { $length } looks like "90 days".
trust-lead = Se solo Lei usa questo dispositivo, possiamo memorizzarlo per { $length }. La password servirà comunque.
trust-name = Nome di questo dispositivo
trust-name-hint = Vedrà questo nome nel Suo account.
trust-yes = Sì, memorizza questo dispositivo
trust-no = No, chiedi ogni volta
trust-shared = Non lo faccia su un computer condiviso o pubblico.
trust-limit = Non possiamo memorizzare altri dispositivi. Se risponde sì, dimenticheremo il più vecchio: { $name }.

## Sign out

sign-out-title = Vuole uscire?
sign-out-lead = Può accedere di nuovo in qualsiasi momento.
sign-out-none-title = Non ha effettuato l’accesso
signed-out-title = Ha effettuato l’uscita da { $brand }
signed-out-lead = A presto! Ora può chiudere questa finestra.
forget-lead = Questo dispositivo resta memorizzato: non chiede il codice.
# Nobody is signed in, and the browser may or may not be remembered for some account.
forget-lead-maybe = Forse questo dispositivo è ancora memorizzato: in tal caso, all’accesso non chiede il codice.
forget = Dimentica questo dispositivo
notice-device-forgotten = Abbiamo dimenticato questo dispositivo. La prossima volta chiederemo di nuovo un codice.

## Set-up that everybody goes through

setup-step = Passo { $number } di { $total }
setup-why-title = Renda più sicuro il Suo account
setup-why-lead = Una password si può indovinare o rubare. Per questo { $brand } chiede una seconda prova: un codice che solo il Suo telefono conosce.
setup-why-what = Le servono un’app di autenticazione, che è gratuita, e circa cinque minuti.
setup-why-phone = Prima chiediamo il Suo numero di cellulare e inviamo lì un codice.
setup-why-codes = { $count ->
    [one] Poi riceverà un codice di recupero, se dovesse perdere il telefono.
   *[other] Poi riceverà dei codici di recupero, se dovesse perdere il telefono.
}
setup-why-go = Configura ora
setup-why-no-phone = Non ho uno smartphone
setup-why-no-phone-text = Non è un problema. Esistono app di autenticazione per computer, e anche molti programmi per gestire le password possono mostrare i codici. Se niente di questo fa per Lei, chieda aiuto.
setup-why-no-phone-email = Oppure scelga «Non ora» e continui ad accedere con un codice via email.
setup-done-title = Tutto fatto
setup-done-lead = D’ora in poi accede con la Sua password e un codice dell’app.
setup-done-finish = Fine

## Set-up that may be put off

# { $date } is a day.
setup-why-from = A partire dal giorno { $date } Le servirà un’app di autenticazione per accedere a { $brand }. Fino ad allora può rimandare.
setup-why-later = Non ora

## A recovery code that is replaced when used

recovery-used-fresh = Eccone uno nuovo al suo posto. È valido da ora, una volta sola. Lo salvi: non possiamo mostrarlo di nuovo.

## Registration

sign-in-new = Non ha ancora un account?
register-create = Crea un account
register-email-title = Crea un account
register-email-lead = Prima ci serve il Suo indirizzo email. A questo indirizzo inviamo un codice, per essere sicuri che sia Suo.
register-code = Codice di registrazione
register-code-optional = Codice di registrazione, se ne ha uno
register-code-hint = Lo ha ricevuto da chi Le ha mandato l’invito.
register-have-account = Ha già un account?
register-check-sent = Abbiamo inviato un’email a { $address }. Il codice che contiene è valido per { $length }.
register-check-or-link = Può anche aprire il link nell’email, sul dispositivo che preferisce.
register-check-for = L’email viene inviata a { $address }.
register-check-again = Invia di nuovo l’email
register-other-address = Usa un altro indirizzo
register-link-title = Confermi il Suo indirizzo email
register-link-lead = Ha aperto il link che abbiamo inviato a { $address }.
register-link-go = Conferma questo indirizzo
register-details-title = Il Suo nome e la Sua password
register-details-for = Accederà con { $address }.
register-details-go = Crea l’account
register-method-title = Come vuole confermare gli accessi?
register-method-lead = Oltre alla password, chiediamo un codice a ogni accesso.
register-method-app = App di autenticazione – più sicura
register-method-app-hint = Un’app sul telefono o sul computer mostra il codice, anche senza rete.
register-method-email = Codice via email
register-method-email-hint = Inviamo il codice a { $address }. Può configurare un’app in qualsiasi momento.

notice-register-again = È passato un po’ troppo tempo. Ricominci, per favore, oppure apra il link nell’email che Le abbiamo inviato.
notice-register-too-many = Troppi codici errati. Ricominci, per favore.
notice-register-mail-limit = Abbiamo già inviato diverse email a questo indirizzo. Cerchi la più recente o riprovi tra { $wait }.
notice-register-sent-again = Abbiamo inviato di nuovo l’email. Usi la più recente.
notice-account-made = Il Suo account è pronto. Acceda per continuare.
notice-account-there = Esiste già un account con questo indirizzo. Acceda con quello.

## Forgotten password

sign-in-forgotten = Ha dimenticato la password?
reset-title = Ha dimenticato la password?
reset-lead = Inserisca il Suo indirizzo email. Le inviamo un link per scegliere una nuova password.
reset-send = Invia il link
reset-sent-title = Controlli la Sua posta
reset-sent-lead = Se esiste un account per questo indirizzo, abbiamo inviato un’email.
# { $length } looks like "30 minutes".
reset-sent-next = Apra il link che contiene, su questo dispositivo o su un altro. È valido per { $length }.
reset-sent-problems = Non ha ricevuto l’email?
reset-sent-limit = Se l’ha chiesta più volte, attenda un’ora. Vale solo il link più recente.
reset-sent-another = Prova con un altro indirizzo
reset-password-title = Scelga una nuova password
reset-password-help = Per scegliere una nuova password serve uno dei Suoi codici di recupero, e nel Suo account non ne restano. Chieda aiuto.
reset-password-consequence = Tutti i dispositivi vengono disconnessi. Poi acceda con la nuova password; il secondo passo resta com’è.
reset-password-save = Salva la nuova password
reset-done-sign-in = La Sua nuova password è salvata. Acceda ora con quella.

## A form that was sent after the session had ended (resume)

# Above the sign-in form.
notice-form-kept = Il Suo accesso è scaduto mentre inviava un modulo. Acceda, poi potrà inviarlo.
# { $path } is an address on the site, such as /orders/save.
resume-title = Inviare il modulo a { $path }?
resume-why = Quando lo ha inviato, il Suo accesso era scaduto: perciò lo abbiamo conservato per Lei. Non è stato ancora inviato nulla.
resume-send = Invia ora
resume-drop = Non inviare
resume-foreign-title = Il Suo modulo non è qui
resume-foreign-text = In questo browser c’era in attesa il modulo di un’altra persona. È stato eliminato e non è stato inviato.
resume-nothing-title = Non c’è nulla da inviare
resume-nothing-text = Il modulo è già stato inviato, oppure ha atteso troppo a lungo ed è stato eliminato.

## Condizioni d’uso

terms-title = Condizioni d’uso
terms-version = Versione { $version }
terms-first = Le legga una volta, per favore. Poi può continuare.
terms-changed = Sono cambiate da quando le ha accettate. Le legga di nuovo, per favore.
terms-changes-title = Che cosa è cambiato
terms-gone = Non valgono più. Può continuare.
terms-agree = Accetto le condizioni d’uso di { $brand } (versione { $version })
terms-decline = Rifiuta ed esci
notice-terms-declined = Non ha accettato le condizioni d’uso, quindi l’accesso non è avvenuto. Può accedere e accettarle in qualsiasi momento.
notice-link-signed-in = Ha già effettuato l’accesso su questo dispositivo. Per usare il link della Sua email, esca qui e poi apra di nuovo il link.

## Invito

invite-title = Le diamo il benvenuto su { $brand }
invite-lead = Per Lei è stato creato un account. Accederà con { $address } e con la password che sceglie qui.

## In attesa di approvazione

register-waiting-title = In attesa di approvazione
register-waiting-lead = Il Suo account è pronto. Prima che possa usarlo, qualcuno lo esamina.
register-waiting-next = Appena sarà fatto riceverà un’email e potrà accedere.
