//! How long codes take on their way, for metrics.

use std::sync::Arc;

use async_trait::async_trait;
use tokio::time::Instant;

use crate::messaging::{Letter, Mail, Messenger, SendError};
use crate::observe::metrics::Metrics;

/// A messenger whose codes are counted and timed.
pub struct Postmark {
    inner: Arc<dyn Messenger>,
    metrics: Arc<Metrics>,
}

impl Postmark {
    /// Around another one.
    pub fn new(inner: Arc<dyn Messenger>, metrics: Arc<Metrics>) -> Self {
        Self { inner, metrics }
    }
}

#[async_trait]
impl Messenger for Postmark {
    async fn send(&self, mail: &Mail) -> Result<(), SendError> {
        let begun = Instant::now();
        let sent = self.inner.send(mail).await;
        if let Letter::Code(_) = mail.letter {
            self.metrics.code_sent("email", sent.is_ok(), begun.elapsed());
        }
        sent
    }
}
