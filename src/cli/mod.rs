//! The command line: verbs in, exit codes out.
//!
//! | code | means |
//! |---|---|
//! | 0 | done |
//! | 1 | failed, and said why |
//! | 2 | wrong usage |
//! | 78 | the configuration was refused (`EX_CONFIG` of sysexits.h) |

pub mod account;
pub mod backup;
pub mod check;
pub mod console;
pub mod demo;
pub mod device;
pub mod event;
pub mod explain;
pub mod health;
mod home;
pub mod i18n;
pub mod key;
pub mod mail;
mod portrait;
pub mod run;
pub mod session;
pub mod store;
pub mod supervisor;
pub mod upgrade;

use std::io::IsTerminal;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::config::{self, Loaded, Machine, Report};
use crate::service::Desk;
use account::Context;
use console::{Console, ReadEnough, Terminal};

/// A gateway that lets nobody into a web portal without password and second factor.
#[derive(Debug, Parser)]
#[command(name = "doorward", version, about, disable_help_subcommand = true)]
pub struct Arguments {
    /// The configuration file.
    #[arg(
        long,
        global = true,
        env = "DOORWARD_CONFIG",
        default_value = "config.yaml",
        value_name = "FILE"
    )]
    pub config: PathBuf,
    /// Answer in JSON, where something is listed or shown.
    #[arg(long, global = true)]
    pub json: bool,
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Debug, Subcommand)]
enum Verb {
    /// Runs the gateway in the foreground. SIGTERM stops it cleanly, SIGHUP reads the configuration again, SIGUSR2
    /// starts the program anew and hands its sockets over.
    Run(run::Options),
    /// Starts everything at once to look at: a sample portal, the gateway, two accounts, a mailbox. Nothing is kept.
    Demo(demo::Options),
    /// Looks at the configuration.
    #[command(subcommand)]
    Config(check::ConfigCommand),
    /// Says which rule decides a request, and what would happen.
    Explain(explain::Options),
    /// Works on accounts, whether or not a gateway is running.
    #[command(subcommand)]
    User(account::UserCommand),
    /// Works on devices that skip the code.
    #[command(subcommand)]
    Device(device::DeviceCommand),
    /// Works on sessions.
    #[command(subcommand)]
    Session(session::SessionCommand),
    /// Shows the audit trail.
    #[command(subcommand)]
    Event(event::EventCommand),
    /// Works on translations: an operator's own words, or a language of their own.
    #[command(subcommand)]
    I18n(i18n::I18nCommand),
    /// Tries the mail server.
    #[command(subcommand)]
    Mail(mail::MailCommand),
    /// Works on the master key, while nodes run.
    #[command(subcommand)]
    Key(key::KeyCommand),
    /// Works on backups of the embedded store.
    #[command(subcommand)]
    Backup(backup::BackupCommand),
    /// Works on the store as a whole.
    #[command(subcommand)]
    Store(store::StoreCommand),
    /// Exits with 0 if the gateway that runs here can do its work: for container health checks.
    Health,
}

/// What ends a verb early, with its exit code.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// The configuration was refused; its errors have been printed.
    #[error("the configuration was refused")]
    Configuration,
    /// Wrong usage that clap cannot see.
    #[error("{0}")]
    Usage(String),
    /// It failed.
    #[error("it failed")]
    Failed,
}

/// Exit code for a refused configuration.
const EX_CONFIG: u8 = 78;

/// The whole program.
pub fn main() -> ExitCode {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => {
            // Help and version come this way too, with 0; wrong usage has 2.
            let _ = error.print();
            return ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(2));
        }
    };
    // rustls asks for one: ring, everywhere. A second call would find it set, which is as good.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let done = dispatch(&arguments);
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) if ReadEnough::ended(&error) => ExitCode::SUCCESS,
        Err(error) => match error.downcast_ref::<Failure>() {
            Some(Failure::Configuration) => ExitCode::from(EX_CONFIG),
            Some(Failure::Usage(reason)) => {
                eprintln!("error: {reason}");
                ExitCode::from(2)
            }
            Some(Failure::Failed) => ExitCode::FAILURE,
            None => {
                eprintln!("error: {error:#}");
                ExitCode::FAILURE
            }
        },
    }
}

