//! Sessions in memory: what lets a signed-in request pass without a trip to the store.
//!
//! A seat holds a session as it was stored and shares its account with the account's other seats.
//! Whatever is written, here or by another process, empties the seat; the next request fills it
//! anew. A seat that was being filled while something changed is not kept.

use std::collections::HashMap;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError, Weak};

use arc_swap::ArcSwapOption;
use http::HeaderValue;
use quick_cache::sync::Cache;

use crate::base::id::{AccountId, TokenDigest};
use crate::base::time::Timestamp;
use crate::identity::account::{Account, Group};
use crate::identity::session::Session;
use crate::store::{Change, Changed};

/// Sessions that are kept in memory at most; the coldest makes room and is read again.
const SEATS_AT_MOST: usize = 500_000;

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
}

impl Seat {
    /// A seat of its own that nobody else finds, for the rest of one request.
    pub(super) fn apart(cookie: TokenDigest, session: Session, account: Arc<Holder>) -> Arc<Self> {
        let used = AtomicI64::new(session.last_used.unix_millis());
        Arc::new(Self {
            cookie,
            session,
            account: Arc::new(SharedAccount(ArcSwapOption::new(Some(account)))),
            used,
        })
    }

    /// The account, unless it has changed since.
    pub fn account(&self) -> Option<Arc<Holder>> {
        self.account.0.load_full()
    }

    /// Notes a use. Whole seconds are fine enough, and spare the cores a shared cache line.
    pub fn touch(&self, now: Timestamp) {
        if now.unix_millis() >= self.used.load(Ordering::Relaxed) + 1000 {
            self.used.fetch_max(now.unix_millis(), Ordering::Relaxed);
        }
    }

    /// When it was last used, as far as this node knows.
    pub fn last_used(&self) -> Timestamp {
        Timestamp::from_unix_millis(self.used.load(Ordering::Relaxed)).max(self.session.last_used)
    }
}

/// All seats of a node.
pub struct Seats {
    seats: Cache<TokenDigest, Arc<Seat>>,
    accounts: Mutex<HashMap<AccountId, Weak<SharedAccount>>>,
    generation: AtomicU64,
    used: Mutex<HashMap<TokenDigest, Weak<Seat>>>,
    left: Mutex<HashMap<TokenDigest, Left>>,
}

/// The last use of a session whose seat was emptied before that was written.
struct Left {
    at: Timestamp,
    /// In a batch already: with the next one it is written.
    taken: bool,
}

impl Default for Seats {
    fn default() -> Self {
        Self {
            seats: Cache::new(SEATS_AT_MOST),
            accounts: Mutex::default(),
            generation: AtomicU64::new(0),
            used: Mutex::default(),
            left: Mutex::default(),
        }
    }
}

impl Seats {
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
        let used = AtomicI64::new(session.last_used.unix_millis());
        let seat = Arc::new(Seat {
            cookie,
            session,
            account: Arc::clone(&shared),
            used,
        });
        self.seats.insert(cookie, Arc::clone(&seat));
        self.used
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .insert(cookie, Arc::downgrade(&seat));
        if self.generation.load(Ordering::Acquire) != begun {
            self.leave(&cookie);
            self.empty(account.account.id);
        }
        seat
    }

    /// Empties all seats of an account, for good: what is read for one of its sessions must not
    /// fill the seat of another, which may be the one that has ended.
    fn empty(&self, account: AccountId) {
        let mut accounts = self.accounts.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(shared) = accounts.remove(&account).and_then(|shared| shared.upgrade()) {
            shared.0.store(None);
        }
    }

    /// Empties a seat. When it was last used is kept until it is written.
    fn leave(&self, cookie: &TokenDigest) {
        if let Some((cookie, seat)) = self.seats.remove(cookie) {
            self.keep_use(cookie, &seat);
        }
    }

    fn keep_use(&self, cookie: TokenDigest, seat: &Seat) {
        let at = seat.last_used();
        if at > seat.session.last_used {
            let mut left = self.left.lock().unwrap_or_else(PoisonError::into_inner);
            let at = left.get(&cookie).map_or(at, |known| known.at.max(at));
            left.insert(cookie, Left { at, taken: false });
        }
    }

    /// When the session under a cookie was last used, as far as that is known here and may not be
    /// written yet.
    pub fn used(&self, cookie: &TokenDigest) -> Option<Timestamp> {
        let seated = self.get(cookie).map(|seat| seat.last_used());
        let left = self.left.lock().unwrap_or_else(PoisonError::into_inner);
        seated.max(left.get(cookie).map(|left| left.at))
    }

    fn share(&self, account: Arc<Holder>) -> Arc<SharedAccount> {
        let mut accounts = self.accounts.lock().unwrap_or_else(PoisonError::into_inner);
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
                    for (cookie, seat) in self.seats.iter() {
                        self.keep_use(cookie, &seat);
                    }
                    self.seats.clear();
                }
            }
        }
    }

    /// Empties what a commit of this node's own has changed, without waiting for the store to say so.
    pub fn forget_committed(&self, changes: &[Change]) {
        let changed: Vec<Changed> = changes
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
                | Change::Record(_) => None,
            })
            .collect();
        self.forget(&changed);
    }

    /// Takes out what was used since it was stored, for the batch that is written once a minute.
    /// Seats that are gone leave the books.
    pub fn take_used(&self) -> Vec<(TokenDigest, Timestamp)> {
        let mut taken = Vec::new();
        self.left
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .retain(|cookie, left| {
                taken.push((*cookie, left.at));
                !std::mem::replace(&mut left.taken, true)
            });
        self.used
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .retain(|cookie, seat| {
                let Some(seat) = seat.upgrade() else { return false };
                if seat.last_used() > seat.session.last_used {
                    taken.push((*cookie, seat.last_used()));
                }
                true
            });
        self.accounts
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .retain(|_, shared| shared.strong_count() > 0);
        taken
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
