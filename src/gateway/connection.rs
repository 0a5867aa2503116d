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
//!
//! [`Line`] is the switch that ends long-lived answers: severing it fails the next read and write, and
//! wakes whoever waits for one. On HTTP/2 all streams of the connection end with it.

use std::any::Any;
use std::fmt;
use std::io;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll, ready};
use std::time::Duration;

use async_trait::async_trait;
use bytes::{Buf as _, BytesMut};
use futures_util::task::AtomicWaker;
use http::HeaderValue;
use pingora_core::protocols::raw_connect::ProxyDigest;
use pingora_core::protocols::tls::SslDigest;
use pingora_core::protocols::{
    ALPN, GetProxyDigest, GetSocketDigest, GetTimingDigest, Peek, Shutdown, SocketDigest, Ssl, TimingDigest,
    UniqueID, UniqueIDType,
};
use pingora_http::ResponseHeader;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio::time::{Instant, Sleep};
use tokio_rustls::server::TlsStream;

use super::head::{self, Framing, Malformed, Scan};
use crate::base::client::ClientAddr;

/// Written octets that wait for more, so that a head and a short body leave in one segment.
const WRITE_TOGETHER: usize = 4096;
/// Octets of following requests that are taken from the socket while one is answered.
const READ_AHEAD: usize = 16 * 1024;

/// What all requests of one connection share.
pub struct Line {
    peer: ClientAddr,
    peer_value: HeaderValue,
    trusted: bool,
    secure: bool,
    severed: AtomicBool,
    closing: AtomicBool,
    tunnel: AtomicBool,
    reader: AtomicWaker,
    writer: AtomicWaker,
}

impl Line {
    /// A connection from `peer`; `trusted` where it may say for whom it speaks, `secure` over TLS.
    pub fn new(peer: ClientAddr, trusted: bool, secure: bool) -> Self {
        Self {
            peer,
            peer_value: address_value(peer),
            trusted,
            secure,
            severed: AtomicBool::new(false),
            closing: AtomicBool::new(false),
            tunnel: AtomicBool::new(false),
            reader: AtomicWaker::new(),
            writer: AtomicWaker::new(),
        }
    }

    /// Who is at the other end.
    pub const fn peer(&self) -> ClientAddr {
        self.peer
    }

    /// The same, as a header's value.
    pub const fn peer_value(&self) -> &HeaderValue {
        &self.peer_value
    }

    /// Whether it may say for whom it speaks.
    pub const fn is_trusted(&self) -> bool {
        self.trusted
    }

    /// Whether it came over TLS.
    pub const fn is_secure(&self) -> bool {
        self.secure
    }

    /// Ends the connection now, whatever it is doing.
    pub fn sever(&self) {
        self.severed.store(true, Ordering::Release);
        self.reader.wake();
        self.writer.wake();
    }

    /// Ends the connection once it is between two requests.
    pub fn close_when_idle(&self) {
        self.closing.store(true, Ordering::Release);
        self.reader.wake();
    }

    /// From here on the octets belong to no request: the upstream has switched protocols.
    pub fn open_tunnel(&self) {
        self.tunnel.store(true, Ordering::Release);
        self.reader.wake();
    }

    fn check(&self) -> io::Result<()> {
        match self.severed.load(Ordering::Acquire) {
            true => Err(io::Error::new(io::ErrorKind::ConnectionAborted, "the session ended")),
            false => Ok(()),
        }
    }
}

impl fmt::Debug for Line {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "Line({})", self.peer)
    }
}

/// An address as a header's value.
pub fn address_value(address: ClientAddr) -> HeaderValue {
    // An address prints as digits, letters, dots and colons: always a value.
    HeaderValue::try_from(address.to_string()).unwrap_or_else(|_| HeaderValue::from_static("unknown"))
}

