//! Registration.

use std::time::Duration;

use serde_json::json;

use super::walker::{
    ALICE, BOB, SIGN_IN, WRONG, alike, another, body, from, masked, median, rows, timed, token, type_password,
};
use crate::rig::client::{Client, Page};
use crate::rig::gateway::{PASSWORD, Rig};
use crate::rig::smtp::Mail;
use crate::rig::walk;

const CAROL: &str = "carol@example.com";
const REGISTER: &str = "/_auth/register";
const CHECK: &str = "/_auth/register/check";
const DETAILS: &str = "/_auth/register/details";

async fn open_rig() -> Rig {
    Rig::with(&json!({ "registration": { "mode": "open" } })).await
}

/// Types an address on the registration page; the answer, not followed.
async fn type_address(client: &mut Client, email: &str) -> Page {
    let page = client.get(REGISTER).await.expect("register-email");
    let form = page.form(REGISTER).set("email", email);
    client.submit(&page, &form).await
}

/// Types an address; the page that awaits the code, and the letter.
async fn ask(rig: &Rig, client: &mut Client, email: &str) -> (Page, Mail) {
    let seen = rig.smtp.count();
    let answer = type_address(client, email).await;
    let page = client.follow(answer).await.expect("register-check");
    (page, rig.smtp.next_for(email, seen).await)
}

async fn give_code(client: &mut Client, page: &Page, code: &str) -> Page {
    let form = page.form(CHECK).set("code", code);
    client.submit_and_follow(page, &form).await
}

async fn give_details(client: &mut Client, page: &Page) -> Page {
    let form = page
        .form(DETAILS)
        .set("given_name", "Carol")
        .set("family_name", "Muster")
        .set("new_password", PASSWORD);
    client.submit_and_follow(page, &form).await
}

/// The path of a letter's link.
fn link(rig: &Rig, letter: &Mail) -> String {
    let lines = letter.text.lines();
    let mut links = lines.filter_map(|it| it.strip_prefix(&rig.place.origin));
    let link = links.find(|it| it.starts_with("/_auth/register/link/"));
    link.unwrap_or_else(|| panic!("no link in\n{}", letter.text))
        .to_owned()
}

#[tokio::test]
async fn reg_01_off_by_default_and_off_again() {
    let mut rig = Rig::start().await;
    let pages = [REGISTER, CHECK, DETAILS, "/_auth/register/link/x"];
    for off in ["at first", "again"] {
        let mut client = rig.client();
        let page = client.get(SIGN_IN).await.expect("sign-in");
        assert!(!page.text().contains("/register"), "{off}");
        let csrf = token(&page);
        for path in pages {
            assert_eq!(client.get(path).await.status, 404, "{off}: {path}");
            let sent = client
                .post(path, &body(&[("csrf", &csrf), ("email", CAROL)]))
                .await;
            assert!(matches!(sent.status, 404 | 405), "{off}: {path}: {}", sent.status);
        }
        assert_eq!(rig.smtp.count(), usize::from(off == "again"));
        if off == "at first" {
            rig.reload(&json!({ "registration": { "mode": "open" } })).await;
            let mut open = rig.client();
            let page = open.get(SIGN_IN).await.expect("sign-in");
            assert!(page.text().contains("href=\"/_auth/register\""));
            ask(&rig, &mut open, CAROL).await;
            rig.reload(&json!({ "registration": { "mode": "closed" } })).await;
            assert_eq!(open.get(CHECK).await.status, 404, "what had begun is over");
        }
    }
}

#[tokio::test]
async fn reg_02_unconfirmed_is_unknown() {
    let rig = open_rig().await;
    let mut carol = rig.client();
    let (page, letter) = ask(&rig, &mut carol, CAROL).await;
    let unknown = type_password(&mut rig.client(), "nobod@example.com", WRONG).await;
    let unconfirmed = type_password(&mut rig.client(), CAROL, PASSWORD).await;
    assert_eq!(masked(&unconfirmed, CAROL), masked(&unknown, "nobod@example.com"));
    // Confirmed, and still without an account.
    give_code(&mut carol, &page, &letter.code())
        .await
        .expect("register-details");
    let confirmed = type_password(&mut rig.client(), CAROL, PASSWORD).await;
    assert_eq!(masked(&confirmed, CAROL).0, 422);
    assert_eq!(carol.jar.get("doorward"), None);
}

