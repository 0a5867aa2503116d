//! A form that was sent after its session had run out: kept for the same person, sent once, and
//! nobody else's way into anything.

use std::fs;
use std::time::Duration;

use doorward::base::time::Timestamp;
use doorward::identity::account::EmailAddress;
use doorward::store::Change;
use http::{HeaderMap, Method};
use serde_json::json;
use tokio::task::JoinSet;

use crate::rig::client::{Client, Page};
use crate::rig::gateway::{PASSWORD, Rig, SECURE_ORIGIN};
use crate::rig::html::Form;
use crate::rig::upstream::Reply;
use crate::rig::walk;

const ANNA: &str = "anna@example.com";
const BEN: &str = "ben@example.com";
const TARGET: &str = "/orders/save?draft=1&x=%2F";
const MARKED: &str = "/orders/save?draft=1&x=%2F&doorward-resume";
const BOUNDARY: &str = "multipart/form-data; boundary=----a b\"c";
/// Longer than a session may rest.
const HOURS: Duration = Duration::from_secs(2 * 3600);

fn body() -> Vec<u8> {
    let mut body =
        b"------a b\"c\r\nContent-Disposition: form-data; name=\"f\"; filename=\"x\"\r\n\r\n".to_vec();
    body.extend((0..=255).cycle().take(70_000));
    body.extend(b"\r\n------a b\"c--\r\n");
    body
}

/// What a browser says of a form that a person sends from a page of the site.
fn navigation<'a>(origin: &'a str, referer: &'a str) -> [(&'static str, &'a str); 5] {
    [
        ("Accept", "text/html,*/*;q=0.8"),
        ("Origin", origin),
        ("Referer", referer),
        ("Sec-Fetch-Mode", "navigate"),
        ("Sec-Fetch-Site", "same-origin"),
    ]
}

async fn send_form(client: &mut Client, rig: &Rig, target: &str, kind: &str, body: &[u8]) -> Page {
    let origin = rig.place.origin.clone();
    let referer = format!("{origin}/orders/7?edit");
    let mut fields = navigation(&origin, &referer).to_vec();
    fields.push(("Content-Type", kind));
    client.send("POST", target, &fields, body).await
}

/// Somebody whose session has run out, and what was kept of the form they sent then.
async fn lapsed(rig: &Rig, email: &str) -> Client {
    let client = rig.signed_in(email).await;
    rig.advance(HOURS);
    rig.up.forget();
    client
}

async fn kept(rig: &Rig, email: &str) -> Client {
    let mut client = lapsed(rig, email).await;
    let answer = send_form(&mut client, rig, TARGET, BOUNDARY, &body()).await;
    assert_eq!(answer.status, 303);
    assert_eq!(answer.location(), "/_auth/sign-in?next=/orders/7%3Fedit");
    assert_eq!(rig.up.hits(), 0);
    client
}

/// Signs in again from the sign-in page on; the page behind it.
async fn sign_in_again(client: &mut Client, rig: &Rig, email: &str) -> Page {
    let page = client.open("/_auth/sign-in").await.expect("sign-in");
    let seen = rig.smtp.count();
    let page = walk::give_password(client, &page, email, PASSWORD)
        .await
        .expect("code-email");
    let code = rig.smtp.next_for(email, seen).await.code();
    let page = walk::give_email_code(client, &page, &code).await;
    match page.name().as_deref() {
        Some("trust") => walk::answer_trust(client, &page, false).await,
        _ => page,
    }
}

/// The second factor becomes too old for a rule that asks for a fresh one: the clock would take the kept form
/// along.
async fn make_factor_old(rig: &Rig, email: &str) {
    let store = &rig.app.desk.store;
    let account = rig.account(email).await.id;
    for (cookie, mut session) in store.sessions_of(account).await.unwrap() {
        let version = store.session(&cookie).await.unwrap().unwrap().version;
        let made_old = |(factor, at): (_, Timestamp)| (factor, at.minus(HOURS));
        session.proven.second = session.proven.second.map(made_old);
        let change = Change::ReplaceSession(cookie, session, version);
        rig.app.desk.commit(vec![change], rig.now()).await.unwrap();
    }
}

