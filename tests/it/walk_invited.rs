//! Somebody who was invited: the letter's link, the terms of use, a phone, and a form of the portal that is sent after
//! the session has run out.

use std::time::Duration;

use doorward::base::language::Language;
use doorward::service::admin::{NewAccount, Operator};
use serde_json::json;

use crate::person::{Person, Trust};
use crate::rig::browser::Look;
use crate::rig::gateway::{PASSWORD, Rig};
use crate::rig::phones::Phones;
use crate::rig::upstream::Reply;

const CAROL: &str = "carol@example.com";
const NUMBER: &str = "+41791234567";
/// A page of the portal's, with a form.
const ORDER: &str = "<!doctype html><title>Order</title><form method='post' action='/orders?draft=1'>\
    <input id='what' name='what'><button id='send'>Order</button></form>";

async fn walk(look: &Look) {
    let phones = Phones::start().await;
    let mut rig = Rig::with(&phones.config("recovery")).await;
    let terms = rig.place.folder.path().join("terms.md");
    std::fs::write(terms, "# Terms\n\nBe kind.\n").unwrap();
    let terms = json!({ "version": "2026-10", "file": { "en": "terms.md" } });
    rig.reload(&json!({ "terms": terms })).await;
    let carol = Person::at(&rig, look).await;
    follows_the_invitation(&carol, &rig).await;
    declines_the_terms(&carol, &rig).await;
    agrees_after_all(&carol, &rig).await;
    adds_and_removes_her_phone(&carol, &rig, &phones).await;
    orders_after_a_long_break(&carol, &rig).await;
    carol.leaves().await;
}

async fn follows_the_invitation(carol: &Person<'_>, rig: &Rig) {
    let invited = NewAccount {
        email: CAROL.to_owned(),
        invite: true,
        ..NewAccount::default()
    };
    let operator = Operator {
        name: "root".to_owned(),
        reason: None,
        site_url: rig.place.origin.clone(),
        language: Language::english(),
    };
    rig.app.desk.admin_add(invited, &operator).await.unwrap();
    let letter = rig.smtp.next_for(CAROL, 0).await;
    let link = letter
        .text
        .lines()
        .find(|it| it.contains("/_auth/invite/"))
        .unwrap();
    carol.browser.open(link).await;
    carol.on("invite").await;
    assert!(
        carol.browser.url().await.ends_with("/_auth/invite"),
        "the link is gone"
    );
    carol.reads("main", CAROL).await;
    carol.browser.fill("#given-name", "Carol").await;
    carol.browser.fill("#new-password", "too short").await;
    carol.presses("form:has(#new-password) button.main").await;
    carol.is_told("That is too short.").await;
    assert_eq!(carol.holds("#given-name").await, "Carol");
    carol.browser.fill("#new-password", PASSWORD).await;
    let seen = rig.smtp.count();
    carol.presses("form:has(#new-password) button.main").await;
    carol.on("code-email").await;
    let letter = rig.smtp.next_for(CAROL, seen).await;
    carol.gives_code(&letter.code()).await;
}

async fn declines_the_terms(carol: &Person<'_>, rig: &Rig) {
    carol.on("terms").await;
    carol.reads(".terms", "Be kind.").await;
    carol.presses("form:has(#accept) button.main").await;
    carol.is_told("Tick the box").await;
    carol.presses("button[name=decline]").await;
    carol.on("sign-in").await;
    carol
        .reads(".notice", "You did not agree to the Terms of Use")
        .await;
    carol.open("/").await;
    carol.on("sign-in").await;
    assert_eq!(rig.up.hits(), 0);
    assert!(rig.account(CAROL).await.terms.is_none());
}

async fn agrees_after_all(carol: &Person<'_>, rig: &Rig) {
    // The next letter with a code may be asked for again by then.
    rig.advance(Duration::from_secs(3600));
    carol.signs_in_with_a_letter(CAROL, PASSWORD).await;
    carol.on("terms").await;
    carol.agrees_to_terms().await;
    carol.answers_trust(Trust::No).await;
    carol.at_portal("/").await;
    assert_eq!(
        rig.account(CAROL).await.terms.unwrap().version.as_str(),
        "2026-10"
    );
}

async fn adds_and_removes_her_phone(carol: &Person<'_>, rig: &Rig, phones: &Phones) {
    carol.open("/_auth/account").await;
    carol.presses(".cards a[href='/_auth/account/phone']").await;
    carol.on("account-phone").await;
    carol.presses("button[name=begin]").await;
    carol.browser.fill("#phone", "12").await;
    carol.presses("form:has(#phone) button.main").await;
    carol.browser.find(".field-error").await;
    assert_eq!(carol.holds("#phone").await, "12");
    carol.browser.fill("#phone", "+41 79 123 45 67").await;
    carol.presses("form:has(#phone) button.main").await;
    carol.browser.find("#one-time-code").await;
    carol.gives_code("12").await;
    carol.browser.find(".field-error").await;
    carol.gives_code(&phones.newest_for(NUMBER).code()).await;
    carol.reads(".notice", "Your phone number is confirmed.").await;
    carol.reads(".state", "•••67").await;
    rig.smtp.about(CAROL, "a phone number was added").await;
    carol.presses("button[name=remove]").await;
    carol.reads(".notice", "The phone number is removed.").await;
    carol.reads(".state", "No number yet").await;
    assert!(rig.account(CAROL).await.phone.is_none());
}

async fn orders_after_a_long_break(carol: &Person<'_>, rig: &Rig) {
    rig.up.answers(
        |request| match (request.method.as_str(), request.target.as_str()) {
            ("POST", _) => Reply::text("303 See Other", "Location: /sent\r\n", ""),
            (_, "/sent") => Reply::text("200 OK", "", "thank you"),
            _ => Reply::text("200 OK", "Content-Type: text/html\r\n", ORDER),
        },
    );
    carol.open("/orders/new").await;
    carol.browser.fill("#what", "two kettles & a cup").await;
    rig.advance(Duration::from_secs(2 * 3600));
    rig.up.forget();
    carol.presses("#send").await;
    carol.on("sign-in").await;
    carol
        .reads("main", "Your session ended while you were sending a form.")
        .await;
    let seen = rig.smtp.count();
    carol.gives_password(CAROL, PASSWORD).await;
    carol.on("code-email").await;
    let letter = rig.smtp.next_for(CAROL, seen).await;
    carol.gives_code(&letter.code()).await;
    assert_eq!(carol.on("resume").await, "Ready to send your form to /orders?");
    let posted = || rig.up.requests().into_iter().filter(|it| it.method == "POST");
    assert_eq!(posted().count(), 0, "nothing is sent by itself");
    carol.presses("form[action^='/orders'] button.main").await;
    carol.reads("body", "thank you").await;
    let bodies: Vec<String> = posted().map(|it| String::from_utf8(it.body).unwrap()).collect();
    assert_eq!(bodies, ["what=two+kettles+%26+a+cup"]);
}

#[tokio::test]
async fn an_invitation_leads_to_the_portal_and_back_to_it_with_scripts() {
    walk(&Look::default()).await;
}

#[tokio::test]
async fn an_invitation_leads_to_the_portal_and_back_to_it_without_scripts() {
    walk(&Look::phone().without_scripts()).await;
}
