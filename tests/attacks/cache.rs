//! Caching, browser headers, leaks.

use std::collections::BTreeSet;
use std::time::Duration;

use serde_json::json;

use super::walker::{ALICE, SIGN_IN, WRONG, another, from, mailed_code, pass, type_password};
use crate::rig::browser::{Browser, Look};
use crate::rig::client::{Client, Page};
use crate::rig::gateway::{PASSWORD, Rig};
use crate::rig::html::Html;
use crate::rig::raw::{Answer, Raw};
use crate::rig::upstream::Reply;
use crate::rig::walk;

/// What every answer of the gateway's own carries.
const ALWAYS: [(&str, &str); 6] = [
    (
        "content-security-policy",
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; form-action 'self'; \
         base-uri 'none'; frame-ancestors 'none'",
    ),
    ("x-frame-options", "DENY"),
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "same-origin"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
];

/// Each header once, with this value; nothing that names a product or a version.
#[track_caller]
pub fn dressed(what: &str, answer: &Answer, caching: &str) {
    let expected = ALWAYS.into_iter().chain([
        ("cache-control", caching),
        ("strict-transport-security", "max-age=31536000"),
    ]);
    for (name, value) in expected {
        assert_eq!(answer.all(name), [value], "{name} of {what}, {}", answer.status);
    }
    let permissions = answer.header("permissions-policy").unwrap_or_default();
    assert!(permissions.len() > 300, "{what}: {permissions}");
    for feature in permissions.split(", ") {
        assert!(feature.ends_with("=()"), "{what}: {feature}");
    }
    for feature in [
        "camera",
        "clipboard-read",
        "geolocation",
        "microphone",
        "payment",
        "usb",
    ] {
        assert!(
            permissions.contains(&format!("{feature}=()")),
            "{what}: {feature}"
        );
    }
    for name in ["server", "x-powered-by", "via", "link"] {
        assert_eq!(answer.header(name), None, "{what}: {name}");
    }
    let told = format!("{:?}{}", answer.headers, answer.text()).to_ascii_lowercase();
    let told = told
        .replace("doorward-", "")
        .replace("__host-doorward", "")
        .replace("doorward sign_in=", "");
    for word in [
        "pingora",
        "rustls",
        "hyper",
        env!("CARGO_PKG_VERSION"),
        "src/",
        "panicked",
        "backtrace",
        "sqlite",
    ] {
        assert!(!told.contains(word), "{what} says {word}: {told}");
    }
}

/// Walks with a browser through every page of a sign-in by app, set up on the way, and keeps each answer.
struct Tour {
    rig: Rig,
    seen: Vec<(String, Page)>,
}

impl Tour {
    async fn start(changes: serde_json::Value) -> Self {
        let rig = Rig::with_tls(&changes).await;
        Self {
            rig,
            seen: Vec::new(),
        }
    }

    fn keep(&mut self, what: &str, page: &Page) {
        self.seen.push((what.to_owned(), page.clone()));
    }

    async fn look(&mut self, client: &mut Client, path: &str) -> Page {
        let page = client.get(path).await;
        self.keep(path, &page);
        page
    }

    /// Sends the page's form and keeps the answer and where it leads.
    async fn send(&mut self, client: &mut Client, page: &Page, form: &crate::rig::html::Form) -> Page {
        let answer = client.submit(page, form).await;
        self.keep(&format!("POST {}", form.action), &answer);
        let page = client.follow(answer).await;
        let what = page.path.clone();
        self.keep(&what, &page);
        page
    }

    /// Password, code by email, the device trusted.
    async fn by_email(&mut self, name: &str) -> Client {
        let mut client = self.rig.client();
        let seen = self.rig.smtp.count();
        let page = self.look(&mut client, SIGN_IN).await;
        let form = page.form(SIGN_IN).set("username", name).set("password", PASSWORD);
        let page = self.send(&mut client, &page, &form).await.expect("code-email");
        let code = mailed_code(&self.rig, name, seen).await;
        let form = page.form("/_auth/code/email").set("code", &code);
        let page = self.send(&mut client, &page, &form).await.expect("trust");
        let form = page.form("/_auth/trust").press("trust", "yes");
        let answer = client.submit(&page, &form).await;
        self.keep("POST trust", &answer);
        client
    }

