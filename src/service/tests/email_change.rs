//! Another email address, and the way back.

use crate::base::link::LinkKind;
use crate::base::secret::Secret;
use crate::identity::account::{Account, EmailAddress, Status};
use crate::identity::email_change::Ended;
use crate::messaging::{Letter, Mail, NoticeKind};
use crate::service::admin::Edit;
use crate::service::email_change::{AfterConfirmedAddress, AfterNewAddress};
use crate::service::email_revoke::AfterRevocation;
use crate::service::testing::{Bench, Browser};
use crate::service::tests::admin::operator;

const ANNA: &str = "anna@example.com";
const BERG: &str = "berg@example.org";

fn address(typed: &str) -> EmailAddress {
    EmailAddress::parse(typed).unwrap()
}

async fn asks(bench: &Bench, browser: &Browser, typed: &str) -> AfterNewAddress {
    let visitor = bench.visitor(browser).await.unwrap();
    bench
        .desk
        .change_email(&address(typed), &visitor, &browser.caller)
        .await
        .unwrap()
}

/// Opens the newest link to a new address, elsewhere.
fn opens(bench: &Bench) -> Browser {
    let mut browser = bench.browser();
    browser.cookies.flow = bench
        .desk
        .read_link(LinkKind::Email, &bench.links().pop().unwrap());
    assert!(browser.cookies.flow.is_some());
    browser
}

async fn presses(bench: &Bench, browser: &Browser) -> AfterConfirmedAddress {
    let visitor = bench.visitor(browser).await;
    bench
        .desk
        .confirm_email(visitor.as_ref(), &browser.cookies, &browser.caller)
        .await
        .unwrap()
}

/// The links back in the queue, oldest first, each with the mailbox that it went to.
fn ways_back(bench: &Bench) -> Vec<(String, String)> {
    let letters = bench.queued().into_iter();
    let back = letters.filter_map(|mail: Mail| match mail.letter {
        Letter::Notice(notice) => match notice.kind {
            NoticeKind::EmailChangedAway { revoke, .. } => {
                Some((mail.to.address.key().to_owned(), revoke.expose().to_owned()))
            }
            _ => None,
        },
        _ => None,
    });
    back.collect()
}

async fn opens_way_back(bench: &Bench, link: &str) -> Option<Browser> {
    let mut browser = bench.browser();
    browser.cookies.flow = Some(bench.desk.open_revoke_link(link).await.unwrap()?);
    Some(browser)
}

async fn takes_back(bench: &Bench, browser: &Browser) -> AfterRevocation {
    bench
        .desk
        .revoke_email(&browser.cookies, &browser.caller)
        .await
        .unwrap()
}

/// Anna moves to another address, confirmed elsewhere.
async fn moves(bench: &Bench, from: &str, to: &str) {
    let browser = bench.signed_in(from).await;
    assert_eq!(asks(bench, &browser, to).await, AfterNewAddress::Sent);
    let after = presses(bench, &opens(bench)).await;
    assert!(
        matches!(after, AfterConfirmedAddress::Changed(_, None)),
        "{after:?}"
    );
}

async fn bench() -> (Bench, Account) {
    let bench = Bench::new();
    let anna = bench.account(ANNA).await;
    (bench, anna)
}

#[tokio::test]
async fn reg_19_the_new_address_confirms_and_the_old_one_hears_of_it() {
    let (bench, anna) = bench().await;
    let elsewhere = bench.signed_in(ANNA).await;
    bench.pass(31);
    let mut own = bench.signed_in(ANNA).await;
    assert_eq!(asks(&bench, &own, BERG).await, AfterNewAddress::Sent);
    assert_eq!(
        bench.stored(anna.id).await.email.key(),
        ANNA,
        "nothing has changed yet"
    );
    assert_eq!(
        bench.notices(),
        [
            NoticeKind::NewSignIn,
            NoticeKind::EmailChangeAsked {
                to: "b•••@example.org".to_owned()
            }
        ]
    );
    let link = bench.queued().pop().unwrap();
    assert_eq!(link.to.address.key(), BERG);
    bench.signed_in(ANNA).await;

    own.cookies.flow = opens(&bench).cookies.flow;
    let AfterConfirmedAddress::Changed(to, Some(renewed)) = presses(&bench, &own).await else {
        panic!("in a session of hers it goes on");
    };
    assert_eq!(to.key(), BERG);
    let old_value = bench.visitor(&own).await;
    assert!(old_value.is_none());
    own.cookies.session = Some(renewed.cookie.clone());
    assert!(bench.visitor(&own).await.is_some());
    assert!(bench.visitor(&elsewhere).await.is_none());
    let after = bench.stored(anna.id).await;
    assert_eq!((after.email.key(), after.epoch), (BERG, anna.epoch + 1));
    let told: Vec<String> = bench
        .queued()
        .iter()
        .map(|mail| mail.to.address.key().to_owned())
        .collect();
    // Her second and her third browser, too.
    assert_eq!(told, [ANNA, ANNA, BERG, ANNA, ANNA, BERG]);
    for event in ["email.change_asked", "email.changed", "session.ended"] {
        assert!(bench.told(event).await >= 1, "{event}");
    }
    let twice = presses(&bench, &own).await;
    assert!(
        matches!(twice, AfterConfirmedAddress::Ended(Ended::Used)),
        "{twice:?}"
    );
    bench.signed_in(BERG).await;
}

