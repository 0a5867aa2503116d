//! What happens, told to log, metrics and audit trail.

use std::sync::Arc;

use crate::base::client::ClientAddr;
use crate::base::clock::Clock;
use crate::base::id::RequestId;
use crate::base::time::Timestamp;
use crate::gateway::head::Malformed;
use crate::gateway::ports::{self, Entry, Verdict};
use crate::identity::event::{Event, What};
use crate::messaging::outbox::{Backlog, QueueError, Waiting, Watcher};
use crate::observe::audit::Trail;
use crate::observe::health::{Health, Part, State};
use crate::observe::log::{Access, Log};
use crate::observe::metrics::{Decided, Metrics};

/// Tells ops.
pub struct Witness {
    /// The access log.
    pub log: Option<Arc<Log>>,
    /// Counters.
    pub metrics: Arc<Metrics>,
    /// Events.
    pub trail: Arc<Trail>,
    /// How the parts are.
    pub health: Arc<Health>,
    /// Time.
    pub clock: Arc<dyn Clock>,
}

impl ports::Witness for Witness {
    fn request(&self, entry: &Entry<'_>) {
        let decided = match entry.verdict {
            Verdict::Forwarded => Decided::Forward,
            Verdict::Pages => Decided::Pages,
            Verdict::Challenged => Decided::Challenge,
            Verdict::Refused => Decided::Refuse,
            Verdict::Malformed => Decided::Malformed,
            Verdict::Unavailable => Decided::Unavailable,
        };
        let status = entry.status.unwrap_or(0);
        self.metrics.request(decided, status, entry.took);
        if let Some(error) = entry.error {
            tracing::warn!(request = %entry.request, error, "the portal did not answer in full");
        }
        if let Some(log) = &self.log {
            log.access(&Access {
                at: self.clock.now(),
                request: &entry.request,
                method: entry.method.as_str(),
                host: entry.site.map_or("", |site| site.host.as_str()),
                path: without_link(entry.path, entry.site.map_or("", |site| site.prefix.as_str())),
                status,
                decided,
                took: entry.took,
            });
        }
    }

    fn malformed(&self, _client: ClientAddr, why: Malformed) {
        let reason = why.to_string();
        self.trail.write(&Event::without_account(
            What::RequestMalformed { reason },
            self.clock.now(),
        ));
    }

    fn headers_dropped(&self, _client: ClientAddr, request: RequestId, count: usize) {
        // Counted and logged, not stored: every request of a stranger may bring some.
        tracing::debug!(%request, count, "headers from outside were dropped");
    }

    fn crowded(&self, client: ClientAddr) {
        tracing::warn!(%client, "a connection was closed: too many");
    }
}

/// How old the oldest notice may be before somebody should look.
const MAIL_LATE: std::time::Duration = std::time::Duration::from_secs(120);

impl Watcher for Witness {
    fn sent(&self, _letter: &Waiting) {
        self.metrics.notice("sent");
    }

    fn postponed(&self, _letter: &Waiting, reason: &str, again: Timestamp) {
        self.metrics.notice("postponed");
        let seconds = again.since(self.clock.now()).as_secs();
        tracing::warn!(reason, again_in_seconds = seconds, "a notice was not sent");
    }

    fn given_up(&self, _letter: &Waiting, reason: &str) {
        self.metrics.notice("given_up");
        let step = reason.to_owned();
        self.trail.write(&Event::without_account(
            What::MailFailed { step },
            self.clock.now(),
        ));
    }

    fn backlog(&self, backlog: Backlog, now: Timestamp) {
        let oldest = backlog.oldest.map(|at| now.since(at)).unwrap_or_default();
        self.metrics.mail_queue(backlog.messages, oldest);
        let state = if oldest > MAIL_LATE {
            State::Degraded
        } else {
            State::Ok
        };
        self.health.report(Part::Mail, state);
    }

    fn outage(&self, error: &QueueError) {
        tracing::error!(%error, "the mail queue does not answer");
    }
}

/// A path without the value of a mailed link: whoever reads the log must not be able to follow it.
/// Only the gateway's own pages have them, as a segment that is longer than any of their names.
fn without_link<'p>(path: &'p [u8], prefix: &str) -> &'p [u8] {
    const LONGEST_NAME: usize = 40;
    if prefix.is_empty() || !path.starts_with(prefix.as_bytes()) {
        return path;
    }
    let mut before = 0;
    for segment in path.split(|octet| *octet == b'/') {
        if segment.len() > LONGEST_NAME {
            return path.get(..before).unwrap_or_default();
        }
        before += segment.len() + 1;
    }
    path
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_is_not_written_down() {
        let shown = |path: &str| String::from_utf8(without_link(path.as_bytes(), "/_auth").to_vec()).unwrap();
        let value = "x".repeat(64);
        assert_eq!(shown(&format!("/_auth/reset/{value}")), "/_auth/reset/");
        assert_eq!(
            shown(&format!("/_auth/email/confirm/{value}?a=b")),
            "/_auth/email/confirm/"
        );
        assert_eq!(
            shown("/_auth/account/recovery-codes/new"),
            "/_auth/account/recovery-codes/new"
        );
        assert_eq!(shown(&format!("/news/{value}")), format!("/news/{value}"));
    }
}
