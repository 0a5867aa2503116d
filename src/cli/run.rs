//! `run`: the gateway, in the foreground.

use std::num::NonZero;
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context;
use clap::Args;
use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
use tokio::runtime::{Builder, Runtime};
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::mpsc;
use tokio::time::interval;

use super::supervisor::Supervisor;
use super::upgrade::Next;
use super::{Arguments, colours, load};
use crate::app::handover::{Handover, Inheritance, Successor};
use crate::app::{App, Farewell, World};
use crate::base::clock::{Clock, SystemClock};
use crate::config::{self, Machine, Settings};
use crate::identity::event::{Event, What};
use crate::observe::log::Log;

/// How long the runtime waits for threads at the very end.
const LAST_WAIT: Duration = Duration::from_secs(2);

/// Where nobody wants to hear that this process is alive, it still wakes up for it.
const A_DAY: Duration = Duration::from_secs(86_400);

/// How the gateway starts.
#[derive(Debug, Args)]
pub struct Options {
    /// Take the listening sockets over from the gateway that runs with this configuration's state; it ends then.
    #[arg(long)]
    upgrade: bool,
}

/// Runs until SIGTERM or SIGINT, or until another process has taken over.
///
/// # Errors
///
/// Whatever kept it from starting.
pub fn run(arguments: &Arguments, options: &Options) -> anyhow::Result<()> {
    let loaded = load(arguments, "Nothing was started.")?;
    let clock: Arc<dyn Clock> = Arc::new(SystemClock);
    let log = Arc::new(Log::install(loaded.settings.observe.log, clock)?);
    raise_file_limit(&loaded.settings);
    let (runtime, pages) = (forwarding()?, pages()?);
    let world = World {
        pages_on: Some(pages.handle().clone()),
        ..World::real(Some(Arc::clone(&log)))
    };
    let done = runtime.block_on(serve(arguments, options, loaded.settings, world, &log));
    runtime.shutdown_timeout(LAST_WAIT);
    pages.shutdown_timeout(LAST_WAIT);
    log.flush();
    done
}

/// Half the cores serve: passwords are hashed on others, and the portal is often on the same machine. Fewer
/// threads wake one another less, and each request costs less. tokio reads `TOKIO_WORKER_THREADS`
/// where an operator knows better.
fn forwarding() -> std::io::Result<Runtime> {
    let mut builder = Builder::new_multi_thread();
    if std::env::var_os("TOKIO_WORKER_THREADS").is_none() {
        let cores = std::thread::available_parallelism().map_or(1, NonZero::get);
        builder.worker_threads((cores / 2).max(1));
    }
    builder.enable_all().build()
}

/// One thread makes all pages: most of a sign-in is hashing, which has threads of its own. It weighs less than those
/// that forward, so that whoever is already signed in comes first.
fn pages() -> std::io::Result<Runtime> {
    Builder::new_multi_thread()
        .worker_threads(1)
        .thread_name("pages")
        .on_thread_start(|| {
            // Best effort: without it the thread only weighs more.
            let _ = rustix::process::nice(10);
        })
        .enable_all()
        .build()
}

async fn serve(
    arguments: &Arguments,
    options: &Options,
    settings: Settings,
    world: World,
    log: &Arc<Log>,
) -> anyhow::Result<()> {
    let mut terminate = signal(SignalKind::terminate()).context("cannot wait for SIGTERM")?;
    let mut interrupt = signal(SignalKind::interrupt()).context("cannot wait for SIGINT")?;
    let mut hang_up = signal(SignalKind::hangup()).context("cannot wait for SIGHUP")?;
    let mut user2 = signal(SignalKind::user_defined2()).context("cannot wait for SIGUSR2")?;
    let supervisor = Supervisor::of_environment();
    let mut next = Next::of_this_process().context("cannot tell which program this is")?;
    let (app, handover) = start(options, settings, world).await?;
    tracing::debug!(configuration = %arguments.config.display(), "started");
    for address in &app.addresses {
        tracing::info!(%address, "listening");
    }
    tracing::info!(address = %app.admin, "health and metrics");
    app.desk
        .trail
        .write(&Event::without_account(What::ConfigLoaded, app.desk.now()));
    supervisor.ready("serving");
    let place = handover.as_ref().map(|it| it.path().to_owned());
    let (taken, mut successor) = mpsc::channel(1);
    let asked = handover.map(|it| tokio::spawn(it.serve(Arc::clone(&app), taken)));
    let mut alive = interval(supervisor.every().unwrap_or(A_DAY));
    let farewell = loop {
        tokio::select! {
            _ = terminate.recv() => break app.farewell(),
            _ = interrupt.recv() => break Farewell::AtOnce,
            _ = hang_up.recv() => {
                supervisor.reloading();
                let done = reload(arguments, &app, log).await;
                supervisor.ready(done);
            }
            _ = user2.recv() => next.start(),
            status = next.failed() => {
                tracing::error!(%status, "the new process did not take over; this one goes on");
            }
            Some(successor) = successor.recv() => {
                give_way(&supervisor, successor).await;
                break Farewell::HandedOver;
            }
            _ = alive.tick() => supervisor.alive(),
        }
    };
    if farewell != Farewell::HandedOver {
        supervisor.stopping();
        tracing::info!("stopping: requests under way may end");
        if let (Some(asked), Some(place)) = (&asked, &place) {
            asked.abort();
            // Whoever comes first now finds nobody, with or without the file.
            let _ = std::fs::remove_file(place);
        }
    }
    app.leave(farewell).await;
    Ok(())
}

