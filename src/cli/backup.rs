//! `backup …`: the embedded store in one file, and back.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::Context as _;
use clap::{Args, Subcommand};
use serde_json::{Value, json};

use super::account::Context;
use super::console::{Console, Terminal};
use super::{Arguments, Failure, home, in_office, load, portrait};
use crate::base::clock::{Clock as _, SystemClock};
use crate::base::entropy::OsEntropy;
use crate::base::seal::Keyring;
use crate::config::Settings;
use crate::identity::event::{Event, What};
use crate::language::machine_time;
use crate::observe::audit::Trail;
use crate::observe::metrics::Metrics;
use crate::service::Desk;
use crate::store::backup::{self, Manifest, Prepared, Restored};
use crate::store::settings::{MasterKeySetting, Place};
use crate::store::{StoredEvent, master_key};

/// Verbs about backups.
#[derive(Debug, Subcommand)]
pub enum BackupCommand {
    /// Writes a backup, while the gateway runs.
    Create {
        /// The file to write; never over one that is there.
        file: PathBuf,
    },
    /// Reads a backup from end to end and says whether it could be restored here.
    Verify {
        /// The backup.
        file: PathBuf,
    },
    /// Puts a backup in the place of the store. The gateway has to be stopped; everybody signs in anew.
    Restore(RestoreOptions),
}

