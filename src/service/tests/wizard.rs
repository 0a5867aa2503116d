//! The set-up that everybody must go through before the portal opens.

use crate::identity::assurance::{self, Missing, Requirement};
use crate::identity::enrolment::Voided;
use crate::identity::factor::{Factor, NotSixDigits, Verdict};
use crate::identity::settings::{AppSetup, RequiredFor, RequiredFrom};
use crate::identity::sign_in::{Refusal, SetUp, Stage};
use crate::messaging::NoticeKind;
use crate::service::factor::{AfterCode, TypedCode};
use crate::service::opening::GoesTo;
use crate::service::set_up::AfterSetUp;
use crate::service::testing::{Bench, Browser, PASSWORD};

const ANNA: &str = "anna@example.com";

async fn at_why(bench: &Bench) -> Browser {
    let mut browser = bench.browser();
    bench.password(&mut browser, ANNA, PASSWORD).await;
    let code = bench.mailbox.newest_code();
    let after = bench.code(&mut browser, TypedCode::Email(&code)).await;
    assert!(
        matches!(&after, AfterCode::Step(ticket) if ticket.flow.stage == Stage::SetUp(SetUp::Why)),
        "{after:?}"
    );
    browser
}

fn required() -> Bench {
    Bench::with(|rules| rules.second_factor.app_setup = AppSetup::Required)
}

#[tokio::test]
async fn why_app_codes_done_and_only_then_a_session() {
    let bench = required();
    let anna = bench.account(ANNA).await;
    let mut browser = at_why(&bench).await;
    let desk = &bench.desk;
    let (cookies, caller) = (browser.cookies.clone(), browser.caller.clone());
    let finish = desk.set_up_finish(&cookies, &caller).await.unwrap();
    assert!(
        matches!(finish, AfterCode::Refused(..)),
        "no step is skipped: {finish:?}"
    );

    desk.set_up_app(&cookies, &caller).await.unwrap();
    let (ticket, _) = desk.flow_of(&cookies).await.unwrap().unwrap();
    let (secret, _) = desk.shown_secret(&ticket.flow).unwrap().unwrap();
    let confirm = async |typed: &str| {
        desk.set_up_confirm(typed, "", "My phone", &cookies, &caller)
            .await
            .unwrap()
    };
    let after = confirm("").await;
    assert!(
        matches!(after, AfterSetUp::Flow(AfterCode::NoCode(_, NotSixDigits::Empty))),
        "{after:?}"
    );
    let past = bench.app_code(&secret, -4);
    let after = confirm(&past).await;
    assert!(
        matches!(after, AfterSetUp::NotConfirmed(_, Verdict::Past)),
        "{after:?}"
    );
    let code = bench.app_code(&secret, 0);
    let after = confirm(&code).await;
    assert!(matches!(after, AfterSetUp::Flow(AfterCode::Step(_))), "{after:?}");
    assert_eq!(bench.stored(anna.id).await.apps[0].name, "My phone");
    assert_eq!(bench.sessions(anna.id).await, 0);

    let (ticket, _) = desk.flow_of(&cookies).await.unwrap().unwrap();
    let codes = desk.shown_codes(&ticket.flow).unwrap().unwrap();
    assert_eq!(codes.len(), 10);
    let after = desk.set_up_codes_saved(false, &cookies, &caller).await.unwrap();
    assert!(matches!(after, AfterSetUp::NotSaved(_)), "{after:?}");
    assert!(bench.stored(anna.id).await.recovery.is_none());
    desk.set_up_codes_saved(true, &cookies, &caller).await.unwrap();
    assert_eq!(bench.stored(anna.id).await.recovery.unwrap().left(), 10);

    let after = desk.set_up_finish(&cookies, &caller).await.unwrap();
    let AfterCode::SignedIn(opened) = after else {
        panic!("{after:?}")
    };
    assert_eq!(opened.goes_to, GoesTo::Trust);
    browser.take(&opened);
    let visitor = bench.visitor(&browser).await.unwrap();
    assert_eq!(visitor.session().method(), "password+app");
    let expected = [
        NoticeKind::AppAdded {
            name: "My phone".to_owned(),
        },
        NoticeKind::RecoveryCodesCreated { count: 10 },
    ];
    assert_eq!(bench.notices(), expected);
    let again = desk.set_up_finish(&cookies, &caller).await.unwrap();
    assert!(matches!(again, AfterCode::NoFlow), "{again:?}");
}

