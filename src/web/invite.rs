//! `invite…`: somebody was invited, and chooses a password.
//!
//! ```text
//! invite/LINK ──its value becomes the flow cookie──▶ invite ──▶ the sign-in, from the password on
//! ```
//!
//! Opening the link writes nothing and uses nothing up, and leads at once to an address without it.

use axum::extract::Path;
use axum::response::Response;
use http::StatusCode;

use super::reception::Reception;
use super::register::name_complaints;
use super::reply::Reply;
use super::sign_in;
use super::sign_out::LINK_OPENED;
use super::submission::Submission;
use super::view::edge::{LinkEnd, Obstacle};
use super::view::register::Invite;
use super::view::{Complaint, Shell};
use crate::base::link::LinkKind;
use crate::base::seal::Token;
use crate::identity::account::{Account, person_name};
use crate::identity::invitation::{Ended, VALID};
use crate::identity::registration::Details;
use crate::service::invite::AfterInvitation;
use crate::service::sign_in::AfterPassword;

/// `GET invite/LINK`: on to the page, with what the link holds in a cookie.
pub async fn open(Path(value): Path<String>, reception: Reception) -> Response {
    let link = reception.web.desk.read_link(LinkKind::Invitation, &value);
    if let Err(response) = invited(&reception, link.as_ref()).await {
        return *response;
    }
    if reception.visitor.is_some() {
        // Whoever is signed in here signs out first, and opens it again.
        return Reply::to_page_saying("sign-out", LINK_OPENED, &reception).done();
    }
    Reply::behind_link("invite", link.as_ref(), &reception).done()
}

async fn invited(reception: &Reception, link: Option<&Token>) -> Result<Account, Box<Response>> {
    match reception.web.desk.invited(link).await {
        Ok(Ok(account)) => Ok(account),
        Ok(Err(end)) => Err(Box::new(ended(reception, end))),
        Err(outage) => Err(Box::new(reception.outage(&outage))),
    }
}

/// The link does not work any more.
fn ended(reception: &Reception, end: Ended) -> Response {
    let obstacle = Obstacle::LinkExpired {
        kind: LinkKind::Invitation,
        end: match end {
            Ended::TooLate => LinkEnd::TooLate {
                valid: reception.words.length(VALID),
            },
            Ended::Used => LinkEnd::Used,
        },
    };
    reception.obstacle(StatusCode::GONE, obstacle)
}

/// `GET invite`. Whoever has chosen the password already is led on.
pub async fn show(reception: Reception) -> Response {
    match reception.web.desk.flow_of(&reception.cookies).await {
        Ok(Some((ticket, _))) if ticket.flow.upgrades.is_none() => {
            return Reply::to_page(sign_in::page_of(&ticket.flow), &reception).done();
        }
        Ok(_) => {}
        Err(outage) => return reception.outage(&outage),
    }
    match invited(&reception, reception.cookies.flow.as_ref()).await {
        Ok(account) => {
            let names = (account.first_name.clone(), account.last_name.clone());
            page(&reception, StatusCode::OK, &account, names, Vec::new())
        }
        Err(response) => *response,
    }
}

fn page(
    reception: &Reception,
    status: StatusCode,
    account: &Account,
    (first_name, last_name): (String, String),
    complaints: Vec<Complaint>,
) -> Response {
    let page = Invite {
        shell: Shell {
            complaints,
            ..reception.shell()
        },
        username: account.email.spelling().to_owned(),
        first_name,
        last_name,
        least: reception.web.desk.rules.load().passwords.min_length,
    };
    Reply::page(status, &page, reception).done()
}

/// `POST invite`: password and name.
pub async fn submit(submission: Submission) -> Response {
    let Submission {
        reception,
        form,
        fresh,
    } = submission;
    let account = match invited(&reception, reception.cookies.flow.as_ref()).await {
        Ok(account) => account,
        Err(response) => return *response,
    };
    let (first, last) = (form.get("given_name"), form.get("family_name"));
    let again = |complaints| {
        let names = (first.to_owned(), last.to_owned());
        page(
            &reception,
            StatusCode::UNPROCESSABLE_ENTITY,
            &account,
            names,
            complaints,
        )
    };
    if !fresh {
        return again(vec![Complaint::StaleForm]);
    }
    let mut complaints = name_complaints(first, last);
    if form.get("new_password").is_empty() {
        complaints.push(Complaint::NewPasswordMissing);
    }
    if !complaints.is_empty() {
        return again(complaints);
    }
    let details = Details {
        first_name: person_name(first),
        last_name: person_name(last),
        language: reception.language().clone(),
    };
    let after = reception
        .web
        .desk
        .accept_invitation(
            form.get("new_password"),
            &details,
            &reception.cookies,
            &reception.caller(),
        )
        .await;
    match after {
        Ok(AfterInvitation::Accepted(AfterPassword::Step(ticket, _))) => sign_in::step(&reception, &ticket),
        Ok(AfterInvitation::Accepted(AfterPassword::SignedIn(opened))) => {
            Reply::signed_in(&opened, &reception).done()
        }
        // The password is set; what comes after it did not go on from here.
        Ok(AfterInvitation::Accepted(
            AfterPassword::Wrong { .. }
            | AfterPassword::Waits(_)
            | AfterPassword::TooLong
            | AfterPassword::Busy,
        )) => Reply::to_page_saying("sign-in", "account-made", &reception).done(),
        Ok(AfterInvitation::Refused(refusal)) => again(vec![refusal.into()]),
        Ok(AfterInvitation::Busy) => reception.busy(),
        Ok(AfterInvitation::Ended(end)) => ended(&reception, end),
        Err(outage) => reception.outage(&outage),
    }
}
