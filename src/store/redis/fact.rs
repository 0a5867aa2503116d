//! Single values in Redis.

use std::sync::LazyLock;

use redis::aio::MultiplexedConnection;
use redis::{RedisError, Script, cmd};

use super::connection::Wire;
use super::key::{self, ADDRESSES, FACTS, PROBE};
use super::open::OpenError;
use super::timepiece::{APART, Timepiece};
use crate::base::seal::Keyring;
use crate::base::time::Timestamp;
use crate::store::{ReadError, WriteError, master_key};

/// How keys and scripts fit together. Another one cannot share a database with this.
const LAYOUT: u32 = 1;

const KEY_CHECK: &str = "key check";

static BEGIN: LazyLock<Script> = LazyLock::new(|| Script::new(include_str!("scripts/begin.lua")));
static NEWEST_TIME: LazyLock<Script> = LazyLock::new(|| Script::new(include_str!("scripts/newest_time.lua")));

/// Makes sure that what answers is a database of ours, written with our key; makes an empty one ours.
/// `begun` says that it held our data before: then it must not be empty.
pub(super) async fn greet(
    connection: &mut MultiplexedConnection,
    keys: Option<&Keyring>,
    begun: bool,
    at: &str,
) -> Result<(), OpenError> {
    let failed = |error: RedisError| OpenError::of(&error, at);
    let check: Option<Vec<u8>> = key_check_command()
        .query_async(connection)
        .await
        .map_err(failed)?;
    if begun && check.is_none() {
        return Err(OpenError::Emptied(at.to_owned()));
    }
    let found: String = BEGIN
        .key(FACTS)
        .arg(LAYOUT)
        .invoke_async(connection)
        .await
        .map_err(failed)?;
    if found != LAYOUT.to_string() {
        return Err(OpenError::Layout {
            at: at.to_owned(),
            found,
            known: LAYOUT,
        });
    }
    match (keys, check) {
        (None, _) => Ok(()),
        (Some(keys), Some(check)) => judge(keys, &check),
        (Some(keys), None) => sign(connection, keys, at).await,
    }
}

fn judge(keys: &Keyring, check: &[u8]) -> Result<(), OpenError> {
    let ours = <&[u8; 32]>::try_from(check).is_ok_and(|check| master_key::is_of(keys, check));
    if ours { Ok(()) } else { Err(OpenError::Key) }
}

/// Leaves the mark of our key on new data.
async fn sign(connection: &mut MultiplexedConnection, keys: &Keyring, at: &str) -> Result<(), OpenError> {
    let failed = |error: RedisError| OpenError::of(&error, at);
    let accounts: u64 = cmd("ZCARD")
        .arg(ADDRESSES)
        .query_async(connection)
        .await
        .map_err(failed)?;
    if accounts > 0 {
        return Err(OpenError::Unchecked(at.to_owned()));
    }
    let () = cmd("HSETNX")
        .arg(FACTS)
        .arg(KEY_CHECK)
        .arg(&master_key::check_of(keys)[..])
        .query_async(connection)
        .await
        .map_err(failed)?;
    // Another first start may have been quicker.
    let check: Vec<u8> = key_check_command()
        .query_async(connection)
        .await
        .map_err(failed)?;
    judge(keys, &check)
}

fn key_check_command() -> redis::Cmd {
    cmd("HGET").arg(FACTS).arg(KEY_CHECK).take()
}

/// Makes sure that this machine's clock and that of Redis agree.
pub(super) async fn compare_clocks(
    connection: &mut MultiplexedConnection,
    timepiece: &Timepiece,
    at: &str,
) -> Result<(), OpenError> {
    let asked = timepiece.here();
    let (seconds, micros): (i64, i64) = cmd("TIME")
        .query_async(connection)
        .await
        .map_err(|error| OpenError::of(&error, at))?;
    let there = Timestamp::from_unix_millis(seconds.saturating_mul(1000).saturating_add(micros / 1000));
    timepiece.compare(asked, there).map_err(|apart| OpenError::Clock {
        at: at.to_owned(),
        source: apart.into(),
    })
}

/// A node whose clock is wrong stores nothing: not even one that was right when it was last looked at.
pub(super) async fn newest_time(
    wire: &Wire,
    timepiece: &Timepiece,
    now: Timestamp,
) -> Result<Timestamp, WriteError> {
    let here = timepiece.here().map(|it| it.unix_millis().to_string());
    let told = (
        now.unix_millis(),
        here.unwrap_or_default(),
        APART.as_millis() as u64,
    );
    let newest: Vec<u8> = wire.run(&NEWEST_TIME, told).await?;
    Ok(key::time(&newest, "the newest time")?)
}

pub(super) async fn key_check(wire: &Wire) -> Result<Option<[u8; 32]>, ReadError> {
    let value: Option<Vec<u8>> = wire.ask(&key_check_command()).await?;
    let whole = |value: Vec<u8>| {
        value
            .try_into()
            .map_err(|_| key::unreadable("the key check value"))
    };
    value.map(whole).transpose()
}

pub(super) async fn set_key_check(wire: &Wire, value: [u8; 32]) -> Result<(), WriteError> {
    let new: bool = wire
        .ask(cmd("HSETNX").arg(FACTS).arg(KEY_CHECK).arg(&value[..]))
        .await?;
    if new { Ok(()) } else { Err(WriteError::Conflict) }
}

/// A write that means nothing, to see whether one is possible.
pub(super) async fn probe(wire: &Wire) -> Result<(), ReadError> {
    Ok(wire.tell(cmd("SET").arg(PROBE).arg("1")).await?)
}
