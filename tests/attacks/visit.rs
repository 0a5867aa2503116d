//! People on a whole gateway: half way in, all the way in, on a device that is trusted; and the one way
//! in which everybody else is turned away.

use std::time::Duration;

use doorward::base::language::Language;
use doorward::base::time::Timestamp;
use doorward::identity::factor::recovery::{RecoveryCode, RecoverySet};
use doorward::service::admin::Operator;
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::rig::authenticator::Authenticator;
use crate::rig::binary::free_address;
use crate::rig::client::{Client, Page};
use crate::rig::gateway::{PASSWORD, Rig};
use crate::rig::tls::{Authority, Trust};
use crate::rig::upstream::Upstream;
use crate::rig::walk;

pub const ALICE: &str = "alice@example.com";
pub const BOB: &str = "bob@example.com";

pub const SESSION: &str = "doorward";
pub const FLOW: &str = "doorward-flow";
pub const DEVICE: &str = "doorward-device";
pub const KNOWN: &str = "doorward-known";

/// A gateway where alice has an app.
pub async fn with_alice() -> (Rig, Authenticator) {
    with_alice_and(&json!({})).await
}

/// … and these changes to its configuration.
pub async fn with_alice_and(changes: &Value) -> (Rig, Authenticator) {
    let rig = Rig::with(changes).await;
    rig.add(ALICE).await;
    let app = rig.give_app(ALICE).await;
    (rig, app)
}

/// The same site on https, behind something on this machine that ends TLS; and a browser for it.
pub async fn on_https(rig: &mut Rig) -> Client {
    let upstream = rig.up.url();
    rig.reload(&json!({ "sites": [{ "url": "https://portal.test", "upstream": upstream }] }))
        .await;
    Client::new("https://portal.test", rig.app.addresses[0])
}

/// The same site with these rules.
pub async fn with_rules(rig: &mut Rig, access: Value) {
    let (url, upstream) = (rig.place.origin.clone(), rig.up.url());
    rig.reload(&json!({ "sites": [{ "url": url, "upstream": upstream, "access": access }] }))
        .await;
}

/// A gateway that ends TLS itself, and redirects from another port.
pub struct OnTls {
    pub rig: Rig,
    /// The portal; `rig.up` is not in use here.
    pub up: Upstream,
    pub trust: Trust,
    _certificates: TempDir,
}

impl OnTls {
    pub async fn start() -> Self {
        let (up, authority) = (Upstream::start().await, Authority::new());
        let folder = TempDir::new().unwrap();
        let issued = authority.issue(folder.path(), "gw", &["localhost"]);
        let (tls, plain) = (free_address(), free_address());
        let rig = Rig::with(&json!({
            "listen": [
                { "address": tls, "tls": [{ "certificate": issued.certificate, "key": issued.key }] },
                { "address": plain, "redirect_to_https": true },
            ],
            "sites": [{ "url": format!("https://localhost:{}", tls.port()), "upstream": up.url() }],
        }))
        .await;
        Self {
            rig,
            up,
            trust: authority.trust(),
            _certificates: folder,
        }
    }

    pub fn client(&self) -> Client {
        self.rig.client().trusting(self.trust.clone())
    }
}

/// Goes on from a page of the portal to the page after the password.
pub async fn after_password(client: &mut Client, email: &str, password: &str) -> Page {
    let page = client.open("/").await.expect("sign-in");
    walk::give_password(client, &page, email, password).await
}

/// P(x): half way in, after the right password only, of somebody with an app.
pub async fn half_way(rig: &Rig, email: &str) -> (Client, Page) {
    let mut client = rig.client();
    let page = after_password(&mut client, email, PASSWORD)
        .await
        .expect("code-app");
    (client, page)
}

/// Password and a fresh code from the app; the trust question.
pub async fn up_to_trust(rig: &Rig, client: &mut Client, email: &str, app: &Authenticator) -> Page {
    // Each of the app's codes works once.
    rig.advance(Duration::from_secs(30));
    let page = after_password(client, email, PASSWORD).await.expect("code-app");
    walk::give_app_code(client, &page, &rig.code_of(app))
        .await
        .expect("trust")
}

/// S(x): password and app, the device not trusted.
pub async fn signed_in(rig: &Rig, email: &str, app: &Authenticator) -> Client {
    let mut client = rig.client();
    let page = up_to_trust(rig, &mut client, email, app).await;
    walk::answer_trust(&mut client, &page, false).await;
    client
}

/// S(x) and T(x): password and app, the device trusted.
pub async fn trusted(rig: &Rig, email: &str, app: &Authenticator) -> Client {
    let mut client = rig.client();
    let page = up_to_trust(rig, &mut client, email, app).await;
    let page = walk::answer_trust(&mut client, &page, true).await;
    assert_eq!(page.status, 200, "{}", page.text());
    assert!(client.jar.get(DEVICE).is_some());
    client
}

/// A new browser with nothing but these of `client`'s cookies.
pub fn with_only(rig: &Rig, client: &Client, names: &[&str]) -> Client {
    let mut other = rig.client();
    for name in names {
        let value = client.jar.get(name).unwrap_or_else(|| panic!("no cookie {name}"));
        other.jar.set(name, value);
    }
    other
}

