//! Redirect targets, judged as a browser judges them: by the WHATWG URL parser.

use serde_json::json;
use url::Url;

use super::walker::{ALICE, SIGN_IN, body, escaped, pass, token};
use crate::rig::client::{Client, Page};
use crate::rig::gateway::{PASSWORD, Rig};
use crate::rig::raw::Answer;

/// Where the password alone is enough: one form leads to the target.
async fn short_way() -> Rig {
    let rig = Rig::with(&json!({ "second_factor": { "methods": ["app"], "floor": "none" } })).await;
    rig.add(ALICE).await;
    rig
}

/// Where a browser lands that gets this answer, as path and query; leaving the site fails the test.
#[track_caller]
fn landed(rig: &Rig, answer: &Answer) -> String {
    let origin = Url::parse(&rig.place.origin).unwrap();
    assert_eq!(answer.status, 303, "{}", answer.text());
    let target = origin.join(answer.location()).unwrap();
    assert_eq!(target.origin(), origin.origin(), "{}", answer.location());
    let query = target.query().map(|it| format!("?{it}")).unwrap_or_default();
    format!("{}{query}", target.path())
}

/// Opens the sign-in page with this query and signs in with the form as it is served; where that leads.
async fn sign_in_with(rig: &Rig, query: &str) -> String {
    let mut client = rig.client();
    let page = client.get(&format!("{SIGN_IN}?{query}")).await.expect("sign-in");
    let form = page
        .form(SIGN_IN)
        .set("username", ALICE)
        .set("password", PASSWORD);
    let answer = client.submit(&page, &form).await;
    landed(rig, &answer)
}

/// The same for somebody who sends the form's target by hand, and for somebody who is signed in.
async fn lands(rig: &Rig, next: &str) -> String {
    let query = format!("next={next}");
    let target = sign_in_with(rig, &query).await;

    let mut client = rig.client();
    let token = token(&client.get(SIGN_IN).await);
    let form = body(&[("csrf", &token), ("username", ALICE), ("password", PASSWORD)]);
    let answer = client.post(&format!("{SIGN_IN}?{query}"), &form).await;
    assert_eq!(landed(rig, &answer), target, "{next}");

    let answer = client.get(&format!("{SIGN_IN}?{query}")).await;
    assert_eq!(landed(rig, &answer), target, "{next}");
    target
}

#[tokio::test]
async fn a_page_of_the_portal_is_gone_on_to() {
    let rig = short_way().await;
    for target in ["/", "/a/b?x=1&y=%2B", "/a%2Fb/%E2%82%AC;p=1", "/_authentic"] {
        assert_eq!(lands(&rig, &escaped(target)).await, target);
    }
}

#[tokio::test]
async fn redir_01_absolute_urls() {
    let rig = short_way().await;
    for next in [
        "https://evil.test/",
        "HTTP://evil.test",
        "ftp://evil.test",
        "ftp:",
        "javascript:alert(1)",
        "JavaScript:alert(1)",
        "data:text/html,",
    ] {
        assert_eq!(lands(&rig, next).await, "/", "{next}");
        assert_eq!(lands(&rig, &escaped(next)).await, "/", "{next}, escaped");
    }
}

#[tokio::test]
async fn redir_02_scheme_relative() {
    let rig = short_way().await;
    for next in [
        "//evil.test",
        "///evil.test",
        "////evil.test",
        "/\\evil.test",
        "\\\\evil.test",
        "/\t/evil.test",
    ] {
        assert_eq!(lands(&rig, &escaped(next)).await, "/", "{next}");
    }
    for next in ["//evil.test", "///evil.test", "////evil.test"] {
        assert_eq!(lands(&rig, next).await, "/", "{next}");
    }
}

#[tokio::test]
async fn redir_05_userinfo_and_look_alikes() {
    let rig = short_way().await;
    for next in [
        "https://localhost@evil.test",
        "https://localhost.evil.test",
        "https://evil.test#@localhost",
        "https:evil.test",
        "https:/evil.test",
        "https:\\evil.test",
        "//localhost@evil.test",
        "@evil.test",
        ".evil.test",
        ":80",
    ] {
        assert_eq!(lands(&rig, &escaped(next)).await, "/", "{next}");
    }
}

