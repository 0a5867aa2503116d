//! The gateway in this process: the same code on real sockets, SQLite on disk and a real mail server,
//! with a clock that the test turns.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use doorward::app::{App, StartError, World};
use doorward::base::clock::{Clock, SystemClock};
use doorward::base::entropy;
use doorward::base::id::{AccountId, AppId};
use doorward::base::seal::Purpose;
use doorward::base::time::Timestamp;
use doorward::config::{self, Machine};
use doorward::identity::account::{Account, EmailAddress, Group, Password};
use doorward::identity::factor::totp;
use doorward::identity::password::{self, Typed};
use doorward::identity::settings::HashCost;
use doorward::store::{Change, Versioned};
use serde_json::{Value, json};
use tempfile::TempDir;

use super::authenticator::Authenticator;
use super::binary::{Installation, free_address, merge};
use super::client::Client;
use super::clock::{HandClock, SeededEntropy};
use super::h2::H2;
use super::raw::Raw;
use super::smtp::Smtp;
use super::tls::Authority;
use super::upstream::Upstream;
use super::walk;

/// The password of every account that [`Rig::add`] makes.
pub const PASSWORD: &str = "a long password for tests";

/// A gateway before a portal that records.
pub struct Rig {
    pub app: App,
    pub clock: HandClock,
    pub entropy: SeededEntropy,
    pub up: Upstream,
    pub smtp: Smtp,
    pub place: Installation,
    /// Where the site is served over TLS: who issued its certificate, and where it lies.
    pub tls: Option<Tls>,
}

/// Another node: the same portal, mail server and clock, a configuration and an address of its own.
pub struct Node {
    pub app: App,
    pub place: Installation,
}

impl Node {
    /// A new browser profile at the first site, as this node serves it.
    pub fn client(&self) -> Client {
        Client::new(&self.place.origin, self.app.addresses[0])
    }

    /// The same browser, whose next request a balancer sends here.
    pub fn takes(&self, client: &Client) -> Client {
        let mut moved = self.client();
        moved.jar = client.jar.clone();
        moved
    }
}

/// The site's certificate.
pub struct Tls {
    pub authority: Authority,
    pub folder: TempDir,
}

/// The site of a rig with TLS.
pub const SECURE_ORIGIN: &str = "https://portal.test";

impl Rig {
    /// With the configuration of [`Installation::new`].
    pub async fn start() -> Self {
        Self::with(&json!({})).await
    }

    /// … and these changes to it.
    pub async fn with(changes: &Value) -> Self {
        Self::assemble(changes, None, HandClock::new()).await
    }

    /// … and the clock at this time.
    pub async fn at(now: Timestamp, changes: &Value) -> Self {
        Self::assemble(changes, None, HandClock::at(now)).await
    }

    /// … and the site at [`SECURE_ORIGIN`], over TLS, HTTP/1.1 and HTTP/2.
    pub async fn with_tls(changes: &Value) -> Self {
        let (authority, folder) = (Authority::new(), TempDir::new().unwrap());
        let issued = authority.issue(folder.path(), "portal", &["portal.test"]);
        let mut all = json!({
            "listen": [{
                "address": free_address().to_string(),
                "tls": [{ "certificate": issued.certificate, "key": issued.key }],
            }],
            "sites": [{ "url": SECURE_ORIGIN }],
        });
        merge(&mut all, changes);
        Self::assemble(&all, Some(Tls { authority, folder }), HandClock::new()).await
    }

    async fn assemble(changes: &Value, tls: Option<Tls>, clock: HandClock) -> Self {
        let up = Upstream::start().await;
        let smtp = Smtp::start().await;
        let mut changes = changes.clone();
        // A list replaces a list; a site that names no portal gets this one.
        let sites = changes.get_mut("sites").and_then(Value::as_array_mut);
        for site in sites.into_iter().flatten() {
            let site = site.as_object_mut().unwrap();
            site.entry("upstream").or_insert_with(|| up.url().into());
        }
        let place = Installation::new(&up.url(), &smtp, &changes);
        let entropy = SeededEntropy::new(7);
        let app = start_app(&place, &clock, &entropy).await;
        Self {
            app,
            clock,
            entropy,
            up,
            smtp,
            place,
            tls,
        }
    }