/// Gives the code that is asked for behind `answer`, and comes back to the form.
async fn prove_again(client: &mut Client, rig: &Rig, answer: Page) -> Page {
    assert_eq!(
        (answer.status, answer.location()),
        (303, "/_auth/sign-in?next=/_auth/resume")
    );
    let seen = rig.smtp.count();
    let page = client.follow(answer).await.expect("code-email");
    let send = page.form("/_auth/code/email/send");
    let page = client.submit_and_follow(&page, &send).await.expect("code-email");
    let code = rig.smtp.next_for(ANNA, seen).await.code();
    walk::give_email_code(client, &page, &code).await.expect("resume")
}

fn send_now(page: &Page) -> Form {
    page.form("/orders/save")
}

#[tokio::test]
async fn a_form_reaches_the_portal_as_it_was_sent_and_once() {
    let rig = Rig::start().await;
    rig.add(ANNA).await;
    rig.up.answers(|request| match request.method.as_str() {
        "POST" => Reply::text("303 See Other", "Location: done\r\n", ""),
        _ => Reply::text("200 OK", "", "a page"),
    });
    let mut anna = kept(&rig, ANNA).await;
    let page = anna.open("/_auth/sign-in").await.expect("sign-in");
    assert!(
        page.text()
            .contains("Your session ended while you were sending a form.")
    );
    let page = sign_in_again(&mut anna, &rig, ANNA).await.expect("resume");
    assert_eq!(page.html().heading(), "Ready to send your form to /orders/save?");
    assert_eq!(rig.up.hits(), 0, "nothing is sent by itself");
    let again = anna.get("/_auth/resume").await.expect("resume");

    let answer = anna.submit(&page, &send_now(&page)).await;
    assert_eq!((answer.status, answer.location()), (303, "done"));
    let sent = rig.up.last();
    assert_eq!((sent.method.as_str(), sent.target.as_str()), ("POST", TARGET));
    assert_eq!(sent.all("content-type"), [BOUNDARY]);
    assert_eq!(sent.all("content-length"), [body().len().to_string()]);
    assert_eq!(sent.all("transfer-encoding"), Vec::<&str>::new());
    assert_eq!(sent.all("remote-user"), [ANNA]);
    assert_eq!(
        sent.header("referer"),
        Some(format!("{}/orders/7?edit", rig.place.origin).as_str())
    );
    assert!(sent.body == body(), "{} octets", sent.body_length);
    assert!(
        !String::from_utf8_lossy(&sent.head).contains("doorward"),
        "neither mark nor cookies"
    );

    let answer = anna.submit(&again, &send_now(&again)).await;
    assert_eq!((answer.status, answer.location()), (303, "/_auth/resume"));
    let page = anna.get("/_auth/resume").await.expect("resume");
    assert_eq!(page.html().heading(), "There is nothing to send");
    assert_eq!(rig.up.hits(), 1);
    let answer = anna.get(MARKED).await;
    assert_eq!(
        (answer.status, answer.location()),
        (303, TARGET),
        "a reload shows the page"
    );
}

#[tokio::test]
async fn of_many_that_say_send_now_one_sends() {
    let rig = Rig::start().await;
    rig.add(ANNA).await;
    let mut anna = kept(&rig, ANNA).await;
    let page = sign_in_again(&mut anna, &rig, ANNA).await.expect("resume");
    let mut sending = JoinSet::new();
    for _ in 0..12 {
        let (mut client, page) = (anna.clone(), page.clone());
        sending.spawn(async move { client.submit(&page, &send_now(&page)).await.status });
    }
    let mut answers = sending.join_all().await;
    answers.sort_unstable();
    assert_eq!(answers[..2], [200, 303], "{answers:?}");
    assert_eq!(rig.up.hits(), 1);
}

