//! What the gateway knows about a request before any page sees it.

use std::sync::Arc;

use crate::base::client::ClientAddr;
use crate::base::id::RequestId;

/// A site as people see it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PublicSite {
    /// Scheme, host and, where it is not the usual one, port: `https://portal.example.com`. Links and
    /// redirects are built from this, never from what a request says.
    pub origin: String,
    /// The host alone, in lower case; sessions belong to it.
    pub host: String,
    /// Whether people come over https. Cookies are Secure and carry `__Host-` then.
    pub https: bool,
    /// Where the gateway's own pages live: `/_auth`.
    pub prefix: String,
    /// Origins that the portal's pages redirect to.
    pub redirects_to: Vec<String>,
}

/// A request's arrival; an extension of the requests that pages get.
#[derive(Clone, Debug)]
pub struct Arrival {
    /// The site it is for.
    pub site: Arc<PublicSite>,
    /// Who sent it, by address; a trusted proxy's word is already taken into account.
    pub client: ClientAddr,
    /// Its name in logs and on error pages.
    pub request: RequestId,
    /// Whether it came over https, here or at a trusted proxy.
    pub https: bool,
    /// The site's host.
    pub host: String,
}
