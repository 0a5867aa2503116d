//! Tests against real parts: real sockets, SQLite on disk, a real SMTP server, a real browser.
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::string_slice
)]

mod account;
mod browser;
mod durability;
mod instruments;
mod layers;
mod once;
mod rig;
mod routes;
mod screenshots;
mod walking_in;
