//! Letters that wait and events that stay, in SQLite.

use rusqlite::{Connection, Row, params};

use crate::base::id::AccountId;
use crate::base::time::Timestamp;
use crate::store::{ReadError, StoredEvent, StoredLetter, WriteError};

pub(super) fn enqueue(connection: &Connection, letter: &StoredLetter) -> Result<(), WriteError> {
    let written = connection
        .prepare_cached(
            "INSERT INTO letter (id, written, due, tries, sealed) VALUES (?1, ?2, ?3, ?4, ?5) \
             ON CONFLICT (id) DO NOTHING",
        )?
        .execute(params![
            letter.id,
            letter.written.unix_millis(),
            letter.due.unix_millis(),
            letter.tries,
            letter.sealed,
        ])?;
    if written == 0 {
        Err(WriteError::Conflict)
    } else {
        Ok(())
    }
}

pub(super) fn due(
    connection: &Connection,
    now: Timestamp,
    at_most: usize,
) -> Result<Vec<StoredLetter>, ReadError> {
    let letters = connection
        .prepare_cached(
            "SELECT id, written, due, tries, sealed FROM letter WHERE due <= ?1 ORDER BY written, n LIMIT ?2",
        )?
        .query_map(params![now.unix_millis(), super::limit(at_most)], |row| {
            Ok(StoredLetter {
                id: row.get(0)?,
                written: Timestamp::from_unix_millis(row.get(1)?),
                due: Timestamp::from_unix_millis(row.get(2)?),
                tries: row.get(3)?,
                sealed: row.get(4)?,
            })
        })?
        .collect::<Result<_, _>>()?;
    Ok(letters)
}

pub(super) fn waiting(connection: &Connection) -> Result<(u64, Option<Timestamp>), ReadError> {
    let (count, oldest): (i64, Option<i64>) = connection
        .prepare_cached("SELECT count(*), min(written) FROM letter")?
        .query_row([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok((count as u64, oldest.map(Timestamp::from_unix_millis)))
}

pub(super) fn done(connection: &Connection, id: &[u8; 16]) -> Result<(), WriteError> {
    connection
        .prepare_cached("DELETE FROM letter WHERE id = ?1")?
        .execute(params![id])?;
    Ok(())
}

pub(super) fn retry(connection: &Connection, id: &[u8; 16], due: Timestamp) -> Result<(), WriteError> {
    connection
        .prepare_cached("UPDATE letter SET due = ?2, tries = tries + 1 WHERE id = ?1")?
        .execute(params![id, due.unix_millis()])?;
    Ok(())
}

pub(super) fn sealed_anew(connection: &Connection, id: &[u8; 16], sealed: &[u8]) -> Result<(), WriteError> {
    connection
        .prepare_cached("UPDATE letter SET sealed = ?2 WHERE id = ?1")?
        .execute(params![id, sealed])?;
    Ok(())
}

pub(super) fn record(connection: &Connection, event: &StoredEvent) -> Result<(), WriteError> {
    connection
        .prepare_cached("INSERT INTO event (at, name, account, line) VALUES (?1, ?2, ?3, ?4)")?
        .execute(params![
            event.at.unix_millis(),
            event.name,
            event.account.map(|account| *account.as_bytes()),
            event.line,
        ])?;
    Ok(())
}

pub(super) fn events(
    connection: &Connection,
    account: Option<AccountId>,
    since: Timestamp,
    at_most: usize,
) -> Result<Vec<StoredEvent>, ReadError> {
    let question = match account {
        None => {
            "SELECT at, name, account, line FROM event WHERE ?1 IS NULL AND at >= ?2 ORDER BY at, n LIMIT ?3"
        }
        Some(_) => {
            "SELECT at, name, account, line FROM event WHERE account = ?1 AND at >= ?2 ORDER BY at, n LIMIT ?3"
        }
    };
    let account = account.map(|account| *account.as_bytes());
    let events = connection
        .prepare_cached(question)?
        .query_map(
            params![account, since.unix_millis(), super::limit(at_most)],
            stored_event,
        )?
        .collect::<Result<_, _>>()?;
    Ok(events)
}

pub(super) fn newest_events(
    connection: &Connection,
    account: AccountId,
    at_most: usize,
) -> Result<Vec<StoredEvent>, ReadError> {
    let question =
        "SELECT at, name, account, line FROM event WHERE account = ?1 ORDER BY at DESC, n DESC LIMIT ?2";
    let events = connection
        .prepare_cached(question)?
        .query_map(params![account.as_bytes(), super::limit(at_most)], stored_event)?
        .collect::<Result<_, _>>()?;
    Ok(events)
}

fn stored_event(row: &Row<'_>) -> rusqlite::Result<StoredEvent> {
    let account: Option<[u8; 16]> = row.get(2)?;
    Ok(StoredEvent {
        at: Timestamp::from_unix_millis(row.get(0)?),
        name: row.get(1)?,
        account: account.map(AccountId::from_bytes),
        line: row.get(3)?,
    })
}

/// Forgets up to `at_most` events from before that time. Says how many.
pub(super) fn sweep(connection: &Connection, before: Timestamp, at_most: usize) -> Result<usize, WriteError> {
    Ok(connection
        .prepare_cached("DELETE FROM event WHERE n IN (SELECT n FROM event WHERE at < ?1 LIMIT ?2)")?
        .execute(params![before.unix_millis(), super::limit(at_most)])?)
}
