//! `state`, `store`, `master_key`, `log`, `audit`: what is kept, and what is written down.

use super::people::DAY;
use super::section::Section;
use super::typed::path_text;
use crate::base::seal::Keyring;
use crate::observe::settings::{AuditSettings, LogFormat, LogLevel, LogSettings, Settings as Observe};
use crate::store::settings::{MasterKeySetting, Settings as Store};

const FORMATS: [(&str, LogFormat); 3] = [
    ("auto", LogFormat::Auto),
    ("text", LogFormat::Text),
    ("json", LogFormat::Json),
];

const LEVELS: [(&str, LogLevel); 5] = [
    ("error", LogLevel::Error),
    ("warn", LogLevel::Warn),
    ("info", LogLevel::Info),
    ("debug", LogLevel::Debug),
    ("trace", LogLevel::Trace),
];

/// `state`, `store`, `master_key`
pub(super) fn store(top: &mut Section<'_, '_, '_>) -> Store {
    let default = Store::default();
    let state = top.path("state", default.state);
    let place = super::store::place(top);
    let master_key = master_key(top);
    super::store::needs_given_key(top, place.span);
    Store {
        state: state.value,
        place: place.value,
        master_key,
    }
}

fn master_key(top: &mut Section<'_, '_, '_>) -> MasterKeySetting {
    let found = top.secret("master_key");
    let Some(text) = found.value else {
        return MasterKeySetting::Generated;
    };
    if let Err(error) = Keyring::parse(text.expose()) {
        top.error(
            found.span,
            format!("`master_key` is not one: {error}"),
            "32 random bytes in base64, one key a line: `openssl rand -base64 32`",
        );
    }
    MasterKeySetting::Given(text)
}

/// `log`, `audit`
pub(super) fn observe(top: &mut Section<'_, '_, '_>) -> Observe {
    let log = LogSettings::default();
    let audit = AuditSettings::default();
    Observe {
        log: top.section("log", |it| LogSettings {
            format: it.word("format", log.format, &FORMATS).value,
            level: it.word("level", log.level, &LEVELS).value,
        }),
        audit: top.section("audit", |it| {
            let base = it.reading.base;
            AuditSettings {
                file: it.optional("file", |it| Ok(base.join(path_text(it)?))).value,
                keep: it.duration("keep", audit.keep, DAY..=3650 * DAY).value,
            }
        }),
    }
}
