//! `listen`, `trusted_proxies`, `admin`: sockets, and who may speak for others.

use std::net::SocketAddr;

use ipnet::IpNet;
use serde_json::json;

use super::certificate::{self, Covered};
use super::effective::Origin;
use super::net::{network, socket};
use super::report::Span;
use super::section::{Found, Section};
use super::tree::{Node, Value};
use super::typed::path_text;
use crate::gateway::settings::{AdminSetting, CertificateFiles, ListenerSetting};

/// A listener, where it stands, and what its certificates are good for.
pub(super) struct Listener {
    pub(super) setting: ListenerSetting,
    pub(super) span: Option<Span>,
    pub(super) covered: Covered,
}

/// Octets in the shortest token that is taken for one.
const MIN_TOKEN: usize = 16;

/// `listen`: an address, or a list of `{address, tls, redirect_to_https}`.
pub(super) fn listeners(top: &mut Section<'_, '_, '_>) -> Vec<Listener> {
    let pair = top.take("listen");
    if let Some((pair, Value::List(items))) = pair.map(|pair| (pair, &pair.node.value)) {
        if items.is_empty() {
            top.error(pair.node.span, "`listen` is empty", "write at least one address");
        }
        let found: Vec<Listener> = items
            .iter()
            .enumerate()
            .filter_map(|(at, item)| top.item("listen", at, item, listener))
            .collect();
        refuse_twins(top, &found);
        return found;
    }
    let default = SocketAddr::from(([127, 0, 0, 1], 8080));
    let found = top.value("listen", default, json!(default.to_string()), socket);
    vec![Listener {
        setting: ListenerSetting::plain(found.value),
        span: found.span,
        covered: Covered::default(),
    }]
}

fn listener(it: &mut Section<'_, '_, '_>) -> Option<Listener> {
    let address = it.required("address", "address: 0.0.0.0:443", socket);
    let tls_span = it.take("tls").map(|pair| pair.key_span);
    let (certificates, covered) = certificates(it);
    let redirect = it.flag("redirect_to_https", false);
    if redirect.value && tls_span.is_some() {
        it.error(
            redirect.span,
            "`redirect_to_https` on a listener that has `tls`",
            "only a listener without `tls` can redirect to it",
        );
    }
    let address = address?;
    Some(Listener {
        setting: ListenerSetting {
            address: address.value,
            certificates,
            redirect_to_https: redirect.value,
        },
        span: address.span,
        covered,
    })
}

fn certificates(it: &mut Section<'_, '_, '_>) -> (Vec<CertificateFiles>, Covered) {
    let mut covered = Covered::default();
    let items: &[Node] = match it.take("tls").map(|pair| (pair, &pair.node.value)) {
        None | Some((_, Value::Null)) => {
            it.show("tls", json!([]), Origin::Default);
            return (Vec::new(), covered);
        }
        Some((pair, Value::List(items))) => {
            if items.is_empty() {
                it.error(
                    pair.key_span,
                    "`tls` is empty",
                    "write `[{certificate: PATH, key: PATH}]`",
                );
            }
            items
        }
        Some((pair, _)) => {
            it.wrong_shape(
                "tls",
                Some(pair),
                "a list",
                "write `[{certificate: PATH, key: PATH}]`",
            );
            return (Vec::new(), covered);
        }
    };
    let files = items
        .iter()
        .enumerate()
        .filter_map(|(at, item)| it.item("tls", at, item, |it| pair_of_files(it, &mut covered)))
        .collect();
    (files, covered)
}

fn pair_of_files(it: &mut Section<'_, '_, '_>, covered: &mut Covered) -> Option<CertificateFiles> {
    let base = it.reading.base;
    let certificate = it.required("certificate", "certificate: PATH", |it| {
        Ok(base.join(path_text(it)?))
    });
    let key = it.required("key", "key: PATH", |it| Ok(base.join(path_text(it)?)));
    let (certificate, key) = (certificate?, key?);
    certificate::check(it, &certificate, &key, covered);
    Some(CertificateFiles {
        certificate: certificate.value,
        key: key.value,
    })
}

fn refuse_twins(top: &mut Section<'_, '_, '_>, found: &[Listener]) {
    for (at, one) in found.iter().enumerate() {
        let earlier = found.iter().take(at);
        let port = one.setting.address.port();
        if port != 0
            && earlier
                .into_iter()
                .any(|other| other.setting.address == one.setting.address)
        {
            top.error(one.span, "two listeners have one address", "remove one of them");
        }
    }
}

/// `trusted_proxies`. Not given: this machine, where nobody else can reach any listener.
pub(super) fn trusted_proxies(top: &mut Section<'_, '_, '_>, listeners: &[Listener]) -> Found<Vec<IpNet>> {
    let inward = listeners.iter().all(|it| it.setting.address.ip().is_loopback());
    let default: Vec<IpNet> = if inward { loopback() } else { Vec::new() };
    let shown = json!(default.iter().map(IpNet::to_string).collect::<Vec<_>>());
    let found = top.list("trusted_proxies", default, shown, network);
    for net in &found.value {
        if net.span.is_some() && net.value.prefix_len() == 0 {
            top.error(
                net.span,
                "an entry of `trusted_proxies` is the whole internet",
                "anybody could then choose the address they are counted under",
            );
        }
    }
    Found {
        value: found.value.into_iter().map(|net| net.value).collect(),
        span: found.span,
    }
}

fn loopback() -> Vec<IpNet> {
    ["127.0.0.0/8", "::1/128"]
        .iter()
        .filter_map(|net| net.parse().ok())
        .collect()
}

/// `admin`
pub(super) fn admin(top: &mut Section<'_, '_, '_>, listeners: &[Listener]) -> AdminSetting {
    let default = AdminSetting::default();
    top.section("admin", |it| {
        let listen = it.value(
            "listen",
            default.address,
            json!(default.address.to_string()),
            socket,
        );
        let token = it.secret("token");
        if token
            .value
            .as_ref()
            .is_some_and(|token| token.expose().len() < MIN_TOKEN)
        {
            it.error(
                token.span,
                "`token` is too short",
                "at least 16 characters, drawn at random",
            );
        }
        if !listen.value.ip().is_loopback() && token.span.is_none() {
            it.error(
                listen.span,
                "`admin` listens off loopback without a `token`",
                "add `token: file:PATH`, or listen on 127.0.0.1",
            );
        }
        let port = listen.value.port();
        if port != 0
            && listeners
                .iter()
                .any(|other| other.setting.address == listen.value)
        {
            it.error(
                listen
                    .span
                    .or_else(|| listeners.iter().find_map(|other| other.span)),
                "`admin` has the address of a public listener",
                "health and metrics are never public: choose another port",
            );
        }
        AdminSetting {
            address: listen.value,
            token: token.value,
        }
    })
}
