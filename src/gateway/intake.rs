//! From a request's header to one normal form: site, client, kind.
//!
//! HTTP/1 heads have been through [`super::head`]; what remains is what both protocols share, and what
//! HTTP/2 would let pass. The request is changed in one thing: an upgrade to anything but a WebSocket is
//! no upgrade.

use std::net::IpAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use http::header::{ACCEPT, CONNECTION, CONTENT_LENGTH, EXPECT, HOST, UPGRADE};
use http::{HeaderMap, HeaderName, Method, Version};
use ipnet::IpNet;
use pingora_http::RequestHeader;

use super::head::{self, Malformed};
use super::host;
use super::line::Line;
use super::site::{Site, Sites};
use crate::base::client::ClientAddr;
use crate::base::entropy::{self, Entropy};
use crate::base::id::RequestId;

/// What was understood of a request.
#[derive(Clone)]
pub struct Intake {
    /// The site it is for.
    pub site: Arc<Site>,
    /// Who sent it, by address.
    pub client: ClientAddr,
    /// Its name in logs.
    pub request: RequestId,
    /// What it wants of the connection.
    pub kind: Kind,
    /// Whether it came over https, here or at a trusted proxy.
    pub https: bool,
}

/// What a request wants of the connection.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    /// One answer.
    Plain,
    /// An answer that goes on (`Accept: text/event-stream`).
    Events,
    /// A WebSocket (RFC 6455 §4.1).
    WebSocket,
}

/// Why a request is not understood.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum NotUnderstood {
    /// It is malformed.
    #[error(transparent)]
    Malformed(#[from] Malformed),
    /// It is for no site of ours.
    #[error("no such site")]
    UnknownHost,
}

/// Understands a request, and brings it to its normal form.
pub fn read(
    request: &mut RequestHeader,
    line: &Line,
    sites: &Sites,
    trusted: &[IpNet],
    ids: &RequestIds,
    fields_at_most: usize,
) -> Result<Intake, NotUnderstood> {
    if request.version == Version::HTTP_2 {
        check_h2(request, fields_at_most)?;
    }
    check_nominations(&request.headers)?;
    let site = Arc::clone(find_site(request, sites)?);
    let kind = kind(request);
    if kind != Kind::WebSocket && request.headers.contains_key(UPGRADE) {
        request.remove_header(&UPGRADE);
    }
    let (client, https) = match line.is_trusted() {
        true => (
            forwarded_client(&request.headers, line.peer(), trusted),
            line.is_secure() || forwarded_https(&request.headers),
        ),
        false => (line.peer(), line.is_secure()),
    };
    Ok(Intake {
        site,
        client,
        request: ids.draw(),
        kind,
        https,
    })
}

/// The path of an origin-form target, without its query.
pub fn path(request: &RequestHeader) -> &[u8] {
    let target = request.raw_path();
    target.split(|octet| *octet == b'?').next().unwrap_or(target)
}

/// What [`super::head`] checks of HTTP/1, as far as HTTP/2 has it.
fn check_h2(request: &RequestHeader, fields_at_most: usize) -> Result<(), Malformed> {
    head::check_method(request.method.as_str().as_bytes())?;
    head::check_target(request.raw_path())?;
    if request.headers.len() > fields_at_most {
        return Err(Malformed::TooLarge);
    }
    if let Some(expectation) = request.headers.get(EXPECT) {
        head::expectation(expectation.as_bytes())?;
    }
    match request.headers.get_all(CONTENT_LENGTH).iter().nth(1) {
        Some(_) => Err(Malformed::Framing),
        None => Ok(()),
    }
}

fn find_site<'a>(request: &RequestHeader, sites: &'a Sites) -> Result<&'a Arc<Site>, NotUnderstood> {
    let named = match request.uri.authority() {
        Some(authority) => authority.as_str().as_bytes(),
        None => request.headers.get(HOST).ok_or(Malformed::Host)?.as_bytes(),
    };
    let host = host::canonical(named)?;
    sites.find(&host).ok_or(NotUnderstood::UnknownHost)
}

