//! `reset…`: a forgotten password.
//!
//! ```text
//! reset ──an address──▶ reset/sent, the same for everybody
//! reset/LINK ──its value becomes the flow cookie──▶ reset/password ──▶ sign-in
//! ```
//!
//! Opening the link writes nothing and uses nothing up, and leads at once to an address without it:
//! whatever is clicked or loaded from there carries no link along.

use axum::extract::Path;
use axum::response::Response;
use http::StatusCode;

use super::account::saying::Saying;
use super::code::no_code;
use super::confirm::refused;
use super::cookie::Kind;
use super::reception::Reception;
use super::reply::Reply;
use super::submission::Submission;
use super::view::code::{FreshCode, RecoveryUsed};
use super::view::edge::{LinkEnd, Obstacle};
use super::view::reset::{Reset, ResetAsks, ResetPassword, ResetSent};
use super::view::{Complaint, Moment, Shell};
use crate::base::link::LinkKind;
use crate::base::seal::Token;
use crate::identity::account::EmailAddress;
use crate::identity::device::KNOWN_FOR;
use crate::identity::factor::recovery::RecoveryCode;
use crate::identity::reset::{Asks, Ended};
use crate::service::reset::{AfterReset, AskedByReset, TypedReset};
use crate::service::reset_letter::AfterAsking;
use crate::service::sign_in::Mailing;

/// The page is there only where the operator offers it.
fn offered(reception: &Reception) -> Result<(), Box<Response>> {
    if reception.web.desk.rules.load().password_reset.enabled {
        Ok(())
    } else {
        Err(Box::new(reception.not_found()))
    }
}

/// `GET reset`.
pub async fn show(mut reception: Reception) -> Response {
    if let Err(missing) = offered(&reception) {
        return *missing;
    }
    reception.ensure_form_cookie();
    page(&reception, StatusCode::OK, String::new(), Vec::new())
}

fn page(reception: &Reception, status: StatusCode, username: String, complaints: Vec<Complaint>) -> Response {
    let shell = Shell {
        complaints,
        ..reception.shell()
    };
    Reply::page(status, &Reset { shell, username }, reception).done()
}

/// `POST reset`: a letter, if there is anybody to write to.
pub async fn submit(submission: Submission) -> Response {
    let Submission {
        reception,
        form,
        fresh,
    } = submission;
    if let Err(missing) = offered(&reception) {
        return *missing;
    }
    if reception.cookies.flow.is_none() && reception.visitor.is_none() {
        return reception.no_cookies();
    }
    let typed = form.get("username");
    let again = |complaint| {
        page(
            &reception,
            StatusCode::UNPROCESSABLE_ENTITY,
            typed.to_owned(),
            vec![complaint],
        )
    };
    if !fresh {
        return again(Complaint::StaleForm);
    }
    if typed.trim().is_empty() {
        return again(Complaint::EmailMissing);
    }
    let Ok(address) = EmailAddress::parse(typed) else {
        return again(Complaint::EmailMalformed);
    };
    match reception.web.desk.ask_reset(&address, &reception.caller()).await {
        Ok(AfterAsking::Accepted) => Reply::to_page("reset/sent", &reception).done(),
        Ok(AfterAsking::Waits(waits)) => reception.waits(waits),
        Err(outage) => reception.outage(&outage),
    }
}

/// `GET reset/sent`.
pub async fn show_sent(reception: Reception) -> Response {
    if let Err(missing) = offered(&reception) {
        return *missing;
    }
    let valid = reception.web.desk.rules.load().password_reset.valid;
    let page = ResetSent {
        shell: reception.shell(),
        valid: reception.words.length(valid),
    };
    Reply::page(StatusCode::OK, &page, &reception).done()
}

/// `GET reset/LINK`: on to the page, with what the link holds in a cookie.
pub async fn open(Path(value): Path<String>, reception: Reception) -> Response {
    if let Err(missing) = offered(&reception) {
        return *missing;
    }
    let link = reception.web.desk.read_link(LinkKind::Reset, &value);
    match asked(&reception, link.as_ref()).await {
        Ok(_) => Reply::behind_link("reset/password", link.as_ref(), &reception).done(),
        Err(response) => *response,
    }
}

async fn asked(reception: &Reception, link: Option<&Token>) -> Result<AskedByReset, Box<Response>> {
    match reception.web.desk.asked_by_reset(link).await {
        Ok(Ok(asked)) => Ok(asked),
        Ok(Err(end)) => Err(Box::new(ended(reception, end))),
        Err(outage) => Err(Box::new(reception.outage(&outage))),
    }
}

/// The link does not work any more.
fn ended(reception: &Reception, end: Ended) -> Response {
    let valid = reception.web.desk.rules.load().password_reset.valid;
    let obstacle = Obstacle::LinkExpired {
        kind: LinkKind::Reset,
        end: match end {
            Ended::TooLate => LinkEnd::TooLate {
                valid: reception.words.length(valid),
            },
            Ended::Used => LinkEnd::Used,
            Ended::TooManyMisses => LinkEnd::TooManyMisses,
        },
    };
    reception.obstacle(StatusCode::GONE, obstacle)
}

