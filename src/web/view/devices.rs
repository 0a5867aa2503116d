//! Trusted devices: the list, with renaming and removing.

use askama::Template;

use super::{Markup, Moment, Page as _, Rich, Shell, page};
use crate::language::Value;

/// A device as the list shows it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct DeviceRow {
    /// What the buttons send.
    pub row: String,
    /// The name its owner gave it.
    pub name: String,
    /// Whether it is the one the page is read on.
    pub this_device: bool,
    /// When it was remembered.
    pub added: Moment,
    /// When it was used last.
    pub last_used: Option<Moment>,
    /// When it is forgotten.
    pub expires: Moment,
    /// The name that was typed and refused; opens the form for it.
    pub retyped: Option<String>,
}

impl DeviceRow {
    fn field_id(&self, index: &usize) -> String {
        match self.retyped {
            Some(_) => "device-name".to_owned(),
            None => format!("device-name-{index}"),
        }
    }

    fn typed_name(&self) -> &str {
        self.retyped.as_deref().unwrap_or(&self.name)
    }
}

/// `account-devices`. Posts `rename=ROW` with `device_name`, `remove=ROW`, `remove_all=yes` or
/// `remember=yes`.
#[derive(Template)]
#[template(path = "account/devices.html", config = ".askama.toml")]
pub struct AccountDevices {
    /// What all pages share.
    pub shell: Shell,
    /// The devices.
    pub devices: Vec<DeviceRow>,
    /// Whether this device is not remembered and may be.
    pub can_remember: bool,
    /// How long a device is remembered: `90 days`.
    pub lifetime: String,
    /// Where this device may be remembered and the list is full: the name of the device that would
    /// make room.
    pub replaces: Option<String>,
}

page!(AccountDevices, |_| "account-devices", |page| page
    .shell
    .say("devices-title"));

impl AccountDevices {
    fn lead(&self) -> String {
        let values = [("length", Value::from(self.lifetime.as_str()))];
        self.shell.words.say_with("devices-lead", &values)
    }

    fn limit(&self, oldest: &str) -> Markup {
        self.shell.tell("devices-limit", &[("name", Rich::Bold(oldest))])
    }

    fn named(&self, name: &str) -> [(&'static str, Value); 1] {
        [("name", Value::from(name))]
    }

    fn remove_label(&self, device: &DeviceRow) -> String {
        self.shell
            .words
            .say_with("remove-named", &self.named(&device.name))
    }

    fn rename_label(&self, device: &DeviceRow) -> String {
        self.shell
            .words
            .say_with("devices-rename-named", &self.named(&device.name))
    }
}
