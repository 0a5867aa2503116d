# Mails. `$brand` is the operator's name for the portal and is always known.
# Text parts show one message per line; keep each to one or two sentences.
# No urgency, no blame. Digits, host names and links stand as they are.

## Building blocks

# Browser and system, in the nominative, behind "Prohlížeč:": "Firefox v systému Windows".
email-device-both =
    { $browser } { $system ->
        [iPhone] na telefonu iPhone
        [iPad] na tabletu iPad
        [Mac] na počítači Mac
       *[other] v systému { $system }
    }
email-device-browser = { $browser }
email-device-system =
    neznámý, { $system ->
        [iPhone] na telefonu iPhone
        [iPad] na tabletu iPad
        [Mac] na počítači Mac
       *[other] v systému { $system }
    }
email-device-unknown = neznámý
email-footer = { $brand }
email-footer-help = { $brand } – pomoc: { $help }

## Code mails

email-code-sign-in-subject = Kód pro přihlášení: { $brand } ({ $time })
# `$code` is spaced here: 482 915.
email-code-sign-in-subject-digits = { $code } je kód pro přihlášení do služby { $brand }
email-code-sign-in-title = Váš kód pro přihlášení do služby { $brand }
# First line and preview. Must hold the digits, the word "code" and the purpose.
email-code-sign-in-line = { $code } je váš kód pro přihlášení do služby { $brand }.
email-code-sign-in-who = V čase { $time } ({ $zone }) někdo zadal vaše heslo. Prohlížeč: { $device }.
email-code-confirm-subject = Kód pro změnu účtu: { $brand } ({ $time })
email-code-confirm-subject-digits = { $code } je kód pro změnu účtu ve službě { $brand }
email-code-confirm-title = Váš kód pro změnu účtu ve službě { $brand }
email-code-confirm-line = { $code } je váš kód pro potvrzení změny účtu ve službě { $brand }.
email-code-confirm-who = V čase { $time } ({ $zone }) o něj požádal někdo, kdo je přihlášen k vašemu účtu. Prohlížeč: { $device }.
email-code-enter =
    Zadejte ho na stránce { $host }. Platí { $minutes ->
        [one] { $minutes } minutu
        [few] { $minutes } minuty
       *[other] { $minutes } minut
    } a jen jednou.
email-code-you = Pokud o tom víte, je vše v pořádku.
# A link follows on a line of its own.
email-code-not-you = Pokud to byl někdo jiný, nikomu tento kód neříkejte (nikdy se na něj neptáme) a změňte si heslo:

## Text messages

# At most 100 characters with digits and a brand of 14 letters, and only these letters:
# A-Z a-z Ä Ö Ü ä ö ü ß à è é ù ì ò Ç Ñ ñ. Others (ç ê ł ř …) double the price: write them without marks.
# The digits come first; a line with the site's host follows.
sms-code-sign-in = { $code } je vas kod pro sluzbu { $brand }. Nikomu ho nerikejte.
sms-code-confirm = { $code } je vas kod pro zmenu uctu ve sluzbe { $brand }. Nikomu ho nerikejte.
sms-code-phone = { $code } je vas kod pro potvrzeni tohoto cisla ve sluzbe { $brand }. Nikomu ho nerikejte.

## Notices: the parts they share

email-when = Kdy: { $when } ({ $zone })
email-with = Prohlížeč: { $device }
email-by-support = Kdo: podpora
email-device-name = Zařízení: „{ $name }“
email-app-name = Aplikace: „{ $name }“
email-app-before = Předchozí aplikace: „{ $before }“
# { $number } looks like •••42.
email-phone-number = Telefon: { $number }
email-phone-before = Předchozí telefon: { $before }
email-was-you = Víte o tom? Pak nemusíte nic dělat.
email-not-you = Byl to někdo jiný?
# A link follows.
email-not-you-password = Změňte si heslo:
email-not-you-help = Dejte nám vědět: { $help }
email-not-you-tell = Byl to někdo jiný? Dejte nám hned vědět: { $help }
email-not-you-tell-support = Byl to někdo jiný? Dejte hned vědět podpoře.
email-not-asked-help = Nevíte o této změně? Dejte nám vědět: { $help }
email-not-asked = Nevíte o této změně? Dejte vědět podpoře.

