//! Path patterns of rules and scripts: `/robots.txt`, `/news/*`.
//!
//! What a pattern is, [`PathPattern::parse`] decides; here it is told what to write instead.

use super::scalar::Fault;
use super::tree::Scalar;
use crate::policy::PathPattern;

/// Reads a pattern.
pub(super) fn pattern(it: &Scalar) -> Result<String, Fault> {
    let text = it.text.as_str();
    PathPattern::parse(text)
        .map(|pattern| pattern.as_str().to_owned())
        .map_err(|_| Fault::new("is not a path pattern", hint(text)))
}

/// What is wrong with a text that is no pattern: the first thing that a person would see.
fn hint(text: &str) -> &'static str {
    if matches!(text, "" | "*" | ".*") {
        return "every path would be `/*`";
    }
    let Some(below) = text.strip_prefix('/') else {
        return "a path starts with `/`";
    };
    let stem = below.strip_suffix("/*").unwrap_or(below);
    if stem.contains('*') && stem != "*" {
        return "`*` is the whole last segment, as in `/news/*`";
    }
    if stem.contains(['?', '#']) {
        return "a path only: no `?` and no `#`";
    }
    let segments: Vec<&str> = stem.split('/').collect();
    let empty = segments.iter().rev().skip(1).any(|segment| segment.is_empty());
    if empty || (below.ends_with("/*") && stem.is_empty()) {
        return "no two slashes in a row: such a path is never matched as it stands";
    }
    if segments.iter().any(|segment| matches!(*segment, "." | "..")) {
        return "no `.` and no `..`: such a path is never matched as it stands";
    }
    if text.contains(';') {
        return "no `;`: portals read it in different ways";
    }
    if !text.is_ascii() {
        return "write it as browsers send it, with `%` escapes";
    }
    if text.contains('%') {
        return "an escape is `%` and two hex digits, of a character that needs it and has one reading";
    }
    "a character that paths of rules cannot hold"
}

/// Whether every path that `narrow` matches is matched by `wide`.
pub(super) fn covers(wide: &str, narrow: &str) -> bool {
    match wide.strip_suffix('*') {
        Some(prefix) => narrow.starts_with(prefix),
        None => wide == narrow,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<String, Fault> {
        pattern(&Scalar {
            text: text.to_owned(),
            plain: true,
            end: (1, 1),
        })
    }

    #[test]
    fn patterns_are_canonical_paths() {
        for text in [
            "/",
            "/*",
            "/robots.txt",
            "/news/*",
            "/a/b/",
            "/caf%C3%A9",
            "/a+b,c=(d)",
            "/~me/*",
        ] {
            assert_eq!(read(text).as_deref(), Ok(text), "{text}");
        }
    }

    #[test]
    fn path_20_what_matches_everything_by_accident_is_refused() {
        for text in [
            "", "*", ".*", "news", "/n*", "/*/x", "/**", "/a/*b", "/a?x", "/a#x",
        ] {
            assert!(read(text).is_err(), "{text}");
        }
    }

    #[test]
    fn what_no_request_could_match_narrowly_is_refused() {
        let odd = [
            "//",
            "/a//b",
            "/./a",
            "/a/..",
            "/a;b",
            "/a\\b",
            "/%61",
            "/%2f",
            "/%2e",
            "/%zz",
            "/%",
            "/%ff",
            "/%0a",
            "/é",
            "/a b",
            "/%25",
            "/%EF%BC%8F",
            "/%E2%80%A4",
            "/a%E2%80%A6b",
        ];
        for text in odd {
            assert!(read(text).is_err(), "{text}");
        }
    }

    #[test]
    fn a_pattern_covers_what_is_below_it() {
        assert!(
            covers("/*", "/a/*") && covers("/a/*", "/a/b") && covers("/a/*", "/a/*") && covers("/a", "/a")
        );
        assert!(!covers("/a/*", "/a") && !covers("/a", "/a/b") && !covers("/a/b/*", "/a/*"));
    }
}
