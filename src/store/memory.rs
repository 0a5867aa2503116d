//! The reference adapter: plain maps behind one lock, kept nowhere.
//!
//! It is what the rules of [`Store`] are read off, and what tests of the layers above run on. A
//! commit changes a copy of everything and puts it in place only where nothing stood in its way;
//! there is no cleverer all-or-nothing to argue about. For tests and for nothing else: it forgets.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

use async_trait::async_trait;

use super::{
    BackendError, CHANGES_KEPT, Change, Changed, Committed, CounterKey, FlowKey, Mark, ReadError, Store,
    StoredEvent, StoredFlow, StoredLetter, Struck, Version, Versioned, WithAccount, WriteError,
};
use crate::base::id::{AccountId, TokenDigest};
use crate::base::time::Timestamp;
use crate::identity::account::{Account, EmailAddress};
use crate::identity::session::Session;
use crate::identity::throttle::{Stroke, Tally, Waits};

/// Keeps everything in memory.
#[derive(Default)]
pub struct MemoryStore {
    state: Mutex<State>,
    silent: AtomicBool,
}

#[derive(Clone, Default)]
struct State {
    accounts: BTreeMap<AccountId, Versioned<Account>>,
    flows: BTreeMap<FlowKey, Versioned<StoredFlow>>,
    sessions: BTreeMap<TokenDigest, Held>,
    counts: BTreeMap<CounterKey, (Tally, Option<Timestamp>)>,
    letters: Vec<StoredLetter>,
    events: Vec<StoredEvent>,
    changes: Vec<Changed>,
    changes_forgotten: u64,
    written: u64,
    newest: Option<Timestamp>,
    key_check: Option<[u8; 32]>,
    heirlooms: Option<Vec<u8>>,
}

/// A session, and its place in the order in which sessions came.
#[derive(Clone)]
struct Held {
    place: u64,
    stored: Versioned<Session>,
}

impl MemoryStore {
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// From here on nothing is answered that a request depends on, or it is again.
    pub fn fall_silent(&self, silent: bool) {
        self.silent.store(silent, Ordering::SeqCst);
    }

    fn answers(&self) -> Result<(), BackendError> {
        match self.silent.load(Ordering::SeqCst) {
            true => Err(BackendError("no answer".to_owned())),
            false => Ok(()),
        }
    }

    /// Every letter in the queue, due or not, in the order they were written.
    pub fn letters(&self) -> Vec<StoredLetter> {
        self.lock().letters.clone()
    }
}

impl State {
    fn apply(&mut self, change: Change, now: Timestamp, done: &mut Committed) -> Result<(), WriteError> {
        match change {
            Change::CreateAccount(account) => self.create_account(account),
            Change::ReplaceAccount(account, read_at) => self.replace_account(account, read_at),
            Change::DeleteAccount(id, read_at) => self.delete_account(id, read_at),
            Change::CreateFlow(key, flow) => match self.live_flow(&key, now) {
                Some(_) => Err(WriteError::Conflict),
                None => self.put_flow(key, flow),
            },
            Change::ReplaceFlow(key, flow, read_at) => {
                self.flow_at(&key, read_at, now)?;
                self.put_flow(key, flow)
            }
            Change::DeleteFlow(key, read_at) => {
                self.flow_at(&key, read_at, now)?;
                self.flows.remove(&key);
                Ok(())
            }
            Change::DropFlow(key) => {
                self.flows.remove(&key);
                Ok(())
            }
            Change::DropFlowsOf { account, kind } => {
                self.flows
                    .retain(|key, flow| flow.value.account != account || key.kind != kind);
                Ok(())
            }
            Change::OpenSession {
                cookie,
                session,
                at_most,
            } => self.open_session(cookie, session, at_most, done),
            Change::ReplaceSession(cookie, session, read_at) => {
                self.replace_session(cookie, session, read_at)
            }
            Change::EndSession(cookie) => {
                self.end_session(&cookie);
                Ok(())
            }
            Change::EndAllOf { account, except } => {
                self.flows
                    .retain(|key, flow| flow.value.account != account || Some(key.cookie) == except);
                self.end_where(|cookie, session| session.account == account && Some(*cookie) != except);
                Ok(())
            }
            Change::Enqueue(letter) => self.enqueue(letter),
            Change::Record(event) => {
                self.events.push(event);
                Ok(())
            }
            Change::TakeBack(strokes) => {
                self.take_back(strokes, now);
                Ok(())
            }
            Change::Forget(keys) => {
                self.forget(keys);
                Ok(())
            }
        }
    }

