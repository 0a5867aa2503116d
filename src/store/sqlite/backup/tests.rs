//! What was in place, and its log, when a copy takes their place.

use super::*;
use crate::base::entropy::OsEntropy;
use crate::store::conformance::{account, at, done, stored};
use crate::store::sqlite::SqliteStore;
use crate::store::{Change, Store as _, StoredEvent};

/// A store as a process leaves it that is killed: the newest is in the log only.
async fn killed(folder: &Path) {
    let place = tempfile::tempdir().unwrap();
    let store = SqliteStore::open(place.path(), OpenMode::Create).unwrap();
    done(&store, vec![Change::CreateAccount(account(1))]).await;
    for name in [DATABASE, "doorward.db-wal"] {
        fs::copy(place.path().join(name), folder.join(name)).unwrap();
    }
    assert!(has_content(&folder.join("doorward.db-wal")));
}

/// A settled copy of a store with another account.
async fn fresh(vacant: &Vacant) -> Draft {
    let place = tempfile::tempdir().unwrap();
    let store = SqliteStore::open(place.path(), OpenMode::Create).unwrap();
    done(&store, vec![Change::CreateAccount(account(2))]).await;
    let draft = Draft::held_beside(&vacant.path().join(DATABASE), &OsEntropy).unwrap();
    take(place.path(), draft.path()).unwrap();
    let event = StoredEvent {
        at: at(0),
        name: "support.backup_restored".to_owned(),
        account: None,
        line: "{}".to_owned(),
    };
    settle(draft.path(), |_| (), &event, at(0)).unwrap();
    draft
}

async fn holds(folder: &Path, number: u64, other: u64) {
    for mode in [OpenMode::Create, OpenMode::Existing] {
        let store = SqliteStore::open(folder, mode).unwrap();
        stored(&store, number).await;
        assert!(store.account(account(other).id).await.unwrap().is_none());
    }
}

fn is_refused(folder: &Path) -> bool {
    [OpenMode::Create, OpenMode::Existing]
        .into_iter()
        .all(|mode| SqliteStore::open(folder, mode).is_err())
}

fn aside(folder: &Path) -> PathBuf {
    folder.join("doorward.db.replaced-1800000000")
}

#[tokio::test]
async fn what_is_in_the_log_goes_aside_with_its_database() {
    let place = tempfile::tempdir().unwrap();
    killed(place.path()).await;
    let vacant = Vacant::hold(place.path()).unwrap();
    let copy = fresh(&vacant).await;
    let went = vacant.fill(copy, at(0)).unwrap();

    assert_eq!(went, Some(aside(place.path())));
    holds(place.path(), 2, 1).await;
    let elsewhere = tempfile::tempdir().unwrap();
    fs::copy(aside(place.path()), elsewhere.path().join(DATABASE)).unwrap();
    holds(elsewhere.path(), 1, 2).await;
}

/// An operator's own `sqlite3`, say, knows nothing of our lock.
#[tokio::test]
async fn a_log_that_somebody_holds_open_goes_aside_beside_its_database() {
    let place = tempfile::tempdir().unwrap();
    killed(place.path()).await;
    let log = fs::read(place.path().join("doorward.db-wal")).unwrap();
    let vacant = Vacant::hold(place.path()).unwrap();
    let copy = fresh(&vacant).await;
    let reader = Connection::open(place.path().join(DATABASE)).unwrap();
    reader
        .execute_batch("BEGIN; SELECT count(*) FROM account;")
        .unwrap();
    let went = vacant.fill(copy, at(0)).unwrap().unwrap();
    drop(reader);

    let aside_log = with_ending(&went, "-wal");
    assert!(fs::read(&aside_log).unwrap() == log, "as it was");
    holds(place.path(), 2, 1).await;
    let elsewhere = tempfile::tempdir().unwrap();
    fs::copy(&went, elsewhere.path().join(DATABASE)).unwrap();
    fs::copy(&aside_log, elsewhere.path().join("doorward.db-wal")).unwrap();
    holds(elsewhere.path(), 1, 2).await;
}

