//! Flows in Redis. One that is over is absent, whatever still lies there.

use redis::cmd;

use super::connection::Wire;
use super::key;
use crate::base::time::Timestamp;
use crate::store::record::Record as _;
use crate::store::{FlowKey, ReadError, StoredFlow, Versioned};

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
    type Bytes = Option<Vec<u8>>;
    let found: (Bytes, Bytes, Bytes) = wire.ask(&question).await?;
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
