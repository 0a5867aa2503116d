//! Codes by email, from the app, and recovery codes.

use std::collections::BTreeSet;
use std::time::{Duration, Instant};

use doorward::base::clock::Clock as _;
use doorward::base::id::{AppId, FlowId};
use doorward::base::seal::Purpose;
use doorward::base::time::Timestamp;
use doorward::identity::factor::email_code::MailedCodes;
use doorward::identity::factor::totp;
use doorward::identity::settings::EmailCodeSettings;
use serde_json::json;

use super::visit::{
    self, ALICE, DEVICE, SESSION, after_password, count_events, expect_login, expect_served, half_way,
    with_alice,
};
use crate::rig::authenticator::Authenticator;
use crate::rig::client::{Client, Page};
use crate::rig::gateway::{PASSWORD, Rig};
use crate::rig::html::Form;
use crate::rig::smtp::Mail;
use crate::rig::wait::eventually;
use crate::rig::walk;

/// A gateway where alice has her mailbox only.
async fn with_a_mailbox() -> Rig {
    let rig = Rig::start().await;
    rig.add(ALICE).await;
    rig
}

/// After the password, with the code that was mailed for it.
async fn mailed(rig: &Rig) -> (Client, Page, String) {
    let seen = rig.smtp.count();
    let mut client = rig.client();
    let page = after_password(&mut client, ALICE, PASSWORD)
        .await
        .expect("code-email");
    let code = rig.smtp.next_for(ALICE, seen).await.code();
    (client, page, code)
}

/// "Send a new code", once the pause is over.
async fn send_again(rig: &Rig, client: &mut Client, page: &Page) -> String {
    rig.advance(Duration::from_secs(30));
    let seen = rig.smtp.count();
    client
        .submit_and_follow(page, &page.form("/_auth/code/email/send"))
        .await
        .expect("code-email");
    code_mailed_after(rig, seen).await
}

/// The code of the first code mail after the first `seen` letters; notices may come in between.
async fn code_mailed_after(rig: &Rig, seen: usize) -> String {
    eventually("a mail with a code", || {
        let is_it = |it: &Mail| it.number > seen && it.to == ALICE && it.subject.contains("sign-in code");
        let found = rig.smtp.mails().into_iter().find(is_it);
        std::future::ready(found.map(|it| it.code()))
    })
    .await
}

/// Six digits that are none of these.
fn wrong(right: &[&str]) -> String {
    let mut codes = (0..1_000_000).map(|it| format!("{it:06}"));
    codes.find(|it| !right.contains(&it.as_str())).unwrap()
}

/// The page once more, because the code was refused.
#[track_caller]
fn expect_refused(page: &Page, name: &str, words: &str) {
    assert_eq!(
        (page.status, page.name().as_deref()),
        (422, Some(name)),
        "{}",
        page.text()
    );
    assert!(page.html().words().contains(words), "{}", page.html().words());
}

#[tokio::test]
async fn code_01_shape_and_randomness() {
    let rig = with_a_mailbox().await;
    let (flow, rules) = (FlowId::draw(&rig.entropy), EmailCodeSettings::default());
    let mut codes = Vec::new();
    for _ in 0..10_000 {
        let mut mailed = MailedCodes::default();
        let keys = &rig.app.desk.keys;
        let code = mailed.draw(flow, "sign-in", &rules, keys, &rig.entropy, rig.now());
        codes.push(code.to_text());
    }

    assert!(
        codes
            .iter()
            .all(|it| it.len() == 6 && it.bytes().all(|it| it.is_ascii_digit()))
    );
    for place in 0..6 {
        let mut counts = [0_i32; 10];
        for code in &codes {
            counts[usize::from(code.as_bytes()[place] - b'0')] += 1;
        }
        let chi_square: f64 = counts
            .iter()
            .map(|it| f64::from((it - 1000).pow(2)) / 1000.0)
            .sum();
        // Nine degrees of freedom: 27.88 at p = 0.001.
        assert!(chi_square < 27.88, "place {place}: {counts:?}");
    }
    // Of 10,000 from a million about 50 come twice.
    let different: BTreeSet<&String> = codes.iter().collect();
    assert!((9_900..=9_985).contains(&different.len()), "{}", different.len());
    assert!(codes.iter().filter(|it| it.starts_with('0')).count() > 900);
}

