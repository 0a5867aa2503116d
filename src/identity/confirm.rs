//! Fresh proof before an account change.
//!
//! ```text
//! Intent ──nothing stale──────────────────────────────▶ the change
//!    └─────something stale──▶ right answers ──▶ Proof ──▶ renewed session ──▶ the change
//!                                 ▲  │ wrong
//!                                 └──┘ five times: the session ends
//! ```
//!
//! A change asks for whatever is stale: the password, and the second factor that is active. A
//! trusted device does not count; a recovery code at this sign-in does (NIST SP 800-63B §2.2.3 on
//! reauthentication). A suspended factor is asked for as well where a change would outlive the
//! suspension: it lets the password in for a while, and replaces nothing for good. Freshness is looked at when a change begins; a set-up once begun may end
//! within its 15 minutes.
//!
//! [`confirmed`] is the one way to more proof for a session that is open already, and takes the
//! answers to look at them itself: nothing but right ones makes a [`Proof`].

use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::account::{Account, EmailAddress};
use super::assurance;
use super::factor::email_code::MailedCodes;
use super::factor::{Factor, Verdict};
use super::password::Match;
use super::session::Session;
use super::settings::SecondFactorSettings;
use super::sign_in::Proof;
use crate::base::id::{AppId, FlowId};
use crate::base::time::Timestamp;

/// What somebody is about to do to the account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Intent {
    /// Set up an app.
    SetUpApp,
    /// Put another app in this one's place.
    ReplaceApp(AppId),
    /// Remove this app.
    RemoveApp(AppId),
    /// Add a phone number, or put another in its place.
    SetUpPhone,
    /// Remove the phone number.
    RemovePhone,
    /// Make new recovery codes.
    NewRecoveryCodes,
    /// Change the password. The current one is asked for on its own page.
    ChangePassword,
    /// Move to another email address. Without one: the page that asks for it.
    ChangeEmail(Option<EmailAddress>),
    /// Forget all trusted devices.
    RemoveDevices,
    /// Have this browser trusted.
    RememberDevice,
    /// Open a page that asks for a fresh proof.
    OpenPage(String),
}

/// What is too old for an account change.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Stale {
    /// The password.
    pub password: bool,
    /// The second factor that is asked for, if it is stale.
    pub second: Option<Factor>,
}

impl Stale {
    /// Whether nothing is.
    pub fn nothing(self) -> bool {
        !self.password && self.second.is_none()
    }
}

/// What of a session is too old now for a change that lasts. A suspension lifts nothing here.
pub fn stale(
    session: &Session,
    account: &Account,
    rules: &SecondFactorSettings,
    window: Duration,
    now: Timestamp,
) -> Stale {
    let fresh = |at: Timestamp| now < at.plus(window);
    let possible = assurance::demand(account, rules, now).possible;
    let second_fresh = session.proven.second.is_some_and(|(_, at)| fresh(at));
    let active = assurance::usable(account, rules)
        .into_iter()
        .find(|factor| !assurance::stands_in(*factor, rules));
    Stale {
        password: !fresh(session.proven.password),
        second: if possible && !second_fresh { active } else { None },
    }
}

/// What of a session is too old now for what somebody is about to do.
pub fn stale_for(
    intent: &Intent,
    session: &Session,
    account: &Account,
    rules: &SecondFactorSettings,
    window: Duration,
    now: Timestamp,
) -> Stale {
    let stale = stale(session, account, rules, window, now);
    let demanded = assurance::demand(account, rules, now).second;
    let as_demanded = Stale {
        second: stale.second.filter(|_| demanded),
        ..stale
    };
    match intent {
        // Its page asks for the current password itself.
        Intent::ChangePassword => Stale {
            password: false,
            ..as_demanded
        },
        // These leave the ways in as they are, or take some away.
        Intent::RemoveDevices | Intent::OpenPage(_) => as_demanded,
        Intent::SetUpApp
        | Intent::ReplaceApp(_)
        | Intent::RemoveApp(_)
        | Intent::SetUpPhone
        | Intent::RemovePhone
        | Intent::NewRecoveryCodes
        | Intent::ChangeEmail(_)
        | Intent::RememberDevice => stale,
    }
}

/// Whether a recovery code answers for the second factor: where the app that it stands in for is
/// lost and is to be removed. While suspended for every change: the sign-in asked for none then.
pub fn recovery_answers(intent: &Intent, stale: Stale, account: &Account, now: Timestamp) -> bool {
    (matches!(intent, Intent::RemoveApp(_)) || account.suspended(now).is_some())
        && stale.second == Some(Factor::App)
        && account.recovery.as_ref().is_some_and(|set| set.left() > 0)
}

