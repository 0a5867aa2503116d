//! A number and its code, as the account pages and the set-up show them alike.

use super::code::{delivery, mailing_notice};
use super::reception::Reception;
use super::view::phone::{Phone, PhonePlace, PhoneState};
use super::view::{Notice, Shell};
use crate::identity::factor::Factor;
use crate::identity::settings::{SmsSettings, SmsUse};
use crate::service::phone::ShownPhone;
use crate::service::sign_in::Mailing;

/// The page of a number that is on its way. `typed` is what stood in the field, `replaces` the number that
/// works meanwhile.
pub fn way_page(
    reception: &Reception,
    shell: Shell,
    place: PhonePlace,
    shown: ShownPhone,
    typed: String,
    replaces: Option<String>,
) -> Phone {
    let state = match shown.number {
        None => PhoneState::AskNumber { typed, replaces },
        Some(number) => PhoneState::AskCode {
            number: number.e164().to_owned(),
            delivery: delivery(reception, shown.sent, shown.failed),
            valid: reception.words.length(SmsSettings::CODES.valid),
        },
    };
    phone_page(reception, shell, place, state)
}

/// The page in any state.
pub fn phone_page(reception: &Reception, shell: Shell, place: PhonePlace, state: PhoneState) -> Phone {
    let rules = reception.web.desk.rules.load();
    Phone {
        shell,
        place,
        state,
        is_method: rules.second_factor.sms_used_as(SmsUse::Method),
    }
}

/// What is said about a message that did not simply go out.
pub fn text_notice(reception: &Reception, mailing: Mailing, shown: &ShownPhone) -> Option<Notice> {
    mailing_notice(reception, Factor::Sms, mailing, shown.sent, false)
}
