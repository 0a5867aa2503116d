//! Properties of the sign-in machine: whatever is sent in whatever order, nobody gets a proof of more
//! than they have shown.

use std::time::Duration;

use proptest::prelude::*;

use super::account::{Account, EmailAddress};
use super::assurance::{self, Missing, Requirement, Standing};
use super::enrolment::PendingApp;
use super::factor::totp::App;
use super::factor::{Factor, Verdict};
use super::phone::{PendingPhone, Phone, PhoneNumber};
use super::session::Session;
use super::settings::{
    AppSetup, Floor, Method, PhoneStep, RequiredFor, RequiredFrom, SecondFactorSettings, Settings,
    SmsSettings, SmsUse,
};
use super::sign_in::{
    Beginning, Ended, Input, Outcome, Refusal, SetUp, SignIn, Stage, after_registration, begin, step, step_up,
};
use super::terms::{Agreement, TermsVersion, unanswered};
use crate::base::client::UserAgent;
use crate::base::entropy::OsEntropy;
use crate::base::id::{AccountId, AppId, DeviceId, FlowId, TokenDigest};
use crate::base::language::Language;
use crate::base::seal::Keyring;
use crate::base::time::Timestamp;

const NOON: Timestamp = Timestamp::from_unix_seconds(1_700_000_000);

fn at(seconds: u64) -> Timestamp {
    NOON.plus(Duration::from_secs(seconds))
}

fn account(apps: usize) -> Account {
    let email = EmailAddress::parse("anna@example.com").unwrap();
    let mut account = Account::new(AccountId::draw(&OsEntropy), email, NOON);
    for _ in 0..apps {
        account.apps.push(App {
            id: AppId::draw(&OsEntropy),
            name: "phone".into(),
            sealed: Vec::new(),
            added: NOON,
            last_used: None,
            spent: None,
        });
    }
    account
}

fn rules(floor: Floor, app_setup: AppSetup, email_fallback: bool) -> Settings {
    Settings {
        second_factor: SecondFactorSettings {
            methods: vec![Method::App, Method::Email],
            floor,
            app_setup,
            email_fallback,
            ..SecondFactorSettings::default()
        },
        ..Settings::default()
    }
}

fn beginning(device: Option<DeviceId>) -> Beginning<'static> {
    Beginning {
        id: FlowId::draw(&OsEntropy),
        site: "portal.example.com",
        next: "/".into(),
        device,
        replaced: None,
        owed: None,
    }
}

fn flow(outcome: Outcome) -> SignIn {
    match outcome {
        Outcome::Ask(flow) | Outcome::Refuse(flow, _) => flow,
        Outcome::End(ended) => panic!("over: {ended:?}"),
        Outcome::SignedIn(..) => panic!("signed in"),
    }
}

#[derive(Clone, Copy, PartialEq, Debug)]
enum Sent {
    Code(Factor, Verdict),
    Choose(Factor),
    ShowPhone,
    PhoneConfirmed,
    PhoneMissed,
    AppMissed,
    ShowApp,
    Postpone,
    AppConfirmed,
    CodesSaved,
    Finish,
    /// And whether the account says so.
    Agreed(bool),
}

fn sent() -> impl Strategy<Value = Sent> {
    let factor = prop_oneof![
        Just(Factor::App),
        Just(Factor::Email),
        Just(Factor::Sms),
        Just(Factor::Recovery)
    ];
    let verdict = prop_oneof![
        Just(Verdict::Right),
        Just(Verdict::Wrong),
        Just(Verdict::Past),
        Just(Verdict::Spent),
        Just(Verdict::Expired)
    ];
    prop_oneof![
        (factor.clone(), verdict).prop_map(|(factor, verdict)| Sent::Code(factor, verdict)),
        factor.prop_map(Sent::Choose),
        Just(Sent::ShowPhone),
        Just(Sent::PhoneConfirmed),
        Just(Sent::PhoneMissed),
        Just(Sent::AppMissed),
        Just(Sent::ShowApp),
        Just(Sent::Postpone),
        Just(Sent::AppConfirmed),
        Just(Sent::CodesSaved),
        Just(Sent::Finish),
        any::<bool>().prop_map(Sent::Agreed),
    ]
}

