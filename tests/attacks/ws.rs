//! WS: WebSockets and long-lived answers.

use std::time::{Duration, Instant};

use futures_util::{SinkExt as _, StreamExt as _};
use http::{HeaderMap, HeaderValue};
use tokio_tungstenite::tungstenite::Message;

use super::stage::Stage;
use crate::rig::raw::Raw;
use crate::rig::wait::within;

fn handshake(fields: &str) -> String {
    format!(
        "GET /ws HTTP/1.1\r\nHost: gw.test\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: \
         13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n{fields}\r\n"
    )
}

async fn open(stage: &Stage, name: &str, fields: &str) -> Raw {
    let mut raw = stage.raw().await;
    let origin = "Origin: http://gw.test\r\n";
    raw.send(handshake(&format!("{origin}{}{fields}", stage.cookie(name))))
        .await;
    let answer = raw.answer().await;
    assert_eq!(answer.status, 101, "{answer:?}");
    raw
}

#[tokio::test]
async fn ws_01_02_without_enough_proof_there_is_no_socket() {
    let stage = Stage::plain().await;
    for who in [String::new(), stage.cookie("half"), stage.cookie("nobody")] {
        let fields = format!("Origin: http://gw.test\r\nAccept: text/html\r\n{who}");
        let answer = stage.send(handshake(&fields)).await;
        assert_eq!(answer.status, 401, "{who}");
        assert_eq!(answer.header("content-type"), Some("application/problem+json"));
    }
    assert_eq!(stage.up.hits(), 0);
}

#[tokio::test]
async fn ws_03_a_socket_is_opened_by_the_site_alone() {
    let stage = Stage::plain().await;
    for origin in [
        "Origin: https://evil.test\r\n",
        "Origin: null\r\n",
        "",
        "Origin: https://gw.test\r\n",
        "Origin: http://gw.test:81\r\n",
    ] {
        let answer = stage
            .send(handshake(&format!("{origin}{}", stage.cookie("alice"))))
            .await;
        assert_eq!(answer.status, 403, "{origin}");
    }
    assert_eq!(stage.up.hits(), 0);
}

#[tokio::test]
async fn messages_pass_both_ways() {
    let stage = Stage::plain().await;
    let mut socket = open(&stage, "alice", "").await.into_websocket().await;
    for size in [1, 100, 100_000] {
        socket.send(Message::binary(vec![7; size])).await.unwrap();
        let back = within("an echo", socket.next()).await.unwrap().unwrap();
        assert_eq!(back.into_data().len(), size);
    }
}

#[tokio::test]
async fn ws_06_other_upgrades_are_none() {
    let stage = Stage::plain().await;
    for token in ["websocket, h2c", "foo", "TLS/1.0"] {
        let request = format!(
            "GET /x HTTP/1.1\r\nHost: gw.test\r\nOrigin: http://gw.test\r\nConnection: Upgrade\r\nUpgrade: {token}\r\n{}\r\n",
            stage.cookie("alice")
        );
        assert_eq!(stage.send(request).await.status, 200, "{token}");
        let seen = stage.up.last();
        assert!(
            seen.all("upgrade").is_empty() && seen.all("connection").is_empty(),
            "{seen:?}"
        );
    }
}

#[tokio::test]
async fn ws_08_identity_in_the_handshake() {
    let stage = Stage::plain().await;
    let _raw = open(
        &stage,
        "bob",
        "Remote-User: alice\r\nremote_groups: admins\r\nX-Forwarded-For: 6.6.6.6\r\nTE: gzip\r\n",
    )
    .await;
    let seen = stage.up.last();
    assert_eq!(seen.folding_to("remote-user").len(), 1);
    assert_eq!(seen.all("remote-user"), ["bob@example.test"]);
    assert!(seen.folding_to("remote-groups").is_empty());
    assert_eq!(seen.all("x-forwarded-for"), ["127.0.0.1"]);
    assert!(seen.all("te").is_empty() && seen.all("cookie").is_empty());
    assert_eq!(
        (seen.all("connection"), seen.all("upgrade")),
        (vec!["Upgrade"], vec!["websocket"])
    );
}

#[tokio::test]
async fn ws_09_streams_end_with_their_session() {
    let stage = Stage::plain().await;
    let mut socket = open(&stage, "alice", "").await;
    let mut events = stage.raw().await;
    events
        .send(format!(
            "GET /events HTTP/1.1\r\nHost: gw.test\r\nAccept: text/event-stream\r\n{}\r\n",
            stage.cookie("alice")
        ))
        .await;
    assert_eq!(events.head().await.status, 200);
    let mut others = open(&stage, "bob", "").await.into_websocket().await;
    stage.up.streams(3).await;
    stage.up.emit("one");
    assert!(events.until(b"data: one\n\n").await.is_some());

    let ended = Instant::now();
    stage.sessions.end("alice");
    assert!(socket.is_closed().await);
    events.rest().await;
    stage.up.streams(1).await;
    assert!(ended.elapsed() < Duration::from_secs(2));

    others.send(Message::text("still here")).await.unwrap();
    assert_eq!(
        within("an echo", others.next())
            .await
            .unwrap()
            .unwrap()
            .into_text()
            .unwrap(),
        "still here"
    );
}

#[tokio::test]
async fn ws_09_an_event_stream_over_http_2_ends_with_its_session() {
    let stage = Stage::secure().await;
    let h2 = stage.h2().await;
    let mut fields = HeaderMap::new();
    fields.insert("cookie", HeaderValue::from_static("__Host-doorward=alice"));
    fields.insert("accept", HeaderValue::from_static("text/event-stream"));
    let stream = tokio::spawn(async move { h2.get("/events", &fields).await });
    stage.up.streams(1).await;
    stage.sessions.end("alice");
    let ended = within("the end of the stream", stream).await.unwrap();
    assert!(ended.is_err(), "{ended:?}");
    stage.up.streams(0).await;
}

#[tokio::test]
async fn ws_10_a_fast_answer_keeps_the_tunnel() {
    let stage = Stage::plain().await;
    let mut lost = 0;
    for _ in 0..300 {
        let mut socket = open(&stage, "alice", "").await.into_websocket().await;
        let sent = socket.send(Message::text("x")).await;
        let back = within("an echo or an end", socket.next()).await;
        lost += usize::from(sent.is_err() || !matches!(back, Some(Ok(_))));
    }
    println!("{lost} of 300 tunnels were torn down");
    assert!(lost <= 3, "{lost} of 300");
}

#[tokio::test]
async fn stopping_ends_what_is_open() {
    let stage = Stage::with(false, |settings| settings.drain = Duration::from_millis(200)).await;
    let mut idle = stage.raw().await;
    idle.send("GET /public/x HTTP/1.1\r\nHost: gw.test\r\n\r\n").await;
    assert_eq!(idle.answer().await.status, 200);
    let mut socket = open(&stage, "alice", "").await;
    stage.stop().await;
    assert!(idle.is_closed().await);
    assert!(socket.is_closed().await);
}
