//! Injection into pages, mail, logs, headers.

use std::time::Duration;

use serde_json::{Value, json};

use super::walker::{
    ALICE, BOB, SIGN_IN, WRONG, body, escaped, from, mailed_code, pass, token, type_password,
};
use crate::rig::binary::Installation;
use crate::rig::gateway::{PASSWORD, Rig};
use crate::rig::smtp::Smtp;
use crate::rig::upstream::{Reply, Upstream};
use crate::rig::wait::eventually;
use crate::rig::walk;

const MARKUP: [&str; 4] = [
    "\"><svg onload=alert(1)>",
    "'><img src=x onerror=alert(1)>",
    "</title><script>alert(1)</script>",
    "--><svg/onload=alert(1)>",
];

/// No tag of an attacker's stands on the page.
#[track_caller]
fn harmless(what: &str, text: &str) {
    for tag in ["<svg onload", "<svg/onload", "<img src=x", "<script>"] {
        assert!(!text.contains(tag), "{what}: {text}");
    }
}

#[tokio::test]
async fn inj_01_markup_is_not_reflected() {
    let rig = Rig::start().await;
    rig.add(ALICE).await;
    for (n, markup) in MARKUP.into_iter().enumerate() {
        let mut client = from(&rig, &format!("192.0.2.{n}"));
        let coded = escaped(markup);
        for path in [
            format!("{SIGN_IN}?next=/{coded}"),
            format!("{SIGN_IN}?say={coded}"),
            format!("{SIGN_IN}?error={coded}&msg={coded}&lang={coded}"),
            format!("{SIGN_IN}?{coded}={coded}"),
            format!("/_auth/{coded}"),
            format!("/_auth/assets/{coded}"),
            format!("/_auth/code/{coded}?next=/{coded}"),
            format!("/_auth/sign-out?next=/{coded}&say={coded}"),
            format!("/.well-known/change-password?{coded}"),
            format!("/{coded}"),
        ] {
            harmless(&path, &client.get(&path).await.text());
        }
        let answer = type_password(&mut client, markup, WRONG).await;
        harmless("the name", &answer.text());
        assert_eq!(
            answer.form(SIGN_IN).value("username"),
            Some(markup),
            "and is shown as it was typed"
        );

        client.language = Some(markup.to_owned());
        client
            .jar
            .set("doorward-language", &markup.replace([';', '"', ' '], ""));
        client.user_agent = markup.to_owned();
        harmless("the language", &client.get(SIGN_IN).await.text());
        let token = token(&client.get(SIGN_IN).await);
        let answer = client
            .post(
                &format!("/_auth/language?next={coded}"),
                &body(&[("csrf", &token), ("lang", markup)]),
            )
            .await;
        assert_eq!(answer.location(), SIGN_IN);
        assert_eq!(answer.all("set-cookie"), Vec::<&str>::new());
    }

    let mut alice = rig.client();
    alice.user_agent = MARKUP[0].to_owned();
    let page = pass(&mut alice, ALICE).await;
    let page = walk::give_email_code(&mut alice, &page, &mailed_code(&rig, ALICE, 0).await)
        .await
        .expect("trust");
    harmless("the device", &page.text());
    for markup in MARKUP {
        let form = page
            .form("/_auth/trust")
            .set("device_name", &markup.repeat(3))
            .press("trust", "yes");
        harmless("the device's name", &alice.submit(&page, &form).await.text());
    }
}

#[tokio::test]
async fn inj_03_markup_in_letters() {
    let rig = Rig::start().await;
    let names = [
        "<a href=//evil.test>x</a>",
        "https://evil.test",
        "evil.test/x",
        "<img src=//evil.test/x.png>",
    ];
    for (n, name) in names.into_iter().enumerate() {
        let address = format!("name{n}@example.com");
        rig.add_with(&address, |account| {
            account.first_name = name.to_owned();
            account.last_name = format!("x\r\nBcc: {BOB}\r\n");
        })
        .await;
        let mut client = rig.client();
        client.user_agent = format!("Mozilla/5.0 {name} Firefox/140.0");
        let page = pass(&mut client, &address).await;
        let code = mailed_code(&rig, &address, 0).await;
        let page = walk::give_email_code(&mut client, &page, &code)
            .await
            .expect("trust");
        let form = page
            .form("/_auth/trust")
            .set("device_name", name)
            .press("trust", "yes");
        client.submit(&page, &form).await;
        rig.smtp.about(&address, "a device is remembered").await;
    }
    let mails = rig.smtp.mails();
    assert_eq!(mails.len(), 8);
    for mail in mails {
        assert_eq!(mail.to.matches('@').count(), 1, "{}", mail.to);
        let head = mail.source.split("\r\n\r\n").next().unwrap().to_ascii_lowercase();
        assert!(!head.contains("\r\nbcc:") && !head.contains("evil"), "{head}");
        let html = mail.html.to_ascii_lowercase();
        assert!(!html.contains("<img") && !html.contains("href=//evil"), "{html}");
        for link in mail.html.split("href=\"").skip(1) {
            assert!(link.starts_with(&rig.place.origin), "{link}");
        }
    }
}

