//! Sessions, factors, devices, passwords: what people meet.

use std::time::Duration;

use serde_json::json;

use super::effective::Origin;
use super::report::Span;
use super::scalar::Fault;
use super::section::{Found, Section};
use super::tree::Scalar;
use super::typed::{line, number, one_of};
use crate::base::time::Timestamp;
use crate::identity::phone::Country;
use crate::identity::settings::{
    AppSettings, AppSetup, Blocklist, EmailCodeSettings, EmailOnly, Floor, HashCost, KeepPostsSettings,
    Method, PasswordResetSettings, PasswordSettings, PhoneStep, RecoveryCodeSettings, RequiredFor,
    RequiredFrom, SecondFactorSettings, SessionSettings, SmsSettings, SmsUse, TrustedDeviceSettings,
};
use crate::service::settings::HashingSettings;

pub(super) const SECOND: Duration = Duration::from_secs(1);
pub(super) const MINUTE: Duration = Duration::from_secs(60);
pub(super) const HOUR: Duration = Duration::from_secs(60 * 60);
pub(super) const DAY: Duration = Duration::from_secs(24 * 60 * 60);

const METHODS: [(&str, Method); 3] = [
    ("app", Method::App),
    ("email", Method::Email),
    ("sms", Method::Sms),
];

/// `session`
pub(super) fn session(top: &mut Section<'_, '_, '_>) -> SessionSettings {
    let default = SessionSettings::default();
    top.section("session", |it| {
        let idle = it.duration("idle", default.idle, MINUTE..=30 * DAY);
        let lifetime = it.duration("lifetime", default.lifetime, 5 * MINUTE..=30 * DAY);
        if idle.value > lifetime.value {
            it.error(
                idle.span.or(lifetime.span),
                "`idle` is longer than `lifetime`",
                "a session that is used still ends after `lifetime`",
            );
        }
        SessionSettings {
            idle: idle.value,
            lifetime: lifetime.value,
            max: it.count("max", default.max, 1..=1000).value,
            grace: it
                .duration("grace", default.grace, Duration::ZERO..=5 * MINUTE)
                .value,
        }
    })
}

/// `second_factor`. The issuer is left empty where the file names none.
pub(super) fn second_factor(top: &mut Section<'_, '_, '_>) -> SecondFactorSettings {
    let default = SecondFactorSettings::default();
    top.section("second_factor", |it| {
        let methods = methods(it, &default);
        let floor = it.word(
            "floor",
            default.floor,
            &[("email", Floor::Email), ("none", Floor::None)],
        );
        let setups = [
            ("offer", AppSetup::Offer),
            ("invite", AppSetup::Invite),
            ("required", AppSetup::Required),
        ];
        let app_setup = it.word("app_setup", default.app_setup, &setups);
        let required = required(it, &methods, app_setup);
        let fallback = it.flag("email_fallback", default.email_fallback);
        check_methods(it, &methods, floor, app_setup, fallback);
        let sms = sms(it);
        check_sms(it, &methods, &sms);
        SecondFactorSettings {
            methods: methods.value,
            floor: floor.value,
            app_setup: app_setup.value,
            required,
            email_fallback: fallback.value,
            app: it.section("app", |it| app(it, default.app)),
            email: it.section("email", |it| email(it, default.email)),
            sms: sms.value,
            recovery_codes: it.section("recovery_codes", |it| recovery_codes(it, default.recovery_codes)),
        }
    })
}

/// `required_from` and `required_for`.
fn required(
    it: &mut Section<'_, '_, '_>,
    methods: &Found<Vec<Method>>,
    setup: Found<AppSetup>,
) -> Option<RequiredFrom> {
    let from = it.optional("required_from", day);
    let whom = it.word(
        "required_for",
        RequiredFor::New,
        &[("new", RequiredFor::New), ("all", RequiredFor::All)],
    );
    let Some(start) = from.value else {
        if whom.value == RequiredFor::All {
            it.error(
                whom.span,
                "`required_for` without `required_from`",
                "add `required_from: 2030-01-01`, or write `app_setup: required`",
            );
        }
        return None;
    };
    if !methods.value.contains(&Method::App) {
        it.error(
            from.span,
            "`required_from` needs `app` in `methods`",
            "add `app` to `methods`",
        );
    }
    if setup.value == AppSetup::Required {
        it.error(
            from.span,
            "`app_setup: required` demands an app of everybody, now",
            "remove `required_from`, or write `app_setup: offer` or `invite`",
        );
    }
    Some(RequiredFrom {
        from: start,
        whom: whom.value,
    })
}

