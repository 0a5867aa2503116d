//! Registration, with a clock that is turned by hand.

use std::sync::atomic::Ordering;

use crate::base::language::Language;
use crate::identity::account::{EmailAddress, Status};
use crate::identity::registration::{Details, NotAdmitted, Stage, WayIn};
use crate::identity::settings::{
    Approval, Approver, Floor, Method, RegistrationCode, RegistrationMode, Settings as Rules,
};
use crate::identity::sign_in::Ended;
use crate::identity::throttle::Waits;
use crate::messaging::{ApprovalNews, Letter};
use crate::service::admin::Operator;
use crate::service::factor::AfterCode;
use crate::service::opening::GoesTo;
use crate::service::register::{AfterAddress, AfterCheck, AfterDetails};
use crate::service::sign_in::{AfterPassword, Mailing};
use crate::service::testing::{Bench, Browser, PASSWORD};

const ANNA: &str = "anna@example.com";

fn open(rules: &mut Rules) {
    rules.registration.mode = RegistrationMode::Open;
}

fn details() -> Details {
    Details {
        first_name: "Anna".to_owned(),
        last_name: "Muster".to_owned(),
        language: Language::english(),
    }
}

async fn ask_with(bench: &Bench, browser: &mut Browser, email: &str, code: &str) -> AfterAddress {
    let next = "/wanted".to_owned();
    let after = bench
        .desk
        .register(email, code, next, &browser.cookies, &browser.caller)
        .await
        .unwrap();
    if let AfterAddress::Check(registering, _) = &after {
        browser.cookies.flow = Some(registering.cookie.clone());
    }
    after
}

async fn ask(bench: &Bench, browser: &mut Browser, email: &str) -> AfterAddress {
    ask_with(bench, browser, email, "").await
}

async fn check(bench: &Bench, browser: &Browser, code: &str) -> AfterCheck {
    let (cookies, caller) = (&browser.cookies, &browser.caller);
    bench.desk.register_code(code, cookies, caller).await.unwrap()
}

async fn finish(bench: &Bench, browser: &mut Browser) -> AfterDetails {
    let after = bench
        .desk
        .register_details(PASSWORD, &details(), &browser.cookies, &browser.caller)
        .await
        .unwrap();
    match &after {
        AfterDetails::Step(ticket) => browser.cookies.flow = Some(ticket.cookie.clone()),
        AfterDetails::SignedIn(opened) => browser.take(opened),
        _ => {}
    }
    after
}

/// Another code than this one.
fn another(code: &str) -> String {
    format!("{:06}", (code.parse::<u32>().unwrap() + 1) % 1_000_000)
}

#[tokio::test]
async fn from_an_address_to_a_session_by_code() {
    let bench = Bench::with(open);
    let mut browser = bench.browser();
    let after = ask(&bench, &mut browser, ANNA).await;
    assert!(
        matches!(after, AfterAddress::Check(_, Mailing::Sent)),
        "{after:?}"
    );
    let nobody = bench.password(&mut bench.browser(), ANNA, PASSWORD).await;
    assert!(
        matches!(nobody, AfterPassword::Wrong { .. }),
        "REG-02: {nobody:?}"
    );

    let code = bench.mailbox.newest_code();
    let after = check(&bench, &browser, &another(&code)).await;
    assert!(matches!(after, AfterCheck::Wrong(_)), "{after:?}");
    let early = finish(&bench, &mut browser).await;
    assert!(matches!(early, AfterDetails::OutOfStep(_)), "{early:?}");
    let after = check(&bench, &browser, &code).await;
    assert!(
        matches!(&after, AfterCheck::Step(it) if matches!(it.flow.stage, Stage::Details { .. })),
        "{after:?}"
    );

    let after = finish(&bench, &mut browser).await;
    assert!(matches!(after, AfterDetails::Step(_)), "the choice: {after:?}");
    assert!(
        bench.visitor(&browser).await.is_none(),
        "no session before the end"
    );
    let after = bench
        .desk
        .stay_with_email(&browser.cookies, &browser.caller)
        .await
        .unwrap();
    let AfterCode::SignedIn(opened) = after else {
        panic!("{after:?}");
    };
    assert_eq!(opened.goes_to, GoesTo::Trust);
    browser.take(&opened);
    let visitor = bench.visitor(&browser).await.unwrap();
    assert_eq!(visitor.account().display_name(), "Anna Muster");
    assert_eq!(visitor.session().method(), "password+email");
    for (event, times) in [("asked", 1), ("confirmed", 1), ("completed", 1)] {
        assert_eq!(
            bench.told(&format!("registration.{event}")).await,
            times,
            "{event}"
        );
    }
}

