//! The set-up that a person must go through before the portal opens: why, app, codes, done.
//!
//! It is part of the sign-in flow: there is no session before its end. Each step has its own URL,
//! and what is at which step is known here and not in the form.

use super::factor::AfterCode;
use super::sign_in::{Mailing, Ticket, flow_key, stored};
use super::{Caller, Cookies, DECIDE_AT_MOST, Desk, Outage};
use crate::base::id::{AppId, FlowId};
use crate::base::seal::Token;
use crate::base::time::Timestamp;
use crate::identity::account::Account;
use crate::identity::assurance;
use crate::identity::device::name_of;
use crate::identity::enrolment::{Confirmation, PendingApp, PendingCodes};
use crate::identity::event::What;
use crate::identity::factor::recovery::RecoveryCode;
use crate::identity::factor::totp::AppSecret;
use crate::identity::factor::{Factor, SixDigits, Verdict};
use crate::identity::phone::PendingPhone;
use crate::identity::set_up;
use crate::identity::sign_in::{self, Input, Outcome, Refusal, SetUp, SignIn, Stage};
use crate::messaging::NoticeKind;
use crate::store::{Change, Struck, Version, Versioned, WriteError};

/// What came of a step of the set-up.
#[derive(Debug)]
pub enum AfterSetUp {
    /// The flow went on, or ended as any sign-in does.
    Flow(AfterCode),
    /// The first code was not taken.
    NotConfirmed(Ticket, Verdict),
    /// As many wrong codes as there may be: another number is asked for, or another secret shown.
    TooMany(Ticket),
    /// "I have saved these" was not ticked.
    NotSaved(Ticket),
}

/// A step that was taken: its input, and what is written with it.
pub(super) struct Taken {
    pub(super) input: Input,
    pub(super) changes: Vec<Change>,
    /// The account as the step leaves it, where that is another than it was read.
    pub(super) account: Option<Account>,
}

impl Taken {
    /// This, and nothing is written with it.
    pub(super) fn of(input: Input) -> Self {
        Self {
            input,
            changes: Vec::new(),
            account: None,
        }
    }
}

impl Desk {
    /// The secret that a flow shows, if it is at that step.
    ///
    /// # Errors
    ///
    /// [`Outage`] if it does not open.
    pub fn shown_secret(&self, flow: &SignIn) -> Result<Option<(AppSecret, PendingApp)>, Outage> {
        match &flow.stage {
            Stage::SetUp(SetUp::App(pending)) => {
                Ok(Some((pending.secret(flow.account, &self.keys)?, pending.clone())))
            }
            Stage::SetUp(SetUp::Why | SetUp::Phone(_) | SetUp::Codes(_) | SetUp::Done)
            | Stage::SecondFactor { .. }
            | Stage::Method
            | Stage::Terms => Ok(None),
        }
    }

    /// The recovery codes that a flow shows, if it is at that step.
    ///
    /// # Errors
    ///
    /// [`Outage`] if they do not open.
    pub fn shown_codes(&self, flow: &SignIn) -> Result<Option<Vec<RecoveryCode>>, Outage> {
        match &flow.stage {
            Stage::SetUp(SetUp::Codes(pending)) => Ok(Some(pending.codes(flow.account, &self.keys)?)),
            Stage::SetUp(SetUp::Why | SetUp::Phone(_) | SetUp::App(_) | SetUp::Done)
            | Stage::SecondFactor { .. }
            | Stage::Method
            | Stage::Terms => Ok(None),
        }
    }

    /// "Set up now": the phone number is asked for, where there is such a step; else a fresh secret is
    /// shown.
    ///
    /// # Errors
    ///
    /// [`Outage`].
    pub async fn set_up_app(&self, cookies: &Cookies, caller: &Caller) -> Result<AfterCode, Outage> {
        self.take_step(cookies, caller, |desk, _, account, now| {
            if assurance::phone_step(&account.value, &desk.rules.load().second_factor).is_some() {
                let pending = PendingPhone::begin(FlowId::draw(&*desk.entropy));
                return Ok((Input::ShowPhone(pending), Vec::new()));
            }
            let pending = PendingApp::draw(&account.value, None, &desk.keys, &*desk.entropy, now)?;
            Ok((Input::ShowApp(pending), Vec::new()))
        })
        .await
    }

    /// "Not now": whoever was invited signs in without, and is invited again the next time.
    ///
    /// # Errors
    ///
    /// [`Outage`].
    pub async fn set_up_later(&self, cookies: &Cookies, caller: &Caller) -> Result<AfterCode, Outage> {
        self.take_step(cookies, caller, |_, _, _, _| Ok((Input::Postpone, Vec::new())))
            .await
    }

