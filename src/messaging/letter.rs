//! What is said, as data: no words, no layout, no address.
//!
//! A letter is kept in the queue, so it owns what it says, and a new version must read the
//! letters of the one before: add variants and optional fields, do not rename.

use serde::{Deserialize, Serialize};

use crate::base::client::UserAgent;
use crate::base::link::{LinkKind, LinkValue};
use crate::base::time::Timestamp;
use crate::identity::assurance::NextAsked;
use crate::identity::registration::WayIn;

/// Everything that is ever said by mail.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Letter {
    /// A code to type in. Never queued: a late code is worse than none.
    Code(Code),
    /// Something about the account has changed or was tried.
    Notice(Notice),
    /// A code and a link that confirm the address of somebody who registers. Never queued.
    Confirm(ConfirmAddress),
    /// Somebody tried to register with an address that has an account. Never queued, so that it
    /// takes as long as the letter to everybody else.
    AccountExists {
        /// Who tried.
        asked: Circumstances,
        /// How the owner gets in instead.
        #[serde(default)]
        way_in: WayIn,
    },
    /// A link on which the person must act. Queued, so that nobody can tell by the time it takes
    /// whether there was somebody to write to; given up once the link is over.
    Link(Link),
    /// Somebody has registered, and an operator has a last word.
    Approval(Approval),
    /// An operator tries whether mail works.
    Test {
        /// When.
        at: Timestamp,
    },
}

/// A registration that waits, or waits no more.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Approval {
    /// What there is to say.
    pub news: ApprovalNews,
    /// When.
    pub at: Timestamp,
}

/// What there is to say of a registration on which an operator has a last word.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ApprovalNews {
    /// To whoever has registered: it waits.
    Waits,
    /// To the operator: somebody waits.
    Asked {
        /// Who. Nothing else about the person.
        address: String,
    },
    /// To whoever has registered: it is approved.
    Granted,
}

/// A code to type in.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Code {
    /// What it is good for. A code stolen in one context must not read like another.
    pub purpose: CodePurpose,
    /// The digits, without spaces.
    pub code: String,
    /// How long it works from now.
    pub valid_minutes: u32,
    /// Who asked for it.
    pub asked: Circumstances,
}

impl std::fmt::Debug for Code {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_struct("Code")
            .field("purpose", &self.purpose)
            .field("code", &"[secret]")
            .field("valid_minutes", &self.valid_minutes)
            .field("asked", &self.asked)
            .finish()
    }
}

/// A code and a link that confirm an address.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConfirmAddress {
    /// The digits, without spaces.
    pub code: String,
    /// How long the code works from now.
    pub valid_minutes: u32,
    /// The value of the link.
    pub link: LinkValue,
    /// How long the link works from now.
    pub link_hours: u32,
    /// Who asked for it.
    pub asked: Circumstances,
}

impl std::fmt::Debug for ConfirmAddress {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_struct("ConfirmAddress")
            .field("code", &"[secret]")
            .field("link", &self.link)
            .field("asked", &self.asked)
            .finish_non_exhaustive()
    }
}

/// What a code is good for.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CodePurpose {
    /// The second factor of a sign-in.
    SignIn,
    /// A fresh proof before a change to the account.
    Confirm,
}

/// A link on which the person must act.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Link {
    /// What it is good for.
    pub purpose: LinkPurpose,
    /// Its value.
    pub value: LinkValue,
    /// When it stops working.
    pub until: Timestamp,
    /// Who asked for it.
    pub asked: Circumstances,
}

/// What a link is good for.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LinkPurpose {
    /// Setting a forgotten password anew.
    ResetPassword,
    /// Choosing the first password of an account that an operator has added.
    Invitation,
    /// Using this mailbox for an account from now on.
    ConfirmEmail,
}

impl LinkPurpose {
    /// The kind of link that its letter carries.
    pub const fn kind(self) -> LinkKind {
        match self {
            Self::ResetPassword => LinkKind::Reset,
            Self::Invitation => LinkKind::Invitation,
            Self::ConfirmEmail => LinkKind::Email,
        }
    }
}

impl Letter {
    /// From when on it is worse than none. `None`: it is news for as long as the queue keeps it.
    pub const fn stale_from(&self) -> Option<Timestamp> {
        match self {
            Self::Link(link) => Some(link.until),
            Self::Code(_)
            | Self::Confirm(_)
            | Self::AccountExists { .. }
            | Self::Notice(_)
            | Self::Approval(_)
            | Self::Test { .. } => None,
        }
    }
}

/// When something happened, and in which browser. No address: it tells people little and others much.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Circumstances {
    /// When.
    pub at: Timestamp,
    /// In which browser; `None` where no browser took part.
    pub with: Option<UserAgent>,
}

