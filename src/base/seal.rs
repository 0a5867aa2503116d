//! Keyed digests and sealed values, one label per purpose.
//!
//! ```text
//! master key ──HKDF-SHA256(label)──▶ sub-key ─┬─ HMAC-SHA256         digest, tag
//!                                             └─ XChaCha20-Poly1305  seal, open
//! ```
//!
//! A sub-key serves one [`Purpose`] only, so a value made for one can never pass for another
//! (NIST SP 800-108, RFC 5869). The first key of the ring makes; every key of it may check, which
//! is what lets an operator put a new key in front while old values still live.
//!
//! What is sealed can be sealed anew. A digest of something that nobody but its owner has, a recovery code or
//! a cookie, cannot be made anew; for those few purposes a ring hands its sub-keys down as *heirlooms*,
//! sealed with the new key, and the old key itself can go. The names of counts stay under the sub-key that they
//! were begun with: a new key in front gives nobody a fresh count of guesses.

mod ring;

use std::sync::Arc;

use arc_swap::ArcSwap;
use chacha20poly1305::aead::{Aead, KeyInit as _, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use data_encoding::{BASE64, BASE64URL_NOPAD};
use hmac::{Hmac, Mac};
use sha2::{Digest as _, Sha256};
use subtle::ConstantTimeEq;

use self::ring::{Heirloom, Master, Ring, derive_all, draw, print};
use super::entropy::{self, Entropy};
use super::id::TokenDigest;
use super::secret::Secret;
use super::time::Timestamp;

/// What a sub-key is for. A new use gets a new label.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Purpose {
    /// Proves on start-up that this is the key the data was written with.
    KeyCheck,
    /// The tag that makes a cookie recognisable as ours without asking the store.
    CookieTag,
    /// The token in a form.
    FormToken,
    /// A mailed code.
    EmailCode,
    /// A recovery code's secret half.
    RecoveryCode,
    /// An authenticator app's secret, sealed.
    AppSecret,
    /// Secrets that wait in a flow: an app not yet confirmed, codes not yet saved.
    PendingSecret,
    /// Names in throttle counters, so that the store holds no typed name.
    CounterName,
    /// Letters in the queue, sealed until they are sent.
    Letter,
    /// What a page says after a redirect, on its way through the address.
    Saying,
    /// A form that waits for its sender to sign in again, sealed.
    KeptForm,
    /// The place under which a mailed link is kept.
    LinkPlace,
    /// A telephone number, sealed.
    PhoneNumber,
    /// What a backup holds, so that nobody else's passes for one of ours.
    Backup,
    /// Sub-keys of former keys, sealed.
    Heirloom,
}

impl Purpose {
    const fn label(self) -> &'static [u8] {
        match self {
            Self::KeyCheck => b"doorward/1/key-check",
            Self::CookieTag => b"doorward/1/cookie-tag",
            Self::FormToken => b"doorward/1/form-token",
            Self::EmailCode => b"doorward/1/email-code",
            Self::RecoveryCode => b"doorward/1/recovery-code",
            Self::AppSecret => b"doorward/1/app-secret",
            Self::PendingSecret => b"doorward/1/pending-secret",
            Self::CounterName => b"doorward/1/counter-name",
            Self::Letter => b"doorward/1/letter",
            Self::Saying => b"doorward/1/saying",
            Self::KeptForm => b"doorward/1/kept-form",
            Self::LinkPlace => b"doorward/1/link-place",
            Self::PhoneNumber => b"doorward/1/phone-number",
            Self::Backup => b"doorward/1/backup",
            Self::Heirloom => b"doorward/1/heirloom",
        }
    }

    const ALL: [Self; 15] = [
        Self::KeyCheck,
        Self::CookieTag,
        Self::FormToken,
        Self::EmailCode,
        Self::RecoveryCode,
        Self::AppSecret,
        Self::PendingSecret,
        Self::CounterName,
        Self::Letter,
        Self::Saying,
        Self::KeptForm,
        Self::LinkPlace,
        Self::PhoneNumber,
        Self::Backup,
        Self::Heirloom,
    ];

    /// Those whose values cannot be made anew under another key. The order is that of the heirlooms' octets.
    const HANDED_DOWN: [Self; 4] = [
        Self::CookieTag,
        Self::RecoveryCode,
        Self::CounterName,
        Self::LinkPlace,
    ];

    /// Whether a digest for it is a name that things are found by.
    const fn names(self) -> bool {
        matches!(self, Self::CounterName | Self::LinkPlace)
    }
}

