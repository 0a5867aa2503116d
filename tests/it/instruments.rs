//! The rig itself: what it reports is what happened.

use std::process::Command;
use std::time::Duration;

use bytes::Bytes;
use doorward::base::clock::Clock as _;
use doorward::base::entropy::{self, Entropy as _};
use futures_util::{SinkExt as _, StreamExt as _};
use http::HeaderMap;
use lettre::message::{MultiPart, header};
use lettre::{AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor};
use tokio::net::TcpListener;
use tokio_tungstenite::tungstenite::Message as Frame;

use crate::rig::client::Client;
use crate::rig::clock::{HandClock, SeededEntropy};
use crate::rig::h2::H2;
use crate::rig::html::Html;
use crate::rig::process::Process;
use crate::rig::raw::Raw;
use crate::rig::smtp::{Behaviour, Smtp};
use crate::rig::tls::Authority;
use crate::rig::upstream::{Reply, Upstream};

#[tokio::test]
async fn the_upstream_records_bytes_and_order() {
    let upstream = Upstream::start().await;
    let mut raw = Raw::connect(upstream.address).await;
    let request =
        b"POST /a%2Fb?x=1 HTTP/1.1\r\nhOsT: x\r\nB: 2\r\nA: 1\r\nB: 3\r\nTransfer-Encoding: chunked\r\n\r\n\
                    3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n";
    let answer = raw.send(request).await.answer().await;
    assert_eq!(
        (answer.status, answer.text().as_str()),
        (200, "portal: POST /a%2Fb?x=1\n")
    );

    let recorded = upstream.last();
    assert_eq!(recorded.target, "/a%2Fb?x=1");
    assert_eq!(recorded.all("b"), ["2", "3"]);
    assert_eq!(recorded.headers[0].0, "hOsT");
    assert_eq!(recorded.body, b"abcde");
    assert_eq!(upstream.connections(), [request.to_vec()]);

    // The same connection goes on.
    let answer = raw.send("GET /2 HTTP/1.1\r\n\r\n").await.answer().await;
    assert_eq!(answer.text(), "portal: GET /2\n");
    assert_eq!((upstream.hits(), upstream.last().connection), (2, 0));
}

#[tokio::test]
async fn the_upstream_answers_as_told() {
    let upstream = Upstream::start().await;
    upstream.answers(|request| match request.target.as_str() {
        "/chunks" => Reply::Bytes(
            b"HTTP/1.1 103 Early Hints\r\n\r\nHTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n0\r\n\r\n"
                .to_vec(),
        ),
        "/end" => Reply::Last(b"HTTP/1.1 200 OK\r\n\r\nuntil the end".to_vec()),
        _ => Reply::Hangup,
    });
    let mut raw = Raw::connect(upstream.address).await;
    let answer = raw.send("GET /chunks HTTP/1.1\r\n\r\n").await.answer().await;
    assert_eq!(
        (answer.body.as_slice(), answer.interim.as_slice()),
        (&b"ab"[..], &[103][..])
    );
    assert_eq!(
        raw.send("GET /end HTTP/1.1\r\n\r\n").await.answer().await.text(),
        "until the end"
    );
    assert!(raw.is_closed().await);
    let mut raw = Raw::connect(upstream.address).await;
    assert!(
        raw.send("GET /other HTTP/1.1\r\n\r\n")
            .await
            .answer_if_any()
            .await
            .is_none()
    );
}

#[tokio::test]
async fn web_sockets_and_event_streams_are_counted_while_open() {
    let upstream = Upstream::start().await;
    let mut client = Client::new(&upstream.url(), upstream.address);
    let mut socket = client.websocket("/ws", None).await.unwrap();
    socket.send(Frame::text("hello")).await.unwrap();
    assert_eq!(socket.next().await.unwrap().unwrap(), Frame::text("hello"));
    upstream.streams(1).await;

    let (head, mut events) = client.stream("/events").await;
    assert_eq!(head.header("content-type"), Some("text/event-stream"));
    upstream.streams(2).await;
    upstream.emit("one");
    let event = events.until(b"\n\n").await.unwrap();
    assert!(event.ends_with(b"data: one\n\n"), "{event:?}");

    drop((socket, events));
    upstream.streams(0).await;
}