    fn take_back(&mut self, strokes: Vec<(CounterKey, Stroke)>, now: Timestamp) {
        for (key, stroke) in strokes {
            if let Some((tally, ends)) = self.counts.get_mut(&key) {
                *tally = std::mem::take(tally).refunded(&stroke, now);
                *ends = tally.ends(&stroke.limit);
            }
        }
    }

    fn forget(&mut self, keys: Vec<CounterKey>) {
        for key in keys {
            self.counts.remove(&key);
        }
    }

    fn version(&self) -> Version {
        Version(self.written)
    }

    fn tell(&mut self, change: Changed) {
        self.changes.push(change);
    }

    fn forget_old_changes(&mut self) {
        let surplus = self.changes.len().saturating_sub(CHANGES_KEPT as usize);
        self.changes.drain(..surplus);
        self.changes_forgotten += surplus as u64;
    }

    fn holder_of(&self, email: &EmailAddress) -> Option<&Versioned<Account>> {
        self.accounts
            .values()
            .find(|held| held.value.email.key() == email.key())
    }

    fn put_account(&mut self, account: Account) {
        self.tell(Changed::Account(account.id));
        let version = self.version();
        self.accounts.insert(
            account.id,
            Versioned {
                value: account,
                version,
            },
        );
    }

    fn create_account(&mut self, account: Account) -> Result<(), WriteError> {
        if self.holder_of(&account.email).is_some() {
            return Err(WriteError::Taken);
        }
        if self.accounts.contains_key(&account.id) {
            return Err(WriteError::Conflict);
        }
        self.put_account(account);
        Ok(())
    }

    fn account_at(&self, id: AccountId, read_at: Version) -> Result<(), WriteError> {
        match self.accounts.get(&id) {
            Some(held) if held.version == read_at => Ok(()),
            _ => Err(WriteError::Conflict),
        }
    }

    fn replace_account(&mut self, account: Account, read_at: Version) -> Result<(), WriteError> {
        self.account_at(account.id, read_at)?;
        if self
            .holder_of(&account.email)
            .is_some_and(|holder| holder.value.id != account.id)
        {
            return Err(WriteError::Taken);
        }
        self.put_account(account);
        Ok(())
    }

    fn delete_account(&mut self, id: AccountId, read_at: Version) -> Result<(), WriteError> {
        self.account_at(id, read_at)?;
        self.accounts.remove(&id);
        self.flows.retain(|_, flow| flow.value.account != id);
        self.tell(Changed::Account(id));
        self.end_where(|_, session| session.account == id);
        Ok(())
    }

    fn live_flow(&self, key: &FlowKey, now: Timestamp) -> Option<&Versioned<StoredFlow>> {
        self.flows.get(key).filter(|held| now < held.value.expires)
    }

    fn flow_at(&self, key: &FlowKey, read_at: Version, now: Timestamp) -> Result<(), WriteError> {
        match self.live_flow(key, now) {
            Some(held) if held.version == read_at => Ok(()),
            _ => Err(WriteError::Conflict),
        }
    }

    fn put_flow(&mut self, key: FlowKey, flow: StoredFlow) -> Result<(), WriteError> {
        let version = self.version();
        self.flows.insert(key, Versioned { value: flow, version });
        Ok(())
    }

    fn open_session(
        &mut self,
        cookie: TokenDigest,
        session: Session,
        at_most: usize,
        done: &mut Committed,
    ) -> Result<(), WriteError> {
        if self.sessions.contains_key(&cookie) {
            return Err(WriteError::Conflict);
        }
        let account = session.account;
        let (place, version) = (
            self.sessions.values().map(|held| held.place + 1).max(),
            self.version(),
        );
        let stored = Versioned {
            value: session,
            version,
        };
        self.sessions.insert(
            cookie,
            Held {
                place: place.unwrap_or(0),
                stored,
            },
        );
        self.tell(Changed::Session(cookie));

        let mut others: Vec<TokenDigest> = self
            .sessions_by_age(account)
            .filter(|(held_under, held)| **held_under != cookie && held.stored.value.ends.is_none())
            .map(|(held_under, _)| *held_under)
            .collect();
        let surplus = (others.len() + 1).saturating_sub(at_most.max(1));
        others.truncate(surplus);
        for oldest in others {
            if let Some(ended) = self.end_session(&oldest) {
                done.displaced.push(ended.id);
            }
        }
        Ok(())
    }