fn agreed(account: &mut Account, settings: &Settings, now: Timestamp) {
    account.terms = settings.terms.clone().map(|version| Agreement {
        version,
        language: Language::english(),
        at: now,
    });
}

fn input(sent: Sent, account: &Account, keys: &Keyring, now: Timestamp) -> Input {
    match sent {
        Sent::Code(factor, verdict) => Input::Code(factor, verdict),
        Sent::Choose(factor) => Input::Choose(factor),
        Sent::ShowPhone => Input::ShowPhone(PendingPhone::begin(FlowId::draw(&OsEntropy))),
        Sent::PhoneConfirmed => {
            Input::PhoneConfirmed(PendingApp::draw(account, None, keys, &OsEntropy, now).unwrap())
        }
        Sent::PhoneMissed => Input::PhoneMissed(PendingPhone::begin(FlowId::draw(&OsEntropy))),
        Sent::AppMissed => Input::AppMissed(PendingApp::draw(account, None, keys, &OsEntropy, now).unwrap()),
        Sent::ShowApp => Input::ShowApp(PendingApp::draw(account, None, keys, &OsEntropy, now).unwrap()),
        Sent::Postpone => Input::Postpone,
        Sent::AppConfirmed => Input::AppConfirmed(None),
        Sent::CodesSaved => Input::CodesSaved,
        Sent::Finish => Input::Finish,
        Sent::Agreed(_) => Input::Agreed,
    }
}

fn sms() -> impl Strategy<Value = SmsSettings> {
    let uses = prop_oneof![Just(SmsUse::Recovery), Just(SmsUse::Method)];
    let phones = prop_oneof![Just(PhoneStep::Optional), Just(PhoneStep::Required)];
    (uses, phones).prop_map(|(used_as, phone)| SmsSettings {
        used_as,
        phone,
        countries: Vec::new(),
    })
}

fn some_phone(account: &Account, keys: &Keyring) -> Phone {
    let number = PhoneNumber::from_e164("+41791234567").unwrap();
    Phone::keep(&number, account.id, keys, &OsEntropy, NOON).unwrap()
}

/// What an account may use, and whether anything is demanded.
fn offered(apps: usize, phone: bool, sms: Option<(SmsUse, &[Method])>, floor: Floor) -> (Vec<Factor>, bool) {
    let mut settings = rules(floor, AppSetup::Offer, false);
    if let Some((used_as, methods)) = sms {
        settings.second_factor.methods = methods.to_vec();
        settings.second_factor.sms = Some(SmsSettings {
            used_as,
            ..SmsSettings::default()
        });
    }
    let mut account = account(apps);
    account.phone = phone.then(|| some_phone(&account, &Keyring::generate(&OsEntropy)));
    let rules = &settings.second_factor;
    (
        assurance::usable(&account, rules),
        assurance::demand(&account, rules, NOON).second,
    )
}

#[test]
fn a_phone_counts_as_the_operator_says() {
    use Factor::{App, Email, Sms};
    let off = None;
    let recovery = Some((SmsUse::Recovery, [Method::App, Method::Email].as_slice()));
    let last = Some((
        SmsUse::Method,
        [Method::App, Method::Email, Method::Sms].as_slice(),
    ));
    let first = Some((
        SmsUse::Method,
        [Method::Sms, Method::App, Method::Email].as_slice(),
    ));
    for (apps, phone, sms, floor, expected) in [
        (0, true, off, Floor::Email, (vec![Email], true)),
        (0, true, off, Floor::None, (vec![], false)),
        (1, true, off, Floor::Email, (vec![App], true)),
        (0, true, recovery, Floor::Email, (vec![Email], true)),
        (0, true, recovery, Floor::None, (vec![], false)),
        (1, true, recovery, Floor::Email, (vec![App, Sms], true)),
        (1, false, recovery, Floor::Email, (vec![App], true)),
        // A phone that is set up is better than the floor: no code by email gets round it.
        (0, true, last, Floor::Email, (vec![Sms], true)),
        (0, true, last, Floor::None, (vec![Sms], true)),
        (0, false, last, Floor::Email, (vec![Email], true)),
        (1, true, last, Floor::Email, (vec![App, Sms], true)),
        (1, true, first, Floor::Email, (vec![Sms, App], true)),
    ] {
        let told = format!("{apps} apps, phone {phone}, {sms:?}, {floor:?}");
        assert_eq!(offered(apps, phone, sms, floor), expected, "{told}");
    }
}

