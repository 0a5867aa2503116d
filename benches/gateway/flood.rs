//! A flood of sign-ins: right forms, from ever new addresses, with names that nobody has.
//!
//! A name that nobody has costs a full hash, as one that somebody has does; and since each comes from
//! an address of its own, no limit on one name or one address spares the gateway the work.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use tokio::task::JoinSet;

use crate::rig::client::Client;

pub struct Flood {
    crowd: thread::JoinHandle<Answers>,
    stop: Arc<AtomicBool>,
}

/// How the gateway answered the passwords.
#[derive(Default)]
pub struct Answers {
    /// Time until a 422: hashed, and wrong.
    pub hashed: Vec<Duration>,
    /// Time until a 503: turned away.
    pub turned_away: Vec<Duration>,
    /// Any other status.
    pub other: Vec<u16>,
}

impl Answers {
    pub fn add(&mut self, more: Self) {
        self.hashed.extend(more.hashed);
        self.turned_away.extend(more.turned_away);
        self.other.extend(more.other);
    }
}

impl Flood {
    /// `people` at a time, each trying again as soon as there is an answer. They live on a thread of their own, far
    /// less important than the others: what they compute would be computed on other machines.
    pub fn start(client: &Client, people: usize, round: usize) -> Self {
        let stop = Arc::new(AtomicBool::new(false));
        let (client, stopping) = (client.clone(), Arc::clone(&stop));
        let crowd = thread::spawn(move || {
            rustix::process::nice(15).unwrap();
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
            runtime.unwrap().block_on(gather(client, stopping, people, round))
        });
        Self { crowd, stop }
    }

    pub async fn stop(self) -> Answers {
        self.stop.store(true, Ordering::Relaxed);
        let ended = tokio::task::spawn_blocking(|| self.crowd.join());
        ended.await.unwrap().unwrap()
    }
}

async fn gather(client: Client, stop: Arc<AtomicBool>, people: usize, round: usize) -> Answers {
    let count = Arc::new(AtomicUsize::new(round * 1_000_000));
    let mut set = JoinSet::new();
    for _ in 0..people {
        set.spawn(person(client.clone(), Arc::clone(&stop), Arc::clone(&count)));
    }
    let mut answers = Answers::default();
    for each in set.join_all().await {
        answers.add(each);
    }
    answers
}

async fn person(client: Client, stop: Arc<AtomicBool>, count: Arc<AtomicUsize>) -> Answers {
    let mut answers = Answers::default();
    while !stop.load(Ordering::Relaxed) {
        let number = count.fetch_add(1, Ordering::Relaxed);
        let mut client = client.clone();
        client.forwarded_for = Some(format!(
            "10.{}.{}.{}",
            number >> 16 & 255,
            number >> 8 & 255,
            number & 255
        ));
        let page = client.get("/_auth/sign-in").await;
        if page.status != 200 {
            answers.other.push(page.status);
            continue;
        }
        let name = format!("nobody{number}@example.com");
        let form = page
            .form("/_auth/sign-in")
            .set("username", &name)
            .set("password", "not the right one");
        let asked = Instant::now();
        let answer = client.submit(&page, &form).await;
        match answer.status {
            422 => answers.hashed.push(asked.elapsed()),
            503 => answers.turned_away.push(asked.elapsed()),
            status => answers.other.push(status),
        }
    }
    answers
}
