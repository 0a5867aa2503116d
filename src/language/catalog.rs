//! All messages there are, and where a language looks for one.
//!
//! ```text
//! operator pt-BR ─▶ operator pt ─▶ built-in pt-BR ─▶ built-in pt ─▶ the default language ─▶ English
//! ```
//!
//! Each message is looked for by itself, so that a translation may be incomplete, or no more than a
//! few sentences that an operator words differently.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::sync::{Arc, LazyLock};

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource};

use super::builtin::{self, SOURCES};
use super::choice::primary;
use super::outline;
use crate::base::language::Language;

/// A file of messages that is not compiled in.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Text {
    /// The language that it speaks.
    pub language: Language,
    /// What the file is called where something is wrong with it: `pt/all.ftl`.
    pub name: String,
    /// What is in it.
    pub text: String,
}

/// How much of a language there is, in percent, before people may choose it.
pub const OFFERED_FROM: usize = 95;

/// Messages that only operators write; where they do not, nothing is said.
pub(super) const FREE: [&str; 2] = ["sign-in-notice", "help-none-work"];

/// The portal's name as a language has it, where an operator writes one.
pub(super) const BRAND_TERM: &str = "-brand-name";
const BRAND_MESSAGE: &str = "brand-name-in-this-language";

/// Every message that people may come to see, with the values it is given.
pub(super) static ENGLISH: LazyLock<BTreeMap<String, BTreeSet<String>>> = LazyLock::new(|| {
    let files = builtin::english().iter();
    files
        .flat_map(|(_, text)| outline::read(text).0)
        .map(|message| (message.id, message.variables))
        .collect()
});

/// The messages of one language from one hand: ours, or the operator's.
struct Book {
    language: Language,
    built_in: bool,
    bundle: FluentBundle<FluentResource>,
    /// What it says something for.
    said: BTreeSet<String>,
}

impl Book {
    fn new<'a>(language: Language, built_in: bool, texts: impl Iterator<Item = &'a str>) -> Self {
        let tag = language.as_str().parse().unwrap_or_default();
        let mut bundle = FluentBundle::new_concurrent(vec![tag]);
        // Isolation marks around values would be copied along with codes and addresses.
        bundle.set_use_isolating(false);
        let mut said = BTreeSet::new();
        for text in texts {
            let (messages, _) = outline::read(text);
            said.extend(messages.into_iter().filter(|it| !it.empty).map(|it| it.id));
            // What cannot be read has been refused before: ours by the tests, an operator's by the
            // configuration.
            let resource = FluentResource::try_new(text.to_owned()).unwrap_or_else(|(readable, _)| readable);
            bundle.add_resource_overriding(resource);
        }
        if said.contains(BRAND_TERM)
            && let Ok(resource) = FluentResource::try_new(format!("{BRAND_MESSAGE} = {{ {BRAND_TERM} }}\n"))
        {
            said.insert(BRAND_MESSAGE.to_owned());
            bundle.add_resource_overriding(resource);
        }
        Self {
            language,
            built_in,
            bundle,
            said,
        }
    }

    fn format(&self, id: &str, args: &FluentArgs<'_>) -> Option<String> {
        if !self.said.contains(id) {
            return None;
        }
        let pattern = self.bundle.get_message(id)?.value()?;
        // A value that is not there is shown as `{$name}`; tests and configuration see to it that
        // none is missing.
        let said = self.bundle.format_pattern(pattern, Some(args), &mut Vec::new());
        Some(said.into_owned())
    }
}

/// Ours, read once: they never change.
static BUILT_IN: LazyLock<Vec<Arc<Book>>> = LazyLock::new(|| {
    let books = SOURCES.iter().filter_map(|source| {
        let files = source.files.iter().map(|(_, text)| *text);
        Some(Arc::new(Book::new(Language::parse(source.tag)?, true, files)))
    });
    books.collect()
});

/// All languages.
pub struct Catalog {
    books: Vec<Arc<Book>>,
    default: Language,
}

impl fmt::Debug for Catalog {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_list().entries(self.languages()).finish()
    }
}

