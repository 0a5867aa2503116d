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
mod album;
mod barriers;
mod branding;
mod browser;
mod durability;
mod endings;
mod failover;
mod guest;
mod instruments;
mod keyboard;
mod languages;
mod layers;
mod once;
mod person;
mod portals;
mod preferences;
mod rig;
mod routes;
mod screenshots;
mod shared_clock;
mod shared_grace;
mod shared_outage;
mod shared_store;
mod stacking;
mod store_copy;
mod support;
mod text_messages;
mod two_nodes;
mod upgrade;
mod walk_account;
mod walk_devices;
mod walk_invited;
mod walk_letters;
mod walk_set_up;
mod walk_sign_in;
mod walking_in;
mod websockets;
mod wording;
