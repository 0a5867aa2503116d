//! FAIL-15: another master key, while people sign in.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use doorward::app::{World, open_office};
use doorward::base::clock::{Clock as _, SystemClock};
use doorward::base::seal::{Keyring, Purpose};
use doorward::base::time::Timestamp;
use doorward::cli::account::Context;
use doorward::cli::console::{Console, Terminal};
use doorward::cli::key::{self, KeyCommand};
use doorward::config::{self, Machine};
use doorward::service::keys::NEEDED_FOR;
use doorward::store::folder::OpenMode;
use doorward::store::{Change, StoredLetter, master_key};
use rustix::process::Signal;
use serde_json::json;
use tempfile::TempDir;

use super::visit::{self, ALICE, DEVICE, after_password, expect_served};
use crate::rig::authenticator::Authenticator;
use crate::rig::binary::Installation;
use crate::rig::client::Client;
use crate::rig::gateway::{Node, PASSWORD, Rig, reload};
use crate::rig::redis::Redis;
use crate::rig::smtp::Smtp;
use crate::rig::upstream::Upstream;
use crate::rig::wait::eventually;
use crate::rig::walk;

fn keys_in(place: &Installation) -> Vec<String> {
    let file = std::path::Path::new(place.config["state"].as_str().unwrap()).join("master.key");
    let text = std::fs::read_to_string(file).unwrap();
    text.lines().map(str::to_owned).collect()
}

/// Runs a verb of the program in this process, at the rig's time.
async fn perform(rig: &Rig, command: KeyCommand) -> anyhow::Result<String> {
    let settings = config::load(&rig.place.config_path(), &Machine).unwrap().settings;
    let world = World {
        clock: Arc::new(rig.clock.clone()),
        ..World::real(None)
    };
    let mut office = open_office(&settings, &world, OpenMode::Create).await?;
    let context = Context::of(&settings, None)?;
    let (mut out, mut nobody) = (Vec::new(), Terminal);
    let mut console = Console {
        out: &mut out,
        answers: &mut nobody,
        json: false,
        yes: true,
    };
    key::perform(&command, &mut office, &settings, &context, &mut console).await?;
    Ok(String::from_utf8(out).unwrap())
}

/// Whether the app's secret is sealed with the first key alone.
async fn sealed_with_the_first(rig: &Rig) -> bool {
    let alone = rig.app.desk.keys.with_the_first_alone();
    let alone = Keyring::parse(alone.expose()).unwrap();
    let account = rig.account(ALICE).await;
    let app = &account.apps[0];
    alone
        .open(Purpose::AppSecret, account.id.as_bytes(), &app.sealed)
        .is_ok()
}

async fn skips_the_code(rig: &Rig, device: &Client) {
    let mut client = visit::with_only(rig, device, &[DEVICE]);
    let page = after_password(&mut client, ALICE, PASSWORD).await;
    assert_eq!(page.text(), "portal: GET /\n");
}

async fn expect_sign_ins(rig: &Rig, app: &Authenticator, device: &Client) {
    skips_the_code(rig, device).await;
    visit::signed_in(rig, ALICE, app).await;
}

