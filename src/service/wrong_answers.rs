//! Wrong answers: counted before they are looked at, told once they are.

use super::limits::{Attempt, Stage};
use super::{Caller, Desk, Outage};
use crate::base::time::Timestamp;
use crate::identity::account::Account;
use crate::identity::event::{Event, What};
use crate::identity::throttle::Waits;
use crate::messaging::NoticeKind;
use crate::store::{Change, Struck};

impl Desk {
    /// The password was right: a known browser's own count is forgotten; of the account's and the
    /// address's only this attempt is taken back.
    pub(super) fn taken_back(attempt: Attempt) -> Change {
        if attempt.stage(0) == Some(Stage::Browser) {
            Change::Forget(attempt.strokes.into_iter().map(|(key, _)| key).collect())
        } else {
            Change::TakeBack(attempt.strokes)
        }
    }

    /// Wrong answers so far in the count that is the most telling: the browser's or the name's.
    pub(super) async fn misses(&self, attempt: &Attempt, now: Timestamp) -> Result<u32, Outage> {
        let Some((key, _)) = attempt.strokes.first() else {
            return Ok(0);
        };
        Ok(self.store.count(key, now).await?)
    }

    pub(super) async fn tell_of_wait(
        &self,
        account: Option<&Account>,
        stage: Option<Stage>,
        caller: &Caller,
        now: Timestamp,
    ) -> Result<(), Outage> {
        // A wait writes nothing to the store: whoever floods us must not fill it. Log and counters
        // have it.
        let limit = stage.map_or("", Stage::word).to_owned();
        self.trail.write(&Event {
            account: account.map(|account| account.id),
            request: Some(caller.request),
            ..Event::without_account(What::Waiting { limit }, now)
        });
        Ok(())
    }

    /// Records a wrong password as `what`, and what its limit brought about.
    pub(super) async fn tell_of_failure(
        &self,
        what: What,
        account: Option<&Account>,
        attempt: &Attempt,
        reached: &[usize],
        caller: &Caller,
        now: Timestamp,
    ) -> Result<(), Outage> {
        let about = |what| Event {
            account: account.map(|it| it.id),
            request: Some(caller.request),
            ..Event::without_account(what, now)
        };
        let mut changes = vec![self.record(&about(what))];
        for stage in reached.iter().filter_map(|place| attempt.stage(*place)) {
            match stage {
                Stage::Names | Stage::NamesEverywhere => {
                    let scope = stage.word().to_owned();
                    changes.push(self.record(&Event {
                        request: Some(caller.request),
                        ..Event::without_account(What::Spray { scope }, now)
                    }));
                }
                Stage::Name | Stage::Browser => {
                    changes.push(self.record(&about(What::Waiting {
                        limit: stage.word().to_owned(),
                    })));
                    changes.extend(self.lock_notice(account, attempt, caller, now).await?);
                }
                Stage::Address
                | Stage::Factor
                | Stage::FactorClosed
                | Stage::Mail
                | Stage::LockNotice
                | Stage::Sms
                | Stage::SmsTotal
                | Stage::Registrations => {
                    changes.push(self.record(&about(What::Waiting {
                        limit: stage.word().to_owned(),
                    })));
                }
            }
        }
        self.commit(changes, now).await?;
        Ok(())
    }

    /// The owner hears once a day that sign-in waits.
    async fn lock_notice(
        &self,
        account: Option<&Account>,
        attempt: &Attempt,
        caller: &Caller,
        now: Timestamp,
    ) -> Result<Option<Change>, Outage> {
        let Some(account) = account else { return Ok(None) };
        let first_today = self
            .store
            .strike(self.lock_notice_attempt(account.id).strokes, now)
            .await?;
        let keys = attempt
            .strokes
            .first()
            .map(|(key, _)| key.clone())
            .into_iter()
            .collect();
        match (first_today, self.store.waits(keys, now).await?) {
            (Struck::Go { .. }, Some(Waits::Until(until))) => {
                let notice = NoticeKind::Locked { until };
                Ok(Some(self.notify(
                    account,
                    notice,
                    &caller.site.url,
                    &caller.language,
                    Some(caller.user_agent),
                    now,
                )?))
            }
            _ => Ok(None),
        }
    }
}
