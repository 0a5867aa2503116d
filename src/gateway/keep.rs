//! A form that has to wait for a sign-in, or for fresh proof: taken in under a cap, and sent on once
//! its owner says so.
//!
//! ```text
//! POST, session ran out, ──▶ read whole ──▶ Posts::keep ──▶ 303 sign-in
//!       or lacks proof          └ too large, another type ──▶ a page that says so
//! POST …?doorward-resume ──▶ Posts::offered ──▶ policy::decide on the form's own target
//!                                                    └ Permit ──▶ Posts::take ──▶ the portal
//! ```
//!
//! The form is sent on by the browser's own request to the form's own address, with a mark at its
//! end: so it passes the same rules as any other, and the portal's answer stands where it belongs. The
//! request's body is only the question's answer; the portal gets the kept one in its place.

use bytes::Bytes;
use http::header::{CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE, ORIGIN, REFERER, TRANSFER_ENCODING};
use http::{HeaderMap, HeaderValue, Method, StatusCode};
use pingora_core::Result;
use pingora_http::RequestHeader;
use pingora_proxy::Session;

use super::answer::{self, After};
use super::exchange::{Exchange, Replay};
use super::gate::Turned;
use super::intake::{self, Intake, Kind};
use super::pages::{self, FormLimits, Unread};
use super::ports::{Edge, Offered, Verdict, Visits};
use super::{Gateway, cookies};
use crate::base::time::Timestamp;
use crate::identity::kept::{SentForm, SentHead, is_keepable};
use crate::policy::RequestPath;
use crate::web::arrival::PublicSite;
use crate::web::resume;

/// Octets of the answer to "Send now?": a token.
const ANSWER_AT_MOST: usize = 4 * 1024;

/// How much of a form that is too large is read and thrown away, in multiples of what would be kept:
/// a browser that is cut off while it sends shows no page.
const DISCARDED_AT_MOST: usize = 64;

/// What becomes of a request whose session is not live.
pub(super) enum Intaken {
    /// Nothing of it is kept.
    Nothing,
    /// It was answered.
    Answered,
}

impl<V: Visits> Gateway<V> {
    /// Keeps a form that was sent in a session which ran out, or which lacks proof for it.
    pub(super) async fn take_in(
        &self,
        session: &mut Session,
        exchange: &mut Exchange<V::Visitor>,
        intake: &Intake,
    ) -> Result<Intaken> {
        let site = &intake.site.public;
        let Some((limit, cookie)) = self.keepable(session.req_header(), intake) else {
            return Ok(Intaken::Nothing);
        };
        let posts = &self.parts.posts;
        match posts.knows(&cookie, site).await {
            Ok(true) => {}
            Ok(false) => return Ok(Intaken::Nothing),
            Err(_) => {
                return self
                    .refuse_to_keep(session, exchange, intake, Edge::StoreDown)
                    .await;
            }
        }
        let limits = FormLimits {
            octets: limit,
            time: self.body_time(),
        };
        let Some(head) = head_of(session.req_header(), site) else {
            pages::discard(session, &limits, limit * DISCARDED_AT_MOST).await;
            return self
                .refuse_to_keep(session, exchange, intake, Edge::NotKept)
                .await;
        };
        let body = match pages::read_body(session, &limits).await {
            Ok(body) => body,
            Err(Unread::Gone) => return Ok(Intaken::Answered),
            Err(Unread::TooSlow) => {
                let response = answer::plain(StatusCode::REQUEST_TIMEOUT);
                answer::write(session, response, site.https, After::Close).await?;
                return Ok(Intaken::Answered);
            }
            Err(Unread::TooLarge | Unread::Encoded) => {
                pages::discard(session, &limits, limit * DISCARDED_AT_MOST).await;
                return self
                    .refuse_to_keep(session, exchange, intake, Edge::NotKept)
                    .await;
            }
        };
        let form = SentForm {
            head,
            body: body.to_vec(),
        };
        match posts.keep(&cookie, form).await {
            Ok(true) => {
                if exchange.visitor.is_some() {
                    // What is lacking is asked with the form in view: its page may demand less.
                    self.ask_again(session, intake, "sign-in").await?;
                } else {
                    let response = answer::challenge(session.req_header(), intake, false);
                    answer::write(session, response, site.https, After::KeepAlive).await?;
                }
                Ok(Intaken::Answered)
            }
            Ok(false) => {
                self.refuse_to_keep(session, exchange, intake, Edge::NotKept)
                    .await
            }
            Err(_) => {
                self.refuse_to_keep(session, exchange, intake, Edge::StoreDown)
                    .await
            }
        }
    }

