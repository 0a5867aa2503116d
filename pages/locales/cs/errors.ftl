# What is wrong with a field, and pages for when something is in the way. Nobody is to blame.

## Forms

error-stale-form = Tato stránka byla otevřená příliš dlouho. Zadané údaje se neodeslaly. Zkuste to prosím znovu.
error-email-missing = Zadejte svou e‑mailovou adresu
error-password-missing = Zadejte své heslo
# Never says which of the two is wrong.
error-sign-in-wrong = E‑mailová adresa nebo heslo není správně. Zkontrolujte obojí a zkuste to znovu.
error-sign-in-wrong-warning = E‑mailová adresa nebo heslo není správně. Zkontrolujte obojí a zkuste to znovu. Po { $limit ->
    [one] { $limit } chybném hesle
    [few] { $limit } chybných heslech
   *[other] { $limit } chybných heslech
} budete muset počkat.
error-password-wrong = Heslo není správné.
error-password-too-long = Toto heslo je příliš dlouhé. Může mít nejvýše asi 1 000 znaků.
error-code-missing = Zadejte 6místný kód
error-code-length = Kód má 6 číslic – zadáno: { $typed }.
error-code-not-digits = Kód obsahuje jen číslice.
error-email-code-wrong = Tento kód není správný. Podívejte se do nejnovějšího e‑mailu a zkuste to znovu.
error-email-code-expired = Tento kód už neplatí. Požádejte prosím o nový.
error-email-code-expired-resent = Tento kód už neplatí. Poslali jsme vám nový.
error-sms-code-wrong = Tento kód není správný. Podívejte se do nejnovější SMS a zkuste to znovu.
error-phone-missing = Zadejte své mobilní číslo
error-phone-unreadable = Toto číslo nedokážeme přečíst. Zadejte ho s předvolbou země, například +41 79 123 45 67.
error-phone-no-country-code = Začněte číslo předvolbou země, například +41 79 123 45 67.
error-phone-other-country = Do této země SMS posílat nemůžeme. Použijte jiné číslo.
error-phone-not-mobile = Na toto číslo SMS posílat nemůžeme. Použijte mobilní číslo.
error-app-code-wrong = Tento kód není správný. Použijte nejnovější kód z aplikace; hodiny v telefonu by se měly nastavovat automaticky.
error-app-code-late = Tento kód je příliš starý: hodiny v telefonu se zpožďují. Zapněte v telefonu automatické nastavení času.
error-app-code-used = Tento kód už byl použit. Počkejte na další.
error-setup-code-wrong = Tento kód není správný. Zkontrolujte, zda máte naskenovaný tento QR kód – a ne starší – a použijte nejnovější kód.
error-recovery-code-missing = Zadejte záložní kód
error-recovery-code-wrong = Tento záložní kód není správný, nebo už byl použit.
error-codes-not-saved = { $count ->
    [one] Až budete mít kód uložený, zaškrtněte políčko
    [few] Až budete mít kódy uložené, zaškrtněte políčko
   *[other] Až budete mít kódy uložené, zaškrtněte políčko
}
error-name-too-long = Tento název je příliš dlouhý. Může mít nejvýše 60 znaků.
error-current-password-missing = Zadejte současné heslo
error-current-password-wrong = Současné heslo není správné.
error-new-password-missing = Zadejte nové heslo
error-new-password-short = Toto heslo je příliš krátké. Použijte alespoň { $least ->
    [one] { $least } znak
    [few] { $least } znaky
   *[other] { $least } znaků
}; dobře fungují čtyři náhodná slova.
error-new-password-guessable = Toto heslo lze snadno uhodnout. Zvolte takové, které napadne jen vás.
error-new-password-same = To je vaše současné heslo. Zvolte jiné.
error-language-missing = Vyberte jazyk
error-first-name-too-long = Toto jméno je příliš dlouhé. Může mít nejvýše 100 znaků.
error-last-name-too-long = Toto příjmení je příliš dlouhé. Může mít nejvýše 100 znaků.

## In the way

