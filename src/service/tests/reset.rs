//! A forgotten password, from the letter to the new one.

use crate::base::link::LinkKind;
use crate::base::seal::Token;
use crate::identity::account::{Account, Status};
use crate::identity::factor::{Factor, Verdict};
use crate::identity::password::PasswordRefusal;
use crate::identity::reset::{Asks, Ended};
use crate::identity::settings::EmailOnly;
use crate::identity::throttle::Waits;
use crate::messaging::{Letter, NoticeKind};
use crate::service::factor::{AfterCode, TypedCode};
use crate::service::recovery::AfterNewCodes;
use crate::service::reset::{AfterReset, TypedReset};
use crate::service::reset_letter::AfterAsking;
use crate::service::sign_in::AfterPassword;
use crate::service::testing::{Bench, Browser, PASSWORD};

const ANNA: &str = "anna@example.com";
const NEW: &str = "wolke tasse fahrrad mond";

async fn asks(bench: &Bench, address: &str) -> AfterAsking {
    let browser = bench.browser();
    let address = crate::identity::account::EmailAddress::parse(address).unwrap();
    bench.desk.ask_reset(&address, &browser.caller).await.unwrap()
}

/// Anna asks for a letter and opens the link in it, in a browser of its own.
async fn opened(bench: &Bench) -> Browser {
    assert_eq!(asks(bench, ANNA).await, AfterAsking::Accepted);
    opens(bench, &bench.links().pop().unwrap())
}

fn opens(bench: &Bench, link: &str) -> Browser {
    let mut browser = bench.browser();
    browser.cookies.flow = bench.desk.read_link(LinkKind::Reset, link);
    assert!(browser.cookies.flow.is_some(), "it is a link of ours");
    browser
}

async fn asked(bench: &Bench, browser: &Browser) -> Result<Asks, Ended> {
    let flow: Option<&Token> = browser.cookies.flow.as_ref();
    let asked = bench.desk.asked_by_reset(flow).await.unwrap();
    asked.map(|asked| asked.asks)
}

async fn sends(bench: &Bench, browser: &Browser, typed: TypedReset<'_>) -> AfterReset {
    bench
        .desk
        .reset_password(typed, &browser.cookies, &browser.caller)
        .await
        .unwrap()
}

fn new_password(code: &str) -> TypedReset<'_> {
    TypedReset {
        password: NEW,
        code,
        recovery_code: "",
    }
}

fn by_recovery(code: &str) -> TypedReset<'_> {
    TypedReset {
        password: NEW,
        code: "",
        recovery_code: code,
    }
}

async fn bench() -> (Bench, Account) {
    let bench = Bench::new();
    let anna = bench.account(ANNA).await;
    (bench, anna)
}

#[tokio::test]
async fn reg_12_everything_ends_and_nobody_is_signed_in() {
    let (bench, anna) = bench().await;
    let signed_in = bench.signed_in(ANNA).await;
    let mut half_way = bench.browser();
    bench.password(&mut half_way, ANNA, PASSWORD).await;
    let other_link = {
        asks(&bench, ANNA).await;
        bench.links().pop().unwrap()
    };
    bench.pass(3600);
    let signed_in_late = bench.signed_in(ANNA).await;

    let browser = opened(&bench).await;
    assert_eq!(asked(&bench, &browser).await, Ok(Asks::Nothing));
    let AfterReset::Done { known, address, .. } = sends(&bench, &browser, new_password("")).await else {
        panic!("the mailbox is enough here");
    };
    assert_eq!(address.key(), ANNA);

    let after = bench.stored(anna.id).await;
    assert_eq!(after.epoch, anna.epoch + 1);
    assert!(after.knows(&known.digest(), bench.desk.now()), "a known browser");
    assert_eq!(bench.sessions(anna.id).await, 0);
    for old in [&signed_in, &signed_in_late] {
        assert!(bench.visitor(old).await.is_none());
    }
    let code = bench.mailbox.newest_code();
    let code = bench.code(&mut half_way, TypedCode::Email(&code)).await;
    assert!(matches!(code, AfterCode::NoFlow), "{code:?}");
    assert_eq!(
        asked(&bench, &opens(&bench, &other_link)).await,
        Err(Ended::TooLate),
        "other links, too"
    );
    assert_eq!(bench.notices().pop(), Some(NoticeKind::PasswordReset));
    for event in ["password.reset", "session.ended"] {
        assert!(bench.told(event).await >= 1, "{event}");
    }

    let mut again = bench.browser();
    let wrong = bench.password(&mut again, ANNA, PASSWORD).await;
    assert!(matches!(wrong, AfterPassword::Wrong { .. }), "{wrong:?}");
    let right = bench.password(&mut again, ANNA, NEW).await;
    assert!(
        matches!(right, AfterPassword::Step(..)),
        "MFA-15: the second factor is still asked: {right:?}"
    );
}

