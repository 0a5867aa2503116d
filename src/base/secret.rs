//! Values that must not show up anywhere: wiped on drop, printed as `[secret]`.

use std::fmt;

use zeroize::{Zeroize, ZeroizeOnDrop};

/// A value that is wiped from memory when it is dropped and that no log can print.
#[derive(Clone, Zeroize, ZeroizeOnDrop)]
pub struct Secret<T: Zeroize>(T);

impl<T: Zeroize> Secret<T> {
    /// Takes a value into custody.
    pub fn new(value: T) -> Self {
        Self(value)
    }

    /// Looks at the value. The name is long so that each place stands out in a review.
    pub fn expose(&self) -> &T {
        &self.0
    }
}

impl<T: Zeroize> fmt::Debug for Secret<T> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("[secret]")
    }
}
