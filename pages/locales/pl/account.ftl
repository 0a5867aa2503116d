# The account's pages, and the question who is asking.

## Overview

account-title = Moje konto
account-password = Hasło
account-password-changed = Zmieniono { $date }
account-password-set = Ustawione
# { $date } is a day.
account-app-on = { $count ->
    [one] Włączona od { $date }
    [few] Włączone od { $date }, { $count } aplikacje
    [many] Włączone od { $date }, { $count } aplikacji
   *[other] Włączone od { $date }, { $count } aplikacji
}
account-app-off-email = Wyłączona. Kody przychodzą e‑mailem.
account-app-off = Wyłączona
account-devices-count = { $count ->
    [0] Brak zapamiętanych urządzeń
    [one] { $count } zapamiętane urządzenie
    [few] { $count } zapamiętane urządzenia
    [many] { $count } zapamiętanych urządzeń
   *[other] { $count } zapamiętanego urządzenia
}
recovery-count = Do wykorzystania: { $left } z { $total }
recovery-none = Jeszcze ich nie ma

## Personal information

details-title = Dane osobowe
details-first-name = Imię
details-last-name = Nazwisko

## Language

language-title = Język
language-lead = W tym języku będą strony i e‑maile
notice-language-changed = Język został zmieniony.

## Password

password-title = Zmiana hasła
password-current = Obecne hasło
password-new = Nowe hasło
password-hint = Co najmniej { $least ->
    [one] { $least } znak
    [few] { $least } znaki
    [many] { $least } znaków
   *[other] { $least } znaku
}. Dobrze sprawdzają się cztery przypadkowe słowa. Spacje są dozwolone.
password-consequence = To urządzenie pozostanie zalogowane. Wszystkie inne zostaną wylogowane, a przy następnym logowaniu każde urządzenie znów poprosi o kod.
password-save = Zmień hasło
notice-password-changed = Hasło zostało zmienione. Wszystkie inne urządzenia zostały wylogowane.

## Authenticator app

app-title = Aplikacja uwierzytelniająca
app-why = Aplikacja w telefonie podaje kod w każdej chwili, nawet bez zasięgu. Chroni konto lepiej niż kod wysłany e‑mailem.
app-why-alone = Aplikacja w telefonie podaje kod w każdej chwili, nawet bez zasięgu. Chroni konto lepiej niż samo hasło.
app-begin = Skonfiguruj aplikację
app-another = Dodaj kolejną aplikację
app-replace-hint = Nowy telefon? Proszę wybrać „Zastąp”: stara aplikacja działa, dopóki nie zadziała nowa.
app-setup-title = Konfiguracja aplikacji uwierzytelniającej
app-setup-replacing = { $name } działa, dopóki nowa aplikacja nie będzie skonfigurowana.
app-setup-open = Proszę otworzyć aplikację uwierzytelniającą
app-setup-none = Nie mam takiej aplikacji
app-setup-install = Proszę wyszukać „authenticator” w sklepie z aplikacjami w telefonie. Nadaje się każda aplikacja z kodami zależnymi od czasu. Takie aplikacje nic nie kosztują.
# { $apps } is a list of names.
app-setup-suggested = Te aplikacje działają dobrze: { $apps }.
app-setup-scan = Proszę dodać konto
app-setup-scan-hint = Proszę wybrać w aplikacji „Dodaj” lub „+” i zeskanować ten obrazek.
app-setup-link = Otwórz w aplikacji uwierzytelniającej
app-setup-key = Skanowanie nie działa? Wtedy proszę wpisać w aplikacji ten klucz:
app-setup-settings = Ustawienia, jeśli aplikacja o nie pyta
app-setup-account = Konto
app-setup-issuer = Wystawca
app-setup-kind = Rodzaj
app-setup-kind-value = Zależny od czasu, SHA-1, 6 cyfr, 30 sekund
app-setup-type = Proszę wpisać kod, który pokazuje aplikacja
app-setup-code = 6‑cyfrowy kod z aplikacji
app-setup-name = Nazwa tej aplikacji
qr-title = Kod QR dla aplikacji uwierzytelniającej
qr-description = Ten sam klucz jest podany niżej jako tekst.
# { $from } and { $to } are the ends of what is bold.
notice-app-setup-expired = Ta strona była otwarta zbyt długo. Oto nowy kod QR – { $from }stary wpis proszę usunąć z aplikacji{ $to }.
notice-app-added = Aplikacja jest skonfigurowana. Od teraz pokazuje kody do logowania.
notice-app-replaced = Nowa aplikacja jest skonfigurowana. Stara już nie działa.
notice-app-removed = Aplikacja została usunięta.
app-remove-title = Usunąć aplikację uwierzytelniającą?
app-remove-lead = Usunięta zostanie aplikacja { $name }.
app-remove-email-codes = Od tej chwili kody będziemy wysyłać e‑mailem. To mniej bezpieczne niż aplikacja.
app-remove-another-app = Druga aplikacja będzie działać dalej.
app-remove-password-only = Od tej chwili wystarczy samo hasło. To o wiele mniej bezpieczne.
app-remove-set-up-anew = Przy następnym logowaniu trzeba będzie znów skonfigurować aplikację.
app-remove-blocked = Serwis { $brand } wymaga aplikacji uwierzytelniającej na każdym koncie. Aplikację można zastąpić nową, ale nie można jej usunąć.
app-remove-also = Wszystkie inne urządzenia zostaną wylogowane i żadne urządzenie nie będzie już zapamiętane.
app-remove = Usuń aplikację

