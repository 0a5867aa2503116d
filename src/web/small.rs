//! Small answers: assets, the choice of language, the well-known address for password managers.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::{Path, State};
use axum::response::Response;
use http::header::{CACHE_CONTROL, CONTENT_TYPE};
use http::{HeaderName, HeaderValue, StatusCode};

use super::assets::Keeping;
use super::reception::{Reception, address, query_value};
use super::reply::Reply;
use super::routes::ROUTES;
use super::submission::Submission;
use super::view::account::AccountLanguage;
use super::view::{Complaint, Shell};
use super::{Web, cookie, sign_in, target};
use crate::base::language::Language;

/// `GET assets/NAME`: from memory; nothing of a request gets near a file system.
pub async fn asset(State(web): State<Arc<Web>>, Path(name): Path<String>, reception: Reception) -> Response {
    let Some(asset) = web.settings.load().look.find(&name) else {
        return reception.not_found();
    };
    let mut response = Response::new(Body::from(asset.body));
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(asset.content_type));
    match asset.keeping {
        Keeping::ForEver => {
            headers.insert(
                CACHE_CONTROL,
                HeaderValue::from_static("public, max-age=31536000, immutable"),
            );
        }
        Keeping::ClearsCache => {
            headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
            headers.insert(
                HeaderName::from_static("clear-site-data"),
                HeaderValue::from_static("\"cache\""),
            );
        }
    }
    response
}

/// `GET /.well-known/change-password` (W3C Well-Known URL for Changing Passwords).
pub async fn change_password(reception: Reception) -> Response {
    Reply::to_page("account/password", &reception).done()
}

/// `POST language`: pages in another language from now on, and back to the page.
pub async fn language(submission: Submission) -> Response {
    let Submission {
        reception,
        form,
        fresh,
    } = submission;
    if !fresh {
        return stale(&reception);
    }
    let offered = reception.web.settings.load().languages.offer.clone();
    let Some(language) = Language::parse(form.get("lang")).filter(|wanted| offered.contains(wanted)) else {
        return reply_here(&reception).done();
    };
    if let Some(visitor) = &reception.visitor
        && let Err(outage) = reception
            .web
            .desk
            .choose_language(visitor.account().id, language.clone())
            .await
    {
        return reception.outage(&outage);
    }
    let mut reply = reply_here(&reception);
    reply.add_cookie(&cookie::set_language(&language, reception.arrival.site.https));
    reply.done()
}

/// A choice with a stale token: somebody who is signed in gets the choice again, anybody else the
/// sign-in page.
fn stale(reception: &Reception) -> Response {
    let (status, complaints) = (StatusCode::UNPROCESSABLE_ENTITY, vec![Complaint::StaleForm]);
    if reception.visitor.is_none() {
        return sign_in::page(reception, status, String::new(), complaints, None).done();
    }
    let shell = Shell {
        complaints,
        // Where the picker was: the choice leads back there.
        here: reception.picked_on.clone(),
        ..reception.shell()
    };
    let action = shell.language_action();
    Reply::page(status, &AccountLanguage { shell, action }, reception).done()
}

/// Back to the page that the picker was on: `next` names it, below the prefix.
fn reply_here(reception: &Reception) -> Reply {
    let wanted = reception.picked_on.as_deref().unwrap_or_default();
    let (page, query) = wanted.split_once('?').unwrap_or((wanted, ""));
    let known = ROUTES
        .iter()
        .any(|route| route.path.trim_start_matches('/') == page && !route.path.contains('{'));
    if !known {
        return Reply::to_page("sign-in", reception);
    }
    let settings = reception.web.settings.load();
    let next = query_value(query, "next")
        .map(|next| target::read(&next, &reception.arrival.site.origin, &settings.prefix));
    let purpose = query_value(query, "for");
    let page = address(page, purpose.as_deref(), next.as_deref());
    Reply::to_page(&page, reception)
}
