//! `languages`: what people may choose from, and an operator's own words.
//!
//! `messages` names a folder with one folder for each language in it, and files of Fluent messages in
//! those: `messages/pt/all.ftl`. They are read with the configuration and refused with it.

use std::io;
use std::path::Path;
use std::sync::Arc;

use serde_json::json;

use super::environment::io_words;
use super::report::Span;
use super::scalar::Fault;
use super::section::Section;
use super::tree::Scalar;
use super::typed::path_text;
use crate::base::language::Language;
use crate::language::{Catalog, Flaw, OFFERED_FROM, Text, is_pseudo, review};
use crate::web::settings::Languages;

/// Flaws that are told of one folder; whoever has more mends these first.
const FLAWS_AT_MOST: usize = 20;

/// What is spoken, and the words for it.
pub(super) struct Spoken {
    pub(super) settings: Languages,
    pub(super) catalog: Arc<Catalog>,
}

/// `languages`
pub(super) fn languages(top: &mut Section<'_, '_, '_>) -> Spoken {
    top.section("languages", |it| {
        let texts = messages(it);
        let catalog = Catalog::new(&texts);
        let known: Vec<Language> = catalog.languages().cloned().collect();
        let usual: Vec<Language> = known
            .iter()
            .filter(|language| !is_pseudo(language) && catalog.coverage(language).is_enough())
            .cloned()
            .collect();
        let offer = offer(it, &catalog, &known, usual);
        let english = Language::english();
        let first = offer
            .first()
            .filter(|_| !offer.contains(&english))
            .unwrap_or(&english)
            .clone();
        let default = it.value("default", first.clone(), json!(first.as_str()), |it| {
            language(it, &known)
        });
        if !offer.contains(&default.value) && !offer.is_empty() {
            it.error(
                default.span,
                "`default` is not in `offer`",
                "a browser that asks for nothing gets it",
            );
        }
        let catalog = Arc::new(catalog.falling_back_to(default.value.clone()));
        Spoken {
            settings: Languages {
                offer,
                default: default.value,
            },
            catalog,
        }
    })
}

fn offer(
    it: &mut Section<'_, '_, '_>,
    catalog: &Catalog,
    known: &[Language],
    usual: Vec<Language>,
) -> Vec<Language> {
    let shown = json!(usual.iter().map(Language::as_str).collect::<Vec<_>>());
    let found = it.list("offer", usual, shown, |it| language(it, known));
    let mut offer: Vec<Language> = Vec::new();
    for tag in found.value {
        let coverage = catalog.coverage(&tag.value);
        if offer.contains(&tag.value) {
            it.error(tag.span, "an entry of `offer` is there twice", "once is enough");
        } else if coverage.is_enough() {
            offer.push(tag.value);
        } else {
            let message = format!(
                "`{}` is not offered: {} % of its messages are there, {OFFERED_FROM} % are needed",
                tag.value,
                coverage.percent()
            );
            it.warn(
                tag.span,
                message,
                format!("`doorward i18n check {}` says which are missing", tag.value),
            );
        }
    }
    if let Some(span) = it.empty_list("offer") {
        it.error(span, "`offer` is empty", "write `[en]`");
    }
    offer
}

fn language(it: &Scalar, known: &[Language]) -> Result<Language, Fault> {
    Language::parse(&it.text)
        .filter(|tag| known.contains(tag))
        .ok_or_else(|| {
            let names: Vec<&str> = known.iter().map(Language::as_str).collect();
            Fault::new(
                "is not a language there are words in",
                format!("one of `{}`", names.join("`, `")),
            )
        })
}

/// `messages`: an operator's own words.
fn messages(it: &mut Section<'_, '_, '_>) -> Vec<Text> {
    let base = it.reading.base;
    let found = it.optional("messages", |it| Ok(base.join(path_text(it)?)));
    let Some(folder) = found.value else {
        return Vec::new();
    };
    let texts = match read_folder(it, &folder, found.span) {
        Ok(texts) => texts,
        Err(error) => {
            it.error(
                found.span,
                format!("`messages` cannot be read from {}", folder.display()),
                io_words(&error),
            );
            return Vec::new();
        }
    };
    let flaws = review(&texts);
    for flaw in flaws.iter().take(FLAWS_AT_MOST) {
        tell(it, flaw, found.span);
    }
    if let Some(more) = flaws.len().checked_sub(FLAWS_AT_MOST).filter(|more| *more > 0) {
        let serious = flaws.iter().skip(FLAWS_AT_MOST).any(|flaw| flaw.serious);
        let flaw = Flaw {
            serious,
            place: folder.display().to_string(),
            what: format!("{more} more are not shown"),
        };
        tell(it, &flaw, found.span);
    }
    texts
}

fn tell(it: &mut Section<'_, '_, '_>, flaw: &Flaw, span: Option<Span>) {
    let message = format!("{}: {}", flaw.place, flaw.what);
    match flaw.serious {
        true => it.error(span, message, "in this folder"),
        false => it.warn(span, message, "the messages are used all the same"),
    }
}

/// Every `LANGUAGE/NAME.ftl` of the folder.
fn read_folder(it: &mut Section<'_, '_, '_>, folder: &Path, span: Option<Span>) -> io::Result<Vec<Text>> {
    let machine = it.reading.machine;
    let mut texts = Vec::new();
    for tag in machine.folder(folder)? {
        let path = folder.join(&tag);
        let Some(files) = files_of(it, &path)? else {
            if tag.ends_with(".ftl") {
                it.error(
                    span,
                    format!("{tag} lies outside the folder of a language"),
                    "keep it as LANGUAGE/all.ftl in this folder",
                );
            }
            continue;
        };
        let Some(language) = Language::parse(&tag) else {
            if !files.is_empty() {
                it.error(
                    span,
                    format!("the folder {tag} is not named by a language"),
                    "name it by a tag such as `pt` or `pt-BR`",
                );
            }
            continue;
        };
        for file in files {
            let name = format!("{tag}/{file}");
            let read = machine.read(&path.join(&file));
            let text = read
                .map_err(|error| io_words(&error))
                .and_then(|bytes| String::from_utf8(bytes).map_err(|_| "it is not UTF-8 text".to_owned()));
            match text {
                Ok(text) => texts.push(Text {
                    language: language.clone(),
                    name,
                    text: text
                        .strip_prefix('\u{feff}')
                        .unwrap_or(&text)
                        .replace("\r\n", "\n"),
                }),
                Err(why) => it.error(span, format!("{name} cannot be read"), why),
            }
        }
    }
    Ok(texts)
}

/// The files of messages in a folder. `None`: it is no folder.
fn files_of(it: &Section<'_, '_, '_>, path: &Path) -> io::Result<Option<Vec<String>>> {
    match it.reading.machine.folder(path) {
        Ok(mut names) => {
            names.retain(|name| name.ends_with(".ftl"));
            Ok(Some(names))
        }
        Err(error) if error.kind() == io::ErrorKind::NotADirectory => Ok(None),
        Err(error) => Err(error),
    }
}
