//! A real mail server, and the letters that reached it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use data_encoding::BASE64;
use tempfile::TempDir;

use super::process::Process;
use super::tls::Authority;
use super::wait::eventually;

/// The mailbox's login, where it asks for one.
pub const USER: &str = "portal";
pub const PASSWORD: &str = "a password for tests";

/// A running mail server on loopback. Ends when it is dropped.
pub struct Smtp {
    _process: Process,
    folder: TempDir,
    /// Without encryption and login.
    pub plain: u16,
    /// STARTTLS and a login, where it was started with them.
    pub starttls: Option<u16>,
    /// Encrypted from the first byte and a login, where it was started with them.
    pub tls: Option<u16>,
}

/// How the server behaves from the next command on.
#[derive(Clone, Copy, Debug)]
pub enum Behaviour {
    /// Takes everything.
    Takes,
    /// RCPT is answered 550.
    Refuses,
    /// RCPT is answered 451.
    Postpones,
    /// DATA is never answered.
    Hangs,
    /// The connection is closed at DATA.
    Drops,
}

/// One letter, as it arrived.
#[derive(Clone, Debug)]
pub struct Mail {
    /// Its place in the order of arrival, from 1.
    pub number: usize,
    /// Envelope recipients, separated by commas.
    pub to: String,
    pub subject: String,
    /// The text part.
    pub text: String,
    /// The HTML part.
    pub html: String,
    /// Everything, as it came.
    pub source: String,
}

impl Mail {
    /// The six digits of a code mail.
    pub fn code(&self) -> String {
        let words = self.text.split(|it: char| !it.is_ascii_digit());
        let code = words.filter(|it| it.len() == 6).map(str::to_owned).next();
        code.unwrap_or_else(|| panic!("no code in the letter {:?}:\n{}", self.subject, self.text))
    }

    /// Whether it says that somebody signed in with a browser that is new to the account.
    fn is_of_new_browser(&self) -> bool {
        ["new sign-in from a new device", "Anmeldung mit einem neuen Gerät"]
            .iter()
            .any(|words| self.subject.contains(words))
    }
}

impl Smtp {
    /// Without encryption and login, as on loopback.
    pub async fn start() -> Self {
        Self::start_with(&[]).await
    }

    /// With TLS on two further ports, a certificate for `localhost` by `authority`, and a login.
    pub async fn start_with_tls(authority: &Authority) -> Self {
        let folder = TempDir::new().unwrap();
        let issued = authority.issue(folder.path(), "smtp", &["localhost", "127.0.0.1"]);
        let (certificate, key) = (issued.certificate.to_str().unwrap(), issued.key.to_str().unwrap());
        Self::start_with(&[
            "--cert",
            certificate,
            "--key",
            key,
            "--user",
            USER,
            "--password",
            PASSWORD,
        ])
        .await
    }

    async fn start_with(options: &[&str]) -> Self {
        let folder = TempDir::new().unwrap();
        let letters = folder.path().join("letters");
        fs::create_dir(&letters).unwrap();
        let mut command = Command::new("/usr/bin/python3");
        command
            .arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/smtp/sink.py"))
            .arg(&letters)
            .args(options);
        let mut process = Process::start(command, folder.path(), "sink");
        let ports: serde_json::Value = process
            .printed("ports of the mail server", |line| serde_json::from_str(line).ok())
            .await;
        let port = |way: &str| ports[way].as_u64().and_then(|it| u16::try_from(it).ok());
        Self {
            plain: port("plain").unwrap(),
            starttls: port("starttls"),
            tls: port("tls"),
            _process: process,
            folder,
        }
    }

    /// What `mail.smtp` says to reach it without encryption.
    pub fn url(&self) -> String {
        format!("smtp://127.0.0.1:{}", self.plain)
    }

    fn letters(&self) -> PathBuf {
        self.folder.path().join("letters")
    }

    pub fn behave(&self, how: Behaviour) {
        let word = match how {
            Behaviour::Takes => "",
            Behaviour::Refuses => "refuse",
            Behaviour::Postpones => "tempfail",
            Behaviour::Hangs => "hang",
            Behaviour::Drops => "drop",
        };
        fs::write(self.letters().join("control"), word).unwrap();
    }

    /// Every letter so far, in the order of arrival.
    pub fn mails(&self) -> Vec<Mail> {
        self.mails_after(0)
    }

    /// The letters after the first `seen`, in the order of arrival.
    fn mails_after(&self, seen: usize) -> Vec<Mail> {
        let mut letters = self.numbered();
        letters.retain(|(number, _)| *number > seen);
        letters.sort_unstable();
        let read = |(number, path): (usize, PathBuf)| read_mail(number, &path);
        letters.into_iter().map(read).collect()
    }

    fn numbered(&self) -> Vec<(usize, PathBuf)> {
        let number = |path: &Path| path.file_stem()?.to_str()?.parse().ok();
        let files = fs::read_dir(self.letters()).unwrap().map(|it| it.unwrap().path());
        let letters = files.filter(|it| it.extension().is_some_and(|it| it == "eml"));
        letters.filter_map(|it| Some((number(&it)?, it))).collect()
    }

