//! The owner moves the account to another email address. The way back is [`super::email_revoke`].
//!
//! ```text
//! an address, fresh proof ─▶ a link to it, a notice to the old one
//! the link's page, its button ─▶ one commit: the address; a link back to the old one, 72 hours
//! ```
//!
//! An address that belongs to somebody else is answered like any other; its owner hears of it. Who
//! presses a button need not be signed in: the page was mailed to the mailbox in question.

use super::limits::Attempt;
use super::link::{Held, Linked};
use super::renew::Renewed;
use super::visit::Visitor;
use super::{Caller, Cookies, DECIDE_AT_MOST, Desk, Outage};
use crate::base::id::{AccountId, TokenDigest};
use crate::base::link::LinkKind;
use crate::base::seal::Token;
use crate::base::time::Timestamp;
use crate::identity::account::{Account, EmailAddress};
use crate::identity::confirm::Intent;
use crate::identity::email_change::{CONFIRM_WITHIN, EmailChange, Ended, REVOKE_WITHIN};
use crate::identity::event::What;
use crate::identity::throttle::Waits;
use crate::messaging::{Circumstances, Letter, Link, LinkPurpose, NoticeKind};
use crate::store::{Change, Flow, FlowKey, FlowKind, StoredFlow, Struck, Versioned, WriteError};

/// What came of a new address.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum AfterNewAddress {
    /// A link went to it, or a word to whoever has it already: the page says the same.
    Sent,
    /// Fresh proof first.
    Confirm,
    /// It is the present one.
    Same,
    /// Too many letters: wait until then.
    Limited(Waits),
    /// Too many changes that could still be taken back.
    TooMany,
    /// The session is over, or goes on under another value.
    Gone,
}

/// A change that waits for its button.
#[derive(Clone, Debug)]
pub struct PendingChange {
    /// The account, as it is.
    pub account: Account,
    /// Its new address.
    pub address: EmailAddress,
}

/// What came of the button on the new address's page.
#[derive(Debug)]
pub enum AfterConfirmedAddress {
    /// It is the account's address now. In a session of its own, that goes on under a new value.
    Changed(EmailAddress, Option<Box<Renewed>>),
    /// The link does not work any more.
    Ended(Ended),
}

impl Linked for EmailChange {
    const KIND: FlowKind = FlowKind::EmailChange;
    type Ended = Ended;
    const TOO_LATE: Ended = Ended::TooLate;

    fn of(flow: Flow) -> Option<Self> {
        match flow {
            Flow::EmailChange(it) => Some(it),
            _ => None,
        }
    }

    fn about(&self) -> AccountId {
        self.account
    }

    fn over(&self, account: &Account, now: Timestamp) -> Option<Ended> {
        self.ended(account, now)
    }
}

impl Desk {
    /// The owner types a new address.
    ///
    /// # Errors
    ///
    /// [`Outage`]: no letter goes out.
    pub async fn change_email(
        &self,
        address: &EmailAddress,
        visitor: &Visitor,
        caller: &Caller,
    ) -> Result<AfterNewAddress, Outage> {
        let now = self.now();
        let Some(own) = self.own(visitor, now).await? else {
            return Ok(AfterNewAddress::Gone);
        };
        let intent = Intent::ChangeEmail(Some(address.clone()));
        if !self.fresh_for(&intent, &own, now).await? {
            return Ok(AfterNewAddress::Confirm);
        }
        let account = &own.account.value;
        if address.key() == account.email.key() {
            return Ok(AfterNewAddress::Same);
        }
        if !account.may_move(now) {
            return Ok(AfterNewAddress::TooMany);
        }
        let attempt: Attempt = self.new_mailbox_attempt(account.id, address);
        if let Struck::Wait { waits, .. } = self.store.strike(attempt.strokes, now).await? {
            return Ok(AfterNewAddress::Limited(waits));
        }
        let asked = NoticeKind::EmailChangeAsked { to: address.masked() };
        let mut changes = vec![
            self.tell(account, What::EmailChangeAsked, caller, now),
            self.notify_here(account, asked, caller, now)?,
            Change::DropFlowsOf {
                account: account.id,
                kind: FlowKind::EmailChange,
            },
        ];
        match self.store.account_by_email(address).await? {
            Some(holder) => {
                let wanted = NoticeKind::AddressWanted;
                changes.push(self.notify_here(&holder.value, wanted, caller, now)?);
            }
            None => changes.extend(self.mail_confirmation(account, address, caller, now)?),
        }
        self.commit(changes, now).await?;
        Ok(AfterNewAddress::Sent)
    }

    /// A link for the new address, and the letter with it.
    fn mail_confirmation(
        &self,
        account: &Account,
        address: &EmailAddress,
        caller: &Caller,
        now: Timestamp,
    ) -> Result<[Change; 2], Outage> {
        let (value, link) = self.draw_link(LinkKind::Email);
        let change = EmailChange::begin(account, address.clone(), now);
        let letter = Letter::Link(Link {
            purpose: LinkPurpose::ConfirmEmail,
            value: link,
            until: now.plus(CONFIRM_WITHIN),
            asked: Circumstances {
                at: now,
                with: Some(caller.user_agent),
            },
        });
        let mail = self.mail(&at(account, address), letter, &caller.site.url, &caller.language);
        Ok([
            Change::CreateFlow(confirm_key(value.digest()), stored(&change)),
            self.enqueue(&mail, now)?,
        ])
    }

