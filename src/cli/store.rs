//! `store copy`: from the embedded store to Redis, and back.

use std::path::PathBuf;

use anyhow::Context as _;
use clap::{Args, Subcommand};
use data_encoding::HEXLOWER;
use serde_json::json;

use super::account::Context;
use super::console::{Answers as _, Console, Terminal};
use super::{Arguments, Failure, in_office};
use crate::app;
use crate::config::{self, Settings};
use crate::identity::event::{Event, What};
use crate::service::Desk;
use crate::store::settings::{MasterKeySetting, Place};
use crate::store::transfer::{TransferError, Transferred, is_empty, transfer};

/// Where the copy goes.
struct Destination {
    place: Place,
    /// Of an embedded one.
    folder: PathBuf,
}

/// Verbs about the store.
#[derive(Debug, Subcommand)]
pub enum StoreCommand {
    /// Copies accounts, factors, trusted devices and the audit trail to another store, while the gateway runs.
    Copy(CopyOptions),
}

/// `store copy`.
#[derive(Debug, Args)]
pub struct CopyOptions {
    /// `redis://HOST:PORT/DATABASE`, `rediss://USER@HOST/0`, or `file:FOLDER` for an embedded one.
    #[arg(long, value_name = "STORE")]
    to: String,
    /// Reads the password of Redis from standard input.
    #[arg(long)]
    password_stdin: bool,
    /// Also where that store holds something already: whatever differs there is replaced, sessions included.
    #[arg(long)]
    replace: bool,
    /// Why, for the audit trail.
    #[arg(long)]
    reason: Option<String>,
    /// Goes on without asking.
    #[arg(long)]
    yes: bool,
}

/// Runs it.
///
/// # Errors
///
/// What went wrong, in words for whoever typed it.
pub fn run(arguments: &Arguments, command: &StoreCommand) -> anyhow::Result<()> {
    let StoreCommand::Copy(options) = command;
    let other = destination(options)?;
    in_office(arguments, async |desk, settings| {
        let context = Context::of(&settings, options.reason.as_deref())?;
        let mut console = Console {
            out: &mut std::io::stdout(),
            answers: &mut Terminal,
            json: arguments.json,
            yes: options.yes,
        };
        copy(options, &other, &desk, &settings, &context, &mut console).await
    })
}

fn destination(options: &CopyOptions) -> anyhow::Result<Destination> {
    let usage = |text: String| anyhow::Error::from(Failure::Usage(format!("--to: {text}")));
    if let Some(folder) = options.to.strip_prefix("file:") {
        if folder.is_empty() {
            return Err(usage("say which folder: `file:/var/lib/doorward`".to_owned()));
        }
        return Ok(Destination {
            place: Place::Embedded,
            folder: PathBuf::from(folder),
        });
    }
    let password = match options.password_stdin {
        true => Some(Terminal.secret_from_input().context("cannot read the password")?),
        false => None,
    };
    let redis = config::redis_at(&options.to, password).map_err(usage)?;
    Ok(Destination {
        place: Place::Redis(redis),
        folder: PathBuf::new(),
    })
}

/// The place in one line, without secrets.
fn place(other: &Destination) -> String {
    match &other.place {
        Place::Embedded => other.folder.display().to_string(),
        Place::Redis(redis) => redis.place(),
    }
}

/// A store is not its own copy, and a key that only this folder has would be missing elsewhere.
fn check(other: &Destination, settings: &Settings) -> anyhow::Result<()> {
    let here = &settings.store;
    let refused = |why: &str| Err(Failure::Usage(why.to_owned()).into());
    match (&here.place, &other.place) {
        (Place::Embedded, Place::Embedded) => {
            refused("--to: the store is an embedded one already; `doorward backup` copies those")
        }
        (Place::Redis(one), Place::Redis(other)) if one.place() == other.place() => {
            refused("--to: that is the configured store itself")
        }
        _ => Ok(()),
    }
}

async fn copy(
    options: &CopyOptions,
    other: &Destination,
    desk: &Desk,
    settings: &Settings,
    context: &Context,
    console: &mut Console<'_>,
) -> anyhow::Result<()> {
    check(other, settings)?;
    let name = place(other);
    let to = app::open_other_store(&other.place, &other.folder, &desk.keys)
        .await
        .with_context(|| format!("cannot copy to {name}"))?;
    if options.replace {
        if console.asks() {
            console.line(format!(
                "{name} becomes a copy of this store. What it holds and this one does not is deleted there."
            ))?;
        }
        console.insist("Type replace to go on:", "replace")?;
    }
    let occupied = || {
        anyhow::anyhow!(
            "{name} holds accounts or events already; nothing was copied. To bring it in line with this store: --replace"
        )
    };
    if !options.replace && !is_empty(&*to).await? {
        return Err(occupied());
    }
    // First, so that both trails tell of it.
    let event = Event {
        actor: Some(context.operator.name.clone()),
        reason: context.operator.reason.clone(),
        ..Event::without_account(What::SupportStoreCopied { to: name.clone() }, desk.now())
    };
    desk.commit(vec![desk.record(&event)], desk.now()).await?;
    let done = transfer(&*desk.store, &*to, options.replace, desk.now()).await;
    match done {
        Ok(copied) => say(&copied, &options.to, other, settings, console),
        Err(TransferError::Occupied) => Err(occupied()),
        Err(TransferError::Restless) => Err(anyhow::anyhow!(
            "{name} has a copy, but this store changes faster than it can be copied. Stop the gateway and run this again with --replace"
        )),
        Err(error) => Err(anyhow::Error::from(error).context(format!(
            "the copy in {name} is not complete. To make it so, run this again with --replace"
        ))),
    }
}

fn say(
    copied: &Transferred,
    url: &str,
    other: &Destination,
    settings: &Settings,
    console: &mut Console<'_>,
) -> anyhow::Result<()> {
    let name = place(other);
    let digest = HEXLOWER.encode(&copied.digest);
    if console.json {
        return Ok(console.say_json(&json!({
            "to": name,
            "accounts": copied.accounts,
            "events": copied.events,
            "sha256": digest,
        }))?);
    }
    console.line(format!(
        "Copied {} accounts and {} events to {name}. Read again, both hold the same: SHA-256 {digest}.",
        copied.accounts, copied.events
    ))?;
    console.line(
        "Sessions and codes under way stay behind: everybody signs in anew, trusted devices stay trusted.",
    )?;
    console.line("To move there: stop the gateway, run this once more with --replace, write")?;
    match &other.place {
        Place::Embedded => {
            console.line(format!("  state: {}", other.folder.display()))?;
            console.line("  store: embedded")?;
        }
        Place::Redis(redis) => {
            let password = if redis.password.is_some() {
                ", password: file:PATH"
            } else {
                ""
            };
            console.line(format!("  store: {{redis: {url}{password}}}"))?;
            if let MasterKeySetting::Generated = settings.store.master_key {
                let key = settings.store.state.join(crate::store::master_key::FILE);
                console.line(format!("  master_key: file:{}", key.display()))?;
            }
        }
    }
    Ok(console.line("into the configuration, and start it again.")?)
}
