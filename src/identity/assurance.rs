//! What a rule demands, and whether what was proven meets it: computed at each request from facts.
//!
//! There is no "has passed the second factor" flag that could be stale. A configuration that gets
//! stricter, or an account that gains an app, asks for the missing factor at the next request.

use std::collections::BTreeSet;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::account::{Account, Group};
use super::factor::Factor;
use super::session::Session;
use super::settings::{
    AppSetup, Floor, Method, PhoneStep, RequiredFor, RequiredFrom, SecondFactorSettings, SmsUse,
};
use crate::base::time::Timestamp;

/// What a rule asks for.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Requirement {
    /// Anybody may pass.
    Nothing,
    /// A session.
    Password,
    /// What this account must prove now.
    Mfa {
        /// At least one of these; empty: any account.
        groups: Vec<Group>,
        /// A real second factor, at most this old.
        within: Option<Duration>,
    },
    /// Nobody passes.
    Refusal,
}

/// Why a requirement is not met, and so what would meet it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Missing {
    /// A sign-in.
    SignIn,
    /// A second factor, or a fresh one.
    SecondFactor,
    /// An authenticator app has to be set up first.
    SetUp,
    /// The account is in none of the groups. Nothing that the person can do.
    Group,
    /// Nobody passes.
    Refused,
}

/// How somebody stands at one moment, as rules see it.
#[derive(Clone, Copy, Debug)]
pub enum Standing<'a> {
    /// Nobody that we know.
    Stranger,
    /// A live session.
    SignedIn(Facts<'a>),
}

/// What a live session stands for.
#[derive(Clone, Copy, Debug)]
pub struct Facts<'a> {
    groups: &'a BTreeSet<Group>,
    second: Option<Timestamp>,
    demand: Demand,
    missing: Option<Missing>,
}

/// What an account must prove and do, by the rules and by what it has set up.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Demand {
    /// A second factor.
    pub second: bool,
    /// An app has to be set up before the portal opens.
    pub set_up: bool,
    /// There is a second factor that the account could prove.
    pub possible: bool,
    /// Setting up an app is asked for at the sign-in, and may be put off.
    pub invited: Option<Invitation>,
}

/// Setting up an app is asked for, and may be put off.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Invitation {
    /// Until then; `None`: for ever.
    pub until: Option<Timestamp>,
}

/// What this account must prove now.
///
/// While support has suspended its second factor the password alone is enough; a rule that asks for a
/// fresh factor still asks for one.
pub fn demand(account: &Account, rules: &SecondFactorSettings, now: Timestamp) -> Demand {
    // An app that was set up keeps guarding its account even where the operator has since stopped
    // offering apps: taking it for absent would let its owner in with less.
    let by_app = !account.apps.is_empty();
    let by_sms = guarded_by_phone(account, rules);
    let possible = by_app || by_sms || rules.floor == Floor::Email;
    let suspended = account.suspended(now).is_some();
    let asked = !by_app && !suspended;
    let required = app_required(account, rules, now);
    Demand {
        second: possible && !suspended,
        set_up: asked && required,
        possible,
        invited: invitation(account, rules, now).filter(|_| asked && !required),
    }
}

/// Whether this account needs an app now, whether or not it has one.
pub fn app_required(account: &Account, rules: &SecondFactorSettings, now: Timestamp) -> bool {
    let by_date = |required: RequiredFrom| required.from <= now && concerns(required, account);
    rules.app_setup == AppSetup::Required || rules.required.is_some_and(by_date)
}

fn invitation(account: &Account, rules: &SecondFactorSettings, now: Timestamp) -> Option<Invitation> {
    let coming = rules
        .required
        .filter(|required| now < required.from && concerns(*required, account));
    // Who will need an app is told before the day comes, however little the operator invites.
    let invited = rules.app_setup == AppSetup::Invite || coming.is_some();
    (invited && rules.offers(Method::App)).then_some(Invitation {
        until: coming.map(|required| required.from),
    })
}

/// Whether a day on which apps become mandatory is one for this account.
fn concerns(required: RequiredFrom, account: &Account) -> bool {
    match required.whom {
        RequiredFor::All => true,
        RequiredFor::New => account.created >= required.from,
    }
}

/// What signing in asks an account for after the password.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NextAsked {
    /// A code from an app.
    App,
    /// A code by text message.
    TextMessage,
    /// A code by email.
    Email,
    /// To set up an app.
    SetUp,
    /// Nothing.
    Nothing,
}

/// What signing in asks this account for after the password, for whoever has to be told.
pub fn next_asked(account: &Account, rules: &SecondFactorSettings, now: Timestamp) -> NextAsked {
    if !account.apps.is_empty() {
        NextAsked::App
    } else if guarded_by_phone(account, rules) {
        NextAsked::TextMessage
    } else if rules.floor == Floor::Email {
        NextAsked::Email
    } else if app_required(account, rules, now) {
        NextAsked::SetUp
    } else {
        NextAsked::Nothing
    }
}

