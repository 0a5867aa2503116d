//! HTTP/1.1 by hand: sends exactly these bytes, reads whole answers.

use std::net::SocketAddr;

use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::protocol::Role;

use super::tls::Trust;
use super::wait::within;

/// A byte stream in both directions, with or without TLS.
pub trait Duplex: AsyncRead + AsyncWrite + Unpin + Send {}
impl<T: AsyncRead + AsyncWrite + Unpin + Send> Duplex for T {}

/// One connection.
pub struct Raw {
    io: Box<dyn Duplex>,
    /// Received and not yet read as an answer.
    pending: Vec<u8>,
}

/// One whole answer.
#[derive(Clone, Debug, Default)]
pub struct Answer {
    pub status: u16,
    pub version: String,
    /// Field lines in the order they came, names as they were spelled.
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
    /// Statuses of the interim answers before it (100, 103).
    pub interim: Vec<u16>,
}

impl Answer {
    /// The first value of a field.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.all(name).first().copied()
    }

    /// Every value of a field.
    pub fn all(&self, name: &str) -> Vec<&str> {
        let same = |it: &&(String, String)| it.0.eq_ignore_ascii_case(name);
        self.headers.iter().filter(same).map(|it| it.1.as_str()).collect()
    }

    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    pub fn location(&self) -> &str {
        self.header("location")
            .unwrap_or_else(|| panic!("no Location in {self:?}"))
    }

    pub fn json(&self) -> serde_json::Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|error| panic!("{error}: {}", self.text()))
    }

    /// Whether the sender ends the connection after it.
    pub fn closes(&self) -> bool {
        self.header("connection")
            .is_some_and(|it| it.eq_ignore_ascii_case("close"))
    }
}

impl Raw {
    pub async fn connect(address: SocketAddr) -> Self {
        let stream = within("connect", TcpStream::connect(address)).await.unwrap();
        stream.set_nodelay(true).unwrap();
        Self::over(stream)
    }

    /// With TLS, offering `alpn` (`["http/1.1"]`, say) and asking for `name`.
    pub async fn connect_tls(address: SocketAddr, trust: &Trust, name: &str, alpn: &[&str]) -> Self {
        Self::over(trust.connect(address, name, alpn).await.unwrap())
    }

    pub fn over(io: impl Duplex + 'static) -> Self {
        Self {
            io: Box::new(io),
            pending: Vec::new(),
        }
    }

    /// Sends the bytes as they are. A peer that has closed already is no failure here: what it
    /// answered before is what counts.
    pub async fn send(&mut self, bytes: impl AsRef<[u8]>) -> &mut Self {
        let _ = self.io.write_all(bytes.as_ref()).await;
        let _ = self.io.flush().await;
        self
    }

    /// Sends and says that nothing more will come.
    pub async fn finish(&mut self) {
        let _ = self.io.shutdown().await;
    }

    /// The next answer.
    pub async fn answer(&mut self) -> Answer {
        let answer = within("answer", self.read_answer(false)).await;
        answer.expect("the connection ended without an answer")
    }

    /// The next answer to a HEAD request: no body, whatever its fields say.
    pub async fn answer_to_head(&mut self) -> Answer {
        let answer = within("answer", self.read_answer(true)).await;
        answer.expect("the connection ended without an answer")
    }

    /// The next answer, or `None` where the connection ends without one.
    pub async fn answer_if_any(&mut self) -> Option<Answer> {
        within("answer or end", self.read_answer(false)).await
    }

    /// The next answer's head; its body, if any, stays to be read.
    pub async fn head(&mut self) -> Answer {
        let answer = within("head of an answer", self.read_head()).await;
        answer.expect("the connection ended without an answer")
    }

    /// Whether the connection ends without another byte.
    pub async fn is_closed(&mut self) -> bool {
        self.pending.is_empty() && !within("end of the connection", self.more()).await
    }

    /// Everything up to and including `mark`; `None` if the connection ends before it.
    pub async fn until(&mut self, mark: &[u8]) -> Option<Vec<u8>> {
        within("more of the stream", self.take_through(mark)).await
    }

