//! What a sign-in costs besides the hash of its password: all requests, pages and letters.
//!
//! *In a new browser* is the first one of a browser: the attempt is counted for name and address, whether to trust the
//! device is asked, and a letter tells of it. *In a known browser* is every other one: password and code. *Alone* is
//! one after the other, where each step wakes a thread that slept; *among 16* is a busy minute, in which the queue for
//! hashing is never empty and whatever can be done together is.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use futures_util::{StreamExt as _, stream};

use crate::crowd::{House, Plan};
use crate::nginx::Nginx;
use crate::report::Report;
use crate::rig::client::{Client, Page};
use crate::rig::redis::Redis;
use crate::rig::smtp::Smtp;
use crate::rig::walk;
use crate::{PASSWORD, cost};

/// So many sign in at once in a busy minute.
const AT_ONCE: usize = 16;

/// What a sign-in costs, by itself: among no more accounts than sign in.
pub async fn measure(plan: &Plan, portal: &Nginx, smtp: &Smtp, report: &mut Report) {
    let crowd = 6 * plan.sign_ins;
    let embedded = House::build(portal, smtp, None, crowd, plan).await;
    measure_at(plan, "embedded", &embedded, smtp, report).await;
    let redis = Redis::start_with(&["--appendfsync", "everysec"]).await;
    let shared = House::build(portal, smtp, Some(redis), crowd, plan).await;
    measure_at(plan, "Redis", &shared, smtp, report).await;
}

/// CPU of the gateway's threads and of Redis so far, and when.
struct Spending {
    at: Instant,
    threads: BTreeMap<String, Duration>,
    redis: Option<Duration>,
}

impl Spending {
    fn now(house: &House) -> Self {
        let process = &house.gateway().process;
        Self {
            at: Instant::now(),
            threads: process.cpu_by_thread(),
            redis: house.redis.as_ref().map(|redis| redis.process.cpu()),
        }
    }

    /// What was spent since, in seconds of CPU.
    fn since(&self, before: &Self) -> Spent {
        let threads = self.threads.iter().map(|(name, after)| {
            let before = before.threads.get(name).copied().unwrap_or_default();
            // One that has ended takes along what it had used.
            (name.clone(), after.saturating_sub(before).as_secs_f64())
        });
        let redis = self.redis.zip(before.redis);
        Spent {
            during: (self.at - before.at).as_secs_f64(),
            threads: threads.collect(),
            redis: redis.map(|(after, before)| after.saturating_sub(before).as_secs_f64()),
        }
    }
}

/// CPU seconds, and the seconds they were spent in.
struct Spent {
    during: f64,
    threads: BTreeMap<String, f64>,
    redis: Option<f64>,
}

impl Spent {
    fn hashing(&self) -> f64 {
        self.threads.get("hashing").copied().unwrap_or_default()
    }

    fn all(&self) -> f64 {
        self.threads.values().sum()
    }

    /// Percent of the hash.
    fn besides(&self) -> f64 {
        (self.all() - self.hashing()) / self.hashing() * 1e2
    }

    /// For each of `count`, without what is spent in the same time where nobody comes.
    fn each(self, count: usize, idle: &Self) -> Self {
        let (times, count) = (self.during / idle.during, count as f64);
        let each = |spent: f64, idle: f64| (spent - idle * times) / count;
        let threads = self.threads.into_iter().map(|(name, spent)| {
            let idle = idle.threads.get(&name).copied().unwrap_or_default();
            let spent = each(spent, idle);
            (name, spent)
        });
        Self {
            during: self.during / count,
            threads: threads.collect(),
            redis: self.redis.zip(idle.redis).map(|(spent, idle)| each(spent, idle)),
        }
    }
}

/// What gateway and Redis take while nobody comes.
async fn idle(house: &House, plan: &Plan) -> Spent {
    let before = Spending::now(house);
    tokio::time::sleep(Duration::from_secs(if plan.pairs > 1 { 10 } else { 2 })).await;
    Spending::now(house).since(&before)
}

/// Somebody with a browser that keeps its connection, as browsers do.
struct Person {
    email: String,
    browser: Client,
}

impl Person {
    /// Each from another place: nobody signs in so often, and from nowhere do so many.
    fn new(house: &House, number: usize) -> Self {
        let mut browser = house.gateway().client().keeping_alive();
        browser.forwarded_for = Some(format!("10.1.{}.{}", number >> 8, number & 255));
        Self {
            email: format!("person{number}@example.com"),
            browser,
        }
    }

    /// In a browser that is new to the account: with the trust question, and a letter that tells of it.
    async fn sign_in(mut self, smtp: &Smtp) -> Self {
        walk::sign_in(&mut self.browser, smtp, "/", &self.email, PASSWORD).await;
        self
    }

    /// Before the page that asks for the password.
    async fn at_the_form(mut self) -> (Self, Page) {
        let page = self.browser.open("/").await.expect("sign-in");
        (self, page)
    }

    /// The one request that carries the password: it is hashed, and a code is mailed.
    async fn send_password((mut person, page): (Self, Page)) -> Self {
        let form = page.form("/_auth/sign-in");
        let form = form.set("username", &person.email).set("password", PASSWORD);
        let answer = person.browser.submit(&page, &form).await;
        assert_eq!((answer.status, answer.location()), (303, "/_auth/code/email"));
        person
    }

