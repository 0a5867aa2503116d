//! What is decided on records as they were read before, and what is written along with something else.

use crate::identity::settings::Floor;
use crate::identity::sign_in::Ended;
use crate::service::factor::{AfterCode, TypedCode};
use crate::service::sign_in::{AfterPassword, Mailing};
use crate::service::testing::{Bench, PASSWORD};
use crate::store::{Change, FlowKey, FlowKind, Store as _, Version, WriteError};

const ANNA: &str = "anna@example.com";

#[tokio::test]
async fn a_code_that_was_sent_is_told_with_the_next_commit() {
    let bench = Bench::new();
    bench.account(ANNA).await;
    bench.password(&mut bench.browser(), ANNA, PASSWORD).await;
    assert_eq!(bench.told("factor.sent").await, 0, "nobody waited for that");

    let key = FlowKey {
        kind: FlowKind::SignIn,
        cookie: crate::base::id::TokenDigest::from_bytes([9; 32]),
    };
    let refused = vec![Change::DeleteFlow(key, Version(1))];
    let refused = bench.desk.commit(refused, bench.desk.now()).await;
    assert!(matches!(refused, Err(WriteError::Conflict)));
    assert_eq!(bench.told("factor.sent").await, 0);

    bench
        .desk
        .commit(vec![Change::DropFlow(key)], bench.desk.now())
        .await
        .unwrap();
    assert_eq!(bench.told("factor.sent").await, 1);
    bench.desk.write_noted().await.unwrap();
    assert_eq!(bench.told("factor.sent").await, 1, "once");

    bench.password(&mut bench.browser(), ANNA, PASSWORD).await;
    bench.silence(true);
    assert!(bench.desk.write_noted().await.is_err());
    bench.silence(false);
    bench.desk.write_noted().await.unwrap();
    assert_eq!(bench.told("factor.sent").await, 2, "by itself, as soon as it can");
}

/// The password is checked on an account as it was read before; by the time that is done, somebody may have locked
/// it, or changed the password.
#[tokio::test]
async fn an_account_that_changes_while_the_password_is_checked_lets_nobody_in() {
    let bench = Bench::with(|rules| rules.second_factor.floor = Floor::None);
    let anna = bench.account(ANNA).await;
    let read = bench.store.account(anna.id).await.unwrap().unwrap();
    let browser = bench.browser();
    let (cookies, caller) = (&browser.cookies, &browser.caller);
    let attempt = bench
        .desk
        .password_attempt(ANNA, crate::service::limits::Browser::Unknown, caller.client);
    let counts = attempt.strokes.clone();
    bench
        .store
        .strike(counts.clone(), bench.desk.now())
        .await
        .unwrap();
    bench
        .change(anna.id, |account| account.credentials_changed())
        .await;

    let settled = vec![Change::TakeBack(counts.clone())];
    let after = bench
        .desk
        .after_password(
            settled,
            Some((read.clone(), None)),
            "/".to_owned(),
            cookies,
            caller,
            &read.value,
        )
        .await
        .unwrap();
    assert!(matches!(after, AfterPassword::Wrong { .. }), "{after:?}");
    assert_eq!(bench.sessions(anna.id).await, 0);
    let (name, _) = &counts[0];
    assert_eq!(bench.store.count(name, bench.desk.now()).await.unwrap(), 0);
}

/// The same where a second factor follows: what has begun is over at its next step.
#[tokio::test]
async fn a_flow_that_begins_on_an_account_that_has_changed_is_over() {
    let bench = Bench::new();
    let anna = bench.account(ANNA).await;
    let read = bench.store.account(anna.id).await.unwrap().unwrap();
    bench
        .change(anna.id, |account| account.credentials_changed())
        .await;
    let mut browser = bench.browser();
    let after = bench
        .desk
        .after_password(
            Vec::new(),
            Some((read.clone(), None)),
            "/".to_owned(),
            &browser.cookies,
            &browser.caller,
            &read.value,
        )
        .await
        .unwrap();
    let AfterPassword::Step(ticket, _) = after else {
        panic!("{after:?}");
    };
    browser.cookies.flow = Some(ticket.cookie);
    let code = bench.mailbox.newest_code();
    let after = bench.code(&mut browser, TypedCode::Email(&code)).await;
    assert!(
        matches!(after, AfterCode::NoFlow | AfterCode::Ended(Ended::AccountChanged)),
        "{after:?}"
    );
    assert_eq!(bench.sessions(anna.id).await, 0);
}

/// Two tabs of one browser, and the password in both: the second goes on with what has become of the first.
#[tokio::test]
async fn a_tab_that_goes_on_with_a_flow_that_has_just_ended_begins_a_new_one() {
    let bench = Bench::new();
    let anna = bench.account(ANNA).await;
    let mut browser = bench.browser();
    bench.password(&mut browser, ANNA, PASSWORD).await;
    let (ticket, account, version) = bench
        .desk
        .live_flow(&browser.cookies, bench.desk.now())
        .await
        .unwrap()
        .unwrap();
    let first = ticket.cookie.digest();
    let mut other_tab = browser.clone();
    let code = bench.mailbox.newest_code();
    bench.code(&mut browser, TypedCode::Email(&code)).await;
    assert_eq!(bench.sessions(anna.id).await, 1);

    let told = bench.told("sign_in.password_ok").await;
    let after = bench
        .desk
        .after_password(
            Vec::new(),
            Some((account.clone(), Some((ticket, version)))),
            "/".to_owned(),
            &other_tab.cookies,
            &other_tab.caller,
            &account.value,
        )
        .await
        .unwrap();
    let AfterPassword::Step(ticket, _) = after else {
        panic!("{after:?}");
    };
    assert_ne!(ticket.cookie.digest(), first);
    assert_eq!(bench.told("sign_in.password_ok").await, told + 1);
    other_tab.cookies.flow = Some(ticket.cookie);
    assert!(bench.desk.flow_of(&other_tab.cookies).await.unwrap().is_some());
}

#[tokio::test]
async fn a_sign_in_whose_mailbox_has_had_too_many_codes_begins_without_one() {
    let bench = Bench::new();
    bench.account(ANNA).await;
    let mut limited = None;
    for _ in 0..9 {
        let mut browser = bench.browser();
        let before = bench.mailbox.codes().len();
        let after = bench.password(&mut browser, ANNA, PASSWORD).await;
        let AfterPassword::Step(ticket, mailing) = after else {
            panic!("{after:?}");
        };
        if let Mailing::Limited(_) = mailing {
            assert_eq!(bench.mailbox.codes().len(), before);
            let (kept, _) = bench.desk.flow_of(&browser.cookies).await.unwrap().unwrap();
            for flow in [&ticket.flow, &kept.flow] {
                assert_eq!(flow.mailed.sent(), None);
                assert!(!flow.mailed.failed(), "none was drawn");
            }
            limited = Some(browser);
            break;
        }
    }
    assert!(limited.is_some(), "five an hour");
}