#[tokio::test]
async fn code_02_lifetime() {
    let rig = with_a_mailbox().await;
    let (mut in_time, page, code) = mailed(&rig).await;
    rig.advance(Duration::from_secs(9 * 60 + 59));
    walk::give_email_code(&mut in_time, &page, &code)
        .await
        .expect("trust");

    let (mut late, page, code) = mailed(&rig).await;
    let seen = rig.smtp.count();
    rig.advance(Duration::from_secs(10 * 60 + 1));
    let refused = walk::give_email_code(&mut late, &page, &code).await;
    expect_refused(
        &refused,
        "code-email",
        "That code has expired. We have sent you a new one.",
    );
    expect_login(&rig, &late).await;
    let fresh = rig.smtp.next_for(ALICE, seen).await.code();
    walk::give_email_code(&mut late, &refused, &fresh)
        .await
        .expect("trust");
}

#[tokio::test]
async fn code_03_single_use() {
    let rig = with_a_mailbox().await;
    let (mut alice, page, code) = mailed(&rig).await;
    let mut copy = alice.clone();
    walk::give_email_code(&mut alice, &page, &code)
        .await
        .expect("trust");

    walk::give_email_code(&mut copy, &page, &code)
        .await
        .expect("sign-in");

    assert_eq!(copy.jar.get(SESSION), None);
    assert_eq!(count_events(&rig, ALICE, "session.opened").await, 1);
}

#[tokio::test]
async fn code_06_two_codes_alive() {
    let rig = with_a_mailbox().await;
    let (mut alice, page, first) = mailed(&rig).await;
    let second = send_again(&rig, &mut alice, &page).await;
    let third = send_again(&rig, &mut alice, &page).await;
    assert_eq!(BTreeSet::from([&first, &second, &third]).len(), 3);

    let mut other = alice.clone();
    let refused = walk::give_email_code(&mut other, &page, &first).await;
    expect_refused(&refused, "code-email", "That code is not right.");
    // The second lives for its own time, and not for the third's.
    rig.advance(Duration::from_secs(10 * 60 - 31));
    walk::give_email_code(&mut alice, &page, &second)
        .await
        .expect("trust");
}

#[tokio::test]
async fn code_06_each_for_its_own_time() {
    let rig = with_a_mailbox().await;
    let (mut alice, page, first) = mailed(&rig).await;
    let second = send_again(&rig, &mut alice, &page).await;

    rig.advance(Duration::from_secs(10 * 60 - 30));
    let refused = walk::give_email_code(&mut alice, &page, &first).await;
    assert_eq!(refused.status, 422, "{}", refused.text());
    walk::give_email_code(&mut alice, &page, &second)
        .await
        .expect("trust");
}

#[tokio::test]
async fn code_06_guesses_are_counted_over_all_codes() {
    let rig = with_a_mailbox().await;
    let (mut alice, page, first) = mailed(&rig).await;
    for _ in 0..2 {
        walk::give_email_code(&mut alice, &page, &wrong(&[&first]))
            .await
            .expect("code-email");
    }
    let second = send_again(&rig, &mut alice, &page).await;
    for _ in 0..2 {
        let code = wrong(&[&first, &second]);
        walk::give_email_code(&mut alice, &page, &code)
            .await
            .expect("code-email");
    }
    let third = send_again(&rig, &mut alice, &page).await;

    let over = walk::give_email_code(&mut alice, &page, &wrong(&[&first, &second, &third])).await;
    expect_refused(&over, "sign-in", "Too many wrong codes. Sign in again.");
    walk::give_email_code(&mut alice, &page, &third)
        .await
        .expect("sign-in");
}