## Trusted devices

devices-title = Zaufane urządzenia
# { $length } looks like "90 days".
devices-lead = Na tych urządzeniach przez { $length } można logować się bez kodu. Nieużywane urządzenia warto usunąć.
devices-none = Żadne urządzenie nie jest zapamiętane. O kod prosimy za każdym razem.
devices-device = Urządzenie
devices-this = To urządzenie
devices-expires = Ważne do
devices-rename = Zmień nazwę
devices-rename-named = Zmień nazwę „{ $name }”
devices-new-name = Nowa nazwa
devices-remember = Zapamiętaj to urządzenie
devices-remove-all = Usuń wszystkie urządzenia
notice-device-remembered = To urządzenie jest zapamiętane.
notice-device-renamed = Nowa nazwa urządzenia: { $name }.
notice-device-removed = Usunięto urządzenie { $name }.
notice-all-devices-removed = Wszystkie urządzenia zostały usunięte. Od teraz prosimy o kod za każdym razem.

## Recovery codes

recovery-title = { $count ->
    [one] Kod zapasowy
    [few] Kody zapasowe
    [many] Kody zapasowe
   *[other] Kody zapasowe
}
recovery-lead = { $count ->
    [one] W razie utraty telefonu można zalogować się kodem zapasowym. Kod warto przechowywać w bezpiecznym miejscu.
    [few] W razie utraty telefonu można zalogować się kodem zapasowym. Kody warto przechowywać w bezpiecznym miejscu.
    [many] W razie utraty telefonu można zalogować się kodem zapasowym. Kody warto przechowywać w bezpiecznym miejscu.
   *[other] W razie utraty telefonu można zalogować się kodem zapasowym. Kody warto przechowywać w bezpiecznym miejscu.
}
recovery-created = Utworzono
recovery-used-on = Użyto
recovery-create = { $count ->
    [one] Utwórz nowy kod
    [few] Utwórz nowe kody
    [many] Utwórz nowe kody
   *[other] Utwórz nowe kody
}
recovery-create-hint = { $count ->
    [one] Stary kod działa, dopóki nowy nie zostanie zapisany.
    [few] Stare kody działają, dopóki nowe nie zostaną zapisane.
    [many] Stare kody działają, dopóki nowe nie zostaną zapisane.
   *[other] Stare kody działają, dopóki nowe nie zostaną zapisane.
}
recovery-new-title = { $count ->
    [one] Proszę zapisać kod zapasowy
    [few] Proszę zapisać kody zapasowe
    [many] Proszę zapisać kody zapasowe
   *[other] Proszę zapisać kody zapasowe
}
recovery-new-lead = { $count ->
    [one] W razie utraty telefonu można zalogować się tym kodem. Działa jeden raz. Nie możemy pokazać go ponownie.
    [few] W razie utraty telefonu można zalogować się jednym z tych kodów. Każdy działa jeden raz. Nie możemy pokazać ich ponownie.
    [many] W razie utraty telefonu można zalogować się jednym z tych kodów. Każdy działa jeden raz. Nie możemy pokazać ich ponownie.
   *[other] W razie utraty telefonu można zalogować się jednym z tych kodów. Każdy działa jeden raz. Nie możemy pokazać ich ponownie.
}
# On paper, above the codes.
recovery-new-printed = { $brand } ({ $host }), { $account }, { $date }
recovery-new-where = { $count ->
    [one] Dobrym miejscem jest menedżer haseł. Także wydruk w domowej szufladzie.
    [few] Dobrym miejscem jest menedżer haseł. Także wydruk w domowej szufladzie.
    [many] Dobrym miejscem jest menedżer haseł. Także wydruk w domowej szufladzie.
   *[other] Dobrym miejscem jest menedżer haseł. Także wydruk w domowej szufladzie.
}
recovery-new-replaces = { $count ->
    [one] Po przejściu dalej stary kod przestanie działać.
    [few] Po przejściu dalej stare kody przestaną działać.
    [many] Po przejściu dalej stare kody przestaną działać.
   *[other] Po przejściu dalej stare kody przestaną działać.
}
recovery-new-saved = { $count ->
    [one] Ten kod jest już zapisany
    [few] Te kody są już zapisane
    [many] Te kody są już zapisane
   *[other] Te kody są już zapisane
}
notice-recovery-codes-saved = { $count ->
    [one] Nowy kod zapasowy działa od teraz.
    [few] Nowe kody zapasowe działają od teraz.
    [many] Nowe kody zapasowe działają od teraz.
   *[other] Nowe kody zapasowe działają od teraz.
}

