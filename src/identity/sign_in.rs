//! One browser's way from stranger to signed in.
//!
//! ```text
//!            ┌──────────── nothing more demanded ───────────────────┐
//! right      │                                                      ▼
//! password ──┼─▶ SecondFactor ──right code──┬─────────────────▶ Proof
//!            │     │  ▲ wrong, tries left   │ app demanded,        ▲
//!            │     └──┘                     ▼ or invited           │
//!            └─ app demanded, ─▶ SetUp ──phone, app, codes, done──┤
//!               or invited           └────── invited: not now ────┘
//!
//! before all that follows the second factor: Terms ──agreed──▶ on, where they are not agreed to
//! after a registration: Method ──app──▶ SetUp, ──email──▶ Proof
//! a set-up that was left at its codes: SecondFactor ──right app code──▶ SetUp at its codes
//!
//! too many wrong codes, 15 minutes without a step, 60 after the password: Ended
//! ```
//!
//! [`begin`] and [`step`] are the whole machine: state and input in, [`Outcome`] out. It reads no
//! clock, draws no randomness and touches no store; [`crate::service::sign_in`] does those around
//! it. Checking a password or a code happens before a step is taken, and so does counting attempts
//! per account and address ([`super::throttle`]). There is no session in here: one opens with a
//! [`Proof`], and only the end of this machine makes one. A live session is renewed with one too, and
//! that one takes right answers ([`super::confirm::confirmed`]).

use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::account::Account;
use super::assurance;
use super::enrolment::{Missed, PendingApp, PendingCodes};
use super::factor::email_code::MailedCodes;
use super::factor::{Factor, Verdict};
use super::phone::PendingPhone;
use super::session::{Proven, Session};
use super::set_up::{self, Asked};
use super::settings::{PhoneStep, SecondFactorSettings, Settings};
use super::terms;
use crate::base::id::{AccountId, DeviceId, FlowId, TokenDigest};
use crate::base::time::Timestamp;

/// A flow ends this long after its last completed step…
pub const STEP_WITHIN: Duration = Duration::from_secs(15 * 60);

/// …and this long after the password in any case.
pub const FLOW_WITHIN: Duration = Duration::from_secs(60 * 60);

/// Evidence that a sign-in ran to its end; [`Session::open`] asks for one.
#[derive(Clone, Debug)]
pub struct Proof {
    account: AccountId,
    epoch: u32,
    proven: Proven,
}

impl Proof {
    /// What a live session has proven, with what was checked just now. Only
    /// [`super::confirm::confirmed`] may ask for it: it is what looks at the answers.
    pub(super) fn renewed(session: &Session, proven: Proven) -> Self {
        Self {
            account: session.account,
            epoch: session.epoch,
            proven,
        }
    }

    /// Whose.
    pub fn account(&self) -> AccountId {
        self.account
    }

    /// The account's epoch when it was proven.
    pub fn epoch(&self) -> u32 {
        self.epoch
    }

    /// What.
    pub fn proven(&self) -> &Proven {
        &self.proven
    }
}

/// Where one sign-in stands. Stored between requests; holds no code in clear.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct SignIn {
    /// Binds mailed codes to this flow.
    pub id: FlowId,
    /// The host it is on.
    pub site: String,
    /// Whose password was right.
    pub account: AccountId,
    /// The account's epoch then: the flow is dead when it has moved on.
    pub epoch: u32,
    /// Where the person wanted to go. Bound here by the right password.
    pub next: String,
    /// When the password was right.
    pub password_at: Timestamp,
    /// When the last step was completed.
    pub stepped_at: Timestamp,
    /// Wrong codes so far, over all factors and resends.
    pub misses: u8,
    /// The second factor proven so far.
    pub second: Option<(Factor, Timestamp)>,
    /// The trusted device that stood in for it.
    pub device: Option<DeviceId>,
    /// Codes that were mailed for it.
    pub mailed: MailedCodes,
    /// Codes that were sent for it by text message.
    #[serde(default)]
    pub texted: MailedCodes,
    /// The live session that this flow adds proof to.
    pub upgrades: Option<TokenDigest>,
    /// That session, once an app was set up in this flow: it ended with all others then, and goes on
    /// where the flow ends.
    pub carried: Option<Box<Session>>,
    /// The cookie that the right password replaced: another tab's password form may still carry
    /// its token.
    pub replaced: Option<TokenDigest>,
    /// Whether the person was invited to set up an app and has put it off.
    #[serde(default)]
    pub postponed: bool,
    /// The code that took the place of a recovery code used in this flow: shown once it is over.
    #[serde(default)]
    pub fresh_code: Option<PendingCodes>,
    /// Whether the person has yet to choose how to confirm sign-ins: right after a registration.
    #[serde(default)]
    pub chooses: bool,
    /// Recovery codes to show after the app's code, where an earlier set-up was left before they were
    /// saved.
    #[serde(default)]
    pub owed: Option<PendingCodes>,
    /// What the set-up has asked for so far.
    #[serde(default)]
    pub asked: Asked,
    /// The step it is at.
    pub stage: Stage,
}

