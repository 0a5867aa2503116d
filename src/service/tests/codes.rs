//! Sign-in with codes: each works once, in its time, in its flow.

use std::sync::Arc;

use crate::base::entropy::OsEntropy;
use crate::base::id::AccountId;
use crate::identity::factor::{Factor, NotSixDigits};
use crate::identity::sign_in::{Ended, Refusal};
use crate::messaging::NoticeKind;
use crate::service::factor::{AfterCode, TypedCode};
use crate::service::opening::GoesTo;
use crate::service::sign_in::{AfterPassword, Mailing};
use crate::service::testing::{Bench, PASSWORD};

const ANNA: &str = "anna@example.com";

/// A code that is surely not this one.
fn other_than(code: &str) -> String {
    let number: u32 = code.parse().unwrap();
    format!("{:06}", (number + 1) % 1_000_000)
}

#[tokio::test]
async fn password_and_mailed_code_open_a_session_that_knows_where_to_go() {
    let bench = Bench::new();
    let anna = bench.account(ANNA).await;
    let mut browser = bench.browser();

    let after = bench.password(&mut browser, " Anna@Example.com ", PASSWORD).await;
    assert!(
        matches!(after, AfterPassword::Step(_, Mailing::Sent)),
        "{after:?}"
    );
    assert!(
        bench.visitor(&browser).await.is_none(),
        "no session before the last proof"
    );
    assert_eq!(bench.sessions(anna.id).await, 0);

    let code = bench.mailbox.newest_code();
    let AfterCode::SignedIn(opened) = bench.code(&mut browser, TypedCode::Email(&code)).await else {
        panic!("not signed in");
    };
    assert_eq!(opened.goes_to, GoesTo::Trust);
    let arrival = bench
        .desk
        .arrival_of(&opened.cookie.digest())
        .await
        .unwrap()
        .unwrap();
    assert_eq!(arrival.next, "/wanted");
    let visitor = bench.visitor(&browser).await.unwrap();
    assert_eq!(visitor.session().method(), "password+email");
    assert_eq!(bench.told("sign_in.completed").await, 1);
}

/// CODE-04
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn fifty_posts_of_one_right_code_open_one_session() {
    let bench = Arc::new(Bench::new());
    let anna = bench.account(ANNA).await;
    let mut browser = bench.browser();
    bench.password(&mut browser, ANNA, PASSWORD).await;
    let code = bench.mailbox.newest_code();

    let posts: Vec<_> = (0..50)
        .map(|_| {
            let (bench, mut browser, code) = (Arc::clone(&bench), browser.clone(), code.clone());
            tokio::spawn(async move { bench.code(&mut browser, TypedCode::Email(&code)).await })
        })
        .collect();
    let mut opened = 0;
    for post in posts {
        opened += usize::from(matches!(post.await.unwrap(), AfterCode::SignedIn(_)));
    }
    assert_eq!(opened, 1);
    assert_eq!(bench.sessions(anna.id).await, 1);

    let mut again = bench.browser();
    bench.pass(30);
    bench.signs_in(&mut again, ANNA).await;
}

/// CODE-02
#[tokio::test]
async fn a_mailed_code_works_at_nine_fifty_nine_and_at_ten_brings_a_new_one() {
    let bench = Bench::new();
    bench.account(ANNA).await;
    let mut in_time = bench.browser();
    bench.password(&mut in_time, ANNA, PASSWORD).await;
    let code = bench.mailbox.newest_code();
    bench.pass(599);
    let after = bench.code(&mut in_time, TypedCode::Email(&code)).await;
    assert!(matches!(after, AfterCode::SignedIn(_)), "{after:?}");

    let mut late = bench.browser();
    bench.password(&mut late, ANNA, PASSWORD).await;
    let code = bench.mailbox.newest_code();
    bench.pass(600);
    let after = bench.code(&mut late, TypedCode::Email(&code)).await;
    assert!(
        matches!(&after, AfterCode::Refused(ticket, Refusal::Expired, Mailing::Sent) if ticket.flow.misses == 0),
        "{after:?}"
    );
    let fresh = bench.mailbox.newest_code();
    let after = bench.code(&mut late, TypedCode::Email(&fresh)).await;
    assert!(matches!(after, AfterCode::SignedIn(_)), "{after:?}");
}

