//! Whose turn it is to write, among processes.
//!
//! SQLite's lock is given to whoever asks at the right moment, and a process that waits asks ever more
//! seldom (its busy handler sleeps up to 0.1 s in between): a server under load would keep an operator's command from it
//! until that gives up. So whoever wants the lock takes the turnstile first and keeps it until the lock is
//! theirs. The one who had the lock then finds the turnstile taken, and cannot be first again.
//!
//! It is an advisory lock (flock(2)) on the folder itself, which the system gives back when its holder
//! ends. It is for fairness alone: where it cannot be had, SQLite's lock still keeps writers apart.

use std::fs::File;
use std::io;
use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};

/// How long one waits for the turnstile. With [`LOCK_WITHIN`](super::connection::LOCK_WITHIN) less than the
/// 2 s after which nobody listens any more.
const TURN_WITHIN: Duration = Duration::from_millis(400);

/// Between two attempts.
const ASK_EVERY: Duration = Duration::from_millis(1);

pub(super) struct Turnstile {
    folder: File,
}

impl Turnstile {
    /// That of a database's folder.
    pub(super) fn of(database: &Path) -> io::Result<Self> {
        let folder = database.parent().unwrap_or(Path::new("."));
        Ok(Self {
            folder: File::open(folder)?,
        })
    }

    /// Takes the lock that `lock` takes, in turn.
    pub(super) fn pass<T>(&self, lock: impl FnOnce() -> T) -> T {
        let begun = Instant::now();
        while self.folder.try_lock().is_err() && begun.elapsed() < TURN_WITHIN {
            thread::sleep(ASK_EVERY);
        }
        let outcome = lock();
        // Nothing to give back where it was not had.
        let _ = self.folder.unlock();
        outcome
    }
}
