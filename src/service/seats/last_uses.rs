//! Last uses on their way to the store.

use std::collections::HashMap;
use std::sync::atomic::AtomicI64;
use std::sync::{Mutex, MutexGuard, PoisonError};

use super::Seat;
use crate::base::id::TokenDigest;
use crate::base::time::Timestamp;

/// Last uses that wait for the store after their seat was emptied, at most: 20 MB. They come with requests that are let
/// through, and while the store is away there are none.
const LEFT_AT_MOST: usize = 500_000;

/// Last uses that the store does not know of, besides those in seats.
pub(super) struct LastUses {
    /// Those whose seat was emptied. They stay until the store has them, however long it is away.
    left: Mutex<HashMap<TokenDigest, Timestamp>>,
    /// Those of seats about which the store knows nothing as recent as it has to.
    late: Mutex<Vec<(TokenDigest, Timestamp)>>,
    /// How far behind the store may be, in milliseconds.
    pub(super) late_after: AtomicI64,
}

impl LastUses {
    pub(super) fn new() -> Self {
        Self {
            left: Mutex::default(),
            late: Mutex::default(),
            late_after: AtomicI64::new(i64::MAX),
        }
    }

    pub(super) fn left(&self) -> MutexGuard<'_, HashMap<TokenDigest, Timestamp>> {
        self.left.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn late(&self) -> MutexGuard<'_, Vec<(TokenDigest, Timestamp)>> {
        self.late.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn keep(&self, seat: &Seat) {
        if let Some(at) = seat.unwritten() {
            self.note(seat.cookie, at);
        }
    }

    /// A use of a session that has no seat.
    pub(super) fn note(&self, cookie: TokenDigest, at: Timestamp) {
        let mut left = self.left();
        if let Some(known) = left.get_mut(&cookie) {
            *known = at.max(*known);
        } else if left.len() < LEFT_AT_MOST {
            left.insert(cookie, at);
        }
    }

    pub(super) fn written(&self, cookie: &TokenDigest, at: Timestamp) {
        let mut left = self.left();
        if left.get(cookie).is_some_and(|known| *known <= at) {
            left.remove(cookie);
        }
    }
}
