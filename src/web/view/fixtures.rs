//! Every state of every page, from fixed data: rendered by the tests, photographed by hand.

use std::time::Duration;

use super::account::{
    About, Account, AccountDetails, AccountLanguage, AccountPassword, AppState, Confirm, ConfirmFactor,
};
use super::app::{AccountApp, AfterRemoval, AppRemove, AppRow, AppSetup, SetupPlace};
use super::code::{CodeApp, CodeEmail, CodeRecovery, Delivery, Method, Methods, RecoveryUsed};
use super::devices::{AccountDevices, DeviceRow};
use super::edge::{Edge, Fate, Obstacle};
use super::recovery::{CodesLeft, RecoveryCodes, RecoverySheet, SheetPlace};
use super::setup::{SetupDone, SetupWhy};
use super::sign_in::{SignIn, SignOut, SignedOut, Trust};
use super::{Complaint, Help, LanguageOption, Moment, Notice, Page, QrPicture, Shell, Step};
use crate::base::language::Language;
use crate::base::time::Timestamp;
use crate::language::{Words, Zone, words};

/// 2026-11-22T14:02:00Z
const NOW: Timestamp = Timestamp::from_unix_seconds(1_795_356_120);
const EMAIL: &str = "anna@example.com";
const MASKED: &str = "a•••@example.com";
const DAY: Duration = Duration::from_secs(86_400);

/// A page as it came out.
pub struct Rendered {
    pub state: &'static str,
    pub name: &'static str,
    pub heading: String,
    pub html: String,
}

struct Album {
    tag: &'static str,
    pages: Vec<Rendered>,
}

impl Album {
    fn add(&mut self, state: &'static str, page: impl Page) {
        self.pages.push(Rendered {
            state,
            name: page.name(),
            heading: page.heading(),
            html: page.render().unwrap(),
        });
    }

    fn shell(&self) -> Shell {
        shell(self.tag)
    }

    fn wrong(&self, complaint: Complaint) -> Shell {
        Shell {
            complaints: vec![complaint],
            ..self.shell()
        }
    }

    fn noted(&self, notice: Notice) -> Shell {
        Shell {
            notice: Some(notice),
            ..self.shell()
        }
    }

    fn inside(&self) -> Shell {
        signed_in(self.shell())
    }

    fn words(&self) -> Words {
        words(self.tag)
    }

    fn day(&self, ago: u32) -> Moment {
        Moment::date(&self.words(), NOW.minus(DAY * ago), &berlin())
    }

    fn time(&self, ago: u64) -> Moment {
        Moment::time_of_day(&self.words(), NOW.minus(Duration::from_secs(ago)), &berlin())
    }
}

fn berlin() -> Zone {
    Zone::named("Europe/Berlin").unwrap()
}

fn signed_in(shell: Shell) -> Shell {
    Shell {
        signed_in: true,
        ..shell
    }
}

pub fn shell(tag: &str) -> Shell {
    let words = words(tag);
    let offered = [Language::english(), Language::parse("de").unwrap()];
    Shell {
        languages: LanguageOption::list(&offered, words.language()),
        words,
        site_host: "portal.example.com".to_owned(),
        prefix: "/_auth".to_owned(),
        token: "dG9rZW4tb2YtMzItYnl0ZXMtaW4tYmFzZTY0LXVybA".to_owned(),
        here: Some("/_auth/sign-in?next=/news/".to_owned()),
        help: Help {
            url: None,
            email: Some("help@example.com".to_owned()),
            phone: Some("+49 30 123 456-0".to_owned()),
        },
        portal_link: "/".to_owned(),
        reference: None,
        notice: None,
        complaints: Vec::new(),
        signed_in: false,
    }
}

/// All states in one language.
pub fn all(tag: &'static str) -> Vec<Rendered> {
    let mut album = Album {
        tag,
        pages: Vec::new(),
    };
    sign_in(&mut album);
    email_codes(&mut album);
    other_codes(&mut album);
    trust_and_leave(&mut album);
    set_up(&mut album);
    overview(&mut album);
    small_account_pages(&mut album);
    apps(&mut album);
    devices(&mut album);
    recovery(&mut album);
    confirm(&mut album);
    obstacles(&mut album);
    album.pages
}

