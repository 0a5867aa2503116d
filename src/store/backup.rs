//! A backup: one archive (tar) of a copy of the database and a list of what is in it.
//!
//! ```text
//! manifest.json   when, by what, how much, and the SHA-256 of every file behind it
//! manifest.mac    keyed digest of the list, so that a backup of somebody else's, or one that was
//!                 changed, is not taken for one of ours
//! doorward.db     the database as of one moment
//! config.yaml     the configuration, to look things up in; a restore leaves the present one alone
//! ```
//!
//! The archive is written beside its name, 0600, and gets the name when it is whole and on disk, never
//! over another file. The master key is not in it: whoever finds a backup finds nothing that is sealed
//! open. Both have to be kept, apart from each other.

mod reading;

use std::fs::{self, File, OpenOptions};
use std::io::{self, ErrorKind, Read, Write};
use std::os::unix::fs::MetadataExt as _;
use std::path::{Path, PathBuf};

use data_encoding::HEXLOWER;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use self::reading::Reading;
use super::StoredEvent;
use super::draft::{Draft, name_it};
use super::folder::{DATABASE, Folder, FolderError, OTHERS, sync_names};
use super::sqlite::OpenError;
use super::sqlite::backup::{self as copy, CopyError, Vacant};
use crate::base::entropy::Entropy;
use crate::base::seal::{Keyring, Purpose};
use crate::base::time::Timestamp;
use crate::identity::account::Account;

/// How the archive is laid out. Another layout gets another number.
const FORMAT: u32 = 1;

const MANIFEST: &str = "manifest.json";
const MAC: &str = "manifest.mac";
const CONFIGURATION: &str = "config.yaml";

/// Why there is no backup, or none that is of use. Words for the operator.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    /// Something has that name.
    #[error("{} exists already; give another name, nothing is ever written over", .0.display())]
    Exists(PathBuf),
    /// Others may put something into the folder.
    #[error("others may write to {} (mode {mode:04o}); write the backup into a folder of your own", .folder.display())]
    OpenFolder {
        /// Which.
        folder: PathBuf,
        /// Its mode.
        mode: u32,
    },
    /// Somebody else may put something into the folder.
    #[error(
        "{} belongs to user {owner}, not to user {us} that runs this program; write the backup into a folder of \
         your own", .folder.display()
    )]
    ForeignFolder {
        /// Which.
        folder: PathBuf,
        /// Its owner's number.
        owner: u32,
        /// Our number.
        us: u32,
    },
    /// The folder is none, or leads elsewhere.
    #[error(transparent)]
    Folder(#[from] FolderError),
    /// Whoever has read it has every password's digest.
    #[error(
        "others may read {} (mode {mode:04o}), and every digest of a password in it; make it private: chmod go-rwx",
        .path.display()
    )]
    Readable {
        /// Which.
        path: PathBuf,
        /// Its mode.
        mode: u32,
    },
    /// The database cannot be copied, or not be put in place.
    #[error(transparent)]
    Store(#[from] OpenError),
    /// The copy in it is of no use.
    #[error("{} is of no use; try an older backup", .0.display())]
    Copy(PathBuf, #[source] CopyError),
    /// It is something else, or is cut off.
    #[error("{} is no whole backup: {why}; try an older one", .path.display())]
    NotWhole {
        /// Which.
        path: PathBuf,
        /// What is wrong with it.
        why: &'static str,
    },
    /// A newer version made it.
    #[error("{} has format {found}; this version knows {FORMAT}: use the version that made it", .path.display())]
    Format {
        /// Which.
        path: PathBuf,
        /// Its format.
        found: u32,
    },
    /// It was changed, or made under another key.
    #[error(
        "the master key here is not the one that {} was made with, or the backup was changed; \
         put the key of that time into the key file, behind the present one", .0.display()
    )]
    Key(PathBuf),
    /// There is data already.
    #[error(
        "{} holds a store already; --replace puts the backup in its place and keeps what was there beside it",
        .0.display()
    )]
    Occupied(PathBuf),
    /// The system said no.
    #[error("{} cannot be used", .0.display())]
    Io(PathBuf, #[source] io::Error),
}

