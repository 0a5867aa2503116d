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
use super::sign_in::{Mailing, Opened, Ticket, flow_key, stored};
use super::{Caller, Cookies, DECIDE_AT_MOST, Desk, Outage};
use crate::base::id::{FlowId, TokenDigest};
use crate::base::seal::Token;
use crate::base::time::Timestamp;
use crate::identity::account::Account;
use crate::identity::assurance;
use crate::identity::confirm;
use crate::identity::enrolment::PendingCodes;
use crate::identity::event::What;
use crate::identity::factor::email_code::MailedCodes;
use crate::identity::factor::recovery::RecoveryCode;
use crate::identity::factor::{Factor, NotSixDigits, SixDigits, Verdict};
use crate::identity::session::{Life, Session};
use crate::identity::sign_in::{self, Ended, Input, Outcome, Refusal, SetUp, SignIn, Stage as FlowStage};
use crate::identity::throttle::Waits;
use crate::messaging::{
    Circumstances, Code, CodePurpose, Letter, Mail, NoticeKind, TextMessage, TextPurpose,
};
use crate::store::{Change, Flow, FlowKey, ReadError, Struck, Version, Versioned, WriteError};

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
    /// The sign-in flow that a browser is in, if it goes on.
    ///
    /// # Errors
    ///
    /// [`Outage`].
    pub async fn flow_of(&self, cookies: &Cookies) -> Result<Option<(Ticket, Account)>, Outage> {
        let now = self.now();
        Ok(self
            .live_flow(cookies, now)
            .await?
            .map(|(ticket, account, _)| (ticket, account.value)))
    }

    pub(super) async fn live_flow(
        &self,
        cookies: &Cookies,
        now: Timestamp,
    ) -> Result<Option<(Ticket, Versioned<Account>, Version)>, Outage> {
        let Some(cookie) = &cookies.flow else {
            return Ok(None);
        };
        let Some((flow, version)) = self.sign_in_flow(&cookie.digest(), now).await? else {
            return Ok(None);
        };
        let Some(account) = self.store.account(flow.account).await? else {
            return Ok(None);
        };
        if flow.ended(&account.value, now).is_some() || !self.upgradable(&flow, &account.value, now).await? {
            return Ok(None);
        }
        Ok(Some((
            Ticket {
                cookie: cookie.clone(),
                flow,
            },
            account,
            version,
        )))
    }

    /// Whether the session that a flow adds proof to is still there under that value. A session
    /// that has ended is not opened again by what was begun in it.
    async fn upgradable(&self, flow: &SignIn, account: &Account, now: Timestamp) -> Result<bool, ReadError> {
        let Some(cookie) = &flow.upgrades else {
            return Ok(true);
        };
        let used = self.seats.used(cookie);
        let Some(session) = self.store.session(cookie).await? else {
            return Ok(false);
        };
        let session = session.value;
        let used = used.map_or(session.last_used, |used| used.max(session.last_used));
        let life = session.life_used_at(used, account, &self.rules.load().session, now);
        Ok(session.account == account.id && session.ends.is_none() && life == Life::Live)
    }

    /// Whether a session is fresh enough to set an app up in. Where it is not, its owner signs in
    /// anew: whoever finds an open browser must not add an app of their own.
    pub fn may_set_up(&self, session: &Session, account: &Account) -> bool {
        let rules = self.rules.load();
        confirm::stale(
            session,
            account,
            &rules.second_factor,
            rules.confirm_window,
            self.now(),
        )
        .nothing()
    }

    /// Begins a flow that adds proof to a live session: `wanted`, or the set-up of an app where that
    /// is `None`. Where the browser has one already, that one goes on. `None`: the account may not
    /// use that factor, or the session is not fresh enough for a set-up.
    ///
    /// # Errors
    ///
    /// [`Outage`].
    pub async fn step_up(
        &self,
        session: TokenDigest,
        next: String,
        cookies: &Cookies,
        wanted: Option<Factor>,
    ) -> Result<Option<Ticket>, Outage> {
        let now = self.now();
        if let Some((ticket, _, _)) = self.live_flow(cookies, now).await?
            && ticket.flow.upgrades == Some(session)
        {
            return Ok(Some(ticket));
        }
        let Some(stored_session) = self.store.session(&session).await? else {
            return Ok(None);
        };
        let session_value = stored_session.value;
        let Some(account) = self.store.account(session_value.account).await? else {
            return Ok(None);
        };
        let rules = self.rules.load_full();
        let usable = assurance::usable(&account.value, &rules.second_factor);
        let allowed = match wanted {
            Some(factor) => usable.contains(&factor),
            None => self.may_set_up(&session_value, &account.value),
        };
        if !allowed {
            return Ok(None);
        }
        let id = FlowId::draw(&*self.entropy);
        let flow = sign_in::step_up(id, session, &session_value, next, wanted, now);
        let cookie = Token::draw(&*self.entropy);
        self.commit(
            vec![Change::CreateFlow(flow_key(&cookie.digest()), stored(&flow))],
            now,
        )
        .await?;
        Ok(Some(Ticket { cookie, flow }))
    }

    /// A code was typed.
    ///
    /// # Errors
    ///
    /// [`Outage`]: nobody is let in.
    pub async fn submit_code(
        &self,
        typed: TypedCode<'_>,
        cookies: &Cookies,
        caller: &Caller,
    ) -> Result<AfterCode, Outage> {
        let now = self.now();
        let Some((ticket, account, _)) = self.live_flow(cookies, now).await? else {
            return Ok(AfterCode::NoFlow);
        };
        let read = match read_code(&typed) {
            Ok(read) => read,
            Err(fault) => return Ok(AfterCode::NoCode(ticket, fault)),
        };
        let attempt = self.factor_attempt(account.value.id);
        let reached = match self.store.strike(attempt.strokes.clone(), now).await? {
            Struck::Go { reached } => reached,
            Struck::Wait { waits, .. } => return Ok(AfterCode::Waits(waits)),
        };
        let (verdict, after) = self.settle_code(typed.factor(), &read, cookies, caller).await?;
        // What was not a wrong guess is no miss: a right code, and one that was not looked at
        // because its flow had just been used up.
        let missed = matches!(verdict, Some(Verdict::Wrong | Verdict::Past | Verdict::Spent));
        if missed {
            self.tell_of_reached(&attempt, &reached, account.value.id, caller, now)
                .await?;
        } else {
            self.store.refund(attempt.strokes, now).await?;
        }
        if verdict == Some(Verdict::Right) {
            self.store.clear(self.row_of(account.value.id)).await?;
        }
        Ok(after)
    }

    async fn settle_code(
        &self,
        factor: Factor,
        read: &ReadCode,
        cookies: &Cookies,
        caller: &Caller,
    ) -> Result<(Option<Verdict>, AfterCode), Outage> {
        for _ in 0..DECIDE_AT_MOST {
            let now = self.now();
            let Some((ticket, account, version)) = self.live_flow(cookies, now).await? else {
                return Ok((None, AfterCode::NoFlow));
            };
            let decided = self.decide_code(factor, read, ticket.flow.clone(), account, now)?;
            let verdict = decided.verdict;
            match self
                .write_code(factor, decided, &ticket, version, cookies, caller, now)
                .await
            {
                Err(Outage::Write(WriteError::Conflict)) => {}
                Err(error) => return Err(error),
                Ok(after) => return Ok((Some(verdict), after)),
            }
        }
        Err(Outage::Contended)
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
        let mut changes = vec![self.tell(&account.value, told(factor, verdict), caller, now)];
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

    /// Where that is the rule, a recovery code that was right is replaced: the fresh one is valid as
    /// soon as the account is written, and is to be shown.
    pub(super) fn replace_used_code(
        &self,
        factor: Factor,
        account: &mut Account,
        now: Timestamp,
    ) -> Result<Option<PendingCodes>, Outage> {
        let replaces = self.rules.load().second_factor.recovery_codes.replace_used;
        let Some(set) = account.recovery.as_mut().filter(|_| replaces) else {
            return Ok(None);
        };
        if factor != Factor::Recovery {
            return Ok(None);
        }
        let fresh = RecoveryCode::draw(&*self.entropy);
        set.replace_used(&fresh, account.id, &self.keys, now);
        let shown = PendingCodes::of(&[fresh], account.id, &self.keys, &*self.entropy, now)?;
        Ok(Some(shown))
    }

    /// A recovery code was used: the owner hears of it, how many are left, and whether a fresh one took
    /// its place.
    pub(super) fn tell_of_recovery(
        &self,
        factor: Factor,
        replaced: bool,
        account: &Account,
        caller: &Caller,
        now: Timestamp,
    ) -> Result<Vec<Change>, Outage> {
        if factor != Factor::Recovery {
            return Ok(Vec::new());
        }
        let left = account
            .recovery
            .as_ref()
            .map_or(0, crate::identity::factor::recovery::RecoverySet::left);
        let notice = NoticeKind::RecoveryCodeUsed {
            left: u32::try_from(left).unwrap_or(u32::MAX),
            replaced,
        };
        let mut changes = vec![
            self.tell(account, What::RecoveryUsed { left }, caller, now),
            self.notify(
                account,
                notice,
                &caller.site.url,
                &caller.language,
                Some(caller.user_agent),
                now,
            )?,
        ];
        if replaced {
            changes.push(self.tell(account, What::RecoveryCreated { count: 1 }, caller, now));
        }
        if left <= self.rules.load().second_factor.recovery_codes.warn_at {
            changes.push(self.tell(account, What::RecoveryLow { left }, caller, now));
        }
        Ok(changes)
    }

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
        let mail = self.mail(account, letter, &caller.site.url, &caller.language);
        Ok(Drawn {
            parcel: Some(Parcel::Mail(mail)),
            attempt: Some(attempt),
            instead: Mailing::None,
        })
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
                self.commit(
                    vec![self.tell(
                        account,
                        What::FactorSent {
                            factor: Factor::Email,
                        },
                        caller,
                        now,
                    )],
                    now,
                )
                .await?;
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
