# Signing in and out, codes, the trust question, and the set-up that everybody goes through.

## Sign in

sign-in-title = Logowanie do serwisu { $brand }
sign-in = Zaloguj się
sign-in-again = Zaloguj się ponownie
sign-in-email = Adres e-mail
password = Hasło
password-show = Pokaż
password-hide = Ukryj
password-show-label = Pokaż hasło
password-hide-label = Ukryj hasło
password-is-shown = Hasło jest widoczne
password-is-hidden = Hasło jest ukryte
start-again = Zacznij od nowa z innym kontem

notice-signed-out = Wylogowano.
notice-session-ended = Nastąpiło wylogowanie. Aby przejść dalej, proszę zalogować się ponownie.
notice-start-again = To trwało trochę za długo. Proszę zalogować się jeszcze raz.
notice-too-many-wrong-codes = Zbyt wiele błędnych kodów. Proszę zalogować się ponownie.
notice-too-many-wrong-answers = Zbyt wiele błędnych odpowiedzi. Dla bezpieczeństwa nastąpiło wylogowanie. Proszę zalogować się ponownie.
notice-sign-in-with-new-password = Hasło zostało zmienione. Proszę zalogować się nowym hasłem.

## Code by email

code-email-title = Proszę wpisać 6‑cyfrowy kod z e‑maila
# { $address } looks like a•••@example.com, { $length } like "10 minutes".
code-email-sent = Wysłaliśmy go na adres { $address }. Kod działa przez { $length }.
code-email-sent-at = Wysłano o { $time }.
code-email-for = Kod wysyłamy na adres { $address }.
code-email-problems = Problem z kodem?
code-email-spam = E‑mail może dotrzeć dopiero po minucie. Warto zajrzeć też do folderu ze spamem.
code-email-again = Wyślij nowy kod
another-way = Wybierz inny sposób
# Where no code was sent yet.
code-email-send-title = Kod e‑mailem
code-email-send-lead = Do potwierdzenia tożsamości potrzebny jest 6‑cyfrowy kod. Wyślemy go na adres { $address }.
code-email-send = Wyślij kod

notice-code-sent-again = Wysłaliśmy nowy kod. Proszę użyć kodu z najnowszego e‑maila.
notice-code-too-early = { $seconds ->
    [0] Kod został wysłany przed chwilą. Proszę jeszcze trochę poczekać.
    [one] Kod został wysłany { $seconds } sekundę temu. Proszę jeszcze trochę poczekać.
    [few] Kod został wysłany { $seconds } sekundy temu. Proszę jeszcze trochę poczekać.
    [many] Kod został wysłany { $seconds } sekund temu. Proszę jeszcze trochę poczekać.
   *[other] Kod został wysłany { $seconds } sekundy temu. Proszę jeszcze trochę poczekać.
}
notice-code-limit = Wysłaliśmy już kilka kodów. Następny można wysłać za { $wait }. Najnowszy kod nadal działa.
notice-mail-failed = Nie udało się teraz wysłać e‑maila. Proszę spróbować ponownie.
# { $from } and { $to } are the ends of a link.
notice-mail-failed-other-ways = Nie udało się teraz wysłać e‑maila. Proszę spróbować ponownie lub { $from }wybrać inny sposób{ $to }.

## Code by text message

code-sms-title = Proszę wpisać 6‑cyfrowy kod z SMS-a
# { $number } looks like •••42, { $length } like "10 minutes".
code-sms-sent = Wysłaliśmy go na numer { $number }. Kod działa przez { $length }.
code-sms-for = Kod wysyłamy na numer { $number }.
code-sms-reception = SMS może dotrzeć dopiero po minucie. Proszę sprawdzić, czy telefon ma zasięg.
# Where no code was sent yet.
code-sms-send-title = Kod SMS-em
code-sms-send-lead = Do potwierdzenia tożsamości potrzebny jest 6‑cyfrowy kod. Wyślemy go na numer { $number }.
methods-sms = SMS na numer { $number }
notice-sms-sent-again = Wysłaliśmy nowy kod. Proszę użyć kodu z najnowszego SMS-a.
notice-sms-failed = Nie udało się teraz wysłać SMS-a. Proszę spróbować ponownie.
# { $from } and { $to } are the ends of a link.
notice-sms-failed-other-ways = Nie udało się teraz wysłać SMS-a. Proszę spróbować ponownie lub { $from }wybrać inny sposób{ $to }.

