//! The proxy: the only folder that names Pingora.

pub mod settings;
