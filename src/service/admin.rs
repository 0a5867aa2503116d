//! What the command line may do to accounts.
//!
//! It works on the store itself, whether or not nodes are running; every node sees the change within
//! a second. Each change is one commit with its audit event, which names who did it and why, and
//! with the letter to the account's owner, which goes out by the queue of whatever node runs.
//!
//! Absent on purpose: reading a secret of anybody's. Support can remove what a person has set up,
//! and can neither see nor choose it; the one thing it can choose is a password.

use std::collections::BTreeSet;

use super::limits::Stage;
use super::{DECIDE_AT_MOST, Desk, Outage};
use crate::base::id::{AccountId, DeviceId};
use crate::base::language::Language;
use crate::base::secret::Secret;
use crate::base::time::Timestamp;
use crate::identity::account::{
    Account, EmailAddress, EmailAddressError, Group, Password, Status, person_name,
};
use crate::identity::device::TrustedDevice;
use crate::identity::event::{Event, What};
use crate::identity::factor::recovery::RecoverySet;
use crate::identity::password::PasswordRefusal;
use crate::identity::session::Life;
use crate::identity::throttle::Waits;
use crate::messaging::NoticeKind;
use crate::service::hashing::HashingError;
use crate::store::pages::Accounts;
use crate::store::{Change, ReadError, Versioned, WriteError};

/// Who works on accounts, and why.
#[derive(Clone, Debug)]
pub struct Operator {
    /// The name on the machine.
    pub name: String,
    /// In the operator's words.
    pub reason: Option<String>,
    /// The site that letters speak of.
    pub site_url: String,
    /// The language of letters to whoever has chosen none.
    pub language: Language,
}

/// Why nothing was done.
#[derive(Debug, thiserror::Error)]
pub enum AdminError {
    /// It is no address.
    #[error("`{0}` is not an email address: {1}")]
    BadAddress(String, #[source] EmailAddressError),
    /// There is no such account.
    #[error("there is no account {0}")]
    NoSuchAccount(EmailAddress),
    /// The address has an account already.
    #[error("there is an account {0} already")]
    AddressTaken(EmailAddress),
    /// It is no name of a group.
    #[error("`{0}` is not a group: groups are made of a-z, 0-9, dot, hyphen and underscore")]
    BadGroup(String),
    /// The password is not taken.
    #[error("{}", refused(*.0))]
    PasswordRefused(PasswordRefusal),
    /// The account has no such device.
    #[error("{0} has no trusted device {1}")]
    NoSuchDevice(EmailAddress, String),
    /// The account has no such session.
    #[error("{0} has no session {1}")]
    NoSuchSession(EmailAddress, String),
    /// It could not be done.
    #[error(transparent)]
    Outage(#[from] Outage),
}

fn refused(refusal: PasswordRefusal) -> String {
    match refusal {
        PasswordRefusal::TooShort { needed } => {
            format!("the password is too short: it needs at least {needed} characters")
        }
        PasswordRefusal::TooLong => "the password is longer than 1,024 octets".to_owned(),
        PasswordRefusal::Guessable => {
            "the password is one that guessers try first, or is made of names they know".to_owned()
        }
    }
}

impl From<ReadError> for AdminError {
    fn from(error: ReadError) -> Self {
        Self::Outage(error.into())
    }
}

/// An account to be.
#[derive(Clone, Debug, Default)]
pub struct NewAccount {
    /// Its address, as it was typed.
    pub email: String,
    /// Given name.
    pub first_name: String,
    /// Family name.
    pub last_name: String,
    /// The language to speak.
    pub language: Option<Language>,
    /// Groups, as they were typed.
    pub groups: Vec<String>,
    /// A password. Without one nobody can sign in yet.
    pub password: Option<Secret<String>>,
    /// Whether its owner gets a link to choose one.
    pub invite: bool,
}

/// What is to be different; what is `None` stays.
#[derive(Clone, Debug, Default)]
pub struct Edit {
    /// Address: sessions, flows and trusted devices end, and both addresses hear of it.
    pub email: Option<String>,
    /// Given name; empty takes it away.
    pub first_name: Option<String>,
    /// Family name; empty takes it away.
    pub last_name: Option<String>,
    /// Language; `Some(None)`: the browser's choice.
    pub language: Option<Option<Language>>,
    /// Groups to join.
    pub add_groups: Vec<String>,
    /// Groups to leave.
    pub remove_groups: Vec<String>,
}

/// An account, and how it stands.
#[derive(Clone, Debug)]
pub struct Shown {
    /// The account.
    pub account: Account,
    /// Its live sessions.
    pub sessions: usize,
    /// What it waits for, and until when.
    pub waits: Vec<(Stage, Waits)>,
    /// Its phone number, by its last digits.
    pub phone: Option<String>,
    /// The time it was looked at.
    pub at: Timestamp,
}

/// What was removed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Reset {
    /// Apps.
    pub apps: usize,
    /// A phone number.
    pub phone: bool,
    /// Recovery codes that still worked.
    pub codes: usize,
    /// Trusted devices.
    pub devices: usize,
}

/// What `unlock` lifted.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Unlocked {
    /// A lock.
    pub lock: bool,
    /// A wait.
    pub waits: bool,
}

