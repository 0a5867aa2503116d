//! What operators see: logs, metrics, the audit trail, health.
//!
//! Nothing in here knows a password, a code, a token or a name that was typed and belongs to nobody;
//! and whatever comes from outside is escaped and cut before it is written down.

pub mod admin;
pub mod audit;
pub mod health;
pub mod log;
pub mod metrics;
pub mod settings;
