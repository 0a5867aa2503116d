//! One file per story: load, decide, save, tell.

pub mod settings;
