//! The queue of letters, with the clock in hand.

use std::collections::BTreeMap;
use std::sync::Mutex;

use super::super::letter::samples;
use super::super::{Addressed, Letter, SendError, Step};
use super::*;
use crate::base::language::Language;
use crate::identity::account::EmailAddress;

const MINUTE: Duration = Duration::from_secs(60);

struct HandClock(Mutex<Timestamp>);

impl Clock for HandClock {
    fn now(&self) -> Timestamp {
        *self.0.lock().unwrap()
    }
}

/// A queue in memory, as a store would keep it.
#[derive(Default)]
struct Shelf {
    letters: Mutex<BTreeMap<LetterId, (Waiting, Timestamp)>>,
    down: Mutex<bool>,
}

#[async_trait]
impl Queue for Shelf {
    async fn due(&self, now: Timestamp, at_most: usize) -> Result<Vec<Waiting>, QueueError> {
        if *self.down.lock().unwrap() {
            return Err(QueueError("down".to_owned()));
        }
        let letters = self.letters.lock().unwrap();
        let due = letters.values().filter(|(_, due)| *due <= now).take(at_most);
        Ok(due.map(|(letter, _)| letter.clone()).collect())
    }

    async fn done(&self, id: LetterId) -> Result<(), QueueError> {
        self.letters.lock().unwrap().remove(&id);
        Ok(())
    }

    async fn postpone(&self, id: LetterId, at: Timestamp) -> Result<(), QueueError> {
        if let Some((letter, due)) = self.letters.lock().unwrap().get_mut(&id) {
            letter.attempts += 1;
            *due = at;
        }
        Ok(())
    }

    async fn backlog(&self) -> Result<Backlog, QueueError> {
        let letters = self.letters.lock().unwrap();
        Ok(Backlog {
            messages: letters.len() as u64,
            oldest: letters.values().map(|(letter, _)| letter.queued_at).min(),
        })
    }
}

/// Answers from a list, then always yes.
#[derive(Default)]
struct Postman {
    refusals: Mutex<Vec<SendError>>,
    sent: Mutex<Vec<String>>,
    tried: Mutex<u32>,
}

#[async_trait]
impl Messenger for Postman {
    async fn send(&self, mail: &Mail) -> Result<(), SendError> {
        *self.tried.lock().unwrap() += 1;
        if let Some(refusal) = self.refusals.lock().unwrap().pop() {
            return Err(refusal);
        }
        self.sent.lock().unwrap().push(mail.to.address.to_string());
        Ok(())
    }
}

#[derive(Default)]
struct Notes(Mutex<Vec<String>>);

impl Notes {
    fn note(&self, line: String) {
        self.0.lock().unwrap().push(line);
    }
}

impl Watcher for Notes {
    fn sent(&self, letter: &Waiting) {
        self.note(format!("sent {}", letter.id.as_bytes()[0]));
    }
    fn postponed(&self, letter: &Waiting, _: &str, _: Timestamp) {
        self.note(format!("postponed {}", letter.id.as_bytes()[0]));
    }
    fn given_up(&self, letter: &Waiting, reason: &str) {
        self.note(format!("given up {}: {reason}", letter.id.as_bytes()[0]));
    }
    fn backlog(&self, _: Backlog, _: Timestamp) {}
    fn outage(&self, error: &QueueError) {
        self.note(error.to_string());
    }
}

struct Bench {
    outbox: Outbox,
    clock: Arc<HandClock>,
    shelf: Arc<Shelf>,
    postman: Arc<Postman>,
    notes: Arc<Notes>,
    going: watch::Receiver<bool>,
    stop: watch::Sender<bool>,
}