/// After this no device is trusted any more: what a recovery code asks for.
async fn recovers(rig: &Rig, recovery: &str) {
    let (mut client, _) = visit::half_way(rig, ALICE).await;
    visit::give_recovery_code(&mut client, recovery).await;
    expect_served(rig, &client).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn fail_15_a_key_is_added_and_the_old_one_dropped() {
    let (rig, app) = visit::with_alice().await;
    let codes = visit::give_recovery_codes(&rig, ALICE, 5).await;
    let device = visit::trusted(&rig, ALICE, &app).await;
    let old = keys_in(&rig.place);
    // Wrong guesses are counted under a name that the new key does not change.
    let (mut guesser, page) = visit::half_way(&rig, ALICE).await;
    walk::give_app_code(&mut guesser, &page, "000000")
        .await
        .expect("code-app");
    let counts = rig.app.desk.keys.digest(Purpose::CounterName, &[b"alice"]);

    let said = perform(&rig, KeyCommand::Rotate).await.unwrap();
    assert!(said.contains("1 accounts"), "{said}");
    let rotated = keys_in(&rig.place);
    assert_eq!(
        (rotated.len(), &rotated[1]),
        (2, &old[0]),
        "the new key in front of the old"
    );
    assert_eq!(rig.app.desk.keys.len(), 2, "the gateway took it up");
    assert!(sealed_with_the_first(&rig).await);
    expect_served(&rig, &device).await;
    expect_sign_ins(&rig, &app, &device).await;
    let refused = perform(&rig, KeyCommand::Drop { yes: true }).await;
    assert!(refused.is_err(), "people may be in the middle of something");

    // A day later the old key goes, while the gateway runs.
    rig.advance(NEEDED_FOR + Duration::from_secs(60));
    perform(&rig, KeyCommand::Drop { yes: true }).await.unwrap();
    assert_eq!(keys_in(&rig.place), rotated[..1]);
    eventually("the gateway took it up", || {
        std::future::ready((rig.app.desk.keys.len() == 1).then_some(()))
    })
    .await;
    assert_eq!(
        rig.app.desk.keys.digest(Purpose::CounterName, &[b"alice"]),
        counts
    );
    expect_sign_ins(&rig, &app, &device).await;

    let rig = rig.restart().await;
    assert_eq!(rig.app.desk.keys.len(), 1);
    assert_eq!(
        rig.app.desk.keys.digest(Purpose::CounterName, &[b"alice"]),
        counts
    );
    expect_sign_ins(&rig, &app, &device).await;
    recovers(&rig, &codes[0]).await;
    let check = master_key::written_with(&*rig.app.desk.store).await.unwrap();
    assert_eq!(check, master_key::check_of(&rig.app.desk.keys));
}

/// Killed at any moment, what is in place opens everything, and the next run goes on.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn fail_15_a_rotation_that_is_cut_off_loses_nothing() {
    // The program itself has the machine's clock.
    let rig = Rig::at(SystemClock.now(), &json!({})).await;
    rig.add(ALICE).await;
    let app = rig.give_app(ALICE).await;
    let codes = visit::give_recovery_codes(&rig, ALICE, 2).await;
    let device = visit::trusted(&rig, ALICE, &app).await;
    for round in 0..12 {
        let mut process = rig.place.launch_verb(&["key", "rotate"], "rotation");
        tokio::time::sleep(Duration::from_millis(20 * round)).await;
        process.kill();
        skips_the_code(&rig, &device).await;
    }
    expect_sign_ins(&rig, &app, &device).await;
    rig.place.succeed(&["key", "rotate"], "").await;
    assert!(sealed_with_the_first(&rig).await);
    let rig = rig.restart().await;
    expect_sign_ins(&rig, &app, &device).await;
    recovers(&rig, &codes[1]).await;
}

/// The order: first every process knows the new key, then it is used.
#[tokio::test]
async fn fail_15_a_process_that_does_not_listen_holds_the_rotation_up() {
    let (upstream, smtp) = (Upstream::start().await, Smtp::start().await);
    let place = Installation::new(&upstream.url(), &smtp, &json!({}));
    place.add_account("anna@example.com", PASSWORD, &[]).await;
    let mut gateway = place.start().await;
    let old = keys_in(&place);
    assert_eq!(gateway.client().get("/").await.status, 303, "it is at work");
    gateway.process.signal(Signal::STOP);
    let output = place.run(&["key", "rotate"], "").await;
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(
        output.status.code() == Some(1) && said.contains("has not taken up"),
        "{:?} {said}",
        output.status
    );
    assert_eq!(
        keys_in(&place)[0],
        old[0],
        "the new key is known, and makes nothing yet"
    );
    gateway.process.signal(Signal::CONT);

    place.succeed(&["key", "rotate"], "").await;
    assert_ne!(keys_in(&place)[0], old[0]);
    let mut anna = gateway.client();
    walk::sign_in(&mut anna, &smtp, "/", "anna@example.com", PASSWORD).await;
    assert!(gateway.stop().await.success(), "{}", gateway.log());
    let gateway = place.start().await;
    let mut anna_again = gateway.client();
    anna_again.jar = anna.jar.clone();
    assert_eq!(anna_again.get("/").await.status, 200, "her session goes on");
}

