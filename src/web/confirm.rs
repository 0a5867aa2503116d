//! `confirm`: fresh proof before a change to the account, and then the change.
//!
//! ```text
//! what is stale ─▶ answers ─┬─ right ─▶ a new session cookie, and on with what was begun
//!                           ├─ wrong ─▶ the page again; the fifth ends the session
//!                           └─ none  ─▶ the page again; nothing counted
//! ```
//!
//! What is to be done is kept with the session. Only pages that are opened and not begun with
//! a button name themselves in the address: `?for=password`, `?for=email`.

use axum::response::Response;
use http::StatusCode;

use super::account::saying::Saying;
use super::account::{Owner, OwnersForm, app, devices, email, phone, recovery_codes};
use super::code::no_code;
use super::form::Form;
use super::reply::Reply;
use super::target;
use super::view::account::{About, Confirm, ConfirmFactor};
use super::view::{Complaint, Notice, Shell};
use crate::identity::confirm::Intent;
use crate::identity::factor::{Factor, NotSixDigits, Verdict};
use crate::service::confirm::{AfterConfirm, AfterSend, Asked, TypedAnswers};
use crate::service::sign_in::Mailing;

/// The page, for what its address names or else for what is kept.
struct Desired {
    owner: Owner,
    wanted: Option<Intent>,
}

/// `GET confirm`.
pub async fn show(owner: Owner) -> Response {
    let shell = owner.shell();
    Desired::of(owner).page(StatusCode::OK, shell).await
}

/// `POST confirm`: the answers, or a code by email or text message.
pub async fn submit(sent: OwnersForm) -> Response {
    let OwnersForm { owner, form, fresh } = sent;
    let desired = Desired::of(owner);
    if !fresh {
        return desired.again(vec![Complaint::StaleForm], None).await;
    }
    if form.get("cancel") == "yes" {
        return desired.cancel().await;
    }
    if matches!(form.get("send"), "email" | "sms") {
        return desired.send().await;
    }
    desired.answered(&form).await
}

impl Desired {
    fn of(owner: Owner) -> Self {
        let wanted = match owner.reception.purpose.as_deref() {
            Some("password") => Some(Intent::ChangePassword),
            Some("email") => Some(Intent::ChangeEmail(None)),
            _ => None,
        };
        Self { owner, wanted }
    }

