//! Authenticator apps, from the account pages: set up, replace, rename, remove.
//!
//! ```text
//! begin ──▶ a secret is shown, under the session's cookie, for 15 minutes ──first code──▶ the app counts
//!                          ▲─────────── too many wrong ones: another one ──────┘
//! plan  ──▶ what it means is shown ──▶ removed; codes by email come back at once where they are the floor
//! ```
//!
//! Where an app replaces another, the old one works until the new one's first code. Each change ends
//! every other session, all flows and all trusted devices; this session goes on under a new value.

use super::confirm::confirming_key;
use super::recovery::stored_codes;
use super::renew::{Own, Renewed, put_flow};
use super::visit::Visitor;
use super::{Caller, DECIDE_AT_MOST, Desk, Outage};
use crate::base::id::{AppId, TokenDigest};
use crate::base::time::Timestamp;
use crate::identity::account::Account;
use crate::identity::assurance::{self, NextAsked};
use crate::identity::confirm::{self, Answer, Intent};
use crate::identity::device::name_of;
use crate::identity::enrolment::{Confirmation, Missed, PendingApp, PendingCodes, Voided};
use crate::identity::event::What;
use crate::identity::factor::totp::{App, AppSecret, PENDING_FOR};
use crate::identity::factor::{Factor, NotSixDigits, SixDigits, Verdict};
use crate::identity::settings::{Method, SecondFactorSettings};
use crate::identity::throttle::Waits;
use crate::messaging::NoticeKind;
use crate::store::{Change, Flow, FlowKey, FlowKind, StoredFlow, Struck, Versioned, WriteError};

/// What came of "set up" and "replace".
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum AfterBegin {
    /// A secret is there to be shown.
    Begun,
    /// Fresh proof first.
    Confirm,
    /// The account has as many apps as it may have.
    Full,
    /// Apps are not in use here.
    NotOffered,
    /// The account has no such app to replace.
    Unknown,
    /// The session is over, or goes on under another value.
    Gone,
}

/// A secret that is shown.
#[derive(Debug)]
pub struct ShownApp {
    /// The secret.
    pub secret: AppSecret,
    /// The app that the new one replaces.
    pub replaces: Option<App>,
    /// Why one that was shown before it does not count any more: that entry is to be removed from the app.
    pub voided: Option<Voided>,
}

/// What came of the first code of an app.
#[derive(Debug)]
pub enum AfterFirstCode {
    /// The app counts: set the session's new cookie.
    Added {
        /// The session.
        renewed: Box<Renewed>,
        /// Whether it took another app's place.
        replaced: bool,
        /// Whether recovery codes are there to be shown next.
        codes: bool,
    },
    /// Not a code at all; not counted.
    NoCode(NotSixDigits),
    /// It was not taken.
    Refused(Verdict),
    /// As many wrong codes as there may be: there is a fresh secret now.
    TooMany,
    /// The page was open too long: there is a fresh secret now.
    Renewed,
    /// The page was open too long, and fresh proof comes first.
    Confirm,
    /// The account has as many apps as it may have by now.
    Full,
    /// Too many in all; the code was not looked at.
    Waits(Waits),
    /// No secret is shown.
    NotBegun,
    /// The session is over, or goes on under another value.
    Gone,
}

/// What becomes of the second factor once an app is removed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Removal {
    /// Codes come by email.
    EmailCodes,
    /// Codes come by text message.
    TextMessages,
    /// Another app goes on working.
    AnotherApp,
    /// The password alone is enough.
    PasswordOnly,
    /// It must not be removed: every account here needs an app.
    Forbidden,
}

/// What came of "remove", before its page.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum AfterPlan {
    /// The page that says what it means comes next.
    Planned,
    /// Fresh proof first.
    Confirm,
    /// The account has no such app.
    Unknown,
    /// The session is over, or goes on under another value.
    Gone,
}

/// What came of "remove", on its page.
#[derive(Debug)]
pub enum AfterRemoval {
    /// It is gone: set the session's new cookie.
    Removed(Box<Renewed>),
    /// It must not be removed: every account here needs an app.
    Forbidden,
    /// Fresh proof first.
    Confirm,
    /// No removal was planned, or the app is gone already.
    NotPlanned,
    /// The session is over, or goes on under another value.
    Gone,
}

