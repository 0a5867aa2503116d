//! Trusted devices.

use crate::base::id::DeviceId;
use crate::messaging::NoticeKind;
use crate::service::devices::{AfterDevice, AfterRemember, AfterRemoveAll};
use crate::service::factor::{AfterCode, TypedCode};
use crate::service::sign_in::AfterPassword;
use crate::service::testing::{Bench, Browser, PASSWORD};
use crate::service::trust::Answer;

const ANNA: &str = "anna@example.com";
const BOB: &str = "bob@example.com";
const DAY: u64 = 86_400;

/// Signs in and says yes to the trust question.
async fn trusted(bench: &Bench, email: &str) -> Browser {
    let mut browser = bench.signed_in(email).await;
    trust(bench, &mut browser).await;
    browser
}

async fn trust(bench: &Bench, browser: &mut Browser) {
    let session = browser.cookies.session.clone().unwrap().digest();
    let yes = Answer::Yes {
        name: "Laptop",
        otherwise: "",
    };
    let answered = bench
        .desk
        .answer_trust(yes, &session, &browser.cookies, &browser.caller)
        .await
        .unwrap()
        .unwrap();
    assert_eq!(answered.next, "/wanted");
    browser.cookies.device = answered.device;
}

/// TD-03, TD-05
#[tokio::test]
async fn a_trusted_device_skips_the_code_and_says_so() {
    let bench = Bench::new();
    bench.account(ANNA).await;
    let mut browser = trusted(&bench, ANNA).await;
    bench.pass(3600);
    let after = bench.password(&mut browser, ANNA, "wrong").await;
    assert!(matches!(after, AfterPassword::Wrong { .. }), "{after:?}");
    let after = bench.password(&mut browser, ANNA, PASSWORD).await;
    assert!(matches!(after, AfterPassword::SignedIn(_)), "{after:?}");
    let visitor = bench.visitor(&browser).await.unwrap();
    assert_eq!(visitor.session().method(), "password+device");
    assert_eq!(bench.mailbox.codes().len(), 1);
    assert_eq!(bench.told("device.used").await, 1);
    assert_eq!(bench.told("device.used_elsewhere").await, 0);
}

/// TD-04: the cookie names the browser; each account trusts it, or does not, by itself.
#[tokio::test]
async fn bobs_trust_is_not_annas() {
    let bench = Bench::new();
    bench.account(ANNA).await;
    bench.account(BOB).await;
    let mut browser = trusted(&bench, BOB).await;
    let bobs = browser.cookies.device.clone().unwrap();
    let after = bench.password(&mut browser, ANNA, PASSWORD).await;
    assert!(matches!(after, AfterPassword::Step(..)), "{after:?}");
    let code = bench.mailbox.newest_code();
    let after = bench.code(&mut browser, TypedCode::Email(&code)).await;
    assert!(matches!(after, AfterCode::SignedIn(_)), "{after:?}");
    trust(&bench, &mut browser).await;
    assert_eq!(browser.cookies.device.clone().unwrap().digest(), bobs.digest());
    for email in [ANNA, BOB] {
        let after = bench.password(&mut browser, email, PASSWORD).await;
        assert!(matches!(after, AfterPassword::SignedIn(_)), "{email}: {after:?}");
    }
}

/// TD-10, TD-11
#[tokio::test]
async fn trust_ends_when_it_was_said_to_however_much_it_is_used() {
    let bench = Bench::new();
    bench.account(ANNA).await;
    let mut browser = trusted(&bench, ANNA).await;
    bench.pass(80 * DAY);
    let after = bench.password(&mut browser, ANNA, PASSWORD).await;
    assert!(matches!(after, AfterPassword::SignedIn(_)), "{after:?}");
    bench.pass(10 * DAY - 1);
    let after = bench.password(&mut browser, ANNA, PASSWORD).await;
    assert!(matches!(after, AfterPassword::SignedIn(_)), "{after:?}");
    bench.pass(1);
    let after = bench.password(&mut browser, ANNA, PASSWORD).await;
    assert!(matches!(after, AfterPassword::Step(..)), "{after:?}");
}

/// TD-12, TD-18
#[tokio::test]
async fn trust_is_asked_for_and_can_be_switched_off() {
    let bench = Bench::new();
    bench.account(ANNA).await;
    let mut browser = bench.signed_in(ANNA).await;
    let session = browser.cookies.session.clone().unwrap().digest();
    let answered = bench
        .desk
        .answer_trust(Answer::No, &session, &browser.cookies, &browser.caller)
        .await
        .unwrap()
        .unwrap();
    assert!(answered.device.is_none());
    let after = bench.password(&mut browser, ANNA, PASSWORD).await;
    assert!(matches!(after, AfterPassword::Step(..)), "{after:?}");

    bench.pass(30);
    let mut trusting = trusted(&bench, ANNA).await;
    bench.rule(|rules| rules.trusted_devices.enabled = false);
    let after = bench.password(&mut trusting, ANNA, PASSWORD).await;
    assert!(matches!(after, AfterPassword::Step(..)), "{after:?}");
}

