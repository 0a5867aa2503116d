# Mails. `$brand` is the operator's name for the portal and is always known.
# Text parts show one message per line; keep each to one or two sentences.
# No urgency, no blame. Digits, host names and links stand as they are.

## Building blocks

# Browser and system, in the nominative, behind "Przeglądarka:": "Firefox w systemie Windows".
email-device-both =
    { $browser } { $system ->
        [iPhone] na telefonie iPhone
        [iPad] na tablecie iPad
        [Mac] na komputerze Mac
       *[other] w systemie { $system }
    }
email-device-browser = { $browser }
email-device-system =
    nieznana, { $system ->
        [iPhone] na telefonie iPhone
        [iPad] na tablecie iPad
        [Mac] na komputerze Mac
       *[other] w systemie { $system }
    }
email-device-unknown = nieznana
email-footer = { $brand }
email-footer-help = { $brand } – pomoc: { $help }

## Code mails

email-code-sign-in-subject = Kod do logowania: { $brand } ({ $time })
# `$code` is spaced here: 482 915.
email-code-sign-in-subject-digits = { $code } to kod do logowania w serwisie { $brand }
email-code-sign-in-title = Kod do logowania w serwisie { $brand }
# First line and preview. Must hold the digits, the word "code" and the purpose.
email-code-sign-in-line = { $code } to kod do logowania w serwisie { $brand }.
email-code-sign-in-who = O { $time } ({ $zone }) ktoś wpisał hasło do tego konta. Przeglądarka: { $device }.
email-code-confirm-subject = Kod do zmiany na koncie: { $brand } ({ $time })
email-code-confirm-subject-digits = { $code } to kod do zmiany na koncie w serwisie { $brand }
email-code-confirm-title = Kod do zmiany na koncie w serwisie { $brand }
email-code-confirm-line = { $code } to kod do potwierdzenia zmiany na koncie w serwisie { $brand }.
email-code-confirm-who = O { $time } ({ $zone }) poprosił o niego ktoś, kto jest zalogowany na tym koncie. Przeglądarka: { $device }.
email-code-enter =
    Proszę wpisać go na stronie { $host }. Działa przez { $minutes ->
        [one] { $minutes } minutę
        [few] { $minutes } minuty
        [many] { $minutes } minut
       *[other] { $minutes } minuty
    } i tylko jeden raz.
email-code-you = Jeśli to się zgadza, wszystko jest w porządku.
# A link follows on a line of its own.
email-code-not-you = Jeśli to był ktoś inny, proszę nikomu nie podawać tego kodu (nigdy o niego nie pytamy) i zmienić hasło:

## Text messages

# At most 100 characters with digits and a brand of 14 letters, and only these letters:
# A-Z a-z Ä Ö Ü ä ö ü ß à è é ù ì ò Ç Ñ ñ. Others (ç ê ł ř …) double the price: write them without marks.
# The digits come first; a line with the site's host follows.
sms-code-sign-in = { $code } to kod do serwisu { $brand }. Prosze nikomu go nie podawac.
sms-code-confirm = { $code } to kod do zmiany na koncie w serwisie { $brand }. Prosze nikomu go nie podawac.
sms-code-phone = { $code } to kod potwierdzajacy ten numer w serwisie { $brand }. Prosze nikomu go nie podawac.

## Notices: the parts they share

email-when = Kiedy: { $when } ({ $zone })
email-with = Przeglądarka: { $device }
email-by-support = Kto: pomoc techniczna
email-device-name = Urządzenie: „{ $name }”
email-app-name = Aplikacja: „{ $name }”
email-app-before = Poprzednia aplikacja: „{ $before }”
# { $number } looks like •••42.
email-phone-number = Telefon: { $number }
email-phone-before = Poprzedni telefon: { $before }
email-was-you = Jeśli to się zgadza, nic nie trzeba robić.
email-not-you = Jeśli to był ktoś inny:
# A link follows.
email-not-you-password = Proszę zmienić hasło:
email-not-you-help = Proszę dać nam znać: { $help }
email-not-you-tell = Jeśli to był ktoś inny, proszę od razu dać nam znać: { $help }
email-not-you-tell-support = Jeśli to był ktoś inny, proszę od razu dać znać pomocy technicznej.
email-not-asked-help = Jeśli ta zmiana jest niespodziewana, proszę dać nam znać: { $help }
email-not-asked = Jeśli ta zmiana jest niespodziewana, proszę dać znać pomocy technicznej.

