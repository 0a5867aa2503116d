//! The shared store: one Redis, for as many nodes as there are.
//!
//! ```text
//! Store ─┬─ reads   ─▶ one command, or a script where one answer leads to the next question
//!        ├─ commits ─▶ scripts/records.lua + commit.lua: decide everything, then write everything
//!        ├─ counts  ─▶ read, judge here, swap if still as read; else again
//!        └─ watch   ─▶ a stream of changes, numbered by Redis's clock
//! ```
//!
//! Redis runs a script alone, and no script is interrupted: that is what makes a commit whole. Every
//! key carries a hash tag, so each operation names one slot of a Cluster and is legal there:
//!
//! | tag | holds |
//! |---|---|
//! | `{doorward}` | what one commit may change together: accounts and their addresses, sessions, flows, letters, events, the stream of changes, single values |
//! | `{doorward.counts}` | counts, which are struck together and never in a commit |
//!
//! A commit may change several accounts, so they cannot lie in several slots: a Cluster brings
//! failover, and a second shard for the flood of guesses, but does not divide accounts.
//!
//! With `wait_replicas`, a commit and a stroke are said to be done once so many replicas have them (`WAIT`,
//! on a connection of their own). Where too few do in time the outcome is an outage, though it is
//! written: nobody is told of anything that a failover could take back.
//!
//! Flows, counts and sessions get an end from Redis itself, a little later than their own, and
//! whoever reads them compares times. Absent: any secret in the clear; cookies are there as digests,
//! and what has to be read again is sealed by whoever stores it.

mod account;
mod change;
mod commit;
mod connection;
mod counter;
mod device;
mod dial;
mod fact;
mod find;
mod flow;
mod key;
mod open;
mod queue;
mod session;
mod soundness;
#[cfg(test)]
mod tests;
mod timepiece;

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use async_trait::async_trait;

use self::connection::Wire;
use self::dial::Purpose;
pub use self::open::OpenError;
use self::timepiece::Timepiece;
use super::settings::{RedisSettings, Through};
use super::{
    Change, Changed, Committed, CounterKey, FlowKey, Mark, Present, ReadError, Store, StoreClock,
    StoredEvent, StoredFlow, StoredLetter, Struck, Versioned, WithAccount, WriteError,
};
use crate::base::clock::Clock;
use crate::base::id::{AccountId, TokenDigest};
use crate::base::seal::Keyring;
use crate::base::time::Timestamp;
use crate::identity::account::{Account, EmailAddress};
use crate::identity::session::Session;
use crate::identity::throttle::{Stroke, Waits};

/// Keeps everything in Redis.
pub struct RedisStore {
    wire: Wire,
    /// Where replicas are waited for: what people are told about, so that nothing else waits with it.
    kept: Option<Wire>,
    /// Where counts are somewhere else.
    counts: Option<Wire>,
    timepiece: Arc<Timepiece>,
    /// Ours, and what others know this process by.
    keys: Option<Arc<Keyring>>,
    name: String,
    /// Held by whoever strikes counts a second time: on one node they queue up instead of racing.
    again: tokio::sync::Mutex<()>,
}

impl RedisStore {
    /// On that Redis, once it is asked; what it holds must have been written with one of these keys.
    /// An empty database becomes ours. With a `clock`, this machine's, nothing is asked while that does not agree
    /// with Redis's own.
    pub fn new(settings: &RedisSettings, keys: Option<Arc<Keyring>>, clock: Option<Arc<dyn Clock>>) -> Self {
        let timepiece = Arc::new(Timepiece::new(clock));
        let wire = |purpose| Wire::new(settings, purpose, keys.clone(), Arc::clone(&timepiece));
        let divided = matches!(settings.through, Through::Cluster(_));
        Self {
            wire: wire(Purpose::Records),
            kept: (settings.wait_replicas > 0).then(|| wire(Purpose::Records)),
            counts: divided.then(|| wire(Purpose::Counts)),
            timepiece: Arc::clone(&timepiece),
            keys: keys.clone(),
            name: name_of_this_process(),
            again: tokio::sync::Mutex::default(),
        }
    }

    /// Connects, and looks whether what answers there can be trusted to keep things.
    ///
    /// # Errors
    ///
    /// [`OpenError`] says what an operator has to do. Where it [may pass](OpenError::may_pass) the store
    /// can be used all the same: whatever is asked of it fails until Redis answers.
    pub async fn connect(&self) -> Result<(), OpenError> {
        self.wire.connect().await
    }

