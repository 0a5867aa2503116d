# The account's pages, and the question who is asking.

## Overview

account-title = Votre compte
account-password = Mot de passe
account-password-changed = Modifié le { $date }
account-password-set = Défini
# { $date } is a day.
account-app-on = { $count ->
    [one] Activée depuis le { $date }
   *[other] Activée depuis le { $date }, { $count } applications
}
account-app-off-email = Désactivée. Les codes arrivent par e‑mail.
account-app-off = Désactivée
account-devices-count = { $count ->
    [0] Aucun appareil mémorisé
    [one] { $count } appareil mémorisé
   *[other] { $count } appareils mémorisés
}
recovery-count = Il en reste { $left } sur { $total }
recovery-none = Aucun pour l’instant

## Personal information

details-title = Informations personnelles
details-first-name = Prénom
details-last-name = Nom

## Language

language-title = Langue
language-lead = Les pages et les e‑mails seront dans cette langue
notice-language-changed = La langue a été modifiée.

## Password

password-title = Modifier votre mot de passe
password-current = Mot de passe actuel
password-new = Nouveau mot de passe
password-hint = Au moins { $least } caractères. Quatre mots pris au hasard conviennent bien. Les espaces sont acceptés.
password-consequence = Ici, votre session reste ouverte. Tous les autres appareils seront déconnectés, et chacun demandera à nouveau un code à la prochaine connexion.
password-save = Modifier le mot de passe
notice-password-changed = Votre mot de passe a été modifié. Tous les autres appareils sont déconnectés.

## Authenticator app

app-title = Application d’authentification
app-why = Avec une application sur votre téléphone, vous avez un code à tout moment, même sans réseau. Elle protège votre compte mieux qu’un code par e‑mail.
app-why-alone = Avec une application sur votre téléphone, vous avez un code à tout moment, même sans réseau. Elle protège votre compte mieux qu’un mot de passe seul.
app-begin = Configurer l’application
app-another = Ajouter une autre application
app-replace-hint = Vous avez un nouveau téléphone ? Choisissez « Remplacer » : l’ancienne application fonctionne jusqu’à ce que la nouvelle soit prête.
app-setup-title = Configurer votre application d’authentification
app-setup-replacing = { $name } fonctionne jusqu’à ce que la nouvelle application soit prête.
app-setup-open = Ouvrez votre application d’authentification
app-setup-none = Je n’en ai pas
app-setup-install = Cherchez « authenticator » dans la boutique d’applications de votre téléphone. Toutes les applications de codes temporaires conviennent. Elles sont gratuites.
# { $apps } is a list of names.
app-setup-suggested = Ces applications conviennent bien : { $apps }.
app-setup-scan = Ajoutez votre compte
app-setup-scan-hint = Dans l’application, choisissez « Ajouter » ou « + » et scannez cette image.
app-setup-link = Ouvrir dans mon application d’authentification
app-setup-key = Impossible de scanner ? Tapez plutôt cette clé dans l’application :
app-setup-settings = Réglages, si votre application les demande
app-setup-account = Compte
app-setup-issuer = Émetteur
app-setup-kind = Type
app-setup-kind-value = Basé sur l’heure, SHA-1, 6 chiffres, 30 secondes
app-setup-type = Saisissez le code affiché par l’application
app-setup-code = Code à 6 chiffres de l’application
app-setup-name = Nom de cette application
qr-title = Code QR pour votre application d’authentification
qr-description = La même clé figure ci-dessous sous forme de texte.
# { $from } and { $to } are the ends of what is bold.
notice-app-setup-expired = Cette page est restée ouverte trop longtemps. Voici un nouveau code QR – { $from }supprimez l’ancienne entrée dans votre application{ $to }.
notice-app-added = Votre application est configurée. À partir de maintenant, elle affiche les codes pour vous connecter.
notice-app-replaced = La nouvelle application est configurée. L’ancienne ne fonctionne plus.
notice-app-removed = L’application a été retirée.
app-remove-title = Retirer votre application d’authentification ?
app-remove-lead = Vous êtes sur le point de retirer { $name }.
app-remove-email-codes = Ensuite, nous vous enverrons les codes par e‑mail. C’est moins sûr que l’application.
app-remove-another-app = Votre autre application continue de fonctionner.
app-remove-password-only = Ensuite, votre mot de passe suffira à lui seul. C’est beaucoup moins sûr.
app-remove-set-up-anew = À votre prochaine connexion, vous devrez à nouveau configurer une application.
app-remove-blocked = { $brand } demande une application d’authentification pour chaque compte. Vous pouvez remplacer l’application par une nouvelle, mais pas la retirer.
app-remove-also = Tous les autres appareils seront déconnectés, et plus aucun appareil ne sera mémorisé.
app-remove = Retirer l’application