/// The step a flow is at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Stage {
    /// A code is asked for.
    SecondFactor {
        /// The page the person is on.
        method: Factor,
    },
    /// An app has to be set up before the portal opens.
    SetUp(SetUp),
    /// Somebody who has just registered chooses between app and email.
    Method,
    /// The Terms of Use are to be agreed to.
    Terms,
}

/// The step of a forced set-up.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SetUp {
    /// Why.
    Why,
    /// A phone number, and the code that was sent to it.
    Phone(PendingPhone),
    /// QR code and first code.
    App(PendingApp),
    /// Recovery codes are shown.
    Codes(PendingCodes),
    /// Everything is set up.
    Done,
}

/// What happens to a flow.
#[derive(Clone, Debug)]
pub enum Input {
    /// A code was checked.
    Code(Factor, Verdict),
    /// The person chose another way.
    Choose(Factor),
    /// The set-up asks for a phone number, or for the code that was sent to it.
    ShowPhone(PendingPhone),
    /// The code proved the phone number; with a fresh secret for the app.
    PhoneConfirmed(PendingApp),
    /// A wrong code of the phone number; with the place where another number is asked for, should that have
    /// been one too many.
    PhoneMissed(PendingPhone),
    /// The set-up goes on: "Set up now", or the phone number was skipped; with a fresh secret.
    ShowApp(PendingApp),
    /// "Not now": the person was invited, and puts it off.
    Postpone,
    /// The app's first code was right; with the recovery codes to show, if there are to be any.
    AppConfirmed(Option<PendingCodes>),
    /// A wrong first code of the app; with a fresh secret, should that have been one too many.
    AppMissed(PendingApp),
    /// The recovery codes were saved.
    CodesSaved,
    /// "Finish".
    Finish,
    /// Codes by email it is.
    StayWithEmail,
    /// An app it is: its set-up begins.
    ChooseApp,
    /// The person agreed to the terms; the account says to which.
    Agreed,
}

/// Why an input was not taken.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Refusal {
    /// The code is wrong.
    Wrong,
    /// It was right some minutes ago.
    Past,
    /// It was used before.
    Spent,
    /// It is mailed and late: a fresh one goes out, within the limits.
    Expired,
    /// As many wrong codes as a phone number or an app's secret may have: it is asked for or drawn anew.
    TooMany,
    /// The account may not use this factor.
    NotOffered,
    /// A stale tab or a replayed form: the page of the step it is at is shown.
    OutOfStep,
}

/// Why a flow is over.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Ended {
    /// As many wrong codes as a flow may have.
    TooManyMisses,
    /// Its time has run out.
    TooLate,
    /// The account has changed or may not sign in any more.
    AccountChanged,
}

/// What a step came to.
#[derive(Debug)]
pub enum Outcome {
    /// Keep going from here.
    Ask(SignIn),
    /// Say no, and stay here.
    Refuse(SignIn, Refusal),
    /// Say no, and forget this flow.
    End(Ended),
    /// The way has ended well; the flow goes with the session that opens.
    SignedIn(SignIn, Proof),
}

