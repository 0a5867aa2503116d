//! `event list`: the audit trail.

use std::collections::BTreeMap;
use std::time::Duration;

use clap::{Args, Subcommand};
use serde_json::{Map, Value, json};

use super::account::{Context, in_words};
use super::console::Console;
use super::portrait;
use super::{Arguments, at_console};
use crate::base::id::AccountId;
use crate::identity::account::EmailAddress;
use crate::language::machine_time;
use crate::service::Desk;
use crate::store::StoredEvent;

/// Verbs about the audit trail.
#[derive(Debug, Subcommand)]
pub enum EventCommand {
    /// Lists what has happened, oldest first.
    List(ListOptions),
}

/// `event list`.
#[derive(Debug, Args)]
pub struct ListOptions {
    /// Of one account only.
    #[arg(long, value_name = "EMAIL")]
    user: Option<String>,
    /// From how long ago on: 24h, 30d.
    #[arg(long, value_name = "SPAN", default_value = "24h", value_parser = crate::config::span)]
    since: Duration,
}

/// Runs it.
///
/// # Errors
///
/// What went wrong, in words for whoever typed it.
pub fn run(arguments: &Arguments, command: &EventCommand) -> anyhow::Result<()> {
    at_console(arguments, None, false, async |desk, context, console| {
        perform(command, desk, context, console).await
    })
}

/// One verb.
///
/// # Errors
///
/// [`super::Failure::Usage`] for wrong usage; anything else failed.
pub async fn perform(
    command: &EventCommand,
    desk: &Desk,
    context: &Context,
    console: &mut Console<'_>,
) -> anyhow::Result<()> {
    let EventCommand::List(options) = command;
    list(options, desk, context, console).await.map_err(in_words)
}

async fn list(
    options: &ListOptions,
    desk: &Desk,
    context: &Context,
    console: &mut Console<'_>,
) -> anyhow::Result<()> {
    let now = desk.now();
    let since = now.minus(options.since);
    let (events, addresses) = desk.admin_events(options.user.as_deref(), since).await?;
    if console.json {
        let all = events.iter().map(|event| as_json(event, &addresses));
        return Ok(console.say_json(&Value::Array(all.collect()))?);
    }
    if events.is_empty() {
        return Ok(console.line("Nothing has happened since then.")?);
    }
    let rows: Vec<Vec<String>> = events
        .iter()
        .map(|event| {
            vec![
                context.clockface.second(event.at),
                event.name.clone(),
                address(event, &addresses),
                details(event),
            ]
        })
        .collect();
    for line in portrait::table(&["TIME", "EVENT", "ACCOUNT", "DETAILS"], &rows) {
        console.line(line)?;
    }
    Ok(())
}

/// Whose it is: the address, or the id where there is no such account any more.
fn address(event: &StoredEvent, addresses: &BTreeMap<AccountId, EmailAddress>) -> String {
    event.account.map_or_else(
        || "-".to_owned(),
        |id| {
            let email = addresses.get(&id);
            email.map_or_else(|| id.to_string(), ToString::to_string)
        },
    )
}

/// As it was recorded; a line that cannot be read is an event without details, and still one.
fn recorded(event: &StoredEvent) -> Map<String, Value> {
    serde_json::from_str(&event.line).unwrap_or_default()
}

fn as_json(event: &StoredEvent, addresses: &BTreeMap<AccountId, EmailAddress>) -> Value {
    let mut fields = recorded(event);
    fields.insert("at".to_owned(), json!(machine_time(event.at)));
    fields.insert("event".to_owned(), json!(event.name));
    let email = event.account.and_then(|id| addresses.get(&id));
    fields.insert("email".to_owned(), json!(email.map(EmailAddress::spelling)));
    Value::Object(fields)
}

/// What it says besides: `method=password+app by=root "lost phone"`, on one line whatever was typed.
fn details(event: &StoredEvent) -> String {
    let fields = recorded(event);
    let told = fields.iter().filter(|(name, _)| {
        !["at", "event", "account", "request", "actor", "reason"].contains(&name.as_str())
    });
    let mut parts: Vec<String> = told
        .filter(|(_, value)| !value.is_null())
        .map(|(name, value)| format!("{name}={}", plain(value)))
        .collect();
    if let Some(actor) = fields.get("actor") {
        parts.push(format!("by={}", plain(actor)));
    }
    if let Some(reason) = fields.get("reason") {
        parts.push(format!("\"{}\"", plain(reason)));
    }
    parts.join(" ")
}

/// Text without what a terminal would act on.
fn plain(value: &Value) -> String {
    let text = match value {
        Value::String(text) => text.clone(),
        Value::Array(items) => items.iter().map(plain).collect::<Vec<_>>().join(","),
        other => other.to_string(),
    };
    text.chars()
        .map(|it| if it.is_control() { '\u{fffd}' } else { it })
        .collect()
}
