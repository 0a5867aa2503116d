//! `account/recovery-codes` and `account/recovery-codes/new`: how many are left, and new ones, shown
//! once.

use axum::response::Response;
use http::StatusCode;

use super::overview::codes_left;
use super::saying::Saying;
use super::{Owner, OwnersForm};
use crate::identity::factor::recovery::RecoveryCode;
use crate::service::recovery::{AfterNewCodes, AfterSaved};
use crate::web::recovery_file;
use crate::web::reply::Reply;
use crate::web::set_up::not_saved;
use crate::web::view::recovery::{RecoveryCodes, RecoverySheet, SheetPlace};
use crate::web::view::{Complaint, Shell};

/// `GET account/recovery-codes`.
pub async fn show(owner: Owner) -> Response {
    page(&owner, StatusCode::OK, owner.shell())
}

fn page(owner: &Owner, status: StatusCode, shell: Shell) -> Response {
    let desk = &owner.reception.web.desk;
    let Some(codes) = desk.overview(owner.visitor.account()).recovery else {
        return no_use(owner);
    };
    let page = RecoveryCodes {
        shell,
        codes: codes_left(owner, &codes),
    };
    Reply::page(status, &page, &owner.reception).done()
}

/// Codes stand in for an app: without one there is nothing to be had here.
fn no_use(owner: &Owner) -> Response {
    owner.to_page("account").done()
}

/// `POST account/recovery-codes`: new ones.
pub async fn submit(sent: OwnersForm) -> Response {
    let OwnersForm { owner, form, fresh } = sent;
    let again = |complaints| {
        let shell = owner.shell_with(complaints);
        page(&owner, StatusCode::UNPROCESSABLE_ENTITY, shell)
    };
    if !fresh {
        return again(vec![Complaint::StaleForm]);
    }
    if form.get("create") != "yes" {
        return again(Vec::new());
    }
    create(&owner).await
}

/// Makes new codes, to be shown.
pub async fn create(owner: &Owner) -> Response {
    let desk = &owner.reception.web.desk;
    match desk.new_codes(&owner.visitor).await {
        Ok(AfterNewCodes::Shown) => owner.to_page("account/recovery-codes/new").done(),
        Ok(AfterNewCodes::Confirm) => owner.to_page("confirm").done(),
        Ok(AfterNewCodes::NotOffered) => no_use(owner),
        Ok(AfterNewCodes::Gone) => owner.to_page("account/recovery-codes").done(),
        Err(outage) => owner.reception.outage(&outage),
    }
}

/// `GET account/recovery-codes/new`.
pub async fn show_new(owner: Owner) -> Response {
    match shown(&owner).await {
        Ok(codes) => sheet(&owner, StatusCode::OK, &codes, owner.shell()),
        Err(response) => response,
    }
}

async fn shown(owner: &Owner) -> Result<Vec<RecoveryCode>, Response> {
    match owner.reception.web.desk.codes_shown_to(&owner.visitor).await {
        Ok(Some(codes)) => Ok(codes),
        Ok(None) => Err(owner.to_page("account/recovery-codes").done()),
        Err(outage) => Err(owner.reception.outage(&outage)),
    }
}

fn sheet(owner: &Owner, status: StatusCode, codes: &[RecoveryCode], shell: Shell) -> Response {
    let account = owner.visitor.account();
    let replaces = account.recovery.as_ref().is_some_and(|set| set.left() > 0);
    let page = RecoverySheet {
        shell,
        place: SheetPlace::Account { replaces },
        codes: codes.iter().map(RecoveryCode::printed).collect(),
        account: account.email.spelling().to_owned(),
        today: owner.day(owner.reception.now()),
    };
    Reply::page(status, &page, &owner.reception).done()
}

/// `POST account/recovery-codes/new`: saved, or to be downloaded.
pub async fn submit_new(sent: OwnersForm) -> Response {
    let OwnersForm { owner, form, fresh } = sent;
    if !fresh {
        return sheet_again(&owner, Complaint::StaleForm).await;
    }
    if form.get("download") == "yes" {
        return match shown(&owner).await {
            Ok(codes) => recovery_file::download(&owner.reception, owner.visitor.account(), &codes),
            Err(response) => response,
        };
    }
    let reception = &owner.reception;
    let saved = form.get("saved") == "yes";
    let after = reception
        .web
        .desk
        .codes_saved(saved, &owner.visitor, &reception.caller())
        .await;
    match after {
        Ok(AfterSaved::Saved(renewed)) => {
            let (owner, renewal) = owner.renewed(*renewed);
            let reply = owner.to_page_saying("account/recovery-codes", &Saying::RecoveryCodesSaved);
            renewal.on(reply.done(), &owner)
        }
        Ok(AfterSaved::NotSaved) => sheet_again(&owner, not_saved(&owner.reception)).await,
        Ok(AfterSaved::NoCodes | AfterSaved::Gone) => owner.to_page("account/recovery-codes").done(),
        Err(outage) => reception.outage(&outage),
    }
}

async fn sheet_again(owner: &Owner, complaint: Complaint) -> Response {
    match shown(owner).await {
        Ok(codes) => {
            let shell = owner.shell_with(vec![complaint]);
            sheet(owner, StatusCode::UNPROCESSABLE_ENTITY, &codes, shell)
        }
        Err(response) => response,
    }
}
