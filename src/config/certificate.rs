//! Certificate files: that they are there, belong together, are in date, and name the sites.
//!
//! Dates and names are warnings. An expired certificate keeps browsers out by itself; a gateway
//! that did not start because of it would keep the other sites' visitors out too.

use std::path::Path;
use std::time::Duration;

use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use x509_parser::certificate::X509Certificate;
use x509_parser::extensions::GeneralName;
use x509_parser::prelude::FromDer as _;

use super::environment::io_words;
use super::section::{Found, Section};
use crate::base::time::Timestamp;

/// Certificates that end sooner than this are warned about.
const SOON: Duration = Duration::from_secs(14 * 24 * 60 * 60);

/// The names that a listener's certificates are good for.
#[derive(Clone, Debug, Default)]
pub(super) struct Covered {
    names: Vec<String>,
    /// A certificate could not be read; that has been said.
    pub(super) unknown: bool,
}

impl Covered {
    /// Whether a browser that asks for `host` gets a certificate for it (RFC 6125 §6.4.3: a
    /// wildcard is the whole left-most label and stands for one).
    pub(super) fn host(&self, host: &str) -> bool {
        self.names.iter().any(|name| {
            name.eq_ignore_ascii_case(host)
                || name
                    .strip_prefix("*.")
                    .zip(host.split_once('.'))
                    .is_some_and(|(parent, (label, rest))| {
                        !label.is_empty() && parent.eq_ignore_ascii_case(rest)
                    })
        })
    }
}

/// Reads both files, and adds the certificate's names to `covered`.
pub(super) fn check<P: AsRef<Path>>(
    it: &mut Section<'_, '_, '_>,
    certificate: &Found<P>,
    key: &Found<P>,
    covered: &mut Covered,
) {
    let chain = read(it, "certificate", certificate).and_then(|pem| chain(it, certificate, &pem));
    let private = read(it, "key", key).and_then(|pem| private_key(it, key, &pem));
    if it
        .reading
        .machine
        .mode(key.value.as_ref())
        .is_some_and(|mode| mode & 0o007 != 0)
    {
        it.warn(
            key.span,
            "everybody on this machine may read the private key",
            format!("chmod o-rwx {}", key.value.as_ref().display()),
        );
    }
    let Some(chain) = chain else {
        covered.unknown = true;
        return;
    };
    if let Some(leaf) = chain.first() {
        examine(it, certificate, leaf, covered);
    }
    if let Some(private) = private
        && rustls::sign::CertifiedKey::from_der(chain, private, &rustls::crypto::ring::default_provider())
            .is_err()
    {
        it.error(
            key.span,
            "`key` does not belong to `certificate`",
            "the two files are of different pairs",
        );
    }
}

fn read<P: AsRef<Path>>(it: &mut Section<'_, '_, '_>, what: &str, file: &Found<P>) -> Option<Vec<u8>> {
    match it.reading.machine.read(file.value.as_ref()) {
        Ok(bytes) => Some(bytes),
        Err(error) => {
            it.error(file.span, format!("`{what}` cannot be read"), io_words(&error));
            None
        }
    }
}

fn chain<P>(
    it: &mut Section<'_, '_, '_>,
    file: &Found<P>,
    pem: &[u8],
) -> Option<Vec<CertificateDer<'static>>> {
    let chain: Result<Vec<_>, _> = CertificateDer::pem_slice_iter(pem).collect();
    match chain {
        Ok(chain) if !chain.is_empty() => Some(chain),
        _ => {
            it.error(
                file.span,
                "`certificate` holds no certificate",
                "a PEM file with `BEGIN CERTIFICATE`",
            );
            None
        }
    }
}

fn private_key<P>(
    it: &mut Section<'_, '_, '_>,
    file: &Found<P>,
    pem: &[u8],
) -> Option<PrivateKeyDer<'static>> {
    let key = PrivateKeyDer::from_pem_slice(pem).ok();
    if key.is_none() {
        it.error(
            file.span,
            "`key` holds no private key",
            "a PEM file with `BEGIN PRIVATE KEY`, without a passphrase",
        );
    }
    key
}

fn examine<P>(
    it: &mut Section<'_, '_, '_>,
    file: &Found<P>,
    leaf: &CertificateDer<'_>,
    covered: &mut Covered,
) {
    let Ok((_, parsed)) = X509Certificate::from_der(leaf) else {
        it.error(
            file.span,
            "`certificate` is damaged",
            "its first certificate cannot be read",
        );
        covered.unknown = true;
        return;
    };
    let now = it.reading.machine.now();
    let from = Timestamp::from_unix_seconds(parsed.validity().not_before.timestamp());
    let until = Timestamp::from_unix_seconds(parsed.validity().not_after.timestamp());
    if now < from {
        it.warn(
            file.span,
            "the certificate is not valid yet",
            format!("it begins on {}", date(from)),
        );
    }
    if now >= until {
        it.warn(
            file.span,
            "the certificate has expired",
            format!("it ended on {}; browsers refuse it", date(until)),
        );
    } else if until.since(now) < SOON {
        it.warn(
            file.span,
            "the certificate expires soon",
            format!("it ends on {}", date(until)),
        );
    }
    let names = parsed.subject_alternative_name().ok().flatten();
    for name in names.iter().flat_map(|names| &names.value.general_names) {
        match name {
            GeneralName::DNSName(name) => covered.names.push((*name).to_owned()),
            GeneralName::IPAddress(octets) => covered.names.extend(address(octets)),
            _ => {}
        }
    }
}