/// What a flow begins with.
#[derive(Debug)]
pub struct Beginning<'a> {
    /// Its id.
    pub id: FlowId,
    /// The host it is on.
    pub site: &'a str,
    /// Where the person wants to go; already validated.
    pub next: String,
    /// A trusted device of this very account, if the browser is one.
    pub device: Option<DeviceId>,
    /// The cookie that the right password replaces.
    pub replaced: Option<TokenDigest>,
    /// Recovery codes, where [`set_up::codes_owed`] says so.
    pub owed: Option<PendingCodes>,
}

/// After the right password of an account that may sign in.
pub fn begin(beginning: Beginning<'_>, account: &Account, settings: &Settings, now: Timestamp) -> Outcome {
    onward(fresh(beginning, account, now), account, settings, now)
}

fn fresh(beginning: Beginning<'_>, account: &Account, now: Timestamp) -> SignIn {
    SignIn {
        id: beginning.id,
        site: beginning.site.to_owned(),
        account: account.id,
        epoch: account.epoch,
        next: beginning.next,
        password_at: now,
        stepped_at: now,
        misses: 0,
        second: None,
        device: beginning.device,
        mailed: MailedCodes::default(),
        texted: MailedCodes::default(),
        upgrades: None,
        carried: None,
        replaced: beginning.replaced,
        postponed: false,
        fresh_code: None,
        chooses: false,
        owed: beginning.owed,
        asked: Asked::default(),
        stage: Stage::SetUp(SetUp::Why),
    }
}

/// After a registration: the password has just been set, and the mailbox was shown to be the
/// person's at `confirmed`, which counts where email codes do.
pub fn after_registration(
    beginning: Beginning<'_>,
    confirmed: Timestamp,
    account: &Account,
    settings: &Settings,
    now: Timestamp,
) -> Outcome {
    let by_email = assurance::usable(account, &settings.second_factor).contains(&Factor::Email);
    let flow = SignIn {
        second: by_email.then_some((Factor::Email, confirmed)),
        chooses: true,
        ..fresh(beginning, account, now)
    };
    onward(flow, account, settings, now)
}

/// A flow that adds proof to a live session: its password is as old as the session's.
pub fn step_up(
    id: FlowId,
    cookie: TokenDigest,
    session: &Session,
    next: String,
    method: Option<Factor>,
    now: Timestamp,
) -> SignIn {
    SignIn {
        id,
        site: session.site.clone(),
        account: session.account,
        epoch: session.epoch,
        next,
        password_at: session.proven.password,
        stepped_at: now,
        misses: 0,
        second: session.proven.second,
        device: session.proven.device,
        mailed: MailedCodes::default(),
        texted: MailedCodes::default(),
        upgrades: Some(cookie),
        carried: None,
        replaced: None,
        postponed: false,
        fresh_code: None,
        chooses: false,
        owed: None,
        asked: Asked::default(),
        stage: method.map_or(Stage::SetUp(SetUp::Why), |method| Stage::SecondFactor { method }),
    }
}

impl SignIn {
    /// Whether the flow can still be used with this account. `None`: it can.
    pub fn ended(&self, account: &Account, now: Timestamp) -> Option<Ended> {
        if !account.is_active() || account.epoch != self.epoch || account.id != self.account {
            return Some(Ended::AccountChanged);
        }
        // Of a step-up only the steps count: its password is as old as its session.
        let of_session = self.upgrades.is_some() || self.carried.is_some();
        let late = now >= self.stepped_at.plus(STEP_WITHIN)
            || (!of_session && now >= self.password_at.plus(FLOW_WITHIN));
        late.then_some(Ended::TooLate)
    }

    /// The codes that were sent for a factor, where codes are sent for it.
    pub fn codes_by(&self, factor: Factor) -> Option<&MailedCodes> {
        match factor {
            Factor::Email => Some(&self.mailed),
            Factor::Sms => Some(&self.texted),
            Factor::App | Factor::Recovery => None,
        }
    }

    /// When the stored flow may be forgotten.
    pub fn expires(&self) -> Timestamp {
        self.stepped_at.plus(STEP_WITHIN)
    }

    fn onto_app(self, pending: PendingApp, now: Timestamp) -> Outcome {
        at_set_up(self, SetUp::App(pending), now)
    }

    fn proven(&self) -> Proven {
        Proven {
            password: self.password_at,
            second: self.second,
            device: self.device,
        }
    }
}

