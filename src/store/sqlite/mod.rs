//! The embedded store: one SQLite file in `state`, for one machine.
//!
//! ```text
//! Store ─┬─ reads  ─▶ reader   a few threads, a connection each
//!        ├─ writes ─▶ writer   one thread, commits together what has queued up
//!        └─ watch  ─▶ lookout  what anybody has changed, by this process or another
//! ```
//!
//! Several processes may have the file open: the server, and an operator's command beside it.
//! SQLite's lock lets one of them write at a time; the stream of changes tells the others. A
//! database that is deleted under way is missed, not made anew ([`files`]). Absent: a network
//! file system, whose locks SQLite cannot rely on, and encryption at rest; secrets in records are
//! sealed by whoever stores them.

mod account;
pub mod backup;
mod change;
mod commit;
mod connection;
mod counter;
mod device;
mod fact;
mod files;
mod flow;
mod presence;
mod queue;
mod reader;
mod session;
#[cfg(test)]
mod tests;
mod turnstile;
mod writer;

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use rusqlite::Connection;

use self::change::Lookout;
use self::connection::Use;
use self::files::{Anchor, Files, Moored};
use self::presence::Presence;
use self::reader::Readers;
pub use self::writer::Written;
use self::writer::{Survives, Writer};
use super::folder::{DATABASE, Folder, FolderError, OpenMode};
use super::master_key;
use super::{
    BackendError, Change, Changed, Committed, CounterKey, FlowKey, Mark, ReadError, Store, StoredEvent,
    StoredFlow, StoredLetter, Struck, Versioned, WithAccount, WriteError,
};
use crate::base::id::{AccountId, TokenDigest};
use crate::base::time::Timestamp;
use crate::identity::account::{Account, EmailAddress};
use crate::identity::session::Session;
use crate::identity::throttle::{Stroke, Waits};

/// After so long without an answer a question has failed.
const ANSWER_WITHIN: Duration = Duration::from_secs(2);

/// How long the end of a store waits for what is under way. Longer than any lock is waited for.
const END_WITHIN: Duration = Duration::from_secs(2);

/// Threads that read.
const READERS: usize = 2;

/// Behind every time that there is.
const NEVER: Timestamp = Timestamp::from_unix_millis(i64::MAX);

/// Rows that a sweep deletes of one kind at a time, so that writes of people come in between.
const SWEPT_AT_ONCE: usize = 500;

/// A commit that was made so recently proves that one can be made.
const COMMIT_PROVES: Duration = Duration::from_secs(1);

/// Why a database was not opened. Words for the operator.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The folder or a file in it is not safe to use.
    #[error(transparent)]
    Folder(#[from] FolderError),
    /// There is none, and none was to be made.
    #[error("{} does not exist; it is made by the first start of the server", .0.display())]
    Missing(PathBuf),
    /// The database is gone, but not what was last written to it.
    #[error(
        "{} is missing, but {} holds data of it; put the database back, or take both away",
        .database.display(), .log.display()
    )]
    Leftover {
        /// Where the database was.
        database: PathBuf,
        /// What is left.
        log: PathBuf,
    },
    /// It was written by a newer version of this program.
    #[error("{} has schema {found}; this version knows up to {known}: run the newer one", .path.display())]
    Newer {
        /// Which.
        path: PathBuf,
        /// Its schema.
        found: i32,
        /// Ours.
        known: i32,
    },
    /// It was written by an older version, and is brought up to date by the server only.
    #[error("{} has schema {found}, not {known}: start the server of this version once", .path.display())]
    Older {
        /// Which.
        path: PathBuf,
        /// Its schema.
        found: i32,
        /// Ours.
        known: i32,
    },
    /// It holds something else.
    #[error("{} is a database of another program", .0.display())]
    Foreign(PathBuf),
    /// A restore has it alone.
    #[error("a backup is being restored in {}; try again when that is done", .0.display())]
    Restoring(PathBuf),
    /// Somebody has it open.
    #[error("a gateway or a command has the store in {} open; stop it first", .0.display())]
    InUse(PathBuf),
    /// SQLite or the system said no.
    #[error("{} cannot be opened", .0.display())]
    Backend(PathBuf, #[source] BackendError),
}

/// Keeps everything in one SQLite file.
pub struct SqliteStore {
    writer: Writer,
    readers: Readers,
    watcher: Readers,
    lookout: Arc<Lookout>,
    /// Dropped last: whoever waits for it finds the database closed.
    _presence: Presence,
}