    /// Somebody who has just registered chose an app: its set-up begins.
    ///
    /// # Errors
    ///
    /// [`Outage`].
    pub async fn choose_app(&self, cookies: &Cookies, caller: &Caller) -> Result<AfterCode, Outage> {
        self.take_step(cookies, caller, |_, _, _, _| Ok((Input::ChooseApp, Vec::new())))
            .await
    }

    /// Somebody who has just registered chose codes by email.
    ///
    /// # Errors
    ///
    /// [`Outage`].
    pub async fn stay_with_email(&self, cookies: &Cookies, caller: &Caller) -> Result<AfterCode, Outage> {
        self.take_step(cookies, caller, |_, _, _, _| {
            Ok((Input::StayWithEmail, Vec::new()))
        })
        .await
    }

    /// The first code of the app. A right one adds the app: other sessions, trusted devices and
    /// flows of the account end, and the owner hears of it.
    ///
    /// # Errors
    ///
    /// [`Outage`].
    pub async fn set_up_confirm(
        &self,
        typed: &str,
        name: &str,
        otherwise: &str,
        cookies: &Cookies,
        caller: &Caller,
    ) -> Result<AfterSetUp, Outage> {
        let now = self.now();
        let Some((ticket, account, _)) = self.live_flow(cookies, now).await? else {
            return Ok(AfterSetUp::Flow(AfterCode::NoFlow));
        };
        let digits = match SixDigits::read(typed) {
            Ok(digits) => digits,
            Err(fault) => return Ok(AfterSetUp::Flow(AfterCode::NoCode(ticket, fault))),
        };
        let attempt = self.factor_attempt(account.value.id);
        let reached = match self.store.strike(attempt.strokes.clone(), now).await? {
            Struck::Go { reached } => reached,
            Struck::Wait { waits, .. } => return Ok(AfterSetUp::Flow(AfterCode::Waits(waits))),
        };
        let after = self
            .settle_set_up(&digits, &name_of(name, otherwise), cookies, caller)
            .await?;
        let missed = matches!(
            after,
            AfterSetUp::NotConfirmed(_, Verdict::Wrong | Verdict::Past | Verdict::Spent)
                | AfterSetUp::TooMany(_)
        );
        if missed {
            self.tell_of_reached(&attempt, &reached, account.value.id, caller, now)
                .await?;
        } else {
            self.store.refund(attempt.strokes, now).await?;
        }
        Ok(after)
    }

    async fn settle_set_up(
        &self,
        digits: &SixDigits,
        name: &str,
        cookies: &Cookies,
        caller: &Caller,
    ) -> Result<AfterSetUp, Outage> {
        for _ in 0..DECIDE_AT_MOST {
            let now = self.now();
            let Some((ticket, mut account, version)) = self.live_flow(cookies, now).await? else {
                return Ok(AfterSetUp::Flow(AfterCode::NoFlow));
            };
            let Stage::SetUp(SetUp::App(pending)) = &ticket.flow.stage else {
                return Ok(AfterSetUp::Flow(AfterCode::Refused(
                    ticket,
                    Refusal::OutOfStep,
                    Mailing::None,
                )));
            };
            let id = AppId::draw(&*self.entropy);
            let confirmation = Confirmation {
                code: digits,
                name: name.to_owned(),
                id,
            };
            let verdict = pending.confirm(
                confirmation,
                &mut account.value,
                &self.keys,
                &*self.entropy,
                self.wall(),
            )?;
            if verdict == Verdict::Expired {
                let fresh = pending.after_late(&account.value, &self.keys, &*self.entropy, now)?;
                return self.renew_secret(ticket, version, fresh, now).await;
            }
            let settled = if verdict == Verdict::Right {
                self.write_app(ticket, version, account, name, caller, now)
                    .await
                    .map(AfterSetUp::Flow)
            } else {
                let fresh = pending.after_misses(&account.value, &self.keys, &*self.entropy, now)?;
                let missed = (Input::AppMissed(fresh), verdict);
                self.miss_set_up(ticket, version, &account.value, missed, now)
                    .await
            };
            match settled {
                Err(Outage::Write(WriteError::Conflict)) => {}
                other => return other,
            }
        }
        Err(Outage::Contended)
    }