/// News about the account.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Notice {
    /// What happened.
    pub kind: NoticeKind,
    /// When, and in which browser.
    pub circumstances: Circumstances,
    /// What signing in asks for from now on, where that may have changed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next_asked: Option<NextAsked>,
}

/// What happened to the account.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NoticeKind {
    /// Somebody signed in with a browser in which this account had not been used.
    NewSignIn,
    /// A browser was remembered and skips the second factor from now on.
    DeviceRemembered {
        /// What the person called it.
        name: String,
        /// Until when.
        until: Timestamp,
    },
    /// A remembered browser turned up in a new network with a new version.
    DeviceUsedElsewhere {
        /// What the person called it.
        name: String,
    },
    /// All remembered browsers were forgotten.
    DevicesRemoved,
    /// The owner changed the password.
    PasswordChanged,
    /// The password was set anew by a mailed link.
    PasswordReset,
    /// Support set a new password.
    PasswordSetBySupport,
    /// An authenticator app was set up.
    AppAdded {
        /// What the person called it.
        name: String,
    },
    /// An authenticator app took the place of another one.
    AppReplaced {
        /// What the person called it.
        name: String,
        /// What the person called the other one.
        before: String,
    },
    /// An authenticator app was removed.
    AppRemoved {
        /// What the person called it.
        name: String,
    },
    /// A phone number was added.
    PhoneAdded {
        /// Its last digits: `•••42`.
        number: String,
    },
    /// A phone number took the place of another one.
    PhoneReplaced {
        /// Its last digits: `•••42`.
        number: String,
        /// Those of the other one.
        before: String,
    },
    /// The phone number was removed.
    PhoneRemoved {
        /// Its last digits: `•••42`.
        number: String,
    },
    /// New recovery codes replaced the old ones.
    RecoveryCodesCreated {
        /// How many.
        count: u32,
    },
    /// A recovery code was used.
    RecoveryCodeUsed {
        /// How many are left.
        left: u32,
        /// Whether a fresh one took its place.
        #[serde(default)]
        replaced: bool,
    },
    /// The right password was followed by wrong codes.
    SecondFactorFailed {
        /// How many.
        attempts: u32,
    },
    /// Wrong answers inside a session ended it.
    SessionEndedByMisses {
        /// How many.
        attempts: u32,
    },
    /// The owner asked for another address; said at the present one.
    EmailChangeAsked {
        /// The other one, masked.
        to: String,
    },
    /// The account has another address now; said at the old one, which can take it back.
    EmailChangedAway {
        /// The new one, masked.
        to: String,
        /// The link that takes it back.
        revoke: LinkValue,
        /// When that stops working.
        until: Timestamp,
    },
    /// The account has another address now; said at the new one.
    EmailChanged,
    /// A change of address was taken back; said at the address that the account has again.
    EmailRevoked,
    /// The same, said at the address that the account had in between.
    EmailRevokedHere,
    /// Somebody wanted this address for an account, and it has one already.
    AddressWanted,
    /// Too many wrong passwords; sign-in waits.
    Locked {
        /// Until when.
        until: Timestamp,
    },
    /// Every session was ended.
    SignedOutEverywhere,
    /// Support removed app, recovery codes and remembered devices.
    FactorsResetBySupport,
    /// Support let the account in with the password alone for a while.
    FactorsSuspendedBySupport {
        /// Until when.
        until: Timestamp,
    },
    /// Support changed name, address, language or groups.
    DetailsChangedBySupport,
    /// Support ended one session.
    SessionEndedBySupport,
    /// Support ended all sessions.
    SignedOutBySupport,
    /// Support took trust back from a device.
    DeviceRemovedBySupport {
        /// What the person called it.
        name: String,
    },
    /// Support locked the account.
    LockedBySupport,
    /// Support unlocked the account.
    UnlockedBySupport,
    /// Support deleted the account.
    DeletedBySupport,
}

impl NoticeKind {
    /// Whether a factor went that signing in may have asked for.
    pub const fn takes_a_factor(&self) -> bool {
        matches!(self, Self::AppRemoved { .. } | Self::FactorsResetBySupport)
    }

    /// Whether the person may have done it in a browser of theirs ("Was this you?"), or support did.
    pub const fn by_support(&self) -> bool {
        matches!(
            self,
            Self::PasswordSetBySupport
                | Self::FactorsResetBySupport
                | Self::FactorsSuspendedBySupport { .. }
                | Self::DetailsChangedBySupport
                | Self::SessionEndedBySupport
                | Self::SignedOutBySupport
                | Self::DeviceRemovedBySupport { .. }
                | Self::LockedBySupport
                | Self::UnlockedBySupport
                | Self::DeletedBySupport
        )
    }
}

#[cfg(test)]
pub mod samples {
    //! One of each letter, for golden files and screenshots.

    use super::*;
    use crate::base::client::{Browser, System};

