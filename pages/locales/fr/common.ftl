# Words that every page shares. { $brand } is the operator's name for the portal and is there in every message.

## Dates and spans

# { $month } is one of the names below, { $year } four digits.
date = { $day ->
    [1] 1er { $month } { $year }
   *[other] { $day } { $month } { $year }
}
date-time = { $date } à { $time }
month-1 = janvier
month-2 = février
month-3 = mars
month-4 = avril
month-5 = mai
month-6 = juin
month-7 = juillet
month-8 = août
month-9 = septembre
month-10 = octobre
month-11 = novembre
month-12 = décembre

# Spans stand by themselves or behind "for", "wait": in the accusative, where a language has one.
span-seconds = { $seconds ->
    [one] { $seconds } seconde
   *[other] { $seconds } secondes
}
span-minutes = { $minutes ->
    [one] { $minutes } minute
   *[other] { $minutes } minutes
}
span-hours = { $hours ->
    [one] { $hours } heure
   *[other] { $hours } heures
}
span-days = { $days ->
    [one] { $days } jour
   *[other] { $days } jours
}

## Around every page

skip = Aller au contenu
error-prefix = Erreur :
error-summary = Il y a un problème
nav-you = Votre connexion
nav-account = Compte
sign-out = Se déconnecter
to-portal = Aller sur { $brand }
help-title = Besoin d’aide ?
help-page = Page d’aide
# Stands before page, mail address and telephone number.
help-ask = Ces personnes peuvent vous aider :
# Above error pages' short reference, which people read out to support.
reference = Référence

## Used in several places

go-on = Continuer
save = Enregistrer
cancel = Annuler
back = Retour
copy = Copier
copied = Copié
print = Imprimer
download = Télécharger
remove = Retirer
replace = Remplacer
# For screen readers, on buttons that just say "Remove" or "Replace".
remove-named = Retirer { $name }
replace-named = Remplacer { $name }
added = Ajout
last-used = Dernière utilisation
never-used = Aucune pour l’instant
try-again = Réessayer
back-to-sign-in = Retour à la connexion
# Under code fields; { $host } is bold.
you-are-on = Vous êtes sur { $host }

## Pages of the operator's own

# In the footer of every page.
footer-privacy = Protection des données
footer-imprint = Mentions légales
# On set-up pages.
link-app-help = Comment installer une application d’authentification
link-why = Pourquoi une deuxième étape ?
