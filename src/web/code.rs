//! The second factor's pages: `code/email`, `code/app`, `code/sms`, `code/recovery`, `methods`.
//!
//! They serve a flow after the right password, and a live session that lacks a fresh factor: its
//! flow begins with the first form that is sent, never with a look.

use std::time::Duration;

use axum::response::Response;
use http::StatusCode;

use super::reception::Reception;
use super::reply::Reply;
use super::sign_in::{self, step};
use super::submission::Submission;
use super::view::code as view;
use super::view::{Complaint, Moment, Notice, Shell};
use crate::base::time::Timestamp;
use crate::identity::account::Account;
use crate::identity::assurance;
use crate::identity::factor::{Factor, NotSixDigits};
use crate::identity::settings::SmsSettings;
use crate::identity::sign_in::{Refusal, Stage};
use crate::identity::throttle::Waits;
use crate::service::factor::{AfterCode, TypedCode};
use crate::service::sign_in::{Mailing, Ticket};
use crate::service::step_up::LiveFlow;
use crate::store::{Version, Versioned};

/// Whom a code page is for: a flow and its account, or a session that has no flow yet.
pub struct Asked {
    /// The account.
    pub account: Account,
    /// The flow, if it has begun.
    pub ticket: Option<Ticket>,
    /// The versions of flow and account, where a step may be decided on these.
    versions: Option<(Version, Version)>,
}

impl Asked {
    fn of((ticket, account, version): LiveFlow) -> Self {
        Self {
            versions: Some((version, account.version)),
            account: account.value,
            ticket: Some(ticket),
        }
    }

    /// For a page that is answered with, and leads to no step.
    fn shown(account: Account, ticket: Option<Ticket>) -> Self {
        Self {
            account,
            ticket,
            versions: None,
        }
    }

    fn read(&self) -> Option<LiveFlow> {
        let (flow, account) = self.versions?;
        let account = Versioned {
            value: self.account.clone(),
            version: account,
        };
        Some((self.ticket.clone()?, account, flow))
    }
}

/// Finds whom a code page is for; otherwise the way to the page they belong on.
pub async fn asked(reception: &Reception) -> Result<Asked, Response> {
    let desk = &reception.web.desk;
    let found = desk
        .live_flow(&reception.cookies, desk.now())
        .await
        .map_err(|outage| reception.outage(&outage))?;
    match (found, &reception.visitor) {
        (Some(found), None) if found.0.flow.upgrades.is_none() => Ok(Asked::of(found)),
        (Some(found), Some(visitor)) if found.0.flow.upgrades == Some(visitor.cookie()) => {
            Ok(Asked::of(found))
        }
        (_, Some(visitor)) => Ok(Asked::shown(visitor.account().clone(), None)),
        (_, None) => Err(Reply::see_other(
            &reception
                .shell()
                .url_with_next("sign-in", reception.next.as_deref()),
        )
        .done()),
    }
}

/// A code page asks for a factor that the account may use, in a flow that is at that step.
async fn at_factor(reception: &Reception, factor: Factor) -> Result<Asked, Response> {
    let asked = asked(reception).await?;
    if let Some(ticket) = &asked.ticket
        && !matches!(ticket.flow.stage, Stage::SecondFactor { .. })
    {
        return Err(Reply::to_page(sign_in::page_of(&ticket.flow), reception).done());
    }
    let usable = assurance::usable(&asked.account, &reception.web.desk.rules.load().second_factor);
    match factor {
        _ if usable.contains(&factor) => Ok(asked),
        // Whoever wants a recovery code and has none is shown what there is.
        Factor::Recovery => {
            let methods = reception
                .shell()
                .url_with_next("methods", reception.next.as_deref());
            Err(Reply::see_other(&methods).done())
        }
        Factor::App | Factor::Email | Factor::Sms => Err(reception.not_for_this_account()),
    }
}

fn other_ways(reception: &Reception, account: &Account) -> bool {
    assurance::usable(account, &reception.web.desk.rules.load().second_factor).len() > 1
}

fn with(reception: &Reception, complaints: Vec<Complaint>, notice: Option<Notice>) -> Shell {
    Shell {
        complaints,
        ..reception.shell_saying(notice)
    }
}

/// `GET code/email`.
pub async fn show_email(reception: Reception) -> Response {
    let notice = (reception.said.as_deref() == Some("code-sent")).then_some(Notice::CodeSentAgain);
    match at_factor(&reception, Factor::Email).await {
        Ok(asked) => email_page(&reception, StatusCode::OK, &asked, Vec::new(), notice),
        Err(response) => response,
    }
}

