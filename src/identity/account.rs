//! An account: a person, found by email address, read and written as one value.
//!
//! Whatever a sign-in may use up (a time step, a recovery code) and whatever an account change may
//! touch lives in this value, so that one conditional write decides between two that came at once.

use std::collections::BTreeSet;
use std::fmt;

use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;

use super::device::{KnownBrowser, TrustedDevice};
use super::email_change::FormerAddress;
use super::factor::recovery::RecoverySet;
use super::factor::totp::{App, Step};
use super::password::PasswordHash;
use super::phone::Phone;
use super::terms::Agreement;
use crate::base::entropy::Entropy;
use crate::base::id::AccountId;
use crate::base::language::Language;
use crate::base::seal::{Keyring, Purpose, SealError};
use crate::base::time::Timestamp;

/// A mailbox address: compared by its lower-cased key, written to as it was spelled.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct EmailAddress {
    key: String,
    spelling: String,
}

/// Why something typed is not an address.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum EmailAddressError {
    /// Longer than [`EmailAddress::MAX_OCTETS`].
    #[error("address is longer than 254 octets")]
    TooLong,
    /// Not one `@` with something on both sides.
    #[error("address has no part before or after one @")]
    Incomplete,
    /// A character that no plain address has.
    #[error("address has a character that is not allowed")]
    ForbiddenCharacter,
}

impl EmailAddress {
    /// Octets in the longest accepted address: a 256-octet path less its two angle brackets
    /// (RFC 5321 §4.5.3.1.3).
    pub const MAX_OCTETS: usize = 254;

    /// Reads an address as a person typed it.
    ///
    /// Exactly one `@`, a dot-atom before it and a host name after it: no list of recipients, no
    /// quoting, no line break can pass (RFC 5322 §3.4.1).
    ///
    /// # Errors
    ///
    /// [`EmailAddressError`] names what is wrong with it.
    pub fn parse(typed: &str) -> Result<Self, EmailAddressError> {
        let typed = typed.trim();
        if typed.len() > Self::MAX_OCTETS {
            return Err(EmailAddressError::TooLong);
        }
        let (local, domain) = typed.split_once('@').ok_or(EmailAddressError::Incomplete)?;
        if local.is_empty() || domain.is_empty() {
            return Err(EmailAddressError::Incomplete);
        }
        if !is_dot_atom(local) || !is_host_name(domain) {
            return Err(EmailAddressError::ForbiddenCharacter);
        }
        Ok(Self {
            key: typed.to_ascii_lowercase(),
            spelling: typed.to_owned(),
        })
    }

    /// What two spellings of one address share.
    pub fn key(&self) -> &str {
        &self.key
    }

    /// As it was spelled, for letters.
    pub fn spelling(&self) -> &str {
        &self.spelling
    }

    /// The part before the `@`, lower-cased.
    pub fn local_part(&self) -> &str {
        self.key.split_once('@').map_or("", |(local, _)| local)
    }

    /// First letter and domain, for pages that a person sees before they are fully signed in:
    /// `a•••@example.com`.
    pub fn masked(&self) -> String {
        let first = self.spelling.chars().next().unwrap_or('•');
        let domain = self.spelling.split_once('@').map_or("", |(_, domain)| domain);
        format!("{first}•••@{domain}")
    }
}

impl fmt::Display for EmailAddress {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.spelling)
    }
}

impl TryFrom<String> for EmailAddress {
    type Error = EmailAddressError;

    fn try_from(spelling: String) -> Result<Self, Self::Error> {
        Self::parse(&spelling)
    }
}

impl From<EmailAddress> for String {
    fn from(address: EmailAddress) -> Self {
        address.spelling
    }
}

/// The one form of whatever was typed as a name, so that its spellings share one throttle count
/// whether or not there is such an account.
pub fn name_key(typed: &str) -> String {
    typed.trim().nfkc().collect::<String>().trim().to_lowercase()
}

/// Characters of the longest name of a person.
pub const PERSON_NAME_AT_MOST: usize = 100;

