//! The phone of an account, from its pages: add, replace, remove.
//!
//! ```text
//! begin ──▶ a number is asked for ──▶ its code is asked for ──▶ the number counts
//!                  ▲───────── too many wrong ones ──┘
//! remove ──▶ gone, unless every account here needs one
//! ```
//!
//! What is under way lies under the session's cookie for 15 minutes. Where a number replaces another, the
//! old one works until the new one's code. Each change ends every other session, all flows and all
//! trusted devices; this session goes on under a new value.

use super::renew::{Own, Renewed, put_flow};
use super::sign_in::Mailing;
use super::visit::Visitor;
use super::{Caller, DECIDE_AT_MOST, Desk, Outage};
use crate::base::id::{FlowId, TokenDigest};
use crate::base::time::Timestamp;
use crate::identity::account::Account;
use crate::identity::assurance;
use crate::identity::confirm::{self, Answer, Intent};
use crate::identity::enrolment::Missed;
use crate::identity::event::What;
use crate::identity::factor::{Factor, NotSixDigits, SixDigits, Verdict};
use crate::identity::phone::{PendingPhone, PhoneFault, PhoneNumber, PhoneStage};
use crate::identity::settings::{PhoneStep, SmsUse};
use crate::identity::sign_in::STEP_WITHIN;
use crate::identity::throttle::Waits;
use crate::messaging::NoticeKind;
use crate::store::{Change, Flow, FlowKey, FlowKind, StoredFlow, Struck, Versioned, WriteError};

/// What came of "add" and "replace".
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum AfterPhoneBegin {
    /// A number may be entered.
    Begun,
    /// Fresh proof first.
    Confirm,
    /// Text messages are not in use here.
    NotOffered,
    /// The session is over, or goes on under another value.
    Gone,
}

/// A number on its way, as its page shows it.
#[derive(Clone, Debug)]
pub struct ShownPhone {
    /// The number that a code was sent to; `None`: it is asked for.
    pub number: Option<PhoneNumber>,
    /// When the last code went out.
    pub sent: Option<Timestamp>,
    /// Whether one was tried and did not go out.
    pub failed: bool,
}

/// What came of a number.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum AfterNumber {
    /// What became of its message.
    Mailing(Mailing),
    /// It is none that text messages go to.
    Fault(PhoneFault),
    /// It is not asked for: begin anew.
    NotBegun,
    /// The session is over, or goes on under another value.
    Gone,
}

/// What came of a number's code.
#[derive(Debug)]
pub enum AfterPhoneCode {
    /// The number counts: set the session's new cookie.
    Added {
        /// The session.
        renewed: Box<Renewed>,
        /// Whether it took another number's place.
        replaced: bool,
    },
    /// Not a code at all; not counted.
    NoCode(NotSixDigits),
    /// It was not taken. For a late one it is said what became of the fresh message.
    Refused(Verdict, Mailing),
    /// As many wrong codes as there may be: the number that they were for is asked for anew.
    TooMany(PhoneNumber),
    /// Too many in all; the code was not looked at.
    Waits(Waits),
    /// No code is asked for: begin anew.
    NotBegun,
    /// The session is over, or goes on under another value.
    Gone,
}

/// What becomes of an account without its phone.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum WithoutPhone {
    /// Codes come by email.
    EmailCodes,
    /// The app goes on working, and the phone does not help when it is lost.
    AppOnly,
    /// The password alone is enough, as far as the phone went.
    PasswordOnly,
    /// It must not be removed: every account here needs one.
    Forbidden,
}

/// What came of "remove".
#[derive(Debug)]
pub enum AfterPhoneRemoval {
    /// It is gone: set the session's new cookie.
    Removed(Box<Renewed>),
    /// It must not be removed.
    Forbidden,
    /// Fresh proof first.
    Confirm,
    /// There is none.
    Absent,
    /// The session is over, or goes on under another value.
    Gone,
}

impl Desk {
    /// Whether the account pages speak of a phone: text messages are in use, or there is a number.
    pub fn has_phone_page(&self, account: &Account) -> bool {
        account.phone.is_some() || self.rules.load().second_factor.sms.is_some()
    }

    /// What becomes of an account without its phone.
    pub fn without_phone(&self, account: &Account) -> WithoutPhone {
        let rules = self.rules.load();
        let rules = &rules.second_factor;
        let required = rules
            .sms
            .as_ref()
            .is_some_and(|sms| sms.phone == PhoneStep::Required);
        let bare = Account {
            phone: None,
            ..account.clone()
        };
        let left = assurance::usable(&bare, rules);
        match left.first() {
            _ if required => WithoutPhone::Forbidden,
            Some(Factor::App) => WithoutPhone::AppOnly,
            Some(Factor::Email) => WithoutPhone::EmailCodes,
            Some(Factor::Sms | Factor::Recovery) | None => WithoutPhone::PasswordOnly,
        }
    }

