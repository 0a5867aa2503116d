//! "Confirm it's you".

use crate::identity::confirm::Intent;
use crate::identity::factor::{Factor, NotSixDigits, Verdict};
use crate::identity::throttle::Waits;
use crate::messaging::NoticeKind;
use crate::service::apps::{AfterBegin, AfterPlan, AfterRemoval};
use crate::service::confirm::{AfterConfirm, AfterSend, TypedAnswers};
use crate::service::recovery::AfterNewCodes;
use crate::service::renew::Renewed;
use crate::service::sign_in::Mailing;
use crate::service::testing::{Bench, Browser, PASSWORD};

const ANNA: &str = "anna@example.com";

/// Where the removal of an app goes on.
fn removal(_: &Intent) -> String {
    "/_auth/account/app/remove".to_owned()
}

fn answers<'a>(password: &'a str, code: &'a str) -> TypedAnswers<'a> {
    TypedAnswers {
        password,
        code,
        recovery_code: "",
    }
}

async fn confirm(bench: &Bench, browser: &Browser, typed: TypedAnswers<'_>) -> AfterConfirm {
    let visitor = bench.visitor(browser).await.unwrap();
    let desk = &bench.desk;
    desk.confirm(typed, None, &removal, &visitor, &browser.cookies, &browser.caller)
        .await
        .unwrap()
}

async fn begin_app(bench: &Bench, browser: &Browser) -> AfterBegin {
    let visitor = bench.visitor(browser).await.unwrap();
    bench.desk.begin_app(None, &visitor).await.unwrap()
}

fn confirmed(after: AfterConfirm, browser: &mut Browser) -> (Box<Renewed>, Intent) {
    let AfterConfirm::Confirmed(renewed, intent) = after else {
        panic!("{after:?}")
    };
    browser.cookies.session = Some(renewed.cookie.clone());
    (renewed, intent)
}

/// MFA-18
#[tokio::test]
async fn nothing_is_asked_while_the_sign_in_is_fresh_and_everything_after_five_minutes() {
    let bench = Bench::new();
    bench.account(ANNA).await;
    let browser = bench.signed_in(ANNA).await;
    bench.pass(299);
    assert_eq!(begin_app(&bench, &browser).await, AfterBegin::Begun);

    let other = bench.signed_in(ANNA).await;
    bench.pass(300);
    assert_eq!(begin_app(&bench, &other).await, AfterBegin::Confirm);
    let visitor = bench.visitor(&other).await.unwrap();
    let asked = bench
        .desk
        .asked_to_confirm(None, &visitor)
        .await
        .unwrap()
        .unwrap();
    assert_eq!(asked.intent, Intent::SetUpApp);
    assert!(asked.stale.password);
    assert_eq!(asked.stale.second, Some(Factor::Email));
    assert_eq!(asked.sent, None, "a code goes out by a button only");
    assert_eq!(bench.mailbox.codes().len(), 2);
    assert!(bench.desk.must_confirm(&Intent::NewRecoveryCodes, &visitor));
}

#[tokio::test]
async fn password_and_mailed_code_renew_the_session_and_the_change_goes_on() {
    let bench = Bench::new();
    bench.account(ANNA).await;
    let mut browser = bench.signed_in(ANNA).await;
    bench.pass(301);
    assert_eq!(begin_app(&bench, &browser).await, AfterBegin::Confirm);
    let visitor = bench.visitor(&browser).await.unwrap();
    let sent = bench
        .desk
        .send_confirm_code(None, &visitor, &browser.caller)
        .await
        .unwrap();
    assert_eq!(sent, AfterSend::Mailing(Mailing::Sent));
    let again = bench
        .desk
        .send_confirm_code(None, &visitor, &browser.caller)
        .await
        .unwrap();
    assert!(
        matches!(again, AfterSend::Mailing(Mailing::TooEarly(_))),
        "{again:?}"
    );

    let after = confirm(&bench, &browser, answers("", "")).await;
    assert!(
        matches!(
            after,
            AfterConfirm::Incomplete {
                password: true,
                code: Some(NotSixDigits::Empty)
            }
        ),
        "{after:?}"
    );
    let old = browser.clone();
    let code = bench.mailbox.newest_code();
    let after = confirm(&bench, &browser, answers(PASSWORD, &code)).await;
    let (renewed, intent) = confirmed(after, &mut browser);
    assert_eq!(intent, Intent::SetUpApp);
    assert_eq!(
        bench.desk.begin_app(None, &renewed.visitor).await.unwrap(),
        AfterBegin::Begun,
        "in the same request"
    );
    assert!(bench.visitor(&browser).await.is_some());
    let before = bench.visitor(&old).await.unwrap();
    assert_eq!(
        bench.desk.begin_app(None, &before).await.unwrap(),
        AfterBegin::Gone,
        "an old value changes nothing"
    );
    bench.pass(10);
    assert!(bench.visitor(&old).await.is_none());
    assert_eq!(bench.told("confirm.ok").await, 1);
}