/// The socket, with or without TLS.
#[derive(Debug)]
pub enum Socket {
    /// In the clear.
    Plain(TcpStream),
    /// Inside TLS.
    Secure(Box<TlsStream<TcpStream>>),
}

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
    socket_digest: Option<Arc<SocketDigest>>,
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
        let digest = Arc::new(ProxyDigest::new(Box::new(head), Some(Box::new(Arc::clone(&line)))));
        Self {
            socket,
            line,
            digest,
            socket_digest: None,
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

    /// Whether the client chose HTTP/2 in the handshake (RFC 7301).
    pub fn speaks_h2(&self) -> bool {
        match &self.socket {
            Socket::Plain(_) => false,
            Socket::Secure(stream) => stream.get_ref().1.alpn_protocol() == Some(b"h2"),
        }
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
            if !self.held.is_empty() && !begun {
                begun = true;
                self.set_timer(limits.time);
            }
            let end = scan.find_end(&self.held).map_err(NoRequest::Refused)?;
            if end.unwrap_or(self.held.len()) > limits.octets {
                return Err(NoRequest::Refused(Malformed::TooLarge));
            }
            if let Some(end) = end {
                let head = self.held.get(..end).unwrap_or_default();
                let framing = head::check(head, limits.fields).map_err(NoRequest::Refused)?;
                self.allowance = match framing {
                    Framing::Length(length) => length.saturating_add(end as u64),
                    Framing::Chunked => u64::MAX,
                };
                return Ok(());
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
        let before = self.held.len();
        let read = poll_read_buf(&mut self.socket, cx, &mut self.held);
        if read.is_ready() {
            ready!(read)?;
            return Poll::Ready(Ok(self.held.len() - before));
        }
        self.line.reader.register(cx.waker());
        self.line.check()?;
        if self.held.is_empty() && self.line.closing.load(Ordering::Acquire) {
            return Poll::Ready(Ok(0));
        }
        ready!(self.timer.as_mut().poll_deadline(cx));
        Poll::Ready(Err(io::ErrorKind::TimedOut.into()))
    }

    /// Between the end of a request and its answer, the only news is that the client left.
    fn poll_departure(&mut self, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        while !self.ended && self.held.len() < READ_AHEAD {
            let before = self.held.len();
            self.held.reserve(1024);
            ready!(poll_read_buf(&mut self.socket, cx, &mut self.held))?;
            self.ended = self.held.len() == before;
        }
        // With requests waiting, a half-closed connection still wants its answers.
        match self.ended && self.held.is_empty() {
            true => Poll::Ready(Ok(())),
            false => Poll::Pending,
        }
    }

    fn poll_outgoing(&mut self, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        while !self.outgoing.is_empty() {
            let written = ready!(poll_write_socket(&mut self.socket, cx, &self.outgoing))?;
            if written == 0 {
                return Poll::Ready(Err(io::ErrorKind::WriteZero.into()));
            }
            self.outgoing.advance(written);
        }
        Poll::Ready(Ok(()))
    }
}

/// `Sleep` as a plain poll, for hand-written futures.
trait PollDeadline {
    fn poll_deadline(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()>;
}

impl PollDeadline for Sleep {
    fn poll_deadline(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        std::future::Future::poll(self, cx)
    }
}

fn http_ok() -> ResponseHeader {
    ResponseHeader::from(http::Response::new(()).into_parts().0)
}

fn poll_read_socket(socket: &mut Socket, cx: &mut Context<'_>, into: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
    match socket {
        Socket::Plain(stream) => Pin::new(stream).poll_read(cx, into),
        Socket::Secure(stream) => Pin::new(stream.as_mut()).poll_read(cx, into),
    }
}

fn poll_write_socket(socket: &mut Socket, cx: &mut Context<'_>, octets: &[u8]) -> Poll<io::Result<usize>> {
    match socket {
        Socket::Plain(stream) => Pin::new(stream).poll_write(cx, octets),
        Socket::Secure(stream) => Pin::new(stream.as_mut()).poll_write(cx, octets),
    }
}

fn poll_read_buf(socket: &mut Socket, cx: &mut Context<'_>, into: &mut BytesMut) -> Poll<io::Result<()>> {
    let read = match socket {
        Socket::Plain(stream) => tokio_read(Pin::new(stream), cx, into),
        Socket::Secure(stream) => tokio_read(Pin::new(stream.as_mut()), cx, into),
    };
    read.map_ok(|_| ())
}

/// One read into the spare capacity of a buffer.
fn tokio_read<S: AsyncRead>(stream: Pin<&mut S>, cx: &mut Context<'_>, into: &mut BytesMut) -> Poll<io::Result<usize>> {
    use bytes::BufMut as _;

    // A bounce on the stack: a slice of uninitialised capacity needs unsafe code to be claimed.
    let mut bounce = [std::mem::MaybeUninit::<u8>::uninit(); 2048];
    let mut buffer = ReadBuf::uninit(&mut bounce);
    ready!(stream.poll_read(cx, &mut buffer))?;
    into.put_slice(buffer.filled());
    Poll::Ready(Ok(buffer.filled().len()))
}

impl AsyncRead for Connection {
    fn poll_read(mut self: Pin<&mut Self>, cx: &mut Context<'_>, into: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        let this = &mut *self;
        this.line.check()?;
        let tunnel = this.line.tunnel.load(Ordering::Acquire);
        let read = match () {
            () if this.allowance == 0 && !tunnel => this.poll_departure(cx),
            () if !this.held.is_empty() => {
                let part = this
                    .held
                    .len()
                    .min(into.remaining())
                    .min(usize::try_from(this.allowance).unwrap_or(usize::MAX).max(usize::from(tunnel) * usize::MAX));
                into.put_slice(this.held.get(..part).unwrap_or_default());
                this.held.advance(part);
                this.allowance = this.allowance.saturating_sub(part as u64);
                return Poll::Ready(Ok(()));
            }
            () => {
                let limit = match tunnel {
                    true => into.remaining(),
                    false => into.remaining().min(usize::try_from(this.allowance).unwrap_or(usize::MAX)),
                };
                let mut part = into.take(limit);
                let read = poll_read_socket(&mut this.socket, cx, &mut part);
                let count = part.filled().len();
                drop(part);
                if count > 0 {
                    this.allowance = this.allowance.saturating_sub(count as u64);
                }
                read
            }
        };
        if read.is_pending() {
            // Whoever waits for the other side wants what was said so far to arrive.
            if let Poll::Ready(Err(error)) = this.poll_outgoing(cx) {
                return Poll::Ready(Err(error));
            }
            this.line.reader.register(cx.waker());
            this.line.check()?;
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
            Poll::Ready(Ok(())) => poll_write_socket(&mut this.socket, cx, octets),
            Poll::Ready(Err(error)) => Poll::Ready(Err(error)),
            Poll::Pending => Poll::Pending,
        };
        if wrote.is_pending() {
            this.line.writer.register(cx.waker());
            this.line.check()?;
        }
        wrote
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        let this = &mut *self;
        this.line.check()?;
        let flushed = match this.poll_outgoing(cx) {
            Poll::Ready(Ok(())) => match &mut this.socket {
                Socket::Plain(_) => Poll::Ready(Ok(())),
                Socket::Secure(stream) => Pin::new(stream.as_mut()).poll_flush(cx),
            },
            other => other,
        };
        if flushed.is_pending() {
            this.line.writer.register(cx.waker());
            this.line.check()?;
        }
        flushed
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        ready!(self.as_mut().poll_flush(cx))?;
        match &mut self.socket {
            Socket::Plain(stream) => Pin::new(stream).poll_shutdown(cx),
            Socket::Secure(stream) => Pin::new(stream.as_mut()).poll_shutdown(cx),
        }
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
    fn get_ssl_digest(&self) -> Option<Arc<SslDigest>> {
        None
    }

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
        self.socket_digest.clone()
    }
}

impl Peek for Connection {}

impl fmt::Debug for Connection {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "Connection({})", self.line.peer)
    }
}

