//! The answers that the gate gives by itself: challenge, refusal, outage.
//!
//! Who waits for a page gets one; a script gets JSON (RFC 9457). This is the only place of the proxy
//! that chooses a status and words.

use bytes::Bytes;
use http::header::{
    ACCEPT, CACHE_CONTROL, CONNECTION, CONTENT_LENGTH, CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue,
    LOCATION, REFERER, RETRY_AFTER, WWW_AUTHENTICATE,
};
use http::{Method, Response, StatusCode};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_encode};
use pingora_core::Result;
use pingora_http::{RequestHeader, ResponseHeader};
use pingora_proxy::Session;

use super::intake::{Intake, Kind};
use super::ports::{Edge, Sent};
use crate::web::arrival::{Arrival, PublicSite};
use crate::web::headers;

/// The longest `next`, in octets; a longer one becomes `/`.
const NEXT_AT_MOST: usize = 2048;
/// What stays as it is in `next`: what makes no difference inside a query's value.
const NEXT: AsciiSet = NON_ALPHANUMERIC
    .remove(b'/')
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// Whether somebody waits for a page: a navigation, or, where the browser does not say, a client that
/// takes HTML (W3C Fetch Metadata §2.2).
pub fn wants_page(headers: &HeaderMap) -> bool {
    match headers.get("sec-fetch-mode") {
        Some(mode) => mode.as_bytes() == b"navigate",
        None => headers.get_all(ACCEPT).iter().any(|accept| {
            accept
                .as_bytes()
                .array_windows::<9>()
                .any(|it| it == b"text/html")
        }),
    }
}

/// Asks for (more) proof: a page load is sent to the sign-in, everything else is told where it is.
pub fn challenge(request: &RequestHeader, intake: &Intake, for_scripts: bool) -> Response<Bytes> {
    let site = &intake.site.public;
    if intake.kind == Kind::WebSocket || for_scripts || !wants_page(&request.headers) {
        return sign_in_required(site);
    }
    let next = percent_encode(&next(request, site), &NEXT).to_string();
    see_other(format!("{}/sign-in?next={next}", site.prefix).as_bytes())
}

/// "See other": to a path of the site.
pub fn see_other(to: &[u8]) -> Response<Bytes> {
    let mut response = empty(StatusCode::SEE_OTHER);
    let location = HeaderValue::from_bytes(to).unwrap_or(HeaderValue::from_static("/"));
    response.headers_mut().insert(LOCATION, location);
    response
}

/// Where to go on after signing in: the page that was asked for. A form that was sent is not sent
/// again; its page is where to go.
pub fn next(request: &RequestHeader, site: &PublicSite) -> Vec<u8> {
    let target = match request.method == Method::GET || request.method == Method::HEAD {
        true => Some(request.raw_path()),
        false => request
            .headers
            .get(REFERER)
            .and_then(|referer| referer.as_bytes().strip_prefix(site.origin.as_bytes()))
            .filter(|rest| rest.starts_with(b"/")),
    };
    target
        .filter(|target| target.len() <= NEXT_AT_MOST)
        .unwrap_or(b"/")
        .to_vec()
}

fn sign_in_required(site: &PublicSite) -> Response<Bytes> {
    let sign_in = format!("{}/sign-in", site.prefix);
    let mut response = problem(
        StatusCode::UNAUTHORIZED,
        &format!("{}/sign-in-required", site.prefix),
        "Sign-in required",
        &[("sign_in", &sign_in)],
    );
    authenticate(&mut response, &site.prefix);
    response
}

/// HTTP demands it with 401 (RFC 9110 §11.6.1); no browser knows the scheme, so none asks by itself.
pub fn authenticate(response: &mut Response<Bytes>, prefix: &str) {
    let challenge = format!("Doorward sign_in=\"{prefix}/sign-in\"");
    set(response, WWW_AUTHENTICATE, &challenge);
}

/// A problem for scripts (RFC 9457). Values are ours, or have passed as a host or path before.
fn problem(status: StatusCode, kind: &str, title: &str, more: &[(&str, &str)]) -> Response<Bytes> {
    let mut members = serde_json::Map::new();
    members.insert("type".to_owned(), kind.into());
    members.insert("title".to_owned(), title.into());
    members.insert("status".to_owned(), status.as_u16().into());
    for (name, value) in more {
        members.insert((*name).to_owned(), (*value).into());
    }
    let mut response = Response::new(Bytes::from(serde_json::Value::Object(members).to_string()));
    *response.status_mut() = status;
    set(&mut response, CONTENT_TYPE, "application/problem+json");
    response
}