#[tokio::test]
async fn another_person_gets_nothing_of_it_and_hears_so() {
    let rig = Rig::start().await;
    for email in [ANNA, BEN] {
        rig.add(email).await;
    }
    let mut browser = kept(&rig, ANNA).await;
    let page = sign_in_again(&mut browser, &rig, BEN).await.expect("resume");
    assert_eq!(page.html().heading(), "Your form is not here");
    assert!(!page.text().contains("/orders"));
    let token = page.form("/_auth/language").value("csrf").unwrap().to_owned();
    let answer = browser.post(MARKED, &format!("csrf={token}")).await;
    assert_eq!((answer.status, answer.location()), (303, "/_auth/resume"));
    // Nor does it come back for whoever had sent it.
    let out = browser.get("/_auth/sign-out").await;
    let mut next = browser.clone();
    next.submit(&out, &out.form("/_auth/sign-out")).await;
    let page = sign_in_again(&mut next, &rig, ANNA).await;
    assert_ne!(page.name().as_deref(), Some("resume"));
    assert_eq!(
        rig.up.requests().iter().filter(|it| it.method == "POST").count(),
        0
    );
}

#[tokio::test]
async fn whoever_starts_again_with_the_own_account_still_finds_it() {
    let rig = Rig::start().await;
    for email in [ANNA, BEN] {
        rig.add(email).await;
    }
    let mut browser = kept(&rig, ANNA).await;
    let page = browser.open("/_auth/sign-in").await;
    let page = walk::give_password(&mut browser, &page, BEN, PASSWORD)
        .await
        .expect("code-email");
    let again = page.form("/_auth/sign-out");
    browser.submit_and_follow(&page, &again).await.expect("sign-in");
    let page = sign_in_again(&mut browser, &rig, ANNA).await.expect("resume");
    assert_eq!(browser.submit(&page, &send_now(&page)).await.status, 200);
    assert!(rig.up.last().body == body());
}

#[tokio::test]
async fn what_is_not_to_be_sent_is_gone() {
    let rig = Rig::start().await;
    rig.add(ANNA).await;
    let mut anna = kept(&rig, ANNA).await;
    let page = sign_in_again(&mut anna, &rig, ANNA).await.expect("resume");
    let answer = anna
        .submit(&page, &page.form("/_auth/resume").press("send", "no"))
        .await;
    assert_eq!((answer.status, answer.location()), (303, "/orders/7?edit"));
    assert_eq!(anna.submit(&page, &send_now(&page)).await.status, 303);
    assert_eq!(rig.up.hits(), 0);
}

#[tokio::test]
async fn csrf_nobody_else_can_say_send_now() {
    let rig = Rig::start().await;
    rig.add(ANNA).await;
    let mut anna = kept(&rig, ANNA).await;
    let page = sign_in_again(&mut anna, &rig, ANNA).await.expect("resume");
    let token = send_now(&page).value("csrf").unwrap().to_owned();
    let good = format!("csrf={token}");
    let origin = rig.place.origin.clone();
    let urlencoded = ("Content-Type", "application/x-www-form-urlencoded");
    let from_here = [
        ("Origin", origin.as_str()),
        ("Sec-Fetch-Mode", "navigate"),
        urlencoded,
    ];
    for (fields, body, status) in [
        (&from_here[..], "csrf=x", 303),
        (&from_here, "", 303),
        (
            &[
                ("Origin", "https://evil.test"),
                ("Sec-Fetch-Mode", "navigate"),
                urlencoded,
            ],
            &good,
            403,
        ),
        (
            &[
                ("Sec-Fetch-Site", "cross-site"),
                ("Sec-Fetch-Mode", "navigate"),
                urlencoded,
            ],
            &good,
            403,
        ),
        (
            &[("Origin", origin.as_str()), ("Content-Type", "text/plain")],
            &good,
            303,
        ),
    ] {
        let answer = anna.clone().send("POST", MARKED, fields, body.as_bytes()).await;
        assert_eq!(answer.status, status, "{fields:?} {body}");
    }
    let large = format!("{good}&x={}", "x".repeat(8000));
    assert_eq!(
        anna.clone()
            .send("POST", MARKED, &from_here, large.as_bytes())
            .await
            .status,
        400
    );
    let mut stranger = rig.client();
    let answer = stranger.send("POST", MARKED, &from_here, good.as_bytes()).await;
    assert_eq!(answer.status, 303);
    assert!(answer.location().starts_with("/_auth/sign-in"));
    assert_eq!(rig.up.hits(), 0);
    assert_eq!(anna.submit(&page, &send_now(&page)).await.status, 200);
    assert_eq!(rig.up.hits(), 1);
}