#[tokio::test]
async fn a_link_works_in_time_the_newest_only_and_not_after_another_change() {
    let (bench, anna) = bench().await;
    let own = bench.signed_in(ANNA).await;
    asks(&bench, &own, BERG).await;
    let older = opens(&bench);
    asks(&bench, &own, "neu@example.org").await;
    let newer = opens(&bench);
    let late = presses(&bench, &older).await;
    assert!(
        matches!(late, AfterConfirmedAddress::Ended(Ended::TooLate)),
        "{late:?}"
    );
    bench.change(anna.id, Account::credentials_changed).await;
    let cancelled = presses(&bench, &newer).await;
    assert!(
        matches!(cancelled, AfterConfirmedAddress::Ended(Ended::TooLate)),
        "{cancelled:?}"
    );
    let own = bench.signed_in(ANNA).await;
    asks(&bench, &own, BERG).await;
    let link = opens(&bench);
    bench.pass(24 * 3600);
    assert!(
        bench
            .desk
            .pending_change(link.cookies.flow.as_ref())
            .await
            .unwrap()
            .is_err()
    );
}

#[tokio::test]
async fn a_change_asks_for_fresh_proof_and_goes_on_with_it() {
    let (bench, _) = bench().await;
    let own = bench.signed_in(ANNA).await;
    bench.pass(301);
    assert_eq!(asks(&bench, &own, BERG).await, AfterNewAddress::Confirm);
    assert!(bench.queued().is_empty());
    let visitor = bench.visitor(&own).await.unwrap();
    let asked = bench
        .desk
        .asked_to_confirm(None, &visitor)
        .await
        .unwrap()
        .unwrap();
    let kept = crate::identity::confirm::Intent::ChangeEmail(Some(address(BERG)));
    assert_eq!(asked.intent, kept);
    assert!(asked.stale.password && asked.stale.second.is_some());
}

#[tokio::test]
async fn a_taken_address_is_answered_alike() {
    let (bench, anna) = bench().await;
    bench.account(BERG).await;
    let own = bench.signed_in(ANNA).await;
    assert_eq!(
        asks(&bench, &own, "Berg@Example.org").await,
        AfterNewAddress::Sent
    );
    assert!(bench.links().is_empty());
    let mail = bench.queued().pop().unwrap();
    assert_eq!(mail.to.address.key(), BERG);
    assert_eq!(bench.notices().pop(), Some(NoticeKind::AddressWanted));
    assert_eq!(
        asks(&bench, &own, "ANNA@example.com").await,
        AfterNewAddress::Same
    );

    asks(&bench, &own, "neu@example.org").await;
    let link = opens(&bench);
    bench.account("neu@example.org").await;
    let taken = presses(&bench, &link).await;
    assert!(
        matches!(taken, AfterConfirmedAddress::Ended(Ended::TooLate)),
        "{taken:?}"
    );
    assert_eq!(bench.stored(anna.id).await.email.key(), ANNA);
}

