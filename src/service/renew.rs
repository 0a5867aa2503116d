//! A browser's own session, as changes to its account find it and leave it.
//!
//! ```text
//! more proven      ─▶ a new value; the old one works 10 s more, for requests under way
//! account changed  ─▶ a new value; the old one, all others, flows and devices end with the change
//! ```
//!
//! What lies under the session's cookie (an app that is being set up, codes that are shown) moves
//! along where more was proven, and ends where the account has changed.

use super::visit::Visitor;
use super::{Caller, Desk, Outage};
use crate::base::id::TokenDigest;
use crate::base::seal::Token;
use crate::base::time::Timestamp;
use crate::identity::account::Account;
use crate::identity::event::{Cause, What};
use crate::identity::session::{Life, MISSES_AT_MOST, SUPERSEDED_FOR, Session};
use crate::identity::sign_in::Proof;
use crate::messaging::NoticeKind;
use crate::store::{Change, FlowKey, FlowKind, StoredFlow, Version, Versioned, WriteError};

/// A session under a new value.
pub struct Renewed {
    /// The new value of the session's cookie.
    pub cookie: Token,
    /// Who goes on, from here on in the same request.
    pub visitor: Visitor,
}

impl std::fmt::Debug for Renewed {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_struct("Renewed")
            .field("session", &self.visitor.session().id)
            .finish_non_exhaustive()
    }
}

/// A visitor's session and account, read afresh.
pub(super) struct Own {
    pub cookie: TokenDigest,
    pub session: Versioned<Session>,
    pub account: Versioned<Account>,
}

/// What a wrong answer brought about.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Missed {
    /// It was counted.
    Counted,
    /// It was the last one: the session has ended.
    Ended,
    /// The session was over already.
    Gone,
}

impl Desk {
    /// The visitor's session and account as they are stored. `None` where the session is over or
    /// goes on under another value: nothing is changed with an old one.
    pub(super) async fn own(&self, visitor: &Visitor, now: Timestamp) -> Result<Option<Own>, Outage> {
        let cookie = visitor.cookie();
        let Some((session, Some(account))) = self.store.session_and_account(&cookie).await? else {
            return Ok(None);
        };
        if session.value.ends.is_some() {
            return Ok(None);
        }
        let used = visitor.last_used().max(session.value.last_used);
        let rules = self.rules.load();
        let life = session
            .value
            .life_used_at(used, &account.value, &rules.session, now);
        Ok((life == Life::Live).then_some(Own {
            cookie,
            session,
            account,
        }))
    }

    /// Gives the session a new value with what was proven; the old one works a moment longer.
    pub(super) async fn step_up_own(
        &self,
        own: &Own,
        proof: &Proof,
        changes: &mut Vec<Change>,
        now: Timestamp,
    ) -> Result<(Token, Session), Outage> {
        let cookie = Token::draw(&*self.entropy);
        let session = own.session.value.stepped_up(proof, now);
        self.supersede(own.cookie, own.session.clone(), cookie.digest(), changes, now)
            .await?;
        changes.push(Change::OpenSession {
            cookie: cookie.digest(),
            session: session.clone(),
            at_most: self.rules.load().session.max,
        });
        Ok((cookie, session))
    }

    /// Requests that are under way with an old value still pass for a moment; what lies under it
    /// moves to the new one.
    pub(super) async fn supersede(
        &self,
        old: TokenDigest,
        stored: Versioned<Session>,
        new: TokenDigest,
        changes: &mut Vec<Change>,
        now: Timestamp,
    ) -> Result<(), Outage> {
        let superseded = Session {
            ends: Some(now.plus(SUPERSEDED_FOR)),
            ..stored.value
        };
        changes.push(Change::ReplaceSession(old, superseded, stored.version));
        for kind in [
            FlowKind::Arrival,
            FlowKind::App,
            FlowKind::Codes,
            FlowKind::Phone,
            FlowKind::Kept,
        ] {
            let key = FlowKey { kind, cookie: old };
            if let Some(flow) = self.store.flow(&key, now).await? {
                changes.push(Change::DeleteFlow(key, flow.version));
                changes.push(Change::CreateFlow(FlowKey { kind, cookie: new }, flow.value));
            }
        }
        Ok(())
    }

    /// Writes a change of the account's credentials that its owner made in this session: every
    /// other session, all flows and all trusted devices end, and this session goes on under a new
    /// value. `then` is stored under that value.
    pub(super) async fn commit_own_change(
        &self,
        own: Own,
        session: &Session,
        changes: Vec<Change>,
        then: Option<(FlowKind, StoredFlow)>,
        caller: &Caller,
        now: Timestamp,
    ) -> Result<Renewed, Outage> {
        let (changes, renewed) = self.own_change(own, session, changes, then, caller, now).await?;
        self.commit(changes, now).await?;
        Ok(renewed)
    }

