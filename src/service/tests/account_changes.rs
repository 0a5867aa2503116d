//! Apps, recovery codes and the password, changed by their owner.

use crate::identity::enrolment::Voided;
use crate::identity::factor::{NotSixDigits, Verdict};
use crate::identity::password::PasswordRefusal;
use crate::identity::settings::AppSetup;
use crate::messaging::NoticeKind;
use crate::service::apps::{AfterBegin, AfterFirstCode, AfterPlan, AfterRemoval, AfterRename, Removal};
use crate::service::factor::{AfterCode, TypedCode};
use crate::service::password::AfterNewPassword;
use crate::service::profile::AppsHeld;
use crate::service::recovery::{AfterNewCodes, AfterSaved};
use crate::service::sign_in::AfterPassword;
use crate::service::testing::{Bench, Browser, PASSWORD};
use crate::service::trust::Answer;

const ANNA: &str = "anna@example.com";
const FRESH: &str = "quartz mango violin tundra";

async fn first_code(bench: &Bench, browser: &Browser, typed: &str) -> AfterFirstCode {
    let visitor = bench.visitor(browser).await.unwrap();
    bench
        .desk
        .confirm_app(typed, " Anna's phone ", "My phone", &visitor, &browser.caller)
        .await
        .unwrap()
}

#[tokio::test]
async fn an_app_is_set_up_and_everything_else_ends() {
    let bench = Bench::new();
    let anna = bench.account(ANNA).await;
    let elsewhere = bench.signed_in(ANNA).await;
    bench.pass(30);
    let mut half = bench.browser();
    bench.password(&mut half, ANNA, PASSWORD).await;
    let mut browser = bench.signed_in(ANNA).await;
    let session = browser.cookies.session.clone().unwrap().digest();
    let yes = Answer::Yes {
        name: "Laptop",
        otherwise: "",
    };
    bench
        .desk
        .answer_trust(yes, &session, &browser.cookies, &browser.caller)
        .await
        .unwrap()
        .unwrap();

    let visitor = bench.visitor(&browser).await.unwrap();
    assert_eq!(
        bench.desk.begin_app(None, &visitor).await.unwrap(),
        AfterBegin::Begun
    );
    let shown = bench.desk.app_shown_to(&visitor).await.unwrap().unwrap();
    assert_eq!(
        bench.desk.begin_app(None, &visitor).await.unwrap(),
        AfterBegin::Begun
    );
    let again = bench.desk.app_shown_to(&visitor).await.unwrap().unwrap();
    assert_eq!(
        shown.secret.bytes(),
        again.secret.bytes(),
        "a reload shows the same"
    );

    let after = first_code(&bench, &browser, "12").await;
    assert!(
        matches!(after, AfterFirstCode::NoCode(NotSixDigits::Length(2))),
        "{after:?}"
    );
    let past = bench.app_code(&shown.secret, -3);
    let after = first_code(&bench, &browser, &past).await;
    assert!(
        matches!(after, AfterFirstCode::Refused(Verdict::Past)),
        "{after:?}"
    );
    let old = browser.clone();
    let code = bench.app_code(&shown.secret, 0);
    let after = first_code(&bench, &browser, &code).await;
    let AfterFirstCode::Added {
        renewed,
        replaced,
        codes,
    } = after
    else {
        panic!("{after:?}")
    };
    assert!(!replaced && codes);
    browser.cookies.session = Some(renewed.cookie);

    let stored = bench.stored(anna.id).await;
    assert_eq!(stored.apps[0].name, "Anna's phone");
    assert!(stored.devices.is_empty(), "no device is trusted on");
    assert!(
        bench.visitor(&elsewhere).await.is_none(),
        "other sessions end at once"
    );
    assert!(bench.visitor(&old).await.is_none(), "and so does the old value");
    assert!(bench.desk.flow_of(&half.cookies).await.unwrap().is_none());
    let visitor = bench.visitor(&browser).await.unwrap();
    assert_eq!(visitor.session().method(), "password+app");
    assert!(
        bench.desk.app_shown_to(&visitor).await.unwrap().is_none(),
        "SEC-01"
    );
    assert_eq!(
        bench.desk.codes_shown_to(&visitor).await.unwrap().unwrap().len(),
        10
    );
    assert!(bench.notices().contains(&NoticeKind::AppAdded {
        name: "Anna's phone".to_owned()
    }));
    assert_eq!(bench.told("app.added").await, 1);
    assert_eq!(bench.told("session.ended").await, 1);

    let mut next = bench.browser();
    bench.password(&mut next, ANNA, PASSWORD).await;
    let after = bench.code(&mut next, TypedCode::App(&code)).await;
    assert!(matches!(after, AfterCode::Refused(..)), "CODE-20: {after:?}");
}

