//! `account/details`: first and last name; the address is to read.

use axum::response::Response;
use http::StatusCode;

use super::saying::Saying;
use super::{Owner, OwnersForm};
use crate::identity::account::PERSON_NAME_AT_MOST;
use crate::service::profile::AfterNames;
use crate::web::reply::Reply;
use crate::web::view::account::AccountDetails;
use crate::web::view::{Complaint, Shell};

/// `GET account/details`.
pub async fn show(owner: Owner) -> Response {
    let account = owner.visitor.account();
    page(
        &owner,
        StatusCode::OK,
        owner.shell(),
        &account.first_name,
        &account.last_name,
    )
}

fn page(owner: &Owner, status: StatusCode, shell: Shell, first: &str, last: &str) -> Response {
    let page = AccountDetails {
        shell,
        first_name: first.to_owned(),
        last_name: last.to_owned(),
        email: owner.visitor.account().email.spelling().to_owned(),
    };
    Reply::page(status, &page, &owner.reception).done()
}

/// `POST account/details`.
pub async fn submit(sent: OwnersForm) -> Response {
    let OwnersForm { owner, form, fresh } = sent;
    let (first, last) = (form.get("given_name"), form.get("family_name"));
    let too_long = |name: &str| name.trim().chars().count() > PERSON_NAME_AT_MOST;
    let complaints: Vec<Complaint> = [
        (!fresh).then_some(Complaint::StaleForm),
        (fresh && too_long(first)).then_some(Complaint::FirstNameTooLong),
        (fresh && too_long(last)).then_some(Complaint::LastNameTooLong),
    ]
    .into_iter()
    .flatten()
    .collect();
    if !complaints.is_empty() {
        let shell = owner.shell_with(complaints);
        return page(&owner, StatusCode::UNPROCESSABLE_ENTITY, shell, first, last);
    }
    let desk = &owner.reception.web.desk;
    match desk.change_names(first, last, &owner.visitor).await {
        Ok(AfterNames::Saved) => owner
            .to_page_saying("account/details", &Saying::DetailsSaved)
            .done(),
        Ok(AfterNames::Gone) => owner.to_page("account/details").done(),
        Err(outage) => owner.reception.outage(&outage),
    }
}
