//! Passwords: how they are hashed, and which ones are refused.
//!
//! Argon2id (RFC 9106) over the NFC form of what was typed (RFC 8265 §4.2). No rules about kinds of
//! characters; a length and a guess at how soon a guesser would get there, which knows the common
//! lists and the person's own names (NIST SP 800-63B §3.1.1.2). Truncation does not exist: what is
//! longer than [`Typed::MAX_OCTETS`] is refused, never cut.
//!
//! Which thread hashes, and how many do at once, is [`crate::service::hashing`]'s work.

use argon2::{Algorithm, Argon2, Params, Version};
use password_hash::phc;
use password_hash::{PasswordHasher, PasswordVerifier};
use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;
use zeroize::Zeroizing;

use crate::base::entropy::{self, Entropy};
use crate::base::secret::Secret;
use crate::identity::settings::{Blocklist, HashCost, PasswordSettings};

/// A password as somebody typed it, in its normal form.
#[derive(Clone, Debug)]
pub struct Typed(Secret<String>);

/// It is longer than [`Typed::MAX_OCTETS`]. Count the attempt, do not hash.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
#[error("password is longer than 1,024 octets")]
pub struct TooLong;

impl Typed {
    /// Octets of the longest password that is hashed.
    pub const MAX_OCTETS: usize = 1024;

    /// Takes what was typed.
    ///
    /// # Errors
    ///
    /// [`TooLong`] beyond [`Self::MAX_OCTETS`], measured before and after normalisation.
    pub fn new(typed: &str) -> Result<Self, TooLong> {
        if typed.len() > Self::MAX_OCTETS {
            return Err(TooLong);
        }
        let normal = Zeroizing::new(typed.nfc().collect::<String>());
        if normal.len() > Self::MAX_OCTETS {
            return Err(TooLong);
        }
        Ok(Self(Secret::new(normal.to_string())))
    }

    /// Characters (Unicode code points) in it.
    pub fn length(&self) -> usize {
        self.0.expose().chars().count()
    }

    /// Whether both are one password.
    pub fn same_as(&self, other: &Self) -> bool {
        self.0.expose() == other.0.expose()
    }

    /// Whether nothing was typed.
    pub fn is_empty(&self) -> bool {
        self.0.expose().is_empty()
    }
}

/// A hash as it is kept: a PHC string.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct PasswordHash(String);

impl PasswordHash {
    /// A hash that no password has, at the cost of a real one: what a name that nobody has is
    /// checked against, so that time does not tell.
    ///
    /// # Errors
    ///
    /// [`HashError::Parameters`] if `cost` is out of Argon2's bounds.
    pub fn of_nobody(cost: HashCost) -> Result<Self, HashError> {
        hasher(cost)?;
        let (memory, passes, lanes) = (cost.memory_kib(), cost.passes, cost.lanes);
        let text = |octets: &[u8]| data_encoding::BASE64_NOPAD.encode(octets);
        let (salt, output) = (text(b"nobody has this."), text(&[0; 32]));
        Ok(Self(format!(
            "$argon2id$v=19$m={memory},t={passes},p={lanes}${salt}${output}"
        )))
    }
}

impl std::fmt::Debug for PasswordHash {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("PasswordHash(…)")
    }
}

/// What a check found.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Match {
    /// It is the password.
    Right,
    /// It is not.
    Wrong,
}

/// A hash cannot be made or read: parameters or a record that make no sense.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum HashError {
    /// The parameters are out of Argon2's bounds.
    #[error("password hash parameters are out of bounds")]
    Parameters,
    /// The kept value is no hash that we can check. Never to be taken for a wrong password.
    #[error("stored password hash cannot be read")]
    Unreadable,
}

fn hasher(cost: HashCost) -> Result<Argon2<'static>, HashError> {
    let params =
        Params::new(cost.memory_kib(), cost.passes, cost.lanes, None).map_err(|_| HashError::Parameters)?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

/// Hashes a password. Takes tens of milliseconds and the memory that `cost` says.
///
/// # Errors
///
/// [`HashError::Parameters`] if `cost` is out of Argon2's bounds.
pub fn hash(password: &Typed, cost: HashCost, entropy: &dyn Entropy) -> Result<PasswordHash, HashError> {
    let salt = entropy::bytes::<16>(entropy);
    let hasher = hasher(cost)?;
    let made: phc::PasswordHash = hasher
        .hash_password_with_salt(password.0.expose().as_bytes(), &salt)
        .map_err(|_| HashError::Parameters)?;
    Ok(PasswordHash(made.to_string()))
}

/// Checks a password against a hash, at the hash's own cost, in time that does not depend on the
/// password.
///
/// # Errors
///
/// [`HashError::Unreadable`] if the kept value is no Argon2 hash.
pub fn check(password: &Typed, kept: &PasswordHash) -> Result<Match, HashError> {
    let hash = phc::PasswordHash::new(&kept.0).map_err(|_| HashError::Unreadable)?;
    match Argon2::default().verify_password(password.0.expose().as_bytes(), &hash) {
        Ok(()) => Ok(Match::Right),
        Err(password_hash::Error::PasswordInvalid) => Ok(Match::Wrong),
        Err(_) => Err(HashError::Unreadable),
    }
}