#[tokio::test]
async fn only_a_person_on_this_site_whose_session_ran_out_is_kept_for() {
    let mut rig = Rig::start().await;
    let mut site = rig.place.config["sites"][0].clone();
    site["scripts"] = json!(["/api/*"]);
    rig.reload(&json!({ "sites": [site] })).await;
    rig.add(ANNA).await;
    let anna = lapsed(&rig, ANNA).await;
    let origin = rig.place.origin.clone();
    let form = ("Content-Type", "application/x-www-form-urlencoded");
    let page_load = ("Sec-Fetch-Mode", "navigate");
    let here = ("Origin", origin.as_str());
    for (what, path, fields, status) in [
        ("from nowhere", "/save", &[form, page_load][..], 303),
        (
            "from elsewhere",
            "/save",
            &[form, page_load, ("Origin", "https://evil.test")],
            303,
        ),
        (
            "from elsewhere",
            "/save",
            &[form, page_load, here, ("Sec-Fetch-Site", "cross-site")],
            303,
        ),
        (
            "from a sandbox",
            "/save",
            &[form, page_load, ("Origin", "null")],
            303,
        ),
        (
            "a script's",
            "/save",
            &[form, here, ("Sec-Fetch-Mode", "cors")],
            401,
        ),
        ("for scripts", "/api/save", &[form, here, page_load], 401),
        (
            "with the mark",
            "/save?doorward-resume",
            &[form, here, page_load],
            303,
        ),
    ] {
        let mut client = anna.clone();
        let answer = client.send("POST", path, fields, b"a=1").await;
        assert_eq!(answer.status, status, "{what}");
        let page = client.open("/_auth/sign-in").await.expect("sign-in");
        assert!(!page.text().contains("sending a form"), "{what}");
    }
    let mut stranger = rig.client();
    let forged = "A".repeat(64);
    stranger.jar.set("doorward", &forged);
    send_form(&mut stranger, &rig, "/save", "text/plain", b"a=1").await;
    let page = stranger.open("/_auth/sign-in").await.expect("sign-in");
    assert!(
        !page.text().contains("sending a form"),
        "a value that nobody issued"
    );
    assert_eq!(rig.up.hits(), 0);
}

#[tokio::test]
async fn a_session_that_was_ended_keeps_nothing() {
    let rig = Rig::start().await;
    rig.add(ANNA).await;
    let signed_out = {
        let mut anna = rig.signed_in(ANNA).await;
        let before = anna.clone();
        let page = anna.get("/_auth/sign-out").await;
        anna.submit(&page, &page.form("/_auth/sign-out"))
            .await
            .expect("signed-out");
        before
    };
    let changed = rig.signed_in(ANNA).await;
    rig.change(ANNA, |account| account.epoch += 1).await;
    let too_long_ago = rig.signed_in(ANNA).await;
    rig.advance(Duration::from_secs(26 * 3600));
    for (what, mut client) in [
        ("signed out", signed_out),
        ("ended by a change of the account", changed),
        ("more than a day ago", too_long_ago),
    ] {
        let answer = send_form(&mut client, &rig, "/save", "text/plain", b"a=1").await;
        assert_eq!(answer.status, 303, "{what}");
        let page = client.open("/_auth/sign-in").await.expect("sign-in");
        assert!(!page.text().contains("sending a form"), "{what}");
    }
}