## Code from the app

code-app-title = Proszę wpisać 6‑cyfrowy kod z aplikacji uwierzytelniającej
# { $entry } looks like "Example Portal (anna@example.com)".
code-app-lead = Proszę otworzyć aplikację i znaleźć pozycję { $entry }.
code-app-problems = Nie mogę użyć aplikacji
code-app-problems-text = Telefon zginął, nie działa lub nie ma go pod ręką? Być może jest inny sposób.

## Recovery code

code-recovery-title = { $count ->
    [one] Proszę wpisać kod zapasowy
    [few] Proszę wpisać jeden z kodów zapasowych
    [many] Proszę wpisać jeden z kodów zapasowych
   *[other] Proszę wpisać jeden z kodów zapasowych
}
# A sample code follows.
recovery-hint = { $count ->
    [one] Kod działa jeden raz. Wygląda tak:
    [few] Każdy kod działa jeden raz. Kod wygląda tak:
    [many] Każdy kod działa jeden raz. Kod wygląda tak:
   *[other] Każdy kod działa jeden raz. Kod wygląda tak:
}
recovery-used-title = { $count ->
    [one] Użyto kodu zapasowego
    [few] Użyto kodu zapasowego
    [many] Użyto kodu zapasowego
   *[other] Użyto kodu zapasowego
}
recovery-used-left = { $left ->
    [0] Nie ma już żadnych kodów zapasowych.
    [one] Pozostał { $left } kod.
    [few] Pozostały { $left } kody.
    [many] Pozostało { $left } kodów.
   *[other] Pozostało { $left } kodu.
}
recovery-few = { $count ->
    [one] Warto wkrótce utworzyć nowy kod zapasowy, aby logowanie było zawsze możliwe.
    [few] Warto wkrótce utworzyć nowe kody zapasowe, aby logowanie było zawsze możliwe.
    [many] Warto wkrótce utworzyć nowe kody zapasowe, aby logowanie było zawsze możliwe.
   *[other] Warto wkrótce utworzyć nowe kody zapasowe, aby logowanie było zawsze możliwe.
}
recovery-used-lead = Nie ma już dostępu do aplikacji albo telefon jest nowy? Wtedy proszę skonfigurować aplikację ponownie.
recovery-used-app = Skonfiguruj aplikację ponownie

## Another way

methods-title = Jak potwierdzić tożsamość?
methods-app = Kod z aplikacji uwierzytelniającej
methods-app-hint = Sześć cyfr z aplikacji w telefonie
methods-email = Kod e‑mailem na adres { $address }
methods-email-hint = Wyślemy go zaraz po wybraniu tej opcji
methods-recovery = { $count ->
    [one] Kod zapasowy
    [few] Jeden z kodów zapasowych
    [many] Jeden z kodów zapasowych
   *[other] Jeden z kodów zapasowych
}
methods-recovery-hint = { $count ->
    [one] Zapisany lub wydrukowany
    [few] Z zapisanej lub wydrukowanej listy
    [many] Z zapisanej lub wydrukowanej listy
   *[other] Z zapisanej lub wydrukowanej listy
}
methods-none = Żaden z tych sposobów nie działa
methods-none-text = Proszę skorzystać z pomocy. Po potwierdzeniu tożsamości ktoś przywróci dostęp.
methods-no-way-title = Do zalogowania potrzebna jest pomoc

## Trust this device?

trust-title = Następnym razem bez kodu na tym urządzeniu?
# { $length } looks like "90 days".
trust-lead = Jeśli nikt inny nie korzysta z tego urządzenia, możemy je zapamiętać na { $length }. Hasło nadal będzie potrzebne.
trust-name = Nazwa tego urządzenia
trust-name-hint = Pod tą nazwą urządzenie będzie widoczne na koncie.
trust-yes = Tak, zapamiętaj to urządzenie
trust-no = Nie, pytaj za każdym razem
trust-shared = Nie należy tego robić na wspólnym lub publicznym komputerze.
trust-limit = Więcej urządzeń nie możemy zapamiętać. Po wybraniu „Tak” zapomnimy najstarsze: { $name }.

## Sign out