    /// How many letters there are, to be handed to [`Smtp::next_for`] later.
    pub fn count(&self) -> usize {
        self.numbered().len()
    }

    /// Waits for the first letter to `recipient` after the first `seen`; but for the notice of a sign-in
    /// with a new browser, which comes from the queue, in between.
    pub async fn next_for(&self, recipient: &str, seen: usize) -> Mail {
        eventually(&format!("a letter to {recipient} after number {seen}"), || {
            let mails = self.mails_after(seen);
            let found = mails
                .into_iter()
                .filter(|it| !it.is_of_new_browser())
                .find(|it| it.to.eq_ignore_ascii_case(recipient));
            std::future::ready(found)
        })
        .await
    }

    /// Waits for a letter to `recipient` whose subject holds `words`.
    pub async fn about(&self, recipient: &str, words: &str) -> Mail {
        eventually(&format!("a letter to {recipient} about {words:?}"), || {
            let is_it = |it: &Mail| it.to.eq_ignore_ascii_case(recipient) && it.subject.contains(words);
            std::future::ready(self.mails().into_iter().find(is_it))
        })
        .await
    }
}

fn read_mail(number: usize, path: &Path) -> Mail {
    let source = String::from_utf8_lossy(&fs::read(path).unwrap()).into_owned();
    let part = Part::read(&source);
    Mail {
        number,
        to: part.field("x-envelope-to"),
        subject: decoded_words(&part.field("subject")),
        text: part.content("text/plain").unwrap_or_default(),
        html: part.content("text/html").unwrap_or_default(),
        source,
    }
}

/// A letter or a part of one (RFC 2045, RFC 2046).
struct Part<'a> {
    fields: Vec<(String, String)>,
    body: &'a str,
}

impl<'a> Part<'a> {
    fn read(source: &'a str) -> Self {
        let (head, body) = source.split_once("\r\n\r\n").unwrap_or((source, ""));
        let unfolded = head.replace("\r\n ", " ").replace("\r\n\t", " ");
        let fields = unfolded.lines().filter_map(|line| line.split_once(':'));
        let fields = fields
            .map(|(name, value)| (name.to_ascii_lowercase(), value.trim().to_owned()))
            .collect();
        Self { fields, body }
    }

    fn field(&self, name: &str) -> String {
        self.fields
            .iter()
            .find(|it| it.0 == name)
            .map(|it| it.1.clone())
            .unwrap_or_default()
    }

    /// The first part of this type, decoded.
    fn content(&self, kind: &str) -> Option<String> {
        let own = self.field("content-type");
        if let Some((_, boundary)) = own.split_once("boundary=") {
            let boundary = format!("--{}", boundary.split(';').next()?.trim_matches('"'));
            let parts = self
                .body
                .split(&boundary)
                .skip(1)
                .filter(|it| !it.starts_with("--"));
            return parts
                .filter_map(|it| Part::read(it.trim_start()).content(kind))
                .next();
        }
        if !own.to_ascii_lowercase().starts_with(kind) {
            return None;
        }
        let encoding = self.field("content-transfer-encoding").to_ascii_lowercase();
        let bytes = match encoding.as_str() {
            "base64" => BASE64
                .decode(self.body.replace(char::is_whitespace, "").as_bytes())
                .unwrap(),
            "quoted-printable" => quoted_printable(&self.body.replace("=\r\n", "")),
            _ => self.body.as_bytes().to_vec(),
        };
        Some(String::from_utf8(bytes).unwrap())
    }
}

fn quoted_printable(text: &str) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut rest = text.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let escape = (*first == b'=').then(|| after.get(..2)).flatten();
        let escaped = escape.and_then(|it| u8::from_str_radix(std::str::from_utf8(it).ok()?, 16).ok());
        bytes.push(escaped.unwrap_or(*first));
        rest = if escaped.is_some() { &after[2..] } else { after };
    }
    bytes
}

/// `=?utf-8?q?…?=` in fields (RFC 2047).
fn decoded_words(text: &str) -> String {
    let mut plain = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("=?") {
        let mut parts = after.splitn(4, '?');
        let (_charset, encoding, word) = (
            parts.next(),
            parts.next().unwrap_or(""),
            parts.next().unwrap_or(""),
        );
        let bytes = match encoding {
            "b" | "B" => BASE64.decode(word.as_bytes()).unwrap(),
            _ => quoted_printable(&word.replace('_', " ")),
        };
        // Space between two encoded words is not part of the text.
        if !before.trim().is_empty() || plain.is_empty() {
            plain.push_str(before);
        }
        plain.push_str(&String::from_utf8_lossy(&bytes));
        rest = parts.next().and_then(|it| it.strip_prefix('=')).unwrap_or("");
    }
    plain + rest
}
