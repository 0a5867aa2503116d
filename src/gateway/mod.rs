//! The proxy: the only folder that names Pingora.
//!
//! ```text
//! listener ─▶ connection ─▶ head                         one request at a time, checked raw
//!                │
//!   request_filter      intake ─▶ visit ─▶ policy::decide ─┬─▶ pages      the router answers
//!                                                          ├─▶ answer     challenge, refusal, outage
//!   upstream_peer       Permit ─▶ a server ◀──── Forward ──┘
//!   upstream_request_filter     forward                    what the portal gets
//!   response_filter             response                   what the person gets
//!   fail_to_proxy               answer                     the portal is down
//!   logging                     one line
//! ```
//!
//! Hooks are one call each, in the order of Pingora's phases. Nothing is forwarded without a
//! [`Permit`](crate::policy::Permit), and only [`policy::decide`] makes one.

pub mod answer;
pub mod census;
pub mod certificates;
pub mod connection;
pub mod cookies;
pub mod exchange;
pub mod forward;
pub mod gate;
pub mod head;
pub mod health;
pub mod host;
pub mod intake;
pub mod keep;
pub mod line;
pub mod listener;
pub mod pages;
pub mod ports;
pub mod refusal;
pub mod reserved;
pub mod response;
pub mod roots;
pub mod settings;
pub mod site;
pub mod socket;
pub mod sockets;
pub mod stage;
pub mod tunnel;
pub mod upstream;
pub mod why;

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use arc_swap::ArcSwap;
use async_trait::async_trait;
use bytes::Bytes;
use ipnet::IpNet;
use pingora_core::apps::HttpServerOptions;
use pingora_core::modules::http::HttpModules;
use pingora_core::protocols::Digest;
use pingora_core::protocols::http::v2::server::default_h2_options;
use pingora_core::server::configuration::ServerConf;
use pingora_core::upstreams::peer::HttpPeer;
use pingora_core::{Error, Result};
use pingora_http::{RequestHeader, ResponseHeader};
use pingora_proxy::{FailToProxy, HttpProxy, ProxyHttp, Session, http_proxy};

use self::census::Census;
use self::connection::HeadLimits;
use self::exchange::Exchange;
use self::intake::RequestIds;
use self::listener::Reception;
use self::pages::Pages;
use self::ports::{Faces, Posts, Visits, Witness};
use self::settings::Settings;
use self::site::{SiteError, Sites};
use crate::base::clock::Clock;
use crate::base::entropy::Entropy;
use crate::base::time::Timestamp;
use crate::identity::assurance::{Missing, Standing};
use crate::policy::{self, Ask, RequestPath};
use crate::web::Wanted;
use crate::web::arrival::Arrival;

/// Streams of one HTTP/2 connection at a time.
const H2_STREAMS: u32 = 100;

/// What the proxy is put together from.
pub struct Parts<V> {
    /// Who somebody is.
    pub visits: Arc<V>,
    /// Forms that wait for proof.
    pub posts: Arc<dyn Posts>,
    /// How an error looks.
    pub faces: Arc<dyn Faces>,
    /// Who is told what happened.
    pub witness: Arc<dyn Witness>,
    /// The gateway's own pages, under the prefix.
    pub pages: Pages,
    /// Time.
    pub clock: Arc<dyn Clock>,
    /// Octets of a form's body.
    pub form_body: usize,
}

/// What a reload replaces.
struct Current {
    sites: Sites,
    trusted: Arc<[IpNet]>,
    head: HeadLimits,
    body_time: Duration,
    drain: Duration,
}

/// The proxy's own part: Pingora calls its hooks.
pub struct Gateway<V> {
    parts: Parts<V>,
    current: Arc<ArcSwap<Current>>,
    ids: RequestIds,
    prefix: String,
    form_body: Arc<AtomicUsize>,
}

/// A hold on a running gateway, to give it other sites.
#[derive(Clone)]
pub struct Handle {
    current: Arc<ArcSwap<Current>>,
    census: Arc<Census>,
    form_body: Arc<AtomicUsize>,
    rounds: Arc<ArcSwap<Option<health::Rounds>>>,
}

impl Handle {
    /// What somebody who stands like this would still lack for what is wanted. `None`: nothing, or
    /// nothing that is ours to say.
    ///
    /// Method and address are those of the request that it is asked for: a rule that speaks of them
    /// would otherwise turn it away again and again, with nothing asked in between.
    pub fn missing(
        &self,
        arrival: &Arrival,
        wanted: &Wanted,
        standing: &Standing<'_>,
        now: Timestamp,
    ) -> Option<Missing> {
        let current = self.current.load();
        let site = current.sites.find(&arrival.site.host)?;
        let path = wanted.target.split('?').next().unwrap_or_default();
        let ask = Ask {
            method: &wanted.method,
            path: RequestPath::read(path.as_bytes()),
            client: arrival.client,
        };
        policy::missing(&site.rules, &ask, standing, now)
    }

    /// Whether every site has a portal that answers, as far as health checks tell.
    pub fn portals_are_well(&self) -> bool {
        self.current
            .load()
            .sites
            .all()
            .all(|site| site.upstream.is_well())
    }

    /// Takes forms of up to so many octets from now on.
    pub fn set_form_body(&self, octets: usize) {
        self.form_body.store(octets, Ordering::Relaxed);
    }

    /// Serves these sites, within these limits, from the next request on. What needs a restart
    /// (listeners, prefix) is the caller's to notice; on HTTP/2 the bounds of heads stay, too.
    ///
    /// # Errors
    ///
    /// What cannot be served; everything stays as it is then.
    pub async fn reload(&self, settings: &Settings) -> Result<(), SiteError> {
        let next = Current::new(settings)?;
        let rounds = health::Rounds::begin(&next.sites).await;
        let limits = settings.limits;
        self.census
            .set_bounds(limits.connections, limits.connections_per_address);
        self.current.store(Arc::new(next));
        self.rounds.store(Arc::new(Some(rounds)));
        Ok(())
    }
}