/// A change of one account that was decided and not yet written.
pub(super) struct Decision<T> {
    pub what: What,
    pub notice: Option<NoticeKind>,
    /// Whether its sessions and flows end.
    pub ends: bool,
    pub value: T,
}

/// What a decision came to: nothing to do is no change, and no event.
pub(super) enum Decided<T> {
    Change(Decision<T>),
    Nothing(T),
}

impl Desk {
    /// Adds an account.
    ///
    /// # Errors
    ///
    /// [`AdminError`]: there is none.
    pub async fn admin_add(&self, new: NewAccount, operator: &Operator) -> Result<Account, AdminError> {
        let now = self.now();
        let email = read_address(&new.email)?;
        let mut account = Account::new(AccountId::draw(&*self.entropy), email.clone(), now);
        account.first_name = person_name(&new.first_name);
        account.last_name = person_name(&new.last_name);
        account.language = new.language;
        account.groups = read_groups(&new.groups)?.into_iter().collect();
        if self.store.account_by_email(&email).await?.is_some() {
            return Err(AdminError::AddressTaken(email));
        }
        if let Some(password) = new.password {
            account.password = Some(self.new_password(&password, &account).await?);
        }
        let mut changes = vec![
            Change::CreateAccount(account.clone()),
            self.told(&account, What::SupportAdded, operator, now),
        ];
        if new.invite {
            changes.extend(self.invite(&account, operator, now)?);
        }
        match self.commit(changes, now).await {
            Ok(_) => Ok(account),
            Err(WriteError::Taken) => Err(AdminError::AddressTaken(email)),
            Err(error) => Err(Outage::from(error).into()),
        }
    }

    /// All accounts, by address.
    ///
    /// # Errors
    ///
    /// [`AdminError`].
    pub async fn admin_list(&self) -> Result<Vec<Account>, AdminError> {
        let mut accounts = Vec::new();
        let mut pages = Accounts::of(&*self.store);
        while let Some(page) = pages.next().await? {
            accounts.extend(page.into_iter().map(|held| held.value));
        }
        Ok(accounts)
    }

    /// An account, and how it stands.
    ///
    /// # Errors
    ///
    /// [`AdminError`].
    pub async fn admin_show(&self, email: &str) -> Result<Shown, AdminError> {
        let account = self.admin_find(email).await?.value;
        let now = self.now();
        let rules = self.rules.load_full();
        let sessions = self.store.sessions_of(account.id).await?;
        let live = sessions.iter().filter(|(_, session)| {
            session.ends.is_none() && session.life(&account, &rules.session, now) == Life::Live
        });
        let sessions = live.count();
        let mut waits = Vec::new();
        for (stage, key) in self.counts_of(&account) {
            let found = self.store.waits(vec![key], now).await?;
            waits.extend(
                found
                    .filter(|_| stage != Stage::LockNotice)
                    .map(|wait| (stage, wait)),
            );
        }
        Ok(Shown {
            phone: self.phone_of(&account)?.map(|number| number.masked()),
            account,
            sessions,
            waits,
            at: now,
        })
    }