/// CODE-06, CODE-07
#[tokio::test]
async fn the_two_newest_codes_live_in_their_own_flow_only() {
    let bench = Bench::new();
    bench.account(ANNA).await;
    let mut browser = bench.browser();
    bench.password(&mut browser, ANNA, PASSWORD).await;
    for _ in 0..2 {
        bench.pass(30);
        let sent = bench
            .desk
            .send_code(Factor::Email, &browser.cookies, &browser.caller)
            .await
            .unwrap();
        assert!(matches!(sent, Some((_, Mailing::Sent))), "{sent:?}");
    }
    let codes = bench.mailbox.codes();
    assert_eq!(codes.len(), 3);

    let mut elsewhere = bench.browser();
    bench.password(&mut elsewhere, ANNA, PASSWORD).await;
    let after = bench.code(&mut elsewhere, TypedCode::Email(&codes[1])).await;
    assert!(
        matches!(after, AfterCode::Refused(_, Refusal::Wrong, _)),
        "{after:?}"
    );

    let after = bench.code(&mut browser, TypedCode::Email(&codes[0])).await;
    assert!(
        matches!(after, AfterCode::Refused(_, Refusal::Wrong, _)),
        "{after:?}"
    );
    let after = bench.code(&mut browser, TypedCode::Email(&codes[1])).await;
    assert!(matches!(after, AfterCode::SignedIn(_)), "{after:?}");
}

/// CODE-09
#[tokio::test]
async fn five_wrong_codes_end_the_flow_and_the_third_is_told() {
    let bench = Bench::new();
    bench.account(ANNA).await;
    let mut browser = bench.browser();
    bench.password(&mut browser, ANNA, PASSWORD).await;
    let right = bench.mailbox.newest_code();
    let wrong = other_than(&right);
    for miss in 1..=4 {
        let after = bench.code(&mut browser, TypedCode::Email(&wrong)).await;
        assert!(
            matches!(&after, AfterCode::Refused(ticket, Refusal::Wrong, _) if ticket.flow.misses == miss),
            "{after:?}"
        );
    }
    assert_eq!(bench.notices(), [NoticeKind::SecondFactorFailed { attempts: 3 }]);
    let after = bench.code(&mut browser, TypedCode::Email(&wrong)).await;
    assert!(
        matches!(after, AfterCode::Ended(Ended::TooManyMisses)),
        "{after:?}"
    );
    let after = bench.code(&mut browser, TypedCode::Email(&right)).await;
    assert!(matches!(after, AfterCode::NoFlow), "{after:?}");
}

#[tokio::test]
async fn the_configured_number_of_wrong_codes_ends_the_flow() {
    let bench = Bench::with(|rules| rules.limits.factor_flow = 2);
    bench.account(ANNA).await;
    let mut browser = bench.browser();
    bench.password(&mut browser, ANNA, PASSWORD).await;
    let wrong = other_than(&bench.mailbox.newest_code());
    let after = bench.code(&mut browser, TypedCode::Email(&wrong)).await;
    assert!(matches!(after, AfterCode::Refused(..)), "{after:?}");
    let after = bench.code(&mut browser, TypedCode::Email(&wrong)).await;
    assert!(
        matches!(after, AfterCode::Ended(Ended::TooManyMisses)),
        "{after:?}"
    );
}

#[tokio::test]
async fn what_is_no_code_is_not_counted() {
    let bench = Bench::new();
    bench.account(ANNA).await;
    let mut browser = bench.browser();
    bench.password(&mut browser, ANNA, PASSWORD).await;
    for typed in ["", "12345", "null", "[]"] {
        for _ in 0..4 {
            let after = bench.code(&mut browser, TypedCode::Email(typed)).await;
            assert!(
                matches!(&after, AfterCode::NoCode(ticket, fault) if ticket.flow.misses == 0
                    && (*fault != NotSixDigits::Empty || typed.is_empty())),
                "{after:?}"
            );
        }
    }
    let code = bench.mailbox.newest_code();
    let after = bench.code(&mut browser, TypedCode::Email(&code)).await;
    assert!(matches!(after, AfterCode::SignedIn(_)), "{after:?}");
}

