//! The way in, as a person goes it: page by page, form by form.

use doorward::base::time::Timestamp;

use super::authenticator::Authenticator;
use super::client::{Client, Page};
use super::smtp::Smtp;

/// Gives the address and the password on the sign-in page, which `page` is; what follows.
pub async fn give_password(client: &mut Client, page: &Page, email: &str, password: &str) -> Page {
    let form = page
        .form("/_auth/sign-in")
        .set("username", email)
        .set("password", password);
    client.submit_and_follow(page, &form).await
}

/// Gives the code on the page that asks for it; what follows.
pub async fn give_email_code(client: &mut Client, page: &Page, code: &str) -> Page {
    let form = page.form("/_auth/code/email").set("code", code);
    client.submit_and_follow(page, &form).await
}

/// Gives the code that the app shows, on the page that asks for it; what follows.
pub async fn give_app_code(client: &mut Client, page: &Page, code: &str) -> Page {
    let form = page.form("/_auth/code/app").set("code", code);
    client.submit_and_follow(page, &form).await
}

/// Scans the key on `page` (in the account or in the wizard) and confirms it; the app, and what follows.
pub async fn set_up_app(client: &mut Client, page: &Page, now: Timestamp) -> (Authenticator, Page) {
    let app = Authenticator::scan(page);
    let forms = page.html().forms();
    let form = forms
        .into_iter()
        .find(|it| it.value("code").is_some())
        .expect("no form for the code");
    let next = client
        .submit_and_follow(page, &form.set("code", &app.code(now)))
        .await;
    (app, next)
}

/// Answers the question whether to trust this device; what follows.
pub async fn answer_trust(client: &mut Client, page: &Page, trust: bool) -> Page {
    let form = page
        .form("/_auth/trust")
        .press("trust", if trust { "yes" } else { "no" });
    client.submit_and_follow(page, &form).await
}

/// Password and email code from the page `path` of the portal on; the page that was asked for.
pub async fn sign_in(client: &mut Client, smtp: &Smtp, path: &str, email: &str, password: &str) -> Page {
    let seen = smtp.count();
    let page = client.open(path).await.expect("sign-in");
    let page = give_password(client, &page, email, password)
        .await
        .expect("code-email");
    let code = smtp.next_for(email, seen).await.code();
    let page = give_email_code(client, &page, &code).await.expect("trust");
    let page = answer_trust(client, &page, false).await;
    assert_eq!(
        (page.status, page.path.as_str()),
        (200, path),
        "{}",
        page.html().words()
    );
    page
}
