//! The password, and what follows from it.
//!
//! ```text
//! count the attempt ─▶ check the password off the async threads ─▶ begin (identity) ─▶ one commit
//! ```
//!
//! Unknown, locked, passwordless and known accounts take the same road: each counts, each is
//! hashed against something, each gets the same words.

use super::limits::{Attempt, Browser, Stage};
use super::renew::drop_flows_under;
use super::{Caller, Cookies, DECIDE_AT_MOST, Desk, Outage};
use crate::base::id::{AccountId, DeviceId, FlowId, TokenDigest};
use crate::base::seal::Token;
use crate::base::time::Timestamp;
use crate::identity::account::{Account, EmailAddress};
use crate::identity::assurance;
use crate::identity::enrolment::PendingCodes;
use crate::identity::event::{Cause, Event, What};
use crate::identity::factor::Factor;
use crate::identity::password::{Match, PasswordHash, Typed};
use crate::identity::session::Session;
use crate::identity::set_up;
use crate::identity::settings::Settings as Rules;
use crate::identity::sign_in::{self, Beginning, Outcome, Proof, SignIn, Stage as FlowStage};
use crate::identity::throttle::Waits;
use crate::messaging::NoticeKind;
use crate::service::hashing::HashingError;
use crate::store::{
    Arrival, Change, Committed, Flow, FlowKey, FlowKind, ReadError, StoredFlow, Struck, Version, Versioned,
    WriteError,
};

/// A flow that was just begun or that goes on: its cookie, and where it stands.
#[derive(Clone, Debug)]
pub struct Ticket {
    /// The flow's cookie.
    pub cookie: Token,
    /// Where it stands.
    pub flow: SignIn,
}

/// A session that was just opened.
#[derive(Clone, Debug)]
pub struct Opened {
    /// Its cookie.
    pub cookie: Token,
    /// The known-browser cookie, for another 180 days.
    pub known: Token,
    /// Where the browser goes next.
    pub goes_to: GoesTo,
    /// Whether a form waits that is asked about before the page.
    pub resumes: bool,
}

/// Where a browser goes after its session has opened.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum GoesTo {
    /// To the page it asked for.
    Page(String),
    /// To the trust question first.
    Trust,
    /// To the page that says how many recovery codes are left.
    RecoveryUsed,
}

/// What came of a password.
#[derive(Debug)]
// One at a time and never in a collection: a box would save nothing.
#[allow(clippy::large_enum_variant)]
pub enum AfterPassword {
    /// A step follows. A mailed code is on its way unless `mail` says otherwise.
    Step(Ticket, Mailing),
    /// Nothing more is demanded.
    SignedIn(Box<Opened>),
    /// The name or the password is not right; nobody is told which.
    Wrong {
        /// Wrong answers counted so far, this one included.
        misses: u32,
    },
    /// Too many; the password was not looked at.
    Waits(Waits),
    /// Longer than a password may be. Counted, not hashed.
    TooLong,
    /// Too many sign-ins at once.
    Busy,
}

/// What became of a letter with a code.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Mailing {
    /// None was asked for.
    None,
    /// The mail server took it.
    Sent,
    /// The last one is too fresh: wait until then.
    TooEarly(Timestamp),
    /// Too many letters to this mailbox: wait until then.
    Limited(Waits),
    /// It could not be sent.
    Failed,
}

/// How a password stands to an account.
struct Checked {
    account: Option<Versioned<Account>>,
    right: bool,
}

