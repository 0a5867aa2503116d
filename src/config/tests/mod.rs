//! The reader as a whole: what is accepted, and what becomes of it.

mod arbitrary;
mod golden;
mod sms;
mod store;

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};

use super::*;
use crate::base::language::Language;
use crate::base::time::Timestamp;
use crate::gateway::settings::{Require, UpstreamHost};
use crate::messaging::settings::MailSecurity;
use crate::store::settings::MasterKeySetting;

/// A machine of four cores on which only the given files are.
#[derive(Default)]
pub(super) struct Stage {
    files: BTreeMap<PathBuf, Vec<u8>>,
    variables: BTreeMap<String, String>,
    modes: BTreeMap<PathBuf, u32>,
}

impl Stage {
    pub(super) fn file(mut self, path: &str, content: &str) -> Self {
        self.files
            .insert(PathBuf::from(path), content.as_bytes().to_vec());
        self
    }

    fn variable(mut self, name: &str, value: &str) -> Self {
        self.variables.insert(name.to_owned(), value.to_owned());
        self
    }

    pub(super) fn mode(mut self, path: &str, mode: u32) -> Self {
        self.modes.insert(PathBuf::from(path), mode);
        self
    }
}

impl Environment for Stage {
    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        self.files
            .get(path)
            .cloned()
            .ok_or_else(|| io::ErrorKind::NotFound.into())
    }

    fn folder(&self, path: &Path) -> io::Result<Vec<String>> {
        if self.files.contains_key(path) {
            return Err(io::ErrorKind::NotADirectory.into());
        }
        let below = self.files.keys().filter_map(|file| file.strip_prefix(path).ok());
        let mut names: Vec<String> = below
            .filter_map(|rest| rest.iter().next()?.to_str().map(str::to_owned))
            .collect();
        names.dedup();
        match names.is_empty() {
            true => Err(io::ErrorKind::NotFound.into()),
            false => Ok(names),
        }
    }

    fn variable(&self, name: &str) -> Option<String> {
        self.variables.get(name).cloned()
    }

    fn mode(&self, path: &Path) -> Option<u32> {
        self.modes.get(path).copied()
    }

    fn cores(&self) -> usize {
        4
    }

    fn now(&self) -> Timestamp {
        Timestamp::from_unix_seconds(1_790_000_000)
    }
}

fn read(text: &str) -> Result<Loaded, Report> {
    parse(text, "config.yaml", Path::new("/etc/doorward"), &Stage::default())
}

const SMALLEST: &str = "\
sites:
  - url: https://portal.example.com
    upstream: http://127.0.0.1:3000
mail:
  from: \"Portal <no-reply@example.com>\"
  smtp: smtp://127.0.0.1
";

fn smallest_and(more: &str) -> String {
    format!("{SMALLEST}{more}")
}

#[test]
fn the_file_at_the_top_is_accepted_without_a_word() {
    let loaded = parse(DEFAULT_FILE, "config.yaml", Path::new("."), &Stage::default()).unwrap();
    assert!(loaded.warnings.is_empty(), "{}", loaded.warnings);
    let site = &loaded.settings.gateway.sites[0];
    assert_eq!(
        (site.origin.as_str(), site.secure),
        ("http://localhost:8080", false)
    );
    assert_eq!(site.access.len(), 5);
    assert_eq!(loaded.settings.store.state, Path::new("./state"));
}

#[test]
fn the_file_at_the_top_holds_every_key_and_the_defaults() {
    let whole = parse(DEFAULT_FILE, "config.yaml", Path::new("."), &Stage::default()).unwrap();
    let small = read(SMALLEST).unwrap();
    let own = [
        "state",
        "trusted_proxies",
        "mail.from",
        "mail.smtp",
        "brand.name",
        "sites[0].url",
        "sites[0].access",
        "sites[0].scripts",
    ];
    let (whole, small) = (whole.effective.to_json(), small.effective.to_json());
    for (key, origin) in whole["origins"].as_object().unwrap() {
        let null = pointer(&whole["settings"], key).is_null() || key == "trusted_proxies";
        let rule = key.starts_with("sites[0].access[");
        assert!(
            origin != "default" || null || rule || key.ends_with("add_headers"),
            "{key} is not in config.yaml"
        );
    }
    for key in small["origins"].as_object().unwrap().keys() {
        if !own.contains(&key.as_str()) {
            let (default, written) = (pointer(&small["settings"], key), pointer(&whole["settings"], key));
            let spans = [default, written].map(|it| it.as_str().and_then(|text| scalar::duration(text).ok()));
            assert!(
                default == written || (spans[0].is_some() && spans[0] == spans[1]),
                "{key}: {default} {written}"
            );
        }
    }
}

fn pointer<'j>(settings: &'j serde_json::Value, dotted: &str) -> &'j serde_json::Value {
    let path = dotted.replace(['.', '['], "/").replace(']', "");
    settings
        .pointer(&format!("/{path}"))
        .unwrap_or(&serde_json::Value::Null)
}

