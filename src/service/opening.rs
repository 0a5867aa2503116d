//! A session opens: in one commit with everything that its proof used up.

use super::sign_in::flow_key;
use super::{Caller, Cookies, Desk, Outage};
use crate::base::id::TokenDigest;
use crate::base::seal::Token;
use crate::base::time::Timestamp;
use crate::identity::account::Account;
use crate::identity::assurance;
use crate::identity::event::What;
use crate::identity::factor::Factor;
use crate::identity::session::Session;
use crate::identity::settings::Settings as Rules;
use crate::identity::sign_in::{self, Proof, SignIn};
use crate::messaging::NoticeKind;
use crate::store::{
    Arrival, Change, Committed, Flow, FlowKey, FlowKind, StoredFlow, Version, Versioned, WriteError,
};

/// A session that was just opened.
#[derive(Clone, Debug)]
pub struct Opened {
    /// Its cookie.
    pub cookie: Token,
    /// The known-browser cookie, for another 180 days.
    pub known: Token,
    /// Where the browser goes next.
    pub goes_to: GoesTo,
    /// Whether a form waits that is asked about before the page.
    pub resumes: bool,
}

/// Where a browser goes after its session has opened.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum GoesTo {
    /// To the page it asked for.
    Page(String),
    /// To the trust question first.
    Trust,
    /// To the page that says how many recovery codes are left.
    RecoveryUsed,
}

impl Desk {
    /// Opens the session that a proof is for, in one commit with everything that it used up.
    ///
    /// `account` is as it was read, with what the last step changed in it.
    #[allow(clippy::too_many_arguments)]
    pub(super) async fn open(
        &self,
        used_up: Option<(TokenDigest, Version)>,
        flow: &SignIn,
        proof: &Proof,
        account: Versioned<Account>,
        cookies: &Cookies,
        caller: &Caller,
        now: Timestamp,
    ) -> Result<Opened, Outage> {
        self.open_with(Vec::new(), used_up, flow, proof, account, cookies, caller, now)
            .await
    }

    /// The same, with what else the last step changed.
    #[allow(clippy::too_many_arguments)]
    pub(super) async fn open_with(
        &self,
        mut changes: Vec<Change>,
        used_up: Option<(TokenDigest, Version)>,
        flow: &SignIn,
        proof: &Proof,
        account: Versioned<Account>,
        cookies: &Cookies,
        caller: &Caller,
        now: Timestamp,
    ) -> Result<Opened, Outage> {
        let Versioned {
            value: mut account,
            version,
        } = account;
        let cookie = Token::draw(&*self.entropy);
        let known = cookies
            .known
            .clone()
            .unwrap_or_else(|| Token::draw(&*self.entropy));
        let rules = self.rules.load_full();
        changes.extend(self.note_new_browser(flow, &account, &known.digest(), caller, now)?);
        account.know(known.digest(), now);
        changes.extend(self.note_device_use(flow, &mut account, caller, now)?);
        let mut arrival = self.arrival(flow, &account, &known.digest(), cookies, &rules, now);
        if let Some((used, flow_version)) = used_up {
            changes.push(Change::DeleteFlow(flow_key(&used), flow_version));
        } else if let Some(old) = &cookies.flow {
            changes.push(Change::DropFlow(flow_key(&old.digest())));
        }
        let session = self
            .session_changes(flow, proof, &cookie, cookies, caller, &rules, &mut changes, now)
            .await?;
        if flow.upgrades.is_none()
            && let Some(old) = &cookies.session
        {
            // One that adds proof takes along what lies under it.
            arrival.resumes = self
                .claim_form(&old.digest(), &cookie.digest(), account.id, &mut changes, now)
                .await?;
        }
        let resumes = arrival.resumes;
        let goes_to = match &arrival {
            Arrival {
                recovery_used: true, ..
            } => GoesTo::RecoveryUsed,
            Arrival { ask_trust: true, .. } => GoesTo::Trust,
            Arrival { next, .. } => GoesTo::Page(next.clone()),
        };
        if !matches!(goes_to, GoesTo::Page(_)) {
            let key = FlowKey {
                kind: FlowKind::Arrival,
                cookie: cookie.digest(),
            };
            let expires = now.plus(sign_in::STEP_WITHIN);
            changes.push(Change::CreateFlow(
                key,
                StoredFlow {
                    account: account.id,
                    expires,
                    flow: Flow::Arrival(arrival),
                },
            ));
        }
        changes.push(self.tell(&account, What::SessionOpened { session: session.id }, caller, now));
        changes.push(self.tell(
            &account,
            What::SignInCompleted {
                method: session.method().to_owned(),
            },
            caller,
            now,
        ));
        changes.push(Change::ReplaceAccount(account.clone(), version));
        let committed = self.commit(changes, now).await?;
        self.tell_displaced(&account, committed, caller, now).await?;
        Ok(Opened {
            cookie,
            known,
            goes_to,
            resumes,
        })
    }

