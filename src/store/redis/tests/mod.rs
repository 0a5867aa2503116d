//! The rules of every adapter, and what is Redis's own: ends, hash tags, outages, refusals.

mod clocks;
mod server;
mod several;

use std::sync::Arc;
use std::time::{Duration, Instant};

use self::server::Server;
use super::{OpenError, RedisStore};
use crate::base::clock::SystemClock;
use crate::base::entropy::OsEntropy;
use crate::base::seal::Keyring;
use crate::identity::throttle::{Limit, Stroke, Then};
use crate::store::conformance::accounts::device;
use crate::store::conformance::{
    self, account, account_id, arrival, at, cookie, done, flow_key, open, stored,
};
use crate::store::settings::RedisSettings;
use crate::store::{
    Change, Changed, CounterKey, FlowKind, ReadError, Store as _, StoredEvent, StoredLetter, WriteError,
};

conformance::suite!(async || {
    let server = Server::start(&[]);
    (open_at(&server.settings()).await.unwrap(), server)
});

/// A store that has looked at what is there.
async fn open_at(settings: &RedisSettings) -> Result<RedisStore, OpenError> {
    let store = RedisStore::new(settings, None, None);
    store.connect().await.map(|()| store)
}

async fn opened(options: &[&str]) -> (RedisStore, Server) {
    let server = Server::start(options);
    let store = open_at(&server.settings()).await.unwrap();
    (store, server)
}

/// One of five in a quarter of an hour.
fn stroke() -> Stroke {
    Stroke {
        limit: Limit {
            at_most: 5,
            within: Duration::from_secs(900),
            then: Then::WindowEnd,
        },
        member: None,
    }
}

/// A bit of everything that is kept.
async fn fill(store: &RedisStore) {
    fill_with_key(store, Some([1; 32])).await;
}

async fn fill_with_key(store: &dyn crate::store::Store, check: Option<[u8; 32]>) {
    let event = StoredEvent {
        at: at(0),
        name: "session.opened".to_owned(),
        account: Some(account_id(1)),
        line: "{}".to_owned(),
    };
    let letter = StoredLetter {
        id: [1; 16],
        written: at(0),
        due: at(0),
        tries: 0,
        sealed: vec![0, 255],
    };
    done(
        store,
        vec![
            Change::CreateAccount(account(1)),
            open(1, 1, at(0)),
            Change::CreateFlow(flow_key(FlowKind::SignIn, 1), arrival(1, "/", at(60))),
            Change::Record(event),
            Change::Enqueue(letter),
        ],
    )
    .await;
    let strokes = vec![(CounterKey("name:abc".to_owned()), stroke())];
    store.strike(strokes, at(0)).await.unwrap();
    store.touch(vec![(cookie(1), at(5))]).await.unwrap();
    store.newest_time(at(0)).await.unwrap();
    if let Some(check) = check {
        store.set_key_check(check).await.unwrap();
    }
    store.ping().await.unwrap();
}

#[tokio::test]
async fn every_key_lies_in_one_of_two_slots() {
    let (store, server) = opened(&[]).await;
    fill(&store).await;
    let keys = server.ask(&["keys", "*"]);
    assert!(keys.lines().count() > 15, "{keys}");
    for key in keys.lines() {
        assert!(
            key.starts_with("{doorward}:") || key.starts_with("{doorward.counts}:"),
            "{key}"
        );
    }
}

#[tokio::test]
async fn redis_itself_lets_flows_sessions_and_counts_end() {
    let (store, server) = opened(&[]).await;
    fill(&store).await;
    let ends_within = |pattern: &str, seconds: i64| {
        let keys = server.ask(&["keys", pattern]);
        assert!(!keys.is_empty(), "{pattern}");
        for key in keys.lines() {
            let left: i64 = server.ask(&["ttl", key]).parse().unwrap();
            assert!((1..=seconds).contains(&left), "{key}: {left}");
        }
    };
    ends_within("{doorward}:flow:*", 60 + 60);
    ends_within("{doorward}:session:*", 31 * 86_400);
    ends_within("{doorward}:used:*", 31 * 86_400);
    ends_within("{doorward.counts}:*", 900 + 60);
}

#[tokio::test]
async fn an_outage_is_told_in_time_and_ends_by_itself() {
    let (store, server) = opened(&[]).await;
    fill(&store).await;
    let mark = store.mark().await.unwrap();
    let start_again = server.kill();

    for _ in 0..3 {
        let asked = Instant::now();
        let answer = store.session(&cookie(1)).await;
        assert!(matches!(answer, Err(ReadError::Unavailable(_))), "{answer:?}");
        let refused = store.commit(vec![open(1, 2, at(0))], at(0)).await;
        assert!(matches!(refused, Err(WriteError::Unavailable(_))), "{refused:?}");
        assert!(asked.elapsed() < Duration::from_secs(5), "{:?}", asked.elapsed());
    }

    let _server = start_again();
    let back = Instant::now();
    while store.ping().await.is_err() {
        assert!(back.elapsed() < Duration::from_secs(2));
    }
    // It came back empty: whoever holds copies drops them all.
    let (_, changed) = store.changes_since(mark).await.unwrap();
    assert_eq!(changed, [Changed::Everything]);
    assert!(store.session(&cookie(1)).await.unwrap().is_none());
}

