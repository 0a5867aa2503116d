//! Who letters come from, which server takes them, and whom they speak for.

use std::time::Duration;

use jiff::tz::TimeZone;
use lettre::message::Mailbox;

use super::sms::Provider;
use crate::base::secret::Secret;

/// Everything this folder is told.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The sender of every letter.
    pub from: Mailbox,
    /// Where answers go: what `reply_to` says, else the help address.
    pub reply_to: Option<Mailbox>,
    /// The server that takes them.
    pub server: MailServer,
    /// The name given in EHLO. `None`: this machine's.
    pub helo: Option<String>,
    /// The longest that one step of a delivery may take.
    pub timeout: Duration,
    /// The provider of text messages, if there is one.
    pub sms: Option<Provider>,
    /// Whether a code stands in the subject, where a locked screen shows it.
    pub code_in_subject: bool,
    /// Whether letters may point to where a forgotten password is set anew.
    pub password_reset: bool,
    /// Whom they speak for.
    pub brand: Brand,
    /// The zone of times in letters.
    pub time_zone: TimeZone,
}

/// An SMTP server (RFC 5321).
#[derive(Clone, Debug)]
pub struct MailServer {
    /// Its name or address, without brackets.
    pub host: String,
    /// Its port.
    pub port: u16,
    /// How the connection is protected.
    pub security: MailSecurity,
    /// Whom to log in as.
    pub login: Option<MailLogin>,
}

/// How the connection to the mail server is protected.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum MailSecurity {
    /// TLS from the first octet (RFC 8314 §3).
    ImplicitTls,
    /// STARTTLS, without which nothing is sent (RFC 3207).
    RequireStartTls,
    /// STARTTLS where it is offered. Only to this machine itself.
    Loopback,
}

/// A login at the mail server.
#[derive(Clone, Debug)]
pub struct MailLogin {
    /// The user.
    pub user: String,
    /// The password.
    pub password: Secret<String>,
}

/// How the portal presents itself to people.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Brand {
    /// The portal's name as people know it. The configuration fills in the first site's host.
    pub name: String,
    /// The operator's own colour. `None`: ours.
    pub accents: Option<Accents>,
    /// Who helps.
    pub help: Help,
    /// Pages of the operator's that ours point to.
    pub links: Links,
    /// Where "back to the portal" leads. `None`: the top of the site.
    pub portal_link: Option<String>,
}

/// The operator's colour as it can be read, for style sheets: `#116329`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Accents {
    /// On a light ground.
    pub light: String,
    /// On a dark one.
    pub dark: String,
}

/// Who helps people that cannot get on.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Help {
    /// A page.
    pub url: Option<String>,
    /// An email address.
    pub email: Option<String>,
    /// A telephone number, as people would dial it.
    pub phone: Option<String>,
}

/// Pages of the operator's that ours point to.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Links {
    /// What is kept about people.
    pub privacy: Option<String>,
    /// Who runs the portal.
    pub imprint: Option<String>,
    /// How to install an authenticator app.
    pub app_help: Option<String>,
    /// Why there is a second step.
    pub why: Option<String>,
}
