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
//! Letters that come close together go out together, a few at a time: they are postponed at once and done at
//! once, which a store writes in one go.
//! The store is behind [`Queue`]; it keeps letters sealed and opens them when they are due.
//!
//! Codes never come here: a late code is worse than none.

use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use futures_util::future::try_join_all;
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
/// How long others are waited for once one has come.
const GATHER: Duration = Duration::from_millis(250);
/// Letters that are postponed together, and so left alone for a minute where their sender dies.
const TOGETHER: usize = 5;

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
            let came = async {
                wake.notified().await;
                tokio::time::sleep(GATHER).await;
            };
            tokio::select! {
                () = came => {}
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
        for some in letters.chunks(TOGETHER) {
            if *stop.borrow() {
                break;
            }
            self.send_together(some, &mut outage).await?;
            handled += some.len();
        }
        let backlog = self.queue.backlog().await?;
        self.watcher.backlog(backlog, self.clock.now());
        Ok(handled)
    }

    async fn send_together(
        &self,
        letters: &[Waiting],
        outage: &mut Option<String>,
    ) -> Result<(), QueueError> {
        let mut ready = Vec::with_capacity(letters.len());
        for letter in letters {
            match &letter.mail {
                Ok(mail) if self.is_stale(mail) => self.give_up(letter, STALE).await?,
                Ok(mail) => ready.push((letter, mail)),
                Err(reason) => self.give_up(letter, reason).await?,
            }
        }
        let now = self.clock.now();
        let postponed = ready.iter().map(|(letter, _)| {
            let again = now.plus(pause_after(letter.attempts + 1));
            self.queue.postpone(letter.id, again)
        });
        try_join_all(postponed).await?;
        let mut sent = Vec::with_capacity(ready.len());
        for (letter, mail) in ready {
            if self.attempt(letter, mail, now, outage).await? {
                sent.push(letter);
            }
        }
        try_join_all(sent.iter().map(|letter| self.queue.done(letter.id))).await?;
        for letter in sent {
            self.watcher.sent(letter);
        }
        Ok(())
    }

    fn is_stale(&self, mail: &Mail) -> bool {
        let from = mail.letter.stale_from();
        from.is_some_and(|from| self.clock.now() >= from)
    }

    /// Tries to send a letter that was postponed at `now`, and says whether it went out.
    async fn attempt(
        &self,
        letter: &Waiting,
        mail: &Mail,
        now: Timestamp,
        outage: &mut Option<String>,
    ) -> Result<bool, QueueError> {
        let (reason, for_good) = match outage {
            Some(reason) => (reason.clone(), false),
            None => match self.messenger.send(mail).await {
                Ok(()) => return Ok(true),
                Err(error) => {
                    *outage = (!error.concerns_this_letter_only()).then(|| error.to_string());
                    (error.to_string(), error.is_permanent())
                }
            },
        };
        let again = now.plus(pause_after(letter.attempts + 1));
        if for_good || again.since(letter.queued_at) > GIVE_UP_AFTER {
            self.give_up(letter, &reason).await?;
        } else {
            self.watcher.postponed(letter, &reason, again);
        }
        Ok(false)
    }

    async fn give_up(&self, letter: &Waiting, reason: &str) -> Result<(), QueueError> {
        self.queue.done(letter.id).await?;
        self.watcher.given_up(letter, reason);
        Ok(())
    }
}

#[cfg(test)]
mod tests;
