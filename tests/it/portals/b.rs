//! A portal with a set-up wizard and a text message.

use super::Shown;
use super::place::{Place, another};
use crate::person::Person;
use crate::rig::authenticator::Authenticator;
use crate::rig::browser::Look;
use crate::rig::gateway::PASSWORD;

const ANNA: &str = "anna@example.com";
const NUMBER: &str = "+41791234567";

pub async fn walk(look: &Look, shown: &Shown) {
    let place = Place::of("b").await;
    place.rig.add(ANNA).await;
    let anna = Person::at(&place.rig, look).await;
    reads_why(&anna, shown).await;
    confirms_her_phone(&place, &anna, shown).await;
    let app = sets_up_the_app(&place, &anna, shown).await;
    comes_back(&place, &anna, &app, shown).await;
    anna.leaves().await;
}

async fn reads_why(anna: &Person<'_>, shown: &Shown) {
    anna.open("/").await;
    anna.on("sign-in").await;
    anna.gives_password(ANNA, PASSWORD).await;
    assert_eq!(anna.on("setup-why").await, "Make your account safer");
    for elsewhere in ["/", "/_auth/account", "/_auth/setup/app"] {
        anna.open(elsewhere).await;
        anna.on("setup-why").await;
    }
    shown.saw("who has not set it up is prompted to", &[46]);
    anna.reads("main", "A password can be guessed or stolen.").await;
    anna.reads("main", "a code that only your phone knows").await;
    shown.saw("a text explains why", &[45]);
    anna.reads(".step", "Step 1 of 4").await;
    for name in ["Google Authenticator", "Microsoft Authenticator", "Aegis"] {
        anna.reads("main", name).await;
    }
    anna.reads("main", "First we ask for your mobile phone number")
        .await;
    assert_eq!(
        anna.browser
            .text("form[action^='/_auth/setup/why'] button.main")
            .await,
        "Set up now"
    );
    anna.presses("form[action^='/_auth/setup/why'] button.main").await;
    assert_eq!(anna.on("setup-phone").await, "Confirm your mobile phone number");
    shown.saw(
        "from there the set-up starts, with the phone; the app is named, and others",
        &[47, 49, 50],
    );
}

async fn confirms_her_phone(place: &Place, anna: &Person<'_>, shown: &Shown) {
    anna.reads(".step", "Step 2 of 4").await;
    anna.reads(
        "main",
        "If your app is lost or not with you, we can send you a code by text message.",
    )
    .await;
    anna.open("/_auth/setup/app").await;
    anna.on("setup-phone").await;
    anna.browser.fill("#phone", "12").await;
    anna.presses("form:has(#phone) button.main").await;
    anna.browser.find(".field-error").await;
    assert_eq!(place.phones.count(), 0);
    anna.browser.fill("#phone", "+41 79 123 45 67").await;
    assert_eq!(
        anna.browser.text("form:has(#phone) button.main").await,
        "Send the code"
    );
    anna.presses("form:has(#phone) button.main").await;
    anna.browser.find("#one-time-code").await;
    let text = place.phones.newest_for(NUMBER);
    shown.saw("the button sends a text message", &[52]);
    let code = text.code();
    assert!(
        code.len() == 6 && code.bytes().all(|it| it.is_ascii_digit()),
        "{text:?}"
    );
    shown.saw("it holds a 6-digit code", &[53]);
    anna.gives_code(another(&code)).await;
    anna.is_told("That code is not right.").await;
    anna.gives_code(&code).await;
    anna.on("setup-app").await;
    shown.saw("the code confirms the number, before the app", &[50, 54]);
}

async fn sets_up_the_app(place: &Place, anna: &Person<'_>, shown: &Shown) -> Authenticator {
    anna.reads(".step", "Step 3 of 4").await;
    anna.presses(".steps summary").await;
    anna.reads(
        "main",
        "These apps work well: Google Authenticator, Microsoft Authenticator, Aegis",
    )
    .await;
    shown.saw("a step to install an app, with names", &[49]);
    let (app, entry) = anna.photographs_qr().await;
    assert_eq!(
        (entry.issuer.as_str(), entry.account.as_str()),
        ("Portal B", ANNA)
    );
    shown.saw("a QR code is scanned", &[55]);
    let code = place.rig.code_of(&app);
    anna.gives_code(another(&code)).await;
    anna.is_told("That code is not right.").await;
    anna.open("/_auth/setup/done").await;
    anna.on("setup-app").await;
    anna.open("/").await;
    anna.on("setup-app").await;
    assert_eq!(
        anna.browser.text("form:has(#one-time-code) button.main").await,
        "Continue"
    );
    anna.gives_code(&code).await;
    assert_eq!(anna.on("setup-done").await, "All done");
    shown.saw(
        "a live code, and only a right one, goes on; step by step with Continue",
        &[48, 56, 57],
    );
    anna.reads(".step", "Step 4 of 4").await;
    assert_eq!(
        anna.browser.text("form[action='/_auth/setup/done'] button").await,
        "Finish"
    );
    anna.presses("form[action='/_auth/setup/done'] button").await;
    place.lets_in(anna, "password+app").await;
    shown.saw("a last screen with Finish", &[58]);
    app
}

async fn comes_back(place: &Place, anna: &Person<'_>, app: &Authenticator, shown: &Shown) {
    anna.signs_out().await;
    place.hours_pass(1);
    anna.open("/").await;
    anna.on("sign-in").await;
    assert_eq!(anna.browser.text("label[for=username]").await, "Email address");
    anna.gives_password(ANNA, PASSWORD).await;
    anna.on("code-app").await;
    anna.open("/").await;
    anna.on("code-app").await;
    anna.gives_code(&place.rig.code_of(app)).await;
    place.lets_in(anna, "password+app").await;
    shown.saw("address, password and a code are needed", &[44]);

    anna.signs_out().await;
    place.hours_pass(1);
    anna.open("/").await;
    anna.gives_password(ANNA, PASSWORD).await;
    anna.on("code-app").await;
    anna.unfolds_and_presses("main summary", "main details a").await;
    anna.on("methods").await;
    anna.reads("button[value=sms]", "Text message to •••67").await;
    anna.presses("button[value=sms]").await;
    anna.on("code-sms").await;
    anna.gives_code(&place.phones.newest_for(NUMBER).code()).await;
    place.lets_in(anna, "password+sms").await;
    shown.saw("the phone is there for the case that the app is lost", &[51]);
}
