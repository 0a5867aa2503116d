//! What the pages are told: for whom they speak, in which languages, and where they live.

use std::sync::Arc;

use jiff::tz::TimeZone;

use crate::base::language::Language;
use crate::language::Catalog;

use super::look::{self, Look};

pub use crate::messaging::settings::{Accents, Brand, Help, Links};

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
    /// How they look.
    pub look: Arc<Look>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            prefix: "/_auth".to_owned(),
            brand: Brand::default(),
            languages: Languages::default(),
            time_zone: TimeZone::UTC,
            form_body: 64 * 1024,
            look: look::usual(),
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

impl Default for Languages {
    fn default() -> Self {
        Self {
            offer: Catalog::builtin().languages().cloned().collect(),
            default: Language::english(),
        }
    }
}