no-cookies-title = Váš prohlížeč blokuje soubory cookie
no-cookies-text = Váš prohlížeč blokuje soubory cookie pro tento web. Bez nich vás nemůžeme přihlásit. Povolte je prosím pro tento web v nastavení prohlížeče a zkuste to znovu.
forbidden-title = To nepřišlo od nás
forbidden-text = Tento požadavek přišel z jiného webu, takže jsme nic neudělali. Ve vašem účtu se nic nezměnilo. Pokud to tak mělo být, otevřete prosím službu { $brand } přímo.
refused-title = Tato stránka pro vás není dostupná
refused-text = Tuto část služby { $brand } nelze odtud otevřít. Pokud ji potřebujete, požádejte prosím o pomoc.
throttled-title = Příliš mnoho pokusů
# { $wait } is bold, like "4 minutes"; { $time } is like "14:05".
throttled-text = Počkejte prosím { $wait } (do { $time }).
throttled-calm = Nemusíte nic dělat. Pokud to byl někdo jiný, vašemu účtu se nic nestalo.
throttled-over = Čekání skončilo. Teď to můžete zkusit znovu.
busy-title = Právě se přihlašuje mnoho lidí
busy-text = Počkejte prosím pár sekund a zkuste to znovu.
closed-title = Pro váš účet už kódy nepřijímáme
closed-text = Chybných kódů bylo příliš mnoho. Abychom váš účet ochránili, další nepřijmeme, dokud vám někdo nepomůže.
no-access-title = Ke službě { $brand } nemáte přístup
no-access-text = Přihlášení se podařilo, ale váš účet sem nemá přístup. Pokud by ho mít měl, požádejte prosím o pomoc.
upstream-down-title = Služba { $brand } teď neodpovídá
upstream-down-text-signed-in = Vaše přihlášení stále platí. Zkuste to znovu za minutu.
upstream-down-text = Zkuste to prosím znovu za minutu.
# { $from } and { $to } are the ends of what is bold.
upstream-down-not-sent = Vaše poslední akce { $from }nebyla{ $to } odeslána.
upstream-down-unknown = Nevíme, jestli se vaše poslední akce uložila. Než ji zopakujete, zkontrolujte to.
store-down-title = Přihlášení teď není možné
store-down-text = Je to naše chyba. Zkuste to prosím později.
not-found-title = Tato stránka neexistuje
not-found-text = V adrese může být překlep, nebo se stránka přesunula.
bad-request-title = Tomu nerozumíme
bad-request-text = Váš prohlížeč poslal něco, co neumíme přečíst. Vraťte se prosím zpět a zkuste to znovu.
too-large-title = To bylo příliš mnoho
too-large-text = Váš prohlížeč poslal víc, než tento formulář přijme. Vraťte se prosím zpět a zadejte méně textu.
method-not-allowed-title = To tady nejde
method-not-allowed-text = Tuto adresu nelze takto použít. Vraťte se prosím zpět a zkuste to znovu.

## Registration

error-registration-code-missing = Zadejte svůj registrační kód
error-registration-code-wrong = Tento registrační kód není správný. Zkontrolujte ho a zkuste to znovu.
error-registration-domain = S takovou adresou se registrovat nelze. Použijte jinou, nebo požádejte o pomoc.
error-given-name-missing = Zadejte své jméno
error-method-missing = Vyberte, jak chcete přihlášení potvrzovat

## Links from letters

error-email-malformed = To není e‑mailová adresa. Adresa vypadá například takto: jmeno@example.com.
link-expired-title = Platnost tohoto odkazu skončila
# { $length } looks like "30 minutes".
link-expired-text = Odkaz platí { $length } a funguje jen ten nejnovější.
link-used-title = Tento odkaz už byl použit
link-used-text = Každý odkaz funguje jednou.
link-over-title = Tento odkaz už nefunguje
link-over-text = Chybných kódů bylo příliš mnoho. Abychom váš účet ochránili, odkaz už neplatí.
link-again = Získat nový odkaz

## A form that came after the session had ended, and cannot be kept

not-kept-title = Vaše přihlášení skončilo
not-kept-text = Zadané údaje se nepodařilo uchovat. Přihlaste se na nové kartě, pak se vraťte sem a použijte v prohlížeči tlačítko Zpět.
# A button; it opens a new tab.
not-kept-sign-in = Přihlásit se na nové kartě
link-revoke-expired-text = Takový odkaz platí { $length } a funguje jen jednou.
error-new-email-missing = Zadejte novou e‑mailovou adresu
error-new-email-same = To je vaše současná e‑mailová adresa. Zadejte jinou.
error-new-email-too-many = Vaše e‑mailová adresa se v posledních dnech měnila několikrát. Než ji znovu změníte, prosím počkejte.

## Podmínky použití

error-terms-not-accepted = Pokud souhlasíte s podmínkami použití, zaškrtněte políčko
error-terms-changed = Podmínky použití mají novou verzi. Přečtěte si ji, a pokud s ní souhlasíte, zaškrtněte políčko.

## Odkaz v pozvánce

link-invite-over = O nový požádejte toho, kdo vás pozval.
link-invite-used = Zvolili jste si jím heslo. Přihlaste se tímto heslem.
