# What is wrong with a field, and pages for when something is in the way. Nobody is to blame.

## Forms

error-stale-form = Questa pagina è rimasta aperta troppo a lungo. I dati inseriti non sono stati inviati. Riprovi, per favore.
error-email-missing = Inserisca il Suo indirizzo email
error-password-missing = Inserisca la Sua password
# Never says which of the two is wrong.
error-sign-in-wrong = Indirizzo email o password non corretti. Controlli entrambi e riprovi.
error-sign-in-wrong-warning = Indirizzo email o password non corretti. Controlli entrambi e riprovi. Dopo { $limit } password errate dovrà attendere.
error-password-wrong = La Sua password non è corretta.
error-password-too-long = Questa password è troppo lunga. Può avere al massimo circa 1000 caratteri.
error-code-missing = Inserisca il codice di 6 cifre
error-code-length = Il codice ha 6 cifre – cifre inserite: { $typed }.
error-code-not-digits = Il codice è composto solo da cifre.
error-email-code-wrong = Questo codice non è corretto. Guardi l’email più recente e riprovi.
error-email-code-expired = Questo codice è scaduto. Ne chieda uno nuovo.
error-email-code-expired-resent = Questo codice è scaduto. Gliene abbiamo inviato uno nuovo.
error-sms-code-wrong = Questo codice non è corretto. Guardi l’SMS più recente e riprovi.
error-phone-missing = Inserisca il Suo numero di cellulare
error-phone-unreadable = Non riusciamo a leggere questo numero. Lo scriva con il prefisso del Paese, come +41 79 123 45 67.
error-phone-no-country-code = Inizi il numero con il prefisso del Paese, come +41 79 123 45 67.
error-phone-other-country = Non possiamo inviare SMS in quel Paese. Usi un altro numero.
error-phone-not-mobile = Non possiamo inviare SMS a quel numero. Usi un numero di cellulare.
error-app-code-wrong = Questo codice non è corretto. Usi il codice più recente dell’app; l’ora del telefono dovrebbe regolarsi automaticamente.
error-app-code-late = Questo codice è troppo vecchio: l’orologio del telefono è indietro. Lo imposti su automatico.
error-app-code-used = Questo codice è già stato usato. Attenda il prossimo.
error-setup-code-wrong = Questo codice non è corretto. Controlli di aver scansionato questo codice QR – non uno più vecchio – e usi il codice più recente.
error-recovery-code-missing = Inserisca un codice di recupero
error-recovery-code-wrong = Questo codice di recupero non è corretto o è già stato usato.
error-codes-not-saved = { $count ->
    [one] Spunti la casella quando ha salvato il codice
   *[other] Spunti la casella quando ha salvato i codici
}
error-name-too-long = Questo nome è troppo lungo. Usi al massimo 60 caratteri.
error-current-password-missing = Inserisca la password attuale
error-current-password-wrong = La password attuale non è corretta.
error-new-password-missing = Inserisca una nuova password
error-new-password-short = È troppo corta. Usi almeno { $least } caratteri; quattro parole a caso vanno bene.
error-new-password-guessable = Questa password è facile da indovinare. Ne scelga una a cui solo Lei penserebbe.
error-new-password-same = Questa è la Sua password attuale. Ne scelga un’altra.
error-language-missing = Scelga una lingua
error-first-name-too-long = Questo nome è troppo lungo. Usi al massimo 100 caratteri.
error-last-name-too-long = Questo cognome è troppo lungo. Usi al massimo 100 caratteri.

## In the way

