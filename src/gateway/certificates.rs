//! The certificates of a TLS listener: several, chosen by name, replaced on disk without a restart.
//!
//! A file that changes is read again within seconds. If what is there does not make a certificate with
//! its key, the old one stays and the log says why: renewal tools write one file after the other.
//! Absent on purpose: session tickets, resumption and early data, so that nothing is ever replayed
//! (RFC 8446 §8).

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use arc_swap::ArcSwap;
use rustls::ServerConfig;
use rustls::crypto::ring;
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::server::{ClientHello, NoServerSessionStorage, ResolvesServerCert};
use rustls::sign::CertifiedKey;
use x509_parser::prelude::{FromDer as _, GeneralName, X509Certificate};

use super::settings::CertificateFiles;
use crate::base::time::Timestamp;

/// How often the files are looked at.
pub const LOOK_EVERY: Duration = Duration::from_secs(3);

/// Why files do not make a certificate.
#[derive(Debug, thiserror::Error)]
pub enum CertificateError {
    /// A file does not open, or holds no PEM of its kind.
    #[error("cannot read {}: {reason}", path.display())]
    Unreadable {
        /// Which.
        path: PathBuf,
        /// What the reader said.
        reason: String,
    },
    /// The key is of no kind that TLS uses, or belongs to another certificate.
    #[error("the key in {} does not fit the certificate in {}", key.display(), certificate.display())]
    Mismatch {
        /// The key's file.
        key: PathBuf,
        /// The certificate's file.
        certificate: PathBuf,
    },
    /// TLS cannot be set up at all.
    #[error("cannot set up TLS: {0}")]
    Tls(#[from] rustls::Error),
}

#[derive(Debug)]
struct Loaded {
    names: Vec<String>,
    expires: Timestamp,
    key: Arc<CertifiedKey>,
    stamps: [Option<SystemTime>; 2],
}

/// The certificates of one listener.
#[derive(Debug)]
pub struct Certificates {
    files: Vec<CertificateFiles>,
    current: Vec<ArcSwap<Loaded>>,
}

impl Certificates {
    /// Reads all of them.
    ///
    /// # Errors
    ///
    /// The first that cannot be used.
    pub fn load(files: &[CertificateFiles]) -> Result<Arc<Self>, CertificateError> {
        let current = files
            .iter()
            .map(|files| Ok(ArcSwap::from_pointee(load(files)?)))
            .collect::<Result<_, CertificateError>>()?;
        Ok(Arc::new(Self {
            files: files.to_vec(),
            current,
        }))
    }

    /// How TLS is spoken with them: 1.2 and 1.3, HTTP/2 preferred.
    ///
    /// # Errors
    ///
    /// [`CertificateError::Tls`], which a build with working cryptography does not meet.
    pub fn server_config(self: &Arc<Self>) -> Result<Arc<ServerConfig>, CertificateError> {
        let mut config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()?
            .with_no_client_auth()
            .with_cert_resolver(Arc::clone(self) as Arc<dyn ResolvesServerCert>);
        config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
        config.session_storage = Arc::new(NoServerSessionStorage {});
        config.send_tls13_tickets = 0;
        config.max_early_data_size = 0;
        Ok(Arc::new(config))
    }

    /// Reads again what has changed on disk; what cannot be used leaves the old one in place.
    pub fn refresh(&self) {
        for (files, current) in self.files.iter().zip(&self.current) {
            let before = current.load();
            if stamps(files) == before.stamps {
                continue;
            }
            match load(files) {
                Ok(loaded) => {
                    tracing::info!(certificate = %files.certificate.display(), "certificate replaced");
                    current.store(Arc::new(loaded));
                }
                Err(error) => {
                    tracing::warn!(%error, "certificate changed on disk but cannot be used; the old one stays");
                    // Once for each change, not every few seconds.
                    current.store(Arc::new(Loaded {
                        names: before.names.clone(),
                        expires: before.expires,
                        key: Arc::clone(&before.key),
                        stamps: stamps(files),
                    }));
                }
            }
        }
    }

    /// The first name of each certificate, and when it expires: for metrics and health.
    pub fn expiries(&self) -> Vec<(String, Timestamp)> {
        let of = |loaded: &Loaded| (loaded.names.first().cloned().unwrap_or_default(), loaded.expires);
        self.current.iter().map(|loaded| of(&loaded.load())).collect()
    }

