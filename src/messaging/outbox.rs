//! The notices that wait, and their way out.
//!
//! ```text
//! enqueued ──due──▶ postponed ──sent──▶ done
//!              ▲        │ failed
//!              └────────┴── refused for good, three days old, or out of date ──▶ given up
//! ```
//!
//! Letters stay in the store until they are done, so a restart loses none. A letter is postponed
//! *before* it is sent, by 1 min, 5 min, 30 min, then 2 h each: whoever dies over it, and whoever looks at the
//! queue at the same time, leaves it alone until then, and a second copy has the same Message-ID.
//! The store is behind [`Queue`]; it keeps letters sealed and opens them when they are due.
//!
//! Codes never come here: a late code is worse than none.

use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use tokio::sync::{Notify, watch};

use super::{LetterId, Mail, Messenger};
use crate::base::clock::Clock;
use crate::base::time::Timestamp;

/// How old a letter gets before it is given up.
pub const GIVE_UP_AFTER: Duration = Duration::from_secs(3 * 24 * 60 * 60);
/// How often the queue is looked at without being woken.
const LOOK_EVERY: Duration = Duration::from_secs(5);
/// Letters looked at in one round.
const BATCH: usize = 20;

/// A letter that waits.
#[derive(Clone, Debug)]
pub struct Waiting {
    /// Its name in the queue.
    pub id: LetterId,
    /// Since when.
    pub queued_at: Timestamp,
    /// How often it was tried.
    pub attempts: u32,
    /// The letter, or why it cannot be read (a key that is gone, another version).
    pub mail: Result<Mail, String>,
}

/// What is in the queue.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Backlog {
    /// Letters that wait, those in between attempts included.
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
    /// At most `at_most` letters that are due at `now`, oldest first. They stay.
    async fn due(&self, now: Timestamp, at_most: usize) -> Result<Vec<Waiting>, QueueError>;

    /// Counts an attempt and makes the letter due at `at`.
    async fn postpone(&self, id: LetterId, at: Timestamp) -> Result<(), QueueError>;

    /// Removes a letter that was sent or given up.
    async fn done(&self, id: LetterId) -> Result<(), QueueError>;

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

/// Why a letter is given up that nobody was to blame for.
const STALE: &str = "the link in it is over";

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
                Ok(handled) => handled == BATCH,
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

    /// Sends what is due now, and says how many letters were handled.
    ///
    /// # Errors
    ///
    /// [`QueueError`] if the store does not answer; what was not marked done is sent again.
    pub async fn sweep(&self, stop: &watch::Receiver<bool>) -> Result<usize, QueueError> {
        let letters = self.queue.due(self.clock.now(), BATCH).await?;
        let mut handled = 0;
        // Set once the server itself is the trouble: the rest of the round is not tried on it.
        let mut outage = None;
        for letter in &letters {
            if *stop.borrow() {
                break;
            }
            match &letter.mail {
                Ok(mail) if self.is_stale(mail) => self.give_up(letter, STALE).await?,
                Ok(mail) => self.attempt(letter, mail, &mut outage).await?,
                Err(reason) => self.give_up(letter, reason).await?,
            }
            handled += 1;
        }
        let backlog = self.queue.backlog().await?;
        self.watcher.backlog(backlog, self.clock.now());
        Ok(handled)
    }

    fn is_stale(&self, mail: &Mail) -> bool {
        let from = mail.letter.stale_from();
        from.is_some_and(|from| self.clock.now() >= from)
    }

    async fn attempt(
        &self,
        letter: &Waiting,
        mail: &Mail,
        outage: &mut Option<String>,
    ) -> Result<(), QueueError> {
        let again = self.clock.now().plus(pause_after(letter.attempts + 1));
        self.queue.postpone(letter.id, again).await?;
        let (reason, for_good) = match outage {
            Some(reason) => (reason.clone(), false),
            None => match self.messenger.send(mail).await {
                Ok(()) => {
                    self.queue.done(letter.id).await?;
                    self.watcher.sent(letter);
                    return Ok(());
                }
                Err(error) => {
                    *outage = (!error.concerns_this_letter_only()).then(|| error.to_string());
                    (error.to_string(), error.is_permanent())
                }
            },
        };
        if for_good || again.since(letter.queued_at) > GIVE_UP_AFTER {
            return self.give_up(letter, &reason).await;
        }
        self.watcher.postponed(letter, &reason, again);
        Ok(())
    }

    async fn give_up(&self, letter: &Waiting, reason: &str) -> Result<(), QueueError> {
        self.queue.done(letter.id).await?;
        self.watcher.given_up(letter, reason);
        Ok(())
    }
}

#[cfg(test)]
mod tests;
