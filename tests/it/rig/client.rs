//! A browser without a screen: keeps cookies, follows redirects, fills in forms.
//!
//! Each request goes over a connection of its own, so that no answer can leak into the next; where what
//! a browser costs is measured, over one that is kept, as browsers do it.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::ops::Deref;
use std::sync::Arc;

use tokio::sync::Mutex;
use tokio_tungstenite::WebSocketStream;

use super::html::{Form, Html};
use super::raw::{Answer, Duplex, Raw};
use super::tls::Trust;

/// A browser's `User-Agent`, unless a test sets another.
const USER_AGENT: &str = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";

/// One browser profile, at one site.
#[derive(Clone)]
pub struct Client {
    address: SocketAddr,
    trust: Option<Trust>,
    /// The site's origin, as its configuration has it: `https://portal.test`.
    pub origin: String,
    pub jar: Jar,
    pub user_agent: String,
    pub language: Option<String>,
    /// Sent as `X-Forwarded-For`, as a trusted proxy in front of the gateway does it.
    pub forwarded_for: Option<String>,
    kept: Option<Arc<Mutex<Option<Raw>>>>,
}

/// A page and where it is.
#[derive(Clone, Debug)]
pub struct Page {
    pub answer: Answer,
    pub path: String,
}

impl Deref for Page {
    type Target = Answer;

    fn deref(&self) -> &Answer {
        &self.answer
    }
}

impl Page {
    pub fn html(&self) -> Html {
        Html::read(&self.answer.text())
    }

    /// The page's name; `None` where it is none of the gateway's.
    pub fn name(&self) -> Option<String> {
        self.html().page().map(str::to_owned)
    }

    /// Fails the test, showing the page's words, unless it is this page.
    #[track_caller]
    pub fn expect(self, name: &str) -> Self {
        let html = self.html();
        let (status, path) = (self.status, &self.path);
        assert_eq!(html.page(), Some(name), "{status} {path}: {}", html.words());
        self
    }

    /// The form for `path` that has this button, with the button pressed.
    pub fn press(&self, path: &str, name: &str, value: &str) -> Form {
        let forms = self.html().forms();
        let with_button = |it: &&Form| {
            it.action.split('?').next() == Some(path)
                && it.buttons.iter().any(|it| it.0 == name && it.1 == value)
        };
        let found = forms.iter().find(with_button);
        let form = found.unwrap_or_else(|| panic!("no button {name}={value} for {path}: {forms:?}"));
        form.clone().press(name, value)
    }

    /// The form that has this field.
    #[track_caller]
    pub fn forms_with(&self, field: &str) -> Form {
        let forms = self.html().forms();
        let found = forms.into_iter().find(|it| it.value(field).is_some());
        found.unwrap_or_else(|| panic!("no form with {field}: {}", self.text()))
    }

    /// The form that has this button, pressed.
    #[track_caller]
    pub fn pressing(&self, name: &str, value: &str) -> Form {
        let forms = self.html().forms();
        let has = |form: &Form| form.buttons.iter().any(|it| it.0 == name && it.1 == value);
        let found = forms.into_iter().find(has);
        found
            .unwrap_or_else(|| panic!("no button {name}={value}: {}", self.text()))
            .press(name, value)
    }

    /// The first form that is sent to `path`.
    pub fn form(&self, path: &str) -> Form {
        self.html().form(path)
    }
}

impl Client {
    /// A new profile for the site with this origin, whose gateway listens on `address`.
    pub fn new(origin: &str, address: SocketAddr) -> Self {
        Self {
            address,
            trust: None,
            origin: origin.trim_end_matches('/').to_owned(),
            jar: Jar::default(),
            user_agent: USER_AGENT.to_owned(),
            language: None,
            forwarded_for: None,
            kept: None,
        }
    }

    /// … that keeps its connection from one request to the next.
    #[must_use]
    pub fn keeping_alive(mut self) -> Self {
        self.kept = Some(Arc::default());
        self
    }

    /// … over TLS, trusting this authority.
    #[must_use]
    pub fn trusting(mut self, trust: Trust) -> Self {
        self.trust = Some(trust);
        self
    }

