//! Where the primary is, for a Redis whose primary may be another one tomorrow.
//!
//! | kept in | who is asked | how |
//! |---|---|---|
//! | one Redis | nobody | the URL says it |
//! | Sentinel | all Sentinels at once, and once a second again; half of them have to answer | of what they say, what the latest failover made: whoever was cut off or asleep knows no better |
//! | Cluster | its nodes, one after the other | for one of our keys: its owner answers, everybody else names the owner |
//!
//! Whoever is found is looked at as any other Redis is; that it says of itself that it is a primary is
//! part of that. A server that does not answer, or that names one that does not, is asked last the next
//! time.

use std::collections::HashMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use futures_util::future::join_all;
use redis::aio::MultiplexedConnection;
use redis::{
    AsyncConnectionConfig, Client, ConnectionAddr, IntoConnectionInfo as _, ProtocolVersion,
    RedisConnectionInfo, RedisError, cmd,
};

use super::open::OpenError;
use crate::base::secret::Secret;
use crate::store::BackendError;
use crate::store::settings::{Address, RedisSettings, Sentinels, Through};

/// How long one server may take to say where the primary is.
const SAY_WITHIN: Duration = Duration::from_millis(300);

/// Knows where to look, and how to sign in there.
pub(super) struct Finder {
    settings: RedisSettings,
    /// A key that lies where everything does that is asked of the connection.
    key: &'static str,
    /// Who is asked first.
    first: AtomicUsize,
}

impl Finder {
    pub(super) fn new(settings: &RedisSettings, key: &'static str) -> Self {
        Self {
            settings: settings.clone(),
            key,
            first: AtomicUsize::new(0),
        }
    }

    /// Where the primary is now.
    pub(super) async fn find(&self) -> Result<Address, OpenError> {
        let servers = match &self.settings.through {
            Through::Nothing => return Ok(self.settings.address.clone()),
            Through::Sentinels(sentinels) => return self.latest(sentinels).await,
            Through::Cluster(nodes) => nodes,
        };
        let first = self.first.load(Ordering::Relaxed);
        let mut refusal = unreachable(&self.settings.address, "there is nobody to ask");
        for place in 0..servers.len() {
            let Some(server) = servers.get((first + place) % servers.len()) else {
                break;
            };
            refusal = match in_time(server, self.owner_by(server)).await {
                Ok(primary) => return Ok(primary),
                Err(error) => error,
            };
            self.ask_another_first();
        }
        Err(refusal)
    }

    /// Whoever was named is no good.
    pub(super) fn ask_another_first(&self) {
        self.first.fetch_add(1, Ordering::Relaxed);
    }

    /// A replica where a primary was named is one that is about to be told, or to be replaced.
    pub(super) fn judge(&self, error: OpenError) -> OpenError {
        match (error, &self.settings.through) {
            (OpenError::Replica(_), Through::Sentinels(_) | Through::Cluster(_)) => {
                unreachable(&self.settings.address, "there is no primary at the moment")
            }
            (error, _) => error,
        }
    }

    /// Connects to a Redis, and signs in.
    pub(super) async fn connect(
        &self,
        server: &Address,
        config: &AsyncConnectionConfig,
    ) -> Result<MultiplexedConnection, OpenError> {
        let settings = &self.settings;
        let login =
            login(settings.user.as_ref(), settings.password.as_ref()).set_db(settings.database.into());
        self.connect_as(server, login, config).await
    }

    async fn connect_as(
        &self,
        server: &Address,
        login: RedisConnectionInfo,
        config: &AsyncConnectionConfig,
    ) -> Result<MultiplexedConnection, OpenError> {
        let failed = |error: RedisError| OpenError::of(&error, &server.to_string());
        let (host, port) = (server.host.clone(), server.port);
        let address = if self.settings.tls {
            ConnectionAddr::TcpTls {
                host,
                port,
                insecure: false,
                tls_params: None,
            }
        } else {
            ConnectionAddr::Tcp(host, port)
        };
        let info = address.into_connection_info().map_err(failed)?;
        let client = Client::open(info.set_redis_settings(login)).map_err(failed)?;
        client
            .get_multiplexed_async_connection_with_config(config)
            .await
            .map_err(failed)
    }

    /// Whether this is not the primary any more, as far as anybody says.
    pub(super) async fn has_left(&self, primary: &Address) -> bool {
        match &self.settings.through {
            Through::Sentinels(sentinels) => {
                matches!(self.latest(sentinels).await, Ok(now) if now != *primary)
            }
            // It says so itself.
            Through::Nothing | Through::Cluster(_) => false,
        }
    }