#[test]
fn a_required_phone_comes_before_the_app_and_an_optional_one_may_be_skipped() {
    let keys = Keyring::generate(&OsEntropy);
    for (phone, skips) in [(PhoneStep::Optional, true), (PhoneStep::Required, false)] {
        let mut settings = rules(Floor::None, AppSetup::Required, false);
        settings.second_factor.sms = Some(SmsSettings {
            phone,
            ..SmsSettings::default()
        });
        let mut account = account(0);
        let send = |flow, sent: Sent, account: &Account| {
            step(flow, input(sent, account, &keys, NOON), account, &settings, NOON)
        };
        let why = flow(begin(beginning(None), &account, &settings, NOON));
        assert_eq!(why.stage, Stage::SetUp(SetUp::Why));
        for before in [why.clone(), flow(send(why.clone(), Sent::ShowPhone, &account))] {
            let after = send(before, Sent::ShowApp, &account);
            let skipped =
                matches!(&after, Outcome::Ask(it) if matches!(it.stage, Stage::SetUp(SetUp::App(_))));
            assert_eq!(skipped, skips, "{phone:?}: {after:?}");
        }
        let asked = flow(send(why, Sent::ShowPhone, &account));
        account.phone = Some(some_phone(&account, &keys));
        let after = flow(send(asked, Sent::PhoneConfirmed, &account));
        assert!(matches!(after.stage, Stage::SetUp(SetUp::App(_))), "{after:?}");
        assert!(after.second.is_none(), "a phone for recovery proves nothing");
    }
}

