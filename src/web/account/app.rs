//! `account/app` and `account/app/remove`: which authenticator apps there are, and taking one away.

use axum::response::Response;
use http::StatusCode;

use super::saying::Saying;
use super::{Owner, OwnersForm};
use crate::base::id::AppId;
use crate::identity::device::NAME_AT_MOST;
use crate::service::apps::{AfterBegin, AfterPlan, AfterRemoval, AfterRename, Removal};
use crate::web::reply::Reply;
use crate::web::view::app::{self as view, AccountApp, AppRemove, AppRow};
use crate::web::view::{Complaint, Shell};

/// `GET account/app`.
pub async fn show(owner: Owner) -> Response {
    page(&owner, StatusCode::OK, owner.shell(), None)
}

/// A name that was not taken, and whose it was to be.
struct Retyped<'a> {
    app: AppId,
    name: &'a str,
}

fn page(owner: &Owner, status: StatusCode, shell: Shell, retyped: Option<&Retyped<'_>>) -> Response {
    let account = owner.visitor.account();
    let desk = &owner.reception.web.desk;
    let overview = desk.overview(account);
    let Some(held) = overview.apps else {
        return owner.reception.not_found();
    };
    let rows = account.apps.iter().map(|app| AppRow {
        row: app.id.to_string(),
        name: app.name.clone(),
        added: owner.day(app.added),
        last_used: app.last_used.map(|at| owner.hour(at)),
        retyped: retyped
            .filter(|retyped| retyped.app == app.id)
            .map(|retyped| retyped.name.to_owned()),
    });
    let page = AccountApp {
        shell,
        apps: rows.collect(),
        room: desk.room_for_app(account),
        email_codes: held.email_codes,
        suspended: overview.suspended.map(|until| owner.hour(until)),
    };
    Reply::page(status, &page, &owner.reception).done()
}

fn again(owner: &Owner, complaints: Vec<Complaint>, retyped: Option<&Retyped<'_>>) -> Response {
    let shell = owner.shell_with(complaints);
    page(owner, StatusCode::UNPROCESSABLE_ENTITY, shell, retyped)
}

/// `POST account/app`: set one up, put another in its place, rename or remove one.
pub async fn submit(sent: OwnersForm) -> Response {
    let OwnersForm { owner, form, fresh } = sent;
    if !fresh {
        return again(&owner, vec![Complaint::StaleForm], None);
    }
    if form.get("begin") == "app" {
        return begin(&owner, None).await;
    }
    let wanted = ["rename", "replace", "remove"].map(|button| form.find(button));
    let Some(row) = wanted.iter().flatten().next() else {
        return again(&owner, Vec::new(), None);
    };
    match (AppId::parse(row), wanted) {
        (None, _) => owner.reception.not_found(),
        (Some(app), [Some(_), ..]) => rename(&owner, app, form.get("app_name")).await,
        (Some(app), [None, Some(_), _]) => begin(&owner, Some(app)).await,
        (Some(app), [None, None, _]) => plan_removal(&owner, app).await,
    }
}

async fn rename(owner: &Owner, app: AppId, name: &str) -> Response {
    let held = owner.visitor.account().apps.iter().any(|held| held.id == app);
    if held && name.chars().count() > NAME_AT_MOST {
        return again(
            owner,
            vec![Complaint::AppNameTooLong],
            Some(&Retyped { app, name }),
        );
    }
    let desk = &owner.reception.web.desk;
    match desk.rename_app(app, name, &owner.visitor).await {
        Ok(AfterRename::Renamed(name)) => owner
            .to_page_saying("account/app", &Saying::AppRenamed(name))
            .done(),
        Ok(AfterRename::Unknown) => owner.reception.not_found(),
        Ok(AfterRename::Gone) => owner.to_page("account/app").done(),
        Err(outage) => owner.reception.outage(&outage),
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

/// `POST account/app/remove`, or `cancel=yes`: the plan is forgotten.
pub async fn submit_remove(sent: OwnersForm) -> Response {
    let OwnersForm { owner, form, fresh } = sent;
    if !fresh {
        let stale = vec![Complaint::StaleForm];
        return remove_page(&owner, StatusCode::UNPROCESSABLE_ENTITY, stale).await;
    }
    let reception = &owner.reception;
    if form.get("cancel") == "yes" {
        return match reception.web.desk.cancel_confirm(&owner.visitor).await {
            Ok(()) => owner.to_page("account/app").done(),
            Err(outage) => reception.outage(&outage),
        };
    }
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
