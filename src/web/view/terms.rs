//! The Terms of Use: to agree to, or to read again.

use askama::Template;

use super::{Markup, Page as _, Rich, Shell, Step, page};

/// Why the terms are shown.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Asks {
    /// Somebody reads them.
    Nothing,
    /// They are a step of a registration.
    Registering(Step),
    /// Somebody who signs in has agreed to none so far.
    First,
    /// Somebody who signs in has agreed to another version.
    Changed,
}

/// `register-terms` and `terms`.
#[derive(Template)]
#[template(path = "register/terms.html", config = ".askama.toml")]
pub struct Terms {
    /// What all pages share.
    pub shell: Shell,
    /// What there is to read; `None` where the operator has taken the terms away meanwhile.
    pub text: Option<Text>,
    /// What is asked.
    pub asks: Asks,
}

/// A text, ready to show.
pub struct Text {
    /// Its version.
    pub version: String,
    /// What is new in it, for whoever agreed to another version.
    pub changes: Option<Markup>,
    /// Its words.
    pub html: Markup,
    /// The language that it is in, which may be another than the page's.
    pub language: String,
}

page!(
    Terms,
    |page| match page.asks {
        Asks::Registering(_) => "register-terms",
        Asks::Nothing | Asks::First | Asks::Changed => "terms",
    },
    |page| page.shell.say("terms-title")
);

impl Terms {
    fn step(&self) -> Option<String> {
        match &self.asks {
            Asks::Registering(step) => Some(self.shell.step(step)),
            Asks::Nothing | Asks::First | Asks::Changed => None,
        }
    }

    fn asked(&self) -> bool {
        self.asks != Asks::Nothing
    }

    fn lead(&self) -> Option<String> {
        match (&self.text, self.asks) {
            (None, _) => Some(self.shell.say("terms-gone")),
            (Some(_), Asks::Changed) => Some(self.shell.say("terms-changed")),
            (Some(_), Asks::First) => Some(self.shell.say("terms-first")),
            (Some(_), Asks::Nothing | Asks::Registering(_)) => None,
        }
    }

    fn version_line(&self, text: &Text) -> Markup {
        let version = [("version", Rich::Plain(text.version.as_str()))];
        self.shell.tell("terms-version", &version)
    }

    fn agree(&self, text: &Text) -> Markup {
        let version = [("version", Rich::Plain(text.version.as_str()))];
        self.shell.tell("terms-agree", &version)
    }
}
