//! The request as the portal gets it.
//!
//! Dropped: what is hop-by-hop (RFC 9110 §7.6.1) and what `Connection` names, every header that only we
//! may set, in every spelling, and our cookies. Set afterwards, so that nothing from outside survives:
//! Host, the forwarding headers, the request's name, the person. Everything else passes as it came.

use http::header::{CONNECTION, COOKIE, HOST, HeaderName, HeaderValue, UPGRADE};
use pingora_core::Result;
use pingora_http::RequestHeader;

use super::cookies::{self, ForPortal};
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
// As they are written on the wire: Pingora keeps that form beside the name, and makes one of a bare name
// anew for each request.
const X_FORWARDED_FOR: &str = "X-Forwarded-For";
const X_FORWARDED_PROTO: &str = "X-Forwarded-Proto";
const X_FORWARDED_HOST: &str = "X-Forwarded-Host";
const X_REQUEST_ID: &str = "X-Request-Id";

/// Prepares a request for the portal. Returns how many headers from outside were dropped because only
/// we may set them.
pub fn prepare<V: Visitor>(
    request: &mut RequestHeader,
    intake: &Intake,
    line: &Line,
    visitor: Option<&V>,
    turn: &Turn,
) -> Result<usize> {
    let dropped = drop_foreign(request, intake);
    match cookies::for_portal(&request.headers) {
        ForPortal::AsItCame => {}
        ForPortal::Nothing => {
            request.remove_header(&COOKIE);
        }
        ForPortal::Instead(value) => request.insert_header(COOKIE, value)?,
    }
    set_ours(request, intake, line, visitor, turn)?;
    if intake.kind == Kind::WebSocket {
        request.insert_header(CONNECTION, HeaderValue::from_static("Upgrade"))?;
        request.insert_header(UPGRADE, HeaderValue::from_static("websocket"))?;
    }
    Ok(dropped)
}

fn drop_foreign(request: &mut RequestHeader, intake: &Intake) -> usize {
    let reserved = &intake.site.reserved;
    let mut gone: Vec<HeaderName> = intake::nominations(&request.headers)
        .filter_map(|token| HeaderName::from_bytes(token).ok())
        .collect();
    let mut dropped = 0;
    for name in request.headers.keys() {
        let text = name.as_str();
        if reserved.holds(text) {
            dropped += 1;
            gone.push(name.clone());
        } else if is_hop_by_hop(text) {
            gone.push(name.clone());
        }
    }
    for name in &gone {
        request.remove_header(name);
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
    request: &mut RequestHeader,
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
    request.insert_header(HOST, host.clone())?;
    request.insert_header(X_FORWARDED_FOR, client)?;
    request.insert_header(X_FORWARDED_PROTO, site.scheme())?;
    request.insert_header(X_FORWARDED_HOST, site.authority.clone())?;
    request.insert_header(X_REQUEST_ID, intake.request.to_string())?;
    if let Some(visitor) = visitor {
        for (field, name) in site.identity() {
            if let Some(value) = visitor.value(*field) {
                request.insert_header(name.clone(), value)?;
            }
        }
    }
    for (name, value) in site.upstream.added() {
        request.insert_header(name.clone(), value.clone())?;
    }
    Ok(())
}
