//! Notices in the store, as the outbox sends them.

use std::sync::Arc;

use async_trait::async_trait;

use super::Desk;
use crate::base::seal::Purpose;
use crate::base::time::Timestamp;
use crate::messaging::outbox::{Backlog, Queue, QueueError, Waiting};
use crate::messaging::{LetterId, Mail};
use crate::store::StoredLetter;

/// The store's letters, opened.
pub struct StoredLetters {
    desk: Arc<Desk>,
}

impl StoredLetters {
    /// Over the stories' store and keys.
    pub fn new(desk: Arc<Desk>) -> Self {
        Self { desk }
    }

    fn open(&self, stored: &StoredLetter) -> Result<Mail, String> {
        let plain = self
            .desk
            .keys
            .open(Purpose::Letter, &stored.id, &stored.sealed)
            .map_err(|error| error.to_string())?;
        Mail::from_bytes(plain.expose()).map_err(|error| error.to_string())
    }
}

fn down(error: impl std::error::Error) -> QueueError {
    QueueError(error.to_string())
}

#[async_trait]
impl Queue for StoredLetters {
    async fn due(&self, now: Timestamp, at_most: usize) -> Result<Vec<Waiting>, QueueError> {
        let letters = self.desk.store.letters_due(now, at_most).await.map_err(down)?;
        Ok(letters
            .into_iter()
            .map(|stored| Waiting {
                id: LetterId::from_bytes(stored.id),
                queued_at: stored.written,
                attempts: stored.tries,
                mail: self.open(&stored),
            })
            .collect())
    }

    async fn postpone(&self, id: LetterId, at: Timestamp) -> Result<(), QueueError> {
        self.desk
            .store
            .letter_retry(*id.as_bytes(), at)
            .await
            .map_err(down)
    }

    async fn done(&self, id: LetterId) -> Result<(), QueueError> {
        self.desk.store.letter_done(*id.as_bytes()).await.map_err(down)
    }

    async fn backlog(&self) -> Result<Backlog, QueueError> {
        let (messages, oldest) = self.desk.store.letters_waiting().await.map_err(down)?;
        Ok(Backlog { messages, oldest })
    }
}