    /// Counts a wrong code in the flow that it was for: of two at once, the later finds the flow changed,
    /// and is counted after the first.
    pub(super) async fn miss_set_up(
        &self,
        ticket: Ticket,
        version: Version,
        account: &Account,
        (input, verdict): (Input, Verdict),
        now: Timestamp,
    ) -> Result<AfterSetUp, Outage> {
        let rules = self.rules.load_full();
        let (flow, refusal) = match sign_in::step(ticket.flow, input, account, &rules, now) {
            Outcome::Refuse(flow, refusal) => (flow, refusal),
            Outcome::End(ended) => return Ok(AfterSetUp::Flow(AfterCode::Ended(ended))),
            // No wrong code leads on.
            Outcome::Ask(_) | Outcome::SignedIn(..) => return Ok(AfterSetUp::Flow(AfterCode::NoFlow)),
        };
        let key = flow_key(&ticket.cookie.digest());
        let change = Change::ReplaceFlow(key, stored(&flow), version);
        self.commit(vec![change], now).await?;
        let cookie = ticket.cookie;
        let ticket = Ticket { cookie, flow };
        Ok(match refusal {
            Refusal::TooMany => AfterSetUp::TooMany(ticket),
            Refusal::Wrong | Refusal::Past | Refusal::Spent | Refusal::Expired => {
                AfterSetUp::NotConfirmed(ticket, verdict)
            }
            Refusal::NotOffered | Refusal::OutOfStep => {
                AfterSetUp::Flow(AfterCode::Refused(ticket, refusal, Mailing::None))
            }
        })
    }

    /// The page was open too long: a fresh secret, and the page says that the old entry is to go.
    async fn renew_secret(
        &self,
        ticket: Ticket,
        version: Version,
        fresh: PendingApp,
        now: Timestamp,
    ) -> Result<AfterSetUp, Outage> {
        let flow = SignIn {
            stage: Stage::SetUp(SetUp::App(fresh)),
            ..ticket.flow
        };
        match self
            .commit(
                vec![Change::ReplaceFlow(
                    flow_key(&ticket.cookie.digest()),
                    stored(&flow),
                    version,
                )],
                now,
            )
            .await
        {
            Ok(_) | Err(WriteError::Conflict) => Ok(AfterSetUp::NotConfirmed(
                Ticket {
                    cookie: ticket.cookie,
                    flow,
                },
                Verdict::Expired,
            )),
            Err(error) => Err(error.into()),
        }
    }

    async fn write_app(
        &self,
        ticket: Ticket,
        version: Version,
        account: Versioned<Account>,
        name: &str,
        caller: &Caller,
        now: Timestamp,
    ) -> Result<AfterCode, Outage> {
        let rules = self.rules.load_full();
        let (flow, account, ending) = self
            .past_credential_change(ticket.flow, account, &ticket.cookie, now)
            .await?;
        let count = rules.second_factor.recovery_codes.count;
        let codes = set_up::codes_follow(&account, &rules.second_factor)
            .then(|| PendingCodes::draw(account.id, count, &self.keys, &*self.entropy, now))
            .transpose()?;
        let outcome = sign_in::step(flow, Input::AppConfirmed(codes), &account, &rules, now);
        let Outcome::Ask(flow) = outcome else {
            return Ok(AfterCode::NoFlow);
        };
        let cookie = ticket.cookie.digest();
        let notice = NoticeKind::AppAdded {
            name: name.to_owned(),
        };
        let mut changes = vec![
            Change::ReplaceFlow(flow_key(&cookie), stored(&flow), version),
            self.tell(&account, What::FactorOk { factor: Factor::App }, caller, now),
            self.tell(&account, What::AppAdded, caller, now),
            self.notify(
                &account,
                notice,
                &caller.site.url,
                &caller.language,
                Some(caller.user_agent),
                now,
            )?,
        ];
        changes.extend(ending);
        self.commit(changes, now).await?;
        Ok(AfterCode::Step(Ticket {
            cookie: ticket.cookie,
            flow,
        }))
    }

    /// A flow, once a factor was set up in it: everything else of the account ends, and the flow belongs
    /// to the account as it is now. The session that it adds proof to ends too, and waits in the flow.
    pub(super) async fn past_credential_change(
        &self,
        flow: SignIn,
        account: Versioned<Account>,
        cookie: &Token,
        now: Timestamp,
    ) -> Result<(SignIn, Account, [Change; 2]), Outage> {
        let Versioned {
            value: mut account,
            version,
        } = account;
        account.credentials_changed();
        let upgraded = match flow.upgrades {
            Some(cookie) => self.store.session(&cookie).await?,
            None => None,
        };
        let carried = upgraded.map(|session| Box::new(session.value.carried_over(&account, now)));
        let flow = SignIn {
            epoch: account.epoch,
            upgrades: None,
            carried: carried.or(flow.carried),
            ..flow
        };
        let end_all = Change::EndAllOf {
            account: account.id,
            except: Some(cookie.digest()),
        };
        let ending = [end_all, Change::ReplaceAccount(account.clone(), version)];
        Ok((flow, account, ending))
    }