#[tokio::test]
async fn reg_09_a_link_works_once_in_time_and_the_newest_only() {
    let (bench, anna) = bench().await;
    let first = opened(&bench).await;
    let second = opened(&bench).await;
    assert_eq!(
        asked(&bench, &first).await,
        Err(Ended::TooLate),
        "older after newer"
    );
    for _ in 0..3 {
        assert_eq!(
            asked(&bench, &second).await,
            Ok(Asks::Nothing),
            "a look uses nothing up"
        );
    }
    bench.pass(29 * 60 + 59);
    let done = sends(&bench, &second, new_password("")).await;
    assert!(matches!(done, AfterReset::Done { .. }), "{done:?}");
    let twice = sends(&bench, &second, new_password("")).await;
    assert!(matches!(twice, AfterReset::Ended(Ended::Used)), "{twice:?}");

    bench.pass(3600);
    let late = opened(&bench).await;
    bench.pass(30 * 60);
    assert_eq!(asked(&bench, &late).await, Err(Ended::TooLate));
    let after = sends(&bench, &late, new_password("")).await;
    assert!(matches!(after, AfterReset::Ended(Ended::TooLate)), "{after:?}");

    bench.pass(3600);
    let before_a_change = opened(&bench).await;
    bench.change(anna.id, Account::credentials_changed).await;
    assert_eq!(asked(&bench, &before_a_change).await, Err(Ended::TooLate));
}

#[tokio::test]
async fn one_of_many_posts_of_one_link_sets_the_password() {
    let (bench, anna) = bench().await;
    let browser = opened(&bench).await;
    let posts = (0..20).map(|_| sends(&bench, &browser, new_password("")));
    let after = futures_util::future::join_all(posts).await;
    let done = after.iter().filter(|it| matches!(it, AfterReset::Done { .. }));
    assert_eq!(done.count(), 1, "{after:?}");
    assert_eq!(bench.stored(anna.id).await.epoch, anna.epoch + 1);
    assert_eq!(bench.notices(), [NoticeKind::PasswordReset]);
}

#[tokio::test]
async fn reg_13_nobody_is_written_to_who_may_not_sign_in() {
    let (bench, anna) = bench().await;
    let bob = bench.account("bob@example.com").await;
    let since = bench.desk.now();
    bench
        .change(anna.id, |account| account.status = Status::Locked { since })
        .await;
    bench.change(bob.id, |account| account.password = None).await;
    for address in [ANNA, "bob@example.com", "nobody@example.com"] {
        assert_eq!(asks(&bench, address).await, AfterAsking::Accepted, "{address}");
    }
    assert!(bench.queued().is_empty());
    assert_eq!(bench.told("password.reset_asked").await, 3);
}

#[tokio::test]
async fn a_mailbox_gets_two_an_hour_and_five_a_day_and_the_answer_is_the_same() {
    let (bench, _) = bench().await;
    for hour in 0..4 {
        for _ in 0..4 {
            for address in [ANNA, " Anna@Example.com", "nobody@example.com"] {
                assert_eq!(asks(&bench, address.trim()).await, AfterAsking::Accepted);
            }
        }
        let at_most = (2 * (hour + 1)).min(5);
        assert_eq!(bench.links().len(), at_most, "hour {hour}");
        bench.pass(3601);
    }
}

