//! What tests stand on: the shipped program, a portal that records, a real mail server, clients from raw
//! sockets to a real browser, a clock that is turned by hand.
//!
//! | to … | use |
//! |---|---|
//! | start the gateway in this process, with a clock to turn | [`gateway::Rig`] |
//! | start the shipped program, run its verbs | [`binary::Installation`] |
//! | see what reached the portal, byte for byte | [`upstream::Upstream`] |
//! | get mails and the codes in them | [`smtp::Smtp`] |
//! | get text messages and the codes in them | [`phones::Phones`] |
//! | share a store between nodes | [`redis::Redis`] |
//! | … behind Sentinels, or in a Cluster | [`several::Watched`], [`several::Cluster`] |
//! | make the way there slow, silent or cut | [`line::Line`] |
//! | send exact bytes | [`raw::Raw`] |
//! | do what a person does, without a browser | [`client::Client`], [`html::Html`] |
//! | sign in, page by page | [`walk`] |
//! | … over HTTP/2 | [`h2::H2`] |
//! | … with a browser | [`browser::Browser`] |
//! | issue certificates | [`tls::Authority`] |
//! | have an authenticator app | [`authenticator::Authenticator`] |
//! | turn the clock | [`clock::HandClock`] |
//!
//! Every wait has an end (`wait`), every port is chosen by the system, every child process ends with
//! its test (`process`).
// Two test programs and the measurements share this folder; none of them uses all of it.
#![allow(dead_code)]

pub mod authenticator;
pub mod binary;
pub mod browser;
pub mod client;
pub mod clock;
pub mod gateway;
pub mod h2;
pub mod html;
pub mod line;
pub mod phones;
pub mod process;
pub mod raw;
pub mod redis;
pub mod several;
pub mod smtp;
pub mod tls;
pub mod upstream;
pub mod wait;
pub mod walk;
