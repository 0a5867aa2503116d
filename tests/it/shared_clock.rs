//! Nodes on one Redis whose clocks differ.

use std::time::{Duration, Instant};

use doorward::base::clock::{Clock as _, SystemClock};

use crate::rig::client::Client;
use crate::rig::clock::HandClock;
use crate::rig::gateway::{PASSWORD, Rig};
use crate::rig::redis::Redis;
use crate::rig::wait::eventually;
use crate::rig::walk;

const ANNA: &str = "anna@example.com";

/// An hour ahead, at the start and later: that node says so and lets nobody in, and nobody else notices.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_node_whose_clock_is_wrong() {
    let hour = Duration::from_secs(3600);
    let redis = Redis::start().await;
    let rig = Rig::at(SystemClock.now(), &redis.settings()).await;
    rig.add(ANNA).await;
    let anna = rig.signed_in(ANNA).await;
    let clock = HandClock::at(rig.now().plus(hour));
    let wrong = rig.beside_with_clock(&redis.settings(), &clock).await;
    let there = async || wrong.takes(&anna).get("/").await.status;
    let ready = async || {
        let mut admin = Client::new(&format!("http://{}", wrong.app.admin), wrong.app.admin);
        admin.get("/readyz").await
    };
    let expect_refusal = async || {
        eventually("refusal", || async { (there().await == 503).then_some(()) }).await;
        eventually("the part that fails", || async {
            let text = ready().await.text();
            text.contains(r#""store":"ok""#)
                .then(|| text.contains(r#""clock":"failing""#).then_some(()))
                .flatten()
        })
        .await;
        assert_eq!(ready().await.status, 503);
        let mut stranger = wrong.client();
        let page = stranger.open("/").await.expect("sign-in");
        let page = walk::give_password(&mut stranger, &page, ANNA, PASSWORD).await;
        assert_eq!(page.status, 503, "{}", page.text());
        // Everybody else goes on, at the time that it is.
        assert_eq!(anna.clone().get("/").await.status, 200);
        let newest = rig.app.desk.store.newest_time(rig.now()).await.unwrap();
        assert_eq!(newest, rig.now());
    };
    let expect_service = async || {
        let right = Instant::now();
        loop {
            let status = there().await;
            if status == 200 {
                break;
            }
            assert!(right.elapsed() < Duration::from_secs(2), "not back: {status}");
        }
        eventually("/readyz", || async {
            (ready().await.status == 200).then_some(())
        })
        .await;
        let mut other = wrong.client();
        let page = other.open("/").await.expect("sign-in");
        let page = walk::give_password(&mut other, &page, ANNA, PASSWORD).await;
        assert_eq!(page.status, 200, "{}", page.text());
        assert_eq!(wrong.app.desk.now(), rig.now(), "the wrong time is forgotten");
    };

    expect_refusal().await;
    clock.turn_back(hour);
    expect_service().await;
    for _ in 0..2 {
        clock.advance(hour);
        expect_refusal().await;
        clock.turn_back(hour);
        expect_service().await;
    }
    clock.turn_back(hour);
    expect_refusal().await;
    clock.advance(hour);
    expect_service().await;
}