    /// The same, before it is written.
    pub(super) async fn own_change(
        &self,
        own: Own,
        session: &Session,
        mut changes: Vec<Change>,
        then: Option<(FlowKind, StoredFlow)>,
        caller: &Caller,
        now: Timestamp,
    ) -> Result<(Vec<Change>, Renewed), Outage> {
        let Versioned {
            value: mut account,
            version,
        } = own.account;
        changes.extend(
            self.tell_of_ended_sessions(&account, Some(session), caller, now)
                .await?,
        );
        if !account.devices.is_empty() {
            changes.push(self.tell(&account, What::DeviceRemoved { device: None }, caller, now));
        }
        account.credentials_changed();
        let session = session.carried_over(&account, now);
        let cookie = Token::draw(&*self.entropy);
        changes.push(Change::EndAllOf {
            account: account.id,
            except: None,
        });
        // Of two changes in one session at once, the second finds the account's version gone.
        changes.push(Change::ReplaceAccount(account.clone(), version));
        changes.push(Change::OpenSession {
            cookie: cookie.digest(),
            session: session.clone(),
            at_most: self.rules.load().session.max,
        });
        if let Some((kind, flow)) = then {
            let key = FlowKey {
                kind,
                cookie: cookie.digest(),
            };
            changes.push(Change::CreateFlow(key, flow));
        }
        Ok((changes, renewed(cookie, session, account)))
    }

    /// That the sessions of an account end with a change to it, `own` excepted.
    pub(super) async fn tell_of_ended_sessions(
        &self,
        account: &Account,
        own: Option<&Session>,
        caller: &Caller,
        now: Timestamp,
    ) -> Result<Vec<Change>, Outage> {
        let held = self.store.sessions_of(account.id).await?;
        let others = held
            .into_iter()
            .filter(|(_, other)| Some(other.id) != own.map(|own| own.id) && other.ends.is_none());
        Ok(others
            .map(|(_, other)| {
                let what = What::SessionEnded {
                    session: Some(other.id),
                    cause: Cause::AccountChanged,
                };
                self.tell(account, what, caller, now)
            })
            .collect())
    }

    /// A wrong answer inside a session: the fifth ends it, and the owner hears of it. `told` are the
    /// events that say which answer it was.
    pub(super) async fn note_miss(
        &self,
        told: &[What],
        visitor: &Visitor,
        caller: &Caller,
    ) -> Result<Missed, Outage> {
        for _ in 0..super::DECIDE_AT_MOST {
            let now = self.now();
            let Some(own) = self.own(visitor, now).await? else {
                return Ok(Missed::Gone);
            };
            let account = &own.account.value;
            let mut changes: Vec<Change> = told
                .iter()
                .map(|what| self.tell(account, what.clone(), caller, now))
                .collect();
            let misses = own.session.value.misses.saturating_add(1);
            let missed = if misses >= MISSES_AT_MOST {
                changes.extend(self.end_after_misses(&own, misses, caller, now)?);
                Missed::Ended
            } else {
                let session = Session {
                    misses,
                    ..own.session.value.clone()
                };
                changes.push(Change::ReplaceSession(own.cookie, session, own.session.version));
                Missed::Counted
            };
            match self.commit(changes, now).await {
                Err(WriteError::Conflict) => {}
                Err(error) => return Err(error.into()),
                Ok(_) => return Ok(missed),
            }
        }
        Err(Outage::Contended)
    }

    fn end_after_misses(
        &self,
        own: &Own,
        misses: u8,
        caller: &Caller,
        now: Timestamp,
    ) -> Result<Vec<Change>, Outage> {
        let session = &own.session.value;
        let account = &own.account.value;
        let ended = What::SessionEnded {
            session: Some(session.id),
            cause: Cause::Misses,
        };
        let notice = NoticeKind::SessionEndedByMisses {
            attempts: u32::from(misses),
        };
        let mut changes = vec![
            // Of two fifth answers at once one ends the session, and one letter goes out.
            Change::ReplaceSession(own.cookie, session.clone(), own.session.version),
            Change::EndSession(own.cookie),
            self.tell(account, ended, caller, now),
            self.notify_here(account, notice, caller, now)?,
        ];
        changes.extend(drop_flows_under(own.cookie));
        Ok(changes)
    }

    /// A notice about what was done in a request of `caller`.
    pub(super) fn notify_here(
        &self,
        account: &Account,
        kind: NoticeKind,
        caller: &Caller,
        now: Timestamp,
    ) -> Result<Change, Outage> {
        self.notify(
            account,
            kind,
            &caller.site.url,
            &caller.language,
            Some(caller.user_agent),
            now,
        )
    }
}

/// A visitor under a new value, for the rest of the request that made it.
pub(super) fn renewed(cookie: Token, session: Session, account: Account) -> Renewed {
    let visitor = Visitor::renewed(cookie.digest(), session, account);
    Renewed { cookie, visitor }
}

/// Whatever lies under a session's cookie goes.
pub(super) fn drop_flows_under(cookie: TokenDigest) -> impl Iterator<Item = Change> {
    [
        FlowKind::Arrival,
        FlowKind::Confirming,
        FlowKind::App,
        FlowKind::Codes,
        FlowKind::Phone,
        FlowKind::Lapsed,
        FlowKind::Kept,
    ]
    .into_iter()
    .map(move |kind| Change::DropFlow(FlowKey { kind, cookie }))
}

/// Stores a flow under a key: in the place of the one that was read there, or where there was none.
pub(super) fn put_flow(key: FlowKey, flow: StoredFlow, read: Option<Version>) -> Change {
    match read {
        Some(version) => Change::ReplaceFlow(key, flow, version),
        None => Change::CreateFlow(key, flow),
    }
}
