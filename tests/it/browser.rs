//! The browser, shown on the sample portal, and the sample portal, shown in the browser.

use futures_util::{SinkExt as _, StreamExt as _};
use serde_json::json;
use tokio::net::TcpListener;
use tokio_tungstenite::tungstenite::Message;

use doorward::cli::demo::portal;

use crate::rig::browser::{Browser, Look};
use crate::rig::client::Client;
use crate::rig::upstream::{Reply, Upstream};

async fn start_portal() -> Client {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(portal::serve(listener, std::future::pending()));
    Client::new(&format!("http://{address}"), address)
}

const TEST_PAGE: &str = r#"<!doctype html><meta name="color-scheme" content="light dark"><body data-page="test">
<style>:root{--x:light}@media(prefers-color-scheme:dark){body{background:#000}}</style>
<p id="ran">no</p><noscript><p id="noscript">without</p></noscript><script>document.getElementById("ran").textContent = "yes";</script>
<form method="post" action="/post"><input id="word" name="word" value="old"><button id="send" onclick="document.body.dataset.clicked=1">Send</button></form>"#;

async fn test_site() -> Upstream {
    let upstream = Upstream::start().await;
    upstream.answers(|request| match request.method.as_str() {
        "POST" => Reply::text("303 See Other", "Location: /after\r\n", ""),
        _ if request.target == "/after" => {
            Reply::text("200 OK", "Content-Type: text/html\r\n", "<body data-page=after>")
        }
        _ => Reply::text("200 OK", "Content-Type: text/html\r\n", TEST_PAGE),
    });
    upstream
}

async fn walk(look: &Look, ran: &str) {
    let site = test_site().await;
    let browser = Browser::start(look).await;
    browser.open(&site.url()).await;
    browser.expect("test").await;
    assert_eq!(browser.text("#ran").await, ran);
    assert_eq!(browser.has("#noscript").await, !look.scripts);

    browser.fill("#word", "new & odd").await;
    browser.click("#send").await;
    browser.expect("after").await;

    assert!(browser.url().await.ends_with("/after"));
    let posted = site
        .requests()
        .into_iter()
        .find(|it| it.method == "POST")
        .unwrap();
    assert_eq!(posted.body, b"word=new+%26+odd");
    assert!(
        posted
            .header("accept-language")
            .unwrap()
            .starts_with(look.language)
    );
    browser.close().await;
}

#[tokio::test]
async fn a_form_is_sent_with_scripts_on() {
    walk(&Look::default(), "yes").await;
}

#[tokio::test]
async fn a_form_is_sent_with_scripts_off() {
    walk(
        &Look {
            language: "de",
            ..Look::default()
        }
        .without_scripts(),
        "no",
    )
    .await;
}

#[tokio::test]
async fn each_browser_has_its_look_and_its_own_profile() {
    let site = test_site().await;
    let folder = tempfile::tempdir().unwrap();
    let browser = Browser::start(&Look {
        hosts: vec!["portal.test".into()],
        ..Look::phone().dark()
    })
    .await;
    browser
        .open(&format!("http://portal.test:{}/", site.address.port()))
        .await;
    let seen = browser
        .driver
        .execute(
            "document.cookie = 'a=1'; return [innerWidth, getComputedStyle(document.body).backgroundColor]",
            vec![],
        )
        .await
        .unwrap();
    assert_eq!(seen, json!([360, "rgb(0, 0, 0)"]));

    let file = folder.path().join("shots/phone.png");
    browser.screenshot(&file).await;
    let png = std::fs::read(&file).unwrap();
    assert_eq!(&png[1..4], b"PNG");
    assert_eq!(u32::from_be_bytes(png[16..20].try_into().unwrap()), 360);
    browser.close().await;

    let browser = Browser::start(&Look {
        hosts: vec!["portal.test".into()],
        ..Look::default()
    })
    .await;
    browser
        .open(&format!("http://portal.test:{}/", site.address.port()))
        .await;
    let seen = browser
        .driver
        .execute("return [innerWidth, document.cookie]", vec![])
        .await
        .unwrap();
    assert_eq!(seen, json!([1280, ""]));
    browser.close().await;
}

#[tokio::test]
async fn the_portal_lives_in_a_browser() {
    let portal = start_portal().await;
    let browser = Browser::start(&Look::default()).await;
    browser.open(&format!("{}/live", portal.origin)).await;
    let until = |css: &'static str, words: &'static str| {
        let browser = &browser;
        async move {
            let text = || async { browser.text(css).await.contains(words).then_some(()) };
            crate::rig::wait::eventually(&format!("{words} in {css}"), text).await;
        }
    };
    until("#socket-state", "open").await;
    browser.fill("#words", "Hello, echo").await;
    browser.click("#say button").await;
    until("#echoes", "Hello, echo").await;
    until("#event", "tick 2").await;

    browser.open(&format!("{}/form", portal.origin)).await;
    browser.fill("#subject", "<b>Äpfel</b>").await;
    browser.click("main button").await;
    assert!(browser.text("main").await.contains("<b>Äpfel</b>"));
    assert_eq!(browser.console().await, Vec::<String>::new());
    browser.close().await;
}

#[tokio::test]
async fn the_portal_shows_what_it_is_sent_and_believes_it() {
    let mut client = start_portal().await;
    let fields = [
        ("Remote-User", "anna@example.com"),
        ("Remote-Name", "Anna Bäcker"),
        ("X-Odd", "<script>"),
    ];
    let page = client.send("GET", "/headers", &fields, b"").await;
    let words = page.html().words();
    assert!(
        words.contains("remote-name Anna Bäcker") && words.contains("x-odd <script>"),
        "{words}"
    );
    assert!(page.html().links().contains(&"/_auth/account".to_owned()));

    let status = client.send("GET", "/api/status", &fields, b"").await;
    assert_eq!(status.json()["user"], "anna@example.com");
    assert_eq!(client.get("/healthz").await.text(), "ok\n");
    assert_eq!(client.get("/download").await.body.len(), 8 * 1024 * 1024);
    assert_eq!(client.get("/nowhere").await.status, 404);
    assert_eq!(client.send("DELETE", "/", &[], b"").await.status, 405);
    assert_eq!(client.get("/ws").await.status, 426);
    for path in [
        "/",
        "/news/today",
        "/public/",
        "/admin/users",
        "/form",
        "/live",
        "/profile",
    ] {
        let page = client.get(path).await;
        assert!(page.html().words().contains("This is a sample"), "{path}");
    }

    let mut socket = client.websocket("/ws", None).await.unwrap();
    socket.send(Message::binary(vec![0, 159])).await.unwrap();
    assert_eq!(
        socket.next().await.unwrap().unwrap(),
        Message::binary(vec![0, 159])
    );
    let (_, mut events) = client.stream("/events").await;
    assert!(events.until(b"data: tick 1\n\n").await.is_some());
}
