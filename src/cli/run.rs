//! `run`: the gateway, in the foreground.

use std::num::NonZero;
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context;
use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
use tokio::runtime::{Builder, Runtime};
use tokio::signal::unix::{SignalKind, signal};

use super::{Arguments, colours, load};
use crate::app::{App, World};
use crate::base::clock::{Clock, SystemClock};
use crate::config::{self, Machine, Settings};
use crate::identity::event::{Event, What};
use crate::observe::log::Log;

/// How long the runtime waits for threads at the very end.
const LAST_WAIT: Duration = Duration::from_secs(2);

/// Runs until SIGTERM or SIGINT.
///
/// # Errors
///
/// Whatever kept it from starting.
pub fn run(arguments: &Arguments) -> anyhow::Result<()> {
    let loaded = load(arguments, "Nothing was started.")?;
    let clock: Arc<dyn Clock> = Arc::new(SystemClock);
    let log = Arc::new(Log::install(loaded.settings.observe.log, clock)?);
    raise_file_limit(&loaded.settings);
    let (runtime, pages) = (forwarding()?, pages()?);
    let world = World {
        pages_on: Some(pages.handle().clone()),
        ..World::real(Some(Arc::clone(&log)))
    };
    let done = runtime.block_on(serve(arguments, loaded.settings, world, &log));
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
            let _ = rustix::process::nice(5);
        })
        .enable_all()
        .build()
}

async fn serve(
    arguments: &Arguments,
    settings: Settings,
    world: World,
    log: &Arc<Log>,
) -> anyhow::Result<()> {
    let mut terminate = signal(SignalKind::terminate()).context("cannot wait for SIGTERM")?;
    let mut interrupt = signal(SignalKind::interrupt()).context("cannot wait for SIGINT")?;
    let mut hang_up = signal(SignalKind::hangup()).context("cannot wait for SIGHUP")?;
    let app = App::start(settings, world).await.context("not started")?;
    tracing::debug!(configuration = %arguments.config.display(), "started");
    for address in &app.addresses {
        tracing::info!(%address, "listening");
    }
    tracing::info!(address = %app.admin, "health and metrics");
    app.desk
        .trail
        .write(&Event::without_account(What::ConfigLoaded, app.desk.now()));
    loop {
        tokio::select! {
            _ = terminate.recv() => break,
            _ = interrupt.recv() => break,
            _ = hang_up.recv() => reload(arguments, &app, log).await,
        }
    }
    tracing::info!("stopping: requests under way may end");
    app.stop().await;
    Ok(())
}

/// Reads the file again. A bad one keeps the old configuration and says why.
async fn reload(arguments: &Arguments, app: &App, log: &Log) {
    let refused = |errors: usize| {
        app.metrics().config_reloaded(false, app.desk.now());
        app.desk.trail.write(&Event::without_account(
            What::ConfigRefused { errors },
            app.desk.now(),
        ));
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
        }
        Err(error) => {
            tracing::error!(error = %format!("{error:#}"), "the new configuration was refused; the old one stays in use");
            refused(1);
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
