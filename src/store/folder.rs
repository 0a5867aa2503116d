//! The folder of everything that is kept: ours alone, and nothing in it that somebody planted.
//!
//! The folder is 0700 and its files are 0600, whatever the umask. A symbolic link, a file of
//! another owner, a hard link, or a place that others may write to is refused with words for the
//! operator. Once the folder has passed, nobody else can put anything into it, so paths in it can
//! be looked at and then used.
//!
//! Files are looked at by path and never opened here: closing a descriptor of a database file drops
//! the locks that SQLite holds on it in this very process (fcntl(2), "Advisory record locking").

use std::fs::{self, DirBuilder, File, Metadata, OpenOptions};
use std::io::{self, ErrorKind};
use std::os::unix::fs::{DirBuilderExt, MetadataExt, OpenOptionsExt, PermissionsExt, chown, fchown};
use std::path::{Path, PathBuf};

use super::draft::clear_drafts;

/// The database's file name.
pub const DATABASE: &str = "doorward.db";

/// Bits that let others write.
const OTHERS_WRITE: u32 = 0o022;

/// Bits that let others do anything.
pub(super) const OTHERS: u32 = 0o077;

/// Whether what is not there yet may be made.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum OpenMode {
    /// Makes folder and database where there are none.
    Create,
    /// Opens what is there, and leaves modes as they are.
    Existing,
}

/// Why a folder or a file in it is not used. Words for the operator.
#[derive(Debug, thiserror::Error)]
pub enum FolderError {
    /// It is not there, and was not to be made.
    #[error("{} does not exist", .0.display())]
    Missing(PathBuf),
    /// It leads elsewhere.
    #[error("{} is a symbolic link; name the place it leads to, so that nobody can turn it", .0.display())]
    Link(PathBuf),
    /// It is something else.
    #[error("{} is not a {expected}", .path.display())]
    Kind {
        /// Which.
        path: PathBuf,
        /// What it should be.
        expected: &'static str,
    },
    /// It belongs to another user.
    #[error("{} belongs to user {owner}, not to user {us} that runs this program", .path.display())]
    Foreign {
        /// Which.
        path: PathBuf,
        /// Its owner's number.
        owner: u32,
        /// Our number.
        us: u32,
    },
    /// Others may write to it.
    #[error("others may write to {} (mode {mode:04o}); make it private: chmod go-rwx", .path.display())]
    Open {
        /// Which.
        path: PathBuf,
        /// Its mode.
        mode: u32,
    },
    /// Others may read it.
    #[error("others may read {} (mode {mode:04o}); make it private: chmod go-rwx", .path.display())]
    Readable {
        /// Which.
        path: PathBuf,
        /// Its mode.
        mode: u32,
    },
    /// It has another name as well.
    #[error("{} has a second name elsewhere (hard link)", .0.display())]
    Shared(PathBuf),
    /// The system said no.
    #[error("{} cannot be used", .0.display())]
    Io(PathBuf, #[source] io::Error),
}

/// A folder that has passed.
#[derive(Clone, Debug)]
pub struct Folder {
    path: PathBuf,
    owner: u32,
    mode: OpenMode,
}

impl Folder {
    /// Looks at the folder; makes it where it may be made.
    ///
    /// # Errors
    ///
    /// [`FolderError`] where it is not fit to keep anything in.
    pub fn prepare(path: &Path, mode: OpenMode) -> Result<Self, FolderError> {
        // A slash at the end would make the system follow a link before it can be seen.
        let path: &Path = &path.components().collect::<PathBuf>();
        let found = match look(path)? {
            Some(found) => found,
            None if mode == OpenMode::Existing => return Err(FolderError::Missing(path.to_owned())),
            None => make(path)?,
        };
        if !found.is_dir() {
            return Err(FolderError::Kind {
                path: path.to_owned(),
                expected: "folder",
            });
        }
        let us = rustix::process::geteuid().as_raw();
        // A command that root runs on the folder of the service's user is at home there.
        let at_home = found.uid() == us || (us == 0 && mode == OpenMode::Existing);
        if !at_home {
            return Err(FolderError::Foreign {
                path: path.to_owned(),
                owner: found.uid(),
                us,
            });
        }
        let real = fs::canonicalize(path).map_err(|error| FolderError::Io(path.to_owned(), error))?;
        let folder = Self {
            path: real,
            owner: found.uid(),
            mode,
        };
        folder.close_to_others(path, &found)?;
        Ok(folder)
    }

    /// Looks at a folder that is nobody's but the user's who runs this program: root is no guest there.
    ///
    /// # Errors
    ///
    /// [`FolderError`] where somebody else may put or turn anything in it.
    pub(super) fn of_our_own(path: &Path) -> Result<Self, FolderError> {
        let folder = Self::prepare(path, OpenMode::Existing)?;
        let us = rustix::process::geteuid().as_raw();
        if folder.owner != us {
            return Err(FolderError::Foreign {
                path: path.to_owned(),
                owner: folder.owner,
                us,
            });
        }
        Ok(folder)
    }

