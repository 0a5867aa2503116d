//! Nothing on any page is in the way of anybody, as far as axe-core can tell: every state of every page, light and
//! dark, on a phone and on a desk.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

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

async fn with_axe(look: &Look) -> Browser {
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
    let browser = Browser::start(look).await;
    browser
        .cdp("Page.addScriptToEvaluateOnNewDocument", json!({ "source": axe }))
        .await;
    browser
}

async fn no_barriers(language: &str, looks: &[Look]) {
    let mut found: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for look in looks {
        let browser = with_axe(look).await;
        for picture in pictures(language) {
            picture.open(&browser).await;
            let violations = browser.driver.execute_async(EXAMINE, Vec::new()).await.unwrap();
            for violation in violations.as_array().unwrap().iter().filter_map(Value::as_str) {
                let at = format!(
                    "{} {}{}",
                    picture.state,
                    look.width,
                    if look.dark { " dark" } else { "" }
                );
                found.entry(violation.to_owned()).or_default().insert(at);
            }
        }
        browser.close().await;
    }
    nothing_of(
        &found
            .iter()
            .map(|(what, at)| format!("{language}: {what}: {at:?}"))
            .collect(),
    );
}

/// The narrowest window that pages are made for.
fn narrow() -> Look {
    Look {
        width: 320,
        height: 640,
        ..Look::default()
    }
}

#[tokio::test]
async fn there_are_no_barriers_on_a_phone() {
    no_barriers("en", &[Look::phone(), Look::phone().dark()]).await;
}

#[tokio::test]
async fn there_are_no_barriers_on_a_desk() {
    no_barriers("en", &[Look::default(), Look::default().dark()]).await;
}

#[tokio::test]
async fn there_are_no_barriers_in_other_languages() {
    no_barriers("de", &[narrow()]).await;
}
