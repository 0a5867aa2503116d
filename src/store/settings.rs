//! Where things are kept, and under which key.

use std::fmt;
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
                one.place() == other.place()
                    && one.wait_replicas == other.wait_replicas
                    && one.logins() == other.logins()
            }
            (Self::Embedded, Self::Redis(_)) | (Self::Redis(_), Self::Embedded) => false,
        }
    }
}

/// One Redis.
#[derive(Clone, Debug)]
pub struct RedisSettings {
    /// Where it is, or whoever is asked first where it is.
    pub address: Address,
    /// Whether TLS is spoken with it, and with whoever knows where it is.
    pub tls: bool,
    /// How the primary is found.
    pub through: Through,
    /// The user, where it is not the default one.
    pub user: Option<String>,
    /// The password, where one is needed.
    pub password: Option<Secret<String>>,
    /// The number of the database.
    pub database: u32,
    /// Replicas that must have a change before anybody is told of it.
    pub wait_replicas: u8,
}

/// A server on the network.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Address {
    /// Its name or address.
    pub host: String,
    /// Its port.
    pub port: u16,
}

impl fmt::Display for Address {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.host.contains(':') {
            write!(out, "[{}]:{}", self.host, self.port)
        } else {
            write!(out, "{}:{}", self.host, self.port)
        }
    }
}

/// How the primary is found where it may be another one tomorrow.
#[derive(Clone, Debug)]
pub enum Through {
    /// It is always the same.
    Nothing,
    /// These know.
    Sentinels(Sentinels),
    /// Any node of the Cluster knows; these are asked.
    Cluster(Vec<Address>),
}

/// Sentinels, and how one signs in to them.
#[derive(Clone, Debug)]
pub struct Sentinels {
    /// The name that they know the primary by.
    pub primary: String,
    /// Where they are.
    pub nodes: Vec<Address>,
    /// The user there, where it is not the default one.
    pub user: Option<String>,
    /// The password there, where one is needed.
    pub password: Option<Secret<String>>,
}

impl RedisSettings {
    /// Where it is, in one line without secrets.
    pub fn place(&self) -> String {
        let scheme = if self.tls { "rediss" } else { "redis" };
        let (address, number) = (&self.address, self.database);
        let list = |nodes: &[Address]| nodes.iter().map(Address::to_string).collect::<Vec<_>>().join(",");
        match &self.through {
            Through::Nothing => format!("{scheme}://{address}/{number}"),
            Through::Sentinels(it) => format!("{scheme}://{}/{number}#{}", list(&it.nodes), it.primary),
            Through::Cluster(nodes) => format!("{scheme}://{}/{number}#cluster", list(nodes)),
        }
    }

    /// Everything that one signs in with.
    fn logins(&self) -> [(Option<&str>, Option<&str>); 2] {
        fn login<'s>(
            user: &'s Option<String>,
            password: &'s Option<Secret<String>>,
        ) -> (Option<&'s str>, Option<&'s str>) {
            (user.as_deref(), password.as_ref().map(|it| it.expose().as_str()))
        }
        let sentinels = match &self.through {
            Through::Sentinels(sentinels) => login(&sentinels.user, &sentinels.password),
            Through::Nothing | Through::Cluster(_) => (None, None),
        };
        [login(&self.user, &self.password), sentinels]
    }
}

impl MasterKeySetting {
    /// Whether the keys come from the same place. A file of our own is looked at by itself; what an operator gives is
    /// taken up when he says so.
    pub fn is_same(&self, other: &Self) -> bool {
        matches!(
            (self, other),
            (Self::Generated, Self::Generated) | (Self::Given(_), Self::Given(_))
        )
    }
}
