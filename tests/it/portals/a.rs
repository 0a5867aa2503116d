//! A professional portal with its own login-management site.

use super::place::Place;
use super::{Shown, a_account};
use crate::person::Person;
use crate::rig::authenticator::Authenticator;
use crate::rig::browser::Look;
use crate::rig::gateway::PASSWORD;

const ANNA: &str = "anna@example.com";
const BEN: &str = "ben@example.com";
const CORA: &str = "cora@example.com";
const DORA: &str = "dora@example.com";
const EMIL: &str = "emil@example.com";

/// Years until `required_from`, and a little more.
const UNTIL_REQUIRED: u64 = 80 * 365;

pub async fn walk(look: &Look, shown: &Shown) {
    let place = Place::of("a").await;
    let browser = Person::at(&place.rig, look).await;

    registers_by_herself(&place, &browser, shown).await;
    finds_the_account(&place, &browser, shown).await;
    a_account::looks_after_it(&place, &browser, shown).await;
    browser.signs_out().await;
    let ben = registers_with_a_code(&place, &browser, shown).await;
    loses_app_and_codes(&place, &browser, &ben, shown).await;
    the_app_becomes_mandatory(&place, &browser, shown).await;
    browser.leaves().await;
}

/// From the sign-in page to what follows the terms of use.
async fn registers(place: &Place, person: &Person<'_>, email: &str, code: &str) {
    person.open("/").await;
    person.on("sign-in").await;
    person.presses("a[href^='/_auth/register']").await;
    person.on("register-email").await;
    person.browser.fill("#email", email).await;
    person.browser.fill("#registration-code", code).await;
    let seen = place.rig.smtp.count();
    person.presses("form:has(#email) button.main").await;
    person.on("register-check").await;
    let letter = place.rig.smtp.next_for(email, seen).await;
    person.gives_code(&letter.code()).await;
    person.on("register-details").await;
    person.browser.fill("#given-name", "Anna").await;
    person.browser.fill("#family-name", "Bäcker").await;
    person.browser.fill("#new-password", PASSWORD).await;
    person.presses("form:has(#new-password) button.main").await;
    person.on("register-terms").await;
    person
        .reads(".terms", "Tell us when you have lost your phone")
        .await;
    person.presses("form:has(#accept) button.main").await;
    person.is_told("Tick the box").await;
    person.agrees_to_terms().await;
}

async fn registers_by_herself(place: &Place, anna: &Person<'_>, shown: &Shown) {
    registers(place, anna, ANNA, "").await;
    anna.on("register-method").await;
    shown.saw("the address is confirmed by a code sent to it", &[39]);
    shown.saw("nobody gets on without agreeing to the terms", &[40]);
    let choices = anna.browser.text("fieldset").await;
    let (app, email) = choices.split_once("Code by email").expect("both");
    assert!(
        app.contains("Authenticator app – safer") && !email.is_empty(),
        "{choices}"
    );
    shown.saw(
        "whoever registers chooses between app and email; the app is safer",
        &[11, 16],
    );
    anna.presses("input[value=email]").await;
    anna.presses("form:has(#method) button.main").await;
    place.lets_in(anna, "password+email").await;
}

async fn finds_the_account(place: &Place, anna: &Person<'_>, shown: &Shown) {
    anna.open("/").await;
    anna.presses(".you a[href='/_auth/account']").await;
    anna.on("account").await;
    shown.saw("the profile menu leads to the account pages", &[1]);
    anna.open("/").await;
    anna.presses(".you a.who").await;
    place.shows(anna, "/profile").await;
    anna.presses("main a.security").await;
    assert_eq!(anna.on("account").await, "Your account");
    shown.saw("so does the profile page", &[2]);
}

/// With a registration code, and the app for a factor.
async fn registers_with_a_code(
    place: &Place,
    ben: &Person<'_>,
    shown: &Shown,
) -> (Authenticator, Vec<String>) {
    place.hours_pass(1);
    ben.open("/_auth/register").await;
    ben.on("register-email").await;
    ben.browser.fill("#email", BEN).await;
    ben.browser.fill("#registration-code", "PARTNER-1999").await;
    ben.presses("form:has(#email) button.main").await;
    ben.is_told("That registration code is not right").await;
    registers(place, ben, BEN, "partner-2026").await;
    shown.saw("registration by oneself, or with a code", &[38]);

    ben.on("register-method").await;
    ben.presses("input[value=app]").await;
    ben.presses("form:has(#method) button.main").await;
    ben.on("setup-why").await;
    ben.presses("form[action^='/_auth/setup/why'] button.main").await;
    ben.on("setup-app").await;
    let app = ben.takes_key().await;
    ben.gives_code(&place.rig.code_of(&app)).await;
    ben.on("setup-codes").await;
    let codes = ben.recovery_codes().await;
    ben.presses("#saved").await;
    ben.presses("form:has(#saved) button.main").await;
    ben.on("setup-done").await;
    ben.presses("form[action='/_auth/setup/done'] button").await;
    place.lets_in(ben, "password+app").await;
    shown.saw("setting up the second factor is part of registration", &[41]);
    ben.signs_out().await;
    (app, codes)
}