/// What is in an archive.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Manifest {
    format: u32,
    /// The version that made it.
    pub program: String,
    /// When.
    pub taken: Timestamp,
    /// The schema of the database.
    pub schema: i32,
    /// People in it.
    pub accounts: u64,
    /// Lines of its audit trail.
    pub events: u64,
    files: Vec<Member>,
}

#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
struct Member {
    name: String,
    octets: u64,
    sha256: String,
}

fn io_at(path: &Path) -> impl FnOnce(io::Error) -> BackupError {
    let path = path.to_owned();
    move |error| BackupError::Io(path, error)
}

/// Writes a backup of the database in `folder` to `path`, while whoever uses the database goes on.
///
/// # Errors
///
/// [`BackupError`]: there is no file of that name then.
pub fn create(
    path: &Path,
    folder: &Path,
    configuration: &Path,
    keys: &Keyring,
    entropy: &dyn Entropy,
    now: Timestamp,
) -> Result<Manifest, BackupError> {
    let beside = folder_of(path)?;
    if fs::symlink_metadata(path).is_ok() {
        return Err(BackupError::Exists(path.to_owned()));
    }
    let database = Draft::beside(&path.with_file_name(DATABASE), entropy).map_err(io_at(path))?;
    copy::take(folder, database.path())?;
    let found = copy::examine(database.path()).map_err(|error| BackupError::Copy(path.to_owned(), error))?;
    let members = [(DATABASE, database.path()), (CONFIGURATION, configuration)];
    let files = members
        .iter()
        .map(|(name, from)| member(name, from).map_err(io_at(from)))
        .collect::<Result<Vec<_>, _>>()?;
    let manifest = Manifest {
        format: FORMAT,
        program: env!("CARGO_PKG_VERSION").to_owned(),
        taken: now,
        schema: found.schema,
        accounts: found.accounts,
        events: found.events,
        files,
    };
    let archive = Draft::beside(path, entropy).map_err(io_at(path))?;
    write(archive.path(), &manifest, &members, keys).map_err(io_at(path))?;
    match name_it(archive.path(), path) {
        Ok(()) => sync_names(&beside).map_err(io_at(path))?,
        Err(error) if error.kind() == ErrorKind::AlreadyExists => {
            return Err(BackupError::Exists(path.to_owned()));
        }
        Err(error) => return Err(io_at(path)(error)),
    }
    Ok(manifest)
}

/// The folder that a backup is to lie in: nobody else may put or turn anything there.
fn folder_of(path: &Path) -> Result<PathBuf, BackupError> {
    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder.to_owned(),
        _ => PathBuf::from("."),
    };
    match Folder::of_our_own(&folder) {
        Ok(_) => Ok(folder),
        Err(FolderError::Open { mode, .. }) => Err(BackupError::OpenFolder { folder, mode }),
        Err(FolderError::Foreign { owner, us, .. }) => Err(BackupError::ForeignFolder { folder, owner, us }),
        Err(error) => Err(BackupError::Folder(error)),
    }
}

fn member(name: &str, from: &Path) -> io::Result<Member> {
    let mut digest = Sha256::new();
    let octets = io::copy(&mut File::open(from)?, &mut Digesting(&mut digest, io::sink()))?;
    Ok(Member {
        name: name.to_owned(),
        octets,
        sha256: HEXLOWER.encode(&digest.finalize()),
    })
}

/// Writes on, and digests what it writes.
struct Digesting<'a, W>(&'a mut Sha256, W);

impl<W: Write> Write for Digesting<'_, W> {
    fn write(&mut self, buffer: &[u8]) -> io::Result<usize> {
        let written = self.1.write(buffer)?;
        self.0.update(buffer.get(..written).unwrap_or_default());
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.1.flush()
    }
}

