//! The proxy in this process, on real sockets, in front of a portal that records. Who is signed in is
//! said by the test: what is attacked here is what happens before and after that question.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::routing::{any, post};
use bytes::Bytes;
use doorward::base::client::{ClientAddr, UserAgent};
use doorward::base::clock::SystemClock;
use doorward::base::entropy::OsEntropy;
use doorward::base::id::{AccountId, DeviceId, RequestId, SessionId, TokenDigest};
use doorward::base::time::Timestamp;
use doorward::gateway::head::Malformed;
use doorward::gateway::pages::Pages;
use doorward::gateway::ports::{
    Attempt, Edge, Entry, Faces, IdentityField, Offered, Outage, Posts, Verdict, Visitor, Visits, Witness,
};
use doorward::gateway::settings::{
    AdminSetting, IdentityHeaders, IntakeLimits, ListenerSetting, Place, Require, RuleSetting, Settings,
    SiteSetting, UpstreamSetting,
};
use doorward::gateway::{Handle, Parts, assemble, listener};
use doorward::identity::assurance::Standing;
use doorward::identity::kept::SentForm;
use doorward::web::arrival::{Arrival, PublicSite};
use http::{HeaderMap, HeaderValue, Response};
use tokio::sync::watch;

use super::people::{self, Person};
use crate::rig::h2::H2;
use crate::rig::raw::{Answer, Raw};
use crate::rig::tls::{Authority, Trust};
use crate::rig::upstream::Upstream;
use crate::rig::wait::within;

/// A proxy in front of a portal.
pub struct Stage {
    pub up: Upstream,
    pub address: SocketAddr,
    pub host: String,
    pub sessions: Sessions,
    pub log: Log,
    pub handle: Handle,
    pub trust: Option<Trust>,
    stop: watch::Sender<bool>,
    served: tokio::task::JoinHandle<()>,
    _certificates: tempfile::TempDir,
}

/// Who is signed in, by cookie.
#[derive(Clone, Default)]
pub struct Sessions(Arc<Mutex<State>>);

#[derive(Default)]
struct State {
    people: BTreeMap<String, (Arc<Person>, watch::Sender<bool>)>,
    outage: bool,
}

/// What the proxy said happened.
#[derive(Clone, Default)]
pub struct Log(Arc<Mutex<Lines>>);

#[derive(Clone, Default, Debug)]
pub struct Lines {
    pub verdicts: Vec<(Verdict, Option<u16>, String)>,
    pub malformed: Vec<Malformed>,
    pub dropped: usize,
    pub crowded: usize,
}

impl Log {
    pub fn lines(&self) -> Lines {
        self.0.lock().unwrap().clone()
    }
}

impl Witness for Log {
    fn request(&self, entry: &Entry<'_>) {
        let path = String::from_utf8_lossy(entry.path).into_owned();
        self.0
            .lock()
            .unwrap()
            .verdicts
            .push((entry.verdict, entry.status, path));
    }

    fn malformed(&self, _: ClientAddr, why: Malformed) {
        self.0.lock().unwrap().malformed.push(why);
    }

    fn headers_dropped(&self, _: ClientAddr, _: RequestId, count: usize) {
        self.0.lock().unwrap().dropped += count;
    }

    fn crowded(&self, _: ClientAddr) {
        self.0.lock().unwrap().crowded += 1;
    }
}

impl Sessions {
    pub fn end(&self, name: &str) {
        if let Some((_, over)) = self.0.lock().unwrap().people.remove(name) {
            over.send_replace(true);
        }
    }

    pub fn set_outage(&self, outage: bool) {
        self.0.lock().unwrap().outage = outage;
    }

    fn sign_in(&self, name: &str, person: Person) {
        let entry = (Arc::new(person), watch::Sender::new(false));
        self.0.lock().unwrap().people.insert(name.to_owned(), entry);
    }
}

pub struct Guest {
    person: Arc<Person>,
    over: watch::Receiver<bool>,
}

impl Visitor for Guest {
    fn standing(&self) -> Standing<'_> {
        self.person.standing()
    }

    fn value(&self, field: IdentityField) -> Option<HeaderValue> {
        self.person.value(field)
    }

    fn used(&self, _: Timestamp) {}

    fn ended(&self) -> Pin<Box<dyn Future<Output = ()> + Send>> {
        let mut over = self.over.clone();
        Box::pin(async move {
            let _ = over.wait_for(|over| *over).await;
        })
    }
}

impl Visits for Sessions {
    type Visitor = Guest;

