//! Guessing limits, lockout, mail bombing, client address.

use std::future::ready;
use std::time::Duration;

use serde_json::json;

use super::walker::{
    ALICE, BOB, Elsewhere, SIGN_IN, WRONG, alike, another, body, from, mailed_code, masked, median, pass,
    rows, timed, token, type_password,
};
use crate::rig::gateway::{PASSWORD, Rig};
use crate::rig::wait::eventually;
use crate::rig::walk;

const MINUTE: Duration = Duration::from_secs(60);

/// Ten wrong passwords for `name`, each from an address and a browser of its own.
async fn ten_wrong(rig: &Rig, name: &str) {
    for n in 1..=10 {
        let mut client = from(rig, &format!("203.0.113.{n}"));
        assert_eq!(type_password(&mut client, name, WRONG).await.status, 422, "{n}");
    }
}

#[tokio::test]
async fn rate_01_account_limit_across_addresses() {
    let rig = Rig::start().await;
    rig.add(ALICE).await;
    ten_wrong(&rig, ALICE).await;

    let wrong = type_password(&mut from(&rig, "203.0.113.11"), ALICE, WRONG).await;
    assert_eq!((wrong.status, wrong.header("retry-after")), (429, Some("901")));
    let right = type_password(&mut from(&rig, "203.0.113.12"), ALICE, PASSWORD).await;
    assert_eq!(masked(&right, ALICE), masked(&wrong, ALICE));
    rig.smtp.about(ALICE, "many wrong passwords").await;
    assert_eq!(rig.smtp.count(), 1, "the owner is told once");

    rig.advance(15 * MINUTE - Duration::from_secs(1));
    let still = type_password(&mut from(&rig, "203.0.113.13"), ALICE, PASSWORD).await;
    assert_eq!((still.status, still.header("retry-after")), (429, Some("2")));
    rig.advance(Duration::from_secs(1));
    pass(&mut from(&rig, "203.0.113.14"), ALICE)
        .await
        .expect("code-email");
}

#[tokio::test]
async fn rate_02_the_owner_is_not_locked_out() {
    let rig = Rig::start().await;
    rig.add(ALICE).await;
    let mut hers = rig.signed_in(ALICE).await;
    hers.jar.remove("doorward");
    ten_wrong(&rig, ALICE).await;
    let stranger = type_password(&mut rig.client(), ALICE, PASSWORD).await;
    assert_eq!(stranger.status, 429);
    rig.smtp.about(ALICE, "many wrong passwords").await;

    let seen = rig.smtp.count();
    let page = pass(&mut hers, ALICE).await.expect("code-email");
    let code = mailed_code(&rig, ALICE, seen).await;
    let page = walk::give_email_code(&mut hers, &page, &code).await;
    assert_eq!(page.status, 200, "{}", page.html().words());
    assert_eq!(hers.get("/hers").await.text(), "portal: GET /hers\n");
}

#[tokio::test]
async fn rate_04_a_known_browser_waits_alone() {
    let rig = Rig::start().await;
    rig.add(ALICE).await;
    let (mut one, mut other) = (rig.signed_in(ALICE).await, rig.signed_in(ALICE).await);
    one.jar.remove("doorward");
    other.jar.remove("doorward");

    for n in 1..=10 {
        assert_eq!(type_password(&mut one, ALICE, WRONG).await.status, 422, "{n}");
    }
    let right = type_password(&mut one, ALICE, PASSWORD).await;
    assert_eq!(
        (right.status, right.header("retry-after")),
        (429, Some("901")),
        "this browser waits, right or wrong"
    );
    pass(&mut other, ALICE).await.expect("code-email");
    pass(&mut rig.client(), ALICE).await.expect("code-email");

    rig.advance(15 * MINUTE);
    pass(&mut one, ALICE).await.expect("code-email");
}

