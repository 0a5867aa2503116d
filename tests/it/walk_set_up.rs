//! Where everybody must set up an app before they reach the portal: why, app, codes, done. Then the
//! next sign-ins: with the app, and with a recovery code.

use std::time::Duration;

use serde_json::json;

use crate::person::{Person, Trust};
use crate::rig::authenticator::Authenticator;
use crate::rig::browser::Look;
use crate::rig::gateway::{PASSWORD, Rig};

const ANNA: &str = "anna@example.com";

/// Whether a code by email is asked for before an app is set up.
#[derive(Clone, Copy)]
enum Floor {
    None,
    Email,
}

async fn walk(look: &Look, floor: Floor) {
    let word = match floor {
        Floor::None => "none",
        Floor::Email => "email",
    };
    let rig = Rig::with(&json!({ "second_factor": { "app_setup": "required", "floor": word } })).await;
    rig.add(ANNA).await;
    let anna = Person::at(&rig, look).await;

    let (app, codes) = sets_everything_up(&anna, &rig, floor).await;
    assert_eq!(rig.up.last().header("remote-auth-method"), Some("password+app"));
    rig.smtp.about(ANNA, "authenticator app was added").await;
    rig.smtp.about(ANNA, "new recovery codes").await;
    comes_back_with_the_app(&anna, &rig, &app).await;
    comes_back_without_it(&anna, &rig, &codes).await;
    anna.leaves().await;
}

async fn sets_everything_up(anna: &Person<'_>, rig: &Rig, floor: Floor) -> (Authenticator, Vec<String>) {
    anna.open("/reports").await;
    anna.gives_password(ANNA, PASSWORD).await;
    if let Floor::Email = floor {
        anna.on("code-email").await;
        let code = rig.smtp.next_for(ANNA, 0).await.code();
        anna.gives_code(&code).await;
    }
    anna.on("setup-why").await;
    anna.reads(".step", "Step 1 of 4").await;
    // There is no way around it.
    anna.open("/reports").await;
    anna.on("setup-why").await;
    anna.open("/_auth/setup/done").await;
    anna.on("setup-why").await;
    anna.open("/_auth/account").await;
    anna.on("setup-why").await;
    anna.presses("main form[action='/_auth/setup/why'] button").await;

    anna.on("setup-app").await;
    let app = anna.takes_key().await;
    let link = anna
        .browser
        .attribute("a[href^='otpauth:']", "href")
        .await
        .unwrap();
    assert!(
        link.contains("anna%40example.com") || link.contains("anna@example.com"),
        "{link}"
    );
    assert!(anna.browser.find("svg.qr").await.is_displayed().await.unwrap());
    let code = rig.code_of(&app);
    anna.gives_code(if code == "000000" { "111111" } else { "000000" })
        .await;
    anna.is_told("That code is not right.").await;
    // Back and forth shows the same key.
    anna.open("/_auth/setup/why").await;
    anna.presses("main form[action='/_auth/setup/why'] button").await;
    anna.on("setup-app").await;
    assert_eq!(anna.takes_key().await.secret, app.secret);
    anna.browser.fill("#app-name", "Anna's phone").await;
    anna.gives_code(&code).await;

    let codes = saves_codes(anna, "/_auth/setup/codes").await;
    assert_eq!(anna.on("setup-done").await, "All done");
    assert_eq!(rig.up.hits(), 0, "nothing reached the portal before the end");
    anna.presses("main form[action='/_auth/setup/done'] button").await;
    anna.answers_trust(Trust::No).await;
    anna.at_portal("/reports").await;
    (app, codes)
}

/// Downloads the codes, and says that they are saved.
async fn saves_codes(anna: &Person<'_>, path: &str) -> Vec<String> {
    anna.on("setup-codes").await;
    let codes = anna.recovery_codes().await;
    assert_eq!(codes.len(), 10);
    anna.presses("button[name=download]").await;
    let file = anna.downloaded("localhost-recovery-codes.txt").await;
    assert!(
        codes.iter().all(|it| file.contains(it)) && file.contains(ANNA),
        "{file}"
    );
    let go_on = format!("form[action='{path}'] button.main");
    anna.presses(&go_on).await;
    anna.is_told("Tick the box when you have saved your codes").await;
    assert_eq!(anna.recovery_codes().await, codes, "they are the same still");
    anna.presses("#saved").await;
    anna.presses(&go_on).await;
    codes
}

async fn comes_back_with_the_app(anna: &Person<'_>, rig: &Rig, app: &Authenticator) {
    anna.signs_out().await;
    let used = rig.code_of(app);
    anna.open("/desk").await;
    anna.gives_password(ANNA, PASSWORD).await;
    anna.on("code-app").await;
    anna.reads("#entry", ANNA).await;
    anna.gives_code(&used).await;
    anna.is_told("That code was already used.").await;
    rig.advance(Duration::from_secs(30));
    anna.gives_code(&rig.code_of(app)).await;
    anna.at_portal("/desk").await;
    assert_eq!(rig.up.last().header("remote-auth-method"), Some("password+app"));
}