#[tokio::test]
async fn the_client_keeps_cookies_fills_forms_and_follows() {
    let upstream = Upstream::start().await;
    upstream.answers(|request| match (request.method.as_str(), request.target.as_str()) {
        ("GET", "/") => Reply::text("303 See Other", "Location: /form?next=%2Fa\r\nSet-Cookie: a=1; Path=/\r\n", ""),
        ("GET", "/form?next=%2Fa") => Reply::text(
            "200 OK",
            "Set-Cookie: b=2; Secure\r\n",
            r#"<!doctype html><title>T</title><body data-page="sign-in"><!-- <form> --><h1><label for="x">Sign
            <b>in</b></label></h1><form method="post" action="/form?next=%2Fa"><input type=hidden name=csrf value="a&amp;b&#39;">
            <input name="username" value="kept"><input type="checkbox" name="c"><button type="button" name="n">Show</button>
            <button name="go" value="yes">Go</button></form>"#,
        ),
        ("POST", _) => Reply::text("303 See Other", "Location: done\r\nSet-Cookie: a=; Max-Age=0\r\n", ""),
        _ => Reply::text("200 OK", "", "<body data-page=done><h1>Done</h1>"),
    });
    let mut client = Client::new(&upstream.url(), upstream.address);

    let page = client.open("/").await.expect("sign-in");
    assert_eq!(
        (page.html().heading().as_str(), page.html().title()),
        ("Sign in", Some("T"))
    );
    let form = page
        .form("/form")
        .set("username", "anna b@example")
        .press("go", "yes");
    let page = client.submit_and_follow(&page, &form).await.expect("done");

    assert_eq!(page.path, "/done");
    let posted = &upstream.requests()[2];
    assert_eq!(posted.target, "/form?next=%2Fa");
    assert_eq!(posted.body, b"csrf=a%26b%27&username=anna+b%40example&go=yes");
    assert_eq!(posted.header("cookie"), Some("a=1; b=2"));
    assert_eq!(upstream.last().header("cookie"), Some("b=2"), "a was taken back");
}

#[tokio::test]
async fn tls_and_http2_clients_trust_the_authority_only() {
    let folder = tempfile::tempdir().unwrap();
    let authority = Authority::new();
    let issued = authority.issue(folder.path(), "site", &["portal.test"]);
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(serve_h2(listener, issued));

    let raw = Raw::connect_tls(address, &authority.trust(), "portal.test", &["h2"]).await;
    let h2 = H2::over(raw, "https://portal.test").await;
    let answer = h2
        .send(http::Method::POST, "/x", &HeaderMap::new(), b"abc")
        .await
        .unwrap();
    assert_eq!((answer.status, answer.text().as_str()), (200, "/x abc"));

    let stranger = Authority::new().trust();
    assert!(stranger.connect(address, "portal.test", &["h2"]).await.is_err());
    assert!(
        authority
            .trust()
            .connect(address, "other.test", &["h2"])
            .await
            .is_err()
    );
}

async fn serve_h2(listener: TcpListener, issued: crate::rig::tls::Issued) {
    use rustls::pki_types::pem::PemObject as _;
    use rustls::pki_types::{CertificateDer, PrivateKeyDer};
    let chain = CertificateDer::pem_file_iter(issued.certificate)
        .unwrap()
        .map(Result::unwrap)
        .collect();
    let key = PrivateKeyDer::from_pem_file(issued.key).unwrap();
    let mut config =
        rustls::ServerConfig::builder_with_provider(rustls::crypto::ring::default_provider().into())
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(chain, key)
            .unwrap();
    config.alpn_protocols = vec![b"h2".to_vec()];
    let acceptor = tokio_rustls::TlsAcceptor::from(std::sync::Arc::new(config));
    loop {
        let (stream, _) = listener.accept().await.unwrap();
        let acceptor = acceptor.clone();
        // Several at once: the test keeps its first connection while it tries others.
        tokio::spawn(async move {
            let Ok(stream) = acceptor.accept(stream).await else {
                return;
            };
            let mut connection = h2::server::handshake(stream).await.unwrap();
            while let Some(Ok((request, respond))) = connection.accept().await {
                tokio::spawn(echo_h2(request, respond));
            }
        });
    }
}

async fn echo_h2(request: http::Request<h2::RecvStream>, mut respond: h2::server::SendResponse<Bytes>) {
    let path = request.uri().path().to_owned();
    let data = request.into_body().data().await.unwrap().unwrap();
    let body = [path.as_bytes(), b" ", &data].concat();
    let mut stream = respond.send_response(http::Response::new(()), false).unwrap();
    stream.send_data(body.into(), true).unwrap();
}