    /// The way for what a person is told about.
    fn kept(&self) -> &Wire {
        self.kept.as_ref().unwrap_or(&self.wire)
    }

    fn counts(&self) -> &Wire {
        self.counts.as_ref().unwrap_or(&self.wire)
    }

    /// Where replicas are waited for, that is not the way of the signs of life: those would wait with it.
    fn kept_counts(&self) -> &Wire {
        self.counts.as_ref().unwrap_or(self.kept())
    }

    /// Commits, and then takes back and forgets what the commit says. Counts lie in a slot of their own: they are read
    /// on the way, and put in place once it stands, whatever becomes of that.
    async fn commit_and_settle(&self, changes: &[Change], now: Timestamp) -> Result<Committed, WriteError> {
        let (mut back, mut forgotten) = (Vec::new(), Vec::new());
        for change in changes {
            match change {
                Change::TakeBack(strokes) => back.extend(strokes.iter().cloned()),
                Change::Forget(keys) => forgotten.extend(keys.iter().cloned()),
                _ => {}
            }
        }
        let only_counts = |change: &Change| matches!(change, Change::TakeBack(_) | Change::Forget(_));
        let counts = self.kept_counts();
        let commit = async {
            if changes.iter().all(only_counts) {
                return Ok(Committed::default());
            }
            commit::commit(self.kept(), changes, now).await
        };
        let (committed, held) = tokio::join!(commit, counter::read_ahead(counts, &back));
        let committed = committed?;
        let back = counter::refund(counts, &self.again, &back, held.ok(), now);
        let forgotten = counter::clear(self.counts(), &forgotten);
        if let Err(error) = tokio::try_join!(back, forgotten) {
            tracing::warn!(%error, "what turned out right stays counted");
        }
        Ok(committed)
    }
}

/// What an operator knows it by. In tests a process has several stores.
fn name_of_this_process() -> String {
    static STORES: AtomicU64 = AtomicU64::new(0);
    let names = rustix::system::uname();
    let (host, process) = (names.nodename().to_string_lossy(), std::process::id());
    match STORES.fetch_add(1, Ordering::Relaxed) {
        0 => format!("{host} (process {process})"),
        store => format!("{host} (process {process}, store {store})"),
    }
}

#[async_trait]
impl Store for RedisStore {
    async fn account(&self, id: AccountId) -> Result<Option<Versioned<Account>>, ReadError> {
        account::by_id(&self.wire, id).await
    }

    async fn account_by_email(&self, email: &EmailAddress) -> Result<Option<Versioned<Account>>, ReadError> {
        account::by_address(&self.wire, email).await
    }

    async fn accounts(
        &self,
        after: Option<&EmailAddress>,
        at_most: usize,
    ) -> Result<Vec<Versioned<Account>>, ReadError> {
        account::list(&self.wire, after, at_most).await
    }

    async fn session(&self, cookie: &TokenDigest) -> Result<Option<Versioned<Session>>, ReadError> {
        session::by_cookie(&self.wire, cookie).await
    }

    async fn sessions_of(&self, account: AccountId) -> Result<Vec<(TokenDigest, Session)>, ReadError> {
        session::all_of(&self.wire, account).await
    }

    async fn flow(&self, key: &FlowKey, now: Timestamp) -> Result<Option<Versioned<StoredFlow>>, ReadError> {
        flow::by_key(&self.wire, key, now).await
    }

    async fn flow_and_account(
        &self,
        key: &FlowKey,
        now: Timestamp,
    ) -> Result<Option<WithAccount<StoredFlow>>, ReadError> {
        flow::with_account(&self.wire, key, now).await
    }

    async fn session_and_account(
        &self,
        cookie: &TokenDigest,
    ) -> Result<Option<WithAccount<Session>>, ReadError> {
        session::with_account(&self.wire, cookie).await
    }

    async fn commit(&self, changes: Vec<Change>, now: Timestamp) -> Result<Committed, WriteError> {
        self.commit_and_settle(&changes, now).await
    }

    async fn touch(&self, used: Vec<(TokenDigest, Timestamp)>) -> Result<(), WriteError> {
        session::touch(&self.wire, &used).await
    }

    async fn strike(&self, strokes: Vec<(CounterKey, Stroke)>, now: Timestamp) -> Result<Struck, WriteError> {
        counter::strike(self.kept_counts(), &self.again, &strokes, now).await
    }

    async fn refund(&self, strokes: Vec<(CounterKey, Stroke)>, now: Timestamp) -> Result<(), WriteError> {
        counter::refund(self.kept_counts(), &self.again, &strokes, None, now).await
    }

