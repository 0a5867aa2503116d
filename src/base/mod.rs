//! Values that anyone may use: time, randomness, secrets, ids, clients.
//!
//! No I/O except the two named sources, [`clock`] and [`entropy`]. Everything else in the
//! program receives time and randomness as parameters.

pub mod client;
pub mod clock;
pub mod entropy;
pub mod id;
pub mod language;
pub mod link;
pub mod seal;
pub mod secret;
pub mod time;
