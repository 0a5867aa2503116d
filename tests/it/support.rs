//! Support at the command line, with the real program: beside a gateway that runs.

use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::rig::binary::Installation;
use crate::rig::client::Client;
use crate::rig::gateway::PASSWORD;
use crate::rig::smtp::Smtp;
use crate::rig::upstream::Upstream;
use crate::rig::walk;

const ANNA: &str = "anna@example.com";

fn read(printed: &str) -> Value {
    serde_json::from_str(printed).unwrap_or_else(|error| panic!("{error}: {printed}"))
}

/// Loads the portal's page until it is answered so, within the second that the program promises.
async fn within_a_second(client: &mut Client, status: u16) {
    let started = Instant::now();
    while client.get("/").await.status != status {
        let waited = started.elapsed();
        assert!(waited < Duration::from_secs(1), "not {status} after {waited:?}");
    }
}

/// Portal D, rows 89 and 91; portal C, rows 60 and 61.
#[tokio::test]
async fn support_suspends_ends_sessions_and_reads_the_trail() {
    let (upstream, smtp) = (Upstream::start().await, Smtp::start().await);
    let place = Installation::new(&upstream.url(), &smtp, &json!({}));
    place.add_account(ANNA, PASSWORD, &[]).await;
    let mut gateway = place.start().await;
    let mut anna = gateway.client();
    walk::sign_in(&mut anna, &smtp, "/", ANNA, PASSWORD).await;

    let listed = place.succeed(&["session", "list", ANNA, "--json"], "").await;
    let listed = read(&listed);
    assert_eq!(listed.as_array().unwrap().len(), 1, "{listed}");
    let id = listed[0]["id"].as_str().unwrap();
    let end = ["session", "end", ANNA, id, "--reason", "left it open", "--yes"];
    place.succeed(&end, "").await;
    within_a_second(&mut anna, 303).await;
    smtp.about(ANNA, "support signed a browser out").await;
    let again = place.run(&end, "").await;
    assert_eq!(again.status.code(), Some(1), "there is no such session any more");

    for unreasoned in [
        vec!["user", "suspend-mfa", ANNA, "--for", "24h", "--yes"],
        vec!["user", "reset-mfa", ANNA, "--yes"],
        vec![
            "user",
            "suspend-mfa",
            ANNA,
            "--for",
            "24h",
            "--reason",
            " ",
            "--yes",
        ],
        vec![
            "user",
            "suspend-mfa",
            ANNA,
            "--for",
            "forever",
            "--reason",
            "x",
            "--yes",
        ],
    ] {
        let refused = place.run(&unreasoned, "").await;
        assert_eq!(refused.status.code(), Some(2), "{unreasoned:?}");
    }
    let reason = ["--for", "24h", "--reason", "new phone, ticket 4711", "--yes"];
    let suspend = [&["user", "suspend-mfa", ANNA], &reason[..]].concat();
    let said = place.succeed(&suspend, "").await;
    assert!(said.contains("the password alone is enough"), "{said}");
    smtp.about(ANNA, "the password alone is enough for now").await;
    let mut other = gateway.client();
    let page = other.open("/").await.expect("sign-in");
    let page = walk::give_password(&mut other, &page, ANNA, PASSWORD).await;
    assert_eq!(page.text(), "portal: GET /\n", "no code was asked for");
    let seen = upstream.last().header("remote-auth-method").map(str::to_owned);
    assert_eq!(seen.as_deref(), Some("password"));
    let words = other.open("/_auth/account").await.html().words();
    assert!(
        words.contains("Support has switched the code off for you"),
        "{words}"
    );

    let reset = ["user", "reset-mfa", ANNA, "--reason", "ticket 4711", "--yes"];
    place.succeed(&reset, "").await;
    within_a_second(&mut other, 303).await;
    let page = other.open("/").await.expect("sign-in");
    let page = walk::give_password(&mut other, &page, ANNA, PASSWORD).await;
    page.expect("code-email");

    let list = ["event", "list", "--user", ANNA, "--since", "1h", "--json"];
    let trail = read(&place.succeed(&list, "").await);
    let trail = trail.as_array().unwrap();
    for (name, reason) in [
        ("support.session_ended", "left it open"),
        ("support.mfa_suspended", "new phone, ticket 4711"),
        ("support.mfa_reset", "ticket 4711"),
    ] {
        let event = trail.iter().find(|event| event["event"] == name);
        let event = event.unwrap_or_else(|| panic!("no {name} in {trail:?}"));
        assert_eq!(event["reason"], reason);
        assert!(event["actor"].is_string(), "{event}");
        assert_eq!(event["email"], ANNA);
    }
    let printed = place.succeed(&["event", "list"], "").await;
    assert!(printed.starts_with("TIME"), "{printed}");
    assert!(printed.contains("support.mfa_suspended"), "{printed}");
    assert!(!printed.contains(PASSWORD));
    assert!(gateway.stop().await.success(), "{}", gateway.log());
}