    /// This page again, for the same.
    fn here(&self) -> &'static str {
        match self.wanted {
            Some(Intent::ChangeEmail(_)) => "confirm?for=email",
            Some(_) => "confirm?for=password",
            None => "confirm",
        }
    }

    async fn asked(&self) -> Result<Asked, Response> {
        let desk = &self.owner.reception.web.desk;
        match desk
            .asked_to_confirm(self.wanted.clone(), &self.owner.visitor)
            .await
        {
            Ok(Some(asked)) => Ok(asked),
            Ok(None) => Err(self.owner.to_page("account").done()),
            Err(outage) => Err(self.owner.reception.outage(&outage)),
        }
    }

    async fn page(&self, status: StatusCode, shell: Shell) -> Response {
        let asked = match self.asked().await {
            Ok(asked) => asked,
            Err(response) => return response,
        };
        if asked.stale.nothing()
            && let Some(page) = page_of(&asked.intent)
        {
            return self.owner.to_page(page).done();
        }
        let email = &self.owner.visitor.account().email;
        let number = match self.owner.phone() {
            Ok(number) => number.unwrap_or_default(),
            Err(response) => return *response,
        };
        let factor = asked.stale.second.map(|factor| match factor {
            Factor::Email => ConfirmFactor::Email {
                address: email.spelling().to_owned(),
                sent: asked.sent.is_some(),
            },
            Factor::Sms => ConfirmFactor::Sms {
                number,
                sent: asked.sent.is_some(),
            },
            Factor::App | Factor::Recovery => ConfirmFactor::App {
                or_recovery: asked.or_recovery,
            },
        });
        let page = Confirm {
            about: about(&asked.intent),
            username: email.spelling().to_owned(),
            ask_password: asked.stale.password,
            factor,
            shell,
        };
        Reply::page(status, &page, &self.owner.reception).done()
    }

    async fn again(&self, complaints: Vec<Complaint>, notice: Option<Notice>) -> Response {
        let shell = Shell {
            notice,
            ..self.owner.shell_with(complaints)
        };
        self.page(StatusCode::UNPROCESSABLE_ENTITY, shell).await
    }

    /// "Cancel": what was to be done is forgotten, with its codes.
    async fn cancel(&self) -> Response {
        let asked = match self.asked().await {
            Ok(asked) => asked,
            Err(response) => return response,
        };
        let desk = &self.owner.reception.web.desk;
        match desk.cancel_confirm(&self.owner.visitor).await {
            Ok(()) => self.owner.to_page(home_of(&asked.intent)).done(),
            Err(outage) => self.owner.reception.outage(&outage),
        }
    }

    /// "Send a code".
    async fn send(&self) -> Response {
        let reception = &self.owner.reception;
        let (sent_before, factor) = match self.asked().await {
            Ok(asked) => (asked.sent.is_some(), asked.stale.second.unwrap_or(Factor::Email)),
            Err(response) => return response,
        };
        let saying = match factor {
            Factor::Sms => Saying::TextSent,
            Factor::Email | Factor::App | Factor::Recovery => Saying::CodeSent,
        };
        let after = reception
            .web
            .desk
            .send_confirm_code(self.wanted.clone(), &self.owner.visitor, &reception.caller())
            .await;
        match after {
            Ok(AfterSend::Mailing(Mailing::Sent)) if sent_before => {
                self.owner.to_page_saying(self.here(), &saying).done()
            }
            Ok(AfterSend::Mailing(Mailing::Sent | Mailing::None) | AfterSend::NothingToSend) => {
                self.owner.to_page(self.here()).done()
            }
            Ok(AfterSend::Mailing(mailing)) => {
                let shell = Shell {
                    notice: self.mail_notice(factor, mailing).await,
                    ..reception.shell()
                };
                self.page(StatusCode::OK, shell).await
            }
            Ok(AfterSend::Gone) => self.owner.to_page("account").done(),
            Err(outage) => reception.outage(&outage),
        }
    }

    /// What is said about a code that did not simply go out.
    async fn mail_notice(&self, factor: Factor, mailing: Mailing) -> Option<Notice> {
        let sent = match mailing {
            Mailing::TooEarly(_) => self.asked().await.ok()?.sent,
            Mailing::None | Mailing::Sent | Mailing::Limited(_) | Mailing::Failed => None,
        };
        super::code::mailing_notice(&self.owner.reception, factor, mailing, sent, false)
    }

    async fn answered(self, form: &Form) -> Response {
        let typed = TypedAnswers {
            password: form.get("password"),
            code: form.get("code"),
            recovery_code: form.get("recovery_code"),
        };
        let reception = &self.owner.reception;
        let shell = self.owner.shell();
        let goes_on = |intent: &Intent| shell.url(page_of(intent).unwrap_or_else(|| home_of(intent)));
        let after = reception
            .web
            .desk
            .confirm(
                typed,
                self.wanted.clone(),
                &goes_on,
                &self.owner.visitor,
                &reception.cookies,
                &reception.caller(),
            )
            .await;
        match after {
            Ok(AfterConfirm::Confirmed(renewed, intent)) => {
                let (owner, renewal) = self.owner.renewed(*renewed);
                let response = go_on(&owner, &intent).await;
                renewal.on(response, &owner)
            }
            Ok(AfterConfirm::Replaced(renewed)) => {
                let (owner, renewal) = self.owner.renewed(*renewed);
                let response = owner.to_page("code/recovery/used").done();
                renewal.on(response, &owner)
            }
            Ok(AfterConfirm::Fresh(intent)) => go_on(&self.owner, &intent).await,
            Ok(AfterConfirm::Incomplete { password, code }) => {
                let complaints = incomplete(password, code, &typed);
                self.again(complaints, None).await
            }
            Ok(AfterConfirm::PasswordWrong) => self.again(vec![Complaint::PasswordWrong], None).await,
            Ok(AfterConfirm::PasswordTooLong) => self.again(vec![Complaint::PasswordTooLong], None).await,
            Ok(AfterConfirm::CodeRefused(factor, verdict, mailing)) => {
                let notice = self.mail_notice(factor, mailing).await;
                self.again(vec![refused(factor, verdict, mailing)], notice).await
            }
            Ok(AfterConfirm::Waits(waits)) => reception.waits(waits),
            Ok(AfterConfirm::Busy) => reception.busy(),
            Ok(AfterConfirm::Ended) => self.owner.signed_out_by_misses(),
            Ok(AfterConfirm::NothingAsked) => self.owner.to_page("account").done(),
            Ok(AfterConfirm::Gone) => self.owner.to_page(self.here()).done(),
            Err(outage) => reception.outage(&outage),
        }
    }
}