#[tokio::test]
async fn the_mail_server_keeps_letters_and_misbehaves_when_told() {
    let smtp = Smtp::start_with_tls(&Authority::new()).await;
    assert!(smtp.starttls.is_some() && smtp.tls.is_some());
    let smtp = Smtp::start().await;
    let transport = AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous("127.0.0.1")
        .port(smtp.plain)
        .build();
    let letter = Message::builder()
        .from("no-reply@portal.test".parse().unwrap())
        .to("anna@example.com".parse().unwrap())
        .subject("Ihr Code für das schöne Portal")
        .header(header::MIME_VERSION_1_0)
        .multipart(MultiPart::alternative_plain_html(
            "Grüße! Ihr Code:\n\n482913\n\nEr gilt 10 Minuten, und diese Zeile ist so lang, dass sie bei der Übertragung umbrochen werden muss.".to_owned(),
            "<p>482913</p>".to_owned(),
        ))
        .unwrap();

    transport.send(letter.clone()).await.unwrap();
    let mail = smtp.next_for("anna@example.com", 0).await;
    assert_eq!(mail.code(), "482913");
    assert_eq!(mail.subject, "Ihr Code für das schöne Portal");
    assert!(
        mail.text.starts_with("Grüße!") && mail.text.trim().ends_with("umbrochen werden muss."),
        "{}",
        mail.text
    );
    assert!(mail.html.contains("<p>482913</p>"), "{}", mail.html);

    smtp.behave(Behaviour::Refuses);
    assert!(transport.send(letter.clone()).await.is_err());
    smtp.behave(Behaviour::Takes);
    transport.send(letter).await.unwrap();
    assert_eq!(smtp.next_for("anna@example.com", 1).await.number, 2);
}

#[tokio::test]
async fn processes_end_with_their_test() {
    let folder = tempfile::tempdir().unwrap();
    let mut command = Command::new("/bin/sh");
    command.args(["-c", "sleep 1000 & echo child $!; wait"]);
    let mut process = Process::start(command, folder.path(), "sh");
    let child: u32 = process
        .printed("number", |line| line.trim().strip_prefix("child ")?.parse().ok())
        .await;
    let is_there =
        || std::path::Path::new(&format!("/proc/{child}/cmdline")).exists() && state_of(child) != Some('Z');
    assert!(is_there());

    drop(process);
    crate::rig::wait::eventually("end of the grandchild", || {
        std::future::ready((!is_there()).then_some(()))
    })
    .await;
}

fn state_of(process: u32) -> Option<char> {
    let stat = std::fs::read_to_string(format!("/proc/{process}/stat")).ok()?;
    stat.rsplit_once(") ")?.1.chars().next()
}

#[test]
fn time_and_randomness_are_in_the_hands_of_the_test() {
    let clock = HandClock::new();
    let (seen, before) = (clock.clone(), clock.now());
    clock.advance(Duration::from_secs(30));
    assert_eq!(seen.now().since(before), Duration::from_secs(30));
    clock.turn_back(Duration::from_secs(60));
    assert_eq!(before.since(seen.now()), Duration::from_secs(30));

    let (one, same, other) = (
        SeededEntropy::new(1),
        SeededEntropy::new(1),
        SeededEntropy::new(2),
    );
    let first = entropy::bytes::<40>(&one);
    assert_eq!(first, entropy::bytes::<40>(&same));
    assert_ne!(first, entropy::bytes::<40>(&other));
    assert_ne!(first, entropy::bytes::<40>(&one), "a row, not a constant");
    one.fill(&mut []);
}

#[test]
fn html_is_read_as_a_browser_reads_it() {
    let html = Html::read(
        r#"<body data-page='x'><a href="/a?b&amp;c">1 &lt; 2</a><script>if (a<b) "<form>"</script>
        <form action=/f><select name=s><option value=1><option value=2 selected></select><textarea name=t>a
b</textarea></form><p id=one-time-code aria-invalid=true>"#,
    );
    assert_eq!(html.links(), ["/a?b&c"]);
    assert_eq!(html.form("/f").encoded(), "s=2&t=a%0Ab");
    assert_eq!(html.element("one-time-code").unwrap()["aria-invalid"], "true");
    assert!(html.words().starts_with("1 < 2"), "{}", html.words());
}