## Trusted devices

devices-title = Appareils mémorisés
# { $length } looks like "90 days".
devices-lead = Sur ces appareils, vous vous connectez sans code pendant { $length }. Retirez ceux que vous n’utilisez plus.
devices-none = Aucun appareil n’est mémorisé. Un code vous est demandé à chaque fois.
devices-device = Appareil
devices-this = Cet appareil
devices-expires = Mémorisé jusqu’au
devices-rename = Renommer
devices-rename-named = Renommer { $name }
devices-new-name = Nouveau nom
devices-remember = Mémoriser cet appareil
devices-remove-all = Tout retirer
notice-device-remembered = Cet appareil est mémorisé.
notice-device-renamed = L’appareil s’appelle maintenant { $name }.
notice-device-removed = L’appareil { $name } a été retiré.
notice-all-devices-removed = Tous les appareils ont été retirés. À partir de maintenant, nous demandons un code à chaque fois.

## Recovery codes

recovery-title = { $count ->
    [one] Code de secours
   *[other] Codes de secours
}
recovery-lead = { $count ->
    [one] Si vous perdez votre téléphone, votre code de secours vous permet de vous connecter. Gardez-le en lieu sûr.
   *[other] Si vous perdez votre téléphone, un code de secours vous permet de vous connecter. Gardez ces codes en lieu sûr.
}
recovery-created = Création
recovery-used-on = Utilisation
recovery-create = { $count ->
    [one] Créer un nouveau code
   *[other] Créer de nouveaux codes
}
recovery-create-hint = { $count ->
    [one] Votre ancien code reste valable jusqu’à ce que vous ayez enregistré le nouveau.
   *[other] Vos anciens codes restent valables jusqu’à ce que vous ayez enregistré les nouveaux.
}
recovery-new-title = { $count ->
    [one] Enregistrez votre code de secours
   *[other] Enregistrez vos codes de secours
}
recovery-new-lead = { $count ->
    [one] Si vous perdez votre téléphone, ce code vous permet de vous connecter. Il sert une seule fois. Nous ne pourrons pas l’afficher à nouveau.
   *[other] Si vous perdez votre téléphone, l’un de ces codes vous permet de vous connecter. Chacun sert une seule fois. Nous ne pourrons pas les afficher à nouveau.
}
# On paper, above the codes.
recovery-new-printed = { $brand } ({ $host }), { $account }, { $date }
recovery-new-where = { $count ->
    [one] Un gestionnaire de mots de passe est un bon endroit pour le garder. Une feuille imprimée dans un tiroir à la maison aussi.
   *[other] Un gestionnaire de mots de passe est un bon endroit pour les garder. Une feuille imprimée dans un tiroir à la maison aussi.
}
recovery-new-replaces = { $count ->
    [one] Votre ancien code ne sera plus valable dès que vous continuerez.
   *[other] Vos anciens codes ne seront plus valables dès que vous continuerez.
}
recovery-new-saved = { $count ->
    [one] J’ai enregistré ce code
   *[other] J’ai enregistré ces codes
}
notice-recovery-codes-saved = { $count ->
    [one] Votre nouveau code de secours est valable à partir de maintenant.
   *[other] Vos nouveaux codes de secours sont valables à partir de maintenant.
}

## Phone number

