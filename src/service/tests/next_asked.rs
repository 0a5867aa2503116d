//! What letters say about the next sign-in, and what it is then.

use super::admin::operator;
use crate::identity::assurance::NextAsked;
use crate::identity::settings::{AppSetup, Floor, Settings};
use crate::identity::sign_in::Stage;
use crate::messaging::Letter;
use crate::service::apps::{AfterPlan, AfterRemoval};
use crate::service::sign_in::AfterPassword;
use crate::service::testing::{Bench, PASSWORD};

const ANNA: &str = "anna@example.com";

fn told(bench: &Bench) -> Vec<NextAsked> {
    let letters = bench.queued().into_iter();
    letters
        .filter_map(|mail| match mail.letter {
            Letter::Notice(notice) => notice.next_asked,
            _ => None,
        })
        .collect()
}

#[tokio::test]
async fn a_reset_by_support_says_what_is_asked_from_now_on() {
    type Change = fn(&mut Settings);
    let cases: [(Change, NextAsked); 3] = [
        (|_| {}, NextAsked::Email),
        (
            |rules| rules.second_factor.floor = Floor::None,
            NextAsked::Nothing,
        ),
        (
            |rules| {
                rules.second_factor.floor = Floor::None;
                rules.second_factor.app_setup = AppSetup::Required;
            },
            NextAsked::SetUp,
        ),
    ];
    for (rule, expected) in cases {
        let bench = Bench::with(rule);
        let anna = bench.account(ANNA).await;
        bench.give_app(anna.id).await;
        bench.desk.admin_reset_mfa(ANNA, &operator()).await.unwrap();
        assert_eq!(told(&bench), [expected]);

        let mut browser = bench.browser();
        let after = bench.password(&mut browser, ANNA, PASSWORD).await;
        let asked = match &after {
            AfterPassword::SignedIn(_) => NextAsked::Nothing,
            AfterPassword::Step(ticket, _) => match ticket.flow.stage {
                Stage::SetUp(_) => NextAsked::SetUp,
                _ => NextAsked::Email,
            },
            other => panic!("{other:?}"),
        };
        assert_eq!(asked, expected, "{after:?}");
    }
}

#[tokio::test]
async fn a_removed_app_promises_codes_by_email_only_where_they_come() {
    for (floor, expected) in [
        (Floor::Email, NextAsked::Email),
        (Floor::None, NextAsked::Nothing),
    ] {
        let bench = Bench::with(|rules| rules.second_factor.floor = floor);
        let anna = bench.account(ANNA).await;
        let secret = bench.give_app(anna.id).await;
        let id = bench.stored(anna.id).await.apps[0].id;
        let browser = bench.signed_in_by_app(ANNA, &secret).await;
        let visitor = bench.visitor(&browser).await.unwrap();
        let planned = bench.desk.plan_app_removal(id, &visitor).await.unwrap();
        assert_eq!(planned, AfterPlan::Planned);
        let after = bench.desk.remove_app(&visitor, &browser.caller).await.unwrap();
        assert!(matches!(after, AfterRemoval::Removed(_)), "{after:?}");
        assert_eq!(told(&bench), [expected]);
    }
}
