//! H2: HTTP/2.

use bytes::Bytes;
use http::{HeaderMap, HeaderValue, Method, Request};

use super::stage::Stage;
use crate::rig::raw::Raw;
use crate::rig::wait::within;

fn cookie(name: &str) -> HeaderMap {
    let mut fields = HeaderMap::new();
    fields.insert(
        "cookie",
        HeaderValue::from_str(&format!("__Host-doorward={name}")).unwrap(),
    );
    fields
}

async fn connection(stage: &Stage) -> Raw {
    Raw::connect_tls(stage.address, stage.trust.as_ref().unwrap(), &stage.host, &["h2"]).await
}

/// A frame (RFC 9113 §4.1).
fn frame(kind: u8, flags: u8, stream: u32, payload: &[u8]) -> Vec<u8> {
    let length = u32::try_from(payload.len()).unwrap().to_be_bytes();
    [&length[1..], &[kind, flags], &stream.to_be_bytes(), payload].concat()
}

/// A field as HPACK writes it without tables (RFC 7541 §6.2.2).
fn literal(name: &[u8], value: &[u8]) -> Vec<u8> {
    let length = |text: &[u8]| u8::try_from(text.len()).unwrap();
    [&[0, length(name)], name, &[length(value)], value].concat()
}

fn opening() -> Vec<u8> {
    [b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".to_vec(), frame(4, 0, 0, b"")].concat()
}

fn request(fields: &[(&[u8], &[u8])]) -> Vec<u8> {
    let block: Vec<u8> = fields
        .iter()
        .flat_map(|(name, value)| literal(name, value))
        .collect();
    // HEADERS with END_STREAM and END_HEADERS.
    frame(1, 5, 1, &block)
}

/// Sends one request in raw frames; nothing may reach the portal.
async fn expect_nothing(stage: &Stage, fields: &[(&[u8], &[u8])]) {
    let before = stage.up.hits();
    let mut raw = connection(stage).await;
    raw.send([opening(), request(fields)].concat()).await;
    // A ping is answered after what came before it; or the connection is over.
    raw.send(frame(6, 0, 0, b"whatever")).await;
    let _ = raw.until(&frame(6, 1, 0, b"whatever")).await;
    let shown: Vec<_> = fields
        .iter()
        .map(|it| (String::from_utf8_lossy(it.0), String::from_utf8_lossy(it.1)))
        .collect();
    // What was let through would be there before what is sent now.
    let marker = [(&b":path"[..], &b"/public/marker"[..])];
    let fields: Vec<_> = BASE[..3].iter().chain(&marker).copied().collect();
    connection(stage)
        .await
        .send([opening(), request(&fields)].concat())
        .await
        .until(b"portal: GET /public/marker")
        .await;
    let seen: Vec<String> = stage.up.requests()[before..]
        .iter()
        .map(|it| it.target.clone())
        .collect();
    assert_eq!(seen, ["/public/marker"], "{shown:?}");
}

const BASE: [(&[u8], &[u8]); 4] = [
    (b":method", b"GET"),
    (b":scheme", b"https"),
    (b":authority", b"gw.test"),
    (b":path", b"/public/x"),
];

#[tokio::test]
async fn h2_00_raw_frames_reach_the_portal_when_they_are_right() {
    let stage = Stage::secure().await;
    let mut raw = connection(&stage).await;
    raw.send([opening(), request(&BASE)].concat()).await;
    assert_eq!(stage.up.hit(1).await.target, "/public/x");
}

#[tokio::test]
async fn h2_01_connection_fields() {
    let stage = Stage::secure().await;
    for (name, value) in [
        (&b"connection"[..], &b"keep-alive"[..]),
        (b"transfer-encoding", b"chunked"),
        (b"keep-alive", b"5"),
        (b"proxy-connection", b"x"),
        (b"upgrade", b"websocket"),
        (b"te", b"gzip"),
    ] {
        expect_nothing(&stage, &[&BASE[..], &[(name, value)]].concat()).await;
    }
}

#[tokio::test]
async fn h2_02_forbidden_bytes() {
    let stage = Stage::secure().await;
    for (name, value) in [
        (&b"x"[..], &b"a\rb"[..]),
        (b"x", b"a\nb"),
        (b"x", b"a\0b"),
        (b"x\ry", b"a"),
        (b"X-Upper", b"a"),
        (b"", b"a"),
        (b"x y", b"a"),
        (b":unknown", b"a"),
    ] {
        expect_nothing(&stage, &[&BASE[..], &[(name, value)]].concat()).await;
    }
    for (at, value) in [
        (3, &b"/public/a b"[..]),
        (3, b""),
        (3, b"/public/\n"),
        (3, b"public"),
        (3, b"*"),
        (3, b"http://gw.test/public/x"),
        (2, b"gw.test\r\nx: y"),
        (2, b"gw.test@evil.test"),
        (2, b"gw.test, evil"),
        (0, b"GET /admin HTTP/1.1\r\nX: y"),
        (0, b"TRACE"),
        (0, b"CONNECT"),
    ] {
        let mut fields = BASE;
        fields[at].1 = value;
        expect_nothing(&stage, &fields).await;
    }
}

#[tokio::test]
async fn h2_04_heads_have_bounds() {
    let stage = Stage::secure().await;
    let h2 = stage.h2().await;
    let mut many = HeaderMap::new();
    for at in 0..120 {
        many.insert(
            http::HeaderName::try_from(format!("x-{at}")).unwrap(),
            HeaderValue::from_static("y"),
        );
    }
    let answer = h2.get("/public/x", &many).await.unwrap();
    assert_eq!(answer.status, 431);
    let mut large = HeaderMap::new();
    large.insert("x", HeaderValue::from_str(&"y".repeat(40 * 1024)).unwrap());
    assert!(
        h2.get("/public/x", &large)
            .await
            .map_or(true, |it| it.status == 431)
    );
    assert_eq!(stage.up.hits(), 0);
}

#[tokio::test]
async fn h2_05_a_host_field_cannot_differ() {
    let stage = Stage::secure().await;
    expect_nothing(&stage, &[&BASE[..], &[(b"host", b"evil.test")]].concat()).await;
    let mut unknown = BASE;
    unknown[2].1 = b"evil.test";
    expect_nothing(&stage, &unknown).await;
}

#[tokio::test]
async fn h2_06_rapid_reset_ends_the_connection() {
    let stage = Stage::secure().await;
    let mut raw = connection(&stage).await;
    raw.send(opening()).await;
    let block: Vec<u8> = BASE
        .iter()
        .flat_map(|(name, value)| literal(name, value))
        .collect();
    let mut flood = Vec::new();
    for at in 0..10_000_u32 {
        let stream = 2 * at + 1;
        flood.extend(frame(1, 5, stream, &block));
        flood.extend(frame(3, 0, stream, &8_u32.to_be_bytes()));
    }
    let (mut sent, rest) = (0, flood.chunks(64 * 1024));
    for part in rest {
        raw.send(part).await;
        sent += part.len();
    }
    let answer = raw.rest().await;
    // GOAWAY with ENHANCE_YOUR_CALM (RFC 9113 §7).
    let calm = answer.windows(4).any(|it| it == [0, 0, 0, 0x0b]);
    assert!(calm, "{sent} octets, answered {} octets", answer.len());
    assert_eq!(
        stage
            .h2()
            .await
            .get("/public/x", &HeaderMap::new())
            .await
            .unwrap()
            .status,
        200
    );
}

#[tokio::test]
async fn h2_08_streams_have_a_bound() {
    let stage = Stage::secure().await;
    stage.up.answers(|_| crate::rig::upstream::Reply::Silence);
    let raw = connection(&stage).await;
    let (client, connection) = h2::client::handshake(raw.into_io()).await.unwrap();
    tokio::spawn(connection);
    let mut client = within("the settings", client.ready()).await.unwrap();
    let mut open = Vec::new();
    for _ in 0..100 {
        client = within("a stream", client.ready()).await.unwrap();
        let request = Request::get("https://gw.test/public/x").body(()).unwrap();
        open.push(client.send_request(request, true).unwrap());
    }
    stage.up.hit(100).await;
    assert_eq!(client.current_max_send_streams(), 100);
    drop(open);
    let _: Option<Bytes> = None;
}

#[tokio::test]
async fn h2_09_each_stream_is_judged_alone() {
    let stage = Stage::secure().await;
    let h2 = stage.h2().await;
    let (bob, nobody, alice) = (cookie("bob"), HeaderMap::new(), cookie("alice"));
    let (bob, nobody, alice) = tokio::join!(
        h2.get("/bob", &bob),
        h2.get("/nobody", &nobody),
        h2.get("/alice", &alice)
    );
    assert_eq!(
        [bob.unwrap().status, nobody.unwrap().status, alice.unwrap().status],
        [200, 401, 200]
    );
    let requests = stage.up.requests();
    let user = |target: &str| {
        requests
            .iter()
            .find(|it| it.target == target)
            .map(|it| it.all("remote-user").join(","))
    };
    assert_eq!(user("/bob").as_deref(), Some("bob@example.test"));
    assert_eq!(user("/alice").as_deref(), Some("alice@example.test"));
    assert_eq!(user("/nobody"), None);
}

#[tokio::test]
async fn h2_10_no_upgrade_to_h2c() {
    for stage in [Stage::plain().await, Stage::secure().await] {
        let fields = format!(
            "{}Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__\r\n",
            stage.cookie("bob")
        );
        assert_eq!(stage.get("/", &fields).await.status, 200);
        let seen = stage.up.last();
        for name in ["upgrade", "connection", "http2-settings"] {
            assert!(seen.all(name).is_empty(), "{name}: {seen:?}");
        }
    }
}

#[tokio::test]
async fn h2_11_bodies_pass_both_ways() {
    let stage = Stage::secure().await;
    let answer = stage
        .h2()
        .await
        .send(Method::POST, "/upload", &cookie("bob"), &vec![b'x'; 60_000])
        .await
        .unwrap();
    assert_eq!(answer.status, 200);
    let seen = stage.up.last();
    assert_eq!((seen.body_length, seen.all("host")), (60_000, vec!["gw.test"]));
    assert_eq!(seen.all("x-forwarded-proto"), ["https"]);
    let carried = String::from_utf8_lossy(stage.up.connections().last().unwrap()).into_owned();
    assert_eq!(
        carried.matches("\r\n0\r\n\r\n").count(),
        1,
        "the end of the body is written once"
    );
}

#[tokio::test]
async fn h2_12_nothing_is_resumed() {
    let stage = Stage::secure().await;
    let trust = stage.trust.as_ref().unwrap();
    for _ in 0..2 {
        let stream = trust
            .connect(stage.address, &stage.host, &["http/1.1"])
            .await
            .unwrap();
        let kind = stream.get_ref().1.handshake_kind();
        assert_eq!(kind, Some(rustls::HandshakeKind::Full));
        let mut raw = Raw::over(stream);
        raw.send("GET /public/x HTTP/1.1\r\nHost: gw.test\r\n\r\n").await;
        assert_eq!(raw.answer().await.status, 200);
    }
}
