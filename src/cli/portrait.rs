//! How accounts look on a terminal, and in JSON.

use jiff::tz::TimeZone;
use serde_json::{Value, json};

use crate::base::client::UserAgent;
use crate::base::language::Language;
use crate::base::time::Timestamp;
use crate::identity::account::{Account, EmailAddress, Group, Status};
use crate::identity::assurance;
use crate::identity::factor::recovery::RecoverySet;
use crate::identity::settings::{Floor, SecondFactorSettings};
use crate::identity::throttle::Waits;
use crate::language::machine_time;
use crate::service::admin::{Reset, Shown, what_a_reset_removes};
use crate::service::limits::Stage;

/// How times are written for operators: the order of ISO 8601, in the configured zone.
#[derive(Clone, Debug)]
pub struct Clockface {
    zone: TimeZone,
}

impl Clockface {
    /// In this zone.
    pub fn new(zone: TimeZone) -> Self {
        Self { zone }
    }

    fn wall(&self, at: Timestamp) -> jiff::Zoned {
        jiff::Timestamp::from_millisecond(at.unix_millis())
            .unwrap_or_default()
            .to_zoned(self.zone.clone())
    }

    /// `2026-10-02`
    pub fn day(&self, at: Timestamp) -> String {
        self.wall(at).strftime("%Y-%m-%d").to_string()
    }

    /// `2026-10-02 08:14:05`
    pub fn second(&self, at: Timestamp) -> String {
        self.wall(at).strftime("%Y-%m-%d %H:%M:%S").to_string()
    }

    /// `today 08:14`, or `2026-10-02 08:14`.
    pub fn moment(&self, at: Timestamp, now: Timestamp) -> String {
        let (then, today) = (self.wall(at), self.wall(now));
        if then.date() == today.date() {
            then.strftime("today %H:%M").to_string()
        } else {
            then.strftime("%Y-%m-%d %H:%M").to_string()
        }
    }

    /// `14:05`, or with its day where that is another one.
    pub fn until(&self, at: Timestamp, now: Timestamp) -> String {
        let (then, today) = (self.wall(at), self.wall(now));
        if then.date() == today.date() {
            then.strftime("%H:%M").to_string()
        } else {
            then.strftime("%Y-%m-%d %H:%M").to_string()
        }
    }
}

/// Who works on this machine: whoever became root by sudo, or whoever is signed in, or the number.
pub fn operator() -> String {
    let named = ["SUDO_USER", "USER", "LOGNAME"]
        .iter()
        .filter_map(|name| std::env::var(name).ok())
        .find(|name| !name.is_empty());
    let named = named.map(|name| name.chars().filter(|it| !it.is_control()).take(64).collect());
    named.unwrap_or_else(|| format!("uid {}", rustix::process::getuid().as_raw()))
}

/// An address in a command that somebody will paste into a shell: whoever registers chooses it, and RFC 5322 allows
/// backticks and `$` there.
pub fn in_shell(email: &EmailAddress) -> String {
    let address = email.to_string();
    // Only a NUL cannot be quoted, and no address holds one.
    shlex::try_quote(&address).map_or_else(|_| "EMAIL".to_owned(), Into::into)
}

/// The name, or the address where there is none.
pub fn who(account: &Account) -> String {
    let name = account.display_name();
    if name.is_empty() {
        account.email.to_string()
    } else {
        name
    }
}

/// `Firefox on Windows`, as far as it is known.
pub fn browser(agent: UserAgent) -> String {
    match (agent.browser.name(), agent.system.name()) {
        (Some(browser), Some(system)) => format!("{browser} on {system}"),
        (Some(name), None) | (None, Some(name)) => name.to_owned(),
        (None, None) => "an unknown browser".to_owned(),
    }
}

fn count(number: usize, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}

/// `1 app, 7 recovery codes and 2 trusted devices`
pub fn removes(reset: Reset) -> String {
    let phone = if reset.phone { ", 1 phone number" } else { "" };
    format!(
        "{}{phone}, {} and {}",
        count(reset.apps, "app", "apps"),
        count(reset.codes, "recovery code", "recovery codes"),
        count(reset.devices, "trusted device", "trusted devices"),
    )
}

