//! Another email address, and the way back.
//!
//! ```text
//! EmailChange ──button on the page that was mailed to the new address──▶ the account's address;
//!      │                                                                 the old one is Former
//!      └─ a newer one, 24 hours, a change of the account: Ended
//!
//! Former ──button on the page that was mailed to the old address, 72 hours──▶ the account's address
//!                                                 again; whatever was Former since is forgotten
//! Former ──support's word on the address──▶ forgotten: no link moves the account any more
//! ```
//!
//! Whoever has taken over a session can move the account away; its owner still has the old mailbox,
//! and that outranks everything that came after. So the way back lies in the account and not in a
//! flow: no later change of address or password takes it away, and of several the older ones win.
//! Neither does support, whoever it believed itself to be talking to, as long as it does not speak of
//! the address: a new password, a reset of the second factor and an unlocked account leave it alone.
//!
//! Whoever moved the account away may have set up factors of their own: they go with the address.

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

impl FormerAddress {
    /// When the account was moved away from it.
    pub fn since(&self) -> Timestamp {
        self.until.minus(REVOKE_WITHIN)
    }
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

    /// Gives the account the address that support has made sure of. No link takes it back any more:
    /// any may be in the hands of whoever support has just taken the account from. Whether anything
    /// differs now.
    pub fn settle_address(&mut self, address: EmailAddress) -> bool {
        let differs = self.email.spelling() != address.spelling() || !self.former.is_empty();
        self.former.clear();
        self.email = address;
        differs
    }

    /// Takes the account back to the address of a link; whatever it had since is forgotten, so that
    /// nobody moves it away again by a link of a later change, or gets in by a factor of their own.
    /// The address that it had until now; `None`, and nothing is done, where the link does not work.
    pub fn take_back(&mut self, revoke: &TokenDigest, now: Timestamp) -> Option<EmailAddress> {
        let place = self
            .former
            .iter()
            .position(|former| former.revoke == *revoke && now < former.until)?;
        let former = self.former.get(place)?;
        let (taken, since) = (former.address.clone(), former.since());
        self.former.truncate(place);
        self.forget_factors_since(since);
        self.credentials_changed();
        Some(std::mem::replace(&mut self.email, taken))
    }

    /// Forgets what was set up at that moment or later, and what lets the password in without it.
    fn forget_factors_since(&mut self, since: Timestamp) {
        self.apps.retain(|app| app.added < since);
        self.phone.take_if(|phone| phone.verified >= since);
        self.recovery.take_if(|codes| codes.created >= since);
        self.suspended_until = None;
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::base::entropy::OsEntropy;
    use crate::base::id::AppId;
    use crate::base::seal::Keyring;
    use crate::identity::factor::recovery::{RecoveryCode, RecoverySet};
    use crate::identity::factor::totp::App;
    use crate::identity::phone::{Phone, PhoneNumber};

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

    #[test]
    fn what_support_says_of_the_address_is_the_last_word() {
        let mut anna = account();
        anna.move_to(address("thief"), digest(1), at(0));
        anna.move_to(address("thief2"), digest(2), at(1));
        assert!(anna.settle_address(address("anna")));
        for link in [digest(1), digest(2)] {
            assert!(anna.former_by(&link, at(1)).is_none());
            assert_eq!(anna.take_back(&link, at(1)), None);
        }
        assert!(!anna.settle_address(address("anna")), "said before");
        anna.move_to(address("neu"), digest(3), at(2));
        assert!(
            anna.settle_address(address("neu")),
            "the same address, and nobody takes it back"
        );
        assert!(anna.former.is_empty());
    }

    #[test]
    fn what_was_set_up_since_goes_and_what_was_there_before_stays() {
        let keys = Keyring::generate(&OsEntropy);
        let mut anna = account();
        let app = |name: &str, added| App {
            id: AppId::draw(&OsEntropy),
            name: name.to_owned(),
            sealed: Vec::new(),
            added,
            last_used: None,
            spent: None,
        };
        let phone = |id, now| {
            let number = PhoneNumber::from_e164("+41791234567").unwrap();
            Phone::keep(&number, id, &keys, &OsEntropy, now).unwrap()
        };
        let codes = |id, now| RecoverySet::keep(&[RecoveryCode::draw(&OsEntropy)], id, &keys, now);
        anna.apps.push(app("hers", at(1)));
        anna.phone = Some(phone(anna.id, at(1)));
        anna.recovery = Some(codes(anna.id, at(1)));
        anna.move_to(address("thief"), digest(1), at(2));
        let mut untouched = anna.clone();
        assert!(untouched.take_back(&digest(1), at(3)).is_some());
        assert!(untouched.phone.is_some() && untouched.recovery.is_some());

        anna.apps.push(app("his", at(2)));
        anna.phone = Some(phone(anna.id, at(3)));
        anna.recovery = Some(codes(anna.id, at(3)));
        anna.suspended_until = Some(at(20));
        assert!(anna.take_back(&digest(1), at(4)).is_some());
        let names: Vec<_> = anna.apps.iter().map(|app| app.name.as_str()).collect();
        assert_eq!(names, ["hers"]);
        assert!(anna.phone.is_none() && anna.recovery.is_none());
        assert_eq!(anna.suspended(at(4)), None);
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
