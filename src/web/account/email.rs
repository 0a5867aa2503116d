//! `account/email`: another address, which has to be confirmed where it leads.

use axum::response::Response;
use http::StatusCode;

use super::saying::Saying;
use super::{Owner, OwnersForm};
use crate::identity::account::EmailAddress;
use crate::identity::confirm::Intent;
use crate::identity::throttle::Waits;
use crate::service::email_change::AfterNewAddress;
use crate::web::reply::Reply;
use crate::web::view::email::AccountEmail;
use crate::web::view::{Complaint, Notice, Shell};

/// `GET account/email`.
pub async fn show(owner: Owner) -> Response {
    let desk = &owner.reception.web.desk;
    if desk.must_confirm(&Intent::ChangeEmail(None), &owner.visitor) {
        return owner.to_page("confirm?for=email").done();
    }
    page(&owner, StatusCode::OK, owner.shell(), "")
}

fn page(owner: &Owner, status: StatusCode, shell: Shell, typed: &str) -> Response {
    let page = AccountEmail {
        shell,
        present: owner.visitor.account().email.spelling().to_owned(),
        typed: typed.to_owned(),
    };
    Reply::page(status, &page, &owner.reception).done()
}

fn again(owner: &Owner, complaint: Complaint, typed: &str) -> Response {
    let shell = owner.shell_with(vec![complaint]);
    page(owner, StatusCode::UNPROCESSABLE_ENTITY, shell, typed)
}

/// `POST account/email`.
pub async fn submit(sent: OwnersForm) -> Response {
    let OwnersForm { owner, form, fresh } = sent;
    let typed = form.get("email");
    if !fresh {
        return again(&owner, Complaint::StaleForm, typed);
    }
    if typed.trim().is_empty() {
        return again(&owner, Complaint::NewEmailMissing, typed);
    }
    match EmailAddress::parse(typed) {
        Ok(address) => change(&owner, &address).await,
        Err(_) => again(&owner, Complaint::NewEmailMalformed, typed),
    }
}

/// Sends the link to the new address.
pub async fn change(owner: &Owner, address: &EmailAddress) -> Response {
    let reception = &owner.reception;
    let typed = address.spelling();
    let after = reception
        .web
        .desk
        .change_email(address, &owner.visitor, &reception.caller())
        .await;
    match after {
        Ok(AfterNewAddress::Sent) => {
            let saying = Saying::EmailLinkSent(typed.to_owned());
            owner.to_page_saying("account/email", &saying).done()
        }
        Ok(AfterNewAddress::Confirm) => owner.to_page("confirm").done(),
        Ok(AfterNewAddress::Same) => again(owner, Complaint::NewEmailSame, typed),
        Ok(AfterNewAddress::TooMany) => again(owner, Complaint::NewEmailTooMany, typed),
        Ok(AfterNewAddress::Limited(Waits::Until(until))) => {
            let wait = reception.words.wait(until.since(reception.now()));
            let shell = reception.shell_saying(Some(Notice::EmailLinkLimit { wait }));
            page(owner, StatusCode::OK, shell, typed)
        }
        Ok(AfterNewAddress::Limited(waits @ Waits::Closed)) => reception.waits(waits),
        Ok(AfterNewAddress::Gone) => owner.to_page("account/email").done(),
        Err(outage) => reception.outage(&outage),
    }
}
