//! Codes from an authenticator app (RFC 6238): SHA-1, 6 digits, 30 seconds.
//!
//! Those are the numbers that every app knows; other ones are silently ignored by some of them.
//! A step of an account is used up by being stored as `spent` in the account itself, so that of
//! two sign-ins with one code only one can win.

use std::time::Duration;

use serde::{Deserialize, Serialize};
use subtle::ConstantTimeEq;
use totp_rs::{Algorithm, Builder, Totp};

use super::{SixDigits, Verdict};
use crate::base::entropy::{self, Entropy};
use crate::base::id::AppId;
use crate::base::secret::Secret;
use crate::base::time::Timestamp;

/// Seconds that one code lasts.
pub const STEP_SECONDS: u64 = 30;

/// How far back a right code is told from a wrong one, in steps: ten minutes.
const PAST_STEPS: u64 = 20;

/// How long a secret that was shown may wait for its first code.
pub const PENDING_FOR: Duration = Duration::from_secs(15 * 60);

/// The number of a 30-second step since 1970.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Step(pub u64);

impl Step {
    /// The newest step whose code may have been right at any time up to `now`.
    pub fn newest_by(now: Timestamp) -> Self {
        Self(u64::try_from(now.unix_seconds()).unwrap_or(0) / STEP_SECONDS + 1)
    }
}

/// An authenticator app of an account.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct App {
    /// Its name in lists.
    pub id: AppId,
    /// What the person called it.
    pub name: String,
    /// Its secret, sealed for the account.
    pub sealed: Vec<u8>,
    /// When it was confirmed.
    pub added: Timestamp,
    /// When it last signed in.
    pub last_used: Option<Timestamp>,
    /// The newest step it has used; that and everything older is refused.
    pub spent: Option<Step>,
}

/// The secret that app and gateway share: 160 bits (RFC 4226 §4).
#[derive(Clone, Debug)]
pub struct AppSecret(Secret<Vec<u8>>);

impl AppSecret {
    /// A new one.
    pub fn draw(entropy: &dyn Entropy) -> Self {
        Self(Secret::new(entropy::bytes::<20>(entropy).to_vec()))
    }

    /// From what was sealed.
    pub fn from_bytes(bytes: Secret<Vec<u8>>) -> Self {
        Self(bytes)
    }

    /// For sealing.
    pub fn bytes(&self) -> &[u8] {
        self.0.expose()
    }

    /// The key as people type it: base32 in groups of four.
    pub fn in_groups(&self) -> String {
        let text = data_encoding::BASE32_NOPAD.encode(self.0.expose());
        let letters: Vec<char> = text.chars().collect();
        letters
            .chunks(4)
            .map(|group| group.iter().collect::<String>())
            .collect::<Vec<_>>()
            .join(" ")
    }

    /// The `otpauth:` link that a QR code carries. A colon would end the label's first part, so
    /// names lose theirs. What every app takes for granted is written out all the same: some take
    /// something else for granted.
    pub fn link(&self, issuer: &str, account: &str) -> Option<String> {
        let plain = |name: &str| name.replace(':', " ").trim().to_owned();
        let link = Builder::new()
            .with_algorithm(Algorithm::SHA1)
            .with_digits(6)
            .with_step_duration(STEP_SECONDS)
            .with_secret(self.0.expose().clone())
            .with_issuer(Some(plain(issuer)))
            .with_account_name(plain(account))
            .build()
            .ok()?
            .to_url()
            .ok()?;
        Some(format!("{link}&algorithm=SHA1&digits=6&period={STEP_SECONDS}"))
    }

    fn totp(&self) -> Totp {
        Builder::new()
            .with_algorithm(Algorithm::SHA1)
            .with_digits(6)
            .with_step_duration(STEP_SECONDS)
            .with_secret(self.0.expose().clone())
            .build_noncompliant()
    }

    /// The code of one step.
    pub fn code_at(&self, step: Step) -> SixDigits {
        let token = self.totp().generate(step.0 * STEP_SECONDS).to_string();
        SixDigits::read(&token).unwrap_or(SixDigits::from_number(0))
    }

