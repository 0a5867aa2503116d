//! What many accounts cost, and what a shared Redis costs.
//!
//! Each store is measured with few accounts and with many, side by side in one run. The crowd is written into the store
//! by the program's own code: one person signs in through the pages, and everybody else is that person's
//! account and session under another name. Requests come from the same number of sessions, few accounts or many.

use std::path::Path;
use std::process::Command;
use std::sync::Arc;
use std::time::{Duration, Instant};

use doorward::base::entropy::OsEntropy;
use doorward::base::id::{AccountId, SessionId};
use doorward::base::seal::{Keyring, Token};
use doorward::base::time::Timestamp;
use doorward::config::redis_at;
use doorward::identity::account::{Account, EmailAddress};
use doorward::identity::session::Session;
use doorward::service::visit::SESSION_COOKIE;
use doorward::store::folder::OpenMode;
use doorward::store::redis::RedisStore;
use doorward::store::sqlite::SqliteStore;
use doorward::store::{Change, Store};
use serde_json::json;
use tempfile::TempDir;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

use crate::load::{self, Target};
use crate::nginx::Nginx;
use crate::report::{Report, median};
use crate::rig::binary::{Binary, Installation};
use crate::rig::process::Process;
use crate::rig::redis::Redis;
use crate::rig::smtp::Smtp;
use crate::rig::walk;
use crate::{EMAIL, PASSWORD, cost, sign_ins};

/// How much is measured.
pub struct Plan {
    pub few: usize,
    pub many: usize,
    /// Sessions that requests come from.
    pub warm: usize,
    /// Live sessions whose memory is measured.
    pub live: usize,
    pub pairs: usize,
    pub requests: usize,
    pub starts: usize,
    pub sign_ins: usize,
}

impl Plan {
    pub const FULL: Self = Self {
        few: 1_000,
        many: 1_000_000,
        warm: 1_000,
        live: 100_000,
        pairs: 9,
        requests: 24_000,
        starts: 7,
        sign_ins: 40,
    };
    pub const QUICK: Self = Self {
        few: 100,
        many: 2_000,
        warm: 100,
        live: 1_000,
        pairs: 1,
        requests: 4_800,
        starts: 1,
        sign_ins: 3,
    };
}

/// A gateway before a crowd.
pub struct House {
    installation: Installation,
    gateway: Option<Binary>,
    pub redis: Option<Redis>,
    /// A request from each of the sessions that are asked for.
    requests: Vec<String>,
}

impl House {
    /// With `crowd` accounts, each with a session.
    pub async fn build(portal: &Nginx, smtp: &Smtp, redis: Option<Redis>, crowd: usize, plan: &Plan) -> Self {
        let mut changes = json!({ "log": { "level": "warn" }, "passwords": null });
        if let Some(redis) = &redis {
            let settings = redis.settings();
            changes["store"] = settings["store"].clone();
            changes["master_key"] = settings["master_key"].clone();
        }
        let installation = Installation::new(&portal.url(), smtp, &changes);
        installation.add_account(EMAIL, PASSWORD, &[]).await;
        let mut gateway = installation.start().await;
        let mut anna = gateway.client();
        walk::sign_in(&mut anna, smtp, "/", EMAIL, PASSWORD).await;
        assert!(gateway.stop().await.success(), "{}", gateway.log());

        let cookies = fill(&installation, redis.as_ref(), crowd, plan.live.max(plan.warm)).await;
        let requests = cookies.iter().map(|cookie| {
            let mut client = gateway.client();
            client.jar.set("doorward", cookie);
            client.head("GET", "/page", &[("Accept", "text/html")])
        });
        let requests = requests.collect();
        let gateway = Some(installation.start().await);
        Self {
            installation,
            gateway,
            redis,
            requests,
        }
    }

    pub fn gateway(&self) -> &Binary {
        self.gateway.as_ref().expect("a gateway")
    }

    /// A page of ours, for whoever is not signed in.
    pub fn page(&self, path: &str) -> Target {
        let client = self.gateway().client();
        Target::new(
            self.installation.address,
            client.head("GET", path, &[("Accept", "text/html")]),
        )
    }

    fn target(&self, sessions: usize) -> Target {
        let requests = self.requests.iter().take(sessions).cloned().collect();
        Target::of_many(self.installation.address, requests)
    }

    /// Octets that the store takes: on disk, or of Redis's memory.
    async fn size(&self) -> u64 {
        let Some(redis) = &self.redis else {
            let file = self.installation.folder.path().join("state/doorward.db");
            return std::fs::metadata(file).unwrap().len();
        };
        let info = redis.ask(&["info", "memory"]).await;
        let line = info.lines().find_map(|it| it.strip_prefix("used_memory:"));
        line.unwrap().trim().parse().unwrap()
    }

    async fn cost(&self, plan: &Plan) -> f64 {
        cost(&self.target(plan.warm), plan.requests, || {
            self.gateway().process.cpu()
        })
        .await
    }

