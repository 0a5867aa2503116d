//! Opening connections, and the schema behind them.
//!
//! Write-ahead log with `synchronous=FULL`, unless the [writer](super::writer) says less: a commit returns when the log is
//! on disk. No memory map: a file that somebody cuts short would end the process with SIGBUS; a cache of fitting size
//! gives the same speed. A statement is planned once, whatever it is asked for: else the values of a range would have it
//! planned anew each time. A connection never makes a database file, and leaves the log where it is when it
//! closes: SQLite would delete it by its name, which may be another database's by then.

use std::path::Path;
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, MAIN_DB, OpenFlags, TransactionBehavior};

use super::OpenError;
use crate::store::BackendError;

/// How long a connection waits for a lock: short of the 2 s after which nobody listens any more.
pub(super) const LOCK_WITHIN: Duration = Duration::from_millis(1500);

/// Marks a file as ours (`DOOR`), in the header of the database.
const APPLICATION: i32 = 0x444f_4f52;

/// The steps from an empty file to the present schema. The number of steps taken is the file's
/// `user_version`.
const STEPS: &[&str] = &[include_str!("schema/0001.sql"), include_str!("schema/0002.sql")];

/// The present schema.
const KNOWN: i32 = STEPS.len() as i32;

/// What a connection is for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Use {
    /// The one that writes.
    Write,
    /// One of those that read.
    Read,
}

pub(super) fn connect(path: &Path, of_use: Use) -> rusqlite::Result<Connection> {
    let flags =
        OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX | OpenFlags::SQLITE_OPEN_NOFOLLOW;
    let connection = Connection::open_with_flags(path, flags)?;
    connection.busy_timeout(LOCK_WITHIN)?;
    connection.set_prepared_statement_cache_capacity(64);
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    connection.pragma_update(None, "trusted_schema", false)?;
    connection.pragma_update(None, "mmap_size", 0)?;
    connection.pragma_update(None, "temp_store", "memory")?;
    // Negative: KiB.
    connection.pragma_update(None, "cache_size", -8 * 1024)?;
    match of_use {
        Use::Write => {
            let mode: String =
                connection.pragma_update_and_check(None, "journal_mode", "wal", |row| row.get(0))?;
            if mode != "wal" {
                let why = format!("the file system allows no write-ahead log ({mode})");
                return Err(rusqlite::Error::ToSqlConversionFailure(why.into()));
            }
            connection.pragma_update(None, "synchronous", "full")?;
            connection.pragma_update(None, "journal_size_limit", 64 * 1024 * 1024)?;
        }
        Use::Read => connection.pragma_update(None, "query_only", true)?,
    }
    Ok(connection)
}

fn number(connection: &Connection, pragma: &str) -> rusqlite::Result<i32> {
    connection.pragma_query_value(None, pragma, |row| row.get(0))
}

/// Brings the schema up to date; leaves a file alone that is not ours or is newer than we are.
pub(super) fn migrate(connection: &mut Connection, path: &Path) -> Result<(), OpenError> {
    let failed = |error: rusqlite::Error| OpenError::Backend(path.to_owned(), error.into());
    let transaction = connection
        .transaction_with_behavior(TransactionBehavior::Immediate)
        .map_err(failed)?;
    let version = number(&transaction, "user_version").map_err(failed)?;
    let taken = usize::try_from(version).unwrap_or(usize::MAX);
    if taken == 0 {
        let tables: i64 = transaction
            .query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))
            .map_err(failed)?;
        if tables > 0 {
            return Err(OpenError::Foreign(path.to_owned()));
        }
    } else {
        judge(&transaction, path)?;
    }
    let missing = STEPS.get(taken..).unwrap_or_default();
    for step in missing {
        transaction.execute_batch(step).map_err(failed)?;
    }
    if !missing.is_empty() {
        transaction
            .pragma_update(None, "user_version", KNOWN)
            .map_err(failed)?;
        transaction
            .pragma_update(None, "application_id", APPLICATION)
            .map_err(failed)?;
    }
    transaction.commit().map_err(failed)
}

/// Looks whether the file has the schema that this program knows, and changes nothing.
pub(super) fn check(connection: &Connection, path: &Path) -> Result<(), OpenError> {
    judge(connection, path)?;
    let failed = |error: rusqlite::Error| OpenError::Backend(path.to_owned(), error.into());
    let version = number(connection, "user_version").map_err(failed)?;
    if version == KNOWN {
        return Ok(());
    }
    Err(OpenError::Older {
        path: path.to_owned(),
        found: version,
        known: KNOWN,
    })
}

/// The schema of a file that this program can go on from, if need be after a [`migrate`].
pub(super) fn known_schema(connection: &Connection, path: &Path) -> Result<i32, OpenError> {
    judge(connection, path)?;
    let version = number(connection, "user_version")
        .map_err(|error| OpenError::Backend(path.to_owned(), error.into()))?;
    if version == 0 {
        return Err(OpenError::Foreign(path.to_owned()));
    }
    Ok(version)
}

fn judge(connection: &Connection, path: &Path) -> Result<(), OpenError> {
    let failed = |error: rusqlite::Error| OpenError::Backend(path.to_owned(), error.into());
    let version = number(connection, "user_version").map_err(failed)?;
    if version != 0 && number(connection, "application_id").map_err(failed)? != APPLICATION {
        return Err(OpenError::Foreign(path.to_owned()));
    }
    if !(0..=KNOWN).contains(&version) {
        return Err(OpenError::Newer {
            path: path.to_owned(),
            found: version,
            known: KNOWN,
        });
    }
    Ok(())
}

/// SQLite opens a file that it may not write to for reading, and would stay with that after
/// permission has come back.
pub(super) fn ensure_writable(connection: &Connection) -> Result<(), BackendError> {
    if connection.is_readonly(MAIN_DB)? {
        return Err(BackendError("the database file is read-only".to_owned()));
    }
    Ok(())
}

/// Whether a file that has just been put in place is whole.
pub(super) fn is_whole(connection: &Connection) -> Result<(), BackendError> {
    let verdict: String = connection.query_row("PRAGMA quick_check(1)", [], |row| row.get(0))?;
    if verdict == "ok" {
        Ok(())
    } else {
        Err(BackendError("the database file is damaged".to_owned()))
    }
}
