//! Links that are mailed: where each leads, and how its value is written.
//!
//! ```text
//! …/reset/ ‹base64url of value ‖ tag›                      what waits lies under the value's digest
//! …/email/revoke/ ‹account› - ‹base64url of value ‖ tag›   what waits lies in the account
//! ```
//!
//! The value is a [`Token`], of which nothing but its digest is kept outside the sealed letter. Its
//! tag names the kind: no link passes for one of another kind, nor a cookie for a link, and one that
//! somebody made up costs no trip to the store.

use serde::{Deserialize, Serialize};

use super::id::AccountId;
use super::seal::{Keyring, Token};

/// What a mailed link is good for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum LinkKind {
    /// Setting a forgotten password anew.
    Reset,
    /// Choosing the first password of an account that an operator has added.
    Invitation,
    /// Confirming a new address.
    Email,
    /// Taking a change of address back.
    Revoke,
    /// Confirming the address of somebody who registers.
    Registration,
}

/// The value of a link as it is written: whoever has it may act. Shown in the letter and nowhere else.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct LinkValue(String);

impl LinkValue {
    /// As it was printed for its letter.
    pub fn new(printed: impl Into<String>) -> Self {
        Self(printed.into())
    }

    /// For the letter, which shows it.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Debug for LinkValue {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("[secret]")
    }
}

impl LinkKind {
    /// The page that it opens, below the prefix; its value follows.
    pub const fn page(self) -> &'static str {
        match self {
            Self::Reset => "reset",
            Self::Invitation => "invite",
            Self::Email => "email/confirm",
            Self::Revoke => "email/revoke",
            Self::Registration => "register/link",
        }
    }

    /// What its value is tagged for.
    const fn label(self) -> &'static str {
        match self {
            Self::Reset => "reset-link",
            Self::Invitation => "invite-link",
            Self::Email => "email-confirm-link",
            Self::Revoke => "email-revoke-link",
            Self::Registration => "registration-link",
        }
    }

    /// For a letter.
    pub fn print(self, value: &Token, keys: &Keyring) -> LinkValue {
        LinkValue::new(value.print(self.label(), keys).expose().as_str())
    }

    /// Reads what a link carries. `None` for whatever we did not issue.
    pub fn read(self, printed: &str, keys: &Keyring) -> Option<Token> {
        Token::recognise(self.label(), printed, keys)
    }

    /// For a letter, where what the link may do lies in an account.
    pub fn print_for(self, account: AccountId, value: &Token, keys: &Keyring) -> LinkValue {
        LinkValue::new(format!("{account}-{}", self.print(value, keys).expose()))
    }

    /// Reads what a link of [`Self::print_for`] carries. The account is what the link says: only the
    /// account itself can tell whether the value is one of its own.
    pub fn read_for(self, printed: &str, keys: &Keyring) -> Option<(AccountId, Token)> {
        let (account, value) = printed.split_once('-')?;
        let value = self.read(value, keys)?;
        Some((AccountId::parse(account)?, value))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::entropy::OsEntropy;

    const ALL: [LinkKind; 5] = [
        LinkKind::Reset,
        LinkKind::Invitation,
        LinkKind::Email,
        LinkKind::Revoke,
        LinkKind::Registration,
    ];

    #[test]
    fn a_link_is_read_as_it_was_printed_and_as_nothing_else() {
        let keys = Keyring::generate(&OsEntropy);
        let value = Token::draw(&OsEntropy);
        for kind in ALL {
            let printed = kind.print(&value, &keys);
            for other in ALL {
                let read = other.read(printed.expose(), &keys).map(|it| it.digest());
                assert_eq!(
                    read,
                    (other == kind).then(|| value.digest()),
                    "{kind:?}, {other:?}"
                );
            }
            let elsewhere = Keyring::generate(&OsEntropy);
            assert!(kind.read(printed.expose(), &elsewhere).is_none());
            let cookie = value.print("__Host-doorward-flow", &keys);
            assert!(kind.read(cookie.expose(), &keys).is_none(), "a cookie is no link");
            for other in ["", "x", &"A".repeat(64), &"é".repeat(32), &"=".repeat(64)] {
                assert!(kind.read(other, &keys).is_none(), "{other}");
                assert!(kind.read_for(other, &keys).is_none(), "{other}");
            }
            assert_eq!(format!("{printed:?}"), "[secret]");
        }
    }

    #[test]
    fn a_link_that_names_an_account_gives_both_back() {
        let keys = Keyring::generate(&OsEntropy);
        let value = Token::draw(&OsEntropy);
        let account = AccountId::draw(&OsEntropy);
        let printed = LinkKind::Revoke.print_for(account, &value, &keys);
        let (read, found) = LinkKind::Revoke.read_for(printed.expose(), &keys).unwrap();
        assert_eq!((read, found.digest()), (account, value.digest()));
        let plain = LinkKind::Revoke.print(&value, &keys);
        assert!(LinkKind::Revoke.read_for(plain.expose(), &keys).is_none());
        assert!(LinkKind::Revoke.read(printed.expose(), &keys).is_none());
    }
}
