//! The phone number: on the account pages, and as a step of the set-up that everybody goes through.

use askama::Template;

use super::code::Delivery;
use super::{Markup, Moment, Page as _, Rich, Shell, Step, page};

/// Where the page stands.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum PhonePlace {
    /// `account-phone`, at `account/phone`.
    Account,
    /// `setup-phone`, at `setup/phone`.
    Wizard {
        /// Where this is.
        step: Step,
        /// Whether it may be skipped: posts `skip=yes`.
        skip: bool,
    },
}

/// What becomes of the account without its number.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum PhoneRemoval {
    /// Codes come by email.
    EmailCodes,
    /// The app goes on working.
    AppOnly,
    /// The password alone is enough.
    PasswordOnly,
    /// It must not be removed.
    Blocked,
}

/// How far it is.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum PhoneState {
    /// The number that there is; posts `begin=phone` or `remove=yes`.
    Held {
        /// Its last digits, and since when. `None`: there is none.
        number: Option<(String, Moment)>,
        /// What becomes of the account without it.
        without: PhoneRemoval,
        /// Whether text messages are in use at all.
        in_use: bool,
    },
    /// A number is asked for; posts `phone`.
    AskNumber {
        /// What was typed.
        typed: String,
        /// The last digits of the number that works meanwhile.
        replaces: Option<String>,
    },
    /// The code that was sent to it is asked for; posts `code`, `send=again` or `other=yes`.
    AskCode {
        /// The number, as its owner has just typed it.
        number: String,
        /// What became of the message.
        delivery: Delivery,
        /// How long a code works: `10 minutes`.
        valid: String,
    },
}

/// `account-phone` and `setup-phone`.
#[derive(Template)]
#[template(path = "account/phone.html", config = ".askama.toml")]
pub struct Phone {
    /// What all pages share.
    pub shell: Shell,
    /// Where it stands.
    pub place: PhonePlace,
    /// How far it is.
    pub state: PhoneState,
    /// Whether text messages are a second factor by themselves.
    pub is_method: bool,
}

page!(
    Phone,
    |page| match page.place {
        PhonePlace::Account => "account-phone",
        PhonePlace::Wizard { .. } => "setup-phone",
    },
    |page| page.shell.say(match page.state {
        PhoneState::Held { .. } => "phone-title",
        PhoneState::AskNumber { .. } => "phone-number-title",
        PhoneState::AskCode { .. } => "phone-code-title",
    })
);

impl Phone {
    fn action(&self) -> String {
        match self.place {
            PhonePlace::Account => self.shell.url("account/phone"),
            PhonePlace::Wizard { .. } => self.shell.url("setup/phone"),
        }
    }

    fn step(&self) -> Option<String> {
        match &self.place {
            PhonePlace::Account => None,
            PhonePlace::Wizard { step, .. } => Some(self.shell.step(step)),
        }
    }

    fn may_skip(&self) -> bool {
        matches!(self.place, PhonePlace::Wizard { skip: true, .. })
    }

    fn in_account(&self) -> bool {
        self.place == PhonePlace::Account
    }

    fn lead(&self) -> String {
        self.shell.say(if self.is_method {
            "phone-lead-method"
        } else {
            "phone-lead-recovery"
        })
    }

    fn held(&self, number: &str, since: &Moment) -> Markup {
        let number = ("number", Rich::Plain(number));
        self.shell
            .tell("account-phone-on", &[number, ("date", Rich::Time(since))])
    }

    fn replacing(&self, number: &str) -> Markup {
        self.shell
            .tell("phone-replacing", &[("number", Rich::Bold(number))])
    }

    fn consequence(&self, without: &PhoneRemoval) -> String {
        self.shell.say(match without {
            PhoneRemoval::EmailCodes => "phone-remove-email-codes",
            PhoneRemoval::AppOnly => "phone-remove-app-only",
            PhoneRemoval::PasswordOnly => "phone-remove-password-only",
            PhoneRemoval::Blocked => "phone-remove-blocked",
        })
    }

    fn sent(&self, number: &str, delivery: &Delivery, valid: &str) -> Markup {
        let number = ("number", Rich::Bold(number));
        match delivery {
            Delivery::Sent(_) => {
                let valid = ("length", Rich::Plain(valid));
                self.shell.tell("code-sms-sent", &[number, valid])
            }
            Delivery::NotAsked | Delivery::Failed => self.shell.tell("code-sms-for", &[number]),
        }
    }

    fn sent_at(&self, delivery: &Delivery) -> Option<Markup> {
        delivery.sent_at(&self.shell)
    }
}
