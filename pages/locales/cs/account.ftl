# The account's pages, and the question who is asking.

## Overview

account-title = Váš účet
account-password = Heslo
account-password-changed = Změněno { $date }
account-password-set = Nastaveno
# { $date } is a day.
account-app-on = { $count ->
    [one] Zapnuto od { $date }
    [few] Zapnuto od { $date }, { $count } aplikace
   *[other] Zapnuto od { $date }, { $count } aplikací
}
account-app-off-email = Vypnuto. Kódy chodí e‑mailem.
account-app-off = Vypnuto
account-devices-count = { $count ->
    [0] Žádné zapamatované zařízení
    [one] { $count } zapamatované zařízení
    [few] { $count } zapamatovaná zařízení
   *[other] { $count } zapamatovaných zařízení
}
recovery-count = Zbývá: { $left } z { $total }
recovery-none = Zatím žádné

## Personal information

details-title = Osobní údaje
details-first-name = Jméno
details-last-name = Příjmení

## Language

language-title = Jazyk
language-lead = Stránky a e‑maily budou v tomto jazyce
notice-language-changed = Jazyk byl změněn.

## Password

password-title = Změna hesla
password-current = Současné heslo
password-new = Nové heslo
password-hint = Alespoň { $least ->
    [one] { $least } znak
    [few] { $least } znaky
   *[other] { $least } znaků
}. Dobře fungují čtyři náhodná slova. Mezery jsou povolené.
password-consequence = Na tomto zařízení přihlášení zůstane. Všechna ostatní zařízení budou odhlášena a při příštím přihlášení bude každé zařízení znovu chtít kód.
password-save = Změnit heslo
notice-password-changed = Vaše heslo bylo změněno. Všechna ostatní zařízení byla odhlášena.

## Authenticator app

app-title = Ověřovací aplikace
app-why = S aplikací v telefonu získáte kód kdykoli, i bez signálu. Chrání váš účet lépe než kód poslaný e‑mailem.
app-why-alone = S aplikací v telefonu získáte kód kdykoli, i bez signálu. Chrání váš účet lépe než samotné heslo.
app-begin = Nastavit aplikaci
app-another = Přidat další aplikaci
app-replace-hint = Máte nový telefon? Zvolte „Nahradit“: stará aplikace funguje, dokud nezačne fungovat nová.
app-setup-title = Nastavení ověřovací aplikace
app-setup-replacing = { $name } funguje, dokud nebude nastavena nová aplikace.
app-setup-open = Otevřete ověřovací aplikaci
app-setup-none = Žádnou nemám
app-setup-install = V obchodě s aplikacemi v telefonu vyhledejte „authenticator“. Hodí se každá aplikace pro kódy závislé na čase. Tyto aplikace nic nestojí.
# { $apps } is a list of names.
app-setup-suggested = Dobře fungují tyto aplikace: { $apps }.
app-setup-scan = Přidejte svůj účet
app-setup-scan-hint = V aplikaci zvolte „Přidat“ nebo „+“ a naskenujte tento obrázek.
app-setup-link = Otevřít v ověřovací aplikaci
app-setup-key = Nejde to naskenovat? Zadejte do aplikace tento klíč:
app-setup-settings = Nastavení, pokud se na ně aplikace zeptá
app-setup-account = Účet
app-setup-issuer = Vydavatel
app-setup-kind = Druh
app-setup-kind-value = Závislý na čase, SHA-1, 6 číslic, 30 sekund
app-setup-type = Zadejte kód, který aplikace ukazuje
app-setup-code = 6místný kód z aplikace
app-setup-name = Název této aplikace
qr-title = QR kód pro vaši ověřovací aplikaci
qr-description = Stejný klíč je níže uveden jako text.
# { $from } and { $to } are the ends of what is bold.
notice-app-setup-expired = Tato stránka byla otevřená příliš dlouho. Zde je nový QR kód – { $from }starou položku z aplikace odeberte{ $to }.
notice-app-added = Aplikace je nastavená. Od teď ukazuje kódy pro přihlášení.
notice-app-replaced = Nová aplikace je nastavená. Stará už nefunguje.
notice-app-removed = Aplikace byla odebrána.
app-remove-title = Odebrat ověřovací aplikaci?
app-remove-lead = Chystáte se odebrat aplikaci { $name }.
app-remove-email-codes = Od té chvíle vám budeme posílat kódy e‑mailem. To je méně bezpečné než aplikace.
app-remove-another-app = Vaše druhá aplikace bude fungovat dál.
app-remove-password-only = Od té chvíle bude stačit samotné heslo. To je mnohem méně bezpečné.
app-remove-set-up-anew = Při příštím přihlášení budete muset znovu nastavit aplikaci.
app-remove-blocked = Služba { $brand } vyžaduje ověřovací aplikaci u každého účtu. Aplikaci můžete nahradit novou, ale nemůžete ji odebrat.
app-remove-also = Všechna ostatní zařízení budou odhlášena a žádné zařízení už nebude zapamatované.
app-remove = Odebrat aplikaci

