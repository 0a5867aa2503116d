//! Where things are kept, and under which key.

use std::path::PathBuf;

use crate::base::secret::Secret;

/// Everything this folder is told.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The folder of the embedded database and of the generated master key.
    pub state: PathBuf,
    /// Where things are kept.
    pub place: Place,
    /// The key that everything sealed is sealed with.
    pub master_key: MasterKeySetting,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            state: PathBuf::from("/var/lib/doorward"),
            place: Place::Embedded,
            master_key: MasterKeySetting::Generated,
        }
    }
}

/// Where the master key comes from.
#[derive(Clone, Debug)]
pub enum MasterKeySetting {
    /// Made at the first start, and kept in `state`.
    Generated,
    /// Given by the operator: the text of a key file, which has been read once already with
    /// [`Keyring::parse`](crate::base::seal::Keyring::parse).
    Given(Secret<String>),
}

/// Where things are kept.
#[derive(Clone, Debug)]
pub enum Place {
    /// In one file in `state`, for one machine.
    Embedded,
    /// In Redis, for several nodes.
    Redis(RedisSettings),
}

impl Place {
    /// Whether a store that was opened as one says is the one that the other names. A password counts:
    /// the store that is open would go on with the old one.
    pub fn is_same(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Embedded, Self::Embedded) => true,
            (Self::Redis(one), Self::Redis(other)) => {
                let password = |it: &RedisSettings| it.password.as_ref().map(|it| it.expose().clone());
                one.place() == other.place()
                    && one.user == other.user
                    && one.wait_replicas == other.wait_replicas
                    && password(one) == password(other)
            }
            (Self::Embedded, Self::Redis(_)) | (Self::Redis(_), Self::Embedded) => false,
        }
    }
}

/// One Redis.
#[derive(Clone, Debug)]
pub struct RedisSettings {
    /// Its name or address.
    pub host: String,
    /// Its port.
    pub port: u16,
    /// Whether TLS is spoken with it.
    pub tls: bool,
    /// The user, where it is not the default one.
    pub user: Option<String>,
    /// The password, where one is needed.
    pub password: Option<Secret<String>>,
    /// The number of the database.
    pub database: u32,
    /// Replicas that must have a change before anybody is told of it.
    pub wait_replicas: u8,
}

impl RedisSettings {
    /// Where it is, in one line without secrets.
    pub fn place(&self) -> String {
        let scheme = if self.tls { "rediss" } else { "redis" };
        let host = if self.host.contains(':') {
            format!("[{}]", self.host)
        } else {
            self.host.clone()
        };
        format!("{scheme}://{host}:{}/{}", self.port, self.database)
    }
}
