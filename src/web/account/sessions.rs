//! `account/sessions`: where somebody is signed in, and ending that.

use axum::response::Response;
use http::StatusCode;

use super::saying::Saying;
use super::{Owner, OwnersForm};
use crate::base::id::SessionId;
use crate::service::sessions::{AfterEndMany, AfterEndOne, HeldSession};
use crate::web::reply::Reply;
use crate::web::sign_out;
use crate::web::trust::default_device_name;
use crate::web::view::sessions::{AccountSessions, SessionRow};
use crate::web::view::sign_in::Remembered;
use crate::web::view::{Complaint, Shell};

/// `GET account/sessions`.
pub async fn show(owner: Owner) -> Response {
    page(&owner, StatusCode::OK, owner.shell()).await
}

async fn page(owner: &Owner, status: StatusCode, shell: Shell) -> Response {
    let desk = &owner.reception.web.desk;
    let held = match desk.sessions_held(&owner.visitor).await {
        Ok(held) => held,
        Err(outage) => return owner.reception.outage(&outage),
    };
    let page = AccountSessions {
        shell,
        sessions: held.iter().map(|held| row(owner, held)).collect(),
        remembers: desk
            .overview(owner.visitor.account())
            .devices
            .is_some_and(|devices| devices > 0),
    };
    Reply::page(status, &page, &owner.reception).done()
}

fn row(owner: &Owner, held: &HeldSession) -> SessionRow {
    let session = &held.session;
    let elsewhere = session.site != owner.reception.arrival.site.host;
    SessionRow {
        row: session.id.to_string(),
        name: default_device_name(&owner.reception, session.user_agent),
        this_session: held.here,
        site: elsewhere.then(|| session.site.clone()),
        started: owner.hour(session.opened),
        last_used: owner.hour(held.last_used),
    }
}

/// `POST account/sessions`: end one, end all others, or sign out everywhere.
pub async fn submit(sent: OwnersForm) -> Response {
    let OwnersForm { owner, form, fresh } = sent;
    if !fresh {
        return again(&owner, vec![Complaint::StaleForm]).await;
    }
    if form.get("everywhere") == "yes" {
        return everywhere(owner).await;
    }
    if form.get("end_others") == "yes" {
        return end_others(&owner).await;
    }
    match form.find("end") {
        None => again(&owner, Vec::new()).await,
        Some(row) => match SessionId::parse(row) {
            Some(session) => end(&owner, session).await,
            None => owner.reception.not_found(),
        },
    }
}

async fn again(owner: &Owner, complaints: Vec<Complaint>) -> Response {
    let shell = owner.shell_with(complaints);
    page(owner, StatusCode::UNPROCESSABLE_ENTITY, shell).await
}

async fn end(owner: &Owner, session: SessionId) -> Response {
    let reception = &owner.reception;
    let desk = &reception.web.desk;
    match desk
        .end_session(session, &owner.visitor, &reception.caller())
        .await
    {
        Ok(AfterEndOne::Ended) => owner
            .to_page_saying("account/sessions", &Saying::SessionEnded)
            .done(),
        // Whoever means this very session is asked as anybody is who signs out.
        Ok(AfterEndOne::Here) => owner.to_page("sign-out").done(),
        Ok(AfterEndOne::Unknown) => reception.not_found(),
        Ok(AfterEndOne::Gone) => owner.to_page("account/sessions").done(),
        Err(outage) => reception.outage(&outage),
    }
}

async fn end_others(owner: &Owner) -> Response {
    let reception = &owner.reception;
    let desk = &reception.web.desk;
    match desk.end_other_sessions(&owner.visitor, &reception.caller()).await {
        Ok(AfterEndMany::Ended) => owner
            .to_page_saying("account/sessions", &Saying::OthersEnded)
            .done(),
        Ok(AfterEndMany::Gone) => owner.to_page("account/sessions").done(),
        Err(outage) => reception.outage(&outage),
    }
}

/// The session that asks ends with all others: the goodbye follows.
async fn everywhere(owner: Owner) -> Response {
    let caller = owner.reception.caller();
    let desk = &owner.reception.web.desk;
    match desk.sign_out_everywhere(&owner.visitor, &caller).await {
        Ok(AfterEndMany::Ended) => {
            // Other accounts may trust this browser too: its device cookie stays.
            sign_out::goodbye(owner.reception, Remembered::No, None).done()
        }
        Ok(AfterEndMany::Gone) => owner.to_page("account/sessions").done(),
        Err(outage) => owner.reception.outage(&outage),
    }
}
