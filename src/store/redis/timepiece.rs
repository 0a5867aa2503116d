//! Whether this machine's clock and Redis's own agree.
//!
//! Whatever expires is compared with the clock of a node, and the newest time that any node has stored counts
//! for all. One node whose clock is an hour ahead would sign everybody out everywhere, and one that is behind would
//! keep alive what is over. Redis's clock is the one that all nodes have in common:
//!
//! ```text
//!           at connect, and with each sign of life
//! Agrees ──────── more than a minute apart ────────▶ Apart: no connection, so nothing is asked
//!    ▲                                                 │    and nobody is let in
//!    └────────────── looked at again ──────────────────┘
//! ```

use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use crate::base::clock::Clock;
use crate::base::time::Timestamp;
use crate::language::machine_time;
use crate::store::{BackendError, StoreClock};

/// Clocks that are further apart are not both right. Clocks that somebody keeps right agree to a fraction of a
/// second; what differs less than this ends nobody's session that was not about to end.
pub(super) const APART: Duration = Duration::from_secs(60);

/// Both clocks, where they do not agree.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Apart {
    pub(super) here: Timestamp,
    pub(super) there: Timestamp,
}

impl Apart {
    /// `asked` is what this machine's clock showed before Redis was asked, `here` what it showed when the answer
    /// was read: an answer that took its time is no wrong clock.
    fn between(asked: Timestamp, here: Timestamp, there: Timestamp) -> Option<Self> {
        let ahead = asked.min(here).since(there) > APART;
        let behind = there.since(asked.max(here)) > APART;
        (ahead || behind).then_some(Self { here, there })
    }
}

impl fmt::Display for Apart {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [here, there] = [self.here, self.there].map(machine_time);
        write!(
            out,
            "the clocks are more than a minute apart: here it is {here}, in Redis {there}"
        )
    }
}

impl From<Apart> for BackendError {
    fn from(apart: Apart) -> Self {
        Self(apart.to_string())
    }
}

/// This machine's clock, and how it agreed when it was last compared.
pub(super) struct Timepiece {
    /// `None`: nothing is compared.
    clock: Option<Arc<dyn Clock>>,
    apart: Mutex<Option<Apart>>,
}

impl Timepiece {
    pub(super) fn new(clock: Option<Arc<dyn Clock>>) -> Self {
        Self {
            clock,
            apart: Mutex::default(),
        }
    }

    /// What it shows.
    pub(super) fn here(&self) -> Option<Timestamp> {
        self.clock.as_ref().map(|clock| clock.now())
    }

    /// Compares with what Redis said. `asked` is what was shown [`here`](Self::here) before it was asked.
    pub(super) fn compare(&self, asked: Option<Timestamp>, there: Timestamp) -> Result<(), Apart> {
        let (Some(asked), Some(here)) = (asked, self.here()) else {
            return Ok(());
        };
        let found = Apart::between(asked, here, there);
        let before = {
            let mut apart = self.apart.lock().unwrap_or_else(PoisonError::into_inner);
            std::mem::replace(&mut *apart, found)
        };
        match (before, found) {
            (None, Some(apart)) => tracing::error!(
                here = machine_time(apart.here),
                redis = machine_time(apart.there),
                "this machine's clock and Redis's are more than a minute apart: nobody is let in until they agree"
            ),
            (Some(_), None) => tracing::info!("this machine's clock and Redis's agree again"),
            (None, None) | (Some(_), Some(_)) => {}
        }
        found.map_or(Ok(()), Err)
    }

    /// How it was when it was last compared.
    pub(super) fn agreement(&self) -> StoreClock {
        match *self.apart.lock().unwrap_or_else(PoisonError::into_inner) {
            Some(Apart { here, there }) => StoreClock::Apart { here, there },
            None if self.clock.is_some() => StoreClock::Agrees,
            None => StoreClock::Absent,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_unix_seconds(1_800_000_000 + seconds)
    }

    #[test]
    fn a_minute_either_way_is_no_wrong_clock() {
        for off in [-60, -40, 0, 40, 60] {
            assert_eq!(Apart::between(at(off), at(off), at(0)), None, "{off}");
        }
        for off in [-3600, -61, 61, 3600] {
            assert!(Apart::between(at(off), at(off), at(0)).is_some(), "{off}");
        }
    }

    #[test]
    fn an_answer_that_came_late_is_no_wrong_clock() {
        // Asked, stopped for an hour, and then read what Redis had said at once.
        assert_eq!(Apart::between(at(0), at(3600), at(0)), None);
        assert!(Apart::between(at(3600), at(7200), at(0)).is_some());
    }
}
