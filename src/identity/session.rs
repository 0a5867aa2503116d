//! A session: a browser that is signed in, on one site.
//!
//! What was proven, and when, is kept as facts; whether that is enough is computed at each request
//! by [`super::assurance`]. A session opens with a [`Proof`] and with nothing else. It is over when
//! its time has run out, when it has rested too long, or when its account's epoch has moved on.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::account::Account;
use super::factor::Factor;
use super::settings::SessionSettings;
use super::sign_in::Proof;
use crate::base::client::UserAgent;
use crate::base::entropy::Entropy;
use crate::base::id::{AccountId, DeviceId, SessionId};
use crate::base::time::Timestamp;

/// What a person has proven, and when.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proven {
    /// When the password was right.
    pub password: Timestamp,
    /// The newest second factor, and when.
    pub second: Option<(Factor, Timestamp)>,
    /// The trusted device that stood in for it.
    pub device: Option<DeviceId>,
}

/// A signed-in browser.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Session {
    /// Its name in lists and events.
    pub id: SessionId,
    /// Whose it is.
    pub account: AccountId,
    /// The account's epoch when it began.
    pub epoch: u32,
    /// The host it belongs to.
    pub site: String,
    /// What was proven.
    pub proven: Proven,
    /// When it was opened: its lifetime counts from here, through every renewal.
    pub opened: Timestamp,
    /// When it was last used; written in batches.
    pub last_used: Timestamp,
    /// Set on a value that was superseded: when it stops working.
    pub ends: Option<Timestamp>,
    /// Wrong answers at `confirm` and to "current password".
    pub misses: u8,
    /// What the browser said it is.
    pub user_agent: UserAgent,
}

/// How a session stands at one moment.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Life {
    /// It may be used.
    Live,
    /// It has rested too long.
    Idle,
    /// Its time has run out, or its account's credentials or status have changed.
    Over,
}

/// How long a superseded value still works, for requests that were under way.
pub const SUPERSEDED_FOR: Duration = Duration::from_secs(10);

/// Wrong answers at `confirm` that end a session.
pub const MISSES_AT_MOST: u8 = 5;

impl Session {
    /// Opens a session.
    pub fn open(
        proof: &Proof,
        site: &str,
        user_agent: UserAgent,
        entropy: &dyn Entropy,
        now: Timestamp,
    ) -> Self {
        Self {
            id: SessionId::draw(entropy),
            account: proof.account(),
            epoch: proof.epoch(),
            site: site.to_owned(),
            proven: proof.proven().clone(),
            opened: now,
            last_used: now,
            ends: None,
            misses: 0,
            user_agent,
        }
    }

    /// The same session with more proven: it keeps its id and its end, its cookie gets a new value.
    #[must_use]
    pub fn stepped_up(&self, proof: &Proof, now: Timestamp) -> Self {
        Self {
            epoch: proof.epoch(),
            proven: proof.proven().clone(),
            last_used: now,
            ends: None,
            misses: 0,
            ..self.clone()
        }
    }

    /// The same session, carried over a change that was made in it: `account` is as it is after
    /// [`Account::credentials_changed`]. Over that one change and no other: a session that was over
    /// before it stays over.
    #[must_use]
    pub fn carried_over(&self, account: &Account, now: Timestamp) -> Self {
        let lived = account.id == self.account && account.epoch == self.epoch.wrapping_add(1);
        Self {
            epoch: if lived { account.epoch } else { self.epoch },
            last_used: now,
            ends: None,
            misses: 0,
            ..self.clone()
        }
    }

    /// Whether it may be used.
    pub fn life(&self, account: &Account, rules: &SessionSettings, now: Timestamp) -> Life {
        self.life_used_at(self.last_used, account, rules, now)
    }

    /// Whether it may be used, given when it was last used as far as this node knows.
    pub fn life_used_at(
        &self,
        last_used: Timestamp,
        account: &Account,
        rules: &SessionSettings,
        now: Timestamp,
    ) -> Life {
        let superseded = self.ends.is_some_and(|end| now >= end);
        if superseded
            || now >= self.opened.plus(rules.lifetime)
            || !account.is_active()
            || account.epoch != self.epoch
        {
            return Life::Over;
        }
        if now >= last_used.plus(rules.idle) {
            Life::Idle
        } else {
            Life::Live
        }
    }

    /// The words for how it was proven, as `Remote-Auth-Method` carries them.
    pub fn method(&self) -> &'static str {
        match (self.proven.second, self.proven.device) {
            (Some((Factor::App, _)), _) => "password+app",
            (Some((Factor::Email, _)), _) => "password+email",
            (Some((Factor::Sms, _)), _) => "password+sms",
            (Some((Factor::Recovery, _)), _) => "password+recovery",
            (None, Some(_)) => "password+device",
            (None, None) => "password",
        }
    }
}
