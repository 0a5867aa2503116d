//! The portal's servers: which one gets a request, and how it is reached.
//!
//! Servers take turns; one that failed its last health check is passed over, and where all have, they
//! are tried all the same: a check may be wrong, a visitor's request is the better probe. A server
//! that does not accept the connection is followed by the next, for nothing was sent yet.
//!
//! Over TLS the certificate is always verified. Pingora verifies nothing where the name is empty, so a
//! name is never empty here.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};
use std::time::Duration;

use arc_swap::ArcSwap;
use http::{HeaderName, HeaderValue};
use pingora_core::protocols::ALPN;
use pingora_core::protocols::tls::CaType;
use pingora_core::upstreams::peer::{HttpPeer, HttpUpstreamRequestPolicy};
use pingora_core::utils::tls::{WrappedX509, parse_x509};
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject as _;
use x509_parser::prelude::{FromDer as _, X509Certificate};

use super::roots;
use super::settings::{HealthCheck, ServerSetting, SiteSetting, UpstreamHost, UpstreamSetting};
use super::tunnel::Dialler;

/// How long an idle connection to a portal is kept for the next request.
const IDLE: Duration = Duration::from_secs(60);

/// How long a name may take to resolve.
const PATIENCE: Duration = Duration::from_secs(5);

/// Why a portal cannot be reached as configured.
#[derive(Debug, thiserror::Error)]
pub enum UpstreamError {
    /// The file of authorities does not hold any.
    #[error("cannot read authorities from {path}: {reason}")]
    Authorities {
        /// The file.
        path: String,
        /// Why.
        reason: String,
    },
    /// There is no name to verify a certificate against.
    #[error("a server that speaks TLS needs a name")]
    NoName,
    /// A header cannot be sent.
    #[error("`{0}` cannot be sent as a header")]
    Header(String),
}

/// How to reach one server, in the two ways a request may need.
struct Ways {
    address: SocketAddr,
    /// HTTP/1.1, or HTTP/2 where the server offers it over TLS.
    plain: HttpPeer,
    /// For WebSockets and event streams: HTTP/1.1 on a [connection of its own](super::tunnel), and silence is
    /// no failure.
    lasting: HttpPeer,
}

/// One server. A name may have several addresses of which not all are listened on (`localhost`): the
/// one that answered last is asked first.
pub struct Server {
    setting: ServerSetting,
    host: HeaderValue,
    ways: ArcSwap<Vec<Ways>>,
    preferred: AtomicUsize,
    well: AtomicBool,
}

/// A portal.
pub struct Upstream {
    servers: Vec<Server>,
    turn: AtomicUsize,
    host: HostChoice,
    added: Vec<(HeaderName, HeaderValue)>,
    reach: Reach,
    health_check: Option<HealthCheck>,
}

enum HostChoice {
    Site,
    Server,
    Fixed(HeaderValue),
}

struct Reach {
    tls: bool,
    server_name: Option<String>,
    ca: Option<Arc<CaType>>,
    connect: Duration,
    first_byte: Duration,
    group: u64,
}

/// Which server a request goes to, and how many have been tried.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Turn {
    first: Option<usize>,
    tried: usize,
    addresses_tried: usize,
    /// The server that was chosen last.
    pub server: usize,
}

/// Connections of one site never serve another, whatever the addresses: authorities differ.
static NEXT_GROUP: AtomicU64 = AtomicU64::new(1);

impl Upstream {
    /// Makes the portal of a site. Addresses are [resolved](Self::resolve) afterwards.
    ///
    /// # Errors
    ///
    /// What cannot be read or sent.
    pub fn new(site: &SiteSetting) -> Result<Self, UpstreamError> {
        let setting = &site.upstream;
        let server_name = setting.tls.as_ref().and_then(|tls| tls.server_name.clone());
        if server_name.as_deref() == Some("") {
            return Err(UpstreamError::NoName);
        }
        let ca = setting.tls.as_ref().and_then(|tls| tls.ca.as_ref());
        if setting.tls.is_some() && ca.is_none() {
            roots::readable().map_err(|reason| UpstreamError::Authorities {
                path: "this machine".to_owned(),
                reason: reason.to_owned(),
            })?;
        }
        Ok(Self {
            servers: setting
                .servers
                .iter()
                .map(|server| Server::new(server, setting))
                .collect::<Result<_, _>>()?,
            turn: AtomicUsize::new(0),
            host: match &setting.host {
                UpstreamHost::Keep => HostChoice::Site,
                UpstreamHost::Upstream => HostChoice::Server,
                UpstreamHost::Fixed(name) => HostChoice::Fixed(value(name)?),
            },
            added: setting
                .add_headers
                .iter()
                .map(|header| {
                    let name = HeaderName::try_from(header.name.as_str())
                        .map_err(|_| UpstreamError::Header(header.name.clone()))?;
                    // The value may be a secret: it is not named.
                    let value = HeaderValue::from_str(header.value.expose())
                        .map_err(|_| UpstreamError::Header(header.name.clone()))?;
                    Ok((name, value))
                })
                .collect::<Result<_, UpstreamError>>()?,
            reach: Reach {
                tls: setting.tls.is_some(),
                server_name,
                ca: ca.map(|path| authorities(path)).transpose()?,
                connect: setting.connect,
                first_byte: setting.first_byte,
                group: NEXT_GROUP.fetch_add(2, Ordering::Relaxed),
            },
            health_check: setting.health_check.clone(),
        })
    }