## Notices: what happened (subject, first line, what it means)

email-device-remembered-subject = { $brand }: zapamiętano urządzenie
email-device-remembered-line = Dla konta w serwisie { $brand } zapamiętano urządzenie.
email-device-remembered-means = Do { $until } wystarczy na nim do logowania hasło.

email-device-elsewhere-subject = { $brand }: zaufanego urządzenia użyto w nowym miejscu
email-device-elsewhere-line = Zaufanego urządzenia użyto w nowej sieci i z nową wersją przeglądarki do zalogowania się na konto w serwisie { $brand }.
email-device-elsewhere-means = Po zmianie miejsca lub aktualizacji to normalne. Jeśli nic takiego się nie zdarzyło, ktoś mógł je skopiować.

email-new-sign-in-subject = { $brand }: logowanie z nowego urządzenia
email-new-sign-in-line = Ktoś zalogował się na konto w serwisie { $brand } z nowego urządzenia lub nowej przeglądarki.
email-new-sign-in-means = To normalne na nowym urządzeniu, w oknie prywatnym lub po usunięciu plików cookie. Jeśli to był ktoś inny, to zna hasło do tego konta.

email-devices-removed-subject = { $brand }: usunięto wszystkie zaufane urządzenia
email-devices-removed-line = Z konta w serwisie { $brand } usunięto wszystkie zaufane urządzenia.
email-devices-removed-means = Przy następnym logowaniu każde urządzenie znów poprosi o kod.

email-password-changed-subject = { $brand }: hasło zostało zmienione
email-password-changed-line = Hasło do konta w serwisie { $brand } zostało zmienione.
email-password-changed-means = Wszystkie inne przeglądarki zostały wylogowane i żadne urządzenie nie jest już zapamiętane.

email-password-set-subject = { $brand }: pomoc techniczna ustawiła nowe hasło
email-password-set-line = Pomoc techniczna ustawiła nowe hasło do konta w serwisie { $brand }.
email-password-set-means = Wszystkie przeglądarki zostały wylogowane i żadne urządzenie nie jest już zapamiętane.

email-app-added-subject = { $brand }: dodano aplikację uwierzytelniającą
email-app-added-line = Do konta w serwisie { $brand } dodano aplikację uwierzytelniającą.
email-app-added-means = Od teraz przy logowaniu potrzebny jest kod z aplikacji.

email-app-replaced-subject = { $brand }: zastąpiono aplikację uwierzytelniającą
email-app-replaced-line = Na koncie w serwisie { $brand } jedna aplikacja uwierzytelniająca zastąpiła inną.
email-app-replaced-means = Od teraz przy logowaniu potrzebny jest kod z nowej aplikacji. Kody z poprzedniej już nie działają.

email-app-removed-subject = { $brand }: usunięto aplikację uwierzytelniającą
email-app-removed-line = Z konta w serwisie { $brand } usunięto aplikację uwierzytelniającą.

email-phone-added-subject = { $brand }: dodano numer telefonu
email-phone-added-line = Do konta w serwisie { $brand } dodano numer telefonu.
email-phone-added-means = Od teraz kody do konta można wysyłać na ten numer SMS-em.

email-phone-replaced-subject = { $brand }: zastąpiono numer telefonu
email-phone-replaced-line = Na koncie w serwisie { $brand } nowy numer telefonu zastąpił poprzedni.
email-phone-replaced-means = Od teraz kody do konta można wysyłać SMS-em na nowy numer, a na poprzedni już nie.

email-phone-removed-subject = { $brand }: usunięto numer telefonu
email-phone-removed-line = Z konta w serwisie { $brand } usunięto numer telefonu.
email-phone-removed-means = Kody nie będą już na niego wysyłane.

email-recovery-created-subject = { $brand }: nowe kody zapasowe
email-recovery-created-line =
    { $count ->
        [one] Dla konta w serwisie { $brand } utworzono nowy kod zapasowy.
        [few] Dla konta w serwisie { $brand } utworzono { $count } nowe kody zapasowe.
        [many] Dla konta w serwisie { $brand } utworzono { $count } nowych kodów zapasowych.
       *[other] Dla konta w serwisie { $brand } utworzono { $count } nowego kodu zapasowego.
    }
email-recovery-created-means = Starsze kody zapasowe już nie działają.