/// A code that was mailed to sign in is none that confirms, and one that confirmed is used up.
#[tokio::test]
async fn a_mailed_code_confirms_once_and_only_what_it_was_sent_for() {
    let bench = Bench::new();
    bench.account(ANNA).await;
    let mut browser = bench.signed_in(ANNA).await;
    let for_sign_in = bench.mailbox.newest_code();
    bench.pass(301);
    begin_app(&bench, &browser).await;
    let visitor = bench.visitor(&browser).await.unwrap();
    bench
        .desk
        .send_confirm_code(None, &visitor, &browser.caller)
        .await
        .unwrap();
    let after = confirm(&bench, &browser, answers(PASSWORD, &for_sign_in)).await;
    assert!(
        matches!(after, AfterConfirm::CodeRefused(Factor::Email, Verdict::Wrong, _)),
        "{after:?}"
    );
    let code = bench.mailbox.newest_code();
    let after = confirm(&bench, &browser, answers(PASSWORD, &code)).await;
    confirmed(after, &mut browser);
    bench.pass(301);
    begin_app(&bench, &browser).await;
    let after = confirm(&bench, &browser, answers(PASSWORD, &code)).await;
    assert!(
        matches!(after, AfterConfirm::CodeRefused(Factor::Email, Verdict::Wrong, _)),
        "{after:?}"
    );
}

/// RATE-17
#[tokio::test]
async fn five_wrong_answers_end_the_session_and_the_owner_hears_of_it() {
    let bench = Bench::new();
    let anna = bench.account(ANNA).await;
    let secret = bench.give_app(anna.id).await;
    let browser = bench.signed_in_by_app(ANNA, &secret).await;
    bench.pass(301);
    begin_app(&bench, &browser).await;
    for _ in 0..2 {
        let after = confirm(&bench, &browser, answers("not the password", "123456")).await;
        assert!(matches!(after, AfterConfirm::PasswordWrong), "{after:?}");
    }
    let past = bench.app_code(&secret, -5);
    for _ in 0..2 {
        let after = confirm(&bench, &browser, answers(PASSWORD, &past)).await;
        assert!(
            matches!(after, AfterConfirm::CodeRefused(Factor::App, Verdict::Past, _)),
            "{after:?}"
        );
    }
    let visitor = bench.visitor(&browser).await.unwrap();
    let after = confirm(&bench, &browser, answers("not the password", "")).await;
    assert!(
        matches!(after, AfterConfirm::Incomplete { .. }),
        "not counted: {after:?}"
    );
    let after = confirm(&bench, &browser, answers("not the password", "123456")).await;
    assert!(matches!(after, AfterConfirm::Ended), "{after:?}");
    assert!(bench.visitor(&browser).await.is_none());
    assert_eq!(
        bench.notices(),
        [NoticeKind::SessionEndedByMisses { attempts: 5 }]
    );
    assert_eq!(bench.told("session.ended").await, 1);
    assert_eq!(bench.told("confirm.failed").await, 5);
    let late = bench
        .desk
        .confirm(
            answers(PASSWORD, &past),
            None,
            &removal,
            &visitor,
            &browser.cookies,
            &browser.caller,
        )
        .await
        .unwrap();
    assert!(matches!(late, AfterConfirm::Gone), "{late:?}");
}