/// CODE-16, CODE-19
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn an_app_code_opens_one_session_over_two_flows() {
    let bench = Arc::new(Bench::new());
    let anna = bench.account(ANNA).await;
    let secret = bench.give_app(anna.id).await;
    let mut browsers = [bench.browser(), bench.browser()];
    for browser in &mut browsers {
        bench.password(browser, ANNA, PASSWORD).await;
    }
    let code = bench.app_code(&secret, 0);
    let posts: Vec<_> = (0..8)
        .map(|number| {
            let (bench, mut browser) = (Arc::clone(&bench), browsers[number % 2].clone());
            let code = code.clone();
            tokio::spawn(async move { bench.code(&mut browser, TypedCode::App(&code)).await })
        })
        .collect();
    let mut opened = 0;
    for post in posts {
        opened += usize::from(matches!(post.await.unwrap(), AfterCode::SignedIn(_)));
    }
    assert_eq!(opened, 1, "RFC 6238 §5.2");

    let mut again = bench.browser();
    bench.password(&mut again, ANNA, PASSWORD).await;
    let after = bench.code(&mut again, TypedCode::App(&code)).await;
    assert!(
        matches!(after, AfterCode::Refused(_, Refusal::Spent, _)),
        "{after:?}"
    );
    assert!(bench.told("factor.replayed").await >= 1);
    bench.pass(30);
    let next = bench.app_code(&secret, 0);
    let after = bench.code(&mut again, TypedCode::App(&next)).await;
    assert!(matches!(after, AfterCode::SignedIn(_)), "{after:?}");
}

/// CODE-21, CODE-24, CODE-26
#[tokio::test]
async fn a_recovery_code_works_once_and_ends_trust() {
    let bench = Bench::new();
    let anna = bench.account(ANNA).await;
    bench.give_app(anna.id).await;
    let codes = bench.give_codes(anna.id, 4).await;
    let mut browser = bench.browser();
    bench.password(&mut browser, ANNA, PASSWORD).await;
    let sloppy = codes[0].printed().to_lowercase().replace('-', " ");
    let after = bench.code(&mut browser, TypedCode::Recovery(&sloppy)).await;
    let AfterCode::SignedIn(opened) = after else {
        panic!("{after:?}")
    };
    assert_eq!(opened.goes_to, GoesTo::RecoveryUsed);
    let arrival = bench
        .desk
        .arrival_of(&opened.cookie.digest())
        .await
        .unwrap()
        .unwrap();
    assert!(!arrival.ask_trust, "not offered after a recovery code");
    assert_eq!(
        bench.notices(),
        [NoticeKind::RecoveryCodeUsed {
            left: 3,
            replaced: false
        }]
    );
    assert_eq!(bench.told("recovery.low").await, 1);

    let mut again = bench.browser();
    bench.password(&mut again, ANNA, PASSWORD).await;
    let after = bench
        .code(&mut again, TypedCode::Recovery(&codes[0].printed()))
        .await;
    assert!(
        matches!(after, AfterCode::Refused(_, Refusal::Spent, _)),
        "{after:?}"
    );
    let after = bench
        .code(&mut again, TypedCode::Recovery(&codes[1].printed()))
        .await;
    assert!(matches!(after, AfterCode::SignedIn(_)), "{after:?}");
}

