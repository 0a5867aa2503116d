//! The portal's answer on its way to the person.
//!
//! `Set-Cookie` lines with our names are dropped. What somebody saw because they had proven who they
//! are is nobody else's: a protected answer that says nothing about caching is private, and one that
//! calls itself public is made private (RFC 9111 §3.5, §5.2.2). Names of fields arrive in lower case, for
//! the same reason as in a [request](super::forward).

use http::header::{
    CACHE_CONTROL, CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue, SET_COOKIE, UPGRADE, VARY,
};
use http::response::Parts;
use pingora_core::{ErrorType, OrErr, Result};
use pingora_http::ResponseHeader;

use super::cookies;

/// Whether the answer may go on for as long as the portal likes.
pub fn lasts(response: &ResponseHeader) -> bool {
    response.status == 101
        || response
            .headers
            .get(CONTENT_TYPE)
            .is_some_and(|kind| kind.as_bytes().starts_with(b"text/event-stream"))
}

/// Whether a 101 switches to the WebSocket protocol and to no other (RFC 6455 §4.2.2).
pub fn is_websocket(response: &ResponseHeader) -> bool {
    let mut upgrades = response.headers.get_all(UPGRADE).iter();
    match (upgrades.next(), upgrades.next()) {
        (Some(upgrade), None) => upgrade.as_bytes().eq_ignore_ascii_case(b"websocket"),
        _ => false,
    }
}

/// Changes what has to be changed; `protected` where a stranger would not have got this answer.
pub fn clean(response: &mut ResponseHeader, protected: bool) -> Result<()> {
    let (mut parts, reason) = take(response);
    drop_our_cookies(&mut parts.headers)?;
    if protected && !parts.status.is_informational() {
        make_private(&mut parts.headers)?;
    }
    *response = ResponseHeader::from(parts);
    if reason.is_some() {
        response.set_reason_phrase(reason.as_deref())?;
    }
    Ok(())
}

/// The answer's parts, and its reason phrase where that is not the usual one.
fn take(response: &mut ResponseHeader) -> (Parts, Option<String>) {
    let usual = response.status.canonical_reason();
    let reason = response.get_reason_phrase().filter(|it| Some(*it) != usual);
    let reason = reason.map(str::to_owned);
    let nothing = ResponseHeader::from(http::Response::new(()).into_parts().0);
    (std::mem::replace(response, nothing).into(), reason)
}

fn drop_our_cookies(headers: &mut HeaderMap) -> Result<()> {
    let ours = |line: &HeaderValue| {
        cookies::is_ours(
            line.as_bytes()
                .split(|octet| *octet == b'=')
                .next()
                .unwrap_or_default(),
        )
    };
    if !headers.get_all(SET_COOKIE).iter().any(ours) {
        return Ok(());
    }
    let theirs: Vec<HeaderValue> = headers
        .get_all(SET_COOKIE)
        .iter()
        .filter(|line| !ours(line))
        .cloned()
        .collect();
    headers.remove(SET_COOKIE);
    for line in theirs {
        add(headers, SET_COOKIE, line)?;
    }
    Ok(())
}

fn make_private(headers: &mut HeaderMap) -> Result<()> {
    let mut fields = headers.get_all(CACHE_CONTROL).iter().peekable();
    if fields.peek().is_none() {
        add(
            headers,
            CACHE_CONTROL,
            HeaderValue::from_static("private, no-cache"),
        )?;
    } else {
        let shared = |directive: &&str| {
            let name = directive.split('=').next().unwrap_or(directive).trim();
            name.eq_ignore_ascii_case("public") || name.eq_ignore_ascii_case("s-maxage")
        };
        let text: Vec<String> = fields
            .map(|value| String::from_utf8_lossy(value.as_bytes()).into_owned())
            .collect();
        let directives: Vec<&str> = text
            .iter()
            .flat_map(|value| value.split(','))
            .map(str::trim)
            .collect();
        if directives.iter().any(shared) {
            let kept: Vec<&str> = std::iter::once("private")
                .chain(
                    directives
                        .iter()
                        .copied()
                        .filter(|it| !shared(it) && !it.eq_ignore_ascii_case("private")),
                )
                .collect();
            let private = HeaderValue::try_from(kept.join(", "))
                .or_err(ErrorType::InvalidHTTPHeader, "Cache-Control cannot be sent")?;
            headers.remove(CACHE_CONTROL);
            add(headers, CACHE_CONTROL, private)?;
        }
    }
    let varies = headers.get_all(VARY).iter().any(|value| {
        value
            .as_bytes()
            .split(|octet| *octet == b',')
            .map(<[u8]>::trim_ascii)
            .any(|name| name == b"*" || name.eq_ignore_ascii_case(b"cookie"))
    });
    if !varies {
        add(headers, VARY, HeaderValue::from_static("Cookie"))?;
    }
    Ok(())
}

fn add(headers: &mut HeaderMap, name: HeaderName, value: HeaderValue) -> Result<()> {
    headers
        .try_append(name, value)
        .or_err(ErrorType::InvalidHTTPHeader, "too many fields")?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(fields: &[(&'static str, &'static str)]) -> ResponseHeader {
        let mut response = ResponseHeader::build(200, None).unwrap();
        for (name, value) in fields {
            response.append_header(*name, *value).unwrap();
        }
        response
    }

    fn all(response: &ResponseHeader, name: &str) -> Vec<String> {
        response
            .headers
            .get_all(name)
            .iter()
            .map(|it| it.to_str().unwrap().to_owned())
            .collect()
    }

    #[test]
    fn our_cookies_are_ours_to_set() {
        let mut response = answer(&[
            ("set-cookie", "a=1; Path=/"),
            ("set-cookie", "__Host-doorward=evil; Path=/"),
            ("set-cookie", "doorward-device=evil; Domain=test"),
            ("set-cookie", "b=2"),
        ]);
        clean(&mut response, true).unwrap();
        assert_eq!(all(&response, "set-cookie"), ["a=1; Path=/", "b=2"]);
    }

    #[test]
    fn protected_answers_are_private() {
        for (given, expected) in [
            (None, "private, no-cache"),
            (Some("public, max-age=60"), "private, max-age=60"),
            (Some("max-age=60, S-Maxage=90"), "private, max-age=60"),
            (Some("no-store"), "no-store"),
            (Some("private"), "private"),
            (Some("max-age=5"), "max-age=5"),
        ] {
            let fields: Vec<_> = given.map(|value| ("cache-control", value)).into_iter().collect();
            let mut response = answer(&fields);
            clean(&mut response, true).unwrap();
            assert_eq!(all(&response, "cache-control"), [expected]);
            assert_eq!(all(&response, "vary"), ["Cookie"]);
        }
        let mut open = answer(&[("cache-control", "public")]);
        clean(&mut open, false).unwrap();
        assert_eq!(all(&open, "cache-control"), ["public"]);
        assert!(all(&open, "vary").is_empty());
    }

    #[test]
    fn vary_is_added_once() {
        let mut response = answer(&[("vary", "accept-encoding, cookie")]);
        clean(&mut response, true).unwrap();
        assert_eq!(all(&response, "vary"), ["accept-encoding, cookie"]);
    }
}
