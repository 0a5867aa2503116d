//! "Confirm it's you": fresh proof before a change to the account.
//!
//! ```text
//! the change asks ──▶ nothing stale: it goes on
//!        └──▶ stale: what it was is kept under the session's cookie ──▶ the confirm page
//!                 ──▶ password and code, as far as they are stale ──▶ a new value of the session
//!                 ──▶ the change, once more
//! ```
//!
//! Whoever sits in front of a session that somebody else left open gets no further than this page:
//! five wrong answers end the session, and its owner hears of it.

use super::factor::{PURPOSE_CONFIRM, ReadCode, TypedCode, read_code, told};
use super::renew::{Missed, Own, Renewed, put_flow, renewed};
use super::sending::Drawn;
use super::sign_in::{Mailing, browser_of};
use super::trust::arrival_key;
use super::visit::Visitor;
use super::{Caller, Cookies, DECIDE_AT_MOST, Desk, Outage};
use crate::base::id::{FlowId, TokenDigest};
use crate::base::seal::Token;
use crate::base::time::Timestamp;
use crate::identity::account::Account;
use crate::identity::confirm::{self, Answer, Confirming, Intent, Stale};
use crate::identity::enrolment::PendingCodes;
use crate::identity::event::What;
use crate::identity::factor::email_code::MailedCodes;
use crate::identity::factor::{Factor, NotSixDigits, Verdict};
use crate::identity::password::{Match, PasswordHash, Typed};
use crate::identity::sign_in::STEP_WITHIN;
use crate::identity::throttle::Waits;
use crate::messaging::{CodePurpose, TextPurpose};
use crate::service::hashing::HashingError;
use crate::store::{Arrival, Change, Flow, FlowKey, FlowKind, StoredFlow, Struck, Versioned, WriteError};

/// What the confirm page asks.
#[derive(Clone, Debug)]
pub struct Asked {
    /// What it is for.
    pub intent: Intent,
    /// What has to be proven anew. Where that is nothing, the change may go on.
    pub stale: Stale,
    /// Whether a recovery code will do in the app's place.
    pub or_recovery: bool,
    /// When a code was sent for it, if one was.
    pub sent: Option<Timestamp>,
}

/// The fields of the confirm page; those that were not there are empty.
#[derive(Clone, Copy, Debug, Default)]
pub struct TypedAnswers<'a> {
    /// The password.
    pub password: &'a str,
    /// The code, from the app, by email or by text message, whichever is asked for.
    pub code: &'a str,
    /// A recovery code in the place of a lost app's.
    pub recovery_code: &'a str,
}

/// What came of the answers.
#[derive(Debug)]
pub enum AfterConfirm {
    /// They were right: go on with this, as the visitor in [`Renewed`], and set its cookie.
    Confirmed(Box<Renewed>, Intent),
    /// They were right, and the recovery code among them was replaced: the fresh one is to be shown
    /// first, as to whoever has just signed in with one.
    Replaced(Box<Renewed>),
    /// Nothing was stale any more: go on with this, as the visitor that it was.
    Fresh(Intent),
    /// Something is missing or no code at all; nothing was counted.
    Incomplete {
        /// The password is missing.
        password: bool,
        /// What is wrong with the code.
        code: Option<NotSixDigits>,
    },
    /// The password is wrong. The code was not looked at.
    PasswordWrong,
    /// Longer than a password may be. Counted as wrong.
    PasswordTooLong,
    /// The code was not taken. For a late one it is said what became of the fresh letter.
    CodeRefused(Factor, Verdict, Mailing),
    /// Too many; nothing was looked at.
    Waits(Waits),
    /// Too many passwords at once.
    Busy,
    /// Five wrong answers: the session has ended.
    Ended,
    /// There is nothing to confirm.
    NothingAsked,
    /// The session is over, or goes on under another value: the page is to be opened again.
    Gone,
}

/// What came of asking for a code by email or text message.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum AfterSend {
    /// What became of it.
    Mailing(Mailing),
    /// No code that is sent is asked for.
    NothingToSend,
    /// The session is over, or goes on under another value.
    Gone,
}

