//! The way to the mail server, one step at a time.

mod wire;

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use lettre::transport::smtp::authentication::{Credentials, DEFAULT_MECHANISMS};
use lettre::transport::smtp::client::{AsyncSmtpConnection, Certificate, TlsParameters};
use lettre::transport::smtp::extension::ClientId;
use rustls::pki_types::{CertificateDer, ServerName};
use rustls::{ClientConfig, RootCertStore};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;

use super::settings::{MailSecurity, MailServer, Settings};
use wire::Wire;

/// A step on the way to a sent letter.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Step {
    /// Looking up the server's name.
    Resolve,
    /// Opening the connection.
    Connect,
    /// Agreeing on encryption and checking the certificate.
    Tls,
    /// The server's greeting and what it can do.
    Greet,
    /// Signing in.
    Auth,
    /// Sender, recipient and letter.
    Send,
}

impl Step {
    /// The step, for reading.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Resolve => "looking up the server's name",
            Self::Connect => "connecting",
            Self::Tls => "encrypting (TLS)",
            Self::Greet => "greeting",
            Self::Auth => "signing in",
            Self::Send => "handing over the letter",
        }
    }
}

impl fmt::Display for Step {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.name())
    }
}

/// Why a letter was not sent, by the step that failed.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum SendError {
    /// It is not a letter to one mailbox; no server was asked.
    #[error("the letter cannot be written: {0}")]
    Compose(String),
    /// The server's name has no address.
    #[error("cannot find {server}: {reason}")]
    Resolve {
        /// Host and port.
        server: String,
        /// What the resolver said.
        reason: String,
    },
    /// Nobody answers there.
    #[error("cannot connect to {server}: {reason}")]
    Connect {
        /// Host and port.
        server: String,
        /// What the system said.
        reason: String,
    },
    /// No encryption, or a certificate that is not to be trusted.
    #[error("no trustworthy encryption with {server}: {reason}")]
    Tls {
        /// Host and port.
        server: String,
        /// What went wrong.
        reason: String,
    },
    /// The server does not greet as a mail server does.
    #[error("{server} does not speak SMTP with us: {reason}")]
    Greet {
        /// Host and port.
        server: String,
        /// What went wrong.
        reason: String,
    },
    /// The server does not take user and password.
    #[error("{server} refuses the login: {reason}")]
    Auth {
        /// Host and port.
        server: String,
        /// What the server said.
        reason: String,
    },
    /// The server does not take sender, recipient or letter.
    #[error("{server} refuses the letter: {reason}")]
    Rejected {
        /// Host and port.
        server: String,
        /// What the server said.
        reason: String,
        /// Whether it will not take it later either (a 5xx reply, RFC 5321 §4.2.1).
        permanent: bool,
    },
    /// The connection broke while the letter was handed over.
    #[error("the connection to {server} broke: {reason}")]
    Broken {
        /// Host and port.
        server: String,
        /// What the system said.
        reason: String,
    },
    /// No answer in time.
    #[error("no answer within {} s, while {step}", after.as_secs_f32())]
    Timeout {
        /// The step that did not end.
        step: Step,
        /// The time it was given.
        after: Duration,
    },
}

impl SendError {
    /// The step that failed; `None` where no server was asked.
    pub fn step(&self) -> Option<Step> {
        Some(match self {
            Self::Compose(_) => return None,
            Self::Resolve { .. } => Step::Resolve,
            Self::Connect { .. } => Step::Connect,
            Self::Tls { .. } => Step::Tls,
            Self::Greet { .. } => Step::Greet,
            Self::Auth { .. } => Step::Auth,
            Self::Rejected { .. } | Self::Broken { .. } => Step::Send,
            Self::Timeout { step, .. } => *step,
        })
    }

    /// Whether trying again is of no use.
    pub const fn is_permanent(&self) -> bool {
        matches!(self, Self::Compose(_) | Self::Rejected { permanent: true, .. })
    }

    /// Whether it was this letter that was refused, and another may well go through.
    pub const fn concerns_this_letter_only(&self) -> bool {
        matches!(self, Self::Compose(_) | Self::Rejected { .. })
    }

    /// What lettre's error means at that step.
    fn of(step: Step, server: &str, error: &lettre::transport::smtp::Error) -> Self {
        let server = server.to_owned();
        let reason = match (error.status(), std::error::Error::source(error)) {
            (Some(code), Some(said)) => format!("{code} {said}"),
            (None, Some(cause)) => cause.to_string(),
            (_, None) => error.to_string(),
        };
        let replied = error.status().is_some();
        match step {
            Step::Resolve => Self::Resolve { server, reason },
            Step::Connect => Self::Connect { server, reason },
            Step::Tls => Self::Tls { server, reason },
            Step::Greet => Self::Greet { server, reason },
            Step::Auth => Self::Auth { server, reason },
            Step::Send if replied => Self::Rejected {
                server,
                reason,
                permanent: error.is_permanent(),
            },
            Step::Send => Self::Broken { server, reason },
        }
    }
}

/// Where the server is and what it takes to be let in.
pub(super) struct Route {
    host: String,
    port: u16,
    server: String,
    security: MailSecurity,
    /// For each step.
    pub(super) timeout: Duration,
    name: ServerName<'static>,
    tls: TlsConnector,
    /// The same trust once more, in the form that STARTTLS needs.
    start_tls: TlsParameters,
    hello: ClientId,
    login: Option<Credentials>,
}

