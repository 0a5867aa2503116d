//! Counts: all strokes or none, and never one more than the limit.

use std::time::Duration;

use futures_util::future::join_all;

use super::{account, account_id, at};
use crate::identity::throttle::{Limit, Stroke, Then, Waits};
use crate::store::{Change, CounterKey, Store, Struck, Version, WriteError};

const QUARTER: Duration = Duration::from_secs(900);

fn key(name: &str) -> CounterKey {
    CounterKey(name.to_owned())
}

fn stroke(name: &str, at_most: u32, then: Then) -> (CounterKey, Stroke) {
    (
        key(name),
        Stroke {
            limit: Limit {
                at_most,
                within: QUARTER,
                then,
            },
            member: None,
        },
    )
}

fn waiting(name: &str, at_most: u32) -> (CounterKey, Stroke) {
    stroke(
        name,
        at_most,
        Then::Wait {
            first: QUARTER,
            longest: QUARTER,
        },
    )
}

fn went(struck: &Struck) -> bool {
    matches!(struck, Struck::Go { .. })
}

pub(in crate::store) async fn every_stroke_counts_and_the_limit_is_said_once(store: &dyn Store) {
    let strokes = || vec![waiting("a", 5), waiting("b", 3), stroke("c", 2, Then::Report)];
    let places: [&[usize]; 3] = [&[], &[2], &[1]];
    for (second, reached) in places.into_iter().enumerate() {
        let struck = store.strike(strokes(), at(second as i64)).await.unwrap();
        assert_eq!(
            struck,
            Struck::Go {
                reached: reached.to_vec()
            }
        );
    }
    let struck = store.strike(strokes(), at(3)).await.unwrap();
    assert_eq!(
        struck,
        Struck::Wait {
            waits: Waits::Until(at(2 + 900)),
            place: 1
        }
    );
    let struck = store.strike(strokes(), at(2 + 900)).await.unwrap();
    assert!(went(&struck), "the end is exclusive: {struck:?}");
}

pub(in crate::store) async fn nothing_is_counted_where_anybody_waits(store: &dyn Store) {
    assert!(went(
        &store.strike(vec![waiting("full", 1)], at(0)).await.unwrap()
    ));
    for _ in 0..10 {
        let struck = store
            .strike(vec![waiting("free", 2), waiting("full", 1)], at(1))
            .await
            .unwrap();
        assert_eq!(
            struck,
            Struck::Wait {
                waits: Waits::Until(at(900)),
                place: 1
            }
        );
    }
    assert_eq!(
        store.strike(vec![waiting("free", 2)], at(2)).await.unwrap(),
        Struck::Go { reached: vec![] },
        "the first of two"
    );
}

pub(in crate::store) async fn the_longest_wait_is_told(store: &dyn Store) {
    let short = stroke("short", 1, Then::WindowEnd);
    let hour = Duration::from_secs(3600);
    let long = stroke(
        "long",
        1,
        Then::Wait {
            first: hour,
            longest: hour,
        },
    );
    let closed = stroke("closed", 1, Then::Closed);
    for one in [&short, &long, &closed] {
        assert_eq!(
            store.strike(vec![one.clone()], at(0)).await.unwrap(),
            Struck::Go { reached: vec![0] }
        );
    }
    let struck = store
        .strike(vec![short.clone(), long.clone()], at(1))
        .await
        .unwrap();
    assert_eq!(
        struck,
        Struck::Wait {
            waits: Waits::Until(at(3600)),
            place: 1
        }
    );
    let struck = store
        .strike(vec![long.clone(), closed.clone(), short], at(1))
        .await
        .unwrap();
    assert_eq!(
        struck,
        Struck::Wait {
            waits: Waits::Closed,
            place: 1
        }
    );
    let struck = store.strike(vec![long.clone(), long], at(1)).await.unwrap();
    assert_eq!(
        struck,
        Struck::Wait {
            waits: Waits::Until(at(3600)),
            place: 0
        },
        "of equals the first"
    );
    let struck = store.strike(vec![closed], at(10_000_000)).await.unwrap();
    assert_eq!(
        struck,
        Struck::Wait {
            waits: Waits::Closed,
            place: 0
        },
        "closed stays closed"
    );
}

pub(in crate::store) async fn of_two_hundred_guesses_at_once_no_more_than_the_limit_pass(store: &dyn Store) {
    let strokes = || vec![waiting("name", 10), waiting("address", 20)];
    let outcomes = join_all((0..200).map(|_| store.strike(strokes(), at(0)))).await;
    let passed: Vec<_> = outcomes.into_iter().map(Result::unwrap).filter(went).collect();
    assert_eq!(passed.len(), 10);
    let told = passed
        .iter()
        .filter(|it| matches!(it, Struck::Go { reached } if reached == &[0]))
        .count();
    assert_eq!(told, 1, "the limit was reached once");
    let others = join_all((0..200).map(|_| store.strike(vec![waiting("address", 20)], at(1)))).await;
    assert_eq!(others.into_iter().map(Result::unwrap).filter(went).count(), 10);
}