/// How the visitor's own password was answered.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum OwnPassword {
    Right,
    Wrong,
    TooLong,
    Waits(Waits),
    Busy,
}

impl Desk {
    /// What the confirm page asks. `wanted` is what the page's address names, if it names anything;
    /// otherwise it is what was kept. `None`: there is nothing to confirm.
    ///
    /// # Errors
    ///
    /// [`Outage`].
    pub async fn asked_to_confirm(
        &self,
        wanted: Option<Intent>,
        visitor: &Visitor,
    ) -> Result<Option<Asked>, Outage> {
        let now = self.now();
        let Some(own) = self.own(visitor, now).await? else {
            return Ok(None);
        };
        let held = self.confirming(own.cookie, now).await?;
        let Some(intent) = wanted.or_else(|| held.as_ref().map(|it| it.value.intent.clone())) else {
            return Ok(None);
        };
        let stale = self.stale_for(&intent, &own, now);
        Ok(Some(Asked {
            or_recovery: confirm::recovery_answers(&intent, stale, &own.account.value, now),
            sent: held.and_then(|it| it.value.codes_by(stale.second?)?.sent()),
            intent,
            stale,
        }))
    }

    /// Whether a change asks for fresh proof first. Reads what is in memory and writes nothing: for
    /// pages that are opened. Every change looks again by itself.
    pub fn must_confirm(&self, intent: &Intent, visitor: &Visitor) -> bool {
        let rules = self.rules.load();
        let stale = confirm::stale_for(
            intent,
            visitor.session(),
            visitor.account(),
            &rules.second_factor,
            rules.confirm_window,
            self.now(),
        );
        !stale.nothing()
    }

    pub(super) fn stale_for(&self, intent: &Intent, own: &Own, now: Timestamp) -> Stale {
        let rules = self.rules.load();
        confirm::stale_for(
            intent,
            &own.session.value,
            &own.account.value,
            &rules.second_factor,
            rules.confirm_window,
            now,
        )
    }

    /// Whether a change may begin. Where something is stale, what it was is kept for the confirm page.
    pub(super) async fn fresh_for(&self, intent: &Intent, own: &Own, now: Timestamp) -> Result<bool, Outage> {
        if self.stale_for(intent, own, now).nothing() {
            return Ok(true);
        }
        self.keep_intent(intent, own, false, now).await?;
        Ok(false)
    }

    /// Keeps what somebody is about to do. Codes that were mailed stay good.
    pub(super) async fn keep_intent(
        &self,
        intent: &Intent,
        own: &Own,
        cleared: bool,
        now: Timestamp,
    ) -> Result<(), Outage> {
        for _ in 0..DECIDE_AT_MOST {
            let held = self.confirming(own.cookie, now).await?;
            let version = held.as_ref().map(|it| it.version);
            let confirming = Confirming {
                intent: intent.clone(),
                cleared,
                expires: now.plus(STEP_WITHIN),
                ..held.map_or_else(|| self.begin_confirming(intent.clone(), now), |it| it.value)
            };
            let flow = stored(&own.account.value, confirming);
            let change = put_flow(confirming_key(own.cookie), flow, version);
            match self.commit(vec![change], now).await {
                Err(WriteError::Conflict) => {}
                Err(error) => return Err(error.into()),
                Ok(_) => return Ok(()),
            }
        }
        Err(Outage::Contended)
    }

    fn begin_confirming(&self, intent: Intent, now: Timestamp) -> Confirming {
        Confirming {
            id: FlowId::draw(&*self.entropy),
            intent,
            cleared: false,
            mailed: MailedCodes::default(),
            texted: MailedCodes::default(),
            expires: now.plus(STEP_WITHIN),
        }
    }

    /// What is kept under a session's cookie.
    pub(super) async fn confirming(
        &self,
        cookie: TokenDigest,
        now: Timestamp,
    ) -> Result<Option<Versioned<Confirming>>, Outage> {
        let found = self.store.flow(&confirming_key(cookie), now).await?;
        Ok(found.and_then(|found| match found.value.flow {
            Flow::Confirming(value) => Some(Versioned {
                value,
                version: found.version,
            }),
            _ => None,
        }))
    }

