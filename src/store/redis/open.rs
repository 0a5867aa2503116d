//! Why Redis was not opened, in words for the operator.

use redis::{ErrorKind, RedisError, ServerErrorKind};

use crate::store::BackendError;

/// Why Redis was not opened.
#[derive(Clone, Debug, thiserror::Error)]
pub enum OpenError {
    /// It cannot be reached, or is busy with itself.
    #[error("Redis at {at} does not answer")]
    Unreachable {
        /// Where.
        at: String,
        /// What happened.
        source: BackendError,
    },
    /// It said no.
    #[error("Redis at {at} cannot be used")]
    Refused {
        /// Where.
        at: String,
        /// What it said.
        source: BackendError,
    },
    /// It does not know all that is asked of it.
    #[error("Redis at {at} is version {found}; {needed} or later is needed")]
    Old {
        /// Where.
        at: String,
        /// Its version.
        found: String,
        /// Ours.
        needed: &'static str,
    },
    /// It would throw sessions and locks away when it is full.
    #[error(
        "Redis at {at} has maxmemory-policy {found}: when it is full it would throw away locks, used codes and \
         sessions; set `maxmemory-policy noeviction`"
    )]
    Evicts {
        /// Where.
        at: String,
        /// Its policy.
        found: String,
    },
    /// Its clock and this machine's do not agree.
    #[error("Redis at {at} is not asked anything")]
    Clock {
        /// Where.
        at: String,
        /// What both show.
        source: BackendError,
    },
    /// It takes no writes.
    #[error("Redis at {0} is a replica; name the primary")]
    Replica(String),
    /// It was laid out by another version of this program.
    #[error("Redis at {at} has layout {found}; this version knows {known}")]
    Layout {
        /// Where.
        at: String,
        /// Its layout.
        found: String,
        /// Ours.
        known: u32,
    },
    /// Its data was written with another key.
    #[error("the master key is not the one that the data in Redis was written with; nothing was changed")]
    Key,
    /// What former keys have handed down is there and does not open.
    #[error("what former master keys have handed down does not open in Redis at {0}; it is damaged")]
    Heirlooms(String),
    /// Accounts, but nothing that tells whose key they were written with.
    #[error("Redis at {0} holds accounts but no key check value; it is damaged or was put together by hand")]
    Unchecked(String),
    /// It held our data, and holds none any more.
    #[error(
        "Redis at {0} has lost everything that was in it; put it back from a backup, or restart to begin \
         with nothing"
    )]
    Emptied(String),
}

impl OpenError {
    /// What an error of the connection comes to.
    pub(super) fn of(error: &RedisError, at: &str) -> Self {
        let (at, source) = (at.to_owned(), BackendError(error.to_string()));
        let says_no = match error.kind() {
            ErrorKind::AuthenticationFailed
            | ErrorKind::RESP3NotSupported
            | ErrorKind::InvalidClientConfig
            | ErrorKind::Server(ServerErrorKind::NoPerm | ServerErrorKind::ResponseError) => true,
            _ => matches!(error.code(), Some("NOAUTH" | "WRONGPASS" | "NOPROTO")),
        };
        if says_no {
            Self::Refused { at, source }
        } else {
            Self::Unreachable { at, source }
        }
    }

    /// Whether it may well pass without anybody doing anything about it here.
    pub fn may_pass(&self) -> bool {
        matches!(self, Self::Unreachable { .. } | Self::Clock { .. })
    }

    /// In one line, with what is behind it.
    pub fn words(&self) -> BackendError {
        match self {
            Self::Unreachable { source, .. } | Self::Refused { source, .. } | Self::Clock { source, .. } => {
                BackendError(format!("{self}: {source}"))
            }
            _ => BackendError(self.to_string()),
        }
    }
}
