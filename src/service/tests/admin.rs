//! What the command line does to accounts.

use crate::base::language::Language;
use crate::base::secret::Secret;
use crate::identity::account::{EmailAddressError, Group};
use crate::identity::event::Event;
use crate::identity::password::PasswordRefusal;
use crate::identity::throttle::Waits;
use crate::messaging::NoticeKind;
use crate::service::admin::{AdminError, Edit, NewAccount, Operator, Reset, Unlocked};
use crate::service::factor::{AfterCode, TypedCode};
use crate::service::limits::Stage;
use crate::service::sign_in::AfterPassword;
use crate::service::testing::{Bench, PASSWORD};
use crate::service::trust::Answer;

const ANNA: &str = "anna@example.com";
const FRESH: &str = "quartz mango violin tundra";

pub(super) fn operator() -> Operator {
    Operator {
        name: "root".to_owned(),
        reason: Some("ticket 4711".to_owned()),
        site_url: "https://portal.example.com".to_owned(),
        language: Language::english(),
    }
}

fn secret(text: &str) -> Secret<String> {
    Secret::new(text.to_owned())
}

#[tokio::test]
async fn an_account_is_added_and_signs_in() {
    let bench = Bench::new();
    let new = NewAccount {
        email: "Anna@Example.com".to_owned(),
        first_name: "Anna\n".to_owned(),
        last_name: "Berg".to_owned(),
        language: Language::parse("de"),
        groups: vec!["staff".to_owned()],
        password: Some(secret(PASSWORD)),
        invite: false,
    };
    let account = bench.desk.admin_add(new.clone(), &operator()).await.unwrap();
    assert_eq!(account.display_name(), "Anna Berg");
    let taken = bench.desk.admin_add(new, &operator()).await;
    assert!(matches!(taken, Err(AdminError::AddressTaken(_))), "{taken:?}");
    bench.signed_in(ANNA).await;

    let trail = bench
        .desk
        .store
        .events(Some(account.id), crate::base::time::Timestamp::default(), 10)
        .await
        .unwrap();
    let event: Event = serde_json::from_str(&trail[0].line).unwrap();
    assert_eq!(trail[0].name, "support.account_added");
    assert_eq!(
        (event.actor.as_deref(), event.reason.as_deref()),
        (Some("root"), Some("ticket 4711"))
    );
}

#[tokio::test]
async fn what_is_no_address_group_or_password_is_refused() {
    let bench = Bench::new();
    let new = |email: &str, group: &str, password: &str| NewAccount {
        email: email.to_owned(),
        groups: vec![group.to_owned()],
        password: Some(secret(password)),
        ..NewAccount::default()
    };
    let refused = bench
        .desk
        .admin_add(new("anna", "staff", PASSWORD), &operator())
        .await;
    assert!(
        matches!(
            refused,
            Err(AdminError::BadAddress(_, EmailAddressError::Incomplete))
        ),
        "{refused:?}"
    );
    let refused = bench
        .desk
        .admin_add(new(ANNA, "Staff,admins", PASSWORD), &operator())
        .await;
    assert!(matches!(refused, Err(AdminError::BadGroup(_))), "{refused:?}");
    for (password, refusal) in [
        ("short", PasswordRefusal::TooShort { needed: 15 }),
        ("anna@example.com", PasswordRefusal::Guessable),
    ] {
        let refused = bench
            .desk
            .admin_add(new(ANNA, "staff", password), &operator())
            .await;
        assert!(
            matches!(refused, Err(AdminError::PasswordRefused(it)) if it == refusal),
            "{refused:?}"
        );
    }
    assert!(bench.desk.admin_list().await.unwrap().is_empty());
    let unknown = bench.desk.admin_lock(ANNA, &operator()).await;
    assert!(
        matches!(unknown, Err(AdminError::NoSuchAccount(_))),
        "{unknown:?}"
    );
}