proptest! {
    /// A session that opens meets `require: mfa` at that moment; and where a second factor is
    /// demanded and no device stands in, it took a right code of a factor that the account may use.
    #[test]
    fn a_proof_is_enough_and_was_earned(
        apps in 0_usize..2,
        floor in prop_oneof![Just(Floor::Email), Just(Floor::None)],
        app_setup in prop_oneof![Just(AppSetup::Offer), Just(AppSetup::Invite), Just(AppSetup::Required)],
        required in prop::option::of((0_u64..1200, prop_oneof![Just(RequiredFor::New), Just(RequiredFor::All)])),
        suspended in prop::option::of(0_u64..1200),
        email_fallback: bool,
        sms in prop::option::of(sms()),
        phone: bool,
        trusted: bool,
        terms: bool,
        sends in prop::collection::vec((sent(), 0_u64..200), 0..24),
    ) {
        let mut settings = rules(floor, app_setup, email_fallback);
        settings.second_factor.required = required.map(|(from, whom)| RequiredFrom { from: at(from), whom });
        settings.second_factor.sms = sms;
        settings.terms = TermsVersion::parse("2026-11").filter(|_| terms);
        let keys = Keyring::generate(&OsEntropy);
        let mut account = account(apps);
        account.suspended_until = suspended.map(at);
        account.phone = phone.then(|| some_phone(&account, &keys));
        let device = trusted.then(|| DeviceId::draw(&OsEntropy));
        let mut earned = false;
        let mut now = NOON;
        let mut outcome = begin(beginning(device), &account, &settings, now);
        for (sent, pause) in sends {
            let flow = match outcome {
                Outcome::Ask(flow) | Outcome::Refuse(flow, _) => flow,
                Outcome::End(_) | Outcome::SignedIn(..) => break,
            };
            now = now.plus(Duration::from_secs(pause));
            let usable = assurance::usable(&account, &settings.second_factor);
            if let Sent::Code(factor, verdict) = sent {
                let stood_in =
                    factor == Factor::Recovery && assurance::may_have_codes(&account, &settings.second_factor);
                earned |= verdict == Verdict::Right && (usable.contains(&factor) || stood_in);
            }
            let before = flow.clone();
            if matches!(sent, Sent::AppConfirmed) {
                // What the service does with a right first code, before the step is taken.
                account.apps.push(self::account(1).apps.remove(0));
            }
            if sent == Sent::Agreed(true) && before.stage == Stage::Terms {
                // What the service does where the box was ticked beside the version that applies.
                agreed(&mut account, &settings, now);
            }
            let phone_before = account.phone.clone();
            if matches!(sent, Sent::PhoneConfirmed) {
                account.phone = Some(some_phone(&account, &keys));
            }
            outcome = step(flow, input(sent, &account, &keys, now), &account, &settings, now);
            if matches!(sent, Sent::AppConfirmed) {
                let taken = matches!(&outcome, Outcome::Ask(after) if after.second != before.second);
                if taken { earned = true } else { account.apps.pop(); }
            }
            if matches!((sent, &outcome), (Sent::PhoneConfirmed, Outcome::Refuse(..) | Outcome::End(_))) {
                account.phone = phone_before;
            }
        }
        if let Outcome::SignedIn(_, proof) = outcome {
            let demanded = assurance::demand(&account, &settings.second_factor, now);
            prop_assert!(!demanded.second || earned || trusted, "a second factor was demanded");
            prop_assert_eq!(unanswered(&account, &settings), None, "nobody gets past the terms");
            let session = Session::open(&proof, "portal.example.com", UserAgent::read(""), &OsEntropy, now);
            let standing = Standing::of(&session, &account, &settings.second_factor, now);
            let mfa = Requirement::Mfa { groups: Vec::new(), within: None };
            prop_assert_eq!(assurance::missing(&mfa, &standing, now), None);
        }
    }

    /// Five misses end a flow, whatever lies between them.
    #[test]
    fn five_misses_end_it(between in prop::collection::vec(prop_oneof![Just(Sent::Choose(Factor::Email)), Just(Sent::Finish), Just(Sent::CodesSaved)], 0..10)) {
        let settings = rules(Floor::Email, AppSetup::Offer, false);
        let keys = Keyring::generate(&OsEntropy);
        let account = account(0);
        let mut current = flow(begin(beginning(None), &account, &settings, NOON));
        for miss in 1..=5 {
            for sent in &between {
                current = flow(step(current, input(*sent, &account, &keys, NOON), &account, &settings, NOON));
            }
            match step(current, Input::Code(Factor::Email, Verdict::Wrong), &account, &settings, NOON) {
                Outcome::Refuse(next, _) if miss < 5 => current = next,
                Outcome::End(Ended::TooManyMisses) if miss == 5 => return Ok(()),
                other => panic!("miss {miss} gave {other:?}"),
            }
        }
    }
}

/// SPEC 8, of what is being added: five misses end the number or the secret that they were for, whatever
/// is looked at in between; the flow itself goes on, and gains no time by them.
#[test]
fn five_misses_end_what_a_set_up_has_begun() {
    let keys = Keyring::generate(&OsEntropy);
    let mut settings = rules(Floor::None, AppSetup::Required, false);
    settings.second_factor.sms = Some(SmsSettings::default());
    let account = account(0);
    let send = |flow, sent: Sent, seconds| {
        let input = input(sent, &account, &keys, at(seconds));
        step(flow, input, &account, &settings, at(seconds))
    };
    for (show, miss) in [
        (Sent::ShowPhone, Sent::PhoneMissed),
        (Sent::ShowApp, Sent::AppMissed),
    ] {
        let why = flow(begin(beginning(None), &account, &settings, NOON));
        let begun = flow(send(why, show, 1));
        let mut current = begun.clone();
        for misses in 1..=5 {
            // Neither a stale form nor a code of another kind starts the count anew.
            current = flow(send(current, Sent::Finish, 2));
            current = flow(send(current, Sent::Code(Factor::Email, Verdict::Wrong), 2));
            let before = current.clone();
            let outcome = send(current, miss, 2);
            let refusal = match &outcome {
                Outcome::Refuse(_, refusal) => *refusal,
                other => panic!("miss {misses} gave {other:?}"),
            };
            current = flow(outcome);
            assert_ne!(current.stage, before.stage, "it is counted");
            assert_eq!(current.stepped_at, begun.stepped_at);
            assert_eq!(
                refusal == Refusal::TooMany,
                misses == 5,
                "miss {misses}: {refusal:?}"
            );
        }
        match (&begun.stage, &current.stage) {
            (Stage::SetUp(SetUp::Phone(old)), Stage::SetUp(SetUp::Phone(anew))) => {
                assert_ne!(old.id, anew.id)
            }
            (Stage::SetUp(SetUp::App(old)), Stage::SetUp(SetUp::App(anew))) => {
                let bytes = |it: &PendingApp| it.secret(account.id, &keys).unwrap().bytes().to_vec();
                assert_ne!(bytes(old), bytes(anew));
            }
            other => panic!("{other:?}"),
        }
        let again = send(current, miss, 3);
        assert!(
            matches!(again, Outcome::Refuse(_, Refusal::Wrong)),
            "it counts from one: {again:?}"
        );
    }
}

