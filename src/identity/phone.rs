//! Telephone numbers, as the world dials them (ITU-T E.164), and what an account keeps of one.
//!
//! A number costs money with each text message, so it is looked at before anything is sent to it: it
//! has to be one that a mobile phone may have, in a country that the operator serves. Premium,
//! shared-cost and free numbers are what fraudsters have messages sent to (NIST SP 800-63B §3.1.3.3
//! asks for care with the telephone network as such; see the README on what a text message is worth).
//!
//! Kept sealed, and shown by its last two digits only.

use std::fmt;

use phonenumber::country::Id;
use phonenumber::metadata::DATABASE;
use phonenumber::{Mode, Type};
use serde::{Deserialize, Serialize};

use super::account::Account;
use super::enrolment::Missed;
use super::factor::email_code::MailedCodes;
use super::factor::{SixDigits, Verdict};
use super::settings::EmailCodeSettings;
use crate::base::entropy::Entropy;
use crate::base::id::{AccountId, FlowId};
use crate::base::seal::{Keyring, Purpose, SealError};
use crate::base::time::Timestamp;

/// A country, by its two letters (ISO 3166-1).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Country(Id);

impl Country {
    /// `CH`. `None` for letters that no country with telephones has.
    pub fn parse(letters: &str) -> Option<Self> {
        let shaped = letters.len() == 2 && letters.bytes().all(|octet| octet.is_ascii_uppercase());
        let id = shaped.then(|| letters.parse::<Id>().ok()).flatten()?;
        DATABASE.by_id(id.as_ref()).map(|_| Self(id))
    }
}

/// A number that text messages may be sent to: `+41791234567`.
#[derive(Clone, PartialEq, Eq)]
pub struct PhoneNumber(String);

/// Why something typed is not a number that text messages go to.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum PhoneFault {
    /// Nothing was typed.
    Missing,
    /// It is no telephone number at all.
    Unreadable,
    /// It lacks the country code, and there is no country to assume.
    NoCountryCode,
    /// Text messages are not sent to that country from here.
    OtherCountry,
    /// It is a number, but none that a mobile phone has.
    NotMobile,
}

impl PhoneNumber {
    /// Characters that are looked at, more than the longest number with all its spaces has.
    const TYPED_AT_MOST: usize = 40;

    /// Reads a number as a person typed it: with its country code (`+41 …`, `0041 …`), or as it is
    /// dialled at home where `countries` names one to assume. With `countries` only theirs are taken.
    ///
    /// # Errors
    ///
    /// [`PhoneFault`] says what to tell the person.
    pub fn parse(typed: &str, countries: &[Country]) -> Result<Self, PhoneFault> {
        let plain = digits_of(typed)?;
        let home = countries.first().map(|country| country.0);
        if !plain.starts_with('+') && home.is_none() {
            return Err(PhoneFault::NoCountryCode);
        }
        let number = phonenumber::parse(home, &plain).map_err(|_| PhoneFault::Unreadable)?;
        if !number.is_valid() {
            return Err(PhoneFault::Unreadable);
        }
        let served = countries.is_empty()
            || number
                .country()
                .id()
                .is_some_and(|id| countries.contains(&Country(id)));
        if !served {
            return Err(PhoneFault::OtherCountry);
        }
        match number.number_type(&DATABASE) {
            Type::Mobile | Type::FixedLineOrMobile => {}
            _ => return Err(PhoneFault::NotMobile),
        }
        Self::from_e164(&number.format().mode(Mode::E164).to_string()).ok_or(PhoneFault::Unreadable)
    }

    /// Reads what [`Self::e164`] wrote.
    pub fn from_e164(text: &str) -> Option<Self> {
        let digits = text.strip_prefix('+')?;
        let shaped = (7..=15).contains(&digits.len()) && digits.bytes().all(|octet| octet.is_ascii_digit());
        shaped.then(|| Self(text.to_owned()))
    }

    /// A plus sign and at most fifteen digits.
    pub fn e164(&self) -> &str {
        &self.0
    }

