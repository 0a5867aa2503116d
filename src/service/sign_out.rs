//! A session is ended by whoever is signed in.

use super::renew::drop_flows_under;
use super::sign_in::flow_key;
use super::{Caller, Cookies, Desk, Outage};
use crate::base::seal::Token;
use crate::identity::event::{Cause, Event, What};
use crate::identity::session::Session;
use crate::store::Change;

impl Desk {
    /// The person signs out: the session ends, and what it was in the middle of. Whether there was
    /// one to end.
    ///
    /// # Errors
    ///
    /// [`Outage`]: the session may still be there, and the page says so.
    pub async fn sign_out(&self, cookies: &Cookies, caller: &Caller) -> Result<bool, Outage> {
        let now = self.now();
        let mut changes = Vec::new();
        changes.extend(
            cookies
                .flow
                .as_ref()
                .map(|flow| Change::DropFlow(flow_key(&flow.digest()))),
        );
        let mut ended = false;
        if let Some(cookie) = cookies.session.as_ref().map(Token::digest) {
            if let Some(session) = self.store.session(&cookie).await? {
                let session = session.value;
                let what = What::SessionEnded {
                    session: Some(session.id),
                    cause: Cause::SignOut,
                };
                changes.push(self.record(&Event {
                    request: Some(caller.request),
                    ..Event::of(session.account, what, now)
                }));
                changes.extend(self.keep_for_forgetting(cookies, session.account, now).await?);
                if session.ends.is_some() {
                    changes.extend(self.end_successors(&session).await?);
                }
                ended = true;
            }
            changes.extend(drop_flows_under(cookie));
            changes.push(Change::EndSession(cookie));
        }
        self.commit(changes, now).await?;
        Ok(ended)
    }

    /// Whoever signs out under a value that was just superseded means the session and not the value.
    async fn end_successors(&self, session: &Session) -> Result<Vec<Change>, Outage> {
        let held = self.store.sessions_of(session.account).await?;
        let same = held.into_iter().filter(|(_, other)| other.id == session.id);
        Ok(same
            .flat_map(|(cookie, _)| drop_flows_under(cookie).chain([Change::EndSession(cookie)]))
            .collect())
    }
}
