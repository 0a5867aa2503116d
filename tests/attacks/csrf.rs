//! Cross-site requests.

use serde_json::json;

use super::walker::{ALICE, BOB, SIGN_IN, another, body, from, mailed_code, pass, token, type_password};
use crate::rig::client::{Client, Page};
use crate::rig::gateway::{PASSWORD, Rig};
use crate::rig::walk;

/// What a stranger can send, without its token.
const OF_STRANGERS: [(&str, &[(&str, &str)]); 5] = [
    ("/_auth/reset", &[("username", ALICE)]),
    (SIGN_IN, &[("username", ALICE), ("password", PASSWORD)]),
    ("/_auth/sign-out", &[]),
    ("/_auth/language", &[("lang", "de")]),
    ("/_auth/register", &[("email", "carol@example.com")]),
];

/// What somebody can send after the right password.
const HALF_WAY: [(&str, &[(&str, &str)]); 6] = [
    ("/_auth/code/email", &[("code", "000000")]),
    ("/_auth/code/email/send", &[]),
    ("/_auth/methods", &[("method", "email")]),
    ("/_auth/sign-out", &[]),
    ("/_auth/language", &[("lang", "de")]),
    (SIGN_IN, &[("username", BOB), ("password", PASSWORD)]),
];

/// What somebody can send who has signed in and was asked about the device.
const SIGNED_IN: [(&str, &[(&str, &str)]); 11] = [
    ("/_auth/trust", &[("trust", "yes"), ("device_name", "Mine")]),
    ("/_auth/sign-out", &[]),
    ("/_auth/language", &[("lang", "de")]),
    ("/_auth/account/language", &[("lang", "de")]),
    ("/_auth/account/email", &[("email", "carol@example.org")]),
    (
        "/_auth/account/password",
        &[
            ("current_password", PASSWORD),
            ("new_password", "tulpe regal montag kran"),
        ],
    ),
    ("/_auth/account/app", &[("begin", "app")]),
    ("/_auth/account/devices", &[("remember", "yes")]),
    (
        "/_auth/account/details",
        &[("given_name", "Mallory"), ("family_name", "x")],
    ),
    ("/_auth/account/sessions", &[("end_others", "yes")]),
    ("/_auth/account/sessions", &[("everywhere", "yes")]),
];

/// The steps of changes that have not begun, and codes that an account without an app has no use for: without
/// a token they lead elsewhere.
const LATER_STEPS: [(&str, &[(&str, &str)]); 5] = [
    ("/_auth/account/recovery-codes", &[("create", "yes")]),
    (
        "/_auth/account/app/setup",
        &[("code", "000000"), ("app_name", "x")],
    ),
    ("/_auth/account/app/remove", &[]),
    ("/_auth/account/recovery-codes/new", &[("saved", "yes")]),
    ("/_auth/confirm?for=password", &[("password", PASSWORD)]),
];

const FOREIGN: [(&str, &str); 6] = [
    ("Origin", "https://evil.test"),
    ("Origin", "null"),
    ("Origin", "https://localhost"),
    ("Sec-Fetch-Site", "cross-site"),
    ("Sec-Fetch-Site", "same-site"),
    ("Referer-And-Origin", "http://localhost.evil.test"),
];

/// Sends a form with these fields besides its type.
async fn send(client: &mut Client, path: &str, fields: &[(&str, &str)], form: &str) -> Page {
    let mut all = vec![
        ("Accept", "text/html"),
        ("Content-Type", "application/x-www-form-urlencoded"),
    ];
    for (name, value) in fields {
        let name = if *name == "Referer-And-Origin" {
            "Origin"
        } else {
            name
        };
        all.push((name, value));
    }
    client.send("POST", path, &all, form.as_bytes()).await
}

/// A rig with alice and bob, and alice at three points of her way in; the code she was mailed.
struct Scene {
    rig: Rig,
    stranger: Client,
    half_way: Client,
    code: String,
    signed_in: Client,
}

/// Who, where, what, and the page with the token.
type Case = (
    Client,
    &'static str,
    &'static [(&'static str, &'static str)],
    &'static str,
);

impl Scene {
    async fn set() -> Self {
        let rig = Rig::with(&json!({ "registration": { "mode": "open" } })).await;
        rig.add(ALICE).await;
        rig.add(BOB).await;
        let mut signed_in = rig.client();
        let page = pass(&mut signed_in, ALICE).await;
        let code = mailed_code(&rig, ALICE, 0).await;
        walk::give_email_code(&mut signed_in, &page, &code)
            .await
            .expect("trust");
        let seen = rig.smtp.count();
        let mut half_way = rig.client();
        pass(&mut half_way, ALICE).await.expect("code-email");
        let code = mailed_code(&rig, ALICE, seen).await;
        let mut stranger = rig.client();
        stranger.get(SIGN_IN).await;
        Self {
            rig,
            stranger,
            half_way,
            code,
            signed_in,
        }
    }

