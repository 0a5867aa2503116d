//! Ports to what is kept, and the adapters behind them.
//!
//! Everything that a person was told has happened is one [`Commit`]: the account, the flow that
//! was used up, the session that opened, the letter that tells of it and the audit event change
//! together or not at all. Each change names the version it was decided on; if anybody wrote in
//! between, nothing of it is written and the caller decides again ([`WriteError::Conflict`]).
//! That is how a code works once, on any number of nodes.
//!
//! | adapter | for |
//! |---|---|
//! | `sqlite` | one machine: a file in `state` |
//! | `redis` | several nodes on one Redis |
//! | `memory` | the reference that the rules are read off |
//!
//! Every adapter passes `conformance`; that is where the rules live.

use async_trait::async_trait;
use serde::{Deserialize, Serialize};

use crate::base::id::{AccountId, SessionId, TokenDigest};
use crate::base::time::Timestamp;
use crate::identity::account::{Account, EmailAddress};
use crate::identity::confirm::Confirming;
use crate::identity::email_change::EmailChange;
use crate::identity::enrolment::{PendingApp, PendingCodes};
use crate::identity::invitation::Invitation;
use crate::identity::kept::{KeptForm, Lapse};
use crate::identity::phone::PendingPhone;
use crate::identity::registration::{Linked, Registration};
use crate::identity::reset::Reset;
use crate::identity::session::Session;
use crate::identity::sign_in::SignIn;
use crate::identity::throttle::{Stroke, Waits};

pub mod backup;
#[cfg(test)]
mod conformance;
mod draft;
pub mod folder;
pub mod key_file;
pub mod master_key;
pub mod memory;
pub mod pages;
mod record;
pub mod redis;
pub mod settings;
pub mod sqlite;
pub mod transfer;

/// How many changes the stream of changes remembers at least; whoever is further behind is told
/// [`Changed::Everything`].
const CHANGES_KEPT: u64 = 4096;

/// Which writing of a record this is. No two writings under one key share one, not even where the
/// record was deleted in between and made anew.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Version(pub u64);

/// A record and the version it was read at.
#[derive(Clone, Debug)]
pub struct Versioned<T> {
    /// The record.
    pub value: T,
    /// Its version.
    pub version: Version,
}

/// A record, and the account that it is of, if that is there.
pub type WithAccount<T> = (Versioned<T>, Option<Versioned<Account>>);

/// Why the back end gave no answer, for the log. Holds no value of a record.
#[derive(Clone, Debug, thiserror::Error)]
#[error("{0}")]
pub struct BackendError(pub String);

