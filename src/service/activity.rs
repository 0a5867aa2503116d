//! What has happened to an account lately, for its owner to look over.

use super::visit::Visitor;
use super::{Desk, Outage};
use crate::identity::event::Event;

/// Events that are read at most: not all of them are for the owner, and many of one kind are one line.
const LOOKED_AT: usize = 500;

impl Desk {
    /// The newest events of a visitor's account, newest first.
    ///
    /// # Errors
    ///
    /// [`Outage`].
    pub async fn recent_events(&self, visitor: &Visitor) -> Result<Vec<Event>, Outage> {
        let account = visitor.session().account;
        let stored = self.store.newest_events(account, LOOKED_AT).await?;
        let read = stored.iter().filter_map(|stored| {
            let event = serde_json::from_str(&stored.line);
            event
                .inspect_err(|error| tracing::warn!(%error, name = stored.name, "an event cannot be read"))
                .ok()
        });
        Ok(read.collect())
    }
}