#[tokio::test]
async fn code_07_bound_to_its_flow() {
    let rig = with_a_mailbox().await;
    let (mut one, page_one, first) = mailed(&rig).await;
    let (mut two, page_two, second) = mailed(&rig).await;
    assert_ne!(first, second);

    let refused = walk::give_email_code(&mut two, &page_two, &first).await;
    expect_refused(&refused, "code-email", "That code is not right.");
    let refused = walk::give_email_code(&mut one, &page_one, &second).await;
    expect_refused(&refused, "code-email", "That code is not right.");
    walk::give_email_code(&mut one, &page_one, &first)
        .await
        .expect("trust");
}

#[tokio::test]
async fn code_09_attempts_per_flow() {
    let (rig, app) = with_alice().await;
    let (mut alice, page) = half_way(&rig, ALICE).await;
    let right = rig.code_of(&app);
    for _ in 0..4 {
        let refused = walk::give_app_code(&mut alice, &page, &wrong(&[&right])).await;
        expect_refused(&refused, "code-app", "That code is not right.");
    }
    let copy = alice.clone();

    let over = walk::give_app_code(&mut alice, &page, &wrong(&[&right])).await;
    expect_refused(&over, "sign-in", "Too many wrong codes. Sign in again.");
    for mut client in [alice, copy] {
        walk::give_app_code(&mut client, &page, &right)
            .await
            .expect("sign-in");
        assert_eq!(client.jar.get(SESSION), None);
    }
    assert_eq!(count_events(&rig, ALICE, "session.opened").await, 0);
}

/// Gives the account an app with this secret.
async fn give_known_app(rig: &Rig, email: &str, secret: &[u8]) -> Authenticator {
    let id = rig.account(email).await.id;
    let keys = &rig.app.desk.keys;
    let sealed = keys.seal(Purpose::AppSecret, id.as_bytes(), secret, &rig.entropy);
    let app = totp::App {
        id: AppId::draw(&rig.entropy),
        name: "Phone".to_owned(),
        sealed: sealed.unwrap(),
        added: rig.now(),
        last_used: None,
        spent: None,
    };
    rig.change(email, |account| account.apps.push(app)).await;
    Authenticator {
        secret: secret.to_vec(),
    }
}

#[tokio::test]
async fn code_14_vectors_of_rfc_6238() {
    let rig = Rig::start().await;
    // Appendix B, the last six of its eight digits.
    let vectors = [
        (59, "287082"),
        (1_111_111_109, "081804"),
        (1_111_111_111, "050471"),
        (1_234_567_890, "005924"),
        (2_000_000_000, "279037"),
        (20_000_000_000, "353130"),
    ];
    for (seconds, code) in vectors {
        let email = format!("at-{seconds}@example.com");
        rig.clock.set(Timestamp::from_unix_seconds(seconds));
        rig.add(&email).await;
        give_known_app(&rig, &email, b"12345678901234567890").await;
        let (mut client, page) = half_way(&rig, &email).await;
        walk::give_app_code(&mut client, &page, code)
            .await
            .expect("trust");
    }
}

#[tokio::test]
async fn code_15_skew() {
    let rig = Rig::start().await;
    // In the middle of a step.
    rig.advance(Duration::from_secs(15));
    let outcomes = [
        (-2_i64, "code-app"),
        (-1, "trust"),
        (0, "trust"),
        (1, "trust"),
        (2, "code-app"),
    ];
    for (steps, name) in outcomes {
        let email = format!("step{steps}@example.com");
        rig.add(&email).await;
        let app = rig.give_app(&email).await;
        let (mut client, page) = half_way(&rig, &email).await;
        let shown_at = Timestamp::from_unix_seconds(rig.clock.now().unix_seconds() + 30 * steps);
        let page = walk::give_app_code(&mut client, &page, &app.code(shown_at)).await;
        let status = if name == "trust" { 200 } else { 422 };
        assert_eq!(page.expect(name).status, status, "{steps} steps");
    }
}