/// Who leaves before the codes are saved is led back to them, by the app; and there is an end to it.
#[tokio::test]
async fn a_set_up_that_was_left_at_its_codes_goes_on_there() {
    let bench = required();
    let anna = bench.account(ANNA).await;
    let browser = at_why(&bench).await;
    let desk = &bench.desk;
    desk.set_up_app(&browser.cookies, &browser.caller).await.unwrap();
    let (ticket, _) = desk.flow_of(&browser.cookies).await.unwrap().unwrap();
    let (secret, _) = desk.shown_secret(&ticket.flow).unwrap().unwrap();
    let code = bench.app_code(&secret, 0);
    desk.set_up_confirm(&code, "", "My phone", &browser.cookies, &browser.caller)
        .await
        .unwrap();
    let (ticket, _) = desk.flow_of(&browser.cookies).await.unwrap().unwrap();
    let first = desk.shown_codes(&ticket.flow).unwrap().unwrap();

    for _ in 0..2 {
        bench.pass(60);
        let mut again = bench.browser();
        bench.password(&mut again, ANNA, PASSWORD).await;
        let code = bench.app_code(&secret, 0);
        let after = bench.code(&mut again, TypedCode::App(&code)).await;
        let AfterCode::Step(ticket) = &after else {
            panic!("{after:?}")
        };
        let codes = desk.shown_codes(&ticket.flow).unwrap().unwrap();
        assert_eq!(codes.len(), 10);
        assert_ne!(codes[0].printed(), first[0].printed());
        assert_eq!(bench.sessions(anna.id).await, 0);
        let skipped = desk.set_up_finish(&again.cookies, &again.caller).await.unwrap();
        assert!(matches!(skipped, AfterCode::Refused(..)), "{skipped:?}");
    }

    bench.pass(60);
    let mut last = bench.browser();
    bench.password(&mut last, ANNA, PASSWORD).await;
    let code = bench.app_code(&secret, 0);
    bench.code(&mut last, TypedCode::App(&code)).await;
    desk.set_up_codes_saved(true, &last.cookies, &last.caller)
        .await
        .unwrap();
    assert_eq!(bench.stored(anna.id).await.recovery.unwrap().left(), 10);
    let after = desk.set_up_finish(&last.cookies, &last.caller).await.unwrap();
    assert!(matches!(after, AfterCode::SignedIn(_)), "{after:?}");

    bench.pass(60);
    let mut next = bench.browser();
    bench.password(&mut next, ANNA, PASSWORD).await;
    let code = bench.app_code(&secret, 0);
    let after = bench.code(&mut next, TypedCode::App(&code)).await;
    assert!(matches!(after, AfterCode::SignedIn(_)), "{after:?}");
}

/// SPEC 8: five wrong codes end the secret that they were for.
#[tokio::test]
async fn five_wrong_first_codes_show_another_secret() {
    let bench = required();
    let anna = bench.account(ANNA).await;
    let browser = at_why(&bench).await;
    let (desk, cookies, caller) = (&bench.desk, &browser.cookies, &browser.caller);
    desk.set_up_app(cookies, caller).await.unwrap();
    let shown = async || {
        let (ticket, _) = desk.flow_of(cookies).await.unwrap().unwrap();
        desk.shown_secret(&ticket.flow).unwrap().unwrap()
    };
    let confirm = async |code: &str| {
        desk.set_up_confirm(code, "", "My phone", cookies, caller)
            .await
            .unwrap()
    };
    let (first, pending) = shown().await;
    assert_eq!(pending.voided(), None);
    for miss in 1..=5 {
        let after = confirm(&bench.app_code(&first, -4)).await;
        let over = matches!(after, AfterSetUp::TooMany(_));
        let again = matches!(after, AfterSetUp::NotConfirmed(_, Verdict::Past));
        assert!(if miss < 5 { again } else { over }, "miss {miss}: {after:?}");
    }
    let (second, pending) = shown().await;
    assert_eq!(pending.voided(), Some(Voided::Missed));
    assert_ne!(first.bytes(), second.bytes());
    let after = confirm(&bench.app_code(&first, 0)).await;
    assert!(
        matches!(after, AfterSetUp::NotConfirmed(_, Verdict::Wrong)),
        "{after:?}"
    );
    assert!(bench.stored(anna.id).await.apps.is_empty());
    let after = confirm(&bench.app_code(&second, 0)).await;
    assert!(matches!(after, AfterSetUp::Flow(AfterCode::Step(_))), "{after:?}");
}

