//! How often something may be tried, and how long whoever tried too often waits.
//!
//! ```text
//! struck ──below the limit──▶ Go          (counted before the answer is computed)
//!    │ the limit is reached
//!    ▼
//! waiting until … ──struck──▶ Wait        (not counted, nothing is looked at)
//!    │ the time has come
//!    ▼
//! a fresh count; the next wait is longer where the limit says so
//! ```
//!
//! A [`Tally`] is a value; stores change it atomically by calling [`Tally::struck`] inside their
//! own write, so that of two hundred guesses at once no more than the limit are looked at.
//! After Kanidm's softlock; OWASP Authentication Cheat Sheet, "Login throttling".

use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::base::time::Timestamp;

/// How often, within how long, and what then.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Limit {
    /// Tries (or different members) that are let through.
    pub at_most: u32,
    /// Within this long, from the first.
    pub within: Duration,
    /// What follows.
    pub then: Then,
}

/// What follows when a limit is reached.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Then {
    /// Wait until the window has passed, counted from its first try.
    WindowEnd,
    /// Wait this long; twice as long each time it happens again within a day, up to `longest`.
    Wait {
        /// The first wait.
        first: Duration,
        /// The longest wait.
        longest: Duration,
    },
    /// Closed until somebody opens it.
    Closed,
    /// Nothing, but say so.
    Report,
}

/// What is counted, as one attempt names it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Stroke {
    /// The limit that applies.
    pub limit: Limit,
    /// Counts different members (names, say) instead of tries.
    pub member: Option<u64>,
}

/// A wait that somebody has run into.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Waits {
    /// Until then.
    Until(Timestamp),
    /// Until support opens it.
    Closed,
}

/// A count, as it is kept.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Tally {
    count: u32,
    members: Vec<u64>,
    since: Timestamp,
    waits: Option<Timestamp>,
    closed: bool,
    rounds: u8,
    round_at: Timestamp,
}

/// How long a round of waiting is remembered.
const ROUNDS_FADE: Duration = Duration::from_secs(86_400);

/// Different members a tally keeps at most, so that it stays small whatever is configured.
const MEMBERS_AT_MOST: usize = 1000;

impl Tally {
    /// The wait that this count stands at, if any.
    pub fn waits(&self, now: Timestamp) -> Option<Waits> {
        if self.closed {
            return Some(Waits::Closed);
        }
        self.waits.filter(|until| now < *until).map(Waits::Until)
    }

    /// Counts a try. Says whether this one reached the limit, so that it is reported once.
    ///
    /// Ask [`Self::waits`] first: a try during a wait is not to be counted.
    #[must_use]
    pub fn struck(mut self, stroke: &Stroke, now: Timestamp) -> (Self, bool) {
        self.fade(&stroke.limit, now);
        if self.count == 0 && self.members.is_empty() {
            self.since = now;
        }
        match stroke.member {
            Some(member) if self.members.contains(&member) => return (self, false),
            Some(member) if self.members.len() < MEMBERS_AT_MOST => self.members.push(member),
            Some(_) => {}
            None => self.count = self.count.saturating_add(1),
        }
        let reached = self.is_at(stroke);
        if reached {
            self.reach(&stroke.limit, now);
        }
        (self, reached)
    }

    /// A limit on members is passed by the one after it, a limit on tries is reached by the last
    /// that it lets through: the next one waits.
    ///
    /// Nothing is counted during a wait, so whoever stands beyond a limit has come there because the
    /// operator has lowered it: that one waits too. Where nobody waits, only the one try that
    /// reaches the limit is worth a report.
    fn is_at(&self, stroke: &Stroke) -> bool {
        let at_most = u64::from(stroke.limit.at_most);
        let (stands, limit) = match stroke.member {
            Some(_) => (self.members.len() as u64, at_most.saturating_add(1)),
            None => (u64::from(self.count), at_most),
        };
        if stroke.limit.then == Then::Report {
            stands == limit
        } else {
            stands >= limit
        }
    }

    fn reach(&mut self, limit: &Limit, now: Timestamp) {
        match limit.then {
            Then::WindowEnd => self.waits = Some(self.since.plus(limit.within)),
            Then::Wait { first, longest } => {
                let factor = 1_u32.checked_shl(u32::from(self.rounds)).unwrap_or(u32::MAX);
                self.waits = Some(now.plus(first.saturating_mul(factor).min(longest)));
                self.rounds = self.rounds.saturating_add(1).min(16);
                self.round_at = now;
            }
            Then::Closed => self.closed = true,
            Then::Report => {}
        }
    }

    fn fade(&mut self, limit: &Limit, now: Timestamp) {
        let waited = self.waits.is_some_and(|until| now >= until);
        let passed = limit.then != Then::Closed && now >= self.since.plus(limit.within);
        if waited || (passed && self.waits.is_none()) {
            self.count = 0;
            self.members.clear();
            self.waits = None;
        }
        if now >= self.round_at.plus(ROUNDS_FADE) {
            self.rounds = 0;
        }
    }

    /// Takes a try back that turned out to be right.
    #[must_use]
    pub fn refunded(mut self, stroke: &Stroke, now: Timestamp) -> Self {
        match stroke.member {
            Some(member) => self.members.retain(|held| *held != member),
            None => self.count = self.count.saturating_sub(1),
        }
        // The wait that this very try began goes with it.
        let began_now = self.count.saturating_add(1) >= stroke.limit.at_most && stroke.member.is_none();
        if began_now && stroke.limit.then != Then::Report {
            if self.waits.is_some() && matches!(stroke.limit.then, Then::Wait { .. }) && self.round_at <= now
            {
                self.rounds = self.rounds.saturating_sub(1);
            }
            self.waits = None;
            self.closed = false;
        }
        self
    }

