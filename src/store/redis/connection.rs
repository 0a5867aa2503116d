//! The connection: one, shared by all questions, made anew when it breaks.
//!
//! ```text
//!          ┌──────────── cut, or a question without an answer in time ───────────┐
//!          ▼                                                                     │
//!  none ──a question comes──▶ dialling ──everything in order──▶ Link ──questions─┘
//!   ▲                            │
//!   └── refused: said to all who ask, and not tried again for a moment
//! ```
//!
//! The crate's own connection manager goes on with a connection that has stopped answering, and looks
//! at nothing when it makes a new one; so this is done here. Nothing is kept in memory on behalf of a
//! connection: that it is cut makes nobody believe anything stale. No question is asked twice: the
//! first one may have been heard.

use std::fmt;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use arc_swap::ArcSwapOption;
use redis::aio::MultiplexedConnection;
use redis::{ErrorKind, FromRedisValue, RedisError, Script, ServerErrorKind, ToRedisArgs, cmd};
use tokio::runtime::Handle;
use tokio::sync::{Mutex, Notify};
use tokio::time::{Instant, sleep, timeout_at};

use super::dial::{Dial, Link, Purpose};
use super::key::FACTS;
use super::open::OpenError;
use super::timepiece::Timepiece;
use crate::base::seal::Keyring;
use crate::store::BackendError;
use crate::store::settings::RedisSettings;

/// After so long without an answer a question has failed.
const ANSWER_WITHIN: Duration = Duration::from_secs(2);

/// … and one that asks for a sign of life: nobody waits for it longer, and a connection on which it
/// is lost is given up.
const SIGN_OF_LIFE_WITHIN: Duration = Duration::from_secs(1);

/// How long replicas have to say that they hold what was written.
const REPLICAS_WITHIN: Duration = Duration::from_millis(1500);

/// How long a question waits for a connection where there is none to be had: long enough for one that
/// was reset, and too short for those who are turned away to pile up.
const CONNECTED_WITHIN: Duration = Duration::from_millis(300);

/// For so long after a failed attempt nobody tries to connect.
const AGAIN_AFTER: Duration = Duration::from_millis(50);

/// How often somebody looks whether the primary is still the primary.
const LOOK_AGAIN_AFTER: Duration = Duration::from_secs(1);

/// The way to Redis.
pub(super) struct Wire {
    dial: Arc<Dial>,
    /// Where connections live: the runtime that the first one was made on, however busy the others are.
    runtime: OnceLock<Handle>,
    /// Replicas that must have what a person is told about.
    replicas: u8,
    link: ArcSwapOption<Link>,
    begun: Instant,
    /// When somebody last looked whether the primary is still the primary, in milliseconds since.
    looked: AtomicU64,
    /// Held by whoever dials; how the last attempt failed.
    dialling: Mutex<Option<Failure>>,
    news: Arc<Notify>,
}

struct Failure {
    at: Instant,
    error: OpenError,
}

impl fmt::Debug for Wire {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "Wire({})", self.dial.at)
    }
}

impl Wire {
    /// Connects when it is first asked.
    pub(super) fn new(
        settings: &RedisSettings,
        purpose: Purpose,
        keys: Option<Arc<Keyring>>,
        timepiece: Arc<Timepiece>,
    ) -> Self {
        let news = Arc::new(Notify::new());
        Self {
            dial: Arc::new(Dial::new(settings, purpose, keys, timepiece, Arc::clone(&news))),
            runtime: OnceLock::new(),
            replicas: settings.wait_replicas,
            link: ArcSwapOption::empty(),
            begun: Instant::now(),
            looked: AtomicU64::new(0),
            dialling: Mutex::default(),
            news,
        }
    }

    /// Connects now, if there is no connection.
    pub(super) async fn connect(&self) -> Result<(), OpenError> {
        self.link().await.map(|_| ())
    }

    /// Returns when something may have changed, or when nobody would say so any more.
    pub(super) async fn news(&self) {
        self.news.notified().await;
    }

    /// Has one command answered.
    pub(super) async fn ask<T: FromRedisValue>(&self, command: &redis::Cmd) -> Result<T, BackendError> {
        self.question(ANSWER_WITHIN, |mut connection| async move {
            command.query_async(&mut connection).await
        })
        .await
    }

