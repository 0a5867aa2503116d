//! Text messages from end to end: a portal whose set-up asks for the phone first, and one where a text
//! message is a factor of its own.

use std::time::Duration;

use serde_json::{Value, json};

use crate::rig::binary::merge;
use crate::rig::client::{Client, Page};
use crate::rig::gateway::{PASSWORD, Rig};
use crate::rig::phones::Phones;
use crate::rig::walk;

const ANNA: &str = "anna@example.com";
const NUMBER: &str = "+41791234567";
const OTHER: &str = "+41797654321";

async fn rig(used_as: &str, changes: Value) -> (Rig, Phones) {
    let phones = Phones::start().await;
    let mut all = phones.config(used_as);
    merge(&mut all, &changes);
    let rig = Rig::with(&all).await;
    rig.add(ANNA).await;
    (rig, phones)
}

async fn give_password(client: &mut Client) -> Page {
    let page = client.open("/reports").await.expect("sign-in");
    walk::give_password(client, &page, ANNA, PASSWORD).await
}

async fn give_code(client: &mut Client, page: &Page, code: &str) -> Page {
    let form = page.forms_with("code").set("code", code);
    client.submit_and_follow(page, &form).await
}

#[tokio::test]
async fn the_set_up_asks_for_the_phone_which_helps_when_the_app_is_lost() {
    let portal_b = json!({ "second_factor": {
        "methods": ["app"],
        "floor": "none",
        "app_setup": "required",
        "sms": { "phone": "required", "countries": ["CH", "DE"] },
        "recovery_codes": { "count": 0 },
    }});
    let (rig, phones) = rig("recovery", portal_b).await;
    let mut anna = rig.client();
    let page = give_password(&mut anna).await.expect("setup-why");
    let words = page.html().words();
    assert!(
        words.contains("Step 1 of 4") && words.contains("First we ask for your mobile phone number"),
        "{words}"
    );
    let page = anna
        .submit_and_follow(&page, &page.form("/_auth/setup/why"))
        .await
        .expect("setup-phone");
    assert!(page.html().words().contains("Step 2 of 4"));
    assert!(
        page.html()
            .forms()
            .iter()
            .all(|form| !form.encoded().contains("skip")),
        "it is required"
    );
    for elsewhere in ["/_auth/setup/app", "/_auth/setup/done", "/reports"] {
        anna.open(elsewhere).await.expect("setup-phone");
    }
    let form = page.form("/_auth/setup/phone").set("phone", "044 668 18 00");
    let wrong = anna.submit(&page, &form).await;
    assert_eq!(
        (wrong.status, wrong.name().as_deref()),
        (422, Some("setup-phone"))
    );
    assert_eq!(
        wrong.form("/_auth/setup/phone").value("phone"),
        Some("044 668 18 00"),
        "what was typed is kept"
    );
    let form = page.form("/_auth/setup/phone").set("phone", "079 123 45 67");
    let page = anna.submit_and_follow(&page, &form).await.expect("setup-phone");
    let text = phones.newest_for(NUMBER);
    assert!(text.text.contains("to confirm this number"), "{text:?}");
    let wrong = give_code(
        &mut anna,
        &page,
        if text.code() == "000000" {
            "000001"
        } else {
            "000000"
        },
    )
    .await;
    assert_eq!(wrong.status, 422);
    let page = give_code(&mut anna, &page, &text.code())
        .await
        .expect("setup-app");
    assert!(page.html().words().contains("Step 3 of 4"));
    rig.smtp.about(ANNA, "a phone number was added").await;
    let (app, page) = walk::set_up_app(&mut anna, &page, rig.now()).await;
    let page = page.expect("setup-done");
    let page = anna
        .submit_and_follow(&page, &page.form("/_auth/setup/done"))
        .await
        .expect("trust");
    let page = walk::answer_trust(&mut anna, &page, false).await;
    assert_eq!(page.path, "/reports");
    assert_eq!(rig.up.last().header("remote-auth-method"), Some("password+app"));

    rig.advance(Duration::from_secs(3600));
    let mut without = rig.client();
    let page = give_password(&mut without).await.expect("code-app");
    assert!(
        page.html()
            .links()
            .iter()
            .any(|link| link.starts_with("/_auth/methods"))
    );
    let page = without.open("/_auth/methods").await.expect("methods");
    assert!(page.html().words().contains("Text message to •••67"));
    let form = page.form("/_auth/methods").press("method", "sms");
    let page = without.submit_and_follow(&page, &form).await.expect("code-sms");
    let text = phones.newest_for(NUMBER);
    assert!(
        text.text.starts_with(&format!("{} is your ", text.code())),
        "{text:?}"
    );
    let page = give_code(&mut without, &page, &text.code()).await;
    assert_eq!(
        (page.status, page.path.as_str()),
        (200, "/reports"),
        "no trust for what stood in"
    );
    assert_eq!(rig.up.last().header("remote-auth-method"), Some("password+sms"));
    drop(app);
}

