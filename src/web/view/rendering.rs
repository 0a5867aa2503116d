//! What holds for every page in every state and language, and the pages as files to look at:
//! `target/pages/{language}/{state}.html`.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use super::fixtures::{self, Rendered};
use crate::language::{Catalog, PSEUDO, words};
use crate::web::assets;

/// Every language that is compiled in, and two that nobody speaks.
fn languages() -> Vec<&'static str> {
    let catalog = Catalog::builtin();
    let ours: Vec<&str> = catalog.languages().map(|it| &*it.to_string().leak()).collect();
    [ours.as_slice(), PSEUDO.as_slice()].concat()
}

const BUDGET: usize = 30 * 1024;

/// A tag of the page: its name, its attributes, and the text up to the next tag.
pub(super) struct Tag<'a> {
    pub(super) name: &'a str,
    pub(super) attributes: BTreeMap<&'a str, &'a str>,
    pub(super) text: &'a str,
}

/// Reads tags, strictly: attributes are quoted or bare, text holds no `<`.
pub(super) fn tags(html: &str) -> Vec<Tag<'_>> {
    let body = html.strip_prefix("<!doctype html>").unwrap();
    let mut found = Vec::new();
    for piece in body.split('<').skip(1) {
        let (tag, text) = piece
            .split_once('>')
            .unwrap_or_else(|| panic!("unclosed <{piece}"));
        let (name, mut rest) = tag.split_once([' ', '\n']).unwrap_or((tag, ""));
        let mut attributes = BTreeMap::new();
        while !rest.trim().trim_end_matches('/').is_empty() {
            rest = rest.trim_start();
            let end = rest.find(['=', ' ', '\n']).unwrap_or(rest.len());
            let (key, after) = rest.split_at(end);
            let value = match after.strip_prefix("=\"") {
                Some(quoted) => {
                    let (value, after) = quoted
                        .split_once('"')
                        .unwrap_or_else(|| panic!("unquoted in <{tag}"));
                    rest = after;
                    value
                }
                None => {
                    rest = after;
                    ""
                }
            };
            assert!(attributes.insert(key, value).is_none(), "{key} twice in <{tag}>");
        }
        found.push(Tag {
            name,
            attributes,
            text,
        });
    }
    found
}

