//! The rules that every adapter keeps, as tests over [`Store`]: one function for each rule.
//!
//! An adapter runs them all with one line, `conformance::suite!(opener)`. The opener is an async
//! closure that gives a new, empty store and whatever has to stay alive while it is used. Each rule
//! gets a store of its own.

use crate::base::client::UserAgent;
use crate::base::id::{AccountId, FlowId, SessionId, TokenDigest};
use crate::base::time::Timestamp;
use crate::identity::account::{Account, EmailAddress};
use crate::identity::confirm::{Confirming, Intent};
use crate::identity::factor::email_code::MailedCodes;
use crate::identity::session::{Proven, Session};
use crate::store::{
    Arrival, Change, Committed, Flow, FlowKey, FlowKind, Store, StoredFlow, Versioned, WriteError,
};

pub(in crate::store) mod accounts;
pub(in crate::store) mod changes;
pub(in crate::store) mod commits;
pub(in crate::store) mod counters;
pub(in crate::store) mod flows;
pub(in crate::store) mod housekeeping;
pub(in crate::store) mod queue;
pub(in crate::store) mod sessions;

macro_rules! suite {
    (@ in_turn $name:ident, $open:expr; $($group:ident :: $rule:ident),* $(,)?) => {
        #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
        async fn $name() {
            $(
                let (store, _kept) = ($open)().await;
                $crate::store::conformance::$group::$rule(&store).await;
            )*
        }
    };
    (@ each $open:expr; $($group:ident :: $rule:ident),* $(,)?) => {
        $(
            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $rule() {
                let (store, _kept) = ($open)().await;
                $crate::store::conformance::$group::$rule(&store).await;
            }
        )*
    };
    (@ all ($($how:tt)*)) => {
        $crate::store::conformance::suite!(@ $($how)*;
            accounts::an_account_is_found_by_id_and_by_any_spelling_of_its_address,
            accounts::an_address_belongs_to_one_account,
            accounts::a_replaced_account_can_change_its_address,
            accounts::a_replacement_decided_on_an_old_version_is_refused,
            accounts::of_fifty_replacements_at_once_one_wins,
            accounts::a_deleted_account_takes_its_sessions_and_flows_along,
            accounts::accounts_are_listed_by_address_from_behind_one,
            accounts::an_account_comes_back_as_it_was_stored,
            accounts::devices_are_counted_until_they_end,
            commits::a_commit_is_written_whole_or_not_at_all,
            commits::changes_of_a_commit_are_made_in_order,
            commits::conflicts_do_not_undo_their_neighbours,
            commits::of_fifty_sign_ins_with_one_flow_one_opens_a_session,
            flows::a_flow_is_found_until_it_is_over,
            flows::a_flow_is_created_only_where_there_is_none,
            flows::an_expired_flow_can_neither_be_replaced_nor_used_up,
            flows::a_flow_is_used_up_once,
            flows::a_flow_made_anew_has_a_version_of_its_own,
            flows::flows_of_one_cookie_are_told_apart_by_kind,
            flows::dropping_a_flow_asks_for_no_version,
            flows::flows_of_one_kind_are_dropped_together,
            flows::a_flow_is_read_with_its_account,
            sessions::a_session_is_read_with_its_account,
            sessions::a_session_comes_back_as_it_was_stored,
            sessions::a_cookie_opens_one_session,
            sessions::a_replaced_session_has_another_version,
            sessions::too_many_sessions_displace_the_oldest,
            sessions::the_session_that_opens_is_never_displaced,
            sessions::superseded_values_count_for_nothing_and_go_along,
            sessions::sessions_are_listed_oldest_first,
            sessions::ending_all_spares_the_one_that_stays_and_everybody_else,
            sessions::last_use_only_moves_forward,
            counters::every_stroke_counts_and_the_limit_is_said_once,
            counters::nothing_is_counted_where_anybody_waits,
            counters::the_longest_wait_is_told,
            counters::of_two_hundred_guesses_at_once_no_more_than_the_limit_pass,
            counters::a_refund_lifts_the_wait_that_its_stroke_began,
            counters::members_count_once_each,
            counters::waits_are_looked_up_without_counting,
            counters::cleared_counts_begin_anew,
            counters::counts_are_settled_with_the_commit_that_rests_on_them,
            queue::letters_stay_until_they_are_done,
            queue::a_letter_is_put_off,
            queue::letters_are_sealed_anew_where_they_lie,
            queue::events_are_listed_oldest_first_by_account_and_time,
            changes::writes_are_told_in_order,
            changes::what_nobody_holds_a_copy_of_is_not_told,
            changes::whoever_is_far_behind_is_told_everything,
            changes::a_mark_from_elsewhere_is_told_everything,
            housekeeping::a_sweep_takes_what_is_over_and_nothing_else,
            housekeeping::every_session_and_flow_ends_and_nothing_else,
            housekeeping::another_key_takes_the_place_of_the_one_before,
            housekeeping::the_newest_time_never_goes_back,
            housekeeping::the_key_check_is_set_once,
            housekeeping::a_store_at_work_answers_a_ping,
        );
    };
    // One test of that name, for stores that are dear to begin: all rules one after the other.
    (in_turn $name:ident, $open:expr) => {
        $crate::store::conformance::suite!(@ all (in_turn $name, $open));
    };
    ($open:expr) => {
        $crate::store::conformance::suite!(@ all (each $open));
    };
}
pub(in crate::store) use suite;

