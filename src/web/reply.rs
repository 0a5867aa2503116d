//! Answers: pages, redirects, cookies. The only place, with [`super::obstacle`], that chooses a
//! status.

use axum::body::Body;
use axum::response::Response;
use http::header::{CONTENT_LANGUAGE, CONTENT_TYPE, LOCATION, RETRY_AFTER, SET_COOKIE};
use http::{HeaderName, HeaderValue, StatusCode};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use super::account::saying::{self, Saying};
use super::cookie::{self, Kind};
use super::headers;
use super::reception::Reception;
use super::resume;
use super::view::{Page, html};
use crate::base::seal::Token;
use crate::identity::device::KNOWN_FOR;
use crate::service::opening::{GoesTo, Opened};

const VALUE: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~')
    .remove(b'/');

/// A value for a query.
pub fn encoded(value: &str) -> String {
    utf8_percent_encode(value, VALUE).to_string()
}

/// An answer without a body.
pub fn bare(status: StatusCode) -> Response {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = status;
    response
}

/// An answer under construction: what it sets besides what it says.
pub struct Reply {
    response: Response,
}

impl Reply {
    /// A page.
    pub fn page(status: StatusCode, page: &impl Page, reception: &Reception) -> Self {
        let mut response = match html(page) {
            Ok(html) => Response::new(Body::from(html)),
            Err(error) => {
                // Templates are compiled in and write into memory: there is nothing to fail but
                // the formatter. The person gets a plain sentence, ops get the reason.
                tracing::error!(%error, page = page.name(), "a page could not be rendered");
                let mut response = Response::new(Body::from("This page cannot be shown right now."));
                *response.status_mut() = StatusCode::SERVICE_UNAVAILABLE;
                return Self { response };
            }
        };
        *response.status_mut() = status;
        let to = response.headers_mut();
        to.insert(CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
        if let Ok(language) = HeaderValue::from_str(reception.language().as_str()) {
            to.insert(CONTENT_LANGUAGE, language);
        }
        let mut reply = Self { response };
        if let Some(flow) = reception.fresh_flow() {
            reply.set(Kind::Flow, flow, None, reception);
        }
        reply
    }

    /// "See other": what a form that worked answers with.
    pub fn see_other(to: &str) -> Self {
        let mut response = bare(StatusCode::SEE_OTHER);
        // Targets are checked and ASCII; one that is no header value leads to the top.
        let location = HeaderValue::from_str(to).unwrap_or(HeaderValue::from_static("/"));
        response.headers_mut().insert(LOCATION, location);
        Self { response }
    }

    /// To one of our pages: `code/email`.
    pub fn to_page(page: &str, reception: &Reception) -> Self {
        Self::see_other(&format!("{}/{page}", reception.web.settings.load().prefix))
    }

    /// To one of our pages, which says what just happened.
    pub fn to_page_saying(page: &str, said: &str, reception: &Reception) -> Self {
        let mark = if page.contains('?') { '&' } else { '?' };
        Self::see_other(&format!(
            "{}/{page}{mark}say={said}",
            reception.web.settings.load().prefix
        ))
    }

    /// To the page behind a mailed link, whose value the flow cookie carries from here on: whatever
    /// is clicked or loaded there takes no link along.
    pub fn behind_link(page: &str, link: Option<&Token>, reception: &Reception) -> Self {
        let mut reply = Self::to_page(page, reception);
        if let Some(link) = link {
            reply.set(Kind::Flow, link, None, reception);
        }
        reply
    }

    /// To the page that was asked for, or first to the form that waits.
    pub fn onward(next: &str, resumes: bool, reception: &Reception) -> Self {
        match resumes {
            true => Self::to_page(resume::PAGE, reception),
            false => Self::see_other(next),
        }
    }

    /// After a session has opened: its cookies, and on to where it goes.
    pub fn signed_in(opened: &Opened, reception: &Reception) -> Self {
        let prefix = reception.web.settings.load().prefix.clone();
        let mut reply = match &opened.goes_to {
            GoesTo::Page(next) => Self::onward(next, opened.resumes, reception),
            GoesTo::Trust => Self::see_other(&format!("{prefix}/trust")),
            GoesTo::RecoveryUsed => Self::see_other(&format!("{prefix}/code/recovery/used")),
        };
        reply.set(Kind::Session, &opened.cookie, None, reception);
        reply.set(Kind::Known, &opened.known, Some(KNOWN_FOR), reception);
        reply.remove(Kind::Flow, reception);
        reply
    }

    /// Sets a cookie.
    pub fn set(
        &mut self,
        kind: Kind,
        token: &Token,
        lives: Option<std::time::Duration>,
        reception: &Reception,
    ) {
        let https = reception.arrival.site.https;
        self.add_cookie(&cookie::set(kind, token, lives, https, &reception.web.desk.keys));
    }

    /// Removes a cookie.
    pub fn remove(&mut self, kind: Kind, reception: &Reception) {
        self.add_cookie(&cookie::remove(kind, reception.arrival.site.https));
    }

    /// Adds a `Set-Cookie` line.
    pub fn add_cookie(&mut self, line: &str) {
        if let Ok(line) = HeaderValue::from_str(line) {
            self.response.headers_mut().append(SET_COOKIE, line);
        }
    }

    /// Says when to come back, in seconds.
    #[must_use]
    pub fn retry_after(mut self, seconds: u64) -> Self {
        self.response
            .headers_mut()
            .insert(RETRY_AFTER, HeaderValue::from(seconds.max(1)));
        self
    }

    /// Sets a header.
    #[must_use]
    pub fn header(mut self, name: HeaderName, value: &'static str) -> Self {
        self.response
            .headers_mut()
            .insert(name, HeaderValue::from_static(value));
        self
    }

    /// The answer.
    pub fn done(self) -> Response {
        self.response
    }
}

impl Reception {
    /// On to one of our pages, which says to this very browser what just happened; nobody is signed
    /// in with it. What is said is sealed for a flow cookie that the answer sets.
    pub fn to_stranger_saying(&self, page: &str, saying: &Saying) -> Reply {
        let desk = &self.web.desk;
        let flow = Token::draw(&*desk.entropy);
        let browser = flow.digest();
        let sealed = saying::seal(saying, browser.as_bytes(), &desk.keys, &*desk.entropy, self.now());
        let mut reply = match sealed {
            Ok(sealed) => Reply::to_page_saying(page, &sealed, self),
            Err(error) => {
                // What was done is done: the page comes without the banner.
                tracing::warn!(%error, "a notice could not be carried to its page");
                Reply::to_page(page, self)
            }
        };
        reply.set(Kind::Flow, &flow, None, self);
        reply
    }

