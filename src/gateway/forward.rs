//! The request as the portal gets it.
//!
//! Dropped: what is hop-by-hop (RFC 9110 §7.6.1) and what `Connection` names, every header that only we
//! may set, in every spelling, and our cookies. Set afterwards, so that nothing from outside survives:
//! Host, the forwarding headers, the request's name, the person. Everything else passes as it came, with
//! its name in lower case: a name's case says nothing (RFC 9110 §5.1), and HTTP/2 has no other. Pingora would
//! keep each name's spelling in a second map, which costs more than all of our work here.

use bytes::Bytes;
use http::header::{CONNECTION, COOKIE, HOST, HeaderMap, HeaderName, HeaderValue, UPGRADE};
use http::request::Parts;
use pingora_core::{ErrorType, OrErr, Result};
use pingora_http::RequestHeader;

use super::cookies::{Cookies, ForPortal};
use super::intake::{self, Intake, Kind};
use super::line::{self, Line};
use super::ports::Visitor;
use super::upstream::Turn;

const HOP_BY_HOP: [&str; 10] = [
    "connection",
    "keep-alive",
    "proxy-authenticate",
    "proxy-authorization",
    "proxy-connection",
    "te",
    "trailer",
    "transfer-encoding",
    "upgrade",
    "http2-settings",
];
const X_FORWARDED_FOR: HeaderName = HeaderName::from_static("x-forwarded-for");
const X_FORWARDED_PROTO: HeaderName = HeaderName::from_static("x-forwarded-proto");
const X_FORWARDED_HOST: HeaderName = HeaderName::from_static("x-forwarded-host");
const X_REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");
/// Fields that every request gets from us.
const ALWAYS: usize = 5;

/// Prepares a request for the portal. Returns how many headers from outside were dropped because only
/// we may set them.
pub fn prepare<V: Visitor>(
    request: &mut RequestHeader,
    intake: &Intake,
    line: &Line,
    cookies: &Cookies,
    visitor: Option<&V>,
    turn: &Turn,
) -> Result<usize> {
    let (mut parts, odd_target) = take(request);
    let headers = &mut parts.headers;
    let dropped = drop_foreign(headers, intake);
    match &cookies.for_portal {
        ForPortal::AsItCame => {}
        ForPortal::Nothing => {
            headers.remove(COOKIE);
        }
        ForPortal::Instead(value) => set(headers, COOKIE, value.clone())?,
    }
    set_ours(headers, intake, line, visitor, turn)?;
    if intake.kind == Kind::WebSocket {
        set(headers, CONNECTION, HeaderValue::from_static("Upgrade"))?;
        set(headers, UPGRADE, HeaderValue::from_static("websocket"))?;
    }
    *request = RequestHeader::from(parts);
    if let Some(target) = odd_target {
        request.set_raw_path(&target)?;
    }
    Ok(dropped)
}

/// The request's parts, and its target where that is not what its URI says (RFC 9112 §3.2: absolute form,
/// or octets that are no UTF-8).
fn take(request: &mut RequestHeader) -> (Parts, Option<Bytes>) {
    let target = request.raw_path();
    let of_uri = request.uri.path_and_query().map(|it| it.as_str().as_bytes());
    let odd = (of_uri != Some(target)).then(|| Bytes::copy_from_slice(target));
    let nothing = RequestHeader::from(http::Request::new(()).into_parts().0);
    (std::mem::replace(request, nothing).into(), odd)
}

fn set(headers: &mut HeaderMap, name: HeaderName, value: HeaderValue) -> Result<()> {
    headers
        .try_insert(name, value)
        .or_err(ErrorType::InvalidHTTPHeader, "too many fields")?;
    Ok(())
}

fn drop_foreign(headers: &mut HeaderMap, intake: &Intake) -> usize {
    let reserved = &intake.site.reserved;
    let mut gone: Vec<HeaderName> = intake::nominations(headers)
        .filter_map(|token| HeaderName::from_bytes(token).ok())
        .collect();
    let mut dropped = 0;
    for name in headers.keys() {
        let text = name.as_str();
        if reserved.holds(text) {
            dropped += 1;
            gone.push(name.clone());
        } else if is_hop_by_hop(text) {
            gone.push(name.clone());
        }
    }
    for name in &gone {
        headers.remove(name);
    }
    dropped
}

fn is_hop_by_hop(name: &str) -> bool {
    matches!(
        name.as_bytes().first(),
        Some(b'c' | b'k' | b'p' | b't' | b'u' | b'h')
    ) && HOP_BY_HOP.contains(&name)
}

fn set_ours<V: Visitor>(
    headers: &mut HeaderMap,
    intake: &Intake,
    line: &Line,
    visitor: Option<&V>,
    turn: &Turn,
) -> Result<()> {
    let site = &intake.site;
    let client = match intake.client == line.peer() {
        true => line.peer_value().clone(),
        false => line::address_value(intake.client),
    };
    let host = site.upstream.host_for(turn).unwrap_or(&site.authority);
    let request = HeaderValue::try_from(intake.request.to_string())
        .or_err(ErrorType::InternalError, "a request's name")?;
    let person = site.identity().each_ref().map(|(field, name)| {
        let value = visitor.and_then(|visitor| visitor.value(*field))?;
        Some((name, value))
    });
    // Room for all at once, rather than in steps on the way; no more of it than is filled, for room is not free.
    let of_person = person.iter().flatten().count();
    headers
        .try_reserve(ALWAYS + of_person + site.upstream.added().len())
        .or_err(ErrorType::InvalidHTTPHeader, "too many fields")?;
    set(headers, HOST, host.clone())?;
    set(headers, X_FORWARDED_FOR, client)?;
    set(headers, X_FORWARDED_PROTO, site.scheme())?;
    set(headers, X_FORWARDED_HOST, site.authority.clone())?;
    set(headers, X_REQUEST_ID, request)?;
    for (name, value) in person.into_iter().flatten() {
        set(headers, name.clone(), value)?;
    }
    for (name, value) in site.upstream.added() {
        set(headers, name.clone(), value.clone())?;
    }
    Ok(())
}
