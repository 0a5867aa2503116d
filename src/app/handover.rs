//! One process takes the listening sockets over from another.
//!
//! ```text
//! the new one                                the running one
//! reads the configuration
//! connects to state/upgrade.sock ──hello───▶ looks whose process that is
//!                                ◀─sockets── writes down what only it knows
//! opens key and store, accepts
//!                                ──ready───▶ accepts no more
//!                                ◀─yours──── answers what it has, for `drain`
//! ```
//!
//! Until "ready" nothing has changed for the running one: whatever keeps the new one from starting,
//! the conversation ends and the running one goes on. From "ready" on, both accept on the same sockets
//! until the old one has stopped, so that no connection meets a closed door. The socket of this
//! conversation is handed over like the others.
//!
//! The folder is 0700 and the socket 0600; besides, each side asks the system who the other is
//! (SO_PEERCRED), and speaks to nobody but its own user.

mod wire;

use std::fs;
use std::io;
use std::net::SocketAddr;
use std::os::fd::{AsFd as _, OwnedFd};
use std::os::unix::fs::{FileTypeExt as _, MetadataExt as _, PermissionsExt as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use serde::{Deserialize, Serialize};
use tokio::net::{UnixListener, UnixStream};
use tokio::sync::mpsc;

use self::wire::Wire;
use super::App;
use crate::gateway::sockets::Sockets;
use crate::store::folder::{Folder, FolderError, OpenMode};

/// The socket's file name.
pub const SOCKET: &str = "upgrade.sock";

/// What a new process says first. Another number is another conversation.
const HELLO: &str = "doorward upgrade 1";
const READY: &str = "ready";
const YOURS: &str = "yours";

/// How long either side waits for what the other does at once.
const AT_ONCE: Duration = Duration::from_secs(10);

/// How long a new process may take to start. It brings the store up to date, where that is needed.
const TO_START: Duration = Duration::from_secs(300);

/// Why sockets are not handed over. Words for the operator.
#[derive(Debug, thiserror::Error)]
pub enum HandoverError {
    /// The folder is not safe to use.
    #[error(transparent)]
    Folder(#[from] FolderError),
    /// Nobody is there to take over from.
    #[error("no gateway that is running can be reached at {}; start without --upgrade", .0.display())]
    Nobody(PathBuf),
    /// Somebody else is there already.
    #[error("another gateway runs with {}", .0.display())]
    Taken(PathBuf),
    /// What lies there is not ours.
    #[error("{} is not a socket of user {us}", .path.display())]
    Foreign {
        /// Which.
        path: PathBuf,
        /// Our number.
        us: u32,
    },
    /// The other side broke off.
    #[error("the running gateway did not hand its sockets over")]
    Refused(#[source] io::Error),
    /// The system said no.
    #[error("cannot use {}", .0.display())]
    Io(PathBuf, #[source] io::Error),
}

/// What comes with the sockets, in their order. The last one, which has no address, is that of the conversation.
#[derive(Serialize, Deserialize)]
struct Estate {
    addresses: Vec<SocketAddr>,
}

/// The place where the next process asks.
#[derive(Debug)]
pub struct Handover {
    listener: UnixListener,
    path: PathBuf,
}

/// A process that has taken over.
pub struct Successor {
    /// Its number.
    pub pid: Option<u32>,
    wire: Wire,
}

/// What a running gateway hands over.
pub struct Inheritance {
    wire: Wire,
    handover: Handover,
}

impl Handover {
    /// Opens the place in `state`. Must be called on a tokio runtime.
    ///
    /// # Errors
    ///
    /// [`HandoverError`]; without it the gateway runs as well, and an upgrade is a restart.
    pub async fn open(state: &Path) -> Result<Self, HandoverError> {
        let folder = Folder::prepare(state, OpenMode::Create)?;
        let path = folder.file(SOCKET);
        let failed = |error| HandoverError::Io(path.clone(), error);
        if is_our_socket(&path)? {
            if UnixStream::connect(&path).await.is_ok() {
                return Err(HandoverError::Taken(path));
            }
            // Left by a process that was killed.
            fs::remove_file(&path).map_err(failed)?;
        }
        let listener = UnixListener::bind(&path).map_err(failed)?;
        fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).map_err(failed)?;
        Ok(Self { listener, path })
    }

    /// Its file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Answers whoever asks, one at a time, until one has started on the sockets of `app`.
    pub async fn serve(self, app: Arc<App>, taken: mpsc::Sender<Successor>) {
        loop {
            let asking = match self.listener.accept().await {
                Ok((stream, _)) => self.offer(stream, &app).await,
                Err(error) => Err(error),
            };
            match asking {
                Ok(successor) => {
                    // Whoever does not listen any more is stopping by itself.
                    let _ = taken.send(successor).await;
                    return;
                }
                Err(error) => {
                    tracing::warn!(%error, "a process asked for the sockets and did not take over; this one goes on");
                    tokio::time::sleep(Duration::from_millis(50)).await;
                }
            }
        }
    }

    async fn offer(&self, stream: UnixStream, app: &App) -> io::Result<Successor> {
        let pid = only_ours(&stream)?;
        let mut wire = Wire::new(stream);
        wire.expect(HELLO, AT_ONCE).await?;
        app.write_down().await;
        {
            let sockets = app.sockets()?;
            let estate = Estate {
                addresses: sockets.iter().map(|(address, _)| address).collect(),
            };
            let mut all: Vec<_> = sockets.iter().map(|(_, socket)| socket).collect();
            all.push(self.listener.as_fd());
            wire.send_with(&serde_json::to_string(&estate)?, &all).await?;
        }
        wire.expect(READY, TO_START).await?;
        Ok(Successor { pid, wire })
    }
}

impl Successor {
    /// Tells it that it is alone now, as far as new connections go.
    pub async fn let_go(mut self) {
        // It is serving already, whether or not it hears this.
        let _ = self.wire.send(YOURS).await;
    }
}

impl Inheritance {
    /// Asks the gateway that runs with `state` for its sockets. Nothing changes for it before
    /// [`Self::take_over`].
    ///
    /// # Errors
    ///
    /// [`HandoverError`] says what an operator has to do.
    pub async fn claim(state: &Path) -> Result<(Self, Sockets), HandoverError> {
        let folder = Folder::prepare(state, OpenMode::Existing)?;
        let path = folder.file(SOCKET);
        if !is_our_socket(&path)? {
            return Err(HandoverError::Nobody(path));
        }
        let Ok(stream) = UnixStream::connect(&path).await else {
            return Err(HandoverError::Nobody(path));
        };
        only_ours(&stream).map_err(HandoverError::Refused)?;
        let mut wire = Wire::new(stream);
        let received = async {
            wire.send(HELLO).await?;
            let (text, sockets) = wire.receive_with(AT_ONCE).await?;
            divide(&text, sockets)
        };
        let (listener, sockets) = received.await.map_err(HandoverError::Refused)?;
        let handover = Handover { listener, path };
        Ok((Self { wire, handover }, sockets))
    }

    /// Says that this process accepts connections, and waits until the other does not any more. The place
    /// where the next process asks is here now.
    pub async fn take_over(mut self) -> Handover {
        let told = async {
            self.wire.send(READY).await?;
            self.wire.expect(YOURS, AT_ONCE).await
        };
        if let Err(error) = told.await {
            // It has ended by itself, say: this one has all that it needs.
            tracing::warn!(%error, "the gateway before this one did not say that it has stopped");
        }
        self.handover
    }
}

/// The conversation's own socket, and those of the gateway.
fn divide(text: &str, mut sockets: Vec<OwnedFd>) -> io::Result<(UnixListener, Sockets)> {
    let estate: Estate = serde_json::from_str(text)?;
    let ours = match sockets.pop() {
        Some(ours) if sockets.len() == estate.addresses.len() => ours,
        Some(_) | None => return Err(io::Error::other("not as many sockets as were announced")),
    };
    let mut inherited = Sockets::default();
    for (address, socket) in estate.addresses.into_iter().zip(sockets) {
        inherited.inherit(address, socket)?;
    }
    let ours = std::os::unix::net::UnixListener::from(ours);
    ours.set_nonblocking(true)?;
    Ok((UnixListener::from_std(ours)?, inherited))
}

/// Whether there is a socket of ours. Something else in its place is refused.
fn is_our_socket(path: &Path) -> Result<bool, HandoverError> {
    let us = rustix::process::geteuid().as_raw();
    match fs::symlink_metadata(path) {
        Ok(found) if found.file_type().is_socket() && found.uid() == us => Ok(true),
        Ok(_) => Err(HandoverError::Foreign {
            path: path.to_owned(),
            us,
        }),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
        Err(error) => Err(HandoverError::Io(path.to_owned(), error)),
    }
}

/// The number of the process at the other end, which is our own user's.
fn only_ours(stream: &UnixStream) -> io::Result<Option<u32>> {
    let peer = stream.peer_cred()?;
    let us = rustix::process::geteuid().as_raw();
    if peer.uid() != us {
        let said = format!("user {} asked, and only user {us} may", peer.uid());
        return Err(io::Error::new(io::ErrorKind::PermissionDenied, said));
    }
    Ok(peer.pid().and_then(|pid| u32::try_from(pid).ok()))
}

#[cfg(test)]
mod tests;
