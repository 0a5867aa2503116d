//! Every field on every page: what it is to a browser, a password manager and a keyboard on glass, what it is
//! called, and how it says that it is wrong.

use std::collections::BTreeSet;

use super::fixtures::{self, Rendered};
use super::rendering::{Tag, tags};

/// What a field is. `autocomplete`, `inputmode` and `autocapitalize` are empty where it has none.
struct Field {
    pages: &'static str,
    id: &'static str,
    name: &'static str,
    kind: &'static str,
    autocomplete: &'static str,
    inputmode: &'static str,
    autocapitalize: &'static str,
    label: &'static str,
}

const fn field(pages: &'static str, id: &'static str, name: &'static str, label: &'static str) -> Field {
    Field {
        pages,
        id,
        name,
        kind: "text",
        autocomplete: "off",
        inputmode: "",
        autocapitalize: "",
        label,
    }
}

impl Field {
    const fn of(self, kind: &'static str, autocomplete: &'static str) -> Self {
        Self {
            kind,
            autocomplete,
            ..self
        }
    }

    const fn typed(self, inputmode: &'static str, autocapitalize: &'static str) -> Self {
        Self {
            inputmode,
            autocapitalize,
            ..self
        }
    }

    const fn code(pages: &'static str, label: &'static str) -> Self {
        let code = field(pages, "one-time-code", "code", label);
        code.of("text", "one-time-code").typed("numeric", "none")
    }

    const fn recovery_code(pages: &'static str, label: &'static str) -> Self {
        let code = field(pages, "recovery-code", "recovery_code", label);
        code.typed("text", "characters")
    }

    const fn registration_code(label: &'static str) -> Self {
        let code = field("register-email", "registration-code", "registration_code", label);
        code.typed("", "characters")
    }

    const fn new_password(pages: &'static str, label: &'static str) -> Self {
        let password = field(pages, "new-password", "new_password", label);
        password.of("password", "new-password").typed("", "none")
    }

    const fn choice(pages: &'static str, id: &'static str, kind: &'static str) -> Self {
        field(pages, id, id, "").of(kind, "")
    }
}

/// The table. Numbers at the end of an id (one form for each row) do not count; choices stand inside their labels.
const FIELDS: &[Field] = &[
    field("sign-in reset", "username", "username", "Email address")
        .of("email", "username")
        .typed("", "none"),
    field("sign-in confirm", "password", "password", "Password")
        .of("password", "current-password")
        .typed("", "none"),
    field(
        "account-password",
        "current-password",
        "current_password",
        "Current password",
    )
    .of("password", "current-password")
    .typed("", "none"),
    Field::new_password("account-password reset-password", "New password"),
    Field::new_password("register-details invite", "Password"),
    Field::code(
        "code-email register-check",
        "Enter the 6-digit code from your email",
    ),
    Field::code("code-app", "Enter the 6-digit code from your authenticator app"),
    Field::code("code-sms", "Enter the 6-digit code from the text message"),
    Field::code("setup-app account-app-setup", "6-digit code from the app"),
    Field::code(
        "setup-phone account-phone confirm",
        "6-digit code from the text message",
    ),
    Field::code(
        "confirm reset-password",
        "6-digit code from your authenticator app",
    ),
    Field::code("confirm", "6-digit code from your email"),
    Field::recovery_code(
        "code-recovery confirm reset-password",
        "Enter one of your recovery codes",
    ),
    Field::recovery_code("code-recovery", "Enter your recovery code"),
    field("register-email", "email", "email", "Email address")
        .of("email", "email")
        .typed("", "none"),
    field("account-email", "email", "email", "New email address")
        .of("email", "email")
        .typed("", "none"),
    Field::registration_code("Registration code"),
    Field::registration_code("Registration code, if you have one"),
    field(
        "account-details register-details invite",
        "given-name",
        "given_name",
        "First name",
    )
    .of("text", "given-name"),
    field(
        "account-details register-details invite",
        "family-name",
        "family_name",
        "Last name",
    )
    .of("text", "family-name"),
    field(
        "setup-phone account-phone",
        "phone",
        "phone",
        "Mobile phone number",
    )
    .of("tel", "tel")
    .typed("tel", ""),
    field("trust", "device-name", "device_name", "Name for this device"),
    field("account-devices", "device-name", "device_name", "New name"),
    field(
        "setup-app account-app-setup",
        "app-name",
        "app_name",
        "Name for this app",
    ),
    field("account-app", "app-name", "app_name", "New name"),
    Field::choice("account-language", "lang", "radio"),
    Field::choice("register-method", "method", "radio"),
    Field::choice("register-terms terms", "accept", "checkbox"),
    Field::choice(
        "setup-codes account-recovery-codes-new recovery-used",
        "saved",
        "checkbox",
    ),
];

