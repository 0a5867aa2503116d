//! Addresses, networks, hosts, origins.

use std::net::{IpAddr, SocketAddr};

use ipnet::IpNet;
use url::{Host, Url};

use super::scalar::Fault;
use super::tree::Scalar;

/// `127.0.0.1:8080`, `[::1]:8080`
pub(super) fn socket(it: &Scalar) -> Result<SocketAddr, Fault> {
    let text = it.text.as_str();
    if let Ok(address) = text.parse() {
        return Ok(address);
    }
    let hint = match text.rsplit_once(':') {
        Some(("", port)) => format!("did you mean `0.0.0.0:{port}` or `127.0.0.1:{port}`?"),
        Some(("*", port)) => format!("did you mean `0.0.0.0:{port}`?"),
        Some(("localhost", port)) => format!("did you mean `127.0.0.1:{port}`?"),
        _ if text.parse::<IpAddr>().is_ok() => "the port is missing: `ADDRESS:PORT`".to_owned(),
        _ => "an address and a port: `127.0.0.1:8080`, `[::]:443`".to_owned(),
    };
    Err(Fault::new("is not a socket address", hint))
}

/// `10.0.0.0/8`, or one address
pub(super) fn network(it: &Scalar) -> Result<IpNet, Fault> {
    let text = it.text.as_str();
    if let Ok(address) = text.parse::<IpAddr>() {
        return Ok(IpNet::from(address));
    }
    let net = text
        .parse::<IpNet>()
        .map_err(|_| Fault::new("is not a network", "an address and a length: `10.0.0.0/8`"))?;
    if net.trunc() == net {
        Ok(net)
    } else {
        // 10.1.2.3/8 is a slip: either the length or the address is not what was meant.
        Err(Fault::new(
            "has bits set behind its length",
            format!("did you mean `{}`?", net.trunc()),
        ))
    }
}

/// A URL that is an origin and no more.
pub(super) fn origin(text: &str, example: &str) -> Result<Url, Fault> {
    let bad = |hint: String| Fault::new("is not a plain URL", hint);
    let url = Url::parse(text).map_err(|_| bad(format!("write it like `{example}`")))?;
    if !matches!(url.scheme(), "http" | "https") {
        return Err(bad("it starts with `https://` or `http://`".to_owned()));
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err(bad("no user and no password in a URL".to_owned()));
    }
    if url.path() != "/" || url.query().is_some() || url.fragment().is_some() {
        return Err(bad(format!(
            "without a path: `{}`",
            url.origin().ascii_serialization()
        )));
    }
    if url
        .host_str()
        .is_none_or(|host| host.is_empty() || host.ends_with('.') || host.contains('*'))
    {
        return Err(bad(format!("the host is not one; write it like `{example}`")));
    }
    if url.port() == Some(0) {
        return Err(bad("there is no port 0".to_owned()));
    }
    Ok(url)
}

/// Whether a URL's host is this machine itself: what browsers hold trustworthy without TLS.
pub(super) fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost" || name.ends_with(".localhost"),
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}

/// The host of a URL, without the brackets of an IPv6 address.
pub(super) fn bare_host(url: &Url) -> String {
    match url.host() {
        Some(Host::Ipv6(address)) => address.to_string(),
        Some(host) => host.to_string(),
        None => String::new(),
    }
}

/// A host name or address, as DNS and certificates spell it (RFC 1123 §2.1).
pub(super) fn host_name(text: &str) -> bool {
    let labels = || text.split('.');
    text.len() <= 253
        && labels().all(|label| {
            (1..=63).contains(&label.len())
                && label
                    .bytes()
                    .all(|octet| octet.is_ascii_alphanumeric() || octet == b'-')
                && !label.starts_with('-')
                && !label.ends_with('-')
        })
}
