//! Secret exposure.

use std::collections::{BTreeSet, VecDeque};
use std::time::Duration;

use data_encoding::{BASE32_NOPAD, BASE64, HEXLOWER};
use doorward::base::clock::{Clock as _, SystemClock};
use serde_json::json;

use super::walker::{ALICE, BOB, SIGN_IN, WRONG, another, body, mailed_code, pass, token};
use crate::rig::authenticator::Authenticator;
use crate::rig::binary::{Binary, Installation};
use crate::rig::client::{Client, Page};
use crate::rig::gateway::{PASSWORD, Rig};
use crate::rig::smtp::Smtp;
use crate::rig::upstream::{Reply, Upstream};
use crate::rig::wait::eventually;
use crate::rig::walk;

async fn demanding() -> Rig {
    Rig::with(&json!({ "second_factor": { "app_setup": "required" } })).await
}

/// From the password to the page with the key.
async fn to_key(rig: &Rig, client: &mut Client, name: &str) -> Page {
    let seen = rig.smtp.count();
    let mut page = pass(client, name).await;
    if page.name().as_deref() == Some("code-email") {
        let code = mailed_code(rig, name, seen).await;
        page = walk::give_email_code(client, &page, &code).await;
    }
    let page = page.expect("setup-why");
    client
        .submit_and_follow(&page, &page.form("/_auth/setup/why"))
        .await
        .expect("setup-app")
}

/// The recovery codes on a page.
fn codes_on(page: &Page) -> Vec<String> {
    let words = page.html().words();
    let codes = words
        .split(' ')
        .filter(|it| it.len() == 24 && it.matches('-').count() == 4 && !it.starts_with("7KQ4"));
    codes.map(str::to_owned).collect()
}

/// "I have saved them", and to the end.
async fn finish(client: &mut Client, page: &Page) -> Page {
    let mut form = page
        .html()
        .forms()
        .into_iter()
        .find(|it| it.action == "/_auth/setup/codes" && it.buttons.iter().all(|it| it.0.is_empty()))
        .unwrap();
    form.fields.push(("saved".to_owned(), "yes".to_owned()));
    let page = client.submit_and_follow(page, &form).await.expect("setup-done");
    let page = client
        .submit_and_follow(&page, &page.form("/_auth/setup/done"))
        .await;
    match page.name().as_deref() {
        Some("trust") => walk::answer_trust(client, &page, false).await,
        _ => page,
    }
}

/// Everything that can be reached from the account's page and from every page there is, by looking.
async fn crawl(client: &mut Client) -> Vec<Page> {
    let start = [
        "/",
        SIGN_IN,
        "/_auth/account",
        "/_auth/account/details",
        "/_auth/account/language",
        "/_auth/account/password",
        "/_auth/account/app",
        "/_auth/account/app/setup",
        "/_auth/account/app/remove",
        "/_auth/account/devices",
        "/_auth/account/recovery-codes",
        "/_auth/account/recovery-codes/new",
        "/_auth/confirm",
        "/_auth/confirm?for=password",
        "/_auth/setup/why",
        "/_auth/setup/app",
        "/_auth/setup/codes",
        "/_auth/setup/done",
        "/_auth/trust",
        "/_auth/methods",
        "/_auth/code/app",
        "/_auth/code/email",
        "/_auth/code/recovery",
        "/_auth/code/recovery/used",
        "/_auth/sign-out",
        "/.well-known/change-password",
    ];
    let mut waiting: VecDeque<String> = start.into_iter().map(str::to_owned).collect();
    let mut known: BTreeSet<String> = waiting.iter().cloned().collect();
    let mut pages = Vec::new();
    while let Some(path) = waiting.pop_front() {
        let page = client.get(&path).await;
        let mut leads = page.html().links();
        leads.extend(page.header("location").map(str::to_owned));
        for lead in leads {
            if lead.starts_with('/') && !lead.starts_with("//") && known.insert(lead.clone()) {
                waiting.push_back(lead);
            }
        }
        pages.push(page);
    }
    assert!(pages.len() >= start.len());
    pages
}

/// A secret key in every form in which it might be shown.
fn shapes(app: &Authenticator) -> Vec<String> {
    let text = BASE32_NOPAD.encode(&app.secret);
    let groups: Vec<&str> = (0..text.len())
        .step_by(4)
        .map(|at| &text[at..text.len().min(at + 4)])
        .collect();
    vec![
        groups.join(" "),
        groups.join("-"),
        text.to_ascii_lowercase(),
        HEXLOWER.encode(&app.secret),
        BASE64.encode(&app.secret),
        text.clone(),
    ]
}