impl Current {
    fn new(settings: &Settings) -> Result<Self, SiteError> {
        let limits = settings.limits;
        Ok(Self {
            sites: Sites::new(&settings.sites, &settings.prefix)?,
            trusted: settings.trusted_proxies.clone().into(),
            head: HeadLimits {
                octets: limits.head,
                fields: limits.head_fields,
                time: limits.head_time,
                idle: limits.keep_alive,
            },
            body_time: limits.body_time,
            drain: settings.drain,
        })
    }
}

/// Puts the gateway together: what serves connections, and a hold on it. Health checks begin; must be
/// called on the runtime that will serve.
///
/// # Errors
///
/// A site that cannot be served.
pub async fn assemble<V: Visits>(
    settings: &Settings,
    parts: Parts<V>,
    entropy: &dyn Entropy,
) -> Result<(Arc<Reception<V>>, Handle), SiteError> {
    let current = Current::new(settings)?;
    let rounds = health::Rounds::begin(&current.sites).await;
    let witness = Arc::clone(&parts.witness);
    let current = Arc::new(ArcSwap::from_pointee(current));
    let limits = settings.limits;
    let census = Census::new(limits.connections, limits.connections_per_address);
    let form_body = Arc::new(AtomicUsize::new(parts.form_body));
    let gateway = Gateway {
        parts,
        current: Arc::clone(&current),
        ids: RequestIds::new(entropy),
        prefix: settings.prefix.to_ascii_lowercase(),
        form_body: Arc::clone(&form_body),
    };
    let reception = Reception {
        proxy: Arc::new(proxy(gateway, settings)),
        census: Arc::clone(&census),
        current: Arc::clone(&current),
        witness,
    };
    let handle = Handle {
        current,
        census,
        form_body,
        rounds: Arc::new(ArcSwap::from_pointee(Some(rounds))),
    };
    Ok((Arc::new(reception), handle))
}

fn proxy<V: Visits>(gateway: Gateway<V>, settings: &Settings) -> HttpProxy<Gateway<V>> {
    let conf = ServerConf {
        // One pool for all: at least as many idle connections as a busy portal has requests at a time.
        upstream_keepalive_pool_size: 512,
        max_retries: 8,
        ca_file: roots::file(),
        ..ServerConf::default()
    };
    let mut proxy = http_proxy(&Arc::new(conf), gateway);
    let mut h2 = default_h2_options();
    h2.max_concurrent_streams(H2_STREAMS);
    h2.max_header_list_size(u32::try_from(settings.limits.head).unwrap_or(32 * 1024));
    proxy.h2_options = Some(h2);
    let mut options = HttpServerOptions::default();
    options.h2_idle_timeout = Some(settings.limits.keep_alive);
    proxy.server_options = Some(options);
    proxy
}

#[async_trait]
impl<V: Visits> ProxyHttp for Gateway<V> {
    type CTX = Exchange<V::Visitor>;

    fn new_ctx(&self) -> Self::CTX {
        Exchange::new()
    }

    /// None: the one that is there by default would cost every request and do nothing.
    fn init_downstream_modules(&self, _modules: &mut HttpModules) {}

    async fn request_filter(&self, session: &mut Session, exchange: &mut Self::CTX) -> Result<bool> {
        self.judge(session, exchange).await
    }

    async fn upstream_peer(&self, _: &mut Session, exchange: &mut Self::CTX) -> Result<Box<HttpPeer>> {
        gate::choose(exchange)
    }

    fn fail_to_connect(
        &self,
        _: &mut Session,
        peer: &HttpPeer,
        exchange: &mut Self::CTX,
        error: Box<Error>,
    ) -> Box<Error> {
        gate::try_another(exchange, peer, error)
    }

    async fn connected_to_upstream(
        &self,
        _: &mut Session,
        _reused: bool,
        _: &HttpPeer,
        _fd: std::os::unix::io::RawFd,
        _: Option<&Digest>,
        exchange: &mut Self::CTX,
    ) -> Result<()> {
        exchange.connected = true;
        Ok(())
    }

    async fn upstream_request_filter(
        &self,
        _: &mut Session,
        request: &mut RequestHeader,
        exchange: &mut Self::CTX,
    ) -> Result<()> {
        self.prepare(request, exchange)
    }

    async fn request_body_filter(
        &self,
        _: &mut Session,
        body: &mut Option<Bytes>,
        last: bool,
        exchange: &mut Self::CTX,
    ) -> Result<()> {
        self.pass_body(body, last, exchange);
        Ok(())
    }

    async fn response_filter(
        &self,
        _: &mut Session,
        response: &mut ResponseHeader,
        exchange: &mut Self::CTX,
    ) -> Result<()> {
        gate::pass_answer(response, exchange)
    }

    async fn fail_to_proxy(
        &self,
        session: &mut Session,
        error: &Error,
        exchange: &mut Self::CTX,
    ) -> FailToProxy {
        self.say_what_failed(session, error, exchange).await
    }

    async fn logging(&self, session: &mut Session, error: Option<&Error>, exchange: &mut Self::CTX) {
        self.note(session, error, exchange);
    }

    /// Our own line says it, without the query that Pingora's has.
    fn suppress_error_log(&self, _: &Session, _: &Self::CTX, _: &Error) -> bool {
        true
    }

    fn request_summary(&self, session: &Session, _: &Self::CTX) -> String {
        let request = session.req_header();
        format!(
            "{} {}",
            request.method,
            String::from_utf8_lossy(intake::path(request))
        )
    }
}
