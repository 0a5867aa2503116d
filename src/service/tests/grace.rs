//! An outage of the store, and whoever is signed in meanwhile; what stays open, and its last use.
//!
//! Two clocks are turned: the one that sessions live by, and the one that signs of life are counted with.

use std::time::Duration;

use futures_util::FutureExt as _;
use tokio::time::advance;

use crate::base::seal::Token;
use crate::identity::session::SUPERSEDED_FOR;
use crate::service;
use crate::service::testing::{Bench, Browser, PASSWORD};
use crate::service::visit::{SESSION_COOKIE, SessionWatch};
use crate::store::{Change, Changed};

const ANNA: &str = "anna@example.com";

struct Outage {
    bench: Bench,
    anna: Browser,
    /// Signed in, and never here since.
    other: Browser,
}

impl Outage {
    /// Signed in, in memory, and the store has just gone silent.
    async fn begin(grace: u64) -> Self {
        let bench = Bench::with(|rules| rules.session.grace = Duration::from_secs(grace));
        bench.account(ANNA).await;
        let (anna, other) = (bench.signed_in(ANNA).await, bench.signed_in(ANNA).await);
        // Not before: hashing takes its time on a thread.
        tokio::time::pause();
        bench.visits.catch_up().await.unwrap();
        assert!(bench.visitor(&anna).await.is_some());
        bench.silence(true);
        Self { bench, anna, other }
    }

    async fn passes(&self, seconds: u64) {
        self.bench.pass(seconds);
        advance(Duration::from_secs(seconds)).await;
        // As it is asked all the time.
        let _ = self.bench.visits.catch_up().await;
    }

    async fn asks(&self, browser: &Browser) -> Result<bool, service::Outage> {
        let cookie = browser.cookies.session.as_ref().unwrap();
        let printed = cookie.print(SESSION_COOKIE, &self.bench.desk.keys);
        let site = &browser.caller.site.host;
        let visitor = self.bench.visits.recognise(printed.expose(), site).await;
        Ok(visitor?.is_some())
    }

    /// Whether she is let in; `None` where that cannot be told.
    async fn lets_in(&self) -> Option<bool> {
        let asked = self.asks(&self.anna).await.ok();
        let (cookie, site) = (
            self.anna.cookies.session.as_ref().unwrap(),
            &self.anna.caller.site,
        );
        let now = self.bench.desk.now();
        let by_memory = self.bench.visits.recall(&cookie.digest(), &site.host, now);
        assert_eq!(by_memory.is_some(), asked == Some(true));
        asked
    }
}

fn is_over(watch: &SessionWatch) -> bool {
    watch.ended().now_or_never().is_some()
}

#[tokio::test]
async fn without_grace_nobody_is_trusted_after_a_second() {
    let outage = Outage::begin(0).await;
    assert_eq!(outage.lets_in().await, Some(true));
    outage.passes(1).await;
    assert_eq!(outage.lets_in().await, None);
}

#[tokio::test]
async fn whoever_is_in_memory_outlives_an_outage_by_the_grace_and_no_longer() {
    let outage = Outage::begin(120).await;
    let bench = &outage.bench;
    let tunnel = bench.visits.watch(&bench.visitor(&outage.anna).await.unwrap());
    for _ in 0..12 {
        outage.passes(10).await;
        bench.visits.look_after_watched().await;
        assert_eq!(outage.lets_in().await, Some(true));
        assert!(!is_over(&tunnel));
    }
    outage.passes(1).await;
    assert_eq!(outage.lets_in().await, None);
    outage.passes(1).await;
    bench.visits.look_after_watched().await;
    assert!(is_over(&tunnel));

    bench.silence(false);
    outage.passes(1).await;
    assert_eq!(
        outage.lets_in().await,
        Some(true),
        "the store has an answer again"
    );
}

/// Memory is no reason to live longer than the rules say.
#[tokio::test]
async fn grace_moves_no_end_of_a_session() {
    let outage = Outage::begin(300).await;
    outage
        .bench
        .rule(|rules| rules.session.idle = Duration::from_secs(60));
    outage.passes(59).await;
    assert_eq!(outage.lets_in().await, Some(true));
    outage.passes(60).await;
    assert_eq!(outage.lets_in().await, None, "it may have been used elsewhere");

    tokio::time::resume();
    let outage = Outage::begin(300).await;
    outage
        .bench
        .rule(|rules| rules.session.lifetime = Duration::from_secs(60));
    outage.passes(60).await;
    assert_eq!(outage.lets_in().await, None);
}

#[tokio::test]
async fn nobody_comes_in_by_grace() {
    let outage = Outage::begin(300).await;
    let bench = &outage.bench;
    outage.passes(5).await;
    assert_eq!(outage.lets_in().await, Some(true));
    assert!(outage.asks(&outage.other).await.is_err(), "not in memory");
    let mut stranger = bench.browser();
    stranger.cookies = outage.other.cookies.clone();
    stranger.cookies.session = None;
    let wanted = "/".to_owned();
    let (cookies, caller) = (&stranger.cookies, &stranger.caller);
    let tried = bench.desk.sign_in(ANNA, PASSWORD, wanted, cookies, caller).await;
    assert!(tried.is_err(), "{tried:?}");

    // What this node is told before an outage holds in it.
    bench.silence(false);
    let digest = outage.anna.cookies.session.as_ref().unwrap().digest();
    let end = vec![Change::EndSession(digest)];
    bench.desk.store.commit(end, bench.desk.now()).await.unwrap();
    bench.visits.catch_up().await.unwrap();
    bench.silence(true);
    outage.passes(5).await;
    assert_eq!(outage.lets_in().await, None);
}

/// SESS: somebody who only works in a WebSocket is at work.
#[tokio::test]
async fn what_is_open_keeps_its_session_alive_without_a_seat_and_under_a_new_value() {
    let bench = Bench::new();
    bench.account(ANNA).await;
    let browser = bench.signed_in(ANNA).await;
    let opened = browser.cookies.session.as_ref().unwrap().digest();
    let tunnel = bench.visits.watch(&bench.visitor(&browser).await.unwrap());
    for _ in 0..4 {
        bench.pass(1800);
        // As whenever anything is written about the session, or others need its seat.
        bench.desk.seats.forget(&[Changed::Session(opened)]);
        bench.visits.used(&tunnel, bench.desk.now());
        bench.visits.write_last_use().await.unwrap();
        bench.visits.write_last_use().await.unwrap();
        bench.visits.look_after_watched().await;
        assert!(!is_over(&tunnel));
    }
    assert!(bench.visitor(&browser).await.is_some());

    // The session goes on under another value.
    let held = bench.desk.store.session(&opened).await.unwrap().unwrap();
    let (now, renewed) = (bench.desk.now(), Token::draw(&*bench.desk.entropy));
    let mut old = held.value.clone();
    old.ends = Some(now.plus(SUPERSEDED_FOR));
    let changes = vec![
        Change::ReplaceSession(opened, old, held.version),
        Change::OpenSession {
            cookie: renewed.digest(),
            session: held.value,
            at_most: 10,
        },
    ];
    bench.desk.commit(changes, now).await.unwrap();
    bench.visits.look_after_watched().await;
    for _ in 0..4 {
        bench.pass(1800);
        bench.visits.used(&tunnel, bench.desk.now());
        bench.visits.look_after_watched().await;
        assert!(!is_over(&tunnel));
    }
    assert!(bench.visitor_with(&renewed, &browser).await.is_some());
    bench.pass(3600);
    bench.visits.look_after_watched().await;
    assert!(is_over(&tunnel), "nothing was sent for an hour");
}
