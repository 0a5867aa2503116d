//! What happens at the portal's end, and when something is missing: FAIL, CACHE, SESS and OPS cases of the gate.

use std::time::Duration;

use doorward::base::secret::Secret;
use doorward::gateway::settings::{
    AddedHeader, HealthCheck, ServerSetting, Settings, UpstreamHost, UpstreamTls,
};
use doorward::gateway::sockets::Sockets;
use tokio::net::TcpListener;

use super::stage::Stage;
use crate::rig::binary::free_address;
use crate::rig::raw::{Answer, Raw};
use crate::rig::tls::{self, Authority};
use crate::rig::upstream::{Reply, Upstream};
use crate::rig::wait::eventually;

const PAGE: &str = "Accept: text/html\r\n";

#[track_caller]
fn expect_ours(answer: &Answer) {
    for (name, value) in [
        ("x-frame-options", "DENY"),
        ("x-content-type-options", "nosniff"),
        ("referrer-policy", "same-origin"),
        ("cross-origin-opener-policy", "same-origin"),
        ("cross-origin-resource-policy", "same-origin"),
        ("cache-control", "no-store"),
    ] {
        assert_eq!(answer.all(name), [value], "{answer:?}");
    }
    assert!(
        answer
            .header("content-security-policy")
            .unwrap()
            .starts_with("default-src 'none'")
    );
    assert!(answer.header("permissions-policy").is_some());
    assert!(answer.header("server").is_none());
}

#[tokio::test]
async fn fail_19_a_portal_that_is_down() {
    let stage = Stage::with(false, |settings| {
        settings.sites[0].upstream.servers[0].port = free_address().port();
    })
    .await;
    stage.expect_login("GET /", "").await;
    let page = stage.get("/", &format!("{PAGE}{}", stage.cookie("bob"))).await;
    assert_eq!((page.status, page.header("retry-after")), (502, Some("30")));
    assert!(
        page.text().contains("UpstreamDown { sent: No }"),
        "{}",
        page.text()
    );
    expect_ours(&page);
    let script = stage
        .ask("POST /", &format!("Content-Length: 0\r\n{}", stage.cookie("bob")))
        .await;
    assert_eq!((script.status, script.json()["sent"].as_str()), (502, Some("no")));
}

#[tokio::test]
async fn fail_19_a_portal_that_breaks_off() {
    let stage = Stage::plain().await;
    stage.up.answers(|_| Reply::Hangup);
    let form = format!("Content-Length: 3\r\n{}\r\nabc", stage.cookie("bob"));
    let answer = stage
        .send(format!("POST /save HTTP/1.1\r\nHost: gw.test\r\n{form}"))
        .await;
    assert_eq!(
        (answer.status, answer.json()["sent"].as_str()),
        (502, Some("unknown"))
    );
    assert_eq!(stage.up.hits(), 1, "an action is not sent twice");
}

#[tokio::test]
async fn fail_19_a_portal_that_takes_too_long() {
    let stage = Stage::with(false, |settings| {
        settings.sites[0].upstream.first_byte = Duration::from_millis(300);
    })
    .await;
    stage.up.answers(|_| Reply::Silence);
    let answer = stage.get("/", &format!("{PAGE}{}", stage.cookie("bob"))).await;
    assert_eq!(answer.status, 504);
    assert!(answer.text().contains("UpstreamTimeout"), "{}", answer.text());
}

#[tokio::test]
async fn fail_19_nonsense_from_the_portal_is_no_answer() {
    let stage = Stage::plain().await;
    for nonsense in [
        "hello\r\n\r\n",
        "HTTP/1.1 abc\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\n",
        "HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n\r\n",
    ] {
        stage
            .up
            .answers(move |_| Reply::Last(nonsense.as_bytes().to_vec()));
        let answer = stage.get("/", &stage.cookie("bob")).await;
        assert_eq!(answer.status, 502, "{nonsense:?}");
    }
}