/// Tags with what one has to ask of them.
struct Page<'p> {
    state: &'p str,
    name: &'p str,
    tags: Vec<Tag<'p>>,
}

impl<'p> Page<'p> {
    fn of(page: &'p Rendered) -> Self {
        Self {
            state: page.state,
            name: page.name,
            tags: tags(&page.html),
        }
    }

    fn at(&self, name: &str, attribute: &str, value: &str) -> Option<usize> {
        let wanted = |it: &Tag<'_>| it.name == name && of(it, attribute) == value;
        self.tags.iter().position(wanted)
    }

    /// The words of the element that begins at this tag.
    fn words(&self, at: usize) -> String {
        let end = format!("/{}", self.tags[at].name);
        let inside = self.tags[at..].iter().take_while(|it| it.name != end);
        let words: Vec<&str> = inside.flat_map(|it| it.text.split_whitespace()).collect();
        words.join(" ")
    }

    /// Fields that people use, with their places.
    fn fields(&self) -> impl Iterator<Item = (usize, &Tag<'p>)> {
        let fields = self.tags.iter().enumerate().filter(|(_, it)| it.name == "input");
        fields.filter(|(_, it)| of(it, "type") != "hidden" && of(it, "aria-hidden") != "true")
    }
}

fn of<'p>(tag: &Tag<'p>, attribute: &str) -> &'p str {
    tag.attributes.get(attribute).copied().unwrap_or_default()
}

fn plain(id: &str) -> &str {
    id.trim_end_matches(|it: char| it == '-' || it.is_ascii_digit())
}

/// Whether the field is as the table says, apart from the words of its label.
fn is(field: &Field, page: &Page<'_>, tag: &Tag<'_>) -> bool {
    let wanted = [
        ("name", field.name),
        ("type", field.kind),
        ("autocomplete", field.autocomplete),
        ("inputmode", field.inputmode),
        ("autocapitalize", field.autocapitalize),
    ];
    field.pages.split(' ').any(|it| it == page.name)
        && wanted.iter().all(|(key, value)| of(tag, key) == *value)
}

#[test]
fn every_field_is_what_the_table_says_and_is_called_so() {
    let mut met = BTreeSet::new();
    for page in &fixtures::all("en") {
        let page = Page::of(page);
        for (at, tag) in page.fields() {
            let id = of(tag, "id");
            let choice = matches!(of(tag, "type"), "radio" | "checkbox");
            let label = match page.at("label", "for", id).filter(|_| !choice) {
                Some(label) => page.words(label),
                None => String::new(),
            };
            let found = FIELDS.iter().position(|field| {
                (choice || plain(id) == field.id) && label == field.label && is(field, &page, tag)
            });
            let found =
                found.unwrap_or_else(|| panic!("{}: {id:?} {label:?} {:?}", page.state, tag.attributes));
            let pages = FIELDS[found].pages.split(' ').find(|it| *it == page.name);
            met.insert((found, pages.unwrap()));
            if choice {
                let around = &page.tags[at - 1];
                let said = !tag.text.trim().is_empty();
                assert!(
                    around.name == "label" && said,
                    "{}: a choice without words",
                    page.state
                );
            }
            let secret = ["none", "characters"].contains(&of(tag, "autocapitalize"));
            let checked = (of(tag, "autocorrect"), of(tag, "spellcheck"));
            assert!(
                !secret || checked == ("off", "false"),
                "{}: {id} is not prose",
                page.state
            );
            for browser_checks in ["required", "pattern", "min", "max", "minlength"] {
                assert!(
                    !tag.attributes.contains_key(browser_checks),
                    "{}: {id}",
                    page.state
                );
            }
        }
    }
    for (at, field) in FIELDS.iter().enumerate() {
        for page in field.pages.split(' ') {
            assert!(
                met.contains(&(at, page)),
                "{page} has no {} {:?}",
                field.id,
                field.label
            );
        }
    }
}

#[test]
fn hidden_fields_hold_the_token_or_the_account_for_password_managers() {
    for page in &fixtures::all("en") {
        let page = Page::of(page);
        let hidden = page
            .tags
            .iter()
            .filter(|it| it.name == "input" && of(it, "type") == "hidden");
        assert!(
            hidden.map(|it| of(it, "name")).all(|it| it == "csrf"),
            "{}",
            page.state
        );
        let inputs = page.tags.iter().filter(|it| it.name == "input");
        for tag in inputs.filter(|it| of(it, "aria-hidden") == "true") {
            let seen = [of(tag, "name"), of(tag, "autocomplete"), of(tag, "tabindex")];
            assert_eq!(seen, ["username", "username", "-1"], "{}", page.state);
        }
        let passwords = page.fields().any(|(_, it)| of(it, "type") == "password");
        let account = page.tags.iter().any(|it| of(it, "autocomplete") == "username");
        assert!(!passwords || account, "{}: whose password?", page.state);
    }
}

