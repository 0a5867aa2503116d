//! Letters to people: what is said, how it is worded, how it travels.
//!
//! ```text
//! Letter ──render──▶ Rendered ──compose──▶ one message, one recipient ──smtp──▶ mail server
//!    │                                                                   ▲
//!    └──(notices) the store's queue, sealed ──────── outbox ─────────────┘
//! ```
//!
//! Codes also travel as text messages, by HTTP to whatever provider the operator has; see [`sms`].
//!
//! A code is sent at once, while the person waits, and a failure is said on the page. A notice goes
//! through the queue and is tried again for three days, a link for as long as it works; see
//! [`outbox`].
//!
//! Absent on purpose: lists, copies, attachments, tracking, remote images. A message has one
//! recipient, and a link only where the person must act.

pub mod compose;
pub mod current;
pub mod letter;
pub mod outbox;
pub mod render;
pub mod settings;
pub mod sms;
pub mod smtp;
pub mod text_message;
mod transport;

use std::fmt;

use async_trait::async_trait;
use data_encoding::BASE32_NOPAD;
use serde::{Deserialize, Serialize};

use crate::base::entropy::{self, Entropy};
use crate::base::language::Language;
use crate::identity::account::EmailAddress;

pub use letter::{
    Approval, ApprovalNews, Circumstances, Code, CodePurpose, ConfirmAddress, Letter, Link, LinkPurpose,
    Notice, NoticeKind,
};
pub use smtp::{SendError, Step};
pub use text_message::{TextError, TextMessage, TextMessenger, TextPurpose};

/// Who a letter is for.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Addressed {
    /// One mailbox.
    pub address: EmailAddress,
    /// The person's name. Left out of the message where it could be read as anything but a name.
    pub name: Option<String>,
    /// The language to speak.
    pub language: Language,
}

/// Names a letter: in the queue, and as the left half of its Message-ID. That is the same at every
/// attempt, so that a letter that had arrived after all is not shown twice (RFC 5322 §3.6.4).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(transparent)]
pub struct LetterId([u8; 16]);

impl LetterId {
    /// A new one: 128 random bits.
    pub fn draw(entropy: &dyn Entropy) -> Self {
        Self(entropy::bytes(entropy))
    }

    /// From raw bytes, as a store keeps them.
    pub const fn from_bytes(bytes: [u8; 16]) -> Self {
        Self(bytes)
    }

    /// The raw bytes, for a store.
    pub const fn as_bytes(&self) -> &[u8; 16] {
        &self.0
    }
}

impl fmt::Display for LetterId {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&BASE32_NOPAD.encode(&self.0).to_ascii_lowercase())
    }
}

/// A letter in its envelope: all that is needed to send it, now or after a restart.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Mail {
    /// Its name.
    pub id: LetterId,
    /// Who it is for.
    pub to: Addressed,
    /// The site it speaks of: `https://portal.example.com`, without a path.
    pub site: String,
    /// What it says.
    pub letter: Letter,
}

/// Bytes from the queue are not a letter of this version.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error("a letter in the queue cannot be read: {0}")]
pub struct UnreadableMail(String);

impl Mail {
    /// A letter ready to be sent or queued.
    pub fn new(to: Addressed, site: impl Into<String>, letter: Letter, entropy: &dyn Entropy) -> Self {
        Self {
            id: LetterId::draw(entropy),
            to,
            site: site.into(),
            letter,
        }
    }

    /// As it waits in the queue, before sealing.
    ///
    /// # Errors
    ///
    /// None that the types allow; JSON's writer has one.
    pub fn to_bytes(&self) -> Result<Vec<u8>, UnreadableMail> {
        serde_json::to_vec(self).map_err(|error| UnreadableMail(error.to_string()))
    }

    /// Reads what [`Self::to_bytes`] wrote.
    ///
    /// # Errors
    ///
    /// [`UnreadableMail`] for anything else, which is never to be taken for an empty queue.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, UnreadableMail> {
        // Only the place of the fault is told: the bytes around it may hold a code.
        serde_json::from_slice(bytes)
            .map_err(|error| UnreadableMail(format!("line {}, column {}", error.line(), error.column())))
    }
}

/// Sends letters.
#[async_trait]
pub trait Messenger: Send + Sync + 'static {
    /// Hands `mail` to the mail server and returns once the server has taken responsibility for it
    /// (RFC 5321 §4.2.5), or has not in time.
    ///
    /// # Errors
    ///
    /// [`SendError`] names the step that failed. After [`SendError::Timeout`] the letter may have
    /// arrived all the same.
    async fn send(&self, mail: &Mail) -> Result<(), SendError>;
}
