//! A forgotten password: what a link lets somebody do, and what nobody learns from asking for one.

use std::time::Duration;

use doorward::identity::account::Status;
use serde_json::json;

use super::cache::dressed;
use super::visit::{self, DEVICE, FLOW, KNOWN, SESSION, expect_login};
use super::walker::{
    ALICE, BOB, WRONG, alike, body, from, masked, median, rows, timed, token, type_password,
};
use crate::rig::client::{Client, Page};
use crate::rig::gateway::{PASSWORD, Rig};
use crate::rig::smtp::{Mail, Smtp};
use crate::rig::wait::eventually;
use crate::rig::walk;

const RESET: &str = "/_auth/reset";
const NEW_PASSWORD: &str = "/_auth/reset/password";
const NEW: &str = "wolke tasse fahrrad mond";

/// Asks for a letter; the answer, not followed.
async fn ask(client: &mut Client, address: &str) -> Page {
    let page = client.get(RESET).await.expect("reset");
    let form = page.form(RESET).set("username", address);
    client.submit(&page, &form).await
}

/// The newest letter with a link that came after the first `seen`.
async fn letter(smtp: &Smtp, to: &str, seen: usize) -> Mail {
    eventually(&format!("a link for {to} after letter {seen}"), || {
        let mails = smtp.mails().into_iter().rev();
        let mut found =
            mails.filter(|it| it.number > seen && it.to == to && it.text.contains("/_auth/reset/"));
        std::future::ready(found.next())
    })
    .await
}

/// The path of the link in a letter, which begins with the site's own address.
fn path_of(mail: &Mail, origin: &str) -> String {
    let before = format!("{origin}/_auth/reset/");
    let mut links = mail
        .text
        .split_whitespace()
        .filter(|it| it.contains("/_auth/reset/"));
    let link = links.next().unwrap();
    assert!(link.starts_with(&before), "{link}");
    assert_eq!(links.next(), None, "one link");
    assert!(mail.html.contains(&format!("href=\"{link}\"")), "{}", mail.html);
    link[origin.len()..].to_owned()
}

/// Asks, and takes the link out of the letter.
async fn mailed(rig: &Rig, address: &str) -> String {
    let seen = rig.smtp.count();
    let answer = ask(&mut rig.client(), address).await;
    assert_eq!(answer.status, 303, "{}", answer.html().words());
    path_of(&letter(&rig.smtp, address, seen).await, &rig.place.origin)
}

/// Sends a new password on the page of a link; the answer, not followed.
async fn set(client: &mut Client, page: &Page, fields: &[(&str, &str)]) -> Page {
    let mut form = page.form(NEW_PASSWORD).set("new_password", NEW);
    for (name, value) in fields {
        form = form.set(name, value);
    }
    client.submit(page, &form).await
}

#[tokio::test]
async fn reg_09_a_link_works_once_in_time_and_the_newest_only() {
    let rig = Rig::start().await;
    rig.add(ALICE).await;
    let older = mailed(&rig, ALICE).await;
    let newer = mailed(&rig, ALICE).await;
    let page = rig.client().open(&older).await.expect("link-expired");
    assert_eq!(page.status, 410);

    let mut alice = rig.client();
    let page = alice.open(&newer).await.expect("reset-password");
    let mut other_device = rig.client();
    let waiting = other_device.open(&newer).await.expect("reset-password");
    let answer = set(&mut alice, &page, &[]).await;
    assert_eq!(answer.status, 303, "{}", answer.html().words());
    for (client, page) in [(&mut alice, &page), (&mut other_device, &waiting)] {
        let twice = set(client, page, &[]).await;
        assert!(matches!(twice.status, 410 | 422), "{}", twice.html().words());
    }
    let page = rig.client().open(&newer).await.expect("link-expired");
    assert!(
        page.html().words().contains("already used"),
        "{}",
        page.html().words()
    );

    rig.advance(Duration::from_secs(3601));
    let late = mailed(&rig, ALICE).await;
    rig.advance(Duration::from_secs(30 * 60));
    let page = rig.client().open(&late).await.expect("link-expired");
    assert!(
        page.html().words().contains("30 minutes"),
        "{}",
        page.html().words()
    );

    rig.advance(Duration::from_secs(3600));
    let before_a_change = mailed(&rig, ALICE).await;
    rig.change(ALICE, doorward::identity::account::Account::credentials_changed)
        .await;
    rig.client().open(&before_a_change).await.expect("link-expired");
    for made_up in ["x", "nothing", &"A".repeat(64), "%00", "../account"] {
        let page = rig.client().get(&format!("/_auth/reset/{made_up}")).await;
        assert!(
            matches!(page.status, 400 | 404 | 410),
            "{made_up}: {}",
            page.status
        );
        assert_eq!(page.all("set-cookie"), Vec::<&str>::new(), "{made_up}");
    }
}

