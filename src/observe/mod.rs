//! What ops see: logs, metrics, audit events, health.

pub mod settings;
