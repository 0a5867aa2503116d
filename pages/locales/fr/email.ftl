# Mails. `$brand` is the operator's name for the portal and is always known.
# Text parts show one message per line; keep each to one or two sentences.
# No urgency, no blame. Digits, host names and links stand as they are.

## Building blocks

# Browser and system, in the middle of a sentence: "with Firefox on Windows".
email-device-both = { $browser } sur { $system }
email-device-browser = { $browser }
email-device-system = un navigateur sur { $system }
email-device-unknown = un navigateur inconnu
email-footer = { $brand }
email-footer-help = { $brand } - aide : { $help }

## Code mails

email-code-sign-in-subject = Votre code de connexion à { $brand } ({ $time })
# `$code` is spaced here: 482 915.
email-code-sign-in-subject-digits = { $code } est votre code de connexion à { $brand }
email-code-sign-in-title = Votre code pour { $brand }
# First line and preview. Must hold the digits, the word "code" and the purpose.
email-code-sign-in-line = { $code } est votre code pour { $brand }.
email-code-sign-in-who = Quelqu’un a saisi votre mot de passe à { $time } ({ $zone }) avec { $device }.
email-code-confirm-subject = Votre code pour une modification du compte { $brand } ({ $time })
email-code-confirm-subject-digits = { $code } est votre code pour une modification du compte { $brand }
email-code-confirm-title = Votre code pour modifier votre compte { $brand }
email-code-confirm-line = { $code } est votre code pour confirmer une modification de votre compte { $brand }.
email-code-confirm-who = Une personne connectée à votre compte l’a demandé à { $time } ({ $zone }) avec { $device }.
email-code-enter =
    Saisissez-le sur { $host }. Il est valable { $minutes ->
        [one] { $minutes } minute
       *[other] { $minutes } minutes
    }, une seule fois.
email-code-you = Si c’était vous, tout va bien.
# A link follows on a line of its own.
email-code-not-you = Si ce n’était pas vous, ne donnez ce code à personne - nous ne le demanderons jamais - et modifiez votre mot de passe :

## Text messages

# At most 100 characters with digits and a brand of 14 letters, and only these letters:
# A-Z a-z Ä Ö Ü ä ö ü ß à è é ù ì ò Ç Ñ ñ. Others (ç ê ł ř …) double the price: write them without marks.
# The digits come first; a line with the site's host follows.
sms-code-sign-in = { $code } est votre code { $brand }. Ne le donnez à personne.
sms-code-confirm = { $code } est votre code { $brand } pour modifier votre compte. Ne le donnez à personne.
sms-code-phone = { $code } est votre code { $brand } pour confirmer ce numéro. Ne le donnez à personne.

## Notices: the parts they share

email-when = Quand : { $when } ({ $zone })
email-with = Avec : { $device }
email-by-support = Par : l’assistance
email-device-name = Appareil : « { $name } »
email-app-name = Application : « { $name } »
email-app-before = Application précédente : « { $before } »
# { $number } looks like •••42.
email-phone-number = Téléphone : { $number }
email-phone-before = Téléphone précédent : { $before }
email-was-you = C’était vous ? Alors vous n’avez rien à faire.
email-not-you = Ce n’était pas vous ?
# A link follows.
email-not-you-password = Modifiez votre mot de passe :
email-not-you-help = Prévenez-nous : { $help }
email-not-you-tell = Ce n’était pas vous ? Prévenez-nous tout de suite : { $help }
email-not-you-tell-support = Ce n’était pas vous ? Prévenez tout de suite votre assistance.
email-not-asked-help = Vous ne vous y attendiez pas ? Prévenez-nous : { $help }
email-not-asked = Vous ne vous y attendiez pas ? Prévenez votre assistance.

## Notices: what happened (subject, first line, what it means)

email-device-remembered-subject = { $brand } : un appareil a été mémorisé
email-device-remembered-line = Un appareil a été mémorisé pour votre compte { $brand }.
email-device-remembered-means = Jusqu’au { $until }, votre mot de passe suffit pour s’y connecter.

