//! `register/…`: from an address to an account. Which step is open is known by the flow, and every
//! other leads there.
//!
//! Where registration is off, none of these pages exists.

use axum::extract::Path;
use axum::response::Response;
use http::StatusCode;

use super::code::{mailing_notice, no_code};
use super::cookie::Kind;
use super::reception::Reception;
use super::reply::Reply;
use super::sign_in;
use super::sign_out::LINK_OPENED;
use super::submission::Submission;
use super::view::code::Delivery;
use super::view::edge::{LinkEnd, Obstacle};
use super::view::register as view;
use super::view::{Complaint, Moment, Notice, Shell, Step};
use crate::base::link::LinkKind;
use crate::identity::account::{PERSON_NAME_AT_MOST, person_name};
use crate::identity::factor::Factor;
use crate::identity::password::PasswordRefusal;
use crate::identity::registration::{Details, NotAdmitted, Stage};
use crate::identity::settings::{Approval, CodeAsked};
use crate::identity::sign_in::Ended;
use crate::identity::throttle::Waits;
use crate::service::register::{AfterAddress, AfterCheck, AfterDetails, LINK_FOR, Registering};
use crate::service::sign_in::Mailing;

/// The page that a registration is at.
fn page_of(stage: Stage) -> &'static str {
    match stage {
        Stage::Check | Stage::Linked => "register/check",
        Stage::Details { .. } => "register/details",
    }
}

/// Which step of how many.
pub fn place(reception: &Reception, number: u32) -> Step {
    let rules = reception.web.desk.rules.load();
    let chooses = rules.second_factor.lets_choose(reception.now());
    Step {
        number,
        of: 3 + u32::from(rules.terms.is_some()) + u32::from(chooses),
    }
}

fn with(reception: &Reception, complaints: Vec<Complaint>, notice: Option<Notice>) -> Shell {
    Shell {
        complaints,
        ..reception.shell_saying(notice)
    }
}

fn is_on(reception: &Reception) -> bool {
    reception.web.desk.rules.load().registration.is_on()
}

/// `GET register`.
pub async fn show(mut reception: Reception) -> Response {
    if !is_on(&reception) {
        return reception.not_found();
    }
    if reception.visitor.is_some() {
        return Reply::see_other(&reception.next_or_top()).done();
    }
    reception.ensure_form_cookie();
    let notice = match reception.said.as_deref() {
        Some("again") => Some(Notice::RegisterAgain),
        Some("too-many") => Some(Notice::RegisterTooMany),
        _ => None,
    };
    email_page(&reception, StatusCode::OK, String::new(), Vec::new(), notice)
}

fn email_page(
    reception: &Reception,
    status: StatusCode,
    email: String,
    complaints: Vec<Complaint>,
    notice: Option<Notice>,
) -> Response {
    let asked = reception.web.desk.rules.load().registration.code_asked();
    let page = view::RegisterEmail {
        shell: with(reception, complaints, notice),
        step: place(reception, 1),
        next: reception.next.clone(),
        email,
        code: match asked {
            CodeAsked::No => view::CodeField::Absent,
            CodeAsked::Optional => view::CodeField::Optional,
            CodeAsked::Required => view::CodeField::Required,
        },
    };
    Reply::page(status, &page, reception).done()
}

/// `POST register`: the address.
pub async fn submit(submission: Submission) -> Response {
    let Submission {
        reception,
        form,
        fresh,
    } = submission;
    if !is_on(&reception) {
        return reception.not_found();
    }
    if reception.visitor.is_some() {
        return Reply::see_other(&reception.next_or_top()).done();
    }
    if reception.cookies.flow.is_none() {
        return reception.no_cookies();
    }
    let email = form.get("email").to_owned();
    let again = |complaints| {
        email_page(
            &reception,
            StatusCode::UNPROCESSABLE_ENTITY,
            email.clone(),
            complaints,
            None,
        )
    };
    if !fresh {
        return again(vec![Complaint::StaleForm]);
    }
    if email.trim().is_empty() {
        return again(vec![Complaint::AddressMissing]);
    }
    let after = reception
        .web
        .desk
        .register(
            &email,
            form.get("registration_code"),
            reception.next_or_top(),
            &reception.cookies,
            &reception.caller(),
        )
        .await;
    match after {
        Ok(AfterAddress::Check(registering, mailing)) => {
            let said = mailing_said(mailing);
            let mut reply = match said {
                Some(said) => Reply::to_page_saying("register/check", said, &reception),
                None => Reply::to_page("register/check", &reception),
            };
            reply.set(Kind::Flow, &registering.cookie, None, &reception);
            reply.done()
        }
        Ok(AfterAddress::NoAddress) => again(vec![Complaint::AddressNotOne]),
        Ok(AfterAddress::NotAdmitted(refusal)) => match refusal {
            NotAdmitted::Closed => reception.not_found(),
            NotAdmitted::CodeMissing => again(vec![Complaint::RegistrationCodeMissing]),
            NotAdmitted::CodeWrong => again(vec![Complaint::RegistrationCodeWrong]),
            NotAdmitted::Domain => again(vec![Complaint::RegistrationDomain]),
        },
        Ok(AfterAddress::Waits(waits)) => reception.waits(waits),
        Err(outage) => reception.outage(&outage),
    }
}

