//! H1: HTTP/1 framing. The portal never sees a request that the gateway did not authorise.

use super::stage::Stage;

fn post(fields: &str, body: &str) -> String {
    format!("POST /public/x HTTP/1.1\r\nHost: gw.test\r\n{fields}\r\n{body}")
}

#[tokio::test]
async fn h1_01_both_lengths() {
    let stage = Stage::plain().await;
    let hidden = "0\r\n\r\nGET /admin HTTP/1.1\r\nHost: gw.test\r\n\r\n";
    for fields in [
        "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n",
        "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n",
    ] {
        stage.expect_refused(post(fields, hidden), &[400]).await;
    }
}

#[tokio::test]
async fn transfer_codings() {
    let stage = Stage::plain().await;
    for coding in [
        "xchunked",
        "gzip, chunked",
        "chunked, identity",
        "identity",
        "\x0bchunked",
        "chunked, chunked",
    ] {
        stage
            .expect_refused(
                post(&format!("Transfer-Encoding: {coding}\r\n"), "0\r\n\r\n"),
                &[400, 501],
            )
            .await;
    }
    let twice = "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n";
    stage.expect_refused(post(twice, "0\r\n\r\n"), &[400]).await;
}

#[tokio::test]
async fn h1_03_length_disguises() {
    let stage = Stage::plain().await;
    for value in ["5,5", "+5", "-1", "0x5", "5 5", "18446744073709551621", ""] {
        stage
            .expect_refused(post(&format!("Content-Length: {value}\r\n"), "hello"), &[400])
            .await;
    }
    for fields in [
        "Content-Length: 5\r\nContent-Length: 5\r\n",
        "Content-Length: 5\r\nContent-Length: 6\r\n",
    ] {
        stage.expect_refused(post(fields, "hello"), &[400]).await;
    }
}

#[tokio::test]
async fn h1_04_http_1_0() {
    let stage = Stage::plain().await;
    let chunked = "POST /public/x HTTP/1.0\r\nHost: gw.test\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n";
    stage.expect_refused(chunked, &[400]).await;
    let mut raw = stage.raw().await;
    raw.send("POST /public/x HTTP/1.0\r\nHost: gw.test\r\n\r\nGET /admin HTTP/1.0\r\nHost: gw.test\r\n\r\n")
        .await;
    assert_eq!(raw.answer().await.status, 200);
    assert!(raw.is_closed().await);
    assert_eq!(stage.up.hits(), 1);
    let mut raw = stage.raw().await;
    for _ in 0..2 {
        raw.send("GET /public/x HTTP/1.0\r\nHost: gw.test\r\nConnection: keep-alive\r\n\r\n")
            .await;
        assert_eq!(raw.answer().await.status, 200);
    }
}

#[tokio::test]
async fn h1_06_line_endings() {
    let stage = Stage::plain().await;
    for bytes in [
        "GET /public/x HTTP/1.1\nHost: gw.test\n\n",
        "GET /public/x HTTP/1.1\r\nHost: gw.test\nX: y\r\n\r\n",
        "GET /public/x HTTP/1.1\r\nHost: gw.test\rX: y\r\n\r\n",
        "GET /public/x HTTP/1.1\r\nHost: gw.test\r\nX: y\r\n folded\r\n\r\n",
        "GET /public/x HTTP/1.1\r\nHost: gw.test\r\n\r\r\n",
    ] {
        stage.expect_refused(bytes, &[400]).await;
    }
}

#[tokio::test]
async fn h1_07_field_syntax() {
    let stage = Stage::plain().await;
    for field in [
        "X : y",
        "no colon",
        ": empty",
        "X: a\0b",
        "X: a\x01b",
        "X\x7f: y",
        "X\u{e9}: y",
    ] {
        stage
            .expect_refused(
                format!("GET /public/x HTTP/1.1\r\nHost: gw.test\r\n{field}\r\n\r\n"),
                &[400],
            )
            .await;
    }
    stage
        .expect_refused("GET /public/x HTTP/1.1\r\n Host: gw.test\r\n\r\n", &[400])
        .await;
}

#[tokio::test]
async fn h1_08_request_line() {
    let stage = Stage::plain().await;
    for line in [
        "GET  /public/x HTTP/1.1",
        "GET /public/x  HTTP/1.1",
        "GET /public/x HTTP/1.1 x",
        "GET /public/x http/1.1",
        "GET /public/x HTTP/1.2",
        "GET /public/x HTTP/2.0",
        "GET /public/x HTTP/0.9",
        "GET /public/x",
        " GET /public/x HTTP/1.1",
        "G\u{e9}T /public/x HTTP/1.1",
        "PRI * HTTP/2.0",
    ] {
        stage
            .expect_refused(format!("{line}\r\nHost: gw.test\r\n\r\n"), &[400, 505])
            .await;
    }
}