    /// Another node with these changes to its configuration; they say where the store is.
    pub async fn beside(&self, changes: &Value) -> Node {
        let place = Installation::new(&self.up.url(), &self.smtp, changes);
        let app = start_app(&place, &self.clock, &SeededEntropy::new(8)).await;
        Node { app, place }
    }

    /// The same, on a machine with a clock of its own.
    pub async fn beside_with_clock(&self, changes: &Value, clock: &HandClock) -> Node {
        let place = Installation::new(&self.up.url(), &self.smtp, changes);
        let machine = Arc::new(clock.clone());
        let app = start_app_on_machine(settings(&place), clock, &SeededEntropy::new(9), machine).await;
        Node { app, place }
    }

    /// Stops the gateway and starts it again on what it has kept.
    pub async fn restart(mut self) -> Self {
        self.app.stop().await;
        self.app = start_app(&self.place, &self.clock, &self.entropy).await;
        self
    }

    /// A second node for the same site on the same state, whose clock is this far ahead; and that clock.
    pub async fn node_ahead(&self, ahead: Duration) -> (App, HandClock) {
        let clock = HandClock::at(self.clock.now().plus(ahead));
        let (path, _) = self.place.write_config_beside();
        let app = start_app_on(settings_in(&path), &clock, &self.entropy).await;
        (app, clock)
    }

    /// Stops the gateway, has something done to what it has kept, and starts it again.
    pub async fn restart_after(self, change: impl AsyncFnOnce(&Installation, Timestamp)) -> Self {
        let Self {
            app,
            clock,
            entropy,
            up,
            smtp,
            place,
            tls,
        } = self;
        app.stop().await;
        drop(app);
        change(&place, clock.now()).await;
        let app = start_app(&place, &clock, &entropy).await;
        Self {
            app,
            clock,
            entropy,
            up,
            smtp,
            place,
            tls,
        }
    }

    /// Changes the configuration and has it read again, as SIGHUP does.
    pub async fn reload(&mut self, changes: &Value) {
        merge(&mut self.place.config, changes);
        self.place.write_config();
        self.app.reload(settings(&self.place)).await.unwrap();
        hash_cheaply(&self.app);
    }

    /// Adds an account with [`PASSWORD`].
    pub async fn add(&self, email: &str) -> AccountId {
        self.add_with(email, |_| {}).await
    }

    /// … in these groups.
    pub async fn add_in(&self, email: &str, groups: &[&str]) -> AccountId {
        let groups = groups.iter().map(|it| Group::parse(it).unwrap()).collect();
        self.add_with(email, |account| account.groups = groups).await
    }

    /// … changed by `change` before it is stored.
    pub async fn add_with(&self, email: &str, change: impl FnOnce(&mut Account)) -> AccountId {
        let now = self.clock.now();
        let id = AccountId::draw(&self.entropy);
        let mut account = Account::new(id, EmailAddress::parse(email).unwrap(), now);
        let cost = self.app.desk.rules.load().passwords.hash;
        let hash = password::hash(&Typed::new(PASSWORD).unwrap(), cost, &self.entropy).unwrap();
        account.password = Some(Password { hash, changed: now });
        change(&mut account);
        self.app
            .desk
            .commit(vec![Change::CreateAccount(account)], now)
            .await
            .unwrap();
        id
    }

    /// The account as it is stored now.
    pub async fn account(&self, email: &str) -> Account {
        self.stored(email).await.value
    }

    /// Changes the stored account behind the pages' back.
    pub async fn change(&self, email: &str, change: impl FnOnce(&mut Account)) {
        let Versioned { mut value, version } = self.stored(email).await;
        change(&mut value);
        let changes = vec![Change::ReplaceAccount(value, version)];
        self.app.desk.commit(changes, self.clock.now()).await.unwrap();
    }

