//! All accounts, and all events, a page at a time: no question takes long, and nobody has to hold them all.

use super::{ReadError, Store, StoredEvent, Versioned};
use crate::base::id::AccountId;
use crate::base::time::Timestamp;
use crate::identity::account::{Account, EmailAddress};

/// Records of a page.
const AT_ONCE: usize = 500;

/// Pages through all accounts, by address.
pub struct Accounts<'a> {
    store: &'a dyn Store,
    at_once: usize,
    after: Option<EmailAddress>,
}

impl<'a> Accounts<'a> {
    /// From the first one on.
    pub fn of(store: &'a dyn Store) -> Self {
        Self {
            store,
            at_once: AT_ONCE,
            after: None,
        }
    }

    /// With so many on a page.
    #[must_use]
    pub fn by(self, at_once: usize) -> Self {
        Self { at_once, ..self }
    }

    /// The next page. `None`: that was all.
    ///
    /// # Errors
    ///
    /// [`ReadError`].
    pub async fn next(&mut self) -> Result<Option<Vec<Versioned<Account>>>, ReadError> {
        let page = self.store.accounts(self.after.as_ref(), self.at_once).await?;
        let Some(last) = page.last() else { return Ok(None) };
        self.after = Some(last.value.email.clone());
        Ok(Some(page))
    }
}

/// Pages through the audit trail, oldest first.
pub struct Events<'a> {
    store: &'a dyn Store,
    account: Option<AccountId>,
    since: Timestamp,
    /// How many of that very moment have been seen: a page begins with them again.
    seen: usize,
}

impl<'a> Events<'a> {
    /// Of one account or of all, from that moment on.
    pub fn of(store: &'a dyn Store, account: Option<AccountId>, since: Timestamp) -> Self {
        Self {
            store,
            account,
            since,
            seen: 0,
        }
    }

    /// The next page. `None`: that was all.
    ///
    /// # Errors
    ///
    /// [`ReadError`].
    pub async fn next(&mut self) -> Result<Option<Vec<StoredEvent>>, ReadError> {
        let at_most = self.seen + AT_ONCE;
        let mut page = self.store.events(self.account, self.since, at_most).await?;
        page.drain(..self.seen.min(page.len()));
        let Some(last) = page.last() else { return Ok(None) };
        let of_that_moment = page.iter().rev().take_while(|it| it.at == last.at).count();
        self.seen = of_that_moment + if last.at == self.since { self.seen } else { 0 };
        self.since = last.at;
        Ok(Some(page))
    }
}
