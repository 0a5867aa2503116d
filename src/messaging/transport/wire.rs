//! The stream below the conversation, and its one rule: nothing in clear text after STARTTLS.

use std::io;
use std::net::SocketAddr;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use lettre::transport::smtp::client::AsyncTokioStream;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio_rustls::client::TlsStream;

/// What SMTP is spoken over.
#[derive(Debug)]
pub(super) enum Wire {
    Plain { socket: TcpStream, expects: Expects },
    Tls(Box<TlsStream<TcpStream>>),
}

/// What may come next on a connection that is not encrypted (yet).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Expects {
    Anything,
    /// STARTTLS was sent: one line, then the handshake.
    OneLine,
    /// The server broke that rule; nothing it says is listened to any more.
    Nothing,
}

impl Wire {
    /// Not encrypted (yet).
    pub(super) const fn plain(socket: TcpStream) -> Self {
        Self::Plain {
            socket,
            expects: Expects::Anything,
        }
    }
}

impl AsyncTokioStream for Wire {
    fn peer_addr(&self) -> io::Result<SocketAddr> {
        match self {
            Self::Plain { socket, .. } => socket.peer_addr(),
            Self::Tls(stream) => stream.get_ref().0.peer_addr(),
        }
    }
}

impl AsyncRead for Wire {
    fn poll_read(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        match self.get_mut() {
            Self::Tls(stream) => Pin::new(stream).poll_read(context, buffer),
            Self::Plain {
                socket,
                expects: Expects::Anything,
            } => Pin::new(socket).poll_read(context, buffer),
            Self::Plain {
                expects: Expects::Nothing,
                ..
            } => Poll::Ready(Ok(())),
            Self::Plain { socket, expects } => {
                ready!(Pin::new(socket).poll_read(context, buffer))?;
                // What follows the answer in clear text would be read as if it had come
                // encrypted (RFC 3207 §4.2: discard it; CVE-2011-0411).
                let end = buffer.filled().iter().position(|octet| *octet == b'\n');
                *expects = match end {
                    None => Expects::OneLine,
                    Some(end) if end + 1 == buffer.filled().len() => Expects::Anything,
                    Some(_) => Expects::Nothing,
                };
                Poll::Ready(if *expects == Expects::Nothing {
                    Err(io::Error::new(
                        io::ErrorKind::InvalidData,
                        "the server spoke on after agreeing to STARTTLS",
                    ))
                } else {
                    Ok(())
                })
            }
        }
    }
}

impl AsyncWrite for Wire {
    fn poll_write(self: Pin<&mut Self>, context: &mut Context<'_>, octets: &[u8]) -> Poll<io::Result<usize>> {
        match self.get_mut() {
            Self::Tls(stream) => Pin::new(stream).poll_write(context, octets),
            Self::Plain { socket, expects } => {
                if octets == b"STARTTLS\r\n" {
                    *expects = Expects::OneLine;
                }
                Pin::new(socket).poll_write(context, octets)
            }
        }
    }

    fn poll_flush(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        match self.get_mut() {
            Self::Tls(stream) => Pin::new(stream).poll_flush(context),
            Self::Plain { socket, .. } => Pin::new(socket).poll_flush(context),
        }
    }

    fn poll_shutdown(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        match self.get_mut() {
            Self::Tls(stream) => Pin::new(stream).poll_shutdown(context),
            Self::Plain { socket, .. } => Pin::new(socket).poll_shutdown(context),
        }
    }
}
