//! `email/confirm…` and `email/revoke…`: the pages behind the links that a change of address mails.
//!
//! ```text
//! email/confirm/LINK ──its value becomes the flow cookie──▶ email/confirm ──button──▶ the new address
//! email/revoke/LINK  ──the same──────────────────────────▶ email/revoke  ──button──▶ the old one again
//! ```
//!
//! Opening a link changes nothing and leads at once to an address without it.

use axum::extract::Path;
use axum::response::Response;
use http::StatusCode;

use super::account::Owner;
use super::account::saying::Saying;
use super::cookie::Kind;
use super::reception::Reception;
use super::reply::Reply;
use super::submission::Submission;
use super::view::edge::{LinkEnd, Obstacle};
use super::view::email::{EmailConfirm, EmailRevoke, EmailRevoked};
use super::view::{Complaint, Shell};
use crate::base::link::LinkKind;
use crate::base::seal::Token;
use crate::identity::account::EmailAddress;
use crate::identity::email_change::{CONFIRM_WITHIN, Ended, REVOKE_WITHIN};
use crate::service::email_change::{AfterConfirmedAddress, PendingChange};
use crate::service::email_revoke::AfterRevocation;
use crate::service::renew::Renewed;

/// `GET email/confirm/LINK`.
pub async fn open_confirm(Path(value): Path<String>, reception: Reception) -> Response {
    let link = reception.web.desk.read_link(LinkKind::Email, &value);
    match pending(&reception, link.as_ref()).await {
        Ok(_) => Reply::behind_link("email/confirm", link.as_ref(), &reception).done(),
        Err(response) => *response,
    }
}

async fn pending(reception: &Reception, link: Option<&Token>) -> Result<PendingChange, Box<Response>> {
    match reception.web.desk.pending_change(link).await {
        Ok(Ok(pending)) => Ok(pending),
        Ok(Err(end)) => Err(Box::new(confirm_ended(reception, end))),
        Err(outage) => Err(Box::new(reception.outage(&outage))),
    }
}

fn confirm_ended(reception: &Reception, end: Ended) -> Response {
    let end = match end {
        Ended::Used => LinkEnd::Used,
        Ended::TooLate => LinkEnd::TooLate {
            valid: reception.words.length(CONFIRM_WITHIN),
        },
    };
    let kind = LinkKind::Email;
    reception.obstacle(StatusCode::GONE, Obstacle::LinkExpired { kind, end })
}

/// `GET email/confirm`: one button.
pub async fn show_confirm(reception: Reception) -> Response {
    confirm_page(&reception, StatusCode::OK, Vec::new()).await
}

async fn confirm_page(reception: &Reception, status: StatusCode, complaints: Vec<Complaint>) -> Response {
    match pending(reception, reception.cookies.flow.as_ref()).await {
        Ok(pending) => {
            let page = EmailConfirm {
                shell: shell_with(reception, complaints),
                address: pending.address.spelling().to_owned(),
            };
            Reply::page(status, &page, reception).done()
        }
        Err(response) => *response,
    }
}

fn shell_with(reception: &Reception, complaints: Vec<Complaint>) -> Shell {
    Shell {
        complaints,
        ..reception.shell()
    }
}

/// `POST email/confirm`.
pub async fn submit_confirm(submission: Submission) -> Response {
    let Submission { reception, fresh, .. } = submission;
    if !fresh {
        let stale = vec![Complaint::StaleForm];
        return confirm_page(&reception, StatusCode::UNPROCESSABLE_ENTITY, stale).await;
    }
    let after = reception
        .web
        .desk
        .confirm_email(
            reception.visitor.as_ref(),
            &reception.cookies,
            &reception.caller(),
        )
        .await;
    match after {
        Ok(AfterConfirmedAddress::Changed(address, Some(renewed))) => {
            changed_here(reception, &address, *renewed)
        }
        Ok(AfterConfirmedAddress::Changed(address, None)) => {
            let saying = Saying::EmailChangedElsewhere(address.spelling().to_owned());
            reception.to_stranger_saying("sign-in", &saying).done()
        }
        Ok(AfterConfirmedAddress::Ended(end)) => confirm_ended(&reception, end),
        Err(outage) => reception.outage(&outage),
    }
}

/// In a session of the account itself, which goes on.
fn changed_here(reception: Reception, address: &EmailAddress, renewed: Renewed) -> Response {
    let owner = Owner {
        visitor: renewed.visitor.clone(),
        reception,
    };
    let (owner, renewal) = owner.renewed(renewed);
    let saying = Saying::EmailChanged(address.spelling().to_owned());
    let mut reply = owner.to_page_saying("account/details", &saying);
    reply.remove(Kind::Flow, &owner.reception);
    renewal.on(reply.done(), &owner)
}

/// `GET email/revoke/LINK`.
pub async fn open_revoke(Path(value): Path<String>, reception: Reception) -> Response {
    match reception.web.desk.open_revoke_link(&value).await {
        Ok(Some(link)) => Reply::behind_link("email/revoke", Some(&link), &reception).done(),
        Ok(None) => revoke_ended(&reception),
        Err(outage) => reception.outage(&outage),
    }
}

fn revoke_ended(reception: &Reception) -> Response {
    let obstacle = Obstacle::LinkExpired {
        kind: LinkKind::Revoke,
        end: LinkEnd::TooLate {
            valid: reception.words.length(REVOKE_WITHIN),
        },
    };
    reception.obstacle(StatusCode::GONE, obstacle)
}

/// `GET email/revoke`: one button.
pub async fn show_revoke(reception: Reception) -> Response {
    revoke_page(&reception, StatusCode::OK, Vec::new()).await
}

async fn revoke_page(reception: &Reception, status: StatusCode, complaints: Vec<Complaint>) -> Response {
    let flow = reception.cookies.flow.as_ref();
    match reception.web.desk.revocable(flow).await {
        Ok(Some(revocable)) => {
            let page = EmailRevoke {
                shell: shell_with(reception, complaints),
                old: revocable.old.spelling().to_owned(),
                present: revocable.present.masked(),
            };
            Reply::page(status, &page, reception).done()
        }
        Ok(None) => revoke_ended(reception),
        Err(outage) => reception.outage(&outage),
    }
}

/// `POST email/revoke`.
pub async fn submit_revoke(submission: Submission) -> Response {
    let Submission { reception, fresh, .. } = submission;
    if !fresh {
        let stale = vec![Complaint::StaleForm];
        return revoke_page(&reception, StatusCode::UNPROCESSABLE_ENTITY, stale).await;
    }
    let restored = match reception
        .web
        .desk
        .revoke_email(&reception.cookies, &reception.caller())
        .await
    {
        Ok(AfterRevocation::Restored) => true,
        Ok(AfterRevocation::Locked) => false,
        Ok(AfterRevocation::Ended) => return revoke_ended(&reception),
        Err(outage) => return reception.outage(&outage),
    };
    let saying = Saying::EmailRevoked { restored };
    reception.to_stranger_saying("email/revoke/done", &saying).done()
}

/// `GET email/revoke/done`: what happened, to the browser in which it did.
pub async fn show_revoked(reception: Reception) -> Response {
    let Some(Saying::EmailRevoked { restored }) = reception.said_to_stranger() else {
        return revoke_ended(&reception);
    };
    let page = EmailRevoked {
        shell: reception.shell(),
        restored,
    };
    Reply::page(StatusCode::OK, &page, &reception).done()
}
