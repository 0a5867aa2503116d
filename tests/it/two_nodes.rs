//! Two nodes on one Redis: what works once works once on both together, and what has ended has ended
//! on both.

use std::time::{Duration, Instant};

use doorward::base::time::Timestamp;
use doorward::identity::factor::recovery::{RecoveryCode, RecoverySet};
use futures_util::{SinkExt as _, StreamExt as _};
use serde_json::json;
use tokio::task::JoinSet;
use tokio_tungstenite::tungstenite::Message as Frame;

use crate::rig::authenticator::Authenticator;
use crate::rig::client::{Client, Page};
use crate::rig::gateway::{Node, PASSWORD, Rig};
use crate::rig::html::Form;
use crate::rig::redis::Redis;
use crate::rig::wait::eventually;
use crate::rig::walk;

const ANNA: &str = "anna@example.com";

struct Pair {
    one: Rig,
    two: Node,
    redis: Redis,
}

impl Pair {
    async fn start() -> Self {
        Self::with(json!({})).await
    }

    async fn with(mut changes: serde_json::Value) -> Self {
        let redis = Redis::start().await;
        crate::rig::binary::merge(&mut changes, &redis.settings());
        let one = Rig::with(&changes).await;
        let two = one.beside(&changes).await;
        Self { one, two, redis }
    }

    /// This form 25 times from this browser to each node, all at the same instant.
    async fn flood(&self, client: &Client, page: &Page, form: &Form) -> Vec<(Client, Page)> {
        let elsewhere = self.two.takes(client);
        let mut sent = JoinSet::new();
        for place in 0..50 {
            let mut client = if place % 2 == 0 {
                client.clone()
            } else {
                elsewhere.clone()
            };
            let (page, form) = (page.clone(), form.clone());
            sent.spawn(async move {
                let answer = client.submit(&page, &form).await;
                (client, answer)
            });
        }
        let answered = sent.join_all().await;
        for (_, answer) in &answered {
            // Done, refused, asked to start again, told to wait, or that it is used up: nothing else.
            assert!(
                [200, 303, 410, 422, 429].contains(&answer.status),
                "{} {}",
                answer.status,
                answer.text()
            );
        }
        answered
    }

    async fn count(&self, event: &str) -> usize {
        let store = &self.one.app.desk.store;
        let events = store.events(None, Timestamp::from_unix_seconds(0), 100_000).await;
        events.unwrap().iter().filter(|it| it.name == event).count()
    }

    /// Exactly one session was opened, and whoever has it is in at both nodes.
    async fn expect_one(&self, answered: Vec<(Client, Page)>) {
        let signed_in: Vec<Client> = answered
            .into_iter()
            .map(|(client, _)| client)
            .filter(|client| client.jar.get("doorward").is_some())
            .collect();
        assert_eq!(signed_in.len(), 1);
        let account = self.one.account(ANNA).await;
        let sessions = self.one.app.desk.store.sessions_of(account.id).await.unwrap();
        assert_eq!(sessions.len(), 1);
        assert_eq!(self.count("session.opened").await, 1);
        let mut winner = signed_in.into_iter().next().unwrap();
        assert_eq!(winner.get("/").await.text(), "portal: GET /\n");
        let mut elsewhere = self.two.takes(&winner);
        assert_eq!(elsewhere.get("/").await.text(), "portal: GET /\n");
    }

    async fn after_password(&self) -> (Client, Page) {
        let mut client = self.one.client();
        let page = client.open("/").await.expect("sign-in");
        let page = walk::give_password(&mut client, &page, ANNA, PASSWORD).await;
        (client, page)
    }

