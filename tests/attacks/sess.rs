//! Session cookies and lifetime.

use std::collections::BTreeSet;
use std::time::Duration;

use data_encoding::{BASE64URL_NOPAD, HEXLOWER};
use doorward::base::seal::Token;
use doorward::identity::account::{EmailAddress, Group};
use serde_json::json;
use tokio::task::JoinSet;

use super::visit::{
    self, ALICE, BOB, DEVICE, FLOW, OnTls, SESSION, count_events, expect_login, expect_served, presenting,
    with_alice,
};
use crate::rig::client::Client;
use crate::rig::gateway::{PASSWORD, Rig};
use crate::rig::html::Form;
use crate::rig::raw::{Answer, Raw};
use crate::rig::walk;

/// The attributes of a `Set-Cookie` line, after name and value.
pub fn attributes(line: &str) -> BTreeSet<&str> {
    line.split(';').skip(1).map(str::trim).collect()
}

/// One page load with this `Cookie` field, byte for byte.
async fn with_cookie_field(client: &Client, cookies: impl AsRef<[u8]>) -> Answer {
    let head = client.head("GET", "/", &[("Accept", "text/html"), ("Connection", "close")]);
    let head = head.strip_suffix("\r\n").unwrap();
    let request = [head.as_bytes(), b"Cookie: ", cookies.as_ref(), b"\r\n\r\n"].concat();
    client.connect().await.send(request).await.answer().await
}

