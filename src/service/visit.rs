//! From a cookie to a visitor: memory first, the store only for one not seen yet.
//!
//! The store is asked about what has changed five times a second, whether or not anybody visits;
//! a node that has had no sign of life from it for a second trusts no session it holds.
//!
//! ```text
//! alive ──a second without a sign of life──▶ asks, and everybody waits for the answer
//!   ▲                                          │ there is none
//!   └────────────an answer─────────────────────┴─▶ grace: what is in memory is trusted
//!                                                    └─ `session.grace` later: nobody
//! ```
//!
//! In that grace, which is none by default, nothing is read: a session that is not in memory, or that something is
//! known to have happened to, is nobody's.

mod last_use;

use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError, Weak};
use std::time::Duration;

use tokio::sync::watch;
use tokio::time::Instant;

use super::kept::lapse_key;
use super::seats::{Holder, Seat};
use super::{Desk, Outage};
use crate::base::id::{AccountId, SessionId, TokenDigest};
use crate::base::seal::Token;
use crate::base::time::Timestamp;
use crate::identity::account::Account;
use crate::identity::assurance::Standing;
use crate::identity::event::{Event, What};
use crate::identity::kept::Lapse;
use crate::identity::session::{Life, Session};
use crate::identity::settings::Settings as Rules;
use crate::store::{BackendError, Change, Flow, Mark, ReadError, StoredFlow};

/// The name of the session cookie, without the prefix that https adds.
pub const SESSION_COOKIE: &str = "doorward";

/// How long a node trusts its sessions without a sign of life from the store.
const TRUST_FOR: Duration = Duration::from_secs(1);

/// How long what is open stays open without a sign of life from the store: with the half second until somebody looks
/// that is two, as for whatever ends otherwise.
const CUT_AFTER: Duration = Duration::from_millis(1500);

/// A clock that goes on by so much at once may be wrong.
const JUMP: Duration = Duration::from_secs(60);

/// How often the store is asked what has changed.
pub const WATCH_EVERY: Duration = Duration::from_millis(200);

/// Somebody with a live session.
#[derive(Clone)]
pub struct Visitor {
    seat: Arc<Seat>,
    holder: Arc<Holder>,
}

impl Visitor {
    /// Whoever goes on under a new value of a session, in the request that made it.
    pub(super) fn renewed(cookie: TokenDigest, session: Session, account: Account) -> Self {
        let holder = Arc::new(Holder::new(account));
        Self {
            seat: Seat::apart(cookie, session, Arc::clone(&holder)),
            holder,
        }
    }

    /// When the session was last used, as far as this node knows.
    pub(super) fn last_used(&self) -> Timestamp {
        self.seat.last_used()
    }

    /// How the visitor stands now.
    pub fn standing(&self, rules: &Rules, now: Timestamp) -> Standing<'_> {
        Standing::of(
            &self.seat.session,
            &self.holder.account,
            &rules.second_factor,
            now,
        )
    }

    /// The account.
    pub fn account(&self) -> &Account {
        &self.holder.account
    }

    /// The account, and what a portal is told of it.
    pub fn holder(&self) -> &Holder {
        &self.holder
    }

    /// The session.
    pub fn session(&self) -> &Session {
        &self.seat.session
    }

    /// Digest of the session's cookie.
    pub fn cookie(&self) -> TokenDigest {
        self.seat.cookie
    }

    /// Notes a use, in the request that found the visitor.
    pub fn touch(&self, now: Timestamp) {
        self.seat.touch(now);
    }
}

/// Finds visitors.
pub struct Visits {
    desk: Arc<Desk>,
    mark: tokio::sync::Mutex<Option<Mark>>,
    began: Instant,
    alive: AtomicU64,
    /// What the clock showed then.
    alive_at: AtomicI64,
    /// When the last attempt began that failed, and a millisecond: whoever came before it need not try again.
    failed: AtomicU64,
    watched: Mutex<Vec<Weak<Watched>>>,
}