#[tokio::test]
async fn reg_12_after_a_reset_all_is_over_and_nobody_is_signed_in() {
    let (rig, app) = visit::with_alice().await;
    let trusted = visit::trusted(&rig, ALICE, &app).await;
    let (half_way, code_page) = visit::half_way(&rig, ALICE).await;
    let before = rig.account(ALICE).await;

    let mut alice = rig.client();
    let page = alice
        .open(&mailed(&rig, ALICE).await)
        .await
        .expect("reset-password");
    rig.advance(Duration::from_secs(30));
    let answer = set(&mut alice, &page, &[("code", &rig.code_of(&app))]).await;
    assert_eq!(answer.status, 303, "{}", answer.html().words());
    assert_eq!(alice.jar.get(SESSION), None, "MFA-15: a reset is no sign-in");
    assert!(alice.jar.get(KNOWN).is_some(), "the browser is known from now on");
    let page = alice.follow(answer).await.expect("sign-in");
    assert!(
        page.html()
            .words()
            .contains("Your password was changed. Sign in with the new one."),
        "{}",
        page.html().words()
    );
    assert_eq!(page.form("/_auth/sign-in").value("username"), Some(ALICE));

    expect_login(&rig, &trusted).await;
    let mut half_way = half_way;
    rig.advance(Duration::from_secs(30));
    let form = code_page.form("/_auth/code/app").set("code", &rig.code_of(&app));
    half_way
        .submit_and_follow(&code_page, &form)
        .await
        .expect("sign-in");
    expect_login(&rig, &half_way).await;
    let after = rig.account(ALICE).await;
    assert_eq!(
        (after.apps.len(), after.devices.len()),
        (before.apps.len(), 0),
        "factors stay"
    );
    rig.smtp.about(ALICE, "was set anew").await;

    let old = visit::after_password(&mut rig.client(), ALICE, PASSWORD).await;
    assert_eq!(old.status, 422);
    let mut device = visit::with_only(&rig, &trusted, &[DEVICE]);
    visit::after_password(&mut device, ALICE, NEW)
        .await
        .expect("code-app");
    let names: Vec<String> = visit::events(&rig, ALICE)
        .await
        .iter()
        .map(|it| it["event"].as_str().unwrap().to_owned())
        .collect();
    for name in [
        "password.reset_asked",
        "password.reset",
        "session.ended",
        "device.removed",
    ] {
        assert!(names.iter().any(|it| it == name), "{name}: {names:?}");
    }
}

#[tokio::test]
async fn reg_12_a_session_in_the_same_browser_ends_as_well() {
    let rig = Rig::start().await;
    rig.add(ALICE).await;
    let mut alice = rig.signed_in(ALICE).await;
    let page = alice
        .open(&mailed(&rig, ALICE).await)
        .await
        .expect("reset-password");
    let answer = set(&mut alice, &page, &[]).await;
    alice.follow(answer).await.expect("sign-in");
    assert_eq!(alice.jar.get(SESSION), None);
    expect_login(&rig, &alice).await;
}

