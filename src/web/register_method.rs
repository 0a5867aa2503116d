//! `register/method`: whoever has just registered chooses how to confirm sign-ins.
//!
//! It is a step of the first sign-in: there is an account by now, and no session yet.

use axum::response::Response;
use http::StatusCode;

use super::code::asked;
use super::reception::Reception;
use super::register::place;
use super::reply::Reply;
use super::set_up::went_on;
use super::sign_in::page_of;
use super::submission::Submission;
use super::view::register::RegisterMethod;
use super::view::{Complaint, Shell};
use crate::identity::account::Account;
use crate::identity::sign_in::Stage;

/// Whose choice it is; a flow that is at another step leads there.
async fn at_method(reception: &Reception) -> Result<Account, Response> {
    let asked = asked(reception).await?;
    match &asked.ticket {
        Some(ticket) if ticket.flow.stage == Stage::Method => Ok(asked.account),
        Some(ticket) => Err(Reply::to_page(page_of(&ticket.flow), reception).done()),
        None => Err(Reply::see_other(&reception.next_or_top()).done()),
    }
}

fn page(
    reception: &Reception,
    status: StatusCode,
    account: &Account,
    complaints: Vec<Complaint>,
) -> Response {
    let agreed = reception.web.desk.rules.load().terms.is_some();
    let step = place(reception, 4 + u32::from(agreed));
    let page = RegisterMethod {
        shell: Shell {
            complaints,
            ..reception.shell()
        },
        step,
        address: account.email.spelling().to_owned(),
    };
    Reply::page(status, &page, reception).done()
}

/// `GET register/method`.
pub async fn show(reception: Reception) -> Response {
    match at_method(&reception).await {
        Ok(account) => page(&reception, StatusCode::OK, &account, Vec::new()),
        Err(response) => response,
    }
}

/// `POST register/method`: app or email.
pub async fn submit(submission: Submission) -> Response {
    let Submission {
        reception,
        form,
        fresh,
    } = submission;
    let account = match at_method(&reception).await {
        Ok(account) => account,
        Err(response) => return response,
    };
    let again = |complaint| {
        let status = StatusCode::UNPROCESSABLE_ENTITY;
        page(&reception, status, &account, vec![complaint])
    };
    if !fresh {
        return again(Complaint::StaleForm);
    }
    let (desk, caller) = (&reception.web.desk, reception.caller());
    let after = match form.get("method") {
        "app" => desk.choose_app(&reception.cookies, &caller).await,
        "email" => desk.stay_with_email(&reception.cookies, &caller).await,
        _ => return again(Complaint::MethodMissing),
    };
    match after {
        Ok(after) => went_on(&reception, after),
        Err(outage) => reception.outage(&outage),
    }
}
