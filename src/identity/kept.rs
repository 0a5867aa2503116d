//! A form that was sent after its session had run out, or in one that lacks proof for it.
//!
//! ```text
//! session ──runs out──▶ Lapse ──a form comes──▶ Waiting ──the same person signs in──▶ offered, sent once
//!                         │ 24 h                   │ 15 min      └─ somebody else: Foreign
//!                         ▼                        ▼
//!                      unknown                   gone
//! ```
//!
//! In a live session it waits at once. Only a session that ran out by itself is known afterwards: not one that was signed out, displaced,
//! superseded, or ended by a change of the account. The form is sealed for the account; whoever else
//! signs in with that browser gets to know that there was one, and nothing of it.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::account::Account;
use super::session::Session;
use super::settings::SessionSettings;
use crate::base::id::AccountId;
use crate::base::time::Timestamp;

/// How long a session is known after it has run out.
pub const KNOWN_FOR: Duration = Duration::from_secs(24 * 3600);

/// A session that ran out by itself.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Lapse {
    /// Whose it was.
    pub account: AccountId,
    /// The host it belonged to.
    pub site: String,
    /// Until when that is known.
    pub known_until: Timestamp,
}

impl Lapse {
    /// What is left of `session`, which is not live any more. `None`: something else than time has
    /// ended it, or it is too long ago.
    pub fn of(
        session: &Session,
        account: &Account,
        rules: &SessionSettings,
        last_used: Timestamp,
        now: Timestamp,
    ) -> Option<Self> {
        let ended_otherwise =
            session.ends.is_some() || !account.is_active() || account.epoch != session.epoch;
        let ran_out = session
            .opened
            .plus(rules.lifetime)
            .min(last_used.plus(rules.idle));
        let known_until = ran_out.plus(KNOWN_FOR);
        let known = !ended_otherwise && ran_out <= now && now < known_until;
        known.then(|| Self {
            account: session.account,
            site: session.site.clone(),
            known_until,
        })
    }
}

/// A form on its way through a sign-in.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum KeptForm {
    /// It waits for the person whose session it was sent in; sealed for that account.
    Waiting(#[serde(with = "as_base64")] Vec<u8>),
    /// Somebody else has signed in. Nothing is left of it.
    Foreign,
}

impl KeptForm {
    /// What becomes of a form of `owner`'s when `account` signs in with that browser.
    #[must_use]
    pub fn claimed(self, owner: AccountId, account: AccountId) -> Self {
        match self {
            Self::Waiting(sealed) if owner == account => Self::Waiting(sealed),
            Self::Waiting(_) | Self::Foreign => Self::Foreign,
        }
    }
}

/// What a form is made of, as it came.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SentForm {
    /// What it is to whom.
    pub head: SentHead,
    /// The body, to the octet.
    pub body: Vec<u8>,
}

/// Where a form goes, and how it is to be read there.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct SentHead {
    /// The host it was sent to.
    pub site: String,
    /// Path and query, as they came.
    pub target: String,
    /// `Content-Type`, as it came.
    pub content_type: String,
    /// Path and query of the page that the form was on; the top where that is not known.
    pub from: String,
}

/// Why kept octets are no form.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
#[error("a kept form cannot be read")]
pub struct UnreadableForm;

impl SentForm {
    /// As it is sealed: the head in one line of JSON, then the body.
    ///
    /// # Errors
    ///
    /// None that the types allow; JSON's writer has one.
    pub fn to_bytes(&self) -> Result<Vec<u8>, UnreadableForm> {
        let mut bytes = serde_json::to_vec(&self.head).map_err(|_| UnreadableForm)?;
        bytes.push(b'\n');
        bytes.extend_from_slice(&self.body);
        Ok(bytes)
    }

    /// Reads what [`Self::to_bytes`] wrote.
    ///
    /// # Errors
    ///
    /// [`UnreadableForm`] for anything else.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, UnreadableForm> {
        let end = bytes
            .iter()
            .position(|octet| *octet == b'\n')
            .ok_or(UnreadableForm)?;
        let (head, rest) = bytes.split_at_checked(end).ok_or(UnreadableForm)?;
        Ok(Self {
            head: serde_json::from_slice(head).map_err(|_| UnreadableForm)?,
            body: rest.get(1..).unwrap_or_default().to_vec(),
        })
    }
}

/// Whether a form of this type is kept: what a browser sends without scripts.
pub fn is_keepable(content_type: &str) -> bool {
    let essence = content_type.split(';').next().unwrap_or_default().trim();
    [
        "application/x-www-form-urlencoded",
        "multipart/form-data",
        "text/plain",
    ]
    .iter()
    .any(|kept| essence.eq_ignore_ascii_case(kept))
}

