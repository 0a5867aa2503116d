//! Another email address, and the way back.
//!
//! ```text
//! EmailChange ──button on the page that was mailed to the new address──▶ the account's address;
//!      │                                                                 the old one is Former
//!      └─ a newer one, 24 hours, a change of the account: Ended
//!
//! Former ──button on the page that was mailed to the old address, 72 hours──▶ the account's address
//!                                                 again; whatever was Former since is forgotten
//! ```
//!
//! Whoever has taken over a session can move the account away; its owner still has the old mailbox,
//! and that outranks everything that came after. So the way back lies in the account and not in a
//! flow: no later change of address or password takes it away, and of several the older ones win.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::account::{Account, EmailAddress};
use crate::base::id::{AccountId, TokenDigest};
use crate::base::time::Timestamp;

/// How long the new address may be confirmed.
pub const CONFIRM_WITHIN: Duration = Duration::from_secs(24 * 60 * 60);

/// How long the old address may take itself back.
pub const REVOKE_WITHIN: Duration = Duration::from_secs(72 * 60 * 60);

/// Changes that can be taken back at the same time. One more has to wait until the oldest cannot:
/// making room would be a way to shake the owner off.
pub const FORMER_AT_MOST: usize = 5;

/// A change that waits for the new mailbox. Kept under the digest of the link that was mailed there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EmailChange {
    /// Whose address.
    pub account: AccountId,
    /// The account's epoch when it was asked for: it is dead when that has moved on.
    pub epoch: u32,
    /// The new address.
    pub address: EmailAddress,
    /// When it is forgotten.
    pub expires: Timestamp,
    /// Whether it has done its work. Kept, so that whoever opens the link again is told so.
    pub used: bool,
}

/// Why a change can no longer be confirmed or taken back.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Ended {
    /// It was.
    Used,
    /// Its time has run out, or the account has changed or may not sign in any more.
    TooLate,
}

/// An address that an account had.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FormerAddress {
    /// The address.
    pub address: EmailAddress,
    /// Digest of the link that takes it back.
    pub revoke: TokenDigest,
    /// When that link stops working.
    pub until: Timestamp,
}

impl EmailChange {
    /// A change of `account` to `address`.
    pub fn begin(account: &Account, address: EmailAddress, now: Timestamp) -> Self {
        Self {
            account: account.id,
            epoch: account.epoch,
            address,
            expires: now.plus(CONFIRM_WITHIN),
            used: false,
        }
    }

    /// Why it cannot be confirmed any more. `None`: it can.
    pub fn ended(&self, account: &Account, now: Timestamp) -> Option<Ended> {
        if self.used {
            return Some(Ended::Used);
        }
        let same = account.id == self.account && account.epoch == self.epoch;
        (!same || !account.is_active() || now >= self.expires).then_some(Ended::TooLate)
    }
}

impl Account {
    /// Whether one more change of address could be taken back.
    pub fn may_move(&self, now: Timestamp) -> bool {
        let live = self.former.iter().filter(|former| now < former.until);
        live.count() < FORMER_AT_MOST
    }

    /// Moves to another address; the link of digest `revoke` takes it back. The caller ends what
    /// began before, with [`Account::credentials_changed`].
    pub fn move_to(&mut self, address: EmailAddress, revoke: TokenDigest, now: Timestamp) {
        self.former.retain(|former| now < former.until);
        let old = std::mem::replace(&mut self.email, address);
        self.former.push(FormerAddress {
            address: old,
            revoke,
            until: now.plus(REVOKE_WITHIN),
        });
    }

    /// The address that a link would take the account back to.
    pub fn former_by(&self, revoke: &TokenDigest, now: Timestamp) -> Option<&FormerAddress> {
        self.former
            .iter()
            .find(|former| former.revoke == *revoke && now < former.until)
    }