#[tokio::test]
async fn sec_01_the_key_of_an_app_is_shown_once() {
    let rig = demanding().await;
    rig.add(ALICE).await;
    let mut alice = rig.client();
    let page = to_key(&rig, &mut alice, ALICE).await;
    let (app, page) = walk::set_up_app(&mut alice, &page, rig.now()).await;
    let half_way = crawl(&mut alice).await;
    finish(&mut alice, &page.expect("setup-codes")).await;
    let pages = crawl(&mut alice).await;
    rig.smtp.about(ALICE, "an authenticator app was added").await;

    for page in half_way.iter().chain(&pages) {
        let text = format!("{:?}{}", page.headers, page.text());
        assert!(
            !text.contains("otpauth:") || page.path == "/_auth/account/app/setup",
            "{}",
            page.path
        );
        for shape in shapes(&app) {
            assert!(!text.contains(&shape), "{} shows the key", page.path);
        }
    }
    for mail in rig.smtp.mails() {
        for shape in shapes(&app) {
            assert!(
                !format!("{}{}{}", mail.source, mail.text, mail.html).contains(&shape),
                "{}",
                mail.subject
            );
        }
    }
}

#[tokio::test]
async fn sec_04_a_set_up_that_was_begun() {
    let rig = demanding().await;
    rig.add(ALICE).await;
    rig.add(BOB).await;
    let (mut alice, mut bob) = (rig.client(), rig.client());
    let page = to_key(&rig, &mut alice, ALICE).await;
    let old = Authenticator::scan(&page);

    // Bob has one of his own; hers does not fit it, and hers is not to be had with his cookie.
    let of_bob = to_key(&rig, &mut bob, BOB).await;
    let form = of_bob.form("/_auth/setup/app").set("code", &rig.code_of(&old));
    let answer = bob.submit(&of_bob, &form).await.expect("setup-app");
    assert_eq!(answer.status, 422);
    let form = body(&[
        ("csrf", &token(&page)),
        ("code", &rig.code_of(&old)),
        ("app_name", "x"),
    ]);
    assert_eq!(bob.post("/_auth/setup/app", &form).await.status, 422);
    assert!(rig.account(BOB).await.apps.is_empty() && rig.account(ALICE).await.apps.is_empty());

    // Too late: 15 minutes after it was begun.
    rig.advance(Duration::from_secs(15 * 60 + 1));
    let form = page.form("/_auth/setup/app").set("code", &rig.code_of(&old));
    alice.submit_and_follow(&page, &form).await.expect("sign-in");
    assert!(rig.account(ALICE).await.apps.is_empty());

    // A new one has a new key, and the old one's code does not confirm it.
    let page = to_key(&rig, &mut alice, ALICE).await;
    let new = Authenticator::scan(&page);
    assert_ne!(new.secret, old.secret);
    let form = page.form("/_auth/setup/app").set("code", &rig.code_of(&old));
    let answer = alice.submit(&page, &form).await.expect("setup-app");
    assert_eq!(answer.status, 422);
    assert!(rig.account(ALICE).await.apps.is_empty());
    let form = page.form("/_auth/setup/app").set("code", &rig.code_of(&new));
    alice.submit_and_follow(&page, &form).await.expect("setup-codes");
    assert_eq!(rig.account(ALICE).await.apps.len(), 1);
}

#[tokio::test]
async fn sec_05_recovery_codes_are_shown_once() {
    let rig = demanding().await;
    rig.add(ALICE).await;
    let mut alice = rig.client();
    let page = to_key(&rig, &mut alice, ALICE).await;
    let (_, page) = walk::set_up_app(&mut alice, &page, rig.now()).await;
    let page = page.expect("setup-codes");
    let codes = codes_on(&page);
    assert_eq!(codes.len(), 10, "{}", page.html().words());
    assert_eq!(
        codes_on(&alice.get("/_auth/setup/codes").await),
        codes,
        "until they are saved"
    );

    finish(&mut alice, &page).await;
    for path in ["/_auth/setup/codes", "/_auth/account/recovery-codes/new"] {
        let answer = alice.get(path).await;
        assert_ne!(answer.name().as_deref(), Some("setup-codes"), "{path}");
    }
    for page in crawl(&mut alice).await {
        let text = page.text().to_ascii_uppercase();
        for code in &codes {
            assert!(
                !text.contains(code) && !text.contains(&code.replace('-', "")),
                "{}",
                page.path
            );
        }
    }
    // Back, and the form once more: neither the page nor the file.
    let form = page.form("/_auth/setup/codes").press("download", "yes");
    let answer = alice.submit(&page, &form).await;
    assert!(
        codes.iter().all(|it| !answer.text().contains(it)),
        "{}",
        answer.text()
    );
}

