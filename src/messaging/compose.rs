//! One message for one recipient (RFC 5322), ready for the wire.
//!
//! `multipart/alternative`, text first, both parts quoted-printable so that no relay has to re-code
//! them. The message says of itself that a machine wrote it (RFC 3834 §5), so that no absence
//! note comes back. Not there on purpose: `List-Unsubscribe` and `Precedence`, which are for lists.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use lettre::message::header::{ContentTransferEncoding, ContentType, HeaderName, HeaderValue};
use lettre::message::{Mailbox, MultiPart, SinglePart};
use lettre::{Address, Message};

use super::Mail;
use super::render::{Rendered, header_name};
use crate::base::time::Timestamp;

/// Who letters come from.
#[derive(Clone, Debug)]
pub struct Sender {
    /// The mailbox in `From` and in the envelope.
    pub from: Address,
    /// The name next to it, usually the brand.
    pub name: String,
    /// Where answers go.
    pub reply_to: Option<Address>,
}

/// Why a letter does not become a message.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum ComposeError {
    /// The recipient is not exactly one mailbox.
    #[error("the recipient is not one mailbox")]
    Recipient,
    /// The builder refused.
    #[error("the message cannot be built: {0}")]
    Build(String),
}

/// Reads exactly one mailbox: a dot-atom, one `@`, a host name or an address literal. Lists, groups,
/// comments, quoted and non-ASCII local parts are refused (RFC 5322 §3.4.1).
///
/// # Errors
///
/// [`ComposeError::Recipient`] for anything else.
pub fn mailbox(address: &str) -> Result<Address, ComposeError> {
    let (local, domain) = address.split_once('@').ok_or(ComposeError::Recipient)?;
    let atom = |octet: u8| octet.is_ascii_alphanumeric() || b"!#$%&'*+-/=?^_`{|}~".contains(&octet);
    let dot_atom = local.len() <= 64
        && local
            .split('.')
            .all(|part| !part.is_empty() && part.bytes().all(atom));
    let host = domain
        .bytes()
        .all(|octet| octet.is_ascii_alphanumeric() || b".-[]:".contains(&octet));
    if !dot_atom || !host || address.len() > 254 {
        return Err(ComposeError::Recipient);
    }
    Address::new(local, domain).map_err(|_| ComposeError::Recipient)
}

/// Makes the message of a rendered letter. `now` becomes its date.
///
/// # Errors
///
/// [`ComposeError::Recipient`] if the letter is not addressed to exactly one mailbox.
pub fn compose(
    mail: &Mail,
    rendered: Rendered,
    sender: &Sender,
    now: Timestamp,
) -> Result<Message, ComposeError> {
    let recipient = mailbox(&mail.to.address)?;
    let mut message = Message::builder()
        .message_id(Some(format!("<{}@{}>", mail.id, sender.from.domain())))
        .date(system_time(now))
        .from(Mailbox::new(Some(sender.name.clone()), sender.from.clone()))
        .to(Mailbox::new(header_name(&mail.to), recipient))
        .subject(rendered.subject)
        .raw_header(raw("Auto-Submitted", "auto-generated".to_owned()))
        .raw_header(raw("X-Auto-Response-Suppress", "All".to_owned()))
        .raw_header(raw("Content-Language", mail.to.language.to_string()));
    if let Some(reply_to) = &sender.reply_to {
        message = message.reply_to(Mailbox::new(None, reply_to.clone()));
    }
    if let Some(code) = rendered.one_time_code {
        message = message.raw_header(raw("One-Time-Code", code));
    }
    let parts = MultiPart::alternative()
        // The id is 120 random bits: no line of a letter can look like it.
        .boundary(format!("doorward-{}", mail.id))
        .singlepart(part(ContentType::TEXT_PLAIN, rendered.text))
        .singlepart(part(ContentType::TEXT_HTML, rendered.html));
    message
        .multipart(parts)
        .map_err(|error| ComposeError::Build(error.to_string()))
}

fn part(kind: ContentType, body: String) -> SinglePart {
    SinglePart::builder()
        .header(kind)
        .header(ContentTransferEncoding::QuotedPrintable)
        .body(body)
}

