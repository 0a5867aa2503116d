//! Registration: from a stranger's address to an account, and on into a sign-in.
//!
//! ```text
//! count ─▶ look for the address ─▶ flow and link in one commit ─▶ letter
//! letter's code, or its link and a button ─▶ address confirmed ─▶ password and name ─▶ account
//! ```
//!
//! An address that has an account takes the same road to the same page: the same reads, the same
//! writes, a letter sent at once. Only what that letter says differs, and only its owner reads it.

use std::time::Duration;

use super::limits::Attempt;
use super::opening::Opened;
use super::sign_in::{Mailing, Ticket, flow_key, stored as stored_sign_in};
use super::{Caller, Cookies, DECIDE_AT_MOST, Desk, Outage};
use crate::base::id::{AccountId, FlowId, TokenDigest};
use crate::base::link::LinkKind;
use crate::base::seal::{Purpose, Token};
use crate::base::time::Timestamp;
use crate::identity::account::{Account, EmailAddress, Password};
use crate::identity::event::{Event, What};
use crate::identity::factor::{Factor, NotSixDigits, SixDigits};
use crate::identity::password::{PasswordRefusal, Typed};
use crate::identity::registration::{
    self, Details, Input, Linked, NotAdmitted, Outcome, Refusal, Registration, Request, Stage, WayIn,
};
use crate::identity::sign_in::{self, Beginning, Ended};
use crate::identity::throttle::Waits;
use crate::messaging::{Addressed, Circumstances, ConfirmAddress, Letter, Mail};
use crate::service::hashing::HashingError;
use crate::store::{Change, Flow, FlowKey, FlowKind, StoredFlow, Struck, Version, WriteError};

/// How long a mailed link works.
pub const LINK_FOR: Duration = Duration::from_secs(24 * 60 * 60);

/// What mailed codes of a registration are bound to.
const PURPOSE: &str = "register";

/// A registration that was just begun or that goes on: its cookie, and where it stands.
#[derive(Clone, Debug)]
pub struct Registering {
    /// The flow's cookie.
    pub cookie: Token,
    /// Where it stands.
    pub flow: Registration,
}

/// What came of an address.
#[derive(Debug)]
#[allow(
    clippy::large_enum_variant,
    reason = "one at a time and never in a collection"
)]
pub enum AfterAddress {
    /// The letter's code is awaited.
    Check(Registering, Mailing),
    /// It may not register.
    NotAdmitted(NotAdmitted),
    /// It is none.
    NoAddress,
    /// Too many; nothing was looked at.
    Waits(Waits),
}

/// What came of a code or a button that confirms an address.
#[derive(Debug)]
pub enum AfterCheck {
    /// The address is confirmed, or the flow is at another step.
    Step(Registering),
    /// Not a code at all; not counted.
    NoCode(Registering, NotSixDigits),
    /// It is wrong.
    Wrong(Registering),
    /// It is late; what became of the fresh letter.
    Expired(Registering, Mailing),
    /// The flow is over.
    Ended(Ended),
    /// There is no flow: start again.
    NoFlow,
}

/// What came of password and name.
#[derive(Debug)]
#[allow(
    clippy::large_enum_variant,
    reason = "one at a time and never in a collection"
)]
pub enum AfterDetails {
    /// The account is there, and its first sign-in has begun.
    Step(Ticket),
    /// The account is there, and nothing more is demanded.
    SignedIn(Box<Opened>),
    /// The account is there; its owner signs in.
    SignIn,
    /// The account is there, and waits for an operator's word.
    Waits,
    /// Somebody else was faster: there is an account with this address now.
    Taken,
    /// The password is not taken.
    Refused(Registering, PasswordRefusal),
    /// The flow is at another step.
    OutOfStep(Registering),
    /// Too many passwords at once.
    Busy,
    /// There is no flow: start again.
    NoFlow,
}

