//! What follows a sign-in: the trust question, and how many recovery codes are left.

use axum::response::Response;
use http::StatusCode;

use super::cookie::Kind;
use super::reception::Reception;
use super::reply::Reply;
use super::resume;
use super::submission::Submission;
use super::view::code::RecoveryUsed;
use super::view::{Complaint, sign_in as view};
use crate::base::client::UserAgent;
use crate::identity::device::NAME_AT_MOST;
use crate::identity::factor::recovery::RecoverySet;
use crate::service::trust::Answer;

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
    let Some(visitor) = &reception.visitor else {
        return Reply::to_page("sign-in", &reception).done();
    };
    let next = match reception.web.desk.arrival_of(&visitor.cookie()).await {
        Ok(Some(arrival)) if arrival.recovery_used && arrival.resumes => reception.shell().url(resume::PAGE),
        Ok(Some(arrival)) if arrival.recovery_used => arrival.next,
        Ok(_) => return Reply::see_other("/").done(),
        Err(outage) => return reception.outage(&outage),
    };
    let left = visitor.account().recovery.as_ref().map_or(0, RecoverySet::left);
    let few = left
        <= reception
            .web
            .desk
            .rules
            .load()
            .second_factor
            .recovery_codes
            .warn_at;
    let page = RecoveryUsed {
        shell: reception.shell(),
        left: u32::try_from(left).unwrap_or(u32::MAX),
        few,
        go_on: next,
    };
    Reply::page(StatusCode::OK, &page, &reception).done()
}
