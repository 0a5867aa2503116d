//! The second factor: codes by email, from the app, and recovery codes.
//!
//! ```text
//! read the digits ─▶ count ─▶ check on a copy of the account ─▶ step (identity) ─▶ one commit
//!                                                                        ▲            │ conflict
//!                                                                        └─ read ◀────┘
//! ```
//!
//! The copy in which a code is marked as used is written only if nobody wrote in between; of fifty
//! posts of one code one wins, and the others read again and find the flow gone.

use super::limits::Attempt;
use super::opening::Opened;
use super::sending::Drawn;
use super::sign_in::{Mailing, Ticket, flow_key, stored};
use super::step_up::LiveFlow;
use super::{Caller, Cookies, DECIDE_AT_MOST, Desk, Outage};
use crate::base::id::{AccountId, FlowId};
use crate::base::time::Timestamp;
use crate::identity::account::Account;
use crate::identity::event::What;
use crate::identity::factor::email_code::MailedCodes;
use crate::identity::factor::recovery::RecoveryCode;
use crate::identity::factor::{Factor, NotSixDigits, SixDigits, Verdict};
use crate::identity::sign_in::{self, Ended, Input, Outcome, Refusal, SignIn};
use crate::identity::throttle::Waits;
use crate::messaging::NoticeKind;
use crate::store::{Change, Struck, Version, Versioned, WriteError};

