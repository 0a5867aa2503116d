//! Kept forms, as the gateway asks for them, answered by the services.

use std::sync::Arc;

use async_trait::async_trait;
use http::HeaderMap;

use crate::base::seal::Token;
use crate::gateway::ports::{self, Offered, Outage};
use crate::identity::kept::SentForm;
use crate::service::kept::Offer;
use crate::service::visit::{SESSION_COOKIE, Visits};
use crate::service::{self, Desk};
use crate::store::Version;
use crate::web::arrival::PublicSite;
use crate::web::form::{Form, is_from_here};

/// The services' kept forms, in the gateway's words.
pub struct Posts {
    desk: Arc<Desk>,
    visits: Arc<Visits>,
}

impl Posts {
    /// Over the services.
    pub fn new(desk: Arc<Desk>, visits: Arc<Visits>) -> Self {
        Self { desk, visits }
    }

    fn token(&self, cookie: &str) -> Option<Token> {
        Token::recognise(SESSION_COOKIE, cookie, &self.desk.keys)
    }
}

fn said(error: &service::Outage) -> Outage {
    tracing::error!(%error, "what is kept of a form cannot be told");
    Outage
}

#[async_trait]
impl ports::Posts for Posts {
    fn limit(&self) -> Option<usize> {
        let rules = self.desk.rules.load().keep_posts;
        rules.enabled.then_some(rules.max)
    }

    async fn knows(&self, cookie: &str, site: &PublicSite) -> Result<bool, Outage> {
        let Some(token) = self.token(cookie) else {
            return Ok(false);
        };
        let visitor = self.visits.recognise(cookie, &site.host).await;
        if visitor.map_err(|error| said(&error))?.is_some() {
            return Ok(true);
        }
        let lapse = self.desk.lapse_of(&token.digest(), &site.host).await;
        Ok(lapse.map_err(|error| said(&error))?.is_some())
    }

    async fn keep(&self, cookie: &str, form: SentForm) -> Result<bool, Outage> {
        let Some(token) = self.token(cookie) else {
            return Ok(false);
        };
        let visitor = self.visits.recognise(cookie, &form.head.site).await;
        let kept = match visitor.map_err(|error| said(&error))? {
            Some(visitor) => {
                let account = visitor.account().id;
                self.desk.keep_own_form(&visitor.cookie(), account, &form).await
            }
            None => self.desk.keep_form(&token.digest(), &form).await,
        };
        kept.map_err(|error| said(&error))
    }

    async fn offered(
        &self,
        cookie: &str,
        site: &PublicSite,
        headers: &HeaderMap,
        body: &[u8],
    ) -> Result<Offered, Outage> {
        if !is_from_here(headers, &site.origin) {
            return Ok(Offered::FromElsewhere);
        }
        let visitor = self.visits.recognise(cookie, &site.host).await;
        let Some(visitor) = visitor.map_err(|error| said(&error))? else {
            return Ok(Offered::Nothing);
        };
        let fresh = Form::read(headers, body)
            .is_ok_and(|form| self.desk.form_token_fits(&visitor.cookie(), form.get("csrf")));
        if !fresh {
            return Ok(Offered::Nothing);
        }
        let offer = self
            .desk
            .offer_of(&visitor.cookie(), visitor.account().id, &site.host)
            .await;
        Ok(match offer.map_err(|error| said(&error))? {
            Some(Offer::Form(form, Version(version))) => Offered::Form(form, version),
            Some(Offer::Foreign) | None => Offered::Nothing,
        })
    }

    async fn take(&self, cookie: &str, version: u64) -> Result<bool, Outage> {
        let Some(token) = self.token(cookie) else {
            return Ok(false);
        };
        let taken = self.desk.take_form(&token.digest(), Version(version)).await;
        taken.map_err(|error| said(&error))
    }

    async fn put_back(&self, cookie: &str, site: &PublicSite, form: &SentForm) -> Result<(), Outage> {
        let visitor = self.visits.recognise(cookie, &site.host).await;
        let Some(visitor) = visitor.map_err(|error| said(&error))? else {
            return Ok(());
        };
        let put = self
            .desk
            .keep_own_form(&visitor.cookie(), visitor.account().id, form)
            .await;
        put.map(|_| ()).map_err(|error| said(&error))
    }
}
