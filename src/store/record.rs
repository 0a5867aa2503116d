//! Between a domain value and its stored bytes: a schema number, a space, and JSON.
//!
//! A number that this program does not know, or JSON that does not fit, is
//! [`ReadError::Unreadable`] and never an absent record: whoever takes a damaged account for none
//! would let the next one in under its name. What a record says wrong is told without its values.

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::{BackendError, Flow, FlowKind, ReadError, StoredFlow};
use crate::base::id::AccountId;
use crate::base::time::Timestamp;
use crate::identity::account::Account;
use crate::identity::session::Session;
use crate::identity::throttle::Tally;

/// A kind of flow as stores name it.
pub(super) const fn flow_name(kind: FlowKind) -> &'static str {
    match kind {
        FlowKind::SignIn => "sign-in",
        FlowKind::Arrival => "arrival",
        FlowKind::Confirming => "confirming",
        FlowKind::App => "app",
        FlowKind::Codes => "codes",
        FlowKind::Registration => "registration",
        FlowKind::RegistrationLink => "registration-link",
        FlowKind::Phone => "phone",
        FlowKind::Reset => "reset",
        FlowKind::Invitation => "invitation",
        FlowKind::EmailChange => "email-change",
        FlowKind::EmailRevoke => "email-revoke",
        FlowKind::Lapsed => "lapsed",
        FlowKind::Kept => "kept",
    }
}

/// A value that is kept as one record.
pub(super) trait Record: Sized {
    /// What it is called where it cannot be read.
    const NAME: &'static str;
    /// How it is written at present. A change of its shape that older bytes do not fit gets
    /// another number, and a way to read the older one.
    const SCHEMA: u32 = 1;

    /// As it is kept.
    fn to_bytes(&self) -> Result<Vec<u8>, BackendError>;

    /// As it was kept.
    fn from_bytes(bytes: &[u8]) -> Result<Self, ReadError>;
}

fn write<T: Serialize>(schema: u32, name: &str, value: &T) -> Result<Vec<u8>, BackendError> {
    let mut bytes = format!("{schema} ").into_bytes();
    match serde_json::to_writer(&mut bytes, value) {
        Ok(()) => Ok(bytes),
        Err(error) => Err(BackendError(format!(
            "{name} cannot be written: {}",
            place(&error)
        ))),
    }
}

fn read<T: DeserializeOwned>(schema: u32, name: &str, bytes: &[u8]) -> Result<T, ReadError> {
    let unreadable = |why: String| ReadError::Unreadable(BackendError(format!("{name} {why}")));
    let space = bytes.iter().position(|octet| *octet == b' ');
    let (number, body) = space
        .and_then(|at| bytes.split_at_checked(at))
        .ok_or_else(|| unreadable("has no schema number".to_owned()))?;
    let number = std::str::from_utf8(number)
        .ok()
        .and_then(|text| text.parse::<u32>().ok());
    match number {
        Some(number) if number == schema => serde_json::from_slice(body)
            .map_err(|error| unreadable(format!("does not fit schema {schema}: {}", place(&error)))),
        Some(number) => Err(unreadable(format!(
            "has schema {number}; this program knows {schema}"
        ))),
        None => Err(unreadable("has no schema number".to_owned())),
    }
}

/// Where JSON is wrong and of what kind it is. The error's own words may quote the value.
fn place(error: &serde_json::Error) -> String {
    format!(
        "{:?} error at line {}, column {}",
        error.classify(),
        error.line(),
        error.column()
    )
}

macro_rules! record {
    ($type:ty, $name:literal) => {
        impl Record for $type {
            const NAME: &'static str = $name;

            fn to_bytes(&self) -> Result<Vec<u8>, BackendError> {
                write(Self::SCHEMA, Self::NAME, self)
            }

            fn from_bytes(bytes: &[u8]) -> Result<Self, ReadError> {
                read(Self::SCHEMA, Self::NAME, bytes)
            }
        }
    };
}

record!(Account, "account");
record!(Session, "session");
record!(Tally, "count");

#[derive(Serialize)]
struct WrittenFlow<'a> {
    account: AccountId,
    expires: Timestamp,
    flow: &'a Flow,
}

#[derive(Deserialize)]
struct ReadFlow {
    account: AccountId,
    expires: Timestamp,
    flow: Flow,
}

impl Record for StoredFlow {
    const NAME: &'static str = "flow";

