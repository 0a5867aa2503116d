//! Another master key, while everybody goes on working.
//!
//! What is sealed and stays (secrets of apps, phone numbers, letters that wait) is sealed anew, account by
//! account, in small commits. What a flow holds is over within the day and is not: the old key stays for
//! that long. What has no plain text to seal anew is handed down ([`crate::base::seal`]).

use std::time::Duration;

use super::{DECIDE_AT_MOST, Desk, Outage};
use crate::base::seal::{Purpose, SealError};
use crate::base::time::Timestamp;
use crate::identity::account::{Account, EmailAddress};
use crate::identity::event::Event;
use crate::store::pages::Accounts;
use crate::store::{Change, Versioned, WriteError};

/// Accounts that are read at a time, and changed in one commit at most.
const AT_ONCE: usize = 50;

/// After so long nothing that people were in the middle of needs the old key: every flow, form and code is
/// over.
pub const NEEDED_FOR: Duration = Duration::from_secs(24 * 60 * 60);

/// What was sealed anew.
#[derive(Clone, Debug, Default)]
pub struct SealedAnew {
    /// Accounts.
    pub accounts: u64,
    /// Letters that wait.
    pub letters: u64,
    /// Accounts with a secret that no key opens.
    pub unreadable: Vec<EmailAddress>,
}

impl Desk {
    /// Seals with the first key of the ring whatever another one has sealed, until there is nothing more.
    ///
    /// # Errors
    ///
    /// [`Outage`]: what was done is done, and the rest opens as before.
    pub async fn seal_all_anew(&self) -> Result<SealedAnew, Outage> {
        let mut all = SealedAnew::default();
        loop {
            let done = self.seal_anew_once().await?;
            all.accounts += done.accounts;
            all.letters += done.letters;
            all.unreadable = done.unreadable;
            if done.accounts == 0 && done.letters == 0 {
                return Ok(all);
            }
        }
    }

    async fn seal_anew_once(&self) -> Result<SealedAnew, Outage> {
        let mut done = SealedAnew::default();
        let mut pages = Accounts::of(&*self.store).by(AT_ONCE);
        while let Some(page) = pages.next().await? {
            self.seal_accounts(page, &mut done).await?;
        }
        let end_of_time = Timestamp::from_unix_millis(i64::MAX);
        for letter in self.store.letters_due(end_of_time, usize::MAX).await? {
            let anew = self
                .keys
                .seal_anew(Purpose::Letter, &letter.id, &letter.sealed, &*self.entropy);
            // One that does not open is the outbox's to give up.
            if let Ok(Some(sealed)) = anew {
                self.store.letter_sealed_anew(letter.id, sealed).await?;
                done.letters += 1;
            }
        }
        Ok(done)
    }

    async fn seal_accounts(
        &self,
        page: Vec<Versioned<Account>>,
        done: &mut SealedAnew,
    ) -> Result<(), Outage> {
        let (mut changes, mut old) = (Vec::new(), Vec::new());
        for Versioned { value, version } in page {
            let mut account = value;
            match account.seal_anew(&self.keys, &*self.entropy) {
                Ok(false) => {}
                Ok(true) => {
                    old.push(account.id);
                    changes.push(Change::ReplaceAccount(account, version));
                }
                Err(SealError) => done.unreadable.push(account.email),
            }
        }
        if changes.is_empty() {
            return Ok(());
        }
        match self.commit(changes, self.now()).await {
            Ok(_) => done.accounts += old.len() as u64,
            // One of them was changed by its owner meanwhile: each by itself.
            Err(WriteError::Conflict | WriteError::Taken) => {
                for id in old {
                    done.accounts += u64::from(self.seal_account(id).await?);
                }
            }
            Err(error) => return Err(error.into()),
        }
        Ok(())
    }

    async fn seal_account(&self, id: crate::base::id::AccountId) -> Result<bool, Outage> {
        for _ in 0..DECIDE_AT_MOST {
            let Some(found) = self.store.account(id).await? else {
                return Ok(false);
            };
            let mut account = found.value;
            if !account.seal_anew(&self.keys, &*self.entropy).unwrap_or(false) {
                return Ok(false);
            }
            let change = Change::ReplaceAccount(account, found.version);
            match self.commit(vec![change], self.now()).await {
                Ok(_) => return Ok(true),
                Err(WriteError::Conflict) => {}
                Err(error) => return Err(error.into()),
            }
        }
        Err(Outage::Contended)
    }

    /// From here on the store counts as written with the first key of the ring; `event` tells of it.
    ///
    /// # Errors
    ///
    /// [`Outage`]: it counts as before.
    pub async fn key_was_rotated(&self, from: [u8; 32], to: [u8; 32], event: &Event) -> Result<(), Outage> {
        let heirlooms = self.keys.heirlooms(&*self.entropy, self.now())?;
        self.store.replace_key_check(from, to, heirlooms).await?;
        self.commit(vec![self.record(event)], self.now()).await?;
        Ok(())
    }
}
