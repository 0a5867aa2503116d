//! A desk for tests: a store in memory, a clock that is turned by hand, randomness that repeats
//! itself, a mailbox that can be read, and hashing that costs nothing.

use std::collections::BTreeSet;
use std::net::{IpAddr, Ipv4Addr};
use std::sync::atomic::{AtomicBool, AtomicI64, AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use arc_swap::{ArcSwap, ArcSwapOption};
use async_trait::async_trait;
use sha2::{Digest, Sha256};
use tokio::sync::Notify;

use super::factor::{AfterCode, TypedCode};
use super::hashing::Hashing;
use super::noted::Noted;
use super::opening::Opened;
use super::seats::Seats;
use super::settings::HashingSettings;
use super::sign_in::AfterPassword;
use super::visit::{SESSION_COOKIE, Visitor, Visits};
use super::{Caller, Cookies, Desk, Site};
use crate::base::client::{ClientAddr, UserAgent};
use crate::base::clock::{Clock, SteadyClock};
use crate::base::entropy::Entropy;
use crate::base::id::{AccountId, AppId, RequestId};
use crate::base::language::Language;
use crate::base::seal::{Keyring, Purpose, Token};
use crate::base::time::Timestamp;
use crate::identity::account::{Account, EmailAddress, Password};
use crate::identity::factor::recovery::{RecoveryCode, RecoverySet};
use crate::identity::factor::totp::{App, AppSecret, STEP_SECONDS, Step};
use crate::identity::password::{Typed, hash};
use crate::identity::phone::{Phone, PhoneNumber};
use crate::identity::settings::{HashCost, Settings as Rules};
use crate::messaging::{
    Letter, Mail, Messenger, NoticeKind, SendError, TextError, TextMessage, TextMessenger,
};
use crate::observe::audit::Trail;
use crate::observe::metrics::Metrics;
use crate::observe::settings::AuditSettings;
use crate::store::memory::MemoryStore;
use crate::store::{Change, Store};

pub const PASSWORD: &str = "tulpe regal montag kran";

pub const CHEAP: HashCost = HashCost {
    memory: 64 * 1024,
    passes: 1,
    lanes: 1,
};

/// A clock that stands still until it is turned.
pub struct HandClock(AtomicI64);

impl HandClock {
    pub fn advance(&self, span: Duration) {
        let millis = i64::try_from(span.as_millis()).unwrap();
        self.0.fetch_add(millis, Ordering::SeqCst);
    }
}

impl Clock for HandClock {
    fn now(&self) -> Timestamp {
        Timestamp::from_unix_millis(self.0.load(Ordering::SeqCst))
    }
}

/// Randomness that is the same at every run, and never the same twice in one.
pub struct Drawn(AtomicU64);

impl Entropy for Drawn {
    fn fill(&self, buffer: &mut [u8]) {
        for chunk in buffer.chunks_mut(32) {
            let number = self.0.fetch_add(1, Ordering::SeqCst);
            let block = Sha256::digest(number.to_le_bytes());
            chunk.copy_from_slice(&block[..chunk.len()]);
        }
    }
}

/// A mailbox that can be read, and a mail server that can be switched off.
#[derive(Default)]
pub struct Mailbox {
    mails: Mutex<Vec<Mail>>,
    pub broken: AtomicBool,
}

impl Mailbox {
    /// Every code that was mailed, oldest first.
    pub fn codes(&self) -> Vec<String> {
        let mails = self.mails.lock().unwrap();
        let codes = mails.iter().filter_map(|mail| match &mail.letter {
            Letter::Code(code) => Some(code.code.clone()),
            Letter::Confirm(confirm) => Some(confirm.code.clone()),
            Letter::Notice(_)
            | Letter::Link(_)
            | Letter::Approval(_)
            | Letter::AccountExists { .. }
            | Letter::Test { .. } => None,
        });
        codes.collect()
    }

    /// Every letter that was sent at once, oldest first.
    pub fn letters(&self) -> Vec<Letter> {
        let mails = self.mails.lock().unwrap();
        mails.iter().map(|mail| mail.letter.clone()).collect()
    }

    /// What the newest letter's link carries.
    pub fn newest_link(&self) -> String {
        let letters = self.letters();
        let mut links = letters.iter().rev().filter_map(|letter| match letter {
            Letter::Confirm(confirm) => Some(confirm.link.expose().to_owned()),
            _ => None,
        });
        links.next().unwrap()
    }

    pub fn newest_code(&self) -> String {
        self.codes().last().cloned().unwrap()
    }
}

#[async_trait]
impl Messenger for Mailbox {
    async fn send(&self, mail: &Mail) -> Result<(), SendError> {
        if self.broken.load(Ordering::SeqCst) {
            return Err(SendError::Compose("switched off".to_owned()));
        }
        self.mails.lock().unwrap().push(mail.clone());
        Ok(())
    }
}

/// All phones, and a provider that can be switched off.
#[derive(Default)]
pub struct Phones {
    texts: Mutex<Vec<TextMessage>>,
    pub broken: Mutex<Option<TextError>>,
}

impl Phones {
    /// Every message, oldest first.
    pub fn texts(&self) -> Vec<TextMessage> {
        self.texts.lock().unwrap().clone()
    }

    pub fn newest_code(&self) -> String {
        self.texts().last().unwrap().code.clone()
    }

    pub fn breaks(&self, with: Option<TextError>) {
        *self.broken.lock().unwrap() = with;
    }
}

#[async_trait]
impl TextMessenger for Phones {
    async fn send(&self, message: &TextMessage) -> Result<(), TextError> {
        if let Some(error) = self.broken.lock().unwrap().clone() {
            return Err(error);
        }
        self.texts.lock().unwrap().push(message.clone());
        Ok(())
    }
}

/// A desk and everything around it.
pub struct Bench {
    pub desk: Arc<Desk>,
    pub clock: Arc<HandClock>,
    pub mailbox: Arc<Mailbox>,
    pub phones: Arc<Phones>,
    pub store: Arc<MemoryStore>,
    pub visits: Visits,
    requests: AtomicU64,
}

/// A browser: what it carries, and where it is.
#[derive(Clone)]
pub struct Browser {
    pub cookies: Cookies,
    pub caller: Caller,
}

impl Browser {
    /// Takes what an opened session sets.
    pub fn take(&mut self, opened: &Opened) {
        self.cookies.session = Some(opened.cookie.clone());
        self.cookies.known = Some(opened.known.clone());
        self.cookies.flow = None;
    }

    pub fn at(mut self, address: [u8; 4]) -> Self {
        self.caller.client = ClientAddr::new(IpAddr::V4(Ipv4Addr::from(address)));
        self
    }
}

impl Bench {
    pub fn new() -> Self {
        Self::with(|_| ())
    }

    pub fn with(change: impl FnOnce(&mut Rules)) -> Self {
        let mut rules = Rules::default();
        rules.passwords.hash = CHEAP;
        change(&mut rules);
        let clock = Arc::new(HandClock(AtomicI64::new(1_700_000_010_000)));
        let entropy: Arc<dyn Entropy> = Arc::new(Drawn(AtomicU64::new(0)));
        let mailbox = Arc::new(Mailbox::default());
        let phones = Arc::new(Phones::default());
        let store = Arc::new(MemoryStore::default());
        let metrics = Arc::new(Metrics::new("test"));
        let hashing = HashingSettings {
            slots: 2,
            queue: 256,
            wait: Duration::from_secs(60),
        };
        let desk = Arc::new(Desk {
            store: Arc::clone(&store) as Arc<dyn Store>,
            keys: Arc::new(Keyring::generate(&*entropy)),
            clock: Arc::new(SteadyClock::new(Arc::clone(&clock) as Arc<dyn Clock>)),
            hashing: Hashing::start(hashing, Arc::clone(&entropy)),
            entropy,
            messenger: Arc::clone(&mailbox) as Arc<dyn Messenger>,
            text_messenger: ArcSwapOption::from_pointee(Arc::clone(&phones) as Arc<dyn TextMessenger>),
            seats: Seats::default(),
            noted: Noted::default(),
            trail: Arc::new(Trail::open(&AuditSettings::default(), metrics).unwrap()),
            letters: Arc::new(Notify::new()),
            rules: ArcSwap::from_pointee(rules),
            house_names: ArcSwap::from_pointee(vec!["Example Portal".to_owned()]),
        });
        Self {
            visits: Visits::new(Arc::clone(&desk)),
            desk,
            clock,
            mailbox,
            phones,
            store,
            requests: AtomicU64::new(0),
        }
    }

    /// Changes the rules, as a reload does.
    pub fn rule(&self, change: impl FnOnce(&mut Rules)) {
        let mut rules = Rules::clone(&self.desk.rules.load_full());
        change(&mut rules);
        self.desk.rules.store(Arc::new(rules));
    }

    /// An outage of the store begins, or ends.
    pub fn silence(&self, silent: bool) {
        self.store.fall_silent(silent);
    }

    pub fn pass(&self, seconds: u64) {
        self.clock.advance(Duration::from_secs(seconds));
    }

    /// An account with [`PASSWORD`].
    pub async fn account(&self, email: &str) -> Account {
        let now = self.desk.now();
        let email = EmailAddress::parse(email).unwrap();
        let mut account = Account::new(AccountId::draw(&*self.desk.entropy), email, now);
        let typed = Typed::new(PASSWORD).unwrap();
        account.password = Some(Password {
            hash: hash(&typed, CHEAP, &*self.desk.entropy).unwrap(),
            changed: now,
        });
        let change = vec![Change::CreateAccount(account.clone())];
        self.desk.commit(change, now).await.unwrap();
        account
    }

    /// As it is stored now.
    pub async fn stored(&self, id: AccountId) -> Account {
        self.desk.store.account(id).await.unwrap().unwrap().value
    }

    /// Changes an account behind everybody's back.
    pub async fn change(&self, id: AccountId, change: impl FnOnce(&mut Account)) {
        let mut held = self.desk.store.account(id).await.unwrap().unwrap();
        change(&mut held.value);
        let change = vec![Change::ReplaceAccount(held.value, held.version)];
        self.desk.commit(change, self.desk.now()).await.unwrap();
    }

    /// Gives an account an app.
    pub async fn give_app(&self, id: AccountId) -> AppSecret {
        let secret = AppSecret::draw(&*self.desk.entropy);
        let app = App {
            id: AppId::draw(&*self.desk.entropy),
            name: "My phone".to_owned(),
            sealed: self.sealed(id, &secret),
            added: self.desk.now(),
            last_used: None,
            spent: None,
        };
        self.change(id, |account| account.apps.push(app)).await;
        secret
    }

    fn sealed(&self, id: AccountId, secret: &AppSecret) -> Vec<u8> {
        let desk = &self.desk;
        desk.keys
            .seal(Purpose::AppSecret, id.as_bytes(), secret.bytes(), &*desk.entropy)
            .unwrap()
    }

    /// Gives an account a phone.
    pub async fn give_phone(&self, id: AccountId, number: &str) {
        let desk = &self.desk;
        let number = PhoneNumber::parse(number, &[]).unwrap();
        let phone = Phone::keep(&number, id, &desk.keys, &*desk.entropy, desk.now()).unwrap();
        self.change(id, |account| account.phone = Some(phone)).await;
    }

    /// Gives an account recovery codes.
    pub async fn give_codes(&self, id: AccountId, count: usize) -> Vec<RecoveryCode> {
        let desk = &self.desk;
        let codes: Vec<_> = (0..count).map(|_| RecoveryCode::draw(&*desk.entropy)).collect();
        let set = RecoverySet::keep(&codes, id, &desk.keys, desk.now());
        self.change(id, |account| account.recovery = Some(set)).await;
        codes
    }

    /// What an app shows, `steps` from now.
    pub fn app_code(&self, secret: &AppSecret, steps: i64) -> String {
        let current = u64::try_from(self.clock.now().unix_seconds()).unwrap() / STEP_SECONDS;
        let step = current.checked_add_signed(steps).unwrap();
        secret.code_at(Step(step)).to_text()
    }

    /// A browser that nobody has seen yet.
    pub fn browser(&self) -> Browser {
        let number = self.requests.fetch_add(1, Ordering::SeqCst);
        let agent = "Mozilla/5.0 (Windows NT 10.0) Gecko/20100101 Firefox/128.0";
        let site = Site {
            host: "portal.example.com".to_owned(),
            url: "https://portal.example.com".to_owned(),
        };
        let caller = Caller {
            site: Arc::new(site),
            client: ClientAddr::new(IpAddr::V4(Ipv4Addr::new(
                192,
                0,
                2,
                u8::try_from(number % 250).unwrap(),
            ))),
            user_agent: UserAgent::read(agent),
            agent_header: agent.to_owned(),
            request: RequestId::draw(&*self.desk.entropy),
            language: Language::english(),
        };
        Browser {
            cookies: Cookies::default(),
            caller,
        }
    }

    pub async fn password(&self, browser: &mut Browser, email: &str, password: &str) -> AfterPassword {
        let after = self
            .desk
            .sign_in(
                email,
                password,
                "/wanted".to_owned(),
                &browser.cookies,
                &browser.caller,
            )
            .await
            .unwrap();
        match &after {
            AfterPassword::Step(ticket, _) => browser.cookies.flow = Some(ticket.cookie.clone()),
            AfterPassword::SignedIn(opened) => browser.take(opened),
            AfterPassword::Wrong { .. }
            | AfterPassword::Waits(_)
            | AfterPassword::TooLong
            | AfterPassword::Busy => {}
        }
        after
    }

    pub async fn code(&self, browser: &mut Browser, typed: TypedCode<'_>) -> AfterCode {
        let after = self
            .desk
            .submit_code(typed, None, &browser.cookies, &browser.caller)
            .await
            .unwrap();
        if let AfterCode::SignedIn(opened) = &after {
            browser.take(opened);
        }
        after
    }

    /// Signs in by email, in a browser of its own.
    pub async fn signed_in(&self, email: &str) -> Browser {
        let mut browser = self.browser();
        self.signs_in(&mut browser, email).await;
        browser
    }

    pub async fn signs_in(&self, browser: &mut Browser, email: &str) {
        let after = self.password(browser, email, PASSWORD).await;
        assert!(matches!(after, AfterPassword::Step(..)), "{after:?}");
        let code = self.mailbox.newest_code();
        let after = self.code(browser, TypedCode::Email(&code)).await;
        assert!(matches!(after, AfterCode::SignedIn(_)), "{after:?}");
    }

    /// Signs in with an app, in a browser of its own.
    pub async fn signed_in_by_app(&self, email: &str, secret: &AppSecret) -> Browser {
        let mut browser = self.browser();
        self.password(&mut browser, email, PASSWORD).await;
        let code = self.app_code(secret, 0);
        let after = self.code(&mut browser, TypedCode::App(&code)).await;
        assert!(matches!(after, AfterCode::SignedIn(_)), "{after:?}");
        browser
    }

    /// Who a browser's session cookie names, as the gateway finds out.
    pub async fn visitor(&self, browser: &Browser) -> Option<Visitor> {
        let cookie = browser.cookies.session.as_ref()?;
        self.visitor_with(cookie, browser).await
    }

    pub async fn visitor_with(&self, cookie: &Token, browser: &Browser) -> Option<Visitor> {
        let printed = cookie.print(SESSION_COOKIE, &self.desk.keys);
        let site = &browser.caller.site.host;
        self.visits.recognise(printed.expose(), site).await.unwrap()
    }

    /// The notices in the queue, oldest first.
    pub fn notices(&self) -> Vec<NoticeKind> {
        let open = self.queued().into_iter();
        open.filter_map(|mail| match mail.letter {
            Letter::Notice(notice) => Some(notice.kind),
            Letter::Code(_)
            | Letter::Link(_)
            | Letter::Confirm(_)
            | Letter::AccountExists { .. }
            | Letter::Approval(_)
            | Letter::Test { .. } => None,
        })
        .collect()
    }

    /// Every letter in the queue, oldest first.
    pub fn queued(&self) -> Vec<Mail> {
        let letters = self.store.letters();
        let open = letters.iter().map(|stored| {
            let plain = self.desk.keys.open(Purpose::Letter, &stored.id, &stored.sealed);
            Mail::from_bytes(plain.unwrap().expose()).unwrap()
        });
        open.collect()
    }

    /// The values of all links in the queue, oldest first.
    pub fn links(&self) -> Vec<String> {
        let links = self.queued().into_iter().filter_map(|mail| match mail.letter {
            Letter::Link(link) => Some(link.value.expose().to_owned()),
            Letter::Code(_)
            | Letter::Confirm(_)
            | Letter::AccountExists { .. }
            | Letter::Approval(_)
            | Letter::Notice(_)
            | Letter::Test { .. } => None,
        });
        links.collect()
    }

    /// The names of all events so far.
    pub async fn events(&self) -> Vec<String> {
        let since = Timestamp::from_unix_millis(0);
        let events = self.desk.store.events(None, since, 100_000).await.unwrap();
        events.into_iter().map(|event| event.name).collect()
    }

    /// How often an event is in the trail.
    pub async fn told(&self, name: &str) -> usize {
        self.events().await.iter().filter(|told| *told == name).count()
    }

    /// Different live sessions of an account.
    pub async fn sessions(&self, id: AccountId) -> usize {
        let held = self.desk.store.sessions_of(id).await.unwrap();
        let live = held.iter().filter(|(_, session)| session.ends.is_none());
        live.map(|(_, session)| session.id).collect::<BTreeSet<_>>().len()
    }
}
