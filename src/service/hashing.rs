//! Password hashing on a bounded number of threads, behind a bounded queue.
//!
//! A hash takes tens of milliseconds and tens of mebibytes. Unbounded, a flood of sign-ins takes
//! gigabytes and starves the proxied traffic; here it fills a short queue and is told to come
//! back. The threads run at nice 19, so that whoever is already signed in comes first.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, TrySendError, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::sync::oneshot;
use tokio::time::timeout;

use super::settings::HashingSettings;
use crate::base::entropy::Entropy;
use crate::identity::password::{self, HashError, Match, PasswordHash, Typed};
use crate::identity::settings::HashCost;

type Job = Box<dyn FnOnce() + Send>;

/// What part of the wait is spent in the queue. The rest is for counting the attempt before it and for
/// taking that back after it, so that the answer is there within the wait.
const IN_QUEUE: (u32, u32) = (9, 10);

/// A hash that takes so long after the wait has no core to run on, whatever it costs.
const BEGUN_ENDS_WITHIN: Duration = Duration::from_secs(10);

/// The threads that hash. Dropping it ends them after what they are at.
pub struct Hashing {
    queue: SyncSender<Job>,
    wait: Duration,
    entropy: Arc<dyn Entropy>,
}

/// Why nothing was hashed.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum HashingError {
    /// The queue is full, or the wait was too long. 503 with Retry-After.
    #[error("too many sign-ins at once")]
    Busy,
    /// A hash cannot be made or read.
    #[error(transparent)]
    Hash(#[from] HashError),
}

impl Hashing {
    /// Starts the threads.
    pub fn start(settings: HashingSettings, entropy: Arc<dyn Entropy>) -> Self {
        let (queue, jobs) = sync_channel::<Job>(settings.queue);
        let jobs = Arc::new(Mutex::new(jobs));
        for _ in 0..settings.slots.max(1) {
            let jobs = Arc::clone(&jobs);
            // A thread that does not start leaves the others; with none, every sign-in is told
            // to come back, and the log of the refusals says so.
            if let Err(error) = std::thread::Builder::new()
                .name("hashing".into())
                .spawn(move || work(&jobs))
            {
                tracing::error!(%error, "a hashing thread did not start");
            }
        }
        Self {
            queue,
            wait: settings.wait,
            entropy,
        }
    }

    /// Checks a password against a kept hash.
    ///
    /// # Errors
    ///
    /// [`HashingError`].
    pub async fn check(&self, typed: Typed, kept: PasswordHash) -> Result<Match, HashingError> {
        self.run(move || password::check(&typed, &kept)).await
    }

    /// Hashes a new password.
    ///
    /// # Errors
    ///
    /// [`HashingError`].
    pub async fn hash(&self, typed: Typed, cost: HashCost) -> Result<PasswordHash, HashingError> {
        let entropy = Arc::clone(&self.entropy);
        self.run(move || password::hash(&typed, cost, &*entropy)).await
    }

    async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> Result<T, HashError> + Send + 'static,
    ) -> Result<T, HashingError> {
        let (answer, mut answered) = oneshot::channel();
        let claimed = Arc::new(AtomicBool::new(false));
        let begins = Arc::clone(&claimed);
        let job: Job = Box::new(move || {
            // Whoever asked may have been told to come back: do not work for nobody.
            if !answer.is_closed() && !begins.swap(true, Ordering::AcqRel) {
                let _ = answer.send(work());
            }
        });
        match self.queue.try_send(job) {
            Ok(()) => {}
            Err(TrySendError::Full(_) | TrySendError::Disconnected(_)) => return Err(HashingError::Busy),
        }
        if let Ok(answer) = timeout(self.wait * IN_QUEUE.0 / IN_QUEUE.1, &mut answered).await {
            return Ok(answer.map_err(|_| HashingError::Busy)??);
        }
        // What has not begun never will. What has begun is waited for: dropping it would waste the work
        // and the answer. Only not for ever: these threads come last on a machine where others take all there is.
        if claimed.swap(true, Ordering::AcqRel)
            && let Ok(answer) = timeout(BEGUN_ENDS_WITHIN, answered).await
        {
            return Ok(answer.map_err(|_| HashingError::Busy)??);
        }
        Err(HashingError::Busy)
    }
}

