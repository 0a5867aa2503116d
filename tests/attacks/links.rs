//! What mailed links leave behind: whoever reads the log, the audit trail or the files of a gateway, while it runs or
//! afterwards, can follow none of them.

use std::path::{Path, PathBuf};

use data_encoding::{BASE64URL_NOPAD, HEXLOWER};
use serde_json::json;

use super::visit::FLOW;
use super::walker::{ALICE, BOB, type_password};
use crate::rig::binary::{Binary, Installation};
use crate::rig::client::{Client, Page};
use crate::rig::gateway::PASSWORD;
use crate::rig::smtp::Smtp;
use crate::rig::upstream::Upstream;
use crate::rig::wait::eventually;
use crate::rig::walk;

const CAROL: &str = "carol@example.com";
const DAVE: &str = "dave@example.com";
const ALICES_NEW: &str = "alice@example.org";
const NEW: &str = "wolke tasse fahrrad mond";

/// The pages that links lead to, one of each kind.
const KINDS: [&str; 5] = [
    "/_auth/reset/",
    "/_auth/invite/",
    "/_auth/register/link/",
    "/_auth/email/confirm/",
    "/_auth/email/revoke/",
];

/// What must be nowhere: the values of links, and of the cookies of the browsers that opened them.
#[derive(Default)]
struct Secrets(Vec<(String, String)>);

impl Secrets {
    /// A value, which ends in 32 random octets and their tag, in base64url. The tag alone opens nothing.
    fn keep(&mut self, what: &str, value: &str) {
        let token = &value[value.len() - 64..];
        assert_eq!(
            BASE64URL_NOPAD.decode(token.as_bytes()).unwrap().len(),
            48,
            "{what}"
        );
        self.0.push((what.to_owned(), token.to_owned()));
    }

    /// Whatever lies in these octets, in any writing.
    fn found_in(&self, octets: &[u8]) -> Vec<&str> {
        let holds = |token: &str| {
            let random = &BASE64URL_NOPAD.decode(token.as_bytes()).unwrap()[..32];
            // 42 letters are 252 bits, whatever follows them.
            let written = [
                &token.as_bytes()[..42],
                random,
                HEXLOWER.encode(random).as_bytes(),
            ]
            .map(<[u8]>::to_vec);
            written.iter().any(|it| holds(octets, it))
        };
        let found = self.0.iter().filter(|(_, token)| holds(token));
        found.map(|(what, _)| what.as_str()).collect()
    }
}

fn holds(octets: &[u8], needle: &[u8]) -> bool {
    memchr::memmem::find(octets, needle).is_some()
}

/// A gateway, the letters that it sends, and what must not be found.
struct Scene {
    smtp: Smtp,
    place: Installation,
    gateway: Binary,
    secrets: Secrets,
}

impl Scene {
    async fn set(upstream: &Upstream, audit: &Path) -> Self {
        let smtp = Smtp::start().await;
        let changes = json!({
            "log": { "format": "json", "level": "trace" },
            "audit": { "file": audit },
            "registration": { "mode": "open" },
        });
        let place = Installation::new(&upstream.url(), &smtp, &changes);
        place.add_account(ALICE, PASSWORD, &[]).await;
        place.add_account(BOB, PASSWORD, &[]).await;
        place.succeed(&["user", "add", CAROL, "--invite"], "").await;
        let gateway = place.start().await;
        Self {
            smtp,
            place,
            gateway,
            secrets: Secrets::default(),
        }
    }

    /// The path of the link of this kind in the letter to `to`, which is looked at as scanners do it.
    async fn link(&mut self, to: &str, kind: &str) -> String {
        let before = format!("{}{kind}", self.place.origin);
        let link = eventually(&format!("{kind} for {to}"), || {
            let mails = self.smtp.mails().into_iter().filter(|it| it.to == to);
            let found =
                mails.flat_map(|it| it.text.split_whitespace().map(str::to_owned).collect::<Vec<_>>());
            std::future::ready(found.into_iter().find(|it| it.starts_with(&before)))
        })
        .await;
        let path = link[self.place.origin.len()..].to_owned();
        self.secrets.keep(kind, path.rsplit('/').next().unwrap());
        self.gateway
            .client()
            .send("HEAD", &path, &[("Accept", "text/html")], b"")
            .await;
        path
    }

    /// Opens a link in a browser of its own.
    async fn open(&mut self, kind: &str, link: &str) -> (Client, Page) {
        let mut client = self.gateway.client();
        let page = client.open(link).await;
        assert_eq!(page.status, 200, "{kind}: {}", page.html().words());
        let cookie = client.jar.get(FLOW).expect("a flow's cookie").to_owned();
        self.secrets.keep(&format!("cookie of {kind}"), &cookie);
        (client, page)
    }

    /// Sends the page's form with these fields; afterwards the link is used up.
    async fn finish(
        &mut self,
        link: &str,
        (mut client, page): (Client, Page),
        fields: &[(&str, &str)],
    ) -> Page {
        let mut form = page.form(&page.path);
        for (name, value) in fields {
            form = form.set(name, value);
        }
        let next = client.submit_and_follow(&page, &form).await;
        assert_eq!(self.gateway.client().open(link).await.status, 410, "{link}");
        if let Some(cookie) = client.jar.get(FLOW) {
            self.secrets.keep(&format!("later cookie of {link}"), cookie);
        }
        next
    }

