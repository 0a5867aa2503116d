//! `account/activity`: what has happened lately. "Was this you?"

use axum::response::Response;
use http::StatusCode;

use super::Owner;
use crate::identity::event::{Cause, Event, What};
use crate::web::reply::Reply;
use crate::web::view::sessions::{AccountActivity, ActivityRow};

/// Lines that the page has.
const LINES: usize = 20;

/// `GET account/activity`.
pub async fn show(owner: Owner) -> Response {
    let events = match owner.reception.web.desk.recent_events(&owner.visitor).await {
        Ok(events) => events,
        Err(outage) => return owner.reception.outage(&outage),
    };
    let rows = lines(&events).into_iter().map(|line| ActivityRow {
        at: owner.hour(line.newest.at),
        message: line.message,
        times: line.times,
    });
    let page = AccountActivity {
        shell: owner.shell(),
        rows: rows.collect(),
    };
    Reply::page(StatusCode::OK, &page, &owner.reception).done()
}

/// Events that are told as one.
struct Line<'a> {
    message: &'static str,
    newest: &'a Event,
    oldest: &'a Event,
    times: u32,
}

/// The newest events, newest first, in lines: wrong answers in a row are one line, and so is what one
/// request brought about twice.
fn lines(events: &[Event]) -> Vec<Line<'_>> {
    let mut lines: Vec<Line<'_>> = Vec::with_capacity(LINES);
    for event in events {
        let Some(message) = message_of(&event.what) else {
            continue;
        };
        if let Some(last) = lines.last_mut().filter(|last| last.message == message) {
            let same_request = event.request.is_some() && last.oldest.request == event.request;
            if same_request || is_attempt(message) {
                last.times += u32::from(!same_request);
                last.oldest = event;
                continue;
            }
        }
        if lines.len() == LINES {
            break;
        }
        lines.push(Line {
            message,
            newest: event,
            oldest: event,
            times: 1,
        });
    }
    lines
}

/// The message that tells the owner of an event. `None`: it is a part or a consequence of another one
/// that is told, or is not about the account.
///
/// Named in full, without `_`: whoever adds an event decides here whether its owner reads of it.
fn message_of(what: &What) -> Option<&'static str> {
    Some(match what {
        What::SignInCompleted { method } => match method.as_str() {
            "password" => "activity-signed-in-password",
            "password+app" => "activity-signed-in-app",
            "password+email" => "activity-signed-in-email",
            "password+sms" => "activity-signed-in-sms",
            "password+recovery" => "activity-signed-in-recovery",
            "password+device" => "activity-signed-in-device",
            _ => "activity-signed-in",
        },
        What::PasswordFailed => PASSWORD_FAILED,
        What::FactorFailed { .. } | What::FactorReplayed { .. } | What::ConfirmFailed => ANSWER_FAILED,
        What::FactorClosed => "activity-factor-closed",
        What::Waiting { .. } => "activity-waiting",
        What::SessionEnded { cause, .. } => match cause {
            Cause::SignOut => "activity-signed-out",
            Cause::SignOutEverywhere => "activity-signed-out-everywhere",
            Cause::FromElsewhere => "activity-session-ended",
            Cause::Misses => "activity-session-misses",
            Cause::AccountChanged | Cause::Support | Cause::Renewed => return None,
        },
        What::DeviceTrusted { .. } => "activity-device-trusted",
        What::DeviceUsedElsewhere { .. } => "activity-device-elsewhere",
        What::DeviceRemoved { device: Some(_) } => "activity-device-removed",
        What::DeviceRemoved { device: None } => "activity-devices-removed",
        What::AppAdded => "activity-app-added",
        What::AppRemoved => "activity-app-removed",
        What::PhoneAdded => "activity-phone-added",
        What::PhoneRemoved => "activity-phone-removed",
        What::RecoveryCreated { .. } => "activity-recovery-created",
        What::RecoveryUsed { .. } => "activity-recovery-used",
        What::PasswordChanged => "activity-password-changed",
        What::Registered => "activity-registered",
        What::RegistrationApproved => "activity-approved",
        What::TermsAccepted { .. } => "activity-terms",
        What::PasswordResetAsked => "activity-reset-asked",
        What::PasswordReset => "activity-reset",
        What::EmailChangeAsked => "activity-email-asked",
        What::EmailChanged => "activity-email-changed",
        What::EmailRevoked { restored: true } => "activity-email-revoked",
        What::EmailRevoked { restored: false } => "activity-email-lost",
        What::SupportAdded => "activity-support-added",
        What::SupportInvited => "activity-support-invited",
        What::SupportEdited { .. } => "activity-support-edited",
        What::SupportLocked => "activity-support-locked",
        What::SupportUnlocked => "activity-support-unlocked",
        What::SupportPasswordSet => "activity-support-password",
        What::SupportMfaReset => "activity-support-reset",
        What::SupportMfaSuspended { .. } => "activity-support-suspended",
        What::SupportSignedOut => "activity-support-signed-out",
        What::SupportSessionEnded { .. } => "activity-support-session",
        What::SupportDeviceRemoved { .. } => "activity-support-device",
        // Parts and consequences of what is told.
        What::PasswordOk
        | What::RegistrationAsked
        | What::RegistrationConfirmed
        | What::FactorSent { .. }
        | What::FactorOk { .. }
        | What::SessionOpened { .. }
        | What::SessionExpired { .. }
        | What::SessionDisplaced { .. }
        | What::DeviceUsed { .. }
        | What::RecoveryLow { .. }
        | What::ConfirmOk
        // Nobody's account, or one that is gone.
        | What::Spray { .. }
        | What::SupportDeleted
        | What::SupportStoreCopied { .. }
        | What::SupportBackupCreated { .. }
        | What::SupportBackupRestored { .. }
        | What::ConfigLoaded
        | What::ConfigRefused { .. }
        | What::KeyRotated
        | What::KeyDropped { .. }
        | What::StoreDown
        | What::StoreUp
        | What::ClockJump { .. }
        | What::MailFailed { .. }
        | What::SmsFailed { .. }
        | What::RequestMalformed { .. }
        | What::HeaderDropped { .. }
        | What::CsrfRefused => return None,
    })
}

