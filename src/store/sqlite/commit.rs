//! Commits in SQLite: each change in turn, and what all of it is to survive.

use rusqlite::Connection;

use super::writer::Survives;
use super::{account, counter, fact, flow, queue, session};
use crate::base::time::Timestamp;
use crate::store::{Change, Committed, FlowKind, WriteError};

/// What a commit begins that only begins something, and what it merely records or counts, can be begun again: nothing is
/// used up or ended by it, and nobody has got anything yet. Any other is to survive a power cut.
pub(super) fn survives(changes: &[Change]) -> Survives {
    let begins = changes
        .iter()
        .any(|change| matches!(change, Change::CreateFlow(..)));
    let only_begins = |change: &Change| match change {
        Change::CreateFlow(..) | Change::Record(_) | Change::TakeBack(_) | Change::Forget(_) => true,
        // What a new flow takes the place of.
        Change::DropFlow(key) => begins && key.kind == FlowKind::SignIn,
        Change::CreateAccount(_)
        | Change::ReplaceAccount(..)
        | Change::DeleteAccount(..)
        | Change::ReplaceFlow(..)
        | Change::DeleteFlow(..)
        | Change::DropFlowsOf { .. }
        | Change::OpenSession { .. }
        | Change::ReplaceSession(..)
        | Change::EndSession(_)
        | Change::EndAllOf { .. }
        | Change::Enqueue(_) => false,
    };
    match changes.iter().all(only_begins) {
        true => Survives::Process,
        false => Survives::PowerCut,
    }
}

pub(super) fn commit(
    connection: &Connection,
    changes: &[Change],
    now: Timestamp,
) -> Result<Committed, WriteError> {
    let version = fact::next_version(connection)?;
    let mut done = Committed::default();
    for change in changes {
        match change {
            Change::CreateAccount(account) => account::create(connection, account, version),
            Change::ReplaceAccount(account, read_at) => {
                account::replace(connection, account, *read_at, version)
            }
            Change::DeleteAccount(id, read_at) => account::delete(connection, *id, *read_at),
            Change::CreateFlow(key, flow) => flow::create(connection, key, flow, version, now),
            Change::ReplaceFlow(key, flow, read_at) => {
                flow::replace(connection, key, flow, *read_at, version, now)
            }
            Change::DeleteFlow(key, read_at) => flow::delete(connection, key, *read_at, now),
            Change::DropFlow(key) => flow::drop_any(connection, key),
            Change::DropFlowsOf { account, kind } => flow::drop_kind_of(connection, *account, *kind),
            Change::OpenSession {
                cookie,
                session,
                at_most,
            } => session::open(connection, cookie, session, *at_most, version, &mut done),
            Change::ReplaceSession(cookie, session, read_at) => {
                session::replace(connection, cookie, session, *read_at, version)
            }
            Change::EndSession(cookie) => session::end(connection, cookie),
            Change::EndAllOf { account, except } => {
                flow::delete_all_of(connection, *account, *except)?;
                session::end_all_of(connection, *account, *except)
            }
            Change::Enqueue(letter) => queue::enqueue(connection, letter),
            Change::Record(event) => queue::record(connection, event),
            Change::TakeBack(strokes) => counter::refund(connection, strokes, now),
            Change::Forget(keys) => counter::clear(connection, keys),
        }?;
    }
    Ok(done)
}