impl Catalog {
    /// The messages of `pages/locales`, compiled in.
    pub fn builtin() -> Arc<Self> {
        Arc::new(Self::new(&[]))
    }

    /// The same, with an operator's own.
    pub fn new(texts: &[Text]) -> Self {
        let theirs: BTreeSet<&Language> = texts.iter().map(|it| &it.language).collect();
        let theirs = theirs.into_iter().map(|language| {
            let files = texts.iter().filter(|it| it.language == *language);
            let files = files.map(|it| it.text.as_str());
            Arc::new(Book::new(language.clone(), false, files))
        });
        Self {
            books: BUILT_IN.iter().cloned().chain(theirs).collect(),
            default: Language::english(),
        }
    }

    /// What a language lacks is said in this one, before it is said in English.
    #[must_use]
    pub fn falling_back_to(self, default: Language) -> Self {
        Self { default, ..self }
    }

    /// The languages: ours first, English before all others.
    pub fn languages(&self) -> impl Iterator<Item = &Language> {
        let seen = |at: usize, language: &Language| {
            let before = self.books.iter().take(at);
            before.into_iter().any(|book| book.language == *language)
        };
        let books = self.books.iter().enumerate();
        books.filter_map(move |(at, book)| (!seen(at, &book.language)).then_some(&book.language))
    }

    /// How many of all messages a language has words of its own for.
    pub fn coverage(&self, language: &Language) -> Coverage {
        let own = self.own(language);
        let books: Vec<&Book> = own
            .iter()
            .filter_map(|at| self.books.get(*at)?.as_ref().into())
            .collect();
        let (said, missing) = ENGLISH
            .keys()
            .cloned()
            .partition::<Vec<String>, _>(|id| books.iter().any(|book| book.said.contains(id)));
        Coverage {
            said: said.len(),
            missing,
        }
    }

    /// Where a language looks for a message: places in the list of books.
    pub(super) fn chain(&self, language: &Language) -> Vec<usize> {
        let english = Language::english();
        let wishes = [language, &self.default, &english];
        let mut chain: Vec<usize> = Vec::new();
        for at in wishes.into_iter().flat_map(|wish| self.own(wish)) {
            if !chain.contains(&at) {
                chain.push(at);
            }
        }
        chain
    }

    /// The books of a language and of the wider ones that it is part of.
    fn own(&self, language: &Language) -> Vec<usize> {
        let tags = || std::iter::successors(Some(language.as_str()), |tag| Some(tag.rsplit_once('-')?.0));
        let place = |tag: &str, built_in: bool| {
            self.books.iter().position(|book| {
                book.built_in == built_in && book.language.as_str().eq_ignore_ascii_case(tag)
            })
        };
        [false, true]
            .into_iter()
            .flat_map(|built_in| tags().filter_map(move |tag| place(tag, built_in)))
            .collect()
    }

    /// The message as the first book of the chain has it, and the language of that book.
    pub(super) fn format(
        &self,
        chain: &[usize],
        id: &str,
        args: &FluentArgs<'_>,
    ) -> Option<(String, &Language)> {
        let mut books = chain.iter().filter_map(|at| self.books.get(*at));
        books.find_map(|book| Some((book.format(id, args)?, &book.language)))
    }

    /// What the portal is called in a language, where an operator says so.
    pub(super) fn brand(&self, language: &Language) -> Option<String> {
        let (name, said_in) = self.format(&self.own(language), BRAND_MESSAGE, &FluentArgs::new())?;
        (primary(said_in) == primary(language)).then_some(name)
    }
}

/// How complete a language is.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Coverage {
    /// Messages it has.
    pub said: usize,
    /// The ids of those that it lacks.
    pub missing: Vec<String>,
}

impl Coverage {
    /// In whole percent, never rounded up.
    pub fn percent(&self) -> usize {
        (self.said * 100)
            .checked_div(self.said + self.missing.len())
            .unwrap_or(100)
    }

    /// Whether people may choose it.
    pub fn is_enough(&self) -> bool {
        self.percent() >= OFFERED_FROM
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Value, Words};
    use super::*;

