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
use crate::cli::event::{self, EventCommand};
use crate::cli::portrait::Clockface;
use crate::cli::session::{self, SessionCommand};
use crate::identity::account::{EmailAddress, Status};
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

#[derive(clap::Parser)]
struct Sessions {
    #[command(subcommand)]
    verb: SessionCommand,
}

#[derive(clap::Parser)]
struct Events {
    #[command(subcommand)]
    verb: EventCommand,
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
async fn an_invitation_says_its_language_and_its_end_and_may_be_repeated() {
    let bench = Bench::new();
    let line = "add anna@example.com --language de --invite";
    let (said, done) = user(&bench, line, &mut Script::at_terminal(&[])).await;
    done.unwrap();
    let sent = "Invitation sent in German; its link works until 2023-11-17 22:13.\n";
    assert_eq!(said, format!("Added anna@example.com.\n{sent}"));
    let (said, done) = user(&bench, line, &mut Script::piped(&[])).await;
    done.unwrap();
    let there = "anna@example.com is there already, without a password; nothing else was changed.\n";
    assert_eq!(said, format!("{there}{sent}"));
    assert_eq!(bench.links().len(), 2);
    assert!(
        !said.contains(&bench.links()[1]),
        "a link is for its letter alone"
    );
    assert!(Users::try_parse_from(["user", "add", ANNA, "--invite", "--password-stdin"]).is_err());
    bench.account("ben@example.com").await;
    let (_, done) = user(&bench, "add ben@example.com --invite", &mut Script::piped(&[])).await;
    let reason = done.unwrap_err().to_string();
    assert_eq!(reason, "there is an account ben@example.com already");
}

#[tokio::test]
async fn a_registration_that_waits_is_shown_and_approved_once() {
    let bench = Bench::new();
    let anna = bench.account(ANNA).await;
    let since = bench.desk.now();
    let waiting = Status::Waiting { since };
    bench.change(anna.id, |account| account.status = waiting).await;
    let nobody = || Script::piped(&[]);
    let (said, _) = user(&bench, "list", &mut nobody()).await;
    assert!(said.contains("waiting"), "{said}");
    let (said, _) = user(&bench, "show anna@example.com", &mut nobody()).await;
    assert!(said.contains("waits since 2023-11-14"), "{said}");
    assert!(said.contains("doorward user approve anna@example.com"), "{said}");
    for verb in ["lock anna@example.com --yes", "unlock anna@example.com"] {
        user(&bench, verb, &mut nobody()).await.1.unwrap();
        assert_eq!(bench.stored(anna.id).await.status, waiting, "{verb}");
    }
    let line = "approve anna@example.com --reason ticket";
    let (said, done) = user(&bench, line, &mut nobody()).await;
    done.unwrap();
    assert!(
        said.starts_with("Approved anna@example.com: signing in is possible now."),
        "{said}"
    );
    let (said, _) = user(&bench, line, &mut nobody()).await;
    assert_eq!(said, "anna@example.com was not waiting for approval.\n");
    let (_, done) = user(&bench, "approve nobody@example.com", &mut nobody()).await;
    assert_eq!(
        done.unwrap_err().to_string(),
        "there is no account nobody@example.com"
    );
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

#[tokio::test]
async fn a_suspension_takes_a_span_and_a_reason_and_shows() {
    let bench = Bench::new();
    let anna = bench.account(ANNA).await;
    bench.give_app(anna.id).await;
    for wrong in [
        "suspend-mfa anna@example.com --reason lost",
        "suspend-mfa anna@example.com --for 24h",
        "suspend-mfa anna@example.com --for 24 --reason lost",
        "suspend-mfa anna@example.com --for 30s --reason lost",
        "suspend-mfa anna@example.com --for 31d --reason lost",
    ] {
        let parsed = Users::try_parse_from(["user"].into_iter().chain(wrong.split(' ')));
        assert!(parsed.is_err(), "{wrong}");
    }
    let line = "suspend-mfa anna@example.com --for 24h --reason lost";
    let (_, done) = user(&bench, line, &mut Script::piped(&[])).await;
    assert!(is_usage(&done), "nobody to ask: {done:?}");
    let mut yes = Script::at_terminal(&[ANNA]);
    let (said, done) = user(&bench, line, &mut yes).await;
    done.unwrap();
    assert!(
        said.contains("Until 2023-11-15 22:13 the password alone is enough for anna@example.com"),
        "{said}"
    );
    let (said, done) = user(&bench, "show anna@example.com", &mut Script::piped(&[])).await;
    done.unwrap();
    assert!(
        said.contains("suspended      until 2023-11-15 22:13 the password is enough"),
        "{said}"
    );
    let (said, _) = run(&bench, "show anna@example.com", &mut Script::piped(&[]), true).await;
    let shown: serde_json::Value = serde_json::from_str(&said).unwrap();
    assert_eq!(shown["mfa_suspended_until"], "2023-11-15T22:13:30Z");
}

/// Runs `session …` and gives back what was said.
async fn sessions(
    bench: &Bench,
    line: &str,
    script: &mut Script,
    json: bool,
) -> (String, anyhow::Result<()>) {
    let verb = Sessions::try_parse_from(["session"].into_iter().chain(line.split(' ')))
        .unwrap()
        .verb;
    let mut out = Vec::new();
    let mut console = Console {
        out: &mut out,
        answers: script,
        json,
        yes: line.ends_with("--yes"),
    };
    let done = session::perform(&verb, &bench.desk, &context(), &mut console).await;
    (String::from_utf8(out).unwrap(), done)
}

#[tokio::test]
async fn sessions_are_listed_and_ended_one_by_one() {
    let bench = Bench::new();
    bench.account(ANNA).await;
    let none = &mut Script::piped(&[]);
    let (said, done) = sessions(&bench, "list anna@example.com", none, false).await;
    done.unwrap();
    assert_eq!(said, "anna@example.com is not signed in anywhere.\n");
    let browser = bench.signed_in(ANNA).await;
    let (said, done) = sessions(&bench, "list anna@example.com", none, true).await;
    done.unwrap();
    let listed: serde_json::Value = serde_json::from_str(&said).unwrap();
    assert_eq!(listed[0]["browser"], "Firefox");
    assert_eq!(listed[0]["method"], "password+email");
    let id = listed[0]["id"].as_str().unwrap().to_owned();
    let (said, _) = sessions(&bench, "list anna@example.com", none, false).await;
    assert!(
        said.contains(&id) && said.contains("Firefox on Windows"),
        "{said}"
    );
    let end = format!("end anna@example.com {id}");
    let (said, done) = sessions(&bench, &end, &mut Script::at_terminal(&["no"]), false).await;
    assert!(done.is_err(), "{said}");
    assert!(bench.visitor(&browser).await.is_some());
    let (said, done) = sessions(&bench, &format!("{end} --yes"), none, false).await;
    done.unwrap();
    assert!(
        said.starts_with("Ended that session of anna@example.com"),
        "{said}"
    );
    assert!(bench.visitor(&browser).await.is_none());
    let (_, done) = sessions(&bench, &format!("{end} --yes"), none, false).await;
    let reason = done.unwrap_err().to_string();
    assert_eq!(reason, format!("anna@example.com has no session {id}"));
}

/// Runs `event …` and gives back what was said.
async fn events(bench: &Bench, line: &str, json: bool) -> (String, anyhow::Result<()>) {
    let verb = Events::try_parse_from(["event"].into_iter().chain(line.split(' ')))
        .unwrap()
        .verb;
    let mut out = Vec::new();
    let mut console = Console {
        out: &mut out,
        answers: &mut Script::piped(&[]),
        json,
        yes: false,
    };
    let done = event::perform(&verb, &bench.desk, &context(), &mut console).await;
    (String::from_utf8(out).unwrap(), done)
}

/// INJ-11: what an operator typed stays on its line.
#[tokio::test]
async fn the_trail_says_what_happened_to_whom_by_whom_and_why() {
    let bench = Bench::new();
    bench.account(ANNA).await;
    let (said, done) = events(&bench, "list", false).await;
    done.unwrap();
    assert_eq!(said, "Nothing has happened since then.\n");
    bench.signed_in(ANNA).await;
    let operator = Operator {
        reason: Some("=cmd|' /C calc'!A0 \"x\"\r\n\u{1b}[2J".to_owned()),
        ..context().operator
    };
    bench.desk.admin_lock(ANNA, &operator).await.unwrap();
    let (said, done) = events(&bench, "list --user anna@example.com --since 1h", false).await;
    done.unwrap();
    let last = said.lines().last().unwrap();
    assert!(last.starts_with("2023-11-14 22:13:30  support.locked"), "{said}");
    assert!(
        last.contains("anna@example.com") && last.contains("by=root \"=cmd|"),
        "{last}"
    );
    assert!(!said.contains('\u{1b}') && !said.contains('\r'), "{said:?}");
    assert!(said.contains("method=password+email"), "{said}");
    let (said, done) = events(&bench, "list --user anna@example.com", true).await;
    done.unwrap();
    let all: serde_json::Value = serde_json::from_str(&said).unwrap();
    let last = all.as_array().unwrap().last().unwrap();
    assert_eq!(last["event"], "support.locked");
    assert_eq!(last["at"], "2023-11-14T22:13:30Z");
    assert_eq!(last["email"], ANNA);
    bench.pass(7200);
    let (said, _) = events(&bench, "list --since 1h", true).await;
    assert_eq!(said, "[]\n");
    let (_, done) = events(&bench, "list --user bob@example.com", false).await;
    assert!(done.is_err());
    assert!(Events::try_parse_from(["event", "list", "--since", "yesterday"]).is_err());
}

#[test]
fn an_address_is_pasted_into_a_shell_as_it_is() {
    for (address, pasted) in [
        (ANNA, ANNA),
        ("a`id`@example.com", "'a`id`@example.com'"),
        ("$x@example.com", "'$x@example.com'"),
        ("o'hara@example.com", "\"o'hara@example.com\""),
    ] {
        let email = EmailAddress::parse(address).unwrap();
        assert_eq!(crate::cli::portrait::in_shell(&email), pasted);
    }
}
