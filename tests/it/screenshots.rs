//! Pictures of every page, for people to look at: `make screenshots`.
//!
//! Light and dark, on a phone and on a desk: a walk through a gateway, every state of every page from the files that
//! the tests of the pages write, and the letters; German and the two languages that nobody speaks on the narrowest
//! phone. Nothing is compared; what the pages must hold is tested elsewhere, but for one thing that only a browser
//! knows: no page is wider than its window.

use std::path::{Path, PathBuf};
use std::time::Duration;

use serde_json::json;

use crate::album::{Picture, letters, pictures};
use crate::rig::authenticator::Authenticator;
use crate::rig::browser::{Browser, Look};
use crate::rig::gateway::{PASSWORD, Rig};
use crate::rig::upstream::Reply;

const ANNA: &str = "anna@example.com";
const BEN: &str = "ben@example.com";
const CARLA: &str = "carla@example.com";

/// One walk past all pages with one kind of browser.
struct Studio {
    rig: Rig,
    browser: Browser,
    folder: PathBuf,
    count: usize,
    /// Pictures of pages that one has to scroll sideways.
    too_wide: Vec<String>,
}

impl Studio {
    async fn open(name: &str, look: &Look) -> Self {
        let rules = json!([{ "path": "/internal/*", "require": "refusal" }]);
        let rig = Rig::with(&json!({
            "brand": { "name": "Portal Bergstadt", "help": { "email": "help@example.com", "phone": "+41 44 123 45 67" } },
            "second_factor": { "email_fallback": true },
        }))
        .await;
        let mut rig = rig;
        let mut site = rig.place.config["sites"][0].clone();
        site["access"] = rules;
        rig.reload(&json!({ "sites": [site] })).await;
        for (email, first_name) in [(ANNA, "Anna"), (BEN, "Ben"), (CARLA, "Carla")] {
            rig.add_with(email, |account| {
                account.first_name = first_name.to_owned();
                account.last_name = "Bäcker".to_owned();
            })
            .await;
        }
        let folder = emptied(name);
        let browser = Browser::start(look).await;
        Self {
            rig,
            browser,
            folder,
            count: 0,
            too_wide: Vec::new(),
        }
    }

    /// Takes a picture of the page as it is, named by itself and by `state`.
    async fn shoot(&mut self, state: &str) {
        let page = self
            .browser
            .attribute("body", "data-page")
            .await
            .unwrap_or_else(|| "portal".to_owned());
        let name = [page.as_str(), state].join("-");
        self.take(name.trim_end_matches('-')).await;
    }

    async fn take(&mut self, name: &str) {
        let name = format!("walk-{:02}-{name}", self.count + 1);
        self.keep(name).await;
    }

    async fn keep(&mut self, name: String) {
        self.count += 1;
        self.browser
            .screenshot(&self.folder.join(format!("{name}.png")))
            .await;
        if self.browser.is_too_wide().await {
            self.too_wide.push(name);
        }
    }

    async fn visit(&mut self, path: &str, state: &str) {
        let url = format!("{}{path}", self.rig.place.origin);
        self.browser.open(&url).await;
        self.shoot(state).await;
    }

    async fn give_password(&self, email: &str, password: &str) {
        self.browser.fill("#username", email).await;
        self.browser.fill("#password", password).await;
        self.browser
            .click("form[action^='/_auth/sign-in'] button[type=submit]")
            .await;
    }

    async fn give_code(&self, method: &str, code: &str) {
        self.browser.fill("#one-time-code", code).await;
        self.browser
            .click(&format!("form[action='/_auth/code/{method}'] button"))
            .await;
    }

    async fn sign_out(&mut self) {
        self.visit("/_auth/sign-out", "").await;
        self.press("main form[action='/_auth/sign-out'] button", "signed-out", "")
            .await;
    }

    /// Presses what brings another page, and takes its picture.
    async fn press(&mut self, css: &str, page: &str, state: &str) {
        self.browser.click(css).await;
        self.browser.expect(page).await;
        self.shoot(state).await;
    }