/// `GET code/sms`.
pub async fn show_sms(reception: Reception) -> Response {
    let notice = (reception.said.as_deref() == Some("code-sent")).then_some(Notice::TextSentAgain);
    match at_factor(&reception, Factor::Sms).await {
        Ok(asked) => sms_page(&reception, StatusCode::OK, &asked, Vec::new(), notice),
        Err(response) => response,
    }
}

/// `GET code/app`.
pub async fn show_app(reception: Reception) -> Response {
    match at_factor(&reception, Factor::App).await {
        Ok(asked) => app_page(&reception, StatusCode::OK, &asked, Vec::new()),
        Err(response) => response,
    }
}

/// `GET code/recovery`.
pub async fn show_recovery(reception: Reception) -> Response {
    match at_factor(&reception, Factor::Recovery).await {
        Ok(asked) => recovery_page(&reception, StatusCode::OK, &asked, Vec::new()),
        Err(response) => response,
    }
}

fn email_page(
    reception: &Reception,
    status: StatusCode,
    asked: &Asked,
    complaints: Vec<Complaint>,
    notice: Option<Notice>,
) -> Response {
    let mailed = asked.ticket.as_ref().map(|ticket| &ticket.flow.mailed);
    let failed = mailed.is_some_and(|mailed| mailed.failed());
    let other_ways = other_ways(reception, &asked.account);
    let delivery = delivery(reception, mailed.and_then(|mailed| mailed.sent()), failed);
    let notice = notice.or(failed.then_some(Notice::MailFailed { other_ways }));
    let valid = reception.web.desk.rules.load().second_factor.email.valid;
    let page = view::CodeEmail {
        shell: with(reception, complaints, notice),
        username: asked.account.email.spelling().to_owned(),
        address: asked.account.email.masked(),
        valid: reception.words.length(valid),
        delivery,
        other_ways,
    };
    Reply::page(status, &page, reception).done()
}

/// What became of a code that was sent.
pub fn delivery(reception: &Reception, sent: Option<Timestamp>, failed: bool) -> view::Delivery {
    match sent {
        Some(at) => view::Delivery::Sent(Moment::time_of_day(&reception.words, at, &reception.zone())),
        None if failed => view::Delivery::Failed,
        None => view::Delivery::NotAsked,
    }
}

fn sms_page(
    reception: &Reception,
    status: StatusCode,
    asked: &Asked,
    complaints: Vec<Complaint>,
    notice: Option<Notice>,
) -> Response {
    let number = match reception.web.desk.phone_of(&asked.account) {
        Ok(number) => number.map(|number| number.masked()).unwrap_or_default(),
        Err(outage) => return reception.outage(&outage),
    };
    let texted = asked.ticket.as_ref().map(|ticket| &ticket.flow.texted);
    let failed = texted.is_some_and(|texted| texted.failed());
    let other_ways = other_ways(reception, &asked.account);
    let notice = notice.or(failed.then_some(Notice::TextFailed { other_ways }));
    let page = view::CodeSms {
        shell: with(reception, complaints, notice),
        username: asked.account.email.spelling().to_owned(),
        number,
        valid: reception.words.length(SmsSettings::CODES.valid),
        delivery: delivery(reception, texted.and_then(|texted| texted.sent()), failed),
        other_ways,
    };
    Reply::page(status, &page, reception).done()
}

fn app_page(
    reception: &Reception,
    status: StatusCode,
    asked: &Asked,
    complaints: Vec<Complaint>,
) -> Response {
    let email = asked.account.email.spelling();
    let issuer = reception.web.desk.rules.load().second_factor.app.issuer.clone();
    let page = view::CodeApp {
        shell: with(reception, complaints, None),
        username: email.to_owned(),
        entry: format!("{issuer} ({email})"),
        other_ways: other_ways(reception, &asked.account),
    };
    Reply::page(status, &page, reception).done()
}

fn recovery_page(
    reception: &Reception,
    status: StatusCode,
    asked: &Asked,
    complaints: Vec<Complaint>,
) -> Response {
    let page = view::CodeRecovery {
        shell: with(reception, complaints, None),
        username: asked.account.email.spelling().to_owned(),
    };
    Reply::page(status, &page, reception).done()
}