    /// "I have saved these codes."
    ///
    /// # Errors
    ///
    /// [`Outage`].
    pub async fn set_up_codes_saved(
        &self,
        saved: bool,
        cookies: &Cookies,
        caller: &Caller,
    ) -> Result<AfterSetUp, Outage> {
        if !saved {
            return Ok(match self.live_flow(cookies, self.now()).await? {
                Some((ticket, _, _)) => AfterSetUp::NotSaved(ticket),
                None => AfterSetUp::Flow(AfterCode::NoFlow),
            });
        }
        let after = self
            .take_step(cookies, caller, |desk, flow, account, now| {
                let Stage::SetUp(SetUp::Codes(pending)) = &flow.stage else {
                    return Ok((Input::CodesSaved, Vec::new()));
                };
                let Versioned { value, version } = account;
                let mut value = value.clone();
                pending.confirm(&mut value, &desk.keys, now)?;
                let count = value
                    .recovery
                    .as_ref()
                    .map_or(0, crate::identity::factor::recovery::RecoverySet::count);
                let notice = NoticeKind::RecoveryCodesCreated {
                    count: u32::try_from(count).unwrap_or(u32::MAX),
                };
                let changes = vec![
                    desk.tell(&value, What::RecoveryCreated { count }, caller, now),
                    desk.notify(
                        &value,
                        notice,
                        &caller.site.url,
                        &caller.language,
                        Some(caller.user_agent),
                        now,
                    )?,
                    Change::ReplaceAccount(value, *version),
                ];
                Ok((Input::CodesSaved, changes))
            })
            .await?;
        Ok(AfterSetUp::Flow(after))
    }

    /// "Finish": the sign-in ends, and the session opens.
    ///
    /// # Errors
    ///
    /// [`Outage`].
    pub async fn set_up_finish(&self, cookies: &Cookies, caller: &Caller) -> Result<AfterCode, Outage> {
        self.take_step(cookies, caller, |_, _, _, _| Ok((Input::Finish, Vec::new())))
            .await
    }

    /// Takes one step of the machine and writes it with `changes`, again where somebody wrote first.
    pub(super) async fn take_step<F>(
        &self,
        cookies: &Cookies,
        caller: &Caller,
        input: F,
    ) -> Result<AfterCode, Outage>
    where
        F: Fn(&Self, &SignIn, &Versioned<Account>, Timestamp) -> Result<(Input, Vec<Change>), Outage>,
    {
        self.take_step_changing(cookies, caller, |desk, flow, account, now| {
            let (input, changes) = input(desk, flow, account, now)?;
            Ok(Taken {
                changes,
                ..Taken::of(input)
            })
        })
        .await
    }

    /// The same for a step that may change the account.
    pub(super) async fn take_step_changing<F>(
        &self,
        cookies: &Cookies,
        caller: &Caller,
        take: F,
    ) -> Result<AfterCode, Outage>
    where
        F: Fn(&Self, &SignIn, &Versioned<Account>, Timestamp) -> Result<Taken, Outage>,
    {
        for _ in 0..DECIDE_AT_MOST {
            let now = self.now();
            let Some((ticket, mut account, version)) = self.live_flow(cookies, now).await? else {
                return Ok(AfterCode::NoFlow);
            };
            let taken = take(self, &ticket.flow, &account, now)?;
            let (input, mut changes) = (taken.input, taken.changes);
            let changed = taken.account.is_some();
            account.value = taken.account.unwrap_or(account.value);
            let rules = self.rules.load_full();
            let cookie = ticket.cookie.digest();
            let settled = match sign_in::step(ticket.flow.clone(), input, &account.value, &rules, now) {
                Outcome::Ask(flow) => {
                    changes.push(Change::ReplaceFlow(flow_key(&cookie), stored(&flow), version));
                    let shows_secret = matches!(flow.stage, Stage::SetUp(SetUp::App(_)));
                    if shows_secret && account.value.secret_shown() || changed {
                        changes.push(Change::ReplaceAccount(account.value, account.version));
                    }
                    let step = AfterCode::Step(Ticket {
                        cookie: ticket.cookie,
                        flow,
                    });
                    self.commit(changes, now)
                        .await
                        .map(|_| step)
                        .map_err(Outage::from)
                }
                Outcome::SignedIn(flow, proof) => {
                    let opened = self
                        .open_with(
                            changes,
                            Some((cookie, version)),
                            &flow,
                            &proof,
                            account,
                            cookies,
                            caller,
                            now,
                        )
                        .await;
                    opened.map(|opened| AfterCode::SignedIn(Box::new(opened)))
                }
                Outcome::Refuse(_, refusal) => return Ok(AfterCode::Refused(ticket, refusal, Mailing::None)),
                Outcome::End(ended) => return Ok(AfterCode::Ended(ended)),
            };
            match settled {
                Err(Outage::Write(WriteError::Conflict)) => {}
                other => return other,
            }
        }
        Err(Outage::Contended)
    }
}