#[tokio::test]
async fn reg_03_a_link_is_looked_at_used_once_and_only_the_newest() {
    let rig = open_rig().await;
    let mut carol = rig.client();
    let (page, first) = ask(&rig, &mut carol, CAROL).await;
    rig.advance(Duration::from_secs(31));
    let seen = rig.smtp.count();
    let again = page.form("/_auth/register/check/send");
    carol
        .submit_and_follow(&page, &again)
        .await
        .expect("register-check");
    let second = rig.smtp.next_for(CAROL, seen).await;
    let (old, new) = (link(&rig, &first), link(&rig, &second));
    assert!(new.rsplit('/').next().unwrap().len() >= 43, "more than 128 bits");

    // CSRF-10: scanners look, in any number.
    for method in ["GET", "HEAD", "GET", "HEAD", "GET", "HEAD"] {
        rig.client()
            .send(method, &new, &[("Accept", "text/html")], b"")
            .await;
    }
    let mut phone = rig.client();
    let answer = phone.get(&old).await;
    assert_eq!(
        (answer.status, answer.name().as_deref()),
        (410, Some("link-expired"))
    );
    let answer = phone.get(&new).await;
    assert_eq!(
        (answer.status, answer.location()),
        (303, CHECK),
        "REG-14: the token is gone"
    );
    assert_eq!(answer.header("cache-control"), Some("no-store"));
    let page = phone.follow(answer).await.expect("register-check");
    assert!(!page.text().contains(new.rsplit('/').next().unwrap()));
    let form = page.form(CHECK);
    let page = phone
        .submit_and_follow(&page, &form)
        .await
        .expect("register-details");
    give_details(&mut phone, &page).await.expect("register-method");

    for mut client in [rig.client(), phone.clone(), carol.clone()] {
        assert_eq!(client.get(&new).await.status, 410, "used");
    }
    // In time only.
    let mut dave = rig.client();
    let (_, letter) = ask(&rig, &mut dave, "dave@example.com").await;
    rig.advance(Duration::from_secs(24 * 3600));
    assert_eq!(dave.get(&link(&rig, &letter)).await.status, 410);
}

#[tokio::test]
async fn a_link_opened_while_signed_in_says_why_it_waits() {
    let rig = open_rig().await;
    rig.add(ALICE).await;
    let (_, letter) = ask(&rig, &mut rig.client(), CAROL).await;
    let mut alice = rig.client();
    walk::sign_in(&mut alice, &rig.smtp, "/", ALICE, PASSWORD).await;
    let answer = alice.get(&link(&rig, &letter)).await;
    let page = alice.follow(answer).await.expect("sign-out");
    assert!(
        page.html()
            .words()
            .contains("sign out here, and then open the link again"),
        "{}",
        page.text()
    );
}

#[tokio::test]
async fn reg_03_a_code_is_bound_to_its_browser_and_five_misses_end_it() {
    let rig = open_rig().await;
    let (mut one, mut two) = (rig.client(), rig.client());
    let (first, letter) = ask(&rig, &mut one, CAROL).await;
    let (second, _) = ask(&rig, &mut two, "dave@example.com").await;
    let code = letter.code();
    let page = give_code(&mut two, &second, &code).await.expect("register-check");
    assert_eq!(page.status, 422, "another flow's");
    for miss in 1..=5 {
        let page = give_code(&mut one, &first, &another(&code)).await;
        page.expect(if miss < 5 {
            "register-check"
        } else {
            "register-email"
        });
    }
    let page = give_code(&mut one, &first, &code).await;
    assert_ne!(page.name().as_deref(), Some("register-details"));
    assert_eq!(rig.app.desk.admin_list().await.unwrap().len(), 0);
}

#[tokio::test]
async fn reg_07_only_the_domains_that_may() {
    let rig =
        Rig::with(&json!({ "registration": { "mode": "open", "allow_domains": ["company.com"] } })).await;
    for (n, email) in [
        "a@evil.com@company.com",
        "\"a@company.com\"@evil.com",
        "a@company.com.evil.com",
        "a@sub.company.com",
        "a@company.com\n",
        "a@company.com\nBcc: x@evil.com",
        "a@company.com%0a",
        "a@company.com,b@evil.com",
        "a@company.com\0",
        "<a@company.com>",
    ]
    .into_iter()
    .enumerate()
    {
        let mut client = from(&rig, &format!("203.0.113.{n}"));
        let answer = type_address(&mut client, email).await;
        // White space around an address is none of it, as on the sign-in page.
        let expected = if email == "a@company.com\n" { 303 } else { 422 };
        assert_eq!(answer.status, expected, "{email:?}");
    }
    let answer = type_address(&mut from(&rig, "192.0.2.1"), "b@COMPANY.com").await;
    assert_eq!(answer.status, 303);
    assert_eq!(rig.smtp.count(), 2);
}