    /// Who, where, what, for every form there is, and the page that carries that person's token.
    fn forms(&self) -> Vec<Case> {
        let of = |client: &Client,
                  forms: &'static [(&'static str, &'static [(&'static str, &'static str)])],
                  page| {
            forms
                .iter()
                .map(move |(path, fields)| (client.clone(), *path, *fields, page))
                .collect::<Vec<_>>()
        };
        [
            of(&self.stranger, &OF_STRANGERS, SIGN_IN),
            of(&self.half_way, &HALF_WAY, "/_auth/code/email"),
            of(&self.signed_in, &SIGNED_IN, "/_auth/trust"),
            of(&self.signed_in, &LATER_STEPS, "/_auth/trust"),
        ]
        .concat()
    }

    /// Nothing that was sent has changed anything: no session more or less, no letter, no language,
    /// the flow where it was.
    async fn nothing_happened(mut self, answers: &[(&'static str, Page)]) {
        for (path, answer) in answers {
            for cookie in answer.all("set-cookie") {
                assert!(cookie.starts_with("doorward-flow="), "{path}: {cookie}");
            }
        }
        assert_eq!(self.rig.smtp.count(), 2, "no letter");
        let account = self.rig.account(ALICE).await;
        assert_eq!(
            (account.apps.len(), account.devices.len(), account.epoch),
            (0, 0, 0)
        );
        assert_eq!((account.language, account.recovery.is_none()), (None, true));
        assert_eq!(account.first_name, "");
        assert_eq!(self.signed_in.get("/hers").await.text(), "portal: GET /hers\n");
        self.signed_in.get("/_auth/trust").await.expect("trust");
        let page = self.half_way.get("/_auth/code/email").await.expect("code-email");
        walk::give_email_code(&mut self.half_way, &page, &self.code)
            .await
            .expect("trust");
    }
}

#[tokio::test]
async fn csrf_01_no_token() {
    let scene = Scene::set().await;
    let mut answers = Vec::new();
    for (client, path, fields, _) in scene.forms() {
        for token in [None, Some(""), Some("AAAA"), Some("null")] {
            let fields: Vec<(&str, &str)> = fields
                .iter()
                .copied()
                .chain(token.map(|it| ("csrf", it)))
                .collect();
            let form = body(&fields);
            let mut here = client.clone();
            let origin = here.origin.clone();
            let answer = send(
                &mut here,
                path,
                &[("Origin", &origin), ("Sec-Fetch-Site", "same-origin")],
                &form,
            )
            .await;
            if answer.status != 303 || LATER_STEPS.iter().all(|it| it.0 != path) {
                assert_eq!(answer.status, 422, "{path} with {token:?}");
                assert!(answer.html().words().contains("There is a problem"), "{path}");
                let fresh = super::walker::token(&answer);
                assert!(fresh.len() >= 43, "{path}: a fresh form");
            }
            answers.push((path, answer));

            let answer = send(
                &mut client.clone(),
                path,
                &[("Origin", "https://evil.test")],
                &form,
            )
            .await;
            assert_eq!((path, answer.status), (path, 403));
            answers.push((path, answer));
        }
    }
    scene.nothing_happened(&answers).await;
}

#[tokio::test]
async fn csrf_01_no_token_where_there_is_an_app() {
    let rig = Rig::start().await;
    rig.add(ALICE).await;
    let app = rig.give_app(ALICE).await;
    let mut alice = rig.client();
    let page = pass(&mut alice, ALICE).await.expect("code-app");
    walk::give_app_code(&mut alice, &page, &rig.code_of(&app))
        .await
        .expect("trust");
    let page = alice.get("/_auth/account/app").await.expect("account-app");
    let row = page.form("/_auth/account/app").buttons[0].1.clone();
    for (path, fields) in [
        ("/_auth/account/recovery-codes", [("create", "yes")]),
        ("/_auth/account/app", [("remove", row.as_str())]),
        ("/_auth/account/app", [("replace", row.as_str())]),
        ("/_auth/account/app", [("begin", "app")]),
    ] {
        for token in ["", "AAAA"] {
            let form = body(&[&fields[..], &[("csrf", token)]].concat());
            assert_eq!(
                alice.post(path, &form).await.status,
                422,
                "{path} with {fields:?}"
            );
        }
    }
    let account = rig.account(ALICE).await;
    assert_eq!((account.apps.len(), account.recovery.is_none()), (1, true));
    assert_ne!(
        alice.get("/_auth/account/app/setup").await.name().as_deref(),
        Some("account-app-setup")
    );
}

#[tokio::test]
async fn csrf_02_from_another_origin() {
    let scene = Scene::set().await;
    let mut answers = Vec::new();
    for (mut client, path, fields, of) in scene.forms() {
        let token = token(&client.get(of).await);
        let form = body(&[fields, &[("csrf", token.as_str())]].concat());
        for foreign in FOREIGN {
            let answer = send(&mut client.clone(), path, &[foreign], &form).await;
            assert_eq!(answer.status, 403, "{path} with {foreign:?}");
            assert_eq!(answer.name().as_deref(), Some("forbidden"));
            answers.push((path, answer));
        }
        let origin = client.origin.clone();
        let both = [("Origin", origin.as_str()), ("Origin", "https://evil.test")];
        let answer = send(&mut client.clone(), path, &both, &form).await;
        assert_eq!(answer.status, 403, "{path} with two origins");
        answers.push((path, answer));
    }
    scene.nothing_happened(&answers).await;
}

#[tokio::test]
async fn csrf_05_a_token_of_somebody_else() {
    let rig = Rig::start().await;
    rig.add(ALICE).await;
    rig.add(BOB).await;
    let (mut alice, mut bob) = (rig.signed_in(ALICE).await, rig.signed_in(BOB).await);
    let of_bob = token(&bob.get("/_auth/sign-out").await);

    let answer = alice.post("/_auth/sign-out", &body(&[("csrf", &of_bob)])).await;
    assert_eq!(answer.status, 422);
    let own = token(&answer);
    assert_ne!(own, of_bob);
    assert_eq!(alice.get("/").await.status, 200, "still signed in");
    alice
        .post("/_auth/sign-out", &body(&[("csrf", &own)]))
        .await
        .expect("signed-out");
    assert_eq!(bob.get("/").await.status, 200);
}

#[tokio::test]
async fn csrf_05_a_token_of_another_flow() {
    let rig = Rig::start().await;
    rig.add(ALICE).await;
    let (mut one, mut two) = (rig.client(), rig.client());
    let first = pass(&mut one, ALICE).await.expect("code-email");
    let seen = rig.smtp.count();
    pass(&mut two, ALICE).await.expect("code-email");
    let code = mailed_code(&rig, ALICE, seen).await;

    let foreign = body(&[("csrf", &token(&first)), ("code", &code)]);
    let answer = two.post("/_auth/code/email", &foreign).await;
    assert_eq!(answer.status, 422);
    assert_eq!(two.jar.get("doorward"), None);
    let form = answer.form("/_auth/code/email").set("code", &code);
    two.submit_and_follow(&answer, &form).await.expect("trust");
}

#[tokio::test]
async fn csrf_05_a_token_from_before_the_sign_in() {
    let rig = Rig::start().await;
    rig.add(ALICE).await;
    let mut alice = rig.client();
    let before = token(&alice.get(SIGN_IN).await);
    let page = pass(&mut alice, ALICE).await;
    let half_way = token(&page);
    let page = walk::give_email_code(&mut alice, &page, &mailed_code(&rig, ALICE, 0).await)
        .await
        .expect("trust");
    assert!(
        before != half_way && half_way != token(&page),
        "each cookie has its own"
    );

    for stale in [before, half_way] {
        for (path, fields) in SIGNED_IN {
            let form = body(&[fields, &[("csrf", stale.as_str())]].concat());
            let answer = alice.post(path, &form).await;
            assert_eq!(answer.status, 422, "{path}");
            assert_eq!(answer.all("set-cookie"), Vec::<&str>::new(), "{path}");
        }
    }
    assert_eq!(rig.account(ALICE).await.devices.len(), 0);
    assert_eq!(alice.get("/").await.status, 200);
}

#[tokio::test]
async fn csrf_05_the_password_form_of_another_tab_goes_on() {
    let rig = Rig::start().await;
    rig.add(ALICE).await;
    let mut alice = rig.client();
    let other_tab = alice.get(SIGN_IN).await;
    let page = type_password(&mut alice, ALICE, PASSWORD).await;
    assert_eq!(page.location(), "/_auth/code/email");
    let flow = alice.jar.get("doorward-flow").map(str::to_owned);

    let form = other_tab
        .form(SIGN_IN)
        .set("username", ALICE)
        .set("password", PASSWORD);
    let page = alice
        .submit_and_follow(&other_tab, &form)
        .await
        .expect("code-email");
    assert_eq!(
        alice.jar.get("doorward-flow").map(str::to_owned),
        flow,
        "one flow"
    );
    assert_eq!(rig.smtp.count(), 1, "and one code");
    let code = mailed_code(&rig, ALICE, 0).await;
    walk::give_email_code(&mut alice, &page, &code)
        .await
        .expect("trust");

    // The same old token is good for nothing else.
    let token = token(&other_tab);
    let mut bob = rig.client();
    let answer = bob
        .post(
            SIGN_IN,
            &body(&[("csrf", &token), ("username", ALICE), ("password", PASSWORD)]),
        )
        .await;
    assert_eq!(
        (answer.status, answer.name().as_deref()),
        (422, Some("no-cookies"))
    );
}

/// Every page there is.
const PAGES: [&str; 54] = [
    SIGN_IN,
    "/_auth/code/email",
    "/_auth/code/email/send",
    "/_auth/code/sms",
    "/_auth/code/sms/send",
    "/_auth/code/app",
    "/_auth/code/recovery",
    "/_auth/code/recovery/used",
    "/_auth/methods",
    "/_auth/trust",
    "/_auth/resume",
    "/_auth/setup/why",
    "/_auth/setup/phone",
    "/_auth/setup/app",
    "/_auth/setup/codes",
    "/_auth/setup/done",
    "/_auth/register",
    "/_auth/register/check",
    "/_auth/register/check/send",
    "/_auth/register/link/nothing",
    "/_auth/register/details",
    "/_auth/register/method",
    "/_auth/register/waiting",
    "/_auth/invite",
    "/_auth/invite/nothing",
    "/_auth/terms",
    "/_auth/terms/file",
    "/_auth/sign-out",
    "/_auth/language",
    "/_auth/reset",
    "/_auth/reset/sent",
    "/_auth/reset/password",
    "/_auth/reset/nothing",
    "/_auth/email/confirm",
    "/_auth/email/confirm/nothing",
    "/_auth/email/revoke",
    "/_auth/email/revoke/done",
    "/_auth/email/revoke/nothing",
    "/_auth/account",
    "/_auth/account/details",
    "/_auth/account/email",
    "/_auth/account/language",
    "/_auth/account/password",
    "/_auth/account/app",
    "/_auth/account/app/setup",
    "/_auth/account/app/remove",
    "/_auth/account/phone",
    "/_auth/account/devices",
    "/_auth/account/recovery-codes",
    "/_auth/account/recovery-codes/new",
    "/_auth/account/sessions",
    "/_auth/account/activity",
    "/_auth/confirm",
    "/.well-known/change-password",
];

#[test]
fn the_list_of_pages_is_whole() {
    for route in doorward::web::routes::ROUTES {
        let path = format!("/_auth{}", route.path.replace("{name}", "nothing"));
        assert!(
            PAGES.contains(&path.as_str()) || path == "/_auth/assets/nothing",
            "{path}"
        );
    }
}

#[tokio::test]
async fn csrf_08_a_look_changes_nothing() {
    let scene = Scene::set().await;
    let mut answers = Vec::new();
    for client in [&scene.stranger, &scene.half_way, &scene.signed_in] {
        for path in PAGES {
            for bait in [
                "",
                "?csrf=x&lang=de&trust=yes&forget=yes&method=email&send=email&saved=yes&begin=app",
            ] {
                for method in ["GET", "HEAD"] {
                    let target = format!("{path}{bait}");
                    let answer = client
                        .clone()
                        .send(method, &target, &[("Sec-Fetch-Dest", "image")], b"")
                        .await;
                    let expected: &[u16] = match path {
                        "/_auth/code/email/send"
                        | "/_auth/code/sms/send"
                        | "/_auth/register/check/send"
                        | "/_auth/language" => &[405],
                        // Text messages are off here; with them in `sms.rs`.
                        "/_auth/account/phone" => &[303, 404],
                        // So are approval and terms; with them in `approval.rs` and `terms.rs`.
                        "/_auth/register/waiting" | "/_auth/terms" | "/_auth/terms/file" => &[303, 404],
                        "/_auth/reset/password" | "/_auth/reset/nothing" => &[410],
                        // An invitation that nobody has; whoever is signed in is asked to sign out first.
                        "/_auth/invite" | "/_auth/invite/nothing" => &[303, 410],
                        _ if path.starts_with("/_auth/email/") => &[410],
                        // Whoever is signed in is asked whether to sign out first.
                        "/_auth/register/link/nothing" => &[303, 410],
                        _ => &[200, 303, 403],
                    };
                    assert!(
                        expected.contains(&answer.status),
                        "{method} {target}: {}",
                        answer.status
                    );
                    answers.push((path, answer));
                }
            }
        }
    }
    let mut picture = scene.signed_in.clone();
    let fields = [
        ("Accept", "image/*"),
        ("Sec-Fetch-Dest", "image"),
        ("Sec-Fetch-Mode", "no-cors"),
        ("Sec-Fetch-Site", "cross-site"),
    ];
    picture
        .send("GET", "/_auth/sign-out", &fields, b"")
        .await
        .expect("sign-out");
    scene.nothing_happened(&answers).await;
}

#[tokio::test]
async fn csrf_09_other_content_types() {
    let scene = Scene::set().await;
    let mut answers = Vec::new();
    for (mut client, path, fields, of) in scene.forms() {
        let token = token(&client.get(of).await);
        let fields = [fields, &[("csrf", token.as_str())]].concat();
        let json: serde_json::Map<_, _> = fields
            .iter()
            .map(|(name, value)| ((*name).to_owned(), (*value).into()))
            .collect();
        let parts: String = fields
            .iter()
            .map(|(name, value)| {
                format!("--b\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n")
            })
            .collect();
        let bodies = [
            (Some("text/plain"), body(&fields)),
            (Some("multipart/form-data; boundary=b"), parts + "--b--\r\n"),
            (
                Some("application/json"),
                serde_json::Value::Object(json).to_string(),
            ),
            (
                Some("application/x-www-form-urlencoded; charset=utf-16"),
                body(&fields),
            ),
            (
                Some("application/x-www-form-urlencoded, text/plain"),
                body(&fields),
            ),
            (None, body(&fields)),
        ];
        for (kind, sent) in bodies {
            let origin = client.origin.clone();
            let mut headers = vec![("Origin", origin.as_str()), ("Accept", "text/html")];
            headers.extend(kind.map(|it| ("Content-Type", it)));
            let answer = client.clone().send("POST", path, &headers, sent.as_bytes()).await;
            assert_eq!(answer.status, 415, "{path} as {kind:?}");
            answers.push((path, answer));
        }
    }
    scene.nothing_happened(&answers).await;
}

#[tokio::test]
async fn csrf_10_a_mail_scanner_uses_nothing_up() {
    let rig = Rig::start().await;
    rig.add(ALICE).await;
    let mut alice = rig.client();
    let page = pass(&mut alice, ALICE).await.expect("code-email");
    let letter = rig.smtp.next_for(ALICE, 0).await;
    let origin = rig.place.origin.clone();
    let whole = format!("{} {}", letter.text, letter.html);
    let links: Vec<String> = whole
        .split(|it: char| it.is_whitespace() || matches!(it, '"' | '<' | '>'))
        .filter_map(|it| it.strip_prefix(&origin).map(str::to_owned))
        .filter(|it| it.starts_with('/'))
        .collect();
    assert!(!links.is_empty(), "{}", letter.text);
    for link in &links {
        for method in ["GET", "HEAD", "GET", "HEAD", "GET", "HEAD"] {
            rig.client()
                .send(method, link, &[("Accept", "text/html")], b"")
                .await;
            alice
                .clone()
                .send(method, link, &[("Accept", "text/html")], b"")
                .await;
        }
    }
    walk::give_email_code(&mut alice, &page, &letter.code())
        .await
        .expect("trust");
}

#[tokio::test]
async fn csrf_11_no_other_origin_may_read() {
    let scene = Scene::set().await;
    for client in [&scene.stranger, &scene.half_way, &scene.signed_in] {
        for path in PAGES
            .into_iter()
            .chain(["/_auth/assets/signed-out.svg", "/_auth/nothing", "/"])
        {
            let preflight = [
                ("Origin", "https://evil.test"),
                ("Access-Control-Request-Method", "POST"),
                ("Access-Control-Request-Headers", "content-type"),
                ("Sec-Fetch-Site", "cross-site"),
            ];
            for method in ["OPTIONS", "GET", "POST"] {
                let answer = client.clone().send(method, path, &preflight, b"").await;
                let told: Vec<_> = answer
                    .headers
                    .iter()
                    .filter(|it| it.0.to_ascii_lowercase().starts_with("access-control-"))
                    .collect();
                assert!(told.is_empty(), "{method} {path}: {told:?}");
            }
        }
    }
    let mut other = from(&scene.rig, "192.0.2.1");
    assert_ne!(another(&scene.code), scene.code);
    assert_eq!(other.get("/").await.status, 303);
}
