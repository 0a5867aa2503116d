//! Backups: what is in them, what is refused, and what must not come back with them.

use std::fs;
use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _, chown, symlink};
use std::path::{Path, PathBuf};
use std::time::Duration;

use doorward::base::entropy::OsEntropy;
use doorward::base::time::Timestamp;
use doorward::identity::event::{Event, What};
use doorward::store::backup::{self, BackupError, Restored};
use doorward::store::settings::MasterKeySetting;
use doorward::store::{StoredEvent, master_key, sqlite::OpenError};
use serde_json::json;
use tempfile::TempDir;

use super::visit::{self, ALICE, DEVICE, after_password, expect_login, expect_served, half_way};
use crate::rig::binary::Installation;
use crate::rig::client::Client;
use crate::rig::gateway::{PASSWORD, Rig};
use crate::rig::smtp::Smtp;
use crate::rig::upstream::Upstream;
use crate::rig::wait::eventually;
use crate::rig::walk;

fn state_of(place: &Installation) -> PathBuf {
    place.config["state"].as_str().unwrap().into()
}

fn create(rig: &Rig, file: &Path) {
    let state = state_of(&rig.place);
    let keys = &rig.app.desk.keys;
    backup::create(
        file,
        &state,
        &rig.place.config_path(),
        keys,
        &OsEntropy,
        rig.now(),
    )
    .unwrap();
}

/// Puts a backup in the place of what is there; waits until whoever had it open has closed it.
async fn restore(place: &Installation, file: &Path, now: Timestamp) -> Restored {
    let state = state_of(place);
    let keys = master_key::load_existing(&state, &MasterKeySetting::Generated).unwrap();
    let prepared = eventually("a store that nobody has open", || {
        let prepared = backup::prepare(file, &state, true, &keys, &OsEntropy);
        std::future::ready(match prepared {
            Err(BackupError::Store(OpenError::InUse(_))) => None,
            outcome => Some(outcome.unwrap()),
        })
    })
    .await;
    let taken = prepared.manifest.taken;
    let event = Event::without_account(What::SupportBackupRestored { taken, accounts: 1 }, now);
    let stored = StoredEvent {
        at: now,
        name: event.name(),
        account: None,
        line: event.line(),
    };
    prepared.restore(&stored, now).unwrap()
}

/// Asks for a link to set a new password; its path.
async fn link(rig: &Rig, email: &str) -> String {
    let mut client = rig.client();
    let seen = rig.smtp.count();
    let page = client.get("/_auth/reset").await.expect("reset");
    let form = page.form("/_auth/reset").set("username", email);
    client.submit(&page, &form).await;
    let link = eventually("a letter with a link", || {
        let mails = rig.smtp.mails();
        let words = mails
            .iter()
            .filter(|it| it.number > seen)
            .flat_map(|it| it.text.split_whitespace());
        let mut link = words.filter(|it| it.contains("/_auth/reset/")).map(str::to_owned);
        std::future::ready(link.next_back())
    })
    .await;
    link[rig.place.origin.len()..].to_owned()
}