#[tokio::test]
async fn reg_codes_are_counted_like_guesses() {
    let rig = Rig::with(&json!({ "registration": { "mode": "code", "codes": ["SPRING-2026"] } })).await;
    let mut client = from(&rig, "203.0.113.1");
    for guess in ["", "AUTUMN-2026", "spring", "SPRING-2027", "x"] {
        let page = client.get(REGISTER).await.expect("register-email");
        let form = page
            .form(REGISTER)
            .set("email", CAROL)
            .set("registration_code", guess);
        let answer = client.submit(&page, &form).await;
        assert_eq!(answer.status, 422, "{guess}");
        assert!(
            !answer.text().contains(guess) || guess.len() < 2,
            "not shown again"
        );
    }
    let page = client.get(REGISTER).await;
    let form = page
        .form(REGISTER)
        .set("email", CAROL)
        .set("registration_code", "SPRING-2026");
    let answer = client.submit(&page, &form).await;
    assert_eq!(
        (answer.status, answer.name().as_deref()),
        (429, Some("throttled"))
    );
    assert!(answer.header("retry-after").is_some());
    assert_eq!(rig.smtp.count(), 0);
}

#[tokio::test]
async fn reg_18_passwords_are_judged_as_everywhere() {
    let rig = open_rig().await;
    let mut carol = rig.client();
    let (page, letter) = ask(&rig, &mut carol, CAROL).await;
    let page = give_code(&mut carol, &page, &letter.code())
        .await
        .expect("register-details");
    for (password, why) in [
        ("short one", "too short"),
        ("carol@example.com", "easy to guess"),
        ("passwordpassword", "easy to guess"),
        (&"x".repeat(1025), "too long"),
        ("", "Enter a new password"),
    ] {
        let form = page
            .form(DETAILS)
            .set("given_name", "{{7*7}}${7*7}<b>")
            .set("family_name", "%s%n")
            .set("new_password", password);
        let answer = carol.submit(&page, &form).await;
        assert_eq!(answer.status, 422, "{why}");
        let words = answer.html().words();
        assert!(words.contains(why), "{why}: {words}");
        assert_eq!(answer.form(DETAILS).value("new_password").unwrap_or_default(), "");
        // INPUT-16: names are shown as they were typed.
        assert_eq!(
            answer
                .form(DETAILS)
                .value("given_name")
                .map(str::to_owned)
                .as_deref(),
            Some("{{7*7}}${7*7}<b>")
        );
    }
}

#[tokio::test]
async fn reg_two_at_once_make_one_account() {
    let rig = open_rig().await;
    let (mut one, mut two) = (rig.client(), rig.client());
    let mut pages = Vec::new();
    for client in [&mut one, &mut two] {
        let (page, letter) = ask(&rig, client, CAROL).await;
        pages.push(
            give_code(client, &page, &letter.code())
                .await
                .expect("register-details"),
        );
    }
    let (a, b) = tokio::join!(
        give_details(&mut one, &pages[0]),
        give_details(&mut two, &pages[1])
    );
    let mut names = [a.name().unwrap(), b.name().unwrap()];
    names.sort();
    assert_eq!(names, ["register-method", "sign-in"]);
    assert_eq!(rig.app.desk.admin_list().await.unwrap().len(), 1);
}

