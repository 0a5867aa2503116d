//! Active health checks: a request to each server every so often.
//!
//! 2xx and 3xx mean well (RFC 9110 §15.3, §15.4); anything else, or no answer in time, does not.
//! Addresses are looked up again on the same occasion.

use std::sync::Arc;
use std::time::Duration;

use pingora_core::connectors::ConnectorOptions;
use pingora_core::connectors::http::Connector;
use pingora_http::RequestHeader;

use super::roots;
use super::site::{Site, Sites};
use super::upstream::Server;

/// How long a check may take.
const PATIENCE: Duration = Duration::from_secs(5);
/// How often addresses are looked up where there are no checks.
const RESOLVE_EVERY: Duration = Duration::from_secs(30);

/// Checks the servers of all sites until dropped. One task for each site; none for a request.
pub struct Rounds(Vec<tokio::task::JoinHandle<()>>);

impl Rounds {
    /// Resolves all addresses once, and then begins the rounds.
    pub async fn begin(sites: &Sites) -> Self {
        let mut tasks = Vec::new();
        for site in sites.all() {
            site.upstream.resolve().await;
            tasks.push(tokio::spawn(rounds(Arc::clone(site))));
        }
        Self(tasks)
    }
}

impl Drop for Rounds {
    fn drop(&mut self) {
        for task in &self.0 {
            task.abort();
        }
    }
}

async fn rounds(site: Arc<Site>) {
    let check = site.upstream.health_check().cloned();
    let mut options = ConnectorOptions::new(site.upstream.servers().len());
    options.ca_file = roots::file();
    let connector = Connector::<()>::new(Some(options));
    let mut every = tokio::time::interval(check.as_ref().map_or(RESOLVE_EVERY, |check| check.interval));
    // The first tick comes at once; the addresses are fresh then.
    let mut first = true;
    loop {
        every.tick().await;
        if !std::mem::take(&mut first) {
            site.upstream.resolve().await;
        }
        let Some(check) = &check else {
            continue;
        };
        for server in site.upstream.servers() {
            let well = matches!(
                tokio::time::timeout(PATIENCE, is_well(&connector, server, &check.path)).await,
                Ok(Some(true))
            );
            if !well {
                server.prefer_another();
            }
            if server.set_well(well) {
                let name = server.setting();
                match well {
                    true => tracing::info!(host = name.host, port = name.port, "upstream is well again"),
                    false => tracing::warn!(
                        host = name.host,
                        port = name.port,
                        "upstream fails its health check"
                    ),
                }
            }
        }
    }
}

async fn is_well(connector: &Connector, server: &Server, path: &str) -> Option<bool> {
    let peer = server.way()?;
    let mut request = RequestHeader::build("GET", path.as_bytes(), Some(2)).ok()?;
    request.insert_header("Host", server.host().clone()).ok()?;
    request.insert_header("Connection", "close").ok()?;
    let (mut session, _) = connector.get_http_session(&peer).await.ok()?;
    session.write_request_header(Box::new(request)).await.ok()?;
    session.finish_request_body().await.ok()?;
    session.read_response_header().await.ok()?;
    let status = session.response_header()?.status;
    session.shutdown().await;
    Some(status.is_success() || status.is_redirection())
}
