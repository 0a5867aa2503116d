//! Flows in Redis. One that is over is absent, whatever still lies there.

use std::sync::LazyLock;

use redis::{Script, cmd};

use super::account;
use super::connection::Wire;
use super::key::{self, Bytes};
use crate::base::time::Timestamp;
use crate::store::record::Record as _;
use crate::store::{FlowKey, ReadError, StoredFlow, Versioned, WithAccount};

static WITH_ACCOUNT: LazyLock<Script> =
    LazyLock::new(|| Script::new(include_str!("scripts/flow_and_account.lua")));

const NAME: &str = "a flow";

pub(super) async fn by_key(
    wire: &Wire,
    key: &FlowKey,
    now: Timestamp,
) -> Result<Option<Versioned<StoredFlow>>, ReadError> {
    let question = cmd("HMGET")
        .arg(key::flow(key))
        .arg("version")
        .arg("expires")
        .arg("record")
        .take();
    let found: (Bytes, Bytes, Bytes) = wire.ask(&question).await?;
    if_live(found, now)
}

fn if_live(found: (Bytes, Bytes, Bytes), now: Timestamp) -> Result<Option<Versioned<StoredFlow>>, ReadError> {
    match found {
        (None, None, None) => Ok(None),
        (Some(version), Some(expires), Some(record)) => {
            if now >= key::time(&expires, NAME)? {
                return Ok(None);
            }
            Ok(Some(Versioned {
                value: StoredFlow::from_bytes(&record)?,
                version: key::read_version(&version, NAME)?,
            }))
        }
        _ => Err(key::unreadable(NAME)),
    }
}

pub(super) async fn with_account(
    wire: &Wire,
    key: &FlowKey,
    now: Timestamp,
) -> Result<Option<WithAccount<StoredFlow>>, ReadError> {
    type Found = (Bytes, Bytes, Bytes, Bytes, Bytes);
    let (version, expires, record, of, account): Found =
        wire.run(&WITH_ACCOUNT, key::flow_under(key)).await?;
    let Some(flow) = if_live((version, expires, record), now)? else {
        return Ok(None);
    };
    Ok(Some((flow, account::if_there(of, account)?)))
}