/// With a key to be checked against it, a database that has lost everything is not taken for a new one.
#[tokio::test]
async fn a_redis_that_came_back_empty_is_not_begun_anew() {
    let server = Server::start(&[]);
    let keys = Arc::new(Keyring::generate(&OsEntropy));
    let store = RedisStore::new(&server.settings(), Some(Arc::clone(&keys)), None);
    store.connect().await.unwrap();
    done(&store, vec![Change::CreateAccount(account(1))]).await;
    let server = server.kill()();

    let refused = store.account(account_id(1)).await;
    assert!(matches!(refused, Err(ReadError::Unavailable(_))), "{refused:?}");
    assert!(matches!(store.connect().await, Err(OpenError::Emptied(_))));
    assert_eq!(server.ask(&["dbsize"]), "0");

    // A start is another matter.
    let store = RedisStore::new(&server.settings(), Some(keys), None);
    store.connect().await.unwrap();
    assert!(store.account(account_id(1)).await.unwrap().is_none());
}

#[tokio::test]
async fn the_key_is_checked_against_what_is_there() {
    let server = Server::start(&[]);
    let with = |keys: Keyring| RedisStore::new(&server.settings(), Some(Arc::new(keys)), None);
    let first = Keyring::generate(&OsEntropy);
    let same = Keyring::parse(first.printed().expose()).unwrap();
    with(first).connect().await.unwrap();
    with(same).connect().await.unwrap();
    let refused = with(Keyring::generate(&OsEntropy)).connect().await;
    assert!(matches!(refused, Err(OpenError::Key)), "{refused:?}");

    server.ask(&["flushall"]);
    let unmarked = open_at(&server.settings()).await.unwrap();
    done(&unmarked, vec![Change::CreateAccount(account(1))]).await;
    let refused = with(Keyring::generate(&OsEntropy)).connect().await;
    assert!(matches!(refused, Err(OpenError::Unchecked(_))), "{refused:?}");
}

#[tokio::test]
async fn redis_says_itself_when_another_node_wrote() {
    let (one, server) = opened(&[]).await;
    let other = open_at(&server.settings()).await.unwrap();
    // Said at the beginning: nobody knows what happened before.
    other.news().await;
    let mark = other.mark().await.unwrap();
    let silent = tokio::time::timeout(Duration::from_millis(100), other.news()).await;
    assert!(silent.is_err());

    done(&one, vec![Change::CreateAccount(account(1))]).await;

    let told = tokio::time::timeout(Duration::from_secs(1), other.news()).await;
    assert!(told.is_ok());
    let (_, changed) = other.changes_since(mark).await.unwrap();
    assert_eq!(changed, [Changed::Account(account_id(1))]);
}

#[tokio::test]
async fn a_replica_is_believed_nothing() {
    let (store, server) = opened(&[]).await;
    fill(&store).await;
    let mark = store.mark().await.unwrap();
    let primary = Server::start(&[]);
    server.ask(&["replicaof", "127.0.0.1", &primary.port().to_string()]);

    let refused = store.changes_since(mark).await;
    assert!(matches!(refused, Err(ReadError::Unavailable(_))), "{refused:?}");
    let refused = store.session(&cookie(1)).await;
    assert!(matches!(refused, Err(ReadError::Unavailable(_))), "{refused:?}");
}

#[tokio::test]
async fn a_full_redis_writes_nothing_of_a_commit_and_is_still_read() {
    let (store, server) = opened(&[]).await;
    fill(&store).await;
    server.ask(&["config", "set", "maxmemory", "1"]);

    let version = stored(&store, 1).await.version;
    let refused = store
        .commit(
            vec![Change::EndSession(cookie(1)), Change::CreateAccount(account(2))],
            at(0),
        )
        .await;
    assert!(matches!(refused, Err(WriteError::Unavailable(_))), "{refused:?}");
    assert_eq!(stored(&store, 1).await.version, version);
    assert!(store.session(&cookie(1)).await.unwrap().is_some());
    assert!(store.account(account_id(2)).await.unwrap().is_none());
    assert!(store.ping().await.is_err(), "it could not write");

    server.ask(&["config", "set", "maxmemory", "0"]);
    store.ping().await.unwrap();
}

