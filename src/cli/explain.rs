//! `explain`: which rule decides a request, and what would happen, rule by rule.

use std::net::{IpAddr, Ipv4Addr};

use anyhow::Context;
use clap::Args;

use super::console::say;
use super::{Arguments, Failure, load, small_runtime};
use crate::app::{World, open_office};
use crate::base::client::ClientAddr;
use crate::base::clock::{Clock, SystemClock};
use crate::config::Settings;
use crate::gateway::why::{self, Question};
use crate::identity::account::{Account, EmailAddress};
use crate::store::folder::OpenMode;

/// What to explain.
#[derive(Debug, Args)]
pub struct Options {
    /// The method: GET, POST, …
    method: String,
    /// The URL, as a browser would ask for it.
    url: String,
    /// As somebody who has signed in just now with everything that is asked of them.
    #[arg(long = "as", value_name = "EMAIL")]
    somebody: Option<String>,
    /// From this client address.
    #[arg(long, value_name = "IP")]
    from: Option<IpAddr>,
}

/// Prints the explanation.
///
/// # Errors
///
/// A URL that is none, or is of no site; an account that there is none of.
pub fn run(arguments: &Arguments, options: &Options) -> anyhow::Result<()> {
    let settings = load(arguments, "Nothing was explained.")?.settings;
    let account = match &options.somebody {
        Some(email) => Some(small_runtime()?.block_on(find(&settings, email))?),
        None => None,
    };
    let question = Question {
        method: &options.method,
        url: &options.url,
        account: account.as_ref(),
        client: ClientAddr::new(options.from.unwrap_or(IpAddr::V4(Ipv4Addr::new(192, 0, 2, 1)))),
        rules: &settings.identity,
        now: SystemClock.now(),
    };
    let answer =
        why::answer(&settings.gateway, &question).map_err(|error| Failure::Usage(error.to_string()))?;
    let told = if arguments.json {
        format!("{}\n", answer.to_json())
    } else {
        answer.to_string()
    };
    Ok(say(&mut std::io::stdout(), &told)?)
}

async fn find(settings: &Settings, email: &str) -> anyhow::Result<Account> {
    let email = EmailAddress::parse(email).map_err(|error| Failure::Usage(format!("`{email}`: {error}")))?;
    let office = open_office(settings, &World::real(None), OpenMode::Existing).await?;
    let found = office.desk.store.account_by_email(&email).await?;
    Ok(found
        .with_context(|| format!("there is no account {email}"))?
        .value)
}
