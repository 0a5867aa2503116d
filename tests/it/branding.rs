//! The operator's colour, logo and links, as a browser gets them.

use std::fs;

use serde_json::json;

use crate::rig::client::Page;
use crate::rig::gateway::Rig;

fn asset(page: &Page, tag: &str, attribute: &str, end: &str) -> String {
    let found = page.html().attribute_of(tag, attribute);
    let mut found = found
        .into_iter()
        .filter(|it| it.ends_with(end) && it.contains("/assets/"));
    found.next().unwrap_or_else(|| panic!("no {end} on the page"))
}

#[tokio::test]
async fn colour_logo_theme_and_links_come_with_a_reload() {
    let mut rig = Rig::with(&json!({ "brand": { "name": "Bergstadt & Co" } })).await;
    let logo = rig.place.folder.path().join("logo.svg");
    fs::write(
        &logo,
        "<svg xmlns='http://www.w3.org/2000/svg' width='90' height='30' onload='alert(1)'><script>alert(1)</script><style>.a{fill:#0a0}</style><path class='a' d='M0 0h9'/></svg>",
    )
    .unwrap();
    let before = rig.client().get("/_auth/sign-in").await.expect("sign-in");
    let old_sheet = asset(&before, "link", "href", ".css");
    assert!(before.html().attribute_of("img", "src").is_empty());
    assert!(before.text().contains("content=\"light dark\""));
    rig.reload(&json!({ "brand": {
        "logo": "logo.svg",
        "color": "#116329",
        "theme": "light",
        "links": { "privacy": "https://example.com/privacy", "imprint": "/imprint" },
    } }))
    .await;

    let page = rig.client().get("/_auth/sign-in").await.expect("sign-in");
    assert_eq!(page.html().attribute_of("img", "alt"), ["Bergstadt & Co"]);
    assert!(
        page.text()
            .contains("<meta name=\"color-scheme\" content=\"light\">")
    );
    assert!(!page.text().contains("style="), "nothing is inline");
    let links = page.html().links();
    for link in ["https://example.com/privacy", "/imprint"] {
        assert!(links.iter().any(|it| it == link), "{links:?}");
    }
    let (sheet, picture) = (
        asset(&page, "link", "href", ".css"),
        asset(&page, "img", "src", ".svg"),
    );
    assert_ne!(sheet, old_sheet);
    let style = rig.client().get(&sheet).await;
    assert_eq!(
        (style.status, style.header("content-type")),
        (200, Some("text/css; charset=utf-8"))
    );
    assert_eq!(
        style.header("cache-control"),
        Some("public, max-age=31536000, immutable")
    );
    assert!(style.text().contains("--accent:#116329;") && !style.text().contains("prefers-color-scheme"));
    let shown = rig.client().get(&picture).await;
    assert_eq!(
        (shown.status, shown.header("content-type")),
        (200, Some("image/svg+xml"))
    );
    assert!(
        shown.text().contains("<path d=\"M0 0h9\" fill=\"#0a0\">"),
        "{}",
        shown.text()
    );
    assert!(!shown.text().contains("alert"), "{}", shown.text());
    assert!(
        shown
            .header("content-security-policy")
            .unwrap()
            .contains("default-src 'none'")
    );
    assert_eq!(rig.client().get(&old_sheet).await.status, 404);

    let checked = rig.place.run(&["config", "check"], "").await;
    let said = String::from_utf8_lossy(&checked.stderr).into_owned();
    assert_eq!(checked.status.code(), Some(0), "{said}");
    assert!(
        said.contains("parts of the logo are left out: <script>, onload"),
        "{said}"
    );
}
