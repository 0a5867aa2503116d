//! Words in people's languages: Fluent messages, found by id.
//!
//! ```text
//! Words::say("sign-in-title")  →  de  →  the default language  →  en  →  the id itself
//! ```
//!
//! One sentence is one message, so that no language has to live with the word order of another;
//! plural forms follow CLDR through Fluent selectors. `{ $brand }`, the operator's name for the
//! portal, is there in every message. What is compiled in is kept in `pages/locales`; an operator's
//! own messages come before it, see [`Catalog`].
//!
//! Absent: reading files (the configuration does); HTML (messages are text, whoever shows them
//! escapes them).

mod builtin;
mod catalog;
mod choice;
mod moment;
mod outline;
mod plural;
mod pseudo;
mod review;
mod worksheet;

#[cfg(test)]
mod completeness;

use std::borrow::Cow;
use std::sync::Arc;

use fluent_bundle::{FluentArgs, FluentValue};

use crate::base::language::Language;

pub use catalog::{Catalog, Coverage, OFFERED_FROM, Text};
pub use choice::{choose, native_name};
pub use moment::{UnknownZone, Zone, machine_time};
pub use plural::forms;
pub use pseudo::is_pseudo;
pub use review::{Flaw, review};
pub use worksheet::worksheet;

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
    /// Where its messages are looked for.
    chain: Arc<[usize]>,
    language: Language,
    brand: Arc<str>,
}

impl Words {
    /// Words of `language`, speaking of `brand`, or of what the operator calls it in that language.
    pub fn new(catalog: Arc<Catalog>, language: Language, brand: Arc<str>) -> Self {
        Self {
            chain: catalog.chain(&language).into(),
            brand: catalog.brand(&language).map_or(brand, Arc::from),
            catalog,
            language,
        }
    }

    /// The message `id` without variables other than `{ $brand }`.
    pub fn say(&self, id: &str) -> String {
        self.say_with(id, &[])
    }

    /// The message `id`, with its variables.
    pub fn say_with(&self, id: &str, values: &[(&str, Value)]) -> String {
        self.say_noting(id, values).0
    }

    /// The same, and the language it is said in where that is another one.
    pub fn say_noting(&self, id: &str, values: &[(&str, Value)]) -> (String, Option<&Language>) {
        match self.look_up(id, values) {
            Some((said, language)) => {
                let same = choice::primary(language) == choice::primary(&self.language);
                (said, (!same).then_some(language))
            }
            None => (id.to_owned(), None),
        }
    }

    /// The message `id`, if anybody says anything for it.
    pub fn find(&self, id: &str) -> Option<String> {
        self.look_up(id, &[]).map(|(said, _)| said)
    }

    fn look_up(&self, id: &str, values: &[(&str, Value)]) -> Option<(String, &Language)> {
        let mut args = FluentArgs::with_capacity(values.len() + 1);
        args.set("brand", FluentValue::String(Cow::Borrowed(&self.brand)));
        for (name, value) in values {
            args.set(*name, fluent(value));
        }
        self.catalog.format(&self.chain, id, &args)
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
    Words::new(Arc::clone(&EVERYTHING), language, Arc::from("Example Portal"))
}

/// Every language that tests speak: ours, and two that nobody does.
#[cfg(test)]
static EVERYTHING: std::sync::LazyLock<Arc<Catalog>> = std::sync::LazyLock::new(|| {
    let pseudo = PSEUDO.map(|tag| {
        let language = Language::parse(tag).unwrap();
        Text {
            name: format!("{tag}/all.ftl"),
            text: worksheet(&language),
            language,
        }
    });
    Arc::new(Catalog::new(&pseudo))
});

#[cfg(test)]
pub(crate) const PSEUDO: [&str; 2] = ["en-XA", "ar-XB"];

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
