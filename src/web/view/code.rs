//! The second factor: mailed code, app, recovery code, and the choice between them.

use askama::Template;

use super::{Markup, Moment, Page as _, Rich, Shell, page};

/// What became of the mail or text message with the code.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Delivery {
    /// None was asked for yet; a button sends it.
    NotAsked,
    /// It went out.
    Sent(Moment),
    /// It did not go out; the notice says so.
    Failed,
}

impl Delivery {
    /// "Sent at 14:02."
    pub fn sent_at(&self, shell: &Shell) -> Option<Markup> {
        match self {
            Self::Sent(at) => Some(shell.tell("code-email-sent-at", &[("time", Rich::Time(at))])),
            Self::NotAsked | Self::Failed => None,
        }
    }
}

/// `code-email`: the code that was mailed.
#[derive(Template)]
#[template(path = "sign_in/code-email.html", config = ".askama.toml")]
pub struct CodeEmail {
    /// What all pages share.
    pub shell: Shell,
    /// The account's address, for password managers.
    pub username: String,
    /// The address as it may be shown: `a•••@example.com`.
    pub address: String,
    /// How long a code works: `10 minutes`.
    pub valid: String,
    /// What became of the mail.
    pub delivery: Delivery,
    /// Whether there is another way.
    pub other_ways: bool,
}

page!(CodeEmail, |_| "code-email", |page| {
    page.shell.say(match page.delivery {
        Delivery::NotAsked => "code-email-send-title",
        Delivery::Sent(_) | Delivery::Failed => "code-email-title",
    })
});

impl CodeEmail {
    fn failed(&self) -> bool {
        self.delivery == Delivery::Failed
    }

    fn asked(&self) -> bool {
        self.delivery != Delivery::NotAsked
    }

    fn lead(&self) -> Markup {
        let address = ("address", Rich::Bold(self.address.as_str()));
        let valid = ("length", Rich::Plain(self.valid.as_str()));
        match &self.delivery {
            Delivery::NotAsked => self.shell.tell("code-email-send-lead", &[address]),
            Delivery::Sent(_) => self.shell.tell("code-email-sent", &[address, valid]),
            Delivery::Failed => self.shell.tell("code-email-for", &[address]),
        }
    }

    fn sent_at(&self) -> Option<Markup> {
        self.delivery.sent_at(&self.shell)
    }
}

/// `code-sms`: the code that came by text message.
#[derive(Template)]
#[template(path = "sign_in/code-sms.html", config = ".askama.toml")]
pub struct CodeSms {
    /// What all pages share.
    pub shell: Shell,
    /// The account's address, for password managers.
    pub username: String,
    /// The number as it may be shown: `•••42`.
    pub number: String,
    /// How long a code works: `10 minutes`.
    pub valid: String,
    /// What became of the message.
    pub delivery: Delivery,
    /// Whether there is another way.
    pub other_ways: bool,
}

page!(CodeSms, |_| "code-sms", |page| {
    page.shell.say(match page.delivery {
        Delivery::NotAsked => "code-sms-send-title",
        Delivery::Sent(_) | Delivery::Failed => "code-sms-title",
    })
});

impl CodeSms {
    fn failed(&self) -> bool {
        self.delivery == Delivery::Failed
    }

    fn asked(&self) -> bool {
        self.delivery != Delivery::NotAsked
    }

    fn lead(&self) -> Markup {
        let number = ("number", Rich::Bold(self.number.as_str()));
        let valid = ("length", Rich::Plain(self.valid.as_str()));
        match &self.delivery {
            Delivery::NotAsked => self.shell.tell("code-sms-send-lead", &[number]),
            Delivery::Sent(_) => self.shell.tell("code-sms-sent", &[number, valid]),
            Delivery::Failed => self.shell.tell("code-sms-for", &[number]),
        }
    }

    fn sent_at(&self) -> Option<Markup> {
        self.delivery.sent_at(&self.shell)
    }
}

/// `code-app`: the code that the app shows.
#[derive(Template)]
#[template(path = "sign_in/code-app.html", config = ".askama.toml")]
pub struct CodeApp {
    /// What all pages share.
    pub shell: Shell,
    /// The account's address, for password managers.
    pub username: String,
    /// How the app lists the account: `Example Portal (anna@example.com)`.
    pub entry: String,
    /// Whether there is another way.
    pub other_ways: bool,
}