    /// Changes what is said about a person. Which fields differ now.
    ///
    /// # Errors
    ///
    /// [`AdminError`]: nothing has changed.
    pub async fn admin_edit(
        &self,
        email: &str,
        edit: &Edit,
        operator: &Operator,
    ) -> Result<Vec<String>, AdminError> {
        let joins = read_groups(&edit.add_groups)?;
        let leaves = read_groups(&edit.remove_groups)?;
        let address = edit.email.as_deref().map(read_address).transpose()?;
        self.change_account(email, operator, |account, _| {
            let before = account.clone();
            if let Some(name) = &edit.first_name {
                account.first_name = person_name(name);
            }
            if let Some(name) = &edit.last_name {
                account.last_name = person_name(name);
            }
            if let Some(language) = &edit.language {
                account.language.clone_from(language);
            }
            account.groups.extend(joins.iter().cloned());
            account.groups.retain(|group| !leaves.contains(group));
            let settled = address
                .as_ref()
                .is_some_and(|address| account.settle_address(address.clone()));
            let moved = before.email.key() != account.email.key();
            if moved {
                account.credentials_changed();
            }
            let differs = [
                ("email", settled),
                ("first_name", before.first_name != account.first_name),
                ("last_name", before.last_name != account.last_name),
                ("language", before.language != account.language),
                ("groups", before.groups != account.groups),
            ];
            let fields: Vec<String> = differs
                .iter()
                .filter(|(_, differs)| *differs)
                .map(|(field, _)| (*field).to_owned())
                .collect();
            if fields.is_empty() {
                return Ok(Decided::Nothing(fields));
            }
            Ok(Decided::Change(Decision {
                what: What::SupportEdited {
                    fields: fields.clone(),
                },
                notice: Some(NoticeKind::DetailsChangedBySupport),
                ends: moved,
                value: fields,
            }))
        })
        .await
    }

    /// Sets a password. Sessions, flows and trusted devices of the account end.
    ///
    /// # Errors
    ///
    /// [`AdminError`]: the password is what it was.
    pub async fn admin_set_password(
        &self,
        email: &str,
        password: &Secret<String>,
        operator: &Operator,
    ) -> Result<(), AdminError> {
        let account = self.admin_find(email).await?.value;
        let password = self.new_password(password, &account).await?;
        self.change_account(email, operator, |account, _| {
            account.password = Some(password.clone());
            account.credentials_changed();
            Ok(Decided::Change(Decision {
                what: What::SupportPasswordSet,
                notice: Some(NoticeKind::PasswordSetBySupport),
                ends: true,
                value: (),
            }))
        })
        .await
    }

    /// Locks an account: nobody signs in with it, and whoever is signed in is not any more.
    /// Whether it was open.
    ///
    /// # Errors
    ///
    /// [`AdminError`].
    pub async fn admin_lock(&self, email: &str, operator: &Operator) -> Result<bool, AdminError> {
        self.change_account(email, operator, |account, now| {
            if !account.is_active() {
                return Ok(Decided::Nothing(false));
            }
            account.status = Status::Locked { since: now };
            account.credentials_changed();
            Ok(Decided::Change(Decision {
                what: What::SupportLocked,
                notice: Some(NoticeKind::LockedBySupport),
                ends: true,
                value: true,
            }))
        })
        .await
    }