/// Why a record was not read.
#[derive(Clone, Debug, thiserror::Error)]
pub enum ReadError {
    /// The store did not answer. Refuse the request; never guess.
    #[error("store is unavailable")]
    Unavailable(#[source] BackendError),
    /// A record is there and cannot be read. Never to be taken for absent.
    #[error("a stored record cannot be read")]
    Unreadable(#[source] BackendError),
}

/// Why nothing of a [`Commit`] was written.
#[derive(Clone, Debug, thiserror::Error)]
pub enum WriteError {
    /// Somebody else wrote first. Read again and decide again.
    #[error("record changed since it was read")]
    Conflict,
    /// The address belongs to another account. Tell the person.
    #[error("address is already in use")]
    Taken,
    /// The store did not answer. Refuse the request; never guess.
    #[error("store is unavailable")]
    Unavailable(#[source] BackendError),
}

/// What a browser is in the middle of, found by the digest of its cookie.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[allow(
    clippy::large_enum_variant,
    reason = "one is held at a time, for as long as it is decided on"
)]
pub enum Flow {
    /// A sign-in, under its flow cookie.
    SignIn(SignIn),
    /// Has just signed in and goes on to the trust question and the page it asked for; under its
    /// session cookie.
    Arrival(Arrival),
    /// Confirms who it is before an account change; under its session cookie.
    Confirming(Confirming),
    /// Sets up an app from the account pages; under its session cookie.
    App(PendingApp),
    /// Is shown recovery codes on the account pages; under its session cookie.
    Codes(PendingCodes),
    /// Registers, under its flow cookie.
    Registration(Registration),
    /// A mailed link with which somebody may register; under the link's value.
    RegistrationLink(Linked),
    /// Adds a phone number from the account pages; under its session cookie.
    Phone(PendingPhone),
    /// Has forgotten the password; under the value of the link that was mailed, which becomes its
    /// flow cookie.
    Reset(Reset),
    /// Was invited; under the value of the link that was mailed, which becomes its flow cookie.
    Invitation(Invitation),
    /// Moves an account to another address; under the value of the link that was mailed there, which
    /// becomes its flow cookie.
    EmailChange(EmailChange),
    /// Takes an account back to the address it had; under the value of the link that was mailed
    /// there. What it does lies in the account.
    EmailRevoke(AccountId),
    /// Had a session that ran out; under that session's cookie.
    Lapsed(Lapse),
    /// Sent a form after that; under the same cookie, and under the new session's after the sign-in.
    Kept(KeptForm),
}

/// Which of its flows a browser means.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FlowKind {
    /// [`Flow::SignIn`]
    SignIn,
    /// [`Flow::Arrival`]
    Arrival,
    /// [`Flow::Confirming`]
    Confirming,
    /// [`Flow::App`]
    App,
    /// [`Flow::Codes`]
    Codes,
    /// [`Flow::Registration`]
    Registration,
    /// [`Flow::RegistrationLink`]
    RegistrationLink,
    /// [`Flow::Phone`]
    Phone,
    /// [`Flow::Reset`]
    Reset,
    /// [`Flow::Invitation`]
    Invitation,
    /// [`Flow::EmailChange`]
    EmailChange,
    /// [`Flow::EmailRevoke`]
    EmailRevoke,
    /// [`Flow::Lapsed`]
    Lapsed,
    /// [`Flow::Kept`]
    Kept,
}

/// Where a browser goes after the session has opened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Arrival {
    /// The page it asked for.
    pub next: String,
    /// Whether it is asked about trusting the device.
    pub ask_trust: bool,
    /// Whether a recovery code was used: how many are left is said first.
    pub recovery_used: bool,
    /// Whether a form waits that was kept while the session was over.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub resumes: bool,
    /// The code that took the place of the one that was used: shown here, once.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fresh: Option<PendingCodes>,
}

/// A flow's key: the kind, and the digest of the cookie it is kept under.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct FlowKey {
    /// Which flow.
    pub kind: FlowKind,
    /// Digest of the flow cookie or the session cookie.
    pub cookie: TokenDigest,
}

/// A flow as it is kept.
#[derive(Clone, Debug)]
pub struct StoredFlow {
    /// Whose, so that all flows of an account can end together.
    pub account: AccountId,
    /// When it is over; checked when read, whatever is still lying there.
    pub expires: Timestamp,
    /// The flow.
    pub flow: Flow,
}

/// An audit event as it is kept: one line of JSON that the audit trail has written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredEvent {
    /// When.
    pub at: Timestamp,
    /// Its stable name: `sign_in.completed`.
    pub name: String,
    /// Whose, if it is anybody's.
    pub account: Option<AccountId>,
    /// The whole event, as JSON.
    pub line: String,
}

/// A letter that waits to be sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredLetter {
    /// Its name in the queue.
    pub id: [u8; 16],
    /// When it was written.
    pub written: Timestamp,
    /// When it is to be tried next.
    pub due: Timestamp,
    /// How often it has been tried.
    pub tries: u32,
    /// Sealed by whoever wrote it.
    pub sealed: Vec<u8>,
}