    /// Has several commands answered together.
    pub(super) async fn ask_all<T: FromRedisValue>(
        &self,
        commands: &redis::Pipeline,
    ) -> Result<T, BackendError> {
        self.question(ANSWER_WITHIN, |mut connection| async move {
            commands.query_async(&mut connection).await
        })
        .await
    }

    /// Runs a script in the slot where everything lies that is committed.
    pub(super) async fn run<T: FromRedisValue>(
        &self,
        script: &Script,
        arguments: impl ToRedisArgs,
    ) -> Result<T, BackendError> {
        self.run_within(ANSWER_WITHIN, script, FACTS, arguments).await
    }

    /// Has somebody look whether the connection still leads to the primary, at most once a second. Nobody
    /// waits for that.
    pub(super) fn look_again(&self) {
        let (Some(link), Some(runtime)) = (self.held(), self.runtime.get()) else {
            return;
        };
        let now = self.begun.elapsed().as_millis() as u64;
        let looked = self.looked.load(Ordering::Relaxed);
        if now.saturating_sub(looked) < LOOK_AGAIN_AFTER.as_millis() as u64 {
            return;
        }
        self.looked.store(now, Ordering::Relaxed);
        let dial = Arc::clone(&self.dial);
        runtime.spawn(async move { dial.look_again(&link).await });
    }

    /// Gives the connection up, whatever it is worth: the way to where it leads is broken.
    pub(super) fn hang_up(&self) {
        self.link.store(None);
    }

    /// Runs a script there whose answer is a sign of life.
    pub(super) async fn run_for_life<T: FromRedisValue>(
        &self,
        script: &Script,
        arguments: impl ToRedisArgs,
    ) -> Result<T, BackendError> {
        self.run_within(SIGN_OF_LIFE_WITHIN, script, FACTS, arguments)
            .await
    }

    /// Runs a script on keys.
    pub(super) async fn run_on<T: FromRedisValue>(
        &self,
        script: &Script,
        keys: impl ToRedisArgs,
        arguments: impl ToRedisArgs,
    ) -> Result<T, BackendError> {
        self.run_within(ANSWER_WITHIN, script, keys, arguments).await
    }

    /// Has a command answered that writes, once enough replicas have what it wrote.
    pub(super) async fn tell(&self, command: &redis::Cmd) -> Result<(), BackendError> {
        let wanted = self.replicas;
        self.question(ANSWER_WITHIN, |mut connection| async move {
            command.exec_async(&mut connection).await?;
            if wanted > 0 {
                wait(&mut connection, wanted).await?;
            }
            Ok(())
        })
        .await
    }

    /// Runs a script whose outcome a person is told about: where it `wrote`, enough replicas must have
    /// that before it is said. This holds up whatever comes behind it on the same connection.
    pub(super) async fn run_kept<T: FromRedisValue>(
        &self,
        script: &Script,
        keys: impl ToRedisArgs,
        arguments: impl ToRedisArgs,
        wrote: impl FnOnce(&T) -> bool,
    ) -> Result<T, BackendError> {
        let mut asked = script.prepare_invoke();
        asked.key(keys).arg(arguments);
        let wanted = self.replicas;
        self.question(ANSWER_WITHIN, |mut connection| async move {
            let told = asked.invoke_async(&mut connection).await?;
            if wanted > 0 && wrote(&told) {
                wait(&mut connection, wanted).await?;
            }
            Ok(told)
        })
        .await
    }

    async fn run_within<T: FromRedisValue>(
        &self,
        within: Duration,
        script: &Script,
        keys: impl ToRedisArgs,
        arguments: impl ToRedisArgs,
    ) -> Result<T, BackendError> {
        let mut asked = script.prepare_invoke();
        asked.key(keys).arg(arguments);
        self.question(within, |mut connection| async move {
            asked.invoke_async(&mut connection).await
        })
        .await
    }

