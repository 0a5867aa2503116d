//! A client portal with one recovery code.

use super::Shown;
use super::place::Place;
use crate::person::Person;
use crate::rig::authenticator::Authenticator;
use crate::rig::browser::Look;
use crate::rig::gateway::PASSWORD;

const ANNA: &str = "anna@example.com";

pub async fn walk(look: &Look, shown: &Shown) {
    let place = Place::of("c").await;
    place.rig.add(ANNA).await;
    let anna = Person::at(&place.rig, look).await;
    let (app, key) = meets_the_qr_code(&place, &anna, shown).await;
    let code = saves_the_code(&place, &anna, &app, look, shown).await;
    comes_back_with_the_app(&place, &anna, &app, shown).await;
    comes_back_without_it(&place, &anna, &code, shown).await;
    has_a_new_phone(&place, &anna, &key, shown).await;
    anna.leaves().await;
}

async fn meets_the_qr_code(place: &Place, anna: &Person<'_>, shown: &Shown) -> (Authenticator, String) {
    anna.open("/").await;
    anna.on("sign-in").await;
    anna.gives_password(ANNA, PASSWORD).await;
    anna.on("setup-why").await;
    anna.presses("form[action^='/_auth/setup/why'] button.main").await;
    anna.on("setup-app").await;
    let (app, entry) = anna.photographs_qr().await;
    shown.saw(
        "the QR code comes during the first sign-in, after the password",
        &[63],
    );
    assert_eq!(
        (entry.issuer.as_str(), entry.account.as_str()),
        ("Portal C", ANNA)
    );
    shown.saw("the app's entry is called after issuer and account", &[68]);
    let first = anna.browser.text(".steps > li h2").await;
    assert_eq!(
        first, "Open your authenticator app",
        "it may be installed already"
    );
    assert!(
        !anna.browser.words("main").await.contains("app store"),
        "folded away"
    );
    shown.saw("an app that is there already will do", &[64]);
    anna.presses(".steps > li:first-child summary").await;
    anna.reads("main", "Any app for time-based codes works.").await;
    let link = anna
        .browser
        .attribute("a[href^='otpauth:']", "href")
        .await
        .unwrap();
    for plain in ["algorithm=SHA1", "digits=6", "period=30"] {
        assert!(link.contains(plain), "{link}");
    }
    shown.saw(
        "any app will do: nothing in the QR code is out of the ordinary",
        &[62],
    );

    anna.reads(
        ".key-label",
        "You can't scan? Type this key into the app instead:",
    )
    .await;
    let key = anna.browser.text("#key").await;
    assert_eq!(Authenticator::typed(&key).secret, app.secret);
    shown.saw("the key is there in text, at once", &[65]);
    anna.presses(".steps > li:nth-child(2) summary").await;
    anna.reads(".facts", ANNA).await;
    anna.reads(".facts", "Portal C").await;
    anna.reads(".facts", "Time-based").await;
    let typed = Authenticator::typed(&key);
    assert_eq!(place.rig.code_of(&typed), place.rig.code_of(&app));
    shown.saw("it can be typed, with the account's name and the kind", &[67]);
    anna.copies_into("[data-copy=key]", "#app-name", &key.replace(' ', ""))
        .await;
    shown.saw("it can be copied", &[66]);
    (app, key)
}

async fn saves_the_code(
    place: &Place,
    anna: &Person<'_>,
    app: &Authenticator,
    look: &Look,
    shown: &Shown,
) -> String {
    anna.browser.fill("#app-name", "Old phone").await;
    assert_eq!(
        anna.browser.text("form:has(#one-time-code) button.main").await,
        "Continue"
    );
    anna.gives_code(&place.rig.code_of(app)).await;
    assert_eq!(anna.on("setup-codes").await, "Save your recovery code");
    shown.saw("a live code and Continue", &[69]);
    let codes = anna.recovery_codes().await;
    assert_eq!(codes.len(), 1, "{codes:?}");
    assert_eq!(
        anna.browser.has("[data-copy=codes]:not([hidden])").await,
        look.scripts
    );
    anna.presses("[data-copy=codes]").await;
    anna.reads("[data-copy=codes]", "Copied").await;
    shown.saw("one recovery code is shown, to copy", &[70]);
    anna.presses("#saved").await;
    anna.presses("form:has(#saved) button.main").await;
    anna.on("setup-done").await;
    anna.presses("form[action='/_auth/setup/done'] button").await;
    place.lets_in(anna, "password+app").await;
    shown.saw("after the set-up one is in the portal", &[72]);
    codes[0].clone()
}

