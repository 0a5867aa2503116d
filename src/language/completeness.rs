//! What the compiler cannot see: that every message a page or a letter asks for exists, in every
//! language, with the same variables, and that none is left over.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use fluent_bundle::FluentResource;
use fluent_bundle::{FluentArgs, FluentValue};

use super::SOURCES;

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
    for file in source.files {
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

/// Browsers fill a stored card's security code into fields that are named like one.
#[test]
fn no_message_sounds_like_a_card_to_autofill() {
    const CARD_WORDS: [&str; 12] = [
        "cvc",
        "cvv",
        "csc",
        "card number",
        "card code",
        "security code",
        "verification number",
        "card verification",
        "sicherheitscode",
        "prüfnummer",
        "prüfziffer",
        "kartennummer",
    ];
    for source in &SOURCES {
        for file in source.files {
            let text = file.to_lowercase();
            for word in CARD_WORDS {
                assert!(!text.contains(word), "{}: {word}", source.tag);
            }
        }
    }
}

#[test]
fn every_message_can_be_said_with_its_variables() {
    for source in &SOURCES {
        let bundle = super::bundle(source);
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