    /// 2026-11-22T13:02:00Z.
    pub const AT: Timestamp = Timestamp::from_unix_seconds(1_795_352_520);
    const UNTIL: Timestamp = Timestamp::from_unix_seconds(1_795_352_520 + 90 * 86_400);
    const SOON: Timestamp = Timestamp::from_unix_seconds(1_795_352_520 + 900);

    /// Firefox on Windows, at [`AT`].
    pub fn circumstances() -> Circumstances {
        Circumstances {
            at: AT,
            with: Some(UserAgent {
                browser: Browser::Firefox,
                system: System::Windows,
            }),
        }
    }

    fn code(purpose: CodePurpose) -> Letter {
        Letter::Code(Code {
            purpose,
            code: "482915".to_owned(),
            valid_minutes: 10,
            asked: circumstances(),
        })
    }

    fn link(purpose: LinkPurpose, minutes: u64) -> Letter {
        Letter::Link(Link {
            purpose,
            value: LinkValue::new("aGVyZS1pcy13aGF0LW1ha2VzLXRoaXMtbGluay13b3JrLW9uY2UtYW5kLW5ldmVy"),
            until: AT.plus(std::time::Duration::from_secs(minutes * 60)),
            asked: circumstances(),
        })
    }

    fn exists(way_in: WayIn) -> Letter {
        Letter::AccountExists {
            asked: circumstances(),
            way_in,
        }
    }

    fn approval(news: ApprovalNews) -> Letter {
        Letter::Approval(Approval { news, at: AT })
    }

    fn notice(kind: NoticeKind) -> Letter {
        asking(kind, None)
    }

    fn asking(kind: NoticeKind, next_asked: Option<NextAsked>) -> Letter {
        let mut circumstances = circumstances();
        if kind.by_support() {
            circumstances.with = None;
        }
        Letter::Notice(Notice {
            kind,
            circumstances,
            next_asked,
        })
    }