email-recovery-used-subject = { $brand }: użyto kodu zapasowego
email-recovery-used-line = Użyto kodu zapasowego, aby potwierdzić tożsamość na koncie w serwisie { $brand }.
email-recovery-used-means =
    { $left ->
        [0] To był ostatni kod. Nowe można utworzyć na koncie.
        [one] Pozostał jeden kod zapasowy. Nowe można utworzyć na koncie.
        [few] Pozostały { $left } kody zapasowe.
        [many] Pozostało { $left } kodów zapasowych.
       *[other] Pozostało { $left } kodu zapasowego.
    }

email-recovery-used-replaced = Zamiast niego od razu został pokazany nowy. Użyty kod już nie działa.

email-factor-failed-subject = { $brand }: błędne kody po podaniu hasła
email-factor-failed-line =
    { $count ->
        [one] Ktoś wpisał prawidłowe hasło do konta w serwisie { $brand }, a potem błędny kod.
        [few] Ktoś wpisał prawidłowe hasło do konta w serwisie { $brand }, a potem { $count } błędne kody.
        [many] Ktoś wpisał prawidłowe hasło do konta w serwisie { $brand }, a potem { $count } błędnych kodów.
       *[other] Ktoś wpisał prawidłowe hasło do konta w serwisie { $brand }, a potem { $count } błędnego kodu.
    }
email-factor-failed-means = Nikt się nie zalogował. Jeśli to był ktoś inny, to zna hasło do tego konta.

email-locked-subject = { $brand }: wiele błędnych haseł
email-locked-line = Dla konta w serwisie { $brand } wpisano wiele błędnych haseł.
email-locked-means = Zalogować się będzie można dopiero o { $until } ({ $zone }). Na koncie nic się nie zmieniło.
email-locked-you = Jeśli to była pomyłka, proszę poczekać do tej godziny i spróbować ponownie.
email-locked-not-you = Jeśli to był ktoś inny, nic nie trzeba robić.

email-signed-out-subject = { $brand }: wylogowano wszędzie
email-signed-out-line = Wszystkie przeglądarki zostały wylogowane z konta w serwisie { $brand }.
email-signed-out-means = Proszę zalogować się ponownie tam, gdzie to potrzebne.

email-factors-reset-subject = { $brand }: pomoc techniczna usunęła dodatkowe potwierdzenia logowania
email-factors-reset-line = Pomoc techniczna usunęła aplikację uwierzytelniającą, numer telefonu, kody zapasowe i zaufane urządzenia z konta w serwisie { $brand }.

email-factors-suspended-subject = { $brand }: na razie wystarczy samo hasło
email-factors-suspended-line = Pomoc techniczna ustawiła konto w serwisie { $brand } tak, że do logowania wystarczy samo hasło.
email-factors-suspended-means = Zakończy się to samo: { $until } ({ $zone }).

email-support-locked-subject = { $brand }: konto zostało zablokowane
email-support-locked-line = Pomoc techniczna zablokowała konto w serwisie { $brand }.
email-support-locked-means = Wszystkie przeglądarki zostały wylogowane. Logowanie nie jest możliwe, dopóki pomoc techniczna nie odblokuje konta.

email-support-unlocked-subject = { $brand }: konto zostało odblokowane
email-support-unlocked-line = Pomoc techniczna odblokowała konto w serwisie { $brand }.
email-support-unlocked-means = Można się znów zalogować.

## The test mail

email-test-subject = { $brand }: wiadomość testowa ({ $time })
email-test-line = To jest wiadomość testowa z serwisu { $brand }.
email-test-means = Jeśli da się ją przeczytać, wysyłanie e-maili działa. Kody i powiadomienia będą wyglądać tak samo.

## Registration

email-register-subject = Kod do rejestracji: { $brand } ({ $time })
# `$code` is spaced here: 482 915.
email-register-subject-digits = { $code } to kod do rejestracji w serwisie { $brand }
email-register-title = Kod do rejestracji w serwisie { $brand }
# First line and preview. Must hold the digits, the word "code" and the purpose.
email-register-line = { $code } to kod do potwierdzenia adresu e-mail w serwisie { $brand }.
# A link follows on a line of its own.
email-register-link =
    Można też otworzyć ten link, na dowolnym urządzeniu. Działa przez { $hours ->
        [one] { $hours } godzinę
        [few] { $hours } godziny
        [many] { $hours } godzin
       *[other] { $hours } godziny
    }.