    /// The site's host, as the `Host` field carries it.
    pub fn host(&self) -> &str {
        self.origin
            .split_once("://")
            .map_or(self.origin.as_str(), |it| it.1)
    }

    /// A connection to the gateway, to send by hand.
    pub async fn connect(&self) -> Raw {
        match &self.trust {
            Some(trust) => {
                let name = self.host().split(':').next().unwrap();
                Raw::connect_tls(self.address, trust, name, &["http/1.1"]).await
            }
            None => Raw::connect(self.address).await,
        }
    }

    /// Loads a page as a person does, without following where it leads.
    pub async fn get(&mut self, path: &str) -> Page {
        let fields = [
            ("Accept", "text/html,application/xhtml+xml;q=0.9,*/*;q=0.8"),
            ("Sec-Fetch-Mode", "navigate"),
            ("Sec-Fetch-Dest", "document"),
            ("Sec-Fetch-Site", "same-origin"),
        ];
        self.send("GET", path, &fields, b"").await
    }

    /// Loads a page and follows where it leads.
    pub async fn open(&mut self, path: &str) -> Page {
        let page = self.get(path).await;
        self.follow(page).await
    }

    /// Sends a form, without following where it leads.
    pub async fn post(&mut self, path: &str, body: &str) -> Page {
        let origin = self.origin.clone();
        let fields = [
            ("Accept", "text/html,application/xhtml+xml;q=0.9,*/*;q=0.8"),
            ("Content-Type", "application/x-www-form-urlencoded"),
            ("Origin", origin.as_str()),
            ("Sec-Fetch-Mode", "navigate"),
            ("Sec-Fetch-Dest", "document"),
            ("Sec-Fetch-Site", "same-origin"),
        ];
        self.send("POST", path, &fields, body.as_bytes()).await
    }

    /// Sends a filled-in form of `page`, without following where it leads.
    pub async fn submit(&mut self, page: &Page, form: &Form) -> Page {
        assert_eq!(form.method, "post", "only forms that POST are expected: {form:?}");
        let path = self.resolve(&page.path, &form.action);
        self.post(&path, &form.encoded()).await
    }

    /// Sends a filled-in form of `page` and follows where it leads.
    pub async fn submit_and_follow(&mut self, page: &Page, form: &Form) -> Page {
        let next = self.submit(page, form).await;
        self.follow(next).await
    }

    /// Follows redirects to their end. Leaving the site fails the test.
    pub async fn follow(&mut self, mut page: Page) -> Page {
        for _ in 0..10 {
            if !matches!(page.status, 301 | 302 | 303 | 307 | 308) {
                return page;
            }
            let path = self.resolve(&page.path, page.location());
            page = self.get(&path).await;
        }
        panic!("redirected in circles at {}", page.path);
    }

    /// Asks as a script does: no page load.
    pub async fn fetch(&mut self, path: &str) -> Page {
        let fields = [
            ("Accept", "application/json"),
            ("Sec-Fetch-Mode", "cors"),
            ("Sec-Fetch-Site", "same-origin"),
        ];
        self.send("GET", path, &fields, b"").await
    }

    /// Opens a WebSocket; where there is none, the answer that came instead.
    pub async fn websocket(
        &mut self,
        path: &str,
        origin: Option<&str>,
    ) -> Result<WebSocketStream<Box<dyn Duplex>>, Answer> {
        let mut fields = vec![
            ("Connection", "Upgrade"),
            ("Upgrade", "websocket"),
            ("Sec-WebSocket-Version", "13"),
            ("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ=="),
        ];
        fields.extend(origin.map(|it| ("Origin", it)));
        let mut raw = self.connect().await;
        raw.send(self.head("GET", path, &fields)).await;
        let answer = raw.answer().await;
        if answer.status != 101 {
            return Err(answer);
        }
        Ok(raw.into_websocket().await)
    }