#[tokio::test]
async fn a_damaged_database_goes_aside_as_it_is() {
    let place = tempfile::tempdir().unwrap();
    fs::write(place.path().join(DATABASE), [7; 5000]).unwrap();
    let vacant = Vacant::hold(place.path()).unwrap();
    let copy = fresh(&vacant).await;
    let went = vacant.fill(copy, at(0)).unwrap().unwrap();
    assert!(fs::read(&went).unwrap() == [7; 5000]);
    holds(place.path(), 2, 1).await;
}

/// The four moments of [`Vacant::beside_a_log`] at which it may be killed, one after the other.
#[tokio::test]
async fn cut_off_anywhere_a_start_refuses_or_goes_on_with_one_of_them_whole() {
    let place = tempfile::tempdir().unwrap();
    let (database, log) = (place.path().join(DATABASE), place.path().join("doorward.db-wal"));
    killed(place.path()).await;
    let copy = {
        let vacant = Vacant::hold(place.path()).unwrap();
        fresh(&vacant).await
    };
    let (aside, aside_log) = (aside(place.path()), with_ending(&aside(place.path()), "-wal"));

    put_no_log(&aside_log).unwrap();
    let elsewhere = tempfile::tempdir().unwrap();
    for path in [&database, &log] {
        fs::copy(path, elsewhere.path().join(path.file_name().unwrap())).unwrap();
    }
    holds(elsewhere.path(), 1, 2).await;

    fs::rename(&database, &aside).unwrap();
    assert!(is_refused(place.path()));
    exchange(&aside_log, &log).unwrap();
    assert!(is_refused(place.path()));
    assert!(!database.exists(), "and nothing was made anew");
    fs::rename(copy.path(), &database).unwrap();
    drop(copy);
    holds(place.path(), 2, 1).await;
    let store = SqliteStore::open(place.path(), OpenMode::Create).unwrap();
    done(&store, vec![Change::CreateAccount(account(3))]).await;
    drop(store);
    holds(place.path(), 3, 1).await;

    // What went aside is whole.
    let elsewhere = tempfile::tempdir().unwrap();
    fs::copy(&aside, elsewhere.path().join(DATABASE)).unwrap();
    fs::copy(&aside_log, elsewhere.path().join("doorward.db-wal")).unwrap();
    holds(elsewhere.path(), 1, 2).await;
}

#[tokio::test]
async fn a_restore_that_was_cut_off_is_brought_to_its_end_by_the_next() {
    for step in 0..2 {
        let place = tempfile::tempdir().unwrap();
        let (database, log) = (place.path().join(DATABASE), place.path().join("doorward.db-wal"));
        killed(place.path()).await;
        fs::rename(&database, aside(place.path())).unwrap();
        if step == 1 {
            let aside_log = with_ending(&aside(place.path()), "-wal");
            put_no_log(&aside_log).unwrap();
            exchange(&aside_log, &log).unwrap();
        }
        let vacant = Vacant::hold(place.path()).unwrap();
        assert!(
            !vacant.is_empty().unwrap(),
            "it has to be said that it may be replaced"
        );
        let copy = fresh(&vacant).await;
        vacant.fill(copy, at(60)).unwrap();
        holds(place.path(), 2, 1).await;
        assert!(aside(place.path()).exists());
    }
}

#[test]
fn exchanged_names_are_exchanged() {
    let place = tempfile::tempdir().unwrap();
    let (one, other) = (place.path().join("one"), place.path().join("other"));
    fs::write(&one, "1").unwrap();
    fs::write(&other, "2").unwrap();
    exchange(&one, &other).unwrap();
    assert_eq!(
        (fs::read(&one).unwrap(), fs::read(&other).unwrap()),
        (b"2".to_vec(), b"1".to_vec())
    );
}
