//! What the proxy is told: where it listens, whom it trusts, which sites it guards, and how much
//! it takes from anybody.
//!
//! Access rules are still in the operator's words here; the composition root turns each
//! [`RuleSetting`] into a rule of [`crate::policy`].

use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

use ipnet::IpNet;

use super::ports::IdentityField;
use crate::base::secret::Secret;

/// Everything this folder is told.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The sockets. Never empty.
    pub listeners: Vec<ListenerSetting>,
    /// Peers that may say for whom they speak (X-Forwarded-For, X-Forwarded-Proto).
    pub trusted_proxies: Vec<IpNet>,
    /// How long requests in flight have after SIGTERM or a hand-over.
    pub drain: Duration,
    /// Where the gateway's own pages live on every site: `/_auth`, without a slash at its end.
    pub prefix: String,
    /// The sites, no two with one host. Never empty.
    pub sites: Vec<SiteSetting>,
    /// Health and metrics.
    pub admin: AdminSetting,
    /// How much anybody may send, and how slowly.
    pub limits: IntakeLimits,
}

/// One listening socket.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ListenerSetting {
    /// Its address.
    pub address: SocketAddr,
    /// Its certificates, chosen by the name the client asks for. Empty: no TLS.
    pub certificates: Vec<CertificateFiles>,
    /// Whether it does nothing but send browsers to the https URL of the site.
    pub redirect_to_https: bool,
}

impl ListenerSetting {
    /// A socket without TLS.
    pub fn plain(address: SocketAddr) -> Self {
        Self {
            address,
            certificates: Vec::new(),
            redirect_to_https: false,
        }
    }
}

/// A certificate chain and its key, as PEM files. Both have been read once when settings are made.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct CertificateFiles {
    /// The chain, the server's own certificate first.
    pub certificate: PathBuf,
    /// The private key.
    pub key: PathBuf,
}

/// One public URL and the portal behind it.
#[derive(Clone, Debug)]
pub struct SiteSetting {
    /// The host, in lower case, as a `Host` header spells it, without a port.
    pub host: String,
    /// The origin, as browsers spell it: `https://portal.example.com`, `http://localhost:8080`.
    pub origin: String,
    /// Whether the URL is https. Plain http is for loopback hosts only.
    pub secure: bool,
    /// The portal.
    pub upstream: UpstreamSetting,
    /// Who may go where; the first that fits decides, and what nothing fits requires mfa.
    pub access: Vec<RuleSetting>,
    /// Path patterns whose callers are scripts: always answered 401 JSON, never redirected.
    pub scripts: Vec<String>,
    /// Origins that the portal's pages redirect to after a form.
    pub redirects_to: Vec<String>,
    /// The names of the headers that tell the portal who it is.
    pub identity_headers: IdentityHeaders,
}

/// The portal behind a site.
#[derive(Clone, Debug)]
pub struct UpstreamSetting {
    /// Its servers. Never empty.
    pub servers: Vec<ServerSetting>,
    /// How it is seen that one of them is well.
    pub health_check: Option<HealthCheck>,
    /// The `Host` that it gets.
    pub host: UpstreamHost,
    /// Headers that every request to it carries.
    pub add_headers: Vec<AddedHeader>,
    /// How long a connection may take to open, TLS included.
    pub connect: Duration,
    /// How long it may take to begin its answer.
    pub first_byte: Duration,
    /// How it is verified; `Some` exactly where the servers speak https.
    pub tls: Option<UpstreamTls>,
}

impl UpstreamSetting {
    /// How long a connection may take to open, unless said otherwise.
    pub const CONNECT: Duration = Duration::from_secs(5);
    /// How long an answer may take to begin, unless said otherwise.
    pub const FIRST_BYTE: Duration = Duration::from_secs(60);

    /// One server without TLS, everything else as it is by default.
    pub fn plain(host: &str, port: u16) -> Self {
        Self {
            servers: vec![ServerSetting {
                host: host.to_owned(),
                port,
            }],
            health_check: None,
            host: UpstreamHost::Keep,
            add_headers: Vec::new(),
            connect: Self::CONNECT,
            first_byte: Self::FIRST_BYTE,
            tls: None,
        }
    }
}

/// One server of a portal.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct ServerSetting {
    /// Its name or address; IPv6 addresses without brackets.
    pub host: String,
    /// Its port.
    pub port: u16,
}

/// A request that a well server answers with 2xx or 3xx.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct HealthCheck {
    /// Its path.
    pub path: String,
    /// How often it is sent.
    pub interval: Duration,
}

