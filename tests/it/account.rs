//! The account's pages, form by form: what they change, what they ask first, and for whom.

use std::time::Duration;

use data_encoding::BASE32_NOPAD;
use doorward::base::clock::Clock as _;
use doorward::base::secret::Secret;
use doorward::identity::factor::totp::{AppSecret, Step};
use serde_json::json;

use crate::rig::client::{Client, Page};
use crate::rig::gateway::{PASSWORD, Rig};
use crate::rig::walk;

const ANNA: &str = "anna@example.com";
const BEN: &str = "ben@example.com";

/// Longer than `confirm_window`.
const STALE: Duration = Duration::from_secs(301);

/// An authenticator app that read the key off the page.
struct Phone(AppSecret);

impl Phone {
    fn scanning(page: &Page) -> Self {
        let source = page.text();
        let (_, after) = source.split_once("id=\"key\"").expect("a key on the page");
        let (_, after) = after.split_once('>').unwrap();
        let (key, _) = after.split_once('<').unwrap();
        let key = BASE32_NOPAD.decode(key.replace(' ', "").as_bytes()).unwrap();
        Self(AppSecret::from_bytes(Secret::new(key)))
    }

    /// The code it shows now; each is good for once, so that time goes on first.
    fn code(&self, rig: &Rig) -> String {
        rig.advance(Duration::from_secs(30));
        let now = u64::try_from(rig.clock.now().unix_seconds()).unwrap();
        self.0.code_at(Step(now / 30)).to_text()
    }
}

async fn press(client: &mut Client, page: &Page, path: &str, name: &str, value: &str) -> Page {
    let forms = page.html().forms();
    let form = forms
        .iter()
        .filter(|form| form.action.split('?').next() == Some(path))
        .find(|form| form.buttons.iter().any(|it| it.0 == name && it.1 == value))
        .unwrap_or_else(|| panic!("no button {name}={value} for {path}: {forms:?}"));
    client
        .submit_and_follow(page, &form.clone().press(name, value))
        .await
}

/// Sets up an app in a session that is fresh, and saves the recovery codes.
async fn set_up_app(rig: &Rig, client: &mut Client) -> (Phone, Vec<String>) {
    let page = client.open("/_auth/account/app").await.expect("account-app");
    let page = press(client, &page, "/_auth/account/app", "begin", "app")
        .await
        .expect("account-app-setup");
    let phone = Phone::scanning(&page);
    let form = page
        .form("/_auth/account/app/setup")
        .set("code", &phone.code(rig));
    let page = client.submit_and_follow(&page, &form).await;
    let page = page.expect("account-recovery-codes-new");
    let words = page.html().words();
    let codes: Vec<String> = words
        .split(' ')
        .filter(|word| word.len() == 24 && word.matches('-').count() == 4)
        .map(str::to_owned)
        .collect();
    let page = client
        .post(
            "/_auth/account/recovery-codes/new",
            &format!("csrf={}&saved=yes", token(&page)),
        )
        .await;
    client.follow(page).await.expect("account-recovery-codes");
    (phone, codes)
}

fn token(page: &Page) -> String {
    let forms = page.html().forms();
    let found = forms.iter().find_map(|form| form.value("csrf"));
    found.expect("a form token").to_owned()
}

fn session(client: &Client) -> String {
    client.jar.get("doorward").expect("a session").to_owned()
}

