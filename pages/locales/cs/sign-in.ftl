# Signing in and out, codes, the trust question, and the set-up that everybody goes through.

## Sign in

sign-in-title = Přihlášení do služby { $brand }
sign-in = Přihlásit se
sign-in-again = Znovu se přihlásit
sign-in-email = E-mailová adresa
password = Heslo
password-show = Zobrazit
password-hide = Skrýt
password-show-label = Zobrazit heslo
password-hide-label = Skrýt heslo
password-is-shown = Vaše heslo je zobrazené
password-is-hidden = Vaše heslo je skryté
start-again = Začít znovu s jiným účtem

notice-signed-out = Odhlášení proběhlo.
notice-session-ended = Vaše přihlášení skončilo. Chcete-li pokračovat, přihlaste se.
notice-start-again = Trvalo to trochu moc dlouho. Přihlaste se prosím ještě jednou.
notice-too-many-wrong-codes = Příliš mnoho chybných kódů. Přihlaste se znovu.
notice-too-many-wrong-answers = Příliš mnoho chybných odpovědí. Pro vaši bezpečnost došlo k odhlášení. Přihlaste se znovu.
notice-sign-in-with-new-password = Vaše heslo bylo změněno. Přihlaste se novým heslem.

## Code by email

code-email-title = Zadejte 6místný kód z e‑mailu
# { $address } looks like a•••@example.com, { $length } like "10 minutes".
code-email-sent = Poslali jsme ho na adresu { $address }. Kód platí { $length }.
code-email-sent-at = Čas odeslání: { $time }.
code-email-for = Kód posíláme na adresu { $address }.
code-email-problems = Potíže s kódem?
code-email-spam = E‑mail může dorazit až za minutu. Podívejte se i do složky s nevyžádanou poštou (spam).
code-email-again = Poslat nový kód
another-way = Zkusit jiný způsob
# Where no code was sent yet.
code-email-send-title = Kód e‑mailem
code-email-send-lead = Abychom věděli, že jste to vy, pošleme 6místný kód na adresu { $address }.
code-email-send = Poslat kód

notice-code-sent-again = Poslali jsme nový kód. Použijte nejnovější e‑mail.
notice-code-too-early = { $seconds ->
    [0] Kód jsme poslali právě teď. Chvilku prosím počkejte.
    [one] Kód jsme poslali před { $seconds } sekundou. Chvilku prosím počkejte.
    [few] Kód jsme poslali před { $seconds } sekundami. Chvilku prosím počkejte.
   *[other] Kód jsme poslali před { $seconds } sekundami. Chvilku prosím počkejte.
}
notice-code-limit = Poslali jsme už několik kódů. O další můžete požádat za { $wait }. Nejnovější kód stále platí.
notice-mail-failed = E‑mail se teď nepodařilo odeslat. Zkuste to prosím znovu.
# { $from } and { $to } are the ends of a link.
notice-mail-failed-other-ways = E‑mail se teď nepodařilo odeslat. Zkuste to znovu, nebo { $from }zkuste jiný způsob{ $to }.

## Code by text message

code-sms-title = Zadejte 6místný kód z SMS
# { $number } looks like •••42, { $length } like "10 minutes".
code-sms-sent = Poslali jsme ho na číslo { $number }. Kód platí { $length }.
code-sms-for = Kód posíláme na číslo { $number }.
code-sms-reception = SMS může dorazit až za minutu. Zkontrolujte, zda má telefon signál.
# Where no code was sent yet.
code-sms-send-title = Kód v SMS
code-sms-send-lead = Abychom věděli, že jste to vy, pošleme 6místný kód na číslo { $number }.
methods-sms = SMS na číslo { $number }
notice-sms-sent-again = Poslali jsme nový kód. Použijte nejnovější SMS.
notice-sms-failed = SMS se teď nepodařilo odeslat. Zkuste to prosím znovu.
# { $from } and { $to } are the ends of a link.
notice-sms-failed-other-ways = SMS se teď nepodařilo odeslat. Zkuste to znovu, nebo { $from }zkuste jiný způsob{ $to }.