/// Who leaves at the QR code gets another one, and hears that the first is worth nothing: a secret that was
/// kept for the next sign-in could have been looked at by whoever else knows the password.
#[tokio::test]
async fn a_set_up_that_was_left_at_its_qr_code_shows_another_and_says_so() {
    let bench = required();
    let anna = bench.account(ANNA).await;
    let desk = &bench.desk;
    let shown = async |browser: &Browser| {
        desk.set_up_app(&browser.cookies, &browser.caller).await.unwrap();
        let (ticket, _) = desk.flow_of(&browser.cookies).await.unwrap().unwrap();
        desk.shown_secret(&ticket.flow).unwrap().unwrap()
    };
    let browser = at_why(&bench).await;
    let (left, pending) = shown(&browser).await;
    assert_eq!(pending.voided(), None, "the first time there is nothing to say");
    assert!(bench.stored(anna.id).await.app_shown);
    desk.sign_out(&browser.cookies, &browser.caller).await.unwrap();

    bench.pass(60);
    let again = at_why(&bench).await;
    let (secret, pending) = shown(&again).await;
    assert_eq!(pending.voided(), Some(Voided::Left));
    assert_ne!(left.bytes(), secret.bytes());
    let confirm = async |secret| {
        let code = bench.app_code(secret, 0);
        desk.set_up_confirm(&code, "", "My phone", &again.cookies, &again.caller)
            .await
            .unwrap()
    };
    let after = confirm(&left).await;
    assert!(
        matches!(after, AfterSetUp::NotConfirmed(_, Verdict::Wrong)),
        "{after:?}"
    );
    let after = confirm(&secret).await;
    assert!(matches!(after, AfterSetUp::Flow(AfterCode::Step(_))), "{after:?}");
    let stored = bench.stored(anna.id).await;
    assert!(stored.apps.len() == 1 && !stored.app_shown);
}

/// What stands in for the app shows no codes: they would be one more way in.
#[tokio::test]
async fn codes_that_are_owed_are_shown_to_the_app_alone() {
    let bench = required();
    bench.rule(|rules| rules.second_factor.email_fallback = true);
    let anna = bench.account(ANNA).await;
    bench.give_app(anna.id).await;
    let mut browser = bench.browser();
    bench.password(&mut browser, ANNA, PASSWORD).await;
    let asked = bench
        .desk
        .choose(Factor::Email, &browser.cookies, &browser.caller)
        .await;
    assert!(asked.is_ok(), "{asked:?}");
    let code = bench.mailbox.newest_code();
    let after = bench.code(&mut browser, TypedCode::Email(&code)).await;
    assert!(matches!(after, AfterCode::SignedIn(_)), "{after:?}");
}

/// MFA-04: whoever has an app already confirms with it, and sets up no other half signed in.
#[tokio::test]
async fn half_signed_in_nobody_sets_up_a_second_app() {
    let bench = required();
    let anna = bench.account(ANNA).await;
    bench.give_app(anna.id).await;
    let mut browser = bench.browser();
    bench.password(&mut browser, ANNA, PASSWORD).await;
    let after = bench
        .desk
        .set_up_app(&browser.cookies, &browser.caller)
        .await
        .unwrap();
    assert!(matches!(after, AfterCode::Refused(..)), "{after:?}");
}

#[tokio::test]
async fn a_session_that_lacks_an_app_is_upgraded_and_keeps_its_name() {
    let bench = Bench::new();
    bench.account(ANNA).await;
    let mut browser = bench.signed_in(ANNA).await;
    let before = bench.visitor(&browser).await.unwrap();
    bench.rule(|rules| rules.second_factor.app_setup = AppSetup::Required);
    let session = before.cookie();
    let ticket = bench
        .desk
        .step_up(session, "/".to_owned(), &browser.cookies, None)
        .await
        .unwrap()
        .unwrap();
    browser.cookies.flow = Some(ticket.cookie.clone());
    assert_eq!(ticket.flow.stage, Stage::SetUp(SetUp::Why));
    let (cookies, caller) = (browser.cookies.clone(), browser.caller.clone());
    let desk = &bench.desk;
    desk.set_up_app(&cookies, &caller).await.unwrap();
    let (ticket, _) = desk.flow_of(&cookies).await.unwrap().unwrap();
    let (secret, _) = desk.shown_secret(&ticket.flow).unwrap().unwrap();
    let code = bench.app_code(&secret, 0);
    let after = desk
        .set_up_confirm(&code, "", "My phone", &cookies, &caller)
        .await
        .unwrap();
    assert!(matches!(after, AfterSetUp::Flow(AfterCode::Step(_))), "{after:?}");
    desk.set_up_codes_saved(true, &cookies, &caller).await.unwrap();
    let after = desk.set_up_finish(&cookies, &caller).await.unwrap();
    let AfterCode::SignedIn(opened) = after else {
        panic!("{after:?}")
    };
    assert!(
        bench.visitor(&browser).await.is_none(),
        "the old value ended with the set-up"
    );
    browser.take(&opened);
    let after = bench.visitor(&browser).await.unwrap();
    assert_eq!(before.session().id, after.session().id);
    assert_eq!(
        before.session().opened,
        after.session().opened,
        "and lives no longer for it"
    );
    assert_eq!(after.session().method(), "password+app");
}

