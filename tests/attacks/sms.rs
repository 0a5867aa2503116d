//! Text messages: what they cost, what they open, and where their codes are good.

use std::time::Duration;

use doorward::identity::phone::{Phone, PhoneNumber};
use serde_json::{Value, json};

use super::visit::{self, ALICE, after_password, count_events, half_way};
use crate::rig::binary::merge;
use crate::rig::client::{Client, Page};
use crate::rig::gateway::{PASSWORD, Rig};
use crate::rig::phones::Phones;
use crate::rig::walk;

const NUMBER: &str = "+41791234567";
const OTHER: &str = "+41797654321";

/// A gateway with text messages.
async fn with_texts(used_as: &str, changes: Value) -> (Rig, Phones) {
    let phones = Phones::start().await;
    let mut all = phones.config(used_as);
    merge(&mut all, &changes);
    let rig = Rig::with(&all).await;
    rig.add(ALICE).await;
    (rig, phones)
}

async fn give_phone(rig: &Rig, email: &str, number: &str) {
    let id = rig.account(email).await.id;
    let number = PhoneNumber::parse(number, &[]).unwrap();
    let keys = &rig.app.desk.keys;
    let phone = Phone::keep(&number, id, keys, &rig.entropy, rig.now()).unwrap();
    rig.change(email, |account| account.phone = Some(phone)).await;
}

/// After the password, where the code comes by text message.
async fn texted(rig: &Rig, phones: &Phones) -> (Client, Page, String) {
    let mut client = rig.client();
    let page = after_password(&mut client, ALICE, PASSWORD)
        .await
        .expect("code-sms");
    (client, page, phones.newest_for(NUMBER).code())
}

async fn give_code(client: &mut Client, page: &Page, code: &str) -> Page {
    let form = page.form("/_auth/code/sms").set("code", code);
    client.submit_and_follow(page, &form).await
}

fn another(code: &str) -> &'static str {
    if code == "000000" { "000001" } else { "000000" }
}

/// To the account's page with the field for a number.
async fn asks_number(client: &mut Client) -> Page {
    let page = client.open("/_auth/account/phone").await.expect("account-phone");
    let form = page.form("/_auth/account/phone").press("begin", "phone");
    client
        .submit_and_follow(&page, &form)
        .await
        .expect("account-phone")
}

#[tokio::test]
async fn rate_21_pumping_ends_at_the_country_the_account_and_the_day() {
    let limits = json!({
        "second_factor": { "sms": { "countries": ["CH"] } },
        "limits": { "sms_total_day": 12 },
    });
    let (rig, phones) = with_texts("recovery", limits).await;
    rig.add("bob@example.com").await;
    let mut tried = 0;
    for (person, email) in ["bob@example.com", ALICE].iter().enumerate() {
        let mut client = rig.signed_in(email).await;
        let mut page = asks_number(&mut client).await;
        for at in 0..50 {
            for number in [
                format!("+41 900 123 4{at:02}"),
                format!("+371 2000 00{at:02}"),
                format!("+41 79 {person}00 00 {at:02}"),
            ] {
                tried += 1;
                let form = page.form("/_auth/account/phone");
                let page_after = if form.value("phone").is_some() {
                    client.submit(&page, &form.set("phone", &number)).await
                } else {
                    let other = page.pressing("other", "yes");
                    page = client
                        .submit_and_follow(&page, &other)
                        .await
                        .expect("account-phone");
                    let form = page.form("/_auth/account/phone").set("phone", &number);
                    client.submit(&page, &form).await
                };
                assert!(
                    matches!(page_after.status, 200 | 303 | 422),
                    "{number}: {}",
                    page_after.text()
                );
                page = client.open("/_auth/account/phone").await.expect("account-phone");
            }
        }
    }
    assert_eq!(tried, 300);
    let texts = phones.texts();
    assert_eq!(texts.len(), 12, "ten of one account, twelve of all");
    assert!(texts.iter().all(|it| it.to.starts_with("+4179")), "{texts:?}");
    assert_eq!(count_events(&rig, ALICE, "sms.failed").await, 1, "the breaker");
}

