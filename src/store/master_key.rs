//! The master key: made once where there is nothing yet, and never again.
//!
//! ```text
//! given by the operator ──────────────────────────────▶ Keyring ──verify──▶ the store's own key
//! master.key in the folder ───────────────────────────▶    ▲          └──▶ another key: refuse
//! none, and no database ──drawn, 0600, synced, named──▶    │
//! none, but a database ──▶ refuse: what is sealed in it opens with that key alone
//! ```
//!
//! A wrong key has to stop the start: with it no code can be checked, every cookie would look
//! forged, and whatever is sealed anew would be lost to the right key.

use std::fs;
use std::io::{self, ErrorKind, Write as _};
use std::os::unix::fs::MetadataExt as _;
use std::path::{Path, PathBuf};

use super::draft::{Draft, name_it};
use super::folder::{DATABASE, Folder, FolderError, OpenMode};
use super::key_file;
use super::settings::MasterKeySetting;
use super::{ReadError, Store, WriteError};
use crate::base::entropy::Entropy;
use crate::base::seal::{Keyring, KeyringError, Purpose};
use crate::base::secret::Secret;

/// The file name of a generated key.
pub const FILE: &str = "master.key";

/// What the key check value is a digest of; the purpose has a sub-key of its own.
const CHECKED: &[u8] = b"doorward";