#[tokio::test]
async fn reg_12_no_way_around_the_app() {
    let (rig, _) = visit::with_alice().await;
    let mut alice = rig.client();
    let page = alice
        .open(&mailed(&rig, ALICE).await)
        .await
        .expect("reset-password");
    for fields in [
        vec![],
        vec![("code", "")],
        vec![("code", "null")],
        vec![("code", "000000")],
        vec![("code", "12345")],
    ] {
        let answer = set(&mut alice, &page, &fields).await;
        assert_eq!(answer.status, 422, "{fields:?}: {}", answer.html().words());
        assert!(
            !answer.text().contains(NEW),
            "INPUT: the password does not come back"
        );
    }
    let csrf = token(&page);
    for fields in [
        vec![
            ("csrf", csrf.as_str()),
            ("new_password", NEW),
            ("recovery_code", "7KQ4-MX2R-TP9W-D3HB-6VNE"),
        ],
        vec![
            ("csrf", csrf.as_str()),
            ("new_password", NEW),
            ("skip", "1"),
            ("username", BOB),
        ],
    ] {
        let answer = alice.post(NEW_PASSWORD, &body(&fields)).await;
        assert_eq!(answer.status, 422, "{fields:?}");
    }
    let wrong = type_password(&mut rig.client(), ALICE, NEW).await;
    assert_eq!(wrong.status, 422, "the password is what it was");
}

#[tokio::test]
async fn reg_13_no_letter_for_whoever_may_not_sign_in() {
    let rig = Rig::start().await;
    let since = rig.now();
    rig.add_with(ALICE, |account| account.status = Status::Locked { since })
        .await;
    rig.add_with(BOB, |account| account.password = None).await;
    rig.add("carol@example.com").await;
    for address in [ALICE, BOB, "carol@example.com"] {
        assert_eq!(
            ask(&mut rig.client(), address).await.location(),
            "/_auth/reset/sent"
        );
    }
    letter(&rig.smtp, "carol@example.com", 0).await;
    assert_eq!(rig.smtp.count(), 1);
}

#[tokio::test]
async fn reg_14_the_link_leaves_the_address_at_once() {
    let rig = Rig::with_tls(&json!({})).await;
    rig.add(ALICE).await;
    let link = mailed(&rig, ALICE).await;
    let mut alice = rig.client();
    let answer = alice.get(&link).await;
    assert_eq!((answer.status, answer.location()), (303, NEW_PASSWORD));
    dressed(&link, &answer, "no-store");
    let value = link.rsplit('/').next().unwrap();
    let page = alice.follow(answer).await.expect("reset-password");
    dressed(NEW_PASSWORD, &page, "no-store");
    assert!(!page.text().contains(value), "nor stands it on the page");
    for (tag, key, target) in page.html().attributes() {
        if matches!(key, "href" | "src" | "action") {
            assert!(
                target.starts_with('/') || target.starts_with('#'),
                "CACHE-11: {tag} {target}"
            );
        }
    }
    let gone = rig
        .client()
        .get("/_auth/reset/nothing")
        .await
        .expect("link-expired");
    assert_eq!(gone.status, 410);
    dressed("410", &gone, "no-store");
}

#[tokio::test]
async fn reg_01_switched_off_there_is_no_such_page() {
    let mut rig = Rig::with(&json!({ "password_reset": { "enabled": false } })).await;
    rig.add(ALICE).await;
    for path in [RESET, "/_auth/reset/sent", NEW_PASSWORD, "/_auth/reset/nothing"] {
        assert_eq!(rig.client().get(path).await.status, 404, "{path}");
    }
    let mut stranger = rig.client();
    let page = stranger.get("/_auth/sign-in").await;
    assert!(!page.text().contains(RESET));
    let form = body(&[("csrf", &token(&page)), ("username", ALICE)]);
    for path in [RESET, NEW_PASSWORD] {
        assert_eq!(stranger.post(path, &form).await.status, 404, "{path}");
    }
    rig.reload(&json!({ "password_reset": { "enabled": true } }))
        .await;
    let link = mailed(&rig, ALICE).await;
    rig.reload(&json!({ "password_reset": { "enabled": false } }))
        .await;
    assert_eq!(
        rig.client().get(&link).await.status,
        404,
        "also for a link that went out"
    );
}