#[tokio::test]
async fn another_server_takes_over() {
    let second = Upstream::start().await;
    let port = second.address.port();
    let stage = Stage::with(false, |settings| {
        let servers = &mut settings.sites[0].upstream.servers;
        servers.push(ServerSetting {
            host: "127.0.0.1".to_owned(),
            port,
        });
        servers.push(ServerSetting {
            host: "127.0.0.1".to_owned(),
            port: free_address().port(),
        });
    })
    .await;
    for _ in 0..6 {
        assert_eq!(stage.get("/public/x", "").await.status, 200);
    }
    assert!(
        stage.up.hits() >= 2 && second.hits() >= 2,
        "{} and {}",
        stage.up.hits(),
        second.hits()
    );
}

#[tokio::test]
async fn a_server_that_is_not_well_is_passed_over() {
    let second = Upstream::start().await;
    second.answers(|_| Reply::text("500 Internal Server Error", "", ""));
    let port = second.address.port();
    let stage = Stage::with(false, |settings| {
        let upstream = &mut settings.sites[0].upstream;
        upstream.servers.push(ServerSetting {
            host: "127.0.0.1".to_owned(),
            port,
        });
        upstream.health_check = Some(HealthCheck {
            path: "/well".to_owned(),
            interval: Duration::from_millis(50),
        });
    })
    .await;
    second.hit(1).await;
    eventually("only the well server gets requests", || async {
        let before = second
            .requests()
            .iter()
            .filter(|it| it.target == "/public/x")
            .count();
        for _ in 0..4 {
            stage.get("/public/x", "").await;
        }
        let after = second
            .requests()
            .iter()
            .filter(|it| it.target == "/public/x")
            .count();
        (before == after).then_some(())
    })
    .await;
    second.answers(|_| Reply::text("204 No Content", "", ""));
    eventually("the other one is back", || async {
        (stage.get("/public/x", "").await.status == 204).then_some(())
    })
    .await;
    // Where none is well, they are tried all the same.
    for server in [&stage.up, &second] {
        server.answers(|request| match request.target.as_str() {
            "/well" => Reply::text("500 Internal Server Error", "", ""),
            _ => Reply::text("200 OK", "", "x"),
        });
    }
    let checks = stage.up.hits() + 4;
    stage.up.hit(checks).await;
    assert_eq!(stage.get("/public/x", "").await.status, 200);
}

#[tokio::test]
async fn ops_15_the_portals_certificate_is_always_verified() {
    let folder = tempfile::tempdir().unwrap();
    let (authority, stranger) = (Authority::new(), Authority::new());
    let up = Upstream::start().await;
    let issued = authority.issue(folder.path(), "up", &["up.test"]);
    let port = tls::before(up.address, &issued).await.port();
    let ours = authority.write(&folder.path().join("ours.pem"));
    let theirs = stranger.write(&folder.path().join("theirs.pem"));
    let status = |ca, name: Option<&str>| {
        let tls = UpstreamTls {
            ca,
            server_name: name.map(str::to_owned),
        };
        async move {
            let stage = Stage::with(false, |settings| {
                settings.sites[0].upstream.servers[0].port = port;
                settings.sites[0].upstream.tls = Some(tls);
            })
            .await;
            stage.get("/public/x", "").await.status
        }
    };
    assert_eq!(status(Some(ours.clone()), Some("up.test")).await, 200);
    let before = up.hits();
    assert_eq!(status(Some(ours.clone()), Some("other.test")).await, 502);
    assert_eq!(
        status(Some(ours), None).await,
        502,
        "the address is not in the certificate"
    );
    assert_eq!(status(Some(theirs), Some("up.test")).await, 502);
    assert_eq!(status(None, Some("up.test")).await, 502);
    assert_eq!(up.hits(), before);
}

