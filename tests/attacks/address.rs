//! Another email address: who can move an account, who can take it back, and what nobody learns.

use std::time::Duration;

use doorward::identity::account::Account;

use super::cache::dressed;
use super::visit::{self, SESSION, expect_login, expect_served};
use super::walker::{ALICE, BOB, body, masked, rows, token};
use crate::rig::authenticator::Authenticator;
use crate::rig::client::{Client, Page};
use crate::rig::gateway::{PASSWORD, Rig};
use crate::rig::smtp::Mail;
use crate::rig::wait::eventually;
use crate::rig::walk;

const EMAIL: &str = "/_auth/account/email";
const CONFIRM: &str = "/_auth/email/confirm";
const REVOKE: &str = "/_auth/email/revoke";
const CAROL: &str = "carol@example.org";

/// Types a new address on its page; the answer, not followed.
async fn ask(client: &mut Client, address: &str) -> Page {
    let page = client.open(EMAIL).await.expect("account-email");
    let form = page.form(EMAIL).set("email", address);
    client.submit(&page, &form).await
}

/// The link below `path` in the newest letter to `to` after the first `seen`.
async fn link(rig: &Rig, to: &str, path: &str, seen: usize) -> String {
    let before = format!("{}{path}/", rig.place.origin);
    let mail: Mail = eventually(&format!("a link for {to} after letter {seen}"), || {
        let mut mails = rig.smtp.mails().into_iter().rev();
        let found = mails.find(|it| it.number > seen && it.to == to && it.text.contains(&before));
        std::future::ready(found)
    })
    .await;
    let link = mail.text.split_whitespace().find(|it| it.starts_with(&before));
    link.unwrap()[rig.place.origin.len()..].to_owned()
}

/// Asks for `to` in the browser of whoever is signed in; the link that went there.
async fn asked(rig: &Rig, client: &mut Client, to: &str) -> String {
    let seen = rig.smtp.count();
    let answer = ask(client, to).await;
    assert_eq!(answer.status, 303, "{}", answer.html().words());
    link(rig, to, CONFIRM, seen).await
}

/// Opens a link and presses its page's only button; the answer, not followed.
async fn press(client: &mut Client, link: &str) -> Page {
    let page = client.open(link).await;
    let path = page.path.clone();
    client.submit(&page, &page.form(&path)).await
}

/// Alice has moved to carol's mailbox; the link back that alice's mailbox got.
async fn moved(rig: &Rig, client: &mut Client) -> String {
    let confirm = asked(rig, client, CAROL).await;
    let seen = rig.smtp.count();
    let answer = press(&mut rig.client(), &confirm).await;
    assert_eq!(answer.status, 303, "{}", answer.html().words());
    link(rig, ALICE, REVOKE, seen).await
}

#[tokio::test]
async fn reg_19_the_old_address_works_until_the_new_one_has_confirmed() {
    let rig = Rig::start().await;
    rig.add(ALICE).await;
    let mut alice = rig.signed_in(ALICE).await;
    let confirm = asked(&rig, &mut alice, CAROL).await;
    rig.smtp.about(ALICE, "another email address").await;
    assert_eq!(rig.account(ALICE).await.email.key(), ALICE);
    visit::after_password(&mut rig.client(), ALICE, PASSWORD)
        .await
        .expect("code-email");

    let seen = rig.smtp.count();
    let answer = press(&mut alice, &confirm).await;
    assert_eq!(answer.status, 303, "{}", answer.html().words());
    let page = alice.follow(answer).await.expect("account-details");
    assert!(page.html().words().contains(CAROL), "{}", page.html().words());
    assert_eq!(rig.account(CAROL).await.former.len(), 1);
    link(&rig, ALICE, REVOKE, seen).await;
    rig.smtp.about(CAROL, "was changed").await;
    alice.get("/hers").await;
    assert_eq!(
        rig.up.last().all("remote-email"),
        [CAROL],
        "SESS-19: the portal hears of it"
    );
    let old = visit::after_password(&mut rig.client(), ALICE, PASSWORD).await;
    assert_eq!(old.status, 422, "the old address is nobody's");
    let used = rig.client().open(&confirm).await.expect("link-expired");
    assert!(used.html().words().contains("already used"));
}

