//! The gateway in this process: the same code on real sockets, SQLite on disk and a real mail server,
//! with a clock that the test turns.

use std::sync::Arc;
use std::time::Duration;

use doorward::app::{App, World};
use doorward::base::clock::Clock as _;
use doorward::base::id::AccountId;
use doorward::config::{self, Machine};
use doorward::identity::account::{Account, EmailAddress, Group, Password};
use doorward::identity::password::{self, Typed};
use doorward::store::Change;
use serde_json::{Value, json};

use super::binary::Installation;
use super::client::Client;
use super::clock::{HandClock, SeededEntropy};
use super::smtp::Smtp;
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
}

impl Rig {
    /// With the configuration of [`Installation::new`].
    pub async fn start() -> Self {
        Self::with(&json!({})).await
    }

    /// … and these changes to it.
    pub async fn with(changes: &Value) -> Self {
        let up = Upstream::start().await;
        let smtp = Smtp::start().await;
        let place = Installation::new(&up.url(), &smtp, changes);
        let (clock, entropy) = (HandClock::new(), SeededEntropy::new(7));
        let app = start_app(&place, &clock, &entropy).await;
        Self {
            app,
            clock,
            entropy,
            up,
            smtp,
            place,
        }
    }

    /// Stops the gateway and starts it again on what it has kept.
    pub async fn restart(self) -> Self {
        let Self {
            app,
            clock,
            entropy,
            up,
            smtp,
            place,
        } = self;
        app.stop().await;
        drop(app);
        let app = start_app(&place, &clock, &entropy).await;
        Self {
            app,
            clock,
            entropy,
            up,
            smtp,
            place,
        }
    }

    /// Changes the configuration and has it read again, as SIGHUP does.
    pub async fn reload(&mut self, changes: &Value) {
        super::binary::merge(&mut self.place.config, changes);
        self.place.write_config();
        self.app.reload(settings(&self.place)).await.unwrap();
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
        let cost = self.app.settings().identity.passwords.hash;
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
        let email = EmailAddress::parse(email).unwrap();
        self.app
            .desk
            .store
            .account_by_email(&email)
            .await
            .unwrap()
            .expect("an account")
            .value
    }

    /// A new browser profile at the first site.
    pub fn client(&self) -> Client {
        Client::new(&self.place.origin, self.app.addresses[0])
    }

    /// A browser profile that went the whole way in: password, email code, device not trusted.
    pub async fn signed_in(&self, email: &str) -> Client {
        let mut client = self.client();
        walk::sign_in(&mut client, &self.smtp, "/", email, PASSWORD).await;
        client
    }

    pub fn advance(&self, by: Duration) {
        self.clock.advance(by);
    }
}

fn settings(place: &Installation) -> config::Settings {
    let loaded = config::load(&place.config_path(), &Machine);
    loaded
        .unwrap_or_else(|report| panic!("the configuration was refused: {report:?}"))
        .settings
}

async fn start_app(place: &Installation, clock: &HandClock, entropy: &SeededEntropy) -> App {
    // As the program does it first of all; a second time it is set already.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let world = World {
        clock: Arc::new(clock.clone()),
        entropy: Arc::new(entropy.clone()),
        log: None,
        mail_roots: Vec::new(),
    };
    App::start(settings(place), world).await.unwrap()
}
