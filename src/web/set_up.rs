//! The set-up that comes before the portal: why, app, codes, done. Each step has its own URL; which
//! one is open is known by the flow, and every other leads there.

use axum::response::Response;
use http::StatusCode;

use super::code::{Asked, asked, begin_step_up, carry_flow, no_code};
use super::reception::Reception;
use super::reply::Reply;
use super::sign_in::{self, step};
use super::submission::Submission;
use super::view::app::{AppSetup, SetupPlace};
use super::view::recovery::{RecoverySheet, SheetPlace};
use super::view::setup::{Call, SetupDone, SetupWhy};
use super::view::{Complaint, Moment, Notice, QrPicture, Shell, Step};
use crate::identity::account::Account;
use crate::identity::assurance;
use crate::identity::device::NAME_AT_MOST;
use crate::identity::factor::totp::AppSecret;
use crate::identity::factor::{Factor, Verdict};
use crate::identity::set_up::{self, SetUpStep};
use crate::identity::sign_in::{SetUp, Stage};
use crate::service::factor::AfterCode;
use crate::service::set_up::AfterSetUp;
use crate::service::sign_in::Ticket;

/// Which step of how many; phone and codes are left out where they are not asked for.
pub fn place(reception: &Reception, ticket: Option<&Ticket>, account: &Account, at: SetUpStep) -> Step {
    let rules = reception.web.desk.rules.load();
    let asked = ticket.map(|it| it.flow.asked).unwrap_or_default();
    let steps = set_up::steps(account, asked, &rules.second_factor);
    let before = steps.iter().take_while(|step| **step != at).count();
    let count = |steps: usize| u32::try_from(steps).unwrap_or(u32::MAX);
    Step {
        number: count(before + 1),
        of: count(steps.len()),
    }
}

/// What all pages share, with what is wrong and what is said.
pub fn with(reception: &Reception, complaints: Vec<Complaint>, notice: Option<Notice>) -> Shell {
    Shell {
        complaints,
        ..reception.shell_saying(notice)
    }
}

/// Whom a step is for; a flow that is at another step leads there.
async fn at_step(reception: &Reception, fits: fn(&SetUp) -> bool) -> Result<Asked, Response> {
    let asked = asked(reception).await?;
    match &asked.ticket {
        Some(ticket) => match &ticket.flow.stage {
            Stage::SetUp(set_up) if fits(set_up) => Ok(asked),
            Stage::SetUp(_) | Stage::SecondFactor { .. } | Stage::Method | Stage::Terms => {
                Err(Reply::to_page(sign_in::page_of(&ticket.flow), reception).done())
            }
        },
        None => Ok(asked),
    }
}

/// The flow of a step that needs one.
pub async fn at_open_step(
    reception: &Reception,
    fits: fn(&SetUp) -> bool,
) -> Result<(Ticket, Account), Response> {
    let asked = at_step(reception, fits).await?;
    match asked.ticket {
        Some(ticket) => Ok((ticket, asked.account)),
        None => Err(Reply::to_page("setup/why", reception).done()),
    }
}

/// `GET setup/why`.
pub async fn show_why(reception: Reception) -> Response {
    match at_step(&reception, at_why).await {
        Ok(asked) => why_page(&reception, StatusCode::OK, &asked, Vec::new()),
        Err(response) => response,
    }
}

/// The first page is there until the app is set up.
fn at_why(at: &SetUp) -> bool {
    matches!(at, SetUp::Why | SetUp::Phone(_) | SetUp::App(_))
}

fn why_page(
    reception: &Reception,
    status: StatusCode,
    asked: &Asked,
    complaints: Vec<Complaint>,
) -> Response {
    let rules = reception.web.desk.rules.load();
    let account = &asked.account;
    let demand = assurance::demand(account, &rules.second_factor, reception.now());
    let call = match demand.invited.and_then(|invited| invited.until) {
        _ if demand.set_up => Call::Needed,
        Some(until) => Call::NeededFrom(Moment::date(&reception.words, until, &reception.zone())),
        None => Call::Invited,
    };
    let page = SetupWhy {
        shell: with(reception, complaints, None),
        step: place(reception, asked.ticket.as_ref(), account, SetUpStep::Why),
        call,
        suggested: rules.second_factor.app.suggest.clone(),
        phone_first: assurance::phone_step(account, &rules.second_factor).is_some(),
        codes_follow: set_up::codes_follow(account, &rules.second_factor),
        email_codes: set_up::email_instead(account, &rules.second_factor, reception.now()),
    };
    Reply::page(status, &page, reception).done()
}

