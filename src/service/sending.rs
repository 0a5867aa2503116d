//! Codes that are sent: drawn into a flow, and on their way once the flow is saved.
//!
//! ```text
//! draw ─▶ one commit with the flow ─▶ send ─▶ what became of it
//! ```
//!
//! A code that was not saved does not go out, and one that did not go out counts for nothing.

use super::factor::{AfterCode, PURPOSE_CONFIRM, PURPOSE_SIGN_IN};
use super::limits::Attempt;
use super::sign_in::{Mailing, Ticket, flow_key, stored};
use super::{Caller, Cookies, DECIDE_AT_MOST, Desk, Outage};
use crate::base::id::FlowId;
use crate::base::time::Timestamp;
use crate::identity::account::Account;
use crate::identity::assurance;
use crate::identity::event::What;
use crate::identity::factor::Factor;
use crate::identity::factor::email_code::MailedCodes;
use crate::identity::sign_in::{self, Input, Outcome, Refusal, SetUp, SignIn, Stage as FlowStage};
use crate::messaging::{Circumstances, Code, CodePurpose, Letter, Mail, TextMessage, TextPurpose};
use crate::store::{Change, Flow, FlowKey, Struck, WriteError};

/// A code that was drawn and is to be sent once its flow is saved.
#[must_use]
pub(super) struct Drawn {
    parcel: Option<Parcel>,
    attempt: Option<Attempt>,
    instead: Mailing,
}

/// How a code travels.
enum Parcel {
    Mail(Mail),
    Text(TextMessage),
}

impl Drawn {
    /// No letter was asked for.
    pub(super) fn nothing() -> Self {
        Self::instead(Mailing::None)
    }

    pub(super) fn instead(mailing: Mailing) -> Self {
        Self {
            parcel: None,
            attempt: None,
            instead: mailing,
        }
    }

    /// A text message, and what it was counted as.
    pub(super) fn text(message: TextMessage, attempt: Attempt) -> Self {
        Self {
            parcel: Some(Parcel::Text(message)),
            attempt: Some(attempt),
            instead: Mailing::None,
        }
    }
}

impl Desk {
    /// Another way was chosen. Email and text message send at once.
    ///
    /// # Errors
    ///
    /// [`Outage`].
    pub async fn choose(
        &self,
        factor: Factor,
        cookies: &Cookies,
        caller: &Caller,
    ) -> Result<AfterCode, Outage> {
        for _ in 0..DECIDE_AT_MOST {
            let now = self.now();
            let Some((ticket, account, version)) = self.live_flow(cookies, now).await? else {
                return Ok(AfterCode::NoFlow);
            };
            let rules = self.rules.load_full();
            let outcome = sign_in::step(
                ticket.flow.clone(),
                Input::Choose(factor),
                &account.value,
                &rules,
                now,
            );
            let mut flow = match outcome {
                Outcome::Ask(flow) | Outcome::SignedIn(flow, _) => flow,
                Outcome::Refuse(_, refusal) => return Ok(AfterCode::Refused(ticket, refusal, Mailing::None)),
                Outcome::End(ended) => return Ok(AfterCode::Ended(ended)),
            };
            let wants_code = flow.codes_by(factor).is_some_and(|codes| codes.sent().is_none());
            let drawn = if wants_code {
                self.draw_code(factor, &mut flow, &account.value, caller, now)
                    .await?
            } else {
                Drawn::nothing()
            };
            let change = Change::ReplaceFlow(flow_key(&ticket.cookie.digest()), stored(&flow), version);
            match self.commit_drawn(vec![change], drawn, now).await {
                Err(Outage::Write(WriteError::Conflict)) => {}
                Err(error) => return Err(error),
                Ok(drawn) => {
                    let mailing = self
                        .send_drawn(drawn, flow_key(&ticket.cookie.digest()), &account.value, caller)
                        .await?;
                    let ticket = Ticket {
                        cookie: ticket.cookie,
                        flow,
                    };
                    return Ok(match mailing {
                        Mailing::None | Mailing::Sent => AfterCode::Step(ticket),
                        other => AfterCode::Refused(ticket, Refusal::OutOfStep, other),
                    });
                }
            }
        }
        Err(Outage::Contended)
    }

