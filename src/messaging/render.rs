//! A letter in words: subject, text and HTML, both bodies complete.
//!
//! The words come from `pages/locales/*/email.ftl`, the layout from `pages/mail/`. The first line of
//! a code mail names the code and its purpose, the last line binds it to the site's host, where
//! browsers look for it (origin-bound one-time codes, WICG). Codes stand in the HTML as one text
//! node, so that they can be copied and recognised.
//!
//! Names that people choose are shown as text that no mail program turns into a link; see [`inert`].

mod approval;
mod link;
mod notice;
mod register;

use askama::Template;
use url::Url;

use super::letter::{Circumstances, Code, CodePurpose, Letter};
use super::settings::{Accents, Help, Settings};
use super::{Addressed, Mail};
use crate::base::client::UserAgent;
use crate::base::time::Timestamp;
use crate::language::{Value, Words, Zone};

pub use notice::inert;

/// What every letter of this installation shares.
#[derive(Clone, Debug)]
pub struct Letterhead {
    /// For times in letters.
    pub zone: Zone,
    /// The operator's own colour. `None`: ours.
    pub accents: Option<Accents>,
    /// Where people find help.
    pub help: Help,
    /// Where the gateway's own pages live: `/_auth`.
    pub prefix: String,
    /// Whether the subject shows the code (easier to read off a lock screen, for everybody).
    pub code_in_subject: bool,
    /// Whether letters point to where a forgotten password is set anew.
    pub password_reset: bool,
}

impl Letterhead {
    /// Of this installation, whose pages live under `prefix`.
    pub fn new(settings: &Settings, prefix: &str) -> Self {
        // A zone without a name comes from no configuration.
        let name = settings.time_zone.iana_name().unwrap_or("UTC");
        Self {
            zone: Zone::named(name).unwrap_or_else(|_| Zone::utc()),
            accents: settings.brand.accents.clone(),
            help: settings.brand.help.clone(),
            prefix: prefix.to_owned(),
            code_in_subject: settings.code_in_subject,
            password_reset: settings.password_reset,
        }
    }

    /// All ways to help, in one line.
    fn help(&self) -> Option<String> {
        let ways: Vec<&str> = [&self.help.email, &self.help.phone, &self.help.url]
            .into_iter()
            .filter_map(Option::as_deref)
            .collect();
        (!ways.is_empty()).then(|| ways.join(", "))
    }
}

/// A letter in words.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Rendered {
    /// One line.
    pub subject: String,
    /// The whole letter as plain text, lines ending in `\n`.
    pub text: String,
    /// The whole letter as HTML.
    pub html: String,
    /// The value of the `One-Time-Code` header, for letters that carry a code.
    pub one_time_code: Option<String>,
}

/// Why a letter cannot be put into words.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum RenderError {
    /// The site is not an http(s) URL with a host.
    #[error("`{0}` is not the address of a site")]
    Site(String),
    /// A template failed.
    #[error("a mail template failed: {0}")]
    Template(String),
}

impl From<askama::Error> for RenderError {
    fn from(error: askama::Error) -> Self {
        Self::Template(error.to_string())
    }
}

/// Puts `mail` into `words`, which speak the recipient's language and know the brand.
///
/// # Errors
///
/// [`RenderError::Site`] if the letter's site is not one.
pub fn render(mail: &Mail, words: &Words, head: &Letterhead) -> Result<Rendered, RenderError> {
    let scene = Scene::new(mail, words, head)?;
    match &mail.letter {
        Letter::Code(code) => scene.code(code),
        Letter::Notice(notice) => scene.notice(notice),
        Letter::Confirm(confirm) => scene.confirm_address(confirm),
        Letter::AccountExists { asked, way_in } => scene.account_exists(*asked, *way_in),
        Letter::Link(link) => scene.link(link),
        Letter::Approval(approval) => scene.approval(approval),
        Letter::Test { at } => scene.test(*at),
    }
}

