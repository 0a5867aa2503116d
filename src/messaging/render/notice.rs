//! Notices: what happened, when, where, and what to do if it was somebody else.

use askama::Template;

use super::super::letter::{Notice, NoticeKind};
use super::{RenderError, Rendered, Scene, Shell, with_end};
use crate::base::link::LinkKind;
use crate::base::time::Timestamp;
use crate::identity::assurance::NextAsked;
use crate::language::Value;

#[derive(Template)]
#[template(path = "mail/notice.html", config = ".askama.toml", whitespace = "preserve")]
struct NoticeHtml<'a> {
    shell: Shell<'a>,
    line: &'a str,
    rows: &'a [String],
    means: &'a str,
    closing: &'a Closing,
}

#[derive(Template)]
#[template(
    path = "mail/notice.txt",
    escape = "none",
    config = ".askama.toml",
    whitespace = "preserve"
)]
struct NoticeText<'a> {
    line: &'a str,
    rows: &'a [String],
    means: &'a str,
    closing: &'a Closing,
    footer: &'a str,
}

/// Subject, first line, and what it means.
pub(super) struct News {
    pub(super) subject: String,
    pub(super) line: String,
    pub(super) means: String,
}

/// "Was this you?", and what to do if not.
#[derive(Default)]
pub(super) struct Closing {
    pub(super) paragraphs: Vec<String>,
    pub(super) steps: Vec<StepLine>,
}

pub(super) struct StepLine {
    pub(super) text: String,
    pub(super) link: Option<String>,
}