#[tokio::test]
async fn rate_21_one_number_gets_three_an_hour() {
    let (rig, phones) = with_texts("method", json!({})).await;
    give_phone(&rig, ALICE, NUMBER).await;
    let (mut client, page, _) = texted(&rig, &phones).await;
    for _ in 0..20 {
        rig.advance(Duration::from_secs(31));
        let form = page.form("/_auth/code/sms/send");
        let answer = client.submit_and_follow(&page, &form).await;
        assert_eq!((answer.status, answer.name().as_deref()), (200, Some("code-sms")));
    }
    assert_eq!(phones.count(), 3);
}

#[tokio::test]
async fn code_03_and_07_a_text_message_is_good_once_and_for_its_own_flow() {
    let (rig, phones) = with_texts("method", json!({})).await;
    give_phone(&rig, ALICE, NUMBER).await;
    let (mut one, page_one, code) = texted(&rig, &phones).await;
    let (mut two, page_two, second) = texted(&rig, &phones).await;
    if code != second {
        let refused = give_code(&mut two, &page_two, &code).await;
        assert_eq!(
            (refused.status, refused.name().as_deref()),
            (422, Some("code-sms")),
            "CODE-07"
        );
    }
    let spent = one.clone();
    give_code(&mut one, &page_one, &code).await.expect("trust");
    let mut again = spent;
    let form = page_one.form("/_auth/code/sms").set("code", &code);
    let answer = again.submit(&page_one, &form).await;
    assert!(
        answer.status == 303 && answer.location().starts_with("/_auth/sign-in"),
        "CODE-03: {answer:?}"
    );
}

#[tokio::test]
async fn code_09_five_guesses_end_it_however_often_it_is_sent() {
    let (rig, phones) = with_texts("method", json!({})).await;
    give_phone(&rig, ALICE, NUMBER).await;
    let (mut client, mut page, mut code) = texted(&rig, &phones).await;
    for guess in 1..=5 {
        if guess == 3 {
            rig.advance(Duration::from_secs(31));
            let form = page.form("/_auth/code/sms/send");
            page = client.submit_and_follow(&page, &form).await.expect("code-sms");
            code = phones.newest_for(NUMBER).code();
        }
        page = give_code(&mut client, &page, another(&code)).await;
        let name = if guess < 5 { "code-sms" } else { "sign-in" };
        assert_eq!(page.name().as_deref(), Some(name), "guess {guess}");
    }
    visit::expect_login(&rig, &client).await;
}

/// A code of one purpose or channel is none of another.
#[tokio::test]
async fn code_07_bound_to_its_purpose_and_channel() {
    let (rig, phones) = with_texts("recovery", json!({})).await;
    let app = rig.give_app(ALICE).await;
    let mut alice = visit::signed_in(&rig, ALICE, &app).await;
    let page = asks_number(&mut alice).await;
    let form = page.form("/_auth/account/phone").set("phone", NUMBER);
    let page = alice
        .submit_and_follow(&page, &form)
        .await
        .expect("account-phone");
    let for_number = phones.newest_for(NUMBER).code();

    give_phone(&rig, ALICE, NUMBER).await;
    let (mut half, asked) = half_way(&rig, ALICE).await;
    rig.advance(Duration::from_secs(31));
    let methods = half.open("/_auth/methods").await.expect("methods");
    let form = methods.form("/_auth/methods").press("method", "sms");
    let asked_text = half.submit_and_follow(&methods, &form).await.expect("code-sms");
    let for_sign_in = phones.newest_for(NUMBER).code();
    if for_number != for_sign_in {
        let refused = give_code(&mut half, &asked_text, &for_number).await;
        assert_eq!(refused.status, 422, "the number's code signs nobody in");
        let form = page.forms_with("code").set("code", &for_sign_in);
        let refused = alice.submit(&page, &form).await;
        assert_eq!(refused.status, 422, "the sign-in's code proves no number");
    }
    let form = asked.form("/_auth/code/app").set("code", &for_sign_in);
    let refused = half.submit(&asked, &form).await;
    assert_eq!(refused.status, 422, "nor is it the app's");
    give_code(&mut half, &asked_text, &for_sign_in).await;
    visit::expect_served(&rig, &half).await;
}

