//! Trusted devices: no code on them, their names, and taking trust back.

use std::time::Duration;

use serde_json::json;

use crate::person::{Person, Trust};
use crate::rig::browser::Look;
use crate::rig::client::Client;
use crate::rig::gateway::{PASSWORD, Rig};
use crate::rig::walk;

const ANNA: &str = "anna@example.com";

/// Anna's other device signs in; what the page after the password is. Says yes where it is asked.
async fn signs_in_elsewhere(rig: &Rig, phone: &mut Client) -> Option<String> {
    phone.jar.remove("doorward");
    let seen = rig.smtp.count();
    let page = phone.open("/").await;
    let page = walk::give_password(phone, &page, ANNA, PASSWORD).await;
    let asked = page.name();
    if asked.is_some() {
        let page = page.expect("code-email");
        let code = rig.smtp.next_for(ANNA, seen).await.code();
        let page = walk::give_email_code(phone, &page, &code).await.expect("trust");
        walk::answer_trust(phone, &page, true).await;
    }
    asked
}

async fn trusts_renames_and_forgets(look: &Look) {
    let rig = Rig::with(&json!({ "limits": { "mail_hour": 20, "mail_day": 30 } })).await;
    rig.add(ANNA).await;
    let anna = Person::at(&rig, look).await;

    is_remembered(&anna, &rig).await;
    renames_and_removes_another(&anna, &rig).await;
    removes_all(&anna, &rig).await;
    anna.leaves().await;
}

async fn is_remembered(anna: &Person<'_>, rig: &Rig) {
    anna.open("/reports").await;
    anna.gives_password(ANNA, PASSWORD).await;
    anna.on("code-email").await;
    let code = rig.smtp.next_for(ANNA, 0).await.code();
    anna.gives_code(&code).await;
    anna.on("trust").await;
    anna.browser.fill("#device-name", "Kitchen laptop").await;
    anna.answers_trust(Trust::Yes).await;
    anna.at_portal("/reports").await;
    anna.signs_out().await;
    anna.reads("main", "This device is still remembered for the code.")
        .await;

    anna.open("/desk").await;
    anna.gives_password(ANNA, PASSWORD).await;
    anna.at_portal("/desk").await;
    assert_eq!(
        rig.up.last().header("remote-auth-method"),
        Some("password+device")
    );
    anna.open("/_auth/account/devices").await;
    assert_eq!(anna.on("account-devices").await, "Trusted devices");
    anna.reads(".stacked tbody th", "Kitchen laptop").await;
    anna.reads(".stacked .tag", "This device").await;
}

async fn renames_and_removes_another(anna: &Person<'_>, rig: &Rig) {
    anna.unfolds_and_presses(".stacked summary", ".stacked details input")
        .await;
    anna.browser.fill(".stacked details input", "Desk <b>&").await;
    anna.presses("button[name=rename]").await;
    anna.reads(".notice", "The device is now called Desk <b>&.").await;
    anna.reads(".stacked tbody th", "Desk <b>&").await;

    let mut phone = rig.client();
    assert_eq!(
        signs_in_elsewhere(rig, &mut phone).await.as_deref(),
        Some("code-email")
    );
    assert_eq!(signs_in_elsewhere(rig, &mut phone).await, None, "it is trusted");
    anna.open("/_auth/account/devices").await;
    anna.on("account-devices").await;
    let names = anna
        .browser
        .driver
        .find_all(fantoccini::Locator::Css(".stacked tbody th"))
        .await;
    assert_eq!(names.unwrap().len(), 2);
    anna.presses("button[name=remove][aria-label*=Firefox]").await;
    anna.reads(".notice", "Firefox on Linux is removed.").await;
    assert!(!anna.browser.words(".stacked").await.contains("Firefox"));
    rig.advance(Duration::from_secs(31));
    assert_eq!(
        signs_in_elsewhere(rig, &mut phone).await.as_deref(),
        Some("code-email")
    );
}

async fn removes_all(anna: &Person<'_>, rig: &Rig) {
    // What was proven at the sign-in is too old by now.
    rig.advance(Duration::from_secs(6 * 60));
    anna.open("/_auth/account/devices").await;
    anna.presses("button[name=remove_all]").await;
    assert_eq!(anna.on("confirm").await, "Confirm it's you");
    anna.reads("main", "You are about to remove all trusted devices.")
        .await;
    let seen = rig.smtp.count();
    anna.presses("button[name=send]").await;
    let code = rig.smtp.next_for(ANNA, seen).await.code();
    anna.browser.fill("#password", "not the right password").await;
    anna.gives_code(&code).await;
    anna.is_told("Your password is not right.").await;
    anna.browser.fill("#password", PASSWORD).await;
    anna.gives_code(&code).await;
    anna.on("account-devices").await;
    anna.reads(".notice", "All devices are removed.").await;
    anna.reads("main", "No device is remembered.").await;
    rig.smtp.about(ANNA, "all remembered devices were removed").await;

    anna.signs_out().await;
    assert!(!anna.browser.words("main").await.contains("remembered"));
    rig.advance(Duration::from_secs(31));
    anna.signs_in_by_mail("/desk", ANNA, PASSWORD, Trust::No).await;
}

#[tokio::test]
async fn devices_are_trusted_renamed_and_forgotten_with_scripts() {
    trusts_renames_and_forgets(&Look::default()).await;
}

#[tokio::test]
async fn devices_are_trusted_renamed_and_forgotten_without_scripts() {
    trusts_renames_and_forgets(&Look::phone().without_scripts()).await;
}
