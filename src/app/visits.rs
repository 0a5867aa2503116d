//! Who somebody is, as the gateway asks it, answered by the services.

use std::future::Future;
use std::pin::Pin;
use std::sync::{Arc, OnceLock};

use http::HeaderValue;

use crate::base::id::TokenDigest;
use crate::base::time::Timestamp;
use crate::gateway::ports::{self, IdentityField};
use crate::identity::assurance::Standing;
use crate::identity::settings::Settings as Rules;
use crate::service::Desk;
use crate::service::visit::{self, SessionWatch, Visitor};
use crate::web::arrival::PublicSite;

/// The services' visits, in the gateway's words.
pub struct Visits {
    visits: Arc<visit::Visits>,
    desk: Arc<Desk>,
}

/// A visitor, with the rules that they stand under at this moment.
pub struct Guest {
    visitor: Visitor,
    rules: Arc<Rules>,
    now: Timestamp,
    visits: Arc<visit::Visits>,
    /// Once something may stay open.
    watch: OnceLock<SessionWatch>,
}

impl Visits {
    /// Over the services.
    pub fn new(visits: Arc<visit::Visits>, desk: Arc<Desk>) -> Self {
        Self { visits, desk }
    }

    fn guest(&self, visitor: Visitor, now: Timestamp) -> Guest {
        Guest {
            visitor,
            rules: self.desk.rules.load_full(),
            now,
            visits: Arc::clone(&self.visits),
            watch: OnceLock::new(),
        }
    }
}

impl ports::Visits for Visits {
    type Visitor = Guest;

    fn recall(&self, cookie: &TokenDigest, site: &PublicSite, now: Timestamp) -> Option<Guest> {
        let visitor = self.visits.recall(cookie, &site.host, now)?;
        Some(self.guest(visitor, now))
    }

    async fn recognise(
        &self,
        cookie: &str,
        site: &PublicSite,
        now: Timestamp,
    ) -> Result<Option<Guest>, ports::Outage> {
        match self.visits.recognise(cookie, &site.host).await {
            Ok(visitor) => Ok(visitor.map(|visitor| self.guest(visitor, now))),
            Err(error) => {
                tracing::error!(%error, "who this is cannot be told");
                Err(ports::Outage)
            }
        }
    }
}

impl ports::Visitor for Guest {
    fn standing(&self) -> Standing<'_> {
        self.visitor.standing(&self.rules, self.now)
    }

    fn value(&self, field: IdentityField) -> Option<HeaderValue> {
        let holder = self.visitor.holder();
        match field {
            IdentityField::User | IdentityField::Email => holder.email.clone(),
            IdentityField::Name => holder.name.clone(),
            IdentityField::Groups => holder.groups.clone(),
            IdentityField::Method => Some(HeaderValue::from_static(self.visitor.session().method())),
        }
    }

    fn used(&self, now: Timestamp) {
        match self.watch.get() {
            Some(watch) => self.visits.used(watch, now),
            None => self.visitor.touch(now),
        }
    }

    fn ended(&self) -> Pin<Box<dyn Future<Output = ()> + Send>> {
        let watch = self
            .watch
            .get_or_init(|| self.visits.watch(&self.visitor))
            .clone();
        Box::pin(async move { watch.ended().await })
    }
}
