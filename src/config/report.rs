//! What is wrong with a configuration, where, and what to write instead.
//!
//! ```text
//! error: unknown key `recovery_code` in `second_factor`
//!   --> /etc/doorward/config.yaml:31:3
//!    |
//! 31 |   recovery_code: {count: 10}
//!    |   ^^^^^^^^^^^^^ did you mean `recovery_codes`?
//! ```
//!
//! Everything at once, errors before warnings, each in the order of the file. Lines are quoted
//! through [`super::quote`], which leaves out what is secret. No message quotes a value.

use std::fmt::Write as _;

use serde::Serialize;

use super::quote::Quotable;

/// A stretch of one line, counted from one, in characters.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Default)]
pub struct Span {
    /// The line.
    pub line: usize,
    /// The column of its first character.
    pub column: usize,
    /// How many characters; at least one.
    pub width: usize,
}

impl Span {
    /// One character.
    pub(super) const fn at(line: usize, column: usize) -> Self {
        Self {
            line,
            column,
            width: 1,
        }
    }
}

/// Whether the configuration is refused because of it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// It is.
    Error,
    /// It is not.
    Warning,
}

/// One thing that is wrong, or doubtful.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Finding {
    /// Whether it stops the gateway.
    pub severity: Severity,
    /// Where it is. `None`: the file as a whole.
    pub span: Option<Span>,
    /// What it is: lower case, no full stop, no value.
    pub message: String,
    /// What to do about it, shown under the place.
    pub label: Option<String>,
    /// What to do about it, where the place explains nothing.
    pub note: Option<String>,
}

/// Keys and paths of the file stand in messages; a terminal must not act on what is in them.
fn visible(text: &str) -> String {
    text.chars()
        .map(|letter| if letter.is_control() { '\u{fffd}' } else { letter })
        .collect()
}

impl Finding {
    pub(super) fn error(span: impl Into<Option<Span>>, message: impl Into<String>) -> Self {
        Self::new(Severity::Error, span.into(), message.into())
    }

    pub(super) fn warning(span: impl Into<Option<Span>>, message: impl Into<String>) -> Self {
        Self::new(Severity::Warning, span.into(), message.into())
    }

    fn new(severity: Severity, span: Option<Span>, message: String) -> Self {
        Self {
            severity,
            span,
            message: visible(&message),
            label: None,
            note: None,
        }
    }

    pub(super) fn label(mut self, label: impl Into<String>) -> Self {
        self.label = Some(visible(&label.into()));
        self
    }

    pub(super) fn note(mut self, note: impl Into<String>) -> Self {
        self.note = Some(visible(&note.into()));
        self
    }
}

/// All that was found in one file.
#[derive(Clone, Debug, Default)]
pub struct Report {
    file: String,
    source: Quotable,
    findings: Vec<Finding>,
}

/// One finding, as `--json` prints it.
#[derive(Serialize)]
struct Printed<'a> {
    severity: Severity,
    file: &'a str,
    line: Option<usize>,
    column: Option<usize>,
    message: &'a str,
    fix: Option<&'a str>,
}

impl Report {
    /// What stands in the last line after errors, unless the caller knows better.
    pub const NOTHING_CHANGED: &'static str =
        "Nothing was changed; the running gateway keeps its configuration.";

    pub(super) fn new(file: &str, source: Quotable, mut findings: Vec<Finding>) -> Self {
        findings.sort_by_key(|finding| (finding.severity, finding.span));
        Self {
            file: file.to_owned(),
            source,
            findings,
        }
    }

    /// Everything, errors first.
    pub fn findings(&self) -> &[Finding] {
        &self.findings
    }

    /// Whether there is nothing to say.
    pub fn is_empty(&self) -> bool {
        self.findings.is_empty()
    }

    /// How many errors there are.
    pub fn errors(&self) -> usize {
        self.count(Severity::Error)
    }

    /// How many warnings there are.
    pub fn warnings(&self) -> usize {
        self.count(Severity::Warning)
    }

