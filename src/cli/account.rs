//! `user …`: accounts, on the store itself, whether or not a gateway is running.

use std::time::Duration;

use clap::{Args, Subcommand};

use super::console::Console;
use super::portrait::{self, Clockface};
use super::{Arguments, Failure, at_console};
use crate::base::language::Language;
use crate::base::secret::Secret;
use crate::base::time::Timestamp;
use crate::config::Settings;
use crate::identity::account::{Account, Status};
use crate::identity::assurance;
use crate::identity::invitation::VALID;
use crate::identity::settings::Floor;
use crate::service::Desk;
use crate::service::admin::{AdminError, Edit, NewAccount, Operator, Shown, what_a_reset_removes};

/// Verbs about accounts.
#[derive(Debug, Subcommand)]
pub enum UserCommand {
    /// Adds an account.
    Add(AddOptions),
    /// Lists all accounts.
    List,
    /// Shows an account and how it stands.
    Show {
        /// Whose.
        email: String,
    },
    /// Changes name, language or groups.
    Edit(EditOptions),
    /// Sets a password; ends the account's sessions and remembered devices.
    SetPassword(PasswordOptions),
    /// Locks an account: nobody signs in with it, and its sessions end.
    Lock(Why),
    /// Lifts a lock, and all waits after wrong passwords and codes.
    Unlock(Why),
    /// Approves a registration: its owner can sign in from now on, and gets a mail about it.
    Approve(Why),
    /// Deletes an account.
    Delete(Why),
    /// Removes app, phone number, recovery codes and remembered devices; the next sign-in sets up anew.
    ResetMfa(Reset),
    /// Lets an account in with the password alone for a while; ends by itself.
    SuspendMfa(Suspension),
    /// Ends all sessions of an account.
    SignOut(Why),
}

/// `user add`.
#[derive(Debug, Args)]
pub struct AddOptions {
    /// The address.
    email: String,
    /// Given name.
    #[arg(long, default_value = "", hide_default_value = true)]
    first_name: String,
    /// Family name.
    #[arg(long, default_value = "", hide_default_value = true)]
    last_name: String,
    /// The language of pages and letters: en, de.
    #[arg(long, value_name = "TAG")]
    language: Option<String>,
    /// A group to be in; may be repeated.
    #[arg(long = "group", value_name = "NAME")]
    groups: Vec<String>,
    /// Reads the password from the first line of standard input.
    #[arg(long)]
    password_stdin: bool,
    /// Mails a link with which the person chooses the password; works for 72 hours, once. Where the
    /// account is there and has no password yet, another link.
    #[arg(long, conflicts_with = "password_stdin")]
    invite: bool,
}

/// `user edit`.
#[derive(Debug, Args)]
pub struct EditOptions {
    /// Whose.
    #[arg(value_name = "EMAIL")]
    email: String,
    /// Another address; ends sessions and remembered devices, and both addresses get a mail.
    #[arg(long = "email", value_name = "ADDRESS")]
    address: Option<String>,
    /// Given name; empty takes it away.
    #[arg(long)]
    first_name: Option<String>,
    /// Family name; empty takes it away.
    #[arg(long)]
    last_name: Option<String>,
    /// The language of pages and letters; empty: as the browser asks.
    #[arg(long, value_name = "TAG")]
    language: Option<String>,
    /// A group to join; may be repeated.
    #[arg(long = "group", value_name = "NAME")]
    groups: Vec<String>,
    /// A group to leave; may be repeated.
    #[arg(long = "remove-group", value_name = "NAME")]
    remove_groups: Vec<String>,
    /// Why, for the audit trail.
    #[arg(long)]
    reason: Option<String>,
}

/// `user set-password`.
#[derive(Debug, Args)]
pub struct PasswordOptions {
    /// Whose.
    email: String,
    /// Reads the password from the first line of standard input.
    #[arg(long)]
    password_stdin: bool,
    /// Why, for the audit trail.
    #[arg(long)]
    reason: Option<String>,
}

/// Whose, and why.
#[derive(Debug, Args)]
pub struct Why {
    /// Whose.
    pub(super) email: String,
    /// Why, for the audit trail.
    #[arg(long)]
    pub(super) reason: Option<String>,
    /// Goes on without asking.
    #[arg(long)]
    pub(super) yes: bool,
}

/// `user reset-mfa`.
#[derive(Debug, Args)]
pub struct Reset {
    /// Whose.
    email: String,
    /// Why, for the audit trail.
    #[arg(long)]
    reason: String,
    /// Goes on without asking.
    #[arg(long)]
    yes: bool,
}

