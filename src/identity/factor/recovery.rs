//! Recovery codes: a 20-bit selector and an 80-bit secret, shown once, working once each.
//!
//! Printed as 20 characters of Crockford's base 32 in groups of four. Only keyed digests are kept,
//! bound to their account, so that a dump of the store tells nothing. Any unused code is accepted;
//! a check computes one digest and looks at every code, whatever is left of the set.

use serde::{Deserialize, Serialize};
use subtle::ConstantTimeEq;

use super::Verdict;
use crate::base::entropy::{self, Entropy};
use crate::base::id::AccountId;
use crate::base::seal::{Keyring, Purpose};
use crate::base::secret::Secret;
use crate::base::time::Timestamp;

/// Crockford's alphabet: no I, L, O and U.
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// Characters of a code: 100 bits.
const LENGTH: usize = 20;

/// One code, as it is shown once and typed later.
#[derive(Clone)]
pub struct RecoveryCode(Secret<String>);

impl RecoveryCode {
    /// A new one.
    pub fn draw(entropy: &dyn Entropy) -> Self {
        let text = (0..LENGTH)
            .filter_map(|_| ALPHABET.get(entropy::below(entropy, 32) as usize))
            .map(|letter| char::from(*letter))
            .collect();
        Self(Secret::new(text))
    }

    /// Reads what a person typed: any case, with or without hyphens and spaces, O for 0 and I or L
    /// for 1. `None` where that is no code.
    pub fn read(typed: &str) -> Option<Self> {
        let mut text = String::with_capacity(LENGTH);
        for character in typed.chars().take(256) {
            let letter = match character.to_ascii_uppercase() {
                'O' => '0',
                'I' | 'L' => '1',
                other
                    if other.is_whitespace()
                        || matches!(other, '-' | '_' | '.' | '\u{2010}'..='\u{2015}' | '\u{200b}'..='\u{200f}') =>
                {
                    continue;
                }
                other => other,
            };
            if !u8::try_from(letter).is_ok_and(|octet| ALPHABET.contains(&octet)) {
                return None;
            }
            text.push(letter);
        }
        (text.len() == LENGTH).then(|| Self(Secret::new(text)))
    }

    /// As it is shown: `7KQ4-MX2R-TP9W-D3HB-6VNE`.
    pub fn printed(&self) -> String {
        let letters: Vec<char> = self.0.expose().chars().collect();
        letters
            .chunks(4)
            .map(|group| group.iter().collect::<String>())
            .collect::<Vec<_>>()
            .join("-")
    }

    fn digest(&self, account: AccountId, keys: &Keyring) -> KeptCode {
        let (selector, secret) = self.0.expose().split_at_checked(4).unwrap_or_default();
        let parts: [&[u8]; 3] = [account.as_bytes(), selector.as_bytes(), secret.as_bytes()];
        KeptCode {
            selector: selector.to_owned(),
            digest: keys.digest(Purpose::RecoveryCode, &parts),
            used: None,
            replaced: false,
        }
    }
}

/// What is kept of a code.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct KeptCode {
    selector: String,
    digest: [u8; 32],
    used: Option<Timestamp>,
    /// Used, and a fresh one has taken its place: kept so that it is told from one that never was.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    replaced: bool,
}

/// Replaced codes that are still told from codes that never were.
const REPLACED_AT_MOST: usize = 20;

/// The codes of one account.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct RecoverySet {
    /// When the set was confirmed as saved.
    pub created: Timestamp,
    codes: Vec<KeptCode>,
}

impl RecoverySet {
    /// Keeps what is needed of `codes`.
    pub fn keep(codes: &[RecoveryCode], account: AccountId, keys: &Keyring, now: Timestamp) -> Self {
        Self {
            created: now,
            codes: codes.iter().map(|code| code.digest(account, keys)).collect(),
        }
    }

    /// Codes that still work.
    pub fn left(&self) -> usize {
        self.codes.iter().filter(|code| code.used.is_none()).count()
    }

    /// When codes of it were used, oldest first.
    pub fn used(&self) -> Vec<Timestamp> {
        let mut used: Vec<Timestamp> = self.codes.iter().filter_map(|code| code.used).collect();
        used.sort_unstable();
        used
    }

    /// Codes that the set began with.
    pub fn count(&self) -> usize {
        self.codes.iter().filter(|code| !code.replaced).count()
    }

