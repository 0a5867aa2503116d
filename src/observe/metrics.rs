//! Counters for Prometheus (OpenMetrics text), served on the admin listener only.
//!
//! What happens at each request is counted in plain atomics at places known beforehand: no lock, no
//! map, no allocation. Everything else is rarer and lives in families of `prometheus-client`.
//! Names carry the prefix `doorward_` and base units; no label ever holds a person, an address or a path.

mod request;

use std::sync::atomic::AtomicU64;
use std::time::Duration;

use prometheus_client::encoding::text::encode;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::metrics::info::Info;
use prometheus_client::registry::{Registry, Unit};

use crate::base::time::Timestamp;
use crate::identity::event::What;
use crate::identity::factor::Factor;

pub use request::{Decided, Spans};
use request::{Requests, StoreOperations};

/// The content type of [`Metrics::text`].
pub const CONTENT_TYPE: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";

type Counts<const N: usize> = Family<[(&'static str, &'static str); N], Counter>;
type Seconds = Gauge<f64, AtomicU64>;
type Deliveries = Family<[(&'static str, &'static str); 1], Histogram, fn() -> Histogram>;

/// All counters of this process.
pub struct Metrics {
    registry: Registry,
    requests: Requests,
    store: StoreOperations,
    sign_ins: Counts<1>,
    second_factor: Counts<2>,
    throttled: Counts<1>,
    codes_sent: Counts<2>,
    code_delivery: Deliveries,
    recovery_codes_used: Counter,
    enrolments: Counts<1>,
    csrf_refused: Counter,
    malformed: Counter,
    audit_failures: Counter,
    mail_queue: Gauge,
    mail_queue_oldest: Seconds,
    notices: Counts<1>,
    sessions: Gauge,
    trusted_devices: Gauge,
    connections: Gauge,
    hashes_waiting: Gauge,
    reload_ok: Gauge,
    reload_at: Seconds,
    certificates: Family<[(&'static str, String); 1], Seconds>,
}

impl Metrics {
    /// All at zero, for a build of that version.
    #[allow(clippy::too_many_lines)]
    pub fn new(version: &'static str) -> Self {
        let mut registry = Registry::with_prefix("doorward");
        let at = &mut registry;
        let metrics = Self {
            requests: Requests::register(at),
            store: StoreOperations::register(at),
            sign_ins: register(at, "sign_ins", "Sign-in attempts by result"),
            second_factor: register(at, "second_factor", "Codes checked by method and result"),
            throttled: register(at, "throttled", "Attempts that had to wait, by stage"),
            codes_sent: register(at, "codes_sent", "Codes handed to a channel, by result"),
            code_delivery: deliveries(at),
            recovery_codes_used: register(at, "recovery_codes_used", "Recovery codes used"),
            enrolments: register(at, "enrolments", "Second factors set up, by method"),
            csrf_refused: register(at, "csrf_refused", "Forms refused for their token or origin"),
            malformed: register(at, "malformed_requests", "Requests refused as malformed"),
            audit_failures: register(at, "audit_write_failures", "Audit events not written to the file"),
            mail_queue: register(at, "mail_queue_messages", "Notices waiting to be sent"),
            mail_queue_oldest: seconds(at, "mail_queue_oldest", "Age of the oldest waiting notice"),
            notices: register(at, "notices", "Notices by result of the attempt"),
            sessions: register(at, "sessions", "Sessions held in memory"),
            trusted_devices: register(
                at,
                "trusted_devices",
                "Devices that skip the second factor, counted every ten minutes",
            ),
            connections: register(at, "connections", "Open client connections"),
            hashes_waiting: register(
                at,
                "password_hashes_waiting",
                "Sign-ins waiting for a hashing thread",
            ),
            reload_ok: register(
                at,
                "config_last_reload_successful",
                "1 if the last reload of the configuration succeeded",
            ),
            reload_at: seconds(
                at,
                "config_last_reload_timestamp",
                "When the configuration was last loaded",
            ),
            certificates: seconds(at, "certificate_expiry_timestamp", "When a certificate expires"),
            registry: Registry::default(),
        };
        registry.register("build", "What is running", Info::new([("version", version)]));
        metrics.reload_ok.set(1);
        Self { registry, ..metrics }
    }

    /// A request was answered (or its connection given up) with that status.
    pub fn request(&self, decided: Decided, status: u16, took: Duration) {
        self.requests.count(decided, status, took);
    }

    /// Counts what an audit event tells of.
    pub fn count(&self, what: &What) {
        match what {
            What::PasswordFailed => self.sign_in("password_failed"),
            What::SignInCompleted { .. } => self.sign_in("completed"),
            What::Waiting { .. } => self.sign_in("waiting"),
            What::Spray { .. } => self.sign_in("spray"),
            What::FactorOk { factor } => self.factor(*factor, "ok"),
            What::FactorFailed { factor } => self.factor(*factor, "failed"),
            What::FactorReplayed { factor } => self.factor(*factor, "replayed"),
            What::FactorClosed => {
                let labels = [("method", "any"), ("result", "closed")];
                self.second_factor.get_or_create(&labels).inc();
            }
            What::RecoveryUsed { .. } => {
                self.recovery_codes_used.inc();
            }
            What::AppAdded => self.enrolled("app"),
            What::PhoneAdded => self.enrolled("phone"),
            What::RecoveryCreated { .. } => self.enrolled("recovery"),
            What::CsrfRefused => {
                self.csrf_refused.inc();
            }
            What::RequestMalformed { .. } => {
                self.malformed.inc();
            }
            _ => {}
        }
    }

    fn sign_in(&self, result: &'static str) {
        self.sign_ins.get_or_create(&[("result", result)]).inc();
    }

    fn factor(&self, factor: Factor, result: &'static str) {
        let labels = [("method", factor.word()), ("result", result)];
        self.second_factor.get_or_create(&labels).inc();
    }

    fn enrolled(&self, method: &'static str) {
        self.enrolments.get_or_create(&[("method", method)]).inc();
    }

    /// An attempt had to wait, or was turned away, at `stage`: `password`, `factor`, `mail`, `hash_queue`.
    pub fn throttled(&self, stage: &'static str) {
        self.throttled.get_or_create(&[("stage", stage)]).inc();
    }

    /// A code was handed to a channel, or could not be, after that long.
    pub fn code_sent(&self, channel: &'static str, sent: bool, took: Duration) {
        let labels = [
            ("channel", channel),
            ("result", if sent { "sent" } else { "failed" }),
        ];
        self.codes_sent.get_or_create(&labels).inc();
        if sent {
            self.code_delivery
                .get_or_create(&[("channel", channel)])
                .observe(took.as_secs_f64());
        }
    }

    /// A notice was `sent`, `postponed` or `given_up`.
    pub fn notice(&self, result: &'static str) {
        self.notices.get_or_create(&[("result", result)]).inc();
    }

    /// What waits in the mail queue.
    pub fn mail_queue(&self, messages: u64, oldest: Duration) {
        self.mail_queue.set(i64::try_from(messages).unwrap_or(i64::MAX));
        self.mail_queue_oldest.set(oldest.as_secs_f64());
    }

    /// Sessions held in memory.
    pub fn sessions(&self, count: usize) {
        self.sessions.set(i64::try_from(count).unwrap_or(i64::MAX));
    }

    /// Devices that skip the second factor, of all accounts.
    pub fn trusted_devices(&self, count: u64) {
        self.trusted_devices.set(i64::try_from(count).unwrap_or(i64::MAX));
    }

    /// A client connection was opened (`1`) or closed (`-1`).
    pub fn connections(&self, change: i64) {
        self.connections.inc_by(change);
    }

    /// A sign-in began (`1`) or ended (`-1`) to wait for a hashing thread.
    pub fn hashes_waiting(&self, change: i64) {
        self.hashes_waiting.inc_by(change);
    }

    /// The store answered a question. `operation` is one of a few fixed words.
    pub fn store_operation(&self, operation: &'static str, took: Duration) {
        self.store.observe(operation, took);
    }

    /// The configuration was loaded, or refused and the old one kept.
    pub fn config_reloaded(&self, successful: bool, now: Timestamp) {
        self.reload_ok.set(i64::from(successful));
        if successful {
            self.reload_at.set(seconds_of(now));
        }
    }

    /// A certificate for `name` (from the certificate, not from a request) expires then.
    pub fn certificate(&self, name: &str, expires: Timestamp) {
        self.certificates
            .get_or_create(&[("name", name.to_owned())])
            .set(seconds_of(expires));
    }

    /// Forgets certificates that are no longer in use, before those that are get counted again.
    pub fn forget_certificates(&self) {
        self.certificates.clear();
    }

    /// An audit event did not reach the file.
    pub fn audit_write_failed(&self) {
        self.audit_failures.inc();
    }

    /// Everything, as OpenMetrics text.
    pub fn text(&self) -> String {
        let mut text = String::with_capacity(8 * 1024);
        // Writing into a String does not fail.
        encode(&mut text, &self.registry).ok();
        text
    }
}

#[allow(clippy::cast_precision_loss)]
fn seconds_of(at: Timestamp) -> f64 {
    // Whole seconds stay exact in a double for 285 million years.
    at.unix_seconds() as f64
}

fn register<M>(registry: &mut Registry, name: &str, help: &str) -> M
where
    M: prometheus_client::registry::Metric + Clone + Default,
{
    let metric = M::default();
    registry.register(name, help, metric.clone());
    metric
}

/// From a tenth of a second to the 60 s after which a code is given up.
fn deliveries(registry: &mut Registry) -> Deliveries {
    let buckets = || Histogram::new([0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0]);
    let metric = Deliveries::new_with_constructor(buckets);
    registry.register_with_unit(
        "code_delivery",
        "How long a channel took to accept a code",
        Unit::Seconds,
        metric.clone(),
    );
    metric
}

fn seconds<M>(registry: &mut Registry, name: &str, help: &str) -> M
where
    M: prometheus_client::registry::Metric + Clone + Default,
{
    let metric = M::default();
    registry.register_with_unit(name, help, Unit::Seconds, metric.clone());
    metric
}

#[cfg(test)]
mod tests {
    use super::*;

    fn has(text: &str, line: &str) {
        assert!(text.lines().any(|it| it == line), "`{line}` is not in\n{text}");
    }

    #[test]
    fn what_was_counted_is_told_under_its_documented_name() {
        let metrics = Metrics::new("1.2.3");
        metrics.request(Decided::Forward, 200, Duration::from_millis(3));
        metrics.request(Decided::Forward, 200, Duration::from_millis(300));
        metrics.request(Decided::Challenge, 303, Duration::from_micros(80));
        metrics.count(&What::PasswordFailed);
        metrics.count(&What::FactorFailed { factor: Factor::App });
        metrics.throttled("password");
        metrics.code_sent("email", false, Duration::from_secs(9));
        metrics.code_sent("email", true, Duration::from_millis(300));
        metrics.trusted_devices(12);
        metrics.mail_queue(3, Duration::from_secs(90));
        metrics.sessions(7);
        metrics.config_reloaded(false, Timestamp::from_unix_seconds(5));
        metrics.certificate("portal.example.com", Timestamp::from_unix_seconds(1_795_352_520));
        metrics.store_operation("commit", Duration::from_millis(2));
        let text = metrics.text();
        for line in [
            r#"doorward_requests_total{decision="forward",code="200"} 2"#,
            r#"doorward_requests_total{decision="challenge",code="303"} 1"#,
            r#"doorward_request_duration_seconds_bucket{le="0.0001"} 1"#,
            r#"doorward_request_duration_seconds_bucket{le="0.005"} 2"#,
            r#"doorward_request_duration_seconds_bucket{le="+Inf"} 3"#,
            "doorward_request_duration_seconds_count 3",
            r#"doorward_sign_ins_total{result="password_failed"} 1"#,
            r#"doorward_second_factor_total{method="app",result="failed"} 1"#,
            r#"doorward_throttled_total{stage="password"} 1"#,
            r#"doorward_codes_sent_total{channel="email",result="failed"} 1"#,
            r#"doorward_codes_sent_total{channel="email",result="sent"} 1"#,
            r#"doorward_code_delivery_seconds_count{channel="email"} 1"#,
            r#"doorward_code_delivery_seconds_bucket{le="0.5",channel="email"} 1"#,
            "doorward_trusted_devices 12",
            "doorward_mail_queue_messages 3",
            "doorward_mail_queue_oldest_seconds 90.0",
            "doorward_sessions 7",
            "doorward_config_last_reload_successful 0",
            r#"doorward_build_info{version="1.2.3"} 1"#,
            r#"doorward_certificate_expiry_timestamp_seconds{name="portal.example.com"} 1795352520.0"#,
            r#"doorward_store_operation_duration_seconds_count{operation="commit"} 1"#,
            "# EOF",
        ] {
            has(&text, line);
        }
    }

    #[test]
    fn requests_that_never_were_are_not_listed() {
        let text = Metrics::new("0").text();
        assert!(!text.contains("doorward_requests_total{"), "{text}");
        has(&text, "doorward_request_duration_seconds_count 0");
    }

    #[test]
    fn a_status_out_of_range_is_counted_as_an_error_of_ours() {
        let metrics = Metrics::new("0");
        metrics.request(Decided::Forward, 0, Duration::ZERO);
        metrics.request(Decided::Forward, 999, Duration::ZERO);
        has(
            &metrics.text(),
            r#"doorward_requests_total{decision="forward",code="599"} 2"#,
        );
    }
}