impl Scene<'_> {
    pub(super) fn notice(&self, notice: &Notice) -> Result<Rendered, RenderError> {
        let news = self.news(notice);
        let rows = self.rows(notice);
        self.lay_out(&news, &rows, &self.closing(&notice.kind))
    }

    pub(super) fn test(&self, at: Timestamp) -> Result<Rendered, RenderError> {
        let news = News {
            subject: self
                .words
                .say_with("email-test-subject", &[("time", self.time(at))]),
            line: self.words.say("email-test-line"),
            means: self.words.say("email-test-means"),
        };
        self.lay_out(&news, &[self.when(at)], &Closing::default())
    }

    pub(super) fn lay_out(
        &self,
        news: &News,
        rows: &[String],
        closing: &Closing,
    ) -> Result<Rendered, RenderError> {
        let text = NoticeText {
            line: &news.line,
            rows,
            means: &news.means,
            closing,
            footer: &self.footer,
        };
        let html = NoticeHtml {
            shell: self.shell(&news.subject, &news.line),
            line: &news.line,
            rows,
            means: &news.means,
            closing,
        };
        Ok(Rendered {
            subject: news.subject.clone(),
            text: with_end(text.render()?),
            html: with_end(html.render()?),
            one_time_code: None,
        })
    }

    pub(super) fn when(&self, at: Timestamp) -> String {
        self.words.say_with(
            "email-when",
            &[("when", self.date_time(at)), ("zone", self.zone())],
        )
    }

    fn rows(&self, notice: &Notice) -> Vec<String> {
        let words = self.words;
        let mut rows = vec![self.when(notice.circumstances.at)];
        if notice.kind.by_support() {
            rows.push(words.say("email-by-support"));
        } else if notice.circumstances.with.is_some() {
            let device = self.device(notice.circumstances.with);
            rows.push(words.say_with("email-with", &[("device", device)]));
        }
        match &notice.kind {
            NoticeKind::DeviceRemembered { name, .. }
            | NoticeKind::DeviceUsedElsewhere { name }
            | NoticeKind::DeviceRemovedBySupport { name } => {
                rows.push(words.say_with("email-device-name", &[("name", inert(name).into())]));
            }
            NoticeKind::EmailChangeAsked { to } | NoticeKind::EmailChangedAway { to, .. } => {
                rows.push(words.say_with("email-new-address", &[("address", inert(to).into())]));
            }
            NoticeKind::AppAdded { name }
            | NoticeKind::AppReplaced { name, .. }
            | NoticeKind::AppRemoved { name } => {
                rows.push(words.say_with("email-app-name", &[("name", inert(name).into())]));
            }
            NoticeKind::PhoneAdded { number }
            | NoticeKind::PhoneReplaced { number, .. }
            | NoticeKind::PhoneRemoved { number } => {
                rows.push(words.say_with("email-phone-number", &[("number", number.as_str().into())]));
            }
            _ => {}
        }
        rows.extend(self.before(&notice.kind));
        rows
    }

    /// What the new one took the place of.
    fn before(&self, kind: &NoticeKind) -> Option<String> {
        let (message, before) = match kind {
            NoticeKind::AppReplaced { before, .. } => ("email-app-before", inert(before)),
            NoticeKind::PhoneReplaced { before, .. } => ("email-phone-before", before.clone()),
            _ => return None,
        };
        Some(self.words.say_with(message, &[("before", before.into())]))
    }

    fn closing(&self, kind: &NoticeKind) -> Closing {
        let words = self.words;
        let help = self.head.help().map(Value::Text);
        let with_help = |told: &str, silent: &str| match &help {
            Some(help) => words.say_with(told, &[("help", help.clone())]),
            None => words.say(silent),
        };
        let paragraphs = match kind {
            kind if kind.by_support() => vec![with_help("email-not-asked-help", "email-not-asked")],
            // The stranger who changed the password is the only one who knows it.
            NoticeKind::PasswordChanged | NoticeKind::PasswordReset | NoticeKind::EmailRevoked
                if self.head.password_reset =>
            {
                let page = format!("{}/reset", self.pages);
                return self.closing_with_steps(words.say("email-not-you-reset"), page, help);
            }
            NoticeKind::EmailChangedAway { revoke, until, .. } => {
                let end = [("until", self.date_time(*until)), ("zone", self.zone())];
                let undo = words.say_with("email-not-you-revoke", &end);
                return self.closing_with_steps(undo, self.link_to(LinkKind::Revoke, revoke), help);
            }
            NoticeKind::PasswordChanged
            | NoticeKind::PasswordReset
            | NoticeKind::EmailRevoked
            | NoticeKind::EmailChanged
            | NoticeKind::EmailRevokedHere => vec![
                words.say("email-was-you"),
                with_help("email-not-you-tell", "email-not-you-tell-support"),
            ],
            NoticeKind::AddressWanted => {
                vec![words.say("email-was-you"), words.say("email-locked-not-you")]
            }
            NoticeKind::Locked { .. } => {
                vec![words.say("email-locked-you"), words.say("email-locked-not-you")]
            }
            _ => {
                let change = words.say("email-not-you-password");
                let page = format!("{}/account/password", self.pages);
                return self.closing_with_steps(change, page, help);
            }
        };
        Closing {
            paragraphs,
            steps: Vec::new(),
        }
    }

    /// What to do if it was somebody else: first this, on that page, then tell.
    fn closing_with_steps(&self, first: String, page: String, help: Option<Value>) -> Closing {
        let words = self.words;
        let mut steps = vec![StepLine {
            text: first,
            link: Some(page),
        }];
        if let Some(help) = help {
            steps.push(StepLine {
                text: words.say_with("email-not-you-help", &[("help", help)]),
                link: None,
            });
        }
        Closing {
            paragraphs: vec![words.say("email-was-you"), words.say("email-not-you")],
            steps,
        }
    }

    fn news(&self, notice: &Notice) -> News {
        let words = self.words;
        let kind = &notice.kind;
        let news = |subject: &str, line: &str, means: &str| News {
            subject: words.say(subject),
            line: words.say(line),
            means: words.say(means),
        };
        match kind {
            NoticeKind::NewSignIn => news(
                "email-new-sign-in-subject",
                "email-new-sign-in-line",
                "email-new-sign-in-means",
            ),
            NoticeKind::DeviceRemembered { until, .. } => News {
                subject: words.say("email-device-remembered-subject"),
                line: words.say("email-device-remembered-line"),
                means: words.say_with("email-device-remembered-means", &[("until", self.date(*until))]),
            },
            NoticeKind::DeviceUsedElsewhere { .. } => news(
                "email-device-elsewhere-subject",
                "email-device-elsewhere-line",
                "email-device-elsewhere-means",
            ),
            NoticeKind::DevicesRemoved => news(
                "email-devices-removed-subject",
                "email-devices-removed-line",
                "email-devices-removed-means",
            ),
            NoticeKind::PasswordChanged => news(
                "email-password-changed-subject",
                "email-password-changed-line",
                "email-password-changed-means",
            ),
            NoticeKind::PasswordReset => news(
                "email-password-reset-subject",
                "email-password-reset-line",
                "email-password-reset-means",
            ),
            NoticeKind::AppAdded { .. } => news(
                "email-app-added-subject",
                "email-app-added-line",
                "email-app-added-means",
            ),
            NoticeKind::AppReplaced { .. } => news(
                "email-app-replaced-subject",
                "email-app-replaced-line",
                "email-app-replaced-means",
            ),
            NoticeKind::AppRemoved { .. } => news(
                "email-app-removed-subject",
                "email-app-removed-line",
                asked_next(notice),
            ),
            NoticeKind::PhoneAdded { .. } => news(
                "email-phone-added-subject",
                "email-phone-added-line",
                "email-phone-added-means",
            ),
            NoticeKind::PhoneReplaced { .. } => news(
                "email-phone-replaced-subject",
                "email-phone-replaced-line",
                "email-phone-replaced-means",
            ),
            NoticeKind::PhoneRemoved { .. } => news(
                "email-phone-removed-subject",
                "email-phone-removed-line",
                "email-phone-removed-means",
            ),
            NoticeKind::RecoveryCodesCreated { count } => News {
                subject: words.say("email-recovery-created-subject"),
                line: words.say_with("email-recovery-created-line", &[("count", (*count).into())]),
                means: words.say("email-recovery-created-means"),
            },
            NoticeKind::RecoveryCodeUsed { left, replaced } => News {
                subject: words.say("email-recovery-used-subject"),
                line: words.say("email-recovery-used-line"),
                means: if *replaced {
                    words.say("email-recovery-used-replaced")
                } else {
                    words.say_with("email-recovery-used-means", &[("left", (*left).into())])
                },
            },
            NoticeKind::SecondFactorFailed { attempts } => News {
                subject: words.say("email-factor-failed-subject"),
                line: words.say_with("email-factor-failed-line", &[("count", (*attempts).into())]),
                means: words.say("email-factor-failed-means"),
            },
            NoticeKind::Locked { until } => News {
                subject: words.say("email-locked-subject"),
                line: words.say("email-locked-line"),
                means: words.say_with(
                    "email-locked-means",
                    &[("until", self.time(*until)), ("zone", self.zone())],
                ),
            },
            NoticeKind::SignedOutEverywhere => news(
                "email-signed-out-subject",
                "email-signed-out-line",
                "email-signed-out-means",
            ),
            NoticeKind::SessionEndedByMisses { attempts } => News {
                subject: words.say("email-misses-subject"),
                line: words.say_with("email-misses-line", &[("count", (*attempts).into())]),
                means: words.say("email-misses-means"),
            },
            NoticeKind::EmailChangeAsked { .. }
            | NoticeKind::EmailChangedAway { .. }
            | NoticeKind::EmailChanged
            | NoticeKind::EmailRevoked
            | NoticeKind::EmailRevokedHere
            | NoticeKind::AddressWanted => self.news_of_address(kind),
            NoticeKind::PasswordSetBySupport
            | NoticeKind::DeletedBySupport
            | NoticeKind::FactorsResetBySupport
            | NoticeKind::FactorsSuspendedBySupport { .. }
            | NoticeKind::DetailsChangedBySupport
            | NoticeKind::SessionEndedBySupport
            | NoticeKind::SignedOutBySupport
            | NoticeKind::DeviceRemovedBySupport { .. }
            | NoticeKind::LockedBySupport
            | NoticeKind::UnlockedBySupport => self.news_of_support(notice),
        }
    }

    fn news_of_address(&self, kind: &NoticeKind) -> News {
        let words = self.words;
        let (subject, line, means) = match kind {
            NoticeKind::EmailChangeAsked { .. } => (
                "email-address-asked-subject",
                "email-address-asked-line",
                "email-address-asked-means",
            ),
            NoticeKind::EmailChangedAway { .. } => (
                "email-address-changed-subject",
                "email-address-changed-line",
                "email-address-away-means",
            ),
            NoticeKind::EmailChanged => (
                "email-address-changed-subject",
                "email-address-changed-line",
                "email-address-here-means",
            ),
            NoticeKind::EmailRevoked => (
                "email-address-revoked-subject",
                "email-address-revoked-line",
                "email-address-revoked-means",
            ),
            NoticeKind::EmailRevokedHere => (
                "email-address-revoked-subject",
                "email-address-revoked-line",
                "email-address-lost-means",
            ),
            _ => (
                "email-address-wanted-subject",
                "email-address-wanted-line",
                "email-address-wanted-means",
            ),
        };
        News {
            subject: words.say(subject),
            line: words.say(line),
            means: words.say(means),
        }
    }

    fn news_of_support(&self, notice: &Notice) -> News {
        let words = self.words;
        let (subject, line, means) = match &notice.kind {
            NoticeKind::FactorsSuspendedBySupport { until } => {
                let end = [("until", self.date_time(*until)), ("zone", self.zone())];
                return News {
                    subject: words.say("email-factors-suspended-subject"),
                    line: words.say("email-factors-suspended-line"),
                    means: words.say_with("email-factors-suspended-means", &end),
                };
            }
            NoticeKind::FactorsResetBySupport => (
                "email-factors-reset-subject",
                "email-factors-reset-line",
                asked_next(notice),
            ),
            NoticeKind::DetailsChangedBySupport => (
                "email-support-edited-subject",
                "email-support-edited-line",
                "email-support-edited-means",
            ),
            NoticeKind::SessionEndedBySupport => (
                "email-support-session-subject",
                "email-support-session-line",
                "email-signed-out-means",
            ),
            NoticeKind::SignedOutBySupport => (
                "email-support-signed-out-subject",
                "email-support-signed-out-line",
                "email-signed-out-means",
            ),
            NoticeKind::DeviceRemovedBySupport { .. } => (
                "email-support-device-subject",
                "email-support-device-line",
                "email-support-device-means",
            ),
            NoticeKind::DeletedBySupport => (
                "email-support-deleted-subject",
                "email-support-deleted-line",
                "email-support-deleted-means",
            ),
            NoticeKind::LockedBySupport => (
                "email-support-locked-subject",
                "email-support-locked-line",
                "email-support-locked-means",
            ),
            NoticeKind::UnlockedBySupport => (
                "email-support-unlocked-subject",
                "email-support-unlocked-line",
                "email-support-unlocked-means",
            ),
            _ => (
                "email-password-set-subject",
                "email-password-set-line",
                "email-password-set-means",
            ),
        };
        News {
            subject: words.say(subject),
            line: words.say(line),
            means: words.say(means),
        }
    }
}