/// What the next page is to say of a letter that did not simply go out.
fn mailing_said(mailing: Mailing) -> Option<&'static str> {
    match mailing {
        Mailing::Limited(_) => Some("limit"),
        Mailing::None | Mailing::Sent | Mailing::TooEarly(_) | Mailing::Failed => None,
    }
}

/// The registration that this browser is in, at a step that fits; any other leads to its page.
async fn at_step(reception: &Reception, fits: fn(Stage) -> bool) -> Result<Registering, Response> {
    if !is_on(reception) {
        return Err(reception.not_found());
    }
    match reception.web.desk.registering(&reception.cookies).await {
        Ok(Some(registering)) if fits(registering.flow.stage) => Ok(registering),
        Ok(Some(registering)) => Err(Reply::to_page(page_of(registering.flow.stage), reception).done()),
        Ok(None) => Err(gone(reception).await),
        Err(outage) => Err(reception.outage(&outage)),
    }
}

/// There is no registration: on with the sign-in that it has become, or from the start.
async fn gone(reception: &Reception) -> Response {
    match reception.web.desk.flow_of(&reception.cookies).await {
        Ok(Some((ticket, _))) if ticket.flow.upgrades.is_none() => {
            Reply::to_page(sign_in::page_of(&ticket.flow), reception).done()
        }
        Ok(_) if reception.visitor.is_some() => Reply::see_other("/").done(),
        Ok(_) if reception.cookies.flow.is_some() => {
            Reply::to_page_saying("register", "again", reception).done()
        }
        Ok(_) => Reply::to_page("register", reception).done(),
        Err(outage) => reception.outage(&outage),
    }
}

const fn is_check(stage: Stage) -> bool {
    matches!(stage, Stage::Check | Stage::Linked)
}

const fn is_details(stage: Stage) -> bool {
    matches!(stage, Stage::Details { .. })
}

/// `GET register/check`.
pub async fn show_check(reception: Reception) -> Response {
    let registering = match at_step(&reception, is_check).await {
        Ok(registering) => registering,
        Err(response) => return response,
    };
    let notice = match reception.said.as_deref() {
        Some("sent-again") => Some(Notice::RegisterSentAgain),
        Some("limit") => limit_notice(&reception, &registering).await,
        _ => None,
    };
    check_page(&reception, StatusCode::OK, &registering, Vec::new(), notice)
}

/// How long no further letter goes to the address.
async fn limit_notice(reception: &Reception, registering: &Registering) -> Option<Notice> {
    let waits = reception
        .web
        .desk
        .stranger_mail_waits(&registering.flow.request.email)
        .await;
    match waits {
        Ok(Some(Waits::Until(until))) => Some(Notice::RegisterMailLimit {
            wait: reception.words.wait(until.since(reception.now())),
        }),
        Ok(_) | Err(_) => None,
    }
}

fn check_page(
    reception: &Reception,
    status: StatusCode,
    registering: &Registering,
    complaints: Vec<Complaint>,
    notice: Option<Notice>,
) -> Response {
    let flow = &registering.flow;
    let delivery = match flow.mailed.sent() {
        Some(at) => Delivery::Sent(Moment::time_of_day(&reception.words, at, &reception.zone())),
        None if flow.mailed.failed() => Delivery::Failed,
        None => Delivery::NotAsked,
    };
    let failed = delivery == Delivery::Failed;
    let notice = notice.or(failed.then_some(Notice::MailFailed { other_ways: false }));
    let valid = reception.web.desk.rules.load().second_factor.email.valid;
    let page = view::RegisterCheck {
        shell: with(reception, complaints, notice),
        step: place(reception, 2),
        address: flow.request.email.spelling().to_owned(),
        valid: reception.words.length(valid),
        delivery,
        by_link: flow.stage == Stage::Linked,
    };
    Reply::page(status, &page, reception).done()
}

