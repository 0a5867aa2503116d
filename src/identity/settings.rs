//! What an operator may decide about sessions, factors, passwords and limits.
//!
//! Plain values that the configuration has checked; the defaults are the product's defaults, and
//! the only place where they are written. The windows in which things are counted are constants:
//! they belong to the meaning of a limit and are nobody's to turn.

use std::fmt;
use std::time::Duration;

use ipnet::IpNet;
use subtle::ConstantTimeEq as _;

use crate::base::secret::Secret;

use super::account::EmailAddress;
use super::phone::Country;
use super::terms::TermsVersion;
use crate::base::language::Language;
use crate::base::time::Timestamp;

const MINUTE: u64 = 60;
const HOUR: u64 = 60 * MINUTE;
const DAY: u64 = 24 * HOUR;

/// Everything this folder is told.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Settings {
    /// How long a sign-in lasts.
    pub session: SessionSettings,
    /// Which second factors there are.
    pub second_factor: SecondFactorSettings,
    /// Devices that skip the second factor.
    pub trusted_devices: TrustedDeviceSettings,
    /// What a password must be, and how it is hashed.
    pub passwords: PasswordSettings,
    /// Whether a forgotten password is set anew by a mailed link.
    pub password_reset: PasswordResetSettings,
    /// How fresh a proof must be for changes to an account.
    pub confirm_window: Duration,
    /// Forms that are sent after their session has run out.
    pub keep_posts: KeepPostsSettings,
    /// Who may make an account of their own.
    pub registration: RegistrationSettings,
    /// The version of the Terms of Use that everybody agrees to. `None`: there are none.
    pub terms: Option<TermsVersion>,
    /// How often anything may be tried.
    pub limits: ThrottleSettings,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            session: SessionSettings::default(),
            second_factor: SecondFactorSettings::default(),
            trusted_devices: TrustedDeviceSettings::default(),
            passwords: PasswordSettings::default(),
            password_reset: PasswordResetSettings::default(),
            confirm_window: Duration::from_secs(5 * MINUTE),
            keep_posts: KeepPostsSettings::default(),
            registration: RegistrationSettings::default(),
            terms: None,
            limits: ThrottleSettings::default(),
        }
    }
}

/// Which forms are kept that are sent after their session has run out.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct KeepPostsSettings {
    /// Whether any are.
    pub enabled: bool,
    /// Octets of the largest one.
    pub max: usize,
    /// How long they wait for a sign-in.
    pub lives: Duration,
}

impl Default for KeepPostsSettings {
    fn default() -> Self {
        Self {
            enabled: true,
            max: 256 * 1024,
            lives: Duration::from_secs(15 * MINUTE),
        }
    }
}

/// How long a session lives.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct SessionSettings {
    /// Ends this long after its last use.
    pub idle: Duration,
    /// Ends this long after the sign-in, used or not.
    pub lifetime: Duration,
    /// Sessions of one account; one more ends the oldest.
    pub max: usize,
    /// In an outage of the store, what a node holds in memory is trusted this much longer. Whatever ends
    /// meanwhile ends on that node this much later.
    pub grace: Duration,
}

impl Default for SessionSettings {
    fn default() -> Self {
        Self {
            idle: Duration::from_secs(HOUR),
            lifetime: Duration::from_secs(12 * HOUR),
            max: 10,
            grace: Duration::ZERO,
        }
    }
}

/// A second factor that people may use.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Method {
    /// A code from an authenticator app (RFC 6238).
    App,
    /// A code by email.
    Email,
    /// A code by text message.
    Sms,
}

/// What text messages are good for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum SmsUse {
    /// For owners of an app that is not at hand; by itself a phone protects nothing.
    Recovery,
    /// A second factor like any other.
    Method,
}

/// Whether the set-up that comes before the portal insists on a phone.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum PhoneStep {
    /// It may be skipped.
    Optional,
    /// It may not.
    Required,
}

/// Codes by text message.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SmsSettings {
    /// What they are good for.
    pub used_as: SmsUse,
    /// Whether the set-up insists on a phone.
    pub phone: PhoneStep,
    /// Where they are sent to; none: everywhere. Numbers without a country code are the first one's.
    pub countries: Vec<Country>,
}

impl SmsSettings {
    /// How long a code may be entered, and how soon the next may be asked for. Nobody's to turn: what
    /// a longer one is worth to a thief grows faster than what it is worth to its owner.
    pub const CODES: EmailCodeSettings = EmailCodeSettings {
        valid: Duration::from_secs(10 * MINUTE),
        resend_after: Duration::from_secs(30),
    };
}

