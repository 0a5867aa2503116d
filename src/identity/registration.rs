//! From a stranger's address to an account of their own.
//!
//! ```text
//!              ┌─ code from the letter ──┐
//! address ─▶ Check                       ├─▶ Details ──password, name──▶ Account
//!    │         ▲ │ wrong, tries left     │
//!    │         └─┘                       │
//!    └─ letter ─▶ its link ─▶ Linked ─button─┘        Account: open, or waiting for approval
//!
//! too many wrong codes, 15 minutes without a step: Ended
//! ```
//!
//! [`step`] is the whole machine. An address that has an account gets the same pages, and no code
//! of its ever fits: what its owner is told, the letter says. [`Registration::account`] is the only
//! way from here to an account, and needs a confirmed address. There is no session in here: with
//! the account a sign-in begins ([`super::sign_in::after_registration`]).

use serde::{Deserialize, Serialize};

use super::account::{Account, EmailAddress, Status};
use super::factor::Verdict;
use super::factor::email_code::MailedCodes;
use super::settings::{Approval, CodeAsked, RegistrationCode, RegistrationSettings, Settings};
use super::sign_in::{Ended, STEP_WITHIN};
use super::{invitation, reset};
use crate::base::id::{AccountId, FlowId};
use crate::base::language::Language;
use crate::base::time::Timestamp;

/// What is asked for first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Request {
    /// The account to be.
    pub account: AccountId,
    /// Its address.
    pub email: EmailAddress,
    /// The host it is on.
    pub site: String,
    /// Where the person wanted to go; already validated.
    pub next: String,
}

/// One browser's way to an account. Stored between requests.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Registration {
    /// Binds mailed codes to this flow.
    pub id: FlowId,
    /// What was asked for.
    pub request: Request,
    /// Whether the address has an account already: nothing fits then.
    pub taken: bool,
    /// When the last step was completed.
    pub stepped_at: Timestamp,
    /// Wrong codes so far, over all resends.
    pub misses: u8,
    /// Codes that were mailed for it.
    pub mailed: MailedCodes,
    /// The step it is at.
    pub stage: Stage,
}

/// The step a registration is at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Stage {
    /// The code from the letter is asked for.
    Check,
    /// The letter's link was opened; a button confirms.
    Linked,
    /// The address is confirmed; password and name are asked for.
    Details {
        /// Since when.
        confirmed: Timestamp,
    },
}

/// What waits for a mailed link, for 24 hours.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Linked {
    /// What was asked for.
    pub request: Request,
    /// Whether the address had an account: the letter has no link then, and this one fits nothing.
    pub taken: bool,
}

/// What happens to a registration.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Input {
    /// A mailed code was checked.
    Code(Verdict),
    /// "Confirm", after the link was opened.
    Confirm,
}

/// Why an input was not taken.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Refusal {
    /// The code is wrong.
    Wrong,
    /// It is late: a fresh letter goes out, within the limits.
    Expired,
    /// A stale tab or a replayed form.
    OutOfStep,
}

/// What a step came to.
#[derive(Debug)]
pub enum Outcome {
    /// Keep going from here.
    Ask(Registration),
    /// Say no, and stay here.
    Refuse(Registration, Refusal),
    /// Say no, and forget this flow.
    End(Ended),
}

/// Why somebody may not register.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum NotAdmitted {
    /// Nobody may.
    Closed,
    /// A code is needed, and none was given.
    CodeMissing,
    /// The code is none of ours.
    CodeWrong,
    /// The address is of no domain that may.
    Domain,
}

impl RegistrationSettings {
    /// Whether this address may register, with this code.
    ///
    /// # Errors
    ///
    /// [`NotAdmitted`] says why not.
    pub fn admit(&self, email: &EmailAddress, code: &str) -> Result<(), NotAdmitted> {
        let given = !code.trim().is_empty();
        match self.code_asked() {
            CodeAsked::No if !self.is_on() => return Err(NotAdmitted::Closed),
            CodeAsked::Required if !given => return Err(NotAdmitted::CodeMissing),
            CodeAsked::Required | CodeAsked::Optional if given && !self.knows(code) => {
                return Err(NotAdmitted::CodeWrong);
            }
            CodeAsked::No | CodeAsked::Optional | CodeAsked::Required => {}
        }
        let domain = email.key().rsplit_once('@').map_or("", |(_, domain)| domain);
        let allowed = self.allow_domains.is_empty() || self.allow_domains.iter().any(|it| it == domain);
        allowed.then_some(()).ok_or(NotAdmitted::Domain)
    }