/// `POST setup/why`: "Set up now", or "Not now" where that may be said.
pub async fn submit_why(submission: Submission) -> Response {
    let Submission {
        mut reception,
        form,
        fresh,
    } = submission;
    let asked = match at_step(&reception, at_why).await {
        Ok(asked) => asked,
        Err(response) => return response,
    };
    if !fresh {
        return why_page(
            &reception,
            StatusCode::UNPROCESSABLE_ENTITY,
            &asked,
            vec![Complaint::StaleForm],
        );
    }
    if form.get("later") == "yes" {
        return later(&reception, &asked).await;
    }
    // The secret stays while it is being scanned: back and forward show the same one.
    if let Some(ticket) = &asked.ticket
        && matches!(ticket.flow.stage, Stage::SetUp(SetUp::App(_) | SetUp::Phone(_)))
    {
        return step(&reception, ticket);
    }
    let begun = match begin_step_up(&mut reception, &asked, None).await {
        Ok(begun) => begun,
        Err(response) => return response,
    };
    let mut response = match reception
        .web
        .desk
        .set_up_app(&reception.cookies, &reception.caller())
        .await
    {
        Ok(after) => went_on(&reception, after),
        Err(outage) => return reception.outage(&outage),
    };
    if let Some(ticket) = begun {
        carry_flow(&reception, &ticket, &mut response);
    }
    response
}

/// "Not now". Whoever has a session already just goes on; what that lacks is asked there.
async fn later(reception: &Reception, asked: &Asked) -> Response {
    if asked.ticket.is_none() {
        return Reply::see_other(&reception.next_or_top()).done();
    }
    let desk = &reception.web.desk;
    match desk.set_up_later(&reception.cookies, &reception.caller()).await {
        Ok(after) => went_on(reception, after),
        Err(outage) => reception.outage(&outage),
    }
}

/// The answer where a step needs no page of its own.
pub fn went_on(reception: &Reception, after: AfterCode) -> Response {
    match after {
        AfterCode::Step(ticket) | AfterCode::NoCode(ticket, _) | AfterCode::Refused(ticket, ..) => {
            step(reception, &ticket)
        }
        AfterCode::SignedIn(opened) => Reply::signed_in(&opened, reception).done(),
        AfterCode::Waits(waits) => reception.waits(waits),
        AfterCode::Ended(ended) => sign_in::over(reception, ended),
        AfterCode::NoFlow => Reply::to_page("sign-in", reception).done(),
    }
}

/// `GET setup/app`.
pub async fn show_app(reception: Reception) -> Response {
    match at_open_step(&reception, |at| matches!(at, SetUp::App(_))).await {
        Ok((ticket, account)) => app_page(&reception, StatusCode::OK, &ticket, &account, None, Vec::new()),
        Err(response) => response,
    }
}

fn app_page(
    reception: &Reception,
    status: StatusCode,
    ticket: &Ticket,
    account: &Account,
    typed_name: Option<String>,
    complaints: Vec<Complaint>,
) -> Response {
    let (shown, pending) = match reception.web.desk.shown_secret(&ticket.flow) {
        Ok(Some(shown)) => shown,
        Ok(None) => return Reply::to_page(sign_in::page_of(&ticket.flow), reception).done(),
        Err(outage) => return reception.outage(&outage),
    };
    let shell = with(reception, complaints, pending.voided().map(Notice::AppSetupAnew));
    match scan_page(
        reception,
        shell,
        SetupPlace::Wizard(place(reception, Some(ticket), account, SetUpStep::App)),
        &shown,
        account,
        None,
        typed_name,
    ) {
        Some(page) => Reply::page(status, &page, reception).done(),
        None => reception.obstacle(
            StatusCode::SERVICE_UNAVAILABLE,
            super::view::edge::Obstacle::StoreDown,
        ),
    }
}

