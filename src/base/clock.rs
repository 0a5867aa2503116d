//! The one place that reads wall time.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{SystemTime, UNIX_EPOCH};

use super::time::Timestamp;

/// A source of the current time. Handed in, so that tests turn it by hand.
pub trait Clock: Send + Sync + 'static {
    /// The present, as wall time.
    fn now(&self) -> Timestamp;
}

/// The machine's wall clock.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> Timestamp {
        // A clock before 1970 is a broken clock; zero makes everything look not yet begun,
        // and the stored high-water mark (see the stores) keeps expired things expired.
        let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        Timestamp::from_unix_millis(i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
    }
}

/// Time that never goes back: the later of the wall clock and the newest time it has seen.
///
/// Whatever expires is compared with this one, so that a wall clock that jumps back revives
/// nothing. Codes from an app are compared with the wall clock, which is what the phone shows.
pub struct SteadyClock {
    wall: Arc<dyn Clock>,
    newest: AtomicI64,
}

impl SteadyClock {
    /// On top of a wall clock.
    pub fn new(wall: Arc<dyn Clock>) -> Self {
        Self {
            wall,
            newest: AtomicI64::new(i64::MIN),
        }
    }

    /// The wall clock beneath.
    pub fn wall(&self) -> Timestamp {
        self.wall.now()
    }

    /// Takes back whatever is later than this: a wall clock that is known to be right again has said it.
    pub fn at_most(&self, known: Timestamp) {
        self.newest.fetch_min(known.unix_millis(), Ordering::Relaxed);
    }

    /// Takes note of a time that somebody else has seen.
    pub fn at_least(&self, seen: Timestamp) {
        self.newest.fetch_max(seen.unix_millis(), Ordering::Relaxed);
    }
}

impl Clock for SteadyClock {
    fn now(&self) -> Timestamp {
        let wall = self.wall.now().unix_millis();
        Timestamp::from_unix_millis(self.newest.fetch_max(wall, Ordering::Relaxed).max(wall))
    }
}
