//! `account/devices`: which browsers skip the second factor, their names, and taking trust back.

use axum::response::Response;
use http::StatusCode;

use super::saying::Saying;
use super::{Owner, OwnersForm};
use crate::base::id::DeviceId;
use crate::identity::device::NAME_AT_MOST;
use crate::service::Outage;
use crate::service::devices::{AfterDevice, AfterRemember, AfterRemoveAll};
use crate::web::cookie::Kind;
use crate::web::reply::Reply;
use crate::web::trust::default_device_name;
use crate::web::view::devices::{AccountDevices, DeviceRow};
use crate::web::view::{Complaint, Shell};

/// A name that was not taken, and whose it was to be.
struct Retyped<'a> {
    device: DeviceId,
    name: &'a str,
}

/// `GET account/devices`.
pub async fn show(owner: Owner) -> Response {
    page(&owner, StatusCode::OK, owner.shell(), None)
}

fn page(owner: &Owner, status: StatusCode, shell: Shell, retyped: Option<&Retyped<'_>>) -> Response {
    let reception = &owner.reception;
    let desk = &reception.web.desk;
    let settings = desk.rules.load().trusted_devices;
    if !settings.enabled {
        return reception.not_found();
    }
    let devices = desk.devices_of(owner.visitor.account(), &reception.cookies);
    let rows = devices.into_iter().map(|(device, this_device)| DeviceRow {
        row: device.id.to_string(),
        name: device.name.clone(),
        this_device,
        added: owner.day(device.added),
        last_used: device.last_used.map(|at| owner.hour(at)),
        expires: owner.day(device.expires),
        retyped: retyped
            .filter(|retyped| retyped.device == device.id)
            .map(|retyped| retyped.name.to_owned()),
    });
    let can_remember = desk.may_remember(&owner.visitor, &reception.cookies);
    let makes_room = desk
        .device_that_makes_room(owner.visitor.account())
        .filter(|_| can_remember);
    let page = AccountDevices {
        shell,
        devices: rows.collect(),
        can_remember,
        replaces: makes_room.map(|device| device.name.clone()),
        lifetime: reception.words.length(settings.lifetime),
    };
    Reply::page(status, &page, reception).done()
}

fn again(owner: &Owner, complaints: Vec<Complaint>, retyped: Option<&Retyped<'_>>) -> Response {
    let shell = owner.shell_with(complaints);
    page(owner, StatusCode::UNPROCESSABLE_ENTITY, shell, retyped)
}

/// `POST account/devices`: rename or remove one, remove all, or remember this one.
pub async fn submit(sent: OwnersForm) -> Response {
    let OwnersForm { owner, form, fresh } = sent;
    let reception = &owner.reception;
    if !fresh {
        return again(&owner, vec![Complaint::StaleForm], None);
    }
    if form.get("remember") == "yes" {
        return remember(&owner).await;
    }
    if form.get("remove_all") == "yes" {
        return remove_all(&owner).await;
    }
    let (rename, remove) = (form.find("rename"), form.find("remove"));
    let Some(row) = rename.or(remove) else {
        return again(&owner, Vec::new(), None);
    };
    let Some(device) = DeviceId::parse(row) else {
        return reception.not_found();
    };
    let desk = &reception.web.desk;
    if rename.is_none() {
        let caller = reception.caller();
        return after(&owner, desk.remove_device(device, &owner.visitor, &caller).await);
    }
    let name = form.get("device_name");
    if name.chars().count() > NAME_AT_MOST {
        return too_long(&owner, &Retyped { device, name });
    }
    after(&owner, desk.rename_device(device, name, &owner.visitor).await)
}

fn too_long(owner: &Owner, retyped: &Retyped<'_>) -> Response {
    let held = &owner.visitor.account().devices;
    if !held.iter().any(|device| device.id == retyped.device) {
        return owner.reception.not_found();
    }
    again(owner, vec![Complaint::DeviceNameTooLong], Some(retyped))
}

fn after(owner: &Owner, after: Result<AfterDevice, Outage>) -> Response {
    let saying = match after {
        Ok(AfterDevice::Renamed(name)) => Saying::DeviceRenamed(name),
        Ok(AfterDevice::Removed(name)) => Saying::DeviceRemoved(name),
        Ok(AfterDevice::Unknown) => return owner.reception.not_found(),
        Ok(AfterDevice::Gone) => return owner.to_page("account/devices").done(),
        Err(outage) => return owner.reception.outage(&outage),
    };
    owner.to_page_saying("account/devices", &saying).done()
}

/// Takes trust back from all devices.
pub async fn remove_all(owner: &Owner) -> Response {
    let reception = &owner.reception;
    let caller = reception.caller();
    match reception
        .web
        .desk
        .remove_all_devices(&owner.visitor, &caller)
        .await
    {
        Ok(AfterRemoveAll::Removed) => owner
            .to_page_saying("account/devices", &Saying::AllDevicesRemoved)
            .done(),
        Ok(AfterRemoveAll::Confirm) => owner.to_page("confirm").done(),
        Ok(AfterRemoveAll::Gone) => owner.to_page("account/devices").done(),
        Err(outage) => reception.outage(&outage),
    }
}

/// Has this browser trusted, under the name that it goes by.
pub async fn remember(owner: &Owner) -> Response {
    let reception = &owner.reception;
    let caller = reception.caller();
    let name = default_device_name(reception, caller.user_agent);
    let after = reception
        .web
        .desk
        .remember_device(&name, &name, &owner.visitor, &reception.cookies, &caller)
        .await;
    match after {
        Ok(AfterRemember::Remembered(device)) => {
            let lifetime = reception.web.desk.rules.load().trusted_devices.lifetime;
            let mut reply = owner.to_page_saying("account/devices", &Saying::DeviceRemembered);
            reply.set(Kind::Device, &device, Some(lifetime), reception);
            reply.done()
        }
        Ok(AfterRemember::Confirm) => owner.to_page("confirm").done(),
        Ok(AfterRemember::NotPossible | AfterRemember::Gone) => owner.to_page("account/devices").done(),
        Err(outage) => reception.outage(&outage),
    }
}
