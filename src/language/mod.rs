//! Words in people's languages: Fluent messages, compiled in, found by id.
//!
//! ```text
//! Words::say("sign-in-title")  →  de  →  en  →  the id itself
//! ```
//!
//! One sentence is one message, so that no language has to live with the word order of another;
//! plural forms follow CLDR through Fluent selectors. `{ $brand }`, the operator's name for the
//! portal, is there in every message. What a message may say is kept in `pages/locales`.
//!
//! Absent: reading files at run time; HTML (messages are text, whoever shows them escapes them).

mod choice;
mod moment;

#[cfg(test)]
mod completeness;

use std::borrow::Cow;
use std::sync::Arc;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};

use crate::base::language::Language;

pub use choice::{choose, native_name};
pub use moment::{UnknownZone, Zone, machine_time};

/// The messages of one language, as they are compiled in.
struct Source {
    tag: &'static str,
    files: [&'static str; 5],
}

macro_rules! source {
    ($tag:literal) => {
        Source {
            tag: $tag,
            files: [
                include_str!(concat!("../../pages/locales/", $tag, "/common.ftl")),
                include_str!(concat!("../../pages/locales/", $tag, "/sign-in.ftl")),
                include_str!(concat!("../../pages/locales/", $tag, "/account.ftl")),
                include_str!(concat!("../../pages/locales/", $tag, "/errors.ftl")),
                include_str!(concat!("../../pages/locales/", $tag, "/email.ftl")),
            ],
        }
    };
}

/// English first: what another language lacks is said in it.
const SOURCES: [Source; 2] = [source!("en"), source!("de")];

/// All languages that are compiled in.
pub struct Catalog {
    bundles: Vec<(Language, FluentBundle<FluentResource>)>,
}

impl Catalog {
    /// The messages of `pages/locales`, compiled in.
    pub fn builtin() -> Arc<Self> {
        let bundles = SOURCES
            .iter()
            .filter_map(|source| Some((Language::parse(source.tag)?, bundle(source))))
            .collect();
        Arc::new(Self { bundles })
    }

    /// The languages, English first.
    pub fn languages(&self) -> impl Iterator<Item = &Language> {
        self.bundles.iter().map(|(language, _)| language)
    }

    fn format(&self, language: &Language, id: &str, args: &FluentArgs<'_>) -> Option<String> {
        let (_, bundle) = self.bundles.iter().find(|(known, _)| known == language)?;
        let pattern = bundle.get_message(id)?.value()?;
        // A variable that is not there is shown as `{$name}`; the completeness tests see to it
        // that none is missing.
        Some(
            bundle
                .format_pattern(pattern, Some(args), &mut Vec::new())
                .into_owned(),
        )
    }
}

fn bundle(source: &Source) -> FluentBundle<FluentResource> {
    let tag = source.tag.parse().unwrap_or_default();
    let mut bundle = FluentBundle::new_concurrent(vec![tag]);
    // Isolation marks around values would be copied along with codes and addresses.
    bundle.set_use_isolating(false);
    for file in source.files {
        // Compiled in and parsed by the tests: what cannot be read here never gets this far.
        let resource = FluentResource::try_new(file.to_owned()).unwrap_or_else(|(readable, _)| readable);
        bundle.add_resource_overriding(resource);
    }
    bundle
}

/// A value in a sentence.
#[derive(Clone, Debug)]
pub enum Value {
    /// Text, shown as it is.
    Text(String),
    /// A number, for plural rules.
    Number(i64),
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<i64> for Value {
    fn from(number: i64) -> Self {
        Self::Number(number)
    }
}

impl From<u32> for Value {
    fn from(number: u32) -> Self {
        Self::Number(i64::from(number))
    }
}

impl From<usize> for Value {
    fn from(number: usize) -> Self {
        Self::Number(i64::try_from(number).unwrap_or(i64::MAX))
    }
}

/// One person's language, ready to speak.
#[derive(Clone)]
pub struct Words {
    catalog: Arc<Catalog>,
    language: Language,
    brand: Arc<str>,
}

impl Words {
    /// Words of `language`, speaking of `brand`.
    pub fn new(catalog: Arc<Catalog>, language: Language, brand: Arc<str>) -> Self {
        Self {
            catalog,
            language,
            brand,
        }
    }

    /// The message `id` without variables other than `{ $brand }`.
    pub fn say(&self, id: &str) -> String {
        self.say_with(id, &[])
    }

    /// The message `id`, with its variables.
    pub fn say_with(&self, id: &str, values: &[(&str, Value)]) -> String {
        let mut args = FluentArgs::with_capacity(values.len() + 1);
        args.set("brand", FluentValue::String(Cow::Borrowed(&self.brand)));
        for (name, value) in values {
            args.set(*name, fluent(value));
        }
        self.catalog
            .format(&self.language, id, &args)
            .or_else(|| self.catalog.format(&Language::english(), id, &args))
            .unwrap_or_else(|| id.to_owned())
    }

    /// The language, for `lang` attributes and `Content-Language`.
    pub fn language(&self) -> &Language {
        &self.language
    }

    /// The operator's name for the portal.
    pub fn brand(&self) -> &str {
        &self.brand
    }

    /// The direction of its script, for `dir` attributes: `ltr` or `rtl`.
    pub fn dir(&self) -> &'static str {
        choice::direction(&self.language)
    }
}

fn fluent(value: &Value) -> FluentValue<'_> {
    match value {
        Value::Text(text) => FluentValue::String(Cow::Borrowed(text)),
        Value::Number(number) => FluentValue::from(*number),
    }
}

#[cfg(test)]
pub(crate) fn words(tag: &str) -> Words {
    let language = Language::parse(tag).unwrap();
    Words::new(Catalog::builtin(), language, Arc::from("Example Portal"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn assert_shared<T: Send + Sync>(_: &T) {}

    #[test]
    fn words_are_shared_between_threads() {
        assert_shared(&words("de"));
    }

    #[test]
    fn brand_and_values_go_into_the_sentence() {
        assert_eq!(words("en").say("sign-in-title"), "Sign in to Example Portal");
        assert_eq!(words("de").say("sign-in-title"), "Bei Example Portal anmelden");
        let wait = words("de").say_with("span-minutes", &[("minutes", Value::Number(1))]);
        assert_eq!(wait, "1 Minute");
    }

    #[test]
    fn what_a_language_lacks_is_said_in_english_and_what_nobody_has_as_its_id() {
        assert_eq!(words("xx").say("sign-in-title"), "Sign in to Example Portal");
        assert_eq!(words("de").say("no-such-message"), "no-such-message");
    }
}