## Code from the app

code-app-title = Zadejte 6místný kód z ověřovací aplikace
# { $entry } looks like "Example Portal (anna@example.com)".
code-app-lead = Otevřete aplikaci a najděte položku { $entry }.
code-app-problems = Aplikaci nemohu použít
code-app-problems-text = Telefon se ztratil, je rozbitý, nebo ho nemáte u sebe? Možná existuje jiný způsob.

## Recovery code

code-recovery-title = { $count ->
    [one] Zadejte svůj záložní kód
    [few] Zadejte jeden ze svých záložních kódů
   *[other] Zadejte jeden ze svých záložních kódů
}
# A sample code follows.
recovery-hint = { $count ->
    [one] Kód platí jednou. Vypadá takto:
    [few] Každý kód platí jednou. Vypadá takto:
   *[other] Každý kód platí jednou. Vypadá takto:
}
recovery-used-title = { $count ->
    [one] Byl použit váš záložní kód
    [few] Byl použit záložní kód
   *[other] Byl použit záložní kód
}
recovery-used-left = { $left ->
    [0] Nemáte už žádný záložní kód.
    [one] Zbývá { $left } kód.
    [few] Zbývají { $left } kódy.
   *[other] Zbývá { $left } kódů.
}
recovery-few = { $count ->
    [one] Vytvořte si prosím brzy nový záložní kód, ať se můžete vždy přihlásit.
    [few] Vytvořte si prosím brzy nové záložní kódy, ať se můžete vždy přihlásit.
   *[other] Vytvořte si prosím brzy nové záložní kódy, ať se můžete vždy přihlásit.
}
recovery-used-lead = Aplikaci už nemáte, nebo máte nový telefon? Pak aplikaci nastavte znovu.
recovery-used-app = Znovu nastavit aplikaci

## Another way

methods-title = Jak chcete potvrdit, že jste to vy?
methods-app = Kód z ověřovací aplikace
methods-app-hint = Šest číslic z aplikace v telefonu
methods-email = Kód e‑mailem na adresu { $address }
methods-email-hint = Pošleme ho hned, jak tuto možnost vyberete
methods-recovery = { $count ->
    [one] Váš záložní kód
    [few] Jeden z vašich záložních kódů
   *[other] Jeden z vašich záložních kódů
}
methods-recovery-hint = { $count ->
    [one] Ten, který máte uložený nebo vytištěný
    [few] Ze seznamu, který máte uložený nebo vytištěný
   *[other] Ze seznamu, který máte uložený nebo vytištěný
}
methods-none = Nic z toho nemohu použít
methods-none-text = Požádejte prosím o pomoc. Jakmile se potvrdí, že jste to vy, někdo vám přístup obnoví.
methods-no-way-title = K přihlášení potřebujete pomoc

## Trust this device?

trust-title = Příště na tomto zařízení bez kódu?
# { $length } looks like "90 days".
trust-lead = Pokud toto zařízení používáte jen vy, můžeme si ho zapamatovat na { $length }. Heslo budete potřebovat i dál.
trust-name = Název tohoto zařízení
trust-name-hint = Tento název uvidíte ve svém účtu.
trust-yes = Ano, zapamatovat toto zařízení
trust-no = Ne, ptát se pokaždé
trust-shared = Nedělejte to na sdíleném nebo veřejném počítači.
trust-limit = Více zařízení si zapamatovat nemůžeme. Když zvolíte „Ano“, zapomeneme to nejstarší: { $name }.

## Sign out

sign-out-title = Chcete se odhlásit?
sign-out-lead = Znovu se můžete přihlásit kdykoli.
sign-out-none-title = Nikdo tu není přihlášen
signed-out-title = Odhlášení ze služby { $brand } proběhlo
signed-out-lead = Na shledanou. Toto okno můžete zavřít.
forget-lead = Toto zařízení je stále zapamatované: kód na něm nebude potřeba.
# Nobody is signed in, and the browser may or may not be remembered for some account.
forget-lead-maybe = Toto zařízení může být stále zapamatované: kód na něm pak není potřeba.
forget = Zapomenout toto zařízení
notice-device-forgotten = Toto zařízení už není zapamatované. Příště znovu požádáme o kód.

