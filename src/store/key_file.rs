//! The key file while it is in use: every process that has read it shares a lock (flock(2)) on it, and takes up
//! the next one within moments.
//!
//! ```text
//! [old]  ─rotate─▶  [old, new]  ─nobody holds [old]─▶  [new, old]  ─nobody holds [old, new]─▶ seal anew
//!                    known, makes nothing               makes from here on                        │
//!                                                       [new]  ◀─drop, a day later ───────────────┘
//! ```
//!
//! A file is never changed but put in the place of the one before, whole and on disk. Whoever still works
//! with that one holds its lock, so that the next step is taken only once every process knows what
//! it needs for it. Cut off anywhere, what is in place opens all there is; the next run goes on from there.

use std::fs::{self, File, TryLockError};
use std::io::{self, Read as _};
use std::os::unix::fs::MetadataExt as _;
use std::path::{Path, PathBuf};
use std::time::Duration;

use tokio::time::Instant;

use super::draft::Draft;
use super::folder::{Folder, FolderError, OpenMode};
use super::master_key::{self, FILE, KeyError, is_of};
use super::settings::{MasterKeySetting, Settings};
use super::{BackendError, Present, ReadError, Store};
use crate::base::entropy::Entropy;
use crate::base::seal::Keyring;
use crate::base::secret::Secret;

/// How long a step waits until every process has taken up the file before.
const LEFT_WITHIN: Duration = Duration::from_secs(10);

/// Between two looks at whether they have.
const LOOK_EVERY: Duration = Duration::from_millis(20);

/// How often a file that is replaced while it is being opened is opened again.
const OPEN_AT_MOST: usize = 16;

/// The lock that two rotations at once meet at.
const ROTATION: &str = "master.key.lock";

/// A file as the system knows it: whoever changes it changes one of these.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
struct Shape {
    device: u64,
    number: u64,
    octets: u64,
    changed: (i64, i64),
}

impl Shape {
    fn of(found: &fs::Metadata) -> Self {
        Self {
            device: found.dev(),
            number: found.ino(),
            octets: found.size(),
            changed: (found.mtime(), found.mtime_nsec()),
        }
    }
}

/// The file that this process has read and holds.
pub struct KeyFile {
    path: PathBuf,
    shape: Shape,
    _held: File,
    /// Looked at and refused: not looked at again before it changes.
    refused: Option<Shape>,
}

fn io_at(path: &Path, error: io::Error) -> KeyError {
    FolderError::Io(path.to_owned(), error).into()
}

/// Opens the file and shares its lock, and makes sure that it still has its name.
fn open(path: &Path) -> Result<(File, Shape), KeyError> {
    for _ in 0..OPEN_AT_MOST {
        let file = File::open(path).map_err(|error| io_at(path, error))?;
        match file.try_lock_shared() {
            Ok(()) => {}
            // A rotation looks whether anybody holds it, which is soon over, or it is another one by then.
            Err(TryLockError::WouldBlock) => std::thread::yield_now(),
            Err(TryLockError::Error(error)) => return Err(io_at(path, error)),
        }
        let (ours, named) = (file.metadata(), fs::symlink_metadata(path));
        let ours = Shape::of(&ours.map_err(|error| io_at(path, error))?);
        if named.is_ok_and(|named| Shape::of(&named) == ours) && file.try_lock_shared().is_ok() {
            return Ok((file, ours));
        }
    }
    Err(io_at(
        path,
        io::Error::other("it is being replaced over and over"),
    ))
}

fn read(file: &mut File, path: &Path) -> Result<Keyring, KeyError> {
    let mut text = String::new();
    let read = file.read_to_string(&mut text);
    let text = Secret::new(text);
    read.map_err(|error| io_at(path, error))?;
    Keyring::parse(text.expose()).map_err(|error| KeyError::Malformed(path.to_owned(), error))
}

impl KeyFile {
    /// Holds the file that `keys` were read from, and brings them up to date. `None` where the operator gives
    /// the key: nobody here changes it.
    ///
    /// # Errors
    ///
    /// [`KeyError`] says what an operator has to do.
    pub async fn hold(
        settings: &Settings,
        store: &dyn Store,
        keys: &Keyring,
    ) -> Result<Option<Self>, KeyError> {
        if let MasterKeySetting::Given(_) = settings.master_key {
            return Ok(None);
        }
        let path = Folder::prepare(&settings.state, OpenMode::Existing)?.file(FILE);
        let (mut held, shape) = open(&path)?;
        take_over(read(&mut held, &path)?, store, keys).await?;
        Ok(Some(Self {
            path,
            shape,
            _held: held,
            refused: None,
        }))
    }

    /// Takes the file up that is in place now, if it is another one. Whether it was.
    ///
    /// # Errors
    ///
    /// [`KeyError`]: the keys stay as they were. Told once for each file.
    pub async fn look(&mut self, store: &dyn Store, keys: &Keyring) -> Result<bool, KeyError> {
        // A file that is missing for a moment, or for good, takes nothing away from whoever has read it.
        let Ok(found) = fs::symlink_metadata(&self.path) else {
            return Ok(false);
        };
        let shape = Shape::of(&found);
        if shape == self.shape || self.refused == Some(shape) {
            return Ok(false);
        }
        match self.take_up(store, keys).await {
            // The store is looked at for other reasons, and said to be down by others.
            Err(error @ (KeyError::Read(_) | KeyError::Write(_))) => Err(error),
            Err(error) => {
                self.refused = Some(shape);
                Err(error)
            }
            Ok(()) => Ok(true),
        }
    }

