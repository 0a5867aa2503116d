//! Invitations, with a clock that is turned by hand.

use crate::base::language::Language;
use crate::base::link::LinkKind;
use crate::base::secret::Secret;
use crate::identity::invitation::Ended;
use crate::identity::registration::Details;
use crate::identity::settings::{AppSetup, Floor, Method};
use crate::identity::sign_in::{SetUp, Stage};
use crate::messaging::{Letter, LinkPurpose};
use crate::service::admin::{AdminError, NewAccount, Operator};
use crate::service::factor::{AfterCode, TypedCode};
use crate::service::invite::AfterInvitation;
use crate::service::sign_in::AfterPassword;
use crate::service::testing::{Bench, Browser, PASSWORD};

const ANNA: &str = "anna@example.com";

fn operator() -> Operator {
    Operator {
        name: "root".to_owned(),
        reason: None,
        site_url: "https://portal.example.com".to_owned(),
        language: Language::english(),
    }
}

/// Adds the account and invites its owner; the value of the link.
async fn invite(bench: &Bench) -> String {
    let new = NewAccount {
        email: ANNA.to_owned(),
        invite: true,
        ..NewAccount::default()
    };
    bench.desk.admin_add(new, &operator()).await.unwrap();
    bench.links().pop().unwrap()
}

/// Opens the link in a browser, as often as anybody likes.
async fn open(bench: &Bench, browser: &mut Browser, link: &str) -> Option<Ended> {
    let link = bench.desk.read_link(LinkKind::Invitation, link);
    let invited = bench.desk.invited(link.as_ref()).await.unwrap();
    browser.cookies.flow = link;
    invited.err()
}

async fn accept(bench: &Bench, browser: &mut Browser, password: &str) -> AfterInvitation {
    let details = Details {
        first_name: "Anna".to_owned(),
        last_name: "Muster".to_owned(),
        language: Language::english(),
    };
    let (cookies, caller) = (&browser.cookies, &browser.caller);
    let after = bench
        .desk
        .accept_invitation(password, &details, cookies, caller)
        .await;
    let after = after.unwrap();
    match &after {
        AfterInvitation::Accepted(AfterPassword::Step(ticket, _)) => {
            browser.cookies.flow = Some(ticket.cookie.clone());
        }
        AfterInvitation::Accepted(AfterPassword::SignedIn(opened)) => browser.take(opened),
        _ => {}
    }
    after
}

#[tokio::test]
async fn from_a_mailed_link_to_a_session_past_the_second_factor() {
    let bench = Bench::new();
    let link = invite(&bench).await;
    let letters = bench.queued();
    assert!(
        matches!(&letters[..], [mail] if matches!(&mail.letter, Letter::Link(it) if it.purpose == LinkPurpose::Invitation))
    );
    let nobody = bench.password(&mut bench.browser(), ANNA, PASSWORD).await;
    assert!(matches!(nobody, AfterPassword::Wrong { .. }), "{nobody:?}");
    // A mail scanner opens it three times.
    for _ in 0..3 {
        assert_eq!(open(&bench, &mut bench.browser(), &link).await, None);
    }
    let mut anna = bench.browser();
    assert_eq!(open(&bench, &mut anna, &link).await, None);
    for weak in ["", "short", "passwordpassword1"] {
        let after = accept(&bench, &mut anna, weak).await;
        assert!(matches!(after, AfterInvitation::Refused(_)), "{weak}: {after:?}");
    }
    let after = accept(&bench, &mut anna, PASSWORD).await;
    let AfterInvitation::Accepted(AfterPassword::Step(ticket, _)) = &after else {
        panic!("{after:?}");
    };
    assert!(matches!(ticket.flow.stage, Stage::SecondFactor { .. }));
    assert!(bench.visitor(&anna).await.is_none(), "no session before the code");
    let code = bench.mailbox.newest_code();
    let after = bench.code(&mut anna, TypedCode::Email(&code)).await;
    assert!(matches!(after, AfterCode::SignedIn(_)), "{after:?}");
    let visitor = bench.visitor(&anna).await.unwrap();
    assert_eq!(visitor.account().display_name(), "Anna Muster");
    assert_eq!(visitor.session().method(), "password+email");
    for event in [
        "support.account_added",
        "support.invited",
        "registration.completed",
    ] {
        assert_eq!(bench.told(event).await, 1, "{event}");
    }

    let mut again = bench.browser();
    assert_eq!(open(&bench, &mut again, &link).await, Some(Ended::Used));
    let after = accept(&bench, &mut again, "another fine long password").await;
    assert!(matches!(after, AfterInvitation::Ended(Ended::Used)), "{after:?}");
    let after = bench.password(&mut bench.browser(), ANNA, PASSWORD).await;
    assert!(
        matches!(after, AfterPassword::Step(..)),
        "it is what it was: {after:?}"
    );
}