fn sign_in(album: &mut Album) {
    let page = |shell, username: &str| SignIn {
        shell,
        next: Some("/news/?page=2&sort=new".to_owned()),
        username: username.to_owned(),
    };
    album.add("sign-in", page(album.shell(), ""));
    album.add("sign-in-wrong", page(album.wrong(Complaint::SignInWrong), EMAIL));
    let warning = Complaint::SignInWrongWarning { limit: 10 };
    album.add("sign-in-warning", page(album.wrong(warning), EMAIL));
    let empty = Shell {
        complaints: vec![Complaint::EmailMissing, Complaint::PasswordMissing],
        ..album.shell()
    };
    album.add("sign-in-empty", page(empty, ""));
    album.add("sign-in-stale", page(album.wrong(Complaint::StaleForm), EMAIL));
    album.add(
        "sign-in-too-long",
        page(album.wrong(Complaint::PasswordTooLong), EMAIL),
    );
    album.add("sign-in-ended", page(album.noted(Notice::SessionEnded), ""));
    album.add("sign-in-signed-out", page(album.noted(Notice::SignedOut), ""));
    album.add("sign-in-again", page(album.noted(Notice::StartAgain), ""));
    album.add(
        "sign-in-too-many",
        page(album.noted(Notice::TooManyWrongCodes), EMAIL),
    );
    let changed = album.noted(Notice::SignInWithNewPassword);
    album.add("sign-in-new-password", page(changed, ""));
}

fn email_codes(album: &mut Album) {
    let valid = album.words().length(Duration::from_secs(600));
    let page = |shell, delivery, other_ways| CodeEmail {
        shell,
        username: EMAIL.to_owned(),
        address: MASKED.to_owned(),
        valid: valid.clone(),
        delivery,
        other_ways,
    };
    let sent = Delivery::Sent(album.time(20));
    album.add("code-email", page(album.shell(), sent.clone(), true));
    album.add(
        "code-email-not-asked",
        page(album.shell(), Delivery::NotAsked, true),
    );
    let complaints = [
        ("code-email-missing", Complaint::CodeMissing),
        ("code-email-short", Complaint::CodeLength { typed: 5 }),
        ("code-email-letters", Complaint::CodeNotDigits),
        ("code-email-wrong", Complaint::EmailCodeWrong),
        (
            "code-email-expired-new",
            Complaint::EmailCodeExpired { resent: true },
        ),
        (
            "code-email-expired",
            Complaint::EmailCodeExpired { resent: false },
        ),
        ("code-email-stale", Complaint::StaleForm),
    ];
    for (state, complaint) in complaints {
        album.add(state, page(album.wrong(complaint), sent.clone(), false));
    }
    let notices = [
        ("code-email-resent", Notice::CodeSentAgain),
        ("code-email-too-early", Notice::CodeTooEarly { ago: 12 }),
        (
            "code-email-limit",
            Notice::CodeLimit {
                wait: album.words().wait(Duration::from_secs(2400)),
            },
        ),
    ];
    for (state, notice) in notices {
        album.add(state, page(album.noted(notice), sent.clone(), true));
    }
    for (state, other_ways) in [("code-email-failed", true), ("code-email-failed-only", false)] {
        let shell = album.noted(Notice::MailFailed { other_ways });
        album.add(state, page(shell, Delivery::Failed, other_ways));
    }
}