#[tokio::test]
async fn sec_09_nothing_secret_in_addresses() {
    let rig = demanding().await;
    rig.add(ALICE).await;
    let mut alice = rig.client();
    let mut pages = vec![alice.get("/a?b=c").await];
    let mut secrets: BTreeSet<String> = BTreeSet::new();

    let page = to_key(&rig, &mut alice, ALICE).await;
    pages.push(page.clone());
    let (app, page) = walk::set_up_app(&mut alice, &page, rig.now()).await;
    secrets.extend(shapes(&app));
    secrets.extend(codes_on(&page));
    pages.push(page.clone());
    finish(&mut alice, &page).await;
    rig.advance(Duration::from_secs(30));
    pages.extend(crawl(&mut alice).await);
    secrets.extend(
        alice
            .jar
            .names()
            .iter()
            .filter_map(|it| alice.jar.get(it))
            .map(str::to_owned),
    );

    let mut other = rig.client();
    let page = pass(&mut other, ALICE).await.expect("code-app");
    pages.push(page.clone());
    let code = rig.code_of(&app);
    let answer = other
        .submit(&page, &page.form("/_auth/code/app").set("code", &code))
        .await;
    pages.push(answer);
    secrets.insert(code);
    pages.extend(crawl(&mut other).await);
    secrets.extend(
        other
            .jar
            .names()
            .iter()
            .filter_map(|it| other.jar.get(it))
            .map(str::to_owned),
    );
    secrets.insert(PASSWORD.to_owned());
    secrets.remove("en");

    let mut looked_at = 0;
    for page in &pages {
        let html = page.html();
        let mut addresses: Vec<String> = html
            .attributes()
            .filter(|it| matches!(it.1, "href" | "src" | "action" | "formaction"))
            .map(|it| it.2.to_owned())
            .filter(|it| !it.starts_with("otpauth:"))
            .collect();
        addresses.extend(page.header("location").map(str::to_owned));
        addresses.extend(page.header("link").map(str::to_owned));
        addresses.push(page.path.clone());
        let tokens = html
            .forms()
            .into_iter()
            .filter_map(|it| it.value("csrf").map(str::to_owned));
        let here: BTreeSet<String> = tokens
            .filter(|it| !it.is_empty())
            .chain(secrets.iter().cloned())
            .collect();
        for address in addresses {
            looked_at += 1;
            for secret in &here {
                assert!(!address.contains(secret), "{}: {address}", page.path);
            }
        }
    }
    assert!(looked_at > 100, "{looked_at}");
}

#[tokio::test]
async fn sec_10_failures_say_no_more_than_a_reference() {
    let rig =
        Rig::with_tls(&json!({ "sites": [{ "url": "https://portal.test", "access": [{ "path": "/open/*", "require": "nothing" }] }] })).await;
    let address = rig.up.address;
    rig.up.answers(|request| match request.target.as_str() {
        "/open/broken" => Reply::Last(b"HTTP/1.1 abc\r\nX: /etc/secret\r\n\r\n".to_vec()),
        "/open/cut" => Reply::Last(b"HTT".to_vec()),
        _ => Reply::Hangup,
    });
    let mut client = rig.client();
    let mut answers = Vec::new();
    for path in ["/open/broken", "/open/cut", "/open/none"] {
        answers.push((502, client.get(path).await));
        answers.push((502, client.fetch(path).await));
    }
    let place = rig.place.folder.path();
    std::fs::rename(place.join("state"), place.join("elsewhere")).unwrap();
    let page = client.get(SIGN_IN).await;
    let page = match page.status {
        200 => {
            let form = page
                .form(SIGN_IN)
                .set("username", ALICE)
                .set("password", PASSWORD);
            client.submit(&page, &form).await
        }
        _ => page,
    };
    answers.push((503, page));

    for (status, answer) in answers {
        assert_eq!(answer.status, status, "{}", answer.path);
        let text = answer.text();
        for detail in [
            address.to_string().as_str(),
            &address.port().to_string(),
            place.to_str().unwrap(),
            "/etc/secret",
            "sqlite",
            "disk I/O",
            "doorward.db",
            "error:",
            "Connection",
            "panicked",
            ".rs:",
            "thread",
            "pingora",
        ] {
            assert!(!text.contains(detail), "{} says {detail}: {text}", answer.path);
        }
        let reference = match answer.header("content-type") {
            Some("application/problem+json") => answer.json()["reference"].as_str().unwrap().to_owned(),
            _ => {
                let words = answer.html().words();
                words.split_once("Reference ").expect("a reference").1[..9].to_owned()
            }
        };
        assert_eq!(reference.len(), 9, "{reference}");
        assert_eq!(reference.as_bytes()[4], b'-', "{reference}");
    }
}