fn work(jobs: &Mutex<Receiver<Job>>) {
    // Best effort: without it the threads only weigh more.
    let _ = rustix::process::nice(19);
    loop {
        let next = jobs.lock().unwrap_or_else(PoisonError::into_inner).recv();
        match next {
            Ok(job) => job(),
            Err(_) => return,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::entropy::OsEntropy;

    fn settings(queue: usize) -> HashingSettings {
        HashingSettings {
            slots: 1,
            queue,
            wait: Duration::from_secs(2),
        }
    }

    #[tokio::test]
    async fn it_hashes_and_checks() {
        let hashing = Hashing::start(settings(4), Arc::new(OsEntropy));
        let cost = HashCost {
            memory: 64 * 1024,
            passes: 1,
            lanes: 1,
        };
        let kept = hashing.hash(Typed::new("right").unwrap(), cost).await.unwrap();
        assert_eq!(
            hashing.check(Typed::new("right").unwrap(), kept.clone()).await,
            Ok(Match::Right)
        );
        assert_eq!(
            hashing.check(Typed::new("wrong").unwrap(), kept).await,
            Ok(Match::Wrong)
        );
    }

    /// The wait is over at its time, whether or not a thread comes by to say so.
    #[tokio::test]
    async fn who_has_waited_long_enough_is_told_at_once() {
        let hashing = Arc::new(Hashing::start(settings(4), Arc::new(OsEntropy)));
        let (block, blocked) = std::sync::mpsc::channel::<()>();
        let (begin, begun) = oneshot::channel();
        let held = tokio::spawn({
            let hashing = Arc::clone(&hashing);
            async move {
                hashing
                    .run(move || {
                        let _ = begin.send(());
                        let _ = blocked.recv();
                        Ok(())
                    })
                    .await
            }
        });
        begun.await.unwrap();
        // Not before: a clock that runs by itself while a thread has yet to be scheduled ends the first wait too.
        tokio::time::pause();
        let before = tokio::time::Instant::now();
        assert_eq!(hashing.run(|| Ok(())).await, Err(HashingError::Busy));
        assert!(before.elapsed() < Duration::from_secs(2));
        // The one that had begun is answered when it is done. That takes a thread, and no time that runs by itself.
        tokio::time::resume();
        block.send(()).unwrap();
        assert_eq!(held.await.unwrap(), Ok(()));
    }

    /// On a machine where others take all there is.
    #[tokio::test(start_paused = true)]
    async fn a_hash_that_gets_nowhere_is_given_up() {
        let hashing = Hashing::start(settings(4), Arc::new(OsEntropy));
        let (block, blocked) = std::sync::mpsc::channel::<()>();
        let before = tokio::time::Instant::now();
        let stuck = hashing.run(move || {
            let _ = blocked.recv();
            Ok(())
        });
        assert_eq!(stuck.await, Err(HashingError::Busy));
        assert!(before.elapsed() <= Duration::from_secs(12));
        drop(block);
    }

    #[tokio::test]
    async fn a_full_queue_says_come_back() {
        let hashing = Arc::new(Hashing::start(settings(1), Arc::new(OsEntropy)));
        let (block, blocked) = std::sync::mpsc::channel::<()>();
        let held = {
            let hashing = Arc::clone(&hashing);
            tokio::spawn(async move {
                hashing
                    .run(move || {
                        let _ = blocked.recv();
                        Ok(())
                    })
                    .await
            })
        };
        let mut refused = 0;
        let mut waiting = Vec::new();
        for _ in 0..8 {
            let hashing = Arc::clone(&hashing);
            waiting.push(tokio::spawn(async move { hashing.run(|| Ok(())).await }));
        }
        tokio::task::yield_now().await;
        block.send(()).unwrap();
        assert_eq!(held.await.unwrap(), Ok(()));
        for task in waiting {
            refused += usize::from(task.await.unwrap() == Err(HashingError::Busy));
        }
        assert!(refused >= 6, "only one fits the queue: {refused}");
    }
}
