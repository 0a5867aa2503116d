//! Finished lines, and the thread that writes them.

use std::io::Write;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

use super::Form;

/// How long a line waits for company, so that many are written at once.
const GATHER: Duration = Duration::from_millis(100);
/// Enough company.
const ENOUGH: usize = 64 * 1024;
/// More than this is not kept for a reader that does not read.
const TOO_MUCH: usize = 4 * 1024 * 1024;
/// How long [`Lines::flush`] waits.
const PATIENCE: Duration = Duration::from_secs(1);

/// Lines on their way out. Cheap to clone; the thread ends when the last clone is gone.
#[derive(Clone)]
pub(super) struct Lines(Arc<Handle>);

struct Handle(Arc<Shared>);

struct Shared {
    state: Mutex<State>,
    work: Condvar,
    written: Condvar,
}

#[derive(Default)]
struct State {
    pending: Vec<u8>,
    lost: u64,
    urgent: bool,
    writing: bool,
    closed: bool,
}

impl Shared {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Lines {
    /// Lines that end up in `output`.
    pub(super) fn to(mut output: Box<dyn Write + Send>, form: Form) -> Self {
        let shared = Arc::new(Shared {
            state: Mutex::new(State::default()),
            work: Condvar::new(),
            written: Condvar::new(),
        });
        let worker = Arc::clone(&shared);
        // Without the thread there is no log; the gateway itself does not depend on it.
        thread::Builder::new()
            .name("log".to_owned())
            .spawn(move || write_all(&worker, &mut output, form))
            .ok();
        Self(Arc::new(Handle(shared)))
    }

    /// Appends what `write` writes, which must be whole lines. Never waits for the reader.
    pub(super) fn append(&self, urgent: bool, write: impl FnOnce(&mut Vec<u8>)) {
        let shared = &self.0.0;
        let mut state = shared.state();
        if state.pending.len() > TOO_MUCH {
            state.lost += 1;
            return;
        }
        let idle = state.pending.is_empty();
        write(&mut state.pending);
        state.urgent |= urgent;
        if idle || state.urgent || state.pending.len() > ENOUGH {
            drop(state);
            shared.work.notify_one();
        }
    }

    /// Waits until everything so far is written, a second at most.
    pub(super) fn flush(&self) {
        let shared = &self.0.0;
        let mut state = shared.state();
        state.urgent = true;
        shared.work.notify_one();
        let rest = |state: &mut State| !state.pending.is_empty() || state.writing;
        drop(shared.written.wait_timeout_while(state, PATIENCE, rest));
    }
}

impl Drop for Handle {
    fn drop(&mut self) {
        self.0.state().closed = true;
        self.0.work.notify_one();
    }
}

fn write_all(shared: &Shared, output: &mut dyn Write, form: Form) {
    loop {
        let mut state = shared.state();
        while state.pending.is_empty() && !state.closed {
            state = shared.work.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
        let alone = |state: &mut State| !state.urgent && !state.closed && state.pending.len() <= ENOUGH;
        let gathered = shared.work.wait_timeout_while(state, GATHER, alone);
        state = gathered.unwrap_or_else(PoisonError::into_inner).0;
        if state.pending.is_empty() && state.closed {
            return;
        }
        let lines = std::mem::take(&mut state.pending);
        let lost = std::mem::take(&mut state.lost);
        state.urgent = false;
        state.writing = true;
        drop(state);
        // Where the log itself cannot be written there is nowhere left to say so.
        output.write_all(&lines).ok();
        if lost > 0 {
            output.write_all(lost_line(lost, form).as_bytes()).ok();
        }
        output.flush().ok();
        shared.state().writing = false;
        shared.written.notify_all();
    }
}

fn lost_line(lost: u64, form: Form) -> String {
    match form {
        Form::Json => format!(
            "{{\"level\":\"WARN\",\"target\":\"log\",\"message\":\"lines were lost\",\"lost\":{lost}}}\n"
        ),
        Form::Text => format!("WARN {lost} lines of the log were lost: nobody read them in time\n"),
    }
}
