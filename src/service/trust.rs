//! The trust question, asked once the session is open.

use super::{Caller, Cookies, DECIDE_AT_MOST, Desk, Outage};
use crate::base::id::{AccountId, DeviceId, TokenDigest};
use crate::base::seal::Token;
use crate::base::time::Timestamp;
use crate::identity::account::Account;
use crate::identity::device::{TrustedDevice, name_of};
use crate::identity::enrolment::PendingCodes;
use crate::identity::event::What;
use crate::identity::factor::recovery::RecoveryCode;
use crate::messaging::NoticeKind;
use crate::store::{Arrival, Change, Flow, FlowKey, FlowKind, Version, Versioned, WriteError};

/// The answer to the trust question.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Answer<'a> {
    /// Remember this device, under this name; empty: under the default name.
    Yes {
        /// As it was typed.
        name: &'a str,
        /// Where nothing is left of it.
        otherwise: &'a str,
    },
    /// Ask every time.
    No,
}

/// What came of the answer.
#[derive(Debug)]
pub struct Answered {
    /// Where the browser wanted to go.
    pub next: String,
    /// Whether a form waits that is asked about before that.
    pub resumes: bool,
    /// The device cookie, if the device is remembered now.
    pub device: Option<Token>,
}

impl Desk {
    /// What a browser that has just signed in is asked or told before it goes on.
    ///
    /// # Errors
    ///
    /// [`Outage`].
    pub async fn arrival_of(&self, session: &TokenDigest) -> Result<Option<Arrival>, Outage> {
        Ok(self
            .stored_arrival(session, self.now())
            .await?
            .map(|(arrival, _)| arrival))
    }

    async fn stored_arrival(
        &self,
        session: &TokenDigest,
        now: Timestamp,
    ) -> Result<Option<(Arrival, Version)>, Outage> {
        let found = self.store.flow(&arrival_key(session), now).await?;
        Ok(found.and_then(|found| match found.value.flow {
            Flow::Arrival(arrival) => Some((arrival, found.version)),
            _ => None,
        }))
    }

    /// The device that would make room, if the list is full.
    pub fn device_that_makes_room<'a>(&self, account: &'a Account) -> Option<&'a TrustedDevice> {
        account.oldest_device_if_full(self.rules.load().trusted_devices.max, self.now())
    }

    /// The code that took the place of the one that was used, as long as it is shown.
    ///
    /// # Errors
    ///
    /// [`Outage`] if it does not open.
    pub fn fresh_code(&self, arrival: &Arrival, account: AccountId) -> Result<Vec<RecoveryCode>, Outage> {
        match &arrival.fresh {
            Some(pending) => self.open_codes(pending, account),
            None => Ok(Vec::new()),
        }
    }

    /// Codes that are to be shown to their owner.
    ///
    /// # Errors
    ///
    /// [`Outage`] if they do not open.
    pub fn open_codes(
        &self,
        pending: &PendingCodes,
        account: AccountId,
    ) -> Result<Vec<RecoveryCode>, Outage> {
        Ok(pending.codes(account, &self.keys)?)
    }

    /// The person has read how many recovery codes are left and goes on. What they had been told is
    /// forgotten; it says where to go.
    ///
    /// # Errors
    ///
    /// [`Outage`].
    pub async fn go_on_from_arrival(&self, session: &TokenDigest) -> Result<Option<Arrival>, Outage> {
        let now = self.now();
        let Some((arrival, _)) = self.stored_arrival(session, now).await? else {
            return Ok(None);
        };
        self.commit(vec![Change::DropFlow(arrival_key(session))], now)
            .await?;
        Ok(Some(arrival))
    }

    /// The trust question was answered. `None`: it was not asked, or was answered before.
    ///
    /// # Errors
    ///
    /// [`Outage`]: nothing was remembered.
    pub async fn answer_trust(
        &self,
        answer: Answer<'_>,
        session: &TokenDigest,
        cookies: &Cookies,
        caller: &Caller,
    ) -> Result<Option<Answered>, Outage> {
        for _ in 0..DECIDE_AT_MOST {
            let now = self.now();
            let (arrival, held) = tokio::join!(
                self.stored_arrival(session, now),
                self.store.session_and_account(session)
            );
            let (Some((arrival, version)), Some((stored, Some(account)))) = (arrival?, held?) else {
                return Ok(None);
            };
            if account.value.epoch != stored.value.epoch {
                return Ok(None);
            }
            let asked = arrival.ask_trust && self.rules.load().trusted_devices.enabled;
            let mut changes = vec![Change::DeleteFlow(arrival_key(session), version)];
            let device = match answer {
                Answer::Yes { name, otherwise } if asked => {
                    let (device, told) =
                        self.remember(name_of(name, otherwise), account, cookies, caller, now)?;
                    changes.extend(told);
                    Some(device)
                }
                Answer::Yes { .. } => None,
                Answer::No => {
                    changes.extend(decline(account, cookies, now));
                    None
                }
            };
            match self.commit(changes, now).await {
                Err(WriteError::Conflict) => {}
                Err(error) => return Err(error.into()),
                Ok(_) => {
                    return Ok(Some(Answered {
                        next: arrival.next,
                        resumes: arrival.resumes,
                        device,
                    }));
                }
            }
        }
        Err(Outage::Contended)
    }

    /// Trusts the browser: the cookie it already carries for others, or a new one.
    pub(super) fn remember(
        &self,
        name: String,
        account: Versioned<Account>,
        cookies: &Cookies,
        caller: &Caller,
        now: Timestamp,
    ) -> Result<(Token, Vec<Change>), Outage> {
        let Versioned {
            value: mut account,
            version,
        } = account;
        let rules = self.rules.load_full();
        let cookie = cookies
            .device
            .clone()
            .unwrap_or_else(|| Token::draw(&*self.entropy));
        let until = now.plus(rules.trusted_devices.lifetime);
        let device = TrustedDevice {
            id: DeviceId::draw(&*self.entropy),
            name: name.clone(),
            digest: cookie.digest(),
            user_agent: caller.user_agent,
            added: now,
            expires: until,
            last_used: None,
            seen: self.surroundings(caller),
        };
        let id = device.id;
        account.trust(device, rules.trusted_devices.max, now);
        let notice = NoticeKind::DeviceRemembered { name, until };
        let changes = vec![
            self.tell(&account, What::DeviceTrusted { device: id }, caller, now),
            self.notify(
                &account,
                notice,
                &caller.site.url,
                &caller.language,
                Some(caller.user_agent),
                now,
            )?,
            Change::ReplaceAccount(account, version),
        ];
        Ok((cookie, changes))
    }
}

fn decline(account: Versioned<Account>, cookies: &Cookies, now: Timestamp) -> Option<Change> {
    let known = cookies.known.as_ref()?.digest();
    let Versioned {
        value: mut account,
        version,
    } = account;
    account.decline(&known, now);
    Some(Change::ReplaceAccount(account, version))
}

pub(super) fn arrival_key(session: &TokenDigest) -> FlowKey {
    FlowKey {
        kind: FlowKind::Arrival,
        cookie: *session,
    }
}
