//! The socket to a portal for requests whose answer lasts, a WebSocket's above all.
//!
//! ```text
//! head written ─▶ ┬─ "the request has no body" ─┐ inside Pingora: whichever is seen first
//!                 └─ 101 read from the socket ──┘
//! ```
//!
//! Where Pingora 0.9.1 comes upon the 101 first, it takes the end of the request, which comes second, for the
//! end of the tunnel: the browser gets its 101, and then a connection that is closed
//! (<https://github.com/cloudflare/pingora/issues/946>). So it happens where the portal is fast or this
//! machine busy. Here the first look for an answer after something was written finds nothing yet, and another
//! one follows at once: by then the end of the request, which was there before, has been seen.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};

use async_trait::async_trait;
use pingora_core::connectors::l4::Connect;
use pingora_core::protocols::l4::socket::SocketAddr;
use pingora_core::protocols::l4::stream::Stream;
use pingora_core::protocols::l4::virt::{VirtualSockOpt, VirtualSocket, VirtualSocketStream};
use pingora_core::{Error, ErrorType, OrErr as _, Result};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;

/// Connects such sockets. How long that may take is Pingora's to watch.
#[derive(Debug)]
pub struct Dialler;

#[async_trait]
impl Connect for Dialler {
    async fn connect(&self, address: &SocketAddr) -> Result<Stream> {
        let Some(address) = address.as_inet() else {
            return Error::e_explain(ErrorType::ConnectError, "no address of a network");
        };
        let socket = match TcpStream::connect(address).await {
            Err(error) if error.kind() == io::ErrorKind::ConnectionRefused => {
                return Error::e_because(ErrorType::ConnectRefused, "connecting to a portal", error);
            }
            other => other.or_err(ErrorType::ConnectError, "connecting to a portal")?,
        };
        Ok(VirtualSocketStream::new(Box::new(Tunnel { socket, asked: false })).into())
    }
}

/// The socket.
#[derive(Debug)]
struct Tunnel<S = TcpStream> {
    socket: S,
    /// Something was written since the last look for an answer.
    asked: bool,
}

impl VirtualSocket for Tunnel {
    fn set_socket_option(&self, option: VirtualSockOpt) -> io::Result<()> {
        match option {
            VirtualSockOpt::NoDelay => self.socket.set_nodelay(true),
            // Nobody sets another on a portal's connection.
            _ => Err(io::ErrorKind::Unsupported.into()),
        }
    }
}

impl<S: AsyncRead + Unpin> AsyncRead for Tunnel<S> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        into: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        if std::mem::take(&mut self.asked) {
            cx.waker().wake_by_ref();
            return Poll::Pending;
        }
        Pin::new(&mut self.socket).poll_read(cx, into)
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for Tunnel<S> {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, octets: &[u8]) -> Poll<io::Result<usize>> {
        self.asked = true;
        Pin::new(&mut self.socket).poll_write(cx, octets)
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.socket).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.socket).poll_shutdown(cx)
    }
}

#[cfg(test)]
mod tests {
    use futures_util::FutureExt as _;
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _, duplex};

    use super::*;

    #[tokio::test]
    async fn an_answer_is_found_at_the_second_look_only() {
        let (near, mut far) = duplex(64);
        let mut tunnel = Tunnel {
            socket: near,
            asked: false,
        };
        let mut answer = [0; 3];
        for _ in 0..2 {
            tunnel.write_all(b"ask").await.unwrap();
            far.write_all(b"101").await.unwrap();
            assert!(tunnel.read(&mut answer).now_or_never().is_none());
            assert_eq!(tunnel.read(&mut answer).now_or_never().unwrap().unwrap(), 3);
        }
        // Whoever waits is woken for the second look.
        tunnel.write_all(b"ask").await.unwrap();
        far.write_all(b"101").await.unwrap();
        assert_eq!(tunnel.read(&mut answer).await.unwrap(), 3);
    }
}