    /// Everybody's write bit is refused: something may be planted already. A bit for the group or
    /// for reading is what a plain `mkdir` leaves; it is taken away where the folder is empty or
    /// holds our database, and so is ours to close.
    fn close_to_others(&self, named: &Path, found: &Metadata) -> Result<(), FolderError> {
        let bits = found.mode() & 0o7777;
        let open = || FolderError::Open {
            path: named.to_owned(),
            mode: bits,
        };
        if bits & 0o002 != 0 {
            return Err(open());
        }
        if bits & OTHERS == 0 {
            return Ok(());
        }
        if self.mode == OpenMode::Create && self.is_ours_alone()? {
            return fs::set_permissions(&self.path, fs::Permissions::from_mode(0o700))
                .map_err(|error| FolderError::Io(named.to_owned(), error));
        }
        if bits & OTHERS_WRITE != 0 {
            Err(open())
        } else {
            Ok(())
        }
    }

    fn is_ours_alone(&self) -> Result<bool, FolderError> {
        if look(&self.path.join(DATABASE)).is_ok_and(|found| found.is_some()) {
            return Ok(true);
        }
        let mut entries =
            fs::read_dir(&self.path).map_err(|error| FolderError::Io(self.path.clone(), error))?;
        Ok(entries.next().is_none())
    }

    /// Its path, without any link in it.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Whether things may be made in it.
    pub fn mode(&self) -> OpenMode {
        self.mode
    }

    /// The path of a file in it.
    pub fn file(&self, name: &str) -> PathBuf {
        self.path.join(name)
    }

    /// Looks at a file of ours. `None` where there is none.
    ///
    /// # Errors
    ///
    /// [`FolderError`] where it is not a private, plain file of ours.
    pub fn inspect(&self, name: &str) -> Result<Option<Metadata>, FolderError> {
        let path = self.file(name);
        let Some(found) = look(&path)? else {
            return Ok(None);
        };
        if !found.is_file() {
            return Err(FolderError::Kind {
                path,
                expected: "plain file",
            });
        }
        if found.uid() != self.owner {
            return Err(FolderError::Foreign {
                path,
                owner: found.uid(),
                us: self.owner,
            });
        }
        let mode = found.mode() & 0o7777;
        if mode & OTHERS_WRITE != 0 {
            return Err(FolderError::Open { path, mode });
        }
        if found.nlink() > 1 {
            return Err(FolderError::Shared(path));
        }
        Ok(Some(found))
    }

    /// Takes away what others may read of a file of ours.
    ///
    /// # Errors
    ///
    /// [`FolderError::Io`] where the system says no.
    pub fn make_private(&self, name: &str, found: &Metadata) -> Result<(), FolderError> {
        let path = self.file(name);
        if found.mode() & OTHERS == 0 || self.mode == OpenMode::Existing {
            return Ok(());
        }
        fs::set_permissions(&path, fs::Permissions::from_mode(0o600))
            .map_err(|error| FolderError::Io(path, error))
    }

    /// Makes a file that was not there, 0600. `None` where there is one by now. What root makes belongs to
    /// the folder's owner, who has to open it.
    ///
    /// # Errors
    ///
    /// [`FolderError::Io`] where the system says no.
    pub fn make_file(&self, name: &str) -> Result<Option<File>, FolderError> {
        let path = self.file(name);
        let made = OpenOptions::new()
            .write(true)
            .create_new(true)
            .mode(0o600)
            .open(&path);
        match made {
            Ok(file) if self.owner == rustix::process::geteuid().as_raw() => Ok(Some(file)),
            Ok(file) => match fchown(&file, Some(self.owner), None) {
                Ok(()) => Ok(Some(file)),
                Err(error) => Err(FolderError::Io(path, error)),
            },
            Err(error) if error.kind() == ErrorKind::AlreadyExists => Ok(None),
            Err(error) => Err(FolderError::Io(path, error)),
        }
    }

    /// Gives a file that lies in it to its owner.
    ///
    /// # Errors
    ///
    /// [`FolderError::Io`] where the system says no.
    pub(super) fn adopt(&self, path: &Path) -> Result<(), FolderError> {
        if self.owner == rustix::process::geteuid().as_raw() {
            return Ok(());
        }
        chown(path, Some(self.owner), None).map_err(|error| FolderError::Io(path.to_owned(), error))
    }

    /// Takes away the drafts of a file that were left by processes that were killed.
    pub(super) fn clear_drafts_of(&self, name: &str) {
        clear_drafts(&self.file(name));
    }

    /// Makes the folder's list of names survive a power cut.
    ///
    /// # Errors
    ///
    /// [`FolderError::Io`] where the system says no.
    pub fn sync(&self) -> Result<(), FolderError> {
        sync_names(&self.path).map_err(|error| FolderError::Io(self.path.clone(), error))
    }
}

/// What lies at a path, itself and not what it leads to.
fn look(path: &Path) -> Result<Option<Metadata>, FolderError> {
    match fs::symlink_metadata(path) {
        Ok(found) if found.is_symlink() => Err(FolderError::Link(path.to_owned())),
        Ok(found) => Ok(Some(found)),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(FolderError::Io(path.to_owned(), error)),
    }
}

/// Makes a list of names survive a power cut.
///
/// # Errors
///
/// What the system said.
pub(super) fn sync_names(folder: &Path) -> io::Result<()> {
    File::open(folder).and_then(|folder| folder.sync_all())
}

fn make(path: &Path) -> Result<Metadata, FolderError> {
    let failed = |error| FolderError::Io(path.to_owned(), error);
    // 0700 has no bit that a usual umask takes away.
    DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(path)
        .map_err(failed)?;
    fs::symlink_metadata(path).map_err(failed)
}
