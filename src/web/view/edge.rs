//! Pages for when something is in the way: each says what happened, what was done, and what to do.
//!
//! All have one template and a reference to read out to support. None blames the reader.

use askama::Template;

use super::{Markup, Moment, Page as _, Rich, Shell, page};
use crate::base::link::LinkKind;

/// Whether the portal received what was sent when it stopped answering.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Fate {
    /// A page was asked for; nothing was to be done.
    Read,
    /// It never got there.
    NotSent,
    /// Nobody knows.
    Unknown,
}

/// Why a mailed link does not work any more.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum LinkEnd {
    /// It is too old, or a newer one or a change of the account took its place.
    TooLate {
        /// `30 minutes`.
        valid: String,
    },
    /// It has done its work.
    Used,
    /// Too many wrong codes.
    TooManyMisses,
}

/// What is in the way.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Obstacle {
    /// 422 `no-cookies`: the browser keeps no cookies for this site.
    NoCookies {
        /// Where to try again.
        retry: String,
    },
    /// 403 `forbidden`: the form came from another site.
    Forbidden,
    /// 403 `forbidden`: a rule keeps everybody, or this group, from this address.
    Refused,
    /// 429 `throttled`.
    Throttled {
        /// `4 minutes`.
        wait: String,
        /// When it is over.
        until: Moment,
        /// Where to try again.
        retry: String,
    },
    /// 503 `throttled`: too many people are signing in at this moment.
    Busy {
        /// Where to try again.
        retry: String,
    },
    /// 429 `throttled`: closed after too many wrong codes in all, until support opens it.
    Closed,
    /// 410 `link-expired`: a link from a letter does not work any more.
    LinkExpired {
        /// What it was for.
        kind: LinkKind,
        /// Why.
        end: LinkEnd,
    },
    /// 403 `no-access`.
    NoAccess,
    /// 502, 503, 504 `upstream-down`.
    UpstreamDown {
        /// What became of what was sent.
        fate: Fate,
        /// The page that was asked for, where asking again is harmless.
        retry: Option<String>,
    },
    /// 503 `store-down`.
    StoreDown,
    /// 404 `not-found`.
    NotFound,
    /// 400 `bad-request`.
    BadRequest,
    /// 413 `bad-request`.
    TooLarge,
    /// 401 `bad-request`: a form came after its session had ended, and cannot be kept.
    NotKept {
        /// Where to sign in, in a new tab.
        sign_in: String,
    },
    /// 405 `bad-request`.
    MethodNotAllowed,
}

/// The page for any [`Obstacle`].
#[derive(Template)]
#[template(path = "edge/obstacle.html", config = ".askama.toml")]
pub struct Edge {
    /// What all pages share; `reference` is shown.
    pub shell: Shell,
    /// What is in the way.
    pub obstacle: Obstacle,
}

page!(Edge, |page| page.obstacle.name(), |page| page
    .shell
    .say(page.obstacle.title()));

impl Obstacle {
    fn name(&self) -> &'static str {
        match self {
            Self::NoCookies { .. } => "no-cookies",
            Self::Forbidden | Self::Refused => "forbidden",
            Self::Throttled { .. } | Self::Busy { .. } | Self::Closed => "throttled",
            Self::LinkExpired { .. } => "link-expired",
            Self::NoAccess => "no-access",
            Self::UpstreamDown { .. } => "upstream-down",
            Self::StoreDown => "store-down",
            Self::NotFound => "not-found",
            Self::BadRequest | Self::TooLarge | Self::NotKept { .. } | Self::MethodNotAllowed => {
                "bad-request"
            }
        }
    }

    fn title(&self) -> &'static str {
        match self {
            Self::NoCookies { .. } => "no-cookies-title",
            Self::Forbidden => "forbidden-title",
            Self::Refused => "refused-title",
            Self::Throttled { .. } => "throttled-title",
            Self::Busy { .. } => "busy-title",
            Self::Closed => "closed-title",
            Self::LinkExpired { end, .. } => match end {
                LinkEnd::TooLate { .. } => "link-expired-title",
                LinkEnd::Used => "link-used-title",
                LinkEnd::TooManyMisses => "link-over-title",
            },
            Self::NoAccess => "no-access-title",
            Self::UpstreamDown { .. } => "upstream-down-title",
            Self::StoreDown => "store-down-title",
            Self::NotFound => "not-found-title",
            Self::BadRequest => "bad-request-title",
            Self::TooLarge => "too-large-title",
            Self::NotKept { .. } => "not-kept-title",
            Self::MethodNotAllowed => "method-not-allowed-title",
        }
    }
}

