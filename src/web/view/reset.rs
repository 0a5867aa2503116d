//! A forgotten password: the address, the letter that may come, and the new password.

use askama::Template;

use super::{Markup, Page as _, Rich, Shell, page};
use crate::language::Value;

/// `reset`: posts `username`.
#[derive(Template)]
#[template(path = "reset/reset.html", config = ".askama.toml")]
pub struct Reset {
    /// What all pages share.
    pub shell: Shell,
    /// The address as it was typed last.
    pub username: String,
}

page!(Reset, |_| "reset", |page| page.shell.say("reset-title"));

/// `reset-sent`: says the same to everybody.
#[derive(Template)]
#[template(path = "reset/sent.html", config = ".askama.toml")]
pub struct ResetSent {
    /// What all pages share.
    pub shell: Shell,
    /// How long a link works: `30 minutes`.
    pub valid: String,
}

page!(ResetSent, |_| "reset-sent", |page| page
    .shell
    .say("reset-sent-title"));

impl ResetSent {
    fn next(&self) -> Markup {
        let length = [("length", Rich::Plain(&self.valid))];
        self.shell.tell("reset-sent-next", &length)
    }
}

/// What is asked for besides the new password.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ResetAsks {
    /// Nothing.
    Nothing,
    /// The app's code.
    App {
        /// Whether a recovery code will do as well.
        or_recovery: bool,
    },
    /// A recovery code.
    Recovery,
    /// More than the account has: only support can help.
    Help,
}

/// `reset-password`: posts `new_password`, and `code` or `recovery_code` as far as they are asked for.
#[derive(Template)]
#[template(path = "reset/password.html", config = ".askama.toml")]
pub struct ResetPassword {
    /// What all pages share.
    pub shell: Shell,
    /// The account's address, to read and for password managers.
    pub username: String,
    /// Characters a password needs.
    pub least: usize,
    /// What is asked for besides.
    pub asks: ResetAsks,
}

page!(ResetPassword, |_| "reset-password", |page| page
    .shell
    .say("reset-password-title"));

impl ResetPassword {
    fn hint(&self) -> String {
        self.shell
            .words
            .say_with("password-hint", &[("least", Value::from(self.least))])
    }
}
