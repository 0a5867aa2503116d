//! A telephony provider where the second factor is voluntary.

use std::time::Duration;

use super::Shown;
use super::place::Place;
use crate::person::Person;
use crate::rig::authenticator::Authenticator;
use crate::rig::browser::Look;
use crate::rig::gateway::PASSWORD;

const ANNA: &str = "anna@example.com";
const BEN: &str = "ben@example.com";

pub async fn walk(look: &Look, shown: &Shown) {
    let place = Place::of("d").await;
    place.rig.add(ANNA).await;
    place.rig.add(BEN).await;
    let anna = Person::at(&place.rig, look).await;
    anna.open("/").await;
    anna.gives_password(ANNA, PASSWORD).await;
    place.lets_in(&anna, "password").await;
    let app = sets_it_up(&place, &anna, shown).await;
    signs_in_with_it(&place, &anna, &app, shown).await;
    anna.open("/").await;
    anna.gives_password(BEN, PASSWORD).await;
    place.lets_in(&anna, "password").await;
    shown.saw(
        "each decides for themselves; without, the password is enough",
        &[78],
    );
    anna.signs_out().await;
    is_let_in_by_support(&place, &anna, &app, shown).await;
    anna.leaves().await;
}

async fn sets_it_up(place: &Place, anna: &Person<'_>, shown: &Shown) -> Authenticator {
    anna.open("/_auth/account").await;
    anna.presses("a[href='/_auth/account/app']").await;
    anna.on("account-app").await;
    anna.presses("button[name=begin]").await;
    anna.on("account-app-setup").await;
    shown.saw("the set-up starts in the person's settings", &[82]);
    let (app, _) = anna.photographs_qr().await;
    shown.saw("the QR code is there at once", &[83]);
    let key = anna.browser.text("#key").await;
    assert_eq!(Authenticator::typed(&key).secret, app.secret);
    shown.saw("the key stands below it and can be typed", &[84]);
    anna.reads(
        "main",
        "Portal D sends no codes by text message: that is not secure enough, and it needs reception.",
    )
    .await;
    anna.presses(".steps summary").await;
    anna.reads("main", "Any app for time-based codes works.").await;
    anna.presses(".steps > li:nth-child(2) summary").await;
    anna.reads(".facts", "Time-based, SHA-1, 6 digits, 30 seconds")
        .await;
    shown.saw("other apps and devices work, too", &[80]);

    let after = anna.browser.has("#one-time-code ~ #app-name").await;
    assert!(after, "the name comes after the code");
    anna.browser.fill("#app-name", "Anna's tablet").await;
    shown.saw("after the code, the authenticator is named", &[85]);
    anna.gives_code(&place.rig.code_of(&app)).await;
    anna.on("account-recovery-codes-new").await;
    anna.reads(
        ".notice",
        "Your app is set up. From now on it shows the codes for signing in.",
    )
    .await;
    anna.presses("#saved").await;
    anna.presses("form:has(#saved) button.main").await;
    anna.on("account-recovery-codes").await;
    anna.open("/_auth/account/app").await;
    anna.reads(".rows", "Anna's tablet").await;
    shown.saw("the button ends it", &[86]);
    anna.signs_out().await;
    app
}

async fn signs_in_with_it(place: &Place, anna: &Person<'_>, app: &Authenticator, shown: &Shown) {
    place.hours_pass(1);
    let used = place.rig.code_of(app);
    anna.open("/").await;
    anna.gives_password(ANNA, PASSWORD).await;
    anna.on("code-app").await;
    anna.gives_code(&used).await;
    place.lets_in(anna, "password+app").await;
    shown.saw("address and password, then the code", &[79]);

    anna.signs_out().await;
    place.rig.advance(Duration::from_secs(60));
    let late = place.rig.code_of(app);
    anna.open("/").await;
    anna.gives_password(ANNA, PASSWORD).await;
    anna.on("code-app").await;
    let contact = anna.browser.attribute("footer a[href^='mailto:']", "href").await;
    assert_eq!(contact.as_deref(), Some("mailto:help@portal-d.example.com"));
    assert!(
        anna.browser
            .has("footer a[href='https://portal-d.example.com/help']")
            .await
    );
    shown.saw("a link on the page leads to support", &[90]);
    anna.unfolds_and_presses("main summary", "main details a").await;
    anna.on("methods").await;
    assert!(!anna.browser.has("button[value=sms]").await);
    shown.saw("there are no text messages, and the help says why", &[81]);
    anna.open("/_auth/code/app").await;
    anna.gives_code(&used).await;
    anna.is_told("That code was already used.").await;
    place.rig.advance(Duration::from_secs(5 * 60));
    anna.gives_code(&late).await;
    anna.is_told("That code is too old").await;
    shown.saw("old codes are refused", &[87]);
    anna.on("code-app").await;
    anna.gives_code(&place.rig.code_of(app)).await;
    place.lets_in(anna, "password+app").await;
    shown.saw("the next one is entered on the same page", &[88]);
    anna.signs_out().await;
}

async fn is_let_in_by_support(place: &Place, anna: &Person<'_>, app: &Authenticator, shown: &Shown) {
    let reason = "phone in repair, ticket 4711";
    let suspend = [
        "user",
        "suspend-mfa",
        ANNA,
        "--for",
        "24h",
        "--reason",
        reason,
        "--yes",
    ];
    place.operator(&suspend, "").await;
    place
        .rig
        .smtp
        .about(ANNA, "the password alone is enough for now")
        .await;
    shown.saw("support suspends the second factor for a while", &[89]);
    anna.open("/").await;
    anna.gives_password(ANNA, PASSWORD).await;
    place.lets_in(anna, "password").await;
    anna.open("/_auth/account").await;
    anna.reads("main", "Support has switched the code off for you")
        .await;
    place.hours_pass(25);
    anna.open("/").await;
    anna.on("sign-in").await;
    anna.gives_password(ANNA, PASSWORD).await;
    anna.on("code-app").await;
    anna.gives_code(&place.rig.code_of(app)).await;
    place.lets_in(anna, "password+app").await;
    shown.saw(
        "meanwhile the password is enough, afterwards the code is asked for again",
        &[91],
    );
}