## Notices: what happened (subject, first line, what it means)

email-device-remembered-subject = { $brand }: zapamatovali jsme si zařízení
email-device-remembered-line = K vašemu účtu ve službě { $brand } jsme si zapamatovali zařízení.
email-device-remembered-means = Do { $until } na něm k přihlášení stačí heslo.

email-device-elsewhere-subject = { $brand }: důvěryhodné zařízení na novém místě
email-device-elsewhere-line = Důvěryhodné zařízení se přihlásilo k vašemu účtu ve službě { $brand } z nové sítě a s novou verzí prohlížeče.
email-device-elsewhere-means = Po změně místa nebo aktualizaci je to běžné. Pokud nejde ani o jedno, mohl zařízení někdo zkopírovat.

email-new-sign-in-subject = { $brand }: přihlášení z nového zařízení
email-new-sign-in-line = K vašemu účtu ve službě { $brand } se někdo přihlásil z nového zařízení nebo prohlížeče.
email-new-sign-in-means = S novým zařízením, v anonymním okně nebo po smazání souborů cookie je to běžné. Pokud to byl někdo jiný, zná vaše heslo.

email-devices-removed-subject = { $brand }: všechna důvěryhodná zařízení byla odebrána
email-devices-removed-line = Z vašeho účtu ve službě { $brand } byla odebrána všechna důvěryhodná zařízení.
email-devices-removed-means = Při příštím přihlášení bude každé zařízení znovu chtít kód.

email-password-changed-subject = { $brand }: vaše heslo bylo změněno
email-password-changed-line = Heslo k vašemu účtu ve službě { $brand } bylo změněno.
email-password-changed-means = Všechny ostatní prohlížeče byly odhlášeny a žádné zařízení už není zapamatované.

email-password-set-subject = { $brand }: podpora nastavila nové heslo
email-password-set-line = Podpora nastavila nové heslo k vašemu účtu ve službě { $brand }.
email-password-set-means = Všechny prohlížeče byly odhlášeny a žádné zařízení už není zapamatované.

email-app-added-subject = { $brand }: byla přidána ověřovací aplikace
email-app-added-line = K vašemu účtu ve službě { $brand } byla přidána ověřovací aplikace.
email-app-added-means = Od teď potřebujete při přihlášení kód z aplikace.

email-app-replaced-subject = { $brand }: ověřovací aplikace byla nahrazena
email-app-replaced-line = Ve vašem účtu ve službě { $brand } nahradila jedna ověřovací aplikace jinou.
email-app-replaced-means = Od teď potřebujete při přihlášení kód z nové aplikace. Kódy z předchozí už neplatí.

email-app-removed-subject = { $brand }: ověřovací aplikace byla odebrána
email-app-removed-line = Z vašeho účtu ve službě { $brand } byla odebrána ověřovací aplikace.

email-phone-added-subject = { $brand }: bylo přidáno telefonní číslo
email-phone-added-line = K vašemu účtu ve službě { $brand } bylo přidáno telefonní číslo.
email-phone-added-means = Kódy k vašemu účtu na něj od teď lze posílat v SMS.

email-phone-replaced-subject = { $brand }: vaše telefonní číslo bylo nahrazeno
email-phone-replaced-line = Ve vašem účtu ve službě { $brand } nahradilo nové telefonní číslo předchozí.
email-phone-replaced-means = Od teď lze kódy k vašemu účtu posílat v SMS na nové číslo, na předchozí už ne.

email-phone-removed-subject = { $brand }: vaše telefonní číslo bylo odebráno
email-phone-removed-line = Z vašeho účtu ve službě { $brand } bylo odebráno telefonní číslo.
email-phone-removed-means = Kódy se na něj už neposílají.

email-recovery-created-subject = { $brand }: nové záložní kódy
email-recovery-created-line =
    { $count ->
        [one] K vašemu účtu ve službě { $brand } byl vytvořen nový záložní kód.
        [few] K vašemu účtu ve službě { $brand } byly vytvořeny { $count } nové záložní kódy.
       *[other] K vašemu účtu ve službě { $brand } bylo vytvořeno { $count } nových záložních kódů.
    }
email-recovery-created-means = Starší záložní kódy už neplatí.

