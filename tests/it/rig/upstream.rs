//! A portal that writes down what reaches it, byte for byte.
//!
//! It answers as it is told: see [`Reply`]. Nothing in it knows HTTP beyond what is needed to see
//! where a request ends, so that what a proxy sends is recorded and not repaired.

mod connection;

use std::net::SocketAddr;
use std::sync::{Arc, Mutex, MutexGuard};

use tokio::net::TcpListener;
use tokio::sync::{broadcast, watch};
use tokio::task::AbortHandle;

use super::wait::within;

/// One request as it arrived.
#[derive(Clone, Debug, Default)]
pub struct Recorded {
    /// Which connection it came on, from 0.
    pub connection: usize,
    pub method: String,
    pub target: String,
    /// Field lines in order, names as they were spelled.
    pub headers: Vec<(String, String)>,
    /// The head, byte for byte, with its empty line.
    pub head: Vec<u8>,
    /// The body without its framing: its first MiB.
    pub body: Vec<u8>,
    pub body_length: u64,
}

impl Recorded {
    pub fn all(&self, name: &str) -> Vec<&str> {
        let same = |it: &&(String, String)| it.0.eq_ignore_ascii_case(name);
        self.headers.iter().filter(same).map(|it| it.1.as_str()).collect()
    }

    pub fn header(&self, name: &str) -> Option<&str> {
        self.all(name).first().copied()
    }

    /// Every field whose name folds to `name` where any letter that is not alphanumeric counts as `-`.
    pub fn folding_to(&self, name: &str) -> Vec<(&str, &str)> {
        let fold = |it: &str| {
            it.to_ascii_lowercase()
                .replace(|letter: char| !letter.is_ascii_alphanumeric(), "-")
        };
        let same = |it: &&(String, String)| fold(&it.0) == fold(name);
        self.headers
            .iter()
            .filter(same)
            .map(|it| (it.0.as_str(), it.1.as_str()))
            .collect()
    }
}

/// What a request is answered with.
#[derive(Clone, Debug)]
pub enum Reply {
    /// These bytes, which are a whole answer; the connection stays open.
    Bytes(Vec<u8>),
    /// These bytes, and then the connection is closed.
    Last(Vec<u8>),
    /// A WebSocket that sends back what it gets; 400 for what asks for none.
    Echo,
    /// An event stream that carries what [`Upstream::emit`] is given, until either side closes.
    Events,
    /// Nothing, until the connection ends.
    Silence,
    /// The connection is closed without an answer.
    Hangup,
}

impl Reply {
    /// A small answer with these extra field lines (`"Name: value\r\n…"`).
    pub fn text(status: &str, fields: &str, body: &str) -> Self {
        let length = body.len();
        Self::Bytes(
            format!("HTTP/1.1 {status}\r\n{fields}Content-Length: {length}\r\n\r\n{body}").into_bytes(),
        )
    }
}

type Script = Arc<dyn Fn(&Recorded) -> Reply + Send + Sync>;

#[derive(Default)]
struct Record {
    requests: Vec<Recorded>,
    connections: Vec<Vec<u8>>,
    /// Streams (WebSockets, events) that are open now.
    open_streams: usize,
}

struct State {
    record: Mutex<Record>,
    script: Mutex<Script>,
    events: broadcast::Sender<String>,
    changed: watch::Sender<()>,
}

impl State {
    fn record(&self) -> MutexGuard<'_, Record> {
        self.record.lock().unwrap()
    }

    fn change(&self, how: impl FnOnce(&mut Record)) {
        how(&mut self.record());
        self.changed.send_replace(());
    }
}

/// A running portal. Ends when it is dropped.
pub struct Upstream {
    pub address: SocketAddr,
    state: Arc<State>,
    accepting: AbortHandle,
}

impl Drop for Upstream {
    fn drop(&mut self) {
        self.accepting.abort();
    }
}

impl Upstream {
    /// Answers 200 with the method and target in the body, `/ws` as [`Reply::Echo`] and `/events` as [`Reply::Events`].
    pub async fn start() -> Self {
        Self::start_at("127.0.0.1:0".parse().unwrap()).await
    }

    pub async fn start_at(address: SocketAddr) -> Self {
        let listener = TcpListener::bind(address).await.unwrap();
        let address = listener.local_addr().unwrap();
        let state = Arc::new(State {
            record: Mutex::default(),
            script: Mutex::new(Arc::new(plain_portal)),
            events: broadcast::channel(64).0,
            changed: watch::channel(()).0,
        });
        let accepting = tokio::spawn(connection::accept(listener, Arc::clone(&state))).abort_handle();
        Self {
            address,
            state,
            accepting,
        }
    }

    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Answers so from now on.
    pub fn answers(&self, script: impl Fn(&Recorded) -> Reply + Send + Sync + 'static) {
        *self.state.script.lock().unwrap() = Arc::new(script);
    }

    /// Every request so far, in the order their heads came.
    pub fn requests(&self) -> Vec<Recorded> {
        self.state.record().requests.clone()
    }

    pub fn hits(&self) -> usize {
        self.state.record().requests.len()
    }

    /// The newest request.
    pub fn last(&self) -> Recorded {
        self.state
            .record()
            .requests
            .last()
            .cloned()
            .expect("nothing reached the portal")
    }

    /// What each connection carried, byte for byte: its first MiB.
    pub fn connections(&self) -> Vec<Vec<u8>> {
        self.state.record().connections.clone()
    }

    pub fn forget(&self) {
        self.state.change(|it| it.requests.clear());
    }

    pub fn open_streams(&self) -> usize {
        self.state.record().open_streams
    }

    /// Waits until there are `count` requests.
    pub async fn hit(&self, count: usize) -> Recorded {
        self.until(&format!("request {count}"), |it| {
            it.requests.get(count - 1).cloned()
        })
        .await
    }

    /// Waits until this many streams are open.
    pub async fn streams(&self, count: usize) {
        self.until(&format!("{count} open streams"), |it| {
            (it.open_streams == count).then_some(())
        })
        .await;
    }

    async fn until<T>(&self, what: &str, ready: impl Fn(&Record) -> Option<T>) -> T {
        let mut changes = self.state.changed.subscribe();
        within(what, async {
            loop {
                let value = ready(&self.state.record());
                if let Some(value) = value {
                    return value;
                }
                let _ = changes.changed().await;
            }
        })
        .await
    }

    /// Sends an event to every open event stream.
    pub fn emit(&self, data: &str) {
        let _ = self.state.events.send(data.to_owned());
    }
}

fn plain_portal(request: &Recorded) -> Reply {
    match request.target.split('?').next() {
        Some("/ws") => Reply::Echo,
        Some("/events") => Reply::Events,
        _ => {
            let body = format!("portal: {} {}\n", request.method, request.target);
            Reply::text("200 OK", "Content-Type: text/plain\r\n", &body)
        }
    }
}
