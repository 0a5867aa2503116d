//! `account/app/setup`: scan, type, name.
//!
//! The page shows a secret that was begun at `account/app`; by itself it begins nothing. The same
//! secret is shown until its first code was right, too many were wrong, or its 15 minutes are over.

use axum::response::Response;
use http::StatusCode;

use super::saying::Saying;
use super::{Owner, OwnersForm};
use crate::identity::device::NAME_AT_MOST;
use crate::identity::factor::Factor;
use crate::service::apps::AfterFirstCode;
use crate::service::renew::Renewed;
use crate::web::code::no_code;
use crate::web::reply::Reply;
use crate::web::set_up::{not_confirmed, scan_page};
use crate::web::view::app::SetupPlace;
use crate::web::view::edge::Obstacle;
use crate::web::view::{Complaint, Notice};

/// `GET account/app/setup`.
pub async fn show(owner: Owner) -> Response {
    page(&owner, StatusCode::OK, None, Vec::new()).await
}

async fn page(
    owner: &Owner,
    status: StatusCode,
    typed_name: Option<String>,
    complaints: Vec<Complaint>,
) -> Response {
    let reception = &owner.reception;
    let shown = match reception.web.desk.app_shown_to(&owner.visitor).await {
        Ok(Some(shown)) => shown,
        Ok(None) => return owner.to_page("account/app").done(),
        Err(outage) => return reception.outage(&outage),
    };
    let mut shell = owner.shell_with(complaints);
    shell.notice = shown.voided.map(Notice::AppSetupAnew);
    let page = scan_page(
        reception,
        shell,
        SetupPlace::Account,
        &shown.secret,
        owner.visitor.account(),
        shown.replaces.map(|app| app.name),
        typed_name,
    );
    match page {
        Some(page) => Reply::page(status, &page, reception).done(),
        None => reception.obstacle(StatusCode::SERVICE_UNAVAILABLE, Obstacle::StoreDown),
    }
}

/// `POST account/app/setup`: the first code.
pub async fn submit(sent: OwnersForm) -> Response {
    let OwnersForm { owner, form, fresh } = sent;
    let name = form.get("app_name");
    if !fresh {
        return again(&owner, name, Complaint::StaleForm).await;
    }
    if name.chars().count() > NAME_AT_MOST {
        return again(&owner, name, Complaint::AppNameTooLong).await;
    }
    let reception = &owner.reception;
    let otherwise = reception.words.say("app-setup-name-default");
    let after = reception
        .web
        .desk
        .confirm_app(
            form.get("code"),
            name,
            &otherwise,
            &owner.visitor,
            &reception.caller(),
        )
        .await;
    match after {
        Ok(AfterFirstCode::Added {
            renewed,
            replaced,
            codes,
        }) => added(owner, *renewed, replaced, codes),
        Ok(AfterFirstCode::NoCode(fault)) => again(&owner, name, no_code(Factor::App, fault)).await,
        Ok(AfterFirstCode::Refused(verdict)) => {
            let complaint = not_confirmed(verdict).unwrap_or(Complaint::SetupCodeWrong);
            again(&owner, name, complaint).await
        }
        // The page says so itself, for as long as it shows the secret that came after.
        Ok(AfterFirstCode::TooMany) => {
            let typed_name = Some(name.to_owned());
            page(&owner, StatusCode::UNPROCESSABLE_ENTITY, typed_name, Vec::new()).await
        }
        // The page says that it shows another secret now, or that there is none.
        Ok(AfterFirstCode::Renewed | AfterFirstCode::NotBegun | AfterFirstCode::Gone) => {
            owner.to_page("account/app/setup").done()
        }
        Ok(AfterFirstCode::Confirm) => owner.to_page("confirm").done(),
        Ok(AfterFirstCode::Full) => owner.to_page("account/app").done(),
        Ok(AfterFirstCode::Waits(waits)) => reception.waits(waits),
        Err(outage) => reception.outage(&outage),
    }
}

async fn again(owner: &Owner, name: &str, complaint: Complaint) -> Response {
    let typed_name = Some(name.to_owned());
    page(
        owner,
        StatusCode::UNPROCESSABLE_ENTITY,
        typed_name,
        vec![complaint],
    )
    .await
}

fn added(owner: Owner, renewed: Renewed, replaced: bool, codes: bool) -> Response {
    let (owner, renewal) = owner.renewed(renewed);
    let saying = if replaced {
        Saying::AppReplaced
    } else {
        Saying::AppAdded
    };
    let next = if codes {
        "account/recovery-codes/new"
    } else {
        "account/app"
    };
    renewal.on(owner.to_page_saying(next, &saying).done(), &owner)
}