email-register-who = O { $time } ({ $zone }) ktoś wpisał ten adres, aby się zarejestrować. Przeglądarka: { $device }.
email-register-not-you = Jeśli to był ktoś inny, nic nie trzeba robić. Proszę nikomu nie podawać tego kodu, nigdy o niego nie pytamy.
email-exists-subject = { $brand }: konto już istnieje
email-exists-line = Konto z tym adresem w serwisie { $brand } już istnieje.
email-exists-means = Ktoś wpisał ten adres, aby się zarejestrować. Na koncie nic się nie zmieniło.
email-exists-not-you = Jeśli to był ktoś inny, nic nie trzeba robić.
email-exists-you = Jeśli to się zgadza:
# A link follows.
email-exists-sign-in = Zamiast tego proszę się zalogować:
# A link follows.
email-exists-reset = Jeśli hasło wyleciało z pamięci, można tu ustawić nowe:
email-exists-invited = To konto nie ma jeszcze hasła. Aby je ustawić, proszę otworzyć link z zaproszenia. Jeśli nie ma działającego linku, proszę poprosić o nowe zaproszenie.
email-exists-waiting = Rejestracja nadal czeka na zatwierdzenie. Gdy to nastąpi, wyślemy e‑mail.

## Links

# { $length } looks like "30 minutes".
email-link-valid = Link działa przez { $length } i tylko jeden raz.

## Forgotten password

email-reset-subject = { $brand }: ustawianie nowego hasła
email-reset-line = Ktoś poprosił o ustawienie nowego hasła do konta w serwisie { $brand }.
# A link follows on a line of its own.
email-reset-lead = Nowe hasło można wybrać na tej stronie:
email-reset-who = Prośba wpłynęła o { $time } ({ $zone }). Przeglądarka: { $device }.
email-reset-not-you = Jeśli to był ktoś inny, nic nie trzeba robić: hasło pozostaje bez zmian.

email-password-reset-subject = { $brand }: hasło zostało ustawione na nowo
email-password-reset-line = Hasło do konta w serwisie { $brand } zostało ustawione na nowo za pomocą linku z e-maila.
email-password-reset-means = Wszystkie przeglądarki zostały wylogowane i żadne urządzenie nie jest już zapamiętane. Drugi krok logowania się nie zmienił.
# A link follows.
email-not-you-reset = Proszę ustawić nowe hasło:

## Notices: what support did

email-support-edited-subject = { $brand }: pomoc techniczna zmieniła dane osobowe
email-support-edited-line = Pomoc techniczna zmieniła dane konta w serwisie { $brand }: imię i nazwisko, adres, język lub grupy.
email-support-edited-means = Dane są widoczne na koncie, w części „Dane osobowe”.
email-support-session-subject = { $brand }: pomoc techniczna wylogowała przeglądarkę
email-support-session-line = Pomoc techniczna wylogowała jedną przeglądarkę z konta w serwisie { $brand }.
email-support-signed-out-subject = { $brand }: pomoc techniczna wylogowała wszystkie przeglądarki
email-support-signed-out-line = Pomoc techniczna wylogowała wszystkie przeglądarki z konta w serwisie { $brand }.
email-support-device-subject = { $brand }: pomoc techniczna usunęła zaufane urządzenie
email-support-device-line = Pomoc techniczna usunęła zaufane urządzenie z konta w serwisie { $brand }.
email-support-device-means = Przy następnym logowaniu to urządzenie znów poprosi o kod.

## Another email address

