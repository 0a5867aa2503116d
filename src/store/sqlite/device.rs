//! When trusted devices end, in SQLite: written with each account, counted without reading any.
//!
//! A process of an older version that still runs during an upgrade does not know the table: what it
//! changes is counted as it was until the account is written again, or its device ends.

use rusqlite::{Connection, params};

use crate::base::id::AccountId;
use crate::base::time::Timestamp;
use crate::identity::account::Account;
use crate::store::{ReadError, WriteError};

/// Brings what is listed of an account in line with it. Most accounts are written with the devices
/// that they had. What the sweep has taken and the record still names is listed once more: it has ended.
pub(super) fn list(connection: &Connection, account: &Account) -> Result<(), WriteError> {
    let listed: Vec<i64> = connection
        .prepare_cached("SELECT expires FROM device WHERE account = ?1 ORDER BY expires")?
        .query_map(params![account.id.as_bytes()], |row| row.get(0))?
        .collect::<Result<_, _>>()?;
    let mut held: Vec<i64> = account
        .devices
        .iter()
        .map(|device| device.expires.unix_millis())
        .collect();
    held.sort_unstable();
    if listed == held {
        return Ok(());
    }
    forget(connection, account.id)?;
    let mut insert = connection.prepare_cached("INSERT INTO device (account, expires) VALUES (?1, ?2)")?;
    for ends in held {
        insert.execute(params![account.id.as_bytes(), ends])?;
    }
    Ok(())
}

/// An account is gone.
pub(super) fn forget(connection: &Connection, id: AccountId) -> Result<(), WriteError> {
    connection
        .prepare_cached("DELETE FROM device WHERE account = ?1")?
        .execute(params![id.as_bytes()])?;
    Ok(())
}

pub(super) fn count(connection: &Connection, now: Timestamp) -> Result<u64, ReadError> {
    let count: i64 = connection
        .prepare_cached("SELECT count(*) FROM device WHERE expires > ?1")?
        .query_row(params![now.unix_millis()], |row| row.get(0))?;
    Ok(count as u64)
}

/// Takes up to `at_most` that have ended off the list. Says how many.
pub(super) fn sweep(connection: &Connection, now: Timestamp, at_most: usize) -> Result<usize, WriteError> {
    Ok(connection
        .prepare_cached("DELETE FROM device WHERE n IN (SELECT n FROM device WHERE expires <= ?1 LIMIT ?2)")?
        .execute(params![now.unix_millis(), super::limit(at_most)])?)
}
