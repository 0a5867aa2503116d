//! What begins or ends in a letter: another address and its way back, a forgotten password, a registration on
//! another device. And the rest of the account pages: name, sessions, what has happened.

use serde_json::json;

use crate::person::{Person, Trust};
use crate::rig::browser::Look;
use crate::rig::gateway::{PASSWORD, Rig};
use crate::rig::smtp::Mail;

const ANNA: &str = "anna@example.com";
const OTHER: &str = "berg@example.com";
const BEN: &str = "ben@example.com";
const NEW_PASSWORD: &str = "seven blue kettles whistle";

/// The path of the link in a letter that leads below this one.
fn link(rig: &Rig, letter: &Mail, below: &str) -> String {
    let mut links = letter
        .text
        .lines()
        .filter_map(|it| it.split_once(&rig.place.origin))
        .map(|(_, path)| path);
    let link = links.find(|it| it.starts_with(below));
    link.unwrap_or_else(|| panic!("no link to {below} in\n{}", letter.text))
        .to_owned()
}

async fn walk(look: &Look) {
    let rig = Rig::with(&json!({ "registration": { "mode": "open" } })).await;
    rig.add(ANNA).await;
    let anna = Person::at(&rig, look).await;
    anna.signs_in_by_mail("/", ANNA, PASSWORD, Trust::No).await;
    saves_her_name(&anna).await;
    ends_other_sessions(&anna, &rig).await;
    changes_her_address(&anna, &rig).await;
    takes_it_back(&anna, &rig).await;
    forgets_her_password(&anna, &rig).await;
    ben_opens_the_link(&anna, &rig).await;
    anna.leaves().await;
}

async fn saves_her_name(anna: &Person<'_>) {
    anna.open("/_auth/account/details").await;
    anna.on("account-details").await;
    anna.browser.fill("#given-name", "Anna").await;
    anna.browser.fill("#family-name", "Bäcker").await;
    anna.presses("form:has(#given-name) button.main").await;
    anna.reads(".notice", "Your name is saved.").await;
    anna.open("/_auth/account").await;
    anna.reads(".cards", "Anna Bäcker").await;
}

async fn ends_other_sessions(anna: &Person<'_>, rig: &Rig) {
    rig.advance(std::time::Duration::from_secs(60));
    let mut other = rig.signed_in(ANNA).await;
    anna.open("/_auth/account").await;
    anna.presses("a[href='/_auth/account/sessions']").await;
    anna.on("account-sessions").await;
    anna.reads(".tag", "This browser").await;
    anna.presses("button[name=end_others]").await;
    anna.reads(".notice", "All other browsers are signed out.").await;
    assert_eq!(other.get("/").await.status, 303);
    anna.open("/_auth/account/activity").await;
    anna.on("account-activity").await;
    anna.reads(".activity", "Signed in with a code by email").await;
}

async fn changes_her_address(anna: &Person<'_>, rig: &Rig) {
    anna.open("/_auth/account/details").await;
    anna.presses("a[href='/_auth/account/email']").await;
    anna.on("account-email").await;
    anna.browser.fill("#email", "berg@").await;
    anna.presses("form:has(#email) button.main").await;
    anna.browser.find(".field-error").await;
    let seen = rig.smtp.count();
    anna.browser.fill("#email", OTHER).await;
    anna.presses("form:has(#email) button.main").await;
    anna.reads(".notice", "We have sent a link to berg@example.com.")
        .await;
    rig.smtp.about(ANNA, "another email address was asked for").await;
    let letter = rig.smtp.next_for(OTHER, seen).await;
    anna.open(&link(rig, &letter, "/_auth/email/confirm/")).await;
    anna.reads("h1", "Is this your email address?").await;
    assert_eq!(
        rig.account(ANNA).await.email.key(),
        ANNA,
        "opening it changes nothing"
    );
    anna.presses("form[action='/_auth/email/confirm'] button.main")
        .await;
    anna.on("account-details").await;
    anna.reads("main", OTHER).await;
}

async fn takes_it_back(anna: &Person<'_>, rig: &Rig) {
    let letter = rig.smtp.about(ANNA, "your email address was changed").await;
    anna.open(&link(rig, &letter, "/_auth/email/revoke/")).await;
    anna.reads("h1", "Undo the change of your email address?").await;
    anna.presses("form[action='/_auth/email/revoke'] button.main")
        .await;
    assert_eq!(anna.on("email-revoked").await, "The change is undone");
    assert_eq!(rig.account(ANNA).await.email.key(), ANNA);
    anna.open("/").await;
    anna.on("sign-in").await;
}

async fn forgets_her_password(anna: &Person<'_>, rig: &Rig) {
    rig.advance(std::time::Duration::from_secs(3600));
    anna.presses("a[href='/_auth/reset']").await;
    anna.on("reset").await;
    anna.browser.fill("#username", ANNA).await;
    anna.presses("form[action='/_auth/reset'] button.main").await;
    anna.on("reset-sent").await;
    let letter = rig.smtp.about(ANNA, "set a new password").await;
    anna.open(&link(rig, &letter, "/_auth/reset/")).await;
    anna.on("reset-password").await;
    anna.browser.fill("#new-password", "too short").await;
    anna.presses("form:has(#new-password) button.main").await;
    anna.is_told("That is too short.").await;
    anna.browser.fill("#new-password", NEW_PASSWORD).await;
    anna.presses("form:has(#new-password) button.main").await;
    anna.on("sign-in").await;
    anna.reads(".notice", "Your password was changed.").await;
    let seen = rig.smtp.count();
    anna.gives_password(ANNA, NEW_PASSWORD).await;
    anna.on("code-email").await;
    let letter = rig.smtp.next_for(ANNA, seen).await;
    anna.gives_code(&letter.code()).await;
    anna.browser.find("pre, [data-page=trust]").await;
    anna.signs_out().await;
}

async fn ben_opens_the_link(ben: &Person<'_>, rig: &Rig) {
    ben.open("/_auth/register").await;
    ben.on("register-email").await;
    ben.browser.fill("#email", BEN).await;
    ben.presses("form:has(#email) button.main").await;
    ben.on("register-check").await;
    let letter = rig.smtp.next_for(BEN, 0).await;
    // In the mail program of another device.
    ben.puts_device_away().await;
    ben.open(&link(rig, &letter, "/_auth/register/link/")).await;
    assert_eq!(ben.on("register-check").await, "Confirm your email address");
    ben.presses("form[action='/_auth/register/check'] button.main")
        .await;
    ben.on("register-details").await;
    ben.browser.fill("#given-name", "Ben").await;
    ben.browser.fill("#family-name", "Muster").await;
    ben.browser.fill("#new-password", PASSWORD).await;
    ben.presses("form:has(#new-password) button.main").await;
    ben.on("register-method").await;
    ben.presses("input[value=email]").await;
    ben.presses("form:has(#method) button.main").await;
    ben.answers_trust(Trust::No).await;
    ben.at_portal("/").await;
}

#[tokio::test]
async fn what_begins_in_a_letter_ends_well_with_scripts() {
    walk(&Look::default()).await;
}

#[tokio::test]
async fn what_begins_in_a_letter_ends_well_without_scripts() {
    walk(&Look::phone().without_scripts()).await;
}
