//! Terms of Use: nobody gets past them, and nothing in them runs.

use doorward::web::Demands;
use doorward::web::routes::ROUTES;
use serde_json::json;

use super::walker::{ALICE, SIGN_IN, body, mailed_code, pass, token};
use crate::rig::client::{Client, Page};
use crate::rig::gateway::{PASSWORD, Rig};
use crate::rig::walk;

const TERMS: &str = "/_auth/terms";
const FILE: &str = "/_auth/terms/file";

/// Puts a version of the terms in force.
async fn put(rig: &mut Rig, version: &str, english: &str) {
    let folder = rig.place.folder.path();
    std::fs::write(folder.join("terms.en.md"), english).unwrap();
    std::fs::write(folder.join("terms.de.md"), "# Bedingungen\n\nSeien Sie nett.\n").unwrap();
    std::fs::write(folder.join("changes.en.md"), "- More kindness.\n").unwrap();
    let files = json!({ "en": "terms.en.md", "de": "terms.de.md" });
    let changes = json!({ "en": "changes.en.md" });
    rig.reload(&json!({ "terms": { "version": version, "file": files, "changes": changes } }))
        .await;
}

/// Password and code; the page that follows.
async fn prove(rig: &Rig, client: &mut Client) -> Page {
    let seen = rig.smtp.count();
    let page = pass(client, ALICE).await.expect("code-email");
    let code = mailed_code(rig, ALICE, seen).await;
    walk::give_email_code(client, &page, &code).await
}

async fn agree(client: &mut Client, page: &Page, version: &str) -> Page {
    let form = page.form(TERMS).tick("accept", version);
    client.submit_and_follow(page, &form).await
}

#[tokio::test]
async fn mfa_16_nobody_gets_past_the_terms() {
    let mut rig = Rig::start().await;
    rig.add(ALICE).await;
    put(&mut rig, "2026-10", "# Terms\n\nBe kind.\n").await;
    let mut alice = rig.client();
    let page = prove(&rig, &mut alice).await.expect("terms");
    assert!(page.html().words().contains("Be kind."));
    assert!(
        !page.html().words().contains("More kindness."),
        "nothing is new to her"
    );
    assert_eq!(alice.jar.get("doorward"), None, "no session");

    // Whatever else is asked for leads back, and changes nothing.
    let before = serde_json::to_string(&rig.account(ALICE).await).unwrap();
    for route in ROUTES
        .iter()
        .filter(|it| matches!(it.demands, Demands::Session | Demands::Owner))
    {
        let path = format!("/_auth{}", route.path.replace("{name}", "nothing"));
        let answer = alice.get(&path).await;
        assert!(
            answer.status == 405 || answer.location().starts_with(SIGN_IN),
            "{path}: {}",
            answer.status
        );
    }
    for path in [
        "/",
        "/_auth/account",
        SIGN_IN,
        "/_auth/setup/why",
        "/_auth/register/method",
        "/_auth/code/email",
    ] {
        alice.open(path).await.expect("terms");
    }
    for (form, status) in [
        (vec![], 422),
        (vec![("accept", "yes")], 422),
        (vec![("accept", "2026-09")], 422),
    ] {
        let csrf = token(&page);
        let all = [vec![("csrf", csrf.as_str())], form].concat();
        let answer = alice.post(TERMS, &body(&all)).await;
        assert_eq!(
            (answer.status, answer.name().as_deref()),
            (status, Some("terms")),
            "{all:?}"
        );
    }
    let forged = alice.post(TERMS, &body(&[("accept", "2026-10")])).await;
    assert_eq!(forged.status, 422, "CSRF-01");
    let finish = alice
        .post("/_auth/setup/done", &body(&[("csrf", &token(&page))]))
        .await;
    assert!(finish.location().ends_with("/terms"), "{}", finish.location());
    assert_eq!(serde_json::to_string(&rig.account(ALICE).await).unwrap(), before);
    assert_eq!(rig.up.hits(), 0);

    let page = agree(&mut alice, &page, "2026-10").await.expect("trust");
    assert_eq!(
        rig.account(ALICE).await.terms.unwrap().version.as_str(),
        "2026-10"
    );
    walk::answer_trust(&mut alice, &page, true).await;
    assert_eq!(alice.get("/").await.status, 200);
    let read = alice.open(TERMS).await.expect("terms");
    assert!(
        !read.text().contains("name=\"accept\""),
        "to read, and nothing is asked"
    );

    // A new version: the open session stays, and a trusted device does not agree for its owner.
    put(&mut rig, "2026-11", "# Terms\n\nBe kinder.\n").await;
    assert_eq!(alice.get("/").await.status, 200);
    alice.jar.remove("doorward");
    let page = pass(&mut alice, ALICE).await.expect("terms");
    assert!(page.html().words().contains("They have changed"));
    assert!(page.html().words().contains("More kindness."));
    let stale = alice
        .post(TERMS, &body(&[("csrf", &token(&page)), ("accept", "2026-10")]))
        .await;
    assert!(
        stale.html().words().contains("There is a new version"),
        "{}",
        stale.status
    );
    let form = page.form(TERMS).press("decline", "yes");
    let page = alice.submit_and_follow(&page, &form).await.expect("sign-in");
    assert!(page.html().words().contains("You did not agree"));
    assert_eq!(alice.jar.get("doorward"), None);
    alice.open("/").await.expect("sign-in");
    assert_eq!(
        rig.account(ALICE).await.terms.unwrap().version.as_str(),
        "2026-10"
    );
}

