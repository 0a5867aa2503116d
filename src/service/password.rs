//! The owner changes the password.
//!
//! The page asks for the current one itself; it counts like any other, and five wrong ones end the
//! session. Afterwards every other session, all flows and all trusted devices are over, and this
//! session goes on under a new value.

use super::confirm::OwnPassword;
use super::renew::{Missed, Own, Renewed};
use super::visit::Visitor;
use super::{Caller, Cookies, DECIDE_AT_MOST, Desk, Outage};
use crate::base::time::Timestamp;
use crate::identity::account::{Account, Password};
use crate::identity::confirm::{self, Answer, Intent};
use crate::identity::event::What;
use crate::identity::password::{Match, PasswordHash, PasswordRefusal, Typed};
use crate::identity::throttle::Waits;
use crate::messaging::NoticeKind;
use crate::service::hashing::HashingError;
use crate::store::WriteError;

/// What came of a new password.
#[derive(Debug)]
pub enum AfterNewPassword {
    /// It is the password now: set the session's new cookie.
    Changed(Box<Renewed>),
    /// The second factor has to be fresh first.
    Confirm,
    /// The new one is not taken. The current one was not looked at.
    Refused(PasswordRefusal),
    /// The new one is the current one.
    Same,
    /// The current one is wrong.
    CurrentWrong,
    /// The current one is longer than a password may be. Counted as wrong.
    CurrentTooLong,
    /// Too many; nothing was looked at.
    Waits(Waits),
    /// Too many passwords at once.
    Busy,
    /// Five wrong answers: the session has ended.
    Ended,
    /// The session is over, or goes on under another value.
    Gone,
}

impl Desk {
    /// Judges a new password of an account: its length, and how soon a guesser gets there who knows
    /// the account and the house.
    ///
    /// # Errors
    ///
    /// [`PasswordRefusal`] says what to tell the person.
    pub fn judge_password(&self, typed: &str, account: &Account) -> Result<Typed, PasswordRefusal> {
        let typed = Typed::new(typed).map_err(|_| PasswordRefusal::TooLong)?;
        let house = self.house_names.load();
        let mut names: Vec<&str> = vec![
            account.email.key(),
            account.email.local_part(),
            &account.first_name,
            &account.last_name,
        ];
        names.extend(house.iter().map(String::as_str));
        self.rules.load().passwords.judge(&typed, &names)?;
        Ok(typed)
    }

    /// The current password and a new one.
    ///
    /// # Errors
    ///
    /// [`Outage`]: the password is what it was.
    pub async fn change_password(
        &self,
        current: &str,
        new: &str,
        visitor: &Visitor,
        cookies: &Cookies,
        caller: &Caller,
    ) -> Result<AfterNewPassword, Outage> {
        let now = self.now();
        let Some(own) = self.own(visitor, now).await? else {
            return Ok(AfterNewPassword::Gone);
        };
        if !self.fresh_for(&Intent::ChangePassword, &own, now).await? {
            return Ok(AfterNewPassword::Confirm);
        }
        let account = &own.account.value;
        let typed = match self.judge_password(new, account) {
            Ok(typed) => typed,
            Err(refusal) => return Ok(AfterNewPassword::Refused(refusal)),
        };
        let checked = self
            .check_own_password(current, account, cookies, caller, now)
            .await?;
        if let Some(refused) = self.after_current(checked, visitor, caller).await? {
            return Ok(refused);
        }
        if Typed::new(current).is_ok_and(|current| current.same_as(&typed)) {
            return Ok(AfterNewPassword::Same);
        }
        let cost = self.rules.load().passwords.hash;
        let hash = match self.hashing.hash(typed, cost).await {
            Ok(hash) => hash,
            Err(HashingError::Busy) => return Ok(AfterNewPassword::Busy),
            Err(HashingError::Hash(error)) => return Err(error.into()),
        };
        self.settle_password(hash, account.epoch, visitor, caller).await
    }

    async fn after_current(
        &self,
        checked: OwnPassword,
        visitor: &Visitor,
        caller: &Caller,
    ) -> Result<Option<AfterNewPassword>, Outage> {
        let refused = match checked {
            OwnPassword::Right => return Ok(None),
            OwnPassword::Waits(waits) => return Ok(Some(AfterNewPassword::Waits(waits))),
            OwnPassword::Busy => return Ok(Some(AfterNewPassword::Busy)),
            OwnPassword::Wrong => AfterNewPassword::CurrentWrong,
            OwnPassword::TooLong => AfterNewPassword::CurrentTooLong,
        };
        Ok(Some(match self.note_miss(&[], visitor, caller).await? {
            Missed::Counted => refused,
            Missed::Ended => AfterNewPassword::Ended,
            Missed::Gone => AfterNewPassword::Gone,
        }))
    }

    async fn settle_password(
        &self,
        hash: PasswordHash,
        epoch: u32,
        visitor: &Visitor,
        caller: &Caller,
    ) -> Result<AfterNewPassword, Outage> {
        for _ in 0..DECIDE_AT_MOST {
            let now = self.now();
            let Some(own) = self.own(visitor, now).await? else {
                return Ok(AfterNewPassword::Gone);
            };
            // The password that was checked may have been changed meanwhile.
            if own.account.value.epoch != epoch {
                return Ok(AfterNewPassword::Gone);
            }
            match self.write_password(hash.clone(), own, caller, now).await {
                Err(Outage::Write(WriteError::Conflict)) => {}
                Err(error) => return Err(error),
                Ok(after) => return Ok(after),
            }
        }
        Err(Outage::Contended)
    }

    async fn write_password(
        &self,
        hash: PasswordHash,
        mut own: Own,
        caller: &Caller,
        now: Timestamp,
    ) -> Result<AfterNewPassword, Outage> {
        let answers = [Answer::Password(Match::Right)];
        let Some(proof) = confirm::confirmed(&own.session.value, &own.account.value, &answers, now) else {
            return Ok(AfterNewPassword::Gone);
        };
        let session = own.session.value.stepped_up(&proof, now);
        own.account.value.password = Some(Password { hash, changed: now });
        let account = &own.account.value;
        let changes = vec![
            self.tell(account, What::PasswordChanged, caller, now),
            self.notify_here(account, NoticeKind::PasswordChanged, caller, now)?,
        ];
        let renewed = self
            .commit_own_change(own, &session, changes, None, caller, now)
            .await?;
        Ok(AfterNewPassword::Changed(Box::new(renewed)))
    }
}