/// The page with QR code and key, in the wizard or on the account pages. `None`: issuer and address
/// together are longer than a QR code holds.
pub fn scan_page(
    reception: &Reception,
    shell: Shell,
    place: SetupPlace,
    secret: &AppSecret,
    account: &Account,
    replaces: Option<String>,
    typed_name: Option<String>,
) -> Option<AppSetup> {
    let rules = reception.web.desk.rules.load();
    let issuer = rules.second_factor.app.issuer.clone();
    let address = account.email.spelling().to_owned();
    let link = secret.link(&issuer, &address)?;
    Some(AppSetup {
        place,
        replaces,
        qr: QrPicture::of(&link).ok()?,
        link,
        key: secret.in_groups(),
        account: address,
        issuer,
        app_name: typed_name.unwrap_or_else(|| reception.words.say("app-setup-name-default")),
        suggested: rules.second_factor.app.suggest.clone(),
        no_text_messages: rules.second_factor.sms.is_none(),
        shell,
    })
}

/// What is wrong with the first code of an app.
pub fn not_confirmed(verdict: Verdict) -> Option<Complaint> {
    match verdict {
        Verdict::Past => Some(Complaint::AppCodeLate),
        Verdict::Spent => Some(Complaint::AppCodeUsed),
        Verdict::Wrong => Some(Complaint::SetupCodeWrong),
        Verdict::Expired | Verdict::Right => None,
    }
}

/// `POST setup/app`: the first code.
pub async fn submit_app(submission: Submission) -> Response {
    let Submission {
        reception,
        form,
        fresh,
    } = submission;
    let (ticket, account) = match at_open_step(&reception, |at| matches!(at, SetUp::App(_))).await {
        Ok(found) => found,
        Err(response) => return response,
    };
    let name = form.get("app_name").to_owned();
    let again = |ticket: &Ticket, complaints| {
        app_page(
            &reception,
            StatusCode::UNPROCESSABLE_ENTITY,
            ticket,
            &account,
            Some(name.clone()),
            complaints,
        )
    };
    if !fresh {
        return again(&ticket, vec![Complaint::StaleForm]);
    }
    if name.chars().count() > NAME_AT_MOST {
        return again(&ticket, vec![Complaint::AppNameTooLong]);
    }
    let otherwise = reception.words.say("app-setup-name-default");
    let after = reception
        .web
        .desk
        .set_up_confirm(
            form.get("code"),
            &name,
            &otherwise,
            &reception.cookies,
            &reception.caller(),
        )
        .await;
    match after {
        Ok(AfterSetUp::NotConfirmed(ticket, verdict)) => {
            again(&ticket, not_confirmed(verdict).into_iter().collect())
        }
        // The page says so itself, for as long as it shows the secret that came after.
        Ok(AfterSetUp::TooMany(ticket)) => again(&ticket, Vec::new()),
        Ok(AfterSetUp::Flow(AfterCode::NoCode(ticket, fault))) => {
            again(&ticket, vec![no_code(Factor::App, fault)])
        }
        Ok(AfterSetUp::Flow(after)) => went_on(&reception, after),
        Ok(AfterSetUp::NotSaved(ticket)) => step(&reception, &ticket),
        Err(outage) => reception.outage(&outage),
    }
}

/// `GET setup/codes`.
pub async fn show_codes(reception: Reception) -> Response {
    match at_open_step(&reception, |at| matches!(at, SetUp::Codes(_))).await {
        Ok((ticket, account)) => codes_page(&reception, StatusCode::OK, &ticket, &account, Vec::new()),
        Err(response) => response,
    }
}

