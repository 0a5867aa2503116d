//! What is opened, and what is refused.

use rusqlite::Connection;

use super::*;
use crate::store::conformance::accounts::device;
use crate::store::conformance::{account, account_id, at, done, stored};
use crate::store::record::Record as _;

fn refusal(folder: &Path, mode: OpenMode) -> OpenError {
    match SqliteStore::open(folder, mode) {
        Err(error) => error,
        Ok(_) => panic!("{} was opened", folder.display()),
    }
}

fn raw(folder: &Path) -> Connection {
    Connection::open(folder.join(DATABASE)).unwrap()
}

#[tokio::test]
async fn what_was_stored_is_there_after_the_next_start() {
    let (store, folder) = fresh().await;
    done(&store, vec![Change::CreateAccount(account(1))]).await;
    let version = stored(&store, 1).await.version;
    drop(store);
    let log = std::fs::metadata(folder.path().join("doorward.db-wal")).unwrap();
    assert_eq!(log.len(), 0, "the log is emptied at the end");

    let store = SqliteStore::open(folder.path(), OpenMode::Existing).unwrap();
    assert_eq!(stored(&store, 1).await.version, version);
    done(&store, vec![Change::CreateAccount(account(2))]).await;
    assert_ne!(stored(&store, 2).await.version, version);
}

#[test]
fn a_missing_database_is_made_only_where_that_is_asked_for() {
    let folder = tempfile::tempdir().unwrap();
    assert!(matches!(
        refusal(folder.path(), OpenMode::Existing),
        OpenError::Missing(_)
    ));
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);

    let nowhere = folder.path().join("state");
    let error = refusal(&nowhere, OpenMode::Existing);
    assert!(
        matches!(error, OpenError::Folder(FolderError::Missing(_))),
        "{error}"
    );
    assert!(!nowhere.exists());
    open(&nowhere);
    assert!(nowhere.join(DATABASE).exists());
}

#[test]
fn a_first_start_that_was_cut_off_is_finished() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join(DATABASE), "").unwrap();
    drop(open(folder.path()));
    SqliteStore::open(folder.path(), OpenMode::Existing).unwrap();
}

#[test]
fn a_log_without_its_database_is_not_thrown_away() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("doorward.db-wal"), b"frames").unwrap();
    let error = refusal(folder.path(), OpenMode::Create);
    assert!(matches!(error, OpenError::Leftover { .. }), "{error}");
    assert_eq!(
        std::fs::read(folder.path().join("doorward.db-wal")).unwrap(),
        b"frames"
    );
    assert!(!folder.path().join(DATABASE).exists());
}

#[test]
fn a_newer_schema_and_other_programs_are_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    drop(open(folder.path()));
    raw(folder.path())
        .pragma_update(None, "user_version", 99)
        .unwrap();
    for mode in [OpenMode::Create, OpenMode::Existing] {
        let error = refusal(folder.path(), mode);
        assert!(matches!(error, OpenError::Newer { found: 99, .. }), "{error}");
    }
    raw(folder.path()).pragma_update(None, "user_version", 1).unwrap();
    raw(folder.path())
        .pragma_update(None, "application_id", 7)
        .unwrap();
    assert!(matches!(
        refusal(folder.path(), OpenMode::Create),
        OpenError::Foreign(_)
    ));

    let other = tempfile::tempdir().unwrap();
    raw(other.path()).execute_batch("CREATE TABLE mine (a)").unwrap();
    assert!(matches!(
        refusal(other.path(), OpenMode::Create),
        OpenError::Foreign(_)
    ));
    let error = refusal(other.path(), OpenMode::Existing);
    assert!(matches!(error, OpenError::Older { found: 0, .. }), "{error}");

    let garbage = tempfile::tempdir().unwrap();
    std::fs::write(garbage.path().join(DATABASE), [7; 5000]).unwrap();
    let error = refusal(garbage.path(), OpenMode::Create);
    assert!(matches!(error, OpenError::Backend(..)), "{error}");
}