impl Edge {
    fn text(&self) -> Markup {
        let plain = |id: &str| self.shell.tell(id, &[]);
        match &self.obstacle {
            Obstacle::NoCookies { .. } => plain("no-cookies-text"),
            Obstacle::Forbidden => plain("forbidden-text"),
            Obstacle::Refused => plain("refused-text"),
            Obstacle::Throttled { wait, until, .. } => self.shell.tell(
                "throttled-text",
                &[("wait", Rich::Bold(wait)), ("time", Rich::Time(until))],
            ),
            Obstacle::Busy { .. } => plain("busy-text"),
            Obstacle::Closed => plain("closed-text"),
            Obstacle::LinkExpired { kind, end } => match end {
                LinkEnd::TooLate { valid } => {
                    let length = [("length", Rich::Plain(valid))];
                    let id = match kind {
                        LinkKind::Reset | LinkKind::Invitation | LinkKind::Registration | LinkKind::Email => {
                            "link-expired-text"
                        }
                        LinkKind::Revoke => "link-revoke-expired-text",
                    };
                    self.shell.tell(id, &length)
                }
                LinkEnd::Used => plain("link-used-text"),
                LinkEnd::TooManyMisses => plain("link-over-text"),
            },
            Obstacle::NoAccess => plain("no-access-text"),
            Obstacle::UpstreamDown { .. } if self.shell.signed_in => plain("upstream-down-text-signed-in"),
            Obstacle::UpstreamDown { .. } => plain("upstream-down-text"),
            Obstacle::StoreDown => plain("store-down-text"),
            Obstacle::NotFound => plain("not-found-text"),
            Obstacle::BadRequest => plain("bad-request-text"),
            Obstacle::TooLarge => plain("too-large-text"),
            Obstacle::NotKept { .. } => plain("not-kept-text"),
            Obstacle::MethodNotAllowed => plain("method-not-allowed-text"),
        }
    }

    /// A second sentence that matters.
    fn more(&self) -> Option<Markup> {
        let bold = [("from", Rich::BoldFrom), ("to", Rich::BoldTo)];
        match &self.obstacle {
            Obstacle::Throttled { .. } => Some(self.shell.tell("throttled-calm", &[])),
            Obstacle::LinkExpired {
                kind: LinkKind::Invitation,
                end,
            } => Some(self.shell.tell(
                match end {
                    LinkEnd::Used => "link-invite-used",
                    LinkEnd::TooLate { .. } | LinkEnd::TooManyMisses => "link-invite-over",
                },
                &[],
            )),
            Obstacle::UpstreamDown {
                fate: Fate::NotSent, ..
            } => Some(self.shell.tell("upstream-down-not-sent", &bold)),
            Obstacle::UpstreamDown {
                fate: Fate::Unknown, ..
            } => Some(self.shell.tell("upstream-down-unknown", &[])),
            _ => None,
        }
    }

    /// When the wait is over, for the script.
    fn until(&self) -> Option<&str> {
        match &self.obstacle {
            Obstacle::Throttled { until, .. } => Some(until.machine()),
            _ => None,
        }
    }

    /// The way on: where it leads, and what it says.
    fn way_on(&self) -> Option<(String, String)> {
        let shell = &self.shell;
        let again = |to: &str| Some((to.to_owned(), shell.say("try-again")));
        match &self.obstacle {
            Obstacle::NoCookies { retry } | Obstacle::Busy { retry } => again(retry),
            Obstacle::Throttled { retry, .. } => Some((retry.clone(), shell.say("back-to-sign-in"))),
            Obstacle::UpstreamDown { retry, .. } => retry.as_deref().and_then(again),
            Obstacle::LinkExpired { kind, .. } => {
                let page = match kind {
                    LinkKind::Invitation => {
                        return Some((shell.url("sign-in"), shell.say("back-to-sign-in")));
                    }
                    LinkKind::Reset => "reset",
                    LinkKind::Registration => "register",
                    LinkKind::Email => "account/email",
                    LinkKind::Revoke => return None,
                };
                Some((shell.url(page), shell.say("link-again")))
            }
            Obstacle::NotFound | Obstacle::Refused => {
                Some((shell.portal_link.clone(), shell.say("to-portal")))
            }
            Obstacle::Forbidden
            | Obstacle::Closed
            | Obstacle::NoAccess
            | Obstacle::StoreDown
            | Obstacle::BadRequest
            | Obstacle::TooLarge
            | Obstacle::NotKept { .. }
            | Obstacle::MethodNotAllowed => None,
        }
    }

    /// Whether whoever waits may rather set the password anew. On the way there, it is no way out.
    fn offers_reset(&self) -> bool {
        let shell = &self.shell;
        let on_the_way = shell
            .here
            .as_deref()
            .is_some_and(|here| here.starts_with("reset"));
        matches!(self.obstacle, Obstacle::Throttled { .. })
            && shell.offers_reset
            && !shell.signed_in
            && !on_the_way
    }

    /// What has to be opened in a new tab, so that this page's history stays: where it leads, and what
    /// it says.
    fn beside(&self) -> Option<(&str, String)> {
        match &self.obstacle {
            Obstacle::NotKept { sign_in } => Some((sign_in, self.shell.say("not-kept-sign-in"))),
            _ => None,
        }
    }

    /// Whether the help block belongs into the page itself.
    fn needs_help(&self) -> bool {
        matches!(
            self.obstacle,
            Obstacle::NoAccess
                | Obstacle::Closed
                | Obstacle::Refused
                | Obstacle::LinkExpired {
                    kind: LinkKind::Revoke,
                    ..
                }
        )
    }
}