#[tokio::test]
async fn nothing_that_was_used_since_comes_back() {
    let (rig, app) = visit::with_alice().await;
    let codes = visit::give_recovery_codes(&rig, ALICE, 3).await;
    let device = visit::trusted(&rig, ALICE, &app).await;
    let unused_link = link(&rig, ALICE).await;
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("one.tar");

    create(&rig, &file);

    // Used after the backup: a recovery code, a code of the app.
    let (mut client, _) = half_way(&rig, ALICE).await;
    visit::give_recovery_code(&mut client, &codes[0]).await;
    expect_served(&rig, &client).await;
    rig.advance(Duration::from_secs(30));
    let app_code = rig.code_of(&app);
    let (mut client, page) = half_way(&rig, ALICE).await;
    let page = walk::give_app_code(&mut client, &page, &app_code).await;
    page.expect("trust");

    let rig = rig
        .restart_after(async |place, now| {
            let restored = restore(place, &file, now).await;
            assert!(restored.aside.unwrap().exists(), "what was there is kept");
        })
        .await;

    expect_login(&rig, &device).await;
    expect_login(&rig, &client).await;
    let mut on_device = visit::with_only(&rig, &device, &[DEVICE]);
    let page = after_password(&mut on_device, ALICE, PASSWORD)
        .await
        .expect("code-app");
    let page = walk::give_app_code(&mut on_device, &page, &app_code)
        .await
        .expect("code-app");
    assert_eq!(page.status, 422, "a used step");
    for code in &codes {
        let page = on_device.open("/_auth/code/recovery").await;
        if page.name().as_deref() == Some("code-recovery") {
            let form = page.form("/_auth/code/recovery").set("recovery_code", code);
            assert_eq!(on_device.submit(&page, &form).await.status, 422);
        }
    }
    expect_login(&rig, &on_device).await;
    let page = rig.client().open(&unused_link).await;
    assert_ne!(page.name().as_deref(), Some("reset-password"));
    let account = rig.account(ALICE).await;
    assert!(account.recovery.is_none() && account.devices.is_empty());

    // The app itself goes on, from the first code on that nobody can have used.
    rig.advance(Duration::from_secs(60));
    let client = visit::signed_in(&rig, ALICE, &app).await;
    expect_served(&rig, &client).await;
    let beginning = Timestamp::from_unix_seconds(0);
    let events = rig.app.desk.store.events(None, beginning, 1000).await.unwrap();
    let told = events.iter().filter(|it| it.name == "support.backup_restored");
    assert_eq!(told.count(), 1);
    let opened = events.iter().filter(|it| it.name == "session.opened");
    assert_eq!(opened.count(), 2, "those after the backup are forgotten");
}

/// A verb that must not succeed: its exit code, and what it says.
async fn refused(place: &Installation, arguments: &[&str]) -> (i32, String) {
    let output = place.run(arguments, "").await;
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(!output.status.success(), "{arguments:?}: {said}");
    assert!(!said.contains("panicked"), "{said}");
    (output.status.code().unwrap(), said)
}

fn mode(path: &Path) -> u32 {
    fs::symlink_metadata(path).unwrap().mode() & 0o7777
}

async fn installation() -> (Upstream, Smtp, Installation) {
    let (upstream, smtp) = (Upstream::start().await, Smtp::start().await);
    let place = Installation::new(&upstream.url(), &smtp, &json!({}));
    place.add_account("anna@example.com", PASSWORD, &[]).await;
    (upstream, smtp, place)
}

#[tokio::test]
async fn ops_10_11_a_backup_is_private_and_goes_over_nothing() {
    let (_upstream, _smtp, place) = installation().await;
    let folder = place.folder.path().join("backups");
    fs::create_dir(&folder).unwrap();
    let path = |name: &str| folder.join(name).to_str().unwrap().to_owned();
    let (file, taken) = (path("one.tar"), path("two.tar"));

    let said = place.succeed(&["backup", "create", &file], "").await;
    assert!(
        said.contains("1 account") && said.contains("master.key"),
        "{said}"
    );
    assert_eq!(mode(Path::new(&file)), 0o600);
    let before = fs::read(&file).unwrap();
    let (code, said) = refused(&place, &["backup", "create", &file]).await;
    assert!(code == 1 && said.contains("exists already"), "{code} {said}");
    assert_eq!(fs::read(&file).unwrap(), before);

    let elsewhere = folder.join("elsewhere");
    symlink(&elsewhere, &taken).unwrap();
    assert_eq!(refused(&place, &["backup", "create", &taken]).await.0, 1);
    assert!(!elsewhere.exists(), "nobody's link was followed");
    fs::remove_file(&taken).unwrap();
    for open in [0o1777, 0o775] {
        fs::set_permissions(&folder, fs::Permissions::from_mode(open)).unwrap();
        let (code, said) = refused(&place, &["backup", "create", &taken]).await;
        assert!(code == 1 && said.contains("others may write"), "{code} {said}");
    }
    let linked = place.folder.path().join("linked");
    symlink(&folder, &linked).unwrap();
    let through = linked.join("two.tar").to_str().unwrap().to_owned();
    let (code, said) = refused(&place, &["backup", "create", &through]).await;
    assert!(code == 1 && said.contains("is a symbolic link"), "{code} {said}");
    fs::set_permissions(&folder, fs::Permissions::from_mode(0o755)).unwrap();
    // Only root can give a folder away.
    if chown(&folder, Some(4711), None).is_ok() {
        let (code, said) = refused(&place, &["backup", "create", &taken]).await;
        assert!(
            code == 1 && said.contains("belongs to user 4711"),
            "{code} {said}"
        );
        chown(&folder, Some(0), None).unwrap();
    }
    fs::set_permissions(&file, fs::Permissions::from_mode(0o640)).unwrap();
    let restore = ["backup", "restore", &file, "--replace", "--yes"];
    let (code, said) = refused(&place, &restore).await;
    assert!(code == 1 && said.contains("others may read"), "{code} {said}");
    fs::set_permissions(&file, fs::Permissions::from_mode(0o600)).unwrap();
    fs::set_permissions(&folder, fs::Permissions::from_mode(0o755)).unwrap();
    assert_eq!(fs::read_dir(&folder).unwrap().count(), 1, "no draft stays");
    let key = fs::read(state_of(&place).join("master.key")).unwrap();
    let has_key = before
        .windows(key.len() - 1)
        .any(|it| *it == key[..key.len() - 1]);
    assert!(!has_key, "the master key is not in it");
}