    /// Password, and the set-up of an app that is demanded; the codes that were shown.
    async fn by_set_up(&mut self, name: &str) -> (Client, Vec<String>) {
        let mut client = self.rig.client();
        let page = self.look(&mut client, SIGN_IN).await;
        let form = page.form(SIGN_IN).set("username", name).set("password", PASSWORD);
        let mut page = self.send(&mut client, &page, &form).await;
        if page.name().as_deref() == Some("code-email") {
            let code = mailed_code(&self.rig, name, 0).await;
            let form = page.form("/_auth/code/email").set("code", &code);
            page = self.send(&mut client, &page, &form).await;
        }
        let page = page.expect("setup-why");
        let page = self
            .send(&mut client, &page, &page.form("/_auth/setup/why"))
            .await
            .expect("setup-app");
        let app = crate::rig::authenticator::Authenticator::scan(&page);
        let form = page.form("/_auth/setup/app").set("code", &self.rig.code_of(&app));
        let page = self.send(&mut client, &page, &form).await.expect("setup-codes");
        let codes = page.html().words();
        let codes = codes
            .split(' ')
            .filter(|it| it.len() == 24 && it.matches('-').count() == 4);
        let codes: Vec<String> = codes.map(str::to_owned).collect();
        let mut form = page
            .html()
            .forms()
            .into_iter()
            .find(|it| it.value("saved").is_some() || it.buttons.iter().any(|it| it.0.is_empty()))
            .unwrap();
        form.fields.push(("saved".to_owned(), "yes".to_owned()));
        let page = self.send(&mut client, &page, &form).await.expect("setup-done");
        let page = self
            .send(&mut client, &page, &page.form("/_auth/setup/done"))
            .await;
        if page.name().as_deref() == Some("trust") {
            let form = page.form("/_auth/trust").press("trust", "no");
            client.submit_and_follow(&page, &form).await;
        }
        (client, codes)
    }
}

fn caching_of(what: &str) -> &'static str {
    let kept = what.starts_with("/_auth/assets/") && !what.ends_with("signed-out.svg");
    if kept {
        "public, max-age=31536000, immutable"
    } else {
        "no-store"
    }
}

#[tokio::test]
async fn cache_01_headers_of_every_page_redirect_and_asset() {
    let mut tour = Tour::start(json!({ "second_factor": { "email_fallback": true } })).await;
    tour.rig.add(ALICE).await;
    tour.rig.add("forgets@example.com").await;
    let mut alice = tour.by_email(ALICE).await;
    let signed_out = tour.rig.client();
    let mut half_way = tour.rig.client();
    pass(&mut half_way, "forgets@example.com").await;
    let paths = [
        SIGN_IN,
        "/_auth/code/email",
        "/_auth/code/sms",
        "/_auth/code/app",
        "/_auth/code/recovery",
        "/_auth/methods",
        "/_auth/trust",
        "/_auth/code/recovery/used",
        "/_auth/setup/why",
        "/_auth/setup/app",
        "/_auth/sign-out",
        "/_auth/account",
        "/_auth/account/password",
        "/_auth/account/app",
        "/_auth/account/phone",
        "/_auth/account/devices",
        "/_auth/account/recovery-codes",
        "/_auth/confirm",
        "/_auth/nothing",
        "/_auth",
        "/_auth/",
        "/_auth/language",
        "/.well-known/change-password",
    ];
    for client in [&signed_out, &half_way, &alice] {
        for path in paths {
            let page = tour.look(&mut client.clone(), path).await;
            let head = client
                .clone()
                .send("HEAD", path, &[("Accept", "text/html")], b"")
                .await;
            assert_eq!(head.status, page.status, "HEAD {path}");
            tour.keep(path, &head);
        }
    }
    let assets: BTreeSet<String> = tour.seen.iter().flat_map(|it| references(&it.1.html())).collect();
    assert!(assets.len() >= 3, "{assets:?}");
    for asset in assets
        .iter()
        .map(String::as_str)
        .chain(["/_auth/assets/signed-out.svg"])
    {
        let page = tour.look(&mut alice, asset).await;
        assert_eq!(page.status, 200, "{asset}");
    }
    let page = tour.look(&mut alice, "/_auth/sign-out").await;
    tour.send(&mut alice, &page, &page.form("/_auth/sign-out"))
        .await
        .expect("signed-out");

    for (what, page) in &tour.seen {
        dressed(what, page, caching_of(what));
    }
}

