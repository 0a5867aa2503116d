//! FAIL: the embedded store in trouble, the clock, a restart, two processes. Keys are in [`super::rotation`].

use std::fs;
use std::io::Write as _;
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

use doorward::identity::account::Status;
use serde_json::json;
use tempfile::TempDir;
use tokio::task::JoinSet;

use super::visit::{
    self, ALICE, BOB, DEVICE, SESSION, after_password, expect_login, expect_served, half_way,
};
use crate::rig::binary::{Binary, Installation};
use crate::rig::client::{Client, Page};
use crate::rig::gateway::PASSWORD;
use crate::rig::smtp::Smtp;
use crate::rig::upstream::Upstream;
use crate::rig::wait::eventually;
use crate::rig::walk;

const ANNA: &str = "anna@example.com";
const FILES: [&str; 3] = ["doorward.db", "doorward.db-wal", "doorward.db-shm"];

/// No answer that says "not now" may take longer.
const ANSWER_WITHIN: Duration = Duration::from_secs(3);

/// Once the store is back, all is as before.
const BACK_WITHIN: Duration = Duration::from_secs(2);

/// A gateway with anna's session, and a stranger who is about to give her password.
struct Scene {
    up: Upstream,
    _smtp: Smtp,
    place: Installation,
    gateway: Binary,
    anna: Client,
    stranger: Client,
    sign_in: Page,
}

impl Scene {
    async fn set() -> Self {
        let (up, smtp) = (Upstream::start().await, Smtp::start().await);
        let place = Installation::new(&up.url(), &smtp, &json!({}));
        place.add_account(ANNA, PASSWORD, &[]).await;
        let gateway = place.start().await;
        Self::with(up, smtp, place, gateway).await
    }

    async fn with(up: Upstream, smtp: Smtp, place: Installation, gateway: Binary) -> Self {
        let (mut anna, mut stranger) = (gateway.client(), gateway.client());
        walk::sign_in(&mut anna, &smtp, "/", ANNA, PASSWORD).await;
        let sign_in = stranger.open("/").await.expect("sign-in");
        Self {
            up,
            _smtp: smtp,
            place,
            gateway,
            anna,
            stranger,
            sign_in,
        }
    }

    fn state(&self) -> PathBuf {
        self.place.config["state"].as_str().unwrap().into()
    }

    /// What `/readyz` says of the store.
    async fn store_is(&self, how: &str) -> bool {
        let admin = self.place.admin;
        let page = Client::new(&format!("http://{admin}"), admin)
            .get("/readyz")
            .await;
        let (ready, store) = (page.status == 200, page.json()["parts"]["store"].clone());
        // Where it can still be read, whoever is in goes on, and a balancer has nowhere better to send them.
        assert_eq!(ready, store != "failing", "{}", page.text());
        store == how
    }

