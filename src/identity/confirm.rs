//! Fresh proof before an account change.
//!
//! ```text
//! Intent ──nothing stale──────────────────────────────▶ the change
//!    └─────something stale──▶ right answers ──▶ Proof ──▶ renewed session ──▶ the change
//!                                 ▲  │ wrong
//!                                 └──┘ five times: the session ends
//! ```
//!
//! A change asks for whatever is stale: the password, and the second factor that is active. A
//! trusted device does not count; a recovery code at this sign-in does (NIST SP 800-63B §2.2.3 on
//! reauthentication). Freshness is looked at when a change begins; a set-up once begun may end
//! within its 15 minutes.
//!
//! [`confirmed`] is the one way to more proof for a session that is open already, and takes the
//! answers to look at them itself: nothing but right ones makes a [`Proof`].

use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::account::Account;
use super::assurance;
use super::factor::email_code::MailedCodes;
use super::factor::{Factor, Verdict};
use super::password::Match;
use super::session::Session;
use super::settings::SecondFactorSettings;
use super::sign_in::Proof;
use crate::base::id::{AppId, FlowId};
use crate::base::time::Timestamp;

/// What somebody is about to do to the account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Intent {
    /// Set up an app.
    SetUpApp,
    /// Put another app in this one's place.
    ReplaceApp(AppId),
    /// Remove this app.
    RemoveApp(AppId),
    /// Make new recovery codes.
    NewRecoveryCodes,
    /// Change the password. The current one is asked for on its own page.
    ChangePassword,
    /// Forget all trusted devices.
    RemoveDevices,
    /// Have this browser trusted.
    RememberDevice,
    /// Open a page that asks for a fresh proof.
    OpenPage(String),
}

/// What is too old for an account change.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Stale {
    /// The password.
    pub password: bool,
    /// The second factor that is asked for, if it is stale.
    pub second: Option<Factor>,
}

impl Stale {
    /// Whether nothing is.
    pub fn nothing(self) -> bool {
        !self.password && self.second.is_none()
    }
}

/// What of a session is too old now.
pub fn stale(
    session: &Session,
    account: &Account,
    rules: &SecondFactorSettings,
    window: Duration,
    now: Timestamp,
) -> Stale {
    let fresh = |at: Timestamp| now < at.plus(window);
    let demanded = assurance::demand(account, rules).second;
    let second_fresh = session.proven.second.is_some_and(|(_, at)| fresh(at));
    let active = assurance::usable(account, rules)
        .into_iter()
        .find(|factor| *factor != Factor::Recovery);
    Stale {
        password: !fresh(session.proven.password),
        second: if demanded && !second_fresh { active } else { None },
    }
}

/// What of a session is too old now for what somebody is about to do.
pub fn stale_for(
    intent: &Intent,
    session: &Session,
    account: &Account,
    rules: &SecondFactorSettings,
    window: Duration,
    now: Timestamp,
) -> Stale {
    let stale = stale(session, account, rules, window, now);
    match intent {
        // Its page asks for the current password itself.
        Intent::ChangePassword => Stale {
            password: false,
            ..stale
        },
        Intent::SetUpApp
        | Intent::ReplaceApp(_)
        | Intent::RemoveApp(_)
        | Intent::NewRecoveryCodes
        | Intent::RemoveDevices
        | Intent::RememberDevice
        | Intent::OpenPage(_) => stale,
    }
}

/// Whether a recovery code answers for the second factor: where the app that it stands in for is
/// lost and is to be removed, and nowhere else.
pub fn recovery_answers(intent: &Intent, stale: Stale, account: &Account) -> bool {
    matches!(intent, Intent::RemoveApp(_))
        && stale.second == Some(Factor::App)
        && account.recovery.as_ref().is_some_and(|set| set.left() > 0)
}

/// What a check of an answer found.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Answer {
    /// Of the password.
    Password(Match),
    /// Of a code.
    Second(Factor, Verdict),
}

/// The proof that a live session and right answers make. `None` where an answer is not right, where
/// there is none, or where the session is no longer its account's.
pub fn confirmed(session: &Session, account: &Account, answers: &[Answer], now: Timestamp) -> Option<Proof> {
    let stands = session.account == account.id
        && session.epoch == account.epoch
        && session.ends.is_none()
        && account.is_active();
    if !stands || answers.is_empty() {
        return None;
    }
    let mut proven = session.proven.clone();
    for answer in answers {
        match answer {
            Answer::Password(Match::Right) => proven.password = now,
            Answer::Second(factor, Verdict::Right) => proven.second = Some((*factor, now)),
            Answer::Password(Match::Wrong)
            | Answer::Second(_, Verdict::Wrong | Verdict::Past | Verdict::Spent | Verdict::Expired) => {
                return None;
            }
        }
    }
    Some(Proof::renewed(session, proven))
}

/// A confirmation under way, or a change that waits for its last word.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Confirming {
    /// Binds mailed codes to this confirmation.
    pub id: FlowId,
    /// What it is for.
    pub intent: Intent,
    /// Whether nothing was stale when it began, or all of it was proven since.
    pub cleared: bool,
    /// Codes that were mailed for it.
    pub mailed: MailedCodes,
    /// When it is forgotten.
    pub expires: Timestamp,
}