#[tokio::test]
async fn heads_have_bounds() {
    let stage = Stage::plain().await;
    let many = format!(
        "GET /public/x HTTP/1.1\r\nHost: gw.test\r\n{}\r\n",
        "X: y\r\n".repeat(1000)
    );
    stage.expect_refused(many, &[431]).await;
    let large = format!(
        "GET /public/x HTTP/1.1\r\nHost: gw.test\r\nX: {}\r\n\r\n",
        "y".repeat(64 * 1024)
    );
    stage.expect_refused(large, &[431]).await;
    let long = format!(
        "GET /public/{} HTTP/1.1\r\nHost: gw.test\r\n\r\n",
        "y".repeat(64 * 1024)
    );
    stage.expect_refused(long, &[431, 414]).await;
    let cookies = format!("Cookie: a={}; doorward=bob\r\n", "y".repeat(8 * 1024));
    assert_eq!(stage.get("/", &cookies).await.status, 200);
}

#[tokio::test]
async fn a_body_that_follows_its_own_rules_smuggles_nothing() {
    let stage = Stage::plain().await;
    let hidden = "GET /admin HTTP/1.1\r\nHost: gw.test\r\nX: smuggled\r\n\r\n";
    for body in [
        format!("5\r\nhello\r\n0\r\n\r\n{hidden}"),
        format!("5;ext=1\r\nhello\r\n0\r\n\r\n{hidden}"),
        format!("0\r\nX: trailer\r\n\r\n{hidden}"),
        format!("5\nhello\r\n0\r\n\r\n{hidden}"),
        format!("0x5\r\nhello\r\n0\r\n\r\n{hidden}"),
        format!("-1\r\nhello\r\n0\r\n\r\n{hidden}"),
        format!("5\r\nhelloX\r\n0\r\n\r\n{hidden}"),
    ] {
        let before = stage.up.hits();
        let mut raw = stage.raw().await;
        raw.send(post("Transfer-Encoding: chunked\r\n", &body)).await;
        raw.finish().await;
        let _ = raw.rest().await;
        let seen = stage.up.requests();
        assert!(
            seen[before..].iter().all(|it| it.target == "/public/x"),
            "{body:?}: {seen:?}"
        );
        assert!(seen.len() - before <= 1, "{body:?}");
    }
}

#[tokio::test]
async fn h1_11_each_request_is_judged_alone() {
    let stage = Stage::plain().await;
    let mut raw = stage.raw().await;
    raw.send(format!(
        "GET / HTTP/1.1\r\nHost: gw.test\r\n{}\r\n",
        stage.cookie("bob")
    ))
    .await;
    assert_eq!(raw.answer().await.status, 200);
    raw.send("GET / HTTP/1.1\r\nHost: gw.test\r\n\r\n").await;
    assert_eq!(raw.answer().await.status, 401);
    raw.send(format!(
        "GET / HTTP/1.1\r\nHost: gw.test\r\n{}\r\n",
        stage.cookie("alice")
    ))
    .await;
    assert_eq!(raw.answer().await.status, 200);
    assert_eq!(stage.up.last().all("remote-user"), ["alice@example.test"]);
    assert_eq!(stage.up.hits(), 2);
}

#[tokio::test]
async fn h1_13_expectations() {
    let stage = Stage::plain().await;
    let mut raw = stage.raw().await;
    raw.send("POST / HTTP/1.1\r\nHost: gw.test\r\nExpect: 100-continue\r\nContent-Length: 5\r\n\r\n")
        .await;
    let answer = raw.answer().await;
    assert_eq!((answer.status, answer.interim), (401, vec![]));
    let odd = "POST /public/x HTTP/1.1\r\nHost: gw.test\r\nExpect: foo\r\nContent-Length: 0\r\n\r\n";
    stage.expect_refused(odd, &[417]).await;
    let mut raw = stage.raw().await;
    raw.send(
        "POST /_auth/echo HTTP/1.1\r\nHost: gw.test\r\nExpect: 100-continue\r\nContent-Length: 5\r\n\r\n",
    )
    .await;
    assert_eq!(raw.head().await.status, 100);
    raw.send("hello").await;
    assert_eq!(raw.answer().await.text(), "hello");
}

#[tokio::test]
async fn a_slow_head_is_cut() {
    let stage = Stage::with(false, |settings| {
        settings.limits.head_time = std::time::Duration::from_millis(300)
    })
    .await;
    let mut raw = stage.raw().await;
    raw.send("GET /public/x HTTP/1.1\r\nHost: gw").await;
    assert_eq!(raw.answer().await.status, 408);
    assert!(raw.is_closed().await);
    let mut silent = stage.raw().await;
    assert!(silent.is_closed().await);
    // A deadline is for the whole head, not for each read of it.
    let mut drip = stage.raw().await;
    let started = std::time::Instant::now();
    for octet in b"GET /public/xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx HTTP/1.1\r\n" {
        drip.send([*octet]).await;
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
        if started.elapsed().as_millis() > 600 {
            break;
        }
    }
    assert_eq!(drip.answer().await.status, 408);
}

