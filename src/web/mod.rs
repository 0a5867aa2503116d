//! The gateway's own pages: an axum router. Knows HTTP, not Pingora.

pub mod settings;