page!(CodeApp, |_| "code-app", |page| page.shell.say("code-app-title"));

impl CodeApp {
    fn lead(&self) -> Markup {
        self.shell
            .tell("code-app-lead", &[("entry", Rich::Bold(&self.entry))])
    }
}

/// `code-recovery`: one of the codes on paper.
#[derive(Template)]
#[template(path = "sign_in/code-recovery.html", config = ".askama.toml")]
pub struct CodeRecovery {
    /// What all pages share.
    pub shell: Shell,
    /// The account's address, for password managers.
    pub username: String,
}

page!(CodeRecovery, |_| "code-recovery", |page| page
    .shell
    .say_codes("code-recovery-title"));

/// The code that took the place of the one that was used.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct FreshCode {
    /// As it is typed.
    pub codes: Vec<String>,
    /// The account's address, for the printed page.
    pub account: String,
    /// The day, for the printed page.
    pub today: Moment,
    /// Whether nobody is signed in: a password was set anew, and the sign-in follows.
    pub sign_in_next: bool,
}

/// `recovery-used`: one code less, or a fresh one in its place. With a fresh one it posts `saved=yes`
/// and `go=app` or `go=on`, or `download=yes` for the file.
#[derive(Template)]
#[template(path = "sign_in/recovery-used.html", config = ".askama.toml")]
pub struct RecoveryUsed {
    /// What all pages share.
    pub shell: Shell,
    /// Codes that are left.
    pub left: u32,
    /// Whether so few are left that it is time for new ones.
    pub few: bool,
    /// The page that was asked for.
    pub go_on: String,
    /// The code that took the place of the one that was used.
    pub fresh: Option<FreshCode>,
}

page!(RecoveryUsed, |_| "recovery-used", |page| page
    .shell
    .say_codes("recovery-used-title"));

impl RecoveryUsed {
    fn printed_for(&self, fresh: &FreshCode) -> Markup {
        let values = [
            ("account", Rich::Plain(&fresh.account)),
            ("host", Rich::Plain(&self.shell.site_host)),
            ("date", Rich::Time(&fresh.today)),
        ];
        self.shell.tell("recovery-new-printed", &values)
    }

    fn saved(&self, fresh: &FreshCode) -> String {
        self.shell.say_count("recovery-new-saved", fresh.codes.len())
    }

    fn left(&self) -> Markup {
        let values = [("left", Rich::Number(i64::from(self.left)))];
        self.shell.tell("recovery-used-left", &values)
    }
}

/// A way to confirm who one is.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Method {
    /// The app's code; posts `method=app`.
    App,
    /// A mailed code, to the address as it may be shown; posts `method=email`.
    Email {
        /// `a•••@example.com`.
        address: String,
    },
    /// A code by text message, to the number as it may be shown; posts `method=sms`.
    Sms {
        /// `•••42`.
        number: String,
    },
    /// A recovery code; posts `method=recovery`.
    Recovery,
}

impl Method {
    fn value(&self) -> &'static str {
        match self {
            Self::App => "app",
            Self::Email { .. } => "email",
            Self::Sms { .. } => "sms",
            Self::Recovery => "recovery",
        }
    }

    fn label(&self, shell: &Shell) -> Markup {
        match self {
            Self::App => shell.tell("methods-app", &[]),
            Self::Email { address } => shell.tell("methods-email", &[("address", Rich::Plain(address))]),
            Self::Sms { number } => shell.tell("methods-sms", &[("number", Rich::Plain(number))]),
            Self::Recovery => Markup::text(&shell.say_codes("methods-recovery")),
        }
    }

    fn hint(&self, shell: &Shell) -> String {
        match self {
            Self::App => shell.say("methods-app-hint"),
            Self::Email { .. } | Self::Sms { .. } => shell.say("methods-email-hint"),
            Self::Recovery => shell.say_codes("methods-recovery-hint"),
        }
    }
}

/// `methods`: another way.
#[derive(Template)]
#[template(path = "sign_in/methods.html", config = ".askama.toml")]
pub struct Methods {
    /// What all pages share.
    pub shell: Shell,
    /// What the account may use, in the order offered.
    pub methods: Vec<Method>,
}

page!(Methods, |_| "methods", |page| page.shell.say(
    match page.methods.is_empty() {
        true => "methods-no-way-title",
        false => "methods-title",
    }
));
