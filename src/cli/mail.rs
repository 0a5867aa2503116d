//! `mail test`: sends one letter, and says at which step it failed.

use clap::Subcommand;

use super::{Arguments, load, small_runtime};
use crate::app::{World, messenger_of};
use crate::base::clock::{Clock, SystemClock};
use crate::base::entropy::OsEntropy;
use crate::identity::account::EmailAddress;
use crate::messaging::{Addressed, Letter, Mail};

/// Verbs about mail.
#[derive(Debug, Subcommand)]
pub enum MailCommand {
    /// Sends a letter to ADDRESS, and says at which step it failed.
    Test {
        /// Where to.
        address: String,
    },
}

/// Runs it.
///
/// # Errors
///
/// The step that failed.
pub fn run(arguments: &Arguments, command: &MailCommand) -> anyhow::Result<()> {
    let MailCommand::Test { address } = command;
    let loaded = load(arguments, "Nothing was sent.")?;
    let settings = loaded.settings;
    let address = EmailAddress::parse(address)
        .map_err(|error| super::Failure::Usage(format!("`{address}`: {error}")))?;
    let server = &settings.messaging.server;
    println!("Sending to {address} by {}:{} …", server.host, server.port);
    let world = World::real(None);
    let site = settings
        .gateway
        .sites
        .first()
        .map(|site| site.origin.clone())
        .unwrap_or_default();
    let to = Addressed {
        address,
        name: None,
        language: settings.web.languages.default.clone(),
    };
    let mail = Mail::new(
        to,
        site,
        Letter::Test {
            at: SystemClock.now(),
        },
        &OsEntropy,
    );
    small_runtime()?.block_on(async {
        let messenger = messenger_of(&settings, &world)?;
        messenger.send(&mail).await?;
        anyhow::Ok(())
    })?;
    println!(
        "The mail server has taken it. If it does not arrive, look into its log and into the spam folder."
    );
    Ok(())
}