no-cookies-title = Il Suo browser blocca i cookie
no-cookies-text = Il Suo browser blocca i cookie per questo sito. Senza cookie l’accesso non è possibile. Consenta i cookie per questo sito nelle impostazioni del browser e riprovi.
forbidden-title = Questo non viene da noi
forbidden-text = Questa richiesta veniva da un altro sito, perciò non abbiamo fatto nulla. Nel Suo account non è cambiato nulla. Se era ciò che voleva fare, apra { $brand } direttamente.
refused-title = Non ha accesso a questa pagina
refused-text = Questa parte di { $brand } non si può aprire da qui. Se Le serve, chieda aiuto.
throttled-title = Troppi tentativi
# { $wait } is bold, like "4 minutes"; { $time } is like "14:05".
throttled-text = Attenda { $wait } (fino alle ore { $time }).
throttled-calm = Non deve fare nulla. Se non era Lei, al Suo account non è successo nulla.
throttled-over = L’attesa è finita. Ora può riprovare.
busy-title = In questo momento molte persone stanno accedendo
busy-text = Attenda qualche secondo e riprovi.
closed-title = Non accettiamo più codici per il Suo account
closed-text = Ci sono stati troppi codici errati. Per proteggere il Suo account non ne accettiamo altri, finché qualcuno non Le avrà dato aiuto.
no-access-title = Non ha accesso a { $brand }
no-access-text = L’accesso è riuscito, ma il Suo account qui non è abilitato. Se pensa che sia un errore, chieda aiuto.
upstream-down-title = In questo momento { $brand } non risponde
upstream-down-text-signed-in = Il Suo accesso è ancora attivo. Riprovi tra un minuto.
upstream-down-text = Riprovi tra un minuto, per favore.
# { $from } and { $to } are the ends of what is bold.
upstream-down-not-sent = La Sua ultima azione { $from }non{ $to } è stata inviata.
upstream-down-unknown = Non sappiamo se la Sua ultima azione è stata salvata. Controlli prima di ripeterla.
store-down-title = In questo momento l’accesso non è possibile
store-down-text = Il problema è nostro. Riprovi più tardi, per favore.
not-found-title = Questa pagina non esiste
not-found-text = L’indirizzo può essere scritto male, oppure la pagina è stata spostata.
bad-request-title = Non abbiamo capito
bad-request-text = Il Suo browser ha inviato qualcosa che non possiamo leggere. Torni indietro e riprovi.
too-large-title = È troppo per questo modulo
too-large-text = Il Suo browser ha inviato più di quanto questo modulo possa accettare. Torni indietro e accorci il testo inserito.
method-not-allowed-title = Qui non funziona
method-not-allowed-text = Questo indirizzo non si può usare in questo modo. Torni indietro e riprovi.

## Registration

error-registration-code-missing = Inserisca il Suo codice di registrazione
error-registration-code-wrong = Questo codice di registrazione non è corretto. Lo controlli e riprovi.
error-registration-domain = Non può registrarsi con un indirizzo di questo tipo. Ne usi un altro o chieda aiuto.
error-given-name-missing = Inserisca il Suo nome
error-method-missing = Scelga come vuole confermare gli accessi

## Links from letters

error-email-malformed = Questo non è un indirizzo email. Un indirizzo ha questo aspetto: nome@example.com.
link-expired-title = Questo link è scaduto
# { $length } looks like "30 minutes".
link-expired-text = Un link è valido per { $length }, e conta solo il più recente.
link-used-title = Questo link è già stato usato
link-used-text = Ogni link vale una volta sola.
link-over-title = Questo link non funziona più
link-over-text = Ci sono stati troppi codici errati. Per proteggere il Suo account non accettiamo più questo link.
link-again = Ricevi un nuovo link

## A form that came after the session had ended, and cannot be kept

not-kept-title = Il Suo accesso è scaduto
not-kept-text = I dati inseriti non si sono potuti conservare. Acceda in una nuova scheda, poi torni qui e usi il pulsante Indietro del browser.
# A button; it opens a new tab.
not-kept-sign-in = Accedi in una nuova scheda
link-revoke-expired-text = Un link di questo tipo è valido per { $length }, una volta sola.
error-new-email-missing = Inserisca il nuovo indirizzo email
error-new-email-same = Questo è il Suo indirizzo email attuale. Ne inserisca un altro.
error-new-email-too-many = Il Suo indirizzo email è stato modificato più volte negli ultimi giorni. Attenda prima di modificarlo di nuovo.

## Condizioni d’uso

error-terms-not-accepted = Selezioni la casella se accetta le condizioni d’uso
error-terms-changed = C’è una nuova versione delle condizioni d’uso. La legga, e selezioni la casella se la accetta.

## Un link di invito

link-invite-over = Ne chieda uno nuovo a chi Le ha mandato l’invito.
link-invite-used = Con questo link ha scelto la Sua password. Acceda con quella.
