//! What can be wrong with what somebody sent, which field it is about, and how it is said.
//!
//! The words stand twice on the page, in the summary and next to the field, so they are made in
//! one place. Sign-in never says which of its two fields is wrong.

use crate::identity::password::PasswordRefusal;
use crate::identity::phone::PhoneFault;
use crate::language::{Value, Words};

/// Something that has to be put right before going on.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Complaint {
    /// The form token is stale; nothing was done.
    StaleForm,

    /// Sign-in: no address.
    EmailMissing,
    /// Reset: what was typed is no address.
    EmailMalformed,
    /// Sign-in, confirm: no password.
    PasswordMissing,
    /// Sign-in: address or password is wrong, whichever it is.
    SignInWrong,
    /// Sign-in: wrong again, and waiting comes near; the number of wrong passwords that bring it.
    SignInWrongWarning {
        /// Wrong passwords until there is a wait.
        limit: u32,
    },
    /// Confirm: the password is wrong.
    PasswordWrong,
    /// A password over the length that is hashed.
    PasswordTooLong,

    /// No code.
    CodeMissing,
    /// Not six digits; how many there were.
    CodeLength {
        /// Digits that were typed.
        typed: usize,
    },
    /// Something other than digits.
    CodeNotDigits,
    /// Not the mailed code.
    EmailCodeWrong,
    /// The mailed code is too old.
    EmailCodeExpired {
        /// Whether a new one is on its way already.
        resent: bool,
    },
    /// Not the code of the text message.
    TextCodeWrong,
    /// As many wrong codes as a phone number may have: it is asked for anew.
    TextCodesTooMany,
    /// Not a code of the app.
    AppCodeWrong,
    /// A code of some minutes ago: the phone's clock is behind.
    AppCodeLate,
    /// A code that was used already.
    AppCodeUsed,
    /// Set-up: not a code of the app that was just scanned.
    SetupCodeWrong,

    /// A phone number that no text message goes to.
    Phone(PhoneFault),

    /// No recovery code.
    RecoveryCodeMissing,
    /// Not one of the unused recovery codes.
    RecoveryCodeWrong,
    /// The box that says the codes are saved is empty.
    CodesNotSaved {
        /// How many there are.
        codes: usize,
    },

    /// A device's name is too long.
    DeviceNameTooLong,
    /// An app's name is too long.
    AppNameTooLong,

    /// No current password.
    CurrentPasswordMissing,
    /// The current password is wrong.
    CurrentPasswordWrong,
    /// No new password.
    NewPasswordMissing,
    /// The new password is too short.
    NewPasswordShort {
        /// Characters it needs.
        least: usize,
    },
    /// The new password is known to be used by many, or is made of the account's own data.
    NewPasswordGuessable,
    /// The new password is the old one.
    NewPasswordSame,
    /// The new password is over the length that is hashed.
    NewPasswordTooLong,

    /// No new address.
    NewEmailMissing,
    /// What was typed as a new address is none.
    NewEmailMalformed,
    /// The new address is the present one.
    NewEmailSame,
    /// Too many changes of address in a short time.
    NewEmailTooMany,
    /// A first name is too long.
    FirstNameTooLong,
    /// A last name is too long.
    LastNameTooLong,

    /// No language chosen, or none that is offered.
    LanguageMissing,

    /// Registration: no address.
    AddressMissing,
    /// Registration: what was typed is no address.
    AddressNotOne,
    /// Registration: a code is asked for, and there is none.
    RegistrationCodeMissing,
    /// Registration: the code is none of ours.
    RegistrationCodeWrong,
    /// Registration: addresses of this domain may not.
    RegistrationDomain,
    /// No given name.
    GivenNameMissing,
    /// Registration: neither app nor email was chosen.
    MethodMissing,
    /// The Terms of Use: the box is empty.
    TermsNotAccepted,
    /// The Terms of Use: there is a new version since the page was opened.
    TermsChanged,
}

impl From<PasswordRefusal> for Complaint {
    fn from(refusal: PasswordRefusal) -> Self {
        match refusal {
            PasswordRefusal::TooShort { needed } => Self::NewPasswordShort { least: needed },
            PasswordRefusal::TooLong => Self::NewPasswordTooLong,
            PasswordRefusal::Guessable => Self::NewPasswordGuessable,
        }
    }
}

