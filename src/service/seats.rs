//! Sessions in memory: what lets a signed-in request pass without a trip to the store.
//!
//! A seat holds a session as it was stored and shares its account with the account's other seats.
//! Whatever is written, here or by another process, empties the seat; the next request fills it
//! anew. A seat that was being filled while something changed is not kept.
//!
//! There are seats for those who came last: the others cost the store a question when they come again.
//! When somebody was last here is not lost with a seat, wherever it goes: it waits to be written.

mod last_uses;

use std::collections::HashMap;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::time::Duration;

use arc_swap::ArcSwapOption;
use http::HeaderValue;
use quick_cache::sync::Cache;
use quick_cache::{DefaultHashBuilder, Lifecycle, UnitWeighter};

use self::last_uses::LastUses;
use crate::base::id::{AccountId, TokenDigest};
use crate::base::time::Timestamp;
use crate::identity::account::{Account, Group};
use crate::identity::session::Session;
use crate::store::{Change, Changed};

/// Sessions that are kept in memory at most; the coldest makes room and is read again. A session and its
/// account take 1.5 to 3 KB, so all seats together at most about 30 MB, however many sessions are live.
const SEATS_AT_MOST: usize = 10_000;

/// An account as its seats share it. Empty once it has changed.
pub(super) struct SharedAccount(ArcSwapOption<Holder>);

/// An account, and what a portal is told of it, ready-made: it is sent with every request.
#[derive(Debug)]
pub struct Holder {
    /// The account.
    pub account: Account,
    /// Its address.
    pub email: Option<HeaderValue>,
    /// "First Last", in UTF-8; `None` where there is no name.
    pub name: Option<HeaderValue>,
    /// Its groups, joined by commas; `None` where there are none.
    pub groups: Option<HeaderValue>,
}

impl Holder {
    /// With its values made.
    pub fn new(account: Account) -> Self {
        let value = |text: &str| {
            (!text.is_empty())
                .then(|| HeaderValue::from_bytes(text.as_bytes()).ok())
                .flatten()
        };
        let groups: Vec<&str> = account.groups.iter().map(Group::as_str).collect();
        Self {
            email: value(account.email.spelling()),
            name: value(&account.display_name()),
            groups: value(&groups.join(",")),
            account,
        }
    }
}

/// A session in memory.
pub struct Seat {
    /// Digest of its cookie.
    pub cookie: TokenDigest,
    /// As it was stored.
    pub session: Session,
    account: Arc<SharedAccount>,
    used: AtomicI64,
    /// The last use that the store knows of.
    written: AtomicI64,
    /// Told of a use that others must know of soon.
    uses: Option<Arc<LastUses>>,
}

impl Seat {
    fn new(
        cookie: TokenDigest,
        session: Session,
        account: Arc<SharedAccount>,
        uses: Option<Arc<LastUses>>,
    ) -> Arc<Self> {
        let used = session.last_used.unix_millis();
        Arc::new(Self {
            cookie,
            session,
            account,
            used: AtomicI64::new(used),
            written: AtomicI64::new(used),
            uses,
        })
    }

    /// A seat of its own that nobody else finds, for the rest of one request.
    pub(super) fn apart(cookie: TokenDigest, session: Session, account: Arc<Holder>) -> Arc<Self> {
        let account = Arc::new(SharedAccount(ArcSwapOption::new(Some(account))));
        Self::new(cookie, session, account, None)
    }

    /// The account, unless it has changed since.
    pub fn account(&self) -> Option<Arc<Holder>> {
        self.account.0.load_full()
    }

    /// Notes a use. Whole seconds are fine enough, and spare the cores a shared cache line.
    pub fn touch(&self, now: Timestamp) {
        let millis = now.unix_millis();
        if millis < self.used.load(Ordering::Relaxed) + 1000 {
            return;
        }
        self.used.fetch_max(millis, Ordering::Relaxed);
        if let Some(uses) = &self.uses {
            let behind = millis.saturating_sub(self.written.load(Ordering::Relaxed));
            if behind >= uses.late_after.load(Ordering::Relaxed) {
                uses.late().push((self.cookie, now));
            }
        }
    }

    /// When it was last used, as far as this node knows.
    pub fn last_used(&self) -> Timestamp {
        Timestamp::from_unix_millis(self.used.load(Ordering::Relaxed)).max(self.session.last_used)
    }

    /// The last use, where the store does not know of it.
    fn unwritten(&self) -> Option<Timestamp> {
        let used = self.last_used();
        (used.unix_millis() > self.written.load(Ordering::Relaxed)).then_some(used)
    }
}

/// All seats of a node.
pub struct Seats {
    seats: Cache<TokenDigest, Arc<Seat>, UnitWeighter, DefaultHashBuilder, MakeRoom>,
    accounts: Arc<Sharing>,
    generation: AtomicU64,
    left: Arc<LastUses>,
}