/// On with what was begun: nobody enters anything twice.
async fn go_on(owner: &Owner, intent: &Intent) -> Response {
    match intent {
        Intent::SetUpApp => app::begin(owner, None).await,
        Intent::ReplaceApp(app) => app::begin(owner, Some(*app)).await,
        Intent::SetUpPhone => phone::begin(owner).await,
        Intent::RemovePhone => phone::remove(owner).await,
        Intent::NewRecoveryCodes => recovery_codes::create(owner).await,
        Intent::RemoveDevices => devices::remove_all(owner).await,
        Intent::RememberDevice => devices::remember(owner).await,
        Intent::RemoveApp(_) => owner.to_page("account/app/remove").done(),
        Intent::ChangePassword => owner.to_page("account/password").done(),
        Intent::ChangeEmail(None) => owner.to_page("account/email").done(),
        Intent::ChangeEmail(Some(address)) => email::change(owner, address).await,
        Intent::OpenPage(page) => {
            let reception = &owner.reception;
            let prefix = reception.web.settings.load().prefix.clone();
            let page = format!("{prefix}/{page}");
            Reply::see_other(&target::read(&page, &reception.arrival.site.origin, &prefix)).done()
        }
    }
}

/// The page that goes on by itself once nothing is stale; elsewhere a button does.
fn page_of(intent: &Intent) -> Option<&'static str> {
    match intent {
        Intent::RemoveApp(_) => Some("account/app/remove"),
        Intent::ChangePassword => Some("account/password"),
        Intent::ChangeEmail(None) => Some("account/email"),
        Intent::ChangeEmail(Some(_))
        | Intent::SetUpApp
        | Intent::ReplaceApp(_)
        | Intent::SetUpPhone
        | Intent::RemovePhone
        | Intent::NewRecoveryCodes
        | Intent::RemoveDevices
        | Intent::RememberDevice
        | Intent::OpenPage(_) => None,
    }
}

/// Where somebody comes from who is about to do this, and where "Cancel" leads.
fn home_of(intent: &Intent) -> &'static str {
    match intent {
        Intent::SetUpApp | Intent::ReplaceApp(_) | Intent::RemoveApp(_) => "account/app",
        Intent::SetUpPhone | Intent::RemovePhone => "account/phone",
        Intent::NewRecoveryCodes => "account/recovery-codes",
        Intent::RemoveDevices | Intent::RememberDevice => "account/devices",
        Intent::ChangeEmail(_) => "account/details",
        Intent::ChangePassword | Intent::OpenPage(_) => "account",
    }
}

fn about(intent: &Intent) -> About {
    match intent {
        Intent::SetUpApp => About::AppSetup,
        Intent::ReplaceApp(_) => About::AppReplace,
        Intent::RemoveApp(_) => About::AppRemove,
        Intent::SetUpPhone => About::PhoneSetup,
        Intent::RemovePhone => About::PhoneRemove,
        Intent::NewRecoveryCodes => About::RecoveryCodes,
        Intent::ChangePassword => About::Password,
        Intent::ChangeEmail(address) => About::Email {
            typed: address.is_some(),
        },
        Intent::RemoveDevices => About::RemoveDevices,
        Intent::RememberDevice => About::RememberDevice,
        Intent::OpenPage(_) => About::OpenPage,
    }
}

fn incomplete(password: bool, code: Option<NotSixDigits>, typed: &TypedAnswers<'_>) -> Vec<Complaint> {
    let by_recovery = typed.code.trim().is_empty() && !typed.recovery_code.trim().is_empty();
    let factor = if by_recovery {
        Factor::Recovery
    } else {
        Factor::App
    };
    password
        .then_some(Complaint::PasswordMissing)
        .into_iter()
        .chain(code.map(|fault| no_code(factor, fault)))
        .collect()
}

/// What is wrong with a code that was not taken.
pub fn refused(factor: Factor, verdict: Verdict, mailing: Mailing) -> Complaint {
    match (factor, verdict) {
        (_, Verdict::Expired) => Complaint::EmailCodeExpired {
            resent: mailing == Mailing::Sent,
        },
        (Factor::Recovery, _) => Complaint::RecoveryCodeWrong,
        (Factor::Email, _) => Complaint::EmailCodeWrong,
        (Factor::Sms, _) => Complaint::TextCodeWrong,
        (Factor::App, Verdict::Past) => Complaint::AppCodeLate,
        (Factor::App, Verdict::Spent) => Complaint::AppCodeUsed,
        (Factor::App, Verdict::Wrong | Verdict::Right) => Complaint::AppCodeWrong,
    }
}