    fn replace_session(
        &mut self,
        cookie: TokenDigest,
        mut session: Session,
        read_at: Version,
    ) -> Result<(), WriteError> {
        let version = self.version();
        match self.sessions.get_mut(&cookie) {
            Some(held) if held.stored.version == read_at => {
                session.last_used = session.last_used.max(held.stored.value.last_used);
                held.stored = Versioned {
                    value: session,
                    version,
                };
            }
            _ => return Err(WriteError::Conflict),
        }
        self.tell(Changed::Session(cookie));
        Ok(())
    }

    fn end_session(&mut self, cookie: &TokenDigest) -> Option<Session> {
        let ended = self.sessions.remove(cookie)?.stored.value;
        self.tell(Changed::Session(*cookie));
        let id = ended.id;
        self.end_where(|_, session| session.id == id && session.ends.is_some());
        Some(ended)
    }

    fn end_where(&mut self, ends: impl Fn(&TokenDigest, &Session) -> bool) {
        let ended: Vec<TokenDigest> = self
            .sessions
            .iter()
            .filter(|(cookie, held)| ends(cookie, &held.stored.value))
            .map(|(cookie, _)| *cookie)
            .collect();
        for cookie in ended {
            self.sessions.remove(&cookie);
            self.tell(Changed::Session(cookie));
        }
    }

    fn sessions_by_age(&self, account: AccountId) -> impl Iterator<Item = (&TokenDigest, &Held)> {
        let mut held: Vec<_> = self
            .sessions
            .iter()
            .filter(|(_, held)| held.stored.value.account == account)
            .collect();
        held.sort_by_key(|(_, held)| (held.stored.value.opened, held.place));
        held.into_iter()
    }

    fn enqueue(&mut self, letter: StoredLetter) -> Result<(), WriteError> {
        if self.letters.iter().any(|waiting| waiting.id == letter.id) {
            return Err(WriteError::Conflict);
        }
        self.letters.push(letter);
        Ok(())
    }

    fn longest_wait<'a>(
        &self,
        keys: impl Iterator<Item = &'a CounterKey>,
        now: Timestamp,
    ) -> Option<(Waits, usize)> {
        keys.enumerate()
            .filter_map(|(place, key)| Some((self.counts.get(key)?.0.waits(now)?, Reverse(place))))
            .max()
            .map(|(waits, Reverse(place))| (waits, place))
    }
}

#[async_trait]
impl Store for MemoryStore {
    async fn account(&self, id: AccountId) -> Result<Option<Versioned<Account>>, ReadError> {
        self.answers()?;
        Ok(self.lock().accounts.get(&id).cloned())
    }

    async fn account_by_email(&self, email: &EmailAddress) -> Result<Option<Versioned<Account>>, ReadError> {
        Ok(self.lock().holder_of(email).cloned())
    }

    async fn accounts(
        &self,
        after: Option<&EmailAddress>,
        at_most: usize,
    ) -> Result<Vec<Versioned<Account>>, ReadError> {
        let state = self.lock();
        let mut accounts: Vec<_> = state
            .accounts
            .values()
            .filter(|held| after.is_none_or(|after| held.value.email.key() > after.key()))
            .cloned()
            .collect();
        accounts.sort_by(|one, other| one.value.email.key().cmp(other.value.email.key()));
        accounts.truncate(at_most);
        Ok(accounts)
    }

    async fn session(&self, cookie: &TokenDigest) -> Result<Option<Versioned<Session>>, ReadError> {
        self.answers()?;
        Ok(self.lock().sessions.get(cookie).map(|held| held.stored.clone()))
    }

    async fn sessions_of(&self, account: AccountId) -> Result<Vec<(TokenDigest, Session)>, ReadError> {
        Ok(self
            .lock()
            .sessions_by_age(account)
            .map(|(cookie, held)| (*cookie, held.stored.value.clone()))
            .collect())
    }

