//! What all pages share: language, names, help, token, and what has to be said above the heading.

use std::sync::Arc;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use super::{Complaint, Markup, Notice, Rich, foreign};
use crate::base::language::Language;
use crate::language::{Value, Words, native_name};
use crate::web::look::Look;
use crate::web::settings::Links;

/// Unreserved characters and the slash stay readable in a query (RFC 3986 §3.4).
const QUERY_VALUE: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~')
    .remove(b'/');

/// What all pages share.
#[derive(Clone)]
pub struct Shell {
    /// The person's language, and the operator's name for the portal.
    pub words: Words,
    /// The host in the address bar: `portal.example.com`.
    pub site_host: String,
    /// Where the gateway's pages live: `/_auth`.
    pub prefix: String,
    /// The form token; empty on pages that could not get one, which then offer no forms.
    pub token: String,
    /// What the language picker offers; fewer than two hides it.
    pub languages: Vec<LanguageOption>,
    /// Path and query of this page under the prefix, for the language picker to come back to.
    pub here: Option<String>,
    /// Whom to ask.
    pub help: Help,
    /// Pages of the operator's.
    pub links: Links,
    /// Style sheet and logo.
    pub look: Arc<Look>,
    /// Where the portal begins, for links back to it.
    pub portal_link: String,
    /// The request's short reference; error pages show it.
    pub reference: Option<String>,
    /// What just happened, said above the heading.
    pub notice: Option<Notice>,
    /// What is wrong with what was sent.
    pub complaints: Vec<Complaint>,
    /// Recovery codes of a set here: with one, pages speak of "your recovery code".
    pub recovery_codes: usize,
    /// Whether there is a session: the header then leads to the account and to sign-out.
    pub signed_in: bool,
    /// Whether a forgotten password can be set anew here.
    pub offers_reset: bool,
    /// Whether there are Terms of Use to read.
    pub offers_terms: bool,
}

/// Whom to ask, as the operator set it.
#[derive(Clone, Default, PartialEq, Eq, Debug)]
pub struct Help {
    /// A page.
    pub url: Option<String>,
    /// A mailbox.
    pub email: Option<String>,
    /// A telephone number.
    pub phone: Option<String>,
}

impl Help {
    /// Whether there is anybody to ask.
    pub fn is_empty(&self) -> bool {
        self.url.is_none() && self.email.is_none() && self.phone.is_none()
    }

    /// The telephone number as a link takes it: digits and a leading plus (RFC 3966 §3).
    pub fn phone_digits(&self) -> String {
        let phone = self.phone.as_deref().unwrap_or_default();
        phone
            .chars()
            .filter(|letter| letter.is_ascii_digit() || *letter == '+')
            .collect()
    }
}

/// A language on offer.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct LanguageOption {
    /// Its tag.
    pub tag: String,
    /// What its speakers call it.
    pub name: String,
    /// Whether the page speaks it.
    pub current: bool,
}

impl LanguageOption {
    /// Options for `offered`, `current` marked.
    pub fn list(offered: &[Language], current: &Language) -> Vec<Self> {
        offered
            .iter()
            .map(|language| Self {
                tag: language.to_string(),
                name: native_name(language),
                current: language == current,
            })
            .collect()
    }
}

/// Where somebody is in the set-up that everybody goes through.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Step {
    /// This step, from 1.
    pub number: u32,
    /// How many there are.
    pub of: u32,
}

impl Shell {
    /// The message `id`, for a page that [`super::html`] makes.
    pub fn say(&self, id: &str) -> String {
        foreign::say(&self.words, id, &[])
    }

    /// What an operator has written for a place that we say nothing in.
    pub fn own_words(&self, id: &str) -> Option<String> {
        self.words.find(id).map(|_| self.say(id))
    }

    /// The message `id` with values that stand out.
    pub fn tell(&self, id: &str, values: &[(&str, Rich<'_>)]) -> Markup {
        Markup::tell(&self.words, id, values)
    }

    /// The message `id`, which speaks of `count` things.
    pub fn say_count(&self, id: &str, count: usize) -> String {
        foreign::say(&self.words, id, &[("count", Value::from(count))])
    }

    /// The message `id`, which speaks of the recovery codes that people have here.
    pub fn say_codes(&self, id: &str) -> String {
        self.say_count(id, self.recovery_codes)
    }

    /// The address of one of our pages: `url("code/email")`.
    pub fn url(&self, page: &str) -> String {
        format!("{}/{page}", self.prefix)
    }

    /// The same, with the page to go on to.
    pub fn url_with_next(&self, page: &str, next: Option<&str>) -> String {
        match next {
            None => self.url(page),
            Some(next) => {
                let next = utf8_percent_encode(next, QUERY_VALUE);
                format!("{}/{page}?next={next}", self.prefix)
            }
        }
    }

    /// The same, with the page to go on to that this page's own address names: a form or link that
    /// leads on through a step-up, whose flow begins with the first form.
    pub fn url_onward(&self, page: &str) -> String {
        let query = self.here.as_deref().and_then(|here| here.split_once('?'));
        match query {
            None => self.url(page),
            Some((_, query)) => format!("{}?{query}", self.url(page)),
        }
    }

    /// The address of an asset.
    pub fn asset(&self, plain: &'static str) -> String {
        format!("{}/assets/{}", self.prefix, self.look.name_of(plain))
    }

    /// Which site this is: it trains the eye for the address bar.
    pub fn site_line(&self) -> Markup {
        self.tell("you-are-on", &[("host", Rich::Bold(&self.site_host))])
    }

    /// Where the language picker posts to.
    pub fn language_action(&self) -> String {
        self.url_with_next("language", self.here.as_deref())
    }

    /// Whether the language picker is of use, and can be used.
    pub fn offers_languages(&self) -> bool {
        self.languages.len() > 1 && !self.token.is_empty()
    }

    /// `3 of 4` in words.
    pub fn step(&self, step: &Step) -> String {
        let values = [
            ("number", Value::from(step.number)),
            ("total", Value::from(step.of)),
        ];
        self.words.say_with("setup-step", &values)
    }

    /// What is wrong with the field of that id, in words.
    pub fn complaint_about(&self, field: &str) -> Option<String> {
        let complaint = self.complaints.iter().find(|it| it.field() == Some(field))?;
        Some(complaint.say(&self.words))
    }

    /// The attributes that tie a field to its hint and its error.
    pub fn aria(&self, field: &str, hint: &str) -> Markup {
        let wrong = self.complaints.iter().any(|it| it.field() == Some(field));
        Markup::from_safe(match (wrong, hint.is_empty()) {
            (false, true) => String::new(),
            (false, false) => format!(" aria-describedby=\"{hint}\""),
            (true, true) => format!(" aria-invalid=\"true\" aria-describedby=\"{field}-error\""),
            (true, false) => {
                format!(" aria-invalid=\"true\" aria-describedby=\"{hint} {field}-error\"")
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::super::fixtures;

    #[test]
    fn the_page_to_go_on_to_is_one_value_of_the_query() {
        let shell = fixtures::shell("en");
        assert_eq!(shell.url_with_next("sign-in", None), "/_auth/sign-in");
        assert_eq!(
            shell.url_with_next("sign-in", Some("/a b?x=1&y=\"#é")),
            "/_auth/sign-in?next=/a%20b%3Fx%3D1%26y%3D%22%23%C3%A9"
        );
    }
}
