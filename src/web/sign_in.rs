//! `sign-in`: address and password.

use axum::response::Response;
use http::{Method, StatusCode};

use super::Wanted;
use super::account::saying::Saying;
use super::reception::Reception;
use super::reply::Reply;
use super::resume;
use super::submission::Submission;
use super::view::{Complaint, Notice, sign_in as view};
use crate::identity::assurance::{self, Missing};
use crate::identity::factor::Factor;
use crate::identity::sign_in::{Ended, SetUp, SignIn, Stage};
use crate::service::sign_in::{AfterPassword, Ticket};
use crate::service::visit::Visitor;

/// From how many misses the page says that a wait is coming.
const WARN_FROM: u32 = 3;

/// `GET sign-in`.
pub async fn show(mut reception: Reception) -> Response {
    if reception.visitor.is_some() {
        let wanted = match wanted(&reception).await {
            Ok(wanted) => wanted,
            Err(response) => return response,
        };
        if !signs_in_anew(&reception, &wanted) {
            return go_on(&reception, &wanted);
        }
    }
    match reception.web.desk.flow_of(&reception.cookies).await {
        Err(outage) => return reception.outage(&outage),
        Ok(Some((ticket, _))) if ticket.flow.upgrades.is_none() => {
            return Reply::to_page(page_of(&ticket.flow), &reception).done();
        }
        Ok(_) => {}
    }
    reception.ensure_form_cookie();
    if let Some(saying) = reception.said_to_stranger() {
        let address = match &saying {
            Saying::PasswordReset(address) | Saying::EmailChangedElsewhere(address) => address.clone(),
            _ => String::new(),
        };
        return page(&reception, StatusCode::OK, address, Vec::new(), saying.notice()).done();
    }
    // Unsealed on purpose, as no account is known yet that it could be sealed for: words that name nobody
    // and lead nowhere but to this form.
    let notice = match (reception.said.as_deref(), form_waits(&reception).await) {
        (_, Err(response)) => return response,
        (_, Ok(true)) => Some(Notice::FormKept),
        (Some("account-made"), Ok(false)) => Some(Notice::AccountMade),
        (Some("account-there"), Ok(false)) => Some(Notice::AccountThere),
        (Some("declined"), Ok(false)) => Some(Notice::TermsDeclined),
        (_, Ok(false)) => reception.session_ended.then_some(Notice::SessionEnded),
    };
    page(&reception, StatusCode::OK, String::new(), Vec::new(), notice).done()
}

/// Whether a form was kept that came with a session which had run out.
async fn form_waits(reception: &Reception) -> Result<bool, Response> {
    match reception
        .cookies
        .session
        .as_ref()
        .filter(|_| reception.session_ended)
    {
        None => Ok(false),
        Some(old) => {
            let kept = reception.web.desk.keeps_form(&old.digest()).await;
            kept.map_err(|outage| reception.outage(&outage))
        }
    }
}

/// The page that a flow is at.
pub fn page_of(flow: &SignIn) -> &'static str {
    match &flow.stage {
        Stage::SecondFactor { method } => code_page(*method),
        Stage::SetUp(SetUp::Why) => "setup/why",
        Stage::SetUp(SetUp::Phone(_)) => "setup/phone",
        Stage::SetUp(SetUp::App(_)) => "setup/app",
        Stage::SetUp(SetUp::Codes(_)) => "setup/codes",
        Stage::SetUp(SetUp::Done) => "setup/done",
        Stage::Method => "register/method",
        Stage::Terms => "terms",
    }
}

/// The page that asks for a factor.
pub const fn code_page(factor: Factor) -> &'static str {
    match factor {
        Factor::App => "code/app",
        Factor::Email => "code/email",
        Factor::Sms => "code/sms",
        Factor::Recovery => "code/recovery",
    }
}

/// What is to be reached in the end: the page that was asked for, or where a form goes that waits.
async fn wanted(reception: &Reception) -> Result<Wanted, Response> {
    let next = reception.next_or_top();
    let form = match &reception.visitor {
        Some(visitor) if next == reception.shell().url(resume::PAGE) => {
            resume::waiting(reception, visitor).await?
        }
        _ => None,
    };
    Ok(match form {
        Some(form) => Wanted {
            method: Method::POST,
            target: form.head.target,
        },
        None => Wanted {
            method: Method::GET,
            target: next,
        },
    })
}

/// Whether somebody who is signed in has to give the password again: an app is to be set up, and
/// what was proven is too old for that.
fn signs_in_anew(reception: &Reception, wanted: &Wanted) -> bool {
    let Some(visitor) = &reception.visitor else {
        return false;
    };
    let missing = (reception.web.lacks)(visitor, &reception.arrival, wanted);
    missing == Some(Missing::SetUp)
        && !reception
            .web
            .desk
            .may_set_up(visitor.session(), visitor.account())
}

/// Somebody who is signed in is asked for what is missing, and goes on where nothing is.
fn go_on(reception: &Reception, wanted: &Wanted) -> Response {
    let next = reception.next_or_top();
    let Some(visitor) = &reception.visitor else {
        return reception.not_found();
    };
    let missing = (reception.web.lacks)(visitor, &reception.arrival, wanted);
    match missing.and_then(|missing| page_for_missing(reception, visitor, missing)) {
        Some(page) => Reply::see_other(&reception.shell().url_with_next(page, Some(&next))).done(),
        // Nothing is missing, or nothing that the person could add: the portal's answer says it.
        None => Reply::see_other(&next).done(),
    }
}

