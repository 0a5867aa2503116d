//! Our cookies among the portal's.
//!
//! The portal gets its own cookies byte for byte and in order, and none of ours; its `Set-Cookie` lines
//! with our names are dropped. For recognising somebody a cookie counts only where it is there once,
//! as exactly `name=value` (RFC 6265 §4.2.1).

use std::sync::{Mutex, PoisonError};

use http::HeaderMap;
use http::header::{COOKIE, HeaderValue};
use memchr::memchr;

use crate::base::id::TokenDigest;
use crate::base::seal::Token;

/// What our names have in common; a look-alike in another case is kept from the portal too.
const STEM: &[u8] = b"doorward";
const TAILS: [&[u8]; 5] = [b"", b"-flow", b"-device", b"-known", b"-language"];
const PREFIXES: [&[u8]; 2] = [b"__host-", b"__secure-"];

/// The name of the session cookie, with and without https.
pub const fn session_name(https: bool) -> &'static str {
    match https {
        true => "__Host-doorward",
        false => "doorward",
    }
}

/// Whether a cookie's name is one of ours, with or without its prefix, in any case.
pub fn is_ours(name: &[u8]) -> bool {
    let name = name.trim_ascii();
    // Most are not, and their first octet says so.
    if !matches!(name.first(), Some(b'_' | b'd' | b'D')) {
        return false;
    }
    let bare = PREFIXES
        .iter()
        .find_map(|prefix| {
            let (head, rest) = name.split_at_checked(prefix.len())?;
            head.eq_ignore_ascii_case(prefix).then_some(rest)
        })
        .unwrap_or(name);
    bare.split_at_checked(STEM.len()).is_some_and(|(stem, tail)| {
        stem.eq_ignore_ascii_case(STEM) && TAILS.iter().any(|it| tail.eq_ignore_ascii_case(it))
    })
}

/// The value of the cookie `name`, where it is there exactly once.
pub fn only<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    let mut found = None;
    for pair in headers.get_all(COOKIE).iter().flat_map(pairs) {
        let pair = pair.strip_prefix(b" ").unwrap_or(pair);
        let Some(value) = pair
            .strip_prefix(name.as_bytes())
            .and_then(|rest| rest.strip_prefix(b"="))
        else {
            continue;
        };
        if found.replace(value).is_some() {
            return None;
        }
    }
    std::str::from_utf8(found?).ok()
}

/// The `Cookie` field for the portal.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum ForPortal {
    /// Leave the field as it is.
    AsItCame,
    /// There is nothing left for the portal.
    Nothing,
    /// This instead, in one field.
    Instead(HeaderValue),
}

/// What the portal gets to see. HTTP/2 may split cookies over several fields (RFC 9113 §8.2.3); HTTP/1
/// has one.
pub fn for_portal(headers: &HeaderMap) -> ForPortal {
    let fields = || headers.get_all(COOKIE).iter();
    let (mut ours, mut theirs) = (false, false);
    for pair in fields().flat_map(pairs) {
        match has_our_name(pair) {
            true => ours = true,
            false => theirs = true,
        }
    }
    let split = fields().nth(1).is_some();
    match (ours, theirs) {
        (false, _) if !split => return ForPortal::AsItCame,
        (_, false) => return ForPortal::Nothing,
        _ => {}
    }
    let mut kept = Vec::with_capacity(fields().map(HeaderValue::len).sum());
    for field in fields() {
        keep_theirs(field, &mut kept);
    }
    match HeaderValue::from_bytes(&kept) {
        Ok(value) if !kept.is_empty() => ForPortal::Instead(value),
        _ => ForPortal::Nothing,
    }
}

/// What a request's cookies say.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Cookies {
    /// The session cookie's digest, where it is there exactly once and has the form of one.
    pub session: Option<TokenDigest>,
    /// What the portal gets of them.
    pub for_portal: ForPortal,
}

impl Cookies {
    /// Reads a request's cookies; `https` as the site has it.
    pub fn read(headers: &HeaderMap, https: bool) -> Self {
        Self {
            session: only(headers, session_name(https)).and_then(Token::digest_of),
            for_portal: for_portal(headers),
        }
    }
}

/// The last `Cookie` field of a connection and what it said. A browser sends the same one again with nearly
/// every request, and reading it is a good part of what a signed-in request costs.
#[derive(Default)]
pub struct LastCookies(Mutex<Option<Last>>);

struct Last {
    field: Box<[u8]>,
    https: bool,
    said: Cookies,
}

impl LastCookies {
    /// As [`Cookies::read`].
    pub fn read(&self, headers: &HeaderMap, https: bool) -> Cookies {
        let mut fields = headers.get_all(COOKIE).iter();
        let (Some(field), None) = (fields.next(), fields.next()) else {
            return Cookies::read(headers, https);
        };
        let mut last = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(last) = &*last
            && last.https == https
            && *last.field == *field.as_bytes()
        {
            return last.said.clone();
        }
        let said = Cookies::read(headers, https);
        *last = Some(Last {
            field: field.as_bytes().into(),
            https,
            said: said.clone(),
        });
        said
    }
}

fn keep_theirs(field: &HeaderValue, kept: &mut Vec<u8>) {
    let mut first_of_field = true;
    for pair in pairs(field) {
        if has_our_name(pair) {
            continue;
        }
        match (kept.is_empty(), first_of_field) {
            (true, _) => kept.extend(pair.strip_prefix(b" ").unwrap_or(pair)),
            (false, true) => {
                kept.extend(b"; ");
                kept.extend(pair.strip_prefix(b" ").unwrap_or(pair));
            }
            (false, false) => {
                kept.push(b';');
                kept.extend(pair);
            }
        }
        first_of_field = false;
    }
}