struct Watched {
    cookie: Mutex<TokenDigest>,
    session: SessionId,
    account: AccountId,
    site: String,
    over: watch::Sender<bool>,
}

/// Says when a session has ended, to whatever is still open under it.
#[derive(Clone)]
pub struct SessionWatch {
    watched: Arc<Watched>,
}

impl SessionWatch {
    /// The value that the session goes on under.
    fn cookie(&self) -> TokenDigest {
        *self.watched.cookie.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Returns once the session has ended.
    pub async fn ended(&self) {
        let mut over = self.watched.over.subscribe();
        // The sender lives in `self`: waiting cannot fail.
        let _ = over.wait_for(|over| *over).await;
    }
}

impl Visits {
    /// With everything at hand.
    pub fn new(desk: Arc<Desk>) -> Self {
        Self {
            desk,
            mark: tokio::sync::Mutex::new(None),
            began: Instant::now(),
            alive: AtomicU64::new(0),
            alive_at: AtomicI64::new(i64::MAX),
            failed: AtomicU64::new(0),
            watched: Mutex::default(),
        }
    }

    /// Who has the session cookie with this digest, by memory alone. `None`: the store has to be asked.
    pub fn recall(&self, cookie: &TokenDigest, site: &str, now: Timestamp) -> Option<Visitor> {
        if !self.is_alive(now) && !self.is_in_grace(TRUST_FOR) {
            return None;
        }
        let seat = self.desk.seats.get(cookie)?;
        self.visitor_in(seat, site, now)
    }

    /// Who the session cookie names. `None`: nobody that we know.
    ///
    /// # Errors
    ///
    /// [`Outage`] where that cannot be told: nobody passes.
    pub async fn recognise(&self, printed: &str, site: &str) -> Result<Option<Visitor>, Outage> {
        let Some(cookie) = Token::digest_of(printed) else {
            return Ok(None);
        };
        let alive = self.ensure_alive().await;
        if alive.is_err() && !self.is_in_grace(TRUST_FOR) {
            return alive.map(|()| None);
        }
        let now = self.desk.now();
        if let Some(seat) = self.desk.seats.get(&cookie)
            && let Some(visitor) = self.visitor_in(seat, site, now)
        {
            return Ok(Some(visitor));
        }
        alive?;
        // The tag is looked at only here: a seat is only ever filled for a value that had it.
        if Token::recognise(SESSION_COOKIE, printed, &self.desk.keys).is_none() {
            return Ok(None);
        }
        // Read for somebody who is here; whoever only watches does not touch it.
        let visitor = self.read(cookie, site, now).await?;
        Ok(visitor.inspect(|visitor| visitor.touch(now)))
    }

    /// A live visitor in a seat. `None`: the seat has to be filled anew, or is nobody's.
    fn visitor_in(&self, seat: Arc<Seat>, site: &str, now: Timestamp) -> Option<Visitor> {
        let holder = seat.account()?;
        let rules = self.desk.rules.load();
        let life = seat
            .session
            .life_used_at(seat.last_used(), &holder.account, &rules.session, now);
        let live = life == Life::Live && seat.session.site == site;
        live.then(|| {
            seat.touch(now);
            Visitor { seat, holder }
        })
    }

    /// Reads a session and its account; a session that is over is recorded and gone.
    async fn read(&self, cookie: TokenDigest, site: &str, now: Timestamp) -> Result<Option<Visitor>, Outage> {
        let begun = self.desk.seats.begin();
        let used_here = self.desk.seats.used(&cookie);
        let Some((stored, account)) = self.desk.store.session_and_account(&cookie).await? else {
            return Ok(None);
        };
        let mut session = stored.value;
        if let Some(used) = used_here {
            session.last_used = session.last_used.max(used);
        }
        if session.site != site {
            return Ok(None);
        }
        let Some(account) = account else {
            return Ok(None);
        };
        let rules = self.desk.rules.load_full();
        match session.life(&account.value, &rules.session, now) {
            Life::Live => {
                let holder = Arc::new(Holder::new(account.value));
                let seat = self.desk.seats.fill(cookie, session, &holder, begun);
                Ok(Some(Visitor { seat, holder }))
            }
            Life::Idle | Life::Over => {
                self.expire(cookie, &session, &account.value, now).await;
                Ok(None)
            }
        }
    }