    /// "Send a code", by email or text message. The same page each time, whatever became of it.
    ///
    /// # Errors
    ///
    /// [`Outage`].
    pub async fn send_confirm_code(
        &self,
        wanted: Option<Intent>,
        visitor: &Visitor,
        caller: &Caller,
    ) -> Result<AfterSend, Outage> {
        for _ in 0..DECIDE_AT_MOST {
            let now = self.now();
            let Some(own) = self.own(visitor, now).await? else {
                return Ok(AfterSend::Gone);
            };
            let held = self.confirming(own.cookie, now).await?;
            let version = held.as_ref().map(|it| it.version);
            let intent = wanted
                .clone()
                .or_else(|| held.as_ref().map(|it| it.value.intent.clone()));
            let Some(intent) = intent else {
                return Ok(AfterSend::NothingToSend);
            };
            let Some(factor) = self.stale_for(&intent, &own, now).second else {
                return Ok(AfterSend::NothingToSend);
            };
            let mut confirming =
                held.map_or_else(|| self.begin_confirming(intent.clone(), now), |it| it.value);
            confirming.intent = intent;
            if confirming.codes_by(factor).is_none() {
                return Ok(AfterSend::NothingToSend);
            }
            let drawn = self
                .draw_confirm_code(factor, &mut confirming, &own.account.value, caller, now)
                .await?;
            let key = confirming_key(own.cookie);
            let change = put_flow(key, stored(&own.account.value, confirming), version);
            match self.commit_drawn(vec![change], drawn, now).await {
                Err(Outage::Write(WriteError::Conflict)) => {}
                Err(error) => return Err(error),
                Ok(drawn) => {
                    let mailing = self.send_drawn(drawn, key, &own.account.value, caller).await?;
                    return Ok(AfterSend::Mailing(mailing));
                }
            }
        }
        Err(Outage::Contended)
    }

    async fn draw_confirm_code(
        &self,
        factor: Factor,
        confirming: &mut Confirming,
        account: &Account,
        caller: &Caller,
        now: Timestamp,
    ) -> Result<Drawn, Outage> {
        let id = confirming.id;
        match factor {
            Factor::Email => {
                let (mailed, purpose) = (&mut confirming.mailed, CodePurpose::Confirm);
                self.draw_code_into(mailed, id, purpose, account, caller, now)
                    .await
            }
            Factor::Sms => {
                let (texted, purpose) = (&mut confirming.texted, TextPurpose::Confirm);
                self.draw_text_into(texted, id, purpose, account, caller, now)
                    .await
            }
            Factor::App | Factor::Recovery => Ok(Drawn::nothing()),
        }
    }

    /// The answers of the confirm page. `goes_on` names the page on which a change goes on once a fresh
    /// recovery code was shown.
    ///
    /// # Errors
    ///
    /// [`Outage`]: nothing was confirmed.
    pub async fn confirm(
        &self,
        typed: TypedAnswers<'_>,
        wanted: Option<Intent>,
        goes_on: &(dyn Fn(&Intent) -> String + Sync),
        visitor: &Visitor,
        cookies: &Cookies,
        caller: &Caller,
    ) -> Result<AfterConfirm, Outage> {
        let now = self.now();
        let Some(own) = self.own(visitor, now).await? else {
            return Ok(AfterConfirm::Gone);
        };
        let held = self.confirming(own.cookie, now).await?;
        let Some(intent) = wanted.or_else(|| held.map(|it| it.value.intent)) else {
            // Another post of the same answer may just have taken it along, and the session's cookie with it.
            return Ok(match self.own(visitor, now).await? {
                Some(_) => AfterConfirm::NothingAsked,
                None => AfterConfirm::Gone,
            });
        };
        let stale = self.stale_for(&intent, &own, now);
        if stale.nothing() {
            return self.confirmed_already(intent, &own, now).await;
        }
        let second = match read_answers(&typed, &intent, stale, &own.account.value, now) {
            Ok(second) => second,
            Err(incomplete) => return Ok(incomplete),
        };
        let mut answers = Vec::with_capacity(2);
        if stale.password {
            let checked = self
                .check_own_password(typed.password, &own.account.value, cookies, caller, now)
                .await?;
            if let Some(refused) = self.after_own_password(checked, visitor, caller).await? {
                return Ok(refused);
            }
            answers.push(Answer::Password(Match::Right));
        }
        let attempt = Attempted {
            goes_on: goes_on(&intent),
            intent,
            epoch: own.account.value.epoch,
            answers,
        };
        match second {
            None => self.settle_confirm(attempt, None, visitor, caller).await,
            Some((factor, read)) => {
                self.confirm_with_code(attempt, factor, read, visitor, caller)
                    .await
            }
        }
    }

