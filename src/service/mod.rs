//! One file per story: load, decide, save, tell.
//!
//! Decisions are made in [`crate::identity`] and [`crate::policy`]; a service brings them what is
//! stored, writes what they decided in one conditional commit, and decides again where somebody
//! else wrote in between. Every story that changes anything ends in one [`Change`] list, so that a
//! letter or an audit event is never told of something that did not happen, nor lost for something
//! that did.

pub mod activity;
pub mod admin;
pub mod approve;
pub mod apps;
pub mod confirm;
pub mod devices;
pub mod email_change;
pub mod email_revoke;
pub mod factor;
pub mod hashing;
pub mod invite;
pub mod kept;
pub mod keys;
pub mod limits;
pub mod link;
pub mod noted;
pub mod opening;
pub mod outbox;
pub mod password;
pub mod phone;
pub mod profile;
pub mod recovery;
pub mod register;
pub mod renew;
pub mod reset;
pub mod reset_letter;
pub mod seats;
pub mod sending;
pub mod sessions;
pub mod set_up;
pub mod set_up_phone;
pub mod settings;
pub mod sign_in;
pub mod sign_out;
pub mod step_up;
pub mod support;
pub mod terms;
pub mod texting;
pub mod trust;
pub mod visit;
pub mod wrong_answers;

#[cfg(test)]
pub(crate) mod testing;
#[cfg(test)]
mod tests;

use std::sync::Arc;
use std::time::Duration;

use arc_swap::{ArcSwap, ArcSwapOption};
use tokio::sync::Notify;

use crate::base::client::{ClientAddr, UserAgent};
use crate::base::clock::{Clock, SteadyClock};
use crate::base::entropy::Entropy;
use crate::base::id::{RequestId, TokenDigest};
use crate::base::language::Language;
use crate::base::seal::{Keyring, Purpose, SealError, Token};
use crate::base::time::Timestamp;
use crate::identity::account::Account;
use crate::identity::assurance;
use crate::identity::device::Surroundings;
use crate::identity::event::{Event, What};
use crate::identity::settings::Settings as Rules;
use crate::messaging::{
    Addressed, Circumstances, Letter, Mail, Messenger, Notice, NoticeKind, TextMessenger,
};
use crate::observe::audit::Trail;
use crate::store::{
    BackendError, Change, Committed, ReadError, Store, StoreClock, StoredEvent, StoredLetter, WriteError,
};
use hashing::Hashing;
use seats::Seats;

/// The site a request is for.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Site {
    /// Its host, without port: what sessions are bound to.
    pub host: String,
    /// Its public address without a path: `https://portal.example.com`.
    pub url: String,
}

/// Who asks, as a story needs to know it.
#[derive(Clone, Debug)]
pub struct Caller {
    /// On which site.
    pub site: Arc<Site>,
    /// From where.
    pub client: ClientAddr,
    /// With what.
    pub user_agent: UserAgent,
    /// The whole `User-Agent` header, for telling versions apart.
    pub agent_header: String,
    /// In which request.
    pub request: RequestId,
    /// The language of the page it was sent from.
    pub language: Language,
}

/// The cookies of ours that a request brought, each recognised by its tag.
#[derive(Clone, Debug, Default)]
pub struct Cookies {
    /// The session.
    pub session: Option<Token>,
    /// The flow.
    pub flow: Option<Token>,
    /// The trusted device.
    pub device: Option<Token>,
    /// The known browser.
    pub known: Option<Token>,
}