/// What a page loads.
fn references(html: &Html) -> Vec<String> {
    [("link", "href"), ("script", "src"), ("img", "src")]
        .iter()
        .flat_map(|(tag, attribute)| html.attribute_of(tag, attribute))
        .collect()
}

#[tokio::test]
async fn cache_02_headers_of_every_refusal() {
    let changes = json!({
        "sites": [{ "url": "https://portal.test", "upstream": { "servers": ["http://127.0.0.1:9"], "first_byte": "1s" }, "access": [
            { "path": "/open/*", "require": "nothing" },
            { "path": "/never/*", "require": "refusal" },
        ] }],
    });
    let rig = Rig::with_tls(&changes).await;
    rig.add(ALICE).await;
    let mut client = rig.client();
    let origin = client.origin.clone();
    let page_load = [("Accept", "text/html"), ("Sec-Fetch-Mode", "navigate")];
    let script = [("Accept", "application/json"), ("Sec-Fetch-Mode", "cors")];
    let mut answers: Vec<(&str, u16, Answer)> = Vec::new();

    for (what, status, head) in [
        (
            "two hosts",
            400,
            "GET / HTTP/1.1\r\nHost: portal.test\r\nHost: portal.test\r\n\r\n",
        ),
        (
            "another host",
            421,
            "GET / HTTP/1.1\r\nHost: evil.test\r\nConnection: close\r\n\r\n",
        ),
        (
            "CONNECT",
            405,
            "CONNECT portal.test:443 HTTP/1.1\r\nHost: portal.test\r\n\r\n",
        ),
        (
            "a version there is not",
            505,
            "GET / HTTP/3.0\r\nHost: portal.test\r\n\r\n",
        ),
    ] {
        let mut raw: Raw = client.connect().await;
        raw.send(head).await;
        answers.push((what, status, raw.answer().await));
    }
    let mut raw: Raw = client.connect().await;
    raw.send(format!(
        "GET / HTTP/1.1\r\nHost: portal.test\r\nX: {}\r\n\r\n",
        "x".repeat(64 * 1024)
    ))
    .await;
    answers.push(("a long head", 431, raw.answer().await));

    let form = "application/x-www-form-urlencoded";
    for (what, status, method, path, fields, body) in [
        (
            "a form with a field twice",
            400,
            "POST",
            SIGN_IN,
            vec![("Content-Type", form)],
            "a=1&a=1".to_owned(),
        ),
        ("nobody", 401, "GET", "/", script.to_vec(), String::new()),
        (
            "another origin",
            403,
            "POST",
            SIGN_IN,
            vec![("Content-Type", form), ("Origin", "https://evil.test")],
            "a=1".to_owned(),
        ),
        (
            "a rule that refuses, a page",
            403,
            "GET",
            "/never/x",
            page_load.to_vec(),
            String::new(),
        ),
        (
            "a rule that refuses, a script",
            403,
            "GET",
            "/never/x",
            script.to_vec(),
            String::new(),
        ),
        (
            "no such page",
            404,
            "GET",
            "/_auth/x",
            page_load.to_vec(),
            String::new(),
        ),
        (
            "no such asset",
            404,
            "GET",
            "/_auth/assets/x",
            page_load.to_vec(),
            String::new(),
        ),
        (
            "another method",
            405,
            "DELETE",
            SIGN_IN,
            page_load.to_vec(),
            String::new(),
        ),
        (
            "a large form",
            413,
            "POST",
            SIGN_IN,
            vec![("Content-Type", form), ("Origin", &origin)],
            "x".repeat(70_000),
        ),
        (
            "another type",
            415,
            "POST",
            SIGN_IN,
            vec![("Content-Type", "text/plain"), ("Origin", &origin)],
            "a=1".to_owned(),
        ),
        (
            "a compressed form",
            415,
            "POST",
            SIGN_IN,
            vec![("Content-Type", form), ("Content-Encoding", "gzip")],
            "a=1".to_owned(),
        ),
        (
            "no portal, a page",
            502,
            "GET",
            "/open/x",
            page_load.to_vec(),
            String::new(),
        ),
        (
            "no portal, a script",
            502,
            "GET",
            "/open/x",
            script.to_vec(),
            String::new(),
        ),
    ] {
        let answer = client.send(method, path, &fields, body.as_bytes()).await;
        answers.push((what, status, answer.answer));
    }

    let wrong = type_password(&mut client, ALICE, WRONG).await;
    answers.push(("a wrong password", 422, wrong.answer));
    for n in 1..=9 {
        type_password(&mut from(&rig, &format!("192.0.2.{n}")), ALICE, WRONG).await;
    }
    let waits = type_password(&mut client, ALICE, WRONG).await;
    answers.push(("a wait", 429, waits.answer));

    // The database is gone from under it.
    let state = rig.place.folder.path().join("state");
    std::fs::rename(&state, rig.place.folder.path().join("elsewhere")).unwrap();
    let page = client.get(SIGN_IN).await;
    if page.status == 200 {
        let form = page
            .form(SIGN_IN)
            .set("username", "b@example.com")
            .set("password", WRONG);
        answers.push(("no store", 503, client.submit(&page, &form).await.answer));
    } else {
        answers.push(("no store", 503, page.answer));
    }

    for (what, status, answer) in &answers {
        assert_eq!(answer.status, *status, "{what}: {}", answer.text());
        dressed(what, answer, "no-store");
    }
}

