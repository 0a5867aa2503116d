//! From a page of the portal through password and second factor and back to it.

use std::time::Duration;

use http::HeaderMap;
use http::header::COOKIE;
use serde_json::json;

use crate::rig::binary::Installation;
use crate::rig::gateway::{PASSWORD, Rig};
use crate::rig::smtp::Smtp;
use crate::rig::upstream::Upstream;
use crate::rig::walk;

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
        PASSWORD,
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
async fn a_person_with_an_app_is_asked_for_its_code_only() {
    let rig = Rig::start().await;
    rig.add("ben@example.com").await;
    let app = rig.give_app("ben@example.com").await;
    let mut ben = rig.client();

    let page = ben.open("/").await.expect("sign-in");
    let page = walk::give_password(&mut ben, &page, "ben@example.com", PASSWORD)
        .await
        .expect("code-app");
    let page = walk::give_app_code(&mut ben, &page, &rig.code_of(&app))
        .await
        .expect("trust");
    walk::answer_trust(&mut ben, &page, false).await;

    assert_eq!(rig.up.last().header("remote-auth-method"), Some("password+app"));
    assert_eq!(rig.smtp.count(), 0);
}

#[tokio::test]
async fn over_tls_one_session_serves_both_versions_of_http() {
    let rig = Rig::with_tls(&json!({})).await;
    rig.add("anna@example.com").await;
    let anna = rig.signed_in("anna@example.com").await;
    assert!(
        anna.jar.names().iter().all(|it| it.starts_with("__Host-")),
        "{:?}",
        anna.jar
    );

    let fields = HeaderMap::from_iter([(COOKIE, anna.jar.field().unwrap().parse().unwrap())]);
    let h2 = rig.h2().await;

    assert_eq!(
        h2.get("/page", &fields).await.unwrap().text(),
        "portal: GET /page\n"
    );
    assert_eq!(h2.get("/page", &HeaderMap::new()).await.unwrap().status, 401);
}

#[tokio::test]
async fn a_restart_forgets_nothing() {
    let rig = Rig::start().await;
    rig.add("anna@example.com").await;
    let mut anna = rig.signed_in("anna@example.com").await;

    let rig = rig.restart().await;

    assert_eq!(anna.get("/again").await.text(), "portal: GET /again\n");
    rig.advance(Duration::from_secs(13 * 60 * 60));
    assert_eq!(anna.get("/again").await.status, 303, "no session lasts for ever");
}

#[tokio::test]
async fn the_shipped_program_does_the_same() {
    let (upstream, smtp) = (Upstream::start().await, Smtp::start().await);
    let place = Installation::new(&upstream.url(), &smtp, &json!({}));
    place
        .add_account("anna@example.com", PASSWORD, &["--first-name", "Anna"])
        .await;
    let mut gateway = place.start().await;
    let mut anna = gateway.client();

    let page = walk::sign_in(&mut anna, &smtp, "/a", "anna@example.com", PASSWORD).await;

    assert_eq!(page.text(), "portal: GET /a\n");
    assert!(gateway.stop().await.success(), "{}", gateway.log());
}