    /// One of each, with the name of its golden file.
    pub fn all() -> Vec<(&'static str, Letter)> {
        let name = || "Firefox on Windows".to_owned();
        let app = || "Anna's phone".to_owned();
        let other = || "b•••@example.org".to_owned();
        let number = || "•••42".to_owned();
        vec![
            ("code-sign-in", code(CodePurpose::SignIn)),
            ("code-confirm", code(CodePurpose::Confirm)),
            ("reset", link(LinkPurpose::ResetPassword, 30)),
            ("invitation", link(LinkPurpose::Invitation, 72 * 60)),
            ("approval-waits", approval(ApprovalNews::Waits)),
            (
                "approval-asked",
                approval(ApprovalNews::Asked {
                    address: "carol@example.com".to_owned(),
                }),
            ),
            ("approval-granted", approval(ApprovalNews::Granted)),
            ("password-reset", notice(NoticeKind::PasswordReset)),
            ("new-sign-in", notice(NoticeKind::NewSignIn)),
            (
                "device-remembered",
                notice(NoticeKind::DeviceRemembered {
                    name: name(),
                    until: UNTIL,
                }),
            ),
            (
                "device-used-elsewhere",
                notice(NoticeKind::DeviceUsedElsewhere { name: name() }),
            ),
            ("devices-removed", notice(NoticeKind::DevicesRemoved)),
            ("password-changed", notice(NoticeKind::PasswordChanged)),
            (
                "password-set-by-support",
                notice(NoticeKind::PasswordSetBySupport),
            ),
            ("app-added", notice(NoticeKind::AppAdded { name: app() })),
            (
                "app-replaced",
                notice(NoticeKind::AppReplaced {
                    name: app(),
                    before: "Anna's old phone".to_owned(),
                }),
            ),
            ("app-removed", notice(NoticeKind::AppRemoved { name: app() })),
            (
                "app-removed-another-left",
                asking(NoticeKind::AppRemoved { name: app() }, Some(NextAsked::App)),
            ),
            (
                "app-removed-text-messages",
                asking(
                    NoticeKind::AppRemoved { name: app() },
                    Some(NextAsked::TextMessage),
                ),
            ),
            (
                "app-removed-password-alone",
                asking(NoticeKind::AppRemoved { name: app() }, Some(NextAsked::Nothing)),
            ),
            ("phone-added", notice(NoticeKind::PhoneAdded { number: number() })),
            (
                "phone-replaced",
                notice(NoticeKind::PhoneReplaced {
                    number: number(),
                    before: "•••17".to_owned(),
                }),
            ),
            (
                "phone-removed",
                notice(NoticeKind::PhoneRemoved { number: number() }),
            ),
            (
                "recovery-codes-created",
                notice(NoticeKind::RecoveryCodesCreated { count: 10 }),
            ),
            (
                "recovery-code-used",
                notice(NoticeKind::RecoveryCodeUsed {
                    left: 7,
                    replaced: false,
                }),
            ),
            (
                "recovery-code-used-last",
                notice(NoticeKind::RecoveryCodeUsed {
                    left: 0,
                    replaced: false,
                }),
            ),
            (
                "recovery-code-replaced",
                notice(NoticeKind::RecoveryCodeUsed {
                    left: 1,
                    replaced: true,
                }),
            ),
            (
                "second-factor-failed",
                notice(NoticeKind::SecondFactorFailed { attempts: 3 }),
            ),
            ("locked", notice(NoticeKind::Locked { until: SOON })),
            ("signed-out-everywhere", notice(NoticeKind::SignedOutEverywhere)),
            (
                "factors-reset-by-support",
                notice(NoticeKind::FactorsResetBySupport),
            ),
            (
                "factors-reset-by-support-set-up",
                asking(NoticeKind::FactorsResetBySupport, Some(NextAsked::SetUp)),
            ),
            (
                "factors-reset-by-support-password-alone",
                asking(NoticeKind::FactorsResetBySupport, Some(NextAsked::Nothing)),
            ),
            (
                "factors-suspended-by-support",
                notice(NoticeKind::FactorsSuspendedBySupport { until: SOON }),
            ),
            (
                "details-changed-by-support",
                notice(NoticeKind::DetailsChangedBySupport),
            ),
            (
                "session-ended-by-support",
                notice(NoticeKind::SessionEndedBySupport),
            ),
            ("signed-out-by-support", notice(NoticeKind::SignedOutBySupport)),
            (
                "device-removed-by-support",
                notice(NoticeKind::DeviceRemovedBySupport { name: name() }),
            ),
            ("locked-by-support", notice(NoticeKind::LockedBySupport)),
            ("unlocked-by-support", notice(NoticeKind::UnlockedBySupport)),
            ("deleted-by-support", notice(NoticeKind::DeletedBySupport)),
            (
                "session-ended-by-misses",
                notice(NoticeKind::SessionEndedByMisses { attempts: 5 }),
            ),
            ("email-confirm", link(LinkPurpose::ConfirmEmail, 24 * 60)),
            (
                "email-change-asked",
                notice(NoticeKind::EmailChangeAsked { to: other() }),
            ),
            (
                "email-changed-away",
                notice(NoticeKind::EmailChangedAway {
                    to: other(),
                    revoke: LinkValue::new(
                        "aaaaaaaaaaaaaaaaaaaaaaaaae-aGVyZS1pcy13aGF0LW1ha2VzLXRoaXMtbGluay13b3JrLW9uY2UtYW5kLW5ldmVy",
                    ),
                    until: AT.plus(std::time::Duration::from_secs(72 * 3600)),
                }),
            ),
            ("email-changed", notice(NoticeKind::EmailChanged)),
            ("email-revoked", notice(NoticeKind::EmailRevoked)),
            ("email-revoked-here", notice(NoticeKind::EmailRevokedHere)),
            ("address-wanted", notice(NoticeKind::AddressWanted)),
            (
                "register",
                Letter::Confirm(ConfirmAddress {
                    code: "482915".to_owned(),
                    valid_minutes: 10,
                    link: LinkValue::new("Abc-".repeat(16)),
                    link_hours: 24,
                    asked: circumstances(),
                }),
            ),
            ("account-exists", exists(WayIn::SignInOrReset)),
            ("account-exists-no-reset", exists(WayIn::SignIn)),
            ("account-exists-invited", exists(WayIn::Invitation)),
            ("account-exists-waiting", exists(WayIn::Approval)),
            ("test", Letter::Test { at: AT }),
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_letter_comes_back_from_the_queue_as_it_went_in() {
        for (name, letter) in samples::all() {
            let json = serde_json::to_string(&letter).unwrap();
            assert_eq!(serde_json::from_str::<Letter>(&json).unwrap(), letter, "{name}");
        }
    }

    #[test]
    fn a_notice_that_an_older_version_wrote_is_read() {
        let read = |what: &str| {
            let json = format!(r#"{{"kind":{what},"circumstances":{{"at":1795352520,"with":null}}}}"#);
            serde_json::from_str::<Notice>(&json).unwrap().kind
        };
        let name = "Anna's phone".to_owned();
        assert_eq!(
            read(r#"{"app_added":{"name":"Anna's phone"}}"#),
            NoticeKind::AppAdded { name }
        );
        let number = "•••42".to_owned();
        assert_eq!(
            read(r#"{"phone_added":{"number":"•••42"}}"#),
            NoticeKind::PhoneAdded { number }
        );
    }

    #[test]
    fn neither_codes_nor_links_show_in_debug_output() {
        for (_, letter) in samples::all() {
            let shown = format!("{letter:?}");
            assert!(!shown.contains("482915") && !shown.contains("aGVyZS1"));
        }
    }
}