impl Desk {
    /// A password was typed.
    ///
    /// # Errors
    ///
    /// [`Outage`]: nobody is let in.
    pub async fn sign_in(
        &self,
        typed_name: &str,
        typed_password: &str,
        next: String,
        cookies: &Cookies,
        caller: &Caller,
    ) -> Result<AfterPassword, Outage> {
        let now = self.now();
        let email = EmailAddress::parse(typed_name).ok();
        let account = self.account_of(email.as_ref()).await?;
        let known = cookies.known.as_ref().map(Token::digest);
        let browser = browser_of(account.as_ref().map(|it| &it.value), known.as_ref(), now);
        let attempt = self.password_attempt(typed_name, browser, caller.client);
        let reached = match self.store.strike(attempt.strokes.clone(), now).await? {
            Struck::Go { reached } => reached,
            Struck::Wait { waits, place } => {
                self.tell_of_wait(
                    account.as_ref().map(|it| &it.value),
                    attempt.stage(place),
                    caller,
                    now,
                )
                .await?;
                return Ok(AfterPassword::Waits(waits));
            }
        };
        let Ok(password) = Typed::new(typed_password) else {
            self.tell_of_failure(
                What::PasswordFailed,
                account.as_ref().map(|it| &it.value),
                &attempt,
                &reached,
                caller,
                now,
            )
            .await?;
            return Ok(AfterPassword::TooLong);
        };
        let checked = match self.check(password, account).await {
            Ok(checked) => checked,
            Err(HashingError::Busy) => {
                self.store.refund(attempt.strokes, now).await?;
                return Ok(AfterPassword::Busy);
            }
            Err(HashingError::Hash(error)) => return Err(error.into()),
        };
        let (Some(account), true) = (&checked.account, checked.right) else {
            self.tell_of_failure(
                What::PasswordFailed,
                checked.account.as_ref().map(|it| &it.value),
                &attempt,
                &reached,
                caller,
                now,
            )
            .await?;
            let misses = self.misses(&attempt, now).await?;
            return Ok(AfterPassword::Wrong { misses });
        };
        self.take_back(attempt, now).await?;
        self.after_password(account.value.id, next, cookies, caller, &account.value)
            .await
    }

    /// The password was right: a known browser's own count is cleared; of the account's and the
    /// address's only this attempt is taken back.
    pub(super) async fn take_back(&self, attempt: Attempt, now: Timestamp) -> Result<(), Outage> {
        if attempt.stage(0) == Some(Stage::Browser) {
            let keys = attempt.strokes.into_iter().map(|(key, _)| key).collect();
            self.store.clear(keys).await?;
        } else {
            self.store.refund(attempt.strokes, now).await?;
        }
        Ok(())
    }

    async fn account_of(
        &self,
        email: Option<&EmailAddress>,
    ) -> Result<Option<Versioned<Account>>, ReadError> {
        match email {
            Some(email) => self.store.account_by_email(email).await,
            None => Ok(None),
        }
    }

    /// Hashes in any case: a name that nobody has takes as long as one that somebody has.
    async fn check(
        &self,
        password: Typed,
        account: Option<Versioned<Account>>,
    ) -> Result<Checked, HashingError> {
        let kept = account
            .as_ref()
            .and_then(|account| account.value.password.as_ref())
            .map(|it| it.hash.clone());
        let usable = kept.is_some() && account.as_ref().is_some_and(|it| it.value.is_active());
        let kept = match kept {
            Some(kept) => kept,
            None => PasswordHash::of_nobody(self.rules.load().passwords.hash)?,
        };
        let matched = self.hashing.check(password, kept).await? == Match::Right;
        Ok(Checked {
            account,
            right: matched && usable,
        })
    }

    /// Wrong answers so far in the count that is the most telling: the browser's or the name's.
    async fn misses(&self, attempt: &Attempt, now: Timestamp) -> Result<u32, Outage> {
        let Some((key, _)) = attempt.strokes.first() else {
            return Ok(0);
        };
        Ok(self.store.count(key, now).await?)
    }

    pub(super) async fn tell_of_wait(
        &self,
        account: Option<&Account>,
        stage: Option<Stage>,
        caller: &Caller,
        now: Timestamp,
    ) -> Result<(), Outage> {
        // A wait writes nothing to the store: whoever floods us must not fill it. Log and counters
        // have it.
        let limit = stage.map_or("", Stage::word).to_owned();
        self.trail.write(&Event {
            account: account.map(|account| account.id),
            request: Some(caller.request),
            ..Event::without_account(What::Waiting { limit }, now)
        });
        Ok(())
    }