async fn comes_back_with_the_app(place: &Place, anna: &Person<'_>, app: &Authenticator, shown: &Shown) {
    anna.signs_out().await;
    place.hours_pass(1);
    anna.open("/").await;
    anna.gives_password(ANNA, PASSWORD).await;
    anna.on("code-app").await;
    let read = place.rig.code_of(app);
    place.rig.advance(std::time::Duration::from_secs(30));
    assert_ne!(place.rig.code_of(app), read, "by then the app shows another");
    anna.gives_code(&read).await;
    place.lets_in(anna, "password+app").await;
    shown.saw(
        "the app's code is asked for; one that is a little late will do",
        &[73, 74],
    );
}

async fn comes_back_without_it(place: &Place, anna: &Person<'_>, code: &str, shown: &Shown) {
    anna.signs_out().await;
    place.hours_pass(1);
    anna.open("/").await;
    anna.gives_password(ANNA, PASSWORD).await;
    anna.on("code-app").await;
    anna.unfolds_and_presses("main summary", "main details a").await;
    anna.on("methods").await;
    anna.reads("button[value=app]", "Code from your authenticator app")
        .await;
    anna.reads("button[value=recovery]", "Your recovery code").await;
    shown.saw("there is another way, and a list of all", &[75]);
    anna.presses("button[value=recovery]").await;
    assert_eq!(anna.on("code-recovery").await, "Enter your recovery code");
    shown.saw("the recovery code has a page of its own", &[76]);
    anna.gives_recovery_code(code).await;
    anna.on("recovery-used").await;
    shown.saw("it is taken instead of the app's", &[71]);
    anna.reads("main", "Here is a new one in its place.").await;
    let fresh = anna.recovery_codes().await;
    assert!(fresh.len() == 1 && fresh[0] != code, "{fresh:?}");
    anna.presses("#saved").await;
    anna.presses("button[name=go][value=on]").await;
    place.lets_in(anna, "password+recovery").await;

    // The fresh one works, the old one does not.
    anna.signs_out().await;
    place.hours_pass(1);
    anna.open("/").await;
    anna.gives_password(ANNA, PASSWORD).await;
    anna.on("code-app").await;
    anna.open("/_auth/code/recovery").await;
    anna.gives_recovery_code(code).await;
    anna.is_told("That recovery code is not right or was used before.")
        .await;
    anna.gives_recovery_code(&fresh[0]).await;
    anna.on("recovery-used").await;
    anna.presses("#saved").await;
    anna.presses("button[name=go][value=on]").await;
    place.lets_in(anna, "password+recovery").await;
    shown.saw("a fresh one was shown at once, and works", &[77]);
    anna.signs_out().await;
}

async fn has_a_new_phone(place: &Place, anna: &Person<'_>, old_key: &str, shown: &Shown) {
    place.hours_pass(1);
    anna.open("/").await;
    anna.gives_password(ANNA, PASSWORD).await;
    anna.on("code-app").await;
    anna.open("/_auth/methods").await;
    anna.on("methods").await;
    anna.presses("main summary").await;
    anna.reads("main details", "somebody can let you in again").await;
    let contact = anna
        .browser
        .attribute("main details a[href^='mailto:']", "href")
        .await;
    assert_eq!(contact.as_deref(), Some("mailto:help@portal-c.example.com"));
    shown.saw("who has a new phone can write to support", &[59]);

    let printed = place.operator(&["user", "show", ANNA], "").await;
    assert!(printed.contains(ANNA), "{printed}");
    let unknown = place
        .rig
        .place
        .run(&["user", "show", "nobody@example.com"], "")
        .await;
    assert_eq!(unknown.status.code(), Some(1));
    shown.saw(
        "support finds the account by its address, which people sign in with",
        &[61],
    );
    let reason = "new phone, ticket 4711";
    place
        .operator(&["user", "reset-mfa", ANNA, "--reason", reason, "--yes"], "")
        .await;
    place
        .rig
        .smtp
        .about(ANNA, "support reset how you confirm sign-ins")
        .await;
    anna.open("/").await;
    anna.on("sign-in").await;
    anna.gives_password(ANNA, PASSWORD).await;
    anna.on("setup-why").await;
    anna.presses("form[action^='/_auth/setup/why'] button.main").await;
    anna.on("setup-app").await;
    assert_ne!(anna.browser.text("#key").await, old_key, "a new one");
    let (app, _) = anna.photographs_qr().await;
    anna.gives_code(&place.rig.code_of(&app)).await;
    anna.on("setup-codes").await;
    shown.saw("after support's reset the sign-in shows a new QR code", &[60]);
}