#[tokio::test]
async fn an_edit_names_what_differs_and_ends_nothing() {
    let bench = Bench::new();
    let anna = bench.account(ANNA).await;
    let browser = bench.signed_in(ANNA).await;
    let edit = Edit {
        first_name: Some("Anna".to_owned()),
        add_groups: vec!["staff".to_owned(), "admins".to_owned()],
        remove_groups: vec!["admins".to_owned()],
        ..Edit::default()
    };
    let fields = bench.desk.admin_edit(ANNA, &edit, &operator()).await.unwrap();
    assert_eq!(fields, ["first_name", "groups"]);
    let fields = bench.desk.admin_edit(ANNA, &edit, &operator()).await.unwrap();
    assert!(fields.is_empty());
    assert_eq!(bench.told("support.account_edited").await, 1);
    let stored = bench.stored(anna.id).await;
    assert!(stored.groups.iter().map(Group::as_str).eq(["staff"]));
    let visitor = bench.visitor(&browser).await.unwrap();
    assert_eq!(visitor.account().first_name, "Anna", "at the next request");
}

/// SESS-18
#[tokio::test]
async fn a_lock_ends_everything_and_unlock_opens_again() {
    let bench = Bench::new();
    bench.account(ANNA).await;
    let browser = bench.signed_in(ANNA).await;
    bench.pass(30);
    let mut half = bench.browser();
    bench.password(&mut half, ANNA, PASSWORD).await;
    assert!(bench.desk.admin_lock(ANNA, &operator()).await.unwrap());
    assert!(!bench.desk.admin_lock(ANNA, &operator()).await.unwrap());
    assert!(bench.visitor(&browser).await.is_none());
    let code = bench.mailbox.newest_code();
    let after = bench.code(&mut half, TypedCode::Email(&code)).await;
    assert!(matches!(after, AfterCode::NoFlow), "{after:?}");
    let after = bench.password(&mut half, ANNA, PASSWORD).await;
    assert!(matches!(after, AfterPassword::Wrong { .. }), "{after:?}");
    let unlocked = bench.desk.admin_unlock(ANNA, &operator()).await.unwrap();
    assert_eq!(
        unlocked,
        Unlocked {
            lock: true,
            waits: false
        }
    );
    bench.pass(30);
    bench.signed_in(ANNA).await;
    assert_eq!(
        bench.notices(),
        [
            NoticeKind::LockedBySupport,
            NoticeKind::UnlockedBySupport,
            NoticeKind::NewSignIn
        ]
    );
    assert!(bench.visitor(&browser).await.is_none(), "what ended stays ended");
}

#[tokio::test]
async fn unlock_lifts_every_wait_and_leaves_sessions_alone() {
    let bench = Bench::with(|rules| rules.limits.factor_closed = 5);
    let anna = bench.account(ANNA).await;
    let secret = bench.give_app(anna.id).await;
    let signed_in = bench.signed_in_by_app(ANNA, &secret).await;
    bench.pass(30);
    let past = bench.app_code(&secret, -5);
    let mut browser = bench.browser();
    bench.password(&mut browser, ANNA, PASSWORD).await;
    for _ in 0..5 {
        bench.code(&mut browser, TypedCode::App(&past)).await;
    }
    for number in 0..10 {
        bench
            .password(&mut bench.browser().at([198, 51, 100, number]), ANNA, "wrong")
            .await;
    }
    let shown = bench.desk.admin_show(ANNA).await.unwrap();
    let stages: Vec<Stage> = shown.waits.iter().map(|(stage, _)| *stage).collect();
    assert_eq!(stages, [Stage::Name, Stage::FactorClosed]);
    assert_eq!(shown.waits[1].1, Waits::Closed);
    assert_eq!(shown.sessions, 1);
    let unlocked = bench.desk.admin_unlock(ANNA, &operator()).await.unwrap();
    assert_eq!(
        unlocked,
        Unlocked {
            lock: false,
            waits: true
        }
    );
    assert!(bench.desk.admin_show(ANNA).await.unwrap().waits.is_empty());
    assert!(bench.visitor(&signed_in).await.is_some());
    bench.signed_in_by_app(ANNA, &secret).await;
    let unlocked = bench.desk.admin_unlock(ANNA, &operator()).await.unwrap();
    assert_eq!(
        unlocked,
        Unlocked {
            lock: false,
            waits: false
        }
    );
    assert_eq!(bench.told("support.unlocked").await, 1);
}

