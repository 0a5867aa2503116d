//! The notices that wait, and their way out.
//!
//! ```text
//! enqueued ──due──▶ taken ──sent──▶ done
//!              ▲       │ failed
//!              └─ 1 m, 5 m, 30 m, 2 h, 2 h, … ──┴─ refused for good, or 3 days old ─▶ given up
//! ```
//!
//! Letters stay in the store until they are done, so a restart loses none. A letter is taken for a
//! while ([`HOLD`]): if the node that took it dies, another sends it after that, with the same
//! Message-ID. The store is behind [`Queue`]; it keeps letters sealed and opens them when they
//! are taken.
//!
//! Codes never come here: a late code is worse than none.

use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use tokio::sync::{Notify, watch};

use super::{Mail, Messenger, SendError};
use crate::base::clock::Clock;
use crate::base::time::Timestamp;

/// How long a taken letter is nobody else's.
pub const HOLD: Duration = Duration::from_secs(10 * 60);
/// How old a letter gets before it is given up.
pub const GIVE_UP_AFTER: Duration = Duration::from_secs(3 * 24 * 60 * 60);
/// How often the queue is looked at without being woken.
const LOOK_EVERY: Duration = Duration::from_secs(5);
/// Letters taken at a time.
const BATCH: usize = 20;

/// A letter that waits.
#[derive(Clone, Debug)]
pub struct Waiting {
    /// Its name in the queue.
    pub id: QueueId,
    /// Since when.
    pub queued_at: Timestamp,
    /// How often it was tried.
    pub attempts: u32,
    /// The letter, or why it cannot be read (a key that is gone, another version).
    pub mail: Result<Mail, String>,
}

/// A letter's name in the queue.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct QueueId(pub i64);

/// What is in the queue.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Backlog {
    /// Letters that wait, taken ones included.
    pub messages: u64,
    /// Since when the oldest waits.
    pub oldest: Option<Timestamp>,
}

/// The queue does not answer.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error("the mail queue does not answer: {0}")]
pub struct QueueError(pub String);

/// Letters in the store.
#[async_trait]
pub trait Queue: Send + Sync + 'static {
    /// At most `limit` letters that are due at `now`, oldest first. In the same step they become due
    /// at `until` next, so that nobody else takes them before.
    async fn take_due(
        &self,
        now: Timestamp,
        until: Timestamp,
        limit: usize,
    ) -> Result<Vec<Waiting>, QueueError>;

    /// Removes a letter that was sent or given up.
    async fn remove(&self, id: QueueId) -> Result<(), QueueError>;

    /// Counts one more attempt and makes the letter due at `at`.
    async fn postpone(&self, id: QueueId, at: Timestamp) -> Result<(), QueueError>;

    /// What waits.
    async fn backlog(&self) -> Result<Backlog, QueueError>;
}

/// Is told how letters fare: for logs, metrics, events and health.
pub trait Watcher: Send + Sync + 'static {
    /// A letter went out.
    fn sent(&self, letter: &Waiting);
    /// A letter did not go out and is tried again at `again`.
    fn postponed(&self, letter: &Waiting, reason: &str, again: Timestamp);
    /// A letter is given up.
    fn given_up(&self, letter: &Waiting, reason: &str);
    /// What waits now.
    fn backlog(&self, backlog: Backlog, now: Timestamp);
    /// The queue does not answer.
    fn outage(&self, error: &QueueError);
}

/// When a letter that failed for the `attempts`-th time is tried again.
pub const fn pause_after(attempts: u32) -> Duration {
    Duration::from_secs(match attempts {
        0 | 1 => 60,
        2 => 5 * 60,
        3 => 30 * 60,
        _ => 2 * 60 * 60,
    })
}

/// The worker.
pub struct Outbox {
    /// Where letters wait.
    pub queue: Arc<dyn Queue>,
    /// How they go out.
    pub messenger: Arc<dyn Messenger>,
    /// Who is told.
    pub watcher: Arc<dyn Watcher>,
    /// The time.
    pub clock: Arc<dyn Clock>,
}

impl Outbox {
    /// Works until `stop` turns true, looking every few seconds and whenever `wake` is notified. A
    /// letter that is being sent when `stop` comes is finished first.
    pub async fn run(&self, wake: &Notify, mut stop: watch::Receiver<bool>) {
        while !*stop.borrow() {
            let full = match self.sweep(&stop).await {
                Ok(taken) => taken == BATCH,
                Err(error) => {
                    self.watcher.outage(&error);
                    false
                }
            };
            if full {
                continue;
            }
            tokio::select! {
                () = wake.notified() => {}
                () = tokio::time::sleep(LOOK_EVERY) => {}
                changed = stop.changed() => if changed.is_err() { return },
            }
        }
    }

    /// Sends what is due now, and says how many letters were taken.
    ///
    /// # Errors
    ///
    /// [`QueueError`] if the store does not answer; what was not marked done is sent again.
    pub async fn sweep(&self, stop: &watch::Receiver<bool>) -> Result<usize, QueueError> {
        let now = self.clock.now();
        let letters = self.queue.take_due(now, now.plus(HOLD), BATCH).await?;
        let taken = letters.len();
        // Set once the server itself is the trouble: the rest of the batch is not tried on it.
        let mut outage = None;
        for letter in letters {
            if *stop.borrow() {
                self.queue.postpone(letter.id, now).await?;
                continue;
            }
            match (&letter.mail, &outage) {
                (Err(reason), _) => self.give_up(&letter, reason).await?,
                (Ok(_), Some(error)) => self.fail(&letter, error).await?,
                (Ok(mail), None) => match self.messenger.send(mail).await {
                    Ok(()) => {
                        self.queue.remove(letter.id).await?;
                        self.watcher.sent(&letter);
                    }
                    Err(error) => {
                        self.fail(&letter, &error).await?;
                        outage = (!error.concerns_this_letter_only()).then_some(error);
                    }
                },
            }
        }
        self.watcher
            .backlog(self.queue.backlog().await?, self.clock.now());
        Ok(taken)
    }

    async fn fail(&self, letter: &Waiting, error: &SendError) -> Result<(), QueueError> {
        let now = self.clock.now();
        let again = now.plus(pause_after(letter.attempts + 1));
        if error.is_permanent() || again.since(letter.queued_at) > GIVE_UP_AFTER {
            return self.give_up(letter, &error.to_string()).await;
        }
        self.queue.postpone(letter.id, again).await?;
        self.watcher.postponed(letter, &error.to_string(), again);
        Ok(())
    }

    async fn give_up(&self, letter: &Waiting, reason: &str) -> Result<(), QueueError> {
        self.queue.remove(letter.id).await?;
        self.watcher.given_up(letter, reason);
        Ok(())
    }
}

#[cfg(test)]
mod tests;