impl SqliteStore {
    /// Opens the database in `folder`; with [`OpenMode::Create`] makes both where there are none
    /// and brings an older schema up to date.
    ///
    /// # Errors
    ///
    /// [`OpenError`] says what an operator has to do.
    pub fn open(folder: &Path, mode: OpenMode) -> Result<Self, OpenError> {
        Self::open_to_answer_within(ANSWER_WITHIN, folder, mode)
    }

    fn open_to_answer_within(limit: Duration, folder: &Path, mode: OpenMode) -> Result<Self, OpenError> {
        let folder = Folder::prepare(folder, mode)?;
        let files = Files::of(folder.path());
        let presence = lay_out(&folder, &files)?;
        if mode == OpenMode::Create {
            folder.clear_drafts_of(DATABASE);
            folder.clear_drafts_of(master_key::FILE);
        }
        let failed = |error: BackendError| OpenError::Backend(files.database.clone(), error);
        let open =
            |of_use| connection::connect(&files.database, of_use).map_err(|error| failed(error.into()));

        let mut writing = open(Use::Write)?;
        if mode == OpenMode::Create {
            connection::migrate(&mut writing, &files.database)?;
        }
        connection::check(&writing, &files.database)?;
        let reading = (0..READERS)
            .map(|_| open(Use::Read))
            .collect::<Result<Vec<_>, _>>()?;
        let watching = open(Use::Read)?;
        // From here on log and index are there: SQLite makes them with the first question.
        let anchor = Arc::new(Anchor::new(files.clone()).map_err(failed)?);
        folder.sync()?;

        let no_thread =
            |error: std::io::Error| failed(BackendError(format!("no thread to work on: {error}")));
        let writing = Moored::new(writing, Use::Write, &anchor);
        let reader = |connection| Moored::new(connection, Use::Read, &anchor);
        let (reading, watching) = (reading.into_iter().map(reader).collect(), vec![reader(watching)]);
        Ok(Self {
            writer: Writer::start(writing, Arc::clone(&anchor), mode == OpenMode::Create, limit)
                .map_err(no_thread)?,
            readers: Readers::start("store-read", reading, &anchor, limit).map_err(no_thread)?,
            watcher: Readers::start("store-watch", watching, &anchor, limit).map_err(no_thread)?,
            lookout: Arc::default(),
            _presence: presence,
        })
    }

    /// What has been written so far, for metrics.
    pub fn written(&self) -> Written {
        self.writer.written()
    }

    async fn read<F, T>(&self, question: F) -> Result<T, ReadError>
    where
        F: FnOnce(&Connection) -> Result<T, ReadError> + Send + 'static,
        T: Send + 'static,
    {
        self.readers.read(move |connection, _| question(connection)).await
    }
}

/// Looks at every file before SQLite touches it, and makes the database's where it may be made:
/// SQLite gives log and index the mode of the database. Nothing is made before nobody can be in the middle of
/// putting another database here.
fn lay_out(folder: &Folder, files: &Files) -> Result<Presence, OpenError> {
    let mut log_holds_data = false;
    for name in [
        DATABASE.to_owned(),
        format!("{DATABASE}-wal"),
        format!("{DATABASE}-shm"),
    ] {
        if let Some(found) = folder.inspect(&name)? {
            folder.make_private(&name, &found)?;
            log_holds_data |= name.ends_with("-wal") && found.len() > 0;
        }
    }
    if folder.inspect(DATABASE)?.is_some() {
        return Presence::share(folder);
    }
    if folder.mode() == OpenMode::Existing {
        return Err(OpenError::Missing(files.database.clone()));
    }
    if log_holds_data {
        return Err(OpenError::Leftover {
            database: files.database.clone(),
            log: files.log.clone(),
        });
    }
    let presence = Presence::share(folder)?;
    // No descriptor stays: SQLite opens the file itself.
    drop(folder.make_file(DATABASE)?);
    folder.sync()?;
    Ok(presence)
}

fn no_answer() -> BackendError {
    BackendError("no answer in time".to_owned())
}

fn limit(at_most: usize) -> i64 {
    i64::try_from(at_most).unwrap_or(i64::MAX)
}

impl From<rusqlite::Error> for BackendError {
    fn from(error: rusqlite::Error) -> Self {
        Self(error.to_string())
    }
}

impl From<rusqlite::Error> for ReadError {
    fn from(error: rusqlite::Error) -> Self {
        use rusqlite::Error::{FromSqlConversionFailure, IntegralValueOutOfRange, InvalidColumnType};
        match error {
            FromSqlConversionFailure(..) | IntegralValueOutOfRange(..) | InvalidColumnType(..) => {
                Self::Unreadable(error.into())
            }
            _ => Self::Unavailable(error.into()),
        }
    }
}

