//! How a path is read, in one way or in several.

use proptest::prelude::*;

use super::*;

fn pattern(text: &str) -> PathPattern {
    PathPattern::parse(text).unwrap_or_else(|error| panic!("{text}: {error}"))
}

fn narrow(path: &str, text: &str) -> bool {
    RequestPath::read(path.as_bytes()).fits_narrowly(&pattern(text))
}

fn wide(path: &str, text: &str) -> bool {
    RequestPath::read(path.as_bytes()).fits_widely(&pattern(text))
}

#[test]
fn a_star_stands_for_everything_below() {
    assert!(narrow("/news/today", "/news/*"));
    assert!(narrow("/news/", "/news/*"));
    assert!(!narrow("/news", "/news/*"), "the bare prefix is not below itself");
    assert!(!narrow("/newsroom", "/news/*"));
    assert!(narrow("/robots.txt", "/robots.txt"));
    assert!(!narrow("/robots.txt/", "/robots.txt"));
    assert!(narrow("/", "/*"));
    assert!(narrow("/anything/at/all", "/*"));
}

#[test]
fn patterns_that_would_match_by_accident_are_refused() {
    assert_eq!(PathPattern::parse(""), Err(PathPatternError::NoSlash));
    assert_eq!(PathPattern::parse("*"), Err(PathPatternError::NoSlash));
    assert_eq!(PathPattern::parse(".*"), Err(PathPatternError::NoSlash));
    assert_eq!(PathPattern::parse("/a*"), Err(PathPatternError::Star));
    assert_eq!(PathPattern::parse("/a/*/b"), Err(PathPatternError::Star));
    for odd in [
        "/a//b", "/a/../b", "/a;b", "/a b", "/ä", "/%61", "/a%2Fb", "/a\\b", "//*",
    ] {
        assert_eq!(
            PathPattern::parse(odd),
            Err(PathPatternError::NotCanonical),
            "{odd}"
        );
    }
}

#[test]
fn only_paths_with_one_reading_are_canonical() {
    for path in [
        "/",
        "/a",
        "/a/",
        "/a.b/c~d",
        "/a%20b",
        "/%E2%82%AC",
        "/a,b=c",
        "/...",
        "/a/.b",
    ] {
        assert!(RequestPath::read(path.as_bytes()).is_canonical(), "{path}");
    }
    let odd = [
        "",
        "a",
        "//",
        "/a//b",
        "/./a",
        "/a/..",
        "/a/../b",
        "/a;p",
        "/a\\b",
        "/a:b",
        "/%61",
        "/%2e",
        "/%2F",
        "/%5c",
        "/%00",
        "/%0d%0a",
        "/%25",
        "/%",
        "/%2",
        "/%zz",
        "/%ff",
        "/%c0%af",
        "/%EF%BC%8F",
        "/%EF%BC%8E",
        "/%E2%80%A4",
        "/%EF%BC%85",
        "/%C2%85",
        "/%3b",
        "/%3f",
        "/%23",
        "/é",
        "/%E2%84%80",
    ];
    for path in odd {
        assert!(!RequestPath::read(path.as_bytes()).is_canonical(), "{path}");
    }
}

#[test]
fn whatever_may_be_read_as_admin_is_held_back() {
    let disguises = [
        "/admin",
        "/admin/",
        "/admin/x",
        "/ADMIN/x",
        "/Admin",
        "//admin/x",
        "///admin",
        "/./admin/x",
        "/public/../admin/x",
        "/public//../admin/x",
        "/public/../../admin",
        "/public\\..\\admin",
        "\\admin\\x",
        "/public/..%5cadmin",
        "/public%5c..%5cadmin/x",
        "/%61dmin/x",
        "/%2561dmin/x",
        "/admin;a=b/x",
        "/admin;.js",
        "/admin%3b/x",
        "/admin%00.js",
        "/admin%2fx",
        "/admin%252fx",
        "/public/%2e%2e/admin/x",
        "/public/..;/admin/x",
        "/public/.%2e/admin",
        "/x/..%2fadmin/y",
        "/%c0%afadmin/x",
        "/public/%c0%ae%c0%ae/admin/x",
        "/%ef%bc%a1dmin/x",
        "/adm%C4%B1n/x",
        "/admin%3fx",
        "/admin%23/x",
        "/x/%2e%2e%2f%2e%2e%2fadmin",
    ];
    for path in disguises {
        assert!(wide(path, "/admin/*"), "{path}");
    }
    for path in [
        "/administrator",
        "/public/admin",
        "/a/admin/",
        "/",
        "/publi/admin%2f",
    ] {
        assert!(!wide(path, "/admin/*"), "{path}");
    }
}