/// One change of a [`Commit`].
#[derive(Clone, Debug)]
pub enum Change {
    /// Stores a new account. [`WriteError::Taken`] if its address is in use.
    CreateAccount(Account),
    /// Replaces the account only if it is still at this version. [`WriteError::Taken`] if its
    /// address is another account's.
    ReplaceAccount(Account, Version),
    /// Deletes the account only if it is still at this version, with its sessions and flows.
    DeleteAccount(AccountId, Version),
    /// Stores a flow where there is none (an expired one is none), else [`WriteError::Conflict`].
    CreateFlow(FlowKey, StoredFlow),
    /// Replaces the flow only if it is still at this version.
    ReplaceFlow(FlowKey, StoredFlow, Version),
    /// Uses the flow up: deletes it only if it is still at this version.
    DeleteFlow(FlowKey, Version),
    /// Deletes whatever flow is there, if any.
    DropFlow(FlowKey),
    /// Deletes all flows of one kind that an account has: of several links the newest counts.
    DropFlowsOf {
        /// Whose.
        account: AccountId,
        /// Which.
        kind: FlowKind,
    },
    /// Stores a session under its cookie's digest; [`WriteError::Conflict`] where there is one.
    /// Beyond `at_most` live sessions of the account those opened first end, this one never. A
    /// superseded value is on its way out and counts for nothing.
    OpenSession {
        /// Digest of the session cookie.
        cookie: TokenDigest,
        /// The session.
        session: Session,
        /// Live sessions that the account may have, this one included.
        at_most: usize,
    },
    /// Replaces the session only if it is still there at this version. Its last use never moves
    /// back.
    ReplaceSession(TokenDigest, Session, Version),
    /// Ends the session under this cookie, if there is one, with the superseded values of itself
    /// that would still work for a moment.
    EndSession(TokenDigest),
    /// Ends all sessions of an account but the one under `except`, and all its flows but the one
    /// under that same cookie.
    EndAllOf {
        /// Whose.
        account: AccountId,
        /// The cookie that stays.
        except: Option<TokenDigest>,
    },
    /// Puts a letter into the queue.
    Enqueue(StoredLetter),
    /// Adds to the audit trail.
    Record(StoredEvent),
    /// Takes strokes back that [`Store::strike`] counted and that turned out right. Counts decide about no commit:
    /// where they lie elsewhere this is done once the others are written, and a failure leaves them counted.
    TakeBack(Vec<(CounterKey, Stroke)>),
    /// Forgets counts, in the same way.
    Forget(Vec<CounterKey>),
}

/// What a commit did besides what it was asked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Committed {
    /// Sessions that made room.
    pub displaced: Vec<SessionId>,
}

/// Names a count. The name in it is a keyed digest: the store holds nothing that was typed.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct CounterKey(pub String);

/// What an attempt came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Struck {
    /// Go on. All strokes were counted; those at these places reached their limit with it.
    Go {
        /// Places in the list of strokes.
        reached: Vec<usize>,
    },
    /// Somebody waits: nothing was counted. The longest wait, and its place in the list.
    Wait {
        /// The wait.
        waits: Waits,
        /// Which stroke stands at it.
        place: usize,
    },
}

/// What changed since somebody last asked, so that copies in memory can be dropped.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Changed {
    /// An account was written or deleted.
    Account(AccountId),
    /// A session was written or ended.
    Session(TokenDigest),
    /// More than can be told one by one: drop everything.
    Everything,
}

/// A place in the stream of changes. It means something to the store that gave it, and nothing
/// to another one.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Default)]
pub struct Mark {
    /// Which entry.
    pub number: u64,
    /// Whose stream, where another server may go on with it. 0 where there is but one.
    pub lineage: u64,
}

impl Mark {
    /// A place in a stream that nobody else goes on with.
    pub const fn at(number: u64) -> Self {
        Self { number, lineage: 0 }
    }
}

/// A process that works on a store together with others.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Present {
    /// What an operator knows it by.
    pub name: String,
    /// The check values of the keys it has, the one in front that it seals with.
    pub keys: Vec<[u8; 32]>,
}