impl Complaint {
    /// The id of the field it is about; `None` where it is about the form as a whole.
    pub fn field(&self) -> Option<&'static str> {
        match self {
            Self::StaleForm => None,
            Self::EmailMissing
            | Self::EmailMalformed
            | Self::SignInWrong
            | Self::SignInWrongWarning { .. } => Some("username"),
            Self::PasswordMissing | Self::PasswordWrong | Self::PasswordTooLong => Some("password"),
            Self::CodeMissing
            | Self::CodeLength { .. }
            | Self::CodeNotDigits
            | Self::EmailCodeWrong
            | Self::EmailCodeExpired { .. }
            | Self::TextCodeWrong
            | Self::AppCodeWrong
            | Self::AppCodeLate
            | Self::AppCodeUsed
            | Self::SetupCodeWrong => Some("one-time-code"),
            Self::Phone(_) | Self::TextCodesTooMany => Some("phone"),
            Self::RecoveryCodeMissing | Self::RecoveryCodeWrong => Some("recovery-code"),
            Self::CodesNotSaved { .. } => Some("saved"),
            Self::DeviceNameTooLong => Some("device-name"),
            Self::AppNameTooLong => Some("app-name"),
            Self::CurrentPasswordMissing | Self::CurrentPasswordWrong => Some("current-password"),
            Self::NewPasswordMissing
            | Self::NewPasswordShort { .. }
            | Self::NewPasswordGuessable
            | Self::NewPasswordSame
            | Self::NewPasswordTooLong => Some("new-password"),
            Self::NewEmailMissing | Self::NewEmailMalformed | Self::NewEmailSame | Self::NewEmailTooMany => {
                Some("email")
            }
            Self::FirstNameTooLong => Some("given-name"),
            Self::LastNameTooLong => Some("family-name"),
            Self::LanguageMissing => Some("lang"),
            Self::AddressMissing | Self::AddressNotOne | Self::RegistrationDomain => Some("email"),
            Self::RegistrationCodeMissing | Self::RegistrationCodeWrong => Some("registration-code"),
            Self::GivenNameMissing => Some("given-name"),
            Self::MethodMissing => Some("method"),
            Self::TermsNotAccepted | Self::TermsChanged => Some("accept"),
        }
    }

    /// Its words.
    pub fn say(&self, words: &Words) -> String {
        match self {
            Self::StaleForm => words.say("error-stale-form"),
            Self::EmailMissing | Self::AddressMissing => words.say("error-email-missing"),
            Self::EmailMalformed | Self::AddressNotOne | Self::NewEmailMalformed => {
                words.say("error-email-malformed")
            }
            Self::PasswordMissing => words.say("error-password-missing"),
            Self::SignInWrong => words.say("error-sign-in-wrong"),
            Self::SignInWrongWarning { limit } => {
                words.say_with("error-sign-in-wrong-warning", &[("limit", Value::from(*limit))])
            }
            Self::PasswordWrong => words.say("error-password-wrong"),
            Self::PasswordTooLong | Self::NewPasswordTooLong => words.say("error-password-too-long"),
            Self::CodeMissing => words.say("error-code-missing"),
            Self::CodeLength { typed } => {
                words.say_with("error-code-length", &[("typed", Value::from(*typed))])
            }
            Self::CodeNotDigits => words.say("error-code-not-digits"),
            Self::EmailCodeWrong => words.say("error-email-code-wrong"),
            Self::EmailCodeExpired { resent: true } => words.say("error-email-code-expired-resent"),
            Self::EmailCodeExpired { resent: false } => words.say("error-email-code-expired"),
            Self::TextCodeWrong => words.say("error-sms-code-wrong"),
            Self::TextCodesTooMany => words.say("error-sms-codes-too-many"),
            Self::Phone(fault) => words.say(match fault {
                PhoneFault::Missing => "error-phone-missing",
                PhoneFault::Unreadable => "error-phone-unreadable",
                PhoneFault::NoCountryCode => "error-phone-no-country-code",
                PhoneFault::OtherCountry => "error-phone-other-country",
                PhoneFault::NotMobile => "error-phone-not-mobile",
            }),
            Self::AppCodeWrong => words.say("error-app-code-wrong"),
            Self::AppCodeLate => words.say("error-app-code-late"),
            Self::AppCodeUsed => words.say("error-app-code-used"),
            Self::SetupCodeWrong => words.say("error-setup-code-wrong"),
            Self::RecoveryCodeMissing => words.say("error-recovery-code-missing"),
            Self::RecoveryCodeWrong => words.say("error-recovery-code-wrong"),
            Self::CodesNotSaved { codes } => {
                words.say_with("error-codes-not-saved", &[("count", Value::from(*codes))])
            }
            Self::DeviceNameTooLong | Self::AppNameTooLong => words.say("error-name-too-long"),
            Self::CurrentPasswordMissing => words.say("error-current-password-missing"),
            Self::CurrentPasswordWrong => words.say("error-current-password-wrong"),
            Self::NewPasswordMissing => words.say("error-new-password-missing"),
            Self::NewPasswordShort { least } => {
                words.say_with("error-new-password-short", &[("least", Value::from(*least))])
            }
            Self::NewPasswordGuessable => words.say("error-new-password-guessable"),
            Self::NewPasswordSame => words.say("error-new-password-same"),
            Self::NewEmailMissing => words.say("error-new-email-missing"),
            Self::NewEmailSame => words.say("error-new-email-same"),
            Self::NewEmailTooMany => words.say("error-new-email-too-many"),
            Self::FirstNameTooLong => words.say("error-first-name-too-long"),
            Self::LastNameTooLong => words.say("error-last-name-too-long"),
            Self::LanguageMissing => words.say("error-language-missing"),
            Self::RegistrationCodeMissing => words.say("error-registration-code-missing"),
            Self::RegistrationCodeWrong => words.say("error-registration-code-wrong"),
            Self::RegistrationDomain => words.say("error-registration-domain"),
            Self::GivenNameMissing => words.say("error-given-name-missing"),
            Self::MethodMissing => words.say("error-method-missing"),
            Self::TermsNotAccepted => words.say("error-terms-not-accepted"),
            Self::TermsChanged => words.say("error-terms-changed"),
        }
    }
}
