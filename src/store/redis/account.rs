//! Accounts in Redis.

use std::sync::LazyLock;

use redis::{Script, cmd};

use super::connection::Wire;
use super::key::{self, Bytes};
use crate::base::id::AccountId;
use crate::identity::account::{Account, EmailAddress};
use crate::store::record::Record as _;
use crate::store::{ReadError, Versioned};

static BY_ADDRESS: LazyLock<Script> = LazyLock::new(|| Script::new(include_str!("scripts/by_address.lua")));
static LIST: LazyLock<Script> = LazyLock::new(|| Script::new(include_str!("scripts/list_accounts.lua")));

fn read(version: &[u8], record: &[u8]) -> Result<Versioned<Account>, ReadError> {
    Ok(Versioned {
        value: Account::from_bytes(record)?,
        version: key::read_version(version, "an account")?,
    })
}

pub(super) async fn by_id(wire: &Wire, id: AccountId) -> Result<Option<Versioned<Account>>, ReadError> {
    let question = cmd("HMGET")
        .arg(key::account(id))
        .arg("version")
        .arg("record")
        .take();
    let (version, record): (Bytes, Bytes) = wire.ask(&question).await?;
    if_there(version, record)
}

/// An account by its fields, where both are there or neither is.
pub(super) fn if_there(version: Bytes, record: Bytes) -> Result<Option<Versioned<Account>>, ReadError> {
    match (version, record) {
        (None, None) => Ok(None),
        (Some(version), Some(record)) => read(&version, &record).map(Some),
        _ => Err(key::unreadable("an account")),
    }
}

pub(super) async fn by_address(
    wire: &Wire,
    email: &EmailAddress,
) -> Result<Option<Versioned<Account>>, ReadError> {
    let found: Vec<Bytes> = wire.run(&BY_ADDRESS, email.key()).await?;
    match found.as_slice() {
        [] => Ok(None),
        [Some(version), Some(record)] => read(version, record).map(Some),
        // An address that leads nowhere is no address without an account.
        _ => Err(key::unreadable("an account")),
    }
}

pub(super) async fn list(
    wire: &Wire,
    after: Option<&EmailAddress>,
    at_most: usize,
) -> Result<Vec<Versioned<Account>>, ReadError> {
    // No address is empty: everything comes behind the empty one.
    let after = after.map_or("", EmailAddress::key);
    let found: Vec<Bytes> = wire.run(&LIST, (after, key::limit(at_most))).await?;
    found
        .chunks(2)
        .map(|account| match account {
            [Some(version), Some(record)] => read(version, record),
            _ => Err(key::unreadable("an account")),
        })
        .collect()
}
