//! CODE-09 where a factor is being added: five wrong codes end a phone number and an app's secret, on the
//! account pages and in the set-up, one after the other and all at once.

use std::time::Duration;

use doorward::identity::account::Account;
use serde_json::json;
use tokio::task::JoinSet;

use super::visit::{ALICE, after_password};
use crate::rig::authenticator::Authenticator;
use crate::rig::binary::merge;
use crate::rig::client::{Client, Page};
use crate::rig::gateway::{PASSWORD, Rig};
use crate::rig::phones::Phones;

const NUMBER: &str = "+41791234567";
const TOO_MANY: &str = "Too many wrong codes.";

/// How the guesses come.
#[derive(Clone, Copy, PartialEq, Debug)]
enum Guessing {
    InTurn,
    AtOnce,
}

const BOTH: [Guessing; 2] = [Guessing::InTurn, Guessing::AtOnce];

/// A gateway with text messages, where everybody sets up an app with the password alone; or may do so.
async fn with_texts(app_setup: &str) -> (Rig, Phones) {
    let phones = Phones::start().await;
    let mut all = phones.config("recovery");
    let floor = if app_setup == "required" { "none" } else { "email" };
    merge(
        &mut all,
        &json!({ "second_factor": { "app_setup": app_setup, "floor": floor } }),
    );
    let rig = Rig::with(&all).await;
    rig.add(ALICE).await;
    (rig, phones)
}

/// Posts `code` as often as a flow allows, and once more than that is not needed: what each post got.
async fn guesses(client: &Client, page: &Page, code: &str, guessing: Guessing) -> Vec<Page> {
    let form = page.forms_with("code").set("code", code);
    let mut sending = JoinSet::new();
    let mut answers = Vec::new();
    for _ in 0..5 {
        let (mut client, page, form) = (client.clone(), page.clone(), form.clone());
        sending.spawn(async move { client.submit(&page, &form).await });
        if guessing == Guessing::InTurn {
            answers.push(sending.join_next().await.unwrap().unwrap());
        }
    }
    answers.extend(sending.join_all().await);
    answers
}

/// All were refused, and exactly one of them ended it.
#[track_caller]
fn expect_one_end(answers: &[Page], guessing: Guessing) {
    assert_eq!(answers.len(), 5);
    assert!(answers.iter().all(|it| it.status == 422), "{answers:?}");
    let over: Vec<bool> = answers
        .iter()
        .map(|it| it.html().words().contains(TOO_MANY))
        .collect();
    assert_eq!(over.iter().filter(|it| **it).count(), 1, "{guessing:?}: {over:?}");
    if guessing == Guessing::InTurn {
        assert_eq!(over.last(), Some(&true), "{over:?}");
    }
}

fn another(code: &str) -> &'static str {
    if code == "000000" { "000001" } else { "000000" }
}

/// Six digits that the app does not show around now.
fn not_of(app: &Authenticator, rig: &Rig) -> String {
    let near: Vec<String> = (0..20)
        .map(|step| {
            app.code(
                rig.now()
                    .plus(Duration::from_secs(60))
                    .minus(Duration::from_secs(step * 30)),
            )
        })
        .collect();
    let mut codes = (0..).map(|it| format!("{it:06}"));
    codes.find(|it| !near.contains(it)).unwrap()
}

/// Guesses at the number's code on this page, and what the page at `path` is after that.
async fn guess_the_number(
    (rig, phones): (&Rig, &Phones),
    client: &mut Client,
    page: &Page,
    path: &str,
    guessing: Guessing,
) {
    let form = page.form(path).set("phone", NUMBER);
    let asked = client.submit_and_follow(page, &form).await;
    let code = phones.newest_for(NUMBER).code();
    let answers = guesses(client, &asked, another(&code), guessing).await;
    expect_one_end(&answers, guessing);
    let over = answers.iter().find(|it| it.html().words().contains(TOO_MANY));
    let asks = over.unwrap().form(path);
    assert_eq!(asks.value("phone"), Some(NUMBER), "nobody types it twice");

    let form = asked.forms_with("code").set("code", &code);
    let late = client.submit(&asked, &form).await;
    assert_eq!(
        (late.status, late.location()),
        (303, path),
        "the right one is void"
    );
    assert!(rig.account(ALICE).await.phone.is_none());
    let page = client.open(path).await;
    assert!(page.form(path).value("phone").is_some(), "{}", page.text());

    // A new code has to be asked for; it counts against what may be sent, and it works.
    assert_eq!(phones.count(), 1);
    rig.advance(Duration::from_secs(31));
    let form = page.form(path).set("phone", NUMBER);
    let asked = client.submit_and_follow(&page, &form).await;
    assert_eq!(phones.count(), 2);
    let code = phones.newest_for(NUMBER).code();
    let form = asked.forms_with("code").set("code", &code);
    client.submit_and_follow(&asked, &form).await;
    assert!(rig.account(ALICE).await.phone.is_some(), "{guessing:?}");
}

