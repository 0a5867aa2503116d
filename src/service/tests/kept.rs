//! Forms that were sent after their session had run out.

use crate::base::id::{AccountId, TokenDigest};
use crate::identity::kept::{SentForm, SentHead};
use crate::service::kept::Offer;
use crate::service::testing::{Bench, Browser};
use crate::store::{Change, Version};

const ANNA: &str = "anna@example.com";
const BOB: &str = "bob@example.com";
const HOURS: u64 = 2 * 3600;

fn form(bench: &Bench, body: &str) -> SentForm {
    SentForm {
        head: SentHead {
            site: bench.browser().caller.site.host.clone(),
            target: "/save?x=1".to_owned(),
            content_type: "text/plain".to_owned(),
            from: "/edit".to_owned(),
        },
        body: body.into(),
    }
}

fn cookie(browser: &Browser) -> TokenDigest {
    browser.cookies.session.as_ref().unwrap().digest()
}

/// Signed in two hours ago, seen again now, and the form that was sent is kept.
async fn kept(bench: &Bench, email: &str) -> (Browser, AccountId) {
    let account = bench.account(email).await.id;
    let browser = bench.signed_in(email).await;
    bench.pass(HOURS);
    assert!(bench.visitor(&browser).await.is_none());
    let form = form(bench, "a=1");
    assert!(bench.desk.keep_form(&cookie(&browser), &form).await.unwrap());
    (browser, account)
}

async fn offer(bench: &Bench, browser: &Browser, account: AccountId) -> Option<Offer> {
    let site = &browser.caller.site.host;
    let offer = bench.desk.offer_of(&cookie(browser), account, site).await;
    offer.unwrap()
}

fn version(offer: Option<Offer>) -> Version {
    match offer {
        Some(Offer::Form(_, version)) => version,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn it_moves_with_the_sign_in_and_is_taken_once() {
    let bench = Bench::new();
    let (mut browser, account) = kept(&bench, ANNA).await;
    let old = cookie(&browser);
    assert!(bench.desk.keeps_form(&old).await.unwrap());
    bench.signs_in(&mut browser, ANNA).await;
    assert_ne!(cookie(&browser), old);
    assert!(!bench.desk.keeps_form(&old).await.unwrap());
    let offered = offer(&bench, &browser, account).await;
    let Some(Offer::Form(found, _)) = &offered else {
        panic!("{offered:?}")
    };
    assert_eq!(**found, form(&bench, "a=1"));
    let version = version(offered);
    let session = cookie(&browser);
    let (first, second) = tokio::join!(
        bench.desk.take_form(&session, version),
        bench.desk.take_form(&session, version)
    );
    assert_eq!(
        [first.unwrap(), second.unwrap()].iter().filter(|it| **it).count(),
        1
    );
    assert_eq!(offer(&bench, &browser, account).await, None);
}

#[tokio::test]
async fn somebody_else_gets_to_know_that_there_was_one() {
    let bench = Bench::new();
    let (mut browser, anna) = kept(&bench, ANNA).await;
    let bob = bench.account(BOB).await.id;
    bench.signs_in(&mut browser, BOB).await;
    assert_eq!(offer(&bench, &browser, bob).await, Some(Offer::Foreign));
    // Whoever knew Anna's id would find nothing either: the sealed form is gone.
    assert_eq!(offer(&bench, &browser, anna).await, Some(Offer::Foreign));
}

#[tokio::test]
async fn what_ends_a_session_ends_what_is_known_of_it() {
    let bench = Bench::new();
    let (browser, _) = kept(&bench, ANNA).await;
    bench
        .desk
        .sign_out(&browser.cookies, &browser.caller)
        .await
        .unwrap();
    assert!(!bench.desk.keeps_form(&cookie(&browser)).await.unwrap());
    let again = form(&bench, "a=2");
    assert!(!bench.desk.keep_form(&cookie(&browser), &again).await.unwrap());

    let (browser, account) = kept(&bench, BOB).await;
    let all = Change::EndAllOf {
        account,
        except: None,
    };
    bench.desk.commit(vec![all], bench.desk.now()).await.unwrap();
    assert!(!bench.desk.keeps_form(&cookie(&browser)).await.unwrap());
    assert!(!bench.desk.keep_form(&cookie(&browser), &again).await.unwrap());
}

#[tokio::test]
async fn it_is_kept_for_its_time_its_size_and_its_site() {
    let bench = Bench::with(|rules| rules.keep_posts.max = 10);
    let (browser, _) = kept(&bench, ANNA).await;
    let cookie = cookie(&browser);
    let too_large = form(&bench, "01234567890");
    assert!(!bench.desk.keep_form(&cookie, &too_large).await.unwrap());
    let mut elsewhere = form(&bench, "a=1");
    elsewhere.head.site = "other.test".to_owned();
    assert!(!bench.desk.keep_form(&cookie, &elsewhere).await.unwrap());
    bench.pass(15 * 60 - 1);
    assert!(bench.desk.keeps_form(&cookie).await.unwrap());
    bench.pass(1);
    assert!(!bench.desk.keeps_form(&cookie).await.unwrap());
    bench.pass(22 * 3600);
    assert!(bench.desk.keep_form(&cookie, &form(&bench, "a=1")).await.unwrap());
    bench.pass(2 * 3600);
    assert!(!bench.desk.keep_form(&cookie, &form(&bench, "a=1")).await.unwrap());
    bench.rule(|rules| rules.keep_posts.enabled = false);
    assert!(!bench.desk.keep_form(&cookie, &form(&bench, "a=1")).await.unwrap());
}
