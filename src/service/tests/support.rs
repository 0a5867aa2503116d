//! What support does for somebody who is stuck.

use std::time::Duration;

use crate::base::language::Language;
use crate::base::time::Timestamp;
use crate::identity::assurance::{self, Missing, Requirement};
use crate::identity::confirm::Intent;
use crate::identity::event::Event;
use crate::messaging::NoticeKind;
use crate::service::admin::{AdminError, Edit, Operator};
use crate::service::apps::{AfterBegin, AfterPlan};
use crate::service::confirm::{AfterConfirm, TypedAnswers};
use crate::service::sign_in::AfterPassword;
use crate::service::testing::{Bench, Browser, PASSWORD};

const ANNA: &str = "anna@example.com";
const BOB: &str = "bob@example.com";
const DAY: Duration = Duration::from_secs(86_400);

fn operator() -> Operator {
    Operator {
        name: "root".to_owned(),
        reason: Some("ticket 4711".to_owned()),
        site_url: "https://portal.example.com".to_owned(),
        language: Language::english(),
    }
}

async fn missing(bench: &Bench, browser: &Browser, within: Option<Duration>) -> Option<Missing> {
    let visitor = bench.visitor(browser).await.unwrap();
    let (rules, now) = (bench.desk.rules.load_full(), bench.desk.now());
    let mfa = Requirement::Mfa {
        groups: Vec::new(),
        within,
    };
    assurance::missing(&mfa, &visitor.standing(&rules, now), now)
}

/// Portal D, rows 89 and 91.
#[tokio::test]
async fn a_suspension_lets_the_password_in_and_ends_by_itself() {
    let bench = Bench::with(|rules| rules.session.idle = DAY);
    let anna = bench.account(ANNA).await;
    bench.give_app(anna.id).await;
    let span = Duration::from_secs(3600);

    let until = bench.desk.admin_suspend_mfa(ANNA, span, &operator()).await;

    let until = until.unwrap();
    assert_eq!(until, bench.desk.now().plus(span));
    assert_eq!(bench.notices(), [NoticeKind::FactorsSuspendedBySupport { until }]);
    let mut browser = bench.browser();
    let after = bench.password(&mut browser, ANNA, PASSWORD).await;
    assert!(matches!(after, AfterPassword::SignedIn(_)), "{after:?}");
    let visitor = bench.visitor(&browser).await.unwrap();
    assert_eq!(visitor.session().method(), "password");
    assert_eq!(bench.desk.overview(visitor.account()).suspended, Some(until));
    assert!(!bench.desk.may_remember(&visitor, &browser.cookies));
    bench.pass(3599);
    assert_eq!(missing(&bench, &browser, None).await, None);
    let fresh = Some(Duration::from_secs(60));
    assert_eq!(
        missing(&bench, &browser, fresh).await,
        Some(Missing::SecondFactor)
    );
    bench.pass(1);
    assert_eq!(missing(&bench, &browser, None).await, Some(Missing::SecondFactor));
    let after = bench.password(&mut bench.browser(), ANNA, PASSWORD).await;
    assert!(matches!(after, AfterPassword::Step(..)), "{after:?}");
}

#[tokio::test]
async fn a_reset_ends_a_suspension() {
    let bench = Bench::new();
    let anna = bench.account(ANNA).await;
    bench
        .desk
        .admin_suspend_mfa(ANNA, DAY, &operator())
        .await
        .unwrap();
    bench.desk.admin_reset_mfa(ANNA, &operator()).await.unwrap();
    assert_eq!(bench.stored(anna.id).await.suspended_until, None);
}

#[tokio::test]
async fn support_ends_one_session_and_the_owner_hears_of_it() {
    let bench = Bench::new();
    bench.account(ANNA).await;
    bench.account(BOB).await;
    let (one, other) = (bench.signed_in(ANNA).await, bench.signed_in(ANNA).await);
    bench.signed_in(BOB).await;
    let desk = &bench.desk;
    let (_, sessions) = desk.admin_sessions(ANNA).await.unwrap();
    assert_eq!(sessions.len(), 2);
    let (_, bobs) = desk.admin_sessions(BOB).await.unwrap();
    let theirs = bobs[0].session.id.to_string();
    for unknown in [theirs.as_str(), "0", "", "*"] {
        let refused = desk.admin_end_session(ANNA, unknown, &operator()).await;
        assert!(
            matches!(refused, Err(AdminError::NoSuchSession(..))),
            "{refused:?}"
        );
    }

    let id = sessions[0].session.id.to_string();
    desk.admin_end_session(ANNA, &format!(" {id} "), &operator())
        .await
        .unwrap();

    assert!(bench.visitor(&one).await.is_none());
    assert!(bench.visitor(&other).await.is_some());
    assert_eq!(
        bench.notices(),
        [NoticeKind::NewSignIn, NoticeKind::SessionEndedBySupport]
    );
    let (events, _) = desk.admin_events(Some(ANNA), Timestamp::default()).await.unwrap();
    let ended = events
        .iter()
        .find(|it| it.name == "support.session_ended")
        .unwrap();
    let ended: Event = serde_json::from_str(&ended.line).unwrap();
    assert_eq!(
        (ended.actor.as_deref(), ended.reason.as_deref()),
        (Some("root"), Some("ticket 4711"))
    );
}

