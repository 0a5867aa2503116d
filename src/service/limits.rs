//! Which counts an attempt belongs to.
//!
//! Every place that takes a password or a code asks here before it looks at it. The store counts
//! all of an attempt's strokes at once, or none where any of them waits, so that a restart or a
//! second process forgets nothing and a burst gets no more than the limit.

use std::net::IpAddr;
use std::time::Duration;

use super::{Caller, Desk, Outage};
use crate::base::client::ClientAddr;
use crate::base::id::{AccountId, TokenDigest};
use crate::base::seal::Purpose;
use crate::base::time::Timestamp;
use crate::identity::account::{Account, EmailAddress, name_key};
use crate::identity::event::{Event, What};
use crate::identity::phone::PhoneNumber;
use crate::identity::settings::ThrottleSettings;
use crate::identity::throttle::{Limit, Stroke, Then};
use crate::store::{Change, CounterKey};

/// The strokes of one attempt.
pub type Strokes = Vec<(CounterKey, Stroke)>;

/// What a stroke's place in the list stands for, in metrics and events.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Stage {
    /// A known browser's own count.
    Browser,
    /// All unknown browsers of one name.
    Name,
    /// One address.
    Address,
    /// Different names from one address.
    Names,
    /// Different names from everywhere; reported and never a wait.
    NamesEverywhere,
    /// Second factors of one account.
    Factor,
    /// Second factors of one account, in a row, without end.
    FactorClosed,
    /// Letters with codes to one mailbox.
    Mail,
    /// Text messages to one number, or of one account.
    Sms,
    /// Text messages of the whole installation.
    SmsTotal,
    /// Letters to one mailbox that say sign-in waits.
    LockNotice,
    /// Registrations of one address.
    Registrations,
}

impl Stage {
    /// The word for it in metrics and events.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Browser => "browser",
            Self::Name => "name",
            Self::Address => "address",
            Self::Names => "names",
            Self::NamesEverywhere => "names-everywhere",
            Self::Factor => "factor",
            Self::FactorClosed => "factor-closed",
            Self::Mail => "mail",
            Self::Sms => "sms",
            Self::SmsTotal => "sms-total",
            Self::LockNotice => "lock-notice",
            Self::Registrations => "registrations",
        }
    }
}

/// The counts of one attempt, with what each stands for.
#[derive(Clone, Debug, Default)]
pub struct Attempt {
    /// For the store.
    pub strokes: Strokes,
    stages: Vec<Stage>,
}

impl Attempt {
    /// What the stroke at `place` stands for.
    pub fn stage(&self, place: usize) -> Option<Stage> {
        self.stages.get(place).copied()
    }

    fn add(
        &mut self,
        stage: Stage,
        key: String,
        at_most: u32,
        within: Duration,
        then: Then,
        member: Option<u64>,
    ) {
        self.strokes.push((
            CounterKey(key),
            Stroke {
                limit: Limit {
                    at_most,
                    within,
                    then,
                },
                member,
            },
        ));
        self.stages.push(stage);
    }
}

/// Whose browser sends a password.
#[derive(Clone, Copy, Debug)]
pub enum Browser<'a> {
    /// It has completed a sign-in of this very account: it has a count of its own, and nobody
    /// else's failures make it wait.
    Known(AccountId, &'a TokenDigest),
    /// Any other.
    Unknown,
}

impl Desk {
    /// A name, as counters know it.
    fn counted_name(&self, typed: &str) -> [u8; 32] {
        self.keys
            .digest(Purpose::CounterName, &[name_key(typed).as_bytes()])
    }

