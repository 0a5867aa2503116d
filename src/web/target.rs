//! Where a browser may be sent after a sign-in: a path on the same site, or `/`.
//!
//! What is kept is what a browser would make of it, not what somebody hoped it would: the value is
//! resolved against the site by the WHATWG URL parser that browsers follow, and only what stays
//! on the site and says the same thing twice passes. Anything doubtful becomes `/`.

use url::Url;

/// Octets of the longest target.
pub const MAX_OCTETS: usize = 2048;

/// Pages under the prefix that may be gone on to: the account's and `resume`, which only show.
const ACCOUNT_PAGES: [&str; 15] = [
    "account",
    "account/details",
    "account/email",
    "account/language",
    "account/password",
    "account/app",
    "account/app/setup",
    "account/app/remove",
    "account/phone",
    "account/devices",
    "account/recovery-codes",
    "account/recovery-codes/new",
    "account/sessions",
    "account/activity",
    "resume",
];

/// Reads a target that a request brought.
pub fn read(typed: &str, origin: &str, prefix: &str) -> String {
    checked(typed, origin, prefix).unwrap_or_else(|| "/".to_owned())
}

fn checked(typed: &str, origin: &str, prefix: &str) -> Option<String> {
    let plain = typed.len() <= MAX_OCTETS
        && typed.starts_with('/')
        && !typed.starts_with("//")
        && !typed
            .bytes()
            .any(|octet| octet.is_ascii_control() || octet == b'\\' || octet == b' ')
        && typed.is_ascii();
    if !plain {
        return None;
    }
    let base = Url::parse(origin).ok()?;
    let resolved = base.join(typed).ok()?;
    if resolved.origin() != base.origin() || resolved.fragment().is_some() || !resolved.username().is_empty()
    {
        return None;
    }
    let mut target = resolved.path().to_owned();
    if let Some(query) = resolved.query() {
        target = format!("{target}?{query}");
    }
    // Dot segments, or characters that the parser has to escape: a browser and a portal might read
    // them differently.
    if target != typed || target.len() > MAX_OCTETS {
        return None;
    }
    let path = resolved.path();
    // However often somebody decodes it, it must not begin like another host's address.
    let decoded = decoded_to_the_end(path);
    if decoded.starts_with("//") || decoded.starts_with("/\\") || decoded.chars().any(char::is_control) {
        return None;
    }
    is_allowed_page(&decoded.to_lowercase(), path, prefix).then_some(target)
}

fn decoded_to_the_end(path: &str) -> String {
    let mut decoded = path.to_owned();
    for _ in 0..8 {
        let next = percent_encoding::percent_decode_str(&decoded)
            .decode_utf8_lossy()
            .into_owned();
        if next == decoded {
            break;
        }
        decoded = next;
    }
    decoded
}

fn is_allowed_page(decoded: &str, path: &str, prefix: &str) -> bool {
    let collapsed: String = decoded
        .split('/')
        .filter(|part| !part.is_empty())
        .map(|part| format!("/{part}"))
        .collect();
    let ours = collapsed == prefix || collapsed.starts_with(&format!("{prefix}/"));
    if !ours {
        return true;
    }
    path.strip_prefix(prefix)
        .and_then(|rest| rest.strip_prefix('/'))
        .is_some_and(|page| ACCOUNT_PAGES.contains(&page))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const ORIGIN: &str = "https://gw.test";

    fn read(typed: &str) -> String {
        super::read(typed, ORIGIN, "/_auth")
    }

    #[test]
    fn anything_doubtful_becomes_the_top() {
        let long = format!("/{}", "x".repeat(2048));
        for typed in [
            "https://evil.test/",
            "HTTP://evil.test",
            "ftp:",
            "javascript:alert(1)",
            "data:text/html,",
            "//evil.test",
            "///evil.test",
            "////evil.test",
            "https://gw.test@evil.test",
            "https:evil.test",
            "https:/evil.test",
            "https:\\evil.test",
            "//evil。test",
            "/／evil.test",
            "//ⓔvil.test",
            "%252f%252fevil.test",
            "/%2f%2fevil.test",
            "/%252f%252fevil.test",
            "/\\evil.test",
            "/x\r\nSet-Cookie: a=b",
            "/x%0d%0aSet-Cookie:%20a=b",
            "/a/../b",
            "/x#y",
            "/_auth/sign-out",
            "/_auth/sign-in?next=/a",
            "/_AUTH/sign-out",
            "/%5fauth/sign-out",
            "/_auth//sign-out",
            "",
            "x",
            "/\u{560a}\u{560d}",
            "/_auth",
            "/_auth/trust",
            &long,
        ] {
            assert_eq!(read(typed), "/", "{typed:?}");
        }
    }

    #[test]
    fn a_page_of_the_portal_is_kept_to_the_letter() {
        for typed in [
            "/",
            "/a/b?x=1&y=%2B#".trim_end_matches('#'),
            "/a%2Fb/%E2%82%AC;p=1",
            "/_authx",
            "/_auth/account",
            "/_auth/account/app/setup",
            "/_auth/account/app/remove",
            "/_auth/account/phone",
            "/x?next=https://evil.test",
        ] {
            assert_eq!(read(typed), typed);
        }
    }

    proptest! {
        #[test]
        fn a_browser_stays_on_the_site(typed in "[/\\\\.:@?#%a-f0-9 \t\u{ff0f}\u{3002}evil.test]{0,40}") {
            let target = read(&typed);
            let base = Url::parse(ORIGIN).unwrap();
            let landed = base.join(&target).unwrap();
            prop_assert_eq!(landed.origin(), base.origin());
            prop_assert!(target.starts_with('/') && !target.starts_with("//"));
            prop_assert_eq!(read(&target), target);
        }
    }
}