    /// Takes the account back to the address of a link; whatever it had since is forgotten, so that
    /// nobody moves it away again by a link of a later change. The address that it had until now;
    /// `None`, and nothing is done, where the link does not work.
    pub fn take_back(&mut self, revoke: &TokenDigest, now: Timestamp) -> Option<EmailAddress> {
        let place = self
            .former
            .iter()
            .position(|former| former.revoke == *revoke && now < former.until)?;
        let taken = self.former.get(place)?.address.clone();
        self.former.truncate(place);
        self.credentials_changed();
        Some(std::mem::replace(&mut self.email, taken))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::base::entropy::OsEntropy;

    fn at(hours: u64) -> Timestamp {
        Timestamp::from_unix_seconds(1_700_000_000).plus(Duration::from_secs(hours * 3600))
    }

    fn address(name: &str) -> EmailAddress {
        EmailAddress::parse(&format!("{name}@example.com")).unwrap()
    }

    fn digest(number: u8) -> TokenDigest {
        TokenDigest::from_bytes([number; 32])
    }

    fn account() -> Account {
        Account::new(AccountId::draw(&OsEntropy), address("anna"), at(0))
    }

    #[test]
    fn a_change_ends_with_its_time_its_use_and_the_account() {
        let anna = account();
        let change = EmailChange::begin(&anna, address("neu"), at(0));
        assert_eq!(change.ended(&anna, at(23)), None);
        assert_eq!(
            change.ended(&anna, at(24)),
            Some(Ended::TooLate),
            "the end is exclusive"
        );
        let mut changed = anna.clone();
        changed.credentials_changed();
        assert_eq!(
            change.ended(&changed, at(1)),
            Some(Ended::TooLate),
            "REG-19: a new password cancels it"
        );
        assert_eq!(change.ended(&account(), at(1)), Some(Ended::TooLate));
        let used = EmailChange { used: true, ..change };
        assert_eq!(used.ended(&changed, at(1)), Some(Ended::Used));
    }

    #[test]
    fn the_way_back_lasts_three_days_and_outlives_other_changes() {
        let mut anna = account();
        anna.move_to(address("neu"), digest(1), at(0));
        anna.credentials_changed();
        assert_eq!(
            anna.former_by(&digest(1), at(71)).unwrap().address,
            address("anna")
        );
        assert!(anna.former_by(&digest(1), at(72)).is_none());
        assert!(anna.former_by(&digest(2), at(1)).is_none());
        let epoch = anna.epoch;
        assert_eq!(anna.clone().take_back(&digest(1), at(72)), None);
        assert_eq!(anna.take_back(&digest(1), at(71)), Some(address("neu")));
        assert_eq!((anna.email.clone(), anna.epoch), (address("anna"), epoch + 1));
        assert_eq!(anna.take_back(&digest(1), at(71)), None, "once");
    }

    #[test]
    fn an_older_owner_outranks_a_newer_one() {
        let mut anna = account();
        anna.move_to(address("thief"), digest(1), at(0));
        anna.move_to(address("thief2"), digest(2), at(1));
        let mut newer_first = anna.clone();
        assert!(newer_first.take_back(&digest(2), at(2)).is_some());
        assert_eq!(newer_first.email, address("thief"));
        assert!(newer_first.take_back(&digest(1), at(2)).is_some(), "still there");
        assert_eq!(newer_first.email, address("anna"));

        assert!(anna.take_back(&digest(1), at(2)).is_some());
        assert_eq!(anna.take_back(&digest(2), at(2)), None, "void with it");
        assert_eq!(anna.email, address("anna"));
    }

    proptest! {
        /// However often the account was moved on and whoever took it back in between: while the
        /// first owner's three days last, the first owner's link takes it back.
        #[test]
        fn nobody_shakes_the_first_owner_off(steps in proptest::collection::vec((any::<bool>(), 0_u64..10), 0..30)) {
            let mut anna = account();
            anna.move_to(address("thief"), digest(0), at(0));
            let mut now = 0;
            for (number, (moves, later)) in (1_u8..).zip(steps) {
                now = (now + later).min(71);
                if moves {
                    if anna.may_move(at(now)) {
                        anna.move_to(address(&format!("thief{number}")), digest(number), at(now));
                    }
                } else if anna.former.len() > 1 {
                    let newest = anna.former.last().unwrap().revoke;
                    anna.take_back(&newest, at(now));
                }
                prop_assert!(anna.former.len() <= FORMER_AT_MOST);
                prop_assert!(anna.former_by(&digest(0), at(now)).is_some());
            }
            prop_assert!(anna.take_back(&digest(0), at(71)).is_some());
            prop_assert_eq!(anna.email, address("anna"));
        }
    }
}