#[tokio::test]
async fn a_record_that_cannot_be_read_is_not_absent() {
    let (store, folder) = fresh().await;
    done(
        &store,
        vec![
            Change::CreateAccount(account(1)),
            Change::CreateAccount(account(2)),
        ],
    )
    .await;
    let newer = "UPDATE account SET record = CAST(replace(CAST(record AS TEXT), '1 {', '2 {') AS BLOB) \
                 WHERE email LIKE 'person00001%'";
    assert_eq!(raw(folder.path()).execute(newer, []).unwrap(), 1);

    let by_id = store.account(account_id(1)).await;
    let by_email = store.account_by_email(&account(1).email).await;
    let listed = store.accounts(None, 9).await.map(|all| all.into_iter().next());
    for read in [by_id, by_email, listed] {
        assert!(matches!(read, Err(ReadError::Unreadable(_))), "{read:?}");
    }
    let twin = store
        .commit(vec![Change::CreateAccount(account(1))], Timestamp::default())
        .await;
    assert!(
        matches!(twin, Err(WriteError::Taken)),
        "its address stays its own: {twin:?}"
    );
    stored(&store, 2).await;
}

#[tokio::test]
async fn the_key_check_is_replaced_by_whoever_knows_it() {
    let (store, folder) = fresh().await;
    assert!(store.heirlooms().await.unwrap().is_none());
    store.set_key_check([1; 32]).await.unwrap();
    let stale = store.replace_key_check([2; 32], [3; 32], vec![3]).await;
    assert!(matches!(stale, Err(WriteError::Conflict)), "{stale:?}");
    assert_eq!(
        (store.key_check().await.unwrap(), store.heirlooms().await.unwrap()),
        (Some([1; 32]), None)
    );
    store.replace_key_check([1; 32], [2; 32], vec![2]).await.unwrap();
    drop(store);
    let store = SqliteStore::open(folder.path(), OpenMode::Existing).unwrap();
    assert_eq!(store.key_check().await.unwrap(), Some([2; 32]));
    assert_eq!(store.heirlooms().await.unwrap(), Some(vec![2]));
}

/// As the first version left it: there was no list of devices.
#[tokio::test]
async fn a_database_of_the_first_schema_counts_its_devices_after_the_upgrade() {
    let folder = tempfile::tempdir().unwrap();
    let old = raw(folder.path());
    old.execute_batch(include_str!("../schema/0001.sql")).unwrap();
    old.pragma_update(None, "user_version", 1).unwrap();
    old.pragma_update(None, "application_id", 0x444f_4f52).unwrap();
    let mut records: Vec<(u64, Vec<u8>)> = Vec::new();
    for (number, ends) in [(1, vec![100, 200]), (2, vec![]), (3, vec![300])] {
        let mut held = account(number);
        held.devices = ends.into_iter().map(|seconds| device(at(seconds))).collect();
        records.push((number, held.to_bytes().unwrap()));
    }
    records.push((4, b"1 {\"devices\":[{".to_vec()));
    for (number, record) in records {
        old.execute(
            "INSERT INTO account (id, email, version, record) VALUES (?1, ?2, 1, ?3)",
            rusqlite::params![account_id(number).as_bytes(), account(number).email.key(), record],
        )
        .unwrap();
    }
    drop(old);
    let error = refusal(folder.path(), OpenMode::Existing);
    assert!(
        matches!(error, OpenError::Older { found: 1, .. }),
        "a command migrates nothing: {error}"
    );

    let store = open(folder.path());
    assert_eq!(store.trusted_devices(at(0)).await.unwrap(), 3);
    assert_eq!(store.trusted_devices(at(200)).await.unwrap(), 1);
    let held = stored(&store, 3).await;
    done(&store, vec![Change::DeleteAccount(account_id(3), held.version)]).await;
    assert_eq!(store.trusted_devices(at(0)).await.unwrap(), 2);
}
