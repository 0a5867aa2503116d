//! Text messages by any provider that takes them over HTTP: one request for each.
//!
//! ```text
//! connect ─▶ TLS ─▶ request ─▶ 2xx: taken
//!    └────────┴────────┴─ not reached, broken off, 500 502 503 504 ─▶ once more, then failed
//! ```
//!
//! Only the status counts; the answer itself is not read, and never logged, because providers repeat the
//! message in it. Nothing is sent again after a time-out: the provider may have taken it, and each
//! message costs money. Redirects are not followed: they would carry the code and the provider's key
//! elsewhere.
//!
//! Absent: connections that are kept. Codes by text message are rare, and a connection that has gone
//! stale would cost the retry.

mod template;

use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use bytes::Bytes;
use http::header::{ACCEPT, CONTENT_TYPE, HOST, HeaderName, HeaderValue, USER_AGENT};
use http::{Method, Request, Uri};
use http_body_util::Full;
use hyper::client::conn::http1;
use hyper_util::rt::TokioIo;
use rustls::pki_types::{CertificateDer, ServerName};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio::task::JoinSet;
use tokio_rustls::TlsConnector;

use super::text_message::{TextError, TextMessage, TextMessenger, render};
use super::transport::trust;
use crate::base::secret::Secret;
use crate::language::{Catalog, Words};

pub use template::{Escaping, Template, TemplateFault, Values};

/// For each of: connecting with TLS, and waiting for the answer.
const PATIENCE: Duration = Duration::from_secs(10);

/// A header and its value, which may be secret.
pub type Header = (HeaderName, Secret<String>);

/// A provider of text messages.
#[derive(Clone, Debug)]
pub struct Provider {
    /// Where requests go: `https://…`, or `http://…` on this machine.
    pub url: Template,
    /// `POST`, `PUT` or `GET`.
    pub method: Method,
    /// What each request carries besides; the provider's key, as a rule.
    pub headers: Vec<Header>,
    /// The body, where the method has one.
    pub body: Option<Template>,
    /// Its `Content-Type`.
    pub content_type: String,
    /// Who messages are from, where the provider wants to know.
    pub from: Option<String>,
}

/// Sends text messages through one provider.
pub struct Sms {
    provider: Provider,
    brand: Arc<str>,
    catalog: Arc<Catalog>,
    tls: TlsConnector,
    patience: Duration,
}

/// An address, taken apart.
struct Target {
    host: String,
    port: u16,
    secure: bool,
    authority: String,
    path: String,
}

