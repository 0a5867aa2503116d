//! Whose installation this is.
//!
//! What root writes belongs to root: an audit file that a verb makes, say, is one that the gateway cannot append to,
//! and does not start with. So verbs that write are for the user that the gateway runs as.

use std::fs;
use std::os::unix::fs::MetadataExt as _;
use std::path::Path;

use super::Failure;

/// Makes sure that whoever runs a verb that writes is not root in somebody else's place.
///
/// # Errors
///
/// [`Failure::Usage`], with what to type instead.
pub fn ensure_not_a_guest(state: &Path) -> Result<(), Failure> {
    judge(state, rustix::process::geteuid().as_raw())
}

fn judge(state: &Path, us: u32) -> Result<(), Failure> {
    // What is not there is made, and everything else about it is looked at by whoever opens it.
    let Ok(found) = fs::symlink_metadata(state) else {
        return Ok(());
    };
    let owner = found.uid();
    if us != 0 || owner == 0 || !found.is_dir() {
        return Ok(());
    }
    let users = fs::read_to_string("/etc/passwd").unwrap_or_default();
    let (whose, name) = match name_of(owner, &users) {
        Some(name) => (format!("user {name}"), name.to_owned()),
        None => (format!("user {owner}"), format!("'#{owner}'")),
    };
    Err(Failure::Usage(format!(
        "{} belongs to {whose}, and what root writes there the gateway could not open. Nothing was done; run this as \
         that user:  sudo -u {name} doorward …",
        state.display()
    )))
}

/// The name of a user, where it is in that file (passwd(5)).
fn name_of(number: u32, users: &str) -> Option<&str> {
    users.lines().find_map(|line| {
        let mut fields = line.split(':');
        let (name, _, id) = (fields.next()?, fields.next()?, fields.next()?);
        (id.parse() == Ok(number) && !name.is_empty()).then_some(name)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Only root can give a folder away, so only root sees this refused.
    #[test]
    fn root_is_a_guest_in_somebody_elses_place() {
        let place = tempfile::tempdir().unwrap();
        assert!(ensure_not_a_guest(place.path()).is_ok(), "its own");
        assert!(ensure_not_a_guest(&place.path().join("none")).is_ok());
        assert!(judge(place.path(), 1).is_ok(), "opening it says what is wrong");
        if std::os::unix::fs::chown(place.path(), Some(4711), None).is_err() {
            return;
        }
        let Err(Failure::Usage(said)) = ensure_not_a_guest(place.path()) else {
            panic!("root went on");
        };
        assert!(said.contains("belongs to user 4711"), "{said}");
        assert!(said.ends_with("sudo -u '#4711' doorward …"), "{said}");
    }

    #[test]
    fn a_user_has_the_name_that_the_system_gives_it() {
        let users = "root:x:0:0::/root:/bin/sh\nbroken\ndoorward:x:997:997::/:/bin/false\n";
        assert_eq!(name_of(997, users), Some("doorward"));
        assert_eq!(name_of(99, users), None);
    }
}