#[test]
fn the_smallest_file_has_the_defaults() {
    let settings = read(SMALLEST).unwrap().settings;
    let gateway = &settings.gateway;
    assert_eq!(gateway.listeners[0].address.to_string(), "127.0.0.1:8080");
    assert_eq!(
        gateway.trusted_proxies.len(),
        2,
        "loopback, since every listener is on loopback"
    );
    assert_eq!(gateway.sites[0].host, "portal.example.com");
    assert_eq!(gateway.sites[0].upstream.host, UpstreamHost::Keep);
    assert_eq!(settings.service.hashing.slots, 3);
    assert_eq!(settings.web.brand.name, "portal.example.com");
    assert_eq!(settings.identity.second_factor.app.issuer, "portal.example.com");
    assert_eq!(
        settings.identity,
        Identity {
            second_factor: settings.identity.second_factor.clone(),
            ..Identity::default()
        }
    );
    assert_eq!(settings.messaging.server.security, MailSecurity::Loopback);
    assert!(matches!(settings.store.master_key, MasterKeySetting::Generated));
}

#[test]
fn off_loopback_nobody_is_trusted_by_default() {
    let loaded = read(&smallest_and("listen: 0.0.0.0:8080\n")).unwrap();
    assert!(loaded.settings.gateway.trusted_proxies.is_empty());
    assert_eq!(loaded.warnings.warnings(), 1, "{}", loaded.warnings);
}

#[test]
fn rules_keep_their_words_and_their_place() {
    let text = SMALLEST.replace(
        "    upstream",
        "    access:\n      - {path: /x/*, from: [10.0.0.0/8], methods: [GET], require: mfa, groups: [a.b], within: 15m}\n    upstream",
    );
    let rule = read(&text).unwrap().settings.gateway.sites[0].access[0].clone();
    assert_eq!((rule.place.line, rule.place.column), (4, 9));
    assert_eq!((rule.path.as_str(), rule.require), ("/x/*", Require::Mfa));
    assert_eq!(
        (rule.from.len(), rule.methods.as_slice(), rule.groups.as_slice()),
        (1, &["GET".to_owned()][..], &["a.b".to_owned()][..])
    );
    assert_eq!(rule.within, Some(std::time::Duration::from_secs(900)));
}

#[test]
fn secrets_are_read_from_where_they_are_said_to_be() {
    let stage = Stage::default()
        .file("/etc/doorward/pw", "one\n")
        .file("/run/cred/pw", "three")
        .variable("PW", "two")
        .variable("CREDENTIALS_DIRECTORY", "/run/cred");
    for (reference, secret) in [("file:pw", "one"), ("env:PW", "two"), ("cred:pw", "three")] {
        let text = SMALLEST.replace("smtp://127.0.0.1", "smtps://me@mail.example.com")
            + &format!("  password: {reference}\n");
        let loaded = parse(&text, "config.yaml", Path::new("/etc/doorward"), &stage).unwrap();
        let login = loaded.settings.messaging.server.login.as_ref().unwrap();
        assert_eq!(
            (login.user.as_str(), login.password.expose().as_str()),
            ("me", secret)
        );
        assert!(loaded.warnings.is_empty());
        let shown = loaded.effective.to_text();
        assert!(
            shown.contains(&format!("# {reference} (set)")) && !shown.contains(&format!("{secret}\n")),
            "{shown}"
        );
    }
}

#[test]
fn smtp_urls_say_how_the_connection_is_protected() {
    let cases = [
        (
            "smtps://u@mail.example.com",
            "mail.example.com",
            465,
            MailSecurity::ImplicitTls,
        ),
        (
            "smtps://u@mail.example.com:443",
            "mail.example.com",
            443,
            MailSecurity::ImplicitTls,
        ),
        (
            "smtp://u@mail.example.com",
            "mail.example.com",
            587,
            MailSecurity::RequireStartTls,
        ),
        ("smtp://u@[::1]:80", "::1", 80, MailSecurity::Loopback),
    ];
    for (url, host, port, security) in cases {
        let text = SMALLEST.replace("smtp://127.0.0.1", &format!("\"{url}\"")) + "  password: env:PW\n";
        let stage = Stage::default().variable("PW", "x");
        let server = parse(&text, "c", Path::new(""), &stage)
            .unwrap()
            .settings
            .messaging
            .server;
        assert_eq!(
            (server.host.as_str(), server.port, server.security),
            (host, port, security),
            "{url}"
        );
    }
}

#[test]
fn what_is_shown_reads_back_as_the_same() {
    for text in [
        DEFAULT_FILE.to_owned(),
        SMALLEST.to_owned(),
        smallest_and("brand: {name: \"a: b # [c]\", help: {phone: \"0800 1\"}}\n"),
    ] {
        let first = read(&text).unwrap().effective;
        let again = read(&first.to_text())
            .unwrap_or_else(|report| panic!("{report}\n{}", first.to_text()))
            .effective;
        assert_eq!(first.to_json()["settings"], again.to_json()["settings"]);
    }
}

