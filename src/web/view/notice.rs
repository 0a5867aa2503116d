//! What just happened, in a banner above the heading.

use super::{Markup, Rich, Shell};
use crate::identity::enrolment::Voided;

/// Something to know before reading on. It needs no answer and takes no focus.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Notice {
    /// Signed out, by the person.
    SignedOut,
    /// The session ran out.
    SessionEnded,
    /// The session ran out while a form was being filled in; it was kept.
    FormKept,
    /// The flow ran out, or was begun anew elsewhere.
    StartAgain,
    /// Too many wrong codes: the flow is over.
    TooManyWrongCodes,
    /// Too many wrong passwords or codes inside a session: it is over.
    TooManyWrongAnswers,
    /// The password was changed; sign in with the new one.
    SignInWithNewPassword,

    /// A further code went out.
    CodeSentAgain,
    /// A further code went out by text message.
    TextSentAgain,
    /// A further code was asked for too soon; seconds since the last one.
    CodeTooEarly {
        /// Seconds since a code went out.
        ago: u64,
    },
    /// No more codes for a while; the wait in words.
    CodeLimit {
        /// `40 minutes`.
        wait: String,
    },
    /// The code mail could not be sent.
    MailFailed {
        /// Whether there is another way to be pointed to.
        other_ways: bool,
    },

    /// The text message could not be sent.
    TextFailed {
        /// Whether there is another way to be pointed to.
        other_ways: bool,
    },

    /// There is another QR code than the one that was shown before, and why.
    AppSetupAnew(Voided),
    /// An app works from now on.
    AppAdded,
    /// An app took another one's place.
    AppReplaced,
    /// An app is gone.
    AppRemoved,
    /// An app has another name.
    AppRenamed {
        /// The new name.
        name: String,
    },
    /// A phone number counts from now on.
    PhoneAdded,
    /// A phone number took another one's place.
    PhoneReplaced,
    /// The phone number is gone.
    PhoneRemoved,
    /// The new recovery codes count from now on.
    RecoveryCodesSaved,

    /// The account's address is another one; sign in with it.
    SignInWithNewEmail,
    /// A link went to a new address.
    EmailLinkSent {
        /// Which.
        address: String,
    },
    /// Too many links to new addresses; the wait in words.
    EmailLinkLimit {
        /// `40 minutes`.
        wait: String,
    },
    /// The address is changed.
    EmailChanged {
        /// To this one.
        address: String,
    },
    /// The password is changed.
    PasswordChanged,
    /// The language is changed.
    LanguageChanged,
    /// First and last name are saved.
    DetailsSaved,

    /// Another session was ended.
    OtherSessionEnded,
    /// All other sessions were ended.
    OtherSessionsEnded,

    /// This device is remembered.
    DeviceRemembered,
    /// This device is no longer remembered.
    DeviceForgotten,
    /// A device has another name.
    DeviceRenamed {
        /// The new name.
        name: String,
    },
    /// A device was removed.
    DeviceRemoved {
        /// Its name.
        name: String,
    },
    /// All devices were removed.
    AllDevicesRemoved,

    /// A registration ran out; begin again, or open the letter's link.
    RegisterAgain,
    /// Too many wrong codes in a registration.
    RegisterTooMany,
    /// No more letters to this address for a while; the wait in words.
    RegisterMailLimit {
        /// `40 minutes`.
        wait: String,
    },
    /// The letter went out again.
    RegisterSentAgain,
    /// The account was made; sign in.
    AccountMade,
    /// Somebody else has made an account with this address meanwhile; sign in.
    AccountThere,
    /// The person did not agree to the Terms of Use.
    TermsDeclined,
    /// A link was opened in a browser that is signed in.
    SignOutForLink,
}

/// How a banner looks.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Tone {
    /// Good to know.
    Info,
    /// It worked.
    Success,
    /// It did not.
    Problem,
}

impl Tone {
    /// The class of the banner.
    pub fn class(self) -> &'static str {
        match self {
            Self::Info => "info",
            Self::Success => "success",
            Self::Problem => "problem",
        }
    }
}

impl Notice {
    /// How it looks.
    pub fn tone(&self) -> Tone {
        match self {
            Self::SignedOut
            | Self::SessionEnded
            | Self::FormKept
            | Self::StartAgain
            | Self::CodeTooEarly { .. }
            | Self::RegisterAgain
            | Self::AccountThere
            | Self::TermsDeclined
            | Self::SignOutForLink
            | Self::AppSetupAnew(Voided::Late | Voided::Left) => Tone::Info,
            Self::TooManyWrongCodes
            | Self::TooManyWrongAnswers
            | Self::AppSetupAnew(Voided::Missed)
            | Self::CodeLimit { .. }
            | Self::EmailLinkLimit { .. }
            | Self::RegisterTooMany
            | Self::RegisterMailLimit { .. }
            | Self::MailFailed { .. }
            | Self::TextFailed { .. } => Tone::Problem,
            Self::SignInWithNewPassword
            | Self::SignInWithNewEmail
            | Self::EmailLinkSent { .. }
            | Self::EmailChanged { .. }
            | Self::CodeSentAgain
            | Self::TextSentAgain
            | Self::AppAdded
            | Self::AppReplaced
            | Self::AppRemoved
            | Self::PhoneAdded
            | Self::PhoneReplaced
            | Self::PhoneRemoved
            | Self::RecoveryCodesSaved
            | Self::PasswordChanged
            | Self::AppRenamed { .. }
            | Self::LanguageChanged
            | Self::DetailsSaved
            | Self::OtherSessionEnded
            | Self::OtherSessionsEnded
            | Self::DeviceRemembered
            | Self::DeviceForgotten
            | Self::DeviceRenamed { .. }
            | Self::DeviceRemoved { .. }
            | Self::RegisterSentAgain
            | Self::AccountMade
            | Self::AllDevicesRemoved => Tone::Success,
        }
    }