/// Whether the account's phone is a second factor by itself. Without text messages it is nothing: no code
/// could be sent to it.
pub fn guarded_by_phone(account: &Account, rules: &SecondFactorSettings) -> bool {
    account.phone.is_some() && rules.sms_used_as(SmsUse::Method)
}

/// Whether recovery codes are of use to the account: there is something that can be lost.
pub fn may_have_codes(account: &Account, rules: &SecondFactorSettings) -> bool {
    !account.apps.is_empty() || guarded_by_phone(account, rules)
}

/// Whether a factor only stands in for one that is lost. No device is trusted for it.
pub fn stands_in(factor: Factor, rules: &SecondFactorSettings) -> bool {
    match factor {
        Factor::Recovery => true,
        Factor::Sms => !rules.sms_used_as(SmsUse::Method),
        Factor::App | Factor::Email => false,
    }
}

/// Whether the set-up asks for a phone number before the app, and whether that may be skipped.
pub fn phone_step(account: &Account, rules: &SecondFactorSettings) -> Option<PhoneStep> {
    let wanted = rules.sms.as_ref().filter(|_| account.phone.is_none());
    wanted.map(|sms| sms.phone)
}

/// The second factors that an account may use, in the order offered; recovery codes last.
pub fn usable(account: &Account, rules: &SecondFactorSettings) -> Vec<Factor> {
    let app = !account.apps.is_empty();
    let sms = guarded_by_phone(account, rules);
    let email_offered = rules.offers(Method::Email);
    let email = if app || sms {
        rules.email_fallback && email_offered
    } else {
        rules.floor == Floor::Email
    };
    let mut usable: Vec<Factor> = Vec::with_capacity(4);
    let order = rules.methods.iter().map(|method| Factor::from(*method)).chain([
        Factor::App,
        Factor::Sms,
        Factor::Email,
    ]);
    for factor in order {
        let fits = match factor {
            Factor::App => app,
            Factor::Email => email,
            Factor::Sms => sms,
            Factor::Recovery => false,
        };
        if fits && !usable.contains(&factor) {
            usable.push(factor);
        }
    }
    if app && account.phone.is_some() && rules.sms_used_as(SmsUse::Recovery) {
        usable.push(Factor::Sms);
    }
    let codes_left = account.recovery.as_ref().is_some_and(|set| set.left() > 0);
    if may_have_codes(account, rules) && codes_left {
        usable.push(Factor::Recovery);
    }
    usable
}

impl<'a> Standing<'a> {
    /// How a live session stands now.
    pub fn of(session: &Session, account: &'a Account, rules: &SecondFactorSettings, now: Timestamp) -> Self {
        let demand = demand(account, rules, now);
        let second_met = session.proven.second.is_some() || session.proven.device.is_some();
        let missing = match demand {
            Demand { second: true, .. } if !second_met => Some(Missing::SecondFactor),
            Demand { set_up: true, .. } => Some(Missing::SetUp),
            Demand { .. } => None,
        };
        Self::SignedIn(Facts {
            groups: &account.groups,
            second: session.proven.second.map(|(_, at)| at),
            demand,
            missing,
        })
    }
}

/// What is missing for `requirement`. `None`: it is met.
pub fn missing(requirement: &Requirement, standing: &Standing<'_>, now: Timestamp) -> Option<Missing> {
    match (requirement, standing) {
        (Requirement::Nothing, _) | (Requirement::Password, Standing::SignedIn(_)) => None,
        (Requirement::Refusal, _) => Some(Missing::Refused),
        (Requirement::Password | Requirement::Mfa { .. }, Standing::Stranger) => Some(Missing::SignIn),
        (Requirement::Mfa { groups, within }, Standing::SignedIn(facts)) => facts
            .missing
            .or_else(|| facts.missing_group(groups))
            .or_else(|| within.and_then(|within| facts.missing_freshness(within, now))),
    }
}

impl<'a> Facts<'a> {
    /// How somebody would stand who has just proven all that their account has: for explaining
    /// rules to an operator. It is no session and opens none.
    pub fn all_proven(account: &'a Account, rules: &SecondFactorSettings, now: Timestamp) -> Self {
        let demand = demand(account, rules, now);
        Self {
            groups: &account.groups,
            second: demand.possible.then_some(now),
            demand,
            missing: demand.set_up.then_some(Missing::SetUp),
        }
    }
}

impl Facts<'_> {
    fn missing_group(&self, groups: &[Group]) -> Option<Missing> {
        let member = groups.is_empty() || groups.iter().any(|group| self.groups.contains(group));
        (!member).then_some(Missing::Group)
    }

    /// A trusted device is no real second factor; an account that has none to prove sets one up.
    fn missing_freshness(&self, within: Duration, now: Timestamp) -> Option<Missing> {
        let fresh = self.second.is_some_and(|at| now < at.plus(within));
        let next = if self.demand.possible {
            Missing::SecondFactor
        } else {
            Missing::SetUp
        };
        (!fresh).then_some(next)
    }
}
