//! `brand`, `time_zone`, `prefix`: how the gateway presents itself.

use jiff::tz::TimeZone;
use serde_json::json;
use url::Url;

use super::environment::io_words;
use super::mail::address;
use super::report::Span;
use super::scalar::{Fault, nearest};
use super::section::Section;
use super::tree::Scalar;
use super::typed::{line, path_text};
use crate::web::look::accent::{Accent, LEAST_CONTRAST, Scheme, contrast_of};
use crate::web::look::colour::Colour;
use crate::web::look::svg::{self, Logo};
use crate::web::look::{Look, Theme};
use crate::web::settings::{Accents, Brand, Help, Links};

/// `brand`. Without a name the portal goes by `host`.
pub(super) fn brand(top: &mut Section<'_, '_, '_>, host: &str) -> (Brand, Look) {
    top.section("brand", |it| {
        let name = it.line("name");
        let (look, accents) = look(it);
        let help = it.section("help", |it| Help {
            url: it.optional("url", link).value,
            email: it.optional("email", address).value,
            phone: it.optional("phone", phone).value,
        });
        let links = it.section("links", |it| Links {
            privacy: it.optional("privacy", portal_link).value,
            imprint: it.optional("imprint", portal_link).value,
            app_help: it.optional("app_help", portal_link).value,
            why: it.optional("why", portal_link).value,
        });
        let brand = Brand {
            name: name.value.unwrap_or_else(|| host.to_owned()),
            accents,
            help,
            links,
            portal_link: it.optional("portal_link", portal_link).value,
        };
        (brand, look)
    })
}

const THEMES: [(&str, Theme); 3] = [
    ("auto", Theme::Auto),
    ("light", Theme::Light),
    ("dark", Theme::Dark),
];

/// `logo`, `color`, `theme`
fn look(it: &mut Section<'_, '_, '_>) -> (Look, Option<Accents>) {
    let logo = logo(it);
    let usual = Colour::OURS;
    let colour = it.value("color", usual, json!(usual.to_string()), |it| {
        Colour::parse(&it.text).ok_or_else(|| Fault::new("is not a colour", "in quotes: `\"#1d4ed8\"`"))
    });
    let theme = it.word("theme", Theme::default(), &THEMES).value;
    if let Some(span) = colour.span {
        // The dark half of `auto` always has a lighter colour of the same hue; that is no news.
        let scheme = match theme {
            Theme::Dark => Scheme::Dark,
            Theme::Auto | Theme::Light => Scheme::Light,
        };
        tell_of_contrast(it, colour.value, scheme, span);
    }
    let own = (colour.span.is_some() && colour.value != usual).then_some(colour.value);
    let legible = |colour, scheme| Accent::of(colour, scheme).colour.to_string();
    let accents = own.map(|colour| Accents {
        light: legible(colour, Scheme::Light),
        dark: legible(colour, Scheme::Dark),
    });
    (Look::new(theme, own, logo.as_ref()), accents)
}

fn tell_of_contrast(it: &mut Section<'_, '_, '_>, colour: Colour, scheme: Scheme, span: Span) {
    let used = Accent::of(colour, scheme);
    if used.colour == colour {
        return;
    }
    // Never rounded up to what would be enough.
    let tenths = |contrast: f64| (contrast * 10.0).floor() / 10.0;
    let ground = match scheme {
        Scheme::Light => "white text, and as text on the pages' light ground",
        Scheme::Dark => "dark text, and as text on the pages' dark ground",
    };
    let message = format!(
        "brand colour {colour} has contrast {:.1}:1 against {ground}; {LEAST_CONTRAST}:1 is needed",
        tenths(contrast_of(colour, scheme))
    );
    let note = format!("{} ({:.1}:1) is used instead", used.colour, tenths(used.contrast));
    it.warn(span, message, note);
}

/// `logo`: an SVG file, cleaned.
fn logo(it: &mut Section<'_, '_, '_>) -> Option<Logo> {
    let base = it.reading.base;
    let found = it.optional("logo", |it| Ok(base.join(path_text(it)?)));
    let path = found.value?;
    let machine = it.reading.machine;
    let cleaned = match machine.read(&path) {
        Err(error) => Err(io_words(&error)),
        Ok(bytes) => String::from_utf8(bytes)
            .map_err(|_| "it is not an SVG picture".to_owned())
            .and_then(|source| svg::clean(&source).map_err(|error| error.to_string())),
    };
    match cleaned {
        Err(why) => {
            let message = format!("`logo` cannot be used from {}", path.display());
            it.error(found.span, message, why);
            None
        }
        Ok(logo) => {
            if !logo.left_out.is_empty() {
                let names: Vec<&str> = logo.left_out.iter().map(String::as_str).collect();
                it.warn(
                    found.span,
                    format!("parts of the logo are left out: {}", names.join(", ")),
                    "a logo must not act, nor reach outside its file",
                );
            }
            Some(logo)
        }
    }
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