#[tokio::test]
async fn an_app_is_set_up_after_fresh_proof_without_pressing_the_button_twice() {
    let rig = Rig::start().await;
    rig.add(ANNA).await;
    let mut anna = rig.signed_in(ANNA).await;
    rig.advance(STALE);
    let page = anna.open("/_auth/account/app").await.expect("account-app");

    let page = press(&mut anna, &page, "/_auth/account/app", "begin", "app")
        .await
        .expect("confirm");
    let page = press(&mut anna, &page, "/_auth/confirm", "send", "email")
        .await
        .expect("confirm");
    let code = rig.smtp.about(ANNA, "account change").await.code();
    let before = session(&anna);
    let form = page.form("/_auth/confirm").set("code", &code);
    let missing = anna.submit_and_follow(&page, &form).await.expect("confirm");
    assert_eq!(missing.status, 422, "the password is stale too");
    let form = missing
        .form("/_auth/confirm")
        .set("password", PASSWORD)
        .set("code", &code);
    let page = anna.submit_and_follow(&missing, &form).await;

    let page = page.expect("account-app-setup");
    assert_eq!(page.path, "/_auth/account/app/setup");
    let after = session(&anna);
    assert_ne!(before, after, "the session has a new value");
    let mut old = anna.clone();
    old.jar.set("doorward", &before);
    rig.advance(Duration::from_secs(11));
    let page = old.get("/_auth/account").await;
    assert_eq!(page.status, 303, "the old value is over");
    let page = anna.open("/_auth/account/app/setup").await;
    page.expect("account-app-setup");
}

#[tokio::test]
async fn setting_up_shows_the_codes_once_and_the_secret_never_again() {
    let rig = Rig::start().await;
    rig.add(ANNA).await;
    let mut anna = rig.signed_in(ANNA).await;

    let (_, codes) = set_up_app(&rig, &mut anna).await;

    assert_eq!(codes.len(), 10);
    let page = anna.open("/_auth/account/recovery-codes/new").await;
    let page = page.expect("account-recovery-codes");
    assert!(codes.iter().all(|code| !page.text().contains(code)), "SEC-05");
    let page = anna.open("/_auth/account/app/setup").await.expect("account-app");
    assert!(!page.text().contains("otpauth:"), "SEC-01");
    let account = rig.account(ANNA).await;
    assert_eq!((account.apps.len(), account.recovery.unwrap().left()), (1, 10));
    rig.smtp.about(ANNA, "app").await;
}

#[tokio::test]
async fn new_recovery_codes_count_once_they_are_saved_and_can_be_downloaded() {
    let rig = Rig::start().await;
    rig.add(ANNA).await;
    let mut anna = rig.signed_in(ANNA).await;
    let (_, old) = set_up_app(&rig, &mut anna).await;
    let page = anna.open("/_auth/account/recovery-codes").await;
    let codes = "/_auth/account/recovery-codes";
    let page = press(&mut anna, &page, codes, "create", "yes").await;
    let page = page.expect("account-recovery-codes-new");
    let before = rig.account(ANNA).await;

    let body = format!("csrf={}&download=yes", token(&page));
    let file = anna.post("/_auth/account/recovery-codes/new", &body).await;
    let unsaved = format!("csrf={}", token(&page));
    let refused = anna.post("/_auth/account/recovery-codes/new", &unsaved).await;

    assert_eq!(file.status, 200);
    assert!(file.text().contains(ANNA), "{}", file.text());
    assert!(old.iter().all(|code| !file.text().contains(code)));
    assert_eq!(refused.status, 422);
    let same = |it: &doorward::identity::account::Account| serde_json::to_string(it).unwrap();
    assert_eq!(
        same(&rig.account(ANNA).await),
        same(&before),
        "the old ones still count"
    );
}

#[tokio::test]
async fn the_fifth_wrong_answer_ends_the_session() {
    let rig = Rig::start().await;
    rig.add(ANNA).await;
    let mut anna = rig.signed_in(ANNA).await;
    set_up_app(&rig, &mut anna).await;
    rig.advance(STALE);
    let page = anna.open("/_auth/account/recovery-codes").await;
    let codes = "/_auth/account/recovery-codes";
    let mut page = press(&mut anna, &page, codes, "create", "yes")
        .await
        .expect("confirm");

    for _ in 0..4 {
        let form = page
            .form("/_auth/confirm")
            .set("password", "not the password")
            .set("code", "000000");
        page = anna.submit_and_follow(&page, &form).await.expect("confirm");
        assert_eq!(page.status, 422);
    }
    let form = page
        .form("/_auth/confirm")
        .set("password", PASSWORD)
        .set("code", "000000");
    let page = anna.submit_and_follow(&page, &form).await.expect("sign-in");

    assert!(page.html().words().contains("Too many wrong answers"));
    assert_eq!(anna.jar.get("doorward"), None);
    assert_eq!(anna.get("/_auth/account").await.status, 303);
}

