//! The stream of changes: what copies in memory are dropped by.

use super::{account, account_id, arrival, at, cookie, done, flow_key, open, stored};
use crate::store::{CHANGES_KEPT, Change, Changed, FlowKind, Mark, Store, StoredEvent};

pub(in crate::store) async fn writes_are_told_in_order(store: &dyn Store) {
    let begin = store.mark().await.unwrap();
    done(
        store,
        vec![
            Change::CreateAccount(account(1)),
            open(1, 1, at(0)),
            open(1, 2, at(0)),
        ],
    )
    .await;
    let told = vec![
        Changed::Account(account_id(1)),
        Changed::Session(cookie(1)),
        Changed::Session(cookie(2)),
    ];
    let (middle, changes) = store.changes_since(begin).await.unwrap();
    assert_eq!(changes, told);
    assert_eq!(store.mark().await.unwrap(), middle);
    assert_eq!(store.changes_since(middle).await.unwrap(), (middle, vec![]));

    let session = store.session(&cookie(1)).await.unwrap().unwrap();
    let account = stored(store, 1).await;
    done(
        store,
        vec![Change::ReplaceSession(cookie(1), session.value, session.version)],
    )
    .await;
    done(store, vec![Change::EndSession(cookie(2))]).await;
    done(
        store,
        vec![Change::ReplaceAccount(account.value, account.version)],
    )
    .await;
    let version = stored(store, 1).await.version;
    done(store, vec![Change::DeleteAccount(account_id(1), version)]).await;
    let later = vec![
        Changed::Session(cookie(1)),
        Changed::Session(cookie(2)),
        Changed::Account(account_id(1)),
        Changed::Account(account_id(1)),
        Changed::Session(cookie(1)),
    ];
    let (end, changes) = store.changes_since(middle).await.unwrap();
    assert_eq!(changes, later);
    assert!(end > middle);
    let (again, all) = store.changes_since(begin).await.unwrap();
    assert_eq!(
        (again, all),
        (end, [told, later].concat()),
        "an older mark is told more"
    );
}

pub(in crate::store) async fn what_nobody_holds_a_copy_of_is_not_told(store: &dyn Store) {
    done(store, vec![Change::CreateAccount(account(1)), open(1, 1, at(0))]).await;
    let mark = store.mark().await.unwrap();
    store.touch(vec![(cookie(1), at(9))]).await.unwrap();
    let key = flow_key(FlowKind::Arrival, 1);
    let event = StoredEvent {
        at: at(0),
        name: "a".to_owned(),
        account: None,
        line: "{}".to_owned(),
    };
    done(
        store,
        vec![
            Change::CreateFlow(key, arrival(1, "/", at(60))),
            Change::Record(event),
        ],
    )
    .await;
    done(store, vec![Change::EndSession(cookie(7)), Change::DropFlow(key)]).await;
    store.newest_time(at(9)).await.unwrap();
    assert_eq!(store.changes_since(mark).await.unwrap(), (mark, vec![]));
}

pub(in crate::store) async fn whoever_is_far_behind_is_told_everything(store: &dyn Store) {
    let begin = store.mark().await.unwrap();
    done(store, vec![open(0, 0, at(0))]).await;
    let early = store.mark().await.unwrap();
    let many = async |from: u64| {
        let numbers: Vec<u64> = (from..from + CHANGES_KEPT).collect();
        for some in numbers.chunks(256) {
            done(
                store,
                some.iter().map(|number| open(*number, *number, at(0))).collect(),
            )
            .await;
        }
    };
    many(1).await;
    let recent = store.mark().await.unwrap();
    many(1 + CHANGES_KEPT).await;
    store.sweep(at(1), at(-1), at(-1)).await.unwrap();

    let end = store.mark().await.unwrap();
    for behind in [begin, early] {
        assert_eq!(
            store.changes_since(behind).await.unwrap(),
            (end, vec![Changed::Everything])
        );
    }
    let (told, changes) = store.changes_since(recent).await.unwrap();
    assert_eq!(
        (told, changes.len() as u64),
        (end, CHANGES_KEPT),
        "so many are kept at least"
    );
}

pub(in crate::store) async fn a_mark_from_elsewhere_is_told_everything(store: &dyn Store) {
    done(store, vec![open(1, 1, at(0))]).await;
    let end = store.mark().await.unwrap();
    let beyond = Mark {
        number: end.number + 1,
        ..end
    };
    assert_eq!(
        store.changes_since(beyond).await.unwrap(),
        (end, vec![Changed::Everything])
    );
}