#[test]
fn a_code_that_the_account_may_not_use_is_no_way_round() {
    let settings = rules(Floor::Email, AppSetup::Offer, false);
    let with_app = account(1);
    let current = flow(begin(beginning(None), &with_app, &settings, NOON));
    let outcome = step(
        current,
        Input::Code(Factor::Email, Verdict::Right),
        &with_app,
        &settings,
        at(1),
    );
    assert!(
        matches!(outcome, Outcome::Refuse(..)),
        "an app is not stepped around by mail: {outcome:?}"
    );
}

#[test]
fn a_flow_is_over_when_its_time_has_run_out_or_its_account_has_changed() {
    let settings = rules(Floor::Email, AppSetup::Offer, false);
    let mut account = account(0);
    let begun = flow(begin(beginning(None), &account, &settings, NOON));
    assert_eq!(begun.ended(&account, at(15 * 60 - 1)), None);
    assert_eq!(
        begun.ended(&account, at(15 * 60)),
        Some(Ended::TooLate),
        "the end is exclusive"
    );
    account.credentials_changed();
    assert_eq!(begun.ended(&account, at(1)), Some(Ended::AccountChanged));
    let outcome = step(
        begun,
        Input::Code(Factor::Email, Verdict::Right),
        &account,
        &settings,
        at(1),
    );
    assert!(
        matches!(outcome, Outcome::End(Ended::AccountChanged)),
        "even the right code: {outcome:?}"
    );
}

#[test]
fn a_trusted_device_counts_for_mfa_and_not_for_within() {
    let settings = rules(Floor::Email, AppSetup::Offer, false);
    let account = account(1);
    let device = DeviceId::draw(&OsEntropy);
    let Outcome::SignedIn(_, proof) = begin(beginning(Some(device)), &account, &settings, NOON) else {
        panic!("a trusted device stands in for the second factor");
    };
    let session = Session::open(
        &proof,
        "portal.example.com",
        UserAgent::read(""),
        &OsEntropy,
        NOON,
    );
    assert_eq!(session.method(), "password+device");
    let standing = Standing::of(&session, &account, &settings.second_factor, at(1));
    let mfa = |within| Requirement::Mfa {
        groups: Vec::new(),
        within,
    };
    assert_eq!(assurance::missing(&mfa(None), &standing, at(1)), None);
    let fresh = Some(Duration::from_secs(900));
    assert_eq!(
        assurance::missing(&mfa(fresh), &standing, at(1)),
        Some(Missing::SecondFactor)
    );
}

#[test]
fn stricter_rules_ask_at_the_next_request() {
    let lax = rules(Floor::None, AppSetup::Offer, false);
    let account = account(0);
    let Outcome::SignedIn(_, proof) = begin(beginning(None), &account, &lax, NOON) else {
        panic!("the password alone is enough here");
    };
    let session = Session::open(
        &proof,
        "portal.example.com",
        UserAgent::read(""),
        &OsEntropy,
        NOON,
    );
    let mfa = Requirement::Mfa {
        groups: Vec::new(),
        within: None,
    };
    let missing = |settings: &Settings| {
        assurance::missing(
            &mfa,
            &Standing::of(&session, &account, &settings.second_factor, at(1)),
            at(1),
        )
    };
    assert_eq!(missing(&lax), None);
    assert_eq!(
        missing(&rules(Floor::Email, AppSetup::Offer, false)),
        Some(Missing::SecondFactor)
    );
    assert_eq!(
        missing(&rules(Floor::None, AppSetup::Required, false)),
        Some(Missing::SetUp)
    );
}