/// 00:00 UTC of a day.
fn day(it: &Scalar) -> Result<Timestamp, Fault> {
    let text = line(it)?;
    let fault = || Fault::new("is not a date", "write year, month and day: `2030-01-01`");
    let shaped = text.len() == 10
        && text.bytes().enumerate().all(|(at, octet)| match at {
            4 | 7 => octet == b'-',
            _ => octet.is_ascii_digit(),
        });
    let date: jiff::civil::Date = text.parse().ok().filter(|_| shaped).ok_or_else(fault)?;
    if !(2000..=2199).contains(&date.year()) {
        return Err(Fault::new("is out of bounds", "from 2000 to 2199"));
    }
    let midnight = date.to_zoned(jiff::tz::TimeZone::UTC).map_err(|_| fault())?;
    Ok(Timestamp::from_unix_millis(midnight.timestamp().as_millisecond()))
}

fn methods(it: &mut Section<'_, '_, '_>, default: &SecondFactorSettings) -> Found<Vec<Method>> {
    let found = it.list(
        "methods",
        default.methods.clone(),
        json!(["app", "email"]),
        |word| one_of(word, &METHODS),
    );
    let mut kept: Vec<Method> = Vec::new();
    for method in &found.value {
        if kept.contains(&method.value) {
            it.error(
                method.span,
                "an entry of `methods` is there twice",
                "once is enough",
            );
        } else {
            kept.push(method.value);
        }
    }
    if let Some(span) = it.empty_list("methods") {
        let label = "for a password alone write rules with `require: password`";
        it.error(span, "`methods` is empty", label);
    }
    if kept.is_empty() {
        kept = default.methods.clone();
    }
    Found {
        value: kept,
        span: found.span,
    }
}

/// What the choices mean for one another.
fn check_methods(
    it: &mut Section<'_, '_, '_>,
    methods: &Found<Vec<Method>>,
    floor: Found<Floor>,
    setup: Found<AppSetup>,
    fallback: Found<bool>,
) {
    let email = methods.value.contains(&Method::Email);
    let app = methods.value.contains(&Method::App);
    let at = |own: Option<Span>| own.or(methods.span);
    if floor.value == Floor::Email && !email {
        it.error(
            at(floor.span),
            "`floor: email` needs `email` in `methods`",
            "add `email`, or write `floor: none`: then a password is enough until an app is set up",
        );
    }
    let wanted = match setup.value {
        AppSetup::Offer => None,
        AppSetup::Invite => Some("`app_setup: invite` needs `app` in `methods`"),
        AppSetup::Required => Some("`app_setup: required` needs `app` in `methods`"),
    };
    if let Some(message) = wanted.filter(|_| !app) {
        it.error(at(setup.span), message, "add `app` to `methods`");
    }
    if fallback.value && !email {
        it.error(
            at(fallback.span),
            "`email_fallback` needs `email` in `methods`",
            "add `email` to `methods`",
        );
    }
    if fallback.value && !app {
        it.error(
            at(fallback.span),
            "`email_fallback` needs `app` in `methods`",
            "without apps, email is no fallback",
        );
    }
    if floor.value == Floor::None && email && !fallback.value {
        it.warn(
            at(floor.span),
            "email codes are never used",
            "`floor` is `none` and `email_fallback` is off: write `methods: [app]` to say so",
        );
    }
}