/// MFA-09: an account with an app is not let in by email, whatever is posted.
#[tokio::test]
async fn a_weaker_factor_than_the_app_is_not_offered() {
    let bench = Bench::new();
    let anna = bench.account(ANNA).await;
    let mut browser = bench.browser();
    bench.password(&mut browser, ANNA, PASSWORD).await;
    let mailed = bench.mailbox.newest_code();
    bench.give_app(anna.id).await;
    let after = bench.code(&mut browser, TypedCode::Email(&mailed)).await;
    assert!(
        matches!(after, AfterCode::Refused(_, Refusal::NotOffered, _)),
        "{after:?}"
    );
    let chosen = bench
        .desk
        .choose(Factor::Email, &browser.cookies, &browser.caller)
        .await
        .unwrap();
    assert!(
        matches!(chosen, AfterCode::Refused(_, Refusal::NotOffered, _)),
        "{chosen:?}"
    );
    let sent = bench
        .desk
        .send_code(Factor::Email, &browser.cookies, &browser.caller)
        .await
        .unwrap();
    assert!(sent.is_none(), "{sent:?}");
    assert_eq!(bench.mailbox.codes().len(), 1, "no mail went out");
}

/// MFA-11, MFA-13
#[tokio::test]
async fn a_flow_dies_of_age_and_of_changes_to_its_account() {
    let bench = Bench::new();
    let anna = bench.account(ANNA).await;
    let mut old = bench.browser();
    bench.password(&mut old, ANNA, PASSWORD).await;
    bench.pass(15 * 60);
    let code = bench.mailbox.newest_code();
    let after = bench.code(&mut old, TypedCode::Email(&code)).await;
    assert!(matches!(after, AfterCode::NoFlow), "{after:?}");

    let changes: [fn(&mut crate::identity::account::Account); 2] = [
        |account| account.credentials_changed(),
        |account| {
            account.status = crate::identity::account::Status::Locked {
                since: account.created,
            };
        },
    ];
    for change in changes {
        let mut browser = bench.browser();
        bench.password(&mut browser, ANNA, PASSWORD).await;
        let code = bench.mailbox.newest_code();
        bench.change(anna.id, change).await;
        let after = bench.code(&mut browser, TypedCode::Email(&code)).await;
        assert!(matches!(after, AfterCode::NoFlow), "{after:?}");
    }
    assert_eq!(bench.sessions(anna.id).await, 0);
}

#[tokio::test]
async fn several_tabs_share_one_flow_and_its_codes() {
    let bench = Bench::new();
    bench.account(ANNA).await;
    let mut browser = bench.browser();
    bench.password(&mut browser, ANNA, PASSWORD).await;
    let flow = browser.cookies.flow.clone().unwrap();
    let code = bench.mailbox.newest_code();
    let after = bench.password(&mut browser, ANNA, PASSWORD).await;
    assert!(
        matches!(after, AfterPassword::Step(_, Mailing::None)),
        "{after:?}"
    );
    assert_eq!(browser.cookies.flow.clone().unwrap().digest(), flow.digest());
    assert_eq!(bench.mailbox.codes().len(), 1);
    let after = bench.code(&mut browser, TypedCode::Email(&code)).await;
    assert!(matches!(after, AfterCode::SignedIn(_)), "{after:?}");
}

/// RATE-19: a burst of clicks sends one letter, and counts one.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_burst_of_resend_clicks_sends_one_letter_and_counts_one() {
    let bench = Arc::new(Bench::new());
    bench.account(ANNA).await;
    let mut browser = bench.browser();
    bench.password(&mut browser, ANNA, PASSWORD).await;
    bench.pass(30);
    let clicks: Vec<_> = (0..40)
        .map(|_| {
            let (bench, browser) = (Arc::clone(&bench), browser.clone());
            tokio::spawn(async move {
                let sent = bench
                    .desk
                    .send_code(Factor::Email, &browser.cookies, &browser.caller)
                    .await;
                sent.unwrap().unwrap().1
            })
        })
        .collect();
    for click in clicks {
        let mailing = click.await.unwrap();
        assert!(
            matches!(
                mailing,
                Mailing::Sent | Mailing::TooEarly(_) | Mailing::Limited(_)
            ),
            "{mailing:?}"
        );
    }
    assert_eq!(bench.mailbox.codes().len(), 2);
    for _ in 0..3 {
        bench.pass(30);
        let sent = bench
            .desk
            .send_code(Factor::Email, &browser.cookies, &browser.caller)
            .await
            .unwrap();
        assert!(matches!(sent, Some((_, Mailing::Sent))), "{sent:?}");
    }
    bench.pass(30);
    let sent = bench
        .desk
        .send_code(Factor::Email, &browser.cookies, &browser.caller)
        .await
        .unwrap();
    assert!(
        matches!(sent, Some((_, Mailing::Limited(_)))),
        "five an hour: {sent:?}"
    );
}

