//! `terms`: the Terms of Use. Whoever is on the way in and has not agreed to the version that applies is
//! asked; everybody else may read them.

use axum::body::Body;
use axum::response::Response;
use http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use http::{HeaderValue, StatusCode};

use super::code::asked;
use super::cookie::Kind;
use super::reception::Reception;
use super::register::place;
use super::reply::Reply;
use super::set_up::went_on;
use super::settings::TermsText;
use super::submission::Submission;
use super::view::terms::{Asks, Terms as Page, Text};
use super::view::{Complaint, Shell};
use crate::identity::sign_in::Stage;
use crate::identity::terms::TermsVersion;

/// What whoever looks at the page is asked: whoever is not on the way in, or at another step, reads.
async fn asks(reception: &Reception) -> Asks {
    let Ok(asked) = asked(reception).await else {
        return Asks::Nothing;
    };
    match asked.ticket {
        Some(ticket) if ticket.flow.stage != Stage::Terms => Asks::Nothing,
        None => Asks::Nothing,
        Some(ticket) if ticket.flow.chooses => Asks::Registering(place(reception, 4)),
        Some(_) if asked.account.terms.is_some() => Asks::Changed,
        Some(_) => Asks::First,
    }
}

/// The version that applies, and its text in the language of the page or the nearest there is.
fn text_for(reception: &Reception) -> Option<(TermsVersion, TermsText)> {
    let settings = reception.web.settings.load();
    let terms = settings.terms.as_ref()?;
    let text = terms.text(reception.language(), &settings.languages.default)?;
    Some((terms.version.clone(), text.clone()))
}

/// `GET terms`.
pub async fn show(mut reception: Reception) -> Response {
    reception.ensure_form_cookie();
    let asks = asks(&reception).await;
    page(&reception, StatusCode::OK, asks, Vec::new())
}

fn page(reception: &Reception, status: StatusCode, asks: Asks, complaints: Vec<Complaint>) -> Response {
    let found = text_for(reception);
    if found.is_none() && asks == Asks::Nothing {
        return reception.not_found();
    }
    let page = Page {
        shell: Shell {
            complaints,
            ..reception.shell()
        },
        // Where they were taken away while somebody was on the way in there is nothing left to read.
        text: found.map(|(version, text)| Text {
            version: version.to_string(),
            changes: text.changes.filter(|_| asks == Asks::Changed),
            html: text.html,
            language: text.language.to_string(),
        }),
        asks,
    };
    Reply::page(status, &page, reception).done()
}

/// `GET terms/file`: the text as it was written.
pub async fn download(reception: Reception) -> Response {
    let Some((version, text)) = text_for(&reception) else {
        return reception.not_found();
    };
    let name = format!("attachment; filename=\"terms-{version}-{}.md\"", text.language);
    let mut response = Response::new(Body::from(text.markdown.as_bytes().to_vec()));
    let headers = response.headers_mut();
    headers.insert(
        CONTENT_TYPE,
        HeaderValue::from_static("text/markdown; charset=utf-8"),
    );
    // Versions and tags are made of letters, digits, dots, hyphens and underscores.
    if let Ok(name) = HeaderValue::from_str(&name) {
        headers.insert(CONTENT_DISPOSITION, name);
    }
    response
}

/// `POST terms`: agree, or decline and be signed out.
pub async fn submit(submission: Submission) -> Response {
    let Submission {
        reception,
        form,
        fresh,
    } = submission;
    let asks = asks(&reception).await;
    let found = text_for(&reception);
    if asks == Asks::Nothing {
        return match found {
            Some(_) => Reply::to_page("sign-in", &reception).done(),
            None => reception.not_found(),
        };
    }
    let again = |complaint| {
        page(
            &reception,
            StatusCode::UNPROCESSABLE_ENTITY,
            asks,
            vec![complaint],
        )
    };
    if !fresh {
        return again(Complaint::StaleForm);
    }
    let (desk, caller) = (&reception.web.desk, reception.caller());
    if form.get("decline") == "yes" {
        return match desk.sign_out(&reception.cookies, &caller).await {
            Ok(_) => {
                let mut reply = Reply::to_page_saying("sign-in", "declined", &reception);
                reply.remove(Kind::Flow, &reception);
                reply.done()
            }
            Err(outage) => reception.outage(&outage),
        };
    }
    let (shown, language) = match &found {
        Some((version, text)) => (version.as_str(), &text.language),
        None => ("", reception.language()),
    };
    match form.get("accept") {
        "" if found.is_some() => return again(Complaint::TermsNotAccepted),
        // It was ticked before a new version came.
        accepted if accepted != shown && found.is_some() => return again(Complaint::TermsChanged),
        _ => {}
    }
    match desk
        .agree_to_terms(shown, language, &reception.cookies, &caller)
        .await
    {
        Ok(after) => went_on(&reception, after),
        Err(outage) => reception.outage(&outage),
    }
}