    /// "Add", or "replace". A number that is on its way is asked for anew.
    ///
    /// # Errors
    ///
    /// [`Outage`].
    pub async fn begin_phone(&self, visitor: &Visitor) -> Result<AfterPhoneBegin, Outage> {
        for _ in 0..DECIDE_AT_MOST {
            let now = self.now();
            let Some(own) = self.own(visitor, now).await? else {
                return Ok(AfterPhoneBegin::Gone);
            };
            if self.rules.load().second_factor.sms.is_none() {
                return Ok(AfterPhoneBegin::NotOffered);
            }
            let held = self.held_phone(own.cookie, now).await?;
            // Looked at when it began: another number within its time is not asked for again.
            if held.is_none() && !self.fresh_for(&Intent::SetUpPhone, &own, now).await? {
                return Ok(AfterPhoneBegin::Confirm);
            }
            let expires = held
                .as_ref()
                .map_or(now.plus(STEP_WITHIN), |(_, expires)| *expires);
            let pending = PendingPhone::begin(FlowId::draw(&*self.entropy));
            let flow = stored(&own.account.value, pending, expires);
            let change = put_flow(phone_key(own.cookie), flow, held.map(|(held, _)| held.version));
            match self.commit(vec![change], now).await {
                Err(WriteError::Conflict) => {}
                Err(error) => return Err(error.into()),
                Ok(_) => return Ok(AfterPhoneBegin::Begun),
            }
        }
        Err(Outage::Contended)
    }

    /// The number that a visitor has under way, if any.
    ///
    /// # Errors
    ///
    /// [`Outage`].
    pub async fn phone_shown_to(&self, visitor: &Visitor) -> Result<Option<ShownPhone>, Outage> {
        let held = self.held_phone(visitor.cookie(), self.now()).await?;
        held.map(|(held, _)| self.shown_phone(&held.value, visitor.account()))
            .transpose()
    }

    /// A number on its way, as its page shows it.
    pub(super) fn shown_phone(
        &self,
        pending: &PendingPhone,
        account: &Account,
    ) -> Result<ShownPhone, Outage> {
        Ok(ShownPhone {
            number: pending.number(account.id, &self.keys)?,
            sent: pending.texted().and_then(|texted| texted.sent()),
            failed: pending.texted().is_some_and(|texted| texted.failed()),
        })
    }

    async fn held_phone(
        &self,
        cookie: TokenDigest,
        now: Timestamp,
    ) -> Result<Option<(Versioned<PendingPhone>, Timestamp)>, Outage> {
        let found = self.store.flow(&phone_key(cookie), now).await?;
        Ok(found.and_then(|found| match found.value.flow {
            Flow::Phone(value) => Some((
                Versioned {
                    value,
                    version: found.version,
                },
                found.value.expires,
            )),
            _ => None,
        }))
    }

    /// A number was entered, or with `None` a new code is asked for the one there is.
    ///
    /// # Errors
    ///
    /// [`Outage`].
    pub async fn enter_number(
        &self,
        typed: Option<&str>,
        visitor: &Visitor,
        caller: &Caller,
    ) -> Result<AfterNumber, Outage> {
        for _ in 0..DECIDE_AT_MOST {
            let now = self.now();
            let Some(own) = self.own(visitor, now).await? else {
                return Ok(AfterNumber::Gone);
            };
            let Some((mut held, expires)) = self.held_phone(own.cookie, now).await? else {
                return Ok(AfterNumber::NotBegun);
            };
            let account = &own.account.value;
            let number = match self.number_of(typed, &held.value, account)? {
                Ok(Some(number)) => number,
                Ok(None) => return Ok(AfterNumber::NotBegun),
                Err(fault) => return Ok(AfterNumber::Fault(fault)),
            };
            let drawn = self
                .draw_phone_code(&mut held.value, number, account, caller, now)
                .await?;
            let key = phone_key(own.cookie);
            let change = Change::ReplaceFlow(key, stored(account, held.value, expires), held.version);
            match self.commit_drawn(vec![change], drawn, now).await {
                Err(Outage::Write(WriteError::Conflict)) => {}
                Err(error) => return Err(error),
                Ok(drawn) => {
                    let mailing = self.send_drawn(drawn, key, account, caller).await?;
                    return Ok(AfterNumber::Mailing(mailing));
                }
            }
        }
        Err(Outage::Contended)
    }

