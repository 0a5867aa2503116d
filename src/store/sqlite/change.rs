//! The stream of changes in SQLite: a numbered table, written with what it tells of.
//!
//! `PRAGMA data_version` tells a connection whether any other one, of whatever process, has
//! committed since it last asked; while none has, that is all that is looked at. A [`Mark`] holds
//! the generation of the files beside the number, so that a mark given out before another database
//! was put in place is not read as one of the new stream.

use std::sync::{Mutex, PoisonError};

use rusqlite::{Connection, OptionalExtension as _, params};

use crate::base::id::{AccountId, TokenDigest};
use crate::store::{BackendError, CHANGES_KEPT, Changed, Mark, ReadError, WriteError};

const ACCOUNT: i64 = 1;
const SESSION: i64 = 2;

/// Bits of a mark that hold the number in the stream.
const NUMBER_BITS: u32 = 48;

/// Old changes are forgotten each time so many have come.
const FORGET_EVERY: i64 = 256;

pub(super) fn account(connection: &Connection, id: AccountId) -> Result<(), WriteError> {
    tell(connection, ACCOUNT, id.as_bytes())
}

pub(super) fn session(connection: &Connection, cookie: &TokenDigest) -> Result<(), WriteError> {
    tell(connection, SESSION, cookie.as_bytes())
}

fn tell(connection: &Connection, kind: i64, key: &[u8]) -> Result<(), WriteError> {
    connection
        .prepare_cached("INSERT INTO change (kind, key) VALUES (?1, ?2)")?
        .execute(params![kind, key])?;
    let number = connection.last_insert_rowid();
    if number % FORGET_EVERY == 0 {
        connection
            .prepare_cached("DELETE FROM change WHERE seq <= ?1")?
            .execute(params![number - CHANGES_KEPT as i64])?;
    }
    Ok(())
}

fn read_change(kind: i64, key: &[u8]) -> Result<Changed, ReadError> {
    let whole = match kind {
        ACCOUNT => key
            .try_into()
            .ok()
            .map(|id| Changed::Account(AccountId::from_bytes(id))),
        SESSION => key
            .try_into()
            .ok()
            .map(|cookie| Changed::Session(TokenDigest::from_bytes(cookie))),
        _ => None,
    };
    whole.ok_or_else(|| ReadError::Unreadable(BackendError("a change is of no known kind".to_owned())))
}

fn end_of_stream(connection: &Connection) -> rusqlite::Result<u64> {
    let end: Option<i64> = connection
        .prepare_cached("SELECT seq FROM sqlite_sequence WHERE name = 'change'")?
        .query_row([], |row| row.get(0))
        .optional()?;
    Ok(end.unwrap_or(0) as u64)
}

fn mark_at(generation: u16, number: u64) -> Mark {
    Mark::at(u64::from(generation) << NUMBER_BITS | number)
}

/// What was last seen of the stream.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Seen {
    generation: u16,
    data_version: i64,
    end: Mark,
}

/// Looks at the stream through one connection.
#[derive(Default)]
pub(super) struct Lookout {
    seen: Mutex<Option<Seen>>,
}

impl Lookout {
    pub(super) fn mark(&self, connection: &Connection, generation: u16) -> Result<Mark, ReadError> {
        Ok(mark_at(generation, end_of_stream(connection)?))
    }

    pub(super) fn since(
        &self,
        connection: &Connection,
        generation: u16,
        mark: Mark,
    ) -> Result<(Mark, Vec<Changed>), ReadError> {
        // Asked before the stream is read: a commit in between is seen once more, never missed.
        let data_version: i64 = connection
            .prepare_cached("PRAGMA data_version")?
            .query_row([], |row| row.get(0))?;
        let seen = *self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        let unchanged = |seen: Seen| {
            seen.generation == generation && seen.data_version == data_version && seen.end == mark
        };
        if seen.is_some_and(unchanged) {
            return Ok((mark, Vec::new()));
        }
        let snapshot = connection.unchecked_transaction()?;
        let (end, changes) = read_from(&snapshot, generation, mark)?;
        snapshot.finish()?;
        let seen = Seen {
            generation,
            data_version,
            end,
        };
        *self.seen.lock().unwrap_or_else(PoisonError::into_inner) = Some(seen);
        Ok((end, changes))
    }
}

fn read_from(
    connection: &Connection,
    generation: u16,
    mark: Mark,
) -> Result<(Mark, Vec<Changed>), ReadError> {
    let end = end_of_stream(connection)?;
    let told = mark_at(generation, end);
    let after = mark.number & ((1 << NUMBER_BITS) - 1);
    let of_another_stream = mark != mark_at(generation, after) || after > end;
    let oldest: Option<i64> = connection
        .prepare_cached("SELECT min(seq) FROM change")?
        .query_row([], |row| row.get(0))?;
    let forgotten = after < end && oldest.is_none_or(|oldest| oldest as u64 > after + 1);
    if of_another_stream || forgotten {
        return Ok((told, vec![Changed::Everything]));
    }
    let changes = connection
        .prepare_cached("SELECT kind, key FROM change WHERE seq > ?1 ORDER BY seq")?
        .query_map(params![after as i64], |row| Ok((row.get(0)?, row.get(1)?)))?
        .map(|row| {
            let (kind, key): (i64, Vec<u8>) = row?;
            read_change(kind, &key)
        })
        .collect::<Result<_, ReadError>>()?;
    Ok((told, changes))
}