/// A value does not open: wrong key, wrong purpose, wrong owner, or damaged.
///
/// It is never to be taken for absent.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
#[error("sealed value does not open with any key of the ring")]
pub struct SealError;

/// Why a key file is not one.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum KeyringError {
    /// There is no key in it.
    #[error("the key file holds no key")]
    Empty,
    /// A line is not 32 bytes in base64.
    #[error("line {0} of the key file is not 32 bytes in base64")]
    Malformed(usize),
}

/// The master keys, newest first. Whoever holds it sees it change when the file does.
pub struct Keyring(ArcSwap<Ring>);

impl Keyring {
    /// Reads a key file: 32-byte keys in base64, one a line, newest first.
    pub fn parse(file: &str) -> Result<Self, KeyringError> {
        let mut masters = Vec::new();
        for (at, line) in file.lines().enumerate() {
            let line = line.trim();
            if line.is_empty() {
                continue;
            }
            let bytes = BASE64
                .decode(line.as_bytes())
                .ok()
                .and_then(|bytes| <[u8; 32]>::try_from(bytes).ok())
                .ok_or(KeyringError::Malformed(at + 1))?;
            masters.push(Master {
                line: Secret::new(line.to_owned()),
                keys: derive_all(&Secret::new(bytes)),
            });
        }
        if masters.is_empty() {
            return Err(KeyringError::Empty);
        }
        Ok(Self::of(masters))
    }

    fn of(masters: Vec<Master>) -> Self {
        Self(ArcSwap::from_pointee(Ring {
            masters,
            heirlooms: Vec::new(),
            names: 0,
        }))
    }

    /// A ring of one new key.
    pub fn generate(entropy: &dyn Entropy) -> Self {
        Self::of(vec![draw(entropy)])
    }

    /// The ring as its file is written.
    pub fn printed(&self) -> Secret<String> {
        print(&self.0.load().masters)
    }

    /// The file with a new key behind the present ones: known, and not used to make anything.
    pub fn with_another(&self, entropy: &dyn Entropy) -> Secret<String> {
        let mut masters = self.0.load().masters.clone();
        masters.push(draw(entropy));
        print(&masters)
    }

    /// The file with the last key in front: it makes from now on.
    pub fn with_the_last_first(&self) -> Secret<String> {
        let mut masters = self.0.load().masters.clone();
        masters.rotate_right(1);
        print(&masters)
    }

    /// The file with the first key alone.
    pub fn with_the_first_alone(&self) -> Secret<String> {
        let mut masters = self.0.load().masters.clone();
        masters.truncate(1);
        print(&masters)
    }

    /// How many master keys there are.
    pub fn len(&self) -> usize {
        self.0.load().masters.len()
    }

    /// Never: a ring has a key.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Becomes the other one, for everybody who holds it.
    pub fn take_over(&self, other: &Self) {
        self.0.store(other.0.load_full());
    }

    /// Takes over what the store knows of the ring: `is_first` tells the master that its data were written
    /// with, `heirlooms` is what former keys have handed down.
    ///
    /// # Errors
    ///
    /// [`SealError`] where the heirlooms do not open: they are not absent then.
    pub fn inherit(
        &self,
        is_first: impl Fn(&Self) -> bool,
        heirlooms: Option<&[u8]>,
    ) -> Result<(), SealError> {
        let mut ring = Ring::clone(&self.0.load());
        let first = |master: &Master| is_first(&Self::of(vec![master.clone()]));
        ring.names = ring.masters.iter().position(first).unwrap_or(0);
        if let Some(sealed) = heirlooms {
            let plain = self.open(Purpose::Heirloom, HEIRLOOMS, sealed)?;
            let read = plain.expose().chunks(Heirloom::OCTETS).map(Heirloom::read);
            ring.heirlooms = read.collect::<Option<_>>().ok_or(SealError)?;
        }
        self.0.store(Arc::new(ring));
        Ok(())
    }