#[tokio::test]
async fn redir_06_unicode_hosts_and_slashes() {
    let rig = short_way().await;
    for next in [
        "//evil。test",
        "/／evil.test",
        "//ⓔvil.test",
        "/∕evil.test",
        "/⁄⁄evil.test",
    ] {
        assert_eq!(lands(&rig, &escaped(next)).await, "/", "{next}");
    }
    assert_eq!(lands(&rig, "https://localhost%E3%80%82evil.test").await, "/");
}

#[tokio::test]
async fn redir_07_double_decoding() {
    let rig = short_way().await;
    for next in [
        "%252f%252fevil.test",
        "/%2f%2fevil.test",
        "/%252f%252fevil.test",
        "%2f%252fevil.test",
        "/%255cevil.test",
        "/%25252fevil.test",
    ] {
        assert_eq!(lands(&rig, next).await, "/", "{next}");
    }
}

#[tokio::test]
async fn redir_09_a_target_named_twice_or_elsewhere() {
    let rig = short_way().await;
    assert_eq!(sign_in_with(&rig, "next=/a&next=//evil.test").await, "/");
    assert_eq!(sign_in_with(&rig, "next=//evil.test&next=/a").await, "/");
    assert_eq!(sign_in_with(&rig, "next[]=//evil.test").await, "/");
    assert_eq!(sign_in_with(&rig, "next%5B%5D=//evil.test").await, "/");
    assert_eq!(sign_in_with(&rig, "next=/a&next[]=//evil.test").await, "/a");

    // What the address says counts, and what the body says does not.
    let mut client = rig.client();
    let token = token(&client.get(SIGN_IN).await);
    let form = body(&[
        ("csrf", &token),
        ("username", ALICE),
        ("password", PASSWORD),
        ("next", "//evil.test"),
    ]);
    let answer = client.post(&format!("{SIGN_IN}?next=/a"), &form).await;
    assert_eq!(landed(&rig, &answer), "/a");
    let mut client = rig.client();
    let token = self::token(&client.get(SIGN_IN).await);
    let form = body(&[
        ("csrf", &token),
        ("username", ALICE),
        ("password", PASSWORD),
        ("next", "/b"),
    ]);
    let answer = client.post(SIGN_IN, &form).await;
    assert_eq!(landed(&rig, &answer), "/");
}

async fn post_with_bait(client: &mut Client, page: &str, path: &str, fields: &[(&str, &str)]) -> Page {
    let token = token(&client.get(page).await);
    let form = body(
        &[
            fields,
            &[
                ("csrf", token.as_str()),
                ("rd", "//evil.test"),
                ("next", "//evil.test"),
            ],
        ]
        .concat(),
    );
    let origin = client.origin.clone();
    let headers = [
        ("Accept", "text/html"),
        ("Content-Type", "application/x-www-form-urlencoded"),
        ("Origin", origin.as_str()),
        ("Referer", "https://evil.test/"),
    ];
    let target = format!(
        "{path}?rd=//evil.test&next=//evil.test&redirect_uri=https://evil.test&url=https://evil.test"
    );
    client.send("POST", &target, &headers, form.as_bytes()).await
}

