//! A server of Redis dies and another takes its place: what people were told before holds after it, and
//! the nodes go on by themselves.

use std::time::{Duration, Instant};

use crate::rig::binary::{Binary, Installation, merge};
use crate::rig::client::{Client, Page};
use crate::rig::gateway::PASSWORD;
use crate::rig::line::Manner;
use crate::rig::several::{Cluster, Watched};
use crate::rig::smtp::Smtp;
use crate::rig::upstream::Upstream;
use crate::rig::wait::eventually;
use crate::rig::walk;

const ANNA: &str = "anna@example.com";
const BERTA: &str = "berta@example.com";
const CARLA: &str = "carla@example.com";

/// How long after another primary is named somebody may have to wait for a sign-in.
const WITHIN: Duration = Duration::from_secs(5);

/// Two nodes of the shipped program before one portal, on the store that `settings` say.
struct Pair {
    smtp: Smtp,
    places: [Installation; 2],
    nodes: [Binary; 2],
    _up: Upstream,
}

impl Pair {
    async fn start(mut settings: serde_json::Value, wait_replicas: u8) -> Self {
        let (up, smtp) = (Upstream::start().await, Smtp::start().await);
        let more = serde_json::json!({ "store": { "wait_replicas": wait_replicas } });
        merge(&mut settings, &more);
        let places = [(), ()].map(|()| Installation::new(&up.url(), &smtp, &settings));
        for email in [ANNA, BERTA, CARLA] {
            places[0].add_account(email, PASSWORD, &[]).await;
        }
        let nodes = [places[0].start().await, places[1].start().await];
        Self {
            smtp,
            places,
            nodes,
            _up: up,
        }
    }

    async fn signed_in(&self, node: usize, email: &str) -> Client {
        let mut client = self.nodes[node].client();
        walk::sign_in(&mut client, &self.smtp, "/", email, PASSWORD).await;
        client
    }

    /// The same browser at both nodes.
    fn at_both(&self, client: &Client) -> [Client; 2] {
        self.nodes.each_ref().map(|node| {
            let mut moved = node.client();
            moved.jar = client.jar.clone();
            moved
        })
    }

    /// Whoever sends this cookie is answered so at both nodes, once the store is back.
    async fn expect(&self, client: &Client, status: u16) {
        for client in self.at_both(client) {
            let answer = settled(|| {
                let mut client = client.clone();
                async move { client.get("/").await }
            });
            assert_eq!(answer.await.status, status);
        }
    }

    /// Another primary has been named: both nodes let people in again, and soon.
    async fn recovers(&self, killed: Instant) {
        let named = Instant::now();
        println!("another primary after {:?}", killed.elapsed());
        self.sign_in_again(1, ANNA).await;
        self.sign_in_again(0, ANNA).await;
        println!("both nodes sign in {:?} later", named.elapsed());
        assert!(named.elapsed() < WITHIN, "{:?}", named.elapsed());
    }

    /// Neither node had to be started again.
    fn never_ended(&mut self) {
        for node in &mut self.nodes {
            assert!(node.process.has_ended().is_none(), "{}", node.log());
        }
    }

    /// Password and mailed code, as soon as the store is back.
    async fn sign_in_again(&self, node: usize, email: &str) {
        let (client, seen) = (self.nodes[node].client(), self.smtp.count());
        let (mut client, page) = eventually("a password that is looked at", || {
            let mut client = client.clone();
            async move {
                let page = client.open("/").await;
                if page.status == 503 {
                    return None;
                }
                let page = walk::give_password(&mut client, &page.expect("sign-in"), email, PASSWORD).await;
                (page.status != 503).then_some((client, page))
            }
        })
        .await;
        let page = page.expect("code-email");
        let code = self.smtp.next_for(email, seen).await.code();
        let page = walk::give_email_code(&mut client, &page, &code).await;
        page.expect("trust");
    }
}

