//! Names of things, and digests of what people carry in cookies.

use std::fmt;

use data_encoding::BASE32_NOPAD;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::entropy::{self, Entropy};

macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name([u8; 16]);

        impl $name {
            /// A new one: 128 random bits.
            pub fn draw(entropy: &dyn Entropy) -> Self {
                Self(entropy::bytes(entropy))
            }

            /// The raw bytes, for keys of records.
            pub const fn as_bytes(&self) -> &[u8; 16] {
                &self.0
            }

            /// From raw bytes, as a store keeps them.
            pub const fn from_bytes(bytes: [u8; 16]) -> Self {
                Self(bytes)
            }

            /// Reads the printed form. `None` for anything else.
            pub fn parse(printed: &str) -> Option<Self> {
                let bytes = BASE32_NOPAD.decode(printed.to_ascii_uppercase().as_bytes()).ok()?;
                Some(Self(bytes.try_into().ok()?))
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                out.write_str(&BASE32_NOPAD.encode(&self.0).to_ascii_lowercase())
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(out, concat!(stringify!($name), "({})"), self)
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
                out.collect_str(self)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
                let printed = String::deserialize(input)?;
                Self::parse(&printed).ok_or_else(|| serde::de::Error::custom("not an id"))
            }
        }
    };
}

id! {
    /// Names an account for ever; a deleted address that comes back gets another.
    AccountId
}
id! {
    /// Names a session in lists and audit events. It is not the cookie and opens nothing.
    SessionId
}
id! {
    /// Names a trusted device in lists. It is not the cookie and grants nothing.
    DeviceId
}
id! {
    /// Names one way through a sign-in.
    FlowId
}
id! {
    /// Names an authenticator app of an account.
    AppId
}
id! {
    /// Names one request in logs and on error pages.
    RequestId
}

impl RequestId {
    /// The short form that people read out to support: `7KQ4-M2XR` (40 bits).
    pub fn short(&self) -> String {
        let [a, b, c, d, e, ..] = self.0;
        let text = BASE32_NOPAD.encode(&[a, b, c, d, e]);
        let (head, tail) = text.split_at(4);
        format!("{head}-{tail}")
    }
}

/// SHA-256 of a cookie's 256 random bits: all that is stored of it.
///
/// Not keyed, on purpose: the input cannot be guessed, and it outlives key rotation.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TokenDigest([u8; 32]);

impl TokenDigest {
    /// From raw bytes, as a store keeps them.
    pub const fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// The raw bytes, for keys of records.
    pub const fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

impl fmt::Debug for TokenDigest {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("TokenDigest(…)")
    }
}

impl Serialize for TokenDigest {
    fn serialize<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        out.serialize_str(&BASE32_NOPAD.encode(&self.0))
    }
}

impl<'de> Deserialize<'de> for TokenDigest {
    fn deserialize<D: Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        let printed = String::deserialize(input)?;
        BASE32_NOPAD
            .decode(printed.as_bytes())
            .ok()
            .and_then(|bytes| bytes.try_into().ok())
            .map(Self)
            .ok_or_else(|| serde::de::Error::custom("not a digest"))
    }
}