#[tokio::test]
async fn h1_15_pipelining() {
    let stage = Stage::plain().await;
    let names = ["alice", "bob", "nobody"];
    let requests: String = (0..20)
        .map(|at| {
            format!(
                "GET /{at} HTTP/1.1\r\nHost: gw.test\r\n{}\r\n",
                stage.cookie(names[at % 3])
            )
        })
        .collect();
    let mut raw = stage.raw().await;
    raw.send(requests).await;
    for at in 0..20 {
        let answer = raw.answer().await;
        match names[at % 3] {
            "nobody" => assert_eq!(answer.status, 401, "{at}"),
            name => {
                assert_eq!(
                    (answer.status, answer.text()),
                    (200, format!("portal: GET /{at}\n"))
                );
                let seen = stage
                    .up
                    .requests()
                    .into_iter()
                    .find(|it| it.target == format!("/{at}"))
                    .unwrap();
                assert_eq!(seen.all("remote-user"), [format!("{name}@example.test")]);
            }
        }
    }
}

#[tokio::test]
async fn h1_15_pipelined_bodies_are_kept_apart() {
    let stage = Stage::plain().await;
    let mut raw = stage.raw().await;
    raw.send("POST /public/a HTTP/1.1\r\nHost: gw.test\r\nContent-Length: 5\r\n\r\nhelloPOST /public/b HTTP/1.1\r\nHost: gw.test\r\nContent-Length: 3\r\n\r\nabc").await;
    assert_eq!(raw.answer().await.text(), "portal: POST /public/a\n");
    assert_eq!(raw.answer().await.text(), "portal: POST /public/b\n");
    let bodies: Vec<Vec<u8>> = stage.up.requests().into_iter().map(|it| it.body).collect();
    assert_eq!(bodies, [b"hello".to_vec(), b"abc".to_vec()]);
}

#[tokio::test]
async fn an_upload_is_streamed_and_an_answer_too() {
    let stage = Stage::plain().await;
    let size = 8 * 1024 * 1024;
    let mut raw = stage.raw().await;
    raw.send(format!(
        "POST /upload HTTP/1.1\r\nHost: gw.test\r\n{}Content-Length: {size}\r\n\r\n",
        stage.cookie("bob")
    ))
    .await;
    stage.up.hit(1).await;
    raw.send(vec![b'x'; size]).await;
    assert_eq!(raw.answer().await.status, 200);
    assert_eq!(stage.up.last().body_length, size as u64);
    raw.send(format!(
        "GET / HTTP/1.1\r\nHost: gw.test\r\n{}\r\n",
        stage.cookie("bob")
    ))
    .await;
    assert_eq!(raw.answer().await.status, 200);
}

#[tokio::test]
async fn too_many_connections_of_one_address_are_closed() {
    let stage = Stage::with(false, |settings| settings.limits.connections_per_address = 2).await;
    let (mut first, mut second) = (stage.raw().await, stage.raw().await);
    for raw in [&mut first, &mut second] {
        raw.send("GET /public/x HTTP/1.1\r\nHost: gw.test\r\n\r\n").await;
        assert_eq!(raw.answer().await.status, 200);
    }
    let mut third = stage.raw().await;
    assert!(third.is_closed().await);
    assert_eq!(stage.log.lines().crowded, 1);
    first
        .send("GET /public/x HTTP/1.1\r\nHost: gw.test\r\n\r\n")
        .await;
    assert_eq!(first.answer().await.status, 200);
}

#[tokio::test]
async fn forms_have_bounds() {
    let stage = Stage::plain().await;
    let large = "x".repeat(64 * 1024 + 1);
    let form = |fields: &str, body: &str| {
        format!("POST /_auth/echo HTTP/1.1\r\nHost: gw.test\r\n{fields}\r\n{body}")
    };
    let announced = stage
        .send(form(&format!("Content-Length: {}\r\n", large.len()), ""))
        .await;
    assert!(announced.status == 413 && announced.closes(), "{announced:?}");
    let chunked = format!("{:x}\r\n{large}\r\n0\r\n\r\n", large.len());
    let unannounced = stage.send(form("Transfer-Encoding: chunked\r\n", &chunked)).await;
    assert!(
        unannounced.status == 413 && unannounced.closes(),
        "{unannounced:?}"
    );
    for coding in ["gzip", "br", "identity, gzip"] {
        let answer = stage
            .send(form(
                &format!("Content-Encoding: {coding}\r\nContent-Length: 3\r\n"),
                "abc",
            ))
            .await;
        assert_eq!(answer.status, 415, "{coding}");
    }
    let fits = "x".repeat(64 * 1024);
    assert_eq!(
        stage
            .send(form(&format!("Content-Length: {}\r\n", fits.len()), &fits))
            .await
            .body
            .len(),
        fits.len()
    );
    let slow = Stage::with(false, |settings| {
        settings.limits.body_time = std::time::Duration::from_millis(200)
    })
    .await;
    let mut raw = slow.raw().await;
    raw.send(form("Content-Length: 5\r\n", "he")).await;
    assert_eq!(raw.answer().await.status, 408);
    assert!(raw.is_closed().await);
}
