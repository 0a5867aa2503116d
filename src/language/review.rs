//! What is wrong with an operator's messages, and where.
//!
//! An error is what people would see: a file that cannot be read, a value that does not exist. What
//! only fails to have an effect, or could be better, is a warning.

use std::collections::{BTreeMap, BTreeSet};

use super::catalog::{BRAND_TERM, ENGLISH, FREE, Text};
use super::outline::{self, Outline};
use super::plural::forms;

/// Something that is wrong with a message.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Flaw {
    /// Whether the messages are refused because of it.
    pub serious: bool,
    /// File, line and column: `pt/all.ftl:12:1`.
    pub place: String,
    /// What it is: lower case, no full stop.
    pub what: String,
}

/// Browsers fill a stored card's security code into fields that are named like one (Chromium's and
/// Firefox's patterns, and their translations).
const CARD_WORDS: &[&str] = &[
    "cvc",
    "cvv",
    "csc",
    "cvn",
    "card number",
    "card code",
    "card pin",
    "card identification",
    "card verification",
    "security code",
    "security value",
    "security number",
    "verification number",
    "sicherheitscode",
    "prüfnummer",
    "prüfziffer",
    "kartennummer",
    "kartenprüf",
    "code de sécurité",
    "cryptogramme",
    "numéro de carte",
    "codice di sicurezza",
    "numero della carta",
    "numero di carta",
    "código de seguridad",
    "código de segurança",
    "número de tarjeta",
    "beveiligingscode",
    "veiligheidscode",
    "controlegetal",
    "kaartnummer",
    "kod zabezpieczający",
    "kod bezpieczeństwa",
    "numer karty",
    "bezpečnostní kód",
    "ověřovací číslo",
    "číslo karty",
];

/// The first of those words in a text.
pub(super) fn card_word(text: &str) -> Option<&'static str> {
    let text = text.to_lowercase();
    CARD_WORDS.iter().find(|word| text.contains(**word)).copied()
}

/// Looks at all texts of an operator.
pub fn review(texts: &[Text]) -> Vec<Flaw> {
    let mut flaws = Vec::new();
    let mut first_places: BTreeMap<(&str, String), String> = BTreeMap::new();
    for text in texts {
        let (outlines, unreadable) = outline::read(&text.text);
        let place = |at: usize| place(text, at);
        let own = own_names(texts, text);
        for error in unreadable {
            flaws.push(serious(
                place(error.at),
                error.why.replace('"', "`").to_lowercase(),
            ));
        }
        for outline in outlines {
            let here = place(outline.at);
            let key = (text.language.as_str(), outline.id.clone());
            if let Some(first) = first_places.get(&key) {
                flaws.push(serious(
                    here,
                    format!("`{}` stands at {first} already", outline.id),
                ));
                continue;
            }
            first_places.insert(key, here.clone());
            flaws.extend(flaws_of(&outline, text, &own, &here));
        }
    }
    flaws.sort_by_key(|flaw| !flaw.serious);
    flaws
}

/// The messages and terms of an operator in one language.
fn own_names(texts: &[Text], of: &Text) -> BTreeSet<String> {
    let same = texts.iter().filter(|it| it.language == of.language);
    same.flat_map(|it| outline::read(&it.text).0)
        .map(|it| it.id)
        .collect()
}

fn flaws_of(outline: &Outline, text: &Text, own: &BTreeSet<String>, here: &str) -> Vec<Flaw> {
    let id = &outline.id;
    let mut flaws = Vec::new();
    let known = ENGLISH.get(id);
    let ours = known.is_some() || FREE.contains(&id.as_str()) || id == BRAND_TERM;
    if !ours && !id.starts_with('-') {
        let label = nearest(id).map_or_else(String::new, |meant| format!(": is `{meant}` meant?"));
        flaws.push(slight(here, format!("`{id}` is no message of ours{label}")));
    }
    for variable in &outline.variables {
        let given = variable == "brand" || known.is_some_and(|given| given.contains(variable));
        if ours && !given {
            let there: Vec<String> = known.into_iter().flatten().map(|it| format!("`${it}`")).collect();
            let instead = match there.is_empty() {
                true => "only `$brand`".to_owned(),
                false => format!("{} and `$brand`", there.join(", ")),
            };
            flaws.push(serious(
                here.to_owned(),
                format!("`{id}` asks for `${variable}`; there is {instead}"),
            ));
        }
    }
    for quoted in outline.quotes.iter().filter(|quoted| !own.contains(*quoted)) {
        flaws.push(serious(
            here.to_owned(),
            format!("`{id}` quotes `{quoted}`, which is not among this folder's messages"),
        ));
    }
    for function in &outline.calls {
        flaws.push(serious(
            here.to_owned(),
            format!("`{id}` calls `{function}()`; there are no functions"),
        ));
    }
    flaws.extend(lacking_forms(outline, text, here));
    let pieces = outline.texts.iter();
    let said: String = pieces
        .filter_map(|(at, length)| text.text.get(*at..at + length))
        .collect();
    if let Some(word) = card_word(&said) {
        flaws.push(slight(
            here,
            format!("`{id}` says `{word}`: browsers may fill in a card's security code"),
        ));
    }
    flaws
}

