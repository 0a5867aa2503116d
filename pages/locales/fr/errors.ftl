# What is wrong with a field, and pages for when something is in the way. Nobody is to blame.

## Forms

error-stale-form = Cette page est restée ouverte trop longtemps. Votre saisie n’a pas été envoyée. Veuillez réessayer.
error-email-missing = Saisissez votre adresse e‑mail
error-password-missing = Saisissez votre mot de passe
# Never says which of the two is wrong.
error-sign-in-wrong = L’adresse e‑mail ou le mot de passe est incorrect. Vérifiez les deux et réessayez.
error-sign-in-wrong-warning = L’adresse e‑mail ou le mot de passe est incorrect. Vérifiez les deux et réessayez. Après { $limit } mots de passe incorrects, vous devrez patienter.
error-password-wrong = Votre mot de passe est incorrect.
error-password-too-long = Ce mot de passe est trop long. Il peut compter jusqu’à environ 1 000 caractères.
error-code-missing = Saisissez le code à 6 chiffres
error-code-length = Le code compte 6 chiffres – vous en avez saisi { $typed }.
error-code-not-digits = Le code ne contient que des chiffres.
error-email-code-wrong = Ce code est incorrect. Regardez le dernier e‑mail reçu et réessayez.
error-email-code-expired = Ce code n’est plus valable. Veuillez en demander un nouveau.
error-email-code-expired-resent = Ce code n’est plus valable. Nous vous en avons envoyé un nouveau.
error-sms-code-wrong = Ce code est incorrect. Regardez le dernier SMS reçu et réessayez.
error-phone-missing = Saisissez votre numéro de téléphone mobile
error-phone-unreadable = Nous ne pouvons pas lire ce numéro. Écrivez-le avec l’indicatif du pays, comme +41 79 123 45 67.
error-phone-no-country-code = Commencez le numéro par l’indicatif du pays, comme +41 79 123 45 67.
error-phone-other-country = Nous ne pouvons pas envoyer de SMS dans ce pays. Utilisez un autre numéro.
error-phone-not-mobile = Nous ne pouvons pas envoyer de SMS à ce numéro. Utilisez un numéro de téléphone mobile.
error-app-code-wrong = Ce code est incorrect. Utilisez le dernier code de l’application ; l’heure de votre téléphone doit se régler automatiquement.
error-app-code-late = Ce code est trop ancien : l’horloge de votre téléphone retarde. Réglez-la sur « automatique ».
error-app-code-used = Ce code a déjà été utilisé. Attendez le suivant.
error-setup-code-wrong = Ce code est incorrect. Vérifiez que vous avez scanné ce code QR – et non un ancien – et utilisez le dernier code.
error-recovery-code-missing = Saisissez un code de secours
error-recovery-code-wrong = Ce code de secours est incorrect ou a déjà été utilisé.
error-codes-not-saved = { $count ->
    [one] Cochez la case une fois votre code enregistré
   *[other] Cochez la case une fois vos codes enregistrés
}
error-name-too-long = Ce nom est trop long. Utilisez 60 caractères au plus.
error-current-password-missing = Saisissez votre mot de passe actuel
error-current-password-wrong = Votre mot de passe actuel est incorrect.
error-new-password-missing = Saisissez un nouveau mot de passe
error-new-password-short = C’est trop court. Utilisez au moins { $least } caractères ; quatre mots pris au hasard conviennent bien.
error-new-password-guessable = Ce mot de passe est facile à deviner. Choisissez-en un auquel personne d’autre ne penserait.
error-new-password-same = C’est votre mot de passe actuel. Choisissez-en un autre.
error-language-missing = Choisissez une langue
error-first-name-too-long = Ce prénom est trop long. Utilisez 100 caractères au plus.
error-last-name-too-long = Ce nom est trop long. Utilisez 100 caractères au plus.

## In the way