/// Why a new password was not taken. Each has its words on the page.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum PasswordRefusal {
    /// Fewer characters than `needed`.
    TooShort {
        /// Fewest characters.
        needed: usize,
    },
    /// Longer than [`Typed::MAX_OCTETS`].
    TooLong,
    /// On the lists that guessers try first, or made of the person's own names.
    Guessable,
}

impl PasswordSettings {
    /// Judges a new password; `names` are words that a guesser of this account tries first (its
    /// address, its owner's name, the portal's).
    ///
    /// # Errors
    ///
    /// [`PasswordRefusal`] says what to tell the person.
    pub fn judge(&self, password: &Typed, names: &[&str]) -> Result<(), PasswordRefusal> {
        if password.length() < self.min_length {
            return Err(PasswordRefusal::TooShort {
                needed: self.min_length,
            });
        }
        let Blocklist::Builtin = self.blocklist;
        if is_guessable(password.0.expose(), names) {
            return Err(PasswordRefusal::Guessable);
        }
        Ok(())
    }
}

/// Fewer guesses than this, and a throttled guesser with a list gets there: 10^8 (zxcvbn's third
/// of four marks, "safely unguessable" against throttled online attack).
const GUESSES_LOG10: f64 = 8.0;

fn is_guessable(password: &str, names: &[&str]) -> bool {
    let joined: Vec<String> = names
        .iter()
        .map(|name| name.chars().filter(|it| it.is_alphanumeric()).collect())
        .collect();
    let words: Vec<&str> = names
        .iter()
        .flat_map(|name| name.split(['@', '.', ' ', '-', '_', ':', '/']))
        .chain(names.iter().copied())
        .chain(joined.iter().map(String::as_str))
        .filter(|word| word.chars().count() > 2)
        .collect();
    // The estimator's time grows with the square of the length; what a guesser would try first
    // shows in the first hundred characters.
    let head: String = password.chars().take(100).collect();
    zxcvbn::zxcvbn(&head, &words).guesses_log10() < GUESSES_LOG10
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::entropy::OsEntropy;

    const CHEAP: HashCost = HashCost {
        memory: 64 * 1024,
        passes: 1,
        lanes: 1,
    };

    fn typed(text: &str) -> Typed {
        Typed::new(text).unwrap()
    }

    #[test]
    fn composed_and_decomposed_are_one_password() {
        for (nfc, nfd) in [
            ("caf\u{e9} cr\u{e8}me", "cafe\u{301} cre\u{300}me"),
            ("\u{d55c}", "\u{1112}\u{1161}\u{11ab}"),
        ] {
            let kept = hash(&typed(nfc), CHEAP, &OsEntropy).unwrap();
            assert_eq!(check(&typed(nfd), &kept), Ok(Match::Right));
        }
    }

    #[test]
    fn nothing_is_cut() {
        for at in [72, 128, 1000] {
            let kept = hash(&typed(&format!("{}a", "x".repeat(at))), CHEAP, &OsEntropy).unwrap();
            assert_eq!(
                check(&typed(&format!("{}b", "x".repeat(at))), &kept),
                Ok(Match::Wrong),
                "{at}"
            );
        }
        let kept = hash(&typed("right"), CHEAP, &OsEntropy).unwrap();
        assert_eq!(check(&typed("right\0garbage"), &kept), Ok(Match::Wrong));
        assert!(Typed::new(&"x".repeat(1025)).is_err());
    }

    #[test]
    fn a_kept_value_that_is_no_hash_is_an_error_and_no_mismatch() {
        assert_eq!(
            check(&typed("x"), &PasswordHash("garbage".into())),
            Err(HashError::Unreadable)
        );
    }

    #[test]
    fn nobody_has_a_hash_that_nothing_matches() {
        let nobody = PasswordHash::of_nobody(CHEAP).unwrap();
        assert_eq!(check(&typed(""), &nobody), Ok(Match::Wrong));
        assert_eq!(check(&typed("anything"), &nobody), Ok(Match::Wrong));
    }

    #[test]
    fn guessable_ones_are_refused_with_a_reason() {
        let rules = PasswordSettings::default();
        let names = ["anna.berg@example.com", "Example Portal"];
        for bad in [
            "passwordpassword",
            "aaaaaaaaaaaaaaaaaa",
            "1234567890123456",
            "qwertyuiopqwertyuiop",
            "anna.berg@example.com",
            "exampleportal2026",
        ] {
            assert_eq!(
                rules.judge(&typed(bad), &names),
                Err(PasswordRefusal::Guessable),
                "{bad}"
            );
        }
        for good in [
            "correct horse tram window",
            "tulpe regal montag kran",
            "😀🌵🚲🎈🧊🍋🪁🎺🧭🦉🚀🌊🍄🎲🐙",
            "Wk3 fr9 Tz1 pq8 Lm2",
        ] {
            assert_eq!(rules.judge(&typed(good), &names), Ok(()), "{good}");
        }
        assert_eq!(
            rules.judge(&typed("ééééééééé"), &names),
            Err(PasswordRefusal::TooShort { needed: 15 })
        );
    }
}
