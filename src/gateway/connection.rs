//! One connection: what its requests share, and the stream that Pingora reads them from.
//!
//! ```text
//! socket ──▶ held ──next_head()──▶ one head, checked ──poll_read()──▶ Pingora
//!              │                    and as much body as that head announced
//!              └── what follows stays here until the answer is written
//! ```
//!
//! Pingora gets the octets of one request at a time. It never sees a second request behind the first,
//! so two readings of where a body ends cannot smuggle one (RFC 9112 §11.2), and pipelined requests
//! (§9.3.2) wait here, each to be judged alone. After a 101 everything passes.

use std::fmt;
use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use async_trait::async_trait;
use bytes::{Buf as _, BytesMut};
use pingora_core::protocols::raw_connect::ProxyDigest;
use pingora_core::protocols::{
    ALPN, GetProxyDigest, GetSocketDigest, GetTimingDigest, Peek, Shutdown, SocketDigest, Ssl, Stream,
    TimingDigest, UniqueID, UniqueIDType,
};
use pingora_http::ResponseHeader;
use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _, ReadBuf};
use tokio::time::{Instant, Sleep};

use super::head::{self, Framing, Malformed, Scan};
use super::line::Line;
use super::refusal::PlainRefusal;
use super::socket::Socket;

/// Written octets that wait for more, so that a head and a short body leave in one segment.
const WRITE_TOGETHER: usize = 4096;
/// Octets of following requests that are taken from the socket while one is answered.
const READ_AHEAD: usize = 16 * 1024;

/// Why there is no next request.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum NoRequest {
    /// The client left, idled, or the gateway stops.
    Closed,
    /// The client is to be told what is wrong.
    Refused(Malformed),
}

/// How much and how slowly a head may come.
#[derive(Clone, Copy, Debug)]
pub struct HeadLimits {
    /// Octets.
    pub octets: usize,
    /// Fields.
    pub fields: usize,
    /// For the whole head, from its first octet (or, on a new connection, from its beginning).
    pub time: Duration,
    /// Between two requests.
    pub idle: Duration,
}

/// The stream of one connection.
pub struct Connection {
    socket: Socket,
    line: Arc<Line>,
    digest: Arc<ProxyDigest>,
    held: BytesMut,
    outgoing: BytesMut,
    /// Octets that belong to the request being answered and have not been read yet.
    allowance: u64,
    ended: bool,
    timer: Pin<Box<Sleep>>,
}

impl Connection {
    /// Wraps an accepted socket; TLS has been negotiated. `deadline` is that of the first head.
    pub fn new(socket: Socket, line: Arc<Line>, deadline: Instant) -> Self {
        // Pingora hands a connection's digest to each request, on both protocols: it carries the line.
        let head = ResponseHeader::build_no_case(200_u16, Some(0));
        let head = head.unwrap_or_else(|_| http_ok());
        let digest = Arc::new(ProxyDigest::new(
            Box::new(head),
            Some(Box::new(Arc::clone(&line))),
        ));
        Self {
            socket,
            line,
            digest,
            held: BytesMut::new(),
            outgoing: BytesMut::new(),
            allowance: 0,
            ended: false,
            timer: Box::pin(tokio::time::sleep_until(deadline)),
        }
    }

    /// The line that a request came over.
    pub fn line_of(digest: &ProxyDigest) -> Option<&Arc<Line>> {
        digest.user_data.as_ref()?.downcast_ref::<Arc<Line>>()
    }

    /// The line.
    pub const fn line(&self) -> &Arc<Line> {
        &self.line
    }

    /// Whether the client chose HTTP/2.
    pub fn speaks_h2(&self) -> bool {
        self.socket.speaks_h2()
    }

    /// Waits for the whole head of the next request and checks it. What was understood of it is all
    /// that the following reads give.
    pub async fn next_head(&mut self, limits: &HeadLimits, first: bool) -> Result<(), NoRequest> {
        self.allowance = 0;
        let mut scan = Scan::default();
        let mut begun = first;
        if !first {
            self.set_timer(limits.idle);
        }
        loop {
            if scan == Scan::default() {
                self.drop_leading_line_ends();
            }
            let end = scan.find_end(&self.held).map_err(NoRequest::Refused)?;
            if end.unwrap_or(self.held.len()) > limits.octets {
                return Err(NoRequest::Refused(Malformed::TooLarge));
            }
            if let Some(end) = end {
                return self.take_head(end, limits).map_err(NoRequest::Refused);
            }
            if !self.held.is_empty() && !begun {
                begun = true;
                self.set_timer(limits.time);
            }
            match std::future::poll_fn(|cx| self.poll_more(cx)).await {
                Ok(0) => return Err(NoRequest::Closed),
                Ok(_) => {}
                // A client that has begun is told; one that idled is not waiting for an answer.
                Err(error) if error.kind() == io::ErrorKind::TimedOut && !self.held.is_empty() => {
                    return Err(NoRequest::Refused(Malformed::TooSlow));
                }
                Err(_) => return Err(NoRequest::Closed),
            }
        }
    }

