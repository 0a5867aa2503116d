//! `device …`: trusted devices of an account.

use clap::{Args, Subcommand};
use serde_json::json;

use super::account::{Context, Why, in_words};
use super::console::Console;
use super::portrait;
use super::{Arguments, at_console};
use crate::language::machine_time;
use crate::service::Desk;

/// Verbs about trusted devices.
#[derive(Debug, Subcommand)]
pub enum DeviceCommand {
    /// Lists the devices that skip the code.
    List {
        /// Whose.
        email: String,
    },
    /// Takes trust back from a device: it asks for a code at its next sign-in.
    Remove(RemoveOptions),
}

/// `device remove`.
#[derive(Debug, Args)]
pub struct RemoveOptions {
    #[command(flatten)]
    why: Why,
    /// The device, as `device list` names it.
    device: String,
}

/// Runs it.
///
/// # Errors
///
/// What went wrong, in words for whoever typed it.
pub fn run(arguments: &Arguments, command: &DeviceCommand) -> anyhow::Result<()> {
    let (reason, yes) = match command {
        DeviceCommand::List { .. } => (None, false),
        DeviceCommand::Remove(options) => (options.why.reason.as_deref(), options.why.yes),
    };
    at_console(arguments, reason, yes, async |desk, context, console| {
        perform(command, desk, context, console).await
    })
}

/// One verb.
///
/// # Errors
///
/// [`super::Failure::Usage`] for wrong usage; anything else failed.
pub async fn perform(
    command: &DeviceCommand,
    desk: &Desk,
    context: &Context,
    console: &mut Console<'_>,
) -> anyhow::Result<()> {
    let done = match command {
        DeviceCommand::List { email } => list(email, desk, context, console).await,
        DeviceCommand::Remove(options) => remove(options, desk, context, console).await,
    };
    done.map_err(in_words)
}

async fn list(email: &str, desk: &Desk, context: &Context, console: &mut Console<'_>) -> anyhow::Result<()> {
    let account = desk.admin_find(email).await?.value;
    let now = desk.now();
    let live = || account.devices.iter().filter(|device| now < device.expires);
    if console.json {
        let all = live().map(|device| {
            json!({
                "id": device.id.to_string(),
                "name": device.name,
                "added": machine_time(device.added),
                "last_used": device.last_used.map(machine_time),
                "expires": machine_time(device.expires),
            })
        });
        return Ok(console.say_json(&serde_json::Value::Array(all.collect()))?);
    }
    let rows: Vec<Vec<String>> = live()
        .map(|device| {
            let face = &context.clockface;
            let used = device
                .last_used
                .map_or_else(|| "never".to_owned(), |at| face.moment(at, now));
            vec![
                device.id.to_string(),
                device.name.clone(),
                face.day(device.added),
                used,
                face.day(device.expires),
            ]
        })
        .collect();
    if rows.is_empty() {
        return Ok(console.line(format!("{} has no trusted devices.", account.email))?);
    }
    for line in portrait::table(&["ID", "NAME", "ADDED", "LAST USED", "ENDS"], &rows) {
        console.line(line)?;
    }
    Ok(())
}

async fn remove(
    options: &RemoveOptions,
    desk: &Desk,
    context: &Context,
    console: &mut Console<'_>,
) -> anyhow::Result<()> {
    let account = desk.admin_find(&options.why.email).await?.value;
    let now = desk.now();
    let known = account
        .devices
        .iter()
        .find(|device| device.id.to_string() == options.device && now < device.expires);
    if let Some(device) = known {
        let question = format!(
            "Take trust back from \"{}\" of {}? Type yes:",
            device.name,
            portrait::who(&account)
        );
        console.insist(&question, "yes")?;
    }
    let removed = desk
        .admin_remove_device(&options.why.email, &options.device, &context.operator)
        .await?;
    console.line(format!(
        "\"{}\" of {} is trusted no more.",
        removed.name, account.email
    ))?;
    Ok(console.line(format!(
        "Whoever is signed in on it stays so.  doorward user sign-out {}",
        portrait::in_shell(&account.email)
    ))?)
}
