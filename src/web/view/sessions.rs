//! Where somebody is signed in, and what has happened lately.

use askama::Template;

use super::{Markup, Moment, Page as _, Rich, Shell, page};
use crate::language::Value;

/// A session as the list shows it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SessionRow {
    /// What the button sends.
    pub row: String,
    /// Browser and system: `Firefox on Windows`.
    pub name: String,
    /// Whether it is the one the page is read in.
    pub this_session: bool,
    /// The host it belongs to, where that is another one.
    pub site: Option<String>,
    /// When it began.
    pub started: Moment,
    /// When it was used last.
    pub last_used: Moment,
}

/// `account-sessions`. Posts `end=ROW`, `end_others=yes` or `everywhere=yes`.
#[derive(Template)]
#[template(path = "account/sessions.html", config = ".askama.toml")]
pub struct AccountSessions {
    /// What all pages share.
    pub shell: Shell,
    /// The sessions, this one first.
    pub sessions: Vec<SessionRow>,
    /// Whether there are devices that skip the code: signing out everywhere forgets them.
    pub remembers: bool,
}

page!(AccountSessions, |_| "account-sessions", |page| page
    .shell
    .say("sessions-title"));

impl AccountSessions {
    fn end_label(&self, session: &SessionRow) -> String {
        let values = [("name", Value::from(session.name.as_str()))];
        self.shell.words.say_with("sessions-end-named", &values)
    }
}

/// A line of recent activity: what happened, when, and how often in a row.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ActivityRow {
    /// When, of several the last.
    pub at: Moment,
    /// The message that says it.
    pub message: &'static str,
    /// How often in a row.
    pub times: u32,
}

/// `account-activity`: to read.
#[derive(Template)]
#[template(path = "account/activity.html", config = ".askama.toml")]
pub struct AccountActivity {
    /// What all pages share.
    pub shell: Shell,
    /// What happened, newest first.
    pub rows: Vec<ActivityRow>,
}

page!(AccountActivity, |_| "account-activity", |page| page
    .shell
    .say("activity-title"));

impl AccountActivity {
    fn line(&self, row: &ActivityRow) -> String {
        let values = [("count", Value::from(row.times))];
        self.shell.words.say_with(row.message, &values)
    }

    fn not_you(&self) -> Markup {
        let (password, sessions) = (
            self.shell.url("account/password"),
            self.shell.url("account/sessions"),
        );
        let values = [
            ("password-from", Rich::LinkFrom(&password)),
            ("password-to", Rich::LinkTo),
            ("sessions-from", Rich::LinkFrom(&sessions)),
            ("sessions-to", Rich::LinkTo),
        ];
        self.shell.tell("activity-not-you", &values)
    }
}
