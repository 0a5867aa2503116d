# Signing in and out, codes, the trust question, and the set-up that everybody goes through.

## Sign in

sign-in-title = Se connecter à { $brand }
sign-in = Se connecter
sign-in-again = Se reconnecter
sign-in-email = Adresse e-mail
password = Mot de passe
password-show = Afficher
password-hide = Masquer
password-show-label = Afficher le mot de passe
password-hide-label = Masquer le mot de passe
password-is-shown = Votre mot de passe est affiché
password-is-hidden = Votre mot de passe est masqué
start-again = Recommencer avec un autre compte

notice-signed-out = Votre session est fermée.
notice-session-ended = Votre session a expiré. Connectez-vous pour continuer.
notice-start-again = Cela a pris un peu trop de temps. Veuillez vous connecter à nouveau.
notice-too-many-wrong-codes = Trop de codes incorrects. Veuillez vous connecter à nouveau.
notice-too-many-wrong-answers = Trop de réponses incorrectes. Pour vous protéger, nous avons fermé votre session. Veuillez vous connecter à nouveau.
notice-sign-in-with-new-password = Votre mot de passe a été modifié. Connectez-vous avec le nouveau.

## Code by email

code-email-title = Saisissez le code à 6 chiffres reçu par e‑mail
# { $address } looks like a•••@example.com, { $length } like "10 minutes".
code-email-sent = Nous l’avons envoyé à { $address }. Il est valable { $length }.
code-email-sent-at = Envoyé à { $time }.
code-email-for = Le code est envoyé à { $address }.
code-email-problems = Un problème avec le code ?
code-email-spam = Il peut mettre une minute à arriver. Regardez aussi dans le courrier indésirable.
code-email-again = Envoyer un nouveau code
another-way = Confirmer d’une autre façon
# Where no code was sent yet.
code-email-send-title = Recevoir un code par e‑mail
code-email-send-lead = Pour confirmer que c’est bien vous, nous envoyons un code à 6 chiffres à { $address }.
code-email-send = Envoyer le code

notice-code-sent-again = Nous avons envoyé un nouveau code. Utilisez celui du dernier e‑mail reçu.
notice-code-too-early = { $seconds ->
    [0] Nous venons d’envoyer un code. Veuillez patienter un peu.
    [one] Nous avons envoyé un code il y a { $seconds } seconde. Veuillez patienter un peu.
   *[other] Nous avons envoyé un code il y a { $seconds } secondes. Veuillez patienter un peu.
}
notice-code-limit = Nous avons déjà envoyé plusieurs codes. Vous pourrez en demander un autre dans { $wait }. Le dernier code reste valable.
notice-mail-failed = Nous n’avons pas pu envoyer l’e‑mail. Veuillez réessayer.
# { $from } and { $to } are the ends of a link.
notice-mail-failed-other-ways = Nous n’avons pas pu envoyer l’e‑mail. Réessayez ou { $from }confirmez d’une autre façon{ $to }.

## Code by text message

code-sms-title = Saisissez le code à 6 chiffres reçu par SMS
# { $number } looks like •••42, { $length } like "10 minutes".
code-sms-sent = Nous l’avons envoyé au { $number }. Il est valable { $length }.
code-sms-for = Le code est envoyé au { $number }.
code-sms-reception = Il peut mettre une minute à arriver. Vérifiez que votre téléphone a du réseau.
# Where no code was sent yet.
code-sms-send-title = Recevoir un code par SMS
code-sms-send-lead = Pour confirmer que c’est bien vous, nous envoyons un code à 6 chiffres au { $number }.
methods-sms = SMS au { $number }
notice-sms-sent-again = Nous avons envoyé un nouveau code. Utilisez celui du dernier SMS reçu.
notice-sms-failed = Nous n’avons pas pu envoyer le SMS. Veuillez réessayer.
# { $from } and { $to } are the ends of a link.
notice-sms-failed-other-ways = Nous n’avons pas pu envoyer le SMS. Réessayez ou { $from }confirmez d’une autre façon{ $to }.