/// A person's first or last name: one line, whatever was typed, and no characters that turn the
/// direction of the text around it.
pub fn person_name(typed: &str) -> String {
    let turns = |it: &char| matches!(it, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let kept: String = typed
        .chars()
        .filter(|it| !it.is_control() && !turns(it))
        .take(PERSON_NAME_AT_MOST)
        .collect();
    kept.trim().to_owned()
}

fn is_dot_atom(text: &str) -> bool {
    text.len() <= 64
        && text.split('.').all(|atom| {
            !atom.is_empty()
                && atom
                    .bytes()
                    .all(|octet| octet.is_ascii_alphanumeric() || b"!#$%&'*+/=?^_`{|}~-".contains(&octet))
        })
}

fn is_host_name(text: &str) -> bool {
    text.split('.').all(|label| {
        (1..=63).contains(&label.len())
            && label
                .bytes()
                .all(|octet| octet.is_ascii_alphanumeric() || octet == b'-')
            && !label.starts_with('-')
            && !label.ends_with('-')
    })
}

/// A group's name: `[a-z0-9._-]+`, so that a comma-joined list of them cannot be misread.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Group(String);

impl Group {
    /// Reads a name. `None` where it has another character than `[a-z0-9._-]`.
    pub fn parse(name: &str) -> Option<Self> {
        let shaped = (1..=64).contains(&name.len())
            && name.bytes().all(|octet| {
                octet.is_ascii_lowercase() || octet.is_ascii_digit() || matches!(octet, b'.' | b'_' | b'-')
            });
        shaped.then(|| Self(name.to_owned()))
    }

    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for Group {
    type Error = &'static str;

    fn try_from(name: String) -> Result<Self, Self::Error> {
        Self::parse(&name).ok_or("a group's name is made of a-z, 0-9, dot, hyphen and underscore")
    }
}

impl From<Group> for String {
    fn from(group: Group) -> Self {
        group.0
    }
}

/// Whether an account may sign in at all.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Status {
    /// It may.
    Active,
    /// Support locked it; support unlocks it.
    Locked {
        /// Since when.
        since: Timestamp,
    },
    /// It was registered, and an operator has not approved it yet.
    Waiting {
        /// Since when.
        since: Timestamp,
    },
}

/// A password, as it is kept.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Password {
    /// Its hash.
    pub hash: PasswordHash,
    /// When it was set.
    pub changed: Timestamp,
}

/// A person.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Account {
    /// Its name for ever.
    pub id: AccountId,
    /// Where it is found and written to.
    pub email: EmailAddress,
    /// Given name; may be empty.
    pub first_name: String,
    /// Family name; may be empty.
    pub last_name: String,
    /// The person's choice of language, if they made one.
    pub language: Option<Language>,
    /// What rules may ask for.
    pub groups: BTreeSet<Group>,
    /// Whether it may sign in.
    pub status: Status,
    /// `None`: nobody can sign in with a password.
    pub password: Option<Password>,
    /// Authenticator apps.
    pub apps: Vec<App>,
    /// Whether an app's secret was shown that nobody has confirmed: an entry made of it is worth nothing,
    /// and the next set-up says so.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub app_shown: bool,
    /// The number that text messages go to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<Phone>,
    /// Recovery codes, if a set was confirmed as saved.
    pub recovery: Option<RecoverySet>,
    /// Browsers that skip the second factor.
    pub devices: Vec<TrustedDevice>,
    /// Browsers that completed a sign-in: they weigh in throttling and grant nothing.
    pub browsers: Vec<KnownBrowser>,
    /// Goes up with every change of credentials or status. Sessions and flows carry the number
    /// they began under and are over when it has moved on.
    pub epoch: u32,
    /// When it was made.
    pub created: Timestamp,
    /// Addresses that it had until lately and that may take it back, oldest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub former: Vec<FormerAddress>,
    /// Until when the password alone is enough, by support's word.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub suspended_until: Option<Timestamp>,
    /// The Terms of Use that were agreed to last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub terms: Option<Agreement>,
}

impl Account {
    /// A new account that nobody can sign in to yet.
    pub fn new(id: AccountId, email: EmailAddress, now: Timestamp) -> Self {
        Self {
            id,
            email,
            first_name: String::new(),
            last_name: String::new(),
            language: None,
            groups: BTreeSet::new(),
            status: Status::Active,
            password: None,
            apps: Vec::new(),
            app_shown: false,
            phone: None,
            recovery: None,
            devices: Vec::new(),
            browsers: Vec::new(),
            epoch: 0,
            created: now,
            former: Vec::new(),
            suspended_until: None,
            terms: None,
        }
    }