#[tokio::test]
async fn a_backup_that_is_damaged_or_of_another_key_is_refused() {
    let (_upstream, _smtp, place) = installation().await;
    let file = place.folder.path().join("one.tar").to_str().unwrap().to_owned();
    place.succeed(&["backup", "create", &file], "").await;
    let said = place.succeed(&["backup", "verify", &file], "").await;
    assert!(said.contains("is whole") && said.contains("1 account"), "{said}");

    let whole = fs::read(&file).unwrap();
    let damaged = place.folder.path().join("damaged.tar");
    let arguments = ["backup", "verify", damaged.to_str().unwrap()];
    let list = whole.windows(12).position(|it| it == b"\"accounts\": ").unwrap();
    for at in [list + 12, 4096, whole.len() / 2] {
        let mut octets = whole.clone();
        octets[at] ^= 1;
        fs::write(&damaged, octets).unwrap();
        let (code, said) = refused(&place, &arguments).await;
        assert_eq!(code, 1, "octet {at}: {said}");
    }
    for length in [0, 700, 5000, whole.len() / 2] {
        fs::write(&damaged, &whole[..length]).unwrap();
        let (code, said) = refused(&place, &arguments).await;
        assert!(
            code == 1 && said.contains("no whole backup"),
            "cut at {length}: {said}"
        );
    }
    let (_upstream, _smtp, other) = installation().await;
    let (code, said) = refused(&other, &["backup", "verify", &file]).await;
    assert!(code == 1 && said.contains("master key"), "{code} {said}");
    let restore = ["backup", "restore", &file, "--replace", "--yes"];
    let (code, said) = refused(&other, &restore).await;
    assert!(code == 1 && said.contains("master key"), "{code} {said}");
    let scratch = fs::read_dir(state_of(&other)).unwrap();
    let left: Vec<_> = scratch.map(|it| it.unwrap().file_name()).collect();
    assert!(
        left.iter()
            .all(|it| !it.to_string_lossy().starts_with(".doorward")),
        "{left:?}"
    );
}

