//! Recovery codes: a new set, shown once from the account pages, and what follows from one that was used.
//!
//! The old set lives until the new one was confirmed as saved: there is no moment without one, and
//! whoever closes the page has lost nothing.

use super::renew::{Renewed, put_flow};
use super::visit::Visitor;
use super::{Caller, DECIDE_AT_MOST, Desk, Outage};
use crate::base::id::TokenDigest;
use crate::base::time::Timestamp;
use crate::identity::account::Account;
use crate::identity::confirm::Intent;
use crate::identity::enrolment::PendingCodes;
use crate::identity::event::What;
use crate::identity::factor::Factor;
use crate::identity::factor::recovery::{RecoveryCode, RecoverySet};
use crate::identity::reset;
use crate::messaging::NoticeKind;
use crate::store::{Change, Flow, FlowKey, FlowKind, StoredFlow, Versioned, WriteError};

/// What came of asking for new codes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum AfterNewCodes {
    /// They are there to be shown.
    Shown,
    /// Fresh proof first.
    Confirm,
    /// There are no recovery codes here, or nothing that they could be used for.
    NotOffered,
    /// The session is over, or goes on under another value.
    Gone,
}

/// What came of "I have saved these codes".
#[derive(Debug)]
pub enum AfterSaved {
    /// They are the account's now: set the session's new cookie.
    Saved(Box<Renewed>),
    /// The box was not ticked: the codes are still shown.
    NotSaved,
    /// None are shown: it took too long, or they were saved before.
    NoCodes,
    /// The session is over, or goes on under another value.
    Gone,
}

impl Desk {
    /// Draws new codes to be shown. Those that are shown already stay: a reload shows the same.
    ///
    /// # Errors
    ///
    /// [`Outage`].
    pub async fn new_codes(&self, visitor: &Visitor) -> Result<AfterNewCodes, Outage> {
        for _ in 0..DECIDE_AT_MOST {
            let now = self.now();
            let Some(own) = self.own(visitor, now).await? else {
                return Ok(AfterNewCodes::Gone);
            };
            let rules = self.rules.load_full();
            let count = rules.second_factor.recovery_codes.count;
            let account = &own.account.value;
            if count == 0 || !reset::may_hold_codes(account, &rules) {
                return Ok(AfterNewCodes::NotOffered);
            }
            if !self.fresh_for(&Intent::NewRecoveryCodes, &own, now).await? {
                return Ok(AfterNewCodes::Confirm);
            }
            if self.held_codes(own.cookie, now).await?.is_some() {
                return Ok(AfterNewCodes::Shown);
            }
            let pending = PendingCodes::draw(account.id, count, &self.keys, &*self.entropy, now)?;
            let change = put_flow(codes_key(own.cookie), stored_codes(account, pending), None);
            match self.commit(vec![change], now).await {
                Err(WriteError::Conflict) => {}
                Err(error) => return Err(error.into()),
                Ok(_) => return Ok(AfterNewCodes::Shown),
            }
        }
        Err(Outage::Contended)
    }

    /// The codes that are shown to a visitor, until they were saved or 15 minutes have passed.
    ///
    /// # Errors
    ///
    /// [`Outage`].
    pub async fn codes_shown_to(&self, visitor: &Visitor) -> Result<Option<Vec<RecoveryCode>>, Outage> {
        let now = self.now();
        let Some(pending) = self.held_codes(visitor.cookie(), now).await? else {
            return Ok(None);
        };
        Ok(Some(pending.value.codes(visitor.session().account, &self.keys)?))
    }

