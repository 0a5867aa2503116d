//! Which language to speak: account, then cookie, then `Accept-Language`, then the default.
//!
//! Matching is lookup (RFC 4647 §3.4): a wish is shortened from its end until something offered
//! fits, so `de-AT` finds `de`; it is never widened, so `pt` does not find `pt-BR`.

use crate::base::language::Language;

/// More wishes than any browser sends; the rest of a header is not read.
const MOST_WISHES: usize = 32;

/// The language to speak, one of `offered` or else `default`.
///
/// `accept_language` is the header as it came (RFC 9110 §12.5.4); what cannot be read in it is
/// passed over.
pub fn choose(
    account: Option<&Language>,
    cookie: Option<&Language>,
    accept_language: Option<&str>,
    offered: &[Language],
    default: &Language,
) -> Language {
    [account, cookie]
        .into_iter()
        .flatten()
        .find_map(|wish| lookup(wish.as_str(), offered))
        .or_else(|| {
            wishes(accept_language.unwrap_or_default())
                .iter()
                .find_map(|wish| lookup(wish, offered))
        })
        .unwrap_or(default)
        .clone()
}

fn lookup<'a>(wish: &str, offered: &'a [Language]) -> Option<&'a Language> {
    let mut range = wish;
    loop {
        if let Some(found) = offered.iter().find(|it| it.as_str().eq_ignore_ascii_case(range)) {
            return Some(found);
        }
        let (shorter, _) = range.rsplit_once('-')?;
        // A single letter opens an extension and means nothing by itself (RFC 4647 §3.4).
        range = match shorter.rsplit_once('-') {
            Some((before, letter)) if letter.len() == 1 => before,
            _ => shorter,
        };
    }
}

/// The ranges of the header, dearest first; equal weights keep their order. `*` is left out: it
/// means the default.
fn wishes(header: &str) -> Vec<&str> {
    let mut weighed: Vec<(u16, &str)> = header
        .split(',')
        .take(MOST_WISHES)
        .filter_map(weighed_range)
        .filter(|(weight, range)| *weight > 0 && *range != "*")
        .collect();
    weighed.sort_by_key(|(weight, _)| std::cmp::Reverse(*weight));
    weighed.into_iter().map(|(_, range)| range).collect()
}

fn weighed_range(entry: &str) -> Option<(u16, &str)> {
    let mut parts = entry.split(';').map(str::trim);
    let range = parts.next().filter(|range| !range.is_empty())?;
    let weight = match parts.next() {
        None => 1000,
        Some(parameter) => thousandths(parameter.strip_prefix("q=").or(parameter.strip_prefix("Q="))?)?,
    };
    Some((weight, range))
}

/// A weight (RFC 9110 §12.4.2) in thousandths.
fn thousandths(weight: &str) -> Option<u16> {
    let (whole, fraction) = weight.split_once('.').unwrap_or((weight, ""));
    if fraction.len() > 3 || !fraction.bytes().all(|digit| digit.is_ascii_digit()) {
        return None;
    }
    let fraction: u16 = format!("{fraction:0<3}").parse().ok()?;
    match (whole, fraction) {
        ("0", _) => Some(fraction),
        ("1", 0) => Some(1000),
        _ => None,
    }
}

/// What its speakers call a language, `Deutsch (CH)` where it is one of a region; the tag itself for
/// one not known here.
pub fn native_name(language: &Language) -> String {
    let tag = language.as_str();
    let named = |wanted: &str| {
        NATIVE_NAMES
            .iter()
            .find(|(tag, _)| tag.eq_ignore_ascii_case(wanted))
    };
    if let Some((_, name)) = named(tag) {
        return (*name).to_owned();
    }
    match (tag.split_once('-'), named(primary(language))) {
        (Some((_, region)), Some((_, name))) => format!("{name} ({region})"),
        _ => tag.to_owned(),
    }
}

