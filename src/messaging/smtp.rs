//! Letters by SMTP (RFC 5321, RFC 6409) over TLS (RFC 8314), on connections that are kept for a while.
//!
//! ```text
//! Resolve ─▶ Connect ─▶ Tls ─▶ Greet ─▶ Auth ─▶ Send          smtps://
//! Resolve ─▶ Connect ─▶ Greet ─▶ Tls (STARTTLS) ─▶ Auth ─▶ Send   smtp://
//! ```
//!
//! Each step is taken by itself, so that an operator learns at which one it failed. A connection goes
//! back into the pool only after a letter went through: a send that was given up half-way must
//! not leave its answers to the next one.
//!
//! Absent: opportunistic TLS. Either the connection is encrypted and the certificate verified, or it
//! does not leave this machine.

use std::sync::Arc;
use std::time::{Duration, Instant};

use async_trait::async_trait;
use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::client::AsyncSmtpConnection;
use rustls::pki_types::CertificateDer;
use tokio::sync::{Mutex, Semaphore};
use url::{Host, Url};

use super::compose::{Sender, compose};
use super::render::{Letterhead, render};
use super::transport::{Attempt, Route};
use super::{Mail, Messenger};
use crate::base::clock::Clock;
use crate::base::secret::Secret;
use crate::language::{Catalog, Words};

pub use super::transport::{SendError, Step};

/// Connections in use at once; further letters wait, within their time.
const CONNECTIONS: usize = 8;
/// Connections kept open between letters, and for how long. Servers hang up after some minutes.
const PARKED: usize = 4;
const PARKED_FOR: Duration = Duration::from_secs(60);

/// How the connection is protected.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Security {
    /// TLS from the first byte: `smtps://`.
    ImplicitTls,
    /// STARTTLS, and nothing is said without it: `smtp://`.
    StartTls,
    /// Nothing needed, as it stays on this machine: `smtp://` to loopback.
    Loopback,
}

/// The mail server, as its URL says.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Server {
    /// Name or address; the certificate must be for it.
    pub host: String,
    /// 465 for `smtps`, 587 for `smtp`, unless the URL says otherwise.
    pub port: u16,
    /// How the connection is protected.
    pub security: Security,
    /// Who signs in, if anybody.
    pub user: Option<String>,
}

/// Why a URL does not name a mail server.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum ServerError {
    /// Not a URL.
    #[error("not a URL; write `smtps://user@mail.example.com`")]
    Malformed,
    /// Another scheme.
    #[error("the scheme must be `smtps` (TLS) or `smtp` (STARTTLS)")]
    Scheme,
    /// A password in the URL.
    #[error("the password does not belong in the URL; use `password`")]
    Password,
    /// Path, query or fragment.
    #[error("nothing may follow host and port")]
    Trailing,
}

impl Server {
    /// Reads `smtps://user@host:port` or `smtp://…`.
    ///
    /// # Errors
    ///
    /// [`ServerError`] says what is wrong with it.
    pub fn parse(url: &str) -> Result<Self, ServerError> {
        let url = Url::parse(url).map_err(|_| ServerError::Malformed)?;
        let tls = match url.scheme() {
            "smtps" => true,
            "smtp" => false,
            _ => return Err(ServerError::Scheme),
        };
        if url.password().is_some() {
            return Err(ServerError::Password);
        }
        if !matches!(url.path(), "" | "/") || url.query().is_some() || url.fragment().is_some() {
            return Err(ServerError::Trailing);
        }
        let host = url
            .host_str()
            .filter(|it| !it.is_empty())
            .ok_or(ServerError::Malformed)?;
        // The scheme is not one the URL standard knows, so an IPv4 address comes as a name.
        let parsed = Host::parse(host).map_err(|_| ServerError::Malformed)?;
        let loopback = match &parsed {
            Host::Domain(name) => name == "localhost",
            Host::Ipv4(address) => address.is_loopback(),
            Host::Ipv6(address) => address.is_loopback(),
        };
        let user = percent_encoding::percent_decode_str(url.username())
            .decode_utf8()
            .map_err(|_| ServerError::Malformed)?;
        Ok(Self {
            host: match parsed {
                Host::Domain(name) => name,
                Host::Ipv4(address) => address.to_string(),
                Host::Ipv6(address) => address.to_string(),
            },
            port: url.port().unwrap_or(if tls { 465 } else { 587 }),
            security: match (tls, loopback) {
                (true, _) => Security::ImplicitTls,
                (false, false) => Security::StartTls,
                (false, true) => Security::Loopback,
            },
            user: (!user.is_empty()).then(|| user.into_owned()),
        })
    }
}