#[tokio::test]
async fn what_cannot_be_kept_is_said_at_once() {
    let rig = Rig::with(&json!({ "keep_posts": { "max": "64KiB" } })).await;
    rig.add(ANNA).await;
    let anna = lapsed(&rig, ANNA).await;
    for (kind, octets) in [
        ("application/x-www-form-urlencoded", 64 * 1024 + 1),
        ("multipart/form-data; boundary=x", 3 << 20),
        ("application/json", 10),
        ("text/html", 10),
    ] {
        let mut client = anna.clone();
        let answer = send_form(&mut client, &rig, "/save", kind, &vec![b'x'; octets]).await;
        assert_eq!(answer.status, 401, "{kind} {octets}");
        assert!(answer.answer.header("www-authenticate").is_some());
        let page = answer.expect("bad-request");
        assert!(page.text().contains("Your entry could not be kept."));
        assert!(page.text().contains("href=\"/_auth/sign-in\" target=\"_blank\""));
    }
    let mut client = anna.clone();
    let encoded = [
        ("Origin", rig.place.origin.as_str()),
        ("Sec-Fetch-Mode", "navigate"),
        ("Content-Type", "text/plain"),
        ("Content-Encoding", "gzip"),
    ];
    assert_eq!(client.send("POST", "/save", &encoded, b"x").await.status, 401);
    let largest = vec![b'x'; 64 * 1024];
    assert_eq!(
        send_form(&mut client, &rig, "/save", "text/plain", &largest)
            .await
            .status,
        303
    );
    assert_eq!(rig.up.hits(), 0);
}

#[tokio::test]
async fn a_form_waits_a_quarter_of_an_hour_and_the_newest_takes_the_place() {
    let rig = Rig::start().await;
    rig.add(ANNA).await;
    let mut anna = kept(&rig, ANNA).await;
    let late = anna.clone();
    send_form(&mut anna, &rig, "/second", "text/plain", b"newest").await;
    let page = sign_in_again(&mut anna, &rig, ANNA).await.expect("resume");
    assert_eq!(page.html().heading(), "Ready to send your form to /second?");
    assert_eq!(anna.submit(&page, &page.form("/second")).await.status, 200);
    assert_eq!(rig.up.last().body, b"newest");

    let mut late = late;
    send_form(&mut late, &rig, "/third", "text/plain", b"too late").await;
    rig.advance(Duration::from_secs(15 * 60));
    let page = late.open("/_auth/sign-in").await.expect("sign-in");
    assert!(!page.text().contains("sending a form"));
}

#[tokio::test]
async fn the_rules_decide_about_a_kept_form_like_any_other() {
    let mut rig = Rig::start().await;
    let mut site = rig.place.config["sites"][0].clone();
    site["access"] = json!([
        { "path": "/fresh/*", "require": "mfa", "within": "15m" },
        { "path": "/admin/*", "require": "mfa", "groups": ["admins"] },
    ]);
    rig.reload(&json!({ "sites": [site] })).await;
    rig.add(ANNA).await;
    let mut anna = lapsed(&rig, ANNA).await;
    send_form(&mut anna, &rig, "/admin/save", "text/plain", b"a=1").await;
    let page = sign_in_again(&mut anna, &rig, ANNA).await.expect("resume");
    let answer = anna.submit(&page, &page.form("/admin/save")).await;
    assert_eq!(answer.status, 403);
    assert_eq!(rig.up.hits(), 0);

    rig.advance(HOURS);
    send_form(&mut anna, &rig, "/fresh/save", "text/plain", b"a=2").await;
    let page = sign_in_again(&mut anna, &rig, ANNA).await.expect("resume");
    make_factor_old(&rig, ANNA).await;
    let answer = anna.submit(&page, &page.form("/fresh/save")).await;
    assert_eq!(rig.up.hits(), 0, "it waits on");
    let page = prove_again(&mut anna, &rig, answer).await;
    assert_eq!(anna.submit(&page, &page.form("/fresh/save")).await.status, 200);
    assert_eq!(rig.up.last().body, b"a=2");
}

