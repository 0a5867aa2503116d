//! Pictures of every page, for people to look at: `make screenshots`.
//!
//! Light and dark, on a phone and on a desk. Nothing is compared; what the pages must hold is tested
//! elsewhere, but for one thing that only a browser knows: no page is wider than its window.

use std::path::{Path, PathBuf};

use serde_json::json;

use crate::rig::browser::{Browser, Look};
use crate::rig::gateway::{PASSWORD, Rig};
use crate::rig::upstream::Reply;

const ANNA: &str = "anna@example.com";
const BEN: &str = "ben@example.com";

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
        }))
        .await;
        let mut rig = rig;
        let mut site = rig.place.config["sites"][0].clone();
        site["access"] = rules;
        rig.reload(&json!({ "sites": [site] })).await;
        for email in [ANNA, BEN] {
            rig.add_with(email, |account| {
                account.first_name = if email == ANNA { "Anna" } else { "Ben" }.to_owned();
                account.last_name = "Bäcker".to_owned();
            })
            .await;
        }
        let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("target/screenshots")
            .join(name);
        let _ = std::fs::remove_dir_all(&folder);
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
        self.count += 1;
        let page = self
            .browser
            .attribute("body", "data-page")
            .await
            .unwrap_or_else(|| "portal".to_owned());
        let name = [format!("{:02}", self.count), page, state.to_owned()].join("-");
        let name = name.trim_end_matches('-');
        self.browser
            .screenshot(&self.folder.join(format!("{name}.png")))
            .await;
        if self.browser.is_too_wide().await {
            self.too_wide.push(name.to_owned());
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

    async fn sign_in_by_mail(&mut self) {
        self.visit("/", "").await;
        self.give_password("", "").await;
        self.shoot("empty").await;
        self.give_password(ANNA, "not the right password").await;
        self.shoot("wrong").await;
        self.give_password(ANNA, PASSWORD).await;
        self.browser.expect("code-email").await;
        self.shoot("").await;
        self.give_code("email", "12345").await;
        self.shoot("short").await;
        self.give_code("email", "000000").await;
        self.shoot("wrong").await;
        self.visit("/_auth/methods", "").await;
        self.visit("/_auth/code/email", "again").await;
        let code = self.rig.smtp.next_for(ANNA, 0).await.code();
        self.give_code("email", &code).await;
        self.browser.expect("trust").await;
        self.shoot("").await;
        self.browser.click("button[name=trust][value=yes]").await;
    }

    async fn account(&mut self) {
        self.visit("/_auth/account", "").await;
        for page in [
            "details",
            "language",
            "password",
            "app",
            "app/setup",
            "devices",
            "recovery-codes",
            "recovery-codes/new",
        ] {
            self.visit(&format!("/_auth/account/{page}"), "").await;
        }
        self.visit("/_auth/confirm", "").await;
    }

    async fn obstacles(&mut self) {
        self.visit("/_auth/nowhere", "").await;
        self.visit("/internal/x", "").await;
        self.rig.up.answers(|_| Reply::Hangup);
        self.visit("/", "").await;
        self.visit("/_auth/sign-out", "").await;
        self.browser.click("form[action='/_auth/sign-out'] button").await;
        self.shoot("").await;
    }

    async fn sign_in_by_app(&mut self) {
        let app = self.rig.give_app(BEN).await;
        self.visit("/_auth/sign-in", "after-sign-out").await;
        self.give_password(BEN, PASSWORD).await;
        self.browser.expect("code-app").await;
        self.shoot("").await;
        self.give_code("app", "000000").await;
        self.shoot("wrong").await;
        self.visit("/_auth/methods", "app").await;
        self.visit("/_auth/code/recovery", "").await;
        self.visit("/_auth/code/app", "again").await;
        self.give_code("app", &self.rig.code_of(&app)).await;
        self.shoot("").await;
        self.visit("/_auth/account", "with-app").await;
        self.visit("/_auth/account/app", "with-app").await;
        self.visit("/_auth/account/app/remove", "").await;
    }
}

async fn walk(name: &str, look: &Look) {
    let mut studio = Studio::open(name, look).await;
    studio.sign_in_by_mail().await;
    studio.account().await;
    studio.obstacles().await;
    studio.sign_in_by_app().await;
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