#[tokio::test]
async fn rate_06_an_address_waits_and_another_does_not() {
    let rig = Rig::start().await;
    rig.add(ALICE).await;
    let names = [
        ALICE,
        "b@example.com",
        "c@example.com",
        "d@example.com",
        "e@example.com",
    ];
    for round in 1..=4 {
        for name in names {
            let answer = type_password(&mut from(&rig, "192.0.2.1"), name, WRONG).await;
            assert_eq!(answer.status, 422, "round {round}, {name}");
        }
    }
    let failure = type_password(&mut from(&rig, "192.0.2.1"), "b@example.com", WRONG).await;
    assert_eq!(
        (failure.status, failure.header("retry-after")),
        (429, Some("901"))
    );
    let right = type_password(&mut from(&rig, "192.0.2.1"), ALICE, PASSWORD).await;
    assert_eq!(right.status, 429);
    pass(&mut from(&rig, "192.0.2.2"), ALICE)
        .await
        .expect("code-email");

    rig.advance(15 * MINUTE);
    pass(&mut from(&rig, "192.0.2.1"), ALICE)
        .await
        .expect("code-email");
}

#[tokio::test]
async fn rate_07_spraying_one_password_over_many_names() {
    let folder = tempfile::tempdir().unwrap();
    let trail = folder.path().join("audit.jsonl");
    let rig = Rig::with(&json!({ "audit": { "file": trail } })).await;
    rig.add(ALICE).await;
    let mut hers = from(&rig, "192.0.2.9");
    walk::sign_in(&mut hers, &rig.smtp, "/", ALICE, PASSWORD).await;
    hers.jar.remove("doorward");

    let mut sprayer = from(&rig, "192.0.2.9");
    let page = sprayer.get(SIGN_IN).await;
    let token = token(&page);
    let mut statuses = Vec::new();
    for n in 0..200 {
        let form = body(&[
            ("csrf", &token),
            ("username", &format!("name{n}@example.com")),
            ("password", WRONG),
        ]);
        statuses.push(sprayer.post(SIGN_IN, &form).await.status);
    }
    assert_eq!(
        statuses[..11],
        [422; 11],
        "ten different names, and the one that is too many"
    );
    assert_eq!(statuses[11..], [429; 189]);
    let events = std::fs::read_to_string(&trail).unwrap();
    let sprays: Vec<&str> = events.lines().filter(|it| it.contains("sign_in.spray")).collect();
    assert_eq!(sprays.len(), 1, "{sprays:?}");
    assert!(!events.contains("name1"), "typed names are nobody's to keep");

    rig.advance(Duration::from_secs(3599));
    let right = type_password(&mut from(&rig, "192.0.2.9"), ALICE, PASSWORD).await;
    assert_eq!(
        (right.status, right.header("retry-after")),
        (429, Some("2")),
        "an hour"
    );
    pass(&mut hers, ALICE).await.expect("code-email");
}

#[tokio::test]
async fn rate_09_addresses_that_nobody_vouches_for() {
    let rig = Rig::with(&json!({ "trusted_proxies": [] })).await;
    rig.add(ALICE).await;
    for n in 1..=20 {
        let name = format!("name{}@example.com", n % 5);
        let answer = type_password(&mut from(&rig, &format!("198.51.100.{n}")), &name, WRONG).await;
        assert_eq!(answer.status, 422, "{n}");
    }
    let more = type_password(&mut from(&rig, "198.51.100.21"), ALICE, PASSWORD).await;
    assert_eq!(more.status, 429, "all of it came from one socket's address");
    let elsewhere = Elsewhere::open(rig.app.addresses[0], "127.0.0.2").await;
    pass(&mut elsewhere.client(&rig), ALICE)
        .await
        .expect("code-email");
}

#[tokio::test]
async fn rate_12_one_address_however_it_is_written() {
    let rig = Rig::start().await;
    let ways = [
        ["192.0.2.1", "::ffff:192.0.2.1", "::ffff:c000:201", "192.0.2.1"],
        [
            "2001:db8:1:2::1",
            "2001:db8:1:2:ffff::2",
            "2001:DB8:1:2:0:0:0:3",
            "2001:db8:1:2::4",
        ],
    ];
    for spellings in ways {
        for n in 0..20 {
            let name = format!("name{}@example.com", n % 5);
            let answer = type_password(&mut from(&rig, spellings[n % 4]), &name, WRONG).await;
            assert_eq!(answer.status, 422, "{n} of {spellings:?}");
        }
        for spelling in spellings {
            let answer = type_password(&mut from(&rig, spelling), "x@example.com", WRONG).await;
            assert_eq!(answer.status, 429, "{spelling}");
        }
        rig.advance(15 * MINUTE);
    }
    let neighbour = type_password(&mut from(&rig, "2001:db8:1:3::1"), "x@example.com", WRONG).await;
    assert_eq!(neighbour.status, 422);
}