fn raw(name: &'static str, value: String) -> HeaderValue {
    HeaderValue::new(HeaderName::new_from_ascii_str(name), value)
}

fn system_time(at: Timestamp) -> SystemTime {
    let seconds = u64::try_from(at.unix_seconds()).unwrap_or_default();
    UNIX_EPOCH + Duration::from_secs(seconds)
}

#[cfg(test)]
mod tests {
    use super::super::letter::samples;
    use super::super::{Addressed, Letter};
    use super::*;
    use crate::base::language::Language;

    fn composed(address: &str, name: Option<&str>) -> Result<String, ComposeError> {
        let mail = Mail {
            id: "k5f2".to_owned(),
            to: Addressed {
                address: address.to_owned(),
                name: name.map(str::to_owned),
                language: Language::parse("de").unwrap(),
            },
            site: "https://portal.example.com".to_owned(),
            letter: Letter::Test { at: samples::AT },
        };
        let rendered = Rendered {
            subject: "Grüße\r\nBcc: evil@example.com".to_owned(),
            text: "Zeile 1: ä\n.\n..\nFrom here\n".to_owned(),
            html: "<p>ä</p>\n".to_owned(),
            one_time_code: Some("code=482915; origin=portal.example.com".to_owned()),
        };
        let sender = Sender {
            from: "no-reply@example.com".parse().unwrap(),
            name: "Prüf-Portal".to_owned(),
            reply_to: Some("help@example.com".parse().unwrap()),
        };
        let message = compose(&mail, rendered, &sender, samples::AT)?;
        assert_eq!(message.envelope().to().len(), 1, "one recipient, always");
        Ok(String::from_utf8(message.formatted()).unwrap())
    }

    #[test]
    fn a_message_says_who_wrote_it_when_and_in_what_language() {
        let message = composed("anna@example.com", Some("Anna Berg")).unwrap();
        let head = message.split("\r\n\r\n").next().unwrap();
        for line in [
            "Message-ID: <k5f2@example.com>",
            "Date: Sun, 22 Nov 2026 13:02:00 +0000",
            "Reply-To: help@example.com",
            "To: \"Anna Berg\" <anna@example.com>",
            "Auto-Submitted: auto-generated",
            "X-Auto-Response-Suppress: All",
            "Content-Language: de",
            "One-Time-Code: code=482915; origin=portal.example.com",
            "MIME-Version: 1.0",
        ] {
            assert!(head.lines().any(|it| it == line), "{line} is not in\n{head}");
        }
        assert!(head.contains("From: =?utf-8?"), "{head}");
        assert!(head.contains("multipart/alternative"));
        assert!(!head.contains("List-Unsubscribe") && !head.contains("Precedence"));
        assert_eq!(
            message
                .matches("Content-Transfer-Encoding: quoted-printable")
                .count(),
            2
        );
        let text = message.find("text/plain").unwrap();
        assert!(text < message.find("text/html").unwrap(), "text comes first");
        assert!(message.is_ascii() && !message.replace("\r\n", "").contains(['\r', '\n']));
    }

    #[test]
    fn inj_09_a_line_break_in_the_subject_makes_no_header() {
        let message = composed("anna@example.com", None).unwrap();
        assert!(!message.lines().any(|line| line.starts_with("Bcc:")), "{message}");
    }

    #[test]
    fn inj_05_anything_but_one_mailbox_is_refused() {
        for address in [
            "a@x.test,b@x.test",
            "a@x.test;b@x.test",
            "a@x.test b@x.test",
            "group: a@x.test;",
            "a(comment)@x.test",
            "\"a b\"@x.test",
            "a@x.test\r\nRCPT TO:<b@x.test>",
            "<a@x.test>",
            "a@x.test>",
            "@x.test",
            "a@",
            "a@@x.test",
            "a..b@x.test",
            "ä@x.test",
            "",
        ] {
            assert_eq!(
                composed(address, None),
                Err(ComposeError::Recipient),
                "{address:?}"
            );
        }
        assert!(composed("o'neil+tag@sub.example.com", None).is_ok());
    }
}