#[tokio::test]
async fn one_address_asks_for_so_many_letters_and_waits() {
    let (bench, _) = bench().await;
    let browser = bench.browser();
    let mut accepted = 0;
    for n in 0..30 {
        let address = crate::identity::account::EmailAddress::parse(&format!("x{n}@example.com")).unwrap();
        match bench.desk.ask_reset(&address, &browser.caller).await.unwrap() {
            AfterAsking::Accepted => accepted += 1,
            AfterAsking::Waits(waits) => assert!(matches!(waits, Waits::Until(_))),
        }
    }
    assert_eq!(accepted, 20);
    assert_eq!(
        asks(&bench, ANNA).await,
        AfterAsking::Accepted,
        "others do not wait"
    );
}

#[tokio::test]
async fn an_app_guards_the_reset_and_stays() {
    let (bench, anna) = bench().await;
    let secret = bench.give_app(anna.id).await;
    let codes = bench.give_codes(anna.id, 3).await;
    let browser = opened(&bench).await;
    assert_eq!(asked(&bench, &browser).await, Ok(Asks::App { or_recovery: true }));
    let none = sends(&bench, &browser, new_password("")).await;
    assert!(matches!(none, AfterReset::NoCode(Factor::App, _)), "{none:?}");
    let wrong = sends(&bench, &browser, new_password("000000")).await;
    assert!(
        matches!(wrong, AfterReset::CodeRefused(Factor::App, Verdict::Wrong)),
        "{wrong:?}"
    );
    let wrong = sends(&bench, &browser, by_recovery("7KQ4-MX2R-TP9W-D3HB-6VNE")).await;
    assert!(
        matches!(wrong, AfterReset::CodeRefused(Factor::Recovery, _)),
        "{wrong:?}"
    );
    let code = bench.app_code(&secret, 0);
    let short = TypedReset {
        password: "short",
        ..new_password(&code)
    };
    let refused = sends(&bench, &browser, short).await;
    assert!(
        matches!(refused, AfterReset::Refused(PasswordRefusal::TooShort { .. })),
        "{refused:?}"
    );
    let done = sends(&bench, &browser, new_password(&code)).await;
    assert!(
        matches!(done, AfterReset::Done { .. }),
        "the code was not used up: {done:?}"
    );
    let after = bench.stored(anna.id).await;
    assert_eq!((after.apps.len(), after.recovery.unwrap().left()), (1, 3));

    let mut next = bench.browser();
    bench.password(&mut next, ANNA, NEW).await;
    let replayed = bench.code(&mut next, TypedCode::App(&code)).await;
    assert!(
        matches!(replayed, AfterCode::Refused(..)),
        "CODE-16: {replayed:?}"
    );

    bench.pass(3600);
    let browser = opened(&bench).await;
    let done = sends(&bench, &browser, by_recovery(&codes[0].printed())).await;
    assert!(matches!(done, AfterReset::Done { .. }), "{done:?}");
    assert_eq!(bench.stored(anna.id).await.recovery.unwrap().left(), 2);
    assert!(bench.notices().contains(&NoticeKind::RecoveryCodeUsed {
        left: 2,
        replaced: false
    }));
}

#[tokio::test]
async fn wrong_codes_count_like_any_and_end_the_link() {
    let (bench, anna) = bench().await;
    bench.give_app(anna.id).await;
    for round in 0..2 {
        let browser = opened(&bench).await;
        for n in 0..4 {
            let wrong = sends(&bench, &browser, new_password("000000")).await;
            assert!(
                matches!(wrong, AfterReset::CodeRefused(..)),
                "{round}, {n}: {wrong:?}"
            );
        }
        let last = sends(&bench, &browser, new_password("000000")).await;
        assert!(
            matches!(last, AfterReset::Ended(Ended::TooManyMisses)),
            "{round}: {last:?}"
        );
        assert_eq!(asked(&bench, &browser).await, Err(Ended::TooLate));
    }
    bench.pass(1);
    let mut at_the_door = bench.browser();
    bench.password(&mut at_the_door, ANNA, PASSWORD).await;
    let waits = bench.code(&mut at_the_door, TypedCode::App("000000")).await;
    assert!(
        matches!(waits, AfterCode::Waits(_)),
        "ten an hour, wherever: {waits:?}"
    );
}

