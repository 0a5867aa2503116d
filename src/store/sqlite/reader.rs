//! A few threads that read. SQLite's readers see the newest commit and hold up nobody.

use std::sync::mpsc::{self, Receiver, SyncSender, TrySendError};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::Instant;

use rusqlite::Connection;
use tokio::sync::oneshot;

use super::files::{Anchor, Moored};
use super::{ANSWER_WITHIN, no_answer};
use crate::store::{BackendError, ReadError};

/// Questions that wait at most. Whoever comes then is told at once.
const QUEUE: usize = 4096;

type Question = Box<dyn FnOnce(Result<(&Connection, u16), BackendError>) + Send>;

/// The queue's end that questions are put in at. The threads end with it.
pub(super) struct Readers {
    queue: SyncSender<Question>,
}

impl Readers {
    /// Starts a thread for each connection.
    pub(super) fn start(name: &str, connections: Vec<Moored>, anchor: &Arc<Anchor>) -> std::io::Result<Self> {
        let (queue, questions) = mpsc::sync_channel(QUEUE);
        let questions = Arc::new(Mutex::new(questions));
        for connection in connections {
            let (questions, anchor) = (Arc::clone(&questions), Arc::clone(anchor));
            thread::Builder::new()
                .name(name.to_owned())
                .spawn(move || answer_all(connection, &questions, &anchor))?;
        }
        Ok(Self { queue })
    }

    /// Has a question answered. It is told the generation of the files it reads.
    pub(super) async fn read<F, T>(&self, question: F) -> Result<T, ReadError>
    where
        F: FnOnce(&Connection, u16) -> Result<T, ReadError> + Send + 'static,
        T: Send + 'static,
    {
        let (reply, answer) = oneshot::channel();
        let until = Instant::now() + ANSWER_WITHIN;
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
        self.queue.try_send(asked).map_err(|error| {
            ReadError::Unavailable(match error {
                TrySendError::Full(_) => BackendError("too many questions are waiting".to_owned()),
                TrySendError::Disconnected(_) => no_answer(),
            })
        })?;
        match tokio::time::timeout(ANSWER_WITHIN, answer).await {
            Ok(Ok(outcome)) => outcome,
            Ok(Err(_)) | Err(_) => Err(ReadError::Unavailable(no_answer())),
        }
    }
}

fn answer_all(mut connection: Moored, questions: &Mutex<Receiver<Question>>, anchor: &Anchor) {
    loop {
        // Held while waiting: one thread waits for a question, the others for the lock.
        let next = questions.lock().unwrap_or_else(PoisonError::into_inner).recv();
        match next {
            Ok(question) => question(connection.ready(anchor)),
            Err(_) => return,
        }
    }
}