    /// Opens an event stream (or anything long): its head, and the connection that goes on.
    pub async fn stream(&mut self, path: &str) -> (Answer, Raw) {
        let mut raw = self.connect().await;
        raw.send(self.head("GET", path, &[("Accept", "text/event-stream")]))
            .await;
        let head = raw.head().await;
        (head, raw)
    }

    /// Sends any request with the profile's cookies, and takes the cookies of its answer.
    pub async fn send(&mut self, method: &str, path: &str, fields: &[(&str, &str)], body: &[u8]) -> Page {
        let length = body.len().to_string();
        let mut fields = fields.to_vec();
        if self.kept.is_none() {
            fields.push(("Connection", "close"));
        }
        if !body.is_empty() || matches!(method, "POST" | "PUT" | "PATCH") {
            fields.push(("Content-Length", &length));
        }
        let request = [self.head(method, path, &fields).as_bytes(), body].concat();
        // Boxed: walks of many steps hold many of these, and a test's stack is small.
        let answer = Box::pin(async {
            let mut kept = match &self.kept {
                Some(kept) => Some(kept.lock().await),
                None => None,
            };
            let mut raw = match kept.as_mut().and_then(|kept| kept.take()) {
                Some(raw) => raw,
                None => self.connect().await,
            };
            raw.send(request).await;
            let answer = match method {
                "HEAD" => raw.answer_to_head().await,
                _ => raw.answer().await,
            };
            if let Some(kept) = &mut kept
                && !answer.closes()
            {
                **kept = Some(raw);
            }
            answer
        })
        .await;
        self.jar.take(&answer);
        Page {
            answer,
            path: path.to_owned(),
        }
    }

    /// A request's head with the profile's own fields before `fields`.
    pub fn head(&self, method: &str, path: &str, fields: &[(&str, &str)]) -> String {
        let mut head = format!("{method} {path} HTTP/1.1\r\nHost: {}\r\n", self.host());
        let mut add = |name: &str, value: &str| head.push_str(&format!("{name}: {value}\r\n"));
        add("User-Agent", &self.user_agent);
        if let Some(language) = &self.language {
            add("Accept-Language", language);
        }
        if let Some(address) = &self.forwarded_for {
            add("X-Forwarded-For", address);
        }
        if let Some(cookies) = self.jar.field() {
            add("Cookie", &cookies);
        }
        for (name, value) in fields {
            add(name, value);
        }
        head + "\r\n"
    }

    fn resolve(&self, path: &str, reference: &str) -> String {
        let base = url::Url::parse(&format!("{}{path}", self.origin)).unwrap();
        let target = base.join(reference).unwrap();
        assert_eq!(
            target.origin(),
            base.origin(),
            "{path} leads away, to {reference}"
        );
        let query = target.query().map(|it| format!("?{it}")).unwrap_or_default();
        format!("{}{query}", target.path())
    }
}

/// The cookies of one profile. It believes every `Set-Cookie` and looks at `Max-Age` only to see
/// whether a cookie is taken back.
#[derive(Clone, Default, Debug)]
pub struct Jar(BTreeMap<String, String>);

impl Jar {
    pub fn take(&mut self, answer: &Answer) {
        for line in answer.all("set-cookie") {
            let mut parts = line.split(';').map(str::trim);
            let (name, value) = parts.next().and_then(|it| it.split_once('=')).unwrap();
            let gone = parts.any(|it| it.eq_ignore_ascii_case("max-age=0"));
            if gone {
                self.0.remove(name);
            } else {
                self.0.insert(name.to_owned(), value.to_owned());
            }
        }
    }

    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(String::as_str)
    }

    pub fn set(&mut self, name: &str, value: &str) {
        self.0.insert(name.to_owned(), value.to_owned());
    }

    pub fn remove(&mut self, name: &str) -> Option<String> {
        self.0.remove(name)
    }

    pub fn names(&self) -> Vec<&str> {
        self.0.keys().map(String::as_str).collect()
    }

    /// The `Cookie` field; `None` without cookies.
    pub fn field(&self) -> Option<String> {
        let pairs: Vec<String> = self
            .0
            .iter()
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        (!pairs.is_empty()).then(|| pairs.join("; "))
    }
}
