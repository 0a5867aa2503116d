//! Whichever messenger is configured at the moment: a reload puts another one in its place.

use std::sync::Arc;

use arc_swap::ArcSwap;
use async_trait::async_trait;

use super::{Mail, Messenger, SendError};

/// Sends through the messenger of the moment. A letter that is under way ends with the one it began
/// with.
pub struct Current(ArcSwap<Box<dyn Messenger>>);

impl Current {
    /// Begins with this one.
    pub fn new(messenger: Box<dyn Messenger>) -> Self {
        Self(ArcSwap::from_pointee(messenger))
    }

    /// Goes on with this one.
    pub fn replace(&self, messenger: Box<dyn Messenger>) {
        self.0.store(Arc::new(messenger));
    }
}

#[async_trait]
impl Messenger for Current {
    async fn send(&self, mail: &Mail) -> Result<(), SendError> {
        let messenger = self.0.load_full();
        messenger.send(mail).await
    }
}
