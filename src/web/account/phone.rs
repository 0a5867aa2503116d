//! `account/phone`: add a phone number, put another in its place, remove it.

use axum::response::Response;
use http::StatusCode;

use super::saying::Saying;
use super::{Owner, OwnersForm};
use crate::identity::factor::{Factor, Verdict};
use crate::service::phone::{
    AfterNumber, AfterPhoneBegin, AfterPhoneCode, AfterPhoneRemoval, ShownPhone, WithoutPhone,
};
use crate::service::sign_in::Mailing;
use crate::web::code::no_code;
use crate::web::form::Form;
use crate::web::phone::{phone_page, text_notice, way_page};
use crate::web::reply::Reply;
use crate::web::view::phone::{PhonePlace, PhoneRemoval, PhoneState};
use crate::web::view::{Complaint, Notice, Shell};

/// `GET account/phone`.
pub async fn show(owner: Owner) -> Response {
    let shell = owner.shell();
    page(&owner, StatusCode::OK, shell, String::new()).await
}

/// The number that there is, or the one on its way.
async fn page(owner: &Owner, status: StatusCode, mut shell: Shell, typed: String) -> Response {
    let reception = &owner.reception;
    let desk = &reception.web.desk;
    let account = owner.visitor.account();
    if !desk.has_phone_page(account) {
        return reception.not_found();
    }
    let number = match owner.phone() {
        Ok(number) => number,
        Err(response) => return *response,
    };
    let in_use = desk.rules.load().second_factor.sms.is_some();
    let shown = match desk.phone_shown_to(&owner.visitor).await {
        Ok(shown) => shown.filter(|_| in_use),
        Err(outage) => return reception.outage(&outage),
    };
    let page = match shown {
        Some(shown) => {
            if shown.failed && shell.notice.is_none() {
                shell.notice = Some(Notice::TextFailed { other_ways: false });
            }
            way_page(reception, shell, PhonePlace::Account, shown, typed, number)
        }
        None => {
            let since = account.phone.as_ref().map(|phone| owner.day(phone.verified));
            let without = match desk.without_phone(account) {
                WithoutPhone::EmailCodes => PhoneRemoval::EmailCodes,
                WithoutPhone::AppOnly => PhoneRemoval::AppOnly,
                WithoutPhone::PasswordOnly => PhoneRemoval::PasswordOnly,
                WithoutPhone::Forbidden => PhoneRemoval::Blocked,
            };
            let state = PhoneState::Held {
                number: number.zip(since),
                without,
                in_use,
            };
            phone_page(reception, shell, PhonePlace::Account, state)
        }
    };
    Reply::page(status, &page, reception).done()
}

async fn again(owner: &Owner, complaint: Complaint, typed: String) -> Response {
    let shell = owner.shell_with(vec![complaint]);
    page(owner, StatusCode::UNPROCESSABLE_ENTITY, shell, typed).await
}

/// `POST account/phone`.
pub async fn submit(sent: OwnersForm) -> Response {
    let OwnersForm { owner, form, fresh } = sent;
    let desk = &owner.reception.web.desk;
    if !desk.has_phone_page(owner.visitor.account()) {
        return owner.reception.not_found();
    }
    if !fresh {
        return again(&owner, Complaint::StaleForm, form.get("phone").to_owned()).await;
    }
    if form.get("begin") == "phone" || form.get("other") == "yes" {
        return begin(&owner).await;
    }
    if form.get("remove") == "yes" {
        return remove(&owner).await;
    }
    if form.get("cancel") == "yes" {
        return match desk.cancel_phone(&owner.visitor).await {
            Ok(()) => owner.to_page("account/phone").done(),
            Err(outage) => owner.reception.outage(&outage),
        };
    }
    if form.find("code").is_some() {
        return code_typed(owner, &form).await;
    }
    number_typed(&owner, form.find("phone")).await
}

/// Begins to add a number, or to put another in its place.
pub async fn begin(owner: &Owner) -> Response {
    match owner.reception.web.desk.begin_phone(&owner.visitor).await {
        Ok(AfterPhoneBegin::Begun | AfterPhoneBegin::Gone) => owner.to_page("account/phone").done(),
        Ok(AfterPhoneBegin::Confirm) => owner.to_page("confirm").done(),
        Ok(AfterPhoneBegin::NotOffered) => owner.reception.not_found(),
        Err(outage) => owner.reception.outage(&outage),
    }
}

