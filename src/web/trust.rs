//! What follows a sign-in: the trust question, and how many recovery codes are left.

use axum::response::Response;
use http::StatusCode;

use super::cookie::Kind;
use super::reception::Reception;
use super::recovery_file;
use super::reply::Reply;
use super::resume;
use super::submission::Submission;
use super::view::code::{FreshCode, RecoveryUsed};
use super::view::{Complaint, Moment, Shell, sign_in as view};
use crate::base::client::UserAgent;
use crate::identity::device::NAME_AT_MOST;
use crate::identity::factor::recovery::{RecoveryCode, RecoverySet};
use crate::service::trust::Answer;
use crate::service::visit::Visitor;
use crate::store::Arrival;

/// "Firefox on Windows", in the words of the page.
pub fn default_device_name(reception: &Reception, agent: UserAgent) -> String {
    let words = &reception.words;
    match (agent.browser.name(), agent.system.name()) {
        (Some(browser), Some(system)) => words.say_with(
            "device-browser-on-system",
            &[("browser", browser.into()), ("system", system.into())],
        ),
        (Some(name), None) | (None, Some(name)) => name.to_owned(),
        (None, None) => words.say("device-unknown"),
    }
}

/// `GET trust`.
pub async fn show(reception: Reception) -> Response {
    let name = default_device_name(&reception, reception.caller().user_agent);
    page(&reception, StatusCode::OK, name, Vec::new()).await
}

async fn page(
    reception: &Reception,
    status: StatusCode,
    device_name: String,
    complaints: Vec<Complaint>,
) -> Response {
    let Some(visitor) = &reception.visitor else {
        return Reply::to_page("sign-in", reception).done();
    };
    match reception.web.desk.arrival_of(&visitor.cookie()).await {
        Ok(Some(arrival)) if arrival.ask_trust => {}
        Ok(Some(arrival)) => return Reply::onward(&arrival.next, arrival.resumes, reception).done(),
        Ok(None) => return Reply::see_other("/").done(),
        Err(outage) => return reception.outage(&outage),
    }
    let replaces = reception
        .web
        .desk
        .device_that_makes_room(visitor.account())
        .map(|device| device.name.clone());
    let lifetime = reception
        .words
        .length(reception.web.desk.rules.load().trusted_devices.lifetime);
    let mut shell = reception.shell();
    shell.complaints = complaints;
    Reply::page(
        status,
        &view::Trust {
            shell,
            device_name,
            lifetime,
            replaces,
        },
        reception,
    )
    .done()
}

/// `POST trust`.
pub async fn submit(submission: Submission) -> Response {
    let Submission {
        reception,
        form,
        fresh,
    } = submission;
    let Some(visitor) = &reception.visitor else {
        return Reply::to_page("sign-in", &reception).done();
    };
    let typed = form.get("device_name");
    if !fresh {
        return page(
            &reception,
            StatusCode::UNPROCESSABLE_ENTITY,
            typed.to_owned(),
            vec![Complaint::StaleForm],
        )
        .await;
    }
    if typed.chars().count() > NAME_AT_MOST {
        return page(
            &reception,
            StatusCode::UNPROCESSABLE_ENTITY,
            typed.to_owned(),
            vec![Complaint::DeviceNameTooLong],
        )
        .await;
    }
    let caller = reception.caller();
    let otherwise = default_device_name(&reception, caller.user_agent);
    let answer = match form.get("trust") {
        "yes" => Answer::Yes {
            name: typed,
            otherwise: &otherwise,
        },
        "no" => Answer::No,
        // Neither button: the question is still open.
        _ => {
            return page(
                &reception,
                StatusCode::UNPROCESSABLE_ENTITY,
                typed.to_owned(),
                Vec::new(),
            )
            .await;
        }
    };
    match reception
        .web
        .desk
        .answer_trust(answer, &visitor.cookie(), &reception.cookies, &caller)
        .await
    {
        Ok(Some(answered)) => {
            let mut reply = Reply::onward(&answered.next, answered.resumes, &reception);
            if let Some(device) = &answered.device {
                let lifetime = reception.web.desk.rules.load().trusted_devices.lifetime;
                reply.set(Kind::Device, device, Some(lifetime), &reception);
            }
            reply.done()
        }
        Ok(None) => Reply::see_other("/").done(),
        Err(outage) => reception.outage(&outage),
    }
}