    /// Signed in at the first node, with a fresh code of the app.
    async fn signed_in(&self, app: &Authenticator) -> Client {
        self.one.advance(Duration::from_secs(60));
        let (mut client, page) = self.after_password().await;
        let code = self.one.code_of(app);
        let page = walk::give_app_code(&mut client, &page.expect("code-app"), &code).await;
        walk::answer_trust(&mut client, &page.expect("trust"), false).await;
        client
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn one_mailed_code_sent_to_both() {
    let pair = Pair::start().await;
    pair.one.add(ANNA).await;
    let (client, page) = pair.after_password().await;
    let code = pair.one.smtp.next_for(ANNA, 0).await.code();
    let form = page.form("/_auth/code/email").set("code", &code);

    let answered = pair.flood(&client, &page, &form).await;

    pair.expect_one(answered).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn one_app_code_sent_to_both() {
    let pair = Pair::start().await;
    pair.one.add(ANNA).await;
    let app = pair.one.give_app(ANNA).await;
    let (client, page) = pair.after_password().await;
    let form = page.form("/_auth/code/app").set("code", &pair.one.code_of(&app));

    let answered = pair.flood(&client, &page, &form).await;

    pair.expect_one(answered).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn one_recovery_code_sent_to_both() {
    let pair = Pair::start().await;
    let rig = &pair.one;
    rig.add(ANNA).await;
    rig.give_app(ANNA).await;
    let codes: Vec<RecoveryCode> = (0..3).map(|_| RecoveryCode::draw(&rig.entropy)).collect();
    let id = rig.account(ANNA).await.id;
    let set = RecoverySet::keep(&codes, id, &rig.app.desk.keys, rig.now());
    rig.change(ANNA, |account| account.recovery = Some(set)).await;
    let (mut client, _) = pair.after_password().await;
    let page = client.open("/_auth/code/recovery").await.expect("code-recovery");
    let form = page
        .form("/_auth/code/recovery")
        .set("recovery_code", &codes[0].printed());

    let answered = pair.flood(&client, &page, &form).await;

    pair.expect_one(answered).await;
    assert_eq!(rig.account(ANNA).await.recovery.unwrap().left(), 2);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn one_reset_link_used_at_both() {
    let pair = Pair::start().await;
    let rig = &pair.one;
    rig.add(ANNA).await;
    let mut client = rig.client();
    let page = client.get("/_auth/reset").await.expect("reset");
    let asked = client
        .submit(&page, &page.form("/_auth/reset").set("username", ANNA))
        .await;
    assert_eq!(asked.status, 303);
    let letter = rig.smtp.next_for(ANNA, 0).await;
    let link = letter
        .text
        .split_whitespace()
        .find(|it| it.contains("/_auth/reset/"))
        .unwrap();
    let page = client
        .open(&link[rig.place.origin.len()..])
        .await
        .expect("reset-password");
    let form = page
        .form("/_auth/reset/password")
        .set("new_password", "wolke tasse fahrrad mond");

    let answered = pair.flood(&client, &page, &form).await;

    let done = answered.iter().filter(|(_, answer)| answer.status == 303).count();
    assert_eq!((done, pair.count("password.reset").await), (1, 1));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn one_address_registered_at_both() {
    let pair = Pair::with(json!({ "registration": { "mode": "open" } })).await;
    let rig = &pair.one;
    // Two people with the same mailbox, each at a node of their own, as far as their details.
    let mut sending = Vec::new();
    for first in [true, false] {
        let mut client = if first { rig.client() } else { pair.two.client() };
        let seen = rig.smtp.count();
        let page = client.get("/_auth/register").await.expect("register-email");
        let form = page.form("/_auth/register").set("email", ANNA);
        let page = client
            .submit_and_follow(&page, &form)
            .await
            .expect("register-check");
        let code = rig.smtp.next_for(ANNA, seen).await.code();
        let form = page.form("/_auth/register/check").set("code", &code);
        let page = client
            .submit_and_follow(&page, &form)
            .await
            .expect("register-details");
        let form = page
            .form("/_auth/register/details")
            .set("given_name", "Anna")
            .set("family_name", "Muster")
            .set("new_password", PASSWORD);
        sending.push((client, page, form));
    }
    let mut sent = JoinSet::new();
    for place in 0..50 {
        let (mut client, page, form) = sending[place % 2].clone();
        sent.spawn(async move { client.submit(&page, &form).await.status });
    }
    let statuses = sent.join_all().await;
    assert!(
        statuses.iter().all(|it| [303, 422, 429].contains(it)),
        "{statuses:?}"
    );
    let accounts = rig.app.desk.store.accounts(None, 10).await.unwrap();
    assert_eq!(accounts.len(), 1);
    assert!(pair.count("session.opened").await <= 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn two_hundred_wrong_passwords_over_both() {
    let pair = Pair::start().await;
    pair.one.add(ANNA).await;
    let mut sent = JoinSet::new();
    for place in 0..200_u16 {
        let mut client = if place % 2 == 0 {
            pair.one.client()
        } else {
            pair.two.client()
        };
        // Each from an address of its own: only the account's limit holds them.
        client.forwarded_for = Some(format!("192.0.{}.{}", place / 200 + 2, place % 200 + 1));
        sent.spawn(async move {
            let page = client.get("/_auth/sign-in").await.expect("sign-in");
            let form = page
                .form("/_auth/sign-in")
                .set("username", ANNA)
                .set("password", &format!("wrong password number {place}"));
            client.submit(&page, &form).await.status
        });
    }
    let statuses = sent.join_all().await;

    assert!(
        statuses.iter().all(|it| [422, 429, 503].contains(it)),
        "{statuses:?}"
    );
    let evaluated = pair.count("sign_in.password_failed").await;
    assert!((1..=10).contains(&evaluated), "{evaluated}");
    assert!(
        statuses.iter().filter(|it| **it == 422).count() <= 10,
        "{statuses:?}"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn two_hundred_wrong_codes_over_both() {
    let pair = Pair::start().await;
    pair.one.add(ANNA).await;
    let app = pair.one.give_app(ANNA).await;
    let (client, page) = pair.after_password().await;
    let right = pair.one.code_of(&app);
    let elsewhere = pair.two.takes(&client);
    let mut sent = JoinSet::new();
    for place in 0..200_u32 {
        let mut client = if place % 2 == 0 {
            client.clone()
        } else {
            elsewhere.clone()
        };
        let wrong = format!(
            "{:06}",
            (right.parse::<u32>().unwrap() + 1000 + place) % 1_000_000
        );
        let (page, form) = (page.clone(), page.form("/_auth/code/app").set("code", &wrong));
        sent.spawn(async move { client.submit(&page, &form).await });
    }
    let answers = sent.join_all().await;

    assert!(answers.iter().all(|it| {
        it.header("set-cookie")
            .is_none_or(|it| !it.starts_with("doorward="))
    }));
    let evaluated = pair.count("factor.failed").await;
    assert!((1..=5).contains(&evaluated), "{evaluated}");
    assert_eq!(pair.count("session.opened").await, 0);
}

/// Signs out at the first node; how long after that had been confirmed the second one still let a request
/// in. Fails the test where that is a second or more.
async fn revoked(pair: &Pair, mut client: Client) -> Duration {
    let mut elsewhere = pair.two.takes(&client);
    assert_eq!(elsewhere.get("/").await.status, 200);
    let page = client.get("/_auth/sign-out").await.expect("sign-out");
    let form = page.form("/_auth/sign-out");
    client.submit(&page, &form).await.expect("signed-out");
    let ended = Instant::now();
    let mut accepted = Duration::ZERO;
    loop {
        let asked = ended.elapsed();
        let answer = elsewhere.get("/").await;
        match answer.status {
            303 => return accepted,
            200 => accepted = asked,
            503 => (),
            other => panic!("{other}"),
        }
        assert!(accepted < Duration::from_secs(1), "accepted after {accepted:?}");
        assert!(ended.elapsed() < Duration::from_secs(5), "neither in nor out");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
#[ignore = "says how fast it is: `make test` runs it by itself"]
async fn two_hundred_sign_outs_at_one_are_known_at_the_other() {
    let pair = Pair::start().await;
    pair.one.add(ANNA).await;
    let app = pair.one.give_app(ANNA).await;
    let mut took = Vec::new();
    for _ in 0..200 {
        let client = pair.signed_in(&app).await;
        took.push(revoked(&pair, client).await);
    }
    took.sort();
    println!(
        "let in elsewhere for: median {:?}, p99 {:?}, longest {:?}",
        took[99], took[197], took[199]
    );
    assert!(took[197] <= Duration::from_millis(50), "{took:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn fifty_sign_outs_are_known_though_nobody_was_told() {
    let pair = Pair::start().await;
    pair.one.add(ANNA).await;
    let app = pair.one.give_app(ANNA).await;
    let mut took = Vec::new();
    for _ in 0..50 {
        let client = pair.signed_in(&app).await;
        assert!(pair.redis.cut_tracking().await >= 2);
        took.push(revoked(&pair, client).await);
    }
    took.sort();
    println!(
        "let in elsewhere for: median {:?}, longest {:?}",
        took[24], took[49]
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_sign_out_at_one_ends_what_is_open_at_the_other() {
    let pair = Pair::start().await;
    pair.one.add(ANNA).await;
    let app = pair.one.give_app(ANNA).await;
    let mut client = pair.signed_in(&app).await;
    let mut elsewhere = pair.two.takes(&client);
    assert_eq!(elsewhere.get("/").await.status, 200);
    let origin = pair.two.place.origin.clone();
    let mut socket = elsewhere.websocket("/ws", Some(&origin)).await.unwrap();
    socket.send(Frame::text("hello")).await.unwrap();
    assert_eq!(socket.next().await.unwrap().unwrap(), Frame::text("hello"));
    let (head, mut events) = elsewhere.stream("/events").await;
    assert_eq!(head.status, 200);

    let page = client.get("/_auth/sign-out").await.expect("sign-out");
    client.submit(&page, &page.form("/_auth/sign-out")).await;

    let over = async {
        while let Some(Ok(_)) = socket.next().await {}
        events.rest().await;
    };
    let ended = tokio::time::timeout(Duration::from_secs(2), over).await;
    assert!(ended.is_ok(), "something is still open");
}

/// Whoever is at work at one node is not idle at the other, however short `idle` is.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nobody_is_idle_who_is_busy_elsewhere() {
    let pair = Pair::with(json!({ "session": { "idle": "1m" } })).await;
    pair.one.add(ANNA).await;
    let mut here = pair.one.signed_in(ANNA).await;
    let mut there = pair.two.takes(&here);
    assert_eq!(there.get("/").await.status, 200);
    let account = pair.one.account(ANNA).await.id;
    for to_and_fro in [false, true, false, true] {
        pair.one.advance(Duration::from_secs(50));
        let client = if to_and_fro { &mut there } else { &mut here };
        assert_eq!(client.get("/").await.status, 200, "not a minute since");
        eventually("the other node can know", || async {
            let sessions = pair.two.app.desk.store.sessions_of(account).await.unwrap();
            (sessions[0].1.last_used == pair.one.now()).then_some(())
        })
        .await;
    }
    pair.one.advance(Duration::from_secs(60));
    assert_eq!(there.get("/").await.status, 303);
    assert_eq!(here.get("/").await.status, 303);
}
