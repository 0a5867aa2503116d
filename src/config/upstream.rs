//! `upstream`: the portal behind a site, as a URL or as a map.

use http::{HeaderName, HeaderValue};
use serde_json::json;
use url::Url;

use super::effective::Origin;
use super::environment::io_words;
use super::net::{bare_host, host_name, origin};
use super::people::{MINUTE, SECOND};
use super::scalar::Fault;
use super::secrets;
use super::section::{Found, Section};
use super::tree::{Pair, Scalar, Value};
use super::typed::path_text;
use crate::base::secret::Secret;
use crate::gateway::settings::{
    AddedHeader, HealthCheck, IdentityHeaders, ServerSetting, UpstreamHost, UpstreamSetting, UpstreamTls,
};

const EXAMPLE: &str = "http://127.0.0.1:3000";

/// `upstream` of one site. `None` is an error that has been recorded.
pub(super) fn upstream(site: &mut Section<'_, '_, '_>, names: &IdentityHeaders) -> Option<UpstreamSetting> {
    let pair = site.take("upstream");
    match pair.map(|pair| (pair, &pair.node.value)) {
        None | Some((_, Value::Null)) => {
            site.missing("upstream", &format!("upstream: {EXAMPLE}"));
            None
        }
        Some((pair, Value::Text(scalar))) => match server(scalar) {
            Ok(url) => {
                let line = pair.key_span.line;
                site.expanded("upstream", |it| {
                    it.show("servers", json!([scalar.text]), Origin::Line(line));
                    rest(it, &[url], names)
                })
            }
            Err(fault) => {
                site.error(pair.node.span, format!("`upstream` {}", fault.what), fault.hint);
                None
            }
        },
        Some((pair, Value::List(_))) => {
            site.wrong_shape("upstream", Some(pair), "a URL or a map", "write `{servers: […]}`");
            None
        }
        Some((_, Value::Map(_))) => site.section("upstream", |it| {
            if !it.gives("servers") {
                it.take("servers");
                it.missing("servers", &format!("servers: [{EXAMPLE}]"));
            }
            let servers = if it.gives("servers") {
                it.list("servers", Vec::new(), json!([]), server)
            } else {
                super::section::absent(Vec::new())
            };
            if let Some(span) = it.empty_list("servers") {
                it.error(span, "`servers` is empty", format!("write `[{EXAMPLE}]`"));
            }
            check_schemes(it, &servers.value);
            let urls: Vec<Url> = servers.value.into_iter().map(|found| found.value).collect();
            rest(it, &urls, names)
        }),
    }
}

fn server(it: &Scalar) -> Result<Url, Fault> {
    origin(&it.text, EXAMPLE)
}

fn check_schemes(it: &mut Section<'_, '_, '_>, servers: &[Found<Url>]) {
    let first = servers.first().map(|found| found.value.scheme().to_owned());
    for server in servers {
        if Some(server.value.scheme()) != first.as_deref() {
            it.error(
                server.span,
                "servers of one upstream with and without TLS",
                "all of them `https://`, or all of them `http://`",
            );
        }
    }
}

fn rest(it: &mut Section<'_, '_, '_>, servers: &[Url], names: &IdentityHeaders) -> Option<UpstreamSetting> {
    let secure = servers.first().is_some_and(|url| url.scheme() == "https");
    let health_check = health_check(it);
    let host = it.value("host", UpstreamHost::Keep, json!("keep"), host);
    let add_headers = add_headers(it, names);
    let connect = it.duration("connect", UpstreamSetting::CONNECT, SECOND / 10..=MINUTE);
    let first_byte = it.duration("first_byte", UpstreamSetting::FIRST_BYTE, SECOND..=60 * MINUTE);
    let written = it.gives("tls");
    let tls_at = it.take("tls").map(|pair| pair.key_span);
    if written && !secure && !servers.is_empty() {
        it.error(
            tls_at,
            "`tls` for servers that are `http://`",
            "write `https://` in the servers' URLs",
        );
    }
    let tls = if secure || written {
        Some(it.section("tls", tls))
    } else {
        it.show("tls", json!(null), Origin::Default);
        None
    };
    if servers.is_empty() {
        return None;
    }
    Some(UpstreamSetting {
        servers: servers
            .iter()
            .map(|url| ServerSetting {
                host: bare_host(url),
                port: url.port_or_known_default().unwrap_or(80),
            })
            .collect(),
        health_check,
        host: host.value,
        add_headers,
        connect: connect.value,
        first_byte: first_byte.value,
        tls: tls.filter(|_| secure),
    })
}

fn health_check(it: &mut Section<'_, '_, '_>) -> Option<HealthCheck> {
    if !it.gives("health_check") {
        it.take("health_check");
        it.show("health_check", json!(null), Origin::Default);
        return None;
    }
    let default = HealthCheck::default();
    Some(it.section("health_check", |it| {
        HealthCheck {
            path: it
                .value("path", default.path.clone(), json!(default.path), request_path)
                .value,
            interval: it
                .duration("interval", default.interval, SECOND..=5 * MINUTE)
                .value,
        }
    }))
}

fn request_path(it: &Scalar) -> Result<String, Fault> {
    if it.text.starts_with('/')
        && it
            .text
            .bytes()
            .all(|octet| octet.is_ascii_graphic() && octet != b'#')
    {
        return Ok(it.text.clone());
    }
    Err(Fault::new("is not a path", "it starts with `/`: `/healthz`"))
}