/// TD-16
#[tokio::test]
async fn one_more_than_the_most_ends_the_oldest() {
    let bench = Bench::with(|rules| {
        rules.trusted_devices.max = 2;
        rules.limits.mail_hour = 50;
    });
    let anna = bench.account(ANNA).await;
    let mut first = trusted(&bench, ANNA).await;
    for _ in 0..2 {
        bench.pass(60);
        trusted(&bench, ANNA).await;
    }
    assert_eq!(bench.stored(anna.id).await.devices.len(), 2);
    let after = bench.password(&mut first, ANNA, PASSWORD).await;
    assert!(matches!(after, AfterPassword::Step(..)), "{after:?}");
}

#[tokio::test]
async fn a_device_in_a_new_network_with_a_new_version_is_told_of() {
    let bench = Bench::new();
    bench.account(ANNA).await;
    let mut browser = trusted(&bench, ANNA).await.at([198, 51, 100, 7]);
    bench.password(&mut browser, ANNA, PASSWORD).await;
    assert_eq!(
        bench.told("device.used_elsewhere").await,
        0,
        "a new network alone is nothing"
    );
    browser = browser.at([203, 0, 113, 9]);
    browser.caller.agent_header.push_str(" Next/2");
    bench.password(&mut browser, ANNA, PASSWORD).await;
    assert_eq!(bench.told("device.used_elsewhere").await, 1);
    let elsewhere = NoticeKind::DeviceUsedElsewhere {
        name: "Laptop".to_owned(),
    };
    assert!(bench.notices().contains(&elsewhere));
}

#[tokio::test]
async fn a_sign_in_with_another_browser_is_told_of_and_the_first_of_all_is_not() {
    let bench = Bench::new();
    let anna = bench.account(ANNA).await;
    let new_sign_ins = || {
        let notices = bench.notices().into_iter();
        notices.filter(|it| *it == NoticeKind::NewSignIn).count()
    };
    let mut own = bench.signed_in(ANNA).await;
    bench.pass(30);
    bench.signs_in(&mut own, ANNA).await;
    assert_eq!(new_sign_ins(), 0, "her own browser");

    bench.pass(30);
    bench.signed_in(ANNA).await;
    assert_eq!(new_sign_ins(), 1);
    let mails = bench.queued();
    assert_eq!(mails.last().unwrap().to.address, anna.email);

    bench.pass(30);
    bench.password(&mut bench.browser(), ANNA, PASSWORD).await;
    assert_eq!(new_sign_ins(), 1, "the password alone opens nothing");

    bench.pass(180 * DAY);
    bench.signs_in(&mut own, ANNA).await;
    assert_eq!(new_sign_ins(), 2, "forgotten by then");
}

/// Trust says more than having been there once.
#[tokio::test]
async fn a_trusted_device_is_no_new_one() {
    let bench = Bench::new();
    bench.account(ANNA).await;
    let mut browser = trusted(&bench, ANNA).await;
    browser.cookies.known = None;
    let after = bench.password(&mut browser, ANNA, PASSWORD).await;
    assert!(matches!(after, AfterPassword::SignedIn(_)), "{after:?}");
    assert!(!bench.notices().contains(&NoticeKind::NewSignIn));
}

/// A browser that only others have signed in with is new to her.
#[tokio::test]
async fn a_browser_that_somebody_else_uses_is_new_to_her() {
    let bench = Bench::new();
    bench.account(ANNA).await;
    bench.account(BOB).await;
    bench.signed_in(ANNA).await;
    let mut bobs = bench.signed_in(BOB).await;
    assert!(!bench.notices().contains(&NoticeKind::NewSignIn));
    bench.pass(30);
    bench.signs_in(&mut bobs, ANNA).await;
    assert_eq!(bench.notices(), [NoticeKind::NewSignIn]);
}

/// TD-09, TD-15
#[tokio::test]
async fn devices_are_listed_renamed_and_removed_by_their_owner_alone() {
    let bench = Bench::new();
    let anna = bench.account(ANNA).await;
    bench.account(BOB).await;
    let mut browser = trusted(&bench, ANNA).await;
    let bob = bench.signed_in(BOB).await;
    let desk = &bench.desk;
    let visitor = bench.visitor(&browser).await.unwrap();
    let listed = desk.devices_of(visitor.account(), &browser.cookies);
    assert_eq!(listed.len(), 1);
    assert!(listed[0].1, "this device");
    let id = listed[0].0.id;

    let bobs = bench.visitor(&bob).await.unwrap();
    for stranger in [id, DeviceId::draw(&*desk.entropy)] {
        let after = desk.rename_device(stranger, "mine", &bobs).await.unwrap();
        assert_eq!(after, AfterDevice::Unknown);
        let after = desk.remove_device(stranger, &bobs, &bob.caller).await.unwrap();
        assert_eq!(after, AfterDevice::Unknown);
    }
    let after = desk.rename_device(id, " Kitchen\u{7} ", &visitor).await.unwrap();
    assert_eq!(after, AfterDevice::Renamed("Kitchen".to_owned()));
    let after = desk.remove_device(id, &visitor, &browser.caller).await.unwrap();
    assert_eq!(after, AfterDevice::Removed("Kitchen".to_owned()));
    assert!(bench.visitor(&browser).await.is_some(), "nothing else ends");
    assert!(bench.stored(anna.id).await.devices.is_empty());
    let after = bench.password(&mut browser, ANNA, PASSWORD).await;
    assert!(matches!(after, AfterPassword::Step(..)), "{after:?}");
}

