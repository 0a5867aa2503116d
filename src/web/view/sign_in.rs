//! The way in and out: sign-in, the trust question, sign-out.

use askama::Template;

use super::{Markup, Page as _, Rich, Shell, page};

/// `sign-in`: address and password.
#[derive(Template)]
#[template(path = "sign_in/sign-in.html", config = ".askama.toml")]
pub struct SignIn {
    /// What all pages share.
    pub shell: Shell,
    /// The page that was asked for; kept in the form's address.
    pub next: Option<String>,
    /// The address as it was typed last.
    pub username: String,
    /// Whether people may make an account of their own.
    pub registers: bool,
}

page!(SignIn, |_| "sign-in", |page| page.shell.say("sign-in-title"));

/// `trust`: whether to skip the code on this device next time.
#[derive(Template)]
#[template(path = "sign_in/trust.html", config = ".askama.toml")]
pub struct Trust {
    /// What all pages share.
    pub shell: Shell,
    /// The name to propose, or the one that was typed.
    pub device_name: String,
    /// How long it is remembered: `90 days`.
    pub lifetime: String,
    /// At the limit: the name of the device that would make room.
    pub replaces: Option<String>,
}

page!(Trust, |_| "trust", |page| page.shell.say("trust-title"));

impl Trust {
    fn lead(&self) -> Markup {
        let values = [("length", Rich::Bold(self.lifetime.as_str()))];
        self.shell.tell("trust-lead", &values)
    }

    fn limit(&self, oldest: &str) -> Markup {
        self.shell.tell("trust-limit", &[("name", Rich::Bold(oldest))])
    }
}

/// Whether the browser skips the code.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Remembered {
    /// It does not.
    No,
    /// Nobody can tell: it has a device's cookie, and nobody is signed in.
    Maybe,
    /// It does.
    Yes,
}

impl Remembered {
    fn words(self, shell: &Shell) -> Option<String> {
        match self {
            Self::No => None,
            Self::Maybe => Some(shell.say("forget-lead-maybe")),
            Self::Yes => Some(shell.say("forget-lead")),
        }
    }
}

/// `sign-out`: the question before it happens.
#[derive(Template)]
#[template(path = "sign_in/sign-out.html", config = ".askama.toml")]
pub struct SignOut {
    /// What all pages share; `signed_in` decides what there is to ask.
    pub shell: Shell,
    /// Whether this device skips the code.
    pub remembered: Remembered,
}

page!(SignOut, |_| "sign-out", |page| {
    page.shell.say(if page.shell.signed_in {
        "sign-out-title"
    } else {
        "sign-out-none-title"
    })
});

/// `signed-out`: it has happened.
#[derive(Template)]
#[template(path = "sign_in/signed-out.html", config = ".askama.toml")]
pub struct SignedOut {
    /// What all pages share.
    pub shell: Shell,
    /// Whether this device still skips the code, and can be forgotten.
    pub remembered: Remembered,
}

page!(SignedOut, |_| "signed-out", |page| page
    .shell
    .say("signed-out-title"));
