//! The account's own pages: what it is, and what its owner may change.
//!
//! ```text
//! form ─▶ Owner ─▶ the change ─┬─ done ──────────▶ its page, which says so
//!                              ├─ proof is stale ─▶ confirm ─▶ the change, once more
//!                              └─ no ────────────▶ the page again, with what is wrong
//! ```
//!
//! A change that may have to wait for fresh proof is a function of [`Owner`], so that
//! [`super::confirm`] goes on with it where the form had begun it. What it was is kept with the
//! session, never in an address.

pub mod activity;
pub mod app;
pub mod app_setup;
pub mod details;
pub mod devices;
pub mod email;
pub mod language;
pub mod overview;
pub mod owner;
pub mod password;
pub mod phone;
pub mod recovery_codes;
pub mod saying;
pub mod sessions;

pub use owner::{Owner, OwnersForm};
