//! How a gateway comes to its end, without losing a request.
//!
//! ```text
//!               ┌─ Leaving ──────┐   half of `drain`        the other half
//! Open ─────────┼─ HandedOver ───┼──────────────────▶ Closing ────────────▶ what is left is cut off
//!               └────────────────┘
//! ```
//!
//! A connection that is closed while a request is on its way loses that request. So whoever keeps a
//! connection is told with one more answer that it is the last (`Connection: close`, GOAWAY on HTTP/2), and
//! only who asks nothing for a while is closed without.

use tokio::sync::watch;

/// How far the end has come.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Stage {
    /// Connections come, and stay.
    Open,
    /// Connections come, for one more answer each: whoever sends them is about to send them elsewhere.
    Leaving,
    /// Another process has the sockets. The connections that are here have one more answer each.
    HandedOver,
    /// No connections come, and those that are idle end.
    Closing,
}

impl Stage {
    /// Whether connections are accepted.
    pub const fn accepts(self) -> bool {
        matches!(self, Self::Open | Self::Leaving)
    }

    /// Completes when it has come to a stage that fits. Whoever dropped the sender has stopped, too.
    pub async fn comes(stage: &mut watch::Receiver<Self>, fits: impl FnMut(&Self) -> bool) {
        let _ = stage.wait_for(fits).await;
    }
}