## Phone number

phone-title = Numer telefonu
phone-number-title = Proszę potwierdzić numer telefonu komórkowego
phone-code-title = Proszę wpisać kod z SMS-a
phone-lead-recovery = Gdy aplikacja przepadła lub nie ma jej pod ręką, możemy wysłać kod SMS-em. Do niczego innego nie używamy tego numeru.
phone-lead-method = Kody do logowania możemy wysyłać SMS-em. Do niczego innego nie używamy tego numeru.
phone-weak = SMS jest mniej bezpieczny niż aplikacja: ktoś inny może go po drodze przeczytać, a numer można przejąć.
phone-not-in-use = SMS-y nie są tu już używane. Numer można usunąć.
phone-number = Numer telefonu komórkowego
phone-number-hint = Z numerem kierunkowym kraju, na przykład +41 79 123 45 67
phone-code = 6‑cyfrowy kod z SMS-a
phone-other = Użyj innego numeru
phone-skip = Dalej bez numeru telefonu
phone-add = Dodaj numer telefonu
# { $number } looks like •••42.
phone-replacing = Numer { $number } działa, dopóki nowy nie zostanie potwierdzony.
phone-remove-email-codes = Bez numeru kody będziemy wysyłać e‑mailem.
phone-remove-app-only = Bez numeru SMS nie pomoże, gdy aplikacja przepadnie.
phone-remove-password-only = Bez numeru wystarczy samo hasło. To o wiele mniej bezpieczne.
phone-remove-blocked = Serwis { $brand } wymaga numeru telefonu na każdym koncie. Numer można zastąpić, ale nie można go usunąć.
account-phone-on = { $number }, od { $date }
account-phone-none = Jeszcze nie ma numeru
notice-phone-added = Numer telefonu jest potwierdzony.
notice-phone-replaced = Nowy numer telefonu jest potwierdzony. Stary nie jest już używany.
notice-phone-removed = Numer telefonu został usunięty.
confirm-phone-setup = Następny krok to { $from }zmiana numeru telefonu{ $to }.
confirm-phone-remove = Następny krok to { $from }usunięcie numeru telefonu{ $to }.
confirm-sms-first = Najpierw wyślemy 6‑cyfrowy kod na numer { $number }.
app-remove-text-messages = Od tej chwili kody będziemy wysyłać SMS-em. To mniej bezpieczne niż aplikacja.
# Where there are no codes by text message.
app-setup-no-sms = Serwis { $brand } nie wysyła kodów SMS-em: to nie dość bezpieczne i wymaga zasięgu.

## Confirm it's you