    /// Everything until the connection ends.
    pub async fn rest(&mut self) -> Vec<u8> {
        within("end of the stream", async { while self.more().await {} }).await;
        std::mem::take(&mut self.pending)
    }

    /// Goes on as a WebSocket; the handshake is done.
    pub async fn into_websocket(self) -> WebSocketStream<Box<dyn Duplex>> {
        WebSocketStream::from_partially_read(self.io, self.pending, Role::Client, None).await
    }

    /// Goes on as whatever `io` is then spoken over it (HTTP/2).
    pub fn into_io(self) -> Box<dyn Duplex> {
        assert!(self.pending.is_empty(), "bytes were read already");
        self.io
    }

    async fn more(&mut self) -> bool {
        let mut buffer = [0; 16 * 1024];
        // A reset is an end, too.
        let count = self.io.read(&mut buffer).await.unwrap_or(0);
        self.pending.extend_from_slice(&buffer[..count]);
        count > 0
    }

    async fn take_through(&mut self, mark: &[u8]) -> Option<Vec<u8>> {
        loop {
            if let Some(at) = self.pending.windows(mark.len()).position(|it| it == mark) {
                return Some(self.pending.drain(..at + mark.len()).collect());
            }
            if !self.more().await {
                return None;
            }
        }
    }

    async fn take(&mut self, count: usize) -> Vec<u8> {
        while self.pending.len() < count {
            assert!(self.more().await, "the connection ended inside a body");
        }
        self.pending.drain(..count).collect()
    }

    async fn read_head(&mut self) -> Option<Answer> {
        let head = self.take_through(b"\r\n\r\n").await?;
        let head = String::from_utf8_lossy(&head).into_owned();
        let mut lines = head.trim_end().split("\r\n");
        let mut status_line = lines.next()?.splitn(3, ' ');
        let version = status_line.next()?.to_owned();
        let status = status_line.next().and_then(|it| it.parse().ok());
        let status = status.unwrap_or_else(|| panic!("not an answer: {head:?}"));
        let field = |line: &str| {
            let (name, value) = line
                .split_once(':')
                .unwrap_or_else(|| panic!("not a field: {line:?}"));
            (name.to_owned(), value.trim().to_owned())
        };
        let headers = lines.map(field).collect();
        Some(Answer {
            status,
            version,
            headers,
            ..Answer::default()
        })
    }

    async fn read_answer(&mut self, to_head: bool) -> Option<Answer> {
        let mut interim = Vec::new();
        let mut answer = loop {
            let answer = self.read_head().await?;
            if answer.status >= 200 || answer.status == 101 {
                break answer;
            }
            interim.push(answer.status);
        };
        answer.interim = interim;
        if to_head || matches!(answer.status, 101 | 204 | 304) {
            return Some(answer);
        }
        let chunked = answer
            .header("transfer-encoding")
            .is_some_and(|it| it.contains("chunked"));
        let length = answer.header("content-length").map(|it| it.parse().unwrap());
        answer.body = match (chunked, length) {
            (true, _) => self.chunks().await,
            (false, Some(length)) => self.take(length).await,
            (false, None) => {
                while self.more().await {}
                std::mem::take(&mut self.pending)
            }
        };
        Some(answer)
    }

    async fn chunks(&mut self) -> Vec<u8> {
        let mut body = Vec::new();
        loop {
            let line = self
                .take_through(b"\r\n")
                .await
                .expect("the connection ended inside a body");
            let line = String::from_utf8(line).unwrap();
            let size = line.trim().split(';').next().unwrap();
            let size =
                usize::from_str_radix(size, 16).unwrap_or_else(|_| panic!("not a chunk size: {line:?}"));
            if size == 0 {
                // Trailers, if any, end with an empty line.
                while self.take_through(b"\r\n").await.is_some_and(|it| it != b"\r\n") {}
                return body;
            }
            body.extend(self.take(size).await);
            self.take(2).await;
        }
    }
}
