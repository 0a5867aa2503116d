//! `account/app` and `account/app/remove`: which authenticator apps there are, and taking one away.

use axum::response::Response;
use http::StatusCode;

use super::saying::Saying;
use super::{Owner, OwnersForm};
use crate::base::id::AppId;
use crate::service::apps::{AfterBegin, AfterPlan, AfterRemoval, Removal};
use crate::web::reply::Reply;
use crate::web::view::app::{self as view, AccountApp, AppRemove, AppRow};
use crate::web::view::{Complaint, Shell};

/// `GET account/app`.
pub async fn show(owner: Owner) -> Response {
    page(&owner, StatusCode::OK, owner.shell())
}

fn page(owner: &Owner, status: StatusCode, shell: Shell) -> Response {
    let account = owner.visitor.account();
    let desk = &owner.reception.web.desk;
    let Some(held) = desk.overview(account).apps else {
        return owner.reception.not_found();
    };
    let rows = account.apps.iter().map(|app| AppRow {
        row: app.id.to_string(),
        name: app.name.clone(),
        added: owner.day(app.added),
        last_used: app.last_used.map(|at| owner.hour(at)),
    });
    let page = AccountApp {
        shell,
        apps: rows.collect(),
        room: desk.room_for_app(account),
        email_codes: held.email_codes,
    };
    Reply::page(status, &page, &owner.reception).done()
}

/// `POST account/app`: set one up, put another in its place, remove one.
pub async fn submit(sent: OwnersForm) -> Response {
    let OwnersForm { owner, form, fresh } = sent;
    let again = |complaints| {
        let shell = owner.shell_with(complaints);
        page(&owner, StatusCode::UNPROCESSABLE_ENTITY, shell)
    };
    if !fresh {
        return again(vec![Complaint::StaleForm]);
    }
    if form.get("begin") == "app" {
        return begin(&owner, None).await;
    }
    let (replace, remove) = (form.find("replace"), form.find("remove"));
    let Some(row) = replace.or(remove) else {
        return again(Vec::new());
    };
    match AppId::parse(row) {
        None => owner.reception.not_found(),
        Some(app) if replace.is_some() => begin(&owner, Some(app)).await,
        Some(app) => plan_removal(&owner, app).await,
    }
}

/// Begins to set up an app, in the place of another or beside them.
pub async fn begin(owner: &Owner, replaces: Option<AppId>) -> Response {
    let desk = &owner.reception.web.desk;
    match desk.begin_app(replaces, &owner.visitor).await {
        Ok(AfterBegin::Begun) => owner.to_page("account/app/setup").done(),
        Ok(AfterBegin::Confirm) => owner.to_page("confirm").done(),
        Ok(AfterBegin::Full | AfterBegin::Gone) => owner.to_page("account/app").done(),
        Ok(AfterBegin::NotOffered | AfterBegin::Unknown) => owner.reception.not_found(),
        Err(outage) => owner.reception.outage(&outage),
    }
}

async fn plan_removal(owner: &Owner, app: AppId) -> Response {
    let desk = &owner.reception.web.desk;
    match desk.plan_app_removal(app, &owner.visitor).await {
        Ok(AfterPlan::Planned) => owner.to_page("account/app/remove").done(),
        Ok(AfterPlan::Confirm) => owner.to_page("confirm").done(),
        Ok(AfterPlan::Unknown) => owner.reception.not_found(),
        Ok(AfterPlan::Gone) => owner.to_page("account/app").done(),
        Err(outage) => owner.reception.outage(&outage),
    }
}

/// `GET account/app/remove`: what it means.
pub async fn show_remove(owner: Owner) -> Response {
    remove_page(&owner, StatusCode::OK, Vec::new()).await
}

async fn remove_page(owner: &Owner, status: StatusCode, complaints: Vec<Complaint>) -> Response {
    let desk = &owner.reception.web.desk;
    let (app, removal) = match desk.planned_app_removal(&owner.visitor).await {
        Ok(Some(planned)) => planned,
        Ok(None) => return owner.to_page("account/app").done(),
        Err(outage) => return owner.reception.outage(&outage),
    };
    let page = AppRemove {
        shell: owner.shell_with(complaints),
        name: app.name,
        after: match removal {
            Removal::EmailCodes => view::AfterRemoval::EmailCodes,
            Removal::TextMessages => view::AfterRemoval::TextMessages,
            Removal::AnotherApp => view::AfterRemoval::AnotherApp,
            Removal::PasswordOnly => view::AfterRemoval::PasswordOnly,
            Removal::Forbidden => view::AfterRemoval::Blocked,
        },
    };
    Reply::page(status, &page, &owner.reception).done()
}

/// `POST account/app/remove`.
pub async fn submit_remove(sent: OwnersForm) -> Response {
    let OwnersForm { owner, fresh, .. } = sent;
    if !fresh {
        let stale = vec![Complaint::StaleForm];
        return remove_page(&owner, StatusCode::UNPROCESSABLE_ENTITY, stale).await;
    }
    let reception = &owner.reception;
    let caller = reception.caller();
    match reception.web.desk.remove_app(&owner.visitor, &caller).await {
        Ok(AfterRemoval::Removed(renewed)) => {
            let (owner, renewal) = owner.renewed(*renewed);
            let reply = owner.to_page_saying("account/app", &Saying::AppRemoved);
            renewal.on(reply.done(), &owner)
        }
        // The page says why.
        Ok(AfterRemoval::Forbidden) => remove_page(&owner, StatusCode::FORBIDDEN, Vec::new()).await,
        Ok(AfterRemoval::Confirm) => owner.to_page("confirm").done(),
        Ok(AfterRemoval::NotPlanned | AfterRemoval::Gone) => owner.to_page("account/app").done(),
        Err(outage) => reception.outage(&outage),
    }
}
