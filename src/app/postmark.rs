//! How long codes take on their way, for metrics.

use std::sync::Arc;

use async_trait::async_trait;
use tokio::time::Instant;

use crate::messaging::{Letter, Mail, Messenger, SendError, TextError, TextMessage, TextMessenger};
use crate::observe::metrics::Metrics;

/// A messenger whose codes are counted and timed.
pub struct Postmark<M: ?Sized> {
    inner: Arc<M>,
    metrics: Arc<Metrics>,
}

impl<M: ?Sized> Postmark<M> {
    /// Around another one.
    pub fn new(inner: Arc<M>, metrics: Arc<Metrics>) -> Self {
        Self { inner, metrics }
    }
}

#[async_trait]
impl Messenger for Postmark<dyn Messenger> {
    async fn send(&self, mail: &Mail) -> Result<(), SendError> {
        let begun = Instant::now();
        let sent = self.inner.send(mail).await;
        if let Letter::Code(_) = mail.letter {
            self.metrics.code_sent("email", sent.is_ok(), begun.elapsed());
        }
        sent
    }
}

#[async_trait]
impl TextMessenger for Postmark<dyn TextMessenger> {
    async fn send(&self, message: &TextMessage) -> Result<(), TextError> {
        let begun = Instant::now();
        let sent = self.inner.send(message).await;
        self.metrics.code_sent("sms", sent.is_ok(), begun.elapsed());
        sent
    }
}
