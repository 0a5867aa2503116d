//! Four portals that exist, each with one configuration file, and everything that their users and their
//! support do there: in a real browser, with the file alone.
//!
//! What a portal does is numbered. A step of a walk, once it has seen that it is so, says which numbers it
//! has shown; a number that no step has shown fails the test.

mod a;
mod a_account;
mod b;
mod c;
mod d;
mod place;

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::ops::RangeInclusive;

use serde_json::json;
use tokio::sync::OnceCell;

use crate::rig::binary::Installation;
use crate::rig::browser::Look;
use crate::rig::smtp::Smtp;

/// What each portal does.
const A: RangeInclusive<u8> = 1..=43;
const B: RangeInclusive<u8> = 44..=58;
const C: RangeInclusive<u8> = 59..=77;
const D: RangeInclusive<u8> = 78..=91;

/// What a walk has shown so far.
#[derive(Default)]
pub struct Shown(RefCell<BTreeSet<u8>>);

impl Shown {
    /// Says what the lines above have seen.
    pub fn saw(&self, what: &str, numbers: &[u8]) {
        println!("{numbers:?} {what}");
        self.0.borrow_mut().extend(numbers);
    }
}

async fn walked(once: &OnceCell<BTreeSet<u8>>, walk: impl AsyncFnOnce(&Shown)) -> BTreeSet<u8> {
    let numbers = once.get_or_init(async || {
        let shown = Shown::default();
        walk(&shown).await;
        shown.0.into_inner()
    });
    numbers.await.clone()
}

fn all_of(portal: RangeInclusive<u8>, shown: &BTreeSet<u8>) {
    let all: BTreeSet<u8> = portal.collect();
    let missing: Vec<&u8> = all.difference(shown).collect();
    let foreign: Vec<&u8> = shown.difference(&all).collect();
    assert!(missing.is_empty(), "no step shows {missing:?}");
    assert!(foreign.is_empty(), "another portal's: {foreign:?}");
}

static WALKS: [OnceCell<BTreeSet<u8>>; 4] = [const { OnceCell::const_new() }; 4];

async fn portal_a() -> BTreeSet<u8> {
    walked(&WALKS[0], async |shown| a::walk(&Look::default(), shown).await).await
}

async fn portal_b() -> BTreeSet<u8> {
    walked(&WALKS[1], async |shown| b::walk(&Look::phone(), shown).await).await
}

async fn portal_c() -> BTreeSet<u8> {
    walked(&WALKS[2], async |shown| c::walk(&Look::default(), shown).await).await
}

async fn portal_d() -> BTreeSet<u8> {
    walked(&WALKS[3], async |shown| d::walk(&Look::phone(), shown).await).await
}

#[tokio::test]
async fn portal_a_does_what_it_does() {
    all_of(A, &portal_a().await);
}

#[tokio::test]
async fn portal_a_does_it_without_scripts() {
    let shown = Shown::default();
    a::walk(&Look::phone().without_scripts(), &shown).await;
    all_of(A, &shown.0.into_inner());
}

#[tokio::test]
async fn portal_b_does_what_it_does() {
    all_of(B, &portal_b().await);
}

#[tokio::test]
async fn portal_c_does_what_it_does() {
    all_of(C, &portal_c().await);
}

#[tokio::test]
async fn portal_d_does_what_it_does() {
    all_of(D, &portal_d().await);
}

/// Whoever takes a walk away, or a number out of one, fails here.
#[tokio::test]
async fn every_number_is_shown_by_a_step() {
    let walks = tokio::join!(portal_a(), portal_b(), portal_c(), portal_d());
    let shown: BTreeSet<u8> = [walks.0, walks.1, walks.2, walks.3]
        .into_iter()
        .flatten()
        .collect();
    all_of(1..=91, &shown);
}

/// Each file is what an operator would run, without a warning.
#[tokio::test]
async fn the_files_are_accepted_as_they_are() {
    let smtp = Smtp::start().await;
    let place = Installation::new("http://127.0.0.1:9", &smtp, &json!({}));
    for portal in ["a", "b", "c", "d"] {
        let file = place::folder().join(format!("{portal}.yaml"));
        let checked = place
            .run(&["config", "check", "--config", file.to_str().unwrap()], "")
            .await;
        let said = String::from_utf8_lossy(&checked.stderr);
        assert!(
            checked.status.success() && !said.contains("warning"),
            "{portal}: {said}"
        );
    }
}