## Trusted devices

devices-title = Důvěryhodná zařízení
# { $length } looks like "90 days".
devices-lead = Na těchto zařízeních se { $length } přihlašujete bez kódu. Zařízení, která už nepoužíváte, odeberte.
devices-none = Žádné zařízení není zapamatované. O kód žádáme pokaždé.
devices-device = Zařízení
devices-this = Toto zařízení
devices-expires = Platí do
devices-rename = Přejmenovat
devices-rename-named = Přejmenovat „{ $name }“
devices-new-name = Nový název
devices-remember = Zapamatovat toto zařízení
devices-remove-all = Odebrat všechna zařízení
notice-device-remembered = Toto zařízení je zapamatované.
notice-device-renamed = Nový název zařízení: { $name }.
notice-device-removed = Zařízení { $name } bylo odebráno.
notice-all-devices-removed = Všechna zařízení byla odebrána. Od teď žádáme o kód pokaždé.

## Recovery codes

recovery-title = { $count ->
    [one] Záložní kód
    [few] Záložní kódy
   *[other] Záložní kódy
}
recovery-lead = { $count ->
    [one] Když ztratíte telefon, přihlásíte se záložním kódem. Uložte ho na bezpečné místo.
    [few] Když ztratíte telefon, přihlásíte se záložním kódem. Kódy uložte na bezpečné místo.
   *[other] Když ztratíte telefon, přihlásíte se záložním kódem. Kódy uložte na bezpečné místo.
}
recovery-created = Vytvořeno
recovery-used-on = Použito
recovery-create = { $count ->
    [one] Vytvořit nový kód
    [few] Vytvořit nové kódy
   *[other] Vytvořit nové kódy
}
recovery-create-hint = { $count ->
    [one] Starý kód platí, dokud neuložíte nový.
    [few] Staré kódy platí, dokud neuložíte nové.
   *[other] Staré kódy platí, dokud neuložíte nové.
}
recovery-new-title = { $count ->
    [one] Uložte si záložní kód
    [few] Uložte si záložní kódy
   *[other] Uložte si záložní kódy
}
recovery-new-lead = { $count ->
    [one] Když ztratíte telefon, přihlásíte se tímto kódem. Platí jednou. Znovu ho ukázat nemůžeme.
    [few] Když ztratíte telefon, přihlásíte se jedním z těchto kódů. Každý platí jednou. Znovu je ukázat nemůžeme.
   *[other] Když ztratíte telefon, přihlásíte se jedním z těchto kódů. Každý platí jednou. Znovu je ukázat nemůžeme.
}
# On paper, above the codes.
recovery-new-printed = { $brand } ({ $host }), { $account }, { $date }
recovery-new-where = { $count ->
    [one] Dobrým místem je správce hesel. Nebo vytištěný list doma v zásuvce.
    [few] Dobrým místem je správce hesel. Nebo vytištěný list doma v zásuvce.
   *[other] Dobrým místem je správce hesel. Nebo vytištěný list doma v zásuvce.
}
recovery-new-replaces = { $count ->
    [one] Jakmile budete pokračovat, starý kód přestane platit.
    [few] Jakmile budete pokračovat, staré kódy přestanou platit.
   *[other] Jakmile budete pokračovat, staré kódy přestanou platit.
}
recovery-new-saved = { $count ->
    [one] Tento kód mám uložený
    [few] Tyto kódy mám uložené
   *[other] Tyto kódy mám uložené
}
notice-recovery-codes-saved = { $count ->
    [one] Nový záložní kód platí od této chvíle.
    [few] Nové záložní kódy platí od této chvíle.
   *[other] Nové záložní kódy platí od této chvíle.
}

## Phone number

