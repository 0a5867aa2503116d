//! An invitation: from the link that was mailed to a password of one's own.
//!
//! ```text
//! Invitation ──password, name──▶ Acceptance ──▶ the account's first password
//!
//! used, too late, the account has changed or has a password: Ended
//! ```
//!
//! The machine ends in an [`Acceptance`], which gives an account its first password and can do nothing
//! else: there is no [`super::sign_in::Proof`] in here. Whoever has accepted signs in like everybody
//! else, second factor and all.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::account::{Account, Password};
use super::password::PasswordHash;
use super::registration::Details;
use crate::base::id::AccountId;
use crate::base::time::Timestamp;

/// How long a link works.
pub const VALID: Duration = Duration::from_secs(72 * 60 * 60);

/// One mailed link, and how it stands. Kept under the digest of its value.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Invitation {
    /// Whose account it is for.
    pub account: AccountId,
    /// The account's epoch when the link was made: it is dead when that has moved on.
    pub epoch: u32,
    /// When it stops working.
    pub expires: Timestamp,
    /// Whether it has done its work. Kept, so that whoever opens it again is told so.
    pub used: bool,
}

/// Why a link does not work any more.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Ended {
    /// It is too old, or the account has changed since.
    TooLate,
    /// It has done its work.
    Used,
}

/// Evidence that an account may be given its first password. Only [`Invitation::accept`] makes one.
#[derive(Clone, Debug)]
pub struct Acceptance {
    account: AccountId,
    epoch: u32,
}

/// Whether somebody can be invited to this account: it is open, and nobody has a password for it.
pub fn may_invite(account: &Account) -> bool {
    account.is_active() && account.password.is_none()
}

impl Invitation {
    /// A link for `account`.
    pub fn begin(account: &Account, now: Timestamp) -> Self {
        Self {
            account: account.id,
            epoch: account.epoch,
            expires: now.plus(VALID),
            used: false,
        }
    }

    /// Why it does not work with this account. `None`: it does.
    pub fn ended(&self, account: &Account, now: Timestamp) -> Option<Ended> {
        if self.used {
            return Some(Ended::Used);
        }
        let same = account.id == self.account && account.epoch == self.epoch;
        (!same || !may_invite(account) || now >= self.expires).then_some(Ended::TooLate)
    }

    /// The link is used up.
    ///
    /// # Errors
    ///
    /// [`Ended`]: it does not work any more.
    pub fn accept(self, account: &Account, now: Timestamp) -> Result<(Self, Acceptance), Ended> {
        if let Some(ended) = self.ended(account, now) {
            return Err(ended);
        }
        let acceptance = Acceptance {
            account: self.account,
            epoch: self.epoch,
        };
        Ok((Self { used: true, ..self }, acceptance))
    }
}

impl Acceptance {
    /// Gives the account its password and what its owner says of themselves. A language that was chosen
    /// for them stays. `false`, and nothing is done, with another account or one that has changed since.
    #[must_use]
    pub fn set(self, account: &mut Account, details: &Details, hash: PasswordHash, now: Timestamp) -> bool {
        if account.id != self.account || account.epoch != self.epoch || account.password.is_some() {
            return false;
        }
        account.first_name.clone_from(&details.first_name);
        account.last_name.clone_from(&details.last_name);
        account.language.get_or_insert_with(|| details.language.clone());
        account.password = Some(Password { hash, changed: now });
        account.credentials_changed();
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::entropy::OsEntropy;
    use crate::base::language::Language;
    use crate::identity::account::{EmailAddress, Status};
    use crate::identity::password::{Typed, hash};
    use crate::identity::settings::HashCost;

    const NOON: Timestamp = Timestamp::from_unix_seconds(1_700_000_000);

    fn account() -> Account {
        let email = EmailAddress::parse("anna@example.com").unwrap();
        Account::new(AccountId::draw(&OsEntropy), email, NOON)
    }

    fn some_hash() -> PasswordHash {
        let cost = HashCost {
            memory: 64 * 1024,
            passes: 1,
            lanes: 1,
        };
        hash(&Typed::new("tulpe regal montag kran").unwrap(), cost, &OsEntropy).unwrap()
    }

    fn details() -> Details {
        Details {
            first_name: "Anna".to_owned(),
            last_name: "Muster".to_owned(),
            language: Language::english(),
        }
    }

    #[test]
    fn it_works_once_for_three_days_and_for_its_account_alone() {
        let mut anna = account();
        let link = Invitation::begin(&anna, NOON);
        assert_eq!(link.ended(&anna, NOON.plus(VALID - Duration::from_secs(1))), None);
        assert_eq!(
            link.ended(&anna, NOON.plus(VALID)),
            Some(Ended::TooLate),
            "the end is exclusive"
        );
        assert_eq!(link.ended(&account(), NOON), Some(Ended::TooLate));

        let (used, acceptance) = link.clone().accept(&anna, NOON).unwrap();
        let twin = acceptance.clone();
        assert!(
            !acceptance
                .clone()
                .set(&mut account(), &details(), some_hash(), NOON)
        );
        anna.language = Language::parse("de");
        assert!(acceptance.set(&mut anna, &details(), some_hash(), NOON));
        assert_eq!(anna.display_name(), "Anna Muster");
        assert_eq!(anna.language, Language::parse("de"), "as it was chosen");
        assert!(!twin.set(&mut anna, &details(), some_hash(), NOON), "once");
        assert_eq!(used.ended(&anna, NOON), Some(Ended::Used));
        assert_eq!(link.accept(&anna, NOON).err(), Some(Ended::TooLate));
    }

    #[test]
    fn a_locked_account_or_one_with_a_password_takes_no_invitation() {
        let link = |account: &Account| Invitation::begin(account, NOON);
        let mut locked = account();
        locked.status = Status::Locked { since: NOON };
        assert_eq!(link(&locked).ended(&locked, NOON), Some(Ended::TooLate));
        let mut own = account();
        own.password = Some(Password {
            hash: some_hash(),
            changed: NOON,
        });
        assert_eq!(link(&own).ended(&own, NOON), Some(Ended::TooLate));
        assert!(!may_invite(&locked) && !may_invite(&own) && may_invite(&account()));
    }
}