/// `POST register/check`: the letter's code, or the button after its link.
pub async fn submit_check(submission: Submission) -> Response {
    let Submission {
        reception,
        form,
        fresh,
    } = submission;
    let registering = match at_step(&reception, is_check).await {
        Ok(registering) => registering,
        Err(response) => return response,
    };
    let again = |registering: &Registering, complaint, notice| {
        check_page(
            &reception,
            StatusCode::UNPROCESSABLE_ENTITY,
            registering,
            vec![complaint],
            notice,
        )
    };
    if !fresh {
        return again(&registering, Complaint::StaleForm, None);
    }
    let (desk, caller) = (&reception.web.desk, reception.caller());
    let after = match registering.flow.stage {
        Stage::Linked => desk.register_confirm(&reception.cookies, &caller).await,
        Stage::Check | Stage::Details { .. } => {
            desk.register_code(form.get("code"), &reception.cookies, &caller)
                .await
        }
    };
    match after {
        Ok(AfterCheck::Step(registering)) => {
            Reply::to_page(page_of(registering.flow.stage), &reception).done()
        }
        Ok(AfterCheck::NoCode(registering, fault)) => {
            again(&registering, no_code(Factor::Email, fault), None)
        }
        Ok(AfterCheck::Wrong(registering)) => again(&registering, Complaint::EmailCodeWrong, None),
        Ok(AfterCheck::Expired(registering, mailing)) => {
            let resent = mailing == Mailing::Sent;
            let notice = letter_notice(&reception, &registering, mailing);
            again(&registering, Complaint::EmailCodeExpired { resent }, notice)
        }
        Ok(AfterCheck::Ended(ended)) => {
            let said = match ended {
                Ended::TooManyMisses => "too-many",
                Ended::TooLate | Ended::AccountChanged => "again",
            };
            Reply::to_page_saying("register", said, &reception).done()
        }
        Ok(AfterCheck::NoFlow) => gone(&reception).await,
        Err(outage) => reception.outage(&outage),
    }
}

fn letter_notice(reception: &Reception, registering: &Registering, mailing: Mailing) -> Option<Notice> {
    match mailing {
        Mailing::Limited(Waits::Until(until)) => Some(Notice::RegisterMailLimit {
            wait: reception.words.wait(until.since(reception.now())),
        }),
        other => mailing_notice(
            reception,
            Factor::Email,
            other,
            registering.flow.mailed.sent(),
            false,
        ),
    }
}

/// `POST register/check/send`: the same page each time, whatever became of it.
pub async fn send_again(submission: Submission) -> Response {
    let Submission { reception, fresh, .. } = submission;
    let registering = match at_step(&reception, is_check).await {
        Ok(registering) => registering,
        Err(response) => return response,
    };
    if !fresh {
        let stale = vec![Complaint::StaleForm];
        return check_page(
            &reception,
            StatusCode::UNPROCESSABLE_ENTITY,
            &registering,
            stale,
            None,
        );
    }
    match reception
        .web
        .desk
        .register_again(&reception.cookies, &reception.caller())
        .await
    {
        Ok(Some((_, Mailing::Sent))) => {
            Reply::to_page_saying("register/check", "sent-again", &reception).done()
        }
        Ok(Some((registering, mailing))) => {
            let notice = letter_notice(&reception, &registering, mailing);
            check_page(&reception, StatusCode::OK, &registering, Vec::new(), notice)
        }
        Ok(None) => gone(&reception).await,
        Err(outage) => reception.outage(&outage),
    }
}

/// `GET register/link/TOKEN`: the letter's link. It begins a flow and uses nothing up; what it
/// carries is out of the address bar before a page is shown.
pub async fn open_link(Path(token): Path<String>, reception: Reception) -> Response {
    if !is_on(&reception) {
        return reception.not_found();
    }
    if reception.visitor.is_some() {
        return Reply::to_page_saying("sign-out", LINK_OPENED, &reception).done();
    }
    match reception
        .web
        .desk
        .open_registration_link(&token, &reception.caller())
        .await
    {
        Ok(Some(registering)) => {
            Reply::behind_link("register/check", Some(&registering.cookie), &reception).done()
        }
        Ok(None) => {
            let valid = reception.words.length(LINK_FOR);
            let obstacle = Obstacle::LinkExpired {
                kind: LinkKind::Registration,
                end: LinkEnd::TooLate { valid },
            };
            reception.obstacle(StatusCode::GONE, obstacle)
        }
        Err(outage) => reception.outage(&outage),
    }
}