/// SEC-04
#[tokio::test]
async fn a_set_up_that_takes_too_long_gets_a_fresh_secret_and_fresh_proof() {
    let bench = Bench::new();
    bench.account(ANNA).await;
    let browser = bench.signed_in(ANNA).await;
    let visitor = bench.visitor(&browser).await.unwrap();
    bench.desk.begin_app(None, &visitor).await.unwrap();
    let shown = bench.desk.app_shown_to(&visitor).await.unwrap().unwrap();
    bench.pass(899);
    let visitor = bench.visitor(&browser).await.unwrap();
    assert!(bench.desk.app_shown_to(&visitor).await.unwrap().is_some());
    bench.pass(1);
    assert!(bench.desk.app_shown_to(&visitor).await.unwrap().is_none());
    let code = bench.app_code(&shown.secret, 0);
    let after = first_code(&bench, &browser, &code).await;
    assert!(matches!(after, AfterFirstCode::Confirm), "{after:?}");

    bench.rule(|rules| rules.confirm_window = std::time::Duration::from_secs(3600));
    let after = first_code(&bench, &browser, &code).await;
    assert!(matches!(after, AfterFirstCode::Renewed), "{after:?}");
    let visitor = bench.visitor(&browser).await.unwrap();
    let fresh = bench.desk.app_shown_to(&visitor).await.unwrap().unwrap();
    assert_eq!(fresh.voided, Some(Voided::Late));
    assert_ne!(fresh.secret.bytes(), shown.secret.bytes());
    let after = first_code(&bench, &browser, &code).await;
    assert!(
        matches!(after, AfterFirstCode::Refused(Verdict::Wrong)),
        "{after:?}"
    );
}

/// SPEC 8: five wrong codes end it. What is shown then is another secret, for what is left of the time.
#[tokio::test]
async fn five_wrong_first_codes_end_the_secret_they_were_for() {
    let bench = Bench::new();
    let anna = bench.account(ANNA).await;
    let mut browser = bench.signed_in(ANNA).await;
    let visitor = bench.visitor(&browser).await.unwrap();
    bench.desk.begin_app(None, &visitor).await.unwrap();
    let shown = bench.desk.app_shown_to(&visitor).await.unwrap().unwrap();
    assert_eq!(shown.voided, None, "nothing was shown before");
    bench.pass(600);
    let visitor = bench.visitor(&browser).await.unwrap();
    for miss in 1..=5 {
        let past = bench.app_code(&shown.secret, -4);
        let after = first_code(&bench, &browser, &past).await;
        let over = matches!(after, AfterFirstCode::TooMany);
        let again = matches!(after, AfterFirstCode::Refused(Verdict::Past));
        assert!(if miss < 5 { again } else { over }, "miss {miss}: {after:?}");
    }
    let fresh = bench.desk.app_shown_to(&visitor).await.unwrap().unwrap();
    assert_eq!(fresh.voided, Some(Voided::Missed));
    assert_ne!(fresh.secret.bytes(), shown.secret.bytes());
    let code = bench.app_code(&shown.secret, 0);
    let after = first_code(&bench, &browser, &code).await;
    assert!(
        matches!(after, AfterFirstCode::Refused(Verdict::Wrong)),
        "the old one is void: {after:?}"
    );
    assert!(bench.stored(anna.id).await.apps.is_empty());

    bench.pass(299);
    let code = bench.app_code(&fresh.secret, 0);
    let after = first_code(&bench, &browser, &code).await;
    let AfterFirstCode::Added { renewed, .. } = after else {
        panic!("{after:?}")
    };
    browser.cookies.session = Some(renewed.cookie);
    assert!(
        !bench.stored(anna.id).await.app_shown,
        "nothing unconfirmed is left"
    );
}

