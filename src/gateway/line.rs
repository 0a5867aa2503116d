//! What all requests of one connection share, and the switch that ends them.
//!
//! Severing a line fails the next read and write and wakes whoever waits for one: no hook of Pingora
//! runs on an idle WebSocket or event stream, so this is how they end with their session. On HTTP/2 all
//! streams of the connection end with it.

use std::fmt;
use std::io;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::Waker;

use futures_util::task::AtomicWaker;
use http::HeaderValue;

use super::cookies::LastCookies;
use crate::base::client::ClientAddr;

/// What all requests of one connection share.
pub struct Line {
    peer: ClientAddr,
    peer_value: HeaderValue,
    trusted: bool,
    secure: bool,
    redirects: bool,
    cookies: LastCookies,
    severed: AtomicBool,
    closing: AtomicBool,
    tunnel: AtomicBool,
    reader: AtomicWaker,
    writer: AtomicWaker,
}

impl Line {
    /// A connection from `peer`; `trusted` where it may say for whom it speaks, `secure` over TLS,
    /// `redirects` where it came to a listener that only sends browsers to https.
    pub fn new(peer: ClientAddr, trusted: bool, secure: bool, redirects: bool) -> Self {
        Self {
            peer,
            peer_value: address_value(peer),
            trusted,
            secure,
            redirects,
            cookies: LastCookies::default(),
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

    /// Whether its listener only sends browsers to https.
    pub const fn redirects(&self) -> bool {
        self.redirects
    }

    /// The cookies of its last request.
    pub const fn cookies(&self) -> &LastCookies {
        &self.cookies
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

    /// Whether it is to end between two requests.
    pub fn is_closing(&self) -> bool {
        self.closing.load(Ordering::Acquire)
    }

    /// Whether octets belong to no request any more.
    pub fn is_tunnel(&self) -> bool {
        self.tunnel.load(Ordering::Acquire)
    }

    /// Has the reader woken by what happens to the line.
    ///
    /// # Errors
    ///
    /// As [`Self::check`], for what happened meanwhile.
    pub fn watch_read(&self, waker: &Waker) -> io::Result<()> {
        self.reader.register(waker);
        self.check()
    }

    /// Has the writer woken by what happens to the line.
    ///
    /// # Errors
    ///
    /// As [`Self::check`], for what happened meanwhile.
    pub fn watch_write(&self, waker: &Waker) -> io::Result<()> {
        self.writer.register(waker);
        self.check()
    }

    /// # Errors
    ///
    /// `ConnectionAborted` once it has been severed.
    pub fn check(&self) -> io::Result<()> {
        match self.severed.load(Ordering::Acquire) {
            true => Err(io::Error::new(
                io::ErrorKind::ConnectionAborted,
                "the session ended",
            )),
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
