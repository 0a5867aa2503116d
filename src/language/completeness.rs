//! What the compiler cannot see: that every message a page or a letter asks for exists, in every
//! language, with the same variables, and that none is left over.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use fluent_bundle::{FluentArgs, FluentBundle, FluentResource, FluentValue};

use super::builtin::{SOURCES, Source};
use super::outline;
use super::plural::forms;
use super::review::card_word;
use crate::base::language::Language;

/// Parts of paths that only tests have.
const TESTS: [&str; 3] = ["language/completeness.rs", "view/fixtures/", "view/rendering.rs"];

/// Everything that may ask for messages, without its tests.
fn askers() -> Vec<(PathBuf, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut found = Vec::new();
    let mut folders = vec![root.join("src"), root.join("pages")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let extension = path.extension().and_then(|it| it.to_str()).unwrap_or_default();
            if path.is_dir() {
                folders.push(path);
            } else if TESTS.iter().any(|it| path.to_string_lossy().contains(it)) {
                // They name calls and states that look like messages.
            } else if ["rs", "html", "txt", "text", "subject"].contains(&extension) {
                let text = fs::read_to_string(&path).unwrap();
                let spoken = text.split("#[cfg(test)]\nmod tests").next().unwrap().to_owned();
                found.push((path, spoken));
            }
        }
    }
    assert!(found.len() > 20, "the folders have moved");
    found
}

/// Ids in `say("…")`, `say_with("…"`, `tell("…"`, `say_count("…"` and `say_codes("…"`, wherever the
/// parenthesis is closed.
fn asked_ids(text: &str) -> BTreeSet<String> {
    let mut ids = BTreeSet::new();
    for call in ["say(", "say_with(", "tell(", "say_count(", "say_codes("] {
        for rest in text.split(call).skip(1) {
            let literal = rest.trim_start().strip_prefix('"');
            if let Some((id, _)) = literal.and_then(|rest| rest.split_once('"')) {
                ids.insert(id.to_owned());
            }
        }
    }
    ids
}

/// Message id → names of its variables, read off the text of one language.
fn messages(tag: &str) -> BTreeMap<String, BTreeSet<String>> {
    let source = SOURCES.iter().find(|it| it.tag == tag).unwrap();
    let mut found = BTreeMap::new();
    for (_, file) in source.files {
        FluentResource::try_new(file.to_owned()).unwrap_or_else(|(_, errors)| panic!("{tag}: {errors:?}"));
        let mut current = None;
        for line in file.lines().filter(|line| !line.starts_with('#')) {
            let opening = line
                .split_once('=')
                .filter(|_| line.starts_with(|it: char| it.is_ascii_lowercase()));
            if let Some((id, _)) = opening {
                let id = id.trim().to_owned();
                let before = found.insert(id.clone(), BTreeSet::new());
                assert!(before.is_none(), "{tag}: {id} stands twice");
                current = Some(id);
            }
            if let Some(variables) = current.as_ref().and_then(|id| found.get_mut(id)) {
                variables.extend(variables_in(line));
            }
        }
    }
    found
}

fn variables_in(line: &str) -> impl Iterator<Item = String> + '_ {
    line.split('$').skip(1).map(|rest| {
        let end = rest.find(|it: char| !(it.is_ascii_alphanumeric() || it == '_' || it == '-'));
        rest[..end.unwrap_or(rest.len())].to_owned()
    })
}

#[test]
fn every_message_that_is_asked_for_exists() {
    let english = messages("en");
    for (path, text) in askers() {
        for id in asked_ids(&text) {
            assert!(english.contains_key(&id), "{} asks for `{id}`", path.display());
        }
    }
}

#[test]
fn every_language_has_the_same_messages_with_the_same_variables() {
    let english = messages("en");
    for source in &SOURCES[1..] {
        let other = messages(source.tag);
        let ids = |all: &BTreeMap<String, _>| all.keys().cloned().collect::<BTreeSet<_>>();
        let odd: Vec<_> = ids(&english)
            .symmetric_difference(&ids(&other))
            .cloned()
            .collect();
        assert!(odd.is_empty(), "only in one of en and {}: {odd:?}", source.tag);
        for (id, variables) in &english {
            assert_eq!(&other[id], variables, "variables of `{id}` in {}", source.tag);
        }
    }
}

#[test]
fn no_message_is_left_over() {
    let askers = askers();
    let spoken = |id: &str| {
        let literal = format!("\"{id}\"");
        askers.iter().any(|(_, text)| text.contains(&literal))
    };
    let unused: Vec<_> = messages("en").into_keys().filter(|id| !spoken(id)).collect();
    assert!(unused.is_empty(), "nobody says {unused:?}");
}

#[test]
fn no_message_sounds_like_a_card_to_autofill() {
    for source in SOURCES {
        for (file, text) in source.files {
            assert_eq!(card_word(text), None, "{}/{file}", source.tag);
        }
    }
}

/// A number's forms are those of the language: none is missing, none would never be said.
#[test]
fn plural_forms_are_those_of_the_language() {
    for source in SOURCES {
        let wanted: BTreeSet<&str> = forms(&Language::parse(source.tag).unwrap()).into_iter().collect();
        for message in source.files.iter().flat_map(|(_, text)| outline::read(text).0) {
            for (variable, keys) in &message.choices {
                let named: BTreeSet<&str> = keys.iter().map(String::as_str).collect();
                // A choice between words, or of single numbers, is none of plural forms.
                if named.iter().all(|key| *key == "other" || !FORMS.contains(key)) {
                    continue;
                }
                let named: BTreeSet<&str> = named.into_iter().filter(|key| FORMS.contains(key)).collect();
                assert_eq!(named, wanted, "{}: {} of ${variable}", source.tag, message.id);
            }
        }
    }
}

const FORMS: [&str; 6] = ["zero", "one", "two", "few", "many", "other"];

fn bundle(source: &Source) -> FluentBundle<FluentResource> {
    let mut bundle = FluentBundle::new(vec![source.tag.parse().unwrap()]);
    for (_, text) in source.files {
        bundle
            .add_resource(FluentResource::try_new(text.to_owned()).unwrap())
            .unwrap();
    }
    bundle
}

#[test]
fn every_message_can_be_said_with_its_variables() {
    for source in SOURCES {
        let bundle = bundle(source);
        for (id, variables) in messages(source.tag) {
            let mut args = FluentArgs::new();
            for name in variables {
                args.set(name, FluentValue::from(3));
            }
            let pattern = bundle
                .get_message(&id)
                .and_then(|it| it.value())
                .unwrap_or_else(|| panic!("{id}"));
            let mut errors = Vec::new();
            let said = bundle.format_pattern(pattern, Some(&args), &mut errors);
            assert!(errors.is_empty(), "{id}: {errors:?}");
            assert!(!said.trim().is_empty(), "{id} says nothing");
        }
    }
}
