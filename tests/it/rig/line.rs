//! A line between two programs that a test can make slow, silent, or cut.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::{AbortHandle, JoinSet};
use tokio::time::sleep;

/// What becomes of what is sent.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Manner {
    /// It arrives.
    Well,
    /// It arrives, so much later.
    Late(Duration),
    /// It does not arrive; nobody is told.
    Silent,
    /// Connections are reset, and so are new ones.
    Cut,
}

/// Listens on one address and passes everything on to another. Ends when it is dropped.
pub struct Line {
    pub address: SocketAddr,
    manner: Arc<watch::Sender<Manner>>,
    accepting: AbortHandle,
}

impl Drop for Line {
    fn drop(&mut self) {
        self.accepting.abort();
    }
}

impl Line {
    pub async fn to(target: SocketAddr) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let manner = Arc::new(watch::Sender::new(Manner::Well));
        let shared = Arc::clone(&manner);
        let accepting = tokio::spawn(async move {
            let mut connections = JoinSet::new();
            loop {
                let (near, _) = listener.accept().await.unwrap();
                connections.spawn(carry(near, target, shared.subscribe()));
                while connections.try_join_next().is_some() {}
            }
        });
        Self {
            address,
            manner,
            accepting: accepting.abort_handle(),
        }
    }

    /// From now on.
    pub fn turn(&self, manner: Manner) {
        self.manner.send_replace(manner);
    }

    /// Resets the connections that are there, and lets new ones be made.
    pub async fn reset(&self) {
        self.turn(Manner::Cut);
        sleep(Duration::from_millis(20)).await;
        self.turn(Manner::Well);
    }
}

async fn carry(near: TcpStream, target: SocketAddr, manner: watch::Receiver<Manner>) {
    // Closed with something unread or with this set, a socket says RST.
    near.set_zero_linger().unwrap();
    near.set_nodelay(true).unwrap();
    let mut cut = manner.clone();
    let carrying = async {
        let Ok(far) = TcpStream::connect(target).await else {
            return;
        };
        far.set_nodelay(true).unwrap();
        let (near_in, near_out) = near.into_split();
        let (far_in, far_out) = far.into_split();
        tokio::select! {
            () = copy(near_in, far_out, manner.clone()) => (),
            () = copy(far_in, near_out, manner) => (),
        }
    };
    tokio::select! {
        () = carrying => (),
        _ = cut.wait_for(|manner| *manner == Manner::Cut) => (),
    }
}

async fn copy(
    mut from: tokio::net::tcp::OwnedReadHalf,
    mut to: tokio::net::tcp::OwnedWriteHalf,
    mut manner: watch::Receiver<Manner>,
) {
    let mut buffer = vec![0; 64 * 1024];
    while let Ok(count @ 1..) = from.read(&mut buffer).await {
        let now = *manner.borrow();
        match now {
            Manner::Late(by) => sleep(by).await,
            Manner::Silent => {
                let heard = manner.wait_for(|manner| *manner != Manner::Silent).await;
                if heard.is_err() {
                    return;
                }
            }
            Manner::Well | Manner::Cut => (),
        }
        if to.write_all(&buffer[..count]).await.is_err() {
            return;
        }
    }
}
