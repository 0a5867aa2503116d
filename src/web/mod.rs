//! The gateway's own pages: an axum router. Knows HTTP, not Pingora.

pub mod arrival;
pub mod assets;
pub mod headers;
pub mod settings;
pub mod view;