    fn choose(&self, name: Option<&str>) -> Option<Arc<CertifiedKey>> {
        let named = name.and_then(|name| {
            self.current
                .iter()
                .map(ArcSwap::load)
                .find(|loaded| loaded.names.iter().any(|pattern| covers(pattern, name)))
        });
        // Without a name, or with one that no certificate bears, the first: the client judges it.
        named
            .or_else(|| self.current.first().map(ArcSwap::load))
            .map(|loaded| Arc::clone(&loaded.key))
    }
}

impl ResolvesServerCert for Certificates {
    fn resolve(&self, hello: ClientHello<'_>) -> Option<Arc<CertifiedKey>> {
        self.choose(hello.server_name())
    }
}

/// RFC 6125 §6.4.3: a star stands for one whole left-most label.
fn covers(pattern: &str, name: &str) -> bool {
    match pattern.strip_prefix("*.") {
        Some(parent) => name
            .split_once('.')
            .is_some_and(|(_, rest)| rest.eq_ignore_ascii_case(parent)),
        None => pattern.eq_ignore_ascii_case(name),
    }
}

fn load(files: &CertificateFiles) -> Result<Loaded, CertificateError> {
    // Before reading, so that a change during the reading is seen as one next time.
    let stamps = stamps(files);
    let unreadable = |path: &Path, reason: String| CertificateError::Unreadable {
        path: path.to_owned(),
        reason,
    };
    let chain = CertificateDer::pem_file_iter(&files.certificate)
        .and_then(Iterator::collect::<Result<Vec<_>, _>>)
        .map_err(|error| unreadable(&files.certificate, error.to_string()))?;
    let first = chain
        .first()
        .ok_or_else(|| unreadable(&files.certificate, "no certificate in it".to_owned()))?;
    let (names, expires) = names_and_end(first)
        .ok_or_else(|| unreadable(&files.certificate, "not an X.509 certificate".to_owned()))?;
    let key = PrivateKeyDer::from_pem_file(&files.key)
        .map_err(|error| unreadable(&files.key, error.to_string()))?;
    let mismatch = || CertificateError::Mismatch {
        key: files.key.clone(),
        certificate: files.certificate.clone(),
    };
    let signer = ring::sign::any_supported_type(&key).map_err(|_| mismatch())?;
    let certified = CertifiedKey::new(chain, signer);
    certified.keys_match().map_err(|_| mismatch())?;
    Ok(Loaded {
        names,
        expires,
        key: Arc::new(certified),
        stamps,
    })
}

fn names_and_end(certificate: &CertificateDer<'_>) -> Option<(Vec<String>, Timestamp)> {
    let (_, certificate) = X509Certificate::from_der(certificate).ok()?;
    let alternative = certificate.subject_alternative_name().ok()?;
    let names = alternative
        .iter()
        .flat_map(|extension| &extension.value.general_names)
        .filter_map(|name| match name {
            GeneralName::DNSName(name) => Some((*name).to_owned()),
            _ => None,
        })
        .collect();
    let expires = Timestamp::from_unix_seconds(certificate.validity().not_after.timestamp());
    Some((names, expires))
}

fn stamps(files: &CertificateFiles) -> [Option<SystemTime>; 2] {
    [&files.certificate, &files.key].map(|path| std::fs::metadata(path).and_then(|it| it.modified()).ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn write(folder: &Path, name: &str, hosts: &[&str]) -> CertificateFiles {
        let hosts: Vec<String> = hosts.iter().map(|host| (*host).to_owned()).collect();
        let made = rcgen::generate_simple_self_signed(hosts).unwrap();
        let files = CertificateFiles {
            certificate: folder.join(format!("{name}.pem")),
            key: folder.join(format!("{name}.key")),
        };
        std::fs::write(&files.certificate, made.cert.pem()).unwrap();
        std::fs::write(&files.key, made.signing_key.serialize_pem()).unwrap();
        files
    }

    fn touch(path: &Path, ahead: u64) {
        let file = std::fs::File::options().append(true).open(path).unwrap();
        file.set_modified(SystemTime::now() + Duration::from_secs(ahead))
            .unwrap();
    }

    #[test]
    fn the_name_chooses_the_certificate() {
        let folder = tempfile::tempdir().unwrap();
        let files = [
            write(folder.path(), "a", &["a.test"]),
            write(folder.path(), "b", &["b.test", "*.c.test"]),
        ];
        let certificates = Certificates::load(&files).unwrap();
        let chosen = |name| certificates.choose(name).unwrap().cert[0].clone();
        let (a, b) = (chosen(Some("a.test")), chosen(Some("B.test")));
        assert_ne!(a, b);
        assert_eq!(chosen(Some("x.c.test")), b);
        assert_eq!(chosen(Some("y.x.c.test")), a, "a star is one label");
        assert_eq!(chosen(Some("elsewhere.test")), a);
        assert_eq!(chosen(None), a);
    }

    #[test]
    fn a_new_file_replaces_the_old_one_and_a_broken_one_does_not() {
        let folder = tempfile::tempdir().unwrap();
        let files = write(folder.path(), "a", &["a.test"]);
        let certificates = Certificates::load(std::slice::from_ref(&files)).unwrap();
        let serving = || certificates.choose(None).unwrap().cert[0].clone();
        let before = serving();

        std::fs::write(&files.certificate, "not a certificate").unwrap();
        touch(&files.certificate, 5);
        certificates.refresh();
        assert_eq!(serving(), before);

        write(folder.path(), "a", &["a.test"]);
        touch(&files.certificate, 10);
        certificates.refresh();
        assert_ne!(serving(), before);
    }

    #[test]
    fn a_key_of_another_certificate_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let (a, b) = (
            write(folder.path(), "a", &["a.test"]),
            write(folder.path(), "b", &["b.test"]),
        );
        let mixed = CertificateFiles {
            certificate: a.certificate,
            key: b.key,
        };
        assert!(matches!(
            Certificates::load(&[mixed]),
            Err(CertificateError::Mismatch { .. })
        ));
    }

    #[test]
    fn nothing_can_be_resumed_or_sent_early() {
        let folder = tempfile::tempdir().unwrap();
        let certificates = Certificates::load(&[write(folder.path(), "a", &["a.test"])]).unwrap();
        let config = certificates.server_config().unwrap();
        assert_eq!((config.send_tls13_tickets, config.max_early_data_size), (0, 0));
        assert!(!config.ticketer.enabled());
        assert!(!config.session_storage.can_cache());
    }
}
