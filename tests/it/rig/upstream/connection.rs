//! One connection of the recording portal.

use std::io;
use std::sync::Arc;

use futures_util::{SinkExt as _, StreamExt as _};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::handshake::derive_accept_key;
use tokio_tungstenite::tungstenite::protocol::Role;

use super::{Recorded, Reply, State};

/// Octets of one connection and of one body that are kept; the rest is counted.
const KEPT: usize = 1024 * 1024;

pub(super) async fn accept(listener: TcpListener, state: Arc<State>) {
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
