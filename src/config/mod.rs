//! One YAML file in, settings of every folder out, or all errors at once.
//!
//! ```text
//! text ─tree─▶ nodes with places ─section, typed─▶ values ─cross─▶ Settings
//!                                      │                │
//!                                      └── findings ────┴─▶ Report (errors, warnings)
//!                                      └── Effective: each value and its origin
//! ```
//!
//! There is one reading of the file. A serde struct would stop at the first error, and one beside
//! this walk would be a second list of keys, types and defaults that the first could drift from; so
//! the tree is the only source, and tests hold it against `serde_yaml` as an oracle for what the
//! YAML itself says. The defaults stand in the `settings` file of the folder that owns them.
//!
//! Nothing here opens a socket or asks a server: see the command `config check --live` for that.
//! There is no interpolation, no include and no environment override.

mod access;
mod brand;
mod certificate;
mod cross;
mod effective;
mod environment;
mod keep;
mod languages;
mod limits;
mod listen;
mod mail;
mod net;
mod path;
mod people;
mod quote;
mod registration;
mod report;
mod scalar;
mod secrets;
mod section;
mod settings;
mod site;
mod sms;
mod store;
mod terms;
mod tree;
mod typed;
mod upstream;
mod values;

#[cfg(test)]
mod tests;

use std::path::Path;
use std::sync::Arc;

use lettre::message::Mailbox;

pub use effective::Effective;
pub use environment::{Environment, MAX_FILE, Machine};
pub use report::{Finding, Report, Severity, Span};
pub use settings::Settings;
pub use store::redis_at;

use people::{MINUTE, SECOND};
use quote::Quotable;
use section::{Reading, Section};

use crate::gateway::settings::Settings as Gateway;
use crate::identity::settings::Settings as Identity;
use crate::messaging::settings::Settings as Messaging;
use crate::service::settings::Settings as Service;
use crate::web::settings::Settings as Web;

/// The annotated file at the top of the repository: every key, for the sample portal.
pub const DEFAULT_FILE: &str = include_str!("../../config.yaml");

/// A span with its unit, as the file has it: `24h`.
///
/// # Errors
///
/// What is wrong with it, in words.
pub fn span(text: &str) -> Result<std::time::Duration, String> {
    scalar::duration(text).map_err(|fault| format!("{}: {}", fault.what, fault.hint))
}

/// A file that was accepted.
#[derive(Clone, Debug)]
pub struct Loaded {
    /// What each folder is told.
    pub settings: Settings,
    /// What is doubtful; no errors in it.
    pub warnings: Report,
    /// Every value and its origin.
    pub effective: Effective,
}

/// Reads the file at `path`; relative paths in it start at its folder.
///
/// # Errors
///
/// A report with at least one error, and with all that there are.
pub fn load(path: &Path, machine: &dyn Environment) -> Result<Loaded, Report> {
    let name = path.display().to_string();
    let refuse = |message: String, note: &str| {
        let finding = Finding::error(None, message).note(note);
        Report::new(&name, Quotable::default(), vec![finding])
    };
    let bytes = machine.read(path).map_err(|error| {
        refuse(
            "the configuration cannot be read".to_owned(),
            &environment::io_words(&error),
        )
    })?;
    let text = String::from_utf8(bytes).map_err(|error| {
        let before = error
            .as_bytes()
            .get(..error.utf8_error().valid_up_to())
            .unwrap_or_default();
        let line = before.iter().filter(|octet| **octet == b'\n').count() + 1;
        refuse(format!("line {line} is not UTF-8 text"), "save the file as UTF-8")
    })?;
    let base = path.parent().unwrap_or(Path::new(""));
    parse(&text, &name, base, machine)
}

/// Reads a configuration that is at hand as text. `name` stands in messages; relative paths in it
/// start at `base`.
///
/// # Errors
///
/// A report with at least one error, and with all that there are.
pub fn parse(text: &str, name: &str, base: &Path, machine: &dyn Environment) -> Result<Loaded, Report> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let (root, mut findings) = tree::read(text);
    let source = Quotable::new(text, root.as_ref());
    if root.is_none() && !findings.is_empty() {
        return Err(Report::new(name, source, findings));
    }
    let mut reading = Reading {
        machine,
        base,
        findings: Vec::new(),
        effective: Effective::default(),
        inline: Vec::new(),
    };
    let settings = Section::document(&mut reading, root.as_ref(), |top| {
        let settings = whole(top);
        cross::inline_secrets(top, Path::new(name));
        settings
    });
    findings.append(&mut reading.findings);
    let report = Report::new(name, source, findings);
    match settings {
        Some(settings) if report.errors() == 0 => Ok(Loaded {
            settings,
            warnings: report,
            effective: reading.effective,
        }),
        _ => Err(report),
    }
}

