//! Signing in and out at a real browser, with scripts and without.

use std::time::Duration;

use serde_json::json;

use crate::person::{Person, Trust};
use crate::rig::browser::Look;
use crate::rig::gateway::{PASSWORD, Rig};
use crate::rig::upstream::Reply;

const ANNA: &str = "anna@example.com";
const BEN: &str = "ben@example.com";

/// A code that is not this one.
fn another(code: &str) -> &'static str {
    if code == "000000" { "111111" } else { "000000" }
}

async fn by_a_code_in_a_letter(look: &Look) {
    let rig = Rig::start().await;
    rig.add(ANNA).await;
    let anna = Person::at(&rig, look).await;

    anna.open("/reports?of=today").await;
    anna.on("sign-in").await;
    anna.gives_password(ANNA, "").await;
    anna.is_told("Enter your password").await;
    anna.gives_password(ANNA, "not the right password").await;
    anna.is_told("The email address or password is not right.").await;
    let kept = |css: &'static str| anna.browser.find(css);
    assert_eq!(
        kept("#username").await.prop("value").await.unwrap().unwrap(),
        ANNA
    );
    assert_eq!(kept("#password").await.prop("value").await.unwrap().unwrap(), "");

    anna.gives_password(ANNA, PASSWORD).await;
    let heading = anna.on("code-email").await;
    assert_eq!(heading, "Enter the 6-digit code from your email");
    anna.reads("main", "a•••@example.com").await;
    assert!(anna.browser.words(".host").await.contains("localhost"));
    anna.gives_code("12345").await;
    anna.is_told("The code has 6 digits – you entered 5.").await;
    let code = rig.smtp.next_for(ANNA, 0).await.code();
    anna.gives_code(another(&code)).await;
    anna.is_told("That code is not right.").await;
    anna.open("/reports?of=today").await;
    anna.on("code-email").await;
    assert_eq!(rig.up.hits(), 0, "nothing reached the portal on the way");

    // As it is read out on the telephone.
    anna.gives_code(&format!(" {} {} ", &code[..3], &code[3..])).await;
    assert_eq!(anna.on("trust").await, "Skip the code on this device next time?");
    anna.answers_trust(Trust::No).await;
    anna.at_portal("/reports?of=today").await;
    assert_eq!(rig.up.last().header("remote-auth-method"), Some("password+email"));

    anna.open("/_auth/sign-in").await;
    anna.at_portal("/").await;
    tries_again_while_the_portal_is_down(&anna, &rig).await;
    anna.signs_out().await;
    anna.reads("main", "See you soon.").await;
    assert!(!anna.browser.words("main").await.contains("remembered"));
    anna.presses("main a.button").await;
    anna.on("sign-in").await;
    rig.up.forget();
    anna.open("/reports?of=today").await;
    anna.on("sign-in").await;
    assert_eq!(rig.up.hits(), 0, "signed out");
    anna.leaves().await;
}

async fn tries_again_while_the_portal_is_down(anna: &Person<'_>, rig: &Rig) {
    rig.up.answers(|_| Reply::Hangup);
    anna.open("/reports?of=today").await;
    anna.on("upstream-down").await;
    anna.reads("main", "You are still signed in.").await;
    let words = anna.browser.words("main").await;
    assert!(!words.contains("last action"), "nothing was to be saved: {words}");
    rig.up.answers(|request| {
        let body = format!("portal: GET {}", request.target);
        Reply::text("200 OK", "Content-Type: text/plain\r\n", &body)
    });
    anna.presses("main a.button").await;
    anna.at_portal("/reports?of=today").await;
}

async fn in_another_way(look: &Look) {
    let rig = Rig::with(&json!({ "second_factor": { "email_fallback": true } })).await;
    rig.add(BEN).await;
    let app = rig.give_app(BEN).await;
    let ben = Person::at(&rig, look).await;

    ben.open("/desk").await;
    ben.gives_password(BEN, PASSWORD).await;
    ben.on("code-app").await;
    ben.gives_code(another(&rig.code_of(&app))).await;
    ben.is_told("That code is not right.").await;
    ben.unfolds_and_presses("main summary", "main details a").await;
    assert_eq!(ben.on("methods").await, "How do you want to confirm it's you?");
    assert_eq!(rig.smtp.count(), 0, "no letter before it is asked for");
    ben.presses("button[name=method][value=email]").await;
    ben.on("code-email").await;
    let first = rig.smtp.next_for(BEN, 0).await;

    // A new code, but not at once.
    ben.unfolds_and_presses("main summary", "main details form button")
        .await;
    ben.reads(".notice", "Please wait a little.").await;
    rig.advance(Duration::from_secs(31));
    ben.presses("main summary").await;
    ben.presses("main details form button").await;
    ben.reads(".notice", "We have sent a new code.").await;
    let second = rig.smtp.next_for(BEN, first.number).await;
    ben.gives_code(&second.code()).await;
    ben.answers_trust(Trust::No).await;
    ben.at_portal("/desk").await;
    assert_eq!(rig.up.last().header("remote-auth-method"), Some("password+email"));

    // Half way in, it is somebody else after all.
    ben.signs_out().await;
    ben.open("/desk").await;
    ben.gives_password(BEN, PASSWORD).await;
    ben.on("code-app").await;
    ben.presses("main form.aside button").await;
    ben.on("sign-in").await;
    ben.leaves().await;
}

#[tokio::test]
async fn a_code_in_a_letter_lets_in_with_scripts() {
    by_a_code_in_a_letter(&Look::default()).await;
}

#[tokio::test]
async fn a_code_in_a_letter_lets_in_without_scripts() {
    by_a_code_in_a_letter(&Look::phone().without_scripts()).await;
}

#[tokio::test]
async fn there_is_another_way_with_scripts() {
    in_another_way(&Look::phone()).await;
}

#[tokio::test]
async fn there_is_another_way_without_scripts() {
    in_another_way(&Look::default().without_scripts()).await;
}