    /// What the store is to keep of all keys but the first, sealed with the first.
    ///
    /// # Errors
    ///
    /// [`SealError`] if it cannot be sealed.
    pub fn heirlooms(&self, entropy: &dyn Entropy, now: Timestamp) -> Result<Vec<u8>, SealError> {
        let all = self.0.load().handed_down(now);
        // Its whole length at once: a vector that grows leaves copies behind.
        let mut octets = Vec::with_capacity(all.len() * Heirloom::OCTETS);
        for heirloom in all {
            octets.extend_from_slice(&heirloom.since.unix_millis().to_le_bytes());
            for key in &heirloom.keys {
                octets.extend_from_slice(key.expose());
            }
        }
        let plain = Secret::new(octets);
        self.seal(Purpose::Heirloom, HEIRLOOMS, plain.expose(), entropy)
    }

    /// When a key last came in front of others, as the store tells it.
    pub fn rotated(&self) -> Option<Timestamp> {
        self.0.load().heirlooms.iter().map(|it| it.since).max()
    }

    /// A digest of `parts` under the newest key, or for a name under the one that names are made with. Parts are
    /// length-prefixed, so that moving a byte from one to the next gives another digest.
    pub fn digest(&self, purpose: Purpose, parts: &[&[u8]]) -> [u8; 32] {
        self.0
            .load()
            .maker(purpose)
            .map(|key| mac(key, parts))
            .unwrap_or_default()
    }

    /// The digest under each master key, in their order.
    pub fn digests(&self, purpose: Purpose, parts: &[&[u8]]) -> Vec<[u8; 32]> {
        let ring = self.0.load();
        let keys = ring.masters.iter().filter_map(|it| it.keys.of(purpose));
        keys.map(|key| mac(key, parts)).collect()
    }

    /// Whether `digest` belongs to `parts` under any key, in constant time for each key.
    pub fn verify(&self, purpose: Purpose, parts: &[&[u8]], digest: &[u8; 32]) -> bool {
        self.0.load().sub_keys(purpose).fold(false, |found, key| {
            found | bool::from(mac(key, parts).ct_eq(digest))
        })
    }

    /// Seals `plain` for `owner` (an account's id, say): nobody else's value opens in its place.
    pub fn seal(
        &self,
        purpose: Purpose,
        owner: &[u8],
        plain: &[u8],
        entropy: &dyn Entropy,
    ) -> Result<Vec<u8>, SealError> {
        let ring = self.0.load();
        let key = ring.maker(purpose).ok_or(SealError)?;
        let nonce = entropy::bytes::<24>(entropy);
        let cipher = XChaCha20Poly1305::new_from_slice(key.expose()).map_err(|_| SealError)?;
        let sealed = cipher
            .encrypt(
                &XNonce::from(nonce),
                Payload {
                    msg: plain,
                    aad: owner,
                },
            )
            .map_err(|_| SealError)?;
        Ok([&nonce[..], &sealed].concat())
    }

    /// Opens what [`Self::seal`] made for the same purpose and owner.
    pub fn open(&self, purpose: Purpose, owner: &[u8], sealed: &[u8]) -> Result<Secret<Vec<u8>>, SealError> {
        self.open_with(purpose, owner, sealed).map(|(plain, _)| plain)
    }

    /// The same value sealed anew with the first key. `None` where it is already.
    ///
    /// # Errors
    ///
    /// [`SealError`] if no key opens it.
    pub fn seal_anew(
        &self,
        purpose: Purpose,
        owner: &[u8],
        sealed: &[u8],
        entropy: &dyn Entropy,
    ) -> Result<Option<Vec<u8>>, SealError> {
        match self.open_with(purpose, owner, sealed)? {
            (_, 0) => Ok(None),
            (plain, _) => self.seal(purpose, owner, plain.expose(), entropy).map(Some),
        }
    }