/// `user suspend-mfa`.
#[derive(Debug, Args)]
pub struct Suspension {
    /// Whose.
    email: String,
    /// For how long: 24h, 3d; at least a minute, at most 30 days.
    #[arg(long = "for", value_name = "SPAN", value_parser = suspension)]
    span: Duration,
    /// Why, for the audit trail.
    #[arg(long)]
    reason: String,
    /// Goes on without asking.
    #[arg(long)]
    yes: bool,
}

/// How long a second factor may be suspended.
fn suspension(text: &str) -> Result<Duration, String> {
    let span = crate::config::span(text)?;
    let bounds = Duration::from_secs(60)..=Duration::from_secs(30 * 86_400);
    if bounds.contains(&span) {
        Ok(span)
    } else {
        Err("at least a minute, at most 30 days".to_owned())
    }
}

impl UserCommand {
    fn reason(&self) -> Option<&str> {
        match self {
            Self::Add(_) | Self::List | Self::Show { .. } => None,
            Self::Edit(options) => options.reason.as_deref(),
            Self::SetPassword(options) => options.reason.as_deref(),
            Self::Lock(why)
            | Self::Unlock(why)
            | Self::Approve(why)
            | Self::Delete(why)
            | Self::SignOut(why) => why.reason.as_deref(),
            Self::ResetMfa(reset) => Some(&reset.reason),
            Self::SuspendMfa(suspension) => Some(&suspension.reason),
        }
    }

    fn yes(&self) -> bool {
        match self {
            Self::Lock(why)
            | Self::Unlock(why)
            | Self::Approve(why)
            | Self::Delete(why)
            | Self::SignOut(why) => why.yes,
            Self::ResetMfa(reset) => reset.yes,
            Self::SuspendMfa(suspension) => suspension.yes,
            Self::Add(_) | Self::List | Self::Show { .. } | Self::Edit(_) | Self::SetPassword(_) => false,
        }
    }
}

/// What a verb knows besides the account: who asks, and how times are written.
pub struct Context {
    /// Who works, and why.
    pub operator: Operator,
    /// Languages that pages speak.
    pub offered: Vec<Language>,
    /// How times are written.
    pub clockface: Clockface,
}

impl Context {
    /// Of a configuration.
    ///
    /// # Errors
    ///
    /// [`Failure::Usage`] for a reason that is none.
    pub fn of(settings: &Settings, reason: Option<&str>) -> anyhow::Result<Self> {
        let reason = reason.map(str::trim);
        if reason.is_some_and(str::is_empty) {
            return Err(Failure::Usage("--reason is empty: say why, for the audit trail".to_owned()).into());
        }
        let site = settings.gateway.sites.first();
        Ok(Self {
            operator: Operator {
                name: portrait::operator(),
                reason: reason.map(str::to_owned),
                site_url: site.map(|site| site.origin.clone()).unwrap_or_default(),
                language: settings.web.languages.default.clone(),
            },
            offered: settings.web.languages.offer.clone(),
            clockface: Clockface::new(settings.web.time_zone.clone()),
        })
    }

    fn language(&self, tag: &str) -> anyhow::Result<Language> {
        let found = self
            .offered
            .iter()
            .find(|offered| offered.as_str().eq_ignore_ascii_case(tag));
        let tags: Vec<&str> = self.offered.iter().map(Language::as_str).collect();
        let reason = || {
            Failure::Usage(format!(
                "`{tag}` is not offered here; there are: {}",
                tags.join(", ")
            ))
        };
        Ok(found.cloned().ok_or_else(reason)?)
    }
}

/// Runs it.
///
/// # Errors
///
/// What went wrong, in words for whoever typed it.
pub fn run(arguments: &Arguments, command: &UserCommand) -> anyhow::Result<()> {
    at_console(
        arguments,
        command.reason(),
        command.yes(),
        async |desk, context, console| perform(command, desk, context, console).await,
    )
}

/// One verb.
///
/// # Errors
///
/// [`Failure::Usage`] for wrong usage; anything else failed.
pub async fn perform(
    command: &UserCommand,
    desk: &Desk,
    context: &Context,
    console: &mut Console<'_>,
) -> anyhow::Result<()> {
    let done = match command {
        UserCommand::Add(options) => add(options, desk, context, console).await,
        UserCommand::List => list(desk, context, console).await,
        UserCommand::Show { email } => show(email, desk, context, console).await,
        UserCommand::Edit(options) => edit(options, desk, context, console).await,
        UserCommand::SetPassword(options) => set_password(options, desk, context, console).await,
        UserCommand::Lock(why) => lock(&why.email, desk, context, console).await,
        UserCommand::Unlock(why) => unlock(&why.email, desk, context, console).await,
        UserCommand::Approve(why) => approve(&why.email, desk, context, console).await,
        UserCommand::Delete(why) => delete(&why.email, desk, context, console).await,
        UserCommand::ResetMfa(reset) => reset_mfa(&reset.email, desk, context, console).await,
        UserCommand::SuspendMfa(suspension) => suspend_mfa(suspension, desk, context, console).await,
        UserCommand::SignOut(why) => sign_out(&why.email, desk, context, console).await,
    };
    done.map_err(in_words)
}