#[tokio::test]
async fn a_code_that_was_used_makes_no_second_account() {
    let bench = Bench::with(open);
    let (mut one, mut two) = (bench.browser(), bench.browser());
    ask(&bench, &mut one, ANNA).await;
    let first = bench.mailbox.newest_code();
    ask(&bench, &mut two, ANNA).await;
    let second = bench.mailbox.newest_code();
    assert!(matches!(check(&bench, &two, &first).await, AfterCheck::Wrong(_)) || first == second);
    assert!(matches!(check(&bench, &one, &first).await, AfterCheck::Step(_)));
    assert!(matches!(check(&bench, &two, &second).await, AfterCheck::Step(_)));
    let (a, b) = tokio::join!(finish(&bench, &mut one), finish(&bench, &mut two));
    let made = [&a, &b]
        .iter()
        .filter(|it| matches!(it, AfterDetails::Step(_)))
        .count();
    assert_eq!(made, 1, "{a:?} {b:?}");
    assert!(
        [&a, &b].iter().any(|it| matches!(it, AfterDetails::Taken)),
        "{a:?} {b:?}"
    );
    assert_eq!(bench.desk.admin_list().await.unwrap().len(), 1);
}

#[tokio::test]
async fn the_same_form_twice_makes_one_account() {
    let bench = Bench::with(open);
    let mut browser = bench.browser();
    ask(&bench, &mut browser, ANNA).await;
    check(&bench, &browser, &bench.mailbox.newest_code()).await;
    let mut twin = browser.clone();
    let (a, b) = tokio::join!(finish(&bench, &mut browser), finish(&bench, &mut twin));
    let made = [&a, &b]
        .iter()
        .filter(|it| matches!(it, AfterDetails::Step(_)))
        .count();
    assert_eq!(made, 1, "{a:?} {b:?}");
    assert_eq!(bench.desk.admin_list().await.unwrap().len(), 1);
}

/// Whoever forgot that there is an account reads how to get into it, whatever state it is in.
#[tokio::test]
async fn the_letter_to_who_has_an_account_names_the_way_in() {
    async fn told(bench: &Bench) -> WayIn {
        ask(bench, &mut bench.browser(), ANNA).await;
        match bench.mailbox.letters().last() {
            Some(Letter::AccountExists { way_in, .. }) => *way_in,
            other => panic!("{other:?}"),
        }
    }
    let bench = Bench::with(open);
    let anna = bench.account(ANNA).await;
    bench.rule(|rules| rules.password_reset.enabled = false);
    assert_eq!(told(&bench).await, WayIn::SignIn);
    bench.rule(|rules| rules.password_reset.enabled = true);
    bench.pass(7200);
    assert_eq!(told(&bench).await, WayIn::SignInOrReset);
    bench.change(anna.id, |account| account.password = None).await;
    bench.pass(7200);
    assert_eq!(told(&bench).await, WayIn::Invitation);
    let since = bench.desk.now();
    bench
        .change(anna.id, |account| account.status = Status::Waiting { since })
        .await;
    bench.pass(7200);
    assert_eq!(told(&bench).await, WayIn::Approval);
}

#[tokio::test]
async fn enum_05_an_address_with_an_account_takes_the_same_road() {
    let bench = Bench::with(open);
    bench.account(ANNA).await;
    let mut browser = bench.browser();
    let after = ask(&bench, &mut browser, ANNA).await;
    assert!(
        matches!(after, AfterAddress::Check(_, Mailing::Sent)),
        "{after:?}"
    );
    assert!(matches!(
        bench.mailbox.letters()[..],
        [Letter::AccountExists { .. }]
    ));
    for miss in 1..=5 {
        match check(&bench, &browser, "123456").await {
            AfterCheck::Wrong(_) if miss < 5 => {}
            AfterCheck::Ended(Ended::TooManyMisses) if miss == 5 => {}
            other => panic!("{miss}: {other:?}"),
        }
    }
    // Time passes alike, too: a late code brings another letter of the same kind.
    ask(&bench, &mut browser, ANNA).await;
    bench.pass(601);
    let after = check(&bench, &browser, "123456").await;
    assert!(
        matches!(after, AfterCheck::Expired(_, Mailing::Limited(_))),
        "{after:?}"
    );
    assert_eq!(bench.mailbox.letters().len(), 2, "two an hour");
    assert_eq!(bench.mailbox.codes(), Vec::<String>::new());
}