    /// Checks a typed code at one instant.
    ///
    /// Steps are 30 s. The current step and one on either side are accepted, for the time it takes
    /// to type and for clock drift (RFC 6238 §5.2, §6). `spent` is the newest step this account
    /// has used; it and everything older is refused, because a code must not be accepted twice
    /// (§5.2). On [`Verdict::Right`] store the step that comes with it as `spent`.
    ///
    /// [`Verdict::Past`] is a code that was right up to ten minutes ago; codes of the future are
    /// plainly wrong. All steps are computed whatever matches, so that time tells nothing.
    pub fn check(&self, typed: &SixDigits, spent: Option<Step>, now: Timestamp) -> (Verdict, Option<Step>) {
        let current = u64::try_from(now.unix_seconds()).unwrap_or(0) / STEP_SECONDS;
        let totp = self.totp();
        let mut found: Option<u64> = None;
        for step in current.saturating_sub(PAST_STEPS)..=current + 1 {
            let code = totp.generate(step * STEP_SECONDS).to_string();
            if bool::from(code.as_bytes().ct_eq(typed.as_bytes())) {
                found = Some(step);
            }
        }
        match found {
            None => (Verdict::Wrong, None),
            Some(step) if spent.is_some_and(|spent| step <= spent.0) => (Verdict::Spent, None),
            Some(step) if step + 1 < current => (Verdict::Past, None),
            Some(step) => (Verdict::Right, Some(Step(step))),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn secret() -> AppSecret {
        AppSecret::from_bytes(Secret::new(b"12345678901234567890".to_vec()))
    }

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_unix_seconds(seconds)
    }

    fn digits(text: &str) -> SixDigits {
        SixDigits::read(text).unwrap()
    }

    /// RFC 6238 appendix B, SHA-1, the last six of its eight digits.
    #[test]
    fn the_vectors_of_the_rfc() {
        for (time, code) in [
            (59, "287082"),
            (1_111_111_109, "081804"),
            (1_111_111_111, "050471"),
            (1_234_567_890, "005924"),
            (2_000_000_000, "279037"),
        ] {
            assert_eq!(
                secret().check(&digits(code), None, at(time)).0,
                Verdict::Right,
                "{time}"
            );
        }
    }

    #[test]
    fn one_step_either_side_and_no_further() {
        let now = 1_700_000_010;
        let current = u64::try_from(now).unwrap() / STEP_SECONDS;
        for (offset, expected) in [
            (-21, Verdict::Wrong),
            (-20, Verdict::Past),
            (-2, Verdict::Past),
            (-1, Verdict::Right),
            (0, Verdict::Right),
            (1, Verdict::Right),
            (2, Verdict::Wrong),
        ] {
            let code = secret().code_at(Step(current.checked_add_signed(offset).unwrap()));
            assert_eq!(secret().check(&code, None, at(now)).0, expected, "{offset}");
        }
    }

    #[test]
    fn a_step_is_used_once_and_takes_the_older_ones_with_it() {
        let now = 1_700_000_010;
        let current = u64::try_from(now).unwrap() / STEP_SECONDS;
        let code = secret().code_at(Step(current));
        let (verdict, step) = secret().check(&code, None, at(now));
        assert_eq!((verdict, step), (Verdict::Right, Some(Step(current))));
        assert_eq!(secret().check(&code, step, at(now)).0, Verdict::Spent);
        assert_eq!(
            secret()
                .check(&secret().code_at(Step(current - 1)), step, at(now))
                .0,
            Verdict::Spent
        );
        assert_eq!(
            secret()
                .check(&secret().code_at(Step(current + 1)), step, at(now))
                .0,
            Verdict::Right
        );
    }

    #[test]
    fn the_link_holds_one_secret_and_an_encoded_label() {
        let link = secret()
            .link("Example: Portal", "x&secret=AAAA@example.com")
            .unwrap();
        assert_eq!(link.matches("secret=").count(), 1, "{link}");
        assert!(link.starts_with("otpauth://totp/"), "{link}");
        assert!(link.contains("issuer=Example"), "{link}");
        for once in ["&algorithm=SHA1", "&digits=6", "&period=30"] {
            assert_eq!(link.matches(once).count(), 1, "{link}");
        }
        assert_eq!(secret().in_groups().split(' ').count(), 8);
    }
}