    async fn named_within(&self, how: &str, limit: Duration) {
        let begun = Instant::now();
        while !self.store_is(how).await {
            assert!(begun.elapsed() < limit, "the store is not {how} after {limit:?}");
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    /// The right password, and no way in: 503 in time, and the portal hears nothing of it.
    async fn expect_nobody_new(&mut self) {
        let hits = self.up.hits();
        let form = self.sign_in.form("/_auth/sign-in");
        let form = form.set("username", ANNA).set("password", PASSWORD);
        let begun = Instant::now();
        let answer = self.stranger.submit(&self.sign_in, &form).await;
        assert_eq!(answer.status, 503, "{}", answer.text());
        assert!(begun.elapsed() < ANSWER_WITHIN, "{:?}", begun.elapsed());
        assert!(self.stranger.jar.get(SESSION).is_none());
        assert_ne!(self.stranger.get("/").await.status, 200);
        assert_eq!(self.up.hits(), hits, "the portal was reached");
    }

    /// Whoever was signed in gets nothing either, once the gateway has had no sign of life for a second.
    async fn expect_nobody_at_all(&mut self) {
        let begun = Instant::now();
        while self.anna.get("/").await.status != 503 {
            assert!(
                begun.elapsed() < ANSWER_WITHIN,
                "a session is trusted without a store"
            );
        }
        let hits = self.up.hits();
        for _ in 0..3 {
            let begun = Instant::now();
            assert_eq!(self.anna.get("/").await.status, 503);
            assert!(begun.elapsed() < ANSWER_WITHIN, "{:?}", begun.elapsed());
            assert_eq!(self.anna.fetch("/").await.status, 503);
        }
        assert_eq!(self.up.hits(), hits, "the portal was reached");
        self.expect_nobody_new().await;
    }

    /// Without a restart: the session goes on, and a password is looked at again.
    async fn expect_recovery(&mut self) {
        let begun = Instant::now();
        while self.anna.get("/").await.status != 200 {
            assert!(begun.elapsed() < BACK_WITHIN, "no recovery of sessions");
        }
        loop {
            let form = self.sign_in.form("/_auth/sign-in");
            let form = form.set("username", ANNA).set("password", PASSWORD);
            let status = self.stranger.submit(&self.sign_in, &form).await.status;
            if status == 303 {
                break;
            }
            assert!(begun.elapsed() < BACK_WITHIN, "no recovery of sign-ins: {status}");
        }
        self.named_within("ok", BACK_WITHIN).await;
    }
}

#[tokio::test]
async fn fail_01_the_file_is_gone() {
    let mut scene = Scene::set().await;
    let (state, away) = (scene.state(), scene.place.folder.path().join("away"));
    fs::create_dir(&away).unwrap();
    for name in FILES {
        fs::rename(state.join(name), away.join(name)).unwrap();
    }

    scene.expect_nobody_at_all().await;
    scene.named_within("failing", ANSWER_WITHIN).await;
    for name in FILES {
        assert!(!state.join(name).exists(), "{name} was made over the loss");
    }

    // The database last: with it the store is whole again.
    for name in FILES.iter().rev() {
        fs::rename(away.join(name), state.join(name)).unwrap();
    }
    scene.expect_recovery().await;
}

/// A lock keeps writers out; with a write-ahead log it keeps nobody from reading.
#[tokio::test]
async fn fail_01_the_file_is_locked() {
    let mut scene = Scene::set().await;
    let other = rusqlite::Connection::open(scene.state().join(FILES[0])).unwrap();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();

    scene.expect_nobody_new().await;
    assert_eq!(
        scene.anna.get("/").await.status,
        200,
        "sessions go on while they can be read"
    );
    scene.named_within("degraded", Duration::from_secs(10)).await;

    other.execute_batch("ROLLBACK").unwrap();
    scene.expect_recovery().await;
}

/// Sets or takes the flag that keeps root itself from writing (ext4, and by root only).
fn immutable(flag: &str, folder: &Path) -> bool {
    let files = FILES[..2].iter().map(|name| folder.join(name));
    Command::new("chattr")
        .arg(flag)
        .args(files)
        .output()
        .is_ok_and(|done| done.status.success())
}

struct ReadOnly(PathBuf);

impl Drop for ReadOnly {
    fn drop(&mut self) {
        immutable("-i", &self.0);
    }
}

#[tokio::test]
async fn fail_01_the_file_is_read_only() {
    let mut scene = Scene::set().await;
    let read_only = ReadOnly(scene.state());
    if !immutable("+i", &read_only.0) {
        println!("not shown here: it takes root and a file system with chattr");
        return;
    }
    scene.expect_nobody_new().await;
    assert_eq!(
        scene.anna.get("/").await.status,
        200,
        "sessions go on while they can be read"
    );
    scene.named_within("degraded", Duration::from_secs(10)).await;
    drop(read_only);
    scene.expect_recovery().await;
}

/// Adds anna where only the gateway sees its disk.
fn add_account_beside(gateway: &Binary, place: &Installation) {
    let program = env!("CARGO_BIN_EXE_doorward");
    let process = gateway.process.id().to_string();
    let mut command = Command::new("nsenter");
    command
        .args([
            "-t",
            &process,
            "-m",
            "--",
            program,
            "user",
            "add",
            ANNA,
            "--password-stdin",
        ])
        .env("DOORWARD_CONFIG", place.config_path())
        .stdin(Stdio::piped());
    let mut adding = command.spawn().unwrap();
    let mut input = adding.stdin.take().unwrap();
    input.write_all(format!("{PASSWORD}\n").as_bytes()).unwrap();
    drop(input);
    assert!(adding.wait().unwrap().success());
}

/// A folder that lies on a disk of a process's own, as others reach it.
fn seen_by(gateway: &Binary, folder: &Path) -> PathBuf {
    let inside = folder.strip_prefix("/").unwrap();
    Path::new("/proc")
        .join(gateway.process.id().to_string())
        .join("root")
        .join(inside)
}

#[tokio::test]
async fn fail_01_the_disk_is_full() {
    let may_mount = Command::new("unshare")
        .args(["-m", "sh", "-c", "mount -t tmpfs small /mnt"])
        .status();
    if !may_mount.is_ok_and(|done| done.success()) {
        println!("not shown here: it takes the right to mount");
        return;
    }
    let (up, smtp) = (Upstream::start().await, Smtp::start().await);
    let place = Installation::new(&up.url(), &smtp, &json!({}));
    let gateway = place.start_on_small_disk(4096).await;
    let state = seen_by(&gateway, Path::new(place.config["state"].as_str().unwrap()));
    add_account_beside(&gateway, &place);
    let mut scene = Scene::with(up, smtp, place, gateway).await;

    let ballast = state.join("ballast");
    let mut file = fs::OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(&ballast)
        .unwrap();
    let chunk = [7_u8; 512];
    while file.write_all(&chunk).is_ok() {}
    drop(file);
    // What the log has room for already may still be written; soon it is full, too.
    let begun = Instant::now();
    while !scene.store_is("degraded").await {
        assert!(
            begun.elapsed() < Duration::from_secs(60),
            "the disk is never full"
        );
        let form = scene.sign_in.form("/_auth/sign-in");
        let form = form
            .set("username", "nobody@example.com")
            .set("password", PASSWORD);
        let status = scene.stranger.submit(&scene.sign_in, &form).await.status;
        assert!([422, 429, 503].contains(&status), "{status}");
    }
    scene.stranger = scene.gateway.client();
    scene.sign_in = scene.stranger.open("/").await.expect("sign-in");
    scene.expect_nobody_new().await;
    assert_eq!(
        scene.anna.get("/").await.status,
        200,
        "sessions go on while they can be read"
    );

    fs::remove_file(&ballast).unwrap();
    scene.named_within("ok", BACK_WITHIN).await;
    assert_eq!(scene.anna.get("/").await.status, 200);
}

/// Sends each browser's form at the same instant; how many have a session after that, and one of them.
async fn all_at_once(sending: Vec<(Client, Page, crate::rig::html::Form)>) -> Vec<Client> {
    let mut sent = JoinSet::new();
    for (mut client, page, form) in sending {
        sent.spawn(async move {
            let answer = client.submit(&page, &form).await;
            let status = answer.status;
            assert!([303, 422, 429].contains(&status), "{status} {}", answer.text());
            client
        });
    }
    let clients = sent.join_all().await.into_iter();
    clients.filter(|it| it.jar.get(SESSION).is_some()).collect()
}

/// The same profile at another gateway.
fn at(gateway: &Binary, client: &Client) -> Client {
    let mut other = gateway.client();
    other.jar = client.jar.clone();
    other
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn fail_20_two_processes_on_one_store() {
    let (up, smtp) = (Upstream::start().await, Arc::new(Smtp::start().await));
    let place = Installation::new(&up.url(), &smtp, &json!({}));
    place.add_account(ANNA, PASSWORD, &[]).await;
    let one = place.start().await;
    let other = place.start_beside().await;
    let mut client = one.client();
    let page = after_password(&mut client, ANNA, PASSWORD)
        .await
        .expect("code-email");
    let code = smtp.next_for(ANNA, 0).await.code();
    let form = page.form("/_auth/code/email").set("code", &code);

    let mut sending = Vec::new();
    for gateway in [&one, &other] {
        sending.extend(vec![(at(gateway, &client), page.clone(), form.clone()); 25]);
    }
    let signed_in = all_at_once(sending).await;

    assert_eq!(signed_in.len(), 1, "one code, one session");
    let (mut here, mut there) = (at(&one, &signed_in[0]), at(&other, &signed_in[0]));
    assert_eq!(
        (here.get("/").await.status, there.get("/").await.status),
        (200, 200)
    );
    let events = place.succeed(&["event", "list", "--json"], "").await;
    assert_eq!(events.matches("\"session.opened\"").count(), 1, "{events}");

    // What one ends the other refuses, within a second, though it has it in memory.
    let page = here.open("/_auth/sign-out").await.expect("sign-out");
    let form = page.form("/_auth/sign-out");
    here.submit(&page, &form).await.expect("signed-out");
    let begun = Instant::now();
    while there.get("/").await.status == 200 {
        assert!(
            begun.elapsed() < Duration::from_secs(1),
            "the other one still lets it in"
        );
    }

    // Both take what people do at the same time, and nothing of it is lost.
    let mut adding = JoinSet::new();
    for (number, gateway) in [&one, &other, &one, &other].into_iter().enumerate() {
        let email = format!("person{number}@example.com");
        place.add_account(&email, PASSWORD, &[]).await;
        let mut client = gateway.client();
        let seen = smtp.count();
        let smtp = Arc::clone(&smtp);
        adding.spawn(async move {
            let page = after_password(&mut client, &email, PASSWORD)
                .await
                .expect("code-email");
            let code = smtp.next_for(&email, seen).await.code();
            let page = walk::give_email_code(&mut client, &page, &code)
                .await
                .expect("trust");
            walk::answer_trust(&mut client, &page, false).await;
            client
        });
    }
    for client in adding.join_all().await {
        for gateway in [&one, &other] {
            assert_eq!(at(gateway, &client).get("/").await.status, 200);
        }
    }
    drop((one, other));
    let events = place.succeed(&["event", "list", "--json"], "").await;
    assert_eq!(events.matches("\"session.opened\"").count(), 5, "{events}");
}

#[tokio::test]
async fn fail_11_a_clock_that_goes_back_revives_nothing() {
    let folder = TempDir::new().unwrap();
    let trail = folder.path().join("audit.jsonl");
    let (rig, app) = visit::with_alice_and(&json!({ "audit": { "file": trail } })).await;
    rig.add(BOB).await;
    let alice = visit::signed_in(&rig, ALICE, &app).await;
    let used = rig.code_of(&app);
    let mut bob = rig.client();
    let page = after_password(&mut bob, BOB, PASSWORD).await.expect("code-email");
    let code = rig.smtp.next_for(BOB, 0).await.code();
    let form = page.form("/_auth/code/email").set("code", &code);

    rig.advance(Duration::from_secs(3601));
    expect_login(&rig, &alice).await;
    rig.clock.turn_back(Duration::from_secs(3600));

    let expect_dead = async |rig: &crate::rig::gateway::Rig| {
        expect_login(rig, &alice).await;
        let mut bob = at_rig(rig, &bob);
        bob.submit(&page, &form).await;
        assert!(bob.jar.get(SESSION).is_none(), "a code that was over");
        let (mut client, page) = half_way(rig, ALICE).await;
        let page = walk::give_app_code(&mut client, &page, &used).await;
        assert_eq!(page.expect("code-app").status, 422, "a step that was used");
        assert!(client.jar.get(SESSION).is_none());
    };
    expect_dead(&rig).await;
    let rig = rig.restart().await;
    expect_dead(&rig).await;
    eventually("clock.jump", || {
        let told = fs::read_to_string(&trail).unwrap_or_default();
        std::future::ready(told.contains("\"clock.jump\"").then_some(()))
    })
    .await;
}

/// The same profile after a restart, when the gateway may have another port.
fn at_rig(rig: &crate::rig::gateway::Rig, client: &Client) -> Client {
    let mut other = rig.client();
    other.jar = client.jar.clone();
    other
}

#[tokio::test]
async fn fail_12_a_node_whose_clock_is_ahead() {
    let (rig, app) = visit::with_alice().await;
    let alice = visit::signed_in(&rig, ALICE, &app).await;
    let used = rig.code_of(&app);
    let (ahead, clock) = rig.node_ahead(Duration::from_secs(40)).await;
    let there = |client: &Client| {
        let mut other = Client::new(&rig.place.origin, ahead.addresses[0]);
        other.jar = client.jar.clone();
        other
    };

    // No false sign-out, here or there, to and fro.
    for _ in 0..3 {
        assert_eq!(there(&alice).get("/").await.status, 200);
        expect_served(&rig, &alice).await;
    }
    // What was used here is used there.
    let mut client = there(&rig.client());
    let page = after_password(&mut client, ALICE, PASSWORD)
        .await
        .expect("code-app");
    let page = walk::give_app_code(&mut client, &page, &used)
        .await
        .expect("code-app");
    assert_eq!(page.status, 422);
    // A code of now is a step old there, which is within the window; then it is used here, too.
    rig.advance(Duration::from_secs(30));
    clock.advance(Duration::from_secs(30));
    let fresh = rig.code_of(&app);
    let page = walk::give_app_code(&mut client, &page, &fresh).await;
    page.expect("trust");
    let (mut again, page) = half_way(&rig, ALICE).await;
    let page = walk::give_app_code(&mut again, &page, &fresh)
        .await
        .expect("code-app");
    assert_eq!(page.status, 422);
    ahead.stop().await;
}

#[tokio::test]
async fn fail_13_a_restart_changes_nothing() {
    let (rig, app) = visit::with_alice().await;
    rig.add(BOB).await;
    let bob = rig.signed_in(BOB).await;
    let removed = visit::trusted(&rig, ALICE, &app).await;
    let live = visit::signed_in(&rig, ALICE, &app).await;
    let used = rig.code_of(&app);
    let left = removed.clone();
    let mut leaving = removed.clone();
    let page = leaving.open("/_auth/sign-out").await.expect("sign-out");
    let form = page.form("/_auth/sign-out");
    leaving.submit(&page, &form).await.expect("signed-out");
    let device = rig.account(ALICE).await.devices[0].id.to_string();
    let desk = &rig.app.desk;
    desk.admin_remove_device(ALICE, &device, &visit::operator())
        .await
        .unwrap();
    let now = rig.now();
    rig.change(BOB, |account| account.status = Status::Locked { since: now })
        .await;

    let rig = rig.restart().await;

    expect_served(&rig, &at_rig(&rig, &live)).await;
    for gone in [&left, &bob] {
        expect_login(&rig, &at_rig(&rig, gone)).await;
    }
    let mut locked = rig.client();
    let page = after_password(&mut locked, BOB, PASSWORD).await;
    assert_eq!((page.name().as_deref(), page.status), (Some("sign-in"), 422));
    let mut client = visit::with_only(&rig, &removed, &[DEVICE]);
    let page = after_password(&mut client, ALICE, PASSWORD)
        .await
        .expect("code-app");
    let page = walk::give_app_code(&mut client, &page, &used).await;
    assert_eq!(page.expect("code-app").status, 422);
}
