//! Codes by text message: counted, drawn, sent.
//!
//! Each message costs the operator money, and somebody else may earn by it. So it is counted against its
//! number, its account and the whole installation before it goes out; what may have gone out stays
//! counted, even where the provider did not say so.

use super::factor::{PURPOSE_CONFIRM, PURPOSE_SIGN_IN, bound_to};
use super::limits::{Attempt, Stage};
use super::sending::Drawn;
use super::sign_in::Mailing;
use super::{Caller, Desk, Outage};
use crate::base::id::FlowId;
use crate::base::seal::Purpose;
use crate::base::time::Timestamp;
use crate::identity::account::Account;
use crate::identity::event::What;
use crate::identity::factor::email_code::MailedCodes;
use crate::identity::factor::{Factor, SixDigits};
use crate::identity::phone::{PendingPhone, PhoneNumber};
use crate::identity::settings::SmsSettings;
use crate::messaging::{TextError, TextMessage, TextPurpose};
use crate::store::{FlowKey, Struck};

impl Desk {
    /// The account's number, opened.
    ///
    /// # Errors
    ///
    /// [`Outage`] if it does not open; never to be taken for absent.
    pub fn phone_of(&self, account: &Account) -> Result<Option<PhoneNumber>, Outage> {
        let number = account
            .phone
            .as_ref()
            .map(|phone| phone.number(account.id, &self.keys));
        Ok(number.transpose()?)
    }

    /// A number, as counters know it.
    pub(super) fn counted_number(&self, number: &PhoneNumber) -> String {
        let digest = self
            .keys
            .digest(Purpose::CounterName, &[b"phone", number.e164().as_bytes()]);
        data_encoding::HEXLOWER.encode(&digest)
    }

    /// Draws a code for the account's phone, unless the last is too fresh or the phone has had too many.
    pub(super) async fn draw_text_into(
        &self,
        texted: &mut MailedCodes,
        id: FlowId,
        purpose: TextPurpose,
        account: &Account,
        caller: &Caller,
        now: Timestamp,
    ) -> Result<Drawn, Outage> {
        let Some(number) = self.phone_of(account)? else {
            return Ok(Drawn::instead(Mailing::Failed));
        };
        let rules = &SmsSettings::CODES;
        if let Some(until) = texted.pause_until(rules, now) {
            return Ok(Drawn::instead(Mailing::TooEarly(until)));
        }
        let attempt = match self.count_text(&number, account, caller, now).await? {
            Ok(attempt) => attempt,
            Err(limited) => return Ok(Drawn::instead(limited)),
        };
        let word = match purpose {
            TextPurpose::Confirm => PURPOSE_CONFIRM,
            TextPurpose::SignIn | TextPurpose::Phone => PURPOSE_SIGN_IN,
        };
        let bound = bound_to(Factor::Sms, word);
        let code = texted.draw(id, bound, rules, &self.keys, &*self.entropy, now);
        let message = self.text_message(number, purpose, &code, account, caller);
        Ok(Drawn::text(message, attempt))
    }

    /// Draws a code for a number that is not the account's yet.
    pub(super) async fn draw_phone_code(
        &self,
        pending: &mut PendingPhone,
        number: PhoneNumber,
        account: &Account,
        caller: &Caller,
        now: Timestamp,
    ) -> Result<Drawn, Outage> {
        let rules = &SmsSettings::CODES;
        let same = pending.number(account.id, &self.keys)?.as_ref() == Some(&number);
        let pause = pending.texted().and_then(|texted| texted.pause_until(rules, now));
        if let Some(until) = pause.filter(|_| same) {
            return Ok(Drawn::instead(Mailing::TooEarly(until)));
        }
        let attempt = match self.count_text(&number, account, caller, now).await? {
            Ok(attempt) => attempt,
            Err(limited) => return Ok(Drawn::instead(limited)),
        };
        let code = pending.draw(&number, account.id, rules, &self.keys, &*self.entropy, now)?;
        let message = self.text_message(number, TextPurpose::Phone, &code, account, caller);
        Ok(Drawn::text(message, attempt))
    }

    fn text_message(
        &self,
        to: PhoneNumber,
        purpose: TextPurpose,
        code: &SixDigits,
        account: &Account,
        caller: &Caller,
    ) -> TextMessage {
        TextMessage {
            to,
            language: account
                .language
                .clone()
                .unwrap_or_else(|| caller.language.clone()),
            site: caller.site.url.clone(),
            purpose,
            code: code.to_text(),
        }
    }

    /// Counts a message. The last one that the installation may send in a day says so.
    async fn count_text(
        &self,
        number: &PhoneNumber,
        account: &Account,
        caller: &Caller,
        now: Timestamp,
    ) -> Result<Result<Attempt, Mailing>, Outage> {
        let attempt = self.text_attempt(number, account.id);
        let stage_at = |place: &usize| attempt.stage(*place);
        match self.store.strike(attempt.strokes.clone(), now).await? {
            Struck::Wait { waits, place } => {
                let stage = stage_at(&place).map_or("", Stage::word);
                tracing::warn!(request = %caller.request, limit = stage, "a text message was not sent: too many");
                Ok(Err(Mailing::Limited(waits)))
            }
            Struck::Go { reached } => {
                if reached
                    .iter()
                    .filter_map(stage_at)
                    .any(|stage| stage == Stage::SmsTotal)
                {
                    let step = "daily_total".to_owned();
                    let event = self.tell(account, What::SmsFailed { step }, caller, now);
                    self.commit(vec![event], now).await?;
                }
                Ok(Ok(attempt))
            }
        }
    }

    /// Sends a message, now that the flow under `key` is saved.
    pub(super) async fn send_text(
        &self,
        message: &TextMessage,
        attempt: Option<Attempt>,
        key: FlowKey,
        account: &Account,
        caller: &Caller,
    ) -> Result<Mailing, Outage> {
        let messenger = self.text_messenger.load_full();
        let sent = match messenger {
            Some(messenger) => messenger.send(message).await,
            None => Err(TextError::Compose("there is no provider".to_owned())),
        };
        let now = self.now();
        let Err(error) = sent else {
            let factor = Factor::Sms;
            self.note(vec![self.tell(account, What::FactorSent { factor }, caller, now)]);
            return Ok(Mailing::Sent);
        };
        tracing::warn!(request = %caller.request, %error, "a code could not be sent by text message");
        if let Some(attempt) = attempt.filter(|_| !error.may_have_gone()) {
            self.store.refund(attempt.strokes, now).await?;
        }
        let step = error.step().to_owned();
        let event = self.tell(account, What::SmsFailed { step }, caller, now);
        self.commit(vec![event], now).await?;
        self.forget_pause(key, Factor::Sms, now).await?;
        Ok(Mailing::Failed)
    }
}
