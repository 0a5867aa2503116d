//! PATH: path and method confusion. Rules: `/public/*` and `/healthz` require nothing, `/admin/*` a group, all
//! else mfa.

use super::stage::Stage;

async fn all_login(targets: &[&str]) {
    let stage = Stage::plain().await;
    for target in targets {
        stage.expect_login(&format!("GET {target}"), "").await;
    }
    assert_eq!(stage.up.hits(), 0);
}

#[tokio::test]
async fn path_01_slash_tricks() {
    all_login(&[
        "//admin",
        "///admin",
        "/./admin",
        "/public//../admin",
        "//public/x",
    ])
    .await;
}

#[tokio::test]
async fn path_02_dot_segments() {
    all_login(&[
        "/public/../admin/secret",
        "/public/./x",
        "/public/%2e%2e/admin",
        "/public/.%2e/x",
    ])
    .await;
}

#[tokio::test]
async fn path_05_backslashes() {
    all_login(&["/public\\..\\admin", "/public/..%5cadmin", "/public%5c..%5cadmin"]).await;
}

#[tokio::test]
async fn path_06_fragments() {
    all_login(&["/admin%23/public/", "/public/%23/../admin", "/public/%23"]).await;
    let stage = Stage::plain().await;
    for target in ["/admin#/public/", "/public/#/../admin"] {
        stage
            .expect_refused(format!("GET {target} HTTP/1.1\r\nHost: gw.test\r\n\r\n"), &[400])
            .await;
    }
}

#[tokio::test]
async fn path_07_query_and_suffix_bait() {
    all_login(&[
        "/admin?x=/public/",
        "/admin?/public/",
        "/admin/x.css",
        "/admin;.js",
        "/admin/%3f/public/",
    ])
    .await;
}

#[tokio::test]
async fn path_08_prefix_boundary() {
    all_login(&[
        "/publicity",
        "/public",
        "/healthzz",
        "/healthz/../admin",
        "/healthz%2f..%2fadmin",
    ])
    .await;
    let stage = Stage::plain().await;
    assert_eq!(stage.get("/public/x", "").await.status, 200);
    assert_eq!(stage.get("/healthz?deep", "").await.status, 200);
}

#[tokio::test]
async fn path_09_case() {
    all_login(&["/Public/x", "/PUBLIC/x", "/HealthZ"]).await;
}

#[tokio::test]
async fn path_11_control_bytes() {
    all_login(&["/public/%00", "/public/%0d%0a", "/public/%7f", "/public/%c2%85"]).await;
    let stage = Stage::plain().await;
    for octet in [0_u8, b'\t', 0x0B, 0x7F] {
        let bytes = [
            b"GET /public/",
            &[octet][..],
            b"x HTTP/1.1\r\nHost: gw.test\r\n\r\n",
        ]
        .concat();
        stage.expect_refused(bytes, &[400]).await;
    }
}

#[tokio::test]
async fn odd_paths_do_not_lead_around_a_group() {
    let stage = Stage::plain().await;
    for target in [
        "/admin/x",
        "/ADMIN/x",
        "//admin/x",
        "/x/../admin/y",
        "/%61dmin/x",
        "/admin%2fx",
        "/admin;a/x",
        "/admin%00",
    ] {
        let answer = stage.get(target, &stage.cookie("bob")).await;
        assert_eq!(answer.status, 403, "{target}");
        assert_eq!(stage.up.hits(), 0, "{target}");
    }
    assert_eq!(stage.get("//admin/x", &stage.cookie("alice")).await.status, 200);
    assert_eq!(stage.up.last().target, "//admin/x");
}

#[tokio::test]
async fn path_13_nothing_under_the_prefix_is_forwarded() {
    let stage = Stage::plain().await;
    for target in [
        "/_auth/does-not-exist",
        "/_auth",
        "/_AUTH/x",
        "/%5fauth/x",
        "/x/../_auth/x",
        "//_auth/x",
    ] {
        let answer = stage.get(target, &stage.cookie("bob")).await;
        assert_eq!(answer.status, 404, "{target}");
    }
    assert_eq!(stage.up.hits(), 0);
}

#[tokio::test]
async fn path_14_the_target_passes_byte_for_byte() {
    let stage = Stage::plain().await;
    let target = "/a%2Fb/%E2%82%AC;p=1//c?x=%00&y=+&z=%2B";
    assert_eq!(stage.get(target, &stage.cookie("bob")).await.status, 200);
    assert_eq!(stage.up.last().target, target);
    let raw = [
        &b"GET /caf\xc3\xa9/x?\xc3\xa9 HTTP/1.1\r\nHost: gw.test\r\n"[..],
        stage.cookie("bob").as_bytes(),
        b"\r\n",
    ]
    .concat();
    assert_eq!(stage.send(raw).await.status, 200);
    assert!(
        stage
            .up
            .last()
            .head
            .starts_with(b"GET /caf\xc3\xa9/x?\xc3\xa9 HTTP/1.1\r\n"),
        "{:?}",
        stage.up.last()
    );
    stage
        .expect_refused(&b"GET /public/\xff HTTP/1.1\r\nHost: gw.test\r\n\r\n"[..], &[400])
        .await;
}

#[tokio::test]
async fn path_15_absolute_form_counts_as_its_path() {
    let stage = Stage::plain().await;
    stage.expect_login("GET http://gw.test/admin", "").await;
    stage.expect_login("GET HTTP://GW.test:80/admin", "").await;
    let answer = stage
        .get("http://gw.test/admin?x=1", &stage.cookie("alice"))
        .await;
    assert_eq!(answer.status, 200, "{answer:?}");
    let seen = stage.up.last();
    assert_eq!(
        (seen.target.as_str(), seen.all("host")),
        ("/admin?x=1", vec!["gw.test"])
    );
    for other in [
        "http://evil.test/public/x",
        "http://gw.test@evil.test/public/x",
        "http:///public/x",
    ] {
        stage
            .expect_refused(
                format!("GET {other} HTTP/1.1\r\nHost: gw.test\r\n\r\n"),
                &[400, 421],
            )
            .await;
    }
}

#[tokio::test]
async fn path_17_odd_targets_and_methods() {
    let stage = Stage::plain().await;
    for line in [
        "OPTIONS *",
        "CONNECT up:80",
        "GET admin",
        "TRACE /",
        "TRACK /",
        "TRACE /public/x",
    ] {
        let bytes = format!("{line} HTTP/1.1\r\nHost: gw.test\r\nX-Canary: 1\r\n\r\n");
        stage.expect_refused(bytes, &[400, 405, 501]).await;
    }
}

#[tokio::test]
async fn path_18_a_method_is_what_the_request_line_says() {
    let stage = Stage::plain().await;
    let open = stage
        .ask(
            "POST /public/x",
            "X-HTTP-Method-Override: DELETE\r\nContent-Length: 0\r\n",
        )
        .await;
    assert_eq!(open.status, 200);
    assert_eq!(stage.up.last().method, "POST");
    for method in ["FOO", "PROPFIND", "get", "DELETE", "HEAD"] {
        let before = stage.up.hits();
        let mut raw = stage.raw().await;
        raw.send(format!("{method} /admin HTTP/1.1\r\nHost: gw.test\r\n\r\n"))
            .await;
        let answer = if method == "HEAD" {
            raw.answer_to_head().await
        } else {
            raw.answer().await
        };
        assert_eq!(answer.status, 401, "{method}");
        assert_eq!(stage.up.hits(), before);
    }
}
