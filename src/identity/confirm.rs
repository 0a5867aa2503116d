//! Fresh proof before an account change.
//!
//! A change asks for whatever is stale: the password, and the second factor that is active. A
//! trusted device does not count; a recovery code at this sign-in does (NIST SP 800-63B §2.2.3 on
//! reauthentication). Freshness is looked at when a change begins; a set-up once begun may end
//! within its 15 minutes.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::account::Account;
use super::assurance;
use super::factor::Factor;
use super::factor::email_code::MailedCodes;
use super::session::Session;
use super::settings::SecondFactorSettings;
use crate::base::id::FlowId;
use crate::base::time::Timestamp;

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

/// A confirmation under way: the codes that were mailed for it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Confirming {
    /// Binds mailed codes to this confirmation.
    pub id: FlowId,
    /// Codes that were mailed for it.
    pub mailed: MailedCodes,
    /// When it is forgotten.
    pub expires: Timestamp,
}