/// Misses buy no time: the set-up ends where it would have ended.
#[tokio::test]
async fn the_secret_after_five_misses_runs_out_with_the_set_up() {
    let bench = Bench::new();
    bench.account(ANNA).await;
    let browser = bench.signed_in(ANNA).await;
    let visitor = bench.visitor(&browser).await.unwrap();
    bench.desk.begin_app(None, &visitor).await.unwrap();
    bench.pass(890);
    let visitor = bench.visitor(&browser).await.unwrap();
    let shown = bench.desk.app_shown_to(&visitor).await.unwrap().unwrap();
    let past = bench.app_code(&shown.secret, -4);
    for _ in 0..5 {
        first_code(&bench, &browser, &past).await;
    }
    assert!(bench.desk.app_shown_to(&visitor).await.unwrap().is_some());
    bench.pass(10);
    assert!(bench.desk.app_shown_to(&visitor).await.unwrap().is_none());
}

/// Whoever begins anew elsewhere hears that an entry of the first QR code is worth nothing.
#[tokio::test]
async fn a_secret_that_was_left_is_not_shown_again_and_the_next_one_says_so() {
    let bench = Bench::new();
    bench.account(ANNA).await;
    let browser = bench.signed_in(ANNA).await;
    let visitor = bench.visitor(&browser).await.unwrap();
    bench.desk.begin_app(None, &visitor).await.unwrap();
    let left = bench.desk.app_shown_to(&visitor).await.unwrap().unwrap();
    bench
        .desk
        .sign_out(&browser.cookies, &browser.caller)
        .await
        .unwrap();

    bench.pass(60);
    let browser = bench.signed_in(ANNA).await;
    let visitor = bench.visitor(&browser).await.unwrap();
    assert_eq!(
        bench.desk.begin_app(None, &visitor).await.unwrap(),
        AfterBegin::Begun
    );
    let shown = bench.desk.app_shown_to(&visitor).await.unwrap().unwrap();
    assert_eq!(shown.voided, Some(Voided::Left));
    assert_ne!(shown.secret.bytes(), left.secret.bytes());
    let code = bench.app_code(&left.secret, 0);
    let after = first_code(&bench, &browser, &code).await;
    assert!(
        matches!(after, AfterFirstCode::Refused(Verdict::Wrong)),
        "{after:?}"
    );
}

#[tokio::test]
async fn somebody_else_cannot_confirm_what_is_shown_to_anna() {
    let bench = Bench::new();
    bench.account(ANNA).await;
    bench.account("bob@example.com").await;
    let anna = bench.signed_in(ANNA).await;
    let bob = bench.signed_in("bob@example.com").await;
    let visitor = bench.visitor(&anna).await.unwrap();
    bench.desk.begin_app(None, &visitor).await.unwrap();
    let shown = bench.desk.app_shown_to(&visitor).await.unwrap().unwrap();
    let code = bench.app_code(&shown.secret, 0);
    let after = first_code(&bench, &bob, &code).await;
    assert!(matches!(after, AfterFirstCode::NotBegun), "{after:?}");
}

#[tokio::test]
async fn an_app_is_replaced_and_the_old_one_works_until_then() {
    let bench = Bench::with(|rules| rules.second_factor.app.max = 1);
    let anna = bench.account(ANNA).await;
    let old = bench.give_app(anna.id).await;
    let id = bench.stored(anna.id).await.apps[0].id;
    let browser = bench.signed_in_by_app(ANNA, &old).await;
    let visitor = bench.visitor(&browser).await.unwrap();
    assert_eq!(
        bench.desk.begin_app(None, &visitor).await.unwrap(),
        AfterBegin::Full
    );
    let unknown = crate::base::id::AppId::draw(&*bench.desk.entropy);
    let begun = bench.desk.begin_app(Some(unknown), &visitor).await.unwrap();
    assert_eq!(begun, AfterBegin::Unknown);
    assert_eq!(
        bench.desk.begin_app(Some(id), &visitor).await.unwrap(),
        AfterBegin::Begun
    );
    let shown = bench.desk.app_shown_to(&visitor).await.unwrap().unwrap();
    assert_eq!(shown.replaces.unwrap().id, id);
    bench.pass(30);
    bench.signed_in_by_app(ANNA, &old).await;

    let code = bench.app_code(&shown.secret, 0);
    let after = first_code(&bench, &browser, &code).await;
    assert!(
        matches!(after, AfterFirstCode::Added { replaced: true, .. }),
        "{after:?}"
    );
    let stored = bench.stored(anna.id).await;
    assert_eq!(stored.apps.len(), 1);
    assert_ne!(stored.apps[0].id, id);
    let replaced = NoticeKind::AppReplaced {
        name: stored.apps[0].name.clone(),
        before: "My phone".to_owned(),
    };
    assert_eq!(bench.notices(), [NoticeKind::NewSignIn, replaced]);
}

