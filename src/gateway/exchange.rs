//! What is known about one request while it is under way.

use std::sync::Arc;
use std::time::Instant;

use super::cookies::Cookies;
use super::intake::Intake;
use super::line::Line;
use super::ports::Verdict;
use super::upstream::Turn;
use crate::identity::kept::SentForm;
use crate::policy::Permit;

/// One request's state, from the complete head to the log line.
pub struct Exchange<V> {
    /// When the head was complete.
    pub started: Instant,
    /// What it came over.
    pub line: Option<Arc<Line>>,
    /// What was understood of it. `None`: nothing, it was refused.
    pub intake: Option<Intake>,
    /// What its cookies say.
    pub cookies: Option<Cookies>,
    /// Who sent it, where a live session says so.
    pub visitor: Option<V>,
    /// Leave to forward it. Nothing is forwarded without.
    pub permit: Option<Permit>,
    /// Which of the portal's servers.
    pub turn: Turn,
    /// Whether a server took the connection, so that the request may have been sent.
    pub connected: bool,
    /// Whether the connection was switched to another protocol.
    pub tunnel: bool,
    /// What became of it.
    pub verdict: Verdict,
    /// A kept form that goes to the portal in the place of the request's own body.
    pub replay: Option<Replay>,
    /// Ends the connection with the session, while an answer lasts.
    pub vigil: Option<Vigil>,
}

impl<V> Exchange<V> {
    /// The state at the beginning.
    pub fn new() -> Self {
        Self {
            started: Instant::now(),
            line: None,
            intake: None,
            cookies: None,
            visitor: None,
            permit: None,
            turn: Turn::default(),
            connected: false,
            tunnel: false,
            verdict: Verdict::Malformed,
            replay: None,
            vigil: None,
        }
    }
}

impl<V> Default for Exchange<V> {
    fn default() -> Self {
        Self::new()
    }
}

/// A kept form on its way to the portal.
pub struct Replay {
    /// The session that it was taken from.
    pub cookie: String,
    /// The form.
    pub form: Box<SentForm>,
}

/// A task that severs the line when the session ends; gone with the exchange.
pub struct Vigil(tokio::task::JoinHandle<()>);

impl Vigil {
    /// Keeps watch over `line` until `ended` completes.
    pub fn keep(line: Arc<Line>, ended: impl Future<Output = ()> + Send + 'static) -> Self {
        Self(tokio::spawn(async move {
            ended.await;
            line.sever();
        }))
    }
}

impl Drop for Vigil {
    fn drop(&mut self) {
        self.0.abort();
    }
}
