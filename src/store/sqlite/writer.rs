//! The one thread that writes, and the queue before it.
//!
//! ```text
//! write ─▶ queue ─▶ BEGIN ─▶ { savepoint: one work } … ─▶ COMMIT (one fsync) ─▶ answers
//! ```
//!
//! Whatever has queued up while the disk was busy is written with the next commit. Each work has a
//! savepoint of its own, so that one that is refused does not undo its neighbours; nobody is
//! answered before the commit is on disk, not even with a refusal, since it may rest on a neighbour.
//! A work that nobody waits for any more is not begun; one that is on its way to the disk when its time
//! runs out may still land, as with any store that does not answer.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, SyncSender, TrySendError};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use rusqlite::Connection;
use tokio::sync::oneshot;

use super::files::{Anchor, LOOK_EVERY, Moored};
use super::turnstile::Turnstile;
use super::{END_WITHIN, no_answer};
use crate::store::{BackendError, WriteError};

/// Works that wait at most. Whoever comes then is told at once.
const QUEUE: usize = 4096;

/// Works that go into one commit at most.
const TOGETHER: usize = 256;

/// What the writer has done so far.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Written {
    /// Works that were asked for and begun.
    pub works: u64,
    /// Transactions they went into: each is one wait for the disk.
    pub transactions: u64,
}

#[derive(Default)]
pub(super) struct Progress {
    works: AtomicU64,
    transactions: AtomicU64,
    last: Mutex<Option<Instant>>,
}

impl Progress {
    fn committed(&self, works: usize, kept: usize) {
        self.works.fetch_add(works as u64, Ordering::Relaxed);
        self.transactions.fetch_add(1, Ordering::Relaxed);
        if kept > 0 {
            *self.last() = Some(Instant::now());
        }
    }

    fn failed(&self) {
        *self.last() = None;
    }

    fn last(&self) -> MutexGuard<'_, Option<Instant>> {
        self.last.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

trait Work: Send {
    /// Whether nobody waits for it any more.
    fn is_abandoned(&self) -> bool;

    /// Does it. Whether its savepoint is to be kept.
    fn apply(&mut self, connection: &Connection) -> bool;

    /// Answers; with an error if the commit did not come to pass.
    fn answer(self: Box<Self>, landed: Result<(), BackendError>);
}

struct Asked<F, T> {
    work: Option<F>,
    outcome: Option<Result<T, WriteError>>,
    reply: oneshot::Sender<Result<T, WriteError>>,
    until: Instant,
}

impl<F, T> Work for Asked<F, T>
where
    F: FnOnce(&Connection) -> Result<T, WriteError> + Send,
    T: Send,
{
    fn is_abandoned(&self) -> bool {
        self.reply.is_closed() || Instant::now() >= self.until
    }

    fn apply(&mut self, connection: &Connection) -> bool {
        self.outcome = self.work.take().map(|work| work(connection));
        matches!(self.outcome, Some(Ok(_)))
    }

    fn answer(self: Box<Self>, landed: Result<(), BackendError>) {
        let outcome = match (landed, self.outcome) {
            (Ok(()), Some(outcome)) => outcome,
            (Ok(()), None) => Err(WriteError::Unavailable(no_answer())),
            (Err(error), _) => Err(WriteError::Unavailable(error)),
        };
        // Whoever asked may have gone.
        let _ = self.reply.send(outcome);
    }
}

/// The queue's end that works are put in at.
pub(super) struct Writer {
    queue: Option<SyncSender<Box<dyn Work>>>,
    answer_within: Duration,
    progress: Arc<Progress>,
    ended: Mutex<Receiver<()>>,
}

impl Writer {
    /// Starts the thread. `tidy`: at the end the log is emptied into the database.
    pub(super) fn start(
        connection: Moored,
        anchor: Arc<Anchor>,
        tidy: bool,
        answer_within: Duration,
    ) -> std::io::Result<Self> {
        let (queue, works) = mpsc::sync_channel(QUEUE);
        let (end, ended) = mpsc::sync_channel(1);
        let progress = Arc::new(Progress::default());
        let mut bench = Bench {
            turnstile: Turnstile::of(&anchor.files.database)?,
            connection,
            anchor,
            progress: Arc::clone(&progress),
        };
        thread::Builder::new()
            .name("store-write".to_owned())
            .spawn(move || {
                bench.run(&works);
                if tidy {
                    bench.tidy();
                }
                drop(bench);
                let _ = end.send(());
            })?;
        Ok(Self {
            queue: Some(queue),
            answer_within,
            progress,
            ended: Mutex::new(ended),
        })
    }

