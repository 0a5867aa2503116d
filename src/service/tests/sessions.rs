//! Sessions, as their owner sees and ends them; names; what has happened lately.

use crate::base::entropy::OsEntropy;
use crate::base::id::SessionId;
use crate::messaging::NoticeKind;
use crate::service::profile::AfterNames;
use crate::service::sessions::{AfterEndMany, AfterEndOne};
use crate::service::sign_in::AfterPassword;
use crate::service::testing::{Bench, Browser, PASSWORD};
use crate::service::trust::Answer;

const ANNA: &str = "anna@example.com";
const BOB: &str = "bob@example.com";

async fn id_of(bench: &Bench, browser: &Browser) -> SessionId {
    bench.visitor(browser).await.unwrap().session().id
}

async fn trust(bench: &Bench, browser: &mut Browser) {
    let session = browser.cookies.session.clone().unwrap().digest();
    let yes = Answer::Yes {
        name: "Laptop",
        otherwise: "",
    };
    let answered = bench
        .desk
        .answer_trust(yes, &session, &browser.cookies, &browser.caller)
        .await;
    browser.cookies.device = answered.unwrap().unwrap().device;
}

#[tokio::test]
async fn the_list_has_live_sessions_this_one_first_and_their_last_use() {
    let bench = Bench::new();
    bench.account(ANNA).await;
    let old = bench.signed_in(ANNA).await;
    bench.pass(1800);
    let other = bench.signed_in(ANNA).await;
    bench.pass(1200);
    let here = bench.signed_in(ANNA).await;
    bench.visitor(&other).await.unwrap();
    let used = bench.desk.now();
    bench.pass(900);

    let visitor = bench.visitor(&here).await.unwrap();
    let held = bench.desk.sessions_held(&visitor).await.unwrap();

    let ids: Vec<SessionId> = held.iter().map(|it| it.session.id).collect();
    let others = (id_of(&bench, &here).await, id_of(&bench, &other).await);
    assert_eq!(ids, [others.0, others.1], "the first has rested for over an hour");
    assert_eq!((held[0].here, held[1].here), (true, false));
    assert_eq!(held[1].last_used, used, "not written yet, and known all the same");
    assert!(bench.visitor(&old).await.is_none());
}

/// SESS-21
#[tokio::test]
async fn one_session_ends_and_nobody_elses() {
    let bench = Bench::new();
    let anna = bench.account(ANNA).await;
    let bob = bench.account(BOB).await;
    let (here, other) = (bench.signed_in(ANNA).await, bench.signed_in(ANNA).await);
    let bobs = bench.signed_in(BOB).await;
    let visitor = bench.visitor(&here).await.unwrap();
    let (own, others, theirs) = (
        id_of(&bench, &here).await,
        id_of(&bench, &other).await,
        id_of(&bench, &bobs).await,
    );
    let end = async |id| bench.desk.end_session(id, &visitor, &here.caller).await.unwrap();

    assert_eq!(end(theirs).await, AfterEndOne::Unknown);
    assert_eq!(end(SessionId::draw(&OsEntropy)).await, AfterEndOne::Unknown);
    assert_eq!(end(own).await, AfterEndOne::Here);
    assert_eq!(end(others).await, AfterEndOne::Ended);
    assert_eq!(end(others).await, AfterEndOne::Unknown);

    assert!(bench.visitor(&other).await.is_none());
    assert!(bench.visitor(&here).await.is_some());
    assert_eq!(
        (bench.sessions(anna.id).await, bench.sessions(bob.id).await),
        (1, 1)
    );
    assert_eq!(bench.told("session.ended").await, 1);
}