fn dispatch(arguments: &Arguments) -> anyhow::Result<()> {
    match &arguments.verb {
        Verb::Run(options) => run::run(arguments, options),
        Verb::Demo(options) => demo::run(options),
        Verb::Config(command) => check::run(arguments, command),
        Verb::Explain(options) => explain::run(arguments, options),
        Verb::User(command) => account::run(arguments, command),
        Verb::Device(command) => device::run(arguments, command),
        Verb::Session(command) => session::run(arguments, command),
        Verb::Event(command) => event::run(arguments, command),
        Verb::I18n(command) => i18n::run(arguments, command),
        Verb::Mail(command) => mail::run(arguments, command),
        Verb::Key(command) => key::run(arguments, command),
        Verb::Backup(command) => backup::run(arguments, command),
        Verb::Store(command) => store::run(arguments, command),
        Verb::Health => health::run(arguments),
    }
}

/// Reads the configuration; where it is refused, prints all that is wrong with it.
///
/// # Errors
///
/// [`Failure::Configuration`].
pub fn load(arguments: &Arguments, last_words: &str) -> anyhow::Result<Loaded> {
    match config::load(&arguments.config, &Machine) {
        Ok(loaded) => {
            if !loaded.warnings.is_empty() {
                eprintln!("{}", loaded.warnings.render_with(colours(), ""));
            }
            Ok(loaded)
        }
        Err(report) => {
            print_report(&report, arguments.json, last_words);
            Err(Failure::Configuration.into())
        }
    }
}

fn print_report(report: &Report, json: bool, last_words: &str) {
    if json {
        println!("{}", report.to_json());
    } else {
        eprintln!("{}", report.render_with(colours(), last_words));
    }
}

/// Whether messages may be coloured: on a terminal, and where nobody minds (no-color.org).
pub fn colours() -> bool {
    std::io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty())
}

/// A runtime for verbs that are done soon.
///
/// # Errors
///
/// If the system gives no threads.
pub fn small_runtime() -> anyhow::Result<tokio::runtime::Runtime> {
    Ok(tokio::runtime::Builder::new_multi_thread()
        .worker_threads(1)
        .enable_all()
        .build()?)
}

/// Runs a verb that works on accounts: for `reason`, and with `yes` to every question.
fn at_console<W>(arguments: &Arguments, reason: Option<&str>, yes: bool, work: W) -> anyhow::Result<()>
where
    W: AsyncFnOnce(&Desk, &Context, &mut Console<'_>) -> anyhow::Result<()>,
{
    in_office(arguments, async |desk, settings| {
        let context = Context::of(&settings, reason)?;
        let mut console = Console {
            out: &mut std::io::stdout(),
            answers: &mut Terminal,
            json: arguments.json,
            yes,
        };
        work(&desk, &context, &mut console).await?;
        Ok(console.out.flush()?)
    })
}

/// Opens key and store for a verb that works on accounts, whether or not nodes are running.
fn in_office<F, W>(arguments: &Arguments, work: F) -> anyhow::Result<()>
where
    F: FnOnce(std::sync::Arc<crate::service::Desk>, config::Settings) -> W,
    W: Future<Output = anyhow::Result<()>>,
{
    let loaded = load(arguments, "Nothing was done.")?;
    home::ensure_not_a_guest(&loaded.settings.store.state)?;
    small_runtime()?.block_on(async {
        let world = crate::app::World::real(None);
        let office =
            crate::app::open_office(&loaded.settings, &world, crate::store::folder::OpenMode::Create).await?;
        work(office.desk, loaded.settings).await
    })
}
