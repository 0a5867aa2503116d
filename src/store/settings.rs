//! Where things are kept, and under which key.

use std::path::PathBuf;

use crate::base::secret::Secret;

/// Everything this folder is told. There is one kind of store so far: a file in `state`.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The folder of the database and of the generated master key.
    pub state: PathBuf,
    /// The key that everything sealed is sealed with.
    pub master_key: MasterKeySetting,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            state: PathBuf::from("/var/lib/doorward"),
            master_key: MasterKeySetting::Generated,
        }
    }
}

/// Where the master key comes from.
#[derive(Clone, Debug)]
pub enum MasterKeySetting {
    /// Made at the first start, and kept in `state`.
    Generated,
    /// Given by the operator: the text of a key file, which has been read once already with
    /// [`Keyring::parse`](crate::base::seal::Keyring::parse).
    Given(Secret<String>),
}

impl MasterKeySetting {
    /// Whether both name the same keys. A file of our own is looked at by itself.
    pub fn is_same(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Generated, Self::Generated) => true,
            (Self::Given(one), Self::Given(other)) => one.expose() == other.expose(),
            (Self::Generated, Self::Given(_)) | (Self::Given(_), Self::Generated) => false,
        }
    }
}
