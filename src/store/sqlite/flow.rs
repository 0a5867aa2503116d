//! Flows in SQLite. One that is over is absent, whatever still lies there.

use rusqlite::{Connection, OptionalExtension as _, params};

use crate::base::id::{AccountId, TokenDigest};
use crate::base::time::Timestamp;
use crate::store::record::{Record as _, flow_name as name};
use crate::store::{FlowKey, FlowKind, ReadError, StoredFlow, Version, Versioned, WriteError};

pub(super) fn by_key(
    connection: &Connection,
    key: &FlowKey,
    now: Timestamp,
) -> Result<Option<Versioned<StoredFlow>>, ReadError> {
    let stored: Option<(i64, Vec<u8>)> = connection
        .prepare_cached("SELECT version, record FROM flow WHERE cookie = ?1 AND kind = ?2 AND expires > ?3")?
        .query_row(
            params![key.cookie.as_bytes(), name(key.kind), now.unix_millis()],
            |row| Ok((row.get(0)?, row.get(1)?)),
        )
        .optional()?;
    let Some((version, record)) = stored else {
        return Ok(None);
    };
    let value = StoredFlow::from_bytes(&record)?;
    Ok(Some(Versioned {
        value,
        version: Version(version as u64),
    }))
}

fn live_version(connection: &Connection, key: &FlowKey, now: Timestamp) -> rusqlite::Result<Option<Version>> {
    connection
        .prepare_cached("SELECT version FROM flow WHERE cookie = ?1 AND kind = ?2 AND expires > ?3")?
        .query_row(
            params![key.cookie.as_bytes(), name(key.kind), now.unix_millis()],
            |row| row.get(0).map(|version: i64| Version(version as u64)),
        )
        .optional()
}

fn put(
    connection: &Connection,
    key: &FlowKey,
    flow: &StoredFlow,
    version: Version,
) -> Result<(), WriteError> {
    connection
        .prepare_cached(
            "INSERT INTO flow (cookie, kind, account, expires, version, record) VALUES (?1, ?2, ?3, ?4, ?5, ?6) \
             ON CONFLICT (cookie, kind) DO UPDATE SET account = excluded.account, \
             expires = excluded.expires, version = excluded.version, record = excluded.record",
        )?
        .execute(params![
            key.cookie.as_bytes(),
            name(key.kind),
            flow.account.as_bytes(),
            flow.expires.unix_millis(),
            version.0 as i64,
            flow.to_bytes()?,
        ])?;
    Ok(())
}

pub(super) fn create(
    connection: &Connection,
    key: &FlowKey,
    flow: &StoredFlow,
    version: Version,
    now: Timestamp,
) -> Result<(), WriteError> {
    match live_version(connection, key, now)? {
        Some(_) => Err(WriteError::Conflict),
        None => put(connection, key, flow, version),
    }
}

pub(super) fn replace(
    connection: &Connection,
    key: &FlowKey,
    flow: &StoredFlow,
    read_at: Version,
    version: Version,
    now: Timestamp,
) -> Result<(), WriteError> {
    if live_version(connection, key, now)? != Some(read_at) {
        return Err(WriteError::Conflict);
    }
    put(connection, key, flow, version)
}

pub(super) fn delete(
    connection: &Connection,
    key: &FlowKey,
    read_at: Version,
    now: Timestamp,
) -> Result<(), WriteError> {
    if live_version(connection, key, now)? != Some(read_at) {
        return Err(WriteError::Conflict);
    }
    drop_any(connection, key)
}

pub(super) fn drop_any(connection: &Connection, key: &FlowKey) -> Result<(), WriteError> {
    connection
        .prepare_cached("DELETE FROM flow WHERE cookie = ?1 AND kind = ?2")?
        .execute(params![key.cookie.as_bytes(), name(key.kind)])?;
    Ok(())
}

pub(super) fn drop_kind_of(
    connection: &Connection,
    account: AccountId,
    kind: FlowKind,
) -> Result<(), WriteError> {
    connection
        .prepare_cached("DELETE FROM flow WHERE account = ?1 AND kind = ?2")?
        .execute(params![account.as_bytes(), name(kind)])?;
    Ok(())
}

pub(super) fn delete_all_of(
    connection: &Connection,
    account: AccountId,
    except: Option<TokenDigest>,
) -> Result<(), WriteError> {
    connection
        .prepare_cached("DELETE FROM flow WHERE account = ?1 AND cookie IS NOT ?2")?
        .execute(params![
            account.as_bytes(),
            except.map(|cookie| *cookie.as_bytes())
        ])?;
    Ok(())
}

/// Deletes up to `at_most` flows that are over. Says how many.
pub(super) fn sweep(connection: &Connection, now: Timestamp, at_most: usize) -> Result<usize, WriteError> {
    Ok(connection
        .prepare_cached("DELETE FROM flow WHERE n IN (SELECT n FROM flow WHERE expires <= ?1 LIMIT ?2)")?
        .execute(params![now.unix_millis(), super::limit(at_most)])?)
}