    /// Its words, on a page with this shell.
    pub fn html(&self, shell: &Shell) -> Markup {
        let plain = |id: &str| shell.tell(id, &[]);
        match self {
            Self::SignedOut => plain("notice-signed-out"),
            Self::SessionEnded => plain("notice-session-ended"),
            Self::FormKept => plain("notice-form-kept"),
            Self::StartAgain => plain("notice-start-again"),
            Self::TooManyWrongCodes => plain("notice-too-many-wrong-codes"),
            Self::TooManyWrongAnswers => plain("notice-too-many-wrong-answers"),
            Self::SignInWithNewPassword => plain("notice-sign-in-with-new-password"),
            Self::CodeSentAgain => plain("notice-code-sent-again"),
            Self::TextSentAgain => plain("notice-sms-sent-again"),
            Self::TextFailed { other_ways: false } => plain("notice-sms-failed"),
            Self::TextFailed { other_ways: true } => shell.tell(
                "notice-sms-failed-other-ways",
                &[
                    ("from", Rich::LinkFrom(&shell.url("methods"))),
                    ("to", Rich::LinkTo),
                ],
            ),
            Self::CodeTooEarly { ago } => {
                let ago = i64::try_from(*ago).unwrap_or(i64::MAX);
                shell.tell("notice-code-too-early", &[("seconds", Rich::Number(ago))])
            }
            Self::CodeLimit { wait } => shell.tell("notice-code-limit", &[("wait", Rich::Bold(wait))]),
            Self::MailFailed { other_ways: false } => plain("notice-mail-failed"),
            Self::MailFailed { other_ways: true } => shell.tell(
                "notice-mail-failed-other-ways",
                &[
                    ("from", Rich::LinkFrom(&shell.url("methods"))),
                    ("to", Rich::LinkTo),
                ],
            ),
            Self::AppSetupAnew(why) => {
                let id = match why {
                    Voided::Late => "notice-app-setup-expired",
                    Voided::Missed => "notice-app-setup-too-many",
                    Voided::Left => "notice-app-setup-left",
                };
                let bold = [("from", Rich::BoldFrom), ("to", Rich::BoldTo)];
                shell.tell(id, &bold)
            }
            Self::AppAdded => plain("notice-app-added"),
            Self::AppReplaced => plain("notice-app-replaced"),
            Self::AppRemoved => plain("notice-app-removed"),
            Self::AppRenamed { name } => shell.tell("notice-app-renamed", &[("name", Rich::Bold(name))]),
            Self::PhoneAdded => plain("notice-phone-added"),
            Self::PhoneReplaced => plain("notice-phone-replaced"),
            Self::PhoneRemoved => plain("notice-phone-removed"),
            Self::RecoveryCodesSaved => Markup::text(&shell.say_codes("notice-recovery-codes-saved")),
            Self::SignInWithNewEmail => plain("notice-sign-in-with-new-email"),
            Self::EmailLinkSent { address } => {
                shell.tell("notice-email-link-sent", &[("address", Rich::Bold(address))])
            }
            Self::EmailLinkLimit { wait } => {
                shell.tell("notice-email-link-limit", &[("wait", Rich::Bold(wait))])
            }
            Self::EmailChanged { address } => {
                shell.tell("notice-email-changed", &[("address", Rich::Bold(address))])
            }
            Self::PasswordChanged => plain("notice-password-changed"),
            Self::LanguageChanged => plain("notice-language-changed"),
            Self::DetailsSaved => plain("notice-details-saved"),
            Self::OtherSessionEnded => plain("notice-session-signed-out"),
            Self::OtherSessionsEnded => plain("notice-sessions-signed-out"),
            Self::DeviceRemembered => plain("notice-device-remembered"),
            Self::DeviceForgotten => plain("notice-device-forgotten"),
            Self::DeviceRenamed { name } => {
                shell.tell("notice-device-renamed", &[("name", Rich::Bold(name))])
            }
            Self::DeviceRemoved { name } => {
                shell.tell("notice-device-removed", &[("name", Rich::Bold(name))])
            }
            Self::AllDevicesRemoved => plain("notice-all-devices-removed"),
            Self::RegisterAgain => plain("notice-register-again"),
            Self::RegisterTooMany => plain("notice-register-too-many"),
            Self::RegisterMailLimit { wait } => {
                shell.tell("notice-register-mail-limit", &[("wait", Rich::Bold(wait))])
            }
            Self::RegisterSentAgain => plain("notice-register-sent-again"),
            Self::AccountMade => plain("notice-account-made"),
            Self::AccountThere => plain("notice-account-there"),
            Self::TermsDeclined => plain("notice-terms-declined"),
            Self::SignOutForLink => plain("notice-link-signed-in"),
        }
    }
}
