//! `doorward demo`: everything at once, nothing kept.

pub mod mailbox;
pub mod portal;
