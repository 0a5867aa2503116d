//! The cookie of a trusted device.

use std::collections::BTreeSet;
use std::time::Duration;

use doorward::base::secret::Secret;
use serde_json::json;

use super::sess::attributes;
use super::visit::{
    self, ALICE, BOB, DEVICE, KNOWN, SESSION, after_password, events, expect_login, expect_served, with_alice,
};
use crate::rig::client::{Client, Page};
use crate::rig::gateway::{PASSWORD, Rig};
use crate::rig::html::Form;
use crate::rig::walk;

const DAY: Duration = Duration::from_secs(86_400);

/// A new browser with the device cookie alone, after `password`.
async fn on_the_device(rig: &Rig, device: &Client, email: &str, password: &str) -> (Client, Page) {
    let mut client = visit::with_only(rig, device, &[DEVICE]);
    let page = after_password(&mut client, email, password).await;
    (client, page)
}

async fn expect_asked(rig: &Rig, device: &Client, email: &str) {
    let (client, page) = on_the_device(rig, device, email, PASSWORD).await;
    page.expect("code-app");
    expect_login(rig, &client).await;
}

async fn expect_not_asked(rig: &Rig, device: &Client, email: &str) {
    let (_, page) = on_the_device(rig, device, email, PASSWORD).await;
    assert_eq!(page.text(), "portal: GET /\n");
}

#[tokio::test]
async fn td_01_attributes() {
    let (mut rig, app) = with_alice().await;
    let mut alice = visit::on_https(&mut rig).await;
    let page = visit::up_to_trust(&rig, &mut alice, ALICE, &app).await;

    let answered = alice
        .submit(&page, &page.form("/_auth/trust").press("trust", "yes"))
        .await;

    let lines = answered.all("set-cookie");
    assert_eq!(lines.len(), 1, "{lines:?}");
    assert!(lines[0].starts_with("__Host-doorward-device="), "{lines:?}");
    let expected = BTreeSet::from([
        "HttpOnly",
        "Max-Age=7776000",
        "Path=/",
        "SameSite=Strict",
        "Secure",
    ]);
    assert_eq!(attributes(lines[0]), expected);
}

#[tokio::test]
async fn td_02_not_a_credential() {
    let (rig, app) = with_alice().await;
    let device = visit::trusted(&rig, ALICE, &app).await;

    expect_login(&rig, &visit::with_only(&rig, &device, &[DEVICE])).await;
    expect_login(&rig, &visit::with_only(&rig, &device, &[DEVICE, KNOWN])).await;
    expect_login(&rig, &visit::presenting(&rig, device.jar.get(DEVICE).unwrap())).await;
}

#[tokio::test]
async fn td_03_happy_path() {
    let (rig, app) = with_alice().await;
    let device = visit::trusted(&rig, ALICE, &app).await;

    let (_, page) = on_the_device(&rig, &device, ALICE, PASSWORD).await;

    assert_eq!(page.text(), "portal: GET /\n");
    assert_eq!(rig.up.last().all("remote-auth-method"), ["password+device"]);
    let events = events(&rig, ALICE).await;
    let methods: Vec<&str> = events
        .iter()
        .filter(|it| it["event"] == "sign_in.completed")
        .map(|it| it["method"].as_str().unwrap())
        .collect();
    assert_eq!(methods, ["password+app", "password+device"]);
}

#[tokio::test]
async fn td_04_wrong_account() {
    let (rig, _) = with_alice().await;
    rig.add(BOB).await;
    let app = rig.give_app(BOB).await;
    let device = visit::trusted(&rig, BOB, &app).await;

    let (client, with) = on_the_device(&rig, &device, ALICE, PASSWORD).await;
    let mut stranger = rig.client();
    let without = after_password(&mut stranger, ALICE, PASSWORD).await;

    let with = with.expect("code-app");
    assert_eq!(with.status, without.status);
    assert_eq!(with.html().words(), without.html().words());
    assert_eq!(
        client.jar.get(DEVICE),
        device.jar.get(DEVICE),
        "no hint by cookie"
    );
    expect_login(&rig, &client).await;
}

#[tokio::test]
async fn td_05_wrong_password() {
    let (rig, app) = with_alice().await;
    let device = visit::trusted(&rig, ALICE, &app).await;

    let (_, with) = on_the_device(&rig, &device, ALICE, "not the right password").await;
    let without = after_password(&mut rig.client(), ALICE, "not the right password").await;

    assert_eq!((with.status, without.status), (422, 422));
    assert_eq!(with.html().words(), without.html().words());
    let names = |page: &Page| -> Vec<String> { page.headers.iter().map(|it| it.0.clone()).collect() };
    assert_eq!(names(&with), names(&without));
    for _ in 0..8 {
        let (_, page) = on_the_device(&rig, &device, ALICE, "not the right password").await;
        assert_eq!(page.status, 422);
    }
    let (_, page) = on_the_device(&rig, &device, ALICE, PASSWORD).await;
    assert_eq!(page.expect("throttled").status, 429, "each was counted");
}