#[tokio::test]
async fn a_phone_is_added_replaced_and_removed_in_the_account() {
    let (rig, phones) = rig("method", json!({ "second_factor": { "floor": "email" } })).await;
    let mut anna = rig.signed_in(ANNA).await;
    let page = anna.open("/_auth/account").await.expect("account");
    assert!(page.html().words().contains("No number yet"));
    let page = anna.open("/_auth/account/phone").await.expect("account-phone");
    let add = page.pressing("begin", "phone");
    let page = anna.submit_and_follow(&page, &add).await.expect("account-phone");
    let form = page.forms_with("phone").set("phone", "+41 79 123 45 67");
    let page = anna.submit_and_follow(&page, &form).await.expect("account-phone");
    let code = phones.newest_for(NUMBER).code();
    let page = give_code(&mut anna, &page, &code).await.expect("account-phone");
    let words = page.html().words();
    assert!(
        words.contains("Your phone number is confirmed.") && words.contains("•••67"),
        "{words}"
    );
    assert!(!page.text().contains("1234567"), "masked from now on");
    rig.smtp.about(ANNA, "a phone number was added").await;

    // A factor of its own: the sign-in sends at once.
    let mut other = rig.client();
    let page = give_password(&mut other).await.expect("code-sms");
    let code = phones.newest_for(NUMBER).code();
    let page = give_code(&mut other, &page, &code).await.expect("trust");
    walk::answer_trust(&mut other, &page, false).await;
    assert_eq!(rig.up.last().header("remote-auth-method"), Some("password+sms"));
    rig.smtp.about(ANNA, "new sign-in from a new device").await;

    // Replaced, with another number tried in between.
    let page = other.open("/_auth/account/phone").await.expect("account-phone");
    let begin = page.pressing("begin", "phone");
    let page = other
        .submit_and_follow(&page, &begin)
        .await
        .expect("account-phone");
    assert!(
        page.html()
            .words()
            .contains("•••67 works until the new number is confirmed.")
    );
    let form = page.forms_with("phone").set("phone", "+41 79 000 00 00");
    let page = other
        .submit_and_follow(&page, &form)
        .await
        .expect("account-phone");
    let again = page.pressing("other", "yes");
    let page = other
        .submit_and_follow(&page, &again)
        .await
        .expect("account-phone");
    let form = page.forms_with("phone").set("phone", OTHER);
    let page = other
        .submit_and_follow(&page, &form)
        .await
        .expect("account-phone");
    let code = phones.newest_for(OTHER).code();
    let page = give_code(&mut other, &page, &code).await.expect("account-phone");
    assert!(
        page.html().words().contains("The new phone number is confirmed."),
        "{}",
        page.html().words()
    );
    let letter = rig.smtp.about(ANNA, "your phone number was replaced").await;
    assert!(letter.text.contains("Phone before: •••67"), "{}", letter.text);

    // Removed: codes come by email again.
    let remove = page.pressing("remove", "yes");
    let page = other
        .submit_and_follow(&page, &remove)
        .await
        .expect("account-phone");
    assert!(page.html().words().contains("The phone number is removed."));
    rig.smtp.about(ANNA, "your phone number was removed").await;
    give_password(&mut rig.client()).await.expect("code-email");
}

