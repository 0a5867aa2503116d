//! A real browser: headless Chromium, driven through chromedriver.
//!
//! One chromedriver per test process, on a port that it chooses itself; a new profile for each
//! browser. Scripts are switched off in the browser and not in the page, as a person would do it.

use std::path::Path;
use std::process::Command;
use std::time::Duration;

use data_encoding::BASE64;
use fantoccini::elements::Element;
use fantoccini::wd::WebDriverCompatibleCommand;
use fantoccini::{Client as Driver, ClientBuilder, Locator};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::sync::{OnceCell, Semaphore, SemaphorePermit};

use super::process::Process;
use super::wait::{eventually, within};

/// Browsers at a time: each is several processes, and the machine has two cores.
static ROOM: Semaphore = Semaphore::const_new(2);
static CHROMEDRIVER: OnceCell<Chromedriver> = OnceCell::const_new();

struct Chromedriver {
    port: u16,
    _process: Process,
    _folder: TempDir,
}

/// What kind of browser a person has.
#[derive(Clone, Debug)]
pub struct Look {
    pub width: u32,
    pub height: u32,
    pub dark: bool,
    pub scripts: bool,
    pub language: &'static str,
    /// Host names that are found on this machine, apart from localhost.
    pub hosts: Vec<String>,
}

impl Default for Look {
    fn default() -> Self {
        Self {
            width: 1280,
            height: 800,
            dark: false,
            scripts: true,
            language: "en",
            hosts: Vec::new(),
        }
    }
}

impl Look {
    pub fn phone() -> Self {
        Self {
            width: 360,
            height: 740,
            ..Self::default()
        }
    }

    /// As narrow as pages have to be readable (WCAG 2.2 §1.4.10).
    pub fn small_phone() -> Self {
        Self {
            width: 320,
            ..Self::phone()
        }
    }

    #[must_use]
    pub fn dark(self) -> Self {
        Self { dark: true, ..self }
    }

    #[must_use]
    pub fn without_scripts(self) -> Self {
        Self {
            scripts: false,
            ..self
        }
    }
}

/// A running browser with one page. [`Browser::close`] it; one that is not closed ends with the tests.
pub struct Browser {
    /// For whatever the methods below do not do.
    pub driver: Driver,
    _profile: TempDir,
    _room: SemaphorePermit<'static>,
}

impl Browser {
    pub async fn start(look: &Look) -> Self {
        let room = ROOM.acquire().await.unwrap();
        let chromedriver = CHROMEDRIVER.get_or_init(start_chromedriver).await;
        let profile = TempDir::new().unwrap();
        let mut builder = ClientBuilder::new(HttpConnector::new());
        builder.capabilities(capabilities(look, profile.path()).as_object().unwrap().clone());
        let url = format!("http://127.0.0.1:{}", chromedriver.port);
        let driver = within("start of a browser", builder.connect(&url)).await.unwrap();
        let browser = Self {
            driver,
            _profile: profile,
            _room: room,
        };
        browser.look_like(look).await;
        browser
    }

    async fn look_like(&self, look: &Look) {
        self.cdp(
            "Emulation.setDeviceMetricsOverride",
            json!({ "width": look.width, "height": look.height, "deviceScaleFactor": 1, "mobile": false }),
        )
        .await;
        let scheme = if look.dark { "dark" } else { "light" };
        self.cdp(
            "Emulation.setEmulatedMedia",
            json!({ "features": [{ "name": "prefers-color-scheme", "value": scheme }] }),
        )
        .await;
        self.cdp(
            "Emulation.setScriptExecutionDisabled",
            json!({ "value": !look.scripts }),
        )
        .await;
    }

    /// A command of the Chrome DevTools Protocol.
    pub async fn cdp(&self, command: &str, parameters: Value) -> Value {
        let command = Cdp(json!({ "cmd": command, "params": parameters }));
        within("DevTools command", self.driver.issue_cmd(command))
            .await
            .unwrap()
    }

    pub async fn open(&self, url: &str) {
        within(url, self.driver.goto(url)).await.unwrap();
    }

