//! `setup/phone`: a number, and the code that is sent to it, before the app.

use axum::response::Response;
use http::StatusCode;

use super::code::no_code;
use super::phone::{text_notice, way_page};
use super::reception::Reception;
use super::reply::Reply;
use super::set_up::{at_open_step, place, went_on, with};
use super::sign_in::{self, step};
use super::submission::Submission;
use super::view::phone::PhonePlace;
use super::view::{Complaint, Notice};
use crate::identity::account::Account;
use crate::identity::assurance;
use crate::identity::factor::{Factor, Verdict};
use crate::identity::set_up::SetUpStep;
use crate::identity::settings::PhoneStep;
use crate::identity::sign_in::SetUp;
use crate::service::factor::AfterCode;
use crate::service::phone::ShownPhone;
use crate::service::set_up::AfterSetUp;
use crate::service::set_up_phone::AfterSetUpNumber;
use crate::service::sign_in::{Mailing, Ticket};

fn at_phone(at: &SetUp) -> bool {
    matches!(at, SetUp::Phone(_))
}

/// `GET setup/phone`.
pub async fn show(reception: Reception) -> Response {
    let sent = reception.said.as_deref() == Some("code-sent");
    match at_open_step(&reception, at_phone).await {
        Ok((ticket, account)) => {
            let notice = sent.then_some(Notice::TextSentAgain);
            let say = Say {
                notice,
                ..Say::default()
            };
            page(&reception, StatusCode::OK, &ticket, &account, say)
        }
        Err(response) => response,
    }
}

/// What a page says besides.
#[derive(Default)]
struct Say {
    typed: String,
    complaints: Vec<Complaint>,
    notice: Option<Notice>,
}

fn page(reception: &Reception, status: StatusCode, ticket: &Ticket, account: &Account, say: Say) -> Response {
    let shown = match shown(reception, ticket, account) {
        Ok(shown) => shown,
        Err(response) => return *response,
    };
    let rules = reception.web.desk.rules.load();
    let skip = assurance::phone_step(account, &rules.second_factor) != Some(PhoneStep::Required);
    let failed = shown.failed && shown.sent.is_none();
    let notice = say
        .notice
        .or(failed.then_some(Notice::TextFailed { other_ways: false }));
    let shell = with(reception, say.complaints, notice);
    let place = PhonePlace::Wizard {
        step: place(reception, Some(ticket), account, SetUpStep::Phone),
        skip,
    };
    let page = way_page(reception, shell, place, shown, say.typed, None);
    Reply::page(status, &page, reception).done()
}

fn shown(reception: &Reception, ticket: &Ticket, account: &Account) -> Result<ShownPhone, Box<Response>> {
    match reception.web.desk.shown_number(&ticket.flow, account) {
        Ok(Some(shown)) => Ok(shown),
        Ok(None) => Err(Box::new(
            Reply::to_page(sign_in::page_of(&ticket.flow), reception).done(),
        )),
        Err(outage) => Err(Box::new(reception.outage(&outage))),
    }
}

/// `POST setup/phone`: a number, its code, another code, another number, or none.
pub async fn submit(submission: Submission) -> Response {
    let Submission {
        reception,
        form,
        fresh,
    } = submission;
    let (ticket, account) = match at_open_step(&reception, at_phone).await {
        Ok(found) => found,
        Err(response) => return response,
    };
    let typed = form.find("phone").map(str::to_owned);
    if !fresh {
        let say = Say {
            typed: typed.unwrap_or_default(),
            complaints: vec![Complaint::StaleForm],
            notice: None,
        };
        return page(
            &reception,
            StatusCode::UNPROCESSABLE_ENTITY,
            &ticket,
            &account,
            say,
        );
    }
    let desk = &reception.web.desk;
    let caller = reception.caller();
    if form.get("skip") == "yes" {
        return settled(
            &reception,
            desk.set_up_skip_phone(&reception.cookies, &caller).await,
        );
    }
    if form.get("other") == "yes" {
        return settled(
            &reception,
            desk.set_up_other_number(&reception.cookies, &caller).await,
        );
    }
    if let Some(code) = form.find("code") {
        return code_typed(&reception, &ticket, &account, code).await;
    }
    number_typed(&reception, &account, typed).await
}