/// The names of languages as their pickers show them (CLDR, in the case of a heading).
const NATIVE_NAMES: &[(&str, &str)] = &[
    ("ar", "العربية"),
    ("bg", "Български"),
    ("bs", "Bosanski"),
    ("ca", "Català"),
    ("cs", "Čeština"),
    ("cy", "Cymraeg"),
    ("da", "Dansk"),
    ("de", "Deutsch"),
    ("el", "Ελληνικά"),
    ("en", "English"),
    ("es", "Español"),
    ("et", "Eesti"),
    ("eu", "Euskara"),
    ("fa", "فارسی"),
    ("fi", "Suomi"),
    ("fr", "Français"),
    ("ga", "Gaeilge"),
    ("gl", "Galego"),
    ("he", "עברית"),
    ("hi", "हिन्दी"),
    ("hr", "Hrvatski"),
    ("hu", "Magyar"),
    ("id", "Bahasa Indonesia"),
    ("is", "Íslenska"),
    ("it", "Italiano"),
    ("ja", "日本語"),
    ("ko", "한국어"),
    ("lb", "Lëtzebuergesch"),
    ("lt", "Lietuvių"),
    ("lv", "Latviešu"),
    ("mk", "Македонски"),
    ("mt", "Malti"),
    ("nb", "Norsk bokmål"),
    ("nl", "Nederlands"),
    ("nn", "Norsk nynorsk"),
    ("no", "Norsk"),
    ("pl", "Polski"),
    ("pt", "Português"),
    ("pt-BR", "Português (Brasil)"),
    ("rm", "Rumantsch"),
    ("ro", "Română"),
    ("ru", "Русский"),
    ("sk", "Slovenčina"),
    ("sl", "Slovenščina"),
    ("sq", "Shqip"),
    ("sr", "Српски"),
    ("sv", "Svenska"),
    ("th", "ไทย"),
    ("tr", "Türkçe"),
    ("uk", "Українська"),
    ("vi", "Tiếng Việt"),
    ("zh", "中文"),
    ("zh-Hant", "繁體中文"),
];

pub(super) fn direction(language: &Language) -> &'static str {
    let script = language.as_str().split('-').nth(1).filter(|it| it.len() == 4);
    match (primary(language), script) {
        (_, Some("Arab" | "Hebr")) => "rtl",
        (_, Some(_)) => "ltr",
        ("ar" | "fa" | "he" | "ps" | "ur" | "yi", None) => "rtl",
        _ => "ltr",
    }
}

pub(super) fn primary(language: &Language) -> &str {
    language.as_str().split('-').next().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tag(tag: &str) -> Language {
        Language::parse(tag).unwrap()
    }

    fn from_header(header: &str) -> String {
        let offered = [tag("en"), tag("de"), tag("pt-BR")];
        choose(None, None, Some(header), &offered, &tag("en")).to_string()
    }

    #[test]
    fn account_comes_before_cookie_before_header_before_default() {
        let offered = [tag("en"), tag("de")];
        let (en, de, fr) = (tag("en"), tag("de"), tag("fr"));
        assert_eq!(choose(Some(&de), Some(&en), Some("en"), &offered, &en), de);
        assert_eq!(choose(None, Some(&de), Some("en"), &offered, &en), de);
        assert_eq!(choose(None, None, Some("de"), &offered, &en), de);
        assert_eq!(choose(None, None, None, &offered, &de), de);
        assert_eq!(
            choose(Some(&fr), Some(&fr), Some("fr"), &offered, &de),
            de,
            "not offered"
        );
    }

    #[test]
    fn a_wish_is_shortened_and_never_widened() {
        assert_eq!(from_header("de-AT"), "de");
        assert_eq!(from_header("DE-ch-1996"), "de");
        assert_eq!(from_header("de-a-x-y"), "de");
        assert_eq!(from_header("pt"), "en");
        assert_eq!(from_header("PT-br"), "pt-BR");
    }

    #[test]
    fn weights_decide_and_ties_keep_their_order() {
        assert_eq!(from_header("en;q=0.5, de;q=0.9"), "de");
        assert_eq!(from_header("fr, de, en"), "de");
        assert_eq!(from_header("de;q=0, pt-BR;q=0.1"), "pt-BR");
        assert_eq!(from_header("*, de;q=0.1"), "de");
    }

    #[test]
    fn rubbish_is_passed_over() {
        for header in [
            "",
            ",,;",
            ";q=1",
            "de;q=2",
            "de;q=",
            "de;q=0.1234",
            "\u{0}",
            "--",
            "de_DE",
        ] {
            assert_eq!(from_header(header), "en", "{header:?}");
        }
        assert_eq!(from_header(&format!("{}de", "fr,".repeat(MOST_WISHES))), "en");
    }

    #[test]
    fn languages_are_called_by_their_own_names_and_know_their_direction() {
        assert_eq!(native_name(&tag("de")), "Deutsch");
        assert_eq!(native_name(&tag("tlh")), "tlh");
        assert_eq!(native_name(&tag("de-CH")), "Deutsch (CH)");
        assert_eq!(native_name(&tag("pt-br")), "Português (Brasil)");
        assert_eq!(native_name(&tag("en-XA")), "English (XA)");
        assert_eq!(direction(&tag("de")), "ltr");
        assert_eq!(direction(&tag("ar-XB")), "rtl");
        assert_eq!(direction(&tag("ar-Latn")), "ltr");
        assert_eq!(direction(&tag("az-Arab")), "rtl");
    }
}