/// Everything around one letter.
struct Scene<'a> {
    words: &'a Words,
    head: &'a Letterhead,
    host: String,
    /// Origin and prefix: where the gateway's own pages begin.
    pages: String,
    password_link: String,
    footer: String,
}

/// What all HTML letters share.
struct Shell<'a> {
    lang: &'a str,
    dir: &'static str,
    brand: &'a str,
    accents: Option<&'a Accents>,
    subject: &'a str,
    preheader: &'a str,
    footer: &'a str,
}

#[derive(Template)]
#[template(path = "mail/code.html", config = ".askama.toml", whitespace = "preserve")]
struct CodeHtml<'a> {
    shell: Shell<'a>,
    title: &'a str,
    code: &'a str,
    host: &'a str,
    enter: &'a str,
    who: &'a str,
    you: &'a str,
    not_you: &'a str,
    password_link: &'a str,
}

#[derive(Template)]
#[template(
    path = "mail/code.txt",
    escape = "none",
    config = ".askama.toml",
    whitespace = "preserve"
)]
struct CodeText<'a> {
    line: &'a str,
    code: &'a str,
    host: &'a str,
    enter: &'a str,
    who: &'a str,
    you: &'a str,
    not_you: &'a str,
    password_link: &'a str,
    footer: &'a str,
}

/// The words that differ between the uses of a code.
struct CodeWords {
    subject: String,
    title: String,
    line: String,
    who: String,
}

impl<'a> Scene<'a> {
    fn new(mail: &Mail, words: &'a Words, head: &'a Letterhead) -> Result<Self, RenderError> {
        let broken = || RenderError::Site(mail.site.clone());
        let site = Url::parse(&mail.site).map_err(|_| broken())?;
        if !matches!(site.scheme(), "https" | "http") {
            return Err(broken());
        }
        let host = site.host_str().ok_or_else(broken)?.to_owned();
        let pages = format!("{}{}", site.origin().ascii_serialization(), head.prefix);
        let footer = match head.help() {
            Some(help) => words.say_with("email-footer-help", &[("help", help.into())]),
            None => words.say("email-footer"),
        };
        Ok(Self {
            words,
            head,
            host,
            password_link: format!("{pages}/account/password"),
            pages,
            footer,
        })
    }

