//! Accounts: found, listed, written by one at a time.

use futures_util::future::join_all;

use super::{
    account, account_id, address, arrival, at, cookie, done, flow_key, has_session, open, refused, stored,
};
use crate::base::client::UserAgent;
use crate::base::entropy::OsEntropy;
use crate::base::id::{AppId, DeviceId};
use crate::base::language::Language;
use crate::base::time::Timestamp;
use crate::identity::account::{Group, Password, Status};
use crate::identity::device::{KnownBrowser, Surroundings, TrustedDevice};
use crate::identity::factor::totp::{App, Step};
use crate::identity::settings::HashCost;
use crate::identity::{account::Account, password};
use crate::store::{Change, FlowKind, Store, Version, WriteError};

pub(in crate::store) async fn an_account_is_found_by_id_and_by_any_spelling_of_its_address(
    store: &dyn Store,
) {
    assert!(store.account(account_id(1)).await.unwrap().is_none());
    assert!(
        store
            .account_by_email(&address("person00001@example.com"))
            .await
            .unwrap()
            .is_none()
    );
    done(store, vec![Change::CreateAccount(account(1))]).await;

    assert_eq!(stored(store, 1).await.value.id, account_id(1));
    let found = store
        .account_by_email(&address("PERSON00001@example.COM"))
        .await
        .unwrap()
        .unwrap();
    assert_eq!(found.value.id, account_id(1));
    assert_eq!(
        found.value.email.spelling(),
        "Person00001@Example.com",
        "as it was spelled"
    );
    assert_eq!(found.version, stored(store, 1).await.version);
}

pub(in crate::store) async fn an_address_belongs_to_one_account(store: &dyn Store) {
    done(
        store,
        vec![
            Change::CreateAccount(account(1)),
            Change::CreateAccount(account(2)),
        ],
    )
    .await;

    let mut twin = account(3);
    twin.email = address("person00001@EXAMPLE.com");
    assert!(matches!(
        refused(store, vec![Change::CreateAccount(twin)]).await,
        WriteError::Taken
    ));
    assert!(store.account(account_id(3)).await.unwrap().is_none());

    let second = stored(store, 2).await;
    let mut moved = second.value;
    moved.email = address("Person00001@example.com");
    let change = Change::ReplaceAccount(moved, second.version);
    assert!(matches!(refused(store, vec![change]).await, WriteError::Taken));
    assert_eq!(
        stored(store, 2).await.value.email.key(),
        "person00002@example.com"
    );

    let mut same_id = account(1);
    same_id.email = address("other@example.com");
    assert!(matches!(
        refused(store, vec![Change::CreateAccount(same_id)]).await,
        WriteError::Conflict
    ));
}

pub(in crate::store) async fn a_replaced_account_can_change_its_address(store: &dyn Store) {
    done(store, vec![Change::CreateAccount(account(1))]).await;
    let first = stored(store, 1).await;
    let mut moved = first.value;
    moved.email = address("new@example.com");
    done(store, vec![Change::ReplaceAccount(moved, first.version)]).await;

    assert!(
        store
            .account_by_email(&address("person00001@example.com"))
            .await
            .unwrap()
            .is_none()
    );
    assert!(
        store
            .account_by_email(&address("new@example.com"))
            .await
            .unwrap()
            .is_some()
    );
    let mut heir = account(2);
    heir.email = address("person00001@example.com");
    done(store, vec![Change::CreateAccount(heir)]).await;
}

