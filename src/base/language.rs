//! Language tags, as accounts and cookies carry them.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A well-formed language tag (BCP 47): `en`, `de`, `pt-BR`. Whether it is offered is another question.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Language(String);

impl Language {
    /// Reads a tag: letters, digits and hyphens, 2 to 35 octets (RFC 5646 §4.4.1).
    pub fn parse(tag: &str) -> Option<Self> {
        let shaped = (2..=35).contains(&tag.len())
            && tag.split('-').all(|part| {
                (1..=8).contains(&part.len()) && part.bytes().all(|octet| octet.is_ascii_alphanumeric())
            })
            && tag.starts_with(|first: char| first.is_ascii_alphabetic());
        shaped.then(|| Self(tag.to_owned()))
    }

    /// English, which every message exists in.
    pub fn english() -> Self {
        Self("en".to_owned())
    }

    /// The tag.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Language {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

impl TryFrom<String> for Language {
    type Error = String;

    fn try_from(tag: String) -> Result<Self, Self::Error> {
        Self::parse(&tag).ok_or_else(|| format!("`{tag}` is not a language tag"))
    }
}

impl From<Language> for String {
    fn from(language: Language) -> Self {
        language.0
    }
}