confirm-title = Potwierdzenie tożsamości
confirm = Potwierdź
# { $from } and { $to } are the ends of what is bold.
confirm-app-setup = Następny krok to { $from }konfiguracja aplikacji uwierzytelniającej{ $to }.
confirm-app-replace = Następny krok to { $from }zastąpienie aplikacji uwierzytelniającej{ $to }.
confirm-app-remove = Następny krok to { $from }usunięcie aplikacji uwierzytelniającej{ $to }.
confirm-recovery-codes = { $count ->
    [one] Następny krok to { $from }utworzenie nowego kodu zapasowego{ $to }.
    [few] Następny krok to { $from }utworzenie nowych kodów zapasowych{ $to }.
    [many] Następny krok to { $from }utworzenie nowych kodów zapasowych{ $to }.
   *[other] Następny krok to { $from }utworzenie nowych kodów zapasowych{ $to }.
}
confirm-password = Następny krok to { $from }zmiana hasła{ $to }.
confirm-remove-devices = Następny krok to { $from }usunięcie wszystkich zaufanych urządzeń{ $to }.
confirm-remember-device = Następny krok to { $from }zapamiętanie tego urządzenia{ $to }.
confirm-open-page = Następny krok to { $from }otwarcie szczególnie chronionej strony{ $to }.
confirm-app-code = 6‑cyfrowy kod z aplikacji uwierzytelniającej
confirm-app-lost = Nie mam już aplikacji
confirm-email-code = 6‑cyfrowy kod z e‑maila
confirm-email-first = Najpierw wyślemy 6‑cyfrowy kod na adres { $address }.

# The name that the set-up proposes for an app.
app-setup-name-default = Mój telefon

# The file with recovery codes, line by line.
recovery-file-title = { $count ->
    [one] Kod zapasowy do { $host }
    [few] Kody zapasowe do { $host }
    [many] Kody zapasowe do { $host }
   *[other] Kody zapasowe do { $host }
}
recovery-file-account = Konto: { $account }
recovery-file-date = Utworzono { $date }
recovery-file-use = { $count ->
    [one] W razie utraty telefonu proszę zalogować się hasłem i tym kodem. Kod działa jeden raz. Proszę przechowywać ten plik tak, aby nikt inny nie mógł go przeczytać.
    [few] W razie utraty telefonu proszę zalogować się hasłem i jednym z tych kodów. Każdy kod działa jeden raz. Proszę przechowywać ten plik tak, aby nikt inny nie mógł go przeczytać.
    [many] W razie utraty telefonu proszę zalogować się hasłem i jednym z tych kodów. Każdy kod działa jeden raz. Proszę przechowywać ten plik tak, aby nikt inny nie mógł go przeczytać.
   *[other] W razie utraty telefonu proszę zalogować się hasłem i jednym z tych kodów. Każdy kod działa jeden raz. Proszę przechowywać ten plik tak, aby nikt inny nie mógł go przeczytać.
}

# The name proposed for a device: "Firefox on Windows".
device-browser-on-system =
    { $browser } { $system ->
        [iPhone] na telefonie iPhone
        [iPad] na tablecie iPad
        [Mac] na komputerze Mac
       *[other] w systemie { $system }
    }
device-unknown = To urządzenie

## Several apps, and their names

app-several = Do logowania wystarczy kod z dowolnej z tych aplikacji.
notice-app-renamed = Nowa nazwa aplikacji: { $name }.

## Names

notice-details-saved = Imię i nazwisko zostały zapisane.

## Trusted devices: the list is full

devices-limit = Więcej urządzeń nie możemy zapamiętać. Jeśli zapamiętamy to urządzenie, zapomnimy najstarsze: { $name }.

## Where you are signed in

sessions-title = Zalogowane przeglądarki
account-sessions-count = { $count ->
    [one] Tylko tutaj
    [few] W { $count } przeglądarkach
    [many] W { $count } przeglądarkach
   *[other] W { $count } przeglądarki
}
sessions-lead = Te przeglądarki są zalogowane na koncie. Nieznane i nieużywane proszę wylogować.
sessions-this = Ta przeglądarka
sessions-site = Adres
sessions-started = Zalogowano
sessions-end-named = Wyloguj „{ $name }”
sessions-end-others = Wyloguj wszystkie inne
sessions-everywhere = Wyloguj wszędzie
sessions-everywhere-hint = Być może z konta korzysta ktoś inny? Wtedy proszę wylogować wszystko, także tutaj, i zmienić hasło.
sessions-everywhere-devices = Być może z konta korzysta ktoś inny? Wtedy proszę wylogować wszystko, także tutaj, i zmienić hasło. Potem żadne urządzenie nie będzie już zapamiętane.
notice-session-signed-out = Przeglądarka została wylogowana.
notice-sessions-signed-out = Wszystkie inne przeglądarki zostały wylogowane.

