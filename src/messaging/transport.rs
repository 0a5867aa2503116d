//! The way to the mail server, one step at a time.

use std::fmt;
use std::io;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};
use std::task::{Context, Poll, ready};
use std::time::Duration;

use lettre::transport::smtp::authentication::{Credentials, DEFAULT_MECHANISMS};
use lettre::transport::smtp::client::{AsyncSmtpConnection, AsyncTokioStream, Certificate, TlsParameters};
use lettre::transport::smtp::extension::ClientId;
use rustls::pki_types::{CertificateDer, ServerName};
use rustls::{ClientConfig, RootCertStore};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;

use super::smtp::{Security, Server};

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

    const ALL: [Self; 6] = [
        Self::Resolve,
        Self::Connect,
        Self::Tls,
        Self::Greet,
        Self::Auth,
        Self::Send,
    ];
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
        /// The time allowed for all steps.
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
    pub(super) fn of(step: Step, route: &Route, error: &lettre::transport::smtp::Error) -> Self {
        let server = route.server.clone();
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

/// One attempt's progress, readable after it was cut off.
pub(super) struct Attempt(AtomicU8);

impl Attempt {
    pub(super) const fn new() -> Self {
        Self(AtomicU8::new(0))
    }

    pub(super) fn at(&self, step: Step) {
        self.0.store(step as u8, Ordering::Relaxed);
    }

    pub(super) fn step(&self) -> Step {
        let at = usize::from(self.0.load(Ordering::Relaxed));
        Step::ALL.get(at).copied().unwrap_or(Step::Resolve)
    }
}

/// Where the server is and what it takes to be let in.
pub(super) struct Route {
    host: String,
    port: u16,
    server: String,
    security: Security,
    name: ServerName<'static>,
    tls: TlsConnector,
    /// The same trust once more, in the form that STARTTLS needs.
    start_tls: TlsParameters,
    hello: ClientId,
    login: Option<Credentials>,
}

impl Route {
    pub(super) fn new(
        at: &Server,
        login: Option<Credentials>,
        helo: Option<&str>,
        extra_roots: &[CertificateDer<'static>],
    ) -> Result<Self, SendError> {
        let server = if at.host.contains(':') {
            format!("[{}]:{}", at.host, at.port)
        } else {
            format!("{}:{}", at.host, at.port)
        };
        let refused = |reason: String| SendError::Tls {
            server: server.clone(),
            reason,
        };
        let name = ServerName::try_from(at.host.clone()).map_err(|error| refused(error.to_string()))?;
        let mut parameters = TlsParameters::builder(at.host.clone());
        for root in extra_roots {
            let root = Certificate::from_der(root.to_vec()).map_err(|error| refused(error.to_string()))?;
            parameters = parameters.add_root_certificate(root);
        }
        let start_tls = parameters.build().map_err(|error| refused(error.to_string()))?;
        let tls = TlsConnector::from(Arc::new(
            trust(extra_roots).map_err(|it| refused(it.to_string()))?,
        ));
        Ok(Self {
            host: at.host.clone(),
            port: at.port,
            security: at.security,
            name,
            tls,
            start_tls,
            hello: helo.map_or_else(ClientId::default, |name| ClientId::Domain(name.to_owned())),
            login,
            server,
        })
    }

    /// All steps up to the login.
    pub(super) async fn connect(&self, attempt: &Attempt) -> Result<AsyncSmtpConnection, SendError> {
        attempt.at(Step::Resolve);
        let addresses = tokio::net::lookup_host((self.host.as_str(), self.port))
            .await
            .map_err(|error| SendError::Resolve {
                server: self.host.clone(),
                reason: error.to_string(),
            })?
            .collect();
        attempt.at(Step::Connect);
        let socket = self.open(addresses).await?;
        let wire = if self.security == Security::ImplicitTls {
            attempt.at(Step::Tls);
            let secured = self.tls.connect(self.name.clone(), socket).await;
            Wire::Tls(Box::new(secured.map_err(|error| SendError::Tls {
                server: self.server.clone(),
                reason: error.to_string(),
            })?))
        } else {
            Wire::Plain {
                socket,
                expects: Expects::Anything,
            }
        };
        attempt.at(Step::Greet);
        let mut connection = AsyncSmtpConnection::connect_with_transport(Box::new(wire), &self.hello)
            .await
            .map_err(|error| SendError::of(Step::Greet, self, &error))?;
        if self.wants_start_tls(&connection) {
            attempt.at(Step::Tls);
            connection
                .starttls(self.start_tls.clone(), &self.hello)
                .await
                .map_err(|error| SendError::of(Step::Tls, self, &error))?;
        }
        if let Some(login) = &self.login {
            attempt.at(Step::Auth);
            connection
                .auth(DEFAULT_MECHANISMS, login)
                .await
                .map_err(|error| SendError::of(Step::Auth, self, &error))?;
        }
        Ok(connection)
    }

    fn wants_start_tls(&self, connection: &AsyncSmtpConnection) -> bool {
        match self.security {
            Security::ImplicitTls => false,
            Security::StartTls => true,
            // Some servers take a login only after STARTTLS, on this machine too.
            Security::Loopback => {
                self.login.is_some()
                    && connection.can_starttls()
                    && connection
                        .server_info()
                        .get_auth_mechanism(DEFAULT_MECHANISMS)
                        .is_none()
            }
        }
    }

    /// The first address that answers.
    async fn open(&self, addresses: Vec<SocketAddr>) -> Result<TcpStream, SendError> {
        let mut reason = "the name has no address".to_owned();
        for address in addresses {
            match TcpStream::connect(address).await {
                Ok(socket) => return Ok(socket),
                Err(error) => reason = error.to_string(),
            }
        }
        Err(SendError::Connect {
            server: self.server.clone(),
            reason,
        })
    }
}

fn trust(extra_roots: &[CertificateDer<'static>]) -> Result<ClientConfig, rustls::Error> {
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

/// What SMTP is spoken over.
#[derive(Debug)]
enum Wire {
    Plain { socket: TcpStream, expects: Expects },
    Tls(Box<TlsStream<TcpStream>>),
}

/// What may come next on a connection that is not encrypted (yet).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Expects {
    Anything,
    /// STARTTLS was sent: one line, then the handshake.
    OneLine,
    /// The server broke that rule; nothing it says is listened to any more.
    Nothing,
}

impl AsyncTokioStream for Wire {
    fn peer_addr(&self) -> io::Result<SocketAddr> {
        match self {
            Self::Plain { socket, .. } => socket.peer_addr(),
            Self::Tls(stream) => stream.get_ref().0.peer_addr(),
        }
    }
}

impl AsyncRead for Wire {
    fn poll_read(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        match self.get_mut() {
            Self::Tls(stream) => Pin::new(stream).poll_read(context, buffer),
            Self::Plain {
                socket,
                expects: Expects::Anything,
            } => Pin::new(socket).poll_read(context, buffer),
            Self::Plain {
                expects: Expects::Nothing,
                ..
            } => Poll::Ready(Ok(())),
            Self::Plain { socket, expects } => {
                ready!(Pin::new(socket).poll_read(context, buffer))?;
                // What follows the answer in clear text would be read as if it had come
                // encrypted (RFC 3207 §4.2: discard it; CVE-2011-0411).
                let end = buffer.filled().iter().position(|octet| *octet == b'\n');
                *expects = match end {
                    None => Expects::OneLine,
                    Some(end) if end + 1 == buffer.filled().len() => Expects::Anything,
                    Some(_) => Expects::Nothing,
                };
                Poll::Ready(if *expects == Expects::Nothing {
                    Err(io::Error::new(
                        io::ErrorKind::InvalidData,
                        "the server spoke on after agreeing to STARTTLS",
                    ))
                } else {
                    Ok(())
                })
            }
        }
    }
}

impl AsyncWrite for Wire {
    fn poll_write(self: Pin<&mut Self>, context: &mut Context<'_>, octets: &[u8]) -> Poll<io::Result<usize>> {
        match self.get_mut() {
            Self::Tls(stream) => Pin::new(stream).poll_write(context, octets),
            Self::Plain { socket, expects } => {
                if octets == b"STARTTLS\r\n" {
                    *expects = Expects::OneLine;
                }
                Pin::new(socket).poll_write(context, octets)
            }
        }
    }

    fn poll_flush(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        match self.get_mut() {
            Self::Tls(stream) => Pin::new(stream).poll_flush(context),
            Self::Plain { socket, .. } => Pin::new(socket).poll_flush(context),
        }
    }

    fn poll_shutdown(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        match self.get_mut() {
            Self::Tls(stream) => Pin::new(stream).poll_shutdown(context),
            Self::Plain { socket, .. } => Pin::new(socket).poll_shutdown(context),
        }
    }
}
