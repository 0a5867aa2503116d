//! The machine of the password reset, story by story and at random.

use proptest::prelude::*;

use super::*;
use crate::base::entropy::OsEntropy;
use crate::base::id::AppId;
use crate::base::seal::Keyring;
use crate::identity::account::{EmailAddress, Status};
use crate::identity::factor::recovery::RecoveryCode;
use crate::identity::factor::totp::App;
use crate::identity::password::{PasswordHash, Typed, hash};
use crate::identity::settings::{HashCost, PasswordResetSettings};

fn at(seconds: i64) -> Timestamp {
    Timestamp::from_unix_seconds(1_700_000_000 + seconds)
}

const VALID: Duration = Duration::from_secs(1800);

fn hashed() -> PasswordHash {
    let cost = HashCost {
        memory: 64 * 1024,
        passes: 1,
        lanes: 1,
    };
    hash(&Typed::new("tulpe regal montag kran").unwrap(), cost, &OsEntropy).unwrap()
}

fn account(app: bool, codes: bool) -> Account {
    let id = AccountId::draw(&OsEntropy);
    let mut account = Account::new(id, EmailAddress::parse("anna@example.com").unwrap(), at(0));
    account.password = Some(Password {
        hash: hashed(),
        changed: at(0),
    });
    if app {
        account.apps.push(App {
            id: AppId::draw(&OsEntropy),
            name: String::new(),
            sealed: Vec::new(),
            added: at(0),
            last_used: None,
            spent: None,
        });
    }
    if codes {
        let keys = Keyring::generate(&OsEntropy);
        let code = RecoveryCode::draw(&OsEntropy);
        account.recovery = Some(RecoverySet::keep(&[code], id, &keys, at(0)));
    }
    account
}

fn rules(email_only: EmailOnly) -> Settings {
    Settings {
        password_reset: PasswordResetSettings {
            email_only,
            ..PasswordResetSettings::default()
        },
        ..Settings::default()
    }
}

#[test]
fn what_guards_the_account_is_asked_for() {
    let asked = |app, codes, email_only| asks(&account(app, codes), &rules(email_only));
    for email_only in [EmailOnly::Allow, EmailOnly::Code] {
        for codes in [true, false] {
            assert_eq!(asked(true, codes, email_only), Asks::App { or_recovery: codes });
        }
    }
    assert_eq!(asked(false, true, EmailOnly::Allow), Asks::Nothing);
    assert_eq!(asked(false, true, EmailOnly::Code), Asks::Recovery);
    assert_eq!(asked(false, false, EmailOnly::Code), Asks::Help);
}

#[test]
fn a_link_ends_with_its_time_its_use_and_the_account() {
    let anna = account(false, false);
    let reset = Reset::begin(&anna, VALID, at(0));
    assert_eq!(reset.ended(&anna, at(1799)), None);
    assert_eq!(
        reset.ended(&anna, at(1800)),
        Some(Ended::TooLate),
        "the end is exclusive"
    );
    let used = Reset {
        used: true,
        ..reset.clone()
    };
    assert_eq!(used.ended(&anna, at(1)), Some(Ended::Used));
    let mut changed = anna.clone();
    changed.credentials_changed();
    let mut locked = anna.clone();
    locked.status = Status::Locked { since: at(1) };
    let mut without = anna.clone();
    without.password = None;
    for other in [changed, locked, without, account(false, false)] {
        assert_eq!(reset.ended(&other, at(1)), Some(Ended::TooLate));
    }
}

#[test]
fn a_grant_sets_the_password_once_and_nothing_else() {
    let mut anna = account(true, true);
    let reset = Reset::begin(&anna, VALID, at(0));
    let asked = asks(&anna, &Settings::default());
    let answer = Some((Factor::App, Verdict::Right));
    let Outcome::Granted(reset, grant) = step(reset, asked, answer, &anna, &Settings::default(), at(1))
    else {
        panic!("a right code");
    };
    assert!(reset.used);
    let before = anna.clone();
    assert!(grant.clone().set(&mut anna, hashed(), at(2)));
    assert_eq!(anna.epoch, before.epoch + 1);
    assert_eq!(anna.password.as_ref().unwrap().changed, at(2));
    assert_eq!(
        (anna.apps.len(), anna.recovery.is_some()),
        (1, true),
        "factors stay"
    );
    assert!(
        !grant.set(&mut anna, hashed(), at(3)),
        "the account has changed since"
    );
}

#[test]
fn five_wrong_codes_end_the_link() {
    let anna = account(true, false);
    let settings = Settings::default();
    let mut reset = Reset::begin(&anna, VALID, at(0));
    let wrong = Some((Factor::App, Verdict::Wrong));
    for _ in 0..4 {
        let asked = asks(&anna, &settings);
        let Outcome::Refuse(next, Verdict::Wrong) = step(reset, asked, wrong, &anna, &settings, at(1)) else {
            panic!("tries are left");
        };
        reset = next;
    }
    let outcome = step(reset, asks(&anna, &settings), wrong, &anna, &settings, at(1));
    assert!(matches!(outcome, Outcome::End(Ended::TooManyMisses)));
}

fn any_answer() -> impl Strategy<Value = Option<(Factor, Verdict)>> {
    let factor = prop_oneof![Just(Factor::App), Just(Factor::Email), Just(Factor::Recovery)];
    let verdict = prop_oneof![
        Just(Verdict::Right),
        Just(Verdict::Wrong),
        Just(Verdict::Past),
        Just(Verdict::Spent),
        Just(Verdict::Expired)
    ];
    proptest::option::of((factor, verdict))
}

proptest! {
    /// Whatever is sent, in whatever order: a grant only with a right answer to what is asked, in
    /// time, and after fewer wrong ones than a flow may have.
    #[test]
    fn nobody_gets_a_grant_for_less_than_is_asked(
        app: bool,
        codes: bool,
        strict: bool,
        sent in proptest::collection::vec((any_answer(), 0_i64..900), 1..8),
    ) {
        let anna = account(app, codes);
        let settings = rules(if strict { EmailOnly::Code } else { EmailOnly::Allow });
        let asked = asks(&anna, &settings);
        let mut reset = Reset::begin(&anna, VALID, at(0));
        let (mut now, mut wrong) = (0, 0);
        for (answer, later) in sent {
            now += later;
            match step(reset.clone(), asked, answer, &anna, &settings, at(now)) {
                Outcome::Granted(..) => {
                    prop_assert!(now < 1800 && wrong < 5);
                    match answer {
                        None => prop_assert!(!app && !strict),
                        Some((Factor::App, verdict)) => prop_assert!(app && verdict == Verdict::Right),
                        Some((Factor::Recovery, verdict)) => {
                            prop_assert!(codes && (app || strict) && verdict == Verdict::Right);
                        }
                        Some((Factor::Email | Factor::Sms, _)) => prop_assert!(false, "nothing is sent for it"),
                    }
                    return Ok(());
                }
                Outcome::Refuse(next, _) => {
                    wrong += 1;
                    reset = next;
                }
                Outcome::Unanswered => {}
                Outcome::End(ended) => {
                    prop_assert!(ended != Ended::Used);
                    prop_assert_eq!(ended == Ended::TooLate, now >= 1800);
                    return Ok(());
                }
            }
        }
    }
}
