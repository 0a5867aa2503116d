//! The phone's step of the set-up that comes before the portal: a number, and the code that is sent to it.
//!
//! A right code makes the number the account's at once, so that whoever signs out in the middle does not
//! verify it twice. Other sessions, flows and trusted devices of the account end then, as with any factor.

use super::factor::AfterCode;
use super::phone::ShownPhone;
use super::set_up::AfterSetUp;
use super::sign_in::{Mailing, Ticket, flow_key, stored};
use super::{Caller, Cookies, DECIDE_AT_MOST, Desk, Outage};
use crate::base::id::FlowId;
use crate::base::time::Timestamp;
use crate::identity::account::Account;
use crate::identity::enrolment::PendingApp;
use crate::identity::event::What;
use crate::identity::factor::{Factor, SixDigits, Verdict};
use crate::identity::phone::{PendingPhone, PhoneFault, PhoneNumber, PhoneStage};
use crate::identity::sign_in::{self, Input, Outcome, Refusal, SetUp, SignIn, Stage};
use crate::store::{Change, Struck, Version, Versioned, WriteError};

/// What came of a number in the set-up.
#[derive(Debug)]
pub enum AfterSetUpNumber {
    /// What became of its message.
    Mailing(Ticket, Mailing),
    /// It is none that text messages go to.
    Fault(Ticket, PhoneFault),
    /// The flow is at another step, or over.
    Flow(AfterCode),
}

impl Desk {
    /// The number that a flow has under way, if it is at that step.
    ///
    /// # Errors
    ///
    /// [`Outage`] if it does not open.
    pub fn shown_number(&self, flow: &SignIn, account: &Account) -> Result<Option<ShownPhone>, Outage> {
        match &flow.stage {
            Stage::SetUp(SetUp::Phone(pending)) => self.shown_phone(pending, account).map(Some),
            Stage::SetUp(SetUp::Why | SetUp::App(_) | SetUp::Codes(_) | SetUp::Done)
            | Stage::SecondFactor { .. }
            | Stage::Method
            | Stage::Terms => Ok(None),
        }
    }

    /// A number was entered, or with `None` a new code is asked for the one there is.
    ///
    /// # Errors
    ///
    /// [`Outage`].
    pub async fn set_up_number(
        &self,
        typed: Option<&str>,
        cookies: &Cookies,
        caller: &Caller,
    ) -> Result<AfterSetUpNumber, Outage> {
        for _ in 0..DECIDE_AT_MOST {
            let now = self.now();
            let Some((ticket, account, version)) = self.live_flow(cookies, now).await? else {
                return Ok(AfterSetUpNumber::Flow(AfterCode::NoFlow));
            };
            let Stage::SetUp(SetUp::Phone(pending)) = &ticket.flow.stage else {
                return Ok(AfterSetUpNumber::Flow(out_of_step(ticket)));
            };
            let mut pending = pending.clone();
            let number = match self.number_of(typed, &pending, &account.value)? {
                Ok(Some(number)) => number,
                Ok(None) => return Ok(AfterSetUpNumber::Flow(out_of_step(ticket))),
                Err(fault) => return Ok(AfterSetUpNumber::Fault(ticket, fault)),
            };
            let drawn = self
                .draw_phone_code(&mut pending, number, &account.value, caller, now)
                .await?;
            let rules = self.rules.load_full();
            let flow = ticket.flow.clone();
            let outcome = sign_in::step(flow, Input::ShowPhone(pending), &account.value, &rules, now);
            let Outcome::Ask(flow) = outcome else {
                return Ok(AfterSetUpNumber::Flow(out_of_step(ticket)));
            };
            let key = flow_key(&ticket.cookie.digest());
            let change = Change::ReplaceFlow(key, stored(&flow), version);
            match self.commit_drawn(vec![change], drawn, now).await {
                Err(Outage::Write(WriteError::Conflict)) => {}
                Err(error) => return Err(error),
                Ok(drawn) => {
                    let mailing = self.send_drawn(drawn, key, &account.value, caller).await?;
                    let cookie = ticket.cookie;
                    return Ok(AfterSetUpNumber::Mailing(Ticket { cookie, flow }, mailing));
                }
            }
        }
        Err(Outage::Contended)
    }

    /// "Use another number": it is asked for anew.
    ///
    /// # Errors
    ///
    /// [`Outage`].
    pub async fn set_up_other_number(&self, cookies: &Cookies, caller: &Caller) -> Result<AfterCode, Outage> {
        self.take_step(cookies, caller, |desk, _, _, _| {
            let pending = PendingPhone::begin(FlowId::draw(&*desk.entropy));
            Ok((Input::ShowPhone(pending), Vec::new()))
        })
        .await
    }

    /// "Skip": the app comes next. Not where a phone is required; the machine sees to that.
    ///
    /// # Errors
    ///
    /// [`Outage`].
    pub async fn set_up_skip_phone(&self, cookies: &Cookies, caller: &Caller) -> Result<AfterCode, Outage> {
        self.take_step(cookies, caller, |desk, _, account, now| {
            let pending = PendingApp::draw(&account.value, None, &desk.keys, &*desk.entropy, now)?;
            Ok((Input::ShowApp(pending), Vec::new()))
        })
        .await
    }