/// Two nodes on one Redis, each with a key file of its own that the operator writes.
struct Nodes {
    one: Rig,
    two: Node,
    files: [PathBuf; 2],
    app: Authenticator,
    redis: Redis,
    _folder: TempDir,
}

impl Nodes {
    async fn start(key: &str) -> Self {
        let (redis, folder) = (Redis::start().await, TempDir::new().unwrap());
        let files = ["one", "two"].map(|name| folder.path().join(name));
        let settings = |file: &Path| {
            std::fs::write(file, key).unwrap();
            let mut settings = redis.settings();
            settings["master_key"] = format!("file:{}", file.display()).into();
            settings
        };
        let (one, app) = visit::with_alice_and(&settings(&files[0])).await;
        let two = one.beside(&settings(&files[1])).await;
        let nodes = Self {
            one,
            two,
            files,
            app,
            redis,
            _folder: folder,
        };
        eventually("both say that they are here", || async {
            let present = nodes.one.app.desk.store.present().await.unwrap();
            (present.len() == 2).then_some(())
        })
        .await;
        nodes
    }

    /// Writes one node's file, and sends it SIGHUP. Whether it takes the keys up.
    async fn give(&self, node: usize, keys: &[&str]) -> Result<(), String> {
        std::fs::write(&self.files[node], keys.concat()).unwrap();
        let done = match node {
            0 => reload(&self.one.app, &self.one.place).await,
            _ => reload(&self.two.app, &self.two.place).await,
        };
        done.map_err(|error| error.to_string())
    }

    /// Alice signs in at both, with a fresh code each time; a form that she opened at one is taken at the other.
    async fn expect_sign_ins(&self) {
        for to_and_fro in [false, true] {
            self.one.advance(Duration::from_secs(60));
            let mut client = if to_and_fro {
                self.one.client()
            } else {
                self.two.client()
            };
            let page = after_password(&mut client, ALICE, PASSWORD).await;
            let page = page.expect("code-app");
            let mut client = if to_and_fro {
                self.two.takes(&client)
            } else {
                let mut moved = self.one.client();
                moved.jar = client.jar.clone();
                moved
            };
            let code = self.one.code_of(&self.app);
            let page = walk::give_app_code(&mut client, &page, &code).await;
            walk::answer_trust(&mut client, &page.expect("trust"), false).await;
            assert_eq!(client.get("/").await.text(), "portal: GET /\n");
            let mut there = self.two.takes(&client);
            assert_eq!(there.get("/").await.text(), "portal: GET /\n");
        }
    }

    fn names(&self) -> [[u8; 32]; 2] {
        [&self.one.app, &self.two.app].map(|app| app.desk.keys.digest(Purpose::CounterName, &[b"alice"]))
    }
}