    fn to_bytes(&self) -> Result<Vec<u8>, BackendError> {
        let Self {
            account,
            expires,
            flow,
        } = self;
        write(
            Self::SCHEMA,
            Self::NAME,
            &WrittenFlow {
                account: *account,
                expires: *expires,
                flow,
            },
        )
    }

    fn from_bytes(bytes: &[u8]) -> Result<Self, ReadError> {
        let ReadFlow {
            account,
            expires,
            flow,
        } = read(Self::SCHEMA, Self::NAME, bytes)?;
        Ok(Self {
            account,
            expires,
            flow,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::conformance::{account, arrival, at, confirming, session};

    fn unreadable<T: Record>(bytes: &[u8]) -> String {
        match T::from_bytes(bytes) {
            Err(ReadError::Unreadable(why)) => why.to_string(),
            Err(other) => panic!("{other}"),
            Ok(_) => panic!("read from {bytes:?}"),
        }
    }

    /// Bytes as the first release wrote them: whoever changes a type sees here that older
    /// records have to be read too.
    #[test]
    fn records_of_the_first_schema_are_read() {
        let kept = br#"1 {"id":"aaaaaaaaaaaaaaaaaaaaaaaaae","email":"Anna@Example.com","first_name":"Anna","last_name":"Berg","language":"de","groups":["staff"],"status":{"locked":{"since":1800000000000}},"password":null,"apps":[],"recovery":null,"devices":[],"browsers":[],"epoch":3,"created":1800000000000}"#;
        let account = Account::from_bytes(kept).unwrap();
        assert_eq!(account.email.spelling(), "Anna@Example.com");
        assert_eq!(account.epoch, 3);
        assert_eq!(account.to_bytes().unwrap(), kept);

        let kept = br#"1 {"id":"aaaaaaaaaaaaaaaaaaaaaaaaai","account":"aaaaaaaaaaaaaaaaaaaaaaaaae","epoch":3,"site":"portal.example.com","proven":{"password":1800000000000,"second":["email",1800000001000],"device":null},"opened":1800000000000,"last_used":1800000000000,"ends":null,"misses":1,"user_agent":{"browser":"firefox","system":"linux"}}"#;
        let session = Session::from_bytes(kept).unwrap();
        assert_eq!(session.misses, 1);
        assert_eq!(session.to_bytes().unwrap(), kept);

        let kept = br#"1 {"account":"aaaaaaaaaaaaaaaaaaaaaaaaae","expires":1800000000000,"flow":{"arrival":{"next":"/","ask_trust":true,"recovery_used":false}}}"#;
        let flow = StoredFlow::from_bytes(kept).unwrap();
        assert_eq!(flow.expires, at(0));
        assert_eq!(flow.to_bytes().unwrap(), kept);

        let kept = br#"1 {"count":2,"members":[5],"since":1800000000000,"waits":null,"closed":false,"rounds":1,"round_at":1800000000000}"#;
        assert_eq!(Tally::from_bytes(kept).unwrap().to_bytes().unwrap(), kept);
    }

    #[test]
    fn what_is_written_is_read() {
        let flow = confirming(1, at(9));
        let read = StoredFlow::from_bytes(&flow.to_bytes().unwrap()).unwrap();
        assert_eq!(format!("{read:?}"), format!("{flow:?}"));
    }

    #[test]
    fn another_schema_or_damage_is_unreadable_and_never_absent() {
        let bytes = session(1, 1, at(0)).to_bytes().unwrap();
        let newer = [b"2".as_slice(), &bytes[1..]].concat();
        assert_eq!(
            unreadable::<Session>(&newer),
            "session has schema 2; this program knows 1"
        );
        for cut in 0..bytes.len() {
            unreadable::<Session>(&bytes[..cut]);
        }
        unreadable::<Session>(b"");
        unreadable::<Session>(b"one {}");
        unreadable::<Session>(&arrival(1, "/", at(0)).to_bytes().unwrap());
    }

    #[test]
    fn the_reason_holds_no_value_of_the_record() {
        let bytes = account(1).to_bytes().unwrap();
        let text = String::from_utf8(bytes)
            .unwrap()
            .replace("\"epoch\":0", "\"epoch\":\"s3cret\"");
        let why = unreadable::<Account>(text.as_bytes());
        assert!(
            !why.contains("s3cret") && !why.to_lowercase().contains("person"),
            "{why}"
        );
        assert!(
            why.starts_with("account does not fit schema 1: Data error at line 1"),
            "{why}"
        );
    }
}