/// Why a story could not be told: nobody is let in, and the page says it is our fault.
#[derive(Debug, thiserror::Error)]
pub enum Outage {
    /// The store did not answer.
    #[error("store did not answer")]
    Read(#[from] ReadError),
    /// The store did not take a change.
    #[error("store did not take a change")]
    Write(#[from] WriteError),
    /// A sealed value does not open.
    #[error("a stored secret cannot be opened")]
    Sealed(#[from] SealError),
    /// A stored hash cannot be read.
    #[error("a stored password hash cannot be checked")]
    Hash(#[from] crate::identity::password::HashError),
    /// Too many people change the same record at once.
    #[error("record kept changing")]
    Contended,
    /// The letter cannot be put into words that the queue keeps.
    #[error("a letter cannot be written")]
    Letter,
    /// Too many passwords at once. 503 with Retry-After.
    #[error("too many passwords at once")]
    Busy,
}

impl From<hashing::HashingError> for Outage {
    fn from(error: hashing::HashingError) -> Self {
        match error {
            hashing::HashingError::Busy => Self::Busy,
            hashing::HashingError::Hash(error) => Self::Hash(error),
        }
    }
}

/// Where the store's own clock is what everybody's is held against, no node is more than a minute off it, and so
/// none is further ahead of another.
const AHEAD_AT_MOST: Duration = Duration::from_secs(120);

/// Whether somebody besides the store hears of a change once it is made.
fn is_news(change: &Change) -> bool {
    matches!(change, Change::Record(_) | Change::Enqueue(_))
}

/// How often a decision is made again because somebody else wrote first. Each loss means that
/// somebody else has won, so that this bounds waiting and not progress.
const DECIDE_AT_MOST: usize = 64;

/// What every story has at hand.
pub struct Desk {
    /// What is kept.
    pub store: Arc<dyn Store>,
    /// What it is sealed with.
    pub keys: Arc<Keyring>,
    /// Time for whatever expires.
    pub clock: Arc<SteadyClock>,
    /// Randomness.
    pub entropy: Arc<dyn Entropy>,
    /// Mail.
    pub messenger: Arc<dyn Messenger>,
    /// Text messages; none without a provider. Replaced by a reload.
    pub text_messenger: ArcSwapOption<Arc<dyn TextMessenger>>,
    /// Threads that hash.
    pub hashing: Hashing,
    /// Sessions in memory.
    pub seats: Seats,
    /// Where events are written besides the store.
    pub trail: Arc<Trail>,
    /// What is written with the next commit.
    pub noted: noted::Noted,
    /// Told when a letter has been put into the queue.
    pub letters: Arc<Notify>,
    /// The operator's rules; replaced by a reload.
    pub rules: ArcSwap<Rules>,
    /// Names that a guesser of any account tries first: the brand's, the sites'.
    pub house_names: ArcSwap<Vec<String>>,
}

impl Desk {
    /// The present, for whatever expires.
    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// Whatever a wall clock that was wrong has said is forgotten once the store's own says that it is right.
    pub fn trust_wall_clock(&self) {
        let wall = self.clock.wall();
        if self.store.clock() == StoreClock::Agrees && self.now().since(wall) > AHEAD_AT_MOST {
            self.clock.at_most(wall);
        }
    }

    /// Stores the present, and takes note of the newest time that any node has stored.
    ///
    /// # Errors
    ///
    /// [`WriteError`]: neither was done.
    pub async fn compare_clocks(&self) -> Result<Timestamp, WriteError> {
        if let StoreClock::Apart { .. } = self.store.clock() {
            // It may be right again by now: then what it has said before is forgotten first.
            return Err(WriteError::Unavailable(BackendError(
                "this machine's clock may be wrong".to_owned(),
            )));
        }
        self.trust_wall_clock();
        let newest = self.store.newest_time(self.now()).await?;
        self.clock.at_least(newest);
        self.trust_wall_clock();
        Ok(newest)
    }

    /// Writes all changes or none, and empties the seats that they touch.
    ///
    /// # Errors
    ///
    /// [`WriteError`]: nothing was written.
    pub async fn commit(&self, changes: Vec<Change>, now: Timestamp) -> Result<Committed, WriteError> {
        let touched = Seats::touched_by(&changes);
        let news: Vec<Change> = changes.iter().filter(|it| is_news(it)).cloned().collect();
        let committed = self.commit_with_noted(changes, now).await;
        // Also where it failed: a commit whose answer was lost may have been written.
        self.seats.forget(&touched);
        if committed.is_ok() {
            self.announce(&news);
        }
        committed
    }

    /// What has happened is written to the log, and the queue is looked at.
    fn announce(&self, changes: &[Change]) {
        for change in changes {
            match change {
                Change::Record(stored) => match serde_json::from_str::<Event>(&stored.line) {
                    Ok(event) => self.trail.write(&event),
                    Err(error) => tracing::error!(%error, "an event of our own cannot be read"),
                },
                Change::Enqueue(_) => self.letters.notify_one(),
                _ => {}
            }
        }
    }

    /// A change that adds to the audit trail.
    pub fn record(&self, event: &Event) -> Change {
        Change::Record(StoredEvent {
            at: event.at,
            name: event.name(),
            account: event.account,
            line: event.line(),
        })
    }

    /// A change that records what happened to `account` in a request of `caller`.
    pub fn tell(&self, account: &Account, what: What, caller: &Caller, now: Timestamp) -> Change {
        self.record(&Event {
            request: Some(caller.request),
            ..Event::of(account.id, what, now)
        })
    }

    /// A change that puts a notice to the account's owner into the queue.
    ///
    /// # Errors
    ///
    /// [`Outage`] if it cannot be written or sealed.
    pub fn notify(
        &self,
        account: &Account,
        kind: NoticeKind,
        site_url: &str,
        language: &Language,
        with: Option<UserAgent>,
        now: Timestamp,
    ) -> Result<Change, Outage> {
        let rules = self.rules.load();
        let asked = assurance::next_asked(account, &rules.second_factor, now);
        let notice = Letter::Notice(Notice {
            next_asked: kind.takes_a_factor().then_some(asked),
            kind,
            circumstances: Circumstances { at: now, with },
        });
        self.enqueue(&self.mail(account, notice, site_url, language), now)
    }

    /// A change that puts a letter into the queue, sealed.
    ///
    /// # Errors
    ///
    /// [`Outage`] if it cannot be written or sealed.
    pub fn enqueue(&self, mail: &Mail, now: Timestamp) -> Result<Change, Outage> {
        let plain = mail.to_bytes().map_err(|_| Outage::Letter)?;
        let id = *mail.id.as_bytes();
        let sealed = self.keys.seal(Purpose::Letter, &id, &plain, &*self.entropy)?;
        Ok(Change::Enqueue(StoredLetter {
            id,
            written: now,
            due: now,
            tries: 0,
            sealed,
        }))
    }

    /// A letter to the account's owner, in the owner's language or else the page's.
    pub fn mail(&self, account: &Account, letter: Letter, site_url: &str, language: &Language) -> Mail {
        let name = account.display_name();
        let to = Addressed {
            address: account.email.clone(),
            name: (!name.is_empty()).then_some(name),
            language: account.language.clone().unwrap_or_else(|| language.clone()),
        };
        Mail::new(to, site_url, letter, &*self.entropy)
    }

    /// Where a browser is, in short keyed digests.
    pub fn surroundings(&self, caller: &Caller) -> Surroundings {
        let short = |text: &str| {
            let digest = self
                .keys
                .digest(Purpose::CounterName, &[b"surroundings", text.as_bytes()]);
            digest
                .first_chunk::<8>()
                .map(|head| u64::from_le_bytes(*head))
                .unwrap_or_default()
        };
        Surroundings {
            network: short(&caller.client.network().to_string()),
            version: short(&caller.agent_header),
        }
    }

    /// The token of a form: a keyed digest of the cookie that the form is bound to, so that an
    /// anonymous form needs no row.
    pub fn form_token(&self, cookie: &TokenDigest) -> String {
        let digest = self.keys.digest(Purpose::FormToken, &[cookie.as_bytes()]);
        data_encoding::BASE64URL_NOPAD.encode(&digest)
    }

    /// Whether a form carries the token of this cookie.
    pub fn form_token_fits(&self, cookie: &TokenDigest, token: &str) -> bool {
        data_encoding::BASE64URL_NOPAD
            .decode(token.as_bytes())
            .ok()
            .and_then(|bytes| <[u8; 32]>::try_from(bytes).ok())
            .is_some_and(|digest| {
                self.keys
                    .verify(Purpose::FormToken, &[cookie.as_bytes()], &digest)
            })
    }
}
