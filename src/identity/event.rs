//! What happened, in words for the audit trail.
//!
//! The names are stable: scripts and alerts rely on them. An event holds ids and facts; never a
//! password, a code, a token, a cookie, or a name that somebody typed and nobody has.

use serde::{Deserialize, Serialize};

use super::factor::Factor;
use crate::base::id::{AccountId, DeviceId, RequestId, SessionId};
use crate::base::time::Timestamp;

/// Why a session ended.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Cause {
    /// The person signed out.
    SignOut,
    /// The person signed out everywhere.
    SignOutEverywhere,
    /// The person ended it from another browser.
    FromElsewhere,
    /// Credentials or status of the account changed.
    AccountChanged,
    /// Too many wrong answers inside it.
    Misses,
    /// Support ended it.
    Support,
    /// It was replaced by a new value of itself.
    Renewed,
}

/// What happened.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(tag = "event")]
#[allow(missing_docs)]
pub enum What {
    #[serde(rename = "sign_in.password_ok")]
    PasswordOk,
    #[serde(rename = "sign_in.password_failed")]
    PasswordFailed,
    #[serde(rename = "sign_in.completed")]
    SignInCompleted { method: String },
    #[serde(rename = "sign_in.waiting")]
    Waiting { limit: String },
    #[serde(rename = "sign_in.spray")]
    Spray { scope: String },
    #[serde(rename = "factor.sent")]
    FactorSent { factor: Factor },
    #[serde(rename = "factor.ok")]
    FactorOk { factor: Factor },
    #[serde(rename = "factor.failed")]
    FactorFailed { factor: Factor },
    #[serde(rename = "factor.replayed")]
    FactorReplayed { factor: Factor },
    #[serde(rename = "factor.closed")]
    FactorClosed,
    #[serde(rename = "session.opened")]
    SessionOpened { session: SessionId },
    #[serde(rename = "session.ended")]
    SessionEnded {
        session: Option<SessionId>,
        cause: Cause,
    },
    #[serde(rename = "session.expired")]
    SessionExpired { session: SessionId },
    #[serde(rename = "session.displaced")]
    SessionDisplaced { session: SessionId },
    #[serde(rename = "device.trusted")]
    DeviceTrusted { device: DeviceId },
    #[serde(rename = "device.used")]
    DeviceUsed { device: DeviceId },
    #[serde(rename = "device.used_elsewhere")]
    DeviceUsedElsewhere { device: DeviceId },
    #[serde(rename = "device.removed")]
    DeviceRemoved { device: Option<DeviceId> },
    #[serde(rename = "app.added")]
    AppAdded,
    #[serde(rename = "app.removed")]
    AppRemoved,
    #[serde(rename = "phone.added")]
    PhoneAdded,
    #[serde(rename = "phone.removed")]
    PhoneRemoved,
    #[serde(rename = "recovery.created")]
    RecoveryCreated { count: usize },
    #[serde(rename = "recovery.used")]
    RecoveryUsed { left: usize },
    #[serde(rename = "recovery.low")]
    RecoveryLow { left: usize },
    #[serde(rename = "password.changed")]
    PasswordChanged,
    #[serde(rename = "registration.asked")]
    RegistrationAsked,
    #[serde(rename = "registration.confirmed")]
    RegistrationConfirmed,
    #[serde(rename = "registration.completed")]
    Registered,
    #[serde(rename = "registration.approved")]
    RegistrationApproved,
    #[serde(rename = "terms.accepted")]
    TermsAccepted { version: String, language: String },
    #[serde(rename = "password.reset_asked")]
    PasswordResetAsked,
    #[serde(rename = "password.reset")]
    PasswordReset,
    #[serde(rename = "email.change_asked")]
    EmailChangeAsked,
    #[serde(rename = "email.changed")]
    EmailChanged,
    #[serde(rename = "email.revoked")]
    EmailRevoked { restored: bool },
    #[serde(rename = "confirm.ok")]
    ConfirmOk,
    #[serde(rename = "confirm.failed")]
    ConfirmFailed,
    #[serde(rename = "support.account_added")]
    SupportAdded,
    #[serde(rename = "support.invited")]
    SupportInvited,
    #[serde(rename = "support.account_edited")]
    SupportEdited { fields: Vec<String> },
    #[serde(rename = "support.account_deleted")]
    SupportDeleted,
    #[serde(rename = "support.locked")]
    SupportLocked,
    #[serde(rename = "support.unlocked")]
    SupportUnlocked,
    #[serde(rename = "support.password_set")]
    SupportPasswordSet,
    #[serde(rename = "support.mfa_reset")]
    SupportMfaReset,
    #[serde(rename = "support.mfa_suspended")]
    SupportMfaSuspended { until: Timestamp },
    #[serde(rename = "support.signed_out")]
    SupportSignedOut,
    #[serde(rename = "support.session_ended")]
    SupportSessionEnded { session: SessionId },
    #[serde(rename = "support.device_removed")]
    SupportDeviceRemoved { device: DeviceId },
    #[serde(rename = "support.backup_created")]
    SupportBackupCreated { accounts: u64 },
    #[serde(rename = "support.backup_restored")]
    SupportBackupRestored { taken: Timestamp, accounts: u64 },
    #[serde(rename = "support.store_copied")]
    SupportStoreCopied { to: String },
    #[serde(rename = "config.loaded")]
    ConfigLoaded,
    #[serde(rename = "config.refused")]
    ConfigRefused { errors: usize },
    #[serde(rename = "key.rotated")]
    KeyRotated,
    #[serde(rename = "key.dropped")]
    KeyDropped { count: usize },
    #[serde(rename = "store.down")]
    StoreDown,
    #[serde(rename = "store.up")]
    StoreUp,
    #[serde(rename = "clock.jump")]
    ClockJump { seconds_back: i64 },
    #[serde(rename = "mail.failed")]
    MailFailed { step: String },
    #[serde(rename = "sms.failed")]
    SmsFailed { step: String },
    #[serde(rename = "request.malformed")]
    RequestMalformed { reason: String },
    #[serde(rename = "header.dropped")]
    HeaderDropped { header: String },
    #[serde(rename = "csrf.refused")]
    CsrfRefused,
}