/// `GET code/recovery/used`.
pub async fn show_recovery_used(reception: Reception) -> Response {
    recovery_used(&reception, StatusCode::OK, Vec::new()).await
}

/// Whoever has just used a recovery code, and what they are told of it.
async fn at_recovery_used(reception: &Reception) -> Result<(&Visitor, Arrival), Response> {
    let Some(visitor) = &reception.visitor else {
        return Err(Reply::to_page("sign-in", reception).done());
    };
    match reception.web.desk.arrival_of(&visitor.cookie()).await {
        Ok(Some(arrival)) if arrival.recovery_used => Ok((visitor, arrival)),
        Ok(_) => Err(Reply::see_other("/").done()),
        Err(outage) => Err(reception.outage(&outage)),
    }
}

async fn recovery_used(reception: &Reception, status: StatusCode, complaints: Vec<Complaint>) -> Response {
    let (visitor, arrival) = match at_recovery_used(reception).await {
        Ok(found) => found,
        Err(response) => return response,
    };
    let (account, desk) = (visitor.account(), &reception.web.desk);
    let fresh = match desk.fresh_code(&arrival, account.id) {
        Ok(codes) => codes,
        Err(outage) => return reception.outage(&outage),
    };
    let left = account.recovery.as_ref().map_or(0, RecoverySet::left);
    let page = RecoveryUsed {
        shell: Shell {
            complaints,
            ..reception.shell()
        },
        left: u32::try_from(left).unwrap_or(u32::MAX),
        few: left <= desk.rules.load().second_factor.recovery_codes.warn_at,
        go_on: if arrival.resumes {
            reception.shell().url(resume::PAGE)
        } else {
            arrival.next
        },
        fresh: (!fresh.is_empty()).then(|| FreshCode {
            codes: fresh.iter().map(RecoveryCode::printed).collect(),
            account: account.email.spelling().to_owned(),
            today: Moment::date(&reception.words, reception.now(), &reception.zone()),
            sign_in_next: false,
        }),
    };
    Reply::page(status, &page, reception).done()
}

/// `POST code/recovery/used`: the fresh code was saved, or is to be downloaded.
pub async fn submit_recovery_used(submission: Submission) -> Response {
    let Submission {
        reception,
        form,
        fresh,
    } = submission;
    let (visitor, arrival) = match at_recovery_used(&reception).await {
        Ok(found) => found,
        Err(response) => return response,
    };
    let again =
        async |complaint| recovery_used(&reception, StatusCode::UNPROCESSABLE_ENTITY, vec![complaint]).await;
    if !fresh {
        return again(Complaint::StaleForm).await;
    }
    let (account, desk) = (visitor.account(), &reception.web.desk);
    let codes = match desk.fresh_code(&arrival, account.id) {
        Ok(codes) => codes,
        Err(outage) => return reception.outage(&outage),
    };
    if form.get("download") == "yes" {
        return recovery_file::download(&reception, account, &codes);
    }
    if form.get("saved") != "yes" && !codes.is_empty() {
        return again(Complaint::CodesNotSaved { codes: codes.len() }).await;
    }
    match desk.go_on_from_arrival(&visitor.cookie()).await {
        Ok(_) if form.get("go") == "app" => Reply::to_page("account/app", &reception).done(),
        Ok(Some(arrival)) => Reply::onward(&arrival.next, arrival.resumes, &reception).done(),
        Ok(None) => Reply::see_other("/").done(),
        Err(outage) => reception.outage(&outage),
    }
}