fn other_codes(album: &mut Album) {
    let app = |shell| CodeApp {
        shell,
        username: EMAIL.to_owned(),
        entry: format!("Example Portal ({EMAIL})"),
        other_ways: true,
    };
    album.add("code-app", app(album.shell()));
    album.add("code-app-wrong", app(album.wrong(Complaint::AppCodeWrong)));
    album.add("code-app-late", app(album.wrong(Complaint::AppCodeLate)));
    album.add("code-app-used", app(album.wrong(Complaint::AppCodeUsed)));
    let recovery = |shell| CodeRecovery {
        shell,
        username: EMAIL.to_owned(),
    };
    album.add("code-recovery", recovery(album.shell()));
    album.add(
        "code-recovery-missing",
        recovery(album.wrong(Complaint::RecoveryCodeMissing)),
    );
    album.add(
        "code-recovery-wrong",
        recovery(album.wrong(Complaint::RecoveryCodeWrong)),
    );
    for (state, left) in [
        ("recovery-used", 7),
        ("recovery-used-few", 2),
        ("recovery-used-none", 0),
    ] {
        let page = RecoveryUsed {
            shell: album.inside(),
            left,
            few: left <= 3,
            go_on: "/news/".to_owned(),
        };
        album.add(state, page);
    }
    let email = Method::Email {
        address: MASKED.to_owned(),
    };
    let methods = Methods {
        shell: album.shell(),
        methods: vec![Method::App, email, Method::Recovery],
    };
    album.add("methods", methods);
    let helpless = Shell {
        help: Help::default(),
        ..album.shell()
    };
    let methods = Methods {
        shell: helpless,
        methods: Vec::new(),
    };
    album.add("methods-none", methods);
}

fn trust_and_leave(album: &mut Album) {
    let lifetime = album.words().length(DAY * 90);
    let trust = |shell, replaces: Option<&str>| Trust {
        shell,
        device_name: "Firefox on Windows".to_owned(),
        lifetime: lifetime.clone(),
        replaces: replaces.map(str::to_owned),
    };
    album.add("trust", trust(album.shell(), None));
    album.add("trust-limit", trust(album.shell(), Some("Safari on iPad")));
    album.add(
        "trust-too-long",
        trust(album.wrong(Complaint::DeviceNameTooLong), None),
    );
    let page = SignOut {
        shell: album.inside(),
        remembered: true,
    };
    album.add("sign-out", page);
    let page = SignOut {
        shell: album.shell(),
        remembered: true,
    };
    album.add("sign-out-none", page);
    for (state, remembered) in [("signed-out", false), ("signed-out-remembered", true)] {
        let shell = album.shell();
        album.add(state, SignedOut { shell, remembered });
    }
    let page = SignedOut {
        shell: album.noted(Notice::DeviceForgotten),
        remembered: false,
    };
    album.add("signed-out-forgotten", page);
}

fn suggested() -> Vec<String> {
    [
        "Google Authenticator",
        "Microsoft Authenticator",
        "Aegis",
        "1Password",
    ]
    .map(str::to_owned)
    .to_vec()
}

fn set_up(album: &mut Album) {
    let step = |number| Step { number, of: 4 };
    let page = SetupWhy {
        shell: album.shell(),
        step: step(1),
        suggested: suggested(),
        codes_follow: true,
    };
    album.add("setup-why", page);
    album.add("setup-app", app_setup(album.shell(), SetupPlace::Wizard(step(2))));
    album.add(
        "setup-codes",
        sheet(album, album.shell(), SheetPlace::Wizard(step(3)), 10),
    );
    let page = SetupDone {
        shell: album.inside(),
        step: step(4),
    };
    album.add("setup-done", page);
}

fn app_setup(shell: Shell, place: SetupPlace) -> AppSetup {
    const LINK: &str = "otpauth://totp/Example%20Portal:anna%40example.com?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP&issuer=Example%20Portal&algorithm=SHA1&digits=6&period=30";
    AppSetup {
        app_name: if shell.words.language().as_str() == "de" {
            "Mein Telefon"
        } else {
            "My phone"
        }
        .to_owned(),
        shell,
        place,
        replaces: None,
        qr: QrPicture::of(LINK).unwrap(),
        link: LINK.to_owned(),
        key: "JBSW Y3DP EHPK 3PXP JBSW Y3DP EHPK 3PXP".to_owned(),
        account: EMAIL.to_owned(),
        issuer: "Example Portal".to_owned(),
        suggested: suggested(),
    }
}