#[tokio::test]
async fn an_app_is_removed_and_email_codes_come_back_at_once() {
    let bench = Bench::new();
    let anna = bench.account(ANNA).await;
    let secret = bench.give_app(anna.id).await;
    let id = bench.stored(anna.id).await.apps[0].id;
    let mut browser = bench.signed_in_by_app(ANNA, &secret).await;
    let visitor = bench.visitor(&browser).await.unwrap();
    let early = bench.desk.remove_app(&visitor, &browser.caller).await.unwrap();
    assert!(matches!(early, AfterRemoval::NotPlanned), "{early:?}");
    assert_eq!(
        bench.desk.plan_app_removal(id, &visitor).await.unwrap(),
        AfterPlan::Planned
    );
    let (app, removal) = bench.desk.planned_app_removal(&visitor).await.unwrap().unwrap();
    assert_eq!((app.id, removal), (id, Removal::EmailCodes));
    let after = bench.desk.remove_app(&visitor, &browser.caller).await.unwrap();
    let AfterRemoval::Removed(renewed) = after else {
        panic!("{after:?}")
    };
    browser.cookies.session = Some(renewed.cookie);
    assert!(bench.visitor(&browser).await.is_some());
    assert_eq!(
        bench.notices(),
        [NoticeKind::AppRemoved {
            name: "My phone".to_owned()
        }]
    );
    let mut next = bench.browser();
    bench.signs_in(&mut next, ANNA).await;
}

#[tokio::test]
async fn the_last_app_stays_where_everybody_needs_one() {
    let bench = Bench::with(|rules| rules.second_factor.app_setup = AppSetup::Required);
    let anna = bench.account(ANNA).await;
    let secret = bench.give_app(anna.id).await;
    // Whose codes were never saved is led to them first.
    bench.give_codes(anna.id, 1).await;
    let browser = bench.signed_in_by_app(ANNA, &secret).await;
    let visitor = bench.visitor(&browser).await.unwrap();
    let id = visitor.account().apps[0].id;
    bench.desk.plan_app_removal(id, &visitor).await.unwrap();
    let (_, removal) = bench.desk.planned_app_removal(&visitor).await.unwrap().unwrap();
    assert_eq!(removal, Removal::Forbidden);
    let after = bench.desk.remove_app(&visitor, &browser.caller).await.unwrap();
    assert!(matches!(after, AfterRemoval::Forbidden), "{after:?}");
    assert_eq!(bench.stored(anna.id).await.apps.len(), 1);
    bench.give_app(anna.id).await;
    let visitor = bench.visitor(&browser).await.unwrap();
    let (_, removal) = bench.desk.planned_app_removal(&visitor).await.unwrap().unwrap();
    assert_eq!(removal, Removal::AnotherApp);
}

#[tokio::test]
async fn an_app_gets_another_name() {
    let bench = Bench::new();
    let anna = bench.account(ANNA).await;
    let secret = bench.give_app(anna.id).await;
    let browser = bench.signed_in_by_app(ANNA, &secret).await;
    let visitor = bench.visitor(&browser).await.unwrap();
    let id = visitor.account().apps[0].id;
    let renamed = bench.desk.rename_app(id, " Tablet\n", &visitor).await.unwrap();
    assert_eq!(renamed, AfterRename::Renamed("Tablet".to_owned()));
    let renamed = bench.desk.rename_app(id, "  ", &visitor).await.unwrap();
    assert_eq!(renamed, AfterRename::Renamed("Tablet".to_owned()));
    assert_eq!(bench.stored(anna.id).await.apps[0].name, "Tablet");
}