#[tokio::test]
async fn ops_15_added_headers_and_hosts() {
    for (host, expected) in [
        (UpstreamHost::Keep, None),
        (UpstreamHost::Upstream, Some(())),
        (UpstreamHost::Fixed("inner.test".to_owned()), None),
    ] {
        let fixed = match &host {
            UpstreamHost::Fixed(name) => Some(name.clone()),
            _ => None,
        };
        let stage = Stage::with(false, |settings| {
            let upstream = &mut settings.sites[0].upstream;
            upstream.host = host;
            upstream.add_headers = vec![AddedHeader {
                name: "X-Gate".to_owned(),
                value: Secret::new("shared".to_owned()),
            }];
        })
        .await;
        stage
            .get("/public/x", "X-Gate: forged\r\nx_gate: forged\r\n")
            .await;
        let seen = stage.up.last();
        assert_eq!(seen.all("x-gate"), ["shared"]);
        assert_eq!(seen.folding_to("x-gate").len(), 1, "{seen:?}");
        let address = stage.up.address.to_string();
        let expected = fixed.unwrap_or_else(|| expected.map_or("gw.test".to_owned(), |()| address));
        assert_eq!(seen.all("host"), [expected]);
        assert_eq!(seen.all("x-forwarded-host"), ["gw.test"]);
    }
}

#[tokio::test]
async fn fail_01_without_the_store_nobody_new_gets_in() {
    let stage = Stage::plain().await;
    stage.sessions.set_outage(true);
    let page = stage.get("/", &format!("{PAGE}{}", stage.cookie("bob"))).await;
    assert_eq!(page.status, 503);
    expect_ours(&page);
    let script = stage.get("/", &stage.cookie("bob")).await;
    assert_eq!(
        (script.status, script.header("content-type")),
        (503, Some("application/problem+json"))
    );
    assert_eq!(stage.up.hits(), 0);
    assert_eq!(stage.get("/public/x", &stage.cookie("bob")).await.status, 200);
    assert!(stage.up.last().all("remote-user").is_empty());
    stage.sessions.set_outage(false);
    assert_eq!(stage.get("/", &stage.cookie("bob")).await.status, 200);
}

#[tokio::test]
async fn cache_02_03_every_answer_of_ours_carries_the_headers() {
    let stage = Stage::secure().await;
    let bob = stage.cookie("bob");
    for (answer, status) in [
        (stage.get("/", PAGE).await, 303),
        (stage.get("/", "").await, 401),
        (stage.get("/admin/x", &format!("{PAGE}{bob}")).await, 403),
        (stage.get("/admin/x", &bob).await, 403),
        (stage.get("/_auth/nothing", PAGE).await, 404),
        (stage.send("GET / HTTP/1.1\r\nHost: evil.test\r\n\r\n").await, 421),
        (stage.send("GET / HTTP/1.1\r\n\r\n").await, 400),
        (stage.send("TRACE / HTTP/1.1\r\nHost: gw.test\r\n\r\n").await, 405),
    ] {
        assert_eq!(answer.status, status);
        expect_ours(&answer);
        assert_eq!(
            answer.header("strict-transport-security"),
            Some("max-age=31536000")
        );
    }
}

#[tokio::test]
async fn protected_answers_stay_private() {
    let stage = Stage::plain().await;
    let answer = stage.get("/", &stage.cookie("bob")).await;
    assert_eq!(
        (answer.header("cache-control"), answer.header("vary")),
        (Some("private, no-cache"), Some("Cookie"))
    );
    let open = stage.get("/public/x", "").await;
    assert_eq!((open.header("cache-control"), open.header("vary")), (None, None));
}

#[tokio::test]
async fn cache_07_a_stranger_gets_no_304() {
    let stage = Stage::plain().await;
    stage
        .expect_login(
            "GET /",
            "If-None-Match: \"alice\"\r\nIf-Modified-Since: Sun, 22 Nov 2026 00:00:00 GMT\r\n",
        )
        .await;
}

#[tokio::test]
async fn mfa_01_02_a_half_signed_in_browser_reaches_nothing() {
    let stage = Stage::plain().await;
    let half = stage.cookie("half");
    for line in [
        "GET /",
        "POST /",
        "DELETE /x",
        "GET /admin/x",
        "GET http://gw.test/",
    ] {
        stage.expect_login(line, &half).await;
    }
    stage
        .expect_login("GET /", &format!("Range: bytes=0-1\r\n{half}"))
        .await;
    let script = stage
        .get("/api/x", &format!("{PAGE}Sec-Fetch-Mode: navigate\r\n{half}"))
        .await;
    assert_eq!(script.status, 401, "scripts are never redirected");
    assert_eq!(script.json()["sign_in"], "/_auth/sign-in");
    assert!(script.header("www-authenticate").is_some());
    assert_eq!(stage.up.hits(), 0);
}