#[tokio::test]
async fn codes_in_a_session_count_with_all_others_of_the_account() {
    let bench = Bench::new();
    let anna = bench.account(ANNA).await;
    let secret = bench.give_app(anna.id).await;
    let mut browsers = Vec::new();
    for _ in 0..3 {
        browsers.push(bench.signed_in_by_app(ANNA, &secret).await);
        bench.pass(30);
    }
    bench.pass(301);
    let past = bench.app_code(&secret, -5);
    for browser in &browsers {
        begin_app(&bench, browser).await;
    }
    for number in 0..10 {
        let after = confirm(&bench, &browsers[number / 4], answers(PASSWORD, &past)).await;
        assert!(
            matches!(after, AfterConfirm::CodeRefused(..)),
            "{number}: {after:?}"
        );
    }
    let right = bench.app_code(&secret, 0);
    let after = confirm(&bench, &browsers[2], answers(PASSWORD, &right)).await;
    assert!(matches!(after, AfterConfirm::Waits(Waits::Until(_))), "{after:?}");
    assert_eq!(bench.told("sign_in.waiting").await, 1);
}

#[tokio::test]
async fn a_late_mailed_code_brings_a_new_one_and_counts_nothing() {
    let bench = Bench::new();
    bench.account(ANNA).await;
    let mut browser = bench.signed_in(ANNA).await;
    bench.pass(301);
    begin_app(&bench, &browser).await;
    let visitor = bench.visitor(&browser).await.unwrap();
    bench
        .desk
        .send_confirm_code(None, &visitor, &browser.caller)
        .await
        .unwrap();
    let late = bench.mailbox.newest_code();
    bench.pass(600);
    let after = confirm(&bench, &browser, answers(PASSWORD, &late)).await;
    assert!(
        matches!(
            after,
            AfterConfirm::CodeRefused(_, Verdict::Expired, Mailing::Sent)
        ),
        "{after:?}"
    );
    let visitor = bench.visitor(&browser).await.unwrap();
    assert_eq!(visitor.session().misses, 0);
    let fresh = bench.mailbox.newest_code();
    let after = confirm(&bench, &browser, answers(PASSWORD, &fresh)).await;
    confirmed(after, &mut browser);
}

/// An app that is being set up in one tab goes on although another tab confirms something.
#[tokio::test]
async fn what_was_begun_moves_along_with_the_session() {
    let bench = Bench::new();
    let anna = bench.account(ANNA).await;
    let secret = bench.give_app(anna.id).await;
    let mut browser = bench.signed_in_by_app(ANNA, &secret).await;
    assert_eq!(begin_app(&bench, &browser).await, AfterBegin::Begun);
    let visitor = bench.visitor(&browser).await.unwrap();
    let shown = bench.desk.app_shown_to(&visitor).await.unwrap().unwrap();
    bench.pass(301);
    assert_eq!(
        bench.desk.new_codes(&visitor).await.unwrap(),
        AfterNewCodes::Confirm
    );
    let code = bench.app_code(&secret, 0);
    let after = confirm(&bench, &browser, answers(PASSWORD, &code)).await;
    let (_, intent) = confirmed(after, &mut browser);
    assert_eq!(intent, Intent::NewRecoveryCodes);
    let visitor = bench.visitor(&browser).await.unwrap();
    let still = bench.desk.app_shown_to(&visitor).await.unwrap().unwrap();
    assert_eq!(shown.secret.bytes(), still.secret.bytes());
}

#[tokio::test]
async fn a_recovery_code_answers_for_a_lost_app_that_is_removed_and_for_nothing_else() {
    let bench = Bench::new();
    let anna = bench.account(ANNA).await;
    let secret = bench.give_app(anna.id).await;
    let codes = bench.give_codes(anna.id, 5).await;
    let app = bench.stored(anna.id).await.apps[0].id;
    let mut browser = bench.signed_in_by_app(ANNA, &secret).await;
    bench.pass(301);
    let by_recovery = codes[0].printed();
    let typed = TypedAnswers {
        password: PASSWORD,
        code: "",
        recovery_code: &by_recovery,
    };
    begin_app(&bench, &browser).await;
    let after = confirm(&bench, &browser, typed).await;
    assert!(
        matches!(
            after,
            AfterConfirm::Incomplete {
                code: Some(NotSixDigits::Empty),
                ..
            }
        ),
        "{after:?}"
    );

    let visitor = bench.visitor(&browser).await.unwrap();
    assert_eq!(
        bench.desk.plan_app_removal(app, &visitor).await.unwrap(),
        AfterPlan::Confirm
    );
    assert!(
        bench
            .desk
            .asked_to_confirm(None, &visitor)
            .await
            .unwrap()
            .unwrap()
            .or_recovery
    );
    let refused = bench.desk.remove_app(&visitor, &browser.caller).await.unwrap();
    assert!(matches!(refused, AfterRemoval::Confirm), "{refused:?}");
    let after = confirm(&bench, &browser, typed).await;
    let (_, intent) = confirmed(after, &mut browser);
    assert_eq!(intent, Intent::RemoveApp(app));
    assert_eq!(
        bench.notices(),
        [NoticeKind::RecoveryCodeUsed {
            left: 4,
            replaced: false
        }]
    );
    let visitor = bench.visitor(&browser).await.unwrap();
    assert!(bench.desk.planned_app_removal(&visitor).await.unwrap().is_some());
    bench.pass(600);
    let visitor = bench.visitor(&browser).await.unwrap();
    let removed = bench.desk.remove_app(&visitor, &browser.caller).await.unwrap();
    assert!(
        matches!(removed, AfterRemoval::Removed(_)),
        "whoever reads slowly: {removed:?}"
    );
    assert!(bench.stored(anna.id).await.apps.is_empty());
}