#[tokio::test]
async fn reg_19_a_new_password_cancels_it() {
    let (rig, app) = visit::with_alice().await;
    let mut alice = visit::signed_in(&rig, ALICE, &app).await;
    let confirm = asked(&rig, &mut alice, CAROL).await;
    let page = visit::change_password(&rig, &mut alice, &app, PASSWORD, "wolke tasse fahrrad mond").await;
    assert_eq!(page.status, 200, "{}", page.html().words());
    rig.client().open(&confirm).await.expect("link-expired");
    assert_eq!(rig.account(ALICE).await.email.key(), ALICE);
}

#[tokio::test]
async fn mfa_18_it_asks_for_fresh_proof() {
    let (rig, app) = visit::with_alice().await;
    let mut alice = visit::signed_in(&rig, ALICE, &app).await;
    let page = alice.open(EMAIL).await.expect("account-email");
    rig.advance(Duration::from_secs(301));
    alice.open(EMAIL).await.expect("confirm");
    // The form of a page that has been open for too long: what was typed is not typed twice.
    let seen = rig.smtp.count();
    let answer = alice.submit(&page, &page.form(EMAIL).set("email", CAROL)).await;
    assert_eq!(answer.location(), "/_auth/confirm");
    assert_eq!(rig.smtp.count(), seen, "nothing has gone out");
    let page = alice.follow(answer).await.expect("confirm");
    let page = visit::confirmed(&rig, &mut alice, page, &app)
        .await
        .expect("account-email");
    assert!(page.html().words().contains(CAROL), "{}", page.html().words());
    link(&rig, CAROL, CONFIRM, seen).await;
}

#[tokio::test]
async fn every_other_session_and_device_ends() {
    let (rig, app) = visit::with_alice().await;
    let trusted = visit::trusted(&rig, ALICE, &app).await;
    let mut alice = visit::signed_in(&rig, ALICE, &app).await;
    let confirm = asked(&rig, &mut alice, CAROL).await;
    let value = alice.jar.get(SESSION).unwrap().to_owned();
    let answer = press(&mut alice, &confirm).await;
    alice.follow(answer).await.expect("account-details");
    expect_login(&rig, &trusted).await;
    expect_served(&rig, &alice).await;
    assert_ne!(alice.jar.get(SESSION), Some(value.as_str()), "SESS-04");
    expect_login(&rig, &visit::presenting(&rig, &value)).await;
    assert!(rig.account(CAROL).await.devices.is_empty());
}

#[tokio::test]
async fn confirmed_elsewhere_nobody_is_signed_in() {
    let rig = Rig::start().await;
    rig.add(ALICE).await;
    let mut alice = rig.signed_in(ALICE).await;
    let confirm = asked(&rig, &mut alice, CAROL).await;
    let mut phone = rig.client();
    let answer = press(&mut phone, &confirm).await;
    let page = phone.follow(answer).await.expect("sign-in");
    assert!(
        page.html().words().contains("Your email address is changed."),
        "{}",
        page.html().words()
    );
    assert_eq!(page.form("/_auth/sign-in").value("username"), Some(CAROL));
    assert_eq!(phone.jar.get(SESSION), None);
    expect_login(&rig, &alice).await;
}