/// What came of another name for an app.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum AfterRename {
    /// It has this name now.
    Renamed(String),
    /// The account has no such app.
    Unknown,
    /// The session is over, or goes on under another value.
    Gone,
}

impl Desk {
    /// Whether one more app may be set up.
    pub fn room_for_app(&self, account: &Account) -> bool {
        let rules = self.rules.load();
        let rules = &rules.second_factor;
        rules.offers(Method::App) && account.apps.len() < rules.app.max
    }

    /// "Set up", or "replace" with the app that goes. A secret that is shown already for the same
    /// stays: a reload shows the same one, or the scan would be void.
    ///
    /// # Errors
    ///
    /// [`Outage`].
    pub async fn begin_app(&self, replaces: Option<AppId>, visitor: &Visitor) -> Result<AfterBegin, Outage> {
        let intent = replaces.map_or(Intent::SetUpApp, Intent::ReplaceApp);
        for _ in 0..DECIDE_AT_MOST {
            let now = self.now();
            let Some(own) = self.own(visitor, now).await? else {
                return Ok(AfterBegin::Gone);
            };
            if let Some(refused) = self.may_not_begin(replaces, &own.account.value) {
                return Ok(refused);
            }
            if !self.fresh_for(&intent, &own, now).await? {
                return Ok(AfterBegin::Confirm);
            }
            let held = self.held_app(own.cookie, now).await?;
            let same = held
                .as_ref()
                .is_some_and(|held| held.value.replaces == replaces && now < held.value.expires);
            if same {
                return Ok(AfterBegin::Begun);
            }
            match self.show_secret(replaces, &own, held, now).await {
                Err(Outage::Write(WriteError::Conflict)) => {}
                Err(error) => return Err(error),
                Ok(()) => return Ok(AfterBegin::Begun),
            }
        }
        Err(Outage::Contended)
    }

    fn may_not_begin(&self, replaces: Option<AppId>, account: &Account) -> Option<AfterBegin> {
        let rules = self.rules.load();
        if !rules.second_factor.offers(Method::App) {
            return Some(AfterBegin::NotOffered);
        }
        match replaces {
            Some(id) if !account.apps.iter().any(|app| app.id == id) => Some(AfterBegin::Unknown),
            None if !self.room_for_app(account) => Some(AfterBegin::Full),
            Some(_) | None => None,
        }
    }

    /// A fresh secret in the place of what was shown before.
    async fn show_secret(
        &self,
        replaces: Option<AppId>,
        own: &Own,
        held: Option<Versioned<PendingApp>>,
        now: Timestamp,
    ) -> Result<(), Outage> {
        let mut account = own.account.value.clone();
        let (keys, entropy) = (&self.keys, &*self.entropy);
        let late = held.as_ref().map(|held| &held.value);
        let pending = match late.filter(|late| now >= late.expires && late.replaces == replaces) {
            Some(late) => late.after_late(&account, keys, entropy, now)?,
            None => PendingApp::draw(&account, replaces, keys, entropy, now)?,
        };
        let flow = stored(&account, pending);
        let version = held.map(|held| held.version);
        let mut changes = vec![put_flow(app_key(own.cookie), flow, version)];
        if account.secret_shown() {
            changes.push(Change::ReplaceAccount(account, own.account.version));
        }
        self.commit(changes, now).await?;
        Ok(())
    }

    /// The secret that is shown to a visitor. `None`: none was begun, or it ran out.
    ///
    /// # Errors
    ///
    /// [`Outage`].
    pub async fn app_shown_to(&self, visitor: &Visitor) -> Result<Option<ShownApp>, Outage> {
        let now = self.now();
        let Some(pending) = self.held_app(visitor.cookie(), now).await? else {
            return Ok(None);
        };
        let pending = pending.value;
        if now >= pending.expires {
            return Ok(None);
        }
        let account = visitor.account();
        let replaces = account.apps.iter().find(|app| Some(app.id) == pending.replaces);
        Ok(Some(ShownApp {
            secret: pending.secret(account.id, &self.keys)?,
            replaces: replaces.cloned(),
            voided: pending.voided(),
        }))
    }