fn pairs(field: &HeaderValue) -> impl Iterator<Item = &[u8]> {
    let mut rest = Some(field.as_bytes());
    std::iter::from_fn(move || {
        let octets = rest?;
        let (pair, behind) = cut(octets, b';');
        rest = behind;
        Some(pair)
    })
}

fn has_our_name(pair: &[u8]) -> bool {
    is_ours(cut(pair, b'=').0)
}

/// What stands before the first `at`, and what behind it.
fn cut(octets: &[u8], at: u8) -> (&[u8], Option<&[u8]>) {
    match memchr(at, octets).and_then(|place| octets.split_at_checked(place)) {
        Some((before, behind)) => (before, behind.get(1..)),
        None => (octets, None),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn headers(fields: &[&str]) -> HeaderMap {
        let mut headers = HeaderMap::new();
        for field in fields {
            headers.append(COOKIE, HeaderValue::from_bytes(field.as_bytes()).unwrap());
        }
        headers
    }

    fn portal_sees(fields: &[&str]) -> Option<String> {
        let headers = headers(fields);
        match for_portal(&headers) {
            ForPortal::AsItCame => headers
                .get(COOKIE)
                .map(|it| String::from_utf8_lossy(it.as_bytes()).into_owned()),
            ForPortal::Nothing => None,
            ForPortal::Instead(value) => Some(String::from_utf8_lossy(value.as_bytes()).into_owned()),
        }
    }

    #[test]
    fn the_portal_sees_its_own_cookies_as_they_came() {
        assert_eq!(
            portal_sees(&["a=1; b=\"x y\";c=3;  d"]).as_deref(),
            Some("a=1; b=\"x y\";c=3;  d")
        );
        assert_eq!(
            portal_sees(&["a=1; __Host-doorward=s; b=2"]).as_deref(),
            Some("a=1; b=2")
        );
        assert_eq!(
            portal_sees(&["__Host-doorward=s; a=1;b=2"]).as_deref(),
            Some("a=1;b=2")
        );
        assert_eq!(
            portal_sees(&["a=1;b=2; __host-DOORWARD-device=t"]).as_deref(),
            Some("a=1;b=2")
        );
        assert_eq!(portal_sees(&["doorward-known=x"]), None);
        assert_eq!(portal_sees(&["doorwards=x"]).as_deref(), Some("doorwards=x"));
        assert_eq!(portal_sees(&[]), None);
    }

    #[test]
    fn split_fields_become_one() {
        assert_eq!(
            portal_sees(&["a=1", "b=2", "__Host-doorward=s"]).as_deref(),
            Some("a=1; b=2")
        );
        assert_eq!(portal_sees(&["__Host-doorward=s", "a=1"]).as_deref(), Some("a=1"));
        assert_eq!(
            portal_sees(&["a=1; b=2", "c=3"]).as_deref(),
            Some("a=1; b=2; c=3")
        );
    }

    #[test]
    fn a_cookie_counts_once_and_exactly() {
        let name = session_name(true);
        let value = |fields: &[&str]| only(&headers(fields), name).map(str::to_owned);
        assert_eq!(value(&["a=1; __Host-doorward=s"]).as_deref(), Some("s"));
        assert_eq!(value(&["a=1", "__Host-doorward=s"]).as_deref(), Some("s"));
        for absent in [
            &["__Host-doorward=s; __Host-doorward=s"][..],
            &["__Host-doorward=s", "__Host-doorward=t"],
            &["__host-doorward=s"],
            &["  __Host-doorward=s"],
            &["__Host-doorward =s"],
            &["__Host-doorward"],
            &["doorward=s"],
            &["x__Host-doorward=s"],
        ] {
            assert_eq!(value(absent), None, "{absent:?}");
        }
    }

    #[test]
    fn a_connection_remembers_one_field_and_no_other() {
        let value = |of: char| of.to_string().repeat(Token::PRINTED_LENGTH);
        let field = |name: &str, of: char| format!("{name}={}; a=1", value(of));
        let last = LastCookies::default();
        let asked = [
            (vec![field("doorward", 'A')], false),
            (vec![field("doorward", 'A')], false),
            // The same octets mean nothing to a site with https.
            (vec![field("doorward", 'A')], true),
            (vec![field("__Host-doorward", 'A')], true),
            (vec![field("__Host-doorward", 'B')], true),
            (
                vec![field("__Host-doorward", 'B'), field("__Host-doorward", 'A')],
                true,
            ),
            (vec![], true),
            (vec![field("__Host-doorward", 'B')], true),
        ];
        for (fields, https) in asked {
            let fields: Vec<&str> = fields.iter().map(String::as_str).collect();
            let headers = headers(&fields);
            let read = last.read(&headers, https);
            assert_eq!(read, Cookies::read(&headers, https), "{fields:?}");
            let named = fields.len() == 1 && fields[0].starts_with(session_name(https));
            assert_eq!(read.session.is_some(), named, "{fields:?}");
        }
    }

    proptest! {
        #[test]
        fn nothing_of_ours_passes_and_nothing_of_theirs_is_lost(
            pairs in prop::collection::vec(
                prop::sample::select(vec!["a=1", "b=", "c", "d=x=y", "__Host-doorward=s", "doorward-flow=f", "__Secure-doorward-known=k"]),
                0..8,
            )
        ) {
            let seen = portal_sees(&[&pairs.join("; ")]).unwrap_or_default();
            let theirs: Vec<&str> = pairs.iter().copied().filter(|pair| !pair.contains("doorward")).collect();
            prop_assert_eq!(seen, theirs.join("; "));
        }
    }
}