    /// The number that was typed, or else the one that is on its way.
    pub(super) fn number_of(
        &self,
        typed: Option<&str>,
        pending: &PendingPhone,
        account: &Account,
    ) -> Result<Result<Option<PhoneNumber>, PhoneFault>, Outage> {
        let rules = self.rules.load();
        let Some(sms) = &rules.second_factor.sms else {
            return Ok(Ok(None));
        };
        match typed {
            Some(typed) => Ok(PhoneNumber::parse(typed, &sms.countries).map(Some)),
            None => Ok(Ok(pending.number(account.id, &self.keys)?)),
        }
    }

    /// The code that was sent to the number.
    ///
    /// # Errors
    ///
    /// [`Outage`]: the number does not count.
    pub async fn confirm_phone(
        &self,
        typed: &str,
        visitor: &Visitor,
        caller: &Caller,
    ) -> Result<AfterPhoneCode, Outage> {
        let digits = match SixDigits::read(typed) {
            Ok(digits) => digits,
            Err(fault) => return Ok(AfterPhoneCode::NoCode(fault)),
        };
        let now = self.now();
        let account = visitor.session().account;
        let attempt = self.factor_attempt(account);
        let reached = match self.store.strike(attempt.strokes.clone(), now).await? {
            Struck::Go { reached } => reached,
            Struck::Wait { waits, .. } => return Ok(AfterPhoneCode::Waits(waits)),
        };
        let after = self.settle_phone_code(&digits, visitor, caller).await?;
        let missed = matches!(
            after,
            AfterPhoneCode::Refused(Verdict::Wrong, _) | AfterPhoneCode::TooMany(_)
        );
        if missed {
            self.tell_of_reached(&attempt, &reached, account, caller, now)
                .await?;
        } else {
            self.store.refund(attempt.strokes, now).await?;
        }
        Ok(after)
    }

    async fn settle_phone_code(
        &self,
        digits: &SixDigits,
        visitor: &Visitor,
        caller: &Caller,
    ) -> Result<AfterPhoneCode, Outage> {
        for _ in 0..DECIDE_AT_MOST {
            let now = self.now();
            let Some(mut own) = self.own(visitor, now).await? else {
                return Ok(AfterPhoneCode::Gone);
            };
            let Some((held, expires)) = self.held_phone(own.cookie, now).await? else {
                return Ok(AfterPhoneCode::NotBegun);
            };
            let in_use = self.rules.load().second_factor.sms.is_some();
            if !in_use || held.value.stage == PhoneStage::AskNumber {
                return Ok(AfterPhoneCode::NotBegun);
            }
            let before = self.phone_of(&own.account.value)?;
            let verdict =
                held.value
                    .confirm(digits, &mut own.account.value, &self.keys, &*self.entropy, now)?;
            let settled = match verdict {
                Verdict::Right => self.write_phone(before.as_ref(), own, caller, now).await,
                // A late code is no fault of the person.
                Verdict::Expired => {
                    return Ok(match self.enter_number(None, visitor, caller).await? {
                        AfterNumber::Mailing(mailing) => AfterPhoneCode::Refused(verdict, mailing),
                        AfterNumber::Gone => AfterPhoneCode::Gone,
                        AfterNumber::Fault(_) | AfterNumber::NotBegun => AfterPhoneCode::NotBegun,
                    });
                }
                Verdict::Wrong | Verdict::Past | Verdict::Spent => {
                    self.miss_phone(&own, held, expires, now).await
                }
            };
            match settled {
                Err(Outage::Write(WriteError::Conflict)) => {}
                other => return other,
            }
        }
        Err(Outage::Contended)
    }

    /// Counts a wrong code together with what it brings about: of two at once, the later finds the flow
    /// changed, and is counted after the first.
    async fn miss_phone(
        &self,
        own: &Own,
        held: Versioned<PendingPhone>,
        expires: Timestamp,
        now: Timestamp,
    ) -> Result<AfterPhoneCode, Outage> {
        let account = &own.account.value;
        let Some(number) = held.value.number(account.id, &self.keys)? else {
            return Ok(AfterPhoneCode::NotBegun);
        };
        let at_most = self.rules.load().limits.factor_flow;
        let (next, after) = match held.value.missed(at_most) {
            Missed::Again(counted) => (counted, AfterPhoneCode::Refused(Verdict::Wrong, Mailing::None)),
            Missed::Over => (
                PendingPhone::begin(FlowId::draw(&*self.entropy)),
                AfterPhoneCode::TooMany(number),
            ),
        };
        let change = Change::ReplaceFlow(
            phone_key(own.cookie),
            stored(account, next, expires),
            held.version,
        );
        self.commit(vec![change], now).await?;
        Ok(after)
    }