#[tokio::test]
async fn mfa_09_no_downgrade_to_a_text_message() {
    for used_as in ["recovery", "method"] {
        let (rig, phones) = with_texts(used_as, json!({})).await;
        rig.give_app(ALICE).await;
        let (mut half, page) = half_way(&rig, ALICE).await;
        let csrf = page.form("/_auth/code/app").value("csrf").unwrap().to_owned();
        for (path, body) in [
            ("/_auth/methods", format!("csrf={csrf}&method=sms")),
            ("/_auth/code/sms/send", format!("csrf={csrf}")),
            ("/_auth/code/sms", format!("csrf={csrf}&code=000000")),
        ] {
            let answer = half.post(path, &body).await;
            assert_eq!(answer.status, 403, "{used_as} {path}: without a phone");
        }
        assert_eq!(half.get("/_auth/code/sms").await.status, 403);
        assert_eq!(phones.count(), 0);
    }
    // Without text messages a phone that is still there opens nothing.
    let rig = Rig::start().await;
    rig.add(ALICE).await;
    rig.give_app(ALICE).await;
    give_phone(&rig, ALICE, NUMBER).await;
    let (mut half, _) = half_way(&rig, ALICE).await;
    assert_eq!(half.get("/_auth/code/sms").await.status, 403);
}

#[tokio::test]
async fn mfa_04_half_way_in_adds_no_phone() {
    let (rig, phones) = with_texts("method", json!({})).await;
    rig.give_app(ALICE).await;
    let (mut half, page) = half_way(&rig, ALICE).await;
    let csrf = page.form("/_auth/code/app").value("csrf").unwrap().to_owned();
    for path in ["/_auth/setup/phone", "/_auth/account/phone"] {
        for body in [
            format!("csrf={csrf}&phone=%2B41797654321"),
            format!("csrf={csrf}&begin=phone"),
            format!("csrf={csrf}&skip=yes"),
            format!("csrf={csrf}&code=000000"),
        ] {
            let answer = half.post(path, &body).await;
            assert!(
                matches!(answer.status, 303 | 403),
                "{path} {body}: {}",
                answer.status
            );
        }
    }
    assert_eq!(phones.count(), 0);
    let account = rig.account(ALICE).await;
    assert!(account.phone.is_none() && account.apps.len() == 1);
    half.open("/").await.expect("code-app");
}

#[tokio::test]
async fn mfa_18_a_phone_asks_for_fresh_proof() {
    let (rig, phones) = with_texts("recovery", json!({})).await;
    let app = rig.give_app(ALICE).await;
    give_phone(&rig, ALICE, NUMBER).await;
    let mut alice = visit::signed_in(&rig, ALICE, &app).await;
    rig.advance(Duration::from_secs(5 * 60 + 1));
    let before = format!("{:?}", rig.account(ALICE).await);
    for (name, value) in [("begin", "phone"), ("remove", "yes")] {
        let page = alice.open("/_auth/account/phone").await.expect("account-phone");
        let form = page.form("/_auth/account/phone").press(name, value);
        let asked = alice.submit_and_follow(&page, &form).await.expect("confirm");
        let form = asked.form("/_auth/confirm");
        assert!(
            form.value("password").is_some() && form.value("code").is_some(),
            "{name}"
        );
    }
    let csrf = visit::token_of(&mut alice).await;
    let answer = alice
        .post(
            "/_auth/account/phone",
            &format!("csrf={csrf}&phone=%2B41797654321"),
        )
        .await;
    assert_eq!(answer.status, 303, "no number is asked for");
    assert_eq!(format!("{:?}", rig.account(ALICE).await), before);
    assert_eq!(phones.count(), 0);
    // The removal goes on once the proof is fresh.
    let asked = alice.open("/_auth/confirm").await.expect("confirm");
    let page = visit::confirmed(&rig, &mut alice, asked, &app)
        .await
        .expect("account-phone");
    assert!(
        page.html().words().contains("The phone number is removed."),
        "{}",
        page.html().words()
    );
    assert!(rig.account(ALICE).await.phone.is_none());
    visit::expect_served(&rig, &alice).await;
}

