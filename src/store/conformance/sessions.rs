//! Sessions: one to a cookie, so many to an account, ended for good.

use super::{
    account, account_id, arrival, at, cookie, done, flow_key, has_session, open, refused, session, stored,
};
use crate::base::id::{DeviceId, SessionId};
use crate::identity::factor::Factor;
use crate::store::{Change, FlowKind, Store, Version, WriteError};

fn opened(account: u64, number: u64, seconds: i64, at_most: usize) -> Change {
    Change::OpenSession {
        cookie: cookie(number),
        session: session(account, number, at(seconds)),
        at_most,
    }
}

async fn present(store: &dyn Store, numbers: std::ops::Range<u64>) -> Vec<u64> {
    let mut there = Vec::new();
    for number in numbers {
        if has_session(store, number).await {
            there.push(number);
        }
    }
    there
}

fn id(number: u64) -> SessionId {
    session(1, number, at(0)).id
}

pub(in crate::store) async fn a_session_comes_back_as_it_was_stored(store: &dyn Store) {
    assert!(store.session(&cookie(1)).await.unwrap().is_none());
    let mut full = session(1, 1, at(7));
    full.proven.second = Some((Factor::App, at(8)));
    full.proven.device = Some(DeviceId::from_bytes([3; 16]));
    full.last_used = at(9);
    full.ends = Some(at(10));
    full.misses = 4;
    let change = Change::OpenSession {
        cookie: cookie(1),
        session: full.clone(),
        at_most: 10,
    };
    done(store, vec![change]).await;
    let read = store.session(&cookie(1)).await.unwrap().unwrap().value;
    assert_eq!(format!("{read:?}"), format!("{full:?}"));
}

pub(in crate::store) async fn a_cookie_opens_one_session(store: &dyn Store) {
    done(store, vec![open(1, 1, at(0))]).await;
    assert!(matches!(
        refused(store, vec![open(2, 1, at(0))]).await,
        WriteError::Conflict
    ));
    let held = store.session(&cookie(1)).await.unwrap().unwrap();
    assert_eq!(held.value.account, account_id(1));
}

pub(in crate::store) async fn a_replaced_session_has_another_version(store: &dyn Store) {
    done(store, vec![open(1, 1, at(0))]).await;
    let read = store.session(&cookie(1)).await.unwrap().unwrap();
    let mut missed = read.value.clone();
    missed.misses = 1;
    let replace = |version| vec![Change::ReplaceSession(cookie(1), missed.clone(), version)];
    done(store, replace(read.version)).await;
    let second = store.session(&cookie(1)).await.unwrap().unwrap();
    assert_eq!(second.value.misses, 1);
    assert_ne!(second.version, read.version);

    for stale in [read.version, Version(0)] {
        assert!(matches!(
            refused(store, replace(stale)).await,
            WriteError::Conflict
        ));
    }
    done(store, vec![Change::EndSession(cookie(1))]).await;
    assert!(
        matches!(
            refused(store, replace(second.version)).await,
            WriteError::Conflict
        ),
        "it has ended"
    );
    assert!(!has_session(store, 1).await, "and stays so");
    done(store, vec![Change::EndSession(cookie(1))]).await;
}

pub(in crate::store) async fn too_many_sessions_displace_the_oldest(store: &dyn Store) {
    for number in 0..3 {
        let committed = done(store, vec![opened(1, number, number as i64, 3)]).await;
        assert!(committed.displaced.is_empty());
    }
    done(store, vec![opened(2, 50, -99, 3)]).await;

    let committed = done(store, vec![opened(1, 3, 3, 3)]).await;
    assert_eq!(committed.displaced, [id(0)]);
    assert_eq!(present(store, 0..9).await, [1, 2, 3]);

    let committed = done(store, vec![opened(1, 4, 4, 1)]).await;
    assert_eq!(committed.displaced, [id(1), id(2), id(3)], "oldest first");
    assert_eq!(present(store, 0..9).await, [4]);
    assert!(has_session(store, 50).await, "another account's are its own");
}

pub(in crate::store) async fn the_session_that_opens_is_never_displaced(store: &dyn Store) {
    done(store, vec![opened(1, 1, 10, 2), opened(1, 2, 20, 2)]).await;
    let committed = done(store, vec![opened(1, 3, 0, 2)]).await;
    assert_eq!(
        committed.displaced,
        [id(1)],
        "a stepped-up session keeps its early start"
    );
    assert_eq!(present(store, 0..9).await, [2, 3]);
    done(store, vec![opened(1, 4, 0, 0)]).await;
    assert_eq!(present(store, 0..9).await, [4]);
}

