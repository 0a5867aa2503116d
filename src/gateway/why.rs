//! Why a request is decided as it is: the gateway's own intake and policy, asked by an operator.

use std::fmt;

use http::Method;
use serde::Serialize;

use super::settings::Settings;
use super::site::{Site, SiteError, Sites};
use crate::base::client::ClientAddr;
use crate::base::time::Timestamp;
use crate::identity::account::Account;
use crate::identity::assurance::{Facts, Missing, Requirement, Standing};
use crate::identity::settings::Settings as Rules;
use crate::policy::explain::{Explanation, explain};
use crate::policy::{Ask, Decision, Fit, Refusal, RequestPath, Rule};

/// What an operator asks.
pub struct Question<'a> {
    /// The method.
    pub method: &'a str,
    /// The URL.
    pub url: &'a str,
    /// Somebody who has just proven all that they have.
    pub account: Option<&'a Account>,
    /// From where.
    pub client: ClientAddr,
    /// The rules that accounts are under.
    pub rules: &'a Rules,
    /// When.
    pub now: Timestamp,
}

/// Why there is no answer.
#[derive(Debug, thiserror::Error)]
pub enum NoAnswer {
    /// Not an absolute http or https URL.
    #[error("`{0}` is not a URL like https://portal.example.com/page")]
    Url(String),
    /// Not a method.
    #[error("`{0}` is not a method")]
    Method(String),
    /// The host is no site's: such requests get 421.
    #[error("`{0}` is the host of no site; a request for it gets 421")]
    Host(String),
    /// A site cannot be served.
    #[error(transparent)]
    Site(#[from] SiteError),
}

/// One rule, and how it fits.
#[derive(Debug, Serialize)]
pub struct RuleLine {
    rule: usize,
    path: String,
    require: String,
    fits: String,
}

/// The answer, to be printed.
#[derive(Debug, Serialize)]
pub struct Answer {
    canonical: bool,
    rules: Vec<RuleLine>,
    decided_by: Option<usize>,
    outcome: String,
}

/// Answers a question by the code that decides.
///
/// # Errors
///
/// [`NoAnswer`].
pub fn answer(settings: &Settings, question: &Question<'_>) -> Result<Answer, NoAnswer> {
    let (host, target) = split(question.url)?;
    let sites = Sites::new(&settings.sites, &settings.prefix)?;
    let site = sites.find(&host).ok_or(NoAnswer::Host(host))?;
    let method = Method::from_bytes(question.method.as_bytes())
        .map_err(|_| NoAnswer::Method(question.method.to_owned()))?;
    let path = target.split('?').next().unwrap_or("/");
    let ask = Ask {
        method: &method,
        path: RequestPath::read(path.as_bytes()),
        client: question.client,
    };
    let standing = question.account.map_or(Standing::Stranger, |account| {
        Standing::SignedIn(Facts::all_proven(
            account,
            &question.rules.second_factor,
            question.now,
        ))
    });
    let explanation = explain(
        &site.rules,
        &ask,
        &settings.prefix.to_ascii_lowercase(),
        &standing,
        question.now,
    );
    Ok(said(site, &explanation, question))
}

/// Host and target, as they stand: a URL parser would already have tidied the path up.
fn split(url: &str) -> Result<(String, String), NoAnswer> {
    let bad = || NoAnswer::Url(url.to_owned());
    let rest = url
        .strip_prefix("https://")
        .or_else(|| url.strip_prefix("http://"))
        .ok_or_else(bad)?;
    let (authority, target) = match rest.find('/') {
        Some(at) => rest.split_at_checked(at).ok_or_else(bad)?,
        None => (rest, "/"),
    };
    let host = authority.rsplit_once(':').map_or(authority, |(host, _)| host);
    if host.is_empty() {
        Err(bad())
    } else {
        Ok((host.to_ascii_lowercase(), target.to_owned()))
    }
}

fn said(_site: &Site, explanation: &Explanation<'_>, question: &Question<'_>) -> Answer {
    let rules = explanation.reasons.iter().map(|reason| RuleLine {
        rule: reason.number,
        path: reason
            .rule
            .path
            .as_ref()
            .map_or_else(|| "every path".to_owned(), ToString::to_string),
        require: demand(reason.rule),
        fits: reason.fit.map_or_else(
            || "not looked at: an earlier rule decides".to_owned(),
            |fit: Fit| fit.to_string(),
        ),
    });
    Answer {
        canonical: explanation.canonical,
        rules: rules.collect(),
        decided_by: explanation.decided_by,
        outcome: outcome(explanation.decision, question),
    }
}

fn demand(rule: &Rule) -> String {
    match &rule.require {
        Requirement::Nothing => "nothing".to_owned(),
        Requirement::Password => "password".to_owned(),
        Requirement::Refusal => "refusal".to_owned(),
        Requirement::Mfa { groups, within } => {
            let mut text = "mfa".to_owned();
            if !groups.is_empty() {
                let names: Vec<&str> = groups
                    .iter()
                    .map(crate::identity::account::Group::as_str)
                    .collect();
                text.push_str(&format!(", group {}", names.join(" or ")));
            }
            if let Some(within) = within {
                text.push_str(&format!(", within {} s", within.as_secs()));
            }
            text
        }
    }
}

fn outcome(decision: Decision, question: &Question<'_>) -> String {
    let who = question
        .account
        .map_or_else(|| "a stranger".to_owned(), |account| account.email.to_string());
    match decision {
        Decision::Forward(_) => format!("{who}: goes on to the portal"),
        Decision::Pages => "answered by the gateway's own pages".to_owned(),
        Decision::Challenge(Missing::SecondFactor) => format!("{who}: is asked for a fresh second factor"),
        Decision::Challenge(Missing::SetUp) => format!("{who}: has to set up an app first"),
        Decision::Challenge(Missing::SignIn | Missing::Group | Missing::Refused) => {
            format!("{who}: is sent to sign in (303; 401 for scripts)")
        }
        Decision::Refuse(Refusal::Group) => format!("{who}: is in none of the groups (403)"),
        Decision::Refuse(Refusal::Nobody) => "nobody may pass (403)".to_owned(),
    }
}

impl Answer {
    /// As JSON.
    pub fn to_json(&self) -> String {
        serde_json::to_string_pretty(self).unwrap_or_default()
    }
}

impl fmt::Display for Answer {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.canonical {
            writeln!(
                out,
                "The path can be read in more than one way: no rule lets it off, and every rule that it may stand for adds its demand."
            )?;
        }
        let widest = self
            .rules
            .iter()
            .map(|rule| rule.path.chars().count())
            .max()
            .unwrap_or(0);
        for RuleLine {
            rule,
            path,
            require,
            fits,
        } in &self.rules
        {
            writeln!(out, "rule {rule:<3} {path:<widest$}  {require:<24} {fits}")?;
        }
        if self.decided_by.is_none() {
            writeln!(out, "no rule decides: mfa")?;
        }
        writeln!(out, "-> {}", self.outcome)
    }
}