    /// Records a wrong password as `what`, and what its limit brought about.
    pub(super) async fn tell_of_failure(
        &self,
        what: What,
        account: Option<&Account>,
        attempt: &Attempt,
        reached: &[usize],
        caller: &Caller,
        now: Timestamp,
    ) -> Result<(), Outage> {
        let about = |what| Event {
            account: account.map(|it| it.id),
            request: Some(caller.request),
            ..Event::without_account(what, now)
        };
        let mut changes = vec![self.record(&about(what))];
        for stage in reached.iter().filter_map(|place| attempt.stage(*place)) {
            match stage {
                Stage::Names | Stage::NamesEverywhere => {
                    let scope = stage.word().to_owned();
                    changes.push(self.record(&Event {
                        request: Some(caller.request),
                        ..Event::without_account(What::Spray { scope }, now)
                    }));
                }
                Stage::Name | Stage::Browser => {
                    changes.push(self.record(&about(What::Waiting {
                        limit: stage.word().to_owned(),
                    })));
                    changes.extend(self.lock_notice(account, attempt, caller, now).await?);
                }
                Stage::Address
                | Stage::Factor
                | Stage::FactorClosed
                | Stage::Mail
                | Stage::LockNotice
                | Stage::Sms
                | Stage::SmsTotal
                | Stage::Registrations => {
                    changes.push(self.record(&about(What::Waiting {
                        limit: stage.word().to_owned(),
                    })));
                }
            }
        }
        self.commit(changes, now).await?;
        Ok(())
    }

    /// The owner hears once a day that sign-in waits.
    async fn lock_notice(
        &self,
        account: Option<&Account>,
        attempt: &Attempt,
        caller: &Caller,
        now: Timestamp,
    ) -> Result<Option<Change>, Outage> {
        let Some(account) = account else { return Ok(None) };
        let first_today = self
            .store
            .strike(self.lock_notice_attempt(account.id).strokes, now)
            .await?;
        let keys = attempt
            .strokes
            .first()
            .map(|(key, _)| key.clone())
            .into_iter()
            .collect();
        match (first_today, self.store.waits(keys, now).await?) {
            (Struck::Go { .. }, Some(Waits::Until(until))) => {
                let notice = NoticeKind::Locked { until };
                Ok(Some(self.notify(
                    account,
                    notice,
                    &caller.site.url,
                    &caller.language,
                    Some(caller.user_agent),
                    now,
                )?))
            }
            _ => Ok(None),
        }
    }

    /// The right password of an account that may sign in: begins a flow, or goes on with the one
    /// that this browser has.
    pub(super) async fn after_password(
        &self,
        id: AccountId,
        next: String,
        cookies: &Cookies,
        caller: &Caller,
        checked: &Account,
    ) -> Result<AfterPassword, Outage> {
        for _ in 0..DECIDE_AT_MOST {
            let now = self.now();
            let Some(account) = self.store.account(id).await? else {
                return Ok(AfterPassword::Wrong { misses: 0 });
            };
            // The password that was checked may have been changed meanwhile.
            let same = account.value.epoch == checked.epoch && account.value.is_active();
            if !same {
                return Ok(AfterPassword::Wrong { misses: 0 });
            }
            let outcome = match self.flow_to_go_on(cookies, &account.value, now).await? {
                Some((ticket, version)) => {
                    return self.go_on(ticket, version, &account, caller, now).await;
                }
                None => sign_in::begin(
                    Beginning {
                        id: FlowId::draw(&*self.entropy),
                        site: &caller.site.host,
                        next: next.clone(),
                        device: self.trusted_device(cookies, &account.value, now),
                        replaced: cookies.flow.as_ref().map(Token::digest),
                        owed: self.codes_owed(&account.value, now)?,
                    },
                    &account.value,
                    &self.rules.load(),
                    now,
                ),
            };
            let settled = match outcome {
                Outcome::SignedIn(flow, proof) => self
                    .open(None, &flow, &proof, account, cookies, caller, now)
                    .await
                    .map(|opened| AfterPassword::SignedIn(Box::new(opened))),
                Outcome::Ask(flow) => self.begin_flow(flow, &account.value, cookies, caller, now).await,
                // Demanded, and nothing to prove it with: nobody passes, in the words for a wrong password.
                Outcome::Refuse(..) | Outcome::End(_) => return Ok(AfterPassword::Wrong { misses: 0 }),
            };
            match settled {
                Err(Outage::Write(WriteError::Conflict)) => {}
                other => return other,
            }
        }
        Err(Outage::Contended)
    }