#[tokio::test]
async fn csrf_10_a_mail_scanner_uses_nothing_up() {
    let rig = Rig::start().await;
    rig.add(ALICE).await;
    let link = mailed(&rig, ALICE).await;
    // The letter leaves the queue in its own time.
    let kept = |rig: &Rig| {
        let tables = rows(rig).into_iter();
        tables.filter(|(table, _)| table != "letter").collect::<Vec<_>>()
    };
    let (before, epoch) = (kept(&rig), rig.account(ALICE).await.epoch);
    for _ in 0..3 {
        for method in ["GET", "HEAD"] {
            let mut scanner = rig.client();
            let answer = scanner.send(method, &link, &[("Accept", "text/html")], b"").await;
            assert_eq!(answer.status, 303);
            assert_eq!(scanner.get(NEW_PASSWORD).await.status, 200);
        }
    }
    assert_eq!(kept(&rig), before, "CSRF-08: nothing is written");
    assert_eq!(rig.account(ALICE).await.epoch, epoch);
    let mut alice = rig.client();
    let page = alice.open(&link).await.expect("reset-password");
    assert_eq!(set(&mut alice, &page, &[]).await.status, 303);
}

#[tokio::test]
async fn csrf_01_the_new_password_needs_its_page() {
    let rig = Rig::start().await;
    rig.add(ALICE).await;
    let link = mailed(&rig, ALICE).await;
    let mut alice = rig.client();
    alice.open(&link).await.expect("reset-password");
    let mut stranger = rig.client();
    let foreign = token(&stranger.get("/_auth/sign-in").await);
    for csrf in ["", "AAAA", &foreign] {
        let form = body(&[("csrf", csrf), ("new_password", NEW)]);
        assert_eq!(alice.post(NEW_PASSWORD, &form).await.status, 422, "{csrf}");
    }
    let page = alice.get(NEW_PASSWORD).await.expect("reset-password");
    let form = body(&[("csrf", &token(&page)), ("new_password", NEW)]);
    for (name, value) in [("Origin", "https://evil.test"), ("Sec-Fetch-Site", "cross-site")] {
        let fields = [
            ("Content-Type", "application/x-www-form-urlencoded"),
            (name, value),
        ];
        let answer = alice.send("POST", NEW_PASSWORD, &fields, form.as_bytes()).await;
        assert_eq!(answer.status, 403, "CSRF-02: {name}");
    }
    assert_eq!(rig.account(ALICE).await.epoch, 0);
    // The form in another browser, without the cookie that the link left.
    assert_eq!(rig.client().post(NEW_PASSWORD, &form).await.status, 410);
    assert_eq!(
        alice.post(NEW_PASSWORD, &form).await.status,
        303,
        "and here it works"
    );
}

#[tokio::test]
async fn host_03_the_link_names_the_configured_site() {
    let rig = Rig::start().await;
    rig.add(ALICE).await;
    let mut client = rig.client();
    let page = client.get(RESET).await.expect("reset");
    let form = page.form(RESET).set("username", ALICE).encoded();
    let fields = [
        ("Content-Type", "application/x-www-form-urlencoded"),
        ("X-Forwarded-Host", "evil.test"),
        ("X-Original-URL", "https://evil.test/"),
        ("Forwarded", "host=evil.test"),
    ];
    assert_eq!(
        client.send("POST", RESET, &fields, form.as_bytes()).await.status,
        303
    );
    let mail = letter(&rig.smtp, ALICE, 0).await;
    path_of(&mail, &rig.place.origin);
    assert!(!mail.source.contains("evil"), "{}", mail.source);
}

#[tokio::test]
async fn host_10_links_are_https_where_the_site_is() {
    let mut rig = Rig::start().await;
    rig.add(ALICE).await;
    let mut client = visit::on_https(&mut rig).await;
    assert_eq!(ask(&mut client, ALICE).await.status, 303);
    let mail = letter(&rig.smtp, ALICE, 0).await;
    path_of(&mail, "https://portal.test");
    assert!(!mail.source.contains("http://"), "{}", mail.source);
}

