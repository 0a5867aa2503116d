//! HDR: identity headers, forwarded headers, hop-by-hop.

use http::{HeaderMap, HeaderName, HeaderValue};

use super::stage::Stage;
use crate::rig::upstream::{Recorded, Reply};

const IDH: [&str; 5] = [
    "Remote-User",
    "Remote-Email",
    "Remote-Name",
    "Remote-Groups",
    "Remote-Auth-Method",
];

/// UP-CLEAN for bob, who has neither groups nor a name.
fn expect_bob(seen: &Recorded) {
    let folded = |name: &str| {
        seen.folding_to(name)
            .iter()
            .map(|it| it.1.to_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!(folded("Remote-User"), ["bob@example.test"]);
    assert_eq!(folded("Remote-Email"), ["bob@example.test"]);
    assert_eq!(folded("Remote-Auth-Method"), ["password+email"]);
    assert!(folded("Remote-Name").is_empty(), "{seen:?}");
    assert!(folded("Remote-Groups").is_empty(), "{seen:?}");
}

/// Sends the fields as bob over HTTP/1.1, and expects that the portal sees bob.
async fn as_bob(stage: &Stage, fields: &str) {
    let answer = stage.get("/", &format!("{}{fields}", stage.cookie("bob"))).await;
    assert_eq!(answer.status, 200, "{fields}: {answer:?}");
    expect_bob(&stage.up.last());
}

/// The same over HTTP/2.
async fn as_bob_h2(stage: &Stage, fields: &[(&str, &str)]) {
    let mut headers = HeaderMap::new();
    headers.insert("cookie", HeaderValue::from_static("__Host-doorward=bob"));
    for (name, value) in fields {
        headers.append(
            HeaderName::from_bytes(name.as_bytes()).unwrap(),
            HeaderValue::from_str(value).unwrap(),
        );
    }
    let answer = stage.h2().await.get("/", &headers).await.unwrap();
    assert_eq!(answer.status, 200, "{fields:?}: {answer:?}");
    expect_bob(&stage.up.last());
}

#[tokio::test]
async fn hdr_01_an_anonymous_spoof_is_no_sign_in() {
    let stage = Stage::plain().await;
    let spoof: String = IDH.iter().map(|name| format!("{name}: root\r\n")).collect();
    stage.expect_login("GET /", &spoof).await;
}

#[tokio::test]
async fn hdr_02_03_09_a_signed_in_spoof_changes_nothing() {
    let stage = Stage::plain().await;
    as_bob(
        &stage,
        "Remote-User: alice\r\nRemote-Groups: admin\r\nRemote-Email: alice@example.test\r\n",
    )
    .await;
    as_bob(
        &stage,
        "remote-user: alice\r\nREMOTE-USER: alice\r\nRemote-User: alice\r\n",
    )
    .await;
    as_bob(&stage, "Remote-User: bob, alice\r\nRemote-User: bob\r\n").await;
    let secure = Stage::secure().await;
    as_bob_h2(
        &secure,
        &[
            ("remote-user", "alice"),
            ("remote-groups", "admin"),
            ("remote-user", "bob, alice"),
        ],
    )
    .await;
}

#[tokio::test]
async fn hdr_05_names_that_fold_to_ours_never_arrive() {
    let stage = Stage::plain().await;
    as_bob(
        &stage,
        "Remote.User: alice\r\nRemote~User: alice\r\nremote_user: alice\r\nREMOTE_GROUPS: admin\r\n",
    )
    .await;
    let secure = Stage::secure().await;
    as_bob_h2(&secure, &[("remote.user", "alice"), ("remote_groups", "admin")]).await;
    let cookie = stage.cookie("bob");
    let spaced = format!("GET / HTTP/1.1\r\nHost: gw.test\r\n{cookie}Remote-User : alice\r\n\r\n");
    stage.expect_refused(spaced, &[400]).await;
}

#[tokio::test]
async fn hdr_08_what_an_account_lacks_is_absent() {
    let stage = Stage::plain().await;
    as_bob(&stage, "Remote-Groups: admin\r\nRemote-Name: x\r\n").await;
    stage.get("/", &stage.cookie("alice")).await;
    let seen = stage.up.last();
    assert_eq!(seen.all("remote-groups"), ["admins,staff"]);
    assert_eq!(seen.all("remote-name"), ["Alice Müller"]);
}

#[tokio::test]
async fn hdr_10_the_portal_sees_only_what_the_gateway_computed() {
    let stage = Stage::plain().await;
    let names = [
        "X-Forwarded-For",
        "X-Forwarded-Host",
        "X-Forwarded-Proto",
        "X-Forwarded-Port",
        "X-Forwarded-Prefix",
        "X-Forwarded-Uri",
        "X-Forwarded-Method",
        "X-Forwarded-Server",
        "Forwarded",
        "X-Real-IP",
        "True-Client-IP",
        "CF-Connecting-IP",
        "X-Client-IP",
        "Via",
        "x_forwarded_for",
        "X-Original-URL",
        "X-Rewrite-URL",
        "X-Request-Id",
    ];
    let fields: String = names.iter().map(|name| format!("{name}: 6.6.6.6\r\n")).collect();
    as_bob(&stage, &fields).await;
    let seen = stage.up.last();
    assert!(
        !String::from_utf8_lossy(&seen.head).contains("6.6.6.6"),
        "{seen:?}"
    );
    assert_eq!(seen.all("x-forwarded-for"), ["127.0.0.1"]);
    assert_eq!(seen.all("x-forwarded-host"), ["gw.test"]);
    assert_eq!(seen.all("x-forwarded-proto"), ["http"]);
    assert_eq!(seen.all("x-request-id").len(), 1);
    assert!(stage.log.lines().dropped >= names.len() - 1);
}

#[tokio::test]
async fn hdr_10_a_trusted_proxy_says_for_whom_it_speaks() {
    let stage = Stage::with(false, |settings| {
        settings.trusted_proxies = vec!["127.0.0.0/8".parse().unwrap()]
    })
    .await;
    as_bob(&stage, "X-Forwarded-For: 6.6.6.6, 192.0.2.7\r\n").await;
    assert_eq!(stage.up.last().all("x-forwarded-for"), ["192.0.2.7"]);
    as_bob(&stage, "X-Forwarded-For: 192.0.2.7, garbage\r\n").await;
    assert_eq!(stage.up.last().all("x-forwarded-for"), ["127.0.0.1"]);
}

#[tokio::test]
async fn fields_named_in_connection_cannot_take_ours_away() {
    let stage = Stage::plain().await;
    as_bob(
        &stage,
        "Connection: Remote-User, X-Forwarded-For, X-Mine\r\nX-Mine: 1\r\nRemote-User: alice\r\n",
    )
    .await;
    let seen = stage.up.last();
    assert_eq!(seen.all("x-forwarded-for"), ["127.0.0.1"]);
    assert!(seen.all("x-mine").is_empty());
    for needed in ["Host", "Content-Length", "Transfer-Encoding", ":authority"] {
        let bytes = format!("GET / HTTP/1.1\r\nHost: gw.test\r\nConnection: {needed}\r\n\r\n");
        stage.expect_refused(bytes, &[400]).await;
    }
}

#[tokio::test]
async fn hdr_12_no_other_credential_signs_in() {
    let stage = Stage::plain().await;
    for fields in [
        "Authorization: Basic YWxpY2U6cGFzc3dvcmQ=\r\n",
        "Authorization: Bearer bob\r\n",
        "X-Api-Key: bob\r\n",
    ] {
        stage.expect_login("GET /", fields).await;
    }
    stage
        .expect_login("GET /?access_token=bob&doorward=bob", "")
        .await;
    stage.expect_login("GET /;doorward=bob", "").await;
}

#[tokio::test]
async fn hdr_13_hop_by_hop_fields_end_here() {
    let stage = Stage::plain().await;
    as_bob(
        &stage,
        "Proxy-Authorization: Basic eDp5\r\nProxy-Connection: keep-alive\r\nKeep-Alive: timeout=9\r\nTE: gzip\r\nTrailer: X\r\n",
    )
    .await;
    let seen = stage.up.last();
    for name in [
        "proxy-authorization",
        "proxy-connection",
        "keep-alive",
        "te",
        "trailer",
        "connection",
    ] {
        assert!(seen.all(name).is_empty(), "{name}: {seen:?}");
    }
}

#[tokio::test]
async fn client_trailers_end_here() {
    let stage = Stage::plain().await;
    let cookie = stage.cookie("bob");
    let bytes = format!(
        "POST / HTTP/1.1\r\nHost: gw.test\r\n{cookie}Transfer-Encoding: chunked\r\nTrailer: Remote-User\r\n\r\n3\r\nabc\r\n0\r\nRemote-User: \
         root\r\n\r\n"
    );
    let answer = stage.send(bytes).await;
    assert_eq!(answer.status, 200);
    let seen = stage.up.last();
    assert_eq!(seen.body, b"abc");
    let carried = stage.up.connections().concat();
    assert!(!String::from_utf8_lossy(&carried).contains("root"));
}

#[tokio::test]
async fn hdr_15_health_checkers_are_strangers() {
    let stage = Stage::plain().await;
    for agent in ["kube-probe/1.29", "GoogleHC/1.0", "ELB-HealthChecker/2.0"] {
        stage
            .expect_login("GET /admin", &format!("User-Agent: {agent}\r\n"))
            .await;
    }
}

#[tokio::test]
async fn hdr_16_the_portal_cannot_set_our_cookies() {
    let stage = Stage::plain().await;
    let lines = "Set-Cookie: a=1; Path=/\r\nSet-Cookie: doorward=evil\r\nSet-Cookie: __Host-doorward-device=evil; Domain=test\r\nSet-Cookie: b=2\r\n";
    stage.up.answers(move |_| Reply::text("200 OK", lines, "x"));
    let answer = stage.get("/", &stage.cookie("bob")).await;
    assert_eq!(answer.all("set-cookie"), ["a=1; Path=/", "b=2"]);
}

#[tokio::test]
async fn hdr_17_our_cookies_stay_home() {
    let stage = Stage::plain().await;
    let fields = "Cookie: a=1; doorward=bob; b=\"x y\"; doorward-device=t; c\r\n";
    assert_eq!(stage.get("/", fields).await.status, 200);
    assert_eq!(stage.up.last().all("cookie"), ["a=1; b=\"x y\"; c"]);
    stage.get("/", &stage.cookie("bob")).await;
    assert!(stage.up.last().all("cookie").is_empty());
}

#[tokio::test]
async fn hdr_18_split_cookies_arrive_as_one() {
    let stage = Stage::secure().await;
    let mut fields = HeaderMap::new();
    for value in ["a=1", "b=2; c=3", "__Host-doorward=bob"] {
        fields.append("cookie", HeaderValue::from_static(value));
    }
    let answer = stage.h2().await.get("/", &fields).await.unwrap();
    assert_eq!(answer.status, 200, "{answer:?}");
    assert_eq!(stage.up.last().all("cookie"), ["a=1; b=2; c=3"]);
    expect_bob(&stage.up.last());
}