#[test]
fn choices_stand_in_a_group_with_a_name() {
    for page in &fixtures::all("en") {
        let page = Page::of(page);
        for (at, tag) in page.fields().filter(|(_, it)| of(it, "type") == "radio") {
            let group = page.tags[..at]
                .iter()
                .rposition(|it| it.name == "fieldset")
                .unwrap();
            assert_eq!(page.tags[group + 1].name, "legend", "{}", page.state);
            assert!(
                !page.words(group + 1).is_empty(),
                "{}: {}",
                page.state,
                of(tag, "name")
            );
        }
    }
}

/// A wrong field is marked, says why right before itself, and the summary above the heading says the same and leads
/// to it; nothing else is marked.
#[test]
fn a_wrong_field_is_marked_explained_and_linked() {
    let mut seen_wrong = BTreeSet::new();
    for page in &fixtures::all("en") {
        let page = Page::of(page);
        let state = page.state;
        let summary = page.at("div", "class", "err");
        let heading = page.tags.iter().position(|it| it.name == "h1").unwrap();
        let links: Vec<(usize, &str)> = match summary {
            None => Vec::new(),
            Some(summary) => {
                assert!(summary < heading, "{state}: the summary comes first");
                let focus = &page.tags[summary].attributes;
                assert!(
                    focus.contains_key("data-focus") && focus["tabindex"] == "-1",
                    "{state}"
                );
                assert_eq!(of(&page.tags[summary + 1], "role"), "alert", "{state}");
                assert!(
                    page.words(page.tags.iter().position(|it| it.name == "title").unwrap())
                        .starts_with("Error: ")
                );
                let inside = page.tags.iter().enumerate().take(heading).skip(summary);
                let links = inside.filter(|(_, it)| it.name == "a");
                links
                    .map(|(at, it)| (at, of(it, "href").trim_start_matches('#')))
                    .collect()
            }
        };
        let marked: Vec<&str> = page
            .fields()
            .filter(|(_, it)| of(it, "aria-invalid") == "true")
            .map(|(_, it)| of(it, "id"))
            .collect();
        let linked: Vec<&str> = links.iter().map(|it| it.1).collect();
        assert_eq!(marked, linked, "{state}: in the order of the page");
        for (link, id) in links {
            explains(&page, link, id);
            seen_wrong.insert(plain(id).to_owned());
        }
        let focus = page.tags.iter().any(|it| it.attributes.contains_key("autofocus"));
        assert!(summary.is_none() || !focus, "{state}: the summary has the focus");
    }
    for field in FIELDS {
        assert!(
            seen_wrong.contains(field.id),
            "no page shows a wrong {}",
            field.id
        );
    }
}

fn explains(page: &Page<'_>, link: usize, id: &str) {
    let state = page.state;
    let at = page
        .at("input", "id", id)
        .unwrap_or_else(|| panic!("{state}: no {id}"));
    let error_id = format!("{id}-error");
    let described: Vec<&str> = of(&page.tags[at], "aria-describedby").split(' ').collect();
    assert_eq!(
        described.last(),
        Some(&error_id.as_str()),
        "{state}: hints, then the error"
    );
    let error = page
        .at("p", "id", &error_id)
        .unwrap_or_else(|| panic!("{state}: no {error_id}"));
    assert_eq!(of(&page.tags[error], "class"), "field-error", "{state}");
    assert!(error < at, "{state}: the error stands before the field");
    assert_eq!(
        page.words(error),
        format!("Error: {}", page.words(link)),
        "{state}: the same words"
    );
}

#[test]
fn a_field_that_is_not_wrong_is_not_marked_and_its_hints_are_there() {
    for page in &fixtures::all("de") {
        let page = Page::of(page);
        for (_, tag) in page.fields() {
            let described = of(tag, "aria-describedby").split(' ').filter(|it| !it.is_empty());
            for id in described {
                let there = page.tags.iter().any(|it| of(it, "id") == id);
                let error = id.ends_with("-error");
                assert!(there, "{}: {id}", page.state);
                assert!(
                    !error || of(tag, "aria-invalid") == "true",
                    "{}: {id}",
                    page.state
                );
            }
        }
    }
}
