//! From a page of the portal through password and email code and back to it.

use crate::rig::binary::Installation;
use crate::rig::gateway::Rig;
use crate::rig::smtp::Smtp;
use crate::rig::upstream::Upstream;
use crate::rig::walk;
use serde_json::json;

#[tokio::test]
async fn a_person_reaches_the_page_they_asked_for() {
    let rig = Rig::start().await;
    rig.add_with("anna@example.com", |account| {
        account.first_name = "Anna".to_owned();
        account.last_name = "Bäcker".to_owned();
    })
    .await;
    let mut anna = rig.client();

    let page = walk::sign_in(
        &mut anna,
        &rig.smtp,
        "/reports?of=today",
        "anna@example.com",
        crate::rig::gateway::PASSWORD,
    )
    .await;

    assert_eq!(page.text(), "portal: GET /reports?of=today\n");
    let seen = rig.up.last();
    assert_eq!(rig.up.hits(), 1, "nothing reached the portal before");
    assert_eq!(seen.header("remote-user"), Some("anna@example.com"));
    assert_eq!(seen.header("remote-name"), Some("Anna Bäcker"));
    assert_eq!(seen.header("remote-auth-method"), Some("password+email"));
    assert_eq!(seen.header("cookie"), None, "the gateway's cookies stay at home");
}

#[tokio::test]
async fn the_shipped_program_does_the_same() {
    let (upstream, smtp) = (Upstream::start().await, Smtp::start().await);
    let place = Installation::new(&upstream.url(), &smtp, &json!({}));
    place
        .add_account(
            "anna@example.com",
            "a long password for tests",
            &["--first-name", "Anna"],
        )
        .await;
    let mut gateway = place.start().await;
    let mut anna = gateway.client();

    let page = walk::sign_in(
        &mut anna,
        &smtp,
        "/a",
        "anna@example.com",
        "a long password for tests",
    )
    .await;

    assert_eq!(page.text(), "portal: GET /a\n");
    assert!(gateway.stop().await.success(), "{}", gateway.log());
}