## Recent activity

activity-title = Ostatnie zdarzenia
account-activity-hint = Logowania i zmiany
activity-lead = Najnowsze zdarzenia na koncie.
activity-none = Jeszcze nic
activity-you = Czy wszystko się zgadza?
activity-was-you = Jeśli tak, nic nie trzeba robić.
# The four are the ends of two links.
activity-not-you = Jeśli coś z tego zrobił ktoś inny, proszę { $password-from }zmienić hasło{ $password-to } i sprawdzić { $sessions-from }zalogowane przeglądarki{ $sessions-to }.
activity-tell = Proszę też dać nam znać: kontakt jest podany niżej.
activity-signed-in = Zalogowano
activity-signed-in-password = Zalogowano samym hasłem
activity-signed-in-app = Zalogowano kodem z aplikacji
activity-signed-in-email = Zalogowano kodem z e‑maila
activity-signed-in-sms = Zalogowano kodem z SMS-a
activity-signed-in-recovery = Zalogowano kodem zapasowym
activity-signed-in-device = Zalogowano na zaufanym urządzeniu
activity-signed-out = Wylogowano
activity-signed-out-everywhere = Wylogowano wszędzie
activity-session-ended = Wylogowano inną przeglądarkę
activity-session-misses = Wylogowano przeglądarkę po zbyt wielu błędnych odpowiedziach
activity-password-failed = { $count ->
    [one] Wpisano błędne hasło
    [few] Błędne hasło wpisano { $count } razy
    [many] Błędne hasło wpisano { $count } razy
   *[other] Błędne hasło wpisano { $count } razu
}
activity-answer-failed = { $count ->
    [one] Przy potwierdzaniu wpisano błędny kod lub hasło
    [few] Przy potwierdzaniu wpisano { $count } razy błędny kod lub hasło
    [many] Przy potwierdzaniu wpisano { $count } razy błędny kod lub hasło
   *[other] Przy potwierdzaniu wpisano { $count } razu błędny kod lub hasło
}
activity-factor-closed = Po zbyt wielu błędnych kodach przestaliśmy je przyjmować
activity-waiting = Zbyt wiele prób: trzeba było poczekać
activity-device-trusted = Zapamiętano urządzenie
activity-device-elsewhere = Zaufanego urządzenia użyto w nowym miejscu
activity-device-removed = Usunięto zaufane urządzenie
activity-devices-removed = Usunięto wszystkie zaufane urządzenia
activity-app-added = Skonfigurowano aplikację uwierzytelniającą
activity-app-removed = Usunięto aplikację uwierzytelniającą
activity-phone-added = Dodano numer telefonu
activity-phone-removed = Usunięto numer telefonu
activity-recovery-created = Utworzono nowe kody zapasowe
activity-recovery-used = Użyto kodu zapasowego
activity-password-changed = Zmieniono hasło
activity-registered = Zarejestrowano konto
activity-reset-asked = Ktoś poprosił o link do ustawienia nowego hasła
activity-reset = Hasło zostało ustawione na nowo za pomocą linku z e‑maila
activity-support-added = Utworzono konto
activity-support-edited = Pomoc techniczna zmieniła dane osobowe
activity-support-locked = Pomoc techniczna zablokowała konto
activity-support-unlocked = Pomoc techniczna odblokowała konto
activity-support-password = Pomoc techniczna ustawiła nowe hasło
activity-support-reset = Pomoc techniczna usunęła aplikację, kody zapasowe i zaufane urządzenia
activity-support-signed-out = Pomoc techniczna wylogowała wszystkie przeglądarki
activity-support-suspended = Pomoc techniczna na pewien czas wyłączyła kod
activity-support-session = Pomoc techniczna wylogowała przeglądarkę
activity-support-device = Pomoc techniczna usunęła zaufane urządzenie