    fn count(&self, severity: Severity) -> usize {
        self.findings
            .iter()
            .filter(|finding| finding.severity == severity)
            .count()
    }

    /// For a terminal. `color`: whether it is one, and `NO_COLOR` is not set.
    pub fn render(&self, color: bool) -> String {
        self.render_with(color, Self::NOTHING_CHANGED)
    }

    /// The same, with other last words after errors: what their consequence is.
    pub fn render_with(&self, color: bool, consequence: &str) -> String {
        let paint = Paint(color);
        let mut out = String::new();
        for finding in &self.findings {
            self.render_one(&mut out, finding, &paint);
            out.push('\n');
        }
        if !self.is_empty() {
            out.push_str(&self.summary(consequence));
            out.push('\n');
        }
        out
    }

    fn render_one(&self, out: &mut String, finding: &Finding, paint: &Paint) {
        let (word, tone) = match finding.severity {
            Severity::Error => ("error", RED),
            Severity::Warning => ("warning", YELLOW),
        };
        let head = paint.wrap(tone, word);
        let _ = writeln!(out, "{head}: {}", paint.wrap(BOLD, &finding.message));
        let Some(span) = finding.span else {
            let _ = writeln!(out, " {} {}", paint.wrap(BLUE, "-->"), self.file);
            if let Some(note) = finding.note.as_ref().or(finding.label.as_ref()) {
                let _ = writeln!(out, "  {} {note}", paint.wrap(BLUE, "="));
            }
            return;
        };
        let number = span.line.to_string();
        let pad = " ".repeat(number.len());
        let arrow = paint.wrap(BLUE, "-->");
        let _ = writeln!(out, "{pad}{arrow} {}:{}:{}", self.file, span.line, span.column);
        if let Some(label) = &finding.label {
            let quoted = self.source.quote(span);
            let bar = paint.wrap(BLUE, "|");
            let _ = writeln!(out, "{pad} {bar}");
            let _ = writeln!(out, "{} {bar} {}", paint.wrap(BLUE, &number), quoted.line);
            let carets = paint.wrap(tone, &"^".repeat(quoted.width));
            let _ = writeln!(out, "{pad} {bar} {}{carets} {label}", " ".repeat(quoted.before));
        }
        if let Some(note) = &finding.note {
            let _ = writeln!(out, "{pad} {} {note}", paint.wrap(BLUE, "="));
        }
    }

    fn summary(&self, consequence: &str) -> String {
        let errors = counted(self.errors(), "error");
        let warnings = counted(self.warnings(), "warning");
        let counts = [errors, warnings]
            .into_iter()
            .flatten()
            .collect::<Vec<_>>()
            .join(", ");
        if self.errors() == 0 {
            format!("{counts}.")
        } else {
            format!("{counts}. {consequence}")
        }
    }

    /// For programs: a list of objects with `severity`, `file`, `line`, `column`, `message`, `fix`.
    pub fn to_json(&self) -> serde_json::Value {
        let printed: Vec<Printed<'_>> = self
            .findings
            .iter()
            .map(|finding| Printed {
                severity: finding.severity,
                file: &self.file,
                line: finding.span.map(|span| span.line),
                column: finding.span.map(|span| span.column),
                message: &finding.message,
                fix: finding.label.as_deref().or(finding.note.as_deref()),
            })
            .collect();
        serde_json::json!(printed)
    }
}

impl std::fmt::Display for Report {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str(&self.render(false))
    }
}

impl std::error::Error for Report {}

fn counted(count: usize, word: &str) -> Option<String> {
    match count {
        0 => None,
        1 => Some(format!("1 {word}")),
        _ => Some(format!("{count} {word}s")),
    }
}

const RED: &str = "1;31";
const YELLOW: &str = "1;33";
const BLUE: &str = "1;34";
const BOLD: &str = "1";

/// Colours, or none.
struct Paint(bool);

impl Paint {
    fn wrap(&self, tone: &str, text: &str) -> String {
        if self.0 {
            format!("\u{1b}[{tone}m{text}\u{1b}[0m")
        } else {
            text.to_owned()
        }
    }
}
