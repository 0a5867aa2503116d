//! From one store to another: everything that lasts.
//!
//! Accounts go, with their factors and trusted devices, and the audit trail. Sessions, flows, letters and counts
//! stay behind: people sign in anew, and no code or link that is under way works in two stores. What an
//! account knows of used codes goes with it.
//!
//! The source may be in use. What changes meanwhile is copied again until both stores hold the same, which
//! digests over everything tell; a later run copies what has changed since.

use std::collections::{HashMap, VecDeque};

use sha2::{Digest as _, Sha256};

use super::pages::{Accounts, Events};
use super::record::Record as _;
use super::{Change, ReadError, Store, Version, WriteError};
use crate::base::id::AccountId;
use crate::base::time::Timestamp;
use crate::identity::account::Account;

/// Records that are read or written at a time.
const AT_ONCE: usize = 500;

/// How often what has changed meanwhile is copied again.
const ROUNDS: usize = 5;

/// Before every event, and behind: the last second of the year 9999.
const BEGINNING: Timestamp = Timestamp::from_unix_seconds(0);
const END: Timestamp = Timestamp::from_unix_seconds(253_402_300_799);

/// Why a store was not copied, or not as it is.
#[derive(Debug, thiserror::Error)]
pub enum TransferError {
    /// There is something in the target already.
    #[error("there are accounts or events in it already")]
    Occupied,
    /// The source does not keep still.
    #[error("more changes than can be copied")]
    Restless,
    /// A store did not answer.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// The target takes nothing.
    #[error(transparent)]
    Write(#[from] WriteError),
}

/// What both stores hold now.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Transferred {
    /// People.
    pub accounts: u64,
    /// Lines of the audit trail.
    pub events: u64,
    /// SHA-256 over all of that, the same in both.
    pub digest: [u8; 32],
}

/// Copies `from` to `to`. What `to` holds already is brought in line where `replace` says so, sessions
/// included.
///
/// # Errors
///
/// [`TransferError`]. A run that was cut off is made good by the next one.
pub async fn transfer(
    from: &dyn Store,
    to: &dyn Store,
    replace: bool,
    now: Timestamp,
) -> Result<Transferred, TransferError> {
    if !replace && !is_empty(to).await? {
        return Err(TransferError::Occupied);
    }
    end_what_is_under_way(to, now).await?;
    copy_heirlooms(from, to).await?;
    for _ in 0..ROUNDS {
        copy_accounts(from, to, now).await?;
        copy_events(from, to, now).await?;
        let there = holdings(to).await?;
        if holdings(from).await? == there {
            return Ok(there);
        }
    }
    Err(TransferError::Restless)
}

/// Whether there are neither accounts nor events.
///
/// # Errors
///
/// [`ReadError`].
pub async fn is_empty(store: &dyn Store) -> Result<bool, ReadError> {
    let nobody = store.accounts(None, 1).await?.is_empty();
    Ok(nobody && store.events(None, BEGINNING, 1).await?.is_empty())
}

/// Nothing that was begun in the target goes on in the copy: no session, no code or link, no letter that speaks
/// of one.
async fn end_what_is_under_way(to: &dyn Store, now: Timestamp) -> Result<(), TransferError> {
    to.end_everything().await?;
    loop {
        let letters = to.letters_due(END.max(now), AT_ONCE).await?;
        if letters.is_empty() {
            return Ok(());
        }
        for letter in letters {
            to.letter_done(letter.id).await?;
        }
    }
}

/// Without what former keys have handed down, digests that were made with those would be good for nothing.
async fn copy_heirlooms(from: &dyn Store, to: &dyn Store) -> Result<(), TransferError> {
    let (heirlooms, check) = (from.heirlooms().await?, from.key_check().await?);
    if let (Some(heirlooms), Some(check)) = (heirlooms, check)
        && to.heirlooms().await?.as_ref() != Some(&heirlooms)
    {
        let had = to.key_check().await?.unwrap_or(check);
        to.replace_key_check(had, check, heirlooms).await?;
    }
    Ok(())
}

fn digest_of(account: &Account) -> Result<[u8; 32], ReadError> {
    Ok(Sha256::digest(account.to_bytes()?).into())
}

