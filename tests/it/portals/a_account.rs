//! What the people of a professional portal do on their account pages.

use super::Shown;
use super::place::{Place, another};
use crate::person::{Person, Trust};
use crate::rig::authenticator::Authenticator;
use crate::rig::gateway::PASSWORD;

const ANNA: &str = "anna@example.com";
const NEW_PASSWORD: &str = "seven blue kettles whistle";

pub async fn looks_after_it(place: &Place, anna: &Person<'_>, shown: &Shown) {
    reads_who_she_is(anna, shown).await;
    trusts_two_devices(place, anna, shown).await;
    speaks_german(place, anna, shown).await;
    changes_the_password(place, anna, shown).await;
    let app = sets_up_an_app(place, anna, shown).await;
    signs_in_with_it(place, anna, &app, shown).await;
    removes_it(place, anna, &app, shown).await;
}

async fn reads_who_she_is(anna: &Person<'_>, shown: &Shown) {
    anna.reads("main", ANNA).await;
    anna.reads(".cards", "Anna Bäcker").await;
    anna.reads(".cards", "English").await;
    anna.presses("a[href='/_auth/account/details']").await;
    anna.on("account-details").await;
    assert_eq!(anna.holds("#given-name").await, "Anna");
    assert_eq!(anna.holds("#family-name").await, "Bäcker");
    anna.reads("main", ANNA).await;
    shown.saw("address, names and language are shown", &[3]);
    anna.presses("header a[href='/_auth/sign-out']").await;
    anna.on("sign-out").await;
    shown.saw("the account pages lead to the sign-out", &[25]);
}

/// One device after the other: each is asked about, and all of them are remembered.
async fn trusts_two_devices(place: &Place, anna: &Person<'_>, shown: &Shown) {
    place.hours_pass(1);
    // Here it was asked at the registration; another browser is asked again.
    let first = anna.puts_device_away().await;
    drop(first);
    anna.open("/profile").await;
    anna.on("sign-in").await;
    let seen = place.rig.smtp.count();
    anna.gives_password(ANNA, PASSWORD).await;
    assert_eq!(
        anna.on("code-email").await,
        "Enter the 6-digit code from your email"
    );
    anna.open("/_auth/trust").await;
    anna.on("code-email").await;
    let letter = place.rig.smtp.next_for(ANNA, seen).await;
    assert_eq!(letter.code().len(), 6);
    anna.gives_code(&letter.code()).await;
    shown.saw(
        "after the password, a code that was sent by email; nothing was set up for it",
        &[12, 14],
    );
    assert_eq!(anna.on("trust").await, "Skip the code on this device next time?");
    shown.saw(
        "the question comes after the last proof, for email codes, too",
        &[15, 34],
    );
    assert!(anna.browser.has("button[value=yes]").await && anna.browser.has("button[value=no]").await);
    shown.saw("yes or no", &[28]);
    anna.browser.fill("#device-name", "Office desk").await;
    anna.answers_trust(Trust::Yes).await;
    place.shows(anna, "/profile").await;
    shown.saw("the device is named when the answer is yes", &[29]);
    is_remembered(place, anna).await;
    shown.saw("no code on a trusted device", &[27]);

    let desk = anna.puts_device_away().await;
    place.hours_pass(1);
    anna.signs_in_with_a_letter(ANNA, PASSWORD).await;
    anna.on("trust").await;
    shown.saw("a new device is asked about, too", &[37]);
    anna.browser.fill("#device-name", "Kitchen tablet").await;
    anna.answers_trust(Trust::Yes).await;
    place.lets_in(anna, "password+email").await;
    anna.open("/_auth/account").await;
    anna.reads(".cards", "2 devices remembered").await;
    anna.open("/_auth/account/devices").await;
    anna.reads(".stacked", "Office desk").await;
    anna.reads(".stacked", "Kitchen tablet").await;
    shown.saw("both are listed under their names", &[30, 36]);
    let delete = "button.danger[name=remove][aria-label='Remove Kitchen tablet']";
    assert_eq!(anna.browser.text(delete).await, "Remove");
    anna.presses(delete).await;
    anna.reads(".notice", "Kitchen tablet is removed.").await;
    assert!(!anna.browser.words(".stacked").await.contains("Kitchen"));
    shown.saw(
        "devices are seen and removed, with a button that says so",
        &[7, 35],
    );

    anna.puts_device_away().await;
    anna.takes_device(&desk).await;
    trust_ends(place, anna, shown).await;
}

/// 90 days after it was given, however much the device was used in between.
async fn trust_ends(place: &Place, anna: &Person<'_>, shown: &Shown) {
    place.days_pass(60);
    is_remembered(place, anna).await;
    place.days_pass(29);
    is_remembered(place, anna).await;
    place.days_pass(1);
    anna.signs_out_if_in().await;
    anna.signs_in_with_a_letter(ANNA, PASSWORD).await;
    place.lets_in(anna, "password+email").await;
    shown.saw("trust ended 90 days after it began", &[31]);
}

async fn is_remembered(place: &Place, anna: &Person<'_>) {
    anna.signs_out_if_in().await;
    anna.open("/").await;
    anna.gives_password(ANNA, PASSWORD).await;
    place.lets_in(anna, "password+device").await;
}

async fn speaks_german(place: &Place, anna: &Person<'_>, shown: &Shown) {
    anna.open("/_auth/account/language").await;
    anna.presses("input[name=lang][value=de]").await;
    anna.presses("main button.main").await;
    anna.reads(".notice", "Ihre Sprache ist geändert.").await;
    anna.open("/_auth/account").await;
    assert_eq!(anna.on("account").await, "Ihr Konto");
    anna.signs_out().await;
    place.hours_pass(1);
    let letter = anna.signs_in_with_a_letter(ANNA, PASSWORD).await;
    assert!(letter.text.contains("ist Ihr Code"), "{}", letter.text);
    place.lets_in(anna, "password+email").await;
    anna.open("/_auth/account/language").await;
    anna.presses("input[name=lang][value=en]").await;
    anna.presses("main button.main").await;
    anna.reads(".notice", "Your language is changed.").await;
    shown.saw("pages and mails follow the language", &[4]);
}

