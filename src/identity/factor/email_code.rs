//! Codes by email: six digits, bound to one flow and one purpose, kept as a keyed digest.
//!
//! Email is a baseline and no strong factor: NIST SP 800-63B §3.1.3.1 does not accept it as an
//! out-of-band authenticator. The two newest codes of a flow live, each for its own time; guesses
//! are counted per flow over all of them, so that a resend buys none.

use serde::{Deserialize, Serialize};

use super::{SixDigits, Verdict};
use crate::base::entropy::{self, Entropy};
use crate::base::id::FlowId;
use crate::base::seal::{Keyring, Purpose};
use crate::base::time::Timestamp;
use crate::identity::settings::EmailCodeSettings;

/// How many codes of one flow live at the same time.
const LIVE_AT_MOST: usize = 2;

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct LiveCode {
    digest: [u8; 32],
    expires: Timestamp,
}

/// The codes that were mailed for one flow.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct MailedCodes {
    codes: Vec<LiveCode>,
    sent: Option<Timestamp>,
}

fn digest(keys: &Keyring, flow: FlowId, purpose: &str, code: &SixDigits) -> [u8; 32] {
    keys.digest(
        Purpose::EmailCode,
        &[flow.as_bytes(), purpose.as_bytes(), code.as_bytes()],
    )
}

impl MailedCodes {
    /// Draws a code; the two newest live. What comes back is for the letter, and nothing else
    /// keeps it.
    pub fn draw(
        &mut self,
        flow: FlowId,
        purpose: &str,
        rules: &EmailCodeSettings,
        keys: &Keyring,
        entropy: &dyn Entropy,
        now: Timestamp,
    ) -> SixDigits {
        let code = SixDigits::from_number(entropy::below(entropy, 1_000_000));
        self.codes.retain(|live| now < live.expires);
        while self.codes.len() >= LIVE_AT_MOST {
            self.codes.remove(0);
        }
        self.codes.push(LiveCode {
            digest: digest(keys, flow, purpose, &code),
            expires: now.plus(rules.valid),
        });
        self.sent = Some(now);
        code
    }

    /// The newest letter could not be sent: the next may go out at once. Its code stays, because a
    /// letter whose delivery timed out may arrive all the same.
    pub fn not_sent(&mut self) {
        self.sent = None;
    }

    /// Checks a typed code. [`Verdict::Expired`] only for one that was right.
    pub fn check(
        &self,
        flow: FlowId,
        purpose: &str,
        typed: &SixDigits,
        keys: &Keyring,
        now: Timestamp,
    ) -> Verdict {
        let parts: [&[u8]; 3] = [flow.as_bytes(), purpose.as_bytes(), typed.as_bytes()];
        let mut verdict = Verdict::Wrong;
        for live in &self.codes {
            if keys.verify(Purpose::EmailCode, &parts, &live.digest) {
                verdict = if now < live.expires {
                    Verdict::Right
                } else {
                    Verdict::Expired
                };
            }
        }
        // Where every code is past its time, a wrong one is as late as a right one: what helps
        // the person is a fresh code either way.
        let all_late = !self.codes.is_empty() && self.codes.iter().all(|live| now >= live.expires);
        if verdict == Verdict::Wrong && all_late {
            Verdict::Expired
        } else {
            verdict
        }
    }

    /// When the last letter went out.
    pub fn sent(&self) -> Option<Timestamp> {
        self.sent
    }

    /// Whether a letter was tried and did not go out.
    pub fn failed(&self) -> bool {
        !self.codes.is_empty() && self.sent.is_none()
    }

    /// When the next letter may go out, if that is not yet.
    pub fn pause_until(&self, rules: &EmailCodeSettings, now: Timestamp) -> Option<Timestamp> {
        self.sent
            .map(|sent| sent.plus(rules.resend_after))
            .filter(|until| now < *until)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::entropy::OsEntropy;

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_unix_seconds(1_700_000_000 + seconds)
    }

    #[test]
    fn two_newest_live_each_for_its_own_time() {
        let keys = Keyring::generate(&OsEntropy);
        let flow = FlowId::draw(&OsEntropy);
        let rules = EmailCodeSettings::default();
        let mut mailed = MailedCodes::default();
        let mut draw = |at: Timestamp| mailed.draw(flow, "sign-in", &rules, &keys, &OsEntropy, at);
        let (a, b, c) = (draw(at(0)), draw(at(40)), draw(at(80)));
        let check = |code: &SixDigits, now| mailed.check(flow, "sign-in", code, &keys, now);

        assert!(
            a == b || a == c || check(&a, at(90)) == Verdict::Wrong,
            "only two live"
        );
        assert_eq!(check(&b, at(90)), Verdict::Right);
        assert_eq!(check(&b, at(40 + 599)), Verdict::Right);
        assert_eq!(check(&b, at(40 + 600)), Verdict::Expired, "the end is exclusive");
        assert_eq!(check(&c, at(640)), Verdict::Right);
    }

    #[test]
    fn a_code_is_bound_to_flow_and_purpose() {
        let keys = Keyring::generate(&OsEntropy);
        let (one, two) = (FlowId::draw(&OsEntropy), FlowId::draw(&OsEntropy));
        let mut mailed = MailedCodes::default();
        let code = mailed.draw(
            one,
            "sign-in",
            &EmailCodeSettings::default(),
            &keys,
            &OsEntropy,
            at(0),
        );
        assert_eq!(mailed.check(one, "sign-in", &code, &keys, at(1)), Verdict::Right);
        assert_eq!(mailed.check(two, "sign-in", &code, &keys, at(1)), Verdict::Wrong);
        assert_eq!(mailed.check(one, "confirm", &code, &keys, at(1)), Verdict::Wrong);
    }

    /// CODE-01: each digit of 10,000 codes at each place is as likely as the others. Chi-square with
    /// nine degrees of freedom stays below 27.88 with p = 0.999; six places are looked at on every
    /// run, so the bound here is the one of p = 0.999 99.
    #[test]
    fn codes_are_uniform() {
        let mut counts = [[0_f64; 10]; 6];
        for _ in 0..10_000 {
            let code = SixDigits::from_number(entropy::below(&OsEntropy, 1_000_000));
            for (place, digit) in code.as_bytes().iter().enumerate() {
                counts[place][usize::from(digit - b'0')] += 1.0;
            }
        }
        for place in counts {
            let chi: f64 = place.iter().map(|seen| (seen - 1000.0).powi(2) / 1000.0).sum();
            assert!(chi < 40.0, "chi-square {chi}");
        }
    }
}