    #[allow(clippy::too_many_arguments)]
    async fn session_changes(
        &self,
        flow: &SignIn,
        proof: &Proof,
        cookie: &Token,
        cookies: &Cookies,
        caller: &Caller,
        rules: &Rules,
        changes: &mut Vec<Change>,
        now: Timestamp,
    ) -> Result<Session, Outage> {
        let session = if let Some(old) = flow.upgrades {
            // It has ended since the flow was read: the flow is over too, as the next look shows.
            let gone = Outage::Write(WriteError::Conflict);
            let stored = self.store.session(&old).await?.ok_or(gone)?;
            let session = stored.value.stepped_up(proof, now);
            self.supersede(old, stored, cookie.digest(), changes, now).await?;
            session
        } else {
            // Whoever was signed in with this browser is not any more.
            changes.extend(
                cookies
                    .session
                    .as_ref()
                    .map(|old| Change::EndSession(old.digest())),
            );
            match &flow.carried {
                Some(carried) => carried.stepped_up(proof, now),
                None => Session::open(proof, &caller.site.host, caller.user_agent, &*self.entropy, now),
            }
        };
        changes.push(Change::OpenSession {
            cookie: cookie.digest(),
            session: session.clone(),
            at_most: rules.session.max,
        });
        Ok(session)
    }

    async fn tell_displaced(
        &self,
        account: &Account,
        committed: Committed,
        caller: &Caller,
        now: Timestamp,
    ) -> Result<(), Outage> {
        if committed.displaced.is_empty() {
            return Ok(());
        }
        let changes = committed
            .displaced
            .into_iter()
            .map(|session| self.tell(account, What::SessionDisplaced { session }, caller, now))
            .collect();
        self.commit(changes, now).await?;
        Ok(())
    }

    /// A session that nothing in this browser leads up to is news for the owner: neither an earlier
    /// sign-in, nor trust, nor a session to which this one adds proof. The first sign-in of all is not.
    fn note_new_browser(
        &self,
        flow: &SignIn,
        account: &Account,
        known: &TokenDigest,
        caller: &Caller,
        now: Timestamp,
    ) -> Result<Option<Change>, Outage> {
        let goes_on = flow.upgrades.is_some() || flow.carried.is_some();
        if goes_on || flow.device.is_some() || !account.is_new_browser(known, now) {
            return Ok(None);
        }
        self.notify_here(account, NoticeKind::NewSignIn, caller, now)
            .map(Some)
    }

    /// A trusted device stood in for the second factor: when, and from where.
    fn note_device_use(
        &self,
        flow: &SignIn,
        account: &mut Account,
        caller: &Caller,
        now: Timestamp,
    ) -> Result<Vec<Change>, Outage> {
        let Some(id) = flow.device else {
            return Ok(Vec::new());
        };
        let here = self.surroundings(caller);
        let Some(device) = account.devices.iter_mut().find(|device| device.id == id) else {
            return Ok(Vec::new());
        };
        let elsewhere = here.both_differ(device.seen);
        device.seen = here;
        device.last_used = Some(now);
        let name = device.name.clone();
        let mut changes = vec![self.tell(account, What::DeviceUsed { device: id }, caller, now)];
        if elsewhere {
            changes.push(self.tell(account, What::DeviceUsedElsewhere { device: id }, caller, now));
            let notice = NoticeKind::DeviceUsedElsewhere { name };
            changes.push(self.notify(
                account,
                notice,
                &caller.site.url,
                &caller.language,
                Some(caller.user_agent),
                now,
            )?);
        }
        Ok(changes)
    }

    /// Whether the trust question is asked: only after a second factor that was just proven and does
    /// not stand in for a lost one, on a browser that is not trusted yet and has not said no lately.
    fn arrival(
        &self,
        flow: &SignIn,
        account: &Account,
        known: &TokenDigest,
        cookies: &Cookies,
        rules: &Rules,
        now: Timestamp,
    ) -> Arrival {
        let recovery_used = matches!(flow.second, Some((Factor::Recovery, _)));
        let proven_now = flow.upgrades.is_none()
            && flow
                .second
                .is_some_and(|(factor, _)| !assurance::stands_in(factor, &rules.second_factor));
        let trusted = cookies
            .device
            .as_ref()
            .is_some_and(|cookie| account.trusted(&cookie.digest(), now).is_some());
        let ask_trust =
            rules.trusted_devices.enabled && proven_now && !trusted && !account.declined(known, now);
        Arrival {
            next: flow.next.clone(),
            ask_trust,
            recovery_used,
            resumes: false,
            fresh: flow.fresh_code.clone(),
        }
    }
}
