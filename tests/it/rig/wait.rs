//! Waiting for what must happen: each wait has an end and says what was missing.

use std::future::Future;
use std::time::{Duration, Instant};

/// How long anything may take that happens at once on a quiet machine.
pub const PATIENCE: Duration = Duration::from_secs(20);

/// The future's value; fails the test, naming `what`, where it does not come.
pub async fn within<T>(what: &str, future: impl Future<Output = T>) -> T {
    let Ok(value) = tokio::time::timeout(PATIENCE, future).await else {
        panic!("{what}: not within {PATIENCE:?}");
    };
    value
}

/// Asks until there is an answer; fails the test, naming `what`, where there is none in time.
pub async fn eventually<T, F>(what: &str, mut ask: impl FnMut() -> F) -> T
where
    F: Future<Output = Option<T>>,
{
    let started = Instant::now();
    loop {
        if let Some(value) = ask().await {
            return value;
        }
        assert!(started.elapsed() < PATIENCE, "{what}: not within {PATIENCE:?}");
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
}
