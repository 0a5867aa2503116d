//! A Redis of several servers: the rules in a Cluster, and a primary that Sentinels replace.

use std::time::{Duration, Instant};

use super::server::Server;
use super::{open_at, stroke};
use crate::base::entropy::OsEntropy;
use crate::base::seal::Keyring;
use crate::identity::account::Status;
use crate::store::conformance::{self, account, arrival, at, cookie, done, flow_key, open, stored};
use crate::store::redis::RedisStore;
use crate::store::settings::{Address, RedisSettings, Sentinels, Through};
use crate::store::{Change, CounterKey, FlowKind, Mark, Store as _, WriteError};

/// Two primaries, one of which owns counts only.
struct Cluster {
    records: Server,
    counts: Server,
}

impl Cluster {
    fn start() -> Self {
        let [records, counts] = [(), ()].map(|()| Server::start_in_cluster());
        let slot: u32 = counts
            .ask(&["cluster", "keyslot", "{doorward.counts}:"])
            .parse()
            .unwrap();
        let others: Vec<String> = (0..16384)
            .filter(|it| *it != slot)
            .map(|it| it.to_string())
            .collect();
        let add = ["cluster", "addslots"].into_iter();
        let all: Vec<&str> = add.chain(others.iter().map(String::as_str)).collect();
        records.ask(&all);
        counts.ask(&["cluster", "addslots", &slot.to_string()]);
        records.ask(&["cluster", "set-config-epoch", "1"]);
        counts.ask(&["cluster", "set-config-epoch", "2"]);
        let port = counts.port().to_string();
        records.ask(&["cluster", "meet", "127.0.0.1", &port]);
        let until = Instant::now() + Duration::from_secs(30);
        for node in [&records, &counts] {
            while !node.ask(&["cluster", "info"]).contains("cluster_state:ok") {
                assert!(Instant::now() < until, "no Cluster");
                std::thread::sleep(Duration::from_millis(50));
            }
        }
        Self { records, counts }
    }

    /// Asked is first whoever owns no records.
    fn settings(&self) -> RedisSettings {
        let mut settings = self.counts.settings();
        let nodes = vec![settings.address.clone(), self.records.settings().address];
        settings.through = Through::Cluster(nodes);
        settings
    }

    fn empty(&self) {
        self.records.ask(&["flushall"]);
        self.counts.ask(&["flushall"]);
    }
}

static CLUSTER: std::sync::LazyLock<Cluster> = std::sync::LazyLock::new(Cluster::start);

conformance::suite!(in_turn every_rule_holds_in_a_cluster, async || {
    let cluster = tokio::task::block_in_place(|| {
        CLUSTER.empty();
        &*CLUSTER
    });
    (open_at(&cluster.settings()).await.unwrap(), ())
});

/// One that is cut off together with the old primary knows of no other.
#[tokio::test]
async fn fewer_than_half_of_the_sentinels_are_not_believed() {
    let primary = Server::start(&[]);
    let sentinels = [(); 2].map(|()| Server::start_sentinel(&primary));
    let alive = || sentinels.iter().map(|it| it.settings().address);
    let silent = |count| std::iter::repeat_n(Server::nowhere(), count);
    let mut settings = sentinels[0].settings();
    let mut with = |nodes: Vec<Address>| {
        settings.through = Through::Sentinels(Sentinels {
            primary: "main".to_owned(),
            nodes,
            user: None,
            password: None,
        });
        RedisStore::new(&settings, None, None)
    };
    for nodes in [
        alive().take(1).collect(),
        alive().take(1).chain(silent(1)).collect(),
        alive().chain(silent(1)).collect(),
        alive().chain(silent(2)).collect(),
    ] {
        with(nodes).connect().await.unwrap();
    }
    for nodes in [
        alive().take(1).chain(silent(2)).collect(),
        alive().chain(silent(3)).collect(),
    ] {
        let refused = with(nodes).connect().await.err().unwrap();
        let words = refused.words().to_string();
        assert!(refused.may_pass() && words.contains("fewer than half"), "{words}");
    }
}