fn every_page(mut check: impl FnMut(&str, &Rendered, &[Tag<'_>])) {
    for language in languages() {
        for page in fixtures::all(language) {
            let tags = tags(&page.html);
            let which = format!("{language}/{}", page.state);
            check(&which, &page, &tags);
        }
    }
}

#[test]
fn tags_are_nested_and_closed() {
    const VOID: [&str; 5] = ["meta", "link", "input", "img", "br"];
    every_page(|which, _, tags| {
        let mut open = Vec::new();
        for tag in tags {
            if let Some(closed) = tag.name.strip_prefix('/') {
                assert_eq!(open.pop(), Some(closed), "{which}");
            } else if !VOID.contains(&tag.name) && !["rect", "path"].contains(&tag.name) {
                open.push(tag.name);
            }
        }
        assert!(open.is_empty(), "{which}: {open:?}");
    });
}

#[test]
fn every_page_has_name_title_language_one_heading_and_one_main() {
    every_page(|which, page, tags| {
        let count = |name: &str| tags.iter().filter(|it| it.name == name).count();
        let titles = tags
            .iter()
            .filter(|it| it.name == "title" && it.attributes.is_empty())
            .count();
        assert_eq!((count("h1"), count("main"), titles), (1, 1, 1), "{which}");
        let body = tags.iter().find(|it| it.name == "body").unwrap();
        assert_eq!(body.attributes["data-page"], page.name, "{which}");
        assert!(
            page.state.starts_with(page.name) || page.name == "bad-request",
            "{which} is {}",
            page.name
        );
        let root = &tags[0];
        let language = which.split('/').next().unwrap();
        assert_eq!(root.attributes["lang"], language, "{which}");
        let direction = if language == "ar-XB" { "rtl" } else { "ltr" };
        assert_eq!(root.attributes["dir"], direction, "{which}");
        let title = tags.iter().find(|it| it.name == "title").unwrap();
        assert!(
            title.text.ends_with(" – Example Portal"),
            "{which}: {}",
            title.text
        );
        let wrong = tags.iter().any(|it| it.attributes.get("role") == Some(&"alert"));
        let said = title.text.starts_with(&words(language).say("error-prefix"));
        assert_eq!(wrong, said, "{which}: title and summary agree");
        assert!(!page.heading.is_empty());
    });
}

#[test]
fn nothing_is_inline_and_nothing_comes_from_elsewhere() {
    every_page(|which, _, tags| {
        for tag in tags {
            assert_ne!(tag.name, "style", "{which}");
            for (key, value) in &tag.attributes {
                assert!(!key.starts_with("on") && *key != "style", "{which}: {key}");
                if ["src", "href", "action"].contains(key) {
                    let ours = value.starts_with('/') && !value.starts_with("//");
                    let named = ["#", "mailto:", "tel:", "otpauth://totp/"]
                        .iter()
                        .any(|it| value.starts_with(it));
                    let operators = tag.name == "a" && value.starts_with("https://example.com/");
                    assert!(ours || named || operators, "{which}: {value}");
                }
            }
            if tag.name == "script" {
                assert!(
                    tag.text.is_empty() && tag.attributes.contains_key("src"),
                    "{which}"
                );
            }
        }
    });
}

#[test]
fn every_asset_a_page_names_is_there_and_all_stays_small() {
    every_page(|which, page, tags| {
        let mut size = page.html.len();
        for tag in tags {
            let target = tag.attributes.get("src").or(tag.attributes.get("href"));
            if let Some(name) = target.and_then(|it| it.strip_prefix("/_auth/assets/")) {
                size += fixtures::LOOK
                    .find(name)
                    .unwrap_or_else(|| panic!("{which}: {name}"))
                    .body
                    .len();
            }
        }
        assert!(size < BUDGET, "{which} takes {size} bytes");
    });
}

#[test]
fn ids_are_unique_and_all_references_lead_somewhere() {
    every_page(|which, _, tags| {
        let mut ids = BTreeSet::new();
        for id in tags.iter().filter_map(|it| it.attributes.get("id")) {
            assert!(ids.insert(*id), "{which}: id {id} twice");
        }
        for tag in tags {
            for key in [
                "for",
                "aria-describedby",
                "aria-labelledby",
                "aria-controls",
                "data-copy",
            ] {
                let named = tag.attributes.get(key).copied().unwrap_or_default();
                for id in named.split(' ').filter(|it| !it.is_empty()) {
                    assert!(ids.contains(id), "{which}: {key} names {id}");
                }
            }
            let fragment = tag.attributes.get("href").and_then(|it| it.strip_prefix('#'));
            assert!(
                fragment.is_none_or(|id| ids.contains(id)),
                "{which}: {fragment:?}"
            );
        }
    });
}

#[test]
fn every_form_posts_with_a_token() {
    every_page(|which, page, tags| {
        let forms = tags.iter().filter(|it| it.name == "form");
        let tokens = tags
            .iter()
            .filter(|it| it.attributes.get("name") == Some(&"csrf"));
        assert_eq!(forms.clone().count(), tokens.count(), "{which}");
        for form in forms {
            assert_eq!(form.attributes.get("method"), Some(&"post"), "{which}");
        }
        assert_eq!(page.html.matches("name=\"password\"").count().min(1), {
            let asks = page.html.contains("type=\"password\"") && page.html.contains("id=\"password\"");
            usize::from(asks)
        });
    });
}

#[test]
fn no_message_is_missing_or_half_said() {
    every_page(|which, page, tags| {
        assert!(!page.html.contains("{$"), "{which}: a variable is missing");
        for tag in tags {
            let said = tag.text.trim();
            let like_an_id =
                said.contains('-') && said.bytes().all(|it| it.is_ascii_lowercase() || it == b'-');
            assert!(!like_an_id, "{which}: `{said}`");
        }
    });
}

const ASSETS: [&str; 5] = [
    "app.css",
    "app.js",
    "icon.svg",
    "logo.svg",
    assets::SIGNED_OUT_PICTURE,
];

#[test]
fn every_page_can_be_looked_at() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/pages");
    for language in languages() {
        let folder = folder.join(language);
        // States that there are no more.
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).unwrap();
        for name in ASSETS {
            let hashed = fixtures::LOOK.name_of(name);
            fs::write(folder.join(name), fixtures::LOOK.find(hashed).unwrap().body).unwrap();
        }
        for page in fixtures::all(language) {
            let mut html = page.html;
            for name in ASSETS {
                html = html.replace(&format!("/_auth/assets/{}", fixtures::LOOK.name_of(name)), name);
            }
            let path = folder.join(page.state).with_extension("html");
            fs::write(path, html).unwrap();
        }
    }
}

/// Nothing is compared with, or offered instead, that there is not; what matters is not folded away.
#[test]
fn pages_about_the_app_speak_of_what_there_is() {
    let all = fixtures::all("en");
    let html = |state: &str| &all.iter().find(|it| it.state == state).unwrap().html;
    assert!(html("account-app-off").contains("better than a code by email"));
    let without = html("account-app-off-no-email");
    assert!(without.contains("better than a password alone") && !without.contains("code by email"));

    let instead = "keep signing in with a code by email";
    assert!(html("setup-why-invited").contains(instead));
    assert!(!html("setup-why").contains(instead));

    let page = html("account-app-setup-no-sms");
    let (folded, rest) = page.split_once("</details>").unwrap();
    assert!(!folded.contains("no codes by text message"));
    let (open, _) = rest.split_once("<details").unwrap();
    for said in ["sends no codes by text message", "Why a second step?"] {
        assert!(open.contains(said), "{said}: {open}");
    }
}

#[test]
fn a_link_opened_while_signed_in_and_an_address_for_password_managers() {
    let all = fixtures::all("en");
    let html = |state: &str| &all.iter().find(|it| it.state == state).unwrap().html;
    assert!(html("sign-out-link").contains("open the link again"));
    assert!(!html("sign-out").contains("open the link again"));
    assert!(html("register-check").contains("autocomplete=\"username\" value=\"anna@example.com\""));
    assert!(html("sign-in").contains("hreflang=\"de\""));
}
