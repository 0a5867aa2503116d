//! Registrations on which an operator has a last word.
//!
//! ```text
//! the account is made, waiting ─▶ in the same commit: a letter to its owner, one to the operator
//! user approve ─▶ one commit: the account is open, event, letter
//! ```

use super::admin::{AdminError, Operator};
use super::{Caller, DECIDE_AT_MOST, Desk, Outage};
use crate::base::time::Timestamp;
use crate::identity::account::{Account, Status};
use crate::identity::event::What;
use crate::identity::settings::Approval as LastWord;
use crate::messaging::{Addressed, Approval, ApprovalNews, Letter, Mail};
use crate::store::{Change, WriteError};

impl Desk {
    /// The letters of an account that waits from now on.
    pub(super) fn tell_of_waiting(
        &self,
        account: &Account,
        caller: &Caller,
        now: Timestamp,
    ) -> Result<Vec<Change>, Outage> {
        let letter = |news| Letter::Approval(Approval { news, at: now });
        let url = &caller.site.url;
        let waits = self.mail(account, letter(ApprovalNews::Waits), url, &caller.language);
        let mut changes = vec![self.enqueue(&waits, now)?];
        let rules = self.rules.load();
        if let LastWord::Manual {
            approver: Some(approver),
        } = &rules.registration.approval
        {
            let asked = letter(ApprovalNews::Asked {
                address: account.email.spelling().to_owned(),
            });
            let to = Addressed {
                address: approver.address.clone(),
                name: None,
                language: approver.language.clone(),
            };
            changes.push(self.enqueue(&Mail::new(to, url, asked, &*self.entropy), now)?);
        }
        Ok(changes)
    }

    /// Opens an account that was registered and waits. Whether it did.
    ///
    /// # Errors
    ///
    /// [`AdminError`]: it still waits.
    pub async fn admin_approve(&self, email: &str, operator: &Operator) -> Result<bool, AdminError> {
        for _ in 0..DECIDE_AT_MOST {
            let now = self.now();
            let mut held = self.admin_find(email).await?;
            let account = &mut held.value;
            if !matches!(account.status, Status::Waiting { .. }) {
                return Ok(false);
            }
            account.status = Status::Active;
            let letter = Letter::Approval(Approval {
                news: ApprovalNews::Granted,
                at: now,
            });
            let mail = self.mail(account, letter, &operator.site_url, &operator.language);
            let changes = vec![
                self.told(account, What::RegistrationApproved, operator, now),
                self.enqueue(&mail, now)?,
                Change::ReplaceAccount(held.value, held.version),
            ];
            match self.commit(changes, now).await {
                Err(WriteError::Conflict) => {}
                Err(error) => return Err(Outage::from(error).into()),
                Ok(_) => return Ok(true),
            }
        }
        Err(Outage::Contended.into())
    }
}