    /// Has something written; returns when it would survive a power cut.
    pub(super) async fn write<F, T>(&self, work: F) -> Result<T, WriteError>
    where
        F: FnOnce(&Connection) -> Result<T, WriteError> + Send + 'static,
        T: Send + 'static,
    {
        let (reply, answer) = oneshot::channel();
        let until = Instant::now() + self.answer_within;
        let asked = Box::new(Asked {
            work: Some(work),
            outcome: None,
            reply,
            until,
        });
        let queue = self
            .queue
            .as_ref()
            .ok_or_else(|| WriteError::Unavailable(no_answer()))?;
        queue.try_send(asked).map_err(|error| {
            WriteError::Unavailable(match error {
                TrySendError::Full(_) => BackendError("too many writes are waiting".to_owned()),
                TrySendError::Disconnected(_) => no_answer(),
            })
        })?;
        match tokio::time::timeout(self.answer_within, answer).await {
            Ok(Ok(outcome)) => outcome,
            Ok(Err(_)) | Err(_) => Err(WriteError::Unavailable(no_answer())),
        }
    }

    pub(super) fn written(&self) -> Written {
        Written {
            works: self.progress.works.load(Ordering::Relaxed),
            transactions: self.progress.transactions.load(Ordering::Relaxed),
        }
    }

    /// How long ago something was committed. `None` where nothing was, or a commit has failed since.
    pub(super) fn last_commit(&self) -> Option<Duration> {
        self.progress.last().map(|at| at.elapsed())
    }
}

impl Drop for Writer {
    fn drop(&mut self) {
        self.queue = None;
        let ended = self.ended.get_mut().unwrap_or_else(PoisonError::into_inner);
        let _ = ended.recv_timeout(END_WITHIN);
    }
}

struct Bench {
    turnstile: Turnstile,
    connection: Moored,
    anchor: Arc<Anchor>,
    progress: Arc<Progress>,
}

impl Bench {
    fn run(&mut self, works: &Receiver<Box<dyn Work>>) {
        loop {
            match works.recv_timeout(LOOK_EVERY) {
                Ok(first) => {
                    let mut batch = vec![first];
                    batch.extend(works.try_iter().take(TOGETHER - 1));
                    batch.retain(|work| !work.is_abandoned());
                    self.write(batch);
                }
                // Files that came back are taken up whether or not anybody writes.
                Err(RecvTimeoutError::Timeout) => drop(self.connection.ready(&self.anchor)),
                Err(RecvTimeoutError::Disconnected) => return,
            }
        }
    }

    fn write(&mut self, mut batch: Vec<Box<dyn Work>>) {
        if batch.is_empty() {
            return;
        }
        let turnstile = &self.turnstile;
        let landed = self
            .connection
            .ready(&self.anchor)
            .and_then(|(connection, _)| commit_together(connection, turnstile, &mut batch));
        match landed {
            Ok(kept) => self.progress.committed(batch.len(), kept),
            Err(_) => self.progress.failed(),
        }
        let landed = landed.map(drop);
        for work in batch {
            work.answer(landed.clone());
        }
    }

    /// A log that is empty cannot be taken for that of a database which is put here later.
    fn tidy(&mut self) {
        if let Ok((connection, _)) = self.connection.ready(&self.anchor) {
            let emptied = connection
                .busy_timeout(Duration::ZERO)
                .and_then(|()| connection.execute_batch("PRAGMA wal_checkpoint(TRUNCATE)"));
            if let Err(error) = emptied {
                tracing::debug!(%error, "the log was left as it is");
            }
        }
    }
}

/// Says how many works of the batch were kept.
fn commit_together(
    connection: &Connection,
    turnstile: &Turnstile,
    batch: &mut [Box<dyn Work>],
) -> Result<usize, BackendError> {
    turnstile.pass(|| run(connection, "BEGIN IMMEDIATE"))?;
    let written = apply_each(connection, batch).and_then(|kept| run(connection, "COMMIT").map(|()| kept));
    if written.is_err() && !connection.is_autocommit() {
        // Where this fails as well, the next BEGIN says so.
        let _ = run(connection, "ROLLBACK");
    }
    written
}

fn apply_each(connection: &Connection, batch: &mut [Box<dyn Work>]) -> Result<usize, BackendError> {
    let mut kept = 0;
    for work in batch {
        // Whoever waited was told that it failed while another process held the lock.
        if work.is_abandoned() {
            continue;
        }
        run(connection, "SAVEPOINT work")?;
        let keep = work.apply(connection);
        // A full disk may undo the whole transaction by itself; then nothing of the batch is there.
        if connection.is_autocommit() {
            return Err(BackendError("the database undid the transaction".to_owned()));
        }
        if keep {
            kept += 1;
        } else {
            run(connection, "ROLLBACK TO work")?;
        }
        run(connection, "RELEASE work")?;
    }
    Ok(kept)
}

fn run(connection: &Connection, statement: &str) -> Result<(), BackendError> {
    connection.prepare_cached(statement)?.execute([])?;
    Ok(())
}