## While support has suspended the code

# { $until } is a day and an hour.
account-suspended = Pomoc techniczna wyłączyła kod dla tego konta: do { $until } wystarczy samo hasło. Potem znów poprosimy o kod.

## Email address

details-change-email = Zmień adres e‑mail
address-title = Zmiana adresu e‑mail
# { $address } is bold.
address-lead = Obecny adres do logowania: { $address }.
address-new = Nowy adres e-mail
address-consequence = Wyślemy link na nowy adres. Po naciśnięciu przycisku na stronie, do której prowadzi, logowanie będzie możliwe nowym adresem, a wszystkie inne urządzenia zostaną wylogowane.
address-confirm-title = Czy ten adres e‑mail się zgadza?
address-confirm-lead = Od teraz adresem do logowania ma być { $address }.
address-confirm-consequence = Wszystkie inne urządzenia zostaną wylogowane i żadne urządzenie nie będzie już zapamiętane.
address-confirm-save = Tak, użyj tego adresu
address-confirm-not-you = Jeśli poprosił o to ktoś inny, wystarczy zamknąć tę stronę.
address-revoke-title = Cofnąć zmianę adresu e‑mail?
# { $old } and { $new } are addresses in bold.
address-revoke-lead = Adres konta został zmieniony z { $old } na { $new }.
address-revoke-consequence = Po cofnięciu zmiany adresem do logowania będzie znów stary adres, a wszystkie urządzenia zostaną wylogowane.
address-revoke-save = Cofnij zmianę
address-revoke-was-you = Jeśli ta zmiana się zgadza, wystarczy zamknąć tę stronę.
address-revoked-title = Zmiana została cofnięta
address-revoked-lead = Adresem do logowania jest znów stary adres e‑mail. Wszystkie urządzenia zostały wylogowane, a wszystko, co od czasu zmiany skonfigurowano do logowania, zostało usunięte.
address-revoked-next = Jeśli adres zmienił ktoś inny, być może zna hasło do konta. Proszę ustawić teraz nowe hasło.
address-revoked-reset = Ustaw nowe hasło
address-revoked-locked-title = Konto jest zablokowane
address-revoked-locked = Stary adres e‑mail należy już do innego konta, dlatego nie mogliśmy cofnąć zmiany. Aby nikt inny nie korzystał z tego konta, zablokowaliśmy je. Proszę skorzystać z pomocy.
confirm-email = Następny krok to { $from }zmiana adresu e‑mail{ $to }.
notice-email-link-sent = Wysłaliśmy link na adres { $address }. Adres zmieni się po naciśnięciu przycisku na stronie, do której prowadzi link.
notice-email-link-limit = Wysłaliśmy już kilka e‑maili. Następny można wysłać za { $wait }.
notice-email-changed = Adres e‑mail to teraz { $address }. Wszystkie inne urządzenia zostały wylogowane.
notice-sign-in-with-new-email = Adres e‑mail został zmieniony. Proszę zalogować się nowym adresem.

activity-email-asked = Poproszono o inny adres e‑mail
activity-email-changed = Zmieniono adres e‑mail
activity-email-revoked = Cofnięto zmianę adresu e‑mail
activity-email-lost = Zmiany adresu e‑mail nie udało się cofnąć: konto zostało zablokowane

## Aktywność: Regulamin

activity-terms = Zaakceptowano regulamin

## Aktywność: Zaproszenie

activity-support-invited = Pomoc techniczna wysłała zaproszenie

## Aktywność: Oczekiwanie na zatwierdzenie

activity-approved = Zatwierdzono rejestrację

## The method that is recommended

recommended = Zalecane

## Konfiguracja: zbyt wiele błędnych kodów, przerwana konfiguracja

notice-app-setup-too-many = Zbyt wiele błędnych kodów. Oto nowy kod QR – { $from }stary wpis proszę usunąć z aplikacji{ $to }.
notice-app-setup-left = Kod QR został już wcześniej pokazany. Ważny jest tylko ten nowy – { $from }jeśli stary został zeskanowany, proszę usunąć jego wpis z aplikacji{ $to }.
error-sms-codes-too-many = Zbyt wiele błędnych kodów. Proszę sprawdzić numer i poprosić o wysłanie nowego kodu.
