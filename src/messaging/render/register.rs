//! Letters to people who register, and to those with whose address somebody else tried to.

use askama::Template;

use super::super::letter::{Circumstances, ConfirmAddress};
use super::notice::{Closing, News, StepLine};
use super::{RenderError, Rendered, Scene, Shell, spaced, with_end};
use crate::base::link::LinkKind;
use crate::identity::registration::WayIn;
use crate::language::Value;

#[derive(Template)]
#[template(path = "mail/register.html", config = ".askama.toml", whitespace = "preserve")]
struct RegisterHtml<'a> {
    shell: Shell<'a>,
    title: &'a str,
    code: &'a str,
    host: &'a str,
    enter: &'a str,
    or_link: &'a str,
    link: &'a str,
    who: &'a str,
    not_you: &'a str,
}

#[derive(Template)]
#[template(
    path = "mail/register.txt",
    escape = "none",
    config = ".askama.toml",
    whitespace = "preserve"
)]
struct RegisterText<'a> {
    line: &'a str,
    code: &'a str,
    host: &'a str,
    enter: &'a str,
    or_link: &'a str,
    link: &'a str,
    who: &'a str,
    not_you: &'a str,
    footer: &'a str,
}

impl Scene<'_> {
    /// The code and the link that confirm an address.
    pub(super) fn confirm_address(&self, confirm: &ConfirmAddress) -> Result<Rendered, RenderError> {
        let words = self.words;
        let subject = if self.head.code_in_subject {
            let digits = [("code", Value::Text(spaced(&confirm.code)))];
            words.say_with("email-register-subject-digits", &digits)
        } else {
            words.say_with("email-register-subject", &[("time", self.time(confirm.asked.at))])
        };
        let line = words.say_with("email-register-line", &[("code", confirm.code.as_str().into())]);
        let enter = words.say_with(
            "email-code-enter",
            &[
                ("host", Value::from(self.host.as_str())),
                ("minutes", confirm.valid_minutes.into()),
            ],
        );
        let or_link = words.say_with("email-register-link", &[("hours", confirm.link_hours.into())]);
        let link = self.link_to(LinkKind::Registration, &confirm.link);
        let who = words.say_with("email-register-who", &self.who(confirm.asked));
        let not_you = words.say("email-register-not-you");
        let title = words.say("email-register-title");
        let text = RegisterText {
            line: &line,
            code: &confirm.code,
            host: &self.host,
            enter: &enter,
            or_link: &or_link,
            link: &link,
            who: &who,
            not_you: &not_you,
            footer: &self.footer,
        };
        let html = RegisterHtml {
            shell: self.shell(&subject, &line),
            title: &title,
            code: &confirm.code,
            host: &self.host,
            enter: &enter,
            or_link: &or_link,
            link: &link,
            who: &who,
            not_you: &not_you,
        };
        Ok(Rendered {
            text: with_end(text.render()?),
            html: with_end(html.render()?),
            one_time_code: Some(format!("code={}; origin={}", confirm.code, self.host)),
            subject,
        })
    }

    /// There is an account already: how to get into it.
    pub(super) fn account_exists(
        &self,
        asked: Circumstances,
        way_in: WayIn,
    ) -> Result<Rendered, RenderError> {
        let words = self.words;
        let news = News {
            subject: words.say("email-exists-subject"),
            line: words.say("email-exists-line"),
            means: words.say("email-exists-means"),
        };
        let rows = [
            self.when(asked.at),
            words.say_with("email-with", &[("device", self.device(asked.with))]),
        ];
        let linked = |text: &str, page: &str| StepLine {
            text: words.say(text),
            link: Some(format!("{}/{page}", self.pages)),
        };
        let mut paragraphs = vec![words.say("email-exists-not-you"), words.say("email-exists-you")];
        let mut steps = Vec::new();
        match way_in {
            WayIn::SignIn => steps.push(linked("email-exists-sign-in", "sign-in")),
            WayIn::SignInOrReset => {
                steps.push(linked("email-exists-sign-in", "sign-in"));
                steps.push(linked("email-exists-reset", "reset"));
            }
            WayIn::Invitation => paragraphs.push(words.say("email-exists-invited")),
            WayIn::Approval => paragraphs.push(words.say("email-exists-waiting")),
        }
        let closing = Closing { paragraphs, steps };
        self.lay_out(&news, &rows, &closing)
    }
}
