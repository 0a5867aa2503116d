//! What single keys cannot tell: whether they make sense together.

use std::net::{IpAddr, SocketAddr};
use std::path::Path;
use std::time::Duration;

use ipnet::IpNet;

use super::listen::Listener;
use super::people::{DAY, HOUR};
use super::report::Span;
use super::scalar::duration_text;
use super::section::{Found, Section};
use super::site::Site;

/// Listeners against sites: certificates, redirects, loops, and who the visitors seem to be.
pub(super) fn listeners_and_sites(
    top: &mut Section<'_, '_, '_>,
    listeners: &[Listener],
    sites: &[Site],
    proxies: &Found<Vec<IpNet>>,
) {
    certificates(top, listeners, sites);
    let any_https = sites.iter().any(|site| site.setting.secure);
    for listener in listeners.iter().filter(|it| it.setting.redirect_to_https) {
        if !any_https && !sites.is_empty() {
            top.warn(
                listener.span,
                "there is no https site to redirect to",
                "remove `redirect_to_https`",
            );
        }
    }
    loops(top, listeners, sites);
    let plain_outward = listeners.iter().find(|it| {
        it.setting.certificates.is_empty()
            && !it.setting.redirect_to_https
            && !it.setting.address.ip().is_loopback()
    });
    if let Some(listener) = plain_outward.filter(|_| any_https && proxies.value.is_empty()) {
        top.warn(
            listener.span,
            "no `tls` here, and no proxy is trusted",
            "behind a proxy all visitors would count as one: name it in `trusted_proxies`",
        );
    }
}

fn certificates(top: &mut Section<'_, '_, '_>, listeners: &[Listener], sites: &[Site]) {
    let with_tls = || listeners.iter().filter(|it| !it.setting.certificates.is_empty());
    if with_tls().next().is_none() || with_tls().any(|it| it.covered.unknown) {
        return;
    }
    for site in sites.iter().filter(|site| site.setting.secure) {
        if !with_tls().any(|it| it.covered.host(&site.setting.host)) {
            top.warn(
                site.span,
                "no certificate of `listen` names this host",
                format!("browsers will refuse {}", site.setting.origin),
            );
        }
    }
}

fn loops(top: &mut Section<'_, '_, '_>, listeners: &[Listener], sites: &[Site]) {
    for site in sites {
        let looping = site.setting.upstream.servers.iter().any(|server| {
            let address = match server.host.as_str() {
                "localhost" => Some(IpAddr::from([127, 0, 0, 1])),
                host => host.parse().ok(),
            };
            address.is_some_and(|ip| {
                listeners
                    .iter()
                    .any(|it| reaches(it.setting.address, ip, server.port))
            })
        });
        if looping {
            top.error(
                site.span,
                "the upstream of this site is the gateway itself",
                "`upstream` is where the portal listens",
            );
        }
    }
}

fn reaches(listener: SocketAddr, ip: IpAddr, port: u16) -> bool {
    listener.port() == port && (listener.ip() == ip || (listener.ip().is_unspecified() && ip.is_loopback()))
}

/// Rules against sessions: a session never gets as old as `within`.
pub(super) fn rules_and_sessions(top: &mut Section<'_, '_, '_>, sites: &[Site], lifetime: Duration) {
    for rule in sites.iter().flat_map(|site| &site.setting.access) {
        if rule.within.is_some_and(|within| within >= lifetime) {
            top.warn(
                Span::at(rule.place.line, rule.place.column),
                "`within` is no shorter than a session",
                format!("sessions end after {} anyway", duration_text(lifetime)),
            );
        }
    }
}

/// Long sessions are a choice; that the factor is then asked for this rarely should be seen.
pub(super) fn long_sessions(top: &mut Section<'_, '_, '_>, lifetime: Duration, idle: Duration) {
    if idle > DAY && idle <= lifetime {
        let place = top.take("session").map(|pair| pair.key_span);
        top.warn(
            place,
            "a browser left open stays signed in for more than a day",
            format!(
                "`idle` is {}, `lifetime` is {}; {} is usual",
                duration_text(idle),
                duration_text(lifetime),
                duration_text(HOUR)
            ),
        );
    }
}

/// Secrets in the file itself, and who may read it.
pub(super) fn inline_secrets(top: &mut Section<'_, '_, '_>, file: &Path) {
    let inline = top.reading.inline.clone();
    for span in &inline {
        top.warn(
            *span,
            "a secret stands in the file itself",
            "write `file:PATH`, `env:NAME` or `cred:NAME`: copies of this file go where secrets must not",
        );
    }
    let open = top.reading.machine.mode(file).filter(|mode| mode & 0o077 != 0);
    if let (false, Some(mode)) = (inline.is_empty(), open) {
        top.warn(
            None,
            format!("the file holds secrets, and others may open it (mode {mode:04o})"),
            format!("chmod 600 {}", file.display()),
        );
    }
}