email-recovery-used-subject = { $brand }: byl použit záložní kód
email-recovery-used-line = U vašeho účtu ve službě { $brand } byl použit záložní kód jako potvrzení, že jste to vy.
email-recovery-used-means =
    { $left ->
        [0] Byl poslední. Vytvořte si ve svém účtu nové.
        [one] Zbývá jeden záložní kód. Vytvořte si ve svém účtu nové.
        [few] Zbývají { $left } záložní kódy.
       *[other] Zbývá { $left } záložních kódů.
    }

email-recovery-used-replaced = Místo něj byl hned zobrazen nový. Použitý kód už neplatí.

email-factor-failed-subject = { $brand }: chybné kódy po vašem hesle
email-factor-failed-line =
    { $count ->
        [one] Někdo k vašemu účtu ve službě { $brand } zadal vaše správné heslo a potom chybný kód.
        [few] Někdo k vašemu účtu ve službě { $brand } zadal vaše správné heslo a potom { $count } chybné kódy.
       *[other] Někdo k vašemu účtu ve službě { $brand } zadal vaše správné heslo a potom { $count } chybných kódů.
    }
email-factor-failed-means = Dovnitř se nikdo nedostal. Pokud to byl někdo jiný, zná vaše heslo.

email-locked-subject = { $brand }: mnoho chybných hesel
email-locked-line = K vašemu účtu ve službě { $brand } bylo zadáno mnoho chybných hesel.
email-locked-means = Přihlásit se půjde až v čase { $until } ({ $zone }). Ve vašem účtu se nic nezměnilo.
email-locked-you = Víte o tom? Počkejte do té doby a zkuste to znovu.
email-locked-not-you = Byl to někdo jiný? Nemusíte nic dělat.

email-signed-out-subject = { $brand }: odhlášení všude
email-signed-out-line = Všechny prohlížeče byly odhlášeny z vašeho účtu ve službě { $brand }.
email-signed-out-means = Přihlaste se znovu tam, kde to potřebujete.

email-factors-reset-subject = { $brand }: podpora zrušila další potvrzování přihlášení
email-factors-reset-line = Podpora odebrala z vašeho účtu ve službě { $brand } ověřovací aplikaci, telefonní číslo, záložní kódy a důvěryhodná zařízení.

email-factors-suspended-subject = { $brand }: zatím stačí samotné heslo
email-factors-suspended-line = Podpora nastavila váš účet ve službě { $brand } tak, že k přihlášení stačí samotné heslo.
email-factors-suspended-means = Skončí to samo: { $until } ({ $zone }).

email-support-locked-subject = { $brand }: váš účet je zablokovaný
email-support-locked-line = Podpora zablokovala váš účet ve službě { $brand }.
email-support-locked-means = Všechny prohlížeče byly odhlášeny. Přihlásit se nepůjde, dokud podpora účet neodblokuje.

email-support-unlocked-subject = { $brand }: váš účet je odblokovaný
email-support-unlocked-line = Podpora odblokovala váš účet ve službě { $brand }.
email-support-unlocked-means = Můžete se znovu přihlásit.

## The test mail

email-test-subject = { $brand }: zkušební e-mail ({ $time })
email-test-line = Toto je zkušební e-mail služby { $brand }.
email-test-means = Pokud si ho můžete přečíst, odesílání e-mailů funguje. Kódy a oznámení budou vypadat podobně.

## Registration

email-register-subject = Kód pro registraci: { $brand } ({ $time })
# `$code` is spaced here: 482 915.
email-register-subject-digits = { $code } je kód pro registraci ve službě { $brand }
email-register-title = Váš kód pro registraci ve službě { $brand }
# First line and preview. Must hold the digits, the word "code" and the purpose.
email-register-line = { $code } je váš kód pro potvrzení e-mailové adresy ve službě { $brand }.
# A link follows on a line of its own.
email-register-link =
    Nebo otevřete tento odkaz, na kterémkoli zařízení. Platí { $hours ->
        [one] { $hours } hodinu
        [few] { $hours } hodiny
       *[other] { $hours } hodin
    }.