#[tokio::test]
async fn redir_12_the_way_back_is_encoded() {
    let stage = Stage::plain().await;
    let answer = stage.get("/a%0d%0aSet-Cookie:%20a=b?x=1&y=%2F", PAGE).await;
    assert_eq!(
        answer.location(),
        "/_auth/sign-in?next=/a%250d%250aSet%2DCookie%3A%2520a%3Db%3Fx%3D1%26y%3D%252F".replace("%2DC", "-C")
    );
    assert!(answer.all("set-cookie").is_empty());
}

#[tokio::test]
async fn sess_17_the_plain_listener_only_redirects() {
    let stage = Stage::with(false, |settings| {
        settings.listeners[0].redirect_to_https = true;
        settings.sites[0].origin = "https://gw.test".to_owned();
        settings.sites[0].secure = true;
    })
    .await;
    let cookie = "Cookie: __Host-doorward=bob; doorward=bob\r\n";
    for target in ["/", "/public/x?y=1", "/_auth/sign-in"] {
        let answer = stage.get(target, cookie).await;
        assert_eq!(
            (answer.status, answer.location()),
            (308, format!("https://gw.test{target}").as_str())
        );
        assert!(answer.all("set-cookie").is_empty());
    }
    assert_eq!(
        stage.ask("POST /public/x", "Content-Length: 0\r\n").await.status,
        403
    );
    assert_eq!(stage.up.hits(), 0);
}

#[tokio::test]
async fn a_reload_takes_effect_at_the_next_request_and_a_bad_one_does_not() {
    let stage = Stage::plain().await;
    let mut settings: Settings = super::stage::settings(&stage.up, stage.address, "gw.test", false);
    settings.sites[0].access.clear();
    stage.handle.reload(&settings).await.unwrap();
    stage.expect_login("GET /public/x", "").await;
    settings.sites[0].access = super::stage::rules();
    settings.sites[0].access[0].path = "public".to_owned();
    assert!(stage.handle.reload(&settings).await.is_err());
    stage.expect_login("GET /public/x", "").await;
}

#[tokio::test]
async fn a_certificate_is_replaced_while_serving() {
    let folder = tempfile::tempdir().unwrap();
    let (old, new) = (Authority::new(), Authority::new());
    let issued = old.issue(folder.path(), "live", &["gw.test"]);
    let stage = Stage::with(true, |settings| {
        settings.listeners[0].certificates = vec![doorward::gateway::settings::CertificateFiles {
            certificate: issued.certificate,
            key: issued.key,
        }];
    })
    .await;
    assert!(
        old.trust()
            .connect(stage.address, "gw.test", &["h2"])
            .await
            .is_ok()
    );
    new.issue(folder.path(), "live", &["gw.test"]);
    let trust = new.trust();
    let stream = eventually("the new certificate", || async {
        trust.connect(stage.address, "gw.test", &["http/1.1"]).await.ok()
    })
    .await;
    let mut raw = Raw::over(stream);
    raw.send("GET /public/x HTTP/1.1\r\nHost: gw.test\r\n\r\n").await;
    assert_eq!(raw.answer().await.status, 200);
}

#[tokio::test]
async fn a_busy_port_is_an_error() {
    let taken = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = taken.local_addr().unwrap();
    let setting = doorward::gateway::settings::ListenerSetting::plain(address);
    let error = doorward::gateway::listener::bind(&[setting], &mut Sockets::default())
        .err()
        .expect("the port is taken");
    assert!(error.to_string().contains(&address.to_string()), "{error}");
}

#[tokio::test]
async fn the_log_has_paths_without_queries() {
    let stage = Stage::plain().await;
    stage.get("/x?secret=1", "").await;
    stage.get("/public/x?secret=1", "").await;
    let lines = stage.log.lines();
    assert_eq!(lines.verdicts.len(), 2);
    assert!(
        lines.verdicts.iter().all(|it| !it.2.contains("secret")),
        "{lines:?}"
    );
    assert_eq!(lines.verdicts[1].1, Some(200));
}