#[tokio::test]
async fn a_wizard_that_takes_too_long_shows_a_fresh_secret() {
    let bench = required();
    bench.account(ANNA).await;
    let browser = at_why(&bench).await;
    let desk = &bench.desk;
    desk.set_up_app(&browser.cookies, &browser.caller).await.unwrap();
    bench.pass(899);
    assert!(desk.flow_of(&browser.cookies).await.unwrap().is_some());
    bench.pass(1);
    assert!(
        desk.flow_of(&browser.cookies).await.unwrap().is_none(),
        "15 minutes without a step"
    );
}

/// Whoever finds an open browser adds no app of their own: an old session is signed in to anew.
#[tokio::test]
async fn no_app_is_set_up_in_a_session_that_is_not_fresh() {
    let bench = Bench::new();
    bench.account(ANNA).await;
    let browser = bench.signed_in(ANNA).await;
    bench.rule(|rules| rules.second_factor.app_setup = AppSetup::Required);
    bench.pass(300);
    let session = browser.cookies.session.clone().unwrap().digest();
    let begun = bench
        .desk
        .step_up(session, "/".to_owned(), &browser.cookies, None)
        .await
        .unwrap();
    assert!(begun.is_none(), "{begun:?}");
}

/// Portal A, row 32 before its day: invited at each sign-in, uncounted, and let in without.
#[tokio::test]
async fn whoever_is_invited_may_say_not_now_until_the_day() {
    let bench = Bench::new();
    let day = bench.desk.now().plus(std::time::Duration::from_secs(86_400));
    bench.rule(|rules| {
        rules.second_factor.required = Some(RequiredFrom {
            from: day,
            whom: RequiredFor::All,
        });
    });
    bench.account(ANNA).await;
    let mut browser = at_why(&bench).await;
    for _ in 0..3 {
        let after = bench.desk.set_up_later(&browser.cookies, &browser.caller).await;
        let Ok(AfterCode::SignedIn(opened)) = after else {
            panic!("{after:?}")
        };
        assert_eq!(opened.goes_to, GoesTo::Trust, "the trust question follows");
        browser.take(&opened);
        assert!(bench.visitor(&browser).await.is_some());
        browser = at_why(&bench).await;
    }
    // A second time in one flow there is nothing to put off.
    bench.pass(86_400);
    let mut late = at_why(&bench).await;
    let after = bench
        .desk
        .set_up_later(&late.cookies, &late.caller)
        .await
        .unwrap();
    assert!(
        matches!(after, AfterCode::Refused(_, Refusal::OutOfStep, _)),
        "{after:?}"
    );
    assert!(bench.visitor(&late).await.is_none());
    late.cookies.flow = None;
    let none = bench
        .desk
        .set_up_later(&late.cookies, &late.caller)
        .await
        .unwrap();
    assert!(matches!(none, AfterCode::NoFlow), "{none:?}");
}

/// A session that was opened before the day lacks the set-up from its first second on.
#[tokio::test]
async fn an_open_session_meets_the_day() {
    let bench = Bench::new();
    bench.account(ANNA).await;
    let browser = bench.signed_in(ANNA).await;
    let day = bench.desk.now().plus(std::time::Duration::from_secs(60));
    bench.rule(|rules| {
        rules.second_factor.required = Some(RequiredFrom {
            from: day,
            whom: RequiredFor::All,
        });
    });
    let mfa = Requirement::Mfa {
        groups: Vec::new(),
        within: None,
    };
    let missing = async || {
        let visitor = bench.visitor(&browser).await.unwrap();
        let (rules, now) = (bench.desk.rules.load_full(), bench.desk.now());
        assurance::missing(&mfa, &visitor.standing(&rules, now), now)
    };
    bench.pass(59);
    assert_eq!(missing().await, None);
    bench.pass(1);
    assert_eq!(missing().await, Some(Missing::SetUp));
}