/// How this machine's clock agrees with the store's own.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum StoreClock {
    /// The store has none of its own.
    Absent,
    /// When last looked at, they were within a minute.
    Agrees,
    /// They were not. The store is not asked anything until they agree.
    Apart {
        /// What this machine's showed.
        here: Timestamp,
        /// What the store's showed.
        there: Timestamp,
    },
}

/// Everything that is kept.
///
/// Every adapter passes `conformance`. A single question fails after 2 s. Expired records are
/// absent: an adapter compares them with `now` when it reads, whatever is still lying there.
#[async_trait]
pub trait Store: Send + Sync + 'static {
    /// An account by its id.
    async fn account(&self, id: AccountId) -> Result<Option<Versioned<Account>>, ReadError>;

    /// An account by its address.
    async fn account_by_email(&self, email: &EmailAddress) -> Result<Option<Versioned<Account>>, ReadError>;

    /// Accounts by address, `at_most` from behind `after`.
    async fn accounts(
        &self,
        after: Option<&EmailAddress>,
        at_most: usize,
    ) -> Result<Vec<Versioned<Account>>, ReadError>;

    /// The session under a cookie. It may be idle or over: [`Session::life`] says so.
    async fn session(&self, cookie: &TokenDigest) -> Result<Option<Versioned<Session>>, ReadError>;

    /// All stored sessions of an account, oldest first.
    async fn sessions_of(&self, account: AccountId) -> Result<Vec<(TokenDigest, Session)>, ReadError>;

    /// The flow under a key, if it is not over.
    async fn flow(&self, key: &FlowKey, now: Timestamp) -> Result<Option<Versioned<StoredFlow>>, ReadError>;

    /// A flow, if it is not over, with the account it is of: as two questions would have it, in one.
    async fn flow_and_account(
        &self,
        key: &FlowKey,
        now: Timestamp,
    ) -> Result<Option<WithAccount<StoredFlow>>, ReadError>;

    /// The session under a cookie with the account it is of: as two questions would have it, in one.
    async fn session_and_account(
        &self,
        cookie: &TokenDigest,
    ) -> Result<Option<WithAccount<Session>>, ReadError>;

    /// Writes all changes or none; returns when they would survive a power cut. What only begins a flow, and
    /// events and counts alone, need not: whoever had begun begins again.
    async fn commit(&self, changes: Vec<Change>, now: Timestamp) -> Result<Committed, WriteError>;

    /// Notes when sessions were last used: with counts and how letters fare what survives the end of every process, and
    /// need not survive a power cut. Only moves forward; a session that is gone is ignored;
    /// nobody's copy in memory is dropped for it, and its version stays.
    async fn touch(&self, used: Vec<(TokenDigest, Timestamp)>) -> Result<(), WriteError>;

    /// Counts an attempt under every key at once, or none where any of them waits.
    async fn strike(&self, strokes: Vec<(CounterKey, Stroke)>, now: Timestamp) -> Result<Struck, WriteError>;

    /// Takes strokes back that [`Self::strike`] counted and that turned out right.
    async fn refund(&self, strokes: Vec<(CounterKey, Stroke)>, now: Timestamp) -> Result<(), WriteError>;

    /// Forgets counts.
    async fn clear(&self, keys: Vec<CounterKey>) -> Result<(), WriteError>;

    /// The wait that a count stands at, without counting.
    async fn waits(&self, keys: Vec<CounterKey>, now: Timestamp) -> Result<Option<Waits>, ReadError>;

    /// What has been counted under a key in its present window.
    async fn count(&self, key: &CounterKey, now: Timestamp) -> Result<u32, ReadError>;

    /// Letters that are due, oldest first. They stay until [`Self::letter_done`].
    async fn letters_due(&self, now: Timestamp, at_most: usize) -> Result<Vec<StoredLetter>, ReadError>;

    /// Letters in the queue, and when the oldest was written.
    async fn letters_waiting(&self) -> Result<(u64, Option<Timestamp>), ReadError>;

    /// Takes a letter out of the queue.
    async fn letter_done(&self, id: [u8; 16]) -> Result<(), WriteError>;

    /// Puts a letter off.
    async fn letter_retry(&self, id: [u8; 16], due: Timestamp) -> Result<(), WriteError>;

    /// Audit events since `since`, oldest first, of one account or of all.
    async fn events(
        &self,
        account: Option<AccountId>,
        since: Timestamp,
        at_most: usize,
    ) -> Result<Vec<StoredEvent>, ReadError>;

    /// The newest audit events of an account, newest first.
    async fn newest_events(&self, account: AccountId, at_most: usize) -> Result<Vec<StoredEvent>, ReadError>;

    /// The present end of the stream of changes.
    async fn mark(&self) -> Result<Mark, ReadError>;

    /// What has changed since `mark`, by whatever process. Answers at once, and cheaply where
    /// nothing has.
    async fn changes_since(&self, mark: Mark) -> Result<(Mark, Vec<Changed>), ReadError>;

    /// Deletes what is over: flows, counts, sessions beyond `sessions_before`, events older than
    /// `events_before`.
    async fn sweep(
        &self,
        now: Timestamp,
        sessions_before: Timestamp,
        events_before: Timestamp,
    ) -> Result<(), WriteError>;

    /// Ends every session and every flow, whoever's they are.
    async fn end_everything(&self) -> Result<(), WriteError>;

    /// Devices of all accounts that have not ended. Reads no account.
    async fn trusted_devices(&self, now: Timestamp) -> Result<u64, ReadError>;

    /// The newest wall-clock time that any node has stored, and stores `now` if that is newer.
    async fn newest_time(&self, now: Timestamp) -> Result<Timestamp, WriteError>;

    /// How this machine's clock agrees with the store's own, where it has one.
    fn clock(&self) -> StoreClock {
        StoreClock::Absent
    }

    /// The value that tells whether this is the key the data was written with; `None` where there
    /// is no data yet.
    async fn key_check(&self) -> Result<Option<[u8; 32]>, ReadError>;

    /// Stores that value. [`WriteError::Conflict`] where there is one already.
    async fn set_key_check(&self, value: [u8; 32]) -> Result<(), WriteError>;

    /// Returns when something may have changed, for whoever wants to ask sooner than it would have.
    /// A store that cannot say so never returns; nobody may rely on being told.
    async fn news(&self) {
        std::future::pending().await
    }

    /// What former keys have handed down, sealed. `None` where no key has been replaced yet.
    async fn heirlooms(&self) -> Result<Option<Vec<u8>>, ReadError>;

    /// Who has been at work here within the last seconds, each with a key file of its own. Nobody where all of
    /// them have one.
    async fn present(&self) -> Result<Vec<Present>, ReadError> {
        Ok(Vec::new())
    }

    /// Another key is the one that the data are written with: replaces the key check value, if it is still
    /// `from`, and with it what former keys have handed down. [`WriteError::Conflict`] where it is not.
    async fn replace_key_check(
        &self,
        from: [u8; 32],
        to: [u8; 32],
        heirlooms: Vec<u8>,
    ) -> Result<(), WriteError>;

    /// A letter that waits, sealed anew.
    async fn letter_sealed_anew(&self, id: [u8; 16], sealed: Vec<u8>) -> Result<(), WriteError>;

    /// Whether the store answers: a read, and that it could write.
    async fn ping(&self) -> Result<(), ReadError>;
}

impl From<BackendError> for ReadError {
    fn from(error: BackendError) -> Self {
        Self::Unavailable(error)
    }
}

impl From<BackendError> for WriteError {
    fn from(error: BackendError) -> Self {
        Self::Unavailable(error)
    }
}

impl From<ReadError> for WriteError {
    fn from(error: ReadError) -> Self {
        match error {
            ReadError::Unavailable(source) | ReadError::Unreadable(source) => Self::Unavailable(source),
        }
    }
}