    /// The next server for a request. `None`: all have been tried, or none has an address.
    pub fn choose(&self, turn: &mut Turn, lasting: bool) -> Option<Box<HttpPeer>> {
        let count = self.servers.len();
        let first = *turn
            .first
            .get_or_insert_with(|| self.turn.fetch_add(1, Ordering::Relaxed) % count.max(1));
        while turn.tried < 2 * count {
            let at = (first + turn.tried) % count;
            // First round: those that are well. Second: the others.
            let wanted = turn.tried < count;
            turn.tried += 1;
            let Some(server) = self.servers.get(at) else {
                continue;
            };
            if server.well.load(Ordering::Relaxed) != wanted {
                continue;
            }
            let ways = server.ways.load();
            if let Some(ways) = server.preferred_of(&ways) {
                turn.server = at;
                let way = if lasting { &ways.lasting } else { &ways.plain };
                return Some(Box::new(way.clone()));
            }
        }
        None
    }

    /// Notes that the server that was chosen did not take the connection. Returns whether there is
    /// another address, or another server, that could be tried.
    pub fn try_another(&self, turn: &mut Turn) -> bool {
        if let Some(server) = self.servers.get(turn.server)
            && turn.addresses_tried + 1 < server.ways.load().len()
        {
            server.preferred.fetch_add(1, Ordering::Relaxed);
            turn.addresses_tried += 1;
            turn.tried = turn.tried.saturating_sub(1);
            return true;
        }
        turn.addresses_tried = 0;
        self.has_another(turn)
    }

    /// Whether another server could still be tried.
    fn has_another(&self, turn: &Turn) -> bool {
        let count = self.servers.len();
        let first = turn.first.unwrap_or_default();
        (turn.tried..2 * count).any(|tried| {
            self.servers
                .get((first + tried) % count.max(1))
                .is_some_and(|server| {
                    server.well.load(Ordering::Relaxed) == (tried < count) && !server.ways.load().is_empty()
                })
        })
    }

    /// The `Host` for the server that was chosen; `None`: the site's own.
    pub fn host_for(&self, turn: &Turn) -> Option<&HeaderValue> {
        match &self.host {
            HostChoice::Site => None,
            HostChoice::Server => self.servers.get(turn.server).map(|server| &server.host),
            HostChoice::Fixed(name) => Some(name),
        }
    }

    /// Headers that every request carries.
    pub fn added(&self) -> &[(HeaderName, HeaderValue)] {
        &self.added
    }

    /// Whether at least one server answers its health checks. Without checks nobody knows better.
    pub fn is_well(&self) -> bool {
        self.servers
            .iter()
            .any(|server| server.well.load(Ordering::Relaxed))
    }

    /// The check that tells whether a server is well.
    pub const fn health_check(&self) -> Option<&HealthCheck> {
        self.health_check.as_ref()
    }

    /// The servers.
    pub fn servers(&self) -> &[Server] {
        &self.servers
    }

    /// Looks up the servers' addresses; what does not resolve in time keeps those it had.
    pub async fn resolve(&self) {
        for server in &self.servers {
            let name = (server.setting.host.as_str(), server.setting.port);
            match tokio::time::timeout(PATIENCE, tokio::net::lookup_host(name)).await {
                Ok(Ok(found)) => server.set_addresses(found.collect(), &self.reach),
                Ok(Err(error)) => tracing::warn!(host = name.0, %error, "upstream does not resolve"),
                Err(_) => tracing::warn!(host = name.0, "upstream does not resolve in time"),
            }
        }
    }
}