/// A new browser with this session cookie.
pub fn presenting(rig: &Rig, value: &str) -> Client {
    let mut client = rig.client();
    client.jar.set(SESSION, value);
    client
}

/// LOGIN: a page load is sent to the sign-in, a script gets 401; nothing reaches the portal.
#[track_caller]
pub fn expect_login<'a>(rig: &'a Rig, client: &Client) -> impl Future<Output = ()> + use<'a> {
    let caller = std::panic::Location::caller();
    let mut client = client.clone();
    async move {
        let before = rig.up.hits();
        let page = client.get("/").await;
        assert_eq!(page.status, 303, "at {caller}: {}", page.text());
        assert!(
            page.location().starts_with("/_auth/sign-in"),
            "at {caller}: {page:?}"
        );
        assert_eq!(page.header("cache-control"), Some("no-store"), "at {caller}");
        let script = client.fetch("/").await;
        assert_eq!(script.status, 401, "at {caller}: {}", script.text());
        assert_eq!(script.header("cache-control"), Some("no-store"), "at {caller}");
        assert_eq!(rig.up.hits(), before, "at {caller}: the portal was reached");
    }
}

/// The portal is reached.
#[track_caller]
pub fn expect_served<'a>(rig: &'a Rig, client: &Client) -> impl Future<Output = ()> + use<'a> {
    let caller = std::panic::Location::caller();
    let mut client = client.clone();
    async move {
        let before = rig.up.hits();
        let page = client.get("/").await;
        assert_eq!(
            (page.status, page.text().as_str()),
            (200, "portal: GET /\n"),
            "at {caller}"
        );
        assert_eq!(rig.up.hits(), before + 1, "at {caller}");
    }
}

/// Gives the account recovery codes, as if they had been saved; as they were printed.
pub async fn give_recovery_codes(rig: &Rig, email: &str, count: usize) -> Vec<String> {
    let codes: Vec<RecoveryCode> = (0..count).map(|_| RecoveryCode::draw(&rig.entropy)).collect();
    let account = rig.account(email).await;
    let set = RecoverySet::keep(&codes, account.id, &rig.app.desk.keys, rig.now());
    rig.change(email, |account| account.recovery = Some(set)).await;
    codes.iter().map(RecoveryCode::printed).collect()
}

/// Types a recovery code, half way in; what follows.
pub async fn give_recovery_code(client: &mut Client, code: &str) -> Page {
    let page = client.open("/_auth/code/recovery").await.expect("code-recovery");
    let form = page.form("/_auth/code/recovery").set("recovery_code", code);
    client.submit_and_follow(&page, &form).await
}

/// The audit trail of an account, oldest first.
pub async fn events(rig: &Rig, email: &str) -> Vec<Value> {
    let id = rig.account(email).await.id;
    let beginning = Timestamp::from_unix_seconds(0);
    let stored = rig.app.desk.store.events(Some(id), beginning, 100_000).await;
    let mut events: Vec<Value> = stored
        .unwrap()
        .iter()
        .map(|it| serde_json::from_str(&it.line).unwrap())
        .collect();
    events.sort_by_key(|it| it["at"].as_i64());
    events
}

/// How many events of one name there are.
pub async fn count_events(rig: &Rig, email: &str, name: &str) -> usize {
    let events = events(rig, email).await;
    events.iter().filter(|it| it["event"] == name).count()
}

/// Support, at the command line.
pub fn operator() -> Operator {
    Operator {
        name: "root".to_owned(),
        reason: Some("asked for on the phone".to_owned()),
        site_url: "http://localhost".to_owned(),
        language: Language::parse("en").unwrap(),
    }
}

/// Proves on the confirm page whatever it asks for; what follows. Goes on at once from any other page.
pub async fn confirmed(rig: &Rig, client: &mut Client, page: Page, app: &Authenticator) -> Page {
    if page.name().as_deref() != Some("confirm") {
        return page;
    }
    // Each of the app's codes works once.
    rig.advance(Duration::from_secs(30));
    let mut form = page.form("/_auth/confirm");
    for (field, typed) in [("password", PASSWORD), ("code", &rig.code_of(app))] {
        if form.value(field).is_some() {
            form = form.set(field, typed);
        }
    }
    client.submit_and_follow(&page, &form).await
}

/// Changes the password on its page; the page after that.
pub async fn change_password(
    rig: &Rig,
    client: &mut Client,
    app: &Authenticator,
    old: &str,
    new: &str,
) -> Page {
    let page = client.open("/_auth/account/password").await;
    let page = confirmed(rig, client, page, app).await.expect("account-password");
    let form = page
        .form("/_auth/account/password")
        .set("current_password", old)
        .set("new_password", new);
    client.submit_and_follow(&page, &form).await
}

/// The token that forms of this browser's session carry.
pub async fn token_of(client: &mut Client) -> String {
    let page = client
        .open("/_auth/account/devices")
        .await
        .expect("account-devices");
    let forms = page.html().forms();
    let token = forms.iter().find_map(|it| it.value("csrf"));
    token.expect("a form with a token").to_owned()
}