#[tokio::test]
async fn nobody_changes_what_belongs_to_somebody_else() {
    let rig = Rig::start().await;
    rig.add(ANNA).await;
    rig.add(BEN).await;
    let mut anna = rig.signed_in(ANNA).await;
    set_up_app(&rig, &mut anna).await;
    let page = anna.open("/_auth/account/devices").await;
    press(&mut anna, &page, "/_auth/account/devices", "remember", "yes").await;
    let before = rig.account(ANNA).await;
    let (app, device) = (before.apps[0].id, before.devices[0].id);
    let mut ben = rig.signed_in(BEN).await;
    let page = ben.open("/_auth/account/devices").await;
    let token = token(&page);

    for (path, body) in [
        ("devices", format!("remove={device}")),
        ("devices", format!("rename={device}&device_name=mine")),
        ("devices", "remove=nonsense".to_owned()),
        ("app", format!("remove={app}")),
        ("app", format!("replace={app}")),
        ("app", format!("rename={app}&app_name=mine")),
        ("app", format!("rename={app}&app_name={}", "x".repeat(61))),
        ("app", "remove=".to_owned()),
    ] {
        let path = format!("/_auth/account/{path}");
        let page = ben.post(&path, &format!("csrf={token}&{body}")).await;
        assert_eq!(page.status, 404, "{path} {body}: {}", page.html().words());
    }

    let after = rig.account(ANNA).await;
    assert_eq!(
        serde_json::to_string(&after).unwrap(),
        serde_json::to_string(&before).unwrap()
    );
}

#[tokio::test]
async fn a_form_of_another_session_does_nothing() {
    let rig = Rig::start().await;
    rig.add(ANNA).await;
    rig.add(BEN).await;
    let mut anna = rig.signed_in(ANNA).await;
    let mut ben = rig.signed_in(BEN).await;
    let foreign = token(&ben.open("/_auth/account/app").await);

    for path in [
        "app",
        "app/setup",
        "details",
        "devices",
        "language",
        "password",
        "recovery-codes",
        "sessions",
    ] {
        let path = format!("/_auth/account/{path}");
        let page = anna
            .post(&path, &format!("csrf={foreign}&begin=app&lang=de&remember=yes"))
            .await;
        assert!(matches!(page.status, 422 | 303), "{path}: {}", page.status);
    }

    let account = rig.account(ANNA).await;
    assert_eq!((account.language, account.devices.len()), (None, 0), "CSRF-05");
    let page = anna.open("/_auth/account/app/setup").await;
    page.expect("account-app");
}

#[tokio::test]
async fn the_last_app_stays_where_every_account_needs_one() {
    let mut rig = Rig::start().await;
    rig.add(ANNA).await;
    let mut anna = rig.signed_in(ANNA).await;
    set_up_app(&rig, &mut anna).await;
    rig.reload(&json!({ "second_factor": { "app_setup": "required" } }))
        .await;
    let page = anna.open("/_auth/account/app").await;
    let row = rig.account(ANNA).await.apps[0].id.to_string();

    let page = press(&mut anna, &page, "/_auth/account/app", "remove", &row).await;
    let page = page.expect("account-app-remove");

    assert!(
        page.html()
            .words()
            .contains("needs an authenticator app for every account")
    );
    let forms = page.html().forms();
    assert!(forms.iter().all(|it| it.action != "/_auth/account/app/remove"));
    let body = format!("csrf={}", token(&page));
    let page = anna.post("/_auth/account/app/remove", &body).await;
    assert_eq!(page.status, 403);
    assert_eq!(rig.account(ANNA).await.apps.len(), 1);
}

