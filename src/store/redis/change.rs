//! The stream of changes in Redis, written by the script that changes.
//!
//! An entry's number is Redis's clock and a running number behind it. A failover to a replica that has
//! not seen the newest entries, an emptied database or one that was put back: in each of them the
//! entry that a mark stands for is no longer there, and whoever asks is told [`Changed::Everything`].

use std::sync::LazyLock;

use redis::{Script, cmd};

use super::connection::Wire;
use super::key::{self, CHANGES};
use crate::base::id::AccountId;
use crate::store::{Changed, Mark, ReadError};

static CHANGES_SINCE: LazyLock<Script> = LazyLock::new(|| Script::new(include_str!("scripts/changes.lua")));

/// Bits of a mark that hold the running number within a millisecond. Where it is beyond them, the
/// mark stands for no entry: everything is told, and nothing is missed.
const RUNNING_BITS: u32 = 20;

const NAME: &str = "the stream of changes";

fn read_mark(entry: &[u8]) -> Result<Mark, ReadError> {
    let text = std::str::from_utf8(entry).ok();
    let (millis, running) = text
        .and_then(|it| it.split_once('-'))
        .ok_or_else(|| key::unreadable(NAME))?;
    let millis: u64 = key::number(millis.as_bytes(), NAME)?;
    let running: u64 = key::number(running.as_bytes(), NAME)?;
    Ok(Mark(
        millis << RUNNING_BITS | running.min((1 << RUNNING_BITS) - 1),
    ))
}

fn entry(mark: Mark) -> String {
    format!(
        "{}-{}",
        mark.0 >> RUNNING_BITS,
        mark.0 & ((1 << RUNNING_BITS) - 1)
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
    let question = cmd("XREVRANGE")
        .arg(CHANGES)
        .arg("+")
        .arg("-")
        .arg("COUNT")
        .arg(1)
        .take();
    let newest: Vec<(Vec<u8>, redis::Value)> = wire.ask(&question).await?;
    newest
        .first()
        .map_or(Ok(Mark::default()), |(entry, _)| read_mark(entry))
}

pub(super) async fn since(wire: &Wire, mark: Mark) -> Result<(Mark, Vec<Changed>), ReadError> {
    let told: Vec<Vec<u8>> = wire.run_for_life(&CHANGES_SINCE, entry(mark)).await?;
    let (end, changes) = told.split_first().ok_or_else(|| key::unreadable(NAME))?;
    let mut all = Vec::new();
    for change in changes.chunks(2) {
        let [kind, name] = change else {
            return Err(key::unreadable(NAME));
        };
        all.extend(read_change(kind, name)?);
    }
    Ok((read_mark(end)?, all))
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
            assert_eq!(entry(read_mark(id.as_bytes()).unwrap()), id);
        }
        let order = ["1-9", "2-0", "2-1", "10-0"].map(|id| read_mark(id.as_bytes()).unwrap());
        assert!(order.is_sorted());
        for damaged in ["", "1", "-", "1-", "-1", "a-b"] {
            assert!(matches!(
                read_mark(damaged.as_bytes()),
                Err(ReadError::Unreadable(_))
            ));
        }
    }
}