phone-title = Numéro de téléphone
phone-number-title = Confirmez votre numéro de téléphone mobile
phone-code-title = Saisissez le code reçu par SMS
phone-lead-recovery = Si votre application est perdue ou si vous ne l’avez pas avec vous, nous pouvons vous envoyer un code par SMS. Nous n’utilisons ce numéro pour rien d’autre.
phone-lead-method = Nous pouvons vous envoyer par SMS les codes pour vous connecter. Nous n’utilisons ce numéro pour rien d’autre.
phone-weak = Un SMS est moins sûr que l’application : d’autres peuvent le lire en chemin, et un numéro peut être détourné.
phone-not-in-use = Les SMS ne sont plus utilisés ici. Vous pouvez retirer le numéro.
phone-number = Numéro de téléphone mobile
phone-number-hint = Avec l’indicatif du pays, comme +41 79 123 45 67
phone-code = Code à 6 chiffres reçu par SMS
phone-other = Utiliser un autre numéro
phone-skip = Continuer sans numéro de téléphone
phone-add = Ajouter un numéro de téléphone
# { $number } looks like •••42.
phone-replacing = { $number } reste valable jusqu’à ce que le nouveau numéro soit confirmé.
phone-remove-email-codes = Sans lui, nous vous enverrons les codes par e‑mail.
phone-remove-app-only = Sans lui, aucun SMS ne pourra vous aider si vous perdez votre application.
phone-remove-password-only = Sans lui, votre mot de passe suffira à lui seul. C’est beaucoup moins sûr.
phone-remove-blocked = { $brand } demande un numéro de téléphone pour chaque compte. Vous pouvez le remplacer, mais pas le retirer.
account-phone-on = { $number }, depuis le { $date }
account-phone-none = Aucun numéro pour l’instant
notice-phone-added = Votre numéro de téléphone est confirmé.
notice-phone-replaced = Le nouveau numéro de téléphone est confirmé. L’ancien n’est plus utilisé.
notice-phone-removed = Le numéro de téléphone a été retiré.
confirm-phone-setup = Vous êtes sur le point de { $from }modifier votre numéro de téléphone{ $to }.
confirm-phone-remove = Vous êtes sur le point de { $from }retirer votre numéro de téléphone{ $to }.
confirm-sms-first = Nous envoyons d’abord un code à 6 chiffres au { $number }.
app-remove-text-messages = Ensuite, nous vous enverrons les codes par SMS. C’est moins sûr que l’application.
# Where there are no codes by text message.
app-setup-no-sms = { $brand } n’envoie pas de codes par SMS : ce n’est pas assez sûr, et il faut du réseau.

## Confirm it's you

confirm-title = Confirmez que c’est bien vous
confirm = Confirmer
# { $from } and { $to } are the ends of what is bold.
confirm-app-setup = Vous êtes sur le point de { $from }configurer une application d’authentification{ $to }.
confirm-app-replace = Vous êtes sur le point de { $from }remplacer votre application d’authentification{ $to }.
confirm-app-remove = Vous êtes sur le point de { $from }retirer votre application d’authentification{ $to }.
confirm-recovery-codes = { $count ->
    [one] Vous êtes sur le point de { $from }créer un nouveau code de secours{ $to }.
   *[other] Vous êtes sur le point de { $from }créer de nouveaux codes de secours{ $to }.
}
confirm-password = Vous êtes sur le point de { $from }modifier votre mot de passe{ $to }.
confirm-remove-devices = Vous êtes sur le point de { $from }retirer tous les appareils mémorisés{ $to }.
confirm-remember-device = Vous êtes sur le point de { $from }faire mémoriser cet appareil{ $to }.
confirm-open-page = Vous êtes sur le point d’ouvrir { $from }une page spécialement protégée{ $to }.
confirm-app-code = Code à 6 chiffres de votre application d’authentification
confirm-app-lost = J’ai perdu mon application
confirm-email-code = Code à 6 chiffres reçu par e‑mail
confirm-email-first = Nous envoyons d’abord un code à 6 chiffres à { $address }.

# The name that the set-up proposes for an app.
app-setup-name-default = Mon téléphone

# The file with recovery codes, line by line.
recovery-file-title = { $count ->
    [one] Code de secours pour { $host }
   *[other] Codes de secours pour { $host }
}
recovery-file-account = Compte : { $account }
recovery-file-date = Créés le { $date }
recovery-file-use = { $count ->
    [one] Si vous perdez votre téléphone, connectez-vous avec votre mot de passe et ce code. Il sert une seule fois. Gardez ce fichier là où personne d’autre ne peut le lire.
   *[other] Si vous perdez votre téléphone, connectez-vous avec votre mot de passe et l’un de ces codes. Chaque code sert une seule fois. Gardez ce fichier là où personne d’autre ne peut le lire.
}

# The name proposed for a device: "Firefox on Windows".
device-browser-on-system = { $browser } sur { $system }
device-unknown = Cet appareil

## Several apps, and their names

app-several = À la connexion, le code de n’importe laquelle de ces applications convient.
notice-app-renamed = L’application s’appelle maintenant { $name }.

## Names

notice-details-saved = Votre nom est enregistré.

## Trusted devices: the list is full

