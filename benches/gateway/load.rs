//! Load: closed loops for cost, an open loop for latency.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::sync::{Mutex, mpsc};
use tokio::task::JoinSet;

/// Connections of the closed loop.
const CONNECTIONS: usize = 48;

/// Requests a second of the open loop, and the connections that carry them.
pub const RATE: u32 = 800;
const OPEN_CONNECTIONS: usize = 128;

/// Where requests go and what they are, byte for byte: one after the other, and then from the first again.
#[derive(Clone)]
pub struct Target {
    address: SocketAddr,
    requests: Arc<[String]>,
    next: Arc<AtomicUsize>,
}

impl Target {
    pub fn new(address: SocketAddr, request: String) -> Self {
        Self::of_many(address, vec![request])
    }

    pub fn of_many(address: SocketAddr, requests: Vec<String>) -> Self {
        Self {
            address,
            requests: requests.into(),
            next: Arc::default(),
        }
    }

    fn next(&self) -> &str {
        &self.requests[self.next.fetch_add(1, Ordering::Relaxed) % self.requests.len()]
    }

    /// The same request, for another host.
    pub fn request_for(&self, host: &str) -> String {
        let lines = self.requests[0].split_inclusive("\r\n");
        lines
            .map(|it| {
                if it.starts_with("Host: ") {
                    format!("Host: {host}\r\n")
                } else {
                    it.to_owned()
                }
            })
            .collect()
    }
}

/// One keep-alive connection.
struct Connection {
    stream: TcpStream,
    buffer: Vec<u8>,
}

impl Connection {
    async fn open(target: &Target) -> Self {
        let stream = TcpStream::connect(target.address).await.unwrap();
        stream.set_nodelay(true).unwrap();
        Self {
            stream,
            buffer: vec![0; 16 * 1024],
        }
    }

    /// Sends a request and reads its whole answer; whether it was 200.
    async fn exchange(&mut self, target: &Target) -> std::io::Result<bool> {
        self.stream.write_all(target.next().as_bytes()).await?;
        let mut filled = 0;
        loop {
            let count = self.stream.read(&mut self.buffer[filled..]).await?;
            if count == 0 {
                return Err(std::io::ErrorKind::UnexpectedEof.into());
            }
            filled += count;
            if let Some(length) = answer_length(&self.buffer[..filled])
                && filled >= length
            {
                return Ok(self.buffer.starts_with(b"HTTP/1.1 200"));
            }
        }
    }
}

/// Octets of the answer at the start of `bytes`, once its head is complete. An answer without a
/// length counts as its head.
fn answer_length(bytes: &[u8]) -> Option<usize> {
    let head = bytes.windows(4).position(|it| it == b"\r\n\r\n")? + 4;
    let name = b"content-length:";
    let at = bytes[..head]
        .windows(name.len())
        .position(|it| it.eq_ignore_ascii_case(name));
    let value = at.map_or(&b"0"[..], |at| &bytes[at + name.len()..head]);
    let digits = value
        .iter()
        .skip_while(|it| **it == b' ')
        .take_while(|it| it.is_ascii_digit());
    Some(head + digits.fold(0, |sum, digit| sum * 10 + usize::from(digit - b'0')))
}

/// Sends `requests` as fast as the answers come, and insists that all of them are 200. From one thread: the
/// fewer threads the load has, the less it disturbs what is measured.
pub async fn closed_loop(target: &Target, requests: usize) {
    let let_in = closed_loop_of_all(target, requests).await;
    assert_eq!(
        let_in,
        requests / CONNECTIONS * CONNECTIONS,
        "answers that are not 200"
    );
}

/// As [`closed_loop`], whatever the answers; how many were 200.
pub async fn closed_loop_of_all(target: &Target, requests: usize) -> usize {
    let target = target.clone();
    let load = tokio::task::spawn_blocking(move || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
        runtime.unwrap().block_on(as_fast_as_answered(&target, requests))
    });
    load.await.expect("the closed loop")
}

async fn as_fast_as_answered(target: &Target, requests: usize) -> usize {
    let mut connections = JoinSet::new();
    for _ in 0..CONNECTIONS {
        let target = target.clone();
        connections.spawn(async move {
            let mut connection = Connection::open(&target).await;
            let mut let_in = 0;
            for _ in 0..requests / CONNECTIONS {
                let_in += usize::from(connection.exchange(&target).await.unwrap());
            }
            let_in
        });
    }
    let mut let_in = 0;
    while let Some(done) = connections.join_next().await {
        let_in += done.expect("a connection of the closed loop");
    }
    let_in
}

/// What an open loop saw.
pub struct OpenLoop {
    latencies: Vec<Duration>,
    pub errors: usize,
}

impl OpenLoop {
    pub fn p99_ms(&self) -> f64 {
        let mut sorted = self.latencies.clone();
        sorted.sort_unstable();
        sorted[sorted.len() * 99 / 100].as_secs_f64() * 1e3
    }
}

/// Sends 800 requests a second, whether or not answers come. Latency counts from the moment a request was due, so
/// that a gateway that stalls pays for everything that had to wait.
pub async fn open_loop(target: &Target, span: Duration) -> OpenLoop {
    let (due, queue) = mpsc::unbounded_channel::<Instant>();
    let queue = Arc::new(Mutex::new(queue));
    let mut workers = JoinSet::new();
    for _ in 0..OPEN_CONNECTIONS {
        let (target, queue) = (target.clone(), Arc::clone(&queue));
        workers.spawn(async move { work(&target, &queue).await });
    }
    // A thread of its own: the runtime's timer knows whole milliseconds only.
    let clock = tokio::task::spawn_blocking(move || {
        let started = Instant::now() + Duration::from_millis(50);
        let count = (span.as_secs_f64() * f64::from(RATE)) as u32;
        for number in 0..count {
            let at = started + Duration::from_secs(1) * number / RATE;
            std::thread::sleep(at.saturating_duration_since(Instant::now()));
            let _ = due.send(at);
        }
    });
    clock.await.unwrap();
    let mut seen = OpenLoop {
        latencies: Vec::new(),
        errors: 0,
    };
    while let Some(done) = workers.join_next().await {
        let (latencies, errors) = done.unwrap();
        seen.latencies.extend(latencies);
        seen.errors += errors;
    }
    seen
}

async fn work(target: &Target, queue: &Mutex<mpsc::UnboundedReceiver<Instant>>) -> (Vec<Duration>, usize) {
    let (mut latencies, mut errors) = (Vec::new(), 0);
    let mut connection = Connection::open(target).await;
    loop {
        let Some(due) = queue.lock().await.recv().await else {
            return (latencies, errors);
        };
        match connection.exchange(target).await {
            Ok(true) => {}
            Ok(false) => errors += 1,
            Err(_) => {
                errors += 1;
                connection = Connection::open(target).await;
            }
        }
        latencies.push(due.elapsed());
    }
}
