//! Leave to forward one request.

/// That a request may be forwarded. Only [`super::decide`] makes one, and the gateway forwards
/// nothing without one.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Permit {
    protected: bool,
}

impl Permit {
    pub(super) const fn new(protected: bool) -> Self {
        Self { protected }
    }

    /// Whether somebody who is not signed in would have been held back, so that the answer is
    /// nobody else's business.
    pub const fn is_protected(self) -> bool {
        self.protected
    }
}