#[tokio::test]
async fn code_16_replay() {
    let (rig, app) = with_alice().await;
    let code = rig.code_of(&app);
    let (mut one, page) = half_way(&rig, ALICE).await;
    let (mut two, page_two) = half_way(&rig, ALICE).await;
    walk::give_app_code(&mut one, &page, &code).await.expect("trust");

    let refused = walk::give_app_code(&mut two, &page_two, &code).await;
    expect_refused(&refused, "code-app", "That code was already used.");
    // Nor after a code that was older: the step before it is used up, too.
    let before = Timestamp::from_unix_seconds(rig.now().unix_seconds() - 30);
    let refused = walk::give_app_code(&mut two, &page_two, &app.code(before)).await;
    expect_refused(&refused, "code-app", "That code was already used.");
    expect_login(&rig, &two).await;
    assert_eq!(count_events(&rig, ALICE, "factor.replayed").await, 2);

    rig.advance(Duration::from_secs(30));
    walk::give_app_code(&mut two, &page_two, &rig.code_of(&app))
        .await
        .expect("trust");
}

#[tokio::test]
async fn code_20_the_code_of_the_set_up() {
    let rig = Rig::with(&json!({ "second_factor": { "app_setup": "required" } })).await;
    rig.add(ALICE).await;
    let (mut alice, page, code) = mailed(&rig).await;
    let why = walk::give_email_code(&mut alice, &page, &code)
        .await
        .expect("setup-why");
    let page = alice
        .submit_and_follow(&why, &why.form("/_auth/setup/why"))
        .await
        .expect("setup-app");
    let (app, page) = walk::set_up_app(&mut alice, &page, rig.now()).await;
    page.expect("setup-codes");

    let (mut other, page) = half_way(&rig, ALICE).await;
    let refused = walk::give_app_code(&mut other, &page, &rig.code_of(&app)).await;

    expect_refused(&refused, "code-app", "That code was already used.");
    expect_login(&rig, &other).await;
    expect_login(&rig, &alice).await;
}

#[tokio::test]
async fn code_21_recovery_single_use() {
    let (rig, _) = with_alice().await;
    let codes = visit::give_recovery_codes(&rig, ALICE, 3).await;
    let (mut one, _) = half_way(&rig, ALICE).await;
    visit::give_recovery_code(&mut one, &codes[0])
        .await
        .expect("recovery-used");
    expect_served(&rig, &one).await;
    assert_eq!(rig.up.last().all("remote-auth-method"), ["password+recovery"]);

    let (mut two, _) = half_way(&rig, ALICE).await;
    let refused = visit::give_recovery_code(&mut two, &codes[0]).await;
    expect_refused(
        &refused,
        "code-recovery",
        "That recovery code is not right or was used before.",
    );
    expect_login(&rig, &two).await;
    for code in &codes[1..] {
        let (mut next, _) = half_way(&rig, ALICE).await;
        visit::give_recovery_code(&mut next, code)
            .await
            .expect("recovery-used");
    }
}

#[tokio::test]
async fn code_24_recovery_spelling() {
    let (rig, _) = with_alice().await;
    let codes = visit::give_recovery_codes(&rig, ALICE, 40).await;
    let confusable = |it: &&String| it.contains('0') && it.contains('1');
    let code = codes
        .iter()
        .find(confusable)
        .expect("a code with 0 and 1")
        .clone();
    let spellings = [
        code.to_lowercase()
            .replace('-', "")
            .replace('0', "o")
            .replace('1', "l"),
        code.replace('0', "O").replace('1', "I"),
        code.replace('1', "L"),
        code.to_lowercase(),
        code.replace('-', " "),
        code.clone(),
    ];
    let (mut alice, _) = half_way(&rig, ALICE).await;
    visit::give_recovery_code(&mut alice, &spellings[0])
        .await
        .expect("recovery-used");

    for (number, spelling) in spellings.iter().enumerate() {
        // Five wrong answers end a flow, ten an hour are too many.
        rig.advance(Duration::from_secs(60 * 60));
        let (mut again, _) = half_way(&rig, ALICE).await;
        let refused = visit::give_recovery_code(&mut again, spelling).await;
        assert_eq!(refused.expect("code-recovery").status, 422, "spelling {number}");
    }
    for (change, code) in codes.iter().filter(|it| **it != code).take(6).enumerate() {
        let spelled = match change {
            0 => code.to_lowercase(),
            1 => code.replace('-', ""),
            2 => code.replace('-', " "),
            3 => format!("  {code}\u{200b} "),
            4 => code.replace('0', "o").replace('1', "i"),
            _ => code.replace('-', "\u{2013}"),
        };
        let (mut next, _) = half_way(&rig, ALICE).await;
        visit::give_recovery_code(&mut next, &spelled)
            .await
            .expect("recovery-used");
    }
}

