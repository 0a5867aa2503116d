//! Flows: until they are over, once, and never the one that was there before.

use super::{account, arrival, at, confirming, done, flow_key, goes_to, stored};
use crate::store::{Change, Flow, FlowKind, Store, WriteError};

pub(in crate::store) async fn a_flow_is_found_until_it_is_over(store: &dyn Store) {
    let key = flow_key(FlowKind::Arrival, 1);
    assert!(store.flow(&key, at(0)).await.unwrap().is_none());
    done(
        store,
        vec![Change::CreateFlow(key, arrival(1, "/page?a=1", at(60)))],
    )
    .await;

    let found = store.flow(&key, at(59)).await.unwrap().unwrap();
    assert_eq!(goes_to(&found.value), "/page?a=1");
    assert_eq!(
        (found.value.account, found.value.expires),
        (account(1).id, at(60))
    );
    assert!(
        store.flow(&key, at(60)).await.unwrap().is_none(),
        "the end is exclusive"
    );
}

pub(in crate::store) async fn a_flow_is_created_only_where_there_is_none(store: &dyn Store) {
    let key = flow_key(FlowKind::Arrival, 1);
    done(store, vec![Change::CreateFlow(key, arrival(1, "/one", at(60)))]).await;
    let again = |next: &str| vec![Change::CreateFlow(key, arrival(1, next, at(600)))];

    let refused = store.commit(again("/two"), at(59)).await;
    assert!(matches!(refused, Err(WriteError::Conflict)));
    store
        .commit(again("/three"), at(60))
        .await
        .expect("an expired flow is none");
    let found = store.flow(&key, at(61)).await.unwrap().unwrap();
    assert_eq!(goes_to(&found.value), "/three");
}

pub(in crate::store) async fn an_expired_flow_can_neither_be_replaced_nor_used_up(store: &dyn Store) {
    let key = flow_key(FlowKind::SignIn, 1);
    done(store, vec![Change::CreateFlow(key, arrival(1, "/", at(60)))]).await;
    let version = store.flow(&key, at(1)).await.unwrap().unwrap().version;

    for change in [
        Change::ReplaceFlow(key, arrival(1, "/longer", at(600)), version),
        Change::DeleteFlow(key, version),
    ] {
        let outcome = store.commit(vec![change], at(60)).await;
        assert!(matches!(outcome, Err(WriteError::Conflict)), "{outcome:?}");
    }
    assert!(store.flow(&key, at(61)).await.unwrap().is_none());
}

pub(in crate::store) async fn a_flow_is_used_up_once(store: &dyn Store) {
    let key = flow_key(FlowKind::SignIn, 1);
    done(store, vec![Change::CreateFlow(key, arrival(1, "/", at(60)))]).await;
    let first = store.flow(&key, at(1)).await.unwrap().unwrap().version;
    done(
        store,
        vec![Change::ReplaceFlow(key, arrival(1, "/next", at(60)), first)],
    )
    .await;
    let second = store.flow(&key, at(1)).await.unwrap().unwrap();
    assert_eq!(goes_to(&second.value), "/next");

    let attempts = [
        (
            Change::ReplaceFlow(key, arrival(1, "/stale", at(60)), first),
            false,
        ),
        (Change::DeleteFlow(key, first), false),
        (Change::DeleteFlow(key, second.version), true),
        (Change::DeleteFlow(key, second.version), false),
        (
            Change::ReplaceFlow(key, arrival(1, "/gone", at(60)), second.version),
            false,
        ),
    ];
    for (number, (change, passes)) in attempts.into_iter().enumerate() {
        let outcome = store.commit(vec![change], at(1)).await;
        assert_eq!(outcome.is_ok(), passes, "attempt {number}: {outcome:?}");
    }
    assert!(store.flow(&key, at(1)).await.unwrap().is_none());
}

pub(in crate::store) async fn a_flow_made_anew_has_a_version_of_its_own(store: &dyn Store) {
    let key = flow_key(FlowKind::Confirming, 1);
    let mut seen = Vec::new();
    for _ in 0..4 {
        done(
            store,
            vec![
                Change::DropFlow(key),
                Change::CreateFlow(key, confirming(1, at(60))),
            ],
        )
        .await;
        seen.push(store.flow(&key, at(1)).await.unwrap().unwrap().version);
    }
    let newest = seen.pop().unwrap();
    assert!(!seen.contains(&newest), "{newest:?} was given before: {seen:?}");
    for stale in seen {
        let change = Change::DeleteFlow(key, stale);
        assert!(matches!(
            store.commit(vec![change], at(1)).await,
            Err(WriteError::Conflict)
        ));
    }
}