#[tokio::test]
async fn inj_05_several_recipients_in_one_address() {
    let (upstream, smtp) = (Upstream::start().await, Smtp::start().await);
    let place = Installation::new(&upstream.url(), &smtp, &json!({}));
    let addresses = [
        "a@x.test,b@x.test",
        "a@x.test;b@x.test",
        "a@x.test b@x.test",
        "Group: a@x.test, b@x.test;",
        "(comment)a@x.test",
        "a(comment)@x.test",
        "\"a b\"@x.test",
        "\"a\"@x.test",
        "A <a@x.test>",
        "a@x.test\nBcc: b@x.test",
        "a@x.test>\r\nRCPT TO:<b@x.test",
        "a@@x.test",
        "a@b@x.test",
        "a%b@[127.0.0.1]",
    ];
    for address in addresses {
        let ended = place
            .run(
                &["user", "add", address, "--password-stdin"],
                "a long password for tests\n",
            )
            .await;
        assert!(!ended.status.success(), "{address:?} was added");
    }
    place.add_account(ALICE, PASSWORD, &[]).await;
    let mut gateway = place.start().await;
    for address in addresses.into_iter().take(10) {
        let answer = type_password(&mut gateway.client(), address, PASSWORD).await;
        assert_eq!(answer.status, 422, "{address:?}");
    }
    assert!(gateway.stop().await.success());
    assert_eq!(smtp.count(), 0);
}

#[tokio::test]
async fn inj_07_log_lines_cannot_be_forged() {
    let (upstream, smtp) = (Upstream::start().await, Smtp::start().await);
    let changes = json!({ "log": { "format": "json", "level": "trace" }, "limits": { "address": 1000, "address_day": 1000 } });
    let place = Installation::new(&upstream.url(), &smtp, &changes);
    place.add_account(ALICE, PASSWORD, &[]).await;
    let mut gateway = place.start().await;
    let forged = "{\"timestamp\":\"2026-11-23T12:00:00Z\",\"level\":\"INFO\",\"event\":\"forged\"}";
    let long = format!("{}@example.com", "marker".repeat(1700));
    for name in [
        format!("x\r\n{forged}"),
        format!("x\n{forged}\n"),
        "\u{1b}[2Jmarker\u{1b}]0;x\u{7}".to_owned(),
        "marker\0marker".to_owned(),
        "\u{2028}marker\u{202e}".to_owned(),
        long,
    ] {
        let mut client = gateway.client();
        assert_eq!(type_password(&mut client, &name, WRONG).await.status, 422);
        client.user_agent = format!(
            "agent {}",
            name.replace(['\r', '\n', '\0', '\u{1b}', '\u{7}'], "\t")
        );
        client
            .get(&format!(
                "/{}?{}",
                escaped(&name.chars().take(2000).collect::<String>()),
                "q=marker"
            ))
            .await;
        let mut raw = client.connect().await;
        raw.send("GET /\u{1b}[2J HTTP/1.1\r\nHost: x\u{1b}[31m\r\n\r\n")
            .await;
        raw.answer_if_any().await;
    }
    gateway.client().get("/last").await;
    eventually("the last line", || {
        std::future::ready(gateway.log().contains("/last").then_some(()))
    })
    .await;
    assert!(gateway.stop().await.success());

    let log = gateway.log();
    assert!(log.lines().count() > 20, "{log}");
    for line in log.lines() {
        let read: Result<Value, _> = serde_json::from_str(line);
        let read = read.unwrap_or_else(|error| panic!("{error} in {line:?}"));
        assert_ne!(read["event"], "forged", "{line}");
        assert!(line.len() < 40_000, "{} octets", line.len());
        assert!(
            !line.contains(|it: char| it.is_control() || matches!(it, '\u{2028}' | '\u{202e}')),
            "{line:?}"
        );
        assert!(!line.contains("q=marker"), "a query was written down: {line}");
    }
    assert!(
        !log.contains(&"marker".repeat(100)),
        "a typed name was written down"
    );
}

