//! When sessions were last used, for the store and so for the other nodes.
//!
//! | written | when |
//! |---|---|
//! | all uses that the store does not know of | once a minute; for a short `idle` each quarter of it |
//! | the use of somebody who was away for a quarter of `idle` | within a second |
//!
//! So the store is never further behind with somebody who is at work than half of `idle`, and nobody who is at work
//! at one node looks idle at another.

use std::time::Duration;

use super::Visits;
use crate::base::id::TokenDigest;
use crate::base::time::Timestamp;
use crate::service::Outage;

/// How often uses are written, at least.
const WRITE_USE_EVERY: Duration = Duration::from_secs(60);

impl Visits {
    /// Writes when sessions were last used. Called once a minute or more often, and before the end.
    ///
    /// # Errors
    ///
    /// [`Outage`] if the store does not take it; the next batch holds it again.
    pub async fn write_last_use(&self) -> Result<(), Outage> {
        self.write_uses(self.desk.seats.take_used()).await
    }

    /// Writes the uses that another node could miss: of somebody who was away for long, and comes now. Called once
    /// a second.
    ///
    /// # Errors
    ///
    /// As [`Self::write_last_use`].
    pub async fn write_late_use(&self) -> Result<(), Outage> {
        self.write_uses(self.desk.seats.take_late()).await
    }

    /// How often all of them are written. From here on the seats know, too, how far the store may be behind.
    pub fn uses_within(&self) -> Duration {
        let within = self.desk.rules.load().session.idle / 4;
        self.desk.seats.write_within(within);
        within.min(WRITE_USE_EVERY)
    }

    async fn write_uses(&self, used: Vec<(TokenDigest, Timestamp)>) -> Result<(), Outage> {
        if used.is_empty() {
            return Ok(());
        }
        self.desk.store.touch(used.clone()).await?;
        self.desk.seats.written(&used);
        Ok(())
    }
}
