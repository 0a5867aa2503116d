//! Forms: read under strict rules before any handler sees them.
//!
//! ```text
//! content type ─▶ pairs ─▶ where it came from ─▶ its token ─▶ Form
//!     415          400          403            422, fresh form
//! ```
//!
//! A form carries a keyed digest of the cookie that its page was made for. A request that names
//! another origin is refused whatever it carries (Origin and Sec-Fetch-Site, RFC 6454, Fetch
//! Metadata).

use http::HeaderMap;
use http::header::{CONTENT_TYPE, ORIGIN};

/// Pairs of the largest form; the pages have fewer than ten.
const PAIRS_AT_MOST: usize = 100;

/// What a form holds.
#[derive(Clone, Debug, Default)]
pub struct Form(Vec<(String, String)>);

/// Why a body is no form.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum NoForm {
    /// Another content type or character set.
    Type,
    /// Too many pairs, a field twice, a broken escape, or octets that are not UTF-8.
    Malformed,
}

impl Form {
    /// Reads a body.
    ///
    /// # Errors
    ///
    /// [`NoForm`].
    pub fn read(headers: &HeaderMap, body: &[u8]) -> Result<Self, NoForm> {
        if !is_form(headers) {
            return Err(NoForm::Type);
        }
        if body.iter().filter(|octet| **octet == b'&').count() >= PAIRS_AT_MOST {
            return Err(NoForm::Malformed);
        }
        let text = std::str::from_utf8(body).map_err(|_| NoForm::Malformed)?;
        let mut pairs: Vec<(String, String)> = Vec::new();
        for pair in text.split('&').filter(|pair| !pair.is_empty()) {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            let (name, value) = (decoded(name)?, decoded(value)?);
            if pairs.iter().any(|(held, _)| *held == name) {
                return Err(NoForm::Malformed);
            }
            pairs.push((name, value));
        }
        Ok(Self(pairs))
    }

    /// A field; empty where it is absent.
    pub fn get(&self, name: &str) -> &str {
        self.find(name).unwrap_or_default()
    }

    /// A field, if it is there.
    pub fn find(&self, name: &str) -> Option<&str> {
        self.0
            .iter()
            .find(|(held, _)| held == name)
            .map(|(_, value)| value.as_str())
    }
}

/// No browser writes a `%` without two digits; what does may be read differently elsewhere.
fn is_well_escaped(text: &str) -> bool {
    text.split('%').skip(1).all(|after| {
        after
            .as_bytes()
            .first_chunk::<2>()
            .is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit))
    })
}

fn decoded(text: &str) -> Result<String, NoForm> {
    if !is_well_escaped(text) {
        return Err(NoForm::Malformed);
    }
    let spaced = text.replace('+', " ");
    percent_encoding::percent_decode_str(&spaced)
        .decode_utf8()
        .map(std::borrow::Cow::into_owned)
        .map_err(|_| NoForm::Malformed)
}

fn is_form(headers: &HeaderMap) -> bool {
    let mut lines = headers.get_all(CONTENT_TYPE).iter();
    let (Some(line), None) = (lines.next(), lines.next()) else {
        return false;
    };
    let Ok(line) = line.to_str() else { return false };
    let mut parts = line.split(';').map(str::trim);
    let named = parts
        .next()
        .is_some_and(|kind| kind.eq_ignore_ascii_case("application/x-www-form-urlencoded"));
    named
        && parts.all(|parameter| {
            parameter.split_once('=').is_some_and(|(name, value)| {
                name.eq_ignore_ascii_case("charset") && value.trim_matches('"').eq_ignore_ascii_case("utf-8")
            })
        })
}

/// Whether a request that changes something comes from a page of this site, as far as the browser
/// says. A browser that says nothing is judged by the form's token alone.
pub fn is_from_here(headers: &HeaderMap, origin: &str) -> bool {
    let mut origins = headers.get_all(ORIGIN).iter();
    let origin_fits = origins
        .next()
        .is_none_or(|sent| sent.as_bytes() == origin.as_bytes())
        && origins.next().is_none();
    let site_fits = headers
        .get_all("sec-fetch-site")
        .iter()
        .all(|sent| matches!(sent.as_bytes(), b"same-origin" | b"none"));
    origin_fits && site_fits
}

#[cfg(test)]
mod tests {
    use http::HeaderValue;

    use super::*;

    fn of_type(kind: &str) -> HeaderMap {
        let mut headers = HeaderMap::new();
        headers.insert(CONTENT_TYPE, HeaderValue::from_str(kind).unwrap());
        headers
    }

    #[test]
    fn only_the_declared_type_is_read() {
        let urlencoded = "application/x-www-form-urlencoded";
        let form = Form::read(&of_type(urlencoded), b"a=1+2&b=%C3%A9&c").unwrap();
        assert_eq!(
            (form.get("a"), form.get("b"), form.find("c"), form.find("d")),
            ("1 2", "é", Some(""), None)
        );
        assert!(
            Form::read(
                &of_type("application/x-www-form-urlencoded; charset=UTF-8"),
                b"a=1"
            )
            .is_ok()
        );
        for kind in [
            "text/plain",
            "multipart/form-data",
            "application/json",
            "application/x-www-form-urlencoded; charset=utf-7",
        ] {
            assert_eq!(
                Form::read(&of_type(kind), b"a=1").unwrap_err(),
                NoForm::Type,
                "{kind}"
            );
        }
        assert_eq!(Form::read(&HeaderMap::new(), b"a=1").unwrap_err(), NoForm::Type);
        for body in [
            &b"a=1&a=2"[..],
            b"a=%ff",
            b"a=%zz",
            b"a=%4",
            b"%=a",
            b"\xff=1",
            "x=1&".repeat(10_000).as_bytes(),
        ] {
            assert_eq!(
                Form::read(&of_type(urlencoded), body).unwrap_err(),
                NoForm::Malformed
            );
        }
    }

    #[test]
    fn another_origin_is_elsewhere() {
        let here = |name: &'static str, value: &str| {
            let mut headers = HeaderMap::new();
            headers.insert(name, HeaderValue::from_str(value).unwrap());
            is_from_here(&headers, "https://gw.test")
        };
        assert!(is_from_here(&HeaderMap::new(), "https://gw.test"));
        assert!(here("origin", "https://gw.test") && here("sec-fetch-site", "same-origin"));
        for (name, value) in [
            ("origin", "https://evil.test"),
            ("origin", "null"),
            ("origin", "http://gw.test"),
            ("sec-fetch-site", "cross-site"),
            ("sec-fetch-site", "same-site"),
        ] {
            assert!(!here(name, value), "{name}: {value}");
        }
    }
}
