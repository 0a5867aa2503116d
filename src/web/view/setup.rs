//! The set-up that a policy asks of everybody: why, app, codes, done.
//!
//! App and codes are the account's own pages in another place: [`super::app::AppSetup`] and
//! [`super::recovery::RecoverySheet`].

use askama::Template;

use super::{Markup, Moment, Page as _, Rich, Shell, Step, page};

/// How much setting up is asked for.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Call {
    /// There is no way round it.
    Needed,
    /// It may be put off.
    Invited,
    /// It may be put off until then.
    NeededFrom(Moment),
}

/// `setup-why`: what is asked for, and why. Posts nothing but the token, or `later=yes`.
#[derive(Template)]
#[template(path = "setup/why.html", config = ".askama.toml")]
pub struct SetupWhy {
    /// What all pages share.
    pub shell: Shell,
    /// Where this is.
    pub step: Step,
    /// Whether it may be put off.
    pub call: Call,
    /// Apps that the operator suggests.
    pub suggested: Vec<String>,
    /// Whether a phone number comes before the app.
    pub phone_first: bool,
    /// Whether recovery codes come after the app.
    pub codes_follow: bool,
    /// Whether it may be put off for codes by email.
    pub email_codes: bool,
}

page!(SetupWhy, |_| "setup-why", |page| page
    .shell
    .say("setup-why-title"));

impl SetupWhy {
    fn may_wait(&self) -> bool {
        self.call != Call::Needed
    }

    fn deadline(&self) -> Option<Markup> {
        match &self.call {
            Call::NeededFrom(day) => Some(
                self.shell
                    .tell("setup-why-from", &[("date", Rich::BoldTime(day))]),
            ),
            Call::Needed | Call::Invited => None,
        }
    }

    fn suggestions(&self) -> Markup {
        let apps = self.suggested.join(", ");
        self.shell
            .tell("app-setup-suggested", &[("apps", Rich::Plain(&apps))])
    }
}

/// `setup-done`: all is set up. Posts nothing but the token.
#[derive(Template)]
#[template(path = "setup/done.html", config = ".askama.toml")]
pub struct SetupDone {
    /// What all pages share.
    pub shell: Shell,
    /// Where this is.
    pub step: Step,
}

page!(SetupDone, |_| "setup-done", |page| page
    .shell
    .say("setup-done-title"));