## Code from the app

code-app-title = Saisissez le code à 6 chiffres de votre application d’authentification
# { $entry } looks like "Example Portal (anna@example.com)".
code-app-lead = Ouvrez l’application et cherchez { $entry }.
code-app-problems = Je ne peux pas utiliser mon application
code-app-problems-text = Votre téléphone est perdu, cassé ou resté ailleurs ? Il y a peut-être une autre façon de confirmer.

## Recovery code

code-recovery-title = { $count ->
    [one] Saisissez votre code de secours
   *[other] Saisissez l’un de vos codes de secours
}
# A sample code follows.
recovery-hint = { $count ->
    [one] Le code sert une seule fois. Il ressemble à ceci :
   *[other] Chaque code sert une seule fois. Il ressemble à ceci :
}
recovery-used-title = { $count ->
    [one] Vous avez utilisé votre code de secours
   *[other] Vous avez utilisé un code de secours
}
recovery-used-left = { $left ->
    [0] Il ne vous reste aucun code de secours.
    [one] Il vous reste { $left } code.
   *[other] Il vous reste { $left } codes.
}
recovery-few = { $count ->
    [one] Pensez à créer bientôt un nouveau code de secours, pour toujours pouvoir vous connecter.
   *[other] Pensez à créer bientôt de nouveaux codes de secours, pour toujours pouvoir vous connecter.
}
recovery-used-lead = Votre application est perdue, ou vous avez un nouveau téléphone ? Configurez à nouveau l’application.
recovery-used-app = Configurer à nouveau mon application

## Another way

methods-title = Comment voulez-vous confirmer que c’est bien vous ?
methods-app = Code de votre application d’authentification
methods-app-hint = Six chiffres affichés par l’application sur votre téléphone
methods-email = Code par e‑mail à { $address }
methods-email-hint = Nous l’envoyons dès que vous faites ce choix
methods-recovery = { $count ->
    [one] Votre code de secours
   *[other] L’un de vos codes de secours
}
methods-recovery-hint = { $count ->
    [one] Celui que vous avez enregistré ou imprimé
   *[other] De la liste que vous avez enregistrée ou imprimée
}
methods-none = Rien de tout cela n’est possible
methods-none-text = Demandez de l’aide. Une fois certain que c’est bien vous, quelqu’un pourra vous redonner accès.
methods-no-way-title = Vous avez besoin d’aide pour vous connecter

## Trust this device?

trust-title = La prochaine fois, se connecter sans code sur cet appareil ?
# { $length } looks like "90 days".
trust-lead = Si personne d’autre n’utilise cet appareil, nous pouvons le mémoriser pendant { $length }. Votre mot de passe restera nécessaire.
trust-name = Nom de cet appareil
trust-name-hint = Vous verrez ce nom dans votre compte.
trust-yes = Oui, mémoriser cet appareil
trust-no = Non, demander à chaque fois
trust-shared = À éviter sur un ordinateur partagé ou public.
trust-limit = Nous ne pouvons pas mémoriser plus d’appareils. Si vous répondez oui, nous oublierons le plus ancien : { $name }.

## Sign out

sign-out-title = Voulez-vous vous déconnecter ?
sign-out-lead = Vous pourrez vous reconnecter à tout moment.
sign-out-none-title = Aucune session n’est ouverte
signed-out-title = Votre session sur { $brand } est fermée
signed-out-lead = À bientôt ! Vous pouvez maintenant fermer cette fenêtre.
forget-lead = Cet appareil reste mémorisé : il ne demande pas de code.
# Nobody is signed in, and the browser may or may not be remembered for some account.
forget-lead-maybe = Cet appareil est peut-être encore mémorisé ; dans ce cas, il ne demande pas de code à la connexion.
forget = Oublier cet appareil
notice-device-forgotten = Cet appareil est oublié. La prochaine fois, nous demanderons à nouveau un code.

## Set-up that everybody goes through