#[tokio::test]
async fn all_devices_are_removed_with_fresh_proof_and_a_letter() {
    let bench = Bench::new();
    let anna = bench.account(ANNA).await;
    let browser = trusted(&bench, ANNA).await;
    bench.pass(301);
    let visitor = bench.visitor(&browser).await.unwrap();
    let desk = &bench.desk;
    let after = desk.remove_all_devices(&visitor, &browser.caller).await.unwrap();
    assert_eq!(after, AfterRemoveAll::Confirm);
    bench.rule(|rules| rules.confirm_window = std::time::Duration::from_secs(3600));
    let after = desk.remove_all_devices(&visitor, &browser.caller).await.unwrap();
    assert_eq!(after, AfterRemoveAll::Removed);
    assert!(bench.stored(anna.id).await.devices.is_empty());
    assert!(bench.notices().contains(&NoticeKind::DevicesRemoved));
    assert!(bench.visitor(&browser).await.is_some());
}

#[tokio::test]
async fn a_device_is_remembered_from_the_account_pages() {
    let bench = Bench::new();
    let anna = bench.account(ANNA).await;
    let mut browser = bench.signed_in(ANNA).await;
    let desk = &bench.desk;
    let visitor = bench.visitor(&browser).await.unwrap();
    assert!(desk.may_remember(&visitor, &browser.cookies));
    let after = desk
        .remember_device(
            "",
            "Firefox on Windows",
            &visitor,
            &browser.cookies,
            &browser.caller,
        )
        .await
        .unwrap();
    let AfterRemember::Remembered(cookie) = after else {
        panic!("{after:?}")
    };
    browser.cookies.device = Some(cookie);
    assert_eq!(bench.stored(anna.id).await.devices[0].name, "Firefox on Windows");
    let visitor = bench.visitor(&browser).await.unwrap();
    assert!(!desk.may_remember(&visitor, &browser.cookies));
    let after = bench.password(&mut browser, ANNA, PASSWORD).await;
    assert!(matches!(after, AfterPassword::SignedIn(_)), "{after:?}");

    bench.pass(301);
    let mut other = bench.signed_in(ANNA).await;
    bench.pass(301);
    let visitor = bench.visitor(&other).await.unwrap();
    let after = desk
        .remember_device("", "x", &visitor, &other.cookies, &other.caller)
        .await
        .unwrap();
    assert!(matches!(after, AfterRemember::Confirm), "{after:?}");

    bench.give_app(anna.id).await;
    let codes = bench.give_codes(anna.id, 2).await;
    bench.password(&mut other, ANNA, PASSWORD).await;
    bench
        .code(&mut other, TypedCode::Recovery(&codes[0].printed()))
        .await;
    let visitor = bench.visitor(&other).await.unwrap();
    let after = desk
        .remember_device("", "x", &visitor, &other.cookies, &other.caller)
        .await
        .unwrap();
    assert!(
        matches!(after, AfterRemember::NotPossible),
        "after a recovery code: {after:?}"
    );
}

#[tokio::test]
async fn a_device_is_forgotten_after_the_sign_out() {
    let bench = Bench::new();
    let anna = bench.account(ANNA).await;
    let mut browser = trusted(&bench, ANNA).await;
    let desk = &bench.desk;
    desk.sign_out(&browser.cookies, &browser.caller).await.unwrap();
    browser.cookies.session = None;
    let stranger = bench.browser();
    let forgot = desk.forget_this_device(None, &stranger.cookies, &stranger.caller);
    assert!(!forgot.await.unwrap());
    assert_eq!(bench.stored(anna.id).await.devices.len(), 1);
    let forgot = desk.forget_this_device(None, &browser.cookies, &browser.caller);
    assert!(forgot.await.unwrap());
    assert!(bench.stored(anna.id).await.devices.is_empty());
    let forgot = desk.forget_this_device(None, &browser.cookies, &browser.caller);
    assert!(!forgot.await.unwrap());
    let after = bench.password(&mut browser, ANNA, PASSWORD).await;
    assert!(
        matches!(after, AfterPassword::Step(..)),
        "the cookie alone grants nothing: {after:?}"
    );
}