fn page_for(
    reception: &Reception,
    status: StatusCode,
    factor: Factor,
    asked: &Asked,
    complaints: Vec<Complaint>,
    notice: Option<Notice>,
) -> Response {
    match factor {
        Factor::Email => email_page(reception, status, asked, complaints, notice),
        Factor::Sms => sms_page(reception, status, asked, complaints, notice),
        Factor::App => app_page(reception, status, asked, complaints),
        Factor::Recovery => recovery_page(reception, status, asked, complaints),
    }
}

/// `POST code/email`.
pub async fn submit_email(submission: Submission) -> Response {
    let code = submission.form.get("code").to_owned();
    submit(submission, TypedCode::Email(&code)).await
}

/// `POST code/sms`.
pub async fn submit_sms(submission: Submission) -> Response {
    let code = submission.form.get("code").to_owned();
    submit(submission, TypedCode::Sms(&code)).await
}

/// `POST code/app`.
pub async fn submit_app(submission: Submission) -> Response {
    let code = submission.form.get("code").to_owned();
    submit(submission, TypedCode::App(&code)).await
}

/// `POST code/recovery`.
pub async fn submit_recovery(submission: Submission) -> Response {
    let code = submission.form.get("recovery_code").to_owned();
    submit(submission, TypedCode::Recovery(&code)).await
}

async fn submit(submission: Submission, typed: TypedCode<'_>) -> Response {
    let Submission {
        mut reception, fresh, ..
    } = submission;
    let factor = typed.factor();
    let asked = match at_factor(&reception, factor).await {
        Ok(asked) => asked,
        Err(response) => return response,
    };
    if !fresh {
        return page_for(
            &reception,
            StatusCode::UNPROCESSABLE_ENTITY,
            factor,
            &asked,
            vec![Complaint::StaleForm],
            None,
        );
    }
    let begun = match begin_step_up(&mut reception, &asked, Some(factor)).await {
        Ok(begun) => begun,
        Err(response) => return response,
    };
    let after = reception
        .web
        .desk
        .submit_code(typed, asked.read(), &reception.cookies, &reception.caller())
        .await;
    let mut response = match after {
        Ok(after) => after_code(&reception, factor, asked.account, after),
        Err(outage) => return reception.outage(&outage),
    };
    if let Some(ticket) = begun {
        carry_flow(&reception, &ticket, &mut response);
    }
    response
}

/// A session that adds proof begins its flow with the first form.
pub async fn begin_step_up(
    reception: &mut Reception,
    asked: &Asked,
    factor: Option<Factor>,
) -> Result<Option<Ticket>, Response> {
    let (None, Some(visitor)) = (&asked.ticket, &reception.visitor) else {
        return Ok(None);
    };
    let begun = reception
        .web
        .desk
        .step_up(
            visitor.cookie(),
            reception.next_or_top(),
            &reception.cookies,
            factor,
        )
        .await;
    match begun {
        Ok(Some(ticket)) => {
            reception.cookies.flow = Some(ticket.cookie.clone());
            Ok(Some(ticket))
        }
        Ok(None) => Err(Reply::to_page("sign-in", reception).done()),
        Err(outage) => Err(reception.outage(&outage)),
    }
}

/// Gives the browser the cookie of a flow that has just begun, unless the answer says otherwise.
pub fn carry_flow(reception: &Reception, ticket: &Ticket, response: &mut Response) {
    let https = reception.arrival.site.https;
    let name = super::cookie::Kind::Flow.name(https);
    let decided = response
        .headers()
        .get_all(http::header::SET_COOKIE)
        .iter()
        .any(|line| {
            line.to_str()
                .is_ok_and(|line| line.starts_with(&format!("{name}=")))
        });
    if decided {
        return;
    }
    let line = super::cookie::set(
        super::cookie::Kind::Flow,
        &ticket.cookie,
        None,
        https,
        &reception.web.desk.keys,
    );
    if let Ok(line) = http::HeaderValue::from_str(&line) {
        response.headers_mut().append(http::header::SET_COOKIE, line);
    }
}