/// One line of the audit trail.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Event {
    /// When.
    pub at: Timestamp,
    /// What.
    #[serde(flatten)]
    pub what: What,
    /// Whose account, if it is anybody's.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub account: Option<AccountId>,
    /// The request it happened in; error pages show its short form.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub request: Option<RequestId>,
    /// Who did it, where it was not the person: the operator's name on the machine.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub actor: Option<String>,
    /// Why, in the operator's words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

impl Event {
    /// Something that happened to an account.
    pub fn of(account: AccountId, what: What, at: Timestamp) -> Self {
        Self {
            at,
            what,
            account: Some(account),
            request: None,
            actor: None,
            reason: None,
        }
    }

    /// Something that happened to nobody's account.
    pub fn without_account(what: What, at: Timestamp) -> Self {
        Self {
            at,
            what,
            account: None,
            request: None,
            actor: None,
            reason: None,
        }
    }

    /// The event as one line of JSON, `at` in milliseconds since 1970.
    pub fn line(&self) -> String {
        // Every field is a string, a number or a list of strings: there is nothing JSON lacks.
        serde_json::to_string(self).unwrap_or_default()
    }

    /// Its stable name.
    pub fn name(&self) -> String {
        serde_json::to_value(&self.what)
            .ok()
            .and_then(|value| {
                value
                    .get("event")
                    .and_then(|name| name.as_str().map(str::to_owned))
            })
            .unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::entropy::OsEntropy;

    #[test]
    fn an_event_is_one_line_with_its_stable_name() {
        let account = AccountId::draw(&OsEntropy);
        let event = Event::of(
            account,
            What::FactorFailed { factor: Factor::App },
            Timestamp::from_unix_millis(7),
        );
        assert_eq!(event.name(), "factor.failed");
        assert_eq!(
            event.line(),
            format!(r#"{{"at":7,"event":"factor.failed","factor":"app","account":"{account}"}}"#)
        );
        assert_eq!(serde_json::from_str::<Event>(&event.line()).unwrap(), event);
    }
}