    /// Fresh recovery codes, for whoever left the set-up before any were saved.
    fn codes_owed(&self, account: &Account, now: Timestamp) -> Result<Option<PendingCodes>, Outage> {
        let rules = self.rules.load();
        let count = rules.second_factor.recovery_codes.count;
        let drawn = set_up::codes_owed(account, &rules.second_factor, now)
            .then(|| PendingCodes::draw(account.id, count, &self.keys, &*self.entropy, now));
        Ok(drawn.transpose()?)
    }

    fn trusted_device(&self, cookies: &Cookies, account: &Account, now: Timestamp) -> Option<DeviceId> {
        if !self.rules.load().trusted_devices.enabled {
            return None;
        }
        let cookie = cookies.device.as_ref()?.digest();
        account.trusted(&cookie, now).map(|device| device.id)
    }

    /// Several tabs share one flow: the right password again goes on with it, and its codes stay.
    async fn flow_to_go_on(
        &self,
        cookies: &Cookies,
        account: &Account,
        now: Timestamp,
    ) -> Result<Option<(Ticket, Version)>, Outage> {
        let Some(cookie) = &cookies.flow else {
            return Ok(None);
        };
        let Some((flow, version)) = self.sign_in_flow(&cookie.digest(), now).await? else {
            return Ok(None);
        };
        let goes_on =
            flow.account == account.id && flow.upgrades.is_none() && flow.ended(account, now).is_none();
        Ok(goes_on.then(|| {
            (
                Ticket {
                    cookie: cookie.clone(),
                    flow,
                },
                version,
            )
        }))
    }

    async fn go_on(
        &self,
        ticket: Ticket,
        version: Version,
        account: &Versioned<Account>,
        caller: &Caller,
        now: Timestamp,
    ) -> Result<AfterPassword, Outage> {
        let flow = SignIn {
            stepped_at: now,
            ..ticket.flow
        };
        let key = flow_key(&ticket.cookie.digest());
        let changes = vec![
            Change::ReplaceFlow(key, stored(&flow), version),
            self.tell(&account.value, What::PasswordOk, caller, now),
        ];
        match self.commit(changes, now).await {
            Ok(_) | Err(WriteError::Conflict) => {}
            Err(error) => return Err(error.into()),
        }
        Ok(AfterPassword::Step(
            Ticket {
                cookie: ticket.cookie,
                flow,
            },
            Mailing::None,
        ))
    }

    /// Stores a new flow under a new cookie; where it asks for a mailed code, the code goes out.
    async fn begin_flow(
        &self,
        mut flow: SignIn,
        account: &Account,
        cookies: &Cookies,
        caller: &Caller,
        now: Timestamp,
    ) -> Result<AfterPassword, Outage> {
        let cookie = Token::draw(&*self.entropy);
        let mut changes = vec![self.tell(account, What::PasswordOk, caller, now)];
        changes.extend(
            cookies
                .flow
                .as_ref()
                .map(|old| Change::DropFlow(flow_key(&old.digest()))),
        );
        // Whoever gives a password again in a browser that is signed in starts anew there.
        changes.extend(
            cookies
                .session
                .as_ref()
                .map(|old| Change::EndSession(old.digest())),
        );
        let letter = match flow.stage {
            FlowStage::SecondFactor { method } => {
                self.draw_code(method, &mut flow, account, caller, now).await?
            }
            FlowStage::SetUp(_) | FlowStage::Method | FlowStage::Terms => super::factor::Drawn::nothing(),
        };
        changes.push(Change::CreateFlow(flow_key(&cookie.digest()), stored(&flow)));
        let letter = self.commit_drawn(changes, letter, now).await?;
        let ticket = Ticket { cookie, flow };
        let mailing = self
            .send_drawn(letter, flow_key(&ticket.cookie.digest()), account, caller)
            .await?;
        Ok(AfterPassword::Step(ticket, mailing))
    }