/// Accounts that have a seat, and for a moment those that had one.
#[derive(Default)]
struct Sharing(Mutex<HashMap<AccountId, Weak<SharedAccount>>>);

impl Sharing {
    fn lock(&self) -> MutexGuard<'_, HashMap<AccountId, Weak<SharedAccount>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Strikes the account of a seat that made room off the books, unless another seat shares it.
    fn strike_off(&self, seat: &Seat) {
        let mut accounts = self.lock();
        let id = seat.session.account;
        let ours = |shared: &Weak<SharedAccount>| {
            std::ptr::eq(shared.as_ptr(), Arc::as_ptr(&seat.account)) && shared.strong_count() == 1
        };
        if accounts.get(&id).is_some_and(ours) {
            accounts.remove(&id);
        }
    }
}

/// What happens to a seat that makes room for another.
#[derive(Clone)]
struct MakeRoom {
    left: Arc<LastUses>,
    accounts: Arc<Sharing>,
}

impl Lifecycle<TokenDigest, Arc<Seat>> for MakeRoom {
    type RequestState = ();

    fn on_evict(&self, _: &mut (), _: TokenDigest, seat: Arc<Seat>) {
        self.left.keep(&seat);
        self.accounts.strike_off(&seat);
    }
}

impl Default for Seats {
    fn default() -> Self {
        Self::for_at_most(SEATS_AT_MOST)
    }
}

impl Seats {
    fn for_at_most(seats: usize) -> Self {
        let (left, accounts) = (Arc::new(LastUses::new()), Arc::<Sharing>::default());
        let make_room = MakeRoom {
            left: Arc::clone(&left),
            accounts: Arc::clone(&accounts),
        };
        Self {
            seats: Cache::with(
                seats,
                seats as u64,
                UnitWeighter,
                DefaultHashBuilder::default(),
                make_room,
            ),
            accounts,
            generation: AtomicU64::new(0),
            left,
        }
    }

    /// The seat under a cookie.
    pub fn get(&self, cookie: &TokenDigest) -> Option<Arc<Seat>> {
        self.seats.get(cookie)
    }

    /// Before reading what a seat is to be filled with.
    pub fn begin(&self) -> u64 {
        self.generation.load(Ordering::Acquire)
    }

    /// Fills a seat with what was read since `begun`.
    pub fn fill(
        &self,
        cookie: TokenDigest,
        session: Session,
        account: &Arc<Holder>,
        begun: u64,
    ) -> Arc<Seat> {
        let shared = self.share(Arc::clone(account));
        let seat = Seat::new(cookie, session, shared, Some(Arc::clone(&self.left)));
        // What it takes the place of may know of a use that nobody has written.
        if let Some(before) = self.seats.peek(&cookie) {
            self.left.keep(&before);
        }
        self.seats.insert(cookie, Arc::clone(&seat));
        if self.generation.load(Ordering::Acquire) != begun {
            self.leave(&cookie);
            self.empty(account.account.id);
        }
        seat
    }

    /// Empties all seats of an account, for good: what is read for one of its sessions must not
    /// fill the seat of another, which may be the one that has ended.
    fn empty(&self, account: AccountId) {
        let mut accounts = self.accounts.lock();
        if let Some(shared) = accounts.remove(&account).and_then(|shared| shared.upgrade()) {
            shared.0.store(None);
        }
    }

    /// Empties a seat. When it was last used is kept until it is written.
    fn leave(&self, cookie: &TokenDigest) {
        if let Some((_, seat)) = self.seats.remove(cookie) {
            self.left.keep(&seat);
        }
    }

    /// Notes a use of the session under a cookie, whether or not it has a seat.
    pub fn use_of(&self, cookie: &TokenDigest, now: Timestamp) {
        if let Some(seat) = self.get(cookie) {
            seat.touch(now);
            // It may have made room in between, and was left as it had been.
            if self.seats.peek(cookie).is_some() {
                return;
            }
        }
        self.left.note(*cookie, now);
    }

    /// When the session under a cookie was last used, as far as that is known here and may not be
    /// written yet.
    pub fn used(&self, cookie: &TokenDigest) -> Option<Timestamp> {
        let seated = self.get(cookie).map(|seat| seat.last_used());
        seated.max(self.left.left().get(cookie).copied())
    }

    fn share(&self, account: Arc<Holder>) -> Arc<SharedAccount> {
        let mut accounts = self.accounts.lock();
        let id = account.account.id;
        let value = Some(account);
        if let Some(shared) = accounts.get(&id).and_then(Weak::upgrade) {
            shared.0.store(value);
            return shared;
        }
        let shared = Arc::new(SharedAccount(ArcSwapOption::new(value)));
        accounts.insert(id, Arc::downgrade(&shared));
        shared
    }