/// A letter that was drawn and is to be sent once its flow is saved.
struct Drawn {
    mail: Option<Mail>,
    attempt: Option<Attempt>,
    changes: Vec<Change>,
    instead: Mailing,
}

impl Desk {
    /// An address was typed.
    ///
    /// # Errors
    ///
    /// [`Outage`].
    pub async fn register(
        &self,
        typed_address: &str,
        typed_code: &str,
        next: String,
        cookies: &Cookies,
        caller: &Caller,
    ) -> Result<AfterAddress, Outage> {
        let now = self.now();
        let Ok(email) = EmailAddress::parse(typed_address) else {
            return Ok(AfterAddress::NoAddress);
        };
        let attempt = self.registration_attempt(caller.client);
        if let Struck::Wait { waits, place } = self.store.strike(attempt.strokes.clone(), now).await? {
            self.tell_of_wait(None, attempt.stage(place), caller, now).await?;
            return Ok(AfterAddress::Waits(waits));
        }
        if let Err(refusal) = self.rules.load().registration.admit(&email, typed_code) {
            return Ok(AfterAddress::NotAdmitted(refusal));
        }
        let held = self.store.account_by_email(&email).await?.map(|held| held.value);
        let request = Request {
            account: AccountId::draw(&*self.entropy),
            email,
            site: caller.site.host.clone(),
            next,
        };
        let id = FlowId::draw(&*self.entropy);
        let mut flow = Registration::asked(id, request, held.is_some(), now);
        let cookie = Token::draw(&*self.entropy);
        let mut drawn = self.draw_letter(&mut flow, held.as_ref(), caller, now).await?;
        let mut changes = vec![self.told_of_registration(&flow, What::RegistrationAsked, caller, now)];
        changes.extend(drop_flows(cookies));
        changes.append(&mut drawn.changes);
        changes.push(Change::CreateFlow(key(&cookie.digest()), stored(&flow)));
        self.commit_letter(changes, &drawn, now).await?;
        let mailing = self.send_letter(drawn, &cookie.digest(), caller).await?;
        Ok(AfterAddress::Check(Registering { cookie, flow }, mailing))
    }

    /// The registration that a browser is in, if it goes on.
    ///
    /// # Errors
    ///
    /// [`Outage`].
    pub async fn registering(&self, cookies: &Cookies) -> Result<Option<Registering>, Outage> {
        let found = self.registration(cookies, self.now()).await?;
        Ok(found.map(|(registering, _)| registering))
    }

    async fn registration(
        &self,
        cookies: &Cookies,
        now: Timestamp,
    ) -> Result<Option<(Registering, Version)>, Outage> {
        let Some(cookie) = &cookies.flow else {
            return Ok(None);
        };
        let found = self.store.flow(&key(&cookie.digest()), now).await?;
        // Registration may have been switched off meanwhile.
        let is_on = self.rules.load().registration.is_on();
        Ok(found.filter(|_| is_on).and_then(|found| match found.value.flow {
            Flow::Registration(flow) => Some((
                Registering {
                    cookie: cookie.clone(),
                    flow,
                },
                found.version,
            )),
            _ => None,
        }))
    }

    /// The letter's code was typed.
    ///
    /// # Errors
    ///
    /// [`Outage`].
    pub async fn register_code(
        &self,
        typed: &str,
        cookies: &Cookies,
        caller: &Caller,
    ) -> Result<AfterCheck, Outage> {
        for _ in 0..DECIDE_AT_MOST {
            let now = self.now();
            let Some((registering, version)) = self.registration(cookies, now).await? else {
                return Ok(AfterCheck::NoFlow);
            };
            let digits = match SixDigits::read(typed) {
                Ok(digits) => digits,
                Err(fault) => return Ok(AfterCheck::NoCode(registering, fault)),
            };
            let flow = &registering.flow;
            let verdict = flow.mailed.check(flow.id, PURPOSE, &digits, &self.keys, now);
            match self
                .settle_check(Input::Code(verdict), registering, version, caller, now)
                .await
            {
                Err(Outage::Write(WriteError::Conflict)) => {}
                other => return other,
            }
        }
        Err(Outage::Contended)
    }