#[tokio::test]
async fn a_lost_app_is_removed_with_a_recovery_code_and_codes_come_by_email_again() {
    let rig = Rig::start().await;
    rig.add(ANNA).await;
    let mut anna = rig.signed_in(ANNA).await;
    let (_, codes) = set_up_app(&rig, &mut anna).await;
    rig.advance(STALE);
    let page = anna.open("/_auth/account/app").await;
    let row = rig.account(ANNA).await.apps[0].id.to_string();

    let page = press(&mut anna, &page, "/_auth/account/app", "remove", &row).await;
    let page = page.expect("confirm");
    let form = page
        .form("/_auth/confirm")
        .set("password", PASSWORD)
        .set("recovery_code", &codes[3]);
    let page = anna.submit_and_follow(&page, &form).await;
    let page = page.expect("account-app-remove");
    let form = page.form("/_auth/account/app/remove");
    let page = anna.submit_and_follow(&page, &form).await.expect("account-app");

    assert!(page.html().words().contains("The app is removed."));
    assert!(rig.account(ANNA).await.apps.is_empty());
    let mut later = rig.client();
    let page = later.open("/").await.expect("sign-in");
    let page = walk::give_password(&mut later, &page, ANNA, PASSWORD).await;
    page.expect("code-email");
}

#[tokio::test]
async fn the_password_is_changed_after_a_fresh_factor_and_everybody_else_is_signed_out() {
    let rig = Rig::start().await;
    rig.add(ANNA).await;
    let mut anna = rig.signed_in(ANNA).await;
    let mut elsewhere = rig.signed_in(ANNA).await;
    let (phone, _) = set_up_app(&rig, &mut anna).await;
    assert_eq!(elsewhere.get("/_auth/account").await.status, 303);
    rig.advance(STALE);

    let page = anna.open("/_auth/account/password").await.expect("confirm");
    let form = page.form("/_auth/confirm");
    assert_eq!(form.value("password"), None, "its own page asks for it");
    let form = form.set("code", &phone.code(&rig));
    let page = anna.submit_and_follow(&page, &form).await;
    let page = page.expect("account-password");
    let before = session(&anna);
    let form = page
        .form("/_auth/account/password")
        .set("current_password", PASSWORD)
        .set("new_password", "quite another long one");
    let page = anna.submit_and_follow(&page, &form).await.expect("account");

    assert!(page.html().words().contains("Your password is changed."));
    assert_ne!(session(&anna), before);
    let mut old = anna.clone();
    old.jar.set("doorward", &before);
    assert_eq!(old.get("/_auth/account").await.status, 303, "at once");
    let mut later = rig.client();
    let page = later.open("/").await.expect("sign-in");
    let page = walk::give_password(&mut later, &page, ANNA, PASSWORD).await;
    assert_eq!(page.status, 422, "the old password is none any more");
    page.expect("sign-in");
}

#[tokio::test]
async fn looking_changes_nothing() {
    let rig = Rig::start().await;
    rig.add(ANNA).await;
    let mut anna = rig.signed_in(ANNA).await;
    set_up_app(&rig, &mut anna).await;
    rig.advance(STALE);
    let before = serde_json::to_string(&rig.account(ANNA).await).unwrap();
    // What is on its way arrives before letters are counted.
    rig.smtp.about(ANNA, "app was added").await;
    rig.smtp.about(ANNA, "recovery codes").await;
    let letters = rig.smtp.count();
    let cookies = anna.jar.field();

    for route in doorward::web::routes::ROUTES {
        for method in ["GET", "HEAD"] {
            let path = format!("/_auth{}", route.path.replace("{name}", "app.css"));
            anna.send(method, &path, &[("Accept", "text/html")], b"").await;
        }
    }

    assert_eq!(
        serde_json::to_string(&rig.account(ANNA).await).unwrap(),
        before,
        "CSRF-08"
    );
    assert_eq!((rig.smtp.count(), anna.jar.field()), (letters, cookies));
}