/// Whoever cannot be counted does not get through; what needs no count goes on.
#[tokio::test]
async fn without_the_node_of_the_counts_nobody_guesses() {
    let cluster = Cluster::start();
    let store = open_at(&cluster.settings()).await.unwrap();
    done(&store, vec![Change::CreateAccount(account(1))]).await;
    let strokes = vec![(CounterKey("name:abc".to_owned()), stroke())];
    store.strike(strokes.clone(), at(0)).await.unwrap();

    cluster.counts.freeze(true);
    let asked = Instant::now();
    let refused = store.strike(strokes.clone(), at(0)).await;
    assert!(matches!(refused, Err(WriteError::Unavailable(_))), "{refused:?}");
    assert!(asked.elapsed() < Duration::from_secs(3), "{:?}", asked.elapsed());
    stored(&store, 1).await;

    cluster.counts.freeze(false);
    let back = Instant::now();
    while store.strike(strokes.clone(), at(0)).await.is_err() {
        assert!(back.elapsed() < Duration::from_secs(2));
    }
}

#[tokio::test]
async fn sentinels_name_the_new_primary() {
    let servers = [Server::start(&[]), Server::start(&[]), Server::start(&[])];
    let [primary, replicas @ ..] = &servers;
    for replica in replicas {
        replica.follow(primary);
    }
    let sentinels: Vec<Server> = (0..3).map(|_| Server::start_sentinel(primary)).collect();
    let until = Instant::now() + Duration::from_secs(20);
    let ready = |it: &Server| {
        let told = it.ask(&["sentinel", "ckquorum", "main"]);
        told.starts_with("OK 3") && it.ask(&["sentinel", "replicas", "main"]).matches("runid").count() == 2
    };
    while !sentinels.iter().all(ready) {
        assert!(Instant::now() < until, "the Sentinels do not find each other");
        std::thread::sleep(Duration::from_millis(100));
    }
    let mut settings = sentinels[0].settings();
    settings.wait_replicas = 1;
    settings.through = Through::Sentinels(Sentinels {
        primary: "main".to_owned(),
        nodes: sentinels.iter().map(|it| it.settings().address).collect(),
        user: None,
        password: None,
    });
    let keys = std::sync::Arc::new(Keyring::generate(&OsEntropy));
    let store = RedisStore::new(&settings, Some(keys), None);
    store.connect().await.unwrap();
    let code = flow_key(FlowKind::SignIn, 1);
    let begun = vec![
        Change::CreateAccount(account(1)),
        Change::CreateFlow(code, arrival(1, "/", at(60))),
        open(1, 1, at(0)),
    ];
    done(&store, begun).await;
    // A code is used, a session ended, an account locked, a guess counted, and people are told so.
    let used = store.flow(&code, at(1)).await.unwrap().unwrap().version;
    done(&store, vec![Change::DeleteFlow(code, used)]).await;
    done(&store, vec![Change::EndSession(cookie(1))]).await;
    let mut locked = stored(&store, 1).await;
    locked.value.status = Status::Locked { since: at(1) };
    done(&store, vec![Change::ReplaceAccount(locked.value, locked.version)]).await;
    let guess = CounterKey("name:abc".to_owned());
    store
        .strike(vec![(guess.clone(), stroke())], at(1))
        .await
        .unwrap();

    let killed = Instant::now();
    primary.freeze(true);
    // Also who knew where it was: another one is asked.
    sentinels[0].stop();
    while store.changes_since(Mark::default()).await.is_err() {
        assert!(killed.elapsed() < Duration::from_secs(30), "no failover");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }

    println!("another primary after {:?}", killed.elapsed());
    let locked = stored(&store, 1).await.value;
    assert_eq!(locked.status, Status::Locked { since: at(1) });
    assert!(store.flow(&code, at(1)).await.unwrap().is_none());
    assert!(store.session(&cookie(1)).await.unwrap().is_none());
    assert_eq!(store.count(&guess, at(1)).await.unwrap(), 1);
    done(&store, vec![open(1, 2, at(2))]).await;

    // The old primary wakes up and believes that nothing has happened: nobody else does.
    primary.freeze(false);
    let woken = Instant::now();
    while woken.elapsed() < Duration::from_secs(3) {
        let fresh = RedisStore::new(&settings, None, None);
        for store in [&store, &fresh] {
            let found = store.session(&cookie(1)).await;
            assert!(!matches!(found, Ok(Some(_))), "{found:?}");
        }
    }
}