/// Whoever is half signed in sees the last two digits.
#[tokio::test]
async fn enum_08_the_number_is_masked() {
    let (rig, phones) = with_texts("recovery", json!({})).await;
    rig.give_app(ALICE).await;
    give_phone(&rig, ALICE, NUMBER).await;
    let (mut half, _) = half_way(&rig, ALICE).await;
    let methods = half.open("/_auth/methods").await.expect("methods");
    let form = methods.form("/_auth/methods").press("method", "sms");
    let asked = half.submit_and_follow(&methods, &form).await.expect("code-sms");
    assert_eq!(phones.count(), 1);
    for page in [methods, asked] {
        let text = page.text();
        assert!(text.contains("•••67"), "{text}");
        assert!(!text.contains("234567") && !text.contains("791234"), "{text}");
    }
}

/// FAIL-09.
#[tokio::test]
async fn fail_09_a_provider_that_fails_is_said_and_bypasses_nothing() {
    let (rig, phones) = with_texts("method", json!({})).await;
    give_phone(&rig, ALICE, NUMBER).await;
    phones.answers(500);
    let seen = rig.smtp.count();
    let mut client = rig.client();
    let page = after_password(&mut client, ALICE, PASSWORD)
        .await
        .expect("code-sms");
    assert!(
        page.html()
            .words()
            .contains("We could not send the text message just now.")
    );
    assert_eq!(rig.smtp.count(), seen, "no silent downgrade");
    for way in ["email", "app"] {
        let csrf = page.form("/_auth/code/sms").value("csrf").unwrap().to_owned();
        let answer = client
            .post("/_auth/methods", &format!("csrf={csrf}&method={way}"))
            .await;
        assert_eq!(answer.status, 403, "{way}");
    }
    visit::expect_login(&rig, &rig.client()).await;
    phones.answers(200);
    let form = page.form("/_auth/code/sms/send");
    let page = client.submit_and_follow(&page, &form).await.expect("code-sms");
    let page = give_code(&mut client, &page, &phones.newest_for(NUMBER).code())
        .await
        .expect("trust");
    walk::answer_trust(&mut client, &page, false).await;
    assert_eq!(rig.up.last().header("remote-auth-method"), Some("password+sms"));
}

/// INJ: what people and operators write stays within its field.
#[tokio::test]
async fn inj_a_message_holds_what_it_should_and_no_more() {
    let brand = "A\"B\\C {to}\", \"to\": \"+1900";
    let changes = json!({ "brand": { "name": brand } });
    let (rig, phones) = with_texts("recovery", changes).await;
    let mut alice = rig.signed_in(ALICE).await;
    let page = asks_number(&mut alice).await;
    for typed in [
        "+41791234567\",\"to\":\"+1900",
        "+41791234567\r\nX-Evil: 1",
        "+41791234567&to=+1900",
        "{text}",
        "+41791234567,+41797654321",
        "<script>1</script>",
    ] {
        let form = page.form("/_auth/account/phone").set("phone", typed);
        let answer = alice.submit(&page, &form).await;
        assert_eq!(answer.status, 422, "{typed}");
        assert!(!answer.text().contains("<script>1"), "{typed}");
    }
    assert_eq!(phones.count(), 0);
    let form = page.form("/_auth/account/phone").set("phone", "+41 79 765 43 21");
    alice
        .submit_and_follow(&page, &form)
        .await
        .expect("account-phone");
    let text = phones.newest_for(OTHER);
    assert_eq!(text.body.as_object().unwrap().len(), 3, "{text:?}");
    assert_eq!(text.body["from"], "Por\"tal");
    assert_eq!(text.key.as_deref(), Some("s3cret"));
    assert!(text.text.contains(brand), "{text:?}");
    text.code();
}

