//! What the configuration asks of the machine. Handed in, so that tests depend on none.

use std::io::{self, Read as _};
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;

use crate::base::clock::{Clock, SystemClock};
use crate::base::time::Timestamp;

/// A machine: its files, variables, cores and time.
pub trait Environment {
    /// A whole file.
    ///
    /// # Errors
    ///
    /// Whatever the file system says, and `FileTooLarge` beyond [`MAX_FILE`].
    fn read(&self, path: &Path) -> io::Result<Vec<u8>>;

    /// The names of what lies in a folder, in order.
    ///
    /// # Errors
    ///
    /// Whatever the file system says; `NotADirectory` where it is no folder.
    fn folder(&self, path: &Path) -> io::Result<Vec<String>>;

    /// An environment variable. `None` where it is not set or not UTF-8.
    fn variable(&self, name: &str) -> Option<String>;

    /// The permission bits of a file. `None` where they cannot be read.
    fn mode(&self, path: &Path) -> Option<u32>;

    /// How many cores this process may use.
    fn cores(&self) -> usize;

    /// The present, for the dates in certificates.
    fn now(&self) -> Timestamp;
}

/// Octets in the largest file that is read.
pub const MAX_FILE: u64 = 1 << 20;

/// The machine this process runs on.
#[derive(Clone, Copy, Debug, Default)]
pub struct Machine;

impl Environment for Machine {
    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        let mut bytes = Vec::new();
        let file = std::fs::File::open(path)?;
        if file.metadata()?.is_dir() {
            return Err(io::ErrorKind::IsADirectory.into());
        }
        file.take(MAX_FILE + 1).read_to_end(&mut bytes)?;
        if bytes.len() as u64 > MAX_FILE {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        Ok(bytes)
    }

    fn folder(&self, path: &Path) -> io::Result<Vec<String>> {
        let mut names = Vec::new();
        for entry in std::fs::read_dir(path)? {
            names.push(entry?.file_name().to_string_lossy().into_owned());
        }
        names.sort();
        Ok(names)
    }

    fn variable(&self, name: &str) -> Option<String> {
        std::env::var(name).ok()
    }

    fn mode(&self, path: &Path) -> Option<u32> {
        Some(std::fs::metadata(path).ok()?.permissions().mode() & 0o7777)
    }

    fn cores(&self) -> usize {
        std::thread::available_parallelism().map_or(1, usize::from)
    }

    fn now(&self) -> Timestamp {
        SystemClock.now()
    }
}

/// Why a file could not be read, without its name.
pub(super) fn io_words(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "there is no such file".to_owned(),
        io::ErrorKind::PermissionDenied => "this user may not read it".to_owned(),
        io::ErrorKind::IsADirectory => "it is a folder".to_owned(),
        io::ErrorKind::NotADirectory => "it is not a folder".to_owned(),
        io::ErrorKind::FileTooLarge => "it is larger than 1 MiB".to_owned(),
        _ => error.to_string(),
    }
}
