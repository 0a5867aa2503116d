//! The audit trail on its way out: to the log, to the counters and, where one is named, to a file.
//!
//! What happened and in which words is [`crate::identity::event`]; the store keeps events together with
//! the change they tell of. The file is one JSON object a line, appended, and readable by its
//! owner only. It can be rotated: [`Trail::reopen`] after it was moved.

use std::fs::{File, OpenOptions};
use std::io::{self, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use super::metrics::Metrics;
use super::settings::AuditSettings;
use crate::identity::event::Event;

/// The file cannot be opened.
#[derive(Debug, thiserror::Error)]
#[error("cannot open the audit file {}: {source}", path.display())]
pub struct TrailError {
    path: PathBuf,
    source: io::Error,
}

struct Output {
    path: PathBuf,
    file: Mutex<File>,
}

/// Writes events down.
pub struct Trail {
    output: Option<Output>,
    metrics: Arc<Metrics>,
}

impl Trail {
    /// Opens the file, if there is to be one.
    ///
    /// # Errors
    ///
    /// [`TrailError`] if it cannot be opened: an operator who asked for it must not go without.
    pub fn open(settings: &AuditSettings, metrics: Arc<Metrics>) -> Result<Self, TrailError> {
        let output = match &settings.file {
            Some(path) => Some(Output {
                file: Mutex::new(append_to(path)?),
                path: path.clone(),
            }),
            None => None,
        };
        Ok(Self { output, metrics })
    }

    /// Writes an event to the log, the counters and the file. What happened has happened, so a file
    /// that fails is reported and counted, and does not undo it.
    pub fn write(&self, event: &Event) {
        let line = event.line();
        self.metrics.count(&event.what);
        tracing::info!(target: "audit", event = %line);
        if let Some(output) = &self.output {
            let mut file = output.file.lock().unwrap_or_else(PoisonError::into_inner);
            // One write, so that lines of two processes do not mix (O_APPEND, write(2)).
            if let Err(error) = file.write_all(format!("{line}\n").as_bytes()) {
                self.metrics.audit_write_failed();
                tracing::error!(%error, "the audit file cannot be written");
            }
        }
    }

    /// Opens the file again under its name, after it was moved away.
    ///
    /// # Errors
    ///
    /// [`TrailError`]; the old file stays in use then.
    pub fn reopen(&self) -> Result<(), TrailError> {
        if let Some(output) = &self.output {
            let fresh = append_to(&output.path)?;
            *output.file.lock().unwrap_or_else(PoisonError::into_inner) = fresh;
        }
        Ok(())
    }
}

fn append_to(path: &Path) -> Result<File, TrailError> {
    OpenOptions::new()
        .append(true)
        .create(true)
        .mode(0o600)
        .open(path)
        .map_err(|source| TrailError {
            path: path.to_owned(),
            source,
        })
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::os::unix::fs::PermissionsExt;

    use super::*;
    use crate::base::time::Timestamp;
    use crate::identity::event::What;

    fn event(at: i64) -> Event {
        Event::without_account(What::PasswordFailed, Timestamp::from_unix_millis(at))
    }

    fn trail(path: &Path) -> Trail {
        let settings = AuditSettings {
            file: Some(path.to_owned()),
            ..AuditSettings::default()
        };
        Trail::open(&settings, Arc::new(Metrics::new("0.0.0"))).unwrap()
    }

    #[test]
    fn events_are_appended_one_line_each_for_the_owner_only() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("audit.jsonl");
        trail(&path).write(&event(1));
        trail(&path).write(&event(2));
        let written = fs::read_to_string(&path).unwrap();
        let lines: Vec<Event> = written
            .lines()
            .map(|line| serde_json::from_str(line).unwrap())
            .collect();
        assert_eq!(lines, [event(1), event(2)]);
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    }

    #[test]
    fn a_rotated_file_is_left_alone_after_reopening() {
        let folder = tempfile::tempdir().unwrap();
        let (path, old) = (folder.path().join("audit"), folder.path().join("audit.1"));
        let trail = trail(&path);
        trail.write(&event(1));
        fs::rename(&path, &old).unwrap();
        trail.reopen().unwrap();
        trail.write(&event(2));
        assert_eq!(
            fs::read_to_string(&old).unwrap(),
            format!("{}\n", event(1).line())
        );
        assert_eq!(
            fs::read_to_string(&path).unwrap(),
            format!("{}\n", event(2).line())
        );
    }

    #[test]
    fn a_reason_with_line_breaks_stays_one_line() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("audit");
        let mut forged = event(1);
        forged.reason = Some("x\n{\"event\":\"support.mfa_reset\"}\u{1b}[2J".to_owned());
        trail(&path).write(&forged);
        let written = fs::read_to_string(&path).unwrap();
        assert_eq!(written.lines().count(), 1);
        assert!(!written.contains('\u{1b}'));
    }

    #[test]
    fn a_file_that_cannot_be_opened_is_an_error_with_its_name() {
        let settings = AuditSettings {
            file: Some("/nonexistent/audit".into()),
            ..AuditSettings::default()
        };
        let error = Trail::open(&settings, Arc::new(Metrics::new("0.0.0")))
            .err()
            .unwrap();
        assert!(error.to_string().contains("/nonexistent/audit"));
    }
}