#[tokio::test]
async fn a_link_begins_a_flow_and_a_button_confirms() {
    let bench = Bench::with(open);
    let mut asker = bench.browser();
    ask(&bench, &mut asker, ANNA).await;
    let link = bench.mailbox.newest_link();
    // A mail scanner opens it three times.
    for _ in 0..3 {
        let scanner = bench.browser();
        let opened = bench
            .desk
            .open_registration_link(&link, &scanner.caller)
            .await
            .unwrap();
        assert_eq!(opened.unwrap().flow.stage, Stage::Linked);
    }
    let mut phone = bench.browser();
    let opened = bench
        .desk
        .open_registration_link(&link, &phone.caller)
        .await
        .unwrap();
    phone.cookies.flow = Some(opened.unwrap().cookie);
    let guessed = check(&bench, &phone, &bench.mailbox.newest_code()).await;
    assert!(matches!(guessed, AfterCheck::Step(it) if it.flow.stage == Stage::Linked));
    let after = bench
        .desk
        .register_confirm(&phone.cookies, &phone.caller)
        .await
        .unwrap();
    assert!(matches!(after, AfterCheck::Step(it) if it.flow.confirmed().is_some()));
    assert!(matches!(finish(&bench, &mut phone).await, AfterDetails::Step(_)));
    let again = bench
        .desk
        .open_registration_link(&link, &phone.caller)
        .await
        .unwrap();
    assert!(again.is_none(), "REG-03: it has made its account");
}

#[tokio::test]
async fn reg_03_only_the_newest_link_works_and_for_a_day() {
    let bench = Bench::with(open);
    let mut browser = bench.browser();
    ask(&bench, &mut browser, ANNA).await;
    let old = bench.mailbox.newest_link();
    bench.pass(31);
    let (cookies, caller) = (&browser.cookies, &browser.caller);
    let again = bench.desk.register_again(cookies, caller).await.unwrap();
    assert!(matches!(again, Some((_, Mailing::Sent))), "{again:?}");
    let new = bench.mailbox.newest_link();
    let open = async |link: &str| bench.desk.open_registration_link(link, caller).await.unwrap();
    assert!(open(&old).await.is_none(), "an older one");
    assert!(open(&new).await.is_some());
    for other in ["", "x", &new[1..], &format!("{new}A"), &"A".repeat(64)] {
        assert!(open(other).await.is_none(), "{other}");
    }
    bench.pass(24 * 3600 - 1);
    assert!(open(&new).await.is_some());
    bench.pass(1);
    assert!(open(&new).await.is_none(), "after 24 hours");
}

#[tokio::test]
async fn a_registration_is_over_after_fifteen_minutes_and_where_it_is_switched_off() {
    let bench = Bench::with(open);
    let mut browser = bench.browser();
    ask(&bench, &mut browser, ANNA).await;
    let code = bench.mailbox.newest_code();
    bench.rule(|rules| rules.registration.mode = RegistrationMode::Closed);
    assert!(
        matches!(check(&bench, &browser, &code).await, AfterCheck::NoFlow),
        "REG-01"
    );
    let mut late = bench.browser();
    let closed = ask(&bench, &mut late, ANNA).await;
    assert!(
        matches!(closed, AfterAddress::NotAdmitted(NotAdmitted::Closed)),
        "{closed:?}"
    );
    bench.rule(open);
    bench.pass(900);
    assert!(matches!(check(&bench, &browser, &code).await, AfterCheck::NoFlow));
}

#[tokio::test]
async fn five_registrations_an_hour_from_one_address_whatever_their_codes() {
    let bench = Bench::with(|rules| {
        rules.registration.mode = RegistrationMode::Code;
        rules.registration.codes = vec![RegistrationCode::read("SPRING-2026").unwrap()];
    });
    for n in 0..5 {
        let mut browser = bench.browser().at([203, 0, 113, 7]);
        let typed = if n == 4 { "spring 2026" } else { "autumn-2026" };
        match ask_with(&bench, &mut browser, &format!("p{n}@example.com"), typed).await {
            AfterAddress::NotAdmitted(NotAdmitted::CodeWrong) if n < 4 => {}
            AfterAddress::Check(_, Mailing::Sent) if n == 4 => {}
            other => panic!("{n}: {other:?}"),
        }
    }
    let mut browser = bench.browser().at([203, 0, 113, 7]);
    let after = ask_with(&bench, &mut browser, ANNA, "spring 2026").await;
    assert!(matches!(after, AfterAddress::Waits(Waits::Until(_))), "{after:?}");
    let mut elsewhere = bench.browser().at([203, 0, 113, 8]);
    let after = ask_with(&bench, &mut elsewhere, ANNA, "spring 2026").await;
    assert!(matches!(after, AfterAddress::Check(..)), "{after:?}");
    bench.pass(3600);
    let after = ask_with(&bench, &mut browser, "b@example.com", "spring 2026").await;
    assert!(matches!(after, AfterAddress::Check(..)), "{after:?}");
}