#[tokio::test]
async fn td_07_after_a_password_by_support() {
    let (rig, app) = with_alice().await;
    let device = visit::trusted(&rig, ALICE, &app).await;
    expect_not_asked(&rig, &device, ALICE).await;

    let new = "quite another long password";
    let desk = &rig.app.desk;
    desk.admin_set_password(ALICE, &Secret::new(new.to_owned()), &visit::operator())
        .await
        .unwrap();

    let (client, page) = on_the_device(&rig, &device, ALICE, new).await;
    page.expect("code-app");
    expect_login(&rig, &client).await;
}

#[tokio::test]
async fn td_07_after_a_reset_of_the_second_factor() {
    let (rig, app) = with_alice().await;
    let device = visit::trusted(&rig, ALICE, &app).await;

    rig.app
        .desk
        .admin_reset_mfa(ALICE, &visit::operator())
        .await
        .unwrap();

    let (client, page) = on_the_device(&rig, &device, ALICE, PASSWORD).await;
    page.expect("code-email");
    expect_login(&rig, &client).await;
}

#[tokio::test]
async fn td_09_after_support_removed_it() {
    let (rig, app) = with_alice().await;
    let device = visit::trusted(&rig, ALICE, &app).await;
    let id = rig.account(ALICE).await.devices[0].id;

    rig.app
        .desk
        .admin_remove_device(ALICE, &id.to_string(), &visit::operator())
        .await
        .unwrap();

    expect_asked(&rig, &device, ALICE).await;
}

#[tokio::test]
async fn td_10_expiry_on_the_server() {
    let (rig, app) = with_alice().await;
    let device = visit::trusted(&rig, ALICE, &app).await;

    rig.advance(90 * DAY - Duration::from_secs(1));
    expect_not_asked(&rig, &device, ALICE).await;
    rig.advance(Duration::from_secs(2));
    expect_asked(&rig, &device, ALICE).await;
}

#[tokio::test]
async fn td_11_no_sliding_for_ever() {
    let (rig, app) = with_alice().await;
    let device = visit::trusted(&rig, ALICE, &app).await;

    rig.advance(80 * DAY);
    expect_not_asked(&rig, &device, ALICE).await;
    rig.advance(11 * DAY);
    expect_asked(&rig, &device, ALICE).await;
}

#[tokio::test]
async fn td_12_opt_in() {
    let (rig, app) = with_alice().await;
    let mut alice = rig.client();
    let page = visit::up_to_trust(&rig, &mut alice, ALICE, &app).await;
    assert_eq!(alice.jar.get(DEVICE), None, "nothing before the answer");

    // Leaves the page.
    expect_served(&rig, &alice).await;
    assert_eq!(alice.jar.get(DEVICE), None);
    // Answers no.
    walk::answer_trust(&mut alice, &page, false).await;
    assert_eq!(alice.jar.get(DEVICE), None);
    assert_eq!(rig.account(ALICE).await.devices.len(), 0);
    // The old page sent once more, with yes.
    let form = page.form("/_auth/trust").press("trust", "yes");
    let again = alice.submit(&page, &form).await;
    assert_eq!((again.status, again.location()), (303, "/"));
    assert_eq!(alice.jar.get(DEVICE), None);
    assert_eq!(rig.account(ALICE).await.devices.len(), 0);
}

#[tokio::test]
async fn td_12_not_offered_after_a_recovery_code() {
    let (rig, _) = with_alice().await;
    let codes = visit::give_recovery_codes(&rig, ALICE, 10).await;
    let (mut alice, _) = visit::half_way(&rig, ALICE).await;
    visit::give_recovery_code(&mut alice, &codes[0])
        .await
        .expect("recovery-used");

    assert_eq!(alice.open("/_auth/trust").await.text(), "portal: GET /\n");
    let sign_out = alice.open("/_auth/sign-out").await.expect("sign-out");
    let token = sign_out.form("/_auth/sign-out");
    let body = format!("csrf={}&trust=yes&device_name=x", token.value("csrf").unwrap());
    alice.post("/_auth/trust", &body).await;
    assert_eq!(alice.jar.get(DEVICE), None);
    assert_eq!(rig.account(ALICE).await.devices.len(), 0);
}

