//! Browsers that an account remembers: trusted devices and known browsers.
//!
//! A trusted device skips the second factor until a fixed end that never slides. A known browser
//! has completed a sign-in; it weighs in throttling and grants nothing. Both cookies name the
//! browser; each account keeps its own digest of them, and its own end.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::account::Account;
use crate::base::client::UserAgent;
use crate::base::id::{DeviceId, TokenDigest};
use crate::base::time::Timestamp;

/// A browser that skips the second factor of one account.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct TrustedDevice {
    /// Its name in lists.
    pub id: DeviceId,
    /// What the person called it.
    pub name: String,
    /// Digest of the device cookie.
    pub digest: TokenDigest,
    /// What the browser said it is, when it was trusted.
    pub user_agent: UserAgent,
    /// When it was trusted.
    pub added: Timestamp,
    /// When that ends: fixed when it was trusted.
    pub expires: Timestamp,
    /// When it last stood in for a second factor.
    pub last_used: Option<Timestamp>,
    /// Where it was last seen.
    pub seen: Surroundings,
}

/// Short keyed digests of where a browser was and which version it had: enough to tell that both
/// are new, and nothing more.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Surroundings {
    /// Of the client's network.
    pub network: u64,
    /// Of the whole `User-Agent` header.
    pub version: u64,
}

impl Surroundings {
    /// Whether neither is what it was.
    pub fn both_differ(self, before: Self) -> bool {
        self.network != before.network && self.version != before.version
    }
}

/// A browser that has completed a sign-in of one account.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct KnownBrowser {
    /// Digest of the known-browser cookie.
    pub digest: TokenDigest,
    /// When it is forgotten.
    pub expires: Timestamp,
    /// When its owner last said no to the trust question.
    pub declined: Option<Timestamp>,
}

/// How long a browser stays known after its last sign-in: 180 days.
pub const KNOWN_FOR: Duration = Duration::from_secs(180 * 86_400);

/// How many browsers an account keeps as known; the one that ends first makes room.
pub const KNOWN_AT_MOST: usize = 20;

/// How long the trust question rests after a no: 30 days.
pub const DECLINED_FOR: Duration = Duration::from_secs(30 * 86_400);

/// Longest name of a device, in characters.
pub const NAME_AT_MOST: usize = 60;

/// A name as a person typed it, or `otherwise` where nothing is left of it: no control
/// characters, at most [`NAME_AT_MOST`] characters.
pub fn name_of(typed: &str, otherwise: &str) -> String {
    let kept: String = typed
        .chars()
        .filter(|it| !it.is_control())
        .take(NAME_AT_MOST)
        .collect();
    let kept = kept.trim();
    if kept.is_empty() {
        otherwise.to_owned()
    } else {
        kept.to_owned()
    }
}

impl Account {
    /// The trusted device that this cookie names, if its time has not ended.
    pub fn trusted(&self, digest: &TokenDigest, now: Timestamp) -> Option<&TrustedDevice> {
        self.devices
            .iter()
            .find(|device| device.digest == *digest && now < device.expires)
    }

    /// Whether this browser has completed a sign-in of this account.
    pub fn knows(&self, digest: &TokenDigest, now: Timestamp) -> bool {
        self.browsers
            .iter()
            .any(|browser| browser.digest == *digest && now < browser.expires)
    }

    /// Whether this browser is new to an account that has been signed in to before.
    pub fn is_new_browser(&self, digest: &TokenDigest, now: Timestamp) -> bool {
        !self.browsers.is_empty() && !self.knows(digest, now)
    }

    /// Trusts a browser; at `at_most` the oldest makes room. An older entry of the same browser
    /// is replaced, so that its end is the new one.
    pub fn trust(&mut self, device: TrustedDevice, at_most: usize, now: Timestamp) {
        self.devices
            .retain(|held| held.digest != device.digest && now < held.expires);
        while self.devices.len() >= at_most.max(1) {
            self.forget_oldest_device();
        }
        self.devices.push(device);
    }

    fn forget_oldest_device(&mut self) {
        if let Some(oldest) = self
            .devices
            .iter()
            .min_by_key(|held| held.added)
            .map(|held| held.id)
        {
            self.devices.retain(|held| held.id != oldest);
        }
    }

    /// The device that would make room for the next one, if the list is full.
    pub fn oldest_device_if_full(&self, at_most: usize, now: Timestamp) -> Option<&TrustedDevice> {
        let live = || self.devices.iter().filter(|held| now < held.expires);
        (live().count() >= at_most.max(1))
            .then(|| live().min_by_key(|held| held.added))
            .flatten()
    }

    /// Remembers that this browser completed a sign-in.
    pub fn know(&mut self, digest: TokenDigest, now: Timestamp) {
        let declined = self
            .browsers
            .iter()
            .find(|held| held.digest == digest)
            .and_then(|held| held.declined);
        self.browsers
            .retain(|held| held.digest != digest && now < held.expires);
        while self.browsers.len() >= KNOWN_AT_MOST {
            let Some(first) = self
                .browsers
                .iter()
                .min_by_key(|held| held.expires)
                .map(|held| held.digest)
            else {
                break;
            };
            self.browsers.retain(|held| held.digest != first);
        }
        self.browsers.push(KnownBrowser {
            digest,
            expires: now.plus(KNOWN_FOR),
            declined,
        });
    }

    /// Remembers the no to the trust question.
    pub fn decline(&mut self, digest: &TokenDigest, now: Timestamp) {
        if let Some(held) = self.browsers.iter_mut().find(|held| held.digest == *digest) {
            held.declined = Some(now);
        }
    }

    /// Whether the person said no on this browser within [`DECLINED_FOR`].
    pub fn declined(&self, digest: &TokenDigest, now: Timestamp) -> bool {
        self.browsers
            .iter()
            .any(|held| held.digest == *digest && held.declined.is_some_and(|at| now < at.plus(DECLINED_FOR)))
    }
}