    async fn held_app(
        &self,
        cookie: TokenDigest,
        now: Timestamp,
    ) -> Result<Option<Versioned<PendingApp>>, Outage> {
        let found = self.store.flow(&app_key(cookie), now).await?;
        Ok(found.and_then(|found| match found.value.flow {
            Flow::App(value) => Some(Versioned {
                value,
                version: found.version,
            }),
            _ => None,
        }))
    }

    /// The first code of the app that is shown, and what the person calls it.
    ///
    /// # Errors
    ///
    /// [`Outage`]: the app does not count.
    pub async fn confirm_app(
        &self,
        typed: &str,
        name: &str,
        otherwise: &str,
        visitor: &Visitor,
        caller: &Caller,
    ) -> Result<AfterFirstCode, Outage> {
        let digits = match SixDigits::read(typed) {
            Ok(digits) => digits,
            Err(fault) => return Ok(AfterFirstCode::NoCode(fault)),
        };
        let now = self.now();
        let account = visitor.session().account;
        let attempt = self.factor_attempt(account);
        let reached = match self.store.strike(attempt.strokes.clone(), now).await? {
            Struck::Go { reached } => reached,
            Struck::Wait { waits, .. } => return Ok(AfterFirstCode::Waits(waits)),
        };
        let after = self
            .settle_first_code(&digits, &name_of(name, otherwise), visitor, caller)
            .await?;
        if matches!(after, AfterFirstCode::Refused(_) | AfterFirstCode::TooMany) {
            self.tell_of_reached(&attempt, &reached, account, caller, now)
                .await?;
        } else {
            self.store.refund(attempt.strokes, now).await?;
        }
        Ok(after)
    }

    async fn settle_first_code(
        &self,
        digits: &SixDigits,
        name: &str,
        visitor: &Visitor,
        caller: &Caller,
    ) -> Result<AfterFirstCode, Outage> {
        for _ in 0..DECIDE_AT_MOST {
            let now = self.now();
            let Some(mut own) = self.own(visitor, now).await? else {
                return Ok(AfterFirstCode::Gone);
            };
            let Some(held) = self.held_app(own.cookie, now).await? else {
                return Ok(AfterFirstCode::NotBegun);
            };
            if now >= held.value.expires {
                return self.renew_shown(own, held, now).await;
            }
            let account = &mut own.account.value;
            let mut apps = account.apps.iter();
            let replaced = apps.find(|app| Some(app.id) == held.value.replaces);
            let before = replaced.map(|app| app.name.clone());
            if before.is_none() && !self.room_for_app(account) {
                return Ok(AfterFirstCode::Full);
            }
            let confirmation = Confirmation {
                code: digits,
                name: name.to_owned(),
                id: AppId::draw(&*self.entropy),
            };
            let wall = self.wall();
            let verdict = held
                .value
                .confirm(confirmation, account, &self.keys, &*self.entropy, wall)?;
            let settled = if verdict == Verdict::Right {
                self.write_first_code(name, before, own, caller, now).await
            } else {
                self.miss_first_code(verdict, &own, held, now).await
            };
            match settled {
                Err(Outage::Write(WriteError::Conflict)) => {}
                other => return other,
            }
        }
        Err(Outage::Contended)
    }

    /// The page was open too long. A fresh secret is a change that begins anew.
    async fn renew_shown(
        &self,
        own: Own,
        held: Versioned<PendingApp>,
        now: Timestamp,
    ) -> Result<AfterFirstCode, Outage> {
        let replaces = held.value.replaces;
        let intent = replaces.map_or(Intent::SetUpApp, Intent::ReplaceApp);
        if !self.fresh_for(&intent, &own, now).await? {
            return Ok(AfterFirstCode::Confirm);
        }
        match self.show_secret(replaces, &own, Some(held), now).await {
            Ok(()) | Err(Outage::Write(WriteError::Conflict)) => Ok(AfterFirstCode::Renewed),
            Err(error) => Err(error),
        }
    }