/// Takes the connection back from Pingora.
pub fn reclaim(stream: pingora_core::protocols::Stream) -> Option<Box<Connection>> {
    let any: Box<dyn Any> = stream.into_any();
    any.downcast::<Connection>().ok()
}

/// Says why, and then waits a moment for the client to hear it: closing at once with unread octets
/// in the socket would reset the connection before the answer arrives (RFC 9112 §9.6).
pub async fn dismiss(mut connection: Box<Connection>, why: Malformed) {
    use tokio::io::AsyncWriteExt as _;

    let answer = head::PlainRefusal(why).to_string();
    let said = async {
        connection.write_all(answer.as_bytes()).await?;
        connection.flush().await?;
        AsyncWriteExt::shutdown(&mut connection).await
    };
    if !matches!(tokio::time::timeout(Duration::from_secs(2), said).await, Ok(Ok(()))) {
        return;
    }
    let mut sink = [0; 4096];
    let mut left = 64 * 1024_usize;
    let heard = async {
        while left > 0 {
            let mut buffer = ReadBuf::new(&mut sink);
            let read = std::future::poll_fn(|cx| poll_read_socket(&mut connection.socket, cx, &mut buffer)).await;
            let count = buffer.filled().len();
            if read.is_err() || count == 0 {
                return;
            }
            left = left.saturating_sub(count);
        }
    };
    let _ = tokio::time::timeout(Duration::from_secs(1), heard).await;
}