/// `GET reset/password`.
pub async fn show_password(reception: Reception) -> Response {
    if let Err(missing) = offered(&reception) {
        return *missing;
    }
    password_page(&reception, StatusCode::OK, Vec::new()).await
}

async fn password_page(reception: &Reception, status: StatusCode, complaints: Vec<Complaint>) -> Response {
    let asked = match asked(reception, reception.cookies.flow.as_ref()).await {
        Ok(asked) => asked,
        Err(response) => return *response,
    };
    let page = ResetPassword {
        shell: Shell {
            complaints,
            ..reception.shell()
        },
        username: asked.account.email.spelling().to_owned(),
        least: reception.web.desk.rules.load().passwords.min_length,
        asks: match asked.asks {
            Asks::Nothing => ResetAsks::Nothing,
            Asks::App { or_recovery } => ResetAsks::App { or_recovery },
            Asks::Recovery => ResetAsks::Recovery,
            Asks::Help => ResetAsks::Help,
        },
    };
    Reply::page(status, &page, reception).done()
}

/// `POST reset/password`.
pub async fn submit_password(submission: Submission) -> Response {
    let Submission {
        reception,
        form,
        fresh,
    } = submission;
    if let Err(missing) = offered(&reception) {
        return *missing;
    }
    let again = |complaint| password_page(&reception, StatusCode::UNPROCESSABLE_ENTITY, vec![complaint]);
    if !fresh {
        return again(Complaint::StaleForm).await;
    }
    let typed = TypedReset {
        password: form.get("new_password"),
        code: form.get("code"),
        recovery_code: form.get("recovery_code"),
    };
    if typed.password.is_empty() {
        return again(Complaint::NewPasswordMissing).await;
    }
    let after = reception
        .web
        .desk
        .reset_password(typed, &reception.cookies, &reception.caller())
        .await;
    match after {
        Ok(AfterReset::Done {
            known,
            address,
            fresh: None,
        }) => done(&reception, &known, &address),
        Ok(AfterReset::Done {
            known,
            address,
            fresh: Some(fresh),
        }) => match reception.web.desk.open_codes(&fresh.1, fresh.0) {
            Ok(codes) => done_with(reception, &known, &address, &codes),
            Err(outage) => reception.outage(&outage),
        },
        Ok(AfterReset::Refused(refusal)) => again(refusal.into()).await,
        Ok(AfterReset::NoCode(factor, fault)) => again(no_code(factor, fault)).await,
        Ok(AfterReset::CodeRefused(factor, verdict)) => again(refused(factor, verdict, Mailing::None)).await,
        Ok(AfterReset::Waits(waits)) => reception.waits(waits),
        Ok(AfterReset::Busy) => reception.busy(),
        Ok(AfterReset::Ended(end)) => ended(&reception, end),
        Ok(AfterReset::Help) => password_page(&reception, StatusCode::UNPROCESSABLE_ENTITY, Vec::new()).await,
        Err(outage) => reception.outage(&outage),
    }
}

/// The password is set with a recovery code that was replaced: the fresh one is shown once, here, to
/// whoever needs it for the sign-in that follows.
fn done_with(
    mut reception: Reception,
    known: &Token,
    address: &EmailAddress,
    codes: &[RecoveryCode],
) -> Response {
    let own = reception.visitor.as_ref();
    let signed_out = own.is_some_and(|visitor| visitor.account().email == *address);
    reception.visitor = None;
    reception.cookies.flow = None;
    reception.ensure_form_cookie();
    let page = RecoveryUsed {
        shell: reception.shell(),
        left: u32::try_from(codes.len()).unwrap_or(u32::MAX),
        few: false,
        go_on: "/".to_owned(),
        fresh: Some(FreshCode {
            codes: codes.iter().map(RecoveryCode::printed).collect(),
            account: address.spelling().to_owned(),
            today: Moment::date(&reception.words, reception.now(), &reception.zone()),
            sign_in_next: true,
        }),
    };
    let mut reply = Reply::page(StatusCode::OK, &page, &reception);
    reply.set(Kind::Known, known, Some(KNOWN_FOR), &reception);
    if signed_out {
        reply.remove(Kind::Session, &reception);
    }
    reply.done()
}

/// On to the sign-in, which says what happened: nobody is signed in by a reset, and whoever was is
/// not any more.
fn done(reception: &Reception, known: &Token, address: &EmailAddress) -> Response {
    let saying = Saying::PasswordReset(address.spelling().to_owned());
    let mut reply = reception.to_stranger_saying("sign-in", &saying);
    reply.set(Kind::Known, known, Some(KNOWN_FOR), reception);
    let own = reception.visitor.as_ref();
    if own.is_some_and(|visitor| visitor.account().email == *address) {
        reply.remove(Kind::Session, reception);
    }
    reply.done()
}