sign-out-title = Wylogować się?
sign-out-lead = Ponownie zalogować się można w każdej chwili.
sign-out-none-title = Nikt nie jest tu zalogowany
signed-out-title = Wylogowano z serwisu { $brand }
signed-out-lead = Do zobaczenia. To okno można już zamknąć.
forget-lead = To urządzenie jest nadal zapamiętane: kod nie będzie na nim potrzebny.
# Nobody is signed in, and the browser may or may not be remembered for some account.
forget-lead-maybe = To urządzenie może być nadal zapamiętane: wtedy kod nie będzie na nim potrzebny.
forget = Zapomnij to urządzenie
notice-device-forgotten = To urządzenie nie jest już zapamiętane. Następnym razem znów poprosimy o kod.

## Set-up that everybody goes through

setup-step = Krok { $number } z { $total }
setup-why-title = Lepsza ochrona konta
setup-why-lead = Hasło można odgadnąć lub ukraść. Dlatego serwis { $brand } prosi o drugie potwierdzenie: kod, który zna tylko telefon właściciela konta.
setup-why-what = Potrzebna jest bezpłatna aplikacja uwierzytelniająca i około pięciu minut.
setup-why-phone = Najpierw poprosimy o numer telefonu komórkowego i wyślemy na niego kod.
setup-why-codes = { $count ->
    [one] Potem pojawi się kod zapasowy na wypadek utraty telefonu.
    [few] Potem pojawią się kody zapasowe na wypadek utraty telefonu.
    [many] Potem pojawią się kody zapasowe na wypadek utraty telefonu.
   *[other] Potem pojawią się kody zapasowe na wypadek utraty telefonu.
}
setup-why-go = Skonfiguruj teraz
setup-why-no-phone = Nie mam smartfona
setup-why-no-phone-text = Nic nie szkodzi. Są też aplikacje uwierzytelniające na komputer, a wiele menedżerów haseł również potrafi pokazywać kody. Jeśli żadne z tych rozwiązań nie pasuje, proszę skorzystać z pomocy.
setup-why-no-phone-email = Można też wybrać „Nie teraz” i nadal logować się kodem wysłanym e‑mailem.
setup-done-title = Wszystko gotowe
setup-done-lead = Od teraz do logowania potrzebne są hasło i kod z aplikacji.
setup-done-finish = Zakończ

## Set-up that may be put off

# { $date } is a day.
setup-why-from = Od { $date } do logowania w serwisie { $brand } potrzebna jest aplikacja uwierzytelniająca. Do tego czasu można to odłożyć na później.
setup-why-later = Nie teraz

## A recovery code that is replaced when used

recovery-used-fresh = Oto nowy kod w jego miejsce. Działa od teraz, jeden raz. Proszę go zapisać: nie możemy pokazać go ponownie.

## Registration

sign-in-new = Pierwszy raz tutaj?
register-create = Utwórz konto
register-email-title = Tworzenie konta
register-email-lead = Najpierw potrzebny jest adres e‑mail. Wyślemy na niego kod, aby sprawdzić, czy adres się zgadza.
register-code = Kod rejestracyjny
register-code-optional = Kod rejestracyjny (jeśli jest)
register-code-hint = Podaje go osoba, która zaprosiła do rejestracji.
register-have-account = Konto już istnieje?
register-check-sent = Wysłaliśmy e‑mail na adres { $address }. Kod z tego e‑maila działa przez { $length }.
register-check-or-link = Można też otworzyć link z e‑maila, na dowolnym urządzeniu.
register-check-for = E‑mail wysyłamy na adres { $address }.
register-check-again = Wyślij e‑mail ponownie
register-other-address = Użyj innego adresu
register-link-title = Proszę potwierdzić adres e‑mail
register-link-lead = Otwarto link, który wysłaliśmy na adres { $address }.
register-link-go = Potwierdź ten adres
register-details-title = Imię, nazwisko i hasło
register-details-for = Do logowania będzie służył adres { $address }.
register-details-go = Utwórz konto
register-method-title = Jak potwierdzać logowanie?
register-method-lead = Oprócz hasła przy każdym logowaniu prosimy o kod.
register-method-app = Aplikacja uwierzytelniająca – bezpieczniej
register-method-app-hint = Aplikacja w telefonie lub komputerze pokazuje kod, nawet bez zasięgu.
register-method-email = Kod e‑mailem
register-method-email-hint = Kod wyślemy na adres { $address }. Aplikację można skonfigurować także później.