fn bench() -> Bench {
    let (stop, going) = watch::channel(false);
    let clock = Arc::new(HandClock(Mutex::new(samples::AT)));
    let shelf = Arc::new(Shelf::default());
    let postman = Arc::new(Postman::default());
    let notes = Arc::new(Notes::default());
    Bench {
        outbox: Outbox {
            queue: Arc::clone(&shelf) as Arc<dyn Queue>,
            messenger: Arc::clone(&postman) as Arc<dyn Messenger>,
            watcher: Arc::clone(&notes) as Arc<dyn Watcher>,
            clock: Arc::clone(&clock) as Arc<dyn Clock>,
        },
        clock,
        shelf,
        postman,
        notes,
        going,
        stop,
    }
}

impl Bench {
    fn put(&self, number: u8, mail: Result<Mail, String>) {
        let letter = Waiting {
            id: LetterId::from_bytes([number; 16]),
            queued_at: self.clock.now(),
            attempts: 0,
            mail,
        };
        let due = self.clock.now();
        let mut letters = self.shelf.letters.lock().unwrap();
        letters.insert(letter.id, (letter, due));
    }

    fn put_letter_to(&self, number: u8, address: &str) {
        let to = Addressed {
            address: EmailAddress::parse(address).unwrap(),
            name: None,
            language: Language::english(),
        };
        self.put(
            number,
            Ok(Mail {
                id: LetterId::from_bytes([number; 16]),
                to,
                site: "https://portal.example.com".to_owned(),
                letter: Letter::Test { at: samples::AT },
            }),
        );
    }

    fn refuse(&self, error: SendError, times: usize) {
        *self.postman.refusals.lock().unwrap() = vec![error; times];
    }

    fn pass(&self, span: Duration) {
        let mut now = self.clock.0.lock().unwrap();
        *now = now.plus(span);
    }

    async fn sweep(&self) -> usize {
        self.outbox.sweep(&self.going).await.unwrap()
    }

    fn left(&self) -> usize {
        self.shelf.letters.lock().unwrap().len()
    }

    fn notes(&self) -> Vec<String> {
        self.notes.0.lock().unwrap().clone()
    }
}

fn timeout() -> SendError {
    SendError::Timeout {
        step: Step::Connect,
        after: Duration::from_secs(10),
    }
}

fn refused(permanent: bool) -> SendError {
    SendError::Rejected {
        server: "mail.example.com:465".to_owned(),
        reason: "550 no such mailbox".to_owned(),
        permanent,
    }
}

#[tokio::test]
async fn a_letter_is_sent_once_and_leaves_the_queue() {
    let bench = bench();
    bench.put_letter_to(1, "anna@example.com");
    assert_eq!(bench.sweep().await, 1);
    assert_eq!(bench.sweep().await, 0);
    assert_eq!(*bench.postman.sent.lock().unwrap(), ["anna@example.com"]);
    assert_eq!(bench.left(), 0);
}

#[tokio::test]
async fn a_failed_letter_is_tried_after_1_5_30_and_120_minutes() {
    let bench = bench();
    bench.put_letter_to(1, "anna@example.com");
    bench.refuse(timeout(), 5);
    assert_eq!(bench.sweep().await, 1);
    for minutes in [1, 5, 30, 120, 120] {
        bench.pass(MINUTE * minutes - Duration::from_millis(1));
        assert_eq!(bench.sweep().await, 0, "not before {minutes} minutes");
        bench.pass(Duration::from_millis(1));
        assert_eq!(bench.sweep().await, 1, "after {minutes} minutes");
    }
    assert_eq!(bench.left(), 0, "the sixth attempt went through");
}

#[tokio::test]
async fn a_letter_is_given_up_after_three_days() {
    let bench = bench();
    bench.put_letter_to(1, "anna@example.com");
    bench.refuse(timeout(), 1000);
    let begun = bench.clock.now();
    while bench.left() > 0 {
        bench.sweep().await;
        bench.pass(MINUTE);
    }
    let lasted = bench.clock.now().since(begun);
    assert!(
        lasted > GIVE_UP_AFTER - Duration::from_secs(3 * 60 * 60),
        "{lasted:?}"
    );
    assert!(lasted <= GIVE_UP_AFTER + MINUTE, "{lasted:?}");
    assert!(
        bench
            .notes()
            .last()
            .unwrap()
            .starts_with("given up 1: no answer within 10 s")
    );
}

