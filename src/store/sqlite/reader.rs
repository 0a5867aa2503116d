//! A few threads that read. SQLite's readers see the newest commit and hold up nobody.

use std::collections::VecDeque;
use std::sync::mpsc::{self, Receiver};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use rusqlite::Connection;
use tokio::sync::oneshot;

use super::files::{Anchor, LOOK_EVERY, Moored};
use super::{END_WITHIN, no_answer};
use crate::store::{BackendError, ReadError};

/// Questions that wait at most. Whoever comes then is told at once.
const QUEUE: usize = 4096;

type Question = Box<dyn FnOnce(Result<(&Connection, u16), BackendError>) + Send>;

/// Questions that wait for a thread.
#[derive(Default)]
struct Queue {
    waiting: Mutex<Waiting>,
    came: Condvar,
}

#[derive(Default)]
struct Waiting {
    questions: VecDeque<Question>,
    closed: bool,
}

/// What a thread is to do next.
enum Next {
    Answer(Question),
    /// Nobody has asked for a while.
    Look,
    End,
}

impl Queue {
    fn waiting(&self) -> MutexGuard<'_, Waiting> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn put(&self, question: Question) -> Result<(), BackendError> {
        let mut waiting = self.waiting();
        if waiting.questions.len() >= QUEUE {
            return Err(BackendError("too many questions are waiting".to_owned()));
        }
        waiting.questions.push_back(question);
        self.came.notify_one();
        Ok(())
    }

    fn next(&self) -> Next {
        let idle = |waiting: &mut Waiting| waiting.questions.is_empty() && !waiting.closed;
        let (mut waiting, _) = self
            .came
            .wait_timeout_while(self.waiting(), LOOK_EVERY, idle)
            .unwrap_or_else(PoisonError::into_inner);
        match waiting.questions.pop_front() {
            Some(question) => Next::Answer(question),
            None if waiting.closed => Next::End,
            None => Next::Look,
        }
    }

    fn close(&self) {
        self.waiting().closed = true;
        self.came.notify_all();
    }
}

/// The queue's end that questions are put in at. The threads end with it.
pub(super) struct Readers {
    queue: Arc<Queue>,
    answer_within: Duration,
    /// Disconnected once every thread has closed its connection.
    ended: Mutex<Receiver<()>>,
}

impl Drop for Readers {
    fn drop(&mut self) {
        self.queue.close();
        let ended = self.ended.get_mut().unwrap_or_else(PoisonError::into_inner);
        let _ = ended.recv_timeout(END_WITHIN);
    }
}

impl Readers {
    /// Starts a thread for each connection.
    pub(super) fn start(
        name: &str,
        connections: Vec<Moored>,
        anchor: &Arc<Anchor>,
        answer_within: Duration,
    ) -> std::io::Result<Self> {
        let (end, ended) = mpsc::sync_channel(0);
        let readers = Self {
            queue: Arc::default(),
            answer_within,
            ended: Mutex::new(ended),
        };
        for mut connection in connections {
            let (queue, anchor) = (Arc::clone(&readers.queue), Arc::clone(anchor));
            let end = end.clone();
            thread::Builder::new().name(name.to_owned()).spawn(move || {
                loop {
                    match queue.next() {
                        Next::Answer(question) => question(connection.ready(&anchor)),
                        // A connection to files that are no longer held is closed here.
                        Next::Look => drop(connection.ready(&anchor)),
                        Next::End => break,
                    }
                }
                drop(connection);
                drop(end);
            })?;
        }
        Ok(readers)
    }

    /// Has a question answered. It is told the generation of the files it reads.
    pub(super) async fn read<F, T>(&self, question: F) -> Result<T, ReadError>
    where
        F: FnOnce(&Connection, u16) -> Result<T, ReadError> + Send + 'static,
        T: Send + 'static,
    {
        let (reply, answer) = oneshot::channel();
        let until = Instant::now() + self.answer_within;
        let asked: Question = Box::new(move |ready| {
            if reply.is_closed() || Instant::now() >= until {
                return;
            }
            let outcome = ready
                .map_err(ReadError::Unavailable)
                .and_then(|(connection, generation)| question(connection, generation));
            // Whoever asked may have gone.
            let _ = reply.send(outcome);
        });
        self.queue.put(asked).map_err(ReadError::Unavailable)?;
        match tokio::time::timeout(self.answer_within, answer).await {
            Ok(Ok(outcome)) => outcome,
            Ok(Err(_)) | Err(_) => Err(ReadError::Unavailable(no_answer())),
        }
    }
}