const PASSWORD_FAILED: &str = "activity-password-failed";
const ANSWER_FAILED: &str = "activity-answer-failed";

fn is_attempt(message: &str) -> bool {
    [PASSWORD_FAILED, ANSWER_FAILED].contains(&message)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::entropy::OsEntropy;
    use crate::base::id::{AccountId, RequestId};
    use crate::base::time::Timestamp;
    use crate::identity::factor::Factor;
    use crate::language::Catalog;

    fn told(events: Vec<(What, Option<RequestId>)>) -> Vec<(&'static str, u32)> {
        let account = AccountId::draw(&OsEntropy);
        let events: Vec<Event> = events
            .into_iter()
            .map(|(what, request)| Event {
                request,
                ..Event::of(account, what, Timestamp::from_unix_seconds(1))
            })
            .collect();
        lines(&events).iter().map(|it| (it.message, it.times)).collect()
    }

    #[test]
    fn wrong_answers_in_a_row_are_one_line_and_changes_are_each_their_own() {
        let request = || Some(RequestId::draw(&OsEntropy));
        let wrong = What::FactorFailed { factor: Factor::App };
        let (one, other) = (request(), request());
        assert_eq!(
            told(vec![
                (What::PasswordFailed, request()),
                (What::PasswordFailed, request()),
                (What::AppAdded, request()),
                (What::AppAdded, request()),
                // One wrong code at the confirm page is told by two events.
                (What::ConfirmFailed, one),
                (wrong.clone(), one),
                (What::ConfirmFailed, other),
                (wrong, other),
                (What::PasswordOk, request()),
                (What::PasswordFailed, None),
                (What::PasswordFailed, None),
            ]),
            [
                (PASSWORD_FAILED, 2),
                ("activity-app-added", 1),
                ("activity-app-added", 1),
                (ANSWER_FAILED, 2),
                (PASSWORD_FAILED, 2),
            ]
        );
    }

    #[test]
    fn every_line_has_its_words_in_every_language() {
        let ids = include_str!("activity.rs").split("\"activity-").skip(1);
        let ids: Vec<String> = ids
            .filter_map(|rest| rest.split_once('"'))
            .filter(|(id, _)| !id.is_empty() && id.bytes().all(|it| it == b'-' || it.is_ascii_lowercase()))
            .map(|(id, _)| format!("activity-{id}"))
            .collect();
        assert!(ids.len() > 20, "{ids:?}");
        for language in Catalog::builtin().languages() {
            let words = crate::language::words(language.as_str());
            for id in &ids {
                assert_ne!(words.say_with(id, &[("count", 2_u32.into())]), *id, "{language}");
            }
        }
    }

    #[test]
    fn there_are_twenty_lines_and_a_flood_of_wrong_passwords_is_one_of_them() {
        let mut events = vec![(What::PasswordFailed, None); 300];
        events.extend(vec![(What::PasswordChanged, None); 30]);
        let told = told(events);
        assert_eq!(told.len(), LINES);
        assert_eq!(told[0], (PASSWORD_FAILED, 300));
    }
}