/// `backup restore`.
#[derive(Debug, Args)]
pub struct RestoreOptions {
    /// The backup.
    file: PathBuf,
    /// Also where there is a store already, which is kept beside the new one.
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
pub fn run(arguments: &Arguments, command: &BackupCommand) -> anyhow::Result<()> {
    let (reason, yes) = match command {
        BackupCommand::Create { .. } | BackupCommand::Verify { .. } => (None, false),
        BackupCommand::Restore(options) => (options.reason.as_deref(), options.yes),
    };
    let mut console = Console {
        out: &mut std::io::stdout(),
        answers: &mut Terminal,
        json: arguments.json,
        yes,
    };
    match command {
        BackupCommand::Create { file } => in_office(arguments, async |desk, settings| {
            only_embedded(&settings)?;
            let context = Context::of(&settings, reason)?;
            create(file, &arguments.config, &desk, &settings, &context, &mut console).await
        }),
        BackupCommand::Verify { file } => {
            let settings = load(arguments, "Nothing was verified.")?.settings;
            only_embedded(&settings)?;
            verify(file, &settings, &mut console)
        }
        BackupCommand::Restore(options) => {
            let settings = load(arguments, "Nothing was restored.")?.settings;
            home::ensure_not_a_guest(&settings.store.state)?;
            only_embedded(&settings)?;
            let context = Context::of(&settings, reason)?;
            restore(options, &settings, &context, &mut console)
        }
    }
}

fn only_embedded(settings: &Settings) -> anyhow::Result<()> {
    match &settings.store.place {
        Place::Embedded => Ok(()),
        Place::Redis(redis) => Err(Failure::Usage(format!(
            "the store is {}: back it up as Redis is backed up; `doorward backup` is for the embedded store",
            redis.place()
        ))
        .into()),
    }
}

fn as_json(file: &Path, manifest: &Manifest) -> Value {
    json!({
        "file": file,
        "taken": machine_time(manifest.taken),
        "program": manifest.program,
        "schema": manifest.schema,
        "accounts": manifest.accounts,
        "events": manifest.events,
    })
}

fn holds(manifest: &Manifest) -> String {
    let plural = |count: u64, one: &str| match count {
        1 => format!("1 {one}"),
        more => format!("{more} {one}s"),
    };
    format!(
        "{}, {}",
        plural(manifest.accounts, "account"),
        plural(manifest.events, "event")
    )
}

fn event(what: What, context: &Context) -> Event {
    Event {
        actor: Some(context.operator.name.clone()),
        reason: context.operator.reason.clone(),
        ..Event::without_account(what, SystemClock.now())
    }
}

async fn create(
    file: &Path,
    configuration: &Path,
    desk: &Desk,
    settings: &Settings,
    context: &Context,
    console: &mut Console<'_>,
) -> anyhow::Result<()> {
    let state = &settings.store.state;
    let manifest = backup::create(
        file,
        state,
        configuration,
        &desk.keys,
        &OsEntropy,
        SystemClock.now(),
    )?;
    let accounts = manifest.accounts;
    let told = desk.record(&event(What::SupportBackupCreated { accounts }, context));
    desk.commit(vec![told], desk.now())
        .await
        .context("the backup is written, but the audit trail does not take it")?;
    if console.json {
        return Ok(console.say_json(&as_json(file, &manifest))?);
    }
    console.line(format!("Wrote {}: {}.", file.display(), holds(&manifest)))?;
    let key = match settings.store.master_key {
        MasterKeySetting::Generated => state.join(master_key::FILE).display().to_string(),
        MasterKeySetting::Given(_) => "master_key".to_owned(),
    };
    Ok(console.line(format!(
        "The master key is not in it, and without it the backup is of no use: keep a copy of {key} somewhere else."
    ))?)
}

fn keys(settings: &Settings) -> anyhow::Result<Keyring> {
    let store = &settings.store;
    master_key::load_existing(&store.state, &store.master_key)
        .context("a backup opens with the master key only, which is not in it: put that key in place first")
}

fn verify(file: &Path, settings: &Settings, console: &mut Console<'_>) -> anyhow::Result<()> {
    let keys = keys(settings)?;
    let state = &settings.store.state;
    let elsewhere = std::env::temp_dir();
    let scratch = if state.is_dir() { state } else { &elsewhere };
    let manifest = backup::verify(file, scratch, &keys, &OsEntropy)?;
    if console.json {
        return Ok(console.say_json(&as_json(file, &manifest))?);
    }
    let face = portrait::Clockface::new(settings.web.time_zone.clone());
    console.line(format!(
        "{} is whole and opens with the master key here: {}, taken {} by version {}.",
        file.display(),
        holds(&manifest),
        face.second(manifest.taken),
        manifest.program
    ))?;
    Ok(console.line(format!(
        "To put it in place, with the gateway stopped:  doorward backup restore {}",
        file.display()
    ))?)
}

fn restore(
    options: &RestoreOptions,
    settings: &Settings,
    context: &Context,
    console: &mut Console<'_>,
) -> anyhow::Result<()> {
    let keys = keys(settings)?;
    let state = &settings.store.state;
    let prepared = backup::prepare(&options.file, state, options.replace, &keys, &OsEntropy)?;
    ask(&prepared.manifest, state, context, console)?;
    let trail = Trail::open(
        &settings.observe.audit,
        Arc::new(Metrics::new(env!("CARGO_PKG_VERSION"))),
    )?;
    let restored = put_in_place(prepared, context, &trail)?;
    say(&restored, &options.file, context, console)
}

fn ask(
    manifest: &Manifest,
    state: &Path,
    context: &Context,
    console: &mut Console<'_>,
) -> anyhow::Result<()> {
    if console.asks() {
        console.line(format!(
            "This puts the store of {} in place in {}: {}.",
            context.clockface.second(manifest.taken),
            state.display(),
            holds(manifest)
        ))?;
        console.line(
            "Everything since then is undone, passwords, locks and removed factors included. All sessions, \
             trusted devices, mailed links and recovery codes end.",
        )?;
    }
    console.insist("Type restore to go on:", "restore")
}

fn put_in_place(prepared: Prepared, context: &Context, trail: &Trail) -> anyhow::Result<Restored> {
    let what = What::SupportBackupRestored {
        taken: prepared.manifest.taken,
        accounts: prepared.manifest.accounts,
    };
    let event = event(what, context);
    let stored = StoredEvent {
        at: event.at,
        name: event.name(),
        account: None,
        line: event.line(),
    };
    let restored = prepared.restore(&stored, event.at)?;
    trail.write(&event);
    Ok(restored)
}

fn say(restored: &Restored, file: &Path, context: &Context, console: &mut Console<'_>) -> anyhow::Result<()> {
    let manifest = &restored.manifest;
    if console.json {
        let mut told = as_json(file, manifest);
        if let Some(told) = told.as_object_mut() {
            told.insert("replaced".to_owned(), json!(restored.aside));
        }
        return Ok(console.say_json(&told)?);
    }
    let taken = context.clockface.second(manifest.taken);
    console.line(format!(
        "Restored {} as of {taken}. Everybody signs in anew; recovery codes have to be made anew.",
        holds(manifest)
    ))?;
    console.line(format!(
        "Whatever was locked, removed or changed after {taken} is as it was before: look through the audit file."
    ))?;
    if let Some(aside) = &restored.aside {
        console.line(format!(
            "The store that was here is {}; delete it when it is not needed any more.",
            aside.display()
        ))?;
    }
    Ok(console.line("Start the gateway:  doorward run")?)
}