/// The page that adds what a visitor lacks, where there is one.
pub fn page_for_missing(reception: &Reception, visitor: &Visitor, missing: Missing) -> Option<&'static str> {
    match missing {
        Missing::SecondFactor => {
            let rules = reception.web.desk.rules.load();
            let usable = assurance::usable(visitor.account(), &rules.second_factor);
            Some(usable.first().copied().map_or("setup/why", code_page))
        }
        Missing::SetUp => Some("setup/why"),
        Missing::SignIn | Missing::Group | Missing::Refused => None,
    }
}

/// The page, with what is wrong and what just happened.
pub fn page(
    reception: &Reception,
    status: StatusCode,
    username: String,
    complaints: Vec<Complaint>,
    notice: Option<Notice>,
) -> Reply {
    let mut shell = reception.shell_saying(notice);
    shell.complaints = complaints;
    "sign-in".clone_into(shell.here.get_or_insert_default());
    if let Some(next) = reception.next.as_deref().filter(|next| *next != "/") {
        shell.here = Some(format!("sign-in?next={}", super::reply::encoded(next)));
    }
    Reply::page(
        status,
        &view::SignIn {
            shell,
            next: reception.next.clone(),
            username,
            registers: reception.web.desk.rules.load().registration.is_on(),
        },
        reception,
    )
}

/// The sign-in page, after a flow is over.
pub fn over(reception: &Reception, ended: Ended) -> Response {
    let notice = match ended {
        Ended::TooManyMisses => Notice::TooManyWrongCodes,
        Ended::TooLate | Ended::AccountChanged => Notice::StartAgain,
    };
    page(
        reception,
        StatusCode::UNPROCESSABLE_ENTITY,
        String::new(),
        Vec::new(),
        Some(notice),
    )
    .done()
}

/// `POST sign-in`.
pub async fn submit(submission: Submission) -> Response {
    let Submission {
        reception,
        form,
        fresh,
    } = submission;
    let username = form.get("username").to_owned();
    let password = form.get("password");
    let wanted = match wanted(&reception).await {
        Ok(wanted) => wanted,
        Err(response) => return response,
    };
    if reception.visitor.is_some() && !signs_in_anew(&reception, &wanted) {
        // A stale form in a browser that is signed in by now.
        return Reply::see_other(&reception.next_or_top()).done();
    }
    if reception.cookies.flow.is_none() && reception.visitor.is_none() {
        return reception.no_cookies();
    }
    if !fresh {
        match another_tab(&reception, form.get("csrf")).await {
            Ok(true) => {}
            Ok(false) => {
                return page(
                    &reception,
                    StatusCode::UNPROCESSABLE_ENTITY,
                    username,
                    vec![Complaint::StaleForm],
                    None,
                )
                .done();
            }
            Err(response) => return response,
        }
    }
    let missing: Vec<Complaint> = [
        username.trim().is_empty().then_some(Complaint::EmailMissing),
        password.is_empty().then_some(Complaint::PasswordMissing),
    ]
    .into_iter()
    .flatten()
    .collect();
    if !missing.is_empty() {
        return page(
            &reception,
            StatusCode::UNPROCESSABLE_ENTITY,
            username,
            missing,
            None,
        )
        .done();
    }
    let after = reception
        .web
        .desk
        .sign_in(
            &username,
            password,
            reception.next_or_top(),
            &reception.cookies,
            &reception.caller(),
        )
        .await;
    answer(&reception, username, after).await
}

async fn answer(
    reception: &Reception,
    username: String,
    after: Result<AfterPassword, crate::service::Outage>,
) -> Response {
    let again = |complaint| {
        page(
            reception,
            StatusCode::UNPROCESSABLE_ENTITY,
            username.clone(),
            vec![complaint],
            None,
        )
        .done()
    };
    match after {
        Ok(AfterPassword::Step(ticket, _)) => step(reception, &ticket),
        Ok(AfterPassword::SignedIn(opened)) => Reply::signed_in(&opened, reception).done(),
        Ok(AfterPassword::Wrong { misses }) => {
            let limit = reception.web.desk.rules.load().limits.password_unknown;
            again(if misses >= WARN_FROM {
                Complaint::SignInWrongWarning { limit }
            } else {
                Complaint::SignInWrong
            })
        }
        Ok(AfterPassword::TooLong) => again(Complaint::PasswordTooLong),
        Ok(AfterPassword::Waits(waits)) => reception.waits(waits),
        Ok(AfterPassword::Busy) => reception.busy(),
        Err(outage) => reception.outage(&outage),
    }
}

/// On to the page of the step, with the flow's cookie.
pub fn step(reception: &Reception, ticket: &Ticket) -> Response {
    let mut reply = Reply::to_page(page_of(&ticket.flow), reception);
    reply.set(super::cookie::Kind::Flow, &ticket.cookie, None, reception);
    reply.done()
}

/// Whether the form comes from a tab that was opened before the right password in another tab
/// replaced the cookie.
async fn another_tab(reception: &Reception, token: &str) -> Result<bool, Response> {
    let flow = reception
        .web
        .desk
        .flow_of(&reception.cookies)
        .await
        .map_err(|outage| reception.outage(&outage))?;
    let replaced = flow.and_then(|(ticket, _)| ticket.flow.replaced);
    Ok(replaced.is_some_and(|cookie| reception.web.desk.form_token_fits(&cookie, token)))
}