    /// A session that is over leaves the store. That it does not is no reason to let anybody in,
    /// nor to keep anybody out: the sweep comes by later.
    /// That it ran out is known for a while, for a form that may still be sent in it.
    async fn expire(&self, cookie: TokenDigest, session: &Session, account: &Account, now: Timestamp) {
        let event = Event::of(session.account, What::SessionExpired { session: session.id }, now);
        let mut changes = vec![Change::EndSession(cookie), self.desk.record(&event)];
        let rules = self.desk.rules.load();
        if rules.keep_posts.enabled
            && let Some(lapse) = Lapse::of(session, account, &rules.session, session.last_used, now)
        {
            let key = lapse_key(&cookie);
            let lapsed = StoredFlow {
                account: lapse.account,
                expires: lapse.known_until,
                flow: Flow::Lapsed(lapse),
            };
            changes.extend([Change::DropFlow(key), Change::CreateFlow(key, lapsed)]);
        }
        drop(rules);
        if let Err(error) = self.desk.commit(changes, now).await {
            tracing::warn!(%error, "an expired session could not be removed");
        }
    }

    /// A node that has had no sign of life asks for one before it trusts what it holds.
    ///
    /// One asks for all who wait meanwhile: in an outage everybody hears of it after one attempt, not after one for
    /// each who came before.
    async fn ensure_alive(&self) -> Result<(), Outage> {
        if self.is_alive(self.desk.now()) {
            return Ok(());
        }
        let came = self.elapsed();
        let mut mark = self.mark.lock().await;
        if self.is_alive(self.desk.now()) {
            return Ok(());
        }
        if self.failed.load(Ordering::Relaxed) > came {
            return Err(ReadError::from(BackendError("the store does not answer".to_owned())).into());
        }
        self.ask(&mut mark).await
    }

    /// Milliseconds since the start, and never 0.
    fn elapsed(&self) -> u64 {
        (self.began.elapsed().as_millis() as u64).max(1)
    }

    fn is_alive(&self, now: Timestamp) -> bool {
        self.was_alive_within(TRUST_FOR) && !self.has_jumped(now)
    }

    /// Whether the clock has gone on by more than time has since the last sign of life. Before anybody is signed out for
    /// that, the store is asked, whose own clock may tell that this one is wrong.
    fn has_jumped(&self, now: Timestamp) -> bool {
        let passed = self.elapsed().saturating_sub(self.alive.load(Ordering::Relaxed));
        let was = Timestamp::from_unix_millis(self.alive_at.load(Ordering::Relaxed));
        now.since(was) > Duration::from_millis(passed) + JUMP
    }

    fn was_alive_within(&self, span: Duration) -> bool {
        let alive = self.alive.load(Ordering::Relaxed);
        // 0: never yet.
        alive != 0 && self.elapsed().saturating_sub(alive) < span.as_millis() as u64
    }

    /// Whether this is an outage, and not longer than sessions in memory are to outlive one: without a sign of
    /// life they are trusted for `span` and that. A node that has not asked yet does so first, and one whose clock
    /// has jumped cannot tell how long that is.
    fn is_in_grace(&self, span: Duration) -> bool {
        let grace = self.desk.rules.load().session.grace;
        let asked_in_vain = self.failed.load(Ordering::Relaxed) > self.alive.load(Ordering::Relaxed);
        let silent = !grace.is_zero() && asked_in_vain && self.was_alive_within(span.saturating_add(grace));
        silent && !self.has_jumped(self.desk.now())
    }

