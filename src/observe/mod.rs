//! What ops see: logs, metrics, audit events, health.
