//! Path patterns of rules and scripts: `/robots.txt`, `/news/*`.
//!
//! A pattern is a canonical path, because only such a path can let anybody off: non-empty segments
//! (the last may be empty) of unreserved and sub-delimiter characters except `;`, or well-formed
//! escapes of what cannot be written otherwise (RFC 3986 §2). `*` is everything below, and only as
//! the whole last segment; there are no other wildcards and no expressions.

use percent_encoding::percent_decode_str;

use super::scalar::Fault;
use super::tree::Scalar;

/// Reads a pattern.
pub(super) fn pattern(it: &Scalar) -> Result<String, Fault> {
    let text = it.text.as_str();
    let bad = |hint: &str| Fault::new("is not a path pattern", hint);
    if matches!(text, "" | "*" | ".*") {
        return Err(bad("every path would be `/*`"));
    }
    let Some(below) = text.strip_prefix('/') else {
        return Err(bad("a path starts with `/`"));
    };
    let fixed = below
        .strip_suffix('*')
        .filter(|fixed| fixed.is_empty() || fixed.ends_with('/'));
    let fixed = fixed.unwrap_or(below);
    if fixed.contains('*') {
        return Err(bad("`*` is the whole last segment, as in `/news/*`"));
    }
    if fixed.contains(['?', '#']) {
        return Err(bad("a path only: no `?` and no `#`"));
    }
    let mut segments = fixed.split('/').peekable();
    while let Some(segment) = segments.next() {
        let last = segments.peek().is_none();
        if segment.is_empty() && !last {
            return Err(bad(
                "no two slashes in a row: such a path is never matched as it stands",
            ));
        }
        if matches!(segment, "." | "..") {
            return Err(bad(
                "no `.` and no `..`: such a path is never matched as it stands",
            ));
        }
        check_segment(segment)?;
    }
    Ok(text.to_owned())
}

fn check_segment(segment: &str) -> Result<(), Fault> {
    let bad = |hint: &str| Err(Fault::new("is not a path pattern", hint));
    let mut rest = segment.chars();
    while let Some(letter) = rest.next() {
        match letter {
            '%' => {
                let code: String = rest.by_ref().take(2).collect();
                let octet = u8::from_str_radix(&code, 16).ok().filter(|_| code.len() == 2);
                match octet {
                    Some(octet) if !is_plain(char::from(octet)) && !b"/\\%;.\0".contains(&octet) => {}
                    _ => return bad("an escape is `%` and two hex digits, of a character that needs it"),
                }
            }
            _ if is_plain(letter) => {}
            ';' => return bad("no `;`: portals read it in different ways"),
            _ if !letter.is_ascii() => return bad("write it as browsers send it, with `%` escapes"),
            _ => return bad("a character that paths of rules cannot hold"),
        }
    }
    match percent_decode_str(segment).decode_utf8() {
        Ok(decoded) if !decoded.chars().any(char::is_control) => Ok(()),
        _ => bad("its escapes are not text in UTF-8"),
    }
}

/// Unreserved, or a sub-delimiter other than `;` (and `*`, which has its own meaning here).
fn is_plain(letter: char) -> bool {
    letter.is_ascii_alphanumeric() || "-._~!$&'()+,=".contains(letter)
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
            "//", "/a//b", "/./a", "/a/..", "/a;b", "/a\\b", "/%61", "/%2f", "/%2e", "/%zz", "/%", "/%ff",
            "/%0a", "/é", "/a b", "/%25",
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
