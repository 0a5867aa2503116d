//! Why a request is decided as it is, rule by rule, for the operator.

use std::fmt;

use super::path::RequestPath;
use super::rule::{Ask, Fit, Rule, RuleSet};
use super::{Decision, decide};
use crate::base::time::Timestamp;
use crate::identity::assurance::Standing;

/// One rule, and how it fits.
#[derive(Clone, Debug)]
pub struct Reason<'a> {
    /// Its number, from 1, as it stands in the configuration.
    pub number: usize,
    /// The rule.
    pub rule: &'a Rule,
    /// How it fits; `None`: an earlier rule has decided.
    pub fit: Option<Fit>,
}

/// The decision and what led to it.
#[derive(Clone, Debug)]
pub struct Explanation<'a> {
    /// Whether the path can be read in one way only. If not, no rule lets it off.
    pub canonical: bool,
    /// Every rule, in order.
    pub reasons: Vec<Reason<'a>>,
    /// The number of the rule that decided; `None`: the default, mfa.
    pub decided_by: Option<usize>,
    /// What becomes of the request.
    pub decision: Decision,
}

/// Explains one request.
pub fn explain<'a>(
    rules: &'a RuleSet,
    ask: &Ask<'_>,
    prefix: &str,
    standing: &Standing<'_>,
    now: Timestamp,
) -> Explanation<'a> {
    let mut decided_by = None;
    let mut reasons = Vec::with_capacity(rules.rules().len());
    for (at, rule) in rules.rules().iter().enumerate() {
        let fit = decided_by.is_none().then(|| rule.fit(ask));
        if fit == Some(Fit::Narrowly) {
            decided_by = Some(at + 1);
        }
        reasons.push(Reason {
            number: at + 1,
            rule,
            fit,
        });
    }
    Explanation {
        canonical: RequestPath::is_canonical(&ask.path),
        reasons,
        decided_by,
        decision: decide(rules, ask, prefix, standing, now),
    }
}

impl fmt::Display for Fit {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::OtherMethod => "other method",
            Self::OtherNetwork => "other network",
            Self::OtherPath => "other path",
            Self::Widely => "some reading of the path fits: its demand is added",
            Self::Narrowly => "fits: decides",
        })
    }
}
