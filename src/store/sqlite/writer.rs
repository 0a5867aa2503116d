//! The one thread that writes, and the queue before it.
//!
//! ```text
//! write ─▶ queue ─▶ BEGIN ─▶ { savepoint: one work } … ─▶ COMMIT (at most one fsync) ─▶ answers
//! ```
//!
//! Most works are to survive a power cut: their commit waits for the disk. Counts, last uses and how letters fare
//! are to survive the end of the process alone ([`Survives`]); where nothing else is in a commit, it waits for
//! nobody, and what it wrote reaches the disk with the next one that does. The log is read up to the first frame that is
//! not whole, so a power cut takes the newest of these and nothing else.
//!
//! Whatever has queued up while the disk was busy is written with the next commit. Each work has a
//! savepoint of its own, unless it is alone, so that one that is refused does not undo its neighbours; nobody is
//! answered before the commit is made, not even with a refusal, since it may rest on a neighbour.
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
    /// Transactions they went into.
    pub transactions: u64,
    /// … of these, such as waited for the disk.
    pub synced: u64,
}

#[derive(Default)]
pub(super) struct Progress {
    works: AtomicU64,
    transactions: AtomicU64,
    synced: AtomicU64,
    last: Mutex<Option<Instant>>,
}

impl Progress {
    fn committed(&self, works: usize, landed: Landed) {
        self.works.fetch_add(works as u64, Ordering::Relaxed);
        self.transactions.fetch_add(1, Ordering::Relaxed);
        if landed.survives == Survives::PowerCut {
            self.synced.fetch_add(1, Ordering::Relaxed);
            if landed.kept > 0 {
                *self.last() = Some(Instant::now());
            }
        }
    }

    fn failed(&self) {
        *self.last() = None;
    }

    fn last(&self) -> MutexGuard<'_, Option<Instant>> {
        self.last.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What a work is to survive before its answer is given.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) enum Survives {
    /// The end of the process, however it comes about.
    Process,
    /// A power cut, too.
    PowerCut,
}

impl Survives {
    /// `synchronous` for a commit, which for a log is FULL and NORMAL (SQLite, "PRAGMA synchronous").
    fn pragma(self) -> &'static str {
        match self {
            Self::Process => "normal",
            Self::PowerCut => "full",
        }
    }
}

trait Work: Send {
    /// What it is to survive.
    fn survives(&self) -> Survives;

    /// Whether nobody waits for it any more.
    fn is_abandoned(&self) -> bool;

    /// Does it. Whether its savepoint is to be kept.
    fn apply(&mut self, connection: &Connection) -> bool;

    /// Answers; with an error if the commit did not come to pass.
    fn answer(self: Box<Self>, landed: Result<(), BackendError>);
}

struct Asked<F, T> {
    survives: Survives,
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
    fn survives(&self) -> Survives {
        self.survives
    }

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
            set: None,
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

    /// Has something written; returns when it would survive that.
    pub(super) async fn write<F, T>(&self, survives: Survives, work: F) -> Result<T, WriteError>
    where
        F: FnOnce(&Connection) -> Result<T, WriteError> + Send + 'static,
        T: Send + 'static,
    {
        let (reply, answer) = oneshot::channel();
        let until = Instant::now() + self.answer_within;
        let asked = Box::new(Asked {
            survives,
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
            synced: self.progress.synced.load(Ordering::Relaxed),
        }
    }

    /// How long ago something reached the disk. `None` where nothing was, or a commit has failed since.
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
    /// What commits of the connection to the files of that generation are set to survive.
    set: Option<(u16, Survives)>,
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
        let (turnstile, set) = (&self.turnstile, &mut self.set);
        let ready = self.connection.ready(&self.anchor);
        let landed = ready.and_then(|(connection, generation)| {
            let survives = batch.iter().map(|work| work.survives()).max();
            let survives = survives.unwrap_or(Survives::PowerCut);
            if *set != Some((generation, survives)) {
                // Where this fails nobody knows what is set.
                *set = None;
                connection.pragma_update(None, "synchronous", survives.pragma())?;
                *set = Some((generation, survives));
            }
            let kept = commit_together(connection, turnstile, &mut batch)?;
            Ok(Landed { kept, survives })
        });
        match landed {
            Ok(landed) => self.progress.committed(batch.len(), landed),
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

/// What came of a batch.
#[derive(Clone, Copy)]
struct Landed {
    /// How many works were kept.
    kept: usize,
    survives: Survives,
}

/// Says how many works of the batch were kept.
fn commit_together(
    connection: &Connection,
    turnstile: &Turnstile,
    batch: &mut [Box<dyn Work>],
) -> Result<usize, BackendError> {
    turnstile.pass(|| run(connection, "BEGIN IMMEDIATE"))?;
    let written = match batch {
        [only] => apply_one(connection, only),
        several => apply_each(connection, several),
    };
    let written = written.and_then(|kept| run(connection, "COMMIT").map(|()| kept));
    if written.is_err() && !connection.is_autocommit() {
        // Where this fails as well, the next BEGIN says so.
        let _ = run(connection, "ROLLBACK");
    }
    written
}

/// The only work of a transaction needs no savepoint, for which SQLite copies each page before it is changed.
fn apply_one(connection: &Connection, work: &mut Box<dyn Work>) -> Result<usize, BackendError> {
    if work.is_abandoned() {
        return Ok(0);
    }
    let keep = work.apply(connection);
    still_open(connection)?;
    if keep {
        return Ok(1);
    }
    run(connection, "ROLLBACK")?;
    run(connection, "BEGIN")?;
    Ok(0)
}

/// A full disk may undo the whole transaction by itself; then nothing of the batch is there.
fn still_open(connection: &Connection) -> Result<(), BackendError> {
    if connection.is_autocommit() {
        return Err(BackendError("the database undid the transaction".to_owned()));
    }
    Ok(())
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
        still_open(connection)?;
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
