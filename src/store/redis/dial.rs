//! How a connection is made, and what has to be true of whatever answers before anything is asked of
//! it.
//!
//! ```text
//! find ─▶ connect ─▶ sign in ─▶ sound? ─▶ our time? ─▶ our layout? ─▶ our key? ─▶ "tell me of changes" ─▶ questions
//! ```
//!
//! Every new connection goes this way, not only the first: after a failover or a repair, somebody else
//! may answer under the same name.

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use redis::aio::MultiplexedConnection;
use redis::{AsyncConnectionConfig, PushInfo, PushKind, cmd};
use tokio::sync::Notify;

use super::find::Finder;
use super::key::{CHANGES, COUNTS, FACTS};
use super::open::OpenError;
use super::timepiece::Timepiece;
use super::{fact, soundness};
use crate::base::seal::Keyring;
use crate::store::BackendError;
use crate::store::settings::{Address, RedisSettings};

/// How long one attempt may take, with everything that is asked first.
const CONNECT_WITHIN: Duration = Duration::from_secs(1);

/// A connection that everything was found in order behind.
pub(super) struct Link {
    pub(super) connection: MultiplexedConnection,
    primary: Address,
    cut: Arc<AtomicBool>,
}

impl Link {
    /// Whether its other end is gone.
    pub(super) fn is_cut(&self) -> bool {
        self.cut.load(Ordering::Relaxed)
    }
}

/// What a connection is for. In a Cluster that decides which node it leads to.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Purpose {
    /// Everything that one commit may change.
    Records,
    /// Counts.
    Counts,
}

impl Purpose {
    /// A key that lies where everything lies that is for this.
    fn key(self) -> &'static str {
        match self {
            Self::Records => FACTS,
            Self::Counts => COUNTS,
        }
    }
}

/// Knows the way.
pub(super) struct Dial {
    purpose: Purpose,
    finder: Finder,
    /// Where it leads, for the operator.
    pub(super) at: Arc<str>,
    keys: Option<Arc<Keyring>>,
    timepiece: Arc<Timepiece>,
    wait_replicas: u8,
    /// Whether the key has been checked against what is there: from then on there must be something.
    begun: AtomicBool,
    /// Told when something may have changed, or when nobody would tell any more.
    news: Arc<Notify>,
}

impl fmt::Debug for Dial {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "Dial({})", self.at)
    }
}

impl Dial {
    pub(super) fn new(
        settings: &RedisSettings,
        purpose: Purpose,
        keys: Option<Arc<Keyring>>,
        timepiece: Arc<Timepiece>,
        news: Arc<Notify>,
    ) -> Self {
        Self {
            purpose,
            finder: Finder::new(settings, purpose.key()),
            at: settings.place().into(),
            keys,
            timepiece,
            wait_replicas: settings.wait_replicas,
            begun: AtomicBool::new(false),
            news,
        }
    }

    /// Makes a connection, with everything that comes first.
    pub(super) async fn dial(&self) -> Result<Link, OpenError> {
        let late = || OpenError::Unreachable {
            at: self.at.to_string(),
            source: BackendError("no answer in time".to_owned()),
        };
        let outcome = tokio::time::timeout(CONNECT_WITHIN, self.connect())
            .await
            .unwrap_or_else(|_| Err(late()));
        if outcome.is_err() {
            self.finder.ask_another_first();
        }
        outcome
    }

    /// Gives a connection up that leads to what is not the primary any more.
    pub(super) async fn look_again(&self, link: &Link) {
        if self.finder.has_left(&link.primary).await {
            tracing::warn!(redis = %self.at, "there is another primary");
            link.cut.store(true, Ordering::Relaxed);
            self.news.notify_one();
        }
    }

    async fn connect(&self) -> Result<Link, OpenError> {
        let cut = Arc::new(AtomicBool::new(false));
        let config = AsyncConnectionConfig::new()
            .set_connection_timeout(None)
            .set_response_timeout(None)
            .set_push_sender(listener(Arc::clone(&cut), Arc::clone(&self.news)));
        let primary = self.finder.find().await?;
        let mut connection = self.finder.connect(&primary, &config).await?;
        let sound = soundness::ensure(&mut connection, self.wait_replicas, &self.at).await;
        sound.map_err(|error| self.finder.judge(error))?;
        if self.purpose == Purpose::Records {
            fact::compare_clocks(&mut connection, &self.timepiece, &self.at).await?;
            self.greet(&mut connection).await?;
        }
        Ok(Link {
            connection,
            primary,
            cut,
        })
    }

    async fn greet(&self, connection: &mut MultiplexedConnection) -> Result<(), OpenError> {
        let keys = self.keys.as_deref();
        let begun = self.begun.load(Ordering::Relaxed);
        fact::greet(connection, keys, begun, &self.at).await?;
        self.begun.store(keys.is_some(), Ordering::Relaxed);
        // Redis itself says when the stream of changes has grown. What this connection writes need
        // not be said: whoever writes knows.
        cmd("CLIENT")
            .arg("TRACKING")
            .arg("ON")
            .arg("BCAST")
            .arg("PREFIX")
            .arg(CHANGES)
            .arg("NOLOOP")
            .exec_async(connection)
            .await
            .map_err(|error| OpenError::of(&error, &self.at))
    }
}

/// What Redis says unasked: that something changed, or nothing any more.
fn listener(cut: Arc<AtomicBool>, news: Arc<Notify>) -> impl Fn(PushInfo) -> Result<(), ()> {
    move |push| {
        match push.kind {
            PushKind::Disconnection => {
                cut.store(true, Ordering::Relaxed);
                news.notify_one();
            }
            PushKind::Invalidate => news.notify_one(),
            _ => (),
        }
        Ok(())
    }
}