    /// The counts of a password that was typed for a name.
    pub fn password_attempt(&self, typed_name: &str, browser: Browser<'_>, client: ClientAddr) -> Attempt {
        let rules = self.rules.load();
        let limits = &rules.limits;
        let mut attempt = Attempt::default();
        let wait = |first, longest| Then::Wait { first, longest };
        let window = ThrottleSettings::PASSWORD_WINDOW;
        if let Browser::Known(account, cookie) = browser {
            attempt.add(
                Stage::Browser,
                known_count(account, cookie).0,
                limits.password_known,
                window,
                wait(window, window),
                None,
            );
            return attempt;
        }
        let name = self.counted_name(typed_name);
        let printed = data_encoding::HEXLOWER.encode(&name);
        attempt.add(
            Stage::Name,
            format!("password:{printed}"),
            limits.password_unknown,
            window,
            wait(window, ThrottleSettings::PASSWORD_WAIT_MAX),
            None,
        );
        self.add_address(&mut attempt, limits, client, &name);
        attempt
    }

    fn add_address(
        &self,
        attempt: &mut Attempt,
        limits: &ThrottleSettings,
        client: ClientAddr,
        name: &[u8; 32],
    ) {
        let (network, times) = (client.network(), times_of(client, limits));
        let member = name.first_chunk::<8>().map(|head| u64::from_le_bytes(*head));
        for (network, times) in networks_of(client, limits) {
            let kind = if Some(network) == client.site_network() {
                "48"
            } else {
                ""
            };
            attempt.add(
                Stage::Address,
                format!("address{kind}:{network}"),
                limits.address.saturating_mul(times),
                ThrottleSettings::ADDRESS_WINDOW,
                Then::Wait {
                    first: ThrottleSettings::ADDRESS_WINDOW,
                    longest: ThrottleSettings::ADDRESS_WINDOW,
                },
                None,
            );
            attempt.add(
                Stage::Address,
                format!("address-day{kind}:{network}"),
                limits.address_day.saturating_mul(times),
                ThrottleSettings::DAY,
                Then::WindowEnd,
                None,
            );
        }
        attempt.add(
            Stage::Names,
            format!("names:{network}"),
            limits.address_names.saturating_mul(times),
            ThrottleSettings::NAMES_WINDOW,
            Then::Wait {
                first: ThrottleSettings::SPRAY_WAIT,
                longest: ThrottleSettings::SPRAY_WAIT,
            },
            member,
        );
        attempt.add(
            Stage::NamesEverywhere,
            "names-everywhere".to_owned(),
            limits
                .address_names
                .saturating_mul(ThrottleSettings::SHARED_NETWORK_TIMES),
            ThrottleSettings::NAMES_WINDOW,
            Then::Report,
            member,
        );
    }

    /// The counts of a second factor of an account, over all factors, flows and nodes.
    pub fn factor_attempt(&self, account: AccountId) -> Attempt {
        let rules = self.rules.load();
        let limits = &rules.limits;
        let mut attempt = Attempt::default();
        attempt.add(
            Stage::Factor,
            format!("factor-hour:{account}"),
            limits.factor_hour,
            ThrottleSettings::HOUR,
            Then::WindowEnd,
            None,
        );
        attempt.add(
            Stage::Factor,
            format!("factor-day:{account}"),
            limits.factor_day,
            ThrottleSettings::DAY,
            Then::WindowEnd,
            None,
        );
        attempt.add(
            Stage::FactorClosed,
            factor_row(account).0,
            limits.factor_closed,
            ThrottleSettings::DAY,
            Then::Closed,
            None,
        );
        attempt
    }

    /// Records what the limits on wrong second factors brought about.
    pub(super) async fn tell_of_reached(
        &self,
        attempt: &Attempt,
        reached: &[usize],
        account: AccountId,
        caller: &Caller,
        now: Timestamp,
    ) -> Result<(), Outage> {
        let whats = reached
            .iter()
            .filter_map(|place| attempt.stage(*place))
            .map(|stage| match stage {
                Stage::FactorClosed => What::FactorClosed,
                other => What::Waiting {
                    limit: other.word().to_owned(),
                },
            });
        let changes: Vec<Change> = whats
            .map(|what| {
                self.record(&Event {
                    request: Some(caller.request),
                    ..Event::of(account, what, now)
                })
            })
            .collect();
        if !changes.is_empty() {
            self.commit(changes, now).await?;
        }
        Ok(())
    }

