//! Authenticator apps: the list, setting one up, removing one.

use askama::Template;

use super::{Markup, Moment, Page as _, QrPicture, Rich, Shell, Step, page};
use crate::language::Value;

/// An app as the list shows it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct AppRow {
    /// What the buttons send.
    pub row: String,
    /// The name its owner gave it.
    pub name: String,
    /// When it was set up.
    pub added: Moment,
    /// When it was used last.
    pub last_used: Option<Moment>,
    /// The name that was typed and refused; opens the form for it.
    pub retyped: Option<String>,
}

impl AppRow {
    fn field_id(&self, index: &usize) -> String {
        match self.retyped {
            Some(_) => "app-name".to_owned(),
            None => format!("app-name-{index}"),
        }
    }

    fn typed_name(&self) -> &str {
        self.retyped.as_deref().unwrap_or(&self.name)
    }
}

/// `account-app`: which apps there are. Posts `begin=app`, `replace=ROW`, `remove=ROW`, or `rename=ROW`
/// with `app_name`.
#[derive(Template)]
#[template(path = "account/app.html", config = ".askama.toml")]
pub struct AccountApp {
    /// What all pages share.
    pub shell: Shell,
    /// The apps.
    pub apps: Vec<AppRow>,
    /// Whether one more may be added.
    pub room: bool,
    /// Without an app: whether codes come by email then.
    pub email_codes: bool,
    /// Until when the password alone is enough, by support's word.
    pub suspended: Option<Moment>,
}

page!(AccountApp, |_| "account-app", |page| page.shell.say("app-title"));

impl AccountApp {
    fn suspension(&self, until: &Moment) -> Markup {
        self.shell
            .tell("account-suspended", &[("until", Rich::BoldTime(until))])
    }

    fn rename_label(&self, app: &AppRow) -> String {
        let values = [("name", Value::from(app.name.as_str()))];
        self.shell.words.say_with("devices-rename-named", &values)
    }

    fn replace_label(&self, app: &AppRow) -> String {
        let values = [("name", Value::from(app.name.as_str()))];
        self.shell.words.say_with("replace-named", &values)
    }

    fn remove_label(&self, app: &AppRow) -> String {
        let values = [("name", Value::from(app.name.as_str()))];
        self.shell.words.say_with("remove-named", &values)
    }
}

/// Where the set-up page stands.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum SetupPlace {
    /// `account-app-setup`, at `account/app/setup`.
    Account,
    /// `setup-app`, at `setup/app`: a step that everybody goes through.
    Wizard(Step),
}

/// `account-app-setup` and `setup-app`: scan, type, name. Posts `code` and `app_name`.
#[derive(Template)]
#[template(path = "account/app-setup.html", config = ".askama.toml")]
pub struct AppSetup {
    /// What all pages share.
    pub shell: Shell,
    /// Where it stands.
    pub place: SetupPlace,
    /// The name of the app that the new one replaces.
    pub replaces: Option<String>,
    /// The QR code of `link`.
    pub qr: QrPicture,
    /// The `otpauth:` link.
    pub link: String,
    /// The key in groups of four.
    pub key: String,
    /// The account in the app's list.
    pub account: String,
    /// The issuer in the app's list.
    pub issuer: String,
    /// The name to propose, or the one that was typed.
    pub app_name: String,
    /// Apps that the operator suggests.
    pub suggested: Vec<String>,
    /// Whether it is to be said why there are no text messages.
    pub no_text_messages: bool,
}

page!(
    AppSetup,
    |page| match page.place {
        SetupPlace::Account => "account-app-setup",
        SetupPlace::Wizard(_) => "setup-app",
    },
    |page| page.shell.say("app-setup-title")
);

impl AppSetup {
    fn action(&self) -> String {
        match self.place {
            SetupPlace::Account => self.shell.url("account/app/setup"),
            SetupPlace::Wizard(_) => self.shell.url("setup/app"),
        }
    }

    fn step(&self) -> Option<String> {
        match &self.place {
            SetupPlace::Account => None,
            SetupPlace::Wizard(step) => Some(self.shell.step(step)),
        }
    }

    fn replacing(&self, name: &str) -> Markup {
        self.shell
            .tell("app-setup-replacing", &[("name", Rich::Bold(name))])
    }

    fn suggestions(&self) -> Markup {
        let apps = self.suggested.join(", ");
        self.shell
            .tell("app-setup-suggested", &[("apps", Rich::Plain(&apps))])
    }
}

/// What becomes of the second factor once the app is gone.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum AfterRemoval {
    /// Codes come by email.
    EmailCodes,
    /// Codes come by text message.
    TextMessages,
    /// Another app goes on working.
    AnotherApp,
    /// The password alone is enough.
    PasswordOnly,
    /// The next sign-in asks for a new set-up.
    SetUpAnew,
    /// It must not be removed: every account here needs an app.
    Blocked,
}

/// `account-app-remove`: what it means. Posts nothing but the token.
#[derive(Template)]
#[template(path = "account/app-remove.html", config = ".askama.toml")]
pub struct AppRemove {
    /// What all pages share.
    pub shell: Shell,
    /// The app's name.
    pub name: String,
    /// What becomes of the second factor.
    pub after: AfterRemoval,
}

page!(AppRemove, |_| "account-app-remove", |page| page
    .shell
    .say("app-remove-title"));

impl AppRemove {
    fn lead(&self) -> Markup {
        self.shell
            .tell("app-remove-lead", &[("name", Rich::Bold(&self.name))])
    }

    fn effect(&self) -> String {
        self.shell.say(match self.after {
            AfterRemoval::EmailCodes => "app-remove-email-codes",
            AfterRemoval::TextMessages => "app-remove-text-messages",
            AfterRemoval::AnotherApp => "app-remove-another-app",
            AfterRemoval::PasswordOnly => "app-remove-password-only",
            AfterRemoval::SetUpAnew => "app-remove-set-up-anew",
            AfterRemoval::Blocked => "app-remove-blocked",
        })
    }

    fn allowed(&self) -> bool {
        self.after != AfterRemoval::Blocked
    }
}
