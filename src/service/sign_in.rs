//! The password, and what follows from it.
//!
//! ```text
//! count the attempt ─▶ check the password off the async threads ─▶ begin (identity) ─▶ one commit
//! ```
//!
//! Unknown, locked, passwordless and known accounts take the same road: each counts, each is
//! hashed against something, each gets the same words.

use super::limits::Browser;
use super::opening::Opened;
use super::sending::Drawn;
use super::{Caller, Cookies, DECIDE_AT_MOST, Desk, Outage};
use crate::base::id::{DeviceId, FlowId, TokenDigest};
use crate::base::seal::Token;
use crate::base::time::Timestamp;
use crate::identity::account::{Account, EmailAddress};
use crate::identity::enrolment::PendingCodes;
use crate::identity::event::What;
use crate::identity::factor::Factor;
use crate::identity::password::{Match, PasswordHash, Typed};
use crate::identity::set_up;
use crate::identity::sign_in::{self, Beginning, Outcome, SignIn, Stage as FlowStage};
use crate::identity::throttle::Waits;
use crate::service::hashing::HashingError;
use crate::store::{
    Change, Flow, FlowKey, FlowKind, ReadError, StoredFlow, Struck, Version, Versioned, WriteError,
};

/// A flow that was just begun or that goes on: its cookie, and where it stands.
#[derive(Clone, Debug)]
pub struct Ticket {
    /// The flow's cookie.
    pub cookie: Token,
    /// Where it stands.
    pub flow: SignIn,
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
        let (account, flow) = tokio::join!(self.account_of(email.as_ref()), self.flow_here(cookies, now));
        let (account, flow) = (account?, flow?);
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
        let settled = vec![Self::taken_back(attempt)];
        self.after_password(
            settled,
            Some((account.clone(), flow)),
            next,
            cookies,
            caller,
            &account.value,
        )
        .await
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

    /// The right password of the account `checked`, which may sign in: begins a flow, or goes on with the one
    /// that this browser has. `settled` is written with that.
    ///
    /// Where account and flow were `read` already, this is decided on them: if they have changed since, a session does
    /// not open and it is decided again, and a flow that has begun on the former account is over at its next step, with
    /// the code that was mailed for it.
    pub(super) async fn after_password(
        &self,
        settled: Vec<Change>,
        mut read: Option<(Versioned<Account>, Option<FoundFlow>)>,
        next: String,
        cookies: &Cookies,
        caller: &Caller,
        checked: &Account,
    ) -> Result<AfterPassword, Outage> {
        for _ in 0..DECIDE_AT_MOST {
            let now = self.now();
            let (account, found) = match read.take() {
                Some((account, found)) => (Some(account), found),
                None => {
                    let account = self.store.account(checked.id).await?;
                    (account, self.flow_here(cookies, now).await?)
                }
            };
            // The password that was checked may have been changed meanwhile.
            let same = |account: &Account| account.epoch == checked.epoch && account.is_active();
            let Some(account) = account.filter(|it| same(&it.value)) else {
                return self.wrong_after_all(settled, now).await;
            };
            let outcome = match flow_to_go_on(found, &account.value, now) {
                Some((ticket, version)) => {
                    let changes = settled.clone();
                    match self.go_on(changes, ticket, version, &account, caller, now).await {
                        // Another tab was quicker, and may have ended it.
                        Err(Outage::Write(WriteError::Conflict)) => continue,
                        other => return other,
                    }
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
            let after = match outcome {
                Outcome::SignedIn(flow, proof) => self
                    .open_with(
                        settled.clone(),
                        None,
                        &flow,
                        &proof,
                        account,
                        cookies,
                        caller,
                        now,
                    )
                    .await
                    .map(|opened| AfterPassword::SignedIn(Box::new(opened))),
                Outcome::Ask(flow) => {
                    self.begin_flow(settled.clone(), flow, &account.value, cookies, caller, now)
                        .await
                }
                // Demanded, and nothing to prove it with: nobody passes, in the words for a wrong password.
                Outcome::Refuse(..) | Outcome::End(_) => return self.wrong_after_all(settled, now).await,
            };
            match after {
                Err(Outage::Write(WriteError::Conflict)) => {}
                other => return other,
            }
        }
        Err(Outage::Contended)
    }

    /// The password was right and is of no use.
    async fn wrong_after_all(&self, settled: Vec<Change>, now: Timestamp) -> Result<AfterPassword, Outage> {
        if !settled.is_empty() {
            self.commit(settled, now).await?;
        }
        Ok(AfterPassword::Wrong { misses: 0 })
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

    /// The flow that this browser is in, as it lies there.
    async fn flow_here(&self, cookies: &Cookies, now: Timestamp) -> Result<Option<FoundFlow>, Outage> {
        let Some(cookie) = &cookies.flow else {
            return Ok(None);
        };
        let found = self.sign_in_flow(&cookie.digest(), now).await?;
        Ok(found.map(|(flow, version)| {
            let cookie = cookie.clone();
            (Ticket { cookie, flow }, version)
        }))
    }

    async fn go_on(
        &self,
        mut changes: Vec<Change>,
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
        changes.push(Change::ReplaceFlow(key, stored(&flow), version));
        changes.push(self.tell(&account.value, What::PasswordOk, caller, now));
        self.commit(changes, now).await?;
        Ok(AfterPassword::Step(
            Ticket {
                cookie: ticket.cookie,
                flow,
            },
            Mailing::None,
        ))
    }

    /// Stores a new flow under a new cookie, with other `changes`; where it asks for a mailed code, the code goes out.
    async fn begin_flow(
        &self,
        mut changes: Vec<Change>,
        mut flow: SignIn,
        account: &Account,
        cookies: &Cookies,
        caller: &Caller,
        now: Timestamp,
    ) -> Result<AfterPassword, Outage> {
        let cookie = Token::draw(&*self.entropy);
        changes.push(self.tell(account, What::PasswordOk, caller, now));
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
        let key = flow_key(&cookie.digest());
        let by_mail = matches!(
            flow.stage,
            FlowStage::SecondFactor {
                method: Factor::Email
            }
        );
        if by_mail {
            let (flow, mailing) = self
                .begin_with_mail(changes, flow, key, account, caller, now)
                .await?;
            return Ok(AfterPassword::Step(Ticket { cookie, flow }, mailing));
        }
        let letter = match flow.stage {
            FlowStage::SecondFactor { method } => {
                self.draw_code(method, &mut flow, account, caller, now).await?
            }
            FlowStage::SetUp(_) | FlowStage::Method | FlowStage::Terms => Drawn::nothing(),
        };
        changes.push(Change::CreateFlow(key, stored(&flow)));
        let letter = self.commit_drawn(changes, letter, now).await?;
        let mailing = self.send_drawn(letter, key, account, caller).await?;
        Ok(AfterPassword::Step(Ticket { cookie, flow }, mailing))
    }

    /// Wall time, for codes from an app.
    pub(super) fn wall(&self) -> Timestamp {
        self.clock.wall()
    }
}

/// A flow that a browser is in, whoever's it is.
pub(super) type FoundFlow = (Ticket, Version);

/// Several tabs share one flow: the right password again goes on with it, and its codes stay.
fn flow_to_go_on(found: Option<FoundFlow>, account: &Account, now: Timestamp) -> Option<FoundFlow> {
    found.filter(|(Ticket { flow, .. }, _)| {
        flow.account == account.id && flow.upgrades.is_none() && flow.ended(account, now).is_none()
    })
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
