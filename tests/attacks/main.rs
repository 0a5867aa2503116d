//! What people will try, and the one right outcome of each.
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::string_slice
)]

#[path = "../it/rig/mod.rs"]
mod rig;

mod people;
mod stage;
mod walker;

mod edge;
mod h1;
mod h2;
mod hdr;
mod host;
mod path;
mod ws;

mod cache;
mod csrf;
mod enumeration;
mod inj;
mod input;
mod rate;
mod redir;
mod sec;
