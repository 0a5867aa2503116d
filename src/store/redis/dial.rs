//! How a connection is made, and what has to be true of whatever answers before anything is asked of
//! it.
//!
//! ```text
//! connect ─▶ sign in ─▶ sound? ─▶ our layout? ─▶ our key? ─▶ "tell me of changes" ─▶ questions
//! ```
//!
//! Every new connection goes this way, not only the first: after a failover or a repair, somebody else
//! may answer under the same name.

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use redis::aio::MultiplexedConnection;
use redis::{
    AsyncConnectionConfig, Client, ConnectionAddr, ConnectionInfo, IntoConnectionInfo as _, ProtocolVersion,
    PushInfo, PushKind, RedisConnectionInfo, RedisError, cmd,
};
use tokio::sync::Notify;

use super::key::CHANGES;
use super::open::OpenError;
use super::{fact, soundness};
use crate::base::seal::Keyring;
use crate::store::settings::RedisSettings;

/// How long one attempt may take, with everything that is asked first.
const CONNECT_WITHIN: Duration = Duration::from_secs(1);

/// A connection that everything was found in order behind.
pub(super) struct Link {
    pub(super) connection: MultiplexedConnection,
    cut: Arc<AtomicBool>,
}

impl Link {
    /// Whether its other end is gone.
    pub(super) fn is_cut(&self) -> bool {
        self.cut.load(Ordering::Relaxed)
    }
}

/// Knows the way.
pub(super) struct Dial {
    client: Client,
    /// Where it leads, for the operator.
    pub(super) at: Arc<str>,
    keys: Option<Arc<Keyring>>,
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
        keys: Option<Arc<Keyring>>,
        news: Arc<Notify>,
    ) -> Result<Self, OpenError> {
        let at: Arc<str> = settings.place().into();
        let client = connection_info(settings)
            .and_then(Client::open)
            .map_err(|error| OpenError::of(&error, &at))?;
        Ok(Self {
            client,
            at,
            keys,
            wait_replicas: settings.wait_replicas,
            begun: AtomicBool::new(false),
            news,
        })
    }

    /// Makes a connection, with everything that comes first.
    pub(super) async fn dial(&self) -> Result<Link, OpenError> {
        match tokio::time::timeout(CONNECT_WITHIN, self.connect()).await {
            Ok(outcome) => outcome,
            Err(_) => Err(OpenError::Unreachable {
                at: self.at.to_string(),
                source: crate::store::BackendError("no answer in time".to_owned()),
            }),
        }
    }

    async fn connect(&self) -> Result<Link, OpenError> {
        let cut = Arc::new(AtomicBool::new(false));
        let config = AsyncConnectionConfig::new()
            .set_connection_timeout(None)
            .set_response_timeout(None)
            .set_push_sender(listener(Arc::clone(&cut), Arc::clone(&self.news)));
        let failed = |error: RedisError| OpenError::of(&error, &self.at);
        let mut connection = self
            .client
            .get_multiplexed_async_connection_with_config(&config)
            .await
            .map_err(failed)?;
        soundness::ensure(&mut connection, self.wait_replicas, &self.at).await?;
        let keys = self.keys.as_deref();
        fact::greet(
            &mut connection,
            keys,
            self.begun.load(Ordering::Relaxed),
            &self.at,
        )
        .await?;
        self.begun.store(keys.is_some(), Ordering::Relaxed);
        // Redis itself says when the stream of changes has grown. What this connection writes need
        // not be said: whoever writes knows.
        let () = cmd("CLIENT")
            .arg("TRACKING")
            .arg("ON")
            .arg("BCAST")
            .arg("PREFIX")
            .arg(CHANGES)
            .arg("NOLOOP")
            .query_async(&mut connection)
            .await
            .map_err(failed)?;
        Ok(Link { connection, cut })
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

fn connection_info(settings: &RedisSettings) -> Result<ConnectionInfo, RedisError> {
    let (host, port) = (settings.host.clone(), settings.port);
    let address = if settings.tls {
        ConnectionAddr::TcpTls {
            host,
            port,
            insecure: false,
            tls_params: None,
        }
    } else {
        ConnectionAddr::Tcp(host, port)
    };
    let mut login = RedisConnectionInfo::default()
        .set_db(i64::from(settings.database))
        .set_protocol(ProtocolVersion::RESP3)
        .set_lib_name("doorward", env!("CARGO_PKG_VERSION"));
    if let Some(user) = &settings.user {
        login = login.set_username(user);
    }
    if let Some(password) = &settings.password {
        login = login.set_password(password.expose());
    }
    Ok(address.into_connection_info()?.set_redis_settings(login))
}