#[tokio::test]
async fn email_alone_asks_a_recovery_code_where_the_operator_says_so() {
    let (bench, anna) = bench().await;
    bench.rule(|rules| rules.password_reset.email_only = EmailOnly::Code);
    let browser = opened(&bench).await;
    assert_eq!(asked(&bench, &browser).await, Ok(Asks::Help));
    let help = sends(&bench, &browser, new_password("")).await;
    assert!(matches!(help, AfterReset::Help), "{help:?}");

    let codes = bench.give_codes(anna.id, 1).await;
    assert_eq!(asked(&bench, &browser).await, Ok(Asks::Recovery));
    let none = sends(&bench, &browser, new_password("123456")).await;
    assert!(
        matches!(none, AfterReset::NoCode(Factor::Recovery, _)),
        "{none:?}"
    );
    let done = sends(&bench, &browser, by_recovery(&codes[0].printed())).await;
    assert!(matches!(done, AfterReset::Done { .. }), "the last one: {done:?}");
}

#[tokio::test]
async fn the_letter_holds_the_only_copy_and_is_not_sent_late() {
    let (bench, anna) = bench().await;
    opened(&bench).await;
    let mail = bench.queued().pop().unwrap();
    assert_eq!(mail.to.address.key(), ANNA);
    assert_eq!(mail.site, "https://portal.example.com");
    let stale = mail.letter.stale_from();
    assert_eq!(
        stale,
        Some(bench.desk.now().plus(std::time::Duration::from_secs(1800)))
    );
    let Letter::Link(link) = mail.letter else {
        panic!("a link");
    };
    let stored = serde_json::to_string(&bench.stored(anna.id).await).unwrap();
    assert!(!stored.contains(link.value.expose()), "SESS-23");
    let cookie = bench
        .desk
        .read_link(LinkKind::Reset, link.value.expose())
        .unwrap();
    let as_cookie = cookie.print("doorward-flow", &bench.desk.keys);
    assert!(
        bench
            .desk
            .read_link(LinkKind::Reset, as_cookie.expose())
            .is_none(),
        "no cookie passes for a link"
    );
}

#[tokio::test]
async fn whoever_is_asked_for_recovery_codes_can_make_them() {
    let (bench, anna) = bench().await;
    let browser = bench.signed_in(ANNA).await;
    let visitor = bench.visitor(&browser).await.unwrap();
    assert_eq!(
        bench.desk.new_codes(&visitor).await.unwrap(),
        AfterNewCodes::NotOffered
    );
    assert!(bench.desk.overview(&anna).recovery.is_none());

    bench.rule(|rules| rules.password_reset.email_only = EmailOnly::Code);
    assert_eq!(
        bench.desk.new_codes(&visitor).await.unwrap(),
        AfterNewCodes::Shown
    );
    assert!(bench.desk.overview(&anna).recovery.is_some());
    bench.give_codes(anna.id, 1).await;
    let anna = bench.stored(anna.id).await;
    let rules = bench.desk.rules.load();
    let usable = crate::identity::assurance::usable(&anna, &rules.second_factor);
    assert_eq!(usable, [Factor::Email], "they are no way to sign in");
}

/// Portal C, row 77: whoever has one recovery code and lost the phone needs one for the sign-in, too.
#[tokio::test]
async fn the_recovery_code_that_a_reset_used_is_replaced() {
    let (bench, anna) = bench().await;
    bench.rule(|rules| rules.second_factor.recovery_codes.replace_used = true);
    bench.give_app(anna.id).await;
    let code = bench.give_codes(anna.id, 1).await.remove(0).printed();
    let browser = opened(&bench).await;

    let done = sends(&bench, &browser, by_recovery(&code)).await;

    let AfterReset::Done {
        fresh: Some(fresh), ..
    } = done
    else {
        panic!("{done:?}")
    };
    let (owner, pending) = *fresh;
    assert_eq!(owner, anna.id);
    let shown = bench.desk.open_codes(&pending, owner).unwrap();
    assert_eq!(shown.len(), 1);
    let mut next = bench.browser();
    bench.password(&mut next, ANNA, NEW).await;
    let fresh = shown[0].printed();
    let after = bench.code(&mut next, TypedCode::Recovery(&fresh)).await;
    assert!(matches!(after, AfterCode::SignedIn(_)), "{after:?}");
}
