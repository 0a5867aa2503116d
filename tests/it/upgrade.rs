//! The configuration changes, the program changes, a node goes and comes back: nobody notices.
//!
//! The shipped program under constant load of 32 connections, with WebSockets open.

mod load;
mod manager;
mod moving;

use std::sync::Arc;
use std::sync::atomic::{AtomicU16, Ordering};
use std::time::{Duration, Instant};

use rustix::process::Signal;
use serde_json::{Value, json};
use tokio::net::TcpStream;

use crate::rig::binary::{Binary, Installation, free_address, merge};
use crate::rig::client::Client;
use crate::rig::gateway::PASSWORD;
use crate::rig::raw::Raw;
use crate::rig::smtp::Smtp;
use crate::rig::tls::Authority;
use crate::rig::upstream::Upstream;
use crate::rig::wait::{eventually, within};
use crate::rig::walk;
use load::{Load, Way, readyz};

const ANNA: &str = "anna@example.com";
const CONNECTIONS: usize = 32;
const SOCKETS: usize = 6;

/// An installation with an account, and a portal and a mail server for it.
struct Scene {
    up: Upstream,
    smtp: Smtp,
    place: Installation,
}

impl Scene {
    async fn set(changes: &Value) -> Self {
        let (up, smtp) = (Upstream::start().await, Smtp::start().await);
        // Words are looked for in the log. `drain` outlasts the test, however slow the machine is.
        let mut all = json!({ "log": { "format": "text" }, "drain": "120s" });
        merge(&mut all, changes);
        let place = Installation::new(&up.url(), &smtp, &all);
        place.add_account(ANNA, PASSWORD, &[]).await;
        Self { up, smtp, place }
    }

    async fn signed_in(&self, gateway: &Binary) -> Client {
        let mut client = gateway.client();
        walk::sign_in(&mut client, &self.smtp, "/", ANNA, PASSWORD).await;
        client
    }

    fn way(&self) -> Way {
        let address = self.place.address;
        Arc::new(move || address)
    }

    /// Starts the program to take over from the one that runs; `name` is that of its log.
    fn upgrade(&self, name: &str) -> Binary {
        self.place.launch_as(name, &["run", "--upgrade"], &[])
    }

    /// Lays `changes` over the configuration's file.
    fn change(&mut self, changes: &Value) {
        merge(&mut self.place.config, changes);
        self.place.write_config();
    }
}

