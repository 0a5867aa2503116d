//! Whether this node can do its work: the answer to `/readyz`.
//!
//! ```json
//! {"status":"failing","parts":{"store":"failing","mail":"ok","upstream":"ok","certificate":"ok","clock":"ok"}}
//! ```
//!
//! Names parts and nothing else: no addresses, no versions, no reasons. Those are in the log. While the
//! process comes to its end, its status is `stopping`, whatever the parts are like.

use std::sync::atomic::{AtomicBool, AtomicU8, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use serde::Serialize;

/// Who asked so recently asks again: a balancer, say, that stops sending people here once it is told to.
const WATCHES_FOR: Duration = Duration::from_secs(60);

/// A part that can fail by itself.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Part {
    /// Where accounts and sessions are kept.
    Store,
    /// The queue of notices.
    Mail,
    /// The portals behind the gateway.
    Upstream,
    /// The listeners' certificates.
    Certificate,
    /// This machine's clock.
    Clock,
}

/// How a part is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum State {
    /// It works.
    Ok,
    /// It needs somebody to look, and people can still get through.
    Degraded,
    /// People cannot get through: traffic is better sent elsewhere.
    Failing,
    /// The process is about to end: traffic is to be sent elsewhere. No part is ever like this.
    Stopping,
}

/// How all parts are. Every part counts as well until something else is reported.
#[derive(Debug, Default)]
pub struct Health {
    parts: [AtomicU8; 5],
    stopping: AtomicBool,
    asked: Mutex<Option<Instant>>,
}

/// The answer to `/readyz`.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
pub struct Report {
    /// The worst of all parts, or that the process is stopping.
    pub status: State,
    /// Each part.
    pub parts: Parts,
}

/// Each part.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
#[allow(missing_docs)]
pub struct Parts {
    pub store: State,
    pub mail: State,
    pub upstream: State,
    pub certificate: State,
    pub clock: State,
}

impl Health {
    /// Reports how a part is, and says whether that is news.
    pub fn report(&self, part: Part, state: State) -> bool {
        let [store, mail, upstream, certificate, clock] = &self.parts;
        let cell = match part {
            Part::Store => store,
            Part::Mail => mail,
            Part::Upstream => upstream,
            Part::Certificate => certificate,
            Part::Clock => clock,
        };
        cell.swap(state as u8, Ordering::Relaxed) != state as u8
    }

    /// How all parts are now.
    pub fn look(&self) -> Report {
        let [store, mail, upstream, certificate, clock] = &self.parts;
        let state = |cell: &AtomicU8| match cell.load(Ordering::Relaxed) {
            0 => State::Ok,
            1 => State::Degraded,
            _ => State::Failing,
        };
        let parts = Parts {
            store: state(store),
            mail: state(mail),
            upstream: state(upstream),
            certificate: state(certificate),
            clock: state(clock),
        };
        let all = [
            parts.store,
            parts.mail,
            parts.upstream,
            parts.certificate,
            parts.clock,
        ];
        let status = match self.stopping.load(Ordering::Relaxed) {
            true => State::Stopping,
            false => all.into_iter().max().unwrap_or(State::Ok),
        };
        Report { status, parts }
    }

    /// Nothing should be sent here any more.
    pub fn stop(&self) {
        self.stopping.store(true, Ordering::Relaxed);
    }

    /// Somebody asked at `now`.
    pub fn asked(&self, now: Instant) {
        *self.asked.lock().unwrap_or_else(PoisonError::into_inner) = Some(now);
    }

    /// Whether somebody asks again and again, so that it is worth waiting until they have heard.
    pub fn is_watched(&self, now: Instant) -> bool {
        let asked = *self.asked.lock().unwrap_or_else(PoisonError::into_inner);
        asked.is_some_and(|asked| now.saturating_duration_since(asked) < WATCHES_FOR)
    }
}

impl Report {
    /// Whether traffic should come here.
    pub fn is_ready(&self) -> bool {
        self.status < State::Failing
    }

    /// As JSON.
    pub fn json(&self) -> String {
        // Four words in a struct: there is nothing JSON lacks.
        serde_json::to_string(self).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_worst_part_decides_and_is_named() {
        let health = Health::default();
        assert_eq!(health.look().status, State::Ok);
        assert!(health.report(Part::Mail, State::Degraded));
        assert!(!health.report(Part::Mail, State::Degraded), "no news");
        assert!(health.look().is_ready());
        assert!(health.report(Part::Store, State::Failing));
        assert!(!health.look().is_ready());
        assert_eq!(
            health.look().json(),
            r#"{"status":"failing","parts":{"store":"failing","mail":"degraded","upstream":"ok","certificate":"ok","clock":"ok"}}"#
        );
        assert!(health.report(Part::Store, State::Ok));
        assert_eq!(health.look().status, State::Degraded);
    }

    #[test]
    fn who_stops_says_so_and_stays_not_ready() {
        let health = Health::default();
        health.stop();
        assert!(!health.look().is_ready());
        assert!(health.look().json().starts_with(r#"{"status":"stopping""#));
        health.report(Part::Store, State::Failing);
        health.report(Part::Store, State::Ok);
        assert!(!health.look().is_ready());
    }

    #[test]
    fn who_asked_within_a_minute_is_watching() {
        let (health, start) = (Health::default(), Instant::now());
        assert!(!health.is_watched(start));
        health.asked(start);
        assert!(health.is_watched(start + Duration::from_secs(59)));
        assert!(!health.is_watched(start + Duration::from_secs(60)));
    }
}
