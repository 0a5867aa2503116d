//! The checker can fail: bad sources are seen, good ones are let pass.

use super::check;
use super::source::test_modules;

fn breaches(file: &str, text: &str) -> Vec<String> {
    check(file, text)
        .into_iter()
        .map(|it| format!("{}: {}", it.line, it.what))
        .collect()
}

#[test]
fn sees_what_points_up() {
    for (file, text, expected) in [
        (
            "src/identity/account.rs",
            "use crate::store::Version;",
            "identity must not know store",
        ),
        (
            "src/store/sqlite/mod.rs",
            "use crate::{base::id, messaging::Letter};",
            "store must not know messaging",
        ),
        (
            "src/observe/log.rs",
            "fn f() { crate::store::open(); }",
            "observe must not know store",
        ),
        (
            "src/web/view.rs",
            "pub use crate::gateway::intake;",
            "web must not know gateway",
        ),
        (
            "src/service/visit.rs",
            "use super::super::web;",
            "service must not know web",
        ),
        (
            "src/gateway/mod.rs",
            "use crate::config::Config;",
            "gateway must not know config",
        ),
        ("src/main.rs", "use doorward::app::App;", "main names app"),
        (
            "src/web/mod.rs",
            "use crate::Something;",
            "crate::Something is no layer",
        ),
    ] {
        let found = breaches(file, text);
        assert!(
            found.iter().any(|it| it.contains(expected)),
            "{file} {text}: {found:?}"
        );
    }
}

#[test]
fn lets_pass_what_points_down() {
    for (file, text) in [
        (
            "src/web/view.rs",
            "use crate::service::visit; use crate::base::{id, time::Timestamp};",
        ),
        (
            "src/identity/factor/totp.rs",
            "use super::super::account::Account; use crate::base::seal;",
        ),
        (
            "src/config/mod.rs",
            "use crate::gateway::Settings; pub(crate) fn f() {}",
        ),
        ("src/main.rs", "fn main() { doorward::cli::main() }"),
        ("src/lib.rs", "pub mod base; pub mod cli;"),
    ] {
        assert_eq!(breaches(file, text), Vec::<String>::new(), "{file}");
    }
}

#[test]
fn sees_what_a_layer_must_not_name() {
    for (file, text, expected) in [
        (
            "src/identity/a.rs",
            "async fn f() {}",
            "`async` in the pure folder identity",
        ),
        (
            "src/policy/a.rs",
            "fn f() { let _ = std::time::SystemTime::now(); }",
            "`SystemTime`",
        ),
        (
            "src/base/id.rs",
            "fn f() { getrandom::fill(&mut [0]); }",
            "`getrandom`",
        ),
        ("src/identity/a.rs", "use tracing::info;", "`tracing`"),
        (
            "src/identity/a.rs",
            "fn f() { log::info!(\"x\"); }",
            "`log` in the pure folder",
        ),
        (
            "src/app.rs",
            "use pingora_core::server::Server;",
            "outside of src/gateway",
        ),
        (
            "src/cli/run.rs",
            "use pingora::prelude::*;",
            "outside of src/gateway",
        ),
        ("src/service/a.rs", "use anyhow::Context;", "`anyhow` belongs to"),
        (
            "src/web/a.rs",
            "use rusqlite::Connection;",
            "`rusqlite` belongs to",
        ),
        (
            "src/service/a.rs",
            "fn f() { jiff::Timestamp::now(); }",
            "reads a clock",
        ),
        (
            "src/gateway/a.rs",
            "fn f() -> Permit { Permit { site } }",
            "`Permit` is made in src/policy/",
        ),
        (
            "src/service/a.rs",
            "fn f() { let p = Proof::new(); }",
            "`Proof` is made in src/identity/sign_in.rs",
        ),
    ] {
        let found = breaches(file, text);
        assert!(
            found.iter().any(|it| it.contains(expected)),
            "{file} {text}: {found:?}"
        );
    }
}

#[test]
fn leaves_out_comments_strings_and_tests() {
    let text = r####"
        //! crate::cli is above. /* crate::cli */
        /* use crate::cli; /* nested */ use tokio; */
        const A: &str = "use crate::cli; \" tokio"; const B: &str = r#"crate::cli " tokio"#;
        const C: char = '"'; const D: char = '\''; fn lifetime<'a>(x: &'a str) -> &'a str { x }
        fn named(settings: &Settings) { let log = settings.log; let _ = log; }
        struct S { log: u8 }
        #[cfg(test)] mod tests { use crate::cli; fn f() { let _ = "}"; tokio::spawn(()); } }
        #[cfg(any(test, feature = "x"))] use tokio::time;
        fn shipped(permit: &Permit) -> Option<Permit> { None }
    "####;
    assert_eq!(breaches("src/identity/a.rs", text), Vec::<String>::new());
    let shipped = "#[cfg(not(test))] use tokio::time; #[cfg(test)] mod tests {} use crate::cli;";
    assert_eq!(
        breaches("src/identity/a.rs", shipped).len(),
        2,
        "what ships is still seen"
    );
}

#[test]
fn knows_the_line() {
    let found = breaches(
        "src/base/a.rs",
        "//! x\n\nuse crate::base::id;\nuse crate::cli;\n",
    );
    assert_eq!(found, ["4: base must not know cli"]);
}

#[test]
fn knows_which_modules_are_for_tests() {
    let text = "#[cfg(test)] mod tests; #[cfg(test)]\n#[path = \"a_tests.rs\"]\nmod more; mod shipped;";
    let found: Vec<_> = test_modules(text)
        .into_iter()
        .map(|it| (it.name, it.path))
        .collect();
    assert_eq!(
        found,
        [
            ("tests".to_owned(), None),
            ("more".to_owned(), Some("a_tests.rs".to_owned()))
        ]
    );
}