#[tokio::test]
async fn a_redis_that_would_forget_is_refused_at_the_start() {
    let server = Server::start(&["--maxmemory-policy", "allkeys-lru"]);
    let refused = open_at(&server.settings()).await.err().unwrap();
    assert!(matches!(refused, OpenError::Evicts { .. }), "{refused}");
}

/// Every kind of question.
async fn use_all(store: &RedisStore) {
    let mark = store.mark().await.unwrap();
    fill_with_key(store, None).await;
    let now = at(1);
    let held = stored(store, 1).await;
    store.account_by_email(&held.value.email).await.unwrap().unwrap();
    assert_eq!(store.accounts(None, 9).await.unwrap().len(), 1);
    assert_eq!(store.sessions_of(account_id(1)).await.unwrap().len(), 1);
    store.session(&cookie(1)).await.unwrap().unwrap();
    let flow = flow_key(FlowKind::SignIn, 1);
    store.flow(&flow, now).await.unwrap().unwrap();
    let counted = CounterKey("name:abc".to_owned());
    let strokes = vec![(counted.clone(), stroke())];
    store.refund(strokes, now).await.unwrap();
    store.waits(vec![counted.clone()], now).await.unwrap();
    store.count(&counted, now).await.unwrap();
    store.clear(vec![counted]).await.unwrap();
    store.letters_waiting().await.unwrap();
    assert_eq!(store.letters_due(now, 9).await.unwrap().len(), 1);
    assert_eq!(store.letters_due(now, usize::MAX).await.unwrap().len(), 1);
    store.letter_retry([1; 16], now).await.unwrap();
    store.letter_sealed_anew([1; 16], vec![1]).await.unwrap();
    store.letter_done([1; 16]).await.unwrap();
    assert_eq!(store.events(None, at(0), 9).await.unwrap().len(), 1);
    assert_eq!(store.newest_events(account_id(1), 9).await.unwrap().len(), 1);
    assert!(!store.changes_since(mark).await.unwrap().1.is_empty());
    let check = store.key_check().await.unwrap().unwrap();
    store.replace_key_check(check, check, vec![1]).await.unwrap();
    store.heirlooms().await.unwrap().unwrap();
    store.ping().await.unwrap();
    store.present().await.unwrap();
    let changes = vec![
        Change::DropFlowsOf {
            account: account_id(1),
            kind: FlowKind::SignIn,
        },
        Change::EndSession(cookie(1)),
        open(1, 2, at(0)),
        Change::DeleteAccount(account_id(1), held.version),
    ];
    done(store, changes).await;
    store
        .sweep(at(9_000_000), at(9_000_000), at(9_000_000))
        .await
        .unwrap();
}

/// Redis looks at rights while a script runs, and leaves what it has written: fewer are refused before anything is.
#[tokio::test]
async fn a_user_with_too_few_rights_is_refused_at_the_start() {
    for missing in [
        "-xadd",
        "-zrem",
        "-pexpire",
        "-hdel",
        "-client",
        "-info",
        "-smembers",
        "-time",
    ] {
        let rights = format!(
            "--user doorward on >hunter2 ~{{doorward* +@all -@dangerous +info +client|tracking {missing} --user default off"
        );
        let server = Server::start(&rights.split(' ').collect::<Vec<_>>());
        let mut settings = server.settings();
        settings.user = Some("doorward".to_owned());
        settings.password = Some(crate::base::secret::Secret::new("hunter2".to_owned()));
        let refused = open_at(&settings).await.map(drop);
        assert!(
            matches!(refused, Err(OpenError::Refused { .. })),
            "{missing}: {refused:?}"
        );
    }
}

#[tokio::test]
async fn user_and_password_open_it() {
    // As docs/operation.md says it, and no more.
    let rights = "--user doorward on >hunter2 ~{doorward* +@all -@dangerous +info +client|tracking \
                  --user default off";
    let server = Server::start(&rights.split(' ').collect::<Vec<_>>());
    let mut settings = server.settings();
    assert!(open_at(&settings).await.is_err());
    settings.user = Some("doorward".to_owned());
    settings.password = Some(crate::base::secret::Secret::new("hunter2".to_owned()));
    let keys = Arc::new(Keyring::generate(&OsEntropy));
    let store = RedisStore::new(&settings, Some(Arc::clone(&keys)), Some(Arc::new(SystemClock)));
    store.connect().await.unwrap();
    use_all(&store).await;

    settings.password = Some(crate::base::secret::Secret::new("hunter3".to_owned()));
    let refused = open_at(&settings).await.err().unwrap();
    let words = format!("{refused:?}");
    assert!(!words.contains("hunter"), "{words}");
}