    pub async fn url(&self) -> String {
        self.driver.current_url().await.unwrap().to_string()
    }

    pub async fn title(&self) -> String {
        self.driver.title().await.unwrap()
    }

    pub async fn source(&self) -> String {
        self.driver.source().await.unwrap()
    }

    /// The element, once it is there.
    pub async fn find(&self, css: &str) -> Element {
        let driver = self.driver.clone();
        eventually(&format!("element {css}"), || async {
            driver.find(Locator::Css(css)).await.ok()
        })
        .await
    }

    pub async fn has(&self, css: &str) -> bool {
        !self.driver.find_all(Locator::Css(css)).await.unwrap().is_empty()
    }

    /// What a person reads in the element.
    pub async fn text(&self, css: &str) -> String {
        let driver = self.driver.clone();
        eventually(&format!("text of {css}"), || async {
            driver.find(Locator::Css(css)).await.ok()?.text().await.ok()
        })
        .await
    }

    /// What a person reads in the element now; nothing where there is none, or where the page is being replaced.
    pub async fn words(&self, css: &str) -> String {
        match self.driver.find(Locator::Css(css)).await {
            Ok(found) => found.text().await.unwrap_or_default(),
            Err(_) => String::new(),
        }
    }

    pub async fn attribute(&self, css: &str, name: &str) -> Option<String> {
        let driver = self.driver.clone();
        eventually(&format!("{name} of {css}"), || async {
            driver.find(Locator::Css(css)).await.ok()?.attr(name).await.ok()
        })
        .await
    }