#[tokio::test]
async fn a_mailbox_gets_two_letters_an_hour_and_five_a_day_whoever_asks() {
    let bench = Bench::with(open);
    let mut sent = 0;
    for hour in 0..4 {
        for n in 0..3 {
            let mut browser = bench.browser().at([198, 51, 100, 10 * hour + n]);
            if let AfterAddress::Check(_, Mailing::Sent) = ask(&bench, &mut browser, ANNA).await {
                sent += 1;
            }
        }
        bench.pass(3600);
    }
    assert_eq!(sent, 5);
    assert_eq!(bench.mailbox.letters().len(), 5);
}

#[tokio::test]
async fn a_letter_that_was_not_sent_says_so_and_costs_nothing() {
    let bench = Bench::with(open);
    bench.mailbox.broken.store(true, Ordering::SeqCst);
    let mut browser = bench.browser();
    for _ in 0..3 {
        let after = ask(&bench, &mut browser, ANNA).await;
        assert!(
            matches!(after, AfterAddress::Check(_, Mailing::Failed)),
            "{after:?}"
        );
    }
    bench.mailbox.broken.store(false, Ordering::SeqCst);
    let (cookies, caller) = (&browser.cookies, &browser.caller);
    let again = bench.desk.register_again(cookies, caller).await.unwrap();
    assert!(matches!(again, Some((_, Mailing::Sent))), "no pause: {again:?}");
}

#[tokio::test]
async fn where_there_is_nothing_to_choose_the_session_opens_or_an_app_is_set_up() {
    let only_email = Bench::with(|rules| {
        open(rules);
        rules.second_factor.methods = vec![Method::Email];
    });
    let no_floor = Bench::with(|rules| {
        open(rules);
        rules.second_factor.methods = vec![Method::App];
        rules.second_factor.floor = Floor::None;
    });
    for (bench, method) in [(only_email, "password+email"), (no_floor, "password")] {
        let mut browser = bench.browser();
        ask(&bench, &mut browser, ANNA).await;
        check(&bench, &browser, &bench.mailbox.newest_code()).await;
        let after = finish(&bench, &mut browser).await;
        assert!(matches!(after, AfterDetails::SignedIn(_)), "{after:?}");
        let visitor = bench.visitor(&browser).await.unwrap();
        assert_eq!(visitor.session().method(), method);
    }
}

#[tokio::test]
async fn nobody_signs_in_with_a_registration_that_waits() {
    let bench = Bench::with(|rules| {
        open(rules);
        rules.registration.approval = Approval::Manual {
            approver: Some(Approver {
                address: EmailAddress::parse("help@example.com").unwrap(),
                language: Language::english(),
            }),
        };
    });
    let mut browser = bench.browser();
    ask(&bench, &mut browser, ANNA).await;
    check(&bench, &browser, &bench.mailbox.newest_code()).await;
    let after = finish(&bench, &mut browser).await;
    assert!(matches!(after, AfterDetails::Waits), "{after:?}");
    assert!(bench.desk.flow_of(&browser.cookies).await.unwrap().is_none());
    let told: Vec<(String, ApprovalNews)> = bench
        .queued()
        .into_iter()
        .filter_map(|mail| match mail.letter {
            Letter::Approval(approval) => Some((mail.to.address.to_string(), approval.news)),
            _ => None,
        })
        .collect();
    let asked = ApprovalNews::Asked {
        address: ANNA.to_owned(),
    };
    assert_eq!(
        told,
        [
            (ANNA.to_owned(), ApprovalNews::Waits),
            ("help@example.com".to_owned(), asked)
        ]
    );
    let after = bench.password(&mut bench.browser(), ANNA, PASSWORD).await;
    assert!(matches!(after, AfterPassword::Wrong { .. }), "{after:?}");
    // Nor by forgetting the password.
    let address = EmailAddress::parse(ANNA).unwrap();
    bench.desk.ask_reset(&address, &browser.caller).await.unwrap();
    assert!(bench.links().is_empty());

    let operator = Operator {
        name: "root".to_owned(),
        reason: Some("ticket 4711".to_owned()),
        site_url: "https://portal.example.com".to_owned(),
        language: Language::english(),
    };
    let unlocked = bench.desk.admin_unlock(ANNA, &operator).await.unwrap();
    assert!(!unlocked.lock, "unlocking is not approving");
    assert!(bench.desk.admin_approve(ANNA, &operator).await.unwrap());
    assert!(!bench.desk.admin_approve(ANNA, &operator).await.unwrap(), "once");
    assert_eq!(bench.told("registration.approved").await, 1);
    let after = bench.password(&mut bench.browser(), ANNA, PASSWORD).await;
    assert!(matches!(after, AfterPassword::Step(..)), "{after:?}");
    let granted = bench
        .queued()
        .into_iter()
        .filter(|mail| matches!(&mail.letter, Letter::Approval(it) if it.news == ApprovalNews::Granted));
    assert_eq!(granted.count(), 1);
}
