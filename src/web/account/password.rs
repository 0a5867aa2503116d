//! `account/password`: the current one, and a new one.
//!
//! The page asks for the current password itself; a second factor that is stale is asked for before
//! the page is shown.

use axum::response::Response;
use http::StatusCode;

use super::saying::Saying;
use super::{Owner, OwnersForm};
use crate::identity::confirm::Intent;
use crate::service::password::AfterNewPassword;
use crate::web::reply::Reply;
use crate::web::view::account::AccountPassword;
use crate::web::view::{Complaint, Shell};

/// `GET account/password`.
pub async fn show(owner: Owner) -> Response {
    let desk = &owner.reception.web.desk;
    if desk.must_confirm(&Intent::ChangePassword, &owner.visitor) {
        return owner.to_page("confirm?for=password").done();
    }
    page(&owner, StatusCode::OK, owner.shell())
}

fn page(owner: &Owner, status: StatusCode, shell: Shell) -> Response {
    let page = AccountPassword {
        shell,
        username: owner.visitor.account().email.spelling().to_owned(),
        least: owner.reception.web.desk.rules.load().passwords.min_length,
    };
    Reply::page(status, &page, &owner.reception).done()
}

fn again(owner: &Owner, complaints: Vec<Complaint>) -> Response {
    page(
        owner,
        StatusCode::UNPROCESSABLE_ENTITY,
        owner.shell_with(complaints),
    )
}

/// `POST account/password`.
pub async fn submit(sent: OwnersForm) -> Response {
    let OwnersForm { owner, form, fresh } = sent;
    if !fresh {
        return again(&owner, vec![Complaint::StaleForm]);
    }
    let (current, new) = (form.get("current_password"), form.get("new_password"));
    let missing: Vec<Complaint> = [
        current.is_empty().then_some(Complaint::CurrentPasswordMissing),
        new.is_empty().then_some(Complaint::NewPasswordMissing),
    ]
    .into_iter()
    .flatten()
    .collect();
    if !missing.is_empty() {
        return again(&owner, missing);
    }
    let reception = &owner.reception;
    let after = reception
        .web
        .desk
        .change_password(
            current,
            new,
            &owner.visitor,
            &reception.cookies,
            &reception.caller(),
        )
        .await;
    match after {
        Ok(AfterNewPassword::Changed(renewed)) => {
            let (owner, renewal) = owner.renewed(*renewed);
            let reply = owner.to_page_saying("account", &Saying::PasswordChanged);
            renewal.on(reply.done(), &owner)
        }
        Ok(AfterNewPassword::Refused(refusal)) => again(&owner, vec![refusal.into()]),
        Ok(AfterNewPassword::Same) => again(&owner, vec![Complaint::NewPasswordSame]),
        Ok(AfterNewPassword::CurrentWrong | AfterNewPassword::CurrentTooLong) => {
            again(&owner, vec![Complaint::CurrentPasswordWrong])
        }
        Ok(AfterNewPassword::Confirm) => owner.to_page("confirm?for=password").done(),
        Ok(AfterNewPassword::Waits(waits)) => reception.waits(waits),
        Ok(AfterNewPassword::Busy) => reception.busy(),
        Ok(AfterNewPassword::Ended) => owner.signed_out_by_misses(),
        Ok(AfterNewPassword::Gone) => owner.to_page("account/password").done(),
        Err(outage) => reception.outage(&outage),
    }
}