    async fn confirmed_already(
        &self,
        intent: Intent,
        own: &Own,
        now: Timestamp,
    ) -> Result<AfterConfirm, Outage> {
        if let Intent::RemoveApp(_) = intent {
            self.keep_intent(&intent, own, true, now).await?;
        }
        Ok(AfterConfirm::Fresh(intent))
    }

    /// What a wrong password means for the session. `None`: it was right.
    async fn after_own_password(
        &self,
        checked: OwnPassword,
        visitor: &Visitor,
        caller: &Caller,
    ) -> Result<Option<AfterConfirm>, Outage> {
        let refused = match checked {
            OwnPassword::Right => return Ok(None),
            OwnPassword::Waits(waits) => return Ok(Some(AfterConfirm::Waits(waits))),
            OwnPassword::Busy => return Ok(Some(AfterConfirm::Busy)),
            OwnPassword::Wrong => AfterConfirm::PasswordWrong,
            OwnPassword::TooLong => AfterConfirm::PasswordTooLong,
        };
        Ok(Some(match self.note_miss(&[], visitor, caller).await? {
            Missed::Counted => refused,
            Missed::Ended => AfterConfirm::Ended,
            Missed::Gone => AfterConfirm::Gone,
        }))
    }

    /// Checks the password of an account in a session of its own, counted as at the sign-in.
    pub(super) async fn check_own_password(
        &self,
        typed: &str,
        account: &Account,
        cookies: &Cookies,
        caller: &Caller,
        now: Timestamp,
    ) -> Result<OwnPassword, Outage> {
        let known = cookies.known.as_ref().map(Token::digest);
        let browser = browser_of(Some(account), known.as_ref(), now);
        let attempt = self.password_attempt(account.email.key(), browser, caller.client);
        let reached = match self.store.strike(attempt.strokes.clone(), now).await? {
            Struck::Go { reached } => reached,
            Struck::Wait { waits, place } => {
                self.tell_of_wait(Some(account), attempt.stage(place), caller, now)
                    .await?;
                return Ok(OwnPassword::Waits(waits));
            }
        };
        let checked = match Typed::new(typed) {
            Err(_) => OwnPassword::TooLong,
            Ok(typed) => {
                let kept = match &account.password {
                    Some(password) => password.hash.clone(),
                    None => PasswordHash::of_nobody(self.rules.load().passwords.hash)?,
                };
                match self.hashing.check(typed, kept).await {
                    Ok(Match::Right) => {
                        self.commit(vec![Self::taken_back(attempt)], now).await?;
                        return Ok(OwnPassword::Right);
                    }
                    Ok(Match::Wrong) => OwnPassword::Wrong,
                    Err(HashingError::Busy) => {
                        self.store.refund(attempt.strokes, now).await?;
                        return Ok(OwnPassword::Busy);
                    }
                    Err(HashingError::Hash(error)) => return Err(error.into()),
                }
            }
        };
        let what = What::ConfirmFailed;
        self.tell_of_failure(what, Some(account), &attempt, &reached, caller, now)
            .await?;
        Ok(checked)
    }

    async fn confirm_with_code(
        &self,
        attempted: Attempted,
        factor: Factor,
        read: ReadCode,
        visitor: &Visitor,
        caller: &Caller,
    ) -> Result<AfterConfirm, Outage> {
        let now = self.now();
        let account = visitor.session().account;
        let attempt = self.factor_attempt(account);
        let reached = match self.store.strike(attempt.strokes.clone(), now).await? {
            Struck::Go { reached } => reached,
            Struck::Wait { waits, .. } => return Ok(AfterConfirm::Waits(waits)),
        };
        let after = self
            .settle_confirm(attempted, Some((factor, read)), visitor, caller)
            .await?;
        let missed = matches!(
            after,
            AfterConfirm::Ended
                | AfterConfirm::CodeRefused(_, Verdict::Wrong | Verdict::Past | Verdict::Spent, _)
        );
        if missed {
            self.tell_of_reached(&attempt, &reached, account, caller, now)
                .await?;
        } else {
            self.store.refund(attempt.strokes, now).await?;
        }
        if matches!(after, AfterConfirm::Confirmed(..)) {
            self.store.clear(self.row_of(account)).await?;
        }
        Ok(after)
    }