#[tokio::test]
async fn redir_11_every_endpoint_that_redirects() {
    let rig = Rig::start().await;
    rig.add(ALICE).await;
    let mut client = rig.client();

    let answer = post_with_bait(&mut client, SIGN_IN, "/_auth/language", &[("lang", "de")]).await;
    assert_eq!(landed(&rig, &answer), SIGN_IN);
    let answer = post_with_bait(
        &mut client,
        SIGN_IN,
        SIGN_IN,
        &[("username", ALICE), ("password", PASSWORD)],
    )
    .await;
    assert_eq!(landed(&rig, &answer), "/_auth/code/email");
    let answer = post_with_bait(
        &mut client,
        "/_auth/code/email",
        "/_auth/methods",
        &[("method", "email")],
    )
    .await;
    assert_eq!(landed(&rig, &answer), "/_auth/code/email");
    rig.advance(std::time::Duration::from_secs(30));
    let answer = post_with_bait(&mut client, "/_auth/code/email", "/_auth/code/email/send", &[]).await;
    assert_eq!(landed(&rig, &answer), "/_auth/code/email?say=code-sent");
    let code = rig.smtp.next_for(ALICE, 1).await.code();
    let answer = post_with_bait(
        &mut client,
        "/_auth/code/email",
        "/_auth/code/email",
        &[("code", &code)],
    )
    .await;
    assert_eq!(landed(&rig, &answer), "/_auth/trust");
    let answer = post_with_bait(&mut client, "/_auth/trust", "/_auth/trust", &[("trust", "no")]).await;
    assert_eq!(landed(&rig, &answer), "/");
    for path in [
        "/_auth/code/recovery/used",
        "/_auth/trust",
        "/_auth/setup/app",
        SIGN_IN,
        "/.well-known/change-password",
    ] {
        let fields = [("Accept", "text/html"), ("Referer", "https://evil.test/")];
        let answer = client
            .send(
                "GET",
                &format!("{path}?rd=//evil.test&next=//evil.test"),
                &fields,
                b"",
            )
            .await;
        landed(&rig, &answer);
    }
    let answer = post_with_bait(&mut client, "/_auth/sign-out", "/_auth/sign-out", &[]).await;
    assert_eq!(answer.status, 200);
    assert!(!answer.text().contains("evil"), "{}", answer.text());

    // Half way: "start again with another account".
    pass(&mut client, ALICE).await.expect("code-email");
    let answer = post_with_bait(&mut client, "/_auth/code/email", "/_auth/sign-out", &[]).await;
    assert_eq!(landed(&rig, &answer), "/_auth/sign-in?next=/");

    // The page of a form that was sent without a session is gone back to; another site's is not.
    let fields = [
        ("Accept", "text/html"),
        ("Referer", "https://evil.test/x"),
        ("Sec-Fetch-Mode", "navigate"),
    ];
    let answer = client.send("POST", "/form", &fields, b"").await;
    assert_eq!(landed(&rig, &answer), "/_auth/sign-in?next=/");
}

#[tokio::test]
async fn redir_12_header_splitting() {
    let rig = short_way().await;
    for next in [
        "/x%0d%0aSet-Cookie:%20a=b",
        "/x%0aSet-Cookie:%20a=b",
        "/%e5%98%8a%e5%98%8dSet-Cookie:a=b",
        "/x%00y",
    ] {
        let mut client = rig.client();
        let page = client
            .get(&format!("{SIGN_IN}?next={next}"))
            .await
            .expect("sign-in");
        let form = page
            .form(SIGN_IN)
            .set("username", ALICE)
            .set("password", PASSWORD);
        let answer = client.submit(&page, &form).await;
        assert_eq!(landed(&rig, &answer), "/", "{next}");
        for answer in [&page, &answer] {
            assert!(
                answer
                    .all("set-cookie")
                    .iter()
                    .all(|it| it.starts_with("doorward")),
                "{next}"
            );
        }
    }
    let mut client = rig.client();
    let answer = client.get("/x%0d%0aSet-Cookie:%20a=b").await;
    assert_eq!(
        answer.location(),
        "/_auth/sign-in?next=/x%250d%250aSet-Cookie%3A%2520a%3Db"
    );
    assert_eq!(answer.all("set-cookie"), Vec::<&str>::new());
}

#[tokio::test]
async fn redir_13_loops_and_actions() {
    let rig = short_way().await;
    for next in [
        "/_auth/sign-out",
        "/_AUTH/sign-out",
        "/_auth//sign-out",
        "/x/../_auth/sign-out",
        "/%5fauth/sign-out",
        "/_auth/language?lang=de",
    ] {
        assert_eq!(lands(&rig, &escaped(next)).await, "/", "{next}");
    }
    let nested = format!("{}/", "/_auth/sign-in?next=".repeat(20));
    assert_eq!(lands(&rig, &nested).await, "/");
    assert_eq!(lands(&rig, &escaped(&nested)).await, "/");
    let longest = format!("/{}", "x".repeat(2047));
    assert_eq!(lands(&rig, &longest).await, longest, "2 KiB");
    assert_eq!(lands(&rig, &format!("{longest}x")).await, "/");
    assert_eq!(lands(&rig, &format!("/{}", "x".repeat(8 * 1024))).await, "/");

    // The same cap where the gateway itself names the page that was asked for.
    let mut stranger = rig.client();
    assert_eq!(
        stranger.get(&format!("{longest}x")).await.location(),
        "/_auth/sign-in?next=/"
    );
    let mut alice = rig.client();
    pass(&mut alice, ALICE).await;
    alice.get("/_auth/sign-in?next=/_auth/sign-out").await;
    assert_eq!(
        alice.get("/hers").await.text(),
        "portal: GET /hers\n",
        "nothing was done"
    );
}