    fn recall(&self, _: &TokenDigest, _: &PublicSite, _: Timestamp) -> Option<Guest> {
        None
    }

    async fn recognise(&self, cookie: &str, _: &PublicSite, _: Timestamp) -> Result<Option<Guest>, Outage> {
        let state = self.0.lock().unwrap();
        if state.outage {
            return Err(Outage);
        }
        Ok(state.people.get(cookie).map(|(person, over)| Guest {
            person: Arc::clone(person),
            over: over.subscribe(),
        }))
    }
}

/// Keeps no forms.
struct NothingKept;

#[async_trait::async_trait]
impl Posts for NothingKept {
    fn limit(&self) -> Option<usize> {
        None
    }

    async fn knows(&self, _: &str, _: &PublicSite) -> Result<bool, Outage> {
        Ok(false)
    }

    async fn keep(&self, _: &str, _: SentForm) -> Result<bool, Outage> {
        Ok(false)
    }

    async fn offered(&self, _: &str, _: &PublicSite, _: &HeaderMap, _: &[u8]) -> Result<Offered, Outage> {
        Ok(Offered::Nothing)
    }

    async fn take(&self, _: &str, _: u64) -> Result<bool, Outage> {
        Ok(false)
    }

    async fn put_back(&self, _: &str, _: &PublicSite, _: &SentForm) -> Result<(), Outage> {
        Ok(())
    }
}

struct Words;

impl Faces for Words {
    fn page(&self, edge: Edge, arrival: &Arrival, _: Attempt<'_>) -> Response<Bytes> {
        Response::new(Bytes::from(format!(
            "<h1>{edge:?}</h1> {}",
            arrival.request.short()
        )))
    }
}

fn pages() -> Router {
    Router::new()
        .route("/_auth/sign-in", any(|| async { "sign in" }))
        .route("/_auth/echo", post(|body: String| async move { body }))
        .route("/.well-known/change-password", any(|| async { "change" }))
}

fn rule(path: &str, require: Require) -> RuleSetting {
    RuleSetting {
        path: path.to_owned(),
        from: Vec::new(),
        methods: Vec::new(),
        require,
        groups: Vec::new(),
        within: None,
        place: Place::default(),
    }
}

/// Rules as the cases of PATH have them: `/public/*` and `/healthz` require nothing, `/admin/*` a group.
pub fn rules() -> Vec<RuleSetting> {
    let admins = RuleSetting {
        groups: vec!["admins".to_owned()],
        ..rule("/admin/*", Require::Mfa)
    };
    vec![
        rule("/public/*", Require::Nothing),
        rule("/healthz", Require::Nothing),
        admins,
    ]
}

pub fn settings(up: &Upstream, address: SocketAddr, host: &str, secure: bool) -> Settings {
    let scheme = if secure { "https" } else { "http" };
    Settings {
        listeners: vec![ListenerSetting::plain(address)],
        trusted_proxies: Vec::new(),
        drain: std::time::Duration::from_secs(5),
        prefix: "/_auth".to_owned(),
        sites: vec![SiteSetting {
            host: host.to_owned(),
            origin: format!("{scheme}://{host}"),
            secure,
            upstream: UpstreamSetting::plain("127.0.0.1", up.address.port()),
            access: rules(),
            scripts: vec!["/api/*".to_owned()],
            redirects_to: Vec::new(),
            identity_headers: IdentityHeaders::default(),
        }],
        admin: AdminSetting::default(),
        limits: IntakeLimits::default(),
    }
}

impl Stage {
    /// A site `http://gw.test`, in the clear.
    pub async fn plain() -> Self {
        Self::with(false, |_| {}).await
    }

    /// A site `https://gw.test`, over TLS.
    pub async fn secure() -> Self {
        Self::with(true, |_| {}).await
    }

    pub async fn with(secure: bool, change: impl FnOnce(&mut Settings)) -> Self {
        let up = Upstream::start().await;
        let folder = tempfile::tempdir().unwrap();
        let host = "gw.test".to_owned();
        let mut settings = settings(&up, "127.0.0.1:0".parse().unwrap(), &host, secure);
        let authority = Authority::new();
        if secure {
            let issued = authority.issue(folder.path(), "gw", &[&host]);
            settings.listeners[0].certificates = vec![doorward::gateway::settings::CertificateFiles {
                certificate: issued.certificate,
                key: issued.key,
            }];
        }
        change(&mut settings);
        let (sessions, log) = (Sessions::default(), Log::default());
        people::sign_all_in(|name, person| sessions.sign_in(name, person));
        let parts = Parts {
            visits: Arc::new(sessions.clone()),
            posts: Arc::new(NothingKept),
            faces: Arc::new(Words),
            witness: Arc::new(log.clone()),
            pages: Pages::here(pages()),
            clock: Arc::new(SystemClock),
            form_body: 64 * 1024,
        };
        let (reception, handle) = assemble(&settings, parts, &OsEntropy).await.unwrap();
        let bound = listener::bind(&settings.listeners).unwrap();
        let address = bound[0].address();
        let (stop, stopped) = watch::channel(false);
        let served = tokio::spawn(reception.serve(bound, stopped));
        Self {
            up,
            address,
            host,
            sessions,
            log,
            handle,
            trust: secure.then(|| authority.trust()),
            stop,
            served,
            _certificates: folder,
        }
    }

