//! Requests for our own pages: from Pingora to the router, and back.
//!
//! A form's body is read whole, under a cap in octets and in time, and never inflated. A body that is
//! refused is not read: the connection ends with the answer.
//!
//! A page takes a hundred times what forwarding takes. Where there are threads for that, pages are made
//! there, so that nobody's request waits behind somebody's sign-in.

use std::time::Duration;

use axum::Router;
use axum::body::Body;
use bytes::{Bytes, BytesMut};
use http::header::{CONTENT_ENCODING, CONTENT_LENGTH, EXPECT};
use http::{Request, Response, StatusCode};
use http_body_util::BodyExt as _;
use pingora_core::Result;
use pingora_proxy::Session;
use tokio::runtime::Handle;
use tower::ServiceExt as _;

use super::answer::{self, After};
use super::intake::Intake;

/// The gateway's own pages, and where they are made.
pub struct Pages {
    router: Router,
    on: Option<Handle>,
}

impl Pages {
    /// Made where requests are forwarded.
    pub const fn here(router: Router) -> Self {
        Self { router, on: None }
    }

    /// Made on this runtime, or on the one that forwards where there is none.
    pub const fn on(router: Router, runtime: Option<Handle>) -> Self {
        Self { router, on: runtime }
    }

    async fn ask(&self, request: Request<Body>) -> Response<Bytes> {
        let answer = answer_of(self.router.clone(), request);
        match &self.on {
            None => answer.await,
            Some(runtime) => runtime.spawn(answer).await.unwrap_or_else(|error| {
                tracing::error!(%error, "a page broke off");
                answer::plain(StatusCode::SERVICE_UNAVAILABLE)
            }),
        }
    }
}

/// How much and how slowly a form may come.
#[derive(Clone, Copy, Debug)]
pub struct FormLimits {
    /// Octets of the body.
    pub octets: usize,
    /// For the whole body.
    pub time: Duration,
}

pub(super) enum Unread {
    TooLarge,
    TooSlow,
    Encoded,
    Gone,
}

/// Answers with a page.
pub async fn serve(session: &mut Session, pages: &Pages, intake: &Intake, limits: &FormLimits) -> Result<()> {
    let body = match read_body(session, limits).await {
        Ok(body) => body,
        Err(Unread::Gone) => return Ok(()),
        Err(unread) => {
            let status = match unread {
                Unread::TooSlow => StatusCode::REQUEST_TIMEOUT,
                Unread::Encoded => StatusCode::UNSUPPORTED_MEDIA_TYPE,
                Unread::TooLarge | Unread::Gone => StatusCode::PAYLOAD_TOO_LARGE,
            };
            return answer::write(
                session,
                answer::plain(status),
                intake.site.public.https,
                After::Close,
            )
            .await;
        }
    };
    let response = pages.ask(request(session, intake, body)).await;
    answer::write(session, response, intake.site.public.https, After::KeepAlive).await
}

/// Reads a body whole, within the limits.
pub(super) async fn read_body(session: &mut Session, limits: &FormLimits) -> Result<Bytes, Unread> {
    if session.is_body_empty() {
        return Ok(Bytes::new());
    }
    let headers = &session.req_header().headers;
    let encoded = headers
        .get_all(CONTENT_ENCODING)
        .iter()
        .any(|coding| !coding.as_bytes().eq_ignore_ascii_case(b"identity"));
    if encoded {
        return Err(Unread::Encoded);
    }
    let announced = headers
        .get(CONTENT_LENGTH)
        .and_then(|length| length.to_str().ok()?.parse::<usize>().ok());
    if announced.is_some_and(|length| length > limits.octets) {
        return Err(Unread::TooLarge);
    }
    let waits = headers.contains_key(EXPECT);
    if waits && session.write_continue_response().await.is_err() {
        return Err(Unread::Gone);
    }
    let reading = async {
        let mut body = BytesMut::with_capacity(announced.unwrap_or_default());
        loop {
            match session.read_request_body().await {
                Ok(Some(part)) if body.len() + part.len() > limits.octets => return Err(Unread::TooLarge),
                Ok(Some(part)) => body.extend_from_slice(&part),
                Ok(None) => return Ok(body.freeze()),
                Err(_) => return Err(Unread::Gone),
            }
        }
    };
    tokio::time::timeout(limits.time, reading)
        .await
        .unwrap_or(Err(Unread::TooSlow))
}

/// Reads a body and throws it away, up to `octets` and within the time of `limits`.
pub(super) async fn discard(session: &mut Session, limits: &FormLimits, octets: usize) {
    // Who asks before sending has not sent anything, and is not to.
    if session.req_header().headers.contains_key(EXPECT) {
        return;
    }
    let reading = async {
        let mut read = 0;
        while let Ok(Some(part)) = session.read_request_body().await {
            read += part.len();
            if read > octets {
                return;
            }
        }
    };
    // Whether it came to its end makes no difference to the answer.
    let _ = tokio::time::timeout(limits.time, reading).await;
}

fn request(session: &Session, intake: &Intake, body: Bytes) -> Request<Body> {
    let mut parts = session.req_header().as_owned_parts();
    // HTTP/2 carries the authority in the target; what the site is called is in the arrival.
    if let Some(target) = parts.uri.path_and_query().cloned() {
        parts.uri = target.into();
    }
    parts.extensions.insert(answer::arrival(intake));
    Request::from_parts(parts, Body::from(body))
}

async fn answer_of(router: Router, request: Request<Body>) -> Response<Bytes> {
    // The router cannot fail: its error has no value.
    let response = router
        .oneshot(request)
        .await
        .unwrap_or_else(|never| match never {});
    let (parts, body) = response.into_parts();
    match body.collect().await {
        Ok(body) => Response::from_parts(parts, body.to_bytes()),
        Err(error) => {
            tracing::error!(%error, "a page broke off");
            answer::plain(StatusCode::SERVICE_UNAVAILABLE)
        }
    }
}