setup-step = Étape { $number } sur { $total }
setup-why-title = Protégez mieux votre compte
setup-why-lead = Un mot de passe peut être deviné ou volé. C’est pourquoi { $brand } demande une deuxième preuve : un code que seul votre téléphone connaît.
setup-why-what = Il vous faut une application d’authentification, qui est gratuite, et environ cinq minutes.
setup-why-phone = Nous vous demandons d’abord votre numéro de téléphone mobile et y envoyons un code.
setup-why-codes = { $count ->
    [one] Vous recevrez ensuite un code de secours, au cas où vous perdriez votre téléphone.
   *[other] Vous recevrez ensuite des codes de secours, au cas où vous perdriez votre téléphone.
}
setup-why-go = Configurer maintenant
setup-why-no-phone = Je n’ai pas de smartphone
setup-why-no-phone-text = Ce n’est pas un problème. Il existe des applications d’authentification pour ordinateur, et beaucoup de gestionnaires de mots de passe peuvent aussi afficher les codes. Si rien de tout cela ne vous convient, demandez de l’aide.
setup-why-no-phone-email = Ou choisissez « Pas maintenant » et continuez à vous connecter avec un code par e‑mail.
setup-done-title = C’est terminé
setup-done-lead = À partir de maintenant, vous vous connectez avec votre mot de passe et un code de votre application.
setup-done-finish = Terminer

## Set-up that may be put off

# { $date } is a day.
setup-why-from = À partir du { $date }, il vous faudra une application d’authentification pour vous connecter à { $brand }. D’ici là, vous pouvez remettre cela à plus tard.
setup-why-later = Pas maintenant

## A recovery code that is replaced when used

recovery-used-fresh = En voici un nouveau pour le remplacer. Il est valable à partir de maintenant, une seule fois. Enregistrez-le : nous ne pourrons pas l’afficher à nouveau.

## Registration

sign-in-new = Pas encore de compte ?
register-create = Créer un compte
register-email-title = Créer un compte
register-email-lead = Nous avons d’abord besoin de votre adresse e‑mail. Nous y envoyons un code, pour vérifier qu’elle est bien à vous.
register-code = Code d’inscription
register-code-optional = Code d’inscription, si vous en avez un
register-code-hint = Vous l’avez reçu de la personne qui vous a envoyé l’invitation.
register-have-account = Vous avez déjà un compte ?
register-check-sent = Nous avons envoyé un e‑mail à { $address }. Le code qu’il contient est valable { $length }.
register-check-or-link = Vous pouvez aussi ouvrir le lien de l’e‑mail, sur l’appareil de votre choix.
register-check-for = L’e‑mail est envoyé à { $address }.
register-check-again = Envoyer à nouveau l’e‑mail
register-other-address = Utiliser une autre adresse
register-link-title = Confirmez votre adresse e‑mail
register-link-lead = Vous avez ouvert le lien que nous avons envoyé à { $address }.
register-link-go = Confirmer cette adresse
register-details-title = Votre nom et votre mot de passe
register-details-for = Vous vous connecterez avec { $address }.
register-details-go = Créer le compte
register-method-title = Comment voulez-vous confirmer vos connexions ?
register-method-lead = En plus de votre mot de passe, nous demandons un code à chaque connexion.
register-method-app = Application d’authentification – plus sûre
register-method-app-hint = Une application sur votre téléphone ou votre ordinateur affiche le code, même sans réseau.
register-method-email = Code par e‑mail
register-method-email-hint = Nous envoyons le code à { $address }. Vous pourrez configurer une application plus tard, à tout moment.

notice-register-again = Cela a pris un peu trop de temps. Veuillez recommencer, ou ouvrez le lien de l’e‑mail que nous vous avons envoyé.
notice-register-too-many = Trop de codes incorrects. Veuillez recommencer.
notice-register-mail-limit = Nous avons déjà envoyé plusieurs e‑mails à cette adresse. Cherchez le plus récent, ou réessayez dans { $wait }.
notice-register-sent-again = Nous avons renvoyé l’e‑mail. Utilisez le plus récent.
notice-account-made = Votre compte est créé. Connectez-vous pour continuer.
notice-account-there = Il existe déjà un compte avec cette adresse. Connectez-vous avec celle-ci.

