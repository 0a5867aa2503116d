//! The letter that whoever has forgotten the password asks for.
//!
//! Whether an address is known shows neither in the answer nor in its time: both ways end in one
//! commit, and the letter goes out from the queue.

use super::limits::Stage;
use super::reset::{reset_key, stored};
use super::{Caller, Desk, Outage};
use crate::base::link::LinkKind;
use crate::base::time::Timestamp;
use crate::identity::account::{Account, EmailAddress};
use crate::identity::event::{Event, What};
use crate::identity::reset::{self, Reset};
use crate::identity::throttle::Waits;
use crate::messaging::{Circumstances, Letter, Link, LinkPurpose};
use crate::store::{Change, FlowKind, Struck};

/// What came of asking for a letter.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum AfterAsking {
    /// Everybody is told the same: if there is an account, a letter is on its way.
    Accepted,
    /// Too much was asked for from one address.
    Waits(Waits),
}

impl Desk {
    /// Somebody has forgotten the password of the account of this address.
    ///
    /// # Errors
    ///
    /// [`Outage`]: no letter goes out.
    pub async fn ask_reset(&self, address: &EmailAddress, caller: &Caller) -> Result<AfterAsking, Outage> {
        let now = self.now();
        let attempt = self.stranger_mail_attempt(address.key(), "reset", caller.client);
        if let Struck::Wait { waits, place } = self.store.strike(attempt.strokes.clone(), now).await? {
            return Ok(match attempt.stage(place) {
                // The mailbox has had its share: the page is the same, whoever it belongs to.
                Some(Stage::Mail) => AfterAsking::Accepted,
                _ => AfterAsking::Waits(waits),
            });
        }
        let found = self.store.account_by_email(address).await?;
        let account = found.map(|it| it.value).filter(reset::may_reset);
        let mut changes = vec![self.record(&Event {
            account: account.as_ref().map(|it| it.id),
            request: Some(caller.request),
            ..Event::without_account(What::PasswordResetAsked, now)
        })];
        if let Some(account) = &account {
            changes.extend(self.mail_link(account, caller, now)?);
        }
        self.commit(changes, now).await?;
        Ok(AfterAsking::Accepted)
    }

    /// A new link for an account, and the letter with it. Older ones do not work any more.
    fn mail_link(&self, account: &Account, caller: &Caller, now: Timestamp) -> Result<[Change; 3], Outage> {
        let (value, link) = self.draw_link(LinkKind::Reset);
        let valid = self.rules.load().password_reset.valid;
        let reset = Reset::begin(account, valid, now);
        let letter = Letter::Link(Link {
            purpose: LinkPurpose::ResetPassword,
            value: link,
            until: reset.expires,
            asked: Circumstances {
                at: now,
                with: Some(caller.user_agent),
            },
        });
        let mail = self.mail(account, letter, &caller.site.url, &caller.language);
        Ok([
            Change::DropFlowsOf {
                account: account.id,
                kind: FlowKind::Reset,
            },
            Change::CreateFlow(reset_key(value.digest()), stored(&reset)),
            self.enqueue(&mail, now)?,
        ])
    }
}