    /// The primary that the latest failover made, of those that the Sentinels name. Where fewer than half of them
    /// answer the others may have made another one, and nobody is believed.
    async fn latest(&self, sentinels: &Sentinels) -> Result<Address, OpenError> {
        let asked = sentinels
            .nodes
            .iter()
            .map(|server| in_time(server, self.named_by(server, sentinels)));
        let answers = join_all(asked).await;
        let answered = answers.iter().filter(|answer| answer.is_ok()).count();
        if (1..answers.len().div_ceil(2)).contains(&answered) {
            return Err(unreachable(
                &self.settings.address,
                "fewer than half of the Sentinels answer",
            ));
        }
        let mut latest = Err(unreachable(&self.settings.address, "there is nobody to ask"));
        for answer in answers {
            latest = match (latest, answer) {
                (Ok(one), Ok(other)) => Ok(std::cmp::max_by_key(one, other, |(failovers, _)| *failovers)),
                (Ok(known), Err(_)) | (Err(_), Ok(known)) => Ok(known),
                (Err(_), Err(error)) => Err(error),
            };
        }
        latest.map(|(_, primary)| primary)
    }

    /// How many failovers a Sentinel knows of, and whom the last one made the primary.
    async fn named_by(&self, server: &Address, sentinels: &Sentinels) -> Result<(u64, Address), OpenError> {
        let failed = |error: RedisError| OpenError::of(&error, &server.to_string());
        let login = login(sentinels.user.as_ref(), sentinels.password.as_ref());
        let mut connection = self
            .connect_as(server, login, &AsyncConnectionConfig::new())
            .await?;
        let told: HashMap<String, String> = cmd("SENTINEL")
            .arg("MASTER")
            .arg(&sentinels.primary)
            .query_async(&mut connection)
            .await
            .map_err(failed)?;
        let number = |name: &str| told.get(name).and_then(|it| it.parse::<u64>().ok());
        let port = number("port").and_then(|port| u16::try_from(port).ok());
        match (told.get("ip"), port, number("config-epoch")) {
            (Some(host), Some(port), Some(failovers)) => {
                let host = host.clone();
                Ok((failovers, Address { host, port }))
            }
            _ => Err(unreachable(
                server,
                "this Sentinel does not say where the primary is",
            )),
        }
    }

    /// Whom a node of the Cluster names as the owner of our key.
    async fn owner_by(&self, server: &Address) -> Result<Address, OpenError> {
        let mut connection = self.connect(server, &AsyncConnectionConfig::new()).await?;
        let mut question = cmd("EXISTS");
        let found: Result<u64, RedisError> = question.arg(self.key).query_async(&mut connection).await;
        match found {
            Ok(_) => Ok(server.clone()),
            Err(error) => owner(&error, server).ok_or_else(|| OpenError::of(&error, &server.to_string())),
        }
    }
}

async fn in_time<T>(
    server: &Address,
    answer: impl Future<Output = Result<T, OpenError>>,
) -> Result<T, OpenError> {
    tokio::time::timeout(SAY_WITHIN, answer)
        .await
        .unwrap_or_else(|_| Err(unreachable(server, "no answer in time")))
}

/// The owner of a key, as a refusal names it: `HOST:PORT`, without a host where it is its own.
fn owner(error: &RedisError, asked: &Address) -> Option<Address> {
    let (host, port) = error.redirect_node()?.0.rsplit_once(':')?;
    let host = match host.trim_matches(['[', ']']) {
        "" => &asked.host,
        host => host,
    };
    Some(Address {
        host: host.to_owned(),
        port: port.parse().ok()?,
    })
}

fn login(user: Option<&String>, password: Option<&Secret<String>>) -> RedisConnectionInfo {
    let mut login = RedisConnectionInfo::default()
        .set_protocol(ProtocolVersion::RESP3)
        .set_lib_name("doorward", env!("CARGO_PKG_VERSION"));
    if let Some(user) = user {
        login = login.set_username(user);
    }
    if let Some(password) = password {
        login = login.set_password(password.expose());
    }
    login
}

fn unreachable(server: &Address, why: &str) -> OpenError {
    OpenError::Unreachable {
        at: server.to_string(),
        source: BackendError(why.to_owned()),
    }
}