/// One input.
pub fn step(flow: SignIn, input: Input, account: &Account, settings: &Settings, now: Timestamp) -> Outcome {
    if let Some(ended) = flow.ended(account, now) {
        return Outcome::End(ended);
    }
    let rules = &settings.second_factor;
    match (&flow.stage, input) {
        (Stage::SecondFactor { .. }, Input::Code(factor, verdict)) => {
            after_code(flow, factor, verdict, account, settings, now)
        }
        (Stage::SecondFactor { .. }, Input::Choose(factor)) => after_choice(flow, factor, account, rules),
        (Stage::SetUp(SetUp::Why | SetUp::Phone(_)), Input::ShowPhone(pending)) => {
            to_set_up(flow, SetUp::Phone(pending), account, rules, now)
        }
        (Stage::SetUp(SetUp::Phone(_)), Input::PhoneConfirmed(pending)) => SignIn {
            epoch: account.epoch,
            ..flow
        }
        .onto_app(pending, now),
        (Stage::SetUp(SetUp::Phone(pending)), Input::PhoneMissed(anew)) => {
            let missed = pending.missed(settings.limits.factor_flow).map(SetUp::Phone);
            after_miss(flow, missed, SetUp::Phone(anew))
        }
        (Stage::SetUp(SetUp::App(pending)), Input::AppMissed(anew)) => {
            let missed = pending.missed(settings.limits.factor_flow).map(SetUp::App);
            after_miss(flow, missed, SetUp::App(anew))
        }
        (Stage::SetUp(SetUp::Why | SetUp::Phone(_) | SetUp::App(_)), Input::ShowApp(pending)) => {
            if assurance::phone_step(account, rules) == Some(PhoneStep::Required) {
                return Outcome::Refuse(flow, Refusal::OutOfStep);
            }
            to_set_up(flow, SetUp::App(pending), account, rules, now)
        }
        (Stage::SetUp(SetUp::Why | SetUp::Phone(_) | SetUp::App(_)), Input::Postpone) => {
            postpone(flow, account, settings, now)
        }
        (Stage::Method, Input::ChooseApp) => at_set_up(flow, SetUp::Why, now),
        (Stage::SetUp(SetUp::App(_)), Input::AppConfirmed(codes)) => after_app(flow, codes, account, now),
        (Stage::SetUp(SetUp::Codes(_)), Input::CodesSaved) => at_set_up(flow, SetUp::Done, now),
        (Stage::SetUp(SetUp::Done), Input::Finish) | (Stage::Terms, Input::Agreed) => {
            onward(flow, account, settings, now)
        }
        (Stage::Method, Input::StayWithEmail) => onward(
            SignIn {
                chooses: false,
                // That was an answer to any invitation, too.
                postponed: true,
                ..flow
            },
            account,
            settings,
            now,
        ),
        // A stale tab or a replayed form. Named in full, without `_`, so that a new state or input
        // has to be decided here before the program compiles.
        (
            Stage::SecondFactor { .. },
            Input::ShowPhone(_)
            | Input::PhoneConfirmed(_)
            | Input::PhoneMissed(_)
            | Input::AppMissed(_)
            | Input::ShowApp(_)
            | Input::Postpone
            | Input::AppConfirmed(_)
            | Input::CodesSaved
            | Input::Finish
            | Input::StayWithEmail
            | Input::ChooseApp
            | Input::Agreed,
        )
        | (
            Stage::SetUp(_),
            Input::Code(..) | Input::Choose(_) | Input::StayWithEmail | Input::ChooseApp | Input::Agreed,
        )
        | (
            Stage::Terms,
            Input::Code(..)
            | Input::Choose(_)
            | Input::ShowPhone(_)
            | Input::PhoneConfirmed(_)
            | Input::PhoneMissed(_)
            | Input::AppMissed(_)
            | Input::ShowApp(_)
            | Input::Postpone
            | Input::AppConfirmed(_)
            | Input::CodesSaved
            | Input::Finish
            | Input::StayWithEmail
            | Input::ChooseApp,
        )
        | (
            Stage::Method,
            Input::Code(..)
            | Input::Choose(_)
            | Input::ShowPhone(_)
            | Input::PhoneConfirmed(_)
            | Input::PhoneMissed(_)
            | Input::AppMissed(_)
            | Input::ShowApp(_)
            | Input::Postpone
            | Input::AppConfirmed(_)
            | Input::CodesSaved
            | Input::Finish
            | Input::Agreed,
        )
        | (Stage::SetUp(SetUp::App(_) | SetUp::Codes(_) | SetUp::Done), Input::ShowPhone(_))
        | (
            Stage::SetUp(SetUp::Why | SetUp::App(_) | SetUp::Codes(_) | SetUp::Done),
            Input::PhoneConfirmed(_) | Input::PhoneMissed(_),
        )
        | (Stage::SetUp(SetUp::Codes(_) | SetUp::Done), Input::ShowApp(_) | Input::Postpone)
        | (
            Stage::SetUp(SetUp::Why | SetUp::Phone(_) | SetUp::Codes(_) | SetUp::Done),
            Input::AppConfirmed(_) | Input::AppMissed(_),
        )
        | (Stage::SetUp(SetUp::Why | SetUp::Phone(_) | SetUp::App(_) | SetUp::Done), Input::CodesSaved)
        | (Stage::SetUp(SetUp::Why | SetUp::Phone(_) | SetUp::App(_) | SetUp::Codes(_)), Input::Finish) => {
            Outcome::Refuse(flow, Refusal::OutOfStep)
        }
    }
}

