//! A YAML document as a tree in which everything knows its place.
//!
//! ```text
//! text ──saphyr-parser──▶ events ──build──▶ Node { span, Map | List | Text | Null }
//! ```
//!
//! YAML 1.2 (core schema), and of it only what a configuration needs: one document, maps with
//! words as keys, lists, scalars. Anchors, aliases, tags and merge keys are refused, and with them
//! every way to write a small file that unfolds into a large one. Whether `10m` is a duration is
//! not decided here: a scalar is text, and whether it was quoted.

use saphyr_parser::{Event, Parser, ScalarStyle, ScanError};

use super::report::{Finding, Span};

/// Nesting beyond this is refused. The deepest key there is stands at seven.
const MAX_DEPTH: usize = 16;

/// Anything in the document.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Node {
    pub(super) span: Span,
    pub(super) value: Value,
}

#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Value {
    Null,
    Text(Scalar),
    List(Vec<Node>),
    Map(Vec<Pair>),
}

/// A scalar, as it was written.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Scalar {
    pub(super) text: String,
    /// Neither quoted nor a block: `true` is a truth value and `5` a number only so.
    pub(super) plain: bool,
    /// Just behind its last character: line and column, counted from one.
    pub(super) end: (usize, usize),
}

/// A key and what it holds.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Pair {
    pub(super) key: String,
    pub(super) key_span: Span,
    pub(super) node: Node,
}

impl Value {
    /// What it is, for messages.
    pub(super) fn kind(&self) -> &'static str {
        match self {
            Self::Null => "empty",
            Self::Text(_) => "a single value",
            Self::List(_) => "a list",
            Self::Map(_) => "a map",
        }
    }
}

/// Reads one document. `Ok` with findings is a tree that can be walked for more.
pub(super) fn read(text: &str) -> (Option<Node>, Vec<Finding>) {
    let mut builder = Builder::default();
    for event in Parser::new_from_str(text) {
        let step = match event {
            Ok((event, span)) => builder.take(event, span),
            Err(error) => Err(syntax(text, &error)),
        };
        if let Err(finding) = step {
            // What follows a broken place would be guessed at, so nothing of it is reported.
            builder.findings.push(finding);
            return (None, builder.findings);
        }
    }
    (builder.root, builder.findings)
}

/// A collection that is still open.
enum Open {
    List(Span, Vec<Node>),
    Map {
        span: Span,
        pairs: Vec<Pair>,
        key: Option<(String, Span)>,
    },
}

#[derive(Default)]
struct Builder {
    open: Vec<Open>,
    root: Option<Node>,
    documents: usize,
    findings: Vec<Finding>,
}

impl Builder {
    fn take(&mut self, event: Event<'_>, span: saphyr_parser::Span) -> Result<(), Finding> {
        let at = place(&span);
        match event {
            Event::DocumentStart(_) => {
                self.documents += 1;
                if self.documents > 1 {
                    return Err(Finding::error(at, "a second document begins here")
                        .label("one file holds one document: remove the `---`"));
                }
            }
            Event::Alias(_) => {
                return Err(Finding::error(at, "aliases are not supported").label("write the value out"));
            }
            Event::Scalar(text, style, anchor, tag) => {
                refuse_extras(at, anchor, tag.is_some())?;
                let scalar = Scalar {
                    text: text.into_owned(),
                    plain: style == ScalarStyle::Plain,
                    end: (span.end.line(), span.end.col() + 1),
                };
                self.scalar(scalar, at)?;
            }
            Event::SequenceStart(anchor, tag) => {
                refuse_extras(at, anchor, tag.is_some())?;
                self.push(Open::List(at, Vec::new()), at)?;
            }
            Event::MappingStart(anchor, tag) => {
                refuse_extras(at, anchor, tag.is_some())?;
                let map = Open::Map {
                    span: at,
                    pairs: Vec::new(),
                    key: None,
                };
                self.push(map, at)?;
            }
            Event::SequenceEnd | Event::MappingEnd => {
                let node = match self.open.pop() {
                    Some(Open::List(span, items)) => Node {
                        span,
                        value: Value::List(items),
                    },
                    Some(Open::Map { span, pairs, .. }) => Node {
                        span,
                        value: Value::Map(pairs),
                    },
                    None => return Ok(()),
                };
                self.place(node);
            }
            Event::Nothing | Event::StreamStart | Event::StreamEnd | Event::DocumentEnd => {}
        }
        Ok(())
    }