## Forgotten password

sign-in-forgotten = Mot de passe oublié ?
reset-title = Mot de passe oublié ?
reset-lead = Saisissez votre adresse e‑mail. Nous vous enverrons un lien pour choisir un nouveau mot de passe.
reset-send = Envoyer le lien
reset-sent-title = Regardez vos e‑mails
reset-sent-lead = S’il existe un compte pour cette adresse, nous avons envoyé un e‑mail.
# { $length } looks like "30 minutes".
reset-sent-next = Ouvrez le lien qu’il contient, sur cet appareil ou sur un autre. Il est valable { $length }.
reset-sent-problems = Pas d’e‑mail ?
reset-sent-limit = Si vous avez fait plusieurs demandes, veuillez patienter une heure. Seul le lien le plus récent est valable.
reset-sent-another = Essayer une autre adresse
reset-password-title = Choisissez un nouveau mot de passe
reset-password-help = Pour choisir un nouveau mot de passe, il vous faut l’un de vos codes de secours, et il n’en reste aucun dans votre compte. Demandez de l’aide.
reset-password-consequence = Tous les appareils seront déconnectés. Connectez-vous ensuite avec votre nouveau mot de passe ; la deuxième étape reste la même.
reset-password-save = Enregistrer le nouveau mot de passe
reset-done-sign-in = Votre nouveau mot de passe est enregistré. Connectez-vous maintenant avec celui-ci.

## A form that was sent after the session had ended (resume)

# Above the sign-in form.
notice-form-kept = Votre session a expiré pendant que vous envoyiez un formulaire. Connectez-vous, vous pourrez ensuite l’envoyer.
# { $path } is an address on the site, such as /orders/save.
resume-title = Envoyer votre formulaire à { $path } ?
resume-why = Votre session avait expiré quand vous l’avez envoyé, nous l’avons donc conservé pour vous. Rien n’a encore été envoyé.
resume-send = Envoyer maintenant
resume-drop = Ne pas envoyer
resume-foreign-title = Votre formulaire n’est pas ici
resume-foreign-text = Le formulaire d’une autre personne attendait dans ce navigateur. Il a été supprimé et n’a pas été envoyé.
resume-nothing-title = Il n’y a rien à envoyer
resume-nothing-text = Le formulaire a déjà été envoyé, ou il a attendu trop longtemps et a été supprimé.

## Conditions d’utilisation

terms-title = Conditions d’utilisation
terms-version = Version { $version }
terms-first = Veuillez les lire une fois. Vous pourrez continuer ensuite.
terms-changed = Elles ont changé depuis que vous les avez acceptées. Veuillez les relire.
terms-changes-title = Ce qui a changé
terms-gone = Elles ne s’appliquent plus. Vous pouvez continuer.
terms-agree = J’accepte les conditions d’utilisation de { $brand } (version { $version })
terms-decline = Refuser et se déconnecter
notice-terms-declined = Vous n’avez pas accepté les conditions d’utilisation : votre session n’est donc pas ouverte. Vous pouvez vous connecter et les accepter à tout moment.
notice-link-signed-in = Une session est ouverte sur cet appareil. Pour utiliser le lien de votre e‑mail, déconnectez-vous ici, puis ouvrez de nouveau le lien.

## Invitation

invite-title = Bienvenue sur { $brand }
invite-lead = Un compte a été créé pour vous. Vous vous connecterez avec { $address } et le mot de passe que vous choisissez ici.

## En attente d’approbation

register-waiting-title = En attente d’approbation
register-waiting-lead = Votre compte est créé. Avant que vous puissiez l’utiliser, quelqu’un doit l’examiner.
register-waiting-next = Dès que ce sera fait, vous recevrez un e‑mail et pourrez vous connecter.