#[tokio::test]
async fn sess_01_attributes() {
    let (mut rig, app) = with_alice().await;
    let mut alice = visit::on_https(&mut rig).await;

    let page = visit::after_password(&mut alice, ALICE, PASSWORD)
        .await
        .expect("code-app");
    let form = page.form("/_auth/code/app").set("code", &rig.code_of(&app));
    let done = alice.submit(&page, &form).await;

    let lines = done.all("set-cookie");
    let session: Vec<&&str> = lines
        .iter()
        .filter(|it| it.starts_with("__Host-doorward="))
        .collect();
    assert_eq!(session.len(), 1, "{lines:?}");
    let expected = BTreeSet::from(["HttpOnly", "Path=/", "SameSite=Lax", "Secure"]);
    assert_eq!(attributes(session[0]), expected);
    assert!(session[0].split(';').next().unwrap().len() <= 4096);
    for line in lines {
        assert!(line.starts_with("__Host-doorward"), "{line}");
        let attributes = attributes(line);
        assert!(attributes.is_superset(&BTreeSet::from(["HttpOnly", "Path=/", "Secure"])));
        assert!(!line.contains("Domain"), "{line}");
    }
    assert_eq!(alice.get("/").await.text(), "portal: GET /\n");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn sess_02_entropy() {
    let rig = Rig::with(&json!({ "second_factor": { "methods": ["app"], "floor": "none" } })).await;
    let mut browsers = JoinSet::new();
    for number in 0..8 {
        let email = format!("p{number}@example.com");
        rig.add(&email).await;
        let stranger = rig.client();
        browsers.spawn(async move {
            let mut values = Vec::new();
            for _ in 0..250 {
                let mut client = stranger.clone();
                let page = client.get("/_auth/sign-in").await.expect("sign-in");
                let form = page
                    .form("/_auth/sign-in")
                    .set("username", &email)
                    .set("password", PASSWORD);
                let done = client.submit(&page, &form).await;
                assert_eq!(done.status, 303, "{}", done.text());
                values.push(client.jar.get(SESSION).unwrap().to_owned());
            }
            values
        });
    }
    let values: Vec<String> = browsers.join_all().await.concat();

    assert_eq!(values.len(), 2_000);
    let different: BTreeSet<&String> = values.iter().collect();
    assert_eq!(different.len(), 2_000);
    let mut ones = [0_u32; 256];
    for value in &values {
        let octets = BASE64URL_NOPAD.decode(value.as_bytes()).unwrap();
        assert_eq!(octets.len(), 48, "256 bits and a tag of 128");
        for (bit, count) in ones.iter_mut().enumerate() {
            *count += u32::from(octets[bit / 8] >> (bit % 8) & 1);
        }
    }
    // 2,000 fair coins: 1,000 ± 22.4; five of those either side.
    for (bit, count) in ones.iter().enumerate() {
        assert!((888..=1112).contains(count), "bit {bit}: {count} of 2,000");
    }
}

#[tokio::test]
async fn sess_03_fixation() {
    let (rig, app) = with_alice().await;
    let mut mallory = rig.client();
    mallory.open("/").await.expect("sign-in");
    let (chosen, issued) = (
        "A".repeat(Token::PRINTED_LENGTH),
        mallory.jar.get(FLOW).unwrap().to_owned(),
    );
    let mut alice = rig.client();
    alice.jar.set(SESSION, &chosen);
    alice.jar.set(FLOW, &issued);

    let page = visit::after_password(&mut alice, ALICE, PASSWORD)
        .await
        .expect("code-app");
    let half_way = alice.jar.get(FLOW).unwrap().to_owned();
    assert_ne!(half_way, issued);
    // Who planted the value is not in her flow.
    mallory.open("/_auth/code/app").await.expect("sign-in");
    walk::give_app_code(&mut alice, &page, &rig.code_of(&app))
        .await
        .expect("trust");

    let value = alice.jar.get(SESSION).unwrap().to_owned();
    assert!(![&chosen, &issued, &half_way].contains(&&value));
    expect_served(&rig, &presenting(&rig, &value)).await;
    for old in [chosen, issued, half_way] {
        expect_login(&rig, &presenting(&rig, &old)).await;
    }
}

#[tokio::test]
async fn sess_07_sign_out_is_server_side() {
    let (rig, app) = with_alice().await;
    let mut alice = visit::signed_in(&rig, ALICE, &app).await;
    let copy = alice.clone();
    expect_served(&rig, &copy).await;

    let page = alice.open("/_auth/sign-out").await.expect("sign-out");
    alice
        .submit(&page, &page.form("/_auth/sign-out"))
        .await
        .expect("signed-out");

    assert_eq!(alice.jar.get(SESSION), None);
    expect_login(&rig, &copy).await;
}

#[tokio::test]
async fn sess_09_idle_timeout() {
    let (rig, app) = with_alice().await;
    let alice = visit::signed_in(&rig, ALICE, &app).await;

    rig.advance(Duration::from_secs(59 * 60 + 59));
    expect_served(&rig, &alice).await;
    rig.advance(Duration::from_secs(59 * 60 + 59));
    expect_served(&rig, &alice).await;
    rig.advance(Duration::from_secs(60 * 60 + 1));
    expect_login(&rig, &alice).await;
    assert_eq!(count_events(&rig, ALICE, "session.expired").await, 1);
}

#[tokio::test]
async fn sess_10_absolute_timeout() {
    let (rig, app) = with_alice().await;
    let mut alice = visit::signed_in(&rig, ALICE, &app).await;
    let opened = rig.now();

    for minute in 1..12 * 60 {
        rig.advance(Duration::from_secs(60));
        assert_eq!(alice.get("/").await.status, 200, "minute {minute}");
    }
    rig.clock.set(opened.plus(Duration::from_secs(12 * 60 * 60 - 1)));
    expect_served(&rig, &alice).await;
    rig.clock.set(opened.plus(Duration::from_secs(12 * 60 * 60 + 1)));
    expect_login(&rig, &alice).await;
}

#[tokio::test]
async fn sess_12_malformed_cookie() {
    let (rig, app) = with_alice().await;
    let alice = visit::signed_in(&rig, ALICE, &app).await;
    let good = alice.jar.get(SESSION).unwrap();
    let stranger = rig.client();
    let before = rig.up.hits();

    let values: Vec<Vec<u8>> = vec![
        b"%00".to_vec(),
        b"".to_vec(),
        "A".repeat(10 * 1024).into_bytes(),
        b"not!base64?".to_vec(),
        br#"{"alg":"none"}"#.to_vec(),
        b"\"\"".to_vec(),
        b"*".to_vec(),
        b"a:b{c}".to_vec(),
        "ключ".as_bytes().to_vec(),
        "ü".repeat(Token::PRINTED_LENGTH / 2).into_bytes(),
        b"\xff\xfe".to_vec(),
        format!("{}=", &good[..good.len() - 1]).into_bytes(),
        good.as_bytes()[..good.len() - 1].to_vec(),
        good.to_ascii_uppercase().into_bytes(),
        format!("{good}A").into_bytes(),
    ];
    for value in values {
        let field = [b"doorward=", value.as_slice()].concat();
        let answer = with_cookie_field(&stranger, &field).await;
        assert_eq!(
            answer.status,
            303,
            "{:?}: {answer:?}",
            String::from_utf8_lossy(&field)
        );
        assert!(answer.location().starts_with("/_auth/sign-in"));
        let mut client = stranger.clone();
        let page = client
            .send("GET", "/_auth/account", &[("Accept", "text/html")], b"")
            .await;
        assert!(page.status < 500, "{page:?}");
    }
    assert_eq!(rig.up.hits(), before);
}

#[tokio::test]
async fn sess_14_look_alike_cookies() {
    let (mut rig, app) = with_alice().await;
    let mut alice = visit::on_https(&mut rig).await;
    visit::up_to_trust(&rig, &mut alice, ALICE, &app).await;
    let good = alice.jar.get("__Host-doorward").unwrap().to_owned();
    let stranger = Client::new("https://portal.test", rig.app.addresses[0]);
    let served = with_cookie_field(&stranger, format!("a=b; __Host-doorward={good}; c=d")).await;
    assert_eq!(served.status, 200);
    let before = rig.up.hits();

    for field in [
        format!("__host-doorward={good}"),
        format!("__HOST-doorward={good}"),
        format!("a=b;  __Host-doorward={good}"),
        format!("a=b;\t__Host-doorward={good}"),
        format!("__Host-doorward ={good}"),
        format!("__Host-doorward= {good}"),
        format!("__Host-doorward=\"{good}\""),
        format!("$Version=\"1\"; __Host-doorward=\"{good}\"; $Path=\"/\""),
        format!("$Version=1, __Host-doorward={good}"),
        format!("__Secure-doorward={good}"),
        format!("doorward={good}"),
        format!("__Host-doorward-flow={good}"),
        format!("__Host-doorward-device={good}"),
        format!("__Host-doorward={good}; __Host-doorward={good}"),
        format!("__Host-doorward=; __Host-doorward={good}"),
    ] {
        let answer = with_cookie_field(&stranger, &field).await;
        assert_eq!(answer.status, 303, "{field}: {answer:?}");
        assert!(answer.location().starts_with("/_auth/sign-in"), "{field}");
    }
    assert_eq!(rig.up.hits(), before);
}

#[tokio::test]
async fn sess_16_huge_cookie_field() {
    let (rig, app) = with_alice().await;
    let alice = visit::signed_in(&rig, ALICE, &app).await;
    let mut stranger = rig.client();
    let session = format!("doorward={}", alice.jar.get(SESSION).unwrap());
    let theirs: Vec<String> = (0..8).map(|it| format!("app{it}={}", "x".repeat(1017))).collect();
    let theirs = theirs.join("; ");

    let served = with_cookie_field(&stranger, format!("{session}; {theirs}")).await;
    assert_eq!(served.status, 200);
    assert_eq!(rig.up.last().header("cookie"), Some(theirs.as_str()));

    let before = rig.up.hits();
    let huge = format!("{session}; app={}", "x".repeat(64 * 1024));
    let answer = with_cookie_field(&stranger, huge).await;
    assert!([400, 431].contains(&answer.status), "{answer:?}");
    assert_eq!(rig.up.hits(), before);
    expect_served(&rig, &alice).await;
    stranger.open("/").await.expect("sign-in");
}

#[tokio::test]
async fn sess_17_plain_http() {
    let on_tls = OnTls::start().await;
    let rig = &on_tls.rig;
    rig.add(ALICE).await;
    let app = rig.give_app(ALICE).await;
    let mut alice = on_tls.client();
    let page = visit::after_password(&mut alice, ALICE, PASSWORD)
        .await
        .expect("code-app");
    walk::give_app_code(&mut alice, &page, &rig.code_of(&app))
        .await
        .expect("trust");
    assert_eq!(alice.get("/").await.text(), "portal: GET /\n");
    let before = on_tls.up.hits();

    let head = alice.head("GET", "/reports?of=today", &[("Accept", "text/html")]);
    let mut plain = Raw::connect(rig.app.addresses[1]).await;
    let answer = plain.send(head).await.answer().await;

    assert!((301..=308).contains(&answer.status), "{answer:?}");
    assert_eq!(
        answer.location(),
        format!("{}/reports?of=today", rig.place.origin)
    );
    assert_eq!(answer.header("set-cookie"), None);
    assert_eq!(on_tls.up.hits(), before);
}

#[tokio::test]
async fn sess_18_disabled_user() {
    let rig = Rig::start().await;
    rig.add(BOB).await;
    let app = rig.give_app(BOB).await;
    let device = visit::trusted(&rig, BOB, &app).await;
    let session = visit::with_only(&rig, &device, &[SESSION]);
    let mut trusted = visit::with_only(&rig, &device, &[DEVICE]);
    let (mut half_way, page) = visit::half_way(&rig, BOB).await;
    expect_served(&rig, &session).await;

    rig.app.desk.admin_lock(BOB, &visit::operator()).await.unwrap();

    expect_login(&rig, &session).await;
    rig.advance(Duration::from_secs(30));
    walk::give_app_code(&mut half_way, &page, &rig.code_of(&app))
        .await
        .expect("sign-in");
    expect_login(&rig, &half_way).await;
    let refused = visit::after_password(&mut trusted, BOB, PASSWORD)
        .await
        .expect("sign-in");
    assert_eq!(refused.status, 422);

    rig.app.desk.admin_unlock(BOB, &visit::operator()).await.unwrap();
    expect_login(&rig, &session).await;
    visit::after_password(&mut trusted, BOB, PASSWORD)
        .await
        .expect("code-app");
}

#[tokio::test]
async fn sess_19_attribute_change() {
    let rig = Rig::start().await;
    rig.add_in(BOB, &["admins", "staff"]).await;
    let app = rig.give_app(BOB).await;
    let bob = visit::signed_in(&rig, BOB, &app).await;
    expect_served(&rig, &bob).await;
    assert_eq!(rig.up.last().header("remote-groups"), Some("admins,staff"));

    rig.change(BOB, |account| {
        account.groups.remove(&Group::parse("admins").unwrap());
        account.email = EmailAddress::parse("robert@example.com").unwrap();
    })
    .await;

    expect_served(&rig, &bob).await;
    let seen = rig.up.last();
    assert_eq!(seen.all("remote-groups"), ["staff"]);
    assert_eq!(seen.all("remote-email"), ["robert@example.com"]);
    assert_eq!(seen.all("remote-user"), ["robert@example.com"]);

    rig.change("robert@example.com", |account| account.groups.clear())
        .await;
    expect_served(&rig, &bob).await;
    assert_eq!(rig.up.last().header("remote-groups"), None);
}

#[tokio::test]
async fn sess_20_session_cap() {
    let (rig, app) = with_alice().await;
    let mut sessions = Vec::new();
    for _ in 0..10 {
        sessions.push(visit::signed_in(&rig, ALICE, &app).await);
    }
    expect_served(&rig, &sessions[0]).await;
    assert_eq!(count_events(&rig, ALICE, "session.displaced").await, 0);

    let newest = visit::signed_in(&rig, ALICE, &app).await;

    expect_login(&rig, &sessions[0]).await;
    expect_served(&rig, &sessions[1]).await;
    expect_served(&rig, &newest).await;
    assert_eq!(count_events(&rig, ALICE, "session.displaced").await, 1);
}

#[tokio::test]
async fn sess_22_no_session_in_an_address() {
    let (rig, app) = with_alice().await;
    let mut alice = rig.client();
    let page = visit::up_to_trust(&rig, &mut alice, ALICE, &app).await;
    let good = alice.jar.get(SESSION).unwrap().to_owned();
    let values: Vec<String> = [SESSION, visit::KNOWN]
        .iter()
        .map(|it| alice.jar.get(it).unwrap().to_owned())
        .collect();
    let mut stranger = rig.client();

    for path in [
        format!("/?doorward={good}"),
        format!("/;jsessionid={good}"),
        format!("/;doorward={good}?__Host-doorward={good}"),
    ] {
        let answer = stranger.get(&path).await;
        assert_eq!(answer.status, 303, "{path}: {answer:?}");
        assert!(answer.location().starts_with("/_auth/sign-in"));
    }
    assert_eq!(rig.up.hits(), 0);

    let form = page.form("/_auth/trust").press("trust", "yes");
    let answers = [
        page.clone(),
        alice.submit(&page, &form).await,
        alice.get("/").await,
    ];
    for answer in answers {
        let location = answer.header("location").unwrap_or_default();
        for value in values
            .iter()
            .chain(alice.jar.get(DEVICE).map(str::to_owned).iter())
        {
            assert!(!location.contains(value.as_str()), "{location}");
            assert!(!answer.text().contains(value.as_str()), "{}", answer.path);
        }
    }
}

#[tokio::test]
async fn sess_23_store_theft() {
    let rig = Rig::start().await;
    rig.add(ALICE).await;
    let mut alice = rig.client();
    let page = visit::after_password(&mut alice, ALICE, PASSWORD)
        .await
        .expect("code-email");
    let flow = alice.jar.get(FLOW).unwrap().to_owned();
    let code = rig.smtp.next_for(ALICE, 0).await.code();
    let while_asked = everything_kept(&rig);
    let page = walk::give_email_code(&mut alice, &page, &code)
        .await
        .expect("trust");
    walk::answer_trust(&mut alice, &page, true).await;
    let after = everything_kept(&rig);

    assert!(contains(&after, b"alice@example.com"), "this is where it is kept");
    assert!(!contains_number(&while_asked, &code), "the mailed code is kept");
    assert!(!contains_number(&after, &code), "the mailed code is kept");
    let secrets = [SESSION, DEVICE, visit::KNOWN].map(|it| alice.jar.get(it).unwrap().to_owned());
    for printed in secrets.iter().chain([&flow]) {
        let octets = BASE64URL_NOPAD.decode(printed.as_bytes()).unwrap();
        let value = &octets[..32];
        for kept in [&while_asked, &after] {
            assert!(!contains(kept, printed.as_bytes()), "a cookie is kept");
            assert!(!contains(kept, value), "a cookie's value is kept");
            assert!(!contains(kept, HEXLOWER.encode(value).as_bytes()));
            assert!(!contains(kept, BASE64URL_NOPAD.encode(value).as_bytes()));
        }
    }
    assert!(!contains(&after, PASSWORD.as_bytes()));

    let digest = Token::digest_of(&secrets[0]).unwrap();
    assert!(
        contains(&after, digest.as_bytes())
            || contains(&after, HEXLOWER.encode(digest.as_bytes()).as_bytes())
    );
    let padded = [&digest.as_bytes()[..], &[0; 16]].concat();
    for stolen in [
        BASE64URL_NOPAD.encode(&padded),
        HEXLOWER.encode(digest.as_bytes()),
    ] {
        expect_login(&rig, &presenting(&rig, &stolen)).await;
    }
    expect_served(&rig, &alice).await;
}

/// What somebody who copied the store's files has, without the master key.
fn everything_kept(rig: &Rig) -> Vec<u8> {
    let folder = rig.place.folder.path().join("state");
    let files = std::fs::read_dir(folder).unwrap().map(|it| it.unwrap().path());
    let databases =
        files.filter(|it| it.to_string_lossy().contains(".db") || it.to_string_lossy().contains("sqlite"));
    let kept: Vec<Vec<u8>> = databases.map(|it| std::fs::read(it).unwrap()).collect();
    assert!(!kept.is_empty());
    kept.concat()
}

fn contains(kept: &[u8], wanted: &[u8]) -> bool {
    kept.windows(wanted.len()).any(|it| it == wanted)
}

/// Whether the number stands there by itself: not as some digits of a longer one.
fn contains_number(kept: &[u8], digits: &str) -> bool {
    let is_digit = |at: Option<usize>| at.and_then(|at| kept.get(at)).is_some_and(u8::is_ascii_digit);
    kept.windows(digits.len()).enumerate().any(|(at, it)| {
        it == digits.as_bytes() && !is_digit(at.checked_sub(1)) && !is_digit(Some(at + digits.len()))
    })
}

const NEW_PASSWORD: &str = "quite another long password";

#[tokio::test]
async fn sess_04_rotation_at_each_step() {
    let (mut rig, app) = with_alice().await;
    visit::with_rules(
        &mut rig,
        json!([{ "path": "/admin/*", "require": "mfa", "within": "15m" }]),
    )
    .await;
    let mut alice = rig.client();
    alice.open("/").await.expect("sign-in");
    let anonymous = alice.jar.get(FLOW).unwrap().to_owned();
    let page = visit::after_password(&mut alice, ALICE, PASSWORD)
        .await
        .expect("code-app");
    let half_way = alice.jar.get(FLOW).unwrap().to_owned();
    let page = walk::give_app_code(&mut alice, &page, &rig.code_of(&app))
        .await
        .expect("trust");
    walk::answer_trust(&mut alice, &page, false).await;
    let first = alice.jar.get(SESSION).unwrap().to_owned();

    rig.advance(Duration::from_secs(16 * 60));
    let page = alice.open("/admin/users").await.expect("code-app");
    expect_served(&rig, &alice).await;
    let page = walk::give_app_code(&mut alice, &page, &rig.code_of(&app)).await;
    assert_eq!(page.text(), "portal: GET /admin/users\n");
    let second = alice.jar.get(SESSION).unwrap().to_owned();
    expect_served(&rig, &presenting(&rig, &first)).await;
    rig.advance(Duration::from_secs(10));
    expect_login(&rig, &presenting(&rig, &first)).await;
    expect_served(&rig, &alice).await;

    visit::change_password(&rig, &mut alice, &app, PASSWORD, NEW_PASSWORD)
        .await
        .expect("account");
    let third = alice.jar.get(SESSION).unwrap().to_owned();
    expect_served(&rig, &alice).await;

    let values = [anonymous, half_way, first, second];
    let different: BTreeSet<&String> = values.iter().chain([&third]).collect();
    assert_eq!(different.len(), 5);
    for superseded in &values {
        expect_login(&rig, &presenting(&rig, superseded)).await;
        let mut flow = rig.client();
        flow.jar.set(FLOW, superseded);
        flow.open("/_auth/code/app").await.expect("sign-in");
    }
}

#[tokio::test]
async fn sess_08_sign_out_everywhere() {
    let (rig, app) = with_alice().await;
    let mut sessions = vec![visit::trusted(&rig, ALICE, &app).await];
    for _ in 0..2 {
        sessions.push(visit::signed_in(&rig, ALICE, &app).await);
    }
    let mut alice = sessions[1].clone();
    let page = alice.open("/_auth/account/sessions").await;
    let page = page.expect("account-sessions");
    let button = |it: &&Form| it.buttons.iter().any(|it| it.0 == "everywhere");
    let form = page.html().forms().iter().find(button).unwrap().clone();

    let page = alice.submit(&page, &form.press("everywhere", "yes")).await;

    assert_eq!(page.expect("signed-out").status, 200);
    assert_eq!(alice.jar.get(SESSION), None);
    for session in &sessions {
        expect_login(&rig, session).await;
    }
    let mut device = rig.client();
    device.jar.set(DEVICE, sessions[0].jar.get(DEVICE).unwrap());
    let page = visit::after_password(&mut device, ALICE, PASSWORD).await;
    page.expect("code-app");
    rig.smtp.about(ALICE, "signed out everywhere").await;
}

#[tokio::test]
async fn sess_08_signed_out_everywhere_by_support() {
    let (rig, app) = with_alice().await;
    let mut sessions = Vec::new();
    for _ in 0..3 {
        sessions.push(visit::signed_in(&rig, ALICE, &app).await);
    }

    let ended = rig.app.desk.admin_sign_out(ALICE, &visit::operator()).await;

    assert_eq!(ended.unwrap(), 3);
    for session in &sessions {
        expect_login(&rig, session).await;
    }
}

#[tokio::test]
async fn sess_21_own_sessions_only() {
    let (rig, app) = with_alice().await;
    let alice = visit::signed_in(&rig, ALICE, &app).await;
    let id = rig.account(ALICE).await.id;
    let leaked = rig.app.desk.store.sessions_of(id).await.unwrap()[0].1.id;
    rig.add(BOB).await;
    let theirs = rig.give_app(BOB).await;
    let mut bob = visit::signed_in(&rig, BOB, &theirs).await;
    let csrf = visit::token_of(&mut bob).await;

    let ids = [&leaked.to_string(), "0", "-1", "*", "", "%00", "'--"];
    for asked in ids {
        let answer = bob
            .post("/_auth/account/sessions", &format!("csrf={csrf}&end={asked}"))
            .await;
        assert_eq!(answer.status, 404, "{asked}: {}", answer.text());
    }

    expect_served(&rig, &alice).await;
    expect_served(&rig, &bob).await;
    assert_eq!(count_events(&rig, ALICE, "session.ended").await, 0);
    // Nor does the list name anybody else's.
    let page = bob.open("/_auth/account/sessions").await;
    assert!(!page.text().contains(&leaked.to_string()));
}

#[tokio::test]
async fn sess_24_password_change() {
    let (rig, app) = with_alice().await;
    let mut one = visit::signed_in(&rig, ALICE, &app).await;
    let two = visit::signed_in(&rig, ALICE, &app).await;
    let before = one.jar.get(SESSION).unwrap().to_owned();
    expect_served(&rig, &two).await;

    visit::change_password(&rig, &mut one, &app, PASSWORD, NEW_PASSWORD)
        .await
        .expect("account");

    expect_login(&rig, &two).await;
    assert_ne!(one.jar.get(SESSION), Some(before.as_str()));
    expect_login(&rig, &presenting(&rig, &before)).await;
    expect_served(&rig, &one).await;
    let refused = visit::after_password(&mut rig.client(), ALICE, PASSWORD).await;
    assert_eq!(refused.expect("sign-in").status, 422);
    rig.smtp.about(ALICE, "password was changed").await;
}