impl Sms {
    /// Ready to send; connects with each message. The machine's certificate authorities are trusted
    /// (`SSL_CERT_FILE` and `SSL_CERT_DIR` name others), and `roots` besides.
    ///
    /// # Errors
    ///
    /// [`TextError::Tls`] if one of the roots is not a certificate.
    pub fn trusting(
        roots: &[CertificateDer<'static>],
        provider: Provider,
        brand: &str,
        catalog: Arc<Catalog>,
    ) -> Result<Self, TextError> {
        let tls = trust(roots).map_err(|error| TextError::Tls(error.to_string()))?;
        Ok(Self {
            provider,
            brand: Arc::from(brand),
            catalog,
            tls: TlsConnector::from(Arc::new(tls)),
            patience: PATIENCE,
        })
    }

    /// With less patience, for tests.
    #[cfg(test)]
    fn waiting_at_most(self, patience: Duration) -> Self {
        Self { patience, ..self }
    }

    async fn deliver(&self, target: &Target, body: &Bytes) -> Result<(), TextError> {
        let timeout = || TextError::Connect(format!("no answer within {} s", self.patience.as_secs_f32()));
        let opened = tokio::time::timeout(self.patience, self.open(target));
        match opened.await.map_err(|_| timeout())?? {
            Line::Plain(socket) => self.exchange(socket, target, body).await,
            Line::Tls(stream) => self.exchange(*stream, target, body).await,
        }
    }

    async fn open(&self, target: &Target) -> Result<Line, TextError> {
        let unreachable = |error: std::io::Error| TextError::Connect(error.to_string());
        let socket = TcpStream::connect((target.host.as_str(), target.port))
            .await
            .map_err(unreachable)?;
        if !target.secure {
            return Ok(Line::Plain(socket));
        }
        let name =
            ServerName::try_from(target.host.clone()).map_err(|error| TextError::Tls(error.to_string()))?;
        match self.tls.connect(name, socket).await {
            Ok(stream) => Ok(Line::Tls(Box::new(stream))),
            Err(error) => Err(TextError::Tls(error.to_string())),
        }
    }

    /// One request, one answer.
    async fn exchange<S>(&self, stream: S, target: &Target, body: &Bytes) -> Result<(), TextError>
    where
        S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
    {
        let broken = |error: hyper::Error| TextError::Broken(error.to_string());
        let request = self.request(target, body)?;
        let talk = async {
            let (mut sender, connection) = http1::handshake(TokioIo::new(stream)).await.map_err(broken)?;
            // Dropped with the set, so that nothing of it outlives the answer.
            let mut driver = JoinSet::new();
            driver.spawn(connection);
            sender.send_request(request).await.map_err(broken)
        };
        let answer = tokio::time::timeout(self.patience, talk)
            .await
            .map_err(|_| TextError::Timeout(self.patience.as_secs()))??;
        match answer.status() {
            status if status.is_success() => Ok(()),
            status => Err(TextError::Refused(status.as_u16())),
        }
    }

    fn request(&self, target: &Target, body: &Bytes) -> Result<Request<Full<Bytes>>, TextError> {
        // What is wrong with a header is not told: its value may be the provider's key.
        let unfit = || TextError::Compose("a header does not fit".to_owned());
        let mut request = Request::new(Full::new(body.clone()));
        *request.method_mut() = self.provider.method.clone();
        *request.uri_mut() = target.path.parse().map_err(|_| unfit())?;
        let headers = request.headers_mut();
        headers.insert(
            HOST,
            HeaderValue::from_str(&target.authority).map_err(|_| unfit())?,
        );
        headers.insert(USER_AGENT, HeaderValue::from_static("doorward"));
        headers.insert(ACCEPT, HeaderValue::from_static("*/*"));
        if self.provider.body.is_some() {
            let kind = HeaderValue::from_str(&self.provider.content_type).map_err(|_| unfit())?;
            headers.insert(CONTENT_TYPE, kind);
        }
        for (name, value) in &self.provider.headers {
            let mut value = HeaderValue::from_str(value.expose()).map_err(|_| unfit())?;
            value.set_sensitive(true);
            headers.insert(name.clone(), value);
        }
        Ok(request)
    }
}

enum Line {
    Plain(TcpStream),
    Tls(Box<tokio_rustls::client::TlsStream<TcpStream>>),
}

impl Target {
    fn read(url: &str) -> Option<Self> {
        let uri: Uri = url.parse().ok()?;
        let secure = uri.scheme_str() == Some("https");
        let authority = uri.authority()?;
        Some(Self {
            host: authority.host().trim_matches(['[', ']']).to_owned(),
            port: authority.port_u16().unwrap_or(if secure { 443 } else { 80 }),
            secure,
            authority: authority.to_string(),
            path: uri.path_and_query()?.to_string(),
        })
    }
}

/// Whether the same request may be sent once more: the provider has not taken it, as far as one can know.
fn worth_another_try(error: &TextError) -> bool {
    match error {
        TextError::Connect(_) | TextError::Tls(_) | TextError::Broken(_) => true,
        TextError::Refused(status) => matches!(status, 500 | 502 | 503 | 504),
        TextError::Timeout(_) | TextError::Compose(_) => false,
    }
}

#[async_trait]
impl TextMessenger for Sms {
    async fn send(&self, message: &TextMessage) -> Result<(), TextError> {
        let words = Words::new(
            Arc::clone(&self.catalog),
            message.language.clone(),
            Arc::clone(&self.brand),
        );
        let text = render(message, &words)?;
        let values = Values {
            to: message.to.e164(),
            text: &text,
            from: self.provider.from.as_deref().unwrap_or_default(),
        };
        let url = self.provider.url.fill(&values);
        let target = Target::read(&url)
            .ok_or_else(|| TextError::Compose("the provider's address does not fit".to_owned()))?;
        let body = self.provider.body.as_ref().map(|body| body.fill(&values));
        let body = Bytes::from(body.unwrap_or_default());
        match self.deliver(&target, &body).await {
            Err(error) if worth_another_try(&error) => {
                tracing::info!(%error, "a text message is sent once more");
                self.deliver(&target, &body).await
            }
            settled => settled,
        }
    }
}

#[cfg(test)]
mod tests;
