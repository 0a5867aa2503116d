//! `registration`: who may make an account of their own.

use serde_json::{Value as Json, json};

use super::effective::Origin;
use super::scalar::Fault;
use super::section::Section;
use super::tree::Scalar;
use crate::base::language::Language;
use crate::identity::account::EmailAddress;
use crate::identity::settings::{
    Approval, Approver, RegistrationCode, RegistrationMode, RegistrationSettings,
};

const MODES: [(&str, RegistrationMode); 3] = [
    ("closed", RegistrationMode::Closed),
    ("code", RegistrationMode::Code),
    ("open", RegistrationMode::Open),
];

/// `registration`
pub(super) fn registration(top: &mut Section<'_, '_, '_>) -> RegistrationSettings {
    top.section("registration", |it| {
        let mode = it.word("mode", RegistrationMode::Closed, &MODES);
        let codes = it.list("codes", Vec::new(), json!([]), code);
        if let Some(span) = codes.span {
            // They open a door: what is shown of them is how many there are.
            let hidden: Vec<Json> = codes.value.iter().map(|_| json!("[secret]")).collect();
            it.show("codes", json!(hidden), Origin::InlineSecret(span.line));
        }
        let domains = it.list("allow_domains", Vec::new(), json!([]), domain);
        let approval = it.word("approval", false, &[("none", false), ("manual", true)]);
        match mode.value {
            RegistrationMode::Closed if approval.value => it.warn(
                approval.span,
                "registration is closed",
                "`approval` means nothing without `mode: code` or `mode: open`",
            ),
            RegistrationMode::Code if codes.value.is_empty() => it.error(
                mode.span,
                "`mode: code` needs `codes`",
                "nobody could register: `codes: [SPRING-2026]`",
            ),
            RegistrationMode::Closed if !codes.value.is_empty() || !domains.value.is_empty() => {
                let first = codes.span.or(domains.span);
                it.warn(
                    first,
                    "registration is closed",
                    "`codes` and `allow_domains` mean nothing without `mode: code` or `mode: open`",
                );
            }
            RegistrationMode::Closed | RegistrationMode::Code | RegistrationMode::Open => {}
        }
        RegistrationSettings {
            mode: mode.value,
            approval: match approval.value {
                true => Approval::Manual { approver: None },
                false => Approval::None,
            },
            codes: codes.value.into_iter().map(|found| found.value).collect(),
            allow_domains: domains.value.into_iter().map(|found| found.value).collect(),
        }
    })
}

/// Who gets a mail when somebody waits: the help address.
pub(super) fn approver(
    top: &mut Section<'_, '_, '_>,
    registration: &mut RegistrationSettings,
    help: Option<&str>,
    language: &Language,
) {
    let Approval::Manual { approver } = &mut registration.approval else {
        return;
    };
    *approver = help
        .and_then(|it| EmailAddress::parse(it).ok())
        .map(|address| Approver {
            address,
            language: language.clone(),
        });
    if approver.is_none() && registration.mode != RegistrationMode::Closed {
        let place = top.peek("registration", |it| it.take("approval").map(|pair| pair.key_span));
        top.warn(
            place,
            "nobody gets a mail when somebody waits for approval",
            "name `brand.help.email`, or look at `doorward user list` now and then",
        );
    }
}

fn code(it: &Scalar) -> Result<RegistrationCode, Fault> {
    RegistrationCode::read(&it.text).ok_or_else(|| {
        Fault::new(
            "is too short to be hard to guess",
            "at least 8 letters and digits",
        )
    })
}

/// A domain as it stands behind the `@`.
fn domain(it: &Scalar) -> Result<String, Fault> {
    let text = it.text.trim().to_ascii_lowercase();
    let address = format!("a@{text}");
    if EmailAddress::parse(&address).is_err() || text.contains('*') {
        return Err(Fault::new(
            "is not a domain",
            "as it stands behind the @: `example.com`; each subdomain by itself",
        ));
    }
    Ok(text)
}