    /// "Confirm", on the page that the letter's link has opened.
    ///
    /// # Errors
    ///
    /// [`Outage`].
    pub async fn register_confirm(&self, cookies: &Cookies, caller: &Caller) -> Result<AfterCheck, Outage> {
        for _ in 0..DECIDE_AT_MOST {
            let now = self.now();
            let Some((registering, version)) = self.registration(cookies, now).await? else {
                return Ok(AfterCheck::NoFlow);
            };
            match self
                .settle_check(Input::Confirm, registering, version, caller, now)
                .await
            {
                Err(Outage::Write(WriteError::Conflict)) => {}
                other => return other,
            }
        }
        Err(Outage::Contended)
    }

    async fn settle_check(
        &self,
        input: Input,
        registering: Registering,
        version: Version,
        caller: &Caller,
        now: Timestamp,
    ) -> Result<AfterCheck, Outage> {
        let at_most = self.rules.load().limits.factor_flow;
        let Registering { cookie, flow } = registering;
        let key = key(&cookie.digest());
        match registration::step(flow, input, at_most, now) {
            Outcome::Ask(flow) => {
                let changes = vec![
                    self.told_of_registration(&flow, What::RegistrationConfirmed, caller, now),
                    Change::ReplaceFlow(key, stored(&flow), version),
                ];
                self.commit(changes, now).await?;
                Ok(AfterCheck::Step(Registering { cookie, flow }))
            }
            Outcome::Refuse(flow, Refusal::Wrong) => {
                self.commit(vec![Change::ReplaceFlow(key, stored(&flow), version)], now)
                    .await?;
                Ok(AfterCheck::Wrong(Registering { cookie, flow }))
            }
            Outcome::Refuse(flow, Refusal::Expired) => {
                let (registering, mailing) = self
                    .letter_again(Registering { cookie, flow }, version, caller, now)
                    .await?;
                Ok(AfterCheck::Expired(registering, mailing))
            }
            Outcome::Refuse(flow, Refusal::OutOfStep) => Ok(AfterCheck::Step(Registering { cookie, flow })),
            Outcome::End(ended) => {
                self.commit(vec![Change::DeleteFlow(key, version)], now).await?;
                Ok(AfterCheck::Ended(ended))
            }
        }
    }

    /// "Send it again." The same page each time, whatever became of it.
    ///
    /// # Errors
    ///
    /// [`Outage`].
    pub async fn register_again(
        &self,
        cookies: &Cookies,
        caller: &Caller,
    ) -> Result<Option<(Registering, Mailing)>, Outage> {
        for _ in 0..DECIDE_AT_MOST {
            let now = self.now();
            let Some((registering, version)) = self.registration(cookies, now).await? else {
                return Ok(None);
            };
            if registering.flow.stage != Stage::Check {
                return Ok(Some((registering, Mailing::None)));
            }
            match self.letter_again(registering, version, caller, now).await {
                Err(Outage::Write(WriteError::Conflict)) => {}
                other => return other.map(Some),
            }
        }
        Err(Outage::Contended)
    }

    async fn letter_again(
        &self,
        registering: Registering,
        version: Version,
        caller: &Caller,
        now: Timestamp,
    ) -> Result<(Registering, Mailing), Outage> {
        let Registering { cookie, mut flow } = registering;
        let held = self.store.account_by_email(&flow.request.email).await?;
        flow.taken = held.is_some();
        let held = held.map(|held| held.value);
        let mut drawn = self.draw_letter(&mut flow, held.as_ref(), caller, now).await?;
        let mut changes = std::mem::take(&mut drawn.changes);
        if drawn.mail.is_some() {
            flow.stepped_at = now;
        }
        changes.push(Change::ReplaceFlow(key(&cookie.digest()), stored(&flow), version));
        self.commit_letter(changes, &drawn, now).await?;
        let mailing = self.send_letter(drawn, &cookie.digest(), caller).await?;
        Ok((Registering { cookie, flow }, mailing))
    }

