//! A node whose clock is wrong, and a primary that goes on where another one was cut off.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{Duration, Instant};

use super::server::Server;
use super::{OpenError, RedisStore, fill, open_at};
use crate::base::clock::{Clock, SystemClock};
use crate::base::time::Timestamp;
use crate::store::conformance::{account, at, cookie, done, open};
use crate::store::{Change, Changed, ReadError, Store as _, StoreClock, WriteError};

/// The machine's clock, so many milliseconds off.
#[derive(Default)]
struct Off(AtomicI64);

impl Off {
    fn by(seconds: i64) -> Arc<Self> {
        let clock = Arc::new(Self::default());
        clock.turn(seconds);
        clock
    }

    fn turn(&self, seconds: i64) {
        self.0.store(seconds * 1000, Ordering::SeqCst);
    }
}

impl Clock for Off {
    fn now(&self) -> Timestamp {
        let millis = SystemClock.now().unix_millis() + self.0.load(Ordering::SeqCst);
        Timestamp::from_unix_millis(millis)
    }
}

fn with(server: &Server, clock: &Arc<Off>) -> RedisStore {
    let clock: Arc<dyn Clock> = Arc::clone(clock) as _;
    RedisStore::new(&server.settings(), None, Some(clock))
}

#[tokio::test]
async fn a_node_whose_clock_is_wrong_is_let_near_nothing() {
    let server = Server::start(&[]);
    for seconds in [-3600, -70, 70, 3600] {
        let clock = Off::by(seconds);
        let store = with(&server, &clock);
        let refused = store.connect().await;
        assert!(
            matches!(refused, Err(OpenError::Clock { .. })),
            "{seconds}: {refused:?}"
        );
        assert!(matches!(store.clock(), StoreClock::Apart { .. }));
        let refused = store.newest_time(clock.now()).await;
        assert!(matches!(refused, Err(WriteError::Unavailable(_))), "{refused:?}");
        assert_eq!(server.ask(&["dbsize"]), "0", "it wrote something");
    }
    for seconds in [-40, 0, 40] {
        let store = with(&server, &Off::by(seconds));
        store.connect().await.unwrap();
        assert_eq!(store.clock(), StoreClock::Agrees);
    }
}

#[tokio::test]
async fn a_clock_that_goes_wrong_later_is_noticed_and_comes_back() {
    let server = Server::start(&[]);
    let clock = Off::by(0);
    let store = with(&server, &clock);
    fill(&store).await;
    let mark = store.mark().await.unwrap();
    let newest = server.ask(&["hget", "{doorward}:facts", "newest"]);

    clock.turn(3600);
    // Before anybody has looked: the time is not stored all the same.
    let refused = store.newest_time(clock.now()).await;
    assert!(matches!(refused, Err(WriteError::Unavailable(_))), "{refused:?}");
    let refused = store.changes_since(mark).await;
    assert!(matches!(refused, Err(ReadError::Unavailable(_))), "{refused:?}");
    let refused = store.commit(vec![open(1, 2, at(0))], at(0)).await;
    assert!(matches!(refused, Err(WriteError::Unavailable(_))), "{refused:?}");
    let refused = store.session(&cookie(1)).await;
    let Err(ReadError::Unavailable(words)) = refused else {
        panic!("{refused:?}");
    };
    assert!(words.to_string().contains("more than a minute apart"), "{words}");
    assert_eq!(server.ask(&["hget", "{doorward}:facts", "newest"]), newest);

    clock.turn(0);
    let right = Instant::now();
    while store.changes_since(mark).await.is_err() {
        assert!(right.elapsed() < Duration::from_secs(2));
    }
    assert_eq!(store.clock(), StoreClock::Agrees);
    assert!(store.session(&cookie(1)).await.unwrap().is_some());
}

/// The old primary is gone with what it had told nobody but us, and the new one has an entry of the same number.
#[tokio::test]
async fn whoever_hears_another_primary_drops_what_it_holds() {
    let [primary, replica] = [(), ()].map(|()| Server::start(&[]));
    replica.follow(&primary);
    let store = open_at(&primary.settings()).await.unwrap();
    done(&store, vec![Change::CreateAccount(account(1))]).await;
    let mark = store.mark().await.unwrap();
    let (same, nothing) = store.changes_since(mark).await.unwrap();
    assert_eq!((same, nothing), (mark, vec![]));
    // A replica is told a moment later.
    let newest = ["xrevrange", "{doorward}:changes", "+", "-", "count", "1"];
    let told = Instant::now();
    while replica.ask(&newest) != primary.ask(&newest) {
        assert!(told.elapsed() < Duration::from_secs(10), "it is not told");
    }
    replica.ask(&["replicaof", "no", "one"]);

    let after = open_at(&replica.settings()).await.unwrap();
    let there = after.mark().await.unwrap();
    assert_eq!(there.number, mark.number, "what a mark alone stood for before");
    let (_, changed) = after.changes_since(mark).await.unwrap();
    assert_eq!(changed, [Changed::Everything]);
    assert_eq!(after.changes_since(there).await.unwrap(), (there, vec![]));
}