fn sheet(album: &Album, shell: Shell, place: SheetPlace, count: usize) -> RecoverySheet {
    const ALPHABET: &[u8] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    let code = |seed: usize| {
        let letter = |at: usize| ALPHABET[(seed * 7 + at * 13 + seed * at * 3) % 32] as char;
        let group = |at: usize| (0..4).map(|it| letter(at * 4 + it)).collect::<String>();
        [group(0), group(1), group(2), group(3), group(4)].join("-")
    };
    RecoverySheet {
        shell,
        place,
        codes: (1..=count).map(code).collect(),
        account: EMAIL.to_owned(),
        today: album.day(0),
    }
}

fn overview(album: &mut Album) {
    let page = Account {
        shell: album.inside(),
        name: "Anna Müller".to_owned(),
        email: EMAIL.to_owned(),
        password_changed: Some(album.day(40)),
        app: Some(AppState::On {
            since: album.day(39),
            count: 1,
        }),
        devices: Some(2),
        recovery: Some(Some(codes_left(album, 7))),
    };
    album.add("account", page);
    let page = Account {
        shell: album.inside(),
        name: String::new(),
        email: "a-rather-long-address.with-many-parts@a-very-long-department.university.example.com"
            .to_owned(),
        password_changed: None,
        app: Some(AppState::Off { email_codes: true }),
        devices: Some(0),
        recovery: Some(None),
    };
    album.add("account-bare", page);
    let page = Account {
        shell: album.inside(),
        name: "Anna Müller".to_owned(),
        email: EMAIL.to_owned(),
        password_changed: Some(album.day(400)),
        app: Some(AppState::On {
            since: album.day(39),
            count: 2,
        }),
        devices: None,
        recovery: Some(Some(codes_left(album, 2))),
    };
    album.add("account-few-codes", page);
}

fn small_account_pages(album: &mut Album) {
    let details = |shell, first: Option<&str>, last: Option<&str>| AccountDetails {
        shell,
        first_name: first.map(str::to_owned),
        last_name: last.map(str::to_owned),
        email: EMAIL.to_owned(),
    };
    album.add(
        "account-details",
        details(album.inside(), Some("Anna"), Some("Müller")),
    );
    album.add("account-details-bare", details(album.inside(), None, None));
    let shell = album.inside();
    album.add("account-language", AccountLanguage { shell });
    let shell = signed_in(album.noted(Notice::LanguageChanged));
    album.add("account-language-saved", AccountLanguage { shell });
    let shell = signed_in(album.wrong(Complaint::LanguageMissing));
    album.add("account-language-missing", AccountLanguage { shell });
    let password = |shell| AccountPassword {
        shell: signed_in(shell),
        username: EMAIL.to_owned(),
        least: 15,
    };
    album.add("account-password", password(album.shell()));
    let complaints = [
        ("account-password-wrong", Complaint::CurrentPasswordWrong),
        ("account-password-missing", Complaint::NewPasswordMissing),
        (
            "account-password-short",
            Complaint::NewPasswordShort { least: 15 },
        ),
        ("account-password-guessable", Complaint::NewPasswordGuessable),
        ("account-password-same", Complaint::NewPasswordSame),
        ("account-password-long", Complaint::NewPasswordTooLong),
        (
            "account-password-current-missing",
            Complaint::CurrentPasswordMissing,
        ),
    ];
    for (state, complaint) in complaints {
        album.add(state, password(album.wrong(complaint)));
    }
    album.add(
        "account-password-changed",
        password(album.noted(Notice::PasswordChanged)),
    );
}

