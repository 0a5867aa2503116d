//! `brand`, `time_zone`, `prefix`: how the gateway presents itself.

use jiff::tz::TimeZone;
use serde_json::json;
use url::Url;

use super::mail::address;
use super::scalar::{Fault, nearest};
use super::section::Section;
use super::tree::Scalar;
use super::typed::line;
use crate::web::settings::{Brand, Help};

/// `brand`. Without a name the portal goes by `host`.
pub(super) fn brand(top: &mut Section<'_, '_, '_>, host: &str) -> Brand {
    top.section("brand", |it| {
        let name = it.line("name");
        let help = it.section("help", |it| Help {
            url: it.optional("url", link).value,
            email: it.optional("email", address).value,
            phone: it.optional("phone", phone).value,
        });
        Brand {
            name: name.value.unwrap_or_else(|| host.to_owned()),
            help,
            portal_link: it.optional("portal_link", portal_link).value,
        }
    })
}

/// A link that people follow: nothing that a browser would run.
fn link(it: &Scalar) -> Result<String, Fault> {
    match Url::parse(&it.text) {
        Ok(url) if matches!(url.scheme(), "http" | "https") && url.has_host() => Ok(url.to_string()),
        _ => Err(Fault::new("is not a link", "`https://example.com/help`")),
    }
}

fn portal_link(it: &Scalar) -> Result<String, Fault> {
    let text = it.text.as_str();
    let path = text.starts_with('/')
        && !text.starts_with("//")
        && text
            .bytes()
            .all(|octet| octet.is_ascii_graphic() && octet != b'\\');
    if path { Ok(text.to_owned()) } else { link(it) }
}

fn phone(it: &Scalar) -> Result<String, Fault> {
    let text = line(it)?;
    let dialled = |letter: char| letter.is_ascii_digit() || " +-()/.".contains(letter);
    if text.chars().all(dialled) && text.chars().filter(char::is_ascii_digit).count() >= 3 {
        return Ok(text);
    }
    Err(Fault::new("is not a telephone number", "`+41 44 123 45 67`"))
}

/// `time_zone`: a name of the IANA time zone database.
pub(super) fn time_zone(top: &mut Section<'_, '_, '_>) -> TimeZone {
    top.value("time_zone", TimeZone::UTC, json!("UTC"), |it| {
        let text = it.text.as_str();
        if text == "UTC" {
            return Ok(TimeZone::UTC);
        }
        TimeZone::get(text).map_err(|_| {
            let names: Vec<String> = jiff::tz::db().available().map(|name| name.to_string()).collect();
            let meant = names
                .iter()
                .find(|name| name.eq_ignore_ascii_case(text) || name.rsplit('/').next() == Some(text))
                .map(String::as_str)
                .or_else(|| nearest(text, names.iter().map(String::as_str)));
            let hint = meant.map_or_else(
                || "a name such as `Europe/Zurich`".to_owned(),
                |name| format!("did you mean `{name}`?"),
            );
            Fault::new("is not a time zone", hint)
        })
    })
    .value
}

/// `prefix`: one segment or more, `/_auth`, and nothing that two programs could read differently.
pub(super) fn prefix(top: &mut Section<'_, '_, '_>) -> String {
    top.value("prefix", "/_auth".to_owned(), json!("/_auth"), |it| {
        let bad = |hint: &str| Err(Fault::new("is not a prefix", hint));
        let text = it.text.as_str();
        let Some(below) = text.strip_prefix('/') else {
            return bad("it starts with `/`: `/_auth`");
        };
        if below.is_empty() {
            return bad("the portal needs the rest of the paths: `/_auth`");
        }
        if text.ends_with('/') {
            return bad("without the slash at its end");
        }
        let fits = |octet: u8| octet.is_ascii_lowercase() || octet.is_ascii_digit() || b"_-".contains(&octet);
        if text.len() > 64
            || !below
                .split('/')
                .all(|segment| !segment.is_empty() && segment.bytes().all(fits))
        {
            return bad("lower-case letters, digits, `_` and `-` between single slashes");
        }
        Ok(text.to_owned())
    })
    .value
}