fn made(at: Timestamp) -> Account {
    Account {
        created: at,
        ..account(0)
    }
}

fn required(from: Timestamp, whom: RequiredFor, app_setup: AppSetup) -> SecondFactorSettings {
    SecondFactorSettings {
        required: Some(RequiredFrom { from, whom }),
        ..rules(Floor::Email, app_setup, false).second_factor
    }
}

/// Portal A, rows 16, 17 and 32: from its day on, for accounts made since then or for all.
#[test]
fn an_app_is_demanded_from_its_day_on_of_whom_it_concerns() {
    let day = at(1000);
    let (old, new) = (made(at(999)), made(day));
    let demand = |account: &Account, whom, now| {
        let demand = assurance::demand(account, &required(day, whom, AppSetup::Offer), now);
        let until = demand.invited.map(|invited| invited.until);
        (demand.set_up, until)
    };
    for now in [at(0), at(999)] {
        assert_eq!(
            demand(&old, RequiredFor::New, now),
            (false, None),
            "keeps the choice"
        );
        assert_eq!(
            demand(&old, RequiredFor::All, now),
            (false, Some(Some(day))),
            "is told of the day"
        );
    }
    for now in [day, at(5000)] {
        assert_eq!(demand(&old, RequiredFor::New, now), (false, None));
        assert_eq!(demand(&new, RequiredFor::New, now), (true, None));
        assert_eq!(demand(&old, RequiredFor::All, now), (true, None));
    }
    let with_app = Account {
        created: day,
        ..account(1)
    };
    assert_eq!(demand(&with_app, RequiredFor::All, day), (false, None));
}

#[test]
fn an_invitation_is_put_off_and_comes_again_until_its_day() {
    let rules = required(at(1000), RequiredFor::All, AppSetup::Invite);
    let settings = Settings {
        second_factor: rules,
        ..Settings::default()
    };
    let (account, device) = (account(0), Some(DeviceId::draw(&OsEntropy)));
    let why = |outcome: Outcome| {
        let flow = flow(outcome);
        assert_eq!(flow.stage, Stage::SetUp(SetUp::Why));
        flow
    };
    for _ in 0..3 {
        let invited = why(begin(beginning(device), &account, &settings, at(1)));
        let outcome = step(invited, Input::Postpone, &account, &settings, at(2));
        assert!(matches!(outcome, Outcome::SignedIn(..)), "{outcome:?}");
    }
    // It was still an invitation when the page came; it is none any more.
    let invited = why(begin(beginning(device), &account, &settings, at(999)));
    let outcome = step(invited, Input::Postpone, &account, &settings, at(1000));
    assert!(
        matches!(outcome, Outcome::Refuse(_, Refusal::OutOfStep)),
        "{outcome:?}"
    );
}

/// Whoever has somebody's device and password must not add an app of their own.
#[test]
fn a_trusted_device_does_not_stand_in_where_an_app_is_set_up() {
    let settings = rules(Floor::Email, AppSetup::Required, false);
    let (account, keys) = (account(0), Keyring::generate(&OsEntropy));
    let device = Some(DeviceId::draw(&OsEntropy));
    let begun = flow(begin(beginning(device), &account, &settings, NOON));
    let show = || input(Sent::ShowApp, &account, &keys, NOON);
    let asked = flow(step(begun, show(), &account, &settings, NOON));
    assert_eq!(
        asked.stage,
        Stage::SecondFactor {
            method: Factor::Email
        }
    );
    let right = Input::Code(Factor::Email, Verdict::Right);
    let proven = flow(step(asked, right, &account, &settings, NOON));
    assert_eq!(proven.stage, Stage::SetUp(SetUp::Why));
    let shown = flow(step(proven, show(), &account, &settings, NOON));
    assert!(
        matches!(shown.stage, Stage::SetUp(SetUp::App(_))),
        "{:?}",
        shown.stage
    );
}