/// Rules under which the form's page asks for less than sending it.
async fn fresh_for_forms(rig: &mut Rig, from: &str) {
    let mut site = rig.place.config["sites"][0].clone();
    site["access"] = json!([
        { "path": "/orders/*", "methods": ["POST"], "from": [from], "require": "mfa", "within": "15m" },
    ]);
    rig.reload(&json!({ "sites": [site] })).await;
    rig.add(ANNA).await;
}

#[tokio::test]
async fn a_rule_about_forms_alone_asks_for_fresh_proof_and_then_lets_the_form_pass() {
    let mut rig = Rig::start().await;
    fresh_for_forms(&mut rig, "127.0.0.0/8").await;
    let mut anna = kept(&rig, ANNA).await;
    let page = sign_in_again(&mut anna, &rig, ANNA).await.expect("resume");
    make_factor_old(&rig, ANNA).await;
    assert_eq!(
        anna.get("/orders/7?edit").await.status,
        200,
        "its page asks for less"
    );
    rig.up.forget();

    let answer = anna.submit(&page, &send_now(&page)).await;
    assert_eq!(rig.up.hits(), 0);
    let page = prove_again(&mut anna, &rig, answer).await;
    assert_eq!(anna.submit(&page, &send_now(&page)).await.status, 200);
    assert_eq!((rig.up.hits(), rig.up.last().body == body()), (1, true));
}

#[tokio::test]
async fn a_form_that_a_live_session_lacks_proof_for_waits_for_the_proof() {
    let mut rig = Rig::start().await;
    fresh_for_forms(&mut rig, "127.0.0.0/8").await;
    let mut anna = rig.signed_in(ANNA).await;
    make_factor_old(&rig, ANNA).await;
    rig.up.forget();

    let answer = send_form(&mut anna, &rig, TARGET, "application/json", b"{}").await;
    assert_eq!(
        (answer.status, answer.location()),
        (303, "/_auth/sign-in?next=/orders/7%3Fedit"),
        "what is not kept leads back to its page"
    );
    let mut elsewhere = anna.clone();
    let foreign = [
        ("Origin", "https://evil.test"),
        ("Sec-Fetch-Mode", "navigate"),
        ("Content-Type", "text/plain"),
    ];
    let answer = elsewhere.send("POST", TARGET, &foreign, b"a=1").await;
    assert_eq!((answer.status, answer.location()), (303, "/_auth/sign-in?next=/"));
    let page = anna.get("/_auth/resume").await.expect("resume");
    assert_eq!(page.html().heading(), "There is nothing to send");

    let answer = send_form(&mut anna, &rig, TARGET, BOUNDARY, &body()).await;
    let page = prove_again(&mut anna, &rig, answer).await;
    assert_eq!(page.html().heading(), "Ready to send your form to /orders/save?");
    assert_eq!(rig.up.hits(), 0, "nothing is sent by itself");
    assert_eq!(anna.submit(&page, &send_now(&page)).await.status, 200);
    assert_eq!((rig.up.hits(), rig.up.last().body == body()), (1, true));
}

