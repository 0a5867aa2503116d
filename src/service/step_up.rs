//! The sign-in flow that a browser is in, and flows that add proof to a session.

use super::sign_in::{Ticket, flow_key, stored};
use super::{Cookies, Desk, Outage};
use crate::base::id::{FlowId, TokenDigest};
use crate::base::seal::Token;
use crate::base::time::Timestamp;
use crate::identity::account::Account;
use crate::identity::factor::Factor;
use crate::identity::session::{Life, Session};
use crate::identity::sign_in::{self, SignIn};
use crate::identity::{assurance, confirm};
use crate::store::{Change, Flow, ReadError, StoredFlow, Version, Versioned};

/// A sign-in flow that goes on, its account, and the version of the flow.
pub type LiveFlow = (Ticket, Versioned<Account>, Version);

fn sign_in_of(found: Versioned<StoredFlow>) -> Option<(SignIn, Version)> {
    match found.value.flow {
        Flow::SignIn(flow) => Some((flow, found.version)),
        _ => None,
    }
}

impl Desk {
    /// The sign-in flow under a cookie.
    pub(super) async fn sign_in_flow(
        &self,
        cookie: &TokenDigest,
        now: Timestamp,
    ) -> Result<Option<(SignIn, Version)>, Outage> {
        let found = self.store.flow(&flow_key(cookie), now).await?;
        Ok(found.and_then(sign_in_of))
    }

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

    /// The same, with the versions that a step is decided on.
    ///
    /// # Errors
    ///
    /// [`Outage`].
    pub async fn live_flow(&self, cookies: &Cookies, now: Timestamp) -> Result<Option<LiveFlow>, Outage> {
        let Some(cookie) = &cookies.flow else {
            return Ok(None);
        };
        let found = self
            .store
            .flow_and_account(&flow_key(&cookie.digest()), now)
            .await?;
        let Some((found, Some(account))) = found else {
            return Ok(None);
        };
        let Some((flow, version)) = sign_in_of(found) else {
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
        let Some((held, Some(account))) = self.store.session_and_account(&session).await? else {
            return Ok(None);
        };
        let session_value = held.value;
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
}
