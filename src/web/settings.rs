//! What the pages are told: for whom they speak, in which languages, and where they live.

use jiff::tz::TimeZone;

use crate::base::language::Language;

pub use crate::messaging::settings::{Brand, Help};

/// Everything this folder is told.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Where the pages live on every site: `/_auth`.
    pub prefix: String,
    /// Whom they speak for.
    pub brand: Brand,
    /// In which languages.
    pub languages: Languages,
    /// The zone of times on pages.
    pub time_zone: TimeZone,
    /// Octets in the largest form.
    pub form_body: usize,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            prefix: "/_auth".to_owned(),
            brand: Brand::default(),
            languages: Languages::default(),
            time_zone: TimeZone::UTC,
            form_body: 64 * 1024,
        }
    }
}

/// The languages of pages and letters.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Languages {
    /// What people may choose from. Never empty, no repeats.
    pub offer: Vec<Language>,
    /// What a browser gets that asks for none of them. One of [`Self::offer`].
    pub default: Language,
}

impl Languages {
    /// The tags that can be offered: those whose words are compiled in.
    pub const BUILT_IN: [&str; 2] = ["en", "de"];
}

impl Default for Languages {
    fn default() -> Self {
        Self {
            offer: Self::BUILT_IN
                .iter()
                .filter_map(|tag| Language::parse(tag))
                .collect(),
            default: Language::english(),
        }
    }
}
