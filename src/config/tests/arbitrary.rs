//! Whatever a file may hold: nothing panics, nothing broken is accepted, and the YAML says here what
//! it says elsewhere.

use std::path::Path;

use proptest::prelude::*;

use super::golden::bad_configs;
use super::{DEFAULT_FILE, Stage, parse, read, tree};

/// The tree against `serde_yaml`: whatever both accept says the same in both.
fn same(node: &tree::Node, oracle: &serde_yaml::Value) -> bool {
    use serde_yaml::Value as Yaml;
    match (&node.value, oracle) {
        (tree::Value::Null, Yaml::Null) => true,
        (tree::Value::Text(scalar), Yaml::String(text)) => scalar.text == *text,
        (tree::Value::Text(scalar), Yaml::Bool(_) | Yaml::Number(_)) => scalar.plain,
        (tree::Value::List(items), Yaml::Sequence(list)) => {
            items.len() == list.len() && items.iter().zip(list).all(|(item, other)| same(item, other))
        }
        (tree::Value::Map(pairs), Yaml::Mapping(map)) => {
            pairs.len() == map.len()
                && pairs
                    .iter()
                    .zip(map)
                    .all(|(pair, (_, value))| same(&pair.node, value))
        }
        _ => false,
    }
}

#[test]
fn the_tree_says_what_serde_yaml_says() {
    let files = bad_configs()
        .into_iter()
        .map(|path| std::fs::read_to_string(path).unwrap());
    for text in files.chain([DEFAULT_FILE.to_owned()]) {
        if let ((Some(node), findings), Ok(oracle)) = (tree::read(&text), serde_yaml::from_str(&text)) {
            assert!(!findings.is_empty() || same(&node, &oracle), "{text}");
        }
    }
}

/// Pieces that files are made of, right and wrong ones.
fn piece() -> impl Strategy<Value = String> {
    let pieces = [
        "sites", "listen", "mail", "access", "path", "session", "idle", ": ", ":", "\n", "\n  ", "\n    ",
        "\n- ", "\n  - ", "{", "}", "[", "]", ", ", "\"", "'", "#", "&a", "*a", "!t", "<<", "---", "|", ">",
        "\t", "?", "%", "10m", "true", "null", "/*", "http://[", "é", "\u{0}", "\r", "@", "`",
    ];
    proptest::sample::select(pieces.to_vec()).prop_map(str::to_owned)
}

proptest! {
    #[test]
    fn no_file_panics(text in "\\PC{0,200}") {
        let told = read(&text);
        prop_assert!(told.is_err());
        let _ = told.unwrap_err().render(true);
    }

    #[test]
    fn no_file_made_of_likely_pieces_panics(pieces in prop::collection::vec(piece(), 0..40)) {
        if let Err(report) = read(&pieces.concat()) {
            prop_assert!(report.errors() > 0);
            let _ = (report.render(true), report.to_json());
        }
    }

    #[test]
    fn no_damage_to_a_good_file_panics(at in 0..DEFAULT_FILE.chars().count(), piece in piece()) {
        let damaged: String = DEFAULT_FILE.chars().take(at).chain(piece.chars()).chain(DEFAULT_FILE.chars().skip(at)).collect();
        match parse(&damaged, "config.yaml", Path::new("."), &Stage::default()) {
            Ok(loaded) => { let _ = loaded.effective.to_text(); }
            Err(report) => prop_assert!(report.errors() > 0 && !report.render(false).is_empty()),
        }
    }
}
