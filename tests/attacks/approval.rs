//! Registrations on which an operator has a last word: nobody gets in before.

use doorward::base::language::Language;
use doorward::service::admin::Operator;
use serde_json::json;

use super::walker::{masked, pass, type_password};
use crate::rig::gateway::{PASSWORD, Rig};

const CAROL: &str = "carol@example.com";
const WAITING: &str = "/_auth/register/waiting";

#[tokio::test]
async fn reg_02_unapproved_is_unknown() {
    let mut rig = Rig::with(&json!({ "registration": { "mode": "open" } })).await;
    assert_eq!(
        rig.client().get(WAITING).await.status,
        404,
        "there is no such thing"
    );
    rig.reload(&json!({
        "registration": { "approval": "manual" },
        "brand": { "help": { "email": "help@example.com" } },
    }))
    .await;
    let mut carol = rig.client();
    let page = carol.open("/_auth/register").await.expect("register-email");
    let form = page.form("/_auth/register").set("email", CAROL);
    let page = carol
        .submit_and_follow(&page, &form)
        .await
        .expect("register-check");
    let code = rig.smtp.next_for(CAROL, 0).await.code();
    let form = page.form("/_auth/register/check").set("code", &code);
    let page = carol
        .submit_and_follow(&page, &form)
        .await
        .expect("register-details");
    let seen = rig.smtp.count();
    let form = page
        .form("/_auth/register/details")
        .set("given_name", "Carol")
        .set("new_password", PASSWORD);
    let page = carol
        .submit_and_follow(&page, &form)
        .await
        .expect("register-waiting");
    assert!(!page.text().contains(CAROL), "it says the same to everybody");
    let asked = rig.smtp.next_for("help@example.com", seen).await;
    assert!(
        asked.text.contains(CAROL) && !asked.text.contains("Carol"),
        "{}",
        asked.text
    );

    for path in [
        "/",
        "/_auth/account",
        "/_auth/register/method",
        "/_auth/setup/why",
    ] {
        carol.open(path).await.expect("sign-in");
    }
    let unknown = type_password(&mut rig.client(), "nobod@example.com", PASSWORD).await;
    let waiting = type_password(&mut rig.client(), CAROL, PASSWORD).await;
    assert_eq!(masked(&waiting, CAROL), masked(&unknown, "nobod@example.com"));
    assert_eq!(carol.jar.get("doorward"), None);
    assert_eq!(rig.up.hits(), 0);

    let operator = Operator {
        name: "root".to_owned(),
        reason: None,
        site_url: rig.place.origin.clone(),
        language: Language::english(),
    };
    let seen = rig.smtp.count();
    assert!(rig.app.desk.admin_approve(CAROL, &operator).await.unwrap());
    let told = rig.smtp.next_for(CAROL, seen).await;
    assert!(told.text.contains("was approved"), "{}", told.text);
    pass(&mut carol, CAROL).await.expect("code-email");
}