    /// What waits for a connection counts, too.
    async fn question<T, F>(
        &self,
        within: Duration,
        ask: impl FnOnce(MultiplexedConnection) -> F,
    ) -> Result<T, BackendError>
    where
        F: Future<Output = Result<T, RedisError>>,
    {
        let begun = Instant::now();
        let until = begun + within;
        let link = match timeout_at(until, self.link_by(begun + CONNECTED_WITHIN)).await {
            Ok(link) => link.map_err(|error| error.words())?,
            Err(_) => return Err(late()),
        };
        match timeout_at(until, ask(link.connection.clone())).await {
            Ok(Ok(answer)) => Ok(answer),
            Ok(Err(error)) => {
                if is_over(&error) {
                    self.give_up(&link);
                }
                Err(BackendError(error.to_string()))
            }
            // A connection through which nothing comes may never say that it is dead.
            Err(_) => {
                self.give_up(&link);
                Err(late())
            }
        }
    }

    fn held(&self) -> Option<Arc<Link>> {
        self.link.load_full().filter(|link| !link.is_cut())
    }

    /// Tries again until then, where it may help.
    async fn link_by(&self, until: Instant) -> Result<Arc<Link>, OpenError> {
        loop {
            match self.link().await {
                Err(error) if error.may_pass() && Instant::now() < until => sleep(AGAIN_AFTER).await,
                outcome => return outcome,
            }
        }
    }

    async fn link(&self) -> Result<Arc<Link>, OpenError> {
        if let Some(link) = self.held() {
            return Ok(link);
        }
        let mut failure = self.dialling.lock().await;
        if let Some(link) = self.held() {
            return Ok(link);
        }
        if let Some(last) = failure.as_ref().filter(|it| it.at.elapsed() < AGAIN_AFTER) {
            return Err(last.error.clone());
        }
        match self.dial_at_home().await {
            Ok(link) => {
                *failure = None;
                let link = Arc::new(link);
                self.link.store(Some(Arc::clone(&link)));
                // Whatever changed in between was told to nobody.
                self.news.notify_one();
                Ok(link)
            }
            Err(error) => {
                let said = failure.take().map(|it| it.error.to_string());
                if !error.may_pass() && said.as_deref() != Some(&error.to_string()) {
                    tracing::error!(error = %error.words(), "this Redis cannot be trusted with anything");
                }
                *failure = Some(Failure {
                    at: Instant::now(),
                    error: error.clone(),
                });
                Err(error)
            }
        }
    }

    async fn dial_at_home(&self) -> Result<Link, OpenError> {
        let dial = Arc::clone(&self.dial);
        let runtime = self.runtime.get_or_init(Handle::current);
        match runtime.spawn(async move { dial.dial().await }).await {
            Ok(outcome) => outcome,
            // The runtime is being shut down, and so is everything else.
            Err(_) => Err(OpenError::Unreachable {
                at: self.dial.at.to_string(),
                source: BackendError("the gateway is stopping".to_owned()),
            }),
        }
    }

    fn give_up(&self, link: &Arc<Link>) {
        self.link.compare_and_swap(&Some(Arc::clone(link)), None);
    }
}

/// Everything that was written on this connection so far has reached so many replicas.
async fn wait(connection: &mut MultiplexedConnection, wanted: u8) -> Result<(), RedisError> {
    let millis = REPLICAS_WITHIN.as_millis() as u64;
    let held: u64 = cmd("WAIT")
        .arg(wanted)
        .arg(millis)
        .query_async(connection)
        .await?;
    if held >= u64::from(wanted) {
        return Ok(());
    }
    Err(RedisError::from((
        ErrorKind::Client,
        "written, but too few replicas have it",
        format!("{held} of {wanted}"),
    )))
}

fn late() -> BackendError {
    BackendError("no answer in time".to_owned())
}

/// Whether nothing more is to be expected of a connection that answered so: it broke, or what is
/// behind it has become a replica, or others own our keys by now.
fn is_over(error: &RedisError) -> bool {
    error.is_io_error()
        || error.is_unrecoverable_error()
        || matches!(
            error.kind(),
            ErrorKind::Server(
                ServerErrorKind::ReadOnly
                    | ServerErrorKind::Moved
                    | ServerErrorKind::Ask
                    | ServerErrorKind::TryAgain
                    | ServerErrorKind::ClusterDown
                    | ServerErrorKind::MasterDown
            )
        )
}
