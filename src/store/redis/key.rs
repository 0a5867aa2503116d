//! Names of keys, and how ids and times stand in them.
//!
//! The scripts build names of the same shape; `{doorward}` is written out there, so that each of them
//! can be read by itself.

use data_encoding::BASE64URL_NOPAD;

use crate::base::id::{AccountId, TokenDigest};
use crate::base::time::Timestamp;
use crate::store::record::flow_name;
use crate::store::{BackendError, CounterKey, FlowKey, ReadError, Version};

/// What a field holds, if there is one.
pub(super) type Bytes = Option<Vec<u8>>;

/// Single values by name. It goes with every script, too: a Cluster finds the slot by it.
pub(super) const FACTS: &str = "{doorward}:facts";

/// What every count's name begins with.
pub(super) const COUNTS: &str = "{doorward.counts}:";

/// Accounts by address.
pub(super) const ADDRESSES: &str = "{doorward}:addresses";

/// What has changed.
pub(super) const CHANGES: &str = "{doorward}:changes";

/// Trusted devices by when they end.
pub(super) const DEVICES: &str = "{doorward}:devices";

/// Letters by when they were written.
pub(super) const LETTERS: &str = "{doorward}:letters";

/// Written to see whether it can be.
pub(super) const PROBE: &str = "{doorward}:probe";

/// A digest of a cookie, or another one of as many bytes.
pub(super) fn digest(cookie: &TokenDigest) -> String {
    BASE64URL_NOPAD.encode(cookie.as_bytes())
}

pub(super) fn read_digest(printed: &[u8]) -> Option<TokenDigest> {
    let bytes = BASE64URL_NOPAD.decode(printed).ok()?;
    bytes.try_into().ok().map(TokenDigest::from_bytes)
}

pub(super) fn account(id: AccountId) -> String {
    format!("{{doorward}}:account:{id}")
}

pub(super) fn session(cookie: &TokenDigest) -> String {
    format!("{{doorward}}:session:{}", digest(cookie))
}

pub(super) fn used(cookie: &TokenDigest) -> String {
    format!("{{doorward}}:used:{}", digest(cookie))
}

/// What a flow is called behind `flow:`.
pub(super) fn flow_under(key: &FlowKey) -> String {
    format!("{}:{}", flow_name(key.kind), digest(&key.cookie))
}

pub(super) fn flow(key: &FlowKey) -> String {
    format!("{{doorward}}:flow:{}", flow_under(key))
}

pub(super) fn count(key: &CounterKey) -> String {
    format!("{COUNTS}{}", key.0)
}

/// The events of an account, or all.
pub(super) fn events(account: Option<AccountId>) -> String {
    match account {
        Some(id) => format!("{{doorward}}:events:{id}"),
        None => "{doorward}:events".to_owned(),
    }
}

/// As the scripts write it: compared letter by letter.
pub(super) fn version(version: Version) -> String {
    format!("{:016}", version.0)
}

/// What is there and cannot be read.
pub(super) fn unreadable(what: &str) -> ReadError {
    ReadError::Unreadable(BackendError(format!("{what} is not as it was written")))
}

pub(super) fn number<T: std::str::FromStr>(bytes: &[u8], what: &str) -> Result<T, ReadError> {
    std::str::from_utf8(bytes)
        .ok()
        .and_then(|text| text.parse().ok())
        .ok_or_else(|| unreadable(what))
}

pub(super) fn read_version(bytes: &[u8], what: &str) -> Result<Version, ReadError> {
    number(bytes, what).map(Version)
}

pub(super) fn time(bytes: &[u8], what: &str) -> Result<Timestamp, ReadError> {
    number(bytes, what).map(Timestamp::from_unix_millis)
}

/// How many at most, as Redis takes it.
pub(super) fn limit(at_most: usize) -> i64 {
    i64::try_from(at_most).unwrap_or(i64::MAX)
}