    /// Counts a wrong code together with what it brings about: of two at once, the later finds the flow
    /// changed, and is counted after the first.
    async fn miss_first_code(
        &self,
        verdict: Verdict,
        own: &Own,
        held: Versioned<PendingApp>,
        now: Timestamp,
    ) -> Result<AfterFirstCode, Outage> {
        let account = &own.account.value;
        let at_most = self.rules.load().limits.factor_flow;
        let (next, after) = match held.value.missed(at_most) {
            Missed::Again(counted) => (counted, AfterFirstCode::Refused(verdict)),
            Missed::Over => (
                held.value
                    .after_misses(account, &self.keys, &*self.entropy, now)?,
                AfterFirstCode::TooMany,
            ),
        };
        let change = Change::ReplaceFlow(app_key(own.cookie), stored(account, next), held.version);
        self.commit(vec![change], now).await?;
        Ok(after)
    }

    async fn write_first_code(
        &self,
        name: &str,
        before: Option<String>,
        own: Own,
        caller: &Caller,
        now: Timestamp,
    ) -> Result<AfterFirstCode, Outage> {
        let account = &own.account.value;
        // The first code of a new app proves possession of it, now.
        let answers = [Answer::Second(Factor::App, Verdict::Right)];
        let Some(proof) = confirm::confirmed(&own.session.value, account, &answers, now) else {
            return Ok(AfterFirstCode::Gone);
        };
        let session = own.session.value.stepped_up(&proof, now);
        let count = self.rules.load().second_factor.recovery_codes.count;
        let wants_codes = count > 0 && account.recovery.as_ref().is_none_or(|set| set.left() == 0);
        let codes = wants_codes
            .then(|| PendingCodes::draw(account.id, count, &self.keys, &*self.entropy, now))
            .transpose()?;
        let then = codes.map(|codes| (FlowKind::Codes, stored_codes(account, codes)));
        let replaced = before.is_some();
        let name = name.to_owned();
        let notice = match before {
            Some(before) => NoticeKind::AppReplaced { name, before },
            None => NoticeKind::AppAdded { name },
        };
        let mut changes = Vec::new();
        if replaced {
            changes.push(self.tell(account, What::AppRemoved, caller, now));
        }
        changes.push(self.tell(account, What::AppAdded, caller, now));
        changes.push(self.notify_here(account, notice, caller, now)?);
        let renewed = self
            .commit_own_change(own, &session, changes, then, caller, now)
            .await?;
        Ok(AfterFirstCode::Added {
            renewed: Box::new(renewed),
            replaced,
            codes: wants_codes,
        })
    }

    /// "Remove": what it means is said next.
    ///
    /// # Errors
    ///
    /// [`Outage`].
    pub async fn plan_app_removal(&self, id: AppId, visitor: &Visitor) -> Result<AfterPlan, Outage> {
        let now = self.now();
        let Some(own) = self.own(visitor, now).await? else {
            return Ok(AfterPlan::Gone);
        };
        if !own.account.value.apps.iter().any(|app| app.id == id) {
            return Ok(AfterPlan::Unknown);
        }
        let intent = Intent::RemoveApp(id);
        if !self.fresh_for(&intent, &own, now).await? {
            return Ok(AfterPlan::Confirm);
        }
        self.keep_intent(&intent, &own, true, now).await?;
        Ok(AfterPlan::Planned)
    }

    /// The app whose removal a visitor has planned, and what it means.
    ///
    /// # Errors
    ///
    /// [`Outage`].
    pub async fn planned_app_removal(&self, visitor: &Visitor) -> Result<Option<(App, Removal)>, Outage> {
        let held = self.confirming(visitor.cookie(), self.now()).await?;
        let Some(Intent::RemoveApp(id)) = held.map(|held| held.value.intent) else {
            return Ok(None);
        };
        let account = visitor.account();
        let rules = self.rules.load();
        let app = account.apps.iter().find(|app| app.id == id).cloned();
        Ok(app.map(|app| (app, removal(account, &rules.second_factor, self.now()))))
    }

