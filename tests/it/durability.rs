//! What has been said to a person survives `kill -9`, and what one process changes another sees.
//!
//! People sign in and out as fast as the program answers, until it is killed in the middle of it. What
//! was acknowledged before holds after the next start; what was not has happened wholly or not at all.

mod crowd;
mod wire;

use std::time::{Duration, Instant};

use doorward::base::entropy;
use serde_json::json;

use crate::rig::binary::{Installation, merge};
use crate::rig::client::Client;
use crate::rig::clock::SeededEntropy;
use crate::rig::gateway::PASSWORD;
use crate::rig::redis::Redis;
use crate::rig::smtp::Smtp;
use crate::rig::upstream::Upstream;
use crate::rig::walk;
use crowd::{Crowd, Reached};

/// Each so many of the kills hits a gateway that is still starting.
const WHILE_STARTING: u32 = 10;

/// After so many answers at most a gateway is killed …
const ANSWERS: u32 = 60;

/// … and so many milliseconds.
const LATER: u32 = 20;

/// Each so many of the kills takes Redis along, where that is the store.
const WITH_THE_STORE: u32 = 2;

/// Starts, lets people in, kills, so many times; and looks back each time.
async fn killed(times: u32, seed: u64, mut redis: Option<Redis>) {
    let (upstream, smtp) = (Upstream::start().await, Smtp::start().await);
    // A password that was being looked at when the power went stays counted: never too little, so that
    // here, where everybody comes from one address, it is soon too much for one.
    let limits = json!({
        "address": 10_000, "address_day": 100_000, "address_names": 1_000,
        "shared_networks": ["127.0.0.0/8"],
    });
    let mut changes = redis.as_ref().map_or_else(|| json!({}), Redis::settings);
    merge(
        &mut changes,
        &json!({ "log": { "level": "warn" }, "limits": limits }),
    );
    let place = Installation::new(&upstream.url(), &smtp, &changes);
    let crowd = Crowd::gather(&place, times as usize * 15).await;
    let chance = SeededEntropy::new(seed);
    let moment = |at_most| Duration::from_millis(u64::from(entropy::below(&chance, at_most)));
    let started = Instant::now();
    let mut visits = Vec::new();
    let mut reached = [0_u32; 5];
    for kill in 1..=times {
        if kill % WHILE_STARTING == 0 {
            let mut gateway = place.launch();
            let _ = tokio::time::timeout(moment(10 * LATER), gateway.process.ended()).await;
            gateway.process.kill();
            continue;
        }
        let mut gateway = place.start().await;
        crowd.look_back(std::mem::take(&mut visits)).await;
        let coming = crowd.come();
        crowd.answered(entropy::below(&chance, ANSWERS) as usize).await;
        // It does not end by itself: that is the moment, in the middle of whatever it does.
        let _ = tokio::time::timeout(moment(LATER), gateway.process.ended()).await;
        if let Some(redis) = redis.as_mut().filter(|_| kill % WITH_THE_STORE == 0) {
            redis.kill();
            gateway.process.kill();
            redis.start_again().await;
        } else {
            gateway.process.kill();
        }
        visits = coming.join_all().await.concat();
        for visit in &visits {
            reached[visit.reached as usize] += 1;
        }
    }
    let mut gateway = place.start().await;
    crowd.look_back(visits).await;
    assert!(gateway.stop().await.success(), "{}", gateway.log());
    drop(gateway);
    let opened = crowd.count_sessions(&place).await;
    let signed_in: u32 = reached[Reached::SignedIn as usize..].iter().sum();
    println!(
        "{times} kills in {:?}: {signed_in} told that they are in, {opened} sessions opened, {} people left over; \
         reached {reached:?}",
        started.elapsed(),
        crowd.waiting()
    );
    // The load was real: people were in the middle of it when the power went.
    assert!(signed_in >= times * 5 / 3, "{signed_in}");
    assert!(reached[Reached::SignedIn as usize] > times, "{reached:?}");
    assert!(reached[Reached::SignedOut as usize] > times / 4, "{reached:?}");
    assert!(reached[Reached::CodeSent as usize] > 0, "{reached:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn sixty_kills_lose_nothing_that_was_acknowledged() {
    killed(60, 60, None).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
#[ignore = "takes minutes: `make bench` runs it"]
async fn three_hundred_kills_lose_nothing_that_was_acknowledged() {
    killed(300, 300, None).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn thirty_kills_of_node_and_redis_lose_nothing_that_was_acknowledged() {
    killed(30, 30, Some(Redis::start().await)).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
#[ignore = "takes minutes: `make bench` runs it"]
async fn three_hundred_kills_of_node_and_redis_lose_nothing_that_was_acknowledged() {
    killed(300, 300, Some(Redis::start().await)).await;
}

/// Loads a page over and over until it is answered so; how long that took.
async fn until(client: &mut Client, what: &str, fits: impl Fn(u16) -> bool) -> Duration {
    let started = Instant::now();
    loop {
        let status = client.get("/").await.status;
        if fits(status) {
            return started.elapsed();
        }
        assert!(started.elapsed() < Duration::from_secs(10), "{what}: {status}");
    }
}

#[tokio::test]
async fn the_command_line_is_heard_within_a_second() {
    let (upstream, smtp) = (Upstream::start().await, Smtp::start().await);
    let place = Installation::new(&upstream.url(), &smtp, &json!({}));
    place.add_account("anna@example.com", PASSWORD, &[]).await;
    let mut gateway = place.start().await;
    let mut anna = gateway.client();
    walk::sign_in(&mut anna, &smtp, "/", "anna@example.com", PASSWORD).await;
    let groups = || upstream.last().header("remote-groups").map(str::to_owned);
    assert_eq!(groups(), None);

    place
        .succeed(&["user", "edit", "anna@example.com", "--group", "admins"], "")
        .await;
    let took = until(&mut anna, "the group", |_| groups().as_deref() == Some("admins")).await;
    assert!(took < Duration::from_secs(1), "{took:?}");

    let reason = ["--reason", "left the house", "--yes"];
    let lock = [&["user", "lock", "anna@example.com"], &reason[..]].concat();
    place.succeed(&lock, "").await;
    let took = until(&mut anna, "the lock", |status| status == 303).await;
    assert!(took < Duration::from_secs(1), "{took:?}");
    assert!(gateway.stop().await.success(), "{}", gateway.log());
}