#[tokio::test]
async fn a_device_that_is_forgotten_after_signing_out_leaves_the_list() {
    let rig = Rig::start().await;
    rig.add(ANNA).await;
    let mut anna = rig.signed_in(ANNA).await;
    let page = anna.open("/_auth/account/devices").await;
    let page = press(&mut anna, &page, "/_auth/account/devices", "remember", "yes").await;
    assert!(page.html().words().contains("This device is remembered."));
    assert_eq!(rig.account(ANNA).await.devices.len(), 1);
    let page = anna.open("/_auth/sign-out").await;
    let form = page.form("/_auth/sign-out");
    let page = anna.submit_and_follow(&page, &form).await.expect("signed-out");

    let page = press(&mut anna, &page, "/_auth/sign-out", "forget", "yes").await;

    page.expect("signed-out");
    assert_eq!(rig.account(ANNA).await.devices.len(), 0);
}

#[tokio::test]
async fn several_apps_each_have_a_name_and_the_code_of_any_will_do() {
    let rig = Rig::with(&json!({ "second_factor": { "app": { "max": 2 } } })).await;
    rig.add(ANNA).await;
    let mut anna = rig.signed_in(ANNA).await;
    let (first, _) = set_up_app(&rig, &mut anna).await;
    let page = anna.open("/_auth/account/app").await.expect("account-app");
    let page = press(&mut anna, &page, "/_auth/account/app", "begin", "app").await;
    let page = page.expect("account-app-setup");
    let second = Phone::scanning(&page);
    let form = page
        .form("/_auth/account/app/setup")
        .set("code", &second.code(&rig))
        .set("app_name", "Tablet");
    let page = anna.submit_and_follow(&page, &form).await;
    let page = page.expect("account-app");

    let words = page.html().words();
    assert!(words.contains("the code of any of these apps"), "{words}");
    assert!(!words.contains("Add another app"), "the list is full");
    for phone in [&first, &second] {
        let mut browser = rig.client();
        let page = browser.open("/").await.expect("sign-in");
        let page = walk::give_password(&mut browser, &page, ANNA, PASSWORD).await;
        let page = walk::give_app_code(&mut browser, &page, &phone.code(&rig)).await;
        page.expect("trust");
    }

    let tablet = rig.account(ANNA).await.apps[1].id.to_string();
    let long = format!(
        "csrf={}&rename={tablet}&app_name={}",
        token(&page),
        "x".repeat(61)
    );
    let refused = anna.post("/_auth/account/app", &long).await;
    assert_eq!(refused.status, 422);
    let form = refused.html().forms().into_iter();
    let mut form = form.filter(|it| it.buttons.iter().any(|it| it.0 == "rename" && it.1 == tablet));
    let form = form.next().unwrap();
    assert_eq!(form.value("app_name").map(str::len), Some(61), "kept");
    let form = form.set("app_name", "Old <tablet>").press("rename", &tablet);
    let page = anna
        .submit_and_follow(&refused, &form)
        .await
        .expect("account-app");
    assert!(page.html().words().contains("is now called Old <tablet>"));

    let page = press(&mut anna, &page, "/_auth/account/app", "remove", &tablet).await;
    let page = page.expect("account-app-remove");
    assert!(page.html().words().contains("Your other app goes on working."));
    let page = anna
        .submit_and_follow(&page, &page.form("/_auth/account/app/remove"))
        .await;
    page.expect("account-app");
    assert_eq!(rig.account(ANNA).await.apps.len(), 1);
}