#[tokio::test]
async fn code_25_recovery_needs_the_password() {
    let (rig, app) = with_alice().await;
    let codes = visit::give_recovery_codes(&rig, ALICE, 10).await;
    let device = visit::trusted(&rig, ALICE, &app).await;
    let stranger = rig.client();
    let mut anonymous = rig.client();
    let page = anonymous.open("/").await.expect("sign-in");
    let csrf = page.form("/_auth/sign-in").value("csrf").unwrap().to_owned();
    let on_device = visit::with_only(&rig, &device, &[DEVICE, visit::KNOWN]);

    for mut client in [stranger, anonymous, on_device] {
        client.open("/_auth/code/recovery").await.expect("sign-in");
        let body = format!("csrf={csrf}&recovery_code={}&username={ALICE}", codes[0]);
        let answer = client.post("/_auth/code/recovery", &body).await;
        assert_eq!(answer.status, 303);
        assert!(answer.location().starts_with("/_auth/sign-in"), "{answer:?}");
        expect_login(&rig, &client).await;
    }
    assert_eq!(rig.account(ALICE).await.recovery.unwrap().left(), 10);
}

#[tokio::test]
async fn code_26_after_recovery() {
    let (rig, app) = with_alice().await;
    let codes = visit::give_recovery_codes(&rig, ALICE, 10).await;
    let device = visit::trusted(&rig, ALICE, &app).await;
    let (mut alice, _) = half_way(&rig, ALICE).await;

    let used = visit::give_recovery_code(&mut alice, &codes[4])
        .await
        .expect("recovery-used");

    assert!(
        used.html().words().contains("9 codes are left"),
        "{}",
        used.html().words()
    );
    assert!(used.html().links().contains(&"/_auth/account/app".to_owned()));
    let letter = rig.smtp.about(ALICE, "a recovery code was used").await;
    assert!(
        letter.text.contains("9 recovery codes are left"),
        "{}",
        letter.text
    );
    let mut trusted = visit::with_only(&rig, &device, &[DEVICE]);
    after_password(&mut trusted, ALICE, PASSWORD)
        .await
        .expect("code-app");
    assert_eq!(rig.account(ALICE).await.devices.len(), 0);
}

#[tokio::test]
async fn code_27_recovery_guessing() {
    let (rig, _) = with_alice().await;
    let codes = visit::give_recovery_codes(&rig, ALICE, 1).await;
    for guess in 0..10 {
        let (mut alice, _) = half_way(&rig, ALICE).await;
        let typed = format!("7KQ4-MX2R-TP9W-D3HB-{guess:04}");
        visit::give_recovery_code(&mut alice, &typed)
            .await
            .expect("code-recovery");
    }

    let (mut alice, _) = half_way(&rig, ALICE).await;
    let waits = visit::give_recovery_code(&mut alice, &codes[0])
        .await
        .expect("throttled");
    assert_eq!(waits.status, 429);
    expect_login(&rig, &alice).await;
    assert_eq!(rig.account(ALICE).await.recovery.unwrap().left(), 1);

    rig.advance(Duration::from_secs(60 * 60));
    let (mut alice, _) = half_way(&rig, ALICE).await;
    visit::give_recovery_code(&mut alice, &codes[0])
        .await
        .expect("recovery-used");
}

