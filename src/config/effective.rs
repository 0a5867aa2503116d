//! The effective file: every key there is, its value, and where that comes from.
//!
//! ```text
//! session:
//!   idle: 1h                              # default
//!   lifetime: 8h                          # file:12
//! mail:
//!   password: cred:smtp-password          # cred:smtp-password (set)
//! ```
//!
//! The text is a configuration file itself, except for secrets that stood in the file: those are
//! `[secret]`.

use std::fmt::Write as _;

use serde_json::{Map, Value as Json, json};

/// Where a value comes from.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Origin {
    /// Nobody wrote it.
    Default,
    /// It stands in the file.
    Line(usize),
    /// A secret that the file names by this reference.
    Secret(String),
    /// A secret that stands in the file.
    InlineSecret(usize),
}

impl Origin {
    fn words(&self) -> String {
        match self {
            Self::Default => "default".to_owned(),
            Self::Line(line) => format!("file:{line}"),
            Self::Secret(reference) => format!("{reference} (set)"),
            Self::InlineSecret(line) => format!("file:{line} (set)"),
        }
    }
}

/// One step from the top of the file to a value.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Step {
    Key(String),
    At(usize),
}

/// Every value, in the order it was read.
#[derive(Clone, Debug, Default)]
pub struct Effective {
    entries: Vec<(Vec<Step>, Json, Origin)>,
}

/// The column at which origins stand, where the value is not longer.
const ORIGIN_COLUMN: usize = 48;

impl Effective {
    pub(super) fn put(&mut self, path: Vec<Step>, value: Json, origin: Origin) {
        // What is said again is said better: a list of secrets is first read like any other.
        match self.entries.iter_mut().find(|(held, ..)| *held == path) {
            Some(entry) => *entry = (path, value, origin),
            None => self.entries.push((path, value, origin)),
        }
    }

    /// As a YAML file with a comment behind each value.
    pub fn to_text(&self) -> String {
        let mut out = String::new();
        let mut open: &[Step] = &[];
        for (path, value, origin) in &self.entries {
            let (Some(last), above) = (path.last(), path.split_last().map_or(&[][..], |(_, above)| above))
            else {
                continue;
            };
            let mut line = open_maps(&mut out, open, above);
            if let Step::Key(key) = last {
                let _ = write!(line, "{}: {}", yaml_text(key), yaml(value));
            }
            let width = ORIGIN_COLUMN.max(line.chars().count() + 2);
            let gap = " ".repeat(width - line.chars().count());
            let _ = writeln!(out, "{line}{gap}# {}", origin.words());
            open = above;
        }
        out
    }

    /// As `{"settings": …, "origins": {"session.idle": "default", …}}`.
    pub fn to_json(&self) -> Json {
        let mut settings = Json::Object(Map::new());
        let mut origins = Map::new();
        for (path, value, origin) in &self.entries {
            place(&mut settings, path, value.clone());
            origins.insert(dotted(path), json!(origin.words()));
        }
        json!({"settings": settings, "origins": origins})
    }
}

/// Writes the keys of maps that begin between `open` and `above`, and gives the start of the line
/// for the next key: its indentation, with a dash where it begins an entry of a list.
fn open_maps(out: &mut String, open: &[Step], above: &[Step]) -> String {
    let shared = open
        .iter()
        .zip(above)
        .take_while(|(one, other)| one == other)
        .count();
    let mut line = String::new();
    let mut indent = 0;
    for (depth, step) in above.iter().enumerate() {
        match step {
            Step::Key(key) => {
                if depth >= shared {
                    let start = std::mem::take(&mut line);
                    let start = if start.is_empty() {
                        " ".repeat(indent)
                    } else {
                        start
                    };
                    let _ = writeln!(out, "{start}{}:", yaml_text(key));
                }
                indent += 2;
            }
            Step::At(_) => {
                if depth >= shared {
                    line = format!("{}- ", " ".repeat(indent));
                }
                indent += 2;
            }
        }
    }
    if line.is_empty() { " ".repeat(indent) } else { line }
}

fn place(at: &mut Json, path: &[Step], value: Json) {
    match path.split_first() {
        None => *at = value,
        Some((Step::Key(key), rest)) => {
            if !at.is_object() {
                *at = Json::Object(Map::new());
            }
            if let Json::Object(map) = at {
                place(map.entry(key.clone()).or_insert(Json::Null), rest, value);
            }
        }
        Some((Step::At(index), rest)) => {
            if !at.is_array() {
                *at = Json::Array(Vec::new());
            }
            if let Json::Array(list) = at {
                list.resize(list.len().max(index + 1), Json::Null);
                if let Some(item) = list.get_mut(*index) {
                    place(item, rest, value);
                }
            }
        }
    }
}

fn dotted(path: &[Step]) -> String {
    path.iter().fold(String::new(), |mut out, step| {
        match step {
            Step::Key(key) if out.is_empty() => out.push_str(key),
            Step::Key(key) => {
                let _ = write!(out, ".{key}");
            }
            Step::At(index) => {
                let _ = write!(out, "[{index}]");
            }
        }
        out
    })
}

fn yaml(value: &Json) -> String {
    match value {
        Json::String(text) => yaml_text(text),
        Json::Array(items) => format!("[{}]", items.iter().map(yaml).collect::<Vec<_>>().join(", ")),
        Json::Object(map) => {
            let pairs = map
                .iter()
                .map(|(key, value)| format!("{}: {}", yaml_text(key), yaml(value)));
            format!("{{{}}}", pairs.collect::<Vec<_>>().join(", "))
        }
        other => other.to_string(),
    }
}

/// Plain where nobody could read it as anything else, in quotes otherwise. JSON's quoted strings
/// are YAML's (YAML 1.2 §1.3).
fn yaml_text(text: &str) -> String {
    let word = text.starts_with(|first: char| first.is_ascii_alphabetic() || first == '/')
        && text
            .chars()
            .all(|letter| letter.is_ascii_alphanumeric() || "/_.:@+-".contains(letter))
        && !text.ends_with(':')
        && !["true", "false", "null", "yes", "no", "on", "off", "y", "n"]
            .contains(&text.to_lowercase().as_str());
    let quantity = text.starts_with(|first: char| first.is_ascii_digit())
        && text.ends_with(|last: char| last.is_ascii_alphabetic())
        && text.bytes().all(|octet| octet.is_ascii_alphanumeric())
        && !text.contains(['e', 'E', 'x', 'o']);
    let address = text.starts_with(|first: char| first.is_ascii_digit())
        && text.matches('.').count() > 2
        && text
            .bytes()
            .all(|octet| octet.is_ascii_digit() || b".:/".contains(&octet))
        && !text.ends_with(':');
    if word || quantity || address {
        text.to_owned()
    } else {
        json!(text).to_string()
    }
}