impl Route {
    pub(super) fn new(settings: &Settings, roots: &[CertificateDer<'static>]) -> Result<Self, SendError> {
        let MailServer { host, port, .. } = &settings.server;
        let server = if host.contains(':') {
            format!("[{host}]:{port}")
        } else {
            format!("{host}:{port}")
        };
        let refused = |reason: String| SendError::Tls {
            server: server.clone(),
            reason,
        };
        let name = ServerName::try_from(host.clone()).map_err(|error| refused(error.to_string()))?;
        let mut parameters = TlsParameters::builder(host.clone());
        for root in roots {
            let root = Certificate::from_der(root.to_vec()).map_err(|error| refused(error.to_string()))?;
            parameters = parameters.add_root_certificate(root);
        }
        let start_tls = parameters.build().map_err(|error| refused(error.to_string()))?;
        let tls = TlsConnector::from(Arc::new(trust(roots).map_err(|it| refused(it.to_string()))?));
        let login = settings
            .server
            .login
            .as_ref()
            .map(|login| Credentials::new(login.user.clone(), login.password.expose().clone()));
        let hello = match &settings.helo {
            Some(name) => ClientId::Domain(name.clone()),
            None => ClientId::default(),
        };
        Ok(Self {
            host: host.clone(),
            port: *port,
            security: settings.server.security,
            timeout: settings.timeout,
            name,
            tls,
            start_tls,
            hello,
            login,
            server,
        })
    }

    /// Takes one step of the conversation, in its time.
    pub(super) async fn take<T>(
        &self,
        step: Step,
        work: impl Future<Output = Result<T, lettre::transport::smtp::Error>>,
    ) -> Result<T, SendError> {
        self.within(step, work)
            .await?
            .map_err(|error| SendError::of(step, &self.server, &error))
    }

    async fn within<T>(&self, step: Step, work: impl Future<Output = T>) -> Result<T, SendError> {
        tokio::time::timeout(self.timeout, work)
            .await
            .map_err(|_| SendError::Timeout {
                step,
                after: self.timeout,
            })
    }

    /// All steps up to the login.
    pub(super) async fn connect(&self) -> Result<AsyncSmtpConnection, SendError> {
        let socket = self.open().await?;
        let wire = if self.security == MailSecurity::ImplicitTls {
            let handshake = self.tls.connect(self.name.clone(), socket);
            let secured = self.within(Step::Tls, handshake).await?;
            Wire::Tls(Box::new(secured.map_err(|error| SendError::Tls {
                server: self.server.clone(),
                reason: error.to_string(),
            })?))
        } else {
            Wire::plain(socket)
        };
        let greeting = AsyncSmtpConnection::connect_with_transport(Box::new(wire), &self.hello);
        let mut connection = self.take(Step::Greet, greeting).await?;
        if self.wants_start_tls(&connection) {
            let upgrade = connection.starttls(self.start_tls.clone(), &self.hello);
            self.take(Step::Tls, upgrade).await?;
        }
        if let Some(login) = &self.login {
            let answer = connection.auth(DEFAULT_MECHANISMS, login);
            self.take(Step::Auth, answer).await?;
        }
        Ok(connection)
    }

    fn wants_start_tls(&self, connection: &AsyncSmtpConnection) -> bool {
        match self.security {
            MailSecurity::ImplicitTls => false,
            MailSecurity::RequireStartTls => true,
            // Some servers take a login only after STARTTLS, on this machine too.
            MailSecurity::Loopback => {
                self.login.is_some()
                    && connection.can_starttls()
                    && connection
                        .server_info()
                        .get_auth_mechanism(DEFAULT_MECHANISMS)
                        .is_none()
            }
        }
    }

    /// A connection to the first address that answers.
    async fn open(&self) -> Result<TcpStream, SendError> {
        let lookup = tokio::net::lookup_host((self.host.as_str(), self.port));
        let addresses = self
            .within(Step::Resolve, lookup)
            .await?
            .map_err(|error| SendError::Resolve {
                server: self.host.clone(),
                reason: error.to_string(),
            })?;
        let mut failure = SendError::Resolve {
            server: self.host.clone(),
            reason: "the name has no address".to_owned(),
        };
        for address in addresses {
            match self.within(Step::Connect, TcpStream::connect(address)).await {
                Ok(Ok(socket)) => return Ok(socket),
                Ok(Err(error)) => {
                    failure = SendError::Connect {
                        server: self.server.clone(),
                        reason: error.to_string(),
                    }
                }
                Err(timeout) => failure = timeout,
            }
        }
        Err(failure)
    }
}

pub(super) fn trust(extra_roots: &[CertificateDer<'static>]) -> Result<ClientConfig, rustls::Error> {
    let mut roots = RootCertStore::empty();
    // A machine may hold certificates that nobody can read; those that can be are enough.
    roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
    for root in extra_roots {
        roots.add(root.clone())?;
    }
    let ring = Arc::new(rustls::crypto::ring::default_provider());
    Ok(ClientConfig::builder_with_provider(ring)
        .with_safe_default_protocol_versions()?
        .with_root_certificates(roots)
        .with_no_client_auth())
}
