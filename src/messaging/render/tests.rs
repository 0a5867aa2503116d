//! Letters, word for word and in what holds for all of them.

use std::fs;
use std::path::Path;

use super::super::letter::{NoticeKind, samples};
use super::*;
use crate::base::language::Language;
use crate::identity::account::EmailAddress;
use crate::language::words;
use crate::messaging::{Circumstances, LetterId, Notice};

fn head() -> Letterhead {
    Letterhead {
        zone: Zone::named("Europe/Berlin").unwrap(),
        accents: None,
        help: Help {
            email: Some("help@example.com".to_owned()),
            ..Help::default()
        },
        prefix: "/_auth".to_owned(),
        code_in_subject: false,
        password_reset: true,
    }
}

fn mail(letter: Letter) -> Mail {
    Mail {
        id: LetterId::from_bytes([0; 16]),
        to: Addressed {
            address: EmailAddress::parse("anna@example.com").unwrap(),
            name: Some("Anna Berg".to_owned()),
            language: Language::english(),
        },
        site: "https://portal.example.com".to_owned(),
        letter,
    }
}

fn rendered(letter: Letter, tag: &str, head: &Letterhead) -> Rendered {
    render(&mail(letter), &words(tag), head).unwrap()
}

/// Compares with the golden file; `DOORWARD_GOLDEN=write` writes it instead.
fn assert_golden(tag: &str, file: &str, actual: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("src/messaging/golden")
        .join(tag)
        .join(file);
    if std::env::var_os("DOORWARD_GOLDEN").is_some_and(|it| it == "write") {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, actual).unwrap();
    }
    let golden = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    assert_eq!(actual, golden, "{} differs", path.display());
}

#[test]
fn every_letter_reads_as_its_golden_file() {
    for tag in ["en", "de"] {
        for (name, letter) in samples::all() {
            let letter = rendered(letter, tag, &head());
            let text = format!("Subject: {}\n\n{}", letter.subject, letter.text);
            assert_golden(tag, &format!("{name}.txt"), &text);
            assert_golden(tag, &format!("{name}.html"), &letter.html);
        }
    }
}

#[test]
fn every_letter_is_small_and_says_the_same_in_text_and_html() {
    for (name, letter) in samples::all() {
        let letter = rendered(letter, "de", &head());
        assert!(letter.html.len() <= 12 * 1024, "{name}: {}", letter.html.len());
        assert!(letter.html.starts_with("<!doctype html>"), "{name}");
        assert!(
            !letter.subject.contains('\n') && letter.subject.len() < 120,
            "{name}"
        );
        for foreign in ["<img", "<script", "http://", "url(", "@import"] {
            assert!(!letter.html.contains(foreign), "{name} holds {foreign}");
        }
        assert!(
            !letter.text.contains("email-"),
            "{name} speaks an id: {}",
            letter.text
        );
        assert!(
            !letter.text.contains("{$"),
            "{name} lacks a value: {}",
            letter.text
        );
    }
}

#[test]
fn brand_and_links_wear_the_colour_of_the_operator() {
    let head = Letterhead {
        accents: Some(Accents {
            light: "#116329".to_owned(),
            dark: "#5fd38a".to_owned(),
        }),
        ..head()
    };
    for (name, letter) in samples::all() {
        let html = rendered(letter, "en", &head).html;
        let (light, dark) = html.split_once("@media").unwrap();
        for (half, colour) in [(light, "#116329"), (dark, "#5fd38a")] {
            assert!(
                half.contains(&format!("\na {{ color: {colour}; }}\n")),
                "{name}: {half}"
            );
            assert!(
                half.contains(&format!("color: {colour}; }}\n.")) && half.contains("\n.brand {"),
                "{name}"
            );
        }
        assert!(!html.contains("#1d4ed8") && !html.contains("#8ab4ff"), "{name}");
    }
}