/// Starts the gateway, and opens the place where the next process asks for its sockets.
async fn start(
    options: &Options,
    settings: Settings,
    world: World,
) -> anyhow::Result<(Arc<App>, Option<Handover>)> {
    let state = settings.store.state.clone();
    if options.upgrade {
        let (inheritance, sockets) = Inheritance::claim(&state).await.context("not started")?;
        let started = App::start_on(sockets, settings, world).await;
        let app = started.context("not started; the running gateway goes on")?;
        let handover = inheritance.take_over().await;
        tracing::info!("took over from the gateway before this one");
        return Ok((Arc::new(app), Some(handover)));
    }
    let app = App::start(settings, world).await.context("not started")?;
    let handover = match Handover::open(&state).await {
        Ok(handover) => Some(handover),
        Err(error) => {
            let error = format!("{:#}", anyhow::Error::from(error));
            tracing::warn!(error, "`run --upgrade` cannot take over from this process");
            None
        }
    };
    Ok((Arc::new(app), handover))
}

/// The service manager hears it first: of a process that it does not know it takes no news.
async fn give_way(supervisor: &Supervisor, successor: Successor) {
    let pid = successor.pid;
    tracing::info!(
        pid,
        "handed over: this process ends with the requests that it has"
    );
    if let Some(pid) = pid {
        supervisor.succeeded_by(pid);
    }
    successor.let_go().await;
}

/// Reads the file again. A bad one keeps the old configuration and says why. How it went, in a few words.
async fn reload(arguments: &Arguments, app: &App, log: &Log) -> &'static str {
    const REFUSED: &str = "serving; the new configuration was refused";
    let refused = |errors: usize| {
        app.metrics().config_reloaded(false, app.desk.now());
        app.desk.trail.write(&Event::without_account(
            What::ConfigRefused { errors },
            app.desk.now(),
        ));
        REFUSED
    };
    let loaded = match config::load(&arguments.config, &Machine) {
        Ok(loaded) => loaded,
        Err(report) => {
            eprintln!("{}", report.render(colours()));
            tracing::error!(
                errors = report.errors(),
                "the new configuration was refused; the old one stays in use"
            );
            return refused(report.errors());
        }
    };
    let old = app.settings();
    let needs_restart = Settings::needs_restart(&old, &loaded.settings);
    if !needs_restart.is_empty() {
        let keys = needs_restart.join(", ");
        tracing::error!(
            keys,
            "the new configuration needs a restart for these keys; the old one stays in use"
        );
        return refused(needs_restart.len());
    }
    log.set_level(loaded.settings.observe.log.level);
    match app.reload(loaded.settings).await {
        Ok(()) => {
            if let Err(error) = app.desk.trail.reopen() {
                tracing::error!(%error, "the audit file could not be opened anew; the old one stays in use");
            }
            app.desk
                .trail
                .write(&Event::without_account(What::ConfigLoaded, app.desk.now()));
            tracing::info!("the new configuration is in use");
            "serving"
        }
        Err(error) => {
            tracing::error!(error = %format!("{error:#}"), "the new configuration was refused; the old one stays in use");
            refused(1)
        }
    }
}

/// Each connection takes a file, and one more to the portal.
fn raise_file_limit(settings: &Settings) {
    let wanted = settings.gateway.limits.connections as u64 * 2 + 1024;
    let limit = getrlimit(Resource::Nofile);
    if limit.current.is_some_and(|current| current < wanted) {
        let current = limit.maximum.map_or(wanted, |most| wanted.min(most));
        if let Err(error) = setrlimit(
            Resource::Nofile,
            Rlimit {
                current: Some(current),
                maximum: limit.maximum,
            },
        ) {
            tracing::warn!(%error, "the limit on open files could not be raised");
        } else if current < wanted {
            tracing::warn!(
                current,
                wanted,
                "the limit on open files is below what `limits.connections` may need"
            );
        }
    }
}