/// What was typed wrong is wrong usage; the rest has failed.
pub(super) fn in_words(error: anyhow::Error) -> anyhow::Error {
    match error.downcast_ref::<AdminError>() {
        Some(told @ (AdminError::BadAddress(..) | AdminError::BadGroup(_))) => {
            Failure::Usage(told.to_string()).into()
        }
        Some(
            AdminError::NoSuchAccount(_)
            | AdminError::AddressTaken(_)
            | AdminError::PasswordRefused(_)
            | AdminError::NoSuchDevice(..)
            | AdminError::NoSuchSession(..)
            | AdminError::Outage(_),
        )
        | None => error,
    }
}

async fn add(
    options: &AddOptions,
    desk: &Desk,
    context: &Context,
    console: &mut Console<'_>,
) -> anyhow::Result<()> {
    let language = options
        .language
        .as_deref()
        .map(|tag| context.language(tag))
        .transpose()?;
    let password = match options.password_stdin {
        true => Some(from_input(console)?),
        false if options.invite => None,
        false if console.answers.are_there() => console.new_secret("Password (empty: none yet):")?,
        false => None,
    };
    let with_password = password.is_some();
    let new = NewAccount {
        email: options.email.clone(),
        first_name: options.first_name.clone(),
        last_name: options.last_name.clone(),
        language,
        groups: options.groups.clone(),
        password,
        invite: options.invite,
    };
    let account = match desk.admin_add(new, &context.operator).await {
        Err(AdminError::AddressTaken(_)) if options.invite => {
            return invite_again(options, desk, context, console).await;
        }
        added => added?,
    };
    let email = &account.email;
    if console.json {
        return Ok(console.say_json(&portrait::json(&account, desk.now()))?);
    }
    console.line(format!("Added {email}."))?;
    if options.invite {
        let until = account.created.plus(VALID);
        console.line(invited(&account, until, context, desk.now()))?;
    } else if with_password {
        console.line("The first sign-in: password, then what the configuration asks for.")?;
    } else {
        console.line(format!(
            "Nobody can sign in with it yet. Next:  doorward user set-password {}",
            portrait::in_shell(email)
        ))?;
    }
    Ok(())
}

/// The account is there, and its owner has chosen no password yet: another link.
async fn invite_again(
    options: &AddOptions,
    desk: &Desk,
    context: &Context,
    console: &mut Console<'_>,
) -> anyhow::Result<()> {
    let until = desk.admin_invite(&options.email, &context.operator).await?;
    let account = desk.admin_find(&options.email).await?.value;
    if console.json {
        return Ok(console.say_json(&portrait::json(&account, desk.now()))?);
    }
    let email = &account.email;
    console.line(format!(
        "{email} is there already, without a password; nothing else was changed."
    ))?;
    Ok(console.line(invited(&account, until, context, desk.now()))?)
}

/// `Invitation sent in German; its link works until 2026-11-25 14:02.`
fn invited(account: &Account, until: Timestamp, context: &Context, now: Timestamp) -> String {
    let language = account.language.as_ref().unwrap_or(&context.operator.language);
    format!(
        "Invitation sent in {}; its link works until {}.",
        portrait::language(language),
        context.clockface.until(until, now)
    )
}

fn from_input(console: &mut Console<'_>) -> anyhow::Result<Secret<String>> {
    let password = console.answers.secret_from_input()?;
    if password.expose().is_empty() {
        return Err(Failure::Usage("there is no password on standard input".to_owned()).into());
    }
    Ok(password)
}

async fn list(desk: &Desk, context: &Context, console: &mut Console<'_>) -> anyhow::Result<()> {
    let accounts = desk.admin_list().await?;
    let now = desk.now();
    if console.json {
        let all = accounts.iter().map(|account| portrait::json(account, now));
        return Ok(console.say_json(&serde_json::Value::Array(all.collect()))?);
    }
    if accounts.is_empty() {
        return Ok(console.line("There are no accounts.  doorward user add EMAIL")?);
    }
    let rows: Vec<_> = accounts
        .iter()
        .map(|account| portrait::row(account, &context.clockface))
        .collect();
    for line in portrait::table(&["EMAIL", "NAME", "STATUS", "FACTOR", "ADDED"], &rows) {
        console.line(line)?;
    }
    Ok(())
}