    /// The sign-in flow under a cookie.
    pub(super) async fn sign_in_flow(
        &self,
        cookie: &TokenDigest,
        now: Timestamp,
    ) -> Result<Option<(SignIn, Version)>, Outage> {
        let Some(found) = self.store.flow(&flow_key(cookie), now).await? else {
            return Ok(None);
        };
        match found.value.flow {
            Flow::SignIn(flow) => Ok(Some((flow, found.version))),
            Flow::Arrival(_)
            | Flow::Confirming(_)
            | Flow::App(_)
            | Flow::Codes(_)
            | Flow::Registration(_)
            | Flow::RegistrationLink(_)
            | Flow::Reset(_)
            | Flow::Invitation(_)
            | Flow::Phone(_)
            | Flow::EmailChange(_)
            | Flow::EmailRevoke(_)
            | Flow::Lapsed(_)
            | Flow::Kept(_) => Ok(None),
        }
    }

    /// Opens the session that a proof is for, in one commit with everything that it used up.
    ///
    /// `account` is as it was read, with what the last step changed in it.
    #[allow(clippy::too_many_arguments)]
    pub(super) async fn open(
        &self,
        used_up: Option<(TokenDigest, Version)>,
        flow: &SignIn,
        proof: &Proof,
        account: Versioned<Account>,
        cookies: &Cookies,
        caller: &Caller,
        now: Timestamp,
    ) -> Result<Opened, Outage> {
        self.open_with(Vec::new(), used_up, flow, proof, account, cookies, caller, now)
            .await
    }

    /// The same, with what else the last step changed.
    #[allow(clippy::too_many_arguments)]
    pub(super) async fn open_with(
        &self,
        mut changes: Vec<Change>,
        used_up: Option<(TokenDigest, Version)>,
        flow: &SignIn,
        proof: &Proof,
        account: Versioned<Account>,
        cookies: &Cookies,
        caller: &Caller,
        now: Timestamp,
    ) -> Result<Opened, Outage> {
        let Versioned {
            value: mut account,
            version,
        } = account;
        let cookie = Token::draw(&*self.entropy);
        let known = cookies
            .known
            .clone()
            .unwrap_or_else(|| Token::draw(&*self.entropy));
        let rules = self.rules.load_full();
        changes.extend(self.note_new_browser(flow, &account, &known.digest(), caller, now)?);
        account.know(known.digest(), now);
        changes.extend(self.note_device_use(flow, &mut account, caller, now)?);
        let mut arrival = self.arrival(flow, &account, &known.digest(), cookies, &rules, now);
        if let Some((used, flow_version)) = used_up {
            changes.push(Change::DeleteFlow(flow_key(&used), flow_version));
        } else if let Some(old) = &cookies.flow {
            changes.push(Change::DropFlow(flow_key(&old.digest())));
        }
        let session = self
            .session_changes(flow, proof, &cookie, cookies, caller, &rules, &mut changes, now)
            .await?;
        if flow.upgrades.is_none()
            && let Some(old) = &cookies.session
        {
            // One that adds proof takes along what lies under it.
            arrival.resumes = self
                .claim_form(&old.digest(), &cookie.digest(), account.id, &mut changes, now)
                .await?;
        }
        let resumes = arrival.resumes;
        let goes_to = match &arrival {
            Arrival {
                recovery_used: true, ..
            } => GoesTo::RecoveryUsed,
            Arrival { ask_trust: true, .. } => GoesTo::Trust,
            Arrival { next, .. } => GoesTo::Page(next.clone()),
        };
        if !matches!(goes_to, GoesTo::Page(_)) {
            let key = FlowKey {
                kind: FlowKind::Arrival,
                cookie: cookie.digest(),
            };
            let expires = now.plus(sign_in::STEP_WITHIN);
            changes.push(Change::CreateFlow(
                key,
                StoredFlow {
                    account: account.id,
                    expires,
                    flow: Flow::Arrival(arrival),
                },
            ));
        }
        changes.push(self.tell(&account, What::SessionOpened { session: session.id }, caller, now));
        changes.push(self.tell(
            &account,
            What::SignInCompleted {
                method: session.method().to_owned(),
            },
            caller,
            now,
        ));
        changes.push(Change::ReplaceAccount(account.clone(), version));
        let committed = self.commit(changes, now).await?;
        self.tell_displaced(&account, committed, caller, now).await?;
        Ok(Opened {
            cookie,
            known,
            goes_to,
            resumes,
        })
    }