async fn changes_the_password(place: &Place, anna: &Person<'_>, shown: &Shown) {
    anna.open("/_auth/account").await;
    anna.presses("a[href='/_auth/account/password']").await;
    anna.on("account-password").await;
    anna.browser.fill("#current-password", PASSWORD).await;
    anna.browser.fill("#new-password", NEW_PASSWORD).await;
    anna.presses("form[action='/_auth/account/password'] button.main")
        .await;
    anna.reads(".notice", "Your password is changed.").await;
    anna.signs_out().await;
    place.hours_pass(1);
    anna.open("/").await;
    anna.gives_password(ANNA, PASSWORD).await;
    anna.is_told("The email address or password is not right.").await;
    anna.signs_in_with_a_letter(ANNA, NEW_PASSWORD).await;
    place.lets_in(anna, "password+email").await;
    shown.saw("the password is changed", &[5]);
}

async fn sets_up_an_app(place: &Place, anna: &Person<'_>, shown: &Shown) -> Authenticator {
    place.rig.advance(std::time::Duration::from_secs(6 * 60));
    anna.open("/_auth/account").await;
    anna.presses("a[href='/_auth/account/app']").await;
    anna.on("account-app").await;
    anna.reads(".tag", "Recommended").await;
    shown.saw("the app is the recommended method", &[13]);
    assert_eq!(
        anna.leads("main", "Why a second step?").await,
        "https://portal-a.example.com/help/why"
    );
    shown.saw("a link to why", &[22]);
    anna.presses("button[name=begin]").await;
    anna.on("confirm").await;
    let seen = place.rig.smtp.count();
    anna.presses("button[name=send]").await;
    let code = place.rig.smtp.next_for(ANNA, seen).await.code();
    anna.browser.fill("#password", NEW_PASSWORD).await;
    anna.gives_code(&code).await;
    anna.on("account-app-setup").await;
    shown.saw(
        "the password is asked for again, since the sign-in is not fresh",
        &[19],
    );

    anna.presses(".steps summary").await;
    assert_eq!(
        anna.leads(".steps", "How to install an authenticator app").await,
        "https://portal-a.example.com/help/app"
    );
    shown.saw("a link to how an app is installed", &[21]);
    let (app, entry) = anna.photographs_qr().await;
    assert_eq!(
        (entry.issuer.as_str(), entry.account.as_str()),
        ("Portal A", ANNA)
    );
    shown.saw("the QR code is scanned", &[20]);
    let right = place.rig.code_of(&app);
    anna.gives_code(another(&right)).await;
    anna.is_told("That code is not right.").await;
    anna.browser.fill("#app-name", "Anna's phone").await;
    anna.gives_code(&right).await;
    anna.on("account-recovery-codes-new").await;
    anna.reads(".notice", "Your app is set up.").await;
    shown.saw(
        "a live code completes the set-up, and that is said; nobody helped",
        &[6, 23, 24],
    );
    let codes = anna.recovery_codes().await;
    assert_eq!(codes.len(), 10);
    anna.reads("main", "Each works once.").await;
    anna.reads("main", "A password manager is a good place for them.")
        .await;
    shown.saw("recovery codes come as a list, to be stored safely", &[8, 10]);
    anna.presses("#saved").await;
    anna.presses("form:has(#saved) button.main").await;
    anna.on("account-recovery-codes").await;
    anna.open("/_auth/account").await;
    anna.reads(".cards", "10 of 10 left").await;
    app
}

async fn signs_in_with_it(place: &Place, anna: &Person<'_>, app: &Authenticator, shown: &Shown) {
    anna.signs_out().await;
    place.hours_pass(1);
    let letters = place.rig.smtp.count();
    anna.open("/").await;
    anna.gives_password(ANNA, NEW_PASSWORD).await;
    assert_eq!(
        anna.on("code-app").await,
        "Enter the 6-digit code from your authenticator app"
    );
    anna.gives_code(&place.rig.code_of(app)).await;
    place.lets_in(anna, "password+app").await;
    assert_eq!(place.rig.smtp.count(), letters, "no code was mailed");
    shown.saw("the next sign-in asks for the app's code", &[26]);
}

async fn removes_it(place: &Place, anna: &Person<'_>, app: &Authenticator, shown: &Shown) {
    place.rig.advance(std::time::Duration::from_secs(60));
    anna.open("/_auth/account/app").await;
    anna.reads(".rows", "Anna's phone").await;
    let delete = "button.danger[name=remove][aria-label=\"Remove Anna's phone\"]";
    assert_eq!(anna.browser.text(delete).await, "Remove");
    anna.presses(delete).await;
    anna.on("account-app-remove").await;
    anna.reads("main", "From then on we send you codes by email.")
        .await;
    anna.presses("form[action='/_auth/account/app/remove'] button.danger")
        .await;
    anna.on("account-app").await;
    anna.reads(".notice", "The app is removed.").await;
    shown.saw("a button that says so removes the app", &[35]);
    anna.open("/_auth/account").await;
    anna.reads(".cards", "Off. Codes come by email.").await;
    anna.signs_out().await;
    anna.signs_in_with_a_letter(ANNA, NEW_PASSWORD).await;
    place.lets_in(anna, "password+email").await;
    shown.saw("without the app the email code is there at once", &[17, 18]);
    let _ = app;
}