/// `GET register/details`.
pub async fn show_details(reception: Reception) -> Response {
    match at_step(&reception, is_details).await {
        Ok(registering) => details_page(
            &reception,
            StatusCode::OK,
            &registering,
            (String::new(), String::new()),
            Vec::new(),
        ),
        Err(response) => response,
    }
}

fn details_page(
    reception: &Reception,
    status: StatusCode,
    registering: &Registering,
    (first_name, last_name): (String, String),
    complaints: Vec<Complaint>,
) -> Response {
    let page = view::RegisterDetails {
        shell: with(reception, complaints, None),
        step: place(reception, 3),
        username: registering.flow.request.email.spelling().to_owned(),
        first_name,
        last_name,
        least: reception.web.desk.rules.load().passwords.min_length,
    };
    Reply::page(status, &page, reception).done()
}

/// What is wrong with a name.
pub fn name_complaints(first_name: &str, last_name: &str) -> Vec<Complaint> {
    let too_long = |name: &str| name.trim().chars().count() > PERSON_NAME_AT_MOST;
    [
        person_name(first_name)
            .is_empty()
            .then_some(Complaint::GivenNameMissing),
        too_long(first_name).then_some(Complaint::FirstNameTooLong),
        too_long(last_name).then_some(Complaint::LastNameTooLong),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// What is wrong with a new password.
pub fn password_complaint(refusal: PasswordRefusal) -> Complaint {
    match refusal {
        PasswordRefusal::TooShort { needed } => Complaint::NewPasswordShort { least: needed },
        PasswordRefusal::TooLong => Complaint::NewPasswordTooLong,
        PasswordRefusal::Guessable => Complaint::NewPasswordGuessable,
    }
}

/// `POST register/details`: password and name.
pub async fn submit_details(submission: Submission) -> Response {
    let Submission {
        reception,
        form,
        fresh,
    } = submission;
    let registering = match at_step(&reception, is_details).await {
        Ok(registering) => registering,
        Err(response) => return response,
    };
    let (first, last) = (form.get("given_name"), form.get("family_name"));
    let again = |registering: &Registering, complaints| {
        let names = (first.to_owned(), last.to_owned());
        details_page(
            &reception,
            StatusCode::UNPROCESSABLE_ENTITY,
            registering,
            names,
            complaints,
        )
    };
    if !fresh {
        return again(&registering, vec![Complaint::StaleForm]);
    }
    let mut complaints = name_complaints(first, last);
    if form.get("new_password").is_empty() {
        complaints.push(Complaint::NewPasswordMissing);
    }
    if !complaints.is_empty() {
        return again(&registering, complaints);
    }
    let details = Details {
        first_name: person_name(first),
        last_name: person_name(last),
        language: reception.language().clone(),
    };
    let after = reception
        .web
        .desk
        .register_details(
            form.get("new_password"),
            &details,
            &reception.cookies,
            &reception.caller(),
        )
        .await;
    match after {
        Ok(AfterDetails::Step(ticket)) => sign_in::step(&reception, &ticket),
        Ok(AfterDetails::SignedIn(opened)) => Reply::signed_in(&opened, &reception).done(),
        Ok(AfterDetails::SignIn) => Reply::to_page_saying("sign-in", "account-made", &reception).done(),
        Ok(AfterDetails::Waits) => Reply::to_page("register/waiting", &reception).done(),
        Ok(AfterDetails::Taken) => Reply::to_page_saying("sign-in", "account-there", &reception).done(),
        Ok(AfterDetails::Refused(registering, refusal)) => {
            again(&registering, vec![password_complaint(refusal)])
        }
        Ok(AfterDetails::OutOfStep(registering)) => {
            Reply::to_page(page_of(registering.flow.stage), &reception).done()
        }
        Ok(AfterDetails::Busy) => reception.busy(),
        Ok(AfterDetails::NoFlow) => gone(&reception).await,
        Err(outage) => reception.outage(&outage),
    }
}

/// `GET register/waiting`: an operator has a last word. It says the same to everybody.
pub async fn show_waiting(reception: Reception) -> Response {
    let manual = reception.web.desk.rules.load().registration.approval != Approval::None;
    if !is_on(&reception) || !manual {
        return reception.not_found();
    }
    let shell = reception.shell();
    Reply::page(StatusCode::OK, &view::RegisterWaiting { shell }, &reception).done()
}
