//! When trusted devices end, in Redis: written with each account, counted without reading any.
//!
//! ```text
//! account   devices  `ends:id ends:id`   what the set has of it; absent where it never had any
//! devices   a sorted set                 `account:id` by when it ends
//! ```
//!
//! Accounts that were written before there was such a set get into it by a walk over all of them, once: the
//! first sweep does it, page by page, and leaves a mark. A node of an older version that still runs by then
//! writes accounts without telling the set: they are counted as they were until they are written again, or
//! their devices end.

use std::sync::LazyLock;

use redis::{Script, cmd};

use super::connection::Wire;
use super::key::{self, DEVICES, FACTS};
use crate::base::time::Timestamp;
use crate::identity::account::{Account, EmailAddress};
use crate::store::{ReadError, WriteError};

/// Says, of all single values, that the walk is done.
const LISTED: &str = "devices listed";

/// Accounts that are read at a time.
const AT_ONCE: usize = 500;

static LIST: LazyLock<Script> = LazyLock::new(|| Script::new(include_str!("scripts/list_devices.lua")));

/// The devices of an account as the scripts take them.
pub(super) fn line(account: &Account) -> String {
    let devices: Vec<String> = account
        .devices
        .iter()
        .map(|device| format!("{}:{}", device.expires.unix_millis(), device.id))
        .collect();
    devices.join(" ")
}

pub(super) async fn count(wire: &Wire, now: Timestamp) -> Result<u64, ReadError> {
    let after = format!("({}", now.unix_millis());
    Ok(wire
        .ask(cmd("ZCOUNT").arg(DEVICES).arg(after).arg("+inf"))
        .await?)
}

/// Lists the devices of accounts from before there was a list, unless that has been done.
pub(super) async fn list_all_once(wire: &Wire) -> Result<(), WriteError> {
    if wire.ask(cmd("HEXISTS").arg(FACTS).arg(LISTED)).await? {
        return Ok(());
    }
    let mut after: Option<EmailAddress> = None;
    loop {
        let page = super::account::list(wire, after.as_ref(), AT_ONCE).await?;
        let Some(last) = page.last() else { break };
        after = Some(last.value.email.clone());
        let mut unlisted = Vec::new();
        for held in page.iter().filter(|held| !held.value.devices.is_empty()) {
            unlisted.push(held.value.id.to_string());
            unlisted.push(key::version(held.version));
            unlisted.push(line(&held.value));
        }
        if !unlisted.is_empty() {
            let _: String = wire.run(&LIST, unlisted).await?;
        }
    }
    let _: bool = wire.ask(cmd("HSET").arg(FACTS).arg(LISTED).arg(1)).await?;
    Ok(())
}
