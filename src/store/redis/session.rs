//! Sessions in Redis. When one was last used stands in a key of its own beside it: it is written in
//! batches, and whoever holds a copy of the session is not told.

use std::sync::LazyLock;

use redis::{Script, cmd, pipe};

use super::account;
use super::connection::Wire;
use super::key::{self, Bytes};
use crate::base::id::{AccountId, TokenDigest};
use crate::base::time::Timestamp;
use crate::identity::session::Session;
use crate::store::record::Record as _;
use crate::store::{ReadError, Versioned, WithAccount, WriteError};

static LIST: LazyLock<Script> = LazyLock::new(|| Script::new(include_str!("scripts/list_sessions.lua")));
static WITH_ACCOUNT: LazyLock<Script> =
    LazyLock::new(|| Script::new(include_str!("scripts/session_and_account.lua")));
static TOUCH: LazyLock<Script> = LazyLock::new(|| Script::new(include_str!("scripts/touch.lua")));

const NAME: &str = "a session";

/// `used` is the last use as it was written with the record, `since` one that came later, if any.
fn read(version: &[u8], used: &[u8], since: &[u8], record: &[u8]) -> Result<Versioned<Session>, ReadError> {
    let mut value = Session::from_bytes(record)?;
    value.last_used = value.last_used.max(key::time(used, NAME)?);
    if !since.is_empty() {
        value.last_used = value.last_used.max(key::time(since, NAME)?);
    }
    Ok(Versioned {
        value,
        version: key::read_version(version, NAME)?,
    })
}

pub(super) async fn by_cookie(
    wire: &Wire,
    cookie: &TokenDigest,
) -> Result<Option<Versioned<Session>>, ReadError> {
    let mut questions = pipe();
    questions
        .add_command(
            cmd("HMGET")
                .arg(key::session(cookie))
                .arg("version")
                .arg("used")
                .arg("record")
                .take(),
        )
        .add_command(cmd("GET").arg(key::used(cookie)).take());
    let (held, since): ((Bytes, Bytes, Bytes), Bytes) = wire.ask_all(&questions).await?;
    if_there(held, since)
}

fn if_there(held: (Bytes, Bytes, Bytes), since: Bytes) -> Result<Option<Versioned<Session>>, ReadError> {
    match held {
        (None, None, None) => Ok(None),
        (Some(version), Some(used), Some(record)) => {
            read(&version, &used, &since.unwrap_or_default(), &record).map(Some)
        }
        _ => Err(key::unreadable(NAME)),
    }
}

pub(super) async fn with_account(
    wire: &Wire,
    cookie: &TokenDigest,
) -> Result<Option<WithAccount<Session>>, ReadError> {
    type Found = (Bytes, Bytes, Bytes, Bytes, Bytes, Bytes);
    let (version, used, since, record, of, account): Found =
        wire.run(&WITH_ACCOUNT, key::digest(cookie)).await?;
    let Some(session) = if_there((version, used, record), since)? else {
        return Ok(None);
    };
    Ok(Some((session, account::if_there(of, account)?)))
}

pub(super) async fn all_of(
    wire: &Wire,
    account: AccountId,
) -> Result<Vec<(TokenDigest, Session)>, ReadError> {
    let found: Vec<Vec<u8>> = wire.run(&LIST, account.to_string()).await?;
    found
        .chunks(5)
        .map(|session| {
            let [cookie, version, used, since, record] = session else {
                return Err(key::unreadable(NAME));
            };
            let cookie = key::read_digest(cookie).ok_or_else(|| key::unreadable(NAME))?;
            Ok((cookie, read(version, used, since, record)?.value))
        })
        .collect()
}

pub(super) async fn touch(wire: &Wire, used: &[(TokenDigest, Timestamp)]) -> Result<(), WriteError> {
    // In portions: whoever else asks comes in between.
    for some in used.chunks(500) {
        let noted: Vec<(String, i64)> = some
            .iter()
            .map(|(cookie, at)| (key::digest(cookie), at.unix_millis()))
            .collect();
        let _: i64 = wire.run(&TOUCH, noted).await?;
    }
    Ok(())
}
