//! Adding a factor: a secret that waits for its first code, and codes that wait to be saved.
//!
//! ```text
//! PendingApp ──its first code──▶ App of the account, its step spent
//! PendingCodes ──"I have saved these"──▶ RecoverySet of the account; the old set lives until then
//! ```
//!
//! What waits is sealed for its account and forgotten after 15 minutes. No factor of the account
//! changes before the last step, so that an abandoned set-up leaves no gap.
//!
//! As many wrong codes as a flow may have end what waits ([`Missed::Over`]): a secret is drawn anew, a
//! phone number is asked for again.
//!
//! A secret is shown in the flow or session that drew it and nowhere else. It is not kept for the next
//! sign-in: where the set-up comes before any second factor, whoever knows the password could have a look
//! at it before its owner does, and would hold a copy of the app that the owner then confirms, unseen. So
//! the account remembers no more than that one was shown, and the next page says that an entry made of it
//! is to be removed ([`Voided::Left`]).

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
    /// Whether another one was shown before it.
    renewed: bool,
    /// Why that one does not count any more.
    #[serde(default)]
    voided: Voided,
    /// Wrong codes so far.
    #[serde(default)]
    misses: u8,
    /// The app that this one takes the place of.
    pub replaces: Option<AppId>,
}

/// Why a secret that was shown does not count any more. Its page says so: whoever has scanned it is to
/// remove that entry.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Voided {
    /// Its time ran out.
    #[default]
    Late,
    /// Too many wrong codes.
    Missed,
    /// The set-up was left before its end: signed out, closed, begun anew.
    Left,
}

/// What a wrong code leaves of a factor that is being added.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Missed<T> {
    /// It was counted, and another try is left.
    Again(T),
    /// As many as there may be: what was shown or sent is void.
    Over,
}

impl<T> Missed<T> {
    /// One more than `misses`, for what goes on with that count.
    pub(super) fn count(misses: u8, at_most: u32, again: impl FnOnce(u8) -> T) -> Self {
        let misses = misses.saturating_add(1);
        if u32::from(misses) >= at_most {
            return Self::Over;
        }
        Self::Again(again(misses))
    }

    /// The same about what `again` is a part of.
    pub(super) fn map<U>(self, of: impl FnOnce(T) -> U) -> Missed<U> {
        match self {
            Self::Again(again) => Missed::Again(of(again)),
            Self::Over => Missed::Over,
        }
    }
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
        account: &Account,
        replaces: Option<AppId>,
        keys: &Keyring,
        entropy: &dyn Entropy,
        now: Timestamp,
    ) -> Result<Self, SealError> {
        let secret = AppSecret::draw(entropy);
        let sealed = keys.seal(
            Purpose::PendingSecret,
            account.id.as_bytes(),
            secret.bytes(),
            entropy,
        )?;
        Ok(Self {
            sealed,
            expires: now.plus(PENDING_FOR),
            renewed: account.app_shown,
            voided: Voided::Left,
            misses: 0,
            replaces,
        })
    }

    /// A fresh secret in the place of this one, which has run out.
    ///
    /// # Errors
    ///
    /// [`SealError`] if it cannot be sealed.
    pub fn after_late(
        &self,
        account: &Account,
        keys: &Keyring,
        entropy: &dyn Entropy,
        now: Timestamp,
    ) -> Result<Self, SealError> {
        Ok(Self {
            renewed: true,
            voided: Voided::Late,
            ..Self::draw(account, self.replaces, keys, entropy, now)?
        })
    }

    /// A fresh secret in the place of this one, which wrong codes have ended. Its time goes on: guessing
    /// buys none.
    ///
    /// # Errors
    ///
    /// [`SealError`] if it cannot be sealed.
    pub fn after_misses(
        &self,
        account: &Account,
        keys: &Keyring,
        entropy: &dyn Entropy,
        now: Timestamp,
    ) -> Result<Self, SealError> {
        Ok(Self {
            renewed: true,
            voided: Voided::Missed,
            expires: self.expires,
            ..Self::draw(account, self.replaces, keys, entropy, now)?
        })
    }

    /// Why the secret that was shown before this one does not count any more. `None`: there was none.
    pub fn voided(&self) -> Option<Voided> {
        self.renewed.then_some(self.voided)
    }

    /// A wrong code, where a flow may have `at_most`.
    pub fn missed(&self, at_most: u32) -> Missed<Self> {
        Missed::count(self.misses, at_most, |misses| Self {
            misses,
            ..self.clone()
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
        account.app_shown = false;
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
    /// A secret is shown that may end up in somebody's app without being confirmed. Whether that is news.
    pub fn secret_shown(&mut self) -> bool {
        !std::mem::replace(&mut self.app_shown, true)
    }

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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::entropy::OsEntropy;
    use crate::base::id::FlowId;
    use crate::identity::account::EmailAddress;
    use crate::identity::phone::PendingPhone;

    const NOON: Timestamp = Timestamp::from_unix_seconds(1_700_000_000);

    /// What was stored before misses were counted.
    fn of_before<T: Serialize + serde::de::DeserializeOwned>(value: &T) -> T {
        let mut stored = serde_json::to_value(value).unwrap();
        let fields = stored.as_object_mut().unwrap();
        assert!(fields.remove("misses").is_some());
        fields.remove("voided");
        serde_json::from_value(stored).unwrap()
    }

    #[test]
    fn what_was_begun_before_misses_were_counted_is_read() {
        let keys = Keyring::generate(&OsEntropy);
        let email = EmailAddress::parse("anna@example.com").unwrap();
        let mut anna = Account::new(AccountId::draw(&OsEntropy), email, NOON);
        let first = of_before(&PendingApp::draw(&anna, None, &keys, &OsEntropy, NOON).unwrap());
        assert_eq!(first.voided(), None);
        assert!(matches!(first.missed(5), Missed::Again(_)) && first.missed(1) == Missed::Over);
        let late = of_before(&first.after_late(&anna, &keys, &OsEntropy, NOON).unwrap());
        assert_eq!(late.voided(), Some(Voided::Late));
        let phone = of_before(&PendingPhone::begin(FlowId::draw(&OsEntropy)));
        assert!(matches!(phone.missed(5), Missed::Again(_)));

        assert!(anna.secret_shown() && !anna.secret_shown());
        let next = PendingApp::draw(&anna, None, &keys, &OsEntropy, NOON).unwrap();
        assert_eq!(next.voided(), Some(Voided::Left));
    }
}