/// What signing in asks for now that a factor is gone. Letters that were queued before this was kept in
/// them are about installations with codes by email.
fn asked_next(notice: &Notice) -> &'static str {
    match notice.next_asked.unwrap_or(NextAsked::Email) {
        NextAsked::App => "email-next-app",
        NextAsked::TextMessage => "email-next-text-message",
        NextAsked::Email => "email-next-email",
        NextAsked::SetUp => "email-next-set-up",
        NextAsked::Nothing => "email-next-nothing",
    }
}

/// A name that somebody chose, as text that no mail program turns into a link, a number to call
/// or another direction of writing.
///
/// Programs look for `scheme://`, `www.`, `name@host` and `host.tld` in plain text too; a space after
/// each joint leaves it readable and takes the link away. Names come at most 60 characters long.
pub fn inert(name: &str) -> String {
    let mut shown = String::with_capacity(name.len());
    let mut characters = name.chars().filter(|it| !is_invisible(*it)).take(60).peekable();
    while let Some(character) = characters.next() {
        shown.push(character);
        let next = characters.peek().copied();
        let joins = match character {
            ':' | '/' | '\\' | '@' => next.is_some_and(|it| !it.is_whitespace()),
            // Also the dots that domain names are mapped from (UTS #46).
            '.' | '\u{3002}' | '\u{FF0E}' | '\u{FF61}' => next.is_some_and(char::is_alphabetic),
            _ => false,
        };
        if joins {
            shown.push(' ');
        }
    }
    shown
}

/// Control characters, and marks that turn the direction of writing or take no room.
fn is_invisible(character: char) -> bool {
    character.is_control()
        || matches!(
            character,
            '\u{00AD}' | '\u{061C}' | '\u{180E}' | '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}'
                | '\u{2060}'..='\u{206F}' | '\u{FEFF}' | '\u{FFF9}'..='\u{FFFB}'
        )
}
