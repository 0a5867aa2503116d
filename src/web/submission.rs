//! A form that was sent to one of our pages: read, from here, and carrying its page's token.

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::response::Response;
use http::StatusCode;

use super::Web;
use super::form::{self, Form, NoForm};
use super::reception::Reception;
use super::view::Complaint;
use super::view::edge::Obstacle;

/// A form and whoever sent it.
pub struct Submission {
    /// Whoever sent it.
    pub reception: Reception,
    /// What it holds.
    pub form: Form,
    /// Whether it carries the token of the cookie that came with it. Where it does not, nothing
    /// may be done: the page is shown again, with a fresh token.
    pub fresh: bool,
}

impl FromRequest<Arc<Web>> for Submission {
    type Rejection = Response;

    async fn from_request(request: Request, web: &Arc<Web>) -> Result<Self, Response> {
        let (mut parts, body) = request.into_parts();
        let mut reception = Reception::from_request_parts(&mut parts, web).await?;
        let request = Request::from_parts(parts, body);
        let Ok(body) = Bytes::from_request(request, web).await else {
            return Err(reception.obstacle(StatusCode::PAYLOAD_TOO_LARGE, Obstacle::TooLarge));
        };
        let form = match Form::read(&reception.headers, &body) {
            Ok(form) => form,
            Err(NoForm::Type) => {
                return Err(reception.obstacle(StatusCode::UNSUPPORTED_MEDIA_TYPE, Obstacle::BadRequest));
            }
            Err(NoForm::Malformed) => {
                return Err(reception.obstacle(StatusCode::BAD_REQUEST, Obstacle::BadRequest));
            }
        };
        if !form::is_from_here(&reception.headers, &reception.arrival.site.origin) {
            tracing::info!(target: "audit", event = "csrf.refused", request = %reception.arrival.request);
            return Err(reception.forbidden());
        }
        let token = form.get("csrf");
        let fresh = reception
            .form_cookie()
            .is_some_and(|cookie| web.desk.form_token_fits(&cookie, token));
        reception.ensure_form_cookie();
        Ok(Self {
            reception,
            form,
            fresh,
        })
    }
}

impl Submission {
    /// What is wrong with a form whose token is stale.
    pub fn stale(&self) -> Vec<Complaint> {
        vec![Complaint::StaleForm]
    }
}
