//! Every state of every page, as the tests of the pages write them to `target/pages` (`cargo test --lib` does, before
//! these tests run), opened in a real browser; and every letter, as it is compared with what is sent.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::json;

use crate::rig::browser::Browser;

/// One state of a page, in a file.
pub struct Picture {
    /// `sign-in-wrong`
    pub state: String,
    file: PathBuf,
}

/// All states in one language, by name.
pub fn pictures(language: &str) -> Vec<Picture> {
    let pictures = pictures_in(&Path::new("target/pages").join(language));
    assert!(pictures.len() > 100, "only {} pages", pictures.len());
    pictures
}

/// The HTML of every letter in one language, by name.
pub fn letters(language: &str) -> Vec<Picture> {
    let letters = pictures_in(&Path::new("src/messaging/golden").join(language));
    assert!(letters.len() > 20, "only {} letters", letters.len());
    letters
}

fn pictures_in(folder: &Path) -> Vec<Picture> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let files = fs::read_dir(&folder);
    let files = files.unwrap_or_else(|error| {
        panic!(
            "{}: {error}; `cargo test --lib every_page` writes it",
            folder.display()
        )
    });
    let files = files.map(|it| it.unwrap().path());
    let mut pictures: Vec<Picture> = files
        .filter(|it| it.extension().is_some_and(|it| it == "html"))
        .map(|file| Picture {
            state: file.file_stem().unwrap().to_str().unwrap().to_owned(),
            file,
        })
        .collect();
    pictures.sort_by(|one, other| one.state.cmp(&other.state));
    pictures
}

impl Picture {
    pub async fn open(&self, browser: &Browser) {
        browser.open(&format!("file://{}", self.file.display())).await;
    }

    pub fn html(&self) -> String {
        fs::read_to_string(&self.file).unwrap()
    }
}

/// Has the window read another document: the parser, the styles and the scripts that it has are those of a page that
/// comes by itself, and `load` says that all of them are there.
const REWRITE: &str = r"
const [html] = arguments;
document.open();
const loaded = new Promise((done) => addEventListener('load', () => done(document.readyState), { once: true }));
document.write(html);
document.close();
return loaded;";

/// A window through which many pages of one folder go, one after another.
///
/// A page that is opened has a process of its own, and each script begins there anew: for a thousand small pages that
/// costs more than whatever is asked of them. Here the window stays, and what was loaded into it; the document goes.
pub struct Window {
    pub browser: Browser,
}

impl Window {
    /// With the folder of this page, to which names of styles and scripts belong.
    pub async fn at(picture: &Picture, browser: Browser) -> Self {
        picture.open(&browser).await;
        Self { browser }
    }

    /// Shows another document, and nothing of the one before.
    pub async fn show(&self, html: &str) {
        let shown = self.browser.driver.execute(REWRITE, vec![json!(html)]);
        assert_eq!(shown.await.unwrap(), json!("complete"));
    }
}

/// What went wrong, all of it at once.
pub fn nothing_of(faults: &BTreeSet<String>) {
    let lines: Vec<&str> = faults.iter().map(String::as_str).collect();
    assert!(faults.is_empty(), "{}", lines.join("\n"));
}
