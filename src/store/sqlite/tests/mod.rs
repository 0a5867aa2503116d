//! The rules, and what is SQLite's own: files, queues, other processes, outages.

mod files;
mod load;
mod opening;
mod outage;
mod processes;

use std::path::Path;
use std::time::{Duration, Instant};

use tempfile::TempDir;

use super::*;

async fn fresh() -> (SqliteStore, TempDir) {
    let folder = tempfile::tempdir().expect("a folder");
    let store = open(folder.path());
    (store, folder)
}

/// Patient: what is shown here is not how fast the machine is that the tests run on.
fn open(folder: &Path) -> SqliteStore {
    let limit = Duration::from_secs(60);
    SqliteStore::open_to_answer_within(limit, folder, OpenMode::Create).expect("a store")
}

/// Asks again until the answer is yes. Nothing but the wait for another thread is measured in time.
async fn within(limit: Duration, mut asked: impl AsyncFnMut() -> bool) -> bool {
    let begun = Instant::now();
    while begun.elapsed() < limit {
        if asked().await {
            return true;
        }
        tokio::task::yield_now().await;
    }
    false
}

crate::store::conformance::suite!(fresh);
