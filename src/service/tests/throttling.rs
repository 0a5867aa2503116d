//! Too many wrong passwords and codes.

use crate::identity::throttle::Waits;
use crate::messaging::NoticeKind;
use crate::service::factor::{AfterCode, TypedCode};
use crate::service::sign_in::AfterPassword;
use crate::service::testing::{Bench, PASSWORD};

const ANNA: &str = "anna@example.com";

/// RATE-01, RATE-02, RATE-13
#[tokio::test]
async fn unknown_browsers_wait_together_and_the_owners_own_does_not() {
    let bench = Bench::new();
    bench.account(ANNA).await;
    let mut owner = bench.signed_in(ANNA).await;
    let spellings = [
        ANNA,
        "Anna@Example.com",
        " anna@example.com ",
        "ａnna@example.com",
    ];
    for number in 0..10_u8 {
        let mut stranger = bench.browser().at([198, 51, 100, number]);
        let typed = spellings[usize::from(number) % spellings.len()];
        let after = bench.password(&mut stranger, typed, "wrong").await;
        assert!(
            matches!(after, AfterPassword::Wrong { misses } if misses == u32::from(number) + 1),
            "{number}: {after:?}"
        );
    }
    for password in ["wrong", PASSWORD] {
        let mut stranger = bench.browser().at([203, 0, 113, 1]);
        let after = bench.password(&mut stranger, ANNA, password).await;
        assert!(
            matches!(after, AfterPassword::Waits(Waits::Until(_))),
            "{password}: {after:?}"
        );
    }
    assert!(matches!(bench.notices()[..], [NoticeKind::Locked { .. }]));
    bench.pass(30);
    bench.signs_in(&mut owner, ANNA).await;

    bench.pass(15 * 60 - 31);
    let mut stranger = bench.browser().at([203, 0, 113, 2]);
    let after = bench.password(&mut stranger, ANNA, PASSWORD).await;
    assert!(matches!(after, AfterPassword::Waits(_)), "{after:?}");
    bench.pass(1);
    let after = bench.password(&mut stranger, ANNA, PASSWORD).await;
    assert!(matches!(after, AfterPassword::Step(..)), "{after:?}");
}

/// RATE-04
#[tokio::test]
async fn a_known_browser_has_a_count_of_its_own_that_success_clears() {
    let bench = Bench::new();
    bench.account(ANNA).await;
    let mut one = bench.signed_in(ANNA).await;
    bench.pass(30);
    let mut two = bench.signed_in(ANNA).await;
    for _ in 0..9 {
        bench.password(&mut one, ANNA, "wrong").await;
    }
    let after = bench.password(&mut one, ANNA, PASSWORD).await;
    assert!(matches!(after, AfterPassword::Step(..)), "{after:?}");
    for number in 0..10 {
        let after = bench.password(&mut one, ANNA, "wrong").await;
        assert!(
            matches!(after, AfterPassword::Wrong { .. }),
            "{number}: {after:?}"
        );
    }
    let after = bench.password(&mut one, ANNA, PASSWORD).await;
    assert!(matches!(after, AfterPassword::Waits(_)), "{after:?}");
    let after = bench.password(&mut two, ANNA, PASSWORD).await;
    assert!(matches!(after, AfterPassword::Step(..)), "{after:?}");
    let after = bench.password(&mut bench.browser(), ANNA, PASSWORD).await;
    assert!(matches!(after, AfterPassword::Step(..)), "{after:?}");
}

/// RATE-06
#[tokio::test]
async fn an_address_waits_after_twenty_failures_and_another_does_not() {
    let bench = Bench::with(|rules| rules.limits.address_names = 1000);
    bench.account(ANNA).await;
    for number in 0..20 {
        let name = format!("nobody{number}@example.com");
        let after = bench
            .password(&mut bench.browser().at([198, 51, 100, 1]), &name, "wrong")
            .await;
        assert!(
            matches!(after, AfterPassword::Wrong { .. }),
            "{number}: {after:?}"
        );
    }
    let after = bench
        .password(&mut bench.browser().at([198, 51, 100, 1]), ANNA, PASSWORD)
        .await;
    assert!(matches!(after, AfterPassword::Waits(_)), "{after:?}");
    let after = bench
        .password(&mut bench.browser().at([198, 51, 100, 2]), ANNA, PASSWORD)
        .await;
    assert!(matches!(after, AfterPassword::Step(..)), "{after:?}");
}