#[tokio::test]
async fn the_old_mailbox_takes_the_account_back() {
    let (rig, app): (Rig, Authenticator) = visit::with_alice().await;
    let mut thief = visit::signed_in(&rig, ALICE, &app).await;
    let back = moved(&rig, &mut thief).await;
    let thief = visit::signed_in(&rig, CAROL, &app).await;
    rig.advance(Duration::from_secs(71 * 3600));

    let before = rig.account(CAROL).await;
    for method in ["GET", "HEAD", "GET"] {
        let mut scanner = rig.client();
        let answer = scanner.send(method, &back, &[("Accept", "text/html")], b"").await;
        assert_eq!((answer.status, answer.location()), (303, REVOKE), "CSRF-10");
    }
    assert_eq!(
        rig.account(CAROL).await.epoch,
        before.epoch,
        "a look changes nothing"
    );
    let mut owner = rig.client();
    let page = owner.open(&back).await.expect("email-revoked");
    assert!(page.html().words().contains(ALICE) && !page.html().words().contains(CAROL));
    let answer = owner.submit(&page, &page.form(REVOKE)).await;
    let page = owner.follow(answer).await.expect("email-revoked");
    assert!(page.html().links().iter().any(|it| it == "/_auth/reset"));
    assert_eq!(rig.account(ALICE).await.former, Vec::new());
    expect_login(&rig, &thief).await;
    rig.smtp.about(ALICE, "was undone").await;
    rig.smtp.about(CAROL, "was undone").await;
    rig.client().open(&back).await.expect("link-expired");
    visit::signed_in(&rig, ALICE, &app).await;
    // The page says it once, and to nobody else.
    let mut other = rig.client();
    let page = other.get("/_auth/email/revoke/done").await;
    assert_eq!(page.expect("link-expired").status, 410);
}

#[tokio::test]
async fn the_way_back_outlives_a_new_password_and_ends_after_three_days() {
    let rig = Rig::start().await;
    rig.add(ALICE).await;
    let mut thief = rig.signed_in(ALICE).await;
    let back = moved(&rig, &mut thief).await;
    rig.change(CAROL, Account::credentials_changed).await;
    rig.advance(Duration::from_secs(72 * 3600 - 1));
    let mut owner = rig.client();
    let page = owner.open(&back).await.expect("email-revoked");
    rig.advance(Duration::from_secs(1));
    let answer = owner.submit(&page, &page.form(REVOKE)).await;
    assert_eq!(answer.status, 410);
    rig.client().open(&back).await.expect("link-expired");
    assert_eq!(rig.account(CAROL).await.email.key(), CAROL);
}

#[tokio::test]
async fn enum_a_taken_address_is_answered_alike() {
    let rig = Rig::start().await;
    rig.add(ALICE).await;
    rig.add(BOB).await;
    let mut alice = rig.signed_in(ALICE).await;
    let mut answers = Vec::new();
    for address in [BOB, "may@example.com"] {
        let answer = ask(&mut alice, address).await;
        let (status, mut headers, body) = masked(&answer, address);
        // What is said travels sealed.
        for (name, value) in &mut headers {
            if name == "location" {
                value.truncate(value.find('=').unwrap());
            }
        }
        let page = alice.follow(answer).await.expect("account-email");
        answers.push((status, headers, body, masked(&page, address)));
    }
    assert_eq!(answers[0], answers[1]);
    rig.smtp.about(BOB, "already have an account").await;
    link(&rig, "may@example.com", CONFIRM, 0).await;
    assert!(
        rig.smtp
            .mails()
            .iter()
            .all(|it| it.to != BOB || !it.text.contains(CONFIRM)),
        "no link for whoever has an account"
    );
}

#[tokio::test]
async fn inj_05_one_plain_address() {
    let rig = Rig::start().await;
    rig.add(ALICE).await;
    let mut alice = rig.signed_in(ALICE).await;
    let seen = rig.smtp.count();
    for address in [
        "",
        "a@x,b@x",
        "a@x;b@x",
        "a@x b@x",
        "\"a\"@x",
        "a(b)@x",
        "a@x\r\nBcc: b@x",
        "\"><svg onload=alert(1)>",
    ] {
        let answer = ask(&mut alice, address).await;
        assert_eq!(answer.status, 422, "{address:?}");
        assert!(!answer.text().contains("<svg"), "{address:?}");
    }
    assert_eq!(rig.smtp.count(), seen);
}