    pub async fn raw(&self) -> Raw {
        match &self.trust {
            None => Raw::connect(self.address).await,
            Some(trust) => Raw::connect_tls(self.address, trust, &self.host, &["http/1.1"]).await,
        }
    }

    pub async fn h2(&self) -> H2 {
        let trust = self.trust.as_ref().expect("HTTP/2 is for TLS");
        let raw = Raw::connect_tls(self.address, trust, &self.host, &["h2"]).await;
        H2::over(raw, &format!("https://{}", self.host)).await
    }

    /// The `Cookie` line of somebody who is signed in.
    pub fn cookie(&self, name: &str) -> String {
        let prefix = if self.trust.is_some() { "__Host-" } else { "" };
        format!("Cookie: {prefix}doorward={name}\r\n")
    }

    /// One request on a connection of its own; `fields` are whole lines.
    pub async fn ask(&self, request_line: &str, fields: &str) -> Answer {
        self.send(&format!(
            "{request_line} HTTP/1.1\r\nHost: {}\r\n{fields}\r\n",
            self.host
        ))
        .await
    }

    pub async fn get(&self, target: &str, fields: &str) -> Answer {
        self.ask(&format!("GET {target}"), fields).await
    }

    pub async fn send(&self, bytes: impl AsRef<[u8]>) -> Answer {
        self.raw().await.send(bytes).await.answer().await
    }

    /// LOGIN: a page load is sent to the sign-in, anything else gets 401; nothing reaches the portal.
    pub async fn expect_login(&self, request_line: &str, fields: &str) {
        let before = self.up.hits();
        let page = self
            .ask(request_line, &format!("Accept: text/html\r\n{fields}"))
            .await;
        assert_eq!(page.status, 303, "{request_line}: {page:?}");
        assert!(
            page.location().starts_with("/_auth/sign-in?next=%2F")
                || page.location().starts_with("/_auth/sign-in?next=/"),
            "{page:?}"
        );
        assert_eq!(page.header("cache-control"), Some("no-store"));
        let script = self.ask(request_line, fields).await;
        assert_eq!(script.status, 401, "{request_line}: {script:?}");
        assert_eq!(script.header("cache-control"), Some("no-store"));
        assert_eq!(self.up.hits(), before, "{request_line} reached the portal");
    }

    /// R400: refused, closed, nothing reaches the portal.
    pub async fn expect_refused(&self, bytes: impl AsRef<[u8]>, statuses: &[u16]) {
        let bytes = bytes.as_ref();
        let shown = String::from_utf8_lossy(bytes).into_owned();
        let before = self.up.hits();
        let mut raw = self.raw().await;
        raw.send(bytes).await;
        let answer = raw.answer().await;
        assert!(statuses.contains(&answer.status), "{shown:?}: {answer:?}");
        assert!(answer.closes(), "{shown:?}: {answer:?}");
        assert!(raw.is_closed().await, "{shown:?}: something follows");
        assert_eq!(self.up.hits(), before, "{shown:?} reached the portal");
        assert_eq!(answer.header("server"), None, "{shown:?}");
        assert_eq!(
            answer.header("x-content-type-options"),
            Some("nosniff"),
            "{shown:?}: {answer:?}"
        );
    }

    /// Stops, and waits until all is over.
    pub async fn stop(self) {
        self.stop.send_replace(true);
        within("the end of the proxy", self.served).await.unwrap();
    }
}

/// Names that sessions and accounts of a test need.
pub fn drawn() -> (SessionId, AccountId, DeviceId, UserAgent) {
    let entropy = &OsEntropy;
    (
        SessionId::draw(entropy),
        AccountId::draw(entropy),
        DeviceId::draw(entropy),
        UserAgent::read("Firefox/1 Linux"),
    )
}