/// Guesses at the code of the app on this page, and what the page at `path` is after that.
async fn guess_the_app(rig: &Rig, client: &mut Client, page: &Page, path: &str, guessing: Guessing) {
    let apps = async || -> Account { rig.account(ALICE).await };
    let app = Authenticator::scan(page);
    let answers = guesses(client, page, &not_of(&app, rig), guessing).await;
    expect_one_end(&answers, guessing);
    let shown = client.open(path).await;
    let fresh = Authenticator::scan(&shown);
    assert_ne!(fresh.secret, app.secret);
    let words = shown.html().words();
    assert!(
        words.contains(TOO_MANY) && words.contains("remove the old entry from your app"),
        "it is said for as long as it is shown: {words}"
    );
    let old = shown.forms_with("code").set("code", &rig.code_of(&app));
    let refused = client.submit(&shown, &old).await;
    assert_eq!(refused.status, 422, "the right code of the old one is void");
    assert!(apps().await.apps.is_empty());
    let form = shown.forms_with("code").set("code", &rig.code_of(&fresh));
    client.submit_and_follow(&shown, &form).await;
    assert_eq!(apps().await.apps.len(), 1, "{guessing:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn code_09_five_guesses_end_a_number_that_is_being_added() {
    for guessing in BOTH {
        let (rig, phones) = with_texts("offer").await;
        let mut alice = rig.signed_in(ALICE).await;
        let page = alice.open("/_auth/account/phone").await.expect("account-phone");
        let form = page.form("/_auth/account/phone").press("begin", "phone");
        let page = alice.submit_and_follow(&page, &form).await;
        guess_the_number(
            (&rig, &phones),
            &mut alice,
            &page,
            "/_auth/account/phone",
            guessing,
        )
        .await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn code_09_five_guesses_end_a_number_in_the_set_up() {
    for guessing in BOTH {
        let (rig, phones) = with_texts("required").await;
        let mut alice = rig.client();
        let page = after_password(&mut alice, ALICE, PASSWORD)
            .await
            .expect("setup-why");
        let form = page.form("/_auth/setup/why");
        let page = alice.submit_and_follow(&page, &form).await.expect("setup-phone");
        guess_the_number((&rig, &phones), &mut alice, &page, "/_auth/setup/phone", guessing).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn code_09_five_guesses_end_an_app_that_is_being_added() {
    for guessing in BOTH {
        let rig = Rig::start().await;
        rig.add(ALICE).await;
        let mut alice = rig.signed_in(ALICE).await;
        let page = alice.open("/_auth/account/app").await.expect("account-app");
        let form = page.press("/_auth/account/app", "begin", "app");
        let page = alice
            .submit_and_follow(&page, &form)
            .await
            .expect("account-app-setup");
        guess_the_app(&rig, &mut alice, &page, "/_auth/account/app/setup", guessing).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn code_09_five_guesses_end_an_app_in_the_set_up() {
    let changes = json!({ "second_factor": { "app_setup": "required", "floor": "none" } });
    for guessing in BOTH {
        let rig = Rig::with(&changes).await;
        rig.add(ALICE).await;
        let mut alice = rig.client();
        let page = after_password(&mut alice, ALICE, PASSWORD)
            .await
            .expect("setup-why");
        let form = page.form("/_auth/setup/why");
        let page = alice.submit_and_follow(&page, &form).await.expect("setup-app");
        guess_the_app(&rig, &mut alice, &page, "/_auth/setup/app", guessing).await;
    }
}

/// Whoever knows the password of somebody without a second factor looks at a QR code first and waits: the
/// owner is shown another one, and hears that there was one before.
#[tokio::test]
async fn mfa_04_a_secret_that_somebody_else_was_shown_is_never_confirmed() {
    let changes = json!({ "second_factor": { "app_setup": "required", "floor": "none" } });
    let rig = Rig::with(&changes).await;
    rig.add(ALICE).await;
    let shown = async |client: &mut Client| {
        let page = after_password(client, ALICE, PASSWORD).await.expect("setup-why");
        let form = page.form("/_auth/setup/why");
        client.submit_and_follow(&page, &form).await.expect("setup-app")
    };
    let page = shown(&mut rig.client()).await;
    let of_the_thief = Authenticator::scan(&page);
    assert!(!page.html().words().contains("You were shown a QR code before."));

    let mut alice = rig.client();
    let page = shown(&mut alice).await;
    let of_alice = Authenticator::scan(&page);
    assert_ne!(of_alice.secret, of_the_thief.secret);
    assert!(
        page.html().words().contains("You were shown a QR code before."),
        "{}",
        page.text()
    );
    let form = page.forms_with("code").set("code", &rig.code_of(&of_alice));
    alice.submit_and_follow(&page, &form).await.expect("setup-codes");
    assert_eq!(rig.account(ALICE).await.apps.len(), 1);
}
