//! Lines of the file as they may be shown: without what is secret, and without what a terminal
//! would act on.
//!
//! A value is taken for secret by the name of its key, known or not (`pasword: …` holds one too),
//! by where it stands (`add_headers`, what a provider of text messages is sent), and by its shape (`scheme://user:secret@host`). References
//! such as `file:…` are not secret. Where the file is not YAML there is no tree to tell; then
//! everything after such a key is left out, and so is every line that a block might belong to.

use super::report::Span;
use super::secrets;
use super::tree::{Node, Pair, Value};
use super::upstream::sounds_secret;

/// What stands in the place of a secret.
const STAND_IN: &str = "[secret]";

/// Longer lines are cut: a terminal is not a page.
const MAX_SHOWN: usize = 160;

/// A file that can be quoted from.
#[derive(Clone, Debug, Default)]
pub(super) struct Quotable {
    lines: Vec<Vec<char>>,
    secrets: Vec<Hidden>,
}

/// Characters of one line, first included, last excluded, counted from zero.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
struct Hidden {
    line: usize,
    from: usize,
    to: usize,
}

/// One line, and where the carets go.
pub(super) struct Quoted {
    pub(super) line: String,
    pub(super) before: usize,
    pub(super) width: usize,
}

impl Quotable {
    /// `tree` is missing where the file is not YAML.
    pub(super) fn new(text: &str, tree: Option<&Node>) -> Self {
        let lines: Vec<Vec<char>> = text.lines().map(|line| line.chars().collect()).collect();
        let mut secrets = Vec::new();
        match tree {
            Some(node) => hide_node(node, "", false, &lines, &mut secrets),
            None => hide_by_words(&lines, &mut secrets),
        }
        for (at, line) in lines.iter().enumerate() {
            hide_credentials(at, line, &mut secrets);
        }
        secrets.sort_unstable();
        Self { lines, secrets }
    }

    /// The line of `span`, as it may be shown.
    pub(super) fn quote(&self, span: Span) -> Quoted {
        let at = span.line.saturating_sub(1);
        let (from, to) = (
            span.column.saturating_sub(1),
            span.column.saturating_sub(1) + span.width.max(1),
        );
        let empty = Vec::new();
        let line = self.lines.get(at).unwrap_or(&empty);
        let hidden: Vec<Hidden> = self.secrets.iter().copied().filter(|it| it.line == at).collect();
        let (mut shown, mut before, mut end) = (String::new(), None, 0);
        let mut count = 0;
        let mut covered = 0;
        for (column, letter) in line.iter().enumerate() {
            if column == from {
                before = Some(count);
            }
            let secret = hidden.iter().find(|it| (it.from..it.to).contains(&column));
            match secret {
                Some(it) if it.from.max(covered) == column => {
                    shown.push_str(STAND_IN);
                    count += STAND_IN.len();
                    covered = it.to;
                }
                Some(_) => {}
                None => {
                    shown.push(if letter.is_control() { ' ' } else { *letter });
                    count += 1;
                }
            }
            if column < to {
                end = count;
            }
        }
        let before = before.unwrap_or(count);
        Quoted {
            line: cut(&shown),
            before: before.min(MAX_SHOWN),
            width: end
                .saturating_sub(before)
                .clamp(1, MAX_SHOWN.saturating_sub(before).max(1)),
        }
    }
}

fn cut(line: &str) -> String {
    if line.chars().count() <= MAX_SHOWN {
        return line.to_owned();
    }
    line.chars().take(MAX_SHOWN).chain(['…']).collect()
}

