//! Doorward: a gateway that stands in front of a web portal and lets nobody through without
//! password and second factor.
//!
//! # The map, lowest layer first
//!
//! ```text
//! main → cli → app → gateway → web → service → { store  messaging  observe } → policy → identity → language → base
//!              app → config → the Settings types that each folder owns
//! ```
//!
//! Nothing points up; `tests/it/layers.rs` reads the `use crate::…` lines and checks it. `store`,
//! `messaging` and `observe` do not import one another.
//!
//! | folder | holds |
//! |---|---|
//! | [`base`] | values anyone may use: time, randomness, secrets, ids |
//! | [`language`] | Fluent messages and the words made of them |
//! | [`identity`] | accounts, factors, sessions, the sign-in machine: pure |
//! | [`policy`] | rules, and [`policy::decide`](policy): pure |
//! | [`store`] | ports, SQLite, Redis, the in-memory reference, the conformance suite |
//! | [`messaging`] | letters, SMTP, the outbox |
//! | [`observe`] | logs, metrics, audit events |
//! | [`service`] | one file per story: load, decide, save, tell |
//! | [`web`] | the gateway's own pages |
//! | [`gateway`] | Pingora, listeners, the path of every request |
//! | [`config`] | the YAML file |
//! | [`app`] | puts it all together |
//! | [`cli`] | the command line |
#![cfg_attr(
    test,
    allow(
        clippy::unwrap_used,
        clippy::expect_used,
        clippy::indexing_slicing,
        clippy::panic,
        clippy::string_slice,
        missing_docs
    )
)]

pub mod base;
pub mod language;

pub mod identity;
pub mod policy;

pub mod messaging;
pub mod observe;
pub mod store;

pub mod service;
pub mod web;

pub mod gateway;

pub mod config;

pub mod app;
pub mod cli;