/// The answer to a code, on the page of `factor`.
fn after_code(reception: &Reception, factor: Factor, account: Account, after: AfterCode) -> Response {
    match after {
        AfterCode::Step(ticket) => step(reception, &ticket),
        AfterCode::SignedIn(opened) => Reply::signed_in(&opened, reception).done(),
        AfterCode::NoCode(ticket, fault) => {
            let complaint = no_code(factor, fault);
            let asked = Asked::shown(account, Some(ticket));
            page_for(
                reception,
                StatusCode::UNPROCESSABLE_ENTITY,
                factor,
                &asked,
                vec![complaint],
                None,
            )
        }
        AfterCode::Refused(ticket, refusal, mailing) => {
            let Some(complaint) = refused(factor, refusal, mailing) else {
                return if refusal == Refusal::NotOffered {
                    reception.not_for_this_account()
                } else {
                    step(reception, &ticket)
                };
            };
            let notice = mail_notice(reception, factor, &ticket, mailing, &account);
            let asked = Asked::shown(account, Some(ticket));
            page_for(
                reception,
                StatusCode::UNPROCESSABLE_ENTITY,
                factor,
                &asked,
                vec![complaint],
                notice,
            )
        }
        AfterCode::Waits(waits) => reception.waits(waits),
        AfterCode::Ended(ended) => sign_in::over(reception, ended),
        AfterCode::NoFlow => Reply::to_page("sign-in", reception).done(),
    }
}

/// What is wrong with something that is no code.
pub fn no_code(factor: Factor, fault: NotSixDigits) -> Complaint {
    match (factor, fault) {
        (Factor::Recovery, _) => Complaint::RecoveryCodeMissing,
        (_, NotSixDigits::Empty) => Complaint::CodeMissing,
        (_, NotSixDigits::Length(typed)) => Complaint::CodeLength { typed },
        (_, NotSixDigits::OtherCharacters) => Complaint::CodeNotDigits,
    }
}

fn refused(factor: Factor, refusal: Refusal, mailing: Mailing) -> Option<Complaint> {
    Some(match (refusal, factor) {
        (Refusal::Wrong | Refusal::Past | Refusal::Spent, Factor::Recovery) => Complaint::RecoveryCodeWrong,
        (Refusal::Wrong | Refusal::Past | Refusal::Spent, Factor::Email) => Complaint::EmailCodeWrong,
        (Refusal::Wrong | Refusal::Past | Refusal::Spent, Factor::Sms) => Complaint::TextCodeWrong,
        (Refusal::Wrong, Factor::App) => Complaint::AppCodeWrong,
        (Refusal::Past, Factor::App) => Complaint::AppCodeLate,
        (Refusal::Spent, Factor::App) => Complaint::AppCodeUsed,
        (Refusal::Expired, _) => Complaint::EmailCodeExpired {
            resent: mailing == Mailing::Sent,
        },
        (Refusal::TooMany | Refusal::NotOffered | Refusal::OutOfStep, _) => return None,
    })
}

/// What is said about a code that did not simply go out.
fn mail_notice(
    reception: &Reception,
    factor: Factor,
    ticket: &Ticket,
    mailing: Mailing,
    account: &Account,
) -> Option<Notice> {
    let other_ways = other_ways(reception, account);
    let sent = ticket.flow.codes_by(factor).and_then(|codes| codes.sent());
    mailing_notice(reception, factor, mailing, sent, other_ways)
}

/// The same, for whoever has a code of any kind sent; `sent` is when the last one went out.
pub fn mailing_notice(
    reception: &Reception,
    factor: Factor,
    mailing: Mailing,
    sent: Option<Timestamp>,
    other_ways: bool,
) -> Option<Notice> {
    match mailing {
        Mailing::None | Mailing::Sent => None,
        Mailing::TooEarly(_) => {
            let ago = sent.map_or(Duration::ZERO, |sent| reception.now().since(sent));
            Some(Notice::CodeTooEarly { ago: ago.as_secs() })
        }
        Mailing::Limited(Waits::Until(until)) => {
            let wait = reception.words.wait(until.since(reception.now()));
            Some(Notice::CodeLimit { wait })
        }
        Mailing::Limited(Waits::Closed) | Mailing::Failed if factor == Factor::Sms => {
            Some(Notice::TextFailed { other_ways })
        }
        Mailing::Limited(Waits::Closed) | Mailing::Failed => Some(Notice::MailFailed { other_ways }),
    }
}

/// `POST code/email/send`.
pub async fn send_email(submission: Submission) -> Response {
    send(submission, Factor::Email, "code/email").await
}

/// `POST code/sms/send`.
pub async fn send_sms(submission: Submission) -> Response {
    send(submission, Factor::Sms, "code/sms").await
}

