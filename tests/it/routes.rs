//! Every page of the table, with everything switched on, asked for by those whom it is not for.

use std::collections::BTreeSet;

use doorward::identity::phone::{Phone, PhoneNumber};
use doorward::web::Demands;
use doorward::web::routes::{ROUTES, Route};
use serde_json::json;

use crate::rig::client::{Client, Page};
use crate::rig::gateway::{PASSWORD, Rig};
use crate::rig::phones::Phones;
use crate::rig::walk;

const ANNA: &str = "anna@example.com";
const BEN: &str = "ben@example.com";
const NUMBER: &str = "+41791234567";

/// What only Anna herself may read: address, names and number. Their masked forms hold none of this.
const HERS: [&str; 4] = ["anna", "annabel", "quist", "1234567"];

/// What a password manager needs on the pages that ask for a code, out of sight: what was typed at the sign-in.
const TYPED: &str = r#"autocomplete="username" value="anna@example.com""#;

/// What a form sends that would do something at one page or another.
const FORM: &str =
    "begin=app&remember=yes&saved=yes&lang=de&accept=1&method=email&trust=yes&send=sms&end_others=yes";

/// A portal at which there is every page of the table, and Anna, who gets her codes by text message.
async fn with_everything() -> (Rig, Phones) {
    let phones = Phones::start().await;
    let mut rig = Rig::with(&phones.config("method")).await;
    std::fs::write(rig.place.folder.path().join("terms.md"), "# Terms\n\nBe kind.\n").unwrap();
    rig.reload(&json!({
        "registration": { "mode": "open", "approval": "manual" },
        "brand": { "help": { "email": "help@example.com" } },
        "terms": { "version": "1", "file": { "en": "terms.md" } },
    }))
    .await;
    let number = PhoneNumber::parse(NUMBER, &[]).unwrap();
    let keys = &rig.app.desk.keys;
    rig.add_with(ANNA, |anna| {
        anna.first_name = "Annabel".to_owned();
        anna.last_name = "Quist".to_owned();
        anna.phone = Some(Phone::keep(&number, anna.id, keys, &rig.entropy, rig.now()).unwrap());
    })
    .await;
    (rig, phones)
}

/// The pages that strangers are shown.
const FOR_STRANGERS: [&str; 8] = [
    "/register",
    "/register/waiting",
    "/reset",
    "/reset/sent",
    "/sign-in",
    "/sign-out",
    "/terms",
    "/terms/file",
];

fn address(path: &str) -> String {
    format!("/_auth{}", path.replace("{name}", "nothing"))
}

#[track_caller]
fn tells_nothing(page: &Page, typed: &str, asked: &str) {
    let told = page.text() + page.header("location").unwrap_or_default();
    let told = told.replace(typed, "").to_lowercase();
    for word in HERS {
        assert!(!told.contains(word), "{asked}: {word}");
    }
}

/// Looks at every page and sends every form, each with the cookies of now; the pages that were shown. `typed` is
/// no news to whoever reads it.
async fn walk_past_all(
    client: &Client,
    typed: &str,
    ends: impl Fn(&Route, &Page, &str),
) -> BTreeSet<&'static str> {
    let mut shown = BTreeSet::new();
    for route in ROUTES {
        let path = address(route.path);
        for method in ["GET", "POST"] {
            let mut client = client.clone();
            let page = match method {
                "GET" => client.get(&path).await,
                _ => client.post(&path, FORM).await,
            };
            let asked = format!("{method} {path}: {}", page.status);
            tells_nothing(&page, typed, &asked);
            ends(route, &page, &asked);
            if page.status == 200 {
                assert_eq!(method, "GET", "{asked}");
                shown.insert(route.path);
            }
        }
    }
    shown
}

/// Whoever lacks something is sent to the sign-in, which knows where they are.
fn leads_to_the_sign_in(page: &Page, asked: &str) {
    assert_eq!(page.status, 303, "{asked}");
    assert!(page.location().starts_with("/_auth/sign-in"), "{asked}");
}

