//! An operator's own words: on pages and in mails, in a language of their own, without a rebuild.

use std::fs;
use std::process::Output;

use serde_json::json;

use crate::rig::gateway::{PASSWORD, Rig};

const ANNA: &str = "anna@example.com";

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr)
}

#[tokio::test]
async fn words_are_changed_and_a_language_is_added_by_a_reload() {
    let mut rig = Rig::with(&json!({ "brand": { "name": "Example" } })).await;
    rig.add_with(ANNA, |account| {
        account.language = doorward::base::language::Language::parse("sv");
    })
    .await;
    let folder = rig.place.folder.path().join("messages");
    for language in ["en", "sv"] {
        fs::create_dir_all(folder.join(language)).unwrap();
    }
    let sheet = rig.place.succeed(&["i18n", "new", "sv"], "").await;
    assert!(sheet.contains("#     sign-in-title = Sign in to { $brand }\nsign-in-title = { \"\" }"));
    fs::write(folder.join("sv/all.ftl"), &sheet).unwrap();
    let own = "sign-in-title = Come in to { $brand }\nsign-in-notice = Closed on Sunday & holidays.\n";
    fs::write(folder.join("en/all.ftl"), own).unwrap();
    rig.reload(&json!({ "languages": { "messages": "messages" } }))
        .await;

    let page = rig.client().get("/_auth/sign-in").await.expect("sign-in");
    assert_eq!(page.html().heading(), "Come in to Example");
    assert!(page.html().words().contains("Closed on Sunday & holidays."));
    assert!(!page.text().contains("Svenska"), "nothing of it is translated");
    let checked = rig.place.run(&["i18n", "check", "sv"], "").await;
    assert_eq!(checked.status.code(), Some(1), "{}", said(&checked));
    assert!(
        said(&checked).contains("Svenska (sv): 0 of"),
        "{}",
        said(&checked)
    );

    let filled = sheet.replace(
        "sign-in-title = { \"\" }",
        "sign-in-title = Logga in på { $brand }",
    );
    fs::write(folder.join("sv/all.ftl"), filled.replace("{ \"\" }", "Ord")).unwrap();
    let checked = rig.place.succeed(&["i18n", "check", "sv"], "").await;
    assert!(checked.contains("100 %"), "{checked}");
    rig.reload(&json!({})).await;
    let mut client = rig.client();
    let page = client.get("/_auth/sign-in").await;
    let form = page.form("/_auth/language").press("lang", "sv");
    let page = client.submit_and_follow(&page, &form).await.expect("sign-in");
    assert_eq!(page.html().heading(), "Logga in på Example");
    assert!(page.text().contains("<html lang=\"sv\" dir=\"ltr\">"));
    let form = page
        .form("/_auth/sign-in")
        .set("username", ANNA)
        .set("password", PASSWORD);
    client.submit_and_follow(&page, &form).await.expect("code-email");
    let mail = rig.smtp.next_for(ANNA, 0).await;
    assert!(mail.source.contains("Content-Language: sv"), "{}", mail.source);
}

#[tokio::test]
async fn a_broken_file_is_refused_with_its_place() {
    let mut rig = Rig::start().await;
    let folder = rig.place.folder.path().join("messages/de");
    fs::create_dir_all(&folder).unwrap();
    fs::write(
        folder.join("all.ftl"),
        "save = Sichern\ncancel = Doch { $nicht }\n",
    )
    .unwrap();
    rig.place.config["languages"] = json!({ "messages": "messages" });
    rig.place.write_config();
    for verb in [&["config", "check"][..], &["i18n", "check", "de"]] {
        let refused = rig.place.run(verb, "").await;
        assert_eq!(refused.status.code(), Some(78), "{}", said(&refused));
        assert!(
            said(&refused).contains("de/all.ftl:2:1: `cancel` asks for `$nicht`"),
            "{}",
            said(&refused)
        );
    }
    let none = rig.place.run(&["i18n", "new", "no language"], "").await;
    assert_eq!(none.status.code(), Some(2));
}