/// A language by its English name, or by its tag.
pub fn language(tag: &Language) -> &str {
    match tag.as_str() {
        "en" => "English",
        "de" => "German",
        "fr" => "French",
        "it" => "Italian",
        "es" => "Spanish",
        "nl" => "Dutch",
        "pl" => "Polish",
        "cs" => "Czech",
        other => other,
    }
}

fn status(account: &Account) -> &'static str {
    match account.status {
        Status::Active => "active",
        Status::Locked { .. } => "locked",
        Status::Waiting { .. } => "waiting",
    }
}

fn groups(account: &Account) -> Vec<&str> {
    account.groups.iter().map(Group::as_str).collect()
}

/// A line of `user list`.
pub fn row(account: &Account, face: &Clockface) -> Vec<String> {
    let factor = match (account.password.is_some(), account.apps.len()) {
        (false, _) => "no password".to_owned(),
        (true, 0) => "-".to_owned(),
        (true, apps) => count(apps, "app", "apps"),
    };
    vec![
        account.email.to_string(),
        account.display_name(),
        status(account).to_owned(),
        factor,
        face.day(account.created),
    ]
}

/// Columns under headings, as wide as they must be.
pub fn table(headings: &[&str], rows: &[Vec<String>]) -> Vec<String> {
    let width = |column: usize| {
        let cells = rows.iter().filter_map(|row| row.get(column));
        let widest = cells.map(|cell| cell.chars().count()).max().unwrap_or(0);
        widest.max(headings.get(column).map_or(0, |heading| heading.chars().count()))
    };
    let widths: Vec<usize> = (0..headings.len()).map(width).collect();
    let line = |cells: Vec<&str>| {
        let padded: Vec<String> = cells
            .iter()
            .zip(&widths)
            .map(|(cell, width)| format!("{cell:<width$}"))
            .collect();
        padded.join("  ").trim_end().to_owned()
    };
    let mut lines = vec![line(headings.to_vec())];
    lines.extend(
        rows.iter()
            .map(|row| line(row.iter().map(String::as_str).collect())),
    );
    lines
}

/// `user show`, for people: what is so, and what to type next.
pub fn portrait(shown: &Shown, face: &Clockface, rules: &SecondFactorSettings) -> Vec<String> {
    let account = &shown.account;
    let email = &account.email;
    let head: Vec<String> = [
        email.to_string(),
        account.display_name(),
        status(account).to_owned(),
    ]
    .into_iter()
    .filter(|part| !part.is_empty())
    .collect();
    let mut lines = vec![head.join("   ")];
    let mut fact = |name: &str, what: String, next: Option<String>| {
        let next = next.map(|next| format!("  {next}")).unwrap_or_default();
        lines.push(format!("  {name:<14} {what:<30}{next}").trim_end().to_owned());
    };
    if let Status::Locked { since } = account.status {
        let since = format!("since {}", face.day(since));
        fact(
            "locked",
            since,
            Some(format!("doorward user unlock {}", in_shell(email))),
        );
    }
    if let Status::Waiting { since } = account.status {
        let since = format!("waits since {}", face.day(since));
        fact(
            "approval",
            since,
            Some(format!("doorward user approve {}", in_shell(email))),
        );
    }
    let language = account.language.as_ref();
    fact(
        "language",
        language.map_or_else(|| "as the browser asks".to_owned(), ToString::to_string),
        None,
    );
    if !account.groups.is_empty() {
        fact("groups", groups(account).join(", "), None);
    }
    match &account.password {
        Some(password) => fact(
            "password",
            format!("changed {}", face.day(password.changed)),
            None,
        ),
        None => fact(
            "password",
            "none: nobody can sign in".to_owned(),
            Some(format!("doorward user add {} --invite", in_shell(email))),
        ),
    }
    for line in factors(account, face, rules, shown.at) {
        fact("second factor", line, None);
    }
    if let Some(until) = account.suspended(shown.at) {
        let until = face.until(until, shown.at);
        fact("suspended", format!("until {until} the password is enough"), None);
    }
    if let Some(number) = &shown.phone {
        fact("phone", number.clone(), None);
    }
    if let Some(set) = &account.recovery {
        fact(
            "recovery",
            format!("{} of {} codes left", set.left(), set.count()),
            None,
        );
    }
    if let Some(terms) = &account.terms {
        let day = face.day(terms.at);
        fact("terms", format!("{} accepted {day}", terms.version), None);
    }
    let devices = what_a_reset_removes(account, shown.at).devices;
    let list = (devices > 0).then(|| format!("doorward device list {}", in_shell(email)));
    fact("devices", format!("{devices} trusted"), list);
    let end = (shown.sessions > 0).then(|| format!("doorward user sign-out {}", in_shell(email)));
    fact("sessions", shown.sessions.to_string(), end);
    for (stage, waits) in &shown.waits {
        let until = match waits {
            Waits::Until(at) => format!("until {}", face.until(*at, shown.at)),
            Waits::Closed => "until support opens it".to_owned(),
        };
        fact(
            "waiting",
            format!("{until} ({})", cause(*stage)),
            Some(format!("doorward user unlock {}", in_shell(email))),
        );
    }
    lines
}

