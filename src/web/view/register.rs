//! Registration: address, confirmation, password and name, and how to confirm sign-ins.

use askama::Template;

use super::code::Delivery;
use super::{Markup, Page as _, Rich, Shell, Step, page};
use crate::language::Value;

/// Whether the page asks for a registration code.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum CodeField {
    /// There is none to give.
    Absent,
    /// Whoever has one may give it.
    Optional,
    /// Nobody registers without one.
    Required,
}

/// `register-email`: the address, and a code where one is asked for.
#[derive(Template)]
#[template(path = "register/email.html", config = ".askama.toml")]
pub struct RegisterEmail {
    /// What all pages share.
    pub shell: Shell,
    /// Where this is.
    pub step: Step,
    /// The page that was asked for; kept in the form's address.
    pub next: Option<String>,
    /// The address as it was typed last.
    pub email: String,
    /// Whether a registration code is asked for.
    pub code: CodeField,
}

page!(RegisterEmail, |_| "register-email", |page| page
    .shell
    .say("register-email-title"));

impl RegisterEmail {
    fn code_label(&self) -> Option<String> {
        match self.code {
            CodeField::Absent => None,
            CodeField::Optional => Some(self.shell.say("register-code-optional")),
            CodeField::Required => Some(self.shell.say("register-code")),
        }
    }
}

/// `register-check`: the letter's code, or the button after its link.
#[derive(Template)]
#[template(path = "register/check.html", config = ".askama.toml")]
pub struct RegisterCheck {
    /// What all pages share.
    pub shell: Shell,
    /// Where this is.
    pub step: Step,
    /// The address as it was typed.
    pub address: String,
    /// How long a code works: `10 minutes`.
    pub valid: String,
    /// What became of the letter.
    pub delivery: Delivery,
    /// Whether the letter's link was opened.
    pub by_link: bool,
}

page!(RegisterCheck, |_| "register-check", |page| page.shell.say(
    if page.by_link {
        "register-link-title"
    } else {
        "code-email-title"
    }
));

impl RegisterCheck {
    fn failed(&self) -> bool {
        self.delivery == Delivery::Failed
    }

    fn lead(&self) -> Markup {
        let address = ("address", Rich::Bold(&self.address));
        match &self.delivery {
            Delivery::Sent(_) => {
                let values = [address, ("length", Rich::Plain(&self.valid))];
                self.shell.tell("register-check-sent", &values)
            }
            Delivery::NotAsked | Delivery::Failed => self.shell.tell("register-check-for", &[address]),
        }
    }

    fn opened(&self) -> Markup {
        let values = [("address", Rich::Bold(self.address.as_str()))];
        self.shell.tell("register-link-lead", &values)
    }

    fn sent_at(&self) -> Option<Markup> {
        match &self.delivery {
            Delivery::Sent(at) => Some(self.shell.tell("code-email-sent-at", &[("time", Rich::Time(at))])),
            Delivery::NotAsked | Delivery::Failed => None,
        }
    }
}

/// `register-details`: password and name.
#[derive(Template)]
#[template(path = "register/details.html", config = ".askama.toml")]
pub struct RegisterDetails {
    /// What all pages share.
    pub shell: Shell,
    /// Where this is.
    pub step: Step,
    /// The confirmed address, also for password managers.
    pub username: String,
    /// The given name as it was typed last.
    pub first_name: String,
    /// The family name as it was typed last.
    pub last_name: String,
    /// Characters of the shortest password.
    pub least: usize,
}

page!(RegisterDetails, |_| "register-details", |page| page
    .shell
    .say("register-details-title"));

impl RegisterDetails {
    fn whose(&self) -> Markup {
        let values = [("address", Rich::Bold(self.username.as_str()))];
        self.shell.tell("register-details-for", &values)
    }

    fn hint(&self) -> String {
        let least = [("least", Value::from(self.least))];
        self.shell.words.say_with("password-hint", &least)
    }
}

/// `register-waiting`: an operator has a last word.
#[derive(Template)]
#[template(path = "register/waiting.html", config = ".askama.toml")]
pub struct RegisterWaiting {
    /// What all pages share.
    pub shell: Shell,
}

page!(RegisterWaiting, |_| "register-waiting", |page| page
    .shell
    .say("register-waiting-title"));

/// `invite`: whoever was invited chooses a password.
#[derive(Template)]
#[template(path = "register/invite.html", config = ".askama.toml")]
pub struct Invite {
    /// What all pages share.
    pub shell: Shell,
    /// The account's address, also for password managers.
    pub username: String,
    /// The given name, as the operator or the person typed it last.
    pub first_name: String,
    /// The family name, likewise.
    pub last_name: String,
    /// Characters of the shortest password.
    pub least: usize,
}

page!(Invite, |_| "invite", |page| page.shell.say("invite-title"));

impl Invite {
    fn whose(&self) -> Markup {
        let values = [("address", Rich::Bold(self.username.as_str()))];
        self.shell.tell("invite-lead", &values)
    }

    fn hint(&self) -> String {
        let least = [("least", Value::from(self.least))];
        self.shell.words.say_with("password-hint", &least)
    }
}

/// `register-method`: app or email.
#[derive(Template)]
#[template(path = "register/method.html", config = ".askama.toml")]
pub struct RegisterMethod {
    /// What all pages share.
    pub shell: Shell,
    /// Where this is.
    pub step: Step,
    /// Where mailed codes go.
    pub address: String,
}

page!(RegisterMethod, |_| "register-method", |page| page
    .shell
    .say("register-method-title"));

impl RegisterMethod {
    fn email_hint(&self) -> Markup {
        let values = [("address", Rich::Plain(self.address.as_str()))];
        self.shell.tell("register-method-email-hint", &values)
    }
}