#[test]
fn a_path_with_too_many_readings_fits_every_pattern() {
    let tangle = "/a;b//..\\%2e%252e;c/".repeat(1500);
    let path = RequestPath::read(tangle.as_bytes());
    assert!(path.fits_widely(&pattern("/nowhere/near")));
    assert!(!path.fits_narrowly(&pattern("/*")));
}

#[test]
fn the_prefix_is_recognised_in_every_reading() {
    let below = |path: &str| RequestPath::read(path.as_bytes()).lies_at_or_below("/_auth");
    for path in [
        "/_auth",
        "/_auth/sign-in",
        "/_AUTH/x",
        "/%5fauth/x",
        "//_auth/x",
        "/x/../_auth/y",
        "/_auth;x/y",
    ] {
        assert!(below(path), "{path}");
    }
    for path in ["/_authority", "/x/_auth", "/", "/auth"] {
        assert!(!below(path), "{path}");
    }
}

/// Portals, written apart from the readings: what they would serve for a path.
mod portal {
    pub fn decode(path: &[u8]) -> Vec<u8> {
        percent_encoding::percent_decode(path).collect()
    }

    pub fn backslash(path: &[u8]) -> Vec<u8> {
        String::from_utf8_lossy(path).replace('\\', "/").into_bytes()
    }

    pub fn lower(path: &[u8]) -> Vec<u8> {
        path.to_ascii_lowercase()
    }

    pub fn servlet(path: &[u8]) -> Vec<u8> {
        let text = String::from_utf8_lossy(path).into_owned();
        let kept: Vec<&str> = text
            .split('/')
            .map(|part| part.split(';').next().unwrap())
            .collect();
        kept.join("/").into_bytes()
    }

    /// Like Go's `path.Clean`: joins slashes and resolves dots at once.
    pub fn clean(path: &[u8]) -> Vec<u8> {
        let text = String::from_utf8_lossy(path).into_owned();
        let mut kept = Vec::new();
        for part in text.split('/') {
            match part {
                "" | "." => {}
                ".." => drop(kept.pop()),
                part => kept.push(part.to_owned()),
            }
        }
        format!("/{}", kept.join("/")).into_bytes()
    }

    /// One way of reading a path.
    pub type Manner = fn(&[u8]) -> Vec<u8>;

    pub const MANNERS: [Manner; 5] = [decode, backslash, lower, servlet, clean];
}

fn tricky_path() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        "[a-z]{1,3}".boxed(),
        prop::sample::select(vec![
            "/",
            "//",
            ".",
            "..",
            "\\",
            ";",
            "%2f",
            "%2F",
            "%5c",
            "%2e",
            "%252e",
            "%252f",
            "%00",
            "%61",
            "%41",
            "admin",
            "ADMIN",
            "public",
            "/admin/",
            "/public/",
            "/../",
            "%",
            "%c0%af",
            "%E2%82%AC",
            "é",
            "~",
            "%3b",
        ])
        .prop_map(str::to_owned)
        .boxed(),
    ];
    prop::collection::vec(piece, 0..9).prop_map(|pieces| format!("/{}", pieces.concat()))
}

proptest! {
    #[test]
    fn narrow_fits_are_wide_fits(path in tricky_path()) {
        for text in ["/admin/*", "/public/*", "/*", "/admin", "/public", "/a%20b/*", "/%E2%82%AC/*"] {
            if narrow(&path, text) {
                prop_assert!(wide(&path, text), "{} in {}", path, text);
            }
        }
    }

    #[test]
    fn what_any_portal_serves_as_admin_fits_widely(
        path in tricky_path(),
        manners in prop::collection::vec(0_usize..5, 0..5),
    ) {
        // A portal decodes at most twice.
        let mut decodes = 0;
        let mut served = path.clone().into_bytes();
        for manner in manners {
            decodes += usize::from(manner == 0);
            if manner != 0 || decodes <= 2 {
                served = portal::MANNERS[manner](&served);
            }
        }
        if served == b"/admin" || served.starts_with(b"/admin/") {
            prop_assert!(wide(&path, "/admin/*"), "{} served as {}", path, String::from_utf8_lossy(&served));
        }
    }

    #[test]
    fn reading_never_fails(path in prop::collection::vec(any::<u8>(), 0..200)) {
        let read = RequestPath::read(&path);
        prop_assert!(!read.fits_narrowly(&pattern("/*")) || read.fits_widely(&pattern("/*")));
    }

    #[test]
    fn canonical_paths_have_one_reading_but_for_case(path in tricky_path()) {
        let read = RequestPath::read(path.as_bytes());
        if read.is_canonical() && !path.contains('%') {
            for text in ["/admin/*", "/public/*", "/admin"] {
                let lower = path.to_ascii_lowercase();
                let expected = narrow(&lower, text) || text.strip_suffix("/*") == Some(lower.as_str());
                prop_assert_eq!(wide(&path, text), expected);
            }
        }
    }
}
