//! Listening sockets that outlive a process.
//!
//! The system queues connections at the socket, not at the process: as long as one process holds it, nobody
//! is refused. So each listener's socket is held here a second time, to be given to the process that
//! takes over, and whoever takes over looks here before it opens one of its own.

use std::io;
use std::net::SocketAddr;
use std::os::fd::{AsFd as _, BorrowedFd, OwnedFd};

use rustix::net::sockopt::socket_acceptconn;
use tokio::net::{TcpListener, TcpSocket};

/// Connections that the system holds until they are accepted.
const BACKLOG: u32 = 1024;

/// Listening sockets, each under the address that it was asked for.
#[derive(Debug, Default)]
pub struct Sockets(Vec<Held>);

#[derive(Debug)]
struct Held {
    address: SocketAddr,
    socket: OwnedFd,
    in_use: bool,
}

impl Sockets {
    /// Adds a socket that another process listened on at `address`.
    ///
    /// # Errors
    ///
    /// Whatever is no listening socket of that address.
    pub fn inherit(&mut self, address: SocketAddr, socket: OwnedFd) -> io::Result<()> {
        let listener = std::net::TcpListener::from(socket);
        let bound = listener.local_addr()?;
        let same_port = address.port() == 0 || address.port() == bound.port();
        if bound.ip() != address.ip() || !same_port || !socket_acceptconn(&listener)? {
            return Err(io::Error::other(format!("no socket that listens on {address}")));
        }
        self.0.push(Held {
            address,
            socket: listener.into(),
            in_use: false,
        });
        Ok(())
    }

    /// Listens on `address`: on the socket that is there for it, else on a new one. Must be called on a tokio
    /// runtime.
    ///
    /// # Errors
    ///
    /// What the system says; a busy port is an error.
    pub fn listen(&mut self, address: SocketAddr) -> io::Result<TcpListener> {
        let free = |held: &&mut Held| held.address == address && !held.in_use;
        if let Some(held) = self.0.iter_mut().find(free) {
            let listener = std::net::TcpListener::from(held.socket.try_clone()?);
            listener.set_nonblocking(true)?;
            held.in_use = true;
            return TcpListener::from_std(listener);
        }
        let socket = match address.is_ipv4() {
            true => TcpSocket::new_v4(),
            false => TcpSocket::new_v6(),
        }?;
        // So that a restart does not wait for old connections; Linux lets nobody share a listening port by it.
        socket.set_reuseaddr(true)?;
        socket.bind(address)?;
        let listener = socket.listen(BACKLOG)?;
        self.0.push(Held {
            address,
            socket: listener.as_fd().try_clone_to_owned()?,
            in_use: true,
        });
        Ok(listener)
    }

    /// Lets go of what nobody listens on here.
    pub fn forget_unused(&mut self) {
        self.0.retain(|held| held.in_use);
    }

    /// Each socket and its address.
    pub fn iter(&self) -> impl Iterator<Item = (SocketAddr, BorrowedFd<'_>)> {
        self.0.iter().map(|held| (held.address, held.socket.as_fd()))
    }

    /// A second hold on each of them.
    ///
    /// # Errors
    ///
    /// Where the system gives no more descriptors.
    pub fn try_clone(&self) -> io::Result<Self> {
        let again = |held: &Held| {
            Ok(Held {
                address: held.address,
                socket: held.socket.try_clone()?,
                in_use: held.in_use,
            })
        };
        self.0.iter().map(again).collect::<io::Result<_>>().map(Self)
    }
}

#[cfg(test)]
mod tests {
    use tokio::net::TcpStream;

    use super::*;

    fn any() -> SocketAddr {
        "127.0.0.1:0".parse().unwrap()
    }

    #[tokio::test]
    async fn who_inherits_accepts_what_came_before() {
        let mut old = Sockets::default();
        let listener = old.listen(any()).unwrap();
        let at = listener.local_addr().unwrap();
        let mut new = Sockets::default();
        for (address, socket) in old.iter() {
            new.inherit(address, socket.try_clone_to_owned().unwrap())
                .unwrap();
        }
        drop((old, listener));
        let _early = TcpStream::connect(at).await.unwrap();
        let listener = new.listen(any()).unwrap();
        assert_eq!(listener.local_addr().unwrap(), at);
        listener.accept().await.unwrap();

        let second = new.listen(any()).unwrap();
        assert_ne!(second.local_addr().unwrap(), at, "each is used once");
        drop((new, listener));
        assert!(TcpStream::connect(at).await.is_err());
    }

    #[tokio::test]
    async fn what_is_not_wanted_any_more_is_closed() {
        let mut old = Sockets::default();
        let at = old.listen(any()).unwrap().local_addr().unwrap();
        let mut new = Sockets::default();
        let (_, socket) = old.iter().next().unwrap();
        new.inherit(at, socket.try_clone_to_owned().unwrap()).unwrap();
        drop(old);
        new.forget_unused();
        assert!(TcpStream::connect(at).await.is_err());
    }

    #[tokio::test]
    async fn only_a_socket_that_listens_there_is_taken() {
        let mut old = Sockets::default();
        let at = old.listen(any()).unwrap().local_addr().unwrap();
        let socket = || old.iter().next().unwrap().1.try_clone_to_owned().unwrap();
        let mut new = Sockets::default();
        let elsewhere = SocketAddr::new(at.ip(), at.port().wrapping_add(1));
        assert!(new.inherit(elsewhere, socket()).is_err());
        assert!(new.inherit("127.0.0.2:0".parse().unwrap(), socket()).is_err());
        let connected = TcpStream::connect(at).await.unwrap();
        let mine = connected.local_addr().unwrap();
        let connected = connected.into_std().unwrap();
        assert!(
            new.inherit(mine, connected.into()).is_err(),
            "nobody listens there"
        );
        assert!(new.inherit(at, socket()).is_ok());
    }
}