fn host(it: &Scalar) -> Result<UpstreamHost, Fault> {
    let (name, port) = it.text.rsplit_once(':').unwrap_or((&it.text, "80"));
    match it.text.as_str() {
        "keep" => Ok(UpstreamHost::Keep),
        "upstream" => Ok(UpstreamHost::Upstream),
        _ if host_name(name) && port.parse::<u16>().is_ok() => {
            Ok(UpstreamHost::Fixed(it.text.to_ascii_lowercase()))
        }
        _ => Err(Fault::new(
            "is not a host",
            "`keep`, `upstream`, or a name: `portal.internal`",
        )),
    }
}

fn tls(it: &mut Section<'_, '_, '_>) -> UpstreamTls {
    let base = it.reading.base;
    let ca = it.optional("ca", |it| Ok(base.join(path_text(it)?)));
    if let Some(path) = &ca.value {
        let pem = it.reading.machine.read(path);
        match pem.map(|pem| super::certificate::authorities(&pem)) {
            Ok(0) => it.error(
                ca.span,
                "`ca` holds no certificate",
                "a PEM file with `BEGIN CERTIFICATE`",
            ),
            Ok(_) => {}
            Err(error) => it.error(ca.span, "`ca` cannot be read", io_words(&error)),
        }
    }
    let server_name = it.optional("server_name", |it| {
        if host_name(&it.text) {
            return Ok(it.text.to_ascii_lowercase());
        }
        Err(Fault::new(
            "is not a host name",
            "the name in the portal's certificate",
        ))
    });
    UpstreamTls {
        ca: ca.value,
        server_name: server_name.value,
    }
}

/// `add_headers`: a map whose keys are the operator's.
fn add_headers(it: &mut Section<'_, '_, '_>, names: &IdentityHeaders) -> Vec<AddedHeader> {
    let pairs = match it.take("add_headers").map(|pair| (pair, &pair.node.value)) {
        None | Some((_, Value::Null)) => &[][..],
        Some((_, Value::Map(pairs))) => pairs.as_slice(),
        Some((pair, _)) => {
            it.wrong_shape(
                "add_headers",
                Some(pair),
                "a map",
                "write `{X-Portal-Key: file:PATH}`",
            );
            &[][..]
        }
    };
    if pairs.is_empty() {
        it.show("add_headers", json!({}), Origin::Default);
    }
    pairs
        .iter()
        .filter_map(|pair| added_header(it, pair, names))
        .collect()
}

fn added_header(it: &mut Section<'_, '_, '_>, pair: &Pair, names: &IdentityHeaders) -> Option<AddedHeader> {
    let name = HeaderName::from_bytes(pair.key.as_bytes()).ok();
    if name.is_none() {
        it.error(
            pair.key_span,
            "a key of `add_headers` is not a header",
            "letters, digits and `-`",
        );
        return None;
    }
    if is_ours(&pair.key, names) {
        it.error(
            pair.key_span,
            format!("`{}` cannot be added", pair.key),
            "the gateway sets or removes this header itself",
        );
        return None;
    }
    let Value::Text(scalar) = &pair.node.value else {
        it.wrong_shape(&pair.key, Some(pair), "a single value", "write one value");
        return None;
    };
    let reference = secrets::is_reference(&scalar.text);
    if !reference && sounds_secret(&pair.key) {
        it.reading.inline.push(pair.node.span);
    }
    match secrets::read(&scalar.text, it.reading.base, it.reading.machine).and_then(header_value) {
        Ok(value) => {
            let (shown, origin) = match (reference, sounds_secret(&pair.key)) {
                (true, _) => (json!(scalar.text), Origin::Secret(scalar.text.clone())),
                (false, true) => (json!("[secret]"), Origin::InlineSecret(pair.key_span.line)),
                (false, false) => (json!(scalar.text), Origin::Line(pair.key_span.line)),
            };
            it.show_below("add_headers", &pair.key, shown, origin);
            Some(AddedHeader {
                name: pair.key.clone(),
                value,
            })
        }
        Err(fault) => {
            it.error(
                pair.node.span,
                format!("`{}` {}", pair.key, fault.what),
                fault.hint,
            );
            None
        }
    }
}

fn header_value(text: Secret<String>) -> Result<Secret<String>, Fault> {
    if HeaderValue::from_str(text.expose()).is_ok() {
        return Ok(text);
    }
    Err(Fault::new(
        "cannot stand in a header",
        "one line of visible ASCII characters",
    ))
}

pub(super) fn sounds_secret(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    secrets::names_secret(&name)
        || ["authorization", "key", "auth"]
            .iter()
            .any(|word| name.contains(word))
}

/// Headers that are nobody's to add: framing, forwarding, identity, cookies.
pub(super) fn is_ours(name: &str, names: &IdentityHeaders) -> bool {
    const OURS: [&str; 20] = [
        "connection",
        "content-length",
        "cookie",
        "expect",
        "forwarded",
        "host",
        "keep-alive",
        "proxy-authorization",
        "proxy-connection",
        "set-cookie",
        "te",
        "trailer",
        "transfer-encoding",
        "upgrade",
        "x-forwarded-for",
        "x-forwarded-host",
        "x-forwarded-proto",
        "x-original-url",
        "x-real-ip",
        "x-request-id",
    ];
    let name = folded(name);
    let identity = [
        &names.user,
        &names.email,
        &names.name,
        &names.groups,
        &names.method,
    ];
    OURS.contains(&name.as_str())
        || name.starts_with("x-forwarded-")
        || name == "x-rewrite-url"
        || identity.iter().any(|ours| folded(ours) == name)
}

/// A header's name as portals may read it: lower case, `_` as `-`.
pub(super) fn folded(name: &str) -> String {
    name.to_ascii_lowercase()
        .replace(|letter: char| !letter.is_ascii_alphanumeric(), "-")
}
