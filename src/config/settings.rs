//! The settings of all folders, and which of them a running gateway cannot change.

use std::sync::Arc;

use crate::gateway::settings::Settings as Gateway;
use crate::identity::settings::Settings as Identity;
use crate::language::Catalog;
use crate::messaging::settings::Settings as Messaging;
use crate::observe::settings::Settings as Observe;
use crate::service::settings::Settings as Service;
use crate::store::settings::Settings as Store;
use crate::web::settings::Settings as Web;

/// One configuration file, turned into what each folder is told. It has no errors in it.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Sockets, sites, rules, limits of the request path.
    pub gateway: Gateway,
    /// The pages.
    pub web: Web,
    /// Hashing.
    pub service: Service,
    /// Letters.
    pub messaging: Messaging,
    /// What is kept.
    pub store: Store,
    /// Log and audit trail.
    pub observe: Observe,
    /// Sessions, factors, passwords, throttling.
    pub identity: Identity,
    /// All words, an operator's own among them.
    pub catalog: Arc<Catalog>,
}

impl Settings {
    /// The keys that differ between `old` and `new` and cannot change while the gateway runs: its
    /// sockets are bound, its store and its files are open, its hashing has its threads, and its pages'
    /// addresses are in people's mails. A reload with any of them is refused with "needs a restart".
    pub fn needs_restart(old: &Self, new: &Self) -> Vec<&'static str> {
        let token = |it: &Self| it.gateway.admin.token.as_ref().map(|it| it.expose().clone());
        let (hashing, then) = (old.service.hashing, new.service.hashing);
        [
            ("listen", old.gateway.listeners != new.gateway.listeners),
            (
                "admin.listen",
                old.gateway.admin.address != new.gateway.admin.address,
            ),
            ("state", old.store.state != new.store.state),
            ("store", !old.store.place.is_same(&new.store.place)),
            ("master_key", !old.store.master_key.is_same(&new.store.master_key)),
            ("prefix", old.gateway.prefix != new.gateway.prefix),
            ("admin.token", token(old) != token(new)),
            ("audit", old.observe.audit != new.observe.audit),
            ("log.format", old.observe.log.format != new.observe.log.format),
            ("passwords.slots", hashing.slots != then.slots),
            ("limits.hash_queue", hashing.queue != then.queue),
            ("limits.hash_wait", hashing.wait != then.wait),
        ]
        .into_iter()
        .filter_map(|(key, differs)| differs.then_some(key))
        .collect()
    }
}