#[tokio::test]
async fn cancel_forgets_what_was_to_be_done() {
    let rig = Rig::start().await;
    rig.add(ANNA).await;
    let mut anna = rig.signed_in(ANNA).await;
    set_up_app(&rig, &mut anna).await;
    let row = rig.account(ANNA).await.apps[0].id.to_string();
    let page = anna.open("/_auth/account/app").await;
    let page = press(&mut anna, &page, "/_auth/account/app", "remove", &row).await;
    let page = page.expect("account-app-remove");
    let page = press(&mut anna, &page, "/_auth/account/app/remove", "cancel", "yes").await;
    page.expect("account-app");
    anna.open("/_auth/account/app/remove").await.expect("account-app");

    rig.advance(STALE);
    let page = anna.open("/_auth/account/app").await;
    let page = press(&mut anna, &page, "/_auth/account/app", "remove", &row).await;
    let page = page.expect("confirm");
    let page = press(&mut anna, &page, "/_auth/confirm", "cancel", "yes").await;
    page.expect("account-app");
    anna.open("/_auth/confirm").await.expect("account");
    assert_eq!(rig.account(ANNA).await.apps.len(), 1);
}

#[tokio::test]
async fn people_change_their_name_and_the_portal_hears_of_it() {
    let rig = Rig::start().await;
    rig.add(ANNA).await;
    let mut anna = rig.signed_in(ANNA).await;
    let page = anna
        .open("/_auth/account/details")
        .await
        .expect("account-details");
    let form = page
        .form("/_auth/account/details")
        .set("given_name", &"A".repeat(101))
        .set("family_name", "Berg");
    let refused = anna.submit(&page, &form).await;
    assert_eq!(refused.status, 422);
    let kept = refused.form("/_auth/account/details");
    assert_eq!(kept.value("family_name"), Some("Berg"));
    assert_eq!(rig.account(ANNA).await.display_name(), "");

    let form = kept.set("given_name", "Änna \u{202e}");
    let page = anna.submit_and_follow(&refused, &form).await;
    let page = page.expect("account-details");
    assert!(page.html().words().contains("Your name is saved."));
    anna.get("/").await;
    assert_eq!(rig.up.last().header("remote-name"), Some("Änna Berg"));
}

#[tokio::test]
async fn the_owner_sees_where_they_are_signed_in_and_what_happened() {
    let rig = Rig::start().await;
    rig.add(ANNA).await;
    rig.add(BEN).await;
    rig.signed_in(BEN).await;
    let mut other = rig.client();
    other.user_agent = "Mozilla/5.0 (iPhone) Version/17.0 Safari/605.1".to_owned();
    walk::sign_in(&mut other, &rig.smtp, "/", ANNA, PASSWORD).await;
    let mut anna = rig.signed_in(ANNA).await;

    let words = anna.open("/_auth/account").await.html().words();
    assert!(words.contains("Where you are signed in In 2 browsers"), "{words}");
    let page = anna
        .open("/_auth/account/sessions")
        .await
        .expect("account-sessions");
    let words = page.html().words();
    assert!(words.contains("Safari on iPhone"), "{words}");
    assert_eq!(words.matches("This browser").count(), 1, "{words}");
    let page = press(&mut anna, &page, "/_auth/account/sessions", "end_others", "yes").await;
    let page = page.expect("account-sessions");
    let words = page.html().words();
    assert!(words.contains("All other browsers are signed out."), "{words}");
    assert!(!words.contains("Safari on iPhone"), "{words}");
    assert_eq!(other.get("/").await.status, 303);

    let page = anna
        .open("/_auth/account/activity")
        .await
        .expect("account-activity");
    let words = page.html().words();
    let newest = words.find("Another browser was signed out").unwrap();
    assert!(newest < words.find("Signed in with a code by email").unwrap());
    assert_eq!(words.matches("Signed in with a code by email").count(), 2);
    assert!(words.contains("Was this you?"));
}

