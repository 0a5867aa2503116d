//! The direction of imports, and what each layer may name.
//!
//! ```text
//! main → cli → app → gateway → web → service → { store  messaging  observe } → policy → identity → language → base
//!              app → config → the folders below it
//! ```
//!
//! Nothing points up, and folders of the same height do not know each other. The checker reads the
//! paths that a file names (`use crate::…`, `crate::…` inside of code, `super::…` that leaves the folder),
//! in what ships: comments, strings and test modules do not count.

mod source;
mod the_checker;

use std::collections::BTreeSet;
use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};

use source::{Word, shipped_words, test_modules};

/// Every folder or file directly below `src`, with its height.
const HEIGHTS: &[(&str, u8)] = &[
    ("base", 0),
    ("language", 1),
    ("identity", 2),
    ("policy", 3),
    ("store", 4),
    ("messaging", 4),
    ("observe", 4),
    ("service", 5),
    ("web", 6),
    ("gateway", 7),
    ("config", 8),
    ("app", 9),
    ("cli", 10),
    ("main", 11),
];

/// Folders that compute and do nothing else.
const PURE: &[&str] = &["base", "language", "identity", "policy"];

/// Words that a pure folder does not say: no runtime, no log, no clock, no randomness, no store.
const IMPURE: &[&str] = &[
    "async",
    "await",
    "async_trait",
    "tokio",
    "futures_util",
    "tracing",
    "log",
    "rusqlite",
    "redis",
    "hyper",
    "axum",
    "lettre",
    "SystemTime",
    "getrandom",
    "OsRng",
];

/// Words that only some places may say, and those places.
const RESERVED: &[(&str, &[&str])] = &[
    ("getrandom", &["src/base/entropy.rs"]),
    ("OsRng", &["src/base/entropy.rs"]),
    ("thread_rng", &[]),
    ("rusqlite", &["src/store/"]),
    ("lettre", &["src/messaging/", "src/config/"]),
    ("axum", &["src/web/", "src/gateway/", "src/app.rs"]),
    (
        "askama",
        &["src/web/", "src/messaging/", "src/app/faces.rs", "src/cli/demo/"],
    ),
    ("anyhow", &["src/cli/", "src/cli.rs", "src/main.rs"]),
    ("unsafe", &[]),
];

/// The one place that reads wall time.
const CLOCK: &str = "src/base/clock.rs";

/// Evidence: types that one place makes, so that having one proves that it was asked.
const EVIDENCE: &[(&str, &str)] = &[("Permit", "src/policy/"), ("Proof", "src/identity/sign_in.rs")];

#[derive(PartialEq, Eq, PartialOrd, Ord, Debug)]
struct Breach {
    file: String,
    line: usize,
    what: String,
}

impl fmt::Display for Breach {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}:{}: {}", self.file, self.line, self.what)
    }
}

/// Checks one file; `file` is its path from the top of the repository, `src/…`.
fn check(file: &str, text: &str) -> BTreeSet<Breach> {
    let words = shipped_words(text);
    let module = module_path(file);
    let folder = module.first().map_or("lib", String::as_str).to_owned();
    let breach = |line: usize, what: String| Breach {
        file: file.to_owned(),
        line,
        what,
    };
    let mut breaches = BTreeSet::new();

    for (target, line) in named_folders(&words, &module) {
        if let Some(what) = wrong_direction(&folder, &target) {
            breaches.insert(breach(line, what));
        }
    }
    let pure = PURE.contains(&folder.as_str());
    for (at, word) in words.iter().enumerate() {
        let said = word.text.as_str();
        let source_of_it = RESERVED
            .iter()
            .any(|(reserved, places)| *reserved == said && is_among(file, places));
        if pure && IMPURE.contains(&said) && !source_of_it && file != CLOCK && !is_own_name(&words, at) {
            breaches.insert(breach(word.line, format!("`{said}` in the pure folder {folder}")));
        }
        for (reserved, places) in RESERVED {
            if *reserved == said && !is_among(file, places) && !is_own_name(&words, at) {
                breaches.insert(breach(word.line, format!("`{said}` belongs to {places:?}")));
            }
        }
        if said.starts_with("pingora") && folder != "gateway" {
            breaches.insert(breach(word.line, format!("`{said}` outside of src/gateway")));
        }
        let keeps_time = matches!(said, "SystemTime" | "Timestamp" | "Zoned" | "Utc" | "Local")
            || pure && said == "Instant";
        if keeps_time && file != CLOCK && calls_now(&words, at) {
            breaches.insert(breach(
                word.line,
                format!("`{said}::now` reads a clock that was not handed in"),
            ));
        }
        for (evidence, place) in EVIDENCE {
            if said == *evidence && !file.starts_with(place) && makes_one(&words, at) {
                breaches.insert(breach(word.line, format!("`{said}` is made in {place} only")));
            }
        }
    }
    breaches
}

fn is_among(file: &str, places: &[&str]) -> bool {
    places.iter().any(|place| file.starts_with(place))
}

/// Whether the word at `at` is a field, a method or a label and no crate, keyword or type.
fn is_own_name(words: &[Word], at: usize) -> bool {
    let before = at.checked_sub(1).map_or("", |it| words[it].text.as_str());
    let after = words.get(at + 1).map_or("", |it| it.text.as_str());
    // `x.log`, `fn log`, `log: …`, and modules and macros called `log` are nobody's crate.
    let is_keyword = matches!(words[at].text.as_str(), "async" | "await" | "unsafe");
    !is_keyword && (matches!(before, "." | "fn" | "mod" | "let") || (after == ":" && before != "extern"))
        || words[at].text == "log" && after != "::" && before != "use"
}