fn at_set_up(flow: SignIn, set_up: SetUp, now: Timestamp) -> Outcome {
    let asked = Asked {
        phone: flow.asked.phone || matches!(set_up, SetUp::Phone(_)),
        codes: flow.asked.codes || matches!(set_up, SetUp::Codes(_)),
    };
    let stage = Stage::SetUp(set_up);
    ask(SignIn { stage, asked, ..flow }, now)
}

fn ask(flow: SignIn, now: Timestamp) -> Outcome {
    Outcome::Ask(SignIn {
        stepped_at: now,
        ..flow
    })
}

fn after_code(
    flow: SignIn,
    factor: Factor,
    verdict: Verdict,
    account: &Account,
    settings: &Settings,
    now: Timestamp,
) -> Outcome {
    let rules = &settings.second_factor;
    let at_most = settings.limits.factor_flow;
    // An account with an app asks for the app: a code that was mailed before it had one, or a
    // factor that the operator does not offer, is no way around it. A recovery code is judged by
    // the app that it stands in for: the last one is spent by now.
    let offered = match factor {
        Factor::Recovery => assurance::may_have_codes(account, rules),
        Factor::App | Factor::Email | Factor::Sms => assurance::usable(account, rules).contains(&factor),
    };
    if !offered {
        return Outcome::Refuse(flow, Refusal::NotOffered);
    }
    match verdict {
        Verdict::Right => onward(
            SignIn {
                second: Some((factor, now)),
                stepped_at: now,
                ..flow
            },
            account,
            settings,
            now,
        ),
        Verdict::Wrong => miss(flow, Refusal::Wrong, at_most),
        Verdict::Past => miss(flow, Refusal::Past, at_most),
        Verdict::Spent => miss(flow, Refusal::Spent, at_most),
        // A late code is no fault of the person.
        Verdict::Expired => Outcome::Refuse(flow, Refusal::Expired),
    }
}

fn miss(flow: SignIn, refusal: Refusal, at_most: u32) -> Outcome {
    let misses = flow.misses.saturating_add(1);
    if u32::from(misses) >= at_most {
        return Outcome::End(Ended::TooManyMisses);
    }
    Outcome::Refuse(SignIn { misses, ..flow }, refusal)
}

/// A wrong code of the set-up. It ends no more than what it was for: `anew` takes that place, and the flow's
/// time goes on.
fn after_miss(flow: SignIn, missed: Missed<SetUp>, anew: SetUp) -> Outcome {
    let (set_up, refusal) = match missed {
        Missed::Again(counted) => (counted, Refusal::Wrong),
        Missed::Over => (anew, Refusal::TooMany),
    };
    let stage = Stage::SetUp(set_up);
    Outcome::Refuse(SignIn { stage, ..flow }, refusal)
}

