//! Trusted devices, as their owner sees them: the list, names, and taking trust back.
//!
//! Taking one back ends nothing else: the browser it was stays signed in, and asks for a code the
//! next time. An id that is not this account's is unknown, whoever's it is.

use super::renew::Own;
use super::trust::arrival_key;
use super::visit::Visitor;
use super::{Caller, Cookies, DECIDE_AT_MOST, Desk, Outage};
use crate::base::id::{AccountId, DeviceId};
use crate::base::seal::Token;
use crate::base::time::Timestamp;
use crate::identity::account::Account;
use crate::identity::assurance;
use crate::identity::confirm::Intent;
use crate::identity::device::{TrustedDevice, name_of};
use crate::identity::event::What;
use crate::identity::factor::Factor;
use crate::identity::sign_in::STEP_WITHIN;
use crate::messaging::NoticeKind;
use crate::store::{Arrival, Change, Flow, StoredFlow, WriteError};

/// What came of a change to one device.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum AfterDevice {
    /// It has this name now.
    Renamed(String),
    /// The device of this name is trusted no more.
    Removed(String),
    /// The account has no such device.
    Unknown,
    /// The session is over, or goes on under another value.
    Gone,
}

/// What came of taking trust back from all.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum AfterRemoveAll {
    /// No device is trusted any more.
    Removed,
    /// Fresh proof first.
    Confirm,
    /// The session is over, or goes on under another value.
    Gone,
}

/// What came of trusting this browser from the account pages.
#[derive(Debug)]
pub enum AfterRemember {
    /// It is trusted: its device cookie.
    Remembered(Token),
    /// Fresh proof first.
    Confirm,
    /// There is nothing that trust could skip, trust is switched off, the browser has it already,
    /// or what signed it in stood in for a lost factor.
    NotPossible,
    /// The session is over, or goes on under another value.
    Gone,
}