#[tokio::test]
async fn the_language_is_changed_where_the_picker_is() {
    let rig = Rig::start().await;
    rig.add(ANNA).await;
    let mut anna = rig.signed_in(ANNA).await;
    rig.advance(STALE);
    let page = anna.open("/_auth/account/password").await.expect("confirm");
    let page = press(&mut anna, &page, "/_auth/language", "lang", "de").await;
    let page = page.expect("confirm");
    assert!(page.html().words().contains("Ihr Passwort zu ändern"));

    // Without a good token the choice is asked again, of somebody who is signed in and stays so.
    let stale = anna
        .post("/_auth/language?next=confirm%3Ffor%3Dpassword", "csrf=x&lang=en")
        .await;
    assert_eq!(stale.status, 422);
    assert_eq!(stale.name().as_deref(), Some("account-language"));
    let again = stale.form("/_auth/language").set("lang", "en");
    let page = anna.submit_and_follow(&stale, &again).await.expect("confirm");
    assert!(page.html().words().contains("change your password"));
    assert_eq!(page.path, "/_auth/confirm?for=password");
}

#[tokio::test]
async fn a_stranger_is_not_told_that_the_device_is_remembered() {
    let rig = Rig::start().await;
    rig.add(ANNA).await;
    let mut anna = rig.signed_in(ANNA).await;
    let page = anna.open("/_auth/account/devices").await;
    press(&mut anna, &page, "/_auth/account/devices", "remember", "yes").await;
    let words = anna.open("/_auth/sign-out").await.html().words();
    assert!(!words.contains("remembered"), "{words}");
    let device = anna.jar.get("doorward-device").unwrap().to_owned();
    let mut stranger = rig.client();
    stranger.jar.set("doorward-device", &device);
    // Its trust is taken back; the cookie does not know.
    rig.change(ANNA, |account| account.devices.clear()).await;

    let page = stranger.open("/_auth/sign-out").await.expect("sign-out");
    let words = page.html().words();
    assert!(words.contains("This device may still be remembered"), "{words}");
    assert!(!words.contains("is still remembered"), "{words}");
    let page = press(&mut stranger, &page, "/_auth/sign-out", "forget", "yes").await;
    page.expect("signed-out");
    assert_eq!(stranger.jar.get("doorward-device"), None);
}

/// Portal A, rows 16, 17, 32 and 33.
#[tokio::test]
async fn an_app_that_will_be_needed_is_announced_and_then_demanded() {
    // The rig's clock stands before the day.
    let rig = Rig::with(&json!({
        "second_factor": { "required_from": "2030-01-01", "required_for": "all" },
    }))
    .await;
    rig.add(ANNA).await;
    let mut anna = rig.client();
    let page = anna.open("/reports").await.expect("sign-in");
    let page = walk::give_password(&mut anna, &page, ANNA, PASSWORD).await;
    let code = rig.smtp.next_for(ANNA, 0).await.code();
    let page = walk::give_email_code(&mut anna, &page, &code).await;
    let page = page.expect("setup-why");
    let words = page.html().words();
    assert!(
        words.contains("From 1 January 2030 you need an authenticator app"),
        "{words}"
    );
    assert_eq!(anna.jar.get("doorward"), None, "no session yet");

    let stale = anna.post("/_auth/setup/why", "later=yes").await;
    assert_eq!(stale.status, 422);
    let page = press(&mut anna, &page, "/_auth/setup/why", "later", "yes").await;
    let page = walk::answer_trust(&mut anna, &page.expect("trust"), false).await;
    assert_eq!(page.text(), "portal: GET /reports\n");

    let seconds = 1_893_456_000 - rig.clock.now().unix_seconds();
    rig.advance(Duration::from_secs(u64::try_from(seconds).unwrap()));
    let mut late = rig.client();
    let seen = rig.smtp.count();
    let page = late.open("/").await.expect("sign-in");
    let page = walk::give_password(&mut late, &page, ANNA, PASSWORD).await;
    let code = rig.smtp.next_for(ANNA, seen).await.code();
    let page = walk::give_email_code(&mut late, &page, &code).await;
    let page = page.expect("setup-why");
    assert!(!page.html().words().contains("Not now"));
    let forced = format!("csrf={}&later=yes", token(&page));
    let answer = late.post("/_auth/setup/why", &forced).await;
    late.follow(answer).await.expect("setup-why");
    assert_eq!(late.get("/").await.status, 303, "the portal is closed");
}