impl Default for SmsSettings {
    fn default() -> Self {
        Self {
            used_as: SmsUse::Recovery,
            phone: PhoneStep::Optional,
            countries: Vec::new(),
        }
    }
}

/// What holds for an account that has set nothing up.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Floor {
    /// The email code is active by itself.
    Email,
    /// Nothing: the password alone is enough.
    None,
}

/// How setting up an app is put to people.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum AppSetup {
    /// On the account pages, for those who want it.
    Offer,
    /// Asked at the sign-in; it may be put off.
    Invite,
    /// Before the portal is reached.
    Required,
}

/// Of whom an app is demanded from some day on.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum RequiredFor {
    /// Of accounts that were made since then.
    New,
    /// Of everybody.
    All,
}

/// From when on an app is demanded, and of whom.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct RequiredFrom {
    /// From then on.
    pub from: Timestamp,
    /// Of them.
    pub whom: RequiredFor,
}

/// The second factor.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SecondFactorSettings {
    /// What people may use, in the order it is offered. Never empty, no repeats.
    pub methods: Vec<Method>,
    /// What holds where nothing is set up.
    pub floor: Floor,
    /// Whether an app must be set up.
    pub app_setup: AppSetup,
    /// Whether that changes some day.
    pub required: Option<RequiredFrom>,
    /// Whether an account with an app may still use email.
    pub email_fallback: bool,
    /// Authenticator apps.
    pub app: AppSettings,
    /// Codes by email.
    pub email: EmailCodeSettings,
    /// Codes by text message; `None`: there are none.
    pub sms: Option<SmsSettings>,
    /// Recovery codes.
    pub recovery_codes: RecoveryCodeSettings,
}

impl Default for SecondFactorSettings {
    fn default() -> Self {
        Self {
            methods: vec![Method::App, Method::Email],
            floor: Floor::Email,
            app_setup: AppSetup::Offer,
            required: None,
            email_fallback: false,
            app: AppSettings::default(),
            email: EmailCodeSettings::default(),
            sms: None,
            recovery_codes: RecoveryCodeSettings::default(),
        }
    }
}

impl SecondFactorSettings {
    /// Whether somebody who registers now has a choice: codes by email, or an app.
    pub fn lets_choose(&self, now: Timestamp) -> bool {
        // Whoever is new on the day is one of all.
        let needed = self.app_setup == AppSetup::Required
            || self.required.is_some_and(|required| required.from <= now);
        self.offers(Method::App) && self.floor == Floor::Email && !needed
    }

    /// Whether people may use `method` at all.
    pub fn offers(&self, method: Method) -> bool {
        self.methods.contains(&method)
    }

    /// Whether text messages are used this way.
    pub fn sms_used_as(&self, way: SmsUse) -> bool {
        self.sms.as_ref().is_some_and(|sms| sms.used_as == way)
    }
}

/// Authenticator apps.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct AppSettings {
    /// Who the entry in the app is from. The configuration fills in the brand's name.
    pub issuer: String,
    /// Apps of one account.
    pub max: usize,
    /// Apps that the set-up page names.
    pub suggest: Vec<String>,
}

impl Default for AppSettings {
    fn default() -> Self {
        Self {
            issuer: String::new(),
            max: 5,
            suggest: [
                "Google Authenticator",
                "Microsoft Authenticator",
                "Aegis",
                "1Password",
            ]
            .map(str::to_owned)
            .to_vec(),
        }
    }
}

/// Codes by email.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct EmailCodeSettings {
    /// How long a code may be entered.
    pub valid: Duration,
    /// How long until the next one may be asked for.
    pub resend_after: Duration,
}

impl Default for EmailCodeSettings {
    fn default() -> Self {
        Self {
            valid: Duration::from_secs(10 * MINUTE),
            resend_after: Duration::from_secs(30),
        }
    }
}

/// Recovery codes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct RecoveryCodeSettings {
    /// Codes in a set. Zero: there are none, and no step for them.
    pub count: usize,
    /// Whether a code that is used is replaced by a fresh one, shown at once.
    pub replace_used: bool,
    /// Says that they run low when this many or fewer are left.
    pub warn_at: usize,
}

impl Default for RecoveryCodeSettings {
    fn default() -> Self {
        Self {
            count: 10,
            replace_used: false,
            warn_at: 3,
        }
    }
}

/// Devices that skip the second factor.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct TrustedDeviceSettings {
    /// Whether the question is asked at all, and earlier answers count.
    pub enabled: bool,
    /// Trust ends this long after it was given, however much it is used.
    pub lifetime: Duration,
    /// Devices of one account; one more ends the oldest.
    pub max: usize,
}

impl Default for TrustedDeviceSettings {
    fn default() -> Self {
        Self {
            enabled: true,
            lifetime: Duration::from_secs(90 * DAY),
            max: 10,
        }
    }
}

