//! The verbs as an operator meets them: what is asked, what is said, what is done.

use std::collections::VecDeque;
use std::io;

use clap::Parser as _;
use jiff::tz::TimeZone;

use super::{Context, UserCommand, perform};
use crate::base::language::Language;
use crate::base::secret::Secret;
use crate::cli::Failure;
use crate::cli::console::{Answers, Console};
use crate::cli::device::{self, DeviceCommand};
use crate::cli::portrait::Clockface;
use crate::service::admin::Operator;
use crate::service::sign_in::AfterPassword;
use crate::service::testing::{Bench, PASSWORD};
use crate::service::trust::Answer;

const ANNA: &str = "anna@example.com";

/// Somebody at a terminal, or a script without one.
#[derive(Default)]
struct Script {
    terminal: bool,
    lines: VecDeque<&'static str>,
    asked: Vec<String>,
}

impl Script {
    fn at_terminal(lines: &[&'static str]) -> Self {
        Self {
            terminal: true,
            lines: lines.iter().copied().collect(),
            asked: Vec::new(),
        }
    }

    fn piped(lines: &[&'static str]) -> Self {
        Self {
            terminal: false,
            ..Self::at_terminal(lines)
        }
    }

    fn next(&mut self) -> io::Result<&'static str> {
        self.lines
            .pop_front()
            .ok_or_else(|| io::Error::other("nobody answers"))
    }
}

impl Answers for Script {
    fn are_there(&self) -> bool {
        self.terminal
    }

    fn line(&mut self, question: &str) -> io::Result<String> {
        self.asked.push(question.to_owned());
        self.next().map(str::to_owned)
    }

    fn secret(&mut self, question: &str) -> io::Result<Secret<String>> {
        self.asked.push(question.to_owned());
        self.next().map(|text| Secret::new(text.to_owned()))
    }