pub(in crate::store) async fn a_replacement_decided_on_an_old_version_is_refused(store: &dyn Store) {
    done(store, vec![Change::CreateAccount(account(1))]).await;
    let first = stored(store, 1).await;
    let mut changed = first.value.clone();
    changed.first_name = "Anna".to_owned();
    done(
        store,
        vec![Change::ReplaceAccount(changed.clone(), first.version)],
    )
    .await;
    let second = stored(store, 1).await;
    assert_ne!(second.version, first.version);

    changed.first_name = "Berta".to_owned();
    for version in [first.version, Version(0), Version(u64::MAX >> 1)] {
        let change = Change::ReplaceAccount(changed.clone(), version);
        assert!(
            matches!(refused(store, vec![change]).await, WriteError::Conflict),
            "{version:?}"
        );
        let change = Change::DeleteAccount(account_id(1), version);
        assert!(
            matches!(refused(store, vec![change]).await, WriteError::Conflict),
            "{version:?}"
        );
    }
    assert_eq!(stored(store, 1).await.value.first_name, "Anna");

    let nobody = Change::ReplaceAccount(account(9), second.version);
    assert!(matches!(refused(store, vec![nobody]).await, WriteError::Conflict));

    done(store, vec![Change::DeleteAccount(account_id(1), second.version)]).await;
    done(store, vec![Change::CreateAccount(account(1))]).await;
    let anew = stored(store, 1).await.version;
    assert!(
        anew != first.version && anew != second.version,
        "a version is never given twice"
    );
}

pub(in crate::store) async fn of_fifty_replacements_at_once_one_wins(store: &dyn Store) {
    done(store, vec![Change::CreateAccount(account(1))]).await;
    let read = stored(store, 1).await;
    let outcomes = join_all((0..50).map(|number| {
        let mut changed = read.value.clone();
        changed.first_name = format!("number {number}");
        let change = Change::ReplaceAccount(changed, read.version);
        store.commit(vec![change], at(1))
    }))
    .await;

    assert_eq!(outcomes.iter().filter(|it| it.is_ok()).count(), 1);
    let lost = outcomes
        .iter()
        .filter(|it| matches!(it, Err(WriteError::Conflict)))
        .count();
    assert_eq!(lost, 49);
    let winner = outcomes.iter().position(Result::is_ok).unwrap();
    assert_eq!(
        stored(store, 1).await.value.first_name,
        format!("number {winner}")
    );
}

pub(in crate::store) async fn a_deleted_account_takes_its_sessions_and_flows_along(store: &dyn Store) {
    let key = flow_key(FlowKind::Arrival, 1);
    let others_key = flow_key(FlowKind::Arrival, 2);
    done(
        store,
        vec![
            Change::CreateAccount(account(1)),
            Change::CreateAccount(account(2)),
            open(1, 1, at(0)),
            open(2, 2, at(0)),
            Change::CreateFlow(key, arrival(1, "/", at(60))),
            Change::CreateFlow(others_key, arrival(2, "/", at(60))),
        ],
    )
    .await;
    let version = stored(store, 1).await.version;
    done(store, vec![Change::DeleteAccount(account_id(1), version)]).await;

    assert!(store.account(account_id(1)).await.unwrap().is_none());
    assert!(store.account_by_email(&account(1).email).await.unwrap().is_none());
    assert!(store.session(&cookie(1)).await.unwrap().is_none());
    assert!(store.flow(&key, at(1)).await.unwrap().is_none());
    assert!(has_session(store, 2).await && store.flow(&others_key, at(1)).await.unwrap().is_some());
}

pub(in crate::store) async fn accounts_are_listed_by_address_from_behind_one(store: &dyn Store) {
    let order = [3, 1, 2, 5, 4];
    done(
        store,
        order.map(|number| Change::CreateAccount(account(number))).into(),
    )
    .await;
    let numbers = async |after: Option<u64>, at_most| -> Vec<String> {
        let after = after.map(|number| account(number).email);
        let listed = store.accounts(after.as_ref(), at_most).await.unwrap();
        listed
            .into_iter()
            .map(|it| it.value.email.local_part().to_owned())
            .collect()
    };
    assert_eq!(numbers(None, 2).await, ["person00001", "person00002"]);
    assert_eq!(numbers(Some(2), 2).await, ["person00003", "person00004"]);
    assert_eq!(numbers(Some(4), 9).await, ["person00005"]);
    assert!(numbers(Some(5), 9).await.is_empty());
}

pub(in crate::store) async fn an_account_comes_back_as_it_was_stored(store: &dyn Store) {
    let full = a_full_account();
    done(store, vec![Change::CreateAccount(full.clone())]).await;
    let read = stored(store, 7).await.value;
    assert_eq!(format!("{read:?}"), format!("{full:?}"));
}