    fn shell<'s>(&'s self, subject: &'s str, preheader: &'s str) -> Shell<'s> {
        Shell {
            lang: self.words.language().as_str(),
            dir: self.words.dir(),
            brand: self.words.brand(),
            accents: self.head.accents.as_ref(),
            subject,
            preheader,
            footer: &self.footer,
        }
    }

    fn time(&self, at: Timestamp) -> Value {
        Value::Text(self.words.time_of_day(at, &self.head.zone))
    }

    fn date_time(&self, at: Timestamp) -> Value {
        Value::Text(self.words.date_time(at, &self.head.zone))
    }

    fn date(&self, at: Timestamp) -> Value {
        Value::Text(self.words.date(at, &self.head.zone))
    }

    fn zone(&self) -> Value {
        Value::from(self.head.zone.name())
    }

    /// Browser and system, as they stand in the middle of a sentence.
    fn device(&self, with: Option<UserAgent>) -> Value {
        let browser = with.and_then(|agent| agent.browser.name());
        let system = with.and_then(|agent| agent.system.name());
        let words = self.words;
        Value::Text(match (browser, system) {
            (Some(browser), Some(system)) => words.say_with(
                "email-device-both",
                &[("browser", browser.into()), ("system", system.into())],
            ),
            (Some(browser), None) => words.say_with("email-device-browser", &[("browser", browser.into())]),
            (None, Some(system)) => words.say_with("email-device-system", &[("system", system.into())]),
            (None, None) => words.say("email-device-unknown"),
        })
    }

    fn code(&self, code: &Code) -> Result<Rendered, RenderError> {
        let CodeWords {
            subject,
            title,
            line,
            who,
        } = match code.purpose {
            CodePurpose::SignIn => self.sign_in_code(code),
            CodePurpose::Confirm => self.confirm_code(code),
        };
        let words = self.words;
        let enter = words.say_with(
            "email-code-enter",
            &[
                ("host", Value::from(self.host.as_str())),
                ("minutes", code.valid_minutes.into()),
            ],
        );
        let you = words.say("email-code-you");
        let not_you = words.say("email-code-not-you");
        let text = CodeText {
            line: &line,
            code: &code.code,
            host: &self.host,
            enter: &enter,
            who: &who,
            you: &you,
            not_you: &not_you,
            password_link: &self.password_link,
            footer: &self.footer,
        };
        let html = CodeHtml {
            shell: self.shell(&subject, &line),
            title: &title,
            code: &code.code,
            host: &self.host,
            enter: &enter,
            who: &who,
            you: &you,
            not_you: &not_you,
            password_link: &self.password_link,
        };
        Ok(Rendered {
            text: with_end(text.render()?),
            html: with_end(html.render()?),
            one_time_code: Some(format!("code={}; origin={}", code.code, self.host)),
            subject,
        })
    }

    fn sign_in_code(&self, code: &Code) -> CodeWords {
        let words = self.words;
        let digits = || [("code", Value::Text(spaced(&code.code)))];
        let time = || [("time", self.time(code.asked.at))];
        CodeWords {
            subject: if self.head.code_in_subject {
                words.say_with("email-code-sign-in-subject-digits", &digits())
            } else {
                words.say_with("email-code-sign-in-subject", &time())
            },
            title: words.say("email-code-sign-in-title"),
            line: words.say_with("email-code-sign-in-line", &[("code", code.code.as_str().into())]),
            who: words.say_with("email-code-sign-in-who", &self.who(code.asked)),
        }
    }

    fn confirm_code(&self, code: &Code) -> CodeWords {
        let words = self.words;
        let digits = || [("code", Value::Text(spaced(&code.code)))];
        let time = || [("time", self.time(code.asked.at))];
        CodeWords {
            subject: if self.head.code_in_subject {
                words.say_with("email-code-confirm-subject-digits", &digits())
            } else {
                words.say_with("email-code-confirm-subject", &time())
            },
            title: words.say("email-code-confirm-title"),
            line: words.say_with("email-code-confirm-line", &[("code", code.code.as_str().into())]),
            who: words.say_with("email-code-confirm-who", &self.who(code.asked)),
        }
    }

    fn who(&self, asked: Circumstances) -> [(&'static str, Value); 3] {
        [
            ("time", self.time(asked.at)),
            ("zone", self.zone()),
            ("device", self.device(asked.with)),
        ]
    }
}

/// A last line that ends, which templates leave open.
fn with_end(mut body: String) -> String {
    body.push('\n');
    body
}

/// `482915` → `482 915`: for reading aloud, where nothing copies it.
fn spaced(code: &str) -> String {
    let digits: Vec<char> = code.chars().collect();
    let groups: Vec<String> = digits.chunks(3).map(|group| group.iter().collect()).collect();
    groups.join(" ")
}

/// The name in a `To` header: only what cannot be read as an address, a link or markup.
/// Anything else is left out, and the address stands alone.
pub(super) fn header_name(to: &Addressed) -> Option<String> {
    let name = to.name.as_deref()?.trim();
    let plain = name
        .chars()
        .all(|it| it.is_alphabetic() || matches!(it, ' ' | '-' | '\'' | '’' | '.'));
    let dotted = name
        .split('.')
        .skip(1)
        .any(|after| after.starts_with(char::is_alphabetic));
    (plain && !dotted && !name.is_empty() && name.chars().count() <= 80).then(|| name.to_owned())
}

#[cfg(test)]
mod tests;