#[tokio::test]
async fn rate_13_one_count_for_all_spellings_of_a_name() {
    let rig = Rig::start().await;
    rig.add(ALICE).await;
    let spellings = [
        "alice@example.com",
        "Alice@Example.COM",
        "alice@example.com ",
        "\talice@example.com",
        "ａｌｉｃｅ@example.com",
    ];
    for n in 0..10 {
        let mut client = from(&rig, &format!("203.0.113.{n}"));
        let answer = type_password(&mut client, spellings[n % 5], WRONG).await;
        assert_eq!(answer.status, 422, "{n}");
    }
    for (n, spelling) in spellings.iter().enumerate() {
        let mut client = from(&rig, &format!("203.0.113.{}", 100 + n));
        let answer = type_password(&mut client, spelling, PASSWORD).await;
        assert_eq!(answer.status, 429, "{spelling:?}");
    }
}

#[tokio::test]
async fn rate_15_a_right_password_does_not_forgive_wrong_codes() {
    let rig = Rig::start().await;
    rig.add(ALICE).await;
    for flow in 1..=2 {
        let mut client = rig.client();
        let seen = rig.smtp.count();
        let page = pass(&mut client, ALICE).await.expect("code-email");
        let wrong = another(&mailed_code(&rig, ALICE, seen).await);
        for n in 1..=4 {
            let form = page.form("/_auth/code/email").set("code", &wrong);
            let answer = client.submit(&page, &form).await;
            assert_eq!(answer.status, 422, "flow {flow}, code {n}");
            answer.expect("code-email");
        }
        let form = page.form("/_auth/code/email").set("code", &wrong);
        client.submit(&page, &form).await.expect("sign-in");
    }

    let mut client = rig.client();
    let seen = rig.smtp.count();
    let page = pass(&mut client, ALICE).await.expect("code-email");
    let code = mailed_code(&rig, ALICE, seen).await;
    let answer = walk::give_email_code(&mut client, &page, &code).await;
    assert_eq!((answer.status, answer.header("retry-after")), (429, Some("3601")));
    assert_eq!(client.jar.get("doorward"), None);

    rig.advance(60 * MINUTE);
    let seen = rig.smtp.count();
    let mut client = rig.client();
    let page = pass(&mut client, ALICE).await.expect("code-email");
    let code = mailed_code(&rig, ALICE, seen).await;
    walk::give_email_code(&mut client, &page, &code)
        .await
        .expect("trust");
}

#[tokio::test]
async fn rate_17_guessing_inside_a_session_ends_it() {
    let rig = Rig::start().await;
    rig.add(ALICE).await;
    let (mut stolen, mut own) = (rig.signed_in(ALICE).await, rig.signed_in(ALICE).await);
    let value = stolen.jar.get("doorward").unwrap().to_owned();
    let page = stolen
        .open("/_auth/account/password")
        .await
        .expect("account-password");
    let form = page
        .form("/_auth/account/password")
        .set("current_password", WRONG)
        .set("new_password", "tulpe regal montag kran");
    for n in 1..=4 {
        let answer = stolen.submit(&page, &form).await;
        assert_eq!(answer.status, 422, "{n}");
        answer.expect("account-password");
    }
    stolen.submit(&page, &form).await.expect("sign-in");
    stolen.jar.set("doorward", &value);
    assert_eq!(stolen.get("/").await.status, 303);
    assert_eq!(own.get("/").await.status, 200, "a session of its own");
    rig.smtp.about(ALICE, "wrong answers in your account").await;
}