    /// Puts a fresh code in the place of the one that was just used.
    pub fn replace_used(&mut self, fresh: &RecoveryCode, account: AccountId, keys: &Keyring, now: Timestamp) {
        let newest = self
            .codes
            .iter_mut()
            .filter(|code| code.used.is_some() && !code.replaced)
            .max_by_key(|code| code.used);
        let Some(used) = newest else { return };
        used.replaced = true;
        self.codes.push(fresh.digest(account, keys));
        let surplus = self.codes.iter().filter(|code| code.replaced).count();
        if surplus > REPLACED_AT_MOST
            && let Some(oldest) = self.codes.iter().position(|code| code.replaced)
        {
            self.codes.remove(oldest);
        }
        if self.count() == 1 {
            self.created = now;
        }
    }

    /// Checks a typed code and, if it is right, marks it as used. The caller stores the account
    /// only if nobody wrote in between.
    pub fn spend(
        &mut self,
        typed: &RecoveryCode,
        account: AccountId,
        keys: &Keyring,
        now: Timestamp,
    ) -> Verdict {
        let (selector, secret) = typed.0.expose().split_at_checked(4).unwrap_or_default();
        let parts: [&[u8]; 3] = [account.as_bytes(), selector.as_bytes(), secret.as_bytes()];
        let mut verdict = Verdict::Wrong;
        for kept in &mut self.codes {
            let right = keys.verify(Purpose::RecoveryCode, &parts, &kept.digest)
                && bool::from(kept.selector.as_bytes().ct_eq(selector.as_bytes()));
            if !right {
                continue;
            }
            verdict = if kept.used.is_some() {
                Verdict::Spent
            } else {
                Verdict::Right
            };
            kept.used = kept.used.or(Some(now));
        }
        verdict
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::entropy::OsEntropy;

    #[test]
    fn each_works_once_in_any_spelling() {
        let keys = Keyring::generate(&OsEntropy);
        let account = AccountId::draw(&OsEntropy);
        let codes: Vec<_> = (0..10).map(|_| RecoveryCode::draw(&OsEntropy)).collect();
        let now = Timestamp::from_unix_seconds(1_700_000_000);
        let mut set = RecoverySet::keep(&codes, account, &keys, now);

        let sloppy = codes[0]
            .printed()
            .to_lowercase()
            .replace('-', " ")
            .replace('0', "o")
            .replace('1', "l");
        let typed = RecoveryCode::read(&sloppy).unwrap();
        assert_eq!(set.spend(&typed, account, &keys, now), Verdict::Right);
        assert_eq!(set.left(), 9);
        assert_eq!(set.spend(&codes[0], account, &keys, now), Verdict::Spent);
        assert_eq!(
            set.spend(&codes[1], AccountId::draw(&OsEntropy), &keys, now),
            Verdict::Wrong
        );
        assert_eq!(set.spend(&codes[1], account, &keys, now), Verdict::Right);
        let fresh = RecoveryCode::draw(&OsEntropy);
        set.replace_used(&fresh, account, &keys, now);
        assert_eq!((set.left(), set.count()), (9, 10), "one used, one fresh");
        assert_eq!(set.spend(&fresh, account, &keys, now), Verdict::Right);
        assert_eq!(set.spend(&codes[1], account, &keys, now), Verdict::Spent);
        assert!(RecoveryCode::read("7KQ4-MX2R").is_none());
        assert!(RecoveryCode::read("UUUU-MX2R-TP9W-D3HB-6VNE").is_none());
    }

    #[test]
    fn one_code_is_replaced_however_often_and_the_list_stays_short() {
        let keys = Keyring::generate(&OsEntropy);
        let account = AccountId::draw(&OsEntropy);
        let at = |seconds: i64| Timestamp::from_unix_seconds(1_700_000_000 + seconds);
        let mut code = RecoveryCode::draw(&OsEntropy);
        let mut set = RecoverySet::keep(&[code.clone()], account, &keys, at(0));
        for time in 1..60 {
            assert_eq!(set.spend(&code, account, &keys, at(time)), Verdict::Right);
            let fresh = RecoveryCode::draw(&OsEntropy);
            set.replace_used(&fresh, account, &keys, at(time));
            assert_eq!(set.spend(&code, account, &keys, at(time)), Verdict::Spent);
            assert_eq!((set.left(), set.count(), set.created), (1, 1, at(time)));
            code = fresh;
        }
        assert!(set.codes.len() <= REPLACED_AT_MOST + 1);
        let kept = serde_json::to_string(&set).unwrap();
        let read: RecoverySet = serde_json::from_str(&kept).unwrap();
        assert_eq!((read.left(), read.count()), (1, 1));
    }
}