/// A person at the shipped program, and every secret that passed.
struct WholeWay {
    alice: Client,
    secrets: BTreeSet<String>,
    /// Six digits each.
    codes: BTreeSet<String>,
}

impl WholeWay {
    /// A page's token and the cookies as they are by then.
    fn keep(&mut self, page: &Page) {
        let jar = &self.alice.jar;
        let cookies = jar.names().into_iter().filter(|it| *it != "doorward-language");
        self.secrets
            .extend(cookies.filter_map(|it| jar.get(it)).map(str::to_owned));
        let forms = page.html().forms();
        let tokens = forms.iter().filter_map(|it| it.value("csrf"));
        self.secrets
            .extend(tokens.filter(|it| !it.is_empty()).map(str::to_owned));
    }

    /// A wrong password and the right one, a wrong code and the right one; the page of the set-up.
    async fn sign_in(&mut self, smtp: &Smtp) -> Page {
        let page = self.alice.open("/a?query-of-hers=1").await.expect("sign-in");
        self.keep(&page);
        let page = walk::give_password(&mut self.alice, &page, ALICE, WRONG)
            .await
            .expect("sign-in");
        let mut page = walk::give_password(&mut self.alice, &page, ALICE, PASSWORD).await;
        self.keep(&page);
        if page.name().as_deref() == Some("code-email") {
            let code = smtp.next_for(ALICE, 0).await.code();
            let again = walk::give_email_code(&mut self.alice, &page, &another(&code)).await;
            page = walk::give_email_code(&mut self.alice, &again, &code).await;
            self.keep(&page);
            self.codes.extend([another(&code), code]);
        }
        page.expect("setup-why")
    }

    /// The set-up of an app to its end, and out again; the recovery codes.
    async fn set_up(&mut self, page: &Page) -> Vec<String> {
        let form = page.form("/_auth/setup/why");
        let page = self
            .alice
            .submit_and_follow(page, &form)
            .await
            .expect("setup-app");
        self.keep(&page);
        let (app, page) = walk::set_up_app(&mut self.alice, &page, SystemClock.now()).await;
        self.codes.insert(app.code(SystemClock.now()));
        self.secrets.extend(shapes(&app));
        let page = page.expect("setup-codes");
        self.keep(&page);
        let codes = codes_on(&page);
        assert_eq!(codes.len(), 10);
        let page = finish(&mut self.alice, &page).await;
        self.keep(&page);
        let page = self.alice.get("/_auth/sign-out").await;
        self.keep(&page);
        let form = page.form("/_auth/sign-out");
        self.alice.submit(&page, &form).await.expect("signed-out");
        codes
    }

    /// Password and recovery code.
    async fn recover(&mut self, code: &str) {
        let page = pass(&mut self.alice, ALICE).await.expect("code-app");
        self.keep(&page);
        let page = self
            .alice
            .get("/_auth/code/recovery")
            .await
            .expect("code-recovery");
        let form = page.form("/_auth/code/recovery").set("recovery_code", code);
        let page = self.alice.submit_and_follow(&page, &form).await;
        self.keep(&page.expect("recovery-used"));
    }
}

