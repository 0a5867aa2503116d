//! Single values in Redis.

use std::sync::LazyLock;

use redis::{Script, cmd};

use super::connection::{OpenError, Wire};
use super::key::{self, FACTS, PROBE};
use crate::base::time::Timestamp;
use crate::store::{ReadError, WriteError};

/// How keys and scripts fit together. Another one cannot share a database with this.
const LAYOUT: u32 = 1;

static BEGIN: LazyLock<Script> = LazyLock::new(|| Script::new(include_str!("scripts/begin.lua")));
static NEWEST_TIME: LazyLock<Script> = LazyLock::new(|| Script::new(include_str!("scripts/newest_time.lua")));

/// Makes an empty database ours; refuses one that is laid out otherwise.
pub(super) async fn begin(wire: &Wire) -> Result<(), OpenError> {
    let found: String = wire
        .run(&BEGIN, LAYOUT)
        .await
        .map_err(|source| OpenError::Backend {
            at: wire.at(),
            source,
        })?;
    if found == LAYOUT.to_string() {
        return Ok(());
    }
    Err(OpenError::Layout {
        at: wire.at(),
        found,
        known: LAYOUT,
    })
}

pub(super) async fn newest_time(wire: &Wire, now: Timestamp) -> Result<Timestamp, WriteError> {
    let newest: Vec<u8> = wire.run(&NEWEST_TIME, now.unix_millis()).await?;
    Ok(key::time(&newest, "the newest time")?)
}

pub(super) async fn key_check(wire: &Wire) -> Result<Option<[u8; 32]>, ReadError> {
    let value: Option<Vec<u8>> = wire.ask(cmd("HGET").arg(FACTS).arg("key check")).await?;
    let whole = |value: Vec<u8>| {
        value
            .try_into()
            .map_err(|_| key::unreadable("the key check value"))
    };
    value.map(whole).transpose()
}

pub(super) async fn set_key_check(wire: &Wire, value: [u8; 32]) -> Result<(), WriteError> {
    let new: bool = wire
        .ask(cmd("HSETNX").arg(FACTS).arg("key check").arg(&value[..]))
        .await?;
    if new { Ok(()) } else { Err(WriteError::Conflict) }
}

/// A write that means nothing, to see whether one is possible.
pub(super) async fn probe(wire: &Wire) -> Result<(), ReadError> {
    Ok(wire.ask(cmd("SET").arg(PROBE).arg("1")).await?)
}