pub(in crate::store) async fn flows_of_one_cookie_are_told_apart_by_kind(store: &dyn Store) {
    let (arrives, confirms) = (flow_key(FlowKind::Arrival, 1), flow_key(FlowKind::Confirming, 1));
    done(
        store,
        vec![
            Change::CreateFlow(arrives, arrival(1, "/", at(60))),
            Change::CreateFlow(confirms, confirming(1, at(60))),
        ],
    )
    .await;
    done(store, vec![Change::DropFlow(arrives)]).await;
    assert!(store.flow(&arrives, at(1)).await.unwrap().is_none());
    let left = store.flow(&confirms, at(1)).await.unwrap().unwrap();
    assert!(matches!(left.value.flow, Flow::Confirming(_)));
    for kind in [FlowKind::SignIn, FlowKind::App, FlowKind::Codes, FlowKind::Phone] {
        assert!(store.flow(&flow_key(kind, 1), at(1)).await.unwrap().is_none());
    }
}

pub(in crate::store) async fn dropping_a_flow_asks_for_no_version(store: &dyn Store) {
    let key = flow_key(FlowKind::App, 1);
    done(store, vec![Change::DropFlow(key)]).await;
    done(store, vec![Change::CreateFlow(key, arrival(1, "/", at(60)))]).await;
    done(store, vec![Change::DropFlow(key)]).await;
    assert!(store.flow(&key, at(1)).await.unwrap().is_none());
}

pub(in crate::store) async fn flows_of_one_kind_are_dropped_together(store: &dyn Store) {
    let (old, other) = (flow_key(FlowKind::Reset, 1), flow_key(FlowKind::Reset, 2));
    let kept = [
        (flow_key(FlowKind::App, 1), 1),
        (flow_key(FlowKind::Reset, 3), 2),
        (flow_key(FlowKind::Reset, 4), 1),
    ];
    let put = |key, account| Change::CreateFlow(key, arrival(account, "/", at(60)));
    done(
        store,
        vec![
            put(old, 1),
            put(other, 1),
            put(kept[0].0, 1),
            put(kept[1].0, 2),
            Change::DropFlowsOf {
                account: account(1).id,
                kind: FlowKind::Reset,
            },
            put(kept[2].0, 1),
        ],
    )
    .await;
    for gone in [old, other] {
        assert!(store.flow(&gone, at(1)).await.unwrap().is_none());
    }
    for (key, owner) in kept {
        let held = store.flow(&key, at(1)).await.unwrap().unwrap();
        assert_eq!(held.value.account, account(owner).id, "{key:?}");
    }
}

pub(in crate::store) async fn a_flow_is_read_with_its_account(store: &dyn Store) {
    let (key, orphan) = (flow_key(FlowKind::Arrival, 1), flow_key(FlowKind::Arrival, 2));
    assert!(store.flow_and_account(&key, at(0)).await.unwrap().is_none());
    done(
        store,
        vec![
            Change::CreateAccount(account(1)),
            Change::CreateFlow(key, arrival(1, "/page", at(60))),
            Change::CreateFlow(orphan, arrival(2, "/nobody", at(60))),
        ],
    )
    .await;

    let (flow, held) = store.flow_and_account(&key, at(59)).await.unwrap().unwrap();
    assert_eq!(goes_to(&flow.value), "/page");
    let alone = store.flow(&key, at(59)).await.unwrap().unwrap();
    assert_eq!(flow.version, alone.version);
    let (held, alone) = (held.unwrap(), stored(store, 1).await);
    assert_eq!((held.value.id, held.version), (alone.value.id, alone.version));
    assert!(store.flow_and_account(&key, at(60)).await.unwrap().is_none());
    let (_, nobody) = store.flow_and_account(&orphan, at(0)).await.unwrap().unwrap();
    assert!(nobody.is_none());
}
