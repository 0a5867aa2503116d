//! Refusals as pages: which status, which words, and what a stranger may learn.

use axum::response::Response;
use http::StatusCode;

use super::reception::Reception;
use super::reply::Reply;
use super::view::edge::{Edge, Obstacle};
use super::view::{Moment, Shell};
use crate::identity::throttle::Waits;
use crate::service::Outage;

/// Seconds after which a full queue or a store that was away is worth another try.
const SOON: u64 = 5;

impl Reception {
    /// The page for an obstacle.
    pub fn obstacle(&self, status: StatusCode, obstacle: Obstacle) -> Response {
        self.obstacle_reply(status, obstacle).done()
    }

    fn obstacle_reply(&self, status: StatusCode, obstacle: Obstacle) -> Reply {
        // Nothing is promised to whoever is refused: no cookie, no form.
        let shell = Shell {
            token: String::new(),
            ..self.shell()
        };
        Reply::page(status, &Edge { shell, obstacle }, self)
    }

    /// The store, or something else that everything rests on, did not answer.
    pub fn outage(&self, outage: &Outage) -> Response {
        if matches!(outage, Outage::Busy) {
            return self.busy();
        }
        tracing::error!(request = %self.arrival.request, error = %chain(outage), "a page could not be answered");
        self.obstacle_reply(StatusCode::SERVICE_UNAVAILABLE, Obstacle::StoreDown)
            .retry_after(SOON)
            .done()
    }

    /// Too many sign-ins at this moment.
    pub fn busy(&self) -> Response {
        let retry = self.try_again();
        self.obstacle_reply(StatusCode::SERVICE_UNAVAILABLE, Obstacle::Busy { retry })
            .retry_after(SOON)
            .done()
    }

    /// Too many attempts.
    pub fn waits(&self, waits: Waits) -> Response {
        let Waits::Until(until) = waits else {
            return self
                .obstacle_reply(StatusCode::TOO_MANY_REQUESTS, Obstacle::Closed)
                .retry_after(86_400)
                .done();
        };
        let left = until.since(self.now());
        let obstacle = Obstacle::Throttled {
            wait: self.words.wait(left),
            until: Moment::time_of_day(&self.words, until, &self.zone()),
            retry: self.try_again(),
        };
        self.obstacle_reply(StatusCode::TOO_MANY_REQUESTS, obstacle)
            .retry_after(left.as_secs() + 1)
            .done()
    }

    /// Where to try again: the account page that it was, or the sign-in.
    fn try_again(&self) -> String {
        let shell = self.shell();
        let on_account = self.here == "confirm" || self.here.split('/').next() == Some("account");
        if self.visitor.is_some() && on_account {
            shell.url(&self.here)
        } else {
            shell.url_with_next("sign-in", self.next.as_deref())
        }
    }

    /// The browser keeps no cookies for this site.
    pub fn no_cookies(&self) -> Response {
        let retry = self.shell().url_with_next("sign-in", self.next.as_deref());
        self.obstacle(StatusCode::UNPROCESSABLE_ENTITY, Obstacle::NoCookies { retry })
    }

    /// The page is for another way of confirming sign-ins than this account has.
    pub fn not_for_this_account(&self) -> Response {
        self.obstacle(StatusCode::FORBIDDEN, Obstacle::Refused)
    }

    /// The form came from another site, or asks for what this account may not do.
    pub fn forbidden(&self) -> Response {
        self.obstacle(StatusCode::FORBIDDEN, Obstacle::Forbidden)
    }

    /// There is no such page.
    pub fn not_found(&self) -> Response {
        self.obstacle(StatusCode::NOT_FOUND, Obstacle::NotFound)
    }
}

fn chain(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(inner) = source {
        text.push_str(": ");
        text.push_str(&inner.to_string());
        source = inner.source();
    }
    text
}