/// Portal C, rows 70, 71, 76 and 77; SEC-05.
#[tokio::test]
async fn one_recovery_code_is_replaced_when_it_is_used() {
    let rig = Rig::with(&json!({
        "second_factor": {
            "recovery_codes": { "count": 1, "replace_used": true, "warn_at": 0 },
        },
    }))
    .await;
    rig.add(ANNA).await;
    let mut anna = rig.signed_in(ANNA).await;
    let (_, codes) = set_up_app(&rig, &mut anna).await;
    assert_eq!(codes.len(), 1);
    let words = anna.open("/_auth/account").await.html().words();
    assert!(words.contains("Recovery code 1 of 1 left"), "{words}");

    let mut browser = rig.client();
    let page = browser.open("/reports").await.expect("sign-in");
    let page = walk::give_password(&mut browser, &page, ANNA, PASSWORD).await;
    page.expect("code-app");
    let words = browser.open("/_auth/methods").await.html().words();
    assert!(words.contains("Your recovery code"), "{words}");
    let page = browser.open("/_auth/code/recovery").await.expect("code-recovery");
    assert_eq!(page.html().heading(), "Enter your recovery code");
    let form = page.form("/_auth/code/recovery").set("recovery_code", &codes[0]);
    let page = browser.submit_and_follow(&page, &form).await;
    let page = page.expect("recovery-used");
    assert_eq!(page.html().heading(), "You used your recovery code");
    let words = page.html().words();
    let fresh: Vec<&str> = words
        .split(' ')
        .filter(|word| word.len() == 24 && word.matches('-').count() == 4)
        .collect();
    assert_eq!(fresh.len(), 1, "{words}");
    assert_ne!(fresh[0], codes[0]);

    let path = "/_auth/code/recovery/used";
    let file = browser
        .post(path, &format!("csrf={}&download=yes", token(&page)))
        .await;
    assert!(file.text().contains(fresh[0]), "{}", file.text());
    assert!(file.text().contains("this code"), "{}", file.text());
    let unsaved = browser.post(path, &format!("csrf={}&go=on", token(&page))).await;
    assert_eq!(unsaved.status, 422);
    assert!(
        unsaved
            .html()
            .words()
            .contains("Tick the box when you have saved your code")
    );
    assert!(unsaved.html().words().contains(fresh[0]), "still shown");
    let foreign = browser.post(path, "csrf=x&saved=yes&go=on").await;
    assert_eq!(foreign.status, 422);
    let saved = format!("csrf={}&saved=yes&go=on", token(&unsaved));
    let page = browser.post(path, &saved).await;
    assert_eq!((page.status, page.location()), (303, "/reports"));
    let again = browser.get(path).await;
    assert_eq!(again.status, 303, "SEC-05");

    // It works, once, and the one before it does not.
    for (code, lets_in) in [(codes[0].as_str(), false), (fresh[0], true)] {
        let mut other = rig.client();
        let page = other.open("/").await.expect("sign-in");
        walk::give_password(&mut other, &page, ANNA, PASSWORD).await;
        let page = other.open("/_auth/code/recovery").await;
        let form = page.form("/_auth/code/recovery").set("recovery_code", code);
        let page = other.submit_and_follow(&page, &form).await;
        assert_eq!(page.name().as_deref() == Some("recovery-used"), lets_in);
    }
    rig.smtp.about(ANNA, "recovery code was used").await;
}