#[tokio::test]
async fn cache_02_a_portal_that_breaks_off() {
    let rig = Rig::with_tls(&json!({ "sites": [{ "url": "https://portal.test", "access": [{ "path": "/*", "require": "nothing" }] }] })).await;
    rig.up.answers(|_| Reply::Hangup);
    let mut client = rig.client();
    let answer = client.get("/x").await;
    assert_eq!(answer.status, 502);
    dressed("a portal that hangs up", &answer, "no-store");
}

#[tokio::test]
async fn cache_03_redirects_to_the_sign_in_are_not_kept() {
    let rig = Rig::with_tls(&json!({})).await;
    let mut client = rig.client();
    for (path, location) in [
        ("/", "/_auth/sign-in?next=/"),
        ("/a?b=c", "/_auth/sign-in?next=/a%3Fb%3Dc"),
        ("/image.png", "/_auth/sign-in?next=/image.png"),
    ] {
        let answer = client.get(path).await;
        assert_eq!((answer.status, answer.location()), (303, location));
        dressed(path, &answer, "no-store");
        assert_eq!(answer.header("expires"), None);
        assert_eq!(answer.header("etag"), None);
    }
}

#[tokio::test]
async fn cache_07_conditional_requests_of_strangers() {
    let rig = Rig::start().await;
    rig.add(ALICE).await;
    rig.up.answers(|request| match request.header("if-none-match") {
        Some("\"v1\"") => Reply::text("304 Not Modified", "ETag: \"v1\"\r\n", ""),
        _ => Reply::text(
            "200 OK",
            "ETag: \"v1\"\r\nLast-Modified: Mon, 23 Nov 2026 00:00:00 GMT\r\n",
            "hers",
        ),
    });
    let mut alice = rig.signed_in(ALICE).await;
    assert_eq!(alice.get("/page").await.header("etag"), Some("\"v1\""));
    let hits = rig.up.hits();
    for fields in [
        [("Accept", "text/html"), ("If-None-Match", "\"v1\"")],
        [("Accept", "text/html"), ("If-None-Match", "*")],
        [
            ("Accept", "text/html"),
            ("If-Modified-Since", "Mon, 23 Nov 2026 00:00:00 GMT"),
        ],
    ] {
        let answer = rig.client().send("GET", "/page", &fields, b"").await;
        assert_eq!(
            (answer.status, answer.location()),
            (303, "/_auth/sign-in?next=/page")
        );
        assert_eq!(answer.header("etag"), None);
    }
    assert_eq!(rig.up.hits(), hits);
}

