//! Letters to people: what is said, and how it is sent.

pub mod settings;