/// A sign-in with everything in it. Its parts are boxed: together they would not fit on a test's stack.
async fn whole_way(gateway: &Binary, smtp: &Smtp) -> WholeWay {
    let mut way = WholeWay {
        alice: gateway.client(),
        secrets: BTreeSet::new(),
        codes: BTreeSet::new(),
    };
    let page = Box::pin(way.sign_in(smtp)).await;
    let recovery = Box::pin(way.set_up(&page)).await;
    Box::pin(way.recover(&recovery[3])).await;
    way.secrets.extend(recovery.iter().map(|it| it.replace('-', "")));
    way.secrets.extend(recovery);
    way.secrets.extend(
        [
            PASSWORD,
            WRONG,
            "query-of-hers",
            "a+long+password",
            "a%20long%20password",
        ]
        .map(str::to_owned),
    );
    way
}

#[tokio::test]
async fn sec_11_the_log_at_trace_level_keeps_secrets() {
    let upstream = Upstream::start().await;
    let smtp = Smtp::start().await;
    let keys = tempfile::tempdir().unwrap();
    let audit = keys.path().join("audit.jsonl");
    let changes = json!({
        "log": { "format": "json", "level": "trace" },
        "audit": { "file": audit },
        "second_factor": { "app_setup": "required" },
    });
    let place = Installation::new(&upstream.url(), &smtp, &changes);
    place.add_account(ALICE, PASSWORD, &[]).await;
    let mut gateway = place.start().await;
    let way = Box::pin(whole_way(&gateway, &smtp)).await;
    eventually("the notice of the last step", || {
        let told = smtp
            .mails()
            .iter()
            .any(|it| it.subject.contains("recovery code was used"));
        std::future::ready(told.then_some(()))
    })
    .await;
    // A dropped header is told of at a level below the usual one.
    let spoofed = [("Remote-User", "root")];
    gateway.client().send("GET", "/last", &spoofed, b"").await;
    eventually("the last line", || {
        std::future::ready(gateway.log().contains("/last").then_some(()))
    })
    .await;
    assert!(gateway.stop().await.success());

    let log = gateway.log() + &std::fs::read_to_string(&audit).unwrap();
    assert!(log.contains("\"level\":\"DEBUG\""), "the level was taken");
    assert!(log.contains("recovery.used"), "the whole way was logged");
    assert!(way.secrets.len() > 30, "{}", way.secrets.len());
    for line in log.lines() {
        for secret in &way.secrets {
            assert!(!line.contains(secret), "{secret:?} was logged: {line}");
        }
        // Six digits may be part of a time or an id by chance: as a code they stand alone.
        for word in line.split(|it: char| !it.is_ascii_alphanumeric()) {
            assert!(!way.codes.contains(word), "a code was logged: {line}");
        }
    }
}

#[tokio::test]
async fn sec_12_nothing_secret_in_the_process_list() {
    let authority = crate::rig::tls::Authority::new();
    let upstream = Upstream::start().await;
    let smtp = Smtp::start_with_tls(&authority).await;
    let folder = tempfile::tempdir().unwrap();
    let password = folder.path().join("smtp-password");
    std::fs::write(&password, crate::rig::smtp::PASSWORD).unwrap();
    let token = folder.path().join("admin-token");
    let admin = "an admin token of thirty-two octets";
    std::fs::write(&token, admin).unwrap();
    for file in [&password, &token] {
        std::fs::set_permissions(file, std::os::unix::fs::PermissionsExt::from_mode(0o600)).unwrap();
    }
    let changes = json!({
        "mail": {
            "smtp": format!("smtp://{}@localhost:{}", crate::rig::smtp::USER, smtp.starttls.unwrap()),
            "password": format!("file:{}", password.display()),
        },
        "admin": { "token": format!("file:{}", token.display()) },
    });
    let place = Installation::new(&upstream.url(), &smtp, &changes);
    place.add_account(ALICE, PASSWORD, &[]).await;
    let mut gateway = place.start().await;
    let key = std::fs::read_to_string(place.folder.path().join("state/master.key")).unwrap();
    let process = format!("/proc/{}", gateway.process.id());
    for file in ["cmdline", "environ", "comm", "status"] {
        let shown = std::fs::read(format!("{process}/{file}")).unwrap();
        let shown = String::from_utf8_lossy(&shown);
        for secret in [crate::rig::smtp::PASSWORD, admin, PASSWORD, key.trim()] {
            assert!(!secret.is_empty() && !shown.contains(secret), "{file}: {shown}");
        }
    }
    assert!(gateway.stop().await.success());
}
