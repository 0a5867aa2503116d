//! What has happened and nobody waits for: it is written with what comes next, or by itself soon after.
//!
//! A commit is a wait for the disk. That a code was sent is told in the audit trail, and on the page it is seen
//! anyway; so it does not take a commit of its own while somebody waits for the page. A process that ends
//! within that moment, without having been told to, takes it along; the log has it by then. Where the store does not say
//! whether it has written, such an event is written again, and may be there twice.

use std::sync::{Mutex, MutexGuard, PoisonError};

use super::Desk;
use crate::base::time::Timestamp;
use crate::store::{Change, Committed, WriteError};

/// Events that wait for a commit to go along with.
#[derive(Debug, Default)]
pub struct Noted(Mutex<Vec<Change>>);

/// What was taken along: put back, unless it was written.
struct Taken<'n> {
    noted: &'n Noted,
    events: Vec<Change>,
}

impl Noted {
    fn lock(&self) -> MutexGuard<'_, Vec<Change>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn take(&self) -> Taken<'_> {
        Taken {
            noted: self,
            events: std::mem::take(&mut *self.lock()),
        }
    }
}

impl Drop for Taken<'_> {
    /// Also where whoever commits has stopped waiting.
    fn drop(&mut self) {
        if !self.events.is_empty() {
            let mut held = self.noted.lock();
            self.events.append(&mut held);
            *held = std::mem::take(&mut self.events);
        }
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
        let nothing = self.noted.lock().is_empty();
        if nothing {
            return Ok(());
        }
        self.commit_with_noted(Vec::new(), self.now()).await.map(drop)
    }

    pub(super) async fn commit_with_noted(
        &self,
        mut changes: Vec<Change>,
        now: Timestamp,
    ) -> Result<Committed, WriteError> {
        let mut along = self.noted.take();
        changes.extend(along.events.iter().cloned());
        let committed = self.store.commit(changes, now).await;
        if committed.is_ok() {
            along.events.clear();
        }
        committed
    }
}