/// The answer, once it is not about the store any more.
async fn settled<F: Future<Output = Page>>(mut ask: impl FnMut() -> F) -> Page {
    eventually("an answer with the store", || {
        let asked = ask();
        async move {
            let page = asked.await;
            (page.status != 503).then_some(page)
        }
    })
    .await
}

/// One replica is waited for, and that is slow: what it has not got by then goes down with the primary.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_acknowledged_outlives_the_primary_behind_sentinels() {
    let mut redis = Watched::start().await;
    let mut pair = Pair::start(redis.settings(), 1).await;
    let mut anna = pair.signed_in(0, ANNA).await;
    let carla = pair.signed_in(0, CARLA).await;
    let leaving = anna.get("/_auth/sign-out").await.expect("sign-out");
    let mut berta = pair.nodes[1].client();
    let seen = pair.smtp.count();
    let page = berta.open("/").await.expect("sign-in");
    let page = walk::give_password(&mut berta, &page, BERTA, PASSWORD).await;
    let asking = page.expect("code-email");
    let code = pair.smtp.next_for(BERTA, seen).await.code();
    let typed = asking.form("/_auth/code/email").set("code", &code);
    let before_code = berta.clone();

    redis.line.turn(Manner::Late(Duration::from_millis(200)));
    let (mut told_anna, form) = (anna.clone(), leaving.form("/_auth/sign-out"));
    let lock = ["user", "lock", CARLA, "--reason", "lost laptop", "--yes"];
    let (left, used, _) = tokio::join!(
        told_anna.submit(&leaving, &form),
        berta.submit(&asking, &typed),
        pair.places[1].succeed(&lock, ""),
    );
    redis.kill_primary().await;
    let killed = Instant::now();
    left.expect("signed-out");
    assert_eq!(used.status, 303, "{}", used.text());
    assert!(berta.jar.get("doorward").is_some());

    redis.switched().await;
    pair.recovers(killed).await;

    pair.expect(&anna, 303).await;
    pair.expect(&carla, 303).await;
    pair.expect(&berta, 200).await;
    for mut client in pair.at_both(&before_code) {
        let again = client.submit(&asking, &typed).await;
        assert!(client.jar.get("doorward").is_none(), "{}", again.text());
        // A locked account is nobody's, whatever is known about it.
        let page = client.open("/_auth/sign-in").await.expect("sign-in");
        let page = walk::give_password(&mut client, &page, CARLA, PASSWORD).await;
        assert_eq!(page.status, 422, "{}", page.text());
    }
    pair.never_ended();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_nodes_on_a_cluster_outlive_a_primary() {
    let mut redis = Cluster::start().await;
    let mut pair = Pair::start(redis.settings(), 1).await;
    let mut anna = pair.signed_in(0, ANNA).await;
    let berta = pair.signed_in(1, BERTA).await;
    pair.expect(&anna, 200).await;

    // Out of a Cluster into a folder, and not into one.
    let folder = pair.places[0].folder.path().join("copy");
    let to = format!("file:{}", folder.display());
    let copied = pair.places[0].succeed(&["store", "copy", "--to", &to], "").await;
    assert!(copied.contains("Copied 3 accounts"), "{copied}");
    for node in &redis.primaries {
        let output = pair.places[0]
            .run(&["store", "copy", "--to", &node.url()], "")
            .await;
        let words = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(1), "{words}");
        println!("{words}");
    }

    let page = anna.get("/_auth/sign-out").await.expect("sign-out");
    let mut leaving = anna.clone();
    let left = leaving.submit(&page, &page.form("/_auth/sign-out")).await;
    let holder = redis.holder;
    redis.primaries[holder].kill();
    let killed = Instant::now();
    left.expect("signed-out");
    redis.replaced().await;
    pair.recovers(killed).await;
    pair.expect(&anna, 303).await;
    pair.expect(&berta, 200).await;
    pair.never_ended();
}
