//! What people may say of themselves: the language.

use super::{DECIDE_AT_MOST, Desk, Outage};
use crate::base::id::AccountId;
use crate::base::language::Language;
use crate::store::{Change, WriteError};

impl Desk {
    /// The person chose a language: pages and letters follow.
    ///
    /// # Errors
    ///
    /// [`Outage`].
    pub async fn choose_language(&self, account: AccountId, language: Language) -> Result<(), Outage> {
        for _ in 0..DECIDE_AT_MOST {
            let now = self.now();
            let Some(mut stored) = self.store.account(account).await? else {
                return Ok(());
            };
            if stored.value.language.as_ref() == Some(&language) {
                return Ok(());
            }
            stored.value.language = Some(language.clone());
            match self
                .commit(vec![Change::ReplaceAccount(stored.value, stored.version)], now)
                .await
            {
                Err(WriteError::Conflict) => {}
                Err(error) => return Err(error.into()),
                Ok(_) => return Ok(()),
            }
        }
        Err(Outage::Contended)
    }
}
