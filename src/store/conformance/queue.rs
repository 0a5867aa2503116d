//! Letters that wait and events that stay.

use super::{account_id, at, done, refused};
use crate::base::time::Timestamp;
use crate::store::{Change, Store, StoredEvent, StoredLetter, WriteError};

fn letter(number: u8, written: Timestamp, due: Timestamp) -> StoredLetter {
    StoredLetter {
        id: [number; 16],
        written,
        due,
        tries: 0,
        sealed: vec![0, number, 255],
    }
}

fn event(name: &str, account: Option<u64>, at: Timestamp) -> Change {
    Change::Record(StoredEvent {
        at,
        name: name.to_owned(),
        account: account.map(account_id),
        line: format!("{{\"event\":\"{name}\",\"text\":\"'; DROP TABLE event; --\"}}"),
    })
}

pub(in crate::store) async fn letters_stay_until_they_are_done(store: &dyn Store) {
    assert_eq!(store.letters_waiting().await.unwrap(), (0, None));
    let letters = [
        letter(1, at(5), at(5)),
        letter(2, at(3), at(9)),
        letter(3, at(8), at(20)),
    ];
    done(store, letters.iter().cloned().map(Change::Enqueue).collect()).await;
    assert_eq!(store.letters_waiting().await.unwrap(), (3, Some(at(3))));

    let due = store.letters_due(at(9), 10).await.unwrap();
    assert_eq!(
        due,
        [letters[1].clone(), letters[0].clone()],
        "oldest first, and only those due"
    );
    assert_eq!(store.letters_due(at(9), 10).await.unwrap(), due, "they stay");
    assert_eq!(store.letters_due(at(9), 1).await.unwrap(), [letters[1].clone()]);

    store.letter_done([2; 16]).await.unwrap();
    store.letter_done([2; 16]).await.unwrap();
    assert_eq!(
        store.letters_due(at(99), 10).await.unwrap(),
        [letters[0].clone(), letters[2].clone()]
    );
    assert_eq!(store.letters_waiting().await.unwrap(), (2, Some(at(5))));

    let twin = Change::Enqueue(letter(1, at(1), at(1)));
    assert!(matches!(refused(store, vec![twin]).await, WriteError::Conflict));
}

pub(in crate::store) async fn a_letter_is_put_off(store: &dyn Store) {
    done(store, vec![Change::Enqueue(letter(1, at(0), at(0)))]).await;
    store.letter_retry([1; 16], at(60)).await.unwrap();
    store.letter_retry([9; 16], at(60)).await.unwrap();
    assert!(store.letters_due(at(59), 10).await.unwrap().is_empty());
    let due = store.letters_due(at(60), 10).await.unwrap();
    assert_eq!(
        due,
        [StoredLetter {
            due: at(60),
            tries: 1,
            ..letter(1, at(0), at(0))
        }]
    );
    assert_eq!(store.letters_waiting().await.unwrap(), (1, Some(at(0))));
}

/// However many there are, and whenever they are due.
pub(in crate::store) async fn letters_are_sealed_anew_where_they_lie(store: &dyn Store) {
    let numbered = |number: u16| {
        let mut id = [0; 16];
        id[..2].copy_from_slice(&number.to_le_bytes());
        let (written, due) = (at(i64::from(number)), at(10_000 - i64::from(number)));
        StoredLetter {
            id,
            ..letter(7, written, due)
        }
    };
    let letters: Vec<StoredLetter> = (0..1500).map(numbered).collect();
    for some in letters.chunks(500) {
        done(store, some.iter().cloned().map(Change::Enqueue).collect()).await;
    }
    let end_of_time = Timestamp::from_unix_millis(i64::MAX);
    let held = store.letters_due(end_of_time, usize::MAX).await.unwrap();
    assert_eq!(held, letters);

    store
        .letter_sealed_anew(letters[3].id, vec![0, 1, 2])
        .await
        .unwrap();
    store.letter_sealed_anew([9; 16], vec![3]).await.unwrap();
    let held = store.letters_due(end_of_time, usize::MAX).await.unwrap();
    assert_eq!(held.len(), letters.len(), "one that is gone does not come back");
    let anew = StoredLetter {
        sealed: vec![0, 1, 2],
        ..letters[3].clone()
    };
    assert_eq!(held[3], anew);
}

pub(in crate::store) async fn events_are_listed_oldest_first_by_account_and_time(store: &dyn Store) {
    done(
        store,
        vec![
            event("b", Some(1), at(2)),
            event("a", Some(2), at(1)),
            event("c", None, at(2)),
            event("d", Some(1), at(3)),
        ],
    )
    .await;
    let names = async |account: Option<u64>, since, at_most| -> Vec<String> {
        let events = store
            .events(account.map(account_id), since, at_most)
            .await
            .unwrap();
        events.into_iter().map(|event| event.name).collect()
    };
    assert_eq!(names(None, at(0), 99).await, ["a", "b", "c", "d"]);
    assert_eq!(names(None, at(2), 2).await, ["b", "c"], "since is inclusive");
    assert_eq!(names(Some(1), at(0), 99).await, ["b", "d"]);
    assert_eq!(names(Some(3), at(0), 99).await, Vec::<String>::new());
    let newest = async |account, at_most| -> Vec<String> {
        let events = store.newest_events(account_id(account), at_most).await.unwrap();
        events.into_iter().map(|event| event.name).collect()
    };
    assert_eq!(newest(1, 99).await, ["d", "b"]);
    assert_eq!(newest(1, 1).await, ["d"]);
    assert_eq!(newest(3, 9).await, Vec::<String>::new());
    let first = store.events(Some(account_id(2)), at(0), 1).await.unwrap();
    let Change::Record(expected) = event("a", Some(2), at(1)) else {
        panic!("an event")
    };
    assert_eq!(first, [expected]);
}
