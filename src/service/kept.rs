//! A form that the gate had to turn away: kept, offered after the sign-in, sent once.

use super::{Desk, Outage};
use crate::base::id::{AccountId, TokenDigest};
use crate::base::seal::{Purpose, SealError};
use crate::base::time::Timestamp;
use crate::identity::kept::{KeptForm, Lapse, SentForm};
use crate::store::{Change, Flow, FlowKey, FlowKind, StoredFlow, Version, WriteError};

/// What somebody who has just signed in is offered.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Offer {
    /// Their form, and which record of it this is.
    Form(Box<SentForm>, Version),
    /// There was one, of somebody else.
    Foreign,
}

impl Desk {
    /// What is known of a session that ran out on this site.
    ///
    /// # Errors
    ///
    /// [`Outage`].
    pub async fn lapse_of(&self, cookie: &TokenDigest, site: &str) -> Result<Option<Lapse>, Outage> {
        let found = self.store.flow(&lapse_key(cookie), self.now()).await?;
        Ok(found.and_then(|found| match found.value.flow {
            Flow::Lapsed(lapse) if lapse.site == site => Some(lapse),
            _ => None,
        }))
    }

    /// Keeps a form for whoever had the session under this cookie, in the place of an older one.
    /// Whether it was kept: `false` where the session is not known, or keeping is switched off.
    ///
    /// # Errors
    ///
    /// [`Outage`]: it was not kept.
    pub async fn keep_form(&self, cookie: &TokenDigest, form: &SentForm) -> Result<bool, Outage> {
        let rules = self.rules.load().keep_posts;
        if !rules.enabled || form.body.len() > rules.max {
            return Ok(false);
        }
        let Some(lapse) = self.lapse_of(cookie, &form.head.site).await? else {
            return Ok(false);
        };
        self.put_form(cookie, lapse.account, form).await
    }

    /// Keeps the form of somebody who is signed in: it has not reached the portal.
    ///
    /// # Errors
    ///
    /// [`Outage`]: it is lost.
    pub async fn keep_own_form(
        &self,
        session: &TokenDigest,
        account: AccountId,
        form: &SentForm,
    ) -> Result<bool, Outage> {
        self.put_form(session, account, form).await
    }

    async fn put_form(
        &self,
        cookie: &TokenDigest,
        account: AccountId,
        form: &SentForm,
    ) -> Result<bool, Outage> {
        let now = self.now();
        let plain = form.to_bytes().map_err(|_| SealError)?;
        let sealed = self
            .keys
            .seal(Purpose::KeptForm, account.as_bytes(), &plain, &*self.entropy)?;
        let kept = StoredFlow {
            account,
            expires: now.plus(self.rules.load().keep_posts.lives),
            flow: Flow::Kept(KeptForm::Waiting(sealed)),
        };
        let key = kept_key(cookie);
        match self
            .commit(vec![Change::DropFlow(key), Change::CreateFlow(key, kept)], now)
            .await
        {
            Ok(_) => Ok(true),
            Err(error) => Err(error.into()),
        }
    }

    /// Whether a form waits under this cookie.
    ///
    /// # Errors
    ///
    /// [`Outage`].
    pub async fn keeps_form(&self, cookie: &TokenDigest) -> Result<bool, Outage> {
        Ok(self.store.flow(&kept_key(cookie), self.now()).await?.is_some())
    }

    /// What waits under a live session.
    ///
    /// # Errors
    ///
    /// [`Outage`], also where it does not open: that is not the same as nothing.
    pub async fn offer_of(
        &self,
        session: &TokenDigest,
        account: AccountId,
        site: &str,
    ) -> Result<Option<Offer>, Outage> {
        let Some(found) = self.store.flow(&kept_key(session), self.now()).await? else {
            return Ok(None);
        };
        let sealed = match found.value.flow {
            Flow::Kept(KeptForm::Waiting(sealed)) if found.value.account == account => sealed,
            Flow::Kept(_) => return Ok(Some(Offer::Foreign)),
            _ => return Ok(None),
        };
        let plain = self.keys.open(Purpose::KeptForm, account.as_bytes(), &sealed)?;
        let form = SentForm::from_bytes(plain.expose()).map_err(|_| SealError)?;
        Ok((form.head.site == site).then(|| Offer::Form(Box::new(form), found.version)))
    }

    /// Takes the form out, so that it is sent once. `false`: somebody else was faster.
    ///
    /// # Errors
    ///
    /// [`Outage`]: it must not be sent.
    pub async fn take_form(&self, session: &TokenDigest, version: Version) -> Result<bool, Outage> {
        let taken = Change::DeleteFlow(kept_key(session), version);
        match self.commit(vec![taken], self.now()).await {
            Ok(_) => Ok(true),
            Err(WriteError::Conflict) => Ok(false),
            Err(error) => Err(error.into()),
        }
    }

    /// Forgets what waits under a session.
    ///
    /// # Errors
    ///
    /// [`Outage`]: it may still be there.
    pub async fn drop_form(&self, session: &TokenDigest) -> Result<(), Outage> {
        self.commit(vec![Change::DropFlow(kept_key(session))], self.now())
            .await?;
        Ok(())
    }

    /// `account` has signed in with the browser that had `old`: what waits there goes on under `new`,
    /// or is nobody's. Whether there was anything.
    pub(super) async fn claim_form(
        &self,
        old: &TokenDigest,
        new: &TokenDigest,
        account: AccountId,
        changes: &mut Vec<Change>,
        now: Timestamp,
    ) -> Result<bool, Outage> {
        changes.push(Change::DropFlow(lapse_key(old)));
        let Some(found) = self.store.flow(&kept_key(old), now).await? else {
            return Ok(false);
        };
        let Flow::Kept(kept) = found.value.flow else {
            return Ok(false);
        };
        changes.push(Change::DropFlow(kept_key(old)));
        let claimed = StoredFlow {
            account,
            expires: found.value.expires,
            flow: Flow::Kept(kept.claimed(found.value.account, account)),
        };
        changes.push(Change::CreateFlow(kept_key(new), claimed));
        Ok(true)
    }
}

/// The key of what is known of a session that ran out.
pub(super) fn lapse_key(cookie: &TokenDigest) -> FlowKey {
    FlowKey {
        kind: FlowKind::Lapsed,
        cookie: *cookie,
    }
}

fn kept_key(cookie: &TokenDigest) -> FlowKey {
    FlowKey {
        kind: FlowKind::Kept,
        cookie: *cookie,
    }
}