async fn show(email: &str, desk: &Desk, context: &Context, console: &mut Console<'_>) -> anyhow::Result<()> {
    let shown: Shown = desk.admin_show(email).await?;
    if console.json {
        return Ok(console.say_json(&portrait::json_of_shown(&shown))?);
    }
    let rules = desk.rules.load();
    for line in portrait::portrait(&shown, &context.clockface, &rules.second_factor) {
        console.line(line)?;
    }
    Ok(())
}

async fn edit(
    options: &EditOptions,
    desk: &Desk,
    context: &Context,
    console: &mut Console<'_>,
) -> anyhow::Result<()> {
    let language = match options.language.as_deref() {
        None => None,
        Some("") => Some(None),
        Some(tag) => Some(Some(context.language(tag)?)),
    };
    let edit = Edit {
        email: options.address.clone(),
        first_name: options.first_name.clone(),
        last_name: options.last_name.clone(),
        language,
        add_groups: options.groups.clone(),
        remove_groups: options.remove_groups.clone(),
    };
    let nothing = edit.email.is_none()
        && edit.first_name.is_none()
        && edit.last_name.is_none()
        && edit.language.is_none()
        && edit.add_groups.is_empty()
        && edit.remove_groups.is_empty();
    if nothing {
        let reason = "nothing to change: use --email, --first-name, --last-name, --language, --group or --remove-group";
        return Err(Failure::Usage(reason.to_owned()).into());
    }
    let fields = desk.admin_edit(&options.email, &edit, &context.operator).await?;
    let address = options.address.as_ref().unwrap_or(&options.email);
    let account = desk.admin_find(address).await?.value;
    if console.json {
        return Ok(console.say_json(&portrait::json(&account, desk.now()))?);
    }
    if fields.is_empty() {
        return Ok(console.line(format!("{} is like that already.", account.email))?);
    }
    let named: Vec<String> = fields.iter().map(|field| field.replace('_', " ")).collect();
    Ok(console.line(format!("Changed {} of {}.", named.join(", "), account.email))?)
}

async fn set_password(
    options: &PasswordOptions,
    desk: &Desk,
    context: &Context,
    console: &mut Console<'_>,
) -> anyhow::Result<()> {
    let account = desk.admin_find(&options.email).await?.value;
    let password = if options.password_stdin {
        from_input(console)?
    } else {
        let asked = console.new_secret(&format!("New password of {}:", account.email))?;
        asked.ok_or_else(|| Failure::Usage("no password was typed; nothing was done".to_owned()))?
    };
    desk.admin_set_password(&options.email, &password, &context.operator)
        .await?;
    console.line(format!("The password of {} is set.", account.email))?;
    console.line(ENDED)?;
    let email = &account.email;
    match account.status {
        Status::Active => Ok(()),
        Status::Locked { .. } => Ok(console.line(format!(
            "The account is locked all the same.  doorward user unlock {}",
            portrait::in_shell(email)
        ))?),
        Status::Waiting { .. } => Ok(console.line(format!(
            "The account waits for approval all the same.  doorward user approve {}",
            portrait::in_shell(email)
        ))?),
    }
}

/// What every change of credentials brings about.
const ENDED: &str = "Its sessions and remembered devices have ended; its owner gets a mail about it.";

async fn lock(email: &str, desk: &Desk, context: &Context, console: &mut Console<'_>) -> anyhow::Result<()> {
    let locked = desk.admin_lock(email, &context.operator).await?;
    let account = desk.admin_find(email).await?.value;
    let email = &account.email;
    if let Status::Waiting { .. } = account.status {
        return Ok(console.line(format!("{email} waits for approval: nobody can sign in with it."))?);
    }
    if locked {
        console.line(format!("Locked {email}."))?;
        console.line(ENDED)?;
    } else {
        console.line(format!("{email} is locked already."))?;
    }
    Ok(console.line(format!(
        "To open it again:  doorward user unlock {}",
        portrait::in_shell(email)
    ))?)
}