/// Without the token of their own cookie forms send nothing and change nothing; a look does neither.
#[tokio::test]
async fn csrf_01_02_and_08_no_text_message_and_no_phone_from_elsewhere() {
    let (rig, phones) = with_texts("recovery", json!({})).await;
    let app = rig.give_app(ALICE).await;
    give_phone(&rig, ALICE, NUMBER).await;
    let mut alice = visit::signed_in(&rig, ALICE, &app).await;
    let (half, _) = half_way(&rig, ALICE).await;
    let token = visit::token_of(&mut alice).await;
    let before = format!("{:?}", rig.account(ALICE).await);
    let forms = [
        (&half, "/_auth/methods", "method=sms"),
        (&half, "/_auth/code/sms/send", ""),
        (&half, "/_auth/code/sms", "code=000000"),
        (&alice, "/_auth/account/phone", "begin=phone"),
        (&alice, "/_auth/account/phone", "phone=%2B41797654321"),
        (&alice, "/_auth/account/phone", "remove=yes"),
        (&alice, "/_auth/account/phone", "code=000000"),
    ];
    for (client, path, fields) in forms {
        let mut client = client.clone();
        let answer = client.post(path, fields).await;
        assert_eq!(answer.status, 422, "CSRF-01 {path} {fields}");
        for (name, value) in [("Origin", "https://evil.test"), ("Sec-Fetch-Site", "cross-site")] {
            let body = format!("csrf={token}&{fields}");
            let kind = ("Content-Type", "application/x-www-form-urlencoded");
            let answer = client
                .send("POST", path, &[kind, (name, value)], body.as_bytes())
                .await;
            assert_eq!(answer.status, 403, "CSRF-02 {path} {fields} {name}");
        }
        client.get(&format!("{path}?{fields}&csrf={token}")).await;
    }
    assert_eq!(phones.count(), 0);
    assert_eq!(format!("{:?}", rig.account(ALICE).await), before);
}

/// SESS-23: a dump of the store holds no number, and no code.
#[tokio::test]
async fn sess_23_a_number_is_sealed_where_it_lies() {
    let (rig, phones) = with_texts("method", json!({})).await;
    let mut alice = rig.signed_in(ALICE).await;
    let page = asks_number(&mut alice).await;
    let form = page.form("/_auth/account/phone").set("phone", NUMBER);
    let page = alice
        .submit_and_follow(&page, &form)
        .await
        .expect("account-phone");
    let code = phones.newest_for(NUMBER).code();
    let form = page.forms_with("code").set("code", &code);
    alice
        .submit_and_follow(&page, &form)
        .await
        .expect("account-phone");
    rig.advance(Duration::from_secs(31));
    let (_, _, second) = texted(&rig, &phones).await;
    let folder = rig.app.settings().store.state.clone();
    let mut looked = 0;
    for entry in std::fs::read_dir(folder).unwrap() {
        let bytes = std::fs::read(entry.unwrap().path()).unwrap();
        let text = String::from_utf8_lossy(&bytes);
        looked += bytes.len();
        for secret in ["41791234567", "791234567", code.as_str(), second.as_str()] {
            let needle = format!("\"{secret}\"");
            assert!(
                !text.contains(secret) || secret.len() == 6 && !text.contains(&needle),
                "{secret}"
            );
        }
    }
    assert!(looked > 4096);
}