phone-title = Telefonní číslo
phone-number-title = Potvrďte své mobilní číslo
phone-code-title = Zadejte kód z SMS
phone-lead-recovery = Když aplikaci ztratíte nebo ji nemáte u sebe, můžeme vám poslat kód v SMS. K ničemu jinému číslo nepoužíváme.
phone-lead-method = Kódy pro přihlášení vám můžeme posílat v SMS. K ničemu jinému číslo nepoužíváme.
phone-weak = SMS je méně bezpečná než aplikace: cestou ji může přečíst někdo jiný a číslo lze převzít.
phone-not-in-use = SMS se tu už nepoužívají. Číslo můžete odebrat.
phone-number = Mobilní číslo
phone-number-hint = S předvolbou země, například +41 79 123 45 67
phone-code = 6místný kód z SMS
phone-other = Použít jiné číslo
phone-skip = Pokračovat bez telefonního čísla
phone-add = Přidat telefonní číslo
# { $number } looks like •••42.
phone-replacing = Číslo { $number } funguje, dokud nebude potvrzeno nové.
phone-remove-email-codes = Bez čísla vám budeme posílat kódy e‑mailem.
phone-remove-app-only = Bez čísla vám SMS nepomůže, když aplikaci ztratíte.
phone-remove-password-only = Bez čísla bude stačit samotné heslo. To je mnohem méně bezpečné.
phone-remove-blocked = Služba { $brand } vyžaduje telefonní číslo u každého účtu. Číslo můžete nahradit, ale nemůžete ho odebrat.
account-phone-on = { $number }, od { $date }
account-phone-none = Zatím žádné číslo
notice-phone-added = Vaše telefonní číslo je potvrzené.
notice-phone-replaced = Nové telefonní číslo je potvrzené. Staré se už nepoužívá.
notice-phone-removed = Telefonní číslo bylo odebráno.
confirm-phone-setup = Chystáte se { $from }změnit telefonní číslo{ $to }.
confirm-phone-remove = Chystáte se { $from }odebrat telefonní číslo{ $to }.
confirm-sms-first = Nejdřív pošleme 6místný kód na číslo { $number }.
app-remove-text-messages = Od té chvíle vám budeme posílat kódy v SMS. To je méně bezpečné než aplikace.
# Where there are no codes by text message.
app-setup-no-sms = Služba { $brand } neposílá kódy v SMS: není to dost bezpečné a je k tomu potřeba signál.

## Confirm it's you

confirm-title = Potvrďte, že jste to vy
confirm = Potvrdit
# { $from } and { $to } are the ends of what is bold.
confirm-app-setup = Chystáte se { $from }nastavit ověřovací aplikaci{ $to }.
confirm-app-replace = Chystáte se { $from }nahradit ověřovací aplikaci{ $to }.
confirm-app-remove = Chystáte se { $from }odebrat ověřovací aplikaci{ $to }.
confirm-recovery-codes = { $count ->
    [one] Chystáte se { $from }vytvořit nový záložní kód{ $to }.
    [few] Chystáte se { $from }vytvořit nové záložní kódy{ $to }.
   *[other] Chystáte se { $from }vytvořit nové záložní kódy{ $to }.
}
confirm-password = Chystáte se { $from }změnit heslo{ $to }.
confirm-remove-devices = Chystáte se { $from }odebrat všechna důvěryhodná zařízení{ $to }.
confirm-remember-device = Chystáte se { $from }označit toto zařízení jako důvěryhodné{ $to }.
confirm-open-page = Chystáte se { $from }otevřít zvlášť chráněnou stránku{ $to }.
confirm-app-code = 6místný kód z ověřovací aplikace
confirm-app-lost = Aplikaci už nemám
confirm-email-code = 6místný kód z e‑mailu
confirm-email-first = Nejdřív pošleme 6místný kód na adresu { $address }.

# The name that the set-up proposes for an app.
app-setup-name-default = Můj telefon

# The file with recovery codes, line by line.
recovery-file-title = { $count ->
    [one] Záložní kód pro { $host }
    [few] Záložní kódy pro { $host }
   *[other] Záložní kódy pro { $host }
}
recovery-file-account = Účet: { $account }
recovery-file-date = Vytvořeno { $date }
recovery-file-use = { $count ->
    [one] Když ztratíte telefon, přihlaste se heslem a tímto kódem. Kód platí jednou. Uložte tento soubor tam, kde ho můžete číst jen vy.
    [few] Když ztratíte telefon, přihlaste se heslem a jedním z těchto kódů. Každý kód platí jednou. Uložte tento soubor tam, kde ho můžete číst jen vy.
   *[other] Když ztratíte telefon, přihlaste se heslem a jedním z těchto kódů. Každý kód platí jednou. Uložte tento soubor tam, kde ho můžete číst jen vy.
}

# The name proposed for a device: "Firefox on Windows".
device-browser-on-system =
    { $browser } { $system ->
        [iPhone] na telefonu iPhone
        [iPad] na tabletu iPad
        [Mac] na počítači Mac
       *[other] v systému { $system }
    }
