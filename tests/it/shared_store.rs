//! Nodes that share one Redis, as an operator runs them.

use std::time::{Duration, Instant};

use tempfile::TempDir;

use crate::rig::binary::{Installation, free_address};
use crate::rig::client::Client;
use crate::rig::gateway::PASSWORD;
use crate::rig::redis::Redis;
use crate::rig::smtp::Smtp;
use crate::rig::tls::Authority;
use crate::rig::upstream::Upstream;
use crate::rig::wait::eventually;
use crate::rig::walk;

const ANNA: &str = "anna@example.com";

fn node(upstream: &Upstream, smtp: &Smtp, redis: &Redis) -> Installation {
    Installation::new(&upstream.url(), smtp, &redis.settings())
}

/// The same browser at another node, as behind a balancer.
fn at(client: &Client, other: &Client) -> Client {
    let mut moved = other.clone();
    moved.jar = client.jar.clone();
    moved
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_nodes_on_one_redis_behave_as_one() {
    let (upstream, smtp, mut redis) = (Upstream::start().await, Smtp::start().await, Redis::start().await);
    let (one, two) = (node(&upstream, &smtp, &redis), node(&upstream, &smtp, &redis));
    one.add_account(ANNA, PASSWORD, &["--first-name", "Anna"]).await;
    let (mut first, second) = (one.start().await, two.start().await);
    let mut anna = first.client();

    let page = walk::sign_in(&mut anna, &smtp, "/a", ANNA, PASSWORD).await;

    assert_eq!(page.text(), "portal: GET /a\n");
    let mut elsewhere = at(&anna, &second.client());
    assert_eq!(elsewhere.get("/b").await.text(), "portal: GET /b\n");

    // Redis is killed: whoever is signed in is refused after a second, and goes on when it is back.
    redis.kill();
    eventually("refusal without Redis", || {
        let mut asking = elsewhere.clone();
        async move { (asking.get("/c").await.status == 503).then_some(()) }
    })
    .await;
    let down = Instant::now();
    assert_eq!(elsewhere.get("/_auth/sign-in").await.status, 503);
    assert!(down.elapsed() < Duration::from_secs(3));
    redis.start_again().await;
    let back = Instant::now();
    eventually("recovery", || {
        let mut asking = elsewhere.clone();
        async move { (asking.get("/c").await.status == 200).then_some(()) }
    })
    .await;
    assert!(back.elapsed() < Duration::from_secs(2), "{:?}", back.elapsed());

    // Signed out at one node by the operator of the other: refused at both within a second.
    two.succeed(
        &["user", "sign-out", ANNA, "--reason", "lost laptop", "--yes"],
        "",
    )
    .await;
    let ended = Instant::now();
    for client in [&anna, &elsewhere] {
        eventually("refusal", || {
            let mut asking = client.clone();
            async move { (asking.get("/d").await.status == 303).then_some(()) }
        })
        .await;
    }
    assert!(ended.elapsed() < Duration::from_secs(1), "{:?}", ended.elapsed());
    assert!(first.stop().await.success(), "{}", first.log());
}

#[tokio::test]
async fn redis_holds_neither_cookies_nor_codes() {
    let (upstream, smtp, redis) = (Upstream::start().await, Smtp::start().await, Redis::start().await);
    let place = node(&upstream, &smtp, &redis);
    place.add_account(ANNA, PASSWORD, &[]).await;
    let gateway = place.start().await;
    let mut anna = gateway.client();
    let page = anna.open("/").await.expect("sign-in");
    let page = walk::give_password(&mut anna, &page, ANNA, PASSWORD).await;
    let code = smtp.next_for(ANNA, 0).await.code();
    walk::give_email_code(&mut anna, &page, &code).await;
    let cookie = anna.jar.get("doorward").unwrap().to_owned();

    let mut dump = String::new();
    for key in redis.ask(&["keys", "*"]).await.lines() {
        dump += key;
        let kind = redis.ask(&["type", key]).await;
        dump += &match kind.as_str() {
            "hash" => redis.ask(&["hgetall", key]).await,
            "zset" => redis.ask(&["zrange", key, "0", "-1"]).await,
            "set" => redis.ask(&["smembers", key]).await,
            "stream" => redis.ask(&["xrange", key, "-", "+"]).await,
            _ => redis.ask(&["get", key]).await,
        };
    }
    assert!(dump.contains(ANNA), "{dump}");
    for secret in [cookie.as_str(), cookie.get(..22).unwrap(), PASSWORD, &code] {
        assert!(!dump.contains(secret), "{secret}");
    }
}

#[tokio::test]
async fn a_redis_that_forgets_is_refused_with_words_for_the_operator() {
    let (upstream, smtp) = (Upstream::start().await, Smtp::start().await);
    let redis = Redis::start_with(&["--maxmemory-policy", "allkeys-lru"]).await;
    let place = node(&upstream, &smtp, &redis);

    let mut gateway = place.launch();

    assert!(!gateway.process.ended().await.success());
    assert!(
        gateway.log().contains("set `maxmemory-policy noeviction`"),
        "{}",
        gateway.log()
    );
}

#[tokio::test]
async fn a_node_starts_without_redis_and_serves_when_it_is_there() {
    let (upstream, smtp, mut redis) = (Upstream::start().await, Smtp::start().await, Redis::start().await);
    let place = node(&upstream, &smtp, &redis);
    place.add_account(ANNA, PASSWORD, &[]).await;
    redis.kill();

    // A verb has somebody waiting for its outcome, and says so; the gateway waits itself.
    let output = place.run(&["user", "list"], "").await;
    assert_eq!(output.status.code(), Some(1));
    let words = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(words.contains("does not answer"), "{words}");
    let mut gateway = place.start().await;
    let mut client = gateway.client();
    let page = client.get("/_auth/sign-in").await;
    if page.status == 200 {
        let form = page
            .form("/_auth/sign-in")
            .set("username", ANNA)
            .set("password", PASSWORD);
        assert_eq!(client.submit(&page, &form).await.status, 503);
    }
    let mut admin = Client::new(&format!("http://{}", place.admin), place.admin);
    let ready = admin.get("/readyz").await;
    assert_eq!(ready.status, 503, "{}", ready.text());
    assert!(ready.text().contains("store"), "{}", ready.text());

    redis.start_again().await;
    let back = Instant::now();
    eventually("recovery", || {
        let mut asking = admin.clone();
        async move { (asking.get("/readyz").await.status == 200).then_some(()) }
    })
    .await;
    assert!(back.elapsed() < Duration::from_secs(2), "{:?}", back.elapsed());
    let mut anna = gateway.client();
    walk::sign_in(&mut anna, &smtp, "/a", ANNA, PASSWORD).await;
    assert!(gateway.stop().await.success(), "{}", gateway.log());
}

#[tokio::test]
async fn another_master_key_refuses_to_start() {
    let (upstream, smtp, redis) = (Upstream::start().await, Smtp::start().await, Redis::start().await);
    let mut place = node(&upstream, &smtp, &redis);
    place.add_account(ANNA, PASSWORD, &[]).await;
    let other = place.folder.path().join("other.key");
    std::fs::write(&other, "HxAeHRwbGhkYFxYVFBMSERAPDg0MCwoJCAcGBQQDAgE=\n").unwrap();
    place.config["master_key"] = format!("file:{}", other.display()).into();
    place.write_config();

    let mut gateway = place.launch();

    assert!(!gateway.process.ended().await.success());
    assert!(
        gateway.log().contains("master key is not the one"),
        "{}",
        gateway.log()
    );
}

#[tokio::test]
async fn over_tls_with_a_user_of_its_own() {
    let (upstream, smtp, authority) = (Upstream::start().await, Smtp::start().await, Authority::new());
    let (folder, port) = (TempDir::new().unwrap(), free_address().port().to_string());
    let issued = authority.issue(folder.path(), "redis", &["localhost"]);
    let root = authority.write(&folder.path().join("root.pem"));
    let rights = "--user doorward on >hunter2 ~{doorward* +@all -@dangerous +info +client|tracking";
    let [certificate, key, trusted] =
        [&issued.certificate, &issued.key, &root].map(|it| it.to_str().unwrap());
    let mut options = vec!["--tls-port", &port, "--tls-auth-clients", "no"];
    options.extend([
        "--tls-cert-file",
        certificate,
        "--tls-key-file",
        key,
        "--tls-ca-cert-file",
        trusted,
    ]);
    options.extend(rights.split(' '));
    let redis = Redis::start_with(&options).await;
    let mut place = node(&upstream, &smtp, &redis);
    place.config["store"] = serde_json::json!({
        "redis": format!("rediss://doorward@localhost:{port}"),
        "password": "hunter2",
    });
    place.write_config();
    // Whoever the machine does not know is not believed.
    let unknown = place.run(&["user", "list"], "").await;
    assert_eq!(unknown.status.code(), Some(1));

    place.trusting = Some(root);
    place.add_account(ANNA, PASSWORD, &[]).await;
    let gateway = place.start().await;
    let mut anna = gateway.client();
    walk::sign_in(&mut anna, &smtp, "/a", ANNA, PASSWORD).await;
}
