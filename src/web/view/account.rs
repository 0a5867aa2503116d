//! The account: overview, details, language, password, and the question who is asking.

use askama::Template;

use super::recovery::CodesLeft;
use super::{Markup, Moment, Page as _, Rich, Shell, page};
use crate::language::Value;

/// What the overview says of authenticator apps.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum AppState {
    /// There is one, or more.
    On {
        /// When the oldest was set up.
        since: Moment,
        /// How many there are.
        count: u32,
    },
    /// There is none.
    Off {
        /// Whether codes come by email then.
        email_codes: bool,
    },
}

/// `account`: everything at a glance.
#[derive(Template)]
#[template(path = "account/overview.html", config = ".askama.toml")]
pub struct Account {
    /// What all pages share.
    pub shell: Shell,
    /// First and last name; empty where there is none.
    pub name: String,
    /// The address.
    pub email: String,
    /// When the password was changed last.
    pub password_changed: Option<Moment>,
    /// Apps; `None` where apps are not in use here.
    pub app: Option<AppState>,
    /// The phone number: `None` where there is none to be had; its last digits, and since when.
    pub phone: Option<Option<(String, Moment)>>,
    /// Trusted devices; `None` where there are none to be had.
    pub devices: Option<u32>,
    /// Recovery codes: `None` where there are none to be had, `Some(None)` where none were made.
    pub recovery: Option<Option<CodesLeft>>,
    /// Live sessions, this one included.
    pub sessions: u32,
    /// Until when the password alone is enough, by support's word.
    pub suspended: Option<Moment>,
}

page!(Account, |_| "account", |page| page.shell.say("account-title"));

impl Account {
    fn language(&self) -> String {
        let current = self.shell.languages.iter().find(|it| it.current);
        current.map(|it| it.name.clone()).unwrap_or_default()
    }

    fn password(&self) -> Markup {
        match &self.password_changed {
            Some(at) => self
                .shell
                .tell("account-password-changed", &[("date", Rich::Time(at))]),
            None => self.shell.tell("account-password-set", &[]),
        }
    }

    fn app_state(&self, state: &AppState) -> Markup {
        match state {
            AppState::On { since, count } => {
                let count = ("count", Rich::Number(i64::from(*count)));
                self.shell
                    .tell("account-app-on", &[count, ("date", Rich::Time(since))])
            }
            AppState::Off { email_codes: true } => self.shell.tell("account-app-off-email", &[]),
            AppState::Off { email_codes: false } => self.shell.tell("account-app-off", &[]),
        }
    }

    fn suspension(&self, until: &Moment) -> Markup {
        self.shell
            .tell("account-suspended", &[("until", Rich::BoldTime(until))])
    }

    fn session_count(&self) -> String {
        let values = [("count", Value::from(self.sessions))];
        self.shell.words.say_with("account-sessions-count", &values)
    }

    fn phone_state(&self, number: &str, since: &Moment) -> Markup {
        let number = ("number", Rich::Plain(number));
        self.shell
            .tell("account-phone-on", &[number, ("date", Rich::Time(since))])
    }

    fn device_count(&self, count: &u32) -> String {
        self.shell
            .words
            .say_with("account-devices-count", &[("count", Value::from(*count))])
    }
}

/// `account-details`: posts `given_name` and `family_name`; the address is to read.
#[derive(Template)]
#[template(path = "account/details.html", config = ".askama.toml")]
pub struct AccountDetails {
    /// What all pages share.
    pub shell: Shell,
    /// The first name, or what was typed.
    pub first_name: String,
    /// The last name, or what was typed.
    pub last_name: String,
    /// The address.
    pub email: String,
}

page!(AccountDetails, |_| "account-details", |page| page
    .shell
    .say("details-title"));

/// `account-language`: posts `lang`.
#[derive(Template)]
#[template(path = "account/language.html", config = ".askama.toml")]
pub struct AccountLanguage {
    /// What all pages share, the languages on offer among it.
    pub shell: Shell,
    /// Where the choice is sent.
    pub action: String,
}

page!(AccountLanguage, |_| "account-language", |page| page
    .shell
    .say("language-title"));

/// `account-password`: posts `current_password` and `new_password`.
#[derive(Template)]
#[template(path = "account/password.html", config = ".askama.toml")]
pub struct AccountPassword {
    /// What all pages share.
    pub shell: Shell,
    /// The account's address, for password managers.
    pub username: String,
    /// Characters a password needs.
    pub least: usize,
}

page!(AccountPassword, |_| "account-password", |page| page
    .shell
    .say("password-title"));