/// One right answer posted twenty times renews the session once.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_right_answer_renews_the_session_once() {
    let bench = std::sync::Arc::new(Bench::new());
    let anna = bench.account(ANNA).await;
    let secret = bench.give_app(anna.id).await;
    let browser = bench.signed_in_by_app(ANNA, &secret).await;
    bench.pass(301);
    begin_app(&bench, &browser).await;
    let code = bench.app_code(&secret, 0);
    let visitor = bench.visitor(&browser).await.unwrap();
    let posts: Vec<_> = (0..8)
        .map(|_| {
            let (bench, browser, code) = (std::sync::Arc::clone(&bench), browser.clone(), code.clone());
            let visitor = visitor.clone();
            tokio::spawn(async move {
                let typed = answers(PASSWORD, &code);
                let desk = &bench.desk;
                desk.confirm(typed, None, &removal, &visitor, &browser.cookies, &browser.caller)
                    .await
                    .unwrap()
            })
        })
        .collect();
    let mut renewed = 0;
    for post in posts {
        let after = post.await.unwrap();
        renewed += usize::from(matches!(after, AfterConfirm::Confirmed(..)));
        assert!(
            matches!(after, AfterConfirm::Confirmed(..) | AfterConfirm::Gone),
            "{after:?}"
        );
    }
    assert_eq!(renewed, 1);
    assert_eq!(bench.sessions(anna.id).await, 1);
    assert_eq!(bench.told("confirm.failed").await, 0, "a double click is no miss");
}

/// Portal C, row 77, where the code is used on the account pages.
#[tokio::test]
async fn a_recovery_code_that_confirms_is_replaced_and_the_fresh_one_is_shown_first() {
    let bench = Bench::with(|rules| rules.second_factor.recovery_codes.replace_used = true);
    let anna = bench.account(ANNA).await;
    let secret = bench.give_app(anna.id).await;
    let codes = bench.give_codes(anna.id, 1).await;
    let app = bench.stored(anna.id).await.apps[0].id;
    let mut browser = bench.signed_in_by_app(ANNA, &secret).await;
    bench.pass(301);
    let visitor = bench.visitor(&browser).await.unwrap();
    bench.desk.plan_app_removal(app, &visitor).await.unwrap();
    let by_recovery = codes[0].printed();
    let typed = TypedAnswers {
        password: PASSWORD,
        code: "",
        recovery_code: &by_recovery,
    };

    let after = confirm(&bench, &browser, typed).await;

    let AfterConfirm::Replaced(renewed) = after else {
        panic!("{after:?}")
    };
    browser.cookies.session = Some(renewed.cookie.clone());
    let arrival = bench.desk.arrival_of(&renewed.cookie.digest()).await;
    let arrival = arrival.unwrap().unwrap();
    assert_eq!(arrival.next, "/_auth/account/app/remove");
    let shown = bench.desk.fresh_code(&arrival, anna.id).unwrap();
    assert_eq!(shown.len(), 1);
    assert_ne!(shown[0].printed(), by_recovery);
    let visitor = bench.visitor(&browser).await.unwrap();
    assert!(bench.desk.planned_app_removal(&visitor).await.unwrap().is_some());
    let next = bench.desk.go_on_from_arrival(&renewed.cookie.digest()).await;
    assert_eq!(
        next.unwrap().map(|it| it.next).as_deref(),
        Some("/_auth/account/app/remove")
    );
    let gone = bench.desk.arrival_of(&renewed.cookie.digest()).await.unwrap();
    assert!(gone.is_none(), "once it was saved it is not shown again");
}