#[tokio::test]
async fn all_others_end_with_the_sign_ins_under_way_and_devices_stay_trusted() {
    let bench = Bench::new();
    let anna = bench.account(ANNA).await;
    let mut here = bench.signed_in(ANNA).await;
    trust(&bench, &mut here).await;
    let others = [bench.signed_in(ANNA).await, bench.signed_in(ANNA).await];
    let mut half_way = bench.browser();
    bench.password(&mut half_way, ANNA, PASSWORD).await;
    let visitor = bench.visitor(&here).await.unwrap();

    let after = bench.desk.end_other_sessions(&visitor, &here.caller).await;

    assert_eq!(after.unwrap(), AfterEndMany::Ended);
    for other in &others {
        assert!(bench.visitor(other).await.is_none());
    }
    assert!(bench.desk.flow_of(&half_way.cookies).await.unwrap().is_none());
    assert!(bench.visitor(&here).await.is_some());
    assert_eq!(bench.stored(anna.id).await.devices.len(), 1);
    assert_eq!(bench.told("session.ended").await, 2);
}

/// SESS-08
#[tokio::test]
async fn signing_out_everywhere_leaves_nothing_that_works() {
    let bench = Bench::new();
    let anna = bench.account(ANNA).await;
    let mut here = bench.signed_in(ANNA).await;
    trust(&bench, &mut here).await;
    let other = bench.signed_in(ANNA).await;
    let mut half_way = bench.browser();
    bench.password(&mut half_way, ANNA, PASSWORD).await;
    let visitor = bench.visitor(&here).await.unwrap();

    let after = bench.desk.sign_out_everywhere(&visitor, &here.caller).await;

    assert_eq!(after.unwrap(), AfterEndMany::Ended);
    assert!(bench.visitor(&here).await.is_none());
    assert!(bench.visitor(&other).await.is_none());
    assert!(bench.desk.flow_of(&half_way.cookies).await.unwrap().is_none());
    assert_eq!(bench.sessions(anna.id).await, 0);
    assert_eq!(bench.notices().last(), Some(&NoticeKind::SignedOutEverywhere));
    // The device's cookie is still there, and is asked for a code.
    let after = bench.password(&mut here, ANNA, PASSWORD).await;
    assert!(matches!(after, AfterPassword::Step(..)), "{after:?}");
    // And with the old session nothing can be ended any more.
    let late = bench.desk.end_other_sessions(&visitor, &here.caller).await;
    assert_eq!(late.unwrap(), AfterEndMany::Gone);
}

#[tokio::test]
async fn names_are_one_line_and_reach_the_portal_at_once() {
    let bench = Bench::new();
    let anna = bench.account(ANNA).await;
    let here = bench.signed_in(ANNA).await;
    let visitor = bench.visitor(&here).await.unwrap();

    let after = bench
        .desk
        .change_names(" Anna\r\nX-Evil: 1 ", "Müller", &visitor)
        .await;

    assert_eq!(after.unwrap(), AfterNames::Saved);
    assert_eq!(bench.stored(anna.id).await.display_name(), "AnnaX-Evil: 1 Müller");
    let visitor = bench.visitor(&here).await.unwrap();
    let name = visitor.holder().name.clone().unwrap();
    assert_eq!(name.as_bytes(), "AnnaX-Evil: 1 Müller".as_bytes());
}

#[tokio::test]
async fn the_owner_reads_the_newest_first_and_nothing_of_others() {
    let bench = Bench::new();
    let anna = bench.account(ANNA).await;
    bench.account(BOB).await;
    bench.signed_in(BOB).await;
    let mut browser = bench.browser();
    bench.password(&mut browser, ANNA, "wrong").await;
    bench.pass(5);
    let here = bench.signed_in(ANNA).await;

    let visitor = bench.visitor(&here).await.unwrap();
    let events = bench.desk.recent_events(&visitor).await.unwrap();

    assert!(events.iter().all(|event| event.account == Some(anna.id)));
    assert!(events.windows(2).all(|pair| pair[0].at >= pair[1].at));
    let names: Vec<String> = events.iter().map(crate::identity::event::Event::name).collect();
    assert_eq!(names.last().map(String::as_str), Some("sign_in.password_failed"));
    assert!(names.contains(&"sign_in.completed".to_owned()));
}