fn calls_now(words: &[Word], at: usize) -> bool {
    matches!(words.get(at + 1..at + 3), Some([colons, now]) if colons.text == "::" && now.text == "now")
}

/// `Permit { … }` as a value, or `Permit::new(…)`.
fn makes_one(words: &[Word], at: usize) -> bool {
    let before = at.checked_sub(1).map_or("", |it| words[it].text.as_str());
    let after = |count: usize| words.get(at + count).map_or("", |it| it.text.as_str());
    // After `impl`, `for` or the `>` of `->`, a brace opens a body.
    let literal = after(1) == "{" && !matches!(before, "struct" | "enum" | "impl" | "for" | ">");
    literal || after(1) == "::" && after(2) == "new"
}

fn wrong_direction(from: &str, to: &str) -> Option<String> {
    if from == to || from == "lib" {
        return None;
    }
    if from == "main" && to != "cli" {
        return Some(format!("main names {to}; it hands over to cli"));
    }
    let height = |folder: &str| {
        HEIGHTS
            .iter()
            .find(|(name, _)| *name == folder)
            .map(|(_, height)| *height)
    };
    match (height(from), height(to)) {
        (Some(above), Some(below)) if above > below => None,
        (Some(_), Some(_)) => Some(format!("{from} must not know {to}")),
        (None, _) => Some(format!("{from} has no place in the order of layers")),
        // A name that the crate root re-exports hides what it belongs to.
        (_, None) => Some(format!("crate::{to} is no layer: name the folder")),
    }
}

/// The modules that lead to `file`: `src/a/b/mod.rs` and `src/a/b.rs` are `a::b`.
fn module_path(file: &str) -> Vec<String> {
    let inner = file.trim_start_matches("src/").trim_end_matches(".rs");
    let mut path: Vec<String> = inner.split('/').map(str::to_owned).collect();
    if path
        .last()
        .is_some_and(|last| matches!(last.as_str(), "mod" | "lib"))
    {
        path.pop();
    }
    path
}

/// Every folder that `words` name by a path from the crate's root.
fn named_folders(words: &[Word], module: &[String]) -> Vec<(String, usize)> {
    let mut named = Vec::new();
    let text = |at: usize| words.get(at).map_or("", |it| it.text.as_str());
    for at in 0..words.len() {
        let before = at.checked_sub(1).map_or("", text);
        let root_ends = match text(at) {
            // `pub(crate)` is no path; `doorward::` is what main.rs calls the crate.
            "crate" | "doorward" if text(at + 1) == "::" && before != "::" => Some(at + 2),
            "super" if before != "::" => climb(words, at, module.len()),
            _ => None,
        };
        if let Some(next) = root_ends {
            named.extend(first_segments(words, next));
        }
    }
    named
}

/// Follows `super::super::…`; where it reaches the crate's root, the index after it.
fn climb(words: &[Word], mut at: usize, depth: usize) -> Option<usize> {
    let mut climbed = 0;
    while words.get(at).is_some_and(|it| it.text == "super") {
        climbed += 1;
        at += 2;
    }
    (climbed >= depth && depth > 0).then_some(at)
}

/// `a::b` gives `a`; `{a::b, c}` gives `a` and `c`.
fn first_segments(words: &[Word], at: usize) -> Vec<(String, usize)> {
    let Some(first) = words.get(at) else {
        return Vec::new();
    };
    if first.text != "{" {
        return vec![(first.text.clone(), first.line)];
    }
    let (mut segments, mut depth, mut expects) = (Vec::new(), 0, true);
    for word in &words[at..] {
        match word.text.as_str() {
            "{" => depth += 1,
            "}" => depth -= 1,
            "," if depth == 1 => expects = true,
            name if depth == 1 && expects => {
                segments.push((name.to_owned(), word.line));
                expects = false;
            }
            _ => {}
        }
        if depth == 0 {
            break;
        }
    }
    segments
}

fn source_files() -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("src")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|it| it == "rs") {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

/// Files that exist for tests only, as the module above them says.
fn test_only(files: &[PathBuf]) -> BTreeSet<PathBuf> {
    let mut only = BTreeSet::new();
    for file in files {
        let stem = file.file_stem().unwrap().to_str().unwrap();
        let folder = match stem {
            "mod" | "lib" | "main" => file.parent().unwrap().to_path_buf(),
            _ => file.with_extension(""),
        };
        for module in test_modules(&fs::read_to_string(file).unwrap()) {
            // An explicit path starts beside the file, a name below it.
            match module.path {
                Some(path) => only.insert(file.with_file_name(path)),
                None => only.insert(folder.join(format!("{}.rs", module.name))),
            };
            only.insert(folder.join(module.name));
        }
    }
    only
}

#[test]
fn the_sources_point_downwards() {
    let top = Path::new(env!("CARGO_MANIFEST_DIR"));
    let files = source_files();
    let tests = test_only(&files);
    let mut breaches = BTreeSet::new();
    let mut checked = 0;
    for path in &files {
        if path.ancestors().any(|it| tests.contains(it)) {
            continue;
        }
        let file = path.strip_prefix(top).unwrap().to_str().unwrap();
        breaches.extend(check(file, &fs::read_to_string(path).unwrap()));
        checked += 1;
    }
    let list: Vec<String> = breaches.iter().map(Breach::to_string).collect();
    assert!(list.is_empty(), "{} breaches:\n{}", list.len(), list.join("\n"));
    assert!(
        checked > 20,
        "only {checked} files were found: the checker looks in the wrong place"
    );
}