    /// Empties what has changed.
    pub fn forget(&self, changes: &[Changed]) {
        if changes.is_empty() {
            return;
        }
        self.generation.fetch_add(1, Ordering::AcqRel);
        for change in changes {
            match change {
                Changed::Session(cookie) => self.leave(cookie),
                Changed::Account(account) => self.empty(*account),
                Changed::Everything => {
                    for (_, seat) in self.seats.iter() {
                        self.left.keep(&seat);
                    }
                    self.seats.clear();
                }
            }
        }
    }

    /// What a commit of this node's own changes, to be [forgotten](Self::forget) without waiting for the store to say so.
    pub fn touched_by(changes: &[Change]) -> Vec<Changed> {
        changes
            .iter()
            .filter_map(|change| match change {
                Change::CreateAccount(account) | Change::ReplaceAccount(account, _) => {
                    Some(Changed::Account(account.id))
                }
                Change::DeleteAccount(account, _) | Change::EndAllOf { account, .. } => {
                    Some(Changed::Account(*account))
                }
                Change::OpenSession { session, .. } => Some(Changed::Account(session.account)),
                Change::ReplaceSession(cookie, ..) | Change::EndSession(cookie) => {
                    Some(Changed::Session(*cookie))
                }
                Change::CreateFlow(..)
                | Change::ReplaceFlow(..)
                | Change::DeleteFlow(..)
                | Change::DropFlow(_)
                | Change::DropFlowsOf { .. }
                | Change::Enqueue(_)
                | Change::Record(_)
                | Change::TakeBack(_)
                | Change::Forget(_) => None,
            })
            .collect()
    }

    /// What was used and not written, for the batch that is written once a minute. The next batch holds it
    /// again, unless it is said to be [written](Self::written). Accounts without a seat leave the books.
    pub fn take_used(&self) -> Vec<(TokenDigest, Timestamp)> {
        let left = self.left.left();
        let mut taken: Vec<_> = left.iter().map(|(cookie, at)| (*cookie, *at)).collect();
        drop(left);
        let used = |(cookie, seat): (TokenDigest, Arc<Seat>)| Some((cookie, seat.unwritten()?));
        taken.extend(self.seats.iter().filter_map(used));
        self.accounts.lock().retain(|_, shared| shared.strong_count() > 0);
        taken
    }

    /// How far the store may be behind with a session that is in use.
    pub fn write_within(&self, span: Duration) {
        let millis = i64::try_from(span.as_millis()).unwrap_or(i64::MAX);
        self.left.late_after.store(millis, Ordering::Relaxed);
    }

    /// What the store is too far behind with. Where it is not written, the batch of all brings it.
    pub fn take_late(&self) -> Vec<(TokenDigest, Timestamp)> {
        std::mem::take(&mut *self.left.late())
    }

    /// The store has these now.
    pub fn written(&self, batch: &[(TokenDigest, Timestamp)]) {
        for (cookie, at) in batch {
            // Not `get`: that a batch was written makes no seat any warmer.
            if let Some(seat) = self.seats.peek(cookie) {
                seat.written.fetch_max(at.unix_millis(), Ordering::Relaxed);
            }
            self.left.written(cookie, *at);
        }
    }