device-unknown = Toto zařízení

## Several apps, and their names

app-several = K přihlášení stačí kód z kterékoli z těchto aplikací.
notice-app-renamed = Nový název aplikace: { $name }.

## Names

notice-details-saved = Vaše jméno je uložené.

## Trusted devices: the list is full

devices-limit = Více zařízení si zapamatovat nemůžeme. Když si zapamatujeme toto zařízení, zapomeneme to nejstarší: { $name }.

## Where you are signed in

sessions-title = Přihlášené prohlížeče
account-sessions-count = { $count ->
    [one] Jen zde
    [few] Ve { $count } prohlížečích
   *[other] V { $count } prohlížečích
}
sessions-lead = Tyto prohlížeče jsou přihlášené k vašemu účtu. Odhlaste ty, které neznáte nebo už nepoužíváte.
sessions-this = Tento prohlížeč
sessions-site = Adresa
sessions-started = Přihlášeno
sessions-end-named = Odhlásit „{ $name }“
sessions-end-others = Odhlásit všechny ostatní
sessions-everywhere = Odhlásit všude
sessions-everywhere-hint = Myslíte, že váš účet používá někdo jiný? Pak se odhlaste všude, i zde, a změňte si heslo.
sessions-everywhere-devices = Myslíte, že váš účet používá někdo jiný? Pak se odhlaste všude, i zde, a změňte si heslo. Žádné zařízení potom nebude zapamatované.
notice-session-signed-out = Prohlížeč byl odhlášen.
notice-sessions-signed-out = Všechny ostatní prohlížeče byly odhlášeny.

## Recent activity

activity-title = Nedávné události
account-activity-hint = Přihlášení a změny
activity-lead = Nejnovější události ve vašem účtu.
activity-none = Zatím nic
activity-you = Víte o všem?
activity-was-you = Pak nemusíte nic dělat.
# The four are the ends of two links.
activity-not-you = Pokud něco z toho udělal někdo jiný, { $password-from }změňte si heslo{ $password-to } a zkontrolujte { $sessions-from }přihlášené prohlížeče{ $sessions-to }.
activity-tell = A dejte nám vědět: kontakt najdete níže.
activity-signed-in = Přihlášení
activity-signed-in-password = Přihlášení jen heslem
activity-signed-in-app = Přihlášení kódem z aplikace
activity-signed-in-email = Přihlášení kódem z e‑mailu
activity-signed-in-sms = Přihlášení kódem z SMS
activity-signed-in-recovery = Přihlášení záložním kódem
activity-signed-in-device = Přihlášení na důvěryhodném zařízení
activity-signed-out = Odhlášení
activity-signed-out-everywhere = Odhlášení všude
activity-session-ended = Odhlášení jiného prohlížeče
activity-session-misses = Odhlášení prohlížeče po příliš mnoha chybných odpovědích
activity-password-failed = { $count ->
    [one] Bylo zadáno chybné heslo
    [few] Chybné heslo bylo zadáno { $count }krát
   *[other] Chybné heslo bylo zadáno { $count }krát
}
activity-answer-failed = { $count ->
    [one] Při potvrzování byl zadán chybný kód nebo heslo
    [few] Při potvrzování byl chybný kód nebo heslo zadán { $count }krát
   *[other] Při potvrzování byl chybný kód nebo heslo zadán { $count }krát
}
activity-factor-closed = Po příliš mnoha chybných kódech jsme je přestali přijímat
activity-waiting = Příliš mnoho pokusů: bylo nutné čekat
activity-device-trusted = Zařízení bylo zapamatováno
activity-device-elsewhere = Důvěryhodné zařízení bylo použito na novém místě
activity-device-removed = Důvěryhodné zařízení bylo odebráno
activity-devices-removed = Všechna důvěryhodná zařízení byla odebrána
activity-app-added = Ověřovací aplikace byla nastavena
activity-app-removed = Ověřovací aplikace byla odebrána
activity-phone-added = Bylo přidáno telefonní číslo
activity-phone-removed = Telefonní číslo bylo odebráno
activity-recovery-created = Byly vytvořeny nové záložní kódy
activity-recovery-used = Byl použit záložní kód
activity-password-changed = Heslo bylo změněno
activity-registered = Účet byl zaregistrován
activity-reset-asked = Někdo požádal o odkaz pro nastavení nového hesla
activity-reset = Heslo bylo znovu nastaveno pomocí odkazu z e‑mailu
activity-support-added = Účet byl vytvořen
activity-support-edited = Podpora změnila vaše údaje
activity-support-locked = Podpora zablokovala účet
activity-support-unlocked = Podpora odblokovala účet
activity-support-password = Podpora nastavila nové heslo
activity-support-reset = Podpora odebrala vaši aplikaci, záložní kódy a důvěryhodná zařízení
activity-support-signed-out = Podpora vás všude odhlásila
activity-support-suspended = Podpora na čas vypnula kód
activity-support-session = Podpora odhlásila jeden prohlížeč
activity-support-device = Podpora odebrala důvěryhodné zařízení