    /// From the start of the program to the first answer of the portal.
    async fn cold_start(&mut self) -> f64 {
        self.gateway = None;
        let begun = Instant::now();
        let gateway = self.installation.launch();
        let request = self.requests[0].clone();
        loop {
            if let Ok(mut stream) = TcpStream::connect(self.installation.address).await {
                stream.write_all(request.as_bytes()).await.unwrap();
                let mut head = [0; 12];
                if stream.read_exact(&mut head).await.is_ok() && head.ends_with(b"200") {
                    break;
                }
            }
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
        let took = begun.elapsed();
        self.gateway = Some(gateway);
        took.as_secs_f64() * 1e3
    }
}

/// Opens the store as the program does.
async fn open(installation: &Installation, redis: Option<&Redis>) -> (Box<dyn Store>, Arc<Keyring>) {
    let read = |path: &Path| Arc::new(Keyring::parse(&std::fs::read_to_string(path).unwrap()).unwrap());
    let Some(redis) = redis else {
        let state = installation.folder.path().join("state");
        let keys = read(&state.join("master.key"));
        return (
            Box::new(SqliteStore::open(&state, OpenMode::Existing).unwrap()),
            keys,
        );
    };
    let key = redis.settings()["master_key"].as_str().unwrap().to_owned();
    let keys = read(Path::new(key.strip_prefix("file:").unwrap()));
    let settings = redis_at(&redis.url(), None).unwrap();
    let store = RedisStore::new(&settings, Some(Arc::clone(&keys)), None);
    store.connect().await.unwrap();
    (Box::new(store), keys)
}

/// Writes `crowd` accounts with a session each; the cookies of the first `shown` of them.
async fn fill(installation: &Installation, redis: Option<&Redis>, crowd: usize, shown: usize) -> Vec<String> {
    const AT_ONCE: usize = 500;
    let (store, keys) = open(installation, redis).await;
    let anna = EmailAddress::parse(EMAIL).unwrap();
    let account = store.account_by_email(&anna).await.unwrap().expect("Anna").value;
    let sessions = store.sessions_of(account.id).await.unwrap();
    let (_, session) = sessions.into_iter().next().expect("Anna's session");
    let now = Timestamp::from_unix_millis(jiff::Timestamp::now().as_millisecond());
    let mut cookies = Vec::new();
    for begin in (0..crowd).step_by(AT_ONCE) {
        let mut changes = Vec::with_capacity(2 * AT_ONCE);
        for number in begin..crowd.min(begin + AT_ONCE) {
            let id = AccountId::draw(&OsEntropy);
            let token = Token::draw(&OsEntropy);
            changes.push(Change::CreateAccount(Account {
                id,
                email: EmailAddress::parse(&format!("person{number}@example.com")).unwrap(),
                ..account.clone()
            }));
            changes.push(Change::OpenSession {
                cookie: token.digest(),
                session: Session {
                    id: SessionId::draw(&OsEntropy),
                    account: id,
                    ..session.clone()
                },
                at_most: 10,
            });
            if number < shown {
                cookies.push(token.print(SESSION_COOKIE, &keys).expose().clone());
            }
        }
        store.commit(changes, now).await.unwrap();
    }
    cookies
}

/// Everything, into the report.
pub async fn measure(plan: &Plan, portal: &Nginx, smtp: &Smtp, report: &mut Report) {
    eprintln!("writing {} and {} accounts, embedded", plan.few, plan.many);
    let embedded = [
        House::build(portal, smtp, None, plan.few, plan).await,
        House::build(portal, smtp, None, plan.many, plan).await,
    ];
    eprintln!("… and into Redis");
    // What Redis waits for on its disk is not what is measured here.
    let redis = || Redis::start_with(&["--appendfsync", "everysec"]);
    let shared = [
        House::build(portal, smtp, Some(redis().await), plan.few, plan).await,
        House::build(portal, smtp, Some(redis().await), plan.many, plan).await,
    ];
    costs(plan, &embedded, &shared, report).await;
    trips(plan, &shared[0], report).await;
    for (store, house) in [("embedded", &embedded[1]), ("Redis", &shared[1])] {
        memory(plan, store, house, report).await;
    }
    for (store, mut houses) in [("embedded", embedded), ("Redis", shared)] {
        starts(plan, store, &mut houses, report).await;
        sign_ins::measure_at(plan, store, &houses[1], smtp, report).await;
    }
}

async fn costs(plan: &Plan, embedded: &[House; 2], shared: &[House; 2], report: &mut Report) {
    let houses = [&embedded[0], &embedded[1], &shared[0], &shared[1]];
    for house in houses {
        load::closed_loop(&house.target(plan.warm), plan.requests / 2).await;
    }
    let mut costs: [Vec<f64>; 4] = Default::default();
    for round in 0..plan.pairs {
        eprintln!("cost of a crowd, round {} of {}", round + 1, plan.pairs);
        for turn in 0..4 {
            let which = if round % 2 == 0 { turn } else { 3 - turn };
            let spent = houses[which].cost(plan).await;
            costs[which].push(spent);
        }
    }
    let [few, many, few_shared, many_shared] = &costs;
    report.ratio("CPU per request, Redis ÷ embedded", few_shared, few, 1.05);
    report.ratio(
        "CPU per request, 1,000,000 accounts ÷ 1,000, embedded",
        many,
        few,
        1.2,
    );
    report.ratio(
        "CPU per request, 1,000,000 accounts ÷ 1,000, Redis",
        many_shared,
        few_shared,
        1.2,
    );
}

/// Lists every command that Redis is given.
struct Monitor {
    process: Process,
    _folder: TempDir,
}

impl Monitor {
    async fn start(redis: &Redis) -> Self {
        let folder = TempDir::new().unwrap();
        let mut command = Command::new("redis-cli");
        command.args(["-u", &redis.url(), "monitor"]);
        let mut process = Process::start(command, folder.path(), "monitor");
        process
            .printed("redis-cli monitor", |line| {
                (line.trim_end() == "OK").then_some(())
            })
            .await;
        Self {
            process,
            _folder: folder,
        }
    }

