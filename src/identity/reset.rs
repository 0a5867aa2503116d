//! A forgotten password: from the link that was mailed to a new one.
//!
//! ```text
//! Reset ──a new password, and what is asked with it──▶ Grant ──▶ the account's password
//!   │ ▲ wrong code, tries left
//!   └─┘
//! used, too late, too many wrong codes, the account has changed: Ended
//! ```
//!
//! The link proves the mailbox. Where the account has an app, its code or a recovery code is asked
//! for besides, so that the mailbox alone takes nothing over; where there is none the operator
//! decides ([`EmailOnly`]). The machine ends in a [`Grant`], which sets a password and can do nothing
//! else: there is no [`super::sign_in::Proof`] in here, nobody is signed in by a reset, and no factor
//! is touched (OWASP Forgot Password Cheat Sheet; NIST SP 800-63B §4.2).

use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::account::{Account, Password};
use super::assurance;
use super::factor::recovery::RecoverySet;
use super::factor::{Factor, Verdict};
use super::password::PasswordHash;
use super::settings::{EmailOnly, Settings};
use crate::base::id::AccountId;
use crate::base::time::Timestamp;

/// One mailed link, and how it stands. Kept under the digest of its value.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reset {
    /// Whose password.
    pub account: AccountId,
    /// The account's epoch when the link was made: it is dead when that has moved on.
    pub epoch: u32,
    /// When it stops working.
    pub expires: Timestamp,
    /// Wrong codes so far.
    pub misses: u8,
    /// Whether it has done its work. Kept, so that whoever opens it again is told so.
    pub used: bool,
}

/// What is asked for besides the new password.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Asks {
    /// Nothing.
    Nothing,
    /// A code from the app.
    App {
        /// Whether a recovery code does as well.
        or_recovery: bool,
    },
    /// A recovery code.
    Recovery,
    /// A recovery code, and the account has none: nobody but support can help.
    Help,
}

/// Why a link does not work any more.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Ended {
    /// It was used.
    Used,
    /// Its time has run out, or the account has changed or may not sign in any more.
    TooLate,
    /// As many wrong codes as a flow may have.
    TooManyMisses,
}

/// Evidence that a password may be set anew. Only [`step`] makes one.
#[derive(Clone, Debug)]
pub struct Grant {
    account: AccountId,
    epoch: u32,
}

/// What a step came to.
#[derive(Debug)]
pub enum Outcome {
    /// The password may be set; the link is used up.
    Granted(Reset, Grant),
    /// Say no, and stay here.
    Refuse(Reset, Verdict),
    /// Say no for good.
    End(Ended),
    /// What is asked for is not there.
    Unanswered,
}

/// What an account is asked for besides the new password.
pub fn asks(account: &Account, settings: &Settings) -> Asks {
    let codes_left = account.recovery.as_ref().map_or(0, RecoverySet::left) > 0;
    // An app guards its account also where the operator has since stopped offering apps.
    if !account.apps.is_empty() {
        return Asks::App {
            or_recovery: codes_left,
        };
    }
    match settings.password_reset.email_only {
        EmailOnly::Allow => Asks::Nothing,
        EmailOnly::Code if codes_left => Asks::Recovery,
        EmailOnly::Code => Asks::Help,
    }
}

/// Whether an account may have recovery codes: they stand in for what can be lost, or are what a reset
/// asks for where there is nothing.
pub fn may_hold_codes(account: &Account, settings: &Settings) -> bool {
    let reset = settings.password_reset;
    assurance::may_have_codes(account, &settings.second_factor)
        || (reset.enabled && reset.email_only == EmailOnly::Code)
}

/// Whether a link is mailed for this account. Whoever is locked, or was never given a password,
/// gets the same page and no letter.
pub fn may_reset(account: &Account) -> bool {
    account.is_active() && account.password.is_some()
}

impl Reset {
    /// A link for `account`.
    pub fn begin(account: &Account, valid: Duration, now: Timestamp) -> Self {
        Self {
            account: account.id,
            epoch: account.epoch,
            expires: now.plus(valid),
            misses: 0,
            used: false,
        }
    }

    /// Why it does not work with this account. `None`: it does.
    pub fn ended(&self, account: &Account, now: Timestamp) -> Option<Ended> {
        if self.used {
            return Some(Ended::Used);
        }
        let same = account.id == self.account && account.epoch == self.epoch;
        (!same || !may_reset(account) || now >= self.expires).then_some(Ended::TooLate)
    }
}

/// A new password was sent, with what was asked for besides it. `asked` is what the account was
/// asked before any code of it was used up.
pub fn step(
    reset: Reset,
    asked: Asks,
    answer: Option<(Factor, Verdict)>,
    account: &Account,
    settings: &Settings,
    now: Timestamp,
) -> Outcome {
    if let Some(ended) = reset.ended(account, now) {
        return Outcome::End(ended);
    }
    match (asked, answer) {
        (Asks::Nothing, None) => granted(reset, account),
        (Asks::App { .. }, Some((Factor::App, verdict)))
        | (Asks::App { or_recovery: true } | Asks::Recovery, Some((Factor::Recovery, verdict))) => {
            after_code(reset, verdict, account, settings)
        }
        (Asks::Nothing, Some(_))
        | (Asks::Help | Asks::App { .. } | Asks::Recovery, None)
        | (Asks::Help, Some(_))
        | (Asks::App { .. }, Some((Factor::Email | Factor::Sms | Factor::Recovery, _)))
        | (Asks::Recovery, Some((Factor::App | Factor::Email | Factor::Sms, _))) => Outcome::Unanswered,
    }
}

fn after_code(reset: Reset, verdict: Verdict, account: &Account, settings: &Settings) -> Outcome {
    if verdict == Verdict::Right {
        return granted(reset, account);
    }
    let misses = reset.misses.saturating_add(1);
    if u32::from(misses) >= settings.limits.factor_flow {
        return Outcome::End(Ended::TooManyMisses);
    }
    Outcome::Refuse(Reset { misses, ..reset }, verdict)
}

fn granted(reset: Reset, account: &Account) -> Outcome {
    let grant = Grant {
        account: account.id,
        epoch: account.epoch,
    };
    Outcome::Granted(Reset { used: true, ..reset }, grant)
}

impl Grant {
    /// Sets the password: every session, flow and trusted device of the account is over with it.
    /// `false`, and nothing is done, with another account or one that has changed since.
    #[must_use]
    pub fn set(self, account: &mut Account, hash: PasswordHash, now: Timestamp) -> bool {
        if account.id != self.account || account.epoch != self.epoch {
            return false;
        }
        account.password = Some(Password { hash, changed: now });
        account.credentials_changed();
        true
    }
}

#[cfg(test)]
mod tests;