#[tokio::test]
async fn the_newest_link_for_three_days_until_there_is_a_password() {
    let bench = Bench::new();
    let old = invite(&bench).await;
    bench.pass(60);
    bench.desk.admin_invite(ANNA, &operator()).await.unwrap();
    let new = bench.links().pop().unwrap();
    let mut anna = bench.browser();
    assert_eq!(open(&bench, &mut anna, &old).await, Some(Ended::TooLate));
    for forged in ["", "x", &new[1..], &format!("{new}A")] {
        assert!(
            bench.desk.read_link(LinkKind::Invitation, forged).is_none(),
            "{forged}"
        );
        assert!(
            bench.desk.read_link(LinkKind::Reset, &new).is_none(),
            "of one purpose"
        );
    }
    bench.pass(72 * 3600 - 1);
    assert_eq!(open(&bench, &mut anna, &new).await, None);
    bench.pass(1);
    assert_eq!(open(&bench, &mut anna, &new).await, Some(Ended::TooLate));
    let after = accept(&bench, &mut anna, PASSWORD).await;
    assert!(
        matches!(after, AfterInvitation::Ended(Ended::TooLate)),
        "{after:?}"
    );

    bench.desk.admin_invite(ANNA, &operator()).await.unwrap();
    let newest = bench.links().pop().unwrap();
    assert_eq!(open(&bench, &mut anna, &newest).await, None);
    let password = Secret::new(PASSWORD.to_owned());
    bench
        .desk
        .admin_set_password(ANNA, &password, &operator())
        .await
        .unwrap();
    assert_eq!(open(&bench, &mut anna, &newest).await, Some(Ended::TooLate));
    let refused = bench.desk.admin_invite(ANNA, &operator()).await;
    assert!(matches!(refused, Err(AdminError::AddressTaken(_))), "{refused:?}");
}

#[tokio::test]
async fn two_at_once_set_one_password() {
    let bench = Bench::new();
    let link = invite(&bench).await;
    let (mut one, mut two) = (bench.browser(), bench.browser());
    open(&bench, &mut one, &link).await;
    open(&bench, &mut two, &link).await;
    let (first, second) = ("a first fine long password", "a second fine long password");
    let (a, b) = tokio::join!(accept(&bench, &mut one, first), accept(&bench, &mut two, second));
    let accepted = |it: &AfterInvitation| matches!(it, AfterInvitation::Accepted(_));
    assert_eq!(
        [&a, &b].iter().filter(|it| accepted(it)).count(),
        1,
        "{a:?} {b:?}"
    );
    let (kept, lost) = if accepted(&a) {
        (first, second)
    } else {
        (second, first)
    };
    let after = bench.password(&mut bench.browser(), ANNA, kept).await;
    assert!(matches!(after, AfterPassword::Step(..)), "{after:?}");
    let after = bench.password(&mut bench.browser(), ANNA, lost).await;
    assert!(matches!(after, AfterPassword::Wrong { .. }), "{after:?}");
}

#[tokio::test]
async fn where_an_app_is_demanded_the_invitation_leads_to_its_set_up() {
    let bench = Bench::with(|rules| {
        rules.second_factor.methods = vec![Method::App];
        rules.second_factor.floor = Floor::None;
        rules.second_factor.app_setup = AppSetup::Required;
    });
    let link = invite(&bench).await;
    let mut anna = bench.browser();
    open(&bench, &mut anna, &link).await;
    let after = accept(&bench, &mut anna, PASSWORD).await;
    let AfterInvitation::Accepted(AfterPassword::Step(ticket, _)) = &after else {
        panic!("{after:?}");
    };
    assert_eq!(ticket.flow.stage, Stage::SetUp(SetUp::Why));
    assert!(bench.visitor(&anna).await.is_none());
}
