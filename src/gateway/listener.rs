//! Sockets: bound before anything is promised, accepted within bounds, drained at the end.
//!
//! An accept loop of our own, because Pingora's takes a busy port for a warning, gives a head no
//! deadline and counts no connections. Each connection is one task; each request on it goes through
//! Pingora's proxy.

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use arc_swap::ArcSwap;
use pingora_core::apps::{HttpServerApp as _, ServerApp as _};
use pingora_core::protocols::http::ServerSession;
use pingora_proxy::HttpProxy;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::JoinSet;
use tokio::time::Instant;
use tokio_rustls::TlsAcceptor;

use super::census::Census;
use super::certificates::{self, CertificateError, Certificates};
use super::connection::{self, Connection, NoRequest};
use super::line::Line;
use super::ports::{Visits, Witness};
use super::settings::ListenerSetting;
use super::socket::Socket;
use super::sockets::Sockets;
use super::stage::Stage;
use super::{Current, Gateway};
use crate::base::client::ClientAddr;

/// Why a listener cannot be opened.
#[derive(Debug, thiserror::Error)]
pub enum BindError {
    /// The address is taken, or not ours.
    #[error("cannot listen on {address}: {source}")]
    Address {
        /// Which.
        address: SocketAddr,
        /// What the system said.
        source: io::Error,
    },
    /// A certificate cannot be used.
    #[error(transparent)]
    Certificate(#[from] CertificateError),
}

/// A listening socket.
pub struct Bound {
    listener: TcpListener,
    address: SocketAddr,
    tls: Option<(TlsAcceptor, Arc<Certificates>)>,
    redirects: bool,
}

impl Bound {
    /// Its address; the port is the one that was given where 0 was asked for.
    pub const fn address(&self) -> SocketAddr {
        self.address
    }

    /// Its certificates, if it speaks TLS.
    pub fn certificates(&self) -> Option<Arc<Certificates>> {
        self.tls
            .as_ref()
            .map(|(_, certificates)| Arc::clone(certificates))
    }
}

/// Opens all listeners, or none; on those `sockets` that are there already. Must be called on a tokio runtime.
///
/// # Errors
///
/// The first that cannot be opened: a busy port is an error, never a warning.
pub fn bind(settings: &[ListenerSetting], sockets: &mut Sockets) -> Result<Vec<Bound>, BindError> {
    settings
        .iter()
        .map(|setting| bind_one(setting, sockets))
        .collect()
}

fn bind_one(setting: &ListenerSetting, sockets: &mut Sockets) -> Result<Bound, BindError> {
    let failed = |source| BindError::Address {
        address: setting.address,
        source,
    };
    let tls = match setting.certificates.is_empty() {
        true => None,
        false => {
            let certificates = Certificates::load(&setting.certificates)?;
            Some((TlsAcceptor::from(certificates.server_config()?), certificates))
        }
    };
    let listener = sockets.listen(setting.address).map_err(failed)?;
    let address = listener.local_addr().map_err(failed)?;
    Ok(Bound {
        listener,
        address,
        tls,
        redirects: setting.redirect_to_https,
    })
}

/// What all connections have in common.
pub struct Reception<V: Visits> {
    /// The proxy.
    pub(super) proxy: Arc<HttpProxy<Gateway<V>>>,
    /// Who is connected.
    pub(super) census: Arc<Census>,
    /// What a reload replaces.
    pub(super) current: Arc<ArcSwap<Current>>,
    /// Who is told of what is refused.
    pub(super) witness: Arc<dyn Witness>,
}

impl<V: Visits> Reception<V> {
    /// Accepts and serves while the stage is open; then lets what is under way end, for as long as it is
    /// given (`drain`).
    pub async fn serve(self: Arc<Self>, listeners: Vec<Bound>, mut stage: watch::Receiver<Stage>) {
        // What Pingora looks at: whether an answer is its connection's last.
        let (last, is_last) = watch::channel(false);
        let mut loops = JoinSet::new();
        for bound in listeners {
            loops.spawn(Arc::clone(&self).accept(bound, stage.clone(), is_last.clone()));
        }
        Stage::comes(&mut stage, |stage| *stage != Stage::Open).await;
        last.send_replace(true);
        let drained = async { while loops.join_next().await.is_some() {} };
        let closing = async {
            Stage::comes(&mut stage, |stage| *stage == Stage::Closing).await;
            self.census.close_when_idle();
            std::future::pending::<()>().await;
        };
        let over = async {
            tokio::select! { () = drained => {}, () = closing => {} }
        };
        if tokio::time::timeout(self.current.load().drain, over)
            .await
            .is_err()
        {
            tracing::info!(
                connections = self.census.count(),
                "closing what has not ended in time"
            );
            self.census.sever();
            loops.shutdown().await;
        }
    }

