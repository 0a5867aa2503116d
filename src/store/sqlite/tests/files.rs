//! OPS-10, OPS-11: private files, and nothing that somebody planted.

use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _, symlink};
use std::process::Command;

use super::*;
use crate::store::conformance::{account, done};

fn mode(path: &Path) -> u32 {
    std::fs::symlink_metadata(path).unwrap().mode() & 0o7777
}

fn set_mode(path: &Path, mode: u32) {
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).unwrap();
}

fn refusal(folder: &Path) -> FolderError {
    match SqliteStore::open(folder, OpenMode::Create) {
        Err(OpenError::Folder(error)) => error,
        Err(other) => panic!("{other}"),
        Ok(_) => panic!("{} was opened", folder.display()),
    }
}

fn assert_private(folder: &Path) {
    assert_eq!(mode(folder), 0o700);
    let mut names = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let entry = entry.unwrap();
        assert_eq!(mode(&entry.path()), 0o600, "{}", entry.path().display());
        names.push(entry.file_name().into_string().unwrap());
    }
    names.sort();
    assert_eq!(
        names,
        [
            "doorward.db",
            "doorward.db-shm",
            "doorward.db-wal",
            "doorward.lock"
        ]
    );
}

/// The umask is the process's: the other half of this test runs in one of its own.
#[test]
fn files_are_private_whatever_the_umask() {
    let place = tempfile::tempdir().unwrap();
    for umask in ["000", "022", "077"] {
        let folder = place.path().join(umask).join("state");
        let run = Command::new("sh")
            .arg("-c")
            .arg(format!("umask {umask}; exec \"$0\" --exact --ignored \"$1\""))
            .arg(std::env::current_exe().unwrap())
            .arg("store::sqlite::tests::files::makes_a_database_where_it_is_told")
            .env("DOORWARD_TEST_STATE", &folder)
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&run.stdout);
        assert!(
            run.status.success() && said.contains("1 passed"),
            "umask {umask}: {said}"
        );
        assert_eq!(mode(&folder), 0o700);
        assert_eq!(mode(&folder.join(DATABASE)), 0o600);
    }
}

#[tokio::test]
#[ignore = "run by the test above with an umask of its own"]
async fn makes_a_database_where_it_is_told() {
    let folder = std::env::var_os("DOORWARD_TEST_STATE").unwrap();
    let store = open(Path::new(&folder));
    done(&store, vec![Change::CreateAccount(account(1))]).await;
    assert_private(Path::new(&folder));
}

#[tokio::test]
async fn what_others_could_read_is_closed_to_them() {
    let place = tempfile::tempdir().unwrap();
    let folder = place.path().join("state");
    std::fs::create_dir(&folder).unwrap();
    set_mode(&folder, 0o775);
    drop(open(&folder));
    for name in ["doorward.db", "doorward.db-wal", "doorward.db-shm"] {
        set_mode(&folder.join(name), 0o644);
    }
    set_mode(&folder, 0o755);
    let _store = open(&folder);
    assert_private(&folder);
}

#[test]
fn a_folder_of_other_things_is_not_ours_to_close() {
    let place = tempfile::tempdir().unwrap();
    std::fs::write(place.path().join("config.yaml"), "").unwrap();
    set_mode(place.path(), 0o755);
    drop(open(place.path()));
    assert_eq!(
        mode(place.path()),
        0o755,
        "left as it was found: others cannot write"
    );

    let shared = tempfile::tempdir().unwrap();
    std::fs::write(shared.path().join("config.yaml"), "").unwrap();
    set_mode(shared.path(), 0o775);
    assert!(matches!(
        refusal(shared.path()),
        FolderError::Open { mode: 0o775, .. }
    ));
}

#[test]
fn planted_folders_are_refused() {
    let place = tempfile::tempdir().unwrap();
    let (real, link) = (place.path().join("real"), place.path().join("state"));
    std::fs::create_dir(&real).unwrap();
    symlink(&real, &link).unwrap();
    assert!(matches!(refusal(&link), FolderError::Link(_)));
    assert!(
        matches!(refusal(&link.join("")), FolderError::Link(_)),
        "with a slash at its end"
    );
    assert_eq!(std::fs::read_dir(&real).unwrap().count(), 0);

    for open_to_all in [0o777, 0o1777, 0o702] {
        set_mode(&real, open_to_all);
        assert!(
            matches!(refusal(&real), FolderError::Open { .. }),
            "{open_to_all:o}"
        );
    }
    std::fs::write(place.path().join("file"), "").unwrap();
    assert!(matches!(
        refusal(&place.path().join("file")),
        FolderError::Kind { .. }
    ));
}

#[test]
fn planted_files_are_refused() {
    for name in [
        "doorward.db",
        "doorward.db-wal",
        "doorward.db-shm",
        "doorward.lock",
    ] {
        let folder = tempfile::tempdir().unwrap();
        let (path, victim) = (folder.path().join(name), folder.path().join("victim"));
        std::fs::write(&victim, "").unwrap();

        symlink(&victim, &path).unwrap();
        assert!(matches!(refusal(folder.path()), FolderError::Link(_)), "{name}");
        std::fs::remove_file(&path).unwrap();

        symlink(folder.path().join("nothing there"), &path).unwrap();
        assert!(matches!(refusal(folder.path()), FolderError::Link(_)), "{name}");
        std::fs::remove_file(&path).unwrap();

        std::fs::hard_link(&victim, &path).unwrap();
        assert!(matches!(refusal(folder.path()), FolderError::Shared(_)), "{name}");
        std::fs::remove_file(&path).unwrap();

        std::fs::create_dir(&path).unwrap();
        assert!(
            matches!(refusal(folder.path()), FolderError::Kind { .. }),
            "{name}"
        );
        std::fs::remove_dir(&path).unwrap();

        std::fs::write(&path, "").unwrap();
        set_mode(&path, 0o602);
        assert!(
            matches!(refusal(folder.path()), FolderError::Open { .. }),
            "{name}"
        );
        assert_eq!(std::fs::read(&victim).unwrap(), b"");
    }
}

/// A command that root runs beside the service leaves nothing that the service cannot open.
#[tokio::test]
async fn what_roots_commands_make_belongs_to_the_service() {
    const SERVICE: u32 = 65_534;
    let place = tempfile::tempdir().unwrap();
    let folder = place.path().join("state");
    drop(open(&folder));
    let give = |path: &Path| std::os::unix::fs::chown(path, Some(SERVICE), None).is_ok();
    if !(give(&folder) && give(&folder.join(DATABASE))) {
        return;
    }
    for name in ["doorward.db-wal", "doorward.db-shm", "doorward.lock"] {
        std::fs::remove_file(folder.join(name)).unwrap();
    }
    let store = SqliteStore::open(&folder, OpenMode::Existing).unwrap();
    done(&store, vec![Change::CreateAccount(account(1))]).await;
    assert_private(&folder);
    for name in [
        "doorward.db",
        "doorward.db-wal",
        "doorward.db-shm",
        "doorward.lock",
    ] {
        assert_eq!(
            std::fs::metadata(folder.join(name)).unwrap().uid(),
            SERVICE,
            "{name}"
        );
    }
    assert!(
        matches!(refusal(&folder), FolderError::Foreign { .. }),
        "a server is no such command"
    );
}

/// Only root can give a file away, so only root sees this refused.
#[test]
fn what_belongs_to_others_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let given_away = std::os::unix::fs::chown(folder.path(), Some(65_534), None);
    if given_away.is_ok() {
        assert!(matches!(
            refusal(folder.path()),
            FolderError::Foreign { owner: 65_534, .. }
        ));
    }
}