fn write(to: &Path, manifest: &Manifest, members: &[(&str, &Path)], keys: &Keyring) -> io::Result<()> {
    let list = serde_json::to_vec_pretty(manifest)?;
    let mac = HEXLOWER.encode(&keys.digest(Purpose::Backup, &[&list]));
    let mut archive = tar::Builder::new(OpenOptions::new().write(true).open(to)?);
    let mut put = |name: &str, octets: u64, from: &mut dyn Read| {
        let mut header = tar::Header::new_gnu();
        header.set_size(octets);
        header.set_mode(0o600);
        header.set_mtime(u64::try_from(manifest.taken.unix_seconds()).unwrap_or(0));
        archive.append_data(&mut header, name, from)
    };
    put(MANIFEST, list.len() as u64, &mut list.as_slice())?;
    put(MAC, mac.len() as u64, &mut mac.as_bytes())?;
    for ((name, from), listed) in members.iter().zip(&manifest.files) {
        // As long as it was when it was digested: one that grows meanwhile is cut, and does not verify.
        put(name, listed.octets, &mut File::open(from)?.take(listed.octets))?;
    }
    archive.into_inner()?.sync_all()
}

/// Reads a backup from end to end: its form, its digests, the database in it, and whether the key opens it.
/// `scratch` is a private folder to unpack in.
///
/// # Errors
///
/// [`BackupError`] says what is wrong with it.
pub fn verify(
    path: &Path,
    scratch: &Path,
    keys: &Keyring,
    entropy: &dyn Entropy,
) -> Result<Manifest, BackupError> {
    let reading = Reading { path, keys };
    let database = draft_in(scratch, entropy)?;
    let manifest = reading.read(database.path())?;
    reading.examine(database.path(), &manifest)?;
    Ok(manifest)
}

fn draft_in(folder: &Path, entropy: &dyn Entropy) -> Result<Draft, BackupError> {
    Draft::held_beside(&folder.join(DATABASE), entropy).map_err(io_at(folder))
}

/// What a restore did.
#[derive(Clone, Debug)]
pub struct Restored {
    /// What is in place now.
    pub manifest: Manifest,
    /// Where the store lies that was in place before.
    pub aside: Option<PathBuf>,
}

/// A backup that has passed, unpacked where it is to go.
pub struct Prepared {
    vacant: Vacant,
    database: Draft,
    /// What is in it.
    pub manifest: Manifest,
}

/// Reads a backup as [`verify`] does, and holds the place that it is to go to: from here on nobody can open the
/// store in `folder`.
///
/// # Errors
///
/// [`BackupError`]: nothing was changed. [`BackupError::Occupied`] where there is a store already and it was not
/// said that it may be replaced.
pub fn prepare(
    path: &Path,
    folder: &Path,
    replace: bool,
    keys: &Keyring,
    entropy: &dyn Entropy,
) -> Result<Prepared, BackupError> {
    let found = fs::metadata(path).map_err(io_at(path))?;
    let mode = found.mode() & 0o7777;
    if mode & OTHERS != 0 {
        // As with the key: it is not enough that it is right.
        let path = path.to_owned();
        return Err(BackupError::Readable { path, mode });
    }
    let vacant = Vacant::hold(folder)?;
    if !replace && !vacant.is_empty()? {
        return Err(BackupError::Occupied(vacant.path().to_owned()));
    }
    let reading = Reading { path, keys };
    let database = draft_in(vacant.path(), entropy)?;
    let manifest = reading.read(database.path())?;
    reading.examine(database.path(), &manifest)?;
    Ok(Prepared {
        vacant,
        database,
        manifest,
    })
}

impl Prepared {
    /// Puts it in place, in one step: nobody is signed in, no device is trusted, and nothing that was used
    /// since the backup was taken works again.
    ///
    /// # Errors
    ///
    /// [`BackupError`]: what was in place is still there.
    pub fn restore(self, event: &StoredEvent, now: Timestamp) -> Result<Restored, BackupError> {
        let Self {
            vacant,
            database,
            manifest,
        } = self;
        let place = vacant.path().to_owned();
        let settled = copy::settle(
            database.path(),
            |account: &mut Account| account.came_back(now),
            event,
            now,
        );
        let aside = settled.and_then(|()| vacant.fill(database, now));
        match aside {
            Ok(aside) => Ok(Restored { manifest, aside }),
            Err(CopyError::Open(error)) => Err(error.into()),
            Err(CopyError::Io(path, error)) => Err(BackupError::Io(path, error)),
            Err(error) => Err(BackupError::Copy(place, error)),
        }
    }
}