    /// "Send a new code", by email or text message. The same page each time, whatever became of it.
    ///
    /// # Errors
    ///
    /// [`Outage`].
    pub async fn send_code(
        &self,
        factor: Factor,
        cookies: &Cookies,
        caller: &Caller,
    ) -> Result<Option<(Ticket, Mailing)>, Outage> {
        for _ in 0..DECIDE_AT_MOST {
            let now = self.now();
            let Some((ticket, account, version)) = self.live_flow(cookies, now).await? else {
                return Ok(None);
            };
            let offered =
                assurance::usable(&account.value, &self.rules.load().second_factor).contains(&factor);
            let at_code = matches!(ticket.flow.stage, FlowStage::SecondFactor { .. });
            if !offered || !at_code {
                return Ok(None);
            }
            let mut flow = SignIn {
                stage: FlowStage::SecondFactor { method: factor },
                ..ticket.flow.clone()
            };
            let drawn = self
                .draw_code(factor, &mut flow, &account.value, caller, now)
                .await?;
            let change = Change::ReplaceFlow(flow_key(&ticket.cookie.digest()), stored(&flow), version);
            match self.commit_drawn(vec![change], drawn, now).await {
                Err(Outage::Write(WriteError::Conflict)) => {}
                Err(error) => return Err(error),
                Ok(drawn) => {
                    let mailing = self
                        .send_drawn(drawn, flow_key(&ticket.cookie.digest()), &account.value, caller)
                        .await?;
                    return Ok(Some((
                        Ticket {
                            cookie: ticket.cookie,
                            flow,
                        },
                        mailing,
                    )));
                }
            }
        }
        Err(Outage::Contended)
    }

    /// Draws a code of `factor` into a flow, unless the last is too fresh or the mailbox or phone has
    /// had too many. Nothing where codes are not sent for it.
    pub(super) async fn draw_code(
        &self,
        factor: Factor,
        flow: &mut SignIn,
        account: &Account,
        caller: &Caller,
        now: Timestamp,
    ) -> Result<Drawn, Outage> {
        let id = flow.id;
        match factor {
            Factor::Email => {
                self.draw_code_into(&mut flow.mailed, id, CodePurpose::SignIn, account, caller, now)
                    .await
            }
            Factor::Sms => {
                self.draw_text_into(&mut flow.texted, id, TextPurpose::SignIn, account, caller, now)
                    .await
            }
            Factor::App | Factor::Recovery => Ok(Drawn::nothing()),
        }
    }

    pub(super) async fn draw_code_into(
        &self,
        mailed: &mut MailedCodes,
        id: FlowId,
        purpose: CodePurpose,
        account: &Account,
        caller: &Caller,
        now: Timestamp,
    ) -> Result<Drawn, Outage> {
        let rules = self.rules.load_full();
        let email = &rules.second_factor.email;
        if let Some(until) = mailed.pause_until(email, now) {
            return Ok(Drawn::instead(Mailing::TooEarly(until)));
        }
        let attempt = self.mail_attempt(account.id);
        if let Struck::Wait { waits, .. } = self.store.strike(attempt.strokes.clone(), now).await? {
            return Ok(Drawn::instead(Mailing::Limited(waits)));
        }
        let mail = self.draw_mail(mailed, id, purpose, account, caller, now);
        Ok(Drawn {
            parcel: Some(Parcel::Mail(mail)),
            attempt: Some(attempt),
            instead: Mailing::None,
        })
    }

    /// A code, and the letter that carries it. Whoever calls this counts it.
    fn draw_mail(
        &self,
        mailed: &mut MailedCodes,
        id: FlowId,
        purpose: CodePurpose,
        account: &Account,
        caller: &Caller,
        now: Timestamp,
    ) -> Mail {
        let rules = self.rules.load();
        let email = &rules.second_factor.email;
        let word = match purpose {
            CodePurpose::SignIn => PURPOSE_SIGN_IN,
            CodePurpose::Confirm => PURPOSE_CONFIRM,
        };
        let code = mailed.draw(id, word, email, &self.keys, &*self.entropy, now);
        let letter = Letter::Code(Code {
            purpose,
            code: code.to_text(),
            valid_minutes: u32::try_from(email.valid.as_secs() / 60).unwrap_or(u32::MAX),
            asked: Circumstances {
                at: now,
                with: Some(caller.user_agent),
            },
        });
        self.mail(account, letter, &caller.site.url, &caller.language)
    }

    /// Saves a new flow with `changes`, and sends the code that it begins with. What a new flow's code pushes out
    /// is nothing, so it is counted while the flow is saved, and goes out where both came to pass.
    pub(super) async fn begin_with_mail(
        &self,
        mut changes: Vec<Change>,
        mut flow: SignIn,
        key: FlowKey,
        account: &Account,
        caller: &Caller,
        now: Timestamp,
    ) -> Result<(SignIn, Mailing), Outage> {
        let (id, purpose) = (flow.id, CodePurpose::SignIn);
        let mail = self.draw_mail(&mut flow.mailed, id, purpose, account, caller, now);
        changes.push(Change::CreateFlow(key, stored(&flow)));
        let attempt = self.mail_attempt(account.id);
        let (struck, committed) = tokio::join!(
            self.store.strike(attempt.strokes.clone(), now),
            self.commit(changes, now)
        );
        let waits = match (struck, committed) {
            (Ok(Struck::Go { .. }), Ok(_)) => None,
            (Ok(Struck::Wait { waits, .. }), Ok(_)) => Some(waits),
            (Ok(Struck::Go { .. }), Err(error)) => {
                self.store.refund(attempt.strokes, now).await?;
                return Err(error.into());
            }
            (Err(error), _) | (_, Err(error)) => return Err(error.into()),
        };
        let Some(waits) = waits else {
            let drawn = Drawn {
                parcel: Some(Parcel::Mail(mail)),
                attempt: Some(attempt),
                instead: Mailing::None,
            };
            let mailing = self.send_drawn(drawn, key, account, caller).await?;
            return Ok((flow, mailing));
        };
        flow.mailed = MailedCodes::default();
        if let Some(found) = self.store.flow(&key, now).await? {
            let change = Change::ReplaceFlow(key, stored(&flow), found.version);
            match self.commit(vec![change], now).await {
                // Nobody has the flow's cookie yet: it can only have ended.
                Ok(_) | Err(WriteError::Conflict) => {}
                Err(error) => return Err(error.into()),
            }
        }
        Ok((flow, Mailing::Limited(waits)))
    }

