//! May this request pass? Pure.
//!
//! ```text
//! path below the prefix ─────────────────────────────▶ Pages
//! rules × request ──▶ demands ──▶ met ───────────────▶ Forward(Permit)
//!                                 can be met ────────▶ Challenge(what is missing)
//!                                 cannot be met ─────▶ Refuse(why)
//! ```
//!
//! [`decide`] is the whole of it: rules, request, standing and time in, [`Decision`] out. The host has
//! chosen the rules before; what is malformed has been refused before. A [`Permit`] comes from
//! nowhere else.

pub mod explain;
pub mod path;
mod permit;
pub mod reading;
pub mod rule;

pub use path::{PathPattern, PathPatternError, RequestPath};
pub use permit::Permit;
pub use rule::{Ask, Fit, Rule, RuleSet};

use crate::base::time::Timestamp;
use crate::identity::assurance::{self, Missing, Requirement, Standing};

/// What becomes of a request.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Decision {
    /// It goes on to the portal.
    Forward(Permit),
    /// It is for the gateway's own pages.
    Pages,
    /// The person can do something about it.
    Challenge(Missing),
    /// The person cannot.
    Refuse(Refusal),
}

/// Why nothing helps.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Refusal {
    /// The account is in none of the groups.
    Group,
    /// Nobody passes.
    Nobody,
}

/// Decides about one request. `prefix` is where the gateway's own pages live: in lower case, without
/// a slash at its end. Nothing that may be read as lying below it is ever forwarded.
pub fn decide(
    rules: &RuleSet,
    ask: &Ask<'_>,
    prefix: &str,
    standing: &Standing<'_>,
    now: Timestamp,
) -> Decision {
    if is_for_pages(&ask.path, prefix) {
        return Decision::Pages;
    }
    weigh(rules.demands(ask), standing, now)
}

/// Whether the gateway answers this path itself.
pub fn is_for_pages(path: &RequestPath<'_>, prefix: &str) -> bool {
    path.lies_at_or_below(prefix) || path.raw() == b"/.well-known/change-password"
}

/// What somebody who stands like this lacks for a request. `None`: it would be forwarded.
pub fn missing(rules: &RuleSet, ask: &Ask<'_>, standing: &Standing<'_>, now: Timestamp) -> Option<Missing> {
    match weigh(rules.demands(ask), standing, now) {
        Decision::Forward(_) | Decision::Pages => None,
        Decision::Challenge(missing) => Some(missing),
        Decision::Refuse(Refusal::Group) => Some(Missing::Group),
        Decision::Refuse(Refusal::Nobody) => Some(Missing::Refused),
    }
}

/// All demands have to be met. What nobody can meet counts first, then what has to be done first.
fn weigh<'a>(
    demands: impl Iterator<Item = &'a Requirement>,
    standing: &Standing<'_>,
    now: Timestamp,
) -> Decision {
    let mut protected = false;
    let mut first: Option<Missing> = None;
    for demand in demands {
        protected |= *demand != Requirement::Nothing;
        match assurance::missing(demand, standing, now) {
            None => {}
            Some(Missing::Refused) => return Decision::Refuse(Refusal::Nobody),
            Some(missing) => first = Some(first.map_or(missing, |first| first.min(missing))),
        }
    }
    match first {
        None => Decision::Forward(Permit::new(protected)),
        Some(Missing::Refused) => Decision::Refuse(Refusal::Nobody),
        Some(Missing::Group) => Decision::Refuse(Refusal::Group),
        Some(missing @ (Missing::SignIn | Missing::SecondFactor | Missing::SetUp)) => {
            Decision::Challenge(missing)
        }
    }
}

#[cfg(test)]
mod tests;