/// What a check of an answer found.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Answer {
    /// Of the password.
    Password(Match),
    /// Of a code.
    Second(Factor, Verdict),
}

/// The proof that a live session and right answers make. `None` where an answer is not right, where
/// there is none, or where the session is no longer its account's.
pub fn confirmed(session: &Session, account: &Account, answers: &[Answer], now: Timestamp) -> Option<Proof> {
    let stands = session.account == account.id
        && session.epoch == account.epoch
        && session.ends.is_none()
        && account.is_active();
    if !stands || answers.is_empty() {
        return None;
    }
    let mut proven = session.proven.clone();
    for answer in answers {
        match answer {
            Answer::Password(Match::Right) => proven.password = now,
            Answer::Second(factor, Verdict::Right) => proven.second = Some((*factor, now)),
            Answer::Password(Match::Wrong)
            | Answer::Second(_, Verdict::Wrong | Verdict::Past | Verdict::Spent | Verdict::Expired) => {
                return None;
            }
        }
    }
    Some(Proof::renewed(session, proven))
}

/// A confirmation under way, or a change that waits for its last word.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Confirming {
    /// Binds mailed codes to this confirmation.
    pub id: FlowId,
    /// What it is for.
    pub intent: Intent,
    /// Whether nothing was stale when it began, or all of it was proven since.
    pub cleared: bool,
    /// Codes that were mailed for it.
    pub mailed: MailedCodes,
    /// Codes that were sent for it by text message.
    #[serde(default)]
    pub texted: MailedCodes,
    /// When it is forgotten.
    pub expires: Timestamp,
}

