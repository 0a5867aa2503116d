//! `resume`: whether to send the form that was kept while its session was over.
//!
//! "Send now" is a form that goes to the kept form's own address with a mark at its end; the gateway
//! puts the kept one in its place. "Don't send" comes here.

use axum::response::Response;
use http::StatusCode;

use super::reception::Reception;
use super::reply::Reply;
use super::submission::Submission;
use super::view::resume::{Resume, Waiting};
use super::view::{Complaint, Shell};
use crate::identity::kept::SentForm;
use crate::service::kept::Offer;
use crate::service::visit::Visitor;

/// The page's name, below the prefix.
pub const PAGE: &str = "resume";

/// What "Send now" adds to the form's own address.
const MARK: &[u8] = b"doorward-resume";

/// The address that sends the form which is kept for `target`.
pub fn marked(target: &str) -> String {
    let joined = if target.contains('?') { '&' } else { '?' };
    format!("{target}{joined}{}", String::from_utf8_lossy(MARK))
}

/// The address without the mark, if it has it.
pub fn unmarked(target: &[u8]) -> Option<&[u8]> {
    let before = target.strip_suffix(MARK)?;
    match before.split_last()? {
        (b'?', path) if !path.contains(&b'?') => Some(path),
        (b'&', path) if path.contains(&b'?') => Some(path),
        _ => None,
    }
}

/// The form of this person's that waits.
pub async fn waiting(reception: &Reception, visitor: &Visitor) -> Result<Option<SentForm>, Response> {
    let desk = &reception.web.desk;
    let offer = desk
        .offer_of(
            &visitor.cookie(),
            visitor.account().id,
            &reception.arrival.site.host,
        )
        .await;
    match offer {
        Ok(Some(Offer::Form(form, _))) => Ok(Some(*form)),
        Ok(Some(Offer::Foreign) | None) => Ok(None),
        Err(outage) => Err(reception.outage(&outage)),
    }
}

/// `GET resume`.
pub async fn show(reception: Reception) -> Response {
    page(&reception, StatusCode::OK, Vec::new()).await
}

async fn page(reception: &Reception, status: StatusCode, complaints: Vec<Complaint>) -> Response {
    let Some(visitor) = &reception.visitor else {
        let to = reception
            .shell()
            .url_with_next("sign-in", Some(&reception.shell().url(PAGE)));
        return Reply::see_other(&to).done();
    };
    let offer = reception
        .web
        .desk
        .offer_of(
            &visitor.cookie(),
            visitor.account().id,
            &reception.arrival.site.host,
        )
        .await;
    let waiting = match offer {
        Ok(Some(Offer::Form(form, _))) => Waiting::Form {
            path: form.head.target.split('?').next().unwrap_or_default().to_owned(),
            action: marked(&form.head.target),
        },
        Ok(Some(Offer::Foreign)) => Waiting::Foreign,
        Ok(None) => Waiting::Nothing,
        Err(outage) => return reception.outage(&outage),
    };
    let shell = Shell {
        complaints,
        ..reception.shell()
    };
    Reply::page(status, &Resume { shell, waiting }, reception).done()
}

/// `POST resume`: the form is not to be sent.
pub async fn submit(submission: Submission) -> Response {
    let stale = submission.stale();
    let Submission {
        reception,
        form,
        fresh,
    } = submission;
    let Some(visitor) = &reception.visitor else {
        return page(&reception, StatusCode::OK, Vec::new()).await;
    };
    if !fresh {
        return page(&reception, StatusCode::UNPROCESSABLE_ENTITY, stale).await;
    }
    if form.get("send") != "no" {
        // "Send now" does not come here.
        return page(&reception, StatusCode::UNPROCESSABLE_ENTITY, Vec::new()).await;
    }
    let back = match waiting(&reception, visitor).await {
        Ok(form) => form.map_or_else(|| reception.shell().portal_link, |form| form.head.from),
        Err(response) => return response,
    };
    let desk = &reception.web.desk;
    match desk.drop_form(&visitor.cookie()).await {
        Ok(()) => Reply::see_other(&back).done(),
        Err(outage) => reception.outage(&outage),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_comes_off_again_and_leaves_the_address_as_it_was() {
        for target in ["/", "/save", "/save?", "/save?a=b&c", "/a%2Fb;c?x=?y"] {
            assert_eq!(
                unmarked(marked(target).as_bytes()),
                Some(target.as_bytes()),
                "{target}"
            );
        }
        for target in [
            "/",
            "/doorward-resume",
            "/save?a=doorward-resume",
            "/save&doorward-resume",
            "/save?a?doorward-resume",
            "/save?doorward-resume=1",
            "doorward-resume",
        ] {
            assert_eq!(unmarked(target.as_bytes()), None, "{target}");
        }
    }
}
