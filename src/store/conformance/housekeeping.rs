//! Sweeping, the newest time, the key check, the ping.

use std::time::Duration;

use super::{account, arrival, at, cookie, done, flow_key, has_session, open, session, stored};
use crate::identity::throttle::{Limit, Stroke, Then, Waits};
use crate::store::{Change, Changed, CounterKey, FlowKind, Store, StoredEvent, StoredLetter, WriteError};

pub(in crate::store) async fn a_sweep_takes_what_is_over_and_nothing_else(store: &dyn Store) {
    let (over, live) = (flow_key(FlowKind::Arrival, 1), flow_key(FlowKind::Arrival, 2));
    let event = |seconds| StoredEvent {
        at: at(seconds),
        name: "a".into(),
        account: None,
        line: format!("{seconds}"),
    };
    let mut superseded = session(1, 3, at(100));
    superseded.ends = Some(at(110));
    done(
        store,
        vec![
            Change::CreateAccount(account(1)),
            Change::CreateFlow(over, arrival(1, "/", at(200))),
            Change::CreateFlow(live, arrival(1, "/", at(201))),
            open(1, 1, at(49)),
            open(1, 2, at(50)),
            Change::OpenSession {
                cookie: cookie(3),
                session: superseded,
                at_most: 10,
            },
            Change::Record(event(59)),
            Change::Record(event(60)),
            Change::Enqueue(StoredLetter {
                id: [1; 16],
                written: at(0),
                due: at(0),
                tries: 9,
                sealed: vec![],
            }),
        ],
    )
    .await;
    let limit = |then| Limit {
        at_most: 1,
        within: Duration::from_secs(50),
        then,
    };
    let stroke = |key: &str, then| {
        (
            CounterKey(key.into()),
            Stroke {
                limit: limit(then),
                member: None,
            },
        )
    };
    let strokes = vec![stroke("fades", Then::WindowEnd), stroke("closed", Then::Closed)];
    store.strike(strokes, at(150)).await.unwrap();
    let mark = store.mark().await.unwrap();

    store.sweep(at(200), at(50), at(60)).await.unwrap();

    stored(store, 1).await;
    assert!(store.flow(&live, at(200)).await.unwrap().is_some());
    // Asked about as of earlier, so that what lies there and is over would be seen.
    assert!(store.flow(&over, at(0)).await.unwrap().is_none());
    assert!(!has_session(store, 1).await && has_session(store, 2).await && !has_session(store, 3).await);
    assert_eq!(store.events(None, at(0), 9).await.unwrap(), [event(60)]);
    assert_eq!(
        store.letters_waiting().await.unwrap().0,
        1,
        "a letter waits until it is done"
    );
    let waits = async |key: &str| store.waits(vec![CounterKey(key.into())], at(200)).await.unwrap();
    assert_eq!(waits("fades").await, None);
    assert_eq!(
        waits("closed").await,
        Some(Waits::Closed),
        "until support opens it"
    );
    let (_, told) = store.changes_since(mark).await.unwrap();
    assert_eq!(told.len(), 2);
    assert!(
        [1, 3]
            .iter()
            .all(|number| told.contains(&Changed::Session(cookie(*number))))
    );
}

pub(in crate::store) async fn every_session_and_flow_ends_and_nothing_else(store: &dyn Store) {
    let mut superseded = session(1, 1500, at(100));
    superseded.ends = Some(at(110));
    let mut with_device = account(1);
    with_device.devices = vec![super::accounts::device(at(500))];
    let mut changes = vec![
        Change::CreateAccount(with_device),
        Change::OpenSession {
            cookie: cookie(1500),
            session: superseded,
            at_most: 10,
        },
        Change::Record(StoredEvent {
            at: at(1),
            name: "a".into(),
            account: None,
            line: "{}".into(),
        }),
    ];
    // More than are ended at a time.
    changes.extend((0..1200).map(|number| open(number, number, at(0))));
    changes.extend((0..1100).map(|number| {
        let key = flow_key(FlowKind::Arrival, number);
        Change::CreateFlow(key, arrival(number, "/", at(600)))
    }));
    for some in changes.chunks(200) {
        done(store, some.to_vec()).await;
    }
    let mark = store.mark().await.unwrap();

    store.end_everything().await.unwrap();

    for number in [0, 1, 700, 1199, 1500] {
        assert!(!has_session(store, number).await, "{number}");
        let flow = store.flow(&flow_key(FlowKind::Arrival, number), at(0)).await;
        assert!(flow.unwrap().is_none(), "{number}");
    }
    let (_, told) = store.changes_since(mark).await.unwrap();
    let all = (0..1200)
        .chain([1500])
        .map(|number| Changed::Session(cookie(number)));
    assert!(all.into_iter().all(|it| told.contains(&it)), "{}", told.len());
    stored(store, 1).await;
    assert_eq!(store.trusted_devices(at(0)).await.unwrap(), 1);
    assert_eq!(store.events(None, at(0), 9).await.unwrap().len(), 1);
    store.end_everything().await.unwrap();
}

pub(in crate::store) async fn the_newest_time_never_goes_back(store: &dyn Store) {
    assert_eq!(
        store.newest_time(at(-3_000_000_000)).await.unwrap(),
        at(-3_000_000_000)
    );
    assert_eq!(store.newest_time(at(5)).await.unwrap(), at(5));
    assert_eq!(store.newest_time(at(4)).await.unwrap(), at(5));
    assert_eq!(store.newest_time(at(6)).await.unwrap(), at(6));
}

pub(in crate::store) async fn the_key_check_is_set_once(store: &dyn Store) {
    assert_eq!(store.key_check().await.unwrap(), None);
    store.set_key_check([7; 32]).await.unwrap();
    assert!(matches!(
        store.set_key_check([8; 32]).await,
        Err(WriteError::Conflict)
    ));
    assert_eq!(store.key_check().await.unwrap(), Some([7; 32]));
}

pub(in crate::store) async fn another_key_takes_the_place_of_the_one_before(store: &dyn Store) {
    assert_eq!(store.heirlooms().await.unwrap(), None);
    store.set_key_check([7; 32]).await.unwrap();
    let handed_down = vec![0, 255, 10, 13];
    store
        .replace_key_check([7; 32], [8; 32], handed_down.clone())
        .await
        .unwrap();
    assert_eq!(store.key_check().await.unwrap(), Some([8; 32]));
    assert_eq!(store.heirlooms().await.unwrap(), Some(handed_down.clone()));
    // Somebody else was quicker.
    let late = store.replace_key_check([7; 32], [9; 32], vec![1]).await;
    assert!(matches!(late, Err(WriteError::Conflict)));
    assert_eq!(store.key_check().await.unwrap(), Some([8; 32]));
    assert_eq!(store.heirlooms().await.unwrap(), Some(handed_down));
}

pub(in crate::store) async fn a_store_at_work_answers_a_ping(store: &dyn Store) {
    store.ping().await.unwrap();
    done(store, vec![Change::CreateAccount(account(1))]).await;
    store.ping().await.unwrap();
}
