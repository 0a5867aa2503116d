//! Header names that only the gateway may set towards a portal.
//!
//! A portal's own framework may take `Remote_User`, `remote.user` and `Remote-User` for one: CGI made
//! variables of header names by replacing what is not alphanumeric (RFC 3875 §4.1.18). So names are
//! compared folded: in lower case, every other octet as `-`.

/// The forwarding family, and names under which portals commonly look for a person.
const ALWAYS: [&str; 33] = [
    "forwarded",
    "via",
    "x-real-ip",
    "x-client-ip",
    "x-cluster-client-ip",
    "x-remote-ip",
    "x-remote-addr",
    "x-originating-ip",
    "x-original-url",
    "x-original-uri",
    "x-original-host",
    "x-original-method",
    "x-original-remote-addr",
    "x-original-forwarded-for",
    "x-rewrite-url",
    "x-host",
    "x-request-id",
    "x-remote-user",
    "x-remote-email",
    "x-remote-groups",
    "x-remote-name",
    "x-envoy-external-address",
    "x-azure-clientip",
    "true-client-ip",
    "client-ip",
    "cf-connecting-ip",
    "cf-connecting-ipv6",
    "fastly-client-ip",
    "remote-user",
    "remote-email",
    "remote-name",
    "remote-groups",
    "remote-auth-method",
];

/// A family: everything that begins so.
const FAMILY: &[u8] = b"x-forwarded";

/// The names that are dropped from requests, for one site.
#[derive(Clone, Debug)]
pub struct ReservedNames {
    names: Vec<Vec<u8>>,
    /// Bit `n`: some name has `n` octets. Most fields are passed over by this alone.
    lengths: u64,
}

impl ReservedNames {
    /// The usual names and the ones that only the gateway sets for this site's portal.
    pub fn new<'a>(ours: impl IntoIterator<Item = &'a str>) -> Self {
        let mut names: Vec<Vec<u8>> = ALWAYS
            .iter()
            .copied()
            .chain(ours)
            .map(|name| name.bytes().map(fold).collect())
            .collect();
        names.sort_unstable();
        names.dedup();
        let lengths = names
            .iter()
            .fold(0, |lengths, name| lengths | length_bit(name.len()));
        Self { names, lengths }
    }

    /// Whether a field of this name (in any spelling) is for the gateway alone to set.
    pub fn holds(&self, name: &str) -> bool {
        let name = name.as_bytes();
        if name.first().is_some_and(|first| matches!(first, b'x' | b'X')) && is_family(name) {
            return true;
        }
        self.lengths & length_bit(name.len()) != 0
            && self
                .names
                .iter()
                .any(|reserved| reserved.len() == name.len() && folds_to(name, reserved))
    }
}

const fn length_bit(length: usize) -> u64 {
    1 << (if length > 63 { 63 } else { length })
}

const fn fold(octet: u8) -> u8 {
    match octet.is_ascii_alphanumeric() {
        true => octet.to_ascii_lowercase(),
        false => b'-',
    }
}

fn folds_to(name: &[u8], folded: &[u8]) -> bool {
    name.iter()
        .zip(folded)
        .all(|(octet, folded)| fold(*octet) == *folded)
}

fn is_family(name: &[u8]) -> bool {
    name.split_at_checked(FAMILY.len())
        .is_some_and(|(head, _)| folds_to(head, FAMILY))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_spelling_is_held() {
        let names = ReservedNames::new(["X-My-User"]);
        for name in [
            "remote-user",
            "Remote-User",
            "remote_user",
            "Remote.User",
            "REMOTE~USER",
            "remote!groups",
            "x-forwarded-for",
            "X_Forwarded_Host",
            "x-forwarded-anything",
            "x-forwarded",
            "forwarded",
            "via",
            "x-real-ip",
            "x_real_ip",
            "X-Original-URL",
            "x-rewrite-url",
            "true-client-ip",
            "cf-connecting-ip",
            "x-client-ip",
            "x-my-user",
            "x_my_user",
            "x-request-id",
            "remote-auth-method",
        ] {
            assert!(names.holds(name), "{name}");
        }
        for name in [
            "remoteuser",
            "remote-users",
            "host",
            "cookie",
            "authorization",
            "x-api-key",
            "viam",
            "user-agent",
        ] {
            assert!(!names.holds(name), "{name}");
        }
    }
}
