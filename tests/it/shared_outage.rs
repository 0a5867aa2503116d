//! Redis, broken in every way we can think of: nobody is let in, nothing is forwarded, everybody is
//! told within three seconds, and when it is back so is everything, within two.

use std::time::{Duration, Instant};

use futures_util::{SinkExt as _, StreamExt as _};
use tokio::task::JoinSet;
use tokio::time::timeout;
use tokio_tungstenite::tungstenite::Message as Frame;

use crate::rig::authenticator::Authenticator;
use crate::rig::client::{Client, Page};
use crate::rig::gateway::{PASSWORD, Rig};
use crate::rig::line::{Line, Manner};
use crate::rig::redis::Redis;
use crate::rig::wait::eventually;
use crate::rig::walk;

const ANNA: &str = "anna@example.com";

struct Scene {
    rig: Rig,
    redis: Redis,
    line: Line,
    app: Authenticator,
    /// Signed in before anything broke.
    anna: Client,
    /// Somewhere before the password, and after it.
    at_password: (Client, Page),
    at_code: (Client, Page),
}

impl Scene {
    async fn start() -> Self {
        Self::on(Redis::start().await, 0).await
    }

    /// On this Redis, waiting for so many replicas.
    async fn on(redis: Redis, wait_replicas: u8) -> Self {
        let line = Line::to(redis.address).await;
        let mut settings = redis.settings_by(line.address);
        settings["store"]["wait_replicas"] = wait_replicas.into();
        let rig = Rig::with(&settings).await;
        rig.add(ANNA).await;
        let app = rig.give_app(ANNA).await;
        let (mut anna, page) = after_password(&rig).await;
        let page = walk::give_app_code(&mut anna, &page, &rig.code_of(&app)).await;
        walk::answer_trust(&mut anna, &page.expect("trust"), false).await;
        assert_eq!(anna.get("/").await.status, 200);
        rig.advance(Duration::from_secs(60));
        let mut client = rig.client();
        let at_password = client.open("/").await.expect("sign-in");
        let at_code = after_password(&rig).await;
        Self {
            at_password: (client, at_password),
            at_code,
            rig,
            redis,
            line,
            app,
            anna,
        }
    }

    /// Whoever is not in yet is told 503 in time, whatever they know.
    async fn expect_nobody_new(&self) {
        let (mut client, page) = self.at_password.clone();
        let form = page
            .form("/_auth/sign-in")
            .set("username", ANNA)
            .set("password", PASSWORD);
        let asked = Instant::now();
        let answer = client.submit(&page, &form).await;
        assert_eq!(answer.status, 503, "{}", answer.text());
        assert!(asked.elapsed() < Duration::from_secs(3), "{:?}", asked.elapsed());

        let (mut client, page) = self.at_code.clone();
        let code = self.rig.code_of(&self.app);
        let asked = Instant::now();
        let answer = client
            .submit(&page, &page.form("/_auth/code/app").set("code", &code))
            .await;
        assert_eq!(answer.status, 503, "{}", answer.text());
        assert_eq!(client.jar.get("doorward"), None);
        assert!(asked.elapsed() < Duration::from_secs(3), "{:?}", asked.elapsed());
    }

    /// … and so is everybody else, once what the node holds cannot be trusted any more: after a second.
    async fn expect_nobody(&self) {
        let mut anna = self.anna.clone();
        let broken = Instant::now();
        while anna.get("/").await.status != 503 {
            assert!(broken.elapsed() < Duration::from_millis(1500), "still trusted");
        }
        let forwarded = self.rig.up.hits();
        for _ in 0..3 {
            let asked = Instant::now();
            assert_eq!(anna.get("/").await.status, 503);
            assert!(asked.elapsed() < Duration::from_secs(3), "{:?}", asked.elapsed());
        }
        self.expect_nobody_new().await;
        let mut admin = Client::new(&format!("http://{}", self.rig.app.admin), self.rig.app.admin);
        let ready = admin.get("/readyz").await;
        assert_eq!(ready.status, 503);
        assert!(ready.text().contains("store"), "{}", ready.text());
        assert_eq!(self.rig.up.hits(), forwarded, "nothing is forwarded");
    }

    /// Whoever watches sees that the store takes nothing, and sends nobody away: elsewhere it is the same.
    async fn expect_degraded(&self) {
        let admin = Client::new(&format!("http://{}", self.rig.app.admin), self.rig.app.admin);
        eventually("the store's part in /readyz", || {
            let mut asking = admin.clone();
            async move {
                let ready = asking.get("/readyz").await;
                assert_eq!(ready.status, 200);
                (ready.json()["parts"]["store"] == "degraded").then_some(())
            }
        })
        .await;
    }

