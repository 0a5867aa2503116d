//! The rules, and what is SQLite's own: files, queues, other processes, outages.

use super::*;

async fn fresh() -> (SqliteStore, tempfile::TempDir) {
    let folder = tempfile::tempdir().expect("a folder");
    let store = SqliteStore::open(folder.path(), OpenMode::Create).expect("a store");
    (store, folder)
}

crate::store::conformance::suite!(fresh);