/// A number's plural forms that a choice does not name; they would get the form for the rest.
fn lacking_forms(outline: &Outline, text: &Text, here: &str) -> Vec<Flaw> {
    let forms = forms(&text.language);
    outline
        .choices
        .iter()
        .filter(|(_, keys)| keys.iter().any(|key| forms.contains(&key.as_str())))
        .flat_map(|(variable, keys)| {
            forms
                .iter()
                .filter(|form| !keys.iter().any(|key| key == *form))
                .map(|form| {
                    slight(
                        here,
                        format!("`{}` has no form `{form}` of `${variable}`", outline.id),
                    )
                })
                .collect::<Vec<_>>()
        })
        .collect()
}

fn nearest(id: &str) -> Option<&'static str> {
    ENGLISH
        .keys()
        .map(|known| (strsim::jaro_winkler(id, known), known.as_str()))
        .filter(|(likeness, _)| *likeness > 0.9)
        .max_by(|one, other| one.0.total_cmp(&other.0))
        .map(|(_, known)| known)
}

fn place(text: &Text, at: usize) -> String {
    let before = text.text.get(..at).unwrap_or(&text.text);
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
    format!("{}:{line}:{column}", text.name)
}

fn serious(place: String, what: String) -> Flaw {
    Flaw {
        serious: true,
        place,
        what,
    }
}

fn slight(place: &str, what: String) -> Flaw {
    Flaw {
        serious: false,
        place: place.to_owned(),
        what,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::language::Language;

    fn told(language: &str, text: &str) -> Vec<String> {
        let text = Text {
            language: Language::parse(language).unwrap(),
            name: format!("{language}/all.ftl"),
            text: text.to_owned(),
        };
        let lines = review(&[text]);
        lines
            .into_iter()
            .map(|flaw| {
                let word = if flaw.serious { "error" } else { "warning" };
                format!("{word} {}: {}", flaw.place, flaw.what)
            })
            .collect()
    }

    #[test]
    fn good_messages_have_no_flaws() {
        let text = "# A comment\n-brand-name = Portal\n-we = nós\nsave = Salvar, por { -we }\nsign-in-notice = Olá de { $brand }\nspan-days = { $days ->\n    [one] { $days } dia\n    [many] { $days } de dias\n   *[other] { $days } dias\n}\n";
        assert_eq!(told("pt", text), Vec::<String>::new());
    }

    #[test]
    fn each_flaw_has_its_place_and_errors_come_first() {
        let text = "saev = X\nsave = { $nmae }\nsave = Y\ncopy = { -nobody } { DATE($x) }\nspan-days = { $days ->\n    [one] dzień\n   *[other] dni\n}\nback = kod zabezpieczający\n";
        assert_eq!(
            told("pl", text),
            [
                "error pl/all.ftl:2:1: `save` asks for `$nmae`; there is only `$brand`",
                "error pl/all.ftl:3:1: `save` stands at pl/all.ftl:2:1 already",
                "error pl/all.ftl:4:1: `copy` asks for `$x`; there is only `$brand`",
                "error pl/all.ftl:4:1: `copy` quotes `-nobody`, which is not among this folder's messages",
                "error pl/all.ftl:4:1: `copy` calls `DATE()`; there are no functions",
                "warning pl/all.ftl:1:1: `saev` is no message of ours: is `save` meant?",
                "warning pl/all.ftl:5:1: `span-days` has no form `few` of `$days`",
                "warning pl/all.ftl:5:1: `span-days` has no form `many` of `$days`",
                "warning pl/all.ftl:9:1: `back` says `kod zabezpieczający`: browsers may fill in a card's security code",
            ]
        );
    }

    #[test]
    fn what_cannot_be_read_is_told_with_line_and_column() {
        let told = told("pt", "save = Salvar\ncancel = { $x\n");
        assert_eq!(told.len(), 1, "{told:?}");
        assert!(told[0].starts_with("error pt/all.ftl:"), "{told:?}");
    }
}
