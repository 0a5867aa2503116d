//! `account`: everything at a glance.

use axum::response::Response;
use http::StatusCode;

use super::Owner;
use crate::service::profile::{AppsHeld, CodesHeld};
use crate::web::reply::Reply;
use crate::web::view::account::{Account, AppState};
use crate::web::view::recovery::CodesLeft;

/// `GET account`.
pub async fn show(owner: Owner) -> Response {
    let account = owner.visitor.account();
    let desk = &owner.reception.web.desk;
    let overview = desk.overview(account);
    let sessions = match desk.sessions_held(&owner.visitor).await {
        Ok(sessions) => sessions.len(),
        Err(outage) => return owner.reception.outage(&outage),
    };
    let number = match owner.phone() {
        Ok(number) => number,
        Err(response) => return *response,
    };
    let phone = account.phone.as_ref().zip(number);
    let phone = phone.map(|(phone, number)| (number, owner.day(phone.verified)));
    let page = Account {
        shell: owner.shell(),
        name: account.display_name(),
        email: account.email.spelling().to_owned(),
        password_changed: overview.password_changed.map(|at| owner.day(at)),
        app: overview.apps.map(|apps| app_state(&owner, apps)),
        phone: owner.reception.web.desk.has_phone_page(account).then_some(phone),
        devices: overview.devices.map(count),
        recovery: overview.recovery.map(|codes| codes_left(&owner, &codes)),
        sessions: count(sessions),
        suspended: overview.suspended.map(|until| owner.hour(until)),
    };
    Reply::page(StatusCode::OK, &page, &owner.reception).done()
}

fn app_state(owner: &Owner, apps: AppsHeld) -> AppState {
    match apps.since {
        Some(since) => AppState::On {
            since: owner.day(since),
            count: count(apps.count),
        },
        None => AppState::Off {
            email_codes: apps.email_codes,
        },
    }
}

/// Recovery codes, as pages show them. `None`: none were made.
pub fn codes_left(owner: &Owner, codes: &CodesHeld) -> Option<CodesLeft> {
    codes.created.map(|created| CodesLeft {
        left: count(codes.left),
        total: count(codes.total),
        created: owner.day(created),
        used: codes.used.iter().map(|at| owner.hour(*at)).collect(),
        few: codes.few,
    })
}

fn count(things: usize) -> u32 {
    u32::try_from(things).unwrap_or(u32::MAX)
}
