//! Every state of every page in every language on a small phone: `make test-all`.
//!
//! Words differ in length, and only a browser knows what they do to a page. The files are those that
//! the tests of the pages write.

use std::fs;
use std::path::{Path, PathBuf};

use doorward::language::Catalog;

use crate::rig::browser::{Browser, Look};

/// The narrowest window in which nothing may need to be scrolled sideways (WCAG 2.2 §1.4.10).
const SMALL: Look = Look {
    width: 320,
    height: 740,
    dark: false,
    scripts: true,
    language: "en",
    hosts: Vec::new(),
};

fn entries(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder)
        .unwrap_or_else(|error| panic!("{}: {error}; `cargo test --lib` writes it", folder.display()));
    let mut paths: Vec<PathBuf> = entries.map(|it| it.unwrap().path()).collect();
    paths.sort();
    paths
}

fn name(path: &Path) -> String {
    path.file_stem().unwrap().to_string_lossy().into_owned()
}

#[tokio::test]
#[ignore = "opens every page in every language: make test-all"]
async fn every_page_in_every_language_fits_a_small_phone() {
    let target = Path::new(env!("CARGO_MANIFEST_DIR")).join("target");
    let folders = entries(&target.join("pages"));
    for language in Catalog::builtin().languages() {
        let written = folders.iter().any(|it| name(it) == language.as_str());
        assert!(written, "no pages in {language}");
    }
    let mut too_wide = Vec::new();
    for folder in folders {
        let language = name(&folder);
        let pages = entries(&folder);
        let browser = Browser::start(&SMALL).await;
        for page in pages
            .iter()
            .filter(|it| it.extension().is_some_and(|it| it == "html"))
        {
            browser.open(&format!("file://{}", page.display())).await;
            if browser.is_too_wide().await {
                let which = format!("{language}/{}", name(page));
                let picture = target.join("screenshots/too-wide").join(&which);
                browser.screenshot(&picture.with_extension("png")).await;
                too_wide.push(which);
            }
        }
        browser.close().await;
    }
    assert!(too_wide.is_empty(), "wider than the window: {too_wide:#?}");
}
