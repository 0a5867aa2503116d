//! A forgotten password: the link that was mailed ([`super::reset_letter`]), and the new password.
//!
//! ```text
//! the link ─▶ its value becomes the flow cookie; nothing is written
//! a new password ─▶ code, where one is asked ─▶ step (identity) ─▶ one commit, notice with it
//! ```

use super::factor::{ReadCode, TypedCode, read_code, told};
use super::link::{Held, Linked};
use super::{Caller, Cookies, DECIDE_AT_MOST, Desk, Outage};
use crate::base::id::{AccountId, FlowId, TokenDigest};
use crate::base::seal::Token;
use crate::base::time::Timestamp;
use crate::identity::account::{Account, EmailAddress};
use crate::identity::enrolment::PendingCodes;
use crate::identity::event::What;
use crate::identity::factor::{Factor, NotSixDigits, Verdict};
use crate::identity::password::{PasswordHash, PasswordRefusal};
use crate::identity::reset::{self, Asks, Ended, Grant, Outcome, Reset};
use crate::identity::throttle::Waits;
use crate::messaging::NoticeKind;
use crate::service::hashing::HashingError;
use crate::store::{Change, Flow, FlowKey, FlowKind, StoredFlow, Struck, Versioned, WriteError};

/// What a browser that holds a link is asked.
#[derive(Clone, Debug)]
pub struct AskedByReset {
    /// Whose password.
    pub account: Account,
    /// What is asked for besides the new one.
    pub asks: Asks,
}

/// The fields of the page; those that were not there are empty.
#[derive(Clone, Copy, Debug, Default)]
pub struct TypedReset<'a> {
    /// The new password.
    pub password: &'a str,
    /// The app's code.
    pub code: &'a str,
    /// A recovery code, in the place of the app's or by itself.
    pub recovery_code: &'a str,
}

/// What came of a new password.
#[derive(Debug)]
pub enum AfterReset {
    /// It is the password now; nobody is signed in.
    Done {
        /// The known-browser cookie, for another 180 days.
        known: Token,
        /// The account's address, for the sign-in that follows.
        address: EmailAddress,
        /// Whose it is, and the code that took the place of the recovery code that was used: to be
        /// shown, or its owner would have none for the sign-in that follows.
        fresh: Option<Box<(AccountId, PendingCodes)>>,
    },
    /// It is not taken; nothing was counted.
    Refused(PasswordRefusal),
    /// No code at all; nothing was counted.
    NoCode(Factor, NotSixDigits),
    /// The code was not taken.
    CodeRefused(Factor, Verdict),
    /// Too many wrong codes; none was looked at.
    Waits(Waits),
    /// Too many passwords at once.
    Busy,
    /// The link does not work any more.
    Ended(Ended),
    /// The account cannot be helped this way.
    Help,
}

impl Linked for Reset {
    const KIND: FlowKind = FlowKind::Reset;
    type Ended = Ended;
    const TOO_LATE: Ended = Ended::TooLate;