    /// As pages and letters show it: `•••42`.
    pub fn masked(&self) -> String {
        let ending: String = self.0.chars().rev().take(2).collect();
        format!("•••{}", ending.chars().rev().collect::<String>())
    }
}

impl fmt::Debug for PhoneNumber {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "PhoneNumber({})", self.masked())
    }
}

/// A plus sign, if there is one, and digits: nothing else ever reaches the parser.
fn digits_of(typed: &str) -> Result<String, PhoneFault> {
    let typed = typed.trim();
    if typed.is_empty() {
        return Err(PhoneFault::Missing);
    }
    let mut plain = String::new();
    for (at, character) in typed.chars().enumerate() {
        match character {
            _ if at >= PhoneNumber::TYPED_AT_MOST => return Err(PhoneFault::Unreadable),
            '0'..='9' => plain.push(character),
            '+' | '\u{ff0b}' if plain.is_empty() => plain.push('+'),
            ' ' | '\u{a0}' | '-' | '.' | '/' | '(' | ')' => {}
            '\u{2010}'..='\u{2015}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{202f}' => {}
            _ => return Err(PhoneFault::Unreadable),
        }
    }
    // The "(0)" of `+41 (0)79 …` is dialled at home only; without the brackets the parser drops it too.
    if let Some(international) = plain.strip_prefix("00") {
        plain = format!("+{international}");
    }
    if plain.trim_start_matches('+').is_empty() {
        return Err(PhoneFault::Unreadable);
    }
    Ok(plain)
}

/// An account's number, verified by a code.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Phone {
    sealed: Vec<u8>,
    /// When its code was right.
    pub verified: Timestamp,
}

impl Phone {
    /// As it is kept, for `account` alone.
    ///
    /// # Errors
    ///
    /// [`SealError`] if it cannot be sealed.
    pub fn keep(
        number: &PhoneNumber,
        account: AccountId,
        keys: &Keyring,
        entropy: &dyn Entropy,
        now: Timestamp,
    ) -> Result<Self, SealError> {
        Ok(Self {
            sealed: seal(number, account, keys, entropy)?,
            verified: now,
        })
    }

    /// Seals it anew with the first key of the ring, if another one has sealed it. Whether one had.
    ///
    /// # Errors
    ///
    /// [`SealError`] if no key opens it.
    pub fn seal_anew(
        &mut self,
        account: AccountId,
        keys: &Keyring,
        entropy: &dyn Entropy,
    ) -> Result<bool, SealError> {
        let anew = keys.seal_anew(Purpose::PhoneNumber, account.as_bytes(), &self.sealed, entropy)?;
        match anew {
            Some(sealed) => {
                self.sealed = sealed;
                Ok(true)
            }
            None => Ok(false),
        }
    }

    /// The number.
    ///
    /// # Errors
    ///
    /// [`SealError`] if it is not this account's or is damaged; never to be taken for absent.
    pub fn number(&self, account: AccountId, keys: &Keyring) -> Result<PhoneNumber, SealError> {
        open(&self.sealed, account, keys)
    }
}

fn seal(
    number: &PhoneNumber,
    account: AccountId,
    keys: &Keyring,
    entropy: &dyn Entropy,
) -> Result<Vec<u8>, SealError> {
    let plain = number.e164().as_bytes();
    keys.seal(Purpose::PhoneNumber, account.as_bytes(), plain, entropy)
}

fn open(sealed: &[u8], account: AccountId, keys: &Keyring) -> Result<PhoneNumber, SealError> {
    let plain = keys.open(Purpose::PhoneNumber, account.as_bytes(), sealed)?;
    let text = std::str::from_utf8(plain.expose()).map_err(|_| SealError)?;
    PhoneNumber::from_e164(text).ok_or(SealError)
}