    /// Since `back` all is well; within two seconds of it everybody sees that.
    async fn expect_recovery(&mut self, back: Instant) {
        let mut anna = self.anna.clone();
        while anna.get("/").await.status != 200 {
            assert!(back.elapsed() < Duration::from_secs(10), "it does not recover");
        }
        println!("recovered after {:?}", back.elapsed());
        assert!(back.elapsed() < Duration::from_secs(2), "{:?}", back.elapsed());
        self.rig.advance(Duration::from_secs(60));
        let (mut client, page) = after_password(&self.rig).await;
        let code = self.rig.code_of(&self.app);
        walk::give_app_code(&mut client, &page, &code)
            .await
            .expect("trust");
    }
}

async fn after_password(rig: &Rig) -> (Client, Page) {
    let mut client = rig.client();
    let page = client.open("/").await.expect("sign-in");
    let page = walk::give_password(&mut client, &page, ANNA, PASSWORD).await;
    (client, page.expect("code-app"))
}

/// … within two seconds of its being possible again.
async fn after_password_in_time(rig: &Rig) -> (Client, Page) {
    let back = Instant::now();
    loop {
        let mut client = rig.client();
        let page = client.open("/").await.expect("sign-in");
        let page = walk::give_password(&mut client, &page, ANNA, PASSWORD).await;
        assert!(back.elapsed() < Duration::from_secs(2), "{:?}", back.elapsed());
        if page.status != 503 {
            return (client, page.expect("code-app"));
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn down() {
    let mut scene = Scene::start().await;
    scene.redis.kill();
    scene.expect_nobody().await;
    scene.redis.start_again().await;
    scene.expect_recovery(Instant::now()).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn refusing() {
    let mut scene = Scene::start().await;
    scene.line.turn(Manner::Cut);
    scene.expect_nobody().await;
    scene.line.turn(Manner::Well);
    scene.expect_recovery(Instant::now()).await;
}

/// A connection that is reset is an outage only for whoever was just being answered.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn reset() {
    let mut scene = Scene::start().await;
    for _ in 0..10 {
        scene.line.reset().await;
        scene.expect_recovery(Instant::now()).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_replica() {
    let mut scene = Scene::start().await;
    // Its primary is nowhere: it keeps what it has, and answers who asks.
    scene.redis.ask(&["replicaof", "127.0.0.1", "1"]).await;
    scene.expect_nobody().await;
    scene.redis.ask(&["replicaof", "no", "one"]).await;
    scene.expect_recovery(Instant::now()).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn loading() {
    let mut scene = Scene::start().await;
    let filler = "for place = 1, 3000 do redis.call('SET', 'filler:' .. place, 'x') end";
    scene.redis.ask(&["eval", filler, "0"]).await;
    scene.redis.ask(&["bgrewriteaof"]).await;
    eventually("a rewritten file", || async {
        let info = scene.redis.ask(&["info", "persistence"]).await;
        let done = info.contains("aof_rewrite_in_progress:0") && info.contains("aof_rewrite_scheduled:0");
        done.then_some(())
    })
    .await;
    scene.redis.kill();
    // Two milliseconds for each key, with an answer in between.
    let slowly = [
        "--key-load-delay",
        "2000",
        "--loading-process-events-interval-bytes",
        "1024",
    ];
    scene.redis.start_again_with(&slowly).await;
    let answer = scene.redis.ask(&["ping"]).await;
    assert!(answer.starts_with("LOADING"), "{answer}");
    scene.expect_nobody().await;
    let answer = scene.redis.ask(&["ping"]).await;
    assert!(answer.starts_with("LOADING"), "it was loaded too soon: {answer}");
    eventually("the end of loading", || async {
        (scene.redis.ask(&["ping"]).await == "PONG").then_some(())
    })
    .await;
    scene.expect_recovery(Instant::now()).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn another_password() {
    let mut scene = Scene::start().await;
    scene
        .redis
        .ask(&["config", "set", "requirepass", "another"])
        .await;
    let cut = [
        "--no-auth-warning",
        "-a",
        "another",
        "client",
        "kill",
        "type",
        "normal",
    ];
    scene.redis.ask(&cut).await;
    scene.expect_nobody().await;
    let open = [
        "--no-auth-warning",
        "-a",
        "another",
        "config",
        "set",
        "requirepass",
        "",
    ];
    scene.redis.ask(&open).await;
    scene.expect_recovery(Instant::now()).await;
}

/// What it holds can be read: whoever is in stays in.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn full() {
    let mut scene = Scene::start().await;
    scene.redis.ask(&["config", "set", "maxmemory", "1"]).await;
    scene.expect_nobody_new().await;
    assert_eq!(scene.anna.get("/").await.status, 200);
    scene.expect_degraded().await;
    scene.redis.ask(&["config", "set", "maxmemory", "0"]).await;
    scene.expect_recovery(Instant::now()).await;
}

/// Two replicas are asked for, and one has stopped: nobody is told of anything that only one has.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn too_few_replicas() {
    let (primary, replicas) = (Redis::start().await, [Redis::start().await, Redis::start().await]);
    for replica in &replicas {
        replica.follow(&primary).await;
    }
    let mut scene = Scene::on(primary, 2).await;
    let page = scene.anna.get("/_auth/sign-out").await.expect("sign-out");

    replicas[1].freeze(true);
    scene.expect_nobody_new().await;
    assert_eq!(
        scene.anna.get("/").await.status,
        200,
        "nothing has changed for her"
    );
    let mut leaving = scene.anna.clone();
    let asked = Instant::now();
    let answer = leaving.submit(&page, &page.form("/_auth/sign-out")).await;
    assert_eq!(answer.status, 503, "{}", answer.text());
    assert!(asked.elapsed() < Duration::from_secs(3), "{:?}", asked.elapsed());

    replicas[1].freeze(false);
    // It is written, and she was not told so.
    assert_eq!(scene.anna.get("/").await.status, 303);
    let (mut anna, page) = after_password_in_time(&scene.rig).await;
    scene.rig.advance(Duration::from_secs(60));
    let code = scene.rig.code_of(&scene.app);
    walk::give_app_code(&mut anna, &page, &code).await.expect("trust");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn slow() {
    let mut scene = Scene::start().await;
    scene.line.turn(Manner::Late(Duration::from_secs(5)));
    scene.expect_nobody().await;
    scene.line.turn(Manner::Well);
    scene.expect_recovery(Instant::now()).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn frozen() {
    let mut scene = Scene::start().await;
    scene.redis.freeze(true);
    scene.expect_nobody().await;
    scene.redis.freeze(false);
    scene.expect_recovery(Instant::now()).await;
}

/// The way there swallows everything, and nobody says that the connection is dead.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn silent() {
    let mut scene = Scene::start().await;
    scene.line.turn(Manner::Silent);
    scene.expect_nobody().await;
    scene.line.turn(Manner::Well);
    scene.expect_recovery(Instant::now()).await;
}

/// Nobody can say any more whether the session is live: what is open under it closes, as requests are refused.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_open_ends_in_an_outage() {
    let scene = Scene::start().await;
    let origin = scene.rig.place.origin.clone();
    let mut anna = scene.anna.clone();
    let mut socket = anna.websocket("/ws", Some(&origin)).await.unwrap();
    socket.send(Frame::text("hello")).await.unwrap();
    assert_eq!(socket.next().await.unwrap().unwrap(), Frame::text("hello"));

    scene.line.turn(Manner::Silent);

    let over = async { while let Some(Ok(_)) = socket.next().await {} };
    assert!(
        timeout(Duration::from_secs(3), over).await.is_ok(),
        "it is still open"
    );
}

/// A crowd that waits for an answer hears of the outage together, and not one after the other.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_crowd_is_refused_as_soon_as_one() {
    let scene = Scene::start().await;
    scene.line.turn(Manner::Silent);
    eventually("refusal", || {
        let mut anna = scene.anna.clone();
        async move { (anna.get("/").await.status == 503).then_some(()) }
    })
    .await;
    let begun = Instant::now();
    let mut crowd = JoinSet::new();
    for _ in 0..60 {
        let mut anna = scene.anna.clone();
        crowd.spawn(async move { anna.get("/").await.status });
    }
    let answers = crowd.join_all().await;
    assert!(answers.iter().all(|status| *status == 503), "{answers:?}");
    assert!(begun.elapsed() < Duration::from_secs(3), "{:?}", begun.elapsed());
}

/// One node hears nothing any more: what ends at the other one is not believed here for a second longer.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_sign_out_that_one_node_cannot_hear_of() {
    let scene = Scene::start().await;
    let other = scene.rig.beside(&scene.redis.settings()).await;
    let mut elsewhere = other.takes(&scene.anna);
    let page = elsewhere.get("/_auth/sign-out").await.expect("sign-out");
    scene.line.turn(Manner::Silent);
    elsewhere
        .submit(&page, &page.form("/_auth/sign-out"))
        .await
        .expect("signed-out");
    let ended = Instant::now();
    let mut anna = scene.anna.clone();
    loop {
        let asked = ended.elapsed();
        let status = anna.get("/").await.status;
        assert!(matches!(status, 200 | 503), "{status}");
        if status == 503 {
            break;
        }
        assert!(asked < Duration::from_secs(1), "accepted after {asked:?}");
    }
    scene.line.turn(Manner::Well);
    eventually("refusal", || {
        let mut anna = scene.anna.clone();
        async move {
            let status = anna.get("/").await.status;
            assert!(matches!(status, 303 | 503), "{status}");
            (status == 303).then_some(())
        }
    })
    .await;
}