email-confirm-email-subject = { $brand }: potwierdzenie adresu e-mail
email-confirm-email-line = Ten adres ma stać się adresem konta w serwisie { $brand }.
# A link follows on a line of its own.
email-confirm-email-lead = Jeśli to się zgadza, proszę otworzyć tę stronę i nacisnąć przycisk:
email-confirm-email-who = O { $time } ({ $zone }) poprosił o to ktoś, kto jest zalogowany na tym koncie. Przeglądarka: { $device }.
email-confirm-email-not-you = Jeśli to był ktoś inny, nic nie trzeba robić.
email-new-address = Nowy adres: { $address }
email-address-asked-subject = { $brand }: prośba o inny adres e-mail
email-address-asked-line = Ktoś, kto jest zalogowany na koncie w serwisie { $brand }, poprosił o inny adres e-mail.
email-address-asked-means = Nic się jeszcze nie zmieniło: nowy adres trzeba najpierw potwierdzić.
email-address-changed-subject = { $brand }: adres e-mail został zmieniony
email-address-changed-line = Adres e-mail konta w serwisie { $brand } został zmieniony.
email-address-away-means = Od teraz do logowania i do wszystkich e-maili służy nowy adres. Wszystkie inne przeglądarki zostały wylogowane.
email-address-here-means = Od teraz do logowania służy ten adres i tu przychodzą wszystkie e-maile. Wszystkie inne przeglądarki zostały wylogowane.
# A link follows.
email-not-you-revoke = Zmianę można cofnąć do { $until } ({ $zone }):
email-address-revoked-subject = { $brand }: cofnięto zmianę adresu e-mail
email-address-revoked-line = Zmianę adresu e-mail konta w serwisie { $brand } cofnięto ze starego adresu.
email-address-revoked-means = Do logowania znów służy ten adres. Wszystkie przeglądarki zostały wylogowane, żadne urządzenie nie jest już zapamiętane, a wszystko, co od czasu zmiany skonfigurowano do logowania, zostało usunięte.
email-address-lost-means = Tym adresem nie można się już zalogować. Wszystkie przeglądarki zostały wylogowane.
email-address-wanted-subject = { $brand }: konto już istnieje
email-address-wanted-line = Ktoś chciał użyć tego adresu do innego konta w serwisie { $brand }.
email-address-wanted-means = Adres należy już do istniejącego konta, więc nic się nie zmieniło.

## Inside a session

email-misses-subject = { $brand }: błędne odpowiedzi na koncie
email-misses-line =
    { $count ->
        [one] W przeglądarce zalogowanej na koncie w serwisie { $brand } ktoś wpisał błędne hasło lub błędny kod.
        [few] W przeglądarce zalogowanej na koncie w serwisie { $brand } ktoś wpisał { $count } razy błędne hasło lub błędny kod.
        [many] W przeglądarce zalogowanej na koncie w serwisie { $brand } ktoś wpisał { $count } razy błędne hasło lub błędny kod.
       *[other] W przeglądarce zalogowanej na koncie w serwisie { $brand } ktoś wpisał { $count } razu błędne hasło lub błędny kod.
    }
email-misses-means = Ta przeglądarka została wylogowana, a na koncie nic się nie zmieniło. Jeśli to był ktoś inny, korzystał z przeglądarki, w której konto było zalogowane.

## Support

email-support-deleted-subject = { $brand }: konto zostało usunięte
email-support-deleted-line = Pomoc techniczna usunęła konto w serwisie { $brand }.
email-support-deleted-means = Wszystkie przeglądarki zostały wylogowane. Logowanie nie jest już możliwe.

## Zaproszenie

email-invite-subject = { $brand }: zaproszenie
email-invite-line = Utworzono dla tego adresu konto w serwisie { $brand }.
email-invite-lead = Aby wybrać hasło i się zalogować, proszę otworzyć tę stronę:
email-invite-who = Zaproszenie wysłano o { $time } ({ $zone }).
email-invite-not-you = Jeśli nie wiadomo, o co chodzi, nic nie trzeba robić: bez tego linku nikt nie może użyć konta.

## Oczekiwanie na zatwierdzenie

email-waits-subject = { $brand }: rejestracja czeka na zatwierdzenie
email-waits-line = Zarejestrowano konto w serwisie { $brand }.
email-waits-means = Zanim będzie można się zalogować, ktoś sprawdzi rejestrację. Gdy to nastąpi, wyślemy e-mail.

email-approve-subject = { $brand }: ktoś czeka na zatwierdzenie
email-approve-line = W serwisie { $brand } zarejestrowano konto, które czeka na zatwierdzenie.
email-approve-address = Adres e-mail: { $address }
email-approve-means = Do tego czasu nikt nie może się zalogować na to konto.
email-approve-do = Aby zatwierdzić: { $command }
email-approve-refuse = Aby odrzucić: { $command }

email-approved-subject = { $brand }: konto zostało zatwierdzone
email-approved-line = Rejestracja w serwisie { $brand } została zatwierdzona.
email-approved-means = Można się już zalogować.
email-approved-sign-in = Proszę się zalogować:

## Notices: what signing in asks for after a factor was removed

email-next-app = Przy logowaniu nadal potrzebny jest kod z aplikacji.
email-next-text-message = Od teraz przy logowaniu poprosimy o kod wysłany SMS-em.
email-next-email = Od teraz przy logowaniu poprosimy o kod wysłany e-mailem.
email-next-set-up = Przy następnym logowaniu trzeba będzie znów skonfigurować aplikację.
email-next-nothing = Od teraz do logowania wystarczy samo hasło.
