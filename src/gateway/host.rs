//! Host names in requests, brought to one form.

use std::borrow::Cow;

use super::head::Malformed;

/// The host of a `Host` field or `:authority` in canonical form: lower case, without port and without
/// the dot of the root (RFC 9110 §4.2.3, RFC 3986 §3.2.2). The port does not tell sites apart.
///
/// # Errors
///
/// [`Malformed::Host`] for whatever is not one host with at most one port: lists, user information,
/// empty labels, blanks.
pub fn canonical(field: &[u8]) -> Result<Cow<'_, str>, Malformed> {
    let field = std::str::from_utf8(field).map_err(|_| Malformed::Host)?;
    let (host, port) = match field.strip_prefix('[') {
        Some(rest) => {
            let (address, port) = rest.split_once(']').ok_or(Malformed::Host)?;
            address
                .parse::<std::net::Ipv6Addr>()
                .map_err(|_| Malformed::Host)?;
            (field.get(..address.len() + 2).ok_or(Malformed::Host)?, port)
        }
        None => {
            let (host, port) = match field.find(':') {
                Some(at) => field.split_at_checked(at).ok_or(Malformed::Host)?,
                None => (field, ""),
            };
            (check_name(host)?, port)
        }
    };
    let port_is_one = match port.strip_prefix(':') {
        Some(digits) => (1..=5).contains(&digits.len()) && digits.bytes().all(|octet| octet.is_ascii_digit()),
        None => port.is_empty(),
    };
    if !port_is_one {
        return Err(Malformed::Host);
    }
    Ok(match host.bytes().any(|octet| octet.is_ascii_uppercase()) {
        true => Cow::Owned(host.to_ascii_lowercase()),
        false => Cow::Borrowed(host),
    })
}

fn check_name(host: &str) -> Result<&str, Malformed> {
    let name = host.strip_suffix('.').unwrap_or(host);
    let labels_are_ones = name.split('.').all(|label| {
        !label.is_empty()
            && label
                .bytes()
                .all(|octet| octet.is_ascii_alphanumeric() || matches!(octet, b'-' | b'_'))
    });
    match labels_are_ones && name.len() <= 253 {
        true => Ok(name),
        false => Err(Malformed::Host),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_host_has_one_form() {
        for (given, host) in [
            ("gw.test", "gw.test"),
            ("gW.TEST", "gw.test"),
            ("GW.test.", "gw.test"),
            ("gw.test:443", "gw.test"),
            ("gw.test.:1337", "gw.test"),
            ("127.0.0.1:80", "127.0.0.1"),
            ("[::1]:8080", "[::1]"),
            ("[2001:DB8::1]", "[2001:db8::1]"),
        ] {
            assert_eq!(canonical(given.as_bytes()).unwrap(), host, "{given}");
        }
    }

    #[test]
    fn what_is_not_one_host_is_refused() {
        for bad in [
            "",
            ".",
            "gw, evil",
            "gw,evil",
            "gw@evil",
            "gw/..",
            "gw evil",
            "gw\0",
            "gw..test",
            ":80",
            "gw:",
            "gw:80:80",
            "gw:8a",
            "gw:123456",
            "[::1",
            "[::1]x",
            "[gw]",
            "gé.test",
            "gw\\evil",
            "gw?x",
            "gw#x",
            "%67w.test",
        ] {
            assert_eq!(canonical(bad.as_bytes()), Err(Malformed::Host), "{bad:?}");
        }
        assert_eq!(canonical(b"\xff"), Err(Malformed::Host));
    }
}