#[tokio::test]
async fn inj_05_one_plain_address() {
    let rig = Rig::start().await;
    rig.add(ALICE).await;
    let mut client = rig.client();
    for address in [
        "",
        "alice@example.com,bob@example.com",
        "alice@example.com;bob@example.com",
        "alice@example.com bob@example.com",
        "group: alice@example.com;",
        "\"alice\"@example.com",
        "alice(x)@example.com",
        "alice@example.com\r\nBcc: bob@example.com",
        "alice@example.com\0",
        "\"><svg onload=alert(1)>",
        "{{7*7}}",
        "' OR 1=1--",
    ] {
        let answer = ask(&mut client, address).await;
        assert_eq!(answer.status, 422, "{address:?}");
        assert!(!answer.text().contains("<svg"), "INJ-01: {address:?}");
        let form = answer.form(RESET);
        assert_eq!(
            form.value("username").map(str::trim),
            Some(address.trim()),
            "INPUT-16: kept"
        );
    }
    let long = format!("{}@example.com", "x".repeat(300));
    assert_eq!(ask(&mut client, &long).await.status, 422);
    ask(&mut client, ALICE).await;
    letter(&rig.smtp, ALICE, 0).await;
    assert_eq!(rig.smtp.count(), 1);
}

#[tokio::test]
async fn rate_19_a_mailbox_is_not_flooded() {
    let rig = Rig::start().await;
    rig.add(ALICE).await;
    for n in 0..10 {
        let mut client = from(&rig, &format!("192.0.2.{n}"));
        let answer = ask(&mut client, ALICE).await;
        assert_eq!(
            answer.location(),
            "/_auth/reset/sent",
            "the same answer each time"
        );
    }
    letter(&rig.smtp, ALICE, 1).await;
    let carol = rig.add("carol@example.com").await;
    assert!(!carol.to_string().is_empty());
    ask(&mut from(&rig, "192.0.2.77"), "carol@example.com").await;
    letter(&rig.smtp, "carol@example.com", 0).await;
    assert_eq!(rig.smtp.count(), 3, "two an hour, and carol's");
}

#[tokio::test]
async fn rate_24_one_address_waits_and_leaves_no_rows() {
    let rig = Rig::start().await;
    let mut client = rig.client();
    for n in 0..20 {
        assert_eq!(
            ask(&mut client, &format!("x{n}@example.com")).await.status,
            303,
            "{n}"
        );
    }
    let before = rows(&rig);
    for n in 20..25 {
        let answer = ask(&mut client, &format!("x{n}@example.com")).await;
        assert_eq!(answer.status, 429, "{n}");
        assert!(answer.header("retry-after").is_some());
        assert_eq!(answer.all("set-cookie"), Vec::<&str>::new());
    }
    assert_eq!(rows(&rig), before);
    assert_eq!(
        ask(&mut from(&rig, "192.0.2.9"), "y@example.com").await.status,
        303
    );
}

/// Five addresses of one length: nobody's, an account's, a locked one's, one without a password, and
/// one that has had its letters.
const ADDRESSES: [&str; 5] = [
    "nobody@example.com",
    "known1@example.com",
    "locked@example.com",
    "blank1@example.com",
    "known2@example.com",
];

async fn rig_with_all() -> Rig {
    let limits = json!({ "address": 10_000, "address_day": 100_000, "mail_stranger_hour": 60, "mail_stranger_day": 500 });
    let rig = Rig::with(&json!({ "limits": limits })).await;
    rig.add("known1@example.com").await;
    rig.add("known2@example.com").await;
    let since = rig.now();
    rig.add_with("locked@example.com", |account| {
        account.status = Status::Locked { since };
    })
    .await;
    rig.add_with("blank1@example.com", |account| account.password = None)
        .await;
    rig
}

#[tokio::test]
async fn enum_04_all_addresses_get_one_answer() {
    let rig = rig_with_all().await;
    for step in 0..62 {
        let address = format!("192.0.2.{step}");
        ask(&mut from(&rig, &address), "known2@example.com").await;
    }
    let mut answers = Vec::new();
    for address in ADDRESSES {
        let mut client = from(&rig, "203.0.113.1");
        let answer = ask(&mut client, address).await;
        let told = masked(&answer, address);
        let page = client.follow(answer).await.expect("reset-sent");
        answers.push((address, told, masked(&page, address)));
    }
    for (address, answer, page) in &answers[1..] {
        assert_eq!(answer, &answers[0].1, "{address}");
        assert_eq!(page, &answers[0].2, "{address}");
    }
}