/// A code as it was typed.
#[derive(Clone, Debug)]
pub enum TypedCode<'a> {
    /// From the app.
    App(&'a str),
    /// By email.
    Email(&'a str),
    /// By text message.
    Sms(&'a str),
    /// A recovery code.
    Recovery(&'a str),
}

impl TypedCode<'_> {
    /// Which factor it is.
    pub const fn factor(&self) -> Factor {
        match self {
            Self::App(_) => Factor::App,
            Self::Email(_) => Factor::Email,
            Self::Sms(_) => Factor::Sms,
            Self::Recovery(_) => Factor::Recovery,
        }
    }
}

/// What came of a code.
#[derive(Debug)]
pub enum AfterCode {
    /// Another step follows.
    Step(Ticket),
    /// The session is open.
    SignedIn(Box<Opened>),
    /// Not a code at all; not counted.
    NoCode(Ticket, NotSixDigits),
    /// Not taken. For [`Refusal::Expired`] it is said what became of the fresh letter.
    Refused(Ticket, Refusal, Mailing),
    /// Too many; the code was not looked at.
    Waits(Waits),
    /// The flow is over.
    Ended(Ended),
    /// There is no flow: start again.
    NoFlow,
}

/// The three digits of misses from which the owner is told.
const TELL_AT_MISSES: u8 = 3;

/// A code, read as far as that needs no secret.
#[derive(Clone)]
pub(super) enum ReadCode {
    Digits(SixDigits),
    Recovery(Option<RecoveryCode>),
}

/// A step that was decided and not yet written.
struct Decided {
    outcome: Outcome,
    verdict: Verdict,
    account: Versioned<Account>,
    misses_before: u8,
}

impl Desk {
    /// A code was typed. The flow may have been `read` for the page that it was typed on.
    ///
    /// # Errors
    ///
    /// [`Outage`]: nobody is let in.
    pub async fn submit_code(
        &self,
        typed: TypedCode<'_>,
        read: Option<LiveFlow>,
        cookies: &Cookies,
        caller: &Caller,
    ) -> Result<AfterCode, Outage> {
        let now = self.now();
        // Whether the session goes on that a flow adds proof to is looked up each time.
        let read = read.filter(|(ticket, ..)| ticket.flow.upgrades.is_none());
        let found = match read {
            Some(found) => Some(found),
            None => self.live_flow(cookies, now).await?,
        };
        let Some(found) = found else {
            return Ok(AfterCode::NoFlow);
        };
        let account = found.1.value.id;
        let code = match read_code(&typed) {
            Ok(code) => code,
            Err(fault) => return Ok(AfterCode::NoCode(found.0, fault)),
        };
        let attempt = self.factor_attempt(account);
        let reached = match self.store.strike(attempt.strokes.clone(), now).await? {
            Struck::Go { reached } => reached,
            Struck::Wait { waits, .. } => return Ok(AfterCode::Waits(waits)),
        };
        let (verdict, after) = self
            .settle_code(typed.factor(), &code, &attempt, found, cookies, caller)
            .await?;
        match verdict {
            // Settled in the commit.
            Some(Verdict::Right) => {}
            Some(Verdict::Wrong | Verdict::Past | Verdict::Spent) => {
                self.tell_of_reached(&attempt, &reached, account, caller, now)
                    .await?;
            }
            // What was not looked at is no miss: it was over, or its flow had just been used up.
            Some(Verdict::Expired) | None => self.store.refund(attempt.strokes, now).await?,
        }
        Ok(after)
    }

    /// Decides on the flow as it was found, and again as it is by then where somebody wrote in between.
    async fn settle_code(
        &self,
        factor: Factor,
        code: &ReadCode,
        attempt: &Attempt,
        found: LiveFlow,
        cookies: &Cookies,
        caller: &Caller,
    ) -> Result<(Option<Verdict>, AfterCode), Outage> {
        let mut found = Some(found);
        for _ in 0..DECIDE_AT_MOST {
            let now = self.now();
            let found = match found.take() {
                Some(found) => Some(found),
                None => self.live_flow(cookies, now).await?,
            };
            let Some((ticket, account, version)) = found else {
                return Ok((None, AfterCode::NoFlow));
            };
            let decided = self.decide_code(factor, code, ticket.flow.clone(), account, now)?;
            let verdict = decided.verdict;
            let settled = match verdict {
                Verdict::Right => self.settled(attempt, decided.account.value.id),
                Verdict::Wrong | Verdict::Past | Verdict::Spent | Verdict::Expired => Vec::new(),
            };
            match self
                .write_code(settled, factor, decided, &ticket, version, cookies, caller, now)
                .await
            {
                Err(Outage::Write(WriteError::Conflict)) => {}
                Err(error) => return Err(error),
                Ok(after) => return Ok((Some(verdict), after)),
            }
        }
        Err(Outage::Contended)
    }

    /// A right code is no miss, and ends the row of those before it.
    fn settled(&self, attempt: &Attempt, account: AccountId) -> Vec<Change> {
        vec![
            Change::TakeBack(attempt.strokes.clone()),
            Change::Forget(self.row_of(account)),
        ]
    }

    /// Checks a code on a copy of the account and takes the step.
    fn decide_code(
        &self,
        factor: Factor,
        read: &ReadCode,
        flow: SignIn,
        mut account: Versioned<Account>,
        now: Timestamp,
    ) -> Result<Decided, Outage> {
        let rules = self.rules.load_full();
        let misses_before = flow.misses;
        let verdict = self.check_code(
            factor,
            read,
            flow.id,
            flow.codes_by(factor),
            PURPOSE_SIGN_IN,
            &mut account.value,
            now,
        )?;
        let outcome = sign_in::step(flow, Input::Code(factor, verdict), &account.value, &rules, now);
        Ok(Decided {
            outcome,
            verdict,
            account,
            misses_before,
        })
    }

    /// Checks a code; what it uses up is marked in `account`.
    #[allow(clippy::too_many_arguments)]
    pub(super) fn check_code(
        &self,
        factor: Factor,
        read: &ReadCode,
        id: FlowId,
        sent: Option<&MailedCodes>,
        purpose: &'static str,
        account: &mut Account,
        now: Timestamp,
    ) -> Result<Verdict, Outage> {
        let owner = account.id;
        Ok(match (factor, read) {
            (Factor::Email | Factor::Sms, ReadCode::Digits(digits)) => {
                let purpose = bound_to(factor, purpose);
                sent.map_or(Verdict::Wrong, |codes| {
                    codes.check(id, purpose, digits, &self.keys, now)
                })
            }
            (Factor::App, ReadCode::Digits(digits)) => {
                account.spend_app_code(digits, &self.keys, self.wall())?
            }
            (Factor::Recovery, ReadCode::Recovery(Some(code))) => {
                let verdict = account
                    .recovery
                    .as_mut()
                    .map_or(Verdict::Wrong, |set| set.spend(code, owner, &self.keys, now));
                if verdict == Verdict::Right {
                    // Whoever needs a recovery code may have lost a device: none is trusted on.
                    account.devices.clear();
                }
                verdict
            }
            (Factor::Email | Factor::Sms | Factor::App, ReadCode::Recovery(_))
            | (Factor::Recovery, ReadCode::Digits(_) | ReadCode::Recovery(None)) => Verdict::Wrong,
        })
    }

    #[allow(clippy::too_many_arguments)]
    async fn write_code(
        &self,
        mut changes: Vec<Change>,
        factor: Factor,
        decided: Decided,
        ticket: &Ticket,
        version: Version,
        cookies: &Cookies,
        caller: &Caller,
        now: Timestamp,
    ) -> Result<AfterCode, Outage> {
        let Decided {
            outcome,
            verdict,
            mut account,
            misses_before,
        } = decided;
        let key = flow_key(&ticket.cookie.digest());
        changes.push(self.tell(&account.value, told(factor, verdict), caller, now));
        match outcome {
            Outcome::SignedIn(mut flow, proof) => {
                flow.fresh_code = self.replace_used_code(factor, &mut account.value, now)?;
                let fresh = flow.fresh_code.is_some();
                changes.extend(self.tell_of_recovery(factor, fresh, &account.value, caller, now)?);
                let used_up = Some((ticket.cookie.digest(), version));
                let opened = self
                    .open_with(changes, used_up, &flow, &proof, account, cookies, caller, now)
                    .await?;
                Ok(AfterCode::SignedIn(Box::new(opened)))
            }
            Outcome::Ask(mut flow) => {
                let fresh = self.replace_used_code(factor, &mut account.value, now)?;
                changes.extend(self.tell_of_recovery(
                    factor,
                    fresh.is_some(),
                    &account.value,
                    caller,
                    now,
                )?);
                flow.fresh_code = fresh.or(flow.fresh_code);
                changes.push(Change::ReplaceFlow(key, stored(&flow), version));
                changes.push(Change::ReplaceAccount(account.value, account.version));
                self.commit(changes, now).await?;
                Ok(AfterCode::Step(Ticket {
                    cookie: ticket.cookie.clone(),
                    flow,
                }))
            }
            Outcome::Refuse(mut flow, refusal) => {
                let drawn = match refusal {
                    Refusal::Expired => {
                        self.draw_code(factor, &mut flow, &account.value, caller, now)
                            .await?
                    }
                    Refusal::Wrong
                    | Refusal::Past
                    | Refusal::Spent
                    | Refusal::TooMany
                    | Refusal::NotOffered
                    | Refusal::OutOfStep => Drawn::nothing(),
                };
                if misses_before < TELL_AT_MISSES && flow.misses >= TELL_AT_MISSES {
                    changes.push(self.notice_of_misses(&account.value, flow.misses, caller, now)?);
                }
                changes.push(Change::ReplaceFlow(key, stored(&flow), version));
                let drawn = self.commit_drawn(changes, drawn, now).await?;
                let ticket = Ticket {
                    cookie: ticket.cookie.clone(),
                    flow,
                };
                let mailing = self
                    .send_drawn(drawn, flow_key(&ticket.cookie.digest()), &account.value, caller)
                    .await?;
                Ok(AfterCode::Refused(ticket, refusal, mailing))
            }
            Outcome::End(ended) => {
                changes.push(Change::DeleteFlow(key, version));
                self.commit(changes, now).await?;
                Ok(AfterCode::Ended(ended))
            }
        }
    }

    fn notice_of_misses(
        &self,
        account: &Account,
        misses: u8,
        caller: &Caller,
        now: Timestamp,
    ) -> Result<Change, Outage> {
        let notice = NoticeKind::SecondFactorFailed {
            attempts: u32::from(misses),
        };
        self.notify(
            account,
            notice,
            &caller.site.url,
            &caller.language,
            Some(caller.user_agent),
            now,
        )
    }
}

/// What a code is bound to besides its flow: one that was mailed is none that came by text message.
pub(super) fn bound_to(factor: Factor, purpose: &'static str) -> &'static str {
    match (factor, purpose) {
        (Factor::Sms, PURPOSE_CONFIRM) => "sms:confirm",
        (Factor::Sms, _) => "sms:sign-in",
        (Factor::Email | Factor::App | Factor::Recovery, purpose) => purpose,
    }
}

/// What mailed codes of a sign-in are bound to.
pub(super) const PURPOSE_SIGN_IN: &str = "sign-in";

/// What mailed codes of a confirmation are bound to.
pub(super) const PURPOSE_CONFIRM: &str = "confirm";

pub(super) fn read_code(typed: &TypedCode<'_>) -> Result<ReadCode, NotSixDigits> {
    match typed {
        TypedCode::App(text) | TypedCode::Email(text) | TypedCode::Sms(text) => {
            SixDigits::read(text).map(ReadCode::Digits)
        }
        TypedCode::Recovery(text) if text.trim().is_empty() => Err(NotSixDigits::Empty),
        TypedCode::Recovery(text) => Ok(ReadCode::Recovery(RecoveryCode::read(text))),
    }
}

pub(super) fn told(factor: Factor, verdict: Verdict) -> What {
    match verdict {
        Verdict::Right => What::FactorOk { factor },
        Verdict::Spent => What::FactorReplayed { factor },
        Verdict::Wrong | Verdict::Past | Verdict::Expired => What::FactorFailed { factor },
    }
}
