//! A code works once, however many people send it in the same instant.

use doorward::identity::factor::recovery::{RecoveryCode, RecoverySet};
use tokio::task::JoinSet;

use crate::rig::client::{Client, Page};
use crate::rig::gateway::{PASSWORD, Rig};
use crate::rig::html::Form;
use crate::rig::walk;

const ANNA: &str = "anna@example.com";

/// Sends each browser's form at the same instant; whoever has a session after that.
async fn all_at_once(sending: Vec<(Client, Page, Form)>) -> Vec<Client> {
    let mut sent = JoinSet::new();
    for (mut client, page, form) in sending {
        sent.spawn(async move {
            let answer = client.submit(&page, &form).await;
            // Signed in, refused, asked to start again, or told to wait: nothing else.
            assert!(
                [303, 422, 429].contains(&answer.status),
                "{} {}",
                answer.status,
                answer.text()
            );
            client
        });
    }
    let clients = sent.join_all().await;
    clients
        .into_iter()
        .filter(|it| it.jar.get("doorward").is_some())
        .collect()
}

/// Exactly one of them is signed in, and the store knows of no other.
async fn expect_one(rig: &Rig, signed_in: Vec<Client>) {
    assert_eq!(signed_in.len(), 1);
    let account = rig.account(ANNA).await;
    let sessions = rig.app.desk.store.sessions_of(account.id).await.unwrap();
    assert_eq!(sessions.len(), 1);
    let beginning = doorward::base::time::Timestamp::from_unix_seconds(0);
    let events = rig
        .app
        .desk
        .store
        .events(Some(account.id), beginning, 10_000)
        .await;
    let opened = events
        .unwrap()
        .iter()
        .filter(|it| it.name == "session.opened")
        .count();
    assert_eq!(opened, 1);
    let mut winner = signed_in.into_iter().next().unwrap();
    assert_eq!(winner.get("/").await.text(), "portal: GET /\n");
}

async fn after_password(rig: &Rig) -> (Client, Page) {
    let mut client = rig.client();
    let page = client.open("/").await.expect("sign-in");
    let page = walk::give_password(&mut client, &page, ANNA, PASSWORD).await;
    (client, page)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn one_mailed_code_sent_fifty_times() {
    let rig = Rig::start().await;
    rig.add(ANNA).await;
    let (client, page) = after_password(&rig).await;
    let code = rig.smtp.next_for(ANNA, 0).await.code();
    let form = page.form("/_auth/code/email").set("code", &code);

    let signed_in = all_at_once(vec![(client, page, form); 50]).await;

    expect_one(&rig, signed_in).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn one_app_code_in_two_flows() {
    let rig = Rig::start().await;
    rig.add(ANNA).await;
    let app = rig.give_app(ANNA).await;
    let code = rig.code_of(&app);
    let mut sending = Vec::new();
    for _ in 0..2 {
        let (client, page) = after_password(&rig).await;
        let form = page.form("/_auth/code/app").set("code", &code);
        sending.extend(vec![(client, page, form); 15]);
    }

    let signed_in = all_at_once(sending).await;

    expect_one(&rig, signed_in).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn one_recovery_code_in_two_flows() {
    let rig = Rig::start().await;
    rig.add(ANNA).await;
    rig.give_app(ANNA).await;
    let codes: Vec<RecoveryCode> = (0..3).map(|_| RecoveryCode::draw(&rig.entropy)).collect();
    let id = rig.account(ANNA).await.id;
    let set = RecoverySet::keep(&codes, id, &rig.app.desk.keys, rig.now());
    rig.change(ANNA, |account| account.recovery = Some(set)).await;
    let mut sending = Vec::new();
    for _ in 0..2 {
        let (mut client, _) = after_password(&rig).await;
        let page = client.open("/_auth/code/recovery").await.expect("code-recovery");
        let form = page
            .form("/_auth/code/recovery")
            .set("recovery_code", &codes[0].printed());
        sending.extend(vec![(client, page, form); 15]);
    }

    let signed_in = all_at_once(sending).await;

    expect_one(&rig, signed_in).await;
    assert_eq!(rig.account(ANNA).await.recovery.unwrap().left(), 2);
}