fn hide_node(node: &Node, key: &str, within: bool, lines: &[Vec<char>], hidden: &mut Vec<Hidden>) {
    match &node.value {
        Value::Map(pairs) => {
            for pair in pairs {
                let inside = within
                    || matches!(pair.key.as_str(), "add_headers" | "headers")
                    || (key == "sms" && holds_key(pair));
                hide_node(&pair.node, &pair.key, inside, lines, hidden);
            }
        }
        Value::List(items) => {
            for item in items {
                hide_node(item, key, within, lines, hidden);
            }
        }
        Value::Text(scalar) => {
            if secrets::is_reference(&scalar.text) || !(within || secrets::names_secret(key)) {
                return;
            }
            let first = node.span.line.saturating_sub(1);
            let column = node.span.column.saturating_sub(1);
            let (last, behind) = scalar.end;
            if last <= node.span.line {
                hidden.push(Hidden {
                    line: first,
                    from: column,
                    to: column + node.span.width,
                });
                return;
            }
            hide_rest(first, column, lines, hidden);
            for line in first + 1..last.saturating_sub(1) {
                hide_rest(line, 0, lines, hidden);
            }
            hide_start(last.saturating_sub(1), behind.saturating_sub(1), lines, hidden);
        }
        Value::Null => {}
    }
}

/// Whether what a provider of text messages is sent carries its key.
fn holds_key(pair: &Pair) -> bool {
    let sent = matches!(pair.key.as_str(), "body" | "url");
    sent && matches!(&pair.node.value, Value::Text(scalar) if sounds_secret(&scalar.text))
}

fn hide_rest(line: usize, from: usize, lines: &[Vec<char>], hidden: &mut Vec<Hidden>) {
    let to = lines.get(line).map_or(0, Vec::len);
    if from < to {
        hidden.push(Hidden { line, from, to });
    }
}

/// The end of a value of several lines; a block ends in the indentation of what follows it.
fn hide_start(line: usize, to: usize, lines: &[Vec<char>], hidden: &mut Vec<Hidden>) {
    let start = lines.get(line).and_then(|letters| letters.get(..to));
    if start.is_some_and(|letters| letters.iter().any(|letter| !letter.is_whitespace())) {
        hidden.push(Hidden { line, from: 0, to });
    }
}

/// Without a tree: what follows a key that names a secret, to the end of the line, and the lines
/// below it that are indented further.
fn hide_by_words(lines: &[Vec<char>], hidden: &mut Vec<Hidden>) {
    let mut block: Option<usize> = None;
    for (at, line) in lines.iter().enumerate() {
        let blank = line.iter().all(|letter| letter.is_whitespace());
        let indent = line.iter().take_while(|letter| letter.is_whitespace()).count();
        if block.is_some_and(|above| blank || indent > above) {
            hide_rest(at, 0, lines, hidden);
            continue;
        }
        block = None;
        if let Some(colon) = first_secret_colon(line) {
            block = Some(indent);
            hide_rest(at, colon + 1, lines, hidden);
        }
    }
}

fn first_secret_colon(line: &[char]) -> Option<usize> {
    line.iter().enumerate().find_map(|(at, letter)| {
        let before = line.get(..at)?;
        let word: String = before
            .iter()
            .rev()
            .skip_while(|letter| letter.is_whitespace() || matches!(letter, '"' | '\''))
            .take_while(|letter| letter.is_alphanumeric() || matches!(letter, '_' | '-'))
            .collect::<Vec<_>>()
            .into_iter()
            .rev()
            .collect();
        (*letter == ':' && secrets::names_secret(&word)).then_some(at)
    })
}

/// The password in `scheme://user:password@host`.
fn hide_credentials(at: usize, line: &[char], hidden: &mut Vec<Hidden>) {
    let starts = line
        .windows(3)
        .enumerate()
        .filter(|(_, three)| *three == [':', '/', '/'])
        .map(|(start, _)| start + 3);
    for start in starts {
        let rest = line.get(start..).unwrap_or_default();
        let length = rest
            .iter()
            .take_while(|letter| !letter.is_whitespace() && !matches!(letter, '"' | '\''))
            .count();
        let authority = rest.get(..length).unwrap_or_default();
        let end = authority.iter().rposition(|letter| *letter == '@');
        let colon = authority.iter().position(|letter| *letter == ':');
        if let (Some(colon), Some(end)) = (colon, end)
            && colon + 1 < end
        {
            hidden.push(Hidden {
                line: at,
                from: start + colon + 1,
                to: start + end,
            });
        }
    }
}
