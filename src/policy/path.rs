//! Paths of rules, and the two ways in which a request's path may fit one.
//!
//! ```text
//! raw path ──canonical?──yes──▶ compared as it stands        narrow: may let off
//!     │
//!     └──▶ every reading a portal may make of it, folded     wide: may hold back
//! ```
//!
//! Portals decode, resolve and fold paths in ways that a gateway cannot know. Whatever lets a
//! request off is therefore compared with the path as it stands, and only where that path can be
//! read in one way ([`RequestPath::is_canonical`], an allow-list over RFC 3986 §2 and §3.3). Whatever
//! holds a request back is compared with every reading in [`super::reading`]. Narrow fits are a
//! subset of wide ones.
//!
//! The common path (no escapes, no `;`, no empty or dot segment) is recognised in one pass, and both
//! comparisons are then made in place: nothing is allocated.

use super::reading::{self, Readings};

/// Why a pattern is not one.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum PathPatternError {
    /// Nothing, or nothing that begins with a slash.
    #[error("a path starts with `/`")]
    NoSlash,
    /// `*` anywhere but as the whole last segment.
    #[error("`*` may only be the whole last segment, as in `/news/*`")]
    Star,
    /// No request could be compared with it: `//`, a dot segment, a space, a letter outside ASCII.
    #[error("a path in a rule has no empty segment, no `.` or `..`, no `;`, and is written percent-encoded")]
    NotCanonical,
}

/// A path in a rule: one path, or everything below one.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PathPattern {
    text: String,
    /// As it stands, without the star.
    stem: Vec<u8>,
    /// Decoded and folded, as readings are.
    folded: Vec<u8>,
    below: bool,
}

impl std::fmt::Display for PathPattern {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.pad(&self.text)
    }
}

impl PathPattern {
    /// Reads a pattern: `/robots.txt`, `/news/*`.
    pub fn parse(text: &str) -> Result<Self, PathPatternError> {
        if !text.starts_with('/') {
            return Err(PathPatternError::NoSlash);
        }
        let (stem, below) = match text.strip_suffix("/*") {
            // The slash stays: `/news/*` is what is below `/news/`.
            Some(parent) => (format!("{parent}/"), true),
            None => (text.to_owned(), false),
        };
        if stem.contains('*') {
            return Err(PathPatternError::Star);
        }
        if !RequestPath::read(stem.as_bytes()).is_canonical() {
            return Err(PathPatternError::NotCanonical);
        }
        let folded = reading::fold(&reading::decode(stem.as_bytes()));
        Ok(Self {
            text: text.to_owned(),
            stem: stem.into_bytes(),
            folded,
            below,
        })
    }

    /// As it was written.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    fn fits_as_it_stands(&self, path: &[u8]) -> bool {
        if self.below {
            path.starts_with(&self.stem)
        } else {
            path == self.stem
        }
    }

    /// Whether a folded reading is this path, lies below it, or is its bare prefix.
    fn fits_reading(&self, reading: &[u8]) -> bool {
        if !self.below {
            return reading == self.folded;
        }
        reading.starts_with(&self.folded) || self.folded.strip_suffix(b"/") == Some(reading)
    }

    /// The same for a path whose only other reading is its letter case.
    fn fits_plain(&self, path: &[u8]) -> bool {
        let stem = self.folded.as_slice();
        if !self.below {
            return path.eq_ignore_ascii_case(stem);
        }
        match path.split_at_checked(stem.len()) {
            Some((head, _)) => head.eq_ignore_ascii_case(stem),
            None => stem
                .strip_suffix(b"/")
                .is_some_and(|bare| path.eq_ignore_ascii_case(bare)),
        }
    }
}

/// How many ways there are to read a path.
#[derive(Clone, Debug)]
enum Form {
    /// Letter case aside, one. No escapes.
    Plain,
    /// One, with escapes.
    Escaped(Readings),
    /// Several.
    Odd(Readings),
}

/// The path of a request, read once and then compared with each rule.
#[derive(Clone, Debug)]
pub struct RequestPath<'a> {
    raw: &'a [u8],
    form: Form,
}

impl<'a> RequestPath<'a> {
    /// Reads a path without its query.
    pub fn read(raw: &'a [u8]) -> Self {
        let form = match shape(raw) {
            Shape::Plain => Form::Plain,
            Shape::Escaped if escapes_are_canonical(raw) => Form::Escaped(reading::of(raw)),
            Shape::Escaped | Shape::Odd => Form::Odd(reading::of(raw)),
        };
        Self { raw, form }
    }

