//! Invitations: an operator adds an account, and its owner chooses the password.
//!
//! ```text
//! user add --invite ─▶ one commit: account, link, event, letter
//! the link ─▶ its value becomes the flow cookie; nothing is written
//! password and name ─▶ accept (identity) ─▶ one commit ─▶ the sign-in, from the password on
//! ```

use super::admin::{AdminError, Operator};
use super::link::{Held, Linked};
use super::sign_in::AfterPassword;
use super::{Caller, Cookies, DECIDE_AT_MOST, Desk, Outage};
use crate::base::id::{AccountId, TokenDigest};
use crate::base::link::LinkKind;
use crate::base::seal::Token;
use crate::base::time::Timestamp;
use crate::identity::account::Account;
use crate::identity::event::What;
use crate::identity::invitation::{self, Ended, Invitation};
use crate::identity::password::{PasswordHash, PasswordRefusal};
use crate::identity::registration::Details;
use crate::messaging::{Circumstances, Letter, Link, LinkPurpose};
use crate::service::hashing::HashingError;
use crate::store::{Change, Flow, FlowKey, FlowKind, StoredFlow, Versioned, WriteError};

/// What came of a password on the page of an invitation.
#[derive(Debug)]
#[allow(
    clippy::large_enum_variant,
    reason = "one at a time and never in a collection"
)]
pub enum AfterInvitation {
    /// It is the account's password now, and the first sign-in goes on from there.
    Accepted(AfterPassword),
    /// It is not taken.
    Refused(PasswordRefusal),
    /// Too many passwords at once.
    Busy,
    /// The link does not work any more.
    Ended(Ended),
}

impl Linked for Invitation {
    const KIND: FlowKind = FlowKind::Invitation;
    type Ended = Ended;
    const TOO_LATE: Ended = Ended::TooLate;

    fn of(flow: Flow) -> Option<Self> {
        match flow {
            Flow::Invitation(it) => Some(it),
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
    /// A new link for an account, and the letter with it. Older ones do not work any more.
    pub(super) fn invite(
        &self,
        account: &Account,
        operator: &Operator,
        now: Timestamp,
    ) -> Result<[Change; 4], Outage> {
        let (value, link) = self.draw_link(LinkKind::Invitation);
        let invitation = Invitation::begin(account, now);
        let letter = Letter::Link(Link {
            purpose: LinkPurpose::Invitation,
            value: link,
            until: invitation.expires,
            asked: Circumstances { at: now, with: None },
        });
        let mail = self.mail(account, letter, &operator.site_url, &operator.language);
        Ok([
            Change::DropFlowsOf {
                account: account.id,
                kind: FlowKind::Invitation,
            },
            Change::CreateFlow(key(value.digest()), stored(&invitation)),
            self.told(account, What::SupportInvited, operator, now),
            self.enqueue(&mail, now)?,
        ])
    }

    /// Invites the owner of an account that has no password yet, once more. Until when the link works.
    ///
    /// # Errors
    ///
    /// [`AdminError::AddressTaken`] where the account has one, or is locked.
    pub async fn admin_invite(&self, email: &str, operator: &Operator) -> Result<Timestamp, AdminError> {
        let account = self.admin_find(email).await?.value;
        if !invitation::may_invite(&account) {
            return Err(AdminError::AddressTaken(account.email));
        }
        let now = self.now();
        let changes = self.invite(&account, operator, now)?.to_vec();
        self.commit(changes, now).await.map_err(Outage::from)?;
        Ok(now.plus(invitation::VALID))
    }

    /// Whom the link invites that a browser holds as its flow cookie.
    ///
    /// # Errors
    ///
    /// [`Outage`].
    pub async fn invited(&self, cookie: Option<&Token>) -> Result<Result<Account, Ended>, Outage> {
        let held = self.held::<Invitation>(cookie, self.now()).await?;
        Ok(held.map(|held| held.account.value))
    }

    /// A password was chosen on the page of a link: it is set, and the first sign-in goes on as after
    /// any right password.
    ///
    /// # Errors
    ///
    /// [`Outage`].
    pub async fn accept_invitation(
        &self,
        password: &str,
        details: &Details,
        cookies: &Cookies,
        caller: &Caller,
    ) -> Result<AfterInvitation, Outage> {
        let mut hash: Option<PasswordHash> = None;
        for _ in 0..DECIDE_AT_MOST {
            let now = self.now();
            let held = match self.held::<Invitation>(cookies.flow.as_ref(), now).await? {
                Ok(held) => held,
                Err(ended) => return Ok(AfterInvitation::Ended(ended)),
            };
            let hash = match &hash {
                Some(hash) => hash.clone(),
                None => match self.first_password(password, &held.account.value).await? {
                    Ok(made) => hash.insert(made).clone(),
                    Err(refused) => return Ok(refused),
                },
            };
            match self.write_acceptance(held, details, hash, caller, now).await {
                Ok(Ok(account)) => {
                    let next = "/".to_owned();
                    let after = self
                        .after_password(Vec::new(), None, next, cookies, caller, &account)
                        .await?;
                    return Ok(AfterInvitation::Accepted(after));
                }
                Ok(Err(ended)) => return Ok(AfterInvitation::Ended(ended)),
                Err(Outage::Write(WriteError::Conflict)) => {}
                Err(error) => return Err(error),
            }
        }
        Err(Outage::Contended)
    }

    async fn first_password(
        &self,
        typed: &str,
        account: &Account,
    ) -> Result<Result<PasswordHash, AfterInvitation>, Outage> {
        let typed = match self.judge_password(typed, account) {
            Ok(typed) => typed,
            Err(refusal) => return Ok(Err(AfterInvitation::Refused(refusal))),
        };
        let cost = self.rules.load().passwords.hash;
        match self.hashing.hash(typed, cost).await {
            Ok(hash) => Ok(Ok(hash)),
            Err(HashingError::Busy) => Ok(Err(AfterInvitation::Busy)),
            Err(HashingError::Hash(error)) => Err(error.into()),
        }
    }

    /// The account has its password, and the link is used up.
    async fn write_acceptance(
        &self,
        held: Held<Invitation>,
        details: &Details,
        hash: PasswordHash,
        caller: &Caller,
        now: Timestamp,
    ) -> Result<Result<Account, Ended>, Outage> {
        let Versioned { mut value, version } = held.account;
        let (used, acceptance) = match held.flow.accept(&value, now) {
            Ok(accepted) => accepted,
            Err(ended) => return Ok(Err(ended)),
        };
        if !acceptance.set(&mut value, details, hash, now) {
            return Ok(Err(Ended::TooLate));
        }
        let changes = vec![
            Change::ReplaceFlow(key(held.cookie), stored(&used), held.version),
            self.tell(&value, What::Registered, caller, now),
            Change::ReplaceAccount(value.clone(), version),
        ];
        self.commit(changes, now).await?;
        Ok(Ok(value))
    }
}

fn key(cookie: TokenDigest) -> FlowKey {
    FlowKey {
        kind: FlowKind::Invitation,
        cookie,
    }
}

fn stored(invitation: &Invitation) -> StoredFlow {
    StoredFlow {
        account: invitation.account,
        expires: invitation.expires,
        flow: Flow::Invitation(invitation.clone()),
    }
}
