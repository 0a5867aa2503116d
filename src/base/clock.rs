//! The one place that reads wall time.

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