/// Deletes what differs before it writes anything, so that an address that has moved from one account to
/// another is free when it is given away again.
async fn copy_accounts(from: &dyn Store, to: &dyn Store, now: Timestamp) -> Result<(), TransferError> {
    let mut there: HashMap<AccountId, (Version, [u8; 32])> = HashMap::new();
    let mut pages = Accounts::of(to);
    while let Some(page) = pages.next().await? {
        for account in page {
            let digest = digest_of(&account.value)?;
            there.insert(account.value.id, (account.version, digest));
        }
    }
    let mut pages = Accounts::of(from);
    let mut differing = Vec::new();
    while let Some(page) = pages.next().await? {
        for account in page {
            let digest = digest_of(&account.value)?;
            match there.get(&account.value.id) {
                Some((_, same)) if *same == digest => {
                    there.remove(&account.value.id);
                }
                _ => differing.push(account.value.id),
            }
        }
    }
    let gone: Vec<Change> = there
        .into_iter()
        .map(|(id, (version, _))| Change::DeleteAccount(id, version))
        .collect();
    write(to, gone, now).await?;
    let mut changes = Vec::new();
    for id in differing {
        // One that is gone meanwhile, or whose address another has now, is seen in the next round.
        if let Some(account) = from.account(id).await? {
            changes.push(Change::CreateAccount(account.value));
        }
        if changes.len() == AT_ONCE {
            write_what_fits(to, std::mem::take(&mut changes), now).await?;
        }
    }
    write_what_fits(to, changes, now).await
}

async fn write(to: &dyn Store, changes: Vec<Change>, now: Timestamp) -> Result<(), TransferError> {
    let mut rest = changes.into_iter().peekable();
    while rest.peek().is_some() {
        to.commit(rest.by_ref().take(AT_ONCE).collect(), now).await?;
    }
    Ok(())
}

/// Where a change cannot be made because another one is to come first, the others are made all the same.
async fn write_what_fits(to: &dyn Store, changes: Vec<Change>, now: Timestamp) -> Result<(), TransferError> {
    if changes.is_empty() {
        return Ok(());
    }
    match to.commit(changes.clone(), now).await {
        Err(WriteError::Taken | WriteError::Conflict) => {}
        outcome => return outcome.map(drop).map_err(TransferError::from),
    }
    for change in changes {
        match to.commit(vec![change], now).await {
            Ok(_) | Err(WriteError::Taken | WriteError::Conflict) => {}
            Err(error) => return Err(error.into()),
        }
    }
    Ok(())
}

/// The target's trail is made anew where it is not the beginning of the source's.
async fn copy_events(from: &dyn Store, to: &dyn Store, now: Timestamp) -> Result<(), TransferError> {
    let (mut source, mut target) = (Events::of(from, None, BEGINNING), Events::of(to, None, BEGINNING));
    let mut missing = VecDeque::new();
    while let Some(page) = target.next().await? {
        while missing.len() < page.len() {
            let Some(more) = source.next().await? else { break };
            missing.extend(more);
        }
        let same = page
            .iter()
            .all(|event| missing.pop_front().as_ref() == Some(event));
        if !same {
            forget_events(to, now).await?;
            source = Events::of(from, None, BEGINNING);
            missing.clear();
            break;
        }
    }
    loop {
        let changes: Vec<Change> = missing.drain(..).map(Change::Record).collect();
        write(to, changes, now).await?;
        let Some(page) = source.next().await? else {
            return Ok(());
        };
        missing.extend(page);
    }
}

async fn forget_events(store: &dyn Store, now: Timestamp) -> Result<(), TransferError> {
    while !store.events(None, BEGINNING, 1).await?.is_empty() {
        store.sweep(now, BEGINNING, END).await?;
    }
    Ok(())
}

