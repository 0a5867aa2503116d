# What is wrong with a field, and pages for when something is in the way. Nobody is to blame.

## Forms

error-stale-form = Ta strona była otwarta zbyt długo. Wpisane dane nie zostały wysłane. Proszę spróbować ponownie.
error-email-missing = Proszę wpisać adres e‑mail
error-password-missing = Proszę wpisać hasło
# Never says which of the two is wrong.
error-sign-in-wrong = Adres e‑mail lub hasło jest nieprawidłowe. Proszę sprawdzić jedno i drugie i spróbować ponownie.
error-sign-in-wrong-warning = Adres e‑mail lub hasło jest nieprawidłowe. Proszę sprawdzić jedno i drugie i spróbować ponownie. Po { $limit ->
    [one] { $limit } błędnym haśle
    [few] { $limit } błędnych hasłach
    [many] { $limit } błędnych hasłach
   *[other] { $limit } błędnego hasła
} trzeba będzie poczekać.
error-password-wrong = Hasło jest nieprawidłowe.
error-password-too-long = To hasło jest za długie. Może mieć najwyżej około 1000 znaków.
error-code-missing = Proszę wpisać 6‑cyfrowy kod
error-code-length = Kod ma 6 cyfr – wpisano { $typed }.
error-code-not-digits = Kod składa się tylko z cyfr.
error-email-code-wrong = Ten kod jest nieprawidłowy. Proszę zajrzeć do najnowszego e‑maila i spróbować ponownie.
error-email-code-expired = Ten kod już nie działa. Potrzebny jest nowy.
error-email-code-expired-resent = Ten kod już nie działa. Wysłaliśmy nowy.
error-sms-code-wrong = Ten kod jest nieprawidłowy. Proszę zajrzeć do najnowszego SMS-a i spróbować ponownie.
error-phone-missing = Proszę wpisać numer telefonu komórkowego
error-phone-unreadable = Nie możemy odczytać tego numeru. Proszę wpisać go z numerem kierunkowym kraju, na przykład +41 79 123 45 67.
error-phone-no-country-code = Proszę zacząć od numeru kierunkowego kraju, na przykład +41 79 123 45 67.
error-phone-other-country = Do tego kraju nie możemy wysyłać SMS-ów. Proszę użyć innego numeru.
error-phone-not-mobile = Na ten numer nie możemy wysyłać SMS-ów. Proszę użyć numeru telefonu komórkowego.
error-app-code-wrong = Ten kod jest nieprawidłowy. Proszę użyć najnowszego kodu z aplikacji; zegar telefonu powinien ustawiać się automatycznie.
error-app-code-late = Ten kod jest za stary: zegar telefonu się spóźnia. Proszę włączyć w nim automatyczne ustawianie czasu.
error-app-code-used = Ten kod został już użyty. Proszę poczekać na następny.
error-setup-code-wrong = Ten kod jest nieprawidłowy. Proszę sprawdzić, czy zeskanowano ten kod QR – a nie starszy – i użyć najnowszego kodu.
error-recovery-code-missing = Proszę wpisać kod zapasowy
error-recovery-code-wrong = Ten kod zapasowy jest nieprawidłowy lub był już użyty.
error-codes-not-saved = { $count ->
    [one] Po zapisaniu kodu proszę zaznaczyć to pole
    [few] Po zapisaniu kodów proszę zaznaczyć to pole
    [many] Po zapisaniu kodów proszę zaznaczyć to pole
   *[other] Po zapisaniu kodów proszę zaznaczyć to pole
}
error-name-too-long = Ta nazwa jest za długa. Może mieć najwyżej 60 znaków.
error-current-password-missing = Proszę wpisać obecne hasło
error-current-password-wrong = Obecne hasło jest nieprawidłowe.
error-new-password-missing = Proszę wpisać nowe hasło
error-new-password-short = To hasło jest za krótkie. Proszę użyć co najmniej { $least ->
    [one] { $least } znaku
    [few] { $least } znaków
    [many] { $least } znaków
   *[other] { $least } znaku
}; dobrze sprawdzają się cztery przypadkowe słowa.
error-new-password-guessable = To hasło łatwo odgadnąć. Proszę wybrać takie, którego nikt inny nie wymyśli.
error-new-password-same = To jest obecne hasło. Proszę wybrać inne.
error-language-missing = Proszę wybrać język
error-first-name-too-long = To imię jest za długie. Może mieć najwyżej 100 znaków.
error-last-name-too-long = To nazwisko jest za długie. Może mieć najwyżej 100 znaków.

## In the way