#[tokio::test]
async fn a_restore_waits_for_nobody_and_goes_over_nothing_unsaid() {
    let (upstream, smtp, place) = installation().await;
    let file = place.folder.path().join("one.tar").to_str().unwrap().to_owned();
    let mut gateway = place.start().await;
    let mut anna = gateway.client();
    walk::sign_in(&mut anna, &smtp, "/", "anna@example.com", PASSWORD).await;
    place.succeed(&["backup", "create", &file], "").await;
    place.add_account("ben@example.com", PASSWORD, &[]).await;

    let restore = ["backup", "restore", &file, "--replace", "--yes"];
    let (code, said) = refused(&place, &restore).await;
    assert!(code == 1 && said.contains("stop it first"), "{code} {said}");
    assert_eq!(anna.get("/").await.status, 200, "the gateway goes on");
    assert!(gateway.stop().await.success(), "{}", gateway.log());
    let (code, said) = refused(&place, &["backup", "restore", &file, "--yes"]).await;
    assert!(code == 1 && said.contains("--replace"), "{code} {said}");
    let (code, said) = refused(&place, &["backup", "restore", &file, "--replace"]).await;
    assert!(
        code == 2 && said.contains("--yes"),
        "nobody to ask: {code} {said}"
    );
    let users = place.succeed(&["user", "list"], "").await;
    assert!(users.contains("ben@"), "nothing was changed: {users}");

    let said = place.succeed(&restore, "").await;
    assert!(said.contains("Restored 1 account"), "{said}");
    let users = place.succeed(&["user", "list"], "").await;
    assert!(users.contains("anna@") && !users.contains("ben@"), "{users}");
    let gateway = place.start().await;
    assert_eq!(anna.get("/").await.status, 303, "her session has ended");
    let mut anna = gateway.client();
    walk::sign_in(&mut anna, &smtp, "/", "anna@example.com", PASSWORD).await;
    let events = place.succeed(&["event", "list"], "").await;
    assert!(events.contains("support.backup_restored"), "{events}");
    let aside = fs::read_dir(state_of(&place))
        .unwrap()
        .map(|it| it.unwrap().path());
    let aside: Vec<_> = aside
        .filter(|it| it.to_string_lossy().contains(".replaced-"))
        .collect();
    assert_eq!((aside.len(), mode(&aside[0])), (1, 0o600), "{aside:?}");
    drop((gateway, upstream));

    // On another machine: the key is put there first, and nothing else is there.
    let fresh = Installation::new("http://127.0.0.1:9", &smtp, &json!({}));
    let (code, said) = refused(&fresh, &["backup", "restore", &file, "--yes"]).await;
    assert!(
        code == 1 && said.contains("put that key in place first"),
        "{code} {said}"
    );
    let state = state_of(&fresh);
    fs::create_dir(&state).unwrap();
    fs::set_permissions(&state, fs::Permissions::from_mode(0o700)).unwrap();
    fs::copy(state_of(&place).join("master.key"), state.join("master.key")).unwrap();
    fresh.succeed(&["backup", "restore", &file, "--yes"], "").await;
    assert!(fresh.succeed(&["user", "list"], "").await.contains("anna@"));
}

/// Killed at any moment, what is in place is the one store or the other, whole.
#[tokio::test]
async fn a_restore_that_is_cut_off_leaves_a_whole_store() {
    let (_upstream, _smtp, place) = installation().await;
    let file = place.folder.path().join("one.tar").to_str().unwrap().to_owned();
    place.succeed(&["backup", "create", &file], "").await;
    place.add_account("ben@example.com", PASSWORD, &[]).await;
    let restore = ["backup", "restore", &file, "--replace", "--yes"];
    for round in 0..20 {
        let mut process = place.launch_verb(&restore, "restore");
        tokio::time::sleep(Duration::from_millis(4 * round)).await;
        process.kill();
        let users = place.succeed(&["user", "list"], "").await;
        assert!(users.contains("anna@"), "round {round}: {users}");
    }
    place.succeed(&restore, "").await;
    let users = place.succeed(&["user", "list"], "").await;
    assert!(!users.contains("ben@"), "{users}");
    let names = fs::read_dir(state_of(&place)).unwrap();
    let drafts = names
        .map(|it| it.unwrap().file_name().into_string().unwrap())
        .filter(|it| it.starts_with('.'));
    assert_eq!(
        drafts.collect::<Vec<_>>(),
        [""; 0],
        "what the killed have left is gone"
    );
}

/// While people sign in, a backup is taken over and over; each is whole.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn backups_under_load_are_whole() {
    let (_upstream, smtp, place) = installation().await;
    let gateway = place.start().await;
    let people = async {
        for _ in 0..4 {
            let mut client: Client = gateway.client();
            walk::sign_in(&mut client, &smtp, "/", "anna@example.com", PASSWORD).await;
        }
    };
    let backups = async {
        for number in 0..5 {
            let file = place.folder.path().join(format!("{number}.tar"));
            let file = file.to_str().unwrap();
            place.succeed(&["backup", "create", file], "").await;
            place.succeed(&["backup", "verify", file], "").await;
        }
    };
    tokio::join!(people, backups);
}