    #[allow(clippy::too_many_arguments)]
    async fn session_changes(
        &self,
        flow: &SignIn,
        proof: &Proof,
        cookie: &Token,
        cookies: &Cookies,
        caller: &Caller,
        rules: &Rules,
        changes: &mut Vec<Change>,
        now: Timestamp,
    ) -> Result<Session, Outage> {
        let session = if let Some(old) = flow.upgrades {
            // It has ended since the flow was read: the flow is over too, as the next look shows.
            let gone = Outage::Write(WriteError::Conflict);
            let stored = self.store.session(&old).await?.ok_or(gone)?;
            let session = stored.value.stepped_up(proof, now);
            self.supersede(old, stored, cookie.digest(), changes, now).await?;
            session
        } else {
            // Whoever was signed in with this browser is not any more.
            changes.extend(
                cookies
                    .session
                    .as_ref()
                    .map(|old| Change::EndSession(old.digest())),
            );
            match &flow.carried {
                Some(carried) => carried.stepped_up(proof, now),
                None => Session::open(proof, &caller.site.host, caller.user_agent, &*self.entropy, now),
            }
        };
        changes.push(Change::OpenSession {
            cookie: cookie.digest(),
            session: session.clone(),
            at_most: rules.session.max,
        });
        Ok(session)
    }

    async fn tell_displaced(
        &self,
        account: &Account,
        committed: Committed,
        caller: &Caller,
        now: Timestamp,
    ) -> Result<(), Outage> {
        if committed.displaced.is_empty() {
            return Ok(());
        }
        let changes = committed
            .displaced
            .into_iter()
            .map(|session| self.tell(account, What::SessionDisplaced { session }, caller, now))
            .collect();
        self.commit(changes, now).await?;
        Ok(())
    }

    /// A session that nothing in this browser leads up to is news for the owner: neither an earlier
    /// sign-in, nor trust, nor a session to which this one adds proof. The first sign-in of all is not.
    fn note_new_browser(
        &self,
        flow: &SignIn,
        account: &Account,
        known: &TokenDigest,
        caller: &Caller,
        now: Timestamp,
    ) -> Result<Option<Change>, Outage> {
        let goes_on = flow.upgrades.is_some() || flow.carried.is_some();
        if goes_on || flow.device.is_some() || !account.is_new_browser(known, now) {
            return Ok(None);
        }
        self.notify_here(account, NoticeKind::NewSignIn, caller, now)
            .map(Some)
    }

    /// A trusted device stood in for the second factor: when, and from where.
    fn note_device_use(
        &self,
        flow: &SignIn,
        account: &mut Account,
        caller: &Caller,
        now: Timestamp,
    ) -> Result<Vec<Change>, Outage> {
        let Some(id) = flow.device else {
            return Ok(Vec::new());
        };
        let here = self.surroundings(caller);
        let Some(device) = account.devices.iter_mut().find(|device| device.id == id) else {
            return Ok(Vec::new());
        };
        let elsewhere = here.both_differ(device.seen);
        device.seen = here;
        device.last_used = Some(now);
        let name = device.name.clone();
        let mut changes = vec![self.tell(account, What::DeviceUsed { device: id }, caller, now)];
        if elsewhere {
            changes.push(self.tell(account, What::DeviceUsedElsewhere { device: id }, caller, now));
            let notice = NoticeKind::DeviceUsedElsewhere { name };
            changes.push(self.notify(
                account,
                notice,
                &caller.site.url,
                &caller.language,
                Some(caller.user_agent),
                now,
            )?);
        }
        Ok(changes)
    }