## While support has suspended the code

# { $until } is a day and an hour.
account-suspended = Podpora pro vás kód vypnula: do { $until } stačí samotné heslo. Potom o kód znovu požádáme.

## Email address

details-change-email = Změnit e‑mailovou adresu
address-title = Změna e‑mailové adresy
# { $address } is bold.
address-lead = Přihlašujete se adresou { $address }.
address-new = Nová e-mailová adresa
address-consequence = Na novou adresu pošleme odkaz. Jakmile na stránce, kterou otevře, stisknete tlačítko, budete se přihlašovat novou adresou a všechna ostatní zařízení budou odhlášena.
address-confirm-title = Je to vaše e‑mailová adresa?
address-confirm-lead = Od této chvíle se chcete přihlašovat adresou { $address }.
address-confirm-consequence = Všechna ostatní zařízení budou odhlášena a žádné zařízení už nebude zapamatované.
address-confirm-save = Ano, použít tuto adresu
address-confirm-not-you = Nežádáte o to vy? Pak tuto stránku prostě zavřete.
address-revoke-title = Vrátit změnu e‑mailové adresy?
# { $old } and { $new } are addresses in bold.
address-revoke-lead = Adresa vašeho účtu se změnila z { $old } na { $new }.
address-revoke-consequence = Když změnu vrátíte, budete se znovu přihlašovat starou adresou a všechna zařízení budou odhlášena.
address-revoke-save = Vrátit změnu
address-revoke-was-you = Víte o té změně? Pak tuto stránku prostě zavřete.
address-revoked-title = Změna je vrácena
address-revoked-lead = Znovu se přihlašujete svou starou e‑mailovou adresou. Všechna zařízení byla odhlášena a vše, co bylo od změny nastaveno pro přihlašování, bylo odstraněno.
address-revoked-next = Pokud adresu změnil někdo jiný, možná zná vaše heslo. Nastavte si teď nové.
address-revoked-reset = Nastavit nové heslo
address-revoked-locked-title = Váš účet je zablokovaný
address-revoked-locked = Vaše stará e‑mailová adresa už patří k jinému účtu, proto jsme změnu nemohli vrátit. Aby váš účet nepoužíval nikdo jiný, zablokovali jsme ho. Požádejte prosím o pomoc.
confirm-email = Chystáte se { $from }změnit e‑mailovou adresu{ $to }.
notice-email-link-sent = Poslali jsme odkaz na adresu { $address }. Vaše adresa se změní, jakmile na stránce, kterou otevře, stisknete tlačítko.
notice-email-link-limit = Poslali jsme už několik e‑mailů. O další můžete požádat za { $wait }.
notice-email-changed = Vaše e‑mailová adresa je teď { $address }. Všechna ostatní zařízení byla odhlášena.
notice-sign-in-with-new-email = Vaše e‑mailová adresa byla změněna. Přihlaste se novou adresou.

activity-email-asked = Žádost o jinou e‑mailovou adresu
activity-email-changed = E‑mailová adresa byla změněna
activity-email-revoked = Změna e‑mailové adresy byla vrácena
activity-email-lost = Změnu e‑mailové adresy se nepodařilo vrátit: účet byl zablokován

## Aktivita: Podmínky použití

activity-terms = Byl vyjádřen souhlas s podmínkami použití

## Aktivita: Pozvánka

activity-support-invited = Podpora odeslala pozvánku

## Aktivita: Čekání na schválení

activity-approved = Registrace byla schválena

## The method that is recommended

recommended = Doporučeno

## Nastavení: příliš mnoho chybných kódů, přerušené nastavení

notice-app-setup-too-many = Příliš mnoho chybných kódů. Zde je nový QR kód – { $from }starou položku z aplikace odeberte{ $to }.
notice-app-setup-left = QR kód jste už jednou viděli. Platí jen tento nový – { $from }pokud jste starý naskenovali, jeho položku z aplikace odeberte{ $to }.
error-sms-codes-too-many = Příliš mnoho chybných kódů. Zkontrolujte číslo a nechte si poslat nový kód.