    /// Checks the head that has come, and lets it and its body be read.
    fn take_head(&mut self, mut end: usize, limits: &HeadLimits) -> Result<(), Malformed> {
        let checked = head::check(self.held.get(..end).unwrap_or_default(), limits.fields)?;
        if let Some(absolute) = checked.absolute {
            let before = self.held.split_to(absolute.octets.start);
            self.held.advance(absolute.octets.len());
            let path = if absolute.lacks_path { &b"/"[..] } else { b"" };
            let rest = std::mem::take(&mut self.held);
            self.held.reserve(before.len() + path.len() + rest.len());
            for part in [&before, path, &rest] {
                self.held.extend_from_slice(part);
            }
            end = end + path.len() - absolute.octets.len();
        }
        self.allowance = match checked.framing {
            Framing::Length(length) => length.saturating_add(end as u64),
            Framing::Chunked => u64::MAX,
        };
        Ok(())
    }

    /// Waits for the HTTP/2 preface (RFC 9113 §3.4), so that a silent client is not kept for ever.
    pub async fn preface(&mut self) -> Result<(), NoRequest> {
        const PREFACE: &[u8] = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";
        while self.held.len() < PREFACE.len() {
            match std::future::poll_fn(|cx| self.poll_more(cx)).await {
                Ok(0) | Err(_) => return Err(NoRequest::Closed),
                Ok(_) => {}
            }
        }
        self.allowance = u64::MAX;
        match self.held.starts_with(PREFACE) {
            true => Ok(()),
            false => Err(NoRequest::Closed),
        }
    }

    /// Whether the request that was answered has been read to its end, so that another may follow.
    pub fn is_between_requests(&self) -> bool {
        // Of a chunked body Pingora has read the end, and gives back no connection on which it read more.
        self.allowance == 0 || self.allowance > u64::MAX / 2
    }

    fn set_timer(&mut self, span: Duration) {
        self.timer.as_mut().reset(Instant::now() + span);
    }

    /// RFC 9112 §2.2: a client may end a request with one line end too many.
    fn drop_leading_line_ends(&mut self) {
        while self.held.starts_with(b"\r\n") {
            self.held.advance(2);
        }
    }

    /// Reads more into `held`, until the timer runs out.
    fn poll_more(&mut self, cx: &mut Context<'_>) -> Poll<io::Result<usize>> {
        self.line.check()?;
        self.held.reserve(2048);
        let read = poll_read_into(&mut self.socket, cx, &mut self.held);
        if read.is_ready() {
            return read;
        }
        self.line.watch_read(cx.waker())?;
        if self.held.is_empty() && self.line.is_closing() {
            return Poll::Ready(Ok(0));
        }
        ready!(self.timer.as_mut().poll(cx));
        Poll::Ready(Err(io::ErrorKind::TimedOut.into()))
    }

    /// Between the end of a request and its answer, the only news is that the client left.
    fn poll_departure(&mut self, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        while !self.ended && self.held.len() < READ_AHEAD {
            self.held.reserve(1024);
            self.ended = ready!(poll_read_into(&mut self.socket, cx, &mut self.held))? == 0;
        }
        // With requests waiting, a half-closed connection still wants its answers.
        match self.ended && self.held.is_empty() {
            true => Poll::Ready(Ok(())),
            false => Poll::Pending,
        }
    }

    fn poll_outgoing(&mut self, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        while !self.outgoing.is_empty() {
            let written = ready!(Pin::new(&mut self.socket).poll_write(cx, &self.outgoing))?;
            if written == 0 {
                return Poll::Ready(Err(io::ErrorKind::WriteZero.into()));
            }
            self.outgoing.advance(written);
        }
        Poll::Ready(Ok(()))
    }
}

fn http_ok() -> ResponseHeader {
    ResponseHeader::from(http::Response::new(()).into_parts().0)
}

/// One read into the spare room of a buffer; the future keeps nothing between polls.
fn poll_read_into(socket: &mut Socket, cx: &mut Context<'_>, into: &mut BytesMut) -> Poll<io::Result<usize>> {
    std::pin::pin!(socket.read_buf(into)).poll(cx)
}