email-device-elsewhere-subject = { $brand } : un appareil mémorisé a été utilisé dans un nouveau lieu
email-device-elsewhere-line = Un appareil mémorisé a servi à se connecter à votre compte { $brand } depuis un nouveau réseau et avec une nouvelle version du navigateur.
email-device-elsewhere-means = C’est normal après un déplacement ou une mise à jour. Si ce n’est pas votre cas, quelqu’un a peut-être copié cet appareil.

email-new-sign-in-subject = { $brand } : connexion depuis un nouvel appareil
email-new-sign-in-line = Quelqu’un s’est connecté à votre compte { $brand } avec un nouvel appareil ou un nouveau navigateur.
email-new-sign-in-means = C’est normal avec un nouvel appareil, dans une fenêtre privée ou après la suppression des cookies. Si ce n’était pas vous, quelqu’un connaît votre mot de passe.

email-devices-removed-subject = { $brand } : tous les appareils mémorisés ont été retirés
email-devices-removed-line = Tous les appareils mémorisés ont été retirés de votre compte { $brand }.
email-devices-removed-means = Chaque appareil demandera à nouveau un code à la prochaine connexion.

email-password-changed-subject = { $brand } : votre mot de passe a été modifié
email-password-changed-line = Le mot de passe de votre compte { $brand } a été modifié.
email-password-changed-means = Tous les autres navigateurs ont été déconnectés, et plus aucun appareil n’est mémorisé.

email-password-set-subject = { $brand } : l’assistance a défini un nouveau mot de passe
email-password-set-line = L’assistance a défini un nouveau mot de passe pour votre compte { $brand }.
email-password-set-means = Tous les navigateurs ont été déconnectés, et plus aucun appareil n’est mémorisé.

email-app-added-subject = { $brand } : une application d’authentification a été ajoutée
email-app-added-line = Une application d’authentification a été ajoutée à votre compte { $brand }.
email-app-added-means = À partir de maintenant, la connexion demande un code de l’application.

email-app-replaced-subject = { $brand } : votre application d’authentification a été remplacée
email-app-replaced-line = Une application d’authentification en a remplacé une autre dans votre compte { $brand }.
email-app-replaced-means = À partir de maintenant, la connexion demande un code de la nouvelle application. Les codes de la précédente ne fonctionnent plus.

email-app-removed-subject = { $brand } : votre application d’authentification a été retirée
email-app-removed-line = Une application d’authentification a été retirée de votre compte { $brand }.

email-phone-added-subject = { $brand } : un numéro de téléphone a été ajouté
email-phone-added-line = Un numéro de téléphone a été ajouté à votre compte { $brand }.
email-phone-added-means = À partir de maintenant, les codes de votre compte peuvent y être envoyés par SMS.

email-phone-replaced-subject = { $brand } : votre numéro de téléphone a été remplacé
email-phone-replaced-line = Un numéro de téléphone a remplacé le précédent dans votre compte { $brand }.
email-phone-replaced-means = À partir de maintenant, les codes de votre compte peuvent être envoyés par SMS au nouveau numéro, et plus au précédent.

email-phone-removed-subject = { $brand } : votre numéro de téléphone a été retiré
email-phone-removed-line = Le numéro de téléphone a été retiré de votre compte { $brand }.
email-phone-removed-means = Aucun code n’y est plus envoyé.

email-recovery-created-subject = { $brand } : nouveaux codes de secours
email-recovery-created-line =
    { $count ->
        [one] Un nouveau code de secours a été créé pour votre compte { $brand }.
       *[other] { $count } nouveaux codes de secours ont été créés pour votre compte { $brand }.
    }
email-recovery-created-means = Les anciens codes de secours ne sont plus valables.

email-recovery-used-subject = { $brand } : un code de secours a été utilisé
email-recovery-used-line = Un code de secours a été utilisé pour confirmer que c’est bien vous sur votre compte { $brand }.
email-recovery-used-means =
    { $left ->
        [0] C’était le dernier. Créez-en de nouveaux dans votre compte.
        [one] Il reste un code de secours. Créez-en de nouveaux dans votre compte.
       *[other] Il reste { $left } codes de secours.
    }