#[tokio::test]
async fn a_layout_of_another_version_is_refused() {
    let (_store, server) = opened(&[]).await;
    server.ask(&["hset", "{doorward}:facts", "layout", "9"]);
    let refused = open_at(&server.settings()).await.err().unwrap();
    assert!(
        refused
            .to_string()
            .ends_with("has layout 9; this version knows 1"),
        "{refused}"
    );
}

/// Two replicas, both asked for: nothing is said to be done that they have not got.
#[tokio::test]
async fn what_too_few_replicas_have_is_an_outage() {
    let primary = Server::start(&[]);
    let replicas = [Server::start(&[]), Server::start(&[])];
    for replica in &replicas {
        replica.follow(&primary);
    }
    let mut settings = primary.settings();
    settings.wait_replicas = 2;
    let store = open_at(&settings).await.unwrap();
    fill(&store).await;
    let held = format!("{{doorward}}:account:{}", account_id(1));
    for replica in &replicas {
        assert_eq!(replica.ask(&["exists", &held]), "1");
    }

    replicas[1].freeze(true);
    let asked = Instant::now();
    let refused = store.commit(vec![Change::EndSession(cookie(1))], at(0)).await;
    assert!(matches!(refused, Err(WriteError::Unavailable(_))), "{refused:?}");
    let strokes = vec![(CounterKey("name:abc".to_owned()), stroke())];
    let refused = store.strike(strokes.clone(), at(0)).await;
    assert!(matches!(refused, Err(WriteError::Unavailable(_))), "{refused:?}");
    assert!(asked.elapsed() < Duration::from_secs(5), "{:?}", asked.elapsed());
    // What there is can be read; whoever tries finds that nothing is kept.
    assert!(store.session(&cookie(1)).await.unwrap().is_none());
    assert!(store.ping().await.is_err());

    replicas[1].freeze(false);
    let back = Instant::now();
    while store.strike(strokes.clone(), at(0)).await.is_err() {
        assert!(back.elapsed() < Duration::from_secs(2));
    }
    done(&store, vec![open(1, 2, at(0))]).await;
}

/// Redis deletes a record a while before the sweep comes: what lists it is cleared all the same.
#[tokio::test]
async fn lists_do_not_outlive_what_they_list() {
    let (store, server) = opened(&[]).await;
    fill(&store).await;
    for key in server.ask(&["keys", "{doorward}:flow:*"]).lines() {
        server.ask(&["del", key]);
    }
    for key in server.ask(&["keys", "{doorward}:session:*"]).lines() {
        server.ask(&["del", key]);
    }
    assert!(store.sessions_of(account_id(1)).await.unwrap().is_empty());
    store.sweep(at(61), at(1), at(1)).await.unwrap();
    done(&store, vec![open(1, 2, at(0))]).await;
    assert_eq!(server.ask(&["keys", "{doorward}:flows:*"]), "");
    assert_eq!(server.ask(&["zcard", "{doorward}:ends"]), "0");
    assert_eq!(server.ask(&["zcard", "{doorward}:opened"]), "1");
    assert_eq!(
        server.ask(&["zcard", &format!("{{doorward}}:sessions:{}", account_id(1))]),
        "1"
    );
    assert_eq!(server.ask(&["hlen", "{doorward}:event"]), "0");
}

/// Accounts from before there was a set of devices: the first sweep lists them, once.
#[tokio::test]
async fn devices_of_older_accounts_are_counted_after_the_first_sweep() {
    let (store, server) = opened(&[]).await;
    for (number, ends) in [(1, vec![100, 200]), (2, vec![]), (3, vec![300])] {
        let mut held = account(number);
        held.devices = ends.into_iter().map(|seconds| device(at(seconds))).collect();
        done(&store, vec![Change::CreateAccount(held)]).await;
        let key = format!("{{doorward}}:account:{}", account_id(number));
        server.ask(&["hdel", &key, "devices"]);
    }
    server.ask(&["del", "{doorward}:devices"]);
    assert_eq!(store.trusted_devices(at(0)).await.unwrap(), 0);

    // Written anew by this version before the walk comes by.
    let held = stored(&store, 3).await;
    done(&store, vec![Change::ReplaceAccount(held.value, held.version)]).await;
    assert_eq!(store.trusted_devices(at(0)).await.unwrap(), 1);

    store.sweep(at(0), at(0), at(0)).await.unwrap();
    assert_eq!(store.trusted_devices(at(0)).await.unwrap(), 3);
    let held = stored(&store, 1).await;
    done(&store, vec![Change::DeleteAccount(account_id(1), held.version)]).await;
    assert_eq!(server.ask(&["zcard", "{doorward}:devices"]), "1");

    // The walk is done: what is listed is not asked for again.
    server.ask(&["del", "{doorward}:devices"]);
    store.sweep(at(0), at(0), at(0)).await.unwrap();
    assert_eq!(store.trusted_devices(at(0)).await.unwrap(), 0);
}