    /// The change that waits for a browser that holds the value of a link as its flow cookie.
    ///
    /// # Errors
    ///
    /// [`Outage`].
    pub async fn pending_change(
        &self,
        cookie: Option<&Token>,
    ) -> Result<Result<PendingChange, Ended>, Outage> {
        let held = self.held::<EmailChange>(cookie, self.now()).await?;
        Ok(held.map(|held| PendingChange {
            account: held.account.value,
            address: held.flow.address,
        }))
    }

    /// The button on the page that was mailed to the new address.
    ///
    /// # Errors
    ///
    /// [`Outage`]: the address is what it was.
    pub async fn confirm_email(
        &self,
        visitor: Option<&Visitor>,
        cookies: &Cookies,
        caller: &Caller,
    ) -> Result<AfterConfirmedAddress, Outage> {
        for _ in 0..DECIDE_AT_MOST {
            let now = self.now();
            let held = match self.held::<EmailChange>(cookies.flow.as_ref(), now).await? {
                Ok(held) => held,
                Err(ended) => return Ok(AfterConfirmedAddress::Ended(ended)),
            };
            match self.write_address(held, visitor, caller, now).await {
                Err(Outage::Write(WriteError::Conflict)) => {}
                // Somebody has taken it meanwhile. Whoever holds the link has the mailbox, and so
                // the other account as well.
                Err(Outage::Write(WriteError::Taken)) => {
                    return Ok(AfterConfirmedAddress::Ended(Ended::TooLate));
                }
                other => return other,
            }
        }
        Err(Outage::Contended)
    }

    async fn write_address(
        &self,
        held: Held<EmailChange>,
        visitor: Option<&Visitor>,
        caller: &Caller,
        now: Timestamp,
    ) -> Result<AfterConfirmedAddress, Outage> {
        let Held {
            cookie,
            flow: change,
            version,
            account:
                Versioned {
                    value: mut account,
                    version: read_at,
                },
        } = held;
        let before = account.clone();
        let back = Token::draw(&*self.entropy);
        account.move_to(change.address.clone(), back.digest(), now);
        let away = NoticeKind::EmailChangedAway {
            to: change.address.masked(),
            revoke: LinkKind::Revoke.print_for(account.id, &back, &self.keys),
            until: now.plus(REVOKE_WITHIN),
        };
        let mut changes = vec![
            Change::DeleteFlow(confirm_key(cookie), version),
            self.tell(&account, What::EmailChanged, caller, now),
            self.notify_here(&before, away, caller, now)?,
            self.notify_here(&account, NoticeKind::EmailChanged, caller, now)?,
        ];
        let used = EmailChange { used: true, ..change };
        let again = Change::CreateFlow(confirm_key(cookie), stored(&used));
        let own = match visitor {
            Some(visitor) => self.own(visitor, now).await?,
            None => None,
        };
        if let Some(mut own) = own.filter(|own| own.account.value.id == account.id) {
            own.account = Versioned {
                value: account,
                version: read_at,
            };
            let session = own.session.value.clone();
            let (mut changes, renewed) = self.own_change(own, &session, changes, None, caller, now).await?;
            changes.push(again);
            self.commit(changes, now).await?;
            return Ok(AfterConfirmedAddress::Changed(
                used.address,
                Some(Box::new(renewed)),
            ));
        }
        changes.extend(self.end_all(&mut account, caller, now).await?);
        changes.extend([again, Change::ReplaceAccount(account, read_at)]);
        self.commit(changes, now).await?;
        Ok(AfterConfirmedAddress::Changed(used.address, None))
    }

    /// Every session, flow and trusted device of an account ends with a change to it that was made
    /// outside of any session.
    pub(super) async fn end_all(
        &self,
        account: &mut Account,
        caller: &Caller,
        now: Timestamp,
    ) -> Result<Vec<Change>, Outage> {
        let mut changes = self.tell_of_ended_sessions(account, None, caller, now).await?;
        if !account.devices.is_empty() {
            changes.push(self.tell(account, What::DeviceRemoved { device: None }, caller, now));
        }
        account.credentials_changed();
        changes.push(Change::EndAllOf {
            account: account.id,
            except: None,
        });
        Ok(changes)
    }
}

/// The same person at another address, for a letter there.
pub(super) fn at(account: &Account, address: &EmailAddress) -> Account {
    Account {
        email: address.clone(),
        ..account.clone()
    }
}

fn confirm_key(cookie: TokenDigest) -> FlowKey {
    FlowKey {
        kind: FlowKind::EmailChange,
        cookie,
    }
}

fn stored(change: &EmailChange) -> StoredFlow {
    StoredFlow {
        account: change.account,
        expires: change.expires,
        flow: Flow::EmailChange(change.clone()),
    }
}
