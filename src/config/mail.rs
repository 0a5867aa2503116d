//! `mail`: the server that takes letters, and who they are from.

use std::time::Duration;

use lettre::Address;
use lettre::message::Mailbox;
use percent_encoding::percent_decode_str;
use url::Url;

use super::net::{bare_host, host_name, is_loopback};
use super::people::{MINUTE, SECOND};
use super::scalar::Fault;
use super::section::{Found, Section};
use super::tree::Scalar;
use crate::base::secret::Secret;
use crate::messaging::settings::{MailLogin, MailSecurity, MailServer};

/// `mail`, before the brand has filled in what it left open.
pub(super) struct Mail {
    pub(super) from: Mailbox,
    pub(super) reply_to: Option<Mailbox>,
    pub(super) server: MailServer,
    pub(super) helo: Option<String>,
    pub(super) timeout: Duration,
    pub(super) code_in_subject: bool,
}

/// An `smtp` URL, before the password has joined it.
struct SmtpUrl {
    host: String,
    port: u16,
    security: MailSecurity,
    user: Option<String>,
}

/// `mail`. `None` is an error that has been recorded.
pub(super) fn mail(top: &mut Section<'_, '_, '_>) -> Option<Mail> {
    if !top.gives("mail") {
        top.take("mail");
        top.missing(
            "mail",
            "mail: {from: no-reply@example.com, smtp: smtps://user@mail.example.com, password: file:PATH}",
        );
        return None;
    }
    top.section("mail", |it| {
        let from = it.required("from", "from: \"Portal <no-reply@example.com>\"", mailbox);
        let reply_to = it.optional("reply_to", mailbox);
        let smtp = it.required("smtp", "smtp: smtps://user@mail.example.com", smtp_url);
        let password = it.secret("password");
        let helo = it.optional("helo", helo);
        let timeout = it.duration("timeout", 10 * SECOND, SECOND..=MINUTE);
        let code_in_subject = it.flag("code_in_subject", false);
        let smtp = smtp?;
        let login = login(it, &smtp, password);
        Some(Mail {
            from: from?.value,
            reply_to: reply_to.value,
            server: MailServer {
                host: smtp.value.host,
                port: smtp.value.port,
                security: smtp.value.security,
                login,
            },
            helo: helo.value,
            timeout: timeout.value,
            code_in_subject: code_in_subject.value,
        })
    })
}

/// A user and a password come together or not at all.
fn login(
    it: &mut Section<'_, '_, '_>,
    smtp: &Found<SmtpUrl>,
    password: Found<Option<Secret<String>>>,
) -> Option<MailLogin> {
    match (&smtp.value.user, password.span) {
        (Some(_), None) => {
            it.error(
                smtp.span,
                "`smtp` names a user, but there is no `password`",
                "add `password: file:PATH`",
            );
        }
        (None, Some(_)) => {
            it.error(
                password.span,
                "`password` without a user in `smtp`",
                "write the user into the URL: `smtps://user@mail.example.com`",
            );
        }
        _ => {}
    }
    Some(MailLogin {
        user: smtp.value.user.clone()?,
        password: password.value?,
    })
}

/// `Portal <no-reply@example.com>`, or the address alone
pub(super) fn mailbox(it: &Scalar) -> Result<Mailbox, Fault> {
    let bad = || Fault::new("is not an email address", "`Portal <no-reply@example.com>`");
    if it.text.chars().any(char::is_control) || it.text.len() > 320 {
        return Err(bad());
    }
    it.text.parse::<Mailbox>().map_err(|_| bad())
}

/// An address alone.
pub(super) fn address(it: &Scalar) -> Result<String, Fault> {
    it.text
        .parse::<Address>()
        .map(|address| address.to_string())
        .map_err(|_| Fault::new("is not an email address", "`help@example.com`"))
}

fn helo(it: &Scalar) -> Result<String, Fault> {
    if host_name(&it.text) {
        return Ok(it.text.to_ascii_lowercase());
    }
    Err(Fault::new(
        "is not a host name",
        "the name of this machine in the mail server's eyes",
    ))
}

/// `smtps://user@mail.example.com:465`: TLS from the start; `smtp://…`: STARTTLS, required except
/// to this machine.
fn smtp_url(it: &Scalar) -> Result<SmtpUrl, Fault> {
    let bad = |hint: &str| Fault::new("is not an SMTP server", hint);
    let (scheme, rest) = it
        .text
        .split_once("://")
        .ok_or_else(|| bad("`smtps://user@mail.example.com` or `smtp://127.0.0.1:25`"))?;
    if !matches!(scheme, "smtp" | "smtps") {
        return Err(bad("it starts with `smtps://` or `smtp://`"));
    }
    // `url` reads hosts (addresses, IDNA) only of the schemes that browsers know, and leaves out a
    // port that is theirs; so the host is read under one of those, the port under our own.
    let own = Url::parse(&it.text).map_err(|_| bad("the URL cannot be read"))?;
    let known = Url::parse(&format!("http://{rest}")).map_err(|_| bad("the host cannot be read"))?;
    if own.password().is_some() {
        return Err(bad("no password in the URL: write `password: file:PATH`"));
    }
    if !matches!(known.path(), "" | "/") || known.query().is_some() || known.fragment().is_some() {
        return Err(bad("nothing may follow the port"));
    }
    if own.port() == Some(0) || bare_host(&known).is_empty() {
        return Err(bad("`smtps://user@mail.example.com:465`"));
    }
    let user = percent_decode_str(own.username())
        .decode_utf8()
        .map_err(|_| bad("the user is not UTF-8"))?;
    let loopback = is_loopback(&known);
    let (security, usual) = match (scheme, loopback) {
        ("smtps", _) => (MailSecurity::ImplicitTls, 465),
        (_, true) => (MailSecurity::Loopback, 25),
        (_, false) => (MailSecurity::RequireStartTls, 587),
    };
    Ok(SmtpUrl {
        host: bare_host(&known),
        port: own.port().unwrap_or(usual),
        security,
        user: (!user.is_empty()).then(|| user.into_owned()),
    })
}