    fn of(flow: Flow) -> Option<Self> {
        match flow {
            Flow::Reset(it) => Some(it),
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
    /// What a browser is asked that holds the value of a link as its flow cookie.
    ///
    /// # Errors
    ///
    /// [`Outage`].
    pub async fn asked_by_reset(
        &self,
        cookie: Option<&Token>,
    ) -> Result<Result<AskedByReset, Ended>, Outage> {
        let held = self.held::<Reset>(cookie, self.now()).await?;
        Ok(held.map(|held| AskedByReset {
            asks: reset::asks(&held.account.value, &self.rules.load()),
            account: held.account.value,
        }))
    }

    /// A new password was typed on the page of a link.
    ///
    /// # Errors
    ///
    /// [`Outage`]: the password is what it was.
    pub async fn reset_password(
        &self,
        typed: TypedReset<'_>,
        cookies: &Cookies,
        caller: &Caller,
    ) -> Result<AfterReset, Outage> {
        let now = self.now();
        let held = match self.held::<Reset>(cookies.flow.as_ref(), now).await? {
            Ok(held) => held,
            Err(ended) => return Ok(AfterReset::Ended(ended)),
        };
        let account = &held.account.value;
        let asks = reset::asks(account, &self.rules.load());
        let code = match read_answer(asks, &typed) {
            Ok(code) => code,
            Err(refused) => return Ok(refused),
        };
        if let Err(refusal) = self.judge_password(typed.password, account) {
            return Ok(AfterReset::Refused(refusal));
        }
        let Some((factor, read)) = code else {
            return self.settle_reset(&typed, None, cookies, caller).await;
        };
        let id = account.id;
        let attempt = self.factor_attempt(id);
        let reached = match self.store.strike(attempt.strokes.clone(), now).await? {
            Struck::Go { reached } => reached,
            Struck::Wait { waits, .. } => return Ok(AfterReset::Waits(waits)),
        };
        let after = self
            .settle_reset(&typed, Some((factor, read)), cookies, caller)
            .await?;
        let missed = matches!(
            after,
            AfterReset::CodeRefused(..) | AfterReset::Ended(Ended::TooManyMisses)
        );
        if missed {
            self.tell_of_reached(&attempt, &reached, id, caller, now).await?;
        } else {
            self.store.refund(attempt.strokes, now).await?;
        }
        if matches!(after, AfterReset::Done { .. }) {
            self.store.clear(self.row_of(id)).await?;
        }
        Ok(after)
    }

    /// Takes the step on a copy of the account and writes it, again where somebody else wrote first.
    async fn settle_reset(
        &self,
        typed: &TypedReset<'_>,
        code: Option<(Factor, ReadCode)>,
        cookies: &Cookies,
        caller: &Caller,
    ) -> Result<AfterReset, Outage> {
        let mut hash: Option<PasswordHash> = None;
        for _ in 0..DECIDE_AT_MOST {
            let now = self.now();
            let mut held = match self.held::<Reset>(cookies.flow.as_ref(), now).await? {
                Ok(held) => held,
                Err(ended) => return Ok(AfterReset::Ended(ended)),
            };
            let rules = self.rules.load_full();
            let asked = reset::asks(&held.account.value, &rules);
            let answer = self.check_answer(code.as_ref(), &mut held.account.value, now)?;
            let account = &held.account.value;
            let outcome = reset::step(held.flow.clone(), asked, answer, account, &rules, now);
            let written = match outcome {
                Outcome::Granted(used, grant) => {
                    let hash = match &hash {
                        Some(hash) => hash.clone(),
                        None => match self.hash_new(typed.password, account).await? {
                            Ok(made) => hash.insert(made).clone(),
                            Err(refused) => return Ok(refused),
                        },
                    };
                    let made = Made { used, grant, hash };
                    self.write_reset(made, held, answer, cookies, caller, now).await
                }
                Outcome::Refuse(next, _) => self.write_miss(Some(next), &held, answer, caller, now).await,
                Outcome::End(Ended::TooManyMisses) => self.write_miss(None, &held, answer, caller, now).await,
                Outcome::End(ended) => return Ok(AfterReset::Ended(ended)),
                Outcome::Unanswered => return Ok(AfterReset::Help),
            };
            match written {
                Err(Outage::Write(WriteError::Conflict)) => {}
                other => return other,
            }
        }
        Err(Outage::Contended)
    }

    /// Checks a code; what it uses up is marked in `account`.
    fn check_answer(
        &self,
        code: Option<&(Factor, ReadCode)>,
        account: &mut Account,
        now: Timestamp,
    ) -> Result<Option<(Factor, Verdict)>, Outage> {
        let Some((factor, read)) = code else {
            return Ok(None);
        };
        // No code is sent for a reset: its letter was the mailbox's proof.
        let id = FlowId::draw(&*self.entropy);
        let verdict = self.check_code(*factor, read, id, None, "reset", account, now)?;
        Ok(Some((*factor, verdict)))
    }

    async fn hash_new(
        &self,
        typed: &str,
        account: &Account,
    ) -> Result<Result<PasswordHash, AfterReset>, Outage> {
        let typed = match self.judge_password(typed, account) {
            Ok(typed) => typed,
            Err(refusal) => return Ok(Err(AfterReset::Refused(refusal))),
        };
        let cost = self.rules.load().passwords.hash;
        match self.hashing.hash(typed, cost).await {
            Ok(hash) => Ok(Ok(hash)),
            Err(HashingError::Busy) => Ok(Err(AfterReset::Busy)),
            Err(HashingError::Hash(error)) => Err(error.into()),
        }
    }

    /// The password is set: sessions, flows, devices end, the link is used up, the owner hears of it.
    async fn write_reset(
        &self,
        made: Made,
        held: Held<Reset>,
        answer: Option<(Factor, Verdict)>,
        cookies: &Cookies,
        caller: &Caller,
        now: Timestamp,
    ) -> Result<AfterReset, Outage> {
        let Held {
            cookie,
            version,
            account:
                Versioned {
                    value: mut account,
                    version: read_at,
                },
            ..
        } = held;
        let mut changes = vec![Change::DeleteFlow(reset_key(cookie), version)];
        let mut fresh = None;
        if let Some((factor, verdict)) = answer {
            changes.push(self.tell(&account, told(factor, verdict), caller, now));
            let replaced = self.replace_used_code(factor, &mut account, now)?;
            changes.extend(self.tell_of_recovery(factor, replaced.is_some(), &account, caller, now)?);
            fresh = replaced.map(|pending| Box::new((account.id, pending)));
        }
        changes.push(self.tell(&account, What::PasswordReset, caller, now));
        changes.push(self.notify_here(&account, NoticeKind::PasswordReset, caller, now)?);
        changes.extend(self.tell_of_ended_sessions(&account, None, caller, now).await?);
        if !account.devices.is_empty() {
            changes.push(self.tell(&account, What::DeviceRemoved { device: None }, caller, now));
        }
        if !made.grant.set(&mut account, made.hash, now) {
            return Ok(AfterReset::Ended(Ended::TooLate));
        }
        let known = cookies.known.clone();
        let known = known.unwrap_or_else(|| Token::draw(&*self.entropy));
        account.know(known.digest(), now);
        let address = account.email.clone();
        changes.push(Change::EndAllOf {
            account: account.id,
            except: None,
        });
        changes.push(Change::CreateFlow(reset_key(cookie), stored(&made.used)));
        changes.push(Change::ReplaceAccount(account, read_at));
        self.commit(changes, now).await?;
        Ok(AfterReset::Done {
            known,
            address,
            fresh,
        })
    }

    /// A wrong code was counted; the last one that a link may have takes the link with it.
    async fn write_miss(
        &self,
        next: Option<Reset>,
        held: &Held<Reset>,
        answer: Option<(Factor, Verdict)>,
        caller: &Caller,
        now: Timestamp,
    ) -> Result<AfterReset, Outage> {
        let Some((factor, verdict)) = answer else {
            return Ok(AfterReset::Help);
        };
        let key = reset_key(held.cookie);
        let after = match &next {
            Some(_) => AfterReset::CodeRefused(factor, verdict),
            None => AfterReset::Ended(Ended::TooManyMisses),
        };
        let change = match next {
            Some(next) => Change::ReplaceFlow(key, stored(&next), held.version),
            None => Change::DeleteFlow(key, held.version),
        };
        let event = self.tell(&held.account.value, told(factor, verdict), caller, now);
        self.commit(vec![change, event], now).await?;
        Ok(after)
    }
}

/// A password that may be set, hashed.
struct Made {
    used: Reset,
    grant: Grant,
    hash: PasswordHash,
}

/// Reads the code that is asked for, as far as that needs no secret.
fn read_answer(asks: Asks, typed: &TypedReset<'_>) -> Result<Option<(Factor, ReadCode)>, AfterReset> {
    let by_recovery = typed.code.trim().is_empty() && !typed.recovery_code.trim().is_empty();
    let code = match asks {
        Asks::Nothing => return Ok(None),
        Asks::Help => return Err(AfterReset::Help),
        Asks::Recovery => TypedCode::Recovery(typed.recovery_code),
        Asks::App { or_recovery: true } if by_recovery => TypedCode::Recovery(typed.recovery_code),
        Asks::App { .. } => TypedCode::App(typed.code),
    };
    let factor = code.factor();
    match read_code(&code) {
        Ok(read) => Ok(Some((factor, read))),
        Err(fault) => Err(AfterReset::NoCode(factor, fault)),
    }
}

pub(super) fn reset_key(cookie: TokenDigest) -> FlowKey {
    FlowKey {
        kind: FlowKind::Reset,
        cookie,
    }
}

pub(super) fn stored(reset: &Reset) -> StoredFlow {
    StoredFlow {
        account: reset.account,
        expires: reset.expires,
        flow: Flow::Reset(reset.clone()),
    }
}