/// Removes the number.
pub async fn remove(owner: &Owner) -> Response {
    let reception = &owner.reception;
    let caller = reception.caller();
    match reception.web.desk.remove_phone(&owner.visitor, &caller).await {
        Ok(AfterPhoneRemoval::Removed(renewed)) => {
            owner.on_with(*renewed, "account/phone", &Saying::PhoneRemoved)
        }
        // The page says why.
        Ok(AfterPhoneRemoval::Forbidden) => {
            page(owner, StatusCode::FORBIDDEN, owner.shell(), String::new()).await
        }
        Ok(AfterPhoneRemoval::Confirm) => owner.to_page("confirm").done(),
        Ok(AfterPhoneRemoval::Absent | AfterPhoneRemoval::Gone) => owner.to_page("account/phone").done(),
        Err(outage) => reception.outage(&outage),
    }
}

/// A number, or without one a further code for the one there is.
async fn number_typed(owner: &Owner, typed: Option<&str>) -> Response {
    let reception = &owner.reception;
    let caller = reception.caller();
    let kept = typed.unwrap_or_default().to_owned();
    let desk = &reception.web.desk;
    match desk.enter_number(typed, &owner.visitor, &caller).await {
        Ok(AfterNumber::Mailing(Mailing::Sent)) if typed.is_none() => {
            owner.to_page_saying("account/phone", &Saying::TextSent).done()
        }
        Ok(
            AfterNumber::Mailing(Mailing::Sent | Mailing::None) | AfterNumber::NotBegun | AfterNumber::Gone,
        ) => owner.to_page("account/phone").done(),
        Ok(AfterNumber::Mailing(mailing)) => {
            let shell = saying(owner, mailing, Vec::new()).await;
            page(owner, StatusCode::OK, shell, kept).await
        }
        Ok(AfterNumber::Fault(fault)) => again(owner, Complaint::Phone(fault), kept).await,
        Err(outage) => reception.outage(&outage),
    }
}

/// What is said about a message that did not simply go out.
async fn saying(owner: &Owner, mailing: Mailing, complaints: Vec<Complaint>) -> Shell {
    let reception = &owner.reception;
    let shown = reception.web.desk.phone_shown_to(&owner.visitor).await;
    let nothing = ShownPhone {
        number: None,
        sent: None,
        failed: false,
    };
    let shown = shown.ok().flatten().unwrap_or(nothing);
    Shell {
        notice: text_notice(reception, mailing, &shown),
        ..owner.shell_with(complaints)
    }
}

async fn code_typed(owner: Owner, form: &Form) -> Response {
    let reception = &owner.reception;
    let caller = reception.caller();
    let desk = &reception.web.desk;
    match desk
        .confirm_phone(form.get("code"), &owner.visitor, &caller)
        .await
    {
        Ok(AfterPhoneCode::Added { renewed, replaced }) => {
            let saying = if replaced {
                Saying::PhoneReplaced
            } else {
                Saying::PhoneAdded
            };
            owner.on_with(*renewed, "account/phone", &saying)
        }
        Ok(AfterPhoneCode::NoCode(fault)) => again(&owner, no_code(Factor::Sms, fault), String::new()).await,
        Ok(AfterPhoneCode::Refused(Verdict::Expired, mailing)) => {
            let resent = mailing == Mailing::Sent;
            let shell = saying(&owner, mailing, vec![Complaint::EmailCodeExpired { resent }]).await;
            page(&owner, StatusCode::UNPROCESSABLE_ENTITY, shell, String::new()).await
        }
        Ok(AfterPhoneCode::Refused(..)) => again(&owner, Complaint::TextCodeWrong, String::new()).await,
        // Nobody types the number twice.
        Ok(AfterPhoneCode::TooMany(number)) => {
            again(&owner, Complaint::TextCodesTooMany, number.e164().to_owned()).await
        }
        Ok(AfterPhoneCode::Waits(waits)) => reception.waits(waits),
        Ok(AfterPhoneCode::NotBegun | AfterPhoneCode::Gone) => owner.to_page("account/phone").done(),
        Err(outage) => reception.outage(&outage),
    }
}