    /// Draws a code and a link, unless the last letter is too fresh or the mailbox has had too many.
    async fn draw_letter(
        &self,
        flow: &mut Registration,
        held: Option<&Account>,
        caller: &Caller,
        now: Timestamp,
    ) -> Result<Drawn, Outage> {
        let instead = |instead| Drawn {
            mail: None,
            attempt: None,
            changes: Vec::new(),
            instead,
        };
        let rules = self.rules.load_full();
        let email = &rules.second_factor.email;
        if let Some(until) = flow.mailed.pause_until(email, now) {
            return Ok(instead(Mailing::TooEarly(until)));
        }
        let mailbox = flow.request.email.key();
        let attempt = self.stranger_mail_attempt(mailbox, "register", caller.client);
        if let Struck::Wait { waits, .. } = self.store.strike(attempt.strokes.clone(), now).await? {
            return Ok(instead(Mailing::Limited(waits)));
        }
        let code = flow
            .mailed
            .draw(flow.id, PURPOSE, email, &self.keys, &*self.entropy, now);
        let (value, link) = self.draw_link(LinkKind::Registration);
        let asked = Circumstances {
            at: now,
            with: Some(caller.user_agent),
        };
        let mail = match held {
            Some(account) => {
                let way_in = WayIn::of(account, &rules);
                let letter = Letter::AccountExists { asked, way_in };
                self.mail(account, letter, &caller.site.url, &caller.language)
            }
            None => {
                let letter = Letter::Confirm(ConfirmAddress {
                    code: code.to_text(),
                    valid_minutes: u32::try_from(email.valid.as_secs() / 60).unwrap_or(u32::MAX),
                    link,
                    link_hours: u32::try_from(LINK_FOR.as_secs() / 3600).unwrap_or(u32::MAX),
                    asked,
                });
                let to = Addressed {
                    address: flow.request.email.clone(),
                    name: None,
                    language: caller.language.clone(),
                };
                Mail::new(to, &caller.site.url, letter, &*self.entropy)
            }
        };
        let waiting = Linked {
            request: flow.request.clone(),
            taken: flow.taken,
        };
        let holder = self.holder_of_links(&flow.request.email);
        let waiting = StoredFlow {
            account: holder,
            expires: now.plus(LINK_FOR),
            flow: Flow::RegistrationLink(waiting),
        };
        Ok(Drawn {
            mail: Some(mail),
            attempt: Some(attempt),
            changes: vec![
                drop_links(holder),
                Change::CreateFlow(link_key(value.digest()), waiting),
            ],
            instead: Mailing::None,
        })
    }

    /// How long no further letter goes to an address at a stranger's wish.
    ///
    /// # Errors
    ///
    /// [`Outage`].
    pub async fn stranger_mail_waits(&self, address: &EmailAddress) -> Result<Option<Waits>, Outage> {
        let keys = self.stranger_mail_keys(address.key());
        Ok(self.store.waits(keys, self.now()).await?)
    }

    async fn commit_letter(&self, changes: Vec<Change>, drawn: &Drawn, now: Timestamp) -> Result<(), Outage> {
        match self.commit(changes, now).await {
            Ok(_) => Ok(()),
            Err(error) => {
                if let Some(attempt) = &drawn.attempt {
                    self.store.refund(attempt.strokes.clone(), now).await?;
                }
                Err(error.into())
            }
        }
    }

