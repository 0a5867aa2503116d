//! One map of the file, read key by key.
//!
//! Reading a key does four things at once, so that they cannot disagree: it makes the key known,
//! checks the value, falls back to the default, and writes both into the effective file. Whatever
//! key is left when the reader is done is unknown. A value that is refused is recorded and its
//! default taken instead, so that the walk goes on and finds the next one; settings with an error
//! in them are never handed out.

use std::path::Path;

use serde_json::Value as Json;

use super::effective::{Effective, Origin, Step};
use super::environment::Environment;
use super::report::{Finding, Span};
use super::scalar::nearest;
use super::tree::{Node, Pair, Value};

/// The beginning of the file, for what is not in it.
const TOP: Span = Span::at(1, 1);

/// What all sections of one file share.
pub(super) struct Reading<'e> {
    pub(super) machine: &'e dyn Environment,
    /// Where relative paths start.
    pub(super) base: &'e Path,
    pub(super) findings: Vec<Finding>,
    pub(super) effective: Effective,
    /// Where secrets stand in the file itself.
    pub(super) inline: Vec<Span>,
}

/// A value and where it stands. `None`: it is the default.
#[derive(Clone, Copy, Debug)]
pub(super) struct Found<T> {
    pub(super) value: T,
    pub(super) span: Option<Span>,
}

/// A map of the file, while it is read.
pub(super) struct Section<'r, 'e, 't> {
    pub(super) reading: &'r mut Reading<'e>,
    pairs: &'t [Pair],
    path: Vec<Step>,
    place: Option<Span>,
    known: Vec<&'static str>,
    /// It is not a map; that has been said, and what is missing in it is no news.
    broken: bool,
}