#[tokio::test]
async fn mfa_16_whoever_registers_agrees_before_the_session() {
    let mut rig = Rig::with(&json!({ "registration": { "mode": "open" } })).await;
    put(&mut rig, "2026-10", "# Terms\n\nBe kind.\n").await;
    let mut carol = rig.client();
    let page = carol.open("/_auth/register").await.expect("register-email");
    assert!(page.html().words().contains("Step 1 of 5"));
    let form = page.form("/_auth/register").set("email", "carol@example.com");
    let page = carol
        .submit_and_follow(&page, &form)
        .await
        .expect("register-check");
    let code = rig.smtp.next_for("carol@example.com", 0).await.code();
    let form = page.form("/_auth/register/check").set("code", &code);
    let page = carol
        .submit_and_follow(&page, &form)
        .await
        .expect("register-details");
    let form = page
        .form("/_auth/register/details")
        .set("given_name", "Carol")
        .set("new_password", PASSWORD);
    let page = carol
        .submit_and_follow(&page, &form)
        .await
        .expect("register-terms");
    assert!(page.html().words().contains("Step 4 of 5"));
    assert_eq!(carol.jar.get("doorward"), None);
    carol.open("/").await.expect("register-terms");
    let page = agree(&mut carol, &page, "2026-10")
        .await
        .expect("register-method");
    assert!(page.html().words().contains("Step 5 of 5"));
    let form = page.form("/_auth/register/method").tick("method", "email");
    carol.submit_and_follow(&page, &form).await.expect("trust");
    let account = rig.account("carol@example.com").await;
    assert_eq!(account.terms.unwrap().version.as_str(), "2026-10");
}

#[tokio::test]
async fn inj_terms_run_and_load_nothing() {
    let mut rig = Rig::start().await;
    let mut stranger = rig.client();
    for path in [TERMS, FILE] {
        assert_eq!(stranger.get(path).await.status, 404, "there are none");
    }
    let text = "# <script>alert(1)</script>\n\n<img src=x onerror=alert(1)>\n\n[x](javascript:alert(1))\n\n![p](https://evil.test/p)\n";
    put(&mut rig, "2026-10", text).await;
    let page = stranger.get(TERMS).await.expect("terms");
    for bad in ["alert(1)</script>", "<img", "onerror", "javascript:", "evil.test"] {
        assert!(!page.text().contains(bad), "{bad}");
    }
    assert!(!page.text().contains("name=\"accept\""));
    let file = stranger.get(FILE).await;
    assert_eq!(file.header("content-type"), Some("text/markdown; charset=utf-8"));
    assert_eq!(file.header("x-content-type-options"), Some("nosniff"));
    assert_eq!(
        file.header("content-disposition"),
        Some("attachment; filename=\"terms-2026-10-en.md\"")
    );
    assert!(
        file.header("content-security-policy")
            .is_some_and(|it| it.starts_with("default-src 'none'"))
    );
    let sent = stranger
        .post(TERMS, &body(&[("csrf", &token(&page)), ("accept", "2026-10")]))
        .await;
    assert_eq!(
        (sent.status, sent.location()),
        (303, SIGN_IN),
        "nobody to agree for"
    );
}
