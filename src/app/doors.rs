//! All that a gateway listens on, opened before anything is promised.

use std::net::SocketAddr;
use std::sync::Arc;

use tokio::net::TcpListener;

use super::StartError;
use crate::gateway::certificates::Certificates;
use crate::gateway::listener::{Bound, bind};
use crate::gateway::settings::Settings;
use crate::gateway::sockets::Sockets;

/// The listeners, and a second hold on their sockets.
pub(super) struct Doors {
    pub(super) bound: Vec<Bound>,
    pub(super) addresses: Vec<SocketAddr>,
    pub(super) certificates: Vec<Arc<Certificates>>,
    pub(super) admin: TcpListener,
    pub(super) admin_address: SocketAddr,
    pub(super) sockets: Sockets,
}

impl Doors {
    /// Opens all of them, or none; on those `sockets` that are there already.
    pub(super) fn open(mut sockets: Sockets, settings: &Settings) -> Result<Self, StartError> {
        let bound = bind(&settings.listeners, &mut sockets)?;
        let address = settings.admin.address;
        let failed = |source| StartError::Admin { address, source };
        let admin = sockets.listen(address).map_err(failed)?;
        sockets.forget_unused();
        Ok(Self {
            addresses: bound.iter().map(Bound::address).collect(),
            certificates: bound.iter().filter_map(Bound::certificates).collect(),
            bound,
            admin_address: admin.local_addr().map_err(failed)?,
            admin,
            sockets,
        })
    }
}