#[tokio::test]
async fn confirm_asks_for_the_text_message_where_that_is_the_factor() {
    let (rig, phones) = rig("method", json!({})).await;
    let mut anna = rig.signed_in(ANNA).await;
    let page = anna.open("/_auth/account/phone").await.expect("account-phone");
    let begin = page.pressing("begin", "phone");
    let page = anna.submit_and_follow(&page, &begin).await;
    let form = page.forms_with("phone").set("phone", NUMBER);
    let page = anna.submit_and_follow(&page, &form).await;
    let code = phones.newest_for(NUMBER).code();
    give_code(&mut anna, &page, &code).await.expect("account-phone");

    rig.advance(Duration::from_secs(6 * 60));
    let page = anna.open("/_auth/account/app").await.expect("account-app");
    let begin = page.form("/_auth/account/app").press("begin", "app");
    let page = anna.submit_and_follow(&page, &begin).await.expect("confirm");
    assert!(
        page.html()
            .words()
            .contains("We send a 6-digit code to •••67 first.")
    );
    let send = page.form("/_auth/confirm").press("send", "sms");
    let page = anna.submit_and_follow(&page, &send).await.expect("confirm");
    let text = phones.newest_for(NUMBER);
    assert!(text.text.contains("for an account change"), "{text:?}");
    let form = page
        .forms_with("code")
        .set("password", PASSWORD)
        .set("code", &text.code());
    anna.submit_and_follow(&page, &form)
        .await
        .expect("account-app-setup");
}

#[tokio::test]
async fn without_text_messages_nothing_is_offered_and_the_set_up_says_why() {
    let rig = Rig::start().await;
    rig.add(ANNA).await;
    let mut anna = rig.signed_in(ANNA).await;
    assert_eq!(anna.get("/_auth/account/phone").await.status, 404);
    assert!(!anna.open("/_auth/account").await.text().contains("account/phone"));
    let page = anna.open("/_auth/account/app").await.expect("account-app");
    let begin = page.form("/_auth/account/app").press("begin", "app");
    let page = anna
        .submit_and_follow(&page, &begin)
        .await
        .expect("account-app-setup");
    assert!(
        page.html()
            .words()
            .contains("sends no codes by text message: that is not secure enough, and it needs reception.")
    );
}

#[tokio::test]
async fn a_reload_switches_them_on_and_off() {
    let phones = Phones::start().await;
    let mut rig = Rig::start().await;
    rig.add(ANNA).await;
    let mut anna = rig.signed_in(ANNA).await;
    rig.reload(&phones.config("recovery")).await;
    let page = anna.open("/_auth/account/phone").await.expect("account-phone");
    let begin = page.pressing("begin", "phone");
    let page = anna
        .submit_and_follow(&page, &begin)
        .await
        .expect("account-phone");
    let form = page.forms_with("phone").set("phone", NUMBER);
    let page = anna.submit_and_follow(&page, &form).await.expect("account-phone");
    let code = phones.newest_for(NUMBER).code();
    give_code(&mut anna, &page, &code).await.expect("account-phone");

    let off = json!({ "sms": null, "second_factor": { "sms": null, "methods": ["app", "email"] } });
    rig.reload(&off).await;
    let page = anna.open("/_auth/account/phone").await.expect("account-phone");
    assert!(
        page.html()
            .words()
            .contains("Text messages are not in use here any more.")
    );
    let remove = page.pressing("remove", "yes");
    anna.submit_and_follow(&page, &remove).await;
    assert!(rig.account(ANNA).await.phone.is_none());
}