    /// What [`Self::to_stranger_saying`] said to this very browser.
    pub fn said_to_stranger(&self) -> Option<Saying> {
        let browser = self.cookies.flow.as_ref()?.digest();
        let sealed = self.said.as_deref()?;
        saying::open(sealed, browser.as_bytes(), &self.web.desk.keys, self.now())
    }
}

impl From<Response> for Reply {
    fn from(response: Response) -> Self {
        Self { response }
    }
}

/// The headers that every answer of ours carries, where it does not say otherwise.
pub fn dress(response: &mut Response, https: bool, redirects_to: &[String]) {
    let to = response.headers_mut();
    for (name, value) in headers::EVERYWHERE {
        to.entry(HeaderName::from_static(name))
            .or_insert(HeaderValue::from_static(value));
    }
    if !redirects_to.is_empty()
        && let Ok(policy) = HeaderValue::from_str(&headers::content_security_policy(redirects_to))
    {
        to.insert(http::header::CONTENT_SECURITY_POLICY, policy);
    }
    let (name, value) = headers::NO_STORE;
    to.entry(HeaderName::from_static(name))
        .or_insert(HeaderValue::from_static(value));
    if https {
        let (name, value) = headers::STRICT_TRANSPORT_SECURITY;
        to.insert(HeaderName::from_static(name), HeaderValue::from_static(value));
    }
}
