//! Reading an archive: what is not listed, not whole or not ours goes no further.

use std::fs::{File, OpenOptions};
use std::io::{self, ErrorKind, Read, Write};
use std::path::Path;

use data_encoding::HEXLOWER;
use serde::Deserialize;
use sha2::{Digest as _, Sha256};
use subtle::ConstantTimeEq as _;

use super::{BackupError, Digesting, FORMAT, MAC, MANIFEST, Manifest, io_at};
use crate::base::seal::{Keyring, Purpose};
use crate::store::folder::DATABASE;
use crate::store::sqlite::backup::{self as copy, Contents, CopyError};
use crate::store::{BackendError, ReadError, master_key};

/// Octets that list and digest may have.
const LIST_AT_MOST: u64 = 64 * 1024;

/// An archive that is being read.
pub(super) struct Reading<'a> {
    pub(super) path: &'a Path,
    pub(super) keys: &'a Keyring,
}

impl Reading<'_> {
    fn not_whole(&self, why: &'static str) -> BackupError {
        BackupError::NotWhole {
            path: self.path.to_owned(),
            why,
        }
    }

    /// Reads it to its end; the database goes into `database`.
    pub(super) fn read(&self, database: &Path) -> Result<Manifest, BackupError> {
        let file = File::open(self.path).map_err(io_at(self.path))?;
        let mut archive = tar::Archive::new(file);
        let cut = |_| self.not_whole("it is no archive, or is cut off");
        let mut entries = archive.entries().map_err(cut)?;
        let mut next = || match entries.next() {
            Some(entry) => entry.map(Some).map_err(cut),
            None => Ok(None),
        };
        let list = self.small(MANIFEST, next()?)?;
        let mac = self.small(MAC, next()?)?;
        let manifest = self.judge(&list, &mac)?;
        let mut listed = manifest.files.iter();
        while let Some(mut entry) = next()? {
            let expected = listed
                .next()
                .ok_or_else(|| self.not_whole("it holds more than it lists"))?;
            if !is_plain(&entry, &expected.name) {
                return Err(self.not_whole("it holds something else than it lists"));
            }
            let found = match expected.name.as_str() {
                DATABASE => unpack(&mut entry, open_draft(database).map_err(io_at(database))?),
                _ => unpack(&mut entry, io::sink()),
            };
            let (octets, sha256) = match found {
                Ok(found) => found,
                Err(error) if error.kind() == ErrorKind::UnexpectedEof => {
                    return Err(self.not_whole("it is cut off"));
                }
                Err(error) => return Err(BackupError::Io(database.to_owned(), error)),
            };
            if octets != expected.octets || sha256 != expected.sha256 {
                return Err(self.not_whole("a file in it is damaged"));
            }
        }
        match listed.next() {
            None => Ok(manifest),
            Some(_) => Err(self.not_whole("it is cut off")),
        }
    }

    fn small(&self, name: &str, entry: Option<tar::Entry<'_, File>>) -> Result<Vec<u8>, BackupError> {
        let wrong = || self.not_whole("it does not begin as a backup does");
        let entry = entry.filter(|entry| is_plain(entry, name)).ok_or_else(wrong)?;
        let mut text = Vec::new();
        let read = entry.take(LIST_AT_MOST).read_to_end(&mut text);
        read.map_err(|_| wrong())?;
        Ok(text)
    }

    fn judge(&self, list: &[u8], mac: &[u8]) -> Result<Manifest, BackupError> {
        #[derive(Deserialize)]
        struct Format {
            format: u32,
        }
        let unreadable = |_| self.not_whole("what it lists cannot be read");
        let Format { format: found } = serde_json::from_slice(list).map_err(unreadable)?;
        if found != FORMAT {
            let path = self.path.to_owned();
            return Err(BackupError::Format { path, found });
        }
        let mac = HEXLOWER.decode(mac).ok().and_then(|mac| mac.try_into().ok());
        if !mac.is_some_and(|mac| self.keys.verify(Purpose::Backup, &[list], &mac)) {
            return Err(BackupError::Key(self.path.to_owned()));
        }
        serde_json::from_slice(list).map_err(unreadable)
    }

    /// Whether the database is what the list says of it, and opens with the key.
    pub(super) fn examine(&self, database: &Path, manifest: &Manifest) -> Result<(), BackupError> {
        let of_no_use = |error| BackupError::Copy(self.path.to_owned(), error);
        let found: Contents = copy::examine(database).map_err(of_no_use)?;
        if (found.schema, found.accounts, found.events)
            != (manifest.schema, manifest.accounts, manifest.events)
        {
            return Err(self.not_whole("its counts are not those it lists"));
        }
        // Whose key the data was written with is the data's to say; a store without it is empty.
        match found.key_check {
            Some(value) if !master_key::is_of(self.keys, &value) => {
                Err(BackupError::Key(self.path.to_owned()))
            }
            None if found.accounts > 0 => {
                let why = "it holds accounts and no key check value".to_owned();
                let error = ReadError::Unreadable(BackendError(why));
                Err(of_no_use(CopyError::Unreadable(error)))
            }
            Some(_) | None => Ok(()),
        }
    }
}

fn is_plain(entry: &tar::Entry<'_, File>, name: &str) -> bool {
    entry.header().entry_type() == tar::EntryType::Regular
        && bool::from(entry.path_bytes().as_ref().ct_eq(name.as_bytes()))
}

fn open_draft(path: &Path) -> io::Result<File> {
    OpenOptions::new().write(true).truncate(true).open(path)
}

/// How many octets an entry had, and their digest.
fn unpack(entry: &mut impl Read, to: impl Write) -> io::Result<(u64, String)> {
    let mut digest = Sha256::new();
    let octets = io::copy(entry, &mut Digesting(&mut digest, to))?;
    Ok((octets, HEXLOWER.encode(&digest.finalize())))
}