    async fn send_letter(
        &self,
        drawn: Drawn,
        cookie: &TokenDigest,
        caller: &Caller,
    ) -> Result<Mailing, Outage> {
        let Some(mail) = drawn.mail else {
            return Ok(drawn.instead);
        };
        let Err(error) = self.messenger.send(&mail).await else {
            return Ok(Mailing::Sent);
        };
        let now = self.now();
        tracing::warn!(request = %caller.request, %error, "a registration's letter could not be sent");
        if let Some(attempt) = drawn.attempt {
            self.store.refund(attempt.strokes, now).await?;
        }
        let step = error
            .step()
            .map_or_else(|| "message".to_owned(), |step| step.to_string());
        let event = self.record(&Event {
            request: Some(caller.request),
            ..Event::without_account(What::MailFailed { step }, now)
        });
        self.commit(vec![event], now).await?;
        self.forget_pause(key(cookie), Factor::Email, now).await?;
        Ok(Mailing::Failed)
    }

    /// The letter's link was opened. Nothing is confirmed or used up by that. `None`: it is no link
    /// of ours, too old, or a newer one has taken its place.
    ///
    /// # Errors
    ///
    /// [`Outage`].
    pub async fn open_registration_link(
        &self,
        printed: &str,
        caller: &Caller,
    ) -> Result<Option<Registering>, Outage> {
        let now = self.now();
        let Some(link) = self.read_link(LinkKind::Registration, printed) else {
            return Ok(None);
        };
        let found = self.store.flow(&link_key(link.digest()), now).await?;
        let Some(Flow::RegistrationLink(waiting)) = found.map(|found| found.value.flow) else {
            return Ok(None);
        };
        if waiting.taken || waiting.request.site != caller.site.host {
            return Ok(None);
        }
        let flow = Registration::linked(FlowId::draw(&*self.entropy), waiting, now);
        let cookie = Token::draw(&*self.entropy);
        let change = Change::CreateFlow(key(&cookie.digest()), stored(&flow));
        self.commit(vec![change], now).await?;
        Ok(Some(Registering { cookie, flow }))
    }

    /// Password and name: the account is made, and its first sign-in begins.
    ///
    /// # Errors
    ///
    /// [`Outage`].
    pub async fn register_details(
        &self,
        password: &str,
        details: &Details,
        cookies: &Cookies,
        caller: &Caller,
    ) -> Result<AfterDetails, Outage> {
        let now = self.now();
        let Some((registering, version)) = self.registration(cookies, now).await? else {
            return Ok(AfterDetails::NoFlow);
        };
        let rules = self.rules.load_full();
        let Some(mut account) = registering.flow.account(details, &rules.registration, now) else {
            return Ok(AfterDetails::OutOfStep(registering));
        };
        let typed: Typed = match self.judge_password(password, &account) {
            Ok(typed) => typed,
            Err(refusal) => return Ok(AfterDetails::Refused(registering, refusal)),
        };
        let cost = self.rules.load().passwords.hash;
        let hash = match self.hashing.hash(typed, cost).await {
            Ok(hash) => hash,
            Err(HashingError::Busy) => return Ok(AfterDetails::Busy),
            Err(HashingError::Hash(error)) => return Err(error.into()),
        };
        let now = self.now();
        account.password = Some(Password { hash, changed: now });
        self.make_account(&registering, version, account, cookies, caller, now)
            .await
    }

