//! What is understood of a request: its site, its client, its kind.

use std::collections::HashSet;

use http::HeaderValue;

use super::*;
use crate::base::entropy::OsEntropy;

fn headers(fields: &[(&'static str, &str)]) -> HeaderMap {
    let mut headers = HeaderMap::new();
    for (name, value) in fields {
        headers.append(*name, HeaderValue::from_str(value).unwrap());
    }
    headers
}

fn client(forwarded: &[&str]) -> String {
    let fields: Vec<_> = forwarded
        .iter()
        .map(|value| ("x-forwarded-for", *value))
        .collect();
    let peer = ClientAddr::new("127.0.0.1".parse().unwrap());
    let trusted = ["127.0.0.0/8".parse().unwrap(), "10.0.0.0/8".parse().unwrap()];
    forwarded_client(&headers(&fields), peer, &trusted).to_string()
}

#[test]
fn the_right_most_untrusted_entry_is_the_client() {
    assert_eq!(client(&[]), "127.0.0.1");
    assert_eq!(client(&["192.0.2.1"]), "192.0.2.1");
    assert_eq!(client(&["6.6.6.6, 192.0.2.1"]), "192.0.2.1");
    assert_eq!(client(&["6.6.6.6, 192.0.2.1, 10.0.0.5"]), "192.0.2.1");
    assert_eq!(client(&["6.6.6.6", "192.0.2.1,10.0.0.5"]), "192.0.2.1");
    assert_eq!(client(&["::ffff:192.0.2.1"]), "192.0.2.1");
    assert_eq!(
        client(&["192.0.2.1, unknown"]),
        "127.0.0.1",
        "what cannot be read is not looked behind"
    );
    assert_eq!(client(&["192.0.2.1:80"]), "127.0.0.1");
    assert_eq!(client(&["10.0.0.1"]), "10.0.0.1");
}

#[test]
fn the_nearest_proxy_tells_the_scheme() {
    assert!(forwarded_https(&headers(&[("x-forwarded-proto", "https")])));
    assert!(forwarded_https(&headers(&[("x-forwarded-proto", "http, https")])));
    assert!(!forwarded_https(&headers(&[(
        "x-forwarded-proto",
        "https, http"
    )])));
    assert!(!forwarded_https(&headers(&[])));
}

#[test]
fn needed_fields_cannot_be_named_as_hop_by_hop() {
    for bad in [
        "Host",
        "close, content-length",
        "Transfer-Encoding",
        ":authority",
        "\"X\"",
    ] {
        assert_eq!(
            check_nominations(&headers(&[("connection", bad)])),
            Err(Malformed::Connection),
            "{bad}"
        );
    }
    for good in [
        "keep-alive",
        "Remote-User",
        "close, X-Forwarded-For",
        "",
        "upgrade, HTTP2-Settings",
    ] {
        assert_eq!(
            check_nominations(&headers(&[("connection", good)])),
            Ok(()),
            "{good}"
        );
    }
    assert_eq!(
        check_nominations(&headers(&[("connection", &"x,".repeat(40))])),
        Err(Malformed::Connection)
    );
}

fn kind_of(fields: &[(&'static str, &str)]) -> Kind {
    let mut request = RequestHeader::build("GET", b"/", None).unwrap();
    request.set_version(Version::HTTP_11);
    for (name, value) in fields {
        request.append_header(*name, *value).unwrap();
    }
    kind(&request)
}

#[test]
fn only_a_websocket_is_an_upgrade() {
    assert_eq!(
        kind_of(&[("Connection", "Upgrade"), ("Upgrade", "websocket")]),
        Kind::WebSocket
    );
    assert_eq!(
        kind_of(&[("Connection", "keep-alive, upgrade"), ("Upgrade", "WebSocket")]),
        Kind::WebSocket
    );
    for upgrade in ["websocket, h2c", "h2c", "foo", "TLS/1.0"] {
        assert_eq!(
            kind_of(&[("Connection", "Upgrade"), ("Upgrade", upgrade)]),
            Kind::Plain,
            "{upgrade}"
        );
    }
    assert_eq!(kind_of(&[("Upgrade", "websocket")]), Kind::Plain);
    let twice = [
        ("Connection", "Upgrade"),
        ("Upgrade", "websocket"),
        ("Upgrade", "h2c"),
    ];
    assert_eq!(kind_of(&twice), Kind::Plain);
    assert_eq!(kind_of(&[("Accept", "text/event-stream")]), Kind::Events);
}

#[test]
fn request_names_do_not_repeat() {
    let ids = RequestIds::new(&OsEntropy);
    let names: HashSet<String> = (0..10_000).map(|_| ids.draw().to_string()).collect();
    assert_eq!(names.len(), 10_000);
}