/// Portal D, rows 89 and 91.
#[test]
fn while_suspended_the_password_is_enough_and_then_the_factor_is_asked_for_at_once() {
    let settings = rules(Floor::Email, AppSetup::Required, false);
    for apps in [0, 1] {
        let account = Account {
            suspended_until: Some(at(100)),
            ..account(apps)
        };
        let Outcome::SignedIn(_, proof) = begin(beginning(None), &account, &settings, at(99)) else {
            panic!("the password alone is enough");
        };
        let session = Session::open(
            &proof,
            "portal.example.com",
            UserAgent::read(""),
            &OsEntropy,
            at(99),
        );
        let missing = |within: Option<u64>, now| {
            let mfa = Requirement::Mfa {
                groups: Vec::new(),
                within: within.map(Duration::from_secs),
            };
            let standing = Standing::of(&session, &account, &settings.second_factor, now);
            assurance::missing(&mfa, &standing, now)
        };
        assert_eq!(missing(None, at(99)), None);
        assert_eq!(
            missing(Some(900), at(99)),
            Some(Missing::SecondFactor),
            "a fresh factor is a fresh factor"
        );
        assert_eq!(
            missing(None, at(100)),
            Some(Missing::SecondFactor),
            "the end is exclusive"
        );
    }
}

/// After the second factor, before anything is set up or chosen, and again when the version changes.
#[test]
fn terms_are_agreed_to_before_the_session() {
    let mut settings = rules(Floor::Email, AppSetup::Offer, false);
    settings.terms = TermsVersion::parse("2026-10");
    let mut account = account(0);
    let send =
        |flow, input, account: &Account, settings: &Settings| step(flow, input, account, settings, at(1));
    let code = Input::Code(Factor::Email, Verdict::Right);
    let asked = flow(begin(beginning(None), &account, &settings, NOON));
    assert!(
        matches!(asked.stage, Stage::SecondFactor { .. }),
        "no word of them before the code"
    );
    let shown = flow(send(asked, code, &account, &settings));
    assert_eq!(shown.stage, Stage::Terms);
    for input in [
        Input::Finish,
        Input::Postpone,
        Input::StayWithEmail,
        Input::ChooseApp,
    ] {
        let outcome = send(shown.clone(), input, &account, &settings);
        assert!(
            matches!(outcome, Outcome::Refuse(_, Refusal::OutOfStep)),
            "{outcome:?}"
        );
    }
    let without = flow(send(shown.clone(), Input::Agreed, &account, &settings));
    assert_eq!(without.stage, Stage::Terms, "the account does not say so");
    agreed(&mut account, &settings, at(1));
    let outcome = send(shown, Input::Agreed, &account, &settings);
    let Outcome::SignedIn(_, proof) = outcome else {
        panic!("{outcome:?}");
    };
    let session = Session::open(
        &proof,
        "portal.example.com",
        UserAgent::read(""),
        &OsEntropy,
        at(1),
    );

    let device = Some(DeviceId::draw(&OsEntropy));
    let again = begin(beginning(device), &account, &settings, at(2));
    assert!(
        matches!(again, Outcome::SignedIn(..)),
        "once is enough: {again:?}"
    );
    settings.terms = TermsVersion::parse("2026-11");
    let again = flow(begin(beginning(device), &account, &settings, at(2)));
    assert_eq!(again.stage, Stage::Terms, "a trusted device agrees to nothing");
    // What adds proof to an open session does not ask: that one was opened before.
    let cookie = TokenDigest::from_bytes([7; 32]);
    let id = FlowId::draw(&OsEntropy);
    let upgrade = step_up(id, cookie, &session, "/".into(), Some(Factor::Email), at(2));
    let code = Input::Code(Factor::Email, Verdict::Right);
    let outcome = step(upgrade, code, &account, &settings, at(3));
    assert!(matches!(outcome, Outcome::SignedIn(..)), "{outcome:?}");
}

#[test]
fn whoever_registers_agrees_first_and_chooses_then() {
    let mut settings = rules(Floor::Email, AppSetup::Offer, false);
    settings.terms = TermsVersion::parse("2026-10");
    let mut account = account(0);
    let shown = flow(after_registration(
        beginning(None),
        NOON,
        &account,
        &settings,
        NOON,
    ));
    assert_eq!(shown.stage, Stage::Terms);
    agreed(&mut account, &settings, at(1));
    let next = flow(step(shown, Input::Agreed, &account, &settings, at(1)));
    assert_eq!(next.stage, Stage::Method);
}
