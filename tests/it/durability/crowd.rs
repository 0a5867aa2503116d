//! People who sign in and out while the gateway is being killed, and what they were told.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};

use doorward::app::{Office, World, open_office};
use doorward::base::clock::{Clock as _, SystemClock};
use doorward::base::entropy::{self, OsEntropy};
use doorward::base::id::{AccountId, AppId};
use doorward::base::seal::Purpose;
use doorward::base::time::Timestamp;
use doorward::config::{self, Machine};
use doorward::identity::account::{Account, EmailAddress, Password};
use doorward::identity::factor::recovery::{RecoveryCode, RecoverySet};
use doorward::identity::factor::totp;
use doorward::identity::password::{self, Typed};
use doorward::identity::settings::HashCost;
use doorward::store::Change;
use doorward::store::folder::OpenMode;
use tokio::task::JoinSet;

use super::wire::Wire;
use crate::rig::authenticator::Authenticator;
use crate::rig::binary::Installation;
use crate::rig::client::Page;
use crate::rig::gateway::PASSWORD;
use crate::rig::wait::eventually;

/// The gateway runs again. Its store, which was killed as well, may still be reading what it has kept.
const ANSWERED: &str = "the gateway answers now";

/// How many sign in side by side.
const SIDE_BY_SIDE: usize = 6;

/// Somebody who signs in once, with a code of the app or with a recovery code.
struct Person {
    email: String,
    account: AccountId,
    app: Authenticator,
    recovery: Option<String>,
    leaves: bool,
}

/// How far somebody came, as they know it themselves.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Reached {
    /// No code was sent.
    Nothing,
    /// A right code was sent; no answer came.
    CodeSent,
    /// Their session is open.
    SignedIn,
    /// They asked to sign out; no answer came.
    LeaveSent,
    /// They are signed out.
    SignedOut,
}

/// What became of one visit.
#[derive(Clone)]
pub struct Visit {
    person: Arc<Person>,
    browser: Wire,
    code: String,
    pub reached: Reached,
}

/// Everybody.
#[derive(Clone)]
pub struct Crowd {
    waiting: Arc<Mutex<VecDeque<Arc<Person>>>>,
    everybody: Arc<Vec<Arc<Person>>>,
    stranger: Wire,
}

/// What the command line works with, in this process.
pub async fn office(place: &Installation) -> Office {
    let settings = config::load(&place.config_path(), &Machine).unwrap().settings;
    open_office(&settings, &World::real(None), OpenMode::Create)
        .await
        .unwrap()
}

impl Crowd {
    /// Adds so many accounts, with hashes that cost next to nothing.
    pub async fn gather(place: &Installation, count: usize) -> Self {
        let office = office(place).await;
        let now = SystemClock.now();
        let cost = HashCost {
            memory: 64 * 1024,
            passes: 1,
            lanes: 1,
        };
        let hash = password::hash(&Typed::new(PASSWORD).unwrap(), cost, &OsEntropy).unwrap();
        let mut everybody = Vec::new();
        let mut changes = Vec::new();
        for number in 0..count {
            let (person, mut account) = Person::new(&office, number, now);
            account.password = Some(Password {
                hash: hash.clone(),
                changed: now,
            });
            changes.push(Change::CreateAccount(account));
            everybody.push(Arc::new(person));
        }
        office.desk.commit(changes, now).await.unwrap();
        Self {
            waiting: Arc::new(Mutex::new(everybody.iter().cloned().collect())),
            everybody: Arc::new(everybody),
            stranger: Wire::new(&place.origin, place.address),
        }
    }

    /// Starts to visit, side by side, until no answer comes any more.
    pub fn come(&self) -> JoinSet<Vec<Visit>> {
        let mut coming = JoinSet::new();
        for _ in 0..SIDE_BY_SIDE {
            let crowd = self.clone();
            coming.spawn(async move {
                let mut visits = Vec::new();
                loop {
                    let next = crowd.waiting.lock().unwrap().pop_front();
                    let Some(person) = next else { break visits };
                    let mut visit = Visit {
                        person,
                        browser: crowd.stranger.clone(),
                        code: String::new(),
                        reached: Reached::Nothing,
                    };
                    let answered = visit.go().await.is_some();
                    visits.push(visit);
                    if !answered {
                        break visits;
                    }
                }
            });
        }
        coming
    }

    /// Returns once they have had so many more answers.
    pub async fn answered(&self, more: usize) {
        self.stranger.answered(more).await;
    }

    /// Whether what `visits` were told holds now.
    pub async fn look_back(&self, visits: Vec<Visit>) {
        let mut looking = JoinSet::new();
        let visits = Arc::new(Mutex::new(visits));
        for _ in 0..SIDE_BY_SIDE {
            let (visits, stranger) = (Arc::clone(&visits), self.stranger.clone());
            looking.spawn(async move {
                loop {
                    let next = visits.lock().unwrap().pop();
                    let Some(visit) = next else { break };
                    // Boxed: it holds many steps, and a thread's stack is small.
                    Box::pin(visit.expect_kept(stranger.clone())).await;
                }
            });
        }
        looking.join_all().await;
    }

    /// How many are still to come.
    pub fn waiting(&self) -> usize {
        self.waiting.lock().unwrap().len()
    }