async fn browse_in(browser: &Browser, rig: &Rig, path: &str) {
    let seen = rig.smtp.count();
    browser.open(&format!("{}{path}", rig.place.origin)).await;
    browser.expect("sign-in").await;
    browser.fill("#username", ALICE).await;
    browser.fill("#password", PASSWORD).await;
    browser.click("main button[type=submit]").await;
    browser.expect("code-email").await;
    let code = mailed_code(rig, ALICE, seen).await;
    browser.fill("#one-time-code", &code).await;
    browser.click("main button[type=submit]").await;
    browser.expect("trust").await;
    browser.click("button[value=no]").await;
}

#[tokio::test]
async fn cache_08_back_button_after_signing_out() {
    let rig = Rig::start().await;
    rig.add(ALICE).await;
    rig.up.answers(|request| {
        let page = format!(
            "<!doctype html><title>p</title><body><p id=secret>hers {}</p>",
            request.target
        );
        Reply::text("200 OK", "Content-Type: text/html\r\n", &page)
    });
    let browser = Browser::start(&Look::default()).await;
    browse_in(&browser, &rig, "/one").await;
    assert_eq!(browser.text("#secret").await, "hers /one");
    browser.open(&format!("{}/two", rig.place.origin)).await;
    assert_eq!(browser.text("#secret").await, "hers /two");
    browser
        .open(&format!("{}/_auth/sign-out", rig.place.origin))
        .await;
    browser.expect("sign-out").await;
    browser.click("main button.main").await;
    browser.expect("signed-out").await;

    for back in 1..=3 {
        browser.driver.back().await.unwrap();
        assert!(
            !browser.source().await.contains("id=\"secret\""),
            "{back} back: {}",
            browser.url().await
        );
    }
    browser.close().await;
}

#[tokio::test]
async fn cache_09_an_ordinary_sign_out_keeps_the_device() {
    let rig = Rig::start().await;
    rig.add(ALICE).await;
    let mut alice = rig.client();
    let page = pass(&mut alice, ALICE).await;
    let page = walk::give_email_code(&mut alice, &page, &mailed_code(&rig, ALICE, 0).await)
        .await
        .expect("trust");
    walk::answer_trust(&mut alice, &page, true).await;
    assert!(alice.jar.get("doorward-device").is_some());

    let page = alice.get("/_auth/sign-out").await.expect("sign-out");
    let page = alice
        .submit(&page, &page.form("/_auth/sign-out"))
        .await
        .expect("signed-out");
    assert_eq!(
        page.header("clear-site-data"),
        None,
        "on a page it stalls browsers"
    );
    let taken_back: Vec<&str> = page
        .all("set-cookie")
        .into_iter()
        .filter(|it| it.contains("Max-Age=0"))
        .collect();
    assert_eq!(taken_back.len(), 1, "{taken_back:?}");
    assert!(taken_back[0].starts_with("doorward=;"), "{taken_back:?}");
    let picture = alice.get("/_auth/assets/signed-out.svg").await;
    assert_eq!(
        picture.header("clear-site-data"),
        Some("\"cache\""),
        "and not \"cookies\""
    );
    let answer = type_password(&mut alice, ALICE, PASSWORD).await;
    assert_eq!(answer.location(), "/", "the device is still trusted");

    let page = alice.get("/_auth/sign-out").await;
    let page = alice
        .submit(&page, &page.form("/_auth/sign-out"))
        .await
        .expect("signed-out");
    let form = page.form("/_auth/sign-out").press("forget", "yes");
    alice.submit(&page, &form).await.expect("signed-out");
    assert_eq!(alice.jar.get("doorward-device"), None);
    pass(&mut alice, ALICE).await.expect("code-email");
}

#[tokio::test]
async fn cache_10_no_page_in_a_frame() {
    let rig = Rig::start().await;
    let target = format!("{}{SIGN_IN}", rig.place.origin);
    rig.up.answers(move |_| {
        let page = format!("<!doctype html><title>evil</title><body><iframe id=f src=\"{target}\"></iframe>");
        Reply::text("200 OK", "Content-Type: text/html\r\n", &page)
    });
    let browser = Browser::start(&Look::default()).await;
    browser.open(&rig.up.url()).await;
    browser.find("#f").await;
    let blocked = crate::rig::wait::eventually("a word about the frame", || async {
        let console = browser.console().await;
        console.into_iter().find(|it| it.contains("frame"))
    })
    .await;
    assert!(
        blocked.contains("frame-ancestors") || blocked.contains("X-Frame-Options"),
        "{blocked}"
    );
    browser.close().await;
}

