//! The Terms of Use: agreed to on the way in.

use super::factor::AfterCode;
use super::{Caller, Cookies, Desk, Outage};
use crate::base::language::Language;
use crate::identity::event::What;
use crate::identity::sign_in::{Input, Stage};
use crate::identity::terms::Agreement;
use crate::service::set_up::Taken;

impl Desk {
    /// The person agrees to the version that they were shown, in the language they read it in. Where
    /// another one applies by now nothing is agreed to, and the flow stays where it is.
    ///
    /// # Errors
    ///
    /// [`Outage`].
    pub async fn agree_to_terms(
        &self,
        shown: &str,
        language: &Language,
        cookies: &Cookies,
        caller: &Caller,
    ) -> Result<AfterCode, Outage> {
        self.take_step_changing(cookies, caller, |desk, flow, account, now| {
            let rules = desk.rules.load();
            let applies = rules.terms.as_ref().filter(|version| version.as_str() == shown);
            let Some(version) = applies.filter(|_| flow.stage == Stage::Terms) else {
                return Ok(Taken::of(Input::Agreed));
            };
            let mut account = account.value.clone();
            account.terms = Some(Agreement {
                version: version.clone(),
                language: language.clone(),
                at: now,
            });
            let what = What::TermsAccepted {
                version: version.to_string(),
                language: language.to_string(),
            };
            Ok(Taken {
                changes: vec![desk.tell(&account, what, caller, now)],
                account: Some(account),
                ..Taken::of(Input::Agreed)
            })
        })
        .await
    }
}