    /// "I have saved these codes": from now on they are the account's, and the old ones are not.
    ///
    /// # Errors
    ///
    /// [`Outage`]: the old ones still are.
    pub async fn codes_saved(
        &self,
        saved: bool,
        visitor: &Visitor,
        caller: &Caller,
    ) -> Result<AfterSaved, Outage> {
        for _ in 0..DECIDE_AT_MOST {
            let now = self.now();
            let Some(mut own) = self.own(visitor, now).await? else {
                return Ok(AfterSaved::Gone);
            };
            let Some(pending) = self.held_codes(own.cookie, now).await? else {
                return Ok(AfterSaved::NoCodes);
            };
            if !saved {
                return Ok(AfterSaved::NotSaved);
            }
            pending.value.confirm(&mut own.account.value, &self.keys, now)?;
            let account = &own.account.value;
            let count = account.recovery.as_ref().map_or(0, RecoverySet::count);
            let notice = NoticeKind::RecoveryCodesCreated {
                count: u32::try_from(count).unwrap_or(u32::MAX),
            };
            let changes = vec![
                self.tell(account, What::RecoveryCreated { count }, caller, now),
                self.notify_here(account, notice, caller, now)?,
            ];
            let session = own.session.value.clone();
            match self
                .commit_own_change(own, &session, changes, None, caller, now)
                .await
            {
                Err(Outage::Write(WriteError::Conflict)) => {}
                Err(error) => return Err(error),
                Ok(renewed) => return Ok(AfterSaved::Saved(Box::new(renewed))),
            }
        }
        Err(Outage::Contended)
    }

    async fn held_codes(
        &self,
        cookie: TokenDigest,
        now: Timestamp,
    ) -> Result<Option<Versioned<PendingCodes>>, Outage> {
        let found = self.store.flow(&codes_key(cookie), now).await?;
        Ok(found.and_then(|found| match found.value.flow {
            Flow::Codes(value) => Some(Versioned {
                value,
                version: found.version,
            }),
            _ => None,
        }))
    }

    /// Where that is the rule, a recovery code that was right is replaced: the fresh one is valid as
    /// soon as the account is written, and is to be shown.
    pub(super) fn replace_used_code(
        &self,
        factor: Factor,
        account: &mut Account,
        now: Timestamp,
    ) -> Result<Option<PendingCodes>, Outage> {
        let replaces = self.rules.load().second_factor.recovery_codes.replace_used;
        let Some(set) = account.recovery.as_mut().filter(|_| replaces) else {
            return Ok(None);
        };
        if factor != Factor::Recovery {
            return Ok(None);
        }
        let fresh = RecoveryCode::draw(&*self.entropy);
        set.replace_used(&fresh, account.id, &self.keys, now);
        let shown = PendingCodes::of(&[fresh], account.id, &self.keys, &*self.entropy, now)?;
        Ok(Some(shown))
    }

    /// A recovery code was used: the owner hears of it, how many are left, and whether a fresh one took
    /// its place.
    pub(super) fn tell_of_recovery(
        &self,
        factor: Factor,
        replaced: bool,
        account: &Account,
        caller: &Caller,
        now: Timestamp,
    ) -> Result<Vec<Change>, Outage> {
        if factor != Factor::Recovery {
            return Ok(Vec::new());
        }
        let left = account
            .recovery
            .as_ref()
            .map_or(0, crate::identity::factor::recovery::RecoverySet::left);
        let notice = NoticeKind::RecoveryCodeUsed {
            left: u32::try_from(left).unwrap_or(u32::MAX),
            replaced,
        };
        let mut changes = vec![
            self.tell(account, What::RecoveryUsed { left }, caller, now),
            self.notify(
                account,
                notice,
                &caller.site.url,
                &caller.language,
                Some(caller.user_agent),
                now,
            )?,
        ];
        if replaced {
            changes.push(self.tell(account, What::RecoveryCreated { count: 1 }, caller, now));
        }
        if left <= self.rules.load().second_factor.recovery_codes.warn_at {
            changes.push(self.tell(account, What::RecoveryLow { left }, caller, now));
        }
        Ok(changes)
    }
}

fn codes_key(cookie: TokenDigest) -> FlowKey {
    FlowKey {
        kind: FlowKind::Codes,
        cookie,
    }
}

/// Codes that are shown, as they are kept.
pub(super) fn stored_codes(account: &Account, pending: PendingCodes) -> StoredFlow {
    StoredFlow {
        account: account.id,
        expires: pending.expires,
        flow: Flow::Codes(pending),
    }
}
