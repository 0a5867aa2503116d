//! As much of a provider of text messages as the demonstration needs: takes a form with `from`, `to` and
//! `text`, and answers 202.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::{Method, Request, Response, StatusCode};
use http_body_util::{BodyExt, Empty, Limited};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::TcpStream;

use super::Mailbox;

/// Octets of a form.
const MAX_FORM: usize = 16 * 1024;

pub(super) async fn converse(socket: TcpStream, mailbox: Arc<Mailbox>) {
    let take = |request| {
        let mailbox = Arc::clone(&mailbox);
        async move { Ok::<_, Infallible>(answer(request, &mailbox).await) }
    };
    // Whoever breaks off has sent nothing that is kept.
    http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(Duration::from_secs(30))
        .serve_connection(TokioIo::new(socket), service_fn(take))
        .await
        .ok();
}

async fn answer(request: Request<Incoming>, mailbox: &Mailbox) -> Response<Empty<Bytes>> {
    let status = if request.method() == Method::POST {
        match Limited::new(request.into_body(), MAX_FORM).collect().await {
            Ok(body) => take(&body.to_bytes(), mailbox),
            Err(_) => StatusCode::PAYLOAD_TOO_LARGE,
        }
    } else {
        StatusCode::METHOD_NOT_ALLOWED
    };
    let mut response = Response::new(Empty::new());
    *response.status_mut() = status;
    response
}

fn take(form: &[u8], mailbox: &Mailbox) -> StatusCode {
    let fields: Vec<_> = url::form_urlencoded::parse(form).collect();
    let field = |wanted: &str| {
        let found = fields.iter().find(|(name, _)| name == wanted);
        found.map_or("", |(_, value)| value.as_ref())
    };
    if field("to").is_empty() || field("text").is_empty() {
        return StatusCode::BAD_REQUEST;
    }
    mailbox.keep_text(field("from"), field("to"), field("text"));
    StatusCode::ACCEPTED
}
