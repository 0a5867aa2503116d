//! Recovery codes: how many are left, and the one time they are shown.

use askama::Template;

use super::{Markup, Moment, Page as _, Rich, Shell, Step, page};

/// The set an account has.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct CodesLeft {
    /// Codes not used yet.
    pub left: u32,
    /// Codes there were.
    pub total: u32,
    /// When they were made.
    pub created: Moment,
    /// When some of them were used.
    pub used: Vec<Moment>,
    /// Whether so few are left that it is time for new ones.
    pub few: bool,
}

impl CodesLeft {
    /// `7 of 10 left`.
    pub(super) fn count(&self, shell: &Shell) -> Markup {
        let values = [
            ("left", Rich::Number(i64::from(self.left))),
            ("total", Rich::Number(i64::from(self.total))),
        ];
        shell.tell("recovery-count", &values)
    }
}

/// `account-recovery-codes`: how many are left. Posts `create=yes`.
#[derive(Template)]
#[template(path = "account/recovery-codes.html", config = ".askama.toml")]
pub struct RecoveryCodes {
    /// What all pages share.
    pub shell: Shell,
    /// The set, if there is one.
    pub codes: Option<CodesLeft>,
}

page!(RecoveryCodes, |_| "account-recovery-codes", |page| {
    page.shell.say_codes("recovery-title")
});

/// Where the sheet of codes stands.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum SheetPlace {
    /// `account-recovery-codes-new`, at `account/recovery-codes/new`.
    Account {
        /// Whether older codes stop working once these are confirmed.
        replaces: bool,
    },
    /// `setup-codes`, at `setup/codes`: a step that everybody goes through.
    Wizard(Step),
}

/// `account-recovery-codes-new` and `setup-codes`: the codes, once. Posts `saved=yes`, or
/// `download=yes` for the file.
#[derive(Template)]
#[template(path = "account/recovery-codes-new.html", config = ".askama.toml")]
pub struct RecoverySheet {
    /// What all pages share.
    pub shell: Shell,
    /// Where it stands.
    pub place: SheetPlace,
    /// The codes, as they are typed.
    pub codes: Vec<String>,
    /// The account's address, for the printed page.
    pub account: String,
    /// The day, for the printed page.
    pub today: Moment,
}

page!(
    RecoverySheet,
    |page| match page.place {
        SheetPlace::Account { .. } => "account-recovery-codes-new",
        SheetPlace::Wizard(_) => "setup-codes",
    },
    |page| page.shell.say_count("recovery-new-title", page.codes.len())
);

impl RecoverySheet {
    fn action(&self) -> String {
        match self.place {
            SheetPlace::Account { .. } => self.shell.url("account/recovery-codes/new"),
            SheetPlace::Wizard(_) => self.shell.url("setup/codes"),
        }
    }

    fn step(&self) -> Option<String> {
        match &self.place {
            SheetPlace::Account { .. } => None,
            SheetPlace::Wizard(step) => Some(self.shell.step(step)),
        }
    }

    fn replaces(&self) -> bool {
        self.place == SheetPlace::Account { replaces: true }
    }

    fn lead(&self) -> String {
        self.shell.say_count("recovery-new-lead", self.codes.len())
    }

    fn printed_for(&self) -> Markup {
        let values = [
            ("account", Rich::Plain(&self.account)),
            ("host", Rich::Plain(&self.shell.site_host)),
            ("date", Rich::Time(&self.today)),
        ];
        self.shell.tell("recovery-new-printed", &values)
    }
}