    /// The counts of a letter with a code to an account's mailbox.
    pub fn mail_attempt(&self, account: AccountId) -> Attempt {
        let rules = self.rules.load();
        let limits = &rules.limits;
        let mut attempt = Attempt::default();
        attempt.add(
            Stage::Mail,
            format!("mail-hour:{account}"),
            limits.mail_hour,
            ThrottleSettings::HOUR,
            Then::WindowEnd,
            None,
        );
        attempt.add(
            Stage::Mail,
            format!("mail-day:{account}"),
            limits.mail_day,
            ThrottleSettings::DAY,
            Then::WindowEnd,
            None,
        );
        attempt
    }

    /// The counts of a registration: whoever asks for one, and with whatever code.
    pub fn registration_attempt(&self, client: ClientAddr) -> Attempt {
        let rules = self.rules.load();
        let mut attempt = Attempt::default();
        for (network, times) in networks_of(client, &rules.limits) {
            let site = if Some(network) == client.site_network() {
                "48"
            } else {
                ""
            };
            attempt.add(
                Stage::Registrations,
                format!("registrations{site}:{network}"),
                rules.limits.registrations.saturating_mul(times),
                ThrottleSettings::HOUR,
                Then::WindowEnd,
                None,
            );
        }
        attempt
    }

    /// The counts of letters to a mailbox at a stranger's wish.
    pub fn stranger_mail_keys(&self, mailbox: &str) -> Vec<CounterKey> {
        let rules = self.rules.load();
        let counts = self.stranger_mail_counts(mailbox, &rules.limits);
        counts.into_iter().map(|(key, ..)| CounterKey(key)).collect()
    }

    /// The counts of a text message: of its number, of the account whatever numbers it tries, and of all.
    pub fn text_attempt(&self, number: &PhoneNumber, account: AccountId) -> Attempt {
        let rules = self.rules.load();
        let limits = &rules.limits;
        let mut attempt = Attempt::default();
        let mut add = |stage, key: String, at_most, within| {
            attempt.add(stage, key, at_most, within, Then::WindowEnd, None);
        };
        let digest = self.counted_number(number);
        let of_account = limits.sms_day.saturating_mul(ThrottleSettings::SMS_ACCOUNT_TIMES);
        let (hour, day) = (ThrottleSettings::HOUR, ThrottleSettings::DAY);
        add(Stage::Sms, format!("sms-hour:{digest}"), limits.sms_hour, hour);
        add(Stage::Sms, format!("sms-day:{digest}"), limits.sms_day, day);
        add(Stage::Sms, format!("sms-account-day:{account}"), of_account, day);
        add(
            Stage::SmsTotal,
            "sms-total-day".to_owned(),
            limits.sms_total_day,
            day,
        );
        attempt
    }

    /// The counts of a letter to a mailbox that whoever asks for it has proven nothing about: the
    /// mailbox's, whether or not it is known here, and those of the address that asks for `what`.
    pub fn stranger_mail_attempt(&self, mailbox: &str, what: &str, client: ClientAddr) -> Attempt {
        let rules = self.rules.load();
        let limits = &rules.limits;
        let mut attempt = Attempt::default();
        for (key, at_most, within) in self.stranger_mail_counts(mailbox, limits) {
            attempt.add(Stage::Mail, key, at_most, within, Then::WindowEnd, None);
        }
        for (network, times) in networks_of(client, limits) {
            let site = if Some(network) == client.site_network() {
                "48"
            } else {
                ""
            };
            let asked = [
                ("", limits.address, ThrottleSettings::ADDRESS_WINDOW),
                ("-day", limits.address_day, ThrottleSettings::DAY),
            ];
            for (span, at_most, within) in asked {
                let key = format!("{what}{span}{site}:{network}");
                let at_most = at_most.saturating_mul(times);
                attempt.add(Stage::Address, key, at_most, within, Then::WindowEnd, None);
            }
        }
        attempt
    }

    /// The counts of a letter that an account's owner has sent to a mailbox of yet unknown owner.
    pub fn new_mailbox_attempt(&self, account: AccountId, mailbox: &EmailAddress) -> Attempt {
        let rules = self.rules.load();
        let mut attempt = self.mail_attempt(account);
        for (key, at_most, within) in self.stranger_mail_counts(mailbox.key(), &rules.limits) {
            attempt.add(Stage::Mail, key, at_most, within, Then::WindowEnd, None);
        }
        attempt
    }

