//! Verbs that root runs in the place of the service's user: what they would write, the gateway could not open.

use std::fs;
use std::os::unix::fs::chown;
use std::path::{Path, PathBuf};

use serde_json::json;

use crate::rig::binary::Installation;
use crate::rig::gateway::PASSWORD;
use crate::rig::smtp::Smtp;

const SERVICE: u32 = 4711;

/// Gives the folder and what is in it away. Only root can; whoever else runs the tests is never such a guest.
fn is_given_away(state: &Path) -> bool {
    let give = |path: &Path| chown(path, Some(SERVICE), None).is_ok();
    give(state)
        && fs::read_dir(state)
            .unwrap()
            .all(|entry| give(&entry.unwrap().path()))
}

#[tokio::test]
async fn root_is_told_whose_place_it_is_and_leaves_nothing_there() {
    let smtp = Smtp::start().await;
    let folder = tempfile::tempdir().unwrap();
    let audit = folder.path().join("audit.jsonl");
    let place = Installation::new(
        "http://127.0.0.1:9",
        &smtp,
        &json!({ "audit": { "file": audit } }),
    );
    place.add_account("anna@example.com", PASSWORD, &[]).await;
    let state: PathBuf = place.config["state"].as_str().unwrap().into();
    let backup = folder.path().join("one.tar").to_str().unwrap().to_owned();
    place.succeed(&["backup", "create", &backup], "").await;
    fs::remove_file(&audit).unwrap();
    if !is_given_away(&state) {
        return;
    }

    let verbs: [&[&str]; 5] = [
        &["user", "lock", "anna@example.com", "--reason", "test"],
        &["user", "list"],
        &["key", "rotate"],
        &["backup", "create", "/nowhere/two.tar"],
        &["backup", "restore", &backup, "--replace", "--yes"],
    ];
    for verb in verbs {
        let output = place.run(verb, "").await;
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(2), "{verb:?}: {said}");
        assert!(said.contains("sudo -u '#4711' doorward"), "{verb:?}: {said}");
        assert!(!audit.exists(), "{verb:?}");
    }

    // What only looks does so, and leaves no file.
    let url = format!("{}/", place.origin);
    let explained = ["explain", "GET", &url, "--as", "anna@example.com"];
    place.succeed(&explained, "").await;
    place.succeed(&["backup", "verify", &backup], "").await;
    assert!(!audit.exists());
    let names = fs::read_dir(&state).unwrap().map(|it| it.unwrap());
    for name in names {
        use std::os::unix::fs::MetadataExt as _;
        assert_eq!(name.metadata().unwrap().uid(), SERVICE, "{:?}", name.file_name());
    }
}