    /// No code of anybody has opened two sessions. How many have opened one.
    pub async fn count_sessions(&self, place: &Installation) -> usize {
        let office = office(place).await;
        let mut opened = 0;
        for person in &*self.everybody {
            let beginning = Timestamp::from_unix_seconds(0);
            let events = office
                .desk
                .store
                .events(Some(person.account), beginning, 1000)
                .await;
            let count = events
                .unwrap()
                .iter()
                .filter(|it| it.name == "session.opened")
                .count();
            assert!(count <= 1, "{}: one code opened {count} sessions", person.email);
            opened += count;
        }
        opened
    }
}

impl Person {
    fn new(office: &Office, number: usize, now: Timestamp) -> (Self, Account) {
        let (desk, id) = (&office.desk, AccountId::draw(&OsEntropy));
        let email = format!("person{number}@example.com");
        let secret = entropy::bytes::<20>(&OsEntropy);
        let codes = [RecoveryCode::draw(&OsEntropy), RecoveryCode::draw(&OsEntropy)];
        let mut account = Account::new(id, EmailAddress::parse(&email).unwrap(), now);
        let sealed = desk
            .keys
            .seal(Purpose::AppSecret, id.as_bytes(), &secret, &OsEntropy);
        account.apps.push(totp::App {
            id: AppId::draw(&OsEntropy),
            name: "Phone".to_owned(),
            sealed: sealed.unwrap(),
            added: now,
            last_used: None,
            spent: None,
        });
        account.recovery = Some(RecoverySet::keep(&codes, id, &desk.keys, now));
        let person = Self {
            email,
            account: id,
            app: Authenticator {
                secret: secret.to_vec(),
            },
            recovery: (number.is_multiple_of(4)).then(|| codes[0].printed()),
            leaves: number.is_multiple_of(3),
        };
        (person, account)
    }

    /// The page that asks for this person's code, and the field for it.
    fn asks(&self) -> (&'static str, &'static str) {
        match self.recovery {
            Some(_) => ("/_auth/code/recovery", "recovery_code"),
            None => ("/_auth/code/app", "code"),
        }
    }
}

impl Visit {
    /// `None` where an answer did not come.
    async fn go(&mut self) -> Option<()> {
        self.code = match &self.person.recovery {
            Some(code) => code.clone(),
            None => self.person.app.code(SystemClock.now()),
        };
        let form = up_to_code(&self.person, &mut self.browser, &self.code).await?;
        self.reached = Reached::CodeSent;
        let done = told(self.browser.submit(&form).await?)?;
        assert_eq!(done.status, 303, "{}", done.text());
        assert!(self.browser.session().is_some(), "{done:?}");
        self.reached = Reached::SignedIn;
        if self.person.leaves {
            let page = told(self.browser.get("/_auth/sign-out").await?)?;
            // The answer takes the cookie back: what is looked at later is a copy.
            let mut copy = self.browser.clone();
            self.reached = Reached::LeaveSent;
            let left = told(copy.submit(&page.form("/_auth/sign-out")).await?)?;
            assert_eq!(left.name().as_deref(), Some("signed-out"));
            self.reached = Reached::SignedOut;
        }
        Some(())
    }

    /// Looks, after the next start, at whether all of it is as it was said.
    async fn expect_kept(self, stranger: Wire) {
        let email = &self.person.email;
        if matches!(self.reached, Reached::SignedIn | Reached::SignedOut) {
            let status = eventually("an answer with the store", || {
                let mut browser = self.browser.clone();
                async move { told(browser.get("/").await.expect(ANSWERED)) }
            })
            .await
            .status;
            let expected = if self.reached == Reached::SignedIn {
                200
            } else {
                303
            };
            assert_eq!(status, expected, "{email}, {:?}", self.reached);
        }
        if self.reached == Reached::Nothing {
            return;
        }
        let (signed_in, again) = eventually("an answer with the store", || {
            let (mut stranger, person, code) = (stranger.clone(), &self.person, &self.code);
            async move {
                let form = up_to_code(person, &mut stranger, code).await?;
                let again = told(stranger.submit(&form).await.expect(ANSWERED))?;
                Some((stranger.session().is_some(), again))
            }
        })
        .await;
        let told = self.reached > Reached::CodeSent;
        assert!(!(told && signed_in), "{email}: a used code was revived");
        assert_eq!(
            again.status,
            if signed_in { 303 } else { 422 },
            "{}",
            again.text()
        );
    }
}

/// Where the store was gone a moment before the gateway, nothing was said about anything.
fn told(page: Page) -> Option<Page> {
    (page.status != 503).then_some(page)
}

/// Through the password to the page that asks for the code; its form, with the code typed.
async fn up_to_code(person: &Person, browser: &mut Wire, code: &str) -> Option<crate::rig::html::Form> {
    let page = told(browser.get("/_auth/sign-in").await?)?;
    let form = page
        .form("/_auth/sign-in")
        .set("username", &person.email)
        .set("password", PASSWORD);
    let next = told(browser.submit(&form).await?)?;
    assert_eq!(next.status, 303, "{}", next.text());
    let (path, field) = person.asks();
    let page = told(browser.get(path).await?)?;
    assert_eq!(page.status, 200, "{}", page.text());
    Some(page.form(path).set(field, code))
}