async fn unlock(
    email: &str,
    desk: &Desk,
    context: &Context,
    console: &mut Console<'_>,
) -> anyhow::Result<()> {
    let unlocked = desk.admin_unlock(email, &context.operator).await?;
    let account = desk.admin_find(email).await?.value;
    let email = &account.email;
    console.line(match (unlocked.lock, unlocked.waits) {
        (true, _) => format!("Unlocked {email}; its owner gets a mail about it."),
        (false, true) => {
            format!(
                "Lifted the waits of {email}: sign-in is possible at once. Its owner gets a mail about it."
            )
        }
        (false, false) => format!("{email} was neither locked nor waiting."),
    })?;
    if account.password.is_none() {
        console.line(format!(
            "It has no password yet.  doorward user set-password {}",
            portrait::in_shell(email)
        ))?;
    }
    Ok(())
}

async fn approve(
    email: &str,
    desk: &Desk,
    context: &Context,
    console: &mut Console<'_>,
) -> anyhow::Result<()> {
    let approved = desk.admin_approve(email, &context.operator).await?;
    let account = desk.admin_find(email).await?.value;
    let email = &account.email;
    if approved {
        let line = format!("Approved {email}: signing in is possible now. Its owner gets a mail about it.");
        return Ok(console.line(line)?);
    }
    console.line(format!("{email} was not waiting for approval."))?;
    if !account.is_active() {
        console.line(format!(
            "It is locked.  doorward user unlock {}",
            portrait::in_shell(email)
        ))?;
    }
    Ok(())
}

async fn delete(
    email: &str,
    desk: &Desk,
    context: &Context,
    console: &mut Console<'_>,
) -> anyhow::Result<()> {
    let account = desk.admin_find(email).await?.value;
    let who = portrait::who(&account);
    if console.asks() {
        console.line(format!(
            "This deletes {who} for good: password, app, recovery codes and remembered devices."
        ))?;
        console.line("Should the person only not sign in for a while:  doorward user lock EMAIL")?;
    }
    let address = account.email.spelling();
    console.insist(&format!("Type the address to go on ({address}):"), address)?;
    desk.admin_delete(email, &context.operator).await?;
    Ok(console.line(format!("Deleted {}.", account.email))?)
}

async fn reset_mfa(
    email: &str,
    desk: &Desk,
    context: &Context,
    console: &mut Console<'_>,
) -> anyhow::Result<()> {
    let account = desk.admin_find(email).await?.value;
    if console.asks() {
        let removes = portrait::removes(what_a_reset_removes(&account, desk.now()));
        console.line(format!(
            "This removes {removes} of {}, who gets a mail about it.",
            portrait::who(&account)
        ))?;
        console.line("Have you checked who is asking?")?;
    }
    let address = account.email.spelling();
    console.insist(&format!("Type the address to go on ({address}):"), address)?;
    desk.admin_reset_mfa(email, &context.operator).await?;
    let rules = desk.rules.load();
    let rules = &rules.second_factor;
    let next = match (rules.floor, assurance::app_required(&account, rules, desk.now())) {
        (Floor::Email, true) => "password, email code, then a new set-up",
        (Floor::Email, false) => "password, email code",
        (Floor::None, true) => "password, then a new set-up",
        (Floor::None, false) => "the password alone",
    };
    Ok(console.line(format!("Done. The next sign-in: {next}."))?)
}

async fn suspend_mfa(
    suspension: &Suspension,
    desk: &Desk,
    context: &Context,
    console: &mut Console<'_>,
) -> anyhow::Result<()> {
    let account = desk.admin_find(&suspension.email).await?.value;
    if console.asks() {
        console.line(format!(
            "Until then the password alone lets {} in, who gets a mail about it.",
            portrait::who(&account)
        ))?;
        console.line("Have you checked who is asking?")?;
    }
    let address = account.email.spelling();
    console.insist(&format!("Type the address to go on ({address}):"), address)?;
    let until = desk
        .admin_suspend_mfa(&suspension.email, suspension.span, &context.operator)
        .await?;
    let until = context.clockface.until(until, desk.now());
    Ok(console.line(format!(
        "Done. Until {until} the password alone is enough for {address}; then the code is asked for again."
    ))?)
}

async fn sign_out(
    email: &str,
    desk: &Desk,
    context: &Context,
    console: &mut Console<'_>,
) -> anyhow::Result<()> {
    let ended = desk.admin_sign_out(email, &context.operator).await?;
    let account = desk.admin_find(email).await?.value;
    let email = &account.email;
    console.line(match ended {
        0 => format!("{email} was not signed in anywhere."),
        1 => format!("Ended the session of {email}, who gets a mail about it."),
        many => format!("Ended {many} sessions of {email}, who gets a mail about it."),
    })?;
    if what_a_reset_removes(&account, desk.now()).devices > 0 {
        console.line(format!(
            "Remembered devices still skip the code.  doorward device list {}",
            portrait::in_shell(email)
        ))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests;