    async fn clear(&self, keys: Vec<CounterKey>) -> Result<(), WriteError> {
        counter::clear(self.counts(), &keys).await
    }

    async fn waits(&self, keys: Vec<CounterKey>, now: Timestamp) -> Result<Option<Waits>, ReadError> {
        counter::waits(self.counts(), &keys, now).await
    }

    async fn count(&self, key: &CounterKey, _now: Timestamp) -> Result<u32, ReadError> {
        counter::count(self.counts(), key).await
    }

    async fn letters_due(&self, now: Timestamp, at_most: usize) -> Result<Vec<StoredLetter>, ReadError> {
        queue::due(&self.wire, now, at_most).await
    }

    async fn letters_waiting(&self) -> Result<(u64, Option<Timestamp>), ReadError> {
        queue::waiting(&self.wire).await
    }

    async fn letter_done(&self, id: [u8; 16]) -> Result<(), WriteError> {
        queue::done(&self.wire, &id).await
    }

    async fn letter_retry(&self, id: [u8; 16], due: Timestamp) -> Result<(), WriteError> {
        queue::retry(&self.wire, &id, due).await
    }

    async fn events(
        &self,
        account: Option<AccountId>,
        since: Timestamp,
        at_most: usize,
    ) -> Result<Vec<StoredEvent>, ReadError> {
        queue::events(&self.wire, account, since, at_most).await
    }

    async fn newest_events(&self, account: AccountId, at_most: usize) -> Result<Vec<StoredEvent>, ReadError> {
        queue::newest_events(&self.wire, account, at_most).await
    }

    async fn mark(&self) -> Result<Mark, ReadError> {
        change::mark(&self.wire).await
    }

    async fn changes_since(&self, mark: Mark) -> Result<(Mark, Vec<Changed>), ReadError> {
        let others = || self.kept.iter().chain(&self.counts);
        self.wire.look_again();
        others().for_each(Wire::look_again);
        let asked = self.timepiece.here();
        let told = change::since(&self.wire, mark).await.inspect_err(|_| {
            // What broke this connection may have broken the others, and nobody is listening there.
            others().for_each(Wire::hang_up);
        })?;
        if let Err(apart) = self.timepiece.compare(asked, told.at) {
            // There is no connection again before they agree.
            self.wire.hang_up();
            others().for_each(Wire::hang_up);
            return Err(ReadError::Unavailable(apart.into()));
        }
        Ok((told.end, told.changes))
    }

    async fn sweep(
        &self,
        now: Timestamp,
        sessions_before: Timestamp,
        events_before: Timestamp,
    ) -> Result<(), WriteError> {
        commit::sweep(&self.wire, now, sessions_before, events_before).await?;
        device::list_all_once(&self.wire).await
    }

    async fn end_everything(&self) -> Result<(), WriteError> {
        commit::end_everything(&self.wire).await
    }

    async fn trusted_devices(&self, now: Timestamp) -> Result<u64, ReadError> {
        device::count(&self.wire, now).await
    }

    async fn newest_time(&self, now: Timestamp) -> Result<Timestamp, WriteError> {
        fact::newest_time(&self.wire, &self.timepiece, now).await
    }

    fn clock(&self) -> StoreClock {
        self.timepiece.agreement()
    }

    async fn key_check(&self) -> Result<Option<[u8; 32]>, ReadError> {
        fact::key_check(&self.wire).await
    }

    async fn set_key_check(&self, value: [u8; 32]) -> Result<(), WriteError> {
        fact::set_key_check(&self.wire, value).await
    }

    async fn heirlooms(&self) -> Result<Option<Vec<u8>>, ReadError> {
        fact::heirlooms(&self.wire).await
    }

    async fn replace_key_check(
        &self,
        from: [u8; 32],
        to: [u8; 32],
        heirlooms: Vec<u8>,
    ) -> Result<(), WriteError> {
        fact::replace_key_check(self.kept(), from, to, heirlooms).await
    }

    async fn present(&self) -> Result<Vec<Present>, ReadError> {
        fact::present(&self.wire).await
    }

    async fn letter_sealed_anew(&self, id: [u8; 16], sealed: Vec<u8>) -> Result<(), WriteError> {
        queue::sealed_anew(&self.wire, &id, sealed).await
    }

    async fn news(&self) {
        self.wire.news().await;
    }

    async fn ping(&self) -> Result<(), ReadError> {
        let presence = self.keys.as_deref().map(|keys| (self.name.as_str(), keys));
        fact::probe(self.kept(), presence).await
    }
}