    async fn sign_in_by_mail(&mut self) {
        self.visit("/", "").await;
        self.give_password("", "").await;
        self.browser.reads(".err", "Enter your email").await;
        self.shoot("empty").await;
        self.give_password(ANNA, "not the right password").await;
        self.browser.reads(".err", "not right").await;
        self.shoot("wrong").await;
        self.give_password(ANNA, PASSWORD).await;
        self.browser.expect("code-email").await;
        self.shoot("").await;
        self.give_code("email", "12345").await;
        self.browser.reads(".err", "you entered 5").await;
        self.shoot("short").await;
        self.browser.click("main summary").await;
        self.press("main details form button", "code-email", "too-early")
            .await;
        let code = self.rig.smtp.next_for(ANNA, 0).await.code();
        self.give_code("email", &code).await;
        self.browser.expect("trust").await;
        self.shoot("").await;
        self.browser.click("button[name=trust][value=yes]").await;
    }

    async fn account(&mut self) {
        self.visit("/_auth/account", "").await;
        for page in ["details", "language", "password", "devices"] {
            self.visit(&format!("/_auth/account/{page}"), "").await;
        }
        self.press(".stacked summary", "account-devices", "rename").await;
        self.visit("/_auth/account/app", "").await;
        self.browser.click("button[name=begin]").await;
        self.browser.expect("account-app-setup").await;
        self.shoot("").await;
        let app = Authenticator::typed(&self.browser.text("#key").await);
        self.give_new_app_code("000000").await;
        self.browser.reads(".err", "not right").await;
        self.shoot("wrong").await;
        self.give_new_app_code(&self.rig.code_of(&app)).await;
        self.browser.expect("account-recovery-codes-new").await;
        self.shoot("").await;
        self.press(
            "form:has(#saved) button.main",
            "account-recovery-codes-new",
            "not-saved",
        )
        .await;
        self.browser.click("#saved").await;
        self.press("form:has(#saved) button.main", "account-recovery-codes", "saved")
            .await;
        self.visit("/_auth/account/app", "on").await;
        self.visit("/_auth/account", "on").await;
        self.rig.advance(Duration::from_secs(6 * 60));
        self.visit("/_auth/account/app", "on").await;
        self.press("button[name=remove]", "confirm", "").await;
        self.browser.fill("#password", PASSWORD).await;
        self.browser.fill("#one-time-code", &self.rig.code_of(&app)).await;
        self.press("form:has(#one-time-code) button.main", "account-app-remove", "")
            .await;
        self.visit("/_auth/account/devices", "none").await;
        self.visit("/_auth/account/language", "").await;
        self.browser.click("input[value=de]").await;
        self.browser.click("main button.main").await;
        self.browser.reads("h1", "Sprache").await;
        self.shoot("german").await;
        self.visit("/_auth/account", "german").await;
        self.browser.click("footer button[value=en]").await;
    }

    async fn give_new_app_code(&self, code: &str) {
        self.browser.fill("#one-time-code", code).await;
        self.browser.click("form:has(#one-time-code) button.main").await;
    }

    async fn obstacles(&mut self) {
        self.visit("/_auth/nowhere", "").await;
        self.visit("/internal/x", "").await;
        self.rig.up.answers(|_| Reply::Hangup);
        self.visit("/", "").await;
        self.sign_out().await;
        self.visit("/_auth/sign-out", "stranger").await;
    }

    async fn sign_in_by_app(&mut self) {
        let app = self.rig.give_app(BEN).await;
        self.visit("/_auth/sign-in", "after-sign-out").await;
        self.give_password(BEN, PASSWORD).await;
        self.browser.expect("code-app").await;
        self.shoot("").await;
        self.give_code("app", "000000").await;
        self.browser.reads(".err", "not right").await;
        self.shoot("wrong").await;
        self.browser.click("main summary").await;
        self.press("main details a", "methods", "").await;
        self.visit("/_auth/code/app", "again").await;
        self.give_code("app", &self.rig.code_of(&app)).await;
        self.browser.expect("trust").await;
        self.sign_out().await;
    }

