//! Nothing on any page is in the way of anybody, as far as axe-core can tell: every state of every page, light and
//! dark, on a phone and on a desk.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use doorward::language::Catalog;
use serde_json::{Value, json};

use crate::album::{Window, nothing_of, pictures};
use crate::rig::browser::{Browser, Look};

/// Everything that is folded away is unfolded, then all rules run.
const EXAMINE: &str = r"
for (const folded of document.querySelectorAll('details')) folded.open = true;
return axe.run(document, { resultTypes: ['violations'] }).then(({ violations }) =>
  violations.map((it) => `${it.id}: ${it.help}: ${it.nodes.map((node) => node.target.join(' ')).join(', ')}`));";

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

impl std::fmt::Display for Sight {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "{}{}", self.width, if self.dark { " dark" } else { "" })
    }
}

/// What is in somebody's way, and where: the state of a page, and how it was looked at.
type Barriers = BTreeMap<String, BTreeSet<String>>;

/// Looks at each of these pages so and so.
async fn examine(
    window: &Window,
    pages: impl IntoIterator<Item = (String, String)>,
    sights: &[Sight],
) -> Barriers {
    let mut found = Barriers::new();
    for (state, html) in pages {
        window.show(&html).await;
        for sight in sights {
            sight.set(&window.browser).await;
            let examined = window.browser.driver.execute(EXAMINE, Vec::new()).await.unwrap();
            for violation in examined.as_array().unwrap().iter().filter_map(Value::as_str) {
                let at = found.entry(violation.to_owned()).or_default();
                at.insert(format!("{state} {sight}"));
            }
        }
    }
    found
}

async fn no_barriers(language: &str, sights: &[Sight]) {
    let all = pictures(language);
    let window = Window::at(&all[0], with_axe().await).await;
    let pages = all.iter().map(|it| (it.state.clone(), it.html()));
    let found = examine(&window, pages, sights).await;
    window.browser.close().await;
    nothing_of(
        &found
            .iter()
            .map(|(what, at)| format!("{language}: {what}: {at:?}"))
            .collect(),
    );
}

/// A phone and a desk, by day and by night.
const ALL: [Sight; 4] = [
    Sight {
        width: 360,
        dark: false,
    },
    Sight {
        width: 360,
        dark: true,
    },
    Sight {
        width: 1280,
        dark: false,
    },
    Sight {
        width: 1280,
        dark: true,
    },
];

/// The narrowest window that pages are made for.
const NARROW: [Sight; 1] = [Sight {
    width: 320,
    dark: false,
}];

#[tokio::test]
async fn there_are_no_barriers_in_english() {
    no_barriers("en", &ALL).await;
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

/// What is put into a page, and the rule that finds it: everywhere, in the dark only, on a phone only, behind a fold.
const SEEDED: [(&str, &str, &[&str]); 4] = [
    (
        "<img src=x>",
        "image-alt",
        &["360", "360 dark", "1280", "1280 dark"],
    ),
    (
        "<style>@media(prefers-color-scheme:dark){.seed{color:#222;background:#111}}</style><p class=seed>Seed</p>",
        "color-contrast",
        &["360 dark", "1280 dark"],
    ),
    (
        "<style>@media(max-width:400px){.seed{color:#eee;background:#fff}}</style><p class=seed>Seed</p>",
        "color-contrast",
        &["360", "360 dark"],
    ),
    (
        "<details><summary>More</summary><button></button></details>",
        "button-name",
        &["360", "360 dark", "1280", "1280 dark"],
    ),
];

/// Whoever says that there is nothing must be able to find something: in each of many pages, and in that page only.
#[tokio::test]
async fn a_barrier_is_found_wherever_there_is_one() {
    let all = pictures("en");
    let window = Window::at(&all[0], with_axe().await).await;
    let mut seeds = SEEDED.iter().cycle();
    let mut pages = Vec::new();
    let mut expected = Barriers::new();
    for (picture, (seed, rule, sights)) in all.iter().step_by(20).zip(&mut seeds) {
        let html = picture.html();
        let (before, after) = html.split_once("</main>").unwrap();
        pages.push((
            format!("{}+", picture.state),
            format!("{before}{seed}</main>{after}"),
        ));
        // And the same without it: nothing stays behind.
        pages.push((picture.state.clone(), html.clone()));
        let at = sights.iter().map(|sight| format!("{}+ {sight}", picture.state));
        expected.entry((*rule).to_owned()).or_default().extend(at);
    }
    let found = examine(&window, pages, &ALL).await;
    window.browser.close().await;
    let mut by_rule = Barriers::new();
    for (what, at) in found {
        let rule = what.split(':').next().unwrap().to_owned();
        by_rule.entry(rule).or_default().extend(at);
    }
    assert_eq!(by_rule, expected);
}

/// A part of `make test-all`.
#[tokio::test]
#[ignore = "opens every page in every language: make test-all"]
async fn there_are_no_barriers_on_every_page_in_every_language() {
    for language in Catalog::builtin().languages() {
        no_barriers(language.as_str(), &NARROW).await;
    }
}