    fn stranger_mail_counts(&self, mailbox: &str, limits: &ThrottleSettings) -> [(String, u32, Duration); 2] {
        let name = data_encoding::HEXLOWER.encode(&self.counted_name(mailbox));
        [
            (
                format!("mail-stranger-hour:{name}"),
                limits.mail_stranger_hour,
                ThrottleSettings::HOUR,
            ),
            (
                format!("mail-stranger-day:{name}"),
                limits.mail_stranger_day,
                ThrottleSettings::DAY,
            ),
        ]
    }

    /// One letter a day that says sign-in waits.
    pub fn lock_notice_attempt(&self, account: AccountId) -> Attempt {
        let mut attempt = Attempt::default();
        attempt.add(
            Stage::LockNotice,
            format!("lock-notice:{account}"),
            1,
            ThrottleSettings::DAY,
            Then::WindowEnd,
            None,
        );
        attempt
    }

    /// Everything that support's `unlock` lifts: what is counted for this account alone.
    pub fn counts_of(&self, account: &Account) -> Vec<(Stage, CounterKey)> {
        let name = data_encoding::HEXLOWER.encode(&self.counted_name(account.email.key()));
        let known = account.browsers.iter().map(|browser| {
            let count = known_count(account.id, &browser.digest);
            (Stage::Browser, count)
        });
        let id = account.id;
        let of = |stage, kind: &str| (stage, CounterKey(format!("{kind}:{id}")));
        let own = [
            (Stage::Name, CounterKey(format!("password:{name}"))),
            (Stage::FactorClosed, factor_row(id)),
            of(Stage::Factor, "factor-hour"),
            of(Stage::Factor, "factor-day"),
            of(Stage::Mail, "mail-hour"),
            of(Stage::Mail, "mail-day"),
            of(Stage::Sms, "sms-account-day"),
            of(Stage::LockNotice, "lock-notice"),
        ];
        // A number that does not open has counts that nobody can name; they end by themselves.
        let number = self.phone_of(account).ok().flatten();
        let texts = number.into_iter().flat_map(|number| {
            let digest = self.counted_number(&number);
            ["sms-hour", "sms-day"].map(|kind| (Stage::Sms, CounterKey(format!("{kind}:{digest}"))))
        });
        let asked_for = self
            .stranger_mail_counts(account.email.key(), &self.rules.load().limits)
            .map(|(key, ..)| (Stage::Mail, CounterKey(key)));
        own.into_iter()
            .chain(texts)
            .chain(asked_for)
            .chain(known)
            .collect()
    }

    /// The counts that a right second factor clears: only the row.
    pub fn row_of(&self, account: AccountId) -> Vec<CounterKey> {
        vec![factor_row(account)]
    }
}

/// How many times an address's numbers it has: shared networks have more people.
fn times_of(client: ClientAddr, limits: &ThrottleSettings) -> u32 {
    let mut shared = limits.shared_networks.iter();
    if shared.any(|network| network.contains(&client.ip())) {
        ThrottleSettings::SHARED_NETWORK_TIMES
    } else {
        1
    }
}

/// The networks that an address is counted in, and how many times an address's numbers they have.
fn networks_of(client: ClientAddr, limits: &ThrottleSettings) -> Vec<(IpAddr, u32)> {
    let times = times_of(client, limits);
    let site = client
        .site_network()
        .map(|site| (site, times.saturating_mul(ThrottleSettings::SITE_NETWORK_TIMES)));
    [(client.network(), times)].into_iter().chain(site).collect()
}

fn known_count(account: AccountId, cookie: &TokenDigest) -> CounterKey {
    let cookie = data_encoding::HEXLOWER.encode(cookie.as_bytes());
    CounterKey(format!("password-known:{account}:{cookie}"))
}

fn factor_row(account: AccountId) -> CounterKey {
    CounterKey(format!("factor-row:{account}"))
}