#[tokio::test]
async fn reg_the_way_in_ends_with_a_proof_and_not_before() {
    let rig = open_rig().await;
    let mut carol = rig.client();
    let page = carol.open("/wanted").await.expect("sign-in");
    assert!(page.text().contains("/_auth/register?next=/wanted"));
    let page = carol
        .get("/_auth/register?next=/wanted")
        .await
        .expect("register-email");
    let seen = rig.smtp.count();
    let form = page.form(REGISTER).set("email", CAROL);
    let page = carol
        .submit_and_follow(&page, &form)
        .await
        .expect("register-check");
    let letter = rig.smtp.next_for(CAROL, seen).await;
    assert!(letter.source.contains("One-Time-Code:"), "{}", letter.source);
    let page = give_code(&mut carol, &page, &letter.code())
        .await
        .expect("register-details");
    let before = carol.jar.get("doorward-flow").map(str::to_owned);
    let page = give_details(&mut carol, &page).await.expect("register-method");
    assert_ne!(
        carol.jar.get("doorward-flow").map(str::to_owned),
        before,
        "a new value"
    );
    assert_eq!(carol.jar.get("doorward"), None);
    assert_eq!(carol.get("/wanted").await.status, 303);
    for path in ["/_auth/account", "/_auth/code/email", "/_auth/setup/app"] {
        let page = carol.open(path).await;
        page.expect("register-method");
    }
    let nothing = carol.submit(&page, &page.form("/_auth/register/method")).await;
    assert_eq!(nothing.status, 422);

    let by_app = page.form("/_auth/register/method").tick("method", "app");
    let page = carol.submit_and_follow(&page, &by_app).await.expect("setup-why");
    let page = carol
        .submit_and_follow(&page, &page.form("/_auth/setup/why"))
        .await
        .expect("setup-app");
    let (app, page) = walk::set_up_app(&mut carol, &page, rig.now()).await;
    let page = page.expect("setup-codes");
    let forms = page.html().forms();
    let form = forms.into_iter().find(|it| !it.choices.is_empty()).unwrap();
    let form = form.tick("saved", "yes");
    let page = carol.submit_and_follow(&page, &form).await.expect("setup-done");
    let page = carol
        .submit_and_follow(&page, &page.form("/_auth/setup/done"))
        .await
        .expect("trust");
    let page = walk::answer_trust(&mut carol, &page, false).await;
    assert_eq!(
        (page.status, page.path.as_str()),
        (200, "/wanted"),
        "{}",
        page.text()
    );

    rig.advance(Duration::from_secs(30));
    let mut again = rig.client();
    let page = again.open("/").await.expect("sign-in");
    let page = walk::give_password(&mut again, &page, CAROL, PASSWORD)
        .await
        .expect("code-app");
    walk::give_app_code(&mut again, &page, &rig.code_of(&app))
        .await
        .expect("trust");
    assert_eq!(rig.account(CAROL).await.display_name(), "Carol Muster");
}

/// Names that somebody has and that nobody has, of one length.
const KNOWN: &str = "known1@example.com";
const UNKNOWN: &str = "nobody@example.com";

#[tokio::test]
async fn enum_05_known_and_unknown_addresses_get_the_same_pages() {
    let rig = open_rig().await;
    rig.add(KNOWN).await;
    let mut told = Vec::new();
    for (n, email) in [KNOWN, UNKNOWN].into_iter().enumerate() {
        let before = rows(&rig);
        let mut client = from(&rig, &format!("203.0.113.{n}"));
        let mut answers = vec![type_address(&mut client, email).await];
        let page = client.follow(answers[0].clone()).await.expect("register-check");
        answers.push(page.clone());
        for guess in ["000000", "12", "x", "111111"] {
            let form = page.form(CHECK).set("code", guess);
            answers.push(client.submit(&page, &form).await);
        }
        let again = page.form("/_auth/register/check/send");
        answers.push(client.submit(&page, &again).await);
        rig.advance(Duration::from_secs(31));
        for _ in 0..3 {
            answers.push(client.submit(&page, &again).await);
            rig.advance(Duration::from_secs(31));
        }
        answers.push(client.get(CHECK).await);
        // Wrong codes until the end.
        for _ in 0..4 {
            let form = page.form(CHECK).set("code", "222222");
            answers.push(client.submit(&page, &form).await);
        }
        let after = rows(&rig);
        let grown: Vec<_> = after
            .iter()
            .zip(&before)
            .map(|(after, before)| (after.0.clone(), after.1 - before.1))
            .collect();
        let masked: Vec<_> = answers.iter().map(|it| without_time(masked(it, email))).collect();
        told.push((masked, grown));
    }
    assert_eq!(told[0], told[1]);
    let subjects = |email| {
        let mails = rig.smtp.mails().into_iter().filter(move |it| it.to == email);
        mails.map(|it| it.subject).collect::<Vec<_>>()
    };
    assert_eq!(subjects(UNKNOWN).len(), 2);
    assert!(
        subjects(KNOWN)
            .iter()
            .all(|it| it.contains("already have an account")),
        "{:?}",
        subjects(KNOWN)
    );
    assert_eq!(subjects(KNOWN).len(), 2);
    let letter = rig.smtp.mails().into_iter().find(|it| it.to == KNOWN).unwrap();
    assert!(letter.text.contains("/_auth/sign-in") && !letter.text.contains("/register/"));
    rig.account(KNOWN).await;
}

/// Without the time of day that pages name, which the clock has moved on.
fn without_time(
    (status, headers, body): (u16, Vec<(String, String)>, String),
) -> (u16, Vec<(String, String)>, String) {
    let mut kept = String::new();
    for part in body.split("<time").enumerate() {
        match part {
            (0, text) => kept.push_str(text),
            (_, text) => kept.push_str(text.split_once("</time>").map_or(text, |it| it.1)),
        }
    }
    let headers = headers
        .into_iter()
        .filter(|it| it.0 != "content-length")
        .collect();
    (status, headers, kept)
}

