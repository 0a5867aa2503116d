//! Single values in Redis.

use std::sync::LazyLock;

use data_encoding::HEXLOWER;
use redis::aio::MultiplexedConnection;
use redis::{RedisError, Script, cmd};

use super::connection::Wire;
use super::key::{self, ADDRESSES, FACTS, PROBE};
use super::open::OpenError;
use super::timepiece::{APART, Timepiece};
use crate::base::seal::Keyring;
use crate::base::time::Timestamp;
use crate::store::{Present, ReadError, WriteError, master_key};

/// How keys and scripts fit together. Another one cannot share a database with this.
const LAYOUT: u32 = 1;

const KEY_CHECK: &str = "key check";
const HEIRLOOMS: &str = "heirlooms";

/// Whoever has not said for so long, in seconds, to be here is gone. It is said every five.
const HERE_FOR: u32 = 20;

static RIGHTS: LazyLock<Script> = LazyLock::new(|| Script::new(include_str!("scripts/rights.lua")));
static BEGIN: LazyLock<Script> = LazyLock::new(|| Script::new(include_str!("scripts/begin.lua")));
static PROBE_AS: LazyLock<Script> = LazyLock::new(|| Script::new(include_str!("scripts/probe.lua")));
static HERE: LazyLock<Script> = LazyLock::new(|| Script::new(include_str!("scripts/here.lua")));
static REPLACE_KEY: LazyLock<Script> = LazyLock::new(|| Script::new(include_str!("scripts/key_check.lua")));
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
    let (check, heirlooms): (Option<Vec<u8>>, Option<Vec<u8>>) = cmd("HMGET")
        .arg(FACTS)
        .arg(KEY_CHECK)
        .arg(HEIRLOOMS)
        .query_async(connection)
        .await
        .map_err(failed)?;
    if begun && check.is_none() {
        return Err(OpenError::Emptied(at.to_owned()));
    }
    let _: bool = RIGHTS.key(FACTS).invoke_async(connection).await.map_err(failed)?;
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
        (Some(keys), Some(check)) => inherit(keys, &check, heirlooms.as_deref(), at),
        (Some(keys), None) => sign(connection, keys, at).await,
    }
}

fn judge(keys: &Keyring, check: &[u8]) -> Result<(), OpenError> {
    let ours = <&[u8; 32]>::try_from(check).is_ok_and(|check| master_key::is_of(keys, check));
    if ours { Ok(()) } else { Err(OpenError::Key) }
}

/// Makes sure that the data were written with one of our keys, and takes over what former ones have handed down.
fn inherit(keys: &Keyring, check: &[u8], heirlooms: Option<&[u8]>, at: &str) -> Result<(), OpenError> {
    judge(keys, check)?;
    let first = |one: &Keyring| judge(one, check).is_ok();
    keys.inherit(first, heirlooms)
        .map_err(|_| OpenError::Heirlooms(at.to_owned()))
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

pub(super) async fn heirlooms(wire: &Wire) -> Result<Option<Vec<u8>>, ReadError> {
    Ok(wire.ask(cmd("HGET").arg(FACTS).arg(HEIRLOOMS)).await?)
}

pub(super) async fn replace_key_check(
    wire: &Wire,
    from: [u8; 32],
    to: [u8; 32],
    heirlooms: Vec<u8>,
) -> Result<(), WriteError> {
    let told = (&from[..], &to[..], heirlooms);
    let done: bool = wire
        .run_kept(&REPLACE_KEY, FACTS, told, |done: &bool| *done)
        .await?;
    if done { Ok(()) } else { Err(WriteError::Conflict) }
}

/// A write that means nothing, to see whether one is possible; `presence` tells the others that we are here.
pub(super) async fn probe(wire: &Wire, presence: Option<(&str, &Keyring)>) -> Result<(), ReadError> {
    let Some((name, keys)) = presence else {
        return Ok(wire.tell(cmd("SET").arg(PROBE).arg("1")).await?);
    };
    let checks: Vec<String> = master_key::checks_of(keys)
        .iter()
        .map(|check| HEXLOWER.encode(check))
        .collect();
    let told = (name, checks.join(" "));
    let _: bool = wire.run_kept(&PROBE_AS, FACTS, told, |_: &bool| true).await?;
    Ok(())
}

pub(super) async fn present(wire: &Wire) -> Result<Vec<Present>, ReadError> {
    let told: Vec<(String, String)> = wire.run(&HERE, HERE_FOR).await?;
    let read = |check: &str| {
        let octets = HEXLOWER.decode(check.as_bytes()).ok();
        octets
            .and_then(|it| it.try_into().ok())
            .ok_or_else(|| key::unreadable("who is here"))
    };
    told.into_iter()
        .map(|(name, checks)| {
            let keys = checks.split(' ').map(read).collect::<Result<_, _>>()?;
            Ok(Present { name, keys })
        })
        .collect()
}
