//! Sessions, as their owner sees them: where one is signed in, ending one, ending the others, and
//! signing out everywhere.
//!
//! ```text
//! one, or all others ─▶ those sessions end; trusted devices stay
//! everywhere         ─▶ every session, every flow and every trusted device ends, this one too
//! ```
//!
//! An id that is not one of this account's is unknown, whoever's it is. Ending what one has opened
//! asks for no fresh proof: it only takes away.

use super::renew::{Own, drop_flows_under};
use super::visit::Visitor;
use super::{Caller, DECIDE_AT_MOST, Desk, Outage};
use crate::base::id::{SessionId, TokenDigest};
use crate::base::time::Timestamp;
use crate::identity::account::Account;
use crate::identity::event::{Cause, What};
use crate::identity::session::{Life, Session};
use crate::messaging::NoticeKind;
use crate::store::{Change, WriteError};

/// A session, as its owner sees it.
#[derive(Clone, Debug)]
pub struct HeldSession {
    /// The session.
    pub session: Session,
    /// When it was last used, as far as this node knows.
    pub last_used: Timestamp,
    /// Whether it is the one that asks.
    pub here: bool,
    cookie: TokenDigest,
}

/// What came of ending one session.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum AfterEndOne {
    /// It has ended.
    Ended,
    /// It is the one that asks: signing out is another page's.
    Here,
    /// The account has no such session.
    Unknown,
    /// The session that asks is over, or goes on under another value.
    Gone,
}

/// What came of ending several.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum AfterEndMany {
    /// They have ended.
    Ended,
    /// The session that asks is over, or goes on under another value.
    Gone,
}

impl Desk {
    /// The account's live sessions: the one that asks first, then by last use.
    ///
    /// # Errors
    ///
    /// [`Outage`].
    pub async fn sessions_held(&self, visitor: &Visitor) -> Result<Vec<HeldSession>, Outage> {
        let mut held = self.live_sessions(visitor.account(), self.now()).await?;
        for session in &mut held {
            session.here = session.session.id == visitor.session().id;
        }
        held.sort_by_key(|it| (!it.here, std::cmp::Reverse(it.last_used)));
        Ok(held)
    }

    /// All live sessions of an account, oldest first; superseded values are none.
    pub(super) async fn live_sessions(
        &self,
        account: &Account,
        now: Timestamp,
    ) -> Result<Vec<HeldSession>, Outage> {
        let rules = self.rules.load_full();
        let stored = self.store.sessions_of(account.id).await?;
        let live = stored.into_iter().filter_map(|(cookie, session)| {
            let used = self.seats.used(&cookie);
            let last_used = used.map_or(session.last_used, |used| used.max(session.last_used));
            let life = session.life_used_at(last_used, account, &rules.session, now);
            (session.ends.is_none() && life == Life::Live).then_some(HeldSession {
                session,
                last_used,
                here: false,
                cookie,
            })
        });
        Ok(live.collect())
    }

    /// Ends one of the account's sessions.
    ///
    /// # Errors
    ///
    /// [`Outage`]: it may still be there.
    pub async fn end_session(
        &self,
        id: SessionId,
        visitor: &Visitor,
        caller: &Caller,
    ) -> Result<AfterEndOne, Outage> {
        if id == visitor.session().id {
            return Ok(AfterEndOne::Here);
        }
        for _ in 0..DECIDE_AT_MOST {
            let now = self.now();
            let Some(own) = self.own(visitor, now).await? else {
                return Ok(AfterEndOne::Gone);
            };
            let account = &own.account.value;
            let told = |id| {
                let what = What::SessionEnded {
                    session: Some(id),
                    cause: Cause::FromElsewhere,
                };
                self.tell(account, what, caller, now)
            };
            let Some(changes) = self.ending(id, account, now, told).await? else {
                return Ok(AfterEndOne::Unknown);
            };
            match self.commit(changes, now).await {
                Err(WriteError::Conflict) => {}
                Err(error) => return Err(error.into()),
                Ok(_) => return Ok(AfterEndOne::Ended),
            }
        }
        Err(Outage::Contended)
    }

    /// The changes that end a session of an account, told once however many end it at a time.
    /// `None`: the account has no such live session.
    pub(super) async fn ending(
        &self,
        id: SessionId,
        account: &Account,
        now: Timestamp,
        told: impl Fn(SessionId) -> Change,
    ) -> Result<Option<Vec<Change>>, Outage> {
        let live = self.live_sessions(account, now).await?;
        let Some(held) = live.into_iter().find(|held| held.session.id == id) else {
            return Ok(None);
        };
        let Some(stored) = self.store.session(&held.cookie).await? else {
            return Ok(None);
        };
        let mut changes = vec![
            Change::ReplaceSession(held.cookie, stored.value, stored.version),
            Change::EndSession(held.cookie),
            told(id),
        ];
        changes.extend(drop_flows_under(held.cookie));
        Ok(Some(changes))
    }

    /// Ends every session of the account but the one that asks, and every sign-in that is under way.
    ///
    /// # Errors
    ///
    /// [`Outage`]: they may still be there.
    pub async fn end_other_sessions(
        &self,
        visitor: &Visitor,
        caller: &Caller,
    ) -> Result<AfterEndMany, Outage> {
        let now = self.now();
        let Some(own) = self.own(visitor, now).await? else {
            return Ok(AfterEndMany::Gone);
        };
        let live = self.live_sessions(&own.account.value, now).await?;
        let others = live.iter().filter(|held| held.session.id != own.session.value.id);
        let mut changes: Vec<Change> = others
            .map(|held| {
                let what = What::SessionEnded {
                    session: Some(held.session.id),
                    cause: Cause::FromElsewhere,
                };
                self.tell(&own.account.value, what, caller, now)
            })
            .collect();
        changes.push(Change::EndAllOf {
            account: own.account.value.id,
            except: Some(own.cookie),
        });
        self.commit(changes, now).await?;
        Ok(AfterEndMany::Ended)
    }

    /// "Sign out everywhere": nothing that was opened or remembered before works any more.
    ///
    /// # Errors
    ///
    /// [`Outage`]: it may all still work.
    pub async fn sign_out_everywhere(
        &self,
        visitor: &Visitor,
        caller: &Caller,
    ) -> Result<AfterEndMany, Outage> {
        for _ in 0..DECIDE_AT_MOST {
            let now = self.now();
            let Some(own) = self.own(visitor, now).await? else {
                return Ok(AfterEndMany::Gone);
            };
            match self.commit(self.ending_all(own, caller, now)?, now).await {
                Err(WriteError::Conflict) => {}
                Err(error) => return Err(error.into()),
                Ok(_) => return Ok(AfterEndMany::Ended),
            }
        }
        Err(Outage::Contended)
    }

    fn ending_all(&self, own: Own, caller: &Caller, now: Timestamp) -> Result<Vec<Change>, Outage> {
        let mut account = own.account.value;
        let ended = What::SessionEnded {
            session: None,
            cause: Cause::SignOutEverywhere,
        };
        let mut changes = vec![
            self.tell(&account, ended, caller, now),
            self.notify_here(&account, NoticeKind::SignedOutEverywhere, caller, now)?,
            Change::EndAllOf {
                account: account.id,
                except: None,
            },
        ];
        if !account.devices.is_empty() {
            changes.push(self.tell(&account, What::DeviceRemoved { device: None }, caller, now));
        }
        account.credentials_changed();
        changes.push(Change::ReplaceAccount(account, own.account.version));
        Ok(changes)
    }
}