notice-register-again = To trwało trochę za długo. Proszę zacząć od nowa albo otworzyć link z e‑maila, który wysłaliśmy.
notice-register-too-many = Zbyt wiele błędnych kodów. Proszę zacząć od nowa.
notice-register-mail-limit = Na ten adres wysłaliśmy już kilka e‑maili. Proszę odszukać najnowszy lub spróbować ponownie za { $wait }.
notice-register-sent-again = Wysłaliśmy e‑mail ponownie. Proszę użyć najnowszego.
notice-account-made = Konto jest gotowe. Aby przejść dalej, proszę się zalogować.
notice-account-there = Konto z tym adresem już istnieje. Proszę się na nie zalogować.

## Forgotten password

sign-in-forgotten = Zapomniane hasło?
reset-title = Zapomniane hasło?
reset-lead = Proszę wpisać adres e‑mail. Wyślemy link, pod którym można wybrać nowe hasło.
reset-send = Wyślij link
reset-sent-title = Proszę sprawdzić pocztę
reset-sent-lead = Jeśli istnieje konto z tym adresem, wysłaliśmy e‑mail.
# { $length } looks like "30 minutes".
reset-sent-next = Proszę otworzyć link z e‑maila, na tym lub innym urządzeniu. Link działa przez { $length }.
reset-sent-problems = Nie ma e‑maila?
reset-sent-limit = Po kilku próbach proszę poczekać godzinę. Działa tylko najnowszy link.
reset-sent-another = Podaj inny adres
reset-password-title = Proszę wybrać nowe hasło
reset-password-help = Do ustawienia nowego hasła potrzebny jest kod zapasowy, a na koncie nie ma już żadnego. Proszę skorzystać z pomocy.
reset-password-consequence = Wszystkie urządzenia zostaną wylogowane. Potem proszę zalogować się nowym hasłem; drugi krok pozostaje bez zmian.
reset-password-save = Ustaw nowe hasło
reset-done-sign-in = Nowe hasło jest ustawione. Proszę się nim teraz zalogować.

## A form that was sent after the session had ended (resume)

# Above the sign-in form.
notice-form-kept = Podczas wysyłania formularza nastąpiło wylogowanie. Po zalogowaniu będzie można go wysłać.
# { $path } is an address on the site, such as /orders/save.
resume-title = Wysłać formularz do { $path }?
resume-why = Przed wysłaniem formularza nastąpiło wylogowanie, dlatego go zachowaliśmy. Nic nie zostało jeszcze wysłane.
resume-send = Wyślij teraz
resume-drop = Nie wysyłaj
resume-foreign-title = Tego formularza tu nie ma
resume-foreign-text = W tej przeglądarce czekał formularz innej osoby. Został usunięty i nie został wysłany.
resume-nothing-title = Nie ma nic do wysłania
resume-nothing-text = Formularz został już wysłany albo czekał zbyt długo i został usunięty.

## Regulamin

terms-title = Regulamin
terms-version = Wersja { $version }
terms-first = Proszę go raz przeczytać. Potem można przejść dalej.
terms-changed = Regulamin zmienił się od ostatniej akceptacji. Proszę przeczytać go ponownie.
terms-changes-title = Co się zmieniło
terms-gone = Regulamin już nie obowiązuje. Można przejść dalej.
terms-agree = Akceptuję regulamin serwisu { $brand } (wersja { $version })
terms-decline = Odrzuć i wyloguj
notice-terms-declined = Regulamin nie został zaakceptowany, dlatego logowanie nie zostało zakończone. W każdej chwili można się zalogować i zaakceptować regulamin.
notice-link-signed-in = Na tym urządzeniu trwa sesja. Aby skorzystać z linku z e‑maila, proszę się tutaj wylogować, a potem ponownie otworzyć link.

## Zaproszenie

invite-title = Witamy w serwisie { $brand }
invite-lead = Utworzono konto. Do logowania będą służyły adres { $address } i hasło, które można tu wybrać.

## Oczekiwanie na zatwierdzenie

register-waiting-title = Oczekiwanie na zatwierdzenie
register-waiting-lead = Konto zostało utworzone. Zanim będzie można z niego korzystać, ktoś je sprawdzi.
register-waiting-next = Gdy to nastąpi, wyślemy e‑mail i będzie można się zalogować.
