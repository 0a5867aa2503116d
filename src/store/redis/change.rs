//! The stream of changes in Redis, written by the script that changes.
//!
//! An entry's number is Redis's clock and a running number behind it. In an emptied database or one that was put
//! back the entry that a mark stands for is no longer there, and whoever asks is told
//! [`Changed::Everything`]. After a failover to a replica that has not seen the newest entries another one may
//! have the same number by now; so a mark says whose stream it stands in, by the id under which a primary
//! replicates, and each primary goes on under another one.

use std::sync::LazyLock;

use redis::Script;

use super::connection::Wire;
use super::key;
use crate::base::id::AccountId;
use crate::base::time::Timestamp;
use crate::store::{Changed, Mark, ReadError};

static CHANGES_SINCE: LazyLock<Script> = LazyLock::new(|| Script::new(include_str!("scripts/changes.lua")));

/// Bits of a mark that hold the running number within a millisecond. Where it is beyond them, the
/// mark stands for no entry: everything is told, and nothing is missed.
const RUNNING_BITS: u32 = 20;

const NAME: &str = "the stream of changes";

/// What Redis says when it is asked what has changed.
pub(super) struct Told {
    /// When, by its own clock.
    pub(super) at: Timestamp,
    /// Where the stream ends.
    pub(super) end: Mark,
    pub(super) changes: Vec<Changed>,
}

/// Of 160 random bits 63; never 0, which stands for no mark at all.
fn read_lineage(replication_id: &[u8]) -> Result<u64, ReadError> {
    let text = std::str::from_utf8(replication_id).ok();
    let number = text.and_then(|it| u64::from_str_radix(it.get(..16)?, 16).ok());
    number.map(|it| it | 1).ok_or_else(|| key::unreadable(NAME))
}

fn read_number(entry: &[u8]) -> Result<u64, ReadError> {
    let text = std::str::from_utf8(entry).ok();
    let (millis, running) = text
        .and_then(|it| it.split_once('-'))
        .ok_or_else(|| key::unreadable(NAME))?;
    let millis: u64 = key::number(millis.as_bytes(), NAME)?;
    let running: u64 = key::number(running.as_bytes(), NAME)?;
    Ok(millis << RUNNING_BITS | running.min((1 << RUNNING_BITS) - 1))
}

fn entry(mark: Mark) -> String {
    format!(
        "{}-{}",
        mark.number >> RUNNING_BITS,
        mark.number & ((1 << RUNNING_BITS) - 1)
    )
}

fn read_change(kind: &[u8], name: &[u8]) -> Result<Option<Changed>, ReadError> {
    let account = || AccountId::parse(std::str::from_utf8(name).ok()?).map(Changed::Account);
    let whole = match kind {
        b"begin" => return Ok(None),
        b"everything" => Some(Changed::Everything),
        b"account" => account(),
        b"session" => key::read_digest(name).map(Changed::Session),
        _ => None,
    };
    whole.map(Some).ok_or_else(|| key::unreadable(NAME))
}

pub(super) async fn mark(wire: &Wire) -> Result<Mark, ReadError> {
    since(wire, Mark::default()).await.map(|told| told.end)
}

pub(super) async fn since(wire: &Wire, mark: Mark) -> Result<Told, ReadError> {
    let told: Vec<Vec<u8>> = wire.run_for_life(&CHANGES_SINCE, entry(mark)).await?;
    let Some(([at, replication_id, end], changes)) = told.split_first_chunk::<3>() else {
        return Err(key::unreadable(NAME));
    };
    let end = Mark {
        number: read_number(end)?,
        lineage: read_lineage(replication_id)?,
    };
    let mut all = Vec::new();
    for change in changes.chunks(2) {
        let [kind, name] = change else {
            return Err(key::unreadable(NAME));
        };
        all.extend(read_change(kind, name)?);
    }
    if end.lineage != mark.lineage {
        all = vec![Changed::Everything];
    }
    Ok(Told {
        at: key::time(at, NAME)?,
        end,
        changes: all,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_stands_for_one_entry() {
        for id in [
            "0-0",
            "1800000000000-0",
            "1800000000000-77",
            "9999999999999-1048575",
        ] {
            assert_eq!(entry(Mark::at(read_number(id.as_bytes()).unwrap())), id);
        }
        let order = ["1-9", "2-0", "2-1", "10-0"].map(|id| read_number(id.as_bytes()).unwrap());
        assert!(order.is_sorted());
        for damaged in ["", "1", "-", "1-", "-1", "a-b"] {
            assert!(matches!(
                read_number(damaged.as_bytes()),
                Err(ReadError::Unreadable(_))
            ));
        }
    }
}