## Set-up that everybody goes through

setup-step = Krok { $number } z { $total }
setup-why-title = Lepší ochrana vašeho účtu
setup-why-lead = Heslo může někdo uhodnout nebo ukrást. Proto služba { $brand } žádá o druhé potvrzení: kód, který zná jen váš telefon.
setup-why-what = Potřebujete ověřovací aplikaci, která je zdarma, a asi pět minut.
setup-why-phone = Nejdřív požádáme o vaše mobilní číslo a pošleme na něj kód.
setup-why-codes = { $count ->
    [one] Potom dostanete záložní kód pro případ, že telefon ztratíte.
    [few] Potom dostanete záložní kódy pro případ, že telefon ztratíte.
   *[other] Potom dostanete záložní kódy pro případ, že telefon ztratíte.
}
setup-why-go = Nastavit teď
setup-why-no-phone = Nemám chytrý telefon
setup-why-no-phone-text = To nevadí. Ověřovací aplikace existují i pro počítače a kódy umí zobrazit i mnoho správců hesel. Pokud vám nic z toho nevyhovuje, požádejte prosím o pomoc.
setup-why-no-phone-email = Nebo zvolte „Teď ne“ a přihlašujte se dál kódem zaslaným e‑mailem.
setup-done-title = Vše je hotovo
setup-done-lead = Od teď se přihlašujete heslem a kódem z aplikace.
setup-done-finish = Dokončit

## Set-up that may be put off

# { $date } is a day.
setup-why-from = Od { $date } budete k přihlášení do služby { $brand } potřebovat ověřovací aplikaci. Do té doby to můžete odložit.
setup-why-later = Teď ne

## A recovery code that is replaced when used

recovery-used-fresh = Zde je místo něj nový. Platí od této chvíle a jen jednou. Uložte si ho prosím: znovu ho ukázat nemůžeme.

## Registration

sign-in-new = Jste tu poprvé?
register-create = Vytvořit účet
register-email-title = Vytvoření účtu
register-email-lead = Nejdřív potřebujeme vaši e‑mailovou adresu. Pošleme na ni kód, abychom věděli, že je vaše.
register-code = Registrační kód
register-code-optional = Registrační kód, pokud ho máte
register-code-hint = Dostanete ho od toho, kdo vás pozval.
register-have-account = Už máte účet?
register-check-sent = Poslali jsme e‑mail na adresu { $address }. Kód v něm platí { $length }.
register-check-or-link = Můžete také otevřít odkaz v e‑mailu, na kterémkoli zařízení.
register-check-for = E‑mail posíláme na adresu { $address }.
register-check-again = Poslat e‑mail znovu
register-other-address = Použít jinou adresu
register-link-title = Potvrďte svou e‑mailovou adresu
register-link-lead = Tento odkaz jsme poslali na adresu { $address }.
register-link-go = Potvrdit tuto adresu
register-details-title = Vaše jméno a heslo
register-details-for = Přihlašovat se budete s adresou { $address }.
register-details-go = Vytvořit účet
register-method-title = Jak chcete přihlášení potvrzovat?
register-method-lead = Kromě hesla budeme při každém přihlášení chtít kód.
register-method-app = Ověřovací aplikace – bezpečnější
register-method-app-hint = Aplikace v telefonu nebo počítači ukazuje kód i bez signálu.
register-method-email = Kód e‑mailem
register-method-email-hint = Kód pošleme na adresu { $address }. Aplikaci můžete nastavit kdykoli později.