    /// Whether a request is a form that a person sent from a page of this site; and if so, how large
    /// it may be and which session it came with.
    fn keepable(&self, request: &RequestHeader, intake: &Intake) -> Option<(usize, String)> {
        let site = &intake.site.public;
        let person = request.method == Method::POST
            && intake.kind == Kind::Plain
            && answer::wants_page(&request.headers)
            && is_surely_from(&request.headers, &site.origin)
            && resume::unmarked(request.raw_path()).is_none();
        let limit = self.parts.posts.limit().filter(|_| person)?;
        let cookie = cookies::only(&request.headers, cookies::session_name(site.https))?;
        Some((limit, cookie.to_owned()))
    }

    async fn refuse_to_keep(
        &self,
        session: &mut Session,
        exchange: &mut Exchange<V::Visitor>,
        intake: &Intake,
        edge: Edge,
    ) -> Result<Intaken> {
        if edge == Edge::NotKept && exchange.visitor.is_some() {
            // The session has not ended: the form's own page is where to go.
            let response = answer::challenge(session.req_header(), intake, false);
            answer::write(session, response, intake.site.public.https, After::Close).await?;
            return Ok(Intaken::Answered);
        }
        self.answer_edge(session, exchange, intake, edge, After::Close)
            .await?;
        Ok(Intaken::Answered)
    }

    /// A request with the mark: the kept form goes to the portal in its place, if it may. `true`: it
    /// was answered.
    pub(super) async fn resume(
        &self,
        session: &mut Session,
        exchange: &mut Exchange<V::Visitor>,
        intake: &Intake,
        visitor: Option<V::Visitor>,
        now: Timestamp,
    ) -> Result<bool> {
        let site = &intake.site.public;
        exchange.verdict = Verdict::Pages;
        let target = resume::unmarked(session.req_header().raw_path())
            .unwrap_or(b"/")
            .to_vec();
        if session.req_header().method != Method::POST {
            // Reloaded, or opened from the history: the page itself.
            return see_other(session, site, &target).await;
        }
        let cookie = cookies::only(&session.req_header().headers, cookies::session_name(site.https));
        let (Some(visitor), Some(cookie)) = (visitor, cookie.map(str::to_owned)) else {
            return self.ask_again(session, intake, "sign-in").await;
        };
        // What is read is remembered by the session, so that the proxy has a body to put another
        // one in the place of.
        session.as_mut().enable_retry_buffering();
        let limits = FormLimits {
            octets: ANSWER_AT_MOST,
            time: self.body_time(),
        };
        let Ok(answered) = pages::read_body(session, &limits).await else {
            let response = answer::plain(StatusCode::BAD_REQUEST);
            answer::write(session, response, site.https, After::Close).await?;
            return Ok(true);
        };
        let posts = &self.parts.posts;
        let offered = posts
            .offered(&cookie, site, &session.req_header().headers, &answered)
            .await;
        let (form, version) = match offered {
            Ok(Offered::Form(form, version)) => (form, version),
            Ok(Offered::Nothing) => return self.ask_again(session, intake, "resume").await,
            Ok(Offered::FromElsewhere) => {
                exchange.visitor = Some(visitor);
                self.answer_edge(session, exchange, intake, Edge::ForeignOrigin, After::KeepAlive)
                    .await?;
                return Ok(true);
            }
            Err(_) => {
                exchange.visitor = Some(visitor);
                self.answer_edge(session, exchange, intake, Edge::StoreDown, After::KeepAlive)
                    .await?;
                return Ok(true);
            }
        };
        if put_in_place(session.req_header_mut(), site, &form).is_err() {
            return self.ask_again(session, intake, "resume").await;
        }
        match self.weigh(session, intake, Some(visitor), exchange, now) {
            None => {}
            // The form waits on: more is to be proven first.
            Some(Turned::Challenge { .. }) => {
                exchange.permit = None;
                return self.ask_again(session, intake, "sign-in").await;
            }
            Some(turned) => return self.answer(session, exchange, intake, turned).await,
        }
        match posts.take(&cookie, version).await {
            Ok(true) => {
                exchange.replay = Some(Replay { cookie, form });
                Ok(false)
            }
            other => {
                exchange.permit = None;
                exchange.verdict = Verdict::Pages;
                match other {
                    Ok(_) => self.ask_again(session, intake, "resume").await,
                    Err(_) => {
                        self.answer_edge(session, exchange, intake, Edge::StoreDown, After::KeepAlive)
                            .await?;
                        Ok(true)
                    }
                }
            }
        }
    }