fn address(octets: &[u8]) -> Option<String> {
    if let Ok(four) = <[u8; 4]>::try_from(octets) {
        return Some(std::net::Ipv4Addr::from(four).to_string());
    }
    let sixteen = <[u8; 16]>::try_from(octets).ok()?;
    Some(format!("[{}]", std::net::Ipv6Addr::from(sixteen)))
}

/// How many certificates a file of authorities holds; none if one of them cannot be read.
pub(super) fn authorities(pem: &[u8]) -> usize {
    let mut store = rustls::RootCertStore::empty();
    for certificate in CertificateDer::pem_slice_iter(pem) {
        let added = certificate.map(|certificate| store.add(certificate));
        if !matches!(added, Ok(Ok(()))) {
            return 0;
        }
    }
    store.len()
}

fn date(at: Timestamp) -> String {
    jiff::Timestamp::from_millisecond(at.unix_millis()).map_or_else(
        |_| "an impossible date".to_owned(),
        |at| at.strftime("%Y-%m-%d").to_string(),
    )
}

#[cfg(test)]
mod tests {
    use rcgen::{CertificateParams, KeyPair, date_time_ymd};

    use super::super::tests::Stage;
    use super::super::{Loaded, Report, parse};
    use super::*;

    /// The test machine's present is 2026-09-21.
    fn certificate(names: &[&str], until: (i32, u8, u8)) -> (String, String) {
        let key = KeyPair::generate().unwrap();
        let names: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
        let mut params = CertificateParams::new(names).unwrap();
        params.not_before = date_time_ymd(2026, 1, 1);
        params.not_after = date_time_ymd(until.0, until.1, until.2);
        (params.self_signed(&key).unwrap().pem(), key.serialize_pem())
    }

    fn read(stage: Stage) -> Result<Loaded, Report> {
        let text = "listen: [{address: 127.0.0.1:443, tls: [{certificate: c.pem, key: k.pem}]}]\n\
            sites: [{url: https://portal.example.com, upstream: http://127.0.0.1:3000}]\n\
            mail: {from: a@example.com, smtp: smtp://127.0.0.1}\n";
        parse(text, "config.yaml", Path::new("/d"), &stage)
    }

    fn messages(report: &Report) -> Vec<&str> {
        report
            .findings()
            .iter()
            .map(|finding| finding.message.as_str())
            .collect()
    }

    #[test]
    fn a_certificate_of_the_site_in_date_is_taken_in_silence() {
        for name in ["portal.example.com", "*.example.com"] {
            let (certificate, key) = certificate(&[name], (2027, 1, 1));
            let loaded = read(
                Stage::default()
                    .file("/d/c.pem", &certificate)
                    .file("/d/k.pem", &key),
            )
            .unwrap();
            assert!(loaded.warnings.is_empty(), "{}", loaded.warnings);
            let files = &loaded.settings.gateway.listeners[0].certificates[0];
            assert_eq!(
                (files.certificate.as_path(), files.key.as_path()),
                (Path::new("/d/c.pem"), Path::new("/d/k.pem"))
            );
        }
    }

    #[test]
    fn dates_names_and_modes_are_warned_about() {
        let cases = [
            (
                &["other.example.com"][..],
                (2027, 1, 1),
                "no certificate of `listen` names this host",
            ),
            (
                &["*.portal.example.com"],
                (2027, 1, 1),
                "no certificate of `listen` names this host",
            ),
            (
                &["portal.example.com"],
                (2026, 9, 1),
                "the certificate has expired",
            ),
            (
                &["portal.example.com"],
                (2026, 9, 28),
                "the certificate expires soon",
            ),
        ];
        for (names, until, message) in cases {
            let (certificate, key) = certificate(names, until);
            let loaded = read(
                Stage::default()
                    .file("/d/c.pem", &certificate)
                    .file("/d/k.pem", &key),
            )
            .unwrap();
            assert_eq!(messages(&loaded.warnings), [message]);
        }
        let (certificate, key) = certificate(&["portal.example.com"], (2027, 1, 1));
        let stage = Stage::default()
            .file("/d/c.pem", &certificate)
            .file("/d/k.pem", &key)
            .mode("/d/k.pem", 0o644);
        assert_eq!(
            messages(&read(stage).unwrap().warnings),
            ["everybody on this machine may read the private key"]
        );
    }

    #[test]
    fn a_key_of_another_certificate_is_refused() {
        let (certificate, _) = certificate(&["portal.example.com"], (2027, 1, 1));
        let other = KeyPair::generate().unwrap().serialize_pem();
        let report = read(
            Stage::default()
                .file("/d/c.pem", &certificate)
                .file("/d/k.pem", &other),
        )
        .unwrap_err();
        assert_eq!(messages(&report), ["`key` does not belong to `certificate`"]);
    }
}