    /// Whether it is one of the codes. Every one of them is compared.
    fn knows(&self, typed: &str) -> bool {
        RegistrationCode::read(typed).is_some_and(|typed| {
            self.codes
                .iter()
                .fold(false, |found, code| found | (*code == typed))
        })
    }
}

impl Registration {
    /// After the address was typed: the letter's code is awaited.
    pub fn asked(id: FlowId, request: Request, taken: bool, now: Timestamp) -> Self {
        Self {
            id,
            request,
            taken,
            stepped_at: now,
            misses: 0,
            mailed: MailedCodes::default(),
            stage: Stage::Check,
        }
    }

    /// After the letter's link was opened: nothing is confirmed by that, mail scanners do it too.
    pub fn linked(id: FlowId, linked: Linked, now: Timestamp) -> Self {
        Self {
            stage: Stage::Linked,
            ..Self::asked(id, linked.request, linked.taken, now)
        }
    }

    /// When the stored flow may be forgotten.
    pub fn expires(&self) -> Timestamp {
        self.stepped_at.plus(STEP_WITHIN)
    }

    /// When the address was confirmed, if it was.
    pub fn confirmed(&self) -> Option<Timestamp> {
        match self.stage {
            Stage::Details { confirmed } if !self.taken => Some(confirmed),
            Stage::Details { .. } | Stage::Check | Stage::Linked => None,
        }
    }

    /// The account, which nobody can sign in to before it has a password, and where an operator has a
    /// last word not before that was said. `None` before the address is confirmed.
    pub fn account(
        &self,
        details: &Details,
        settings: &RegistrationSettings,
        now: Timestamp,
    ) -> Option<Account> {
        self.confirmed()?;
        let mut account = Account::new(self.request.account, self.request.email.clone(), now);
        account.first_name.clone_from(&details.first_name);
        account.last_name.clone_from(&details.last_name);
        account.language = Some(details.language.clone());
        if settings.approval != Approval::None {
            account.status = Status::Waiting { since: now };
        }
        Some(account)
    }
}

/// How the owner gets into an account that an address has already: said to whoever registers with it anew.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WayIn {
    /// With the password.
    #[default]
    SignIn,
    /// With the password, or a new one by mail.
    SignInOrReset,
    /// By the link of an invitation: there is no password yet.
    Invitation,
    /// Not before an operator approves it.
    Approval,
}

impl WayIn {
    /// Into this account.
    pub fn of(account: &Account, settings: &Settings) -> Self {
        if matches!(account.status, Status::Waiting { .. }) {
            return Self::Approval;
        }
        if invitation::may_invite(account) {
            return Self::Invitation;
        }
        if settings.password_reset.enabled && reset::may_reset(account) {
            return Self::SignInOrReset;
        }
        Self::SignIn
    }
}

/// What a person says of themselves.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Details {
    /// Given name.
    pub first_name: String,
    /// Family name.
    pub last_name: String,
    /// The language of the page; letters speak it from now on.
    pub language: Language,
}

/// One input. `at_most` wrong codes end it.
pub fn step(flow: Registration, input: Input, at_most: u32, now: Timestamp) -> Outcome {
    if now >= flow.expires() {
        return Outcome::End(Ended::TooLate);
    }
    match (flow.stage, input) {
        (Stage::Check, Input::Code(Verdict::Right)) if !flow.taken => confirmed(flow, now),
        // The code of an address that has an account was never mailed; a guess that fits is luck.
        (Stage::Check, Input::Code(Verdict::Right | Verdict::Wrong | Verdict::Past | Verdict::Spent)) => {
            miss(flow, at_most)
        }
        (Stage::Check, Input::Code(Verdict::Expired)) => Outcome::Refuse(flow, Refusal::Expired),
        (Stage::Linked, Input::Confirm) if !flow.taken => confirmed(flow, now),
        (Stage::Linked, Input::Confirm | Input::Code(_))
        | (Stage::Check, Input::Confirm)
        | (Stage::Details { .. }, Input::Code(_) | Input::Confirm) => {
            Outcome::Refuse(flow, Refusal::OutOfStep)
        }
    }
}

