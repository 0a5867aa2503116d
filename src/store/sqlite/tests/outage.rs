//! FAIL-01: the file is gone, replaced, locked, full. Nothing is made anew, and it recovers.

use rusqlite::Connection;
use tempfile::TempDir;

use super::*;
use crate::store::conformance::{account, account_id, at, done, open as open_session, stored};

const SECONDS: Duration = Duration::from_secs(5);

async fn with_one_account() -> (SqliteStore, TempDir) {
    let (store, folder) = fresh().await;
    done(
        &store,
        vec![Change::CreateAccount(account(1)), open_session(1, 1, at(0))],
    )
    .await;
    (store, folder)
}

async fn reads(store: &SqliteStore) -> bool {
    match store.account(account_id(1)).await {
        Ok(found) => found.is_some(),
        Err(error) => {
            assert!(matches!(error, ReadError::Unavailable(_)), "{error}");
            false
        }
    }
}

async fn writes(store: &SqliteStore, number: u64) -> bool {
    match store
        .commit(vec![Change::CreateAccount(account(number))], at(0))
        .await
    {
        Ok(_) => true,
        Err(error) => {
            assert!(matches!(error, WriteError::Unavailable(_)), "{error}");
            false
        }
    }
}

async fn assert_nothing_works(store: &SqliteStore) {
    assert!(!reads(store).await && !writes(store, 2).await);
    assert!(store.ping().await.is_err());
    assert!(store.mark().await.is_err() && store.changes_since(Mark::at(0)).await.is_err());
    assert!(store.strike(vec![], at(0)).await.is_err(), "no counter, no guess");
    assert!(store.newest_time(at(0)).await.is_err());
}

fn move_files(from: &Path, to: &Path, names: &[&str]) {
    for name in names {
        std::fs::rename(from.join(name), to.join(name)).unwrap();
    }
}

const ALL: [&str; 3] = ["doorward.db", "doorward.db-wal", "doorward.db-shm"];

#[tokio::test]
async fn a_deleted_database_is_missed_and_not_made_anew() {
    let (store, folder) = with_one_account().await;
    let away = tempfile::tempdir().unwrap();
    for names in [&ALL[..1], &ALL[..]] {
        move_files(folder.path(), away.path(), names);
        assert_nothing_works(&store).await;
        assert!(!folder.path().join(DATABASE).exists());

        move_files(away.path(), folder.path(), names);
        assert!(reads(&store).await, "it is back");
        store.ping().await.unwrap();
    }
    assert!(writes(&store, 2).await);
    stored(&store, 2).await;
}

#[tokio::test]
async fn a_folder_that_is_gone_is_an_outage_too() {
    let place = tempfile::tempdir().unwrap();
    let (here, away) = (place.path().join("state"), place.path().join("away"));
    let store = open(&here);
    done(&store, vec![Change::CreateAccount(account(1))]).await;
    std::fs::rename(&here, &away).unwrap();
    assert_nothing_works(&store).await;
    assert!(!here.exists());
    std::fs::rename(&away, &here).unwrap();
    assert!(reads(&store).await && writes(&store, 2).await);
}

#[tokio::test]
async fn a_restored_copy_is_taken_up_and_everybody_told() {
    let (store, folder) = with_one_account().await;
    let (copy, away) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    for name in &ALL[..2] {
        // By another process: a descriptor of ours that closes would drop SQLite's locks.
        let copied = std::process::Command::new("cp")
            .args([folder.path().join(name), copy.path().join(name)])
            .status();
        assert!(copied.unwrap().success());
    }
    assert!(writes(&store, 2).await);
    let mark = store.mark().await.unwrap();

    move_files(folder.path(), away.path(), &ALL);
    assert_nothing_works(&store).await;
    move_files(copy.path(), folder.path(), &ALL[..2]);
    assert!(
        within(SECONDS, async || reads(&store).await).await,
        "the copy is taken up"
    );
    let (_, told) = store.changes_since(mark).await.unwrap();
    assert_eq!(told, [Changed::Everything]);
    assert!(
        store.account(account_id(2)).await.unwrap().is_none(),
        "it is the older state"
    );
    assert!(writes(&store, 3).await);
    drop(store);
    let store = open(folder.path());
    stored(&store, 1).await;
    stored(&store, 3).await;
}

