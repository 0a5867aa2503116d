//! The connection: one, shared by all questions, made again when it breaks.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use redis::aio::{ConnectionManager, ConnectionManagerConfig};
use redis::{
    Client, ConnectionAddr, ConnectionInfo, FromRedisValue, IntoConnectionInfo as _, ProtocolVersion,
    RedisConnectionInfo, RedisError, Script, ToRedisArgs,
};

use super::key::FACTS;
use crate::store::BackendError;
use crate::store::settings::RedisSettings;

/// After so long without an answer a question has failed.
const ANSWER_WITHIN: Duration = Duration::from_secs(2);

/// How long one attempt to connect may take.
const CONNECT_WITHIN: Duration = Duration::from_secs(1);

/// Between attempts to connect at least, then at most.
const ATTEMPTS_APART: [Duration; 2] = [Duration::from_millis(50), Duration::from_millis(300)];

/// Attempts that belong to one question; the next question begins anew.
const ATTEMPTS: usize = 4;

/// Why Redis was not opened. Words for the operator.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// It cannot be reached, or said no.
    #[error("Redis at {at} cannot be used")]
    Backend {
        /// Where.
        at: String,
        /// What it said.
        source: BackendError,
    },
    /// It does not know all that is asked of it.
    #[error("Redis at {at} is version {found}; {needed} or later is needed")]
    Old {
        /// Where.
        at: String,
        /// Its version.
        found: String,
        /// Ours.
        needed: &'static str,
    },
    /// It would throw sessions and locks away when it is full.
    #[error(
        "Redis at {at} has maxmemory-policy {found}: when it is full it would throw away locks, used codes and \
         sessions; set `maxmemory-policy noeviction`"
    )]
    Evicts {
        /// Where.
        at: String,
        /// Its policy.
        found: String,
    },
    /// It takes no writes.
    #[error("Redis at {0} is a replica; name the primary")]
    Replica(String),
    /// It was laid out by another version of this program.
    #[error("Redis at {at} has layout {found}; this version knows {known}")]
    Layout {
        /// Where.
        at: String,
        /// Its layout.
        found: String,
        /// Ours.
        known: u32,
    },
}

/// The way to Redis.
pub(super) struct Wire {
    manager: ConnectionManager,
    at: Arc<str>,
}

impl fmt::Debug for Wire {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "Wire({})", self.at)
    }
}

impl Wire {
    /// Connects once. Belongs to the runtime that it is made on.
    pub(super) async fn connect(settings: &RedisSettings) -> Result<Self, OpenError> {
        let at: Arc<str> = settings.place().into();
        let failed = |error: RedisError| OpenError::Backend {
            at: at.to_string(),
            source: words(&error),
        };
        let client = Client::open(connection_info(settings).map_err(failed)?).map_err(failed)?;
        let [least, most] = ATTEMPTS_APART;
        let config = ConnectionManagerConfig::new()
            .set_connection_timeout(Some(CONNECT_WITHIN))
            .set_response_timeout(Some(ANSWER_WITHIN))
            .set_min_delay(least)
            .set_max_delay(most)
            .set_number_of_retries(ATTEMPTS);
        let manager = client
            .get_connection_manager_with_config(config)
            .await
            .map_err(failed)?;
        Ok(Self { manager, at })
    }

    /// Where it leads, for the operator.
    pub(super) fn at(&self) -> String {
        self.at.to_string()
    }

    /// Has one command answered.
    pub(super) async fn ask<T: FromRedisValue>(&self, command: &redis::Cmd) -> Result<T, BackendError> {
        let mut manager = self.manager.clone();
        in_time(command.query_async(&mut manager)).await
    }

    /// Has several commands answered together.
    pub(super) async fn ask_all<T: FromRedisValue>(
        &self,
        commands: &redis::Pipeline,
    ) -> Result<T, BackendError> {
        let mut manager = self.manager.clone();
        in_time(commands.query_async(&mut manager)).await
    }

    /// Runs a script in the slot where everything lies that is committed.
    pub(super) async fn run<T: FromRedisValue>(
        &self,
        script: &Script,
        arguments: impl ToRedisArgs,
    ) -> Result<T, BackendError> {
        self.run_on(script, FACTS, arguments).await
    }

    /// Runs a script on keys.
    pub(super) async fn run_on<T: FromRedisValue>(
        &self,
        script: &Script,
        keys: impl ToRedisArgs,
        arguments: impl ToRedisArgs,
    ) -> Result<T, BackendError> {
        let mut manager = self.manager.clone();
        let mut asked = script.prepare_invoke();
        asked.key(keys).arg(arguments);
        in_time(asked.invoke_async(&mut manager)).await
    }
}

/// What waits for a connection counts, too.
async fn in_time<T>(answer: impl Future<Output = Result<T, RedisError>>) -> Result<T, BackendError> {
    match tokio::time::timeout(ANSWER_WITHIN, answer).await {
        Ok(answer) => answer.map_err(|error| words(&error)),
        Err(_) => Err(BackendError("no answer in time".to_owned())),
    }
}

/// An error in words. Redis's own name no values of records.
fn words(error: &RedisError) -> BackendError {
    BackendError(error.to_string())
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