    /// Of two who register one address at once, one makes the account: the store takes an address
    /// once, and a flow's version once.
    async fn make_account(
        &self,
        registering: &Registering,
        version: Version,
        account: Account,
        cookies: &Cookies,
        caller: &Caller,
        now: Timestamp,
    ) -> Result<AfterDetails, Outage> {
        let Some(confirmed) = registering.flow.confirmed() else {
            return Ok(AfterDetails::NoFlow);
        };
        let request = &registering.flow.request;
        let beginning = Beginning {
            id: FlowId::draw(&*self.entropy),
            site: &caller.site.host,
            next: request.next.clone(),
            device: None,
            replaced: None,
            owed: None,
        };
        let rules = self.rules.load_full();
        let outcome = sign_in::after_registration(beginning, confirmed, &account, &rules, now);
        let mut changes = vec![
            Change::CreateAccount(account.clone()),
            Change::DeleteFlow(key(&registering.cookie.digest()), version),
            drop_links(self.holder_of_links(&request.email)),
            self.tell(&account, What::Registered, caller, now),
        ];
        if !account.is_active() {
            changes.extend(self.tell_of_waiting(&account, caller, now)?);
        }
        let cookie = Token::draw(&*self.entropy);
        if let sign_in::Outcome::Ask(flow) = &outcome {
            changes.push(Change::CreateFlow(
                flow_key(&cookie.digest()),
                stored_sign_in(flow),
            ));
        }
        match self.commit(changes, now).await {
            Ok(_) => {}
            Err(WriteError::Taken) => return Ok(AfterDetails::Taken),
            // A second press of the button, or a second tab: the first has made the account.
            Err(WriteError::Conflict) => return Ok(AfterDetails::SignIn),
            Err(error) => return Err(error.into()),
        }
        if !account.is_active() {
            return Ok(AfterDetails::Waits);
        }
        match outcome {
            sign_in::Outcome::Ask(flow) => Ok(AfterDetails::Step(Ticket { cookie, flow })),
            sign_in::Outcome::SignedIn(flow, proof) => {
                let Some(account) = self.store.account(account.id).await? else {
                    return Ok(AfterDetails::SignIn);
                };
                match self
                    .open(None, &flow, &proof, account, cookies, caller, now)
                    .await
                {
                    Ok(opened) => Ok(AfterDetails::SignedIn(Box::new(opened))),
                    Err(Outage::Write(WriteError::Conflict)) => Ok(AfterDetails::SignIn),
                    Err(error) => Err(error),
                }
            }
            sign_in::Outcome::Refuse(..) | sign_in::Outcome::End(_) => Ok(AfterDetails::SignIn),
        }
    }

    /// What stands in for the account that an address does not have yet, so that of several links to
    /// it the newest counts, and nobody fills the store by asking for many.
    fn holder_of_links(&self, email: &EmailAddress) -> AccountId {
        let parts = [b"register".as_slice(), email.key().as_bytes()];
        let digest = self.keys.digest(Purpose::LinkPlace, &parts);
        AccountId::from_bytes(std::array::from_fn(|at| {
            digest.get(at).copied().unwrap_or_default()
        }))
    }

    /// Of an account that is not there yet only its id is told, and of an address nothing.
    fn told_of_registration(
        &self,
        flow: &Registration,
        what: What,
        caller: &Caller,
        now: Timestamp,
    ) -> Change {
        self.record(&Event {
            request: Some(caller.request),
            ..Event::of(flow.request.account, what, now)
        })
    }
}

/// What this browser was in the middle of.
fn drop_flows(cookies: &Cookies) -> Vec<Change> {
    let old = cookies.flow.as_ref().map(Token::digest);
    old.into_iter()
        .flat_map(|old| [Change::DropFlow(flow_key(&old)), Change::DropFlow(key(&old))])
        .collect()
}

fn key(cookie: &TokenDigest) -> FlowKey {
    FlowKey {
        kind: FlowKind::Registration,
        cookie: *cookie,
    }
}

fn link_key(value: TokenDigest) -> FlowKey {
    FlowKey {
        kind: FlowKind::RegistrationLink,
        cookie: value,
    }
}

fn drop_links(holder: AccountId) -> Change {
    Change::DropFlowsOf {
        account: holder,
        kind: FlowKind::RegistrationLink,
    }
}

fn stored(flow: &Registration) -> StoredFlow {
    StoredFlow {
        account: flow.request.account,
        expires: flow.expires(),
        flow: Flow::Registration(flow.clone()),
    }
}
