//! The files of the database, and whether they are still the ones that were opened.
//!
//! ```text
//! held ──database missing──▶ no answers; nothing is made ──it comes back──▶ held
//!   ├─ another database in its place, whole and at rest ──▶ taken up: a new generation
//!   └─ log or index missing ──▶ the log is carried over, both begin anew: a new generation
//! ```
//!
//! An open descriptor goes on working after its file was deleted, and everything written to it
//! would be lost at the end. So each answer begins with a look at the names (three calls of a
//! microsecond), and even while nobody asks there is one now and then. Readers only close what is no
//! longer held; the writer alone takes files up again.

use std::fs;
use std::io::ErrorKind;
use std::os::unix::fs::MetadataExt as _;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use rusqlite::Connection;

use super::OpenError;
use super::connection::{self, Use};
use crate::store::BackendError;
use crate::store::folder::DATABASE;

/// How often the files are looked at while nobody asks for anything.
pub(super) const LOOK_EVERY: Duration = Duration::from_millis(200);

/// How long a file that was put in place has to lie still before it is taken up: a copy that is
/// still being written is not a database yet.
const AT_REST: Duration = Duration::from_millis(300);

/// A file, by what the system knows it by.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
struct Inode {
    device: u64,
    number: u64,
}

/// The three files at one moment.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Identity {
    database: Inode,
    log: Option<Inode>,
    index: Option<Inode>,
}

/// Length and time of the last change, of database and log.
type Shape = Vec<(u64, i64, i64)>;

/// The names of the three files.
#[derive(Clone, Debug)]
pub(super) struct Files {
    pub(super) database: PathBuf,
    pub(super) log: PathBuf,
    pub(super) index: PathBuf,
}

fn beside(folder: &Path, ending: &str) -> PathBuf {
    folder.join(format!("{DATABASE}{ending}"))
}

fn inode(path: &Path) -> Result<Option<Inode>, BackendError> {
    match fs::symlink_metadata(path) {
        Ok(found) if found.is_symlink() => Err(BackendError(format!(
            "{} has become a symbolic link",
            path.display()
        ))),
        Ok(found) => Ok(Some(Inode {
            device: found.dev(),
            number: found.ino(),
        })),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(BackendError(format!("{}: {error}", path.display()))),
    }
}

impl Files {
    pub(super) fn of(folder: &Path) -> Self {
        Self {
            database: folder.join(DATABASE),
            log: beside(folder, "-wal"),
            index: beside(folder, "-shm"),
        }
    }

    /// Who the files are now. An error where there is no database.
    pub(super) fn identify(&self) -> Result<Identity, BackendError> {
        let database = inode(&self.database)?
            .ok_or_else(|| BackendError(format!("{} is missing", self.database.display())))?;
        Ok(Identity {
            database,
            log: inode(&self.log)?,
            index: inode(&self.index)?,
        })
    }

    /// What changes while a file is being written.
    fn shape(&self) -> Shape {
        [&self.database, &self.log]
            .into_iter()
            .filter_map(|path| fs::symlink_metadata(path).ok())
            .map(|found| (found.size(), found.mtime(), found.mtime_nsec()))
            .collect()
    }
}

/// The files that all connections are to be open on.
pub(super) struct Anchor {
    pub(super) files: Files,
    held: Mutex<Held>,
    /// Shared by every open connection, to count them.
    berths: Arc<()>,
}

#[derive(Clone, Copy, Debug)]
struct Held {
    generation: u16,
    identity: Identity,
}

impl Anchor {
    pub(super) fn new(files: Files) -> Result<Self, BackendError> {
        let identity = files.identify()?;
        let held = Mutex::new(Held {
            generation: 0,
            identity,
        });
        Ok(Self {
            files,
            held,
            berths: Arc::default(),
        })
    }

    fn held(&self) -> MutexGuard<'_, Held> {
        self.held.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The generation of the files, where they are the ones that are held.
    fn look(&self) -> Result<Option<u16>, BackendError> {
        let present = self.files.identify()?;
        let held = *self.held();
        Ok((present == held.identity).then_some(held.generation))
    }

    fn take_up(&self) -> Result<u16, BackendError> {
        let identity = self.files.identify()?;
        let mut held = self.held();
        held.identity = identity;
        held.generation = held.generation.wrapping_add(1);
        Ok(held.generation)
    }
}