impl<'e, 't> Section<'_, 'e, 't> {
    /// Reads the whole document.
    pub(super) fn document<T>(
        reading: &mut Reading<'e>,
        root: Option<&'t Node>,
        read: impl FnOnce(&mut Section<'_, 'e, 't>) -> T,
    ) -> T {
        let (pairs, broken) = match root.map(|node| (&node.value, node.span)) {
            None | Some((Value::Null, _)) => (&[][..], false),
            Some((Value::Map(pairs), _)) => (pairs.as_slice(), false),
            Some((other, span)) => {
                let message = format!("the file is {}, not a map", other.kind());
                reading
                    .findings
                    .push(Finding::error(span, message).label("write `key: value`, one a line"));
                (&[][..], true)
            }
        };
        let mut section = Section {
            reading,
            pairs,
            path: Vec::new(),
            place: None,
            known: Vec::new(),
            broken,
        };
        let out = read(&mut section);
        section.finish();
        out
    }

    /// Whether the file gives `key` a value.
    pub(super) fn gives(&self, key: &str) -> bool {
        self.pairs
            .iter()
            .any(|pair| pair.key == key && pair.node.value != Value::Null)
    }

    /// Where the file gives `key` a list with nothing in it.
    pub(super) fn empty_list(&self, key: &str) -> Option<Span> {
        let pair = self.pairs.iter().find(|pair| pair.key == key)?;
        matches!(&pair.node.value, Value::List(items) if items.is_empty()).then_some(pair.node.span)
    }

    /// The raw value of `key`, for keys with a short and a long form.
    pub(super) fn take(&mut self, key: &'static str) -> Option<&'t Pair> {
        if !self.known.contains(&key) {
            self.known.push(key);
        }
        let pairs = self.pairs;
        pairs.iter().find(|pair| pair.key == key)
    }

    /// A map within this one; absent, it is read as an empty one.
    pub(super) fn section<T>(
        &mut self,
        key: &'static str,
        read: impl FnOnce(&mut Section<'_, 'e, 't>) -> T,
    ) -> T {
        let pair = self.take(key);
        let (pairs, broken) = match pair.map(|pair| &pair.node.value) {
            None | Some(Value::Null) => (&[][..], false),
            Some(Value::Map(pairs)) => (pairs.as_slice(), false),
            Some(_) => {
                self.wrong_shape(key, pair, "a map", "write `{key: value, …}`");
                (&[][..], true)
            }
        };
        let place = pair.map(|pair| pair.key_span).or(self.place);
        self.inside(&[Step::Key(key.into())], pairs, place, broken, read)
    }

    /// A map that stands in a list under `key`.
    pub(super) fn item<T>(
        &mut self,
        key: &'static str,
        at: usize,
        node: &'t Node,
        read: impl FnOnce(&mut Section<'_, 'e, 't>) -> T,
    ) -> T {
        let (pairs, broken) = match &node.value {
            Value::Map(pairs) => (pairs.as_slice(), false),
            other => {
                let message = format!("an entry of `{key}` is {}, not a map", other.kind());
                self.error(node.span, message, "write `{key: value, …}`");
                (&[][..], true)
            }
        };
        let steps = [Step::Key(key.into()), Step::At(at)];
        self.inside(&steps, pairs, Some(node.span), broken, read)
    }

    /// Reads a map within this one without recording anything: it will be read again in its place.
    pub(super) fn peek<T>(
        &mut self,
        key: &'static str,
        read: impl FnOnce(&mut Section<'_, 'e, 't>) -> T,
    ) -> T {
        let mut aside = Reading {
            machine: self.reading.machine,
            base: self.reading.base,
            findings: Vec::new(),
            effective: Effective::default(),
            inline: Vec::new(),
        };
        let mut copy = Section {
            reading: &mut aside,
            pairs: self.pairs,
            path: Vec::new(),
            place: self.place,
            known: Vec::new(),
            broken: true,
        };
        copy.section(key, read)
    }

    /// Keys below `key` that the file does not write as such: the long form of a short one.
    pub(super) fn expanded<T>(
        &mut self,
        key: &'static str,
        read: impl FnOnce(&mut Section<'_, 'e, 't>) -> T,
    ) -> T {
        let place = self
            .pairs
            .iter()
            .find(|pair| pair.key == key)
            .map(|pair| pair.key_span);
        self.inside(&[Step::Key(key.into())], &[], place.or(self.place), true, read)
    }

    fn inside<T>(
        &mut self,
        steps: &[Step],
        pairs: &'t [Pair],
        place: Option<Span>,
        broken: bool,
        read: impl FnOnce(&mut Section<'_, 'e, 't>) -> T,
    ) -> T {
        let mut inner = Section {
            reading: &mut *self.reading,
            pairs,
            path: [self.path.as_slice(), steps].concat(),
            place,
            known: Vec::new(),
            broken,
        };
        let out = read(&mut inner);
        inner.finish();
        out
    }

    /// Says that `key` is missing.
    pub(super) fn missing(&mut self, key: &str, example: &str) {
        if self.broken {
            return;
        }
        let finding = match (self.path.is_empty(), self.place) {
            (false, Some(place)) => Finding::error(place, format!("`{key}` is missing in {}", self.name()))
                .label(format!("add `{example}`")),
            (false, None) => Finding::error(TOP, format!("`{key}` is missing in {}", self.name()))
                .note(format!("add `{example}`")),
            (true, _) => Finding::error(TOP, format!("`{key}` is missing")).note(format!("add `{example}`")),
        };
        self.reading.findings.push(finding);
    }

    /// Writes a value into the effective file.
    pub(super) fn show(&mut self, key: &str, value: Json, origin: Origin) {
        let path = [self.path.as_slice(), &[Step::Key(key.to_owned())]].concat();
        self.reading.effective.put(path, value, origin);
    }

    /// Writes a value below `key` into the effective file, for maps with keys of the operator's own.
    pub(super) fn show_below(&mut self, key: &str, below: &str, value: Json, origin: Origin) {
        let steps = [Step::Key(key.to_owned()), Step::Key(below.to_owned())];
        let path = [self.path.as_slice(), &steps].concat();
        self.reading.effective.put(path, value, origin);
    }

    /// Records an error.
    pub(super) fn error(
        &mut self,
        at: impl Into<Option<Span>>,
        message: impl Into<String>,
        label: impl Into<String>,
    ) {
        self.reading
            .findings
            .push(Finding::error(at, message).label(label));
    }

    /// Records a warning.
    pub(super) fn warn(
        &mut self,
        at: impl Into<Option<Span>>,
        message: impl Into<String>,
        note: impl Into<String>,
    ) {
        self.reading
            .findings
            .push(Finding::warning(at, message).note(note));
    }

    pub(super) fn wrong_shape(&mut self, key: &str, pair: Option<&Pair>, wanted: &str, label: &str) {
        if let Some(pair) = pair {
            let message = format!("`{key}` is {}, not {wanted}", pair.node.value.kind());
            self.error(pair.key_span, message, label);
        }
    }

    fn name(&self) -> String {
        let last = self.path.iter().rev().find_map(|step| match step {
            Step::Key(key) => Some(key.as_str()),
            Step::At(_) => None,
        });
        format!("`{}`", last.unwrap_or("the file"))
    }

    fn finish(self) {
        for pair in self.pairs {
            if self.known.contains(&pair.key.as_str()) {
                continue;
            }
            let message = if self.path.is_empty() {
                format!("unknown key `{}`", pair.key)
            } else {
                format!("unknown key `{}` in {}", pair.key, self.name())
            };
            let label = match nearest(&pair.key, self.known.iter().copied()) {
                Some(meant) => format!("did you mean `{meant}`?"),
                None if self.known.len() <= 10 => format!("the keys here are `{}`", self.known.join("`, `")),
                None => "there is no such key".to_owned(),
            };
            self.reading
                .findings
                .push(Finding::error(pair.key_span, message).label(label));
        }
    }
}

/// A value that the file does not give.
pub(super) fn absent<T>(value: T) -> Found<T> {
    Found { value, span: None }
}