/// CODE-26, SEC-05
#[tokio::test]
async fn new_recovery_codes_count_once_saved_and_the_old_ones_until_then() {
    let bench = Bench::new();
    let anna = bench.account(ANNA).await;
    let secret = bench.give_app(anna.id).await;
    let old = bench.give_codes(anna.id, 3).await;
    let elsewhere = bench.signed_in_by_app(ANNA, &secret).await;
    bench.pass(30);
    let mut browser = bench.signed_in_by_app(ANNA, &secret).await;
    let visitor = bench.visitor(&browser).await.unwrap();
    let desk = &bench.desk;
    assert_eq!(desk.new_codes(&visitor).await.unwrap(), AfterNewCodes::Shown);
    let shown = desk.codes_shown_to(&visitor).await.unwrap().unwrap();
    assert_eq!(desk.new_codes(&visitor).await.unwrap(), AfterNewCodes::Shown);
    let again = desk.codes_shown_to(&visitor).await.unwrap().unwrap();
    assert_eq!(shown[3].printed(), again[3].printed());
    let after = desk.codes_saved(false, &visitor, &browser.caller).await.unwrap();
    assert!(matches!(after, AfterSaved::NotSaved), "{after:?}");
    assert_eq!(
        bench.stored(anna.id).await.recovery.unwrap().count(),
        3,
        "the old set lives"
    );

    let after = desk.codes_saved(true, &visitor, &browser.caller).await.unwrap();
    let AfterSaved::Saved(renewed) = after else {
        panic!("{after:?}")
    };
    browser.cookies.session = Some(renewed.cookie);
    assert!(bench.visitor(&elsewhere).await.is_none());
    let visitor = bench.visitor(&browser).await.unwrap();
    assert!(
        desk.codes_shown_to(&visitor).await.unwrap().is_none(),
        "never again"
    );
    let after = desk.codes_saved(true, &visitor, &browser.caller).await.unwrap();
    assert!(matches!(after, AfterSaved::NoCodes), "{after:?}");
    assert_eq!(
        bench.notices(),
        [
            NoticeKind::NewSignIn,
            NoticeKind::RecoveryCodesCreated { count: 10 }
        ]
    );

    let mut next = bench.browser();
    bench.password(&mut next, ANNA, PASSWORD).await;
    let after = bench
        .code(&mut next, TypedCode::Recovery(&old[0].printed()))
        .await;
    assert!(
        matches!(after, AfterCode::Refused(..)),
        "the old ones are dead: {after:?}"
    );
    let after = bench
        .code(&mut next, TypedCode::Recovery(&shown[0].printed()))
        .await;
    assert!(matches!(after, AfterCode::SignedIn(_)), "{after:?}");
}

#[tokio::test]
async fn there_are_no_recovery_codes_without_an_app() {
    let bench = Bench::new();
    bench.account(ANNA).await;
    let browser = bench.signed_in(ANNA).await;
    let visitor = bench.visitor(&browser).await.unwrap();
    assert_eq!(
        bench.desk.new_codes(&visitor).await.unwrap(),
        AfterNewCodes::NotOffered
    );
    let overview = bench.desk.overview(visitor.account());
    assert_eq!(overview.recovery, None);
    assert_eq!(overview.devices, Some(0));
    let apps = AppsHeld {
        count: 0,
        since: None,
        email_codes: true,
    };
    assert_eq!(overview.apps, Some(apps));
}

async fn new_password(bench: &Bench, browser: &Browser, current: &str, new: &str) -> AfterNewPassword {
    let visitor = bench.visitor(browser).await.unwrap();
    let desk = &bench.desk;
    desk.change_password(current, new, &visitor, &browser.cookies, &browser.caller)
        .await
        .unwrap()
}