fn apps(album: &mut Album) {
    let row = |name: &str, used: bool| AppRow {
        row: "mfrggzdfmztwq2lk".to_owned(),
        name: name.to_owned(),
        added: album.day(39),
        last_used: used.then(|| album.day(1)),
    };
    let rows = vec![row("My phone", true), row("Tablet <at> home & \"away\"", false)];
    let list = |shell, apps: &[AppRow], email_codes| AccountApp {
        shell: signed_in(shell),
        apps: apps.to_vec(),
        room: apps.len() < 2,
        email_codes,
    };
    album.add("account-app-off", list(album.shell(), &[], true));
    album.add(
        "account-app-off-no-email",
        list(album.noted(Notice::AppRemoved), &[], false),
    );
    album.add(
        "account-app",
        list(album.noted(Notice::AppAdded), &rows[..1], true),
    );
    album.add(
        "account-app-full",
        list(album.noted(Notice::AppReplaced), &rows, true),
    );

    album.add(
        "account-app-setup",
        app_setup(album.inside(), SetupPlace::Account),
    );
    let shell = signed_in(album.wrong(Complaint::SetupCodeWrong));
    album.add("account-app-setup-wrong", app_setup(shell, SetupPlace::Account));
    let shell = signed_in(album.noted(Notice::AppSetupExpired));
    let page = AppSetup {
        replaces: Some("My phone".to_owned()),
        ..app_setup(shell, SetupPlace::Account)
    };
    album.add("account-app-setup-expired", page);
    let shell = signed_in(album.wrong(Complaint::AppNameTooLong));
    album.add("account-app-setup-name", app_setup(shell, SetupPlace::Account));

    let removals = [
        ("account-app-remove", AfterRemoval::EmailCodes),
        ("account-app-remove-other", AfterRemoval::AnotherApp),
        ("account-app-remove-password", AfterRemoval::PasswordOnly),
        ("account-app-remove-anew", AfterRemoval::SetUpAnew),
        ("account-app-remove-blocked", AfterRemoval::Blocked),
    ];
    for (state, after) in removals {
        let page = AppRemove {
            shell: album.inside(),
            name: "My phone".to_owned(),
            after,
        };
        album.add(state, page);
    }
}

fn devices(album: &mut Album) {
    let (added, today) = (album.day(30), album.day(0));
    let expires = Moment::date(&album.words(), NOW.plus(DAY * 60), &berlin());
    let row = |name: &str, this_device, retyped: Option<&str>| DeviceRow {
        row: "nbswy3dpo5xxe3de".to_owned(),
        name: name.to_owned(),
        this_device,
        added: added.clone(),
        last_used: this_device.then(|| today.clone()),
        expires: expires.clone(),
        retyped: retyped.map(str::to_owned),
    };
    let rows = vec![
        row("Firefox on Windows", true, None),
        row("Safari on iPhone", false, None),
    ];
    let lifetime = album.words().length(DAY * 90);
    let page = |shell, devices, can_remember| AccountDevices {
        shell: signed_in(shell),
        devices,
        can_remember,
        lifetime: lifetime.clone(),
    };
    album.add("account-devices", page(album.shell(), rows.clone(), false));
    album.add(
        "account-devices-none",
        page(album.noted(Notice::AllDevicesRemoved), Vec::new(), true),
    );
    let refused = vec![
        row("Firefox on Windows", true, None),
        row("Safari on iPhone", false, Some(&"long ".repeat(13))),
    ];
    let shell = album.wrong(Complaint::DeviceNameTooLong);
    album.add("account-devices-name", page(shell, refused, false));
    let name = || "Old <b>laptop</b>".to_owned();
    let notices = [
        ("account-devices-removed", Notice::DeviceRemoved { name: name() }),
        ("account-devices-renamed", Notice::DeviceRenamed { name: name() }),
        ("account-devices-remembered", Notice::DeviceRemembered),
    ];
    for (state, notice) in notices {
        album.add(state, page(album.noted(notice), rows.clone(), false));
    }
}

fn codes_left(album: &Album, left: u32) -> CodesLeft {
    CodesLeft {
        left,
        total: 10,
        created: album.day(39),
        used: (0..10 - left).map(|at| album.day(at * 3 + 1)).collect(),
        few: left <= 3,
    }
}

fn recovery(album: &mut Album) {
    let page = |shell, codes| RecoveryCodes {
        shell: signed_in(shell),
        codes,
    };
    let saved = album.noted(Notice::RecoveryCodesSaved);
    album.add("account-recovery-codes", page(saved, Some(codes_left(album, 7))));
    album.add(
        "account-recovery-codes-few",
        page(album.shell(), Some(codes_left(album, 2))),
    );
    album.add("account-recovery-codes-none", page(album.shell(), None));
    let replaces = SheetPlace::Account { replaces: true };
    let shell = album.inside();
    album.add(
        "account-recovery-codes-new",
        sheet(album, shell, replaces.clone(), 10),
    );
    let shell = signed_in(album.wrong(Complaint::CodesNotSaved));
    album.add(
        "account-recovery-codes-new-unsaved",
        sheet(album, shell, replaces, 10),
    );
    let first = SheetPlace::Account { replaces: false };
    album.add(
        "account-recovery-codes-new-one",
        sheet(album, album.inside(), first, 1),
    );
}