devices-limit = Nous ne pouvons pas mémoriser plus d’appareils. Si vous faites mémoriser cet appareil, nous oublierons le plus ancien : { $name }.

## Where you are signed in

sessions-title = Vos sessions ouvertes
account-sessions-count = { $count ->
    [one] Ici seulement
   *[other] Dans { $count } navigateurs
}
sessions-lead = Une session de votre compte est ouverte dans ces navigateurs. Fermez celles que vous ne reconnaissez pas ou n’utilisez plus.
sessions-this = Ce navigateur
sessions-site = Adresse
sessions-started = Connexion
sessions-end-named = Se déconnecter : { $name }
sessions-end-others = Se déconnecter de tous les autres
sessions-everywhere = Se déconnecter partout
sessions-everywhere-hint = Vous pensez que quelqu’un d’autre utilise votre compte ? Déconnectez-vous partout, ici aussi, et modifiez votre mot de passe.
sessions-everywhere-devices = Vous pensez que quelqu’un d’autre utilise votre compte ? Déconnectez-vous partout, ici aussi, et modifiez votre mot de passe. Ensuite, plus aucun appareil ne sera mémorisé.
notice-session-signed-out = Le navigateur choisi a été déconnecté.
notice-sessions-signed-out = Tous les autres navigateurs ont été déconnectés.

## Recent activity

activity-title = Activité récente
account-activity-hint = Connexions et modifications
activity-lead = Ce qui s’est passé en dernier dans votre compte.
activity-none = Rien pour l’instant
activity-you = C’était vous ?
activity-was-you = Alors vous n’avez rien à faire.
# The four are the ends of two links.
activity-not-you = Si quelque chose ici ne vient pas de vous, { $password-from }modifiez votre mot de passe{ $password-to } et regardez { $sessions-from }vos sessions ouvertes{ $sessions-to }.
activity-tell = Et prévenez-nous : vous trouverez ci-dessous comment nous joindre.
activity-signed-in = Connexion
activity-signed-in-password = Connexion avec le mot de passe seul
activity-signed-in-app = Connexion avec un code de l’application
activity-signed-in-email = Connexion avec un code par e‑mail
activity-signed-in-sms = Connexion avec un code par SMS
activity-signed-in-recovery = Connexion avec un code de secours
activity-signed-in-device = Connexion sur un appareil mémorisé
activity-signed-out = Déconnexion
activity-signed-out-everywhere = Déconnexion partout
activity-session-ended = Un autre navigateur a été déconnecté
activity-session-misses = Un navigateur a été déconnecté après trop de réponses incorrectes
activity-password-failed = { $count ->
    [one] Un mot de passe incorrect a été saisi
   *[other] Un mot de passe incorrect a été saisi { $count } fois
}
activity-answer-failed = { $count ->
    [one] Un code ou un mot de passe incorrect a été saisi lors d’une confirmation
   *[other] Un code ou un mot de passe incorrect a été saisi { $count } fois lors d’une confirmation
}
activity-factor-closed = Plus aucun code n’a été accepté après trop de codes incorrects
activity-waiting = Trop de tentatives : il a fallu patienter
activity-device-trusted = Un appareil a été mémorisé
activity-device-elsewhere = Un appareil mémorisé a été utilisé dans un nouveau lieu
activity-device-removed = Un appareil mémorisé a été retiré
activity-devices-removed = Tous les appareils mémorisés ont été retirés
activity-app-added = Une application d’authentification a été configurée
activity-app-removed = Une application d’authentification a été retirée
activity-phone-added = Un numéro de téléphone a été ajouté
activity-phone-removed = Le numéro de téléphone a été retiré
activity-recovery-created = De nouveaux codes de secours ont été créés
activity-recovery-used = Un code de secours a été utilisé
activity-password-changed = Le mot de passe a été modifié
activity-registered = Le compte a été créé par inscription
activity-reset-asked = Quelqu’un a demandé un lien pour choisir un nouveau mot de passe
activity-reset = Un nouveau mot de passe a été choisi grâce au lien d’un e‑mail
activity-support-added = Le compte a été créé
activity-support-edited = L’assistance a modifié vos informations
activity-support-locked = L’assistance a bloqué le compte
activity-support-unlocked = L’assistance a débloqué le compte
activity-support-password = L’assistance a défini un nouveau mot de passe
activity-support-reset = L’assistance a retiré votre application, vos codes de secours et vos appareils mémorisés
activity-support-signed-out = L’assistance a fermé toutes vos sessions
activity-support-suspended = L’assistance a désactivé le code pour un temps
activity-support-session = L’assistance a déconnecté un navigateur
activity-support-device = L’assistance a retiré un appareil mémorisé