no-cookies-title = Przeglądarka blokuje pliki cookie
no-cookies-text = Przeglądarka blokuje pliki cookie dla tej strony. Bez nich logowanie nie jest możliwe. Proszę zezwolić na pliki cookie dla tej strony w ustawieniach przeglądarki i spróbować ponownie.
forbidden-title = To nie przyszło od nas
forbidden-text = To polecenie przyszło z innej strony internetowej, więc nic nie zrobiliśmy. Na koncie nic się nie zmieniło. Jeśli to było zamierzone, proszę samodzielnie otworzyć serwis { $brand }.
refused-title = Ta strona nie jest tu dostępna
refused-text = Tej części serwisu { $brand } nie można stąd otworzyć. Jeśli jest potrzebna, proszę skorzystać z pomocy.
throttled-title = Zbyt wiele prób
# { $wait } is bold, like "4 minutes"; { $time } is like "14:05".
throttled-text = Proszę poczekać { $wait } (do godziny { $time }).
throttled-calm = Nic nie trzeba robić. Jeśli to był ktoś inny, z kontem nic się nie stało.
throttled-over = Czas oczekiwania minął. Można już spróbować ponownie.
busy-title = Teraz loguje się wiele osób
busy-text = Proszę poczekać kilka sekund i spróbować ponownie.
closed-title = Nie przyjmujemy już kodów do tego konta
closed-text = Było zbyt wiele błędnych kodów. Aby chronić konto, nie przyjmiemy kolejnych, dopóki ktoś nie udzieli pomocy.
no-access-title = Brak dostępu do serwisu { $brand }
no-access-text = Logowanie się udało, ale to konto nie ma tu dostępu. Jeśli powinno go mieć, proszę skorzystać z pomocy.
upstream-down-title = Serwis { $brand } teraz nie odpowiada
upstream-down-text-signed-in = Ponowne logowanie nie jest potrzebne. Proszę spróbować jeszcze raz za minutę.
upstream-down-text = Proszę spróbować ponownie za minutę.
# { $from } and { $to } are the ends of what is bold.
upstream-down-not-sent = Ostatnia czynność { $from }nie{ $to } została wykonana.
upstream-down-unknown = Nie wiemy, czy ostatnia czynność została zapisana. Przed jej powtórzeniem proszę to sprawdzić.
store-down-title = Logowanie nie jest teraz możliwe
store-down-text = To nasza wina. Proszę spróbować ponownie później.
not-found-title = Tej strony nie ma
not-found-text = Być może w adresie jest literówka albo strona została przeniesiona.
bad-request-title = Nie zrozumieliśmy tego
bad-request-text = Przeglądarka wysłała coś, czego nie możemy odczytać. Proszę wrócić i spróbować ponownie.
too-large-title = Tego było za dużo
too-large-text = Przeglądarka wysłała więcej, niż ten formularz może przyjąć. Proszę wrócić i skrócić wpis.
method-not-allowed-title = To tutaj nie działa
method-not-allowed-text = Tego adresu nie można użyć w ten sposób. Proszę wrócić i spróbować ponownie.

## Registration

error-registration-code-missing = Proszę wpisać kod rejestracyjny
error-registration-code-wrong = Ten kod rejestracyjny jest nieprawidłowy. Proszę go sprawdzić i spróbować ponownie.
error-registration-domain = Z takim adresem nie można się zarejestrować. Proszę użyć innego lub skorzystać z pomocy.
error-given-name-missing = Proszę wpisać imię
error-method-missing = Proszę wybrać, jak potwierdzać logowanie

## Links from letters

error-email-malformed = To nie jest adres e‑mail. Adres wygląda na przykład tak: nazwa@example.com.
link-expired-title = Ten link wygasł
# { $length } looks like "30 minutes".
link-expired-text = Link działa przez { $length } i liczy się tylko najnowszy.
link-used-title = Ten link był już użyty
link-used-text = Każdy link działa jeden raz.
link-over-title = Ten link już nie działa
link-over-text = Było zbyt wiele błędnych kodów. Aby chronić konto, unieważniliśmy ten link.
link-again = Zamów nowy link

## A form that came after the session had ended, and cannot be kept

not-kept-title = Nastąpiło wylogowanie
not-kept-text = Wpisanych danych nie udało się zachować. Proszę zalogować się w nowej karcie, a potem wrócić tutaj i użyć w przeglądarce przycisku Wstecz.
# A button; it opens a new tab.
not-kept-sign-in = Zaloguj się w nowej karcie
link-revoke-expired-text = Taki link działa przez { $length } i tylko jeden raz.
error-new-email-missing = Proszę wpisać nowy adres e‑mail
error-new-email-same = To jest obecny adres e‑mail. Proszę wpisać inny.
error-new-email-too-many = W ostatnich dniach adres e‑mail zmieniano już kilka razy. Przed kolejną zmianą proszę poczekać.

## Regulamin

error-terms-not-accepted = Aby zaakceptować regulamin, proszę zaznaczyć to pole
error-terms-changed = Jest nowa wersja regulaminu. Aby ją zaakceptować, proszę ją przeczytać i zaznaczyć to pole.

## Link z zaproszenia

link-invite-over = Nowy link może przysłać osoba, która wysłała zaproszenie.
link-invite-used = Za pomocą tego linku wybrano już hasło. Proszę się nim zalogować.