#[tokio::test]
async fn csrf_no_button_without_its_page() {
    let rig = Rig::start().await;
    rig.add(ALICE).await;
    let mut alice = rig.signed_in(ALICE).await;
    let confirm = asked(&rig, &mut alice, CAROL).await;
    let mut elsewhere = rig.client();
    elsewhere.open(&confirm).await.expect("account-email");
    for csrf in ["", "AAAA", &token(&alice.open(EMAIL).await)] {
        let answer = elsewhere.post(CONFIRM, &body(&[("csrf", csrf)])).await;
        assert_eq!(answer.status, 422, "{csrf}");
    }
    let form = body(&[("csrf", &token(&elsewhere.get(CONFIRM).await))]);
    let fields = [
        ("Content-Type", "application/x-www-form-urlencoded"),
        ("Origin", "https://evil.test"),
    ];
    let answer = elsewhere.send("POST", CONFIRM, &fields, form.as_bytes()).await;
    assert_eq!(answer.status, 403);
    assert_eq!(
        rig.client().post(CONFIRM, &form).await.status,
        410,
        "another browser"
    );
    assert_eq!(rig.account(ALICE).await.email.key(), ALICE);
    let tables = |rig: &Rig| {
        let all = rows(rig).into_iter();
        all.filter(|(table, _)| table != "letter").collect::<Vec<_>>()
    };
    let before = tables(&rig);
    rig.client().open(&confirm).await.expect("account-email");
    assert_eq!(tables(&rig), before, "CSRF-08");
    assert_eq!(elsewhere.post(CONFIRM, &form).await.status, 303);
}

#[tokio::test]
async fn reg_14_links_leave_the_address_at_once() {
    let rig = Rig::with_tls(&serde_json::json!({})).await;
    rig.add(ALICE).await;
    let mut alice = rig.signed_in(ALICE).await;
    let confirm = asked(&rig, &mut alice, CAROL).await;
    let mut phone = rig.client();
    let answer = phone.get(&confirm).await;
    assert_eq!((answer.status, answer.location()), (303, CONFIRM));
    dressed("the link", &answer, "no-store");
    let page = phone.follow(answer).await.expect("account-email");
    dressed("the page", &page, "no-store");
    assert!(!page.text().contains(confirm.rsplit('/').next().unwrap()));
    for path in [
        "/_auth/email/confirm/nothing",
        "/_auth/email/revoke/nothing",
        CONFIRM,
        REVOKE,
    ] {
        let gone = rig.client().get(path).await.expect("link-expired");
        assert_eq!(gone.status, 410, "{path}");
        dressed(path, &gone, "no-store");
    }
}

#[tokio::test]
async fn a_link_back_follows_no_other_account() {
    let rig = Rig::start().await;
    rig.add(ALICE).await;
    rig.add(BOB).await;
    let mut alice = rig.signed_in(ALICE).await;
    let back = moved(&rig, &mut alice).await;
    let bob = rig.account(BOB).await.id;
    let (place, value) = back.rsplit_once('/').unwrap();
    let (_, value) = value.split_once('-').unwrap();
    let forged = format!("{place}/{bob}-{value}");
    rig.client().open(&forged).await.expect("link-expired");
    // A link for one thing is none for another.
    for path in ["/_auth/reset", CONFIRM] {
        rig.client()
            .open(&format!("{path}/{value}"))
            .await
            .expect("link-expired");
    }
    let mut owner = rig.client();
    owner.open(&back).await.expect("email-revoked");
    let page = walk::sign_in(&mut owner, &rig.smtp, "/", BOB, PASSWORD).await;
    assert_eq!(page.status, 200, "another sign-in in that browser goes on");
}