/// The phone is gone: a recovery code helps. Then the codes are gone, too: support does.
async fn loses_app_and_codes(
    place: &Place,
    ben: &Person<'_>,
    (_, codes): &(Authenticator, Vec<String>),
    shown: &Shown,
) {
    place.hours_pass(1);
    ben.open("/").await;
    ben.gives_password(BEN, PASSWORD).await;
    ben.on("code-app").await;
    ben.unfolds_and_presses("main summary", "main details a").await;
    ben.on("methods").await;
    ben.presses("button[value=recovery]").await;
    ben.on("code-recovery").await;
    ben.gives_recovery_code(&codes[0]).await;
    ben.on("recovery-used").await;
    ben.reads("main", "9 codes are left.").await;
    ben.presses("main a.second").await;
    place.lets_in(ben, "password+recovery").await;
    shown.saw("a recovery code gives access when the device is lost", &[42]);
    ben.signs_out().await;
    ben.open("/").await;
    ben.gives_password(BEN, PASSWORD).await;
    ben.on("code-app").await;
    ben.open("/_auth/code/recovery").await;
    ben.gives_recovery_code(&codes[0]).await;
    ben.is_told("That recovery code is not right or was used before.")
        .await;
    shown.saw("each code works once", &[9]);
    ben.presses("form.aside button").await;
    ben.on("sign-in").await;

    let reason = ["--reason", "lost phone and codes, ticket 4711", "--yes"];
    place
        .operator(&[&["user", "reset-mfa", BEN], &reason[..]].concat(), "")
        .await;
    place.rig.smtp.about(BEN, "reset").await;
    let seen = place.rig.smtp.count();
    ben.open("/").await;
    ben.gives_password(BEN, PASSWORD).await;
    ben.on("code-email").await;
    let letter = place.rig.smtp.next_for(BEN, seen).await;
    ben.gives_code(&letter.code()).await;
    place.lets_in(ben, "password+email").await;
    shown.saw("support restores access when the codes are lost", &[43]);
    ben.signs_out().await;
}

/// The day comes from which new accounts need an app.
async fn the_app_becomes_mandatory(place: &Place, person: &Person<'_>, shown: &Shown) {
    let shown_by_the_program = place.operator(&["config", "show"], "").await;
    assert!(
        shown_by_the_program.contains("2099-01-01"),
        "{shown_by_the_program}"
    );
    let add = ["user", "add", CORA, "--password-stdin", "--first-name", "Cora"];
    place.operator(&add, &format!("{PASSWORD}\n")).await;
    place.days_pass(UNTIL_REQUIRED);
    place.rig.add(DORA).await;

    person.signs_in_with_a_letter(CORA, PASSWORD).await;
    place.lets_in(person, "password+email").await;
    person.open("/_auth/account").await;
    person.reads(".cards", "Off. Codes come by email.").await;
    person.signs_out().await;

    place.hours_pass(1);
    person.signs_in_with_a_letter(DORA, PASSWORD).await;
    person.on("terms").await;
    person.agrees_to_terms().await;
    person.on("setup-why").await;
    assert!(
        !person.browser.has("button[name=later]").await,
        "it cannot be put off"
    );
    shown.saw(
        "mandatory for accounts made since the day, not for older ones",
        &[32],
    );
    for elsewhere in ["/", "/profile", "/_auth/account"] {
        person.open(elsewhere).await;
        person.on("setup-why").await;
    }
    person
        .presses("form[action^='/_auth/setup/why'] button.main")
        .await;
    person.on("setup-app").await;
    let app = person.takes_key().await;
    person.gives_code(&place.rig.code_of(&app)).await;
    person.on("setup-codes").await;
    person.presses("#saved").await;
    person.presses("form:has(#saved) button.main").await;
    person.presses("form[action='/_auth/setup/done'] button").await;
    place.lets_in(person, "password+app").await;
    shown.saw("whoever must set it up does so before reaching the portal", &[33]);
    person.signs_out().await;

    registers(place, person, EMIL, "").await;
    person.on("setup-why").await;
    shown.saw("there is no choice any more", &[16]);
    person.presses("form.aside button").await;
    person.on("sign-in").await;
}