/// Why there is no key to go on with. Words for the operator.
#[derive(Debug, thiserror::Error)]
pub enum KeyError {
    /// The folder or the key file is not safe to use.
    #[error(transparent)]
    Folder(#[from] FolderError),
    /// There is data, and its key is gone.
    #[error(
        "{} is missing, but {} holds data that only that key opens; put the key file back from a backup",
        .key.display(), .database.display()
    )]
    Missing {
        /// Where the key file was.
        key: PathBuf,
        /// The data.
        database: PathBuf,
    },
    /// There is none yet, and none was to be made.
    #[error("{} does not exist; it is made by the first start of the server", .0.display())]
    NotYet(PathBuf),
    /// The file holds no key.
    #[error("{} is no key file", .0.display())]
    Malformed(PathBuf, #[source] KeyringError),
    /// What the operator gave is no key.
    #[error("what master_key gives is no key")]
    MalformedGiven(#[source] KeyringError),
    /// The data was written with another key.
    #[error("the master key is not the one that the data was written with; nothing was changed")]
    Wrong,
    /// Accounts, but nothing that tells whose key they were written with.
    #[error("the store holds accounts but no key check value; it is damaged or was put together by hand")]
    Unchecked,
    /// Two at once.
    #[error("another key rotate or key drop is at work here; wait for its end")]
    Rotating,
    /// A process goes on with the file before.
    #[error(
        "a process here has not taken up the new key file within 10 s (it is stopped, or asks somebody something); \
         nothing is lost: end it, and run this again"
    )]
    StillUsed,
    /// It would seal what others cannot open.
    #[error(
        "the first key of master_key is not known to {0}: put it behind the present one on every node and reload \
         (SIGHUP), then in front; who has stopped is forgotten within 20 s"
    )]
    NotKnown(String),
    /// It could not open what others seal.
    #[error(
        "master_key lacks the key that is in front at {0}: put the new one in front there first and reload \
         (SIGHUP); who has stopped is forgotten within 20 s"
    )]
    SealsWithout(String),
    /// Not everybody seals with the same key.
    #[error(
        "another key than here is in front at {0}: put the new one in front there, too, and reload (SIGHUP); who \
         has stopped is forgotten within 20 s"
    )]
    SealsWith(String),
    /// The store did not answer.
    #[error("the key check value cannot be read")]
    Read(#[from] ReadError),
    /// The store did not take it.
    #[error("the key check value cannot be stored")]
    Write(#[from] WriteError),
}

/// Reads the key, or makes one where there is neither a key nor a database.
///
/// Call it before the database is opened with [`OpenMode::Create`]; [`load_existing`] goes with
/// [`OpenMode::Existing`].
///
/// # Errors
///
/// [`KeyError`] says what an operator has to do.
pub fn load(folder: &Path, setting: &MasterKeySetting, entropy: &dyn Entropy) -> Result<Keyring, KeyError> {
    if let MasterKeySetting::Given(text) = setting {
        return Keyring::parse(text.expose()).map_err(KeyError::MalformedGiven);
    }
    let folder = Folder::prepare(folder, mode_for(folder))?;
    match find(&folder)? {
        Some(keys) => Ok(keys),
        None => make(&folder, entropy),
    }
}

/// Reads the key and makes nothing: for commands that work on what is there.
///
/// # Errors
///
/// [`KeyError`] says what an operator has to do.
pub fn load_existing(folder: &Path, setting: &MasterKeySetting) -> Result<Keyring, KeyError> {
    if let MasterKeySetting::Given(text) = setting {
        return Keyring::parse(text.expose()).map_err(KeyError::MalformedGiven);
    }
    let folder = Folder::prepare(folder, OpenMode::Existing)?;
    find(&folder)?.ok_or_else(|| KeyError::NotYet(folder.file(FILE)))
}

/// The key of the folder. `None` only where there is no data either.
fn find(folder: &Folder) -> Result<Option<Keyring>, KeyError> {
    match folder.inspect(FILE)? {
        Some(found) => read(folder, found.mode()).map(Some),
        None if fs::symlink_metadata(folder.file(DATABASE)).is_ok() => Err(KeyError::Missing {
            key: folder.file(FILE),
            database: folder.file(DATABASE),
        }),
        None => Ok(None),
    }
}

/// Root's commands work in the folder of the service's user; nothing is made in that one.
fn mode_for(folder: &Path) -> OpenMode {
    match fs::symlink_metadata(folder.join(FILE)) {
        Ok(_) => OpenMode::Existing,
        Err(_) => OpenMode::Create,
    }
}

/// Looks at the key file of a folder: private, plain, ours.
pub(super) fn inspect(folder: &Folder) -> Result<(), KeyError> {
    let path = folder.file(FILE);
    let found = folder
        .inspect(FILE)?
        .ok_or_else(|| KeyError::NotYet(path.clone()))?;
    let mode = found.mode() & 0o7777;
    match mode & 0o077 {
        0 => Ok(()),
        _ => Err(FolderError::Readable { path, mode }.into()),
    }
}

fn read(folder: &Folder, mode: u32) -> Result<Keyring, KeyError> {
    let path = folder.file(FILE);
    let mode = mode & 0o7777;
    if mode & 0o077 != 0 {
        return Err(FolderError::Readable { path, mode }.into());
    }
    let text = fs::read_to_string(&path).map_err(|error| FolderError::Io(path.clone(), error))?;
    let text = Secret::new(text);
    Keyring::parse(text.expose()).map_err(|error| KeyError::Malformed(path, error))
}

/// The file gets its name when it is whole and on disk, and only where there is none: a crash
/// leaves no half of a key, and of two first starts at once one finds the other's.
fn make(folder: &Folder, entropy: &dyn Entropy) -> Result<Keyring, KeyError> {
    let keys = Keyring::generate(entropy);
    let name = folder.file(FILE);
    let failed = |error| FolderError::Io(name.clone(), error);
    let draft = Draft::held_beside(&name, entropy).map_err(failed)?;
    write_draft(draft.path(), &keys.printed()).map_err(failed)?;
    match name_it(draft.path(), &name) {
        Ok(()) => {
            folder.sync()?;
            Ok(keys)
        }
        Err(error) if error.kind() == ErrorKind::AlreadyExists => {
            let mode = folder.inspect(FILE)?.map_or(0, |found| found.mode());
            read(folder, mode)
        }
        Err(error) => Err(failed(error).into()),
    }
}

pub(super) fn write_draft(path: &Path, text: &Secret<String>) -> io::Result<()> {
    let mut file = fs::OpenOptions::new().write(true).open(path)?;
    file.write_all(text.expose().as_bytes())?;
    file.sync_all()
}

/// Makes sure that this is the key the data was written with; on new data, leaves its mark.
///
/// # Errors
///
/// [`KeyError::Wrong`] where it is another one. Nothing is changed then.
pub async fn verify(store: &dyn Store, keys: &Keyring) -> Result<(), KeyError> {
    if store.key_check().await?.is_some() {
        return key_file::inherit(keys, store).await;
    }
    if !store.accounts(None, 1).await?.is_empty() {
        return Err(KeyError::Unchecked);
    }
    match store.set_key_check(check_of(keys)).await {
        Ok(()) => Ok(()),
        // Another first start was quicker.
        Err(WriteError::Conflict) => key_file::inherit(keys, store).await,
        Err(error) => Err(error.into()),
    }
}

/// The value that the data of a store were written with.
///
/// # Errors
///
/// [`KeyError`] where it cannot be told.
pub async fn written_with(store: &dyn Store) -> Result<[u8; 32], KeyError> {
    store.key_check().await?.ok_or(KeyError::Unchecked)
}

/// The value that tells data written with the first of these keys.
pub fn check_of(keys: &Keyring) -> [u8; 32] {
    keys.digest(Purpose::KeyCheck, &[CHECKED])
}

/// The value of each of these keys.
pub(super) fn checks_of(keys: &Keyring) -> Vec<[u8; 32]> {
    keys.digests(Purpose::KeyCheck, &[CHECKED])
}

/// Whether that value was made with one of these keys.
pub(super) fn is_of(keys: &Keyring, value: &[u8; 32]) -> bool {
    keys.verify(Purpose::KeyCheck, &[CHECKED], value)
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::{PermissionsExt as _, symlink};

    use tempfile::TempDir;

    use super::*;
    use crate::base::entropy::OsEntropy;
    use crate::store::Change;
    use crate::store::conformance::{account, done};
    use crate::store::memory::MemoryStore;
    use crate::store::sqlite::SqliteStore;

    fn generated(folder: &Path) -> Result<Keyring, KeyError> {
        load(folder, &MasterKeySetting::Generated, &OsEntropy)
    }

    fn refusal(folder: &Path) -> KeyError {
        match generated(folder) {
            Err(error) => error,
            Ok(_) => panic!("a key came out of {}", folder.display()),
        }
    }

    fn text(folder: &Path) -> String {
        fs::read_to_string(folder.join(FILE)).unwrap()
    }

    fn state() -> (TempDir, PathBuf) {
        let place = tempfile::tempdir().unwrap();
        let folder = place.path().join("state");
        (place, folder)
    }

    #[test]
    fn a_key_is_made_once_and_kept_to_ourselves() {
        let (_place, folder) = state();
        let made = generated(&folder).unwrap();
        assert_eq!(&text(&folder), made.printed().expose());
        let mode = |path: &Path| fs::metadata(path).unwrap().mode() & 0o7777;
        assert_eq!((mode(&folder), mode(&folder.join(FILE))), (0o700, 0o600));
        assert_eq!(fs::read_dir(&folder).unwrap().count(), 1, "no draft stays");

        let again = generated(&folder).unwrap();
        assert_eq!(again.printed().expose(), made.printed().expose());
        let (_place, elsewhere) = state();
        assert_ne!(
            generated(&elsewhere).unwrap().printed().expose(),
            made.printed().expose()
        );
    }

    #[test]
    fn of_many_first_starts_at_once_all_have_one_key() {
        let (_place, folder) = state();
        fs::create_dir(&folder).unwrap();
        fs::set_permissions(&folder, fs::Permissions::from_mode(0o700)).unwrap();
        let keys: Vec<String> = std::thread::scope(|scope| {
            let starts: Vec<_> = (0..16)
                .map(|_| scope.spawn(|| generated(&folder).unwrap().printed().expose().clone()))
                .collect();
            starts.into_iter().map(|start| start.join().unwrap()).collect()
        });
        assert!(keys.iter().all(|key| *key == text(&folder)));
        assert_eq!(fs::read_dir(&folder).unwrap().count(), 1);
    }

    #[test]
    fn a_lost_key_is_not_replaced() {
        let (_place, folder) = state();
        generated(&folder).unwrap();
        drop(SqliteStore::open(&folder, OpenMode::Create).unwrap());
        fs::remove_file(folder.join(FILE)).unwrap();

        let error = refusal(&folder);
        assert!(matches!(error, KeyError::Missing { .. }));
        let said = error.to_string();
        assert!(
            said.contains("master.key is missing") && said.contains(DATABASE),
            "{said}"
        );
        assert!(!folder.join(FILE).exists());
    }

    #[test]
    fn a_command_that_works_on_what_is_there_makes_nothing() {
        let (_place, folder) = state();
        let existing = || load_existing(&folder, &MasterKeySetting::Generated);
        assert!(matches!(
            existing(),
            Err(KeyError::Folder(FolderError::Missing(_)))
        ));
        assert!(!folder.exists());
        fs::create_dir(&folder).unwrap();
        assert!(matches!(existing(), Err(KeyError::NotYet(_))));
        assert_eq!(fs::read_dir(&folder).unwrap().count(), 0);

        let made = generated(&folder).unwrap();
        assert_eq!(existing().unwrap().printed().expose(), made.printed().expose());
        drop(SqliteStore::open(&folder, OpenMode::Create).unwrap());
        fs::remove_file(folder.join(FILE)).unwrap();
        assert!(matches!(existing(), Err(KeyError::Missing { .. })));
    }

    #[test]
    fn a_key_file_that_others_can_reach_is_refused() {
        let (_place, folder) = state();
        generated(&folder).unwrap();
        let (file, kept) = (folder.join(FILE), text(&folder));
        for (mode, open) in [(0o640, false), (0o604, false), (0o620, true), (0o666, true)] {
            fs::set_permissions(&file, fs::Permissions::from_mode(mode)).unwrap();
            match refusal(&folder) {
                KeyError::Folder(FolderError::Readable { .. }) => assert!(!open, "{mode:o}"),
                KeyError::Folder(FolderError::Open { .. }) => assert!(open, "{mode:o}"),
                other => panic!("{mode:o}: {other}"),
            }
        }
        let moved = folder.join("moved");
        fs::rename(&file, &moved).unwrap();
        fs::set_permissions(&moved, fs::Permissions::from_mode(0o600)).unwrap();
        symlink(&moved, &file).unwrap();
        assert!(matches!(refusal(&folder), KeyError::Folder(FolderError::Link(_))));
        assert_eq!(fs::read_to_string(&moved).unwrap(), kept);
    }

    #[test]
    fn a_file_that_holds_no_key_is_named_and_kept() {
        let (_place, folder) = state();
        generated(&folder).unwrap();
        for damaged in ["", "c2hvcnQ=\n", "not base64"] {
            fs::write(folder.join(FILE), damaged).unwrap();
            let error = refusal(&folder);
            assert!(
                matches!(error, KeyError::Malformed(..)) && error.to_string().contains(FILE),
                "{error}"
            );
            assert_eq!(text(&folder), damaged);
        }
    }

    #[test]
    fn a_given_key_is_read_and_nothing_is_made() {
        let (_place, folder) = state();
        let ours = Keyring::generate(&OsEntropy);
        let given = MasterKeySetting::Given(ours.printed().clone());
        let read = load(&folder, &given, &OsEntropy).unwrap();
        assert_eq!(read.printed().expose(), ours.printed().expose());
        let nonsense = MasterKeySetting::Given(Secret::new("nonsense".to_owned()));
        assert!(matches!(
            load(&folder, &nonsense, &OsEntropy),
            Err(KeyError::MalformedGiven(_))
        ));
        assert!(!folder.exists());
    }

    #[tokio::test]
    async fn another_key_is_refused_and_changes_nothing() {
        let store = MemoryStore::default();
        let (ours, theirs) = (Keyring::generate(&OsEntropy), Keyring::generate(&OsEntropy));
        verify(&store, &ours).await.unwrap();
        let value = store.key_check().await.unwrap();
        assert!(value.is_some());
        assert!(matches!(verify(&store, &theirs).await, Err(KeyError::Wrong)));
        assert_eq!(store.key_check().await.unwrap(), value);
        verify(&store, &ours).await.unwrap();

        // A new key in front of the one that the data was written with.
        let both = format!("{}{}", theirs.printed().expose(), ours.printed().expose());
        verify(&store, &Keyring::parse(&both).unwrap()).await.unwrap();
    }

    #[tokio::test]
    async fn accounts_without_a_key_check_are_nobodys() {
        let store = MemoryStore::default();
        done(&store, vec![Change::CreateAccount(account(1))]).await;
        let keys = Keyring::generate(&OsEntropy);
        assert!(matches!(verify(&store, &keys).await, Err(KeyError::Unchecked)));
        assert_eq!(store.key_check().await.unwrap(), None);
    }
}
