//! Rules, in order: the first that fits decides, and no match asks for mfa.
//!
//! A rule that fits [narrowly](RequestPath::fits_narrowly) decides. A rule that fits only
//! [widely](RequestPath::fits_widely) adds what it asks for and lets the search go on: so an odd path
//! meets the demands of every rule it may stand for, and is let off by none of them.

use http::Method;
use ipnet::IpNet;

use super::path::{PathPattern, RequestPath};
use crate::base::client::ClientAddr;
use crate::identity::assurance::Requirement;

/// What is asked where no rule decides: everything that the account must prove.
pub(super) static BY_DEFAULT: Requirement = Requirement::Mfa {
    groups: Vec::new(),
    within: None,
};

/// One line of `access`.
#[derive(Clone, Debug)]
pub struct Rule {
    /// Which paths; `None`: all.
    pub path: Option<PathPattern>,
    /// Which methods; empty: all.
    pub methods: Vec<Method>,
    /// Which client networks; empty: all.
    pub from: Vec<IpNet>,
    /// What it asks for.
    pub require: Requirement,
}

/// A request, as far as rules look at it. The host has chosen the rules already.
#[derive(Clone, Debug)]
pub struct Ask<'a> {
    /// The method, compared as it stands.
    pub method: &'a Method,
    /// The path.
    pub path: RequestPath<'a>,
    /// Who asks, by address.
    pub client: ClientAddr,
}

/// How a rule fits a request.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Fit {
    /// Another method.
    OtherMethod,
    /// Another network.
    OtherNetwork,
    /// Another path, in every reading.
    OtherPath,
    /// Some reading of the path: its demand is added.
    Widely,
    /// The path as it stands: it decides.
    Narrowly,
}

/// The rules of a site.
#[derive(Clone, Debug, Default)]
pub struct RuleSet {
    rules: Vec<Rule>,
}

impl RuleSet {
    /// Rules in the order of the configuration.
    pub const fn new(rules: Vec<Rule>) -> Self {
        Self { rules }
    }

    /// The rules.
    pub fn rules(&self) -> &[Rule] {
        &self.rules
    }

    /// Everything that a request has to meet: the demands of rules that fit widely, then the one of the
    /// rule that decides, or the default.
    pub fn demands<'a>(&'a self, ask: &'a Ask<'_>) -> impl Iterator<Item = &'a Requirement> {
        let mut rules = self.rules.iter();
        let mut decided = false;
        std::iter::from_fn(move || {
            if decided {
                return None;
            }
            for rule in rules.by_ref() {
                match rule.fit(ask) {
                    Fit::OtherMethod | Fit::OtherNetwork | Fit::OtherPath => {}
                    Fit::Widely => return Some(&rule.require),
                    Fit::Narrowly => {
                        decided = true;
                        return Some(&rule.require);
                    }
                }
            }
            decided = true;
            Some(&BY_DEFAULT)
        })
    }
}

impl Rule {
    /// How it fits.
    pub fn fit(&self, ask: &Ask<'_>) -> Fit {
        if !self.methods.is_empty() && !self.methods.contains(ask.method) {
            return Fit::OtherMethod;
        }
        if !self.from.is_empty() && !self.from.iter().any(|net| net.contains(&ask.client.ip())) {
            return Fit::OtherNetwork;
        }
        match &self.path {
            None => Fit::Narrowly,
            Some(pattern) if ask.path.fits_narrowly(pattern) => Fit::Narrowly,
            Some(pattern) if ask.path.fits_widely(pattern) => Fit::Widely,
            Some(_) => Fit::OtherPath,
        }
    }
}