    /// Checks the code, if one is asked for, and gives the session its new value.
    async fn settle_confirm(
        &self,
        attempted: Attempted,
        second: Option<(Factor, ReadCode)>,
        visitor: &Visitor,
        caller: &Caller,
    ) -> Result<AfterConfirm, Outage> {
        for _ in 0..DECIDE_AT_MOST {
            let now = self.now();
            let Some(mut own) = self.own(visitor, now).await? else {
                return Ok(AfterConfirm::Gone);
            };
            // The password that was checked may have been changed meanwhile.
            if own.account.value.epoch != attempted.epoch {
                return Ok(AfterConfirm::Gone);
            }
            let held = self.confirming(own.cookie, now).await?;
            let mut answers = attempted.answers.clone();
            if let Some((factor, read)) = &second {
                let before = held.as_ref().map_or_else(
                    || self.begin_confirming(attempted.intent.clone(), now),
                    |it| it.value.clone(),
                );
                let verdict = self.check_code(
                    *factor,
                    read,
                    before.id,
                    before.codes_by(*factor),
                    PURPOSE_CONFIRM,
                    &mut own.account.value,
                    now,
                )?;
                if verdict != Verdict::Right {
                    return self.refuse_code(*factor, verdict, visitor, caller).await;
                }
                answers.push(Answer::Second(*factor, verdict));
            }
            let factor = second.as_ref().map(|(factor, _)| *factor);
            match self
                .write_confirmed(&attempted, &answers, factor, own, held, caller, now)
                .await
            {
                Err(Outage::Write(WriteError::Conflict)) => {}
                other => return other,
            }
        }
        Err(Outage::Contended)
    }

    async fn refuse_code(
        &self,
        factor: Factor,
        verdict: Verdict,
        visitor: &Visitor,
        caller: &Caller,
    ) -> Result<AfterConfirm, Outage> {
        if verdict == Verdict::Expired {
            // A late code is no fault of the person.
            return Ok(match self.send_confirm_code(None, visitor, caller).await? {
                AfterSend::Mailing(mailing) => AfterConfirm::CodeRefused(factor, verdict, mailing),
                AfterSend::NothingToSend => AfterConfirm::CodeRefused(factor, verdict, Mailing::None),
                AfterSend::Gone => AfterConfirm::Gone,
            });
        }
        let told = [told(factor, verdict), What::ConfirmFailed];
        Ok(match self.note_miss(&told, visitor, caller).await? {
            Missed::Counted => AfterConfirm::CodeRefused(factor, verdict, Mailing::None),
            Missed::Ended => AfterConfirm::Ended,
            Missed::Gone => AfterConfirm::Gone,
        })
    }

