//! Copies of the database: taken while it is in use, looked at, and put in its place.
//!
//! ```text
//! take ─▶ a copy as of one moment ─▶ examine ─▶ settle: nothing used up comes back ─▶ Vacant::fill
//! ```
//!
//! A copy is one file at rest, without a log. What it cannot know is what happened after it was taken: a
//! code that was used since would be good again. So [`settle`] makes everything void that may have been.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write as _};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};

use rusqlite::{Connection, OpenFlags, params};
use rustix::fs::{CWD, RenameFlags, renameat_with};
use rustix::io::Errno;

use super::connection::{self, Use};
use super::files::Files;
use super::presence::Presence;
use super::{OpenError, account, device, fact, queue};
use crate::base::time::Timestamp;
use crate::identity::account::{Account, EmailAddress};
use crate::store::draft::{Draft, name_it};
use crate::store::folder::{DATABASE, Folder, FolderError, OpenMode, sync_names};
use crate::store::record::Record as _;
use crate::store::{ReadError, StoredEvent, WriteError};

/// Names that are tried for what a restore puts aside, at one second.
const NAMES_AT_MOST: u32 = 1000;

/// Accounts that are read at a time.
const AT_ONCE: usize = 500;

/// Why a copy is of no use.
#[derive(Debug, thiserror::Error)]
pub enum CopyError {
    /// Not one that this program can go on from.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// SQLite finds fault with it.
    #[error("the database in it is damaged")]
    Damaged,
    /// A record in it does not read.
    #[error("a record in it cannot be read")]
    Unreadable(#[source] ReadError),
    /// It could not be changed.
    #[error("the copy cannot be prepared")]
    Unwritable(#[source] WriteError),
    /// The system said no.
    #[error("{} cannot be written", .0.display())]
    Io(PathBuf, #[source] io::Error),
}

impl From<ReadError> for CopyError {
    fn from(error: ReadError) -> Self {
        Self::Unreadable(error)
    }
}

impl From<WriteError> for CopyError {
    fn from(error: WriteError) -> Self {
        Self::Unwritable(error)
    }
}

impl From<rusqlite::Error> for CopyError {
    fn from(error: rusqlite::Error) -> Self {
        Self::Unreadable(error.into())
    }
}

/// What a copy holds.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Contents {
    /// The schema it was written with.
    pub schema: i32,
    /// People.
    pub accounts: u64,
    /// Lines of the audit trail.
    pub events: u64,
    /// What tells whose key it was written with.
    pub key_check: Option<[u8; 32]>,
}

/// Copies the database in `folder`, as it is at this moment, into the empty file `to`. Whoever uses the
/// database goes on meanwhile.
///
/// # Errors
///
/// [`OpenError`] says what an operator has to do.
pub fn take(folder: &Path, to: &Path) -> Result<(), OpenError> {
    let folder = Folder::prepare(folder, OpenMode::Existing)?;
    let database = folder.file(DATABASE);
    if folder.inspect(DATABASE)?.is_none() {
        return Err(OpenError::Missing(database));
    }
    let failed = |error: rusqlite::Error| OpenError::Backend(database.clone(), error.into());
    let source = connection::connect(&database, Use::Read).map_err(failed)?;
    connection::check(&source, &database)?;
    // It writes nothing to the database; SQLite takes it for a change all the same.
    source.pragma_update(None, "query_only", false).map_err(failed)?;
    source
        .execute("VACUUM INTO ?1", params![to.to_string_lossy()])
        .map_err(failed)?;
    let synced = File::open(to).and_then(|copy| copy.sync_all());
    synced.map_err(|error| FolderError::Io(to.to_owned(), error).into())
}

/// Opens a copy: no log beside it, and nothing is taken from its name.
fn open(copy: &Path) -> Result<Connection, CopyError> {
    let flags =
        OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX | OpenFlags::SQLITE_OPEN_NOFOLLOW;
    let opened = Connection::open_with_flags(copy, flags)?;
    opened.pragma_update(None, "trusted_schema", false)?;
    opened.pragma_update(None, "temp_store", "memory")?;
    opened.pragma_update(None, "synchronous", "full")?;
    Ok(opened)
}

/// Reads a copy from end to end.
///
/// # Errors
///
/// [`CopyError`] where it could not be gone on from.
pub fn examine(copy: &Path) -> Result<Contents, CopyError> {
    let opened = open(copy)?;
    let verdict: rusqlite::Result<String> =
        opened.query_row("PRAGMA integrity_check(1)", [], |row| row.get(0));
    if !verdict.is_ok_and(|verdict| verdict == "ok") {
        return Err(CopyError::Damaged);
    }
    let schema = connection::known_schema(&opened, copy)?;
    let mut accounts = 0;
    let mut after: Option<EmailAddress> = None;
    loop {
        let some = account::list(&opened, after.as_ref(), AT_ONCE)?;
        let Some(last) = some.last() else { break };
        accounts += some.len() as u64;
        after = Some(last.value.email.clone());
    }
    let events: i64 = opened.query_row("SELECT count(*) FROM event", [], |row| row.get(0))?;
    Ok(Contents {
        schema,
        accounts,
        events: events as u64,
        key_check: fact::key_check(&opened)?,
    })
}

/// Makes a copy fit to go on from at `now`: sessions, flows and waiting letters are gone, `change` has
/// been made to each account, the schema is the present one, and `event` tells of it.
///
/// # Errors
///
/// [`CopyError`]: the copy is of no use then.
pub fn settle(
    copy: &Path,
    change: impl Fn(&mut Account),
    event: &StoredEvent,
    now: Timestamp,
) -> Result<(), CopyError> {
    let mut opened = open(copy)?;
    connection::migrate(&mut opened, copy)?;
    let transaction = opened.transaction()?;
    // Letters were sent long ago, or speak of links that are void now.
    transaction.execute_batch("DELETE FROM session; DELETE FROM flow; DELETE FROM letter;")?;
    let version = fact::next_version(&transaction)?;
    let mut after: Option<EmailAddress> = None;
    loop {
        let some = account::list(&transaction, after.as_ref(), AT_ONCE)?;
        let Some(last) = some.last() else { break };
        after = Some(last.value.email.clone());
        for mut account in some {
            change(&mut account.value);
            let record = account.value.to_bytes().map_err(WriteError::from)?;
            transaction
                .prepare_cached("UPDATE account SET version = ?2, record = ?3 WHERE id = ?1")?
                .execute(params![account.value.id.as_bytes(), version.0 as i64, record])?;
            device::list(&transaction, &account.value)?;
        }
    }
    queue::record(&transaction, event)?;
    fact::newest_time(&transaction, now)?;
    transaction.commit()?;
    drop(opened);
    let synced = File::open(copy).and_then(|copy| copy.sync_all());
    synced.map_err(|error| CopyError::Io(copy.to_owned(), error))
}

/// A folder that nobody has the database of open, and nobody can open it.
pub struct Vacant {
    folder: Folder,
    _alone: Presence,
}

impl Vacant {
    /// Makes the folder where there is none.
    ///
    /// # Errors
    ///
    /// [`OpenError::InUse`] while anybody has the database open.
    pub fn hold(folder: &Path) -> Result<Self, OpenError> {
        let mode = match fs::symlink_metadata(folder) {
            Ok(_) => OpenMode::Existing,
            Err(_) => OpenMode::Create,
        };
        let folder = Folder::prepare(folder, mode)?;
        let alone = Presence::alone(&folder)?;
        Ok(Self {
            folder,
            _alone: alone,
        })
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    /// Whether there is anything of a database here already.
    ///
    /// # Errors
    ///
    /// [`OpenError`] where what lies there is not ours.
    pub fn is_empty(&self) -> Result<bool, OpenError> {
        for name in [DATABASE.to_owned(), format!("{DATABASE}-wal")] {
            if self.folder.inspect(&name)?.is_some() {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// Puts a settled copy in place, in one step. What was there before stays beside it; where.
    ///
    /// # Errors
    ///
    /// [`CopyError`]: what was there is still in place.
    pub(in crate::store) fn fill(self, copy: Draft, now: Timestamp) -> Result<Option<PathBuf>, CopyError> {
        let files = Files::of(self.folder.path());
        let aside = self.free_name(now);
        let there = self.folder.inspect(DATABASE).map_err(OpenError::from)?.is_some();
        if there {
            empty_log(&files.database);
        }
        let gone = remove_if_there(&files.index);
        gone.map_err(|error| CopyError::Io(files.index.clone(), error))?;
        self.folder.adopt(copy.path()).map_err(OpenError::from)?;
        let put = if has_content(&files.log) {
            self.beside_a_log(copy, &files, there, &aside)
        } else {
            remove_if_there(&files.log).and_then(|()| match there {
                true => exchange_for(copy, &files.database, &aside),
                false => fs::rename(copy.path(), &files.database),
            })
        };
        put.and_then(|()| sync_names(self.folder.path()))
            .map_err(|error| CopyError::Io(files.database.clone(), error))?;
        Ok(there.then_some(aside))
    }

    /// Where what is here goes: never over what an earlier restore has left.
    fn free_name(&self, now: Timestamp) -> PathBuf {
        let name = |number: u32| {
            let plain = format!("{DATABASE}.replaced-{}", now.unix_seconds());
            self.folder.file(&match number {
                1 => plain,
                more => format!("{plain}-{more}"),
            })
        };
        let is_free = |path: &Path| {
            [path.to_owned(), with_ending(path, "-wal")]
                .iter()
                .all(|path| fs::symlink_metadata(path).is_err_and(|it| it.kind() == io::ErrorKind::NotFound))
        };
        let mut number = 1;
        while !is_free(&name(number)) && number < NAMES_AT_MOST {
            number += 1;
        }
        name(number)
    }

    /// Where a log cannot be emptied into its database, because that is damaged or gone, or a program that is none
    /// of ours reads it, both go aside. At no moment may the log be taken for another database's, nor the database be
    /// opened without it, nor nothing at all be taken for a new beginning:
    ///
    /// ```text
    ///            doorward.db   doorward.db-wal   a start
    ///            old           old               goes on with it
    /// aside ──▶  none          old               refuses: the database is missing, its log is not
    /// log   ──▶  none          none of any       refuses likewise
    /// fresh ──▶  fresh         none of any       goes on with the fresh one
    /// ```
    ///
    /// Run again from any of these, a restore comes to its end.
    fn beside_a_log(&self, fresh: Draft, files: &Files, there: bool, aside: &Path) -> io::Result<()> {
        let aside_log = with_ending(aside, "-wal");
        put_no_log(&aside_log)?;
        self.folder.adopt(&aside_log).map_err(io::Error::other)?;
        if there {
            fs::rename(&files.database, aside)?;
        }
        let put = exchange(&aside_log, &files.log).and_then(|()| {
            fs::rename(fresh.path(), &files.database).inspect_err(|_| {
                let _ = exchange(&aside_log, &files.log);
            })
        });
        if put.is_err() && there {
            let _ = fs::rename(aside, &files.database);
        }
        put?;
        // The next write would do so, too.
        remove_if_there(&files.log)
    }
}

/// What is in the log goes into the database, where both can be read; a database that is damaged stays as
/// it is.
fn empty_log(database: &Path) {
    let emptied = connection::connect(database, Use::Write)
        .and_then(|opened| opened.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(())));
    if let Err(error) = emptied {
        tracing::debug!(%error, "the log was left as it is");
    }
}

fn with_ending(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    name.into()
}

fn has_content(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok_and(|found| found.len() > 0)
}

fn remove_if_there(path: &Path) -> io::Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        outcome => outcome,
    }
}

/// `fresh` gets the name `name` in one step, and what had it becomes `aside`: at no moment is there no
/// database, for which a start would make an empty one. Cut off before, `fresh` lies there as `aside`, and what was in
/// place still is.
fn exchange_for(fresh: Draft, name: &Path, aside: &Path) -> io::Result<()> {
    name_it(fresh.path(), aside)?;
    fresh.keep();
    exchange(aside, name).inspect_err(|_| {
        let _ = fs::remove_file(aside);
    })
}

/// Two files exchange their names.
fn exchange(one: &Path, other: &Path) -> io::Result<()> {
    match renameat_with(CWD, one, CWD, other, RenameFlags::EXCHANGE) {
        // The file system has no such call. Cut off in between, one file has two names, and a start says so.
        Err(Errno::INVAL | Errno::NOSYS) => {
            let third = with_ending(one, ".other");
            fs::hard_link(other, &third)?;
            fs::rename(one, other)?;
            fs::rename(&third, one)
        }
        outcome => outcome.map_err(io::Error::from),
    }
}

/// What stands in a log's place that is none: SQLite takes it for empty (its header is wrong), a start that finds no
/// database beside it for data of one.
const NO_LOG: &[u8] = b"a restore is under way here, or was cut off\n";

fn put_no_log(path: &Path) -> io::Result<()> {
    let mut file = OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(path)?;
    file.write_all(NO_LOG)?;
    file.sync_all()
}

#[cfg(test)]
mod tests;
