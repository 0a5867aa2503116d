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
use lettre::transport::smtp::client::AsyncSmtpConnection;
use rustls::pki_types::CertificateDer;
use tokio::sync::{Mutex, Semaphore};

use super::compose::compose;
use super::render::{Letterhead, render};
use super::settings::Settings;
use super::transport::Route;
use super::{Mail, Messenger};
use crate::base::clock::Clock;
use crate::language::{Catalog, Words};

pub use super::transport::{SendError, Step};

/// Connections in use at once; further letters wait, within their time.
const CONNECTIONS: usize = 8;
/// Connections kept open between letters, and for how long. Servers hang up after some minutes.
const PARKED: usize = 4;
const PARKED_FOR: Duration = Duration::from_secs(60);
/// How soon a kept connection has to answer, or a new one is opened.
const ANSWERS_WITHIN: Duration = Duration::from_secs(2);
/// For all steps of one letter together, however long each may take: somebody is waiting.
const DEADLINE: Duration = Duration::from_secs(60);

struct Parked {
    connection: AsyncSmtpConnection,
    since: Instant,
}

/// Sends letters to one mail server.
pub struct Smtp {
    settings: Settings,
    letterhead: Letterhead,
    brand: Arc<str>,
    route: Route,
    catalog: Arc<Catalog>,
    clock: Arc<dyn Clock>,
    parked: Mutex<Vec<Parked>>,
    in_use: Semaphore,
}

impl Smtp {
    /// Ready to send; connects with the first letter. The gateway's pages live under `prefix`.
    ///
    /// The machine's certificate authorities are trusted (`SSL_CERT_FILE` and `SSL_CERT_DIR` name others).
    ///
    /// # Errors
    ///
    /// [`SendError::Tls`] if the server's name is not one that a certificate can be for.
    pub fn new(
        settings: Settings,
        prefix: &str,
        catalog: Arc<Catalog>,
        clock: Arc<dyn Clock>,
    ) -> Result<Self, SendError> {
        Self::trusting(&[], settings, prefix, catalog, clock)
    }

    /// Like [`Self::new`], and trusts `roots` besides.
    ///
    /// # Errors
    ///
    /// Also [`SendError::Tls`] if one of the roots is not a certificate.
    pub fn trusting(
        roots: &[CertificateDer<'static>],
        settings: Settings,
        prefix: &str,
        catalog: Arc<Catalog>,
        clock: Arc<dyn Clock>,
    ) -> Result<Self, SendError> {
        Ok(Self {
            route: Route::new(&settings, roots)?,
            letterhead: Letterhead::new(&settings, prefix),
            brand: Arc::from(settings.brand.name.as_str()),
            settings,
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
        let mut connection = self.route.connect().await?;
        // The server has let us in; how it says goodbye does not matter.
        let goodbye = tokio::time::timeout(self.settings.timeout, connection.quit());
        goodbye.await.ok();
        Ok(())
    }

    async fn deliver(&self, mail: &Mail) -> Result<(), SendError> {
        let words = Words::new(
            Arc::clone(&self.catalog),
            mail.to.language.clone(),
            Arc::clone(&self.brand),
        );
        let rendered =
            render(mail, &words, &self.letterhead).map_err(|error| SendError::Compose(error.to_string()))?;
        let message = compose(mail, rendered, &self.settings, self.clock.now())
            .map_err(|error| SendError::Compose(error.to_string()))?;
        let _permit = self.in_use.acquire().await;
        let mut connection = match self.unpark().await {
            Some(connection) => connection,
            None => self.route.connect().await?,
        };
        let octets = message.formatted();
        let handed_over = connection.send(message.envelope(), &octets);
        self.route.take(Step::Send, handed_over).await?;
        self.park(connection).await;
        Ok(())
    }

    /// A kept connection that still answers.
    async fn unpark(&self) -> Option<AsyncSmtpConnection> {
        loop {
            let Parked {
                mut connection,
                since,
            } = self.parked.lock().await.pop()?;
            let answers = tokio::time::timeout(ANSWERS_WITHIN, connection.test_connected());
            if since.elapsed() < PARKED_FOR && answers.await == Ok(true) {
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
        match tokio::time::timeout(DEADLINE, self.deliver(mail)).await {
            Ok(result) => result,
            Err(_) => Err(SendError::Timeout {
                step: Step::Send,
                after: DEADLINE,
            }),
        }
    }
}

#[cfg(test)]
mod tests;