    /// "Remove", once what it means was read.
    ///
    /// # Errors
    ///
    /// [`Outage`]: the app still counts.
    pub async fn remove_app(&self, visitor: &Visitor, caller: &Caller) -> Result<AfterRemoval, Outage> {
        for _ in 0..DECIDE_AT_MOST {
            let now = self.now();
            let Some(mut own) = self.own(visitor, now).await? else {
                return Ok(AfterRemoval::Gone);
            };
            let Some(held) = self.confirming(own.cookie, now).await? else {
                return Ok(AfterRemoval::NotPlanned);
            };
            let Intent::RemoveApp(id) = held.value.intent else {
                return Ok(AfterRemoval::NotPlanned);
            };
            // Looked at when it began: whoever reads the page slowly is not asked again.
            if !held.value.cleared && !self.fresh_for(&held.value.intent, &own, now).await? {
                return Ok(AfterRemoval::Confirm);
            }
            let account = &mut own.account.value;
            let Some(app) = account.apps.iter().find(|app| app.id == id).cloned() else {
                return Ok(AfterRemoval::NotPlanned);
            };
            if removal(account, &self.rules.load().second_factor, now) == Removal::Forbidden {
                return Ok(AfterRemoval::Forbidden);
            }
            account.apps.retain(|held| held.id != id);
            let account = &own.account.value;
            let notice = NoticeKind::AppRemoved { name: app.name };
            let changes = vec![
                Change::DeleteFlow(confirming_key(own.cookie), held.version),
                self.tell(account, What::AppRemoved, caller, now),
                self.notify_here(account, notice, caller, now)?,
            ];
            let session = own.session.value.clone();
            match self
                .commit_own_change(own, &session, changes, None, caller, now)
                .await
            {
                Err(Outage::Write(WriteError::Conflict)) => {}
                Err(error) => return Err(error),
                Ok(renewed) => return Ok(AfterRemoval::Removed(Box::new(renewed))),
            }
        }
        Err(Outage::Contended)
    }

    /// Gives an app another name; nothing left of it: the name it has.
    ///
    /// # Errors
    ///
    /// [`Outage`].
    pub async fn rename_app(&self, id: AppId, typed: &str, visitor: &Visitor) -> Result<AfterRename, Outage> {
        for _ in 0..DECIDE_AT_MOST {
            let now = self.now();
            let Some(mut own) = self.own(visitor, now).await? else {
                return Ok(AfterRename::Gone);
            };
            let Some(app) = own.account.value.apps.iter_mut().find(|app| app.id == id) else {
                return Ok(AfterRename::Unknown);
            };
            app.name = name_of(typed, &app.name);
            let name = app.name.clone();
            let change = Change::ReplaceAccount(own.account.value, own.account.version);
            match self.commit(vec![change], now).await {
                Err(WriteError::Conflict) => {}
                Err(error) => return Err(error.into()),
                Ok(_) => return Ok(AfterRename::Renamed(name)),
            }
        }
        Err(Outage::Contended)
    }
}

/// What becomes of the second factor when one of the account's apps goes.
fn removal(account: &Account, rules: &SecondFactorSettings, now: Timestamp) -> Removal {
    let mut without = account.clone();
    without.apps.pop();
    let required = assurance::app_required(account, rules, now);
    // As the letter says it afterwards.
    match assurance::next_asked(&without, rules, now) {
        NextAsked::App => Removal::AnotherApp,
        _ if required => Removal::Forbidden,
        NextAsked::SetUp => Removal::Forbidden,
        NextAsked::TextMessage => Removal::TextMessages,
        NextAsked::Email => Removal::EmailCodes,
        NextAsked::Nothing => Removal::PasswordOnly,
    }
}

fn stored(account: &Account, pending: PendingApp) -> StoredFlow {
    StoredFlow {
        account: account.id,
        // Longer than the secret: whoever comes late is told, and not that nothing was begun.
        expires: pending.expires.plus(PENDING_FOR),
        flow: Flow::App(pending),
    }
}

fn app_key(cookie: TokenDigest) -> FlowKey {
    FlowKey {
        kind: FlowKind::App,
        cookie,
    }
}
