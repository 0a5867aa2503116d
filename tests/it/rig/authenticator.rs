//! An authenticator app, as a person has it on their phone.

use data_encoding::{BASE32_NOPAD, HEXLOWER};
use doorward::base::time::Timestamp;
use totp_rs::{Algorithm, Builder};

use super::client::Page;

#[derive(Clone)]
pub struct Authenticator {
    pub secret: Vec<u8>,
}

impl std::fmt::Debug for Authenticator {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "Authenticator({})", HEXLOWER.encode(&self.secret))
    }
}

impl Authenticator {
    /// Takes the key that the set-up page shows as text.
    pub fn scan(page: &Page) -> Self {
        Self::typed(&page.html().text_of("key").expect("no key on the page"))
    }

    /// Takes the key as somebody types it who cannot scan.
    pub fn typed(key: &str) -> Self {
        let key = key.replace(char::is_whitespace, "").to_ascii_uppercase();
        Self {
            secret: BASE32_NOPAD.decode(key.as_bytes()).unwrap(),
        }
    }

    /// What it shows at `now`.
    pub fn code(&self, now: Timestamp) -> String {
        let totp = Builder::new()
            .with_algorithm(Algorithm::SHA1)
            .with_digits(6)
            .with_step_duration(30)
            .with_secret(self.secret.clone())
            .build_noncompliant();
        totp.generate(u64::try_from(now.unix_seconds()).unwrap())
            .to_string()
    }
}
