//! A portal that writes down what reaches it, byte for byte.
//!
//! It answers as it is told: see [`Reply`]. Nothing in it knows HTTP beyond what is needed to see
//! where a request ends, so that what a proxy sends is recorded and not repaired.

use std::io;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, MutexGuard};

use futures_util::{SinkExt as _, StreamExt as _};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{broadcast, watch};
use tokio::task::AbortHandle;
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::handshake::derive_accept_key;
use tokio_tungstenite::tungstenite::protocol::Role;

use super::wait::within;

/// Octets of one connection and of one body that are kept; the rest is counted.
const KEPT: usize = 1024 * 1024;

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
        let accepting = tokio::spawn(accept(listener, Arc::clone(&state))).abort_handle();
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

async fn accept(listener: TcpListener, state: Arc<State>) {
    // Dropped with this task, which ends the connections with the portal.
    let mut connections = tokio::task::JoinSet::new();
    while let Ok((stream, _)) = listener.accept().await {
        let mut number = 0;
        state.change(|it| {
            number = it.connections.len();
            it.connections.push(Vec::new());
        });
        let connection = Connection {
            stream,
            pending: Vec::new(),
            number,
            state: Arc::clone(&state),
        };
        connections.spawn(connection.serve());
    }
}

struct Connection {
    stream: TcpStream,
    pending: Vec<u8>,
    number: usize,
    state: Arc<State>,
}

impl Connection {
    async fn serve(mut self) {
        let _ = self.stream.set_nodelay(true);
        // A peer that goes away is no concern: what came is on record.
        while let Ok(Some(request)) = self.read_request().await {
            let script = Arc::clone(&*self.state.script.lock().unwrap());
            let goes_on = match script(&request) {
                Reply::Bytes(bytes) => self.stream.write_all(&bytes).await.is_ok(),
                Reply::Last(bytes) => {
                    let _ = self.stream.write_all(&bytes).await;
                    let _ = self.stream.shutdown().await;
                    false
                }
                Reply::Echo => return self.echo(&request).await,
                Reply::Events => return self.events().await,
                Reply::Silence => {
                    while self.more().await.is_ok_and(|count| count > 0) {}
                    false
                }
                Reply::Hangup => false,
            };
            if !goes_on {
                return;
            }
        }
    }

    async fn more(&mut self) -> io::Result<usize> {
        let mut buffer = vec![0; 64 * 1024];
        let count = self.stream.read(&mut buffer).await?;
        self.pending.extend_from_slice(&buffer[..count]);
        self.state.change(|it| {
            let kept = &mut it.connections[self.number];
            let room = KEPT.saturating_sub(kept.len()).min(count);
            kept.extend_from_slice(&buffer[..room]);
        });
        Ok(count)
    }

    /// Takes everything through `mark`; `None` where the connection ends before.
    async fn through(&mut self, mark: &[u8]) -> io::Result<Option<Vec<u8>>> {
        loop {
            if let Some(at) = self.pending.windows(mark.len()).position(|it| it == mark) {
                return Ok(Some(self.pending.drain(..at + mark.len()).collect()));
            }
            if self.more().await? == 0 {
                return Ok(None);
            }
        }
    }

    async fn read_request(&mut self) -> io::Result<Option<Recorded>> {
        let Some(head) = self.through(b"\r\n\r\n").await? else {
            return Ok(None);
        };
        let text = String::from_utf8_lossy(&head).into_owned();
        let mut lines = text.trim_end().split("\r\n");
        let mut request_line = lines.next().unwrap_or_default().split(' ');
        let mut word = || request_line.next().unwrap_or_default().to_owned();
        let (method, target) = (word(), word());
        let fields = lines.filter_map(|line| line.split_once(':'));
        let headers = fields
            .map(|(name, value)| (name.to_owned(), value.trim().to_owned()))
            .collect();
        let mut request = Recorded {
            connection: self.number,
            method,
            target,
            headers,
            head,
            ..Recorded::default()
        };
        let mut index = 0;
        // On record as soon as its head is here: whoever waits for a hit need not wait for the body.
        self.state.change(|it| {
            index = it.requests.len();
            it.requests.push(request.clone());
        });
        self.read_body(&mut request).await?;
        self.state.change(|it| {
            if let Some(kept) = it.requests.get_mut(index) {
                kept.clone_from(&request);
            }
        });
        Ok(Some(request))
    }

    async fn read_body(&mut self, request: &mut Recorded) -> io::Result<()> {
        if request.header("transfer-encoding").is_some() {
            loop {
                let line = self.through(b"\r\n").await?.unwrap_or_default();
                let size = String::from_utf8_lossy(&line)
                    .trim()
                    .split(';')
                    .next()
                    .map(str::to_owned);
                let size = u64::from_str_radix(&size.unwrap_or_default(), 16).unwrap_or(0);
                self.take(size, request).await?;
                self.through(b"\r\n").await?;
                if size == 0 {
                    return Ok(());
                }
            }
        }
        let length = request
            .header("content-length")
            .and_then(|it| it.parse().ok())
            .unwrap_or(0);
        self.take(length, request).await
    }

    async fn take(&mut self, mut length: u64, request: &mut Recorded) -> io::Result<()> {
        while length > 0 {
            if self.pending.is_empty() && self.more().await? == 0 {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
            let count = self
                .pending
                .len()
                .min(usize::try_from(length).unwrap_or(usize::MAX));
            let part: Vec<u8> = self.pending.drain(..count).collect();
            let room = KEPT.saturating_sub(request.body.len()).min(count);
            request.body.extend_from_slice(&part[..room]);
            request.body_length += count as u64;
            length -= count as u64;
        }
        Ok(())
    }

    async fn echo(mut self, request: &Recorded) {
        let Some(key) = request.header("sec-websocket-key") else {
            let _ = self
                .stream
                .write_all(b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n")
                .await;
            return;
        };
        let accept = derive_accept_key(key.as_bytes());
        let head = format!(
            "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: {accept}\r\n\r\n"
        );
        if self.stream.write_all(head.as_bytes()).await.is_err() {
            return;
        }
        let _open = OpenStream::count(&self.state);
        let mut socket =
            WebSocketStream::from_partially_read(self.stream, self.pending, Role::Server, None).await;
        while let Some(Ok(message)) = socket.next().await {
            let is_data = message.is_text() || message.is_binary();
            if is_data && socket.send(message).await.is_err() {
                return;
            }
        }
    }

    async fn events(mut self) {
        let mut events = self.state.events.subscribe();
        let head =
            b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n";
        if self.stream.write_all(head).await.is_err() {
            return;
        }
        let state = Arc::clone(&self.state);
        let _open = OpenStream::count(&state);
        loop {
            tokio::select! {
                event = events.recv() => {
                    let Ok(data) = event else { return };
                    let event = format!("data: {data}\n\n");
                    let chunk = format!("{:x}\r\n{event}\r\n", event.len());
                    if self.stream.write_all(chunk.as_bytes()).await.is_err() {
                        return;
                    }
                }
                more = self.more() => if !more.is_ok_and(|count| count > 0) { return },
            }
        }
    }
}

/// Counts a stream for as long as it is open.
struct OpenStream(Arc<State>);

impl OpenStream {
    fn count(state: &Arc<State>) -> Self {
        state.change(|it| it.open_streams += 1);
        Self(Arc::clone(state))
    }
}

impl Drop for OpenStream {
    fn drop(&mut self) {
        self.0.change(|it| it.open_streams -= 1);
    }
}