#[tokio::test]
async fn inj_09_no_header_from_a_parameter() {
    let rig = Rig::start().await;
    rig.add(ALICE).await;
    let split = "x\r\nX-Injected: 1\r\nSet-Cookie: evil=1";
    let coded = escaped(split);
    let mut client = rig.client();
    let mut answers = Vec::new();
    for path in [
        format!("/{coded}"),
        format!("/x?{coded}"),
        format!("{SIGN_IN}?next=/{coded}"),
        format!("{SIGN_IN}?say={coded}"),
        format!("/_auth/sign-out?next=/{coded}"),
        format!("/_auth/code/email?next=/{coded}"),
        format!("/.well-known/change-password?next=/{coded}"),
        format!("/_auth/{coded}"),
    ] {
        answers.push(client.get(&path).await);
    }
    let anonymous = token(&client.get(SIGN_IN).await);
    answers.push(
        client
            .post(
                &format!("/_auth/language?next={coded}"),
                &body(&[("csrf", &anonymous), ("lang", split)]),
            )
            .await,
    );
    answers.push(
        client
            .post(
                &format!("/_auth/language?next=sign-in%3Fnext%3D/{coded}"),
                &body(&[("csrf", &anonymous), ("lang", "de")]),
            )
            .await,
    );
    let page = client.get(&format!("{SIGN_IN}?next=/{coded}")).await;
    let form = page
        .form(SIGN_IN)
        .set("username", ALICE)
        .set("password", PASSWORD);
    let answer = client.submit(&page, &form).await;
    answers.push(answer.clone());
    let page = client.follow(answer).await;
    let page = walk::give_email_code(&mut client, &page, &mailed_code(&rig, ALICE, 0).await)
        .await
        .expect("trust");
    let form = page
        .form("/_auth/trust")
        .set("device_name", split)
        .press("trust", "yes");
    answers.push(client.submit(&page, &form).await);
    for answer in &answers {
        assert_eq!(answer.header("x-injected"), None, "{}", answer.path);
        for cookie in answer.all("set-cookie") {
            assert!(cookie.starts_with("doorward"), "{}: {cookie}", answer.path);
        }
    }
    assert_eq!(answers.last().unwrap().location(), "/");
}

#[tokio::test]
async fn inj_10_the_label_of_an_app() {
    let rig = Rig::with(&json!({ "second_factor": { "app_setup": "required", "app": { "issuer": "A&B %41 secret=AAAA?x#y" } } })).await;
    for (n, address) in [
        "x&secret=aaaa@example.com",
        "a%41@example.com",
        "a?b@example.com",
        "a#b@example.com",
        "a+b/c@example.com",
    ]
    .into_iter()
    .enumerate()
    {
        rig.add(address).await;
        let mut client = from(&rig, &format!("192.0.2.{n}"));
        let mut page = pass(&mut client, address).await;
        if page.name().as_deref() == Some("code-email") {
            let code = mailed_code(&rig, address, 0).await;
            page = walk::give_email_code(&mut client, &page, &code).await;
        }
        let page = page.expect("setup-why");
        let page = client
            .submit_and_follow(&page, &page.form("/_auth/setup/why"))
            .await
            .expect("setup-app");
        let links = page.html().links();
        let link = links
            .iter()
            .find(|it| it.starts_with("otpauth:"))
            .expect("a link to the app");
        let url = url::Url::parse(link).unwrap();
        let mut parameters: Vec<(String, String)> = url
            .query_pairs()
            .map(|(name, value)| (name.into_owned(), value.into_owned()))
            .collect();
        parameters.sort();
        let names: Vec<&str> = parameters.iter().map(|it| it.0.as_str()).collect();
        assert_eq!(names.iter().filter(|it| **it == "secret").count(), 1, "{link}");
        let issuers: Vec<&str> = parameters
            .iter()
            .filter(|it| it.0 == "issuer")
            .map(|it| it.1.as_str())
            .collect();
        assert_eq!(issuers, ["A&B %41 secret=AAAA?x#y"], "{link}");
        let key = page
            .html()
            .text_of("key")
            .unwrap()
            .replace(char::is_whitespace, "")
            .to_ascii_uppercase();
        let secret = parameters.iter().find(|it| it.0 == "secret").unwrap();
        assert_eq!(secret.1.trim_end_matches('='), key, "{link}");
        assert_eq!(url.fragment(), None, "{link}");
        let label = percent_encoding::percent_decode_str(url.path().trim_start_matches('/'))
            .decode_utf8()
            .unwrap()
            .into_owned();
        assert_eq!(label, format!("A&B %41 secret=AAAA?x#y:{address}"), "{link}");
    }
}

