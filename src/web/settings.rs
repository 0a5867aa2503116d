//! What the pages are told: for whom they speak, in which languages, and where they live.

use std::sync::Arc;

use jiff::tz::TimeZone;

use super::view::{Markup, markdown};
use crate::base::language::Language;
use crate::identity::terms::TermsVersion;
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
    /// The Terms of Use; `None`: there are none.
    pub terms: Option<Terms>,
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
            terms: None,
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

/// The Terms of Use that apply.
#[derive(Clone, Debug)]
pub struct Terms {
    /// Their version.
    pub version: TermsVersion,
    /// Their texts, each in a language of its own. Never empty.
    pub texts: Vec<TermsText>,
}

impl Terms {
    /// The text in a language; where there is none, in the default one, or whichever there is.
    pub fn text(&self, wanted: &Language, default: &Language) -> Option<&TermsText> {
        let of = |language: &Language| self.texts.iter().find(|text| text.language == *language);
        of(wanted).or_else(|| of(default)).or(self.texts.first())
    }
}

/// The Terms of Use in one language.
#[derive(Clone, Debug)]
pub struct TermsText {
    /// Which.
    pub language: Language,
    /// As they were written.
    pub markdown: Arc<str>,
    /// As they are shown.
    pub html: Markup,
    /// What is new since the version before, for whoever agreed to another one, as it is shown.
    pub changes: Option<Markup>,
    /// Whether they held HTML, which is not shown.
    pub dropped_html: bool,
}

impl TermsText {
    /// A text; it is made ready to show here, once.
    pub fn new(language: Language, markdown: &str) -> Self {
        let rendered = markdown::render(markdown);
        Self {
            language,
            markdown: markdown.into(),
            html: rendered.html,
            changes: None,
            dropped_html: rendered.dropped_html,
        }
    }
}
