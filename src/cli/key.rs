//! `key rotate`, `key drop`: another master key, while nodes run.

use clap::Subcommand;
use serde_json::json;

use super::account::Context;
use super::console::{Console, Terminal};
use super::{Arguments, Failure, home, load, small_runtime};
use crate::app::{Office, World, open_office};
use crate::base::entropy::OsEntropy;
use crate::config::Settings;
use crate::identity::event::{Event, What};
use crate::language::machine_time;
use crate::service::keys::{NEEDED_FOR, SealedAnew};
use crate::store::folder::OpenMode;
use crate::store::key_file::{self, Rotation};
use crate::store::master_key;

/// Verbs about the master key.
#[derive(Debug, Subcommand)]
pub enum KeyCommand {
    /// Puts a new master key in front, and seals everything anew. Cut off, it goes on where it was.
    Rotate,
    /// Takes keys away that nothing is sealed with any more, a day after the last rotation. Backups from before open
    /// with those keys only.
    Drop {
        /// Goes on without asking.
        #[arg(long)]
        yes: bool,
    },
}

/// Runs it.
///
/// # Errors
///
/// What went wrong, in words for whoever typed it.
pub fn run(arguments: &Arguments, command: &KeyCommand) -> anyhow::Result<()> {
    let settings = load(arguments, "Nothing was done.")?.settings;
    home::ensure_not_a_guest(&settings.store.state)?;
    let context = Context::of(&settings, None)?;
    let mut console = Console {
        out: &mut std::io::stdout(),
        answers: &mut Terminal,
        json: arguments.json,
        yes: matches!(command, KeyCommand::Drop { yes: true }),
    };
    small_runtime()?.block_on(async {
        let mut office = open_office(&settings, &World::real(None), OpenMode::Create).await?;
        perform(command, &mut office, &settings, &context, &mut console).await
    })
}

/// One verb.
///
/// # Errors
///
/// [`Failure::Usage`] for wrong usage; anything else failed.
pub async fn perform(
    command: &KeyCommand,
    office: &mut Office,
    settings: &Settings,
    context: &Context,
    console: &mut Console<'_>,
) -> anyhow::Result<()> {
    match command {
        KeyCommand::Rotate => rotate(office, settings, context, console).await,
        KeyCommand::Drop { .. } => drop_former(office, settings, context, console).await,
    }
}

async fn rotate(
    office: &mut Office,
    settings: &Settings,
    context: &Context,
    console: &mut Console<'_>,
) -> anyhow::Result<()> {
    let desk = &office.desk;
    let written_with = master_key::written_with(&*desk.store).await?;
    let goes_on = written_with != master_key::check_of(&desk.keys);
    match &mut office.key_file {
        Some(own) => {
            let rotation = Rotation::begin(&settings.store.state)?;
            let (store, keys) = (&*desk.store, &*desk.keys);
            if goes_on {
                // Cut off after the new key had come in front: once more, so that everybody has it there.
                rotation
                    .put(&keys.printed(), own, store, keys, &OsEntropy)
                    .await?;
            } else {
                let known = keys.with_another(&OsEntropy);
                rotation.put(&known, own, store, keys, &OsEntropy).await?;
                let first = keys.with_the_last_first();
                rotation.put(&first, own, store, keys, &OsEntropy).await?;
            }
        }
        None if !goes_on => {
            return Err(Failure::Usage(
                "master_key is given by the configuration: write a new key (openssl rand -base64 32) behind \
                 the present one, reload every node (SIGHUP), move it to the front, reload every node, and run \
                 this again"
                    .to_owned(),
            )
            .into());
        }
        None => {}
    }
    // What somebody else seals with the old key meanwhile would be left behind.
    key_file::ensure_in_front(&*desk.store, &desk.keys).await?;
    let done = desk.seal_all_anew().await?;
    let event = event(What::KeyRotated, office, context);
    let first = master_key::check_of(&desk.keys);
    desk.key_was_rotated(written_with, first, &event).await?;
    // Who came with the old key alone before it was replaced goes on with that one, and must not.
    key_file::ensure_in_front(&*desk.store, &desk.keys).await?;
    say(&done, office, context, console)
}

fn event(what: What, office: &Office, context: &Context) -> Event {
    Event {
        actor: Some(context.operator.name.clone()),
        ..Event::without_account(what, office.desk.now())
    }
}

fn say(
    done: &SealedAnew,
    office: &Office,
    context: &Context,
    console: &mut Console<'_>,
) -> anyhow::Result<()> {
    let now = office.desk.now();
    let needed_until = now.plus(NEEDED_FOR);
    if console.json {
        let unreadable: Vec<&str> = done.unreadable.iter().map(|it| it.spelling()).collect();
        return Ok(console.say_json(&json!({
            "accounts": done.accounts,
            "letters": done.letters,
            "unreadable": unreadable,
            "old_key_needed_until": machine_time(needed_until),
        }))?);
    }
    console.line(format!(
        "A new master key is in use; sealed anew with it: {} accounts, {} letters.",
        done.accounts, done.letters
    ))?;
    for email in &done.unreadable {
        console.line(format!(
            "{email} has a secret that no key opens: doorward user reset-mfa {email} --reason …"
        ))?;
    }
    console.line(format!(
        "The old one still opens what people are in the middle of. From {} on:  doorward key drop",
        context.clockface.moment(needed_until, now)
    ))?;
    Ok(console.line("Backups from before open with the old one only: keep it with them.")?)
}

async fn drop_former(
    office: &mut Office,
    settings: &Settings,
    context: &Context,
    console: &mut Console<'_>,
) -> anyhow::Result<()> {
    let desk = &office.desk;
    let keys = &desk.keys;
    let count = keys.len() - 1;
    if count == 0 {
        return Ok(console.line("There is one master key, and it is in use. Nothing was done.")?);
    }
    let written_with = master_key::written_with(&*desk.store).await?;
    let needed_until = keys.rotated().map(|since| since.plus(NEEDED_FOR));
    let now = desk.now();
    match needed_until {
        Some(until) if written_with == master_key::check_of(keys) => {
            if now < until {
                let from = context.clockface.moment(until, now);
                anyhow::bail!(
                    "people may still be in the middle of something that needs the old key; from {from} on it can be dropped"
                );
            }
        }
        Some(_) | None => anyhow::bail!(
            "the store was written with another key than the first; run doorward key rotate first"
        ),
    }
    key_file::ensure_in_front(&*desk.store, keys).await?;
    if console.asks() {
        console.line("Backups from before the last rotation open only with what is dropped now.")?;
    }
    console.insist("Type drop to go on:", "drop")?;
    // Whatever was on its way when the key was rotated.
    desk.seal_all_anew().await?;
    let Some(own) = &mut office.key_file else {
        return Ok(console.line(
            "Nothing needs any key but the first: take the others out of what master_key names, and reload every node (SIGHUP).",
        )?);
    };
    let rotation = Rotation::begin(&settings.store.state)?;
    rotation
        .put(&keys.with_the_first_alone(), own, &*desk.store, keys, &OsEntropy)
        .await?;
    let told = event(What::KeyDropped { count }, office, context);
    office.desk.commit(vec![office.desk.record(&told)], now).await?;
    Ok(console.line(format!("Dropped {count} of {} master keys.", count + 1))?)
}
