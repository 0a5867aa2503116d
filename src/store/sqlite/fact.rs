//! Single values in SQLite.

use rusqlite::types::{FromSql, ToSql};
use rusqlite::{Connection, OptionalExtension as _, params};

use crate::base::time::Timestamp;
use crate::store::{ReadError, Version, WriteError};

const NEWEST_TIME: &str = "newest time";
const KEY_CHECK: &str = "key check";
const HEIRLOOMS: &str = "heirlooms";
const PROBED: &str = "probed";

fn get<T: FromSql>(connection: &Connection, name: &str) -> rusqlite::Result<Option<T>> {
    connection
        .prepare_cached("SELECT value FROM fact WHERE name = ?1")?
        .query_row(params![name], |row| row.get(0))
        .optional()
}

fn put(connection: &Connection, name: &str, value: impl ToSql) -> rusqlite::Result<()> {
    connection
        .prepare_cached("INSERT INTO fact (name, value) VALUES (?1, ?2) ON CONFLICT (name) DO UPDATE SET value = excluded.value")?
        .execute(params![name, value])
        .map(drop)
}

/// The version of what is about to be written. One source for all records, so that no two writings
/// of anything share one.
pub(super) fn next_version(connection: &Connection) -> Result<Version, WriteError> {
    let written: i64 = connection
        .prepare_cached("UPDATE fact SET value = value + 1 WHERE name = 'written' RETURNING value")?
        .query_row([], |row| row.get(0))?;
    Ok(Version(written as u64))
}

pub(super) fn newest_time(connection: &Connection, now: Timestamp) -> Result<Timestamp, WriteError> {
    let newest = get(connection, NEWEST_TIME)?.map(Timestamp::from_unix_millis);
    if newest.is_none_or(|newest| newest < now) {
        put(connection, NEWEST_TIME, now.unix_millis())?;
    }
    Ok(newest.map_or(now, |newest| newest.max(now)))
}

pub(super) fn key_check(connection: &Connection) -> Result<Option<[u8; 32]>, ReadError> {
    Ok(get(connection, KEY_CHECK)?)
}

pub(super) fn set_key_check(connection: &Connection, value: [u8; 32]) -> Result<(), WriteError> {
    if get::<[u8; 32]>(connection, KEY_CHECK)?.is_some() {
        return Err(WriteError::Conflict);
    }
    Ok(put(connection, KEY_CHECK, value)?)
}

pub(super) fn heirlooms(connection: &Connection) -> Result<Option<Vec<u8>>, ReadError> {
    Ok(get(connection, HEIRLOOMS)?)
}

pub(super) fn replace_key_check(
    connection: &Connection,
    from: [u8; 32],
    to: [u8; 32],
    heirlooms: &[u8],
) -> Result<(), WriteError> {
    if get::<[u8; 32]>(connection, KEY_CHECK)? != Some(from) {
        return Err(WriteError::Conflict);
    }
    put(connection, HEIRLOOMS, heirlooms)?;
    Ok(put(connection, KEY_CHECK, to)?)
}

/// A write that means nothing, to see whether one is possible.
pub(super) fn probe(connection: &Connection) -> Result<(), WriteError> {
    let probed: i64 = get(connection, PROBED)?.unwrap_or(0);
    Ok(put(connection, PROBED, probed.wrapping_add(1))?)
}