/// Octets as one string: a list of numbers would take four times the room.
mod as_base64 {
    use data_encoding::BASE64;
    use serde::{Deserialize, Deserializer, Serializer, de};

    pub(super) fn serialize<S: Serializer>(octets: &[u8], to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(&BASE64.encode(octets))
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<u8>, D::Error> {
        let text = String::deserialize(from)?;
        BASE64
            .decode(text.as_bytes())
            .map_err(|_| de::Error::custom("not base64"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::client::UserAgent;
    use crate::base::entropy::OsEntropy;
    use crate::base::id::SessionId;
    use crate::identity::account::{EmailAddress, Status};
    use crate::identity::session::Proven;

    const OPENED: Timestamp = Timestamp::from_unix_seconds(1_000_000);

    fn rules() -> SessionSettings {
        SessionSettings::default()
    }

    fn account() -> Account {
        Account::new(
            AccountId::draw(&OsEntropy),
            EmailAddress::parse("anna@example.com").unwrap(),
            OPENED,
        )
    }

    fn session(account: &Account) -> Session {
        Session {
            id: SessionId::draw(&OsEntropy),
            account: account.id,
            epoch: account.epoch,
            site: "portal.test".to_owned(),
            proven: Proven {
                password: OPENED,
                second: None,
                device: None,
            },
            opened: OPENED,
            last_used: OPENED,
            ends: None,
            misses: 0,
            user_agent: UserAgent::read(""),
        }
    }

    fn after(hours: u64) -> Timestamp {
        OPENED.plus(Duration::from_secs(hours * 3600))
    }

    #[test]
    fn a_session_is_known_for_a_day_after_its_time() {
        let account = account();
        let session = session(&account);
        let lapse = |now| Lapse::of(&session, &account, &rules(), OPENED, now);
        assert_eq!(lapse(OPENED), None, "it is live");
        assert_eq!(lapse(after(1)).unwrap().known_until, after(25));
        assert!(lapse(after(24)).is_some());
        assert_eq!(lapse(after(25)), None, "the end is exclusive");
        let used_to_the_end = Lapse::of(&session, &account, &rules(), after(12), after(13));
        assert_eq!(
            used_to_the_end.unwrap().known_until,
            after(36),
            "its lifetime was over first"
        );
    }

    #[test]
    fn a_session_that_was_ended_is_not_known() {
        let account = account();
        let live = session(&account);
        let lapse =
            |session: &Session, account: &Account| Lapse::of(session, account, &rules(), OPENED, after(2));
        assert!(lapse(&live, &account).is_some());
        let superseded = Session {
            ends: Some(after(1)),
            ..live.clone()
        };
        assert_eq!(lapse(&superseded, &account), None);
        let mut locked = account.clone();
        locked.status = Status::Locked { since: OPENED };
        assert_eq!(lapse(&live, &locked), None);
        let mut changed = account.clone();
        changed.epoch += 1;
        assert_eq!(lapse(&live, &changed), None);
    }

    #[test]
    fn a_form_is_the_same_persons_or_nobodys() {
        let (anna, ben) = (AccountId::draw(&OsEntropy), AccountId::draw(&OsEntropy));
        let kept = KeptForm::Waiting(vec![1, 2]);
        assert_eq!(kept.clone().claimed(anna, anna), kept);
        assert_eq!(kept.claimed(anna, ben), KeptForm::Foreign);
        assert_eq!(KeptForm::Foreign.claimed(anna, anna), KeptForm::Foreign);
    }

    #[test]
    fn a_form_comes_back_to_the_octet() {
        let form = SentForm {
            head: SentHead {
                site: "portal.test".to_owned(),
                target: "/save?a=%0A\"\n".to_owned(),
                content_type: "multipart/form-data; boundary=x".to_owned(),
                from: "/form".to_owned(),
            },
            body: vec![0, 10, 13, 255, b'\n'],
        };
        assert_eq!(SentForm::from_bytes(&form.to_bytes().unwrap()).unwrap(), form);
        assert_eq!(SentForm::from_bytes(b"{}"), Err(UnreadableForm));
        let kept = KeptForm::Waiting(form.to_bytes().unwrap());
        let written = serde_json::to_string(&kept).unwrap();
        assert_eq!(serde_json::from_str::<KeptForm>(&written).unwrap(), kept);
    }

    #[test]
    fn what_browsers_send_is_kept_and_nothing_else() {
        for kept in [
            "application/x-www-form-urlencoded",
            "Application/X-WWW-Form-Urlencoded; charset=UTF-8",
            "multipart/form-data; boundary=----x",
            "text/plain",
        ] {
            assert!(is_keepable(kept), "{kept}");
        }
        for other in [
            "",
            "application/json",
            "text/html",
            "text/plainly",
            "multipart/mixed",
        ] {
            assert!(!is_keepable(other), "{other}");
        }
    }
}
