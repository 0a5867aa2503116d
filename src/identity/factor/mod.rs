//! Ways to prove identity besides the password.

pub mod email_code;
pub mod recovery;
pub mod totp;

use serde::{Deserialize, Serialize};

use super::settings::Method;

/// A second factor, as a session remembers it and a rule may ask for it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Factor {
    /// A code from an authenticator app (TOTP).
    App,
    /// A code by email.
    Email,
    /// A code by text message.
    Sms,
    /// A recovery code.
    Recovery,
}

impl Factor {
    /// The word for it in URLs, metrics and audit events.
    pub const fn word(self) -> &'static str {
        match self {
            Self::App => "app",
            Self::Email => "email",
            Self::Sms => "sms",
            Self::Recovery => "recovery",
        }
    }
}

impl From<Method> for Factor {
    fn from(method: Method) -> Self {
        match method {
            Method::App => Self::App,
            Method::Email => Self::Email,
            Method::Sms => Self::Sms,
        }
    }
}

/// What checking a code found. Each has its words, which only somebody who gave the right password
/// gets to read.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Verdict {
    /// It is right.
    Right,
    /// It is not.
    Wrong,
    /// It was right up to ten minutes ago: the phone's clock is behind.
    Past,
    /// It is right and was used before.
    Spent,
    /// It is a mailed code whose time has ended.
    Expired,
}

/// Six digits, however they were typed.
#[derive(Clone, PartialEq, Eq)]
pub struct SixDigits([u8; 6]);

/// Why something typed is not six digits. Not counted as a guess.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum NotSixDigits {
    /// Nothing was typed.
    Empty,
    /// Digits, but not six of them.
    Length(usize),
    /// Something other than digits.
    OtherCharacters,
}

impl SixDigits {
    /// Reads what a person typed or pasted: spaces, hyphens, dashes, dots and invisible characters
    /// fall away; full-width and Arabic-Indic digits count as digits.
    ///
    /// # Errors
    ///
    /// [`NotSixDigits`] says what to tell the person.
    pub fn read(typed: &str) -> Result<Self, NotSixDigits> {
        let mut digits = Vec::with_capacity(6);
        for character in typed.chars().take(256) {
            if is_filler(character) {
                continue;
            }
            digits.push(digit(character).ok_or(NotSixDigits::OtherCharacters)?);
        }
        match <[u8; 6]>::try_from(digits) {
            Ok(six) => Ok(Self(six)),
            Err(other) if other.is_empty() => Err(NotSixDigits::Empty),
            Err(other) => Err(NotSixDigits::Length(other.len())),
        }
    }

    /// A number below one million, as a code is drawn.
    pub fn from_number(number: u32) -> Self {
        let text = format!("{:06}", number % 1_000_000);
        let mut digits = [b'0'; 6];
        for (to, from) in digits.iter_mut().zip(text.bytes()) {
            *to = from;
        }
        Self(digits)
    }

    /// The digits, as ASCII.
    pub fn as_bytes(&self) -> &[u8; 6] {
        &self.0
    }

    /// The digits, for a letter.
    pub fn to_text(&self) -> String {
        self.0.iter().map(|digit| char::from(*digit)).collect()
    }
}

impl std::fmt::Debug for SixDigits {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("SixDigits(…)")
    }
}

fn is_filler(character: char) -> bool {
    character.is_whitespace()
        || matches!(
            character,
            '-' | '.' | '_' | '·' | '\u{2010}'..='\u{2015}' | '\u{2212}'
        )
        || matches!(character, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}' | '\u{feff}' | '\u{ad}')
}

fn digit(character: char) -> Option<u8> {
    let zero = match character {
        '0'..='9' => '0',
        '\u{660}'..='\u{669}' => '\u{660}',
        '\u{6f0}'..='\u{6f9}' => '\u{6f0}',
        '\u{ff10}'..='\u{ff19}' => '\u{ff10}',
        _ => return None,
    };
    u8::try_from(u32::from(character) - u32::from(zero))
        .ok()
        .map(|value| b'0' + value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_read_however_it_was_pasted() {
        for typed in [
            "482915",
            "482 915",
            "482-915",
            " 4 8 2 9 1 5\n",
            "\u{200b}482\u{2013}915",
            "４８２９１５",
            "٤٨٢٩١٥",
        ] {
            assert_eq!(SixDigits::read(typed).unwrap().to_text(), "482915", "{typed:?}");
        }
        assert_eq!(SixDigits::from_number(42).to_text(), "000042");
    }

    #[test]
    fn what_is_not_six_digits_says_so() {
        assert_eq!(SixDigits::read(" "), Err(NotSixDigits::Empty));
        assert_eq!(SixDigits::read("48291"), Err(NotSixDigits::Length(5)));
        for typed in ["null", "1e5", "[]", "+48291", "true", "0x1234"] {
            assert_eq!(
                SixDigits::read(typed),
                Err(NotSixDigits::OtherCharacters),
                "{typed}"
            );
        }
    }
}