/// Every step in the right order works while people sign in, and every step in the wrong one is refused.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn fail_15_nodes_on_redis_change_their_key() {
    let [old, new] = [(), ()].map(|()| {
        let drawn = Keyring::generate(&doorward::base::entropy::OsEntropy).printed();
        drawn.expose().clone()
    });
    let (old, new) = (old.as_str(), new.as_str());
    let nodes = Nodes::start(old).await;
    let codes = visit::give_recovery_codes(&nodes.one, ALICE, 2).await;
    let names = nodes.names();
    let desk = &nodes.one.app.desk;
    let (id, letter) = ([5; 16], b"a letter that waits".as_slice());
    let waiting = StoredLetter {
        id,
        written: nodes.one.now(),
        due: nodes.one.now().plus(Duration::from_secs(30 * 86_400)),
        tries: 0,
        sealed: desk
            .keys
            .seal(Purpose::Letter, &id, letter, &nodes.one.entropy)
            .unwrap(),
    };
    desk.commit(vec![Change::Enqueue(waiting)], nodes.one.now())
        .await
        .unwrap();

    let refused = perform(&nodes.one, KeyCommand::Rotate)
        .await
        .unwrap_err()
        .to_string();
    assert!(refused.contains("behind the present one"), "{refused}");
    // In front at one before the other knows it.
    let refused = nodes.give(0, &[new, old]).await.unwrap_err();
    assert!(refused.contains("not known to"), "{refused}");
    assert_eq!(desk.keys.len(), 1, "the keys stay as they were");
    nodes.give(0, &[old, new]).await.unwrap();
    let refused = nodes.give(0, &[new, old]).await.unwrap_err();
    assert!(refused.contains("not known to"), "{refused}");
    nodes.give(0, &[old, new]).await.unwrap();
    nodes.give(1, &[old, new]).await.unwrap();
    nodes.expect_sign_ins().await;

    nodes.give(0, &[new, old]).await.unwrap();
    nodes.expect_sign_ins().await;
    let refused = perform(&nodes.one, KeyCommand::Rotate)
        .await
        .unwrap_err()
        .to_string();
    assert!(refused.contains("another key than here is in front"), "{refused}");
    nodes.give(1, &[new, old]).await.unwrap();
    // Those that tell of the sign-ins have gone out by then.
    eventually("a queue with one letter", async || {
        (desk.store.letters_waiting().await.unwrap().0 == 1).then_some(())
    })
    .await;
    let said = perform(&nodes.one, KeyCommand::Rotate).await.unwrap();
    assert!(said.contains("1 accounts, 1 letters"), "{said}");
    assert!(sealed_with_the_first(&nodes.one).await);
    assert_eq!(nodes.names(), names, "no count of guesses begins anew");
    nodes.expect_sign_ins().await;
    let refused = perform(&nodes.one, KeyCommand::Drop { yes: true }).await;
    assert!(refused.is_err(), "people may be in the middle of something");

    // Whoever has the old key alone opens nothing, and changes nothing.
    let late = Installation::new(&nodes.one.up.url(), &nodes.one.smtp, &nodes.redis.settings());
    std::fs::write(nodes.files[1].with_extension("late"), old).unwrap();
    let mut late = late;
    late.config["master_key"] = format!("file:{}", nodes.files[1].with_extension("late").display()).into();
    late.write_config();
    let settings = config::load(&late.config_path(), &Machine).unwrap().settings;
    let refused = open_office(&settings, &World::real(None), OpenMode::Create).await;
    let Err(refused) = refused else {
        panic!("the old key alone opens it")
    };
    assert!(format!("{:#}", anyhow::Error::from(refused)).contains("is not the one"));

    // A day later the old key goes.
    nodes.one.advance(NEEDED_FOR + Duration::from_secs(60));
    let said = perform(&nodes.one, KeyCommand::Drop { yes: true }).await.unwrap();
    assert!(said.contains("reload every node"), "{said}");
    nodes.give(0, &[new]).await.unwrap();
    nodes.expect_sign_ins().await;
    nodes.give(1, &[new]).await.unwrap();
    nodes.expect_sign_ins().await;
    assert_eq!(nodes.names(), names);

    // A start from nothing but the new key.
    nodes.two.app.stop().await;
    let one = nodes.one.restart().await;
    let mut settings = nodes.redis.settings();
    settings["master_key"] = format!("file:{}", nodes.files[1].display()).into();
    let two = one.beside(&settings).await;
    let nodes = Nodes { one, two, ..nodes };
    assert_eq!(nodes.names(), names);
    nodes.expect_sign_ins().await;
    let desk = &nodes.one.app.desk;
    let waiting = desk
        .store
        .letters_due(Timestamp::from_unix_millis(i64::MAX), usize::MAX)
        .await
        .unwrap();
    let waiting = waiting.iter().find(|it| it.id == id).unwrap();
    let opened = desk.keys.open(Purpose::Letter, &id, &waiting.sealed).unwrap();
    assert_eq!(opened.expose().as_slice(), letter);
    recovers(&nodes.one, &codes[0]).await;
}