impl Desk {
    /// The account's trusted devices, newest first, each with whether it is this browser. A device
    /// cookie that is missing decides nothing: it does not come along from other sites.
    pub fn devices_of<'a>(&self, account: &'a Account, cookies: &Cookies) -> Vec<(&'a TrustedDevice, bool)> {
        let now = self.now();
        let here = cookies.device.as_ref().map(Token::digest);
        let mut live: Vec<_> = account
            .devices
            .iter()
            .filter(|device| now < device.expires)
            .map(|device| (device, Some(device.digest) == here))
            .collect();
        live.sort_by_key(|(device, _)| std::cmp::Reverse(device.added));
        live
    }

    /// Whether this browser may be trusted from the account pages.
    pub fn may_remember(&self, visitor: &Visitor, cookies: &Cookies) -> bool {
        self.can_remember(visitor.session().proven.second, visitor.account(), cookies)
    }

    fn can_remember(
        &self,
        second: Option<(Factor, Timestamp)>,
        account: &Account,
        cookies: &Cookies,
    ) -> bool {
        let rules = self.rules.load();
        let trusted = cookies
            .device
            .as_ref()
            .is_some_and(|cookie| account.trusted(&cookie.digest(), self.now()).is_some());
        let stood_in = second.is_some_and(|(factor, _)| assurance::stands_in(factor, &rules.second_factor));
        rules.trusted_devices.enabled
            && assurance::demand(account, &rules.second_factor, self.now()).second
            && !trusted
            && !stood_in
    }

    /// "Remember this device".
    ///
    /// # Errors
    ///
    /// [`Outage`]: nothing was remembered.
    pub async fn remember_device(
        &self,
        name: &str,
        otherwise: &str,
        visitor: &Visitor,
        cookies: &Cookies,
        caller: &Caller,
    ) -> Result<AfterRemember, Outage> {
        for _ in 0..DECIDE_AT_MOST {
            let now = self.now();
            let Some(own) = self.own(visitor, now).await? else {
                return Ok(AfterRemember::Gone);
            };
            let second = own.session.value.proven.second;
            if !self.can_remember(second, &own.account.value, cookies) {
                return Ok(AfterRemember::NotPossible);
            }
            if !self.fresh_for(&Intent::RememberDevice, &own, now).await? {
                return Ok(AfterRemember::Confirm);
            }
            let (cookie, changes) =
                self.remember(name_of(name, otherwise), own.account, cookies, caller, now)?;
            match self.commit(changes, now).await {
                Err(WriteError::Conflict) => {}
                Err(error) => return Err(error.into()),
                Ok(_) => return Ok(AfterRemember::Remembered(cookie)),
            }
        }
        Err(Outage::Contended)
    }

    /// Gives a device another name; nothing left of it: the name it has.
    ///
    /// # Errors
    ///
    /// [`Outage`].
    pub async fn rename_device(
        &self,
        id: DeviceId,
        typed: &str,
        visitor: &Visitor,
    ) -> Result<AfterDevice, Outage> {
        self.change_device(visitor, |_, own, now| {
            let device = live_device(&mut own.account.value, id, now)?;
            device.name = name_of(typed, &device.name);
            Some((AfterDevice::Renamed(device.name.clone()), Vec::new()))
        })
        .await
    }

    /// Takes trust back from one device.
    ///
    /// # Errors
    ///
    /// [`Outage`].
    pub async fn remove_device(
        &self,
        id: DeviceId,
        visitor: &Visitor,
        caller: &Caller,
    ) -> Result<AfterDevice, Outage> {
        self.change_device(visitor, |desk, own, now| {
            let name = live_device(&mut own.account.value, id, now)?.name.clone();
            own.account.value.devices.retain(|device| device.id != id);
            let what = What::DeviceRemoved { device: Some(id) };
            let told = vec![desk.tell(&own.account.value, what, caller, now)];
            Some((AfterDevice::Removed(name), told))
        })
        .await
    }

    async fn change_device<F>(&self, visitor: &Visitor, change: F) -> Result<AfterDevice, Outage>
    where
        F: Fn(&Self, &mut Own, Timestamp) -> Option<(AfterDevice, Vec<Change>)>,
    {
        for _ in 0..DECIDE_AT_MOST {
            let now = self.now();
            let Some(mut own) = self.own(visitor, now).await? else {
                return Ok(AfterDevice::Gone);
            };
            let Some((after, mut changes)) = change(self, &mut own, now) else {
                return Ok(AfterDevice::Unknown);
            };
            changes.push(Change::ReplaceAccount(own.account.value, own.account.version));
            match self.commit(changes, now).await {
                Err(WriteError::Conflict) => {}
                Err(error) => return Err(error.into()),
                Ok(_) => return Ok(after),
            }
        }
        Err(Outage::Contended)
    }

    /// Takes trust back from all devices.
    ///
    /// # Errors
    ///
    /// [`Outage`].
    pub async fn remove_all_devices(
        &self,
        visitor: &Visitor,
        caller: &Caller,
    ) -> Result<AfterRemoveAll, Outage> {
        for _ in 0..DECIDE_AT_MOST {
            let now = self.now();
            let Some(mut own) = self.own(visitor, now).await? else {
                return Ok(AfterRemoveAll::Gone);
            };
            if !self.fresh_for(&Intent::RemoveDevices, &own, now).await? {
                return Ok(AfterRemoveAll::Confirm);
            }
            if own.account.value.devices.is_empty() {
                return Ok(AfterRemoveAll::Removed);
            }
            own.account.value.devices.clear();
            let account = &own.account.value;
            let changes = vec![
                self.tell(account, What::DeviceRemoved { device: None }, caller, now),
                self.notify_here(account, NoticeKind::DevicesRemoved, caller, now)?,
                Change::ReplaceAccount(own.account.value, own.account.version),
            ];
            match self.commit(changes, now).await {
                Err(WriteError::Conflict) => {}
                Err(error) => return Err(error.into()),
                Ok(_) => return Ok(AfterRemoveAll::Removed),
            }
        }
        Err(Outage::Contended)
    }

    /// Whoever signs out may have this device forgotten on the page that follows, which has no
    /// session any more: whose trust that would be is kept under the device's cookie for a while.
    pub(super) async fn keep_for_forgetting(
        &self,
        cookies: &Cookies,
        account: AccountId,
        now: Timestamp,
    ) -> Result<Vec<Change>, Outage> {
        let Some(cookie) = cookies.device.as_ref().map(Token::digest) else {
            return Ok(Vec::new());
        };
        let trusted = self
            .store
            .account(account)
            .await?
            .is_some_and(|account| account.value.trusted(&cookie, now).is_some());
        if !trusted {
            return Ok(Vec::new());
        }
        let key = arrival_key(&cookie);
        let nothing_asked = Arrival {
            next: "/".to_owned(),
            ask_trust: false,
            recovery_used: false,
            resumes: false,
            fresh: None,
        };
        let flow = StoredFlow {
            account,
            expires: now.plus(STEP_WITHIN),
            flow: Flow::Arrival(nothing_asked),
        };
        Ok(vec![Change::DropFlow(key), Change::CreateFlow(key, flow)])
    }

    /// "Forget this device", with or without a session: the account that is signed in, or that has
    /// just signed out, trusts it no more. The page deletes the cookie in any case. Whether an
    /// account trusted it.
    ///
    /// # Errors
    ///
    /// [`Outage`]: it may still be trusted.
    pub async fn forget_this_device(
        &self,
        visitor: Option<&Visitor>,
        cookies: &Cookies,
        caller: &Caller,
    ) -> Result<bool, Outage> {
        let Some(cookie) = cookies.device.as_ref().map(Token::digest) else {
            return Ok(false);
        };
        let key = arrival_key(&cookie);
        for _ in 0..DECIDE_AT_MOST {
            let now = self.now();
            let owner = match visitor {
                Some(visitor) => Some(visitor.session().account),
                None => self.store.flow(&key, now).await?.map(|flow| flow.value.account),
            };
            let Some(owner) = owner else { return Ok(false) };
            let Some(mut account) = self.store.account(owner).await? else {
                return Ok(false);
            };
            let Some(id) = account.value.trusted(&cookie, now).map(|device| device.id) else {
                return Ok(false);
            };
            account.value.devices.retain(|device| device.digest != cookie);
            let what = What::DeviceRemoved { device: Some(id) };
            let changes = vec![
                self.tell(&account.value, what, caller, now),
                Change::DropFlow(key),
                Change::ReplaceAccount(account.value, account.version),
            ];
            match self.commit(changes, now).await {
                Err(WriteError::Conflict) => {}
                Err(error) => return Err(error.into()),
                Ok(_) => return Ok(true),
            }
        }
        Err(Outage::Contended)
    }
}

fn live_device(account: &mut Account, id: DeviceId, now: Timestamp) -> Option<&mut TrustedDevice> {
    account
        .devices
        .iter_mut()
        .find(|device| device.id == id && now < device.expires)
}