/// What a stranger gets.
async fn stranger(gateway: &Binary, path: &str) -> u16 {
    gateway.client().fetch(path).await.status
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn twenty_reloads_lose_nothing() {
    let mut scene = Scene::set(&json!({ "drain": "2s" })).await;
    let mut gateway = scene.place.start().await;
    let anna = scene.signed_in(&gateway).await;
    let mut load = Load::begin(&anna, &scene.way(), CONNECTIONS, SOCKETS).await;
    load.watch_health(scene.place.admin);
    let before = scene.place.config.clone();
    for number in 0..20 {
        let open = number % 2 == 0;
        let require = if open { "nothing" } else { "refusal" };
        let site = json!({
            "url": scene.place.origin, "upstream": scene.up.url(),
            "access": [{ "path": "/status/*", "require": require }],
        });
        let idle = format!("{}m", 30 + number);
        scene.change(&json!({
            "sites": [site], "brand": { "name": format!("Portal {number}") }, "session": { "idle": idle },
            "limits": { "head_fields": 50 + number }, "languages": { "default": if open { "de" } else { "en" } },
        }));
        gateway.reload();
        let expected = if open { 200 } else { 403 };
        eventually("the new configuration", || {
            let answer = stranger(&gateway, "/status/now");
            async move { (answer.await == expected).then_some(()) }
        })
        .await;
        load.look();
        scene.up.forget();
    }
    let asked = load.end().await;
    println!("20 reloads, {asked} requests and messages");
    assert!(asked > 1000, "{asked}");

    // What cannot change is refused by name, and so is what cannot be read; the last good one stays.
    let last = scene.place.config.clone();
    for (change, key) in [
        (json!({ "listen": free_address().to_string() }), "listen"),
        (json!({ "state": "elsewhere" }), "state"),
        (json!({ "prefix": "/gate" }), "prefix"),
        (
            json!({ "admin": { "listen": free_address().to_string() } }),
            "admin.listen",
        ),
        (
            json!({ "admin": { "token": "a token of forty letters, or somewhat less" } }),
            "admin.token",
        ),
        (json!({ "audit": { "keep": "10d" } }), "audit"),
        (json!({ "log": { "format": "json" } }), "log.format"),
        (json!({ "passwords": { "slots": 3 } }), "passwords.slots"),
    ] {
        scene.place.config = before.clone();
        scene.change(&change);
        let seen = gateway.log().len();
        gateway.reload();
        let said = eventually("the refusal", || {
            let said = gateway.log().get(seen..).unwrap_or_default().to_owned();
            std::future::ready(said.contains("needs a restart").then_some(said))
        })
        .await;
        assert!(said.contains(&format!("keys=\"{key}\"")), "{key}: {said}");
        assert_eq!(stranger(&gateway, "/status/now").await, 403, "{key}");
    }
    scene.place.write_config_text("sites: [\n");
    gateway.reload();
    gateway.says("the new configuration was refused").await;
    assert_eq!(stranger(&gateway, "/status/now").await, 403);
    scene.place.config = last;
    assert!(gateway.stop().await.success(), "{}", gateway.log());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn five_upgrades_lose_nothing() {
    let mut scene = Scene::set(&json!({})).await;
    let authority = Authority::new();
    let issued = authority.issue(scene.place.folder.path(), "portal", &["localhost"]);
    let (plain, secure) = (scene.place.address, free_address());
    let tls = json!([{ "certificate": issued.certificate, "key": issued.key }]);
    scene.change(&json!({ "listen": [{ "address": plain.to_string() }, { "address": secure.to_string(), "tls": tls }] }));
    let mut gateways = vec![scene.place.start().await];
    let anna = scene.signed_in(&gateways[0]).await;
    let mut load = Load::begin(&anna, &scene.way(), CONNECTIONS, SOCKETS).await;
    load.watch_health(scene.place.admin);
    let trust = authority.trust();
    let mut halves = Vec::new();
    for number in 1..=5 {
        // A request that is in the middle of its body, and one that never ends by itself.
        let mut half = Raw::connect(plain).await;
        let head = anna.head("POST", "/half", &[("Content-Length", "10")]);
        half.send(head + "01234").await;
        let (answer, events) = anna.clone().stream("/events").await;
        assert_eq!(answer.status, 200);
        halves.push((half, events));

        let began = Instant::now();
        let mut next = scene.upgrade(&format!("doorward-{number}"));
        next.says("took over").await;
        let old = gateways.last_mut().unwrap();
        old.says("handed over").await;
        println!("upgrade {number} took {:?}", began.elapsed());
        gateways.push(next);
        // One more of everything with the new one, over TLS as well.
        load.open_socket(&anna).await;
        let mut over_tls = Raw::connect_tls(secure, &trust, "localhost", &["http/1.1"]).await;
        over_tls.send(anna.head("GET", "/tls", &[])).await;
        let status = over_tls.answer().await.status;
        assert!(status == 200 || status == 303, "{status}");
        load.look();
    }
    scene.up.emit("to all generations");
    for (mut half, mut events) in halves {
        half.send("56789").await;
        let answer = half.answer().await;
        assert_eq!(
            (answer.status, answer.text().as_str()),
            (200, "portal: POST /half\n")
        );
        assert!(events.until(b"to all generations\n\n").await.is_some());
    }
    let asked = load.end().await;
    println!("5 upgrades, {asked} requests and messages");
    assert!(asked > 1000, "{asked}");

    // Nobody holds on to the old ones any more: they end long before `drain` is over.
    let mut last = gateways.pop().unwrap();
    for old in &mut gateways {
        assert!(old.process.ended().await.success(), "{}", old.log());
    }
    assert_eq!(stranger(&last, "/").await, 401);
    // Not SIGTERM: somebody asked for its health a moment ago, and would be waited for.
    last.process.signal(Signal::INT);
    assert!(last.process.ended().await.success(), "{}", last.log());
    assert!(TcpStream::connect(plain).await.is_err());
}

#[tokio::test]
async fn what_does_not_end_is_cut_off_after_drain() {
    let scene = Scene::set(&json!({ "drain": "6s" })).await;
    let mut old = scene.place.start().await;
    let mut anna = scene.signed_in(&old).await;
    let origin = anna.origin.clone();
    let _socket = anna.websocket("/ws", Some(&origin)).await.unwrap();
    let mut idle = Raw::connect(scene.place.address).await;
    idle.send(anna.head("GET", "/one", &[])).await;
    assert!(!idle.answer().await.closes());
    let mut new = scene.upgrade("doorward-new");
    old.says("handed over").await;
    // Whoever idles has one more answer, and learns that it is the last.
    idle.send(anna.head("GET", "/two", &[])).await;
    let answer = idle.answer().await;
    assert!(answer.status == 200 && answer.closes(), "{answer:?}");
    let since = Instant::now();
    assert!(old.process.ended().await.success(), "{}", old.log());
    assert!(since.elapsed() > Duration::from_secs(1), "{:?}", since.elapsed());
    assert!(
        old.log().contains("closing what has not ended in time"),
        "{}",
        old.log()
    );
    new.says("took over").await;
    assert!(new.stop().await.success(), "{}", new.log());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_new_process_that_cannot_start_changes_nothing() {
    let mut scene = Scene::set(&json!({})).await;
    let nobody = scene.place.run(&["run", "--upgrade"], "").await;
    assert_eq!(nobody.status.code(), Some(1));
    let said = String::from_utf8_lossy(&nobody.stderr).into_owned();
    assert!(said.contains("start without --upgrade"), "{said}");

    let mut gateway = scene.place.start().await;
    let anna = scene.signed_in(&gateway).await;
    let mut load = Load::begin(&anna, &scene.way(), CONNECTIONS, SOCKETS).await;
    let before = scene.place.config.clone();
    let key = scene.place.folder.path().join("other.key");
    std::fs::write(&key, "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=\n").unwrap();
    let busy = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = scene.place.address.to_string();
    let listen = json!([{ "address": address }, { "address": busy.local_addr().unwrap().to_string() }]);
    for (change, code, words) in [
        (json!({ "sights": [] }), 78, "there is no such key"),
        (
            json!({ "master_key": format!("file:{}", key.display()) }),
            1,
            "the master key is not the one",
        ),
        (json!({ "listen": listen }), 1, "cannot listen on"),
    ] {
        scene.place.config = before.clone();
        scene.change(&change);
        let failed = scene.place.run(&["run", "--upgrade"], "").await;
        let said = String::from_utf8_lossy(&failed.stderr).into_owned();
        assert_eq!(failed.status.code(), Some(code), "{said}");
        assert!(said.contains(words), "{said}");
        load.look();
    }
    gateway
        .says("a process asked for the sockets and did not take over")
        .await;
    // The listeners are the running one's own, not what is left of the others.
    scene.place.config = before;
    scene.place.write_config();
    let mut next = scene.upgrade("doorward-next");
    next.says("took over").await;
    let asked = load.end().await;
    assert!(asked > 100, "{asked}");
    assert!(gateway.process.ended().await.success(), "{}", gateway.log());
    assert!(next.stop().await.success(), "{}", next.log());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn nodes_behind_a_balancer_are_restarted_one_after_the_other() {
    let scene = Scene::set(&json!({ "drain": "4s" })).await;
    let site = json!({ "url": scene.place.origin, "upstream": scene.up.url() });
    let state = scene.place.config["state"].clone();
    let second = json!({ "sites": [site], "state": state, "drain": "4s", "log": { "format": "text" } });
    let second = Installation::new(&scene.up.url(), &scene.smtp, &second);
    let places = [&scene.place, &second];
    let mut nodes = [scene.place.start().await, second.start().await];
    let anna = scene.signed_in(&nodes[0]).await;

    // A balancer: it asks for health every 100 ms, and sends new connections to whoever is well.
    let well = Arc::new([AtomicU16::new(0), AtomicU16::new(0)]);
    let admins = places.map(|it| it.admin);
    let seen = Arc::clone(&well);
    let looking = tokio::spawn(async move {
        let mut ticks = tokio::time::interval(Duration::from_millis(100));
        loop {
            ticks.tick().await;
            for (admin, status) in admins.iter().zip(seen.iter()) {
                status.store(readyz(*admin).await.unwrap_or(0), Ordering::Relaxed);
            }
        }
    });
    let (addresses, statuses) = (places.map(|it| it.address), Arc::clone(&well));
    let turn = AtomicU16::new(0);
    let way: Way = Arc::new(move || {
        let first = usize::from(turn.fetch_add(1, Ordering::Relaxed)) % 2;
        let is_well = |it: &usize| statuses[*it].load(Ordering::Relaxed) == 200;
        addresses[[first, 1 - first]
            .into_iter()
            .find(is_well)
            .expect("a node that is well")]
    });
    let status = |number: usize, wanted| {
        let well = Arc::clone(&well);
        move || std::future::ready((well[number].load(Ordering::Relaxed) == wanted).then_some(()))
    };
    for number in [0, 1] {
        eventually("200 from /readyz", status(number, 200)).await;
    }
    let load = Load::begin(&anna, &way, CONNECTIONS, 0).await;
    for (number, place) in places.into_iter().enumerate() {
        nodes[number].process.signal(Signal::TERM);
        eventually("503 from /readyz", status(number, 503)).await;
        // It says so first, and closes its door later.
        within("a connection", TcpStream::connect(place.address))
            .await
            .unwrap();
        let ended = nodes[number].process.ended().await;
        assert!(ended.success(), "{}", nodes[number].log());
        assert!(TcpStream::connect(place.address).await.is_err());
        nodes[number] = place.start().await;
        eventually("200 from /readyz", status(number, 200)).await;
    }
    let asked = load.end().await;
    println!("2 restarts, {asked} requests");
    assert!(asked > 1000, "{asked}");
    looking.abort();
}