    /// Gives the account an authenticator app, as if it had been set up.
    pub async fn give_app(&self, email: &str) -> Authenticator {
        let secret = entropy::bytes::<20>(&self.entropy);
        let id = self.account(email).await.id;
        let keys = &self.app.desk.keys;
        let app = totp::App {
            id: AppId::draw(&self.entropy),
            name: "Phone".to_owned(),
            sealed: keys
                .seal(Purpose::AppSecret, id.as_bytes(), &secret, &self.entropy)
                .unwrap(),
            added: self.clock.now(),
            last_used: None,
            spent: None,
        };
        self.change(email, |account| account.apps.push(app)).await;
        Authenticator {
            secret: secret.to_vec(),
        }
    }

    async fn stored(&self, email: &str) -> Versioned<Account> {
        let email = EmailAddress::parse(email).unwrap();
        let found = self.app.desk.store.account_by_email(&email).await.unwrap();
        found.expect("an account")
    }

    /// A new browser profile at the first site.
    pub fn client(&self) -> Client {
        let client = Client::new(&self.place.origin, self.app.addresses[0]);
        match &self.tls {
            Some(tls) => client.trusting(tls.authority.trust()),
            None => client,
        }
    }

    /// An HTTP/2 connection to the site, which must have TLS.
    pub async fn h2(&self) -> H2 {
        let trust = self.tls.as_ref().expect("a rig with TLS").authority.trust();
        let raw = Raw::connect_tls(self.app.addresses[0], &trust, "portal.test", &["h2"]).await;
        H2::over(raw, SECURE_ORIGIN).await
    }

    /// A browser profile that went the whole way in: password, email code, device not trusted.
    pub async fn signed_in(&self, email: &str) -> Client {
        let mut client = self.client();
        walk::sign_in(&mut client, &self.smtp, "/", email, PASSWORD).await;
        client
    }

    /// What an app shows now.
    pub fn code_of(&self, app: &Authenticator) -> String {
        app.code(self.clock.now())
    }

    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }

    pub fn advance(&self, by: Duration) {
        self.clock.advance(by);
    }
}

/// Has a gateway read its configuration again as it is by now.
pub async fn reload(app: &App, place: &Installation) -> Result<(), StartError> {
    let done = app.reload(settings(place)).await;
    hash_cheaply(app);
    done
}

fn settings(place: &Installation) -> config::Settings {
    settings_in(&place.config_path())
}

fn settings_in(file: &Path) -> config::Settings {
    let loaded = config::load(file, &Machine);
    loaded
        .unwrap_or_else(|report| panic!("the configuration was refused: {report:?}"))
        .settings
}

async fn start_app(place: &Installation, clock: &HandClock, entropy: &SeededEntropy) -> App {
    start_app_on(settings(place), clock, entropy).await
}

async fn start_app_on(settings: config::Settings, clock: &HandClock, entropy: &SeededEntropy) -> App {
    start_app_on_machine(settings, clock, entropy, Arc::new(SystemClock)).await
}

/// … of a machine whose clock shows something else.
async fn start_app_on_machine(
    settings: config::Settings,
    clock: &HandClock,
    entropy: &SeededEntropy,
    machine_clock: Arc<dyn Clock>,
) -> App {
    // What a test that fails wants to know; the second time it is set already.
    let _ = tracing_subscriber::fmt()
        .with_max_level(tracing::Level::WARN)
        .with_test_writer()
        .try_init();
    // As the program does it first of all; a second time it is set already.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let world = World {
        clock: Arc::new(clock.clone()),
        machine_clock,
        entropy: Arc::new(entropy.clone()),
        log: None,
        roots: Vec::new(),
        pages_on: None,
    };
    // Boxed: with it in every future that starts a rig, a test's stack is soon too small.
    let app = Box::pin(App::start(settings, world)).await.unwrap();
    hash_cheaply(&app);
    app
}

/// Hashes that cost next to nothing: what is tested here is not argon2. The configuration allows no
/// such numbers.
fn hash_cheaply(app: &App) {
    let mut rules = app.desk.rules.load().as_ref().clone();
    rules.passwords.hash = HashCost {
        memory: 64 * 1024,
        passes: 1,
        lanes: 1,
    };
    app.desk.rules.store(Arc::new(rules));
}