email-register-who = V čase { $time } ({ $zone }) někdo zadal tuto adresu při registraci. Prohlížeč: { $device }.
email-register-not-you = Pokud to byl někdo jiný, nemusíte nic dělat. Nikomu tento kód neříkejte, nikdy se na něj neptáme.
email-exists-subject = { $brand }: účet už máte
email-exists-line = Ve službě { $brand } už máte účet.
email-exists-means = Někdo zadal vaši adresu při registraci. Ve vašem účtu se nic nezměnilo.
email-exists-not-you = Byl to někdo jiný? Pak nemusíte nic dělat.
email-exists-you = Víte o tom?
# A link follows.
email-exists-sign-in = Místo registrace se přihlaste:
# A link follows.
email-exists-reset = Zapomenuté heslo? Zvolte si zde nové:
email-exists-invited = Váš účet ještě nemá heslo. Otevřete odkaz z pozvánky a zvolte si ho. Pokud nemáte odkaz, který funguje, požádejte o novou pozvánku.
email-exists-waiting = Vaše registrace ještě čeká na schválení. Jakmile se tak stane, pošleme vám e‑mail.

## Links

# { $length } looks like "30 minutes".
email-link-valid = Odkaz platí { $length } a funguje jen jednou.

## Forgotten password

email-reset-subject = { $brand }: nastavení nového hesla
email-reset-line = Někdo požádal o nastavení nového hesla k vašemu účtu ve službě { $brand }.
# A link follows on a line of its own.
email-reset-lead = Nové heslo si zvolíte na této stránce:
email-reset-who = Žádost přišla v čase { $time } ({ $zone }). Prohlížeč: { $device }.
email-reset-not-you = Pokud to byl někdo jiný, nemusíte nic dělat: vaše heslo se nemění.

email-password-reset-subject = { $brand }: vaše heslo bylo nastaveno znovu
email-password-reset-line = Heslo k vašemu účtu ve službě { $brand } bylo znovu nastaveno pomocí odkazu z e-mailu.
email-password-reset-means = Všechny prohlížeče byly odhlášeny a žádné zařízení už není zapamatované. Druhý krok přihlášení se nezměnil.
# A link follows.
email-not-you-reset = Nastavte si nové heslo:

## Notices: what support did

email-support-edited-subject = { $brand }: podpora změnila vaše údaje
email-support-edited-line = Podpora změnila údaje vašeho účtu ve službě { $brand }: jméno, adresu, jazyk nebo skupiny.
email-support-edited-means = Najdete je ve svém účtu v části „Osobní údaje“.
email-support-session-subject = { $brand }: podpora odhlásila jeden prohlížeč
email-support-session-line = Podpora odhlásila jeden prohlížeč z vašeho účtu ve službě { $brand }.
email-support-signed-out-subject = { $brand }: podpora vás všude odhlásila
email-support-signed-out-line = Podpora odhlásila všechny prohlížeče z vašeho účtu ve službě { $brand }.
email-support-device-subject = { $brand }: podpora odebrala důvěryhodné zařízení
email-support-device-line = Podpora odebrala z vašeho účtu ve službě { $brand } důvěryhodné zařízení.
email-support-device-means = Při příštím přihlášení bude toto zařízení znovu chtít kód.

## Another email address