/// RATE-07
#[tokio::test]
async fn spraying_over_names_is_stopped_and_told() {
    let bench = Bench::new();
    let mut wrong = 0;
    for number in 0..40 {
        let name = format!("nobody{number}@example.com");
        let after = bench
            .password(
                &mut bench.browser().at([198, 51, 100, 1]),
                &name,
                "Sommer2026 Sommer2026",
            )
            .await;
        wrong += usize::from(matches!(after, AfterPassword::Wrong { .. }));
    }
    assert_eq!(wrong, 11, "over ten different names");
    assert_eq!(bench.told("sign_in.spray").await, 1);
}

/// RATE-15
#[tokio::test]
async fn a_right_password_does_not_clear_the_count_of_codes() {
    let bench = Bench::new();
    let anna = bench.account(ANNA).await;
    let secret = bench.give_app(anna.id).await;
    let past = bench.app_code(&secret, -5);
    for number in 0..10 {
        let mut browser = bench.browser();
        bench.password(&mut browser, ANNA, PASSWORD).await;
        let after = bench.code(&mut browser, TypedCode::App(&past)).await;
        assert!(matches!(after, AfterCode::Refused(..)), "{number}: {after:?}");
    }
    let mut browser = bench.browser();
    bench.password(&mut browser, ANNA, PASSWORD).await;
    let right = bench.app_code(&secret, 0);
    let after = bench.code(&mut browser, TypedCode::App(&right)).await;
    assert!(matches!(after, AfterCode::Waits(Waits::Until(_))), "{after:?}");
    assert_eq!(bench.told("sign_in.waiting").await, 1);
    bench.pass(3600);
    bench.password(&mut browser, ANNA, PASSWORD).await;
    let right = bench.app_code(&secret, 0);
    let after = bench.code(&mut browser, TypedCode::App(&right)).await;
    assert!(matches!(after, AfterCode::SignedIn(_)), "{after:?}");
}

#[tokio::test]
async fn too_many_wrong_codes_in_a_row_close_the_account_to_codes() {
    let bench = Bench::with(|rules| {
        rules.limits.factor_hour = 1000;
        rules.limits.factor_day = 1000;
        rules.limits.factor_closed = 6;
    });
    let anna = bench.account(ANNA).await;
    let secret = bench.give_app(anna.id).await;
    let past = bench.app_code(&secret, -5);
    for _ in 0..2 {
        let mut browser = bench.browser();
        bench.password(&mut browser, ANNA, PASSWORD).await;
        for _ in 0..3 {
            bench.code(&mut browser, TypedCode::App(&past)).await;
        }
    }
    let mut browser = bench.browser();
    bench.pass(30 * 86_400);
    bench.password(&mut browser, ANNA, PASSWORD).await;
    let right = bench.app_code(&secret, 0);
    let after = bench.code(&mut browser, TypedCode::App(&right)).await;
    assert!(matches!(after, AfterCode::Waits(Waits::Closed)), "{after:?}");
    assert_eq!(bench.told("factor.closed").await, 1);
}

/// ENUM-01: the same answer, whoever it is; and nobody is told which accounts there are.
#[tokio::test]
async fn unknown_locked_and_passwordless_accounts_answer_as_a_wrong_password_does() {
    let bench = Bench::new();
    let locked = bench.account("locked@example.com").await;
    bench
        .change(locked.id, |account| {
            account.status = crate::identity::account::Status::Locked {
                since: account.created,
            };
        })
        .await;
    let bare = bench.account("bare@example.com").await;
    bench.change(bare.id, |account| account.password = None).await;
    for name in [
        "locked@example.com",
        "bare@example.com",
        "nobody@example.com",
        "no address",
    ] {
        let after = bench.password(&mut bench.browser(), name, PASSWORD).await;
        assert!(
            matches!(after, AfterPassword::Wrong { misses: 1 }),
            "{name}: {after:?}"
        );
    }
}