    /// Waits until a person reads these words in the element.
    pub async fn reads(&self, css: &str, words: &str) {
        let mut shown = String::new();
        let read = tokio::time::timeout(Duration::from_secs(15), async {
            loop {
                shown = self.words(css).await;
                if shown.contains(words) {
                    return;
                }
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
        });
        if read.await.is_err() {
            let all = self.text("body").await;
            panic!("waited for {words:?} in {css} and read {shown:?}\n{all}");
        }
    }

    /// Types into a field, instead of what it holds.
    pub async fn fill(&self, css: &str, text: &str) {
        let field = self.find(css).await;
        field.clear().await.unwrap();
        field.send_keys(text).await.unwrap();
    }

    /// Clicks; where that loads another page, waits until it is there.
    pub async fn click(&self, css: &str) {
        within(css, self.find(css).await.click()).await.unwrap();
    }

    /// Waits until the page is this one of the gateway's.
    pub async fn expect(&self, name: &str) {
        let driver = self.driver.clone();
        let css = format!("body[data-page=\"{name}\"]");
        let waited = tokio::time::timeout(Duration::from_secs(15), async {
            while driver.find(Locator::Css(&css)).await.is_err() {
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
        });
        if waited.await.is_err() {
            panic!(
                "waited for {name} at {}:\n{}",
                self.url().await,
                self.text("body").await
            );
        }
    }

    /// Writes the whole page, below the fold too, as a PNG.
    pub async fn screenshot(&self, file: &Path) {
        // Where nothing is below the fold: of a page from right to left the browser would show the wrong part.
        let script = "return document.documentElement.scrollHeight > innerHeight";
        let beyond = self.driver.execute(script, Vec::new()).await.unwrap();
        let parameters = json!({ "format": "png", "captureBeyondViewport": beyond });
        let picture = self.cdp("Page.captureScreenshot", parameters).await;
        let png = BASE64
            .decode(picture["data"].as_str().unwrap().as_bytes())
            .unwrap();
        std::fs::create_dir_all(file.parent().unwrap()).unwrap();
        std::fs::write(file, png).unwrap();
    }

    /// A picture of one element, so many times as large.
    pub async fn close_up(&self, css: &str, scale: u32) -> Vec<u8> {
        let script = "const box = document.querySelector(arguments[0]).getBoundingClientRect(); \
                      return { x: box.x + scrollX, y: box.y + scrollY, width: box.width, height: box.height }";
        let mut clip = self.driver.execute(script, vec![json!(css)]).await.unwrap();
        clip["scale"] = scale.into();
        let parameters = json!({ "format": "png", "captureBeyondViewport": true, "clip": clip });
        let picture = self.cdp("Page.captureScreenshot", parameters).await;
        BASE64
            .decode(picture["data"].as_str().unwrap().as_bytes())
            .unwrap()
    }

    /// Whether one has to scroll sideways to see all of the page.
    pub async fn is_too_wide(&self) -> bool {
        let script = "return document.documentElement.scrollWidth > innerWidth";
        self.driver.execute(script, Vec::new()).await.unwrap() == json!(true)
    }

    /// Errors and warnings of the browser's console since the last call: blocked by the CSP, say.
    pub async fn console(&self) -> Vec<String> {
        let log = within("console", self.driver.issue_cmd(ConsoleLog))
            .await
            .unwrap();
        let entries = log.as_array().cloned().unwrap_or_default();
        entries
            .iter()
            .filter_map(|it| it["message"].as_str().map(str::to_owned))
            .collect()
    }

    pub async fn close(self) {
        within("end of a browser", self.driver.close()).await.unwrap();
    }
}

async fn start_chromedriver() -> Chromedriver {
    let folder = TempDir::new().unwrap();
    let mut command = Command::new("chromedriver");
    command.args(["--port=0", "--log-level=SEVERE"]);
    let mut process = Process::start(command, folder.path(), "chromedriver");
    let port = process
        .printed("port of chromedriver", |line| {
            let (_, after) = line.split_once("started successfully on port ")?;
            after.trim().trim_end_matches('.').parse().ok()
        })
        .await;
    Chromedriver {
        port,
        _process: process,
        _folder: folder,
    }
}

fn capabilities(look: &Look, profile: &Path) -> Value {
    let hosts: Vec<String> = look
        .hosts
        .iter()
        .map(|it| format!("MAP {it} 127.0.0.1"))
        .collect();
    // Nothing outside of this machine is looked up or fetched.
    let resolver = format!(
        "{}MAP * ~NOTFOUND , EXCLUDE localhost , EXCLUDE 127.0.0.1",
        hosts.iter().fold(String::new(), |all, it| all + it + " , ")
    );
    json!({
        "browserName": "chrome",
        "acceptInsecureCerts": true,
        "goog:loggingPrefs": { "browser": "ALL" },
        "goog:chromeOptions": {
            "args": [
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--disable-quic",
                "--disable-breakpad",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-default-apps",
                "--disable-extensions",
                "--disable-sync",
                "--no-first-run",
                "--no-default-browser-check",
                "--hide-scrollbars",
                format!("--lang={}", look.language),
                format!("--accept-lang={}", look.language),
                format!("--host-resolver-rules={resolver}"),
                format!("--user-data-dir={}", profile.display()),
                format!("--window-size={},{}", look.width, look.height),
            ],
            "prefs": {
                "credentials_enable_service": false,
                "profile.password_manager_enabled": false,
                "profile.password_manager_leak_detection": false,
            },
        },
    })
}

#[derive(Debug)]
struct Cdp(Value);

impl WebDriverCompatibleCommand for Cdp {
    fn endpoint(&self, base: &url::Url, session: Option<&str>) -> Result<url::Url, url::ParseError> {
        base.join(&format!(
            "session/{}/goog/cdp/execute",
            session.unwrap_or_default()
        ))
    }

    fn method_and_body(&self, _: &url::Url) -> (http::Method, Option<String>) {
        (http::Method::POST, Some(self.0.to_string()))
    }
}

#[derive(Debug)]
struct ConsoleLog;

impl WebDriverCompatibleCommand for ConsoleLog {
    fn endpoint(&self, base: &url::Url, session: Option<&str>) -> Result<url::Url, url::ParseError> {
        base.join(&format!("session/{}/se/log", session.unwrap_or_default()))
    }

    fn method_and_body(&self, _: &url::Url) -> (http::Method, Option<String>) {
        (http::Method::POST, Some(json!({ "type": "browser" }).to_string()))
    }
}
