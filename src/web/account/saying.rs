//! What just happened, carried across a redirect.
//!
//! It travels in the address (`?say=…`), which anybody can write: so it is sealed for the account,
//! and nobody can make a page say that a password was changed. It is said for two minutes, so that
//! an address out of the history does not say it again.

use data_encoding::BASE64URL_NOPAD;
use serde::{Deserialize, Serialize};

use crate::base::entropy::Entropy;
use crate::base::seal::{Keyring, Purpose, SealError};
use crate::base::time::Timestamp;
use crate::web::view::Notice;

/// How long it is worth saying.
const SAID_FOR: std::time::Duration = std::time::Duration::from_secs(120);

/// What may have happened.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Saying {
    /// A code was sent by email.
    CodeSent,
    /// An app works from now on.
    AppAdded,
    /// An app took another one's place.
    AppReplaced,
    /// An app is gone.
    AppRemoved,
    /// An app has this name now.
    AppRenamed(String),
    /// A code was sent by text message.
    TextSent,
    /// A phone number counts from now on.
    PhoneAdded,
    /// A phone number took another one's place.
    PhoneReplaced,
    /// The phone number is gone.
    PhoneRemoved,
    /// The new recovery codes count from now on.
    RecoveryCodesSaved,
    /// The password is changed.
    PasswordChanged,
    /// The password was set anew; said on the sign-in page, to the browser that did it.
    PasswordReset(String),
    /// A link went to this address, to be confirmed there.
    EmailLinkSent(String),
    /// The account has this address now.
    EmailChanged(String),
    /// The same; said on the sign-in page, to the browser that did it.
    EmailChangedElsewhere(String),
    /// A change of address was taken back; said to the browser that did it.
    EmailRevoked {
        /// Whether the old address is the account's again; otherwise the account is locked.
        restored: bool,
    },
    /// The language is changed.
    LanguageChanged,
    /// First and last name are as they were typed.
    DetailsSaved,
    /// A session was ended.
    SessionEnded,
    /// All other sessions were ended.
    OthersEnded,
    /// This device is remembered.
    DeviceRemembered,
    /// A device has this name now.
    DeviceRenamed(String),
    /// The device of this name was removed.
    DeviceRemoved(String),
    /// All devices were removed.
    AllDevicesRemoved,
}

impl Saying {
    /// The banner that says it; `None` where a page of its own does.
    pub fn notice(self) -> Option<Notice> {
        Some(match self {
            Self::EmailLinkSent(address) => Notice::EmailLinkSent { address },
            Self::EmailChanged(address) => Notice::EmailChanged { address },
            Self::EmailChangedElsewhere(_) => Notice::SignInWithNewEmail,
            Self::EmailRevoked { .. } => return None,
            Self::CodeSent => Notice::CodeSentAgain,
            Self::AppAdded => Notice::AppAdded,
            Self::AppReplaced => Notice::AppReplaced,
            Self::AppRemoved => Notice::AppRemoved,
            Self::TextSent => Notice::TextSentAgain,
            Self::PhoneAdded => Notice::PhoneAdded,
            Self::PhoneReplaced => Notice::PhoneReplaced,
            Self::PhoneRemoved => Notice::PhoneRemoved,
            Self::RecoveryCodesSaved => Notice::RecoveryCodesSaved,
            Self::PasswordChanged => Notice::PasswordChanged,
            Self::PasswordReset(_) => Notice::SignInWithNewPassword,
            Self::LanguageChanged => Notice::LanguageChanged,
            Self::DeviceRemembered => Notice::DeviceRemembered,
            Self::DeviceRenamed(name) => Notice::DeviceRenamed { name },
            Self::DeviceRemoved(name) => Notice::DeviceRemoved { name },
            Self::AllDevicesRemoved => Notice::AllDevicesRemoved,
            Self::AppRenamed(name) => Notice::AppRenamed { name },
            Self::DetailsSaved => Notice::DetailsSaved,
            Self::SessionEnded => Notice::OtherSessionEnded,
            Self::OthersEnded => Notice::OtherSessionsEnded,
        })
    }
}

/// As the address carries it, for `owner`: the id of an account, or the digest of a cookie where
/// nobody is signed in.
///
/// # Errors
///
/// [`SealError`] if it cannot be sealed.
pub fn seal(
    saying: &Saying,
    owner: &[u8],
    keys: &Keyring,
    entropy: &dyn Entropy,
    now: Timestamp,
) -> Result<String, SealError> {
    let plain = serde_json::to_vec(&(now, saying)).map_err(|_| SealError)?;
    let sealed = keys.seal(Purpose::Saying, owner, &plain, entropy)?;
    Ok(BASE64URL_NOPAD.encode(&sealed))
}

/// Reads it, if it was sealed for this owner and is still news.
pub fn open(said: &str, owner: &[u8], keys: &Keyring, now: Timestamp) -> Option<Saying> {
    let sealed = BASE64URL_NOPAD.decode(said.as_bytes()).ok()?;
    let plain = keys.open(Purpose::Saying, owner, &sealed).ok()?;
    let (at, saying): (Timestamp, Saying) = serde_json::from_slice(plain.expose()).ok()?;
    (now < at.plus(SAID_FOR)).then_some(saying)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::entropy::OsEntropy;
    use crate::base::id::AccountId;

    #[test]
    fn only_what_was_sealed_for_the_account_is_said_and_not_for_long() {
        let keys = Keyring::generate(&OsEntropy);
        let (anna, bob) = (AccountId::draw(&OsEntropy), AccountId::draw(&OsEntropy));
        let at = Timestamp::from_unix_seconds(1_700_000_000);
        let renamed = Saying::DeviceRenamed("Anna's <phone>".to_owned());
        let sealed = seal(&renamed, anna.as_bytes(), &keys, &OsEntropy, at).unwrap();

        let name = "Anna's <phone>".to_owned();
        assert_eq!(
            open(&sealed, anna.as_bytes(), &keys, at),
            Some(Saying::DeviceRenamed(name))
        );
        assert_eq!(
            open(&sealed, bob.as_bytes(), &keys, at),
            None,
            "another account's"
        );
        assert_eq!(
            open(&sealed, anna.as_bytes(), &keys, at.plus(SAID_FOR)),
            None,
            "no news"
        );
        assert_eq!(
            open("password-changed", anna.as_bytes(), &keys, at),
            None,
            "made up"
        );
        assert!(
            sealed
                .bytes()
                .all(|it| it.is_ascii_alphanumeric() || b"-_".contains(&it))
        );
    }
}