impl From<rusqlite::Error> for WriteError {
    fn from(error: rusqlite::Error) -> Self {
        Self::Unavailable(error.into())
    }
}

#[async_trait]
impl Store for SqliteStore {
    async fn account(&self, id: AccountId) -> Result<Option<Versioned<Account>>, ReadError> {
        self.read(move |connection| account::by_id(connection, id)).await
    }

    async fn account_by_email(&self, email: &EmailAddress) -> Result<Option<Versioned<Account>>, ReadError> {
        let email = email.clone();
        self.read(move |connection| account::by_email(connection, &email))
            .await
    }

    async fn accounts(
        &self,
        after: Option<&EmailAddress>,
        at_most: usize,
    ) -> Result<Vec<Versioned<Account>>, ReadError> {
        let after = after.cloned();
        self.read(move |connection| account::list(connection, after.as_ref(), at_most))
            .await
    }

    async fn session(&self, cookie: &TokenDigest) -> Result<Option<Versioned<Session>>, ReadError> {
        let cookie = *cookie;
        self.read(move |connection| session::by_cookie(connection, &cookie))
            .await
    }

    async fn sessions_of(&self, account: AccountId) -> Result<Vec<(TokenDigest, Session)>, ReadError> {
        self.read(move |connection| session::all_of(connection, account))
            .await
    }

    async fn flow(&self, key: &FlowKey, now: Timestamp) -> Result<Option<Versioned<StoredFlow>>, ReadError> {
        let key = *key;
        self.read(move |connection| flow::by_key(connection, &key, now))
            .await
    }

    async fn flow_and_account(
        &self,
        key: &FlowKey,
        now: Timestamp,
    ) -> Result<Option<WithAccount<StoredFlow>>, ReadError> {
        let key = *key;
        self.read(move |connection| {
            let Some(flow) = flow::by_key(connection, &key, now)? else {
                return Ok(None);
            };
            let account = account::by_id(connection, flow.value.account)?;
            Ok(Some((flow, account)))
        })
        .await
    }

    async fn session_and_account(
        &self,
        cookie: &TokenDigest,
    ) -> Result<Option<WithAccount<Session>>, ReadError> {
        let cookie = *cookie;
        self.read(move |connection| {
            let Some(session) = session::by_cookie(connection, &cookie)? else {
                return Ok(None);
            };
            let account = account::by_id(connection, session.value.account)?;
            Ok(Some((session, account)))
        })
        .await
    }

    async fn commit(&self, changes: Vec<Change>, now: Timestamp) -> Result<Committed, WriteError> {
        let survives = commit::survives(&changes);
        self.writer
            .write(survives, move |connection| {
                commit::commit(connection, &changes, now)
            })
            .await
    }

    async fn touch(&self, used: Vec<(TokenDigest, Timestamp)>) -> Result<(), WriteError> {
        self.writer
            .write(Survives::Process, move |connection| {
                session::touch(connection, &used)
            })
            .await
    }

    async fn strike(&self, strokes: Vec<(CounterKey, Stroke)>, now: Timestamp) -> Result<Struck, WriteError> {
        self.writer
            .write(Survives::Process, move |connection| {
                counter::strike(connection, &strokes, now)
            })
            .await
    }

    async fn refund(&self, strokes: Vec<(CounterKey, Stroke)>, now: Timestamp) -> Result<(), WriteError> {
        self.writer
            .write(Survives::Process, move |connection| {
                counter::refund(connection, &strokes, now)
            })
            .await
    }

    async fn clear(&self, keys: Vec<CounterKey>) -> Result<(), WriteError> {
        self.writer
            .write(Survives::PowerCut, move |connection| {
                counter::clear(connection, &keys)
            })
            .await
    }

    async fn waits(&self, keys: Vec<CounterKey>, now: Timestamp) -> Result<Option<Waits>, ReadError> {
        self.read(move |connection| counter::waits(connection, &keys, now))
            .await
    }

    async fn count(&self, key: &CounterKey, _now: Timestamp) -> Result<u32, ReadError> {
        let key = key.clone();
        self.read(move |connection| counter::count(connection, &key))
            .await
    }

    async fn letters_due(&self, now: Timestamp, at_most: usize) -> Result<Vec<StoredLetter>, ReadError> {
        self.read(move |connection| queue::due(connection, now, at_most))
            .await
    }

    async fn letters_waiting(&self) -> Result<(u64, Option<Timestamp>), ReadError> {
        self.read(queue::waiting).await
    }

    async fn letter_done(&self, id: [u8; 16]) -> Result<(), WriteError> {
        self.writer
            .write(Survives::Process, move |connection| queue::done(connection, &id))
            .await
    }