notice-register-again = Trvalo to trochu moc dlouho. Začněte prosím znovu, nebo otevřete odkaz v e‑mailu, který jsme vám poslali.
notice-register-too-many = Příliš mnoho chybných kódů. Začněte prosím znovu.
notice-register-mail-limit = Na tuto adresu jsme už poslali několik e‑mailů. Najděte ten nejnovější, nebo to zkuste znovu za { $wait }.
notice-register-sent-again = E‑mail jsme poslali znovu. Použijte ten nejnovější.
notice-account-made = Váš účet je připravený. Chcete-li pokračovat, přihlaste se.
notice-account-there = Účet s touto adresou už existuje. Přihlaste se k němu.

## Forgotten password

sign-in-forgotten = Zapomenuté heslo?
reset-title = Zapomenuté heslo
reset-lead = Zadejte svou e‑mailovou adresu. Pošleme vám odkaz, pomocí kterého si zvolíte nové heslo.
reset-send = Poslat odkaz
reset-sent-title = Podívejte se do pošty
reset-sent-lead = Pokud účet s touto adresou existuje, poslali jsme e‑mail.
# { $length } looks like "30 minutes".
reset-sent-next = Otevřete odkaz v e‑mailu, na tomto nebo jiném zařízení. Platí { $length }.
reset-sent-problems = E‑mail nepřišel?
reset-sent-limit = Po více žádostech prosím hodinu počkejte. Funguje jen nejnovější odkaz.
reset-sent-another = Zkusit jinou adresu
reset-password-title = Zvolte nové heslo
reset-password-help = K nastavení nového hesla potřebujete záložní kód, ale ve svém účtu už žádný nemáte. Požádejte prosím o pomoc.
reset-password-consequence = Všechna zařízení budou odhlášena. Potom se přihlaste novým heslem; druhý krok zůstává beze změny.
reset-password-save = Nastavit nové heslo
reset-done-sign-in = Vaše nové heslo je nastavené. Teď se jím přihlaste.

## A form that was sent after the session had ended (resume)

# Above the sign-in form.
notice-form-kept = Vaše přihlášení skončilo při odesílání formuláře. Přihlaste se a potom ho můžete odeslat.
# { $path } is an address on the site, such as /orders/save.
resume-title = Odeslat formulář na { $path }?
resume-why = Vaše přihlášení skončilo dřív, než se formulář odeslal, proto jsme ho pro vás uchovali. Zatím se nic neodeslalo.
resume-send = Odeslat teď
resume-drop = Neodesílat
resume-foreign-title = Váš formulář tu není
resume-foreign-text = V tomto prohlížeči čekal formulář někoho jiného. Byl smazán a neodeslal se.
resume-nothing-title = Není co odeslat
resume-nothing-text = Formulář už byl odeslán, nebo čekal příliš dlouho a byl smazán.

## Podmínky použití

terms-title = Podmínky použití
terms-version = Verze { $version }
terms-first = Přečtěte si je prosím jednou. Potom můžete pokračovat.
terms-changed = Od doby, kdy jste s nimi vyjádřili souhlas, se změnily. Přečtěte si je prosím znovu.
terms-changes-title = Co se změnilo
terms-gone = Už neplatí. Můžete pokračovat.
terms-agree = Souhlasím s podmínkami použití služby { $brand } (verze { $version })
terms-decline = Odmítnout a odhlásit
notice-terms-declined = S podmínkami použití jste nevyjádřili souhlas, a proto nejste přihlášeni. Kdykoli se můžete přihlásit a souhlas vyjádřit.
notice-link-signed-in = Na tomto zařízení jste přihlášeni. Chcete-li použít odkaz z e‑mailu, odhlaste se zde a potom odkaz otevřete znovu.

## Pozvánka

invite-title = Vítejte ve službě { $brand }
invite-lead = Vytvořili jsme pro vás účet. Přihlašovat se budete s adresou { $address } a heslem, které si zde zvolíte.

## Čekání na schválení

register-waiting-title = Čekání na schválení
register-waiting-lead = Váš účet je vytvořen. Než ho budete moci používat, někdo se na něj podívá.
register-waiting-next = Jakmile se tak stane, pošleme vám e‑mail a budete se moci přihlásit.