#[tokio::test]
async fn td_16_device_cap() {
    let (rig, app) = with_alice().await;
    let mut devices = Vec::new();
    for _ in 0..10 {
        devices.push(visit::trusted(&rig, ALICE, &app).await);
    }
    expect_not_asked(&rig, &devices[0], ALICE).await;
    // The account pages name the device that would make room, before anybody presses the button.
    let oldest = rig.account(ALICE).await.devices[0].id;
    rig.change(ALICE, |account| {
        account.devices[0].name = "The oldest <one>".to_owned();
    })
    .await;
    let mut eleventh = visit::signed_in(&rig, ALICE, &app).await;
    let page = eleventh.open("/_auth/account/devices").await;
    let words = page.html().words();
    let said = "If we remember this device, we forget the oldest one: The oldest <one> .";
    assert!(words.contains(said), "{words}");
    assert_eq!(rig.account(ALICE).await.devices[0].id, oldest);

    devices.push(visit::trusted(&rig, ALICE, &app).await);

    expect_asked(&rig, &devices[0], ALICE).await;
    expect_not_asked(&rig, &devices[1], ALICE).await;
    expect_not_asked(&rig, &devices[10], ALICE).await;
    assert_eq!(rig.account(ALICE).await.devices.len(), 10);
}

#[tokio::test]
async fn td_18_switched_off() {
    let (mut rig, app) = with_alice().await;
    let device = visit::trusted(&rig, ALICE, &app).await;
    expect_not_asked(&rig, &device, ALICE).await;

    rig.reload(&json!({ "trusted_devices": { "enabled": false } }))
        .await;

    expect_asked(&rig, &device, ALICE).await;
    let mut alice = rig.client();
    rig.advance(Duration::from_secs(30));
    let page = after_password(&mut alice, ALICE, PASSWORD)
        .await
        .expect("code-app");
    let page = walk::give_app_code(&mut alice, &page, &rig.code_of(&app)).await;
    assert_eq!(page.text(), "portal: GET /\n", "nor is the question asked");
    assert!(alice.jar.get(SESSION).is_some() && alice.jar.get(DEVICE).is_none());
}

#[tokio::test]
async fn td_07_after_a_password_change() {
    let (rig, app) = with_alice().await;
    let mut device = visit::trusted(&rig, ALICE, &app).await;
    let new = "quite another long password";

    visit::change_password(&rig, &mut device, &app, PASSWORD, new)
        .await
        .expect("account");

    let (client, page) = on_the_device(&rig, &device, ALICE, new).await;
    page.expect("code-app");
    expect_login(&rig, &client).await;
}

#[tokio::test]
async fn td_09_after_revoke_in_the_account_page() {
    let (rig, app) = with_alice().await;
    let mut device = visit::trusted(&rig, ALICE, &app).await;
    let other = visit::trusted(&rig, ALICE, &app).await;
    let page = device
        .open("/_auth/account/devices")
        .await
        .expect("account-devices");
    let id = rig.account(ALICE).await.devices[0].id.to_string();
    let of_it = |it: &&Form| it.buttons.iter().any(|it| it.0 == "remove" && it.1 == id);
    let form = page.html().forms().iter().find(of_it).unwrap().clone();

    device
        .submit_and_follow(&page, &form.press("remove", &id))
        .await
        .expect("account-devices");

    expect_asked(&rig, &device, ALICE).await;
    expect_not_asked(&rig, &other, ALICE).await;
}

#[tokio::test]
async fn td_09_after_all_were_removed() {
    let (rig, app) = with_alice().await;
    let mut one = visit::trusted(&rig, ALICE, &app).await;
    let two = visit::trusted(&rig, ALICE, &app).await;
    let page = one.open("/_auth/account/devices").await.expect("account-devices");
    let all = |it: &&Form| it.buttons.iter().any(|it| it.0 == "remove_all");
    let form = page.html().forms().iter().find(all).unwrap().clone();

    let next = one
        .submit_and_follow(&page, &form.press("remove_all", "yes"))
        .await;
    visit::confirmed(&rig, &mut one, next, &app)
        .await
        .expect("account-devices");

    for device in [one, two] {
        expect_asked(&rig, &device, ALICE).await;
    }
}

#[tokio::test]
async fn td_15_other_peoples_devices() {
    let (rig, app) = with_alice().await;
    let device = visit::trusted(&rig, ALICE, &app).await;
    let id = rig.account(ALICE).await.devices[0].id;
    rig.add(BOB).await;
    let theirs = rig.give_app(BOB).await;
    let mut bob = visit::trusted(&rig, BOB, &theirs).await;
    let csrf = visit::token_of(&mut bob).await;

    for asked in [
        format!("remove={id}"),
        format!("rename={id}&device_name=mine"),
        format!("rename={id}&device_name={}", "x".repeat(100)),
        "remove=0".to_owned(),
        "remove=-1".to_owned(),
        "remove=*".to_owned(),
    ] {
        let answer = bob
            .post("/_auth/account/devices", &format!("csrf={csrf}&{asked}"))
            .await;
        assert_eq!(answer.status, 404, "{asked}: {}", answer.text());
    }

    let held = rig.account(ALICE).await.devices;
    assert_eq!((held.len(), held[0].name.as_str()), (1, "Firefox on Linux"));
    assert_eq!(rig.account(BOB).await.devices.len(), 1);
    expect_not_asked(&rig, &device, ALICE).await;
}
