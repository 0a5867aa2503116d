//! The log: text on a terminal, JSON otherwise, one line for each event and each request.
//!
//! Lines are handed to a thread of their own, so that a slow reader of standard error never holds a
//! request up; what it cannot take in time is counted and said. Whatever comes from outside is escaped:
//! nothing that somebody sends can begin a line, colour a terminal or turn the direction of
//! writing (CWE-117). Paths come without their query.

mod access;
mod escape;
mod lines;

use std::fmt;
use std::io::{self, IsTerminal, Write};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use tracing::level_filters::LevelFilter;
use tracing::{Level, Metadata};
use tracing_subscriber::filter::Targets;
use tracing_subscriber::fmt::MakeWriter;
use tracing_subscriber::fmt::format::Writer;
use tracing_subscriber::fmt::time::FormatTime;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::reload;
use tracing_subscriber::{Layer, Registry};

use super::settings::{LogFormat, LogLevel, LogSettings};
use crate::base::clock::Clock;

pub use access::Access;
use escape::one_line;
use lines::Lines;

/// How lines look.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Form {
    /// For people.
    Text,
    /// One JSON object each.
    Json,
}

/// The log is set up already.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
#[error("this process has a log already")]
pub struct LogError;

/// The log of this process. Cheap to clone.
#[derive(Clone)]
pub struct Log {
    lines: Lines,
    form: Form,
    accesses: Arc<AtomicBool>,
    filter: Option<reload::Handle<Targets, Registry>>,
}

impl Log {
    /// Sets up the log of the process on standard error, for `tracing` and for `log`.
    ///
    /// # Errors
    ///
    /// [`LogError`] if there is one already.
    pub fn install(settings: LogSettings, clock: Arc<dyn Clock>) -> Result<Self, LogError> {
        let form = match settings.format {
            LogFormat::Text => Form::Text,
            LogFormat::Json => Form::Json,
            LogFormat::Auto if io::stderr().is_terminal() => Form::Text,
            LogFormat::Auto => Form::Json,
        };
        let lines = Lines::to(Box::new(io::stderr()), form);
        let (filter, handle) = reload::Layer::new(targets(settings.level));
        let stamp = Stamp(clock);
        let writer = lines.clone();
        let layer = tracing_subscriber::fmt::layer().with_ansi(false);
        let layer = match form {
            Form::Text => layer.with_timer(stamp).with_writer(writer).boxed(),
            Form::Json => layer
                .json()
                .flatten_event(true)
                .with_current_span(false)
                .with_span_list(false)
                .with_timer(stamp)
                .with_writer(writer)
                .boxed(),
        };
        let subscriber = tracing_subscriber::registry().with(layer.with_filter(filter));
        tracing::subscriber::set_global_default(subscriber).map_err(|_| LogError)?;
        tracing_log::LogTracer::init().map_err(|_| LogError)?;
        let log = Self {
            lines,
            form,
            accesses: Arc::new(AtomicBool::new(true)),
            filter: Some(handle),
        };
        log.set_level(settings.level);
        Ok(log)
    }

    /// A log of requests only, written to `output`: for tests, and where somebody else logs.
    pub fn of_requests(output: Box<dyn Write + Send>, form: Form) -> Self {
        Self {
            lines: Lines::to(output, form),
            form,
            accesses: Arc::new(AtomicBool::new(true)),
            filter: None,
        }
    }

    /// Changes the least that is written.
    pub fn set_level(&self, level: LogLevel) {
        let quiet = matches!(level, LogLevel::Error | LogLevel::Warn);
        self.accesses.store(!quiet, Ordering::Relaxed);
        if let Some(filter) = &self.filter {
            filter.reload(targets(level)).ok();
            ::log::set_max_level(match level {
                LogLevel::Error => ::log::LevelFilter::Error,
                LogLevel::Warn | LogLevel::Info | LogLevel::Debug | LogLevel::Trace => {
                    ::log::LevelFilter::Warn
                }
            });
        }
    }

    /// Writes the line of one request.
    pub fn access(&self, access: &Access<'_>) {
        if self.accesses.load(Ordering::Relaxed) {
            self.lines.append(false, |line| access.write(self.form, line));
        }
    }

    /// Waits (a second at most) until all lines are written: before the process ends.
    pub fn flush(&self) {
        self.lines.flush();
    }
}

/// What is written at a level. Libraries log through `log`; of them only warnings and errors are
/// written, whatever the level.
fn targets(level: LogLevel) -> Targets {
    let own = match level {
        LogLevel::Error => LevelFilter::ERROR,
        LogLevel::Warn => LevelFilter::WARN,
        LogLevel::Info => LevelFilter::INFO,
        LogLevel::Debug => LevelFilter::DEBUG,
        LogLevel::Trace => LevelFilter::TRACE,
    };
    // At "debug" Pingora writes whole request heads, cookies and all: no level opens that.
    let libraries = own.min(LevelFilter::WARN);
    Targets::new()
        .with_default(libraries)
        .with_target("doorward", own)
        .with_target("audit", own)
}

/// Time stamps of the injected clock: `2026-11-22T13:02:00.123Z`.
struct Stamp(Arc<dyn Clock>);

impl FormatTime for Stamp {
    fn format_time(&self, out: &mut Writer<'_>) -> fmt::Result {
        access::stamp(self.0.now(), out)
    }
}

/// One event on its way to the thread.
pub(super) struct Entry<'a> {
    lines: &'a Lines,
    urgent: bool,
}

impl Write for Entry<'_> {
    fn write(&mut self, event: &[u8]) -> io::Result<usize> {
        // The formatter writes an event in one piece, line end included.
        self.lines.append(self.urgent, |line| one_line(event, line));
        Ok(event.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Lines {
    type Writer = Entry<'a>;

    fn make_writer(&'a self) -> Self::Writer {
        Entry {
            lines: self,
            urgent: true,
        }
    }

    fn make_writer_for(&'a self, about: &Metadata<'_>) -> Self::Writer {
        Entry {
            lines: self,
            urgent: *about.level() <= Level::WARN,
        }
    }
}

#[cfg(test)]
mod tests;
