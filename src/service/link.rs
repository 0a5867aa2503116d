//! Links that are mailed: drawn for a letter, and read from an address.

use super::Desk;
use crate::base::link::{LinkKind, LinkValue};
use crate::base::seal::Token;

impl Desk {
    /// A value for a link, and how the letter writes it.
    pub(super) fn draw_link(&self, kind: LinkKind) -> (Token, LinkValue) {
        let value = Token::draw(&*self.entropy);
        let printed = kind.print(&value, &self.keys);
        (value, printed)
    }

    /// The value of a link, as it stands in an address. `None` for whatever we did not issue.
    pub fn read_link(&self, kind: LinkKind, printed: &str) -> Option<Token> {
        kind.read(printed, &self.keys)
    }
}