/// What a password must be, and how it is hashed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct PasswordSettings {
    /// Characters in the shortest password.
    pub min_length: usize,
    /// Passwords that are refused because everybody guesses them first.
    pub blocklist: Blocklist,
    /// What one hash costs.
    pub hash: HashCost,
}

impl Default for PasswordSettings {
    fn default() -> Self {
        Self {
            min_length: 15,
            blocklist: Blocklist::Builtin,
            hash: HashCost::default(),
        }
    }
}

/// Where the list of refused passwords comes from.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Blocklist {
    /// The one that is compiled in.
    Builtin,
}

/// The cost of one argon2id hash (RFC 9106 §3.1).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct HashCost {
    /// Memory in octets, a whole number of KiB.
    pub memory: u64,
    /// Passes over the memory.
    pub passes: u32,
    /// Degree of parallelism.
    pub lanes: u32,
}

impl HashCost {
    /// Memory in KiB, as argon2 counts it.
    pub fn memory_kib(&self) -> u32 {
        u32::try_from(self.memory / 1024).unwrap_or(u32::MAX)
    }
}

impl Default for HashCost {
    fn default() -> Self {
        Self {
            memory: 46 * 1024 * 1024,
            passes: 2,
            lanes: 1,
        }
    }
}

/// Who may make an account of their own.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct RegistrationSettings {
    /// Whether there is registration at all.
    pub mode: RegistrationMode,
    /// Codes of which one is asked for; in an open registration there may be none.
    pub codes: Vec<RegistrationCode>,
    /// Domains that addresses must be of, in lower case. Empty: any.
    pub allow_domains: Vec<String>,
    /// Who has a last word.
    pub approval: Approval,
}

/// Whether somebody has a last word about a registration.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub enum Approval {
    /// Nobody: who has confirmed an address and chosen a password is in.
    #[default]
    None,
    /// An operator: nobody signs in with the account before.
    Manual {
        /// Who gets a mail when somebody waits.
        approver: Option<Approver>,
    },
}

/// Who gets a mail when a registration waits.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Approver {
    /// Where.
    pub address: EmailAddress,
    /// In which language.
    pub language: Language,
}

impl RegistrationSettings {
    /// Whether there is a page to register on.
    pub fn is_on(&self) -> bool {
        self.mode != RegistrationMode::Closed
    }

    /// Whether the page asks for a code, and whether it must be given.
    pub fn code_asked(&self) -> CodeAsked {
        match self.mode {
            RegistrationMode::Code => CodeAsked::Required,
            RegistrationMode::Open if !self.codes.is_empty() => CodeAsked::Optional,
            RegistrationMode::Open | RegistrationMode::Closed => CodeAsked::No,
        }
    }
}

/// Whether a registration code is asked for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum CodeAsked {
    /// There is none to give.
    No,
    /// Whoever has one may give it.
    Optional,
    /// Nobody registers without one.
    Required,
}

/// Whether people may register.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum RegistrationMode {
    /// Nobody: an operator adds accounts.
    #[default]
    Closed,
    /// Whoever has a code.
    Code,
    /// Anybody.
    Open,
}

/// A registration code, in the one form that its spellings share.
#[derive(Clone)]
pub struct RegistrationCode(Secret<String>);

impl RegistrationCode {
    /// Letters and digits of the shortest code.
    pub const AT_LEAST: usize = 8;

    /// Reads a code: only letters and digits count, and not their case. `None` where there are too
    /// few to be hard to guess.
    pub fn read(typed: &str) -> Option<Self> {
        let kept: String = typed
            .chars()
            .take(256)
            .filter(|it| it.is_alphanumeric())
            .flat_map(char::to_uppercase)
            .collect();
        (kept.chars().count() >= Self::AT_LEAST).then(|| Self(Secret::new(kept)))
    }
}

impl PartialEq for RegistrationCode {
    fn eq(&self, other: &Self) -> bool {
        bool::from(self.0.expose().as_bytes().ct_eq(other.0.expose().as_bytes()))
    }
}

impl Eq for RegistrationCode {}

impl fmt::Debug for RegistrationCode {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("RegistrationCode(…)")
    }
}

/// Setting a forgotten password anew, by a mailed link.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct PasswordResetSettings {
    /// Whether there is such a thing.
    pub enabled: bool,
    /// How long a link works.
    pub valid: Duration,
    /// What an account without an app proves besides its mailbox.
    pub email_only: EmailOnly,
}

impl Default for PasswordResetSettings {
    fn default() -> Self {
        Self {
            enabled: true,
            valid: Duration::from_secs(30 * MINUTE),
            email_only: EmailOnly::Allow,
        }
    }
}

