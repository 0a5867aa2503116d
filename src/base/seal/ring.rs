//! The keys of a ring: masters that make and check, and heirlooms that only check, or make names.

use data_encoding::BASE64;
use hkdf::Hkdf;
use sha2::Sha256;
use subtle::ConstantTimeEq as _;

use super::Purpose;
use crate::base::entropy::{self, Entropy};
use crate::base::secret::Secret;
use crate::base::time::Timestamp;

#[derive(Clone)]
pub(super) struct SubKeys(Vec<Secret<[u8; 32]>>);

impl SubKeys {
    pub(super) fn of(&self, purpose: Purpose) -> Option<&Secret<[u8; 32]>> {
        self.0.get(purpose as usize)
    }
}

/// A master key, as its line in the file, and as sub-keys ready for use.
#[derive(Clone)]
pub(super) struct Master {
    pub(super) line: Secret<String>,
    pub(super) keys: SubKeys,
}

/// What a former key has handed down: a sub-key for each of [`Purpose::HANDED_DOWN`].
#[derive(Clone)]
pub(super) struct Heirloom {
    pub(super) since: Timestamp,
    pub(super) keys: [Secret<[u8; 32]>; 4],
}

impl Heirloom {
    pub(super) const OCTETS: usize = 8 + 4 * 32;

    pub(super) fn of(master: &Master, since: Timestamp) -> Self {
        let key = |purpose: Purpose| {
            let found = master.keys.of(purpose);
            found.cloned().unwrap_or_else(|| Secret::new([0; 32]))
        };
        Self {
            since,
            keys: Purpose::HANDED_DOWN.map(key),
        }
    }

    pub(super) fn read(octets: &[u8]) -> Option<Self> {
        let (since, mut rest) = octets.split_first_chunk::<8>()?;
        let mut keys = [[0; 32]; 4].map(Secret::new);
        for key in &mut keys {
            let (octets, after) = rest.split_first_chunk::<32>()?;
            (*key, rest) = (Secret::new(*octets), after);
        }
        Some(Self {
            since: Timestamp::from_unix_millis(i64::from_le_bytes(*since)),
            keys,
        })
    }

    pub(super) fn key(&self, purpose: Purpose) -> Option<&Secret<[u8; 32]>> {
        let place = Purpose::HANDED_DOWN.iter().position(|it| *it == purpose)?;
        self.keys.get(place)
    }

    pub(super) fn is_of(&self, master: &Master) -> bool {
        Self::of(master, self.since)
            .keys
            .iter()
            .zip(&self.keys)
            .all(|(one, other)| bool::from(one.expose().ct_eq(other.expose())))
    }
}

#[derive(Clone)]
pub(super) struct Ring {
    pub(super) masters: Vec<Master>,
    /// The one that names are made with comes last.
    pub(super) heirlooms: Vec<Heirloom>,
    /// Which master makes names, where no heirloom does.
    pub(super) names: usize,
}

impl Ring {
    /// The keys that a value may have been made with, newest first.
    pub(super) fn sub_keys(&self, purpose: Purpose) -> impl Iterator<Item = &Secret<[u8; 32]>> {
        let masters = self
            .masters
            .iter()
            .filter_map(move |master| master.keys.of(purpose));
        let heirlooms = self.heirlooms.iter().filter_map(move |it| it.key(purpose));
        masters.chain(heirlooms)
    }

    /// The key that values are made with.
    pub(super) fn maker(&self, purpose: Purpose) -> Option<&Secret<[u8; 32]>> {
        if !purpose.names() {
            return self.sub_keys(purpose).next();
        }
        match self.heirlooms.last() {
            Some(oldest) => oldest.key(purpose),
            None => self.masters.get(self.names)?.keys.of(purpose),
        }
    }

    /// What outlives the masters, the one that names are made with last.
    pub(super) fn handed_down(&self, now: Timestamp) -> Vec<Heirloom> {
        let mut all: Vec<Heirloom> = Vec::new();
        for (place, master) in self.masters.iter().enumerate().skip(1) {
            let names = self.heirlooms.is_empty() && place == self.names;
            if !names && !self.heirlooms.iter().any(|it| it.is_of(master)) {
                all.push(Heirloom::of(master, now));
            }
        }
        all.extend(self.heirlooms.iter().cloned());
        if self.heirlooms.is_empty()
            && let Some(names) = self.masters.get(self.names)
        {
            all.push(Heirloom::of(names, now));
        }
        all
    }
}

pub(super) fn draw(entropy: &dyn Entropy) -> Master {
    let key = Secret::new(entropy::bytes::<32>(entropy));
    Master {
        line: Secret::new(BASE64.encode(key.expose())),
        keys: derive_all(&key),
    }
}

pub(super) fn print(masters: &[Master]) -> Secret<String> {
    let mut text = String::with_capacity(masters.len() * 45);
    for master in masters {
        text.push_str(master.line.expose());
        text.push('\n');
    }
    Secret::new(text)
}

pub(super) fn derive_all(master: &Secret<[u8; 32]>) -> SubKeys {
    let kdf = Hkdf::<Sha256>::new(None, master.expose());
    SubKeys(
        Purpose::ALL
            .iter()
            .map(|purpose| {
                let mut key = [0; 32];
                // 32 octets are far below HKDF's bound of 255 blocks; the length cannot be refused.
                let _ = kdf.expand(purpose.label(), &mut key);
                Secret::new(key)
            })
            .collect(),
    )
}
