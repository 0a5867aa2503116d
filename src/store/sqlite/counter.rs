//! Counts in SQLite. The writer is alone, so reading, judging and writing a count is one step.

use std::cmp::Reverse;

use rusqlite::{Connection, OptionalExtension as _, params};

use crate::base::time::Timestamp;
use crate::identity::throttle::{Limit, Stroke, Tally, Waits};
use crate::store::record::Record as _;
use crate::store::{CounterKey, ReadError, Struck, WriteError};

fn tally(connection: &Connection, key: &CounterKey) -> Result<Option<Tally>, ReadError> {
    let record: Option<Vec<u8>> = connection
        .prepare_cached("SELECT record FROM counter WHERE key = ?1")?
        .query_row(params![key.0], |row| row.get(0))
        .optional()?;
    record.map(|record| Tally::from_bytes(&record)).transpose()
}

pub(super) fn count(connection: &Connection, key: &CounterKey) -> Result<u32, ReadError> {
    Ok(tally(connection, key)?.map_or(0, |tally| tally.count()))
}

/// A count may lie a little longer than it matters. Counted once more, it keeps its place in the list of ends then,
/// and one page less is written.
const LIES_UP_TO: i64 = 60 * 60 * 1000;

fn put(connection: &Connection, key: &CounterKey, tally: &Tally, limit: &Limit) -> Result<(), WriteError> {
    let ends = tally.ends(limit).map(|ends| {
        let ends = ends.unix_millis();
        ends.saturating_add(LIES_UP_TO - 1 - (ends - 1).rem_euclid(LIES_UP_TO))
    });
    let record = tally.to_bytes()?;
    let kept_its_place = connection
        .prepare_cached("UPDATE counter SET record = ?3 WHERE key = ?1 AND ends IS ?2")?
        .execute(params![key.0, ends, record])?;
    if kept_its_place > 0 {
        return Ok(());
    }
    connection
        .prepare_cached(
            "INSERT INTO counter (key, ends, record) VALUES (?1, ?2, ?3) \
             ON CONFLICT (key) DO UPDATE SET ends = excluded.ends, record = excluded.record",
        )?
        .execute(params![key.0, ends, record])?;
    Ok(())
}

/// The longest wait, and its place; of equals the first.
fn longest<'a>(
    connection: &Connection,
    keys: impl Iterator<Item = &'a CounterKey>,
    now: Timestamp,
) -> Result<Option<(Waits, usize)>, ReadError> {
    let mut longest = None;
    for (place, key) in keys.enumerate() {
        let waits = tally(connection, key)?.and_then(|tally| tally.waits(now));
        longest = longest.max(waits.map(|waits| (waits, Reverse(place))));
    }
    Ok(longest.map(|(waits, Reverse(place))| (waits, place)))
}

pub(super) fn strike(
    connection: &Connection,
    strokes: &[(CounterKey, Stroke)],
    now: Timestamp,
) -> Result<Struck, WriteError> {
    if let Some((waits, place)) = longest(connection, strokes.iter().map(|(key, _)| key), now)? {
        return Ok(Struck::Wait { waits, place });
    }
    let mut reached = Vec::new();
    for (place, (key, stroke)) in strokes.iter().enumerate() {
        let (tally, reaches) = tally(connection, key)?.unwrap_or_default().struck(stroke, now);
        if reaches {
            reached.push(place);
        }
        put(connection, key, &tally, &stroke.limit)?;
    }
    Ok(Struck::Go { reached })
}

pub(super) fn refund(
    connection: &Connection,
    strokes: &[(CounterKey, Stroke)],
    now: Timestamp,
) -> Result<(), WriteError> {
    for (key, stroke) in strokes {
        if let Some(tally) = tally(connection, key)? {
            put(connection, key, &tally.refunded(stroke, now), &stroke.limit)?;
        }
    }
    Ok(())
}

pub(super) fn clear(connection: &Connection, keys: &[CounterKey]) -> Result<(), WriteError> {
    let mut statement = connection.prepare_cached("DELETE FROM counter WHERE key = ?1")?;
    for key in keys {
        statement.execute(params![key.0])?;
    }
    Ok(())
}

pub(super) fn waits(
    connection: &Connection,
    keys: &[CounterKey],
    now: Timestamp,
) -> Result<Option<Waits>, ReadError> {
    Ok(longest(connection, keys.iter(), now)?.map(|(waits, _)| waits))
}

/// Forgets up to `at_most` counts that no longer matter. Says how many.
pub(super) fn sweep(connection: &Connection, now: Timestamp, at_most: usize) -> Result<usize, WriteError> {
    Ok(connection
        .prepare_cached(
            "DELETE FROM counter WHERE key IN (SELECT key FROM counter WHERE ends <= ?1 LIMIT ?2)",
        )?
        .execute(params![now.unix_millis(), super::limit(at_most)])?)
}
