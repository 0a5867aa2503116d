//! A Redis of several servers: a primary that Sentinels watch over, and a Cluster.

use std::net::{Ipv4Addr, SocketAddr, TcpListener};

use serde_json::{Value, json};
use tempfile::TempDir;

use super::binary::free_address;
use super::line::Line;
use super::redis::{Redis, master_key_in};
use super::wait::eventually;

/// One primary with two replicas, and three Sentinels, two of which decide.
pub struct Watched {
    pub primary: Redis,
    pub replicas: [Redis; 2],
    pub sentinels: [Redis; 3],
    /// By which the replicas hear from the primary.
    pub line: Line,
    folder: TempDir,
}

impl Watched {
    pub async fn start() -> Self {
        let (primary, replicas) = (Redis::start().await, [Redis::start().await, Redis::start().await]);
        let line = Line::to(primary.address).await;
        for replica in &replicas {
            replica.follow_by(line.address).await;
        }
        // So long that nobody mends the way the replicas follow; see `kill_primary`.
        let lines = format!(
            "sentinel monitor main 127.0.0.1 {} 2\nsentinel down-after-milliseconds main 1000\n\
             sentinel failover-timeout main 120000\n",
            primary.address.port()
        );
        let [one, two, three] = [(), (), ()].map(|()| Redis::start_sentinel(&lines));
        let sentinels = [one.await, two.await, three.await];
        for sentinel in &sentinels {
            eventually("Sentinels that know each other", || async {
                let quorum = sentinel.ask(&["sentinel", "ckquorum", "main"]).await;
                let replicas = sentinel.ask(&["sentinel", "replicas", "main"]).await;
                let known = replicas.matches("runid").count() == 2 && quorum.starts_with("OK 3");
                known.then_some(())
            })
            .await;
        }
        Self {
            primary,
            replicas,
            sentinels,
            line,
            folder: TempDir::new().unwrap(),
        }
    }

    /// What a configuration says to keep everything here.
    pub fn settings(&self) -> Value {
        let [first, others @ ..] = self.sentinels.each_ref().map(|it| it.address.to_string());
        json!({
            "store": { "redis": format!("redis://{first}"), "sentinel": { "name": "main", "others": others } },
            "master_key": master_key_in(self.folder.path()),
        })
    }

    /// Its machine is gone, and so is what it had not sent yet.
    pub async fn kill_primary(&mut self) {
        self.primary.kill();
        self.line.turn(super::line::Manner::Cut);
        for sentinel in &self.sentinels {
            // Where they do not agree at once, they try again after twice this long.
            sentinel
                .ask(&["sentinel", "set", "main", "failover-timeout", "2000"])
                .await;
        }
    }

    /// Waits until the Sentinels name another primary.
    pub async fn switched(&self) {
        let old = self.primary.address.port().to_string();
        eventually("another primary", || async {
            let asked = ["sentinel", "get-master-addr-by-name", "main"];
            let named = self.sentinels[0].ask(&asked).await;
            let port = named.lines().last().unwrap_or_default();
            (!port.is_empty() && port != old).then_some(())
        })
        .await;
    }
}

/// Three primaries with a replica each, and one more for whoever holds the records: when that one dies, its
/// replica still has one.
pub struct Cluster {
    pub primaries: Vec<Redis>,
    /// The last one is the one more.
    replicas: Vec<Redis>,
    /// Which primary holds the records.
    pub holder: usize,
    folder: TempDir,
}

/// In the slot of the records.
const RECORDS: &str = "{doorward}:facts";

/// Where the nodes of a Cluster talk to each other, counted from their own port.
const BUS: u16 = 10_000;
const SLOTS: u16 = 16384;

impl Cluster {
    pub async fn start() -> Self {
        let (mut primaries, mut replicas) = (Vec::new(), Vec::new());
        let options = ["--cluster-enabled", "yes", "--cluster-node-timeout", "1500"];
        for number in 0..7 {
            let node = Redis::start_at(address_with_bus(), &options).await;
            if number < 3 { &mut primaries } else { &mut replicas }.push(node);
        }
        let slot = primaries[0].ask(&["cluster", "keyslot", RECORDS]).await;
        let holder = (slot.parse::<usize>().unwrap() / usize::from(SLOTS / 3)).min(2);
        for (number, primary) in (0..).zip(&primaries) {
            let slots = SLOTS / 3 * number..if number == 2 {
                SLOTS
            } else {
                SLOTS / 3 * (number + 1)
            };
            let slots: Vec<String> = slots.map(|it| it.to_string()).collect();
            let add = ["cluster", "addslots"].into_iter();
            let words: Vec<&str> = add.chain(slots.iter().map(String::as_str)).collect();
            assert_eq!(primary.ask(&words).await, "OK");
            let epoch = (number + 1).to_string();
            primary.ask(&["cluster", "set-config-epoch", &epoch]).await;
        }
        let everybody = || primaries.iter().chain(&replicas);
        let first = primaries[0].address.port().to_string();
        for node in everybody().skip(1) {
            node.ask(&["cluster", "meet", "127.0.0.1", &first]).await;
        }
        for (primary, replica) in primaries.iter().chain([&primaries[holder]]).zip(&replicas) {
            let name = primary.ask(&["cluster", "myid"]).await;
            eventually("a replica in a Cluster", || async {
                let told = replica.ask(&["cluster", "replicate", &name]).await;
                (told == "OK").then_some(())
            })
            .await;
        }
        for node in everybody() {
            eventually("a Cluster", || async {
                let info = node.ask(&["cluster", "info"]).await;
                let nodes = node.ask(&["cluster", "nodes"]).await;
                let whole = info.contains("cluster_state:ok") && nodes.matches("slave ").count() == 4;
                whole.then_some(())
            })
            .await;
        }
        for replica in &replicas {
            eventually("replication", || async {
                let info = replica.ask(&["info", "replication"]).await;
                info.contains("master_link_status:up").then_some(())
            })
            .await;
        }
        Self {
            primaries,
            replicas,
            holder,
            folder: TempDir::new().unwrap(),
        }
    }

    /// What a configuration says to keep everything here.
    pub fn settings(&self) -> Value {
        let nodes: Vec<String> = self.primaries.iter().map(|it| it.address.to_string()).collect();
        json!({
            "store": { "redis": format!("redis://{}", nodes[0]), "cluster": nodes[1..] },
            "master_key": master_key_in(self.folder.path()),
        })
    }

    /// Waits until a replica has taken the place of whoever held the records, and has a replica itself.
    pub async fn replaced(&self) {
        eventually("another primary", || async {
            for replica in [&self.replicas[self.holder], &self.replicas[3]] {
                let role = replica.ask(&["info", "replication"]).await;
                let well = replica
                    .ask(&["cluster", "info"])
                    .await
                    .contains("cluster_state:ok");
                if well && role.contains("role:master") && role.contains("state=online") {
                    return Some(());
                }
            }
            None
        })
        .await;
    }
}

/// A free one whose bus is free, too.
fn address_with_bus() -> SocketAddr {
    loop {
        let address = free_address();
        let bus = SocketAddr::from((Ipv4Addr::LOCALHOST, address.port() + BUS));
        if TcpListener::bind(bus).is_ok() {
            return address;
        }
    }
}