/// FAIL-08: a letter that could not be sent is said, counts nothing, and may be tried at once.
#[tokio::test]
async fn a_code_that_cannot_be_sent_is_said_and_does_not_make_anybody_wait() {
    let bench = Bench::new();
    bench.account(ANNA).await;
    let broken = &bench.mailbox.broken;
    broken.store(true, std::sync::atomic::Ordering::SeqCst);
    let mut browser = bench.browser();
    let after = bench.password(&mut browser, ANNA, PASSWORD).await;
    assert!(
        matches!(after, AfterPassword::Step(_, Mailing::Failed)),
        "{after:?}"
    );
    for _ in 0..8 {
        let sent = bench
            .desk
            .send_code(Factor::Email, &browser.cookies, &browser.caller)
            .await
            .unwrap();
        assert!(matches!(sent, Some((_, Mailing::Failed))), "{sent:?}");
    }
    broken.store(false, std::sync::atomic::Ordering::SeqCst);
    let sent = bench
        .desk
        .send_code(Factor::Email, &browser.cookies, &browser.caller)
        .await
        .unwrap();
    assert!(matches!(sent, Some((_, Mailing::Sent))), "{sent:?}");
}

#[tokio::test]
async fn signing_out_ends_the_session_also_under_a_value_that_was_just_superseded() {
    let bench = Bench::new();
    let anna = bench.account(ANNA).await;
    let browser = bench.signed_in(ANNA).await;
    assert!(
        bench
            .desk
            .sign_out(&browser.cookies, &browser.caller)
            .await
            .unwrap()
    );
    assert!(bench.visitor(&browser).await.is_none());
    assert!(
        !bench
            .desk
            .sign_out(&browser.cookies, &browser.caller)
            .await
            .unwrap()
    );

    let browser = bench.signed_in(ANNA).await;
    let stepped = step_up(&bench, &browser).await;
    assert!(
        bench.visitor(&browser).await.is_some(),
        "the old value works a moment longer"
    );
    bench
        .desk
        .sign_out(&browser.cookies, &browser.caller)
        .await
        .unwrap();
    assert!(bench.visitor(&stepped).await.is_none());
    assert_eq!(bench.sessions(anna.id).await, 0);
}

/// Proves the second factor once more inside a session.
async fn step_up(
    bench: &Bench,
    browser: &crate::service::testing::Browser,
) -> crate::service::testing::Browser {
    let mut stepped = browser.clone();
    let session = browser.cookies.session.clone().unwrap().digest();
    let ticket = bench
        .desk
        .step_up(
            session,
            "/admin".to_owned(),
            &stepped.cookies,
            Some(Factor::Email),
        )
        .await
        .unwrap()
        .unwrap();
    stepped.cookies.flow = Some(ticket.cookie);
    bench
        .desk
        .send_code(Factor::Email, &stepped.cookies, &stepped.caller)
        .await
        .unwrap()
        .unwrap();
    let code = bench.mailbox.newest_code();
    let after = bench.code(&mut stepped, TypedCode::Email(&code)).await;
    assert!(matches!(after, AfterCode::SignedIn(_)), "{after:?}");
    stepped
}

