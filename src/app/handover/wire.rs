//! Lines over a Unix socket, and descriptors with them (unix(7), SCM_RIGHTS).

use std::io::{self, IoSlice, IoSliceMut};
use std::mem::MaybeUninit;
use std::os::fd::{BorrowedFd, OwnedFd};
use std::time::Duration;

use rustix::cmsg_space;
use rustix::net::{
    RecvAncillaryBuffer, RecvAncillaryMessage, RecvFlags, SendAncillaryBuffer, SendAncillaryMessage,
    SendFlags, recvmsg, sendmsg,
};
use tokio::io::{AsyncWriteExt as _, Interest};
use tokio::net::UnixStream;

/// Descriptors that the system takes in one message (unix(7), SCM_MAX_FD).
const AT_MOST: usize = 253;

/// Octets of the longest line: that many addresses.
const LONGEST: usize = 32 * 1024;

/// One side of the conversation.
pub(super) struct Wire {
    stream: UnixStream,
    /// Received after the end of the last line.
    rest: Vec<u8>,
}

impl Wire {
    pub(super) fn new(stream: UnixStream) -> Self {
        Self {
            stream,
            rest: Vec::new(),
        }
    }

    pub(super) async fn send(&mut self, line: &str) -> io::Result<()> {
        self.stream.write_all(format!("{line}\n").as_bytes()).await
    }

    /// Sends a line, and descriptors with its first octet.
    pub(super) async fn send_with(&mut self, line: &str, descriptors: &[BorrowedFd<'_>]) -> io::Result<()> {
        let octets = format!("{line}\n").into_bytes();
        let send = || {
            let mut room = [MaybeUninit::uninit(); cmsg_space!(ScmRights(AT_MOST))];
            let mut control = SendAncillaryBuffer::new(&mut room);
            if !control.push(SendAncillaryMessage::ScmRights(descriptors)) {
                return Err(io::Error::other("too many sockets"));
            }
            let parts = [IoSlice::new(&octets)];
            Ok(sendmsg(&self.stream, &parts, &mut control, SendFlags::NOSIGNAL)?)
        };
        let sent = self.stream.async_io(Interest::WRITABLE, send).await?;
        let rest = octets.get(sent..).unwrap_or_default();
        self.stream.write_all(rest).await
    }

    /// Waits for exactly this line.
    pub(super) async fn expect(&mut self, wanted: &str, within: Duration) -> io::Result<()> {
        let (line, _) = self.receive_with(within).await?;
        match line == wanted {
            true => Ok(()),
            false => Err(io::Error::other("the other process speaks of something else")),
        }
    }

    /// Waits for a line, and takes the descriptors that come with it.
    pub(super) async fn receive_with(&mut self, within: Duration) -> io::Result<(String, Vec<OwnedFd>)> {
        let received = tokio::time::timeout(within, self.receive()).await;
        received.map_err(|_| io::Error::from(io::ErrorKind::TimedOut))?
    }

    async fn receive(&mut self) -> io::Result<(String, Vec<OwnedFd>)> {
        let mut descriptors = Vec::new();
        loop {
            if let Some(end) = self.rest.iter().position(|octet| *octet == b'\n') {
                let mut line: Vec<u8> = self.rest.drain(..=end).collect();
                line.pop();
                let line = String::from_utf8(line).map_err(io::Error::other)?;
                return Ok((line, descriptors));
            }
            if self.rest.len() > LONGEST {
                return Err(io::Error::other("too long a line"));
            }
            let (octets, more) = self.stream.async_io(Interest::READABLE, || self.read()).await?;
            if octets.is_empty() {
                return Err(io::Error::new(
                    io::ErrorKind::UnexpectedEof,
                    "the other process has ended",
                ));
            }
            self.rest.extend(octets);
            descriptors.extend(more);
        }
    }

    fn read(&self) -> io::Result<(Vec<u8>, Vec<OwnedFd>)> {
        let mut room = [MaybeUninit::uninit(); cmsg_space!(ScmRights(AT_MOST))];
        let mut control = RecvAncillaryBuffer::new(&mut room);
        let mut octets = vec![0; 4096];
        let mut parts = [IoSliceMut::new(&mut octets)];
        // Not for programs that this one starts.
        let received = recvmsg(&self.stream, &mut parts, &mut control, RecvFlags::CMSG_CLOEXEC)?;
        let mut descriptors = Vec::new();
        for message in control.drain() {
            if let RecvAncillaryMessage::ScmRights(rights) = message {
                descriptors.extend(rights);
            }
        }
        octets.truncate(received.bytes);
        Ok((octets, descriptors))
    }
}