#[tokio::test]
async fn nobody_floods_other_peoples_mailboxes() {
    let (bench, _) = bench().await;
    let own = bench.signed_in(ANNA).await;
    let mut answers = Vec::new();
    for _ in 0..3 {
        answers.push(asks(&bench, &own, BERG).await);
    }
    assert_eq!(answers[..2], [AfterNewAddress::Sent, AfterNewAddress::Sent]);
    assert!(matches!(answers[2], AfterNewAddress::Limited(_)));
    for n in 0..4 {
        answers.push(asks(&bench, &own, &format!("x{n}@example.org")).await);
    }
    let sent = answers.iter().filter(|it| **it == AfterNewAddress::Sent);
    assert!(sent.count() <= 5, "{answers:?}");
    assert!(bench.links().len() <= 5);
}

#[tokio::test]
async fn the_old_address_takes_itself_back_and_everything_ends() {
    let (bench, anna) = bench().await;
    moves(&bench, ANNA, BERG).await;
    bench.pass(31);
    let thief = bench.signed_in(BERG).await;
    let [(to, link)] = &ways_back(&bench)[..] else {
        panic!("one way back");
    };
    assert_eq!(to, ANNA);
    assert!(
        !serde_json::to_string(&bench.stored(anna.id).await)
            .unwrap()
            .contains(link.as_str()),
        "SESS-23"
    );
    // A password that is changed in between does not take it away.
    bench.change(anna.id, Account::credentials_changed).await;
    for _ in 0..3 {
        let looks = opens_way_back(&bench, link).await.unwrap();
        let flow = looks.cookies.flow.as_ref();
        let shown = bench.desk.revocable(flow).await.unwrap().unwrap();
        assert_eq!((shown.old.key(), shown.present.key()), (ANNA, BERG));
    }
    assert_eq!(
        bench.stored(anna.id).await.email.key(),
        BERG,
        "a look changes nothing"
    );

    bench.pass(71 * 3600);
    let browser = opens_way_back(&bench, link).await.unwrap();
    assert_eq!(takes_back(&bench, &browser).await, AfterRevocation::Restored);
    let after = bench.stored(anna.id).await;
    assert_eq!(after.email.key(), ANNA);
    assert!(bench.visitor(&thief).await.is_none());
    assert_eq!(bench.sessions(anna.id).await, 0);
    assert_eq!(takes_back(&bench, &browser).await, AfterRevocation::Ended);
    assert!(opens_way_back(&bench, link).await.is_none(), "once");
    let last: Vec<(String, NoticeKind)> = bench
        .queued()
        .into_iter()
        .rev()
        .filter_map(|mail| match mail.letter {
            Letter::Notice(notice) => Some((mail.to.address.key().to_owned(), notice.kind)),
            _ => None,
        })
        .take(2)
        .collect();
    assert_eq!(
        last,
        [
            (BERG.to_owned(), NoticeKind::EmailRevokedHere),
            (ANNA.to_owned(), NoticeKind::EmailRevoked)
        ]
    );
    assert_eq!(bench.told("email.revoked").await, 1);
}

#[tokio::test]
async fn seventy_two_hours_and_no_longer() {
    let (bench, _) = bench().await;
    moves(&bench, ANNA, BERG).await;
    let (_, link) = ways_back(&bench).pop().unwrap();
    bench.pass(72 * 3600 - 1);
    let browser = opens_way_back(&bench, &link).await.unwrap();
    bench.pass(1);
    assert!(opens_way_back(&bench, &link).await.is_none());
    assert_eq!(takes_back(&bench, &browser).await, AfterRevocation::Ended);
    for made_up in ["", "x", "x-y", &link[1..], &link.replace('-', "")] {
        assert!(opens_way_back(&bench, made_up).await.is_none(), "{made_up}");
    }
}

#[tokio::test]
async fn a_thief_who_moves_on_does_not_shake_the_owner_off() {
    let (bench, anna) = bench().await;
    moves(&bench, ANNA, "thief1@example.org").await;
    bench.pass(3600);
    moves(&bench, "thief1@example.org", "thief2@example.org").await;
    let ways = ways_back(&bench);
    let owner = opens_way_back(&bench, &ways[0].1).await.unwrap();
    assert_eq!(takes_back(&bench, &owner).await, AfterRevocation::Restored);
    assert_eq!(bench.stored(anna.id).await.email.key(), ANNA);
    assert!(
        opens_way_back(&bench, &ways[1].1).await.is_none(),
        "the thief's own way back is void"
    );
}

