//! Does this account exist?

use std::time::Duration;

use doorward::identity::account::Status;
use doorward::identity::settings::HashCost;
use serde_json::json;

use super::walker::{
    ALICE, SIGN_IN, WRONG, alike, body, from, masked, median, pass, timed, token, type_password,
};
use crate::rig::gateway::{PASSWORD, Rig};

/// Five names of one length: nobody's; an account's; one that support locked, with its right password;
/// one without a password; one that is no address.
const NAMES: [(&str, &str); 5] = [
    ("nobody@example.com", WRONG),
    ("known1@example.com", WRONG),
    ("locked@example.com", PASSWORD),
    ("blank1@example.com", WRONG),
    ("not an address.com", WRONG),
];

async fn rig_with_all() -> Rig {
    let rig = Rig::with(&json!({ "limits": { "address": 10_000, "address_day": 100_000, "address_names": 1000, "password_unknown": 100 } })).await;
    add_all(&rig).await;
    rig
}

async fn add_all(rig: &Rig) {
    rig.add("known1@example.com").await;
    let since = rig.now();
    rig.add_with("locked@example.com", |account| {
        account.status = Status::Locked { since };
    })
    .await;
    rig.add_with("blank1@example.com", |account| account.password = None)
        .await;
}

#[tokio::test]
async fn enum_01_all_names_get_one_answer() {
    let rig = Rig::start().await;
    add_all(&rig).await;
    // The tenth reaches the limit, the eleventh waits: one answer at each step.
    for step in 1..=11 {
        let mut answers = Vec::new();
        for (n, (name, password)) in NAMES.into_iter().enumerate() {
            let mut client = from(&rig, &format!("203.0.{n}.{step}"));
            let answer = type_password(&mut client, name, password).await;
            assert_eq!(
                answer.status,
                if step <= 10 { 422 } else { 429 },
                "{name}, {step}"
            );
            assert_eq!(client.jar.get("doorward"), None, "{name}");
            answers.push((name, masked(&answer, name)));
        }
        let (_, generic) = &answers[0];
        for (name, answer) in &answers[1..] {
            assert_eq!(answer, generic, "{name}, {step}");
        }
    }
}

#[tokio::test]
async fn enum_01_the_length_of_a_password_tells_nothing() {
    let rig = rig_with_all().await;
    let long = "x".repeat(1025);
    let mut answers = Vec::new();
    for (name, _) in NAMES {
        let answer = type_password(&mut from(&rig, "192.0.2.1"), name, &long).await;
        assert_eq!(answer.status, 422, "{name}");
        answers.push(masked(&answer, name));
    }
    assert!(answers.iter().all(|it| *it == answers[0]), "{answers:?}");
}

/// Hashing costs here what it costs at least in the field: if only a known name were hashed, the
/// difference would be many times what is allowed.
///
/// Samples are taken in turn, so that whatever else the machine does falls on all kinds alike, and
/// medians are compared. One repetition is allowed: a machine that is paused in the middle of a run
/// shifts even a median, while a gateway that tells shows it in every run.
#[tokio::test]
async fn enum_02_time_tells_nothing() {
    let rig = rig_with_all().await;
    let mut rules = rig.app.desk.rules.load().as_ref().clone();
    rules.passwords.hash = HashCost {
        memory: 19 * 1024 * 1024,
        passes: 2,
        lanes: 1,
    };
    rig.app.desk.rules.store(rules.into());
    for n in 0..4 {
        rig.add(&format!("here{n}@example.com")).await;
        rig.add_with(&format!("shut{n}@example.com"), |account| {
            account.status = Status::Locked {
                since: account.created,
            };
        })
        .await;
    }

    let first = measure(&rig).await;
    if apart(&first).is_some() {
        rig.advance(Duration::from_secs(2 * 3600));
        let second = measure(&rig).await;
        assert_eq!(apart(&second), None, "first {first:?}, then {second:?}");
    }
}

/// Medians of 300 wrong passwords each for names that nobody has, that somebody has, and that support
/// has locked; four names of each kind.
async fn measure(rig: &Rig) -> [Duration; 3] {
    let mut client = from(rig, "192.0.2.1");
    let token = token(&client.get(SIGN_IN).await);
    let mut samples: [Vec<Duration>; 3] = Default::default();
    for n in 0..300 {
        for turn in 0..3 {
            let kind = (n + turn) % 3;
            let name = format!("{}{}@example.com", ["none", "here", "shut"][kind], n % 4);
            let form = body(&[("csrf", &token), ("username", &name), ("password", WRONG)]);
            let (took, answer) = timed(client.post(SIGN_IN, &form)).await;
            assert_eq!(answer.status, 422, "{name}");
            samples[kind].push(took);
        }
    }
    samples.map(|it| median(&it))
}

fn apart(medians: &[Duration; 3]) -> Option<(Duration, Duration)> {
    let [nobody, others @ ..] = medians;
    let told = others.iter().find(|it| !alike(*nobody, **it));
    told.map(|it| (*nobody, *it))
}

#[tokio::test]
async fn enum_08_where_the_code_went_is_masked() {
    let rig = Rig::with(&json!({ "second_factor": { "email_fallback": true } })).await;
    rig.add(ALICE).await;
    let mut client = rig.client();
    let page = pass(&mut client, ALICE).await.expect("code-email");
    assert!(
        page.html().words().contains("a•••@example.com"),
        "{}",
        page.html().words()
    );
    let methods = client.get("/_auth/methods").await.expect("methods");
    assert!(methods.html().words().contains("a•••@example.com"));
    for page in [&page, &methods] {
        assert!(!page.html().words().contains(ALICE), "{}", page.html().words());
        let elsewhere = page
            .text()
            .replace(&format!("autocomplete=\"username\" value=\"{ALICE}\""), "");
        assert!(!elsewhere.contains("alice"), "{elsewhere}");
    }
}