/// The whole file, in the order in which it is shown. `None`: something that has no default is
/// missing or wrong, and that has been recorded.
fn whole(top: &mut Section<'_, '_, '_>) -> Option<Settings> {
    let listeners = listen::listeners(top);
    let proxies = listen::trusted_proxies(top, &listeners);
    let store = keep::store(top);
    let drain = top.duration("drain", 10 * SECOND, SECOND / 1000..=5 * MINUTE);
    let prefix = brand::prefix(top);
    let time_zone = brand::time_zone(top);
    let sites = site::sites(top, &prefix);
    let session = people::session(top);
    let mut second_factor = people::second_factor(top);
    let sms_place = top.peek("second_factor", |it| it.take("sms").map(|pair| pair.key_span));
    let trusted_devices = people::trusted_devices(top);
    let (passwords, slots) = people::passwords(top);
    let password_reset = people::password_reset(top, second_factor.recovery_codes.count);
    let confirm_window = top.duration("confirm_window", 5 * MINUTE, 30 * SECOND..=30 * MINUTE);
    let keep_posts = people::keep_posts(top);
    let mut registration = registration::registration(top);
    let mail = mail::mail(top);
    let sms = sms::provider(top);
    let host = sites.first().map_or("", |site| site.setting.host.as_str());
    let (brand, look) = brand::brand(top, host);
    let spoken = languages::languages(top);
    let terms = terms::terms(top, &spoken.settings);
    let help = brand.help.email.as_deref();
    registration::approver(top, &mut registration, help, &spoken.settings.default);
    let admin = listen::admin(top, &listeners);
    let observe = keep::observe(top);
    let limits = limits::limits(top, slots);

    cross::listeners_and_sites(top, &listeners, &sites, &proxies);
    cross::rules_and_sessions(top, &sites, session.lifetime);
    sms::in_use(top, &second_factor, sms_place, &sms);
    cross::long_sessions(top, session.lifetime, session.idle);

    if second_factor.app.issuer.is_empty() {
        second_factor.app.issuer = brand.name.replace(':', " ");
    }
    let mail = mail?;
    Some(Settings {
        gateway: Gateway {
            listeners: listeners.into_iter().map(|it| it.setting).collect(),
            trusted_proxies: proxies.value,
            drain: drain.value,
            prefix: prefix.clone(),
            sites: sites.into_iter().map(|site| site.setting).collect(),
            admin,
            limits: limits.intake,
        },
        web: Web {
            prefix,
            brand: brand.clone(),
            languages: spoken.settings,
            time_zone: time_zone.clone(),
            form_body: limits.form_body,
            look: Arc::new(look),
            terms: terms.clone(),
        },
        service: Service {
            hashing: limits.hashing,
        },
        messaging: messaging(mail, sms.value, brand, time_zone, password_reset.enabled),
        store,
        observe,
        identity: Identity {
            session,
            second_factor,
            trusted_devices,
            passwords,
            password_reset,
            confirm_window: confirm_window.value,
            keep_posts,
            registration,
            terms: terms.as_ref().map(|terms| terms.version.clone()),
            limits: limits.throttle,
        },
        catalog: spoken.catalog,
    })
}

/// Fills in what `mail` leaves to `brand`: the sender's name, and where answers go.
fn messaging(
    mail: mail::Mail,
    sms: Option<crate::messaging::sms::Provider>,
    brand: crate::web::settings::Brand,
    time_zone: jiff::tz::TimeZone,
    password_reset: bool,
) -> Messaging {
    let name = mail.from.name.clone().unwrap_or_else(|| brand.name.clone());
    let help = brand.help.email.as_ref().and_then(|address| address.parse().ok());
    Messaging {
        from: Mailbox::new(Some(name), mail.from.email),
        reply_to: mail
            .reply_to
            .or_else(|| help.map(|address| Mailbox::new(None, address))),
        server: mail.server,
        helo: mail.helo,
        timeout: mail.timeout,
        sms,
        code_in_subject: mail.code_in_subject,
        brand,
        time_zone,
        password_reset,
    }
}