no-cookies-title = Votre navigateur bloque les cookies
no-cookies-text = Votre navigateur bloque les cookies pour ce site. Sans eux, la connexion n’est pas possible. Veuillez autoriser les cookies pour ce site dans les réglages du navigateur et réessayer.
forbidden-title = Cela ne vient pas de nous
forbidden-text = Cette demande vient d’un autre site : nous n’avons donc rien fait. Rien n’a changé dans votre compte. Si c’est bien ce que vous vouliez, ouvrez vous-même { $brand }.
refused-title = Vous n’avez pas accès à cette page
refused-text = Cette partie du site { $brand } ne peut pas être ouverte d’ici. Si vous en avez besoin, demandez de l’aide.
throttled-title = Trop de tentatives
# { $wait } is bold, like "4 minutes"; { $time } is like "14:05".
throttled-text = Veuillez patienter { $wait } (jusqu’à { $time }).
throttled-calm = Vous n’avez rien à faire. Si ce n’était pas vous, rien n’est arrivé à votre compte.
throttled-over = L’attente est terminée. Vous pouvez réessayer maintenant.
busy-title = Beaucoup de personnes se connectent en ce moment
busy-text = Veuillez patienter quelques secondes et réessayer.
closed-title = Nous n’acceptons plus de codes pour votre compte
closed-text = Il y a eu trop de codes incorrects. Pour protéger votre compte, nous n’en acceptons plus tant que vous n’avez pas reçu d’aide.
no-access-title = Vous n’avez pas accès à { $brand }
no-access-text = Votre connexion a réussi, mais votre compte n’a pas accès à ce site. Si vous pensez que c’est une erreur, demandez de l’aide.
upstream-down-title = { $brand } ne répond pas en ce moment
upstream-down-text-signed-in = Votre session reste ouverte. Réessayez dans une minute.
upstream-down-text = Veuillez réessayer dans une minute.
# { $from } and { $to } are the ends of what is bold.
upstream-down-not-sent = Votre dernière action n’a { $from }pas{ $to } été envoyée.
upstream-down-unknown = Nous ne savons pas si votre dernière action a été enregistrée. Vérifiez avant de la refaire.
store-down-title = La connexion n’est pas possible en ce moment
store-down-text = Le problème vient de nous. Veuillez réessayer plus tard.
not-found-title = Cette page n’existe pas
not-found-text = L’adresse est peut-être mal écrite, ou la page a été déplacée.
bad-request-title = Nous n’avons pas compris
bad-request-text = Votre navigateur a envoyé quelque chose que nous ne pouvons pas lire. Veuillez revenir en arrière et réessayer.
too-large-title = C’est trop pour ce formulaire
too-large-text = Votre navigateur a envoyé plus que ce formulaire ne peut accepter. Veuillez revenir en arrière et raccourcir votre saisie.
method-not-allowed-title = Cela ne fonctionne pas ici
method-not-allowed-text = Cette adresse ne peut pas être utilisée de cette façon. Veuillez revenir en arrière et réessayer.

## Registration

error-registration-code-missing = Saisissez votre code d’inscription
error-registration-code-wrong = Ce code d’inscription est incorrect. Vérifiez-le et réessayez.
error-registration-domain = Vous ne pouvez pas vous inscrire avec une adresse de ce genre. Utilisez-en une autre ou demandez de l’aide.
error-given-name-missing = Saisissez votre prénom
error-method-missing = Choisissez comment vous voulez confirmer vos connexions

## Links from letters

error-email-malformed = Ce n’est pas une adresse e‑mail. Une adresse ressemble à nom@example.com.
link-expired-title = Ce lien n’est plus valable
# { $length } looks like "30 minutes".
link-expired-text = Un lien est valable { $length }, et seul le plus récent compte.
link-used-title = Ce lien a déjà été utilisé
link-used-text = Chaque lien sert une seule fois.
link-over-title = Ce lien ne fonctionne plus
link-over-text = Il y a eu trop de codes incorrects. Pour protéger votre compte, nous n’acceptons plus ce lien.
link-again = Recevoir un nouveau lien

## A form that came after the session had ended, and cannot be kept

not-kept-title = Votre session a expiré
not-kept-text = Votre saisie n’a pas pu être conservée. Connectez-vous dans un nouvel onglet, puis revenez ici et utilisez le bouton Retour de votre navigateur.
# A button; it opens a new tab.
not-kept-sign-in = Se connecter dans un nouvel onglet
link-revoke-expired-text = Un tel lien est valable { $length }, une seule fois.
error-new-email-missing = Saisissez la nouvelle adresse e‑mail
error-new-email-same = C’est votre adresse e‑mail actuelle. Saisissez-en une autre.
error-new-email-too-many = Votre adresse e‑mail a été modifiée plusieurs fois ces derniers jours. Veuillez patienter avant de la modifier à nouveau.

## Conditions d’utilisation

error-terms-not-accepted = Cochez la case si vous acceptez les conditions d’utilisation
error-terms-changed = Il y a une nouvelle version des conditions d’utilisation. Lisez-la, et cochez la case si vous l’acceptez.

## Un lien d’invitation

link-invite-over = Demandez-en un nouveau à la personne qui vous a envoyé l’invitation.
link-invite-used = Vous avez choisi votre mot de passe avec ce lien. Connectez-vous avec ce mot de passe.
