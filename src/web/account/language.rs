//! `account/language`: pages and letters in another language.

use axum::response::Response;
use http::StatusCode;

use super::saying::Saying;
use super::{Owner, OwnersForm};
use crate::base::language::Language;
use crate::web::cookie;
use crate::web::reply::Reply;
use crate::web::view::account::AccountLanguage;
use crate::web::view::{Complaint, Shell};

/// `GET account/language`.
pub async fn show(owner: Owner) -> Response {
    page(&owner, StatusCode::OK, owner.shell())
}

fn page(owner: &Owner, status: StatusCode, shell: Shell) -> Response {
    let action = shell.url("account/language");
    Reply::page(status, &AccountLanguage { shell, action }, &owner.reception).done()
}

/// `POST account/language`.
pub async fn submit(sent: OwnersForm) -> Response {
    let OwnersForm { owner, form, fresh } = sent;
    let again = |complaint| {
        let shell = owner.shell_with(vec![complaint]);
        page(&owner, StatusCode::UNPROCESSABLE_ENTITY, shell)
    };
    if !fresh {
        return again(Complaint::StaleForm);
    }
    let offered = owner.reception.web.settings.load().languages.offer.clone();
    let Some(language) = Language::parse(form.get("lang")).filter(|wanted| offered.contains(wanted)) else {
        return again(Complaint::LanguageMissing);
    };
    let desk = &owner.reception.web.desk;
    let account = owner.visitor.account().id;
    if let Err(outage) = desk.choose_language(account, language.clone()).await {
        return owner.reception.outage(&outage);
    }
    let mut reply = owner.to_page_saying("account/language", &Saying::LanguageChanged);
    reply.add_cookie(&cookie::set_language(
        &language,
        owner.reception.arrival.site.https,
    ));
    reply.done()
}