#[tokio::test]
async fn an_old_address_that_is_somebody_elses_by_now_locks_the_account() {
    let (bench, anna) = bench().await;
    moves(&bench, ANNA, BERG).await;
    let (_, link) = ways_back(&bench).pop().unwrap();
    bench.account(ANNA).await;
    let browser = opens_way_back(&bench, &link).await.unwrap();
    assert_eq!(takes_back(&bench, &browser).await, AfterRevocation::Locked);
    let after = bench.stored(anna.id).await;
    assert!(matches!(after.status, Status::Locked { .. }));
    assert_eq!(after.email.key(), BERG);
    assert_eq!(bench.sessions(anna.id).await, 0);
}

#[tokio::test]
async fn one_of_many_presses_moves_the_account() {
    let (bench, anna) = bench().await;
    let own = bench.signed_in(ANNA).await;
    asks(&bench, &own, BERG).await;
    let link = opens(&bench);
    let presses = (0..20).map(|_| presses(&bench, &link));
    let after = futures_util::future::join_all(presses).await;
    let changed = after
        .iter()
        .filter(|it| matches!(it, AfterConfirmedAddress::Changed(..)));
    assert_eq!(changed.count(), 1, "{after:?}");
    let anna = bench.stored(anna.id).await;
    assert_eq!((anna.epoch, anna.former.len()), (1, 1));
}

/// Whoever moved the account away and set up an app of their own is asked for it no more than the
/// owner is: it goes with the address.
#[tokio::test]
async fn what_the_thief_set_up_goes_with_the_address() {
    let (bench, anna) = bench().await;
    let hers = bench.give_app(anna.id).await;
    bench.pass(60);
    let own = bench.signed_in_by_app(ANNA, &hers).await;
    assert_eq!(asks(&bench, &own, BERG).await, AfterNewAddress::Sent);
    presses(&bench, &opens(&bench)).await;
    bench.pass(60);
    bench.give_app(anna.id).await;
    bench.give_codes(anna.id, 5).await;
    bench.give_phone(anna.id, "+41791234567").await;
    assert_eq!(bench.stored(anna.id).await.apps.len(), 2);

    let (_, link) = ways_back(&bench).pop().unwrap();
    let browser = opens_way_back(&bench, &link).await.unwrap();
    assert_eq!(takes_back(&bench, &browser).await, AfterRevocation::Restored);
    let after = bench.stored(anna.id).await;
    assert_eq!(after.apps.len(), 1);
    assert!(after.recovery.is_none() && after.phone.is_none());
    bench.signed_in_by_app(ANNA, &hers).await;
}

/// Support gives the account back to its owner; the thief still has the link that was mailed to the
/// address in between.
#[tokio::test]
async fn nobody_undoes_what_support_says_of_an_address() {
    let (bench, anna) = bench().await;
    moves(&bench, ANNA, "thief1@example.org").await;
    moves(&bench, "thief1@example.org", "thief2@example.org").await;
    let ways = ways_back(&bench);
    let opened = opens_way_back(&bench, &ways[1].1).await.unwrap();
    let edit = Edit {
        email: Some(ANNA.to_owned()),
        ..Edit::default()
    };
    let desk = &bench.desk;
    let fields = desk.admin_edit("thief2@example.org", &edit, &operator()).await;
    assert_eq!(fields.unwrap(), ["email"]);
    assert_eq!(takes_back(&bench, &opened).await, AfterRevocation::Ended);
    for (_, link) in &ways {
        assert!(opens_way_back(&bench, link).await.is_none());
    }
    assert_eq!(bench.stored(anna.id).await.email.key(), ANNA);
}

/// What support does without speaking of the address takes no owner's way back away: it may be the
/// thief who asked for it.
#[tokio::test]
async fn the_way_back_outlives_what_support_does_otherwise() {
    let (bench, anna) = bench().await;
    moves(&bench, ANNA, BERG).await;
    let (_, link) = ways_back(&bench).pop().unwrap();
    let desk = &bench.desk;
    desk.admin_reset_mfa(BERG, &operator()).await.unwrap();
    desk.admin_lock(BERG, &operator()).await.unwrap();
    desk.admin_unlock(BERG, &operator()).await.unwrap();
    let password = Secret::new("quartz mango violin tundra".to_owned());
    desk.admin_set_password(BERG, &password, &operator())
        .await
        .unwrap();
    let browser = opens_way_back(&bench, &link).await.unwrap();
    assert_eq!(takes_back(&bench, &browser).await, AfterRevocation::Restored);
    assert_eq!(bench.stored(anna.id).await.email.key(), ANNA);
}
