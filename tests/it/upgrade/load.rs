//! Constant load that forgives nothing: a connection that is refused, reset or closed while a request is
//! on its way is a failure, and nothing is sent a second time.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use futures_util::{SinkExt as _, StreamExt as _};
use tokio::net::TcpStream;
use tokio::sync::watch;
use tokio::task::JoinSet;
use tokio::time::{MissedTickBehavior, interval};
use tokio_tungstenite::tungstenite::Message as Frame;

use crate::rig::client::Client;
use crate::rig::raw::Raw;
use crate::rig::wait::within;

/// How often each connection asks: it idles in between, as browsers do.
const EVERY: Duration = Duration::from_millis(25);

/// Where the next connection goes.
pub type Way = Arc<dyn Fn() -> SocketAddr + Send + Sync>;

/// Everybody who asks.
pub struct Load {
    stop: watch::Sender<bool>,
    asking: JoinSet<Result<u64, String>>,
}

impl Load {
    /// So many keep-alive connections of whoever `client` is, and so many WebSockets, which are open when
    /// this returns.
    pub async fn begin(client: &Client, way: &Way, connections: usize, sockets: usize) -> Self {
        let mut load = Self {
            stop: watch::channel(false).0,
            asking: JoinSet::new(),
        };
        for _ in 0..connections {
            load.asking
                .spawn(ask(client.clone(), Arc::clone(way), load.stop.subscribe()));
        }
        for _ in 0..sockets {
            load.open_socket(client).await;
        }
        load
    }

    /// One more WebSocket.
    pub async fn open_socket(&mut self, client: &Client) {
        let mut client = client.clone();
        let origin = client.origin.clone();
        let opened = client.websocket("/ws", Some(&origin)).await;
        let mut socket = opened.expect("a WebSocket");
        let mut stop = self.stop.subscribe();
        self.asking.spawn(async move {
            let mut ticks = ticks();
            let mut count = 0_u64;
            loop {
                tokio::select! {
                    _ = ticks.tick() => {}
                    _ = stop.wait_for(|stop| *stop) => break,
                }
                count += 1;
                let text = format!("message {count}");
                let sent = socket.send(Frame::text(text.clone())).await;
                sent.map_err(|error| format!("WebSocket: {error} at {count}"))?;
                match within("an echo", socket.next()).await {
                    Some(Ok(back)) if back == Frame::text(text) => {}
                    other => return Err(format!("WebSocket: {other:?} at {count}")),
                }
            }
            let _ = socket.close(None).await;
            Ok(count)
        });
    }

    /// Asks `/readyz` over and over, which must say 200.
    pub fn watch_health(&mut self, admin: SocketAddr) {
        let stop = self.stop.subscribe();
        self.asking.spawn(async move {
            let (mut ticks, mut count) = (ticks(), 0);
            while !*stop.borrow() {
                ticks.tick().await;
                let status = readyz(admin).await;
                if status != Some(200) {
                    return Err(format!("/readyz: {status:?} after {count}"));
                }
                count += 1;
            }
            Ok(count)
        });
    }

    /// Fails the test if anybody has failed: nobody ends before they are told to.
    pub fn look(&mut self) {
        if let Some(ended) = self.asking.try_join_next() {
            panic!("{:?}", ended.unwrap());
        }
    }

    /// Lets everybody finish; how often they asked. Fails the test if anybody has failed.
    pub async fn end(self) -> u64 {
        self.stop.send_replace(true);
        let ended = within("the end of the load", self.asking.join_all()).await;
        let failed: Vec<_> = ended.iter().filter_map(|it| it.as_ref().err()).collect();
        assert!(failed.is_empty(), "{failed:?}");
        ended.into_iter().flatten().sum()
    }
}

/// The status of `/readyz`; `None` where nobody answers.
pub async fn readyz(admin: SocketAddr) -> Option<u16> {
    let stream = TcpStream::connect(admin).await.ok()?;
    let mut raw = Raw::over(stream);
    raw.send("GET /readyz HTTP/1.1\r\nHost: localhost\r\n\r\n").await;
    Some(raw.answer_if_any().await?.status)
}

fn ticks() -> tokio::time::Interval {
    let mut ticks = interval(EVERY);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    ticks
}

async fn ask(client: Client, way: Way, stop: watch::Receiver<bool>) -> Result<u64, String> {
    let mut kept = None;
    let (mut ticks, mut count) = (ticks(), 0_u64);
    while !*stop.borrow() {
        ticks.tick().await;
        let mut raw = match kept.take() {
            Some(raw) => raw,
            None => connect(way()).await?,
        };
        // Every other one is a POST, which nobody may send again on their own.
        let (method, body) = match count % 2 {
            0 => ("GET", String::new()),
            _ => ("POST", "x".repeat(2000)),
        };
        let length = body.len().to_string();
        let path = format!("/load/{count}");
        let mut fields = vec![
            ("Content-Type", "text/plain"),
            ("Content-Length", length.as_str()),
        ];
        fields.truncate(if method == "GET" { 0 } else { 2 });
        raw.send(client.head(method, &path, &fields) + &body).await;
        let Some(answer) = raw.answer_if_any().await else {
            return Err(format!("{method} {path}: no answer"));
        };
        if answer.status != 200 || answer.text() != format!("portal: {method} {path}\n") {
            return Err(format!("{method} {path}: {answer:?}"));
        }
        if !answer.closes() {
            kept = Some(raw);
        }
        count += 1;
    }
    Ok(count)
}

async fn connect(address: SocketAddr) -> Result<Raw, String> {
    let stream = TcpStream::connect(address).await;
    let stream = stream.map_err(|error| format!("{address}: {error}"))?;
    stream.set_nodelay(true).map_err(|error| error.to_string())?;
    Ok(Raw::over(stream))
}
