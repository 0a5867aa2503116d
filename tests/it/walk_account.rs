//! The account: what people change there, and what is left in the browser when they have gone.

use std::time::Duration;

use crate::person::{Person, Trust};
use crate::rig::authenticator::Authenticator;
use crate::rig::browser::Look;
use crate::rig::client::Client;
use crate::rig::gateway::{PASSWORD, Rig};
use crate::rig::upstream::Reply;

const ANNA: &str = "anna@example.com";
const NEW_PASSWORD: &str = "seven blue kettles whistle";

async fn looks_after_the_account(look: &Look) {
    let rig = Rig::start().await;
    rig.add_with(ANNA, |account| {
        account.first_name = "Anna".to_owned();
        account.last_name = "Bäcker".to_owned();
    })
    .await;
    let anna = Person::at(&rig, look).await;
    anna.signs_in_by_mail("/", ANNA, PASSWORD, Trust::No).await;

    anna.open("/_auth/account").await;
    assert_eq!(anna.on("account").await, "Your account");
    anna.reads(".cards", "Anna Bäcker").await;
    anna.reads(".cards", "Off. Codes come by email.").await;
    let app = sets_up_an_app(&anna, &rig).await;
    makes_new_recovery_codes(&anna).await;
    removes_the_app(&anna, &rig, &app).await;
    changes_the_password(&anna, &rig).await;
    speaks_german(&anna).await;
    anna.leaves().await;
}

async fn sets_up_an_app(anna: &Person<'_>, rig: &Rig) -> Authenticator {
    // What was proven at the sign-in is too old by now.
    rig.advance(Duration::from_secs(6 * 60));
    anna.presses("a[href='/_auth/account/app']").await;
    anna.on("account-app").await;
    anna.presses("button[name=begin]").await;
    anna.on("confirm").await;
    anna.reads("main", "You are about to set up an authenticator app.")
        .await;
    let seen = rig.smtp.count();
    anna.presses("button[name=send]").await;
    let code = rig.smtp.next_for(ANNA, seen).await.code();
    anna.browser.fill("#password", PASSWORD).await;
    anna.gives_code(&code).await;

    anna.on("account-app-setup").await;
    let app = anna.takes_key().await;
    anna.browser.fill("#app-name", "Old phone").await;
    anna.gives_code(&rig.code_of(&app)).await;
    saves_codes(anna).await;
    anna.open("/_auth/account").await;
    anna.reads(".cards", "On since 23 November 2026").await;
    anna.reads(".cards", "10 of 10 left").await;
    app
}

/// Says that the codes on the page are saved.
async fn saves_codes(anna: &Person<'_>) -> Vec<String> {
    anna.on("account-recovery-codes-new").await;
    let codes = anna.recovery_codes().await;
    assert_eq!(codes.len(), 10);
    anna.presses("#saved").await;
    anna.presses("form:has(#saved) button.main").await;
    anna.on("account-recovery-codes").await;
    anna.reads(".notice", "Your new recovery codes work from now on.")
        .await;
    codes
}

async fn makes_new_recovery_codes(anna: &Person<'_>) {
    anna.presses("a[href='/_auth/account/recovery-codes']").await;
    anna.on("account-recovery-codes").await;
    anna.presses("button[name=create]").await;
    anna.on("account-recovery-codes-new").await;
    anna.presses("form:has(#saved) button.main").await;
    anna.is_told("Tick the box when you have saved your codes").await;
    saves_codes(anna).await;
    // They are not shown again.
    anna.open("/_auth/account/recovery-codes/new").await;
    anna.on("account-recovery-codes").await;
}

async fn removes_the_app(anna: &Person<'_>, rig: &Rig, app: &Authenticator) {
    rig.advance(Duration::from_secs(6 * 60));
    anna.open("/_auth/account/app").await;
    anna.reads(".rows h2", "Old phone").await;
    anna.presses("button[name=remove]").await;
    anna.on("confirm").await;
    anna.browser.fill("#password", PASSWORD).await;
    anna.gives_code(&rig.code_of(app)).await;
    anna.on("account-app-remove").await;
    anna.reads("main", "From then on we send you codes by email.")
        .await;
    anna.presses("form[action='/_auth/account/app/remove'] button")
        .await;
    anna.on("account-app").await;
    anna.reads(".notice", "The app is removed.").await;
    rig.smtp.about(ANNA, "your authenticator app was removed").await;

    anna.signs_out().await;
    rig.advance(Duration::from_secs(31));
    anna.signs_in_by_mail("/", ANNA, PASSWORD, Trust::NotAsked).await;
}