    /// The code that was sent to the number. As many wrong ones as a flow may have, and the number is asked
    /// for anew.
    ///
    /// # Errors
    ///
    /// [`Outage`].
    pub async fn set_up_phone_code(
        &self,
        typed: &str,
        cookies: &Cookies,
        caller: &Caller,
    ) -> Result<(AfterSetUp, Mailing), Outage> {
        let now = self.now();
        let flow = |after| Ok((AfterSetUp::Flow(after), Mailing::None));
        let Some((ticket, account, _)) = self.live_flow(cookies, now).await? else {
            return flow(AfterCode::NoFlow);
        };
        let digits = match SixDigits::read(typed) {
            Ok(digits) => digits,
            Err(fault) => return flow(AfterCode::NoCode(ticket, fault)),
        };
        let attempt = self.factor_attempt(account.value.id);
        let reached = match self.store.strike(attempt.strokes.clone(), now).await? {
            Struck::Go { reached } => reached,
            Struck::Wait { waits, .. } => return flow(AfterCode::Waits(waits)),
        };
        let after = self.settle_set_up_phone(&digits, cookies, caller).await?;
        let missed = matches!(
            after,
            (
                AfterSetUp::NotConfirmed(_, Verdict::Wrong) | AfterSetUp::TooMany(_),
                _
            )
        );
        if missed {
            self.tell_of_reached(&attempt, &reached, account.value.id, caller, now)
                .await?;
        } else {
            self.store.refund(attempt.strokes, now).await?;
        }
        Ok(after)
    }

    async fn settle_set_up_phone(
        &self,
        digits: &SixDigits,
        cookies: &Cookies,
        caller: &Caller,
    ) -> Result<(AfterSetUp, Mailing), Outage> {
        for _ in 0..DECIDE_AT_MOST {
            let now = self.now();
            let Some((ticket, mut account, version)) = self.live_flow(cookies, now).await? else {
                return Ok((AfterSetUp::Flow(AfterCode::NoFlow), Mailing::None));
            };
            let pending = match &ticket.flow.stage {
                Stage::SetUp(SetUp::Phone(pending)) if pending.stage != PhoneStage::AskNumber => pending,
                Stage::SetUp(_) | Stage::SecondFactor { .. } | Stage::Method | Stage::Terms => {
                    return Ok((AfterSetUp::Flow(out_of_step(ticket)), Mailing::None));
                }
            };
            let before = self.phone_of(&account.value)?;
            let verdict = pending.confirm(digits, &mut account.value, &self.keys, &*self.entropy, now)?;
            let settled = match verdict {
                Verdict::Right => self
                    .write_set_up_phone(ticket, version, account, before.as_ref(), caller, now)
                    .await
                    .map(AfterSetUp::Flow),
                Verdict::Expired => {
                    return Ok(match self.set_up_number(None, cookies, caller).await? {
                        AfterSetUpNumber::Mailing(ticket, mailing) => {
                            (AfterSetUp::NotConfirmed(ticket, verdict), mailing)
                        }
                        AfterSetUpNumber::Fault(ticket, _) => {
                            (AfterSetUp::NotConfirmed(ticket, verdict), Mailing::None)
                        }
                        AfterSetUpNumber::Flow(after) => (AfterSetUp::Flow(after), Mailing::None),
                    });
                }
                Verdict::Wrong | Verdict::Past | Verdict::Spent => {
                    let anew = PendingPhone::begin(FlowId::draw(&*self.entropy));
                    let missed = (Input::PhoneMissed(anew), Verdict::Wrong);
                    self.miss_set_up(ticket, version, &account.value, missed, now)
                        .await
                }
            };
            match settled {
                Err(Outage::Write(WriteError::Conflict)) => {}
                other => return other.map(|after| (after, Mailing::None)),
            }
        }
        Err(Outage::Contended)
    }

    async fn write_set_up_phone(
        &self,
        ticket: Ticket,
        version: Version,
        mut account: Versioned<Account>,
        before: Option<&PhoneNumber>,
        caller: &Caller,
        now: Timestamp,
    ) -> Result<AfterCode, Outage> {
        let rules = self.rules.load_full();
        let mut changes = self.tell_of_phone(&account.value, before, caller, now)?;
        let factor = Factor::Sms;
        changes.push(self.tell(&account.value, What::FactorOk { factor }, caller, now));
        let app = PendingApp::draw(&account.value, None, &self.keys, &*self.entropy, now)?;
        account.value.secret_shown();
        let (flow, account, ending) = self
            .past_credential_change(ticket.flow, account, &ticket.cookie, now)
            .await?;
        let outcome = sign_in::step(flow, Input::PhoneConfirmed(app), &account, &rules, now);
        let Outcome::Ask(flow) = outcome else {
            return Ok(AfterCode::NoFlow);
        };
        let key = flow_key(&ticket.cookie.digest());
        changes.push(Change::ReplaceFlow(key, stored(&flow), version));
        changes.extend(ending);
        self.commit(changes, now).await?;
        Ok(AfterCode::Step(Ticket {
            cookie: ticket.cookie,
            flow,
        }))
    }
}

fn out_of_step(ticket: Ticket) -> AfterCode {
    AfterCode::Refused(ticket, Refusal::OutOfStep, Mailing::None)
}