    async fn take_up(&mut self, store: &dyn Store, keys: &Keyring) -> Result<(), KeyError> {
        let folder = self.path.parent().unwrap_or(Path::new("."));
        let folder = Folder::prepare(folder, OpenMode::Existing)?;
        master_key::inspect(&folder)?;
        let (mut held, shape) = open(&self.path)?;
        take_over(read(&mut held, &self.path)?, store, keys).await?;
        (self._held, self.shape, self.refused) = (held, shape, None);
        Ok(())
    }
}

/// `keys` become those that the operator gives now. Who else works on the store must know the one in front, and
/// must not seal with one that is missing here.
///
/// # Errors
///
/// [`KeyError`]: the keys stay as they were.
pub async fn take_up_given(text: &Secret<String>, store: &dyn Store, keys: &Keyring) -> Result<(), KeyError> {
    let read = Keyring::parse(text.expose()).map_err(KeyError::MalformedGiven)?;
    let present = store.present().await?;
    let first = master_key::check_of(&read);
    if first != master_key::check_of(keys) {
        let strangers = present.iter().filter(|it| !it.keys.contains(&first));
        refuse(strangers, KeyError::NotKnown)?;
    }
    let unread = |it: &&Present| it.keys.first().is_none_or(|first| !is_of(&read, first));
    refuse(present.iter().filter(unread), KeyError::SealsWithout)?;
    take_over(read, store, keys).await?;
    // The others are told at once; where that fails, it is said again in a moment.
    let _ = store.ping().await;
    Ok(())
}

/// Makes sure that everybody at work on the store seals with the first of these keys.
///
/// # Errors
///
/// [`KeyError::SealsWith`] names the others.
pub async fn ensure_in_front(store: &dyn Store, keys: &Keyring) -> Result<(), KeyError> {
    let first = master_key::check_of(keys);
    let present = store.present().await?;
    let others = present.iter().filter(|it| it.keys.first() != Some(&first));
    refuse(others, KeyError::SealsWith)
}

fn refuse<'p>(
    those: impl Iterator<Item = &'p Present>,
    why: impl FnOnce(String) -> KeyError,
) -> Result<(), KeyError> {
    let names: Vec<&str> = those.map(|it| it.name.as_str()).collect();
    if names.is_empty() {
        Ok(())
    } else {
        Err(why(names.join(", ")))
    }
}

/// `keys` become `read`, where that can open what the store holds.
async fn take_over(read: Keyring, store: &dyn Store, keys: &Keyring) -> Result<(), KeyError> {
    inherit(&read, store).await?;
    keys.take_over(&read);
    Ok(())
}

/// Takes over what the store knows of a ring.
///
/// # Errors
///
/// [`KeyError::Wrong`] where the store's data were written with another key.
pub(super) async fn inherit(keys: &Keyring, store: &dyn Store) -> Result<(), KeyError> {
    let Some(value) = store.key_check().await? else {
        return Ok(());
    };
    if !is_of(keys, &value) {
        return Err(KeyError::Wrong);
    }
    let heirlooms = store.heirlooms().await?;
    keys.inherit(|one| is_of(one, &value), heirlooms.as_deref())
        .map_err(|error| {
            let why = format!("what former keys have handed down: {error}");
            KeyError::Read(ReadError::Unreadable(BackendError(why)))
        })
}

/// The one rotation of a folder's key file at this moment.
pub struct Rotation {
    folder: Folder,
    _alone: File,
}

impl Rotation {
    /// Begins.
    ///
    /// # Errors
    ///
    /// [`KeyError::Rotating`] while another one is at it.
    pub fn begin(folder: &Path) -> Result<Self, KeyError> {
        let folder = Folder::prepare(folder, OpenMode::Existing)?;
        master_key::inspect(&folder)?;
        let path = folder.file(ROTATION);
        let alone = match folder.inspect(ROTATION)? {
            Some(_) => None,
            None => folder.make_file(ROTATION)?,
        };
        let alone = match alone {
            Some(made) => made,
            None => File::open(&path).map_err(|error| io_at(&path, error))?,
        };
        match alone.try_lock() {
            Ok(()) => Ok(Self {
                folder,
                _alone: alone,
            }),
            Err(TryLockError::WouldBlock) => Err(KeyError::Rotating),
            Err(TryLockError::Error(error)) => Err(io_at(&path, error)),
        }
    }

    /// Puts a file in the place of the present one, and takes it up in `own`; returns once every process has.
    ///
    /// # Errors
    ///
    /// [`KeyError::StillUsed`] where one does not: the file is in place, and both are good for all there is.
    pub async fn put(
        &self,
        text: &Secret<String>,
        own: &mut KeyFile,
        store: &dyn Store,
        keys: &Keyring,
        entropy: &dyn Entropy,
    ) -> Result<(), KeyError> {
        let path = self.folder.file(FILE);
        let failed = |error| io_at(&path, error);
        let former = File::open(&path).map_err(failed)?;
        let draft = Draft::held_beside(&path, entropy).map_err(failed)?;
        master_key::write_draft(draft.path(), text).map_err(failed)?;
        self.folder.adopt(draft.path())?;
        fs::rename(draft.path(), &path).map_err(failed)?;
        self.folder.sync()?;
        own.look(store, keys).await?;
        let begun = Instant::now();
        loop {
            match former.try_lock() {
                Ok(()) => return Ok(()),
                Err(TryLockError::WouldBlock) if begun.elapsed() < LEFT_WITHIN => {
                    tokio::time::sleep(LOOK_EVERY).await;
                }
                Err(TryLockError::WouldBlock) => return Err(KeyError::StillUsed),
                Err(TryLockError::Error(error)) => return Err(failed(error)),
            }
        }
    }
}