    /// Lifts a lock, and all waits of the account.
    ///
    /// # Errors
    ///
    /// [`AdminError`].
    pub async fn admin_unlock(&self, email: &str, operator: &Operator) -> Result<Unlocked, AdminError> {
        let waits = !self.admin_show(email).await?.waits.is_empty();
        let lock = self
            .change_account(email, operator, |account, _| {
                let locked = matches!(account.status, Status::Locked { .. });
                if !locked && !waits {
                    return Ok(Decided::Nothing(false));
                }
                if locked {
                    account.status = Status::Active;
                    account.credentials_changed();
                }
                Ok(Decided::Change(Decision {
                    what: What::SupportUnlocked,
                    notice: Some(NoticeKind::UnlockedBySupport),
                    ends: locked,
                    value: locked,
                }))
            })
            .await?;
        let account = self.admin_find(email).await?.value;
        self.clear_counts(&account).await?;
        Ok(Unlocked { lock, waits })
    }

    async fn clear_counts(&self, account: &Account) -> Result<(), AdminError> {
        let keys = self.counts_of(account).into_iter().map(|(_, key)| key);
        let cleared = self.store.clear(keys.collect()).await;
        cleared.map_err(|error| Outage::from(error).into())
    }

    /// Deletes an account, with its sessions and flows. Its address gets another id if it comes back.
    ///
    /// # Errors
    ///
    /// [`AdminError`]: it is still there.
    pub async fn admin_delete(&self, email: &str, operator: &Operator) -> Result<(), AdminError> {
        for _ in 0..DECIDE_AT_MOST {
            let now = self.now();
            let Versioned {
                value: account,
                version,
            } = self.admin_find(email).await?;
            let (site, language) = (&operator.site_url, &operator.language);
            let notice = NoticeKind::DeletedBySupport;
            let changes = vec![
                self.told(&account, What::SupportDeleted, operator, now),
                self.notify(&account, notice, site, language, None, now)?,
                Change::DeleteAccount(account.id, version),
            ];
            match self.commit(changes, now).await {
                Err(WriteError::Conflict) => {}
                Err(error) => return Err(Outage::from(error).into()),
                Ok(_) => return self.clear_counts(&account).await,
            }
        }
        Err(Outage::Contended.into())
    }

    /// Removes apps, phone number, recovery codes and trusted devices; the next sign-in sets up anew.
    ///
    /// # Errors
    ///
    /// [`AdminError`]: everything is as it was.
    pub async fn admin_reset_mfa(&self, email: &str, operator: &Operator) -> Result<Reset, AdminError> {
        self.change_account(email, operator, |account, now| {
            let reset = what_a_reset_removes(account, now);
            account.apps.clear();
            account.phone = None;
            account.recovery = None;
            // What is set up anew is asked for at once.
            account.suspended_until = None;
            account.credentials_changed();
            Ok(Decided::Change(Decision {
                what: What::SupportMfaReset,
                notice: Some(NoticeKind::FactorsResetBySupport),
                ends: true,
                value: reset,
            }))
        })
        .await
    }

    /// Ends every session of an account. How many there were.
    ///
    /// # Errors
    ///
    /// [`AdminError`]: they may still be there.
    pub async fn admin_sign_out(&self, email: &str, operator: &Operator) -> Result<usize, AdminError> {
        let sessions = self.admin_show(email).await?.sessions;
        self.change_account(email, operator, |_, _| {
            Ok(Decided::Change(Decision {
                what: What::SupportSignedOut,
                notice: (sessions > 0).then_some(NoticeKind::SignedOutBySupport),
                ends: true,
                value: sessions,
            }))
        })
        .await
    }

    /// Takes trust back from one device. What it was.
    ///
    /// # Errors
    ///
    /// [`AdminError`]: it is still trusted.
    pub async fn admin_remove_device(
        &self,
        email: &str,
        device: &str,
        operator: &Operator,
    ) -> Result<TrustedDevice, AdminError> {
        let id = DeviceId::parse(device.trim());
        self.change_account(email, operator, |account, now| {
            let unknown = || AdminError::NoSuchDevice(account.email.clone(), device.trim().to_owned());
            let found = account
                .devices
                .iter()
                .find(|held| Some(held.id) == id && now < held.expires)
                .cloned()
                .ok_or_else(unknown)?;
            account.devices.retain(|held| held.id != found.id);
            Ok(Decided::Change(Decision {
                what: What::SupportDeviceRemoved { device: found.id },
                notice: Some(NoticeKind::DeviceRemovedBySupport {
                    name: found.name.clone(),
                }),
                ends: false,
                value: found,
            }))
        })
        .await
    }

