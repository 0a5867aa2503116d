//! `resume`: a form that was kept while its session was over.

use askama::Template;

use super::{Page as _, Shell, page};
use crate::language::Value;

/// What waits.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Waiting {
    /// A form of this person's.
    Form {
        /// Where it goes, without its query.
        path: String,
        /// The address that sends it.
        action: String,
    },
    /// There was one of somebody else's.
    Foreign,
    /// Nothing: it was sent, or it was too long ago.
    Nothing,
}

/// The page.
#[derive(Template)]
#[template(path = "sign_in/resume.html", config = ".askama.toml")]
pub struct Resume {
    /// What all pages share.
    pub shell: Shell,
    /// What waits.
    pub waiting: Waiting,
}

page!(Resume, |_| "resume", |page| page.title());

impl Resume {
    fn title(&self) -> String {
        match &self.waiting {
            Waiting::Form { path, .. } => {
                let words = &self.shell.words;
                // A path begins with a slash, which would end up on its other side.
                let path = match words.dir() {
                    "rtl" => format!("\u{2066}{path}\u{2069}"),
                    _ => path.clone(),
                };
                words.say_with("resume-title", &[("path", Value::Text(path))])
            }
            Waiting::Foreign => self.shell.say("resume-foreign-title"),
            Waiting::Nothing => self.shell.say("resume-nothing-title"),
        }
    }
}