struct Open {
    // Closed before its berth is free: fields are dropped in this order.
    connection: Connection,
    generation: u16,
    _berth: Arc<()>,
}

/// A connection that is used only while its files are the ones that are held.
pub(super) struct Moored {
    of_use: Use,
    open: Option<Open>,
    arriving: Option<Arriving>,
}

/// A database that was put in place and may still be growing.
struct Arriving {
    identity: Identity,
    shape: Shape,
    since: Instant,
}

impl Moored {
    pub(super) fn new(connection: Connection, of_use: Use, anchor: &Anchor) -> Self {
        let open = Open {
            connection,
            generation: 0,
            _berth: Arc::clone(&anchor.berths),
        };
        Self {
            of_use,
            open: Some(open),
            arriving: None,
        }
    }

    /// The connection and the generation of its files.
    pub(super) fn ready(&mut self, anchor: &Anchor) -> Result<(&Connection, u16), BackendError> {
        let generation = match anchor.look()? {
            Some(generation) => generation,
            None if self.of_use == Use::Write => self.take_up(anchor)?,
            None => {
                self.open = None;
                return Err(BackendError(
                    "the database files were replaced a moment ago".to_owned(),
                ));
            }
        };
        if self
            .open
            .as_ref()
            .is_none_or(|open| open.generation != generation)
        {
            self.open = None;
            self.open_on(generation, anchor)?;
        }
        match &self.open {
            Some(open) => Ok((&open.connection, open.generation)),
            None => Err(BackendError("the database is not open".to_owned())),
        }
    }

    fn open_on(&mut self, generation: u16, anchor: &Anchor) -> Result<(), BackendError> {
        let berth = Arc::clone(&anchor.berths);
        let connection = connection::connect(&anchor.files.database, self.of_use)?;
        if self.of_use == Use::Write {
            connection::ensure_writable(&connection)?;
        }
        self.open = Some(Open {
            connection,
            generation,
            _berth: berth,
        });
        Ok(())
    }

    fn take_up(&mut self, anchor: &Anchor) -> Result<u16, BackendError> {
        let files = &anchor.files;
        let present = files.identify()?;
        if present.database == anchor.held().identity.database {
            self.carry_over(files)?;
        } else {
            self.await_rest(files, present)?;
        }
        self.open = None;
        // SQLite shares one index among the connections of a process, whatever became of its name:
        // all of them have to go before one that other processes see can be made.
        if Arc::strong_count(&anchor.berths) > 1 {
            return Err(BackendError(
                "the former database files are still in use".to_owned(),
            ));
        }
        let replacement = connection::connect(&files.database, self.of_use)?;
        connection::check(&replacement, &files.database).map_err(|error| match error {
            OpenError::Backend(_, source) => source,
            other => BackendError(other.to_string()),
        })?;
        connection::ensure_writable(&replacement)?;
        connection::is_whole(&replacement)?;
        let generation = anchor.take_up()?;
        tracing::warn!(database = %files.database.display(), "the database files were replaced; taken up again");
        self.open = Some(Open {
            connection: replacement,
            generation,
            _berth: Arc::clone(&anchor.berths),
        });
        self.arriving = None;
        Ok(generation)
    }

    /// The log was deleted by its name; what was committed is still in our hands and goes into the
    /// database. Not where somebody else has begun a log of their own by now.
    fn carry_over(&self, files: &Files) -> Result<(), BackendError> {
        let begun_anew = fs::symlink_metadata(&files.log).is_ok_and(|found| found.size() > 0);
        let Some(open) = &self.open else { return Ok(()) };
        if begun_anew {
            return Ok(());
        }
        let busy: i64 = open
            .connection
            .query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0))?;
        if busy == 0 {
            Ok(())
        } else {
            Err(BackendError(
                "the log that was deleted is still in use".to_owned(),
            ))
        }
    }

    fn await_rest(&mut self, files: &Files, present: Identity) -> Result<(), BackendError> {
        let shape = files.shape();
        let now = Instant::now();
        match &self.arriving {
            Some(before) if before.identity == present && before.shape == shape => {
                if now.duration_since(before.since) >= AT_REST {
                    return Ok(());
                }
            }
            _ => {
                self.arriving = Some(Arriving {
                    identity: present,
                    shape,
                    since: now,
                })
            }
        }
        Err(BackendError(
            "another database was put in place; waiting until it lies still".to_owned(),
        ))
    }
}