#[tokio::test]
async fn the_trail_is_whole_in_order_and_of_whom_it_was_asked_for() {
    let bench = Bench::new();
    let anna = bench.account(ANNA).await;
    bench.account(BOB).await;
    bench.pass(10);
    let begun = bench.desk.now();
    // More than a page, many at one instant.
    for number in 0..2_500_u64 {
        let what = crate::identity::event::What::SupportLocked;
        let at = begun.plus(Duration::from_millis(number / 700));
        let event = Event::of(anna.id, what, at);
        bench
            .desk
            .commit(vec![bench.desk.record(&event)], at)
            .await
            .unwrap();
    }
    bench.pass(10);
    bench.signed_in(BOB).await;
    let events = async |email, since| bench.desk.admin_events(email, since).await.unwrap();
    let (all, addresses) = events(None, begun).await;
    assert!(all.windows(2).all(|pair| pair[0].at <= pair[1].at));
    assert_eq!(all.iter().filter(|it| it.account == Some(anna.id)).count(), 2_500);
    assert_eq!(addresses.len(), 2);
    let (hers, _) = events(Some(ANNA), begun).await;
    assert_eq!(hers.len(), 2_500);
    let (late, _) = events(Some(ANNA), begun.plus(Duration::from_secs(1))).await;
    assert!(late.is_empty());
}

#[tokio::test]
async fn another_address_ends_sessions_and_both_addresses_hear_of_it() {
    let bench = Bench::new();
    let anna = bench.account(ANNA).await;
    bench.account(BOB).await;
    let browser = bench.signed_in(ANNA).await;
    let edit = |email: &str| Edit {
        email: Some(email.to_owned()),
        ..Edit::default()
    };
    let taken = bench.desk.admin_edit(ANNA, &edit(BOB), &operator()).await;
    assert!(matches!(taken, Err(AdminError::AddressTaken(_))), "{taken:?}");
    assert!(bench.visitor(&browser).await.is_some());

    let fields = bench
        .desk
        .admin_edit(ANNA, &edit("anna@elsewhere.example"), &operator())
        .await;

    assert_eq!(fields.unwrap(), ["email"]);
    assert_eq!(
        bench.stored(anna.id).await.email.spelling(),
        "anna@elsewhere.example"
    );
    assert!(bench.visitor(&browser).await.is_none());
    assert_eq!(bench.notices(), vec![NoticeKind::DetailsChangedBySupport; 2]);
    let after = bench.password(&mut bench.browser(), ANNA, PASSWORD).await;
    assert!(matches!(after, AfterPassword::Wrong { .. }), "{after:?}");
}

#[tokio::test]
async fn trusted_devices_are_counted_over_all_accounts() {
    let bench = Bench::new();
    assert_eq!(bench.desk.count_trusted_devices().await.unwrap(), 0);
    for number in 0..3 {
        let email = format!("p{number}@example.com");
        bench.account(&email).await;
        let browser = bench.signed_in(&email).await;
        let session = browser.cookies.session.clone().unwrap().digest();
        let yes = crate::service::trust::Answer::Yes {
            name: "Laptop",
            otherwise: "",
        };
        let answered = bench
            .desk
            .answer_trust(yes, &session, &browser.cookies, &browser.caller)
            .await;
        assert!(answered.unwrap().is_some());
    }
    assert_eq!(bench.desk.count_trusted_devices().await.unwrap(), 3);
    bench.clock.advance(DAY * 91);
    assert_eq!(bench.desk.count_trusted_devices().await.unwrap(), 0);
}

/// While suspended the password opens the portal; it must not make the suspension last for ever.
#[tokio::test]
async fn a_suspension_lets_the_password_alone_change_no_factor() {
    let bench = Bench::new();
    let anna = bench.account(ANNA).await;
    bench.give_app(anna.id).await;
    let codes = bench.give_codes(anna.id, 2).await;
    let app = bench.stored(anna.id).await.apps[0].id;
    let suspended = bench.desk.admin_suspend_mfa(ANNA, DAY, &operator()).await;
    suspended.unwrap();
    let mut browser = bench.browser();
    bench.password(&mut browser, ANNA, PASSWORD).await;
    let desk = &bench.desk;
    let visitor = bench.visitor(&browser).await.unwrap();
    for replaces in [None, Some(app)] {
        let after = desk.begin_app(replaces, &visitor).await.unwrap();
        assert_eq!(after, AfterBegin::Confirm);
    }
    let after = desk.plan_app_removal(app, &visitor).await.unwrap();
    assert_eq!(after, AfterPlan::Confirm);
    assert!(desk.must_confirm(&Intent::NewRecoveryCodes, &visitor));
    assert!(desk.must_confirm(&Intent::ChangeEmail(None), &visitor));

    // A recovery code at hand is enough for a new app.
    desk.begin_app(Some(app), &visitor).await.unwrap();
    let code = codes[0].printed();
    let typed = TypedAnswers {
        recovery_code: &code,
        ..TypedAnswers::default()
    };
    let goes_on = |_: &Intent| "/".to_owned();
    let after = desk
        .confirm(typed, None, &goes_on, &visitor, &browser.cookies, &browser.caller)
        .await
        .unwrap();
    let AfterConfirm::Confirmed(renewed, intent) = after else {
        panic!("{after:?}");
    };
    assert_eq!(intent, Intent::ReplaceApp(app));
    browser.cookies.session = Some(renewed.cookie.clone());
    let visitor = bench.visitor(&browser).await.unwrap();
    let after = desk.begin_app(Some(app), &visitor).await.unwrap();
    assert_eq!(after, AfterBegin::Begun);
}