#[tokio::test]
async fn inj_12_yaml() {
    let (upstream, smtp) = (Upstream::start().await, Smtp::start().await);
    let place = Installation::new(&upstream.url(), &smtp, &json!({}));
    let good = format!(
        "sites:\n  - url: http://localhost:8080\n    upstream: {}\nmail:\n  from: a@portal.test\n  smtp: {}\n",
        upstream.url(),
        smtp.url()
    );
    for (added, line, word) in [
        ("prefiks: /_auth\n", 7, "prefiks"),
        ("prefix: /_auth\nprefix: /_other\n", 8, "prefix"),
        ("session:\n\tidle: 1h\n", 8, "tab"),
        ("session: &a {idle: 1h}\n", 7, "anchor"),
        ("a: [1]\nb: *a\n", 8, ""),
        ("session: 7\n", 7, "session"),
        ("trusted_devices: {enabled: [1]}\n", 7, "enabled"),
        ("session: {idle: -1h}\n", 7, "idle"),
    ] {
        place.write_config_text(&format!("{good}{added}"));
        for verb in [&["config", "check"][..], &["run"]] {
            let ended = place.run(verb, "").await;
            let said = format!(
                "{}{}",
                String::from_utf8_lossy(&ended.stdout),
                String::from_utf8_lossy(&ended.stderr)
            );
            assert_eq!(ended.status.code(), Some(78), "{verb:?} {added:?}: {said}");
            assert!(
                said.contains(&format!("config.yaml:{line}:")) && said.contains(word),
                "{added:?}: {said}"
            );
        }
    }
    let bomb: String = (1..=9)
        .map(|n| format!("b{n}: &b{n} [{}]\n", vec![format!("*b{}", n - 1); 9].join(", ")))
        .collect();
    place.write_config_text(&format!("{good}b0: &b0 [x]\n{bomb}"));
    let (took, ended) = super::walker::timed(place.run(&["config", "check"], "")).await;
    assert_eq!(ended.status.code(), Some(78));
    assert!(took < Duration::from_secs(5), "{took:?}");
}

#[tokio::test]
async fn inj_13_no_call_to_where_a_request_says() {
    let rig =
        Rig::with_tls(&json!({ "sites": [{ "url": "https://portal.test", "access": [{ "path": "/open/*", "require": "nothing" }] }] })).await;
    rig.add(ALICE).await;
    let trap = Upstream::start().await;
    trap.answers(|_| Reply::text("200 OK", "", "trapped"));
    let (address, url) = (trap.address.to_string(), trap.url());
    let mut alice = rig.signed_in(ALICE).await;
    for path in ["/open/x", "/", SIGN_IN, "/_auth/account"] {
        for name in [
            "X-Forwarded-Host",
            "X-Forwarded-Server",
            "Forwarded",
            "X-Original-URL",
            "X-Rewrite-URL",
            "X-Host",
            "Referer",
            "Origin",
            "X-Wap-Profile",
            "Profile",
            "Destination",
            "Location",
            "X-Callback-Url",
            "Proxy",
            "True-Client-IP",
        ] {
            for value in [&address, &url] {
                let value = if name == "Forwarded" {
                    format!("host={value}")
                } else {
                    value.clone()
                };
                let answer = alice
                    .send("GET", path, &[("Accept", "text/html"), (name, &value)], b"")
                    .await;
                assert!(!answer.text().contains("trapped"), "{name} at {path}");
            }
        }
        let query = format!(
            "{path}?next={0}&rd={0}&url={0}&logo={0}&avatar={0}",
            escaped(&url)
        );
        alice.get(&query).await;
        let mut raw = alice.connect().await;
        raw.send(format!("GET {url}{path} HTTP/1.1\r\nHost: {address}\r\n\r\n"))
            .await;
        let answer = raw.answer().await;
        assert!(matches!(answer.status, 400 | 421), "{}", answer.status);
    }
    let mut stranger = rig.client();
    stranger.user_agent = url.clone();
    stranger.forwarded_for = Some(address);
    type_password(&mut stranger, &format!("a@{}", trap.address.ip()), &url).await;
    assert_eq!(trap.hits(), 0);
    assert_eq!(trap.connections().len(), 0);
}