    /// Saves the flow that a code was drawn into, so that the letter may go out. Where it was not
    /// saved, nothing goes out and nothing is counted.
    pub(super) async fn commit_drawn(
        &self,
        changes: Vec<Change>,
        drawn: Drawn,
        now: Timestamp,
    ) -> Result<Drawn, Outage> {
        match self.commit(changes, now).await {
            Ok(_) => Ok(drawn),
            Err(error) => {
                if let Some(attempt) = drawn.attempt {
                    self.store.refund(attempt.strokes, now).await?;
                }
                Err(error.into())
            }
        }
    }

    /// Sends what was drawn, now that the flow under `key` is saved.
    pub(super) async fn send_drawn(
        &self,
        drawn: Drawn,
        key: FlowKey,
        account: &Account,
        caller: &Caller,
    ) -> Result<Mailing, Outage> {
        let mail = match drawn.parcel {
            None => return Ok(drawn.instead),
            Some(Parcel::Text(message)) => {
                return self
                    .send_text(&message, drawn.attempt, key, account, caller)
                    .await;
            }
            Some(Parcel::Mail(mail)) => mail,
        };
        let sent = self.messenger.send(&mail).await;
        let now = self.now();
        match sent {
            Ok(()) => {
                let factor = Factor::Email;
                self.note(vec![self.tell(account, What::FactorSent { factor }, caller, now)]);
                Ok(Mailing::Sent)
            }
            Err(error) => {
                tracing::warn!(request = %caller.request, %error, "a code could not be sent");
                if let Some(attempt) = drawn.attempt {
                    self.store.refund(attempt.strokes, now).await?;
                }
                let event = self.tell(
                    account,
                    What::MailFailed {
                        step: error
                            .step()
                            .map_or_else(|| "message".to_owned(), |step| step.to_string()),
                    },
                    caller,
                    now,
                );
                self.commit(vec![event], now).await?;
                self.forget_pause(key, Factor::Email, now).await?;
                Ok(Mailing::Failed)
            }
        }
    }

    /// A code that did not go out does not make the person wait for the next.
    pub(super) async fn forget_pause(
        &self,
        key: FlowKey,
        factor: Factor,
        now: Timestamp,
    ) -> Result<(), Outage> {
        let Some(mut found) = self.store.flow(&key, now).await? else {
            return Ok(());
        };
        match (&mut found.value.flow, factor) {
            (Flow::SignIn(flow), Factor::Sms) => match &mut flow.stage {
                FlowStage::SetUp(SetUp::Phone(pending)) => pending.not_sent(),
                FlowStage::SetUp(_)
                | FlowStage::SecondFactor { .. }
                | FlowStage::Method
                | FlowStage::Terms => flow.texted.not_sent(),
            },
            (Flow::Confirming(flow), Factor::Sms) => flow.texted.not_sent(),
            (Flow::Phone(pending), _) => pending.not_sent(),
            (Flow::SignIn(flow), _) => flow.mailed.not_sent(),
            (Flow::Confirming(flow), _) => flow.mailed.not_sent(),
            (Flow::Registration(flow), _) => flow.mailed.not_sent(),
            (
                Flow::Arrival(_)
                | Flow::App(_)
                | Flow::Codes(_)
                | Flow::Reset(_)
                | Flow::Invitation(_)
                | Flow::EmailChange(_)
                | Flow::EmailRevoke(_)
                | Flow::RegistrationLink(_)
                | Flow::Lapsed(_)
                | Flow::Kept(_),
                _,
            ) => return Ok(()),
        }
        let change = Change::ReplaceFlow(key, found.value, found.version);
        match self.commit(vec![change], now).await {
            // Somebody else has moved the flow on: there is nothing left to mend.
            Ok(_) | Err(WriteError::Conflict) => Ok(()),
            Err(error) => Err(error.into()),
        }
    }
}