    fn tag(tag: &str) -> Language {
        Language::parse(tag).unwrap()
    }

    fn text(language: &str, text: &str) -> Text {
        Text {
            language: tag(language),
            name: format!("{language}/all.ftl"),
            text: text.to_owned(),
        }
    }

    fn say(catalog: &Arc<Catalog>, language: &str, id: &str) -> (String, Option<String>) {
        let words = Words::new(Arc::clone(catalog), tag(language), Arc::from("Portal"));
        let (said, other) = words.say_noting(id, &[]);
        (said, other.map(ToString::to_string))
    }

    #[test]
    fn each_message_is_looked_for_by_itself() {
        let texts = [
            text("pt", "save = Guardar\ncancel = Cancelar\ncopy = { \"\" }\n"),
            text("pt-BR", "save = Salvar\n"),
            text("de", "cancel = Doch nicht\n"),
        ];
        let catalog = Arc::new(Catalog::new(&texts).falling_back_to(tag("de")));
        let own = |said: &str| (said.to_owned(), None);
        let other = |said: &str, language: &str| (said.to_owned(), Some(language.to_owned()));
        assert_eq!(say(&catalog, "pt-BR", "save"), own("Salvar"));
        assert_eq!(say(&catalog, "pt-BR", "cancel"), own("Cancelar"));
        assert_eq!(say(&catalog, "pt-br", "copy"), other("Kopieren", "de"));
        assert_eq!(say(&catalog, "pt", "save"), own("Guardar"));
        assert_eq!(say(&catalog, "de-AT", "cancel"), own("Doch nicht"));
        assert_eq!(say(&catalog, "de", "save"), own("Speichern"));
        assert_eq!(say(&catalog, "en", "cancel"), own("Cancel"));
        assert_eq!(say(&catalog, "xx", "cancel"), other("Doch nicht", "de"));
        assert_eq!(say(&catalog, "pt", "no-such-message"), own("no-such-message"));
    }

    #[test]
    fn a_language_is_offered_from_ninety_five_percent_on() {
        let half = |share: usize| {
            let ids = ENGLISH.keys().take(ENGLISH.len() * share / 100);
            let lines: String = ids.map(|id| format!("{id} = X\n")).collect();
            Catalog::new(&[text("pt", &lines)]).coverage(&tag("pt"))
        };
        assert!(!half(94).is_enough());
        assert!(half(96).is_enough() && half(100).missing.is_empty());
        let builtin = Catalog::builtin();
        for language in builtin.languages() {
            assert_eq!(builtin.coverage(language).percent(), 100, "{language}");
        }
        assert_eq!(builtin.coverage(&tag("pt")).said, 0);
    }

    #[test]
    fn an_operator_may_name_the_portal_in_each_language_and_add_words() {
        let texts = [text(
            "de",
            "-brand-name = Stadtportal\nsign-in-notice = Wartung bei { $brand }\n",
        )];
        let catalog = Arc::new(Catalog::new(&texts));
        let words =
            |language: &str| Words::new(Arc::clone(&catalog), tag(language), Arc::from("City portal"));
        assert_eq!(words("de").say("sign-in-title"), "Bei Stadtportal anmelden");
        assert_eq!(words("en").say("sign-in-title"), "Sign in to City portal");
        assert_eq!(
            words("de").find("sign-in-notice").as_deref(),
            Some("Wartung bei Stadtportal")
        );
        assert_eq!(words("en").find("sign-in-notice"), None);
        assert_eq!(
            words("de").say_with("span-days", &[("days", Value::Number(2))]),
            "2 Tage"
        );
    }

    #[test]
    fn every_language_is_there_once() {
        let catalog = Catalog::new(&[text("de", ""), text("pt", "")]);
        let languages: Vec<_> = catalog.languages().map(Language::as_str).collect();
        assert_eq!(languages.first(), Some(&"en"));
        assert_eq!(languages.iter().filter(|it| **it == "de").count(), 1);
        assert_eq!(languages.last(), Some(&"pt"));
    }
}
