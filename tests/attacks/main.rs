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

mod address;
mod approval;
mod cache;
mod code;
mod csrf;
mod edge;
mod enumeration;
mod fail;
mod forms;
mod h1;
mod h2;
mod hdr;
mod host;
mod inj;
mod input;
mod invite;
mod kept;
mod links;
mod mfa;
mod misses;
mod path;
mod people;
mod rate;
mod redir;
mod reg;
mod reset;
mod restore;
mod rotation;
mod sec;
mod sess;
mod sms;
mod stage;
mod td;
mod terms;
mod visit;
mod walker;
mod ws;
