//! Against a real SMTP server: Debian's aiosmtpd, started by `tests/smtp/sink.py`.

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, IsCa, KeyPair};
use tokio::io::{AsyncReadExt, AsyncWriteExt};

use super::super::letter::samples;
use super::super::settings::{Brand, MailLogin, MailSecurity, MailServer};
use super::super::{Addressed, Letter, LetterId};
use super::*;
use crate::base::language::Language;
use crate::base::secret::Secret;
use crate::base::time::Timestamp;
use crate::identity::account::EmailAddress;

struct FixedClock;

impl Clock for FixedClock {
    fn now(&self) -> Timestamp {
        samples::AT
    }
}

/// A running server and the folder it puts letters into.
struct Sink {
    process: Child,
    folder: tempfile::TempDir,
    ports: serde_json::Value,
    root: CertificateDer<'static>,
}

impl Drop for Sink {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

impl Sink {
    fn start() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let (root, certificate, key) = certificates();
        let written = |name: &str, text: &str| {
            let path = folder.path().join(name);
            fs::write(&path, text).unwrap();
            path
        };
        let mut process = Command::new("/usr/bin/python3")
            .arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/smtp/sink.py"))
            .arg(folder.path())
            .arg("--cert")
            .arg(written("cert.pem", &certificate))
            .arg("--key")
            .arg(written("key.pem", &key))
            .args(["--user", "portal", "--password", "s3cret"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("the tests need /usr/bin/python3 with aiosmtpd: apt-get install python3-aiosmtpd");
        let mut line = String::new();
        BufReader::new(process.stdout.take().unwrap())
            .read_line(&mut line)
            .unwrap();
        let ports = serde_json::from_str(&line)
            .expect("the SMTP server did not start: apt-get install python3-aiosmtpd");
        Self {
            process,
            folder,
            ports,
            root,
        }
    }

    fn port(&self, way: &str) -> u16 {
        u16::try_from(self.ports[way].as_u64().unwrap()).unwrap()
    }

    fn control(&self, behaviour: &str) {
        fs::write(self.folder.path().join("control"), behaviour).unwrap();
    }

    fn letters(&self) -> Vec<String> {
        let mut paths: Vec<_> = fs::read_dir(self.folder.path())
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .filter(|path| path.extension().is_some_and(|it| it == "eml"))
            .collect();
        paths.sort();
        paths
            .iter()
            .map(|path| fs::read_to_string(path).unwrap())
            .collect()
    }

    fn settings(&self, way: &str) -> Settings {
        let mut settings = settings(self.port(way));
        settings.server.security = match way {
            "tls" => MailSecurity::ImplicitTls,
            "starttls" => MailSecurity::RequireStartTls,
            _ => MailSecurity::Loopback,
        };
        settings
    }

    /// Trusts the server's certificate.
    fn smtp(&self, settings: Settings) -> Smtp {
        let roots = [self.root.clone()];
        Smtp::trusting(
            &roots,
            settings,
            "/_auth",
            Catalog::builtin(),
            Arc::new(FixedClock),
        )
        .unwrap()
    }
}

fn certificates() -> (CertificateDer<'static>, String, String) {
    let mut authority = CertificateParams::default();
    authority.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    let authority = CertifiedIssuer::self_signed(authority, KeyPair::generate().unwrap()).unwrap();
    let key = KeyPair::generate().unwrap();
    let leaf = CertificateParams::new(vec!["localhost".to_owned()])
        .unwrap()
        .signed_by(&key, &authority)
        .unwrap();
    (authority.der().clone(), leaf.pem(), key.serialize_pem())
}

fn settings(port: u16) -> Settings {
    Settings {
        from: "no-reply@example.com".parse().unwrap(),
        reply_to: None,
        server: MailServer {
            host: "localhost".to_owned(),
            port,
            security: MailSecurity::Loopback,
            login: Some(MailLogin {
                user: "portal".to_owned(),
                password: Secret::new("s3cret".to_owned()),
            }),
        },
        helo: Some("gateway.example.com".to_owned()),
        timeout: Duration::from_secs(10),
        sms: None,
        code_in_subject: false,
        password_reset: true,
        brand: Brand {
            name: "Example Portal".to_owned(),
            ..Brand::default()
        },
        time_zone: jiff::tz::TimeZone::UTC,
    }
}

/// Trusts what the machine trusts.
fn smtp(settings: Settings) -> Smtp {
    Smtp::new(settings, "/_auth", Catalog::builtin(), Arc::new(FixedClock)).unwrap()
}

fn mail(number: u8) -> Mail {
    let (_, letter) = samples::all().swap_remove(0);
    Mail {
        id: LetterId::from_bytes([number; 16]),
        to: Addressed {
            address: EmailAddress::parse("anna@example.com").unwrap(),
            name: None,
            language: Language::english(),
        },
        site: "https://portal.example.com".to_owned(),
        letter,
    }
}

#[tokio::test]
async fn letters_arrive_by_every_way_after_a_login() {
    let sink = Sink::start();
    for way in ["plain", "starttls", "tls"] {
        let smtp = sink.smtp(sink.settings(way));
        smtp.probe().await.unwrap();
        smtp.send(&mail(0))
            .await
            .unwrap_or_else(|error| panic!("{way}: {error}"));
    }
    let letters = sink.letters();
    assert_eq!(letters.len(), 3);
    for (letter, way) in letters.iter().zip(["plain", "starttls", "tls"]) {
        for line in [
            "X-Envelope-From: no-reply@example.com",
            "X-Envelope-To: anna@example.com",
            &format!("X-Sink-Port: {way}"),
            "Message-ID: <aaaaaaaaaaaaaaaaaaaaaaaaaa@example.com>",
            "Subject: Your Example Portal sign-in code (13:02)",
            "482915 is your code for Example Portal.",
            "@portal.example.com #482915",
        ] {
            assert!(letter.lines().any(|it| it == line), "{line} is not in\n{letter}");
        }
    }
}

#[tokio::test]
async fn letters_one_after_the_other_share_a_connection() {
    let sink = Sink::start();
    let smtp = sink.smtp(sink.settings("tls"));
    for number in 1..=3 {
        smtp.send(&mail(number)).await.unwrap();
        assert_eq!(smtp.parked.lock().await.len(), 1);
    }
    assert_eq!(sink.letters().len(), 3);
}

#[tokio::test]
async fn letters_at_the_same_time_all_arrive() {
    let sink = Sink::start();
    let smtp = sink.smtp(sink.settings("starttls"));
    let mails: Vec<Mail> = (0..12).map(mail).collect();
    let sent = futures_util::future::join_all(mails.iter().map(|it| smtp.send(it))).await;
    assert!(sent.iter().all(Result::is_ok), "{sent:?}");
    assert_eq!(sink.letters().len(), 12);
    assert!(smtp.parked.lock().await.len() <= PARKED);
}

#[tokio::test]
async fn a_wrong_password_is_named() {
    let sink = Sink::start();
    for way in ["plain", "starttls", "tls"] {
        let mut settings = sink.settings(way);
        settings.server.login.as_mut().unwrap().password = Secret::new("guess".to_owned());
        let error = sink.smtp(settings).send(&mail(1)).await.unwrap_err();
        assert_eq!(error.step(), Some(Step::Auth), "{way}: {error}");
        assert!(error.to_string().contains("535"), "{error}");
        assert!(!error.to_string().contains("guess"), "{error}");
    }
    assert!(sink.letters().is_empty());
}

#[tokio::test]
async fn a_certificate_nobody_vouches_for_is_refused_before_the_login() {
    let sink = Sink::start();
    for way in ["starttls", "tls"] {
        let error = smtp(sink.settings(way)).send(&mail(1)).await.unwrap_err();
        assert_eq!(error.step(), Some(Step::Tls), "{way}: {error}");
        assert!(error.to_string().contains("certificate"), "{error}");
    }
    assert!(sink.letters().is_empty());
}

#[tokio::test]
async fn a_certificate_for_another_name_is_refused() {
    let sink = Sink::start();
    for way in ["starttls", "tls"] {
        let mut settings = sink.settings(way);
        settings.server.host = "127.0.0.1".to_owned();
        let error = sink.smtp(settings).send(&mail(1)).await.unwrap_err();
        assert_eq!(error.step(), Some(Step::Tls), "{way}: {error}");
    }
}

#[tokio::test]
async fn a_server_without_starttls_gets_neither_login_nor_letter() {
    let sink = Sink::start();
    let mut settings = sink.settings("plain");
    settings.server.security = MailSecurity::RequireStartTls;
    let error = smtp(settings).send(&mail(1)).await.unwrap_err();
    assert_eq!(error.step(), Some(Step::Tls), "{error}");
    assert!(sink.letters().is_empty());
}

#[tokio::test]
async fn a_refused_recipient_is_told_from_one_to_try_again() {
    let sink = Sink::start();
    let smtp = sink.smtp(sink.settings("tls"));
    for (behaviour, permanent, reply) in [("refuse", true, "550"), ("tempfail", false, "451")] {
        sink.control(behaviour);
        let error = smtp.send(&mail(1)).await.unwrap_err();
        assert_eq!(error.step(), Some(Step::Send), "{error}");
        assert_eq!(error.is_permanent(), permanent, "{error}");
        assert!(error.to_string().contains(reply), "{error}");
    }
    sink.control("");
    smtp.send(&mail(2)).await.unwrap();
    assert_eq!(sink.letters().len(), 1);
}

#[tokio::test]
async fn a_silent_server_costs_no_more_than_the_time_allowed() {
    let sink = Sink::start();
    let mut smtp = sink.smtp(sink.settings("tls"));
    let patience = smtp.route.timeout;
    smtp.send(&mail(1)).await.unwrap();
    sink.control("hang");
    smtp.route.timeout = Duration::from_millis(200);
    let error = smtp.send(&mail(2)).await.unwrap_err();
    assert_eq!(error.step(), Some(Step::Send), "{error}");
    assert!(matches!(error, SendError::Timeout { .. }), "{error}");
    assert!(
        smtp.parked.lock().await.is_empty(),
        "its connection is not used again"
    );
    sink.control("");
    smtp.route.timeout = patience;
    smtp.send(&mail(3)).await.unwrap();
    assert_eq!(sink.letters().len(), 2);
}

#[tokio::test]
async fn a_broken_connection_is_named_and_the_next_letter_gets_another() {
    let sink = Sink::start();
    let smtp = smtp(sink.settings("plain"));
    sink.control("drop");
    let error = smtp.send(&mail(1)).await.unwrap_err();
    assert!(matches!(error, SendError::Broken { .. }), "{error}");
    assert!(!error.is_permanent() && !error.concerns_this_letter_only());
    sink.control("");
    smtp.send(&mail(2)).await.unwrap();
}

#[tokio::test]
async fn nobody_at_the_port_and_no_such_name_are_told_apart() {
    let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = free.local_addr().unwrap().port();
    drop(free);
    let error = smtp(settings(port)).send(&mail(1)).await.unwrap_err();
    assert_eq!(error.step(), Some(Step::Connect), "{error}");
    assert!(error.to_string().contains(&format!("localhost:{port}")));

    let mut nowhere = settings(25);
    nowhere.server.host = "mail.invalid".to_owned();
    let error = smtp(nowhere).send(&mail(1)).await.unwrap_err();
    assert_eq!(error.step(), Some(Step::Resolve), "RFC 6761 §6.4: {error}");
}

/// CVE-2011-0411: answers slipped in behind the one to STARTTLS would be read as encrypted ones.
#[tokio::test]
async fn clear_text_after_the_answer_to_starttls_ends_the_connection() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let mut settings = settings(listener.local_addr().unwrap().port());
    settings.server.security = MailSecurity::RequireStartTls;
    let server = async {
        let (mut socket, _) = listener.accept().await.unwrap();
        let mut said = [0; 256];
        socket.write_all(b"220 mail.test\r\n").await.unwrap();
        let _ = socket.read(&mut said).await.unwrap();
        socket
            .write_all(b"250-mail.test\r\n250 STARTTLS\r\n")
            .await
            .unwrap();
        let _ = socket.read(&mut said).await.unwrap();
        socket
            .write_all(b"220 go ahead\r\n250-mail.test\r\n250 AUTH PLAIN\r\n")
            .await
            .unwrap();
        let mut rest = Vec::new();
        let _ = socket.read_to_end(&mut rest).await;
        rest
    };
    let smtp = smtp(settings);
    let first = mail(1);
    let (sent, rest) = tokio::join!(smtp.send(&first), server);
    let error = sent.unwrap_err();
    assert_eq!(error.step(), Some(Step::Tls), "{error}");
    assert!(error.to_string().contains("spoke on"), "{error}");
    assert!(!rest.starts_with(&[0x16]), "no handshake was begun");
}

#[test]
fn a_letter_from_the_queue_is_the_one_that_was_put_in() {
    let queued = Mail::new(
        mail(1).to,
        "https://portal.example.com",
        Letter::Test { at: samples::AT },
        &crate::base::entropy::OsEntropy,
    );
    let bytes = queued.to_bytes().unwrap();
    assert_eq!(Mail::from_bytes(&bytes).unwrap(), queued);
    assert_eq!(queued.id.to_string().len(), 26);
    assert!(Mail::from_bytes(&bytes[1..]).is_err());
    let told = Mail::from_bytes(b"{\"id\": 482915}").unwrap_err().to_string();
    assert!(!told.contains("482915"), "{told}");
}