#[tokio::test]
async fn cache_11_pages_load_and_lead_nowhere_else() {
    let mut tour = Tour::start(json!({ "second_factor": { "app_setup": "required" } })).await;
    tour.rig.add(ALICE).await;
    tour.by_set_up(ALICE).await;
    let mut stranger = tour.rig.client();
    tour.look(&mut stranger, "/_auth/nothing").await;
    for (what, page) in &tour.seen {
        for (tag, attribute, value) in page.html().attributes() {
            let leads = matches!(
                attribute,
                "href" | "src" | "action" | "formaction" | "srcset" | "poster" | "data"
            );
            let here = value.starts_with('/') && !value.starts_with("//") || value.starts_with('#');
            let app = tag == "a" && value.starts_with("otpauth://");
            assert!(!leads || here || app, "{what}: <{tag} {attribute}={value}>");
        }
        assert!(!page.text().contains("http-equiv"), "{what}");
    }
    assert!(tour.seen.len() > 10);
}

/// The test's browser runs no scripts: what works here works without. What pages may run is one file of
/// ours, and nothing within the page.
#[tokio::test]
async fn cache_12_everything_works_without_scripts() {
    let mut tour = Tour::start(json!({ "second_factor": { "app_setup": "required" } })).await;
    tour.rig.add(ALICE).await;
    let (mut alice, codes) = tour.by_set_up(ALICE).await;
    assert_eq!(codes.len(), 10, "{codes:?}");
    assert_eq!(alice.get("/hers").await.text(), "portal: GET /hers\n");
    let page = tour.look(&mut alice, "/_auth/sign-out").await;
    tour.send(&mut alice, &page, &page.form("/_auth/sign-out"))
        .await
        .expect("signed-out");

    let page = pass(&mut alice, ALICE).await.expect("code-app");
    tour.keep("code-app", &page);
    let page = tour.look(&mut alice, "/_auth/methods").await;
    let form = page.form("/_auth/methods").press("method", "recovery");
    let page = tour.send(&mut alice, &page, &form).await.expect("code-recovery");
    let form = page.form("/_auth/code/recovery").set("recovery_code", &codes[0]);
    tour.send(&mut alice, &page, &form).await.expect("recovery-used");

    for (what, page) in &tour.seen {
        let html = page.html();
        for (tag, attribute, value) in html.attributes() {
            assert!(!attribute.starts_with("on"), "{what}: <{tag} {attribute}>");
            assert!(
                attribute != "style" && !value.trim_start().to_ascii_lowercase().starts_with("javascript:"),
                "{what}: {value}"
            );
        }
        assert!(!page.text().contains("<style"), "{what}");
        let inline = page.text().matches("<script").count()
            - page.text().matches("<script src=\"/_auth/assets/").count();
        assert_eq!(inline, 0, "{what}");
    }
}

/// Page, field, type, inputmode, autocomplete, and the words of its label.
type Row = (
    &'static str,
    &'static str,
    &'static str,
    &'static str,
    &'static str,
    &'static str,
);