    /// Tries counted in the present window.
    pub fn count(&self) -> u32 {
        self.count
    }

    /// When nothing of it matters any more, so that a store may forget it. `None`: never by itself.
    pub fn ends(&self, limit: &Limit) -> Option<Timestamp> {
        if self.closed || limit.then == Then::Closed {
            return None;
        }
        let window = self.since.plus(limit.within);
        let rounds = if self.rounds > 0 {
            self.round_at.plus(ROUNDS_FADE)
        } else {
            window
        };
        Some(window.max(rounds).max(self.waits.unwrap_or(window)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MINUTE: u64 = 60;
    const LIMIT: Limit = Limit {
        at_most: 10,
        within: Duration::from_secs(15 * MINUTE),
        then: Then::Wait {
            first: Duration::from_secs(15 * MINUTE),
            longest: Duration::from_secs(60 * MINUTE),
        },
    };

    fn at(seconds: u64) -> Timestamp {
        Timestamp::from_unix_seconds(1_700_000_000).plus(Duration::from_secs(seconds))
    }

    fn strike(tally: Tally, stroke: &Stroke, now: Timestamp) -> Result<Tally, Waits> {
        match tally.waits(now) {
            Some(waits) => Err(waits),
            None => Ok(tally.struck(stroke, now).0),
        }
    }

    #[test]
    fn ten_pass_the_eleventh_waits_and_the_wait_doubles_to_an_hour() {
        let stroke = Stroke {
            limit: LIMIT,
            member: None,
        };
        let mut tally = Tally::default();
        let mut start = 0;
        for wait in [15, 30, 60, 60] {
            for n in 0..10 {
                tally = strike(tally, &stroke, at(start + n))
                    .unwrap_or_else(|waits| panic!("try {n} waits {waits:?}"));
            }
            let until = at(start + 9 + wait * MINUTE);
            assert_eq!(tally.waits(at(start + 10)), Some(Waits::Until(until)));
            assert_eq!(tally.waits(until), None, "the end is exclusive");
            start += 9 + wait * MINUTE;
        }
    }

    #[test]
    fn tries_fade_with_their_window() {
        let stroke = Stroke {
            limit: LIMIT,
            member: None,
        };
        let mut tally = Tally::default();
        for n in 0..9 {
            tally = strike(tally, &stroke, at(n)).unwrap();
        }
        tally = strike(tally, &stroke, at(15 * MINUTE)).unwrap();
        assert_eq!(tally.count(), 1);
    }

    #[test]
    fn a_right_try_is_taken_back_even_where_it_was_the_last() {
        let stroke = Stroke {
            limit: LIMIT,
            member: None,
        };
        let mut tally = Tally::default();
        for n in 0..10 {
            tally = strike(tally, &stroke, at(n)).unwrap();
        }
        tally = tally.refunded(&stroke, at(9));
        assert_eq!(tally.waits(at(10)), None);
        assert_eq!(tally.count(), 9);
    }

    #[test]
    fn different_names_count_and_one_that_signs_in_leaves_the_list() {
        let limit = Limit {
            at_most: 10,
            within: Duration::from_secs(600),
            then: Then::Wait {
                first: Duration::from_secs(3600),
                longest: Duration::from_secs(3600),
            },
        };
        let stroke = |name| Stroke {
            limit,
            member: Some(name),
        };
        let mut tally = Tally::default();
        for name in 0..10 {
            tally = strike(tally, &stroke(name), at(name)).unwrap();
            tally = strike(tally, &stroke(name), at(name)).unwrap();
        }
        tally = tally.refunded(&stroke(3), at(20));
        tally = strike(tally, &stroke(100), at(21)).unwrap();
        assert_eq!(tally.waits(at(22)), None);
        let (tally, reached) = tally.struck(&stroke(101), at(23));
        assert!(reached);
        assert_eq!(tally.waits(at(24)), Some(Waits::Until(at(23 + 3600))));
    }

    #[test]
    fn a_limit_that_was_lowered_holds_for_those_beyond_it() {
        let within = Duration::from_secs(900);
        let closing = |at_most| Stroke {
            limit: Limit {
                at_most,
                within,
                then: Then::Closed,
            },
            member: None,
        };
        let mut tally = Tally::default();
        for n in 0..7 {
            tally = strike(tally, &closing(10), at(n)).unwrap();
        }
        let (tally, reached) = tally.struck(&closing(5), at(8));
        assert!(reached);
        assert_eq!(tally.waits(at(9)), Some(Waits::Closed));
        assert_eq!(
            tally.refunded(&closing(5), at(9)).waits(at(9)),
            None,
            "it was right"
        );
    }

    #[test]
    fn a_report_is_made_once() {
        let stroke = |member| Stroke {
            limit: Limit {
                at_most: 3,
                within: Duration::from_secs(900),
                then: Then::Report,
            },
            member,
        };
        for counts_members in [true, false] {
            let mut tally = Tally::default();
            let mut reports = 0;
            for n in 0..10 {
                let (next, reached) = tally.struck(&stroke(counts_members.then_some(n)), at(n));
                tally = next;
                reports += u32::from(reached);
            }
            assert_eq!(reports, 1, "members: {counts_members}");
            assert_eq!(tally.waits(at(11)), None);
        }
    }

    #[test]
    fn closed_stays_closed() {
        let limit = Limit {
            at_most: 3,
            within: Duration::from_secs(1),
            then: Then::Closed,
        };
        let stroke = Stroke { limit, member: None };
        let mut tally = Tally::default();
        for n in 0..3 {
            tally = strike(tally, &stroke, at(n * 1000)).unwrap();
        }
        assert_eq!(tally.waits(at(1_000_000)), Some(Waits::Closed));
        assert_eq!(tally.ends(&limit), None);
    }
}