fn after_choice(flow: SignIn, factor: Factor, account: &Account, rules: &SecondFactorSettings) -> Outcome {
    if !assurance::usable(account, rules).contains(&factor) {
        return Outcome::Refuse(flow, Refusal::NotOffered);
    }
    // Looking at another page is no completed step: the flow's time does not begin anew.
    Outcome::Ask(SignIn {
        stage: Stage::SecondFactor { method: factor },
        ..flow
    })
}

/// "Set up now". A phone number and an app are changes to the account: a device that stood in for the
/// second factor does not stand in for it here, and neither does a suspension.
fn to_set_up(
    flow: SignIn,
    step: SetUp,
    account: &Account,
    rules: &SecondFactorSettings,
    now: Timestamp,
) -> Outcome {
    if assurance::demand(account, rules, now).possible && flow.second.is_none() {
        return ask_second(flow, account, rules, now);
    }
    at_set_up(flow, step, now)
}

/// "Not now", where that may be said.
fn postpone(flow: SignIn, account: &Account, settings: &Settings, now: Timestamp) -> Outcome {
    if assurance::demand(account, &settings.second_factor, now).set_up {
        return Outcome::Refuse(flow, Refusal::OutOfStep);
    }
    let flow = SignIn {
        postponed: true,
        stage: Stage::SetUp(SetUp::Why),
        ..flow
    };
    onward(flow, account, settings, now)
}

fn after_app(flow: SignIn, codes: Option<PendingCodes>, account: &Account, now: Timestamp) -> Outcome {
    // The first code of a new app proves possession of it, now.
    let flow = SignIn {
        second: Some((Factor::App, now)),
        epoch: account.epoch,
        ..flow
    };
    at_set_up(flow, codes.map_or(SetUp::Done, SetUp::Codes), now)
}

/// What comes after what is proven: the next thing demanded, or the end.
fn onward(flow: SignIn, account: &Account, settings: &Settings, now: Timestamp) -> Outcome {
    if !account.is_active() {
        // Locked, or registered and not approved: nothing that was proven changes that.
        return Outcome::End(Ended::AccountChanged);
    }
    let rules = &settings.second_factor;
    let demand = assurance::demand(account, rules, now);
    let second_met = flow.second.is_some() || flow.device.is_some();
    if demand.second && !second_met {
        return ask_second(flow, account, rules, now);
    }
    // What an open session was opened with stands: its owner is asked at the next sign-in.
    let of_session = flow.upgrades.is_some() || flow.carried.is_some();
    if !of_session && terms::unanswered(account, settings).is_some() {
        let stage = Stage::Terms;
        return ask(SignIn { stage, ..flow }, now);
    }
    if demand.set_up {
        return at_set_up(flow, SetUp::Why, now);
    }
    // Whoever left the set-up at its codes is led back to them, and only by the app: nothing that
    // stands in for it adds another way in.
    if let Some(codes) = flow.owed.clone()
        && matches!(flow.second, Some((Factor::App, _)))
        && set_up::codes_owed(account, rules, now)
    {
        return at_set_up(SignIn { owed: None, ..flow }, SetUp::Codes(codes), now);
    }
    if flow.chooses && account.apps.is_empty() && rules.lets_choose(now) {
        return ask(
            SignIn {
                stage: Stage::Method,
                ..flow
            },
            now,
        );
    }
    // People are invited at a sign-in, and not where a session adds proof.
    if demand.invited.is_some() && !flow.postponed && !of_session {
        return at_set_up(flow, SetUp::Why, now);
    }
    let proof = Proof {
        account: account.id,
        epoch: account.epoch,
        proven: flow.proven(),
    };
    Outcome::SignedIn(flow, proof)
}

fn ask_second(flow: SignIn, account: &Account, rules: &SecondFactorSettings, now: Timestamp) -> Outcome {
    let Some(method) = assurance::usable(account, rules).first().copied() else {
        // Demanded, and nothing to prove it with: nobody passes.
        return Outcome::End(Ended::AccountChanged);
    };
    let stage = Stage::SecondFactor { method };
    ask(SignIn { stage, ..flow }, now)
}