const FIELDS: [Row; 21] = [
    ("sign-in", "username", "email", "", "username", "Email address"),
    (
        "sign-in",
        "password",
        "password",
        "",
        "current-password",
        "Password",
    ),
    ("code-email", "username", "text", "", "username", ""),
    (
        "code-email",
        "code",
        "text",
        "numeric",
        "one-time-code",
        "Enter the 6-digit code from your email",
    ),
    ("code-app", "username", "text", "", "username", ""),
    (
        "code-app",
        "code",
        "text",
        "numeric",
        "one-time-code",
        "Enter the 6-digit code from your authenticator app",
    ),
    ("code-recovery", "username", "text", "", "username", ""),
    (
        "code-recovery",
        "recovery_code",
        "text",
        "text",
        "off",
        "Enter one of your recovery codes",
    ),
    (
        "setup-app",
        "code",
        "text",
        "numeric",
        "one-time-code",
        "6-digit code from the app",
    ),
    ("setup-app", "app_name", "text", "", "off", "Name for this app"),
    ("trust", "device_name", "text", "", "off", "Name for this device"),
    ("account-password", "username", "text", "", "username", ""),
    (
        "account-password",
        "current_password",
        "password",
        "",
        "current-password",
        "Current password",
    ),
    (
        "account-password",
        "new_password",
        "password",
        "",
        "new-password",
        "New password",
    ),
    ("account-devices", "device_name", "text", "", "off", "New name"),
    (
        "account-app-setup",
        "code",
        "text",
        "numeric",
        "one-time-code",
        "6-digit code from the app",
    ),
    (
        "account-app-setup",
        "app_name",
        "text",
        "",
        "off",
        "Name for this app",
    ),
    ("confirm", "username", "text", "", "username", ""),
    (
        "confirm",
        "password",
        "password",
        "",
        "current-password",
        "Password",
    ),
    (
        "confirm",
        "code",
        "text",
        "numeric",
        "one-time-code",
        "6-digit code from your authenticator app",
    ),
    (
        "confirm",
        "code",
        "text",
        "numeric",
        "one-time-code",
        "6-digit code from your email",
    ),
];

/// The account's pages that have fields, and the question who is asking in both of its forms.
async fn account_pages() -> Vec<Page> {
    let rig = Rig::start().await;
    rig.add(ALICE).await;
    let app = rig.give_app(ALICE).await;
    let mut alice = rig.client();
    let page = pass(&mut alice, ALICE).await.expect("code-app");
    let page = walk::give_app_code(&mut alice, &page, &rig.code_of(&app))
        .await
        .expect("trust");
    walk::answer_trust(&mut alice, &page, true).await;
    let mut pages = vec![
        alice
            .get("/_auth/account/password")
            .await
            .expect("account-password"),
        alice
            .get("/_auth/account/devices")
            .await
            .expect("account-devices"),
    ];
    let page = alice.get("/_auth/account/app").await.expect("account-app");
    let form = page.press("/_auth/account/app", "begin", "app");
    let page = alice.submit_and_follow(&page, &form).await;
    pages.push(page.expect("account-app-setup"));

    rig.advance(Duration::from_secs(6 * 60));
    let page = alice.get("/_auth/account/app").await.expect("account-app");
    let form = page.press("/_auth/account/app", "begin", "app");
    pages.push(alice.submit_and_follow(&page, &form).await.expect("confirm"));
    rig.change(ALICE, |account| account.apps.clear()).await;
    let page = alice.get("/_auth/account/app").await.expect("account-app");
    let form = page.press("/_auth/account/app", "begin", "app");
    let page = alice.submit_and_follow(&page, &form).await.expect("confirm");
    let form = page.form("/_auth/confirm").press("send", "email");
    pages.push(alice.submit_and_follow(&page, &form).await.expect("confirm"));
    pages
}