/// REG-15, SESS-24, TD-07
#[tokio::test]
async fn a_new_password_ends_everything_but_the_session_it_was_set_in() {
    let bench = Bench::new();
    let anna = bench.account(ANNA).await;
    let mut browser = bench.signed_in(ANNA).await;
    let session = browser.cookies.session.clone().unwrap().digest();
    let yes = Answer::Yes {
        name: "",
        otherwise: "Firefox",
    };
    let answered = bench
        .desk
        .answer_trust(yes, &session, &browser.cookies, &browser.caller)
        .await
        .unwrap()
        .unwrap();
    browser.cookies.device = answered.device;
    bench.pass(30);
    let elsewhere = bench.signed_in(ANNA).await;

    let after = new_password(&bench, &browser, PASSWORD, FRESH).await;
    let AfterNewPassword::Changed(renewed) = after else {
        panic!("{after:?}")
    };
    assert!(bench.visitor(&elsewhere).await.is_none());
    assert!(
        bench.visitor(&browser).await.is_none(),
        "a new value, and no grace for the old one"
    );
    browser.cookies.session = Some(renewed.cookie);
    assert!(bench.visitor(&browser).await.is_some());
    assert!(bench.notices().contains(&NoticeKind::PasswordChanged));
    assert_eq!(bench.told("password.changed").await, 1);
    assert_eq!(bench.told("device.removed").await, 1);

    let mut old = bench.browser();
    let after = bench.password(&mut old, ANNA, PASSWORD).await;
    assert!(matches!(after, AfterPassword::Wrong { .. }), "{after:?}");
    let after = bench.password(&mut browser, ANNA, FRESH).await;
    assert!(
        matches!(after, AfterPassword::Step(..)),
        "the device skips nothing: {after:?}"
    );
    assert!(bench.stored(anna.id).await.devices.is_empty());
}

/// REG-15, REG-16, REG-18
#[tokio::test]
async fn a_new_password_is_refused_with_its_reason_and_five_wrong_current_ones_end_the_session() {
    let bench = Bench::new();
    bench.account(ANNA).await;
    let browser = bench.signed_in(ANNA).await;
    let short = new_password(&bench, &browser, PASSWORD, "ééééééééé").await;
    assert!(
        matches!(
            short,
            AfterNewPassword::Refused(PasswordRefusal::TooShort { needed: 15 })
        ),
        "{short:?}"
    );
    for guessable in ["passwordpassword", "anna@example.com", "exampleportal2026"] {
        let after = new_password(&bench, &browser, PASSWORD, guessable).await;
        assert!(
            matches!(after, AfterNewPassword::Refused(PasswordRefusal::Guessable)),
            "{guessable}: {after:?}"
        );
    }
    let long = new_password(&bench, &browser, PASSWORD, &"xy ".repeat(400)).await;
    assert!(
        matches!(long, AfterNewPassword::Refused(PasswordRefusal::TooLong)),
        "{long:?}"
    );
    let same = new_password(&bench, &browser, PASSWORD, PASSWORD).await;
    assert!(matches!(same, AfterNewPassword::Same), "{same:?}");
    for _ in 0..3 {
        let after = new_password(&bench, &browser, "", FRESH).await;
        assert!(matches!(after, AfterNewPassword::CurrentWrong), "{after:?}");
    }
    let after = new_password(&bench, &browser, &"x".repeat(2000), FRESH).await;
    assert!(matches!(after, AfterNewPassword::CurrentTooLong), "{after:?}");
    let after = new_password(&bench, &browser, "wrong", FRESH).await;
    assert!(matches!(after, AfterNewPassword::Ended), "{after:?}");
    assert!(bench.visitor(&browser).await.is_none());
    let mut next = bench.browser();
    bench.signs_in(&mut next, ANNA).await;
}

#[tokio::test]
async fn the_password_page_asks_for_a_stale_factor_first_and_never_for_the_password_twice() {
    let bench = Bench::new();
    bench.account(ANNA).await;
    let browser = bench.signed_in(ANNA).await;
    bench.pass(301);
    let after = new_password(&bench, &browser, PASSWORD, FRESH).await;
    assert!(matches!(after, AfterNewPassword::Confirm), "{after:?}");
    let visitor = bench.visitor(&browser).await.unwrap();
    let asked = bench
        .desk
        .asked_to_confirm(None, &visitor)
        .await
        .unwrap()
        .unwrap();
    assert!(!asked.stale.password && asked.stale.second.is_some());
}
