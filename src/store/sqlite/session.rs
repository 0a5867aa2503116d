//! Sessions in SQLite. The column `last_used` is ahead of the record: it is written in batches.

use rusqlite::{Connection, OptionalExtension as _, Row, params};

use super::change;
use crate::base::id::{AccountId, SessionId, TokenDigest};
use crate::base::time::Timestamp;
use crate::identity::session::Session;
use crate::store::record::Record as _;
use crate::store::{Committed, ReadError, Version, Versioned, WriteError};

struct Stored {
    cookie: TokenDigest,
    last_used: i64,
    version: i64,
    record: Vec<u8>,
}

fn stored(row: &Row<'_>) -> rusqlite::Result<Stored> {
    Ok(Stored {
        cookie: TokenDigest::from_bytes(row.get(0)?),
        last_used: row.get(1)?,
        version: row.get(2)?,
        record: row.get(3)?,
    })
}

fn read(stored: &Stored) -> Result<Versioned<Session>, ReadError> {
    let mut value = Session::from_bytes(&stored.record)?;
    value.last_used = value.last_used.max(Timestamp::from_unix_millis(stored.last_used));
    Ok(Versioned {
        value,
        version: Version(stored.version as u64),
    })
}

fn cookie(row: &Row<'_>) -> rusqlite::Result<TokenDigest> {
    row.get(0).map(TokenDigest::from_bytes)
}

pub(super) fn by_cookie(
    connection: &Connection,
    cookie: &TokenDigest,
) -> Result<Option<Versioned<Session>>, ReadError> {
    connection
        .prepare_cached("SELECT cookie, last_used, version, record FROM session WHERE cookie = ?1")?
        .query_row(params![cookie.as_bytes()], stored)
        .optional()?
        .map(|stored| read(&stored))
        .transpose()
}

pub(super) fn all_of(
    connection: &Connection,
    account: AccountId,
) -> Result<Vec<(TokenDigest, Session)>, ReadError> {
    connection
        .prepare_cached(
            "SELECT cookie, last_used, version, record FROM session WHERE account = ?1 ORDER BY opened, n",
        )?
        .query_map(params![account.as_bytes()], stored)?
        .map(|row| {
            let stored = row?;
            Ok((stored.cookie, read(&stored)?.value))
        })
        .collect()
}

pub(super) fn open(
    connection: &Connection,
    cookie: &TokenDigest,
    session: &Session,
    at_most: usize,
    version: Version,
    done: &mut Committed,
) -> Result<(), WriteError> {
    let written = connection
        .prepare_cached(
            "INSERT INTO session (cookie, id, account, opened, last_used, ends, version, record) \
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) ON CONFLICT (cookie) DO NOTHING",
        )?
        .execute(params![
            cookie.as_bytes(),
            session.id.as_bytes(),
            session.account.as_bytes(),
            session.opened.unix_millis(),
            session.last_used.unix_millis(),
            session.ends.map(Timestamp::unix_millis),
            version.0 as i64,
            session.to_bytes()?,
        ])?;
    if written == 0 {
        return Err(WriteError::Conflict);
    }
    change::session(connection, cookie)?;
    make_room(connection, cookie, session.account, at_most, done)
}

fn make_room(
    connection: &Connection,
    opened: &TokenDigest,
    account: AccountId,
    at_most: usize,
    done: &mut Committed,
) -> Result<(), WriteError> {
    let mut others: Vec<(TokenDigest, SessionId)> = connection
        .prepare_cached(
            "SELECT cookie, id FROM session WHERE account = ?1 AND cookie <> ?2 AND ends IS NULL ORDER BY opened, n",
        )?
        .query_map(params![account.as_bytes(), opened.as_bytes()], |row| {
            Ok((cookie(row)?, SessionId::from_bytes(row.get(1)?)))
        })?
        .collect::<Result<_, _>>()?;
    let surplus = (others.len() + 1).saturating_sub(at_most.max(1));
    others.truncate(surplus);
    for (oldest, id) in others {
        end(connection, &oldest)?;
        done.displaced.push(id);
    }
    Ok(())
}

pub(super) fn replace(
    connection: &Connection,
    cookie: &TokenDigest,
    session: &Session,
    read_at: Version,
    version: Version,
) -> Result<(), WriteError> {
    let written = connection
        .prepare_cached(
            "UPDATE session SET id = ?3, account = ?4, opened = ?5, last_used = max(last_used, ?6), ends = ?7, \
             version = ?8, record = ?9 WHERE cookie = ?1 AND version = ?2",
        )?
        .execute(params![
            cookie.as_bytes(),
            read_at.0 as i64,
            session.id.as_bytes(),
            session.account.as_bytes(),
            session.opened.unix_millis(),
            session.last_used.unix_millis(),
            session.ends.map(Timestamp::unix_millis),
            version.0 as i64,
            session.to_bytes()?,
        ])?;
    if written == 0 {
        return Err(WriteError::Conflict);
    }
    change::session(connection, cookie)
}

pub(super) fn end(connection: &Connection, cookie: &TokenDigest) -> Result<(), WriteError> {
    let ended: Option<(Vec<u8>, Vec<u8>)> = connection
        .prepare_cached("DELETE FROM session WHERE cookie = ?1 RETURNING account, id")?
        .query_row(params![cookie.as_bytes()], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    let Some((account, id)) = ended else { return Ok(()) };
    change::session(connection, cookie)?;
    let superseded = connection
        .prepare_cached(
            "DELETE FROM session WHERE account = ?1 AND id = ?2 AND ends IS NOT NULL RETURNING cookie",
        )?
        .query_map(params![account, id], self::cookie)?
        .collect::<Result<Vec<_>, _>>()?;
    superseded
        .iter()
        .try_for_each(|cookie| change::session(connection, cookie))
}

pub(super) fn end_all_of(
    connection: &Connection,
    account: AccountId,
    except: Option<TokenDigest>,
) -> Result<(), WriteError> {
    let ended = connection
        .prepare_cached("DELETE FROM session WHERE account = ?1 AND cookie IS NOT ?2 RETURNING cookie")?
        .query_map(
            params![account.as_bytes(), except.map(|cookie| *cookie.as_bytes())],
            cookie,
        )?
        .collect::<Result<Vec<_>, _>>()?;
    ended
        .iter()
        .try_for_each(|cookie| change::session(connection, cookie))
}

pub(super) fn touch(connection: &Connection, used: &[(TokenDigest, Timestamp)]) -> Result<(), WriteError> {
    let mut statement = connection
        .prepare_cached("UPDATE session SET last_used = ?2 WHERE cookie = ?1 AND last_used < ?2")?;
    for (cookie, at) in used {
        statement.execute(params![cookie.as_bytes(), at.unix_millis()])?;
    }
    Ok(())
}

/// Ends up to `at_most` sessions that are over. Says how many.
pub(super) fn sweep(
    connection: &Connection,
    now: Timestamp,
    opened_before: Timestamp,
    at_most: usize,
) -> Result<usize, WriteError> {
    let ended = connection
        .prepare_cached(
            "DELETE FROM session WHERE n IN (\
               SELECT n FROM session WHERE opened < ?1 UNION ALL SELECT n FROM session WHERE ends <= ?2 LIMIT ?3\
             ) RETURNING cookie",
        )?
        .query_map(
            params![
                opened_before.unix_millis(),
                now.unix_millis(),
                super::limit(at_most)
            ],
            cookie,
        )?
        .collect::<Result<Vec<_>, _>>()?;
    ended
        .iter()
        .try_for_each(|cookie| change::session(connection, cookie))?;
    Ok(ended.len())
}