/// SESS-04: the old value works ten seconds more; the session keeps its id and its start.
#[tokio::test]
async fn a_step_up_gives_a_new_value_and_ten_seconds_to_the_old_one() {
    let bench = Bench::new();
    bench.account(ANNA).await;
    let browser = bench.signed_in(ANNA).await;
    let before = bench.visitor(&browser).await.unwrap();
    bench.pass(600);
    let stepped = step_up(&bench, &browser).await;
    let after = bench.visitor(&stepped).await.unwrap();
    assert_eq!(before.session().id, after.session().id);
    assert_eq!(before.session().opened, after.session().opened);
    assert_eq!(before.session().proven.password, after.session().proven.password);
    assert!(before.session().proven.second < after.session().proven.second);
    bench.pass(9);
    assert!(bench.visitor(&browser).await.is_some());
    bench.pass(1);
    assert!(bench.visitor(&browser).await.is_none());
    assert!(bench.visitor(&stepped).await.is_some());
}

/// A flow that adds proof to a session opens none where that session has ended.
#[tokio::test]
async fn a_step_up_of_a_session_that_has_ended_opens_nothing() {
    let bench = Bench::new();
    let anna = bench.account(ANNA).await;
    let browser = bench.signed_in(ANNA).await;
    let mut half = browser.clone();
    let session = browser.cookies.session.clone().unwrap().digest();
    let ticket = bench
        .desk
        .step_up(session, "/admin".to_owned(), &half.cookies, Some(Factor::Email))
        .await
        .unwrap()
        .unwrap();
    half.cookies.flow = Some(ticket.cookie);
    bench
        .desk
        .send_code(Factor::Email, &half.cookies, &half.caller)
        .await
        .unwrap()
        .unwrap();
    let code = bench.mailbox.newest_code();
    bench
        .desk
        .sign_out(&browser.cookies, &browser.caller)
        .await
        .unwrap();

    let after = bench.code(&mut half, TypedCode::Email(&code)).await;
    assert!(matches!(after, AfterCode::NoFlow), "{after:?}");
    assert_eq!(bench.sessions(anna.id).await, 0);
}

/// Portal C, rows 70, 71 and 77: one code; where it is used, a fresh one is shown and valid at once.
#[tokio::test]
async fn a_recovery_code_that_is_replaced_is_shown_at_once_and_works() {
    let bench = Bench::with(|rules| {
        rules.second_factor.recovery_codes.count = 1;
        rules.second_factor.recovery_codes.replace_used = true;
        rules.second_factor.recovery_codes.warn_at = 0;
    });
    let anna = bench.account(ANNA).await;
    bench.give_app(anna.id).await;
    let mut code = bench.give_codes(anna.id, 1).await.remove(0);
    for _ in 0..3 {
        let mut browser = bench.browser();
        bench.password(&mut browser, ANNA, PASSWORD).await;
        let typed = code.printed();
        let after = bench.code(&mut browser, TypedCode::Recovery(&typed)).await;
        let AfterCode::SignedIn(opened) = after else {
            panic!("{after:?}")
        };
        assert_eq!(opened.goes_to, GoesTo::RecoveryUsed);
        let arrival = bench.desk.arrival_of(&opened.cookie.digest()).await;
        let arrival = arrival.unwrap().unwrap();
        let mut shown = bench.desk.fresh_code(&arrival, anna.id).unwrap();
        assert_eq!(shown.len(), 1);
        let replaced = NoticeKind::RecoveryCodeUsed {
            left: 1,
            replaced: true,
        };
        let mut notices = bench.notices().into_iter();
        let last = notices.rfind(|it| *it != NoticeKind::NewSignIn);
        assert_eq!(last, Some(replaced));
        let set = bench.stored(anna.id).await.recovery.unwrap();
        assert_eq!((set.left(), set.count()), (1, 1));
        let another = AccountId::draw(&OsEntropy);
        assert!(
            bench.desk.fresh_code(&arrival, another).is_err(),
            "sealed for its account"
        );

        let mut again = bench.browser();
        bench.password(&mut again, ANNA, PASSWORD).await;
        let after = bench.code(&mut again, TypedCode::Recovery(&typed)).await;
        assert!(
            matches!(after, AfterCode::Refused(_, Refusal::Spent, _)),
            "{after:?}"
        );
        code = shown.remove(0);
    }
    assert_eq!(bench.told("recovery.used").await, 3);
    assert_eq!(bench.told("recovery.created").await, 3);
    assert_eq!(bench.told("recovery.low").await, 0);
}