    /// A form that never reached the portal waits on.
    pub(super) async fn put_back_unsent(&self, exchange: &mut Exchange<V::Visitor>, intake: &Intake) {
        let Some(replay) = exchange.replay.take().filter(|_| !exchange.connected) else {
            return;
        };
        let site = &intake.site.public;
        if self
            .parts
            .posts
            .put_back(&replay.cookie, site, &replay.form)
            .await
            .is_err()
        {
            tracing::error!(request = %intake.request, "a form that was not sent could not be kept");
        }
    }

    /// To a page of ours that leads back to the form.
    async fn ask_again(&self, session: &mut Session, intake: &Intake, page: &str) -> Result<bool> {
        let site = &intake.site.public;
        let to = match page {
            "sign-in" => format!("{0}/sign-in?next={0}/{1}", site.prefix, resume::PAGE),
            page => format!("{}/{page}", site.prefix),
        };
        see_other(session, site, to.as_bytes()).await
    }
}

async fn see_other(session: &mut Session, site: &PublicSite, to: &[u8]) -> Result<bool> {
    let response = answer::see_other(to);
    answer::write(session, response, site.https, After::KeepAlive).await?;
    Ok(true)
}

/// What is to be known of a form besides its body. `None`: one of a type that is not kept.
fn head_of(request: &RequestHeader, site: &PublicSite) -> Option<SentHead> {
    let mut types = request.headers.get_all(CONTENT_TYPE).iter();
    let (content_type, None) = (types.next()?.to_str().ok()?, types.next()) else {
        return None;
    };
    let plain = !request.headers.contains_key(CONTENT_ENCODING) && is_keepable(content_type);
    Some(SentHead {
        site: site.host.clone(),
        target: String::from_utf8(request.raw_path().to_vec())
            .ok()
            .filter(|_| plain)?,
        content_type: content_type.to_owned(),
        from: String::from_utf8(answer::next(request, site)).unwrap_or_else(|_| "/".to_owned()),
    })
}

/// Whether the browser says that a page of this site sent this. One that says nothing might have been
/// sent from anywhere.
fn is_surely_from(headers: &HeaderMap, origin: &str) -> bool {
    let mut origins = headers.get_all(ORIGIN).iter();
    let named = origins.next();
    let site = headers.get("sec-fetch-site").map(HeaderValue::as_bytes);
    origins.next().is_none()
        && (named.is_some() || site.is_some())
        && named.is_none_or(|named| named.as_bytes() == origin.as_bytes())
        && site.is_none_or(|site| site == b"same-origin")
}

/// Makes the request the one that the form came with: its target, type and length. The cookies and
/// whatever else the browser says of itself are today's.
fn put_in_place(request: &mut RequestHeader, site: &PublicSite, form: &SentForm) -> Result<()> {
    request.set_raw_path(form.head.target.as_bytes())?;
    request.insert_header(CONTENT_TYPE, form.head.content_type.as_str())?;
    request.remove_header(&TRANSFER_ENCODING);
    request.insert_header(CONTENT_LENGTH, form.body.len().to_string())?;
    request.insert_header(REFERER, format!("{}{}", site.origin, form.head.from))?;
    Ok(())
}

/// Whether a request's target carries the mark, outside of our own pages.
pub(super) fn is_marked(request: &RequestHeader, prefix: &str) -> bool {
    resume::unmarked(request.raw_path()).is_some()
        && !crate::policy::is_for_pages(&RequestPath::read(intake::path(request)), prefix)
}

/// What the portal gets of a body while a kept form goes out: all of it, in the last piece.
pub(super) fn body_of(replay: &Replay, last: bool) -> Option<Bytes> {
    last.then(|| Bytes::from(replay.form.body.clone()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_browser_that_says_nothing_may_be_anywhere() {
        let from = |fields: &[(&'static str, &'static str)]| {
            let mut headers = HeaderMap::new();
            for (name, value) in fields {
                headers.append(*name, HeaderValue::from_static(value));
            }
            is_surely_from(&headers, "https://gw.test")
        };
        assert!(from(&[("origin", "https://gw.test")]));
        assert!(from(&[("sec-fetch-site", "same-origin")]));
        assert!(from(&[
            ("origin", "https://gw.test"),
            ("sec-fetch-site", "same-origin")
        ]));
        for fields in [
            &[][..],
            &[("origin", "null")],
            &[("origin", "https://evil.test")],
            &[("sec-fetch-site", "none")],
            &[("sec-fetch-site", "same-site")],
            &[("sec-fetch-site", "cross-site")],
            &[("origin", "https://gw.test"), ("sec-fetch-site", "cross-site")],
            &[("origin", "https://evil.test"), ("sec-fetch-site", "same-origin")],
            &[("origin", "https://gw.test"), ("origin", "https://gw.test")],
        ] {
            assert!(!from(fields), "{fields:?}");
        }
    }
}