#[tokio::test]
async fn rate_17_guessing_at_the_question_who_is_asking_ends_it() {
    let rig = Rig::start().await;
    rig.add(ALICE).await;
    let app = rig.give_app(ALICE).await;
    let mut stolen = rig.client();
    let page = pass(&mut stolen, ALICE).await.expect("code-app");
    walk::give_app_code(&mut stolen, &page, &rig.code_of(&app))
        .await
        .expect("trust");
    let value = stolen.jar.get("doorward").unwrap().to_owned();
    rig.advance(6 * MINUTE);
    let page = stolen.open("/_auth/account/recovery-codes").await;
    let form = page.form("/_auth/account/recovery-codes").press("create", "yes");
    let page = stolen.submit_and_follow(&page, &form).await.expect("confirm");
    let code = rig.code_of(&app);
    for n in 1..=5 {
        // Once the password is wrong, once the code.
        let (password, code) = if n % 2 == 0 {
            (WRONG, code.clone())
        } else {
            (PASSWORD, another(&code))
        };
        let form = page
            .form("/_auth/confirm")
            .set("password", password)
            .set("code", &code);
        let answer = stolen.submit(&page, &form).await;
        answer.expect(if n < 5 { "confirm" } else { "sign-in" });
    }
    stolen.jar.set("doorward", &value);
    assert_eq!(stolen.get("/").await.status, 303);
    rig.smtp.about(ALICE, "wrong answers in your account").await;
}

#[tokio::test]
async fn rate_18_a_wait_tells_nothing_about_the_password() {
    let rig = Rig::start().await;
    rig.add(ALICE).await;
    ten_wrong(&rig, ALICE).await;

    let mut client = from(&rig, "203.0.113.77");
    let token = token(&client.get(SIGN_IN).await);
    let form = |password: &str| body(&[("csrf", &token), ("username", ALICE), ("password", password)]);
    let (right, wrong) = (form(PASSWORD), form(WRONG));
    let (mut rights, mut wrongs) = (Vec::new(), Vec::new());
    for _ in 0..100 {
        let (took, one) = timed(client.post(SIGN_IN, &right)).await;
        rights.push(took);
        let (took, other) = timed(client.post(SIGN_IN, &wrong)).await;
        wrongs.push(took);
        assert_eq!(one.status, 429);
        assert_eq!(masked(&one, ALICE), masked(&other, ALICE));
    }
    let (right, wrong) = (median(&rights), median(&wrongs));
    assert!(alike(right, wrong), "right {right:?}, wrong {wrong:?}");
}

#[tokio::test]
async fn rate_19_resend_flood() {
    let rig = Rig::start().await;
    rig.add(ALICE).await;
    let mut client = rig.client();
    let page = pass(&mut client, ALICE).await.expect("code-email");
    let form = page.form("/_auth/code/email/send");

    for click in 1..=100 {
        rig.advance(Duration::from_millis(600));
        client.submit_and_follow(&page, &form).await.expect("code-email");
        let at_most = 1 + click * 600 / 30_000;
        assert!(
            rig.smtp.count() <= at_most,
            "click {click}: {} letters",
            rig.smtp.count()
        );
    }
    assert_eq!(rig.smtp.count(), 3, "at once, after 30 and after 60 seconds");

    for _ in 1..=24 {
        rig.advance(Duration::from_secs(30));
        client.submit_and_follow(&page, &form).await.expect("code-email");
    }
    assert_eq!(rig.smtp.count(), 5, "an hour's letters");
}

#[tokio::test]
async fn rate_24_what_a_wait_costs_and_says() {
    let rig = Rig::start().await;
    rig.add(ALICE).await;
    rig.add(BOB).await;
    ten_wrong(&rig, ALICE).await;
    let mut client = from(&rig, "203.0.113.50");
    let page = client.get(SIGN_IN).await;
    let form = page.form(SIGN_IN).set("username", ALICE).set("password", WRONG);
    let queued = |it: &(String, i64)| it.0 == "letter" && it.1 > 0;
    eventually("the end of the queue of letters", || {
        ready((!rows(&rig).iter().any(queued)).then_some(()))
    })
    .await;

    let before = rows(&rig);
    for _ in 0..50 {
        let answer = client.submit(&page, &form).await;
        assert_eq!(answer.status, 429);
        assert_eq!(answer.header("retry-after"), Some("901"));
        assert_eq!(answer.header("cache-control"), Some("no-store"));
        assert_eq!(answer.all("set-cookie"), Vec::<&str>::new());
        assert_eq!(answer.name().as_deref(), Some("throttled"));
    }
    assert_eq!(rows(&rig), before);
}
