//! Whoever has the old mailbox takes an account back that was moved to another address.
//!
//! ```text
//! the link in the letter to the old address ─▶ a flow under its value, and nothing else
//! its page, its button ─▶ one commit: the old address; sessions, devices and flows end
//! ```
//!
//! What the link may do lies in the account ([`Account::former_by`]), so the link names the account;
//! the flow only carries it from the address bar into a cookie.

use super::email_change::at;
use super::{Caller, Cookies, DECIDE_AT_MOST, Desk, Outage};
use crate::base::id::TokenDigest;
use crate::base::link::LinkKind;
use crate::base::seal::Token;
use crate::base::time::Timestamp;
use crate::identity::account::{Account, EmailAddress, Status};
use crate::identity::event::What;
use crate::identity::sign_in::STEP_WITHIN;
use crate::messaging::NoticeKind;
use crate::store::{Change, Flow, FlowKey, FlowKind, StoredFlow, Version, Versioned, WriteError};

/// A change that can be taken back.
#[derive(Clone, Debug)]
pub struct Revocable {
    /// The address that it had.
    pub old: EmailAddress,
    /// The address that it has.
    pub present: EmailAddress,
}

/// What came of the button on the old address's page.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum AfterRevocation {
    /// The old address is the account's again.
    Restored,
    /// The old address is another account's by now: this one is locked until support looks at it.
    Locked,
    /// The link does not work any more.
    Ended,
}

impl Desk {
    /// The link in the letter to the old address was opened: begins a flow under its value, and
    /// nothing else. `None`: it does not work any more.
    ///
    /// # Errors
    ///
    /// [`Outage`].
    pub async fn open_revoke_link(&self, printed: &str) -> Result<Option<Token>, Outage> {
        let now = self.now();
        let Some((account, value)) = LinkKind::Revoke.read_for(printed, &self.keys) else {
            return Ok(None);
        };
        let Some(account) = self.store.account(account).await?.map(|it| it.value) else {
            return Ok(None);
        };
        let Some(former) = account.former_by(&value.digest(), now) else {
            return Ok(None);
        };
        let flow = StoredFlow {
            account: account.id,
            expires: now.plus(STEP_WITHIN).min(former.until),
            flow: Flow::EmailRevoke(account.id),
        };
        let begin = Change::CreateFlow(revoke_key(value.digest()), flow);
        match self.commit(vec![begin], now).await {
            // It has begun already: a mail scanner, or a second look.
            Ok(_) | Err(WriteError::Conflict) => Ok(Some(value)),
            Err(error) => Err(error.into()),
        }
    }

    /// What a browser may take back that holds the value of a link as its flow cookie.
    ///
    /// # Errors
    ///
    /// [`Outage`].
    pub async fn revocable(&self, cookie: Option<&Token>) -> Result<Option<Revocable>, Outage> {
        let now = self.now();
        let Some((cookie, account, _)) = self.held_revocation(cookie, now).await? else {
            return Ok(None);
        };
        let former = account.value.former_by(&cookie, now);
        Ok(former.map(|former| Revocable {
            old: former.address.clone(),
            present: account.value.email.clone(),
        }))
    }

    async fn held_revocation(
        &self,
        cookie: Option<&Token>,
        now: Timestamp,
    ) -> Result<Option<(TokenDigest, Versioned<Account>, Version)>, Outage> {
        let Some(cookie) = cookie.map(Token::digest) else {
            return Ok(None);
        };
        let Some(found) = self.store.flow(&revoke_key(cookie), now).await? else {
            return Ok(None);
        };
        let account = self.store.account(found.value.account).await?;
        Ok(account.map(|account| (cookie, account, found.version)))
    }

    /// The button on the page that was mailed to the old address.
    ///
    /// # Errors
    ///
    /// [`Outage`]: the address is what it was.
    pub async fn revoke_email(&self, cookies: &Cookies, caller: &Caller) -> Result<AfterRevocation, Outage> {
        let mut taken = false;
        for _ in 0..DECIDE_AT_MOST {
            let now = self.now();
            let Some((cookie, account, version)) = self.held_revocation(cookies.flow.as_ref(), now).await?
            else {
                return Ok(AfterRevocation::Ended);
            };
            let used = Change::DeleteFlow(revoke_key(cookie), version);
            let written = if taken {
                self.write_lock(used, cookie, account, caller, now).await
            } else {
                self.write_revocation(used, cookie, account, caller, now).await
            };
            match written {
                Err(Outage::Write(WriteError::Conflict)) => {}
                Err(Outage::Write(WriteError::Taken)) if !taken => taken = true,
                other => return other,
            }
        }
        Err(Outage::Contended)
    }

    async fn write_revocation(
        &self,
        used: Change,
        cookie: TokenDigest,
        read: Versioned<Account>,
        caller: &Caller,
        now: Timestamp,
    ) -> Result<AfterRevocation, Outage> {
        let mut account = read.value;
        let mut changes = vec![used];
        changes.extend(self.end_all(&mut account.clone(), caller, now).await?);
        let Some(lost) = account.take_back(&cookie, now) else {
            return Ok(AfterRevocation::Ended);
        };
        changes.push(self.tell(&account, What::EmailRevoked { restored: true }, caller, now));
        changes.push(self.notify_here(&account, NoticeKind::EmailRevoked, caller, now)?);
        let elsewhere = at(&account, &lost);
        changes.push(self.notify_here(&elsewhere, NoticeKind::EmailRevokedHere, caller, now)?);
        changes.push(Change::ReplaceAccount(account, read.version));
        self.commit(changes, now).await?;
        Ok(AfterRevocation::Restored)
    }

    /// The old address cannot be given back, and whoever moved the account away must not keep it.
    async fn write_lock(
        &self,
        used: Change,
        cookie: TokenDigest,
        read: Versioned<Account>,
        caller: &Caller,
        now: Timestamp,
    ) -> Result<AfterRevocation, Outage> {
        let mut account = read.value;
        if account.former_by(&cookie, now).is_none() {
            return Ok(AfterRevocation::Ended);
        }
        let mut changes = vec![used];
        changes.extend(self.end_all(&mut account, caller, now).await?);
        account.status = Status::Locked { since: now };
        account.former.clear();
        changes.push(self.tell(&account, What::EmailRevoked { restored: false }, caller, now));
        changes.push(self.notify_here(&account, NoticeKind::EmailRevokedHere, caller, now)?);
        changes.push(Change::ReplaceAccount(account, read.version));
        self.commit(changes, now).await?;
        Ok(AfterRevocation::Locked)
    }
}

fn revoke_key(cookie: TokenDigest) -> FlowKey {
    FlowKey {
        kind: FlowKind::EmailRevoke,
        cookie,
    }
}