/// What went wrong, for a script.
pub fn edge_for_scripts(edge: Edge, reference: &str, prefix: &str) -> Response<Bytes> {
    let (kind, title) = match edge {
        Edge::BadRequest => ("bad-request", "The request cannot be understood"),
        Edge::NotKept => (
            "sign-in-required",
            "Sign-in required, and this cannot be kept until then",
        ),
        Edge::TooLarge => ("too-large", "The request is too large"),
        Edge::NoAccess => ("no-access", "This account has no access"),
        Edge::Refused => ("refused", "Nobody has access"),
        Edge::ForeignOrigin => ("foreign-origin", "Only this site's own pages may send this"),
        Edge::UpstreamDown { .. } => ("upstream-down", "The portal is not answering"),
        Edge::UpstreamTimeout { .. } => ("upstream-timeout", "The portal takes too long"),
        Edge::StoreDown => ("sign-in-unavailable", "Sign-in is not available right now"),
    };
    let sent = match edge {
        Edge::UpstreamDown { sent } | Edge::UpstreamTimeout { sent } => Some(match sent {
            Sent::No => ("sent", "no"),
            Sent::Perhaps => ("sent", "unknown"),
        }),
        _ => None,
    };
    let more: Vec<(&str, &str)> = sent.into_iter().chain([("reference", reference)]).collect();
    let kind = format!("urn:doorward:{kind}");
    finish_edge(edge, problem(status(edge), &kind, title, &more), prefix)
}

/// Gives the page of an edge its status and what belongs to it.
pub fn finish_edge(edge: Edge, mut response: Response<Bytes>, prefix: &str) -> Response<Bytes> {
    *response.status_mut() = status(edge);
    if edge == Edge::NotKept {
        authenticate(&mut response, prefix);
    }
    if matches!(
        edge,
        Edge::UpstreamDown { .. } | Edge::UpstreamTimeout { .. } | Edge::StoreDown
    ) {
        response
            .headers_mut()
            .entry(RETRY_AFTER)
            .or_insert(HeaderValue::from_static("30"));
    }
    response
}

fn status(edge: Edge) -> StatusCode {
    StatusCode::from_u16(edge.status()).unwrap_or(StatusCode::BAD_GATEWAY)
}

/// A few words, for requests that belong to no site.
pub fn plain(status: StatusCode) -> Response<Bytes> {
    let words = format!(
        "{} {}\n",
        status.as_u16(),
        status.canonical_reason().unwrap_or_default()
    );
    let mut response = Response::new(Bytes::from(words));
    *response.status_mut() = status;
    set(&mut response, CONTENT_TYPE, "text/plain; charset=utf-8");
    response
}

/// Sends a browser that came over http to the https URL of the site.
pub fn redirect_to_https(request: &RequestHeader, site: &PublicSite) -> Response<Bytes> {
    if request.method != Method::GET && request.method != Method::HEAD {
        // What was sent in the clear is not to be sent again as if nothing had happened.
        return plain(StatusCode::FORBIDDEN);
    }
    let mut location = site.origin.clone().into_bytes();
    location.extend(request.raw_path());
    let mut response = empty(StatusCode::PERMANENT_REDIRECT);
    if let Ok(location) = HeaderValue::from_bytes(&location) {
        response.headers_mut().insert(LOCATION, location);
    }
    response
}

fn empty(status: StatusCode) -> Response<Bytes> {
    let mut response = Response::new(Bytes::new());
    *response.status_mut() = status;
    response
}

fn set(response: &mut Response<Bytes>, name: HeaderName, value: &str) {
    if let Ok(value) = HeaderValue::from_str(value) {
        response.headers_mut().insert(name, value);
    }
}

/// What a request's arrival looks like to pages.
pub fn arrival(intake: &Intake) -> Arrival {
    Arrival {
        site: intake.site.public.clone(),
        client: intake.client,
        request: intake.request,
        https: intake.https,
        host: intake.site.public.host.clone(),
    }
}

/// Whether the connection may serve another request after this answer.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum After {
    /// It may, if the request was read to its end.
    KeepAlive,
    /// It may not.
    Close,
}

