//! Adding a factor: a secret that waits for its first code, and codes that wait to be saved.
//!
//! ```text
//! PendingApp ──its first code──▶ App of the account, its step spent
//! PendingCodes ──"I have saved these"──▶ RecoverySet of the account; the old set lives until then
//! ```
//!
//! What waits is sealed for its account and forgotten after 15 minutes. Nothing of the account
//! changes before the last step, so that an abandoned set-up leaves no gap.

use serde::{Deserialize, Serialize};

use super::account::Account;
use super::factor::recovery::{RecoveryCode, RecoverySet};
use super::factor::totp::{App, AppSecret, PENDING_FOR, Step};
use super::factor::{SixDigits, Verdict};
use crate::base::entropy::Entropy;
use crate::base::id::{AccountId, AppId};
use crate::base::seal::{Keyring, Purpose, SealError};
use crate::base::time::Timestamp;

/// An app's secret that was shown and not yet confirmed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PendingApp {
    sealed: Vec<u8>,
    /// When it is forgotten.
    pub expires: Timestamp,
    /// Whether an older one ran out before it, so that the page can say so.
    pub renewed: bool,
    /// The app that this one takes the place of.
    pub replaces: Option<AppId>,
}

/// Recovery codes that were shown and not yet confirmed as saved.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PendingCodes {
    sealed: Vec<u8>,
    /// When they are forgotten.
    pub expires: Timestamp,
}

/// What confirming an app needs to know.
#[derive(Debug)]
pub struct Confirmation<'a> {
    /// The first code.
    pub code: &'a SixDigits,
    /// What the person calls the app.
    pub name: String,
    /// The app's id.
    pub id: AppId,
}

impl PendingApp {
    /// A fresh secret for `account`.
    ///
    /// # Errors
    ///
    /// [`SealError`] if it cannot be sealed.
    pub fn draw(
        account: AccountId,
        replaces: Option<AppId>,
        keys: &Keyring,
        entropy: &dyn Entropy,
        now: Timestamp,
    ) -> Result<Self, SealError> {
        let secret = AppSecret::draw(entropy);
        let sealed = keys.seal(
            Purpose::PendingSecret,
            account.as_bytes(),
            secret.bytes(),
            entropy,
        )?;
        Ok(Self {
            sealed,
            expires: now.plus(PENDING_FOR),
            renewed: false,
            replaces,
        })
    }

    /// The secret, to show it.
    ///
    /// # Errors
    ///
    /// [`SealError`] if it is not this account's or is damaged.
    pub fn secret(&self, account: AccountId, keys: &Keyring) -> Result<AppSecret, SealError> {
        keys.open(Purpose::PendingSecret, account.as_bytes(), &self.sealed)
            .map(AppSecret::from_bytes)
    }

    /// Checks the first code; a right one adds the app to `account`, its step spent, so that the
    /// code that confirmed it cannot sign in as well.
    ///
    /// # Errors
    ///
    /// [`SealError`] if the secret is not this account's or is damaged.
    pub fn confirm(
        &self,
        confirmation: Confirmation<'_>,
        account: &mut Account,
        keys: &Keyring,
        entropy: &dyn Entropy,
        now: Timestamp,
    ) -> Result<Verdict, SealError> {
        let secret = self.secret(account.id, keys)?;
        if now >= self.expires {
            return Ok(Verdict::Expired);
        }
        let (verdict, step) = secret.check(confirmation.code, None, now);
        let (Verdict::Right, Some(step)) = (verdict, step) else {
            return Ok(verdict);
        };
        account.apps.retain(|app| Some(app.id) != self.replaces);
        account.apps.push(App {
            id: confirmation.id,
            name: confirmation.name,
            sealed: keys.seal(Purpose::AppSecret, account.id.as_bytes(), secret.bytes(), entropy)?,
            added: now,
            last_used: None,
            spent: Some(step),
        });
        Ok(Verdict::Right)
    }
}

impl PendingCodes {
    /// Fresh codes for `account`.
    ///
    /// # Errors
    ///
    /// [`SealError`] if they cannot be sealed.
    pub fn draw(
        account: AccountId,
        count: usize,
        keys: &Keyring,
        entropy: &dyn Entropy,
        now: Timestamp,
    ) -> Result<Self, SealError> {
        let codes: Vec<RecoveryCode> = (0..count).map(|_| RecoveryCode::draw(entropy)).collect();
        Self::of(&codes, account, keys, entropy, now)
    }

    /// Codes that were drawn already.
    ///
    /// # Errors
    ///
    /// [`SealError`] if they cannot be sealed.
    pub fn of(
        codes: &[RecoveryCode],
        account: AccountId,
        keys: &Keyring,
        entropy: &dyn Entropy,
        now: Timestamp,
    ) -> Result<Self, SealError> {
        let lines: Vec<String> = codes.iter().map(RecoveryCode::printed).collect();
        let sealed = keys.seal(
            Purpose::PendingSecret,
            account.as_bytes(),
            lines.join("\n").as_bytes(),
            entropy,
        )?;
        Ok(Self {
            sealed,
            expires: now.plus(PENDING_FOR),
        })
    }

    /// The codes, to show them.
    ///
    /// # Errors
    ///
    /// [`SealError`] if they are not this account's or are damaged.
    pub fn codes(&self, account: AccountId, keys: &Keyring) -> Result<Vec<RecoveryCode>, SealError> {
        let opened = keys.open(Purpose::PendingSecret, account.as_bytes(), &self.sealed)?;
        let text = std::str::from_utf8(opened.expose()).map_err(|_| SealError)?;
        text.lines()
            .map(|line| RecoveryCode::read(line).ok_or(SealError))
            .collect()
    }

    /// The codes were saved: from now on they are the account's, and the old ones are not.
    ///
    /// # Errors
    ///
    /// [`SealError`] if they are not this account's or are damaged.
    pub fn confirm(&self, account: &mut Account, keys: &Keyring, now: Timestamp) -> Result<(), SealError> {
        let codes = self.codes(account.id, keys)?;
        account.recovery = Some(RecoverySet::keep(&codes, account.id, keys, now));
        Ok(())
    }
}

impl Account {
    /// Checks a code against every app of the account; a right one marks its step as spent. The
    /// caller stores the account only if nobody wrote in between.
    ///
    /// # Errors
    ///
    /// [`SealError`] if a secret does not open. Never to be taken for an app that is absent.
    pub fn spend_app_code(
        &mut self,
        typed: &SixDigits,
        keys: &Keyring,
        now: Timestamp,
    ) -> Result<Verdict, SealError> {
        let mut best = Verdict::Wrong;
        let id = self.id;
        for app in &mut self.apps {
            let opened = keys.open(Purpose::AppSecret, id.as_bytes(), &app.sealed)?;
            let (verdict, step): (Verdict, Option<Step>) =
                AppSecret::from_bytes(opened).check(typed, app.spent, now);
            if let (Verdict::Right, Some(step)) = (verdict, step) {
                app.spent = Some(step);
                app.last_used = Some(now);
                return Ok(Verdict::Right);
            }
            if best == Verdict::Wrong {
                best = verdict;
            }
        }
        Ok(best)
    }
}
