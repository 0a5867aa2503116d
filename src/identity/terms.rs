//! The Terms of Use: which version applies, and what an account has agreed to.
//!
//! ```text
//! sign-in, once everything is proven ──agreed to what applies──▶ on
//!                    └── not yet, or to another version ──▶ asked; no session before
//! ```
//!
//! Whether somebody has to be asked is computed from two facts, the version that applies and the one that
//! was agreed to, each time a sign-in goes on ([`super::sign_in`]). A session that is open stays open
//! when the version changes: its owner is asked at the next sign-in.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::account::Account;
use super::settings::Settings;
use crate::base::language::Language;
use crate::base::time::Timestamp;

/// The name of a version: `2026-11`. It stands in the audit trail, beside a checkbox and in the name of
/// a file.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct TermsVersion(String);

impl TermsVersion {
    /// Characters of the longest name.
    pub const AT_MOST: usize = 32;

    /// Reads a name. `None` where it holds anything but letters, digits, dots, hyphens and underscores.
    pub fn parse(name: &str) -> Option<Self> {
        let shaped = (1..=Self::AT_MOST).contains(&name.len())
            && name
                .bytes()
                .all(|octet| octet.is_ascii_alphanumeric() || matches!(octet, b'.' | b'-' | b'_'));
        shaped.then(|| Self(name.to_owned()))
    }

    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for TermsVersion {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

impl TryFrom<String> for TermsVersion {
    type Error = &'static str;

    fn try_from(name: String) -> Result<Self, Self::Error> {
        Self::parse(&name).ok_or("a version is made of letters, digits, dots, hyphens and underscores")
    }
}

impl From<TermsVersion> for String {
    fn from(version: TermsVersion) -> Self {
        version.0
    }
}

/// What somebody has agreed to.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Agreement {
    /// Which version.
    pub version: TermsVersion,
    /// The language it was read in.
    pub language: Language,
    /// When.
    pub at: Timestamp,
}

/// The version that an account has to agree to before it gets in. `None`: nothing is to be asked.
pub fn unanswered<'a>(account: &Account, settings: &'a Settings) -> Option<&'a TermsVersion> {
    let applies = settings.terms.as_ref()?;
    let agreed = account.terms.as_ref().map(|agreement| &agreement.version);
    (agreed != Some(applies)).then_some(applies)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::entropy::OsEntropy;
    use crate::base::id::AccountId;
    use crate::identity::account::EmailAddress;

    #[test]
    fn a_version_is_a_short_plain_name() {
        for good in ["1", "2026-11", "v2.1_final"] {
            assert!(TermsVersion::parse(good).is_some(), "{good}");
        }
        for bad in [
            "",
            " ",
            "2026 11",
            "2026/11",
            "\"",
            "é",
            "2026\n",
            &"1".repeat(33),
        ] {
            assert!(TermsVersion::parse(bad).is_none(), "{bad:?}");
        }
        assert!(serde_json::from_str::<TermsVersion>("\"a b\"").is_err());
    }

    #[test]
    fn who_agreed_to_another_version_is_asked_again() {
        let now = Timestamp::from_unix_seconds(1_700_000_000);
        let mut account = Account::new(
            AccountId::draw(&OsEntropy),
            EmailAddress::parse("anna@example.com").unwrap(),
            now,
        );
        let mut settings = Settings::default();
        assert_eq!(unanswered(&account, &settings), None, "there are none");
        settings.terms = TermsVersion::parse("2026-11");
        assert_eq!(unanswered(&account, &settings), settings.terms.as_ref());
        account.terms = TermsVersion::parse("2026-11").map(|version| Agreement {
            version,
            language: Language::english(),
            at: now,
        });
        assert_eq!(unanswered(&account, &settings), None);
        // An older one counts as little as a newer one: what applies is what was agreed to, or it is not.
        for version in ["2026-10", "2026-12"] {
            settings.terms = TermsVersion::parse(version);
            assert_eq!(
                unanswered(&account, &settings),
                settings.terms.as_ref(),
                "{version}"
            );
        }
    }
}