    async fn forgets_a_password(&mut self) {
        let mut bob = self.gateway.client();
        let page = bob.open("/_auth/reset").await.expect("reset");
        let form = page.form("/_auth/reset").set("username", BOB);
        bob.submit_and_follow(&page, &form).await.expect("reset-sent");
        let link = self.link(BOB, KINDS[0]).await;
        let opened = self.open(KINDS[0], &link).await;
        let fields = [("new_password", NEW)];
        self.finish(&link, opened, &fields).await.expect("sign-in");
    }

    async fn takes_an_invitation_up(&mut self) {
        let link = self.link(CAROL, KINDS[1]).await;
        let opened = self.open(KINDS[1], &link).await;
        let fields = [("given_name", "Carol"), ("new_password", NEW)];
        self.finish(&link, opened, &fields).await;
    }

    /// On a telephone, while the page that awaits the code stays open.
    async fn registers(&mut self) {
        let mut desk = self.gateway.client();
        let page = desk.open("/_auth/register").await.expect("register-email");
        let form = page.form("/_auth/register").set("email", DAVE);
        desk.submit_and_follow(&page, &form)
            .await
            .expect("register-check");
        let link = self.link(DAVE, KINDS[2]).await;
        let (mut phone, page) = self.open(KINDS[2], &link).await;
        let form = page.form(&page.path);
        let page = phone
            .submit_and_follow(&page, &form)
            .await
            .expect("register-details");
        let fields = [("given_name", "Dave"), ("new_password", NEW)];
        self.finish(&link, (phone, page), &fields)
            .await
            .expect("register-method");
    }

    /// Alice moves to another mailbox, and back again from the old one.
    async fn moves_and_comes_back(&mut self) {
        let mut alice = self.gateway.client();
        let page = type_password(&mut alice, ALICE, PASSWORD).await;
        let page = alice.follow(page).await.expect("code-email");
        let code = self.smtp.next_for(ALICE, 0).await.code();
        walk::give_email_code(&mut alice, &page, &code)
            .await
            .expect("trust");
        let page = alice.open("/_auth/account/email").await.expect("account-email");
        let form = page.form("/_auth/account/email").set("email", ALICES_NEW);
        alice.submit_and_follow(&page, &form).await;
        let link = self.link(ALICES_NEW, KINDS[3]).await;
        let opened = self.open(KINDS[3], &link).await;
        self.finish(&link, opened, &[]).await;

        let back = self.link(ALICE, KINDS[4]).await;
        let opened = self.open(KINDS[4], &back).await;
        self.finish(&back, opened, &[]).await.expect("email-revoked");
    }

    /// The files of the gateway's state, those that SQLite keeps beside its database, too.
    fn files(&self) -> Vec<(PathBuf, Vec<u8>)> {
        let state = self.place.folder.path().join("state");
        let files = std::fs::read_dir(state).unwrap().map(|it| it.unwrap().path());
        let read = |path: PathBuf| (path.is_file()).then(|| (path.clone(), std::fs::read(path).unwrap()));
        files.filter_map(read).collect()
    }

    fn nothing_lies_in_the_state(&self) {
        for (path, octets) in self.files() {
            let found = self.secrets.found_in(&octets);
            assert!(found.is_empty(), "{}: {found:?}", path.display());
        }
    }
}

/// SEC-11, SESS-23.
#[tokio::test]
async fn sec_11_links_of_every_kind_stay_out_of_the_log_and_the_store() {
    let (upstream, folder) = (Upstream::start().await, tempfile::tempdir().unwrap());
    let audit = folder.path().join("audit.jsonl");
    let mut scene = Box::pin(Scene::set(&upstream, &audit)).await;
    Box::pin(scene.forgets_a_password()).await;
    Box::pin(scene.takes_an_invitation_up()).await;
    Box::pin(scene.registers()).await;
    Box::pin(scene.moves_and_comes_back()).await;
    assert!(scene.secrets.0.len() >= 2 * KINDS.len());

    // What was written lately lies beside the database while the gateway runs.
    let files = scene.files();
    let beside = files.iter().find(|it| it.0.to_string_lossy().ends_with("-wal"));
    assert!(
        beside.is_some_and(|it| !it.1.is_empty()),
        "no log of the database"
    );
    assert!(
        files.iter().any(|it| holds(&it.1, DAVE.as_bytes())),
        "whatever is in the clear is found"
    );
    scene.nothing_lies_in_the_state();

    // Every link was looked at, opened and opened once more.
    let lines = |log: &str, kind: &str| log.matches(&format!("\"{kind}\"")).count();
    eventually("the last line", || {
        let log = scene.gateway.log();
        std::future::ready(KINDS.iter().all(|it| lines(&log, it) >= 3).then_some(()))
    })
    .await;
    assert!(scene.gateway.stop().await.success());
    scene.nothing_lies_in_the_state();
    let log = scene.gateway.log() + &std::fs::read_to_string(&audit).unwrap();
    assert!(log.contains("\"level\":\"DEBUG\"") && !log.contains(NEW));
    assert_eq!(scene.secrets.found_in(log.as_bytes()), Vec::<&str>::new());
}