    /// As it came.
    pub const fn raw(&self) -> &'a [u8] {
        self.raw
    }

    /// Whether it can be read in one way only, so that it may be let off.
    pub const fn is_canonical(&self) -> bool {
        matches!(self.form, Form::Plain | Form::Escaped(_))
    }

    /// Whether it is canonical and `pattern` matches it as it stands.
    pub fn fits_narrowly(&self, pattern: &PathPattern) -> bool {
        self.is_canonical() && pattern.fits_as_it_stands(self.raw)
    }

    /// Whether `pattern` matches any reading that a portal may make of it.
    pub fn fits_widely(&self, pattern: &PathPattern) -> bool {
        match &self.form {
            Form::Plain => pattern.fits_plain(self.raw),
            Form::Escaped(readings) | Form::Odd(readings) => {
                pattern.fits_as_it_stands(self.raw) || readings.any(|reading| pattern.fits_reading(reading))
            }
        }
    }

    /// Whether any reading lies at or below `prefix`, which is in lower case and ends without a slash.
    pub fn lies_at_or_below(&self, prefix: &str) -> bool {
        let below = |path: &[u8]| {
            path.split_at_checked(prefix.len()).is_some_and(|(head, tail)| {
                head.eq_ignore_ascii_case(prefix.as_bytes()) && matches!(tail.first(), None | Some(b'/'))
            })
        };
        below(self.raw)
            || match &self.form {
                Form::Plain => false,
                Form::Escaped(readings) | Form::Odd(readings) => readings.any(below),
            }
    }
}

enum Shape {
    Plain,
    Escaped,
    Odd,
}

/// RFC 3986 §2.2 and §2.3: unreserved characters and sub-delimiters, less `;`, which portals cut at.
const fn is_plain(octet: u8) -> bool {
    octet.is_ascii_alphanumeric()
        || matches!(
            octet,
            b'-' | b'.' | b'_' | b'~' | b'!' | b'$' | b'&' | b'\'' | b'(' | b')' | b'*' | b'+' | b',' | b'='
        )
}

/// What the octets alone say, in one pass.
fn shape(raw: &[u8]) -> Shape {
    let Some((b'/', rest)) = raw.split_first() else {
        return Shape::Odd;
    };
    let mut escaped = false;
    let (mut length, mut dots) = (0_usize, 0_usize);
    for octet in rest {
        match octet {
            b'/' => {
                if length == 0 || is_dot_segment(length, dots) {
                    return Shape::Odd;
                }
                (length, dots) = (0, 0);
                continue;
            }
            b'.' => dots += 1,
            b'%' => escaped = true,
            other if is_plain(*other) => {}
            _ => return Shape::Odd,
        }
        length += 1;
    }
    match () {
        // The last segment may be empty.
        () if is_dot_segment(length, dots) => Shape::Odd,
        () if escaped => Shape::Escaped,
        () => Shape::Plain,
    }
}

const fn is_dot_segment(length: usize, dots: usize) -> bool {
    length == dots && (dots == 1 || dots == 2)
}

/// Whether every escape is well formed, is of valid UTF-8, stands for a character that needs one, and
/// neither decodes nor normalises (NFKC) to something that portals take a path apart at.
fn escapes_are_canonical(raw: &[u8]) -> bool {
    let mut rest = raw;
    let mut run = Vec::new();
    while let Some((first, tail)) = rest.split_first() {
        if *first != b'%' {
            rest = tail;
            continue;
        }
        // What is raw is ASCII, so a character outside ASCII is one unbroken run of escapes.
        run.clear();
        while let Some((b'%', tail)) = rest.split_first() {
            let Some((octet, tail)) = reading::escape(tail) else {
                return false;
            };
            run.push(octet);
            rest = tail;
        }
        let Ok(text) = std::str::from_utf8(&run) else {
            return false;
        };
        if text.chars().any(|it| is_unreserved(it) || reading::divides(it)) {
            return false;
        }
    }
    true
}

const fn is_unreserved(it: char) -> bool {
    it.is_ascii_alphanumeric() || matches!(it, '-' | '.' | '_' | '~')
}

#[cfg(test)]
#[path = "path_tests.rs"]
mod tests;
