//! Letters that wait and events that stay, in Redis.

use std::sync::LazyLock;

use data_encoding::HEXLOWER;
use redis::{Script, cmd, pipe};

use super::connection::Wire;
use super::key::{self, LETTERS};
use crate::base::id::AccountId;
use crate::base::time::Timestamp;
use crate::store::{ReadError, StoredEvent, StoredLetter, WriteError};

static DUE: LazyLock<Script> = LazyLock::new(|| Script::new(include_str!("scripts/due_letters.lua")));
static LETTER: LazyLock<Script> = LazyLock::new(|| Script::new(include_str!("scripts/letter.lua")));
static ALL: LazyLock<Script> = LazyLock::new(|| Script::new(include_str!("scripts/letters.lua")));
static ANEW: LazyLock<Script> = LazyLock::new(|| Script::new(include_str!("scripts/letter_anew.lua")));
static EVENTS: LazyLock<Script> = LazyLock::new(|| Script::new(include_str!("scripts/events.lua")));

const A_LETTER: &str = "a letter";
const AN_EVENT: &str = "an event";

/// A letter's name in the queue, as it stands in keys.
pub(super) fn name(id: &[u8; 16]) -> String {
    HEXLOWER.encode(id)
}

/// How many letters are looked at by one script: whoever wants more asks again.
const AT_ONCE: usize = 1000;

pub(super) async fn due(wire: &Wire, now: Timestamp, at_most: usize) -> Result<Vec<StoredLetter>, ReadError> {
    if at_most > AT_ONCE {
        let mut all = all(wire).await?;
        all.retain(|letter| letter.due <= now);
        all.truncate(at_most);
        return Ok(all);
    }
    let found: Vec<Vec<u8>> = wire.run(&DUE, (now.unix_millis(), key::limit(at_most))).await?;
    read_letters(&found)
}

/// Every letter that waits. One that is sent meanwhile may hide another one.
async fn all(wire: &Wire) -> Result<Vec<StoredLetter>, ReadError> {
    let mut all: Vec<StoredLetter> = Vec::new();
    for page in 0.. {
        let found: Vec<Vec<u8>> = wire.run(&ALL, (page * AT_ONCE, AT_ONCE)).await?;
        if found.is_empty() {
            break;
        }
        all.extend(read_letters(&found)?);
    }
    Ok(all)
}

fn read_letters(found: &[Vec<u8>]) -> Result<Vec<StoredLetter>, ReadError> {
    found
        .chunks(5)
        .map(|letter| {
            let [id, written, due, tries, sealed] = letter else {
                return Err(key::unreadable(A_LETTER));
            };
            let id = HEXLOWER.decode(id).ok().and_then(|id| id.try_into().ok());
            Ok(StoredLetter {
                id: id.ok_or_else(|| key::unreadable(A_LETTER))?,
                written: key::time(written, A_LETTER)?,
                due: key::time(due, A_LETTER)?,
                tries: key::number(tries, A_LETTER)?,
                sealed: sealed.clone(),
            })
        })
        .collect()
}

pub(super) async fn waiting(wire: &Wire) -> Result<(u64, Option<Timestamp>), ReadError> {
    let mut questions = pipe();
    questions
        .add_command(cmd("ZCARD").arg(LETTERS).take())
        .add_command(cmd("ZRANGE").arg(LETTERS).arg(0).arg(0).arg("WITHSCORES").take());
    let (count, oldest): (u64, Vec<(Vec<u8>, f64)>) = wire.ask_all(&questions).await?;
    // Milliseconds are whole numbers far below 2^53: nothing is rounded.
    let written = oldest.first().map(|(_, millis)| *millis as i64);
    Ok((count, written.map(Timestamp::from_unix_millis)))
}

pub(super) async fn done(wire: &Wire, id: &[u8; 16]) -> Result<(), WriteError> {
    let _: i64 = wire.run(&LETTER, name(id)).await?;
    Ok(())
}

pub(super) async fn sealed_anew(wire: &Wire, id: &[u8; 16], sealed: Vec<u8>) -> Result<(), WriteError> {
    let _: i64 = wire.run(&ANEW, (name(id), sealed)).await?;
    Ok(())
}

pub(super) async fn retry(wire: &Wire, id: &[u8; 16], due: Timestamp) -> Result<(), WriteError> {
    let _: i64 = wire.run(&LETTER, (name(id), due.unix_millis())).await?;
    Ok(())
}

pub(super) async fn events(
    wire: &Wire,
    account: Option<AccountId>,
    since: Timestamp,
    at_most: usize,
) -> Result<Vec<StoredEvent>, ReadError> {
    let arguments = (key::limit(at_most), since.unix_millis());
    let found: Vec<Vec<u8>> = wire.run_on(&EVENTS, key::events(account), arguments).await?;
    found.chunks(2).map(read_event).collect()
}

pub(super) async fn newest_events(
    wire: &Wire,
    account: AccountId,
    at_most: usize,
) -> Result<Vec<StoredEvent>, ReadError> {
    if at_most == 0 {
        return Ok(Vec::new());
    }
    let found: Vec<Vec<u8>> = wire
        .run_on(&EVENTS, key::events(Some(account)), key::limit(at_most))
        .await?;
    found.chunks(2).map(read_event).collect()
}

/// `account name line`; where it is nobody's, a dash stands for the account.
fn read_event(event: &[Vec<u8>]) -> Result<StoredEvent, ReadError> {
    let unreadable = || key::unreadable(AN_EVENT);
    let [at, event] = event else {
        return Err(unreadable());
    };
    let text = std::str::from_utf8(event).map_err(|_| unreadable())?;
    let (account, rest) = text.split_once(' ').ok_or_else(unreadable)?;
    let (name, line) = rest.split_once(' ').ok_or_else(unreadable)?;
    let account = match account {
        "-" => None,
        id => Some(AccountId::parse(id).ok_or_else(unreadable)?),
    };
    Ok(StoredEvent {
        at: key::time(at, AN_EVENT)?,
        name: name.to_owned(),
        account,
        line: line.to_owned(),
    })
}