    /// "First Last", without a stray space where one is missing.
    pub fn display_name(&self) -> String {
        [self.first_name.as_str(), self.last_name.as_str()]
            .iter()
            .filter(|part| !part.is_empty())
            .copied()
            .collect::<Vec<_>>()
            .join(" ")
    }

    /// Whether it may sign in.
    pub fn is_active(&self) -> bool {
        self.status == Status::Active
    }

    /// Until when its second factor is suspended, if it is now.
    pub fn suspended(&self, now: Timestamp) -> Option<Timestamp> {
        self.suspended_until.filter(|until| now < *until)
    }

    /// After a change of credentials or status: every session and flow that began before is over,
    /// and no browser is trusted any more. The caller keeps a session alive by opening a new one.
    pub fn credentials_changed(&mut self) {
        self.epoch = self.epoch.wrapping_add(1);
        self.devices.clear();
    }

    /// Seals anew, with the first key of the ring, what another one has sealed. Whether there was anything.
    ///
    /// # Errors
    ///
    /// [`SealError`] if a secret does not open with any key: the account is not to be stored then.
    pub fn seal_anew(&mut self, keys: &Keyring, entropy: &dyn Entropy) -> Result<bool, SealError> {
        let mut changed = false;
        for app in &mut self.apps {
            let anew = keys.seal_anew(Purpose::AppSecret, self.id.as_bytes(), &app.sealed, entropy)?;
            if let Some(sealed) = anew {
                app.sealed = sealed;
                changed = true;
            }
        }
        if let Some(phone) = &mut self.phone {
            changed |= phone.seal_anew(self.id, keys, entropy)?;
        }
        Ok(changed)
    }

    /// After the account came back from a backup: whatever may have been used up since it was taken is
    /// void. A recovery code that was used then cannot be told from one that was not, so that all of them
    /// go, and so does the right to take a former address back; codes of an app count from the next
    /// one on that nobody can have used yet.
    pub fn came_back(&mut self, now: Timestamp) {
        self.credentials_changed();
        self.recovery = None;
        self.former.clear();
        // Whoever ended it since would find it back.
        self.suspended_until = None;
        for app in &mut self.apps {
            app.spent = app.spent.max(Some(Step::newest_by(now)));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_plain_recipient_and_nothing_else() {
        for bad in [
            "a@x,b@x",
            "a@x;b@x",
            "a@x b@x",
            "group: a@x;",
            "a(comment)@x",
            "\"a b\"@x",
            "a@x\nBcc: b@x",
            "a",
            "@x",
            "a@",
            "a@@x",
            "a..b@x",
            "a@-x.de",
            "a\u{0}b@x",
            "<a@x>",
        ] {
            assert!(EmailAddress::parse(bad).is_err(), "{bad:?} passed");
        }
        for good in [
            "anna@example.com",
            " Anna@Example.COM ",
            "o'neil+tag@mail.example.co.uk",
            "a@localhost",
        ] {
            assert!(EmailAddress::parse(good).is_ok(), "{good:?} refused");
        }
    }

    #[test]
    fn spellings_of_a_name_share_one_key() {
        let key = name_key("alice@example.com");
        for typed in ["Alice@Example.com", " alice@example.com ", "ａlice@example.com"] {
            assert_eq!(name_key(typed), key, "{typed}");
        }
    }

    #[test]
    fn a_persons_name_is_one_plain_line() {
        assert_eq!(person_name(" Ann\r\na\u{202e} "), "Anna");
        assert_eq!(person_name(&"é".repeat(200)), "é".repeat(100));
        assert_eq!(person_name("\u{0}\u{1b} "), "");
    }

    #[test]
    fn the_mask_shows_a_letter_and_the_domain() {
        assert_eq!(
            EmailAddress::parse("anna@example.com").unwrap().masked(),
            "a•••@example.com"
        );
    }

    #[test]
    fn what_was_suspended_is_asked_for_after_a_restore() {
        let email = EmailAddress::parse("anna@example.com").unwrap();
        let noon = Timestamp::from_unix_seconds(1_700_000_000);
        let mut account = Account::new(AccountId::draw(&crate::base::entropy::OsEntropy), email, noon);
        account.suspended_until = Some(Timestamp::from_unix_seconds(1_700_000_900));
        account.came_back(noon);
        assert_eq!(account.suspended(noon), None);
    }
}