async fn holdings(store: &dyn Store) -> Result<Transferred, ReadError> {
    let mut digest = Sha256::new();
    let (mut accounts, mut events) = (0, 0);
    let mut pages = Accounts::of(store);
    while let Some(page) = pages.next().await? {
        accounts += page.len() as u64;
        for account in page {
            digest.update(digest_of(&account.value)?);
        }
    }
    let mut pages = Events::of(store, None, BEGINNING);
    while let Some(page) = pages.next().await? {
        events += page.len() as u64;
        for event in page {
            digest.update(event.at.unix_millis().to_le_bytes());
            digest.update((event.line.len() as u64).to_le_bytes());
            digest.update(event.line);
        }
    }
    Ok(Transferred {
        accounts,
        events,
        digest: digest.finalize().into(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::id::TokenDigest;
    use crate::store::conformance::{account, arrival, at, done, flow_key, open, session};
    use crate::store::folder::OpenMode;
    use crate::store::memory::MemoryStore;
    use crate::store::sqlite::SqliteStore;
    use crate::store::{FlowKind, StoredEvent, StoredLetter};

    fn event(number: u64) -> Change {
        Change::Record(StoredEvent {
            // Many at one moment: more than a page of them.
            at: at((number / 700) as i64),
            name: "sign_in.completed".into(),
            account: None,
            line: format!("{{\"n\":{number}}}"),
        })
    }

    async fn crowded() -> MemoryStore {
        let store = MemoryStore::default();
        let mut changes: Vec<Change> = (0..1300)
            .map(|number| Change::CreateAccount(account(number)))
            .collect();
        changes.extend((0..1600).map(event));
        done(&store, changes).await;
        store
    }

    #[tokio::test]
    async fn everything_that_lasts_arrives_and_nothing_else() {
        let folder = tempfile::tempdir().unwrap();
        let (from, to) = (
            crowded().await,
            SqliteStore::open(&folder.path().join("state"), OpenMode::Create),
        );
        let to = to.unwrap();
        let open = Change::OpenSession {
            cookie: TokenDigest::from_bytes([7; 32]),
            session: session(3, 1, at(0)),
            at_most: 10,
        };
        done(&from, vec![open]).await;

        let moved = transfer(&from, &to, false, at(0)).await.unwrap();

        assert_eq!((moved.accounts, moved.events), (1300, 1600));
        assert_eq!(holdings(&from).await.unwrap(), moved);
        let person = account(3);
        assert_eq!(from.sessions_of(person.id).await.unwrap().len(), 1);
        assert!(to.sessions_of(person.id).await.unwrap().is_empty());
        assert!(to.account(person.id).await.unwrap().is_some());
    }

    #[tokio::test]
    async fn a_second_run_brings_what_has_changed_since() {
        let (from, to) = (crowded().await, MemoryStore::default());
        transfer(&from, &to, false, at(0)).await.unwrap();
        // One is gone, its address is another one's now, one is new.
        let one = from.account(account(1).id).await.unwrap().unwrap();
        let mut two = from.account(account(2).id).await.unwrap().unwrap();
        two.value.email = one.value.email.clone();
        done(&from, vec![Change::DeleteAccount(one.value.id, one.version)]).await;
        done(
            &from,
            vec![Change::ReplaceAccount(two.value.clone(), two.version)],
        )
        .await;
        done(&from, vec![Change::CreateAccount(account(5000)), event(1600)]).await;

        assert!(matches!(
            transfer(&from, &to, false, at(0)).await,
            Err(TransferError::Occupied)
        ));
        let moved = transfer(&from, &to, true, at(0)).await.unwrap();

        assert_eq!((moved.accounts, moved.events), (1300, 1601));
        let found = to.account_by_email(&two.value.email).await.unwrap().unwrap();
        assert_eq!(found.value.id, two.value.id);
        assert!(to.account(one.value.id).await.unwrap().is_none());
    }

    /// An account that is the same in both is not written, and what is under way in the target ends all the same.
    #[tokio::test]
    async fn nothing_goes_on_in_the_target_that_was_begun_there() {
        let (from, to) = (crowded().await, MemoryStore::default());
        transfer(&from, &to, false, at(0)).await.unwrap();
        let letter = StoredLetter {
            id: [1; 16],
            written: at(0),
            due: at(9_000_000),
            tries: 3,
            sealed: vec![1],
        };
        // Of somebody who is the same in both, and of somebody whom neither knows.
        let begun = vec![
            open(3, 1, at(0)),
            Change::CreateFlow(flow_key(FlowKind::Arrival, 1), arrival(3, "/", at(60))),
            Change::CreateFlow(flow_key(FlowKind::Arrival, 2), arrival(9999, "/", at(60))),
            Change::Enqueue(letter),
        ];
        done(&to, begun).await;

        let moved = transfer(&from, &to, true, at(0)).await.unwrap();

        assert_eq!(holdings(&from).await.unwrap(), moved);
        assert!(to.sessions_of(account(3).id).await.unwrap().is_empty());
        for number in [1, 2] {
            let flow = to.flow(&flow_key(FlowKind::Arrival, number), at(0)).await;
            assert!(flow.unwrap().is_none());
        }
        assert_eq!(to.letters_waiting().await.unwrap().0, 0);
    }

    #[tokio::test]
    async fn what_the_target_had_of_its_own_goes_where_that_is_wanted() {
        let (from, to) = (crowded().await, MemoryStore::default());
        done(&to, vec![Change::CreateAccount(account(9000)), event(4)]).await;

        let moved = transfer(&from, &to, true, at(0)).await.unwrap();

        assert_eq!(holdings(&from).await.unwrap(), moved);
        assert!(to.account(account(9000).id).await.unwrap().is_none());
    }
}