    /// In the same browser, the next day: password and code.
    async fn sign_in_again(mut self, smtp: &Smtp) -> Self {
        self.browser.jar.remove("doorward").expect("a session");
        let browser = &mut self.browser;
        let seen = smtp.count();
        let page = browser.open("/").await.expect("sign-in");
        let page = walk::give_password(browser, &page, &self.email, PASSWORD).await;
        let page = page.expect("code-email");
        let code = smtp.next_for(&self.email, seen).await.code();
        let page = walk::give_email_code(browser, &page, &code).await;
        assert_eq!((page.status, page.path.as_str()), (200, "/"));
        self
    }
}

/// What it takes each time to have these people do something, `at_once` at a time.
async fn each<T, F: Future<Output = Person>>(
    house: &House,
    people: Vec<T>,
    at_once: usize,
    idle: &Spent,
    what: impl Fn(T) -> F,
) -> (Spent, Vec<Person>) {
    let count = people.len();
    let before = Spending::now(house);
    let all = stream::iter(people.into_iter().map(what)).buffer_unordered(at_once);
    let people = all.collect().await;
    let spent = Spending::now(house).since(&before);
    (spent.each(count, idle), people)
}

/// What one page costs: to those who come one upon the other, and to somebody who comes after a rest. The difference is
/// what waking up costs, and finding everything cold.
async fn pages(plan: &Plan, house: &House, idle: &Spent, report: &mut Report) {
    const PAGE: &str = "/_auth/sign-in";
    const REST: Duration = Duration::from_millis(50);
    let cpu = || house.gateway().process.cpu();
    let upon_another = cost(&house.page(PAGE), plan.requests / 5, cpu).await;
    report.note(
        "CPU of the sign-in page, one upon the other",
        format!("{upon_another:.0} µs"),
    );
    let mut somebody = house.gateway().client().keeping_alive();
    let count = plan.sign_ins * 4;
    let before = Spending::now(house);
    for _ in 0..count {
        somebody.get(PAGE).await.expect("sign-in");
        tokio::time::sleep(REST).await;
    }
    let after_a_rest = Spending::now(house).since(&before).each(count, idle);
    report.note(
        "… and after a rest of 50 ms",
        format!("{:.0} µs", after_a_rest.all() * 1e6),
    );
}

fn tell(spent: &Spent, how: &str, store: &str, report: &mut Report) {
    let millis = |seconds: f64| format!("{:.1} ms", seconds * 1e3);
    report.note(&format!("CPU of a sign-in {how}, {store}"), millis(spent.all()));
    let threads = spent.threads.iter().filter(|(_, spent)| **spent > 5e-5);
    let threads = threads.map(|(name, spent)| format!("{name} {}", millis(*spent)));
    report.note("… by thread", threads.collect::<Vec<_>>().join(", "));
    if let Some(redis) = spent.redis {
        report.note("… and of Redis for it", millis(redis));
    }
}

/// What a sign-in computes besides the hash of the password, in parts of that: all requests, pages and letters.
pub async fn measure_at(plan: &Plan, store: &str, house: &House, smtp: &Smtp, report: &mut Report) {
    // Warm: threads that begin with the first request are there when nobody comes.
    for number in 0..plan.sign_ins / 4 + 1 {
        Person::new(house, number).sign_in(smtp).await;
    }
    let idle = idle(house, plan).await;
    report.note(
        &format!("CPU of an idle gateway in a second, {store}"),
        format!("{:.1} ms", idle.all() / idle.during * 1e3),
    );
    pages(plan, house, &idle, report).await;
    let mut numbers = plan.sign_ins / 4 + 1..;
    let mut crowd = |count: usize| -> Vec<Person> {
        numbers
            .by_ref()
            .take(count)
            .map(|number| Person::new(house, number))
            .collect()
    };
    let first = |person: Person| person.sign_in(smtp);
    let again = |person: Person| person.sign_in_again(smtp);

    let (alone, people) = each(house, crowd(plan.sign_ins), 1, &idle, first).await;
    let (alone_again, _) = each(house, people, 1, &idle, again).await;
    let many = crowd(2 * plan.sign_ins);
    let (busy, people) = each(house, many, AT_ONCE, &idle, first).await;
    let (busy_again, _) = each(house, people, AT_ONCE, &idle, again).await;
    let mut at_forms = Vec::new();
    for person in crowd(2 * plan.sign_ins) {
        at_forms.push(person.at_the_form().await);
    }
    let (request, _) = each(house, at_forms, AT_ONCE, &idle, Person::send_password).await;
    tell(&alone, "in a new browser, alone", store, report);
    tell(&alone_again, "in a known browser, alone", store, report);
    tell(&busy, "in a new browser, among 16", store, report);
    tell(&busy_again, "in a known browser, among 16", store, report);
    tell(
        &request,
        "as far as the request with the password, among 16",
        store,
        report,
    );
    for (spent, how) in [
        (&alone, "in a new browser, alone"),
        (&alone_again, "in a known browser, alone"),
    ] {
        let besides = format!("sign-in work besides the hash {how}, {store}");
        report.note(&besides, format!("{:.1} %", spent.besides()));
    }
    for (spent, how) in [
        (&busy, "in a new browser, among 16"),
        (&busy_again, "in a known browser, among 16"),
        (&request, "in the request with the password, among 16"),
    ] {
        let besides = format!("sign-in work besides the hash {how}, {store}");
        report.at_most(&besides, spent.besides(), 5.0, " %");
    }
}