fn a_full_account() -> Account {
    let cost = HashCost {
        memory: 64 * 1024,
        passes: 1,
        lanes: 1,
    };
    let typed = password::Typed::new("correct horse").unwrap();
    let mut full = account(7);
    full.first_name = "Änne \"O'Neil\"\u{0}\u{202e}".to_owned();
    full.last_name = "🚀".to_owned();
    full.language = Language::parse("pt-BR");
    full.groups = ["staff", "admin"].into_iter().filter_map(Group::parse).collect();
    full.status = Status::Locked { since: at(5) };
    full.password = Some(Password {
        hash: password::hash(&typed, cost, &OsEntropy).unwrap(),
        changed: at(1),
    });
    full.apps.push(App {
        id: AppId::draw(&OsEntropy),
        name: "phone".to_owned(),
        sealed: (0..=255).collect(),
        added: at(2),
        last_used: Some(at(3)),
        spent: Some(Step(u64::MAX)),
    });
    full.devices.push(device(at(99)));
    full.browsers.push(KnownBrowser {
        digest: cookie(4),
        expires: at(99),
        declined: Some(at(4)),
    });
    full.epoch = u32::MAX;
    full
}

pub(in crate::store) fn device(expires: Timestamp) -> TrustedDevice {
    TrustedDevice {
        id: DeviceId::draw(&OsEntropy),
        name: "laptop".to_owned(),
        digest: cookie(3),
        user_agent: UserAgent::read(""),
        added: at(2),
        expires,
        last_used: None,
        seen: Surroundings {
            network: u64::MAX,
            version: 2,
        },
    }
}

/// What is counted is what the accounts say, whatever was done to them and swept in between.
pub(in crate::store) async fn devices_are_counted_until_they_end(store: &dyn Store) {
    let count = async |now| store.trusted_devices(now).await.unwrap();
    assert_eq!(count(at(0)).await, 0);
    let (mut anna, mut ben) = (account(1), account(2));
    anna.devices = vec![device(at(100)), device(at(200)), device(at(200))];
    ben.devices = vec![device(at(300))];
    let creation = vec![Change::CreateAccount(anna), Change::CreateAccount(ben)];
    done(store, creation).await;
    let whole = [count(at(99)).await, count(at(100)).await, count(at(200)).await];
    assert_eq!(whole, [4, 3, 1], "the end is exclusive");

    // Written with the devices it had; and another account that never had any.
    let held = stored(store, 1).await;
    let same = Change::ReplaceAccount(held.value, held.version);
    done(store, vec![same, Change::CreateAccount(account(3))]).await;
    assert_eq!(count(at(99)).await, 4);

    // One goes, one comes, one ends later than it did.
    let held = stored(store, 1).await;
    let mut changed = held.value;
    changed.devices.remove(1);
    changed.devices[1].expires = at(250);
    changed.devices.push(device(at(400)));
    done(store, vec![Change::ReplaceAccount(changed, held.version)]).await;
    let whole = [count(at(99)).await, count(at(200)).await, count(at(300)).await];
    assert_eq!(whole, [4, 3, 1]);

    let refused_change = Change::ReplaceAccount(account(1), held.version);
    refused(store, vec![refused_change]).await;
    assert_eq!(count(at(99)).await, 4, "a commit that is refused changes nothing");

    store.sweep(at(100), at(0), at(0)).await.unwrap();
    assert_eq!(count(at(100)).await, 3);
    let held = stored(store, 1).await;
    done(store, vec![Change::ReplaceAccount(held.value, held.version)]).await;
    assert_eq!(count(at(100)).await, 3);

    let (held, gone) = (stored(store, 3).await, stored(store, 1).await.version);
    let mut first = held.value;
    first.devices = vec![device(at(500))];
    done(store, vec![Change::ReplaceAccount(first, held.version)]).await;
    done(store, vec![Change::DeleteAccount(account_id(1), gone)]).await;
    assert_eq!(count(at(100)).await, 2);
    let mut anew = account(1);
    anew.devices = vec![device(at(500))];
    done(store, vec![Change::CreateAccount(anew)]).await;
    assert_eq!(count(at(499)).await, 2);
}
