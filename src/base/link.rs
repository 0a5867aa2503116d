//! Links that are mailed: the place where something waits, and a secret that only the letter knows.
//!
//! ```text
//! …/register/link/ ‹base64url of place ‖ secret›
//!                            │        └─ its digest is kept at the place, and nothing else of it
//!                            └─ one for each purpose and address: a newer link takes an older one's
//! ```
//!
//! A place holds one link, so that only the newest works and nobody can fill the store by asking
//! for many.

use std::fmt;

use data_encoding::BASE64URL_NOPAD;
use sha2::{Digest as _, Sha256};
use subtle::ConstantTimeEq as _;

use super::entropy::{self, Entropy};
use super::id::TokenDigest;
use super::seal::{Keyring, Purpose};
use super::secret::Secret;

/// What a mailed link carries.
#[derive(Clone)]
pub struct LinkToken {
    place: TokenDigest,
    secret: Secret<[u8; 16]>,
}

/// What is kept of a link's secret.
#[derive(Clone, Copy, PartialEq, Eq, Debug, serde::Serialize, serde::Deserialize)]
pub struct LinkDigest([u8; 32]);

/// The place for links of `kind` to `owner`: an address, or an account.
pub fn place(kind: &str, owner: &[u8], keys: &Keyring) -> TokenDigest {
    TokenDigest::from_bytes(keys.digest(Purpose::LinkPlace, &[kind.as_bytes(), owner]))
}

impl LinkToken {
    /// A new one for a place: 128 random bits.
    pub fn draw(place: TokenDigest, entropy: &dyn Entropy) -> Self {
        Self {
            place,
            secret: Secret::new(entropy::bytes(entropy)),
        }
    }

    /// As the link carries it.
    pub fn print(&self) -> Secret<String> {
        let bytes = [&self.place.as_bytes()[..], &self.secret.expose()[..]].concat();
        Secret::new(BASE64URL_NOPAD.encode(&bytes))
    }

    /// Reads what a link carries. `None` for whatever has another shape.
    pub fn read(printed: &str) -> Option<Self> {
        if printed.len() != 64 {
            return None;
        }
        let bytes = BASE64URL_NOPAD.decode(printed.as_bytes()).ok()?;
        let (place, secret) = bytes.split_first_chunk::<32>()?;
        Some(Self {
            place: TokenDigest::from_bytes(*place),
            secret: Secret::new(<[u8; 16]>::try_from(secret).ok()?),
        })
    }

    /// Where it is kept.
    pub fn place(&self) -> TokenDigest {
        self.place
    }

    /// What is kept of it.
    pub fn digest(&self) -> LinkDigest {
        LinkDigest(Sha256::digest(self.secret.expose()).into())
    }

    /// Whether it is the one that was kept.
    pub fn fits(&self, kept: &LinkDigest) -> bool {
        self.digest().0.ct_eq(&kept.0).into()
    }
}

impl fmt::Debug for LinkToken {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("LinkToken(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::entropy::OsEntropy;

    #[test]
    fn a_link_is_read_as_it_was_printed_and_fits_itself_alone() {
        let keys = Keyring::generate(&OsEntropy);
        let here = place("register", b"anna@example.com", &keys);
        let link = LinkToken::draw(here, &OsEntropy);
        let read = LinkToken::read(link.print().expose()).unwrap();
        assert_eq!(read.place(), here);
        assert!(read.fits(&link.digest()));
        assert!(!LinkToken::draw(here, &OsEntropy).fits(&link.digest()));
        assert_ne!(here, place("invite", b"anna@example.com", &keys));
        for other in [
            "",
            "x",
            &"A".repeat(63),
            &"A".repeat(65),
            &"=".repeat(64),
            &"é".repeat(32),
        ] {
            assert!(LinkToken::read(other).is_none(), "{other}");
        }
        assert!(!format!("{link:?}").contains(&link.print().expose()[43..]));
    }
}