fn factors(account: &Account, face: &Clockface, rules: &SecondFactorSettings, now: Timestamp) -> Vec<String> {
    if account.apps.is_empty() {
        if assurance::guarded_by_phone(account, rules) {
            return vec!["codes by text message".to_owned()];
        }
        return vec![match rules.floor {
            Floor::Email => "codes by email".to_owned(),
            Floor::None => "none".to_owned(),
        }];
    }
    account
        .apps
        .iter()
        .map(|app| {
            let used = app.last_used.map_or_else(
                || "never used".to_owned(),
                |at| format!("last used {}", face.moment(at, now)),
            );
            format!("app \"{}\" (since {}, {used})", app.name, face.day(app.added))
        })
        .collect()
}

/// What was too much.
fn cause(stage: Stage) -> &'static str {
    match stage {
        Stage::Browser => "wrong passwords in a browser of the owner's",
        Stage::Name => "wrong passwords",
        Stage::Factor | Stage::FactorClosed => "wrong codes",
        Stage::Mail | Stage::LockNotice => "code mails",
        Stage::Registrations => "registrations",
        Stage::Sms | Stage::SmsTotal => "text messages",
        Stage::Address | Stage::Names | Stage::NamesEverywhere => "attempts from one address",
    }
}

/// An account, for scripts. Holds no secret, and nothing that opens anything.
pub fn json(account: &Account, now: Timestamp) -> Value {
    let set = account.recovery.as_ref();
    let locked = match account.status {
        Status::Active | Status::Waiting { .. } => None,
        Status::Locked { since } => Some(machine_time(since)),
    };
    let waiting = match account.status {
        Status::Waiting { since } => Some(machine_time(since)),
        Status::Active | Status::Locked { .. } => None,
    };
    let apps: Vec<Value> = account
        .apps
        .iter()
        .map(|app| {
            json!({
                "name": app.name,
                "added": machine_time(app.added),
                "last_used": app.last_used.map(machine_time),
            })
        })
        .collect();
    json!({
        "id": account.id.to_string(),
        "email": account.email.spelling(),
        "first_name": account.first_name,
        "last_name": account.last_name,
        "language": account.language.as_ref().map(ToString::to_string),
        "groups": groups(account),
        "status": status(account),
        "locked_since": locked,
        "waiting_since": waiting,
        "created": machine_time(account.created),
        "password_changed": account.password.as_ref().map(|it| machine_time(it.changed)),
        "apps": apps,
        "recovery_codes": set.map(|set| json!({ "left": set.left(), "total": RecoverySet::count(set) })),
        "trusted_devices": what_a_reset_removes(account, now).devices,
        "terms": account.terms.as_ref().map(|terms| json!({
            "version": terms.version.as_str(),
            "language": terms.language.as_str(),
            "accepted": machine_time(terms.at),
        })),
        "mfa_suspended_until": account.suspended(now).map(machine_time),
    })
}

/// The same, with how it stands.
pub fn json_of_shown(shown: &Shown) -> Value {
    let waits: Vec<Value> = shown
        .waits
        .iter()
        .map(|(stage, waits)| {
            let until = match waits {
                Waits::Until(at) => Some(machine_time(*at)),
                Waits::Closed => None,
            };
            json!({ "limit": stage.word(), "until": until })
        })
        .collect();
    let mut value = json(&shown.account, shown.at);
    if let Some(fields) = value.as_object_mut() {
        fields.insert("phone".to_owned(), json!(shown.phone));
        fields.insert("sessions".to_owned(), json!(shown.sessions));
        fields.insert("waits".to_owned(), Value::Array(waits));
    }
    value
}