/// The same page each time, whatever became of it.
async fn send(submission: Submission, factor: Factor, page: &str) -> Response {
    let Submission {
        mut reception, fresh, ..
    } = submission;
    let asked = match at_factor(&reception, factor).await {
        Ok(asked) => asked,
        Err(response) => return response,
    };
    if !fresh {
        return page_for(
            &reception,
            StatusCode::UNPROCESSABLE_ENTITY,
            factor,
            &asked,
            vec![Complaint::StaleForm],
            None,
        );
    }
    let begun = match begin_step_up(&mut reception, &asked, Some(factor)).await {
        Ok(begun) => begun,
        Err(response) => return response,
    };
    let mut response = match reception
        .web
        .desk
        .send_code(factor, &reception.cookies, &reception.caller())
        .await
    {
        Ok(Some((_, Mailing::Sent))) => Reply::to_page_saying(page, "code-sent", &reception).done(),
        Ok(Some((ticket, mailing))) => {
            let notice = mail_notice(&reception, factor, &ticket, mailing, &asked.account);
            page_for(
                &reception,
                StatusCode::OK,
                factor,
                &Asked::shown(asked.account, Some(ticket)),
                Vec::new(),
                notice,
            )
        }
        Ok(None) => Reply::to_page("sign-in", &reception).done(),
        Err(outage) => return reception.outage(&outage),
    };
    if let Some(ticket) = begun {
        carry_flow(&reception, &ticket, &mut response);
    }
    response
}

/// `GET methods`.
pub async fn show_methods(reception: Reception) -> Response {
    match asked(&reception).await {
        Ok(asked) => methods_page(&reception, StatusCode::OK, &asked.account, Vec::new()),
        Err(response) => response,
    }
}

fn methods_page(
    reception: &Reception,
    status: StatusCode,
    account: &Account,
    complaints: Vec<Complaint>,
) -> Response {
    let usable = assurance::usable(account, &reception.web.desk.rules.load().second_factor);
    let number = match reception.web.desk.phone_of(account) {
        Ok(number) => number.map(|number| number.masked()).unwrap_or_default(),
        Err(outage) => return reception.outage(&outage),
    };
    let methods = usable
        .into_iter()
        .map(|factor| match factor {
            Factor::App => view::Method::App,
            Factor::Email => view::Method::Email {
                address: account.email.masked(),
            },
            Factor::Sms => view::Method::Sms {
                number: number.clone(),
            },
            Factor::Recovery => view::Method::Recovery,
        })
        .collect();
    Reply::page(
        status,
        &view::Methods {
            shell: with(reception, complaints, None),
            methods,
        },
        reception,
    )
    .done()
}

/// `POST methods`: email and text message send at once.
pub async fn choose(submission: Submission) -> Response {
    let Submission {
        mut reception,
        form,
        fresh,
    } = submission;
    let asked = match asked(&reception).await {
        Ok(asked) => asked,
        Err(response) => return response,
    };
    if !fresh {
        return methods_page(
            &reception,
            StatusCode::UNPROCESSABLE_ENTITY,
            &asked.account,
            vec![Complaint::StaleForm],
        );
    }
    let factor = match form.get("method") {
        "app" => Factor::App,
        "email" => Factor::Email,
        "sms" => Factor::Sms,
        "recovery" => Factor::Recovery,
        _ => {
            return methods_page(
                &reception,
                StatusCode::UNPROCESSABLE_ENTITY,
                &asked.account,
                Vec::new(),
            );
        }
    };
    let usable = assurance::usable(&asked.account, &reception.web.desk.rules.load().second_factor);
    if !usable.contains(&factor) {
        return reception.not_for_this_account();
    }
    let begun = match begin_step_up(&mut reception, &asked, Some(factor)).await {
        Ok(begun) => begun,
        Err(response) => return response,
    };
    let mut response = match reception
        .web
        .desk
        .choose(factor, &reception.cookies, &reception.caller())
        .await
    {
        // Whatever became of the letter, the page of the code says it.
        Ok(AfterCode::Refused(ticket, Refusal::OutOfStep, mailing)) => {
            let notice = mail_notice(&reception, factor, &ticket, mailing, &asked.account);
            page_for(
                &reception,
                StatusCode::OK,
                factor,
                &Asked::shown(asked.account, Some(ticket)),
                Vec::new(),
                notice,
            )
        }
        Ok(after) => after_code(&reception, factor, asked.account, after),
        Err(outage) => return reception.outage(&outage),
    };
    if let Some(ticket) = begun {
        carry_flow(&reception, &ticket, &mut response);
    }
    response
}