#[tokio::test]
async fn cache_13_fields_can_be_filled_and_pasted_into() {
    let mut tour = Box::pin(Tour::start(
        json!({ "second_factor": { "app_setup": "required" } }),
    ))
    .await;
    tour.rig.add(ALICE).await;
    let (mut alice, _) = Box::pin(tour.by_set_up(ALICE)).await;
    let page = alice.get("/_auth/sign-out").await;
    alice.submit(&page, &page.form("/_auth/sign-out")).await;
    pass(&mut alice, ALICE).await.expect("code-app");
    tour.look(&mut alice, "/_auth/code/app").await.expect("code-app");
    tour.look(&mut alice, "/_auth/code/recovery")
        .await
        .expect("code-recovery");
    let mut by_email = Box::pin(Tour::start(json!({}))).await;
    by_email.rig.add(ALICE).await;
    Box::pin(by_email.by_email(ALICE)).await;
    tour.seen.append(&mut by_email.seen);
    for page in Box::pin(account_pages()).await {
        tour.keep("account", &page);
    }

    let mut found = BTreeSet::new();
    for (_, page) in &tour.seen {
        let html = page.html();
        let Some(name) = html.page() else { continue };
        for field in html.fields() {
            let of = |attribute: &str| field.get(attribute).map_or("", String::as_str);
            if matches!(of("type"), "hidden" | "checkbox" | "radio") {
                continue;
            }
            let label = html.label_of(of("id")).unwrap_or_default();
            found.insert(
                [
                    name,
                    of("name"),
                    of("type"),
                    of("inputmode"),
                    of("autocomplete"),
                    &label,
                ]
                .map(str::to_owned),
            );
            // Nothing that stops a password manager, a paste or a long word.
            for attribute in ["pattern", "required", "onpaste", "readonly"] {
                let off_screen = attribute == "readonly" && of("aria-hidden") == "true";
                assert!(off_screen || !field.contains_key(attribute), "{name}: {field:?}");
            }
            let length = field.get("maxlength").map(String::as_str);
            assert!(
                length.is_none() || (length == Some("60") && of("name").ends_with("_name")),
                "{name}: {field:?}"
            );
        }
        let codes = html
            .fields()
            .iter()
            .filter(|it| it.get("name").is_some_and(|it| it == "code"))
            .count();
        assert!(codes <= 1, "{name}: one field for a code");
    }
    let expected: BTreeSet<[String; 6]> = FIELDS
        .into_iter()
        .map(|(page, name, kind, mode, complete, label)| {
            [page, name, kind, mode, complete, label].map(str::to_owned)
        })
        .collect();
    assert_eq!(found, expected);

    let script = references(&tour.seen[0].1.html())
        .into_iter()
        .find(|it| it.ends_with(".js"))
        .unwrap();
    let script = alice.get(&script).await.text();
    assert!(
        script.len() > 100 && !script.contains("paste"),
        "the script leaves pasting alone"
    );
}

#[tokio::test]
async fn cache_14_no_hints_before_the_answer() {
    let rig = Rig::start().await;
    rig.add(ALICE).await;
    rig.up.answers(|_| {
        Reply::Bytes(
            b"HTTP/1.1 103 Early Hints\r\nLink: </hers.css>; rel=preload\r\n\r\n\
              HTTP/1.1 200 OK\r\nLink: </hers.css>; rel=preload\r\nContent-Length: 4\r\n\r\nhers"
                .to_vec(),
        )
    });
    let mut stranger = rig.client();
    for path in ["/", "/hers", SIGN_IN, "/_auth/nothing"] {
        let answer = stranger.get(path).await;
        assert_eq!(answer.interim, Vec::<u16>::new(), "{path}");
        assert_eq!(answer.header("link"), None, "{path}");
    }
    assert_eq!(rig.up.hits(), 0);
    let mut alice = rig.client();
    let page = pass(&mut alice, ALICE).await;
    assert_eq!((page.interim.len(), page.header("link")), (0, None));
    let wrong = another(&mailed_code(&rig, ALICE, 0).await);
    let page = walk::give_email_code(&mut alice, &page, &wrong)
        .await
        .expect("code-email");
    assert_eq!((page.interim.len(), page.header("link")), (0, None));
}

#[tokio::test]
async fn cache_15_assets_are_the_same_for_everybody() {
    let rig = Rig::start().await;
    rig.add(ALICE).await;
    let mut alice = rig.signed_in(ALICE).await;
    let page = rig.client().get(SIGN_IN).await;
    let mut assets = references(&page.html());
    assets.push("/_auth/assets/signed-out.svg".to_owned());
    for asset in assets {
        let fields = [
            ("Sec-Fetch-Site", "cross-site"),
            ("Origin", "https://evil.test"),
            ("Sec-Fetch-Mode", "no-cors"),
        ];
        let strange = rig.client().send("GET", &asset, &fields, b"").await;
        let hers = alice.get(&asset).await;
        assert_eq!((strange.status, hers.status), (200, 200), "{asset}");
        assert_eq!(strange.body, hers.body, "{asset}");
        for answer in [&strange, &hers] {
            assert_eq!(
                answer.header("cross-origin-resource-policy"),
                Some("same-origin"),
                "{asset}"
            );
            assert_eq!(
                answer.header("x-content-type-options"),
                Some("nosniff"),
                "{asset}"
            );
            assert_eq!(answer.all("set-cookie"), Vec::<&str>::new(), "{asset}");
        }
    }
}
