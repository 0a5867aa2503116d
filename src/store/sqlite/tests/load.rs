//! Commits under load: together on disk, in order, and there after a crash.

use std::process::Command;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use futures_util::future::join_all;

use super::*;
use crate::identity::throttle::{Limit, Stroke, Then};
use crate::store::FlowKind;
use crate::store::conformance::{account, account_id, arrival, at, done, flow_key, stored};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_queues_up_is_written_with_one_wait_for_the_disk() {
    let (store, _folder) = fresh().await;
    let before = store.written();
    let all =
        join_all((0..500).map(|number| store.commit(vec![Change::CreateAccount(account(number))], at(0))))
            .await;
    assert!(all.iter().all(Result::is_ok));
    let after = store.written();
    let (works, transactions) = (
        after.works - before.works,
        after.transactions - before.transactions,
    );
    assert_eq!(works, 500);
    assert!(
        transactions <= 100,
        "{works} commits took {transactions} transactions"
    );
}

#[tokio::test]
async fn what_need_not_survive_a_power_cut_does_not_wait_for_the_disk() {
    let (store, folder) = fresh().await;
    let key = CounterKey("password:name".to_owned());
    let stroke = Stroke {
        limit: Limit {
            at_most: 9,
            within: Duration::from_secs(900),
            then: Then::WindowEnd,
        },
        member: None,
    };
    let strokes = || vec![(key.clone(), stroke)];
    let before = store.written();
    store.strike(strokes(), at(0)).await.unwrap();
    store.strike(strokes(), at(1)).await.unwrap();
    store.refund(strokes(), at(2)).await.unwrap();
    store.letter_done([1; 16]).await.unwrap();
    let counted = store.written();
    assert_eq!(counted.transactions - before.transactions, 4);
    assert_eq!(counted.synced, before.synced);

    let key_of = |number| flow_key(FlowKind::SignIn, number);
    let begun = vec![
        Change::DropFlow(key_of(1)),
        Change::CreateFlow(key_of(2), arrival(1, "/", at(600))),
    ];
    store.commit(begun, at(2)).await.unwrap();
    assert_eq!(store.written().synced, before.synced, "it can be begun again");
    store
        .commit(vec![Change::DropFlow(key_of(2))], at(2))
        .await
        .unwrap();
    let before = counted;
    assert_eq!(store.written().synced, before.synced + 1, "what is over is over");

    // Together with what has to, it waits.
    let account = vec![Change::CreateAccount(account(1)), Change::TakeBack(strokes())];
    store.commit(account, at(3)).await.unwrap();
    assert_eq!(store.written().synced, before.synced + 2);
    // Another process sees all of it, whatever reached the disk.
    let beside = SqliteStore::open(folder.path(), OpenMode::Existing).unwrap();
    assert_eq!(beside.count(&key, at(4)).await.unwrap(), 0);
    store.strike(strokes(), at(4)).await.unwrap();
    assert_eq!(beside.count(&key, at(4)).await.unwrap(), 1);
}

#[tokio::test]
async fn whoever_stops_waiting_is_not_written_for() {
    let (store, _folder) = fresh().await;
    // The writer is held up, so that what follows waits in the queue.
    let (release, held) = std::sync::mpsc::channel::<()>();
    let (begun, running) = tokio::sync::oneshot::channel();
    let blocking = store.writer.write(Survives::PowerCut, move |_| {
        let _ = begun.send(());
        let _ = held.recv();
        Ok(())
    });
    let impatient = async {
        running.await.unwrap();
        let mut waiting = store.commit(vec![Change::CreateAccount(account(1))], at(0));
        assert!(futures_util::poll!(&mut waiting).is_pending());
        drop(waiting);
        let patient = store.commit(vec![Change::CreateAccount(account(2))], at(0));
        release.send(()).unwrap();
        patient.await.unwrap();
    };
    let (held_up, ()) = tokio::join!(blocking, impatient);
    held_up.unwrap();
    assert!(store.account(account_id(1)).await.unwrap().is_none());
    stored(&store, 2).await;
}

/// Copies database and log as a crash would leave them: the log may be cut anywhere behind what was
/// acknowledged, the database must not change meanwhile.
fn snapshot(from: &Path, to: &Path) -> bool {
    let shape = || {
        let found = std::fs::metadata(from.join(DATABASE)).unwrap();
        (found.len(), found.modified().unwrap())
    };
    let before = shape();
    for name in ["doorward.db", "doorward.db-wal"] {
        let copied = Command::new("cp").args([from.join(name), to.join(name)]).status();
        assert!(copied.unwrap().success());
    }
    shape() == before
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_crash_loses_nothing_that_was_acknowledged_and_leaves_no_half() {
    let (store, folder) = fresh().await;
    let store = Arc::new(store);
    done(
        store.as_ref(),
        vec![
            Change::CreateAccount(account(1)),
            Change::CreateAccount(account(2)),
        ],
    )
    .await;
    let acknowledged = Arc::new(AtomicU64::new(0));
    let load = {
        let (store, acknowledged) = (Arc::clone(&store), Arc::clone(&acknowledged));
        tokio::spawn(async move {
            // Both accounts carry the same number, written in one commit.
            for number in 1..u64::MAX {
                let (one, two) = (stored(store.as_ref(), 1).await, stored(store.as_ref(), 2).await);
                let (mut first, mut second) = (one.value, two.value);
                first.first_name = number.to_string();
                second.first_name = number.to_string();
                let changes = vec![
                    Change::ReplaceAccount(first, one.version),
                    Change::ReplaceAccount(second, two.version),
                ];
                done(store.as_ref(), changes).await;
                acknowledged.store(number, Ordering::SeqCst);
            }
        })
    };
    let mut crashes = 0;
    let mut seen = 0;
    while crashes < 12 {
        let least = acknowledged.load(Ordering::SeqCst);
        if least == seen {
            tokio::task::yield_now().await;
            continue;
        }
        seen = least;
        let image = tempfile::tempdir().unwrap();
        let (from, to) = (folder.path().to_owned(), image.path().to_owned());
        let whole = tokio::task::spawn_blocking(move || snapshot(&from, &to))
            .await
            .unwrap();
        if !whole {
            continue;
        }
        let most = acknowledged.load(Ordering::SeqCst) + 1;
        let revived = open(image.path());
        let number = |it: Versioned<Account>| it.value.first_name.parse::<u64>().unwrap();
        let (one, two) = (
            number(stored(&revived, 1).await),
            number(stored(&revived, 2).await),
        );
        assert_eq!(one, two, "half of a commit");
        assert!(
            (least..=most).contains(&one),
            "{least} was acknowledged, {one} is there, {most} was asked"
        );
        crashes += 1;
    }
    load.abort();
}

/// Counts are not only over, they are gone: asked about as of earlier, nothing is there.
#[tokio::test]
async fn a_sweep_takes_counts_along() {
    let (store, _folder) = fresh().await;
    let name = CounterKey("fades".to_owned());
    let limit = Limit {
        at_most: 1,
        within: Duration::from_secs(50),
        then: Then::WindowEnd,
    };
    let stroke = Stroke { limit, member: None };
    store.strike(vec![(name.clone(), stroke)], at(150)).await.unwrap();
    assert!(store.waits(vec![name.clone()], at(151)).await.unwrap().is_some());
    // Within the hour: ends are listed by whole hours, so that counts keep their places there.
    store.sweep(at(3600), at(0), at(0)).await.unwrap();
    assert!(store.waits(vec![name], at(151)).await.unwrap().is_none());
}
