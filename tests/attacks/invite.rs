//! Invitations: a link that is looked at, used once, and signs nobody in past the second factor.

use std::time::Duration;

use doorward::base::language::Language;
use doorward::service::admin::{NewAccount, Operator};

use super::walker::{SIGN_IN, body, mailed_code, type_password};
use crate::rig::client::{Client, Page};
use crate::rig::gateway::{PASSWORD, Rig};
use crate::rig::walk;

const CAROL: &str = "carol@example.com";
const INVITE: &str = "/_auth/invite";

fn operator(rig: &Rig) -> Operator {
    Operator {
        name: "root".to_owned(),
        reason: None,
        site_url: rig.place.origin.clone(),
        language: Language::english(),
    }
}

/// Adds an account and invites its owner; the path of the letter's link.
async fn invite(rig: &Rig) -> String {
    let seen = rig.smtp.count();
    let new = NewAccount {
        email: CAROL.to_owned(),
        invite: true,
        ..NewAccount::default()
    };
    rig.app.desk.admin_add(new, &operator(rig)).await.unwrap();
    link(rig, seen).await
}

async fn link(rig: &Rig, seen: usize) -> String {
    let letter = rig.smtp.next_for(CAROL, seen).await;
    let lines = letter.text.lines();
    let mut links = lines.filter_map(|it| it.strip_prefix(&rig.place.origin));
    let link = links.find(|it| it.starts_with("/_auth/invite/"));
    link.unwrap_or_else(|| panic!("no link in\n{}", letter.text))
        .to_owned()
}

async fn choose(client: &mut Client, page: &Page, password: &str) -> Page {
    let form = page
        .form(INVITE)
        .set("given_name", "Carol")
        .set("family_name", "Muster")
        .set("new_password", password);
    client.submit_and_follow(page, &form).await
}

#[tokio::test]
async fn mfa_16_an_invitation_stops_at_the_second_factor() {
    let rig = Rig::start().await;
    let link = invite(&rig).await;
    assert_eq!(
        type_password(&mut rig.client(), CAROL, PASSWORD).await.status,
        422,
        "nobody has a password yet"
    );
    // CSRF-10: scanners look, in any number.
    for method in ["GET", "HEAD", "GET", "HEAD"] {
        rig.client()
            .send(method, &link, &[("Accept", "text/html")], b"")
            .await;
    }
    let mut carol = rig.client();
    let answer = carol.get(&link).await;
    assert_eq!(
        (answer.status, answer.location()),
        (303, INVITE),
        "REG-14: the token is gone"
    );
    let page = carol.follow(answer).await.expect("invite");
    assert!(!page.text().contains(link.rsplit('/').next().unwrap()));
    assert!(page.html().words().contains(CAROL));

    let before = serde_json::to_string(&rig.account(CAROL).await).unwrap();
    let all = [("given_name", "Carol"), ("new_password", PASSWORD)];
    assert_eq!(carol.post(INVITE, &body(&all)).await.status, 422, "CSRF-01");
    assert_eq!(
        choose(&mut carol, &page, "short").await.expect("invite").status,
        422
    );
    assert_eq!(rig.client().get(INVITE).await.status, 410, "not without the link");
    assert_eq!(serde_json::to_string(&rig.account(CAROL).await).unwrap(), before);

    let seen = rig.smtp.count();
    let page = choose(&mut carol, &page, PASSWORD).await.expect("code-email");
    assert_eq!(carol.jar.get("doorward"), None, "no session before the code");
    carol.open("/").await.expect("code-email");
    carol.open(INVITE).await.expect("code-email");
    assert_eq!(rig.up.hits(), 0);
    let code = mailed_code(&rig, CAROL, seen).await;
    let page = walk::give_email_code(&mut carol, &page, &code)
        .await
        .expect("trust");
    walk::answer_trust(&mut carol, &page, false).await;
    assert_eq!(rig.up.last().header("remote-auth-method"), Some("password+email"));

    let mut thief = rig.client();
    let again = thief.get(&link).await;
    assert_eq!(
        (again.status, again.name().as_deref()),
        (410, Some("link-expired")),
        "once"
    );
    assert!(again.html().words().contains("already used"));
}

/// Whoever is signed in hears why the link does not open, and what to do.
#[tokio::test]
async fn an_invitation_opened_while_signed_in_says_why_it_waits() {
    let rig = Rig::start().await;
    rig.add("alice@example.com").await;
    let link = invite(&rig).await;
    let mut alice = rig.client();
    walk::sign_in(&mut alice, &rig.smtp, "/", "alice@example.com", PASSWORD).await;
    let answer = alice.get(&link).await;
    let page = alice.follow(answer).await.expect("sign-out");
    assert!(
        page.html()
            .words()
            .contains("sign out here, and then open the link again"),
        "{}",
        page.text()
    );
    let form = page.form("/_auth/sign-out");
    alice.submit_and_follow(&page, &form).await.expect("signed-out");
    let answer = alice.get(&link).await;
    alice.follow(answer).await.expect("invite");
    // Nobody who is not signed in reads it.
    let page = rig.client().open("/_auth/sign-out?say=link-opened").await;
    assert!(!page.html().words().contains("open the link again"));
}

#[tokio::test]
async fn reg_03_an_invitation_is_the_newest_in_time_and_of_its_kind() {
    let rig = Rig::start().await;
    let old = invite(&rig).await;
    rig.advance(Duration::from_secs(60));
    let seen = rig.smtp.count();
    rig.app.desk.admin_invite(CAROL, &operator(&rig)).await.unwrap();
    let new = link(&rig, seen).await;
    let value = new.rsplit('/').next().unwrap();
    for dead in [
        old,
        format!("/_auth/invite/{}A", &value[1..]),
        format!("/_auth/reset/{value}"),
        "/_auth/invite/x".to_owned(),
    ] {
        assert_eq!(rig.client().get(&dead).await.status, 410, "{dead}");
    }
    // The value of a link is no cookie of any other kind.
    let mut client = rig.client();
    client.jar.set("doorward", value);
    client.open("/").await.expect("sign-in");
    rig.advance(Duration::from_secs(72 * 3600 - 120));
    assert_eq!(rig.client().get(&new).await.status, 303);
    rig.advance(Duration::from_secs(120));
    assert_eq!(rig.client().get(&new).await.status, 410, "after 72 hours");
    let page = rig.client().get(SIGN_IN).await.expect("sign-in");
    assert!(!page.text().contains("invite"));
}