/// The fields that `Connection` names (RFC 9110 §7.6.1), but for the words it has of its own.
pub fn nominations(headers: &HeaderMap) -> impl Iterator<Item = &[u8]> {
    headers
        .get_all(CONNECTION)
        .iter()
        .flat_map(|value| value.as_bytes().split(|octet| *octet == b','))
        .map(<[u8]>::trim_ascii)
        .filter(|token| {
            !token.is_empty()
                && !["keep-alive", "close", "upgrade"]
                    .iter()
                    .any(|word| token.eq_ignore_ascii_case(word.as_bytes()))
        })
}

/// A message cannot do without these, so naming them as hop-by-hop is an attempt to make the next
/// server see another message.
fn check_nominations(headers: &HeaderMap) -> Result<(), Malformed> {
    const NEEDED: [&[u8]; 3] = [b"host", b"content-length", b"transfer-encoding"];
    for (count, token) in nominations(headers).enumerate() {
        let needed = NEEDED.iter().any(|it| token.eq_ignore_ascii_case(it));
        if needed || count >= 32 || HeaderName::from_bytes(token).is_err() {
            return Err(Malformed::Connection);
        }
    }
    Ok(())
}

fn kind(request: &RequestHeader) -> Kind {
    let headers = &request.headers;
    let mut upgrades = headers.get_all(UPGRADE).iter();
    if let (Some(upgrade), None) = (upgrades.next(), upgrades.next()) {
        let asked = headers
            .get_all(CONNECTION)
            .iter()
            .flat_map(|value| value.as_bytes().split(|octet| *octet == b','))
            .any(|token| token.trim_ascii().eq_ignore_ascii_case(b"upgrade"));
        let websocket = upgrade.as_bytes().trim_ascii().eq_ignore_ascii_case(b"websocket");
        if asked && websocket && request.version == Version::HTTP_11 && request.method == Method::GET {
            return Kind::WebSocket;
        }
    }
    let events = headers
        .get(ACCEPT)
        .is_some_and(|accept| accept.as_bytes().starts_with(b"text/event-stream"));
    match events {
        true => Kind::Events,
        false => Kind::Plain,
    }
}

/// The right-most entry of X-Forwarded-For that is not a trusted proxy's. What cannot be read means the
/// peer's own address: everything left of it is hearsay.
fn forwarded_client(headers: &HeaderMap, peer: ClientAddr, trusted: &[IpNet]) -> ClientAddr {
    let fields: Vec<&[u8]> = headers
        .get_all("x-forwarded-for")
        .iter()
        .flat_map(|value| value.as_bytes().split(|octet| *octet == b','))
        .collect();
    let mut nearest = peer;
    for entry in fields.iter().rev() {
        let Some(address) = std::str::from_utf8(entry)
            .ok()
            .and_then(|text| text.trim().parse::<IpAddr>().ok())
        else {
            return peer;
        };
        nearest = ClientAddr::new(address);
        if !trusted.iter().any(|net| net.contains(&nearest.ip())) {
            return nearest;
        }
    }
    nearest
}

fn forwarded_https(headers: &HeaderMap) -> bool {
    headers
        .get_all("x-forwarded-proto")
        .iter()
        .next_back()
        .is_some_and(|proto| {
            let last = proto.as_bytes().rsplit(|octet| *octet == b',').next();
            last.is_some_and(|last| last.trim_ascii().eq_ignore_ascii_case(b"https"))
        })
}

/// Names requests: random at the start, then counted, so that no request costs a trip to the kernel.
pub struct RequestIds {
    salt: u64,
    next: AtomicU64,
}

impl RequestIds {
    /// Begins at a random place.
    pub fn new(entropy: &dyn Entropy) -> Self {
        Self {
            salt: u64::from_le_bytes(entropy::bytes(entropy)),
            next: AtomicU64::new(u64::from_le_bytes(entropy::bytes(entropy))),
        }
    }

    /// The next name.
    pub fn draw(&self) -> RequestId {
        let count = self.next.fetch_add(1, Ordering::Relaxed);
        // SplitMix64: a bijection, so that counting gives no two alike and no visible order.
        let mut mixed = count.wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ self.salt;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^= mixed >> 31;
        let mut bytes = [0; 16];
        for (to, from) in bytes
            .iter_mut()
            .zip(mixed.to_le_bytes().into_iter().chain(self.salt.to_le_bytes()))
        {
            *to = from;
        }
        RequestId::from_bytes(bytes)
    }
}

#[cfg(test)]
#[path = "intake_tests.rs"]
mod tests;