## While support has suspended the code

# { $until } is a day and an hour.
account-suspended = L’assistance a désactivé le code pour vous : jusqu’au { $until }, votre mot de passe suffit. Ensuite, le code sera à nouveau demandé.

## Email address

details-change-email = Modifier l’adresse e‑mail
address-title = Modifier votre adresse e‑mail
# { $address } is bold.
address-lead = Vous vous connectez avec { $address }.
address-new = Nouvelle adresse e-mail
address-consequence = Nous envoyons un lien à la nouvelle adresse. Dès que vous aurez appuyé sur le bouton de la page qu’il ouvre, vous vous connecterez avec la nouvelle adresse, et tous les autres appareils seront déconnectés.
address-confirm-title = Est-ce bien votre adresse e‑mail ?
address-confirm-lead = À partir de maintenant, vous voulez vous connecter avec { $address }.
address-confirm-consequence = Tous les autres appareils seront déconnectés, et plus aucun appareil ne sera mémorisé.
address-confirm-save = Oui, utiliser cette adresse
address-confirm-not-you = Ce n’est pas vous qui l’avez demandé ? Fermez simplement cette page.
address-revoke-title = Annuler la modification de votre adresse e‑mail ?
# { $old } and { $new } are addresses in bold.
address-revoke-lead = L’adresse de votre compte a été modifiée : { $new } a remplacé { $old }.
address-revoke-consequence = Si vous annulez la modification, vous vous connecterez à nouveau avec l’ancienne adresse, et tous les appareils seront déconnectés.
address-revoke-save = Annuler la modification
address-revoke-was-you = C’est vous qui l’avez modifiée ? Fermez simplement cette page.
address-revoked-title = La modification est annulée
address-revoked-lead = Vous vous connectez à nouveau avec votre ancienne adresse e‑mail. Tous les appareils sont déconnectés, et tout ce qui a été configuré pour la connexion depuis la modification est supprimé.
address-revoked-next = Si ce n’est pas vous qui l’avez modifiée, quelqu’un connaît peut-être votre mot de passe. Choisissez-en un nouveau maintenant.
address-revoked-reset = Choisir un nouveau mot de passe
address-revoked-locked-title = Votre compte est bloqué
address-revoked-locked = Votre ancienne adresse e‑mail appartient désormais à un autre compte : nous n’avons donc pas pu annuler la modification. Pour que personne d’autre n’utilise votre compte, nous l’avons bloqué. Demandez de l’aide.
confirm-email = Vous êtes sur le point de { $from }modifier votre adresse e‑mail{ $to }.
notice-email-link-sent = Nous avons envoyé un lien à { $address }. Votre adresse changera dès que vous aurez appuyé sur le bouton de la page qu’il ouvre.
notice-email-link-limit = Nous avons déjà envoyé plusieurs e‑mails. Vous pourrez en demander un autre dans { $wait }.
notice-email-changed = Votre adresse e‑mail est maintenant { $address }. Tous les autres appareils sont déconnectés.
notice-sign-in-with-new-email = Votre adresse e‑mail a été modifiée. Connectez-vous avec la nouvelle.

activity-email-asked = Une autre adresse e‑mail a été demandée
activity-email-changed = L’adresse e‑mail a été modifiée
activity-email-revoked = La modification de l’adresse e‑mail a été annulée
activity-email-lost = La modification de l’adresse e‑mail n’a pas pu être annulée : le compte a été bloqué

## Activité: Conditions d’utilisation

activity-terms = Vous avez accepté les conditions d’utilisation

## Activité: Invitation

activity-support-invited = L’assistance a envoyé une invitation

## Activité: En attente d’approbation

activity-approved = L’inscription a été approuvée

## The method that is recommended

recommended = Recommandé

## Configuration: trop de codes incorrects, configuration interrompue

notice-app-setup-too-many = Trop de codes incorrects. Voici un nouveau code QR – { $from }supprimez l’ancienne entrée dans votre application{ $to }.
notice-app-setup-left = Un code QR vous a déjà été montré. Seul ce nouveau code est valable – { $from }si vous avez scanné l’ancien, supprimez son entrée dans votre application{ $to }.
error-sms-codes-too-many = Trop de codes incorrects. Vérifiez le numéro et faites-vous envoyer un nouveau code.
