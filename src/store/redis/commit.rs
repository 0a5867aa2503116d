//! Commits in Redis: all changes as the arguments of one script.

use std::sync::LazyLock;

use redis::Script;

use super::connection::Wire;
use super::key::FACTS;
use super::{device, key, queue};
use crate::base::id::SessionId;
use crate::base::time::Timestamp;
use crate::identity::account::Account;
use crate::identity::session::Session;
use crate::store::record::{Record as _, flow_name};
use crate::store::{BackendError, Change, Committed, FlowKey, ReadError, StoredFlow, WriteError};

static COMMIT: LazyLock<Script> = LazyLock::new(|| {
    Script::new(concat!(
        include_str!("scripts/records.lua"),
        include_str!("scripts/commit.lua")
    ))
});
static SWEEP: LazyLock<Script> = LazyLock::new(|| {
    Script::new(concat!(
        include_str!("scripts/records.lua"),
        include_str!("scripts/sweep.lua")
    ))
});

static END_EVERYTHING: LazyLock<Script> = LazyLock::new(|| {
    Script::new(concat!(
        include_str!("scripts/records.lua"),
        include_str!("scripts/end_everything.lua")
    ))
});

/// Records that a sweep deletes of one kind at a time, so that people's requests come in between.
const SWEPT_AT_ONCE: usize = 500;

/// What the script is given, in the order it takes it.
struct Arguments(Vec<Vec<u8>>);

impl Arguments {
    fn put(&mut self, value: impl Into<Vec<u8>>) -> &mut Self {
        self.0.push(value.into());
        self
    }

    fn time(&mut self, at: Timestamp) -> &mut Self {
        self.put(at.unix_millis().to_string())
    }

    fn account(&mut self, account: &Account) -> Result<&mut Self, BackendError> {
        let record = account.to_bytes()?;
        Ok(self
            .put(account.id.to_string())
            .put(account.email.key())
            .put(record)
            .put(device::line(account)))
    }

    fn flow(&mut self, key: &FlowKey, flow: &StoredFlow) -> Result<&mut Self, BackendError> {
        let record = flow.to_bytes()?;
        Ok(self
            .put(key::flow_under(key))
            .put(flow.account.to_string())
            .time(flow.expires)
            .put(record))
    }

    fn session(&mut self, session: &Session) -> &mut Self {
        self.put(session.account.to_string())
            .put(session.id.to_string())
            .time(session.opened)
            .time(session.last_used)
            .put(
                session
                    .ends
                    .map(|ends| ends.unix_millis().to_string())
                    .unwrap_or_default(),
            )
    }

    fn change(&mut self, change: &Change) -> Result<(), BackendError> {
        match change {
            Change::CreateAccount(account) => self.put("create-account").account(account)?,
            Change::ReplaceAccount(account, read_at) => self
                .put("replace-account")
                .account(account)?
                .put(key::version(*read_at)),
            Change::DeleteAccount(id, read_at) => self
                .put("delete-account")
                .put(id.to_string())
                .put(key::version(*read_at)),
            Change::CreateFlow(key, flow) => self.put("create-flow").flow(key, flow)?,
            Change::ReplaceFlow(key, flow, read_at) => self
                .put("replace-flow")
                .flow(key, flow)?
                .put(key::version(*read_at)),
            Change::DeleteFlow(key, read_at) => self
                .put("delete-flow")
                .put(key::flow_under(key))
                .put(key::version(*read_at)),
            Change::DropFlow(key) => self.put("drop-flow").put(key::flow_under(key)),
            Change::DropFlowsOf { account, kind } => self
                .put("drop-flows-of")
                .put(account.to_string())
                .put(flow_name(*kind)),
            Change::OpenSession {
                cookie,
                session,
                at_most,
            } => self
                .put("open-session")
                .put(key::digest(cookie))
                .put(session.to_bytes()?)
                .put(at_most.to_string())
                .session(session),
            Change::ReplaceSession(cookie, session, read_at) => self
                .put("replace-session")
                .put(key::digest(cookie))
                .put(session.to_bytes()?)
                .put(key::version(*read_at))
                .session(session),
            Change::EndSession(cookie) => self.put("end-session").put(key::digest(cookie)),
            Change::EndAllOf { account, except } => self
                .put("end-all-of")
                .put(account.to_string())
                .put(except.as_ref().map(key::digest).unwrap_or_default()),
            Change::Enqueue(letter) => self
                .put("enqueue")
                .put(queue::name(&letter.id))
                .time(letter.written)
                .time(letter.due)
                .put(letter.tries.to_string())
                .put(letter.sealed.as_slice()),
            Change::Record(event) => self
                .put("record")
                .time(event.at)
                .put(event.account.map_or("-".to_owned(), |id| id.to_string()))
                .put(event.name.as_str())
                .put(event.line.as_str()),
            // In another slot, which no script reaches from here.
            Change::TakeBack(_) | Change::Forget(_) => self,
        };
        Ok(())
    }
}

pub(super) async fn commit(wire: &Wire, changes: &[Change], now: Timestamp) -> Result<Committed, WriteError> {
    let mut arguments = Arguments(Vec::new());
    arguments.time(now);
    for change in changes {
        arguments.change(change)?;
    }
    let told: Vec<String> = wire
        .run_kept(&COMMIT, FACTS, arguments.0, |told: &Vec<String>| is_done(told))
        .await?;
    match told.split_first() {
        Some((_, displaced)) if is_done(&told) => {
            let read = |id: &String| SessionId::parse(id).ok_or_else(|| key::unreadable("a session"));
            Ok(Committed {
                displaced: displaced.iter().map(read).collect::<Result<_, ReadError>>()?,
            })
        }
        Some((outcome, _)) if outcome == "conflict" => Err(WriteError::Conflict),
        Some((outcome, _)) if outcome == "taken" => Err(WriteError::Taken),
        _ => Err(WriteError::Unavailable(BackendError(
            "the script gave no outcome".to_owned(),
        ))),
    }
}

fn is_done(told: &[String]) -> bool {
    told.first().is_some_and(|outcome| outcome == "done")
}

pub(super) async fn sweep(
    wire: &Wire,
    now: Timestamp,
    sessions_before: Timestamp,
    events_before: Timestamp,
) -> Result<(), WriteError> {
    let before = [now, sessions_before, events_before].map(Timestamp::unix_millis);
    loop {
        let most: usize = wire.run(&SWEEP, (&before[..], SWEPT_AT_ONCE)).await?;
        if most < SWEPT_AT_ONCE {
            return Ok(());
        }
    }
}

pub(super) async fn end_everything(wire: &Wire) -> Result<(), WriteError> {
    loop {
        let most: usize = wire.run(&END_EVERYTHING, SWEPT_AT_ONCE).await?;
        if most < SWEPT_AT_ONCE {
            return Ok(());
        }
    }
}
