//! Letters with a link on which the person must act.
//!
//! The link leads to the site that the request was made on, as it is configured, and stands in full
//! in text and HTML. Nothing happens by opening it: its page has a button.

use askama::Template;

use super::super::letter::{Link, LinkPurpose};
use super::{RenderError, Rendered, Scene, Shell, with_end};
use crate::base::link::{LinkKind, LinkValue};
use crate::language::Value;

#[derive(Template)]
#[template(path = "mail/link.html", config = ".askama.toml", whitespace = "preserve")]
struct LinkHtml<'a> {
    shell: Shell<'a>,
    words: &'a LinkWords,
    valid: &'a str,
    link: &'a str,
}

#[derive(Template)]
#[template(
    path = "mail/link.txt",
    escape = "none",
    config = ".askama.toml",
    whitespace = "preserve"
)]
struct LinkText<'a> {
    words: &'a LinkWords,
    valid: &'a str,
    link: &'a str,
    footer: &'a str,
}

/// The words that differ between the uses of a link.
struct LinkWords {
    subject: String,
    line: String,
    lead: String,
    who: String,
    not_you: String,
}

impl Scene<'_> {
    /// Where a mailed link leads, in full.
    pub(super) fn link_to(&self, kind: LinkKind, value: &LinkValue) -> String {
        format!("{}/{}/{}", self.pages, kind.page(), value.expose())
    }

    pub(super) fn link(&self, link: &Link) -> Result<Rendered, RenderError> {
        let words = match link.purpose {
            LinkPurpose::ResetPassword => self.reset_words(link),
            LinkPurpose::Invitation => self.invitation_words(link),
            LinkPurpose::ConfirmEmail => self.confirm_email_words(link),
        };
        let target = self.link_to(link.purpose.kind(), &link.value);
        let length = self.words.length(link.until.since(link.asked.at));
        let valid = self
            .words
            .say_with("email-link-valid", &[("length", Value::Text(length))]);
        let text = LinkText {
            words: &words,
            valid: &valid,
            link: &target,
            footer: &self.footer,
        };
        let html = LinkHtml {
            shell: self.shell(&words.subject, &words.line),
            words: &words,
            valid: &valid,
            link: &target,
        };
        Ok(Rendered {
            text: with_end(text.render()?),
            html: with_end(html.render()?),
            one_time_code: None,
            subject: words.subject.clone(),
        })
    }

    fn invitation_words(&self, link: &Link) -> LinkWords {
        let words = self.words;
        let when = [("time", self.time(link.asked.at)), ("zone", self.zone())];
        LinkWords {
            subject: words.say("email-invite-subject"),
            line: words.say("email-invite-line"),
            lead: words.say("email-invite-lead"),
            who: words.say_with("email-invite-who", &when),
            not_you: words.say("email-invite-not-you"),
        }
    }

    fn confirm_email_words(&self, link: &Link) -> LinkWords {
        let words = self.words;
        LinkWords {
            subject: words.say("email-confirm-email-subject"),
            line: words.say("email-confirm-email-line"),
            lead: words.say("email-confirm-email-lead"),
            who: words.say_with("email-confirm-email-who", &self.who(link.asked)),
            not_you: words.say("email-confirm-email-not-you"),
        }
    }

    fn reset_words(&self, link: &Link) -> LinkWords {
        let words = self.words;
        LinkWords {
            subject: words.say("email-reset-subject"),
            line: words.say("email-reset-line"),
            lead: words.say("email-reset-lead"),
            who: words.say_with("email-reset-who", &self.who(link.asked)),
            not_you: words.say("email-reset-not-you"),
        }
    }
}