pub(in crate::store) async fn superseded_values_count_for_nothing_and_go_along(store: &dyn Store) {
    // Session 1 was stepped up: the value under cookie 1 works a moment longer, cookie 10 is new.
    let step_up = |number: u64, fresh: u64| {
        let mut old = session(1, number, at(0));
        old.ends = Some(at(10));
        let new = session(1, number, at(0));
        (
            old,
            Change::OpenSession {
                cookie: cookie(fresh),
                session: new,
                at_most: 2,
            },
        )
    };
    done(store, vec![opened(1, 1, 0, 2), opened(1, 2, 1, 2)]).await;
    for (number, fresh) in [(1, 10), (2, 20)] {
        let version = store.session(&cookie(number)).await.unwrap().unwrap().version;
        let (old, opens) = step_up(number, fresh);
        let committed = done(
            store,
            vec![Change::ReplaceSession(cookie(number), old, version), opens],
        )
        .await;
        assert!(committed.displaced.is_empty(), "{number}");
    }
    assert_eq!(present(store, 0..30).await, [1, 2, 10, 20]);

    done(store, vec![Change::EndSession(cookie(10))]).await;
    assert_eq!(
        present(store, 0..30).await,
        [2, 20],
        "signed out under both of its values"
    );

    let committed = done(store, vec![opened(1, 3, 5, 1)]).await;
    assert_eq!(committed.displaced, [id(2)], "told once");
    assert_eq!(
        present(store, 0..30).await,
        [3],
        "displaced under both of its values"
    );

    // A superseded value that ends leaves the one that took its place alone.
    let version = store.session(&cookie(3)).await.unwrap().unwrap().version;
    let (old, opens) = step_up(3, 25);
    let old_ends = Change::EndSession(cookie(3));
    done(
        store,
        vec![opens, Change::ReplaceSession(cookie(3), old, version), old_ends],
    )
    .await;
    assert_eq!(present(store, 0..30).await, [25]);
}

pub(in crate::store) async fn sessions_are_listed_oldest_first(store: &dyn Store) {
    done(
        store,
        vec![
            open(1, 5, at(5)),
            open(1, 9, at(1)),
            open(1, 1, at(5)),
            open(2, 7, at(0)),
        ],
    )
    .await;
    let listed = store.sessions_of(account_id(1)).await.unwrap();
    let cookies: Vec<_> = listed.iter().map(|(cookie, _)| *cookie).collect();
    assert_eq!(
        cookies,
        [cookie(9), cookie(5), cookie(1)],
        "then in the order they came"
    );
    assert_eq!(listed[0].1.id, id(9));
    assert!(store.sessions_of(account_id(3)).await.unwrap().is_empty());
}

pub(in crate::store) async fn ending_all_spares_the_one_that_stays_and_everybody_else(store: &dyn Store) {
    let (mine, stays) = (
        flow_key(FlowKind::Confirming, 1),
        flow_key(FlowKind::Confirming, 2),
    );
    let theirs = flow_key(FlowKind::Confirming, 3);
    done(
        store,
        vec![
            open(1, 1, at(0)),
            open(1, 2, at(0)),
            open(2, 3, at(0)),
            Change::CreateFlow(mine, arrival(1, "/", at(60))),
            Change::CreateFlow(stays, arrival(1, "/", at(60))),
            Change::CreateFlow(theirs, arrival(2, "/", at(60))),
        ],
    )
    .await;
    done(
        store,
        vec![Change::EndAllOf {
            account: account_id(1),
            except: Some(cookie(2)),
        }],
    )
    .await;
    assert_eq!(present(store, 0..9).await, [2, 3]);
    let there = async |key| store.flow(&key, at(1)).await.unwrap().is_some();
    assert!(!there(mine).await && there(stays).await && there(theirs).await);

    done(
        store,
        vec![Change::EndAllOf {
            account: account_id(1),
            except: None,
        }],
    )
    .await;
    assert_eq!(present(store, 0..9).await, [3]);
    assert!(!there(stays).await && there(theirs).await);
}

pub(in crate::store) async fn last_use_only_moves_forward(store: &dyn Store) {
    done(store, vec![open(1, 1, at(0))]).await;
    let read = store.session(&cookie(1)).await.unwrap().unwrap();
    let last_used = async || store.session(&cookie(1)).await.unwrap().unwrap().value.last_used;

    store
        .touch(vec![(cookie(1), at(50)), (cookie(8), at(50))])
        .await
        .unwrap();
    assert_eq!(last_used().await, at(50));
    store.touch(vec![(cookie(1), at(40))]).await.unwrap();
    assert_eq!(last_used().await, at(50));
    assert!(!has_session(store, 8).await, "a session that is gone stays gone");
    let listed = store.sessions_of(account_id(1)).await.unwrap();
    assert_eq!(listed[0].1.last_used, at(50));

    // Read before the touch, replaced after it: the version has stayed, and so does the use.
    done(
        store,
        vec![Change::ReplaceSession(cookie(1), read.value, read.version)],
    )
    .await;
    assert_eq!(last_used().await, at(50));
}

pub(in crate::store) async fn a_session_is_read_with_its_account(store: &dyn Store) {
    assert!(store.session_and_account(&cookie(1)).await.unwrap().is_none());
    let changes = vec![
        Change::CreateAccount(account(1)),
        open(1, 1, at(0)),
        open(2, 2, at(0)),
    ];
    done(store, changes).await;
    store.touch(vec![(cookie(1), at(30))]).await.unwrap();

    let (session, held) = store.session_and_account(&cookie(1)).await.unwrap().unwrap();
    let alone = store.session(&cookie(1)).await.unwrap().unwrap();
    assert_eq!(session.version, alone.version);
    assert_eq!(format!("{:?}", session.value), format!("{:?}", alone.value));
    assert_eq!(session.value.last_used, at(30));
    let (held, alone) = (held.unwrap(), stored(store, 1).await);
    assert_eq!((held.value.id, held.version), (alone.value.id, alone.version));
    let (_, nobody) = store.session_and_account(&cookie(2)).await.unwrap().unwrap();
    assert!(nobody.is_none());
}
