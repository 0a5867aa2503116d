//! Nothing on any page is in the way of anybody, as far as axe-core can tell: every state of every page, light and
//! dark, on a phone and on a desk.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use doorward::language::Catalog;
use serde_json::{Value, json};

use crate::album::{nothing_of, pictures};
use crate::rig::browser::{Browser, Look};

/// Everything that is folded away is unfolded, then all rules run.
const EXAMINE: &str = r"
const [done] = arguments;
for (const folded of document.querySelectorAll('details')) folded.open = true;
axe.run(document, { resultTypes: ['violations'] }).then(
  (found) => done(found.violations.map((it) => `${it.id}: ${it.help}: ${it.nodes.map((node) => node.target.join(' ')).join(', ')}`)),
  (error) => done([`axe: ${error}`]),
);";

async fn with_axe() -> Browser {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/tools");
    let files = std::fs::read_dir(&folder).into_iter().flatten();
    let mut files = files.map(|it| it.unwrap().path());
    let file = files.find(|it| it.to_string_lossy().contains("axe-core-"));
    let file = file.unwrap_or_else(|| {
        panic!(
            "no axe-core in {}: `tests/tools/axe` fetches it",
            folder.display()
        )
    });
    let axe = std::fs::read_to_string(file).unwrap();
    let browser = Browser::start(&Look::default()).await;
    browser
        .cdp("Page.addScriptToEvaluateOnNewDocument", json!({ "source": axe }))
        .await;
    browser
}

/// How wide the window is, and which colours the person likes.
#[derive(Clone, Copy)]
struct Sight {
    width: u32,
    dark: bool,
}

impl Sight {
    async fn set(&self, browser: &Browser) {
        let window = json!({ "width": self.width, "height": 740, "deviceScaleFactor": 1, "mobile": false });
        browser.cdp("Emulation.setDeviceMetricsOverride", window).await;
        let scheme = if self.dark { "dark" } else { "light" };
        let media = json!({ "features": [{ "name": "prefers-color-scheme", "value": scheme }] });
        browser.cdp("Emulation.setEmulatedMedia", media).await;
    }
}

async fn no_barriers(language: &str, sights: &[Sight]) {
    let mut found: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let browser = with_axe().await;
    for picture in pictures(language) {
        picture.open(&browser).await;
        for sight in sights {
            sight.set(&browser).await;
            let examined = browser.driver.execute_async(EXAMINE, Vec::new());
            for violation in examined
                .await
                .unwrap()
                .as_array()
                .unwrap()
                .iter()
                .filter_map(Value::as_str)
            {
                let at = format!(
                    "{} {}{}",
                    picture.state,
                    sight.width,
                    if sight.dark { " dark" } else { "" }
                );
                found.entry(violation.to_owned()).or_default().insert(at);
            }
        }
    }
    browser.close().await;
    nothing_of(
        &found
            .iter()
            .map(|(what, at)| format!("{language}: {what}: {at:?}"))
            .collect(),
    );
}

/// The narrowest window that pages are made for.
const NARROW: [Sight; 1] = [Sight {
    width: 320,
    dark: false,
}];

#[tokio::test]
async fn there_are_no_barriers_in_english() {
    let both = |width| [false, true].map(|dark| Sight { width, dark });
    no_barriers("en", &[both(360), both(1280)].concat()).await;
}

#[tokio::test]
async fn there_are_no_barriers_in_german() {
    no_barriers("de", &NARROW).await;
}

#[tokio::test]
async fn there_are_no_barriers_where_everything_is_longer() {
    no_barriers("en-XA", &NARROW).await;
}

#[tokio::test]
async fn there_are_no_barriers_from_right_to_left() {
    no_barriers("ar-XB", &NARROW).await;
}

/// A part of `make test-all`.
#[tokio::test]
#[ignore = "opens every page in every language: make test-all"]
async fn there_are_no_barriers_on_every_page_in_every_language() {
    for language in Catalog::builtin().languages() {
        no_barriers(language.as_str(), &NARROW).await;
    }
}