    async fn write_phone(
        &self,
        before: Option<&PhoneNumber>,
        own: Own,
        caller: &Caller,
        now: Timestamp,
    ) -> Result<AfterPhoneCode, Outage> {
        let account = &own.account.value;
        // The code proves possession of the phone, now; a factor it is only where it counts as one.
        let is_factor = self.rules.load().second_factor.sms_used_as(SmsUse::Method);
        let session = if is_factor {
            let answers = [Answer::Second(Factor::Sms, Verdict::Right)];
            match confirm::confirmed(&own.session.value, account, &answers, now) {
                Some(proof) => own.session.value.stepped_up(&proof, now),
                None => return Ok(AfterPhoneCode::Gone),
            }
        } else {
            own.session.value.clone()
        };
        let replaced = before.is_some();
        let changes = self.tell_of_phone(account, before, caller, now)?;
        let renewed = self
            .commit_own_change(own, &session, changes, None, caller, now)
            .await?;
        Ok(AfterPhoneCode::Added {
            renewed: Box::new(renewed),
            replaced,
        })
    }

    /// Events and letter for a number that counts from now on.
    pub(super) fn tell_of_phone(
        &self,
        account: &Account,
        before: Option<&PhoneNumber>,
        caller: &Caller,
        now: Timestamp,
    ) -> Result<Vec<Change>, Outage> {
        let ending = self.phone_of(account)?.map(|number| number.masked());
        let number = ending.unwrap_or_default();
        let notice = match before.map(PhoneNumber::masked) {
            Some(before) => NoticeKind::PhoneReplaced { number, before },
            None => NoticeKind::PhoneAdded { number },
        };
        let mut changes = Vec::new();
        if before.is_some() {
            changes.push(self.tell(account, What::PhoneRemoved, caller, now));
        }
        changes.push(self.tell(account, What::PhoneAdded, caller, now));
        changes.push(self.notify_here(account, notice, caller, now)?);
        Ok(changes)
    }

    /// "Cancel": the number on its way is forgotten.
    ///
    /// # Errors
    ///
    /// [`Outage`].
    pub async fn cancel_phone(&self, visitor: &Visitor) -> Result<(), Outage> {
        let change = Change::DropFlow(phone_key(visitor.cookie()));
        self.commit(vec![change], self.now()).await?;
        Ok(())
    }

    /// "Remove".
    ///
    /// # Errors
    ///
    /// [`Outage`]: the number still counts.
    pub async fn remove_phone(
        &self,
        visitor: &Visitor,
        caller: &Caller,
    ) -> Result<AfterPhoneRemoval, Outage> {
        for _ in 0..DECIDE_AT_MOST {
            let now = self.now();
            let Some(mut own) = self.own(visitor, now).await? else {
                return Ok(AfterPhoneRemoval::Gone);
            };
            let account = &own.account.value;
            let Some(number) = self.phone_of(account)? else {
                return Ok(AfterPhoneRemoval::Absent);
            };
            if self.without_phone(account) == WithoutPhone::Forbidden {
                return Ok(AfterPhoneRemoval::Forbidden);
            }
            if !self.fresh_for(&Intent::RemovePhone, &own, now).await? {
                return Ok(AfterPhoneRemoval::Confirm);
            }
            let notice = NoticeKind::PhoneRemoved {
                number: number.masked(),
            };
            let changes = vec![
                self.tell(account, What::PhoneRemoved, caller, now),
                self.notify_here(account, notice, caller, now)?,
            ];
            own.account.value.phone = None;
            let session = own.session.value.clone();
            match self
                .commit_own_change(own, &session, changes, None, caller, now)
                .await
            {
                Err(Outage::Write(WriteError::Conflict)) => {}
                Err(error) => return Err(error),
                Ok(renewed) => return Ok(AfterPhoneRemoval::Removed(Box::new(renewed))),
            }
        }
        Err(Outage::Contended)
    }
}

fn phone_key(cookie: TokenDigest) -> FlowKey {
    FlowKey {
        kind: FlowKind::Phone,
        cookie,
    }
}

fn stored(account: &Account, pending: PendingPhone, expires: Timestamp) -> StoredFlow {
    StoredFlow {
        account: account.id,
        expires,
        flow: Flow::Phone(pending),
    }
}
