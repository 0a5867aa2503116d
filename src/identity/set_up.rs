//! Which steps setting up an app takes, and whether a set-up that everybody goes through was left before
//! its end.

use serde::{Deserialize, Serialize};

use super::account::Account;
use super::assurance;
use super::factor::Factor;
use super::settings::SecondFactorSettings;
use crate::base::time::Timestamp;

/// A step of the set-up, each a page of its own.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum SetUpStep {
    /// Why.
    Why,
    /// A phone number and its code.
    Phone,
    /// QR code and first code.
    App,
    /// Recovery codes.
    Codes,
    /// Everything is set up.
    Done,
}

/// What a flow has asked for, of that which not everybody is asked: a step that was taken still counts.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Asked {
    /// A phone number.
    pub phone: bool,
    /// To save recovery codes.
    pub codes: bool,
}

/// The steps of somebody's set-up, those that were taken and those to come.
pub fn steps(account: &Account, asked: Asked, rules: &SecondFactorSettings) -> Vec<SetUpStep> {
    let there = |step: &SetUpStep| match step {
        SetUpStep::Phone => asked.phone || assurance::phone_step(account, rules).is_some(),
        SetUpStep::Codes => asked.codes || codes_follow(account, rules),
        SetUpStep::Why | SetUpStep::App | SetUpStep::Done => true,
    };
    [
        SetUpStep::Why,
        SetUpStep::Phone,
        SetUpStep::App,
        SetUpStep::Codes,
        SetUpStep::Done,
    ]
    .into_iter()
    .filter(there)
    .collect()
}

/// Whether setting up an app ends with recovery codes: not where there are some left.
pub fn codes_follow(account: &Account, rules: &SecondFactorSettings) -> bool {
    rules.recovery_codes.count > 0 && account.recovery.as_ref().is_none_or(|set| set.left() == 0)
}

/// Whether codes by email do for whoever puts an app off.
pub fn email_instead(account: &Account, rules: &SecondFactorSettings, now: Timestamp) -> bool {
    assurance::demand(account, rules, now).invited.is_some()
        && assurance::usable(account, rules).contains(&Factor::Email)
}

/// Whether somebody who had to set up an app left before any recovery codes were saved: the next sign-in
/// with the app leads back to them.
pub fn codes_owed(account: &Account, rules: &SecondFactorSettings, now: Timestamp) -> bool {
    rules.recovery_codes.count > 0
        && !account.apps.is_empty()
        && account.recovery.is_none()
        && assurance::app_required(account, rules, now)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::entropy::OsEntropy;
    use crate::base::id::{AccountId, AppId};
    use crate::base::seal::Keyring;
    use crate::identity::account::EmailAddress;
    use crate::identity::factor::recovery::{RecoveryCode, RecoverySet};
    use crate::identity::factor::totp::App;
    use crate::identity::phone::{Phone, PhoneNumber};
    use crate::identity::settings::{AppSetup, Floor, SmsSettings};

    const NOON: Timestamp = Timestamp::from_unix_seconds(1_700_000_000);

    fn account() -> Account {
        let email = EmailAddress::parse("anna@example.com").unwrap();
        Account::new(AccountId::draw(&OsEntropy), email, NOON)
    }

    fn app() -> App {
        App {
            id: AppId::draw(&OsEntropy),
            name: "phone".into(),
            sealed: Vec::new(),
            added: NOON,
            last_used: None,
            spent: None,
        }
    }

    fn with_codes(account: &mut Account, keys: &Keyring) {
        let codes = [RecoveryCode::draw(&OsEntropy)];
        account.recovery = Some(RecoverySet::keep(&codes, account.id, keys, NOON));
    }

    #[test]
    fn a_step_that_is_not_to_come_is_not_counted_and_one_that_was_taken_is() {
        use SetUpStep::{App, Codes, Done, Phone as Number, Why};
        let keys = Keyring::generate(&OsEntropy);
        let mut rules = SecondFactorSettings {
            sms: Some(SmsSettings::default()),
            ..SecondFactorSettings::default()
        };
        let mut anna = account();
        let none = Asked::default();
        assert_eq!(steps(&anna, none, &rules), [Why, Number, App, Codes, Done]);
        let number = PhoneNumber::parse("+436641234567", &[]).unwrap();
        anna.phone = Some(Phone::keep(&number, anna.id, &keys, &OsEntropy, NOON).unwrap());
        with_codes(&mut anna, &keys);
        assert_eq!(steps(&anna, none, &rules), [Why, App, Done]);
        let both = Asked {
            phone: true,
            codes: true,
        };
        assert_eq!(steps(&anna, both, &rules), [Why, Number, App, Codes, Done]);
        anna.recovery = None;
        rules.recovery_codes.count = 0;
        assert_eq!(steps(&anna, none, &rules), [Why, App, Done]);
    }

    #[test]
    fn codes_by_email_do_where_the_app_may_be_put_off() {
        let mut rules = SecondFactorSettings {
            app_setup: AppSetup::Invite,
            ..SecondFactorSettings::default()
        };
        assert!(email_instead(&account(), &rules, NOON));
        rules.floor = Floor::None;
        assert!(!email_instead(&account(), &rules, NOON));
        rules.floor = Floor::Email;
        rules.app_setup = AppSetup::Required;
        assert!(!email_instead(&account(), &rules, NOON));
    }

    #[test]
    fn codes_are_owed_where_the_set_up_is_demanded_and_none_were_ever_saved() {
        let keys = Keyring::generate(&OsEntropy);
        let mut rules = SecondFactorSettings {
            app_setup: AppSetup::Required,
            ..SecondFactorSettings::default()
        };
        let mut anna = account();
        assert!(!codes_owed(&anna, &rules, NOON), "there is no app yet");
        anna.apps.push(app());
        assert!(codes_owed(&anna, &rules, NOON));
        rules.app_setup = AppSetup::Invite;
        assert!(!codes_owed(&anna, &rules, NOON), "nobody has to");
        rules.app_setup = AppSetup::Required;
        with_codes(&mut anna, &keys);
        assert!(!codes_owed(&anna, &rules, NOON));
        anna.recovery = None;
        rules.recovery_codes.count = 0;
        assert!(!codes_owed(&anna, &rules, NOON));
    }
}