email-confirm-email-subject = { $brand }: potvrďte svou e-mailovou adresu
email-confirm-email-line = Tato adresa se má stát adresou účtu ve službě { $brand }.
# A link follows on a line of its own.
email-confirm-email-lead = Pokud je vaše, otevřete tuto stránku a stiskněte tlačítko:
email-confirm-email-who = V čase { $time } ({ $zone }) o to požádal někdo, kdo je k účtu přihlášen. Prohlížeč: { $device }.
email-confirm-email-not-you = Pokud to byl někdo jiný, nemusíte nic dělat.
email-new-address = Nová adresa: { $address }
email-address-asked-subject = { $brand }: žádost o jinou e-mailovou adresu
email-address-asked-line = Někdo, kdo je přihlášen k vašemu účtu ve službě { $brand }, požádal o jinou e-mailovou adresu.
email-address-asked-means = Zatím se nic nezměnilo: novou adresu je nejdřív třeba potvrdit.
email-address-changed-subject = { $brand }: vaše e-mailová adresa byla změněna
email-address-changed-line = E-mailová adresa vašeho účtu ve službě { $brand } byla změněna.
email-address-away-means = Od teď pro přihlášení a pro všechny e-maily platí nová adresa. Všechny ostatní prohlížeče byly odhlášeny.
email-address-here-means = Od teď se přihlašujete touto adresou a všechny e-maily chodí sem. Všechny ostatní prohlížeče byly odhlášeny.
# A link follows.
email-not-you-revoke = Změnu můžete vrátit do { $until } ({ $zone }):
email-address-revoked-subject = { $brand }: změna vaší e-mailové adresy byla vrácena
email-address-revoked-line = Změna e-mailové adresy vašeho účtu ve službě { $brand } byla vrácena ze staré adresy.
email-address-revoked-means = Znovu se přihlašujete touto adresou. Všechny prohlížeče byly odhlášeny, žádné zařízení už není zapamatované a vše, co bylo od změny nastaveno pro přihlašování, bylo odstraněno.
email-address-lost-means = Touto adresou se už přihlásit nelze. Všechny prohlížeče byly odhlášeny.
email-address-wanted-subject = { $brand }: účet už máte
email-address-wanted-line = Někdo chtěl tuto adresu použít pro jiný účet ve službě { $brand }.
email-address-wanted-means = Už patří k vašemu účtu, takže se nic nezměnilo.

## Inside a session

email-misses-subject = { $brand }: chybné odpovědi ve vašem účtu
email-misses-line =
    { $count ->
        [one] V prohlížeči, který byl přihlášen k vašemu účtu ve službě { $brand }, někdo zadal chybné heslo nebo chybný kód.
        [few] V prohlížeči, který byl přihlášen k vašemu účtu ve službě { $brand }, někdo zadal { $count }krát chybné heslo nebo chybný kód.
       *[other] V prohlížeči, který byl přihlášen k vašemu účtu ve službě { $brand }, někdo zadal { $count }krát chybné heslo nebo chybný kód.
    }
email-misses-means = Ten prohlížeč byl odhlášen a ve vašem účtu se nic nezměnilo. Pokud to byl někdo jiný, použil prohlížeč, ve kterém trvalo vaše přihlášení.

## Support

email-support-deleted-subject = { $brand }: váš účet byl smazán
email-support-deleted-line = Podpora smazala váš účet ve službě { $brand }.
email-support-deleted-means = Všechny prohlížeče byly odhlášeny. Přihlásit se už nelze.

## Pozvánka

email-invite-subject = { $brand }: pozvánka
email-invite-line = Ve službě { $brand } pro vás byl vytvořen účet.
email-invite-lead = Chcete-li si zvolit heslo a přihlásit se, otevřete tuto stránku:
email-invite-who = Pozvánka byla odeslána v čase { $time } ({ $zone }).
email-invite-not-you = Pokud nevíte, o co jde, nemusíte nic dělat: bez odkazu účet nikdo nemůže používat.

## Čekání na schválení

email-waits-subject = { $brand }: vaše registrace čeká na schválení
email-waits-line = Zaregistrovali jste se ve službě { $brand }.
email-waits-means = Než se budete moci přihlásit, někdo se na vaši registraci podívá. Jakmile se tak stane, pošleme vám e-mail.

email-approve-subject = { $brand }: někdo čeká na schválení
email-approve-line = Ve službě { $brand } se někdo zaregistroval a čeká na vaše schválení.
email-approve-address = E-mailová adresa: { $address }
email-approve-means = Do té doby se s účtem nikdo nemůže přihlásit.
email-approve-do = Schválit: { $command }
email-approve-refuse = Odmítnout: { $command }

email-approved-subject = { $brand }: váš účet je schválen
email-approved-line = Vaše registrace ve službě { $brand } byla schválena.
email-approved-means = Nyní se můžete přihlásit.
email-approved-sign-in = Přihlaste se:

## Notices: what signing in asks for after a factor was removed

email-next-app = Při přihlášení budeme i dál chtít kód z aplikace.
email-next-text-message = Při přihlášení budeme od teď chtít kód z SMS.
email-next-email = Při přihlášení budeme od teď chtít kód z e-mailu.
email-next-set-up = Při příštím přihlášení budete muset znovu nastavit aplikaci.
email-next-nothing = K přihlášení od teď stačí samotné heslo.
