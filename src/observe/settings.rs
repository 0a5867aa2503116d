//! What is written down, in which form, and how long it is kept.

use std::path::PathBuf;
use std::time::Duration;

/// Everything this folder is told.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Settings {
    /// The log.
    pub log: LogSettings,
    /// The audit trail.
    pub audit: AuditSettings,
}

/// The log.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct LogSettings {
    /// Its form.
    pub format: LogFormat,
    /// The least that is written.
    pub level: LogLevel,
}

impl Default for LogSettings {
    fn default() -> Self {
        Self {
            format: LogFormat::Auto,
            level: LogLevel::Info,
        }
    }
}

/// The form of the log.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum LogFormat {
    /// Text on a terminal, JSON otherwise.
    Auto,
    /// Lines for people.
    Text,
    /// One JSON object a line.
    Json,
}

/// The least that the log holds.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum LogLevel {
    /// What failed.
    Error,
    /// And what is odd.
    Warn,
    /// And what happened.
    Info,
    /// And how.
    Debug,
    /// And every step.
    Trace,
}

impl LogLevel {
    /// The word, as filters of `tracing` read it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warn => "warn",
            Self::Info => "info",
            Self::Debug => "debug",
            Self::Trace => "trace",
        }
    }
}

/// The audit trail.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct AuditSettings {
    /// A file that events are also appended to, one JSON object a line.
    pub file: Option<PathBuf>,
    /// How long the store keeps an event.
    pub keep: Duration,
}

impl Default for AuditSettings {
    fn default() -> Self {
        Self {
            file: None,
            keep: Duration::from_secs(400 * 24 * 60 * 60),
        }
    }
}