    async fn letter_retry(&self, id: [u8; 16], due: Timestamp) -> Result<(), WriteError> {
        self.writer
            .write(Survives::Process, move |connection| {
                queue::retry(connection, &id, due)
            })
            .await
    }

    async fn events(
        &self,
        account: Option<AccountId>,
        since: Timestamp,
        at_most: usize,
    ) -> Result<Vec<StoredEvent>, ReadError> {
        self.read(move |connection| queue::events(connection, account, since, at_most))
            .await
    }

    async fn newest_events(&self, account: AccountId, at_most: usize) -> Result<Vec<StoredEvent>, ReadError> {
        self.read(move |connection| queue::newest_events(connection, account, at_most))
            .await
    }

    async fn mark(&self) -> Result<Mark, ReadError> {
        let lookout = Arc::clone(&self.lookout);
        self.watcher
            .read(move |connection, generation| lookout.mark(connection, generation))
            .await
    }

    async fn changes_since(&self, mark: Mark) -> Result<(Mark, Vec<Changed>), ReadError> {
        let lookout = Arc::clone(&self.lookout);
        self.watcher
            .read(move |connection, generation| lookout.since(connection, generation, mark))
            .await
    }

    async fn sweep(
        &self,
        now: Timestamp,
        sessions_before: Timestamp,
        events_before: Timestamp,
    ) -> Result<(), WriteError> {
        loop {
            let most = self
                .writer
                .write(Survives::PowerCut, move |connection| {
                    let flows = flow::sweep(connection, now, SWEPT_AT_ONCE)?;
                    let counts = counter::sweep(connection, now, SWEPT_AT_ONCE)?;
                    let sessions = session::sweep(connection, now, sessions_before, SWEPT_AT_ONCE)?;
                    let events = queue::sweep(connection, events_before, SWEPT_AT_ONCE)?;
                    let devices = device::sweep(connection, now, SWEPT_AT_ONCE)?;
                    Ok(flows.max(counts).max(sessions).max(events).max(devices))
                })
                .await?;
            if most < SWEPT_AT_ONCE {
                return Ok(());
            }
        }
    }

    async fn end_everything(&self) -> Result<(), WriteError> {
        loop {
            let most = self
                .writer
                .write(Survives::PowerCut, move |connection| {
                    let flows = flow::sweep(connection, NEVER, SWEPT_AT_ONCE)?;
                    let sessions = session::sweep(connection, NEVER, NEVER, SWEPT_AT_ONCE)?;
                    Ok(flows.max(sessions))
                })
                .await?;
            if most < SWEPT_AT_ONCE {
                return Ok(());
            }
        }
    }

    async fn trusted_devices(&self, now: Timestamp) -> Result<u64, ReadError> {
        self.read(move |connection| device::count(connection, now)).await
    }

    async fn newest_time(&self, now: Timestamp) -> Result<Timestamp, WriteError> {
        self.writer
            .write(Survives::PowerCut, move |connection| {
                fact::newest_time(connection, now)
            })
            .await
    }

    async fn key_check(&self) -> Result<Option<[u8; 32]>, ReadError> {
        self.read(fact::key_check).await
    }

    async fn set_key_check(&self, value: [u8; 32]) -> Result<(), WriteError> {
        self.writer
            .write(Survives::PowerCut, move |connection| {
                fact::set_key_check(connection, value)
            })
            .await
    }

    async fn heirlooms(&self) -> Result<Option<Vec<u8>>, ReadError> {
        self.read(fact::heirlooms).await
    }

    async fn replace_key_check(
        &self,
        from: [u8; 32],
        to: [u8; 32],
        heirlooms: Vec<u8>,
    ) -> Result<(), WriteError> {
        self.writer
            .write(Survives::PowerCut, move |connection| {
                fact::replace_key_check(connection, from, to, &heirlooms)
            })
            .await
    }

    async fn letter_sealed_anew(&self, id: [u8; 16], sealed: Vec<u8>) -> Result<(), WriteError> {
        self.writer
            .write(Survives::PowerCut, move |connection| {
                queue::sealed_anew(connection, &id, &sealed)
            })
            .await
    }

    async fn ping(&self) -> Result<(), ReadError> {
        self.read(fact::key_check).await?;
        if self.writer.last_commit().is_some_and(|ago| ago < COMMIT_PROVES) {
            return Ok(());
        }
        self.writer
            .write(Survives::PowerCut, fact::probe)
            .await
            .map_err(|error| match error {
                WriteError::Unavailable(source) => ReadError::Unavailable(source),
                other @ (WriteError::Conflict | WriteError::Taken) => {
                    ReadError::Unavailable(BackendError(other.to_string()))
                }
            })
    }
}
