//! Links that are mailed: drawn for a letter, read from an address, and what they lead into.

use super::{Desk, Outage};
use crate::base::id::{AccountId, TokenDigest};
use crate::base::link::{LinkKind, LinkValue};
use crate::base::seal::Token;
use crate::base::time::Timestamp;
use crate::identity::account::Account;
use crate::store::{Flow, FlowKey, FlowKind, Version, Versioned};

/// A flow about an account that a mailed link leads into: the link's value is the flow's cookie.
pub(super) trait Linked: Sized {
    /// Where it is kept.
    const KIND: FlowKind;
    /// Why a link does not work any more.
    type Ended;
    /// What is said where nothing is found.
    const TOO_LATE: Self::Ended;

    /// The flow, if it is one of these.
    fn of(flow: Flow) -> Option<Self>;
    /// Whom it is about.
    fn about(&self) -> AccountId;
    /// Why it is over, if it is.
    fn over(&self, account: &Account, now: Timestamp) -> Option<Self::Ended>;
}

/// A link as it was found, with its account.
pub(super) struct Held<L> {
    pub cookie: TokenDigest,
    pub flow: L,
    pub version: Version,
    pub account: Versioned<Account>,
}

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

    /// What the link leads into whose value a browser holds as its flow cookie.
    pub(super) async fn held<L: Linked>(
        &self,
        cookie: Option<&Token>,
        now: Timestamp,
    ) -> Result<Result<Held<L>, L::Ended>, Outage> {
        let Some(cookie) = cookie.map(Token::digest) else {
            return Ok(Err(L::TOO_LATE));
        };
        let key = FlowKey {
            kind: L::KIND,
            cookie,
        };
        let Some(found) = self.store.flow(&key, now).await? else {
            return Ok(Err(L::TOO_LATE));
        };
        let version = found.version;
        let Some(flow) = L::of(found.value.flow) else {
            return Ok(Err(L::TOO_LATE));
        };
        let Some(account) = self.store.account(flow.about()).await? else {
            return Ok(Err(L::TOO_LATE));
        };
        Ok(match flow.over(&account.value, now) {
            Some(ended) => Err(ended),
            None => Ok(Held {
                cookie,
                flow,
                version,
                account,
            }),
        })
    }
}