email-recovery-used-replaced = Un nouveau a été affiché aussitôt et le remplace. Celui qui a été utilisé n’est plus valable.

email-factor-failed-subject = { $brand } : codes incorrects après votre mot de passe
email-factor-failed-line =
    { $count ->
        [one] Quelqu’un a saisi le bon mot de passe, puis un code incorrect pour votre compte { $brand }.
       *[other] Quelqu’un a saisi le bon mot de passe, puis { $count } codes incorrects pour votre compte { $brand }.
    }
email-factor-failed-means = Personne n’a pu se connecter. Si ce n’était pas vous, quelqu’un connaît votre mot de passe.

email-locked-subject = { $brand } : beaucoup de mots de passe incorrects
email-locked-line = Beaucoup de mots de passe incorrects ont été saisis pour votre compte { $brand }.
email-locked-means = Pour se connecter, il faut attendre jusqu’à { $until } ({ $zone }). Rien n’a changé dans votre compte.
email-locked-you = C’était vous ? Attendez jusque-là et réessayez.
email-locked-not-you = Ce n’était pas vous ? Vous n’avez rien à faire.

email-signed-out-subject = { $brand } : déconnexion de tous les navigateurs
email-signed-out-line = Tous les navigateurs ont été déconnectés de votre compte { $brand }.
email-signed-out-means = Reconnectez-vous là où vous en avez besoin.

email-factors-reset-subject = { $brand } : l’assistance a réinitialisé la confirmation de vos connexions
email-factors-reset-line = L’assistance a retiré l’application d’authentification, le numéro de téléphone, les codes de secours et les appareils mémorisés de votre compte { $brand }.

email-factors-suspended-subject = { $brand } : le mot de passe suffit pour le moment
email-factors-suspended-line = L’assistance a réglé votre compte { $brand } pour que le mot de passe suffise à se connecter.
email-factors-suspended-means = Cela prendra fin tout seul : { $until } ({ $zone }).

email-support-locked-subject = { $brand } : votre compte est bloqué
email-support-locked-line = L’assistance a bloqué votre compte { $brand }.
email-support-locked-means = Tous les navigateurs ont été déconnectés. La connexion n’est pas possible tant que l’assistance n’a pas débloqué le compte.

email-support-unlocked-subject = { $brand } : votre compte est débloqué
email-support-unlocked-line = L’assistance a débloqué votre compte { $brand }.
email-support-unlocked-means = Vous pouvez à nouveau vous connecter.

## The test mail

email-test-subject = { $brand } : e-mail de test ({ $time })
email-test-line = Ceci est un e-mail de test envoyé par { $brand }.
email-test-means = Si vous pouvez le lire, l’envoi des e-mails fonctionne. Les codes et les messages ressembleront à celui-ci.

## Registration

email-register-subject = Votre code d’inscription à { $brand } ({ $time })
# `$code` is spaced here: 482 915.
email-register-subject-digits = { $code } est votre code d’inscription à { $brand }
email-register-title = Votre code pour vous inscrire à { $brand }
# First line and preview. Must hold the digits, the word "code" and the purpose.
email-register-line = { $code } est votre code pour confirmer votre adresse e-mail pour { $brand }.
# A link follows on a line of its own.
email-register-link =
    Ou ouvrez ce lien, sur l’appareil de votre choix. Il est valable { $hours ->
        [one] { $hours } heure
       *[other] { $hours } heures
    }.