fn confirm(album: &mut Album) {
    let page = |shell, about, ask_password, factor| Confirm {
        shell: signed_in(shell),
        about,
        username: EMAIL.to_owned(),
        ask_password,
        factor,
        cancel: "/_auth/account".to_owned(),
    };
    let app = |or_recovery| Some(ConfirmFactor::App { or_recovery });
    let email = |sent| {
        let address = MASKED.to_owned();
        Some(ConfirmFactor::Email { address, sent })
    };
    album.add(
        "confirm",
        page(album.shell(), About::RecoveryCodes, true, app(false)),
    );
    album.add(
        "confirm-app-remove",
        page(album.shell(), About::AppRemove, true, app(true)),
    );
    album.add(
        "confirm-app-only",
        page(album.shell(), About::Password, false, app(false)),
    );
    album.add(
        "confirm-password-only",
        page(album.shell(), About::AppSetup, true, None),
    );
    album.add(
        "confirm-email-first",
        page(album.shell(), About::AppReplace, true, email(false)),
    );
    album.add(
        "confirm-email",
        page(album.shell(), About::RemoveDevices, true, email(true)),
    );
    let shell = album.wrong(Complaint::PasswordWrong);
    album.add(
        "confirm-wrong",
        page(shell, About::RememberDevice, true, app(false)),
    );
    let shell = album.wrong(Complaint::RecoveryCodeWrong);
    album.add(
        "confirm-recovery-wrong",
        page(shell, About::AppRemove, true, app(true)),
    );
    album.add(
        "confirm-page",
        page(album.shell(), About::OpenPage, false, app(false)),
    );
}

fn obstacles(album: &mut Album) {
    let retry = || "/_auth/sign-in?next=/news/".to_owned();
    let throttled = Obstacle::Throttled {
        wait: album.words().wait(Duration::from_secs(240)),
        until: Moment::time_of_day(&album.words(), NOW.plus(Duration::from_secs(240)), &berlin()),
        retry: retry(),
    };
    let outside = [
        ("no-cookies", Obstacle::NoCookies { retry: retry() }),
        ("forbidden", Obstacle::Forbidden),
        ("throttled", throttled),
        ("throttled-busy", Obstacle::Busy { retry: retry() }),
        ("throttled-closed", Obstacle::Closed),
        ("store-down", Obstacle::StoreDown),
        ("bad-request", Obstacle::BadRequest),
        ("too-large", Obstacle::TooLarge),
        ("method-not-allowed", Obstacle::MethodNotAllowed),
        ("upstream-down-public", down(Fate::Read, Some("/news/"))),
    ];
    let inside = [
        ("no-access", Obstacle::NoAccess),
        ("forbidden-refused", Obstacle::Refused),
        ("upstream-down", down(Fate::Read, Some("/news/"))),
        ("upstream-down-not-sent", down(Fate::NotSent, None)),
        ("upstream-down-unknown", down(Fate::Unknown, None)),
        ("not-found", Obstacle::NotFound),
    ];
    for (state, obstacle) in outside {
        let shell = with_reference(album.shell());
        album.add(state, Edge { shell, obstacle });
    }
    for (state, obstacle) in inside {
        let shell = with_reference(album.inside());
        album.add(state, Edge { shell, obstacle });
    }
}

fn down(fate: Fate, retry: Option<&str>) -> Obstacle {
    Obstacle::UpstreamDown {
        fate,
        retry: retry.map(str::to_owned),
    }
}

fn with_reference(shell: Shell) -> Shell {
    Shell {
        reference: Some("7KQ4-M2XR".to_owned()),
        ..shell
    }
}
