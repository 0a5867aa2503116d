//! HTTP/2 while the program is replaced: connections are told to go elsewhere, and nothing that was asked on
//! them is lost.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use futures_util::future::join_all;
use http::header::{COOKIE, HeaderMap, HeaderValue};
use http::{HeaderName, Method};
use serde_json::json;
use tokio::sync::watch;
use tokio::task::JoinSet;
use tokio::time::interval;

use super::{ANNA, Scene};
use crate::rig::binary::free_address;
use crate::rig::client::Client;
use crate::rig::gateway::PASSWORD;
use crate::rig::h2::H2;
use crate::rig::raw::Raw;
use crate::rig::tls::{Authority, Trust};
use crate::rig::wait::{eventually, within};
use crate::rig::walk;

/// Connections, and requests at a time on each.
const CONNECTIONS: usize = 6;
const TOGETHER: usize = 4;

/// Somebody who asks over HTTP/2 all the time.
#[derive(Clone)]
struct Asking {
    address: SocketAddr,
    trust: Trust,
    origin: String,
    fields: HeaderMap,
    /// How often anybody has gone to another connection.
    moved: Arc<AtomicU32>,
}

impl Asking {
    async fn connect(&self) -> H2 {
        let raw = Raw::connect_tls(self.address, &self.trust, "localhost", &["h2"]).await;
        H2::over(raw, &self.origin).await
    }

    /// Goes on until told to stop; how many answers there were. What was refused before it was looked at
    /// (RFC 9113 §6.8, §8.7) is asked again on another connection; anything else that is no answer is a failure.
    async fn on(self, stop: watch::Receiver<bool>) -> Result<u64, String> {
        let mut ticks = interval(Duration::from_millis(10));
        let (mut connection, mut count) = (self.connect().await, 0);
        while !*stop.borrow() {
            ticks.tick().await;
            if !connection.is_open().await {
                self.moved.fetch_add(1, Ordering::Relaxed);
                connection = self.connect().await;
            }
            let asked = (0..TOGETHER).map(|number| self.one(&connection, number));
            for answered in join_all(asked).await {
                count += u64::from(answered?);
            }
        }
        Ok(count)
    }

    /// Whether there was an answer; not, where the other side will not look at the question.
    async fn one(&self, connection: &H2, number: usize) -> Result<bool, String> {
        let (method, body) = match number % 2 {
            0 => (Method::GET, &b""[..]),
            _ => (Method::POST, &[b'x'; 2000][..]),
        };
        match connection
            .send(method.clone(), "/moving", &self.fields, body)
            .await
        {
            Ok(answer) if answer.status == 200 => {
                assert_eq!(answer.text(), format!("portal: {method} /moving\n"));
                Ok(true)
            }
            Ok(answer) => Err(format!("{answer:?}")),
            Err(error) if error.is_go_away() && error.reason() == Some(h2::Reason::NO_ERROR) => Ok(false),
            Err(error) if error.reason() == Some(h2::Reason::REFUSED_STREAM) => Ok(false),
            Err(error) => Err(format!("{method}: {error:?}")),
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn two_upgrades_lose_nothing_that_was_asked_over_http2() {
    let mut scene = Scene::set(&json!({})).await;
    let authority = Authority::new();
    let issued = authority.issue(scene.place.folder.path(), "portal", &["localhost"]);
    let (plain, secure) = (scene.place.address, free_address());
    let origin = format!("https://localhost:{}", secure.port());
    let tls = json!([{ "certificate": issued.certificate, "key": issued.key }]);
    scene.change(&json!({
        "listen": [{ "address": plain.to_string() }, { "address": secure.to_string(), "tls": tls }],
        "sites": [{ "url": origin, "upstream": scene.up.url() }],
    }));
    let mut old = scene.place.start().await;
    let mut anna = Client::new(&origin, secure).trusting(authority.trust());
    walk::sign_in(&mut anna, &scene.smtp, "/", ANNA, PASSWORD).await;
    let mut fields = HeaderMap::new();
    fields.insert(COOKIE, HeaderValue::try_from(anna.jar.field().unwrap()).unwrap());
    fields.insert(
        HeaderName::from_static("origin"),
        HeaderValue::try_from(&origin).unwrap(),
    );
    let asking = Asking {
        address: secure,
        trust: authority.trust(),
        origin,
        fields,
        moved: Arc::default(),
    };
    let (stop, stopped) = watch::channel(false);
    let mut everybody = JoinSet::new();
    for _ in 0..CONNECTIONS {
        everybody.spawn(asking.clone().on(stopped.clone()));
    }
    for number in 1..=2 {
        tokio::time::sleep(Duration::from_millis(300)).await;
        let mut next = scene.upgrade(&format!("doorward-{number}"));
        next.says("took over").await;
        let wanted = number * CONNECTIONS as u32;
        eventually("another connection for everybody", || {
            std::future::ready((asking.moved.load(Ordering::Relaxed) >= wanted).then_some(()))
        })
        .await;
        // Nobody is left: it ends long before `drain` is over.
        assert!(old.process.ended().await.success(), "{}", old.log());
        old = next;
        assert!(everybody.try_join_next().is_none(), "somebody has failed");
    }
    stop.send_replace(true);
    let ended = within("the end of the load", everybody.join_all()).await;
    let failed: Vec<_> = ended.iter().filter_map(|it| it.as_ref().err()).collect();
    assert!(failed.is_empty(), "{failed:?}");
    let asked: u64 = ended.into_iter().flatten().sum();
    let moved = asking.moved.load(Ordering::Relaxed);
    println!("2 upgrades, {asked} requests over HTTP/2, {moved} connections made anew");
    assert!(asked > 500, "{asked}");
    assert_eq!(moved, 2 * CONNECTIONS as u32, "nobody moves without need");
}