fn codes_page(
    reception: &Reception,
    status: StatusCode,
    ticket: &Ticket,
    account: &Account,
    complaints: Vec<Complaint>,
) -> Response {
    let codes = match reception.web.desk.shown_codes(&ticket.flow) {
        Ok(Some(codes)) => codes,
        Ok(None) => return Reply::to_page(sign_in::page_of(&ticket.flow), reception).done(),
        Err(outage) => return reception.outage(&outage),
    };
    let page = RecoverySheet {
        shell: with(reception, complaints, None),
        place: SheetPlace::Wizard(place(reception, Some(ticket), account, SetUpStep::Codes)),
        codes: codes
            .iter()
            .map(crate::identity::factor::recovery::RecoveryCode::printed)
            .collect(),
        account: account.email.spelling().to_owned(),
        today: Moment::date(&reception.words, reception.now(), &reception.zone()),
    };
    Reply::page(status, &page, reception).done()
}

/// `POST setup/codes`: saved, or to be downloaded.
pub async fn submit_codes(submission: Submission) -> Response {
    let Submission {
        reception,
        form,
        fresh,
    } = submission;
    let (ticket, account) = match at_open_step(&reception, |at| matches!(at, SetUp::Codes(_))).await {
        Ok(found) => found,
        Err(response) => return response,
    };
    if !fresh {
        return codes_page(
            &reception,
            StatusCode::UNPROCESSABLE_ENTITY,
            &ticket,
            &account,
            vec![Complaint::StaleForm],
        );
    }
    if form.get("download") == "yes" {
        return match reception.web.desk.shown_codes(&ticket.flow) {
            Ok(Some(codes)) => super::recovery_file::download(&reception, &account, &codes),
            Ok(None) => step(&reception, &ticket),
            Err(outage) => reception.outage(&outage),
        };
    }
    let saved = form.get("saved") == "yes";
    match reception
        .web
        .desk
        .set_up_codes_saved(saved, &reception.cookies, &reception.caller())
        .await
    {
        Ok(AfterSetUp::NotSaved(ticket)) => codes_page(
            &reception,
            StatusCode::UNPROCESSABLE_ENTITY,
            &ticket,
            &account,
            vec![not_saved(&reception)],
        ),
        Ok(AfterSetUp::Flow(after)) => went_on(&reception, after),
        Ok(AfterSetUp::NotConfirmed(ticket, _) | AfterSetUp::TooMany(ticket)) => step(&reception, &ticket),
        Err(outage) => reception.outage(&outage),
    }
}

/// "I have saved these" was not ticked.
pub fn not_saved(reception: &Reception) -> Complaint {
    let codes = reception.web.desk.rules.load().second_factor.recovery_codes.count;
    Complaint::CodesNotSaved { codes }
}

/// `GET setup/done`.
pub async fn show_done(reception: Reception) -> Response {
    match at_open_step(&reception, |at| matches!(at, SetUp::Done)).await {
        Ok((ticket, account)) => done_page(&reception, StatusCode::OK, &ticket, &account, Vec::new()),
        Err(response) => response,
    }
}

fn done_page(
    reception: &Reception,
    status: StatusCode,
    ticket: &Ticket,
    account: &Account,
    complaints: Vec<Complaint>,
) -> Response {
    let page = SetupDone {
        shell: with(reception, complaints, None),
        step: place(reception, Some(ticket), account, SetUpStep::Done),
    };
    Reply::page(status, &page, reception).done()
}

/// `POST setup/done`: "Finish".
pub async fn submit_done(submission: Submission) -> Response {
    let Submission { reception, fresh, .. } = submission;
    let (ticket, account) = match at_open_step(&reception, |at| matches!(at, SetUp::Done)).await {
        Ok(found) => found,
        Err(response) => return response,
    };
    if !fresh {
        return done_page(
            &reception,
            StatusCode::UNPROCESSABLE_ENTITY,
            &ticket,
            &account,
            vec![Complaint::StaleForm],
        );
    }
    match reception
        .web
        .desk
        .set_up_finish(&reception.cookies, &reception.caller())
        .await
    {
        Ok(after) => went_on(&reception, after),
        Err(outage) => reception.outage(&outage),
    }
}