/// A number on its way into an account.
///
/// ```text
/// AskNumber ──a number that fits──▶ AskCode ──its code──▶ Phone of the account
///     ▲                                │
///     ├─────────another number─────────┤
///     └───────too many wrong codes─────┘
/// ```
///
/// Wrong codes are counted over all codes that were sent to it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PendingPhone {
    /// Binds codes to this way.
    pub id: FlowId,
    /// Where it is.
    pub stage: PhoneStage,
    /// Wrong codes so far.
    #[serde(default)]
    misses: u8,
}

/// Where a number on its way is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PhoneStage {
    /// It is asked for.
    AskNumber,
    /// Its code is asked for.
    AskCode {
        /// The number, sealed for its account.
        sealed: Vec<u8>,
        /// Codes that were sent to it.
        texted: MailedCodes,
    },
}

/// What codes are bound to that prove a number.
pub const PURPOSE_PHONE: &str = "sms:phone";

impl PendingPhone {
    /// At its beginning.
    pub fn begin(id: FlowId) -> Self {
        Self {
            id,
            stage: PhoneStage::AskNumber,
            misses: 0,
        }
    }

    /// A wrong code, where a flow may have `at_most`.
    pub fn missed(&self, at_most: u32) -> Missed<Self> {
        Missed::count(self.misses, at_most, |misses| Self {
            misses,
            ..self.clone()
        })
    }

    /// The number that a code was sent to, if it is that far.
    ///
    /// # Errors
    ///
    /// [`SealError`] if it is not this account's or is damaged.
    pub fn number(&self, account: AccountId, keys: &Keyring) -> Result<Option<PhoneNumber>, SealError> {
        match &self.stage {
            PhoneStage::AskNumber => Ok(None),
            PhoneStage::AskCode { sealed, .. } => open(sealed, account, keys).map(Some),
        }
    }

    /// Codes that were sent to the number.
    pub fn texted(&self) -> Option<&MailedCodes> {
        match &self.stage {
            PhoneStage::AskNumber => None,
            PhoneStage::AskCode { texted, .. } => Some(texted),
        }
    }

    /// The newest message could not be sent: the next may go out at once.
    pub fn not_sent(&mut self) {
        if let PhoneStage::AskCode { texted, .. } = &mut self.stage {
            texted.not_sent();
        }
    }

    /// Draws a code for a number. Codes that were sent to another number are void.
    ///
    /// # Errors
    ///
    /// [`SealError`] if the number cannot be sealed.
    pub fn draw(
        &mut self,
        number: &PhoneNumber,
        account: AccountId,
        rules: &EmailCodeSettings,
        keys: &Keyring,
        entropy: &dyn Entropy,
        now: Timestamp,
    ) -> Result<SixDigits, SealError> {
        let same = self.number(account, keys)?.as_ref() == Some(number);
        let mut texted = match &self.stage {
            PhoneStage::AskCode { texted, .. } if same => texted.clone(),
            PhoneStage::AskCode { .. } | PhoneStage::AskNumber => MailedCodes::default(),
        };
        let code = texted.draw(self.id, PURPOSE_PHONE, rules, keys, entropy, now);
        self.stage = PhoneStage::AskCode {
            sealed: seal(number, account, keys, entropy)?,
            texted,
        };
        Ok(code)
    }

    /// Checks a code; a right one makes the number the account's, in the place of an older one.
    ///
    /// # Errors
    ///
    /// [`SealError`] if the number is not this account's or is damaged.
    pub fn confirm(
        &self,
        code: &SixDigits,
        account: &mut Account,
        keys: &Keyring,
        entropy: &dyn Entropy,
        now: Timestamp,
    ) -> Result<Verdict, SealError> {
        let PhoneStage::AskCode { sealed, texted } = &self.stage else {
            return Ok(Verdict::Wrong);
        };
        let number = open(sealed, account.id, keys)?;
        let verdict = texted.check(self.id, PURPOSE_PHONE, code, keys, now);
        if verdict == Verdict::Right {
            account.phone = Some(Phone::keep(&number, account.id, keys, entropy, now)?);
        }
        Ok(verdict)
    }
}

#[cfg(test)]
mod tests;
