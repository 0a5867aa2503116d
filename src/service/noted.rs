//! What has happened and nobody waits for: it is written with what comes next, or by itself soon after.
//!
//! A commit is a wait for the disk. That a code was sent is told in the audit trail, and on the page it is seen
//! anyway; so it does not take a commit of its own while somebody waits for the page. A process that is killed
//! within that moment takes it along; the log has it by then.

use std::sync::{Mutex, MutexGuard, PoisonError};

use super::Desk;
use crate::base::time::Timestamp;
use crate::store::{Change, Committed, WriteError};

/// Changes that wait for a commit to go along with: such as nothing decides about, and that decide about
/// nothing.
#[derive(Debug, Default)]
pub struct Noted(Mutex<Vec<Change>>);

impl Noted {
    fn lock(&self) -> MutexGuard<'_, Vec<Change>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn take(&self) -> Vec<Change> {
        std::mem::take(&mut *self.lock())
    }

    fn put_back(&self, mut changes: Vec<Change>) {
        let mut held = self.lock();
        changes.append(&mut held);
        *held = changes;
    }
}

impl Desk {
    /// Has events written with the next commit, or by the next [`Self::write_noted`]. The log has them at once.
    pub(super) fn note(&self, events: Vec<Change>) {
        self.announce(&events);
        self.noted.lock().extend(events);
    }

    /// Writes what was noted, if anything was. Called twice a second, and at the end.
    ///
    /// # Errors
    ///
    /// [`WriteError`]: it stays noted.
    pub async fn write_noted(&self) -> Result<(), WriteError> {
        let nothing_noted = self.noted.lock().is_empty();
        if nothing_noted {
            return Ok(());
        }
        self.commit_with_noted(Vec::new(), self.now()).await.map(drop)
    }

    pub(super) async fn commit_with_noted(
        &self,
        mut changes: Vec<Change>,
        now: Timestamp,
    ) -> Result<Committed, WriteError> {
        let noted = self.noted.take();
        if noted.is_empty() {
            return self.store.commit(changes, now).await;
        }
        changes.extend(noted.iter().cloned());
        let committed = self.store.commit(changes, now).await;
        if committed.is_err() {
            self.noted.put_back(noted);
        }
        committed
    }
}