#[tokio::test]
async fn a_form_that_never_reached_the_portal_waits_on() {
    let mut rig = Rig::start().await;
    rig.add(ANNA).await;
    let mut anna = kept(&rig, ANNA).await;
    let page = sign_in_again(&mut anna, &rig, ANNA).await.expect("resume");
    let site = rig.place.config["sites"][0].clone();
    let mut down = site.clone();
    down["upstream"] = json!("http://127.0.0.1:9");
    rig.reload(&json!({ "sites": [down] })).await;
    let answer = anna.submit(&page, &send_now(&page)).await;
    assert_eq!(answer.status, 502);
    assert!(
        answer.html().words().contains("not sent"),
        "{}",
        answer.html().words()
    );
    rig.reload(&json!({ "sites": [site] })).await;
    let page = anna.get("/_auth/resume").await.expect("resume");
    assert_eq!(anna.submit(&page, &send_now(&page)).await.status, 200);
    assert!(rig.up.last().body == body());
}

#[tokio::test]
async fn nothing_of_a_form_is_readable_in_the_store() {
    let rig = Rig::start().await;
    rig.add(ANNA).await;
    let mut anna = lapsed(&rig, ANNA).await;
    let secret = b"note=the moon is made of cheese";
    send_form(&mut anna, &rig, "/confidential/path", "text/plain", secret).await;
    let state = rig.place.folder.path().join("state");
    let mut seen = 0;
    for entry in fs::read_dir(state).unwrap() {
        let bytes = fs::read(entry.unwrap().path()).unwrap();
        let text = String::from_utf8_lossy(&bytes);
        seen += bytes.len();
        for word in ["confidential", "cheese", "bm90ZT0"] {
            assert!(!text.contains(word), "{word}");
        }
    }
    assert!(seen > 10_000);
    let address = EmailAddress::parse(ANNA).unwrap();
    assert!(
        rig.app
            .desk
            .store
            .account_by_email(&address)
            .await
            .unwrap()
            .is_some()
    );
}

#[tokio::test]
async fn switched_off_nothing_is_kept() {
    let rig = Rig::with(&json!({ "keep_posts": { "enabled": false } })).await;
    rig.add(ANNA).await;
    let mut anna = lapsed(&rig, ANNA).await;
    let answer = send_form(&mut anna, &rig, "/save", "application/json", b"{}").await;
    assert_eq!(answer.status, 303, "as any page load");
    let answer = send_form(&mut anna, &rig, "/save", "text/plain", b"a=1").await;
    assert_eq!(answer.status, 303);
    let page = anna.open("/_auth/sign-in").await.expect("sign-in");
    assert!(page.text().contains("Your session ended"));
    assert!(!page.text().contains("sending a form"));
}

#[tokio::test]
async fn a_form_goes_through_http_2_as_well() {
    let rig = Rig::with_tls(&json!({})).await;
    rig.add(ANNA).await;
    let mut anna = rig.signed_in(ANNA).await;
    rig.advance(HOURS);
    rig.up.forget();
    let cookies = |client: &Client| client.jar.field().unwrap();
    let headers = |cookie: &str, kind: &str| {
        let mut headers = HeaderMap::new();
        for (name, value) in [
            ("cookie", cookie),
            ("origin", SECURE_ORIGIN),
            ("sec-fetch-mode", "navigate"),
            ("sec-fetch-site", "same-origin"),
            ("content-type", kind),
        ] {
            headers.insert(name, value.parse().unwrap());
        }
        headers
    };
    let h2 = rig.h2().await;
    let sent = h2
        .send(Method::POST, TARGET, &headers(&cookies(&anna), BOUNDARY), &body())
        .await
        .unwrap();
    assert_eq!(sent.status, 303);
    let page = sign_in_again(&mut anna, &rig, ANNA).await.expect("resume");
    let form = send_now(&page).encoded();
    let kind = "application/x-www-form-urlencoded";
    let h2 = rig.h2().await;
    let answer = h2
        .send(
            Method::POST,
            MARKED,
            &headers(&cookies(&anna), kind),
            form.as_bytes(),
        )
        .await
        .unwrap();
    assert_eq!(answer.status, 200);
    assert_eq!(rig.up.last().target, TARGET);
    assert!(rig.up.last().body == body());
    assert_eq!(rig.up.hits(), 1);
}
