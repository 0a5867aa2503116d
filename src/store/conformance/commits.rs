//! Commits: whole or not at all, in order, and each by itself.

use futures_util::future::join_all;

use super::{account, account_id, arrival, at, cookie, done, flow_key, has_session, open, refused, stored};
use crate::store::{Change, FlowKind, Store, StoredEvent, StoredLetter, Version, WriteError};

fn letter(number: u8) -> Change {
    Change::Enqueue(StoredLetter {
        id: [number; 16],
        written: at(0),
        due: at(0),
        tries: 0,
        sealed: vec![number],
    })
}

fn event(number: u64) -> Change {
    Change::Record(StoredEvent {
        at: at(0),
        name: "sign_in.completed".to_owned(),
        account: Some(account_id(number)),
        line: format!("{{\"number\":{number}}}"),
    })
}

pub(in crate::store) async fn a_commit_is_written_whole_or_not_at_all(store: &dyn Store) {
    done(store, vec![Change::CreateAccount(account(1)), open(1, 1, at(0))]).await;
    let before = stored(store, 1).await;
    let mark = store.mark().await.unwrap();
    let mut changed = before.value.clone();
    changed.first_name = "Anna".to_owned();
    let key = flow_key(FlowKind::Arrival, 1);

    let everything_then_a_conflict = vec![
        Change::ReplaceAccount(changed, before.version),
        Change::CreateAccount(account(2)),
        Change::CreateFlow(key, arrival(1, "/", at(60))),
        open(1, 2, at(0)),
        Change::EndSession(cookie(1)),
        letter(1),
        event(1),
        Change::DeleteFlow(flow_key(FlowKind::SignIn, 9), Version(1)),
    ];
    assert!(matches!(
        refused(store, everything_then_a_conflict).await,
        WriteError::Conflict
    ));

    assert_eq!(stored(store, 1).await.value.first_name, "");
    assert_eq!(stored(store, 1).await.version, before.version);
    assert!(store.account(account_id(2)).await.unwrap().is_none());
    assert!(store.flow(&key, at(1)).await.unwrap().is_none());
    assert!(has_session(store, 1).await && !has_session(store, 2).await);
    assert_eq!(store.letters_waiting().await.unwrap(), (0, None));
    assert!(store.events(None, at(0), 9).await.unwrap().is_empty());
    assert_eq!(store.changes_since(mark).await.unwrap(), (mark, vec![]));
}

pub(in crate::store) async fn changes_of_a_commit_are_made_in_order(store: &dyn Store) {
    let key = flow_key(FlowKind::Confirming, 1);
    done(
        store,
        vec![
            Change::CreateAccount(account(1)),
            Change::CreateFlow(key, arrival(1, "/one", at(60))),
            Change::DropFlow(key),
            Change::CreateFlow(key, arrival(1, "/two", at(60))),
            open(1, 1, at(0)),
            Change::EndAllOf {
                account: account_id(1),
                except: Some(cookie(1)),
            },
            open(1, 2, at(0)),
        ],
    )
    .await;
    let flow = store.flow(&key, at(1)).await.unwrap().unwrap();
    assert_eq!(super::goes_to(&flow.value), "/two");
    assert!(has_session(store, 1).await && has_session(store, 2).await);
    assert_eq!(done(store, vec![]).await.displaced, vec![]);
}

pub(in crate::store) async fn conflicts_do_not_undo_their_neighbours(store: &dyn Store) {
    done(store, vec![Change::CreateAccount(account(0))]).await;
    let outcomes = join_all((0..60).map(|number| {
        let collides = number % 3 == 0;
        let person = if collides { account(0) } else { account(number) };
        store.commit(
            vec![open(number, number, at(0)), Change::CreateAccount(person)],
            at(0),
        )
    }))
    .await;
    for (number, outcome) in outcomes.iter().enumerate() {
        let collides = number % 3 == 0;
        assert_eq!(
            matches!(outcome, Err(WriteError::Taken)),
            collides,
            "{number}: {outcome:?}"
        );
        let number = number as u64;
        assert_eq!(has_session(store, number).await, !collides, "{number}");
        let there = store.account(account_id(number)).await.unwrap().is_some();
        assert_eq!(there, !collides || number == 0, "{number}");
    }
}

pub(in crate::store) async fn of_fifty_sign_ins_with_one_flow_one_opens_a_session(store: &dyn Store) {
    let key = flow_key(FlowKind::SignIn, 99);
    let flow = Change::CreateFlow(key, arrival(1, "/", at(60)));
    done(store, vec![Change::CreateAccount(account(1)), flow]).await;
    let version = store.flow(&key, at(1)).await.unwrap().unwrap().version;
    let outcomes = join_all((0..50).map(|number| {
        let changes = vec![
            Change::DeleteFlow(key, version),
            open(1, number, at(1)),
            event(number),
        ];
        store.commit(changes, at(1))
    }))
    .await;

    assert_eq!(outcomes.iter().filter(|it| it.is_ok()).count(), 1);
    assert_eq!(store.sessions_of(account_id(1)).await.unwrap().len(), 1);
    assert_eq!(store.events(None, at(0), 99).await.unwrap().len(), 1);
}
