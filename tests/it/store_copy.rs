//! From one machine to several, and back: `store copy` on a running installation.

use serde_json::{Value, json};

use crate::rig::binary::Installation;
use crate::rig::gateway::PASSWORD;
use crate::rig::redis::Redis;
use crate::rig::smtp::Smtp;
use crate::rig::upstream::Upstream;
use crate::rig::walk;

const ANNA: &str = "anna@example.com";

fn counts(printed: &str) -> (u64, u64, String) {
    let told: Value = serde_json::from_str(printed).unwrap();
    (
        told["accounts"].as_u64().unwrap(),
        told["events"].as_u64().unwrap(),
        told["sha256"].as_str().unwrap().to_owned(),
    )
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_running_installation_moves_to_redis_and_back() {
    let (upstream, smtp, redis) = (Upstream::start().await, Smtp::start().await, Redis::start().await);
    let settings = redis.settings();
    // The key is given, so that both stores open with it.
    let key = json!({ "master_key": settings["master_key"] });
    let embedded = Installation::new(&upstream.url(), &smtp, &key);
    embedded
        .add_account(ANNA, PASSWORD, &["--first-name", "Anna"])
        .await;
    embedded.add_account("berta@example.com", PASSWORD, &[]).await;
    let mut gateway = embedded.start().await;
    let mut anna = gateway.client();
    walk::sign_in(&mut anna, &smtp, "/a", ANNA, PASSWORD).await;

    let copy = ["store", "copy", "--to", &redis.url(), "--json"];
    let (accounts, events, digest) = counts(&embedded.succeed(&copy, "").await);
    assert_eq!(accounts, 2);
    assert!(events > 3, "{events}");
    assert_eq!(digest.len(), 64);
    // Not twice without a word: it may be in use there.
    let again = embedded.run(&copy, "").await;
    assert_eq!(again.status.code(), Some(1));
    let words = String::from_utf8_lossy(&again.stderr).into_owned();
    assert!(words.contains("--replace"), "{words}");

    // What has changed since goes along with the second run.
    embedded.add_account("carla@example.com", PASSWORD, &[]).await;
    assert!(gateway.stop().await.success(), "{}", gateway.log());
    let told = embedded
        .succeed(&["store", "copy", "--to", &redis.url(), "--replace", "--yes"], "")
        .await;
    assert!(told.contains("Copied 3 accounts"), "{told}");
    assert!(
        told.contains(&format!("store: {{redis: {}}}", redis.url())),
        "{told}"
    );

    let shared = Installation::new(&upstream.url(), &smtp, &settings);
    let mut gateway = shared.start().await;
    let mut elsewhere = gateway.client();
    elsewhere.jar = anna.jar.clone();
    assert_eq!(elsewhere.get("/b").await.status, 303, "the session stayed behind");
    walk::sign_in(&mut gateway.client(), &smtp, "/b", ANNA, PASSWORD).await;
    assert!(gateway.stop().await.success(), "{}", gateway.log());

    // And back, into a folder of its own.
    let state = shared.folder.path().join("back");
    let to = format!("file:{}", state.display());
    let (accounts, _, _) = counts(
        &shared
            .succeed(&["store", "copy", "--to", &to, "--json"], "")
            .await,
    );
    assert_eq!(accounts, 3);
    let mut back = Installation::new(&upstream.url(), &smtp, &key);
    back.config["state"] = json!(state);
    back.write_config();
    let gateway = back.start().await;
    let page = walk::sign_in(&mut gateway.client(), &smtp, "/c", ANNA, PASSWORD).await;
    assert_eq!(page.text(), "portal: GET /c\n");
    let events = back.succeed(&["event", "list", "--json"], "").await;
    assert_eq!(events.matches("support.store_copied").count(), 3, "{events}");
}

#[tokio::test]
async fn what_cannot_be_a_copy_is_refused_before_anything_is_written() {
    let (upstream, smtp) = (Upstream::start().await, Smtp::start().await);
    let place = Installation::new(&upstream.url(), &smtp, &json!({}));
    place.add_account(ANNA, PASSWORD, &[]).await;
    for (to, code, word) in [
        ("file:", 2, "which folder"),
        ("file:elsewhere", 2, "embedded one already"),
        ("http://localhost", 2, "redis://"),
        ("redis://anna:secret@localhost", 2, "--password-stdin"),
        ("redis://127.0.0.1:1", 1, "does not answer"),
    ] {
        let output = place.run(&["store", "copy", "--to", to], "").await;
        let words = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(code), "{to}: {words}");
        assert!(words.contains(word), "{to}: {words}");
        assert!(!words.contains("anna:secret@"), "{words}");
    }
    let events = place.succeed(&["event", "list", "--json"], "").await;
    assert!(!events.contains("store_copied"), "{events}");
}

#[tokio::test]
async fn a_backup_is_of_the_embedded_store() {
    let (upstream, smtp, redis) = (Upstream::start().await, Smtp::start().await, Redis::start().await);
    let place = Installation::new(&upstream.url(), &smtp, &redis.settings());
    for verb in ["create", "verify", "restore"] {
        let output = place.run(&["backup", verb, "backup.tar"], "").await;
        let words = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(2), "{verb}: {words}");
        assert!(words.contains("as Redis is backed up"), "{verb}: {words}");
    }
    assert!(!place.folder.path().join("backup.tar").exists());
}
