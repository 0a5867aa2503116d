//! `session …`: where somebody is signed in.

use clap::{Args, Subcommand};
use serde_json::json;

use super::account::{Context, Why, in_words};
use super::console::Console;
use super::portrait;
use super::{Arguments, at_console};
use crate::language::machine_time;
use crate::service::Desk;

/// Verbs about sessions.
#[derive(Debug, Subcommand)]
pub enum SessionCommand {
    /// Lists where an account is signed in.
    List {
        /// Whose.
        email: String,
    },
    /// Ends one session: its browser has to sign in again.
    End(EndOptions),
}

/// `session end`.
#[derive(Debug, Args)]
pub struct EndOptions {
    #[command(flatten)]
    why: Why,
    /// The session, as `session list` names it.
    session: String,
}

/// Runs it.
///
/// # Errors
///
/// What went wrong, in words for whoever typed it.
pub fn run(arguments: &Arguments, command: &SessionCommand) -> anyhow::Result<()> {
    let (reason, yes) = match command {
        SessionCommand::List { .. } => (None, false),
        SessionCommand::End(options) => (options.why.reason.as_deref(), options.why.yes),
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
    command: &SessionCommand,
    desk: &Desk,
    context: &Context,
    console: &mut Console<'_>,
) -> anyhow::Result<()> {
    let done = match command {
        SessionCommand::List { email } => list(email, desk, context, console).await,
        SessionCommand::End(options) => end(options, desk, context, console).await,
    };
    done.map_err(in_words)
}

async fn list(email: &str, desk: &Desk, context: &Context, console: &mut Console<'_>) -> anyhow::Result<()> {
    let (account, sessions) = desk.admin_sessions(email).await?;
    let now = desk.now();
    if console.json {
        let all = sessions.iter().map(|held| {
            let session = &held.session;
            json!({
                "id": session.id.to_string(),
                "site": session.site,
                "browser": session.user_agent.browser.name(),
                "system": session.user_agent.system.name(),
                "method": session.method(),
                "opened": machine_time(session.opened),
                "last_used": machine_time(held.last_used),
            })
        });
        return Ok(console.say_json(&serde_json::Value::Array(all.collect()))?);
    }
    if sessions.is_empty() {
        return Ok(console.line(format!("{} is not signed in anywhere.", account.email))?);
    }
    let face = &context.clockface;
    let rows: Vec<Vec<String>> = sessions
        .iter()
        .map(|held| {
            let session = &held.session;
            vec![
                session.id.to_string(),
                portrait::browser(session.user_agent),
                session.site.clone(),
                session.method().to_owned(),
                face.moment(session.opened, now),
                face.moment(held.last_used, now),
            ]
        })
        .collect();
    for line in portrait::table(&["ID", "BROWSER", "SITE", "PROVEN", "OPENED", "LAST USED"], &rows) {
        console.line(line)?;
    }
    Ok(())
}

async fn end(
    options: &EndOptions,
    desk: &Desk,
    context: &Context,
    console: &mut Console<'_>,
) -> anyhow::Result<()> {
    let (account, sessions) = desk.admin_sessions(&options.why.email).await?;
    let known = sessions
        .iter()
        .find(|held| held.session.id.to_string() == options.session.trim());
    if let Some(held) = known {
        let question = format!(
            "End the session of {} in {}? Type yes:",
            portrait::who(&account),
            portrait::browser(held.session.user_agent)
        );
        console.insist(&question, "yes")?;
    }
    let account = desk
        .admin_end_session(&options.why.email, &options.session, &context.operator)
        .await?;
    let email = &account.email;
    console.line(format!(
        "Ended that session of {email}, who gets a mail about it."
    ))?;
    Ok(console.line(format!(
        "A remembered device still skips the code.  doorward device list {email}"
    ))?)
}