impl Server {
    fn new(setting: &ServerSetting, upstream: &UpstreamSetting) -> Result<Self, UpstreamError> {
        if setting.host.is_empty() {
            return Err(UpstreamError::NoName);
        }
        let usual = if upstream.tls.is_some() { 443 } else { 80 };
        let host = match setting.host.contains(':') {
            true => format!("[{}]", setting.host),
            false => setting.host.clone(),
        };
        let host = match setting.port == usual {
            true => host,
            false => format!("{host}:{}", setting.port),
        };
        Ok(Self {
            setting: setting.clone(),
            host: value(&host)?,
            ways: ArcSwap::default(),
            preferred: AtomicUsize::new(0),
            well: AtomicBool::new(true),
        })
    }

    /// What it is configured as.
    pub const fn setting(&self) -> &ServerSetting {
        &self.setting
    }

    /// What it is called in `Host`.
    pub const fn host(&self) -> &HeaderValue {
        &self.host
    }

    /// The way to it, for a health check.
    pub fn way(&self) -> Option<HttpPeer> {
        let ways = self.ways.load();
        self.preferred_of(&ways).map(|ways| ways.plain.clone())
    }

    /// For a health check that found nobody: the next time another address.
    pub fn prefer_another(&self) {
        self.preferred.fetch_add(1, Ordering::Relaxed);
    }

    fn preferred_of<'a>(&self, ways: &'a [Ways]) -> Option<&'a Ways> {
        ways.get(self.preferred.load(Ordering::Relaxed) % ways.len().max(1))
    }

    /// Notes what a health check found. Returns whether it is news.
    pub fn set_well(&self, well: bool) -> bool {
        self.well.swap(well, Ordering::Relaxed) != well
    }

    fn set_addresses(&self, addresses: Vec<SocketAddr>, reach: &Reach) {
        if addresses.is_empty()
            || self
                .ways
                .load()
                .iter()
                .map(|ways| ways.address)
                .eq(addresses.iter().copied())
        {
            return;
        }
        let ways = addresses
            .into_iter()
            .map(|address| self.ways_to(address, reach))
            .collect();
        self.ways.store(Arc::new(ways));
    }

    fn ways_to(&self, address: SocketAddr, reach: &Reach) -> Ways {
        let name = reach
            .server_name
            .clone()
            .unwrap_or_else(|| self.setting.host.clone());
        let mut plain = HttpPeer::new(address, reach.tls, if reach.tls { name } else { String::new() });
        plain.group_key = reach.group;
        plain.options.ca.clone_from(&reach.ca);
        plain.options.connection_timeout = Some(reach.connect);
        plain.options.total_connection_timeout = Some(reach.connect);
        plain.options.read_timeout = Some(reach.first_byte);
        plain.options.idle_timeout = Some(IDLE);
        // What is hop-by-hop is dropped by our own hand, with what else must not pass.
        plain.options.http_upstream_request_policy = HttpUpstreamRequestPolicy::preserve();
        plain.options.alpn = if reach.tls { ALPN::H2H1 } else { ALPN::H1 };
        plain.options.max_h2_streams = 100;
        let mut lasting = plain.clone();
        lasting.group_key = reach.group + 1;
        lasting.options.alpn = ALPN::H1;
        lasting.options.read_timeout = None;
        lasting.options.idle_timeout = Some(Duration::ZERO);
        lasting.options.custom_l4 = Some(Arc::new(Dialler));
        Ways {
            address,
            plain,
            lasting,
        }
    }
}

fn value(text: &str) -> Result<HeaderValue, UpstreamError> {
    HeaderValue::from_str(text).map_err(|_| UpstreamError::Header(text.to_owned()))
}

fn authorities(path: &std::path::Path) -> Result<Arc<CaType>, UpstreamError> {
    let failed = |reason: String| UpstreamError::Authorities {
        path: path.display().to_string(),
        reason,
    };
    let chain = CertificateDer::pem_file_iter(path)
        .and_then(Iterator::collect::<Result<Vec<_>, _>>)
        .map_err(|error| failed(error.to_string()))?;
    if chain.is_empty() {
        return Err(failed("no certificate in it".to_owned()));
    }
    let mut wrapped = Vec::with_capacity(chain.len());
    for certificate in chain {
        // Pingora's own reader panics on what is not X.509.
        X509Certificate::from_der(&certificate).map_err(|error| failed(error.to_string()))?;
        wrapped.push(WrappedX509::new(certificate.to_vec(), parse_x509));
    }
    Ok(wrapped.into())
}

#[cfg(test)]
#[path = "upstream_tests.rs"]
mod tests;