    /// The account of an address that was typed.
    ///
    /// # Errors
    ///
    /// [`AdminError::BadAddress`], [`AdminError::NoSuchAccount`].
    pub async fn admin_find(&self, email: &str) -> Result<Versioned<Account>, AdminError> {
        let email = read_address(email)?;
        let found = self.store.account_by_email(&email).await?;
        found.ok_or(AdminError::NoSuchAccount(email))
    }

    /// Judges and hashes a password for an account.
    async fn new_password(
        &self,
        password: &Secret<String>,
        account: &Account,
    ) -> Result<Password, AdminError> {
        let typed = self
            .judge_password(password.expose(), account)
            .map_err(AdminError::PasswordRefused)?;
        let cost = self.rules.load().passwords.hash;
        let hashed = self.hashing.hash(typed, cost).await;
        let hash = hashed.map_err(|error: HashingError| Outage::from(error))?;
        let changed = self.now();
        Ok(Password { hash, changed })
    }

    /// Decides on a copy of the account and writes it, again where somebody else wrote first.
    pub(super) async fn change_account<T>(
        &self,
        email: &str,
        operator: &Operator,
        decide: impl Fn(&mut Account, Timestamp) -> Result<Decided<T>, AdminError>,
    ) -> Result<T, AdminError> {
        for _ in 0..DECIDE_AT_MOST {
            let now = self.now();
            let Versioned { mut value, version } = self.admin_find(email).await?;
            let before = value.clone();
            let decision = match decide(&mut value, now)? {
                Decided::Nothing(value) => return Ok(value),
                Decided::Change(decision) => decision,
            };
            let mut changes = vec![self.told(&value, decision.what, operator, now)];
            if decision.ends {
                changes.push(Change::EndAllOf {
                    account: value.id,
                    except: None,
                });
            }
            if let Some(notice) = decision.notice {
                let language = &operator.language;
                let url = &operator.site_url;
                // Whoever reads the old address is told as well.
                if before.email.key() != value.email.key() {
                    changes.push(self.notify(&before, notice.clone(), url, language, None, now)?);
                }
                changes.push(self.notify(&value, notice, url, language, None, now)?);
            }
            let wanted = value.email.clone();
            changes.push(Change::ReplaceAccount(value, version));
            match self.commit(changes, now).await {
                Err(WriteError::Conflict) => {}
                Err(WriteError::Taken) => return Err(AdminError::AddressTaken(wanted)),
                Err(error) => return Err(Outage::from(error).into()),
                Ok(_) => return Ok(decision.value),
            }
        }
        Err(Outage::Contended.into())
    }

    pub(super) fn told(&self, account: &Account, what: What, operator: &Operator, now: Timestamp) -> Change {
        self.record(&Event {
            actor: Some(operator.name.clone()),
            reason: operator.reason.clone(),
            ..Event::of(account.id, what, now)
        })
    }
}

/// What `admin_reset_mfa` would remove now.
pub fn what_a_reset_removes(account: &Account, now: Timestamp) -> Reset {
    let live = account.devices.iter().filter(|device| now < device.expires);
    Reset {
        apps: account.apps.len(),
        phone: account.phone.is_some(),
        codes: account.recovery.as_ref().map_or(0, RecoverySet::left),
        devices: live.count(),
    }
}

fn read_address(typed: &str) -> Result<EmailAddress, AdminError> {
    EmailAddress::parse(typed).map_err(|error| AdminError::BadAddress(typed.to_owned(), error))
}

fn read_groups(typed: &[String]) -> Result<BTreeSet<Group>, AdminError> {
    typed
        .iter()
        .map(|name| Group::parse(name).ok_or_else(|| AdminError::BadGroup(name.clone())))
        .collect()
}