async fn changes_the_password(anna: &Person<'_>, rig: &Rig) {
    let gives = async |current: &str, new: &str| {
        anna.browser.fill("#current-password", current).await;
        anna.browser.fill("#new-password", new).await;
        anna.presses("form[action='/_auth/account/password'] button.main")
            .await;
    };
    let passes = async |other: &mut Client| other.get("/").await.status;
    rig.advance(Duration::from_secs(31));
    let mut other = rig.signed_in(ANNA).await;
    assert_eq!(passes(&mut other).await, 200);

    anna.open("/_auth/account/password").await;
    anna.on("account-password").await;
    gives("not the right password", NEW_PASSWORD).await;
    anna.is_told("Your current password is not right.").await;
    gives(PASSWORD, "too short").await;
    anna.is_told("That is too short.").await;
    gives(PASSWORD, "anna@example.com anna").await;
    anna.is_told("That password is easy to guess.").await;
    assert_eq!(passes(&mut other).await, 200, "nothing was changed yet");
    gives(PASSWORD, NEW_PASSWORD).await;
    anna.on("account").await;
    anna.reads(".notice", "Your password is changed.").await;

    assert_eq!(passes(&mut other).await, 303, "the other browser is signed out");
    anna.open("/here").await;
    anna.at_portal("/here").await;
    rig.smtp.about(ANNA, "your password was changed").await;
}

async fn speaks_german(anna: &Person<'_>) {
    anna.open("/_auth/account/language").await;
    anna.on("account-language").await;
    anna.presses("input[name=lang][value=de]").await;
    anna.presses("main button.main").await;
    anna.reads(".notice", "Ihre Sprache ist geändert.").await;
    assert_eq!(
        anna.browser.attribute("html", "lang").await.as_deref(),
        Some("de")
    );
    anna.open("/_auth/account").await;
    assert_eq!(anna.on("account").await, "Ihr Konto");
    anna.presses("footer button[value=en]").await;
    anna.reads("h1", "Your account").await;
}

/// CACHE-08: whoever comes after at the same browser finds nothing by going back.
async fn leaves_nothing_behind(look: &Look) {
    let rig = Rig::start().await;
    rig.add(ANNA).await;
    let anna = Person::at(&rig, look).await;
    anna.signs_in_by_mail("/reports", ANNA, PASSWORD, Trust::No).await;
    // A portal that lets browsers keep its pages for an hour.
    rig.up.answers(|request| {
        let fields = "Content-Type: text/html\r\nCache-Control: max-age=3600\r\n";
        Reply::text(
            "200 OK",
            fields,
            &format!("<p>portal: GET {}</p>", request.target),
        )
    });
    anna.open("/salaries").await;
    anna.at_portal("/salaries").await;
    anna.open("/_auth/account").await;
    anna.reads("main", ANNA).await;
    anna.signs_out().await;
    rig.up.forget();

    for _ in 0..4 {
        anna.browser.driver.back().await.unwrap();
        let seen = anna.browser.source().await;
        assert!(!seen.contains("portal: GET") && !seen.contains(ANNA), "{seen}");
    }
    assert_eq!(rig.up.hits(), 0);
    anna.leaves().await;
}

/// CACHE-10: no page of the gateway's shows in a frame, not even in one of the portal's.
async fn shows_in_no_frame(look: &Look) {
    let rig = Rig::start().await;
    rig.add(ANNA).await;
    let anna = Person::at(&rig, look).await;
    anna.signs_in_by_mail("/", ANNA, PASSWORD, Trust::No).await;
    rig.up.answers(|request| {
        let body = match request.target.as_str() {
            "/framing" => {
                "<iframe src=/plain></iframe><iframe src=/_auth/account></iframe><iframe src=/_auth/sign-out></iframe>"
            }
            _ => "<p>portal: GET /plain</p>",
        };
        Reply::text("200 OK", "Content-Type: text/html\r\n", body)
    });
    anna.open("/framing").await;
    let mut shown = Vec::new();
    for frame in 0..3 {
        anna.browser.driver.enter_frame(frame).await.unwrap();
        shown.push((anna.browser.has("p").await, anna.browser.has("main").await));
        anna.browser.driver.enter_parent_frame().await.unwrap();
    }
    assert_eq!(shown.first(), Some(&(true, false)), "the portal's own page does");
    assert!(shown[1..].iter().all(|it| !it.1), "{shown:?}");
    let refused = anna.browser.console().await;
    let refused = refused.iter().filter(|it| it.contains("frame-ancestors")).count();
    assert_eq!(refused, 2);
    anna.browser.close().await;
}

#[tokio::test]
async fn people_look_after_their_account_with_scripts() {
    looks_after_the_account(&Look::default()).await;
}

#[tokio::test]
async fn people_look_after_their_account_without_scripts() {
    looks_after_the_account(&Look::phone().without_scripts()).await;
}

#[tokio::test]
async fn cache_08_back_after_sign_out_shows_nothing_with_scripts() {
    leaves_nothing_behind(&Look::default()).await;
}

#[tokio::test]
async fn cache_08_back_after_sign_out_shows_nothing_without_scripts() {
    leaves_nothing_behind(&Look::default().without_scripts()).await;
}

#[tokio::test]
async fn cache_10_no_page_shows_in_a_frame() {
    shows_in_no_frame(&Look::default()).await;
}