    /// What was sealed, and the place of the key that opens it.
    fn open_with(
        &self,
        purpose: Purpose,
        owner: &[u8],
        sealed: &[u8],
    ) -> Result<(Secret<Vec<u8>>, usize), SealError> {
        let (nonce, body) = sealed.split_first_chunk::<24>().ok_or(SealError)?;
        for (place, key) in self.0.load().sub_keys(purpose).enumerate() {
            let cipher = XChaCha20Poly1305::new_from_slice(key.expose()).map_err(|_| SealError)?;
            if let Ok(plain) = cipher.decrypt(
                &XNonce::from(*nonce),
                Payload {
                    msg: body,
                    aad: owner,
                },
            ) {
                return Ok((Secret::new(plain), place));
            }
        }
        Err(SealError)
    }
}

/// Whose the heirlooms are, for sealing.
const HEIRLOOMS: &[u8] = b"ring";

fn mac(key: &Secret<[u8; 32]>, parts: &[&[u8]]) -> [u8; 32] {
    // HMAC takes keys of any length; the error type is the trait's.
    let Ok(mut mac) = <Hmac<Sha256> as hmac::KeyInit>::new_from_slice(key.expose()) else {
        return [0; 32];
    };
    for part in parts {
        mac.update(&(part.len() as u64).to_le_bytes());
        mac.update(part);
    }
    mac.finalize().into_bytes().into()
}

/// A cookie's value: 256 random bits and a 128-bit keyed tag.
///
/// The tag tells a value that was never issued from one that was, without a trip to the store.
/// It is not what protects the session: the random bits are.
#[derive(Clone, Debug)]
pub struct Token(Secret<[u8; 32]>);

impl Token {
    /// Length of the printed form: 48 octets in base64url without padding.
    pub const PRINTED_LENGTH: usize = 64;

    /// A new one.
    pub fn draw(entropy: &dyn Entropy) -> Self {
        Self(Secret::new(entropy::bytes(entropy)))
    }

    /// As the cookie carries it. `kind` is the cookie's name, so that a flow's value is never
    /// taken for a session's.
    pub fn print(&self, kind: &str, keys: &Keyring) -> Secret<String> {
        let tag = keys.digest(Purpose::CookieTag, &[kind.as_bytes(), self.0.expose()]);
        let mut bytes = [0; 48];
        for (to, from) in bytes
            .iter_mut()
            .zip(self.0.expose().iter().chain(tag.iter().take(16)))
        {
            *to = *from;
        }
        Secret::new(BASE64URL_NOPAD.encode(&bytes))
    }

    /// Reads a cookie's value. `None` for whatever we did not issue.
    pub fn recognise(kind: &str, printed: &str, keys: &Keyring) -> Option<Self> {
        if printed.len() != Self::PRINTED_LENGTH {
            return None;
        }
        let bytes = BASE64URL_NOPAD.decode(printed.as_bytes()).ok()?;
        let (value, tag) = bytes.split_first_chunk::<32>()?;
        keys.0
            .load()
            .sub_keys(Purpose::CookieTag)
            .any(|key| {
                let expected = mac(key, &[kind.as_bytes(), value]);
                let (head, _) = expected.split_at(16);
                bool::from(head.ct_eq(tag))
            })
            .then(|| Self(Secret::new(*value)))
    }

    /// The digest of a printed value, whoever made it: for looking something up that was put there
    /// under a value that [`Self::recognise`] took.
    pub fn digest_of(printed: &str) -> Option<TokenDigest> {
        if printed.len() != Self::PRINTED_LENGTH {
            return None;
        }
        let mut bytes = [0; 48];
        let length = BASE64URL_NOPAD.decode_mut(printed.as_bytes(), &mut bytes).ok()?;
        let (value, _) = bytes.get(..length)?.split_first_chunk::<32>()?;
        Some(TokenDigest::from_bytes(Sha256::digest(value).into()))
    }

    /// What is stored of it.
    pub fn digest(&self) -> TokenDigest {
        TokenDigest::from_bytes(Sha256::digest(self.0.expose()).into())
    }
}

#[cfg(test)]
mod tests;