#[tokio::test]
async fn a_refused_recipient_is_given_up_at_once_and_the_others_go_out() {
    let bench = bench();
    bench.put_letter_to(1, "gone@example.com");
    bench.put_letter_to(2, "anna@example.com");
    bench.refuse(refused(true), 1);
    bench.sweep().await;
    assert_eq!(*bench.postman.sent.lock().unwrap(), ["anna@example.com"]);
    assert_eq!(bench.left(), 0);
    assert!(bench.notes()[0].contains("given up 1: mail.example.com:465 refuses the letter"));
}

#[tokio::test]
async fn a_greylisted_recipient_waits_and_the_others_go_out() {
    let bench = bench();
    bench.put_letter_to(1, "grey@example.com");
    bench.put_letter_to(2, "anna@example.com");
    bench.refuse(refused(false), 1);
    bench.sweep().await;
    assert_eq!(bench.notes(), ["postponed 1", "sent 2"]);
}

#[tokio::test]
async fn a_server_that_is_down_is_asked_once_a_round() {
    let bench = bench();
    for id in 1..=5 {
        bench.put_letter_to(id, "anna@example.com");
    }
    bench.refuse(timeout(), 1);
    bench.sweep().await;
    assert_eq!(*bench.postman.tried.lock().unwrap(), 1);
    assert_eq!(bench.left(), 5);
    bench.pass(MINUTE);
    bench.sweep().await;
    assert_eq!(bench.left(), 0);
}

#[tokio::test]
async fn what_cannot_be_read_is_given_up_and_said() {
    let bench = bench();
    bench.put(1, Err("the seal does not open".to_owned()));
    bench.put_letter_to(2, "anna@example.com");
    bench.sweep().await;
    assert_eq!(bench.notes(), ["given up 1: the seal does not open", "sent 2"]);
}

#[tokio::test]
async fn what_a_dead_node_was_sending_is_sent_by_another() {
    let bench = bench();
    bench.put_letter_to(1, "anna@example.com");
    let now = bench.clock.now();
    let due = bench.shelf.due(now, 1).await.unwrap();
    bench
        .shelf
        .postpone(due[0].id, now.plus(pause_after(1)))
        .await
        .unwrap();
    assert_eq!(bench.sweep().await, 0, "somebody is at it");
    bench.pass(MINUTE);
    assert_eq!(bench.sweep().await, 1);
    assert_eq!(bench.left(), 0);
}

#[tokio::test]
async fn a_worker_stops_when_told_and_leaves_what_is_due_for_the_next() {
    let bench = bench();
    bench.put_letter_to(1, "anna@example.com");
    bench.stop.send(true).unwrap();
    assert_eq!(bench.sweep().await, 0);
    assert_eq!((bench.left(), *bench.postman.tried.lock().unwrap()), (1, 0));
    bench.outbox.run(&Notify::new(), bench.going.clone()).await;
    bench.stop.send(false).unwrap();
    assert_eq!(bench.sweep().await, 1);
}

#[tokio::test(start_paused = true)]
async fn a_silent_store_is_reported_and_asked_again() {
    let bench = bench();
    bench.put_letter_to(1, "anna@example.com");
    *bench.shelf.down.lock().unwrap() = true;
    let (wake, going) = (Notify::new(), bench.going.clone());
    let told = async {
        tokio::time::advance(LOOK_EVERY).await;
        *bench.shelf.down.lock().unwrap() = false;
        wake.notify_one();
        while bench.left() > 0 {
            tokio::task::yield_now().await;
        }
        bench.stop.send(true).unwrap();
    };
    tokio::join!(bench.outbox.run(&wake, going), told);
    assert!(bench.notes()[0].contains("does not answer"));
    assert!(bench.notes().contains(&"sent 1".to_owned()));
}