    /// Commands that somebody sent; not what a script of Redis's own went on to ask.
    fn commands(&self) -> f64 {
        let listed = self.process.stdout();
        let sent = listed
            .lines()
            .filter(|it| it.contains("] \"") && !it.contains(" lua] \""));
        sent.count() as f64
    }
}

/// Commands beyond those that come every second anyway, per 1,000 of the requests that `load` sends.
async fn commands_per_thousand(redis: &Redis, requests: usize, load: impl Future) -> f64 {
    let idle_for = Duration::from_secs(4);
    let monitor = Monitor::start(redis).await;
    let before = monitor.commands();
    tokio::time::sleep(idle_for).await;
    let idle = (monitor.commands() - before) / idle_for.as_secs_f64();
    let (before, begun) = (monitor.commands(), Instant::now());
    load.await;
    let given = monitor.commands() - before;
    (given - idle * begun.elapsed().as_secs_f64()).max(0.0) / requests as f64 * 1e3
}

async fn trips(plan: &Plan, house: &House, report: &mut Report) {
    let redis = house.redis.as_ref().expect("Redis");
    let warm = house.target(plan.warm);
    // Longer than a minute: once in each, last uses are written.
    let minute = Duration::from_secs(if plan.pairs > 1 { 65 } else { 2 });
    let requests = (minute.as_secs_f64() * f64::from(load::RATE)) as usize;
    let per_thousand = commands_per_thousand(redis, requests, load::open_loop(&warm, minute)).await;
    report.at_most(
        "Redis commands per 1,000 signed-in requests",
        per_thousand,
        5.0,
        "",
    );
    let forged = (0..plan.warm).map(|_| {
        let mut client = house.gateway().client();
        // The form of a cookie, from somebody who has not got the key.
        let cookie = Token::draw(&OsEntropy).print(SESSION_COOKIE, &Keyring::generate(&OsEntropy));
        client.jar.set("doorward", cookie.expose());
        client.head("GET", "/page", &[("Accept", "text/html")])
    });
    let forged = Target::of_many(house.installation.address, forged.collect());
    let refused = load::closed_loop_of_all(&forged, plan.requests);
    let per_thousand = commands_per_thousand(redis, plan.requests, refused).await;
    report.at_most(
        "Redis commands per 1,000 forged cookies",
        per_thousand.round(),
        0.0,
        "",
    );
}

/// What the gateway's memory grows by when that many people come once each.
async fn memory(plan: &Plan, store: &str, house: &House, report: &mut Report) {
    let before = house.gateway().process.memory();
    let cpu = || house.gateway().process.cpu();
    let once_each = cost(&house.target(plan.live), plan.live / 48 * 48, cpu).await;
    let grown = house.gateway().process.memory().saturating_sub(before);
    let per_hundred_thousand = grown as f64 * 1e5 / plan.live as f64 / 1e6;
    report.at_most(
        &format!("memory per 100,000 live sessions, {store}"),
        per_hundred_thousand,
        30.0,
        " MB",
    );
    report.note(
        &format!("CPU per request of a session that is not in memory, {store}"),
        format!("{once_each:.1} µs"),
    );
    let kept = house.size().await as f64 / plan.many as f64 / 1e3;
    report.note(
        &format!("an account and its session in the store, {store}"),
        format!("{kept:.2} kB"),
    );
}

async fn starts(plan: &Plan, store: &str, houses: &mut [House; 2], report: &mut Report) {
    let (mut few, mut many) = (Vec::new(), Vec::new());
    for _ in 0..plan.starts {
        few.push(houses[0].cold_start().await);
        many.push(houses[1].cold_start().await);
    }
    report.ratio(
        &format!("cold start, 1,000,000 accounts ÷ 1,000, {store}"),
        &many,
        &few,
        1.5,
    );
    report.at_most(
        &format!("cold start to the first answer, 1,000,000 accounts, {store}"),
        median(&many),
        250.0,
        " ms",
    );
}