async fn comes_back_without_it(anna: &Person<'_>, rig: &Rig, codes: &[String]) {
    let gives = async |code: &str| {
        anna.browser.fill("#recovery-code", code).await;
        anna.presses("form[action='/_auth/code/recovery'] button.main")
            .await;
    };
    anna.signs_out().await;
    anna.open("/desk").await;
    anna.gives_password(ANNA, PASSWORD).await;
    anna.on("code-app").await;
    anna.unfolds_and_presses("main summary", "main details a").await;
    anna.on("methods").await;
    assert!(
        !anna.browser.has("button[value=email]").await,
        "the app was to be safer"
    );
    anna.presses("button[name=method][value=recovery]").await;
    anna.on("code-recovery").await;
    gives("7KQ4-MX2R-TP9W-D3HB-6VNE").await;
    anna.is_told("That recovery code is not right or was used before.")
        .await;
    // As it is copied from paper.
    gives(&codes[3].to_lowercase().replace('-', " ")).await;
    anna.on("recovery-used").await;
    anna.reads("main", "9 codes are left.").await;
    anna.presses("main a.second").await;
    anna.at_portal("/desk").await;
    assert_eq!(
        rig.up.last().header("remote-auth-method"),
        Some("password+recovery")
    );
    rig.smtp.about(ANNA, "a recovery code was used").await;
}

/// Whoever closes the browser at the QR code is shown another one, and told so; at the codes, they find them
/// after the next sign-in.
async fn leaves_at_the_codes(look: &Look) {
    let rig = Rig::with(&json!({ "second_factor": { "app_setup": "required", "floor": "none" } })).await;
    rig.add(ANNA).await;
    let anna = Person::at(&rig, look).await;
    anna.open("/reports").await;
    anna.gives_password(ANNA, PASSWORD).await;
    anna.on("setup-why").await;
    anna.presses("main form[action='/_auth/setup/why'] button").await;
    anna.on("setup-app").await;
    let left = anna.takes_key().await;
    anna.browser.cdp("Network.clearBrowserCookies", json!({})).await;
    anna.open("/reports").await;
    anna.gives_password(ANNA, PASSWORD).await;
    anna.on("setup-why").await;
    anna.presses("main form[action='/_auth/setup/why'] button").await;
    anna.on("setup-app").await;
    anna.reads(".notice", "You were shown a QR code before.").await;
    let app = anna.takes_key().await;
    assert_ne!(app.secret, left.secret, "nobody else has seen this one");
    anna.gives_code(&rig.code_of(&app)).await;
    anna.on("setup-codes").await;
    anna.reads(".step", "Step 3 of 4").await;
    let first = anna.recovery_codes().await;

    anna.open("/_auth/sign-out").await;
    anna.on("setup-codes").await;
    anna.browser.cdp("Network.clearBrowserCookies", json!({})).await;
    rig.advance(Duration::from_secs(3600));
    anna.open("/reports").await;
    anna.gives_password(ANNA, PASSWORD).await;
    anna.on("code-app").await;
    anna.gives_code(&rig.code_of(&app)).await;
    anna.on("setup-codes").await;
    anna.reads(".step", "Step 3 of 4").await;
    assert_ne!(anna.recovery_codes().await, first, "nobody else has seen these");
    anna.open("/reports").await;
    anna.on("setup-codes").await;
    assert_eq!(rig.up.hits(), 0, "nothing reached the portal before the end");

    saves_codes(&anna, "/_auth/setup/codes").await;
    anna.on("setup-done").await;
    anna.reads(".step", "Step 4 of 4").await;
    anna.presses("main form[action='/_auth/setup/done'] button").await;
    anna.answers_trust(Trust::No).await;
    anna.at_portal("/reports").await;
    comes_back_with_the_app(&anna, &rig, &app).await;
    anna.leaves().await;
}

#[tokio::test]
async fn a_set_up_left_at_its_codes_goes_on_there_with_scripts() {
    leaves_at_the_codes(&Look::default()).await;
}

#[tokio::test]
async fn a_set_up_left_at_its_codes_goes_on_there_without_scripts() {
    leaves_at_the_codes(&Look::phone().without_scripts()).await;
}

#[tokio::test]
async fn required_set_up_after_the_password_with_scripts() {
    walk(&Look::default(), Floor::None).await;
}

#[tokio::test]
async fn required_set_up_after_the_password_without_scripts() {
    walk(&Look::phone().without_scripts(), Floor::None).await;
}

#[tokio::test]
async fn required_set_up_after_a_code_by_email_with_scripts() {
    walk(&Look::phone(), Floor::Email).await;
}

#[tokio::test]
async fn required_set_up_after_a_code_by_email_without_scripts() {
    walk(&Look::default().without_scripts(), Floor::Email).await;
}
