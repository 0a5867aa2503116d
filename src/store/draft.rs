//! Files on their way to a name: written beside it, and put there when they are whole and on disk.
//!
//! A process that is killed leaves its draft behind. So it shares a lock (flock(2)) on it as long as it lives, which the
//! system gives back however it ends: a draft that nobody has a lock on goes when the next one is made beside
//! the same name, or with the next start. Only in `state`: elsewhere it may be a network's file system, and what
//! its locks do nobody knows.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io;
use std::os::unix::fs::{MetadataExt as _, OpenOptionsExt as _};
use std::path::{Path, PathBuf};

use data_encoding::HEXLOWER;
use rustix::fs::{CWD, OFlags, RenameFlags, renameat_with};
use rustix::io::Errno;

use crate::base::entropy::{self, Entropy};

/// Octets that the name of a draft is drawn from.
const DRAWN: usize = 8;

/// How often a draft is made anew that is cleared away while it is being made.
const DRAFTS_AT_MOST: usize = 8;

/// Renames where nothing has the name yet.
///
/// # Errors
///
/// [`ErrorKind::AlreadyExists`] where something has it, or what the system said.
pub(super) fn name_it(draft: &Path, name: &Path) -> io::Result<()> {
    match renameat_with(CWD, draft, CWD, name, RenameFlags::NOREPLACE) {
        // The file system has no such call; a link is refused where the name is taken, too.
        Err(Errno::INVAL | Errno::NOSYS) => {
            fs::hard_link(draft, name)?;
            fs::remove_file(draft)
        }
        outcome => outcome.map_err(io::Error::from),
    }
}

/// A file that is not yet what it is to be: gone with this value, unless it was given its name.
pub(super) struct Draft {
    path: PathBuf,
    /// The lock that says that its process is alive.
    _held: Option<File>,
}

impl Draft {
    /// An empty one, 0600, beside `name`.
    ///
    /// # Errors
    ///
    /// What the system said.
    pub(super) fn beside(name: &Path, entropy: &dyn Entropy) -> io::Result<Self> {
        let (path, _) = Self::make(name, entropy)?;
        Ok(Self { path, _held: None })
    }

    /// The same for one that goes even if its process is killed: with the next one beside the same name, or the
    /// next start. As long as its process lives it shares a lock on it (flock(2)).
    ///
    /// # Errors
    ///
    /// What the system said.
    pub(super) fn held_beside(name: &Path, entropy: &dyn Entropy) -> io::Result<Self> {
        clear_drafts(name);
        for _ in 0..DRAFTS_AT_MOST {
            let (path, file) = Self::make(name, entropy)?;
            let taken = matches!(file.try_lock_shared(), Err(TryLockError::WouldBlock));
            // Whoever clears up may have come in between: then it is gone, or about to go.
            if !taken && is_named(&file, &path) {
                return Ok(Self {
                    path,
                    _held: Some(file),
                });
            }
        }
        Err(io::Error::other("it is cleared away over and over"))
    }

    fn make(name: &Path, entropy: &dyn Entropy) -> io::Result<(PathBuf, File)> {
        let plain = name.file_name().unwrap_or_default().to_string_lossy();
        let drawn = HEXLOWER.encode(&entropy::bytes::<DRAWN>(entropy));
        let path = name.with_file_name(format!(".{plain}.{drawn}"));
        let file = OpenOptions::new()
            .read(true)
            .write(true)
            .create_new(true)
            .mode(0o600)
            .open(&path)?;
        Ok((path, file))
    }

    /// Where it lies.
    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// It stays where it lies.
    pub(super) fn keep(mut self) -> PathBuf {
        std::mem::take(&mut self.path)
    }
}

impl Drop for Draft {
    fn drop(&mut self) {
        // It may have its name by now, or be kept: then there is nothing under this one.
        let _ = fs::remove_file(&self.path);
    }
}

/// Takes away the drafts beside `name` that were left by processes that were killed. What cannot be looked at stays.
pub(super) fn clear_drafts(name: &Path) {
    let folder = match name.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    let plain = name.file_name().unwrap_or_default().to_string_lossy();
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        if is_draft_of(&plain, &entry.file_name().to_string_lossy())
            && let Err(error) = clear_if_left(&entry.path())
        {
            tracing::debug!(%error, "a draft was left where it is");
        }
    }
}