    /// Sessions in memory.
    pub fn len(&self) -> usize {
        self.seats.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.seats.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::client::UserAgent;
    use crate::base::entropy::OsEntropy;
    use crate::base::id::SessionId;
    use crate::identity::account::EmailAddress;
    use crate::identity::session::Proven;

    const NOON: Timestamp = Timestamp::from_unix_seconds(1_700_000_000);

    fn cookie(number: u32) -> TokenDigest {
        let mut bytes = [0; 32];
        bytes[..4].copy_from_slice(&number.to_le_bytes());
        TokenDigest::from_bytes(bytes)
    }

    fn fill(seats: &Seats, number: u32) -> Arc<Seat> {
        let email = EmailAddress::parse(&format!("person{number}@example.com")).unwrap();
        let account = Account::new(AccountId::draw(&OsEntropy), email, NOON);
        let session = Session {
            id: SessionId::draw(&OsEntropy),
            account: account.id,
            epoch: account.epoch,
            site: "portal.test".into(),
            proven: Proven {
                password: NOON,
                second: None,
                device: None,
            },
            opened: NOON,
            last_used: NOON,
            ends: None,
            misses: 0,
            user_agent: UserAgent::read(""),
        };
        let holder = Arc::new(Holder::new(account));
        seats.fill(cookie(number), session, &holder, seats.begin())
    }

    fn sorted(mut batch: Vec<(TokenDigest, Timestamp)>) -> Vec<(TokenDigest, Timestamp)> {
        batch.sort();
        batch
    }

    #[test]
    fn whoever_makes_room_is_remembered_to_have_been_here() {
        let seats = Seats::for_at_most(64);
        let later = NOON.plus(Duration::from_secs(60));
        for number in 0..1000 {
            fill(&seats, number).touch(later);
        }
        assert!(seats.len() <= 64, "{}", seats.len());
        assert_eq!(
            seats.accounts.lock().len(),
            seats.len(),
            "accounts without a seat"
        );

        let expected: Vec<_> = (0..1000).map(|number| (cookie(number), later)).collect();
        assert_eq!(sorted(seats.take_used()), sorted(expected));
        assert!((0..1000).all(|number| seats.used(&cookie(number)).is_some()));
    }

    /// A connection that stays open knows its session, and no seat.
    #[test]
    fn a_use_counts_whether_or_not_there_is_a_seat() {
        let seats = Seats::for_at_most(64);
        let at = |seconds| NOON.plus(Duration::from_secs(seconds));
        for number in 0..1000 {
            fill(&seats, number);
        }
        let with = |seated: bool| {
            (0..1000)
                .map(cookie)
                .find(|cookie| seats.seats.peek(cookie).is_some() == seated)
                .unwrap()
        };
        let (seated, standing) = (with(true), with(false));
        for cookie in [seated, standing] {
            seats.use_of(&cookie, at(60));
            seats.use_of(&cookie, at(59));
            assert_eq!(seats.used(&cookie), Some(at(60)));
        }
        let batch = sorted(seats.take_used());
        assert_eq!(batch, sorted(vec![(seated, at(60)), (standing, at(60))]));
        seats.written(&batch);
        // They go on while that is being written.
        seats.use_of(&standing, at(120));
        assert_eq!(seats.take_used(), [(standing, at(120))]);
    }

    #[test]
    fn what_is_written_is_not_written_again() {
        let seats = Seats::default();
        let (one, _two) = (fill(&seats, 1), fill(&seats, 2));
        assert_eq!(seats.take_used(), []);
        let first = NOON.plus(Duration::from_secs(5));
        one.touch(first);
        let batch = seats.take_used();
        assert_eq!(batch, [(cookie(1), first)]);
        assert_eq!(seats.take_used(), batch, "nobody said that it is written");
        let second = NOON.plus(Duration::from_secs(9));
        one.touch(second);
        seats.written(&batch);
        assert_eq!(seats.take_used(), [(cookie(1), second)]);
        seats.written(&[(cookie(1), second)]);
        assert_eq!(seats.take_used(), []);
        // Nor where its seat is emptied then.
        seats.forget(&[Changed::Session(cookie(1))]);
        assert_eq!(seats.take_used(), []);
    }

    #[test]
    fn a_last_use_waits_for_the_store_however_long_that_is_away() {
        let seats = Seats::default();
        let first = NOON.plus(Duration::from_secs(5));
        fill(&seats, 1).touch(first);
        seats.forget(&[Changed::Everything]);
        for _ in 0..5 {
            assert_eq!(seats.take_used(), [(cookie(1), first)], "no batch was written");
        }
        // One that came later than the batch is not written with it.
        let batch = seats.take_used();
        let second = NOON.plus(Duration::from_secs(9));
        fill(&seats, 1).touch(second);
        seats.forget(&[Changed::Session(cookie(1))]);
        seats.written(&batch);
        assert_eq!(seats.take_used(), [(cookie(1), second)]);
        seats.written(&[(cookie(1), second)]);
        assert_eq!(seats.take_used(), []);
    }

    #[test]
    fn a_seat_that_is_filled_anew_forgets_no_use() {
        let seats = Seats::default();
        let used = NOON.plus(Duration::from_secs(5));
        fill(&seats, 1).touch(used);
        fill(&seats, 1);
        assert_eq!(seats.take_used(), [(cookie(1), used)]);
    }

    #[test]
    fn whoever_comes_after_a_while_is_written_soon() {
        let seats = Seats::default();
        let at = |seconds| NOON.plus(Duration::from_secs(seconds));
        let seat = fill(&seats, 1);
        seat.touch(at(100));
        assert_eq!(seats.take_late(), [], "nobody has said how soon");
        seats.written(&[(cookie(1), at(100))]);
        seats.write_within(Duration::from_secs(15));
        seat.touch(at(114));
        assert_eq!(seats.take_late(), []);
        seat.touch(at(115));
        assert_eq!(seats.take_late(), [(cookie(1), at(115))]);
        assert_eq!(seats.take_late(), []);
        seats.written(&[(cookie(1), at(115))]);
        seat.touch(at(129));
        assert_eq!(seats.take_late(), []);
    }
}