#[tokio::test]
async fn a_stranger_learns_nothing_and_is_sent_to_the_sign_in() {
    let (rig, phones) = with_everything().await;
    let shown = walk_past_all(&rig.client(), "nothing was typed", |route, page, asked| {
        match (route.demands, page.status) {
            (Demands::Nothing, 200 | 303 | 404 | 405 | 410 | 422) | (_, 405) => {}
            (Demands::Nothing, _) => panic!("{asked}"),
            (Demands::Flow | Demands::Session | Demands::Owner, _) => leads_to_the_sign_in(page, asked),
        }
    })
    .await;
    assert_eq!(shown, BTreeSet::from(FOR_STRANGERS), "what strangers see");
    assert_eq!((rig.up.hits(), rig.smtp.count(), phones.count()), (0, 0, 0));
}

#[tokio::test]
async fn whoever_is_half_signed_in_gets_no_further_and_reads_no_name() {
    let (rig, phones) = with_everything().await;
    let mut half = rig.client();
    let page = half.open("/").await.expect("sign-in");
    let page = walk::give_password(&mut half, &page, ANNA, PASSWORD)
        .await
        .expect("code-sms");
    let code = phones.newest_for(NUMBER).code();
    gets_no_further(&rig, &half, "code-sms", &["/code/sms", "/methods"]).await;

    let form = page.form("/_auth/code/sms").set("code", &code);
    half.submit_and_follow(&page, &form).await.expect("terms");
    gets_no_further(&rig, &half, "terms", &[]).await;
    assert_eq!((rig.up.hits(), rig.smtp.count(), phones.count()), (0, 0, 1));

    let mut ben = rig.client();
    let page = ben.open("/_auth/register").await.expect("register-email");
    let form = page.form("/_auth/register").set("email", BEN);
    ben.submit_and_follow(&page, &form).await.expect("register-check");
    gets_no_further(&rig, &ben, "sign-in", &["/register/check"]).await;
}

/// Walks past everything on the way in, where `page` is the next step and `steps` are shown that strangers do not see.
async fn gets_no_further(rig: &Rig, half: &Client, page: &str, steps: &[&str]) {
    let before = serde_json::to_string(&rig.account(ANNA).await).unwrap();
    let shown = walk_past_all(half, TYPED, |route, page, asked| {
        match (route.demands, page.status) {
            (_, 405) | (Demands::Nothing | Demands::Flow, 200 | 303 | 403 | 404 | 410 | 422) => {}
            // An owner's form, in the middle of a sign-in.
            (_, 403) if asked.starts_with("POST") => {}
            (Demands::Nothing | Demands::Flow, _) => panic!("{asked}"),
            (Demands::Session | Demands::Owner, _) => leads_to_the_sign_in(page, asked),
        }
    })
    .await;
    for step in steps {
        assert!(shown.contains(step), "{step} is not among {shown:?}");
    }
    let after = serde_json::to_string(&rig.account(ANNA).await).unwrap();
    assert_eq!(after, before, "MFA-04");
    for target in ["/", "/_auth/account"] {
        half.clone().open(target).await.expect(page);
    }
}

#[tokio::test]
async fn what_does_not_exist_yet_is_not_found() {
    let rig = Rig::start().await;
    rig.add(ANNA).await;
    let mut anna = rig.signed_in(ANNA).await;

    for path in [
        "account/",
        "account/app/",
        "accounts",
        "terms",
        "register",
        "register/check",
        "register/waiting",
        "register/details",
        "register/link/x",
    ] {
        for mut client in [anna.clone(), rig.client()] {
            let page = client.get(&format!("/_auth/{path}")).await;
            assert_eq!(page.status, 404, "{path}");
        }
    }
    anna.open("/.well-known/change-password")
        .await
        .expect("account-password");
}