fn confirmed(flow: Registration, now: Timestamp) -> Outcome {
    Outcome::Ask(Registration {
        stage: Stage::Details { confirmed: now },
        stepped_at: now,
        ..flow
    })
}

fn miss(flow: Registration, at_most: u32) -> Outcome {
    let misses = flow.misses.saturating_add(1);
    if u32::from(misses) >= at_most {
        return Outcome::End(Ended::TooManyMisses);
    }
    Outcome::Refuse(Registration { misses, ..flow }, Refusal::Wrong)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::base::entropy::OsEntropy;
    use crate::identity::settings::RegistrationMode;

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_unix_seconds(1_700_000_000 + seconds)
    }

    fn email(text: &str) -> EmailAddress {
        EmailAddress::parse(text).unwrap()
    }

    fn request() -> Request {
        Request {
            account: AccountId::draw(&OsEntropy),
            email: email("anna@example.com"),
            site: "portal.example.com".to_owned(),
            next: "/".to_owned(),
        }
    }

    fn flow(taken: bool) -> Registration {
        Registration::asked(FlowId::draw(&OsEntropy), request(), taken, at(0))
    }

    fn details() -> Details {
        Details {
            first_name: "Anna".to_owned(),
            last_name: "Muster".to_owned(),
            language: Language::english(),
        }
    }

    fn settings(mode: RegistrationMode, codes: &[&str], domains: &[&str]) -> RegistrationSettings {
        RegistrationSettings {
            mode,
            codes: codes
                .iter()
                .map(|it| RegistrationCode::read(it).unwrap())
                .collect(),
            approval: Approval::None,
            allow_domains: domains.iter().map(|it| (*it).to_owned()).collect(),
        }
    }

    #[test]
    fn a_code_is_known_however_it_is_spelled() {
        let with = settings(RegistrationMode::Code, &["SPRING-2026", "Otter-River-9"], &[]);
        let anna = email("anna@example.com");
        for typed in ["spring2026", " Spring 2026 ", "SPRING-2026", "otter river 9"] {
            assert_eq!(with.admit(&anna, typed), Ok(()), "{typed}");
        }
        assert_eq!(with.admit(&anna, " "), Err(NotAdmitted::CodeMissing));
        for typed in ["spring", "spring2027", "spring20266", "-"] {
            assert_eq!(with.admit(&anna, typed), Err(NotAdmitted::CodeWrong), "{typed}");
        }
        assert!(RegistrationCode::read("1234567").is_none());
        let open = settings(RegistrationMode::Open, &["SPRING-2026"], &[]);
        assert_eq!(open.admit(&anna, ""), Ok(()));
        assert_eq!(open.admit(&anna, "autumn-2026"), Err(NotAdmitted::CodeWrong));
        let open = settings(RegistrationMode::Open, &[], &[]);
        assert_eq!(open.admit(&anna, "whatever"), Ok(()));
        let closed = settings(RegistrationMode::Closed, &[], &[]);
        assert_eq!(closed.admit(&anna, ""), Err(NotAdmitted::Closed));
        assert!(!format!("{with:?}").contains("SPRING"));
    }

    #[test]
    fn reg_07_a_domain_is_the_whole_domain() {
        let only = settings(RegistrationMode::Open, &[], &["company.com"]);
        for fits in ["a@company.com", "a@COMPANY.com"] {
            assert_eq!(only.admit(&email(fits), ""), Ok(()), "{fits}");
        }
        for other in [
            "a@company.com.evil.com",
            "a@sub.company.com",
            "a@evilcompany.com",
            "a@company.co",
        ] {
            assert_eq!(only.admit(&email(other), ""), Err(NotAdmitted::Domain), "{other}");
        }
        for none in [
            "a@evil.com@company.com",
            "\"a@company.com\"@evil.com",
            "a@company.com\nx",
            "a@company.com%0a",
        ] {
            assert!(EmailAddress::parse(none).is_err(), "{none}");
        }
    }

    #[test]
    fn an_account_needs_a_confirmed_address() {
        let flow = flow(false);
        assert!(
            flow.account(&details(), &RegistrationSettings::default(), at(1))
                .is_none()
        );
        let Outcome::Ask(flow) = step(flow, Input::Code(Verdict::Right), 5, at(10)) else {
            panic!("right");
        };
        assert_eq!(flow.confirmed(), Some(at(10)));
        let account = flow
            .account(&details(), &RegistrationSettings::default(), at(11))
            .unwrap();
        assert_eq!(
            (account.id, account.display_name().as_str()),
            (flow.request.account, "Anna Muster")
        );
        assert!(account.password.is_none(), "nobody signs in with it yet");
        assert!(account.is_active());
        let manual = RegistrationSettings {
            approval: Approval::Manual { approver: None },
            ..RegistrationSettings::default()
        };
        let waiting = flow.account(&details(), &manual, at(11)).unwrap();
        assert_eq!(waiting.status, Status::Waiting { since: at(11) });
        assert!(!waiting.is_active(), "not before somebody says so");
    }

    #[test]
    fn five_misses_or_fifteen_minutes_end_it() {
        let mut now = flow(false);
        for left in (0..5).rev() {
            match step(now.clone(), Input::Code(Verdict::Wrong), 5, at(1)) {
                Outcome::Refuse(next, Refusal::Wrong) if left > 0 => now = next,
                Outcome::End(Ended::TooManyMisses) if left == 0 => {}
                other => panic!("{left}: {other:?}"),
            }
        }
        let late = step(flow(false), Input::Code(Verdict::Right), 5, at(900));
        assert!(matches!(late, Outcome::End(Ended::TooLate)), "{late:?}");
    }

    #[test]
    fn a_link_confirms_by_its_button_and_an_address_that_is_taken_never() {
        let waiting = Linked {
            request: request(),
            taken: false,
        };
        let opened = Registration::linked(FlowId::draw(&OsEntropy), waiting.clone(), at(0));
        assert_eq!(opened.confirmed(), None);
        let guessed = step(opened.clone(), Input::Code(Verdict::Right), 5, at(1));
        assert!(
            matches!(guessed, Outcome::Refuse(_, Refusal::OutOfStep)),
            "{guessed:?}"
        );
        let pressed = step(opened, Input::Confirm, 5, at(1));
        assert!(matches!(pressed, Outcome::Ask(flow) if flow.confirmed() == Some(at(1))));
        let taken = Linked {
            taken: true,
            ..waiting
        };
        let opened = Registration::linked(FlowId::draw(&OsEntropy), taken, at(0));
        assert!(matches!(
            step(opened, Input::Confirm, 5, at(1)),
            Outcome::Refuse(..)
        ));
    }

    proptest! {
        /// Whatever is sent, an address that has an account is never confirmed.
        #[test]
        fn what_is_taken_stays_unconfirmed(inputs in proptest::collection::vec(0..6_u8, 0..8), linked: bool) {
            let mut now = flow(true);
            if linked {
                now.stage = Stage::Linked;
            }
            for (second, input) in inputs.into_iter().enumerate() {
                let input = match input {
                    0 => Input::Code(Verdict::Right),
                    1 => Input::Code(Verdict::Wrong),
                    2 => Input::Code(Verdict::Past),
                    3 => Input::Code(Verdict::Spent),
                    4 => Input::Code(Verdict::Expired),
                    _ => Input::Confirm,
                };
                match step(now, input, 5, at(second as i64)) {
                    Outcome::Ask(next) | Outcome::Refuse(next, _) => now = next,
                    Outcome::End(_) => return Ok(()),
                }
                prop_assert_eq!(now.confirmed(), None);
                prop_assert!(now.account(&details(), &RegistrationSettings::default(), at(0)).is_none());
            }
        }
    }
}