/// What whoever has lost the password proves, where nothing but the mailbox guards the account.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum EmailOnly {
    /// The mailbox is enough, and so is everything.
    Allow,
    /// A recovery code as well.
    Code,
}

/// How often anything may be tried, and who is counted together.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ThrottleSettings {
    /// Wrong passwords of one known browser, in [`Self::PASSWORD_WINDOW`].
    pub password_known: u32,
    /// Wrong passwords of all unknown browsers of one account, in [`Self::PASSWORD_WINDOW`].
    pub password_unknown: u32,
    /// Failures of one address, in [`Self::ADDRESS_WINDOW`].
    pub address: u32,
    /// Failures of one address in a day.
    pub address_day: u32,
    /// Different failing names of one address, in [`Self::NAMES_WINDOW`].
    pub address_names: u32,
    /// Networks that many people share; they have [`Self::SHARED_NETWORK_TIMES`] the numbers.
    pub shared_networks: Vec<IpNet>,
    /// Wrong second factors in one flow, which then ends.
    pub factor_flow: u32,
    /// Wrong second factors of one account in an hour.
    pub factor_hour: u32,
    /// Wrong second factors of one account in a day.
    pub factor_day: u32,
    /// Wrong second factors of one account in a row, after which only support opens it.
    pub factor_closed: u32,
    /// Code mails to one mailbox in an hour.
    pub mail_hour: u32,
    /// Code mails to one mailbox in a day.
    pub mail_day: u32,
    /// Text messages to one number in an hour.
    pub sms_hour: u32,
    /// Text messages to one number in a day.
    pub sms_day: u32,
    /// Text messages of the whole installation in a day.
    pub sms_total_day: u32,
    /// Letters in an hour to one mailbox that whoever asks for them has proven nothing about.
    pub mail_stranger_hour: u32,
    /// The same, in a day.
    pub mail_stranger_day: u32,
    /// Registrations of one address in an hour.
    pub registrations: u32,
}

impl ThrottleSettings {
    /// The time in which wrong passwords are counted together.
    pub const PASSWORD_WINDOW: Duration = Duration::from_secs(15 * MINUTE);
    /// The longest that the doubling wait of unknown browsers becomes.
    pub const PASSWORD_WAIT_MAX: Duration = Duration::from_secs(HOUR);
    /// The time in which an address's failures are counted together.
    pub const ADDRESS_WINDOW: Duration = Duration::from_secs(15 * MINUTE);
    /// The time in which an address's failing names are counted together.
    pub const NAMES_WINDOW: Duration = Duration::from_secs(10 * MINUTE);
    /// How long an address waits that tried too many names.
    pub const SPRAY_WAIT: Duration = Duration::from_secs(HOUR);
    /// How many times an address's numbers an IPv6 /48 has.
    pub const SITE_NETWORK_TIMES: u32 = 5;
    /// How many times an address's numbers a shared network has.
    pub const SHARED_NETWORK_TIMES: u32 = 10;
    /// How many times a number's text messages in a day an account has, whatever numbers it tries.
    pub const SMS_ACCOUNT_TIMES: u32 = 2;
    /// An hour, as the limits count it.
    pub const HOUR: Duration = Duration::from_secs(HOUR);
    /// A day, as the limits count it.
    pub const DAY: Duration = Duration::from_secs(DAY);
}

impl Default for ThrottleSettings {
    fn default() -> Self {
        Self {
            password_known: 10,
            password_unknown: 10,
            address: 20,
            address_day: 100,
            address_names: 10,
            shared_networks: Vec::new(),
            factor_flow: 5,
            factor_hour: 10,
            factor_day: 20,
            factor_closed: 100,
            mail_hour: 5,
            mail_day: 15,
            sms_hour: 3,
            sms_day: 5,
            sms_total_day: 100,
            mail_stranger_hour: 2,
            mail_stranger_day: 5,
            registrations: 5,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whoever_registers_chooses_until_the_day_on_which_apps_are_needed() {
        let day = Timestamp::from_unix_seconds(1_700_000_000);
        for whom in [RequiredFor::All, RequiredFor::New] {
            let rules = SecondFactorSettings {
                required: Some(RequiredFrom { from: day, whom }),
                ..SecondFactorSettings::default()
            };
            assert!(rules.lets_choose(Timestamp::from_unix_seconds(1_699_999_999)));
            assert!(!rules.lets_choose(day), "{whom:?}");
        }
        let rules = SecondFactorSettings {
            app_setup: AppSetup::Required,
            ..SecondFactorSettings::default()
        };
        assert!(!rules.lets_choose(day));
    }
}
