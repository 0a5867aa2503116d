//! HOST: host, authority, link building.

use super::stage::Stage;

async fn status(stage: &Stage, host: &str) -> u16 {
    stage
        .send(format!(
            "GET / HTTP/1.1\r\nHost: {host}\r\nAccept: text/html\r\n\r\n"
        ))
        .await
        .status
}

#[tokio::test]
async fn host_01_an_unknown_host_is_misdirected() {
    let stage = Stage::plain().await;
    let mut raw = stage.raw().await;
    raw.send("GET /_auth/sign-in HTTP/1.1\r\nHost: evil.test\r\nCookie: doorward=bob\r\n\r\n")
        .await;
    let answer = raw.answer().await;
    assert_eq!(answer.status, 421);
    assert!(answer.all("set-cookie").is_empty() && answer.all("location").is_empty());
    assert!(!answer.text().contains("evil.test"));
    assert_eq!(answer.header("x-frame-options"), Some("DENY"));
    assert_eq!(answer.header("cache-control"), Some("no-store"));
    assert_eq!(stage.up.hits(), 0);
}

#[tokio::test]
async fn host_02_what_is_not_one_host_is_refused() {
    let stage = Stage::plain().await;
    for host in [
        "",
        "gw.test, evil.test",
        "gw.test@evil.test",
        "gw.test/..",
        "gw .test",
        "gw.test\0",
        "gw.test:80:80",
        "gw.test:x",
    ] {
        stage
            .expect_refused(format!("GET /public/x HTTP/1.1\r\nHost: {host}\r\n\r\n"), &[400])
            .await;
    }
    stage
        .expect_refused("GET /public/x HTTP/1.1\r\n\r\n", &[400])
        .await;
    stage
        .expect_refused(
            "GET /public/x HTTP/1.1\r\nHost: gw.test\r\nHost: gw.test\r\n\r\n",
            &[400],
        )
        .await;
}

#[tokio::test]
async fn host_05_variants_are_the_same_site() {
    let stage = Stage::plain().await;
    for host in ["gW.TEST", "gw.test.", "gw.test:443", "GW.test.:8080"] {
        assert_eq!(status(&stage, host).await, 303, "{host}");
        let answer = stage
            .send(format!(
                "GET / HTTP/1.1\r\nHost: {host}\r\n{}\r\n",
                stage.cookie("bob")
            ))
            .await;
        assert_eq!(answer.status, 200, "{host}");
        let seen = stage.up.last();
        assert_eq!(
            (seen.all("host"), seen.all("x-forwarded-host")),
            (vec!["gw.test"], vec!["gw.test"])
        );
    }
}

#[tokio::test]
async fn host_07_literal_addresses_are_no_site() {
    let stage = Stage::plain().await;
    for host in ["127.0.0.1", "[::1]", "2130706433", "[::1]:80", "localhost"] {
        assert_eq!(status(&stage, host).await, 421, "{host}");
    }
}

#[tokio::test]
async fn host_09_each_request_names_its_host() {
    let stage = Stage::plain().await;
    let mut raw = stage.raw().await;
    raw.send(format!(
        "GET / HTTP/1.1\r\nHost: gw.test\r\n{}\r\n",
        stage.cookie("bob")
    ))
    .await;
    assert_eq!(raw.answer().await.status, 200);
    raw.send(format!(
        "GET / HTTP/1.1\r\nHost: evil.test\r\n{}\r\n",
        stage.cookie("bob")
    ))
    .await;
    assert_eq!(raw.answer().await.status, 421);
    assert_eq!(stage.up.hits(), 1);
}
