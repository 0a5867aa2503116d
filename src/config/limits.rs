//! `limits`: how often, how much, how slowly.

use std::ops::RangeInclusive;

use serde_json::json;

use super::net::network;
use super::people::{MINUTE, SECOND};
use super::section::{Found, Section};
use crate::gateway::settings::IntakeLimits;
use crate::identity::settings::ThrottleSettings;
use crate::service::settings::HashingSettings;

/// What the key spreads over: throttling, the request path, hashing, and the pages' forms.
pub(super) struct Limits {
    pub(super) throttle: ThrottleSettings,
    pub(super) intake: IntakeLimits,
    pub(super) hashing: HashingSettings,
    pub(super) form_body: usize,
}

/// Octets that a limit on sizes may be set to.
const BODY: RangeInclusive<u64> = 4 << 10..=1 << 20;
const HEAD: RangeInclusive<u64> = 4 << 10..=256 << 10;

/// `limits`; `slots` comes from `passwords`.
pub(super) fn limits(top: &mut Section<'_, '_, '_>, slots: usize) -> Limits {
    top.section("limits", |it| {
        let throttle = throttle(it);
        let form_body = it.size("form_body", 64 << 10, BODY);
        let intake = intake(it);
        let default = HashingSettings::default();
        Limits {
            throttle,
            intake,
            hashing: HashingSettings {
                slots,
                queue: it.count("hash_queue", default.queue, 1..=10_000).value,
                wait: it
                    .duration("hash_wait", default.wait, SECOND / 10..=30 * SECOND)
                    .value,
            },
            form_body: octets(form_body),
        }
    })
}

fn throttle(it: &mut Section<'_, '_, '_>) -> ThrottleSettings {
    let default = ThrottleSettings::default();
    let password_known = it.count("password_known", default.password_known, 3..=100);
    let password_unknown = it.count("password_unknown", default.password_unknown, 3..=100);
    let address = it.count("address", default.address, 3..=10_000);
    let address_day = it.count("address_day", default.address_day, 3..=100_000);
    let address_names = it.count("address_names", default.address_names, 2..=1000);
    let shared = it.list("shared_networks", Vec::new(), json!([]), network);
    let factor_flow = it.count("factor_flow", default.factor_flow, 1..=10);
    let factor_hour = it.count("factor_hour", default.factor_hour, 1..=50);
    let factor_day = it.count("factor_day", default.factor_day, 1..=100);
    let factor_closed = it.count("factor_closed", default.factor_closed, 5..=500);
    let mail_hour = it.count("mail_hour", default.mail_hour, 1..=60);
    let mail_day = it.count("mail_day", default.mail_day, 1..=500);
    let sms_hour = it.count("sms_hour", default.sms_hour, 1..=20);
    let sms_day = it.count("sms_day", default.sms_day, 1..=50);
    let sms_total_day = it.count("sms_total_day", default.sms_total_day, 1..=100_000);
    let stranger_hour = it.count("mail_stranger_hour", default.mail_stranger_hour, 1..=60);
    let stranger_day = it.count("mail_stranger_day", default.mail_stranger_day, 1..=500);
    let registrations = it.count("registrations", default.registrations, 1..=1000);
    not_above(it, ("address", address), ("address_day", address_day));
    not_above(it, ("factor_flow", factor_flow), ("factor_hour", factor_hour));
    not_above(it, ("factor_hour", factor_hour), ("factor_day", factor_day));
    not_above(it, ("factor_day", factor_day), ("factor_closed", factor_closed));
    not_above(it, ("mail_hour", mail_hour), ("mail_day", mail_day));
    not_above(it, ("sms_hour", sms_hour), ("sms_day", sms_day));
    not_above(it, ("sms_day", sms_day), ("sms_total_day", sms_total_day));
    not_above(
        it,
        ("mail_stranger_hour", stranger_hour),
        ("mail_stranger_day", stranger_day),
    );
    ThrottleSettings {
        password_known: password_known.value,
        password_unknown: password_unknown.value,
        address: address.value,
        address_day: address_day.value,
        address_names: address_names.value,
        shared_networks: shared.value.into_iter().map(|found| found.value).collect(),
        factor_flow: factor_flow.value,
        factor_hour: factor_hour.value,
        factor_day: factor_day.value,
        factor_closed: factor_closed.value,
        mail_hour: mail_hour.value,
        mail_day: mail_day.value,
        sms_hour: sms_hour.value,
        sms_day: sms_day.value,
        sms_total_day: sms_total_day.value,
        mail_stranger_hour: stranger_hour.value,
        mail_stranger_day: stranger_day.value,
        registrations: registrations.value,
    }
}

fn intake(it: &mut Section<'_, '_, '_>) -> IntakeLimits {
    let default = IntakeLimits::default();
    let head = it.size("head", default.head as u64, HEAD);
    let head_fields = it.count("head_fields", default.head_fields, 20..=256);
    let head_time = it.duration("head_time", default.head_time, SECOND..=2 * MINUTE);
    let body_time = it.duration("body_time", default.body_time, SECOND..=10 * MINUTE);
    let keep_alive = it.duration("keep_alive", default.keep_alive, SECOND..=60 * MINUTE);
    let connections = it.count("connections", default.connections, 10..=1_000_000);
    let per_address = it.count(
        "connections_per_address",
        default.connections_per_address,
        4..=1_000_000,
    );
    not_above(
        it,
        ("connections_per_address", per_address),
        ("connections", connections),
    );
    IntakeLimits {
        head: octets(head),
        head_fields: head_fields.value,
        head_time: head_time.value,
        body_time: body_time.value,
        keep_alive: keep_alive.value,
        connections: connections.value,
        connections_per_address: per_address.value,
    }
}

/// Of two limits on the same thing the wider one cannot be the smaller. Only what the operator
/// wrote is blamed; between two defaults there is nothing to say.
fn not_above<N: PartialOrd + Copy>(
    it: &mut Section<'_, '_, '_>,
    (narrow_key, narrow): (&str, Found<N>),
    (wide_key, wide): (&str, Found<N>),
) {
    if narrow.value > wide.value {
        it.error(
            narrow.span.or(wide.span),
            format!("`{narrow_key}` is greater than `{wide_key}`"),
            format!("`{wide_key}` would always come first"),
        );
    }
}

fn octets(found: Found<u64>) -> usize {
    usize::try_from(found.value).unwrap_or(usize::MAX)
}
