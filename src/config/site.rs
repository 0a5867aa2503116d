//! `sites`: the public URLs, and what belongs to each.

use serde_json::json;
use url::Url;

use super::access;
use super::net::{is_loopback, origin};
use super::path;
use super::report::Span;
use super::scalar::Fault;
use super::section::Section;
use super::tree::{Scalar, Value};
use super::upstream::{folded, is_ours, upstream};
use crate::gateway::settings::{IdentityHeaders, SiteSetting};

/// A site and where its URL stands.
pub(super) struct Site {
    pub(super) setting: SiteSetting,
    pub(super) span: Option<Span>,
}

const EXAMPLE: &str = "https://portal.example.com";

/// `sites`
pub(super) fn sites(top: &mut Section<'_, '_, '_>, prefix: &str) -> Vec<Site> {
    let items = match top.take("sites").map(|pair| (pair, &pair.node.value)) {
        None | Some((_, Value::Null)) => {
            top.missing(
                "sites",
                &format!("sites: [{{url: {EXAMPLE}, upstream: http://127.0.0.1:3000}}]"),
            );
            return Vec::new();
        }
        Some((pair, Value::List(items))) => {
            if items.is_empty() {
                top.error(
                    pair.node.span,
                    "`sites` is empty",
                    "a gateway needs a site to stand in front of",
                );
            }
            items
        }
        Some((pair, _)) => {
            top.wrong_shape("sites", Some(pair), "a list", "write `- url: …` below it");
            return Vec::new();
        }
    };
    let mut kept: Vec<Site> = Vec::new();
    for (at, item) in items.iter().enumerate() {
        let Some(site) = top.item("sites", at, item, |it| site(it, prefix)) else {
            continue;
        };
        if kept.iter().any(|other| other.setting.host == site.setting.host) {
            top.error(
                site.span,
                "two sites have one host",
                "sites are told apart by their host; the port does not count",
            );
        }
        kept.push(site);
    }
    kept
}

fn site(it: &mut Section<'_, '_, '_>, prefix: &str) -> Option<Site> {
    let url = it.required("url", &format!("url: {EXAMPLE}"), public_url);
    let names_span = it.take("identity_headers").map(|pair| pair.key_span);
    // The names come first, because no header of an upstream may have one of them; in the
    // effective file they stand where the file has them, last.
    let names = it.peek("identity_headers", identity_headers);
    let upstream = upstream(it, &names);
    let access = access::rules(it, prefix);
    let scripts = it.list("scripts", Vec::new(), json!([]), path::pattern);
    let redirects_to = it.list("redirects_to", Vec::new(), json!([]), redirect_origin);
    let identity_headers = it.section("identity_headers", identity_headers);
    check_names(it, &identity_headers, names_span);
    let (url, upstream) = (url?, upstream?);
    Some(Site {
        setting: SiteSetting {
            host: url.value.host_str().unwrap_or_default().to_owned(),
            origin: url.value.origin().ascii_serialization(),
            secure: url.value.scheme() == "https",
            upstream,
            access,
            scripts: scripts.value.into_iter().map(|found| found.value).collect(),
            redirects_to: redirects_to.value.into_iter().map(|found| found.value).collect(),
            identity_headers,
        },
        span: url.span,
    })
}

fn public_url(it: &Scalar) -> Result<Url, Fault> {
    let url = origin(&it.text, EXAMPLE)?;
    if url.scheme() == "http" && !is_loopback(&url) {
        return Err(Fault::new(
            "is plain `http://`",
            "passwords and cookies need `https://`; only loopback hosts go without",
        ));
    }
    Ok(url)
}

fn redirect_origin(it: &Scalar) -> Result<String, Fault> {
    let url = origin(&it.text, EXAMPLE)?;
    if url.scheme() == "http" && !is_loopback(&url) {
        return Err(Fault::new("is plain `http://`", "write `https://`"));
    }
    Ok(url.origin().ascii_serialization())
}

fn identity_headers(it: &mut Section<'_, '_, '_>) -> IdentityHeaders {
    let default = IdentityHeaders::default();
    let mut name = |key, default: String| it.value(key, default.clone(), json!(default), header_name).value;
    IdentityHeaders {
        user: name("user", default.user),
        email: name("email", default.email),
        name: name("name", default.name),
        groups: name("groups", default.groups),
        method: name("method", default.method),
    }
}

fn header_name(it: &Scalar) -> Result<String, Fault> {
    let fits = |octet: u8| octet.is_ascii_alphanumeric() || octet == b'-';
    let shaped = (1..=64).contains(&it.text.len())
        && it.text.bytes().all(fits)
        && it.text.starts_with(|first: char| first.is_ascii_alphabetic());
    if !shaped {
        return Err(Fault::new(
            "is not a header name",
            "letters, digits and `-`: `Remote-User`",
        ));
    }
    let none = IdentityHeaders {
        user: String::new(),
        email: String::new(),
        name: String::new(),
        groups: String::new(),
        method: String::new(),
    };
    let taken = [
        "authorization",
        "accept",
        "content-type",
        "origin",
        "referer",
        "user-agent",
    ];
    if is_ours(&it.text, &none) || taken.contains(&folded(&it.text).as_str()) {
        return Err(Fault::new(
            "is a header with another meaning",
            "choose a name of your own: `Remote-User`",
        ));
    }
    Ok(it.text.clone())
}

/// Two facts in one header would be one fact. `user` and `email` are the same address.
fn check_names(it: &mut Section<'_, '_, '_>, names: &IdentityHeaders, span: Option<Span>) {
    let all = [
        &names.user,
        &names.email,
        &names.name,
        &names.groups,
        &names.method,
    ];
    let mut seen: Vec<String> = Vec::new();
    for name in all {
        let name = folded(name);
        if seen.contains(&name) {
            it.error(
                span,
                "two of `identity_headers` have one name",
                "each fact needs its own header",
            );
        }
        seen.push(name);
    }
}
