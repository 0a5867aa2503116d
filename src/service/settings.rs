//! What the stories are told beyond the rules they apply: how many hashes run at a time.

use std::time::Duration;

/// Everything this folder is told.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Settings {
    /// Password hashing.
    pub hashing: HashingSettings,
}

/// How many password hashes run at a time, and how many may wait.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct HashingSettings {
    /// Hashes at a time.
    pub slots: usize,
    /// Hashes that may wait for a slot; one more is refused.
    pub queue: usize,
    /// How long one waits before it is refused.
    pub wait: Duration,
}

impl HashingSettings {
    /// Slots on a machine of `cores`: one core stays with the proxied traffic.
    pub fn slots_for(cores: usize) -> usize {
        cores.saturating_sub(1).clamp(1, 8)
    }
}

impl Default for HashingSettings {
    fn default() -> Self {
        Self {
            slots: 1,
            queue: 64,
            wait: Duration::from_secs(2),
        }
    }
}