#[test]
fn json_names_the_place_and_the_way_out() {
    let report = read(&smallest_and("session: {idle: 10}\n")).unwrap_err();
    let told = report.to_json();
    assert_eq!(told[0]["line"], 7);
    assert_eq!(told[0]["column"], 17);
    assert_eq!(told[0]["severity"], "error");
    assert_eq!(told[0]["message"], "`idle` is not a duration");
    assert_eq!(told[0]["fix"], "a duration needs a unit: `10m`?");
}

#[test]
fn colours_are_only_there_when_asked_for() {
    let report = read("").unwrap_err();
    assert!(report.render(true).contains("\u{1b}[1;31merror"));
    assert!(!report.render(false).contains('\u{1b}'));
}

#[test]
fn what_a_terminal_would_act_on_is_not_printed() {
    let report = read(&smallest_and("\"a\\e[31m\": 1\nsession: {idle: \"\u{9b}31m\"}\n")).unwrap_err();
    assert_eq!(report.errors(), 2, "{report}");
    assert!(
        !report
            .render(false)
            .contains(|letter: char| letter.is_control() && letter != '\n')
    );
}

#[test]
fn a_file_on_disk_is_read_with_what_belongs_to_it() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("config.yaml");
    let message = |report: Report| report.findings()[0].message.clone();
    assert_eq!(
        message(load(&file, &Machine).unwrap_err()),
        "the configuration cannot be read"
    );
    std::fs::write(&file, b"sites: []\nmail: \xff\n").unwrap();
    assert_eq!(
        message(load(&file, &Machine).unwrap_err()),
        "line 2 is not UTF-8 text"
    );

    let text = SMALLEST.replace("smtp://127.0.0.1", "smtps://me@mail.example.com")
        + "  password: file:pw\nstate: state\n";
    std::fs::write(&file, text).unwrap();
    std::fs::write(folder.path().join("pw"), "one\r\n").unwrap();
    let settings = load(&file, &Machine).unwrap().settings;
    assert_eq!(settings.messaging.server.login.unwrap().password.expose(), "one");
    assert_eq!(settings.store.state, folder.path().join("state"));
}

#[test]
fn a_restart_is_needed_for_sockets_store_and_prefix() {
    let old = read(SMALLEST).unwrap().settings;
    let more = "listen: 127.0.0.1:8081\nstate: /x\nprefix: /_a\nadmin: {listen: 127.0.0.1:1}\n";
    let new = read(&smallest_and(more)).unwrap().settings;
    assert_eq!(
        Settings::needs_restart(&old, &new),
        ["listen", "admin.listen", "state", "prefix"]
    );
    let more = "audit: {keep: 10d}\nlog: {format: json}\npasswords: {slots: 64}\nlimits: {hash_queue: 99, hash_wait: 1s}\n";
    let new = read(&smallest_and(more)).unwrap().settings;
    assert_eq!(
        Settings::needs_restart(&old, &new),
        [
            "audit",
            "log.format",
            "passwords.slots",
            "limits.hash_queue",
            "limits.hash_wait"
        ]
    );
    let other = read(&smallest_and("session: {idle: 5m}\n")).unwrap().settings;
    assert!(Settings::needs_restart(&old, &other).is_empty());
}

#[test]
fn what_is_not_built_is_unknown() {
    let later = ["session: {share_under: null}"];
    for key in later {
        let report = read(&smallest_and(&format!("{key}\n"))).unwrap_err();
        assert_eq!(report.errors(), 1, "{key}: {report}");
        assert!(
            report.findings()[0].message.starts_with("unknown key"),
            "{key}: {report}"
        );
    }
}

#[test]
fn an_operators_language_is_offered_once_it_is_complete() {
    let worksheet = crate::language::worksheet(&Language::parse("pt").unwrap());
    let filled = worksheet.replace("{ \"\" }", "Palavras");
    let stage = Stage::default()
        .file("/etc/doorward/words/pt/all.ftl", &filled)
        .file("/etc/doorward/words/de-CH/all.ftl", "save = Sichern\r\n")
        .file("/etc/doorward/words/fr/README", "nothing yet\n");
    let text = smallest_and("languages: {messages: words}\n");
    let loaded = parse(&text, "config.yaml", Path::new("/etc/doorward"), &stage).unwrap();
    let settings = &loaded.settings;
    let offered: Vec<&str> = settings
        .web
        .languages
        .offer
        .iter()
        .map(Language::as_str)
        .collect();
    assert!(
        offered.starts_with(&["en"]) && offered.contains(&"pt"),
        "{offered:?}"
    );
    // It is German, and that is complete.
    assert!(offered.contains(&"de-CH"), "{offered:?}");
    let saved = |tag: &str| {
        let language = Language::parse(tag).unwrap();
        crate::language::Words::new(settings.catalog.clone(), language, "Portal".into()).say("save")
    };
    assert_eq!(
        [saved("pt"), saved("de-CH"), saved("de")],
        ["Palavras", "Sichern", "Speichern"]
    );
}