impl AsyncRead for Connection {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        into: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let this = &mut *self;
        this.line.check()?;
        let limit = match this.line.is_tunnel() {
            true => usize::MAX,
            false => usize::try_from(this.allowance).unwrap_or(usize::MAX),
        };
        let before = into.filled().len();
        let read = match () {
            () if limit == 0 => this.poll_departure(cx),
            () if !this.held.is_empty() => {
                let part = this.held.len().min(into.remaining()).min(limit);
                into.put_slice(this.held.get(..part).unwrap_or_default());
                this.held.advance(part);
                Poll::Ready(Ok(()))
            }
            () if limit >= into.remaining() => Pin::new(&mut this.socket).poll_read(cx, into),
            () => {
                let mut part = ReadBuf::new(into.initialize_unfilled_to(limit));
                let read = Pin::new(&mut this.socket).poll_read(cx, &mut part);
                let count = part.filled().len();
                into.advance(count);
                read
            }
        };
        let count = into.filled().len().saturating_sub(before);
        this.allowance = this.allowance.saturating_sub(count as u64);
        if read.is_pending() {
            // Whoever waits for the other side wants what was said so far to arrive.
            if let Poll::Ready(Err(error)) = this.poll_outgoing(cx) {
                return Poll::Ready(Err(error));
            }
            this.line.watch_read(cx.waker())?;
        }
        read
    }
}

impl AsyncWrite for Connection {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, octets: &[u8]) -> Poll<io::Result<usize>> {
        let this = &mut *self;
        this.line.check()?;
        if this.outgoing.len() + octets.len() <= WRITE_TOGETHER {
            this.outgoing.extend_from_slice(octets);
            return Poll::Ready(Ok(octets.len()));
        }
        let wrote = match this.poll_outgoing(cx) {
            Poll::Ready(Ok(())) => Pin::new(&mut this.socket).poll_write(cx, octets),
            Poll::Ready(Err(error)) => Poll::Ready(Err(error)),
            Poll::Pending => Poll::Pending,
        };
        if wrote.is_pending() {
            this.line.watch_write(cx.waker())?;
        }
        wrote
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        let this = &mut *self;
        this.line.check()?;
        let flushed = match this.poll_outgoing(cx) {
            Poll::Ready(Ok(())) => Pin::new(&mut this.socket).poll_flush(cx),
            other => other,
        };
        if flushed.is_pending() {
            this.line.watch_write(cx.waker())?;
        }
        flushed
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        ready!(self.as_mut().poll_flush(cx))?;
        Pin::new(&mut self.socket).poll_shutdown(cx)
    }
}

#[async_trait]
impl Shutdown for Connection {
    async fn shutdown(&mut self) {
        // The connection is over either way.
        let _ = tokio::io::AsyncWriteExt::shutdown(self).await;
    }
}

impl UniqueID for Connection {
    fn id(&self) -> UniqueIDType {
        0
    }
}

impl Ssl for Connection {
    fn selected_alpn_proto(&self) -> Option<ALPN> {
        self.speaks_h2().then_some(ALPN::H2)
    }
}

impl GetTimingDigest for Connection {
    fn get_timing_digest(&self) -> Vec<Option<TimingDigest>> {
        Vec::new()
    }
}

impl GetProxyDigest for Connection {
    fn get_proxy_digest(&self) -> Option<Arc<ProxyDigest>> {
        Some(Arc::clone(&self.digest))
    }
}

impl GetSocketDigest for Connection {
    fn get_socket_digest(&self) -> Option<Arc<SocketDigest>> {
        None
    }
}

impl Peek for Connection {}

impl fmt::Debug for Connection {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "Connection({})", self.line.peer())
    }
}

/// Takes the connection back from Pingora.
pub fn reclaim(stream: Stream) -> Option<Box<Connection>> {
    stream.into_any().downcast::<Connection>().ok()
}

/// Says why, and then waits a moment for the client to hear it: closing at once with unread octets
/// in the socket would reset the connection before the answer arrives (RFC 9112 §9.6).
pub async fn dismiss(mut connection: Box<Connection>, why: Malformed) {
    let answer = PlainRefusal(why, connection.line.is_secure()).to_string();
    let said = async {
        connection.write_all(answer.as_bytes()).await?;
        tokio::io::AsyncWriteExt::shutdown(&mut connection).await
    };
    if !matches!(
        tokio::time::timeout(Duration::from_secs(2), said).await,
        Ok(Ok(()))
    ) {
        return;
    }
    let mut sink = [0; 4096];
    let mut left = 64 * 1024_usize;
    let heard = async {
        while left > 0 {
            match connection.socket.read(&mut sink).await {
                Ok(0) | Err(_) => return,
                Ok(count) => left = left.saturating_sub(count),
            }
        }
    };
    let _ = tokio::time::timeout(Duration::from_secs(1), heard).await;
}