    async fn flow(&self, key: &FlowKey, now: Timestamp) -> Result<Option<Versioned<StoredFlow>>, ReadError> {
        Ok(self.lock().live_flow(key, now).cloned())
    }

    async fn flow_and_account(
        &self,
        key: &FlowKey,
        now: Timestamp,
    ) -> Result<Option<WithAccount<StoredFlow>>, ReadError> {
        let Some(flow) = self.flow(key, now).await? else {
            return Ok(None);
        };
        let account = self.account(flow.value.account).await?;
        Ok(Some((flow, account)))
    }

    async fn session_and_account(
        &self,
        cookie: &TokenDigest,
    ) -> Result<Option<WithAccount<Session>>, ReadError> {
        let Some(session) = self.session(cookie).await? else {
            return Ok(None);
        };
        let account = self.account(session.value.account).await?;
        Ok(Some((session, account)))
    }

    async fn commit(&self, changes: Vec<Change>, now: Timestamp) -> Result<Committed, WriteError> {
        self.answers()?;
        let mut state = self.lock();
        let mut next = state.clone();
        let mut done = Committed::default();
        next.written += 1;
        for change in changes {
            next.apply(change, now, &mut done)?;
        }
        next.forget_old_changes();
        *state = next;
        Ok(done)
    }

    async fn touch(&self, used: Vec<(TokenDigest, Timestamp)>) -> Result<(), WriteError> {
        let mut state = self.lock();
        for (cookie, at) in used {
            if let Some(held) = state.sessions.get_mut(&cookie) {
                held.stored.value.last_used = held.stored.value.last_used.max(at);
            }
        }
        Ok(())
    }

    async fn strike(&self, strokes: Vec<(CounterKey, Stroke)>, now: Timestamp) -> Result<Struck, WriteError> {
        self.answers()?;
        let mut state = self.lock();
        if let Some((waits, place)) = state.longest_wait(strokes.iter().map(|(key, _)| key), now) {
            return Ok(Struck::Wait { waits, place });
        }
        let mut reached = Vec::new();
        for (place, (key, stroke)) in strokes.into_iter().enumerate() {
            let tally = state
                .counts
                .get(&key)
                .map(|(tally, _)| tally.clone())
                .unwrap_or_default();
            let (tally, reaches) = tally.struck(&stroke, now);
            if reaches {
                reached.push(place);
            }
            let ends = tally.ends(&stroke.limit);
            state.counts.insert(key, (tally, ends));
        }
        Ok(Struck::Go { reached })
    }

    async fn refund(&self, strokes: Vec<(CounterKey, Stroke)>, now: Timestamp) -> Result<(), WriteError> {
        self.lock().take_back(strokes, now);
        Ok(())
    }

    async fn clear(&self, keys: Vec<CounterKey>) -> Result<(), WriteError> {
        self.lock().forget(keys);
        Ok(())
    }

    async fn waits(&self, keys: Vec<CounterKey>, now: Timestamp) -> Result<Option<Waits>, ReadError> {
        Ok(self.lock().longest_wait(keys.iter(), now).map(|(waits, _)| waits))
    }

    async fn count(&self, key: &CounterKey, _now: Timestamp) -> Result<u32, ReadError> {
        Ok(self.lock().counts.get(key).map_or(0, |(tally, _)| tally.count()))
    }

    async fn letters_due(&self, now: Timestamp, at_most: usize) -> Result<Vec<StoredLetter>, ReadError> {
        let mut due = self.lock().letters.clone();
        due.retain(|letter| letter.due <= now);
        due.sort_by_key(|letter| letter.written);
        due.truncate(at_most);
        Ok(due)
    }

    async fn letters_waiting(&self) -> Result<(u64, Option<Timestamp>), ReadError> {
        let state = self.lock();
        let oldest = state.letters.iter().map(|letter| letter.written).min();
        Ok((state.letters.len() as u64, oldest))
    }

    async fn letter_done(&self, id: [u8; 16]) -> Result<(), WriteError> {
        self.lock().letters.retain(|letter| letter.id != id);
        Ok(())
    }

    async fn letter_retry(&self, id: [u8; 16], due: Timestamp) -> Result<(), WriteError> {
        for letter in self.lock().letters.iter_mut().filter(|letter| letter.id == id) {
            letter.due = due;
            letter.tries = letter.tries.saturating_add(1);
        }
        Ok(())
    }

