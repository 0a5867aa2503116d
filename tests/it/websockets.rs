//! A WebSocket is open from its first octet, however fast the portal was.

use futures_util::{SinkExt as _, StreamExt as _};
use serde_json::json;
use tempfile::TempDir;
use tokio::task::JoinSet;
use tokio_tungstenite::tungstenite::Message as Frame;

use crate::rig::client::Client;
use crate::rig::gateway::Rig;
use crate::rig::tls::{self, Authority};
use crate::rig::upstream::Upstream;

const ANNA: &str = "anna@example.com";

/// A whole text frame, masked with zeros (RFC 6455 §5.2).
const HELLO: &[u8] = b"\x81\x85\0\0\0\0hello";

/// Opens one, on connections of its own to and from the gateway, and talks at once; `hastily` before there is
/// an answer, so that nothing of it may be lost on the way.
async fn echo(client: Client, hastily: bool) -> Result<(), String> {
    let fields = [
        ("Origin", client.origin.as_str()),
        ("Connection", "Upgrade"),
        ("Upgrade", "websocket"),
        ("Sec-WebSocket-Version", "13"),
        ("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ=="),
    ];
    let mut raw = client.connect().await;
    let head = client.head("GET", "/ws", &fields).into_bytes();
    raw.send([&head[..], if hastily { HELLO } else { b"" }].concat())
        .await;
    let answer = raw.answer().await;
    if answer.status != 101 {
        return Err(format!("{answer:?}"));
    }
    if !hastily {
        raw.send(HELLO).await;
    }
    let mut socket = raw.into_websocket().await;
    for word in ["hello", "again"] {
        match socket.next().await {
            Some(Ok(back)) if back == Frame::text(word) => (),
            other => return Err(format!("{word}: {other:?}")),
        }
        let sent = socket.send(Frame::text("again")).await;
        sent.map_err(|error| format!("{word}: {error}"))?;
    }
    Ok(())
}

/// Each is the first request on a new connection to the portal, which answers as fast as one can.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn fifty_times_ten_are_heard_at_once() {
    let rig = Rig::with(&json!({ "limits": { "connections_per_address": 1000 } })).await;
    rig.add(ANNA).await;
    let client = rig.signed_in(ANNA).await;
    let before = rig.up.connections().len();
    let mut failed = Vec::new();
    for round in 0..50 {
        let mut opening = JoinSet::new();
        for _ in 0..10 {
            opening.spawn(echo(client.clone(), round % 2 == 0));
        }
        failed.extend(opening.join_all().await.into_iter().filter_map(Result::err));
    }
    assert!(failed.is_empty(), "{} failed: {failed:?}", failed.len());
    assert_eq!(rig.up.connections().len() - before, 500);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_portal_that_speaks_tls_is_heard_as_well() {
    let (up, authority, folder) = (Upstream::start().await, Authority::new(), TempDir::new().unwrap());
    let issued = authority.issue(folder.path(), "up", &["localhost"]);
    let server = tls::before(up.address, &issued).await;
    let ca = authority.write(&folder.path().join("ca.pem"));
    let upstream = json!({
        "servers": [format!("https://localhost:{}", server.port())], "tls": { "ca": ca },
    });
    let rig = Rig::with(&json!({ "sites": [{ "upstream": upstream }] })).await;
    rig.add(ANNA).await;
    let client = rig.signed_in(ANNA).await;
    for round in 0..20 {
        echo(client.clone(), round % 2 == 0).await.unwrap();
    }
}