    /// Asks the store what has changed and empties those seats. Called every [`WATCH_EVERY`].
    ///
    /// # Errors
    ///
    /// [`Outage`] if the store gives no sign of life.
    pub async fn catch_up(&self) -> Result<(), Outage> {
        let mut mark = self.mark.lock().await;
        self.ask(&mut mark).await
    }

    async fn ask(&self, mark: &mut Option<Mark>) -> Result<(), Outage> {
        let asked = self.elapsed();
        let answer = match *mark {
            Some(mark) => self.desk.store.changes_since(mark).await,
            None => {
                let begin = self.desk.store.mark().await;
                begin.map(|mark| (mark, vec![crate::store::Changed::Everything]))
            }
        };
        let (next, changes) = answer.inspect_err(|_| {
            self.failed.fetch_max(asked + 1, Ordering::Relaxed);
        })?;
        self.desk.trust_wall_clock();
        self.desk.seats.forget(&changes);
        *mark = Some(next);
        self.alive_at
            .store(self.desk.now().unix_millis(), Ordering::Relaxed);
        self.alive.fetch_max(asked, Ordering::Relaxed);
        Ok(())
    }

    /// Watches a visitor's session on behalf of something that stays open.
    pub fn watch(&self, visitor: &Visitor) -> SessionWatch {
        let watched = Arc::new(Watched {
            cookie: Mutex::new(visitor.cookie()),
            session: visitor.session().id,
            account: visitor.session().account,
            site: visitor.session().site.clone(),
            over: watch::Sender::new(false),
        });
        self.watched
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .push(Arc::downgrade(&watched));
        SessionWatch { watched }
    }

    /// Looks at every watched session and says so where one has ended. Called twice a second.
    pub async fn look_after_watched(&self) {
        let all: Vec<Arc<Watched>> = {
            let mut watched = self.watched.lock().unwrap_or_else(PoisonError::into_inner);
            watched.retain(|held| held.strong_count() > 0);
            watched.iter().filter_map(Weak::upgrade).collect()
        };
        // Unknown is no, in memory too: nobody can say that any of these is still live.
        let alive = self.was_alive_within(CUT_AFTER)
            && (!self.has_jumped(self.desk.now()) || self.ensure_alive().await.is_ok());
        let known = alive || self.is_in_grace(CUT_AFTER);
        let now = self.desk.now();
        for watched in all {
            if !known || !self.still_live(&watched, now).await {
                watched.over.send_replace(true);
            }
        }
    }

    async fn still_live(&self, watched: &Watched, now: Timestamp) -> bool {
        let cookie = *watched.cookie.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(seat) = self.desk.seats.get(&cookie)
            && let Some(holder) = seat.account()
        {
            let rules = self.desk.rules.load();
            let life = seat
                .session
                .life_used_at(seat.last_used(), &holder.account, &rules.session, now);
            if seat.session.ends.is_none() && life == Life::Live {
                return true;
            }
        }
        match self.read(cookie, &watched.site, now).await {
            Ok(Some(visitor)) if visitor.session().ends.is_none() => true,
            // Superseded by a new value of itself, say: the session goes on under another cookie.
            Ok(_) => self.goes_on(watched, now).await,
            // Unknown is no: without the store nobody can say that it is still live.
            Err(_) => false,
        }
    }

    async fn goes_on(&self, watched: &Watched, now: Timestamp) -> bool {
        let Ok(sessions) = self.desk.store.sessions_of(watched.account).await else {
            return false;
        };
        for (cookie, session) in sessions {
            let same = session.id == watched.session && session.ends.is_none();
            if same && matches!(self.read(cookie, &watched.site, now).await, Ok(Some(_))) {
                *watched.cookie.lock().unwrap_or_else(PoisonError::into_inner) = cookie;
                return true;
            }
        }
        false
    }

    /// Notes a use of a connection that stays open. Its seat may be somebody else's by now, and its session go on
    /// under another value.
    pub fn used(&self, watch: &SessionWatch, now: Timestamp) {
        self.desk.seats.use_of(&watch.cookie(), now);
    }
}