impl AccountPassword {
    fn hint(&self) -> String {
        self.shell
            .words
            .say_with("password-hint", &[("least", Value::from(self.least))])
    }
}

/// What somebody is about to do.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum About {
    /// Set up an app.
    AppSetup,
    /// Put another app in an app's place.
    AppReplace,
    /// Remove an app.
    AppRemove,
    /// Add a phone number, or put another in its place.
    PhoneSetup,
    /// Remove the phone number.
    PhoneRemove,
    /// Make new recovery codes.
    RecoveryCodes,
    /// Change the password.
    Password,
    /// Change the email address.
    Email {
        /// Whether the new one was typed already; otherwise its page is opened.
        typed: bool,
    },
    /// Remove all trusted devices.
    RemoveDevices,
    /// Have this device remembered.
    RememberDevice,
    /// Open a page that asks for a fresh proof.
    OpenPage,
}

/// The second factor that `confirm` asks for.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum ConfirmFactor {
    /// The app's code.
    App {
        /// Whether a recovery code will do as well: a lost app is to be removed.
        or_recovery: bool,
    },
    /// A mailed code; until one was sent there is a button for it (`send=email`).
    Email {
        /// The address as it may be shown.
        address: String,
        /// Whether one was sent.
        sent: bool,
    },
    /// A code by text message; until one was sent there is a button for it (`send=sms`).
    Sms {
        /// The number as it may be shown.
        number: String,
        /// Whether one was sent.
        sent: bool,
    },
}

/// `confirm`: posts `password`, `code`, `recovery_code`, as far as they are asked for, or
/// `send=email` or `send=sms`, or `cancel=yes`.
#[derive(Template)]
#[template(path = "account/confirm.html", config = ".askama.toml")]
pub struct Confirm {
    /// What all pages share.
    pub shell: Shell,
    /// What it is for.
    pub about: About,
    /// The account's address, for password managers.
    pub username: String,
    /// Whether the password is stale.
    pub ask_password: bool,
    /// The factor, where it is stale.
    pub factor: Option<ConfirmFactor>,
}

page!(Confirm, |_| "confirm", |page| page.shell.say("confirm-title"));

impl Confirm {
    fn lead(&self) -> Markup {
        let bold = [("from", Rich::BoldFrom), ("to", Rich::BoldTo)];
        let id = match self.about {
            About::AppSetup => "confirm-app-setup",
            About::AppReplace => "confirm-app-replace",
            About::AppRemove => "confirm-app-remove",
            About::PhoneSetup => "confirm-phone-setup",
            About::PhoneRemove => "confirm-phone-remove",
            About::RecoveryCodes => "confirm-recovery-codes",
            About::Password => "confirm-password",
            About::Email { .. } => "confirm-email",
            About::RemoveDevices => "confirm-remove-devices",
            About::RememberDevice => "confirm-remember-device",
            About::OpenPage => "confirm-open-page",
        };
        let codes = i64::try_from(self.shell.recovery_codes).unwrap_or(i64::MAX);
        let [from, to] = bold;
        self.shell.tell(id, &[from, to, ("count", Rich::Number(codes))])
    }

    /// Back to what it is for. That is kept with the session, but for pages that are opened and not
    /// begun with a button.
    fn action(&self) -> String {
        match self.about {
            About::Password => self.shell.url("confirm?for=password"),
            About::Email { typed: false } => self.shell.url("confirm?for=email"),
            _ => self.shell.url("confirm"),
        }
    }

    /// A code has to be mailed before anything can be confirmed.
    fn must_send(&self) -> bool {
        matches!(
            self.factor,
            Some(ConfirmFactor::Email { sent: false, .. } | ConfirmFactor::Sms { sent: false, .. })
        )
    }

    /// What the button that sends a code posts, where there is one.
    fn sends(&self) -> Option<&'static str> {
        match self.factor {
            Some(ConfirmFactor::Email { .. }) => Some("email"),
            Some(ConfirmFactor::Sms { .. }) => Some("sms"),
            Some(ConfirmFactor::App { .. }) | None => None,
        }
    }

    fn number_lead(&self, id: &str, number: &str) -> Markup {
        self.shell.tell(id, &[("number", Rich::Bold(number))])
    }

    /// What to do where no code arrives.
    fn nothing_came(&self) -> String {
        self.shell.say(match self.factor {
            Some(ConfirmFactor::Sms { .. }) => "code-sms-reception",
            _ => "code-email-spam",
        })
    }

    fn email_lead(&self, id: &str, address: &str) -> Markup {
        self.shell.tell(id, &[("address", Rich::Bold(address))])
    }
}
