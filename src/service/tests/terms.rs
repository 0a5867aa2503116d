//! The Terms of Use on the way in.

use crate::base::language::Language;
use crate::identity::sign_in::Stage;
use crate::identity::terms::TermsVersion;
use crate::service::factor::{AfterCode, TypedCode};
use crate::service::sign_in::AfterPassword;
use crate::service::testing::{Bench, Browser, PASSWORD};

const ANNA: &str = "anna@example.com";

fn applies(bench: &Bench, version: &str) {
    bench.rule(|rules| rules.terms = TermsVersion::parse(version));
}

async fn agree(bench: &Bench, browser: &mut Browser, version: &str) -> AfterCode {
    let language = Language::parse("de").unwrap();
    let (cookies, caller) = (&browser.cookies, &browser.caller);
    let after = bench
        .desk
        .agree_to_terms(version, &language, cookies, caller)
        .await;
    let after = after.unwrap();
    if let AfterCode::SignedIn(opened) = &after {
        browser.take(opened);
    }
    after
}

/// Password and code; the step that follows.
async fn prove(bench: &Bench, browser: &mut Browser) -> AfterCode {
    bench.password(browser, ANNA, PASSWORD).await;
    let code = bench.mailbox.newest_code();
    bench.code(browser, TypedCode::Email(&code)).await
}

fn at_terms(after: &AfterCode) -> bool {
    matches!(after, AfterCode::Step(ticket) if ticket.flow.stage == Stage::Terms)
}

#[tokio::test]
async fn who_signs_in_agrees_once_and_again_when_the_version_changes() {
    let bench = Bench::new();
    let anna = bench.account(ANNA).await;
    let mut before = bench.signed_in(ANNA).await;
    applies(&bench, "2026-10");
    assert!(
        bench.visitor(&before).await.is_some(),
        "a session that is open stays open"
    );

    let mut browser = bench.browser();
    let after = prove(&bench, &mut browser).await;
    assert!(at_terms(&after), "{after:?}");
    assert!(bench.visitor(&browser).await.is_none(), "no session before");
    let after = agree(&bench, &mut browser, "2026-10").await;
    assert!(matches!(after, AfterCode::SignedIn(_)), "{after:?}");
    let kept = bench.stored(anna.id).await.terms.unwrap();
    assert_eq!((kept.version.as_str(), kept.language.as_str()), ("2026-10", "de"));
    assert_eq!(kept.at, bench.desk.now());
    assert_eq!(bench.told("terms.accepted").await, 1);

    bench.pass(60);
    let mut second = bench.browser();
    let after = prove(&bench, &mut second).await;
    assert!(
        matches!(after, AfterCode::SignedIn(_)),
        "once is enough: {after:?}"
    );

    applies(&bench, "2026-11");
    bench.pass(60);
    before.cookies.session = None;
    let after = prove(&bench, &mut before).await;
    assert!(at_terms(&after), "{after:?}");
    let after = agree(&bench, &mut before, "2026-11").await;
    assert!(matches!(after, AfterCode::SignedIn(_)), "{after:?}");
    assert_eq!(bench.told("terms.accepted").await, 2);
}

#[tokio::test]
async fn nothing_but_the_version_that_applies_is_agreed_to() {
    let bench = Bench::new();
    let anna = bench.account(ANNA).await;
    applies(&bench, "2026-11");
    let mut browser = bench.browser();
    // Not before it is asked, whatever is sent.
    bench.password(&mut browser, ANNA, PASSWORD).await;
    let early = agree(&bench, &mut browser, "2026-11").await;
    assert!(matches!(early, AfterCode::Refused(..)), "{early:?}");
    assert!(bench.stored(anna.id).await.terms.is_none());

    let code = bench.mailbox.newest_code();
    bench.code(&mut browser, TypedCode::Email(&code)).await;
    for other in ["2026-10", "", "2026-11 "] {
        let after = agree(&bench, &mut browser, other).await;
        assert!(at_terms(&after), "{other}: {after:?}");
        assert!(bench.stored(anna.id).await.terms.is_none(), "{other}");
    }
    // It changes while the page is open.
    applies(&bench, "2026-12");
    let after = agree(&bench, &mut browser, "2026-11").await;
    assert!(at_terms(&after), "{after:?}");
    // And then there are none any more: nothing is left to agree to.
    bench.rule(|rules| rules.terms = None);
    let after = agree(&bench, &mut browser, "").await;
    assert!(matches!(after, AfterCode::SignedIn(_)), "{after:?}");
    assert!(bench.stored(anna.id).await.terms.is_none());
    assert_eq!(bench.told("terms.accepted").await, 0);
}

#[tokio::test]
async fn a_locked_account_and_a_declined_flow_agree_to_nothing() {
    let bench = Bench::new();
    let anna = bench.account(ANNA).await;
    applies(&bench, "2026-11");
    let mut browser = bench.browser();
    prove(&bench, &mut browser).await;
    let mut twin = browser.clone();
    bench
        .desk
        .sign_out(&browser.cookies, &browser.caller)
        .await
        .unwrap();
    let after = agree(&bench, &mut twin, "2026-11").await;
    assert!(matches!(after, AfterCode::NoFlow), "declined: {after:?}");

    bench.pass(60);
    prove(&bench, &mut browser).await;
    bench
        .change(anna.id, |account| account.credentials_changed())
        .await;
    let after = agree(&bench, &mut browser, "2026-11").await;
    assert!(matches!(after, AfterCode::NoFlow), "{after:?}");
    assert!(bench.stored(anna.id).await.terms.is_none());
    let after = bench.password(&mut browser, ANNA, PASSWORD).await;
    assert!(matches!(after, AfterPassword::Step(..)), "{after:?}");
}