/// How letters are sent.
#[derive(Clone)]
pub struct Settings {
    /// The mail server.
    pub server: Server,
    /// The password of the server's user.
    pub password: Option<Secret<String>>,
    /// What we call ourselves in EHLO; `None`: the machine's name.
    pub helo: Option<String>,
    /// For one letter, all steps together.
    pub timeout: Duration,
    /// Who letters come from.
    pub sender: Sender,
    /// What every letter shares.
    pub letterhead: Letterhead,
    /// The operator's name for the portal.
    pub brand: Arc<str>,
    /// Certificate authorities to trust besides the machine's own.
    pub extra_roots: Vec<CertificateDer<'static>>,
}

struct Parked {
    connection: AsyncSmtpConnection,
    since: Instant,
}

/// Sends letters to one mail server.
pub struct Smtp {
    settings: Settings,
    route: Route,
    catalog: Arc<Catalog>,
    clock: Arc<dyn Clock>,
    parked: Mutex<Vec<Parked>>,
    in_use: Semaphore,
}

impl Smtp {
    /// Ready to send; connects with the first letter.
    ///
    /// # Errors
    ///
    /// [`SendError::Tls`] if the machine's certificate authorities cannot be used.
    pub fn new(settings: Settings, catalog: Arc<Catalog>, clock: Arc<dyn Clock>) -> Result<Self, SendError> {
        let login = match (&settings.server.user, &settings.password) {
            (Some(user), Some(password)) => Some(Credentials::new(user.clone(), password.expose().clone())),
            _ => None,
        };
        let route = Route::new(
            &settings.server,
            login,
            settings.helo.as_deref(),
            &settings.extra_roots,
        )?;
        Ok(Self {
            settings,
            route,
            catalog,
            clock,
            parked: Mutex::new(Vec::new()),
            in_use: Semaphore::new(CONNECTIONS),
        })
    }

    /// Goes all the way to the login and says nothing more.
    ///
    /// # Errors
    ///
    /// [`SendError`] names the step that failed.
    pub async fn probe(&self) -> Result<(), SendError> {
        let attempt = Attempt::new();
        let mut connection = self.within(&attempt, self.route.connect(&attempt)).await?;
        connection.abort().await;
        Ok(())
    }

    async fn within<T>(
        &self,
        attempt: &Attempt,
        work: impl Future<Output = Result<T, SendError>>,
    ) -> Result<T, SendError> {
        match tokio::time::timeout(self.settings.timeout, work).await {
            Ok(result) => result,
            Err(_) => Err(SendError::Timeout {
                step: attempt.step(),
                after: self.settings.timeout,
            }),
        }
    }

    async fn deliver(&self, mail: &Mail, attempt: &Attempt) -> Result<(), SendError> {
        let words = Words::new(
            Arc::clone(&self.catalog),
            mail.to.language.clone(),
            Arc::clone(&self.settings.brand),
        );
        let rendered = render(mail, &words, &self.settings.letterhead)
            .map_err(|error| SendError::Compose(error.to_string()))?;
        let message = compose(mail, rendered, &self.settings.sender, self.clock.now())
            .map_err(|error| SendError::Compose(error.to_string()))?;
        let _permit = self.in_use.acquire().await;
        let mut connection = match self.unpark().await {
            Some(connection) => connection,
            None => self.route.connect(attempt).await?,
        };
        attempt.at(Step::Send);
        match connection.send(message.envelope(), &message.formatted()).await {
            Ok(_) => {
                self.park(connection).await;
                Ok(())
            }
            Err(error) => Err(SendError::of(Step::Send, &self.route, &error)),
        }
    }

    /// A kept connection that still answers.
    async fn unpark(&self) -> Option<AsyncSmtpConnection> {
        loop {
            let Parked {
                mut connection,
                since,
            } = self.parked.lock().await.pop()?;
            if since.elapsed() < PARKED_FOR && connection.test_connected().await {
                return Some(connection);
            }
        }
    }

    async fn park(&self, connection: AsyncSmtpConnection) {
        let mut parked = self.parked.lock().await;
        if parked.len() < PARKED {
            parked.push(Parked {
                connection,
                since: Instant::now(),
            });
        }
    }
}

#[async_trait]
impl Messenger for Smtp {
    async fn send(&self, mail: &Mail) -> Result<(), SendError> {
        let attempt = Attempt::new();
        self.within(&attempt, self.deliver(mail, &attempt)).await
    }
}

#[cfg(test)]
mod tests;