    async fn events(
        &self,
        account: Option<AccountId>,
        since: Timestamp,
        at_most: usize,
    ) -> Result<Vec<StoredEvent>, ReadError> {
        let mut events = self.lock().events.clone();
        events.retain(|event| event.at >= since && (account.is_none() || event.account == account));
        events.sort_by_key(|event| event.at);
        events.truncate(at_most);
        Ok(events)
    }

    async fn newest_events(&self, account: AccountId, at_most: usize) -> Result<Vec<StoredEvent>, ReadError> {
        let mut events = self.lock().events.clone();
        events.retain(|event| event.account == Some(account));
        events.sort_by_key(|event| event.at);
        events.reverse();
        events.truncate(at_most);
        Ok(events)
    }

    async fn mark(&self) -> Result<Mark, ReadError> {
        self.answers()?;
        let state = self.lock();
        Ok(Mark::at(state.changes_forgotten + state.changes.len() as u64))
    }

    async fn changes_since(&self, mark: Mark) -> Result<(Mark, Vec<Changed>), ReadError> {
        self.answers()?;
        let state = self.lock();
        let end = Mark::at(state.changes_forgotten + state.changes.len() as u64);
        if mark < Mark::at(state.changes_forgotten) || mark > end {
            return Ok((end, vec![Changed::Everything]));
        }
        let told = (mark.number - state.changes_forgotten) as usize;
        Ok((end, state.changes.iter().skip(told).copied().collect()))
    }

    async fn sweep(
        &self,
        now: Timestamp,
        sessions_before: Timestamp,
        events_before: Timestamp,
    ) -> Result<(), WriteError> {
        let mut state = self.lock();
        state.flows.retain(|_, flow| now < flow.value.expires);
        state
            .counts
            .retain(|_, (_, ends)| ends.is_none_or(|ends| now < ends));
        state.events.retain(|event| event.at >= events_before);
        state.end_where(|_, session| {
            session.opened < sessions_before || session.ends.is_some_and(|ends| now >= ends)
        });
        state.forget_old_changes();
        Ok(())
    }

    async fn end_everything(&self) -> Result<(), WriteError> {
        let mut state = self.lock();
        state.flows.clear();
        state.end_where(|_, _| true);
        state.forget_old_changes();
        Ok(())
    }

    async fn trusted_devices(&self, now: Timestamp) -> Result<u64, ReadError> {
        let state = self.lock();
        let devices = state.accounts.values().flat_map(|held| &held.value.devices);
        Ok(devices.filter(|device| now < device.expires).count() as u64)
    }

    async fn newest_time(&self, now: Timestamp) -> Result<Timestamp, WriteError> {
        let mut state = self.lock();
        let newest = state.newest.map_or(now, |newest| newest.max(now));
        state.newest = Some(newest);
        Ok(newest)
    }

    async fn key_check(&self) -> Result<Option<[u8; 32]>, ReadError> {
        Ok(self.lock().key_check)
    }

    async fn set_key_check(&self, value: [u8; 32]) -> Result<(), WriteError> {
        let mut state = self.lock();
        if state.key_check.is_some() {
            return Err(WriteError::Conflict);
        }
        state.key_check = Some(value);
        Ok(())
    }

    async fn heirlooms(&self) -> Result<Option<Vec<u8>>, ReadError> {
        Ok(self.lock().heirlooms.clone())
    }

    async fn replace_key_check(
        &self,
        from: [u8; 32],
        to: [u8; 32],
        heirlooms: Vec<u8>,
    ) -> Result<(), WriteError> {
        let mut state = self.lock();
        if state.key_check != Some(from) {
            return Err(WriteError::Conflict);
        }
        (state.key_check, state.heirlooms) = (Some(to), Some(heirlooms));
        Ok(())
    }

    async fn letter_sealed_anew(&self, id: [u8; 16], sealed: Vec<u8>) -> Result<(), WriteError> {
        for letter in self.lock().letters.iter_mut().filter(|it| it.id == id) {
            letter.sealed.clone_from(&sealed);
        }
        Ok(())
    }

    async fn ping(&self) -> Result<(), ReadError> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::MemoryStore;

    crate::store::conformance::suite!(async || (MemoryStore::default(), ()));
}