    /// Whether the trust question is asked: only after a second factor that was just proven and does
    /// not stand in for a lost one, on a browser that is not trusted yet and has not said no lately.
    fn arrival(
        &self,
        flow: &SignIn,
        account: &Account,
        known: &TokenDigest,
        cookies: &Cookies,
        rules: &Rules,
        now: Timestamp,
    ) -> Arrival {
        let recovery_used = matches!(flow.second, Some((Factor::Recovery, _)));
        let proven_now = flow.upgrades.is_none()
            && flow
                .second
                .is_some_and(|(factor, _)| !assurance::stands_in(factor, &rules.second_factor));
        let trusted = cookies
            .device
            .as_ref()
            .is_some_and(|cookie| account.trusted(&cookie.digest(), now).is_some());
        let ask_trust =
            rules.trusted_devices.enabled && proven_now && !trusted && !account.declined(known, now);
        Arrival {
            next: flow.next.clone(),
            ask_trust,
            recovery_used,
            resumes: false,
            fresh: flow.fresh_code.clone(),
        }
    }

    /// The person signs out: the session ends, and what it was in the middle of. Whether there was
    /// one to end.
    ///
    /// # Errors
    ///
    /// [`Outage`]: the session may still be there, and the page says so.
    pub async fn sign_out(&self, cookies: &Cookies, caller: &Caller) -> Result<bool, Outage> {
        let now = self.now();
        let mut changes = Vec::new();
        changes.extend(
            cookies
                .flow
                .as_ref()
                .map(|flow| Change::DropFlow(flow_key(&flow.digest()))),
        );
        let mut ended = false;
        if let Some(cookie) = cookies.session.as_ref().map(Token::digest) {
            if let Some(session) = self.store.session(&cookie).await? {
                let session = session.value;
                let what = What::SessionEnded {
                    session: Some(session.id),
                    cause: Cause::SignOut,
                };
                changes.push(self.record(&Event {
                    request: Some(caller.request),
                    ..Event::of(session.account, what, now)
                }));
                changes.extend(self.keep_for_forgetting(cookies, session.account, now).await?);
                if session.ends.is_some() {
                    changes.extend(self.end_successors(&session).await?);
                }
                ended = true;
            }
            changes.extend(drop_flows_under(cookie));
            changes.push(Change::EndSession(cookie));
        }
        self.commit(changes, now).await?;
        Ok(ended)
    }

    /// Whoever signs out under a value that was just superseded means the session and not the value.
    async fn end_successors(&self, session: &Session) -> Result<Vec<Change>, Outage> {
        let held = self.store.sessions_of(session.account).await?;
        let same = held.into_iter().filter(|(_, other)| other.id == session.id);
        Ok(same
            .flat_map(|(cookie, _)| drop_flows_under(cookie).chain([Change::EndSession(cookie)]))
            .collect())
    }

    /// Wall time, for codes from an app.
    pub(super) fn wall(&self) -> Timestamp {
        self.clock.wall()
    }
}

/// Whose browser it is, by its known-browser cookie.
pub(super) fn browser_of<'a>(
    account: Option<&Account>,
    known: Option<&'a TokenDigest>,
    now: Timestamp,
) -> Browser<'a> {
    match (account, known) {
        (Some(account), Some(known)) if account.knows(known, now) => Browser::Known(account.id, known),
        _ => Browser::Unknown,
    }
}

/// The key of a sign-in flow.
pub(super) fn flow_key(cookie: &TokenDigest) -> FlowKey {
    FlowKey {
        kind: FlowKind::SignIn,
        cookie: *cookie,
    }
}

/// A sign-in flow as it is kept.
pub(super) fn stored(flow: &SignIn) -> StoredFlow {
    StoredFlow {
        account: flow.account,
        expires: flow.expires(),
        flow: Flow::SignIn(flow.clone()),
    }
}