    /// The way of somebody who has to set up an app first, and then has lost it.
    async fn set_up(&mut self) {
        let demanding = json!({ "app_setup": "required", "floor": "none", "email_fallback": false });
        self.rig.reload(&json!({ "second_factor": demanding })).await;
        self.visit("/_auth/sign-in", "").await;
        self.give_password(CARLA, PASSWORD).await;
        self.browser.expect("setup-why").await;
        self.shoot("").await;
        self.press("main form button.main", "setup-app", "").await;
        let app = Authenticator::typed(&self.browser.text("#key").await);
        self.give_new_app_code(&self.rig.code_of(&app)).await;
        self.browser.expect("setup-codes").await;
        self.shoot("").await;
        let codes = self.browser.text("#codes").await;
        self.browser.click("#saved").await;
        self.press("form:has(#saved) button.main", "setup-done", "").await;
        self.browser.click("main form button.main").await;
        self.sign_out().await;

        self.visit("/_auth/sign-in", "").await;
        self.give_password(CARLA, PASSWORD).await;
        self.browser.click("main summary").await;
        self.browser.click("main details a").await;
        self.press("button[value=recovery]", "code-recovery", "").await;
        let code = codes.split_whitespace().next().unwrap().to_owned();
        self.browser.fill("#recovery-code", &code).await;
        self.press("form:has(#recovery-code) button.main", "recovery-used", "")
            .await;
        self.sign_out().await;
    }

    /// An operator's colour and logo, on a page before the sign-in.
    async fn branded(&mut self) {
        let logo = self.rig.place.folder.path().join("logo.svg");
        let picture = "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 150 40'><circle cx='20' cy='20' r='18' fill='#b45309'/><path d='M50 12h90M50 28h60' stroke='#6b7280' stroke-width='8'/></svg>";
        std::fs::write(&logo, picture).unwrap();
        let brand = json!({ "name": "Portal Bergstadt", "color": "#b45309", "logo": "logo.svg", "links": { "privacy": "/privacy", "imprint": "/imprint" } });
        self.rig.reload(&json!({ "brand": brand })).await;
        self.visit("/_auth/sign-in", "branded").await;
        self.give_password("", "").await;
        self.browser.reads(".err", "Enter your email").await;
        self.shoot("branded-empty").await;
    }

    /// Every state of every page and every letter, from files.
    async fn album(&mut self) {
        for (folder, pictures) in [("page", pictures("en")), ("letter", letters("en"))] {
            for picture in pictures {
                picture.open(&self.browser).await;
                self.keep(format!("{folder}-{}", picture.state)).await;
            }
        }
    }
}

/// The folder for one walk's pictures.
fn emptied(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("target/screenshots")
        .join(name);
    let _ = std::fs::remove_dir_all(&folder);
    folder
}

async fn walk(name: &str, look: &Look) {
    let mut studio = Studio::open(name, look).await;
    studio.sign_in_by_mail().await;
    studio.account().await;
    studio.obstacles().await;
    studio.sign_in_by_app().await;
    studio.set_up().await;
    studio.branded().await;
    studio.album().await;
    println!("{} pictures in {}", studio.count, studio.folder.display());
    studio.browser.close().await;
    assert!(
        studio.too_wide.is_empty(),
        "wider than the window: {:?}",
        studio.too_wide
    );
}

#[tokio::test]
#[ignore = "makes pictures for people to look at: make screenshots"]
async fn screenshots_on_a_phone() {
    walk("phone-light", &Look::phone()).await;
    walk("phone-dark", &Look::phone().dark()).await;
}

#[tokio::test]
#[ignore = "makes pictures for people to look at: make screenshots"]
async fn screenshots_on_a_desk() {
    walk("desk-light", &Look::default()).await;
    walk("desk-dark", &Look::default().dark()).await;
}

#[tokio::test]
#[ignore = "makes pictures for people to look at: make screenshots"]
async fn screenshots_of_longer_words_on_a_small_phone() {
    let browser = Browser::start(&Look::small_phone()).await;
    let mut too_wide = Vec::new();
    for language in ["de", "en-XA", "ar-XB"] {
        let folder = emptied(&format!("small-{language}"));
        let letters = if language == "de" {
            letters(language)
        } else {
            Vec::new()
        };
        let named = |kind: &'static str| move |it: Picture| (format!("{kind}-{}", it.state), it);
        let pages = pictures(language).into_iter().map(named("page"));
        for (name, picture) in pages.chain(letters.into_iter().map(named("letter"))) {
            picture.open(&browser).await;
            browser.screenshot(&folder.join(format!("{name}.png"))).await;
            if browser.is_too_wide().await {
                too_wide.push(format!("{language}/{name}"));
            }
        }
    }
    browser.close().await;
    assert!(too_wide.is_empty(), "wider than the window: {too_wide:?}");
}
