//! `session.grace`: Redis is gone, and whoever is signed in notices nothing for a while.

use std::time::{Duration, Instant};

use futures_util::{SinkExt as _, StreamExt as _};
use tokio::time::timeout;
use tokio_tungstenite::tungstenite::Message as Frame;

use crate::rig::gateway::{PASSWORD, Rig};
use crate::rig::line::{Line, Manner};
use crate::rig::redis::Redis;

const ANNA: &str = "anna@example.com";
const GRACE: Duration = Duration::from_secs(3);

async fn scene() -> (Rig, Redis, Line) {
    let redis = Redis::start().await;
    let line = Line::to(redis.address).await;
    let mut settings = redis.settings_by(line.address);
    settings["session"]["grace"] = "3s".into();
    let rig = Rig::with(&settings).await;
    rig.add(ANNA).await;
    (rig, redis, line)
}

async fn expect_an_outage_that_anna_outlives(broken: Manner) {
    let (rig, _redis, line) = scene().await;
    let mut anna = rig.signed_in(ANNA).await;
    let origin = rig.place.origin.clone();
    assert_eq!(anna.get("/").await.status, 200);
    let mut socket = anna.websocket("/ws", Some(&origin)).await.unwrap();
    socket.send(Frame::text("hello")).await.unwrap();
    assert_eq!(socket.next().await.unwrap().unwrap(), Frame::text("hello"));
    let mut stranger = rig.client();
    let page = stranger.open("/").await.expect("sign-in");

    line.turn(broken);
    let begun = Instant::now();
    let form = page
        .form("/_auth/sign-in")
        .set("username", ANNA)
        .set("password", PASSWORD);
    let refused = stranger.submit(&page, &form).await;
    assert_eq!(refused.status, 503, "a sign-in is not made in memory");
    // As long as nothing but memory can have let her in.
    while begun.elapsed() < GRACE {
        let asked = begun.elapsed();
        assert_eq!(anna.get("/").await.status, 200, "refused after {asked:?}");
        if asked > Duration::from_millis(1500) {
            socket.send(Frame::text("still")).await.unwrap();
            assert_eq!(socket.next().await.unwrap().unwrap(), Frame::text("still"));
        }
    }
    while anna.get("/").await.status == 200 {
        assert!(
            begun.elapsed() < GRACE + Duration::from_millis(1500),
            "still trusted"
        );
    }
    assert_eq!(anna.get("/").await.status, 503);
    let over = async { while let Some(Ok(_)) = socket.next().await {} };
    let ended = timeout(Duration::from_secs(2), over).await;
    assert!(ended.is_ok(), "the WebSocket is still open");

    line.turn(Manner::Well);
    let back = Instant::now();
    while anna.get("/").await.status != 200 {
        assert!(back.elapsed() < Duration::from_secs(2), "it does not recover");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn refusing() {
    expect_an_outage_that_anna_outlives(Manner::Cut).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn silent() {
    expect_an_outage_that_anna_outlives(Manner::Silent).await;
}

/// The price: what ends elsewhere ends here as much later, and at once when the store is back.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_sign_out_elsewhere_is_heard_of_later_and_then_for_good() {
    let (rig, redis, line) = scene().await;
    let mut anna = rig.signed_in(ANNA).await;
    let mut settings = redis.settings();
    settings["session"]["grace"] = "3s".into();
    let other = rig.beside(&settings).await;
    assert_eq!(anna.get("/").await.status, 200);
    let mut elsewhere = other.takes(&anna);
    let page = elsewhere.get("/_auth/sign-out").await.expect("sign-out");
    line.turn(Manner::Silent);
    elsewhere
        .submit(&page, &page.form("/_auth/sign-out"))
        .await
        .expect("signed-out");
    let ended = Instant::now();
    loop {
        let asked = ended.elapsed();
        let status = anna.get("/").await.status;
        assert!(matches!(status, 200 | 503), "{status}");
        if status == 503 {
            break;
        }
        assert!(asked < GRACE + Duration::from_secs(1), "accepted after {asked:?}");
    }
    line.turn(Manner::Well);
    let back = Instant::now();
    while anna.get("/").await.status != 303 {
        assert!(back.elapsed() < Duration::from_secs(2), "it does not recover");
    }
}