/// As at the sign-in ([`super::enumeration`]): 300 interleaved samples of each kind, medians, and one
/// repetition for a machine that is paused in the middle.
#[tokio::test]
async fn enum_04_time_tells_nothing() {
    let rig = rig_with_all().await;
    for n in 0..30 {
        rig.add(&format!("here{n:02}@example.com")).await;
    }
    let first = measure(&rig).await;
    if !alike(first[0], first[1]) {
        rig.advance(Duration::from_secs(25 * 3600));
        let second = measure(&rig).await;
        assert!(alike(second[0], second[1]), "first {first:?}, then {second:?}");
    }
}

/// Medians of 300 letters each that are asked for at addresses that nobody has and that somebody has;
/// thirty addresses of each kind, ten times each.
async fn measure(rig: &Rig) -> [Duration; 2] {
    let mut client = from(rig, "192.0.2.1");
    let token = token(&client.get(RESET).await);
    let mut samples: [Vec<Duration>; 2] = Default::default();
    for n in 0..300 {
        for turn in 0..2 {
            let kind = (n + turn) % 2;
            let address = format!("{}{:02}@example.com", ["none", "here"][kind], n % 30);
            let form = body(&[("csrf", &token), ("username", &address)]);
            let (took, answer) = timed(client.post(RESET, &form)).await;
            assert_eq!(answer.status, 303, "{address}");
            samples[kind].push(took);
        }
    }
    samples.map(|it| median(&it))
}

#[tokio::test]
async fn redir_11_a_reset_leads_nowhere_else() {
    let rig = Rig::start().await;
    rig.add(ALICE).await;
    let link = mailed(&rig, ALICE).await;
    for bait in [
        "?next=//evil.test",
        "?rd=https://evil.test/&next=https://evil.test",
    ] {
        let mut alice = rig.client();
        let answer = alice.get(&format!("{link}{bait}")).await;
        assert_eq!(answer.location(), NEW_PASSWORD);
        let page = alice.get(&format!("{RESET}{bait}")).await.expect("reset");
        assert!(!page.text().contains("evil.test"));
    }
}

#[tokio::test]
async fn a_notice_on_the_sign_in_page_cannot_be_made_up() {
    let rig = Rig::start().await;
    rig.add(ALICE).await;
    let mut alice = rig.client();
    let page = alice
        .open(&mailed(&rig, ALICE).await)
        .await
        .expect("reset-password");
    let answer = set(&mut alice, &page, &[]).await;
    let told = answer.location().to_owned();
    assert!(told.starts_with("/_auth/sign-in?say="), "{told}");
    for said in [told.as_str(), "/_auth/sign-in?say=password-reset"] {
        let mut other = rig.client();
        other.get("/_auth/sign-in").await;
        let page = other.get(said).await.expect("sign-in");
        assert!(
            !page.html().words().contains("Your password was changed"),
            "{said}"
        );
        assert_eq!(page.form("/_auth/sign-in").value("username"), Some(""), "{said}");
    }
}

#[tokio::test]
async fn the_wait_at_the_sign_in_points_to_the_reset_and_a_reset_ends_it_here() {
    let rig = Rig::start().await;
    rig.add(ALICE).await;
    let mut alice = rig.client();
    for _ in 0..10 {
        type_password(&mut alice, ALICE, WRONG).await;
    }
    let waits = type_password(&mut alice, ALICE, PASSWORD)
        .await
        .expect("throttled");
    assert!(waits.html().links().iter().any(|it| it == RESET));
    let page = alice
        .open(&mailed(&rig, ALICE).await)
        .await
        .expect("reset-password");
    let answer = set(&mut alice, &page, &[]).await;
    let page = alice.follow(answer).await.expect("sign-in");
    walk::give_password(&mut alice, &page, ALICE, NEW)
        .await
        .expect("code-email");
    assert!(alice.jar.get(FLOW).is_some());
}
