//! `doorward demo`: everything at once, nothing kept.

pub mod portal;