    fn secret_from_input(&mut self) -> io::Result<Secret<String>> {
        self.next().map(|text| Secret::new(text.to_owned()))
    }
}

#[derive(clap::Parser)]
struct Users {
    #[command(subcommand)]
    verb: UserCommand,
}

#[derive(clap::Parser)]
struct Devices {
    #[command(subcommand)]
    verb: DeviceCommand,
}

fn context() -> Context {
    Context {
        operator: Operator {
            name: "root".to_owned(),
            reason: None,
            site_url: "https://portal.example.com".to_owned(),
            language: Language::english(),
        },
        offered: ["en", "de"]
            .iter()
            .filter_map(|tag| Language::parse(tag))
            .collect(),
        clockface: Clockface::new(TimeZone::UTC),
    }
}

/// Runs `user …` and gives back what was said.
async fn user(bench: &Bench, line: &str, script: &mut Script) -> (String, anyhow::Result<()>) {
    run(bench, line, script, false).await
}

async fn run(bench: &Bench, line: &str, script: &mut Script, json: bool) -> (String, anyhow::Result<()>) {
    let verb = Users::try_parse_from(["user"].into_iter().chain(line.split(' ')))
        .unwrap()
        .verb;
    let mut out = Vec::new();
    let yes = verb.yes();
    let mut console = Console {
        out: &mut out,
        answers: script,
        json,
        yes,
    };
    let done = perform(&verb, &bench.desk, &context(), &mut console).await;
    (String::from_utf8(out).unwrap(), done)
}

fn is_usage(done: &anyhow::Result<()>) -> bool {
    let error = done.as_ref().unwrap_err();
    matches!(error.downcast_ref::<Failure>(), Some(Failure::Usage(_)))
}

#[tokio::test]
async fn an_account_is_added_with_a_password_from_standard_input() {
    let bench = Bench::new();
    let line = "add anna@example.com --first-name Anna --last-name Berg --language de --group staff --password-stdin";
    let (said, done) = user(&bench, line, &mut Script::piped(&[PASSWORD])).await;
    done.unwrap();
    assert!(said.starts_with("Added anna@example.com.\n"), "{said}");
    assert!(!said.contains(PASSWORD));
    let after = bench.password(&mut bench.browser(), ANNA, PASSWORD).await;
    assert!(matches!(after, AfterPassword::Step(..)), "{after:?}");
    let (_, done) = user(&bench, line, &mut Script::piped(&[PASSWORD])).await;
    let reason = done.unwrap_err().to_string();
    assert_eq!(reason, "there is an account anna@example.com already");
}

#[tokio::test]
async fn a_password_is_asked_for_twice_and_may_come_later() {
    let bench = Bench::new();
    let mut typo = Script::at_terminal(&[PASSWORD, "something else entirely"]);
    let (_, done) = user(&bench, "add anna@example.com", &mut typo).await;
    assert!(is_usage(&done), "{done:?}");
    let (said, done) = user(&bench, "add anna@example.com", &mut Script::at_terminal(&[""])).await;
    done.unwrap();
    assert!(
        said.contains("doorward user set-password anna@example.com"),
        "{said}"
    );
    let (_, done) = user(&bench, "set-password anna@example.com", &mut Script::piped(&[])).await;
    assert!(is_usage(&done), "nobody to ask: {done:?}");
    let (_, done) = user(
        &bench,
        "set-password anna@example.com",
        &mut Script::at_terminal(&["short", "short"]),
    )
    .await;
    let reason = done.unwrap_err().to_string();
    assert_eq!(
        reason,
        "the password is too short: it needs at least 15 characters"
    );
    let mut both = Script::at_terminal(&[PASSWORD, PASSWORD]);
    let (said, done) = user(&bench, "set-password anna@example.com", &mut both).await;
    done.unwrap();
    assert!(
        said.contains("The password of anna@example.com is set."),
        "{said}"
    );
}

#[tokio::test]
async fn wrong_usage_is_told_from_what_failed() {
    let bench = Bench::new();
    bench.account(ANNA).await;
    for line in [
        "lock anna",
        "edit anna@example.com",
        "edit anna@example.com --language fr",
        "edit anna@example.com --group Staff,admins",
        "delete anna@example.com",
        "reset-mfa anna@example.com --reason lost",
    ] {
        let (_, done) = user(&bench, line, &mut Script::piped(&[])).await;
        assert!(is_usage(&done), "{line}: {done:?}");
    }
    let (_, done) = user(&bench, "lock bob@example.com", &mut Script::piped(&[])).await;
    assert!(!is_usage(&done), "{done:?}");
    assert!(
        Users::try_parse_from(["user", "reset-mfa", ANNA]).is_err(),
        "a reason is needed"
    );
    assert!(Users::try_parse_from(["user", "add", ANNA, "--invite"]).is_err());
    assert!(Users::try_parse_from(["user", "set-password", ANNA, "--password", "x"]).is_err());
}

#[tokio::test]
async fn a_portrait_says_what_is_so_and_what_to_type_next() {
    let bench = Bench::new();
    let anna = bench.account(ANNA).await;
    bench
        .change(anna.id, |account| {
            account.first_name = "Anna".to_owned();
            account.last_name = "Berg".to_owned();
            account.language = Language::parse("de");
        })
        .await;
    let secret = bench.give_app(anna.id).await;
    bench.give_codes(anna.id, 10).await;
    let browser = bench.signed_in_by_app(ANNA, &secret).await;
    let session = browser.cookies.session.clone().unwrap().digest();
    let yes = Answer::Yes {
        name: "Laptop",
        otherwise: "",
    };
    bench
        .desk
        .answer_trust(yes, &session, &browser.cookies, &browser.caller)
        .await
        .unwrap();
    for number in 0..10 {
        let mut stranger = bench.browser().at([198, 51, 100, number]);
        bench.password(&mut stranger, ANNA, "wrong").await;
    }
    let (said, done) = user(&bench, "show anna@example.com", &mut Script::piped(&[])).await;
    done.unwrap();
    let expected = "\
anna@example.com   Anna Berg   active
  language       de
  password       changed 2023-11-14
  second factor  app \"My phone\" (since 2023-11-14, last used today 22:13)
  recovery       10 of 10 codes left
  devices        1 trusted                       doorward device list anna@example.com
  sessions       1                               doorward user sign-out anna@example.com
  waiting        until 22:28 (wrong passwords)   doorward user unlock anna@example.com
";
    assert_eq!(said, expected);
    let (said, done) = run(&bench, "show anna@example.com", &mut Script::piped(&[]), true).await;
    done.unwrap();
    let shown: serde_json::Value = serde_json::from_str(&said).unwrap();
    assert_eq!(shown["apps"][0]["name"], "My phone");
    assert_eq!(shown["waits"][0]["limit"], "name");
    assert_eq!(shown["sessions"], 1);
    assert!(!said.contains("argon2"), "no secret, not even its hash");
    let (said, done) = run(&bench, "list", &mut Script::piped(&[]), true).await;
    done.unwrap();
    assert_eq!(
        serde_json::from_str::<serde_json::Value>(&said).unwrap()[0]["email"],
        ANNA
    );
}

#[tokio::test]
async fn whoever_destroys_types_the_address() {
    let bench = Bench::new();
    let anna = bench.account(ANNA).await;
    bench.give_app(anna.id).await;
    bench.give_codes(anna.id, 7).await;
    let line = "reset-mfa anna@example.com --reason ticket";
    let mut no = Script::at_terminal(&["yes"]);
    let (said, done) = user(&bench, line, &mut no).await;
    assert!(done.is_err() && said.ends_with("Nothing was done.\n"), "{said}");
    assert!(
        said.starts_with("This removes 1 app, 7 recovery codes and 0 trusted devices of anna@example.com"),
        "{said}"
    );
    assert_eq!(no.asked, ["Type the address to go on (anna@example.com):"]);
    assert_eq!(bench.stored(anna.id).await.apps.len(), 1);
    let (said, done) = user(&bench, line, &mut Script::at_terminal(&[ANNA])).await;
    done.unwrap();
    assert!(
        said.ends_with("Done. The next sign-in: password, email code.\n"),
        "{said}"
    );
    assert!(bench.stored(anna.id).await.apps.is_empty());
    let (said, done) = user(&bench, "delete anna@example.com --yes", &mut Script::piped(&[])).await;
    done.unwrap();
    assert_eq!(said, "Deleted anna@example.com.\n");
}

#[tokio::test]
async fn a_device_is_listed_and_removed_by_its_id() {
    let bench = Bench::new();
    let anna = bench.account(ANNA).await;
    let browser = bench.signed_in(ANNA).await;
    let session = browser.cookies.session.clone().unwrap().digest();
    let yes = Answer::Yes {
        name: "Laptop",
        otherwise: "",
    };
    bench
        .desk
        .answer_trust(yes, &session, &browser.cookies, &browser.caller)
        .await
        .unwrap();
    let id = bench.stored(anna.id).await.devices[0].id.to_string();
    let perform = async |words: Vec<&str>, yes: bool| {
        let verb = Devices::try_parse_from(["device"].into_iter().chain(words))
            .unwrap()
            .verb;
        let mut out = Vec::new();
        let mut script = Script::piped(&[]);
        let mut console = Console {
            out: &mut out,
            answers: &mut script,
            json: false,
            yes,
        };
        let done = device::perform(&verb, &bench.desk, &context(), &mut console).await;
        (String::from_utf8(out).unwrap(), done)
    };
    let (said, done) = perform(vec!["list", ANNA], false).await;
    done.unwrap();
    assert!(
        said.contains(&id) && said.contains("Laptop") && said.contains("2024-02-12"),
        "{said}"
    );
    let (_, done) = perform(vec!["remove", ANNA, &id], false).await;
    assert!(is_usage(&done), "{done:?}");
    let (said, done) = perform(vec!["remove", ANNA, &id], true).await;
    done.unwrap();
    assert!(
        said.starts_with("\"Laptop\" of anna@example.com is trusted no more."),
        "{said}"
    );
    let (said, _) = perform(vec!["list", ANNA], false).await;
    assert_eq!(said, "anna@example.com has no trusted devices.\n");
}
