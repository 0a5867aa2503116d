//! FAIL-20: two stores on one file, as the server and an operator's command are.

use futures_util::future::join_all;

use super::*;
use crate::store::FlowKind;
use crate::store::conformance::{
    account, account_id, arrival, at, cookie, done, flow_key, has_session, open as open_session, stored,
};

async fn two() -> (SqliteStore, SqliteStore, tempfile::TempDir) {
    let (server, folder) = fresh().await;
    let command = SqliteStore::open(folder.path(), OpenMode::Existing).unwrap();
    (server, command, folder)
}

#[tokio::test]
async fn what_one_writes_the_other_is_told() {
    let (server, command, _folder) = two().await;
    done(
        &server,
        vec![Change::CreateAccount(account(1)), open_session(1, 1, at(0))],
    )
    .await;
    let (mark, _) = server.changes_since(Mark::at(0)).await.unwrap();
    for _ in 0..3 {
        assert_eq!(server.changes_since(mark).await.unwrap(), (mark, vec![]));
    }
    done(
        &command,
        vec![Change::EndAllOf {
            account: account_id(1),
            except: None,
        }],
    )
    .await;
    let (next, told) = server.changes_since(mark).await.unwrap();
    assert_eq!(told, [Changed::Session(cookie(1))]);
    assert!(!has_session(&server, 1).await);
    assert_eq!(server.changes_since(next).await.unwrap(), (next, vec![]));

    drop(command);
    assert_eq!(server.changes_since(next).await.unwrap(), (next, vec![]));
    done(&server, vec![Change::CreateAccount(account(2))]).await;
    assert_eq!(
        server.changes_since(next).await.unwrap().1,
        [Changed::Account(account_id(2))]
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_flow_opens_one_session_whoever_asks() {
    let (one, other, _folder) = two().await;
    for round in 0..10 {
        let key = flow_key(FlowKind::SignIn, 1000 + round);
        done(&one, vec![Change::CreateFlow(key, arrival(1, "/", at(60)))]).await;
        let version = other.flow(&key, at(1)).await.unwrap().unwrap().version;
        let outcomes = join_all((0..20).map(|number| {
            let store = if number % 2 == 0 { &one } else { &other };
            let opens = open_session(round, round * 100 + number, at(1));
            store.commit(vec![Change::DeleteFlow(key, version), opens], at(1))
        }))
        .await;
        assert_eq!(outcomes.iter().filter(|it| it.is_ok()).count(), 1, "{outcomes:?}");
        let lost = outcomes
            .iter()
            .filter(|it| matches!(it, Err(WriteError::Conflict)))
            .count();
        assert_eq!(lost, 19, "{outcomes:?}");
    }
}

/// A server under load must not keep an operator's command from the lock.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_busy_server_lets_a_command_through() {
    let (server, command, _folder) = two().await;
    let server = Arc::new(server);
    let busy: Vec<_> = (0..8)
        .map(|lane| {
            let server = Arc::clone(&server);
            tokio::spawn(async move {
                for number in 0..u64::MAX {
                    done(
                        server.as_ref(),
                        vec![open_session(lane, lane << 32 | number, at(0))],
                    )
                    .await;
                }
            })
        })
        .collect();
    for number in 0..40 {
        done(&command, vec![Change::CreateAccount(account(number))]).await;
    }
    for lane in busy {
        lane.abort();
    }
    stored(server.as_ref(), 39).await;
}
