//! Every state of every page, as the tests of the pages write them to `target/pages` (`cargo test --lib` does, before
//! these tests run), opened in a real browser; and every letter, as it is compared with what is sent.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

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
}

/// What went wrong, all of it at once.
pub fn nothing_of(faults: &BTreeSet<String>) {
    let lines: Vec<&str> = faults.iter().map(String::as_str).collect();
    assert!(faults.is_empty(), "{}", lines.join("\n"));
}
