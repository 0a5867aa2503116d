//! Accounts in SQLite.

use rusqlite::{Connection, OptionalExtension as _, Row, params};

use super::{change, device, flow, session};
use crate::base::id::AccountId;
use crate::identity::account::{Account, EmailAddress};
use crate::store::record::Record as _;
use crate::store::{ReadError, Version, Versioned, WriteError};

type Stored = (i64, Vec<u8>);

fn stored(row: &Row<'_>) -> rusqlite::Result<Stored> {
    Ok((row.get(0)?, row.get(1)?))
}

fn read((version, record): Stored) -> Result<Versioned<Account>, ReadError> {
    Ok(Versioned {
        value: Account::from_bytes(&record)?,
        version: Version(version as u64),
    })
}

pub(super) fn by_id(connection: &Connection, id: AccountId) -> Result<Option<Versioned<Account>>, ReadError> {
    connection
        .prepare_cached("SELECT version, record FROM account WHERE id = ?1")?
        .query_row(params![id.as_bytes()], stored)
        .optional()?
        .map(read)
        .transpose()
}

pub(super) fn by_email(
    connection: &Connection,
    email: &EmailAddress,
) -> Result<Option<Versioned<Account>>, ReadError> {
    connection
        .prepare_cached("SELECT version, record FROM account WHERE email = ?1")?
        .query_row(params![email.key()], stored)
        .optional()?
        .map(read)
        .transpose()
}

pub(super) fn list(
    connection: &Connection,
    after: Option<&EmailAddress>,
    at_most: usize,
) -> Result<Vec<Versioned<Account>>, ReadError> {
    // No address is empty: everything comes behind the empty one.
    let after = after.map_or("", EmailAddress::key);
    connection
        .prepare_cached("SELECT version, record FROM account WHERE email > ?1 ORDER BY email LIMIT ?2")?
        .query_map(params![after, super::limit(at_most)], stored)?
        .map(|row| read(row?))
        .collect()
}

fn holder_of(connection: &Connection, email: &EmailAddress) -> rusqlite::Result<Option<AccountId>> {
    connection
        .prepare_cached("SELECT id FROM account WHERE email = ?1")?
        .query_row(params![email.key()], |row| row.get(0).map(AccountId::from_bytes))
        .optional()
}

fn ensure_at(connection: &Connection, id: AccountId, read_at: Version) -> Result<(), WriteError> {
    let there = connection
        .prepare_cached("SELECT 1 FROM account WHERE id = ?1 AND version = ?2")?
        .exists(params![id.as_bytes(), read_at.0 as i64])?;
    if there { Ok(()) } else { Err(WriteError::Conflict) }
}

pub(super) fn create(connection: &Connection, account: &Account, version: Version) -> Result<(), WriteError> {
    if holder_of(connection, &account.email)?.is_some() {
        return Err(WriteError::Taken);
    }
    let written = connection
        .prepare_cached(
            "INSERT INTO account (id, email, version, record) VALUES (?1, ?2, ?3, ?4) ON CONFLICT (id) DO NOTHING",
        )?
        .execute(params![account.id.as_bytes(), account.email.key(), version.0 as i64, account.to_bytes()?])?;
    if written == 0 {
        return Err(WriteError::Conflict);
    }
    device::list(connection, account)?;
    change::account(connection, account.id)
}

pub(super) fn replace(
    connection: &Connection,
    account: &Account,
    read_at: Version,
    version: Version,
) -> Result<(), WriteError> {
    ensure_at(connection, account.id, read_at)?;
    let (record, version) = (account.to_bytes()?, version.0 as i64);
    match holder_of(connection, &account.email)? {
        Some(holder) if holder != account.id => return Err(WriteError::Taken),
        // Most keep their address: one that is named in the statement would be listed anew.
        Some(_) => connection
            .prepare_cached("UPDATE account SET version = ?2, record = ?3 WHERE id = ?1")?
            .execute(params![account.id.as_bytes(), version, record])?,
        None => connection
            .prepare_cached("UPDATE account SET email = ?2, version = ?3, record = ?4 WHERE id = ?1")?
            .execute(params![
                account.id.as_bytes(),
                account.email.key(),
                version,
                record
            ])?,
    };
    device::list(connection, account)?;
    change::account(connection, account.id)
}

pub(super) fn delete(connection: &Connection, id: AccountId, read_at: Version) -> Result<(), WriteError> {
    ensure_at(connection, id, read_at)?;
    connection
        .prepare_cached("DELETE FROM account WHERE id = ?1")?
        .execute(params![id.as_bytes()])?;
    device::forget(connection, id)?;
    change::account(connection, id)?;
    flow::delete_all_of(connection, id, None)?;
    session::end_all_of(connection, id, None)
}
