//! Another email address: asked for, confirmed where it leads, and taken back where it led.

use askama::Template;

use super::{Markup, Page as _, Rich, Shell, page};

/// `account-email`: posts `email`.
#[derive(Template)]
#[template(path = "account/email.html", config = ".askama.toml")]
pub struct AccountEmail {
    /// What all pages share.
    pub shell: Shell,
    /// The present address.
    pub present: String,
    /// The new one, as it was typed last.
    pub typed: String,
}

page!(AccountEmail, |_| "account-email", |page| page
    .shell
    .say("address-title"));

impl AccountEmail {
    fn lead(&self) -> Markup {
        let present = [("address", Rich::Bold(&self.present))];
        self.shell.tell("address-lead", &present)
    }
}

/// `account-email`, on the page that was mailed to the new address: one button.
#[derive(Template)]
#[template(path = "email/confirm.html", config = ".askama.toml")]
pub struct EmailConfirm {
    /// What all pages share.
    pub shell: Shell,
    /// The new address.
    pub address: String,
}

page!(EmailConfirm, |_| "account-email", |page| page
    .shell
    .say("address-confirm-title"));

impl EmailConfirm {
    fn lead(&self) -> Markup {
        let address = [("address", Rich::Bold(&self.address))];
        self.shell.tell("address-confirm-lead", &address)
    }
}

/// `email-revoked`, before it is: one button on the page that was mailed to the old address.
#[derive(Template)]
#[template(path = "email/revoke.html", config = ".askama.toml")]
pub struct EmailRevoke {
    /// What all pages share.
    pub shell: Shell,
    /// The old address.
    pub old: String,
    /// The present one, masked.
    pub present: String,
}

page!(EmailRevoke, |_| "email-revoked", |page| page
    .shell
    .say("address-revoke-title"));

impl EmailRevoke {
    fn lead(&self) -> Markup {
        let addresses = [("old", Rich::Bold(&self.old)), ("new", Rich::Bold(&self.present))];
        self.shell.tell("address-revoke-lead", &addresses)
    }
}

/// `email-revoked`: it is.
#[derive(Template)]
#[template(path = "email/revoked.html", config = ".askama.toml")]
pub struct EmailRevoked {
    /// What all pages share.
    pub shell: Shell,
    /// Whether the old address is the account's again; otherwise the account is locked.
    pub restored: bool,
}

page!(EmailRevoked, |_| "email-revoked", |page| page.shell.say(
    if page.restored {
        "address-revoked-title"
    } else {
        "address-revoked-locked-title"
    }
));
