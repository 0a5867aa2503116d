//! What people see of their account at a glance, and what they may say of themselves: name and
//! language.

use super::visit::Visitor;
use super::{DECIDE_AT_MOST, Desk, Outage};
use crate::base::id::AccountId;
use crate::base::language::Language;
use crate::base::time::Timestamp;
use crate::identity::account::{Account, person_name};
use crate::identity::assurance;
use crate::identity::factor::recovery::RecoverySet;
use crate::identity::reset;
use crate::identity::settings::{Floor, Method};
use crate::store::{Change, WriteError};

/// What the overview of the account says.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Overview {
    /// When the password was set.
    pub password_changed: Option<Timestamp>,
    /// Apps: `None` where they are not in use and there is none.
    pub apps: Option<AppsHeld>,
    /// Trusted devices: `None` where there are none to be had.
    pub devices: Option<usize>,
    /// Recovery codes: `None` where there are none to be had.
    pub recovery: Option<CodesHeld>,
    /// Until when support has suspended the second factor, if it has.
    pub suspended: Option<Timestamp>,
}

/// The apps of an account.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct AppsHeld {
    /// How many.
    pub count: usize,
    /// When the oldest was set up.
    pub since: Option<Timestamp>,
    /// Whether codes come by email where there is none.
    pub email_codes: bool,
}

/// The recovery codes of an account.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct CodesHeld {
    /// When the set was saved; `None`: there is none.
    pub created: Option<Timestamp>,
    /// Codes that still work.
    pub left: usize,
    /// Codes that the set began with.
    pub total: usize,
    /// When codes of it were used.
    pub used: Vec<Timestamp>,
    /// Whether it is time for new ones.
    pub few: bool,
}

/// What came of another name.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum AfterNames {
    /// They are saved.
    Saved,
    /// The session is over, or goes on under another value.
    Gone,
}

impl Desk {
    /// What the overview of the account says.
    pub fn overview(&self, account: &Account) -> Overview {
        let rules = self.rules.load();
        let second = &rules.second_factor;
        let now = self.now();
        let held = !account.apps.is_empty();
        let codes = second.recovery_codes;
        let may_hold = reset::may_hold_codes(account, &rules);
        let set = account.recovery.as_ref();
        let left = set.map_or(0, RecoverySet::left);
        Overview {
            password_changed: account.password.as_ref().map(|password| password.changed),
            apps: (held || second.offers(Method::App)).then(|| AppsHeld {
                count: account.apps.len(),
                since: account.apps.iter().map(|app| app.added).min(),
                email_codes: second.floor == Floor::Email && !assurance::guarded_by_phone(account, second),
            }),
            devices: rules.trusted_devices.enabled.then(|| {
                let live = account.devices.iter().filter(|device| now < device.expires);
                live.count()
            }),
            recovery: (may_hold && (codes.count > 0 || set.is_some())).then(|| CodesHeld {
                created: set.map(|set| set.created),
                left,
                total: set.map_or(0, RecoverySet::count),
                used: set.map(RecoverySet::used).unwrap_or_default(),
                few: left <= codes.warn_at,
            }),
            suspended: account.suspended(now),
        }
    }

    /// The person gave first and last name; either may be empty.
    ///
    /// # Errors
    ///
    /// [`Outage`]: they are as they were.
    pub async fn change_names(
        &self,
        first: &str,
        last: &str,
        visitor: &Visitor,
    ) -> Result<AfterNames, Outage> {
        for _ in 0..DECIDE_AT_MOST {
            let now = self.now();
            let Some(own) = self.own(visitor, now).await? else {
                return Ok(AfterNames::Gone);
            };
            let mut account = own.account.value;
            account.first_name = person_name(first);
            account.last_name = person_name(last);
            let change = Change::ReplaceAccount(account, own.account.version);
            match self.commit(vec![change], now).await {
                Err(WriteError::Conflict) => {}
                Err(error) => return Err(error.into()),
                Ok(_) => return Ok(AfterNames::Saved),
            }
        }
        Err(Outage::Contended)
    }

    /// The person chose a language: pages and letters follow.
    ///
    /// # Errors
    ///
    /// [`Outage`].
    pub async fn choose_language(&self, account: AccountId, language: Language) -> Result<(), Outage> {
        for _ in 0..DECIDE_AT_MOST {
            let now = self.now();
            let Some(mut stored) = self.store.account(account).await? else {
                return Ok(());
            };
            if stored.value.language.as_ref() == Some(&language) {
                return Ok(());
            }
            stored.value.language = Some(language.clone());
            match self
                .commit(vec![Change::ReplaceAccount(stored.value, stored.version)], now)
                .await
            {
                Err(WriteError::Conflict) => {}
                Err(error) => return Err(error.into()),
                Ok(_) => return Ok(()),
            }
        }
        Err(Outage::Contended)
    }
}