impl Default for HealthCheck {
    fn default() -> Self {
        Self {
            path: "/".to_owned(),
            interval: Duration::from_secs(10),
        }
    }
}

/// The `Host` that a portal gets.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum UpstreamHost {
    /// The one that the browser sent.
    Keep,
    /// The server's own name and port.
    Upstream,
    /// This one.
    Fixed(String),
}

/// A header that every request to a portal carries. Its value may be a secret.
#[derive(Clone, Debug)]
pub struct AddedHeader {
    /// Its name, as it is written.
    pub name: String,
    /// Its value.
    pub value: Secret<String>,
}

/// How a portal that speaks https is verified. It always is.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct UpstreamTls {
    /// PEM file of the authorities to trust instead of the machine's.
    pub ca: Option<PathBuf>,
    /// The name that its certificate must carry, where that is not the server's.
    pub server_name: Option<String>,
}

/// One access rule, in the operator's words.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct RuleSetting {
    /// A path, or everything below one: `/robots.txt`, `/news/*`.
    pub path: String,
    /// Only for clients of these networks. Empty: for all.
    pub from: Vec<IpNet>,
    /// Only for these methods, in upper case. Empty: for all.
    pub methods: Vec<String>,
    /// What must be proven.
    pub require: Require,
    /// Only for members of one of these groups. Empty: for all. Never with anything but mfa.
    pub groups: Vec<String>,
    /// The greatest age of the second factor. Never with anything but mfa.
    pub within: Option<Duration>,
    /// Where it stands in the file.
    pub place: Place,
}

/// What an access rule requires.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Require {
    /// Nothing: anybody passes.
    Nothing,
    /// A password.
    Password,
    /// All that the account has to prove.
    Mfa,
    /// Nobody passes.
    Refusal,
}

impl Require {
    /// The word, as the file writes it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Nothing => "nothing",
            Self::Password => "password",
            Self::Mfa => "mfa",
            Self::Refusal => "refusal",
        }
    }
}

/// A place in the configuration file, both counted from one. Zero where there is none.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Default)]
pub struct Place {
    /// The line.
    pub line: usize,
    /// The column, in characters.
    pub column: usize,
}

/// The names of the headers that tell the portal who it is.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct IdentityHeaders {
    /// Who: the email address.
    pub user: String,
    /// The email address.
    pub email: String,
    /// First and last name.
    pub name: String,
    /// The groups, joined by commas.
    pub groups: String,
    /// How it was proven.
    pub method: String,
}

impl IdentityHeaders {
    /// What each header says, and its name.
    pub fn all(&self) -> [(IdentityField, &str); 5] {
        [
            (IdentityField::User, &self.user),
            (IdentityField::Email, &self.email),
            (IdentityField::Name, &self.name),
            (IdentityField::Groups, &self.groups),
            (IdentityField::Method, &self.method),
        ]
    }
}

impl Default for IdentityHeaders {
    fn default() -> Self {
        Self {
            user: "Remote-User".to_owned(),
            email: "Remote-Email".to_owned(),
            name: "Remote-Name".to_owned(),
            groups: "Remote-Groups".to_owned(),
            method: "Remote-Auth-Method".to_owned(),
        }
    }
}

/// The listener for health and metrics.
#[derive(Clone, Debug)]
pub struct AdminSetting {
    /// Its address.
    pub address: SocketAddr,
    /// What a caller must show; always there off loopback.
    pub token: Option<Secret<String>>,
}

impl Default for AdminSetting {
    fn default() -> Self {
        Self {
            address: SocketAddr::from(([127, 0, 0, 1], 9180)),
            token: None,
        }
    }
}

/// How much anybody may send, how slowly, and over how many connections.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct IntakeLimits {
    /// Octets in the largest request head.
    pub head: usize,
    /// Fields in the largest request head.
    pub head_fields: usize,
    /// How long a whole request head may take.
    pub head_time: Duration,
    /// How long a form's body may take.
    pub body_time: Duration,
    /// How long a connection may idle between requests.
    pub keep_alive: Duration,
    /// Connections at a time.
    pub connections: usize,
    /// Connections of one address at a time; trusted proxies are exempt.
    pub connections_per_address: usize,
}

impl Default for IntakeLimits {
    fn default() -> Self {
        Self {
            head: 32 * 1024,
            head_fields: 100,
            head_time: Duration::from_secs(15),
            body_time: Duration::from_secs(30),
            keep_alive: Duration::from_secs(60),
            connections: 10_000,
            connections_per_address: 512,
        }
    }
}