email-register-who = Quelqu’un a saisi cette adresse pour s’inscrire à { $time } ({ $zone }) avec { $device }.
email-register-not-you = Si ce n’était pas vous, vous n’avez rien à faire. Ne donnez ce code à personne - nous ne le demanderons jamais.
email-exists-subject = { $brand } : vous avez déjà un compte
email-exists-line = Vous avez déjà un compte { $brand }.
email-exists-means = Quelqu’un a saisi votre adresse pour s’inscrire. Rien n’a changé dans votre compte.
email-exists-not-you = Ce n’était pas vous ? Alors vous n’avez rien à faire.
email-exists-you = C’était vous ?
# A link follows.
email-exists-sign-in = Connectez-vous ici :
# A link follows.
email-exists-reset = Mot de passe oublié ? Choisissez-en un nouveau ici :
email-exists-invited = Votre compte n’a pas encore de mot de passe. Ouvrez le lien de votre invitation pour en choisir un. Si vous n’avez pas de lien qui fonctionne, demandez une nouvelle invitation.
email-exists-waiting = Votre inscription attend encore d’être approuvée. Vous recevrez un e‑mail dès que ce sera fait.

## Links

# { $length } looks like "30 minutes".
email-link-valid = Le lien est valable { $length }, une seule fois.

## Forgotten password

email-reset-subject = { $brand } : choisir un nouveau mot de passe
email-reset-line = Quelqu’un a demandé un nouveau mot de passe pour votre compte { $brand }.
# A link follows on a line of its own.
email-reset-lead = Pour choisir un nouveau mot de passe, ouvrez cette page :
email-reset-who = La demande a été faite à { $time } ({ $zone }) avec { $device }.
email-reset-not-you = Si ce n’était pas vous, vous n’avez rien à faire : votre mot de passe reste le même.

email-password-reset-subject = { $brand } : un nouveau mot de passe a été choisi
email-password-reset-line = Un nouveau mot de passe a été choisi pour votre compte { $brand } grâce au lien d’un e-mail.
email-password-reset-means = Tous les navigateurs ont été déconnectés, et plus aucun appareil n’est mémorisé. La deuxième étape de la connexion n’a pas changé.
# A link follows.
email-not-you-reset = Choisissez un nouveau mot de passe :

## Notices: what support did

email-support-edited-subject = { $brand } : l’assistance a modifié vos informations
email-support-edited-line = L’assistance a modifié des informations de votre compte { $brand } : votre nom, votre adresse, votre langue ou vos groupes.
email-support-edited-means = Vous les trouverez dans votre compte, sous « Informations personnelles ».
email-support-session-subject = { $brand } : l’assistance a déconnecté un navigateur
email-support-session-line = L’assistance a déconnecté un navigateur de votre compte { $brand }.
email-support-signed-out-subject = { $brand } : l’assistance a déconnecté tous vos navigateurs
email-support-signed-out-line = L’assistance a déconnecté tous les navigateurs de votre compte { $brand }.
email-support-device-subject = { $brand } : l’assistance a retiré un appareil mémorisé
email-support-device-line = L’assistance a retiré un appareil mémorisé de votre compte { $brand }.
email-support-device-means = Il demandera à nouveau un code à la prochaine connexion.

## Another email address

