//! What support may do for somebody who is stuck: let them in with the password alone for a while,
//! look at their sessions and end one, and read the audit trail.
//!
//! As all of [`super::admin`]: each change is one commit with its audit event and its letter.

use std::collections::BTreeMap;
use std::time::Duration;

use super::admin::{AdminError, Decided, Decision, Operator};
use super::sessions::HeldSession;
use super::{DECIDE_AT_MOST, Desk, Outage};
use crate::base::id::{AccountId, SessionId};
use crate::base::time::Timestamp;
use crate::identity::account::{Account, EmailAddress};
use crate::identity::event::What;
use crate::messaging::NoticeKind;
use crate::store::pages::Events;
use crate::store::{StoredEvent, WriteError};

impl Desk {
    /// Lets an account in with the password alone until `span` from now; then its second factor is
    /// asked for again, by itself. Until when.
    ///
    /// # Errors
    ///
    /// [`AdminError`]: it is as it was.
    pub async fn admin_suspend_mfa(
        &self,
        email: &str,
        span: Duration,
        operator: &Operator,
    ) -> Result<Timestamp, AdminError> {
        self.change_account(email, operator, |account, now| {
            let until = now.plus(span);
            account.suspended_until = Some(until);
            Ok(Decided::Change(Decision {
                what: What::SupportMfaSuspended { until },
                notice: Some(NoticeKind::FactorsSuspendedBySupport { until }),
                ends: false,
                value: until,
            }))
        })
        .await
    }

    /// An account and its live sessions, oldest first.
    ///
    /// # Errors
    ///
    /// [`AdminError`].
    pub async fn admin_sessions(&self, email: &str) -> Result<(Account, Vec<HeldSession>), AdminError> {
        let account = self.admin_find(email).await?.value;
        let sessions = self.live_sessions(&account, self.now()).await?;
        Ok((account, sessions))
    }

    /// Ends one session of an account.
    ///
    /// # Errors
    ///
    /// [`AdminError`]: it may still be there.
    pub async fn admin_end_session(
        &self,
        email: &str,
        session: &str,
        operator: &Operator,
    ) -> Result<Account, AdminError> {
        let typed = session.trim();
        for _ in 0..DECIDE_AT_MOST {
            let now = self.now();
            let account = self.admin_find(email).await?.value;
            let unknown = || AdminError::NoSuchSession(account.email.clone(), typed.to_owned());
            let id = SessionId::parse(typed).ok_or_else(unknown)?;
            let told = |session| {
                let what = What::SupportSessionEnded { session };
                self.told(&account, what, operator, now)
            };
            let ending = self.ending(id, &account, now, told).await?;
            let mut changes = ending.ok_or_else(unknown)?;
            let notice = NoticeKind::SessionEndedBySupport;
            let (url, language) = (&operator.site_url, &operator.language);
            changes.push(self.notify(&account, notice, url, language, None, now)?);
            match self.commit(changes, now).await {
                Err(WriteError::Conflict) => {}
                Err(error) => return Err(Outage::from(error).into()),
                Ok(_) => return Ok(account),
            }
        }
        Err(Outage::Contended.into())
    }

    /// The audit trail since then, oldest first, of one account or of all; and the addresses of the
    /// accounts in it that there still are.
    ///
    /// # Errors
    ///
    /// [`AdminError`].
    pub async fn admin_events(
        &self,
        email: Option<&str>,
        since: Timestamp,
    ) -> Result<(Vec<StoredEvent>, BTreeMap<AccountId, EmailAddress>), AdminError> {
        let account = match email {
            Some(email) => Some(self.admin_find(email).await?.value.id),
            None => None,
        };
        let events = self.all_events(account, since).await?;
        let mut addresses = BTreeMap::new();
        for id in events.iter().filter_map(|event| event.account) {
            if addresses.contains_key(&id) {
                continue;
            }
            if let Some(account) = self.store.account(id).await? {
                addresses.insert(id, account.value.email);
            }
        }
        Ok((events, addresses))
    }

    /// Devices that skip the second factor now, of all accounts.
    ///
    /// # Errors
    ///
    /// [`Outage`].
    pub async fn count_trusted_devices(&self) -> Result<u64, Outage> {
        Ok(self.store.trusted_devices(self.now()).await?)
    }

    async fn all_events(
        &self,
        account: Option<AccountId>,
        since: Timestamp,
    ) -> Result<Vec<StoredEvent>, AdminError> {
        let mut all = Vec::new();
        let mut pages = Events::of(&*self.store, account, since);
        while let Some(page) = pages.next().await? {
            all.extend(page);
        }
        Ok(all)
    }
}