fn is_draft_of(plain: &str, name: &str) -> bool {
    name.strip_prefix('.')
        .and_then(|rest| rest.strip_prefix(plain))
        .and_then(|rest| rest.strip_prefix('.'))
        .is_some_and(|drawn| {
            drawn.len() == 2 * DRAWN && drawn.bytes().all(|it| matches!(it, b'0'..=b'9' | b'a'..=b'f'))
        })
}

fn clear_if_left(path: &Path) -> io::Result<()> {
    let flags = OFlags::NOFOLLOW | OFlags::NONBLOCK;
    let file = OpenOptions::new()
        .read(true)
        .custom_flags(flags.bits().cast_signed())
        .open(path)?;
    match file.try_lock() {
        Ok(()) if file.metadata()?.is_file() => fs::remove_file(path),
        Ok(()) | Err(TryLockError::WouldBlock) => Ok(()),
        Err(TryLockError::Error(error)) => Err(error),
    }
}

/// Whether a file still has the name that it was opened under.
fn is_named(file: &File, path: &Path) -> bool {
    match (file.metadata(), fs::symlink_metadata(path)) {
        (Ok(ours), Ok(named)) => (ours.dev(), ours.ino()) == (named.dev(), named.ino()),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::entropy::OsEntropy;
    use crate::store::folder::{DATABASE, Folder, OpenMode};

    fn names(folder: &Path) -> Vec<String> {
        let entries = fs::read_dir(folder).unwrap();
        let mut names: Vec<String> = entries
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    }

    /// What a killed process has left has no lock on it; everything else is somebody's.
    #[test]
    fn drafts_of_the_dead_go_and_those_of_the_living_stay() {
        let folder = tempfile::tempdir().unwrap();
        let name = folder.path().join(DATABASE);
        let living = Draft::held_beside(&name, &OsEntropy).unwrap();
        let others = [
            ".doorward.db.0123456789abcde",
            ".doorward.db.0123456789abcdeg",
            ".doorward.db-wal.0123456789abcdef",
            ".master.key.0123456789abcdef",
            "doorward.db.0123456789abcdef",
            DATABASE,
        ];
        for other in others {
            fs::write(folder.path().join(other), "").unwrap();
        }
        let left = folder.path().join(".doorward.db.0123456789abcdef");
        fs::write(&left, "half").unwrap();
        let (link, victim) = (folder.path().join(".doorward.db.fedcba9876543210"), &name);
        std::os::unix::fs::symlink(victim, &link).unwrap();

        let next = Draft::held_beside(&name, &OsEntropy).unwrap();

        assert!(!left.exists());
        assert!(living.path().exists() && next.path().exists() && link.is_symlink());
        let folder = Folder::prepare(folder.path(), OpenMode::Existing).unwrap();
        folder.clear_drafts_of("master.key");
        let (first, second) = (living.path().to_owned(), next.path().to_owned());
        drop((living, next));
        assert!(!first.exists() && !second.exists());
        let mut expected: Vec<&str> = others
            .into_iter()
            .filter(|name| !name.starts_with(".master.key"))
            .chain([".doorward.db.fedcba9876543210"])
            .collect();
        expected.sort_unstable();
        assert_eq!(names(folder.path()), expected);
    }

    #[test]
    fn many_at_once_clear_away_nothing_that_is_in_use() {
        let folder = tempfile::tempdir().unwrap();
        let name = folder.path().join(DATABASE);
        std::thread::scope(|scope| {
            for _ in 0..8 {
                scope.spawn(|| {
                    for _ in 0..50 {
                        let draft = Draft::held_beside(&name, &OsEntropy).unwrap();
                        fs::write(draft.path(), "whole").unwrap();
                        clear_drafts(&name);
                        assert_eq!(fs::read(draft.path()).unwrap(), b"whole");
                    }
                });
            }
        });
        assert_eq!(names(folder.path()), [""; 0]);
    }
}