/// Seconds after the moment the tests begin at.
pub(in crate::store) fn at(seconds: i64) -> Timestamp {
    Timestamp::from_unix_seconds(1_800_000_000 + seconds)
}

pub(in crate::store) fn address(spelling: &str) -> EmailAddress {
    EmailAddress::parse(spelling).expect("an address")
}

fn id(number: u64) -> [u8; 16] {
    u128::from(number).to_be_bytes()
}

pub(in crate::store) fn account_id(number: u64) -> AccountId {
    AccountId::from_bytes(id(number))
}

pub(in crate::store) fn account(number: u64) -> Account {
    let email = address(&format!("Person{number:05}@Example.com"));
    Account::new(account_id(number), email, at(0))
}

pub(in crate::store) fn cookie(number: u64) -> TokenDigest {
    let mut digest = [0xc0; 32];
    digest[..8].copy_from_slice(&number.to_be_bytes());
    TokenDigest::from_bytes(digest)
}

pub(in crate::store) fn session(account: u64, number: u64, opened: Timestamp) -> Session {
    Session {
        id: SessionId::from_bytes(id(number)),
        account: account_id(account),
        epoch: 0,
        site: "portal.example.com".to_owned(),
        proven: Proven {
            password: opened,
            second: None,
            device: None,
        },
        opened,
        last_used: opened,
        ends: None,
        misses: 0,
        user_agent: UserAgent::read("Firefox/1 Linux"),
    }
}

/// Opens the session `number` under the cookie of that number, with room for ten.
pub(in crate::store) fn open(account: u64, number: u64, opened: Timestamp) -> Change {
    Change::OpenSession {
        cookie: cookie(number),
        session: session(account, number, opened),
        at_most: 10,
    }
}

pub(in crate::store) fn flow_key(kind: FlowKind, number: u64) -> FlowKey {
    FlowKey {
        kind,
        cookie: cookie(number),
    }
}

pub(in crate::store) fn arrival(account: u64, next: &str, expires: Timestamp) -> StoredFlow {
    let arrival = Arrival {
        next: next.to_owned(),
        ask_trust: true,
        recovery_used: false,
        resumes: false,
        fresh: None,
    };
    StoredFlow {
        account: account_id(account),
        expires,
        flow: Flow::Arrival(arrival),
    }
}

pub(in crate::store) fn confirming(account: u64, expires: Timestamp) -> StoredFlow {
    let confirming = Confirming {
        id: FlowId::from_bytes(id(1)),
        intent: Intent::ChangePassword,
        cleared: false,
        mailed: MailedCodes::default(),
        texted: MailedCodes::default(),
        expires,
    };
    StoredFlow {
        account: account_id(account),
        expires,
        flow: Flow::Confirming(confirming),
    }
}

pub(in crate::store) fn goes_to(flow: &StoredFlow) -> &str {
    match &flow.flow {
        Flow::Arrival(arrival) => &arrival.next,
        other => panic!("not an arrival: {other:?}"),
    }
}

pub(in crate::store) async fn done(store: &dyn Store, changes: Vec<Change>) -> Committed {
    store
        .commit(changes, at(0))
        .await
        .expect("a commit that nothing stands in the way of")
}

pub(in crate::store) async fn refused(store: &dyn Store, changes: Vec<Change>) -> WriteError {
    store
        .commit(changes, at(0))
        .await
        .expect_err("a commit that must not pass")
}

pub(in crate::store) async fn stored(store: &dyn Store, number: u64) -> Versioned<Account> {
    store
        .account(account_id(number))
        .await
        .expect("an answer")
        .expect("an account")
}

pub(in crate::store) async fn has_session(store: &dyn Store, number: u64) -> bool {
    store.session(&cookie(number)).await.expect("an answer").is_some()
}