email-confirm-email-subject = { $brand } : confirmez votre adresse e-mail
email-confirm-email-line = Cette adresse doit devenir celle d’un compte { $brand }.
# A link follows on a line of its own.
email-confirm-email-lead = Si elle est à vous, ouvrez cette page et appuyez sur le bouton :
email-confirm-email-who = Une personne connectée à ce compte l’a demandé à { $time } ({ $zone }) avec { $device }.
email-confirm-email-not-you = Si ce n’était pas vous, vous n’avez rien à faire.
email-new-address = Nouvelle adresse : { $address }
email-address-asked-subject = { $brand } : une autre adresse e-mail a été demandée
email-address-asked-line = Une personne connectée à votre compte { $brand } a demandé une autre adresse e-mail.
email-address-asked-means = Rien n’a encore changé : la nouvelle adresse doit d’abord être confirmée.
email-address-changed-subject = { $brand } : votre adresse e-mail a été modifiée
email-address-changed-line = L’adresse e-mail de votre compte { $brand } a été modifiée.
email-address-away-means = À partir de maintenant, la connexion et tous les e-mails passent par la nouvelle adresse. Tous les autres navigateurs ont été déconnectés.
email-address-here-means = À partir de maintenant, vous vous connectez avec cette adresse, et tous les e-mails arrivent ici. Tous les autres navigateurs ont été déconnectés.
# A link follows.
email-not-you-revoke = Annulez la modification, jusqu’au { $until } ({ $zone }) :
email-address-revoked-subject = { $brand } : la modification de votre adresse e-mail a été annulée
email-address-revoked-line = La modification de l’adresse e-mail de votre compte { $brand } a été annulée depuis l’ancienne adresse.
email-address-revoked-means = Vous vous connectez à nouveau avec cette adresse. Tous les navigateurs ont été déconnectés, plus aucun appareil n’est mémorisé, et tout ce qui a été configuré pour la connexion depuis la modification a été supprimé.
email-address-lost-means = Il n’est plus possible de se connecter avec cette adresse. Tous les navigateurs ont été déconnectés.
email-address-wanted-subject = { $brand } : vous avez déjà un compte
email-address-wanted-line = Quelqu’un a voulu utiliser cette adresse pour un autre compte { $brand }.
email-address-wanted-means = Elle appartient déjà au vôtre : rien n’a donc changé.

## Inside a session

email-misses-subject = { $brand } : réponses incorrectes dans votre compte
email-misses-line =
    { $count ->
        [one] Dans un navigateur connecté à votre compte { $brand }, quelqu’un a saisi un mot de passe ou un code incorrect.
       *[other] Dans un navigateur connecté à votre compte { $brand }, quelqu’un a saisi { $count } fois un mot de passe ou un code incorrect.
    }
email-misses-means = Ce navigateur a été déconnecté, et rien n’a changé dans votre compte. Si ce n’était pas vous, quelqu’un a utilisé un navigateur dans lequel votre session était ouverte.

## Support

email-support-deleted-subject = { $brand } : votre compte a été supprimé
email-support-deleted-line = L’assistance a supprimé votre compte { $brand }.
email-support-deleted-means = Tous les navigateurs ont été déconnectés. Il n’est plus possible de se connecter.

## Invitation

email-invite-subject = { $brand } : vous avez une invitation
email-invite-line = Un compte { $brand } a été créé pour vous.
email-invite-lead = Pour choisir votre mot de passe et vous connecter, ouvrez cette page :
email-invite-who = L’invitation a été envoyée à { $time } ({ $zone }).
email-invite-not-you = Si vous ne savez pas de quoi il s’agit, vous n’avez rien à faire : personne ne peut utiliser le compte sans ce lien.

## En attente d’approbation

email-waits-subject = { $brand } : votre inscription attend d’être approuvée
email-waits-line = Vous avez créé un compte { $brand }.
email-waits-means = Avant que vous puissiez vous connecter, quelqu’un doit examiner votre inscription. Vous recevrez un e-mail dès que ce sera fait.

email-approve-subject = { $brand } : une inscription attend d’être approuvée
email-approve-line = Quelqu’un a créé un compte { $brand } et attend votre approbation.
email-approve-address = Adresse e-mail : { $address }
email-approve-means = D’ici là, personne ne peut se connecter avec ce compte.
email-approve-do = Pour approuver : { $command }
email-approve-refuse = Pour refuser : { $command }

email-approved-subject = { $brand } : votre compte est approuvé
email-approved-line = Votre inscription à { $brand } a été approuvée.
email-approved-means = Vous pouvez vous connecter maintenant.
email-approved-sign-in = Connectez-vous ici :

## Notices: what signing in asks for after a factor was removed

email-next-app = La connexion continue de demander un code d’une application.
email-next-text-message = À partir de maintenant, la connexion demande un code par SMS.
email-next-email = À partir de maintenant, la connexion demande un code par e-mail.
email-next-set-up = À votre prochaine connexion, vous devrez à nouveau configurer une application.
email-next-nothing = À partir de maintenant, votre mot de passe suffit à lui seul pour vous connecter.