pub(in crate::store) async fn a_refund_lifts_the_wait_that_its_stroke_began(store: &dyn Store) {
    let one = || vec![waiting("name", 3), waiting("other", 99)];
    for _ in 0..3 {
        assert!(went(&store.strike(one(), at(0)).await.unwrap()));
    }
    assert!(store.waits(vec![key("name")], at(1)).await.unwrap().is_some());
    store.refund(one(), at(1)).await.unwrap();
    assert_eq!(store.waits(vec![key("name")], at(1)).await.unwrap(), None);
    assert_eq!(
        store.strike(one(), at(2)).await.unwrap(),
        Struck::Go { reached: vec![0] }
    );
    assert!(!went(&store.strike(one(), at(3)).await.unwrap()));

    store
        .refund(vec![waiting("never struck", 3)], at(3))
        .await
        .unwrap();
    assert_eq!(
        store
            .strike(vec![waiting("never struck", 1)], at(4))
            .await
            .unwrap(),
        Struck::Go { reached: vec![0] },
        "a refund buys nothing"
    );
}

pub(in crate::store) async fn members_count_once_each(store: &dyn Store) {
    let name = |member| {
        let (key, stroke) = waiting("names", 2);
        vec![(
            key,
            Stroke {
                member: Some(member),
                ..stroke
            },
        )]
    };
    for member in [1, 1, 2, 2, 1] {
        assert_eq!(
            store.strike(name(member), at(0)).await.unwrap(),
            Struck::Go { reached: vec![] }
        );
    }
    store.refund(name(1), at(1)).await.unwrap();
    assert_eq!(
        store.strike(name(3), at(1)).await.unwrap(),
        Struck::Go { reached: vec![] }
    );
    assert_eq!(
        store.strike(name(4), at(1)).await.unwrap(),
        Struck::Go { reached: vec![0] }
    );
    assert!(!went(&store.strike(name(2), at(2)).await.unwrap()));
}

pub(in crate::store) async fn waits_are_looked_up_without_counting(store: &dyn Store) {
    for _ in 0..5 {
        assert_eq!(store.waits(vec![key("a"), key("b")], at(0)).await.unwrap(), None);
    }
    store
        .strike(vec![stroke("a", 1, Then::WindowEnd)], at(0))
        .await
        .unwrap();
    store
        .strike(vec![stroke("b", 1, Then::WindowEnd)], at(100))
        .await
        .unwrap();
    let waits = store
        .waits(vec![key("none"), key("a"), key("b")], at(101))
        .await
        .unwrap();
    assert_eq!(waits, Some(Waits::Until(at(1000))), "the longest");
    assert_eq!(store.waits(vec![key("a")], at(900)).await.unwrap(), None);
}

pub(in crate::store) async fn cleared_counts_begin_anew(store: &dyn Store) {
    let closed = || vec![stroke("row", 1, Then::Closed)];
    store.strike(closed(), at(0)).await.unwrap();
    assert!(!went(&store.strike(closed(), at(1)).await.unwrap()));
    store.clear(vec![key("row"), key("never struck")]).await.unwrap();
    assert_eq!(
        store.strike(closed(), at(2)).await.unwrap(),
        Struck::Go { reached: vec![0] }
    );
}

pub(in crate::store) async fn counts_are_settled_with_the_commit_that_rests_on_them(store: &dyn Store) {
    let (right, row) = (|| vec![waiting("right", 3)], || vec![waiting("row", 3)]);
    for second in 0..2 {
        store.strike(right(), at(second)).await.unwrap();
        store.strike(row(), at(second)).await.unwrap();
    }
    let settled = || {
        vec![
            Change::TakeBack(right()),
            Change::Forget(vec![key("row"), key("never struck")]),
        ]
    };
    let counts = async || {
        let count = async |name: &str| store.count(&key(name), at(2)).await.unwrap();
        (count("right").await, count("row").await)
    };

    let mut refused = settled();
    refused.push(Change::DeleteAccount(account_id(1), Version(1)));
    assert!(matches!(
        store.commit(refused, at(2)).await,
        Err(WriteError::Conflict)
    ));
    assert_eq!(counts().await, (2, 2), "nothing rests on a commit that was not");

    let mut made = vec![Change::CreateAccount(account(1))];
    made.extend(settled());
    store.commit(made, at(2)).await.unwrap();
    assert_eq!(counts().await, (1, 0));
    store.commit(settled(), at(2)).await.unwrap();
    assert_eq!(counts().await, (0, 0), "by themselves, too");
}
