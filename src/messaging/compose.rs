//! One message for one recipient (RFC 5322), ready for the wire.
//!
//! `multipart/alternative`, text first, both parts quoted-printable so that no relay has to re-code
//! them. The message says of itself that a machine wrote it (RFC 3834 §5), so that no absence
//! note comes back. Not there on purpose: `List-Unsubscribe` and `Precedence`, which are for lists.

use lettre::message::header::{ContentTransferEncoding, ContentType, HeaderName, HeaderValue};
use lettre::message::{Mailbox, MultiPart, SinglePart};
use lettre::{Address, Message};

use super::Mail;
use super::render::{Rendered, header_name};
use super::settings::Settings;
use crate::base::time::Timestamp;

/// Why a letter does not become a message.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum ComposeError {
    /// The mail library does not take the recipient.
    #[error("the recipient is not a mailbox: {0}")]
    Recipient(String),
    /// The builder refused.
    #[error("the message cannot be built: {0}")]
    Build(String),
}

/// Makes the message of a rendered letter. `now` becomes its date.
///
/// # Errors
///
/// [`ComposeError`] if the mail library finds fault with an address.
pub fn compose(
    mail: &Mail,
    rendered: Rendered,
    settings: &Settings,
    now: Timestamp,
) -> Result<Message, ComposeError> {
    let (local, domain) = mail.to.address.spelling().split_once('@').unwrap_or_default();
    let recipient =
        Address::new(local, domain).map_err(|error| ComposeError::Recipient(error.to_string()))?;
    let name = settings.from.name.as_ref().unwrap_or(&settings.brand.name);
    let from = Mailbox::new(Some(name.clone()), settings.from.email.clone());
    let mut message = Message::builder()
        .message_id(Some(format!("<{}@{}>", mail.id, from.email.domain())))
        .raw_header(raw("Date", date(now)))
        .from(from)
        .to(Mailbox::new(header_name(&mail.to), recipient))
        .subject(rendered.subject)
        .raw_header(raw("Auto-Submitted", "auto-generated".to_owned()))
        .raw_header(raw("X-Auto-Response-Suppress", "All".to_owned()))
        .raw_header(raw("Content-Language", mail.to.language.to_string()));
    if let Some(reply_to) = &settings.reply_to {
        message = message.reply_to(reply_to.clone());
    }
    if let Some(code) = rendered.one_time_code {
        message = message.raw_header(raw("One-Time-Code", code));
    }
    let parts = MultiPart::alternative()
        // The id is 128 random bits: no line of a letter can look like it.
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

/// `Sun, 22 Nov 2026 13:02:00 +0000` (RFC 5322 §3.3).
fn date(at: Timestamp) -> String {
    let at = jiff::Timestamp::from_second(at.unix_seconds()).unwrap_or_default();
    at.strftime("%a, %d %b %Y %H:%M:%S +0000").to_string()
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::super::letter::samples;
    use super::super::settings::{Brand, MailSecurity, MailServer};
    use super::super::{Addressed, Letter, LetterId};
    use super::*;
    use crate::base::language::Language;
    use crate::identity::account::EmailAddress;

    fn composed(address: &str, name: Option<&str>) -> String {
        let mail = Mail {
            id: LetterId::from_bytes([7; 16]),
            to: Addressed {
                address: EmailAddress::parse(address).unwrap(),
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
        let settings = Settings {
            from: "no-reply@example.com".parse().unwrap(),
            reply_to: Some("help@example.com".parse().unwrap()),
            server: MailServer {
                host: "localhost".to_owned(),
                port: 25,
                security: MailSecurity::Loopback,
                login: None,
            },
            helo: None,
            timeout: Duration::from_secs(10),
            sms: None,
            code_in_subject: false,
            password_reset: true,
            brand: Brand {
                name: "Prüf-Portal".to_owned(),
                ..Brand::default()
            },
            time_zone: jiff::tz::TimeZone::UTC,
        };
        let message = compose(&mail, rendered, &settings, samples::AT).unwrap();
        assert_eq!(message.envelope().to().len(), 1, "one recipient, always");
        String::from_utf8(message.formatted()).unwrap()
    }

    #[test]
    fn a_message_says_who_wrote_it_when_and_in_what_language() {
        let message = composed("anna@example.com", Some("Anna Berg"));
        let head = message.split("\r\n\r\n").next().unwrap();
        for line in [
            "Message-ID: <a4dqobyha4dqobyha4dqobyha4@example.com>",
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
        let message = composed("anna@example.com", None);
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
            assert!(EmailAddress::parse(address).is_err(), "{address:?}");
        }
        let message = composed("o'neil+tag@sub.example.com", None);
        assert!(
            message.contains("\r\nTo: o'neil+tag@sub.example.com\r\n"),
            "{message}"
        );
    }
}