fn settled(reception: &Reception, after: Result<AfterCode, crate::service::Outage>) -> Response {
    match after {
        Ok(after) => went_on(reception, after),
        Err(outage) => reception.outage(&outage),
    }
}

/// A number, or without one a further code for the one there is.
async fn number_typed(reception: &Reception, account: &Account, typed: Option<String>) -> Response {
    let after = reception
        .web
        .desk
        .set_up_number(typed.as_deref(), &reception.cookies, &reception.caller())
        .await;
    match after {
        Ok(AfterSetUpNumber::Mailing(_, Mailing::Sent)) if typed.is_none() => {
            Reply::to_page_saying("setup/phone", "code-sent", reception).done()
        }
        Ok(AfterSetUpNumber::Mailing(ticket, Mailing::Sent | Mailing::None)) => step(reception, &ticket),
        Ok(AfterSetUpNumber::Mailing(ticket, mailing)) => {
            let notice = match shown(reception, &ticket, account) {
                Ok(shown) => text_notice(reception, mailing, &shown),
                Err(response) => return *response,
            };
            let say = Say {
                typed: typed.unwrap_or_default(),
                notice,
                ..Say::default()
            };
            page(reception, StatusCode::OK, &ticket, account, say)
        }
        Ok(AfterSetUpNumber::Fault(ticket, fault)) => {
            let say = Say {
                typed: typed.unwrap_or_default(),
                complaints: vec![Complaint::Phone(fault)],
                notice: None,
            };
            page(reception, StatusCode::UNPROCESSABLE_ENTITY, &ticket, account, say)
        }
        Ok(AfterSetUpNumber::Flow(after)) => went_on(reception, after),
        Err(outage) => reception.outage(&outage),
    }
}

async fn code_typed(reception: &Reception, asked: &Ticket, account: &Account, code: &str) -> Response {
    let number = match shown(reception, asked, account) {
        Ok(shown) => shown.number,
        Err(response) => return *response,
    };
    let after = reception
        .web
        .desk
        .set_up_phone_code(code, &reception.cookies, &reception.caller())
        .await;
    let again = |ticket: &Ticket, complaint, notice| {
        let say = Say {
            complaints: vec![complaint],
            notice,
            ..Say::default()
        };
        page(reception, StatusCode::UNPROCESSABLE_ENTITY, ticket, account, say)
    };
    match after {
        Ok((AfterSetUp::NotConfirmed(ticket, Verdict::Expired), mailing)) => {
            let notice = match shown(reception, &ticket, account) {
                Ok(shown) => text_notice(reception, mailing, &shown),
                Err(response) => return *response,
            };
            let resent = mailing == Mailing::Sent;
            again(&ticket, Complaint::EmailCodeExpired { resent }, notice)
        }
        Ok((AfterSetUp::NotConfirmed(ticket, _), _)) => again(&ticket, Complaint::TextCodeWrong, None),
        Ok((AfterSetUp::TooMany(ticket), _)) => {
            let say = Say {
                // Nobody types it twice.
                typed: number.map_or_else(String::new, |number| number.e164().to_owned()),
                complaints: vec![Complaint::TextCodesTooMany],
                notice: None,
            };
            page(reception, StatusCode::UNPROCESSABLE_ENTITY, &ticket, account, say)
        }
        Ok((AfterSetUp::Flow(AfterCode::NoCode(ticket, fault)), _)) => {
            again(&ticket, no_code(Factor::Sms, fault), None)
        }
        Ok((AfterSetUp::Flow(after), _)) => went_on(reception, after),
        Ok((AfterSetUp::NotSaved(ticket), _)) => step(reception, &ticket),
        Err(outage) => reception.outage(&outage),
    }
}