#[test]
fn a_code_is_one_text_node_and_bound_to_the_host_in_the_last_line() {
    for (_, letter) in samples::all().into_iter().take(2) {
        let letter = rendered(letter, "en", &head());
        assert!(letter.text.starts_with("482915 is your code "));
        assert!(letter.text.trim_end().ends_with("\n@portal.example.com #482915"));
        assert!(letter.html.contains(r#"translate="no">482915</p>"#));
        assert_eq!(
            letter.one_time_code.as_deref(),
            Some("code=482915; origin=portal.example.com")
        );
        assert!(!letter.subject.contains("482"), "{}", letter.subject);
    }
}

#[test]
fn the_subject_shows_the_code_only_where_the_operator_wants_it() {
    let head = Letterhead {
        code_in_subject: true,
        ..head()
    };
    let (_, letter) = samples::all().swap_remove(0);
    assert_eq!(
        rendered(letter, "en", &head).subject,
        "482 915 is your Example Portal sign-in code"
    );
}

#[test]
fn a_port_belongs_to_links_and_not_to_the_bound_code() {
    let (_, letter) = samples::all().swap_remove(0);
    let mut mail = mail(letter);
    mail.site = "http://localhost:8080".to_owned();
    let letter = render(&mail, &words("en"), &head()).unwrap();
    assert!(
        letter
            .text
            .contains("http://localhost:8080/_auth/account/password\n")
    );
    assert!(letter.text.trim_end().ends_with("@localhost #482915"));
}

#[test]
fn a_letter_without_a_site_is_not_written() {
    for site in ["", "portal.example.com", "javascript:alert(1)", "https://"] {
        let (_, letter) = samples::all().swap_remove(0);
        let mut mail = mail(letter);
        mail.site = site.to_owned();
        assert_eq!(
            render(&mail, &words("en"), &head()),
            Err(RenderError::Site(site.to_owned())),
            "{site}"
        );
    }
}

#[test]
fn without_help_a_letter_names_support() {
    let head = Letterhead {
        help: Help::default(),
        password_reset: false,
        ..head()
    };
    let all: Vec<_> = samples::all()
        .into_iter()
        .map(|(_, letter)| rendered(letter, "en", &head))
        .collect();
    assert!(
        all.iter()
            .any(|it| it.text.contains("Tell your support at once."))
    );
    assert!(
        all.iter()
            .all(|it| !it.text.contains("{$help}") && !it.text.contains("help:"))
    );
}

fn named(name: &str) -> Rendered {
    let letter = Letter::Notice(Notice {
        kind: NoticeKind::DeviceUsedElsewhere {
            name: name.to_owned(),
        },
        circumstances: Circumstances {
            at: samples::AT,
            with: None,
        },
        next_asked: None,
    });
    rendered(letter, "en", &head())
}

#[test]
fn inj_03_names_are_neither_markup_nor_links() {
    let letter = named("<a href=//evil.test>x</a> https://evil.test www.evil.test a@evil.test");
    assert_eq!(
        letter.html.matches("<a ").count(),
        1,
        "only the link to change the password"
    );
    for clickable in ["//evil", "evil.test", "www.evil", "a@evil", "<a href=/"] {
        assert!(!letter.html.contains(clickable), "{clickable}: {}", letter.html);
    }
    for clickable in ["https://evil", "//evil", "evil.test", "www.evil", "a@evil"] {
        assert!(!letter.text.contains(clickable), "{clickable}: {}", letter.text);
    }
}

#[test]
fn inj_03_names_keep_to_one_short_line() {
    let letter = named(&format!("a\r\nBcc: x\u{202e}\u{200b}{}", "y".repeat(500)));
    let row = letter.text.lines().find(|it| it.starts_with("Device:")).unwrap();
    assert!(row.starts_with("Device: “aBcc: xyyy"), "{row}");
    assert_eq!(row.chars().count(), "Device: “”".chars().count() + 60);
}

#[test]
fn ordinary_names_stay_as_they_are() {
    for name in [
        "Anna's phone",
        "Firefox on Windows",
        "Büro-PC Nr. 3",
        "Pixel 8.1 (blau)",
        "電話",
    ] {
        assert_eq!(inert(name), name);
    }
}

#[test]
fn the_name_in_the_header_is_a_name_or_nothing() {
    let to = |name: &str| Addressed {
        name: Some(name.to_owned()),
        ..mail(samples::all().swap_remove(0).1).to
    };
    for name in ["Anna Berg", "Jean-Luc d’Arc", "Dr. Anna Berg", "José"] {
        assert_eq!(header_name(&to(name)).as_deref(), Some(name));
    }
    for name in [
        "<a href=//evil>x</a>",
        "https://evil.test",
        "evil.test",
        "a@b",
        "a\r\nBcc: b",
        "",
        "a, b",
    ] {
        assert_eq!(header_name(&to(name)), None, "{name}");
    }
}