/// Writes an answer of ours. Every one of them carries the headers that all do.
pub async fn write(
    session: &mut Session,
    response: Response<Bytes>,
    secure: bool,
    after: After,
) -> Result<()> {
    let (parts, body) = response.into_parts();
    let mut header = ResponseHeader::build_no_case(parts.status, Some(parts.headers.len() + 12))?;
    for (name, value) in &parts.headers {
        if *name != CONTENT_LENGTH && *name != CONNECTION {
            header.append_header(name.clone(), value.clone())?;
        }
    }
    let always = headers::EVERYWHERE
        .into_iter()
        .chain(secure.then_some(headers::STRICT_TRANSPORT_SECURITY));
    for (name, value) in always {
        if !parts.headers.contains_key(name) {
            header.insert_header(name, HeaderValue::from_static(value))?;
        }
    }
    if !parts.headers.contains_key(CACHE_CONTROL) {
        let (name, value) = headers::NO_STORE;
        header.insert_header(name, HeaderValue::from_static(value))?;
    }
    let bodiless = session.req_header().method == Method::HEAD;
    // A page's router answers HEAD with no body and the length that GET would have.
    match parts
        .headers
        .get(CONTENT_LENGTH)
        .filter(|_| bodiless && body.is_empty())
    {
        Some(length) => header.insert_header(CONTENT_LENGTH, length.clone())?,
        None => header.insert_header(CONTENT_LENGTH, body.len().to_string())?,
    }
    if after == After::Close {
        session.set_keepalive(None);
    }
    let last = bodiless || body.is_empty();
    session.write_response_header(Box::new(header), last).await?;
    if !last {
        session.write_response_body(Some(body), true).await?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn request(method: &str, target: &str, fields: &[(&'static str, &'static str)]) -> RequestHeader {
        let mut request = RequestHeader::build(method, target.as_bytes(), None).unwrap();
        for (name, value) in fields {
            request.append_header(*name, *value).unwrap();
        }
        request
    }

    fn site() -> PublicSite {
        PublicSite {
            origin: "https://gw.test".to_owned(),
            host: "gw.test".to_owned(),
            https: true,
            prefix: "/_auth".to_owned(),
            redirects_to: Vec::new(),
        }
    }

    #[test]
    fn the_browser_says_whether_it_loads_a_page() {
        let wants = |fields| wants_page(&request("GET", "/", fields).headers);
        assert!(wants(&[("sec-fetch-mode", "navigate")]));
        assert!(wants(&[("accept", "application/xml, text/html;q=0.9")]));
        assert!(!wants(&[("sec-fetch-mode", "cors"), ("accept", "text/html")]));
        assert!(!wants(&[("accept", "*/*")]));
        assert!(!wants(&[]));
    }

    #[test]
    fn the_way_back_is_the_page_that_was_asked_for() {
        let back = |request: &RequestHeader| String::from_utf8(next(request, &site())).unwrap();
        assert_eq!(back(&request("GET", "/a?b=c&d", &[])), "/a?b=c&d");
        assert_eq!(back(&request("POST", "/save", &[])), "/");
        assert_eq!(
            back(&request(
                "POST",
                "/save",
                &[("referer", "https://gw.test/form?x")]
            )),
            "/form?x"
        );
        assert_eq!(
            back(&request(
                "POST",
                "/save",
                &[("referer", "https://gw.test.evil/x")]
            )),
            "/"
        );
        assert_eq!(
            back(&request("GET", &format!("/{}", "x".repeat(NEXT_AT_MOST)), &[])),
            "/"
        );
    }

    #[test]
    fn a_redirect_to_https_keeps_the_target_and_nothing_else() {
        let response = redirect_to_https(&request("GET", "/a?b=c", &[]), &site());
        assert_eq!(response.headers()[LOCATION], "https://gw.test/a?b=c");
        assert_eq!(
            redirect_to_https(&request("POST", "/a", &[]), &site()).status(),
            StatusCode::FORBIDDEN
        );
    }

    #[test]
    fn problems_say_whether_the_action_was_sent() {
        let response = edge_for_scripts(Edge::UpstreamDown { sent: Sent::No }, "7KQ4-M2XR", "/_auth");
        assert_eq!(response.status(), 502);
        assert_eq!(response.headers()[RETRY_AFTER], "30");
        let body: serde_json::Value = serde_json::from_slice(response.body()).unwrap();
        assert_eq!(
            (&body["sent"], &body["reference"]),
            (&"no".into(), &"7KQ4-M2XR".into())
        );
    }
}