    fn push(&mut self, collection: Open, at: Span) -> Result<(), Finding> {
        if self.awaits_key() {
            return Err(Finding::error(at, "a key is not a word").label("a key cannot be a list or a map"));
        }
        if self.open.len() >= MAX_DEPTH {
            return Err(
                Finding::error(at, "nested too deeply").label("no key of this file is as deep as this")
            );
        }
        self.open.push(collection);
        Ok(())
    }

    fn awaits_key(&self) -> bool {
        matches!(self.open.last(), Some(Open::Map { key: None, .. }))
    }

    fn scalar(&mut self, scalar: Scalar, at: Span) -> Result<(), Finding> {
        if let Some(Open::Map { key, pairs, .. }) = self.open.last_mut()
            && key.is_none()
        {
            if scalar.text == "<<" && scalar.plain {
                return Err(Finding::error(at, "merge keys are not supported").label("write the values out"));
            }
            if let Some(first) = pairs.iter().find(|pair| pair.key == scalar.text) {
                let line = first.key_span.line;
                self.findings.push(
                    Finding::error(at, format!("`{}` is there twice", scalar.text))
                        .label(format!("it is on line {line} already")),
                );
            }
            *key = Some((scalar.text, at));
            return Ok(());
        }
        let null = scalar.plain && matches!(scalar.text.as_str(), "" | "~" | "null" | "Null" | "NULL");
        let value = if null { Value::Null } else { Value::Text(scalar) };
        self.place(Node { span: at, value });
        Ok(())
    }

    fn place(&mut self, node: Node) {
        match self.open.last_mut() {
            Some(Open::List(_, items)) => items.push(node),
            Some(Open::Map { pairs, key, .. }) => {
                if let Some((key, key_span)) = key.take() {
                    pairs.push(Pair { key, key_span, node });
                }
            }
            None => self.root = Some(node),
        }
    }
}

fn refuse_extras(at: Span, anchor: usize, tagged: bool) -> Result<(), Finding> {
    if anchor != 0 {
        return Err(
            Finding::error(at, "anchors are not supported").label("write the value where it is needed")
        );
    }
    if tagged {
        return Err(Finding::error(at, "tags are not supported").label("write the value without `!`"));
    }
    Ok(())
}

fn place(span: &saphyr_parser::Span) -> Span {
    let one_line = span.start.line() == span.end.line();
    Span {
        line: span.start.line(),
        column: span.start.col() + 1,
        width: if one_line { span.len().max(1) } else { 1 },
    }
}

/// What the parser could not read. A tab in the indentation is behind many of its complaints, and
/// invisible, so it is looked for first.
fn syntax(text: &str, error: &ScanError) -> Finding {
    let (line, column) = (error.marker().line().max(1), error.marker().col() + 1);
    if error.info().contains("unknown anchor") {
        return Finding::error(Span::at(line, column), "aliases are not supported")
            .label("write the value out");
    }
    let tab = text.lines().take(line).enumerate().find_map(|(at, written)| {
        let indent = written.len() - written.trim_start().len();
        let before = written.get(..indent)?;
        Some((at + 1, before.chars().position(|space| space == '\t')? + 1))
    });
    if let Some((line, column)) = tab {
        return Finding::error(Span::at(line, column), "a tab in the indentation")
            .label("YAML indents with spaces");
    }
    let end = text.lines().count().max(1);
    if line > end {
        let width = text.lines().last().map_or(0, |last| last.chars().count());
        return Finding::error(Span::at(end, width.max(1)), format!("not YAML: {}", error.info()))
            .label("the file ends too early");
    }
    Finding::error(Span::at(line, column), format!("not YAML: {}", error.info()))
        .label("the reader stops here; the cause may be on a line above")
}
