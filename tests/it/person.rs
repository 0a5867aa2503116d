//! A person at a real browser: reads pages, fills in their forms, presses their buttons.
//!
//! A form that fails comes back as the same page, so that each step waits for what it must bring:
//! a page by its name, a complaint or a notice by its words.

use fantoccini::Locator;
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::rig::authenticator::{Authenticator, Entry};
use crate::rig::browser::{Browser, Look};
use crate::rig::gateway::Rig;
use crate::rig::smtp::Mail;
use crate::rig::wait::eventually;

/// What the browser's console says on the way without anything being wrong: answers of 4xx, features that
/// this platform has not got, and that the cache was cleared.
const ORDINARY: [&str; 3] = [
    "Failed to load resource",
    "Unrecognized feature",
    "Clear-Site-Data header on",
];

/// The question whether to trust this browser, and the answer to it.
#[derive(Clone, Copy)]
pub enum Trust {
    Yes,
    No,
    /// It was answered with no before.
    NotAsked,
}

/// Somebody with one browser, who walks through a gateway's pages.
pub struct Person<'a> {
    rig: &'a Rig,
    pub browser: Browser,
    downloads: TempDir,
}

impl<'a> Person<'a> {
    pub async fn at(rig: &'a Rig, look: &Look) -> Self {
        let browser = Browser::start(look).await;
        let downloads = TempDir::new().unwrap();
        let allow = json!({ "behavior": "allow", "downloadPath": downloads.path() });
        browser.cdp("Page.setDownloadBehavior", allow).await;
        let person = Self {
            rig,
            browser,
            downloads,
        };
        person.open("/_auth/sign-in").await;
        person.on("sign-in").await;
        // The button that shows the password is there for scripts alone.
        let scripts = person
            .browser
            .find("button.show")
            .await
            .is_displayed()
            .await
            .unwrap();
        assert_eq!(scripts, look.scripts);
        person
    }

    /// Opens a page of the site.
    pub async fn open(&self, path: &str) {
        self.browser
            .open(&format!("{}{path}", self.rig.place.origin))
            .await;
    }

    /// Waits for this page of the gateway's, and for its heading.
    pub async fn on(&self, page: &str) -> String {
        self.browser.expect(page).await;
        self.browser.text("h1").await
    }

    /// Waits until the portal shows what it was asked for here.
    pub async fn at_portal(&self, target: &str) {
        self.reads("body", &format!("portal: GET {target}")).await;
    }

    /// Waits until the element holds these words.
    pub async fn reads(&self, css: &str, words: &str) {
        self.browser.reads(css, words).await;
    }

    /// Waits until the page complains, with these words: in the summary, in the title, at the field.
    pub async fn is_told(&self, words: &str) {
        self.reads(".err", words).await;
        assert!(self.browser.title().await.starts_with("Error: "));
        self.reads(".field-error", words).await;
    }

    pub async fn presses(&self, css: &str) {
        self.browser.click(css).await;
    }

    /// Opens what is folded away under `summary`, and presses what is in there.
    pub async fn unfolds_and_presses(&self, summary: &str, css: &str) {
        self.presses(summary).await;
        self.presses(css).await;
    }

    pub async fn gives_password(&self, email: &str, password: &str) {
        self.browser.fill("#username", email).await;
        self.browser.fill("#password", password).await;
        self.presses("form[action^='/_auth/sign-in'] button[type=submit]")
            .await;
    }

    /// Enters a code and sends the form that holds it.
    pub async fn gives_code(&self, code: &str) {
        self.browser.fill("#one-time-code", code).await;
        self.presses("form:has(#one-time-code) button.main").await;
    }

    pub async fn gives_recovery_code(&self, code: &str) {
        self.browser.fill("#recovery-code", code).await;
        self.presses("form:has(#recovery-code) button.main").await;
    }

    pub async fn agrees_to_terms(&self) {
        self.presses("#accept").await;
        self.presses("form:has(#accept) button.main").await;
    }

    /// Where the visible link with these words leads.
    pub async fn leads(&self, within: &str, words: &str) -> String {
        for link in self
            .browser
            .driver
            .find_all(Locator::Css(&format!("{within} a")))
            .await
            .unwrap()
        {
            if link.text().await.unwrap() == words {
                return link.attr("href").await.unwrap().unwrap();
            }
        }
        panic!("no link {words:?} in {within}");
    }

    /// What is typed in a field.
    pub async fn holds(&self, css: &str) -> String {
        let field = self.browser.find(css).await;
        field.prop("value").await.unwrap().unwrap_or_default()
    }