#[tokio::test]
async fn something_else_in_its_place_is_not_taken_up() {
    let (store, folder) = with_one_account().await;
    let away = tempfile::tempdir().unwrap();
    move_files(folder.path(), away.path(), &ALL);
    Connection::open(folder.path().join(DATABASE))
        .unwrap()
        .execute_batch("CREATE TABLE mine (a)")
        .unwrap();
    assert!(!within(Duration::from_secs(1), async || reads(&store).await).await);
    assert_nothing_works(&store).await;

    std::fs::remove_file(folder.path().join(DATABASE)).unwrap();
    std::os::unix::fs::symlink(away.path().join(DATABASE), folder.path().join(DATABASE)).unwrap();
    assert_nothing_works(&store).await;

    std::fs::remove_file(folder.path().join(DATABASE)).unwrap();
    move_files(away.path(), folder.path(), &ALL);
    assert!(reads(&store).await && writes(&store, 2).await);
}

#[tokio::test]
async fn a_deleted_log_takes_no_commit_along() {
    let (store, folder) = with_one_account().await;
    for (round, names) in [&ALL[1..2], &ALL[2..], &ALL[1..]].into_iter().enumerate() {
        let number = round as u64 + 2;
        assert!(within(SECONDS, async || writes(&store, number).await).await);
        for name in names {
            std::fs::remove_file(folder.path().join(name)).unwrap();
        }
        assert!(within(SECONDS, async || reads(&store).await).await, "{names:?}");
        assert!(
            ALL.iter().all(|name| folder.path().join(name).exists()),
            "other processes see them too"
        );
    }
    drop(store);
    let store = open(folder.path());
    for number in 1..=4 {
        stored(&store, number).await;
    }
}

#[tokio::test]
async fn a_full_disk_takes_no_writes_and_gives_what_it_has() {
    let (store, _folder) = with_one_account().await;
    let mark = store.mark().await.unwrap();
    let pages = |at_most: &'static str| {
        store.writer.write(Survives::PowerCut, move |connection| {
            let pragma = format!("PRAGMA max_page_count = {at_most}");
            Ok(connection.query_row(&pragma, [], |row| row.get::<_, i64>(0))?)
        })
    };
    pages("1").await.unwrap();
    let mut number = 2;
    while writes(&store, number).await {
        number += 1;
        assert!(number < 1000, "the disk is never full");
    }
    assert!(reads(&store).await);
    let (_, told) = store.changes_since(mark).await.unwrap();
    assert_eq!(told.len() as u64, number - 2, "what was refused was not written");
    assert!(store.account(account_id(number)).await.unwrap().is_none());

    pages("1000000").await.unwrap();
    assert!(writes(&store, number).await, "space has come back");
}

#[tokio::test]
async fn a_lock_of_another_process_fails_writes_in_time_and_lets_reads_go_on() {
    let (patient, folder) = with_one_account().await;
    drop(patient);
    let store = SqliteStore::open(folder.path(), OpenMode::Existing).unwrap();
    let other = Connection::open(folder.path().join(DATABASE)).unwrap();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();

    let begun = Instant::now();
    let (written, second) = tokio::join!(writes(&store, 2), writes(&store, 3));
    let waited = begun.elapsed();
    assert!(
        !written && !second && waited < Duration::from_millis(2300),
        "{waited:?}"
    );
    assert!(reads(&store).await);
    assert!(store.ping().await.is_err(), "reading is not all");

    other.execute_batch("ROLLBACK").unwrap();
    assert!(within(Duration::from_secs(2), async || writes(&store, 4).await).await);
    assert!(
        store.account(account_id(2)).await.unwrap().is_none(),
        "what was refused stays so"
    );
    assert!(store.account(account_id(3)).await.unwrap().is_none());
}