#[tokio::test]
async fn a_password_set_by_support_ends_sessions_and_trust() {
    let bench = Bench::new();
    bench.account(ANNA).await;
    let browser = bench.signed_in(ANNA).await;
    let refused = bench
        .desk
        .admin_set_password(ANNA, &secret("short"), &operator())
        .await;
    assert!(
        matches!(refused, Err(AdminError::PasswordRefused(_))),
        "{refused:?}"
    );
    assert!(bench.visitor(&browser).await.is_some());
    bench
        .desk
        .admin_set_password(ANNA, &secret(FRESH), &operator())
        .await
        .unwrap();
    assert!(bench.visitor(&browser).await.is_none());
    let after = bench.password(&mut bench.browser(), ANNA, PASSWORD).await;
    assert!(matches!(after, AfterPassword::Wrong { .. }), "{after:?}");
    let after = bench.password(&mut bench.browser(), ANNA, FRESH).await;
    assert!(matches!(after, AfterPassword::Step(..)), "{after:?}");
    assert_eq!(bench.notices(), [NoticeKind::PasswordSetBySupport]);
}

#[tokio::test]
async fn a_reset_of_factors_removes_all_of_them() {
    let bench = Bench::new();
    let anna = bench.account(ANNA).await;
    let app = bench.give_app(anna.id).await;
    bench.give_codes(anna.id, 7).await;
    let browser = bench.signed_in_by_app(ANNA, &app).await;
    let session = browser.cookies.session.clone().unwrap().digest();
    let yes = Answer::Yes {
        name: "Laptop",
        otherwise: "",
    };
    bench
        .desk
        .answer_trust(yes, &session, &browser.cookies, &browser.caller)
        .await
        .unwrap();
    let reset = bench.desk.admin_reset_mfa(ANNA, &operator()).await.unwrap();
    let expected = Reset {
        apps: 1,
        phone: false,
        codes: 7,
        devices: 1,
    };
    assert_eq!(reset, expected);
    assert!(bench.visitor(&browser).await.is_none());
    bench.signed_in(ANNA).await;
    assert!(bench.notices().contains(&NoticeKind::FactorsResetBySupport));
}

#[tokio::test]
async fn sessions_and_devices_are_ended_one_by_one_or_all() {
    let bench = Bench::new();
    let anna = bench.account(ANNA).await;
    let mut one = bench.signed_in(ANNA).await;
    let session = one.cookies.session.clone().unwrap().digest();
    let yes = Answer::Yes {
        name: "Laptop",
        otherwise: "",
    };
    let answered = bench
        .desk
        .answer_trust(yes, &session, &one.cookies, &one.caller)
        .await
        .unwrap()
        .unwrap();
    one.cookies.device = answered.device;
    bench.pass(30);
    let two = bench.signed_in(ANNA).await;
    assert_eq!(bench.desk.admin_sign_out(ANNA, &operator()).await.unwrap(), 2);
    assert!(bench.visitor(&one).await.is_none() && bench.visitor(&two).await.is_none());
    assert_eq!(bench.desk.admin_sign_out(ANNA, &operator()).await.unwrap(), 0);
    assert_eq!(
        bench
            .notices()
            .iter()
            .filter(|it| **it == NoticeKind::SignedOutBySupport)
            .count(),
        1
    );

    let device = bench.stored(anna.id).await.devices[0].id.to_string();
    let unknown = bench.desk.admin_remove_device(ANNA, "x", &operator()).await;
    assert!(
        matches!(unknown, Err(AdminError::NoSuchDevice(..))),
        "{unknown:?}"
    );
    let removed = bench
        .desk
        .admin_remove_device(ANNA, &device, &operator())
        .await
        .unwrap();
    assert_eq!(removed.name, "Laptop");
    let after = bench.password(&mut one, ANNA, PASSWORD).await;
    assert!(matches!(after, AfterPassword::Step(..)), "{after:?}");
}

/// REG-22
#[tokio::test]
async fn a_deleted_account_is_gone_and_its_address_comes_back_as_somebody_else() {
    let bench = Bench::new();
    let anna = bench.account(ANNA).await;
    let browser = bench.signed_in(ANNA).await;
    bench.desk.admin_delete(ANNA, &operator()).await.unwrap();
    assert!(bench.visitor(&browser).await.is_none());
    let after = bench.password(&mut bench.browser(), ANNA, PASSWORD).await;
    assert!(matches!(after, AfterPassword::Wrong { .. }), "{after:?}");
    let again = bench.account(ANNA).await;
    assert_ne!(anna.id, again.id);
    assert!(bench.visitor(&browser).await.is_none());
    assert_eq!(bench.told("support.account_deleted").await, 1);
    assert_eq!(
        bench.notices(),
        [NoticeKind::DeletedBySupport],
        "the owner hears of it"
    );
}
