//! What is said by text message: a code, and nothing else.
//!
//! One message of 160 characters is paid for as one (GSM 03.38, 7 bits each), so every language stays
//! within 140 for a brand and a host of usual length. The last line binds the code to the site's host,
//! where phones look for it (origin-bound one-time codes, WICG).

use async_trait::async_trait;
use url::Url;

use crate::base::language::Language;
use crate::identity::phone::PhoneNumber;
use crate::language::Words;

/// A code on its way to a phone. Never queued: a late code is worse than none.
#[derive(Clone)]
pub struct TextMessage {
    /// The phone.
    pub to: PhoneNumber,
    /// The language to speak.
    pub language: Language,
    /// The site it speaks of: `https://portal.example.com`, without a path.
    pub site: String,
    /// What the code is good for.
    pub purpose: TextPurpose,
    /// The digits, without spaces.
    pub code: String,
}

impl std::fmt::Debug for TextMessage {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_struct("TextMessage")
            .field("to", &self.to)
            .field("purpose", &self.purpose)
            .field("code", &"[secret]")
            .finish_non_exhaustive()
    }
}

/// What a code by text message is good for. One stolen in one context must not read like another.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum TextPurpose {
    /// The second factor of a sign-in.
    SignIn,
    /// A fresh proof before a change to the account.
    Confirm,
    /// That the phone with this number is the person's.
    Phone,
}

/// Why a text message did not go out.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum TextError {
    /// No provider is configured, or the message cannot be written for it.
    #[error("the text message cannot be written: {0}")]
    Compose(String),
    /// Nobody answers there.
    #[error("cannot connect to the provider of text messages: {0}")]
    Connect(String),
    /// No encryption, or a certificate that is not to be trusted.
    #[error("no trustworthy encryption with the provider of text messages: {0}")]
    Tls(String),
    /// The provider answered, and not with success.
    #[error("the provider of text messages answered {0}")]
    Refused(u16),
    /// The connection broke before an answer.
    #[error("the connection to the provider of text messages broke: {0}")]
    Broken(String),
    /// No answer in time.
    #[error("no answer from the provider of text messages within {0} s")]
    Timeout(u64),
}

impl TextError {
    /// The step at which it failed, for events and metrics.
    pub const fn step(&self) -> &'static str {
        match self {
            Self::Compose(_) => "message",
            Self::Connect(_) => "connect",
            Self::Tls(_) => "tls",
            Self::Refused(_) => "refused",
            Self::Broken(_) => "broken",
            Self::Timeout(_) => "timeout",
        }
    }

    /// Whether the provider may have taken it all the same, and be paid for it.
    pub const fn may_have_gone(&self) -> bool {
        matches!(self, Self::Broken(_) | Self::Timeout(_))
    }
}

/// Sends text messages.
#[async_trait]
pub trait TextMessenger: Send + Sync + 'static {
    /// Hands `message` to the provider and returns once it has taken it.
    ///
    /// # Errors
    ///
    /// [`TextError`] names the step that failed.
    async fn send(&self, message: &TextMessage) -> Result<(), TextError>;
}

/// Puts `message` into `words`, which speak the recipient's language and know the brand.
///
/// # Errors
///
/// [`TextError::Compose`] if the message's site is not one.
pub fn render(message: &TextMessage, words: &Words) -> Result<String, TextError> {
    let broken = || TextError::Compose("its site has no host".to_owned());
    let site = Url::parse(&message.site).map_err(|_| broken())?;
    let host = site.host_str().ok_or_else(broken)?;
    let code = [("code", message.code.as_str().into())];
    let line = match message.purpose {
        TextPurpose::SignIn => words.say_with("sms-code-sign-in", &code),
        TextPurpose::Confirm => words.say_with("sms-code-confirm", &code),
        TextPurpose::Phone => words.say_with("sms-code-phone", &code),
    };
    Ok(format!("{line}\n\n@{host} #{}", message.code))
}

#[cfg(test)]
pub mod samples {
    //! One of each, for tests.

    use super::*;

    /// One for each purpose.
    pub fn all(tag: &str) -> Vec<TextMessage> {
        [TextPurpose::SignIn, TextPurpose::Confirm, TextPurpose::Phone]
            .map(|purpose| TextMessage {
                to: PhoneNumber::from_e164("+41791234567").unwrap(),
                language: Language::parse(tag).unwrap(),
                site: "https://portal.example.com".to_owned(),
                purpose,
                code: "482915".to_owned(),
            })
            .to_vec()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::{Catalog, words};

    /// Septets of a text in the GSM 7-bit default alphabet (3GPP TS 23.038 §6.2.1). `None`: it has a
    /// character that makes the whole message cost twice as much.
    fn septets(text: &str) -> Option<usize> {
        const BASIC: &str = "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡\
                             ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";
        const TWICE: &str = "\u{c}^{}\\[~]|€";
        text.chars()
            .map(|it| match it {
                _ if BASIC.contains(it) => Some(1),
                _ if TWICE.contains(it) => Some(2),
                _ => None,
            })
            .sum()
    }

    #[test]
    fn every_language_fits_one_message() {
        let catalog = Catalog::builtin();
        for language in catalog.languages() {
            for message in samples::all(language.as_str()) {
                let text = render(&message, &words(language.as_str())).unwrap();
                let purpose = message.purpose;
                let length = septets(&text);
                assert!(length.is_some(), "{language} {purpose:?}: not GSM-7: {text}");
                assert!(
                    length <= Some(140),
                    "{language} {purpose:?}: {length:?} characters: {text}"
                );
                assert!(text.starts_with("482915 "), "{text}");
                assert!(text.ends_with("\n\n@portal.example.com #482915"), "{text}");
            }
        }
    }

    #[test]
    fn the_text_is_the_one_that_phones_read() {
        let [sign_in, confirm, _] = <[_; 3]>::try_from(samples::all("en")).unwrap();
        let text = render(&sign_in, &words("en")).unwrap();
        assert_eq!(
            text,
            "482915 is your Example Portal code. Never share it.\n\n@portal.example.com #482915"
        );
        assert_ne!(render(&confirm, &words("en")).unwrap(), text);
        assert!(!format!("{sign_in:?}").contains("482915"));
    }
}