    /// Answers the question whether to trust this browser.
    pub async fn answers_trust(&self, trust: Trust) {
        let button = match trust {
            Trust::Yes => "yes",
            Trust::No => "no",
            Trust::NotAsked => return,
        };
        self.on("trust").await;
        self.presses(&format!("button[name=trust][value={button}]")).await;
    }

    /// The whole way in by a code in a letter, from the portal's page `target` back to it.
    pub async fn signs_in_by_mail(&self, target: &str, email: &str, password: &str, trust: Trust) {
        let seen = self.rig.smtp.count();
        self.open(target).await;
        self.on("sign-in").await;
        self.gives_password(email, password).await;
        self.on("code-email").await;
        let letter = self.rig.smtp.next_for(email, seen).await;
        self.gives_code(&letter.code()).await;
        self.answers_trust(trust).await;
        self.at_portal(target).await;
    }

    /// Password and the code from the letter that follows, at the portal's first page.
    pub async fn signs_in_with_a_letter(&self, email: &str, password: &str) -> Mail {
        let seen = self.rig.smtp.count();
        self.open("/").await;
        self.on("sign-in").await;
        self.gives_password(email, password).await;
        self.on("code-email").await;
        let letter = self.rig.smtp.next_for(email, seen).await;
        self.gives_code(&letter.code()).await;
        letter
    }

    pub async fn signs_out_if_in(&self) {
        self.open("/_auth/sign-out").await;
        self.on("sign-out").await;
        let button = "main form[action='/_auth/sign-out'] button.main";
        if self.browser.has(button).await {
            self.presses(button).await;
            self.on("signed-out").await;
        }
    }

    /// Takes another device, on which nobody has been yet: the cookies of this one.
    pub async fn puts_device_away(&self) -> Value {
        let cookies = self.browser.cdp("Network.getAllCookies", json!({})).await;
        self.browser.cdp("Network.clearBrowserCookies", json!({})).await;
        cookies["cookies"].clone()
    }

    /// Takes this device again.
    pub async fn takes_device(&self, cookies: &Value) {
        self.browser.cdp("Network.clearBrowserCookies", json!({})).await;
        let cookies = json!({ "cookies": cookies });
        self.browser.cdp("Network.setCookies", cookies).await;
    }

    pub async fn signs_out(&self) {
        self.open("/_auth/sign-out").await;
        self.on("sign-out").await;
        self.presses("main form[action='/_auth/sign-out'] button").await;
        self.on("signed-out").await;
    }

    /// Types the key on the page into an app.
    pub async fn takes_key(&self) -> Authenticator {
        Authenticator::typed(&self.browser.text("#key").await)
    }

    /// Points a phone at the QR code on the page, from farther away and from nearer, as one does.
    pub async fn photographs_qr(&self) -> (Authenticator, Entry) {
        self.browser.find("svg.qr").await;
        for scale in [3, 4, 2, 5] {
            let picture = self.browser.close_up("svg.qr", scale).await;
            if let Some(read) = Authenticator::photographed(&picture) {
                return read;
            }
        }
        panic!("there is no QR code in any of the pictures");
    }

    /// Presses a button that copies, and pastes what it copied into a field, where these words must stand then.
    pub async fn copies_into(&self, button: &str, field: &str, words: &str) {
        self.presses(button).await;
        self.reads(button, "Copied").await;
        let field = self.browser.find(field).await;
        field.clear().await.unwrap();
        field.click().await.unwrap();
        let paste = json!({ "type": "rawKeyDown", "key": "v", "code": "KeyV", "modifiers": 2, "commands": ["paste"] });
        self.browser.cdp("Input.dispatchKeyEvent", paste).await;
        let pasted = || async { (field.prop("value").await.unwrap()? == words).then_some(()) };
        eventually("what was copied", pasted).await;
    }

    /// The recovery codes on the page.
    pub async fn recovery_codes(&self) -> Vec<String> {
        let shown = self.browser.text("#codes").await;
        shown.split_whitespace().map(str::to_owned).collect()
    }

    /// Waits for the file that a button brought.
    pub async fn downloaded(&self, name: &str) -> String {
        let file = self.downloads.path().join(name);
        // The browser gives the file its name when it is complete.
        eventually(name, || std::future::ready(std::fs::read_to_string(&file).ok())).await
    }

    /// Leaves: nothing on the way was refused by the policy of a page or failed in a script.
    pub async fn leaves(self) {
        let faults = self.browser.console().await;
        let faults: Vec<&String> = faults
            .iter()
            .filter(|it| !ORDINARY.iter().any(|words| it.contains(words)))
            .collect();
        assert!(faults.is_empty(), "{faults:?}");
        self.browser.close().await;
    }
}