#[tokio::test]
async fn code_28_oversized_code() {
    let (rig, app) = with_alice().await;
    let (mut alice, page) = half_way(&rig, ALICE).await;
    let csrf = page.form("/_auth/code/app").value("csrf").unwrap().to_owned();
    let body = format!("csrf={csrf}&code={}", "1".repeat(1 << 20));
    let mut fastest = Duration::MAX;
    for _ in 0..5 {
        let asked = Instant::now();
        let head = alice.head(
            "POST",
            "/_auth/code/app",
            &[
                ("Content-Type", "application/x-www-form-urlencoded"),
                ("Content-Length", &body.len().to_string()),
            ],
        );
        let mut raw = alice.connect().await;
        let answer = raw
            .send(head)
            .await
            .send(&body.as_bytes()[..32 * 1024])
            .await
            .answer()
            .await;
        fastest = fastest.min(asked.elapsed());
        assert!([400, 413].contains(&answer.status), "{answer:?}");
    }
    assert!(fastest < Duration::from_millis(50), "{fastest:?}");
    // Sixty kilobytes are a form, and no code.
    let refused = walk::give_app_code(&mut alice, &page, &"1".repeat(60_000)).await;
    assert_eq!(refused.expect("code-app").status, 422);
    walk::give_app_code(&mut alice, &page, &rig.code_of(&app))
        .await
        .expect("trust");
}

#[tokio::test]
async fn code_30_no_oracle_for_leading_digits() {
    let (rig, app) = with_alice().await;
    let right = rig.code_of(&app);
    let other = |digit: u8| if digit == b'9' { b'0' } else { digit + 1 };
    let mut words = BTreeSet::new();
    let mut lengths = BTreeSet::new();
    for shared in 0..6 {
        let mut code = right.clone().into_bytes();
        for digit in &mut code[shared..] {
            *digit = other(*digit);
        }
        let (mut alice, page) = half_way(&rig, ALICE).await;
        let refused = walk::give_app_code(&mut alice, &page, &String::from_utf8(code).unwrap()).await;
        assert_eq!(refused.status, 422);
        words.insert(refused.html().words());
        lengths.insert(refused.body.len());
    }
    assert_eq!((words.len(), lengths.len()), (1, 1), "{words:?}");
}

#[tokio::test]
async fn code_26_new_codes_end_the_old_ones() {
    let (rig, app) = with_alice().await;
    let old = visit::give_recovery_codes(&rig, ALICE, 10).await;
    let mut alice = visit::signed_in(&rig, ALICE, &app).await;
    let page = alice
        .open("/_auth/account/recovery-codes")
        .await
        .expect("account-recovery-codes");
    let form = page.form("/_auth/account/recovery-codes").press("create", "yes");
    let page = alice.submit_and_follow(&page, &form).await;
    let page = visit::confirmed(&rig, &mut alice, page, &app)
        .await
        .expect("account-recovery-codes-new");
    let words = page.html().words();
    let new: Vec<String> = words
        .split_whitespace()
        .filter(|it| it.len() == 24 && it.matches('-').count() == 4)
        .map(str::to_owned)
        .collect();
    assert_eq!(new.len(), 10, "{words}");
    // Until they are saved, the old ones stay.
    let (mut other, _) = half_way(&rig, ALICE).await;
    visit::give_recovery_code(&mut other, &old[0])
        .await
        .expect("recovery-used");

    let saves = |it: &Form| {
        it.action.ends_with("recovery-codes/new") && it.buttons.iter().all(|it| it.0 != "download")
    };
    let mut save = page.html().forms().into_iter().find(saves).unwrap();
    save.fields.push(("saved".to_owned(), "yes".to_owned()));
    alice
        .submit_and_follow(&page, &save)
        .await
        .expect("account-recovery-codes");

    let (mut other, _) = half_way(&rig, ALICE).await;
    for code in &old[1..4] {
        let refused = visit::give_recovery_code(&mut other, code).await;
        assert_eq!(refused.expect("code-recovery").status, 422);
    }
    visit::give_recovery_code(&mut other, &new[0])
        .await
        .expect("recovery-used");
}
