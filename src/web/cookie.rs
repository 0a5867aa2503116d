//! The cookies of ours: read strictly, written whole.
//!
//! A cookie of ours that comes twice, or that is not exactly `name=value`, counts as absent. On
//! https the names carry `__Host-`, which no other host and no plain connection can set
//! (RFC 6265bis §4.1.3.2); on a loopback site over http they do without it and without Secure.

use std::time::Duration;

use http::HeaderMap;
use http::header::COOKIE;

use crate::base::language::Language;
use crate::base::seal::{Keyring, Token};
use crate::service::Cookies;
use crate::service::visit::SESSION_COOKIE;

/// Our cookies, by what they are for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    /// The session. Lax: a link from elsewhere may open the portal.
    Session,
    /// One way through a sign-in; until the browser closes.
    Flow,
    /// A trusted device. Strict.
    Device,
    /// A known browser. Strict.
    Known,
    /// The language, as a plain tag.
    Language,
}

/// How long the language is remembered: a year.
const LANGUAGE_FOR: Duration = Duration::from_secs(365 * 86_400);

impl Kind {
    /// Its name without the prefix that https adds; tokens are tagged for it.
    pub const fn plain_name(self) -> &'static str {
        match self {
            Self::Session => SESSION_COOKIE,
            Self::Flow => "doorward-flow",
            Self::Device => "doorward-device",
            Self::Known => "doorward-known",
            Self::Language => "doorward-language",
        }
    }

    /// Its name on a site.
    pub const fn name(self, https: bool) -> &'static str {
        match (self, https) {
            (Self::Session, true) => "__Host-doorward",
            (Self::Flow, true) => "__Host-doorward-flow",
            (Self::Device, true) => "__Host-doorward-device",
            (Self::Known, true) => "__Host-doorward-known",
            (Self::Language, true) => "__Host-doorward-language",
            (_, false) => self.plain_name(),
        }
    }

    const fn same_site(self) -> cookie::SameSite {
        match self {
            Self::Session | Self::Flow | Self::Language => cookie::SameSite::Lax,
            Self::Device | Self::Known => cookie::SameSite::Strict,
        }
    }
}

/// The value of one of our cookies, if the request carries it exactly once.
pub fn value(headers: &HeaderMap, kind: Kind, https: bool) -> Option<&str> {
    let name = kind.name(https);
    let mut found = None;
    for line in headers.get_all(COOKIE) {
        let Ok(line) = line.to_str() else { continue };
        for pair in line.split(';') {
            let pair = pair.strip_prefix(' ').unwrap_or(pair);
            let Some(value) = pair.strip_prefix(name).and_then(|rest| rest.strip_prefix('=')) else {
                continue;
            };
            if found.replace(value).is_some() {
                return None;
            }
        }
    }
    found
}

/// All of our cookies that a request carries, each recognised by its tag.
pub fn read(headers: &HeaderMap, https: bool, keys: &Keyring) -> Cookies {
    let token = |kind: Kind| Token::recognise(kind.plain_name(), value(headers, kind, https)?, keys);
    Cookies {
        session: token(Kind::Session),
        flow: token(Kind::Flow),
        device: token(Kind::Device),
        known: token(Kind::Known),
    }
}

/// The language that a browser asked for by cookie.
pub fn language(headers: &HeaderMap, https: bool) -> Option<Language> {
    value(headers, Kind::Language, https).and_then(Language::parse)
}

/// A `Set-Cookie` line for a token; `None`: until the browser closes.
pub fn set(kind: Kind, token: &Token, lives: Option<Duration>, https: bool, keys: &Keyring) -> String {
    let printed = token.print(kind.plain_name(), keys);
    line(kind, printed.expose(), lives, https)
}

/// A `Set-Cookie` line for the language.
pub fn set_language(language: &Language, https: bool) -> String {
    line(Kind::Language, language.as_str(), Some(LANGUAGE_FOR), https)
}

/// A `Set-Cookie` line that removes a cookie.
pub fn remove(kind: Kind, https: bool) -> String {
    line(kind, "", Some(Duration::ZERO), https)
}

fn line(kind: Kind, value: &str, lives: Option<Duration>, https: bool) -> String {
    let mut built = cookie::Cookie::build((kind.name(https), value))
        .path("/")
        .http_only(true)
        .secure(https)
        .same_site(kind.same_site());
    if let Some(lives) = lives {
        let seconds = i64::try_from(lives.as_secs()).unwrap_or(i64::MAX);
        built = built.max_age(cookie::time::Duration::seconds(seconds));
    }
    built.build().to_string()
}

#[cfg(test)]
mod tests {
    use http::HeaderValue;
    use proptest::prelude::*;

    use super::*;
    use crate::base::entropy::OsEntropy;

    fn headers(line: &str) -> HeaderMap {
        let mut headers = HeaderMap::new();
        headers.insert(COOKIE, HeaderValue::from_bytes(line.as_bytes()).unwrap());
        headers
    }

    #[test]
    fn look_alikes_and_repeats_count_as_absent() {
        for line in [
            "__host-doorward=x",
            "  __Host-doorward=x",
            "__Host-doorward =x",
            "$Version=1",
            "__Host-doorwardx=x",
            "__Host-doorward=x; __Host-doorward=y",
            "__Secure-doorward=x",
            "doorward=x",
        ] {
            assert_eq!(value(&headers(line), Kind::Session, true), None, "{line:?}");
        }
        assert_eq!(
            value(&headers("a=b; __Host-doorward=x; c=d"), Kind::Session, true),
            Some("x")
        );
    }

    #[test]
    fn attributes_are_whole() {
        let keys = Keyring::generate(&OsEntropy);
        let token = Token::draw(&OsEntropy);
        let line = set(Kind::Session, &token, None, true, &keys);
        assert!(line.starts_with("__Host-doorward="), "{line}");
        for attribute in ["HttpOnly", "SameSite=Lax", "Secure", "Path=/"] {
            assert!(line.contains(attribute), "{line}");
        }
        assert!(!line.contains("Domain") && line.len() < 4096, "{line}");
        let device = set(
            Kind::Device,
            &token,
            Some(Duration::from_secs(7_776_000)),
            true,
            &keys,
        );
        assert!(
            device.contains("Max-Age=7776000") && device.contains("SameSite=Strict"),
            "{device}"
        );
    }

    proptest! {
        #[test]
        fn what_was_set_is_read_and_nothing_else(noise in "[ -~]{0,60}") {
            let keys = Keyring::generate(&OsEntropy);
            let token = Token::draw(&OsEntropy);
            let printed = token.print("doorward", &keys);
            let read_back = |line: &str| read(&headers(line), true, &keys).session.map(|it| it.digest());
            prop_assert_eq!(read_back(&format!("__Host-doorward={}", printed.expose())), Some(token.digest()));
            prop_assert_eq!(read_back(&noise), None);
            let noise = noise.replace(';', "");
            prop_assert_eq!(read_back(&format!("__Host-doorward={}{}", printed.expose(), noise)).is_some(), noise.is_empty());
        }
    }
}