impl Confirming {
    /// The codes that were sent for a factor, where codes are sent for it.
    pub fn codes_by(&self, factor: Factor) -> Option<&MailedCodes> {
        match factor {
            Factor::Email => Some(&self.mailed),
            Factor::Sms => Some(&self.texted),
            Factor::App | Factor::Recovery => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::client::UserAgent;
    use crate::base::entropy::OsEntropy;
    use crate::base::id::{AccountId, AppId, DeviceId, SessionId};
    use crate::base::seal::Keyring;
    use crate::identity::account::Status;
    use crate::identity::factor::recovery::{RecoveryCode, RecoverySet};
    use crate::identity::factor::totp::App;
    use crate::identity::session::Proven;
    use crate::identity::settings::Floor;

    const WINDOW: Duration = Duration::from_secs(300);

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_unix_seconds(1_700_000_000 + seconds)
    }

    fn account() -> Account {
        let email = EmailAddress::parse("anna@example.com").unwrap();
        Account::new(AccountId::draw(&OsEntropy), email, at(0))
    }

    fn app() -> App {
        App {
            id: AppId::draw(&OsEntropy),
            name: String::new(),
            sealed: Vec::new(),
            added: at(0),
            last_used: None,
            spent: None,
        }
    }

    fn session(account: &Account, second: Option<(Factor, Timestamp)>) -> Session {
        Session {
            id: SessionId::draw(&OsEntropy),
            account: account.id,
            epoch: account.epoch,
            site: "portal.example.com".to_owned(),
            proven: Proven {
                password: at(0),
                second,
                device: None,
            },
            opened: at(0),
            last_used: at(0),
            ends: None,
            misses: 3,
            user_agent: UserAgent::read(""),
        }
    }

    #[test]
    fn five_minutes_are_fresh_and_their_end_is_not() {
        let rules = SecondFactorSettings::default();
        let mut account = account();
        let by_email = session(&account, Some((Factor::Email, at(0))));
        assert!(stale(&by_email, &account, &rules, WINDOW, at(299)).nothing());
        let late = stale(&by_email, &account, &rules, WINDOW, at(300));
        assert_eq!((late.password, late.second), (true, Some(Factor::Email)));

        account.apps.push(app());
        let by_recovery = session(&account, Some((Factor::Recovery, at(200))));
        let half = stale(&by_recovery, &account, &rules, WINDOW, at(300));
        assert_eq!(
            (half.password, half.second),
            (true, None),
            "a recovery code counts"
        );
        let by_device = Session {
            proven: Proven {
                device: Some(DeviceId::draw(&OsEntropy)),
                ..session(&account, None).proven
            },
            ..session(&account, None)
        };
        let trusted = stale(&by_device, &account, &rules, WINDOW, at(1));
        assert_eq!(trusted.second, Some(Factor::App), "a trusted device does not");
        account.apps.clear();
        let no_floor = SecondFactorSettings {
            floor: Floor::None,
            ..rules
        };
        assert!(stale(&session(&account, None), &account, &no_floor, WINDOW, at(1)).nothing());
    }

    /// While suspended the password opens the portal; what would outlive the suspension it does not do.
    #[test]
    fn a_suspension_lets_nobody_rewrite_the_second_factor() {
        let app_id = AppId::draw(&OsEntropy);
        let lasting = [
            Intent::SetUpApp,
            Intent::ReplaceApp(app_id),
            Intent::RemoveApp(app_id),
            Intent::SetUpPhone,
            Intent::RemovePhone,
            Intent::NewRecoveryCodes,
            Intent::ChangeEmail(None),
            Intent::RememberDevice,
        ];
        let rules = SecondFactorSettings::default();
        for (apps, factor) in [(0, Factor::Email), (1, Factor::App)] {
            let mut account = Account {
                suspended_until: Some(at(100)),
                ..account()
            };
            account.apps.extend((0..apps).map(|_| app()));
            let by_password = session(&account, None);
            let asked = |intent: &Intent, now| stale_for(intent, &by_password, &account, &rules, WINDOW, now);
            for intent in &lasting {
                assert_eq!(asked(intent, at(1)).second, Some(factor), "{intent:?}");
                assert_eq!(asked(intent, at(100)).second, Some(factor), "{intent:?}");
            }
            let harmless = [
                Intent::ChangePassword,
                Intent::RemoveDevices,
                Intent::OpenPage(String::new()),
            ];
            for intent in &harmless {
                assert_eq!(asked(intent, at(1)).second, None, "{intent:?}");
                assert_eq!(asked(intent, at(100)).second, Some(factor), "{intent:?}");
            }
            assert!(!stale(&by_password, &account, &rules, WINDOW, at(1)).nothing());
            let proven = session(&account, Some((factor, at(1))));
            for intent in &lasting {
                let left = stale_for(intent, &proven, &account, &rules, WINDOW, at(2));
                assert!(left.nothing(), "{intent:?}");
            }
        }
    }

    #[test]
    fn while_suspended_a_recovery_code_answers_for_every_change() {
        let keys = Keyring::generate(&OsEntropy);
        let mut account = account();
        account.apps.push(app());
        account.suspended_until = Some(at(100));
        let asks_app = Stale {
            password: true,
            second: Some(Factor::App),
        };
        let answers = |account: &Account, now| recovery_answers(&Intent::SetUpApp, asks_app, account, now);
        assert!(!answers(&account, at(1)), "there is none");
        let codes = [RecoveryCode::draw(&OsEntropy)];
        account.recovery = Some(RecoverySet::keep(&codes, account.id, &keys, at(0)));
        assert!(answers(&account, at(99)));
        assert!(!answers(&account, at(100)));
    }

    #[test]
    fn only_right_answers_in_a_live_session_make_a_proof() {
        let account = account();
        let live = session(&account, Some((Factor::Email, at(0))));
        let password = Answer::Password(Match::Right);
        let code = Answer::Second(Factor::App, Verdict::Right);
        let proof = confirmed(&live, &account, &[password, code], at(500)).unwrap();
        let stepped = live.stepped_up(&proof, at(500));
        assert_eq!(stepped.proven.password, at(500));
        assert_eq!(stepped.proven.second, Some((Factor::App, at(500))));
        assert_eq!(
            (stepped.id, stepped.opened, stepped.misses),
            (live.id, live.opened, 0)
        );
        let proof = confirmed(&live, &account, &[code], at(500)).unwrap();
        assert_eq!(
            proof.proven().password,
            at(0),
            "what was not asked stays as old as it is"
        );

        for wrong in [
            vec![],
            vec![Answer::Password(Match::Wrong)],
            vec![password, Answer::Second(Factor::App, Verdict::Wrong)],
            vec![password, Answer::Second(Factor::App, Verdict::Past)],
            vec![password, Answer::Second(Factor::App, Verdict::Spent)],
            vec![Answer::Second(Factor::Email, Verdict::Expired), password],
        ] {
            assert!(confirmed(&live, &account, &wrong, at(500)).is_none(), "{wrong:?}");
        }
        let mut changed = account.clone();
        changed.credentials_changed();
        let mut locked = account.clone();
        locked.status = Status::Locked { since: at(1) };
        for other in [changed, locked, self::account()] {
            assert!(confirmed(&live, &other, &[password], at(500)).is_none());
        }
        let superseded = Session {
            ends: Some(at(505)),
            ..live
        };
        assert!(confirmed(&superseded, &account, &[password], at(500)).is_none());
    }

    #[test]
    fn a_session_is_carried_over_its_own_change_and_no_other() {
        let mut account = account();
        let live = session(&account, None);
        account.credentials_changed();
        assert_eq!(live.carried_over(&account, at(1)).epoch, account.epoch);
        account.credentials_changed();
        assert_eq!(
            live.carried_over(&account, at(1)).epoch,
            live.epoch,
            "over before, over still"
        );
    }
}