fn app(it: &mut Section<'_, '_, '_>, default: AppSettings) -> AppSettings {
    let issuer = it.optional("issuer", issuer);
    let max = it.count("max", default.max, 1..=20);
    let shown = json!(default.suggest);
    let suggest = it.list("suggest", default.suggest, shown, line);
    AppSettings {
        issuer: issuer.value.unwrap_or_default(),
        max: max.value,
        suggest: suggest.value.into_iter().map(|found| found.value).collect(),
    }
}

/// The issuer stands before a colon in the label of an `otpauth:` link, so it cannot hold one.
fn issuer(it: &Scalar) -> Result<String, Fault> {
    let text = line(it)?;
    if text.contains(':') {
        return Err(Fault::new(
            "holds a colon",
            "authenticator apps cut the name there",
        ));
    }
    Ok(text)
}

fn email(it: &mut Section<'_, '_, '_>, default: EmailCodeSettings) -> EmailCodeSettings {
    let valid = it.duration("valid", default.valid, MINUTE..=30 * MINUTE);
    let resend = it.duration("resend_after", default.resend_after, 10 * SECOND..=10 * MINUTE);
    if resend.value > valid.value {
        it.error(
            resend.span.or(valid.span),
            "`resend_after` is longer than `valid`",
            "people would wait with no code that works",
        );
    }
    EmailCodeSettings {
        valid: valid.value,
        resend_after: resend.value,
    }
}

/// `sms`, which switches text messages on by being there.
fn sms(it: &mut Section<'_, '_, '_>) -> Found<Option<SmsSettings>> {
    let span = it.take("sms").map(|pair| pair.key_span);
    if !it.gives("sms") {
        it.show("sms", json!(null), Origin::Default);
        return super::section::absent(None);
    }
    let default = SmsSettings::default();
    let value = it.section("sms", |it| {
        let uses = [("recovery", SmsUse::Recovery), ("method", SmsUse::Method)];
        let used_as = it.word("use", default.used_as, &uses);
        let phones = [
            ("optional", PhoneStep::Optional),
            ("required", PhoneStep::Required),
        ];
        let phone = it.word("phone", default.phone, &phones);
        let countries = it.list("countries", Vec::new(), json!([]), country);
        SmsSettings {
            used_as: used_as.value,
            phone: phone.value,
            countries: countries.value.into_iter().map(|found| found.value).collect(),
        }
    });
    Found {
        value: Some(value),
        span,
    }
}

fn country(it: &Scalar) -> Result<Country, Fault> {
    Country::parse(&it.text)
        .ok_or_else(|| Fault::new("is not a country", "two capital letters (ISO 3166-1): `CH`, `GB`"))
}

/// `sms` among the methods and what text messages are used for say the same.
fn check_sms(it: &mut Section<'_, '_, '_>, methods: &Found<Vec<Method>>, sms: &Found<Option<SmsSettings>>) {
    let among = methods.value.contains(&Method::Sms);
    let used_as = sms.value.as_ref().map(|sms| sms.used_as);
    match used_as {
        None if among => it.error(
            methods.span,
            "`sms` in `methods`, but text messages are off",
            "add `sms: {use: method}` to `second_factor`",
        ),
        Some(SmsUse::Recovery) if among => it.error(
            methods.span,
            "`sms` in `methods` needs `use: method`",
            "with `use: recovery` it helps only those whose app is not at hand",
        ),
        Some(SmsUse::Method) if !among => it.error(
            sms.span.or(methods.span),
            "`use: method` needs `sms` in `methods`",
            "add `sms` to `methods`, or write `use: recovery`",
        ),
        Some(SmsUse::Recovery) if !methods.value.contains(&Method::App) => it.error(
            sms.span,
            "`use: recovery` needs `app` in `methods`",
            "without apps there is nothing to recover",
        ),
        None | Some(SmsUse::Recovery | SmsUse::Method) => {}
    }
}