    #[allow(clippy::too_many_arguments)]
    async fn write_confirmed(
        &self,
        attempted: &Attempted,
        answers: &[Answer],
        factor: Option<Factor>,
        mut own: Own,
        held: Option<Versioned<Confirming>>,
        caller: &Caller,
        now: Timestamp,
    ) -> Result<AfterConfirm, Outage> {
        let intent = &attempted.intent;
        let fresh = match factor {
            Some(factor) => self.replace_used_code(factor, &mut own.account.value, now)?,
            None => None,
        };
        let account = &own.account.value;
        let Some(proof) = confirm::confirmed(&own.session.value, account, answers, now) else {
            return Ok(AfterConfirm::Gone);
        };
        let mut changes = vec![self.tell(account, What::ConfirmOk, caller, now)];
        if let Some(factor) = factor {
            changes.push(self.tell(account, What::FactorOk { factor }, caller, now));
            changes.extend(self.tell_of_recovery(factor, fresh.is_some(), account, caller, now)?);
        }
        // What a right code used up: its mailed copy here, its step or its place in the set there.
        changes.extend(held.map(|held| Change::DeleteFlow(confirming_key(own.cookie), held.version)));
        changes.push(Change::ReplaceAccount(account.clone(), own.account.version));
        let (cookie, session) = self.step_up_own(&own, &proof, &mut changes, now).await?;
        if let Intent::RemoveApp(_) = intent {
            let confirming = Confirming {
                cleared: true,
                ..self.begin_confirming(intent.clone(), now)
            };
            let key = confirming_key(cookie.digest());
            changes.push(Change::CreateFlow(key, stored(account, confirming)));
        }
        let replaced = fresh.is_some();
        if replaced {
            let next = attempted.goes_on.clone();
            changes.extend(show_fresh(cookie.digest(), fresh, next, account, now));
        }
        self.commit(changes, now).await?;
        let renewed = Box::new(renewed(cookie, session, own.account.value));
        Ok(if replaced {
            AfterConfirm::Replaced(renewed)
        } else {
            AfterConfirm::Confirmed(renewed, intent.clone())
        })
    }

    /// "Cancel": what was kept for the confirm page is forgotten.
    ///
    /// # Errors
    ///
    /// [`Outage`].
    pub async fn cancel_confirm(&self, visitor: &Visitor) -> Result<(), Outage> {
        let change = Change::DropFlow(confirming_key(visitor.cookie()));
        self.commit(vec![change], self.now()).await?;
        Ok(())
    }
}

/// An answered confirmation, before its code is looked at.
struct Attempted {
    intent: Intent,
    /// Of the account whose password was checked.
    epoch: u32,
    answers: Vec<Answer>,
    /// The page on which the change goes on, once a fresh recovery code was shown.
    goes_on: String,
}

/// The fresh code is shown on the page that says a recovery code was used; the browser goes on to `next`.
fn show_fresh(
    cookie: TokenDigest,
    fresh: Option<PendingCodes>,
    next: String,
    account: &Account,
    now: Timestamp,
) -> [Change; 2] {
    let key = arrival_key(&cookie);
    let arrival = Arrival {
        next,
        ask_trust: false,
        recovery_used: true,
        resumes: false,
        fresh,
    };
    let flow = StoredFlow {
        account: account.id,
        expires: now.plus(STEP_WITHIN),
        flow: Flow::Arrival(arrival),
    };
    [Change::DropFlow(key), Change::CreateFlow(key, flow)]
}

/// Reads the fields that are asked for; the code is read as what is asked for.
fn read_answers(
    typed: &TypedAnswers<'_>,
    intent: &Intent,
    stale: Stale,
    account: &Account,
    now: Timestamp,
) -> Result<Option<(Factor, ReadCode)>, AfterConfirm> {
    let password = stale.password && typed.password.is_empty();
    let incomplete = |code| AfterConfirm::Incomplete { password, code };
    let Some(factor) = stale.second else {
        return if password { Err(incomplete(None)) } else { Ok(None) };
    };
    let by_recovery = confirm::recovery_answers(intent, stale, account, now)
        && typed.code.trim().is_empty()
        && !typed.recovery_code.trim().is_empty();
    let code = match factor {
        _ if by_recovery => TypedCode::Recovery(typed.recovery_code),
        Factor::Email => TypedCode::Email(typed.code),
        Factor::Sms => TypedCode::Sms(typed.code),
        Factor::App | Factor::Recovery => TypedCode::App(typed.code),
    };
    match read_code(&code) {
        Ok(_) if password => Err(incomplete(None)),
        Ok(read) => Ok(Some((code.factor(), read))),
        Err(fault) => Err(incomplete(Some(fault))),
    }
}

pub(super) fn confirming_key(cookie: TokenDigest) -> FlowKey {
    FlowKey {
        kind: FlowKind::Confirming,
        cookie,
    }
}

fn stored(account: &Account, confirming: Confirming) -> StoredFlow {
    StoredFlow {
        account: account.id,
        expires: confirming.expires,
        flow: Flow::Confirming(confirming),
    }
}