/// 300 interleaved samples of each kind. One repetition is allowed, as in ENUM-02.
#[tokio::test]
async fn enum_05_time_tells_nothing() {
    let limits = json!({ "registrations": 1000, "mail_stranger_hour": 1, "mail_stranger_day": 1 });
    let rig = Rig::with(&json!({ "registration": { "mode": "open" }, "limits": limits })).await;
    for n in 0..4 {
        rig.add(&format!("here{n}@example.com")).await;
    }
    let mut tries = 0;
    loop {
        let mut client = from(&rig, "192.0.2.1");
        let csrf = token(&client.get(REGISTER).await);
        let flow = client.jar.get("doorward-flow").unwrap().to_owned();
        let mut samples: [Vec<Duration>; 2] = Default::default();
        for n in 0..300 {
            for turn in 0..2 {
                let kind = (n + turn) % 2;
                let email = format!("{}{}@example.com", ["none", "here"][kind], n % 4);
                client.jar.set("doorward-flow", &flow);
                let form = body(&[("csrf", &csrf), ("email", &email)]);
                let (took, answer) = timed(client.post(REGISTER, &form)).await;
                assert_eq!(answer.status, 303, "{email}");
                samples[kind].push(took);
            }
        }
        let [nobody, somebody] = samples.map(|it| median(&it));
        if alike(nobody, somebody) {
            break;
        }
        tries += 1;
        assert!(tries < 2, "{nobody:?} and {somebody:?}");
        rig.advance(Duration::from_secs(3600));
    }
}

#[tokio::test]
async fn csrf_forms_of_a_registration_need_their_token() {
    let rig = open_rig().await;
    let mut carol = rig.client();
    let (page, letter) = ask(&rig, &mut carol, CAROL).await;
    let code = letter.code();
    let mut other = rig.client();
    let foreign = token(&other.get(REGISTER).await);
    for csrf in ["", "AAAA", &foreign] {
        for (path, fields) in [
            (CHECK, vec![("code", code.as_str())]),
            ("/_auth/register/check/send", vec![]),
        ] {
            let form = body(&[&fields[..], &[("csrf", csrf)]].concat());
            assert_eq!(carol.post(path, &form).await.status, 422, "{path} with {csrf:?}");
        }
    }
    assert_eq!(rig.smtp.count(), 1);
    let own = token(&page);
    let form = body(&[("csrf", &own), ("code", &code)]);
    let fields = [
        ("Content-Type", "application/x-www-form-urlencoded"),
        ("Origin", "https://evil.test"),
    ];
    assert_eq!(
        carol.send("POST", CHECK, &fields, form.as_bytes()).await.status,
        403
    );

    let page = give_code(&mut carol, &page, &code)
        .await
        .expect("register-details");
    let details = [("given_name", "C"), ("new_password", PASSWORD)];
    for csrf in ["", &foreign] {
        let form = body(&[&details[..], &[("csrf", csrf)]].concat());
        assert_eq!(carol.post(DETAILS, &form).await.status, 422);
    }
    assert_eq!(rig.app.desk.admin_list().await.unwrap().len(), 0);
    let page = give_details(&mut carol, &page).await.expect("register-method");
    for csrf in ["", &own] {
        let form = body(&[("method", "email"), ("csrf", csrf)]);
        assert_eq!(carol.post("/_auth/register/method", &form).await.status, 422);
    }
    assert_eq!(carol.jar.get("doorward"), None);
    let by_email = page.form("/_auth/register/method").tick("method", "email");
    carol.submit_and_follow(&page, &by_email).await.expect("trust");
}

#[tokio::test]
async fn half_registered_opens_nothing_else() {
    let rig = open_rig().await;
    rig.add(ALICE).await;
    rig.add(BOB).await;
    let mut carol = rig.client();
    let (page, letter) = ask(&rig, &mut carol, CAROL).await;
    give_code(&mut carol, &page, &letter.code())
        .await
        .expect("register-details");
    for route in doorward::web::routes::ROUTES {
        let path = format!("/_auth{}", route.path.replace("{name}", "nothing"));
        if route.demands == doorward::web::Demands::Nothing {
            continue;
        }
        let answer = carol.get(&path).await;
        assert!(
            answer.status == 405 || answer.location().starts_with("/_auth/sign-in"),
            "{path}: {} {}",
            answer.status,
            answer.location()
        );
    }
    assert_eq!(carol.get("/").await.status, 303);
    assert_eq!(rig.up.hits(), 0);
}
