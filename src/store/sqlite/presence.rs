//! Who has the database open.
//!
//! Every process that opens the store shares a lock (flock(2)) on a file of its own beside the database, and a
//! restore takes it alone: it cannot begin under anybody's feet, and nobody opens what is being put in
//! place. The system gives the lock back however its holder ends.

use std::fs::{File, OpenOptions, TryLockError};
use std::io;

use super::OpenError;
use crate::store::folder::{Folder, FolderError};

/// The file's name.
pub(super) const FILE: &str = "doorward.lock";

/// Held as long as the database is open.
pub(super) struct Presence {
    _file: File,
}

fn lock_file(folder: &Folder) -> Result<File, FolderError> {
    if folder.inspect(FILE)?.is_none()
        && let Some(made) = folder.make_file(FILE)?
    {
        return Ok(made);
    }
    let path = folder.file(FILE);
    OpenOptions::new()
        .read(true)
        .open(&path)
        .map_err(|error| FolderError::Io(path, error))
}

fn failed(folder: &Folder, error: io::Error) -> OpenError {
    FolderError::Io(folder.file(FILE), error).into()
}

impl Presence {
    /// Beside others.
    ///
    /// # Errors
    ///
    /// [`OpenError::Restoring`] while a restore has it alone.
    pub(super) fn share(folder: &Folder) -> Result<Self, OpenError> {
        let file = lock_file(folder)?;
        match file.try_lock_shared() {
            Ok(()) => Ok(Self { _file: file }),
            Err(TryLockError::WouldBlock) => Err(OpenError::Restoring(folder.path().to_owned())),
            Err(TryLockError::Error(error)) => Err(failed(folder, error)),
        }
    }

    /// With nobody beside.
    ///
    /// # Errors
    ///
    /// [`OpenError::InUse`] while anybody has the database open.
    pub(super) fn alone(folder: &Folder) -> Result<Self, OpenError> {
        let file = lock_file(folder)?;
        match file.try_lock() {
            Ok(()) => Ok(Self { _file: file }),
            Err(TryLockError::WouldBlock) => Err(OpenError::InUse(folder.path().to_owned())),
            Err(TryLockError::Error(error)) => Err(failed(folder, error)),
        }
    }
}