fn recovery_codes(it: &mut Section<'_, '_, '_>, default: RecoveryCodeSettings) -> RecoveryCodeSettings {
    let count = it.count("count", default.count, 0..=50);
    let replace_used = it.flag("replace_used", default.replace_used);
    if replace_used.value && count.value == 0 {
        it.error(
            replace_used.span,
            "`replace_used` needs recovery codes",
            "`count` is 0: there is nothing to replace",
        );
    }
    // Where there are few codes, a default that is always true would warn for ever.
    let usual = default.warn_at.min(count.value.saturating_sub(1));
    let warn_at = it.count("warn_at", usual, 0..=50);
    if warn_at.span.is_some() && warn_at.value > 0 && warn_at.value >= count.value {
        it.error(
            warn_at.span,
            "`warn_at` is not below `count`",
            "people would be warned from the first code on",
        );
    }
    RecoveryCodeSettings {
        count: count.value,
        replace_used: replace_used.value,
        warn_at: warn_at.value,
    }
}

/// `trusted_devices`
pub(super) fn trusted_devices(top: &mut Section<'_, '_, '_>) -> TrustedDeviceSettings {
    let default = TrustedDeviceSettings::default();
    top.section("trusted_devices", |it| TrustedDeviceSettings {
        enabled: it.flag("enabled", default.enabled).value,
        lifetime: it.duration("lifetime", default.lifetime, DAY..=365 * DAY).value,
        max: it.count("max", default.max, 1..=100).value,
    })
}

/// `passwords`, and the number of hashes at a time.
pub(super) fn passwords(top: &mut Section<'_, '_, '_>) -> (PasswordSettings, usize) {
    let default = PasswordSettings::default();
    let cores = top.reading.machine.cores();
    top.section("passwords", |it| {
        let min_length = it.count("min_length", default.min_length, 8..=128);
        let blocklist = it.word("blocklist", default.blocklist, &[("builtin", Blocklist::Builtin)]);
        let hash = it.section("hash", |it| hash(it, default.hash));
        let slots = it.optional("slots", |it| number(it, &(1..=64)));
        let settings = PasswordSettings {
            min_length: min_length.value,
            blocklist: blocklist.value,
            hash,
        };
        (
            settings,
            slots.value.unwrap_or_else(|| HashingSettings::slots_for(cores)),
        )
    })
}

/// `password_reset`; `codes` is how many recovery codes an account gets.
pub(super) fn password_reset(top: &mut Section<'_, '_, '_>, codes: usize) -> PasswordResetSettings {
    let default = PasswordResetSettings::default();
    top.section("password_reset", |it| {
        let enabled = it.flag("enabled", default.enabled);
        let valid = it.duration("valid", default.valid, 5 * MINUTE..=2 * HOUR);
        let words = [("allow", EmailOnly::Allow), ("code", EmailOnly::Code)];
        let email_only = it.word("email_only", default.email_only, &words);
        if email_only.value == EmailOnly::Code && codes == 0 {
            it.error(
                email_only.span,
                "`email_only: code` needs recovery codes",
                "`second_factor.recovery_codes.count` is 0: nobody without an app could reset a password",
            );
        }
        PasswordResetSettings {
            enabled: enabled.value,
            valid: valid.value,
            email_only: email_only.value,
        }
    })
}

fn hash(it: &mut Section<'_, '_, '_>, default: HashCost) -> HashCost {
    const MIB: u64 = 1 << 20;
    let memory = it.size("memory", default.memory, 19 * MIB..=1024 * MIB);
    if !memory.value.is_multiple_of(1024) {
        it.error(
            memory.span,
            "`memory` is not a whole number of KiB",
            "argon2 counts in KiB",
        );
    }
    HashCost {
        memory: memory.value,
        passes: it.count("passes", default.passes, 2..=20).value,
        lanes: it.count("lanes", default.lanes, 1..=16).value,
    }
}

/// `keep_posts`
pub(super) fn keep_posts(top: &mut Section<'_, '_, '_>) -> KeepPostsSettings {
    let default = KeepPostsSettings::default();
    top.section("keep_posts", |it| KeepPostsSettings {
        enabled: it.flag("enabled", default.enabled).value,
        max: usize::try_from(it.size("max", default.max as u64, 1024..=1 << 20).value).unwrap_or(default.max),
        lives: it.duration("for", default.lives, MINUTE..=60 * MINUTE).value,
    })
}