    async fn accept(
        self: Arc<Self>,
        bound: Bound,
        mut stage: watch::Receiver<Stage>,
        is_last: watch::Receiver<bool>,
    ) {
        let Bound {
            listener,
            tls,
            redirects,
            ..
        } = bound;
        let (acceptor, certificates) = tls.unzip();
        let mut connections = JoinSet::new();
        let mut look = tokio::time::interval(certificates::LOOK_EVERY);
        let given = stage.clone();
        loop {
            tokio::select! {
                accepted = listener.accept() => match accepted {
                    Ok((stream, peer)) => {
                        let ends = (given.clone(), is_last.clone());
                        let task = Arc::clone(&self).receive(stream, peer, acceptor.clone(), redirects, ends);
                        connections.spawn(task);
                    }
                    Err(error) => {
                        // Out of descriptors, most likely: others have to close first.
                        tracing::warn!(%error, "cannot accept a connection");
                        tokio::time::sleep(Duration::from_millis(50)).await;
                    }
                },
                Some(_) = connections.join_next() => {}
                _ = look.tick(), if certificates.is_some() => {
                    if let Some(certificates) = &certificates {
                        certificates.refresh();
                    }
                }
                () = Stage::comes(&mut stage, |stage| !stage.accepts()) => break,
            }
        }
        drop(listener);
        while connections.join_next().await.is_some() {}
    }

    async fn receive(
        self: Arc<Self>,
        stream: TcpStream,
        peer: SocketAddr,
        acceptor: Option<TlsAcceptor>,
        redirects: bool,
        (stage, is_last): (watch::Receiver<Stage>, watch::Receiver<bool>),
    ) {
        let current = self.current.load_full();
        let deadline = Instant::now() + current.head.time;
        let peer = ClientAddr::new(peer.ip());
        let trusted = current.trusted.iter().any(|net| net.contains(&peer.ip()));
        drop(current);
        let line = Arc::new(Line::new(peer, trusted, acceptor.is_some(), redirects));
        let Some(_place) = self.census.admit(&line) else {
            self.witness.crowded(peer);
            return;
        };
        let _counted = Counted::new(&self.witness);
        if *stage.borrow() == Stage::Closing {
            line.close_when_idle();
        }
        let _ = stream.set_nodelay(true);
        let socket = match acceptor {
            None => Socket::Plain(stream),
            Some(acceptor) => match tokio::time::timeout_at(deadline, acceptor.accept(stream)).await {
                Ok(Ok(stream)) => Socket::Secure(Box::new(stream)),
                Ok(Err(_)) | Err(_) => return,
            },
        };
        let connection = Box::new(Connection::new(socket, line, deadline));
        if connection.speaks_h2() {
            self.serve_h2(connection, &is_last).await;
        } else {
            self.serve_h1(connection, &is_last).await;
        }
    }

    async fn serve_h2(&self, mut connection: Box<Connection>, is_last: &watch::Receiver<bool>) {
        if connection.preface().await.is_ok() {
            self.proxy.process_new(connection, is_last).await;
        }
    }

    async fn serve_h1(&self, mut connection: Box<Connection>, is_last: &watch::Receiver<bool>) {
        let mut first = true;
        loop {
            let limits = self.current.load().head;
            match connection.next_head(&limits, first).await {
                Ok(()) => {}
                Err(NoRequest::Closed) => return,
                Err(NoRequest::Refused(why)) => {
                    self.witness.malformed(connection.line().peer(), why);
                    connection::dismiss(connection, why).await;
                    return;
                }
            }
            first = false;
            let mut session = ServerSession::new_http1(connection);
            // Any span: it is `next_head` that waits, and no request is read twice.
            session.set_keepalive(Some(60));
            let Some(reused) = self.proxy.process_new_http(session, is_last).await else {
                return;
            };
            let (stream, _) = reused.consume();
            match connection::reclaim(stream) {
                Some(back) if back.is_between_requests() => connection = back,
                _ => return,
            }
        }
    }
}

/// Has a connection counted while it is there.
struct Counted<'a>(&'a dyn Witness);

impl<'a> Counted<'a> {
    fn new(witness: &'a Arc<dyn Witness>) -> Self {
        witness.connections(1);
        Self(&**witness)
    }
}

impl Drop for Counted<'_> {
    fn drop(&mut self) {
        self.0.connections(-1);
    }
}
